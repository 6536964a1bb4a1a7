// main.c - the end of a program.
// SPDX-License-Identifier: MIT
#include "vm/main.h"

#include "object/collector.h"
#include "object/exception.h"
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "object/text.h"
#include "object/vm_state.h"
#include "port.h"
#include "vm/access.h"
#include "vm/builtins.h"
#include "vm/import.h"
#include "vm/traceback.h"

bool kr_interrupted_exit;

static int system_exit_status(KrVm *vm, KrValue e) {
    KrValue code = kr_exception_of(e)->extra[0];
    if (kr_is_none(code)) return 0;
    if (kr_is_integer(code)) {
        int64_t n;
        if (kr_to_int64(vm, code, &n)) return (int)(n & 0xFF);
        (void)kr_take_raised(vm);
        return 255;
    }
    KrValue text = kr_format(vm, "%S\n", code);
    if (kr_is_error(text)) (void)kr_take_raised(vm), text = kr_name(vm, "\n");
    if (kr_is_error(text)) (void)kr_take_raised(vm);
    else kr_print_error_text(vm, text);
    return 1;
}

// sys.stdout or sys.stderr, if there is one and it is open. False: its flush raised.
static bool flush(KrVm *vm, KrValue name) {
    KrValue *slot = kr_dict_find_name(KR_AS(KrModuleObject, vm->sys)->dict, name), closed = KR_FALSE;
    bool is_closed = false;
    if (!slot || kr_is_none(*slot)) return true;
    KrValue stream = *slot;
    if (kr_file_is_own(stream)) return kr_file_flush(vm, stream);
    bool known = kr_find_attr(vm, stream, KR_N(closed), &closed) && (kr_is_unset(closed) || kr_truth(vm, closed, &is_closed));
    if (!known) (void)kr_take_raised(vm);
    return is_closed || !kr_is_error(kr_call_method(vm, stream, "flush", 0, NULL));
}

void kr_flush_stdout(KrVm *vm) {
    if (!flush(vm, KR_N(stdout))) (void)kr_take_raised(vm);
}

// At the end: what cannot be written is said, and the status tells.
static bool flush_streams(KrVm *vm) {
    bool out = flush(vm, KR_N(stdout));
    if (!out) kr_report_ignored(vm, "Exception ignored on flushing sys.stdout");
    bool err = flush(vm, KR_N(stderr));
    if (!err) (void)kr_take_raised(vm);
    return out && err;
}

// sys.last_exc and its older kin, for debuggers.
static bool set_last(KrVm *vm, KrValue e) {
    KrValue tb = kr_exception_of(e)->traceback;
    return kr_setattr_c(vm, vm->sys, "last_exc", e) && kr_setattr_c(vm, vm->sys, "last_type", kr_type_value(kr_type_of(e))) &&
           kr_setattr_c(vm, vm->sys, "last_value", e) && kr_setattr_c(vm, vm->sys, "last_traceback", kr_is_unset(tb) ? KR_NONE : tb);
}

// Event "sys.excepthook". A RuntimeError of an audit hook means that nothing is to be shown; others are reported, and change nothing.
static bool tell_hook(KrVm *vm, KrValue hook, const KrValue *arg) {
    KrValue told[4] = { hook, arg[0], arg[1], arg[2] };
    if (kr_audit_event(vm, "sys.excepthook", 4, told)) return true;
    if (kr_raised_is(vm, &kr_runtime_error)) return (void)kr_take_raised(vm), false;
    kr_report_ignored(vm, "Exception ignored in audit hook:");
    return true;
}

// sys.excepthook, where a program has set one. The result: the SystemExit that the hook raised, or KR_UNSET.
KrValue kr_print_unhandled(KrVm *vm) {
    KrValue e = kr_take_raised(vm), hook;
    if (!vm->limit_hit && !set_last(vm, e)) (void)kr_take_raised(vm);
    bool found = kr_find_attr(vm, vm->sys, KR_N(excepthook), &hook);
    if (!found) (void)kr_take_raised(vm);
    bool own = found && !kr_is_unset(hook) && !kr_is_exact(hook, &kr_native_type) && !vm->limit_hit;
    KrValue arg[3] = { kr_type_value(kr_type_of(e)), e,
                       kr_is_unset(kr_exception_of(e)->traceback) ? KR_NONE : kr_exception_of(e)->traceback };
    if (found && !kr_is_unset(hook) && !vm->limit_hit && !tell_hook(vm, hook, arg)) return KR_UNSET;
    if (own && !kr_is_error(kr_call(vm, hook, 3, arg))) return KR_UNSET;
    if (own) {
        if (kr_raised_is(vm, &kr_system_exit)) return kr_take_raised(vm);
        kr_console_write(vm, 2, "Error in sys.excepthook:\n", 25);
        kr_print_raised(vm);
        kr_console_write(vm, 2, "\nOriginal exception was:\n", 25);
    }
    if (found && kr_is_unset(hook)) kr_console_write(vm, 2, "sys.excepthook is missing\n", 26);
    vm->thread.raised = e;
    kr_print_raised(vm);
    return KR_UNSET;
}

int kr_exit_status(KrVm *vm) {
    if (kr_raised_is(vm, &kr_system_exit)) return system_exit_status(vm, kr_take_raised(vm));
    kr_interrupted_exit = kr_raised_is(vm, &kr_keyboard_interrupt);
    KrValue raised = kr_take_raised(vm);
    kr_flush_stdout(vm);
    vm->thread.raised = raised;
    KrValue exit = kr_print_unhandled(vm);
    if (!kr_is_unset(exit)) return system_exit_status(vm, exit);
    return kr_interrupted_exit ? 130 : 1;
}

#if KR_DEBUG
static void verify(KrVm *vm) { // whatever the program did, and whatever failed, the heap is sound
    vm->heap.fail_at = 0;
    vm->heap.fail_sticky = false;
    vm->heap.stress = 0;
    kr_heap_verify(vm);
}
#else
static void verify(KrVm *vm) { (void)vm; }
#endif

// As CPython's sys does: prints of finalizers go where those of the program went at first.
static void restore_streams(KrVm *vm) {
    KrValue name[] = { KR_N(stdin), KR_N(stdout), KR_N(stderr) };
    for (size_t i = 0; i < KR_COUNT_OF(name); i++) {
        KrValue stream = kr_standard_stream(vm, (int)i);
        if (kr_is_error(stream) || !kr_setattr(vm, vm->sys, name[i], stream)) (void)kr_take_raised(vm);
    }
}

// What the program has left is finalized while all of its variables are still there. Limits stay in force.
static void finalize_all(KrVm *vm) {
    bool in_time = kr_collect_within(vm);
    if (!in_time) { // a heap too large to look through: files are closed nevertheless
        (void)kr_take_raised(vm);
        kr_limits_renew(vm);
        kr_heap_finalize_native(vm);
    }
    kr_run_finalizers(vm);
    vm->finalizing = true;
    if (!in_time || vm->limit_hit || !kr_heap_has_finalizers(&vm->heap)) return;
    restore_streams(vm);
    kr_heap_finalize_from(vm, KR_AS(KrModuleObject, vm->main_module)->dict);
    kr_run_finalizers(vm);
}

// The program ends when its threads have, but for daemons.
static void join_threads(KrVm *vm) {
    KrValue name = kr_name(vm, "threading"), *module = NULL;
    if (kr_is_error(name)) (void)kr_take_raised(vm);
    else module = kr_dict_find_name(KR_AS(KrDictObject, vm->modules), name);
    if (!module || !kr_is_module(*module) || vm->limit_hit) return;
    if (kr_is_error(kr_call_method(vm, *module, "_shutdown", 0, NULL))) kr_report_unraisable(vm, *module);
}

int kr_finish(KrVm *vm, int status) {
    join_threads(vm);
    if (vm->limit_hit) { // finalizers that are still queued belong to what was stopped
        vm->finalizing_now = true;
        kr_limits_renew(vm);
    }
    KrValue name = kr_name(vm, "atexit"), *hook = NULL;
    if (kr_is_error(name)) (void)kr_take_raised(vm);
    else hook = kr_dict_find_name(KR_AS(KrDictObject, vm->modules), name);
    if (hook && kr_is_module(*hook) && kr_is_error(kr_call_method(vm, *hook, "_run_exitfuncs", 0, NULL))) kr_print_raised(vm);
    bool out = true, left = !vm->limit_hit && kr_heap_has_finalizers(&vm->heap);
    if (left) out = flush_streams(vm), finalize_all(vm);
    if (left && vm->limit_hit && !status) status = 1; // what a limit ended has not ended well
    kr_limits_renew(vm);
    if (out) out = flush_streams(vm);
    else kr_flush_stdout(vm);
    vm->finalizing = true;
    vm->lookup_failed = false; // what was not found for lack of memory concerns nobody any more
    verify(vm);
    return out ? status : 120;
}

#if KR_DEBUG
void kr_debug_settings(KrVm *vm) {
    const char *stress = kr_port_environment("KRAIT_GC_STRESS"), *fail = kr_port_environment("KRAIT_FAIL_ALLOC"),
               *sticky = kr_port_environment("KRAIT_FAIL_STICKY");
    vm->heap.stress = stress && *stress >= '1' && *stress <= '2' ? (uint8_t)(*stress - '0') : 0;
    for (uint64_t n = 0; fail && *fail >= '0' && *fail <= '9'; fail++) vm->heap.fail_at = n = n * 10 + (uint64_t)(*fail - '0');
    vm->heap.fail_at += vm->heap.fail_at ? vm->heap.allocations : 0;
    vm->heap.fail_sticky = sticky && *sticky == '1';
}
#else
void kr_debug_settings(KrVm *vm) { (void)vm; }
#endif
