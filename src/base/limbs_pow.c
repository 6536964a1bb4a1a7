// limbs_pow.c - powers, and powers modulo a number.
// SPDX-License-Identifier: MIT
//
// Modular powers take the exponent's bits from the top in windows that end in a 1. Odd moduli of moderate size use Montgomery's
// form (Montgomery, "Modular multiplication without trial division", 1985), the others a division per step.
#include "base/limbs.h"

#include "base/limbs_word.h"

enum {
    MONTGOMERY_MAX = 250, // limbs of the modulus up to which Montgomery's quadratic reduction beats division
    WINDOW_MAX = 6,
    SMALL = 32, // limbs of a power up to which a rough bound of its size is good enough
};

// --- a ** e ---

// An upper bound of the fraction of log2(a), in units of 2^-16, by squaring: each time the square reaches 2, a bit is 1.
static size_t log2_fraction(const KrLimb *a, size_t na) {
    size_t bits = kr_limbs_bit_length(a, na), from = bits > 31 ? bits - 31 : 0;
    KrLimb top[2];
    size_t first = from / KR_LIMB_BITS, n = kr_size_min(na - first, 2);
    kr_limbs_copy(top, a + first, n);
    n = kr_limbs_shr(top, top, n, from % KR_LIMB_BITS, NULL);
    uint64_t m = (uint64_t)top[0] << (bits > 31 ? 0 : 31 - bits); // 1 <= m < 2, with 30 bits of fraction
    if (from) m++;
    size_t fraction = 0;
    for (int i = 0; i < 16; i++) {
        m = (m * m + ((1u << 30) - 1)) >> 30;
        bool high = m >> 31;
        fraction = fraction << 1 | high;
        if (high) m = (m + 1) >> 1;
    }
    return m > 1u << 30 ? fraction + 1 : fraction;
}

// The limbs of a ** e, and one more that a square may need.
size_t kr_limbs_pow_size(const KrLimb *a, size_t na, size_t e) {
    if (!na || !e) return 1;
    size_t length = kr_limbs_bit_length(a, na), bits = kr_size_mul(length, e);
    if (bits / KR_LIMB_BITS < SMALL) return bits / KR_LIMB_BITS + 2;
    size_t fraction = log2_fraction(a, na);
    bits = kr_size_mul(length - 1, e);
    bits = kr_size_add(bits, (e >> 16) * fraction);
    bits = kr_size_add(bits, (((e & 0xFFFF) * fraction) >> 16) + 1);
    return bits == SIZE_MAX ? KR_LIMBS_TOO_MANY : kr_size_limbs(bits / KR_LIMB_BITS + 2);
}

// The odd part of a, a second buffer like r, and the products.
size_t kr_limbs_pow_scratch(const KrLimb *a, size_t na, size_t e) {
    size_t n = kr_limbs_pow_size(a, na, e);
    return n > KR_LIMBS_MAX ? KR_LIMBS_TOO_MANY : na + n + kr_limbs_mul_scratch(n, n / 2 + 1);
}

typedef struct {
    KrLimb *from, *to; // the power so far, and room for the next
    size_t n;
    KrLimb *scratch;
    const KrPoll *poll;
} PowState;

// a may be the power itself, for a square.
static bool pow_multiply(PowState *s, const KrLimb *a, size_t na) {
    if (!kr_limbs_mul(s->to, s->from, s->n, a, na, s->scratch, s->poll)) return false;
    KrLimb *t = s->from;
    s->from = s->to, s->to = t;
    s->n = kr_limbs_trim(s->from, s->n + na);
    return true;
}

bool kr_limbs_pow(KrLimb *r, size_t *nr, const KrLimb *a, size_t na, size_t e, KrLimb *scratch, const KrPoll *poll) {
    if (!e) return r[0] = 1, *nr = 1, true;
    if (!na) return *nr = 0, true;
    size_t size = kr_limbs_pow_size(a, na, e), zeros = kr_limbs_trailing_zeros(a, na), bit = KR_LIMB_BITS - 1;
    KrLimb *odd = scratch;
    PowState s = { r, odd + na, 0, odd + na + size, poll };
    na = kr_limbs_shr(odd, a, na, zeros, NULL);
    kr_limbs_copy(r, odd, na);
    s.n = na;
    bool one = na == 1 && odd[0] == 1;
    while (!(e >> bit)) bit--;
    while (bit-- && !one) {
        if (!pow_multiply(&s, s.from, s.n)) return false;
        if (!(e >> bit & 1)) continue;
        if (na == 1) s.n = kr_limbs_mul_1(s.from, s.from, s.n, odd[0], 0);
        else if (!pow_multiply(&s, odd, na)) return false;
    }
    *nr = kr_limbs_shl(r, s.from, s.n, zeros * e);
    return true;
}

// --- a ** e % m ---

typedef struct {
    const KrLimb *m;
    size_t n;
    KrLimb inverse;   // -1 / m modulo a limb, for Montgomery's form
    bool montgomery;  // numbers x are kept as x * B^n % m
    KrLimb *product;  // 2 n limbs, or the longer base
    KrLimb *quotient; // one more
    KrLimb *scratch;
    const KrPoll *poll;
} Modulus;

// -1 / m modulo a limb, m odd. m is its own inverse modulo 8; each step doubles the correct bits.
static KrLimb negative_inverse(KrLimb m) {
    KrLimb x = m;
    for (unsigned bits = 3; bits < KR_LIMB_BITS; bits *= 2) x *= 2 - m * x;
    return 0 - x;
}

// r = product / B^n % m; product has 2 n limbs. Each step makes the lowest limb 0 by adding a multiple of m, and keeps the carry
// in its place.
static void reduce_montgomery(KrLimb *r, const Modulus *m) {
    KrLimb *p = m->product;
    for (size_t i = 0; i < m->n; i++) p[i] = kr_limbs_addmul_1(p + i, m->m, m->n, p[i] * m->inverse);
    KrLimb carry = kr_limbs_add_n(r, p + m->n, p, m->n);
    if (carry || kr_limbs_cmp_n(r, m->m, m->n) >= 0) kr_limbs_sub_n(r, r, m->m, m->n);
}

// r = a % m, any length.
static bool reduce_any(KrLimb *r, const KrLimb *a, size_t na, const Modulus *m) {
    if (na >= m->n) return kr_limbs_divrem(m->quotient, r, a, na, m->m, m->n, m->scratch, m->poll);
    kr_limbs_copy(r, a, na);
    kr_limbs_zero(r + na, m->n - na);
    return true;
}

static bool modulus_multiply(KrLimb *r, const KrLimb *a, const KrLimb *b, const Modulus *m) {
    if (!kr_limbs_mul(m->product, a, m->n, b, m->n, m->scratch, m->poll)) return false;
    if (!m->montgomery) return reduce_any(r, m->product, 2 * m->n, m);
    reduce_montgomery(r, m);
    return true;
}

// r = a * B^n % m, or a % m; a has n limbs.
static bool modulus_enter(KrLimb *r, const KrLimb *a, const Modulus *m) {
    if (!m->montgomery) return kr_limbs_copy(r, a, m->n), true;
    kr_limbs_zero(m->product, m->n);
    kr_limbs_copy(m->product + m->n, a, m->n);
    return reduce_any(r, m->product, 2 * m->n, m);
}

static void modulus_leave(KrLimb *r, const Modulus *m) {
    if (!m->montgomery) return;
    kr_limbs_copy(m->product, r, m->n);
    kr_limbs_zero(m->product + m->n, m->n);
    reduce_montgomery(r, m);
}

// The window's width by the exponent's limbs: the table costs 2^(width - 1) products, and saves about bits / (width + 1).
static unsigned window_bits(size_t ne) {
    size_t bits = kr_size_mul(ne, KR_LIMB_BITS);
    unsigned width = 1;
    while (width < WINDOW_MAX && (bits >> width) > (size_t)width * (width + 1)) width++;
    return width;
}

size_t kr_limbs_modpow_scratch(size_t na, size_t ne, size_t nm) {
    size_t n = kr_size_max(na, kr_size_mul(2, nm)), table = (size_t)1 << (window_bits(ne) - 1);
    size_t work = kr_size_max(kr_limbs_divrem_scratch(n, nm), kr_limbs_mul_scratch(nm, nm));
    return kr_size_limbs(kr_size_add(kr_size_add(kr_size_mul(table + 1, nm), kr_size_add(2 * n, 1)), work));
}

static bool exponent_bit(const KrLimb *e, size_t i) { return e[i / KR_LIMB_BITS] >> (i % KR_LIMB_BITS) & 1; }

// table[k] = table[0] ** (2 k + 1).
static bool table_fill(KrLimb *table, unsigned width, KrLimb *square, const Modulus *m) {
    size_t count = (size_t)1 << (width - 1);
    if (count > 1 && !modulus_multiply(square, table, table, m)) return false;
    for (size_t k = 1; k < count; k++)
        if (!modulus_multiply(table + k * m->n, table + (k - 1) * m->n, square, m)) return false;
    return true;
}

// r = table[0] ** e, e not 0.
static bool modulus_power(KrLimb *r, const KrLimb *table, unsigned width, const KrLimb *e, size_t ne, const Modulus *m) {
    bool first = true;
    for (size_t i = kr_limbs_bit_length(e, ne); i;) {
        if (!kr_limbs_poll(m->poll)) return false;
        if (!exponent_bit(e, i - 1)) {
            i--;
            if (!modulus_multiply(r, r, r, m)) return false;
            continue;
        }
        size_t low = i > width ? i - width : 0, window = 0;
        while (!exponent_bit(e, low)) low++;
        for (; i > low; i--) {
            window = window << 1 | exponent_bit(e, i - 1);
            if (!first && !modulus_multiply(r, r, r, m)) return false;
        }
        const KrLimb *factor = table + (window >> 1) * m->n;
        if (first) kr_limbs_copy(r, factor, m->n);
        else if (!modulus_multiply(r, r, factor, m)) return false;
        first = false;
    }
    return true;
}

bool kr_limbs_modpow(KrLimb *r, size_t *nr, const KrLimb *a, size_t na, const KrLimb *e, size_t ne, const KrLimb *m, size_t nm,
                     KrLimb *scratch, const KrPoll *poll) {
    if (nm == 1 && m[0] == 1) return *nr = 0, true;
    if (!ne) return r[0] = 1, *nr = 1, true;
    unsigned width = window_bits(ne);
    size_t n = kr_size_max(na, 2 * nm);
    KrLimb *table = scratch, *square = table + (nm << (width - 1)), *product = square + nm, *quotient = product + n;
    bool montgomery = (m[0] & 1) && nm <= MONTGOMERY_MAX;
    Modulus mod = { m, nm, montgomery ? negative_inverse(m[0]) : 0, montgomery, product, quotient, quotient + n + 1, poll };
    if (!reduce_any(square, a, na, &mod) || !modulus_enter(table, square, &mod)) return false;
    if (!table_fill(table, width, square, &mod) || !modulus_power(r, table, width, e, ne, &mod)) return false;
    modulus_leave(r, &mod);
    *nr = kr_limbs_trim(r, nm);
    return true;
}
