// word.h - a machine word as a row of bytes: loads and stores at any address, and tests of all its bytes at once.
// SPDX-License-Identifier: MIT
//
// Words are loaded with their first byte lowest, whatever the byte order of the machine.
#ifndef KRAIT_BASE_WORD_H
#define KRAIT_BASE_WORD_H

#include "krait_config.h"

typedef size_t KrWord;

#define KR_WORD_BYTES sizeof(KrWord)
#define KR_WORD_ONES  ((KrWord)-1 / 0xFF)   // 0x01 in every byte
#define KR_WORD_HIGHS (KR_WORD_ONES * 0x80) // 0x80 in every byte
#define KR_WORD_LOWS  (KR_WORD_ONES * 0x7F) // 0x7F in every byte

#ifndef KR_COPY_FIXED // copies a constant, small number of bytes without a call; a freestanding memcpy would be one
#define KR_COPY_FIXED(to, from, size) __builtin_memcpy(to, from, size)
#endif

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
static inline KrWord kr_word_load(const void *from) {
    KrWord word;
    KR_COPY_FIXED(&word, from, sizeof word);
    return word;
}
static inline void kr_word_store(void *to, KrWord word) { KR_COPY_FIXED(to, &word, sizeof word); }
#else
static inline KrWord kr_word_load(const void *from) {
    const unsigned char *p = from;
    KrWord word = 0;
    for (size_t i = KR_WORD_BYTES; i > 0; i--) word = (word << 8) | p[i - 1];
    return word;
}
static inline void kr_word_store(void *to, KrWord word) {
    unsigned char *p = to;
    for (size_t i = 0; i < KR_WORD_BYTES; i++, word >>= 8) p[i] = (unsigned char)word;
}
#endif

// A word with byte everywhere.
static inline KrWord kr_word_of(uint8_t byte) { return KR_WORD_ONES * byte; }

// 0x80 in each byte that is zero, 0 in the others; exact in all bytes.
static inline KrWord kr_word_zeros(KrWord word) { return ~(((word & KR_WORD_LOWS) + KR_WORD_LOWS) | word | KR_WORD_LOWS); }

// Sum of the bytes, which must be below 256.
static inline size_t kr_word_sum(KrWord word) { return (word * KR_WORD_ONES) >> (8 * (KR_WORD_BYTES - 1)); }

// Index of the first byte whose 0x80 is set; marks is not 0 and has no other bits.
static inline size_t kr_word_first(KrWord marks) { return kr_word_sum((((marks & (~marks + 1)) - 1) >> 7) & KR_WORD_ONES); }

#endif
