// intrinsic.c - instructions that need a module of the library: type parameters, and the prompt's display hook.
// SPDX-License-Identifier: MIT
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "vm/op.h"

static KrValue typing_call(KrVm *vm, const char *name, size_t count, const KrValue *arg) {
    KrValue module = kr_import(vm, "_typing");
    return kr_is_error(module) ? module : kr_call_method(vm, module, name, count, arg);
}

static KrValue none_if_unset(KrValue v) { return kr_is_unset(v) ? KR_NONE : v; }

KrValue kr_op_intrinsic(KrVm *vm, KrFrame *f, KrValue *window, unsigned which) {
    KrValue module = KR_UNSET, arg[4];
    switch (which) {
    case KR_INTRINSIC_TYPEVAR:
    case KR_INTRINSIC_CONSTRAINTS:
    case KR_INTRINSIC_PARAMSPEC:
    case KR_INTRINSIC_TYPEVARTUPLE:
        if (!kr_dict_find(vm, kr_from_ptr(f->globals), KR_N(__name__), &module)) return KR_ERROR;
        arg[0] = window[0];
        arg[1] = none_if_unset(window[1]);
        arg[2] = none_if_unset(window[2]);
        arg[3] = none_if_unset(module);
        return typing_call(vm, which == KR_INTRINSIC_TYPEVAR ? "_make_typevar" : which == KR_INTRINSIC_CONSTRAINTS ? "_make_constrained" : which == KR_INTRINSIC_PARAMSPEC ? "_make_paramspec" : "_make_typevartuple", 4, arg);
    case KR_INTRINSIC_TYPEALIAS:
        if (!kr_dict_find(vm, kr_from_ptr(f->globals), KR_N(__name__), &module)) return KR_ERROR;
        arg[0] = window[0];
        arg[1] = window[1];
        arg[2] = window[2];
        arg[3] = none_if_unset(module);
        return typing_call(vm, "_make_alias", 4, arg);
    case KR_INTRINSIC_GENERIC: return typing_call(vm, "_make_generic", 1, window);
    case KR_INTRINSIC_SET_TYPE_PARAMS: return kr_setattr(vm, window[0], KR_N(__type_params__), window[1]) ? window[0] : KR_ERROR;
    case KR_INTRINSIC_PRINT: {
        KrValue hook = kr_getattr(vm, vm->sys, KR_N(displayhook));
        return kr_is_error(hook) ? hook : kr_call(vm, hook, 1, window);
    }
    default: return kr_raise(vm, &kr_system_error, "unknown intrinsic %u", (size_t)which);
    }
}
