// double_text.c - laying out a double's digits: repr, and printf's %e, %f and %g with Python's flags.
// SPDX-License-Identifier: MIT
#include "base/double_text.h"

#include "base/double_math.h"
#include "base/int_text.h"
#include "base/limbs_word.h"

enum {
    POINT_MIN = -4, // decimal points from here down,
    REPR_MAX = 16,  // and above this, make repr use an exponent
};

// What is written: digits, zeros where they are missing, a point.
typedef struct {
    const char *digits;
    int len;            // of digits
    int64_t point, end; // places counted from the first digit: of the decimal point, and where the text ends
    int exponent;
    bool has_exponent, keep_point;
} Layout;

// Digits of the places from `from` to `to`.
static char *write_places(char *out, const Layout *l, int64_t from, int64_t to) {
    int64_t zeros = from < 0 ? (to < 0 ? to : 0) - from : 0;
    if (zeros > 0) memset(out, '0', (size_t)zeros), out += zeros, from += zeros;
    int64_t copied = (to < l->len ? to : l->len) - from;
    if (copied > 0) memcpy(out, l->digits + from, (size_t)copied), out += copied, from += copied;
    if (to > from) memset(out, '0', (size_t)(to - from)), out += to - from;
    return out;
}

// At least two digits.
static char *write_exponent(char *out, int exponent, bool upper) {
    *out++ = upper ? 'E' : 'e';
    *out++ = exponent < 0 ? '-' : '+';
    if (exponent < 0) exponent = -exponent;
    if (exponent < 10) *out++ = '0';
    return out + kr_uint64_to_text((uint64_t)exponent, 10, out);
}

static char *write_layout(char *out, const Layout *l, bool upper) {
    out = write_places(out, l, l->point > 0 ? 0 : l->point - 1, l->point);
    if (l->end > l->point || l->keep_point) *out++ = '.';
    out = write_places(out, l, l->point, l->end);
    return l->has_exponent ? write_exponent(out, l->exponent, upper) : out;
}

static size_t write_special(double x, bool upper, unsigned flags, char *out) {
    const char *text = kr_isnan(x) ? (upper ? "NAN" : "nan") : upper ? "INF" : "inf";
    size_t len = 0;
    if (kr_isinf(x) && kr_signbit(x)) out[len++] = '-';
    else if (flags & KR_DOUBLE_SIGN) out[len++] = '+';
    memcpy(out + len, text, 3);
    return len + 3;
}

// Where the text ends, and whether it has an exponent. kind is one of "efgr".
static void layout_choose(Layout *l, char kind, int precision, unsigned flags) {
    const bool with_point = flags & KR_DOUBLE_POINT;
    l->end = l->len;
    switch (kind) {
    case 'e':
        l->has_exponent = true;
        l->end = (int64_t)precision + 1;
        break;
    case 'f': l->end = l->point + precision; break;
    case 'g':
        l->has_exponent = l->point <= POINT_MIN || l->point > precision - with_point;
        if (flags & KR_DOUBLE_ALTERNATE) l->end = precision;
        break;
    default: l->has_exponent = l->point <= POINT_MIN || l->point > REPR_MAX; break;
    }
    if (l->has_exponent) {
        l->exponent = (int)l->point - 1;
        l->point = 1;
    }
    int64_t least = l->point + (with_point && !l->has_exponent);
    if (l->end < least) l->end = least;
    l->keep_point = flags & KR_DOUBLE_ALTERNATE;
}

size_t kr_double_format(double x, char type, int precision, unsigned flags, char *out) {
    bool upper = type < 'a';
    char kind = (char)(type | 0x20), digits[KR_DIGITS_MAX], *p = out;
    if (!kr_isfinite(x)) return write_special(x, upper, flags, out);
    if (kind == 'g' && precision == 0) precision = 1;
    int wanted = kind == 'e' && precision < INT_MAX ? precision + 1 : precision, point;
    KrDigitsMode mode = kind == 'f' ? KR_DIGITS_DECIMALS : kind == 'r' ? KR_DIGITS_SHORTEST : KR_DIGITS_SIGNIFICANT;
    size_t len = kr_double_digits(x, mode, wanted, digits, &point);
    if (!len) point = 1, digits[len++] = '0'; // zero is one digit
    Layout l = { .digits = digits, .len = (int)len, .point = point };
    bool zero = len == 1 && digits[0] == '0';
    if (kr_signbit(x) && !(zero && (flags & KR_DOUBLE_NO_MINUS0))) *p++ = '-';
    else if (flags & KR_DOUBLE_SIGN) *p++ = '+';
    layout_choose(&l, kind, precision, flags);
    return (size_t)(write_layout(p, &l, upper) - out);
}

// A sign, the digits before the point (five of them may be "0.000"), the point, the digits after it, an exponent, and one
// for rounding up.
size_t kr_double_format_size(double x, char type, int precision) {
    size_t size = 16;
    if (!kr_isfinite(x)) return size;
    if ((type | 0x20) == 'r') return size + KR_DOUBLE_REPR_MAX;
    if ((type | 0x20) == 'f' && kr_fabs(x) >= 1) {
        int exponent;
        kr_frexp(x, &exponent);
        size += (size_t)exponent * 5 / 16; // more than log10(2)
    }
    return kr_size_add(size, (size_t)precision);
}

size_t kr_double_repr(double x, char *out) {
    char digits[KR_DIGITS_SHORTEST_MAX + 3], *p = out;
    int point;
    if (!kr_isfinite(x)) return write_special(x, false, 0, out);
    size_t len = kr_double_digits(x, KR_DIGITS_SHORTEST, 0, digits, &point);
    if (!len) digits[len++] = '0';
    if (kr_signbit(x)) *p++ = '-';
    Layout l = { .digits = digits, .len = (int)len, .point = point };
    layout_choose(&l, 'r', 0, KR_DOUBLE_POINT);
    return (size_t)(write_layout(p, &l, false) - out);
}
