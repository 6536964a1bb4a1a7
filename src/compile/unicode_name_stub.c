// unicode_name_stub.c - for builds without the names of the Unicode character database.
// SPDX-License-Identifier: MIT
#include "compile/lexer.h"

bool kr_unicode_name_lookup(const char *name, size_t len, uint32_t *codepoint) {
    (void)name, (void)len, (void)codepoint;
    return false;
}
