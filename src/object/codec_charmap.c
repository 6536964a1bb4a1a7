// codec_charmap.c - encodings of one byte for each character: code page 1252, and any by a table that a program gives.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "object/bytes.h"
#include "object/codec.h"
#include "object/vm_state.h"

#define UNDEFINED "character maps to <undefined>"

// 0x80 to 0x9F; the rest is Latin-1. 0: undefined.
static const uint16_t cp1252_table[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

enum { NO_CHARACTER = 0xFFFE };

// mapping[key]; KR_UNSET: there is none (LookupError, or None).
static KrValue look_up(KrVm *vm, KrValue mapping, uint32_t key) {
    KrValue v = kr_getitem(vm, mapping, kr_int_box((intptr_t)key));
    if (kr_is_error(v) && kr_raised_is(vm, &kr_lookup_error)) return (void)kr_take_raised(vm), KR_UNSET;
    return kr_is_none(v) ? KR_UNSET : v;
}

// ---- Decoding ------------------------------------------------------------------------------------------------------------------

// Adds what the byte stands for; *known false: nothing.
static bool add_plain(KrDecoder *d, uint8_t byte, bool *known) {
    uint32_t cp = byte >= 0x80 && byte < 0xA0 ? cp1252_table[byte - 0x80] : byte;
    *known = cp || !byte;
    if (*known) kr_text_add_char(&d->out, cp);
    return true;
}

static bool add_of_str(KrDecoder *d, uint8_t byte, bool *known) {
    const KrStrObject *s = kr_str_of(d->mapping);
    size_t at = byte < s->chars ? kr_str_offset(s, byte) : 0;
    uint32_t cp = byte < s->chars ? kr_utf8_next(kr_str_data(s), &at) : NO_CHARACTER;
    *known = cp != NO_CHARACTER;
    if (*known) kr_text_add_char(&d->out, cp);
    return true;
}

static bool add_of_mapping(KrDecoder *d, uint8_t byte, bool *known) {
    KrValue v = look_up(d->vm, d->mapping, byte);
    if (kr_is_error(v)) return false;
    *known = !kr_is_unset(v);
    if (!*known) return true;
    if (kr_is_str(v)) {
        *known = !kr_str_is(v, "\xEF\xBF\xBE");
        if (*known) kr_text_add_str(&d->out, v);
        return true;
    }
    if (!kr_is_integer(v)) return kr_fail(kr_raise(d->vm, &kr_type_error, "character mapping must return integer, None or str"));
    int64_t cp;
    if (!kr_int_fits(v, &cp) || cp < 0 || cp > KR_CODE_POINT_MAX)
        return kr_fail(kr_raise(d->vm, &kr_type_error, "character mapping must be in range(0x110000)"));
    *known = cp != NO_CHARACTER;
    if (*known) kr_text_add_char(&d->out, (uint32_t)cp);
    return true;
}

bool kr_decode_charmap(KrDecoder *d) {
    bool (*add)(KrDecoder *, uint8_t, bool *) = kr_is_unset(d->mapping) ? add_plain : kr_is_str(d->mapping) ? add_of_str : add_of_mapping;
    while (d->at < d->len && !d->out.failed) {
        bool known;
        if (!add(d, d->data[d->at], &known)) return false;
        if (known) d->at++;
        else if (!kr_decode_fault(d, d->at, d->at + 1, UNDEFINED)) return false;
        kr_spend(d->vm, 1);
        if (!kr_settle(d->vm)) return false;
    }
    return !d->out.failed;
}

// ---- Encoding ------------------------------------------------------------------------------------------------------------------

static bool put_plain(KrEncoder *e, uint32_t cp) {
    char byte = (char)cp;
    if (cp >= 0x80 && (cp < 0xA0 || cp > 0xFF)) {
        size_t i = 0;
        while (i < 32 && cp1252_table[i] != cp) i++;
        if (i == 32) return false;
        byte = (char)(0x80 + i);
    }
    kr_text_add(&e->out, &byte, 1);
    return true;
}

static bool fail(KrEncoder *e, KrValue error) { return (void)error, e->out.failed = true; }

// True with e->out.failed: something was raised.
bool kr_put_charmap(KrEncoder *e, uint32_t cp) {
    if (kr_is_unset(e->mapping)) return put_plain(e, cp);
    KrValue v = look_up(e->vm, e->mapping, cp);
    if (kr_is_error(v)) return fail(e, v);
    if (kr_is_unset(v)) return false;
    if (kr_is_bytes(v)) {
        size_t len;
        const uint8_t *data = kr_bytes_data(v, &len);
        return kr_text_add(&e->out, (const char *)data, len), true;
    }
    int64_t n;
    if (!kr_is_integer(v))
        return fail(e, kr_raise(e->vm, &kr_type_error, "character mapping must return integer, bytes or None, not %T", v));
    if (!kr_int_fits(v, &n) || n < 0 || n > 255) return fail(e, kr_raise(e->vm, &kr_type_error, "character mapping must be in range(256)"));
    char byte = (char)n;
    return kr_text_add(&e->out, &byte, 1), true;
}
