// lexer_number.c - the shape of number literals. Their values are made by the parser.
// SPDX-License-Identifier: MIT
#include "compile/lexer.h"

#include <string.h>

static bool is_digit(int c) { return c >= '0' && c <= '9'; }

static bool is_name_start(int c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c); }

static int here(const KrLexer *lexer) { return kr_lexer_peek(lexer, lexer->at); }

// Whether a number is directly followed by the rest of a keyword that may stand there, as in 1or 2: allowed, with a warning.
static bool keyword_follows(const KrLexer *lexer) {
    static const char words[][5] = { "and", "else", "for", "or", "not" };
    int c = here(lexer);
    int second = c < 0 ? c : kr_lexer_peek(lexer, lexer->at + 1);
    if (c == 'i') return second == 'f' || second == 'n' || second == 's';
    for (size_t i = 0; i < KR_COUNT_OF(words); i++) {
        uint32_t len = (uint32_t)strlen(words[i]);
        if (len > lexer->len - lexer->at || memcmp(lexer->source + lexer->at, words[i], len) != 0) continue;
        int after = kr_lexer_peek(lexer, lexer->at + len);
        return !(is_name_start(after) || after >= 128);
    }
    return false;
}

// The end of a number: no letter may follow it.
static bool check_end(KrLexer *lexer, KrToken *token, const char *kind) {
    if (lexer->listing) return true;
    if (keyword_follows(lexer)) return kr_lexer_warn_here(lexer, token, "invalid %s literal", kind);
    if (!is_name_start(here(lexer))) return true;
    kr_lexer_fail(lexer, token, "invalid %s literal", kind);
    return false;
}

// Digits with single underscores between them; the first digit is at hand.
static bool read_digits(KrLexer *lexer, KrToken *token) {
    for (;;) {
        for (; is_digit(here(lexer)); lexer->at++) kr_lexer_go_on(lexer);
        if (here(lexer) != '_') return true;
        lexer->at++;
        if (is_digit(here(lexer))) continue;
        kr_lexer_fail(lexer, token, "invalid decimal literal");
        return false;
    }
}

static bool digit_of_base(int c, int base) {
    if (base == 16) return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    return c >= '0' && c < '0' + base;
}

static bool fail_based(KrLexer *lexer, KrToken *token, const char *kind) {
    int c = here(lexer);
    if (is_digit(c)) {
        lexer->at++;
        kr_lexer_fail(lexer, token, "invalid digit '%c' in %s literal", c, kind);
    } else {
        kr_lexer_fail(lexer, token, "invalid %s literal", kind);
    }
    return false;
}

// 0x…, 0o…, 0b…: at is at the letter.
static bool read_based(KrLexer *lexer, KrToken *token, int base, const char *kind) {
    lexer->at++;
    do {
        if (here(lexer) == '_') lexer->at++;
        if (!digit_of_base(here(lexer), base)) return fail_based(lexer, token, kind);
        for (; digit_of_base(here(lexer), base); lexer->at++) kr_lexer_go_on(lexer);
    } while (here(lexer) == '_');
    if (is_digit(here(lexer))) return fail_based(lexer, token, kind);
    return check_end(lexer, token, kind);
}

// An exponent, if there is one. False: failed. An e that no digits follow is not part of the number.
static bool read_exponent(KrLexer *lexer, KrToken *token, bool *ended) {
    *ended = false;
    if (here(lexer) != 'e' && here(lexer) != 'E') return true;
    int next = kr_lexer_peek(lexer, lexer->at + 1);
    if (next == '+' || next == '-') {
        lexer->at += 2;
        if (is_digit(here(lexer))) return read_digits(lexer, token);
        kr_lexer_fail(lexer, token, "invalid decimal literal");
        return false;
    }
    if (is_digit(next)) {
        lexer->at++;
        return read_digits(lexer, token);
    }
    *ended = true;
    return check_end(lexer, token, "decimal");
}

// What may follow the integral digits: fraction, exponent, j.
static bool read_rest(KrLexer *lexer, KrToken *token) {
    bool ended;
    if (here(lexer) == '.') {
        lexer->at++;
        if (is_digit(here(lexer)) && !read_digits(lexer, token)) return false;
    }
    if (!read_exponent(lexer, token, &ended)) return false;
    if (ended) return true;
    if (here(lexer) != 'j' && here(lexer) != 'J') return check_end(lexer, token, "decimal");
    lexer->at++;
    return check_end(lexer, token, "imaginary");
}

// A literal that starts with zero is zero, a float or imaginary: 0777 would be octal in old programs.
static bool read_zeros(KrLexer *lexer, KrToken *token) {
    for (;;) {
        if (here(lexer) == '_') {
            lexer->at++;
            if (!is_digit(here(lexer))) {
                kr_lexer_fail(lexer, token, "invalid decimal literal");
                return false;
            }
        }
        if (here(lexer) != '0') break;
        lexer->at++;
    }
    int32_t zeros_end = (int32_t)(lexer->at - lexer->line_start);
    bool nonzero = is_digit(here(lexer));
    if (nonzero && !read_digits(lexer, token)) return false;
    int c = here(lexer);
    if (!nonzero || c == '.' || c == 'e' || c == 'E' || c == 'j' || c == 'J') return read_rest(lexer, token);
    if (lexer->listing) return read_rest(lexer, token);
    // CPython read one character past the zeros before it noted the end.
    kr_lexer_fail_range(lexer, token, (int32_t)(lexer->token_start + 1 - lexer->line_start), zeros_end + 1,
                        "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers");
    return false;
}

void kr_lexer_number(KrLexer *lexer, KrToken *token) {
    bool good;
    int c = here(lexer);
    int next = kr_lexer_peek(lexer, lexer->at + 1);
    if (c == '0') lexer->at++;
    if (c != '0') good = (c == '.' || read_digits(lexer, token)) && read_rest(lexer, token);
    else if (next == 'x' || next == 'X') good = read_based(lexer, token, 16, "hexadecimal");
    else if (next == 'o' || next == 'O') good = read_based(lexer, token, 8, "octal");
    else if (next == 'b' || next == 'B') good = read_based(lexer, token, 2, "binary");
    else good = read_zeros(lexer, token);
    if (good) kr_lexer_make(lexer, token, KR_TOKEN_NUMBER);
}
