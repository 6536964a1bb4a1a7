// iterator.c - iterators that are a source and a position: of lists and tuples, of anything with __getitem__, of reversed(); and iter(f,
// end). SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str_method.h"
#include "object/tuple.h"
#include "object/vm_state.h"

// ---- Shared --------------------------------------------------------------------------------------------------------------------

KrValue kr_iterator_self(KrVm *vm, KrValue self) { return (void)vm, self; }

KrValue kr_class_getitem(KrVm *vm, KrValue self, const KrValue *arg) { return kr_generic_alias(vm, self, arg[0]); }

KrValue kr_index_iterator(KrVm *vm, const KrType *type, KrValue source, intptr_t at) {
    KrIndexIterator *it = kr_alloc(vm, &type->shape, sizeof *it);
    if (!it) return KR_ERROR;
    it->source = source;
    it->at = at;
    return kr_from_ptr(it);
}

void kr_index_iterator_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((KrIndexIterator *)o)->source); }

static KrIndexIterator *iterator_of(KrValue v) { return KR_AS(KrIndexIterator, v); }

static KrValue ended(KrVm *vm, KrIndexIterator *it) { return kr_store(vm, it, &it->source, KR_UNSET), KR_DONE; }

KrValue kr_reduced(KrVm *vm, const char *name, KrValue source, KrValue at) {
    KrValue maker = kr_getattr_c(vm, vm->builtins, name);
    KrValue args = kr_is_error(maker) ? maker : kr_tuple(vm, 1, &source);
    if (kr_is_error(args)) return args;
    return kr_tuple(vm, kr_is_unset(at) ? 2 : 3, (KrValue[]){ maker, args, at });
}

KrValue kr_iterator_reduce_rest(KrVm *vm, KrValue self, size_t size) {
    KrObject *copy = kr_alloc(vm, kr_ptr(self)->shape, size);
    if (!copy) return KR_ERROR;
    memcpy(copy + 1, kr_ptr(self) + 1, size - sizeof *copy);
    KrValue list = kr_list_from(vm, kr_from_ptr(copy));
    return kr_is_error(list) ? list : kr_reduced(vm, "iter", list, KR_UNSET);
}

static KrValue reduce_at(KrVm *vm, const char *name, KrValue self) {
    const KrIndexIterator *it = iterator_of(self);
    if (!kr_is_unset(it->source)) {
        KrValue at = kr_int(vm, it->at);
        return kr_is_error(at) ? at : kr_reduced(vm, name, it->source, at);
    }
    bool tuple = kr_type_of(self) == &kr_tuple_iterator_type || kr_type_of(self) == &kr_sequence_iterator_type;
    KrValue empty = tuple ? kr_tuple(vm, 0, NULL) : kr_list(vm, 0, NULL);
    return kr_is_error(empty) ? empty : kr_reduced(vm, "iter", empty, KR_UNSET);
}

static KrValue iterator_reduce(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, reduce_at(vm, "iter", self); }
static KrValue reverse_reduce(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, reduce_at(vm, "reversed", self); }

KrValue kr_index_iterator_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    intptr_t at;
    if (!kr_arg_size(vm, arg[0], &at)) return KR_ERROR;
    if (!kr_is_unset(iterator_of(self)->source)) iterator_of(self)->at = at < 0 ? 0 : at;
    return KR_NONE;
}

// ---- Lists and tuples ----------------------------------------------------------------------------------------------------------

static KrValue list_iterator_next(KrVm *vm, KrValue self) {
    KrIndexIterator *it = iterator_of(self);
    if (KR_UNLIKELY(kr_is_unset(it->source))) return KR_DONE;
    const KrListObject *list = KR_AS(const KrListObject, it->source);
    if (KR_LIKELY((size_t)it->at < list->len)) return list->items->item[it->at++];
    return ended(vm, it);
}

static KrValue tuple_iterator_next(KrVm *vm, KrValue self) {
    KrIndexIterator *it = iterator_of(self);
    if (KR_UNLIKELY(kr_is_unset(it->source))) return KR_DONE;
    const KrTupleObject *t = KR_AS(const KrTupleObject, it->source);
    if (KR_LIKELY((size_t)it->at < t->len)) return t->item[it->at++];
    return ended(vm, it);
}

static KrValue list_reverse_next(KrVm *vm, KrValue self) {
    KrIndexIterator *it = iterator_of(self);
    if (kr_is_unset(it->source)) return KR_DONE;
    const KrListObject *list = KR_AS(const KrListObject, it->source);
    if (it->at >= 0 && (size_t)it->at < list->len) return list->items->item[it->at--];
    it->at = -1;
    return ended(vm, it);
}

static KrValue row_length_hint(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    size_t len = 0;
    const KrIndexIterator *it = iterator_of(self);
    if (!kr_is_unset(it->source)) kr_row_items(it->source, &len);
    return kr_int(vm, len > (size_t)it->at ? (int64_t)(len - (size_t)it->at) : 0);
}

static KrValue reverse_length_hint(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const KrIndexIterator *it = iterator_of(self);
    if (kr_is_unset(it->source) || it->at + 1 > (intptr_t)KR_AS(KrListObject, it->source)->len) return kr_int_box(0);
    return kr_int(vm, it->at + 1);
}

static KrValue reverse_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    KrIndexIterator *it = iterator_of(self);
    intptr_t at;
    if (!kr_arg_size(vm, arg[0], &at)) return KR_ERROR;
    if (kr_is_unset(it->source)) return KR_NONE;
    intptr_t len = (intptr_t)KR_AS(KrListObject, it->source)->len;
    it->at = at < -1 ? -1 : at > len - 1 ? len - 1 : at;
    return KR_NONE;
}

static const KrMethod row_methods[] = {
    { "__length_hint__()", row_length_hint, KR_DOC("Private method returning an estimate of len(list(it))."), 0 },
    { "__reduce__()", iterator_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", kr_index_iterator_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};

static const KrMethod reverse_methods[] = {
    { "__length_hint__()", reverse_length_hint, KR_DOC("Private method returning an estimate of len(list(it))."), 0 },
    { "__reduce__()", reverse_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", reverse_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};

#define ITERATOR_TYPE(symbol, text, rows, next_slot) \
    const KrType symbol = { \
        KR_TYPE_HEAD(symbol),     .name = text, \
        .flags = KR_TYPE_NO_NEW,  .size = sizeof(KrIndexIterator), \
        .methods = rows,          .trace = kr_index_iterator_trace, \
        .iter = kr_iterator_self, .next = next_slot, \
    };
ITERATOR_TYPE(kr_list_iterator_type, "list_iterator", row_methods, list_iterator_next)
ITERATOR_TYPE(kr_tuple_iterator_type, "tuple_iterator", row_methods, tuple_iterator_next)
ITERATOR_TYPE(kr_list_reverse_iterator_type, "list_reverseiterator", reverse_methods, list_reverse_next)

// ---- Anything with __getitem__ -------------------------------------------------------------------------------------------------

KrValue kr_sequence_iter(KrVm *vm, KrValue sequence) { return kr_index_iterator(vm, &kr_sequence_iterator_type, sequence, 0); }

static KrValue sequence_next(KrVm *vm, KrValue self) {
    KrIndexIterator *it = iterator_of(self);
    if (kr_is_unset(it->source)) return KR_DONE;
    if (it->at == INTPTR_MAX) return kr_raise(vm, &kr_overflow_error, "iter index too large");
    KrValue at = kr_int(vm, it->at);
    if (kr_is_unset(kr_type_lookup(vm, kr_type_of(it->source), KR_N(__getitem__)))) // it had one
        return kr_raise(vm, &kr_type_error, "'%T' object does not support indexing", it->source);
    KrValue v = kr_is_error(at) ? at : kr_getitem(vm, it->source, at);
    if (KR_LIKELY(!kr_is_error(v))) return it->at++, v;
    if (kr_raised_is(vm, &kr_index_error) || kr_raised_is(vm, &kr_stop_iteration)) return (void)kr_take_raised(vm), ended(vm, it);
    return v;
}

static KrValue sequence_length_hint(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const KrIndexIterator *it = iterator_of(self);
    size_t len;
    if (kr_is_unset(it->source)) return kr_int_box(0);
    if (kr_is_unset(kr_type_lookup(vm, kr_type_of(it->source), KR_N(__len__)))) return KR_NOTIMPL;
    if (!kr_len(vm, it->source, &len)) return KR_ERROR;
    return kr_int(vm, len > (size_t)it->at ? (int64_t)(len - (size_t)it->at) : 0);
}

static const KrMethod sequence_methods[] = {
    { "__length_hint__()", sequence_length_hint, KR_DOC("Private method returning an estimate of len(list(it))."), 0 },
    { "__reduce__()", iterator_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", kr_index_iterator_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};

ITERATOR_TYPE(kr_sequence_iterator_type, "iterator", sequence_methods, sequence_next)

// ---- iter(callable, sentinel) --------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue callable, sentinel; // KR_UNSET at the end
} CallableIterator;

KrValue kr_callable_iter(KrVm *vm, KrValue callable, KrValue sentinel) {
    CallableIterator *it = kr_alloc(vm, &kr_callable_iterator_type.shape, sizeof *it);
    if (!it) return KR_ERROR;
    it->callable = callable;
    it->sentinel = sentinel;
    return kr_from_ptr(it);
}

static KrValue callable_ended(KrVm *vm, CallableIterator *it) {
    kr_store(vm, it, &it->callable, KR_UNSET);
    kr_store(vm, it, &it->sentinel, KR_UNSET);
    return KR_DONE;
}

static KrValue callable_next(KrVm *vm, KrValue self) {
    CallableIterator *it = KR_AS(CallableIterator, self);
    bool same;
    if (kr_is_unset(it->callable)) return KR_DONE;
    KrValue v = kr_call(vm, it->callable, 0, NULL);
    if (kr_is_error(v)) {
        if (!kr_raised_is(vm, &kr_stop_iteration)) return v;
        (void)kr_take_raised(vm);
        return callable_ended(vm, it);
    }
    if (kr_is_unset(it->callable)) return KR_DONE; // the call came back here and ended it
    if (!kr_equal(vm, it->sentinel, v, &same)) return KR_ERROR;
    return same ? callable_ended(vm, it) : v;
}

static KrValue callable_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const CallableIterator *it = KR_AS(CallableIterator, self);
    if (kr_is_unset(it->callable)) {
        KrValue empty = kr_tuple(vm, 0, NULL);
        return kr_is_error(empty) ? empty : kr_reduced(vm, "iter", empty, KR_UNSET);
    }
    KrValue maker = kr_getattr_c(vm, vm->builtins, "iter");
    KrValue args = kr_is_error(maker) ? maker : kr_tuple2(vm, it->callable, it->sentinel);
    return kr_is_error(args) ? args : kr_tuple2(vm, maker, args);
}

static void callable_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((CallableIterator *)o)->callable);
    kr_trace(tracer, ((CallableIterator *)o)->sentinel);
}

static const KrMethod callable_methods[] = {
    { "__reduce__()", callable_reduce, KR_DOC("Return state information for pickling."), 0 },
    { 0 },
};

const KrType kr_callable_iterator_type = {
    KR_TYPE_HEAD(kr_callable_iterator_type),
    .name = "callable_iterator",
    .flags = KR_TYPE_NO_NEW,
    .size = sizeof(CallableIterator),
    .methods = callable_methods,
    .trace = callable_trace,
    .iter = kr_iterator_self,
    .next = callable_next,
};
