// singleton.c - None, Ellipsis and NotImplemented: the types of values that need no object.
// SPDX-License-Identifier: MIT
#include "object/name_table.h"
#include "object/object.h"

// These types take no arguments; "(*args, **kwargs)" is there to say so in CPython's words.
static KrValue refuse_arguments(KrVm *vm, const char *type, const KrValue *arg, KrValue v) {
    size_t count;
    kr_tuple_items(arg[0], &count);
    return count || kr_dict_len(arg[1]) ? kr_raise(vm, &kr_type_error, "%s takes no arguments", type) : v;
}

// ---- None ------------------------------------------------------------------------------------------------------------------------

static KrValue none_make(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, refuse_arguments(vm, "NoneType", arg, KR_NONE); }
static const KrMethod none_make_row = { "NoneType(*args, **kwargs)", none_make, "", 0 };

static KrValue none_repr(KrVm *vm, KrValue self) { return (void)self, kr_name(vm, "None"); }
static bool none_truth(KrVm *vm, KrValue self, bool *out) { return (void)vm, (void)self, *out = false, true; }
static bool none_hash(KrVm *vm, KrValue self, KrHash *out) { return (void)vm, (void)self, *out = (KrHash)0xFCA86420u, true; }

static KrValue none_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    (void)vm;
    return (op == KR_EQ || op == KR_NE) && kr_same(self, other) ? kr_bool(op == KR_EQ) : KR_NOTIMPL;
}

const KrType kr_none_type = {
    KR_TYPE_HEAD(kr_none_type), .name = "NoneType",     .doc = KR_DOC("()\n\nThe type of the None singleton."),
    .size = sizeof(KrObject),   .make = &none_make_row, .repr = none_repr,
    .truth = none_truth,        .hash = none_hash,      .compare = none_compare,
};

// ---- Ellipsis --------------------------------------------------------------------------------------------------------------------

static KrValue ellipsis_make(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)self, refuse_arguments(vm, "EllipsisType", arg, KR_ELLIPSIS);
}
static const KrMethod ellipsis_make_row = { "ellipsis(*args, **kwargs)", ellipsis_make, "", 0 };

static KrValue ellipsis_repr(KrVm *vm, KrValue self) { return (void)self, kr_name(vm, "Ellipsis"); }
static KrValue ellipsis_reduce(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, ellipsis_repr(vm, self); }

static const KrMethod ellipsis_methods[] = {
    { "__reduce__()", ellipsis_reduce, "", 0 },
    { 0 },
};

const KrType kr_ellipsis_type = {
    KR_TYPE_HEAD(kr_ellipsis_type), .name = "ellipsis",         .doc = KR_DOC("()\n\nThe type of the Ellipsis singleton."),
    .size = sizeof(KrObject),       .make = &ellipsis_make_row, .methods = ellipsis_methods,
    .repr = ellipsis_repr,
};

// ---- NotImplemented --------------------------------------------------------------------------------------------------------------

static KrValue notimpl_make(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)self, refuse_arguments(vm, "NotImplementedType", arg, KR_NOTIMPL);
}
static const KrMethod notimpl_make_row = { "NotImplementedType(*args, **kwargs)", notimpl_make, "", 0 };

static KrValue notimpl_repr(KrVm *vm, KrValue self) { return (void)self, kr_name(vm, "NotImplemented"); }
static KrValue notimpl_reduce(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, notimpl_repr(vm, self); }

static bool notimpl_truth(KrVm *vm, KrValue self, bool *out) {
    (void)self;
    *out = true;
    return kr_warn(vm, &kr_deprecation_warning, "NotImplemented should not be used in a boolean context");
}

static const KrMethod notimpl_methods[] = {
    { "__reduce__()", notimpl_reduce, "", 0 },
    { 0 },
};

const KrType kr_notimpl_type = {
    KR_TYPE_HEAD(kr_notimpl_type), .name = "NotImplementedType", .doc = KR_DOC("()\n\nThe type of the NotImplemented singleton."),
    .size = sizeof(KrObject),      .make = &notimpl_make_row,    .methods = notimpl_methods,
    .repr = notimpl_repr,          .truth = notimpl_truth,
};
