// int_method.c - the methods and attributes of int.
// SPDX-License-Identifier: MIT
#include "object/bytes_method.h"
#include "object/format.h"
#include "object/name_table.h"
#include "object/number.h"
#include "object/object.h"
#include "object/vm_state.h"
#include "object/str_method.h"
#include "object/tuple.h"
#include "object/type.h"

// ---- Bits ------------------------------------------------------------------------------------------------------------------------

static KrValue int_bit_length(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    return kr_int(vm, (int64_t)kr_int_bit_length(self));
}

static KrValue int_bit_count(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrIntView view;
    kr_int_view(self, &view);
    kr_spend(vm, view.len >> 5);
    return kr_int(vm, (int64_t)kr_limbs_popcount(view.limb, view.len));
}

// ---- Bytes -----------------------------------------------------------------------------------------------------------------------

static bool read_order(KrVm *vm, const char *method, KrValue order, KrValue is_signed, bool *little, bool *two) {
    if (!kr_is_str(order))
        return kr_fail(kr_raise(vm, &kr_type_error, "%s() argument 'byteorder' must be str, not %s", method, kr_shown_type(order)));
    if (!kr_truth(vm, is_signed, two)) return false;
    *little = kr_str_of(order)->len > 3;
    return kr_str_is(order, *little ? "little" : "big") ||
           kr_fail(kr_raise(vm, &kr_value_error, "byteorder must be either 'little' or 'big'"));
}

static bool read_length(KrVm *vm, KrValue v, size_t *out) {
    KrValue index = kr_index(vm, v);
    int64_t len;
    if (kr_is_error(index)) return false;
    if (!kr_int_fits(index, &len) || len > INTPTR_MAX || len < INTPTR_MIN)
        return kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C ssize_t"));
    *out = (size_t)len;
    return true;
}

// to_bytes(length=1, byteorder='big', *, signed=False)
static KrValue int_to_bytes(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t len;
    bool little, two;
    if (!read_length(vm, arg[0], &len) || !read_order(vm, "to_bytes", arg[1], arg[2], &little, &two)) return KR_ERROR;
    if ((intptr_t)len < 0) return kr_raise(vm, &kr_value_error, "length argument must be non-negative");
    KrIntView view;
    kr_int_view(self, &view);
    if (view.negative && !two) return kr_raise(vm, &kr_overflow_error, "can't convert negative int to unsigned");
    KrValue bytes = kr_bytes(vm, NULL, len);
    if (kr_is_error(bytes)) return bytes;
    if (len && kr_limbs_to_bytes(kr_bytes_data(bytes, NULL), len, view.limb, view.len, view.negative, little, two)) return bytes;
    // No bytes at all hold 0, and -1 as CPython has it.
    if (!len && (!view.len || (view.negative && view.len == 1 && view.limb[0] == 1))) return bytes;
    return kr_raise(vm, &kr_overflow_error, "int too big to convert");
}

// from_bytes(bytes, byteorder='big', *, signed=False)
static KrValue int_from_bytes(KrVm *vm, KrValue self, const KrValue *arg) {
    bool little, two, negative;
    if (!read_order(vm, "from_bytes", arg[1], arg[2], &little, &two)) return KR_ERROR;
    KrValue bytes = kr_bytes_of_object(vm, arg[0]);
    if (kr_is_error(bytes)) return bytes;
    size_t len;
    const uint8_t *data = kr_bytes_data(bytes, &len);
    KrIntResult r;
    if (!kr_int_result_open(vm, &r, kr_limbs_from_bytes_size(len))) return KR_ERROR;
    size_t n = kr_limbs_from_bytes(r.limb, &negative, data, len, little, two);
    KrValue v = kr_int_result_close(&r, n, negative);
    return kr_is_error(v) || kr_as_type(self) == &kr_int_type ? v : kr_call(vm, self, 1, &v);
}

// ---- Rounding --------------------------------------------------------------------------------------------------------------------

// v rounded to a multiple of 10 ** digits, halves to the even one.
static KrValue round_to(KrVm *vm, KrValue v, int64_t digits) {
    if ((uint64_t)digits > kr_int_bit_length(v) / 3 + 2) return kr_int_box(0); // less than half of 10 ** digits
    KrValue unit = kr_int_power(vm, kr_int_box(10), kr_int_box((intptr_t)digits));
    KrValue rest = kr_is_error(unit) ? unit : kr_int_binary(vm, KR_MOD, v, unit);
    KrValue below = kr_is_error(rest) ? rest : kr_int_binary(vm, KR_SUB, v, rest);
    KrValue twice = kr_is_error(below) ? below : kr_int_binary(vm, KR_ADD, rest, rest);
    if (kr_is_error(twice)) return twice;
    int order = kr_int_order(twice, unit);
    if (order == 0) {
        KrValue quotient = kr_int_binary(vm, KR_FLOORDIV, v, unit);
        if (kr_is_error(quotient)) return quotient;
        KrIntView q;
        kr_int_view(quotient, &q);
        order = q.len && (q.limb[0] & 1) ? 1 : -1;
    }
    return order > 0 ? kr_int_binary(vm, KR_ADD, below, unit) : below;
}

// __round__(ndigits=<unset>, /)
static KrValue int_round(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue v = kr_int_exact(vm, self);
    if (kr_is_error(v) || kr_is_unset(arg[0])) return v;
    KrValue digits = kr_index(vm, arg[0]);
    int64_t n;
    if (kr_is_error(digits)) return digits;
    if (!kr_int_is_negative(digits)) return v;
    if (!kr_int_fits(digits, &n) || n == INT64_MIN) return kr_int_box(0);
    return round_to(vm, v, -n);
}

static KrValue int_itself(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    return kr_int_exact(vm, self);
}

// ---- The rest --------------------------------------------------------------------------------------------------------------------

static KrValue int_is_integer(KrVm *vm, KrValue self, const KrValue *arg) { return (void)vm, (void)self, (void)arg, KR_TRUE; }

static KrValue int_as_integer_ratio(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue v = kr_int_exact(vm, self);
    return kr_is_error(v) ? v : kr_tuple2(vm, v, kr_int_box(1));
}

static KrValue int_getnewargs(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue v = kr_int_exact(vm, self);
    return kr_is_error(v) ? v : kr_tuple(vm, 1, &v);
}

static KrValue int_sizeof(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrIntView view;
    kr_int_view(self, &view);
    return kr_int(vm, (int64_t)(offsetof(KrBigInt, limb) + view.len * sizeof(KrLimb)));
}

static KrValue get_itself(KrVm *vm, KrValue self) { return kr_int_exact(vm, self); }
static KrValue get_zero(KrVm *vm, KrValue self) { return (void)vm, (void)self, kr_int_box(0); }
static KrValue get_one(KrVm *vm, KrValue self) { return (void)vm, (void)self, kr_int_box(1); }

const KrMethod kr_int_methods[] = {
    { "as_integer_ratio()", int_as_integer_ratio, KR_DOC("The number as a pair: itself and 1."), 0 },
    { "bit_count()", int_bit_count, KR_DOC("Number of ones in the binary representation of the absolute value."), 0 },
    { "bit_length()", int_bit_length, KR_DOC("Number of bits necessary to represent the absolute value in binary."), 0 },
    { "conjugate()", int_itself, KR_DOC("The number itself, as the complex conjugate of any int."), 0 },
    { "from_bytes(bytes, byteorder='big', *, signed=False)", int_from_bytes,
      KR_DOC("The int that an array of bytes represents, in two's complement if signed. Byte order: 'big' or 'little'."), KR_CLASS_METHOD },
    { "is_integer()", int_is_integer, KR_DOC("True, for every int."), 0 },
    { "to_bytes(length=1, byteorder='big', *, signed=False)", int_to_bytes,
      KR_DOC("The int as length bytes, in two's complement if signed; OverflowError if it does not fit. Byte order: 'big' or 'little'."),
      0 },
    { "__ceil__()", int_itself, KR_DOC("The number itself."), 0 },
    { "__floor__()", int_itself, KR_DOC("The number itself."), 0 },
    { "__trunc__()", int_itself, KR_DOC("The number itself."), 0 },
    { "__round__(ndigits=<unrepresentable>, /)", int_round, KR_DOC("Rounded to a multiple of 10 ** -ndigits, halves to even."), 0 },
    { "__format__(format_spec, /)", kr_int_dunder_format, KR_DOC("The number as format_spec says."), 0 },
    { "__getnewargs__()", int_getnewargs, "", 0 },
    { "__sizeof__()", int_sizeof, KR_DOC("Bytes of memory."), 0 },
    { 0 },
};

const KrGetSet kr_int_attributes[] = {
    { "real", get_itself, NULL, KR_DOC("the real part of a complex number") },
    { "imag", get_zero, NULL, KR_DOC("the imaginary part of a complex number") },
    { "numerator", get_itself, NULL, KR_DOC("the numerator of a rational number in lowest terms") },
    { "denominator", get_one, NULL, KR_DOC("the denominator of a rational number in lowest terms") },
    { 0 },
};
