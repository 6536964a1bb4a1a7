// limbs_bits.c - signed numbers seen in two's complement: and, or, xor, not, floor shift; bytes.
// SPDX-License-Identifier: MIT
//
// A negative -m is the infinite two's complement ~(m - 1), which is read from the magnitude limb by limb, with a running borrow.
#include "base/limbs.h"

#include "base/limbs_word.h"

typedef struct {
    const KrLimb *limb;
    size_t n;
    KrLimb mask;   // all ones for a negative number
    KrLimb borrow; // 1 while m - 1 still borrows
} Signed;

static Signed signed_reader(const KrLimb *a, size_t n, bool negative) { return (Signed){ a, n, negative ? KR_LIMB_MAX : 0, negative }; }

static inline KrLimb signed_next(Signed *s, size_t i) {
    KrLimb limb = i < s->n ? s->limb[i] : 0;
    KrLimb out = (limb - s->borrow) ^ s->mask;
    s->borrow &= limb == 0;
    return out;
}

// r holds n limbs of two's complement; makes it sign and magnitude.
static size_t signed_finish(KrLimb *r, size_t n, bool negative, bool *result_negative) {
    if (negative) {
        for (size_t i = 0; i < n; i++) r[i] = ~r[i];
        KrLimb carry = kr_limbs_carry(r, n, 1);
        if (carry) r[n++] = carry;
    }
    *result_negative = negative;
    return kr_limbs_trim(r, n);
}

size_t kr_limbs_and(KrLimb *r, bool *negative, const KrLimb *a, size_t na, bool a_negative, const KrLimb *b, size_t nb, bool b_negative) {
    // Above the end of an operand that is not negative there are only zeros.
    size_t n = kr_size_max(na, nb);
    if (!a_negative) n = na;
    if (!b_negative) n = a_negative ? nb : kr_size_min(na, nb);
    Signed x = signed_reader(a, na, a_negative), y = signed_reader(b, nb, b_negative);
    for (size_t i = 0; i < n; i++) r[i] = signed_next(&x, i) & signed_next(&y, i);
    return signed_finish(r, n, a_negative && b_negative, negative);
}

size_t kr_limbs_or(KrLimb *r, bool *negative, const KrLimb *a, size_t na, bool a_negative, const KrLimb *b, size_t nb, bool b_negative) {
    size_t n = kr_size_max(na, nb);
    Signed x = signed_reader(a, na, a_negative), y = signed_reader(b, nb, b_negative);
    for (size_t i = 0; i < n; i++) r[i] = signed_next(&x, i) | signed_next(&y, i);
    return signed_finish(r, n, a_negative || b_negative, negative);
}

size_t kr_limbs_xor(KrLimb *r, bool *negative, const KrLimb *a, size_t na, bool a_negative, const KrLimb *b, size_t nb, bool b_negative) {
    size_t n = kr_size_max(na, nb);
    Signed x = signed_reader(a, na, a_negative), y = signed_reader(b, nb, b_negative);
    for (size_t i = 0; i < n; i++) r[i] = signed_next(&x, i) ^ signed_next(&y, i);
    return signed_finish(r, n, a_negative != b_negative, negative);
}

size_t kr_limbs_not(KrLimb *r, bool *negative, const KrLimb *a, size_t na, bool a_negative) {
    *negative = !a_negative; // ~x is -x - 1; ~-1 is 0
    return a_negative ? kr_limbs_sub_1(r, a, na, 1) : kr_limbs_add_1(r, a, na, 1);
}

size_t kr_limbs_shr_floor(KrLimb *r, const KrLimb *a, size_t na, bool a_negative, size_t bits) {
    bool sticky;
    size_t n = kr_limbs_shr(r, a, na, bits, &sticky);
    return a_negative && sticky ? kr_limbs_add_1(r, r, n, 1) : n;
}

// --- Bytes ---

size_t kr_limbs_from_bytes_size(size_t len) { return len / sizeof(KrLimb) + (len % sizeof(KrLimb) != 0); }

// Byte i, counted from the least significant.
static inline size_t byte_at(size_t i, size_t len, bool little) { return little ? i : len - 1 - i; }

size_t kr_limbs_from_bytes(KrLimb *r, bool *negative, const uint8_t *bytes, size_t len, bool little, bool is_signed) {
    size_t n = kr_limbs_from_bytes_size(len);
    *negative = is_signed && len && bytes[byte_at(len - 1, len, little)] >> 7;
    KrLimb limb = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned shift = (unsigned)(i % sizeof limb) * 8;
        limb |= (KrLimb)bytes[byte_at(i, len, little)] << shift;
        if (i + 1 < len && shift + 8 < KR_LIMB_BITS) continue;
        if (*negative && i + 1 == len && shift + 8 < KR_LIMB_BITS) limb |= KR_LIMB_MAX << (shift + 8);
        r[i / sizeof limb] = limb;
        limb = 0;
    }
    // Never carries out: a negative number's top bit is 1.
    return signed_finish(r, n, *negative, negative);
}

// Does the value fit len bytes?
static bool bytes_suffice(size_t len, const KrLimb *a, size_t na, bool negative, bool is_signed) {
    if (!na) return true;
    if (negative && !is_signed) return false;
    size_t bits = kr_limbs_bit_length(a, na);
    if (negative && bits == 1) return true;                                             // -1 is all ones, even no bits
    if (is_signed && !(negative && kr_limbs_trailing_zeros(a, na) == bits - 1)) bits++; // -2 ** k needs no bit for the sign
    return (bits - 1) / 8 < len;
}

bool kr_limbs_to_bytes(uint8_t *bytes, size_t len, const KrLimb *a, size_t na, bool negative, bool little, bool is_signed) {
    if (!bytes_suffice(len, a, na, negative, is_signed)) return false;
    Signed s = signed_reader(a, na, negative);
    KrLimb limb = 0;
    for (size_t i = 0; i < len; i++) {
        if (i % sizeof limb == 0) limb = signed_next(&s, i / sizeof limb);
        bytes[byte_at(i, len, little)] = (uint8_t)limb;
        limb >>= 8;
    }
    return true;
}
