// memoryview_item.c - the items of a memoryview as Python values and back, by struct-module formats of one native character.
// SPDX-License-Identifier: MIT
#include "object/float.h"
#include "object/int.h"
#include "object/list.h"
#include "object/memoryview.h"

static const struct {
    char code;
    uint8_t size;
} code_table[] = {
    { 'B', 1 },
    { 'b', 1 },
    { 'c', 1 },
    { '?', sizeof(bool) },
    { 'h', sizeof(short) },
    { 'H', sizeof(short) },
    { 'i', sizeof(int) },
    { 'I', sizeof(int) },
    { 'l', sizeof(long) },
    { 'L', sizeof(long) },
    { 'q', sizeof(long long) },
    { 'Q', sizeof(long long) },
    { 'n', sizeof(size_t) },
    { 'N', sizeof(size_t) },
    { 'P', sizeof(void *) },
    { 'f', sizeof(float) },
    { 'd', sizeof(double) },
};

char kr_format_code(const char *format, size_t *size) {
    if (*format == '@') format++;
    if (*format == 0 || format[1] != 0) return 0;
    for (size_t i = 0; i < KR_COUNT_OF(code_table); i++) {
        if (code_table[i].code != *format) continue;
        *size = code_table[i].size;
        return *format;
    }
    return 0;
}

static bool is_signed(char code) { return code == 'b' || code == 'h' || code == 'i' || code == 'l' || code == 'q' || code == 'n'; }

static KrValue unsupported(KrVm *vm, const char *format) {
    return kr_raise(vm, &kr_not_implemented_error, "memoryview: format %s not supported", format);
}

// Size bytes in the machine's order.
static uint64_t load(const void *item, size_t size) {
    uint8_t byte;
    uint16_t half;
    uint32_t word;
    uint64_t wide;
    switch (size) {
    case 1: return memcpy(&byte, item, 1), byte;
    case 2: return memcpy(&half, item, 2), half;
    case 4: return memcpy(&word, item, 4), word;
    default: return memcpy(&wide, item, 8), wide;
    }
}

static void store(void *item, size_t size, uint64_t value) {
    uint8_t byte = (uint8_t)value;
    uint16_t half = (uint16_t)value;
    uint32_t word = (uint32_t)value;
    switch (size) {
    case 1: memcpy(item, &byte, 1); break;
    case 2: memcpy(item, &half, 2); break;
    case 4: memcpy(item, &word, 4); break;
    default: memcpy(item, &value, 8); break;
    }
}

KrValue kr_buffer_unpack(KrVm *vm, const char *format, const void *item) {
    size_t size;
    char code = kr_format_code(format, &size);
    float single;
    switch (code) {
    case 0: return unsupported(vm, format);
    case 'c': return kr_bytes(vm, item, 1);
    case '?': return kr_bool(load(item, size) != 0);
    case 'f': return memcpy(&single, item, sizeof single), kr_float(vm, (double)single);
    case 'd': return kr_float_from_bits(vm, load(item, size));
    default: break;
    }
    uint64_t bits = load(item, size);
    if (!is_signed(code)) return kr_int_from_u64(vm, bits);
    uint64_t sign = (uint64_t)1 << (8 * size - 1);
    return kr_int(vm, (int64_t)((bits ^ sign) - sign));
}

static bool bad_type(KrVm *vm, const char *format) {
    return kr_fail(kr_raise(vm, &kr_type_error, "memoryview: invalid type for format '%s'", format));
}

static bool bad_value(KrVm *vm, const char *format) {
    return kr_fail(kr_raise(vm, &kr_value_error, "memoryview: invalid value for format '%s'", format));
}

// The error of a conversion becomes the one of memoryview.
static bool conversion_failed(KrVm *vm, const char *format) {
    if (kr_raised_is(vm, &kr_type_error)) return (void)kr_take_raised(vm), bad_type(vm, format);
    if (kr_raised_is(vm, &kr_overflow_error) || kr_raised_is(vm, &kr_value_error)) return (void)kr_take_raised(vm), bad_value(vm, format);
    return false;
}

static bool pack_integer(KrVm *vm, const char *format, char code, size_t size, void *item, KrValue v) {
    KrValue exact = kr_index(vm, v);
    if (kr_is_error(exact)) return conversion_failed(vm, format);
    KrIntView view;
    kr_int_view(exact, &view);
    uint64_t magnitude = 0;
    if ((size_t)view.len * sizeof(KrLimb) > sizeof magnitude) return bad_value(vm, format);
    for (size_t i = view.len; i-- > 0;) magnitude = (sizeof(KrLimb) < 8 ? magnitude << 16 << 16 : 0) | view.limb[i];
    uint64_t limit = is_signed(code) ? ((uint64_t)1 << (8 * size - 1)) - !view.negative : UINT64_MAX >> (64 - 8 * size);
    if (magnitude > limit || (view.negative && magnitude && !is_signed(code))) return bad_value(vm, format);
    store(item, size, view.negative ? 0 - magnitude : magnitude);
    return true;
}

static bool pack_float(KrVm *vm, const char *format, char code, void *item, KrValue v) {
    double x;
    if (!kr_to_double(vm, v, &x)) return conversion_failed(vm, format);
    if (code == 'd') return memcpy(item, &x, sizeof x), true;
    float single = (float)x; // too large for a float: infinity, as in CPython
    return memcpy(item, &single, sizeof single), true;
}

bool kr_buffer_pack(KrVm *vm, const char *format, void *item, KrValue v) {
    size_t size;
    bool truth;
    char code = kr_format_code(format, &size);
    switch (code) {
    case 0: return kr_fail(unsupported(vm, format));
    case 'c':
        if (!kr_is_bytes(v)) return bad_type(vm, format);
        if (kr_span_of(v).len != 1) return bad_value(vm, format);
        return store(item, 1, kr_span_of(v).data[0]), true;
    case '?':
        if (!kr_truth(vm, v, &truth)) return false;
        return store(item, size, truth), true;
    case 'f':
    case 'd': return pack_float(vm, format, code, item, v);
    default: return pack_integer(vm, format, code, size, item, v);
    }
}

// ---- Whole arrays --------------------------------------------------------------------------------------------------------------

static KrValue list_of(KrVm *vm, const KrBuffer *b, unsigned d, const uint8_t *at) {
    if (d == b->ndim) return kr_buffer_unpack(vm, b->format, at);
    KrValue list = kr_list(vm, 0, NULL);
    intptr_t stride = kr_buffer_stride(b, d), count = kr_buffer_shape(b, d);
    for (intptr_t i = 0; i < count && !kr_is_error(list); i++) {
        KrValue item = list_of(vm, b, d + 1, at + i * stride);
        if (kr_is_error(item) || !kr_list_append(vm, list, item)) return KR_ERROR;
        if (i % 4096 == 4095 && !kr_poll(vm, 4096)) return KR_ERROR;
    }
    return list;
}

KrValue kr_buffer_list(KrVm *vm, const KrBuffer *b) { return list_of(vm, b, 0, b->data); }

static bool equal_from(KrVm *vm, const KrBuffer *a, const KrBuffer *b, unsigned d, const uint8_t *p, const uint8_t *q, bool *out) {
    *out = true;
    if (d == a->ndim) {
        KrValue x = kr_buffer_unpack(vm, a->format, p), y = kr_buffer_unpack(vm, b->format, q);
        if (kr_is_error(x) || kr_is_error(y)) return false;
        return kr_compare_bool(vm, x, y, KR_EQ, out); // not kr_equal: a NaN differs from itself
    }
    intptr_t count = kr_buffer_shape(a, d);
    for (intptr_t i = 0; i < count && *out; i++) {
        if (!equal_from(vm, a, b, d + 1, p + i * kr_buffer_stride(a, d), q + i * kr_buffer_stride(b, d), out)) return false;
        if (i % 4096 == 4095 && !kr_poll(vm, 4096)) return false;
    }
    return true;
}

bool kr_buffer_equal(KrVm *vm, const KrBuffer *a, const KrBuffer *b, bool *out) {
    size_t size_a, size_b;
    char code_a = kr_format_code(a->format, &size_a), code_b = kr_format_code(b->format, &size_b);
    *out = false;
    if (!code_a || !code_b || a->ndim != b->ndim) return true; // what cannot be read is not equal
    for (unsigned d = 0; d < a->ndim; d++)
        if (kr_buffer_shape(a, d) != kr_buffer_shape(b, d)) return true;
    bool plain = code_a == code_b && code_a != 'f' && code_a != 'd' && code_a != '?';
    if (plain && kr_buffer_contiguous(a, 'C') && kr_buffer_contiguous(b, 'C')) return *out = memcmp(a->data, b->data, a->len) == 0, true;
    return equal_from(vm, a, b, 0, a->data, b->data, out);
}
