// format_spec.h - Python's format mini-language: parsing a specification, and laying out padded and grouped text.
// SPDX-License-Identifier: MIT
//
//     [[fill]align][sign][z][#][0][width][grouping][.precision][type]
//
// Nothing here allocates: a layout is computed first and says how many bytes it needs, then written into the caller's buffer.
#ifndef KRAIT_BASE_FORMAT_SPEC_H
#define KRAIT_BASE_FORMAT_SPEC_H

#include "krait_config.h"

#define KR_FORMAT_UNSET (-1)

typedef struct {
    uint32_t fill;       // code point, ' ' by default
    char align;          // '<', '>', '^' or '='
    char sign;           // '+', '-', ' ', or 0 when not given
    char grouping;       // ',', '_', or 0
    bool align_given;    // align is from the text, not the default
    bool no_minus_zero;  // 'z'
    bool alternate;      // '#'
    ptrdiff_t width;     // code points, or KR_FORMAT_UNSET
    ptrdiff_t precision; // or KR_FORMAT_UNSET
    uint32_t type;       // code point: the default type when the text names none
} KrFormatSpec;

// Each is one of CPython 3.13's ValueErrors; kr_format_error_write gives its text.
typedef enum {
    KR_FORMAT_OK,
    KR_FORMAT_STOPPED,            // by the poll: no error of the text
    KR_FORMAT_INVALID,            // Invalid format specifier '...' for object of type '...'
    KR_FORMAT_TOO_MANY_DIGITS,    // Too many decimal digits in format string
    KR_FORMAT_MISSING_PRECISION,  // Format specifier missing precision
    KR_FORMAT_TWO_GROUPINGS,      // Cannot specify both ',' and '_'.
    KR_FORMAT_GROUPING_WITH_TYPE, // Cannot specify ',' with 's'.
    KR_FORMAT_UNKNOWN_TYPE,       // Unknown format code 'q' for object of type '...'
    KR_FORMAT_PRECISION_TOO_BIG,  // precision too big
    KR_FORMAT_SIGN_IN_STR,        // and so on: see format_spec.c
    KR_FORMAT_SPACE_IN_STR,
    KR_FORMAT_MINUS_ZERO_IN_STR,
    KR_FORMAT_ALTERNATE_IN_STR,
    KR_FORMAT_EQUALS_IN_STR,
    KR_FORMAT_PRECISION_IN_INT,
    KR_FORMAT_MINUS_ZERO_IN_INT,
    KR_FORMAT_SIGN_WITH_C,
    KR_FORMAT_ALTERNATE_WITH_C,
    KR_FORMAT_ZERO_IN_COMPLEX,
    KR_FORMAT_EQUALS_IN_COMPLEX,
} KrFormatFault;

typedef struct {
    KrFormatFault fault;
    char grouping;    // KR_FORMAT_GROUPING_WITH_TYPE
    uint32_t type;    // KR_FORMAT_GROUPING_WITH_TYPE, KR_FORMAT_UNKNOWN_TYPE
    const char *text; // KR_FORMAT_INVALID: the whole specification, borrowed from the caller
    size_t text_len;
} KrFormatError;

// Asked after each 16,384 digits: may the work go on? check may be NULL.
typedef struct {
    bool (*check)(void *ctx);
    void *ctx;
} KrFormatPoll;

// Parses text (generalised UTF-8). default_type: 's' for str, 'd' for int, 0 for float and complex; default_align: '<' for
// str, '>' for numbers. False with *error filled in when the text is malformed, or with KR_FORMAT_STOPPED.
bool kr_format_spec_parse(const char *text, size_t len, char default_type, char default_align, const KrFormatPoll *poll, KrFormatSpec *spec,
                          KrFormatError *error);

// What the parsed specification may say for a str, an int, a float or a complex. An int whose type is one of "eEfFgG%" is
// formatted as a float: the caller looks at the type, converts, and checks it as a float.
bool kr_format_spec_check_str(const KrFormatSpec *spec, KrFormatError *error);
bool kr_format_spec_check_int(const KrFormatSpec *spec, KrFormatError *error);
bool kr_format_spec_check_float(const KrFormatSpec *spec, KrFormatError *error);
bool kr_format_spec_check_complex(const KrFormatSpec *spec, KrFormatError *error);

// Writes CPython's message, without a final NUL, to out[0..cap) and returns the length of the whole message, which may be
// more than cap (call with cap 0 for the size).
size_t kr_format_error_write(const KrFormatError *error, const char *type_name, char *out, size_t cap);

// A piece of text between two runs of fill.
typedef struct {
    size_t left; // fill characters before and after
    size_t right;
    size_t bytes; // of the whole
} KrPadding;

// Padding of a text of count code points and len bytes to spec->width; false when the size overflows. '=' acts as '>'.
bool kr_format_pad_size(const KrFormatSpec *spec, size_t count, size_t len, KrPadding *padding);
void kr_format_pad_write(const KrFormatSpec *spec, const KrPadding *padding, const char *text, size_t len, char *out);

// A number already converted to text, in pieces. All are ASCII but rest, which may be UTF-8 (format type 'c').
typedef struct {
    bool negative;      // the value's sign; spec->sign decides what is printed
    const char *prefix; // "0x" and so on
    size_t prefix_len;
    const char *digits; // of the integer part: these are grouped. None for inf, nan and 'c'
    size_t digits_len;
    const char *rest; // point, fraction, exponent, percent sign
    size_t rest_len;
} KrNumberText;

typedef struct {
    size_t left;    // fill before the sign
    size_t inner;   // fill between prefix and digits ('=')
    size_t grouped; // digits, zeros before them and separators
    size_t right;   // fill at the end
    size_t bytes;   // of the whole
    char sign;      // '+', '-', ' ', or 0 for none
    char separator; // or 0
    size_t group;   // digits per group: 3, or 4 for binary, octal and hexadecimal with '_'
} KrNumberLayout;

// Where the pieces go, as CPython lays out numbers; false when the size overflows.
bool kr_format_number_size(const KrFormatSpec *spec, const KrNumberText *number, KrNumberLayout *layout);
void kr_format_number_write(const KrFormatSpec *spec, const KrNumberLayout *layout, const KrNumberText *number, char *out);

// Digits with a separator before every group-th one from the right (separator 0: none), filled up with zeros from the left to
// at least min_width characters: as CPython, a zero is never preceded by a separator alone, so the result can be one longer.
bool kr_group_digits_size(size_t digits_len, char separator, size_t group, size_t min_width, size_t *size);
void kr_group_digits_write(const char *digits, size_t digits_len, char separator, size_t group, char *out, size_t size);

#endif
