// limbs_root.c - the integer square root.
// SPDX-License-Identifier: MIT
#include "base/limbs.h"

#include "base/limbs_word.h"

// Mark Dickinson's algorithm: with 2^2c <= n < 2^(2c+2), Newton's iteration doubles the bits of the root each time, on no more
// bits of n than count; d bits are known when n's upper 2 d + 2 bits have been used. The last root may be one too large.

// The first steps, in machine words: d <= 31, n has 2 d + 2 bits.
static uint64_t root_start(uint64_t n, unsigned d) {
    uint64_t a = 1;
    unsigned known = 0, steps = 0;
    while (d >> steps) steps++;
    while (steps--) {
        unsigned e = known;
        known = d >> steps;
        a = (a << (known - e - 1)) + (n >> (2 * d - e - known + 1)) / a;
    }
    return a;
}

// n >> bits, into r; r has room for it.
static size_t take_top(KrLimb *r, const KrLimb *a, size_t na, size_t bits) { return kr_limbs_shr(r, a, na, bits, NULL); }

// Next root = (root << up) + (a >> down) / root. top, quotient: scratch.
static bool root_step(KrLimb *root, size_t *nroot, size_t up, const KrLimb *a, size_t na, size_t down, KrLimb *scratch,
                      const KrPoll *poll) {
    KrLimb *top = scratch;
    size_t ntop = take_top(top, a, na, down);
    KrLimb *quotient = top + ntop, *rem = quotient + ntop - *nroot + 1;
    if (!kr_limbs_divrem(quotient, rem, top, ntop, root, *nroot, rem + *nroot, poll)) return false;
    size_t nq = kr_limbs_trim(quotient, ntop - *nroot + 1);
    *nroot = kr_limbs_shl(root, root, *nroot, up);
    *nroot = kr_limbs_add(root, root, *nroot, quotient, nq);
    return true;
}

// The root, some limbs longer than the result while it grows; the operands of a step, and the division's scratch.
size_t kr_limbs_isqrt_scratch(size_t na) {
    if (na > KR_LIMBS_MAX) return KR_LIMBS_TOO_MANY;
    size_t root = na / 2 + 4;
    return kr_size_limbs(root + 3 * na + 8 + kr_size_max(kr_limbs_divrem_scratch(na, root), kr_limbs_mul_scratch(root, root)));
}

bool kr_limbs_isqrt(KrLimb *r, size_t *nr, const KrLimb *a, size_t na, KrLimb *scratch, const KrPoll *poll) {
    if (!na) return *nr = 0, true;
    size_t c = (kr_limbs_bit_length(a, na) - 1) / 2, steps = 0, d, nroot;
    while ((c >> steps) > 31) steps++;
    d = c >> steps;
    KrLimb *root = scratch;
    scratch += na / 2 + 4;
    uint64_t top;
    kr_limbs_to_uint64(scratch, take_top(scratch, a, na, 2 * (c - d)), &top);
    nroot = kr_limbs_from_uint64(root, root_start(top, (unsigned)d));
    while (steps--) {
        size_t known = d;
        d = c >> steps;
        if (!root_step(root, &nroot, d - known - 1, a, na, 2 * c - known - d + 1, scratch, poll)) return false;
    }
    if (!kr_limbs_sqr(scratch, root, nroot, scratch + 2 * nroot, poll)) return false;
    if (kr_limbs_cmp(scratch, kr_limbs_trim(scratch, 2 * nroot), a, na) > 0) nroot = kr_limbs_sub_1(root, root, nroot, 1);
    kr_limbs_copy(r, root, nroot);
    *nr = nroot;
    return true;
}
