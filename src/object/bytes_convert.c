// bytes_convert.c - bytes and bytearray to and from other forms: hex, decode, translate, padding, repr.
// SPDX-License-Identifier: MIT
#include "base/int_text.h"
#include "base/search.h"
#include "base/utf8.h"
#include "object/bulk.h"
#include "object/bytes_method.h"
#include "object/str_method.h"
#include "object/text.h"

// ---- repr ----------------------------------------------------------------------------------------------------------------------

KrValue kr_bytes_quote(KrVm *vm, const uint8_t *data, size_t len, const char *before, const char *after) {
    bool always = *after != 0; // bytearray escapes ' even inside double quotes, as in CPython
    bool double_quotes = kr_byte_find(data, len, '\'') != KR_NOT_FOUND && kr_byte_find(data, len, '"') == KR_NOT_FOUND;
    char quote = double_quotes ? '"' : '\'';
    KrText t;
    kr_text_init(vm, &t);
    kr_text_add_c(&t, before);
    kr_text_add(&t, &quote, 1);
    kr_spend(vm, len >> 2);
    for (size_t i = 0; i < len && !t.failed; i++) {
        if (KR_UNLIKELY(i % 16384 == 16383) && !kr_bulk_done(vm, KR_BULK_BYTES)) return KR_ERROR;
        uint8_t c = data[i];
        const char *escape = c == '\t' ? "\\t" : c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\\' ? "\\\\" : NULL;
        if (c == '\'' && (always || quote == '\'')) escape = "\\'"; // double quotes are used only when none is inside
        if (escape) kr_text_add(&t, escape, 2);
        else if (c >= ' ' && c < 0x7F) kr_text_add_char(&t, c);
        else kr_text_add(&t, (char[]){ '\\', 'x', "0123456789abcdef"[c >> 4], "0123456789abcdef"[c & 15] }, 4);
    }
    kr_text_add(&t, &quote, 1);
    kr_text_add_c(&t, after);
    return kr_text_str(&t);
}

// ---- hex -----------------------------------------------------------------------------------------------------------------------

// The separator of hex(): one ASCII character of a str or bytes.
static bool read_separator(KrVm *vm, KrValue v, int *sep) {
    size_t len;
    if (!kr_len(vm, v, &len)) return false;
    if (len != 1) return kr_fail(kr_raise(vm, &kr_value_error, "sep must be length 1."));
    if (kr_is_str(v) || kr_is_bytes(v)) {
        const char *text = kr_is_str(v) ? kr_str_text(v, &len) : (const char *)kr_bytes_data(v, &len);
        if (kr_is_str(v) ? kr_str_length(v) != 1 : len != 1) return kr_fail(kr_raise(vm, &kr_value_error, "sep must be length 1."));
        if ((unsigned char)text[0] >= 0x80) return kr_fail(kr_raise(vm, &kr_value_error, "sep must be ASCII."));
        return *sep = text[0], true;
    }
    return kr_fail(kr_raise(vm, &kr_type_error, "sep must be str or bytes."));
}

// Groups are counted from the right, with a negative size from the left.
static KrValue hex_text(KrVm *vm, KrSpan s, int sep, int group) { // sep < 0: none
    size_t size = group < 0 ? 0 - (size_t)group : (size_t)group;
    size_t seps = sep >= 0 && size && s.len ? (s.len - 1) / size : 0;
    if (s.len > (SIZE_MAX - seps) / 2) return kr_raise_memory(vm);
    KrStrObject *str = kr_str_new(vm, 2 * s.len + seps, true);
    if (!str) return KR_ERROR;
    char *out = str->own;
    kr_spend(vm, s.len >> 3);
    for (size_t i = 0; i < s.len; i++) {
        if (KR_UNLIKELY(i % 16384 == 16383) && !kr_bulk_done(vm, KR_BULK_BYTES)) return KR_ERROR;
        size_t before = group < 0 ? i : s.len - i;
        if (seps && i > 0 && before % size == 0) *out++ = (char)sep;
        *out++ = "0123456789abcdef"[s.data[i] >> 4];
        *out++ = "0123456789abcdef"[s.data[i] & 15];
    }
    return kr_str_finish(str);
}

KrValue kr_hex_of(KrVm *vm, KrValue bytes, const KrValue *arg) {
    int sep = -1;
    int group;
    if (!kr_arg_int(vm, arg[1], &group)) return KR_ERROR;
    if (!kr_is_unset(arg[0]) && !read_separator(vm, arg[0], &sep)) return KR_ERROR;
    return hex_text(vm, kr_span_of(bytes), sep, group); // only now: an argument's __index__ may have changed a bytearray
}

KR_BYTES_METHOD(hex) { return kr_hex_of(vm, self, arg); }

static bool is_space(char c) { return c == ' ' || (c >= 9 && c <= 13); }

static KrValue bad_digit(KrVm *vm, size_t at) {
    return kr_raise(vm, &kr_value_error, "non-hexadecimal number found in fromhex() arg at position %u", at);
}

KR_BYTES_METHOD(fromhex) {
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "fromhex() argument must be str, not %s", kr_shown_type(arg[0]));
    const KrStrObject *s = kr_str_of(arg[0]);
    KrText t;
    kr_text_init(vm, &t);
    if (!(s->flags & KR_STR_ASCII)) return bad_digit(vm, kr_ascii_prefix(kr_str_data(s), s->len));
    for (size_t at = 0; at < s->len;) {
        if (is_space(kr_str_data(s)[at])) {
            at++;
            continue;
        }
        unsigned high = kr_digit_value(kr_str_data(s)[at]), low = 0xFF;
        if (high < 16) low = ++at < s->len ? kr_digit_value(kr_str_data(s)[at]) : 0xFF;
        if (low > 15) return bad_digit(vm, at);
        char byte = (char)(high << 4 | low);
        kr_text_add(&t, &byte, 1);
        at++;
        kr_spend(vm, 1);
        if (!kr_settle(vm)) return KR_ERROR;
    }
    const KrType *type = kr_as_type(self);
    KrValue result = kr_is_subtype(type, &kr_bytearray_type) && !t.failed ? kr_bytearray(vm, t.data, t.len) : kr_text_bytes(&t);
    bool exact = type == &kr_bytes_type || type == &kr_bytearray_type;
    return kr_is_error(result) || exact ? result : kr_call(vm, self, 1, &result);
}

KR_BYTES_METHOD(decode) {
    if (!kr_codec_argument(vm, "decode", "encoding", arg[0]) || !kr_codec_argument(vm, "decode", "errors", arg[1])) return KR_ERROR;
    if (kr_is_exact(self, &kr_bytes_type) && kr_str_is(arg[0], "utf-8")) { // it cannot change
        KrSpan s = kr_span_of(self);
        return s.len == 0 ? vm->empty_str : kr_decode(vm, s.data, s.len, "utf-8", kr_str_text(arg[1], NULL));
    }
    KrBuffer buffer; // error handlers may be Python code
    if (!kr_get_buffer(vm, self, &buffer, KR_BUFFER_READ)) return KR_ERROR;
    KrValue text =
        buffer.len == 0 ? kr_str(vm, "", 0) : kr_decode(vm, buffer.data, buffer.len, kr_str_text(arg[0], NULL), kr_str_text(arg[1], NULL));
    kr_release_buffer(vm, &buffer);
    return text;
}

// ---- translate -----------------------------------------------------------------------------------------------------------------

static KrValue translated(KrVm *vm, KrValue self, const uint8_t *table, const bool *drop) {
    KrSpan s = kr_span_of(self);
    KrText t;
    kr_text_init(vm, &t);
    char *out = kr_text_room(&t, s.len);
    if (!out) return KR_ERROR;
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++)
        if (!drop[s.data[i]]) out[len++] = (char)(table ? table[s.data[i]] : s.data[i]);
    return kr_bytes_like(vm, self, (const uint8_t *)out, len);
}

KR_BYTES_METHOD(translate) {
    KrBuffer table, deleted;
    bool drop[256] = { false }, has_table = !kr_is_none(arg[0]);
    if (has_table && !kr_get_buffer(vm, arg[0], &table, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = !has_table || table.len == 256 || kr_fail(kr_raise(vm, &kr_value_error, "translation table must be 256 characters long"));
    if (ok && !kr_is_unset(arg[1])) {
        ok = kr_get_buffer(vm, arg[1], &deleted, KR_BUFFER_READ);
        for (size_t i = 0; ok && i < deleted.len; i++) drop[((const uint8_t *)deleted.data)[i]] = true;
        if (ok) kr_release_buffer(vm, &deleted);
    }
    KrValue result = ok ? translated(vm, self, has_table ? table.data : NULL, drop) : KR_ERROR;
    if (has_table) kr_release_buffer(vm, &table);
    return result;
}

KR_BYTES_METHOD(maketrans) {
    (void)self;
    KrBuffer from, to;
    if (!kr_get_buffer(vm, arg[0], &from, KR_BUFFER_READ)) return KR_ERROR;
    if (!kr_get_buffer(vm, arg[1], &to, KR_BUFFER_READ)) {
        kr_release_buffer(vm, &from);
        return KR_ERROR;
    }
    uint8_t table[256];
    for (unsigned i = 0; i < 256; i++) table[i] = (uint8_t)i;
    bool ok = from.len == to.len || kr_fail(kr_raise(vm, &kr_value_error, "maketrans arguments must have same length"));
    for (size_t i = 0; ok && i < from.len; i++) table[((const uint8_t *)from.data)[i]] = ((const uint8_t *)to.data)[i];
    kr_release_buffer(vm, &to);
    kr_release_buffer(vm, &from);
    return ok ? kr_bytes(vm, table, sizeof table) : KR_ERROR;
}

// ---- Padding -------------------------------------------------------------------------------------------------------------------

static bool fill_byte(KrVm *vm, KrValue v, const char *method, uint8_t *fill) {
    *fill = ' ';
    if (kr_is_unset(v)) return true;
    bool bytes = kr_is_bytes(v) || kr_isa(v, &kr_bytearray_type);
    if (!bytes || kr_span_of(v).len != 1)
        return kr_fail(kr_raise(vm, &kr_type_error, "%s() argument 2 must be a byte string of length 1, not %s", method, kr_shown_type(v)));
    return *fill = kr_span_of(v).data[0], true;
}

// self with left and right bytes of fill; keep: leading bytes that stay in front of the left fill.
static KrValue padded(KrVm *vm, KrValue self, size_t keep, size_t left, size_t right, uint8_t fill) {
    KrSpan s = kr_span_of(self);
    KrText t;
    kr_text_init(vm, &t);
    if (left > SIZE_MAX / 4 || right > SIZE_MAX / 4)
        return kr_is_bytes(self) ? kr_raise(vm, &kr_overflow_error, "byte string is too large") : kr_raise_memory(vm);
    char *out = kr_text_room(&t, s.len + left + right);
    if (!out) return KR_ERROR;
    memcpy(out, s.data, keep);
    memset(out + keep, fill, left);
    memcpy(out + keep + left, s.data + keep, s.len - keep);
    memset(out + s.len + left, fill, right);
    return kr_bytes_like(vm, self, (const uint8_t *)out, t.len);
}

static bool missing(KrVm *vm, KrValue self, const KrValue *arg, const char *method, size_t *count, uint8_t *fill) {
    intptr_t width;
    if (!kr_arg_size(vm, arg[0], &width) || !fill_byte(vm, arg[1], method, fill)) return false;
    size_t len = kr_span_of(self).len;
    *count = width > 0 && (size_t)width > len ? (size_t)width - len : 0;
    return true;
}

KR_BYTES_METHOD(center) {
    size_t count;
    uint8_t fill;
    if (!missing(vm, self, arg, "center", &count, &fill)) return KR_ERROR;
    size_t left = count / 2 + (count & (kr_span_of(self).len + count) & 1); // CPython's choice of the odd one
    return padded(vm, self, 0, left, count - left, fill);
}

KR_BYTES_METHOD(ljust) {
    size_t count;
    uint8_t fill;
    return missing(vm, self, arg, "ljust", &count, &fill) ? padded(vm, self, 0, 0, count, fill) : KR_ERROR;
}

KR_BYTES_METHOD(rjust) {
    size_t count;
    uint8_t fill;
    return missing(vm, self, arg, "rjust", &count, &fill) ? padded(vm, self, 0, count, 0, fill) : KR_ERROR;
}

KR_BYTES_METHOD(zfill) {
    intptr_t width;
    if (!kr_arg_size(vm, arg[0], &width)) return KR_ERROR;
    KrSpan s = kr_span_of(self);
    size_t count = width > 0 && (size_t)width > s.len ? (size_t)width - s.len : 0;
    bool sign = s.len > 0 && (s.data[0] == '+' || s.data[0] == '-');
    return padded(vm, self, sign, count, 0, '0');
}

KR_BYTES_METHOD(expandtabs) {
    int size;
    if (!kr_arg_int(vm, arg[0], &size)) return KR_ERROR;
    KrSpan s = kr_span_of(self);
    KrText t;
    kr_text_init(vm, &t);
    size_t column = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.data[i] == '\t') {
            size_t spaces = size > 0 ? (size_t)size - column % (size_t)size : 0;
            kr_text_add_fill(&t, ' ', spaces);
            column += spaces;
        } else {
            kr_text_add(&t, (const char *)&s.data[i], 1);
            column = s.data[i] == '\n' || s.data[i] == '\r' ? 0 : column + 1;
        }
    }
    return t.failed ? KR_ERROR : kr_bytes_like(vm, self, (const uint8_t *)t.data, t.len);
}
