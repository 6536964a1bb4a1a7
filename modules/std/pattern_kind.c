// pattern_kind.c - what patterns a class's instances match: of module _krait, also where that has nothing else.
// SPDX-License-Identifier: MIT
#include "../modules.h"

#include "object/object.h"
#include "object/type.h"

// 1: sequence patterns match instances, 2: mapping patterns, 0: neither. Builtin types keep what they have.
KrValue kr_set_pattern_kind(KrVm *vm, KrValue self, const KrValue *arg) {
    static const uint32_t flag[] = { 0, KR_TYPE_SEQUENCE, KR_TYPE_MAPPING };
    intptr_t kind;
    (void)self;
    if (!kr_is_type(arg[0])) return kr_raise(vm, &kr_type_error, "set_pattern_kind() argument 1 must be a class, not %T", arg[0]);
    if (!kr_to_index(vm, arg[1], &kind)) return KR_ERROR;
    if (kind < 0 || kind > 2) return kr_raise(vm, &kr_value_error, "set_pattern_kind(): kind must be 0, 1 or 2, not %z", kind);
    if (!(kr_as_type(arg[0])->flags & KR_TYPE_HEAP)) return KR_NONE;
    KrType *type = (KrType *)kr_ptr(arg[0]); // a class is an object in the heap: it may be written
    type->flags = (type->flags & ~(uint32_t)(KR_TYPE_SEQUENCE | KR_TYPE_MAPPING)) | flag[kind];
    return KR_NONE;
}
