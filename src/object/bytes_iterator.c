// bytes_iterator.c - iterators over bytes and bytearray.
// SPDX-License-Identifier: MIT
#include "object/bytes_method.h"
#include "object/str_method.h"
#include "object/vm_state.h"

typedef struct {
    KrObject head;
    KrValue bytes; // KR_UNSET at the end
    size_t at;
} BytesIterator;

static const KrType bytes_iterator_type, bytearray_iterator_type;

KrValue kr_bytes_iterator(KrVm *vm, KrValue self) {
    const KrType *type = kr_has_flag(self, KR_TYPE_IS_BYTES) ? &bytes_iterator_type : &bytearray_iterator_type;
    BytesIterator *it = kr_alloc(vm, &type->shape, sizeof *it);
    if (!it) return KR_ERROR;
    it->bytes = self;
    return kr_from_ptr(it);
}

static void iterator_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((BytesIterator *)o)->bytes); }

static KrValue iterator_self(KrVm *vm, KrValue self) { return (void)vm, self; }

static KrValue iterator_next(KrVm *vm, KrValue self) {
    BytesIterator *it = KR_AS(BytesIterator, self);
    if (kr_is_unset(it->bytes)) return KR_DONE;
    KrSpan s = kr_span_of(it->bytes);
    if (it->at < s.len) return kr_int_box(s.data[it->at++]);
    kr_store(vm, it, &it->bytes, KR_UNSET);
    return KR_DONE;
}

static KrValue iterator_length_hint(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const BytesIterator *it = KR_AS(BytesIterator, self);
    size_t len = kr_is_unset(it->bytes) ? 0 : kr_span_of(it->bytes).len;
    return kr_int(vm, it->at < len ? (int64_t)(len - it->at) : 0);
}

// (iter, (bytes,), position) for copy and pickle.
static KrValue iterator_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue maker = kr_getattr_c(vm, vm->builtins, "iter");
    if (kr_is_error(maker)) return maker;
    const BytesIterator *it = KR_AS(BytesIterator, self);
    bool ended = kr_is_unset(it->bytes);
    KrValue source = ended ? kr_tuple(vm, 0, NULL) : it->bytes;
    KrValue args = kr_is_error(source) ? source : kr_tuple(vm, 1, &source);
    KrValue position = kr_int(vm, (int64_t)it->at);
    if (kr_is_error(args) || kr_is_error(position)) return KR_ERROR;
    return kr_tuple(vm, ended ? 2 : 3, (KrValue[]){ maker, args, position });
}

static KrValue iterator_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    BytesIterator *it = KR_AS(BytesIterator, self);
    intptr_t index;
    if (!kr_arg_size(vm, arg[0], &index)) return KR_ERROR;
    it->at = index < 0 ? 0 : (size_t)index;
    return KR_NONE;
}

static const KrMethod iterator_methods[] = {
    { "__length_hint__()", iterator_length_hint, KR_DOC("Bytes still to come."), 0 },
    { "__reduce__()", iterator_reduce, KR_DOC("State for copy and pickle."), 0 },
    { "__setstate__(object, /)", iterator_setstate, KR_DOC("Sets the position."), 0 },
    { 0 },
};

#define ITERATOR_TYPE(symbol, text) \
    static const KrType \
        symbol = { \
            KR_TYPE_HEAD(symbol),        .name = text, \
            .flags = KR_TYPE_NO_NEW,     .size = sizeof(BytesIterator), \
            .methods = iterator_methods, .trace = iterator_trace, \
            .iter = iterator_self,       .next = iterator_next, \
        };
ITERATOR_TYPE(bytes_iterator_type, "bytes_iterator")
ITERATOR_TYPE(bytearray_iterator_type, "bytearray_iterator")
