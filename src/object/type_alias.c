// type_alias.c - typing.TypeAliasType: what `type X[T] = list[T]` makes. The value is computed when it is first asked for.
// SPDX-License-Identifier: MIT
#include "object/type_alias.h"

#include "object/container.h"
#include "object/generic_alias.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/type_parameter.h"

typedef struct {
    KrObject head;
    KrValue name, parameters; // parameters: tuple
    KrLazy value;
    KrValue module; // KR_UNSET: none
} TypeAlias;

#define SELF KR_AS(TypeAlias, self)

static KrValue alias_new(KrVm *vm, KrValue name, KrValue parameters, KrLazy value, KrValue module) {
    TypeAlias *a = kr_alloc(vm, &kr_type_alias_type.shape, sizeof *a);
    if (!a) return KR_ERROR;
    a->name = name;
    a->parameters = parameters;
    a->value = value;
    a->module = module;
    return kr_from_ptr(a);
}

KrValue kr_type_alias_new(KrVm *vm, KrValue name, KrValue parameters, KrValue thunk) {
    // What is compiled has a tuple or None here; a code file may have anything.
    if (!kr_is_none(parameters) && !kr_is_tuple(parameters)) return kr_raise(vm, &kr_type_error, "type_params must be a tuple");
    KrValue module = kr_getattr(vm, thunk, KR_N(__module__));
    if (kr_is_error(module)) return module;
    return alias_new(vm, name, kr_is_none(parameters) ? vm->empty_tuple : parameters, (KrLazy){ KR_UNSET, thunk }, module);
}

static KrValue alias_make(KrVm *vm, KrValue type, const KrValue *arg) { // name, value, type_params
    (void)type;
    if (!kr_type_name_check(vm, "typealias", arg[0])) return KR_ERROR;
    if (!kr_is_tuple(arg[2])) return kr_raise(vm, &kr_type_error, "type_params must be a tuple");
    KrValue module = kr_calling_module_name(vm);
    return kr_is_error(module) ? module : alias_new(vm, arg[0], arg[2], (KrLazy){ arg[1], KR_UNSET }, module);
}

static void alias_trace(KrTracer *tracer, KrObject *o) {
    TypeAlias *a = (TypeAlias *)o;
    kr_trace(tracer, a->name);
    kr_trace(tracer, a->parameters);
    kr_lazy_trace(tracer, &a->value);
    kr_trace(tracer, a->module);
}

static KrValue alias_repr(KrVm *vm, KrValue self) { return (void)vm, SELF->name; }
static KrValue alias_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) { return (void)op, kr_union_or(vm, left, right); }

static KrValue alias_getitem(KrVm *vm, KrValue self, KrValue key) {
    size_t count;
    kr_tuple_items(SELF->parameters, &count);
    if (!count) return kr_raise(vm, &kr_type_error, "Only generic type aliases are subscriptable");
    return kr_generic_alias(vm, self, key);
}

static KrValue get_name(KrVm *vm, KrValue self) { return (void)vm, SELF->name; }
static KrValue get_value(KrVm *vm, KrValue self) { return kr_lazy_get(vm, self, &SELF->value, KR_NONE); }
static KrValue get_type_params(KrVm *vm, KrValue self) { return (void)vm, SELF->parameters; }
static KrValue get_parameters(KrVm *vm, KrValue self) { return kr_type_parameters_unpacked(vm, SELF->parameters); }
static KrValue get_module(KrVm *vm, KrValue self) { return (void)vm, kr_is_unset(SELF->module) ? KR_NONE : SELF->module; }

// Pickled by name, as a global of its module.
static KrValue alias_reduce(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, get_name(vm, self); }

static const KrGetSet alias_attributes[] = {
    { "__name__", get_name, kr_read_only, "" },       { "__value__", get_value, NULL, "" },
    { "__type_params__", get_type_params, NULL, "" }, { "__parameters__", get_parameters, NULL, "" },
    { "__module__", get_module, NULL, "" },           { 0 },
};
static const KrMethod alias_methods[] = { { "__reduce__()", alias_reduce, "", 0 }, { 0 } };
static const KrMethod alias_row = { "typealias(name, value, *, type_params=())", alias_make, KR_DOC("Type alias."), 0 };

const KrType kr_type_alias_type = {
    KR_TYPE_HEAD(kr_type_alias_type),
    .name = "typing.TypeAliasType",
    .size = sizeof(TypeAlias),
    .doc = KR_DOC("Type alias: what `type X = int` makes.\n\n__value__ is computed when it is first asked for."),
    .make = &alias_row,
    .trace = alias_trace,
    .repr = alias_repr,
    .getitem = alias_getitem,
    .binary = alias_binary,
    .binary_ops = KR_OP(KR_OR),
    .attributes = alias_attributes,
    .methods = alias_methods,
};
