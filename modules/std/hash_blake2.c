// hash_blake2.c - BLAKE2b and BLAKE2s (RFC 7693), with the parameters for keys, salts and trees.
// SPDX-License-Identifier: MIT
#include "base/sha512.h"
#include "hash_part.h"

static const uint8_t order[10][16] = {
    // RFC 7693, section 2.7
    { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 }, { 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3 },
    { 11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4 }, { 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8 },
    { 9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13 }, { 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9 },
    { 12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11 }, { 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10 },
    { 6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5 }, { 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0 },
};

static inline uint64_t right64(uint64_t x, unsigned by) { return x >> by | x << (64 - by); }
static inline uint32_t right32(uint32_t x, unsigned by) { return x >> by | x << (32 - by); }

static inline void mix64(uint64_t v[16], unsigned a, unsigned b, unsigned c, unsigned d, uint64_t x, uint64_t y) {
    v[a] += v[b] + x, v[d] = right64(v[d] ^ v[a], 32);
    v[c] += v[d], v[b] = right64(v[b] ^ v[c], 24);
    v[a] += v[b] + y, v[d] = right64(v[d] ^ v[a], 16);
    v[c] += v[d], v[b] = right64(v[b] ^ v[c], 63);
}

static inline void mix32(uint32_t v[16], unsigned a, unsigned b, unsigned c, unsigned d, uint32_t x, uint32_t y) {
    v[a] += v[b] + x, v[d] = right32(v[d] ^ v[a], 16);
    v[c] += v[d], v[b] = right32(v[b] ^ v[c], 12);
    v[a] += v[b] + y, v[d] = right32(v[d] ^ v[a], 8);
    v[c] += v[d], v[b] = right32(v[b] ^ v[c], 7);
}

static void compress64(uint64_t h[8], const uint8_t *p, uint64_t len, bool last, bool last_node) {
    uint64_t v[16], m[16];
    for (unsigned i = 0; i < 16; i++) {
        m[i] = 0;
        for (unsigned k = 8; k > 0; k--) m[i] = m[i] << 8 | p[8 * i + k - 1];
        v[i] = i < 8 ? h[i] : kr_sha512_start[i - 8];
    }
    v[12] ^= len; // data beyond 2 ** 64 bytes there is none
    if (last) v[14] = ~v[14];
    if (last && last_node) v[15] = ~v[15];
    for (unsigned r = 0; r < 12; r++) {
        const uint8_t *o = order[r % 10];
        mix64(v, 0, 4, 8, 12, m[o[0]], m[o[1]]), mix64(v, 1, 5, 9, 13, m[o[2]], m[o[3]]);
        mix64(v, 2, 6, 10, 14, m[o[4]], m[o[5]]), mix64(v, 3, 7, 11, 15, m[o[6]], m[o[7]]);
        mix64(v, 0, 5, 10, 15, m[o[8]], m[o[9]]), mix64(v, 1, 6, 11, 12, m[o[10]], m[o[11]]);
        mix64(v, 2, 7, 8, 13, m[o[12]], m[o[13]]), mix64(v, 3, 4, 9, 14, m[o[14]], m[o[15]]);
    }
    for (unsigned i = 0; i < 8; i++) h[i] ^= v[i] ^ v[i + 8];
}

static void compress32(uint32_t h[8], const uint8_t *p, uint64_t len, bool last, bool last_node) {
    uint32_t v[16], m[16];
    for (unsigned i = 0; i < 16; i++) {
        m[i] = (uint32_t)p[4 * i + 3] << 24 | (uint32_t)p[4 * i + 2] << 16 | (uint32_t)p[4 * i + 1] << 8 | p[4 * i];
        v[i] = i < 8 ? h[i] : (uint32_t)(kr_sha512_start[i - 8] >> 32);
    }
    v[12] ^= (uint32_t)len;
    v[13] ^= (uint32_t)(len >> 32);
    if (last) v[14] = ~v[14];
    if (last && last_node) v[15] = ~v[15];
    for (unsigned r = 0; r < 10; r++) {
        const uint8_t *o = order[r];
        mix32(v, 0, 4, 8, 12, m[o[0]], m[o[1]]), mix32(v, 1, 5, 9, 13, m[o[2]], m[o[3]]);
        mix32(v, 2, 6, 10, 14, m[o[4]], m[o[5]]), mix32(v, 3, 7, 11, 15, m[o[6]], m[o[7]]);
        mix32(v, 0, 5, 10, 15, m[o[8]], m[o[9]]), mix32(v, 1, 6, 11, 12, m[o[10]], m[o[11]]);
        mix32(v, 2, 7, 8, 13, m[o[12]], m[o[13]]), mix32(v, 3, 4, 9, 14, m[o[14]], m[o[15]]);
    }
    for (unsigned i = 0; i < 8; i++) h[i] ^= v[i] ^ v[i + 8];
}

// The parameter block's bytes, at half the widths for BLAKE2s: there node_offset has six of them.
static void pack(uint8_t to[64], const KrBlake2 *b, bool wide) {
    size_t at = 0, offset = wide ? 8 : 6, gap = wide ? 14 : 0, text = wide ? 16 : 8;
    const uint8_t head[4] = { b->digest_size, b->key_len, b->fanout, b->depth };
    memset(to, 0, 64);
    memcpy(to, head, 4), at = 4;
    for (size_t i = 0; i < 4; i++) to[at++] = (uint8_t)(b->leaf_size >> 8 * i);
    for (size_t i = 0; i < offset; i++) to[at++] = (uint8_t)(b->node_offset >> 8 * i);
    to[at++] = b->node_depth;
    to[at++] = b->inner_size;
    memcpy(to + at + gap, b->salt, text);
    memcpy(to + at + gap + text, b->person, text);
}

void kr_blake2_begin(KrDigest *s, const KrHashKind *kind, const KrBlake2 *parameters) {
    bool wide = kind->block_size == 128;
    uint8_t packed[64];
    pack(packed, parameters, wide);
    for (size_t i = 0; i < 8; i++) {
        uint64_t v = 0;
        for (size_t k = wide ? 8 : 4; k > 0; k--) v = v << 8 | packed[i * (wide ? 8 : 4) + k - 1];
        if (wide) s->h.q[i] = kr_sha512_start[i] ^ v;
        else s->h.w[i] = (uint32_t)(kr_sha512_start[i] >> 32 ^ v);
    }
    s->out_size = parameters->digest_size;
}

static void blake2_begin(KrDigest *s, const KrHashKind *kind) {
    kr_blake2_begin(s, kind, &(KrBlake2){ .digest_size = kind->digest_size, .fanout = 1, .depth = 1 });
}

// s->len counts what the block's caller has still to give as well: what is before and in this block is what counts.
static void blake2_blocks(KrDigest *s, const KrHashKind *kind, const uint8_t *p, size_t count) {
    for (; count; count--, p += kind->block_size) {
        uint64_t *done = &s->h.q[24]; // bytes compressed so far
        *done += kind->block_size;
        if (kind->block_size == 128) compress64(s->h.q, p, *done, false, false);
        else compress32(s->h.w, p, *done, false, false);
    }
}

static void blake2_end(KrDigest *s, const KrHashKind *kind, uint8_t *out, size_t len) {
    memset(s->block + s->used, 0, kind->block_size - s->used);
    if (kind->block_size == 128) compress64(s->h.q, s->block, s->len, true, s->last_node);
    else compress32(s->h.w, s->block, s->len, true, s->last_node);
    for (size_t i = 0; i < len; i++)
        out[i] = kind->block_size == 128 ? (uint8_t)(s->h.q[i / 8] >> 8 * (i % 8)) : (uint8_t)(s->h.w[i / 4] >> 8 * (i % 4));
}

const KrHashKind kr_hash_blake2b = { "blake2b", 128, 64, 0, true, blake2_begin, blake2_blocks, blake2_end };
const KrHashKind kr_hash_blake2s = { "blake2s", 64, 32, 0, true, blake2_begin, blake2_blocks, blake2_end };
