// cmath_module.c - the cmath module: its functions are in cmath_function.c, here are arguments, errors and the table.
// SPDX-License-Identifier: MIT
#include "cmath_part.h"

#define FUNCTION(name) static KrValue cmath_##name(KrVm *vm, KrValue self, const KrValue *arg)

static KrValue result(KrVm *vm, KrCmath z, KrMathError error) {
    if (error == KR_MATH_FINE) return kr_complex(vm, z.re, z.im);
    return error == KR_MATH_DOMAIN ? kr_math_domain(vm) : kr_math_range(vm);
}

static KrValue apply(KrVm *vm, KrValue v, KrCmath (*function)(KrCmath, KrMathError *)) {
    KrCmath z;
    KrMathError error = KR_MATH_FINE;
    if (!kr_to_complex(vm, v, &z.re, &z.im)) return KR_ERROR;
    z = function(z, &error);
    return result(vm, z, error);
}

#define ROW(name) \
    FUNCTION(name) { return (void)self, apply(vm, arg[0], kr_cmath_##name); }
ROW(acos)
ROW(acosh)
ROW(asin)
ROW(asinh)
ROW(atan)
ROW(atanh)
ROW(cos)
ROW(cosh)
ROW(exp)
ROW(log10)
ROW(sin)
ROW(sinh)
ROW(sqrt)
ROW(tan)
ROW(tanh)

FUNCTION(log) {
    (void)self;
    KrCmath z, base;
    KrMathError error = KR_MATH_FINE;
    if (!kr_to_complex(vm, arg[0], &z.re, &z.im)) return KR_ERROR;
    z = kr_cmath_log(z, &error);
    if (kr_is_unset(arg[1])) return result(vm, z, error);
    if (!kr_to_complex(vm, arg[1], &base.re, &base.im)) return KR_ERROR;
    base = kr_cmath_log(base, &error);
    if (error != KR_MATH_FINE || (base.re == 0 && base.im == 0)) return kr_math_domain(vm);
    KrValue over = kr_complex(vm, z.re, z.im), under = kr_complex(vm, base.re, base.im);
    return kr_is_error(over) || kr_is_error(under) ? KR_ERROR : kr_binary(vm, KR_TRUEDIV, over, under);
}

FUNCTION(phase) {
    double re, im;
    return (void)self, kr_to_complex(vm, arg[0], &re, &im) ? kr_float(vm, kr_port_math.atan2(im, re)) : KR_ERROR;
}

FUNCTION(polar) {
    double re, im;
    (void)self;
    if (!kr_to_complex(vm, arg[0], &re, &im)) return KR_ERROR;
    double length = kr_port_math.hypot(re, im);
    if (isinf(length) && isfinite(re) && isfinite(im)) return kr_math_range(vm);
    KrValue pair[2] = { kr_float(vm, length), kr_float(vm, kr_port_math.atan2(im, re)) };
    return kr_is_error(pair[0]) || kr_is_error(pair[1]) ? KR_ERROR : kr_tuple(vm, 2, pair);
}

FUNCTION(rect) {
    double radius, angle;
    KrMathError error = KR_MATH_FINE;
    (void)self;
    if (!kr_math_real(vm, arg[0], &radius) || !kr_math_real(vm, arg[1], &angle)) return KR_ERROR;
    KrCmath z = kr_cmath_rect(radius, angle, &error);
    return result(vm, z, error);
}

FUNCTION(isfinite) {
    double re, im;
    return (void)self, kr_to_complex(vm, arg[0], &re, &im) ? kr_bool(isfinite(re) && isfinite(im)) : KR_ERROR;
}

FUNCTION(isinf) {
    double re, im;
    return (void)self, kr_to_complex(vm, arg[0], &re, &im) ? kr_bool(isinf(re) || isinf(im)) : KR_ERROR;
}

FUNCTION(isnan) {
    double re, im;
    return (void)self, kr_to_complex(vm, arg[0], &re, &im) ? kr_bool(isnan(re) || isnan(im)) : KR_ERROR;
}

FUNCTION(isclose) {
    KrCmath a, b;
    double relative, absolute;
    (void)self;
    if (!kr_to_complex(vm, arg[0], &a.re, &a.im) || !kr_to_complex(vm, arg[1], &b.re, &b.im)) return KR_ERROR;
    if (!kr_math_real(vm, arg[2], &relative) || !kr_math_real(vm, arg[3], &absolute)) return KR_ERROR;
    if (relative < 0 || absolute < 0) return kr_raise(vm, &kr_value_error, "tolerances must be non-negative");
    if (a.re == b.re && a.im == b.im) return KR_TRUE;
    if (isinf(a.re) || isinf(a.im) || isinf(b.re) || isinf(b.im)) return KR_FALSE;
    double difference = kr_port_math.hypot(a.re - b.re, a.im - b.im);
    return kr_bool(difference <= relative * kr_port_math.hypot(b.re, b.im) || difference <= relative * kr_port_math.hypot(a.re, a.im) ||
                   difference <= absolute);
}

static const KrMethod functions[] = {
    { "acos(z, /)", cmath_acos, KR_DOC("Return the arc cosine of z."), 0 },
    { "acosh(z, /)", cmath_acosh, KR_DOC("Return the inverse hyperbolic cosine of z."), 0 },
    { "asin(z, /)", cmath_asin, KR_DOC("Return the arc sine of z."), 0 },
    { "asinh(z, /)", cmath_asinh, KR_DOC("Return the inverse hyperbolic sine of z."), 0 },
    { "atan(z, /)", cmath_atan, KR_DOC("Return the arc tangent of z."), 0 },
    { "atanh(z, /)", cmath_atanh, KR_DOC("Return the inverse hyperbolic tangent of z."), 0 },
    { "cos(z, /)", cmath_cos, KR_DOC("Return the cosine of z."), 0 },
    { "cosh(z, /)", cmath_cosh, KR_DOC("Return the hyperbolic cosine of z."), 0 },
    { "exp(z, /)", cmath_exp, KR_DOC("Return e to the power of z."), 0 },
    { "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", cmath_isclose,
      KR_DOC("Determine whether two complex numbers are close: their distance is at most rel_tol times the larger length, or at most "
             "abs_tol."),
      0 },
    { "isfinite(z, /)", cmath_isfinite, KR_DOC("Return True if both parts of z are finite."), 0 },
    { "isinf(z, /)", cmath_isinf, KR_DOC("Return True if a part of z is infinite."), 0 },
    { "isnan(z, /)", cmath_isnan, KR_DOC("Return True if a part of z is not a number (NaN)."), 0 },
    { "log(z, base=<unset>, /)", cmath_log, KR_DOC("Return the logarithm of z to the given base; without a base, the natural one."), 0 },
    { "log10(z, /)", cmath_log10, KR_DOC("Return the base 10 logarithm of z."), 0 },
    { "phase(z, /)", cmath_phase, KR_DOC("Return the angle of z, from -pi to pi."), 0 },
    { "polar(z, /)", cmath_polar, KR_DOC("Return the length and the angle of z: (abs(z), phase(z))."), 0 },
    { "rect(r, phi, /)", cmath_rect, KR_DOC("Return the number of length r at angle phi."), 0 },
    { "sin(z, /)", cmath_sin, KR_DOC("Return the sine of z."), 0 },
    { "sinh(z, /)", cmath_sinh, KR_DOC("Return the hyperbolic sine of z."), 0 },
    { "sqrt(z, /)", cmath_sqrt, KR_DOC("Return the square root of z."), 0 },
    { "tan(z, /)", cmath_tan, KR_DOC("Return the tangent of z."), 0 },
    { "tanh(z, /)", cmath_tanh, KR_DOC("Return the hyperbolic tangent of z."), 0 },
    { 0 },
};

static KrValue make_infj(KrVm *vm) { return kr_complex(vm, 0, INFINITY); }
static KrValue make_nanj(KrVm *vm) { return kr_complex(vm, 0, NAN); }

static const KrConst constants[] = {
    { "pi", KR_CONST_FLOAT, { .d = KR_MATH_PI } },
    { "e", KR_CONST_FLOAT, { .d = KR_MATH_E } },
    { "tau", KR_CONST_FLOAT, { .d = 2 * KR_MATH_PI } },
    { "inf", KR_CONST_FLOAT, { .d = INFINITY } },
    { "nan", KR_CONST_FLOAT, { .d = NAN } },
    { "infj", KR_CONST_MAKE, { .make = make_infj } },
    { "nanj", KR_CONST_MAKE, { .make = make_nanj } },
    { 0 },
};

static bool cmath_init(KrVm *vm, KrValue module) {
    (void)module;
    return kr_port_math_open() || kr_fail(kr_raise(vm, &kr_import_error, "this system has no mathematical functions"));
}

const KrModuleDef kr_cmath_module = { "cmath", KR_DOC("Functions of complex numbers."), functions, constants, cmath_init };
