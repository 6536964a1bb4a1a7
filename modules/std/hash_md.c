// hash_md.c - MD5 (RFC 1321), SHA-1 and SHA-2 (FIPS 180-4): blocks that change a few words, with the length of all at the end.
// SPDX-License-Identifier: MIT
#include "base/sha512.h"
#include "hash_part.h"

static uint32_t load_big(const uint8_t *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }
static uint32_t load_little(const uint8_t *p) { return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0]; }

// ---- Any of the hashes -----------------------------------------------------------------------------------------------------------

void kr_hash_add(KrDigest *s, const KrHashKind *kind, const void *data, size_t len) {
    const uint8_t *p = data;
    size_t size = kind->block_size, kept = kind->keeps_last ? 1 : 0;
    s->len += len;
    if (s->used) {
        size_t n = size - s->used < len ? size - s->used : len;
        memcpy(s->block + s->used, p, n);
        s->used = (uint8_t)(s->used + n);
        p += n;
        len -= n;
        if (s->used < size || len < kept) return;
        kind->blocks(s, kind, s->block, 1);
        s->used = 0;
    }
    if (len >= size + kept) {
        size_t count = (len - kept) / size;
        kind->blocks(s, kind, p, count);
        p += count * size;
        len -= count * size;
    }
    if (len) memcpy(s->block, p, len);
    s->used = (uint8_t)len;
}

// A one bit, zeros, and the length in bits in the last bytes of a block. Lengths are below 2 ** 61 bytes.
static void pad(KrDigest *s, const KrHashKind *kind, bool big) {
    uint64_t bits = s->len * 8;
    size_t size = kind->block_size, room = size / 8;
    s->block[s->used] = 0x80;
    memset(s->block + s->used + 1, 0, size - s->used - 1);
    if (s->used + room >= size) {
        kind->blocks(s, kind, s->block, 1);
        memset(s->block, 0, size);
    }
    for (size_t i = 0; i < 8; i++) s->block[big ? size - 1 - i : size - 8 + i] = (uint8_t)(bits >> 8 * i);
    kind->blocks(s, kind, s->block, 1);
}

static void end_big(KrDigest *s, const KrHashKind *kind, uint8_t *out, size_t len) {
    pad(s, kind, true);
    for (size_t i = 0; i < len; i++)
        out[i] = kind->block_size == 64 ? (uint8_t)(s->h.w[i / 4] >> (24 - 8 * (i % 4))) : (uint8_t)(s->h.q[i / 8] >> (56 - 8 * (i % 8)));
}

// ---- MD5 -------------------------------------------------------------------------------------------------------------------------

static const uint32_t md5_constants[64] = {
    // 2 ** 32 * |sin(i + 1)|
    0xD76AA478u, 0xE8C7B756u, 0x242070DBu, 0xC1BDCEEEu, 0xF57C0FAFu, 0x4787C62Au, 0xA8304613u, 0xFD469501u, 0x698098D8u, 0x8B44F7AFu,
    0xFFFF5BB1u, 0x895CD7BEu, 0x6B901122u, 0xFD987193u, 0xA679438Eu, 0x49B40821u, 0xF61E2562u, 0xC040B340u, 0x265E5A51u, 0xE9B6C7AAu,
    0xD62F105Du, 0x02441453u, 0xD8A1E681u, 0xE7D3FBC8u, 0x21E1CDE6u, 0xC33707D6u, 0xF4D50D87u, 0x455A14EDu, 0xA9E3E905u, 0xFCEFA3F8u,
    0x676F02D9u, 0x8D2A4C8Au, 0xFFFA3942u, 0x8771F681u, 0x6D9D6122u, 0xFDE5380Cu, 0xA4BEEA44u, 0x4BDECFA9u, 0xF6BB4B60u, 0xBEBFBC70u,
    0x289B7EC6u, 0xEAA127FAu, 0xD4EF3085u, 0x04881D05u, 0xD9D4D039u, 0xE6DB99E5u, 0x1FA27CF8u, 0xC4AC5665u, 0xF4292244u, 0x432AFF97u,
    0xAB9423A7u, 0xFC93A039u, 0x655B59C3u, 0x8F0CCC92u, 0xFFEFF47Du, 0x85845DD1u, 0x6FA87E4Fu, 0xFE2CE6E0u, 0xA3014314u, 0x4E0811A1u,
    0xF7537E82u, 0xBD3AF235u, 0x2AD7D2BBu, 0xEB86D391u,
};

static void md5_begin(KrDigest *s, const KrHashKind *kind) {
    static const uint32_t start[4] = { 0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476 };
    (void)kind;
    memcpy(s->h.w, start, sizeof start);
}

static inline uint32_t md5_turn(uint32_t a, uint32_t b, uint32_t mixed, uint32_t add, unsigned by) {
    return b + kr_rotate_left(a + mixed + add, by);
}

static void md5_block(uint32_t h[4], const uint32_t w[16]) {
    static const uint8_t by[4][4] = { { 7, 12, 17, 22 }, { 5, 9, 14, 20 }, { 4, 11, 16, 23 }, { 6, 10, 15, 21 } };
    uint32_t a = h[0], b = h[1], c = h[2], d = h[3];
    for (unsigned i = 0; i < 64; i++) {
        uint32_t mixed = i < 16 ? d ^ (b & (c ^ d)) : i < 32 ? c ^ (d & (b ^ c)) : i < 48 ? b ^ c ^ d : c ^ (b | ~d);
        unsigned from = (i < 16 ? i : i < 32 ? 5 * i + 1 : i < 48 ? 3 * i + 5 : 7 * i) % 16;
        uint32_t next = md5_turn(a, b, mixed, md5_constants[i] + w[from], by[i / 16][i % 4]);
        a = d, d = c, c = b, b = next;
    }
    h[0] += a, h[1] += b, h[2] += c, h[3] += d;
}

static void md5_blocks(KrDigest *s, const KrHashKind *kind, const uint8_t *p, size_t count) {
    uint32_t w[16];
    (void)kind;
    for (; count; count--, p += 64) {
        for (size_t i = 0; i < 16; i++) w[i] = load_little(p + 4 * i);
        md5_block(s->h.w, w);
    }
}

static void md5_end(KrDigest *s, const KrHashKind *kind, uint8_t *out, size_t len) {
    pad(s, kind, false);
    for (size_t i = 0; i < len; i++) out[i] = (uint8_t)(s->h.w[i / 4] >> 8 * (i % 4));
}

const KrHashKind kr_hash_md5 = { "md5", 64, 16, 0, false, md5_begin, md5_blocks, md5_end };

// ---- SHA-1 -----------------------------------------------------------------------------------------------------------------------

static void sha1_begin(KrDigest *s, const KrHashKind *kind) {
    static const uint32_t start[5] = { 0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0 };
    (void)kind;
    memcpy(s->h.w, start, sizeof start);
}

static void sha1_block(uint32_t h[5], const uint8_t *p) {
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (size_t i = 0; i < 16; i++) w[i] = load_big(p + 4 * i);
    for (size_t i = 16; i < 80; i++) w[i] = kr_rotate_left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (size_t i = 0; i < 80; i++) {
        uint32_t mixed = i < 20   ? (d ^ (b & (c ^ d))) + 0x5A827999
                         : i < 40 ? (b ^ c ^ d) + 0x6ED9EBA1
                         : i < 60 ? ((b & c) | (d & (b | c))) + 0x8F1BBCDC
                                  : (b ^ c ^ d) + 0xCA62C1D6;
        uint32_t next = kr_rotate_left(a, 5) + mixed + e + w[i];
        e = d, d = c, c = kr_rotate_left(b, 30), b = a, a = next;
    }
    h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
}

static void sha1_blocks(KrDigest *s, const KrHashKind *kind, const uint8_t *p, size_t count) {
    (void)kind;
    for (; count; count--, p += 64) sha1_block(s->h.w, p);
}

const KrHashKind kr_hash_sha1 = { "sha1", 64, 20, 0, false, sha1_begin, sha1_blocks, end_big };

// ---- SHA-2 -----------------------------------------------------------------------------------------------------------------------
// The 32-bit members take their constants from the upper halves of the 64-bit ones, as the standard's definitions make them.

static const uint64_t sha384_start[8] = { // of the square roots of the 9th to 16th primes
    0xCBBB9D5DC1059ED8u, 0x629A292A367CD507u, 0x9159015A3070DD17u, 0x152FECD8F70E5939u,
    0x67332667FFC00B31u, 0x8EB44A8768581511u, 0xDB0C2E0D64F98FA7u, 0x47B5481DBEFA4FA4u
};

static void sha2_begin(KrDigest *s, const KrHashKind *kind) {
    const uint64_t *from = kind->digest_size == 28 || kind->digest_size == 48 ? sha384_start : kr_sha512_start;
    for (size_t i = 0; i < 8; i++) {
        if (kind->block_size == 128) s->h.q[i] = from[i];
        else s->h.w[i] = (uint32_t)(kind->digest_size == 28 ? from[i] : from[i] >> 32);
    }
}

static inline uint32_t rotate(uint32_t x, unsigned by) { return x >> by | x << (32 - by); }

static inline void turn(uint32_t v[8], unsigned k, uint32_t add) { // as in sha512.c
    uint32_t a = v[(8 - k) & 7], b = v[(9 - k) & 7], c = v[(10 - k) & 7], e = v[(12 - k) & 7], f = v[(13 - k) & 7], g = v[(14 - k) & 7];
    uint32_t t = v[(15 - k) & 7] + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (g ^ (e & (f ^ g))) + add;
    v[(11 - k) & 7] += t;
    v[(15 - k) & 7] = t + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) | (c & (a | b)));
}

static inline uint32_t sha256_constant(size_t i) { return (uint32_t)(kr_sha512_constants[i] >> 32); }

static void sha256_block(uint32_t h[8], const uint8_t *p) {
    uint32_t w[64], v[8];
    for (size_t i = 0; i < 16; i++) w[i] = load_big(p + 4 * i);
    for (size_t i = 16; i < 64; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) + w[i - 7] + (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
    }
    memcpy(v, h, sizeof v);
    for (size_t i = 0; i < 64; i += 8) {
        turn(v, 0, sha256_constant(i) + w[i]), turn(v, 1, sha256_constant(i + 1) + w[i + 1]);
        turn(v, 2, sha256_constant(i + 2) + w[i + 2]), turn(v, 3, sha256_constant(i + 3) + w[i + 3]);
        turn(v, 4, sha256_constant(i + 4) + w[i + 4]), turn(v, 5, sha256_constant(i + 5) + w[i + 5]);
        turn(v, 6, sha256_constant(i + 6) + w[i + 6]), turn(v, 7, sha256_constant(i + 7) + w[i + 7]);
    }
    for (size_t i = 0; i < 8; i++) h[i] += v[i];
}

static void sha256_blocks(KrDigest *s, const KrHashKind *kind, const uint8_t *p, size_t count) {
    (void)kind;
    for (; count; count--, p += 64) sha256_block(s->h.w, p);
}

static void sha512_blocks(KrDigest *s, const KrHashKind *kind, const uint8_t *p, size_t count) {
    (void)kind;
    kr_sha512_blocks(s->h.q, p, count);
}

const KrHashKind kr_hash_sha224 = { "sha224", 64, 28, 0, false, sha2_begin, sha256_blocks, end_big };
const KrHashKind kr_hash_sha256 = { "sha256", 64, 32, 0, false, sha2_begin, sha256_blocks, end_big };
const KrHashKind kr_hash_sha384 = { "sha384", 128, 48, 0, false, sha2_begin, sha512_blocks, end_big };
const KrHashKind kr_hash_sha512 = { "sha512", 128, 64, 0, false, sha2_begin, sha512_blocks, end_big };
