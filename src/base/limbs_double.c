// limbs_double.c - between magnitudes and doubles, exactly rounded to nearest, ties to even.
// SPDX-License-Identifier: MIT
#include "base/limbs.h"

#include "base/double_math.h"
#include "base/limbs_word.h"

enum { TOO_LARGE = 1100 }; // beyond any double's exponent, with room for rounding

// The upper 64 bits of a, its highest bit first; *sticky: a 1 follows. a is not 0.
static uint64_t top_64(const KrLimb *a, size_t na, bool *sticky) {
    unsigned shift = kr_limb_clz(a[na - 1]);
    uint64_t top = 0;
    size_t i = na;
    unsigned have = 0; // bits of top that are filled
    while (have < 64 && i) {
        KrLimb limb = a[--i] << shift;
        if (shift && i) limb |= a[i - 1] >> (KR_LIMB_BITS - shift);
        have += KR_LIMB_BITS;
        top |= (uint64_t)limb << (64 - have);
    }
    *sticky = i && (kr_limbs_trim(a, i - 1) || (KrLimb)(a[i - 1] << shift));
    return top;
}

double kr_limbs_to_double(const KrLimb *a, size_t na) {
    if (!na) return 0;
    size_t bits = kr_limbs_bit_length(a, na);
    if (bits > TOO_LARGE) return kr_double_inf();
    bool sticky;
    uint64_t top = top_64(a, na, &sticky);
    return kr_double_from_parts(top, (int)bits - 64, sticky);
}

size_t kr_limbs_from_double(KrLimb *r, double x) {
    int exponent; // of the mantissa's lowest bit
    uint64_t mantissa = kr_double_parts(x, &exponent);
    if (exponent < -63) return 0;
    size_t n = kr_limbs_from_uint64(r, exponent < 0 ? mantissa >> -exponent : mantissa);
    return exponent <= 0 ? n : kr_limbs_shl(r, r, n, (size_t)exponent);
}

int kr_limbs_cmp_double(const KrLimb *a, size_t na, bool negative, double x) {
    if (x == 0) return !na ? 0 : negative ? -1 : 1;
    if (!na || negative != kr_signbit(x)) return kr_signbit(x) ? 1 : -1;
    int larger = negative ? -1 : 1; // the answer when |a| > |x|
    if (kr_isinf(x)) return -larger;
    KrLimb whole[KR_LIMBS_DOUBLE];
    int order = kr_limbs_cmp(a, na, whole, kr_limbs_from_double(whole, x));
    if (!order && kr_trunc(x) != x) order = -1;
    return order * larger;
}

double kr_limbs_frexp(const KrLimb *a, size_t na, size_t *exponent) {
    bool sticky;
    uint64_t top = top_64(a, na, &sticky);
    double m = kr_double_from_parts(top, -64, sticky);
    *exponent = kr_limbs_bit_length(a, na);
    if (m < 1) return m;
    ++*exponent; // rounded up to a power of two
    return 0.5;
}

// --- True division ---

// The dividend, shifted so that the quotient has 63 or 64 bits.
static size_t dividend_limbs(size_t nb) { return nb + 64 / KR_LIMB_BITS + 1; }

size_t kr_limbs_true_divide_scratch(size_t na, size_t nb) {
    if (kr_size_max(na, nb) > KR_LIMBS_MAX) return KR_LIMBS_TOO_MANY;
    size_t n = dividend_limbs(nb) + 1;
    return n + n + nb + kr_limbs_divrem_scratch(n, nb);
}

bool kr_limbs_true_divide(double *x, const KrLimb *a, size_t na, const KrLimb *b, size_t nb, KrLimb *scratch, const KrPoll *poll) {
    uint64_t ua, ub, quotient = 0;
    if (kr_limbs_to_uint64(a, na, &ua) && kr_limbs_to_uint64(b, nb, &ub) && !((ua | ub) >> 53)) // both are exact doubles
        return *x = (double)(int64_t)ua / (double)(int64_t)ub, true;
    size_t a_bits = kr_limbs_bit_length(a, na), b_bits = kr_limbs_bit_length(b, nb);
    if (!na || b_bits > a_bits + TOO_LARGE) return *x = 0, true;
    if (a_bits > b_bits + TOO_LARGE) return *x = kr_double_inf(), true;
    int shift = (int)(b_bits - a_bits) + 63;
    KrLimb *dividend = scratch, *q = dividend + dividend_limbs(nb) + 1, *rem = q + dividend_limbs(nb) + 1;
    bool sticky = false;
    size_t n = shift >= 0 ? kr_limbs_shl(dividend, a, na, (size_t)shift) : kr_limbs_shr(dividend, a, na, (size_t)-shift, &sticky);
    if (!kr_limbs_divrem(q, rem, dividend, n, b, nb, rem + nb, poll)) return false;
    kr_limbs_to_uint64(q, kr_limbs_trim(q, n - nb + 1), &quotient);
    *x = kr_double_from_parts(quotient, -shift, sticky || kr_limbs_trim(rem, nb));
    return true;
}
