// math.c - functions on doubles for module math: the core's own where it has them, else those of newlib's libm.
//
// newlib's fma() rounds twice: its result may differ in the last place.
// SPDX-License-Identifier: MIT
#include <math.h>

#include "base/double_math.h"
#include "port.h"

static double power_of_two(double x) { return kr_pow(2, x); }

#define SAME(name) .name = name,
KrPortMath kr_port_math = {
    SAME(acos) SAME(acosh) SAME(asin) SAME(asinh) SAME(atan) SAME(atanh) SAME(cbrt) SAME(cos) SAME(cosh) SAME(erf) SAME(erfc) SAME(exp)
        SAME(expm1) SAME(log) SAME(log10) SAME(log1p) SAME(log2) SAME(sin) SAME(sinh) SAME(tan) SAME(tanh) SAME(atan2) SAME(hypot) SAME(fma)
            .exp2 = power_of_two,
    .floor = kr_floor,
    .trunc = kr_trunc,
    .fmod = kr_fmod,
    .pow = kr_pow,
    .ldexp = kr_ldexp,
    .frexp = kr_frexp,
};

bool kr_port_math_open(void) { return true; }
