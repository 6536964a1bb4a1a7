// double_math.c - rounding, scaling, remainder and square root of doubles, on their bits.
// SPDX-License-Identifier: MIT
#include "base/double_math.h"

#include "base/limbs_word.h"

enum {
    BIAS = 1075, // exponent field of a double whose mantissa's lowest bit counts 1
    EXP_MASK = 0x7FF,
};

static int exponent_field(uint64_t bits) { return (int)(bits >> 52) & EXP_MASK; }

uint64_t kr_double_parts(double x, int *exponent) {
    uint64_t bits = kr_double_bits(x), mantissa = bits & (KR_DOUBLE_HIDDEN - 1);
    int field = exponent_field(bits);
    *exponent = (field ? field : 1) - BIAS;
    return field ? mantissa | KR_DOUBLE_HIDDEN : mantissa;
}

double kr_double_from_parts(uint64_t mantissa, int exponent, bool sticky) {
    if (!mantissa) return 0;
    unsigned zeros = kr_u64_clz(mantissa);
    mantissa <<= zeros;
    if (exponent > 2000) return kr_double_inf();
    if (exponent < -2000) return 0;
    int field = exponent - (int)zeros + 11 + BIAS, drop = 11; // drop: bits below the result's mantissa
    if (field < 1) drop += 1 - field, field = 1;
    if (drop > 64) return 0;
    uint64_t kept = drop < 64 ? mantissa >> drop : 0, half = (uint64_t)1 << (drop - 1);
    uint64_t rest = mantissa & (half | (half - 1));
    if (rest > half || (rest == half && (sticky || (kept & 1)))) kept++;
    // A mantissa with its hidden bit counts one more in the exponent field; so does one that rounding carried over.
    if (field >= EXP_MASK) return kr_double_inf();
    return kr_double_from_bits(kept + ((uint64_t)(field - 1) << 52));
}

// --- Rounding to integers ---

// Mask of the fraction bits of a double with this exponent field: 0 if it has none, all below the sign if |x| < 1.
static uint64_t fraction_mask(int field) {
    if (field >= BIAS) return 0;
    return field < 1023 ? ~KR_DOUBLE_SIGN_BIT : ((uint64_t)1 << (BIAS - field)) - 1;
}

double kr_trunc(double x) {
    uint64_t bits = kr_double_bits(x);
    return kr_double_from_bits(bits & ~fraction_mask(exponent_field(bits)));
}

// Away from 0 if `up`, else towards it.
static double round_to(double x, bool up) {
    uint64_t bits = kr_double_bits(x), mask = fraction_mask(exponent_field(bits));
    if (!(bits & mask)) return x;
    if (exponent_field(bits) < 1023) return kr_copysign(up, x); // adding to the bits below 1 would not give 1
    return kr_double_from_bits((bits + (up ? mask : 0)) & ~mask);
}

double kr_floor(double x) { return round_to(x, kr_signbit(x)); }
double kr_ceil(double x) { return round_to(x, !kr_signbit(x)); }

double kr_round_even(double x) {
    const double shift = (double)KR_DOUBLE_HIDDEN; // a sum with it has no fraction, so it is rounded as wanted
    double magnitude = kr_fabs(x);
    if (!(magnitude < shift)) return x;
    return kr_copysign(magnitude + shift - shift, x);
}

// --- Scaling ---

double kr_ldexp(double x, int e) {
    uint64_t bits = kr_double_bits(x);
    int field = exponent_field(bits), scaled;
    if (field == EXP_MASK || x == 0) return x;
    if (e > 2200) e = 2200; // larger ones give the same
    if (e < -2200) e = -2200;
    scaled = field + e;
    if (field && scaled > 0 && scaled < EXP_MASK) return kr_double_from_bits(bits + ((uint64_t)(int64_t)e << 52));
    uint64_t mantissa = kr_double_parts(x, &field);
    return kr_copysign(kr_double_from_parts(mantissa, field + e, false), x);
}

double kr_frexp(double x, int *e) {
    *e = 0;
    if (x == 0 || !kr_isfinite(x)) return x;
    int exponent;
    uint64_t mantissa = kr_double_parts(x, &exponent);
    unsigned zeros = kr_u64_clz(mantissa);
    *e = exponent + 64 - (int)zeros;
    return kr_copysign(kr_double_from_parts(mantissa, (int)zeros - 64, false), x);
}

// --- Remainder ---

// mx * 2^shift % my, 11 bits at a time: mx < my < 2^53 leaves that much room.
static uint64_t shifted_remainder(uint64_t mx, uint64_t my, int shift) {
    mx %= my;
    while (shift > 0 && mx) {
        int step = shift < 11 ? shift : 11;
        mx = (mx << step) % my;
        shift -= step;
    }
    return mx;
}

double kr_fmod(double x, double y) {
    if (kr_isnan(x) || kr_isnan(y) || kr_isinf(x) || y == 0) return kr_double_nan();
    if (kr_fabs(x) < kr_fabs(y) || x == 0) return x;
    int ex, ey;
    uint64_t mx = kr_double_parts(x, &ex), my = kr_double_parts(y, &ey);
    // The remainder is a multiple of y's unit, and smaller than y: it is exact.
    return kr_copysign(kr_double_from_parts(shifted_remainder(mx, my, ex - ey), ey, false), x);
}

double kr_double_mod(double x, double y) {
    double rem = kr_fmod(x, y);
    if (rem == 0) return kr_copysign(0, y);
    return (rem < 0) != (y < 0) ? rem + y : rem;
}

double kr_double_floordiv(double x, double y) {
    double rem = kr_fmod(x, y), quotient = (x - rem) / y; // nearly an integer
    if (rem != 0 && (rem < 0) != (y < 0)) quotient -= 1;
    if (quotient == 0) return kr_copysign(0, x / y);
    double whole = kr_floor(quotient);
    return quotient - whole > 0.5 ? whole + 1 : whole;
}

// --- Square root ---

// Without -fno-math-errno, compilers make a library call for negative operands.
#if defined(__NO_MATH_ERRNO__) && (defined(__SSE2_MATH__) || defined(__aarch64__))
static double sqrt_positive(double x) { return __builtin_sqrt(x); }
#else
// The root of 2^62 <= n < 2^64 towards 0: Newton's iteration with no more bits of n than count (Mark Dickinson's algorithm).
static uint64_t root_64(uint64_t n) {
    uint64_t a = 1 + (n >> 62);
    a = (a << 1) + (n >> 59) / a;
    a = (a << 3) + (n >> 53) / a;
    a = (a << 7) + (n >> 41) / a;
    a = (a << 15) + (n >> 17) / a;
    return a * a - 1 >= n ? a - 1 : a; // a is 2^32 at most, whose square wraps to 0
}

// The root of mantissa * 2^46: 55 bits and whether something remains. With mantissa = r^2 + rem, it is near
// r * 2^23 + q, q = rem * 2^22 / r, and 2^24 times that division's remainder, less q^2, remains.
static double sqrt_positive(double x) {
    int e;
    uint64_t mantissa = kr_double_parts(x, &e);
    unsigned zeros = kr_u64_clz(mantissa);
    mantissa <<= zeros;
    e -= (int)zeros;
    if (e & 1) mantissa >>= 1, e++; // its lowest bit is 0: the mantissa had 53 bits
    uint64_t r = root_64(mantissa), rem = (mantissa - r * r) << 22, q = rem / r, root = (r << 23) + q;
    int64_t left = (int64_t)((rem - q * r) << 24) - (int64_t)(q * q);
    if (left < 0) root--, left += (int64_t)(2 * root + 1);
    return kr_double_from_parts(root, (e + 64) / 2 - 55, left != 0);
}
#endif

double kr_sqrt(double x) {
    if (x > 0 && kr_isfinite(x)) return sqrt_positive(x);
    return x < 0 ? kr_double_nan() : x;
}
