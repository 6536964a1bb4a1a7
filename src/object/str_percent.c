// str_percent.c - the % operator of str and bytes: printf-like formatting.
//
//     %[(key)][flags][width][.precision][length letter]type      width and precision may be *: taken from the arguments
//
// SPDX-License-Identifier: MIT
#include "base/double_text.h"
#include "base/utf8.h"
#include "object/bulk.h"
#include "object/bytes_method.h"
#include "object/float.h"
#include "object/int.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/text.h"
#include "object/tuple.h"

typedef struct {
    KrVm *vm;
    const char *text; // of the format
    size_t at, end;
    bool bytes;      // a bytes format
    KrValue format;  // keeps text alive
    KrValue args;    // the tuple or the only argument
    KrValue mapping; // what (key) looks into, or KR_UNSET
    bool tuple;      // args is a tuple of arguments
    size_t used, count;
    KrText out;
} Percent;

typedef struct {
    bool left, plus, space, alternate, zero;
    ptrdiff_t width, precision; // -1: not given
    uint32_t type;
} Spec;

static bool fail(Percent *p, const KrType *type, const char *message) { return kr_fail(kr_raise(p->vm, type, "%s", message)); }

static KrValue next_argument(Percent *p) {
    if (p->used >= p->count) return kr_raise(p->vm, &kr_type_error, "not enough arguments for format string");
    size_t i = p->used++;
    return p->tuple ? KR_AS(const KrTupleObject, p->args)->item[i] : p->args;
}

// ---- Parsing -------------------------------------------------------------------------------------------------------------------

// Reads (key), after its bracket, and makes what it names the only argument.
static bool read_key(Percent *p) {
    if (kr_is_unset(p->mapping)) return fail(p, &kr_type_error, "format requires a mapping");
    size_t start = p->at;
    for (size_t depth = 1; p->at < p->end; p->at++) {
        if (p->text[p->at] == '(') depth++;
        else if (p->text[p->at] == ')' && --depth == 0) break;
        if (KR_UNLIKELY((p->at - start) % 65536 == 65535) && !kr_bulk_done(p->vm, KR_BULK_BYTES)) return false;
    }
    if (p->at == p->end) return fail(p, &kr_value_error, "incomplete format key");
    size_t len = p->at++ - start;
    KrValue key = p->bytes ? kr_bytes(p->vm, p->text + start, len) : kr_name_len(p->vm, p->text + start, len);
    if (kr_is_error(key)) return false;
    p->args = kr_getitem(p->vm, p->mapping, key);
    p->tuple = false;
    p->used = 0;
    p->count = 1;
    return !kr_is_error(p->args);
}

static void read_flags(Percent *p, Spec *spec) {
    for (; p->at < p->end; p->at++) {
        switch (p->text[p->at]) {
        case '-': spec->left = true; break;
        case '+': spec->plus = true; break;
        case ' ': spec->space = true; break;
        case '#': spec->alternate = true; break;
        case '0': spec->zero = true; break;
        default: return;
        }
    }
}

// Reads digits, or * and an argument. *value stays as it is when there is neither.
static bool read_size(Percent *p, ptrdiff_t limit, const char *too_big, ptrdiff_t *value) {
    if (p->at < p->end && p->text[p->at] == '*') {
        p->at++;
        KrValue v = next_argument(p);
        if (kr_is_error(v)) return false;
        if (!kr_is_integer(v)) return fail(p, &kr_type_error, "* wants int");
        intptr_t size;
        if (!kr_to_index_clipped(p->vm, v, &size)) return false;
        if (size > limit || size < -limit) return fail(p, &kr_overflow_error, "Python int too large to convert to C ssize_t");
        return *value = size, true;
    }
    for (bool first = true; p->at < p->end && p->text[p->at] >= '0' && p->text[p->at] <= '9'; p->at++, first = false) {
        int digit = p->text[p->at] - '0';
        if (first) *value = 0;
        if (*value > (limit - digit) / 10) return fail(p, &kr_value_error, too_big);
        *value = *value * 10 + digit;
    }
    return true;
}

static bool read_spec(Percent *p, Spec *spec) {
    *spec = (Spec){ .width = -1, .precision = -1 };
    if (p->at < p->end && p->text[p->at] == '(') {
        p->at++;
        if (!read_key(p)) return false;
    }
    read_flags(p, spec);
    if (!read_size(p, PTRDIFF_MAX, "width too big", &spec->width)) return false;
    if (spec->width < -1) {
        spec->left = true;
        spec->width = -spec->width;
    }
    if (p->at < p->end && p->text[p->at] == '.') {
        p->at++;
        spec->precision = 0;
        if (!read_size(p, INT_MAX, p->bytes ? "prec too big" : "precision too big", &spec->precision)) return false;
        if (spec->precision < 0) spec->precision = 0;
    }
    if (p->at < p->end && (p->text[p->at] == 'h' || p->text[p->at] == 'l' || p->text[p->at] == 'L')) p->at++;
    if (p->at >= p->end) return fail(p, &kr_value_error, "incomplete format");
    if (p->bytes) spec->type = (unsigned char)p->text[p->at++];
    else spec->type = kr_utf8_next(p->text, &p->at);
    return true;
}

// ---- Output --------------------------------------------------------------------------------------------------------------------

// A number in pieces; sign is 0 for none.
typedef struct {
    char sign;
    const char *prefix;
    size_t zeros; // before the digits, for the precision
    const char *digits;
    size_t len;
} Number;

static void put_number(Percent *p, const Spec *spec, const Number *number) {
    char sign = number->sign ? number->sign : spec->plus ? '+' : spec->space ? ' ' : 0;
    size_t prefix = strlen(number->prefix), count = (sign != 0) + prefix + number->zeros + number->len;
    size_t missing = spec->width > 0 && (size_t)spec->width > count ? (size_t)spec->width - count : 0;
    bool zeros = spec->zero && !spec->left;
    if (!spec->left && !zeros) kr_text_add_fill(&p->out, ' ', missing);
    kr_text_add(&p->out, &sign, sign != 0);
    kr_text_add(&p->out, number->prefix, prefix);
    kr_text_add_fill(&p->out, '0', number->zeros + (zeros ? missing : 0));
    kr_text_add(&p->out, number->digits, number->len);
    if (spec->left) kr_text_add_fill(&p->out, ' ', missing);
}

// Text of count characters, cut to the precision already.
static bool put_text(Percent *p, const Spec *spec, const char *text, size_t len, size_t count) {
    size_t missing = spec->width > 0 && (size_t)spec->width > count ? (size_t)spec->width - count : 0;
    if (!spec->left) kr_text_add_fill(&p->out, ' ', missing);
    kr_text_add(&p->out, text, len);
    if (spec->left) kr_text_add_fill(&p->out, ' ', missing);
    return !p->out.failed;
}

static bool put_str(Percent *p, const Spec *spec, KrValue v) {
    if (kr_is_error(v)) return false;
    const KrStrObject *s = kr_str_of(v);
    size_t count = s->chars, len = s->len;
    if (spec->precision >= 0 && (size_t)spec->precision < count) {
        count = (size_t)spec->precision;
        len = kr_str_offset(s, count);
    }
    return put_text(p, spec, kr_str_data(s), len, count);
}

static bool put_buffer(Percent *p, const Spec *spec, KrValue v) {
    KrBuffer buffer;
    KrValue method, converted = v;
    if (!kr_is_bytes(v) && !kr_is_unset(method = kr_type_lookup(p->vm, kr_type_of(v), KR_N(__bytes__)))) {
        converted = kr_try_special(p->vm, v, KR_N(__bytes__), 0, NULL);
        if (kr_is_error(converted)) return false;
        if (!kr_is_bytes(converted)) return kr_fail(kr_raise(p->vm, &kr_type_error, "__bytes__ returned non-bytes (type %T)", converted));
    }
    if (!kr_get_buffer(p->vm, converted, &buffer, KR_BUFFER_READ)) {
        if (!kr_raised_is(p->vm, &kr_type_error)) return false;
        (void)kr_take_raised(p->vm);
        return kr_fail(
            kr_raise(p->vm, &kr_type_error, "%%b requires a bytes-like object, or an object that implements __bytes__, not '%T'", v));
    }
    size_t len = spec->precision >= 0 && (size_t)spec->precision < buffer.len ? (size_t)spec->precision : buffer.len;
    bool ok = put_text(p, spec, buffer.data, len, len);
    kr_release_buffer(p->vm, &buffer);
    return ok;
}

// ---- Types ---------------------------------------------------------------------------------------------------------------------

bool kr_is_number(KrVm *vm, KrValue v) {
    if (kr_is_float(v) || kr_is_integer(v) || kr_isa(v, &kr_complex_type)) return true;
    const KrType *type = kr_type_of(v);
    return !kr_is_unset(kr_type_lookup(vm, type, KR_N(__index__))) || !kr_is_unset(kr_type_lookup(vm, type, KR_N(__int__))) ||
           !kr_is_unset(kr_type_lookup(vm, type, KR_N(__float__)));
}

// int(v) for %d, operator.index(v) for %x and %o; a TypeError becomes the one of formatting.
static KrValue to_integer(Percent *p, uint32_t type, KrValue v) {
    if (kr_is_integer(v)) return v;
    bool strict = type == 'x' || type == 'X' || type == 'o';
    if (kr_is_number(p->vm, v)) {
        KrValue i = strict ? kr_index(p->vm, v) : kr_call(p->vm, kr_type_value(&kr_int_type), 1, &v);
        if (!kr_is_error(i) || !kr_raised_is(p->vm, &kr_type_error)) return i;
        (void)kr_take_raised(p->vm);
    }
    if (p->bytes && type == 'i') type = 'd';
    const char *wanted = strict ? "an integer" : "a real number";
    return kr_raise(p->vm, &kr_type_error, "%%%c format: %s is required, not %T", type, wanted, v);
}

static bool put_integer(Percent *p, const Spec *spec, KrValue v) {
    v = to_integer(p, spec->type, v);
    if (kr_is_error(v)) return false;
    int base = spec->type == 'o' ? 8 : spec->type == 'x' || spec->type == 'X' ? 16 : 10;
    KrIntDigits digits;
    if (!kr_int_digits(p->vm, v, base, &digits)) return false;
    if (spec->type == 'X') kr_int_digits_upper(&digits);
    Number number = { .sign = digits.negative ? '-' : 0, .prefix = "", .digits = digits.text, .len = digits.len };
    if (spec->alternate && base != 10) number.prefix = base == 8 ? "0o" : spec->type == 'X' ? "0X" : "0x";
    if (spec->precision >= 0 && (size_t)spec->precision > number.len) number.zeros = (size_t)spec->precision - number.len;
    put_number(p, spec, &number);
    return !p->out.failed;
}

static bool put_float(Percent *p, const Spec *spec, KrValue v) {
    double x;
    if (!kr_is_number(p->vm, v)) {
        const char *message = p->bytes ? "float argument required, not %T" : "must be real number, not %T";
        return kr_fail(kr_raise(p->vm, &kr_type_error, message, v));
    }
    if (!kr_to_double(p->vm, v, &x)) return false;
    int precision = spec->precision < 0 ? 6 : (int)spec->precision;
    size_t size = kr_double_format_size(x, (char)spec->type, precision);
    if (size == SIZE_MAX) return kr_fail(kr_raise_memory(p->vm));
    KrText scratch;
    kr_text_init(p->vm, &scratch);
    char *text = kr_text_room(&scratch, size);
    if (!text) return false;
    Number number = { .prefix = "", .digits = text };
    number.len = kr_double_format(x, (char)spec->type, precision, spec->alternate ? KR_DOUBLE_ALTERNATE : 0, text);
    if (text[0] == '-') {
        number.sign = '-';
        number.digits++;
        number.len--;
    }
    put_number(p, spec, &number);
    return !p->out.failed;
}

// The code of an argument of %c; -1 when out of range, -2 when it is nothing of the kind.
static bool char_code(Percent *p, KrValue v, int64_t *code) {
    *code = -2;
    if (!kr_is_integer(v) && kr_is_unset(kr_type_lookup(p->vm, kr_type_of(v), KR_N(__index__)))) return true;
    intptr_t i;
    if (!kr_to_index_clipped(p->vm, v, &i)) return false;
    *code = i < 0 || i > (p->bytes ? 0xFF : (intptr_t)KR_CODE_POINT_MAX) ? -1 : i;
    return true;
}

static bool put_char(Percent *p, const Spec *spec, KrValue v) {
    char text[KR_UTF8_MAX];
    int64_t code;
    if (!p->bytes && kr_is_str(v)) {
        if (kr_str_length(v) != 1) return fail(p, &kr_type_error, "%c requires int or char");
        const KrStrObject *s = kr_str_of(v);
        return put_text(p, spec, kr_str_data(s), s->len, 1);
    }
    if (p->bytes && (kr_is_bytes(v) || kr_isa(v, &kr_bytearray_type))) {
        size_t len;
        const uint8_t *data = kr_bytes_data(v, &len);
        if (len != 1) return fail(p, &kr_type_error, "%c requires an integer in range(256) or a single byte");
        return put_text(p, spec, (const char *)data, 1, 1);
    }
    if (!char_code(p, v, &code)) return false;
    if (code == -1) return fail(p, &kr_overflow_error, p->bytes ? "%c arg not in range(256)" : "%c arg not in range(0x110000)");
    if (code < 0)
        return fail(p, &kr_type_error, p->bytes ? "%c requires an integer in range(256) or a single byte" : "%c requires int or char");
    text[0] = (char)code;
    return put_text(p, spec, text, p->bytes ? 1 : kr_utf8_encode((uint32_t)code, text), 1);
}

static bool put_argument(Percent *p, const Spec *spec) {
    KrValue v = next_argument(p);
    kr_spend(p->vm, 1);
    if (kr_is_error(v) || !kr_settle(p->vm)) return false;
    switch (spec->type) {
    case 's': return p->bytes ? put_buffer(p, spec, v) : put_str(p, spec, kr_is_exact(v, &kr_str_type) ? v : kr_to_str(p->vm, v));
    case 'r': return put_str(p, spec, p->bytes ? kr_str_ascii(p->vm, v) : kr_repr(p->vm, v));
    case 'a': return put_str(p, spec, kr_str_ascii(p->vm, v));
    case 'c': return put_char(p, spec, v);
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X': return put_integer(p, spec, v);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G': return put_float(p, spec, v);
    case 'b':
        if (p->bytes) return put_buffer(p, spec, v);
        break;
    default: break;
    }
    size_t index = p->bytes ? p->at - 1 : kr_utf8_count(p->text, p->at) - 1;
    uint32_t shown = p->bytes || (spec->type > 31 && spec->type < 127) ? spec->type : '?';
    return kr_fail(
        kr_raise(p->vm, &kr_value_error, "unsupported format character '%c' (0x%x) at index %u", shown, (size_t)spec->type, index));
}

// %s of a text and %d of a small int, with nothing in between, as most are.
static bool put_plain(Percent *p) {
    if (p->at >= p->end || p->used >= p->count || p->bytes) return false;
    char type = p->text[p->at];
    if (type != 's' && type != 'd') return false;
    KrValue v = p->tuple ? KR_AS(const KrTupleObject, p->args)->item[p->used] : p->args;
    if (kr_is_int(v)) {
        char digits[KR_INT64_TEXT_MAX];
        kr_text_add(&p->out, digits, kr_int64_to_text(kr_int_value(v), 10, digits));
    } else if (type == 's' && kr_is_exact(v, &kr_str_type)) {
        kr_text_add_str(&p->out, v);
    } else {
        return false;
    }
    p->used++;
    p->at++;
    return true;
}

static bool put_all(Percent *p) {
    while (p->at < p->end) {
        size_t start = p->at;
        const char *percent = memchr(p->text + start, '%', p->end - start);
        p->at = percent ? (size_t)(percent - p->text) : p->end;
        kr_text_add(&p->out, p->text + start, p->at - start);
        if (p->at++ == p->end) break;
        if (p->at < p->end && p->text[p->at] == '%') {
            kr_text_add(&p->out, "%", 1);
            p->at++;
            kr_spend(p->vm, 1);
            if (!kr_settle(p->vm)) return false;
            continue;
        }
        if (put_plain(p)) {
            kr_spend(p->vm, 1);
            if (!kr_settle(p->vm)) return false;
            continue;
        }
        Spec spec;
        if (!read_spec(p, &spec) || !put_argument(p, &spec)) return false;
    }
    if (p->used < p->count && kr_is_unset(p->mapping))
        return fail(p, &kr_type_error,
                    p->bytes ? "not all arguments converted during bytes formatting"
                             : "not all arguments converted during string formatting");
    return !p->out.failed;
}

static void start(Percent *p, KrVm *vm, KrValue args) {
    p->vm = vm;
    p->args = args;
    p->mapping = KR_UNSET;
    p->tuple = kr_is_tuple(args);
    p->count = p->tuple ? KR_AS(const KrTupleObject, args)->len : 1;
    p->used = 0;
    p->at = 0;
    kr_text_init(vm, &p->out);
    bool text = kr_is_str(args) || (p->bytes && (kr_is_bytes(args) || kr_isa(args, &kr_bytearray_type)));
    if (!p->tuple && !text && !kr_is_unset(kr_type_lookup(vm, kr_type_of(args), KR_N(__getitem__)))) p->mapping = args;
}

KrValue kr_str_percent(KrVm *vm, KrValue format, KrValue args) {
    Percent p;
    p.bytes = false;
    p.format = format;
    p.text = kr_str_text(format, &p.end);
    start(&p, vm, args);
    if (!put_all(&p)) return KR_ERROR;
    return memchr(p.text, '%', p.end) ? kr_text_str(&p.out) : p.end ? format : vm->empty_str;
}

KrValue kr_bytes_percent(KrVm *vm, KrValue format, KrValue args) {
    Percent p;
    p.bytes = true;
    p.format = format;
    KrValue copy = format;
    if (!kr_is_bytes(format)) { // a bytearray could change while arguments are converted
        size_t len;
        const uint8_t *data = kr_bytes_data(format, &len);
        copy = kr_bytes(vm, data, len);
        if (kr_is_error(copy)) return copy;
    }
    p.text = (const char *)kr_bytes_data(copy, &p.end);
    start(&p, vm, args);
    if (!put_all(&p)) return KR_ERROR;
    return kr_is_bytes(format) ? kr_text_bytes(&p.out) : kr_bytearray(vm, p.out.data, p.out.len);
}
