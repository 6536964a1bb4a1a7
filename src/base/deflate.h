// deflate.h - compressing to DEFLATE (RFC 1951): a stream of any input sizes into memory that the caller owns and may grow.
// SPDX-License-Identifier: MIT
#ifndef KRAIT_BASE_DEFLATE_H
#define KRAIT_BASE_DEFLATE_H

#include "krait_config.h"

enum { KR_DEFLATE_WINDOW = 65536, KR_DEFLATE_REACH = 32768, KR_DEFLATE_SYMBOLS = 16384 };

typedef enum { KR_DEFLATE_DEFAULT, KR_DEFLATE_FILTERED, KR_DEFLATE_HUFFMAN, KR_DEFLATE_RLE, KR_DEFLATE_FIXED } KrDeflateStrategy;
typedef enum { // what happens behind the input, by zlib's numbers
    KR_DEFLATE_NO_FLUSH,
    KR_DEFLATE_PARTIAL, // what has gone in can be read, to the bit
    KR_DEFLATE_SYNC,    // and ends with a byte
    KR_DEFLATE_FULL,    // and nothing behind refers to it
    KR_DEFLATE_FINISH,
    KR_DEFLATE_BLOCK, // a block ends
} KrDeflateFlush;

typedef struct {
    uint8_t level, flushed; // 0 to 9; the last flush
    bool pending, finished; // a literal waits for a better match that begins behind it
    uint8_t strategy;
    uint32_t reach;                               // the largest distance
    uint32_t fill, at;                            // of window: bytes in it, the first one that is not encoded
    int32_t block;                                // where the block began; negative: before the window
    uint32_t length, start;                       // of the match that the pending byte begins; length 2: none
    uint64_t bits;                                // not written yet, low first
    uint32_t bit_count;                           // of them
    uint32_t count;                               // symbols of the block
    uint32_t literals[286], distances[30];        // how many of each
    uint16_t head[32768], prev[KR_DEFLATE_REACH]; // places by hash, and before each place the one with the same hash; 0: none
    uint16_t symbol[KR_DEFLATE_SYMBOLS];          // a byte, or the length of a match
    uint16_t distance[KR_DEFLATE_SYMBOLS];        // 0: a byte
    uint8_t window[KR_DEFLATE_WINDOW];
} KrDeflate;

typedef struct {
    const uint8_t *in, *in_end; // in moves on
    uint8_t *out;
    size_t out_len, out_room; // out_len grows
} KrDeflateIo;

void kr_deflate_begin(KrDeflate *z, int level, unsigned window_bits, KrDeflateStrategy strategy);
void kr_deflate_dictionary(KrDeflate *z, const uint8_t *p, size_t len); // before any input
// All input, and the flush, are done: true. False: there has to be KR_DEFLATE_ROOM more room.
bool kr_deflate(KrDeflate *z, KrDeflateIo *io, KrDeflateFlush flush);
enum { KR_DEFLATE_ROOM = KR_DEFLATE_SYMBOLS * 6 + 1024 }; // what a block can need at most
size_t kr_deflate_need(const KrDeflate *z);               // what it will need now

#endif
