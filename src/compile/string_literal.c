// string_literal.c - decodes escapes. Text comes out as generalised UTF-8: "\ud800" is three bytes.
// SPDX-License-Identifier: MIT
#include "compile/string_literal.h"

#include <string.h>

#include "base/unicode_name.h"
#include "base/utf8.h"
#include "compile/lexer.h"

typedef struct Decoder {
    const KrStringLiteral *literal;
    size_t at;
    char *out;
    size_t out_len;
    size_t invalid_at;
    KrSyntaxError *error;
} Decoder;

KrStringLiteral kr_string_literal(const char *token, size_t len) {
    KrStringLiteral literal = { .body = token, .len = len };
    while (*literal.body != '\'' && *literal.body != '"') {
        char c = *literal.body++;
        if (c == 'b' || c == 'B') literal.bytes = true;
        else if (c == 'r' || c == 'R') literal.raw = true;
        else if (c == 'u') literal.u = true; // U is not kept, as in CPython
    }
    len -= (size_t)(literal.body - token);
    size_t quotes = len >= 6 && literal.body[1] == literal.body[0] && literal.body[2] == literal.body[0] ? 3 : 1;
    literal.body += quotes;
    literal.len = len - 2 * quotes;
    return literal;
}

static void put(Decoder *d, char c) { d->out[d->out_len++] = c; }

// A code point of text, or the byte of a bytes literal.
static void put_code(Decoder *d, uint32_t code) {
    if (d->literal->bytes) put(d, (char)(code & 0xFF));
    else d->out_len += kr_utf8_encode(code, d->out + d->out_len);
}

// CPython decodes from a text in which characters outside ASCII are ten bytes long (\U0001f600): its messages count in these.
static int position(const Decoder *d, size_t at) {
    size_t count = 0;
    for (size_t i = 0; i < at; i++) {
        if ((unsigned char)d->literal->body[i] < 0x80) count++;
        else if (!kr_utf8_is_continuation(d->literal->body[i])) count += 10;
    }
    return (int)count;
}

// Something is wrong with the escape from backslash to d->at.
static bool fail(Decoder *d, size_t backslash, const char *reason) {
    int first = position(d, backslash);
    int last = position(d, d->at) - 1;
    if (d->literal->bytes) {
        kr_syntax_message(d->error, "(value error) invalid \\x escape at position %d", first);
    } else if (first == last) {
        kr_syntax_message(d->error, "(unicode error) 'unicodeescape' codec can't decode byte 0x5c in position %d: %s", first, reason);
    } else {
        kr_syntax_message(d->error, "(unicode error) 'unicodeescape' codec can't decode bytes in position %d-%d: %s", first, last, reason);
    }
    return false;
}

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static bool decode_hex(Decoder *d, size_t backslash, int digits, const char *reason) {
    uint32_t code = 0;
    for (; digits > 0; digits--, d->at++) {
        int value = d->at < d->literal->len ? hex_value(d->literal->body[d->at]) : -1;
        if (value < 0) return fail(d, backslash, reason);
        code = code << 4 | (uint32_t)value;
    }
    if (code > KR_CODE_POINT_MAX) return fail(d, backslash, "illegal Unicode character");
    put_code(d, code);
    return true;
}

// One to three digits, the first of which has been read.
static void decode_octal(Decoder *d, size_t backslash, char first) {
    uint32_t code = (uint32_t)(first - '0');
    for (int i = 0; i < 2 && d->at < d->literal->len; i++) {
        char c = d->literal->body[d->at];
        if (c < '0' || c > '7') break;
        code = code << 3 | (uint32_t)(c - '0');
        d->at++;
    }
    if (code > 0377 && d->invalid_at == SIZE_MAX) d->invalid_at = backslash;
    put_code(d, code);
}

static bool decode_name(Decoder *d, size_t backslash) {
    const KrStringLiteral *literal = d->literal;
    uint32_t code;
    if (d->at >= literal->len || literal->body[d->at] != '{') return fail(d, backslash, "malformed \\N character escape");
    size_t start = ++d->at;
    while (d->at < literal->len && literal->body[d->at] != '}') d->at++;
    if (d->at >= literal->len || d->at == start) return fail(d, backslash, "malformed \\N character escape");
    size_t len = d->at++ - start;
    if (!kr_unicode_name_lookup(literal->body + start, len, &code) || code > KR_CODE_POINT_MAX) {
        return fail(d, backslash, "unknown Unicode character name");
    }
    put_code(d, code);
    return true;
}

// What the letter of a simple escape stands for; 0: it is none.
static char simple_escape(char c) {
    switch (c) {
    case '\\':
    case '\'':
    case '"': return c;
    case 'a': return '\a';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
    default: return 0;
    }
}

// d->at is past the backslash; there is always a character after it.
static bool decode_escape(Decoder *d) {
    const KrStringLiteral *literal = d->literal;
    size_t backslash = d->at - 1;
    char c = literal->body[d->at++];
    char simple = simple_escape(c);
    if (simple != 0) {
        put(d, simple);
    } else if (c == '\n' || c == '\r') {
        if (c == '\r' && d->at < literal->len && literal->body[d->at] == '\n') d->at++;
    } else if (c == 'x') {
        return decode_hex(d, backslash, 2, "truncated \\xXX escape");
    } else if (c >= '0' && c <= '7') {
        decode_octal(d, backslash, c);
    } else if (c == 'u' && !literal->bytes) {
        return decode_hex(d, backslash, 4, "truncated \\uXXXX escape");
    } else if (c == 'U' && !literal->bytes) {
        return decode_hex(d, backslash, 8, "truncated \\UXXXXXXXX escape");
    } else if (c == 'N' && !literal->bytes) {
        return decode_name(d, backslash);
    } else {
        if (d->invalid_at == SIZE_MAX && (unsigned char)c < 0x80) d->invalid_at = backslash;
        put(d, '\\');
        d->at--;
    }
    return true;
}

enum { POLL_BYTES = 32768 };

static bool may_go_on(Decoder *d, const KrPollSink *poll) {
    if (poll->poll == NULL || poll->poll(poll->ctx, POLL_BYTES / 16)) return true;
    kr_syntax_message(d->error, "out of memory");
    return false;
}

bool kr_string_decode(const KrStringLiteral *literal, const KrPollSink *poll, char *out, size_t *out_len, size_t *invalid_at,
                      KrSyntaxError *error) {
    Decoder d = { .literal = literal, .out = out, .invalid_at = SIZE_MAX, .error = error };
    size_t poll_at = POLL_BYTES;
    while (d.at < literal->len) {
        if (KR_UNLIKELY(d.at >= poll_at)) {
            if (!may_go_on(&d, poll)) return false;
            poll_at = d.at + POLL_BYTES;
        }
        char c = literal->body[d.at++];
        if (c == '\r') { // every newline of a source is \n
            if (d.at < literal->len && literal->body[d.at] == '\n') d.at++;
            put(&d, '\n');
        } else if (c != '\\' || literal->raw || d.at >= literal->len) {
            put(&d, c);
        } else if (!decode_escape(&d)) {
            return false;
        }
    }
    *out_len = d.out_len;
    *invalid_at = d.invalid_at;
    return true;
}
