// limbs.c - what takes linear time on magnitudes: compare, add, subtract, shift, count bits.
// SPDX-License-Identifier: MIT
#include "base/limbs.h"

#include "base/limbs_word.h"

// --- Inner loops ---

// What carries is known before the carry comes in: the limb either overflows by itself, or passes a carry on. That leaves two
// operations between one carry and the next.
KrLimb kr_limbs_add_n(KrLimb *r, const KrLimb *a, const KrLimb *b, size_t n) {
    KrLimb carry = 0;
    for (size_t i = 0; i < n; i++) {
        KrLimb s = a[i] + b[i], makes = s < b[i], passes = s == KR_LIMB_MAX;
        r[i] = s + carry;
        carry = makes | (passes & carry);
    }
    return carry;
}

KrLimb kr_limbs_sub_n(KrLimb *r, const KrLimb *a, const KrLimb *b, size_t n) {
    KrLimb borrow = 0;
    for (size_t i = 0; i < n; i++) {
        KrLimb s = a[i] - b[i], makes = a[i] < b[i], passes = s == 0;
        r[i] = s - borrow;
        borrow = makes | (passes & borrow);
    }
    return borrow;
}

KrLimb kr_limbs_addmul_1(KrLimb *r, const KrLimb *a, size_t n, KrLimb b) {
    KrLimb carry = 0;
    for (size_t i = 0; i < n; i++) r[i] = kr_limb_mul_add(a[i], b, r[i], &carry);
    return carry;
}

KrLimb kr_limbs_submul_1(KrLimb *r, const KrLimb *a, size_t n, KrLimb b) {
    KrLimb carry = 0;
    for (size_t i = 0; i < n; i++) {
        KrLimb old = r[i], low = kr_limb_mul_add(a[i], b, 0, &carry);
        r[i] = old - low;
        carry += old < low;
    }
    return carry;
}

KrLimb kr_limbs_shl_n(KrLimb *r, const KrLimb *a, size_t n, unsigned bits) {
    if (!n) return 0;
    if (!bits) return kr_limbs_copy(r, a, n), 0;
    KrLimb limb = a[n - 1], out = limb >> (KR_LIMB_BITS - bits);
    for (size_t i = n - 1; i > 0; i--) { // downwards, so that r may be above a
        KrLimb next = a[i - 1];
        r[i] = limb << bits | next >> (KR_LIMB_BITS - bits);
        limb = next;
    }
    r[0] = limb << bits;
    return out;
}

KrLimb kr_limbs_shr_n(KrLimb *r, const KrLimb *a, size_t n, unsigned bits) {
    if (!n) return 0;
    if (!bits) return kr_limbs_copy(r, a, n), 0;
    KrLimb out = a[0] << (KR_LIMB_BITS - bits), limb = a[0];
    for (size_t i = 0; i + 1 < n; i++) {
        KrLimb next = a[i + 1];
        r[i] = limb >> bits | next << (KR_LIMB_BITS - bits);
        limb = next;
    }
    r[n - 1] = limb >> bits;
    return out;
}

KrLimb kr_limbs_carry(KrLimb *a, size_t n, KrLimb c) {
    for (size_t i = 0; c && i < n; i++) {
        a[i] += c;
        c = a[i] < c;
    }
    return c;
}

KrLimb kr_limbs_borrow(KrLimb *a, size_t n, KrLimb c) {
    for (size_t i = 0; c && i < n; i++) {
        KrLimb old = a[i];
        a[i] = old - c;
        c = a[i] > old;
    }
    return c;
}

int kr_limbs_cmp_n(const KrLimb *a, const KrLimb *b, size_t n) {
    while (n--)
        if (a[n] != b[n]) return a[n] < b[n] ? -1 : 1;
    return 0;
}

// --- Public ---

size_t kr_limbs_trim(const KrLimb *a, size_t n) {
    while (n && !a[n - 1]) n--;
    return n;
}

int kr_limbs_cmp(const KrLimb *a, size_t na, const KrLimb *b, size_t nb) {
    if (na != nb) return na < nb ? -1 : 1;
    return kr_limbs_cmp_n(a, b, na);
}

size_t kr_limbs_add(KrLimb *r, const KrLimb *a, size_t na, const KrLimb *b, size_t nb) {
    if (na < nb) {
        const KrLimb *t = a;
        a = b, b = t;
        size_t n = na;
        na = nb, nb = n;
    }
    KrLimb carry = kr_limbs_add_n(r, a, b, nb);
    size_t i = nb;
    for (; carry && i < na; i++) {
        r[i] = a[i] + 1;
        carry = !r[i];
    }
    kr_limbs_copy(r + i, a + i, na - i);
    if (carry) r[na++] = carry;
    return na;
}

size_t kr_limbs_sub(KrLimb *r, const KrLimb *a, size_t na, const KrLimb *b, size_t nb) {
    KrLimb borrow = kr_limbs_sub_n(r, a, b, nb);
    size_t i = nb;
    for (; borrow && i < na; i++) {
        borrow = !a[i];
        r[i] = a[i] - 1;
    }
    kr_limbs_copy(r + i, a + i, na - i);
    return kr_limbs_trim(r, na);
}

size_t kr_limbs_add_1(KrLimb *r, const KrLimb *a, size_t na, KrLimb b) {
    kr_limbs_copy(r, a, na);
    KrLimb carry = kr_limbs_carry(r, na, b);
    if (carry) r[na++] = carry;
    return na;
}

size_t kr_limbs_sub_1(KrLimb *r, const KrLimb *a, size_t na, KrLimb b) {
    kr_limbs_copy(r, a, na);
    kr_limbs_borrow(r, na, b);
    return kr_limbs_trim(r, na);
}

size_t kr_limbs_mul_1(KrLimb *r, const KrLimb *a, size_t na, KrLimb b, KrLimb c) {
    for (size_t i = 0; i < na; i++) r[i] = kr_limb_mul_add(a[i], b, 0, &c);
    r[na] = c;
    return kr_limbs_trim(r, na + 1);
}

size_t kr_limbs_shl_size(size_t na, size_t bits) {
    size_t n = kr_size_add(na, bits / KR_LIMB_BITS);
    return na ? kr_size_limbs(kr_size_add(n, 1)) : 0;
}

size_t kr_limbs_shl(KrLimb *r, const KrLimb *a, size_t na, size_t bits) {
    if (!na) return 0;
    size_t limbs = bits / KR_LIMB_BITS, n = na + limbs;
    KrLimb top = kr_limbs_shl_n(r + limbs, a, na, (unsigned)(bits % KR_LIMB_BITS));
    kr_limbs_zero(r, limbs);
    if (top) r[n++] = top;
    return n;
}

size_t kr_limbs_shr(KrLimb *r, const KrLimb *a, size_t na, size_t bits, bool *sticky) {
    size_t limbs = bits / KR_LIMB_BITS;
    if (limbs >= na) {
        if (sticky) *sticky = na != 0;
        return 0;
    }
    if (sticky) *sticky = kr_limbs_trim(a, limbs) != 0; // before r, which may be a, is written
    KrLimb out = kr_limbs_shr_n(r, a + limbs, na - limbs, (unsigned)(bits % KR_LIMB_BITS));
    if (sticky && out) *sticky = true;
    return kr_limbs_trim(r, na - limbs);
}

size_t kr_limbs_bit_length(const KrLimb *a, size_t na) { return na ? na * KR_LIMB_BITS - kr_limb_clz(a[na - 1]) : 0; }

size_t kr_limbs_popcount(const KrLimb *a, size_t na) {
    // Adding neighbouring fields of 1, 2, 4 bits; the product sums the bytes. The constants are 0x55.., 0x33.., 0x0F.., 0x01..
    const KrLimb m1 = KR_LIMB_MAX / 3, m2 = KR_LIMB_MAX / 5, m4 = KR_LIMB_MAX / 17, ones = KR_LIMB_MAX / 255;
    size_t count = 0;
    for (size_t i = 0; i < na; i++) {
        KrLimb x = a[i];
        x -= (x >> 1) & m1;
        x = (x & m2) + ((x >> 2) & m2);
        x = (x + (x >> 4)) & m4;
        count += (x * ones) >> (KR_LIMB_BITS - 8);
    }
    return count;
}

size_t kr_limbs_trailing_zeros(const KrLimb *a, size_t na) {
    size_t i = 0;
    while (i + 1 < na && !a[i]) i++;
    return i * KR_LIMB_BITS + (a[i] ? kr_limb_ctz(a[i]) : 0);
}

// --- Machine integers ---

size_t kr_limbs_from_uint64(KrLimb *r, uint64_t value) {
    for (size_t i = 0; i < KR_LIMBS_INT64; i++) r[i] = (KrLimb)(value >> (i * KR_LIMB_BITS));
    return kr_limbs_trim(r, KR_LIMBS_INT64);
}

size_t kr_limbs_from_int64(KrLimb *r, int64_t value, bool *negative) {
    *negative = value < 0;
    return kr_limbs_from_uint64(r, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

bool kr_limbs_to_uint64(const KrLimb *a, size_t na, uint64_t *value) {
    if (na > KR_LIMBS_INT64) return false;
    *value = 0;
    for (size_t i = 0; i < na; i++) *value |= (uint64_t)a[i] << (i * KR_LIMB_BITS);
    return true;
}

bool kr_limbs_to_int64(const KrLimb *a, size_t na, bool negative, int64_t *value) {
    uint64_t magnitude;
    if (!kr_limbs_to_uint64(a, na, &magnitude) || magnitude > (uint64_t)INT64_MAX + negative) return false;
    // INT64_MIN's magnitude has no positive int64_t, so step around it.
    *value = negative && magnitude ? -(int64_t)(magnitude - 1) - 1 : (int64_t)magnitude;
    return true;
}
