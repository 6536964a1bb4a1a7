// format_spec.c - Python's format mini-language: parsing a specification, and laying out padded and grouped text.
// SPDX-License-Identifier: MIT
#include "base/format_spec.h"

#include <string.h>

#include "base/unicode.h"
#include "base/utf8.h"

static bool fail(KrFormatError *error, KrFormatFault fault) {
    *error = (KrFormatError){ .fault = fault };
    return false;
}

static bool fail_type(KrFormatError *error, KrFormatFault fault, const KrFormatSpec *spec) {
    *error = (KrFormatError){ .fault = fault, .grouping = spec->grouping, .type = spec->type };
    return false;
}

// The rest of the specification while it is parsed.
typedef struct {
    const char *text;
    size_t len;
    size_t at;
    const KrFormatPoll *poll;
} Reader;

// The code point at offset at, or UINT32_MAX at the end.
static uint32_t peek_at(const Reader *reader, size_t at) { return at < reader->len ? kr_utf8_next(reader->text, &at) : UINT32_MAX; }

static bool accept(Reader *reader, char ascii) {
    if (reader->at >= reader->len || reader->text[reader->at] != ascii) return false;
    reader->at++;
    return true;
}

static bool is_align(uint32_t cp) { return cp == '<' || cp == '>' || cp == '=' || cp == '^'; }

static void read_align(Reader *reader, KrFormatSpec *spec, bool *fill_given) {
    size_t second = reader->at;
    if (second >= reader->len) return;
    uint32_t fill = kr_utf8_next(reader->text, &second);
    uint32_t align = peek_at(reader, second);
    *fill_given = is_align(align);
    if (*fill_given) {
        spec->fill = fill;
        reader->at = second + 1;
    } else if (is_align(fill)) {
        align = fill;
        reader->at++;
    } else {
        return;
    }
    spec->align = (char)align;
    spec->align_given = true;
}

static bool may_go_on(const Reader *reader) { return !reader->poll->check || reader->poll->check(reader->poll->ctx); }

// Reads decimal digits of any script into *value, which stays as it is when there are none; false when they overflow.
static bool read_number(Reader *reader, ptrdiff_t *value, KrFormatError *error) {
    ptrdiff_t sum = 0;
    size_t count = 0;
    while (reader->at < reader->len) {
        size_t next = reader->at;
        int digit = kr_unicode_decimal_value(kr_utf8_next(reader->text, &next));
        if (digit < 0) break;
        if (sum > (PTRDIFF_MAX - digit) / 10) return fail(error, KR_FORMAT_TOO_MANY_DIGITS);
        if (++count % 16384 == 0 && !may_go_on(reader)) return fail(error, KR_FORMAT_STOPPED);
        sum = sum * 10 + digit;
        reader->at = next;
    }
    if (count) *value = sum;
    return true;
}

static bool read_grouping(Reader *reader, KrFormatSpec *spec, KrFormatError *error) {
    if (accept(reader, ',')) spec->grouping = ',';
    if (peek_at(reader, reader->at) == '_') {
        if (spec->grouping) return fail(error, KR_FORMAT_TWO_GROUPINGS);
        spec->grouping = '_';
        reader->at++;
    }
    if (spec->grouping == '_' && peek_at(reader, reader->at) == ',') return fail(error, KR_FORMAT_TWO_GROUPINGS);
    return true;
}

// Whether type is one of the ASCII characters of set.
static bool type_in(uint32_t type, const char *set) {
    for (; *set; set++)
        if (type == (unsigned char)*set) return true;
    return false;
}

static bool check_grouping(const KrFormatSpec *spec, KrFormatError *error) {
    if (!spec->grouping || spec->type == 0 || type_in(spec->type, "defgEG%F")) return true;
    if (spec->grouping == '_' && type_in(spec->type, "boxX")) return true;
    return fail_type(error, KR_FORMAT_GROUPING_WITH_TYPE, spec);
}

bool kr_format_spec_parse(const char *text, size_t len, char default_type, char default_align, const KrFormatPoll *poll, KrFormatSpec *spec,
                          KrFormatError *error) {
    Reader reader = { text, len, 0, poll };
    bool fill_given = false;
    *error = (KrFormatError){ .fault = KR_FORMAT_OK };
    *spec = (KrFormatSpec){ .fill = ' ', .align = default_align, .type = (unsigned char)default_type };
    spec->width = spec->precision = KR_FORMAT_UNSET;
    read_align(&reader, spec, &fill_given);
    if (reader.at < len && type_in((unsigned char)text[reader.at], "+- ")) spec->sign = text[reader.at++];
    spec->no_minus_zero = accept(&reader, 'z');
    spec->alternate = accept(&reader, '#');
    if (!fill_given && accept(&reader, '0')) { // zero padding goes after the sign, unless the text says otherwise
        spec->fill = '0';
        if (!spec->align_given && default_align == '>') spec->align = '=';
    }
    if (!read_number(&reader, &spec->width, error)) return false;
    if (!read_grouping(&reader, spec, error)) return false;
    if (accept(&reader, '.')) {
        if (!read_number(&reader, &spec->precision, error)) return false;
        if (spec->precision == KR_FORMAT_UNSET) return fail(error, KR_FORMAT_MISSING_PRECISION);
    }
    if (reader.at < len) spec->type = kr_utf8_next(text, &reader.at);
    if (reader.at < len) {
        *error = (KrFormatError){ .fault = KR_FORMAT_INVALID, .text = text, .text_len = len };
        return false;
    }
    return check_grouping(spec, error);
}

bool kr_format_spec_check_str(const KrFormatSpec *spec, KrFormatError *error) {
    if (spec->type != 's') return fail_type(error, KR_FORMAT_UNKNOWN_TYPE, spec);
    if (spec->sign) return fail(error, spec->sign == ' ' ? KR_FORMAT_SPACE_IN_STR : KR_FORMAT_SIGN_IN_STR);
    if (spec->no_minus_zero) return fail(error, KR_FORMAT_MINUS_ZERO_IN_STR);
    if (spec->alternate) return fail(error, KR_FORMAT_ALTERNATE_IN_STR);
    if (spec->align == '=') return fail(error, KR_FORMAT_EQUALS_IN_STR);
    return true;
}

bool kr_format_spec_check_int(const KrFormatSpec *spec, KrFormatError *error) {
    if (!type_in(spec->type, "bcdoxXn")) return fail_type(error, KR_FORMAT_UNKNOWN_TYPE, spec);
    if (spec->precision != KR_FORMAT_UNSET) return fail(error, KR_FORMAT_PRECISION_IN_INT);
    if (spec->no_minus_zero) return fail(error, KR_FORMAT_MINUS_ZERO_IN_INT);
    if (spec->type == 'c' && spec->sign) return fail(error, KR_FORMAT_SIGN_WITH_C);
    if (spec->type == 'c' && spec->alternate) return fail(error, KR_FORMAT_ALTERNATE_WITH_C);
    return true;
}

bool kr_format_spec_check_float(const KrFormatSpec *spec, KrFormatError *error) {
    if (spec->type != 0 && !type_in(spec->type, "eEfFgGn%")) return fail_type(error, KR_FORMAT_UNKNOWN_TYPE, spec);
    if (spec->precision > INT_MAX) return fail(error, KR_FORMAT_PRECISION_TOO_BIG);
    return true;
}

bool kr_format_spec_check_complex(const KrFormatSpec *spec, KrFormatError *error) {
    if (spec->type != 0 && !type_in(spec->type, "eEfFgGn")) return fail_type(error, KR_FORMAT_UNKNOWN_TYPE, spec);
    if (spec->precision > INT_MAX) return fail(error, KR_FORMAT_PRECISION_TOO_BIG);
    if (spec->fill == '0') return fail(error, KR_FORMAT_ZERO_IN_COMPLEX);
    if (spec->align == '=') return fail(error, KR_FORMAT_EQUALS_IN_COMPLEX);
    return true;
}

// In these texts %s is the whole specification, %t the name of the object's type, %g the grouping and %c the type character.
static const char *const fault_text[] = {
    [KR_FORMAT_OK] = "",
    [KR_FORMAT_STOPPED] = "",
    [KR_FORMAT_INVALID] = "Invalid format specifier '%s' for object of type '%t'",
    [KR_FORMAT_TOO_MANY_DIGITS] = "Too many decimal digits in format string",
    [KR_FORMAT_MISSING_PRECISION] = "Format specifier missing precision",
    [KR_FORMAT_TWO_GROUPINGS] = "Cannot specify both ',' and '_'.",
    [KR_FORMAT_GROUPING_WITH_TYPE] = "Cannot specify '%g' with '%c'.",
    [KR_FORMAT_UNKNOWN_TYPE] = "Unknown format code '%c' for object of type '%t'",
    [KR_FORMAT_PRECISION_TOO_BIG] = "precision too big",
    [KR_FORMAT_SIGN_IN_STR] = "Sign not allowed in string format specifier",
    [KR_FORMAT_SPACE_IN_STR] = "Space not allowed in string format specifier",
    [KR_FORMAT_MINUS_ZERO_IN_STR] = "Negative zero coercion (z) not allowed in string format specifier",
    [KR_FORMAT_ALTERNATE_IN_STR] = "Alternate form (#) not allowed in string format specifier",
    [KR_FORMAT_EQUALS_IN_STR] = "'=' alignment not allowed in string format specifier",
    [KR_FORMAT_PRECISION_IN_INT] = "Precision not allowed in integer format specifier",
    [KR_FORMAT_MINUS_ZERO_IN_INT] = "Negative zero coercion (z) not allowed in integer format specifier",
    [KR_FORMAT_SIGN_WITH_C] = "Sign not allowed with integer format specifier 'c'",
    [KR_FORMAT_ALTERNATE_WITH_C] = "Alternate form (#) not allowed with integer format specifier 'c'",
    [KR_FORMAT_ZERO_IN_COMPLEX] = "Zero padding is not allowed in complex format specifier",
    [KR_FORMAT_EQUALS_IN_COMPLEX] = "'=' alignment flag is not allowed in complex format specifier",
};

// Output that keeps counting when the buffer is full.
typedef struct {
    char *out;
    size_t cap;
    size_t len;
} Writer;

static void put(Writer *writer, const char *text, size_t len) {
    size_t room = writer->len < writer->cap ? writer->cap - writer->len : 0;
    if (len && room) memcpy(writer->out + writer->len, text, len < room ? len : room);
    writer->len += len;
}

// The type character as it is when it is visible ASCII, else as \x and hexadecimal digits without leading zeros.
static void put_type(Writer *writer, uint32_t type) {
    char text[8];
    size_t at = sizeof text;
    if (type > 32 && type < 128) {
        text[0] = (char)type;
        put(writer, text, 1);
        return;
    }
    do text[--at] = "0123456789abcdef"[type & 15];
    while (type >>= 4);
    put(writer, "\\x", 2);
    put(writer, text + at, sizeof text - at);
}

size_t kr_format_error_write(const KrFormatError *error, const char *type_name, char *out, size_t cap) {
    Writer writer = { out, cap, 0 };
    for (const char *p = fault_text[error->fault]; *p; p++) {
        if (*p != '%') {
            put(&writer, p, 1);
            continue;
        }
        switch (*++p) {
        case 's': put(&writer, error->text, error->text_len); break;
        case 't': put(&writer, type_name, strlen(type_name)); break;
        case 'g': put(&writer, &error->grouping, 1); break;
        default: put_type(&writer, error->type); break;
        }
    }
    return writer.len;
}

// Adds count pieces of size bytes to *sum; false, with *sum undefined, on overflow.
static bool add_bytes(size_t *sum, size_t count, size_t size) {
    if (size != 0 && count > (SIZE_MAX - *sum) / size) return false;
    *sum += count * size;
    return true;
}

static size_t missing_width(const KrFormatSpec *spec, size_t count) {
    return spec->width > 0 && (size_t)spec->width > count ? (size_t)spec->width - count : 0;
}

static char *put_fill(uint32_t fill, size_t count, char *out) {
    if (fill < 0x80) {
        memset(out, (int)fill, count);
        return out + count;
    }
    char one[KR_UTF8_MAX];
    size_t width = kr_utf8_encode(fill, one);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < width; j++) *out++ = one[j];
    return out;
}

static char *put_piece(const char *text, size_t len, char *out) {
    if (len) memcpy(out, text, len);
    return out + len;
}

bool kr_format_pad_size(const KrFormatSpec *spec, size_t count, size_t len, KrPadding *padding) {
    size_t missing = missing_width(spec, count);
    padding->left = spec->align == '<' ? 0 : spec->align == '^' ? missing / 2 : missing;
    padding->right = missing - padding->left;
    padding->bytes = len;
    return add_bytes(&padding->bytes, missing, kr_utf8_width(spec->fill));
}

void kr_format_pad_write(const KrFormatSpec *spec, const KrPadding *padding, const char *text, size_t len, char *out) {
    out = put_fill(spec->fill, padding->left, out);
    out = put_piece(text, len, out);
    (void)put_fill(spec->fill, padding->right, out);
}

bool kr_group_digits_size(size_t digits_len, char separator, size_t group, size_t min_width, size_t *size) {
    *size = digits_len;
    if (separator && digits_len > 0 && !add_bytes(size, (digits_len - 1) / group, 1)) return false;
    if (*size >= min_width) return true;
    *size = min_width;
    // Filled up, every group takes group + 1 characters; when that comes out even, the first would be a lone separator.
    if (separator && min_width % (group + 1) == 0) return add_bytes(size, 1, 1);
    return true;
}

void kr_group_digits_write(const char *digits, size_t digits_len, char separator, size_t group, char *out, size_t size) {
    size_t in_group = 0;
    while (size > 0) {
        if (separator && in_group == group) {
            out[--size] = separator;
            in_group = 0;
            continue;
        }
        out[--size] = digits_len > 0 ? digits[--digits_len] : '0';
        in_group++;
    }
}

bool kr_format_number_size(const KrFormatSpec *spec, const KrNumberText *number, KrNumberLayout *layout) {
    size_t rest_count = kr_utf8_count(number->rest, number->rest_len);
    *layout = (KrNumberLayout){ .separator = spec->grouping, .group = type_in(spec->type, "boxX") ? 4 : 3 };
    layout->sign = number->negative ? '-' : spec->sign == '-' ? 0 : spec->sign;
    size_t fixed = layout->sign != 0; // characters that are neither digits nor padding
    if (!add_bytes(&fixed, number->prefix_len, 1) || !add_bytes(&fixed, rest_count, 1)) return false;
    bool zeros = spec->fill == '0' && spec->align == '=' && number->digits_len > 0; // zeros are grouped as digits are
    size_t min_width = zeros ? missing_width(spec, fixed) : 0;
    if (!kr_group_digits_size(number->digits_len, spec->grouping, layout->group, min_width, &layout->grouped)) return false;
    size_t count = fixed;
    if (!add_bytes(&count, layout->grouped, 1)) return false;
    size_t missing = missing_width(spec, count);
    switch (spec->align) {
    case '<': layout->right = missing; break;
    case '^':
        layout->left = missing / 2;
        layout->right = missing - layout->left;
        break;
    case '=': layout->inner = missing; break;
    default: layout->left = missing; break;
    }
    layout->bytes = count - rest_count;
    return add_bytes(&layout->bytes, number->rest_len, 1) && add_bytes(&layout->bytes, missing, kr_utf8_width(spec->fill));
}

void kr_format_number_write(const KrFormatSpec *spec, const KrNumberLayout *layout, const KrNumberText *number, char *out) {
    out = put_fill(spec->fill, layout->left, out);
    out = put_piece(&layout->sign, layout->sign != 0, out);
    out = put_piece(number->prefix, number->prefix_len, out);
    out = put_fill(spec->fill, layout->inner, out);
    kr_group_digits_write(number->digits, number->digits_len, layout->separator, layout->group, out, layout->grouped);
    out = put_piece(number->rest, number->rest_len, out + layout->grouped);
    (void)put_fill(spec->fill, layout->right, out);
}
