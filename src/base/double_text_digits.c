// double_text_digits.c - decimal digits of doubles: the shortest that read back, or any number of them, exactly rounded.
// SPDX-License-Identifier: MIT
//
// Almost always 128 bits of a power of ten are enough to know the digits, and it is known when they are not; then all of the
// double's digits are computed, nine at a time. Shortest digits: Giulietti, "The Schubfach way to render doubles", 2020.
#include "base/double_text.h"

#include "base/double_math.h"
#include "base/double_text_power.h"
#include "base/int_text.h"
#include "base/limbs_word.h"

// An integer with at most 17 digits (18 in between), times 10 ** exponent.
typedef struct {
    uint64_t digits;
    int exponent;
} Decimal;

// --- Shortest ---

// Upper 64 bits of power * x, the lowest made odd if anything but zeros follows, by up to a rounding error of power.
static uint64_t multiply_sticky(KrWide power, uint64_t x) {
    KrWide high = kr_wide_mul(power.high, x), low = kr_wide_mul(power.low, x);
    high.low += low.high;
    high.high += high.low < low.high;
    return high.high | (high.low > 1);
}

// mantissa * 2 ** exponent is the double. `irregular`: its lower neighbour is only half as far away as the upper one.
static Decimal shortest(uint64_t mantissa, int exponent, bool irregular) {
    uint64_t odd = mantissa & 1; // then the ends of the interval that rounds to the double do not belong to it
    int k = irregular ? (int)(((uint32_t)(exponent * 1262611 - 524031) + (1u << 31)) >> 22) - 512 : kr_power2_log10(exponent);
    int shift = exponent + kr_power10_log2(-k) + 1;
    KrWide power = kr_power10(-k);
    if (!kr_power10_is_exact(-k) && !++power.low) power.high++; // rounded up
    // In quarters of units of 10 ** k: the ends and the double itself.
    uint64_t lower = multiply_sticky(power, (4 * mantissa - 2 + irregular) << shift) + odd;
    uint64_t upper = multiply_sticky(power, (4 * mantissa + 2) << shift) - odd;
    uint64_t middle = multiply_sticky(power, (4 * mantissa) << shift), unit = middle / 4;
    if (unit >= 10) { // one digit less?
        uint64_t ten = unit / 10;
        bool below = lower <= 40 * ten, above = 40 * ten + 40 <= upper;
        if (below != above) return (Decimal){ ten + above, k + 1 };
    }
    bool below = lower <= 4 * unit, above = 4 * unit + 4 <= upper;
    if (below == above) above = middle > 4 * unit + 2 || (middle == 4 * unit + 2 && (unit & 1)); // the closer one
    return (Decimal){ unit + above, k };
}

static Decimal shortest_of(double x) {
    int exponent;
    uint64_t mantissa = kr_double_parts(x, &exponent);
    if (exponent <= 0 && exponent > -53) { // a small integer is its own shortest text
        uint64_t whole = mantissa >> -exponent;
        if (whole << -exponent == mantissa) return (Decimal){ whole, 0 };
    }
    return shortest(mantissa, exponent, mantissa == KR_DOUBLE_HIDDEN && exponent > -1074);
}

// --- Rounded, by 128 bits ---

// x * 10 ** scale rounded to an integer below 2^60, half to even. False if that is too large, or cannot be decided.
static bool round_scaled(uint64_t mantissa, int exponent, int scale, uint64_t *rounded) {
    unsigned zeros = kr_u64_clz(mantissa);
    mantissa <<= zeros;
    KrWide power = kr_power10(scale), high = kr_wide_mul(power.high, mantissa), low = kr_wide_mul(power.low, mantissa);
    high.low += low.high;
    high.high += high.low < low.high;
    // The value is the 192-bit product divided by 2 ** (128 + fraction).
    int fraction = -(exponent - (int)zeros + kr_power10_log2(scale) + 1);
    if (fraction < 4) return false;
    if (fraction > 64) return *rounded = 0, true; // less than a half
    uint64_t whole = fraction < 64 ? high.high >> fraction : 0;
    uint64_t part = fraction < 64 ? high.high << (64 - fraction) | high.low >> fraction : high.high;
    uint64_t rest = fraction < 64 ? high.low << (64 - fraction) | low.low : high.low | low.low;
    const uint64_t half = (uint64_t)1 << 63;
    if (!kr_power10_is_exact(scale)) {
        if (part == half - 1) return false; // what was cut off might make it a half
        rest = 1;
    }
    *rounded = whole + (part > half || (part == half && (rest || (whole & 1))));
    return true;
}

// Not more than 17 digits.
static bool round_significant(double x, int ndigits, Decimal *d) {
    static const uint64_t ten[] = { 1,
                                    10,
                                    100,
                                    1000,
                                    10000,
                                    100000,
                                    1000000,
                                    10000000,
                                    100000000,
                                    1000000000,
                                    10000000000,
                                    100000000000,
                                    1000000000000,
                                    10000000000000,
                                    100000000000000,
                                    1000000000000000,
                                    10000000000000000,
                                    100000000000000000 };
    int exponent;
    uint64_t mantissa = kr_double_parts(x, &exponent);
    int top = kr_power2_log10(exponent + 63 - (int)kr_u64_clz(mantissa)); // of the first digit, or one less than that
    d->exponent = top - (ndigits - 1);
    if (!round_scaled(mantissa, exponent, -d->exponent, &d->digits)) return false;
    if (d->digits < ten[ndigits]) return true;
    d->exponent++; // one digit too many: round again, from the double
    return round_scaled(mantissa, exponent, -d->exponent, &d->digits);
}

// False also when there are more than 17 digits.
static bool round_decimals(double x, int ndigits, Decimal *d) {
    int exponent;
    uint64_t mantissa = kr_double_parts(x, &exponent);
    d->exponent = -ndigits;
    if (ndigits < -330) return d->digits = 0, true; // less than a half
    return ndigits <= KR_POWER10_MAX && round_scaled(mantissa, exponent, ndigits, &d->digits);
}

// --- Any number of digits ---

enum {
    WORDS = 34,  // 32-bit words for the 1074 bits of a fraction, or for the 1024 of an integer
    CHUNKS = 35, // chunks of 9 digits for the largest double
    CHUNK = 1000000000,
};

// Takes digits one after the other, from the first that is not 0, and keeps those that are wanted.
typedef struct {
    char *out;
    size_t len;
    int64_t limit, point; // digits wanted; place of the decimal point, counted from the first
    bool started, more;   // more: after the digit that decides, not only zeros
    int decides;          // the first digit that is not wanted, -1 before
    KrDigitsMode mode;
    int ndigits;
} Sink;

// A digit that stands `place` digits before the decimal point (1 is the unit).
static void sink_digit(Sink *s, unsigned digit, int64_t place) {
    if (!s->started) {
        if (!digit) return;
        s->started = true;
        s->point = place;
        s->limit = s->mode == KR_DIGITS_SIGNIFICANT ? s->ndigits : place + s->ndigits;
        if (s->limit > KR_DIGITS_MAX) s->limit = KR_DIGITS_MAX; // what follows is 0
    }
    if ((int64_t)s->len < s->limit) s->out[s->len++] = (char)('0' + digit);
    else if (s->decides < 0 && s->limit >= 0) s->decides = (int)digit;
    else s->more |= digit != 0;
}

static void sink_chunk(Sink *s, uint32_t chunk, int64_t place) {
    uint32_t unit = CHUNK / 10;
    for (int i = 0; i < 9; i++, unit /= 10) sink_digit(s, chunk / unit % 10, place - i);
}

// value / 10 ** 9 in place; the remainder. n words, not normalised.
static uint32_t words_divide(uint32_t *word, size_t n) {
    uint64_t rem = 0;
    while (n--) {
        rem = rem << 32 | word[n];
        word[n] = (uint32_t)(rem / CHUNK);
        rem %= CHUNK;
    }
    return (uint32_t)rem;
}

// fraction * 10 ** 9 in place; the integer part.
static uint32_t words_multiply(uint32_t *word, size_t n) {
    uint64_t carry = 0;
    for (size_t i = 0; i < n; i++) {
        carry += (uint64_t)word[i] * CHUNK;
        word[i] = (uint32_t)carry;
        carry >>= 32;
    }
    return (uint32_t)carry;
}

static size_t words_trim(const uint32_t *word, size_t n) {
    while (n && !word[n - 1]) n--;
    return n;
}

// Puts mantissa, times 2 ** bit, into n zeroed words.
static void words_place(uint32_t *word, size_t n, uint64_t mantissa, unsigned bit) {
    for (size_t i = bit / 32; mantissa && i < n; i++) {
        word[i] = (uint32_t)(mantissa << bit % 32);
        mantissa >>= 32 - bit % 32;
        bit -= bit % 32;
    }
}

static void expand_integer(Sink *s, uint64_t mantissa, int exponent) {
    uint32_t word[WORDS] = { 0 }, chunk[CHUNKS];
    size_t n = 0, used;
    if (exponent < 0) words_place(word, WORDS, mantissa >> -exponent, 0);
    else words_place(word, WORDS, mantissa, (unsigned)exponent);
    for (used = words_trim(word, WORDS); used; used = words_trim(word, used)) chunk[n++] = words_divide(word, used);
    while (n--) sink_chunk(s, chunk[n], 9 * ((int64_t)n + 1));
}

// mantissa * 2 ** exponent is below 1.
static void expand_fraction(Sink *s, uint64_t mantissa, int exponent) {
    uint32_t word[WORDS] = { 0 };
    size_t n = (size_t)(31 - exponent) / 32, low = 0;
    words_place(word, n, mantissa, (unsigned)(32 * (int)n + exponent));
    for (int64_t place = 0; low < n; place -= 9) {
        while (low < n && !word[low]) low++; // each step makes the lowest 9 bits 0
        sink_chunk(s, words_multiply(word + low, n - low), place);
        if (s->decides >= 0 && s->more) return;
    }
}

// Adds one to the last digit.
static void sink_round_up(Sink *s) {
    while (s->len && s->out[s->len - 1] == '9') s->len--;
    if (s->len) {
        s->out[s->len - 1]++;
    } else {
        s->out[s->len++] = '1';
        s->point++;
    }
}

static size_t digits_exact(double x, KrDigitsMode mode, int ndigits, char *digits, int *decimal_point) {
    Sink s = { .out = digits, .decides = -1, .mode = mode, .ndigits = ndigits };
    int exponent;
    uint64_t mantissa = kr_double_parts(x, &exponent);
    if (exponent > -53) expand_integer(&s, mantissa, exponent);
    if (exponent < 0) {
        if (exponent > -53) mantissa &= ((uint64_t)1 << -exponent) - 1;
        expand_fraction(&s, mantissa, exponent);
    }
    bool odd = s.len && (digits[s.len - 1] & 1);
    if (s.decides > 5 || (s.decides == 5 && (s.more || odd))) sink_round_up(&s);
    while (s.len && digits[s.len - 1] == '0') s.len--;
    *decimal_point = s.len ? (int)s.point : -ndigits;
    return s.len;
}

// --- Public ---

// Without zeros at the end.
static size_t write_decimal(Decimal d, char *digits, int *decimal_point) {
    char text[KR_INT64_TEXT_MAX];
    size_t len = kr_uint64_to_text(d.digits, 10, text);
    *decimal_point = (int)len + d.exponent;
    while (len && text[len - 1] == '0') len--;
    memcpy(digits, text, len);
    if (!len) *decimal_point = d.exponent;
    return len;
}

size_t kr_double_digits_size(double x, KrDigitsMode mode, int ndigits) {
    int64_t size = ndigits;
    if (mode == KR_DIGITS_SHORTEST) return KR_DIGITS_SHORTEST_MAX;
    if (mode == KR_DIGITS_DECIMALS) {
        int exponent;
        uint64_t bits = kr_double_parts(x, &exponent) ? 53 : 0;
        if (exponent > -53) size += kr_power2_log10(exponent + (int)bits) + 2; // digits before the point, and a carry
    }
    if (size < KR_DIGITS_SHORTEST_MAX + 1) return KR_DIGITS_SHORTEST_MAX + 1;
    return size < KR_DIGITS_MAX ? (size_t)size : KR_DIGITS_MAX;
}

size_t kr_double_digits(double x, KrDigitsMode mode, int ndigits, char *digits, int *decimal_point) {
    Decimal d;
    if (mode == KR_DIGITS_SIGNIFICANT && ndigits < 1) ndigits = 1;
    *decimal_point = mode == KR_DIGITS_DECIMALS ? -ndigits : 1;
    if (x == 0) return 0;
    if (mode == KR_DIGITS_SHORTEST) return write_decimal(shortest_of(x), digits, decimal_point);
    if (mode == KR_DIGITS_SIGNIFICANT ? ndigits <= 17 && round_significant(x, ndigits, &d) : round_decimals(x, ndigits, &d))
        return write_decimal(d, digits, decimal_point);
    return digits_exact(x, mode, ndigits, digits, decimal_point);
}

double kr_double_round(double x, int ndigits) {
    Decimal d;
    double rounded;
    if (x == 0 || !kr_isfinite(x) || ndigits > 324) return x;
    if (!round_decimals(x, ndigits, &d)) {
        char digits[KR_DIGITS_MAX];
        if (ndigits >= 0 && kr_fabs(x) >= 0x1p52) return x;
        // More than 17 digits stay: the closest double to them is x.
        size_t len = digits_exact(x, KR_DIGITS_DECIMALS, ndigits, digits, &d.exponent);
        if (len > 17) return x;
        d = (Decimal){ 0, d.exponent - (int)len };
        for (size_t i = 0; i < len; i++) d.digits = d.digits * 10 + (uint64_t)(digits[i] - '0');
    }
    kr_double_from_decimal(d.digits, d.exponent, false, &rounded);
    return kr_copysign(rounded, x);
}
