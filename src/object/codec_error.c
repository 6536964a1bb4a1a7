// codec_error.c - error handlers of encodings: strict, ignore, replace and the others, and those that programs register.
// SPDX-License-Identifier: MIT
#include "base/unicode_name.h"
#include "base/utf8.h"
#include "object/bytes.h"
#include "object/codec.h"
#include "object/tuple.h"
#include "object/vm_state.h"

static bool same(const char *a, const char *b) {
    size_t len = strlen(a);
    return len == strlen(b) && memcmp(a, b, len) == 0;
}

void kr_text_add_hex_escape(KrText *t, uint32_t cp) {
    int digits = cp < 0x100 ? 2 : cp < 0x10000 ? 4 : 8;
    char text[10] = { '\\', digits == 2 ? 'x' : digits == 4 ? 'u' : 'U' };
    for (int i = digits + 1; i > 1; i--, cp >>= 4) text[i] = "0123456789abcdef"[cp & 15];
    kr_text_add(t, text, (size_t)digits + 2);
}

// ---- Registered handlers -------------------------------------------------------------------------------------------------------

#define HANDLERS "codec_errors" // key of the dict in vm->state

// The table of handlers by name; KR_UNSET when nothing was ever registered.
static bool handler_table(KrVm *vm, KrValue *table) {
    KrValue key = kr_name(vm, HANDLERS);
    *table = KR_UNSET;
    if (kr_is_error(key) || !kr_is_ptr(vm->state) || !kr_ptr(vm->state)) return !kr_is_error(key);
    return kr_dict_find(vm, vm->state, key, table);
}

bool kr_error_handler_register(KrVm *vm, KrValue name, KrValue handler) {
    KrValue table;
    if (!handler_table(vm, &table)) return false;
    if (kr_is_unset(table)) {
        if (!kr_is_ptr(vm->state) || !kr_ptr(vm->state)) {
            KrValue state = kr_dict(vm);
            if (kr_is_error(state)) return false;
            vm->state = state;
        }
        table = kr_dict(vm);
        if (kr_is_error(table) || !kr_dict_set_c(vm, vm->state, HANDLERS, table)) return false;
    }
    return kr_dict_set(vm, table, name, handler);
}

bool kr_error_handler_find(KrVm *vm, const char *name, KrValue *handler) {
    KrValue table;
    *handler = KR_UNSET;
    if (!handler_table(vm, &table)) return false;
    if (kr_is_unset(table)) return true;
    KrValue key = kr_str_c(vm, name);
    return !kr_is_error(key) && kr_dict_find(vm, table, key, handler);
}

// A registered handler; KR_ERROR when there is none of this name.
static KrValue find_handler(KrVm *vm, const char *name) {
    KrValue handler;
    if (!kr_error_handler_find(vm, name, &handler)) return KR_ERROR;
    return kr_is_unset(handler) ? kr_raise(vm, &kr_lookup_error, "unknown error handler name '%s'", name) : handler;
}

// Calls a handler with an exception made of arg. Gives its replacement and the position to go on at, of len.
static bool call_handler(KrVm *vm, KrValue handler, const KrValue *arg, size_t len, bool encoding, KrValue *text, size_t *position) {
    const KrType *type = encoding ? &kr_unicode_encode_error : &kr_unicode_decode_error;
    KrValue exception = kr_call(vm, kr_type_value(type), 5, arg);
    KrValue result = kr_is_error(exception) ? exception : kr_call(vm, handler, 1, &exception);
    if (kr_is_error(result)) return false;
    const KrTupleObject *pair = KR_AS(const KrTupleObject, result);
    bool good = kr_is_tuple(result) && pair->len == 2 && kr_is_integer(pair->item[1]) &&
                (kr_is_str(pair->item[0]) || (encoding && kr_is_bytes(pair->item[0])));
    if (!good)
        return kr_fail(kr_raise(vm, &kr_type_error,
                                encoding ? "encoding error handler must return (str/bytes, int) tuple"
                                         : "decoding error handler must return (str, int) tuple"));
    *text = pair->item[0];
    intptr_t at;
    if (!kr_to_index_clipped(vm, pair->item[1], &at)) return false;
    intptr_t from_start = at < 0 ? at + (intptr_t)len : at;
    if (from_start < 0 || (size_t)from_start > len)
        return kr_fail(kr_raise(vm, &kr_index_error, "position %z from error handler out of bounds", from_start));
    *position = (size_t)from_start;
    return true;
}

// The five arguments of UnicodeDecodeError and UnicodeEncodeError.
static bool exception_args(KrVm *vm, KrValue *arg, const char *encoding, KrValue object, size_t start, size_t end, const char *reason) {
    arg[0] = kr_str_c(vm, encoding);
    arg[1] = object;
    arg[2] = kr_int(vm, (int64_t)start);
    arg[3] = kr_int(vm, (int64_t)end);
    arg[4] = kr_str_c(vm, reason);
    for (int i = 0; i < 5; i++)
        if (kr_is_error(arg[i])) return false;
    return true;
}

static bool raise_args(KrVm *vm, const KrType *type, const KrValue *arg) {
    KrValue args = kr_tuple(vm, 5, arg);
    return !kr_is_error(args) && kr_fail(kr_raise_args(vm, type, args));
}

// ---- Decoding ------------------------------------------------------------------------------------------------------------------

static bool decode_exception(KrDecoder *d, size_t start, size_t end, const char *reason, KrValue *arg) {
    KrValue object = kr_bytes(d->vm, d->data, d->len);
    return exception_args(d->vm, arg, d->encoding, object, start, end, reason);
}

static bool decode_strict(KrDecoder *d, size_t start, size_t end, const char *reason) {
    KrValue arg[5];
    return decode_exception(d, start, end, reason, arg) && raise_args(d->vm, &kr_unicode_decode_error, arg);
}

// Bytes from 0x80 on become lone surrogates, up to four of them at a time (PEP 383).
static bool decode_escaping(KrDecoder *d, size_t start, size_t end, const char *reason) {
    size_t at = start;
    while (at < end && at - start < 4 && d->data[at] >= 0x80) kr_text_add_char(&d->out, 0xDC00u + d->data[at++]);
    if (at == start) return decode_strict(d, start, end, reason);
    d->at = at;
    return true;
}

// The surrogate encoded at start, whatever the encoding of the UTF family; 0 when there is none.
static uint32_t encoded_surrogate(const KrDecoder *d, size_t start, size_t *width) {
    const uint8_t *p = d->data + start;
    *width = d->unit == 1 ? 3 : (size_t)(d->unit < 0 ? -d->unit : d->unit);
    if (d->unit == 0 || d->len - start < *width) return 0;
    uint32_t code = 0;
    if (d->unit == 1) {
        if (p[0] != 0xED || (p[1] & 0xE0) != 0xA0 || (p[2] & 0xC0) != 0x80) return 0;
        return 0xD000u | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3Fu);
    }
    for (size_t i = 0; i < *width; i++) code = code << 8 | p[d->unit < 0 ? i : *width - 1 - i];
    return kr_is_surrogate(code) ? code : 0;
}

static bool decode_passing(KrDecoder *d, size_t start, size_t end, const char *reason) {
    size_t width;
    uint32_t code = encoded_surrogate(d, start, &width);
    if (code == 0) return decode_strict(d, start, end, reason);
    kr_text_add_char(&d->out, code);
    d->at = start + width;
    return true;
}

static bool decode_registered(KrDecoder *d, size_t start, size_t end, const char *reason) {
    KrValue arg[5], text, handler = find_handler(d->vm, d->errors);
    if (kr_is_error(handler) || !decode_exception(d, start, end, reason, arg)) return false;
    if (!call_handler(d->vm, handler, arg, d->len, false, &text, &d->at)) return false;
    kr_text_add_str(&d->out, text);
    return true;
}

bool kr_decode_fault(KrDecoder *d, size_t start, size_t end, const char *reason) {
    const char *errors = d->errors ? d->errors : "strict";
    kr_spend(d->vm, 2);
    if (!kr_settle(d->vm)) return false;
    if (same(errors, "strict")) return decode_strict(d, start, end, reason);
    d->at = end;
    if (same(errors, "ignore")) return true;
    if (same(errors, "surrogateescape")) return decode_escaping(d, start, end, reason);
    if (same(errors, "surrogatepass")) return decode_passing(d, start, end, reason);
    if (same(errors, "replace")) {
        kr_text_add_char(&d->out, 0xFFFD);
        return true;
    }
    if (same(errors, "backslashreplace")) {
        for (size_t i = start; i < end; i++) kr_text_add_hex_escape(&d->out, d->data[i]);
        return true;
    }
    if (same(errors, "xmlcharrefreplace") || same(errors, "namereplace"))
        return kr_fail(kr_raise(d->vm, &kr_type_error, "don't know how to handle UnicodeDecodeError in error callback"));
    return decode_registered(d, start, end, reason);
}

// ---- Encoding ------------------------------------------------------------------------------------------------------------------

static bool encode_exception(KrEncoder *e, size_t start, size_t end, KrValue *arg) {
    const KrStrObject *s = kr_str_of(e->str);
    return exception_args(e->vm, arg, e->encoding, e->str, kr_str_chars(s, start), kr_str_chars(s, end), e->reason);
}

static bool encode_strict(KrEncoder *e, size_t start, size_t end) {
    KrValue arg[5];
    return encode_exception(e, start, end, arg) && raise_args(e->vm, &kr_unicode_encode_error, arg);
}

// Encodes a replacement; what the encoding does not have is an error.
static bool put_replacement(KrEncoder *e, const char *text, size_t len, size_t start, size_t end) {
    for (size_t at = 0; at < len;)
        if (!e->put(e, kr_utf8_next(text, &at))) return encode_strict(e, start, end);
    return true;
}

// Lone surrogates U+DC80..U+DCFF become the bytes that they stand for, where one byte can be a code unit.
static bool encode_escaping(KrEncoder *e, size_t start, size_t end) {
    const KrStrObject *s = kr_str_of(e->str);
    if (e->unit > 1 || e->unit < 0) return encode_strict(e, start, end);
    for (size_t at = start; at < end;) {
        size_t next = at;
        uint32_t cp = kr_utf8_next(kr_str_data(s), &next);
        if (cp < 0xDC80 || cp > 0xDCFF) return encode_strict(e, at, end);
        char byte = (char)(cp - 0xDC00);
        kr_text_add(&e->out, &byte, 1);
        at = next;
    }
    return true;
}

static void put_unit(KrEncoder *e, uint32_t code) {
    size_t width = (size_t)(e->unit < 0 ? -e->unit : e->unit);
    char text[4];
    for (size_t i = 0; i < width; i++, code >>= 8) text[e->unit < 0 ? width - 1 - i : i] = (char)code;
    kr_text_add(&e->out, text, width);
}

static bool encode_passing(KrEncoder *e, size_t start, size_t end) {
    const KrStrObject *s = kr_str_of(e->str);
    for (size_t at = start; at < end;) {
        size_t next = at;
        uint32_t cp = kr_utf8_next(kr_str_data(s), &next);
        if (e->unit == 0 || !kr_is_surrogate(cp)) return encode_strict(e, start, end);
        if (e->unit == 1) kr_text_add(&e->out, kr_str_data(s) + at, next - at);
        else put_unit(e, cp);
        at = next;
    }
    return true;
}

// The replacements that are text made from each code point.
static bool encode_as_text(KrEncoder *e, size_t start, size_t end, char kind) {
    const KrStrObject *s = kr_str_of(e->str);
    for (size_t at = start; at < end;) {
        uint32_t cp = kr_utf8_next(kr_str_data(s), &at);
        char name[KR_NAME_MAX];
        KrText t;
        kr_text_init(e->vm, &t);
        if (kind == '?') kr_text_add(&t, "?", 1);
        else if (kind == '&') kr_text_add_format(&t, "&#%u;", (size_t)cp);
        else if (kind == 'N' && kr_unicode_name(cp, name)) kr_text_add_format(&t, "\\N{%s}", name);
        else kr_text_add_hex_escape(&t, cp);
        kr_spend(e->vm, 1);
        if (!put_replacement(e, t.data, t.len, start, end) || !kr_settle(e->vm)) return false;
    }
    return true;
}

static bool encode_registered(KrEncoder *e, size_t start, size_t end) {
    KrValue arg[5], text, handler = find_handler(e->vm, e->errors);
    const KrStrObject *s = kr_str_of(e->str);
    size_t position;
    if (kr_is_error(handler) || !encode_exception(e, start, end, arg)) return false;
    if (!call_handler(e->vm, handler, arg, s->chars, true, &text, &position)) return false;
    e->at = kr_str_offset(s, position);
    size_t len;
    if (kr_is_str(text)) return put_replacement(e, kr_str_data(kr_str_of(text)), kr_str_of(text)->len, start, end);
    const uint8_t *data = kr_bytes_data(text, &len);
    kr_text_add(&e->out, (const char *)data, len);
    return true;
}

bool kr_encode_fault(KrEncoder *e, size_t start, size_t end) {
    const char *errors = e->errors ? e->errors : "strict";
    kr_spend(e->vm, 2 + ((end - start) >> 2)); // the encoder went through these as well
    if (!kr_settle(e->vm)) return false;
    if (same(errors, "strict")) return encode_strict(e, start, end);
    e->at = end;
    if (same(errors, "ignore")) return true;
    if (same(errors, "replace")) return encode_as_text(e, start, end, '?');
    if (same(errors, "xmlcharrefreplace")) return encode_as_text(e, start, end, '&');
    if (same(errors, "backslashreplace")) return encode_as_text(e, start, end, '\\');
    if (same(errors, "surrogateescape")) return encode_escaping(e, start, end);
    if (same(errors, "surrogatepass")) return encode_passing(e, start, end);
    if (same(errors, "namereplace")) return encode_as_text(e, start, end, 'N');
    return encode_registered(e, start, end);
}
