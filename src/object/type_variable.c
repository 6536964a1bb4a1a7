// type_variable.c - typing.TypeVar: stands for one type, which may have a bound or must be one of several.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "object/type_parameter.h"

#define SELF KR_AS(KrTypeParameter, self)

static KrValue variable_make(KrVm *vm, KrValue type, const KrValue *arg) { // name, *constraints, bound, default, three of variance
    size_t count;
    KrValue self = kr_type_parameter_make(vm, kr_as_type(type), "typevar", arg[0], arg[3]);
    if (kr_is_error(self) || !kr_type_parameter_variance(vm, self, arg + 4) || !kr_type_parameter_bound(vm, self, arg[2])) return KR_ERROR;
    kr_tuple_items(arg[1], &count);
    if (count == 1) return kr_raise(vm, &kr_type_error, "A single constraint is not allowed");
    if (count && !kr_is_none(arg[2])) return kr_raise(vm, &kr_type_error, "Constraints cannot be combined with bound=...");
    if (count) kr_store(vm, SELF, &SELF->constraints.value, arg[1]);
    return self;
}

static KrValue get_bound(KrVm *vm, KrValue self) { return kr_lazy_get(vm, self, &SELF->bound, KR_NONE); }
static KrValue get_constraints(KrVm *vm, KrValue self) { return kr_lazy_get(vm, self, &SELF->constraints, vm->empty_tuple); }

static KrValue variable_subst(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue pass[2] = { self, arg[0] };
    return kr_typing_call(vm, "_typevar_subst", 2, pass);
}

// The arguments of alias[args], with the default for this parameter if it is the first that is missing.
static KrValue variable_prepare(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue parameters = kr_getattr(vm, arg[0], KR_N(__parameters__)), at;
    size_t have;
    intptr_t index;
    if (kr_is_error(parameters) || !kr_len(vm, arg[1], &have)) return KR_ERROR;
    at = kr_call_method(vm, parameters, "index", 1, &self);
    if (kr_is_error(at) || !kr_to_index(vm, at, &index)) return KR_ERROR;
    if ((size_t)index < have) return arg[1];
    if ((size_t)index == have && kr_is_true_value(kr_type_parameter_has_default(vm, self, NULL))) {
        KrValue last = kr_type_parameter_get_default(vm, self), tail = kr_is_error(last) ? last : kr_tuple(vm, 1, &last);
        return kr_is_error(tail) ? tail : kr_binary(vm, KR_ADD, arg[1], tail);
    }
    return kr_raise(vm, &kr_type_error, "Too few arguments for %S; actual %u, expected at least %z", arg[0], have, index + 1);
}

static const KrGetSet variable_attributes[] = {
    { "__name__", kr_type_parameter_get_name, kr_read_only, "" },
    { "__bound__", get_bound, NULL, "" },
    { "__constraints__", get_constraints, NULL, "" },
    { "__default__", kr_type_parameter_get_default, NULL, "" },
    { "__covariant__", kr_type_parameter_get_covariant, kr_read_only, "" },
    { "__contravariant__", kr_type_parameter_get_contravariant, kr_read_only, "" },
    { "__infer_variance__", kr_type_parameter_get_infer_variance, kr_read_only, "" },
    { 0 },
};
static const KrMethod variable_methods[] = {
    { "__typing_subst__(arg, /)", variable_subst, "", 0 },
    { "__typing_prepare_subst__(alias, args, /)", variable_prepare, "", 0 },
    { "__mro_entries__(object, /)", kr_type_parameter_no_subclass, "", 0 },
    { "__reduce__()", kr_type_parameter_reduce, "", 0 },
    { "has_default()", kr_type_parameter_has_default, "", 0 },
    { 0 },
};
static const KrMethod variable_new = {
    "typevar(name, *constraints, bound=None, default=<unset>, covariant=False, contravariant=False, infer_variance=False)",
    variable_make,
    KR_DOC("Type variable."),
    0,
};

const KrType kr_type_variable_type = {
    KR_TYPE_HEAD(kr_type_variable_type),
    .name = "typing.TypeVar",
    .size = sizeof(KrTypeParameter),
    .flags = KR_TYPE_WEAKREF | KR_TYPE_HAS_DICT | KR_TYPE_HIDDEN_DICT,
    .doc =
        KR_DOC("Type variable: stands for one type.\n\nclass C[T], class C[T: bound], class C[T: (one, of, these)], class C[T = default]."),
    .make = &variable_new,
    .trace = kr_type_parameter_trace,
    .repr = kr_type_parameter_repr,
    .binary = kr_type_parameter_or,
    .binary_ops = KR_OP(KR_OR),
    .attributes = variable_attributes,
    .methods = variable_methods,
};
