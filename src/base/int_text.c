// int_text.c - the grammar of int() and of int literals, and text of machine-size ints.
// SPDX-License-Identifier: MIT
#include "base/int_text.h"

#include <string.h>

#include "base/limbs_word.h"

static const char digit_pairs[200] = { "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                                       "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                                       "8081828384858687888990919293949596979899" };

unsigned kr_digit_value(char c) {
    unsigned u = (unsigned char)c;
    if (u - '0' < 10) return u - '0';
    u |= 0x20; // lower case
    return u - 'a' < 26 ? u - 'a' + 10 : 255;
}

// --- Value to text, from the right ---

static char *write_decimal_32(char *end, uint32_t value) {
    while (value >= 100) {
        uint32_t rest = value / 100;
        end -= 2;
        KR_COPY_FIXED(end, digit_pairs + 2 * (value - rest * 100), 2);
        value = rest;
    }
    if (value < 10) return *--end = (char)('0' + value), end;
    return KR_COPY_FIXED(end - 2, digit_pairs + 2 * value, 2), end - 2;
}

// Exactly 8 digits.
static char *write_decimal_8(char *end, uint32_t value) {
    for (int i = 0; i < 4; i++) {
        uint32_t rest = value / 100;
        end -= 2;
        KR_COPY_FIXED(end, digit_pairs + 2 * (value - rest * 100), 2);
        value = rest;
    }
    return end;
}

static char *write_decimal(char *end, uint64_t value) {
    while (value > UINT32_MAX) {
        uint64_t rest = value / 100000000;
        end = write_decimal_8(end, (uint32_t)(value - rest * 100000000));
        value = rest;
    }
    return write_decimal_32(end, (uint32_t)value);
}

static char *write_digits(char *end, uint64_t value, unsigned base) {
    do {
        uint64_t rest = value / base;
        *--end = "0123456789abcdefghijklmnopqrstuvwxyz"[value - rest * base];
        value = rest;
    } while (value);
    return end;
}

char *kr_uint64_to_text_before(uint64_t value, unsigned base, char *end) {
    return base == 10 ? write_decimal(end, value) : write_digits(end, value, base);
}

size_t kr_uint64_to_text(uint64_t value, unsigned base, char *out) {
    char buffer[64], *end = buffer + sizeof buffer, *start = kr_uint64_to_text_before(value, base, end);
    memcpy(out, start, (size_t)(end - start));
    return (size_t)(end - start);
}

size_t kr_int64_to_text(int64_t value, unsigned base, char *out) {
    if (value >= 0) return kr_uint64_to_text((uint64_t)value, base, out);
    *out = '-';
    return kr_uint64_to_text(0 - (uint64_t)value, base, out + 1) + 1;
}

// --- Grammar ---

static unsigned prefix_base(const char *s, const char *end) {
    if (end - s < 2 || s[0] != '0') return 0;
    switch (s[1] | 0x20) {
    case 'x': return 16;
    case 'o': return 8;
    case 'b': return 2;
    default: return 0;
    }
}

// Digits with single underscores between them; counts the digits, 0 if malformed.
static size_t count_digits(const char *s, const char *end, unsigned base) {
    size_t digits = 0;
    bool after_digit = false;
    for (; s < end; s++) {
        bool digit = kr_digit_value(*s) < base;
        if (!digit && !(*s == '_' && after_digit)) return 0;
        digits += digit;
        after_digit = digit;
    }
    return after_digit ? digits : 0;
}

static bool all_zero(const char *s, const char *end) {
    for (; s < end; s++)
        if (*s != '0' && *s != '_') return false;
    return true;
}

bool kr_int_text_scan(const char *s, size_t len, unsigned base, KrIntText *text) {
    const char *end = s + len;
    text->negative = len && *s == '-';
    if (len && (*s == '-' || *s == '+')) s++;
    unsigned prefix = prefix_base(s, end);
    bool literal = base == 0;
    if (literal) base = prefix ? prefix : 10;
    if (prefix == base) { // not for int("0b1", 16), where b is a digit
        s += 2;
        if (s < end && *s == '_') s++;
    }
    text->body = s;
    text->len = (size_t)(end - s);
    text->base = base;
    text->digits = count_digits(s, end, base);
    if (!text->digits) return false;
    return !literal || prefix || *s != '0' || all_zero(s, end);
}

bool kr_int_text_to_int64(const KrIntText *text, int64_t *value) {
    uint64_t v = 0;
    for (size_t i = 0; i < text->len; i++) {
        unsigned digit = kr_digit_value(text->body[i]);
        if (digit >= text->base) continue; // an underscore
        if (v > (UINT64_MAX - digit) / text->base) return false;
        v = v * text->base + digit;
    }
    if (v > (uint64_t)INT64_MAX + text->negative) return false;
    *value = text->negative ? (int64_t)(0 - v) : (int64_t)v;
    return true;
}
