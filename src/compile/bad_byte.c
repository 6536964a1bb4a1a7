// bad_byte.c - finds bytes of a source that are not UTF-8, and says what is wrong with them.
// SPDX-License-Identifier: MIT
#include "compile/bad_byte.h"

#include "base/utf8.h"

// A surrogate that stands for a byte is ED B2 xx or ED B3 xx.
static bool is_bad(const char *text, size_t len, size_t at) {
    return len - at >= 3 && text[at] == '\xED' && ((unsigned char)text[at + 1] & 0xFE) == 0xB2;
}

static char original(const char *text, size_t at) {
    unsigned char high = (unsigned char)text[at + 1], low = (unsigned char)text[at + 2];
    return (char)(((high & 3u) << 6) | (low & 0x3Fu));
}

size_t kr_bad_byte_find(const char *text, size_t len) {
    size_t at = 0;
    while (at < len && !is_bad(text, len, at)) at++;
    return at;
}

size_t kr_bad_byte_excess(const char *text, size_t len) {
    size_t excess = 0;
    for (size_t at = 0; at < len; at++) excess += is_bad(text, len, at) ? 2 : 0;
    return excess;
}

void kr_bad_byte_message(KrSyntaxError *error, const char *text, size_t len, size_t base, size_t at) {
    char bytes[KR_UTF8_MAX];
    size_t count = 0;
    KrUtf8Scan scan;
    int first = (int)(at - base - kr_bad_byte_excess(text + base, at - base));
    for (size_t i = at; i < len && count < sizeof bytes; i += is_bad(text, len, i) ? 3 : 1)
        bytes[count++] = is_bad(text, len, i) ? original(text, i) : text[i];
    kr_utf8_scan(bytes, count, false, &scan);
    const char *reason = kr_utf8_fault_text(scan.fault);
    int last = first + (int)(scan.end - scan.start) - 1;
    if (last > first) {
        kr_syntax_message(error, "(unicode error) 'utf-8' codec can't decode bytes in position %d-%d: %s", first, last, reason);
        return;
    }
    unsigned byte = (unsigned char)bytes[0];
    kr_syntax_message(error, "(unicode error) 'utf-8' codec can't decode byte 0x%c%c in position %d: %s", "0123456789abcdef"[byte >> 4],
                      "0123456789abcdef"[byte & 15], first, reason);
}
