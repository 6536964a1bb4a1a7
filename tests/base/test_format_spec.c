// test_format_spec.c - parsing and layout of format specifications, against what CPython's format() gave.
// SPDX-License-Identifier: MIT
#include "base/format_spec.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text_check.h"

// The values of format_oracle.py.
static const char string_value[] = "\xC3\xA4"
                                   "b\xF0\x9F\x98\x80"
                                   "c";
static const int64_t integer_value[] = { 0, 7, -7, 65, 0x20AC, 1000, 123456, -1234567, INT64_C(1) << 40, -(INT64_C(1) << 62) };
static const double float_value[] = { 0.0, 0.5, -1.25, 1234567.875, -999.0, INFINITY, -INFINITY, NAN };

typedef struct {
    char text[4096];
    size_t len;
} Result;

static void set_text(Result *result, const char *text) {
    result->len = strlen(text);
    memcpy(result->text, text, result->len);
}

static void set_error(Result *result, const KrFormatError *error, const char *type_name) {
    CHECK(error->fault != KR_FORMAT_OK);
    result->text[0] = '!';
    size_t len = kr_format_error_write(error, type_name, NULL, 0);
    CHECK(kr_format_error_write(error, type_name, result->text + 1, len) == len);
    result->len = len + 1;
}

static void lay_out_number(Result *result, const KrFormatSpec *spec, const KrNumberText *number) {
    KrNumberLayout layout;
    if (!kr_format_number_size(spec, number, &layout) || layout.bytes > sizeof result->text) {
        set_text(result, "long");
        return;
    }
    char *exact = malloc(layout.bytes + 1); // so that a sanitizer sees one byte too many
    exact[layout.bytes] = 'E';
    kr_format_number_write(spec, &layout, number, exact);
    CHECK(exact[layout.bytes] == 'E');
    memcpy(result->text, exact, result->len = layout.bytes);
    free(exact);
}

static void format_str(Result *result, const KrFormatSpec *spec) {
    size_t len = strlen(string_value), count;
    if (spec->precision != KR_FORMAT_UNSET) len = kr_utf8_offset(string_value, len, 0, (size_t)spec->precision);
    count = kr_utf8_count(string_value, len);
    KrPadding padding;
    if (!kr_format_pad_size(spec, count, len, &padding) || padding.bytes > sizeof result->text) {
        set_text(result, "long");
        return;
    }
    kr_format_pad_write(spec, &padding, string_value, len, result->text);
    result->len = padding.bytes;
}

static void format_int(Result *result, const KrFormatSpec *spec, int64_t value) {
    char digits[70], character[KR_UTF8_MAX];
    size_t at = sizeof digits;
    KrNumberText number = { .negative = value < 0, .prefix = "", .rest = character };
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    unsigned base = spec->type == 'b' ? 2 : spec->type == 'o' ? 8 : spec->type == 'x' || spec->type == 'X' ? 16 : 10;
    const char *alphabet = spec->type == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    if (spec->type == 'c') {
        if (value < 0 || value > (int64_t)KR_CODE_POINT_MAX) {
            set_text(result, "!%c arg not in range(0x110000)");
            return;
        }
        number.rest_len = kr_utf8_encode((uint32_t)value, character);
    } else {
        do digits[--at] = alphabet[left % base];
        while (left /= base);
        number.digits = digits + at;
        number.digits_len = sizeof digits - at;
    }
    if (spec->alternate && base != 10) {
        number.prefix = base == 2 ? "0b" : base == 8 ? "0o" : spec->type == 'X' ? "0X" : "0x";
        number.prefix_len = 2;
    }
    lay_out_number(result, spec, &number);
}

static void format_float(Result *result, const KrFormatSpec *spec, double value) {
    char text[400];
    int precision = spec->precision == KR_FORMAT_UNSET ? 6 : (int)spec->precision;
    if ((spec->type != 'f' && spec->type != 'F') || precision > 50) {
        set_text(result, precision > 50 ? "long" : "ok");
        return;
    }
    KrNumberText number = { .negative = signbit(value) && !isnan(value), .prefix = "", .rest = text };
    int len = snprintf(text, sizeof text, spec->type == 'F' ? "%.*F" : "%.*f", precision, fabs(value));
    if (isfinite(value)) {
        number.digits = text;
        number.digits_len = strcspn(text, ".");
        number.rest += number.digits_len;
        if (spec->alternate && precision == 0) text[len++] = '.';
        if (spec->no_minus_zero && strspn(text, "0.") >= (size_t)len) number.negative = false;
    }
    number.rest_len = (size_t)len - number.digits_len;
    lay_out_number(result, spec, &number);
}

static void format_row(Result *result, char kind, int value, const char *text, size_t len) {
    static const char *const type_name[] = { ['s'] = "str", ['i'] = "int", ['f'] = "float", ['c'] = "complex" };
    char default_type = kind == 's' ? 's' : kind == 'i' ? 'd' : 0;
    const char *name = type_name[(unsigned char)kind];
    KrFormatSpec spec;
    KrFormatError error;
    KrFormatPoll never = { NULL, NULL };
    if (!kr_format_spec_parse(text, len, default_type, kind == 's' ? '<' : '>', &never, &spec, &error)) {
        set_error(result, &error, name);
        return;
    }
    bool float_type = spec.type < 128 && spec.type && strchr("eEfFgG%", (int)spec.type);
    bool ok = kind == 's'                  ? kr_format_spec_check_str(&spec, &error)
              : kind == 'i' && !float_type ? kr_format_spec_check_int(&spec, &error)
              : kind == 'c'                ? kr_format_spec_check_complex(&spec, &error)
                                           : kr_format_spec_check_float(&spec, &error);
    if (!ok) set_error(result, &error, name);
    else if (kind == 's') format_str(result, &spec);
    else if (kind == 'i' && !float_type) format_int(result, &spec, integer_value[value]);
    else if (kind == 'f') format_float(result, &spec, float_value[value]);
    else set_text(result, "ok");
}

static const struct {
    char kind;
    int value;
    const char *spec;
    const char *expected;
} row[] = {
#include "format_expected.h"
};

static void test_rows(void) {
    for (size_t i = 0; i < KR_COUNT_OF(row); i++) {
        static Result result;
        if (PTRDIFF_MAX == INT32_MAX && strstr(row[i].spec, ".99999999999")) continue; // CPython had 64 bits
        size_t len = strlen(row[i].spec);
        char *exact = malloc(len);
        memcpy(exact, row[i].spec, len);
        format_row(&result, row[i].kind, row[i].value, exact, len);
        bool same = result.len == strlen(row[i].expected) && memcmp(result.text, row[i].expected, result.len) == 0;
        if (!same) printf("%c '%s': %s, not %.*s\n", row[i].kind, row[i].spec, row[i].expected, (int)result.len, result.text);
        CHECK(same);
        free(exact);
    }
}

// Answers lines of "kind value hexadecimal-specification" with lines of hexadecimal output.
static void answer_pipe(void) {
    char line[512], kind, hex[400];
    int value;
    while (fgets(line, sizeof line, stdin) && sscanf(line, "%c %d %399s", &kind, &value, hex) == 3) {
        static Result result;
        char spec[200];
        size_t len = strlen(hex) / 2;
        for (size_t i = 0; i < len; i++) {
            const char digits[3] = { hex[2 * i], hex[2 * i + 1], 0 };
            spec[i] = (char)strtol(digits, NULL, 16);
        }
        format_row(&result, kind, value, spec, len);
        for (size_t i = 0; i < result.len; i++) printf("%02x", (unsigned char)result.text[i]);
        putchar('\n');
    }
}

static void test_overflow(void) {
    KrFormatSpec spec = { .fill = 0x1F600, .align = '<', .width = PTRDIFF_MAX, .type = 'd' };
    KrPadding padding;
    KrNumberLayout layout;
    KrNumberText number = { .prefix = "", .digits = "1", .digits_len = 1, .rest = "" };
    CHECK(!kr_format_pad_size(&spec, 1, 1, &padding));
    CHECK(!kr_format_number_size(&spec, &number, &layout));
    spec.fill = '0';
    spec.align = '=';
    spec.grouping = ',';
    CHECK(kr_format_number_size(&spec, &number, &layout) && layout.bytes >= (size_t)PTRDIFF_MAX);
    size_t size;
    CHECK(!kr_group_digits_size(SIZE_MAX, ',', 3, 0, &size) && !kr_group_digits_size(1, ',', 4, SIZE_MAX, &size));
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--pipe") == 0) {
        answer_pipe();
        return 0;
    }
    test_rows();
    test_overflow();
    return check_result("format_spec");
}
