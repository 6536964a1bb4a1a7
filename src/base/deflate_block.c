// deflate_block.c - DEFLATE blocks: Huffman codes of limited length, their description, and symbols as bits (RFC 1951, section 3.2).
// SPDX-License-Identifier: MIT
#include <string.h>

#include "base/deflate_part.h"

static const uint16_t length_base[29] = { 3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                          31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258 };
static const uint8_t length_extra[29] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0 };
static const uint16_t distance_base[30] = { 1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
                                            193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577 };

static unsigned distance_extra(unsigned code) { return code < 4 ? 0 : code / 2 - 1; }

unsigned kr_deflate_length_code(unsigned length) {
    unsigned n = length - 3;
    if (length == 258) return 285;
    if (n < 8) return 257 + n;
    unsigned bits = 31 - (unsigned)__builtin_clz(n); // 3 to 7
    return 257 + 4 * (bits - 1) + (n >> (bits - 2) & 3);
}

unsigned kr_deflate_distance_code(unsigned distance) {
    unsigned n = distance - 1;
    if (n < 4) return n;
    unsigned bits = 31 - (unsigned)__builtin_clz(n);
    return 2 * bits + (n >> (bits - 1) & 1);
}

void kr_deflate_put(KrDeflate *z, KrDeflateIo *io, uint32_t bits, unsigned count) {
    z->bits |= (uint64_t)bits << z->bit_count;
    z->bit_count += count;
    for (; z->bit_count >= 8; z->bit_count -= 8, z->bits >>= 8) io->out[io->out_len++] = (uint8_t)z->bits;
}

void kr_deflate_align(KrDeflate *z, KrDeflateIo *io) {
    if (z->bit_count) kr_deflate_put(z, io, 0, 8 - z->bit_count);
}

// ---- Codes -----------------------------------------------------------------------------------------------------------------------

enum { MOST = 288, LONGEST = 15 };

typedef struct {
    uint8_t len[MOST];
    uint16_t bits[MOST]; // low first
} Code;

static void assign(Code *c, unsigned n) { // codes from lengths
    uint16_t count[LONGEST + 1] = { 0 }, next[LONGEST + 2] = { 0 };
    for (unsigned s = 0; s < n; s++) count[c->len[s]]++;
    count[0] = 0;
    for (unsigned len = 1; len <= LONGEST; len++) next[len + 1] = (uint16_t)((next[len] + count[len]) << 1);
    for (unsigned s = 0; s < n; s++) {
        unsigned code = c->len[s] ? next[c->len[s]]++ : 0, r = 0;
        for (unsigned i = 0; i < c->len[s]; i++, code >>= 1) r = r << 1 | (code & 1);
        c->bits[s] = (uint16_t)r;
    }
}

// Symbols that occur, the rarest first.
static unsigned sort_symbols(const uint32_t *count, unsigned n, uint16_t *symbol) {
    unsigned used = 0;
    for (unsigned s = 0; s < n; s++)
        if (count[s]) symbol[used++] = (uint16_t)s;
    for (unsigned gap = used / 2; gap; gap /= 2)
        for (unsigned i = gap; i < used; i++) {
            uint16_t s = symbol[i];
            unsigned k = i;
            for (; k >= gap && count[symbol[k - gap]] > count[s]; k -= gap) symbol[k] = symbol[k - gap];
            symbol[k] = s;
        }
    return used;
}

// How many codes have each length, by Huffman's algorithm on two queues: leaves, and nodes in the order in which they were made.
static void count_lengths(const uint32_t *count, const uint16_t *symbol, unsigned used, uint16_t *of_length) {
    uint32_t weight[2 * MOST];
    uint16_t parent[2 * MOST];
    uint8_t depth[2 * MOST];
    unsigned leaf = 0, node = used, made = used;
    for (unsigned i = 0; i < used; i++) weight[i] = count[symbol[i]];
    for (; made < 2 * used - 1; made++) {
        weight[made] = 0;
        for (unsigned k = 0; k < 2; k++) {
            unsigned least = leaf < used && (node >= made || weight[leaf] <= weight[node]) ? leaf++ : node++;
            weight[made] += weight[least];
            parent[least] = (uint16_t)made;
        }
    }
    depth[made - 1] = 0;
    for (unsigned i = made - 1; i-- > 0;) {
        depth[i] = (uint8_t)(depth[parent[i]] + 1);
        if (i < used) of_length[depth[i] < LONGEST + 1 ? depth[i] : LONGEST]++;
    }
}

// No code longer than `longest`: shorter ones are lengthened until there is room for all.
static void limit_lengths(uint16_t *of_length, unsigned longest) {
    uint32_t taken = 0; // in units of the longest codes
    for (unsigned len = longest + 1; len <= LONGEST; len++)
        of_length[longest] = (uint16_t)(of_length[longest] + of_length[len]), of_length[len] = 0;
    for (unsigned len = 1; len <= longest; len++) taken += (uint32_t)of_length[len] << (longest - len);
    while (taken > 1u << longest) {
        unsigned len = longest - 1;
        while (!of_length[len]) len--;
        of_length[len]--; // this code's place is one bit longer now, and beside it there is room for one of the longest
        of_length[len + 1] = (uint16_t)(of_length[len + 1] + 2);
        of_length[longest]--;
        taken--;
    }
}

static void make_code(Code *c, const uint32_t *count, unsigned n, unsigned longest) {
    uint16_t symbol[MOST], of_length[LONGEST + 2] = { 0 };
    unsigned used = sort_symbols(count, n, symbol), at = 0;
    memset(c->len, 0, sizeof c->len);
    if (used < 2) { // decoders want two codes
        c->len[used ? symbol[0] : 0] = 1;
        c->len[used && symbol[0] == 0 ? 1 : used ? 0 : 1] = 1;
    } else {
        count_lengths(count, symbol, used, of_length);
        limit_lengths(of_length, longest);
        for (unsigned len = longest; len; len--)
            for (unsigned i = 0; i < of_length[len]; i++) c->len[symbol[at++]] = (uint8_t)len;
    }
    assign(c, n);
}

static void fixed_codes(Code *literals, Code *distances) { // section 3.2.6
    for (unsigned s = 0; s < 288; s++) literals->len[s] = s < 144 ? 8 : s < 256 ? 9 : s < 280 ? 7 : 8;
    memset(distances->len, 5, 30);
    assign(literals, 288);
    assign(distances, 30);
}

// ---- The description of codes ----------------------------------------------------------------------------------------------------

typedef struct {
    uint8_t symbol[320], extra[320];
    unsigned count, literals, distances; // symbols; lengths of each code
    uint32_t often[19];
    Code code;
    unsigned codes; // lengths of the code for lengths that are sent
} Header;

static const uint8_t header_order[19] = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 };
static unsigned header_extra(unsigned symbol) { return symbol == 16 ? 2 : symbol == 17 ? 3 : symbol == 18 ? 7 : 0; }

static void add_run(Header *h, unsigned symbol, unsigned extra) {
    h->symbol[h->count] = (uint8_t)symbol;
    h->extra[h->count++] = (uint8_t)extra;
    h->often[symbol]++;
}

static void describe(Header *h, const Code *literals, const Code *distances) {
    uint8_t len[288 + 32];
    memset(h, 0, sizeof *h);
    for (h->literals = 286; h->literals > 257 && !literals->len[h->literals - 1]; h->literals--) {}
    for (h->distances = 30; h->distances > 1 && !distances->len[h->distances - 1]; h->distances--) {}
    memcpy(len, literals->len, h->literals);
    memcpy(len + h->literals, distances->len, h->distances);
    for (unsigned i = 0, n = h->literals + h->distances, run; i < n; i += run) {
        unsigned most = len[i] ? 7 : 138;
        for (run = 1; run < most && i + run < n && len[i + run] == len[i]; run++) {}
        if (!len[i] && run >= 3) {
            add_run(h, run < 11 ? 17 : 18, run < 11 ? run - 3 : run - 11);
        } else if (len[i] && run >= 4) {
            add_run(h, len[i], 0);
            add_run(h, 16, run - 4);
        } else {
            for (unsigned k = 0; k < run; k++) add_run(h, len[i], 0);
        }
    }
    make_code(&h->code, h->often, 19, 7);
    for (h->codes = 19; h->codes > 4 && !h->code.len[header_order[h->codes - 1]]; h->codes--) {}
}

static uint32_t header_bits(const Header *h) {
    uint32_t bits = 14 + 3 * h->codes;
    for (unsigned s = 0; s < 19; s++) bits += h->often[s] * (h->code.len[s] + header_extra(s));
    return bits;
}

static void put_header(KrDeflate *z, KrDeflateIo *io, const Header *h) {
    kr_deflate_put(z, io, h->literals - 257, 5);
    kr_deflate_put(z, io, h->distances - 1, 5);
    kr_deflate_put(z, io, h->codes - 4, 4);
    for (unsigned i = 0; i < h->codes; i++) kr_deflate_put(z, io, h->code.len[header_order[i]], 3);
    for (unsigned i = 0; i < h->count; i++) {
        kr_deflate_put(z, io, h->code.bits[h->symbol[i]], h->code.len[h->symbol[i]]);
        kr_deflate_put(z, io, h->extra[i], header_extra(h->symbol[i]));
    }
}

// ---- Blocks ----------------------------------------------------------------------------------------------------------------------

static uint32_t symbol_bits(const KrDeflate *z, const Code *literals, const Code *distances) {
    uint32_t bits = 0;
    for (unsigned s = 0; s < 286; s++) bits += z->literals[s] * (literals->len[s] + (s > 256 ? length_extra[s - 257] : 0u));
    for (unsigned s = 0; s < 30; s++) bits += z->distances[s] * (distances->len[s] + distance_extra(s));
    return bits;
}

static void put_symbols(KrDeflate *z, KrDeflateIo *io, const Code *literals, const Code *distances) {
    for (unsigned i = 0; i < z->count; i++) {
        unsigned symbol = z->symbol[i], distance = z->distance[i];
        if (!distance) {
            kr_deflate_put(z, io, literals->bits[symbol], literals->len[symbol]);
            continue;
        }
        unsigned code = kr_deflate_length_code(symbol), far = kr_deflate_distance_code(distance);
        kr_deflate_put(z, io, literals->bits[code], literals->len[code]);
        kr_deflate_put(z, io, symbol - length_base[code - 257], length_extra[code - 257]);
        kr_deflate_put(z, io, distances->bits[far], distances->len[far]);
        kr_deflate_put(z, io, distance - distance_base[far], distance_extra(far));
    }
    kr_deflate_put(z, io, literals->bits[256], literals->len[256]);
}

void kr_deflate_stored(KrDeflate *z, KrDeflateIo *io, const uint8_t *raw, size_t len, bool last) {
    do {
        size_t n = len < 65535 ? len : 65535;
        kr_deflate_put(z, io, last && n == len, 3);
        kr_deflate_align(z, io);
        kr_deflate_put(z, io, (uint32_t)n, 16);
        kr_deflate_put(z, io, (uint32_t)n ^ 0xFFFF, 16);
        if (n) memcpy(io->out + io->out_len, raw, n);
        io->out_len += n;
        raw += n;
        len -= n;
    } while (len);
}

void kr_deflate_block(KrDeflate *z, KrDeflateIo *io, const uint8_t *raw, size_t raw_len, bool last) {
    Code literals, distances, fixed_literals, fixed_distances;
    Header header;
    z->literals[256]++;
    fixed_codes(&fixed_literals, &fixed_distances);
    make_code(&literals, z->literals, 286, LONGEST);
    make_code(&distances, z->distances, 30, LONGEST);
    describe(&header, &literals, &distances);
    uint32_t fixed = symbol_bits(z, &fixed_literals, &fixed_distances);
    uint32_t dynamic = z->strategy == KR_DEFLATE_FIXED ? UINT32_MAX : header_bits(&header) + symbol_bits(z, &literals, &distances);
    if (raw && (raw_len + 5) * 8 < (fixed < dynamic ? fixed : dynamic)) {
        kr_deflate_stored(z, io, raw, raw_len, last);
    } else if (fixed <= dynamic) {
        kr_deflate_put(z, io, 2u | last, 3);
        put_symbols(z, io, &fixed_literals, &fixed_distances);
    } else {
        kr_deflate_put(z, io, 4u | last, 3);
        put_header(z, io, &header);
        put_symbols(z, io, &literals, &distances);
    }
    z->count = 0;
    memset(z->literals, 0, sizeof z->literals);
    memset(z->distances, 0, sizeof z->distances);
}
