// double_math.h - the functions on doubles that the core needs, without libm. The same bits on every target.
// SPDX-License-Identifier: MIT
//
// double is IEEE 754 binary64, rounding to nearest, evaluated without excess precision. None of these sets errno or raises:
// callers look at the result. Work is done by double_math.c and double_math_pow.c.
#ifndef KRAIT_BASE_DOUBLE_MATH_H
#define KRAIT_BASE_DOUBLE_MATH_H

#include <string.h>

#include "krait_config.h"

static inline uint64_t kr_double_bits(double x) {
    uint64_t bits;
    KR_COPY_FIXED(&bits, &x, sizeof bits);
    return bits;
}

static inline double kr_double_from_bits(uint64_t bits) {
    double x;
    KR_COPY_FIXED(&x, &bits, sizeof x);
    return x;
}

#define KR_DOUBLE_SIGN_BIT ((uint64_t)1 << 63)
#define KR_DOUBLE_HIDDEN   ((uint64_t)1 << 52) // the leading 1 that is not stored
#define KR_DOUBLE_INF_BITS ((uint64_t)0x7FF << 52)
#define KR_DOUBLE_NAN_BITS ((uint64_t)0xFFF << 51) // the positive quiet NaN

static inline double kr_double_inf(void) { return kr_double_from_bits(KR_DOUBLE_INF_BITS); }
static inline double kr_double_nan(void) { return kr_double_from_bits(KR_DOUBLE_NAN_BITS); }
static inline bool kr_isnan(double x) { return x != x; }
static inline bool kr_isinf(double x) { return (kr_double_bits(x) & ~KR_DOUBLE_SIGN_BIT) == KR_DOUBLE_INF_BITS; }
static inline bool kr_isfinite(double x) { return (kr_double_bits(x) & KR_DOUBLE_INF_BITS) != KR_DOUBLE_INF_BITS; }
static inline bool kr_signbit(double x) { return (kr_double_bits(x) & KR_DOUBLE_SIGN_BIT) != 0; }
static inline double kr_fabs(double x) { return kr_double_from_bits(kr_double_bits(x) & ~KR_DOUBLE_SIGN_BIT); }
static inline double kr_copysign(double x, double sign) {
    return kr_double_from_bits((kr_double_bits(x) & ~KR_DOUBLE_SIGN_BIT) | (kr_double_bits(sign) & KR_DOUBLE_SIGN_BIT));
}

// |x| == result * 2 ** *exponent, x finite; the mantissa has 53 bits unless x is subnormal or zero.
uint64_t kr_double_parts(double x, int *exponent);
// mantissa * 2 ** exponent, plus less than one unit of the mantissa if sticky; rounded to nearest, ties to even, once. With
// sticky, the mantissa must have 55 bits or more. Infinity when too large.
double kr_double_from_parts(uint64_t mantissa, int exponent, bool sticky);

// Towards 0, minus infinity, plus infinity; and to nearest, ties to even. -0.0, infinities and NaNs stay what they are.
double kr_trunc(double x);
double kr_floor(double x);
double kr_ceil(double x);
double kr_round_even(double x);

// x * 2 ** e, rounded once, also into the subnormals; infinity when too large.
double kr_ldexp(double x, int e);
// x == result * 2 ** *e with 0.5 <= |result| < 1; zeros, infinities and NaNs are returned with *e = 0.
double kr_frexp(double x, int *e);

// C99's fmod, exact, with the sign of x; NaN for x infinite or y zero.
double kr_fmod(double x, double y);
// Correctly rounded; NaN for negative x (but -0.0 for -0.0).
double kr_sqrt(double x);

// C99's pow: exact results are exact, others have an error well below one unit in the last place. NaN for a negative x and a
// y that is not an integer; infinity for overflow and for a zero x with negative y.
double kr_pow(double x, double y);

// Python's float % and //: the remainder has the sign of y, the quotient is floored. y is not 0.
double kr_double_mod(double x, double y);
double kr_double_floordiv(double x, double y);

#endif
