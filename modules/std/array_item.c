// array_item.c - the codes of module array: what an item is in memory, and as a Python value.
// SPDX-License-Identifier: MIT
#include <limits.h>
#include <math.h>
#include <stddef.h>

#include "array_part.h"

const KrItemCode kr_item_codes[] = {
    { 'b', KR_ITEM_SIGNED, 1, "b", "signed char", "signed short integer", 16 },
    { 'B', KR_ITEM_UNSIGNED, 1, "B", "unsigned byte integer", NULL, 0 },
    { 'u', KR_ITEM_TEXT, sizeof(wchar_t), "w", NULL, NULL, 0 },
    { 'w', KR_ITEM_TEXT, 4, "w", NULL, NULL, 0 },
    { 'h', KR_ITEM_SIGNED, sizeof(short), "h", "signed short integer", NULL, 0 },
    { 'H', KR_ITEM_UNSIGNED, sizeof(unsigned short), "H", "unsigned short", "signed integer", 32 },
    { 'i', KR_ITEM_SIGNED, sizeof(int), "i", "signed integer", NULL, 0 },
    { 'I', KR_ITEM_UNSIGNED, sizeof(unsigned), "I", "unsigned int", NULL, 0 },
    { 'l', KR_ITEM_SIGNED, sizeof(long), "l", NULL, NULL, 0 },
    { 'L', KR_ITEM_UNSIGNED, sizeof(unsigned long), "L", "unsigned int", NULL, 0 },
    { 'q', KR_ITEM_SIGNED, 8, "q", NULL, NULL, 0 },
    { 'Q', KR_ITEM_UNSIGNED, 8, "Q", NULL, NULL, 0 },
    { 'f', KR_ITEM_FLOAT, 4, "f", NULL, NULL, 0 },
    { 'd', KR_ITEM_DOUBLE, 8, "d", NULL, NULL, 0 },
    { 0 },
};

const KrItemCode *kr_item_code(char code) {
    for (const KrItemCode *c = kr_item_codes; c->code; c++)
        if (c->code == code) return c;
    return NULL;
}

// ---- Characters ------------------------------------------------------------------------------------------------------------------

enum { LAST_CHARACTER = 0x10FFFF };

static bool character_of(KrVm *vm, KrValue v, uint32_t *out) {
    if (!kr_is_str(v) || kr_str_length(v) != 1) return kr_fail(kr_raise(vm, &kr_type_error, "array item must be unicode character"));
    const uint8_t *p = (const uint8_t *)kr_str_text(v, NULL);
    unsigned more = *p < 0x80 ? 0 : *p < 0xE0 ? 1 : *p < 0xF0 ? 2 : 3;
    *out = more ? *p & (0x3Fu >> more) : *p;
    while (more--) *out = *out << 6 | (*++p & 0x3F);
    return true;
}

// Generalised UTF-8; the number of bytes.
static size_t encode(uint32_t c, char *to) {
    if (c < 0x80) return *to = (char)c, 1;
    size_t more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    to[0] = (char)((0xFFu << (7 - more) & 0xFF) | c >> 6 * more);
    for (size_t i = 1; i <= more; i++) to[i] = (char)(0x80 | (c >> 6 * (more - i) & 0x3F));
    return more + 1;
}

static KrValue bad_character(KrVm *vm, uint32_t c) {
    return kr_raise(vm, &kr_value_error, "character U+%x is not in range [U+0000; U+10ffff]", (size_t)c);
}

static KrValue character(KrVm *vm, uint32_t c) {
    char text[4];
    return c > LAST_CHARACTER ? bad_character(vm, c) : kr_str(vm, text, encode(c, text));
}

// Surrogates are left as they are in arrays of code u, and refused in those of code w, as decoding refuses them.
KrValue kr_item_text(KrVm *vm, const KrArray *a) {
    if (a->code->code == 'w') {
        KrValue bytes = kr_bytes(vm, a->data, a->len * 4), codec = kr_str_c(vm, KR_HOST_LITTLE ? "utf-32-le" : "utf-32-be");
        return kr_is_error(bytes) || kr_is_error(codec) ? KR_ERROR : kr_call_method(vm, bytes, "decode", 1, &codec);
    }
    char *text = kr_buffer_alloc(vm, a->len * 4 + 1);
    size_t len = 0;
    if (!text) return KR_ERROR;
    for (size_t i = 0; i < a->len; i++) {
        uint32_t c = (uint32_t)kr_load_bytes(kr_array_at(a, i), a->code->size, false);
        if (c > LAST_CHARACTER) return bad_character(vm, c);
        len += encode(c, text + len);
        if ((i & 8191) == 8191 && !kr_poll_limits(vm, 1024)) return KR_ERROR;
    }
    return kr_str(vm, text, len);
}

// ---- Reading ---------------------------------------------------------------------------------------------------------------------

KrValue kr_item_read(KrVm *vm, const KrItemCode *code, const uint8_t *from) {
    switch (code->kind) {
    case KR_ITEM_SIGNED: return kr_int(vm, kr_load_signed(from, code->size, false));
    case KR_ITEM_UNSIGNED: {
        uint64_t u = kr_load_bytes(from, code->size, false);
        return KR_LIKELY(u <= (uint64_t)KR_INT_MAX) ? kr_int_box((intptr_t)u) : kr_int_from_u64(vm, u);
    }
    case KR_ITEM_FLOAT: return kr_float_from_bits(vm, kr_bits_of_double(kr_double_of_float_bits((uint32_t)kr_load_bytes(from, 4, false))));
    case KR_ITEM_DOUBLE: return kr_float_from_bits(vm, kr_load_bytes(from, 8, false));
    default: return character(vm, (uint32_t)kr_load_bytes(from, code->size, false));
    }
}

// ---- Writing ---------------------------------------------------------------------------------------------------------------------

static bool too_far(KrVm *vm, const char *name, bool below) {
    return kr_fail(kr_raise(vm, &kr_overflow_error, "%s is %s", name, below ? "less than minimum" : "greater than maximum"));
}

// The message for an int that does not fit, in the words of the C type that CPython reads it as first.
static bool no_room(KrVm *vm, const KrItemCode *code, KrValue v) {
    bool negative = kr_int_is_negative(v);
    int64_t i;
    uint64_t u;
    if (code->code == 'q' || code->code == 'Q')
        return kr_fail(kr_raise(vm, &kr_overflow_error,
                                negative && code->code == 'Q' ? "can't convert negative int to unsigned" : "int too big to convert"));
    if (code->code == 'I' || code->code == 'L') {
        if (negative) return kr_fail(kr_raise(vm, &kr_overflow_error, "can't convert negative value to unsigned int"));
        if (!kr_int_fits_u64(v, &u) || u > ULONG_MAX)
            return kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C unsigned long"));
        return too_far(vm, code->name, false);
    }
    if (!kr_int_fits(v, &i) || i > LONG_MAX || i < LONG_MIN || !code->name)
        return kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C long"));
    int64_t most = code->wide ? (int64_t)1 << (code->wide_bits - 1) : 0;
    return too_far(vm, most && (i >= most || i < -most) ? code->wide : code->name, negative);
}

static KR_NOINLINE bool write_int(KrVm *vm, const KrItemCode *code, KrValue v, uint8_t *to) {
    int64_t i, half = code->size == 8 ? 0 : (int64_t)1 << (8 * code->size - 1);
    uint64_t u;
    bool is_signed = code->kind == KR_ITEM_SIGNED;
    v = kr_index(vm, v);
    if (kr_is_error(v)) return false;
    if (kr_int_fits(v, &i) && (half ? i >= (is_signed ? -half : 0) && i < (is_signed ? half : 2 * half) : is_signed || i >= 0))
        return kr_store_bytes(to, (uint64_t)i, code->size, false), true;
    if (!is_signed && !half && kr_int_fits_u64(v, &u)) return kr_store_bytes(to, u, 8, false), true;
    return no_room(vm, code, v);
}

bool kr_item_write(KrVm *vm, const KrItemCode *code, KrValue v, uint8_t *to) {
    double x;
    uint32_t c;
    int64_t i = kr_is_int(v) ? kr_int_value(v) : 0;
    switch (code->kind) {
    case KR_ITEM_SIGNED:
        if (KR_LIKELY(kr_is_int(v)) &&
            (code->size == 8 || (uint64_t)i + ((uint64_t)1 << (8 * code->size - 1)) < (uint64_t)1 << 8 * code->size))
            return kr_store_bytes(to, (uint64_t)i, code->size, false), true;
        return write_int(vm, code, v, to);
    case KR_ITEM_UNSIGNED:
        if (KR_LIKELY(kr_is_int(v)) && i >= 0 && (code->size == 8 || (uint64_t)i < (uint64_t)1 << 8 * code->size))
            return kr_store_bytes(to, (uint64_t)i, code->size, false), true;
        return write_int(vm, code, v, to);
    case KR_ITEM_TEXT: return character_of(vm, v, &c) && (kr_store_bytes(to, c, code->size, false), true);
    default: break;
    }
    if (kr_is_double(v)) x = kr_double_unbox(v);
    else if (!kr_to_double(vm, v, &x)) return false;
    if (isnan(x)) x = copysign(kr_double_of_bits((uint64_t)0x7FF8 << 48), x); // payloads are Krait's own
    if (code->kind == KR_ITEM_DOUBLE) kr_store_bytes(to, kr_bits_of_double(x), 8, false);
    else kr_store_bytes(to, kr_bits_of_float((float)x), 4, false);
    return true;
}

// ---- Formats of machines, which pickles name by number ---------------------------------------------------------------------------

typedef struct {
    uint8_t kind, size, swap;
} Format;

#define LITTLE !KR_HOST_LITTLE
#define BIG    KR_HOST_LITTLE
static const Format formats[] = {
    { KR_ITEM_UNSIGNED, 1, 0 },    { KR_ITEM_SIGNED, 1, 0 },   { KR_ITEM_UNSIGNED, 2, LITTLE }, { KR_ITEM_UNSIGNED, 2, BIG },
    { KR_ITEM_SIGNED, 2, LITTLE }, { KR_ITEM_SIGNED, 2, BIG }, { KR_ITEM_UNSIGNED, 4, LITTLE }, { KR_ITEM_UNSIGNED, 4, BIG },
    { KR_ITEM_SIGNED, 4, LITTLE }, { KR_ITEM_SIGNED, 4, BIG }, { KR_ITEM_UNSIGNED, 8, LITTLE }, { KR_ITEM_UNSIGNED, 8, BIG },
    { KR_ITEM_SIGNED, 8, LITTLE }, { KR_ITEM_SIGNED, 8, BIG }, { KR_ITEM_FLOAT, 4, LITTLE },    { KR_ITEM_FLOAT, 4, BIG },
    { KR_ITEM_DOUBLE, 8, LITTLE }, { KR_ITEM_DOUBLE, 8, BIG }, { KR_ITEM_TEXT, 2, LITTLE },     { KR_ITEM_TEXT, 2, BIG },
    { KR_ITEM_TEXT, 4, LITTLE },   { KR_ITEM_TEXT, 4, BIG },
};

int kr_item_format(const KrItemCode *code) {
    for (size_t i = 0; i < KR_COUNT_OF(formats); i++)
        if (formats[i].kind == code->kind && formats[i].size == code->size && !formats[i].swap) return (int)i;
    return -1;
}

static KrValue numbers(KrVm *vm, const Format *f, const uint8_t *data, size_t count) {
    const KrItemCode plain = { .kind = f->kind, .size = f->size };
    KrValue list = kr_list(vm, 0, NULL);
    for (size_t i = 0; i < count && !kr_is_error(list); i++) {
        uint8_t item[8];
        kr_store_bytes(item, kr_load_bytes(data + i * f->size, f->size, f->swap), f->size, false);
        KrValue v = kr_item_read(vm, &plain, item);
        if (kr_is_error(v) || !kr_list_append(vm, list, v) || !kr_poll_limits(vm, 1)) return KR_ERROR;
    }
    return list;
}

KrValue kr_items_from_format(KrVm *vm, int format, const uint8_t *data, size_t len, char *code) {
    static const char *const codec[] = { "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be" };
    const Format *f = &formats[format];
    if (f->kind == KR_ITEM_TEXT) {
        KrValue bytes = kr_bytes(vm, data, len), name = kr_str_c(vm, codec[format - 18]);
        return kr_is_error(bytes) || kr_is_error(name) ? KR_ERROR : kr_call_method(vm, bytes, "decode", 1, &name);
    }
    if (len % f->size) return kr_raise(vm, &kr_value_error, "string length not a multiple of item size");
    for (const KrItemCode *c = kr_item_codes; c->code && f->kind <= KR_ITEM_UNSIGNED; c++)
        if (c->kind == f->kind && c->size == f->size) *code = c->code; // an int type that fits; the last one, which is how CPython has it
    return numbers(vm, f, data, len / f->size);
}
