// math_module.c - the math module: functions of one or two real numbers, and the table of all. Others are in the math_*.c beside it.
// SPDX-License-Identifier: MIT
#include "math_part.h"

// A result of libm as Python has it: a NaN or an infinity that did not come from one is an error.
static KR_NOINLINE KrValue odd_result(KrVm *vm, double x, double r, bool overflows) {
    if (isnan(r) && !isnan(x)) return kr_math_domain(vm);
    if (isinf(r) && isfinite(x)) return overflows ? kr_math_range(vm) : kr_math_domain(vm);
    return kr_float(vm, r);
}

static inline KrValue checked(KrVm *vm, double x, double r, bool overflows) {
    return KR_LIKELY(isfinite(r)) ? kr_float(vm, r) : odd_result(vm, x, r, overflows);
}

#define FUNCTION(name) static KrValue math_##name(KrVm *vm, KrValue self, const KrValue *arg)

// ---- One number of libm ----------------------------------------------------------------------------------------------------------

// clang-format off
#define PLAIN(X) \
    X(acos) X(acosh) X(asin) X(asinh) X(atan) X(atanh) X(cbrt) X(cos) X(erf) X(erfc) X(log1p) X(sin) X(tan) X(tanh)
#define OVERFLOWING(X) X(cosh) X(exp) X(exp2) X(expm1) X(sinh)
// clang-format on

#define ROW(name, overflows) \
    FUNCTION(name) { \
        double x; \
        (void)self; \
        return kr_math_real(vm, arg[0], &x) ? checked(vm, x, kr_port_math.name(x), overflows) : KR_ERROR; \
    }
#define X(name) ROW(name, false)
PLAIN(X)
#undef X
#define X(name) ROW(name, true)
OVERFLOWING(X)
#undef X

FUNCTION(sqrt) {
    double x;
    (void)self;
    if (!kr_math_real(vm, arg[0], &x)) return KR_ERROR;
    return KR_LIKELY(x >= 0) || isnan(x) ? kr_float(vm, __builtin_sqrt(x)) : kr_math_domain(vm);
}

// ---- Logarithms, which also take ints that are no doubles ------------------------------------------------------------------------

static bool log_of(KrVm *vm, KrValue v, double (*log_function)(double), double *out) {
    double x;
    int64_t small;
    if (kr_is_integer(v) && !kr_int_fits(v, &small)) {
        size_t exponent;
        if (kr_int_is_negative(v)) return kr_fail(kr_math_domain(vm));
        x = kr_int_frexp(v, &exponent);
        *out =
            exponent <= 1023 ? log_function(kr_port_math.ldexp(x, (int)exponent)) : log_function(x) + log_function(2.0) * (double)exponent;
        return true;
    }
    if (!kr_math_real(vm, v, &x)) return false;
    *out = log_function(x);
    return isfinite(*out) || !kr_is_error(odd_result(vm, x, *out, false));
}

FUNCTION(log) {
    double x, base;
    (void)self;
    if (!log_of(vm, arg[0], kr_port_math.log, &x)) return KR_ERROR;
    if (kr_is_unset(arg[1])) return kr_float(vm, x);
    if (!log_of(vm, arg[1], kr_port_math.log, &base)) return KR_ERROR;
    return base == 0 ? kr_raise(vm, &kr_zero_division_error, "float division by zero") : kr_float(vm, x / base);
}

FUNCTION(log2) {
    double r;
    return (void)self, log_of(vm, arg[0], kr_port_math.log2, &r) ? kr_float(vm, r) : KR_ERROR;
}

FUNCTION(log10) {
    double r;
    return (void)self, log_of(vm, arg[0], kr_port_math.log10, &r) ? kr_float(vm, r) : KR_ERROR;
}

// ---- Two numbers -----------------------------------------------------------------------------------------------------------------

static KR_RAISES bool two(KrVm *vm, const KrValue *arg, double *x, double *y) {
    return kr_math_real(vm, arg[0], x) && kr_math_real(vm, arg[1], y);
}

FUNCTION(atan2) {
    double y, x;
    return (void)self, two(vm, arg, &y, &x) ? kr_float(vm, kr_port_math.atan2(y, x)) : KR_ERROR;
}

FUNCTION(copysign) {
    double x, sign;
    return (void)self, two(vm, arg, &x, &sign) ? kr_float(vm, copysign(x, sign)) : KR_ERROR;
}

FUNCTION(pow) {
    double x, y;
    (void)self;
    if (!two(vm, arg, &x, &y)) return KR_ERROR;
    double r = kr_port_math.pow(x, y);
    if (isfinite(r) || !isfinite(x) || !isfinite(y)) return kr_float(vm, r);
    return isnan(r) || x == 0 ? kr_math_domain(vm) : kr_math_range(vm);
}

FUNCTION(fmod) {
    double x, y;
    (void)self;
    if (!two(vm, arg, &x, &y)) return KR_ERROR;
    if (isinf(y) && isfinite(x)) return kr_float(vm, x);
    double r = kr_port_math.fmod(x, y);
    return isnan(r) && !isnan(x) && !isnan(y) ? kr_math_domain(vm) : kr_float(vm, r);
}

// IEEE 754's remainder of finite numbers, y not 0: x - n * y, n being the integer nearest to x / y, of two the even one. Exact.
static double nearest_remainder(double x, double y) {
    double ax = fabs(x), ay = fabs(y), m = kr_port_math.fmod(ax, ay), c = ay - m, r;
    if (m < c) r = m;
    else if (m > c) r = -c;
    else r = m - 2.0 * kr_port_math.fmod(0.5 * (ax - m), ay); // m is half of ay: is the quotient odd?
    return copysign(1.0, x) * r;
}

FUNCTION(remainder) {
    double x, y;
    (void)self;
    if (!two(vm, arg, &x, &y)) return KR_ERROR;
    if (isnan(x) || isnan(y)) return kr_float(vm, isnan(x) ? x : y);
    if (isinf(x) || y == 0) return kr_math_domain(vm);
    return kr_float(vm, isinf(y) ? x : nearest_remainder(x, y));
}

FUNCTION(fma) {
    double x, y, z;
    (void)self;
    if (!two(vm, arg, &x, &y) || !kr_math_real(vm, arg[2], &z)) return KR_ERROR;
    double r = kr_port_math.fma(x, y, z);
    if (isnan(r) && !isnan(x) && !isnan(y) && !isnan(z)) return kr_raise(vm, &kr_value_error, "invalid operation in fma");
    if (isinf(r) && isfinite(x) && isfinite(y) && isfinite(z)) return kr_raise(vm, &kr_overflow_error, "overflow in fma");
    return kr_float(vm, r);
}

bool kr_math_isclose(double a, double b, double relative, double absolute) {
    if (a == b) return true;
    if (isinf(a) || isinf(b)) return false;
    double difference = fabs(b - a);
    return difference <= fabs(relative * b) || difference <= fabs(relative * a) || difference <= absolute;
}

FUNCTION(isclose) {
    double a, b, relative, absolute;
    (void)self;
    if (!two(vm, arg, &a, &b) || !two(vm, arg + 2, &relative, &absolute)) return KR_ERROR;
    if (relative < 0 || absolute < 0) return kr_raise(vm, &kr_value_error, "tolerances must be non-negative");
    return kr_bool(kr_math_isclose(a, b, relative, absolute));
}

// ---- Parts and neighbours of a double --------------------------------------------------------------------------------------------

static uint64_t bits_of(double x) {
    uint64_t bits;
    return memcpy(&bits, &x, sizeof bits), bits;
}

static double of_bits(uint64_t bits) {
    double x;
    return memcpy(&x, &bits, sizeof x), x;
}

#define SIGN ((uint64_t)1 << 63)

// Doubles, but for NaNs, in their order; both zeros are 0.
static int64_t place_of(double x) {
    uint64_t bits = bits_of(x);
    return bits & SIGN ? -(int64_t)(bits & ~SIGN) : (int64_t)bits;
}

// The double `steps` places from x towards y, at most y; a zero on the way has the sign of x.
static double walk(double x, double y, uint64_t steps) {
    int64_t from = place_of(x), to = place_of(y);
    uint64_t distance = to > from ? (uint64_t)to - (uint64_t)from : (uint64_t)from - (uint64_t)to;
    if (steps == 0) return x;
    if (steps >= distance) return y;
    int64_t at = to > from ? (int64_t)((uint64_t)from + steps) : (int64_t)((uint64_t)from - steps);
    if (at == 0) return copysign(0.0, x);
    return at < 0 ? of_bits((uint64_t)-at | SIGN) : of_bits((uint64_t)at);
}

FUNCTION(nextafter) {
    double x, y;
    uint64_t steps = 1;
    (void)self;
    if (!two(vm, arg, &x, &y)) return KR_ERROR;
    if (!kr_is_none(arg[2])) {
        KrValue given = kr_index(vm, arg[2]);
        if (kr_is_error(given)) return given;
        if (kr_int_is_negative(given)) return kr_raise(vm, &kr_value_error, "steps must be a non-negative integer");
        if (!kr_int_fits_u64(given, &steps)) steps = UINT64_MAX;
    }
    if (isnan(x) || isnan(y)) return kr_float(vm, steps == 0 || isnan(x) ? x : y);
    double r = walk(x, y, steps);
    if (kr_is_none(arg[2]) && r == 0 && x != y) r = copysign(0.0, x); // as C's nextafter
    return kr_float(vm, r);
}

FUNCTION(ulp) {
    double x;
    (void)self;
    if (!kr_math_real(vm, arg[0], &x)) return KR_ERROR;
    x = fabs(x);
    if (!isfinite(x)) return kr_float(vm, x);
    double above = of_bits(bits_of(x) + 1);
    return kr_float(vm, isinf(above) ? x - of_bits(bits_of(x) - 1) : above - x);
}

FUNCTION(fabs) {
    double x;
    return (void)self, kr_math_real(vm, arg[0], &x) ? kr_float(vm, fabs(x)) : KR_ERROR;
}

static KrValue pair(KrVm *vm, KrValue a, KrValue b) {
    KrValue item[2] = { a, b };
    return kr_is_error(a) || kr_is_error(b) ? KR_ERROR : kr_tuple(vm, 2, item);
}

FUNCTION(frexp) {
    double x;
    int exponent = 0;
    (void)self;
    if (!kr_math_real(vm, arg[0], &x)) return KR_ERROR;
    if (isfinite(x) && x != 0) x = kr_port_math.frexp(x, &exponent);
    return pair(vm, kr_float(vm, x), kr_int_box(exponent));
}

FUNCTION(modf) {
    double x;
    (void)self;
    if (!kr_math_real(vm, arg[0], &x)) return KR_ERROR;
    if (isnan(x)) return pair(vm, kr_float(vm, x), kr_float(vm, x));
    double whole = kr_port_math.trunc(x);
    return pair(vm, kr_float(vm, copysign(isinf(x) ? 0.0 : x - whole, x)), kr_float(vm, whole));
}

FUNCTION(ldexp) {
    double x;
    int64_t i;
    (void)self;
    if (!kr_math_real(vm, arg[0], &x)) return KR_ERROR;
    if (!kr_is_integer(arg[1])) return kr_raise(vm, &kr_type_error, "Expected an int as second argument to ldexp.");
    if (!kr_int_fits(arg[1], &i)) i = kr_int_is_negative(arg[1]) ? INT64_MIN : INT64_MAX;
    if (x == 0 || !isfinite(x)) return kr_float(vm, x);
    double r = kr_port_math.ldexp(x, i < -5000 ? -5000 : i > 5000 ? 5000 : (int)i);
    return isinf(r) ? kr_math_range(vm) : kr_float(vm, r);
}

// ---- Integers near by ------------------------------------------------------------------------------------------------------------

static KrValue whole_number(KrVm *vm, double x) { // that has no fraction
    return fabs(x) < 0x1p62 ? kr_int(vm, (int64_t)x) : kr_int_from_double(vm, x);
}

static KrValue by_method(KrVm *vm, KrValue v, const char *method) { // KR_UNSET: there is none
    KrValue name = kr_name(vm, method);
    return kr_is_error(name) ? name : kr_try_special(vm, v, name, 0, NULL);
}

static KrValue rounded(KrVm *vm, KrValue v, const char *method, double (*round)(double)) {
    double x;
    if (kr_is_int(v)) return v;
    if (!kr_is_float(v) || kr_has_flag(v, KR_TYPE_HEAP)) {
        KrValue r = by_method(vm, v, method);
        if (!kr_is_unset(r)) return r;
    }
    return kr_math_real(vm, v, &x) ? whole_number(vm, round(x)) : KR_ERROR;
}

FUNCTION(floor) { return (void)self, rounded(vm, arg[0], "__floor__", kr_port_math.floor); }

static double ceiling(double x) { return -kr_port_math.floor(-x); }
FUNCTION(ceil) { return (void)self, rounded(vm, arg[0], "__ceil__", ceiling); }

FUNCTION(trunc) {
    (void)self;
    if (kr_is_double(arg[0])) return whole_number(vm, kr_port_math.trunc(kr_double_unbox(arg[0])));
    KrValue r = kr_is_int(arg[0]) ? arg[0] : by_method(vm, arg[0], "__trunc__");
    return kr_is_unset(r) ? kr_raise(vm, &kr_type_error, "type %T doesn't define __trunc__ method", arg[0]) : r;
}

// ---- Angles and predicates -------------------------------------------------------------------------------------------------------

FUNCTION(degrees) {
    double x;
    return (void)self, kr_math_real(vm, arg[0], &x) ? kr_float(vm, x * (180.0 / KR_MATH_PI)) : KR_ERROR;
}

FUNCTION(radians) {
    double x;
    return (void)self, kr_math_real(vm, arg[0], &x) ? kr_float(vm, x * (KR_MATH_PI / 180.0)) : KR_ERROR;
}

FUNCTION(isfinite) {
    double x;
    return (void)self, kr_math_real(vm, arg[0], &x) ? kr_bool(isfinite(x)) : KR_ERROR;
}

FUNCTION(isinf) {
    double x;
    return (void)self, kr_math_real(vm, arg[0], &x) ? kr_bool(isinf(x)) : KR_ERROR;
}

FUNCTION(isnan) {
    double x;
    return (void)self, kr_math_real(vm, arg[0], &x) ? kr_bool(isnan(x)) : KR_ERROR;
}

// ---- The module ------------------------------------------------------------------------------------------------------------------

static const KrMethod functions[] = {
    { "acos(x, /)", math_acos, KR_DOC("Return the arc cosine of x, in radians from 0 to pi."), 0 },
    { "acosh(x, /)", math_acosh, KR_DOC("Return the inverse hyperbolic cosine of x."), 0 },
    { "asin(x, /)", math_asin, KR_DOC("Return the arc sine of x, in radians from -pi/2 to pi/2."), 0 },
    { "asinh(x, /)", math_asinh, KR_DOC("Return the inverse hyperbolic sine of x."), 0 },
    { "atan(x, /)", math_atan, KR_DOC("Return the arc tangent of x, in radians from -pi/2 to pi/2."), 0 },
    { "atan2(y, x, /)", math_atan2, KR_DOC("Return the angle of the point (x, y), in radians from -pi to pi."), 0 },
    { "atanh(x, /)", math_atanh, KR_DOC("Return the inverse hyperbolic tangent of x."), 0 },
    { "cbrt(x, /)", math_cbrt, KR_DOC("Return the cube root of x."), 0 },
    { "ceil(x, /)", math_ceil, KR_DOC("Return the smallest integer that is at least x; x.__ceil__() if there is one."), 0 },
    { "copysign(x, y, /)", math_copysign, KR_DOC("Return the absolute value of x with the sign of y, as a float."), 0 },
    { "cos(x, /)", math_cos, KR_DOC("Return the cosine of x, which is in radians."), 0 },
    { "cosh(x, /)", math_cosh, KR_DOC("Return the hyperbolic cosine of x."), 0 },
    { "degrees(x, /)", math_degrees, KR_DOC("Convert the angle x from radians to degrees."), 0 },
    { "dist(p, q, /)", kr_math_dist, KR_DOC("Return the distance between two points, which are sequences of as many coordinates."), 0 },
    { "erf(x, /)", math_erf, KR_DOC("Error function at x."), 0 },
    { "erfc(x, /)", math_erfc, KR_DOC("Complementary error function at x: 1 - erf(x), precise also for large x."), 0 },
    { "exp(x, /)", math_exp, KR_DOC("Return e raised to the power of x."), 0 },
    { "exp2(x, /)", math_exp2, KR_DOC("Return 2 raised to the power of x."), 0 },
    { "expm1(x, /)", math_expm1, KR_DOC("Return exp(x) - 1, precise also for small x."), 0 },
    { "fabs(x, /)", math_fabs, KR_DOC("Return the absolute value of x as a float."), 0 },
    { "factorial(n, /)", kr_math_factorial, KR_DOC("Find n!, the product of the integers from 1 to n."), 0 },
    { "floor(x, /)", math_floor, KR_DOC("Return the largest integer that is at most x; x.__floor__() if there is one."), 0 },
    { "fma(x, y, z, /)", math_fma, KR_DOC("Return (x * y) + z, rounded once."), 0 },
    { "fmod(x, y, /)", math_fmod, KR_DOC("Return the remainder of x / y as C has it: with the sign of x."), 0 },
    { "frexp(x, /)", math_frexp, KR_DOC("Return (m, e) with x == m * 2**e and 0.5 <= abs(m) < 1; (x, 0) for 0, infinities and NaNs."), 0 },
    { "fsum(seq, /)", kr_math_fsum, KR_DOC("Return the sum of the numbers in seq, exact but for one rounding."), 0 },
    { "gamma(x, /)", kr_math_gamma, KR_DOC("Gamma function at x."), 0 },
    { "gcd(*integers)", kr_math_gcd, KR_DOC("Greatest common divisor."), 0 },
    { "hypot(*coordinates)", kr_math_hypot, KR_DOC("Return the distance of a point from the origin: sqrt(x*x + y*y + ...)."), 0 },
    { "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", math_isclose,
      KR_DOC(
          "Determine whether two numbers are close: they differ by at most rel_tol times the larger magnitude, or by at most abs_tol.\n\n"
          "NaNs are close to nothing, infinities to themselves."),
      0 },
    { "isfinite(x, /)", math_isfinite, KR_DOC("Return True if x is neither an infinity nor a NaN."), 0 },
    { "isinf(x, /)", math_isinf, KR_DOC("Return True if x is an infinity, positive or negative."), 0 },
    { "isnan(x, /)", math_isnan, KR_DOC("Return True if x is a NaN (not a number)."), 0 },
    { "isqrt(n, /)", kr_math_isqrt, KR_DOC("Return the square root of the integer n, rounded towards 0."), 0 },
    { "comb(n, k, /)", kr_math_comb, KR_DOC("Number of ways to choose k items of n, without repetition and without order."), 0 },
    { "lcm(*integers)", kr_math_lcm, KR_DOC("Least common multiple."), 0 },
    { "ldexp(x, i, /)", math_ldexp, KR_DOC("Return x * (2**i), the inverse of frexp()."), 0 },
    { "lgamma(x, /)", kr_math_lgamma, KR_DOC("Natural logarithm of the absolute value of the gamma function at x."), 0 },
    { "log(x, base=<unset>, /)", math_log, KR_DOC("Return the logarithm of x to the given base; without a base, the natural one."), 0 },
    { "log10(x, /)", math_log10, KR_DOC("Return the base 10 logarithm of x."), 0 },
    { "log1p(x, /)", math_log1p, KR_DOC("Return the natural logarithm of 1 + x, precise also for small x."), 0 },
    { "log2(x, /)", math_log2, KR_DOC("Return the base 2 logarithm of x."), 0 },
    { "modf(x, /)", math_modf, KR_DOC("Return the fractional and integer parts of x, both floats with the sign of x."), 0 },
    { "nextafter(x, y, /, *, steps=None)", math_nextafter, KR_DOC("Return the float that is steps (or one) floats after x towards y."), 0 },
    { "perm(n, k=None, /)", kr_math_perm, KR_DOC("Number of ways to choose k items (or all) of n, without repetition and with order."), 0 },
    { "pow(x, y, /)", math_pow, KR_DOC("Return x to the power of y, as a float."), 0 },
    { "prod(iterable, /, *, start=1)", kr_math_prod, KR_DOC("Return the product of start and all items of an iterable."), 0 },
    { "radians(x, /)", math_radians, KR_DOC("Convert the angle x from degrees to radians."), 0 },
    { "remainder(x, y, /)", math_remainder, KR_DOC("Return the difference between x and the integer multiple of y that is nearest to it."),
      0 },
    { "sin(x, /)", math_sin, KR_DOC("Return the sine of x, which is in radians."), 0 },
    { "sinh(x, /)", math_sinh, KR_DOC("Return the hyperbolic sine of x."), 0 },
    { "sqrt(x, /)", math_sqrt, KR_DOC("Return the square root of x."), 0 },
    { "sumprod(p, q, /)", kr_math_sumprod,
      KR_DOC("Return the sum of the products of two iterables' items, in extended precision if these are floats."), 0 },
    { "tan(x, /)", math_tan, KR_DOC("Return the tangent of x, which is in radians."), 0 },
    { "tanh(x, /)", math_tanh, KR_DOC("Return the hyperbolic tangent of x."), 0 },
    { "trunc(x, /)", math_trunc, KR_DOC("Cut the fraction off x: x.__trunc__()."), 0 },
    { "ulp(x, /)", math_ulp, KR_DOC("Return the value of the least significant bit of the float x."), 0 },
    { 0 },
};

static const KrConst constants[] = {
    { "pi", KR_CONST_FLOAT, { .d = KR_MATH_PI } },
    { "e", KR_CONST_FLOAT, { .d = KR_MATH_E } },
    { "tau", KR_CONST_FLOAT, { .d = 2 * KR_MATH_PI } },
    { "inf", KR_CONST_FLOAT, { .d = INFINITY } },
    { "nan", KR_CONST_FLOAT, { .d = NAN } },
    { 0 },
};

static bool math_init(KrVm *vm, KrValue module) {
    (void)module;
    return kr_port_math_open() || kr_fail(kr_raise(vm, &kr_import_error, "this system has no mathematical functions"));
}

const KrModuleDef kr_math_module = { "math", KR_DOC("Functions of real numbers, as C has them, and of integers."), functions, constants,
                                     math_init };
