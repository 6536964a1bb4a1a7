// deflate.c - what repeats: finds matches within 32 KB by chains of places whose three bytes have the same hash.
//
// The window holds what was seen and what is still to be encoded. A match is not taken before it is clear that none that begins a byte
// later is longer; how long that is tried depends on the level.
// SPDX-License-Identifier: MIT
#include "base/deflate.h"

#include <string.h>

#include "base/deflate_part.h"
#include "base/word.h"

enum { SHORTEST = 3, LONGEST = 258, AHEAD = LONGEST + SHORTEST + 1 };

static const struct {
    uint16_t good, lazy, nice, chain; // a match so long: look less, do not look for a better one, take it at once; places to look at
} effort[10] = { { 0, 0, 0, 0 },    { 4, 0, 8, 4 },      { 4, 0, 16, 8 },     { 4, 0, 32, 32 },       { 4, 4, 16, 16 },
                 { 8, 16, 32, 32 }, { 8, 16, 128, 128 }, { 8, 32, 128, 256 }, { 32, 128, 258, 1024 }, { 32, 258, 258, 4096 } };

void kr_deflate_begin(KrDeflate *z, int level, unsigned window_bits, KrDeflateStrategy strategy) {
    memset(z, 0, offsetof(KrDeflate, prev));
    z->level = (uint8_t)(level < 0 ? 6 : level);
    z->strategy = (uint8_t)strategy;
    z->reach = (1u << window_bits) - AHEAD;
    z->length = SHORTEST - 1;
}

static uint16_t *slot(KrDeflate *z, uint32_t at) {
    const uint8_t *p = z->window + at;
    return &z->head[((unsigned)p[0] << 10 ^ (unsigned)p[1] << 5 ^ p[2]) & 32767];
}

static uint32_t remember(KrDeflate *z, uint32_t at) { // the latest place with the same hash; 0: none
    uint16_t *head = slot(z, at);
    uint32_t before = *head;
    z->prev[at % KR_DEFLATE_REACH] = (uint16_t)before;
    *head = (uint16_t)at;
    return before;
}

void kr_deflate_dictionary(KrDeflate *z, const uint8_t *p, size_t len) {
    size_t n = len < z->reach ? len : z->reach;
    if (n) memcpy(z->window, p + len - n, n);
    z->fill = z->at = (uint32_t)n;
    z->block = (int32_t)n;
    if (z->level)
        for (uint32_t i = 0; i + SHORTEST <= n; i++) (void)remember(z, i);
}

// Moves the upper half of a full window down.
static void slide(KrDeflate *z) {
    memcpy(z->window, z->window + KR_DEFLATE_REACH, KR_DEFLATE_WINDOW - KR_DEFLATE_REACH);
    z->fill -= KR_DEFLATE_REACH;
    z->at -= KR_DEFLATE_REACH;
    if (z->pending && z->length >= SHORTEST) z->start -= KR_DEFLATE_REACH; // it may be below the window: only the distance counts
    z->block -= KR_DEFLATE_REACH;
    for (size_t i = 0; i < 32768; i++) z->head[i] = z->head[i] > KR_DEFLATE_REACH ? (uint16_t)(z->head[i] - KR_DEFLATE_REACH) : 0;
    for (size_t i = 0; i < KR_DEFLATE_REACH; i++)
        z->prev[i] = z->prev[i] > KR_DEFLATE_REACH ? (uint16_t)(z->prev[i] - KR_DEFLATE_REACH) : 0;
}

static void take_input(KrDeflate *z, KrDeflateIo *io) {
    if (z->fill == KR_DEFLATE_WINDOW && z->at >= KR_DEFLATE_WINDOW - AHEAD) slide(z);
    size_t n = KR_DEFLATE_WINDOW - z->fill, left = (size_t)(io->in_end - io->in);
    if (n > left) n = left;
    if (!n) return;
    memcpy(z->window + z->fill, io->in, n);
    z->fill += (uint32_t)n;
    io->in += n;
    z->flushed = KR_DEFLATE_NO_FLUSH;
}

// ---- Matches ---------------------------------------------------------------------------------------------------------------------

static unsigned same_length(const uint8_t *a, const uint8_t *b, unsigned most) {
    unsigned n = 0;
    for (; most - n >= KR_WORD_BYTES; n += (unsigned)KR_WORD_BYTES) {
        KrWord differ = kr_word_load(a + n) ^ kr_word_load(b + n);
        if (differ) return n + (unsigned)(sizeof(KrWord) == 8 ? __builtin_ctzll(differ) : __builtin_ctzl(differ)) / 8;
    }
    while (n < most && a[n] == b[n]) n++;
    return n;
}

// The longest match for what is at z->at that is longer than `best`, among the places from `from` on; its place in *start.
static unsigned find_match(const KrDeflate *z, uint32_t from, unsigned best, uint32_t *start) {
    const uint8_t *here = z->window + z->at;
    unsigned most = z->fill - z->at < LONGEST ? z->fill - z->at : LONGEST, chain = effort[z->level].chain;
    unsigned nice = effort[z->level].nice < most ? effort[z->level].nice : most;
    uint32_t limit = z->at > z->reach ? z->at - z->reach : 0;
    if (best >= effort[z->level].good) chain /= 4;
    if (best >= most) return best;
    for (; from > limit && chain; chain--, from = z->prev[from % KR_DEFLATE_REACH]) {
        const uint8_t *there = z->window + from;
        if (there[best] != here[best] || there[0] != here[0] || there[best - 1] != here[best - 1]) continue;
        unsigned n = same_length(there, here, most);
        if (n <= best) continue;
        best = n, *start = from;
        if (n >= nice) break;
    }
    return best;
}

static void add_literal(KrDeflate *z, uint8_t byte) {
    z->symbol[z->count] = byte;
    z->distance[z->count++] = 0;
    z->literals[byte]++;
}

static void add_match(KrDeflate *z, unsigned length, unsigned distance) {
    z->symbol[z->count] = (uint16_t)length;
    z->distance[z->count++] = (uint16_t)distance;
    z->literals[kr_deflate_length_code(length)]++;
    z->distances[kr_deflate_distance_code(distance)]++;
}

// What the match at z->at is, if it is to be used.
static unsigned match_here(KrDeflate *z, unsigned best, uint32_t *start) {
    unsigned left = z->fill - z->at, n = SHORTEST - 1;
    if (z->strategy == KR_DEFLATE_HUFFMAN || left < SHORTEST) return n;
    if (z->strategy == KR_DEFLATE_RLE) {
        const uint8_t *p = z->window + z->at;
        if (!z->at) return n;
        *start = z->at - 1;
        return same_length(p - 1, p, left < LONGEST ? left : LONGEST);
    }
    uint32_t from = remember(z, z->at);
    if (from && best < (effort[z->level].lazy ? effort[z->level].lazy : LONGEST)) n = find_match(z, from, best < n ? n : best, start);
    if (n <= 5 && (z->strategy == KR_DEFLATE_FILTERED || (n == SHORTEST && z->at - *start > 4096))) return SHORTEST - 1;
    return n;
}

static void pass_over(KrDeflate *z, uint32_t end) { // remembers places up to end, where z->at goes
    bool chains = z->strategy != KR_DEFLATE_HUFFMAN && z->strategy != KR_DEFLATE_RLE;
    for (; z->at < end; z->at++)
        if (chains && z->fill - z->at >= SHORTEST) (void)remember(z, z->at);
}

static void step_fast(KrDeflate *z) {
    uint32_t start = 0;
    unsigned n = match_here(z, SHORTEST - 1, &start);
    if (n < SHORTEST) {
        add_literal(z, z->window[z->at++]);
    } else {
        uint32_t end = z->at + n;
        add_match(z, n, z->at - start);
        z->at++;
        pass_over(z, end);
    }
}

static void step_lazy(KrDeflate *z) {
    uint32_t start = 0;
    unsigned before = z->pending ? z->length : SHORTEST - 1, n = match_here(z, before, &start);
    if (z->pending && before >= SHORTEST && n <= before) {
        uint32_t end = z->at - 1 + before;
        add_match(z, before, z->at - 1 - z->start);
        z->at++;
        pass_over(z, end);
        z->pending = false;
        return;
    }
    if (z->pending) add_literal(z, z->window[z->at - 1]);
    z->pending = true;
    z->length = n;
    z->start = start;
    z->at++;
}

// ---- The stream ------------------------------------------------------------------------------------------------------------------

static bool raw_at_hand(const KrDeflate *z) { return z->block >= 0; }
static size_t raw_length(const KrDeflate *z) { return (size_t)((int32_t)(z->at - z->pending) - z->block); }

size_t kr_deflate_need(const KrDeflate *z) { return (size_t)z->count * 6 + (z->level ? 0 : z->fill) + 1024; }

static bool has_room(const KrDeflate *z, const KrDeflateIo *io) { return io->out_room - io->out_len >= kr_deflate_need(z); }

static void end_block(KrDeflate *z, KrDeflateIo *io, bool last) {
    const uint8_t *raw = raw_at_hand(z) ? z->window + z->block : NULL;
    size_t len = raw_at_hand(z) ? raw_length(z) : 0;
    if (z->level) kr_deflate_block(z, io, raw, len, last);
    else kr_deflate_stored(z, io, raw, len, last);
    z->block = (int32_t)(z->at - z->pending);
}

// Encodes while there is enough to look ahead at, or all if nothing more will come. False: no room for a block.
static bool encode(KrDeflate *z, KrDeflateIo *io, bool all) {
    while (z->fill - z->at >= AHEAD || (all && z->fill > z->at)) {
        if (z->count >= KR_DEFLATE_SYMBOLS - 1 || (!z->level && raw_length(z) >= KR_DEFLATE_REACH - AHEAD)) {
            if (!has_room(z, io)) return false;
            end_block(z, io, false);
        }
        if (!z->level) z->at++;
        else if (effort[z->level].lazy && z->strategy != KR_DEFLATE_RLE) step_lazy(z);
        else step_fast(z);
    }
    return true;
}

static void end_flush(KrDeflate *z, KrDeflateIo *io, KrDeflateFlush flush) {
    if (z->count || flush == KR_DEFLATE_FINISH || (!z->level && raw_length(z))) end_block(z, io, flush == KR_DEFLATE_FINISH);
    if (flush == KR_DEFLATE_FINISH) kr_deflate_align(z, io), z->finished = true;
    if (flush == KR_DEFLATE_PARTIAL) kr_deflate_put(z, io, 2, 10);
    if (flush == KR_DEFLATE_SYNC || flush == KR_DEFLATE_FULL) kr_deflate_stored(z, io, NULL, 0, false);
    if (flush == KR_DEFLATE_FULL) memset(z->head, 0, sizeof z->head);
}

static unsigned rank(unsigned flush) { return flush == KR_DEFLATE_BLOCK ? 1 : flush * 2; }

bool kr_deflate(KrDeflate *z, KrDeflateIo *io, KrDeflateFlush flush) {
    if (z->finished) return true;
    do {
        take_input(z, io);
        if (!encode(z, io, io->in == io->in_end && flush)) return false;
    } while (io->in < io->in_end);
    if (!flush || (flush != KR_DEFLATE_FINISH && rank(flush) <= rank(z->flushed))) return true;
    if (!has_room(z, io)) return false;
    if (z->pending) add_literal(z, z->window[z->at - 1]); // a match cannot begin with the last byte
    z->pending = false;
    end_flush(z, io, flush);
    z->flushed = (uint8_t)flush;
    return true;
}
