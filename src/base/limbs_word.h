// limbs_word.h - operations on one or two machine words, and the inner loops that the files of limbs.h share.
// SPDX-License-Identifier: MIT
//
// Only limbs_*.c, hash.c and double_text_*.c include this.
#ifndef KRAIT_BASE_LIMBS_WORD_H
#define KRAIT_BASE_LIMBS_WORD_H

#include <string.h>

#include "base/limbs.h"

// Two limbs: what a product of two needs.
#if UINTPTR_MAX > UINT32_MAX
__extension__ typedef unsigned __int128 KrLimb2;
#else
typedef uint64_t KrLimb2;
#endif

#define KR_LIMB_HIGH_BIT ((KrLimb)1 << (KR_LIMB_BITS - 1))

static inline KrLimb kr_limb2_high(KrLimb2 x) { return (KrLimb)(x >> KR_LIMB_BITS); }
static inline KrLimb2 kr_limb2(KrLimb high, KrLimb low) { return (KrLimb2)high << KR_LIMB_BITS | low; }

// Zero bits above the highest 1, and below the lowest; x is not 0.
static inline unsigned kr_limb_clz(KrLimb x) {
    return sizeof x == sizeof(unsigned long long) ? (unsigned)__builtin_clzll(x) : (unsigned)__builtin_clz((unsigned)x);
}
static inline unsigned kr_limb_ctz(KrLimb x) {
    return sizeof x == sizeof(unsigned long long) ? (unsigned)__builtin_ctzll(x) : (unsigned)__builtin_ctz((unsigned)x);
}
static inline unsigned kr_u64_clz(uint64_t x) { return (unsigned)__builtin_clzll(x); }

// Low limb of a * b + add + *carry; the high one replaces *carry. In this form, compilers keep the chain from carry to carry short.
static inline KrLimb kr_limb_mul_add(KrLimb a, KrLimb b, KrLimb add, KrLimb *carry) {
    KrLimb2 p = (KrLimb2)a * b;
    KrLimb low = (KrLimb)p, high = kr_limb2_high(p);
    low += add;
    high += low < add;
    low += *carry;
    high += low < *carry;
    *carry = high;
    return low;
}

// 64 x 64 bits.
typedef struct {
    uint64_t high, low;
} KrWide;

#if UINTPTR_MAX > UINT32_MAX
static inline KrWide kr_wide_mul(uint64_t a, uint64_t b) {
    KrLimb2 p = (KrLimb2)a * b;
    return (KrWide){ (uint64_t)(p >> 64), (uint64_t)p };
}
#else
static inline KrWide kr_wide_mul(uint64_t a, uint64_t b) {
    uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
    uint64_t low = a0 * b0, mid = a1 * b0 + (low >> 32), mid2 = a0 * b1 + (uint32_t)mid;
    return (KrWide){ a1 * b1 + (mid >> 32) + (mid2 >> 32), mid2 << 32 | (uint32_t)low };
}
#endif

// --- Division by an invariant: Moeller and Granlund, "Improved division by invariant integers", 2011 ---

// (B * B - 1) / d - B for a d with its high bit set, B being one more than the largest limb.
static inline KrLimb kr_limb_reciprocal(KrLimb d) { return (KrLimb)(kr_limb2(~d, KR_LIMB_MAX) / d); }

// Quotient of high:low by d with reciprocal v, high < d; the remainder replaces *high.
static inline KrLimb kr_limb_div(KrLimb *high, KrLimb low, KrLimb d, KrLimb v) {
    KrLimb2 q = (KrLimb2)v * *high + kr_limb2(*high, low);
    KrLimb q1 = kr_limb2_high(q) + 1;
    KrLimb r = low - q1 * d;
    if (r > (KrLimb)q) q1--, r += d;
    if (KR_UNLIKELY(r >= d)) q1++, r -= d;
    *high = r;
    return q1;
}

// A divisor of one limb, for dividing by it more than once.
typedef struct {
    KrLimb d; // shifted so that its high bit is set
    KrLimb reciprocal;
    unsigned shift;
} KrLimbDivisor;

static inline KrLimbDivisor kr_limb_divisor(KrLimb d) {
    unsigned shift = kr_limb_clz(d);
    return (KrLimbDivisor){ d << shift, kr_limb_reciprocal(d << shift), shift };
}

// (rem : a) by the divisor, rem being smaller than it: quotient into q (n >= 1 limbs, may be NULL or a), remainder returned. In
// limbs_div.c.
KrLimb kr_limbs_divrem_by(KrLimb *q, const KrLimb *a, size_t n, const KrLimbDivisor *by, KrLimb rem);

// --- Inner loops, in limbs.c. n may be 0. r may start where an operand starts. ---

// r = a + b, r = a - b (+ in): the carry or borrow, 0 or 1.
KrLimb kr_limbs_add_n(KrLimb *r, const KrLimb *a, const KrLimb *b, size_t n);
KrLimb kr_limbs_sub_n(KrLimb *r, const KrLimb *a, const KrLimb *b, size_t n);
// r += a * b, r -= a * b: the limb above.
KrLimb kr_limbs_addmul_1(KrLimb *r, const KrLimb *a, size_t n, KrLimb b);
KrLimb kr_limbs_submul_1(KrLimb *r, const KrLimb *a, size_t n, KrLimb b);
// By 0 to KR_LIMB_BITS - 1 bits: the bits shifted out, at the bottom of the limb for shl, at its top for shr.
KrLimb kr_limbs_shl_n(KrLimb *r, const KrLimb *a, size_t n, unsigned bits);
KrLimb kr_limbs_shr_n(KrLimb *r, const KrLimb *a, size_t n, unsigned bits);
// a += c, a -= c over n limbs: what is left of the carry.
KrLimb kr_limbs_carry(KrLimb *a, size_t n, KrLimb c);
KrLimb kr_limbs_borrow(KrLimb *a, size_t n, KrLimb c);
// Compares n limbs, normalised or not.
int kr_limbs_cmp_n(const KrLimb *a, const KrLimb *b, size_t n);

static inline void kr_limbs_copy(KrLimb *r, const KrLimb *a, size_t n) {
    if (n && r != a) memmove(r, a, n * sizeof *r);
}
static inline void kr_limbs_zero(KrLimb *r, size_t n) {
    if (n) memset(r, 0, n * sizeof *r);
}

// --- Sizes that saturate at KR_LIMBS_TOO_MANY ---

static inline size_t kr_size_add(size_t a, size_t b) { return a > SIZE_MAX - b ? SIZE_MAX : a + b; }
static inline size_t kr_size_mul(size_t a, size_t b) { return b && a > SIZE_MAX / b ? SIZE_MAX : a * b; }
static inline size_t kr_size_max(size_t a, size_t b) { return a > b ? a : b; }
static inline size_t kr_size_min(size_t a, size_t b) { return a < b ? a : b; }
// n limbs if that many can be.
static inline size_t kr_size_limbs(size_t n) { return n > KR_LIMBS_MAX ? KR_LIMBS_TOO_MANY : n; }

#endif
