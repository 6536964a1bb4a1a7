// intrinsic.c - instructions of rare statements: type parameters and aliases, and the prompt's display hook.
// SPDX-License-Identifier: MIT
#include "object/generic.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/type_alias.h"
#include "object/type_parameter.h"
#include "vm/op.h"

// window: name, thunk of the bound or the constraints, thunk of the default.
static KrValue type_parameter(KrVm *vm, const KrType *type, const KrValue *window, bool constrained) {
    return kr_type_parameter_new(vm, type, window[0], constrained ? KR_UNSET : window[1], constrained ? window[1] : KR_UNSET, window[2]);
}

// window: value, number of parts before a star, number behind it or -1.
static KrValue unpack(KrVm *vm, const KrValue *window) {
    enum { MOST = 1 << 24 };
    intptr_t before = kr_is_int(window[1]) ? kr_int_value(window[1]) : -1, after = kr_is_int(window[2]) ? kr_int_value(window[2]) : -2;
    if (before < 0 || before > MOST || after < -1 || after > MOST) return kr_raise(vm, &kr_system_error, "bad number of targets");
    return kr_op_unpack_tuple(vm, window[0], (size_t)before, after);
}

KrValue kr_op_intrinsic(KrVm *vm, KrFrame *f, KrValue *window, unsigned which) {
    (void)f;
    switch (which) {
    case KR_INTRINSIC_TYPEVAR: return type_parameter(vm, &kr_type_variable_type, window, false);
    case KR_INTRINSIC_CONSTRAINTS: return type_parameter(vm, &kr_type_variable_type, window, true);
    case KR_INTRINSIC_PARAMSPEC: return type_parameter(vm, &kr_parameter_spec_type, window, false);
    case KR_INTRINSIC_TYPEVARTUPLE: return type_parameter(vm, &kr_type_variable_tuple_type, window, false);
    case KR_INTRINSIC_TYPEALIAS: return kr_type_alias_new(vm, window[0], window[1], window[2]);
    case KR_INTRINSIC_GENERIC: return kr_generic_base(vm, window[0]);
    case KR_INTRINSIC_SET_TYPE_PARAMS: return kr_setattr(vm, window[0], KR_N(__type_params__), window[1]) ? window[0] : KR_ERROR;
    case KR_INTRINSIC_UNPACK: return unpack(vm, window);
    case KR_INTRINSIC_PRINT: {
        KrValue hook = kr_getattr(vm, vm->sys, KR_N(displayhook));
        return kr_is_error(hook) ? hook : kr_call(vm, hook, 1, window);
    }
    default: return kr_raise(vm, &kr_system_error, "unknown intrinsic %u", (size_t)which);
    }
}
