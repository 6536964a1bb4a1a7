// unicode_name_stub.c - for builds without a Unicode character database: no names, and identifiers stay as they are written.
// SPDX-License-Identifier: MIT
#include "compile/lexer.h"

bool kr_unicode_name_lookup(const char *name, size_t len, uint32_t *codepoint) {
    (void)name, (void)len, (void)codepoint;
    return false;
}

size_t kr_unicode_nfkc(const char *text, size_t len, char *out, size_t cap) {
    (void)text, (void)len, (void)out, (void)cap;
    return 0;
}
