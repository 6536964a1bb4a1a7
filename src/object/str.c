// str.c - making, comparing and joining text.
//
// A str is ready when its flags and chars are set; from then on it never changes but for caches (hash, side index, interned flag).
// SPDX-License-Identifier: MIT
#include "object/str.h"

#include "base/name_hash.h"
#include "base/search.h"
#include "base/utf8.h"
#include "object/bulk.h"

#define STR_MAX (UINT32_MAX / 17 * 16 - 64) // bytes of text; the side index takes up to a sixteenth more

static bool is_cached(KrValue v) { return kr_is_ptr(v) && kr_ptr(v) != NULL; }

KrStrObject *kr_str_new(KrVm *vm, size_t len, bool ascii) {
    if (KR_UNLIKELY(len > STR_MAX)) {
        (void)kr_raise_memory(vm);
        return NULL;
    }
    KrStrObject *s = kr_alloc(vm, &kr_str_type.shape, kr_str_size(len, ascii));
    if (!s) return NULL;
    s->len = (uint32_t)len;
    s->chars = (uint32_t)len;
    s->flags = ascii ? KR_STR_ASCII : 0;
    return s;
}

// Whether text has a lone surrogate: ED A0..BF.
static bool has_surrogates(const char *text, size_t len) {
    for (size_t at = 0; at < len;) {
        size_t found = kr_byte_find(text + at, len - at, 0xED);
        if (found == KR_NOT_FOUND) return false;
        at += found + 1;
        if (at < len && (unsigned char)text[at] >= 0xA0) return true;
    }
    return false;
}

KrValue kr_str_finish(KrStrObject *s) {
    s->flags &= ~(uint32_t)(KR_STR_ASCII | KR_STR_SURROGATES);
    if (kr_is_ascii(kr_str_data(s), s->len)) {
        s->flags |= KR_STR_ASCII;
        s->chars = s->len;
    } else {
        s->chars = (uint32_t)kr_utf8_count(kr_str_data(s), s->len);
        if (has_surrogates(kr_str_data(s), s->len)) s->flags |= KR_STR_SURROGATES;
    }
    return kr_from_ptr(s);
}

// The shared str of one ASCII character.
static KR_NOINLINE KrValue new_char(KrVm *vm, unsigned char c) {
    KrStrObject *s = kr_str_new(vm, 1, true);
    if (!s) return KR_ERROR;
    s->own[0] = (char)c;
    KrValue v = kr_intern(vm, kr_from_ptr(s)); // names of one letter are the same object
    if (kr_is_error(v)) return v;
    return vm->char_str[c] = v;
}

static KrValue ascii_char(KrVm *vm, unsigned char c) { return KR_LIKELY(is_cached(vm->char_str[c])) ? vm->char_str[c] : new_char(vm, c); }

static KrValue empty_str(KrVm *vm) {
    if (KR_LIKELY(is_cached(vm->empty_str))) return vm->empty_str;
    KrStrObject *s = kr_str_new(vm, 0, true);
    return s ? (vm->empty_str = kr_from_ptr(s)) : KR_ERROR;
}

KrValue kr_str_from_ascii(KrVm *vm, const char *text, size_t len) {
    if (len == 1) return ascii_char(vm, (unsigned char)text[0]);
    if (len == 0) return empty_str(vm);
    KrStrObject *s = kr_str_new(vm, len, true);
    if (!s) return KR_ERROR;
    return kr_bulk_copy(vm, s->own, text, len) ? kr_from_ptr(s) : KR_ERROR;
}

// What kr_str_finish does, for a text that is not ASCII and is not short.
static bool finish_long(KrVm *vm, KrStrObject *s) {
    const char *text = kr_str_data(s);
    size_t count = 0;
    bool surrogates = false;
    for (size_t at = 0, n; at < s->len; at += n) {
        n = s->len - at < KR_BULK_BYTES ? s->len - at : KR_BULK_BYTES;
        count += kr_utf8_count(text + at, n);
        surrogates = surrogates || has_surrogates(text + at, n + (at + n < s->len)); // with what may be behind an ED
        if (!kr_bulk_done(vm, n / 2)) return false;
    }
    s->chars = (uint32_t)count;
    s->flags = surrogates ? KR_STR_SURROGATES : 0;
    return true;
}

KrValue kr_str(KrVm *vm, const char *utf8, size_t len) {
    bool ascii;
    if (!kr_bulk_is_ascii(vm, utf8, len, &ascii)) return KR_ERROR;
    if (ascii) return kr_str_from_ascii(vm, utf8, len);
    KrStrObject *s = kr_str_new(vm, len, false);
    if (!s || !kr_bulk_copy(vm, s->own, utf8, len)) return KR_ERROR;
    if (KR_LIKELY(len <= KR_BULK_BYTES)) return kr_str_finish(s);
    return finish_long(vm, s) ? kr_from_ptr(s) : KR_ERROR;
}

KrValue kr_str_c(KrVm *vm, const char *utf8) { return kr_str(vm, utf8, strlen(utf8)); }

KrValue kr_str_from_codepoint(KrVm *vm, uint32_t cp) {
    if (cp < 0x80) return ascii_char(vm, (unsigned char)cp);
    char text[KR_UTF8_MAX];
    size_t len = kr_utf8_encode(cp, text);
    KrStrObject *s = kr_str_new(vm, len, false);
    if (!s) return KR_ERROR;
    memcpy(s->own, text, len);
    s->chars = 1;
    if (kr_is_surrogate(cp)) s->flags |= KR_STR_SURROGATES;
    return kr_from_ptr(s);
}

KrValue kr_str_exact(KrVm *vm, KrValue v) {
    if (kr_is_exact(v, &kr_str_type)) return v;
    const KrStrObject *s = kr_str_of(v);
    return kr_str(vm, kr_str_data(s), s->len);
}

KrValue kr_str_part(KrVm *vm, KrValue v, size_t from, size_t to) {
    const KrStrObject *s = kr_str_of(v);
    if (from == 0 && to == s->len) return kr_str_exact(vm, v);
    if (s->flags & KR_STR_ASCII) return kr_str_from_ascii(vm, kr_str_data(s) + from, to - from);
    return kr_str(vm, kr_str_data(s) + from, to - from);
}

const char *kr_str_text(KrValue v, size_t *len) {
    const char *text = kr_str_terminated(kr_str_of(v));
    if (len) *len = *text ? kr_str_of(v)->len : kr_str_data(kr_str_of(v)) == text ? kr_str_of(v)->len : 0;
    return text;
}

size_t kr_str_length(KrValue v) { return kr_str_of(v)->chars; }

bool kr_str_is(KrValue v, const char *ascii) {
    if (!kr_is_str(v)) return false;
    const KrStrObject *s = kr_str_of(v);
    return strlen(ascii) == s->len && memcmp(kr_str_data(s), ascii, s->len) == 0;
}

uint32_t kr_str_hash(KrValue v) {
    KrStrObject *s = KR_AS(KrStrObject, v);
    if (KR_LIKELY(s->flags & KR_STR_HASHED)) return s->hash;
    s->hash = kr_name_hash(kr_str_data(s), s->len);
    s->flags |= KR_STR_HASHED;
    return s->hash;
}

bool kr_str_equal(KrValue a, KrValue b) {
    if (kr_same(a, b)) return true;
    const KrStrObject *s = kr_str_of(a), *t = kr_str_of(b);
    if (s->len != t->len) return false;
    uint32_t both = s->flags & t->flags;
    if (both & KR_STR_INTERNED) return false;
    if ((both & KR_STR_HASHED) && s->hash != t->hash) return false;
    return memcmp(kr_str_data(s), kr_str_data(t), s->len) == 0;
}

// The bytes of generalised UTF-8 are in the order of the code points.
int kr_str_order(KrValue a, KrValue b) {
    const KrStrObject *s = kr_str_of(a), *t = kr_str_of(b);
    size_t common = s->len < t->len ? s->len : t->len;
    int order = memcmp(kr_str_data(s), kr_str_data(t), common);
    return order ? order : (s->len > t->len) - (s->len < t->len);
}

KrValue kr_str_concat(KrVm *vm, KrValue a, KrValue b) {
    const KrStrObject *s = kr_str_of(a), *t = kr_str_of(b);
    if (s->len == 0) return kr_str_exact(vm, b);
    if (t->len == 0) return kr_str_exact(vm, a);
    uint32_t ascii = s->flags & t->flags & KR_STR_ASCII;
    KrStrObject *sum = kr_str_new(vm, (size_t)s->len + t->len, ascii != 0);
    if (!sum) return KR_ERROR;
    if (!kr_bulk_copy(vm, sum->own, kr_str_data(s), s->len) || !kr_bulk_copy(vm, sum->own + s->len, kr_str_data(t), t->len))
        return KR_ERROR;
    sum->chars = s->chars + t->chars;
    sum->flags = ascii | ((s->flags | t->flags) & KR_STR_SURROGATES);
    return kr_from_ptr(sum);
}

KrValue kr_str_join(KrVm *vm, const KrValue *part, size_t count) {
    if (count == 1) return kr_str_exact(vm, part[0]);
    uint64_t len = 0; // cannot overflow: count times STR_MAX is less than memory's size times 2^32
    size_t chars = 0;
    uint32_t all = KR_STR_ASCII, any = 0;
    for (size_t i = 0; i < count; i++) {
        const KrStrObject *s = kr_str_of(part[i]);
        len += s->len;
        chars += s->chars;
        all &= s->flags;
        any |= s->flags;
        if (KR_UNLIKELY(i % 4096 == 4095) && !kr_bulk_done(vm, 65536)) return KR_ERROR;
    }
    if (len == 0) return empty_str(vm);
    if (len > STR_MAX) return kr_raise_memory(vm);
    KrStrObject *sum = kr_str_new(vm, (size_t)len, all != 0);
    if (!sum) return KR_ERROR;
    char *out = sum->own;
    for (size_t i = 0; i < count; i++) {
        const KrStrObject *s = kr_str_of(part[i]);
        if (!kr_bulk_copy(vm, out, kr_str_data(s), s->len)) return KR_ERROR;
        out += s->len;
        if (KR_UNLIKELY(i % 4096 == 4095) && !kr_bulk_done(vm, 65536)) return KR_ERROR;
    }
    sum->chars = (uint32_t)chars;
    sum->flags = all | (any & KR_STR_SURROGATES);
    return kr_from_ptr(sum);
}

KrValue kr_str_repeat(KrVm *vm, KrValue v, intptr_t count) {
    const KrStrObject *s = kr_str_of(v);
    if (count <= 0 || s->len == 0) return empty_str(vm);
    if (count == 1) return kr_str_exact(vm, v);
    if ((uintptr_t)count > STR_MAX / s->len) return kr_raise_memory(vm);
    size_t len = s->len * (size_t)count;
    KrStrObject *product = kr_str_new(vm, len, (s->flags & KR_STR_ASCII) != 0);
    if (!product) return KR_ERROR;
    if (s->len == 1 ? !kr_bulk_fill(vm, product->own, kr_str_data(s)[0], len)
                    : !kr_bulk_copy(vm, product->own, kr_str_data(s), s->len) || !kr_bulk_repeat(vm, product->own, s->len, len))
        return KR_ERROR;
    product->chars = s->chars * (uint32_t)count;
    product->flags = s->flags & (KR_STR_ASCII | KR_STR_SURROGATES);
    return kr_from_ptr(product);
}
