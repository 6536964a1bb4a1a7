// double_text_hex.c - float.hex() and float.fromhex().
// SPDX-License-Identifier: MIT
#include "base/double_text.h"

#include "base/double_math.h"
#include "base/int_text.h"

static size_t append(char *out, size_t len, const char *text) {
    while (*text) out[len++] = *text++;
    return len;
}

size_t kr_double_to_hex(double x, char *out) {
    uint64_t bits = kr_double_bits(x);
    size_t len = 0;
    if (kr_isnan(x)) return append(out, 0, "nan");
    if (kr_signbit(x)) out[len++] = '-';
    if (kr_isinf(x)) return append(out, len, "inf");
    int field = (int)(bits >> 52) & 0x7FF, exponent = (field ? field : 1) - 1023;
    if (x == 0) return append(out, len, "0x0.0p+0");
    len = append(out, len, field ? "0x1." : "0x0.");
    for (int shift = 48; shift >= 0; shift -= 4) out[len++] = "0123456789abcdef"[bits >> shift & 15];
    out[len++] = 'p';
    out[len++] = exponent < 0 ? '-' : '+';
    return len + kr_int64_to_text(exponent < 0 ? -exponent : exponent, 10, out + len);
}

// --- fromhex ---

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static bool is_word(const char *s, const char *end, const char *word) {
    for (; s < end && *word; s++, word++)
        if ((*s | 0x20) != *word) return false;
    return s == end && !*word;
}

// mantissa * 2 ** exponent, and a little more if sticky.
typedef struct {
    uint64_t mantissa;
    int64_t exponent;
    bool sticky;
} HexNumber;

// Hexadecimal digits with at most one point, at least one digit; the place after them or NULL.
static const char *scan_digits(const char *p, const char *end, HexNumber *n) {
    const char *start = p, *point = NULL;
    for (; p < end; p++) {
        unsigned digit = kr_digit_value(*p);
        if (digit < 16) {
            if (n->mantissa >> 60) n->sticky |= digit != 0, n->exponent += 4;
            else n->mantissa = n->mantissa << 4 | digit;
        } else if (*p == '.' && !point) {
            point = p;
        } else {
            break;
        }
    }
    if (point) n->exponent -= 4 * (int64_t)(p - point - 1);
    return p - start == (point != NULL) ? NULL : p;
}

// p, a sign, decimal digits; the place after them, p itself if there is none, or NULL.
static const char *scan_exponent(const char *p, const char *end, int64_t *exponent) {
    if (p == end || (*p | 0x20) != 'p') return p;
    p++;
    bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) p++;
    const char *digits = p;
    int64_t value = 0;
    for (; p < end && kr_digit_value(*p) < 10; p++)
        if (value < INT64_C(1000000000000000)) value = value * 10 + (*p - '0'); // beyond, only its size matters
    *exponent += negative ? -value : value;
    return p > digits ? p : NULL;
}

static KrHexResult hex_value(const HexNumber *n, double *x) {
    if (!n->mantissa || n->exponent < -2000) return *x = 0, KR_HEX_OK;
    if (n->exponent > 2000) return KR_HEX_OVERFLOW;
    *x = kr_double_from_parts(n->mantissa, (int)n->exponent, n->sticky);
    return kr_isinf(*x) ? KR_HEX_OVERFLOW : KR_HEX_OK;
}

KrHexResult kr_double_from_hex(const char *s, size_t len, double *x) {
    const char *end = s + len;
    while (s < end && is_space(*s)) s++;
    while (s < end && is_space(end[-1])) end--;
    bool negative = s < end && *s == '-';
    if (s < end && (*s == '-' || *s == '+')) s++;
    KrHexResult result = KR_HEX_OK;
    if (is_word(s, end, "inf") || is_word(s, end, "infinity")) {
        *x = kr_double_inf();
    } else if (is_word(s, end, "nan")) {
        *x = kr_double_nan();
    } else {
        HexNumber n = { 0 };
        if (end - s >= 2 && s[0] == '0' && (s[1] | 0x20) == 'x') s += 2;
        const char *p = scan_digits(s, end, &n);
        if (!p || !(p = scan_exponent(p, end, &n.exponent))) return KR_HEX_INVALID;
        result = hex_value(&n, x);
        if (p != end && result == KR_HEX_OK) return KR_HEX_INVALID; // as in CPython, too large is noticed first
    }
    if (negative && result == KR_HEX_OK) *x = -*x;
    return result;
}
