// hook.c - calls the trace and profile functions. While one is set, the loop's second dispatch table sends every instruction here first;
// with none set nothing of this runs.
// SPDX-License-Identifier: MIT
#include "vm/hook.h"

#include "object/container.h"
#include "object/exception.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "vm/monitor.h"
#include "vm/op.h"

enum { KR_HOOK_LINES = 32 }; // that one instruction may pass

void kr_hooks_of_thread(KrVm *vm) {
    vm->hooks_on = !kr_is_unset(vm->thread.trace_hook) || !kr_is_unset(vm->thread.profile_hook) || vm->monitor_on;
}

void kr_hooks_changed(KrVm *vm) {
    vm->monitor_on = kr_monitor_on(vm);
    kr_hooks_of_thread(vm);
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
    vm->thread.in_hook = true;
    o->event = event;
    KrValue v = kr_call(vm, function, 3, arg);
    o->event = NULL;
    vm->thread.in_hook = false;
    return v;
}

// An error in a hook takes it off.
static bool profile(KrVm *vm, KrFrame *f, const char *event, KrValue argument) {
    if (kr_is_unset(vm->thread.profile_hook)) return true;
    if (!kr_is_error(call_hook(vm, f, vm->thread.profile_hook, event, argument))) return true;
    vm->thread.profile_hook = KR_UNSET;
    return kr_hooks_changed(vm), false;
}

// The frame's own function, or for `call` the thread's; what it returns is the frame's from now on, unless it is None.
static bool trace(KrVm *vm, KrFrame *f, const char *event, KrValue argument) {
    bool call = strcmp(event, "call") == 0;
    if (kr_is_unset(vm->thread.trace_hook) || (!call && (!f->object || kr_is_unset(f->object->trace)))) return true;
    KrValue v = call_hook(vm, f, call ? vm->thread.trace_hook : f->object->trace, event, argument);
    if (kr_is_error(v)) {
        vm->thread.trace_hook = KR_UNSET;
        if (f->object) f->object->trace = KR_UNSET;
        return kr_hooks_changed(vm), false;
    }
    if (f->object && !kr_is_none(v)) kr_store(vm, f->object, &f->object->trace, v);
    return true;
}

bool kr_hook_call(KrVm *vm, KrFrame *f) {
    if (vm->thread.in_hook || f->code->flags & KR_CODE_PIECE) return true;
    if (!trace(vm, f, "call", KR_NONE) || !profile(vm, f, "call", KR_NONE)) return false;
    return monitor(vm, f, f->pc == f->code->instr ? KR_EVENT_PY_START : KR_EVENT_PY_RESUME, KR_UNSET);
}

// An exception is thrown into a generator: raised inside, where it was suspended.
bool kr_hook_throw(KrVm *vm, KrFrame *f) {
    if (vm->thread.in_hook) return true;
    KrValue e = vm->thread.raised;
    vm->thread.raised = KR_UNSET;
    bool ok = trace(vm, f, "call", KR_NONE) && profile(vm, f, "call", KR_NONE) && monitor(vm, f, KR_EVENT_PY_THROW, e);
    if (ok) vm->thread.raised = e;
    return ok;
}

// CPython's generators have a handler around all of their code, which raises again what they do not handle.
static bool leave_generator(KrVm *vm, KrFrame *f, KrValue e) {
    if (!(f->flags & KR_FRAME_GENERATOR) || f->pc == f->code->instr || !vm->monitor_on) return true;
    return monitor(vm, f, KR_EVENT_EXCEPTION_HANDLED, e) && monitor(vm, f, KR_EVENT_RERAISE, e);
}

bool kr_hook_return(KrVm *vm, KrFrame *f, KrValue result) {
    if (vm->thread.in_hook || (f->code->flags & KR_CODE_MORE && !kr_is_error(result))) return true;
    KrValue raised = vm->thread.raised, argument = kr_is_error(result) ? KR_NONE : result;
    bool yields = f->flags & KR_FRAME_GENERATOR && opcode(f) != KR_OP_RET && opcode(f) != KR_OP_RETNONE;
    vm->thread.raised = KR_UNSET;
    bool ok =
        (!kr_is_error(result) || leave_generator(vm, f, raised)) && trace(vm, f, "return", argument) && profile(vm, f, "return", argument);
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
    *first = KR_UNSET;
    if ((w & 0xFF) < KR_OP_CALL || (w & 0xFF) > KR_OP_CALLEX) return false;
    *callable = window[0];
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
        if (count >> KR_CALL_LEAD) return *first = window[1], true;
        const KrValue *item = count & KR_CALL_STAR ? kr_row_items(window[1], &count) : (count = 0, NULL);
        if (count) *first = item[0];
        return true;
    }
    default: (void)vm; return false;
    }
}

static bool before_call(KrVm *vm, KrFrame *f, KrFrameObject *o) {
    KrValue callable, first;
    KrInstr w = f->code->instr[position(f)];
    if ((w & 0xFF) == KR_OP_CALLEX && !kr_op_spread(vm, &f->base[KR_A(w) + 1], KR_B(w))) return false;
    if (!find_call(vm, f, &callable, &first)) return true;
    KrValue arg[3] = { offset(f), callable, kr_is_unset(first) ? kr_monitor_missing(vm) : first };
    if (vm->monitor_on && !kr_monitor_fire(vm, f, KR_EVENT_CALL, 3, arg)) return false;
    if (kr_type_of(callable) == &kr_function_type) return true;
    kr_store(vm, o, &o->pending, callable);
    kr_store(vm, o, &o->pending_first, arg[2]);
    return !is_native(callable) || profile(vm, f, "c_call", callable);
}

static bool after_call(KrVm *vm, KrFrame *f, KrFrameObject *o, bool failed) {
    KrValue callable = o->pending, arg[3] = { offset(f), callable, o->pending_first };
    if (kr_is_unset(callable)) return true;
    kr_store(vm, o, &o->pending, KR_UNSET);
    if (is_native(callable) && !profile(vm, f, failed ? "c_exception" : "c_return", callable)) return false;
    return !vm->monitor_on || kr_monitor_fire(vm, f, failed ? KR_EVENT_C_RAISE : KR_EVENT_C_RETURN, 3, arg);
}

// ---- Exceptions ----------------------------------------------------------------------------------------------------------------

static bool trace_exception(KrVm *vm, KrFrame *f, KrValue e) {
    if (kr_is_unset(vm->thread.trace_hook) || !f->object || kr_is_unset(f->object->trace)) return true;
    KrValue tb = kr_getattr(vm, e, KR_N(__traceback__)), item[3] = { kr_type_value(kr_type_of(e)), e, tb };
    KrValue info = kr_is_error(tb) ? tb : kr_tuple(vm, 3, item);
    return !kr_is_error(info) && trace(vm, f, "exception", info);
}

bool kr_hook_exception(KrVm *vm, KrFrame *f) {
    if (vm->thread.in_hook) return true;
    KrValue e = vm->thread.raised;
    vm->thread.raised = KR_UNSET;
    bool ok = !f->object || after_call(vm, f, f->object, true);
    ok = ok && trace_exception(vm, f, e) && monitor(vm, f, KR_EVENT_RAISE, e);
    if (ok) vm->thread.raised = e;
    return ok;
}

bool kr_hook_reraise(KrVm *vm, KrFrame *f) {
    if (vm->thread.in_hook || !vm->monitor_on) return true;
    KrValue e = vm->thread.raised;
    bool twice = opcode(f) == KR_OP_RERAISE && !KR_B(f->code->instr[position(f)]); // CPython's passes its own cleanup
    vm->thread.raised = KR_UNSET;
    bool ok = monitor(vm, f, KR_EVENT_RERAISE, e);
    if (ok && twice) ok = monitor(vm, f, KR_EVENT_EXCEPTION_HANDLED, e) && monitor(vm, f, KR_EVENT_RERAISE, e);
    if (ok) vm->thread.raised = e;
    return ok;
}

// The iterator that f asks has ended. Of a generator in a fast way: with `value`, nothing was raised. Else by `stop`, which is raised no more.
// loop: it was asked by a loop.
bool kr_hook_stop(KrVm *vm, KrFrame *f, KrValue value, KrValue stop, bool loop) {
    bool artificial = kr_is_unset(stop);
    if (vm->thread.in_hook) return true;
    if (artificial && kr_is_unset(vm->thread.trace_hook) && !vm->monitor_on) return true;
    if (artificial) stop = kr_call(vm, kr_type_value(&kr_stop_iteration), kr_is_none(value) ? 0 : 1, &value);
    if (kr_is_error(stop)) return false;
    bool quiet = artificial && loop && kr_is_none(value); // loops tell trace functions of an end with a value only
    return (quiet || trace_exception(vm, f, stop)) && monitor(vm, f, artificial ? KR_EVENT_STOP_ITERATION : KR_EVENT_RAISE, stop);
}

bool kr_hook_handled(KrVm *vm, KrFrame *f, KrValue e) { return vm->thread.in_hook || monitor(vm, f, KR_EVENT_EXCEPTION_HANDLED, e); }

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

static bool monitor_instruction(KrVm *vm, KrFrame *f, KrFrameObject *o) {
    unsigned event;
    if (is_jump(opcode(f), &event)) o->jump = (uint32_t)position(f) + 1;
    return monitor(vm, f, KR_EVENT_INSTRUCTION, KR_UNSET);
}

// Whether what comes from a jump backwards begins its line anew. A loop's FORNEXT stands behind the body: control that comes back to it has
// jumped, its own jump to the body has not; nor has the one that enters the loop.
static bool jumped_back(const KrFrame *f, const KrFrameObject *o, uint32_t at) {
    const KrInstr *instr = f->code->instr;
    if (o->jumped_line || !at) return true;
    unsigned last = instr[o->last_instr] & 0xFF;
    if ((instr[at] & 0xFF) == KR_OP_FORNEXT)
        return !(last == KR_OP_JMP && o->last_instr && (instr[o->last_instr - 1] & 0xFF) == KR_OP_FORPREP);
    return at < o->last_instr && last != KR_OP_FORNEXT;
}

static bool line_event(KrVm *vm, KrFrame *f, KrFrameObject *o, int32_t line, size_t where, bool changed) {
    KrValue number = kr_int_box(line);
    o->last_line = line;
    if (o->trace_lines && !trace(vm, f, "line", KR_NONE)) return false;
    return !vm->monitor_on || !changed || kr_monitor_fire_at(vm, f, KR_EVENT_LINE, kr_int_box((intptr_t)where), 1, &number);
}

// The lines that are passed before the instruction, which have no instructions of their own; then its own line.
static bool lines(KrVm *vm, KrFrame *f, KrFrameObject *o, uint32_t at) {
    int32_t line[KR_HOOK_LINES];
    const KrInstr *pc = f->pc;
    if (o->last_instr == UINT32_MAX && at) o->last_instr = at - 1, o->last_line = kr_code_position(f->code, at - 1).line; // tracing begins
    bool back = jumped_back(f, o, at);
    int32_t before = o->last_line;
    size_t count = kr_code_lines_at(f->code, at, line, KR_HOOK_LINES);
    o->last_instr = at;
    for (size_t i = 0; i < count; i++) {
        if (o->jumped_line && line[i] != o->jumped_line) continue;
        o->jumped_line = 0;
        if (line[i] <= 0 || (line[i] == o->last_line && !back)) continue;
        bool changed = line[i] != before;
        back = false;
        before = line[i];
        if (!line_event(vm, f, o, line[i], (size_t)at * KR_HOOK_LINES + (count - i), changed)) return false;
        if (f->pc != pc) return true; // f_lineno was set
    }
    o->jumped_line = 0;
    return true;
}

// Before each instruction.
bool kr_hook_line(KrVm *vm, KrFrame *f) {
    bool traced = f->object && !kr_is_unset(f->object->trace) && !kr_is_unset(vm->thread.trace_hook);
    if (vm->thread.in_hook || (!traced && !vm->monitor_on && kr_is_unset(vm->thread.profile_hook))) return true;
    KrFrameObject *o = kr_frame_reify(vm, f);
    if (!o || !after_call(vm, f, o, false) || (vm->monitor_on && !after_jump(vm, f, o))) return false;
    const KrInstr *pc = f->pc;
    for (;;) {
        if (!lines(vm, f, o, (uint32_t)position(f))) return false;
        if (f->pc == pc) break;
        pc = f->pc; // at the instruction that was jumped to: its line begins anew
    }
    if (traced && o->trace_opcodes && !trace(vm, f, "opcode", KR_NONE)) return false;
    if (vm->monitor_on && !monitor_instruction(vm, f, o)) return false;
    return before_call(vm, f, o);
}
