// complex_text.c - the grammar of complex('...'): [real] [imag j], each part a float, perhaps all in round brackets.
// SPDX-License-Identifier: MIT
#include "base/double_text.h"
#include "object/number.h"

typedef struct {
    const char *at, *end;
} Reader;

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static bool is_sign(char c) { return c == '+' || c == '-'; }
static char peek(const Reader *r) { return r->at < r->end ? *r->at : '\0'; }

static void skip_spaces(Reader *r) {
    while (r->at < r->end && is_space(*r->at)) r->at++;
}

static size_t skip_digits(Reader *r) {
    const char *from = r->at;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9') r->at++;
    return (size_t)(r->at - from);
}

// A word in any case, in lower case here.
static bool skip_word(Reader *r, const char *word) {
    size_t n = 0;
    while (word[n] && (size_t)(r->end - r->at) > n && (r->at[n] | 0x20) == word[n]) n++;
    if (word[n]) return false;
    r->at += n;
    return true;
}

// A float at the reader's position, which moves behind it; false, and it stays, when there is none.
static bool read_float(Reader *r, double *out) {
    const char *from = r->at;
    if (is_sign(peek(r))) r->at++;
    if (!skip_word(r, "infinity") && !skip_word(r, "inf") && !skip_word(r, "nan")) {
        size_t digits = skip_digits(r);
        if (peek(r) == '.') {
            r->at++;
            digits += skip_digits(r);
        }
        if (!digits) return r->at = from, false;
        Reader exponent = *r;
        if ((peek(&exponent) | 0x20) == 'e') {
            exponent.at++;
            if (is_sign(peek(&exponent))) exponent.at++;
            if (skip_digits(&exponent)) *r = exponent;
        }
    }
    if (kr_double_from_text(from, (size_t)(r->at - from), out)) return true;
    return r->at = from, false;
}

static bool skip_j(Reader *r) {
    if ((peek(r) | 0x20) != 'j') return false;
    r->at++;
    return true;
}

// The imaginary part's factor: a float, or a sign alone, or nothing, which are 1 or -1.
static void read_factor(Reader *r, double *out) {
    if (read_float(r, out)) return;
    *out = peek(r) == '-' ? -1 : 1;
    if (is_sign(peek(r))) r->at++;
}

static bool read_number(Reader *r, KrComplex *out) {
    double first;
    if (read_float(r, &first)) {
        if (skip_j(r)) return out->imag = first, true;
        out->real = first;
        if (!is_sign(peek(r))) return true;
        read_factor(r, &out->imag);
        return skip_j(r);
    }
    read_factor(r, &out->imag);
    return skip_j(r);
}

bool kr_complex_from_text(const char *text, size_t len, KrComplex *out) {
    Reader r = { text, text + len };
    *out = (KrComplex){ 0, 0 };
    bool bracket = peek(&r) == '(';
    if (bracket) {
        r.at++;
        skip_spaces(&r);
    }
    if (!read_number(&r, out)) return false;
    skip_spaces(&r);
    if (bracket) {
        if (peek(&r) != ')') return false;
        r.at++;
        skip_spaces(&r);
    }
    return r.at == r.end;
}
