// inflate.h - decompressing DEFLATE (RFC 1951): resumable, with any input sizes, into memory that the caller owns and may grow.
// SPDX-License-Identifier: MIT
#ifndef KRAIT_BASE_INFLATE_H
#define KRAIT_BASE_INFLATE_H

#include "krait_config.h"

enum { KR_INFLATE_WINDOW = 32768, KR_INFLATE_FAST_BITS = 9 };

typedef enum {
    KR_INFLATE_END,       // the last block is complete
    KR_INFLATE_INPUT,     // all input was used, and more is needed
    KR_INFLATE_FULL,      // there is no room for more output
    KR_INFLATE_BLOCK,     // errors: a block of type 3
    KR_INFLATE_STORED,    // lengths of a stored block do not match
    KR_INFLATE_COUNTS,    // more lengths or distances than there are
    KR_INFLATE_CODES,     // the code of the code lengths is none
    KR_INFLATE_REPEAT,    // a repetition of nothing, or of too much
    KR_INFLATE_NO_STOP,   // a block whose end has no code
    KR_INFLATE_LITERALS,  // the code of literals and lengths is none
    KR_INFLATE_DISTANCES, // nor that of distances
    KR_INFLATE_SYMBOL,    // a literal or length that there is not
    KR_INFLATE_AWAY,      // a distance that there is not
    KR_INFLATE_DISTANCE,  // a distance beyond the beginning
} KrInflateResult;

// A Huffman code: symbols in the order of their codes, how many of each length; short codes are looked up in one step.
typedef struct {
    uint16_t count[16];
    uint16_t symbol[288];
    uint8_t longest;                          // code's bits
    uint16_t fast[1 << KR_INFLATE_FAST_BITS]; // symbol << 4 | length; 0: the code is longer
} KrHuffman;

typedef struct {
    uint32_t bits; // read from the input and not used yet, low first
    uint8_t count; // of them
    uint8_t state;
    bool last;         // this is the last block
    uint32_t length;   // bytes left of a stored block or of a match
    uint32_t distance; // of the match
    KrHuffman literals, distances;
    uint16_t wanted, have, nlit, ndist; // while tables are read
    uint8_t lengths[320];
} KrInflate;

typedef struct {
    const uint8_t *in, *in_end; // in moves on
    uint8_t *out;               // all output so far, or at least its last KR_INFLATE_WINDOW bytes
    size_t out_len, out_room;   // out_len grows
} KrInflateIo;

void kr_inflate_begin(KrInflate *z);
// Until one of the results above. After INPUT or FULL it goes on where it was, with io as it is then.
KrInflateResult kr_inflate(KrInflate *z, KrInflateIo *io);

uint32_t kr_adler32(uint32_t adler, const void *data, size_t len); // RFC 1950; start with 1

#endif
