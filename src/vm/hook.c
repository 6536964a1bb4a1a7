// hook.c - calls the trace and profile functions. While one is set, the loop's second dispatch table sends every instruction here first;
// with none set nothing of this runs.
// SPDX-License-Identifier: MIT
#include "vm/hook.h"

#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "vm/op.h"

void kr_set_hook(KrVm *vm, KrValue *hook, KrValue function) {
    *hook = kr_is_none(function) ? KR_UNSET : function;
    vm->hooks_on = !kr_is_unset(vm->trace_hook) || !kr_is_unset(vm->profile_hook);
    vm->fuel = -1; // the next poll switches tables
    vm->attention = 1;
}

// Calls function(frame, event, argument); inside it nothing is traced.
static KrValue call_hook(KrVm *vm, KrFrame *f, KrValue function, const char *event, KrValue argument) {
    KrFrameObject *o = kr_frame_reify(vm, f);
    KrValue name = o ? kr_name(vm, event) : KR_ERROR;
    if (kr_is_error(name)) return KR_ERROR;
    KrValue arg[3] = { kr_from_ptr(o), name, argument };
    KrValue trace = vm->trace_hook, profile = vm->profile_hook;
    vm->in_hook = true;
    KrValue v = kr_call(vm, function, 3, arg);
    vm->in_hook = false;
    if (kr_is_error(v)) { // an error in a hook takes it off
        vm->trace_hook = vm->profile_hook = KR_UNSET;
        vm->hooks_on = false;
    }
    (void)trace, (void)profile;
    return v;
}

static bool keep_local(KrVm *vm, KrFrame *f, KrValue v) {
    if (kr_is_error(v)) return false;
    if (f->object) kr_store(vm, f->object, &f->object->trace, kr_is_none(v) ? KR_UNSET : v);
    return true;
}

bool kr_hook_call(KrVm *vm, KrFrame *f) {
    if (vm->in_hook) return true;
    if (!kr_is_unset(vm->trace_hook) && !keep_local(vm, f, call_hook(vm, f, vm->trace_hook, "call", KR_NONE))) return false;
    return kr_is_unset(vm->profile_hook) || !kr_is_error(call_hook(vm, f, vm->profile_hook, "call", KR_NONE));
}

bool kr_hook_return(KrVm *vm, KrFrame *f, KrValue result) {
    if (vm->in_hook) return true;
    KrValue raised = vm->thread.raised, argument = kr_is_error(result) ? KR_NONE : result;
    vm->thread.raised = KR_UNSET;
    bool ok = true;
    if (!kr_is_unset(vm->trace_hook) && f->object && !kr_is_unset(f->object->trace)) ok = !kr_is_error(call_hook(vm, f, f->object->trace, "return", argument));
    if (ok && !kr_is_unset(vm->profile_hook)) ok = !kr_is_error(call_hook(vm, f, vm->profile_hook, "return", argument));
    if (ok) vm->thread.raised = raised;
    return ok;
}

bool kr_hook_exception(KrVm *vm, KrFrame *f) {
    if (vm->in_hook || kr_is_unset(vm->trace_hook) || !f->object || kr_is_unset(f->object->trace)) return true;
    KrValue e = vm->thread.raised;
    vm->thread.raised = KR_UNSET;
    KrValue tb = kr_getattr(vm, e, KR_N(__traceback__)), item[3] = { kr_type_value(kr_type_of(e)), e, tb };
    KrValue info = kr_is_error(tb) ? tb : kr_tuple(vm, 3, item);
    bool ok = !kr_is_error(info) && keep_local(vm, f, call_hook(vm, f, f->object->trace, "exception", info));
    if (ok) vm->thread.raised = e;
    return ok;
}

// Before each instruction: a line event when the line changes, or when a jump goes backwards.
bool kr_hook_line(KrVm *vm, KrFrame *f) {
    if (vm->in_hook || !f->object || kr_is_unset(f->object->trace)) return true;
    KrFrameObject *o = f->object;
    uint32_t at = (uint32_t)(f->pc - f->code->instr) - 1;
    int32_t line = kr_code_position(f->code, at).line;
    bool back = at <= o->last_instr;
    o->last_instr = at;
    if (line <= 0) return true;
    if (o->trace_opcodes && !keep_local(vm, f, call_hook(vm, f, o->trace, "opcode", KR_NONE))) return false;
    if ((line == o->last_line && !back) || !o->trace_lines) return true;
    o->last_line = line;
    return keep_local(vm, f, call_hook(vm, f, o->trace, "line", KR_NONE));
}
