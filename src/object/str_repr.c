// str_repr.c - repr() and ascii() of text.
// SPDX-License-Identifier: MIT
#include "base/search.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "object/text.h"
#include "object/vm_state.h"

enum { POLL_BYTES = 65536 };

static void add_hex(KrText *t, char kind, uint32_t cp, unsigned digits) {
    char *out = kr_text_room(t, digits + 2);
    if (!out) return;
    out[0] = '\\';
    out[1] = kind;
    for (unsigned i = digits + 1; i > 1; i--, cp >>= 4) out[i] = "0123456789abcdef"[cp & 15];
}

static void add_escaped(KrText *t, uint32_t cp) {
    switch (cp) {
    case '\t': kr_text_add(t, "\\t", 2); return;
    case '\n': kr_text_add(t, "\\n", 2); return;
    case '\r': kr_text_add(t, "\\r", 2); return;
    default: break;
    }
    if (cp < 0x100) add_hex(t, 'x', cp, 2);
    else if (cp < 0x10000) add_hex(t, 'u', cp, 4);
    else add_hex(t, 'U', cp, 8);
}

// A short text without anything to escape, in quotes. KR_UNSET: it is not such a one.
static KrValue quoted_as_is(KrVm *vm, const KrStrObject *s) {
    const char *text = kr_str_data(s);
    if (!(s->flags & KR_STR_ASCII) || s->len > POLL_BYTES) return KR_UNSET;
    for (size_t i = 0; i < s->len; i++)
        if (text[i] < ' ' || text[i] == 0x7F || text[i] == '\\' || text[i] == '\'') return KR_UNSET;
    KrStrObject *out = kr_str_new(vm, (size_t)s->len + 2, true);
    if (!out) return KR_ERROR;
    out->own[0] = out->own[s->len + 1] = '\'';
    memcpy(out->own + 1, kr_str_data(s), s->len);
    return kr_from_ptr(out);
}

static KrValue quoted(KrVm *vm, KrValue v, bool ascii_only) {
    const KrStrObject *s = kr_str_of(v);
    KrValue as_is = quoted_as_is(vm, s);
    if (!kr_is_unset(as_is)) return as_is;
    bool double_quotes =
        kr_byte_find(kr_str_data(s), s->len, '\'') != KR_NOT_FOUND && kr_byte_find(kr_str_data(s), s->len, '"') == KR_NOT_FOUND;
    char quote = double_quotes ? '"' : '\'';
    KrText t;
    kr_text_init(vm, &t);
    kr_text_add(&t, &quote, 1);
    for (size_t at = 0; at < s->len && !t.failed;) {
        size_t plain = at, most = s->len - at < POLL_BYTES ? s->len : at + POLL_BYTES; // what can be copied as it is
        while (plain < most) {
            unsigned char c = (unsigned char)kr_str_data(s)[plain];
            if (c < ' ' || c >= 0x7F || c == '\\' || c == (unsigned char)quote) break;
            plain++;
        }
        kr_text_add(&t, kr_str_data(s) + at, plain - at);
        kr_spend(vm, 1 + (plain - at) / 16);
        if (!kr_settle(vm)) return KR_ERROR;
        at = plain;
        if (at == most) continue;
        uint32_t cp = kr_utf8_next(kr_str_data(s), &at);
        if (cp == '\\' || cp == (unsigned char)quote) {
            kr_text_add(&t, "\\", 1);
            kr_text_add_char(&t, cp);
        } else if (cp >= 0x80 && !ascii_only && kr_unicode_is_printable(cp)) {
            kr_text_add(&t, kr_str_data(s) + plain, at - plain);
        } else {
            add_escaped(&t, cp);
        }
    }
    kr_text_add(&t, &quote, 1);
    return kr_text_str(&t);
}

KrValue kr_str_repr(KrVm *vm, KrValue v) { return quoted(vm, v, false); }

// ascii(v): the repr of any object, with all that is not ASCII escaped.
KrValue kr_str_ascii(KrVm *vm, KrValue v) {
    KrValue repr = kr_is_exact(v, &kr_str_type) ? quoted(vm, v, true) : kr_repr(vm, v);
    if (kr_is_error(repr) || (kr_str_of(repr)->flags & KR_STR_ASCII)) return repr;
    const KrStrObject *s = kr_str_of(repr);
    KrText t;
    kr_text_init(vm, &t);
    for (size_t at = 0; at < s->len;) {
        uint32_t cp = kr_utf8_next(kr_str_data(s), &at);
        if (cp < 0x80) kr_text_add_char(&t, cp);
        else add_escaped(&t, cp);
        kr_spend(vm, 1);
        if (!kr_settle(vm)) return KR_ERROR;
    }
    return kr_text_str(&t);
}
