// schedule.c - functions that are called between two instructions, soon: micropython.schedule().
//
// vm->scheduled is a list of what waits, pairs of function and argument; one of them never interrupts another. What they raise is reported,
// since nobody who could catch it has called them.
// SPDX-License-Identifier: MIT
#include "vm/schedule.h"

#include "object/list.h"
#include "object/object.h"
#include "object/vm_state.h"

enum { MOST = 32 };

static void poll_soon(KrVm *vm) {
    vm->attention = 1;
    if (vm->fuel > 0) vm->fuel = 0;
}

bool kr_schedule(KrVm *vm, KrValue function, KrValue argument) {
    size_t len;
    if (kr_is_unset(vm->scheduled)) {
        KrValue list = kr_list(vm, 0, NULL);
        if (kr_is_error(list)) return false;
        vm->scheduled = list;
    }
    (void)kr_list_items(vm->scheduled, &len);
    if (len >= MOST) return kr_fail(kr_raise(vm, &kr_runtime_error, "schedule queue full"));
    KrValue item[2] = { function, argument }, call = kr_tuple(vm, 2, item);
    if (kr_is_error(call) || !kr_list_append(vm, vm->scheduled, call)) return false;
    if (!vm->running_scheduled) poll_soon(vm);
    return true;
}

void kr_schedule_run(KrVm *vm) {
    size_t len;
    if (kr_is_unset(vm->scheduled) || vm->running_scheduled) return;
    if (vm->finalizing_now) return (void)(vm->attention = 1);
    KrValue list = vm->scheduled, raised = vm->thread.raised;
    vm->scheduled = KR_UNSET; // what is scheduled meanwhile waits for the next poll
    vm->thread.raised = KR_UNSET;
    vm->running_scheduled = true;
    (void)kr_list_items(list, &len);
    for (size_t i = 0; i < len; i++) {
        const KrValue *call = kr_tuple_items(kr_list_items(list, NULL)[i], NULL);
        if (kr_is_error(kr_call(vm, call[0], 1, &call[1]))) kr_report_unraisable(vm, call[0]);
    }
    vm->running_scheduled = false;
    if (!kr_is_unset(vm->scheduled)) poll_soon(vm);
    vm->thread.raised = raised;
}
