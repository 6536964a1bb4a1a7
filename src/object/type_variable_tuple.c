// type_variable_tuple.c - typing.TypeVarTuple: stands for any number of types.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "object/type_parameter.h"

static KrValue pack_make(KrVm *vm, KrValue type, const KrValue *arg) {
    return kr_type_parameter_make(vm, kr_as_type(type), "typevartuple", arg[0], arg[1]);
}

static KrValue pack_repr(KrVm *vm, KrValue self) { return kr_type_parameter_get_name(vm, self); }

// *Ts is Unpack[Ts].
static KrValue pack_iter(KrVm *vm, KrValue self) {
    KrValue typing = kr_import(vm, "typing"), form = kr_is_error(typing) ? typing : kr_getattr(vm, typing, KR_N(Unpack));
    KrValue item = kr_is_error(form) ? form : kr_getitem(vm, form, self), tuple = kr_is_error(item) ? item : kr_tuple(vm, 1, &item);
    return kr_is_error(tuple) ? tuple : kr_iter(vm, tuple);
}

static KrValue pack_subst(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self, (void)arg;
    return kr_raise(vm, &kr_type_error, "Substitution of bare TypeVarTuple is not supported");
}

static KrValue pack_prepare(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue pass[3] = { self, arg[0], arg[1] };
    return kr_typing_call(vm, "_typevartuple_prepare_subst", 3, pass);
}

static const KrGetSet pack_attributes[] = {
    { "__name__", kr_type_parameter_get_name, kr_read_only, "" },
    { "__default__", kr_type_parameter_get_default, NULL, KR_DOC("The default value for this TypeVarTuple.") },
    { 0 },
};
static const KrMethod pack_methods[] = {
    { "__typing_subst__(arg, /)", pack_subst, "", 0 },
    { "__typing_prepare_subst__(alias, args, /)", pack_prepare, "", 0 },
    { "__mro_entries__(object, /)", kr_type_parameter_no_subclass, "", 0 },
    { "__reduce__()", kr_type_parameter_reduce, "", 0 },
    { "has_default()", kr_type_parameter_has_default, "", 0 },
    { 0 },
};
static const KrMethod pack_new = { "typevartuple(name, *, default=<unset>)", pack_make, KR_DOC("Type variable tuple."), 0 };

const KrType kr_type_variable_tuple_type = {
    KR_TYPE_HEAD(kr_type_variable_tuple_type),
    .name = "typing.TypeVarTuple",
    .size = sizeof(KrTypeParameter),
    .flags = KR_TYPE_WEAKREF | KR_TYPE_HAS_DICT | KR_TYPE_HIDDEN_DICT,
    .doc = KR_DOC("Type variable tuple: stands for any number of types.\n\nclass C[*Ts]: C[()], C[int] and C[int, str] are all fine."),
    .make = &pack_new,
    .trace = kr_type_parameter_trace,
    .repr = pack_repr,
    .iter = pack_iter,
    .attributes = pack_attributes,
    .methods = pack_methods,
};
