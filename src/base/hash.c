// hash.c - hashes of bytes and of numbers.
// SPDX-License-Identifier: MIT
#include "base/hash.h"

#include "base/double_math.h"
#include "base/limbs_word.h"

static uint32_t load_32(const uint8_t *p) { return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24; }
static uint64_t load_64(const uint8_t *p) { return load_32(p) | (uint64_t)load_32(p + 4) << 32; }

static KrHash never_minus_1(uintptr_t hash) { return hash == UINTPTR_MAX ? -2 : (KrHash)hash; }

// --- Bytes ---

// Two words of state are multiplied with each other, both having been changed by input, and both halves of the product go on:
// the idea of wyhash (Wang Yi). The constants are the fractions of square roots of primes.
#if UINTPTR_MAX > UINT32_MAX

#define MIX_1 0x6A09E667F3BCC909
#define MIX_2 0xBB67AE8584CAA73B

static uint64_t fold(uint64_t a, uint64_t b) {
    KrWide p = kr_wide_mul(a, b);
    return p.high ^ p.low;
}

KrHash kr_hash_bytes(const void *bytes, size_t len) {
    const uint8_t *p = bytes;
    uint64_t state = MIX_2, a, b;
    size_t left = len;
    for (; left > 16; left -= 16, p += 16) state = fold(load_64(p) ^ MIX_1, load_64(p + 8) ^ state);
    if (left >= 8) { // the words overlap, unless all of their bytes are used
        a = load_64(p), b = load_64(p + left - 8);
    } else if (left >= 4) {
        a = load_32(p), b = load_32(p + left - 4);
    } else {
        a = left ? (uint64_t)p[0] << 16 | (uint64_t)p[left / 2] << 8 | p[left - 1] : 0;
        b = 0;
    }
    return never_minus_1(fold(MIX_2 ^ len, fold(a ^ MIX_1, b ^ state)));
}

#else

#define MIX_1 0x6A09E667
#define MIX_2 0xBB67AE85

static uint64_t fold(uint64_t state, uint32_t a, uint32_t b) {
    return (uint64_t)((uint32_t)state ^ a ^ MIX_1) * ((uint32_t)(state >> 32) ^ b ^ MIX_2);
}

KrHash kr_hash_bytes(const void *bytes, size_t len) {
    const uint8_t *p = bytes;
    uint64_t state = (uint64_t)len << 32 | len;
    size_t left = len;
    for (; left > 8; left -= 8, p += 8) state = fold(state, load_32(p), load_32(p + 4));
    if (left >= 4) state = fold(state, load_32(p), load_32(p + left - 4));
    else if (left) state = fold(state, (uint32_t)p[0] << 16 | (uint32_t)p[left / 2] << 8 | p[left - 1], 0);
    state = fold(state, 0, 0);
    state = fold(state, 0, 0);
    return never_minus_1((uint32_t)state ^ (uint32_t)(state >> 32));
}

#endif

// --- SipHash: Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012; one round per word, three at the end ---

typedef struct {
    uint64_t a, b, c, d;
} Sip;

static uint64_t rotate(uint64_t x, unsigned bits) { return x << bits | x >> (64 - bits); }

static inline void sip_round(Sip *s) {
    s->a += s->b, s->c += s->d;
    s->b = rotate(s->b, 13) ^ s->a, s->d = rotate(s->d, 16) ^ s->c;
    s->a = rotate(s->a, 32);
    s->c += s->b, s->a += s->d;
    s->b = rotate(s->b, 17) ^ s->c, s->d = rotate(s->d, 21) ^ s->a;
    s->c = rotate(s->c, 32);
}

static inline void sip_word(Sip *s, uint64_t word) {
    s->d ^= word;
    sip_round(s);
    s->a ^= word;
}

KrHash kr_hash_bytes_keyed(const void *bytes, size_t len, const KrHashKey *key) {
    const uint8_t *p = bytes;
    Sip s = { key->k0 ^ 0x736F6D6570736575, key->k1 ^ 0x646F72616E646F6D, key->k0 ^ 0x6C7967656E657261, key->k1 ^ 0x7465646279746573 };
    size_t left = len;
    for (; left >= 8; left -= 8, p += 8) sip_word(&s, load_64(p));
    uint64_t last = (uint64_t)len << 56;
    for (size_t i = 0; i < left; i++) last |= (uint64_t)p[i] << (8 * i);
    sip_word(&s, last);
    s.c ^= 0xFF;
    for (int i = 0; i < 3; i++) sip_round(&s);
    uint64_t hash = s.a ^ s.b ^ s.c ^ s.d;
    return never_minus_1(sizeof(KrHash) == sizeof hash ? (uintptr_t)hash : (uintptr_t)(hash ^ hash >> 32));
}

// --- Numbers: powers of two are rotations, 2 ** KR_HASH_BITS being 1 ---

#define MODULUS ((uintptr_t)KR_HASH_MODULUS)

// x < 3 * MODULUS.
static inline uintptr_t reduce(uintptr_t x) { return x >= MODULUS ? x - MODULUS >= MODULUS ? x - 2 * MODULUS : x - MODULUS : x; }

static uintptr_t reduce_u64(uint64_t x) {
    while (x >> KR_HASH_BITS) x = (x & MODULUS) + (x >> KR_HASH_BITS);
    return reduce((uintptr_t)x);
}

// x * 2 ** bits, 0 <= bits < KR_HASH_BITS.
static inline uintptr_t rotate_modulus(uintptr_t x, unsigned bits) {
    return bits ? ((x << bits) & MODULUS) | x >> (KR_HASH_BITS - bits) : x;
}

static KrHash with_sign(uintptr_t x, bool negative) { return never_minus_1(negative ? 0 - x : x); }

KrHash kr_hash_int64(int64_t value) {
    bool negative = value < 0;
    return with_sign(reduce_u64(negative ? 0 - (uint64_t)value : (uint64_t)value), negative);
}

KrHash kr_hash_limbs(const KrLimb *a, size_t na, bool negative) {
    uintptr_t x = 0;
    for (size_t i = na; i--;) {
        x = rotate_modulus(x, KR_LIMB_BITS - KR_HASH_BITS) + (a[i] & MODULUS);
        x = reduce(x + (a[i] >> KR_HASH_BITS));
    }
    return with_sign(x, negative);
}

KrHash kr_hash_double(double x, KrHash nan_hash) {
    if (kr_isnan(x)) return nan_hash;
    if (kr_isinf(x)) return x > 0 ? KR_HASH_INF : -KR_HASH_INF;
    int exponent;
    uintptr_t mantissa = reduce_u64(kr_double_parts(x, &exponent));
    exponent %= KR_HASH_BITS;
    if (exponent < 0) exponent += KR_HASH_BITS;
    return with_sign(reduce(rotate_modulus(mantissa, (unsigned)exponent)), kr_signbit(x));
}
