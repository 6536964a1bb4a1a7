// traceback.c - traceback objects: one for each frame that an exception has passed through, the innermost last.
// SPDX-License-Identifier: MIT
#include "vm/traceback.h"

#include "object/exception.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/vm_state.h"

#define SELF KR_AS(KrTraceback, self)

static void traceback_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((KrTraceback *)o)->next);
    kr_trace(tracer, ((KrTraceback *)o)->frame);
    kr_trace_object(tracer, ((KrTraceback *)o)->code);
}

// A new entry in front: the exception has reached this frame.
bool kr_traceback_add(KrVm *vm, KrFrame *f) {
    KrValue e = vm->thread.raised;
    if (kr_same(e, vm->memory_error)) return true; // raised without memory: no traceback
    vm->thread.raised = KR_UNSET;
    KrFrameObject *frame = kr_frame_reify(vm, f);
    KrTraceback *t = frame ? kr_alloc(vm, &kr_traceback_type.shape, sizeof *t) : NULL;
    if (!t) return false;
    t->next = kr_exception_of(e)->traceback;
    t->frame = kr_from_ptr(frame);
    t->code = f->code;
    t->at = f->pc > f->code->instr ? (uint32_t)(f->pc - f->code->instr) - 1 : 0;
    t->line = -1;
    kr_store(vm, kr_ptr(e), &kr_exception_of(e)->traceback, kr_from_ptr(t));
    vm->thread.raised = e;
    return true;
}

// The same for a frame that has not begun: it is on its first line.
bool kr_traceback_add_first(KrVm *vm, KrFrame *f) {
    KrValue e = vm->thread.raised;
    if (!kr_traceback_add(vm, f)) return false;
    KrValue t = kr_exception_of(e)->traceback;
    if (kr_isa(t, &kr_traceback_type)) KR_AS(KrTraceback, t)->line = (int32_t)f->code->first_line;
    return true;
}

int32_t kr_traceback_line(const KrTraceback *t) {
    if (t->line >= 0) return t->line;
    KrPosition p = kr_code_position(t->code, t->at);
    return p.line > 0 ? p.line : (int32_t)t->code->first_line;
}

static KrValue get_next(KrVm *vm, KrValue self) { return (void)vm, SELF->next; }
static KrValue get_frame(KrVm *vm, KrValue self) { return kr_audit_getattr(vm, self, "tb_frame") ? SELF->frame : KR_ERROR; }
static KrValue get_lasti(KrVm *vm, KrValue self) { return (void)vm, kr_int_box((intptr_t)SELF->at * 4 + SELF->within); }
static KrValue get_line(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(kr_traceback_line(SELF)); }

static bool set_next(KrVm *vm, KrValue self, KrValue v) {
    if (kr_is_unset(v)) return kr_fail(kr_raise(vm, &kr_type_error, "can't delete tb_next attribute"));
    if (!kr_is_none(v) && !kr_is_exact(v, &kr_traceback_type))
        return kr_fail(kr_raise(vm, &kr_type_error, "expected traceback object, got '%T'", v));
    for (KrValue t = v; kr_is_exact(t, &kr_traceback_type); t = KR_AS(KrTraceback, t)->next)
        if (kr_same(t, self)) return kr_fail(kr_raise(vm, &kr_value_error, "traceback loop detected"));
    return kr_store(vm, SELF, &SELF->next, v), true;
}

static KrValue traceback_make(KrVm *vm, KrValue type, const KrValue *arg) { // tb_next, tb_frame, tb_lasti, tb_lineno
    intptr_t lasti, line;
    (void)type;
    if (!kr_is_none(arg[0]) && !kr_is_exact(arg[0], &kr_traceback_type))
        return kr_raise(vm, &kr_type_error, "expected traceback object or None, got '%T'", arg[0]);
    if (!kr_is_exact(arg[1], &kr_frame_type))
        return kr_raise(vm, &kr_type_error, "traceback() argument 'tb_frame' must be frame, not %T", arg[1]);
    if (!kr_to_index(vm, arg[2], &lasti) || !kr_to_index(vm, arg[3], &line)) return KR_ERROR;
    KrTraceback *t = kr_alloc(vm, &kr_traceback_type.shape, sizeof *t);
    if (!t) return KR_ERROR;
    t->next = arg[0];
    t->frame = arg[1];
    t->code = KR_AS(KrFrameObject, arg[1])->code;
    t->at = (uint32_t)(lasti / 4);
    t->within = (uint8_t)(lasti % 4);
    t->line = (int32_t)line;
    return kr_from_ptr(t);
}

static const KrGetSet traceback_attributes[] = {
    { "tb_next", get_next, set_next, "" },
    { "tb_frame", get_frame, NULL, "" },
    { "tb_lasti", get_lasti, NULL, "" },
    { "tb_lineno", get_line, NULL, "" },
    { 0 },
};
static const KrMethod traceback_new = { "traceback(tb_next, tb_frame, tb_lasti, tb_lineno)", traceback_make,
                                        KR_DOC("Create a new traceback object."), 0 };

const KrType kr_traceback_type = {
    KR_TYPE_HEAD(kr_traceback_type),
    .doc = KR_DOC("Create a new traceback object."),
    .name = "traceback",
    .size = sizeof(KrTraceback),
    .trace = traceback_trace,
    .attributes = traceback_attributes,
    .make = &traceback_new,
};
