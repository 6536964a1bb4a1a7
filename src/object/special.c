// special.c - the slots of static types shown as methods: int.__add__, list.__len__ and so on.
//
// One row a special method: which slot it needs, its signature, and how to call the slot. A wrapper belongs to the type whose slot it
// calls, so object.__repr__(x) is object's even where x has another.
// SPDX-License-Identifier: MIT
#include "object/descriptor.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/sequence_operator.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/vm_state.h"

typedef enum {
    UNARY,
    BINARY,
    REFLECTED,
    INPLACE,
    COMPARE,
    REPR,
    STR,
    HASH,
    TRUTH,
    LENGTH,
    ITER,
    NEXT,
    GETITEM,
    SETITEM,
    DELITEM,
    CONTAINS,
    CALL,
    GETATTRIBUTE,
    SETATTR,
    DELATTR,
    GET,
    SET,
    DELETE,
    INIT,
    NEW,
    POWER,
    RPOWER,
    BUFFER,
    RELEASE,
} Kind;

struct KrSpecial {
    uint16_t name;
    uint8_t kind, op;
    KrMethod row;
};

#define ROW(name, kind, op, params, doc) \
    { \
        KR_NAME_##name, kind, op, { #name params, NULL, KR_DOC(doc), 0 } \
    }
#define OPERATOR(n, op, sign) \
    ROW(__##n##__, BINARY, op, "(value, /)", "Return self" sign "value."), \
        ROW(__r##n##__, REFLECTED, op, "(value, /)", "Return value" sign "self."), \
        ROW(__i##n##__, INPLACE, op, "(value, /)", "Return self" sign "=value.")

static const KrSpecial specials[] = {
    ROW(__repr__, REPR, 0, "()", "Return repr(self)."),
    ROW(__str__, STR, 0, "()", "Return str(self)."),
    ROW(__hash__, HASH, 0, "()", "Return hash(self)."),
    ROW(__bool__, TRUTH, 0, "()", "True if self else False"),
    ROW(__len__, LENGTH, 0, "()", "Return len(self)."),
    ROW(__lt__, COMPARE, KR_LT, "(value, /)", "Return self<value."),
    ROW(__le__, COMPARE, KR_LE, "(value, /)", "Return self<=value."),
    ROW(__eq__, COMPARE, KR_EQ, "(value, /)", "Return self==value."),
    ROW(__ne__, COMPARE, KR_NE, "(value, /)", "Return self!=value."),
    ROW(__gt__, COMPARE, KR_GT, "(value, /)", "Return self>value."),
    ROW(__ge__, COMPARE, KR_GE, "(value, /)", "Return self>=value."),
    ROW(__iter__, ITER, 0, "()", "Implement iter(self)."),
    ROW(__next__, NEXT, 0, "()", "Implement next(self)."),
    ROW(__getitem__, GETITEM, 0, "(key, /)", "Return self[key]."),
    ROW(__setitem__, SETITEM, 0, "(key, value, /)", "Set self[key] to value."),
    ROW(__delitem__, DELITEM, 0, "(key, /)", "Delete self[key]."),
    ROW(__contains__, CONTAINS, 0, "(key, /)", "Return bool(key in self)."),
    ROW(__call__, CALL, 0, "(*args, **kwargs)", "Call self as a function."),
    ROW(__getattribute__, GETATTRIBUTE, 0, "(name, /)", "Return getattr(self, name)."),
    ROW(__setattr__, SETATTR, 0, "(name, value, /)", "Implement setattr(self, name, value)."),
    ROW(__delattr__, DELATTR, 0, "(name, /)", "Implement delattr(self, name)."),
    ROW(__get__, GET, 0, "(instance, owner=None, /)", "Return an attribute of instance, which is of type owner."),
    ROW(__set__, SET, 0, "(instance, value, /)", "Set an attribute of instance to value."),
    ROW(__delete__, DELETE, 0, "(instance, /)", "Delete an attribute of instance."),
    ROW(__init__, INIT, 0, "(*args, **kwargs)", "Initialize self.  See help(type(self)) for accurate signature."),
    ROW(__new__, NEW, 0, "(*args, **kwargs)", "Create and return a new object.  See help(type) for accurate signature."),
    OPERATOR(add, KR_ADD, "+"),
    OPERATOR(sub, KR_SUB, "-"),
    OPERATOR(mul, KR_MUL, "*"),
    OPERATOR(matmul, KR_MATMUL, "@"),
    OPERATOR(truediv, KR_TRUEDIV, "/"),
    OPERATOR(floordiv, KR_FLOORDIV, "//"),
    OPERATOR(mod, KR_MOD, "%"),
    OPERATOR(lshift, KR_LSHIFT, "<<"),
    OPERATOR(rshift, KR_RSHIFT, ">>"),
    OPERATOR(and, KR_AND, "&"),
    OPERATOR(or, KR_OR, "|"),
    OPERATOR(xor, KR_XOR, "^"),
    ROW(__divmod__, BINARY, KR_DIVMOD, "(value, /)", "Return divmod(self, value)."),
    ROW(__rdivmod__, REFLECTED, KR_DIVMOD, "(value, /)", "Return divmod(value, self)."),
    ROW(__pow__, POWER, KR_POW, "(value, mod=None, /)", "Return pow(self, value, mod)."),
    ROW(__rpow__, RPOWER, KR_POW, "(value, mod=None, /)", "Return pow(value, self, mod)."),
    ROW(__ipow__, INPLACE, KR_POW, "(value, /)", "Return self**=value."),
    ROW(__neg__, UNARY, KR_NEG, "()", "-self"),
    ROW(__pos__, UNARY, KR_POS, "()", "+self"),
    ROW(__abs__, UNARY, KR_ABS, "()", "abs(self)"),
    ROW(__invert__, UNARY, KR_INVERT, "()", "~self"),
    ROW(__int__, UNARY, KR_TO_INT, "()", "int(self)"),
    ROW(__float__, UNARY, KR_TO_FLOAT, "()", "float(self)"),
    ROW(__index__, UNARY, KR_TO_INDEX, "()", "Return self converted to an integer, if self is suitable for use as an index into a list."),
    ROW(__buffer__, BUFFER, 0, "(flags, /)", "Return a buffer object that exposes the underlying memory of the object."),
    ROW(__release_buffer__, RELEASE, 0, "(buffer, /)", "Release the buffer object that exposes the underlying memory of the object."),
};

static bool has_slot(const KrType *t, const KrSpecial *s) {
    static const KrMoreSlots none = { 0 };
    const KrMoreSlots *more = t->more ? t->more : &none;
    switch ((Kind)s->kind) {
    case UNARY: return more->unary && (more->unary_ops & KR_OP(s->op));
    case BINARY:
    case REFLECTED:
        return t->binary && (t->binary_ops & KR_OP(s->op)) &&
               !(s->kind == REFLECTED &&
                 t->flags & (KR_TYPE_IS_STR | KR_TYPE_IS_BYTES | KR_TYPE_IS_LIST | KR_TYPE_IS_TUPLE | KR_TYPE_IS_BYTEARRAY) &&
                 s->op == KR_ADD);
    case POWER:
    case RPOWER: return (t->binary && (t->binary_ops & KR_OP(KR_POW))) || more->power;
    case INPLACE: return more->inplace && (more->inplace_ops & KR_OP(s->op));
    case COMPARE: return t->compare != NULL;
    case REPR: return t->repr != NULL;
    case STR: return t->str != NULL;
    case HASH: return t->hash != NULL;
    case TRUTH: // containers have the slot for speed alone
        return t->truth && !(t->length && t->flags & (KR_TYPE_IS_STR | KR_TYPE_IS_BYTES | KR_TYPE_IS_BYTEARRAY | KR_TYPE_IS_LIST |
                                                      KR_TYPE_IS_TUPLE | KR_TYPE_IS_DICT | KR_TYPE_IS_SET));
    case LENGTH: return t->length != NULL;
    case ITER: return t->iter != NULL;
    case NEXT: return t->next != NULL;
    case GETITEM: return t->getitem != NULL;
    case SETITEM:
    case DELITEM: return t->setitem != NULL;
    case CONTAINS: return t->contains != NULL;
    case CALL: return t->call != NULL;
    case GETATTRIBUTE: return t->getattr != NULL || t == &kr_object_type;
    case SETATTR:
    case DELATTR: return t->setattr != NULL || t == &kr_object_type;
    case GET: return t->descr_get != NULL;
    case SET:
    case DELETE: return t->descr_set != NULL;
    case INIT: return t->init != NULL || t == &kr_object_type;
    case NEW: return !(t->flags & KR_TYPE_NO_NEW) && (t->make || t->alloc || t == &kr_object_type);
    case BUFFER: return more->buffer != NULL;
    case RELEASE: return more->buffer_release != NULL;
    }
    return false;
}

static bool no_keywords(KrVm *vm, const KrSlotWrapper *w, KrValue names) {
    if (kr_is_unset(names)) return true;
    return kr_fail(kr_raise(vm, &kr_type_error, "wrapper %S() takes no keyword arguments", w->name));
}

static bool arity(KrVm *vm, size_t count, size_t least, size_t most) {
    if (count >= least && count <= most) return true;
    const char *gap = most > 1 ? " " : ""; // CPython has an empty function name there
    if (least == most)
        return kr_fail(kr_raise(vm, &kr_type_error, "%sexpected %u argument%s, got %u", gap, least, least == 1 ? "" : "s", count));
    return kr_fail(kr_raise(vm, &kr_type_error, " expected at %s %u argument%s, got %u", count < least ? "least" : "most",
                            count < least ? least : most, (count < least ? least : most) == 1 ? "" : "s", count));
}

static KrValue none_if(bool ok) { return ok ? KR_NONE : KR_ERROR; }

static KrValue apply_attribute(KrVm *vm, const KrType *t, Kind kind, KrValue self, const KrValue *arg) {
    KrValue name = arg[0];
    if (!kr_is_str(name)) return kr_raise(vm, &kr_type_error, "attribute name must be string, not '%T'", name);
    name = kr_intern(vm, name);
    if (kr_is_error(name)) return name;
    if (kind == GETATTRIBUTE) return t->getattr ? t->getattr(vm, self, name) : kr_generic_getattr(vm, self, name);
    KrValue value = kind == SETATTR ? arg[1] : KR_UNSET;
    if (t == &kr_object_type && kr_is_type(self)) return kr_raise(vm, &kr_type_error, "can't apply this __setattr__ to type object");
    return none_if(t->setattr ? t->setattr(vm, self, name, value) : kr_generic_setattr(vm, self, name, value));
}

static KrValue apply_hash(KrVm *vm, const KrType *t, KrValue self) {
    KrHash h;
    return t->hash(vm, self, &h) ? kr_int(vm, h) : KR_ERROR;
}

static KrValue apply_descriptor(KrVm *vm, const KrType *t, Kind kind, KrValue self, const KrValue *arg, size_t count) {
    if (kind == SET) return none_if(t->descr_set(vm, self, arg[0], arg[1]));
    if (kind == DELETE) return none_if(t->descr_set(vm, self, arg[0], KR_UNSET));
    KrValue owner = count > 1 ? arg[1] : KR_NONE;
    if (kr_is_none(arg[0]) && kr_is_none(owner)) return kr_raise(vm, &kr_type_error, "__get__(None, None) is invalid");
    const KrType *type = kr_is_type(owner) ? kr_as_type(owner) : kr_type_of(arg[0]);
    return t->descr_get(vm, self, kr_is_none(arg[0]) && !kr_is_none(owner) && kr_as_type(owner) != &kr_none_type ? KR_UNSET : arg[0], type);
}

// Called by name, the repetition of a sequence asks for an index before it looks whether the other operand could help.
static KrValue operand(KrVm *vm, const KrType *t, const KrSpecial *s, KrValue v) {
    const uint32_t sequence =
        KR_TYPE_IS_STR | KR_TYPE_IS_BYTES | KR_TYPE_IS_BYTEARRAY | KR_TYPE_IS_LIST | KR_TYPE_IS_TUPLE | KR_TYPE_SEQUENCE;
    return s->op != KR_MUL || !(t->flags & sequence) || kr_is_integer(v) ? v : kr_index(vm, v);
}

static KrValue apply_operator(KrVm *vm, const KrType *t, const KrSpecial *s, KrValue self, KrValue arg) {
    KrValue other = operand(vm, t, s, arg);
    if (kr_is_error(other)) return other;
    if (s->kind == INPLACE) return t->more->inplace(vm, s->op, self, other);
    if (s->kind != BINARY) return t->binary(vm, s->op, other, self);
    KrValue v = t->binary(vm, s->op, self, other);
    return kr_is_notimpl(v) && s->op == KR_ADD && (t->flags & KR_SEQUENCE_FLAGS) ? kr_concat_error(vm, self, other) : v;
}

static KrValue apply(KrVm *vm, const KrSlotWrapper *w, KrValue self, const KrValue *arg, size_t count) {
    const KrType *t = w->owner;
    const KrSpecial *s = w->special;
    size_t len = 0;
    bool b = false;
    switch ((Kind)s->kind) {
    case UNARY: return t->more->unary(vm, s->op, self);
    case BINARY:
    case REFLECTED:
    case INPLACE: return apply_operator(vm, t, s, self, arg[0]);
    case POWER:
    case RPOWER: {
        KrValue x = s->kind == POWER ? self : arg[0], y = s->kind == POWER ? arg[0] : self;
        if (count > 1 && !kr_is_none(arg[1])) return t->more && t->more->power ? t->more->power(vm, x, y, arg[1]) : KR_NOTIMPL;
        return t->binary(vm, KR_POW, x, y);
    }
    case COMPARE: return t->compare(vm, self, arg[0], s->op);
    case REPR: return t->repr(vm, self);
    case STR: return t->str(vm, self);
    case HASH: return apply_hash(vm, t, self);
    case TRUTH: return t->truth(vm, self, &b) ? kr_bool(b) : KR_ERROR;
    case LENGTH: return t->length(vm, self, &len) ? kr_int(vm, (int64_t)len) : KR_ERROR;
    case ITER: return t->iter(vm, self);
    case NEXT: {
        KrValue v = t->next(vm, self);
        return kr_is_done(v) ? kr_raise_stop(vm, KR_NONE) : v;
    }
    case GETITEM: return t->getitem(vm, self, arg[0]);
    case SETITEM: return none_if(t->setitem(vm, self, arg[0], arg[1]));
    case DELITEM: return none_if(t->setitem(vm, self, arg[0], KR_UNSET));
    case CONTAINS: return t->contains(vm, self, arg[0], &b) ? kr_bool(b) : KR_ERROR;
    case GETATTRIBUTE:
    case SETATTR:
    case DELATTR: return apply_attribute(vm, t, s->kind, self, arg);
    case GET:
    case SET:
    case DELETE: return apply_descriptor(vm, t, s->kind, self, arg, count);
    case BUFFER: return kr_memoryview_of(vm, self);
    case RELEASE: return kr_call_method(vm, arg[0], "release", 0, NULL);
    default: return KR_NONE;
    }
}

static size_t most_arguments(const KrSpecial *s, size_t *least) {
    switch ((Kind)s->kind) {
    case BINARY:
    case REFLECTED:
    case INPLACE:
    case COMPARE:
    case GETITEM:
    case DELITEM:
    case CONTAINS:
    case GETATTRIBUTE:
    case DELATTR:
    case DELETE:
    case BUFFER:
    case RELEASE: return *least = 1;
    case SETITEM:
    case SETATTR:
    case SET: return *least = 2;
    case GET:
    case POWER:
    case RPOWER: return *least = 1, 2;
    default: return *least = 0;
    }
}

// self's slot, as the wrapper's type has it; self is an instance of that type.
static KrValue call_wrapper(KrVm *vm, KrSlotWrapper *w, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    size_t least, most;
    if (KR_UNLIKELY(kr_is_deep(vm)) && !kr_enter(vm, "")) return KR_ERROR; // f.__call__.__call__...
    if (w->special->kind == CALL) return w->owner->call(vm, self, arg, count, names);
    if (w->special->kind == INIT) {
        if (w->owner == &kr_object_type) return kr_object_init(vm, self, count, names);
        KrValue v = kr_native_call(vm, (KrNativeObject *)w, self, arg, count, names);
        return v;
    }
    most = most_arguments(w->special, &least);
    if (!no_keywords(vm, w, names) || !arity(vm, count, least, most)) return KR_ERROR;
    return apply(vm, w, self, arg, count);
}

static KrValue wrapper_call(KrVm *vm, KrValue callee, const KrValue *arg, size_t count, KrValue names) {
    KrSlotWrapper *w = KR_AS(KrSlotWrapper, callee);
    if (!count) return kr_raise(vm, &kr_type_error, "descriptor '%S' of '%N' object needs an argument", w->name, w->owner);
    if (!kr_isa(arg[0], w->owner))
        return kr_raise(vm, &kr_type_error, "descriptor '%S' requires a '%N' object but received a '%T'", w->name, w->owner, arg[0]);
    return call_wrapper(vm, w, arg[0], arg + 1, count - 1, names);
}

static KrValue bound_call(KrVm *vm, KrValue callee, const KrValue *arg, size_t count, KrValue names) {
    KrSlotWrapper *w = KR_AS(KrSlotWrapper, callee);
    return call_wrapper(vm, w, w->self, arg, count, names);
}

static void wrapper_trace(KrTracer *tracer, KrObject *o) {
    KrSlotWrapper *w = (KrSlotWrapper *)o;
    kr_trace(tracer, w->self);
    kr_trace(tracer, w->name);
    kr_trace(tracer, w->names);
    kr_trace(tracer, w->defaults);
    kr_trace_object(tracer, w->owner);
}

static KrSlotWrapper *wrapper(KrVm *vm, const KrType *of, const KrType *owner, const KrSpecial *s, KrValue self) {
    KrSlotWrapper *w = kr_alloc(vm, &of->shape, sizeof *w);
    if (!w) return NULL;
    w->row = s->kind == INIT && owner->init ? owner->init : s->kind == NEW && owner->make ? owner->make : &s->row;
    w->owner = owner;
    w->self = self;
    w->name = kr_static_name(s->name);
    w->names = w->defaults = KR_UNSET;
    w->special = s;
    w->exact = 255;
    return w;
}

static KrValue wrapper_get(KrVm *vm, KrValue self, KrValue object, const KrType *type) {
    KrSlotWrapper *w = KR_AS(KrSlotWrapper, self);
    (void)type;
    if (kr_is_unset(object)) return self;
    if (!kr_isa(object, w->owner))
        return kr_raise(vm, &kr_type_error, "descriptor '%S' for '%N' objects doesn't apply to a '%T' object", w->name, w->owner, object);
    KrSlotWrapper *b = wrapper(vm, &kr_method_wrapper_type, w->owner, w->special, object);
    return b ? kr_from_ptr(b) : KR_ERROR;
}

KrValue kr_special_find(KrVm *vm, const KrType *type, KrValue name) {
    unsigned number = kr_name_number(name);
    for (size_t i = 0; number != KR_NAME_END && i < KR_COUNT_OF(specials); i++) {
        const KrSpecial *s = &specials[i];
        if (s->name != number || !has_slot(type, s)) continue;
        if (s->kind == HASH && type->hash == kr_hash_unhashable) return KR_NONE;
        if (s->kind == NEW) {
            KrValue new = kr_native(vm, type->make ? type->make : &s->row, type, kr_type_value(type));
            if (!kr_is_error(new)) KR_AS(KrNativeObject, new)->is_new = true, KR_AS(KrNativeObject, new)->exact = 255;
            return new;
        }
        KrSlotWrapper *w = wrapper(vm, &kr_slot_wrapper_type, type, s, KR_UNSET);
        return w ? kr_from_ptr(w) : KR_ERROR;
    }
    return KR_UNSET;
}

bool kr_is_slot_wrapper(KrValue v, KrValue name) {
    return kr_is_exact(v, &kr_slot_wrapper_type) && kr_same(KR_AS(KrSlotWrapper, v)->name, name);
}

// ---- Types ---------------------------------------------------------------------------------------------------------------------

static KrValue wrapper_repr(KrVm *vm, KrValue self) {
    KrSlotWrapper *w = KR_AS(KrSlotWrapper, self);
    if (kr_is_unset(w->self)) return kr_format(vm, "<slot wrapper '%S' of '%N' objects>", w->name, w->owner);
    return kr_format(vm, "<method-wrapper '%S' of %T object at 0x%x>", w->name, w->self, (size_t)kr_ptr(w->self));
}

static KrValue get_name(KrVm *vm, KrValue self) { return (void)vm, KR_AS(KrSlotWrapper, self)->name; }
static KrValue get_qualname(KrVm *vm, KrValue self) {
    return kr_format(vm, "%N.%S", KR_AS(KrSlotWrapper, self)->owner, KR_AS(KrSlotWrapper, self)->name);
}
static KrValue get_owner(KrVm *vm, KrValue self) { return (void)vm, kr_type_value(KR_AS(KrSlotWrapper, self)->owner); }
static KrValue get_self(KrVm *vm, KrValue self) { return (void)vm, KR_AS(KrSlotWrapper, self)->self; }
static bool is_init(KrValue self) { return kr_same(KR_AS(KrSlotWrapper, self)->name, KR_N(__init__)); }
static KrValue get_doc(KrVm *vm, KrValue self) {
    bool general = KR_DOCSTRINGS && is_init(self); // its row may be the type's own, which describes the type
    return kr_str_c(vm, general ? "Initialize self. The type's help() tells the arguments." : KR_AS(KrSlotWrapper, self)->row->doc);
}
static KrValue get_signature(KrVm *vm, KrValue self) {
    if (is_init(self)) return kr_str_c(vm, "($self, /, *args, **kwargs)");
    return kr_native_text_signature(vm, KR_AS(KrSlotWrapper, self)->row, true);
}

static KrValue wrapper_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    KrSlotWrapper *w = KR_AS(KrSlotWrapper, self);
    (void)arg;
    KrValue pair[2] = { kr_is_unset(w->self) ? kr_type_value(w->owner) : w->self, w->name };
    KrValue args = kr_tuple(vm, 2, pair), builtin = kr_getattr_c(vm, vm->builtins, "getattr");
    return kr_is_error(args) || kr_is_error(builtin) ? KR_ERROR : kr_tuple2(vm, builtin, args);
}

static const KrMethod wrapper_methods[] = { { "__reduce__()", wrapper_reduce, "", 0 }, { 0 } };
static const KrGetSet wrapper_attributes[] = {
    { "__name__", get_name, NULL, "" }, { "__qualname__", get_qualname, NULL, "" },        { "__objclass__", get_owner, NULL, "" },
    { "__doc__", get_doc, NULL, "" },   { "__text_signature__", get_signature, NULL, "" }, { 0 },
};
static const KrGetSet method_wrapper_attributes[] = {
    { "__name__", get_name, NULL, "" },
    { "__qualname__", get_qualname, NULL, "" },
    { "__objclass__", get_owner, NULL, "" },
    { "__doc__", get_doc, NULL, "" },
    { "__text_signature__", get_signature, NULL, "" },
    { "__self__", get_self, NULL, "" },
    { 0 },
};

static KrValue bound_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    (void)vm;
    if (!kr_is_exact(other, &kr_method_wrapper_type) || (op != KR_EQ && op != KR_NE)) return KR_NOTIMPL;
    KrSlotWrapper *a = KR_AS(KrSlotWrapper, self), *b = KR_AS(KrSlotWrapper, other);
    bool same = a->special == b->special && a->owner == b->owner && kr_same(a->self, b->self);
    return kr_bool(same == (op == KR_EQ));
}

static bool bound_hash(KrVm *vm, KrValue self, KrHash *out) {
    (void)vm;
    KrSlotWrapper *w = KR_AS(KrSlotWrapper, self);
    *out = (KrHash)((w->self.bits >> 4) ^ (uintptr_t)w->special);
    if (*out == -1) *out = -2;
    return true;
}

const KrType kr_slot_wrapper_type = {
    KR_TYPE_HEAD(kr_slot_wrapper_type),
    .name = "wrapper_descriptor",
    .doc = KR_DOC("A special method of a builtin type."),
    .size = sizeof(KrSlotWrapper),
    .flags = KR_TYPE_NO_NEW | KR_TYPE_DESCR_METHOD,
    .trace = wrapper_trace,
    .call = wrapper_call,
    .descr_get = wrapper_get,
    .repr = wrapper_repr,
    .methods = wrapper_methods,
    .attributes = wrapper_attributes,
};

const KrType kr_method_wrapper_type = {
    KR_TYPE_HEAD(kr_method_wrapper_type),
    .name = "method-wrapper",
    .doc = KR_DOC("A special method of a builtin type, bound to an instance."),
    .size = sizeof(KrSlotWrapper),
    .flags = KR_TYPE_NO_NEW,
    .trace = wrapper_trace,
    .call = bound_call,
    .repr = wrapper_repr,
    .methods = wrapper_methods,
    .attributes = method_wrapper_attributes,
    .compare = bound_compare,
    .hash = bound_hash,
};
