// limbs_mul.c - products and squares: schoolbook, Karatsuba, Toom-3 by size.
// SPDX-License-Identifier: MIT
//
// One code path serves products and squares: an inner product whose operands are the same array is a square again.
// Thresholds were measured on x86-64, with 64-bit limbs.
#include "base/limbs.h"

#include "base/limbs_word.h"

enum {
    KARATSUBA = 32,        // limbs of the smaller operand from which Karatsuba wins
    KARATSUBA_SQUARE = 52, // the same for squares
    SQUARE_MIN = 8,        // squares of fewer limbs are computed as products
    TOOM3 = 150,           // and Toom-3, for both
    POLL_LIMBS = 64,       // products of fewer limbs do not poll: some microseconds
    ROW_LIMBS = 512,       // schoolbook products of long rows are cut, to poll between the pieces
};

static bool mul_any(KrLimb *r, const KrLimb *a, size_t na, const KrLimb *b, size_t nb, KrLimb *scratch, const KrPoll *poll);

// --- Schoolbook ---

// r = a * b: the limb above. The first row of a product.
static KrLimb row_mul(KrLimb *r, const KrLimb *a, size_t n, KrLimb b) {
    KrLimb carry = 0;
    for (size_t i = 0; i < n; i++) r[i] = kr_limb_mul_add(a[i], b, 0, &carry);
    return carry;
}

// r += a * b: the limb above. Like kr_limbs_addmul_1, but without a call for each row.
static inline KrLimb row_add(KrLimb *r, const KrLimb *a, size_t n, KrLimb b) {
    KrLimb carry = 0;
    for (size_t i = 0; i < n; i++) r[i] = kr_limb_mul_add(a[i], b, r[i], &carry);
    return carry;
}

// nb >= 1.
static void mul_base(KrLimb *r, const KrLimb *a, size_t na, const KrLimb *b, size_t nb) {
    r[na] = row_mul(r, a, na, b[0]);
    for (size_t j = 1; j < nb; j++) r[na + j] = row_add(r + j, a, na, b[j]);
}

// Products of two different limbs once; then they are doubled while the squares are added. n >= 1.
static void sqr_base(KrLimb *r, const KrLimb *a, size_t n) {
    r[0] = 0;
    r[n] = row_mul(r + 1, a + 1, n - 1, a[0]);
    for (size_t j = 1; j < n; j++) r[n + j] = row_add(r + 2 * j + 1, a + j + 1, n - 1 - j, a[j]);
    KrLimb carry = 0, shifted = 0; // shifted: the bit that doubling pushes into the next limb
    for (size_t j = 0; j < n; j++) {
        KrLimb2 square = (KrLimb2)a[j] * a[j];
        KrLimb low = r[2 * j], high = r[2 * j + 1];
        KrLimb2 t = (KrLimb2)(low << 1 | shifted) + (KrLimb)square + carry;
        KrLimb2 u = (KrLimb2)(high << 1 | low >> (KR_LIMB_BITS - 1)) + kr_limb2_high(square) + kr_limb2_high(t);
        r[2 * j] = (KrLimb)t;
        r[2 * j + 1] = (KrLimb)u;
        carry = kr_limb2_high(u);
        shifted = high >> (KR_LIMB_BITS - 1);
    }
}

// A long a times a short b, in pieces of a with a poll between them. 1 <= nb < KARATSUBA.
static bool mul_rows(KrLimb *r, const KrLimb *a, size_t na, const KrLimb *b, size_t nb, const KrPoll *poll) {
    KrLimb above[KARATSUBA]; // the top of the product so far, which the next piece overwrites
    mul_base(r, a, ROW_LIMBS, b, nb);
    for (size_t i = ROW_LIMBS; i < na; i += ROW_LIMBS) {
        if (!kr_limbs_poll(poll)) return false;
        size_t n = kr_size_min(ROW_LIMBS, na - i);
        kr_limbs_copy(above, r + i, nb);
        mul_base(r + i, a + i, n, b, nb);
        kr_limbs_carry(r + i + nb, n, kr_limbs_add_n(r + i, r + i, above, nb));
    }
    return true;
}

// --- Karatsuba: (a1 X + a0)(b1 X + b0), the middle from a0 b0 + a1 b1 - (a0 - a1)(b0 - b1) ---

// r = |a0 - a1|, a0 of h limbs, a1 of n <= h; true when a0 < a1.
static bool abs_difference(KrLimb *r, const KrLimb *a0, size_t h, const KrLimb *a1, size_t n) {
    if (!kr_limbs_trim(a0 + n, h - n) && kr_limbs_cmp_n(a0, a1, n) < 0) {
        kr_limbs_sub_n(r, a1, a0, n);
        kr_limbs_zero(r + n, h - n);
        return true;
    }
    kr_limbs_copy(r + n, a0 + n, h - n);
    kr_limbs_borrow(r + n, h - n, kr_limbs_sub_n(r, a0, a1, n));
    return false;
}

// r += a at the bottom, over nr >= na limbs: the carry.
static KrLimb add_into(KrLimb *r, size_t nr, const KrLimb *a, size_t na) {
    return kr_limbs_carry(r + na, nr - na, kr_limbs_add_n(r, r, a, na));
}

static KrLimb sub_from(KrLimb *r, size_t nr, const KrLimb *a, size_t na) {
    return kr_limbs_borrow(r + na, nr - na, kr_limbs_sub_n(r, r, a, na));
}

// na >= nb > h, h being half of na rounded up.
static bool mul_karatsuba(KrLimb *r, const KrLimb *a, size_t na, const KrLimb *b, size_t nb, KrLimb *scratch, const KrPoll *poll) {
    size_t h = (na + 1) / 2, n = na + nb;
    KrLimb *mid = scratch, *a_diff = r, *b_diff = r + h; // the differences are gone before r is filled
    scratch += 2 * h;
    bool negative = abs_difference(a_diff, a, h, a + h, na - h);
    if (a == b && na == nb) b_diff = a_diff, negative = false;
    else negative ^= abs_difference(b_diff, b, h, b + h, nb - h);
    if (!mul_any(mid, a_diff, h, b_diff, h, scratch, poll) || !mul_any(r, a, h, b, h, scratch, poll) ||
        !mul_any(r + 2 * h, a + h, na - h, b + h, nb - h, scratch, poll))
        return false;
    KrLimb carry; // of mid; it may be -1 for a moment
    if (negative) carry = kr_limbs_add_n(mid, mid, r, 2 * h);
    else carry = 0 - kr_limbs_sub_n(mid, r, mid, 2 * h);
    carry += add_into(mid, 2 * h, r + 2 * h, n - 2 * h);
    carry += kr_limbs_add_n(r + h, r + h, mid, 2 * h);
    kr_limbs_carry(r + 3 * h, n - 3 * h, carry);
    return true;
}

// --- Toom-3: values at 0, 1, -1, 2 and infinity; the interpolation is Bodrato's, 2007 ---

// a = a2 X^2 + a1 X + a0, X of h limbs; values of h + 1 limbs.
typedef struct {
    const KrLimb *limb;
    size_t n, h;
} Cubic;

// plus = a(1), minus = |a(-1)|; true when a(-1) is negative.
static bool eval_ones(KrLimb *plus, KrLimb *minus, const Cubic *a) {
    size_t h = a->h;
    const KrLimb *a1 = a->limb + h;
    kr_limbs_copy(plus, a->limb, h);
    plus[h] = add_into(plus, h, a->limb + 2 * h, a->n - 2 * h);
    bool negative = abs_difference(minus, plus, h + 1, a1, h);
    plus[h] += kr_limbs_add_n(plus, plus, a1, h);
    return negative;
}

// a(2), by Horner's rule.
static void eval_two(KrLimb *r, const Cubic *a) {
    size_t h = a->h, n = a->n - 2 * h;
    kr_limbs_zero(r + n, h + 1 - n);
    KrLimb top = kr_limbs_shl_n(r, a->limb + 2 * h, n, 1);
    r[n] += top;
    r[h] += kr_limbs_add_n(r, r, a->limb + h, h);
    kr_limbs_shl_n(r, r, h + 1, 1);
    r[h] += kr_limbs_add_n(r, r, a->limb, h);
}

// r / 3, known to be exact: from the bottom up, with 3's inverse modulo the limb.
static void divide_by_3(KrLimb *r, size_t n) {
    const KrLimb third = KR_LIMB_MAX / 3, inverse = third * 2 + 1;
    KrLimb borrow = 0;
    for (size_t i = 0; i < n; i++) {
        KrLimb limb = r[i] - borrow;
        borrow = limb > r[i];
        r[i] = limb * inverse;
        borrow += (r[i] > third) + (r[i] > 2 * third);
    }
}

// The values of the product at 1, -1 (that one with a sign) and 2, w limbs each; c0 and c4, its first and last coefficient.
typedef struct {
    KrLimb *at_1, *at_minus_1, *at_2;
    bool negative;
    size_t w, n0, n4;
    const KrLimb *c0, *c4;
} Values;

// Turns the values at 1, -1 and 2 into the coefficients 2, 1 and 3.
static bool interpolate(const Values *v, const KrPoll *poll) {
    KrLimb *x = v->at_1, *y = v->at_minus_1, *z = v->at_2;
    size_t w = v->w;
    if (v->negative) {
        kr_limbs_add_n(z, z, y, w);
        kr_limbs_add_n(y, x, y, w);
    } else {
        kr_limbs_sub_n(z, z, y, w);
        kr_limbs_sub_n(y, x, y, w);
    }
    if (!kr_limbs_poll(poll)) return false;
    divide_by_3(z, w);            // c1 + c2 + 3 c3 + 5 c4
    kr_limbs_shr_n(y, y, w, 1);   // c1 + c3
    sub_from(x, w, v->c0, v->n0); // c1 + c2 + c3 + c4
    if (!kr_limbs_poll(poll)) return false;
    kr_limbs_sub_n(z, z, x, w);
    kr_limbs_shr_n(z, z, w, 1); // c3 + 2 c4
    kr_limbs_sub_n(x, x, y, w);
    sub_from(x, w, v->c4, v->n4); // c2
    if (!kr_limbs_poll(poll)) return false;
    KrLimb borrow = kr_limbs_submul_1(z, v->c4, v->n4, 2);
    kr_limbs_borrow(z + v->n4, w - v->n4, borrow); // c3
    kr_limbs_sub_n(y, y, z, w);                    // c1
    return kr_limbs_poll(poll);
}

// na >= nb > 2 h, h being a third of na rounded up.
static bool mul_toom3(KrLimb *r, const KrLimb *a, size_t na, const KrLimb *b, size_t nb, KrLimb *scratch, const KrPoll *poll) {
    size_t h = (na + 2) / 3, v = h + 1, w = 2 * v, n = na + nb;
    bool square = a == b && na == nb;
    KrLimb *w1 = scratch, *wm = w1 + w, *w2 = wm + w;
    scratch = w2 + w;
    Cubic ca = { a, na, h }, cb = { b, nb, h };
    KrLimb *a_plus = r, *b_plus = square ? r : r + v, *a_minus = w2, *b_minus = square ? w2 : w2 + v;
    bool negative = eval_ones(a_plus, a_minus, &ca);
    if (square) negative = false;
    else negative ^= eval_ones(b_plus, b_minus, &cb);
    if (!mul_any(w1, a_plus, v, b_plus, v, scratch, poll) || !mul_any(wm, a_minus, v, b_minus, v, scratch, poll)) return false;
    eval_two(a_plus, &ca);
    if (!square) eval_two(b_plus, &cb);
    if (!mul_any(w2, a_plus, v, b_plus, v, scratch, poll) || !mul_any(r, a, h, b, h, scratch, poll) ||
        !mul_any(r + 4 * h, a + 2 * h, na - 2 * h, b + 2 * h, nb - 2 * h, scratch, poll))
        return false;
    Values values = { w1, wm, w2, negative, w, 2 * h, n - 4 * h, r, r + 4 * h };
    if (!interpolate(&values, poll)) return false;
    kr_limbs_copy(r + 2 * h, w1, 2 * h);
    add_into(r + 4 * h, n - 4 * h, w1 + 2 * h, kr_limbs_trim(w1 + 2 * h, 2));
    add_into(r + h, n - h, wm, kr_limbs_trim(wm, w));
    add_into(r + 3 * h, n - 3 * h, w2, kr_limbs_trim(w2, w));
    return true;
}

// --- Choice ---

// nb is at most half of na: b times pieces of a of its own length.
static bool mul_unbalanced(KrLimb *r, const KrLimb *a, size_t na, const KrLimb *b, size_t nb, KrLimb *scratch, const KrPoll *poll) {
    if (!mul_any(r, a, nb, b, nb, scratch, poll)) return false;
    KrLimb *piece = scratch;
    scratch += 2 * nb;
    for (size_t i = nb; i < na; i += nb) {
        size_t n = kr_size_min(nb, na - i);
        if (!mul_any(piece, b, nb, a + i, n, scratch, poll)) return false;
        kr_limbs_copy(r + i + nb, piece + nb, n);
        add_into(r + i, nb + n, piece, nb);
    }
    return true;
}

// na >= nb >= 1.
static bool mul_any(KrLimb *r, const KrLimb *a, size_t na, const KrLimb *b, size_t nb, KrLimb *scratch, const KrPoll *poll) {
    if (nb < KARATSUBA) {
        if (na > ROW_LIMBS) return mul_rows(r, a, na, b, nb, poll);
        if (a == b && na == nb && na >= SQUARE_MIN) sqr_base(r, a, na);
        else mul_base(r, a, na, b, nb);
        return true;
    }
    if (nb >= POLL_LIMBS && !kr_limbs_poll(poll)) return false;
    if (nb < KARATSUBA_SQUARE && a == b && na == nb) return sqr_base(r, a, na), true;
    if (nb <= (na + 1) / 2) return mul_unbalanced(r, a, na, b, nb, scratch, poll);
    if (nb >= TOOM3 && nb > (na + 2) / 3 * 2) return mul_toom3(r, a, na, b, nb, scratch, poll);
    return mul_karatsuba(r, a, na, b, nb, scratch, poll);
}

// Karatsuba takes 2 h and what a product of h limbs takes, Toom-3 6 h + 6 and a product of h + 1: both stay below 4 limbs
// for each limb of the longer operand, from the sizes at which they are used. An unbalanced product adds 2 nb.
size_t kr_limbs_mul_scratch(size_t na, size_t nb) {
    size_t large = kr_size_max(na, nb), small = kr_size_min(na, nb);
    if (large > KR_LIMBS_MAX) return KR_LIMBS_TOO_MANY;
    if (small < KARATSUBA) return 0;
    return small <= (large + 1) / 2 ? 8 * small : 4 * large;
}

bool kr_limbs_mul(KrLimb *r, const KrLimb *a, size_t na, const KrLimb *b, size_t nb, KrLimb *scratch, const KrPoll *poll) {
    if (na < nb) return kr_limbs_mul(r, b, nb, a, na, scratch, poll);
    if (!nb) return kr_limbs_zero(r, na), true;
    if (nb == 1 && na <= ROW_LIMBS) return r[na] = row_mul(r, a, na, b[0]), true;
    return mul_any(r, a, na, b, nb, scratch, poll);
}

size_t kr_limbs_sqr_scratch(size_t n) { return kr_limbs_mul_scratch(n, n); }

bool kr_limbs_sqr(KrLimb *r, const KrLimb *a, size_t n, KrLimb *scratch, const KrPoll *poll) {
    return !n || mul_any(r, a, n, a, n, scratch, poll);
}
