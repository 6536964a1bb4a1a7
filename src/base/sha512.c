// sha512.c - SHA-512 (FIPS 180-4).
// SPDX-License-Identifier: MIT
#include "base/sha512.h"

#include <string.h>

const uint64_t kr_sha512_constants[80] = { // of the cube roots of the first 80 primes, the first 64 bits behind the point
    0x428A2F98D728AE22u, 0x7137449123EF65CDu, 0xB5C0FBCFEC4D3B2Fu, 0xE9B5DBA58189DBBCu, 0x3956C25BF348B538u, 0x59F111F1B605D019u,
    0x923F82A4AF194F9Bu, 0xAB1C5ED5DA6D8118u, 0xD807AA98A3030242u, 0x12835B0145706FBEu, 0x243185BE4EE4B28Cu, 0x550C7DC3D5FFB4E2u,
    0x72BE5D74F27B896Fu, 0x80DEB1FE3B1696B1u, 0x9BDC06A725C71235u, 0xC19BF174CF692694u, 0xE49B69C19EF14AD2u, 0xEFBE4786384F25E3u,
    0x0FC19DC68B8CD5B5u, 0x240CA1CC77AC9C65u, 0x2DE92C6F592B0275u, 0x4A7484AA6EA6E483u, 0x5CB0A9DCBD41FBD4u, 0x76F988DA831153B5u,
    0x983E5152EE66DFABu, 0xA831C66D2DB43210u, 0xB00327C898FB213Fu, 0xBF597FC7BEEF0EE4u, 0xC6E00BF33DA88FC2u, 0xD5A79147930AA725u,
    0x06CA6351E003826Fu, 0x142929670A0E6E70u, 0x27B70A8546D22FFCu, 0x2E1B21385C26C926u, 0x4D2C6DFC5AC42AEDu, 0x53380D139D95B3DFu,
    0x650A73548BAF63DEu, 0x766A0ABB3C77B2A8u, 0x81C2C92E47EDAEE6u, 0x92722C851482353Bu, 0xA2BFE8A14CF10364u, 0xA81A664BBC423001u,
    0xC24B8B70D0F89791u, 0xC76C51A30654BE30u, 0xD192E819D6EF5218u, 0xD69906245565A910u, 0xF40E35855771202Au, 0x106AA07032BBD1B8u,
    0x19A4C116B8D2D0C8u, 0x1E376C085141AB53u, 0x2748774CDF8EEB99u, 0x34B0BCB5E19B48A8u, 0x391C0CB3C5C95A63u, 0x4ED8AA4AE3418ACBu,
    0x5B9CCA4F7763E373u, 0x682E6FF3D6B2B8A3u, 0x748F82EE5DEFB2FCu, 0x78A5636F43172F60u, 0x84C87814A1F0AB72u, 0x8CC702081A6439ECu,
    0x90BEFFFA23631E28u, 0xA4506CEBDE82BDE9u, 0xBEF9A3F7B2C67915u, 0xC67178F2E372532Bu, 0xCA273ECEEA26619Cu, 0xD186B8C721C0C207u,
    0xEADA7DD6CDE0EB1Eu, 0xF57D4F7FEE6ED178u, 0x06F067AA72176FBAu, 0x0A637DC5A2C898A6u, 0x113F9804BEF90DAEu, 0x1B710B35131C471Bu,
    0x28DB77F523047D84u, 0x32CAAB7B40C72493u, 0x3C9EBE0A15C9BEBCu, 0x431D67C49C100D4Cu, 0x4CC5D4BECB3E42B6u, 0x597F299CFC657E2Au,
    0x5FCB6FAB3AD6FAECu, 0x6C44198C4A475817u
};

const uint64_t kr_sha512_start[8] = { // of the square roots of the first 8
    0x6A09E667F3BCC908u, 0xBB67AE8584CAA73Bu, 0x3C6EF372FE94F82Bu, 0xA54FF53A5F1D36F1u,
    0x510E527FADE682D1u, 0x9B05688C2B3E6C1Fu, 0x1F83D9ABFB41BD6Bu, 0x5BE0CD19137E2179u
};

static uint64_t rotate(uint64_t x, unsigned by) { return x >> by | x << (64 - by); }

static void schedule(uint64_t w[80], const uint8_t *p) {
    for (size_t i = 0; i < 16; i++) {
        w[i] = 0;
        for (size_t k = 0; k < 8; k++) w[i] = w[i] << 8 | *p++;
    }
    for (size_t i = 16; i < 80; i++) {
        uint64_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (rotate(a, 1) ^ rotate(a, 8) ^ a >> 7) + w[i - 7] + (rotate(b, 19) ^ rotate(b, 61) ^ b >> 6);
    }
}

// One round. The eight variables stay where they are: round k sees them turned by k places.
static inline void turn(uint64_t v[8], unsigned k, uint64_t add) {
    uint64_t a = v[(8 - k) & 7], b = v[(9 - k) & 7], c = v[(10 - k) & 7], e = v[(12 - k) & 7], f = v[(13 - k) & 7], g = v[(14 - k) & 7];
    uint64_t t = v[(15 - k) & 7] + (rotate(e, 14) ^ rotate(e, 18) ^ rotate(e, 41)) + (g ^ (e & (f ^ g))) + add;
    v[(11 - k) & 7] += t;
    v[(15 - k) & 7] = t + (rotate(a, 28) ^ rotate(a, 34) ^ rotate(a, 39)) + ((a & b) | (c & (a | b)));
}

void kr_sha512_blocks(uint64_t h[8], const uint8_t *p, size_t count) {
    uint64_t w[80], v[8];
    for (; count; count--, p += KR_SHA512_BLOCK) {
        schedule(w, p);
        memcpy(v, h, sizeof v);
        for (size_t i = 0; i < 80; i += 8) {
            const uint64_t *c = kr_sha512_constants + i;
            turn(v, 0, c[0] + w[i]), turn(v, 1, c[1] + w[i + 1]), turn(v, 2, c[2] + w[i + 2]), turn(v, 3, c[3] + w[i + 3]);
            turn(v, 4, c[4] + w[i + 4]), turn(v, 5, c[5] + w[i + 5]), turn(v, 6, c[6] + w[i + 6]), turn(v, 7, c[7] + w[i + 7]);
        }
        for (size_t i = 0; i < 8; i++) h[i] += v[i];
    }
}

void kr_sha512_begin(KrSha512 *s) {
    memcpy(s->h, kr_sha512_start, sizeof kr_sha512_start);
    s->len = 0;
}

void kr_sha512_add(KrSha512 *s, const void *data, size_t len) {
    const uint8_t *p = data;
    while (len) {
        size_t at = (size_t)(s->len % KR_SHA512_BLOCK), n = KR_SHA512_BLOCK - at < len ? KR_SHA512_BLOCK - at : len;
        memcpy(s->block + at, p, n);
        s->len += n;
        p += n;
        len -= n;
        if (at + n == KR_SHA512_BLOCK) kr_sha512_blocks(s->h, s->block, 1);
    }
}

void kr_sha512_end(KrSha512 *s, uint8_t digest[KR_SHA512_SIZE]) {
    uint64_t bits = s->len * 8; // the length has 128 bits there; more than 64 are not needed
    uint8_t tail[KR_SHA512_BLOCK] = { 0x80 }, size[16] = { 0 };
    size_t at = (size_t)(s->len % KR_SHA512_BLOCK);
    kr_sha512_add(s, tail, at < 112 ? 112 - at : 240 - at);
    for (size_t i = 0; i < 8; i++) size[15 - i] = (uint8_t)(bits >> 8 * i);
    kr_sha512_add(s, size, sizeof size);
    for (size_t i = 0; i < KR_SHA512_SIZE; i++) digest[i] = (uint8_t)(s->h[i / 8] >> (56 - 8 * (i % 8)));
}
