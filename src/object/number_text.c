// number_text.c - text that a number shall be read from: Unicode digits and spaces become ASCII, white space around it is cut off.
// SPDX-License-Identifier: MIT
#include "base/unicode.h"
#include "base/utf8.h"
#include "object/number.h"
#include "object/vm_state.h"

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static char *buffer(KrVm *vm, KrNumberSource *s, size_t len) { return len <= sizeof s->small ? s->small : kr_buffer_alloc(vm, len); }

// One ASCII character for each character of text, up to the first that no number has, which becomes '?'.
static bool to_ascii(KrVm *vm, KrNumberSource *s, const char *text, size_t len) {
    char *out = buffer(vm, s, len);
    if (!out) return false;
    size_t n = 0;
    for (size_t at = 0; at < len;) {
        uint32_t c = kr_utf8_next(text, &at);
        int digit = c < 0x7F ? -1 : kr_unicode_decimal_value(c);
        out[n] = c < 0x7F ? (char)c : kr_unicode_is_space(c) ? ' ' : digit >= 0 ? (char)('0' + digit) : '?';
        if (out[n++] == '?') break;
        if (n % 8192 == 0 && !kr_poll(vm, 8192)) return false;
    }
    s->text = out;
    s->len = n;
    return true;
}

bool kr_number_source(KrVm *vm, KrNumberSource *s, const char *text, size_t len, bool is_str) {
    s->text = text;
    s->len = len;
    kr_spend(vm, len >> 3); // looking for digits and spaces, and what the caller does with each
    if (!kr_settle(vm)) return false;
    if (is_str && !kr_is_ascii(text, len) && !to_ascii(vm, s, text, len)) return false;
    while (s->len && is_space(s->text[0])) s->text++, s->len--;
    while (s->len && is_space(s->text[s->len - 1])) s->len--;
    return true;
}

bool kr_number_drop_underscores(KrVm *vm, KrNumberSource *s, bool *valid) {
    size_t count = 0, before = 0;
    for (; before < s->len && s->text[before]; before++) count += s->text[before] == '_';
    *valid = !count || before == s->len; // a NUL after an underscore
    if (!count || !*valid) return true;
    char *out = buffer(vm, s, s->len);
    if (!out) return false;
    const char *from = s->text;
    size_t n = 0;
    for (size_t i = 0; i < s->len; i++) {
        if (from[i] != '_') out[n++] = from[i]; // out never gets ahead of from, which may be the same buffer
        else if (i == 0 || !is_digit(from[i - 1]) || i + 1 == s->len || !is_digit(from[i + 1])) *valid = false;
    }
    s->text = out;
    s->len = n;
    return true;
}
