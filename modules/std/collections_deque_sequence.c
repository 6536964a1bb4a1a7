// collections_deque_sequence.c - collections.deque as a sequence: items, search, comparison, operators and iterators.
// SPDX-License-Identifier: MIT
#include "collections_part.h"

static bool is_deque(KrValue v) { return kr_isa(v, &kr_deque_type); }

// ---- Items and search --------------------------------------------------------------------------------------------------------------

static bool item_index(KrVm *vm, const KrDeque *d, KrValue key, size_t *out) {
    intptr_t i;
    if (!kr_is_int(key) && !kr_has_index(vm, key))
        return kr_fail(kr_raise(vm, &kr_type_error, "sequence index must be integer, not '%T'", key));
    if (!kr_to_index(vm, key, &i)) return false;
    if (i < 0) i += (intptr_t)d->len;
    if (i < 0 || (size_t)i >= d->len) return kr_fail(kr_raise(vm, &kr_index_error, "deque index out of range"));
    return *out = (size_t)i, true;
}

KrValue kr_deque_getitem(KrVm *vm, KrValue self, KrValue key) {
    size_t at;
    return item_index(vm, kr_deque(self), key, &at) ? *kr_deque_at(kr_deque(self), at) : KR_ERROR;
}

bool kr_deque_setitem(KrVm *vm, KrValue self, KrValue key, KrValue value) {
    KrDeque *d = kr_deque(self);
    size_t at;
    if (!item_index(vm, d, key, &at)) return false;
    if (kr_is_unset(value)) kr_deque_delete(vm, d, at);
    else kr_store(vm, d->ring, kr_deque_at(d, at), value);
    return true;
}

bool kr_deque_find(KrVm *vm, KrDeque *d, KrValue value, size_t from, size_t stop, size_t *at) {
    uint32_t version = d->version;
    if (stop > d->len) stop = d->len;
    for (size_t i = from; i < stop; i++) {
        bool same;
        if (!kr_equal(vm, *kr_deque_at(d, i), value, &same)) return false;
        if (same && d->version == version) return *at = i, true;
        if (!kr_deque_changed(vm, d, version) || !kr_poll_limits(vm, 1)) return false;
    }
    return *at = SIZE_MAX, true;
}

bool kr_deque_contains(KrVm *vm, KrValue self, KrValue item, bool *out) {
    size_t at;
    if (!kr_deque_find(vm, kr_deque(self), item, 0, SIZE_MAX, &at)) return false;
    return *out = at != SIZE_MAX, true;
}

// The first items that differ decide, then the lengths.
KrValue kr_deque_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if (!is_deque(self) || !is_deque(other)) return KR_NOTIMPL;
    const KrDeque *a = kr_deque(self), *b = kr_deque(other);
    uint32_t version_a = a->version, version_b = b->version;
    if (a->len != b->len && (op == KR_EQ || op == KR_NE)) return kr_bool(op == KR_NE);
    for (size_t i = 0; i < a->len && i < b->len; i++) {
        KrValue x = *kr_deque_at(a, i), y = *kr_deque_at(b, i);
        bool same;
        if (!kr_equal(vm, x, y, &same)) return KR_ERROR;
        if (!same) return op == KR_EQ ? KR_FALSE : op == KR_NE ? KR_TRUE : kr_compare(vm, x, y, op);
        if (!kr_deque_changed(vm, a, version_a) || !kr_deque_changed(vm, b, version_b) || !kr_poll_limits(vm, 1)) return KR_ERROR;
    }
    return kr_compare(vm, kr_int_box((intptr_t)a->len), kr_int_box((intptr_t)b->len), op);
}

// ---- + and * -------------------------------------------------------------------------------------------------------------------------

// Makes the deque `times` times as long; of one with a maximal length only what remains is moved.
static bool repeat(KrVm *vm, KrDeque *d, KrValue factor) {
    intptr_t times;
    if (!kr_has_index(vm, factor)) return kr_fail(kr_raise(vm, &kr_type_error, "can't multiply sequence by non-int of type '%T'", factor));
    if (!kr_to_index(vm, factor, &times)) {
        if (!kr_raised_is(vm, &kr_index_error)) return false;
        (void)kr_take_raised(vm);
        return kr_fail(kr_raise(vm, &kr_overflow_error, "cannot fit '%T' into an index-sized integer", factor));
    }
    size_t len = d->len, wanted;
    if (times <= 0 || len == 0) return kr_deque_clear(vm, d), true;
    if (__builtin_mul_overflow(len, (size_t)times, &wanted) || wanted > SIZE_MAX / 4 / sizeof(KrValue)) return kr_fail(kr_raise_memory(vm));
    if (d->bounded && wanted > d->max + len) { // whole rounds that would be pushed out again
        size_t rounds = (wanted - d->max) / len;
        wanted -= rounds * len;
        if (wanted < len) wanted += len;
    }
    KrValue list = kr_deque_list(vm, d);
    if (kr_is_error(list)) return false;
    for (size_t i = len; i < wanted; i++)
        if (!kr_deque_append(vm, d, kr_list_items(list, NULL)[i % len]) || !kr_poll_limits(vm, 1)) return false;
    return true;
}

KrValue kr_deque_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    if (op == KR_ADD) {
        if (!is_deque(left)) return KR_NOTIMPL;
        if (!is_deque(right)) return kr_raise(vm, &kr_type_error, "can only concatenate deque (not \"%T\") to deque", right);
        KrValue sum = kr_deque_copy(vm, left);
        if (kr_is_error(sum) || !is_deque(sum)) return sum;
        return kr_deque_extend(vm, sum, right, false) ? sum : KR_ERROR;
    }
    KrValue self = is_deque(left) ? left : right, factor = is_deque(left) ? right : left;
    KrValue product = kr_deque_copy(vm, self);
    if (kr_is_error(product) || !is_deque(product)) return product;
    return repeat(vm, kr_deque(product), factor) ? product : KR_ERROR;
}

KrValue kr_deque_inplace(KrVm *vm, KrBinary op, KrValue self, KrValue other) {
    bool done = op == KR_ADD ? kr_deque_extend(vm, self, other, false) : repeat(vm, kr_deque(self), other);
    return done ? self : KR_ERROR;
}

// ---- Iterators -------------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue deque;
    size_t left;
    uint32_t version;
} Iterator;

static KrValue iterator_new(KrVm *vm, const KrType *type, KrValue deque) {
    Iterator *it = kr_alloc(vm, &type->shape, sizeof *it);
    if (!it) return KR_ERROR;
    it->deque = deque;
    it->left = kr_deque(deque)->len;
    it->version = kr_deque(deque)->version;
    return kr_from_ptr(it);
}

KrValue kr_deque_iter(KrVm *vm, KrValue self) { return iterator_new(vm, &kr_deque_iterator_type, self); }
KrValue kr_deque_reversed(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, iterator_new(vm, &kr_deque_reverse_type, self); }

// The item `left` counts to next, from the end of the iteration.
static inline KrValue advance(KrVm *vm, KrValue self, bool reverse) {
    Iterator *it = KR_AS(Iterator, self);
    const KrDeque *d = kr_deque(it->deque);
    if (KR_UNLIKELY(d->version != it->version)) {
        it->left = 0;
        return kr_raise(vm, &kr_runtime_error, "deque mutated during iteration");
    }
    if (it->left == 0) return KR_DONE;
    size_t left = it->left--;
    return *kr_deque_at(d, reverse ? left - 1 : d->len - left);
}
static KrValue iterator_next(KrVm *vm, KrValue self) { return advance(vm, self, false); }
static KrValue reverse_next(KrVm *vm, KrValue self) { return advance(vm, self, true); }

static KrValue iterator_make(KrVm *vm, KrValue self, const KrValue *arg) {
    intptr_t skip;
    if (!is_deque(arg[0])) return kr_raise(vm, &kr_type_error, "argument 1 must be collections.deque, not %T", arg[0]);
    if (!kr_arg_size(vm, arg[1], &skip)) return KR_ERROR;
    KrValue v = iterator_new(vm, kr_as_type(self), arg[0]);
    if (kr_is_error(v)) return v;
    size_t len = KR_AS(Iterator, v)->left;
    KR_AS(Iterator, v)->left = skip < 0 ? len : (size_t)skip > len ? 0 : len - (size_t)skip;
    return v;
}

static KrValue iterator_length_hint(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_int_from_u64(vm, KR_AS(Iterator, self)->left);
}

static KrValue iterator_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const Iterator *it = KR_AS(Iterator, self);
    size_t len = kr_deque(it->deque)->len;
    (void)arg;
    KrValue at = kr_int_from_u64(vm, len > it->left ? len - it->left : 0), args = kr_is_error(at) ? at : kr_tuple2(vm, it->deque, at);
    return kr_is_error(args) ? args : kr_tuple2(vm, kr_type_value(kr_type_of(self)), args);
}

static void iterator_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((Iterator *)o)->deque); }

static const KrMethod iterator_methods[] = {
    { "__length_hint__()", iterator_length_hint, KR_DOC("Private method returning an estimate of len(list(it))."), 0 },
    { "__reduce__()", iterator_reduce, KR_DOC("Return state information for pickling."), 0 },
    { 0 },
};
static const KrMethod iterator_make_row = { "_deque_iterator(deque, index=0, /)", iterator_make, "", 0 };

#define ITERATOR_TYPE(symbol, text, next_slot) \
    const KrType symbol = { \
        KR_TYPE_HEAD(symbol),       .name = text, \
        .size = sizeof(Iterator),   .methods = iterator_methods, \
        .make = &iterator_make_row, .trace = iterator_trace, \
        .iter = kr_iterator_self,   .next = next_slot, \
    };
ITERATOR_TYPE(kr_deque_iterator_type, "collections._deque_iterator", iterator_next)
ITERATOR_TYPE(kr_deque_reverse_type, "collections._deque_reverse_iterator", reverse_next)
