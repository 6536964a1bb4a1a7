// type_parameter.h - what `class C[T: int = str, *Ts, **P]` declares: TypeVar, TypeVarTuple and ParamSpec.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_TYPE_PARAMETER_H
#define KR_OBJECT_TYPE_PARAMETER_H

#include "object/slots.h"

typedef struct {   // what is computed when it is first asked for
    KrValue value; // KR_UNSET: not known yet
    KrValue thunk; // function that gives it, or KR_UNSET
} KrLazy;

typedef struct { // one struct for the three kinds; a kind that lacks a field leaves it unset
    KrObject head;
    KrValue name;
    KrLazy bound, constraints, default_value;
    bool covariant, contravariant, infer_variance;
} KrTypeParameter;

extern const KrType kr_type_variable_type, kr_type_variable_tuple_type, kr_parameter_spec_type, kr_parameter_spec_args_type,
    kr_parameter_spec_kwargs_type, kr_no_default_type;
extern const KrObject kr_no_default; // typing.NoDefault
#define KR_NO_DEFAULT kr_from_ptr(&kr_no_default)

void kr_lazy_trace(KrTracer *tracer, const KrLazy *lazy);
KrValue kr_lazy_get(KrVm *vm, KrValue owner, KrLazy *lazy, KrValue absent) KR_RAISES;

// What the compiler makes: bound, constraints and default are thunks or KR_UNSET.
KrValue kr_type_parameter_new(KrVm *vm, const KrType *type, KrValue name, KrValue bound, KrValue constraints,
                              KrValue default_value) KR_RAISES;
// What Python code makes by calling the type: values instead of thunks. function: its name for messages.
KrValue kr_type_parameter_make(KrVm *vm, const KrType *type, const char *function, KrValue name, KrValue default_value) KR_RAISES;
bool kr_type_parameter_variance(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES; // arg: covariant, contravariant, infer_variance
bool kr_type_parameter_bound(KrVm *vm, KrValue self, KrValue bound) KR_RAISES;         // checked; None: none
KrValue kr_type_parameter_no_subclass(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES; // __mro_entries__

void kr_type_parameter_trace(KrTracer *tracer, KrObject *o);
KrValue kr_type_parameter_repr(KrVm *vm, KrValue self) KR_RAISES;
KrValue kr_type_parameter_or(KrVm *vm, KrBinary op, KrValue left, KrValue right) KR_RAISES;
KrValue kr_type_parameter_get_name(KrVm *vm, KrValue self);
KrValue kr_type_parameter_get_default(KrVm *vm, KrValue self) KR_RAISES;
KrValue kr_type_parameter_get_covariant(KrVm *vm, KrValue self);
KrValue kr_type_parameter_get_contravariant(KrVm *vm, KrValue self);
KrValue kr_type_parameter_get_infer_variance(KrVm *vm, KrValue self);
KrValue kr_type_parameter_has_default(KrVm *vm, KrValue self, const KrValue *arg);
KrValue kr_type_parameter_reduce(KrVm *vm, KrValue self, const KrValue *arg);

bool kr_type_name_check(KrVm *vm, const char *function, KrValue name) KR_RAISES;
KrValue kr_typing_call(KrVm *vm, const char *name, size_t count, const KrValue *arg) KR_RAISES; // typing.name(...)
KrValue kr_type_parameters_unpacked(KrVm *vm, KrValue tuple) KR_RAISES;                         // (T, *Ts) as (T, Unpack[Ts])

#endif
