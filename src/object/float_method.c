// float_method.c - the methods and attributes of float.
// SPDX-License-Identifier: MIT
#include "base/double_math.h"
#include "base/double_text.h"
#include "object/format.h"
#include "object/number.h"
#include "object/object.h"
#include "object/str.h"
#include "object/str_method.h"
#include "object/tuple.h"

// ---- Rounding --------------------------------------------------------------------------------------------------------------------

static KrValue float_trunc(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, kr_int_from_double(vm, kr_float_value(self)); }

static KrValue float_floor(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_int_from_double(vm, kr_floor(kr_float_value(self)));
}

static KrValue float_ceil(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_int_from_double(vm, kr_ceil(kr_float_value(self)));
}

// __round__(ndigits=None, /)
static KrValue float_round(KrVm *vm, KrValue self, const KrValue *arg) {
    double x = kr_float_value(self);
    if (kr_is_none(arg[0])) return kr_int_from_double(vm, kr_round_even(x));
    intptr_t digits;
    if (!kr_to_index_clipped(vm, arg[0], &digits)) return KR_ERROR;
    if (!kr_isfinite(x) || digits > 323) return kr_float(vm, x); // 5e-324 has 324 decimals, and no neighbour with fewer
    if (digits < -308) return kr_float(vm, 0.0 * x);
    double r = kr_double_round(x, (int)digits);
    return kr_isinf(r) ? kr_raise(vm, &kr_overflow_error, "rounded value too large to represent") : kr_float(vm, r);
}

static KrValue float_is_integer(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)vm, (void)arg;
    double x = kr_float_value(self);
    return kr_bool(kr_isfinite(x) && kr_floor(x) == x);
}

// ---- Fractions -------------------------------------------------------------------------------------------------------------------

static KrValue float_as_integer_ratio(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    double x = kr_float_value(self);
    if (kr_isnan(x)) return kr_raise(vm, &kr_value_error, "cannot convert NaN to integer ratio");
    if (kr_isinf(x)) return kr_raise(vm, &kr_overflow_error, "cannot convert Infinity to integer ratio");
    int exponent;
    uint64_t mantissa = kr_double_parts(x, &exponent);
    if (!mantissa) return kr_tuple2(vm, kr_int_box(0), kr_int_box(1));
    while ((mantissa & 1) == 0) mantissa >>= 1, exponent++;
    KrValue top = kr_int(vm, x < 0 ? -(int64_t)mantissa : (int64_t)mantissa), bottom = kr_int_box(1);
    if (kr_is_error(top)) return top;
    if (exponent > 0) top = kr_int_shift_left(vm, top, kr_int_box(exponent));
    else bottom = kr_int_shift_left(vm, bottom, kr_int_box(-exponent));
    return kr_is_error(top) || kr_is_error(bottom) ? KR_ERROR : kr_tuple2(vm, top, bottom);
}

// ---- Hexadecimal -----------------------------------------------------------------------------------------------------------------

static KrValue float_hex(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    char text[KR_DOUBLE_HEX_MAX];
    return kr_str(vm, text, kr_double_to_hex(kr_float_value(self), text));
}

static KrValue float_fromhex(KrVm *vm, KrValue self, const KrValue *arg) {
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "bad argument type for built-in operation");
    size_t len;
    double d;
    const char *text = kr_str_text(arg[0], &len);
    if (kr_str_of(arg[0])->flags & KR_STR_SURROGATES) return kr_encode(vm, arg[0], "utf-8", NULL); // raises
    switch (kr_double_from_hex(text, len, &d)) {
    case KR_HEX_INVALID: return kr_raise(vm, &kr_value_error, "invalid hexadecimal floating-point string");
    case KR_HEX_OVERFLOW: return kr_raise(vm, &kr_overflow_error, "hexadecimal value too large to represent as a float");
    case KR_HEX_OK: break;
    }
    KrValue v = kr_float(vm, d);
    return kr_is_error(v) || kr_as_type(self) == &kr_float_type ? v : kr_call(vm, self, 1, &v);
}

static KrValue float_getformat(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "__getformat__() argument must be str, not %s", kr_shown_type(arg[0]));
    if (!kr_str_is(arg[0], "double") && !kr_str_is(arg[0], "float"))
        return kr_raise(vm, &kr_value_error, "__getformat__() argument 1 must be 'double' or 'float'");
    uint16_t word = 1;
    uint8_t first;
    memcpy(&first, &word, 1);
    return kr_str_c(vm, first ? "IEEE, little-endian" : "IEEE, big-endian");
}

// ---- The rest --------------------------------------------------------------------------------------------------------------------

static KrValue get_itself(KrVm *vm, KrValue self) { return kr_float(vm, kr_float_value(self)); }
static KrValue get_zero(KrVm *vm, KrValue self) { return (void)self, kr_float(vm, 0); }
static KrValue float_conjugate(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, get_itself(vm, self); }

static KrValue float_getnewargs(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue v = get_itself(vm, self);
    return kr_is_error(v) ? v : kr_tuple(vm, 1, &v);
}

const KrMethod kr_float_methods[] = {
    { "as_integer_ratio()", float_as_integer_ratio, KR_DOC("The number as a pair of ints in lowest terms, the second positive."), 0 },
    { "conjugate()", float_conjugate, KR_DOC("The number itself, as the complex conjugate of any float."), 0 },
    { "fromhex(string, /)", float_fromhex, KR_DOC("The number that a hexadecimal text such as '0x1.8p3' represents."), KR_CLASS_METHOD },
    { "hex()", float_hex, KR_DOC("The number as hexadecimal text, exactly."), 0 },
    { "is_integer()", float_is_integer, KR_DOC("Whether the number has no fraction."), 0 },
    { "__ceil__()", float_ceil, KR_DOC("The smallest int that is not smaller."), 0 },
    { "__floor__()", float_floor, KR_DOC("The largest int that is not larger."), 0 },
    { "__trunc__()", float_trunc, KR_DOC("The int towards zero."), 0 },
    { "__round__(ndigits=None, /)", float_round, KR_DOC("Rounded to ndigits decimals, halves to even; to an int if ndigits is None."), 0 },
    { "__format__(format_spec, /)", kr_float_dunder_format, KR_DOC("The number as format_spec says."), 0 },
    { "__getformat__(typestr, /)", float_getformat, KR_DOC("How 'double' or 'float' are stored in memory."), KR_CLASS_METHOD },
    { "__getnewargs__()", float_getnewargs, "", 0 },
    { 0 },
};

const KrGetSet kr_float_attributes[] = {
    { "real", get_itself, NULL, KR_DOC("the real part of a complex number") },
    { "imag", get_zero, NULL, KR_DOC("the imaginary part of a complex number") },
    { 0 },
};
