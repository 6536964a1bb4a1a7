// math_gamma.c - the gamma function and its logarithm, by the approximation of C. Lanczos ("A precision approximation of the gamma function",
// 1964) with g = 6.0246... and 13 terms as a quotient of polynomials, which P. Godfrey (2001) computed.
// SPDX-License-Identifier: MIT
#include "math_part.h"

#define LANCZOS_G 6.024680040776729583740234375

static const double numerator[] = {
    23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408
};

// x * (x + 1) * ... * (x + 11)
static const double denominator[] = {
    0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925, 66, 1
};

enum { TERMS = KR_COUNT_OF(numerator), WHOLE = 23 }; // factorials up to 22! are doubles

static double lanczos_sum(double x) { // x > 0
    double num = 0, den = 0;
    if (x < 5) {
        for (int i = TERMS; --i >= 0;) num = num * x + numerator[i], den = den * x + denominator[i];
    } else { // in powers of 1 / x, lest they overflow
        for (int i = 0; i < TERMS; i++) num = num / x + numerator[i], den = den / x + denominator[i];
    }
    return num / den;
}

static double sine_of_pi_times(double x) { // x is finite
    double y = kr_port_math.fmod(fabs(x), 2.0), r;
    switch ((int)(2.0 * y + 0.5)) {
    case 0: r = kr_port_math.sin(KR_MATH_PI * y); break;
    case 1: r = kr_port_math.cos(KR_MATH_PI * (y - 0.5)); break;
    case 2: r = kr_port_math.sin(KR_MATH_PI * (1.0 - y)); break; // not pi * (y - 1): -0.0 at the integers
    case 3: r = -kr_port_math.cos(KR_MATH_PI * (y - 1.5)); break;
    default: r = kr_port_math.sin(KR_MATH_PI * (y - 2.0)); break;
    }
    return copysign(1.0, x) * r;
}

// For |x| >= 1e-20 that is no small positive integer and below 200: reflection for negative x, whose power is taken in two halves.
static double gamma_of(double x) {
    double ax = fabs(x), y = ax + (LANCZOS_G - 0.5), z;
    if (ax > LANCZOS_G - 0.5) { // the rounding error of y
        double q = y - ax;
        z = q - (LANCZOS_G - 0.5);
    } else {
        double q = y - (LANCZOS_G - 0.5);
        z = q - ax;
    }
    z = z * LANCZOS_G / y;
    double r, sum = lanczos_sum(ax);
    if (x < 0) {
        r = -KR_MATH_PI / sine_of_pi_times(ax) / ax * kr_port_math.exp(y) / sum;
        r -= z * r;
        if (ax < 140) return r / kr_port_math.pow(y, ax - 0.5);
        double root = kr_port_math.pow(y, ax / 2 - 0.25);
        return r / root / root;
    }
    r = sum / kr_port_math.exp(y);
    r += z * r;
    if (ax < 140) return r * kr_port_math.pow(y, ax - 0.5);
    double root = kr_port_math.pow(y, ax / 2 - 0.25);
    return r * root * root;
}

KR_MATH(gamma) {
    (void)self;
    double x, r;
    if (!kr_math_real(vm, arg[0], &x)) return KR_ERROR;
    if (!isfinite(x)) return x == -INFINITY ? kr_math_domain(vm) : kr_float(vm, x);
    if (x == 0) return kr_math_domain(vm);
    bool whole = kr_port_math.floor(x) == x;
    if (whole && x < 0) return kr_math_domain(vm);
    if (whole && x <= WHOLE) {
        r = 1;
        for (int i = 2; i < (int)x; i++) r *= i;
        return kr_float(vm, r);
    }
    if (fabs(x) < 1e-20) r = 1 / x;
    else if (fabs(x) > 200) r = x < 0 ? 0 / sine_of_pi_times(x) : INFINITY;
    else r = gamma_of(x);
    return isinf(r) ? kr_math_range(vm) : kr_float(vm, r);
}

double kr_math_log_gamma(double x) {
    if (!isfinite(x)) return isnan(x) ? x : INFINITY;
    if (kr_port_math.floor(x) == x && x <= 2) return x <= 0 ? INFINITY : 0;
    double ax = fabs(x);
    if (ax < 1e-20) return -kr_port_math.log(ax);
    double r = kr_port_math.log(lanczos_sum(ax)) - LANCZOS_G;
    r += (ax - 0.5) * (kr_port_math.log(ax + LANCZOS_G - 0.5) - 1);
    if (x >= 0) return r;
    return kr_port_math.log(KR_MATH_PI) - kr_port_math.log(fabs(sine_of_pi_times(ax))) - kr_port_math.log(ax) - r; // reflection
}

KR_MATH(lgamma) {
    (void)self;
    double x;
    if (!kr_math_real(vm, arg[0], &x)) return KR_ERROR;
    if (isfinite(x) && x <= 0 && kr_port_math.floor(x) == x) return kr_math_domain(vm);
    double r = kr_math_log_gamma(x);
    return isinf(r) && isfinite(x) ? kr_math_range(vm) : kr_float(vm, r);
}
