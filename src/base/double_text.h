// double_text.h - doubles as text and back: exact, correctly rounded, shortest round trip, without locale or allocation.
// SPDX-License-Identifier: MIT
//
// Work is done by double_text.c (layouts: repr, %e, %f, %g), double_text_digits.c (shortest and exact digits),
// double_text_parse.c (decimal text to double) and double_text_hex.c (float.hex and fromhex).
#ifndef KRAIT_BASE_DOUBLE_TEXT_H
#define KRAIT_BASE_DOUBLE_TEXT_H

#include "krait_config.h"

// --- Digits: double_text_digits.c ---

typedef enum {
    KR_DIGITS_SHORTEST,    // fewest digits that read back as the same double, of these the closest; ndigits is ignored
    KR_DIGITS_SIGNIFICANT, // ndigits significant digits (less than 1 counts as 1)
    KR_DIGITS_DECIMALS,    // up to ndigits digits after the decimal point; may be negative
} KrDigitsMode;

#define KR_DIGITS_SHORTEST_MAX 17
#define KR_DIGITS_MAX          768 // no double has more significant digits

// Digits that kr_double_digits can write: at most KR_DIGITS_MAX.
size_t kr_double_digits_size(double x, KrDigitsMode mode, int ndigits);

// Decimal digits of |x|, which is finite, rounded half to even from the exact value. Returns their number and sets
// *decimal_point: the value is 0.d1d2d3... * 10 ** *decimal_point. Zeros at the end are not written; if everything rounds to
// zero, there are no digits, and *decimal_point is 1 in the significant mode and -ndigits in the decimals mode.
size_t kr_double_digits(double x, KrDigitsMode mode, int ndigits, char *digits, int *decimal_point);

// Python's round(x, ndigits); x itself if it is not finite. Infinity from a finite x means OverflowError.
double kr_double_round(double x, int ndigits);

// --- Text: double_text.c ---

#define KR_DOUBLE_REPR_MAX 24 // -2.2250738585072014e-308

// repr(x): the shortest text that reads back as x, with ".0" for integral values; inf, -inf, nan. No NUL is written.
size_t kr_double_repr(double x, char *out);

enum {                       // flags for kr_double_format
    KR_DOUBLE_SIGN = 1,      // '+' before numbers that are not negative
    KR_DOUBLE_POINT = 2,     // ".0" after a number that looks like an int
    KR_DOUBLE_ALTERNATE = 4, // '#': keep the point, and zeros at the end in %g
    KR_DOUBLE_NO_MINUS0 = 8, // 'z': what rounds to -0 loses its sign
};

// Text of x: type is one of "eEfFgGr" as in printf ('r': shortest, as repr; precision is then ignored; upper case also
// for INF and NAN). precision >= 0; 'g' takes 0 as 1. The size is an upper bound, SIZE_MAX when it cannot be represented.
// The digits are exact, however many are asked for. Returns the length; no NUL is written.
size_t kr_double_format_size(double x, char type, int precision);
size_t kr_double_format(double x, char type, int precision, unsigned flags, char *out);

// --- Decimal text to double: double_text_parse.c ---

// Python's float() grammar without white space and underscores: [sign] digits [. digits] [e [sign] digits], inf, infinity,
// nan, in any case. All of s must match. Correctly rounded, ties to even; too large gives infinity.
bool kr_double_from_text(const char *s, size_t len, double *x);

// mantissa * 10 ** exponent, correctly rounded, for parsers that have already read the digits. When digits were cut off after
// the 19th, returns false if they matter for the result: then use kr_double_from_text.
bool kr_double_from_decimal(uint64_t mantissa, int64_t exponent, bool cut, double *x);

// --- Hexadecimal: double_text_hex.c ---

#define KR_DOUBLE_HEX_MAX 24 // -0x1.fffffffffffffp+1023

size_t kr_double_to_hex(double x, char *out);

typedef enum {
    KR_HEX_OK,
    KR_HEX_INVALID,  // ValueError: invalid hexadecimal floating-point string
    KR_HEX_OVERFLOW, // OverflowError: hexadecimal value too large to represent as a float
} KrHexResult;

// float.fromhex: ASCII white space around it is allowed.
KrHexResult kr_double_from_hex(const char *s, size_t len, double *x);

#endif
