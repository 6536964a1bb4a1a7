// hook.c - calls the trace and profile functions. While one is set, the loop's second dispatch table sends every instruction here first;
// with none set nothing of this runs.
// SPDX-License-Identifier: MIT
#include "vm/hook.h"

#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "vm/monitor.h"
#include "vm/op.h"

void kr_hooks_changed(KrVm *vm) {
    vm->monitor_on = kr_monitor_on(vm);
    vm->hooks_on = !kr_is_unset(vm->trace_hook) || !kr_is_unset(vm->profile_hook) || vm->monitor_on;
    vm->fuel = -1; // the next poll switches tables
    vm->attention = 1;
}

void kr_set_hook(KrVm *vm, KrValue *hook, KrValue function) {
    *hook = kr_is_none(function) ? KR_UNSET : function;
    kr_hooks_changed(vm);
}

static size_t position(const KrFrame *f) { return f->pc > f->code->instr ? (size_t)(f->pc - f->code->instr) - 1 : 0; }
static KrValue offset(const KrFrame *f) { return kr_int_box((intptr_t)(position(f) * sizeof(KrInstr))); }
static unsigned opcode(const KrFrame *f) { return f->code->instr[position(f)] & 0xFF; }

static bool monitor(KrVm *vm, KrFrame *f, unsigned event, KrValue argument) {
    KrValue arg[2] = { offset(f), argument };
    return !vm->monitor_on || kr_monitor_fire(vm, f, event, kr_is_unset(argument) ? 1 : 2, arg);
}

// Calls function(frame, event, argument); inside it nothing is traced.
static KrValue call_hook(KrVm *vm, KrFrame *f, KrValue function, const char *event, KrValue argument) {
    KrFrameObject *o = kr_frame_reify(vm, f);
    KrValue name = o ? kr_name(vm, event) : KR_ERROR;
    if (kr_is_error(name)) return KR_ERROR;
    KrValue arg[3] = { kr_from_ptr(o), name, argument };
    vm->in_hook = true;
    KrValue v = kr_call(vm, function, 3, arg);
    vm->in_hook = false;
    if (kr_is_error(v)) { // an error in a hook takes it off
        vm->trace_hook = vm->profile_hook = KR_UNSET;
        kr_hooks_changed(vm);
    }
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
    if (!kr_is_unset(vm->profile_hook) && kr_is_error(call_hook(vm, f, vm->profile_hook, "call", KR_NONE))) return false;
    return monitor(vm, f, f->pc == f->code->instr ? KR_EVENT_PY_START : KR_EVENT_PY_RESUME, KR_UNSET);
}

bool kr_hook_return(KrVm *vm, KrFrame *f, KrValue result) {
    if (vm->in_hook) return true;
    KrValue raised = vm->thread.raised, argument = kr_is_error(result) ? KR_NONE : result;
    bool yields = f->flags & KR_FRAME_GENERATOR && opcode(f) != KR_OP_RET && opcode(f) != KR_OP_RETNONE;
    vm->thread.raised = KR_UNSET;
    bool ok = true;
    if (!kr_is_unset(vm->trace_hook) && f->object && !kr_is_unset(f->object->trace))
        ok = !kr_is_error(call_hook(vm, f, f->object->trace, "return", argument));
    if (ok && !kr_is_unset(vm->profile_hook)) ok = !kr_is_error(call_hook(vm, f, vm->profile_hook, "return", argument));
    if (ok)
        ok = kr_is_error(result) ? monitor(vm, f, KR_EVENT_PY_UNWIND, raised)
                                 : monitor(vm, f, yields ? KR_EVENT_PY_YIELD : KR_EVENT_PY_RETURN, result);
    if (ok) vm->thread.raised = raised;
    return ok;
}

// ---- Calls of functions that are not Python code -------------------------------------------------------------------------------

static bool is_native(KrValue v) { return kr_is_exact(v, &kr_native_type) || kr_is_exact(v, &kr_method_descriptor_type); }

// The call that is about to be made in f, and its first argument or MISSING.
static bool find_call(KrVm *vm, const KrFrame *f, KrValue *callable, KrValue *first) {
    KrInstr w = f->code->instr[position(f)];
    const KrValue *window = &f->base[KR_A(w)];
    size_t count = KR_B(w);
    *callable = window[0];
    *first = KR_UNSET;
    switch (w & 0xFF) {
    case KR_OP_CALL:
    case KR_OP_CALLKW:
        if (count) *first = window[1];
        return true;
    case KR_OP_CALLM:
    case KR_OP_CALLMKW:
        if (!kr_is_unset(window[1]) || count) *first = kr_is_unset(window[1]) ? window[2] : window[1];
        return true;
    case KR_OP_CALLEX: {
        const KrValue *item = kr_tuple_items(window[1], &count);
        if (count) *first = item[0];
        return true;
    }
    default: (void)vm; return false;
    }
}

static bool before_call(KrVm *vm, KrFrame *f, KrFrameObject *o) {
    KrValue callable, first;
    if (!find_call(vm, f, &callable, &first)) return true;
    KrValue arg[3] = { offset(f), callable, kr_is_unset(first) ? kr_monitor_missing(vm) : first };
    if (vm->monitor_on && !kr_monitor_fire(vm, f, KR_EVENT_CALL, 3, arg)) return false;
    if (kr_type_of(callable) == &kr_function_type) return true;
    kr_store(vm, o, &o->pending, callable);
    kr_store(vm, o, &o->pending_first, arg[2]);
    return kr_is_unset(vm->profile_hook) || !is_native(callable) || !kr_is_error(call_hook(vm, f, vm->profile_hook, "c_call", callable));
}

static bool after_call(KrVm *vm, KrFrame *f, KrFrameObject *o, bool failed) {
    KrValue callable = o->pending, arg[3] = { offset(f), callable, o->pending_first };
    if (kr_is_unset(callable)) return true;
    kr_store(vm, o, &o->pending, KR_UNSET);
    if (!kr_is_unset(vm->profile_hook) && is_native(callable) &&
        kr_is_error(call_hook(vm, f, vm->profile_hook, failed ? "c_exception" : "c_return", callable)))
        return false;
    return !vm->monitor_on || kr_monitor_fire(vm, f, failed ? KR_EVENT_C_RAISE : KR_EVENT_C_RETURN, 3, arg);
}

// ---- Exceptions ----------------------------------------------------------------------------------------------------------------

static bool trace_exception(KrVm *vm, KrFrame *f, KrValue e) {
    if (kr_is_unset(vm->trace_hook) || !f->object || kr_is_unset(f->object->trace)) return true;
    KrValue tb = kr_getattr(vm, e, KR_N(__traceback__)), item[3] = { kr_type_value(kr_type_of(e)), e, tb };
    KrValue info = kr_is_error(tb) ? tb : kr_tuple(vm, 3, item);
    return !kr_is_error(info) && keep_local(vm, f, call_hook(vm, f, f->object->trace, "exception", info));
}

bool kr_hook_exception(KrVm *vm, KrFrame *f) {
    if (vm->in_hook) return true;
    KrValue e = vm->thread.raised;
    vm->thread.raised = KR_UNSET;
    bool again = opcode(f) == KR_OP_RERAISE;
    bool ok = !f->object || after_call(vm, f, f->object, true);
    ok = ok && trace_exception(vm, f, e) && monitor(vm, f, again ? KR_EVENT_RERAISE : KR_EVENT_RAISE, e);
    if (ok) vm->thread.raised = e;
    return ok;
}

bool kr_hook_handled(KrVm *vm, KrFrame *f, KrValue e) { return vm->in_hook || monitor(vm, f, KR_EVENT_EXCEPTION_HANDLED, e); }

// ---- Lines and instructions ----------------------------------------------------------------------------------------------------

static bool is_jump(unsigned op, unsigned *event) {
    *event = op == KR_OP_JMP || op == KR_OP_LOOP ? KR_EVENT_JUMP : KR_EVENT_BRANCH;
    return op == KR_OP_JMP || op == KR_OP_LOOP || (op >= KR_OP_JTRUE && op <= KR_OP_JGEI) || op == KR_OP_FORNEXT || op == KR_OP_JNOMATCH;
}

// The jump that the last instruction made, or did not make.
static bool after_jump(KrVm *vm, KrFrame *f, KrFrameObject *o) {
    uint32_t from = o->jump;
    unsigned event;
    o->jump = 0;
    if (!from || !is_jump(f->code->instr[from - 1] & 0xFF, &event) || f->code->instr[from - 1] == KR_OP_LOOP)
        return true; // LOOP by nothing
    KrValue arg[2] = { kr_int_box((intptr_t)((from - 1) * sizeof(KrInstr))), offset(f) };
    return kr_monitor_fire(vm, f, event, 2, arg);
}

static bool monitor_instruction(KrVm *vm, KrFrame *f, KrFrameObject *o, int32_t line, bool new_line) {
    KrValue number = kr_int_box(line);
    unsigned event;
    if (!after_jump(vm, f, o)) return false;
    if (new_line && line > 0 && !kr_monitor_fire(vm, f, KR_EVENT_LINE, 1, &number)) return false;
    if (is_jump(opcode(f), &event)) o->jump = (uint32_t)position(f) + 1;
    return monitor(vm, f, KR_EVENT_INSTRUCTION, KR_UNSET);
}

// Before each instruction: a line event when the line changes, or when a jump goes backwards.
bool kr_hook_line(KrVm *vm, KrFrame *f) {
    bool traced = f->object && !kr_is_unset(f->object->trace);
    if (vm->in_hook || (!traced && !vm->monitor_on && kr_is_unset(vm->profile_hook))) return true;
    KrFrameObject *o = kr_frame_reify(vm, f);
    if (!o || !after_call(vm, f, o, false)) return false;
    uint32_t at = (uint32_t)position(f);
    int32_t line = kr_code_position(f->code, at).line;
    bool new_line = line > 0 && (line != o->last_line || at <= o->last_instr);
    o->last_instr = at;
    if (line > 0) o->last_line = line;
    if (traced && o->trace_opcodes && line > 0 && !keep_local(vm, f, call_hook(vm, f, o->trace, "opcode", KR_NONE))) return false;
    if (traced && new_line && o->trace_lines && !keep_local(vm, f, call_hook(vm, f, o->trace, "line", KR_NONE))) return false;
    if (vm->monitor_on && !monitor_instruction(vm, f, o, line, new_line)) return false;
    return before_call(vm, f, o);
}
