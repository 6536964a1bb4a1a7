// buffer.c - the buffer protocol (PEP 3118): taking and giving back the memory of an object, and walking through arrays.
// SPDX-License-Identifier: MIT
#include "object/bulk.h"
#include "object/bytes.h"
#include "object/function.h"
#include "object/heap.h"
#include "object/memoryview.h"
#include "object/name_table.h"
#include "object/object.h"

static const KrType *exporter(const KrType *type) {
    while (type && !(type->more && type->more->buffer)) type = type->base;
    return type;
}

// ---- Classes of Python's with __buffer__ and __release_buffer__ (PEP 688) -------------------------------------------------------

typedef struct { // owns the buffer of an exporter that wants to hear of its release
    KrObject head;
    KrValue exporter; // None: it has been told
    KrValue view;     // what __buffer__ returned
} Wrapper;

static void wrapper_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((Wrapper *)o)->exporter);
    kr_trace(tracer, ((Wrapper *)o)->view);
}

static void tell(KrVm *vm, Wrapper *w) {
    KrBuffer inner = { .owner = w->view };
    KrValue exporter = w->exporter;
    if (kr_is_none(exporter)) return;
    kr_store(vm, w, &w->exporter, KR_NONE);
    kr_release_buffer(vm, &inner);
    KrValue raised = vm->thread.raised; // the release may be part of an unwinding
    vm->thread.raised = KR_UNSET;
    if (kr_is_error(kr_try_special(vm, exporter, KR_N(__release_buffer__), 1, &w->view)))
        kr_report_ignored(vm, "Exception ignored in __release_buffer__ of %T", exporter);
    vm->thread.raised = raised;
}

static void wrapper_release(KrVm *vm, KrBuffer *buffer) { tell(vm, KR_AS(Wrapper, buffer->owner)); }

// Nobody gave the buffer back: whoever held it was collected.
static KrValue wrapper_del(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, tell(vm, KR_AS(Wrapper, self)), KR_NONE; }

static const KrMethod wrapper_methods[] = { { "__del__()", wrapper_del, "", 0 }, { 0 } };

static const KrType wrapper_type = {
    KR_TYPE_HEAD(wrapper_type),
    .name = "_buffer_wrapper",
    .flags = KR_TYPE_NO_NEW | KR_TYPE_FINAL_DEL,
    .size = sizeof(Wrapper),
    .trace = wrapper_trace,
    .methods = wrapper_methods,
    .more = &(const KrMoreSlots){ .buffer_release = wrapper_release },
};

static bool has_own_method(KrVm *vm, const KrType *type, KrValue name) {
    return (type->flags & KR_TYPE_HEAP) && kr_isa(kr_type_lookup(vm, type, name), &kr_function_type);
}

// __buffer__ makes a memoryview, whose memory is taken.
static bool buffer_of_method(KrVm *vm, KrValue v, KrBuffer *out, unsigned want) {
    KrValue flags = kr_int_box(want & KR_BUFFER_WRITE ? 0x11D : 0x11C); // inspect.BufferFlags.FULL and FULL_RO
    KrValue view = kr_call_method(vm, v, "__buffer__", 1, &flags);
    if (kr_is_error(view)) return false;
    if (!kr_is_exact(view, &kr_memoryview_type)) return kr_fail(kr_raise(vm, &kr_type_error, "__buffer__ returned non-memoryview object"));
    if (!kr_get_buffer(vm, view, out, want)) return false;
    if (!has_own_method(vm, kr_type_of(v), KR_N(__release_buffer__))) return true;
    Wrapper *w = kr_alloc(vm, &wrapper_type.shape, sizeof *w);
    if (w) w->exporter = KR_NONE, w->view = view;
    if (!w || !kr_heap_add_finalizable(vm, &w->head)) return kr_release_buffer(vm, out), false;
    w->exporter = v;
    out->owner = kr_from_ptr(w);
    return true;
}

bool kr_exports_buffer(KrVm *vm, KrValue v) { return exporter(kr_type_of(v)) || has_own_method(vm, kr_type_of(v), KR_N(__buffer__)); }

bool kr_buffer_calls_python(const KrBuffer *b) { return kr_is_exact(b->owner, &wrapper_type); }

bool kr_get_buffer(KrVm *vm, KrValue v, KrBuffer *out, unsigned want) {
    *out = (KrBuffer){ .item_size = 1, .format = "B", .ndim = 1, .owner = v };
    if (kr_is_exact(v, &kr_bytes_type) && !(want & KR_BUFFER_WRITE)) { // what most calls are given
        out->data = kr_bytes_data(v, &out->len);
        return out->read_only = true;
    }
    const KrType *type = kr_type_of(v), *from = exporter(type);
    if (KR_UNLIKELY(has_own_method(vm, type, KR_N(__buffer__)))) return buffer_of_method(vm, v, out, want);
    if (!from) return kr_fail(kr_raise(vm, &kr_type_error, "a bytes-like object is required, not '%T'", v));
    if (!from->more->buffer(vm, v, out, want)) return false;
    if (!out->data) out->data = kr_ptr(v); // empty: any address
    return true;
}

void kr_release_buffer(KrVm *vm, KrBuffer *buffer) {
    const KrType *type = kr_type_of(buffer->owner);
    while (type && !(type->more && type->more->buffer_release)) type = type->base;
    if (type) type->more->buffer_release(vm, buffer);
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

static uint8_t *copy_dimension(KrVm *vm, const KrBuffer *b, unsigned step, bool last_fastest, const uint8_t *from, uint8_t *out) {
    if (step == b->ndim) {
        memcpy(out, from, b->item_size);
        return out + b->item_size;
    }
    unsigned d = last_fastest ? step : b->ndim - 1 - step;
    intptr_t stride = kr_buffer_stride(b, d), count = kr_buffer_shape(b, d);
    for (intptr_t i = 0; out && i < count; i++) {
        out = copy_dimension(vm, b, step + 1, last_fastest, from + i * stride, out);
        if (KR_UNLIKELY(i % 16384 == 16383) && !kr_bulk_done(vm, KR_BULK_BYTES)) return NULL;
    }
    return out;
}

bool kr_buffer_copy_out(KrVm *vm, const KrBuffer *b, char order, uint8_t *out) {
    if (order == 'A') order = kr_buffer_contiguous(b, 'F') && !kr_buffer_contiguous(b, 'C') ? 'F' : 'C';
    if (b->len == 0) return true;
    if (kr_buffer_contiguous(b, order)) return kr_bulk_copy(vm, out, b->data, b->len);
    return copy_dimension(vm, b, 0, order == 'C', b->data, out) != NULL;
}

KrValue kr_buffer_bytes(KrVm *vm, const KrBuffer *b) {
    KrValue bytes = kr_bytes(vm, NULL, b->len);
    return !kr_is_error(bytes) && kr_buffer_copy_out(vm, b, 'C', kr_bytes_data(bytes, NULL)) ? bytes : KR_ERROR;
}
