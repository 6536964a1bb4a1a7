// support_small.c - what module _krait has on every port.
// SPDX-License-Identifier: MIT
#include "../modules.h"

#include "object/object.h"
#include "object/type.h"
#include "object/vm_state.h"
#include "vm/import_path.h"

// 1: sequence patterns match instances, 2: mapping patterns, 0: neither. False: a builtin type, which keeps what it has.
KrValue kr_set_pattern_kind(KrVm *vm, KrValue self, const KrValue *arg) {
    static const uint32_t flag[] = { 0, KR_TYPE_SEQUENCE, KR_TYPE_MAPPING };
    intptr_t kind;
    (void)self;
    if (!kr_is_type(arg[0])) return kr_raise(vm, &kr_type_error, "set_pattern_kind() argument 1 must be a class, not %T", arg[0]);
    if (!kr_to_index(vm, arg[1], &kind)) return KR_ERROR;
    if (kind < 0 || kind > 2) return kr_raise(vm, &kr_value_error, "set_pattern_kind(): kind must be 0, 1 or 2, not %z", kind);
    if (!(kr_as_type(arg[0])->flags & KR_TYPE_HEAP)) return KR_FALSE;
    KrType *type = (KrType *)kr_ptr(arg[0]); // a class is an object in the heap: it may be written
    type->flags = (type->flags & ~(uint32_t)(KR_TYPE_SEQUENCE | KR_TYPE_MAPPING)) | flag[kind];
    return KR_TRUE;
}

KrValue kr_hand_ignored(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "report_ignored() argument 1 must be str, not %T", arg[0]);
    if (!kr_is_exception(arg[1])) return kr_raise(vm, &kr_type_error, "report_ignored() argument 2 must be an exception, not %T", arg[1]);
    vm->thread.raised = arg[1];
    kr_report_ignored(vm, "%S", arg[0]);
    return KR_NONE;
}

// The attribute as it stands in the class or in a base. cls.__dict__ would tell as well, but makes all that a builtin type has.
KrValue kr_class_lookup(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    if (!kr_is_type(arg[0])) return kr_raise(vm, &kr_type_error, "lookup() argument 1 must be a class, not %T", arg[0]);
    if (!kr_is_str(arg[1])) return kr_raise(vm, &kr_type_error, "lookup() argument 2 must be str, not %T", arg[1]);
    KrValue name = kr_intern(vm, arg[1]), found = kr_is_error(name) ? name : kr_type_lookup(vm, kr_as_type(arg[0]), name);
    return kr_is_unset(found) ? KR_NONE : found;
}

KrValue kr_set_importers(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count = 0;
    (void)self;
    if (kr_is_tuple(arg[0])) kr_tuple_items(arg[0], &count);
    if (count != KR_IMPORTER_COUNT)
        return kr_raise(vm, &kr_type_error, "set_importers() argument must be a tuple of %d, not %T", KR_IMPORTER_COUNT, arg[0]);
    vm->importlib = arg[0];
    return KR_NONE;
}
