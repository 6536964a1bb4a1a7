// int_theory.c - what module math asks of ints of any size: common divisors, square roots, and the mantissa for logarithms.
// SPDX-License-Identifier: MIT
#include "object/number.h"

bool kr_int_fits_u64(KrValue v, uint64_t *out) {
    KrIntView view;
    kr_int_look(v, &view);
    return !view.negative && kr_limbs_to_uint64(view.limb, view.len, out);
}

double kr_int_frexp(KrValue v, size_t *exponent) {
    KrIntView view;
    kr_int_look(v, &view);
    return kr_limbs_frexp(view.limb, view.len, exponent);
}

KrValue kr_int_gcd(KrVm *vm, KrValue a, KrValue b) {
    KrIntView x, y;
    KrIntResult r;
    KrLimb small[KR_INT_SCRATCH], *scratch;
    KrPoll poll = kr_int_poll(vm);
    size_t n;
    kr_int_look(a, &x);
    kr_int_look(b, &y);
    if (!kr_int_result_open(vm, &r, x.len > y.len ? x.len : y.len)) return KR_ERROR;
    if (!kr_int_scratch(vm, kr_limbs_gcd_scratch(x.len, y.len), small, &scratch)) return KR_ERROR;
    if (!kr_limbs_gcd(r.limb, &n, x.limb, x.len, y.limb, y.len, scratch, &poll)) return KR_ERROR;
    return kr_int_result_close(&r, n, false);
}

KrValue kr_int_isqrt(KrVm *vm, KrValue v) {
    KrIntView x;
    KrIntResult r;
    KrLimb small[KR_INT_SCRATCH], *scratch;
    KrPoll poll = kr_int_poll(vm);
    size_t n;
    kr_int_look(v, &x);
    if (!kr_int_result_open(vm, &r, x.len / 2 + 1)) return KR_ERROR;
    if (!kr_int_scratch(vm, kr_limbs_isqrt_scratch(x.len), small, &scratch)) return KR_ERROR;
    if (!kr_limbs_isqrt(r.limb, &n, x.limb, x.len, scratch, &poll)) return KR_ERROR;
    return kr_int_result_close(&r, n, false);
}
