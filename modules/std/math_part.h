// math_part.h - what the files of the modules math and cmath share.
// SPDX-License-Identifier: MIT
#ifndef KR_STD_MATH_PART_H
#define KR_STD_MATH_PART_H

#include <math.h>

#include "krait.h"
#include "port.h"

#define KR_MATH_PI 3.141592653589793
#define KR_MATH_E  2.718281828459045

// A function of module math, as the tables of functions want it.
#define KR_MATH(name) KrValue kr_math_##name(KrVm *vm, KrValue self, const KrValue *arg)

// A real number among the arguments.
static inline KR_RAISES bool kr_math_real(KrVm *vm, KrValue v, double *x) {
    if (KR_LIKELY(kr_is_double(v))) return *x = kr_double_unbox(v), true;
    if (kr_is_int(v)) return *x = (double)kr_int_value(v), true;
    return kr_to_double(vm, v, x);
}

static inline KrValue kr_math_domain(KrVm *vm) { return kr_raise(vm, &kr_value_error, "math domain error"); }
static inline KrValue kr_math_range(KrVm *vm) { return kr_raise(vm, &kr_overflow_error, "math range error"); }

// Whether v is of that very builtin type and no subclass: then nothing that is asked of it runs Python.
static inline bool kr_math_plain(KrValue v) { return !kr_has_flag(v, KR_TYPE_HEAP); }

// The product a * b as the sum of two doubles: T. J. Dekker, "A floating-point technique for extending the available precision", 1971.
typedef struct {
    double high, low;
} KrMathPair;

static inline KrMathPair kr_math_product(double a, double b) {    // neither very large nor very small
    double p = a * b, ta = 134217729.0 * a, tb = 134217729.0 * b; // 2 ** 27 + 1 splits 53 bits into 26 and 26
    double a1 = ta - (ta - a), a2 = a - a1, b1 = tb - (tb - b), b2 = b - b1;
    return (KrMathPair){ p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2 };
}

// The items of any iterable; those of lists and tuples without an iterator.
typedef struct {
    KrValue from;
    size_t at;
    bool list, tuple;
} KrMathFeed;
bool kr_math_feed(KrVm *vm, KrValue iterable, KrMathFeed *feed) KR_RAISES;
KrValue kr_math_feed_slow(KrVm *vm, KrMathFeed *feed) KR_RAISES;
KR_RAISES static inline KrValue kr_math_next(KrVm *vm, KrMathFeed *feed) { // KR_DONE at the end
    if (KR_UNLIKELY((++feed->at & 127) == 0) && !kr_poll(vm, 128)) return KR_ERROR;
    return kr_math_feed_slow(vm, feed);
}

bool kr_math_isclose(double a, double b, double relative, double absolute);
double kr_math_log_gamma(double x); // infinity at the poles

KR_MATH(comb);
KR_MATH(dist);
KR_MATH(factorial);
KR_MATH(fsum);
KR_MATH(gamma);
KR_MATH(gcd);
KR_MATH(hypot);
KR_MATH(isqrt);
KR_MATH(lcm);
KR_MATH(lgamma);
KR_MATH(perm);
KR_MATH(prod);
KR_MATH(sumprod);

#endif
