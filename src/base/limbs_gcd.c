// limbs_gcd.c - greatest common divisor and modular inverse by Lehmer's method.
// SPDX-License-Identifier: MIT
//
// Euclid's algorithm on two numbers a >= b. As long as the quotients follow from the top limbs alone, they are collected in a
// matrix of cofactors, which is then applied to the whole numbers at once. Sources: Knuth, The Art of Computer Programming,
// 4.5.2 L; the test for a safe quotient is Collins's, from Jebelean, "A double-digit Lehmer-Euclid algorithm", 1995.
#include "base/limbs.h"

#include "base/limbs_word.h"

typedef struct {
    KrLimb *a, *b; // a >= b
    size_t na, nb;
    KrLimb *ta, *tb; // NULL, or cofactors: a = -ta * x, b = tb * x modulo the modulus if b_positive, else the other way round
    size_t nta, ntb;
    bool b_positive;
    KrLimb *scratch;
    const KrPoll *poll;
} Euclid;

// After some steps: a' = ua * a - va * b and b' = vb * b - ub * a, or both with the opposite signs after an odd number of them.
// ua <= ub and va <= vb, and u <= v after the first step.
typedef struct {
    KrLimb ua, va, ub, vb;
    bool odd;
} Cofactors;

// Quotients from leading bits x >= y, as long as they are sure: what was cut off from x and y is from 0 to 1 for a slack of 1,
// from -1/4 to 5/4 for 2. As va' * y <= x, cofactors stay below half a limb. False if there is no quotient.
static inline bool lehmer_collect(Cofactors *c, KrLimb x, KrLimb y, KrLimb slack) {
    *c = (Cofactors){ 1, 0, 0, 1, false };
    while (y) {
        KrLimb q = x / y, rem = x - q * y, v = c->va + q * c->vb;
        if (rem < slack * v || y - rem < slack * (v + c->vb)) break;
        KrLimb u = c->ua + q * c->ub;
        c->ua = c->ub, c->ub = u;
        c->va = c->vb, c->vb = v;
        c->odd = !c->odd;
        x = y, y = rem;
    }
    return c->ub != 0;
}

// Quotients from the leading two limbs x >= y, the high bit of x set: first those that the upper limbs tell, then those that the
// leading bits of what is left tell. The first cofactors times what was cut off from x and y is below 2^(half a limb), a
// quarter of the unit that the leading bits are taken in.
static bool lehmer_collect_2(Cofactors *c, KrLimb2 x, KrLimb2 y) {
    Cofactors first, second;
    if (!lehmer_collect(&first, kr_limb2_high(x), kr_limb2_high(y), 1)) return false;
    KrLimb2 x_left = first.ua * x - first.va * y, y_left = first.vb * y - first.ub * x;
    if (first.odd) x_left = 0 - x_left, y_left = 0 - y_left;
    KrLimb high = kr_limb2_high(x_left);
    unsigned bits = high ? KR_LIMB_BITS - kr_limb_clz(high) : 0, shift = KR_LIMB_BITS / 2 + 2;
    if (shift < bits + 2) shift = bits + 2; // the second cofactors must fit beside the first in a limb
    *c = first;
    if (!lehmer_collect(&second, (KrLimb)(x_left >> shift), (KrLimb)(y_left >> shift), 2)) return true;
    c->ua = second.ua * first.ua + second.va * first.ub, c->va = second.ua * first.va + second.va * first.vb;
    c->ub = second.ub * first.ua + second.vb * first.ub, c->vb = second.ub * first.va + second.vb * first.vb;
    c->odd = first.odd != second.odd;
    return true;
}

// a, b = m1 * x - m2 * y, m3 * y - m4 * x over n limbs, x and y being a and b or b and a. Neither is negative.
static void lehmer_combine(KrLimb *a, KrLimb *b, const KrLimb *x, const KrLimb *y, size_t n, const Cofactors *m) {
    KrLimb c1 = 0, c2 = 0, c3 = 0, c4 = 0, a_borrow = 0, b_borrow = 0;
    for (size_t i = 0; i < n; i++) {
        KrLimb xi = x[i], yi = y[i];
        KrLimb p1 = kr_limb_mul_add(m->ua, xi, 0, &c1), p2 = kr_limb_mul_add(m->va, yi, a_borrow, &c2);
        KrLimb p3 = kr_limb_mul_add(m->vb, yi, 0, &c3), p4 = kr_limb_mul_add(m->ub, xi, b_borrow, &c4);
        a[i] = p1 - p2, b[i] = p3 - p4;
        a_borrow = p1 < p2, b_borrow = p3 < p4;
    }
}

static void lehmer_apply(KrLimb *a, KrLimb *b, size_t n, const Cofactors *c) {
    Cofactors opposite = { c->va, c->ua, c->vb, c->ub, false };
    if (c->odd) lehmer_combine(a, b, b, a, n, &opposite);
    else lehmer_combine(a, b, a, b, n, c);
}

// The cofactors' absolute values add up: ta' = ua * ta + va * tb and tb' = ub * ta + vb * tb.
static void lehmer_apply_t(Euclid *e, const Cofactors *c) {
    KrLimb c1 = 0, c2 = 0, c3 = 0, c4 = 0;
    size_t n = e->ntb;
    kr_limbs_zero(e->ta + e->nta, n - e->nta); // ta <= tb
    for (size_t i = 0; i < n; i++) {
        KrLimb ai = e->ta[i], bi = e->tb[i];
        e->ta[i] = kr_limb_mul_add(c->va, bi, kr_limb_mul_add(c->ua, ai, 0, &c1), &c2);
        e->tb[i] = kr_limb_mul_add(c->vb, bi, kr_limb_mul_add(c->ub, ai, 0, &c3), &c4);
    }
    e->ta[n] = c1 + c2, e->ta[n + 1] = e->ta[n] < c1;
    e->tb[n] = c3 + c4, e->tb[n + 1] = e->tb[n] < c3;
    e->nta = kr_limbs_trim(e->ta, n + 2);
    e->ntb = kr_limbs_trim(e->tb, n + 2);
}

// Limb i of x shifted left.
static KrLimb shifted_limb(const KrLimb *x, size_t n, size_t i, unsigned shift) {
    KrLimb high = i < n ? x[i] << shift : 0;
    return shift && i && i <= n ? high | x[i - 1] >> (KR_LIMB_BITS - shift) : high;
}

// The leading two limbs of x shifted left, x having n limbs and being seen as if it had `top`.
static KrLimb2 leading(const KrLimb *x, size_t n, size_t top, unsigned shift) {
    KrLimb low = top > 1 ? shifted_limb(x, n, top - 2, shift) : 0;
    return kr_limb2(shifted_limb(x, n, top - 1, shift), low);
}

// Several steps at once; false if not even one is possible.
static bool lehmer_steps(Euclid *e) {
    if (e->na > e->nb + 1) return false;
    unsigned shift = kr_limb_clz(e->a[e->na - 1]);
    Cofactors c;
    if (!lehmer_collect_2(&c, leading(e->a, e->na, e->na, shift), leading(e->b, e->nb, e->na, shift))) return false;
    kr_limbs_zero(e->b + e->nb, e->na - e->nb);
    lehmer_apply(e->a, e->b, e->na, &c);
    e->nb = kr_limbs_trim(e->b, e->na);
    e->na = kr_limbs_trim(e->a, e->na);
    if (e->ta) lehmer_apply_t(e, &c);
    e->b_positive ^= c.odd;
    return true;
}

// One step: a, b = b, a % b.
static bool euclid_step(Euclid *e) {
    size_t nq = e->na - e->nb + 1;
    KrLimb *q = e->scratch, *product = q + nq, *t;
    if (!kr_limbs_divrem(q, e->a, e->a, e->na, e->b, e->nb, product, e->poll)) return false;
    size_t nrem = kr_limbs_trim(e->a, e->nb), n = e->nb;
    t = e->a, e->a = e->b, e->b = t;
    e->na = n, e->nb = nrem;
    if (!e->ta) return true;
    nq = kr_limbs_trim(q, nq);
    if (!kr_limbs_mul(product, q, nq, e->tb, e->ntb, product + nq + e->ntb, e->poll)) return false;
    n = kr_limbs_add(e->ta, e->ta, e->nta, product, kr_limbs_trim(product, nq + e->ntb));
    t = e->ta, e->ta = e->tb, e->tb = t;
    e->nta = e->ntb, e->ntb = n;
    e->b_positive = !e->b_positive;
    return true;
}

// Until b has at most `limit` limbs.
static bool euclid_run(Euclid *e, size_t limit) {
    while (e->nb > limit) {
        if (!kr_limbs_poll(e->poll)) return false;
        if (!lehmer_steps(e) && !euclid_step(e)) return false;
    }
    return true;
}

static unsigned limb2_ctz(KrLimb2 x) { return (KrLimb)x ? kr_limb_ctz((KrLimb)x) : KR_LIMB_BITS + kr_limb_ctz(kr_limb2_high(x)); }

static KrLimb2 limb2_of(const KrLimb *a, size_t n) { return kr_limb2(n > 1 ? a[1] : 0, a[0]); }

// Of two odd limbs: subtract the smaller and drop factors of two.
static KrLimb gcd_odd_limb(KrLimb a, KrLimb b) {
    while (a != b) {
        KrLimb small = a < b ? a : b, difference = a < b ? b - a : a - b;
        a = small, b = difference >> kr_limb_ctz(difference);
    }
    return a;
}

// Of two numbers of two limbs, not 0.
static KrLimb2 gcd_limb2(KrLimb2 a, KrLimb2 b) {
    unsigned twos_a = limb2_ctz(a), twos_b = limb2_ctz(b), twos = twos_a < twos_b ? twos_a : twos_b;
    a >>= twos_a, b >>= twos_b;
    while (kr_limb2_high(a | b) && a != b) {
        KrLimb2 small = a < b ? a : b, difference = a < b ? b - a : a - b;
        a = small, b = difference >> limb2_ctz(difference);
    }
    return (a == b ? a : gcd_odd_limb((KrLimb)a, (KrLimb)b)) << twos;
}

// The numbers, one limb longer than they are; a step's quotient, and the division or the product.
size_t kr_limbs_gcd_scratch(size_t na, size_t nb) {
    size_t n = kr_size_max(na, nb);
    if (n > KR_LIMBS_MAX) return KR_LIMBS_TOO_MANY;
    return 3 * n + 4 + kr_limbs_divrem_scratch(n, n);
}

bool kr_limbs_gcd(KrLimb *r, size_t *nr, const KrLimb *a, size_t na, const KrLimb *b, size_t nb, KrLimb *scratch, const KrPoll *poll) {
    if (kr_limbs_cmp(a, na, b, nb) < 0) return kr_limbs_gcd(r, nr, b, nb, a, na, scratch, poll);
    Euclid e = { .a = scratch, .b = scratch + na + 1, .na = na, .nb = nb, .scratch = scratch + 2 * na + 2, .poll = poll };
    kr_limbs_copy(e.a, a, na);
    kr_limbs_copy(e.b, b, nb);
    if (!euclid_run(&e, 2)) return false;
    if (e.nb && e.na > 2 && !euclid_step(&e)) return false;
    if (e.nb) { // what is left is small
        KrLimb2 gcd = gcd_limb2(limb2_of(e.a, e.na), limb2_of(e.b, e.nb));
        e.a[0] = (KrLimb)gcd, e.a[1] = kr_limb2_high(gcd);
        e.na = kr_limbs_trim(e.a, 2);
    }
    kr_limbs_copy(r, e.a, e.na);
    *nr = e.na;
    return true;
}

// Also two cofactors of the modulus's length and some.
size_t kr_limbs_invert_scratch(size_t na, size_t nm) {
    size_t n = kr_size_max(na, nm);
    if (n > KR_LIMBS_MAX) return KR_LIMBS_TOO_MANY;
    return 7 * n + 16 + kr_size_max(kr_limbs_divrem_scratch(n, n), kr_limbs_mul_scratch(n + 1, n + 1));
}

bool kr_limbs_invert(KrLimb *r, size_t *nr, bool *exists, const KrLimb *a, size_t na, const KrLimb *m, size_t nm, KrLimb *scratch,
                     const KrPoll *poll) {
    size_t n = kr_size_max(na, nm) + 2;
    Euclid e = { .a = scratch, .b = scratch + n, .na = nm, .ta = scratch + 2 * n, .tb = scratch + 3 * n, .b_positive = true, .poll = poll };
    e.scratch = scratch + 4 * n;
    kr_limbs_copy(e.a, m, nm);
    if (na < nm) kr_limbs_copy(e.b, a, na), e.nb = na;
    else if (!kr_limbs_divrem(e.scratch, e.b, a, na, m, nm, e.scratch + na - nm + 1, poll)) return false;
    else e.nb = kr_limbs_trim(e.b, nm);
    e.tb[0] = 1, e.ntb = 1;
    if (!euclid_run(&e, 0)) return false;
    *exists = e.na == 1 && e.a[0] == 1;
    if (!*exists) return true;
    if (nm == 1 && m[0] == 1) return *nr = 0, true;
    if (e.b_positive) *nr = kr_limbs_sub(r, m, nm, e.ta, e.nta); // then a was reached with the negative sign
    else kr_limbs_copy(r, e.ta, e.nta), *nr = e.nta;
    return true;
}
