// generic_alias.c - types.GenericAlias: list[int]. It is its origin in everything but the arguments, which it remembers.
// SPDX-License-Identifier: MIT
#include "object/generic_alias.h"

#include "object/container.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "object/type.h"

#define SELF KR_AS(KrGenericAlias, self)

static KrValue alias_new(KrVm *vm, const KrType *type, KrValue origin, KrValue args, bool starred) {
    if (!kr_is_tuple(args)) args = kr_tuple(vm, 1, &args);
    KrValue self = kr_is_error(args) ? args : kr_alloc_instance(vm, type);
    if (kr_is_error(self)) return self;
    SELF->origin = origin;
    SELF->args = args;
    SELF->parameters = KR_UNSET;
    SELF->starred = starred;
    return self;
}

KrValue kr_generic_alias(KrVm *vm, KrValue origin, KrValue args) { return alias_new(vm, &kr_generic_alias_type, origin, args, false); }

static KrValue alias_make(KrVm *vm, KrValue type, const KrValue *arg) {
    size_t count;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    if (kr_dict_len(arg[1])) return kr_raise(vm, &kr_type_error, "GenericAlias() takes no keyword arguments");
    if (count != 2) return kr_raise(vm, &kr_type_error, "GenericAlias expected 2 arguments, got %u", count);
    return alias_new(vm, kr_as_type(type), item[0], item[1], false);
}

static void alias_trace(KrTracer *tracer, KrObject *o) {
    KrGenericAlias *a = (KrGenericAlias *)o;
    kr_trace(tracer, a->origin);
    kr_trace(tracer, a->args);
    kr_trace(tracer, a->parameters);
}

static KrValue alias_repr(KrVm *vm, KrValue self) {
    size_t count;
    KrText t;
    kr_text_init(vm, &t);
    kr_text_add_c(&t, SELF->starred ? "*" : "");
    kr_text_add_type(&t, SELF->origin);
    kr_text_add_c(&t, "[");
    kr_tuple_items(SELF->args, &count);
    for (size_t i = 0; i < count; i++) {
        kr_text_add_c(&t, i ? ", " : "");
        kr_text_add_type(&t, kr_tuple_items(SELF->args, NULL)[i]);
    }
    kr_text_add_c(&t, count ? "]" : "()]");
    return kr_text_str(&t);
}

static bool alias_hash(KrVm *vm, KrValue self, KrHash *out) {
    KrHash origin, args;
    if (!kr_hash(vm, SELF->origin, &origin) || !kr_hash(vm, SELF->args, &args)) return false;
    *out = origin ^ args;
    if (*out == -1) *out = -2;
    return true;
}

static KrValue alias_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if ((op != KR_EQ && op != KR_NE) || !kr_isa(other, &kr_generic_alias_type)) return KR_NOTIMPL;
    const KrGenericAlias *b = KR_AS(KrGenericAlias, other);
    bool same = SELF->starred == b->starred;
    if (same && !kr_equal(vm, SELF->origin, b->origin, &same)) return KR_ERROR;
    if (same && !kr_equal(vm, SELF->args, b->args, &same)) return KR_ERROR;
    return kr_bool(same == (op == KR_EQ));
}

// ---- Attributes ----------------------------------------------------------------------------------------------------------------

static const char *const own_names[] = {
    "__class__",     "__origin__", "__args__",  "__unpacked__", "__parameters__", "__typing_unpacked_tuple_args__", "__mro_entries__",
    "__reduce_ex__", "__reduce__", "__bases__", "__copy__",     "__deepcopy__", // the last three: neither its own nor its origin's
};

static KrValue alias_getattr(KrVm *vm, KrValue self, KrValue name) {
    for (size_t i = 0; i < KR_COUNT_OF(own_names); i++)
        if (kr_str_is(name, own_names[i])) return kr_generic_getattr(vm, self, name);
    return kr_getattr(vm, SELF->origin, name);
}

static KrValue alias_dir(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue names = kr_call_method(vm, SELF->origin, "__dir__", 0, NULL), dict;
    if (kr_is_type(SELF->origin)) {
        if (kr_is_error(names)) (void)kr_take_raised(vm); // the class's instances' __dir__, unbound
        KrValue own = SELF->origin, dir = kr_type_lookup(vm, kr_type_of(own), KR_N(__dir__));
        names = kr_call_unbound(vm, dir, &own, 1, kr_type_of(own));
    }
    dict = kr_is_error(names) ? names : kr_list_from(vm, names);
    if (kr_is_error(dict)) return dict;
    for (size_t i = 0; i < KR_COUNT_OF(own_names); i++) {
        KrValue name = kr_name(vm, own_names[i]);
        bool there;
        if (kr_is_error(name) || !kr_contains(vm, dict, name, &there) || (!there && !kr_list_append(vm, dict, name))) return KR_ERROR;
    }
    return dict;
}

static KrValue get_origin(KrVm *vm, KrValue self) { return (void)vm, SELF->origin; }
static KrValue get_args(KrVm *vm, KrValue self) { return (void)vm, SELF->args; }
static KrValue get_unpacked(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->starred); }
static KrValue get_tuple_args(KrVm *vm, KrValue self) {
    (void)vm;
    return SELF->starred && kr_same(SELF->origin, kr_type_value(&kr_tuple_type)) ? SELF->args : KR_NONE;
}
static KrValue get_parameters(KrVm *vm, KrValue self) { return kr_generic_lazy_parameters(vm, self, SELF->args, &SELF->parameters); }

// ---- As a class ----------------------------------------------------------------------------------------------------------------

static KrValue alias_getitem(KrVm *vm, KrValue self, KrValue key) {
    KrValue parameters = get_parameters(vm, self);
    KrValue args = kr_is_error(parameters) ? parameters : kr_generic_substitute(vm, self, SELF->args, parameters, key);
    return kr_is_error(args) ? args : alias_new(vm, &kr_generic_alias_type, SELF->origin, args, SELF->starred);
}

static KrValue alias_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    KrValue v = kr_call_names(vm, SELF->origin, arg, count, names);
    if (kr_is_error(v) || kr_setattr(vm, v, KR_N(__orig_class__), self)) return v;
    if (!kr_raised_is(vm, &kr_attribute_error) && !kr_raised_is(vm, &kr_type_error)) return KR_ERROR;
    (void)kr_take_raised(vm); // the instance takes no attributes
    return v;
}

static KrValue alias_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) { return (void)op, kr_union_or(vm, left, right); }
static KrValue alias_mro_entries(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, kr_tuple(vm, 1, &SELF->origin); }

static KrValue alias_instancecheck(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self, (void)arg;
    return kr_raise(vm, &kr_type_error, "isinstance() argument 2 cannot be a parameterized generic");
}
static KrValue alias_subclasscheck(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self, (void)arg;
    return kr_raise(vm, &kr_type_error, "issubclass() argument 2 cannot be a parameterized generic");
}

static KrValue alias_iter(KrVm *vm, KrValue self);

static KrValue alias_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    if (SELF->starred) {
        KrValue plain = kr_generic_alias(vm, SELF->origin, SELF->args), it = kr_is_error(plain) ? plain : alias_iter(vm, plain);
        KrValue args = kr_is_error(it) ? it : kr_tuple(vm, 1, &it),
                next = kr_is_error(args) ? args : kr_getattr(vm, vm->builtins, KR_N(next));
        return kr_is_error(next) ? next : kr_tuple2(vm, next, args);
    }
    KrValue args = kr_tuple2(vm, SELF->origin, SELF->args);
    return kr_is_error(args) ? args : kr_tuple2(vm, kr_type_value(&kr_generic_alias_type), args);
}

static const KrGetSet alias_attributes[] = {
    { "__origin__", get_origin, kr_read_only, "" },
    { "__args__", get_args, kr_read_only, "" },
    { "__parameters__", get_parameters, NULL, KR_DOC("Type variables in the GenericAlias.") },
    { "__unpacked__", get_unpacked, kr_read_only, "" },
    { "__typing_unpacked_tuple_args__", get_tuple_args, NULL, "" },
    { 0 },
};
static const KrMethod alias_methods[] = {
    { "__mro_entries__(object, /)", alias_mro_entries, "", 0 },
    { "__instancecheck__(object, /)", alias_instancecheck, "", 0 },
    { "__subclasscheck__(object, /)", alias_subclasscheck, "", 0 },
    { "__reduce__()", alias_reduce, "", 0 },
    { "__dir__()", alias_dir, "", 0 },
    { 0 },
};
static const KrMethod alias_row = { "GenericAlias(*args, **kwargs)", alias_make,
                                    KR_DOC("(origin, args, /)\n\nRepresent a PEP 585 generic type"), 0 };

const KrType kr_generic_alias_type = {
    KR_TYPE_HEAD(kr_generic_alias_type),
    .name = "types.GenericAlias",
    .size = sizeof(KrGenericAlias),
    .flags = KR_TYPE_BASE | KR_TYPE_WEAKREF,
    .doc = KR_DOC(
        "(origin, args, /)\n\nRepresent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,)."),
    .make = &alias_row,
    .trace = alias_trace,
    .repr = alias_repr,
    .hash = alias_hash,
    .compare = alias_compare,
    .getattr = alias_getattr,
    .getitem = alias_getitem,
    .call = alias_call,
    .iter = alias_iter,
    .binary = alias_binary,
    .binary_ops = KR_OP(KR_OR),
    .attributes = alias_attributes,
    .methods = alias_methods,
};

// ---- *tuple[int, ...] ----------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue alias; // KR_UNSET once it was given
} Iterator;

static KrValue alias_iter(KrVm *vm, KrValue self) {
    Iterator *it = kr_alloc(vm, &kr_generic_alias_iterator_type.shape, sizeof *it);
    if (!it) return KR_ERROR;
    it->alias = self;
    return kr_from_ptr(it);
}

static void iterator_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((Iterator *)o)->alias); }
static KrValue iterator_iter(KrVm *vm, KrValue self) { return (void)vm, self; }

static KrValue iterator_next(KrVm *vm, KrValue self) {
    Iterator *it = KR_AS(Iterator, self);
    if (kr_is_unset(it->alias)) return KR_DONE;
    const KrGenericAlias *a = KR_AS(KrGenericAlias, it->alias);
    KrValue v = alias_new(vm, &kr_generic_alias_type, a->origin, a->args, true);
    if (!kr_is_error(v)) kr_store(vm, it, &it->alias, KR_UNSET);
    return v;
}

static KrValue iterator_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue of = KR_AS(Iterator, self)->alias, iter = kr_getattr(vm, vm->builtins, KR_N(iter));
    if (kr_is_unset(of)) of = vm->empty_tuple;
    KrValue args = kr_is_error(iter) ? iter : kr_tuple(vm, 1, &of);
    return kr_is_error(args) ? args : kr_tuple2(vm, iter, args);
}

static const KrMethod iterator_methods[] = { { "__reduce__()", iterator_reduce, "", 0 }, { 0 } };

const KrType kr_generic_alias_iterator_type = {
    KR_TYPE_HEAD(kr_generic_alias_iterator_type),
    .name = "generic_alias_iterator",
    .size = sizeof(Iterator),
    .flags = KR_TYPE_NO_NEW,
    .trace = iterator_trace,
    .iter = iterator_iter,
    .next = iterator_next,
    .methods = iterator_methods,
};
