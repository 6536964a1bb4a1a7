// struct_format.c - format strings of module struct, compiled to rows of fields.
//
// A field stands for a run of values of one code. Its place is fixed when it is compiled; padding is what lies between fields.
// SPDX-License-Identifier: MIT
#include <stdalign.h>

#include "number_bytes.h"
#include "struct_part.h"

typedef struct {
    char code;
    uint8_t kind;
    uint8_t size, native_size, native_align; // size 0: native only
} Code;

#define NATIVE(type) \
    sizeof(type), offsetof( \
                      struct { \
                          char c; \
                          type member; \
                      }, \
                      member)

static const Code codes[] = {
    { 'x', KR_FIELD_CHAR, 1, 1, 1 },
    { 'b', KR_FIELD_SIGNED, 1, 1, 1 },
    { 'B', KR_FIELD_UNSIGNED, 1, 1, 1 },
    { 'c', KR_FIELD_CHAR, 1, 1, 1 },
    { 's', KR_FIELD_STRING, 1, 1, 1 },
    { 'p', KR_FIELD_PASCAL, 1, 1, 1 },
    { 'h', KR_FIELD_SIGNED, 2, NATIVE(short) },
    { 'H', KR_FIELD_UNSIGNED, 2, NATIVE(unsigned short) },
    { 'i', KR_FIELD_SIGNED, 4, NATIVE(int) },
    { 'I', KR_FIELD_UNSIGNED, 4, NATIVE(unsigned) },
    { 'l', KR_FIELD_SIGNED, 4, NATIVE(long) },
    { 'L', KR_FIELD_UNSIGNED, 4, NATIVE(unsigned long) },
    { 'n', KR_FIELD_SIGNED, 0, NATIVE(size_t) },
    { 'N', KR_FIELD_UNSIGNED, 0, NATIVE(size_t) },
    { 'q', KR_FIELD_SIGNED, 8, NATIVE(long long) },
    { 'Q', KR_FIELD_UNSIGNED, 8, NATIVE(unsigned long long) },
    { '?', KR_FIELD_BOOL, 1, NATIVE(bool) },
    { 'e', KR_FIELD_HALF, 2, NATIVE(short) },
    { 'f', KR_FIELD_FLOAT, 4, NATIVE(float) },
    { 'd', KR_FIELD_DOUBLE, 8, NATIVE(double) },
    { 'P', KR_FIELD_POINTER, 0, NATIVE(void *) },
};

typedef struct {
    const char *at, *end;
    bool native, swap;
    size_t offset; // of the next field, before it is aligned
} Reader;

static bool too_long(KrVm *vm) { return kr_fail(kr_raise(vm, &kr_struct_error, "total struct size too long")); }

static void read_order(Reader *r) {
    char order = r->at < r->end ? *r->at : '@';
    bool big = order == '>' || order == '!';
    r->native = order != '=' && order != '<' && !big;
    r->swap = !r->native && order != '=' && big == KR_HOST_LITTLE;
    if (!r->native || order == '@') r->at += r->at < r->end;
}

// The next code with its count; *code is NULL at the end.
static bool next_code(KrVm *vm, Reader *r, const Code **code, size_t *count) {
    *code = NULL;
    while (r->at < r->end && (*r->at == ' ' || (*r->at >= '\t' && *r->at <= '\r'))) r->at++;
    if (r->at == r->end) return true;
    bool counted = *r->at >= '0' && *r->at <= '9';
    *count = counted ? 0 : 1;
    for (; r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++) {
        size_t digit = (size_t)(*r->at - '0');
        if (*count > (PTRDIFF_MAX - digit) / 10) return too_long(vm);
        *count = *count * 10 + digit;
    }
    if (r->at == r->end) return kr_fail(kr_raise(vm, &kr_struct_error, "repeat count given without format specifier"));
    for (size_t i = 0; i < KR_COUNT_OF(codes) && !*code; i++)
        if (codes[i].code == *r->at && (r->native || codes[i].size)) *code = &codes[i];
    r->at++;
    return *code || kr_fail(kr_raise(vm, &kr_struct_error, "bad char in struct format"));
}

// Where the field begins and how large its values are; the offset moves behind it.
static bool place(KrVm *vm, Reader *r, const Code *code, size_t count, KrField *f) {
    size_t align = r->native ? code->native_align : 1, bytes;
    *f = (KrField){ .count = count, .kind = code->kind, .code = code->code, .swap = r->swap, .strict = !r->native };
    f->size = r->native ? code->native_size : code->size;
    if (r->offset > PTRDIFF_MAX - align) return too_long(vm);
    f->offset = (r->offset + align - 1) / align * align;
    if (__builtin_mul_overflow(count, (size_t)f->size, &bytes) || bytes > PTRDIFF_MAX - f->offset) return too_long(vm);
    r->offset = f->offset + bytes;
    return true;
}

// Twice over the text: without `field`, only counting.
static bool read_all(KrVm *vm, Reader r, KrLayout *out, KrField *field) {
    const Code *code;
    size_t count;
    out->fields = out->values = 0;
    read_order(&r);
    for (size_t steps = 1;; steps++) {
        KrField f;
        if ((steps & 1023) == 0 && !kr_poll(vm, 1024)) return false;
        if (!next_code(vm, &r, &code, &count)) return false;
        if (!code) break;
        if (!place(vm, &r, code, count, &f)) return false;
        if (code->code == 'x' || kr_field_values(&f) == 0) continue;
        if (__builtin_add_overflow(out->values, kr_field_values(&f), &out->values)) return too_long(vm);
        if (field) field[out->fields] = f;
        out->fields++;
    }
    return out->size = r.offset, true;
}

bool kr_layout_compile(KrVm *vm, const char *format, size_t len, KrLayout *out) {
    Reader r = { .at = format, .end = format + len };
    if (memchr(format, 0, len)) return kr_fail(kr_raise(vm, &kr_struct_error, "embedded null character"));
    if (!read_all(vm, r, out, NULL)) return false;
    out->field = kr_buffer_alloc(vm, (out->fields + 1) * sizeof *out->field);
    return out->field && read_all(vm, r, out, out->field);
}
