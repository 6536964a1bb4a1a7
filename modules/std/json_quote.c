// json_quote.c - strings as JSON has them: quotes around, escapes inside (RFC 8259, section 7).
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "json_part.h"

bool kr_json_grow(KrJsonText *t, size_t more) {
    size_t room = t->room < 256 ? 512 : t->room;
    if (more > (size_t)PTRDIFF_MAX / 4 || t->len > (size_t)PTRDIFF_MAX / 4) return kr_fail(kr_raise_memory(t->vm));
    while (room - t->len < more) room *= 2;
    char *data = kr_buffer_alloc(t->vm, room);
    if (!data) return false;
    if (t->len) memcpy(data, t->data, t->len);
    t->data = data;
    t->room = room;
    return true;
}

enum { PLAIN, ESCAPED, WIDE }; // what becomes of a byte: itself, an escape, part of a character beyond ASCII

static int kind_of(uint8_t c, bool ascii) {
    if (c >= 0x80) return ascii ? WIDE : PLAIN;
    return c < ' ' || c == '"' || c == '\\' || (c == 0x7F && ascii) ? ESCAPED : PLAIN;
}

// Eight bytes that stand for themselves in both ways of writing: none below space, none of " \ DEL, none beyond ASCII.
static bool eight_plain(const char *p) {
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
    uint64_t w;
    memcpy(&w, p, 8);
    uint64_t quote = w ^ ones * '"', back = w ^ ones * '\\', del = w ^ ones * 0x7F;
    uint64_t found = (w - ones * ' ') | (quote - ones) | (back - ones) | (del - ones) | w;
    return (found & high) == 0; // false for some plain bytes as well: those go the slow way
}

static size_t write_u(char *to, unsigned unit) {
    static const char digit[] = "0123456789abcdef";
    const char text[6] = { '\\', 'u', digit[unit >> 12], digit[unit >> 8 & 15], digit[unit >> 4 & 15], digit[unit & 15] };
    return memcpy(to, text, 6), 6;
}

static size_t write_escape(char *to, uint8_t c) {
    static const char from[] = "\"\\\n\r\t\f\b", letter[] = "\"\\nrtfb";
    for (size_t i = 0; from[i]; i++)
        if (from[i] == (char)c) return to[0] = '\\', to[1] = letter[i], 2;
    return write_u(to, c);
}

static size_t write_wide(char *to, uint32_t cp) {
    if (cp < 0x10000) return write_u(to, cp);
    size_t n = write_u(to, 0xD800 + (cp - 0x10000) / 1024);
    return n + write_u(to + n, 0xDC00 + cp % 1024);
}

bool kr_json_quote(KrJsonText *t, KrValue str, bool ascii) {
    enum { PIECE = 16384 };
    size_t len;
    const char *text = kr_str_text(str, &len);
    if (!kr_json_room(t, 2)) return false;
    t->data[t->len++] = '"';
    for (size_t at = 0; at < len;) {
        size_t end = len - at < PIECE ? len : at + PIECE;
        while (end < len && kr_utf8_is_continuation(text[end])) end++;
        if (!kr_json_room(t, 6 * (end - at) + 1)) return false;
        char *to = t->data + t->len;
        while (at < end) {
            while (end - at >= 8 && eight_plain(text + at)) memcpy(to, text + at, 8), to += 8, at += 8;
            if (at == end) break;
            int kind = kind_of((uint8_t)text[at], ascii);
            if (kind == WIDE) {
                to += write_wide(to, kr_utf8_next(text, &at));
            } else if (kind == ESCAPED) {
                to += write_escape(to, (uint8_t)text[at++]);
            } else {
                *to++ = text[at++];
            }
        }
        t->len = (size_t)(to - t->data);
        if (len >= PIECE && !kr_poll(t->vm, PIECE / 64)) return false;
    }
    t->data[t->len++] = '"';
    return true;
}
