// number.c - Python numbers as C numbers: what functions that take an index, a size or a double do with their arguments.
// SPDX-License-Identifier: MIT
#include "object/name_table.h"
#include "object/number.h"
#include "object/object.h"
#include "object/type.h"

// The conversion slot of a type, or NULL.
static const KrType *converter(const KrType *type, KrUnary op) {
    const KrType *owner = KR_MORE_OWNER(type, unary);
    return owner && (owner->more->unary_ops & KR_OP(op)) ? owner : NULL;
}

// ---- Integers --------------------------------------------------------------------------------------------------------------------

static KrValue no_integer(KrVm *vm, KrValue v) {
    return kr_raise(vm, &kr_type_error, "'%T' object cannot be interpreted as an integer", v);
}

KrValue kr_index(KrVm *vm, KrValue v) {
    if (KR_LIKELY(kr_is_int(v))) return v;
    if (kr_is_integer(v)) return kr_int_exact(vm, v);
    const KrType *owner = converter(kr_type_of(v), KR_TO_INDEX);
    KrValue r = owner ? owner->more->unary(vm, KR_TO_INDEX, v) : KR_UNSET;
    if (kr_is_unset(r)) return no_integer(vm, v);
    if (kr_is_error(r) || kr_is_int(r) || kr_is_exact(r, &kr_int_type)) return r;
    if (!kr_is_integer(r)) return kr_raise(vm, &kr_type_error, "__index__ returned non-int (type %T)", r);
    if (!kr_warn(vm, &kr_deprecation_warning,
                 "__index__ returned non-int (type %T).  The ability to return an instance of a strict subclass of int is deprecated, "
                 "and may be removed in a future version of Python.",
                 r))
        return KR_ERROR;
    return kr_int_exact(vm, r);
}

bool kr_to_int64(KrVm *vm, KrValue v, int64_t *out) {
    v = kr_index(vm, v);
    if (kr_is_error(v)) return false;
    return kr_int_fits(v, out) || kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C long"));
}

// *fits is false, and *out the nearest that fits, when v is out of range.
static bool to_index(KrVm *vm, KrValue v, intptr_t *out, bool *fits) {
    *fits = true;
    if (KR_LIKELY(kr_is_int(v))) return *out = kr_int_value(v), true;
    KrValue index = kr_index(vm, v);
    if (kr_is_error(index)) return false;
    int64_t i;
    *fits = kr_int_fits(index, &i) && i <= INTPTR_MAX && i >= INTPTR_MIN;
    *out = *fits ? (intptr_t)i : kr_int_is_negative(index) ? INTPTR_MIN : INTPTR_MAX;
    return true;
}

static bool no_index(KrVm *vm, const KrType *type, KrValue v) {
    return kr_fail(kr_raise(vm, type, "cannot fit '%T' into an index-sized integer", v));
}

bool kr_to_index(KrVm *vm, KrValue v, intptr_t *out) {
    bool fits;
    return to_index(vm, v, out, &fits) && (fits || no_index(vm, &kr_index_error, v));
}

bool kr_to_index_overflow(KrVm *vm, KrValue v, intptr_t *out) {
    bool fits;
    return to_index(vm, v, out, &fits) && (fits || no_index(vm, &kr_overflow_error, v));
}

bool kr_to_index_clipped(KrVm *vm, KrValue v, intptr_t *out) {
    bool fits;
    return to_index(vm, v, out, &fits);
}

bool kr_to_size(KrVm *vm, KrValue v, const char *what, size_t *out) {
    bool fits;
    intptr_t i;
    if (!to_index(vm, v, &i, &fits)) return false;
    if (!fits) return kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C ssize_t"));
    if (i < 0) return kr_fail(kr_raise(vm, &kr_value_error, "%s must be non-negative", what));
    *out = (size_t)i;
    return true;
}

// ---- Doubles ---------------------------------------------------------------------------------------------------------------------

// What __float__ of v returned.
static bool checked_float(KrVm *vm, KrValue v, KrValue r, double *out) {
    if (kr_is_error(r)) return false;
    if (!kr_is_float(r)) return kr_fail(kr_raise(vm, &kr_type_error, "%T.__float__ returned non-float (type %T)", v, r));
    *out = kr_float_value(r);
    if (kr_type_of(r) == &kr_float_type) return true;
    return kr_warn(vm, &kr_deprecation_warning,
                   "%T.__float__ returned non-float (type %T).  The ability to return an instance of a strict subclass of float is "
                   "deprecated, and may be removed in a future version of Python.",
                   v, r);
}

// *found is false when v is not a number.
static bool to_double(KrVm *vm, KrValue v, double *out, bool *found) {
    *found = true;
    if (kr_type_of(v) == &kr_float_type) return *out = kr_float_value(v), true;
    if (!kr_is_ptr(v) || kr_is_exact(v, &kr_int_type)) {
        *found = kr_is_integer(v);
        return !*found || kr_int_to_double(vm, v, out);
    }
    const KrType *owner = converter(kr_type_of(v), KR_TO_FLOAT);
    KrValue r = owner ? owner->more->unary(vm, KR_TO_FLOAT, v) : KR_UNSET;
    if (!kr_is_unset(r)) return checked_float(vm, v, r, out);
    *found =
        kr_is_integer(v) || (converter(kr_type_of(v), KR_TO_INDEX) && !kr_is_unset(kr_type_lookup(vm, kr_type_of(v), KR_N(__index__))));
    if (!*found) return true;
    r = kr_index(vm, v);
    return !kr_is_error(r) && kr_int_to_double(vm, r, out);
}

bool kr_to_double(KrVm *vm, KrValue v, double *out) {
    bool found;
    if (kr_is_float(v)) return *out = kr_float_value(v), true; // also of a subclass with a __float__ of its own
    if (!to_double(vm, v, out, &found)) return false;
    return found || kr_fail(kr_raise(vm, &kr_type_error, "must be real number, not %T", v));
}

KrValue kr_float_from_object(KrVm *vm, KrValue v, const char *refusal) {
    double d;
    bool found;
    if (!to_double(vm, v, &d, &found)) return KR_ERROR;
    return found ? kr_float(vm, d) : kr_raise(vm, &kr_type_error, refusal, v);
}
