// codec_escape.c - the encodings unicode_escape and raw_unicode_escape: text as in Python literals.
// SPDX-License-Identifier: MIT
#include "base/int_text.h"
#include "base/unicode_name.h"
#include "base/utf8.h"
#include "object/codec.h"
#include "object/vm_state.h"

// Reads up to count hexadecimal digits at d->at.
static bool read_hex(KrDecoder *d, unsigned count, uint32_t *cp) {
    *cp = 0;
    for (; count > 0 && d->at < d->len; count--, d->at++) {
        unsigned digit = kr_digit_value((char)d->data[d->at]);
        if (digit > 15) break;
        *cp = *cp << 4 | digit;
    }
    return count == 0;
}

// What stands at the end of a piece, cut off, is left for the next.
static bool wait_for_rest(KrDecoder *d, size_t start) {
    if (!d->partial || d->at < d->len) return false;
    d->at = d->len = start;
    return true;
}

static bool add_hex(KrDecoder *d, size_t start, unsigned digits, const char *truncated, const char *too_big) {
    uint32_t cp;
    if (!read_hex(d, digits, &cp)) return wait_for_rest(d, start) || kr_decode_fault(d, start, d->at, truncated);
    if (cp > KR_CODE_POINT_MAX) return kr_decode_fault(d, start, d->at, too_big);
    kr_text_add_char(&d->out, cp);
    return true;
}

static bool add_octal(KrDecoder *d, size_t start, unsigned first) {
    uint32_t cp = first;
    int i = 0;
    for (; i < 2 && d->at < d->len && d->data[d->at] >= '0' && d->data[d->at] <= '7'; i++)
        cp = cp << 3 | (d->data[d->at++] - (uint32_t)'0');
    if (i < 2 && wait_for_rest(d, start)) return true;
    kr_text_add_char(&d->out, cp);
    if (cp <= 0xFF) return true;
    return kr_warn(d->vm, &kr_deprecation_warning, "invalid octal escape sequence '\\%c%c%c'", (uint32_t)('0' + (cp >> 6)),
                   (uint32_t)('0' + (cp >> 3 & 7)), (uint32_t)('0' + (cp & 7)));
}

// \N{...}, without the braces; false: there is no such character.
static bool named(const KrDecoder *d, size_t from, size_t len, uint32_t *cp) {
    return len < KR_NAME_MAX && kr_unicode_name_lookup((const char *)d->data + from, len, cp);
}

static bool add_name(KrDecoder *d, size_t start) {
    if (d->at == d->len && wait_for_rest(d, start)) return true;
    if (d->at < d->len && d->data[d->at] == '{') {
        size_t from = d->at + 1, end = from;
        uint32_t cp;
        while (end < d->len && d->data[end] != '}') end++;
        bool closed = end < d->len && end > from;
        d->at = end < d->len ? end + 1 : end;
        if (end == d->len && wait_for_rest(d, start)) return true;
        if (closed && named(d, from, end - from, &cp)) return kr_text_add_char(&d->out, cp), true;
        if (closed) return kr_decode_fault(d, start, d->at, "unknown Unicode character name");
    }
    return kr_decode_fault(d, start, d->at, "malformed \\N character escape");
}

// Decodes an escape whose backslash is at start; d->at is behind it.
static bool add_escape(KrDecoder *d, size_t start) {
    if (d->at == d->len) return wait_for_rest(d, start) || kr_decode_fault(d, start, d->at, "\\ at end of string");
    uint8_t c = d->data[d->at++];
    static const char plain[] = "\\'\"bfnrtav", meaning[] = "\\'\"\b\f\n\r\t\a\v";
    for (size_t i = 0; plain[i]; i++)
        if (c == (uint8_t)plain[i]) return kr_text_add(&d->out, &meaning[i], 1), true;
    switch (c) {
    case '\n': return true;
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7': return add_octal(d, start, c - (unsigned)'0');
    case 'x': return add_hex(d, start, 2, "truncated \\xXX escape", "");
    case 'u': return add_hex(d, start, 4, "truncated \\uXXXX escape", "");
    case 'U': return add_hex(d, start, 8, "truncated \\UXXXXXXXX escape", "illegal Unicode character");
    case 'N': return add_name(d, start);
    default: break;
    }
    kr_text_add(&d->out, "\\", 1);
    kr_text_add_char(&d->out, c);
    return kr_warn(d->vm, &kr_deprecation_warning, "invalid escape sequence '\\%c'", (uint32_t)c);
}

bool kr_decode_unicode_escape(KrDecoder *d) {
    while (d->at < d->len && !d->out.failed) {
        uint8_t c = d->data[d->at++];
        if (c != '\\') kr_text_add_char(&d->out, c);
        else if (!add_escape(d, d->at - 1)) return false;
        kr_spend(d->vm, 1);
        if (!kr_settle(d->vm)) return false;
    }
    return true;
}

// Only \u and \U count, and only after an even number of backslashes.
bool kr_decode_raw_unicode_escape(KrDecoder *d) {
    bool escaped = false;
    while (d->at < d->len && !d->out.failed) {
        size_t start = d->at;
        kr_spend(d->vm, 1);
        if (!kr_settle(d->vm)) return false;
        uint8_t c = d->data[d->at++], kind = d->at < d->len ? d->data[d->at] : 0;
        if (c == '\\' && !escaped && wait_for_rest(d, start)) return true;
        bool escape = c == '\\' && !escaped && (kind == 'u' || kind == 'U');
        escaped = c == '\\' && !escaped;
        if (!escape) {
            kr_text_add_char(&d->out, c);
            continue;
        }
        d->at++;
        escaped = false;
        bool ok = kind == 'u' ? add_hex(d, start, 4, "truncated \\uXXXX escape", "")
                              : add_hex(d, start, 8, "truncated \\UXXXXXXXX escape", "\\Uxxxxxxxx out of range");
        if (!ok) return false;
    }
    return true;
}

bool kr_put_unicode_escape(KrEncoder *e, uint32_t cp) {
    switch (cp) {
    case '\t': kr_text_add(&e->out, "\\t", 2); return true;
    case '\n': kr_text_add(&e->out, "\\n", 2); return true;
    case '\r': kr_text_add(&e->out, "\\r", 2); return true;
    case '\\': kr_text_add(&e->out, "\\\\", 2); return true;
    default: break;
    }
    if (cp >= ' ' && cp < 0x7F) kr_text_add_char(&e->out, cp);
    else kr_text_add_hex_escape(&e->out, cp);
    return true;
}

bool kr_put_raw_unicode_escape(KrEncoder *e, uint32_t cp) {
    char byte = (char)cp;
    if (cp < 0x100) kr_text_add(&e->out, &byte, 1);
    else kr_text_add_hex_escape(&e->out, cp);
    return true;
}
