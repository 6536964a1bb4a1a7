// string_literal.h - the text that a string or bytes literal stands for: prefixes and escapes.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_STRING_LITERAL_H
#define KR_COMPILE_STRING_LITERAL_H

#include "compile/syntax_error.h"

typedef struct KrStringLiteral {
    const char *body; // between the quotes
    size_t len;
    bool raw, bytes, u;
} KrStringLiteral;

// Takes prefix and quotes off a whole STRING token.
KrStringLiteral kr_string_literal(const char *token, size_t len);

// Decodes body into out, which has room for len bytes (decoding never lengthens). *invalid_at is the offset of the first backslash
// with an unknown escape (a SyntaxWarning), SIZE_MAX without one. False: error->message says why, as "(unicode error) …"; or poll said no.
bool kr_string_decode(const KrStringLiteral *literal, const KrPollSink *poll, char *out, size_t *out_len, size_t *invalid_at,
                      KrSyntaxError *error) KR_RAISES;

#endif
