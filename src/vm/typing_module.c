// typing_module.c - module _typing: the types that type parameters and type aliases are made of.
// SPDX-License-Identifier: MIT
#include "object/generic.h"
#include "object/type_alias.h"
#include "object/type_parameter.h"
#include "vm/builtins.h"

static KrValue same(KrVm *vm, KrValue self, const KrValue *arg) { return (void)vm, (void)self, arg[0]; }
static KrValue make_no_default(KrVm *vm) { return (void)vm, KR_NO_DEFAULT; }

static const KrMethod functions[] = { { "_idfunc(x, /)", same, "", 0 }, { 0 } };

static const KrConst constants[] = {
    { "TypeVar", KR_CONST_TYPE, { .p = &kr_type_variable_type } },
    { "TypeVarTuple", KR_CONST_TYPE, { .p = &kr_type_variable_tuple_type } },
    { "ParamSpec", KR_CONST_TYPE, { .p = &kr_parameter_spec_type } },
    { "ParamSpecArgs", KR_CONST_TYPE, { .p = &kr_parameter_spec_args_type } },
    { "ParamSpecKwargs", KR_CONST_TYPE, { .p = &kr_parameter_spec_kwargs_type } },
    { "TypeAliasType", KR_CONST_TYPE, { .p = &kr_type_alias_type } },
    { "Generic", KR_CONST_TYPE, { .p = &kr_generic_type } },
    { "_GenericBase", KR_CONST_TYPE, { .p = &kr_generic_base_type } },
    { "NoDefault", KR_CONST_MAKE, { .make = make_no_default } },
    { 0 },
};

const KrModuleDef kr_typing_module = { "_typing", KR_DOC("Primitives and accelerators for the typing module.\n"), functions, constants,
                                       NULL };
