// unicode_normal_small.c - identifiers of builds whose Unicode is Latin, Greek and Cyrillic: NFKC of Latin-1, without combining marks.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "base/unicode_normal.h"

#if !KR_UNICODE_FULL

// The three letters of Latin-1 that NFKC replaces: ordinal indicators and the micro sign.
static const char *replacement(const char *text, size_t left) {
    if (left < 2 || text[0] != '\xC2') return NULL;
    return text[1] == '\xAA' ? "a" : text[1] == '\xBA' ? "o" : text[1] == '\xB5' ? "\xCE\xBC" : NULL;
}

size_t kr_normal_identifier(const char *text, size_t len, char *out, size_t cap) {
    size_t need = 0;
    bool changed = false;
    for (size_t at = 0; at < len;) {
        const char *with = replacement(text + at, len - at);
        size_t size = with ? strlen(with) : 1;
        if (need <= cap && size <= cap - need) memcpy(out + need, with ? with : text + at, size);
        changed |= with != NULL;
        need += size;
        at += with ? 2 : 1;
    }
    return changed ? need : 0;
}

#endif
