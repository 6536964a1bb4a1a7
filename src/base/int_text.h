// int_text.h - the grammar of int() and of int literals, and text of machine-size ints.
// SPDX-License-Identifier: MIT
#ifndef KRAIT_BASE_INT_TEXT_H
#define KRAIT_BASE_INT_TEXT_H

#include "krait_config.h"

#define KR_INT64_TEXT_MAX 65 // a sign and 64 binary digits

// Digits of value in base 2 to 36, lower case, with '-' if negative; no prefix, no NUL. Returns the length.
size_t kr_int64_to_text(int64_t value, unsigned base, char *out);
size_t kr_uint64_to_text(uint64_t value, unsigned base, char *out);
// The same, so that the text ends at `end`; returns where it starts.
char *kr_uint64_to_text_before(uint64_t value, unsigned base, char *end);

// Value of a digit, 0 to 35; 255 for other characters.
unsigned kr_digit_value(char c);

// The parts of an int's text. kr_limbs_from_text takes body, len, digits and base as they are.
typedef struct {
    const char *body; // without sign and prefix
    size_t len;       // of body, underscores included
    size_t digits;    // in body
    unsigned base;    // 2 to 36
    bool negative;
} KrIntText;

// int(s, base)'s grammar for ASCII text without white space around it: sign, prefix where the base allows it, digits, single
// underscores between digits (and after a prefix). base is 0 or 2 to 36; 0 goes by the prefix, and then a number other than
// zero must not start with 0. False when s does not match all of it.
bool kr_int_text_scan(const char *s, size_t len, unsigned base, KrIntText *text);

// The value, if it fits an int64_t.
bool kr_int_text_to_int64(const KrIntText *text, int64_t *value);

#endif
