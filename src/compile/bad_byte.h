// bad_byte.h - bytes of a source that are not UTF-8. They reach the lexer as lone surrogates, U+DC80 to U+DCFF, one for each (PEP 383).
// In comments nobody minds them; in names and strings they are errors, which count as if they were single bytes.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_BAD_BYTE_H
#define KR_COMPILE_BAD_BYTE_H

#include "compile/syntax_error.h"

// Offset of the first one; len: there is none.
size_t kr_bad_byte_find(const char *text, size_t len);

// How much longer the text is than the bytes it stands for.
size_t kr_bad_byte_excess(const char *text, size_t len);

// CPython's message about the one at text[at]. base: from where its position is counted.
void kr_bad_byte_message(KrSyntaxError *error, const char *text, size_t len, size_t base, size_t at);

#endif
