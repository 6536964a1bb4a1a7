// double_text_parse.c - decimal text to the nearest double, ties to even.
// SPDX-License-Identifier: MIT
//
// Three ways, from fast to slow: one operation on exact doubles (Clinger, "How to read floating point numbers accurately",
// 1990), a product with 128 bits of a power of ten that knows when it is not sure (Lemire, "Number parsing at a gigabyte per
// second", 2021), and the exact comparison with the number halfway between two doubles.
#include "base/double_text.h"

#include "base/double_math.h"
#include "base/double_text_power.h"
#include "base/int_text.h"
#include "base/limbs_word.h"

enum {
    DIGITS = 19,       // that fit 64 bits
    DIGITS_MAX = 768,  // that a number halfway between two doubles can have; what follows only has to be known not to be 0
    EXACT_BITS = 2816, // two numbers of at most 2700 bits are compared
};

// The number is mantissa * 10 ** exponent, mantissa being its first digits; if cut, digits follow that are not all 0.
typedef struct {
    uint64_t mantissa;
    int64_t exponent;
    bool cut;
    const char *first, *end; // the digits from the first that is not 0, with a point somewhere
    int64_t last;            // exponent of the last of them
} Number;

// --- By 128 bits ---

// The product's upper 64 bits, and the exponent of their unit; *sure: what was cut off cannot change them; *sticky: more follows.
static uint64_t product_top(uint64_t mantissa, int k, int *exponent, bool *sure, bool *sticky) {
    unsigned zeros = kr_u64_clz(mantissa);
    mantissa <<= zeros;
    KrWide power = kr_power10(k), high = kr_wide_mul(power.high, mantissa), low = kr_wide_mul(power.low, mantissa);
    high.low += low.high;
    high.high += high.low < low.high;
    bool exact = kr_power10_is_exact(k);
    *exponent = kr_power10_log2(k) + 1 - (int)zeros;
    *sure = exact || high.low != UINT64_MAX;
    *sticky = !exact || high.low || low.low;
    return high.high;
}

static bool from_product(uint64_t mantissa, int k, double *x) {
    int exponent;
    bool sure, sticky;
    uint64_t top = product_top(mantissa, k, &exponent, &sure, &sticky);
    *x = kr_double_from_parts(top, exponent, sticky);
    return sure;
}

// --- Exactly ---

typedef struct {
    KrLimb limb[EXACT_BITS / 8 / sizeof(KrLimb)];
    size_t n;
} Exact;

static void exact_multiply(Exact *a, KrLimb factor, KrLimb add) { a->n = kr_limbs_mul_1(a->limb, a->limb, a->n, factor, add); }

static void exact_times_5(Exact *a, int64_t power) {
    for (; power >= 13; power -= 13) exact_multiply(a, 1220703125, 0); // 5 ** 13
    for (; power > 0; power--) exact_multiply(a, 5, 0);
}

// All digits, but not more than matter; the exponent of the last one taken.
static int64_t exact_digits(Exact *a, const Number *n) {
    size_t taken = 0;
    int64_t exponent = n->last;
    bool more = false;
    a->n = 0;
    if (!n->first) { // kr_double_from_decimal
        a->n = kr_limbs_from_uint64(a->limb, n->mantissa);
        return n->exponent;
    }
    for (const char *p = n->first; p < n->end; p++) {
        if (*p == '.') continue;
        if (taken < DIGITS_MAX) exact_multiply(a, 10, (KrLimb)(*p - '0')), taken++;
        else more |= *p != '0', exponent++;
    }
    if (!more) return exponent;
    exact_multiply(a, 10, 1);
    return exponent - 1;
}

// The number's mantissa cut off to a double, and its exponent: the number is between that and the next but one.
static uint64_t cut_off(const Number *n, int *exponent) {
    bool sure, sticky;
    uint64_t top = product_top(n->mantissa, (int)n->exponent, exponent, &sure, &sticky);
    int drop = 64 - (int)kr_u64_clz(top) - 53;
    if (*exponent + drop < -1074) drop = -1074 - *exponent;
    *exponent += drop;
    return drop < 64 ? top >> drop : 0;
}

static double from_exact(const Number *number) {
    Exact a, half;
    int unit;
    uint64_t mantissa = cut_off(number, &unit);
    int64_t exponent = exact_digits(&a, number);
    // Compares digits * 10 ** exponent with (2 mantissa + 1) * 2 ** (unit - 1).
    half.n = kr_limbs_from_uint64(half.limb, 2 * mantissa + 1);
    exact_times_5(exponent < 0 ? &half : &a, exponent < 0 ? -exponent : exponent);
    int64_t shift = exponent - (unit - 1);
    Exact *smaller = shift < 0 ? &half : &a;
    smaller->n = kr_limbs_shl(smaller->limb, smaller->limb, smaller->n, (size_t)(shift < 0 ? -shift : shift));
    int order = kr_limbs_cmp(a.limb, a.n, half.limb, half.n);
    return kr_double_from_parts(mantissa + (order > 0 || (order == 0 && (mantissa & 1))), unit, false);
}

// --- Choice ---

static bool from_number(const Number *n, double *x) {
    static const double ten[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
    if (!n->mantissa) return *x = 0, true;
    if (!(n->mantissa >> 53) && !n->cut && n->exponent >= -22 && n->exponent <= 22) {
        double m = (double)(int64_t)n->mantissa;
        *x = n->exponent < 0 ? m / ten[-n->exponent] : m * ten[n->exponent];
        return true;
    }
    if (n->exponent < -342) return *x = 0, true; // below half of the smallest, as the mantissa is below 2^64
    if (n->exponent > 308) return *x = kr_double_inf(), true;
    double next;
    if (!from_product(n->mantissa, (int)n->exponent, x)) return false;
    return !n->cut || (n->mantissa < UINT64_MAX && from_product(n->mantissa + 1, (int)n->exponent, &next) && next == *x);
}

bool kr_double_from_decimal(uint64_t mantissa, int64_t exponent, bool cut, double *x) {
    Number n = { .mantissa = mantissa, .exponent = exponent, .cut = cut };
    if (from_number(&n, x)) return true;
    if (cut) return false;
    return *x = from_exact(&n), true;
}

// --- Grammar ---

static bool is_digit(char c) { return (unsigned char)(c - '0') < 10; }

// word is lower case.
static bool is_word(const char *s, size_t len, const char *word) {
    for (; len && *word; s++, word++, len--)
        if ((*s | 0x20) != *word) return false;
    return !len && !*word;
}

// Digits with at most one point, at least one digit; the place after them, or NULL. The mantissa takes what fits.
static const char *scan_digits(const char *p, const char *end, Number *n) {
    const char *start = p, *point = NULL;
    while (p < end && *p == '0') p++;
    if (p < end && *p == '.') {
        point = p++;
        while (p < end && *p == '0') p++;
    }
    n->first = p;
    int room = DIGITS;
    int64_t dropped = 0; // digits after those that fit
    for (; p < end; p++) {
        unsigned digit = (unsigned char)(*p - '0');
        if (digit < 10) {
            if (room) n->mantissa = n->mantissa * 10 + digit, room--;
            else dropped++, n->cut |= digit != 0;
        } else if (*p == '.' && !point) {
            point = p;
        } else {
            break;
        }
    }
    n->end = p;
    if (p - start == (point != NULL)) return NULL;
    n->last = point ? -(int64_t)(p - point - 1) : 0;
    n->exponent = n->last + dropped;
    return p;
}

// e, a sign, digits; the place after them, p itself if there is no e, or NULL. Beyond 10^15 the value stops: no number of
// digits that fits memory makes up for that.
static const char *scan_exponent(const char *p, const char *end, int64_t *exponent) {
    if (p == end || (*p | 0x20) != 'e') return p;
    p++;
    bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) p++;
    if (p == end) return NULL;
    int64_t value = 0;
    for (; p < end && is_digit(*p); p++)
        if (value < INT64_C(1000000000000000)) value = value * 10 + (*p - '0');
    *exponent = negative ? -value : value;
    return is_digit(p[-1]) ? p : NULL;
}

static bool from_word(const char *s, size_t len, double *x) {
    if (is_word(s, len, "inf") || is_word(s, len, "infinity")) return *x = kr_double_inf(), true;
    return is_word(s, len, "nan") ? *x = kr_double_nan(), true : false;
}

bool kr_double_from_text(const char *s, size_t len, double *x) {
    const char *end = s + len;
    bool negative = len && *s == '-';
    if (len && (*s == '-' || *s == '+')) s++;
    Number n = { 0 };
    int64_t exponent = 0;
    const char *p = scan_digits(s, end, &n);
    if (p) {
        if (scan_exponent(p, end, &exponent) != end) return false;
        n.exponent += exponent, n.last += exponent;
        if (!from_number(&n, x)) *x = from_exact(&n);
    } else if (!from_word(s, (size_t)(end - s), x)) {
        return false;
    }
    if (negative) *x = -*x;
    return true;
}
