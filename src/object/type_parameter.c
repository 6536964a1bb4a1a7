// type_parameter.c - what TypeVar, TypeVarTuple and ParamSpec share: names, lazy values, variance, and NoDefault.
// SPDX-License-Identifier: MIT
#include "object/type_parameter.h"

#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "object/type.h"

#define SELF KR_AS(KrTypeParameter, self)

// ---- Lazy values -----------------------------------------------------------------------------------------------------------------

void kr_lazy_trace(KrTracer *tracer, const KrLazy *lazy) {
    kr_trace(tracer, lazy->value);
    kr_trace(tracer, lazy->thunk);
}

KrValue kr_lazy_get(KrVm *vm, KrValue owner, KrLazy *lazy, KrValue absent) {
    if (!kr_is_unset(lazy->value)) return lazy->value;
    if (kr_is_unset(lazy->thunk)) return absent;
    KrValue v = kr_call(vm, lazy->thunk, 0, NULL);
    if (!kr_is_error(v)) kr_store(vm, kr_ptr(owner), &lazy->value, v);
    return v;
}

// ---- Making them -----------------------------------------------------------------------------------------------------------------

bool kr_type_name_check(KrVm *vm, const char *function, KrValue name) {
    if (kr_is_str(name)) return true;
    if (kr_is_none(name)) return kr_fail(kr_raise(vm, &kr_type_error, "%s() argument 'name' must be str, not None", function));
    return kr_fail(kr_raise(vm, &kr_type_error, "%s() argument 'name' must be str, not %T", function, name));
}

KrValue kr_type_parameter_new(KrVm *vm, const KrType *type, KrValue name, KrValue bound, KrValue constraints, KrValue default_value) {
    KrValue self = kr_alloc_instance(vm, type);
    if (kr_is_error(self)) return self;
    SELF->name = name;
    SELF->bound = (KrLazy){ KR_UNSET, bound };
    SELF->constraints = (KrLazy){ KR_UNSET, constraints };
    SELF->default_value = (KrLazy){ KR_UNSET, default_value };
    SELF->covariant = SELF->contravariant = false;
    SELF->infer_variance = true;
    return self;
}

KrValue kr_type_parameter_make(KrVm *vm, const KrType *type, const char *function, KrValue name, KrValue default_value) {
    if (!kr_type_name_check(vm, function, name)) return KR_ERROR;
    KrValue self = kr_type_parameter_new(vm, type, name, KR_UNSET, KR_UNSET, KR_UNSET), module = kr_calling_module_name(vm);
    if (kr_is_error(self) || kr_is_error(module)) return KR_ERROR;
    SELF->default_value.value = kr_is_unset(default_value) ? KR_NO_DEFAULT : default_value;
    return kr_is_unset(module) || kr_setattr(vm, self, KR_N(__module__), module) ? self : KR_ERROR;
}

bool kr_type_parameter_variance(KrVm *vm, KrValue self, const KrValue *arg) {
    KrTypeParameter *p = SELF;
    if (!kr_truth(vm, arg[0], &p->covariant) || !kr_truth(vm, arg[1], &p->contravariant) || !kr_truth(vm, arg[2], &p->infer_variance))
        return false;
    if (p->covariant && p->contravariant) return kr_fail(kr_raise(vm, &kr_value_error, "Bivariant types are not supported."));
    if (p->infer_variance && (p->covariant || p->contravariant))
        return kr_fail(kr_raise(vm, &kr_value_error, "Variance cannot be specified with infer_variance."));
    return true;
}

bool kr_type_parameter_bound(KrVm *vm, KrValue self, KrValue bound) {
    if (kr_is_none(bound)) return true;
    KrValue arg[2] = { bound, kr_str_c(vm, "Bound must be a type.") };
    bound = kr_is_error(arg[1]) ? arg[1] : kr_typing_call(vm, "_type_check", 2, arg);
    if (kr_is_error(bound)) return false;
    kr_store(vm, SELF, &SELF->bound.value, bound);
    return true;
}

void kr_type_parameter_trace(KrTracer *tracer, KrObject *o) {
    KrTypeParameter *p = (KrTypeParameter *)o;
    kr_trace(tracer, p->name);
    kr_lazy_trace(tracer, &p->bound);
    kr_lazy_trace(tracer, &p->constraints);
    kr_lazy_trace(tracer, &p->default_value);
}

// ---- Attributes and methods ------------------------------------------------------------------------------------------------------

KrValue kr_type_parameter_get_name(KrVm *vm, KrValue self) { return (void)vm, SELF->name; }
KrValue kr_type_parameter_get_covariant(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->covariant); }
KrValue kr_type_parameter_get_contravariant(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->contravariant); }
KrValue kr_type_parameter_get_infer_variance(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->infer_variance); }
KrValue kr_type_parameter_get_default(KrVm *vm, KrValue self) { return kr_lazy_get(vm, self, &SELF->default_value, KR_NO_DEFAULT); }

KrValue kr_type_parameter_has_default(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)vm, (void)arg;
    const KrLazy *d = &SELF->default_value;
    return kr_bool(!kr_is_unset(d->thunk) || (!kr_is_unset(d->value) && !kr_same(d->value, KR_NO_DEFAULT)));
}

// Pickled by name, as a global of its module.
KrValue kr_type_parameter_reduce(KrVm *vm, KrValue self, const KrValue *arg) { return (void)vm, (void)arg, SELF->name; }

KrValue kr_type_parameter_no_subclass(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    return kr_raise(vm, &kr_type_error, "Cannot subclass an instance of %s", kr_type_bare_name(kr_type_of(self)));
}

KrValue kr_type_parameter_repr(KrVm *vm, KrValue self) {
    if (SELF->infer_variance) return SELF->name;
    return kr_format(vm, "%s%S", SELF->covariant ? "+" : SELF->contravariant ? "-" : "~", SELF->name);
}

KrValue kr_type_parameter_or(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    (void)op;
    KrValue arg[2] = { left, right };
    return kr_typing_call(vm, "_make_union", 2, arg);
}

// ---- What typing.py does -----------------------------------------------------------------------------------------------------------

KrValue kr_typing_call(KrVm *vm, const char *name, size_t count, const KrValue *arg) {
    KrValue module = kr_import(vm, "typing");
    return kr_is_error(module) ? module : kr_call_method(vm, module, name, count, arg);
}

KrValue kr_type_parameters_unpacked(KrVm *vm, KrValue tuple) {
    size_t count;
    bool several = false;
    const KrValue *item = kr_tuple_items(tuple, &count);
    for (size_t i = 0; i < count; i++) several = several || kr_isa(item[i], &kr_type_variable_tuple_type);
    if (!several) return tuple;
    KrValue list = kr_list(vm, 0, NULL);
    if (kr_is_error(list)) return list;
    for (size_t i = 0; i < count; i++) {
        KrValue v = kr_tuple_items(tuple, NULL)[i];
        if (!(kr_isa(v, &kr_type_variable_tuple_type) ? kr_list_extend(vm, list, v) : kr_list_append(vm, list, v))) return KR_ERROR;
    }
    return kr_tuple_from(vm, list);
}

// ---- NoDefault -------------------------------------------------------------------------------------------------------------------

static KrValue no_default_make(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    size_t count;
    kr_tuple_items(arg[0], &count);
    if (count || kr_dict_len(arg[1])) return kr_raise(vm, &kr_type_error, "NoDefaultType takes no arguments");
    return KR_NO_DEFAULT;
}

static KrValue no_default_repr(KrVm *vm, KrValue self) { return (void)self, kr_name(vm, "typing.NoDefault"); }
static KrValue no_default_reduce(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, (void)arg, kr_name(vm, "NoDefault"); }

static const KrMethod no_default_methods[] = { { "__reduce__()", no_default_reduce, "", 0 }, { 0 } };
static const KrMethod no_default_new = { "NoDefaultType(*args, **kwargs)", no_default_make, "", 0 };

const KrType kr_no_default_type = {
    KR_TYPE_HEAD(kr_no_default_type), .name = "NoDefaultType",
    .size = sizeof(KrObject),         .doc = KR_DOC("The type of the NoDefault singleton."),
    .make = &no_default_new,          .repr = no_default_repr,
    .methods = no_default_methods,
};
const KrObject kr_no_default = { &kr_no_default_type.shape };
