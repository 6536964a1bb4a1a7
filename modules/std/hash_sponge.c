// hash_sponge.c - SHA-3 and SHAKE (FIPS 202): Keccak-f[1600] over blocks, and as much output as one wants.
// SPDX-License-Identifier: MIT
#include "hash_part.h"

static const uint64_t round_constants[24] = {
    // section 3.2.5
    0x0000000000000001u, 0x0000000000008082u, 0x800000000000808Au, 0x8000000080008000u, 0x000000000000808Bu, 0x0000000080000001u,
    0x8000000080008081u, 0x8000000000008009u, 0x000000000000008Au, 0x0000000000000088u, 0x0000000080008009u, 0x000000008000000Au,
    0x000000008000808Bu, 0x800000000000008Bu, 0x8000000000008089u, 0x8000000000008003u, 0x8000000000008002u, 0x8000000000000080u,
    0x000000000000800Au, 0x800000008000000Au, 0x8000000080008081u, 0x8000000000008080u, 0x0000000080000001u, 0x8000000080008008u,
};

static inline uint64_t rotate(uint64_t x, unsigned by) { return by ? x << by | x >> (64 - by) : x; }

static void theta(uint64_t a[25]) {
    uint64_t c[5];
    for (unsigned x = 0; x < 5; x++) c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (unsigned x = 0; x < 5; x++) {
        uint64_t d = c[(x + 4) % 5] ^ rotate(c[(x + 1) % 5], 1);
        for (unsigned y = 0; y < 25; y += 5) a[y + x] ^= d;
    }
}

// Rho and pi: each lane is turned and goes to the place of the next one in a chain through 24 of them.
static void rho_pi(uint64_t a[25]) {
    static const uint8_t lane[24] = { 10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1 };
    static const uint8_t by[24] = { 1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44 };
    uint64_t carried = a[1];
    for (unsigned i = 0; i < 24; i++) {
        uint64_t next = a[lane[i]];
        a[lane[i]] = rotate(carried, by[i]);
        carried = next;
    }
}

static void chi(uint64_t a[25]) {
    for (uint64_t *row = a; row < a + 25; row += 5) {
        uint64_t first = row[0], second = row[1];
        for (unsigned x = 0; x < 3; x++) row[x] ^= ~row[x + 1] & row[x + 2];
        row[3] ^= ~row[4] & first;
        row[4] ^= ~first & second;
    }
}

static void keccak(uint64_t a[25]) {
    for (unsigned i = 0; i < 24; i++) {
        theta(a);
        rho_pi(a);
        chi(a);
        a[0] ^= round_constants[i];
    }
}

static void sponge_begin(KrDigest *s, const KrHashKind *kind) { (void)kind, memset(s->h.q, 0, sizeof s->h.q); }

static void sponge_blocks(KrDigest *s, const KrHashKind *kind, const uint8_t *p, size_t count) {
    for (; count; count--) {
        for (size_t lane = 0; lane < kind->block_size / 8u; lane++, p += 8) {
            uint64_t v = 0;
            for (unsigned i = 8; i > 0; i--) v = v << 8 | p[i - 1];
            s->h.q[lane] ^= v;
        }
        keccak(s->h.q);
    }
}

static void sponge_end(KrDigest *s, const KrHashKind *kind, uint8_t *out, size_t len) {
    memset(s->block + s->used, 0, kind->block_size - s->used);
    s->block[s->used] = kind->suffix;
    s->block[kind->block_size - 1] |= 0x80;
    sponge_blocks(s, kind, s->block, 1);
    for (size_t i = 0; i < len; i++) {
        size_t at = i % kind->block_size;
        if (i && at == 0) keccak(s->h.q);
        out[i] = (uint8_t)(s->h.q[at / 8] >> 8 * (at % 8));
    }
}

#define SPONGE(name, rate, size, suffix) \
    { name, rate, size, suffix, false, sponge_begin, sponge_blocks, sponge_end }
const KrHashKind kr_hash_sha3_224 = SPONGE("sha3_224", 144, 28, 0x06);
const KrHashKind kr_hash_sha3_256 = SPONGE("sha3_256", 136, 32, 0x06);
const KrHashKind kr_hash_sha3_384 = SPONGE("sha3_384", 104, 48, 0x06);
const KrHashKind kr_hash_sha3_512 = SPONGE("sha3_512", 72, 64, 0x06);
const KrHashKind kr_hash_shake_128 = SPONGE("shake_128", 168, 0, 0x1F);
const KrHashKind kr_hash_shake_256 = SPONGE("shake_256", 136, 0, 0x1F);
