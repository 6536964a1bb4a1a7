// complex_math.c - powers of complex numbers, and the functions on doubles that they need.
//
// exp, log, sine, cosine and arc tangent are worked out in double-double arithmetic (T. J. Dekker, "A floating-point technique for
// extending the available precision", 1971): about 100 bits, so that the rounded results are the nearest doubles in all but a few cases
// in a billion.
// SPDX-License-Identifier: MIT
#include "base/double_math.h"
#include "object/number.h"

typedef struct { // hi + lo, |lo| at most half a unit of hi's last place
    double hi, lo;
} Double2;

static const Double2 half_pi = { 0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54 };
static const Double2 pi = { 0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53 };
static const double log2_high = 0x1.62e42fefa2p-1; // 40 bits, so that multiples are exact
static const Double2 log2_rest = { 0x1.9ef35793c7673p-41, 0x1.f97b57a079a19p-103 };

// ---- Double-double arithmetic ----------------------------------------------------------------------------------------------------

static Double2 quick_sum(double a, double b) { // |a| >= |b|
    double s = a + b;
    return (Double2){ s, b - (s - a) };
}

static Double2 exact_sum(double a, double b) {
    double s = a + b, t = s - a;
    return (Double2){ s, (a - (s - t)) + (b - t) };
}

static Double2 exact_product(double a, double b) {
    double p = a * b, ta = 134217729.0 * a, tb = 134217729.0 * b; // 2 ** 27 + 1 splits 53 bits into 26 and 26
    double a1 = ta - (ta - a), a2 = a - a1, b1 = tb - (tb - b), b2 = b - b1;
    return (Double2){ p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2 };
}

static Double2 add(Double2 a, Double2 b) {
    Double2 s = exact_sum(a.hi, b.hi), t = exact_sum(a.lo, b.lo);
    s = quick_sum(s.hi, s.lo + t.hi);
    return quick_sum(s.hi, s.lo + t.lo);
}

static Double2 multiply(Double2 a, Double2 b) {
    Double2 p = exact_product(a.hi, b.hi);
    return quick_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

static Double2 negate(Double2 a) { return (Double2){ -a.hi, -a.lo }; }
static Double2 scale(Double2 a, double power_of_2) { return (Double2){ a.hi * power_of_2, a.lo * power_of_2 }; }

static Double2 divide(Double2 a, Double2 b) {
    double q = a.hi / b.hi;
    Double2 rest = add(a, negate(multiply(b, (Double2){ q, 0 })));
    double q2 = rest.hi / b.hi;
    rest = add(rest, negate(multiply(b, (Double2){ q2, 0 })));
    return add(exact_sum(q, q2), (Double2){ rest.hi / b.hi, 0 });
}

static Double2 divide_by(Double2 a, double b) { return divide(a, (Double2){ b, 0 }); }

// ---- exp and log -----------------------------------------------------------------------------------------------------------------

static double exp_of(double x) {
    if (kr_isnan(x)) return x;
    if (x > 710) return kr_double_inf();
    if (x < -746) return 0;
    double k = kr_round_even(x / 0.6931471805599453);
    Double2 r = add(exact_sum(x, -k * log2_high), negate(multiply((Double2){ k, 0 }, log2_rest)));
    r = scale(r, 1.0 / 256);
    Double2 sum = { 1, 0 };
    for (int i = 12; i > 0; i--) sum = add((Double2){ 1, 0 }, divide_by(multiply(r, sum), i)); // Taylor's series, Horner's scheme
    for (int i = 0; i < 8; i++) sum = multiply(sum, sum);
    return kr_ldexp(sum.hi, (int)k);
}

static double log_of(double x) { // x > 0
    if (!kr_isfinite(x)) return x;
    int e;
    double m = kr_frexp(x, &e);
    if (m < 0.7071067811865476) m *= 2, e--;
    Double2 s = divide(exact_sum(m, -1), exact_sum(m, 1)), square = multiply(s, s), sum = { 0, 0 };
    for (int i = 45; i > 0; i -= 2) sum = add(divide_by((Double2){ 1, 0 }, i), multiply(square, sum)); // atanh(s) / s
    Double2 log_m = scale(multiply(s, sum), 2);
    Double2 log_e = add((Double2){ e * log2_high, 0 }, multiply((Double2){ e, 0 }, log2_rest));
    return add(log_e, log_m).hi;
}

// ---- Sine and cosine -------------------------------------------------------------------------------------------------------------

static const uint32_t two_over_pi[] = {
    // 2/pi, the bits behind the point
    0xA2F9836E, 0x4E441529, 0xFC2757D1, 0xF534DDC0, 0xDB629599, 0x3C439041, 0xFE5163AB, 0xDEBBC561, 0xB7246E3A, 0x424DD2E0, 0x06492EEA,
    0x09D1921C, 0xFE1DEB1C, 0xB129A73E, 0xE88235F5, 0x2EBB4484, 0xE99C7026, 0xB45F7E41, 0x3991D639, 0x835339F4, 0x9C845F8B, 0xBDF9283B,
    0x1FF897FF, 0xDE05980F, 0xEF2F118B, 0x5A0A6D1F, 0x6D367ECF, 0x27CB09B7, 0x4F463F66, 0x9E5FEA2D, 0x7527BAC7, 0xEBE5F17B, 0x3D0739F7,
    0x8A5292EA, 0x6BFB5FB1, 0x1F8D5D08, 0x56033046, 0xFC7B6BAB, 0xF0CFBC20, 0x9AF4361D, 0xA9E39161, 0x5EE61B08,
};

#define WINDOW 9            // words of 2/pi that matter for one number
#define WORDS  (WINDOW + 2) // of their product with a mantissa

// |x| = quadrant * pi/2 + result, |result| <= pi/4: the product with the bits of 2/pi that are neither multiples of 4 nor negligible
// (M. Payne, R. Hanek, "Radian reduction for trigonometric functions", 1983).
static Double2 reduce(double x, unsigned *quadrant) {
    int e;
    uint64_t m = kr_double_parts(x, &e);
    size_t first = e < 34 ? 0 : (size_t)(e - 2) / 32;
    uint32_t p[WORDS] = { 0 }; // least significant first
    for (size_t i = 0; i < WINDOW; i++) {
        uint64_t word = two_over_pi[first + WINDOW - 1 - i], carry = 0;
        for (size_t k = 0; k < 2; k++) {
            uint64_t t = word * (k ? m >> 32 : (uint32_t)m) + p[i + k] + carry;
            p[i + k] = (uint32_t)t;
            carry = t >> 32;
        }
        for (size_t k = i + 2; carry && k < WORDS; k++) {
            carry += p[k];
            p[k] = (uint32_t)carry;
            carry >>= 32;
        }
    }
    int point = 32 * (int)(first + WINDOW) - e; // bits behind the point
    Double2 fraction = { 0, 0 };
    *quadrant = 0;
    for (int i = WORDS - 1; i >= 0; i--) {
        int above = point - 32 * i; // bits of this word that belong to the fraction, if between 0 and 32
        uint64_t word = p[i];
        if (above <= 0) {
            *quadrant |= above > -32 ? (unsigned)(word << -above) : 0;
            continue;
        }
        if (above < 32) {
            *quadrant |= (unsigned)(word >> above);
            word &= ((uint64_t)1 << above) - 1;
        }
        fraction = add(fraction, (Double2){ kr_ldexp((double)word, 32 * i - point), 0 });
    }
    if (fraction.hi > 0.5) {
        fraction = add(fraction, (Double2){ -1, 0 });
        (*quadrant)++;
    }
    return multiply(fraction, half_pi);
}

// Taylor's series for |x| <= pi/4; odd: of the sine, else of the cosine.
static Double2 series(Double2 x, bool odd) {
    Double2 square = negate(multiply(x, x)), sum = { 1, 0 };
    for (int i = odd ? 27 : 26; i > 1; i -= 2) sum = add((Double2){ 1, 0 }, divide_by(multiply(square, sum), (double)i * (i - 1)));
    return odd ? multiply(x, sum) : sum;
}

static void sine_cosine(double x, Double2 *sine, Double2 *cosine) {
    if (!kr_isfinite(x)) {
        *sine = *cosine = (Double2){ kr_double_nan(), 0 };
        return;
    }
    unsigned quadrant = 0;
    Double2 r = kr_fabs(x) <= 0.7853981633974483 ? (Double2){ kr_fabs(x), 0 } : reduce(x, &quadrant);
    Double2 s = series(r, true), c = series(r, false);
    *sine = quadrant & 1 ? c : s;
    *cosine = quadrant & 1 ? s : c;
    if ((quadrant & 2) != 0) *sine = negate(*sine);
    if (((quadrant + 1) & 2) != 0) *cosine = negate(*cosine);
    if (kr_signbit(x)) *sine = negate(*sine);
}

// ---- Polar coordinates -----------------------------------------------------------------------------------------------------------

// The angle of (x, y) for 0 <= y <= x, x > 0, both near 1 or smaller.
static Double2 small_angle(double y, double x) {
    double t = y / x, a = t / (1 + 0.28 * t * t);
    for (int i = 0; i < 2; i++) { // each step has the cube of the error before
        Double2 s, c;
        sine_cosine(a, &s, &c);
        Double2 up = add(multiply((Double2){ y, 0 }, c), negate(multiply((Double2){ x, 0 }, s)));
        Double2 along = add(multiply((Double2){ x, 0 }, c), multiply((Double2){ y, 0 }, s));
        Double2 d = divide(up, along);
        Double2 third = divide_by(multiply(multiply(d, d), d), 3);
        Double2 better = add((Double2){ a, 0 }, add(d, negate(third)));
        if (i == 1) return better;
        a = better.hi;
    }
    return (Double2){ a, 0 };
}

// C99's atan2.
static double angle(double y, double x) {
    if (kr_isnan(x) || kr_isnan(y)) return kr_double_nan();
    double ax = kr_fabs(x), ay = kr_fabs(y);
    if (kr_isinf(ax) || kr_isinf(ay)) ax = kr_isinf(ax), ay = kr_isinf(ay); // only which of them is infinite matters
    bool steep = ay > ax;
    double large = steep ? ay : ax, small = steep ? ax : ay;
    Double2 a = { 0, 0 };
    if (small > 0) {
        int e, e_small;
        (void)kr_frexp(large, &e);
        (void)kr_frexp(small, &e_small);
        if (e - e_small > 120) {
            if (!steep && !kr_signbit(x)) return kr_copysign(ay / ax, y);
        } else {
            a = small_angle(kr_ldexp(small, -e), kr_ldexp(large, -e));
        }
    }
    if (steep) a = add(half_pi, negate(a));
    if (kr_signbit(x)) a = add(pi, negate(a));
    return kr_copysign(a.hi, y);
}

// C. F. Borges, "An improved algorithm for hypot(a, b)" (2019), the corrected variant without fused operations: the error is below one unit
// in the last place, and the bits are those of common C libraries.
static double corrected_hypot(double x, double y) { // x >= y > 0, squares in range
    double h = kr_sqrt(x * x + y * y), d, t1, t2;
    if (h <= 2 * y) {
        d = h - y;
        t1 = x * (2 * d - x);
        t2 = (d - 2 * (x - y)) * d;
    } else {
        d = h - x;
        t1 = 2 * d * (x - 2 * y);
        t2 = (4 * d - y) * y + d * d;
    }
    return h - (t1 + t2) / (2 * h);
}

double kr_hypot(double x, double y) {
    x = kr_fabs(x);
    y = kr_fabs(y);
    if (kr_isinf(x) || kr_isinf(y)) return kr_double_inf();
    if (kr_isnan(x) || kr_isnan(y)) return kr_double_nan();
    if (x < y) {
        double t = x;
        x = y;
        y = t;
    }
    if (y <= x * 0x1p-54) return x + y;
    int shift = x > 0x1p511 ? -600 : y < 0x1p-459 ? 600 : 0;
    if (!shift) return corrected_hypot(x, y);
    return kr_ldexp(corrected_hypot(kr_ldexp(x, shift), kr_ldexp(y, shift)), -shift);
}

// ---- Powers ----------------------------------------------------------------------------------------------------------------------

// z ** n by squaring: exact for small Gaussian integers.
static KrComplex whole_power(KrComplex z, unsigned n) {
    KrComplex r = { 1, 0 };
    for (; n; n >>= 1) {
        if (n & 1) r = kr_complex_multiply(r, z);
        z = kr_complex_multiply(z, z);
    }
    return r;
}

// exp(b * log(a)), in polar coordinates; a is not 0. False when the angle is infinite.
static bool polar_power(KrComplex a, KrComplex b, KrComplex *out) {
    double radius = kr_hypot(a.real, a.imag), at = angle(a.imag, a.real);
    double length = kr_pow(radius, b.real), phase = at * b.real;
    if (b.imag != 0) {
        length /= exp_of(at * b.imag);
        phase += b.imag * log_of(radius);
    }
    Double2 s, c;
    sine_cosine(phase, &s, &c);
    *out = (KrComplex){ length * c.hi, length * s.hi };
    return !kr_isinf(phase);
}

KrValue kr_complex_power(KrVm *vm, KrComplex a, KrComplex b) {
    static const char by_zero[] = "0.0 to a negative or complex power";
    KrComplex r;
    bool whole = b.imag == 0 && kr_fabs(b.real) <= 100 && kr_floor(b.real) == b.real;
    if (whole && b.real >= 0) {
        r = whole_power(a, (unsigned)b.real);
    } else if (whole) {
        if (!kr_complex_divide((KrComplex){ 1, 0 }, whole_power(a, (unsigned)-b.real), &r))
            return kr_raise(vm, &kr_zero_division_error, by_zero);
    } else if (a.real == 0 && a.imag == 0) {
        if (b.imag != 0 || b.real < 0) return kr_raise(vm, &kr_zero_division_error, by_zero);
        r = (KrComplex){ 0, 0 };
    } else if (!polar_power(a, b, &r)) {
        return kr_raise(vm, &kr_zero_division_error, by_zero); // CPython says so, since the C library finds sin(inf) out of its domain
    }
    if (kr_isinf(r.real) || kr_isinf(r.imag)) return kr_raise(vm, &kr_overflow_error, "complex exponentiation");
    return kr_complex(vm, r.real, r.imag);
}
