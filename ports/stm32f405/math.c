// math.c - the functions of newlib's libm for module math.
// SPDX-License-Identifier: MIT
#include <math.h>

#include "port.h"

#define X(name) .name = name,
KrPortMath kr_port_math = { KR_PORT_MATH_1(X) KR_PORT_MATH_2(X).fma = fma, .ldexp = ldexp, .frexp = frexp };
#undef X

bool kr_port_math_open(void) { return true; }
