// agenda.h - what is called at a time, between two instructions: timers, edges of pins, what a simulated board does.
//
// Times are the VM's own (kr_now_ns). An event calls fire(vm, argument) once each time that it is set; one that is set again is moved. What it
// raises is reported, since nobody who could catch it has called it; and no event interrupts another.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_AGENDA_H
#define KR_VM_AGENDA_H

#include "object/vm_state.h"

typedef struct {
    KrObject head;
    int64_t at;
    uint64_t number; // of two for the same time the first set comes first
    size_t place;    // in the agenda, + 1; 0: it is not set
    bool (*fire)(KrVm *vm, KrValue argument);
    KrValue argument;
} KrEvent;

KrEvent *kr_event_new(KrVm *vm, bool (*fire)(KrVm *vm, KrValue argument), KrValue argument); // NULL: raised
bool kr_event_set(KrVm *vm, KrEvent *event, int64_t at) KR_RAISES;   // at: a time that has passed: at the next poll
void kr_event_cancel(KrVm *vm, KrEvent *event);
// May handlers be called now?
static inline bool kr_agenda_is_open(const KrVm *vm) {
    return !vm->running_scheduled && !vm->finalizing_now && !vm->finalizing && !vm->irq_off;
}
void kr_agenda_run(KrVm *vm); // at a poll: calls what is due

#endif
