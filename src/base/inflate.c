// inflate.c - decompressing DEFLATE (RFC 1951) and the checksum of zlib (RFC 1950).
//
// Nothing is taken from the bit buffer before all bits of an item are there, so that missing input loses nothing. Bytes that were read ahead
// are handed back.
// SPDX-License-Identifier: MIT
#include "base/inflate.h"

#include <string.h>

enum { HEADER, STORED_LENGTH, STORED, TABLE_SIZES, TABLE_CODES, TABLE_LENGTHS, SYMBOL, COPY, END };

void kr_inflate_begin(KrInflate *z) { memset(z, 0, sizeof *z); }

// ---- Bits ----------------------------------------------------------------------------------------------------------------------

static bool need(KrInflate *z, KrInflateIo *io, unsigned n) { // n <= 24
    while (z->count < n) {
        if (io->in == io->in_end) return false;
        z->bits |= (uint32_t)*io->in++ << z->count;
        z->count += 8;
    }
    return true;
}

static uint32_t take(KrInflate *z, unsigned n) {
    uint32_t v = z->bits & ((1u << n) - 1);
    z->bits >>= n;
    z->count -= (uint8_t)n;
    return v;
}

static void fill(KrInflate *z, KrInflateIo *io) { // up to 25 bits, as far as there is input
    while (z->count <= 24 && io->in < io->in_end) {
        z->bits |= (uint32_t)*io->in++ << z->count;
        z->count += 8;
    }
}

// ---- Huffman codes -------------------------------------------------------------------------------------------------------------

static uint32_t reverse(uint32_t code, unsigned len) {
    uint32_t r = 0;
    for (; len--; code >>= 1) r = r << 1 | (code & 1);
    return r;
}

static void fill_fast(KrHuffman *h, const uint8_t *lengths, unsigned n) {
    uint32_t next[16] = { 0 }, code = 0;
    memset(h->fast, 0, sizeof h->fast);
    for (unsigned len = 1; len < 16; len++) code = next[len] = (code + (len > 1 ? h->count[len - 1] : 0u)) << 1;
    for (unsigned s = 0; s < n; s++) {
        unsigned len = lengths[s];
        if (!len) continue;
        uint32_t at = reverse(next[len]++, len);
        for (; len <= KR_INFLATE_FAST_BITS && at < 1u << KR_INFLATE_FAST_BITS; at += 1u << len) h->fast[at] = (uint16_t)(s << 4 | len);
    }
}

// False: more codes than there is room for, or fewer. A single code of one bit may stand alone, and none at all: using another is an error then.
static bool build(KrHuffman *h, const uint8_t *lengths, unsigned n) {
    uint16_t at[16];
    int left = 1;
    memset(h->count, 0, sizeof h->count);
    for (unsigned s = 0; s < n; s++) h->count[lengths[s]]++;
    h->count[0] = 0;
    h->longest = 15;
    while (h->longest && !h->count[h->longest]) h->longest--;
    for (unsigned len = 1; len < 16; len++)
        if ((left = left * 2 - h->count[len]) < 0) return false;
    if (left && h->longest > 1) return false;
    at[1] = 0;
    for (unsigned len = 1; len < 15; len++) at[len + 1] = (uint16_t)(at[len] + h->count[len]);
    for (unsigned s = 0; s < n; s++)
        if (lengths[s]) h->symbol[at[lengths[s]]++] = (uint16_t)s;
    fill_fast(h, lengths, n);
    return true;
}

enum { NO_BITS = -1, NO_CODE = -2 };

// The next symbol's number and, in *len, how many bits it takes: they are not taken yet.
static int peek(const KrInflate *z, const KrHuffman *h, unsigned *len) {
    unsigned fast = h->fast[z->bits & ((1u << KR_INFLATE_FAST_BITS) - 1)];
    if (fast) return *len = fast & 15, *len <= z->count ? (int)(fast >> 4) : NO_BITS;
    int code = 0, first = 0, index = 0;
    if (!z->count) return NO_BITS;
    for (*len = 1; *len <= h->longest; ++*len) {
        if (*len > z->count) return NO_BITS;
        code |= (int)(z->bits >> (*len - 1) & 1);
        int count = h->count[*len];
        if (code - first < count) return h->symbol[index + code - first];
        index += count;
        first = (first + count) << 1;
        code <<= 1;
    }
    return NO_CODE;
}

// ---- Blocks --------------------------------------------------------------------------------------------------------------------

static bool use_fixed(KrInflate *z) {
    uint8_t *l = z->lengths;
    memset(l, 8, 144);
    memset(l + 144, 9, 112);
    memset(l + 256, 7, 24);
    memset(l + 280, 8, 8);
    if (!build(&z->literals, l, 288)) return false;
    memset(l, 5, 32);
    return build(&z->distances, l, 32); // 30 and 31 have codes, and are refused where they come
}

static KrInflateResult header(KrInflate *z, KrInflateIo *io) {
    if (z->last) return z->state = END, KR_INFLATE_END;
    if (!need(z, io, 3)) return KR_INFLATE_INPUT;
    z->last = take(z, 1);
    switch (take(z, 2)) {
    case 0:
        (void)take(z, z->count & 7);
        z->state = STORED_LENGTH;
        return KR_INFLATE_END;
    case 1: z->state = SYMBOL; return use_fixed(z) ? KR_INFLATE_END : KR_INFLATE_LITERALS;
    case 2: z->state = TABLE_SIZES; return KR_INFLATE_END;
    default: return KR_INFLATE_BLOCK;
    }
}

static KrInflateResult stored_length(KrInflate *z, KrInflateIo *io) { // two numbers of 16 bits: the second waits in `distance`
    if (!z->wanted) {
        if (!need(z, io, 16)) return KR_INFLATE_INPUT;
        z->length = take(z, 16);
        z->wanted = 1;
    }
    if (!need(z, io, 16)) return KR_INFLATE_INPUT;
    z->wanted = 0;
    if (take(z, 16) != (z->length ^ 0xFFFF)) return KR_INFLATE_STORED;
    z->state = STORED;
    return KR_INFLATE_END;
}

static KrInflateResult stored(KrInflate *z, KrInflateIo *io) {
    while (z->length) {
        if (io->out_len == io->out_room) return KR_INFLATE_FULL;
        if (z->count) { // whole bytes, which came with the lengths
            io->out[io->out_len++] = (uint8_t)take(z, 8);
            z->length--;
            continue;
        }
        size_t n = z->length, room = io->out_room - io->out_len, have = (size_t)(io->in_end - io->in);
        if (!have) return KR_INFLATE_INPUT;
        n = n < room ? n : room;
        n = n < have ? n : have;
        memcpy(io->out + io->out_len, io->in, n);
        io->in += n;
        io->out_len += n;
        z->length -= (uint32_t)n;
    }
    z->state = HEADER;
    return KR_INFLATE_END;
}

static KrInflateResult table_sizes(KrInflate *z, KrInflateIo *io) {
    if (!need(z, io, 14)) return KR_INFLATE_INPUT;
    z->nlit = (uint16_t)(257 + take(z, 5));
    z->ndist = (uint16_t)(1 + take(z, 5));
    z->wanted = (uint16_t)(4 + take(z, 4));
    z->have = 0;
    memset(z->lengths, 0, sizeof z->lengths);
    if (z->nlit > 286 || z->ndist > 30) return KR_INFLATE_COUNTS;
    z->state = TABLE_CODES;
    return KR_INFLATE_END;
}

static KrInflateResult table_codes(KrInflate *z, KrInflateIo *io) {
    static const uint8_t order[19] = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 };
    for (; z->have < z->wanted; z->have++) {
        if (!need(z, io, 3)) return KR_INFLATE_INPUT;
        z->lengths[order[z->have]] = (uint8_t)take(z, 3);
    }
    bool ok = build(&z->literals, z->lengths, 19);
    bool alone = z->literals.longest == 1 && z->literals.count[1] == 1; // not here
    z->have = 0;
    z->wanted = 0;
    z->state = TABLE_LENGTHS;
    memset(z->lengths, 0, 19);
    return ok && !alone ? KR_INFLATE_END : KR_INFLATE_CODES;
}

static KrInflateResult table_lengths(KrInflate *z, KrInflateIo *io) {
    unsigned total = z->nlit + (unsigned)z->ndist, len;
    while (z->have < total) {
        fill(z, io);
        int s = peek(z, &z->literals, &len);
        if (s == NO_CODE) s = 0, len = 1; // there is no code at all: zlib takes each bit for a length of zero
        unsigned extra = s == 16 ? 2 : s == 17 ? 3 : s == 18 ? 7 : 0;
        if (s == NO_BITS || len + extra > z->count) return KR_INFLATE_INPUT;
        (void)take(z, len);
        if (s < 16) {
            z->lengths[z->have++] = (uint8_t)s;
            continue;
        }
        unsigned times = take(z, extra) + (s == 18 ? 11 : 3);
        if ((s == 16 && !z->have) || z->have + times > total) return KR_INFLATE_REPEAT;
        memset(z->lengths + z->have, s == 16 ? z->lengths[z->have - 1] : 0, times);
        z->have = (uint16_t)(z->have + times);
    }
    if (!z->lengths[256]) return KR_INFLATE_NO_STOP;
    z->state = SYMBOL;
    if (!build(&z->literals, z->lengths, z->nlit)) return KR_INFLATE_LITERALS;
    return build(&z->distances, z->lengths + z->nlit, z->ndist) ? KR_INFLATE_END : KR_INFLATE_DISTANCES;
}

// ---- Symbols -------------------------------------------------------------------------------------------------------------------

static const uint16_t length_base[29] = { 3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                          31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258 };
static const uint8_t length_extra[29] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0 };
static const uint16_t distance_base[30] = { 1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
                                            193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577 };

static KrInflateResult copy(KrInflate *z, KrInflateIo *io) {
    if (z->distance > io->out_len) return KR_INFLATE_DISTANCE;
    size_t room = io->out_room - io->out_len, n = z->length < room ? z->length : room;
    const uint8_t *from = io->out + io->out_len - z->distance;
    for (size_t i = 0; i < n; i++) io->out[io->out_len + i] = from[i]; // they may overlap: bytes in their order
    io->out_len += n;
    z->length -= (uint32_t)n;
    if (z->length) return KR_INFLATE_FULL;
    z->state = SYMBOL;
    return KR_INFLATE_END;
}

// The distance of a match whose length is known (state: COPY with distance 0).
static KrInflateResult distance(KrInflate *z, KrInflateIo *io) {
    unsigned len;
    fill(z, io);
    int s = peek(z, &z->distances, &len);
    if (s == NO_CODE || s > 29) return KR_INFLATE_AWAY;
    if (s == NO_BITS) return KR_INFLATE_INPUT;
    unsigned extra = s < 4 ? 0 : (unsigned)s / 2 - 1; // 15 + 13 bits do not fit at once: the code is remembered in `have`
    (void)take(z, len);
    z->have = (uint16_t)(s + 1);
    z->wanted = (uint16_t)extra;
    return KR_INFLATE_END;
}

static KrInflateResult match(KrInflate *z, KrInflateIo *io) {
    if (z->distance) return copy(z, io);
    if (!z->have) {
        KrInflateResult r = distance(z, io);
        if (r != KR_INFLATE_END) return r;
    }
    if (!need(z, io, z->wanted)) return KR_INFLATE_INPUT;
    z->distance = distance_base[z->have - 1] + take(z, z->wanted);
    z->have = z->wanted = 0;
    return copy(z, io);
}

static KrInflateResult symbols(KrInflate *z, KrInflateIo *io) {
    unsigned len;
    while (z->state == SYMBOL) {
        fill(z, io);
        int s = peek(z, &z->literals, &len);
        if (s == NO_CODE || s > 285) return KR_INFLATE_SYMBOL;
        if (s == NO_BITS) return KR_INFLATE_INPUT;
        if (s < 256) {
            if (io->out_len == io->out_room) return KR_INFLATE_FULL;
            (void)take(z, len);
            io->out[io->out_len++] = (uint8_t)s;
            continue;
        }
        unsigned extra = s > 256 ? length_extra[s - 257] : 0;
        if (len + extra > z->count) return KR_INFLATE_INPUT;
        (void)take(z, len);
        if (s == 256) return z->state = HEADER, KR_INFLATE_END;
        z->length = length_base[s - 257] + take(z, extra);
        z->distance = 0;
        z->have = 0;
        z->state = COPY;
        KrInflateResult r = match(z, io);
        if (r != KR_INFLATE_END) return r;
    }
    return KR_INFLATE_END;
}

static KrInflateResult step(KrInflate *z, KrInflateIo *io) {
    switch (z->state) {
    case HEADER: return header(z, io);
    case STORED_LENGTH: return stored_length(z, io);
    case STORED: return stored(z, io);
    case TABLE_SIZES: return table_sizes(z, io);
    case TABLE_CODES: return table_codes(z, io);
    case TABLE_LENGTHS: return table_lengths(z, io);
    case SYMBOL: return symbols(z, io);
    default: return match(z, io);
    }
}

KrInflateResult kr_inflate(KrInflate *z, KrInflateIo *io) {
    const uint8_t *start = io->in;
    KrInflateResult r = KR_INFLATE_END;
    while (z->state != END && r == KR_INFLATE_END) r = step(z, io);
    if (r == KR_INFLATE_INPUT) return r;
    for (; z->count >= 8 && io->in > start; z->count -= 8) io->in--; // what was read ahead goes back
    if (r == KR_INFLATE_END) z->count = 0;
    z->bits &= (1u << z->count) - 1;
    return r;
}

// ---- Checksum ------------------------------------------------------------------------------------------------------------------

uint32_t kr_adler32(uint32_t adler, const void *data, size_t len) {
    const uint8_t *p = data;
    uint32_t a = adler & 0xFFFF, b = adler >> 16;
    while (len) {
        size_t n = len < 5552 ? len : 5552; // the most for which b stays below 2**32
        for (size_t i = 0; i < n; i++) b += a += p[i];
        a %= 65521, b %= 65521, p += n, len -= n;
    }
    return b << 16 | a;
}
