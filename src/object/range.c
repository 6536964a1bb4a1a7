// range.c - arithmetic progressions. All questions are answered by arithmetic: in C integers for a `small` range, else on ints of any size.
// SPDX-License-Identifier: MIT
#include "object/range.h"

#include "object/container.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str_method.h"
#include "object/tuple.h"

static KrRangeObject *range_of(KrValue v) { return KR_AS(KrRangeObject, v); }

// ---- Making --------------------------------------------------------------------------------------------------------------------

// Ints in, ints out; KR_ERROR goes through.
static KrValue arith(KrVm *vm, KrBinary op, KrValue a, KrValue b) {
    return kr_is_error(a) || kr_is_error(b) ? KR_ERROR : kr_int_binary(vm, op, a, b);
}

// How many values: (high - low - 1) // |step| + 1, or 0.
static KrValue length_of(KrVm *vm, KrValue start, KrValue stop, KrValue step) {
    bool back = kr_int_is_negative(step);
    KrValue low = back ? stop : start, high = back ? start : stop;
    if (kr_int_order(low, high) >= 0) return kr_int_box(0);
    KrValue span = arith(vm, KR_SUB, arith(vm, KR_SUB, high, low), kr_int_box(1));
    KrValue size = back ? arith(vm, KR_SUB, kr_int_box(0), step) : step;
    return arith(vm, KR_ADD, arith(vm, KR_FLOORDIV, span, size), kr_int_box(1));
}

static uintptr_t small_count(intptr_t start, intptr_t stop, intptr_t step) {
    if (step > 0) return start < stop ? ((uintptr_t)stop - (uintptr_t)start - 1) / (uintptr_t)step + 1 : 0;
    return start > stop ? ((uintptr_t)start - (uintptr_t)stop - 1) / (0 - (uintptr_t)step) + 1 : 0;
}

KrValue kr_range(KrVm *vm, KrValue start, KrValue stop, KrValue step) {
    bool ints = kr_both_int(start, stop) && kr_is_int(step);
    uintptr_t count = ints ? small_count(kr_int_value(start), kr_int_value(stop), kr_int_value(step)) : 0;
    bool small = ints && count <= (uintptr_t)KR_INT_MAX;
    KrValue length = small ? kr_int_box((intptr_t)count) : length_of(vm, start, stop, step);
    KrRangeObject *r = kr_is_error(length) ? NULL : kr_alloc(vm, &kr_range_type.shape, sizeof *r);
    if (!r) return KR_ERROR;
    r->start = start;
    r->stop = stop;
    r->step = step;
    r->length = length;
    r->small = small;
    if (small) {
        r->first = kr_int_value(start);
        r->stride = kr_int_value(step);
        r->count = (intptr_t)count;
    }
    return kr_from_ptr(r);
}

static KrValue range_make(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    bool one = kr_is_unset(arg[1]);
    KrValue start = one ? kr_int_box(0) : kr_index(vm, arg[0]);
    if (kr_is_error(start)) return start;
    KrValue stop = kr_index(vm, one ? arg[0] : arg[1]);
    if (kr_is_error(stop)) return stop;
    KrValue step = kr_is_unset(arg[2]) ? kr_int_box(1) : kr_index(vm, arg[2]);
    if (kr_is_error(step)) return step;
    if (kr_int_is_zero(step)) return kr_raise(vm, &kr_value_error, "range() arg 3 must not be zero");
    return kr_range(vm, start, stop, step);
}

static const KrMethod range_make_row = { "range(start, stop=<unset>, step=<unset>, /)", range_make, "", 0 };

// ---- Items ---------------------------------------------------------------------------------------------------------------------

static KrValue value_at(KrVm *vm, const KrRangeObject *r, KrValue i) { return arith(vm, KR_ADD, r->start, arith(vm, KR_MUL, i, r->step)); }

static KrValue get_slice(KrVm *vm, const KrRangeObject *r, KrValue slice) {
    KrValue start, stop, step;
    if (!kr_slice_indices(vm, slice, r->length, &start, &stop, &step)) return KR_ERROR;
    step = arith(vm, KR_MUL, step, r->step);
    start = value_at(vm, r, start);
    stop = value_at(vm, r, stop);
    return kr_is_error(step) || kr_is_error(start) || kr_is_error(stop) ? KR_ERROR : kr_range(vm, start, stop, step);
}

static KrValue range_getitem(KrVm *vm, KrValue self, KrValue key) {
    const KrRangeObject *r = range_of(self);
    if (r->small && kr_is_int(key)) {
        intptr_t i = kr_int_value(key);
        if (i < 0) i += r->count;
        if (i >= 0 && i < r->count) return kr_int_box(r->first + i * r->stride);
        return kr_raise(vm, &kr_index_error, "range object index out of range");
    }
    if (kr_is_exact(key, &kr_slice_type)) return get_slice(vm, r, key);
    if (!kr_has_index(vm, key)) return kr_raise(vm, &kr_type_error, "range indices must be integers or slices, not %T", key);
    KrValue i = kr_index(vm, key);
    if (!kr_is_error(i) && kr_int_is_negative(i)) i = arith(vm, KR_ADD, i, r->length);
    if (kr_is_error(i)) return i;
    if (kr_int_is_negative(i) || kr_int_order(i, r->length) >= 0) return kr_raise(vm, &kr_index_error, "range object index out of range");
    return value_at(vm, r, i);
}

// The position of an int (bool, but no subclass of int) in r, or KR_UNSET.
static KrValue position_of(KrVm *vm, const KrRangeObject *r, KrValue item) {
    item = kr_int_exact(vm, item);
    if (r->small && kr_is_int(item)) {
        intptr_t distance = kr_int_value(item) - r->first; // both are less than half a word apart from 0
        if (r->count == 0 || distance % r->stride) return KR_UNSET;
        intptr_t i = distance / r->stride;
        return i >= 0 && i < r->count ? kr_int_box(i) : KR_UNSET;
    }
    KrValue distance = arith(vm, KR_SUB, item, r->start);
    KrValue rest = arith(vm, KR_MOD, distance, r->step);
    if (kr_is_error(rest)) return rest;
    if (!kr_int_is_zero(rest)) return KR_UNSET;
    KrValue i = arith(vm, KR_FLOORDIV, distance, r->step);
    if (kr_is_error(i)) return i;
    return kr_int_is_negative(i) || kr_int_order(i, r->length) >= 0 ? KR_UNSET : i;
}

static bool is_plain_int(KrValue v) { return kr_is_int(v) || kr_is_bool(v) || kr_is_exact(v, &kr_int_type); }

static bool range_contains(KrVm *vm, KrValue self, KrValue item, bool *out) {
    if (!is_plain_int(item)) return kr_iter_contains(vm, self, item, out);
    KrValue i = position_of(vm, range_of(self), item);
    return *out = !kr_is_unset(i), !kr_is_error(i);
}

static KrValue range_index(KrVm *vm, KrValue self, const KrValue *arg) {
    if (is_plain_int(arg[0])) {
        KrValue i = position_of(vm, range_of(self), arg[0]);
        return kr_is_unset(i) ? kr_raise(vm, &kr_value_error, "%R is not in range", arg[0]) : i;
    }
    KrValue it = kr_iter(vm, self), v;
    if (kr_is_error(it)) return it;
    for (int64_t n = 0; !kr_is_done(v = kr_next(vm, it)); n++) {
        bool same;
        if (kr_is_error(v) || !kr_equal(vm, v, arg[0], &same) || !kr_poll(vm, 1)) return KR_ERROR;
        if (same) return kr_int(vm, n);
    }
    return kr_raise(vm, &kr_value_error, "sequence.index(x): x not in sequence");
}

static KrValue range_count(KrVm *vm, KrValue self, const KrValue *arg) {
    bool there;
    if (is_plain_int(arg[0])) return range_contains(vm, self, arg[0], &there) ? kr_int_box(there) : KR_ERROR;
    KrValue it = kr_iter(vm, self), v;
    if (kr_is_error(it)) return it;
    int64_t n = 0;
    while (!kr_is_done(v = kr_next(vm, it))) {
        if (kr_is_error(v) || !kr_equal(vm, v, arg[0], &there) || !kr_poll(vm, 1)) return KR_ERROR;
        n += there;
    }
    return kr_int(vm, n);
}

static bool range_truth(KrVm *vm, KrValue self, bool *out) { return (void)vm, *out = !kr_int_is_zero(range_of(self)->length), true; }

static bool range_length(KrVm *vm, KrValue self, size_t *out) {
    intptr_t len;
    if (!kr_arg_size(vm, range_of(self)->length, &len)) return false;
    return *out = (size_t)len, true;
}

// ---- Operators -----------------------------------------------------------------------------------------------------------------

// What makes two ranges equal: their length, the first value if there is one, the step if there are two.
static KrValue essence(KrVm *vm, KrValue self) {
    const KrRangeObject *r = range_of(self);
    KrValue part[3] = { r->length, KR_NONE, KR_NONE };
    if (!kr_int_is_zero(r->length)) part[1] = r->start;
    if (kr_int_order(r->length, kr_int_box(1)) > 0) part[2] = r->step;
    return kr_tuple(vm, 3, part);
}

static bool range_hash(KrVm *vm, KrValue self, KrHash *out) {
    KrValue t = essence(vm, self);
    return !kr_is_error(t) && kr_hash(vm, t, out);
}

static KrValue range_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if (!kr_is_exact(other, &kr_range_type) || (op != KR_EQ && op != KR_NE)) return KR_NOTIMPL;
    KrValue a = essence(vm, self), b = kr_is_error(a) ? a : essence(vm, other);
    return kr_is_error(b) ? b : kr_compare(vm, a, b, op);
}

static KrValue range_repr(KrVm *vm, KrValue self) {
    const KrRangeObject *r = range_of(self);
    if (kr_same(r->step, kr_int_box(1))) return kr_format(vm, "range(%R, %R)", r->start, r->stop);
    return kr_format(vm, "range(%R, %R, %R)", r->start, r->stop, r->step);
}

static KrValue range_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const KrRangeObject *r = range_of(self);
    KrValue args = kr_tuple(vm, 3, (KrValue[]){ r->start, r->stop, r->step });
    return kr_is_error(args) ? args : kr_tuple2(vm, kr_type_value(&kr_range_type), args);
}

static void range_trace(KrTracer *tracer, KrObject *o) {
    const KrRangeObject *r = (const KrRangeObject *)o;
    kr_trace(tracer, r->start);
    kr_trace(tracer, r->stop);
    kr_trace(tracer, r->step);
    kr_trace(tracer, r->length);
}

// ---- Iterators -----------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    intptr_t next, stride, left;
} RangeIterator;

typedef struct {
    KrObject head;
    KrValue next, step, left; // ints
} LongIterator;

static KrValue small_iterator(KrVm *vm, intptr_t next, intptr_t stride, intptr_t left) {
    RangeIterator *it = kr_alloc(vm, &kr_range_iterator_type.shape, sizeof *it);
    if (!it) return KR_ERROR;
    it->next = next;
    it->stride = stride;
    it->left = left;
    return kr_from_ptr(it);
}

static KrValue long_iterator(KrVm *vm, KrValue next, KrValue step, KrValue left) {
    if (kr_is_error(next) || kr_is_error(step)) return KR_ERROR;
    LongIterator *it = kr_alloc(vm, &kr_long_range_iterator_type.shape, sizeof *it);
    if (!it) return KR_ERROR;
    it->next = next;
    it->step = step;
    it->left = left;
    return kr_from_ptr(it);
}

static KrValue range_iter(KrVm *vm, KrValue self) {
    const KrRangeObject *r = range_of(self);
    return r->small ? small_iterator(vm, r->first, r->stride, r->count) : long_iterator(vm, r->start, r->step, r->length);
}

static KrValue range_reversed(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const KrRangeObject *r = range_of(self);
    if (r->small && r->stride != KR_INT_MIN)
        return small_iterator(vm, r->count ? r->first + (r->count - 1) * r->stride : r->first, -r->stride, r->count);
    KrValue last = arith(vm, KR_SUB, r->length, kr_int_box(1));
    return long_iterator(vm, kr_is_error(last) ? last : value_at(vm, r, last), arith(vm, KR_SUB, kr_int_box(0), r->step), r->length);
}

static KrValue iterator_next(KrVm *vm, KrValue self) {
    (void)vm;
    RangeIterator *it = KR_AS(RangeIterator, self);
    if (it->left <= 0) return KR_DONE;
    KrValue v = kr_int_box(it->next);
    if (--it->left) it->next += it->stride;
    return v;
}

static KrValue long_next(KrVm *vm, KrValue self) {
    LongIterator *it = KR_AS(LongIterator, self);
    KrValue v = it->next;
    if (kr_int_is_zero(it->left)) return KR_DONE;
    KrValue left = arith(vm, KR_SUB, it->left, kr_int_box(1)), next = arith(vm, KR_ADD, v, it->step);
    if (kr_is_error(left) || kr_is_error(next)) return KR_ERROR;
    kr_store(vm, it, &it->left, left);
    kr_store(vm, it, &it->next, next);
    return v;
}

static KrValue iterator_length_hint(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_int(vm, KR_AS(RangeIterator, self)->left);
}
static KrValue long_length_hint(KrVm *vm, KrValue self, const KrValue *arg) { return (void)vm, (void)arg, KR_AS(LongIterator, self)->left; }

static KrValue reduced_range(KrVm *vm, KrValue next, KrValue step, KrValue left) {
    KrValue stop = arith(vm, KR_ADD, next, arith(vm, KR_MUL, step, left));
    KrValue range = kr_is_error(stop) ? stop : kr_range(vm, next, stop, step);
    return kr_is_error(range) ? range : kr_reduced(vm, "iter", range, KR_NONE);
}

static KrValue iterator_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const RangeIterator *it = KR_AS(RangeIterator, self);
    // At its end, next stays at the last value: a word.
    intptr_t next = it->left ? it->next : it->next + it->stride;
    KrValue from = kr_int(vm, next), step = kr_int(vm, it->stride), left = kr_int(vm, it->left);
    return kr_is_error(from) || kr_is_error(step) || kr_is_error(left) ? KR_ERROR : reduced_range(vm, from, step, left);
}

static KrValue long_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const LongIterator *it = KR_AS(LongIterator, self);
    return reduced_range(vm, it->next, it->step, it->left);
}

// Skips so many values from where it is.
static KrValue iterator_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    RangeIterator *it = KR_AS(RangeIterator, self);
    intptr_t skip;
    if (!kr_arg_size(vm, arg[0], &skip)) return KR_ERROR;
    skip = skip < 0 ? 0 : skip > it->left ? it->left : skip;
    it->left -= skip;
    it->next += (it->left || !skip ? skip : skip - 1) * it->stride;
    return KR_NONE;
}

static KrValue long_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    LongIterator *it = KR_AS(LongIterator, self);
    if (!kr_is_integer(arg[0])) return kr_raise(vm, &kr_type_error, "state must be an int, not %T", arg[0]);
    KrValue skip = kr_int_exact(vm, arg[0]);
    if (kr_is_error(skip)) return skip;
    if (kr_int_is_negative(skip)) skip = kr_int_box(0);
    if (kr_int_order(skip, it->left) > 0) skip = it->left;
    KrValue left = arith(vm, KR_SUB, it->left, skip), next = arith(vm, KR_ADD, it->next, arith(vm, KR_MUL, it->step, skip));
    if (kr_is_error(left) || kr_is_error(next)) return KR_ERROR;
    kr_store(vm, it, &it->left, left);
    kr_store(vm, it, &it->next, next);
    return KR_NONE;
}

static void long_trace(KrTracer *tracer, KrObject *o) {
    const LongIterator *it = (const LongIterator *)o;
    kr_trace(tracer, it->next);
    kr_trace(tracer, it->step);
    kr_trace(tracer, it->left);
}

static const KrMethod iterator_methods[] = {
    { "__length_hint__()", iterator_length_hint, KR_DOC("Private method returning an estimate of len(list(it))."), 0 },
    { "__reduce__()", iterator_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", iterator_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};

static const KrMethod long_methods[] = {
    { "__length_hint__()", long_length_hint, KR_DOC("Private method returning an estimate of len(list(it))."), 0 },
    { "__reduce__()", long_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", long_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};

const KrType kr_range_iterator_type = {
    KR_TYPE_HEAD(kr_range_iterator_type), .name = "range_iterator", .flags = KR_TYPE_NO_NEW, .size = sizeof(RangeIterator),
    .methods = iterator_methods,          .iter = kr_iterator_self, .next = iterator_next,
};

const KrType kr_long_range_iterator_type = {
    KR_TYPE_HEAD(kr_long_range_iterator_type),
    .name = "longrange_iterator",
    .flags = KR_TYPE_NO_NEW,
    .size = sizeof(LongIterator),
    .methods = long_methods,
    .trace = long_trace,
    .iter = kr_iterator_self,
    .next = long_next,
};

// ---- The type ------------------------------------------------------------------------------------------------------------------

static KrValue get_start(KrVm *vm, KrValue self) { return (void)vm, range_of(self)->start; }
static KrValue get_stop(KrVm *vm, KrValue self) { return (void)vm, range_of(self)->stop; }
static KrValue get_step(KrVm *vm, KrValue self) { return (void)vm, range_of(self)->step; }

static const KrGetSet range_attributes[] = {
    { "start", get_start, kr_read_only, "" },
    { "stop", get_stop, kr_read_only, "" },
    { "step", get_step, kr_read_only, "" },
    { 0 },
};

static const KrMethod range_methods[] = {
    { "count(object, /)", range_count, KR_DOC("rangeobject.count(value) -> integer -- return number of occurrences of value"), 0 },
    { "index(object, /)", range_index,
      KR_DOC("rangeobject.index(value) -> integer -- return index of value.\nRaise ValueError if the value is not present."), 0 },
    { "__reversed__()", range_reversed, KR_DOC("Return a reverse iterator."), 0 },
    { "__reduce__()", range_reduce, "", 0 },
    { 0 },
};

const KrType kr_range_type = {
    KR_TYPE_HEAD(kr_range_type),
    .name = "range",
    .doc =
        KR_DOC("range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nReturn an object that produces a sequence of "
               "integers from start (inclusive)\nto stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, ..., j-1.\nstart defaults "
               "to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.\nThese are exactly the valid indices for a list of 4 "
               "elements.\nWhen step is given, it specifies the increment (or decrement)."),
    .flags = KR_TYPE_SEQUENCE,
    .size = sizeof(KrRangeObject),
    .methods = range_methods,
    .attributes = range_attributes,
    .make = &range_make_row,
    .trace = range_trace,
    .repr = range_repr,
    .hash = range_hash,
    .truth = range_truth,
    .length = range_length,
    .compare = range_compare,
    .iter = range_iter,
    .getitem = range_getitem,
    .contains = range_contains,
};
