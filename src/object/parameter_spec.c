// parameter_spec.c - typing.ParamSpec: stands for the parameters of a function; P.args and P.kwargs are its two halves.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "object/type_parameter.h"

#define SELF KR_AS(KrTypeParameter, self)

static KrValue spec_make(KrVm *vm, KrValue type, const KrValue *arg) { // name, bound, default, three of variance
    KrValue self = kr_type_parameter_make(vm, kr_as_type(type), "paramspec", arg[0], arg[2]);
    if (kr_is_error(self) || !kr_type_parameter_variance(vm, self, arg + 3) || !kr_type_parameter_bound(vm, self, arg[1])) return KR_ERROR;
    return self;
}

static KrValue get_bound(KrVm *vm, KrValue self) { return kr_lazy_get(vm, self, &SELF->bound, KR_NONE); }

static KrValue spec_subst(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue pass[2] = { self, arg[0] };
    return kr_typing_call(vm, "_paramspec_subst", 2, pass);
}

static KrValue spec_prepare(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue pass[3] = { self, arg[0], arg[1] };
    return kr_typing_call(vm, "_paramspec_prepare_subst", 3, pass);
}

// ---- P.args and P.kwargs -----------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue origin;
} Half;

static KrValue half_new(KrVm *vm, const KrType *type, KrValue origin) {
    Half *h = kr_alloc(vm, &type->shape, sizeof *h);
    if (!h) return KR_ERROR;
    h->origin = origin;
    return kr_from_ptr(h);
}

static KrValue half_make(KrVm *vm, KrValue type, const KrValue *arg) { return half_new(vm, kr_as_type(type), arg[0]); }
static void half_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((Half *)o)->origin); }
static KrValue half_origin(KrVm *vm, KrValue self) { return (void)vm, KR_AS(Half, self)->origin; }

static KrValue half_repr(KrVm *vm, KrValue self) {
    KrValue origin = KR_AS(Half, self)->origin;
    const char *tail = kr_is_exact(self, &kr_parameter_spec_args_type) ? "args" : "kwargs";
    if (!kr_isa(origin, &kr_parameter_spec_type)) return kr_format(vm, "%R.%s", origin, tail);
    return kr_format(vm, "%S.%s", KR_AS(KrTypeParameter, origin)->name, tail);
}

static KrValue half_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if ((op != KR_EQ && op != KR_NE) || kr_type_of(self) != kr_type_of(other)) return KR_NOTIMPL;
    return kr_compare(vm, KR_AS(Half, self)->origin, KR_AS(Half, other)->origin, op);
}

static const KrGetSet half_attributes[] = { { "__origin__", half_origin, kr_read_only, "" }, { 0 } };
static const KrMethod half_methods[] = { { "__mro_entries__(object, /)", kr_type_parameter_no_subclass, "", 0 }, { 0 } };
static const KrMethod args_new = { "paramspecargs(origin)", half_make, KR_DOC("The args of a ParamSpec."), 0 };
static const KrMethod kwargs_new = { "paramspeckwargs(origin)", half_make, KR_DOC("The kwargs of a ParamSpec."), 0 };

#define HALF(symbol, its_name, its_new, its_doc) \
    const KrType symbol = { \
        KR_TYPE_HEAD(symbol),    .name = its_name,           .size = sizeof(Half),          .flags = KR_TYPE_WEAKREF, \
        .doc = KR_DOC(its_doc),  .make = &its_new,           .trace = half_trace,           .repr = half_repr, \
        .compare = half_compare, .hash = kr_hash_unhashable, .attributes = half_attributes, .methods = half_methods, \
    }
HALF(kr_parameter_spec_args_type, "typing.ParamSpecArgs", args_new, "The args of a ParamSpec: P.args; its __origin__ is P.");
HALF(kr_parameter_spec_kwargs_type, "typing.ParamSpecKwargs", kwargs_new, "The kwargs of a ParamSpec: P.kwargs; its __origin__ is P.");

static KrValue get_args(KrVm *vm, KrValue self) { return half_new(vm, &kr_parameter_spec_args_type, self); }
static KrValue get_kwargs(KrVm *vm, KrValue self) { return half_new(vm, &kr_parameter_spec_kwargs_type, self); }

// ---- The type ----------------------------------------------------------------------------------------------------------------------

static const KrGetSet spec_attributes[] = {
    { "__name__", kr_type_parameter_get_name, kr_read_only, "" },
    { "__bound__", get_bound, kr_read_only, "" },
    { "__default__", kr_type_parameter_get_default, NULL, KR_DOC("The default value for this ParamSpec.") },
    { "__covariant__", kr_type_parameter_get_covariant, kr_read_only, "" },
    { "__contravariant__", kr_type_parameter_get_contravariant, kr_read_only, "" },
    { "__infer_variance__", kr_type_parameter_get_infer_variance, kr_read_only, "" },
    { "args", get_args, NULL, KR_DOC("Represents positional arguments.") },
    { "kwargs", get_kwargs, NULL, KR_DOC("Represents keyword arguments.") },
    { 0 },
};
static const KrMethod spec_methods[] = {
    { "__typing_subst__(arg, /)", spec_subst, "", 0 },
    { "__typing_prepare_subst__(alias, args, /)", spec_prepare, "", 0 },
    { "__mro_entries__(object, /)", kr_type_parameter_no_subclass, "", 0 },
    { "__reduce__()", kr_type_parameter_reduce, "", 0 },
    { "has_default()", kr_type_parameter_has_default, "", 0 },
    { 0 },
};
static const KrMethod spec_new = {
    "paramspec(name, *, bound=None, default=<unset>, covariant=False, contravariant=False, infer_variance=False)",
    spec_make,
    KR_DOC("Parameter specification variable."),
    0,
};

const KrType kr_parameter_spec_type = {
    KR_TYPE_HEAD(kr_parameter_spec_type),
    .name = "typing.ParamSpec",
    .size = sizeof(KrTypeParameter),
    .flags = KR_TYPE_WEAKREF | KR_TYPE_HAS_DICT | KR_TYPE_HIDDEN_DICT,
    .doc = KR_DOC(
        "Parameter specification variable: stands for the parameters of a function.\n\ndef f[**P](*args: P.args, **kwargs: P.kwargs)."),
    .make = &spec_new,
    .trace = kr_type_parameter_trace,
    .repr = kr_type_parameter_repr,
    .binary = kr_type_parameter_or,
    .binary_ops = KR_OP(KR_OR),
    .attributes = spec_attributes,
    .methods = spec_methods,
};
