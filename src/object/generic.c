// generic.c - typing.Generic, the base of classes with type parameters, and the Generic[T] that `class C[T]` stands for.
// SPDX-License-Identifier: MIT
#include "object/generic.h"

#include "object/container.h"
#include "object/generic_alias.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/type_parameter.h"

#define GENERIC kr_type_value(&kr_generic_type)

// ---- Generic[T] among the bases of a class statement -------------------------------------------------------------------------------
//
// The same as what subscripting Generic gives, which is typing's: this one does without importing typing.

#define SELF KR_AS(KrGenericAlias, self)

KrValue kr_generic_base(KrVm *vm, KrValue parameters) {
    KrValue args = kr_type_parameters_unpacked(vm, parameters);
    KrGenericAlias *a = kr_is_error(args) ? NULL : kr_alloc(vm, &kr_generic_base_type.shape, sizeof *a);
    if (!a) return KR_ERROR;
    a->origin = GENERIC;
    a->args = args;
    a->parameters = parameters;
    a->starred = false;
    return kr_from_ptr(a);
}

static void base_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((KrGenericAlias *)o)->args);
    kr_trace(tracer, ((KrGenericAlias *)o)->parameters);
}

static KrValue base_repr(KrVm *vm, KrValue self) {
    size_t count;
    KrText t;
    kr_text_init(vm, &t);
    kr_text_add_c(&t, "typing.Generic[");
    kr_tuple_items(SELF->args, &count);
    for (size_t i = 0; i < count; i++) {
        kr_text_add_c(&t, i ? ", " : "");
        kr_text_add_type(&t, kr_tuple_items(SELF->args, NULL)[i]);
    }
    kr_text_add_c(&t, "]");
    return kr_text_str(&t);
}

static KrValue base_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    KrValue origin, args = KR_UNSET;
    if (op != KR_EQ && op != KR_NE) return KR_NOTIMPL;
    if (!kr_find_attr(vm, other, KR_N(__origin__), &origin)) return KR_ERROR;
    if (kr_is_unset(origin) || !kr_same(origin, GENERIC)) return KR_NOTIMPL;
    if (!kr_find_attr(vm, other, KR_N(__args__), &args)) return KR_ERROR;
    return kr_is_unset(args) ? KR_NOTIMPL : kr_compare(vm, SELF->args, args, op);
}

static bool base_hash(KrVm *vm, KrValue self, KrHash *out) { // as typing's, since they are equal
    KrValue pair = kr_tuple2(vm, GENERIC, SELF->args);
    return !kr_is_error(pair) && kr_hash(vm, pair, out);
}

// A protocol has Generic among its bases already.
static KrValue base_mro_entries(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    KrValue typing, protocol = KR_UNSET;
    bool there = false;
    if (!kr_dict_find(vm, vm->modules, KR_N(typing), &typing)) return KR_ERROR;
    KrValue names = !kr_is_unset(typing) && kr_is_module(typing) ? kr_getattr(vm, typing, KR_N(__dict__)) : KR_UNSET;
    if (kr_is_error(names) || (!kr_is_unset(names) && !kr_dict_find(vm, names, KR_N(Protocol), &protocol))) return KR_ERROR;
    if (!kr_is_unset(protocol) && !kr_contains(vm, arg[0], protocol, &there)) return KR_ERROR;
    KrValue generic = GENERIC;
    return there ? vm->empty_tuple : kr_tuple(vm, 1, &generic);
}

static KrValue get_origin(KrVm *vm, KrValue self) { return (void)vm, SELF->origin; }
static KrValue get_args(KrVm *vm, KrValue self) { return (void)vm, SELF->args; }
static KrValue get_parameters(KrVm *vm, KrValue self) { return (void)vm, SELF->parameters; }

static const KrGetSet base_attributes[] = {
    { "__origin__", get_origin, kr_read_only, "" },
    { "__args__", get_args, kr_read_only, "" },
    { "__parameters__", get_parameters, kr_read_only, "" },
    { 0 },
};
static const KrMethod base_methods[] = { { "__mro_entries__(bases, /)", base_mro_entries, "", 0 }, { 0 } };

const KrType kr_generic_base_type = {
    KR_TYPE_HEAD(kr_generic_base_type),
    .name = "_GenericAlias",
    .module = "typing",
    .size = sizeof(KrGenericAlias),
    .flags = KR_TYPE_NO_NEW | KR_TYPE_WEAKREF,
    .trace = base_trace,
    .repr = base_repr,
    .hash = base_hash,
    .compare = base_compare,
    .attributes = base_attributes,
    .methods = base_methods,
};

// ---- Generic -----------------------------------------------------------------------------------------------------------------------

static KrValue generic_getitem(KrVm *vm, KrValue cls, const KrValue *arg) {
    size_t count;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    KrValue all = kr_tuple(vm, count + 1, NULL), typing = kr_import(vm, "typing"),
            function = kr_is_error(typing) ? typing : kr_getattr_c(vm, typing, "_generic_class_getitem");
    if (kr_is_error(all) || kr_is_error(function)) return KR_ERROR;
    kr_store(vm, kr_ptr(all), &kr_tuple_items(all, NULL)[0], cls);
    for (size_t i = 0; i < count; i++) kr_store(vm, kr_ptr(all), &kr_tuple_items(all, NULL)[i + 1], item[i]);
    return kr_call_args(vm, function, all, arg[1]);
}

// The parameters named in Generic[...] among the bases; KR_UNSET: there is none.
static KrValue listed_parameters(KrVm *vm, KrValue bases) {
    KrValue found = KR_UNSET, origin;
    size_t count;
    kr_tuple_items(bases, &count);
    for (size_t i = 0; i < count; i++) {
        KrValue base = kr_tuple_items(bases, NULL)[i];
        if (kr_is_type(base)) continue;
        if (!kr_find_attr(vm, base, KR_N(__origin__), &origin)) return KR_ERROR;
        if (kr_is_unset(origin) || !kr_same(origin, GENERIC)) continue;
        if (!kr_is_unset(found)) return kr_raise(vm, &kr_type_error, "Cannot inherit from Generic[...] multiple times.");
        found = kr_getattr(vm, base, KR_N(__parameters__));
        if (kr_is_error(found)) return found;
    }
    return found;
}

static void add_names(KrText *t, KrValue tuple, KrValue without) {
    size_t count;
    bool first = true;
    kr_tuple_items(tuple, &count);
    for (size_t i = 0; i < count && !t->failed; i++) {
        KrValue v = kr_tuple_items(tuple, NULL)[i];
        bool skip = false;
        if (!kr_is_unset(without) && !kr_contains(t->vm, without, v, &skip)) t->failed = true;
        if (skip || t->failed) continue;
        kr_text_add_c(t, first ? "" : ", ");
        kr_text_add_to_str(t, v);
        first = false;
    }
}

static bool all_listed(KrVm *vm, KrValue used, KrValue listed) {
    size_t count;
    bool there = true;
    kr_tuple_items(used, &count);
    for (size_t i = 0; there && i < count; i++)
        if (!kr_contains(vm, listed, kr_tuple_items(used, NULL)[i], &there)) return false;
    if (there) return true;
    KrText missing, all;
    kr_text_init(vm, &missing);
    kr_text_init(vm, &all);
    add_names(&missing, used, listed);
    add_names(&all, listed, KR_UNSET);
    KrValue a = kr_text_str(&missing), b = kr_text_str(&all);
    if (kr_is_error(a) || kr_is_error(b)) return false;
    return kr_fail(kr_raise(vm, &kr_type_error, "Some type variables (%S) are not listed in Generic[%S]", a, b));
}

static bool plain_generic_among(KrVm *vm, KrValue cls, KrValue bases, bool original, bool *out) {
    if (!kr_contains(vm, bases, GENERIC, out) || !*out || original) return !kr_raised(vm);
    // Protocol and TypedDict classes get Generic as a base from typing itself.
    const KrType *t = kr_as_type(cls);
    *out = strcmp(kr_type_name(t), "Protocol") != 0 && strcmp(kr_type_name(kr_type_of(cls)), "_TypedDictMeta") != 0;
    return true;
}

static KrValue generic_init_subclass(KrVm *vm, KrValue cls, const KrValue *arg) {
    KrValue pair[2] = { GENERIC, cls }, super = kr_call(vm, kr_type_value(&kr_super_type), 2, pair),
            hook = kr_is_error(super) ? super : kr_getattr(vm, super, KR_N(__init_subclass__)), parameters = vm->empty_tuple;
    if (kr_is_error(hook) || kr_is_error(kr_call_args(vm, hook, arg[0], arg[1]))) return KR_ERROR;
    KrValue bases = kr_type_own(vm, kr_as_type(cls), KR_N(__orig_bases__));
    bool plain, original = kr_is_tuple(bases);
    if (!original) bases = kr_getattr(vm, cls, KR_N(__bases__));
    if (kr_is_error(bases) || !plain_generic_among(vm, cls, bases, original, &plain)) return KR_ERROR;
    if (plain) return kr_raise(vm, &kr_type_error, "Cannot inherit from plain Generic");
    if (original) {
        KrValue listed;
        parameters = kr_generic_parameters(vm, bases);
        listed = kr_is_error(parameters) ? parameters : listed_parameters(vm, bases);
        if (kr_is_error(listed)) return listed;
        if (!kr_is_unset(listed)) {
            if (!all_listed(vm, parameters, listed)) return KR_ERROR;
            parameters = listed;
        }
    }
    return kr_setattr(vm, cls, KR_N(__parameters__), parameters) ? KR_NONE : KR_ERROR;
}

static const KrMethod generic_methods[] = {
    { "__class_getitem__(*args, **kwargs)", generic_getitem, KR_DOC("Gives the class arguments for its type parameters."),
      KR_CLASS_METHOD },
    { "__init_subclass__(*args, **kwargs)", generic_init_subclass, KR_DOC("Function to initialize subclasses."), KR_CLASS_METHOD },
    { 0 },
};

const KrType kr_generic_type = {
    KR_TYPE_HEAD(kr_generic_type),
    .name = "typing.Generic",
    .size = sizeof(KrObject),
    .flags = KR_TYPE_BASE,
    .doc = KR_DOC("Base of classes with type parameters: class C[T] inherits from it."),
    .base = &kr_object_type,
    .methods = generic_methods,
};
