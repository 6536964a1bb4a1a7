// unicode_name_small.c - for builds without the names of characters.
// SPDX-License-Identifier: MIT
#include "base/unicode_name.h"

#if !KR_UNICODE_FULL

bool kr_unicode_name_lookup(const char *name, size_t len, uint32_t *codepoint) {
    (void)name, (void)len, (void)codepoint;
    return false;
}

size_t kr_unicode_name(uint32_t codepoint, char out[KR_NAME_MAX]) {
    (void)codepoint;
    out[0] = 0;
    return 0;
}

#endif
