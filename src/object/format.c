// format.c - format(value, spec) of str, int, float and complex: the mini-language is parsed and laid out by base/format_spec.
// SPDX-License-Identifier: MIT
#include "object/format.h"

#include "base/double_text.h"
#include "base/format_spec.h"
#include "base/utf8.h"
#include "object/bulk.h"
#include "object/float.h"
#include "object/int.h"
#include "object/number.h"
#include "object/object.h"
#include "object/str_method.h"
#include "object/text.h"
#include "object/type.h"

static KrValue raise_fault(KrVm *vm, const KrFormatError *error, KrValue v) {
    const char *name = kr_type_name(kr_type_of(v));
    KrText t;
    kr_text_init(vm, &t);
    size_t len = kr_format_error_write(error, name, NULL, 0);
    char *out = kr_text_room(&t, len);
    if (out) (void)kr_format_error_write(error, name, out, len);
    KrValue message = kr_text_str(&t);
    return kr_is_error(message) ? message : kr_raise(vm, &kr_value_error, "%S", message);
}

static bool may_go_on(void *vm) { return kr_bulk_done(vm, KR_BULK_BYTES); }

// Parses the specification text; *done is set when it is empty and the result is str(v).
static bool parse(KrVm *vm, KrValue v, KrValue text, char default_type, KrFormatSpec *spec, KrFormatError *error, bool *done) {
    if (!kr_is_str(text)) return kr_fail(kr_raise(vm, &kr_type_error, "__format__() argument must be str, not %s", kr_shown_type(text)));
    const KrStrObject *s = kr_str_of(text);
    *done = s->len == 0;
    if (*done) return true;
    char align = default_type == 's' ? '<' : '>';
    KrFormatPoll poll = { may_go_on, vm };
    if (kr_format_spec_parse(kr_str_data(s), s->len, default_type, align, &poll, spec, error)) return true;
    return error->fault != KR_FORMAT_STOPPED && kr_fail(raise_fault(vm, error, v));
}

static bool too_long(KrVm *vm) { return kr_fail(kr_raise_memory(vm)); }

// ---- Text ----------------------------------------------------------------------------------------------------------------------

static KrValue pad(KrVm *vm, const KrFormatSpec *spec, const char *text, size_t count, size_t len) {
    KrPadding padding;
    if (!kr_format_pad_size(spec, count, len, &padding)) return too_long(vm), KR_ERROR;
    KrStrObject *out = kr_str_new(vm, padding.bytes, spec->fill < 0x80 && count == len);
    if (!out) return KR_ERROR;
    kr_format_pad_write(spec, &padding, text, len, out->own);
    return out->flags & KR_STR_ASCII ? kr_from_ptr(out) : kr_str_finish(out);
}

KrValue kr_str_format_spec(KrVm *vm, KrValue v, KrValue text) {
    KrFormatSpec spec;
    KrFormatError error;
    bool done;
    if (!parse(vm, v, text, 's', &spec, &error, &done)) return KR_ERROR;
    if (done) return kr_is_exact(v, &kr_str_type) ? v : kr_to_str(vm, v);
    if (!kr_format_spec_check_str(&spec, &error)) return raise_fault(vm, &error, v);
    const KrStrObject *s = kr_str_of(v);
    size_t len = s->len, count = s->chars;
    if (spec.precision != KR_FORMAT_UNSET && (size_t)spec.precision < count) {
        count = (size_t)spec.precision;
        len = kr_str_offset(s, count);
    }
    if (spec.width <= (ptrdiff_t)count) return len == s->len ? v : kr_str_part(vm, v, 0, len);
    return pad(vm, &spec, kr_str_data(s), count, len);
}

// ---- Numbers -------------------------------------------------------------------------------------------------------------------

// Whether a number's text is the result as it is.
static bool is_bare(const KrFormatSpec *spec) { return spec->width <= 0 && !spec->grouping && !spec->sign; }

static KrValue lay_out(KrVm *vm, const KrFormatSpec *spec, const KrNumberText *number) {
    KrNumberLayout layout;
    if (!kr_format_number_size(spec, number, &layout)) return too_long(vm), KR_ERROR;
    KrStrObject *out = kr_str_new(vm, layout.bytes, spec->fill < 0x80 && kr_is_ascii(number->rest, number->rest_len));
    if (!out) return KR_ERROR;
    kr_format_number_write(spec, &layout, number, out->own);
    return out->flags & KR_STR_ASCII ? kr_from_ptr(out) : kr_str_finish(out);
}

static KrValue format_char(KrVm *vm, KrValue v, const KrFormatSpec *spec) {
    int64_t code;
    if (!kr_to_int64(vm, v, &code)) {
        if (!kr_raised_is(vm, &kr_overflow_error)) return KR_ERROR;
        (void)kr_take_raised(vm);
        return kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C long");
    }
    if (code < 0 || code > (int64_t)KR_CODE_POINT_MAX) return kr_raise(vm, &kr_overflow_error, "%%c arg not in range(0x110000)");
    char text[KR_UTF8_MAX];
    KrNumberText number = { .rest = text, .rest_len = kr_utf8_encode((uint32_t)code, text) };
    return lay_out(vm, spec, &number);
}

static KrValue format_integer(KrVm *vm, KrValue v, const KrFormatSpec *spec) {
    int base = spec->type == 'b' ? 2 : spec->type == 'o' ? 8 : spec->type == 'x' || spec->type == 'X' ? 16 : 10;
    KrIntDigits digits;
    if (!kr_int_digits(vm, v, base, &digits)) return KR_ERROR;
    if (spec->type == 'X') kr_int_digits_upper(&digits);
    if (is_bare(spec) && !spec->alternate) return kr_str_from_ascii(vm, digits.text - digits.negative, digits.len + digits.negative);
    KrNumberText number = { .negative = digits.negative, .digits = digits.text, .digits_len = digits.len, .rest = "" };
    if (spec->alternate && base != 10) {
        number.prefix = base == 2 ? "0b" : base == 8 ? "0o" : spec->type == 'X' ? "0X" : "0x";
        number.prefix_len = 2;
    }
    return lay_out(vm, spec, &number);
}

// How a double is turned into text: type and flags of kr_double_format.
typedef struct {
    char type;
    int precision;
    unsigned flags;
} Style;

static Style float_style(const KrFormatSpec *spec, bool point) {
    Style style = { .type = (char)spec->type, .precision = 6 };
    if (spec->type == 0) {
        style.type = 'r';
        style.precision = 0;
        style.flags = point ? KR_DOUBLE_POINT : 0;
    }
    if (style.type == 'n') style.type = 'g';
    if (style.type == '%') style.type = 'f';
    if (spec->precision != KR_FORMAT_UNSET) {
        style.precision = (int)spec->precision;
        if (style.type == 'r') style.type = 'g';
    }
    if (spec->alternate) style.flags |= KR_DOUBLE_ALTERNATE;
    if (spec->no_minus_zero) style.flags |= KR_DOUBLE_NO_MINUS0;
    return style;
}

// Adds the text of x to t and sets *number to its parts, which are inside t.
static bool float_text(KrText *t, double x, const Style *style, bool percent, KrNumberText *number) {
    size_t size = kr_double_format_size(x, style->type, style->precision);
    if (size == SIZE_MAX) return too_long(t->vm);
    char *text = kr_text_room(t, size + 1);
    if (!text) return false;
    size_t len = kr_double_format(x, style->type, style->precision, style->flags, text);
    if (percent) text[len++] = '%';
    bool negative = text[0] == '-';
    *number = (KrNumberText){ .negative = negative, .digits = text + negative };
    len -= negative;
    while (number->digits_len < len && number->digits[number->digits_len] >= '0' && number->digits[number->digits_len] <= '9')
        number->digits_len++;
    number->rest = number->digits + number->digits_len;
    number->rest_len = len - number->digits_len;
    return true;
}

static KrValue format_double(KrVm *vm, KrValue v, double x, const KrFormatSpec *spec) {
    KrFormatError error;
    if (!kr_format_spec_check_float(spec, &error)) return raise_fault(vm, &error, v);
    bool percent = spec->type == '%';
    Style style = float_style(spec, true);
    KrText t;
    kr_text_init(vm, &t);
    KrNumberText number;
    if (!float_text(&t, percent ? x * 100 : x, &style, percent, &number)) return KR_ERROR;
    if (is_bare(spec)) return kr_str_from_ascii(vm, t.data, number.negative + number.digits_len + number.rest_len);
    return lay_out(vm, spec, &number);
}

KrValue kr_int_format_spec(KrVm *vm, KrValue v, KrValue text) {
    KrFormatSpec spec;
    KrFormatError error;
    bool done;
    if (!parse(vm, v, text, 'd', &spec, &error, &done)) return KR_ERROR;
    if (done) return kr_to_str(vm, v);
    switch (spec.type) {
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case '%': {
        double x;
        KrValue f = kr_is_ptr(v) && kr_is_heap_type(kr_type_of(v)) ? kr_float_from_object(vm, v, "") : KR_UNSET; // by its __float__
        if (kr_is_error(f) || (kr_is_unset(f) && !kr_int_to_double(vm, v, &x))) return KR_ERROR;
        return format_double(vm, v, kr_is_unset(f) ? x : kr_float_value(f), &spec);
    }
    default: break;
    }
    if (!kr_format_spec_check_int(&spec, &error)) return raise_fault(vm, &error, v);
    return spec.type == 'c' ? format_char(vm, v, &spec) : format_integer(vm, v, &spec);
}

KrValue kr_float_format_spec(KrVm *vm, KrValue v, KrValue text) {
    KrFormatSpec spec;
    KrFormatError error;
    bool done;
    if (!parse(vm, v, text, 0, &spec, &error, &done)) return KR_ERROR;
    return done ? kr_to_str(vm, v) : format_double(vm, v, kr_float_value(v), &spec);
}

// ---- Complex -------------------------------------------------------------------------------------------------------------------

// Adds one part of a complex number, laid out without padding.
static bool add_part(KrText *t, double x, const KrFormatSpec *spec) {
    Style style = float_style(spec, false);
    KrText scratch;
    kr_text_init(t->vm, &scratch);
    KrNumberText number;
    KrNumberLayout layout;
    if (!float_text(&scratch, x, &style, false, &number)) return false;
    if (!kr_format_number_size(spec, &number, &layout)) return too_long(t->vm);
    char *out = kr_text_room(t, layout.bytes);
    if (out) kr_format_number_write(spec, &layout, &number, out);
    return out != NULL;
}

static bool is_minus_zero(double x) {
    union {
        double x;
        uint64_t bits;
    } u = { x };
    return u.bits >> 63 && x == 0;
}

KrValue kr_complex_format_spec(KrVm *vm, KrValue v, KrValue text) {
    KrFormatSpec spec;
    KrFormatError error;
    bool done;
    if (!parse(vm, v, text, 0, &spec, &error, &done)) return KR_ERROR;
    if (done) return kr_to_str(vm, v);
    if (!kr_format_spec_check_complex(&spec, &error)) return raise_fault(vm, &error, v);
    const KrComplexObject *z = KR_AS(const KrComplexObject, v);
    bool imaginary = spec.type == 0 && z->real == 0 && !is_minus_zero(z->real); // no real part is shown
    bool brackets = spec.type == 0 && !imaginary;
    KrFormatSpec part = spec;
    part.width = KR_FORMAT_UNSET;
    KrText t;
    kr_text_init(vm, &t);
    if (brackets) kr_text_add_c(&t, "(");
    if (!imaginary) {
        if (!add_part(&t, z->real, &part)) return KR_ERROR;
        part.sign = '+';
    }
    if (!add_part(&t, z->imag, &part)) return KR_ERROR;
    kr_text_add_c(&t, brackets ? "j)" : "j");
    return t.failed ? KR_ERROR : pad(vm, &spec, t.data, t.len, t.len);
}

KrValue kr_str_dunder_format(KrVm *vm, KrValue self, const KrValue *arg) { return kr_str_format_spec(vm, self, arg[0]); }
KrValue kr_int_dunder_format(KrVm *vm, KrValue self, const KrValue *arg) { return kr_int_format_spec(vm, self, arg[0]); }
KrValue kr_float_dunder_format(KrVm *vm, KrValue self, const KrValue *arg) { return kr_float_format_spec(vm, self, arg[0]); }
KrValue kr_complex_dunder_format(KrVm *vm, KrValue self, const KrValue *arg) { return kr_complex_format_spec(vm, self, arg[0]); }
