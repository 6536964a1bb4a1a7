// memory.c - memcpy, memmove and memset a word at a time: those of newlib's small build go byte by byte.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "krait_config.h"

// The Cortex-M4 reads and writes words at any address of memory.
static inline uint32_t word_at(const char *p) {
    uint32_t word;
    KR_COPY_FIXED(&word, p, sizeof word);
    return word;
}
static inline void set_word(char *p, uint32_t word) { KR_COPY_FIXED(p, &word, sizeof word); }

static void copy_down(char *to, const char *from, size_t size) {
    for (; size >= 8; size -= 8, to += 8, from += 8) {
        uint32_t first = word_at(from), second = word_at(from + 4);
        set_word(to, first);
        set_word(to + 4, second);
    }
    if (size & 4) set_word(to, word_at(from)), to += 4, from += 4;
    for (size &= 3; size; size--) *to++ = *from++;
}

void *memcpy(void *restrict to, const void *restrict from, size_t size) {
    copy_down(to, from, size);
    return to;
}

void *memmove(void *to, const void *from, size_t size) {
    char *t = to;
    const char *f = from;
    if ((uintptr_t)t - (uintptr_t)f >= size) {
        copy_down(t, f, size);
        return to;
    }
    for (; size >= 4; size -= 4) set_word(t + size - 4, word_at(f + size - 4));
    while (size--) t[size] = f[size];
    return to;
}

void *memset(void *to, int byte, size_t size) {
    char *t = to;
    uint32_t word = (uint8_t)byte * 0x01010101u;
    for (; size >= 8; size -= 8, t += 8) {
        set_word(t, word);
        set_word(t + 4, word);
    }
    if (size & 4) set_word(t, word), t += 4;
    for (size &= 3; size; size--) *t++ = (char)word;
    return to;
}
