// frame_object.c - frames as objects: made on demand, linked to the running frame until that ends.
// SPDX-License-Identifier: MIT
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "object/type.h"
#include "vm/frame_jump.h"
#include "vm/op.h"

#define SELF KR_AS(KrFrameObject, self)

static void frame_trace(KrTracer *tracer, KrObject *o) {
    KrFrameObject *f = (KrFrameObject *)o;
    kr_trace_object(tracer, f->code);
    kr_trace_object(tracer, f->registers);
    const KrValue v[] = { f->function, f->globals, f->builtins, f->back, f->trace, f->extra_locals, f->pending, f->pending_first };
    for (size_t i = 0; i < KR_COUNT_OF(v); i++) kr_trace(tracer, v[i]);
    if (f->live && f->live->generator) kr_trace_object(tracer, f->live->generator);
}

KrFrameObject *kr_frame_reify(KrVm *vm, KrFrame *f) {
    if (f->object) return f->object;
    KrFrameObject *o = kr_alloc(vm, &kr_frame_type.shape, sizeof *o);
    if (!o) return NULL;
    o->live = f;
    o->code = f->code;
    o->function = f->base[-1];
    o->globals = kr_from_ptr(f->globals);
    o->builtins = kr_from_ptr(f->builtins);
    o->back = KR_NONE;
    o->trace = o->extra_locals = o->pending = o->pending_first = KR_UNSET;
    o->trace_lines = true;
    o->last_instr = UINT32_MAX;
    f->object = o;
    return o;
}

// Where the local number i stands in what registers_of gives: a frame that is over has its locals in a row.
static size_t local_at(const KrFrameObject *o, size_t i) {
    return o->live && i < o->code->nlocals ? kr_code_local_register(o->code, (unsigned)i) : i;
}

static KrValue *registers_of(KrFrameObject *o, size_t *count) {
    if (o->live) return *count = o->code->nregs, o->live->base;
    if (!o->registers) return *count = 0, NULL;
    return *count = o->registers->cap, o->registers->item;
}

static uint32_t last_instr(KrFrameObject *o) {
    if (!o->live) return o->lasti ? o->lasti - 1 : 0;
    return o->live->pc > o->code->instr ? (uint32_t)(o->live->pc - o->code->instr) - 1 : 0;
}

// ---- Variables -----------------------------------------------------------------------------------------------------------------

static KrValue unwrap(KrValue v, bool cell) { return cell && kr_is_exact(v, &kr_cell_type) ? KR_AS(KrCellObject, v)->value : v; }

// A variable of an inlined comprehension, while that runs.
static bool hidden_variable(KrFrameObject *o, size_t i, KrValue *name, KrValue *value) {
    size_t count = 0, regs;
    if (!o->live || !kr_is_tuple(o->code->hidden_names)) return false;
    const KrValue *names = kr_tuple_items(o->code->hidden_names, &count), *reg = registers_of(o, &regs);
    if (i >= count) return false;
    const KrHidden *h = &o->code->hidden[i];
    uint32_t at = last_instr(o);
    *name = names[i];
    *value = at >= h->start && at < h->end && h->reg < regs ? unwrap(reg[h->reg], h->kind & KR_LOCAL_CELL) : KR_UNSET;
    return true;
}

// The variable number i: locals first, then free variables, then those of inlined comprehensions, which hide others of the same name.
static bool variable(KrFrameObject *o, size_t i, KrValue *name, KrValue *value) {
    size_t locals, frees, regs;
    const KrValue *local = kr_tuple_items(o->code->locals, &locals), *freed = kr_tuple_items(o->code->frees, &frees);
    KrValue *reg = registers_of(o, &regs);
    if (i < locals) {
        *name = local[i];
        *value = local_at(o, i) < regs ? unwrap(reg[local_at(o, i)], o->code->local_kinds && (o->code->local_kinds[i] & KR_LOCAL_CELL))
                                       : KR_UNSET;
        return true;
    }
    i -= locals;
    if (i >= frees) return hidden_variable(o, i - frees, name, value);
    *name = freed[i];
    KrValue closure = KR_AS(KrFunctionObject, o->function)->closure;
    *value = kr_is_tuple(closure) ? unwrap(kr_tuple_items(closure, NULL)[i], true) : KR_UNSET;
    return true;
}

// Where the variable number i is kept: a register, or the item of a cell; NULL: nowhere any more.
static KrValue *place_of(KrFrameObject *o, size_t i, KrObject **owner) {
    size_t locals, frees, regs;
    const KrCode *code = o->code;
    kr_tuple_items(code->locals, &locals);
    kr_tuple_items(code->frees, &frees);
    KrValue *reg = registers_of(o, &regs), *slot = NULL;
    bool cell = true;
    if (i < locals) {
        slot = local_at(o, i) < regs ? &reg[local_at(o, i)] : NULL;
        cell = code->local_kinds && (code->local_kinds[i] & KR_LOCAL_CELL);
    } else if (i - locals < frees) {
        slot = &kr_tuple_items(KR_AS(KrFunctionObject, o->function)->closure, NULL)[i - locals];
    } else {
        const KrHidden *h = &code->hidden[i - locals - frees];
        slot = h->reg < regs ? &reg[h->reg] : NULL;
        cell = h->kind & KR_LOCAL_CELL;
    }
    *owner = o->registers && !o->live ? &o->registers->head : NULL;
    if (!slot || !cell || !kr_is_exact(*slot, &kr_cell_type)) return slot;
    *owner = kr_ptr(*slot);
    return &KR_AS(KrCellObject, *slot)->value;
}

static bool hidden(KrValue name) { return kr_str_text(name, NULL)[0] == '.'; }

// Which variables come first: those of the frame alone, then those that inner functions share with it, then those of outer functions.
static unsigned turn_of(const KrFrameObject *o, size_t i) {
    size_t locals, frees;
    kr_tuple_items(o->code->locals, &locals);
    kr_tuple_items(o->code->frees, &frees);
    if (i < locals) return o->code->local_kinds && o->code->local_kinds[i] == KR_LOCAL_CELL;
    return i < locals + frees ? 2 : 3;
}

static KrValue snapshot(KrVm *vm, KrFrameObject *o) {
    KrValue dict = kr_dict(vm), name, value;
    for (unsigned turn = 0; turn < 4; turn++)
        for (size_t i = 0; !kr_is_error(dict) && variable(o, i, &name, &value); i++)
            if (turn == turn_of(o, i) && !kr_is_unset(value) && kr_is_str(name) && !hidden(name) && !kr_dict_set(vm, dict, name, value))
                return KR_ERROR;
    return dict;
}

static KrValue namespace_of(KrFrameObject *o) {
    size_t n;
    KrValue *reg = registers_of(o, &n);
    return n ? reg[0] : KR_NONE;
}

// Are the variables those of a namespace? Inside of a comprehension they are the comprehension's alone; those of outer functions do not matter.
static bool in_namespace(KrFrameObject *o) {
    KrValue name, value;
    if (!(o->code->flags & KR_CODE_NAMESPACE)) return false;
    for (size_t i = 0; variable(o, i, &name, &value); i++)
        if (!kr_is_unset(value) && turn_of(o, i) != 2) return false;
    return true;
}

KrValue kr_frame_locals(KrVm *vm, KrFrame *f) {
    if ((f->code->flags & KR_CODE_NAMESPACE) && !kr_is_tuple(f->code->hidden_names)) return f->base[0];
    KrFrameObject *o = kr_frame_reify(vm, f);
    if (o && in_namespace(o)) return f->base[0];
    KrValue dict = o ? snapshot(vm, o) : KR_ERROR;
    if (!kr_is_error(dict) && kr_is_dict(o->extra_locals) && !kr_dict_update(vm, dict, o->extra_locals)) return KR_ERROR;
    return dict;
}

// ---- f_locals: a mapping that writes through (PEP 667) --------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrFrameObject *frame;
} Proxy;
static const KrType proxy_type;
#define FRAME KR_AS(Proxy, self)->frame

static void proxy_trace(KrTracer *tracer, KrObject *o) { kr_trace_object(tracer, ((Proxy *)o)->frame); }

static KrValue proxy_all(KrVm *vm, KrValue self) {
    KrValue dict = snapshot(vm, FRAME);
    if (!kr_is_error(dict) && kr_is_dict(FRAME->extra_locals) && !kr_dict_update(vm, dict, FRAME->extra_locals)) return KR_ERROR;
    return dict;
}

static bool proxy_set(KrVm *vm, KrValue self, KrValue key, KrValue value) {
    KrFrameObject *o = FRAME;
    KrValue name, old;
    size_t found = SIZE_MAX, locals, frees;
    if (kr_is_unset(value)) return kr_fail(kr_raise(vm, &kr_type_error, "cannot remove variables from FrameLocalsProxy"));
    kr_tuple_items(o->code->locals, &locals);
    kr_tuple_items(o->code->frees, &frees);
    for (size_t i = 0; variable(o, i, &name, &old); i++) {
        bool same;
        if (!kr_equal(vm, name, key, &same)) return false;
        if (same && (i < locals + frees || !kr_is_unset(old))) found = i;
    }
    if (found != SIZE_MAX) {
        KrObject *owner;
        KrValue *place = place_of(o, found, &owner);
        if (place && owner) kr_store(vm, owner, place, value);
        else if (place) *place = value;
        return true;
    }
    if (kr_is_unset(o->extra_locals)) {
        KrValue dict = kr_dict(vm);
        if (kr_is_error(dict)) return false;
        kr_store(vm, o, &o->extra_locals, dict);
    }
    return kr_setitem(vm, o->extra_locals, key, value);
}

static KrValue proxy_get(KrVm *vm, KrValue self, KrValue key) {
    KrValue dict = proxy_all(vm, self), v;
    if (kr_is_error(dict) || !kr_dict_find(vm, dict, key, &v)) return KR_ERROR;
    return kr_is_unset(v) ? kr_raise(vm, &kr_key_error, "local variable '%R' is not defined", key) : v;
}

static bool proxy_len(KrVm *vm, KrValue self, size_t *out) {
    KrValue dict = proxy_all(vm, self);
    if (kr_is_error(dict)) return false;
    return *out = kr_dict_len(dict), true;
}
static bool proxy_contains(KrVm *vm, KrValue self, KrValue key, bool *out) {
    KrValue dict = proxy_all(vm, self), v;
    if (kr_is_error(dict) || !kr_dict_find(vm, dict, key, &v)) return false;
    return *out = !kr_is_unset(v), true;
}
static KrValue proxy_iter(KrVm *vm, KrValue self) {
    KrValue dict = proxy_all(vm, self);
    return kr_is_error(dict) ? dict : kr_iter(vm, dict);
}
static KrValue proxy_repr(KrVm *vm, KrValue self) {
    KrValue frame = kr_from_ptr(FRAME); // each f_locals is another proxy
    bool again;
    if (!kr_repr_enter(vm, frame, &again)) return KR_ERROR;
    if (again) return kr_str_c(vm, "{...}");
    KrValue dict = proxy_all(vm, self), text = kr_is_error(dict) ? dict : kr_repr(vm, dict);
    kr_repr_leave(vm, frame);
    return text;
}
static KrValue proxy_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    KrValue a = proxy_all(vm, self), b = kr_is_exact(other, &proxy_type) ? proxy_all(vm, other) : other;
    if (kr_is_error(a) || kr_is_error(b)) return KR_ERROR;
    return kr_is_dict(b) ? kr_compare(vm, a, b, op) : KR_NOTIMPL;
}
// keys(), values() and items() are lists, unlike a dict's.
static KrValue list_of(KrVm *vm, KrValue self, const char *method) {
    KrValue dict = proxy_all(vm, self), view = kr_is_error(dict) ? dict : kr_call_method(vm, dict, method, 0, NULL);
    return kr_is_error(view) ? view : kr_list_from(vm, view);
}
static KrValue proxy_keys(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, list_of(vm, self, "keys"); }
static KrValue proxy_values(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, list_of(vm, self, "values"); }
static KrValue proxy_items(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, list_of(vm, self, "items"); }
static KrValue proxy_copy(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, proxy_all(vm, self); }
static KrValue proxy_reversed(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue keys = list_of(vm, self, "keys");
    return kr_is_error(keys) || kr_is_error(kr_call_method(vm, keys, "reverse", 0, NULL)) ? KR_ERROR : keys; // a list, as in CPython
}
static KrValue proxy_get_or(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue dict = proxy_all(vm, self), v;
    if (kr_is_error(dict) || !kr_dict_find(vm, dict, arg[0], &v)) return KR_ERROR;
    return kr_is_unset(v) ? arg[1] : v;
}
static KrValue proxy_update(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue dict = kr_dict(vm), key, value;
    if (!kr_is_dict(arg[0]) && !kr_is_exact(arg[0], &proxy_type))
        return kr_raise(vm, &kr_type_error, "update() argument must be dict or another FrameLocalsProxy");
    if (kr_is_error(dict) || !kr_dict_update(vm, dict, arg[0])) return KR_ERROR;
    for (size_t at = 0; kr_dict_next(dict, &at, &key, &value);)
        if (!proxy_set(vm, self, key, value)) return KR_ERROR;
    return KR_NONE;
}
static KrValue proxy_setdefault(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue dict = proxy_all(vm, self), v;
    if (kr_is_error(dict) || !kr_dict_find(vm, dict, arg[0], &v)) return KR_ERROR;
    if (!kr_is_unset(v)) return v;
    return proxy_set(vm, self, arg[0], arg[1]) ? arg[1] : KR_ERROR;
}
static KrValue proxy_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    KrValue a = kr_is_exact(left, &proxy_type) ? proxy_all(vm, left) : left,
            b = kr_is_exact(right, &proxy_type) ? proxy_all(vm, right) : right;
    return kr_is_error(a) || kr_is_error(b) ? KR_ERROR : kr_is_dict(a) && kr_is_dict(b) ? kr_binary(vm, op, a, b) : KR_NOTIMPL;
}
static KrValue proxy_inplace(KrVm *vm, KrBinary op, KrValue self, KrValue other) {
    (void)op;
    if (!kr_is_dict(other) && !kr_is_exact(other, &proxy_type)) return KR_NOTIMPL;
    return kr_is_error(proxy_update(vm, self, &other)) ? KR_ERROR : self;
}
static const KrMethod proxy_methods[] = {
    { "keys()", proxy_keys, "", 0 },
    { "values()", proxy_values, "", 0 },
    { "items()", proxy_items, "", 0 },
    { "copy()", proxy_copy, "", 0 },
    { "get(key, default=None, /)", proxy_get_or, "", 0 },
    { "update(other, /)", proxy_update, "", 0 },
    { "setdefault(key, default=None, /)", proxy_setdefault, "", 0 },
    { "__reversed__()", proxy_reversed, "", 0 },
    { 0 },
};
static KrValue proxy_new(KrVm *vm, KrValue frame) {
    Proxy *p = kr_alloc(vm, &proxy_type.shape, sizeof *p);
    if (!p) return KR_ERROR;
    p->frame = KR_AS(KrFrameObject, frame);
    return kr_from_ptr(p);
}
static KrValue proxy_make(KrVm *vm, KrValue type, const KrValue *arg) {
    (void)type;
    if (!kr_is_exact(arg[0], &kr_frame_type)) return kr_raise(vm, &kr_type_error, "expect frame, not %T", arg[0]);
    return proxy_new(vm, arg[0]);
}
static const KrMethod proxy_row = { "FrameLocalsProxy(frame, /)", proxy_make, "", 0 };
static const KrType proxy_type = {
    KR_TYPE_HEAD(proxy_type),
    .name = "FrameLocalsProxy",
    .size = sizeof(Proxy),
    .flags = KR_TYPE_MAPPING,
    .make = &proxy_row,
    .trace = proxy_trace,
    .repr = proxy_repr,
    .length = proxy_len,
    .getitem = proxy_get,
    .setitem = proxy_set,
    .contains = proxy_contains,
    .iter = proxy_iter,
    .compare = proxy_compare,
    .methods = proxy_methods,
    .binary_ops = KR_OP(KR_OR),
    .binary = proxy_binary,
    .more = &(const KrMoreSlots){ .inplace_ops = KR_OP(KR_OR), .inplace = proxy_inplace },
    .hash = kr_hash_unhashable,
};

// ---- Attributes ----------------------------------------------------------------------------------------------------------------

static KrValue get_locals(KrVm *vm, KrValue self) {
    if (in_namespace(SELF)) return namespace_of(SELF);
    return proxy_new(vm, self);
}
static KrValue get_code(KrVm *vm, KrValue self) { return kr_audit_getattr(vm, self, "f_code") ? kr_from_ptr(SELF->code) : KR_ERROR; }
static KrValue get_globals(KrVm *vm, KrValue self) { return (void)vm, SELF->globals; }
static KrValue get_builtins(KrVm *vm, KrValue self) { return (void)vm, SELF->builtins; }
static KrValue get_back(KrVm *vm, KrValue self) {
    if (!SELF->live) return SELF->back;
    KrFrame *f = SELF->live->prev;
    if (!f) return KR_NONE;
    KrFrameObject *o = kr_frame_reify(vm, f);
    return o ? kr_from_ptr(o) : KR_ERROR;
}
static KrValue get_lasti(KrVm *vm, KrValue self) { return (void)vm, kr_int_box((intptr_t)last_instr(SELF) * 4); }
static bool is_module(const KrCode *code) { return (code->flags & KR_CODE_NAMESPACE) && kr_str_is(code->name, "<module>"); }
static KrValue get_line(KrVm *vm, KrValue self) {
    bool started = SELF->live ? SELF->live->pc != SELF->code->instr : SELF->lasti != 0;
    if (!started && SELF->live && is_module(SELF->code)) return (void)vm, kr_int_box(0); // as in CPython
    int32_t line = started ? kr_code_position(SELF->code, last_instr(SELF)).line : 0;
    if (started && SELF->last_line && (SELF->event || line <= 0)) line = SELF->last_line; // it may be one that has no instruction
    return (void)vm, kr_int_box(line > 0 ? line : (int32_t)SELF->code->first_line);
}
static KrValue get_trace(KrVm *vm, KrValue self) { return (void)vm, kr_is_unset(SELF->trace) ? KR_NONE : SELF->trace; }
static bool set_trace(KrVm *vm, KrValue self, KrValue v) { return kr_store(vm, SELF, &SELF->trace, kr_is_none(v) ? KR_UNSET : v), true; }
static bool set_bool(KrVm *vm, KrValue v, bool *out) {
    if (kr_is_unset(v)) return kr_fail(kr_raise(vm, &kr_type_error, "can't delete numeric/char attribute"));
    if (!kr_is_bool(v)) return kr_fail(kr_raise(vm, &kr_type_error, "attribute value type must be bool"));
    return *out = kr_is_true_value(v), true;
}
static KrValue get_trace_lines(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->trace_lines); }
static bool set_trace_lines(KrVm *vm, KrValue self, KrValue v) { return set_bool(vm, v, &SELF->trace_lines); }
static KrValue get_trace_opcodes(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->trace_opcodes); }
static bool set_trace_opcodes(KrVm *vm, KrValue self, KrValue v) { return set_bool(vm, v, &SELF->trace_opcodes); }

static KrValue frame_clear(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrFrame *f = SELF->live;
    if (f && f->generator && f->generator->state == KR_GEN_SUSPENDED)
        return kr_raise(vm, &kr_runtime_error, "cannot clear a suspended frame");
    if (f && f->generator && f->generator->state == KR_GEN_CREATED) { // it will not run
        kr_frame_leave(vm, f);
        SELF->live = NULL;
        f->generator->state = KR_GEN_DONE;
        f = NULL;
    }
    if (f && !(f->generator && f->generator->state == KR_GEN_DONE))
        return kr_raise(vm, &kr_runtime_error, "cannot clear an executing frame");
    SELF->extra_locals = KR_UNSET;
    KR_STORE_PTR(vm, SELF, SELF->registers, NULL);
    return KR_NONE;
}

static KrValue frame_repr(KrVm *vm, KrValue self) {
    KrValue line = get_line(vm, self);
    return kr_format(vm, "<frame at 0x%x, file %R, line %S, code %S>", (size_t)SELF, SELF->code->filename, line, SELF->code->name);
}

static const KrGetSet frame_attributes[] = {
    { "f_locals", get_locals, NULL, "" },
    { "f_code", get_code, NULL, "" },
    { "f_globals", get_globals, NULL, "" },
    { "f_builtins", get_builtins, NULL, "" },
    { "f_back", get_back, NULL, "" },
    { "f_lasti", get_lasti, NULL, "" },
    { "f_lineno", get_line, kr_frame_set_line, "" },
    { "f_trace", get_trace, set_trace, "" },
    { "f_trace_lines", get_trace_lines, set_trace_lines, "" },
    { "f_trace_opcodes", get_trace_opcodes, set_trace_opcodes, "" },
    { 0 },
};
static const KrMethod frame_methods[] = { { "clear()", frame_clear, KR_DOC("Clear all references held by the frame."), 0 }, { 0 } };

const KrType kr_frame_type = {
    KR_TYPE_HEAD(kr_frame_type), .name = "frame",    .size = sizeof(KrFrameObject),  .flags = KR_TYPE_NO_NEW,
    .trace = frame_trace,        .repr = frame_repr, .attributes = frame_attributes, .methods = frame_methods,
};
