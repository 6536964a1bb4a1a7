// heap_bits.h - bitmaps of the heap: a bit for each cell or granule, a word at a time.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_HEAP_BITS_H
#define KR_OBJECT_HEAP_BITS_H

#include "object/heap.h"

// First bit in [from, limit) that is `want`; limit if there is none.
static inline size_t kr_bits_find(const uintptr_t *bits, size_t from, size_t limit, bool want) {
    while (from < limit) {
        uintptr_t word = bits[from / KR_BIT_WORD];
        if (!want) word = ~word;
        word >>= from % KR_BIT_WORD;
        if (word) {
            from += (size_t)__builtin_ctzll(word);
            return from < limit ? from : limit;
        }
        from += KR_BIT_WORD - from % KR_BIT_WORD;
    }
    return limit;
}

static inline void kr_bits_set(uintptr_t *bits, size_t from, size_t to) {
    while (from < to) {
        size_t at = from % KR_BIT_WORD, count = KR_BIT_WORD - at;
        if (count > to - from) count = to - from;
        uintptr_t mask = count == KR_BIT_WORD ? ~(uintptr_t)0 : (((uintptr_t)1 << count) - 1) << at;
        bits[from / KR_BIT_WORD] |= mask;
        from += count;
    }
}

#endif
