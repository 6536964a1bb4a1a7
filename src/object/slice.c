// slice.c - slice objects, and what they mean for a sequence of a given length.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/object.h"
#include "object/range.h"
#include "object/tuple.h"

static KrSliceObject *slice_of(KrValue v) { return KR_AS(KrSliceObject, v); }

KrValue kr_slice(KrVm *vm, KrValue start, KrValue stop, KrValue step) {
    KrSliceObject *s = kr_alloc(vm, &kr_slice_type.shape, sizeof *s);
    if (!s) return KR_ERROR;
    s->start = start;
    s->stop = stop;
    s->step = step;
    return kr_from_ptr(s);
}

// ---- Bounds --------------------------------------------------------------------------------------------------------------------

static KrValue not_an_index(KrVm *vm) {
    return kr_raise(vm, &kr_type_error, "slice indices must be integers or None or have an __index__ method");
}

static bool unpack_slow(KrVm *vm, KrValue v, intptr_t *out) {
    if (!kr_has_index(vm, v)) return kr_fail(not_an_index(vm));
    return kr_to_index_clipped(vm, v, out);
}

static inline bool unpack_one(KrVm *vm, KrValue v, intptr_t fallback, intptr_t *out) {
    if (kr_is_none(v)) return *out = fallback, true;
    if (KR_LIKELY(kr_is_int(v))) return *out = kr_int_value(v), true;
    return unpack_slow(vm, v, out);
}

bool kr_slice_unpack(KrVm *vm, KrValue slice, intptr_t *start, intptr_t *stop, intptr_t *step) {
    const KrSliceObject *s = slice_of(slice);
    if (!unpack_one(vm, s->step, 1, step)) return false;
    if (*step == 0) return kr_fail(kr_raise(vm, &kr_value_error, "slice step cannot be zero"));
    if (*step < -INTPTR_MAX) *step = -INTPTR_MAX; // so that -step is a number
    return unpack_one(vm, s->start, *step < 0 ? INTPTR_MAX : 0, start) &&
           unpack_one(vm, s->stop, *step < 0 ? INTPTR_MIN : INTPTR_MAX, stop);
}

// Negative positions count from the end; then into [low, high].
static intptr_t clip(intptr_t i, intptr_t len, intptr_t low, intptr_t high) {
    if (i < 0) i = i + len < low ? low : i + len;
    return i > high ? high : i;
}

size_t kr_slice_adjust(size_t length, intptr_t *start, intptr_t *stop, intptr_t step) {
    intptr_t len = (intptr_t)length, low = step < 0 ? -1 : 0, high = step < 0 ? len - 1 : len;
    *start = clip(*start, len, low, high);
    *stop = clip(*stop, len, low, high);
    if (step < 0) return *stop < *start ? (size_t)(*start - *stop - 1) / (size_t)-step + 1 : 0;
    if (step == 1) return *start < *stop ? (size_t)(*stop - *start) : 0;
    return *start < *stop ? (size_t)(*stop - *start - 1) / (size_t)step + 1 : 0;
}

bool kr_slice_bounds(KrVm *vm, KrValue slice, size_t len, intptr_t *start, intptr_t *stop, intptr_t *step, size_t *count) {
    if (!kr_slice_unpack(vm, slice, start, stop, step)) return false;
    *count = kr_slice_adjust(len, start, stop, *step);
    return true;
}

// ---- indices() -----------------------------------------------------------------------------------------------------------------

static bool index_of(KrVm *vm, KrValue v, KrValue *out) {
    if (!kr_has_index(vm, v)) return kr_fail(not_an_index(vm));
    *out = kr_index(vm, v);
    return !kr_is_error(*out);
}

// One end, any size of int: as clip() above.
static bool indices_end(KrVm *vm, KrValue v, KrValue fallback, KrValue length, KrValue low, KrValue high, KrValue *out) {
    *out = fallback;
    if (kr_is_none(v)) return true;
    if (!index_of(vm, v, out)) return false;
    if (kr_int_is_negative(*out)) {
        *out = kr_int_binary(vm, KR_ADD, *out, length);
        if (kr_is_error(*out)) return false;
        if (kr_int_order(*out, low) < 0) *out = low;
    } else if (kr_int_order(*out, high) > 0) {
        *out = high;
    }
    return true;
}

bool kr_slice_indices(KrVm *vm, KrValue slice, KrValue length, KrValue *start, KrValue *stop, KrValue *step) {
    const KrSliceObject *s = slice_of(slice);
    *step = kr_int_box(1);
    if (!kr_is_none(s->step) && !index_of(vm, s->step, step)) return false;
    if (kr_int_is_zero(*step)) return kr_fail(kr_raise(vm, &kr_value_error, "slice step cannot be zero"));
    bool back = kr_int_is_negative(*step);
    KrValue low = kr_int_box(back ? -1 : 0), high = back ? kr_int_binary(vm, KR_SUB, length, kr_int_box(1)) : length;
    if (kr_is_error(high)) return false;
    return indices_end(vm, s->start, back ? high : low, length, low, high, start) &&
           indices_end(vm, s->stop, back ? low : high, length, low, high, stop);
}

static KrValue slice_indices(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue length = kr_index(vm, arg[0]), part[3];
    if (kr_is_error(length)) return length;
    if (kr_int_is_negative(length)) return kr_raise(vm, &kr_value_error, "length should not be negative");
    if (!kr_slice_indices(vm, self, length, &part[0], &part[1], &part[2])) return KR_ERROR;
    return kr_tuple(vm, 3, part);
}

// ---- The type ------------------------------------------------------------------------------------------------------------------

static KrValue slice_make(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    if (kr_is_unset(arg[1])) return kr_slice(vm, KR_NONE, arg[0], KR_NONE);
    return kr_slice(vm, arg[0], arg[1], arg[2]);
}

static const KrMethod slice_make_row = { "slice(start, stop=<unset>, step=None, /)", slice_make, "", 0 };

static KrValue parts(KrVm *vm, KrValue self) {
    const KrSliceObject *s = slice_of(self);
    return kr_tuple(vm, 3, (KrValue[]){ s->start, s->stop, s->step });
}

static KrValue slice_repr(KrVm *vm, KrValue self) {
    const KrSliceObject *s = slice_of(self);
    return kr_format(vm, "slice(%R, %R, %R)", s->start, s->stop, s->step);
}

static bool slice_hash(KrVm *vm, KrValue self, KrHash *out) {
    const KrSliceObject *s = slice_of(self);
    uintptr_t acc = 0;
    if (!kr_enter(vm, " while hashing a slice")) return false;
    bool ok = kr_hash_items(vm, (KrValue[]){ s->start, s->stop, s->step }, 3, &acc);
    kr_leave(vm);
    return *out = acc == (uintptr_t)-1 ? KR_HASH_INSTEAD_OF_MINUS_1 : (KrHash)acc, ok;
}

static KrValue slice_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if (!kr_is_exact(other, &kr_slice_type)) return KR_NOTIMPL;
    if (kr_same(self, other)) return kr_bool(op == KR_EQ || op == KR_LE || op == KR_GE);
    KrValue a = parts(vm, self), b = kr_is_error(a) ? a : parts(vm, other);
    return kr_is_error(b) ? b : kr_compare(vm, a, b, op);
}

static KrValue slice_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue args = parts(vm, self);
    return kr_is_error(args) ? args : kr_tuple2(vm, kr_type_value(&kr_slice_type), args);
}

static void slice_trace(KrTracer *tracer, KrObject *o) {
    const KrSliceObject *s = (const KrSliceObject *)o;
    kr_trace(tracer, s->start);
    kr_trace(tracer, s->stop);
    kr_trace(tracer, s->step);
}

static KrValue get_start(KrVm *vm, KrValue self) { return (void)vm, slice_of(self)->start; }
static KrValue get_stop(KrVm *vm, KrValue self) { return (void)vm, slice_of(self)->stop; }
static KrValue get_step(KrVm *vm, KrValue self) { return (void)vm, slice_of(self)->step; }

static const KrGetSet slice_attributes[] = {
    { "start", get_start, kr_read_only, "" },
    { "stop", get_stop, kr_read_only, "" },
    { "step", get_step, kr_read_only, "" },
    { 0 },
};

static const KrMethod slice_methods[] = {
    { "indices(object, /)", slice_indices,
      KR_DOC("S.indices(len) -> (start, stop, stride)\n\nAssuming a sequence of length len, calculate the start and stop\nindices, and the "
             "stride length of the extended slice described by\nS. Out of bounds indices are clipped in a manner consistent with the\n"
             "handling of normal slices."),
      0 },
    { "__reduce__()", slice_reduce, KR_DOC("Return state information for pickling."), 0 },
    { 0 },
};

const KrType kr_slice_type = {
    KR_TYPE_HEAD(kr_slice_type),
    .name = "slice",
    .doc = KR_DOC("slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.  This is used for extended slicing (e.g. a[0:10:2])."),
    .size = sizeof(KrSliceObject),
    .methods = slice_methods,
    .attributes = slice_attributes,
    .make = &slice_make_row,
    .trace = slice_trace,
    .repr = slice_repr,
    .hash = slice_hash,
    .compare = slice_compare,
};
