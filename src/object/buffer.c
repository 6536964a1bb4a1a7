// buffer.c - the buffer protocol (PEP 3118): taking and giving back the memory of an object, and walking through arrays.
// SPDX-License-Identifier: MIT
#include "object/function.h"
#include "object/memoryview.h"
#include "object/name_table.h"

static const KrType *exporter(const KrType *type) {
    while (type && !type->buffer) type = type->base;
    return type;
}

// A class of Python's own __buffer__ (PEP 688), which makes a memoryview.
static bool buffer_of_method(KrVm *vm, KrValue v, KrBuffer *out, unsigned want) {
    KrValue flags = kr_int_box(want & KR_BUFFER_WRITE ? 0x11D : 0x11C); // inspect.BufferFlags.FULL and FULL_RO
    KrValue view = kr_call_method(vm, v, "__buffer__", 1, &flags);
    if (kr_is_error(view)) return false;
    if (kr_is_exact(view, &kr_memoryview_type)) return kr_get_buffer(vm, view, out, want);
    return kr_fail(kr_raise(vm, &kr_type_error, "__buffer__ returned non-memoryview object"));
}

static bool has_own_method(KrVm *vm, const KrType *type) {
    if (!(type->flags & KR_TYPE_HEAP)) return false;
    return kr_isa(kr_type_lookup(vm, type, KR_N(__buffer__)), &kr_function_type);
}

bool kr_get_buffer(KrVm *vm, KrValue v, KrBuffer *out, unsigned want) {
    const KrType *type = kr_type_of(v), *from = exporter(type);
    memset(out, 0, sizeof *out);
    out->item_size = 1;
    out->format = "B";
    out->ndim = 1;
    out->owner = v;
    if (KR_UNLIKELY(has_own_method(vm, type))) return buffer_of_method(vm, v, out, want);
    if (!from) return kr_fail(kr_raise(vm, &kr_type_error, "a bytes-like object is required, not '%T'", v));
    if (!from->buffer(vm, v, out, want)) return false;
    if (!out->data) out->data = kr_ptr(v); // empty: any address
    return true;
}

void kr_release_buffer(KrVm *vm, KrBuffer *buffer) {
    const KrType *type = kr_type_of(buffer->owner);
    while (type && !type->buffer_release) type = type->base;
    if (type) type->buffer_release(vm, buffer);
}

intptr_t kr_buffer_shape(const KrBuffer *b, unsigned dimension) {
    if (b->shape) return b->shape[dimension];
    return b->item_size ? (intptr_t)(b->len / b->item_size) : 0;
}

intptr_t kr_buffer_stride(const KrBuffer *b, unsigned dimension) {
    if (b->strides) return b->strides[dimension];
    intptr_t stride = (intptr_t)b->item_size;
    for (unsigned i = b->ndim; i-- > dimension + 1;) stride *= kr_buffer_shape(b, i);
    return stride;
}

static bool contiguous_in(const KrBuffer *b, bool last_fastest) {
    intptr_t expected = (intptr_t)b->item_size;
    for (unsigned i = 0; i < b->ndim; i++) {
        unsigned d = last_fastest ? b->ndim - 1 - i : i;
        intptr_t count = kr_buffer_shape(b, d);
        if (count > 1 && kr_buffer_stride(b, d) != expected) return false;
        expected *= count;
    }
    return true;
}

bool kr_buffer_contiguous(const KrBuffer *b, char order) {
    if (b->ndim == 1) return kr_buffer_shape(b, 0) == 1 || kr_buffer_stride(b, 0) == (intptr_t)b->item_size; // also when empty
    if (b->len == 0) return true;
    return (order != 'F' && contiguous_in(b, true)) || (order != 'C' && contiguous_in(b, false));
}

static uint8_t *copy_dimension(const KrBuffer *b, unsigned step, bool last_fastest, const uint8_t *from, uint8_t *out) {
    if (step == b->ndim) {
        memcpy(out, from, b->item_size);
        return out + b->item_size;
    }
    unsigned d = last_fastest ? step : b->ndim - 1 - step;
    intptr_t stride = kr_buffer_stride(b, d), count = kr_buffer_shape(b, d);
    for (intptr_t i = 0; i < count; i++) out = copy_dimension(b, step + 1, last_fastest, from + i * stride, out);
    return out;
}

void kr_buffer_copy_out(const KrBuffer *b, char order, uint8_t *out) {
    if (order == 'A') order = kr_buffer_contiguous(b, 'F') && !kr_buffer_contiguous(b, 'C') ? 'F' : 'C';
    if (b->len == 0) return;
    if (kr_buffer_contiguous(b, order)) memcpy(out, b->data, b->len);
    else (void)copy_dimension(b, 0, order == 'C', b->data, out);
}

KrValue kr_buffer_bytes(KrVm *vm, const KrBuffer *b) {
    KrValue bytes = kr_bytes(vm, NULL, b->len);
    if (!kr_is_error(bytes)) kr_buffer_copy_out(b, 'C', kr_bytes_data(bytes, NULL));
    return bytes;
}
