// empty.c - the shared empty objects, and memory that holds no values.
// SPDX-License-Identifier: MIT
#include "object/bytes.h"
#include "object/object.h"
#include "object/tuple.h"

// Not through kr_tuple and kr_bytes, which give these.
KrValue kr_tuple_empty(KrVm *vm) {
    KrTupleObject *t = kr_alloc(vm, &kr_tuple_type.shape, sizeof *t);
    return t ? kr_from_ptr(t) : KR_ERROR;
}

KrValue kr_bytes_empty(KrVm *vm) {
    KrBytesObject *b = kr_alloc(vm, &kr_bytes_type.shape, sizeof *b + 8);
    return b ? kr_from_ptr(b) : KR_ERROR;
}

// A pointer into the cell keeps it alive, so the memory lasts as long as somebody holds the pointer on a stack or in a traced object.
void *kr_buffer_alloc(KrVm *vm, size_t size) {
    KrRaw *raw = kr_raw_new(vm, size);
    return raw ? raw->data : NULL;
}

static KrRaw *raw_of(const void *data) { return data ? (KrRaw *)((uintptr_t)data - offsetof(KrRaw, data)) : NULL; }

void kr_trace_buffer(KrTracer *tracer, const void *data) { kr_trace_object(tracer, raw_of(data)); }

void kr_store_buffer(KrVm *vm, void *owner, uint8_t **slot, uint8_t *data) {
    (void)owner;
    if (kr_marking(vm) && *slot) kr_store_ptr_slow(vm, raw_of(*slot));
    *slot = data;
}

KrValue kr_concat_error(KrVm *vm, KrValue left, KrValue right) {
    const char *what = kr_is_list(left) ? "list" : "tuple";
    if (kr_has_flag(left, KR_TYPE_IS_STR)) what = "str";
    if (kr_has_flag(left, KR_TYPE_IS_BYTES | KR_TYPE_IS_BYTEARRAY))
        return kr_raise(vm, &kr_type_error, "can't concat %T to %T", right, left);
    return kr_raise(vm, &kr_type_error, "can only concatenate %s (not \"%T\") to %s", what, right, what);
}
