// int_power.c - powers, powers modulo a number, shifts and bitwise operators of ints.
// SPDX-License-Identifier: MIT
#include "object/number.h"

#define FEW 6 // limbs of an operand for which a loop here is faster than a call

// ---- Shifts ----------------------------------------------------------------------------------------------------------------------

static KrValue negative_count(KrVm *vm) { return kr_raise(vm, &kr_value_error, "negative shift count"); }

static KrValue shift_left(KrVm *vm, const KrIntView *x, size_t bits) {
    KrIntResult r;
    size_t gap = bits / KR_LIMB_BITS, n = (size_t)x->len + gap + 1;
    unsigned by = (unsigned)(bits % KR_LIMB_BITS);
    if (x->len && n <= KR_COUNT_OF(r.small)) {
        for (size_t i = 0; i < gap; i++) r.small[i] = 0;
        KrLimb below = 0;
        for (size_t i = 0; i < x->len; i++) {
            r.small[gap + i] = x->limb[i] << by | (below >> 1) >> (KR_LIMB_BITS - 1 - by);
            below = x->limb[i];
        }
        r.small[n - 1] = (below >> 1) >> (KR_LIMB_BITS - 1 - by);
        return kr_int_from_limbs(vm, r.small, r.small[n - 1] ? n : n - 1, x->negative);
    }
    if (!kr_int_result_open(vm, &r, kr_limbs_shl_size(x->len, bits))) return KR_ERROR;
    return kr_int_result_close(&r, kr_limbs_shl(r.limb, x->limb, x->len, bits), x->negative);
}

KrValue kr_int_shift_left(KrVm *vm, KrValue v, KrValue count) {
    int64_t bits;
    if (kr_int_is_negative(count)) return negative_count(vm);
    if (kr_int_is_zero(v)) return kr_int_box(0);
    if (!kr_int_fits(count, &bits)) return kr_raise(vm, &kr_overflow_error, "too many digits in integer");
    if ((uint64_t)bits > SIZE_MAX / 2) return kr_raise_memory(vm);
    if (!kr_is_ptr(v) && bits < 62) {
        int64_t i = kr_int_word(v), room = (int64_t)1 << (62 - bits);
        if (i < room && i > -room) return kr_int(vm, i * ((int64_t)1 << bits));
    }
    KrIntView x;
    kr_int_look(v, &x);
    return shift_left(vm, &x, (size_t)bits);
}

KrValue kr_int_shift_right(KrVm *vm, KrValue v, KrValue count) {
    int64_t bits;
    if (kr_int_is_negative(count)) return negative_count(vm);
    if (!kr_int_fits(count, &bits) || (uint64_t)bits > SIZE_MAX / 2) return kr_int_box(kr_int_is_negative(v) ? -1 : 0);
    if (!kr_is_ptr(v)) {
        int64_t i = kr_int_word(v);
        if (bits > 63) bits = 63;
        return kr_int_box((intptr_t)(i < 0 ? ~(~i >> bits) : i >> bits));
    }
    KrIntView x;
    KrIntResult r;
    kr_int_look(v, &x);
    size_t gone = (size_t)bits / KR_LIMB_BITS;
    if (!x.negative && x.len <= FEW) {
        unsigned by = (unsigned)((size_t)bits % KR_LIMB_BITS);
        size_t n = x.len > gone ? x.len - gone : 0;
        for (size_t i = 0; i < n; i++) {
            KrLimb above = i + 1 < n ? x.limb[gone + i + 1] : 0;
            r.small[i] = x.limb[gone + i] >> by | (above << 1) << (KR_LIMB_BITS - 1 - by);
        }
        return kr_int_from_limbs(vm, r.small, n && !r.small[n - 1] ? n - 1 : n, false);
    }
    if (!kr_int_result_open(vm, &r, (x.len > gone ? x.len - gone : 1) + 1)) return KR_ERROR;
    return kr_int_result_close(&r, kr_limbs_shr_floor(r.limb, x.limb, x.len, x.negative, (size_t)bits), x.negative);
}

// ---- & | ^ -----------------------------------------------------------------------------------------------------------------------

// Neither of the two is negative, x is not shorter.
static KrValue bitwise_few(KrVm *vm, KrBinary op, const KrIntView *x, const KrIntView *y) {
    KrLimb r[FEW];
    size_t n = op == KR_AND ? y->len : x->len;
    for (size_t i = 0; i < n; i++) {
        KrLimb a = x->limb[i], b = i < y->len ? y->limb[i] : 0;
        r[i] = op == KR_AND ? a & b : op == KR_OR ? a | b : a ^ b;
    }
    while (n && !r[n - 1]) n--;
    return kr_int_from_limbs(vm, r, n, false);
}

KrValue kr_int_bitwise(KrVm *vm, KrBinary op, KrValue a, KrValue b) {
    KrIntView x, y;
    KrIntResult r;
    kr_int_look(a, &x);
    kr_int_look(b, &y);
    if (!x.negative && !y.negative && x.len <= FEW && y.len <= FEW)
        return x.len >= y.len ? bitwise_few(vm, op, &x, &y) : bitwise_few(vm, op, &y, &x);
    if (!kr_int_result_open(vm, &r, (size_t)(x.len > y.len ? x.len : y.len) + 1)) return KR_ERROR;
    bool negative;
    size_t n;
    switch (op) {
    case KR_AND: n = kr_limbs_and(r.limb, &negative, x.limb, x.len, x.negative, y.limb, y.len, y.negative); break;
    case KR_OR: n = kr_limbs_or(r.limb, &negative, x.limb, x.len, x.negative, y.limb, y.len, y.negative); break;
    default: n = kr_limbs_xor(r.limb, &negative, x.limb, x.len, x.negative, y.limb, y.len, y.negative); break;
    }
    return kr_int_result_close(&r, n, negative);
}

// ---- Powers ----------------------------------------------------------------------------------------------------------------------

// base ** exponent as long as all fits the word.
static bool word_power(intptr_t base, uint64_t exponent, KrValue *out) {
    KrValue b = kr_int_box(base), r = kr_int_box(1);
    for (;;) {
        if (exponent & 1 && !kr_int_mul(r, b, &r)) return false;
        exponent >>= 1;
        if (!exponent) return *out = r, true;
        if (!kr_int_mul(b, b, &b)) return false;
    }
}

static KrValue negative_power(KrVm *vm, KrValue base, KrValue exponent) {
    double x, y;
    if (!kr_int_to_double(vm, base, &x) || !kr_int_to_double(vm, exponent, &y)) return KR_ERROR;
    return kr_float_binary(vm, KR_POW, x, y);
}

static KrValue limbs_power(KrVm *vm, const KrIntView *x, size_t e) {
    bool negative = x->negative && (e & 1);
    KrIntResult r;
    if (x->len == 1 && (x->limb[0] & (x->limb[0] - 1)) == 0) { // a power of two
        size_t zeros = kr_limbs_trailing_zeros(x->limb, 1);
        if (zeros && e > SIZE_MAX / 2 / zeros) return kr_raise_memory(vm);
        KrLimb one = 1;
        KrIntView unit = { .limb = &one, .len = 1, .negative = negative };
        return shift_left(vm, &unit, zeros * e);
    }
    KrLimb small[KR_INT_SCRATCH], *scratch;
    KrPoll poll = kr_int_poll(vm);
    size_t n;
    if (!kr_int_scratch(vm, kr_limbs_pow_scratch(x->limb, x->len, e), small, &scratch)) return KR_ERROR; // the larger: fails at once
    if (!kr_int_result_open(vm, &r, kr_limbs_pow_size(x->limb, x->len, e))) return KR_ERROR;
    if (!kr_limbs_pow(r.limb, &n, x->limb, x->len, e, scratch, &poll)) return KR_ERROR;
    return kr_int_result_close(&r, n, negative);
}

KrValue kr_int_power(KrVm *vm, KrValue base, KrValue exponent) {
    if (kr_int_is_negative(exponent)) return negative_power(vm, base, exponent);
    int64_t e;
    KrValue v;
    bool countable = kr_int_fits(exponent, &e) && (uint64_t)e < SIZE_MAX;
    if (countable && !kr_is_ptr(base) && word_power((intptr_t)kr_int_word(base), (uint64_t)e, &v)) return v;
    KrIntView x, y;
    kr_int_look(base, &x);
    kr_int_look(exponent, &y);
    if (!countable) { // only 0, 1 and -1 have such powers
        if (x.len > 1 || (x.len && x.limb[0] != 1)) return kr_raise_memory(vm);
        return kr_int_box(!x.len ? 0 : x.negative && (y.limb[0] & 1) ? -1 : 1);
    }
    if (e == 0) return kr_int_box(1);
    if (!x.len) return kr_int_box(0);
    return limbs_power(vm, &x, (size_t)e);
}

// The inverse of x modulo the magnitude of m, for negative exponents.
static KrValue inverse(KrVm *vm, const KrIntView *x, const KrIntView *m) {
    KrIntResult r;
    KrLimb small[KR_INT_SCRATCH], *scratch;
    KrPoll poll = kr_int_poll(vm);
    size_t n;
    bool exists;
    if (!kr_int_result_open(vm, &r, m->len)) return KR_ERROR;
    if (!kr_int_scratch(vm, kr_limbs_invert_scratch(x->len, m->len), small, &scratch)) return KR_ERROR;
    if (!kr_limbs_invert(r.limb, &n, &exists, x->limb, x->len, m->limb, m->len, scratch, &poll)) return KR_ERROR;
    if (!exists) return kr_raise(vm, &kr_value_error, "base is not invertible for the given modulus");
    return kr_int_result_close(&r, n, x->negative); // the inverse of -x is minus that of x
}

KrValue kr_int_power_modulo(KrVm *vm, KrValue base, KrValue exponent, KrValue modulus) {
    KrIntView x, e, m;
    kr_int_look(base, &x);
    kr_int_look(exponent, &e);
    kr_int_look(modulus, &m);
    if (!m.len) return kr_raise(vm, &kr_value_error, "pow() 3rd argument cannot be 0");
    if (e.negative) {
        KrValue inverted = inverse(vm, &x, &m);
        if (kr_is_error(inverted)) return inverted;
        base = inverted; // keeps it alive
        kr_int_look(base, &x);
    }
    KrIntResult r;
    KrLimb small[KR_INT_SCRATCH], *scratch;
    KrPoll poll = kr_int_poll(vm);
    size_t n;
    if (!kr_int_result_open(vm, &r, m.len)) return KR_ERROR;
    if (!kr_int_scratch(vm, kr_limbs_modpow_scratch(x.len, e.len, m.len), small, &scratch)) return KR_ERROR;
    if (!kr_limbs_modpow(r.limb, &n, x.limb, x.len, e.limb, e.len, m.limb, m.len, scratch, &poll)) return KR_ERROR;
    bool power_negative = x.negative && e.len && (e.limb[0] & 1);
    if (n && power_negative != m.negative) n = kr_limbs_sub(r.limb, m.limb, m.len, r.limb, n); // take the representative of the other sign
    return kr_int_result_close(&r, n, m.negative);
}
