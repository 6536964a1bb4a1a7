// cmath_part.h - the functions of module cmath, for the table of the module.
// SPDX-License-Identifier: MIT
#ifndef KR_STD_CMATH_PART_H
#define KR_STD_CMATH_PART_H

#include "math_part.h"

typedef struct {
    double re, im;
} KrCmath;

typedef enum { KR_MATH_FINE, KR_MATH_DOMAIN, KR_MATH_RANGE } KrMathError;

#define KR_CMATH_FUNCTIONS(X) \
    X(acos) X(acosh) X(asin) X(asinh) X(atan) X(atanh) X(cos) X(cosh) X(exp) X(log) X(log10) X(sin) X(sinh) X(sqrt) X(tan) X(tanh)
#define X(name) KrCmath kr_cmath_##name(KrCmath z, KrMathError *error);
KR_CMATH_FUNCTIONS(X)
#undef X
KrCmath kr_cmath_rect(double radius, double angle, KrMathError *error);

#endif
