// limbs_div.c - quotients and remainders: by one limb, schoolbook, and recursive for long operands.
// SPDX-License-Identifier: MIT
//
// Divisors are shifted so that their high bit is set. The dividend is divided in place: its low limbs end as the remainder.
// Sources: Knuth, The Art of Computer Programming, 4.3.1 D; Moeller and Granlund, "Improved division by invariant integers",
// 2011; Burnikel and Ziegler, "Fast recursive division", 1998, in the form of Brent and Zimmermann, Modern Computer Arithmetic.
#include "base/limbs.h"

#include "base/limbs_word.h"

enum {
    RECURSIVE = 40,    // limbs of the divisor from which a quotient of as many limbs is divided into halves
    BLOCK_MIN = 20,    // limbs of the quotient from which a longer divisor is divided by its top first
    POLL_WORK = 8192,  // limb products between polls
    ROW_LIMBS = 2048,  // a divisor this long is multiplied by kr_limbs_mul, which polls, however short the quotient
    POLL_CHUNK = 4096, // limbs divided by one limb between polls
};

typedef struct {
    const KrLimb *b; // the divisor, its high bit set
    size_t nb;
    KrLimb v; // reciprocal of its top two limbs
    KrLimb *scratch;
    const KrPoll *poll;
} Divisor;

// --- One limb ---

KrLimb kr_limbs_divrem_by(KrLimb *q, const KrLimb *a, size_t n, const KrLimbDivisor *by, KrLimb rem) {
    const unsigned shift = by->shift, other = (KR_LIMB_BITS - shift) % KR_LIMB_BITS;
    const KrLimb mask = shift ? KR_LIMB_MAX : 0; // without a shift, nothing comes from the limb below
    KrLimb next = a[n - 1], r = rem << shift | (next >> other & mask);
    for (size_t i = n; i--;) {
        KrLimb low = next << shift;
        next = i ? a[i - 1] : 0;
        KrLimb digit = kr_limb_div(&r, low | (next >> other & mask), by->d, by->reciprocal);
        if (q) q[i] = digit;
    }
    return r >> shift;
}

KrLimb kr_limbs_divrem_1(KrLimb *q, const KrLimb *a, size_t na, KrLimb d) {
    KrLimb rem = 0;
    if (na && a[na - 1] < d) {
        rem = a[--na];
        if (q) q[na] = 0;
    }
    if (!na) return rem;
    if (na == 1 && !rem) {
        KrLimb limb = a[0];
        if (q) q[0] = limb / d;
        return limb % d;
    }
    KrLimbDivisor by = kr_limb_divisor(d);
    return kr_limbs_divrem_by(q, a, na, &by, rem);
}

static bool divrem_1_polled(KrLimb *q, KrLimb *rem, const KrLimb *a, size_t na, KrLimb d, const KrPoll *poll) {
    size_t i = na - na % POLL_CHUNK;
    *rem = kr_limbs_divrem_1(q + i, a + i, na - i, d);
    if (!i) return true;
    KrLimbDivisor by = kr_limb_divisor(d);
    while (i) {
        if (!kr_limbs_poll(poll)) return false;
        i -= POLL_CHUNK;
        *rem = kr_limbs_divrem_by(q + i, a + i, POLL_CHUNK, &by, *rem);
    }
    return true;
}

// --- Schoolbook ---

// The reciprocal of two limbs, the higher with its high bit set: (B^3 - 1) / (d1 B + d0) - B.
static KrLimb reciprocal_2(KrLimb d1, KrLimb d0) {
    KrLimb v = kr_limb_reciprocal(d1), p = d1 * v + d0;
    if (p < d0) {
        v--;
        if (p >= d1) v--, p -= d1;
        p -= d1;
    }
    KrLimb2 t = (KrLimb2)v * d0;
    p += kr_limb2_high(t);
    if (p < kr_limb2_high(t)) {
        v--;
        if (kr_limb2(p, (KrLimb)t) >= kr_limb2(d1, d0)) v--;
    }
    return v;
}

// Quotient of high:low by d, high < d; the remainder replaces *high.
static inline KrLimb divide_3_by_2(KrLimb2 *high, KrLimb low, KrLimb2 d, KrLimb v) {
    KrLimb u2 = kr_limb2_high(*high), u1 = (KrLimb)*high, d1 = kr_limb2_high(d);
    KrLimb2 q = (KrLimb2)v * u2 + *high;
    KrLimb q1 = kr_limb2_high(q), q0 = (KrLimb)q;
    KrLimb2 r = kr_limb2(u1 - q1 * d1, low) - (KrLimb2)(KrLimb)d * q1 - d;
    q1++;
    if (kr_limb2_high(r) >= q0) q1--, r += d;
    if (KR_UNLIKELY(r >= d)) q1++, r -= d;
    *high = r;
    return q1;
}

// One digit: a[0..nb] divided by b, the quotient being known to fit a limb.
static inline KrLimb div_digit(KrLimb *a, const KrLimb *b, size_t nb, KrLimb2 d, KrLimb v) {
    KrLimb2 high = kr_limb2(a[nb], a[nb - 1]);
    if (KR_UNLIKELY(high == d)) { // then the digit is the largest limb
        a[nb] -= kr_limbs_submul_1(a, b, nb, KR_LIMB_MAX);
        return KR_LIMB_MAX;
    }
    KrLimb q = divide_3_by_2(&high, a[nb - 2], d, v);
    KrLimb borrow = nb > 2 ? kr_limbs_submul_1(a, b, nb - 2, q) : 0;
    bool too_large = high < borrow;
    high -= borrow;
    a[nb - 2] = (KrLimb)high, a[nb - 1] = kr_limb2_high(high), a[nb] = 0;
    if (KR_UNLIKELY(too_large)) {
        q--;
        kr_limbs_add_n(a, a, b, nb);
    }
    return q;
}

// na - nb digits into q; the digit above them, 0 or 1, into *top. nb >= 2.
static bool div_base(KrLimb *q, KrLimb *top, KrLimb *a, size_t na, const KrLimb *b, size_t nb, const Divisor *div) {
    KrLimb2 d = kr_limb2(b[nb - 1], b[nb - 2]);
    size_t work = 0;
    KrLimb *high = a + na - nb;
    *top = kr_limbs_cmp_n(high, b, nb) >= 0;
    if (*top) kr_limbs_sub_n(high, high, b, nb);
    for (size_t i = na - nb; i--;) {
        q[i] = div_digit(a + i, b, nb, d, div->v);
        work += nb;
        if (work < POLL_WORK) continue;
        work = 0;
        if (!kr_limbs_poll(div->poll)) return false;
    }
    return true;
}

// --- Recursive ---

static bool div_balanced(KrLimb *q, KrLimb *top, KrLimb *a, const KrLimb *b, size_t n, const Divisor *div);

// The quotient's m digits q and *top were found with the top of b alone: takes q times the rest of b, its low nlow limbs, off
// a[0..m + nlow), and corrects what was too large.
static bool div_correct(KrLimb *q, KrLimb *top, size_t m, KrLimb *a, const KrLimb *b, size_t nlow, const Divisor *div) {
    size_t n = m + nlow;
    KrLimb *product = div->scratch;
    if (!kr_limbs_mul(product, q, m, b, nlow, product + n, div->poll)) return false;
    KrLimb borrow = kr_limbs_sub_n(a, a, product, n);
    if (*top) borrow += kr_limbs_sub_n(a + m, a + m, b, nlow);
    while (borrow) { // at most twice
        *top -= kr_limbs_borrow(q, m, 1);
        borrow -= kr_limbs_add_n(a, a, b, n);
    }
    return true;
}

// a[0..nb + m) by b, m <= nb: m digits and *top.
static bool div_block(KrLimb *q, KrLimb *top, KrLimb *a, size_t m, const KrLimb *b, size_t nb, const Divisor *div) {
    size_t low = nb - m;
    if (m < 2 || (m < BLOCK_MIN && nb < ROW_LIMBS)) return div_base(q, top, a, nb + m, b, nb, div);
    if (!div_balanced(q, top, a + low, b + low, m, div)) return false;
    return !low || div_correct(q, top, m, a, b, low, div);
}

// a[0..2n) by b of n limbs: half of the digits, then the other half.
static bool div_balanced(KrLimb *q, KrLimb *top, KrLimb *a, const KrLimb *b, size_t n, const Divisor *div) {
    if (n < RECURSIVE) return div_base(q, top, a, 2 * n, b, n, div);
    size_t low = n / 2;
    KrLimb none; // the lower half has no digit above it
    return div_block(q + low, top, a + low, n - low, b, n, div) && div_block(q, &none, a, low, b, n, div);
}

// a[0..na) by b, na - nb digits and *top.
static bool div_any(KrLimb *q, KrLimb *top, KrLimb *a, size_t na, const Divisor *div) {
    size_t nb = div->nb, i = na - nb, first = i % nb;
    if (!i) return div_base(q, top, a, na, div->b, nb, div);
    if (!first) first = nb;
    i -= first;
    if (!div_block(q + i, top, a + i, first, div->b, nb, div)) return false;
    while (i) {
        KrLimb none;
        if (!kr_limbs_poll(div->poll)) return false;
        i -= nb;
        if (!div_block(q + i, &none, a + i, nb, div->b, nb, div)) return false;
    }
    return true;
}

// A shifted copy of both; the recursion's products take nb limbs, and up to 4 nb + 8 to compute.
size_t kr_limbs_divrem_scratch(size_t na, size_t nb) {
    if (kr_size_max(na, nb) > KR_LIMBS_MAX) return KR_LIMBS_TOO_MANY;
    if (nb < 2) return 0;
    return na + 1 + nb + (nb < BLOCK_MIN ? 0 : 5 * nb + 16);
}

bool kr_limbs_divrem(KrLimb *q, KrLimb *rem, const KrLimb *a, size_t na, const KrLimb *b, size_t nb, KrLimb *scratch, const KrPoll *poll) {
    if (nb == 1) return divrem_1_polled(q, rem, a, na, b[0], poll);
    unsigned shift = kr_limb_clz(b[nb - 1]);
    KrLimb *a_shifted = scratch, *b_shifted = scratch + na + 1;
    a_shifted[na] = kr_limbs_shl_n(a_shifted, a, na, shift);
    kr_limbs_shl_n(b_shifted, b, nb, shift);
    KrLimb v = reciprocal_2(b_shifted[nb - 1], b_shifted[nb - 2]), top;
    Divisor div = { b_shifted, nb, v, b_shifted + nb, poll };
    if (a_shifted[na]) { // then the digit above the others is 0
        if (!div_any(q, &top, a_shifted, na + 1, &div)) return false;
    } else {
        if (!div_any(q, &top, a_shifted, na, &div)) return false;
        q[na - nb] = top;
    }
    kr_limbs_shr_n(rem, a_shifted, nb, shift);
    return true;
}

// --- Python's divmod ---

size_t kr_limbs_divmod_scratch(size_t na, size_t nb) { return na < nb ? 0 : kr_limbs_divrem_scratch(na, nb); }

bool kr_limbs_divmod(KrLimb *q, KrLimb *rem, KrLimbsDivmod *result, const KrLimb *a, size_t na, bool a_negative, const KrLimb *b, size_t nb,
                     bool b_negative, KrLimb *scratch, const KrPoll *poll) {
    size_t nq = 0, nrem = na;
    if (na < nb) {
        kr_limbs_copy(rem, a, na);
    } else {
        if (!kr_limbs_divrem(q, rem, a, na, b, nb, scratch, poll)) return false;
        nq = kr_limbs_trim(q, na - nb + 1);
        nrem = kr_limbs_trim(rem, nb);
    }
    if (nrem && a_negative != b_negative) { // from towards 0 to towards minus infinity
        nq = kr_limbs_add_1(q, q, nq, 1);
        nrem = kr_limbs_sub(rem, b, nb, rem, nrem);
    }
    *result = (KrLimbsDivmod){ nq, nrem, nq && a_negative != b_negative, nrem && b_negative };
    return true;
}
