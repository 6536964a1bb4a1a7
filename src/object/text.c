// text.c - the growing text, and the formatter behind kr_raise and kr_format.
// SPDX-License-Identifier: MIT
#include "object/text.h"

#include "base/int_text.h"
#include "base/phrase.h"
#include "base/utf8.h"
#include "object/bulk.h"
#include "object/bytes.h"
#include "object/object.h"

void kr_text_init(KrVm *vm, KrText *t) {
    t->vm = vm;
    t->data = t->small;
    t->len = 0;
    t->cap = sizeof t->small;
    t->failed = false;
}

static bool text_grow(KrText *t, size_t len) {
    if (t->failed) return false;
    size_t need = t->len + len, cap = need + need / 2;
    char *data = NULL;
    if (need < len || cap < need) (void)kr_raise_memory(t->vm);
    else data = kr_buffer_alloc(t->vm, cap);
    t->failed = !data;
    if (!data) return false;
    if (!kr_bulk_copy(t->vm, data, t->data, t->len)) return t->failed = true, false;
    t->data = data;
    t->cap = cap;
    return true;
}

char *kr_text_room(KrText *t, size_t len) {
    if ((t->failed || len > t->cap - t->len) && !text_grow(t, len)) return NULL;
    char *room = t->data + t->len;
    t->len += len;
    return room;
}

static KR_NOINLINE void add_long(KrText *t, const char *utf8, size_t len) {
    char *out = kr_text_room(t, len);
    if (out && !kr_bulk_copy(t->vm, out, utf8, len)) t->failed = true;
}

void kr_text_add(KrText *t, const char *utf8, size_t len) {
    if (KR_UNLIKELY(len > KR_BULK_BYTES)) {
        add_long(t, utf8, len);
        return;
    }
    bool fits = !t->failed && len <= t->cap - t->len;
    char *out = KR_LIKELY(fits) ? t->data + t->len : kr_text_room(t, len);
    if (!out || !len) return;
    memcpy(out, utf8, len);
    if (fits) t->len += len;
}

void kr_text_add_c(KrText *t, const char *utf8) { kr_text_add(t, utf8, strlen(utf8)); }

void kr_text_add_char(KrText *t, uint32_t cp) {
    char text[KR_UTF8_MAX];
    if (KR_LIKELY(cp < 0x80 && !t->failed && t->len < t->cap)) t->data[t->len++] = (char)cp;
    else kr_text_add(t, text, kr_utf8_encode(cp, text));
}

void kr_text_add_fill(KrText *t, uint32_t cp, size_t count) {
    char text[KR_UTF8_MAX];
    if (!count) return;
    size_t width = kr_utf8_encode(cp, text);
    if (count > SIZE_MAX / KR_UTF8_MAX) count = SIZE_MAX / KR_UTF8_MAX; // more than there is memory
    char *out = kr_text_room(t, count * width);
    if (!out) return;
    memcpy(out, text, width);
    t->failed = width == 1 ? !kr_bulk_fill(t->vm, out, text[0], count) : !kr_bulk_repeat(t->vm, out, width, count * width);
}

void kr_text_add_str(KrText *t, KrValue str) {
    const KrStrObject *s = kr_str_of(str);
    kr_text_add(t, kr_str_data(s), s->len);
}

static void add_result(KrText *t, KrValue str) {
    if (kr_is_error(str)) t->failed = true;
    else kr_text_add_str(t, str);
}

void kr_text_add_repr(KrText *t, KrValue v) {
    if (!t->failed) add_result(t, kr_repr(t->vm, v));
}

void kr_text_add_to_str(KrText *t, KrValue v) {
    if (!t->failed) add_result(t, kr_is_exact(v, &kr_str_type) ? v : kr_to_str(t->vm, v));
}

static void add_signed(KrText *t, int64_t i) {
    char text[KR_INT64_TEXT_MAX];
    kr_text_add(t, text, kr_int64_to_text(i, 10, text));
}

static void add_unsigned(KrText *t, uint64_t i, unsigned base) {
    char text[KR_INT64_TEXT_MAX];
    kr_text_add(t, text, kr_uint64_to_text(i, base, text));
}

static void add_c_string(KrText *t, const char *text) { kr_text_add_c(t, text ? text : "(null)"); }

void kr_text_add_vformat(KrText *t, const char *format, va_list args) {
    KrShortText text = { format, NULL };
    for (;;) {
        const char *plain = text.at;
        while (*text.at && *text.at != '%' && !kr_is_phrase(*text.at)) text.at++;
        kr_text_add(t, plain, (size_t)(text.at - plain));
        char c = kr_short_next(&text);
        if (c && c != '%') {
            kr_text_add_char(t, (unsigned char)c);
            continue;
        }
        char letter = c ? kr_short_next(&text) : 0;
        switch (letter) {
        case 0: return;
        case 's': add_c_string(t, va_arg(args, const char *)); break;
        case 'd': add_signed(t, va_arg(args, int)); break;
        case 'z': add_signed(t, va_arg(args, intptr_t)); break;
        case 'u': add_unsigned(t, va_arg(args, size_t), 10); break;
        case 'x': add_unsigned(t, va_arg(args, size_t), 16); break;
        case 'c': kr_text_add_char(t, va_arg(args, uint32_t)); break;
        case 'R': kr_text_add_repr(t, va_arg(args, KrValue)); break;
        case 'S': kr_text_add_to_str(t, va_arg(args, KrValue)); break;
        case 'T': kr_text_add_c(t, kr_type_name(kr_type_of(va_arg(args, KrValue)))); break;
        case 'N': kr_text_add_c(t, kr_type_name(va_arg(args, const KrType *))); break;
        default: kr_text_add_char(t, (unsigned char)letter); break; // %%; another letter is our bug, and printed as it is
        }
    }
}

void kr_text_add_format(KrText *t, const char *format, ...) {
    va_list args;
    va_start(args, format);
    kr_text_add_vformat(t, format, args);
    va_end(args);
}

KrValue kr_format(KrVm *vm, const char *format, ...) {
    KrText t;
    kr_text_init(vm, &t);
    va_list args;
    va_start(args, format);
    kr_text_add_vformat(&t, format, args);
    va_end(args);
    return kr_text_str(&t);
}

KrValue kr_text_str(KrText *t) { return t->failed ? KR_ERROR : kr_str(t->vm, t->data, t->len); }

KrValue kr_text_bytes(KrText *t) { return t->failed ? KR_ERROR : kr_bytes(t->vm, t->data, t->len); }
