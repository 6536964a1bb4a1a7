// cmath_function.c - the elementary functions of complex numbers: formulas that neither overflow nor cancel where the result does not.
//
// The inverse functions are W. Kahan's ("Branch cuts for complex elementary functions", 1987); where a part is infinite or a NaN, results are
// those of C99's annex G, from tables.
// SPDX-License-Identifier: MIT
#include <float.h>

#include "cmath_part.h"

#define M             kr_port_math
#define LARGE         (DBL_MAX / 4.0)
#define LN_2          0.6931471805599453
#define LN_10         2.302585092994046
#define LOG_LARGE     708.3964185322641 // log(LARGE)
#define SQRT_LARGE    6.703903964971298e+153
#define SQRT_SMALLEST 1.4916681462400413e-154 // of DBL_MIN

// ---- Values where a part is not finite -------------------------------------------------------------------------------------------

// Seven rows by the real part, of seven pairs by the imaginary one: -inf, negative, -0.0, 0.0, positive, inf, NaN.
typedef enum { ACOS, ACOSH, ASINH, ATANH, COSH, EXP, LOG, SINH, SQRT, TANH, RECT } Table;

static const char special[][7][15] = {
    [ACOS] = { "TIPIPIPiPiTiNI", "HI........HiNN", "HI........HiHN", "HI........HiHN", "HI........HiNN", "QI0I0I0i0iQiNI",
               "NINNNNNNNNNiNN" },
    [ACOSH] = { "ItIpIpIPIPITIN", "Ih........IHNN", "Ih........IHNN", "Ih........IHNN", "Ih........IHNN", "IqIoIoI0I0IQIN",
                "INNNNNNNNNINNN" },
    [ASINH] = { "iqioioi0i0iQiN", "ih........iHNN", "ih........iHNN", "Ih........IHNN", "Ih........IHNN", "IqIoIoI0I0IQIN",
                "INNNNoN0NNINNN" },
    [ATANH] = { "ohohohoHoHoHoN", "oh........oHNN", "oh........oHoN", "0h........0H0N", "0h........0HNN", "0h0h0h0H0H0H0N",
                "0hNNNNNNNN0HNN" },
    [COSH] = { "NNIII0IoIiNNIN", "NN........NNNN", "NN........NNN0", "NN........NNN0", "NN........NNNN", "NNIiIoI0IINNIN",
               "NNNNN0N0NNNNNN" },
    [EXP] = { "000o0o00000000", "NN........NNNN", "NN........NNNN", "NN........NNNN", "NN........NNNN", "NNIiIoI0IINNIN",
              "NNNNNoN0NNNNNN" },
    [LOG] = { "ItIpIpIPIPITIN", "Ih........IHNN", "Ih........IHNN", "Ih........IHNN", "Ih........IHNN", "IqIoIoI0I0IQIN",
              "INNNNNNNNNINNN" },
    [SINH] = { "NNiiioi0iINNIN", "NN........NNNN", "NN........NN0N", "NN........NN0N", "NN........NNNN", "NNIiIoI0IINNIN",
               "NNNNNoN0NNNNNN" },
    [SQRT] = { "Ii0i0i0I0IIINI", "Ii........IINN", "Ii........IINN", "Ii........IINN", "Ii........IINN", "IiIoIoI0I0IIIN",
               "IiNNNNNNNNIINN" },
    [TANH] = { "m0momom0m0m0m0", "NN........NNNN", "NN........NNNN", "NN........NNNN", "NN........NNNN", "101o1o10101010",
               "NNNNNoN0NNNNNN" },
    [RECT] = { "NNiIi0ioiiNNIN", "NN........NNNN", "00........0000", "00........0000", "NN........NNNN", "NNIiIoI0IINNIN",
               "NNNNN0N0NNNNNN" },
};

static double decode(char c) {
    static const double value[] = { ['0'] = 0.0,
                                    ['o'] = -0.0,
                                    ['I'] = INFINITY,
                                    ['i'] = -INFINITY,
                                    ['P'] = KR_MATH_PI,
                                    ['p'] = -KR_MATH_PI,
                                    ['H'] = KR_MATH_PI / 2,
                                    ['h'] = -KR_MATH_PI / 2,
                                    ['Q'] = KR_MATH_PI / 4,
                                    ['q'] = -KR_MATH_PI / 4,
                                    ['T'] = 3 * KR_MATH_PI / 4,
                                    ['t'] = -3 * KR_MATH_PI / 4,
                                    ['1'] = 1.0,
                                    ['m'] = -1.0,
                                    ['N'] = NAN };
    return value[(unsigned char)c];
}

static unsigned kind_of(double x) {
    if (isnan(x)) return 6;
    if (isinf(x)) return x < 0 ? 0 : 5;
    return x == 0 ? (signbit(x) ? 2 : 3) : x < 0 ? 1 : 4;
}

static bool finite(KrCmath z) { return isfinite(z.re) && isfinite(z.im); }

static KrCmath special_value(Table table, double x, double y) {
    const char *row = special[table][kind_of(x)] + 2 * kind_of(y);
    return (KrCmath){ decode(row[0]), decode(row[1]) };
}

// Of the functions that turn around a circle, where the radius is infinite: along the angle, in the directions of its sine and cosine.
static KrCmath infinitely_far(double angle, double radius, double sign_re, double sign_im) {
    return (KrCmath){ sign_re * copysign(radius, M.cos(angle)), sign_im * copysign(radius, M.sin(angle)) };
}

static bool far_at_angle(double x, double angle) { return isinf(x) && isfinite(angle) && angle != 0; }

static KrCmath overflowed(KrCmath z, KrMathError *error) {
    if (isinf(z.re) || isinf(z.im)) *error = KR_MATH_RANGE;
    return z;
}

// ---- Roots and logarithms --------------------------------------------------------------------------------------------------------

KrCmath kr_cmath_sqrt(KrCmath z, KrMathError *error) {
    (void)error;
    double ax = fabs(z.re), ay = fabs(z.im), s;
    if (!finite(z)) return special_value(SQRT, z.re, z.im);
    if (z.re == 0 && z.im == 0) return (KrCmath){ 0, z.im };
    if (ax < DBL_MIN && ay < DBL_MIN) { // subnormal: by an odd power of 2, which the root and the final division make even
        ax = M.ldexp(ax, 53);
        s = M.ldexp(__builtin_sqrt(ax + M.hypot(ax, M.ldexp(ay, 53))), -27);
    } else {
        ax /= 8;
        s = 2 * __builtin_sqrt(ax + M.hypot(ax, ay / 8));
    }
    double d = ay / (2 * s);
    return z.re >= 0 ? (KrCmath){ s, copysign(d, z.im) } : (KrCmath){ d, copysign(s, z.im) };
}

KrCmath kr_cmath_log(KrCmath z, KrMathError *error) {
    double ax = fabs(z.re), ay = fabs(z.im), re;
    if (!finite(z)) return special_value(LOG, z.re, z.im);
    if (ax > LARGE || ay > LARGE) {
        re = M.log(M.hypot(ax / 2, ay / 2)) + LN_2;
    } else if (ax < DBL_MIN && ay < DBL_MIN) {
        if (ax == 0 && ay == 0) *error = KR_MATH_DOMAIN;
        re = ax > 0 || ay > 0 ? M.log(M.hypot(M.ldexp(ax, DBL_MANT_DIG), M.ldexp(ay, DBL_MANT_DIG))) - DBL_MANT_DIG * LN_2 : -INFINITY;
    } else {
        double h = M.hypot(ax, ay), more = ax > ay ? ax : ay, less = ax > ay ? ay : ax;
        re = h >= 0.71 && h <= 1.73 ? M.log1p((more - 1) * (more + 1) + less * less) / 2 : M.log(h);
    }
    return (KrCmath){ re, M.atan2(z.im, z.re) };
}

KrCmath kr_cmath_log10(KrCmath z, KrMathError *error) {
    KrCmath r = kr_cmath_log(z, error);
    return (KrCmath){ r.re / LN_10, r.im / LN_10 };
}

KrCmath kr_cmath_exp(KrCmath z, KrMathError *error) {
    if (!finite(z)) {
        if (isinf(z.im) && (isfinite(z.re) || z.re == INFINITY)) *error = KR_MATH_DOMAIN;
        return far_at_angle(z.re, z.im) ? infinitely_far(z.im, z.re > 0 ? INFINITY : 0, 1, 1) : special_value(EXP, z.re, z.im);
    }
    bool large = z.re > LOG_LARGE;
    double length = M.exp(large ? z.re - 1 : z.re), more = large ? KR_MATH_E : 1;
    return overflowed((KrCmath){ length * M.cos(z.im) * more, length * M.sin(z.im) * more }, error);
}

// ---- Hyperbolic and trigonometric functions --------------------------------------------------------------------------------------

KrCmath kr_cmath_cosh(KrCmath z, KrMathError *error) {
    if (!finite(z)) {
        if (isinf(z.im) && !isnan(z.re)) *error = KR_MATH_DOMAIN;
        return far_at_angle(z.re, z.im) ? infinitely_far(z.im, INFINITY, 1, z.re > 0 ? 1 : -1) : special_value(COSH, z.re, z.im);
    }
    bool large = fabs(z.re) > LOG_LARGE;
    double x = large ? z.re - copysign(1.0, z.re) : z.re, more = large ? KR_MATH_E : 1;
    return overflowed((KrCmath){ M.cos(z.im) * M.cosh(x) * more, M.sin(z.im) * M.sinh(x) * more }, error);
}

KrCmath kr_cmath_sinh(KrCmath z, KrMathError *error) {
    if (!finite(z)) {
        if (isinf(z.im) && !isnan(z.re)) *error = KR_MATH_DOMAIN;
        return far_at_angle(z.re, z.im) ? infinitely_far(z.im, INFINITY, z.re > 0 ? 1 : -1, 1) : special_value(SINH, z.re, z.im);
    }
    bool large = fabs(z.re) > LOG_LARGE;
    double x = large ? z.re - copysign(1.0, z.re) : z.re, more = large ? KR_MATH_E : 1;
    return overflowed((KrCmath){ M.cos(z.im) * M.sinh(x) * more, M.sin(z.im) * M.cosh(x) * more }, error);
}

KrCmath kr_cmath_tanh(KrCmath z, KrMathError *error) {
    if (!finite(z)) {
        if (isinf(z.im) && isfinite(z.re)) *error = KR_MATH_DOMAIN;
        if (far_at_angle(z.re, z.im)) return (KrCmath){ z.re > 0 ? 1 : -1, copysign(0.0, 2.0 * M.sin(z.im) * M.cos(z.im)) };
        return special_value(TANH, z.re, z.im);
    }
    if (fabs(z.re) > LOG_LARGE) return (KrCmath){ copysign(1.0, z.re), 4.0 * M.sin(z.im) * M.cos(z.im) * M.exp(-2.0 * fabs(z.re)) };
    double tx = M.tanh(z.re), ty = M.tan(z.im), cx = 1.0 / M.cosh(z.re), product = tx * ty, below = 1.0 + product * product;
    return (KrCmath){ tx * (1.0 + ty * ty) / below, ((ty / below) * cx) * cx };
}

static KrCmath times_i(KrCmath z) { return (KrCmath){ -z.im, z.re }; }
static KrCmath over_i(KrCmath z) { return (KrCmath){ z.im, -z.re }; }

KrCmath kr_cmath_cos(KrCmath z, KrMathError *error) { return kr_cmath_cosh(times_i(z), error); }
KrCmath kr_cmath_sin(KrCmath z, KrMathError *error) { return over_i(kr_cmath_sinh(times_i(z), error)); }
KrCmath kr_cmath_tan(KrCmath z, KrMathError *error) { return over_i(kr_cmath_tanh(times_i(z), error)); }

// ---- Inverse functions -----------------------------------------------------------------------------------------------------------

static bool large(KrCmath z) { return fabs(z.re) > LARGE || fabs(z.im) > LARGE; }
static double log_of_large(KrCmath z) { return M.log(M.hypot(z.re / 2, z.im / 2)) + LN_2 * 2; } // of 2 * |z|

KrCmath kr_cmath_acos(KrCmath z, KrMathError *error) {
    if (!finite(z)) return special_value(ACOS, z.re, z.im);
    if (large(z)) {
        double length = log_of_large(z);
        return (KrCmath){ M.atan2(fabs(z.im), z.re), z.re < 0 ? -copysign(length, z.im) : copysign(length, -z.im) };
    }
    KrCmath a = kr_cmath_sqrt((KrCmath){ 1 - z.re, -z.im }, error), b = kr_cmath_sqrt((KrCmath){ 1 + z.re, z.im }, error);
    return (KrCmath){ 2 * M.atan2(a.re, b.re), M.asinh(b.re * a.im - b.im * a.re) };
}

KrCmath kr_cmath_acosh(KrCmath z, KrMathError *error) {
    if (!finite(z)) return special_value(ACOSH, z.re, z.im);
    if (large(z)) return (KrCmath){ log_of_large(z), M.atan2(z.im, z.re) };
    KrCmath a = kr_cmath_sqrt((KrCmath){ z.re - 1, z.im }, error), b = kr_cmath_sqrt((KrCmath){ z.re + 1, z.im }, error);
    return (KrCmath){ M.asinh(a.re * b.re + a.im * b.im), 2 * M.atan2(a.im, b.re) };
}

KrCmath kr_cmath_asinh(KrCmath z, KrMathError *error) {
    if (!finite(z)) return special_value(ASINH, z.re, z.im);
    if (large(z)) {
        double length = log_of_large(z);
        return (KrCmath){ z.im >= 0 ? copysign(length, z.re) : -copysign(length, -z.re), M.atan2(z.im, fabs(z.re)) };
    }
    KrCmath a = kr_cmath_sqrt((KrCmath){ 1 + z.im, -z.re }, error), b = kr_cmath_sqrt((KrCmath){ 1 - z.im, z.re }, error);
    return (KrCmath){ M.asinh(a.re * b.im - b.re * a.im), M.atan2(z.im, a.re * b.re - a.im * b.im) };
}

KrCmath kr_cmath_atanh(KrCmath z, KrMathError *error) {
    if (!finite(z)) return special_value(ATANH, z.re, z.im);
    if (signbit(z.re)) {
        KrCmath r = kr_cmath_atanh((KrCmath){ -z.re, -z.im }, error);
        return (KrCmath){ -r.re, -r.im };
    }
    double ay = fabs(z.im);
    if (z.re > SQRT_LARGE || ay > SQRT_LARGE) {
        double h = M.hypot(z.re / 2, z.im / 2);
        return (KrCmath){ z.re / 4 / h / h, -copysign(KR_MATH_PI / 2, -z.im) };
    }
    if (z.re == 1 && ay < SQRT_SMALLEST) {
        if (ay == 0) *error = KR_MATH_DOMAIN;
        if (ay == 0) return (KrCmath){ INFINITY, z.im };
        return (KrCmath){ -M.log(__builtin_sqrt(ay) / __builtin_sqrt(M.hypot(ay, 2))), copysign(M.atan2(2, -ay) / 2, z.im) };
    }
    double rest = 1 - z.re;
    return (KrCmath){ M.log1p(4 * z.re / (rest * rest + ay * ay)) / 4, -M.atan2(-2 * z.im, rest * (1 + z.re) - ay * ay) / 2 };
}

KrCmath kr_cmath_asin(KrCmath z, KrMathError *error) { return over_i(kr_cmath_asinh(times_i(z), error)); }
KrCmath kr_cmath_atan(KrCmath z, KrMathError *error) { return over_i(kr_cmath_atanh(times_i(z), error)); }

// ---- Polar coordinates -----------------------------------------------------------------------------------------------------------

KrCmath kr_cmath_rect(double radius, double angle, KrMathError *error) {
    if (!isfinite(radius) || !isfinite(angle)) {
        if (radius != 0 && !isnan(radius) && isinf(angle)) *error = KR_MATH_DOMAIN;
        double sign = radius > 0 ? 1 : -1;
        return far_at_angle(radius, angle) ? infinitely_far(angle, INFINITY, sign, sign) : special_value(RECT, radius, angle);
    }
    if (angle == 0) return (KrCmath){ radius, radius * angle };
    return (KrCmath){ radius * M.cos(angle), radius * M.sin(angle) };
}
