// collections_deque.c - collections.deque: the ring, its two ends and its methods.
// SPDX-License-Identifier: MIT
#include "collections_part.h"

enum { FIRST_CAP = 8 };

const char *kr_collections_name(KrValue v) {
    const char *name = kr_type_of(v)->name, *dot = strrchr(name, '.');
    return dot && !(kr_type_of(v)->flags & KR_TYPE_HEAP) ? dot + 1 : name;
}

bool kr_deque_changed(KrVm *vm, const KrDeque *d, uint32_t version) {
    return d->version == version || kr_fail(kr_raise(vm, &kr_runtime_error, "deque mutated during iteration"));
}

// ---- The ring ----------------------------------------------------------------------------------------------------------------------

// A ring with room for one more, in order from slot 0.
static KR_NOINLINE bool grow(KrVm *vm, KrDeque *d) {
    size_t cap = d->ring ? d->ring->cap * 2 : FIRST_CAP;
    if (cap > SIZE_MAX / 4 / sizeof(KrValue)) return kr_fail(kr_raise_memory(vm));
    KrSlots *ring = kr_slots_new(vm, cap);
    if (!ring) return false;
    for (size_t i = 0; i < d->len; i++) ring->item[i] = *kr_deque_at(d, i);
    KR_STORE_PTR(vm, d, d->ring, ring);
    d->first = 0;
    return true;
}

static inline bool has_room(const KrDeque *d) { return d->ring && d->len < d->ring->cap; }

bool kr_deque_append(KrVm *vm, KrDeque *d, KrValue item) {
    if (KR_UNLIKELY(d->bounded && d->len >= d->max)) {
        if (d->max == 0) return true;
        kr_deque_pop_left(vm, d);
    }
    if (KR_UNLIKELY(!has_room(d)) && !grow(vm, d)) return false;
    kr_store(vm, d->ring, kr_deque_at(d, d->len), item);
    d->len++;
    d->version++;
    return true;
}

bool kr_deque_append_left(KrVm *vm, KrDeque *d, KrValue item) {
    if (KR_UNLIKELY(d->bounded && d->len >= d->max)) {
        if (d->max == 0) return true;
        kr_deque_pop(vm, d);
    }
    if (KR_UNLIKELY(!has_room(d)) && !grow(vm, d)) return false;
    d->first = (d->first - 1) & (d->ring->cap - 1);
    kr_store(vm, d->ring, kr_deque_at(d, 0), item);
    d->len++;
    d->version++;
    return true;
}

KrValue kr_deque_pop(KrVm *vm, KrDeque *d) {
    KrValue *slot = kr_deque_at(d, d->len - 1), item = *slot;
    kr_store(vm, d->ring, slot, KR_NONE);
    d->len--;
    d->version++;
    return item;
}

KrValue kr_deque_pop_left(KrVm *vm, KrDeque *d) {
    KrValue *slot = kr_deque_at(d, 0), item = *slot;
    kr_store(vm, d->ring, slot, KR_NONE);
    d->first = (d->first + 1) & (d->ring->cap - 1);
    d->len--;
    d->version++;
    return item;
}

void kr_deque_clear(KrVm *vm, KrDeque *d) {
    KR_STORE_PTR(vm, d, d->ring, NULL);
    d->first = d->len = 0;
    d->version++;
}

// To the right; to the left if n is negative. Only as many items move as lie on the shorter way.
void kr_deque_rotate(KrVm *vm, KrDeque *d, intptr_t n) {
    if (d->len < 2) return;
    intptr_t len = (intptr_t)d->len;
    n %= len;
    if (n > len / 2) n -= len;
    if (n < -(len / 2)) n += len;
    size_t mask = d->ring->cap - 1;
    if (d->len == d->ring->cap) {
        d->first = (d->first - (size_t)n) & mask;
    } else {
        for (; n > 0; n--) {
            KrValue item = kr_deque_pop(vm, d);
            d->first = (d->first - 1) & mask;
            kr_store(vm, d->ring, kr_deque_at(d, 0), item);
            d->len++;
        }
        for (; n < 0; n++) {
            KrValue item = kr_deque_pop_left(vm, d);
            kr_store(vm, d->ring, kr_deque_at(d, d->len), item);
            d->len++;
        }
    }
    d->version++;
}

void kr_deque_delete(KrVm *vm, KrDeque *d, size_t at) {
    if (at < d->len / 2) {
        for (; at > 0; at--) kr_store(vm, d->ring, kr_deque_at(d, at), *kr_deque_at(d, at - 1));
        kr_deque_pop_left(vm, d);
    } else {
        for (; at + 1 < d->len; at++) kr_store(vm, d->ring, kr_deque_at(d, at), *kr_deque_at(d, at + 1));
        kr_deque_pop(vm, d);
    }
}

// Before item `at`, which exists.
static bool insert(KrVm *vm, KrDeque *d, size_t at, KrValue item) {
    if (at < d->len / 2) {
        if (!kr_deque_append_left(vm, d, item)) return false;
        for (size_t i = 0; i < at; i++) kr_store(vm, d->ring, kr_deque_at(d, i), *kr_deque_at(d, i + 1));
    } else {
        if (!kr_deque_append(vm, d, item)) return false;
        for (size_t i = d->len - 1; i > at; i--) kr_store(vm, d->ring, kr_deque_at(d, i), *kr_deque_at(d, i - 1));
    }
    kr_store(vm, d->ring, kr_deque_at(d, at), item);
    return true;
}

KrValue kr_deque_list(KrVm *vm, const KrDeque *d) {
    KrValue list = kr_list(vm, 0, NULL);
    for (size_t i = 0; i < d->len && !kr_is_error(list); i++)
        if (!kr_list_append(vm, list, *kr_deque_at(d, i))) return KR_ERROR;
    return list;
}

bool kr_deque_extend(KrVm *vm, KrValue self, KrValue iterable, bool left) {
    if (kr_same(iterable, self)) iterable = kr_deque_list(vm, kr_deque(self));
    KrValue it = kr_is_error(iterable) ? iterable : kr_iter(vm, iterable);
    if (kr_is_error(it)) return false;
    for (unsigned n = 1;; n++) {
        KrValue item = kr_next_inline(vm, it);
        if (kr_is_error(item)) return false;
        if (kr_is_done(item)) return true;
        if (!(left ? kr_deque_append_left(vm, kr_deque(self), item) : kr_deque_append(vm, kr_deque(self), item))) return false;
        if (n % 32 == 0 && !kr_poll(vm, 32)) return false;
    }
}

KrValue kr_deque_copy(KrVm *vm, KrValue self) {
    const KrDeque *d = kr_deque(self);
    KrValue arg[2] = { self, d->bounded ? kr_int_from_u64(vm, d->max) : KR_NONE };
    if (!kr_is_exact(self, &kr_deque_type))
        return kr_is_error(arg[1]) ? KR_ERROR : kr_call(vm, kr_type_value(kr_type_of(self)), d->bounded ? 2 : 1, arg);
    KrValue copy = kr_alloc_instance(vm, &kr_deque_type);
    if (kr_is_error(copy)) return copy;
    kr_deque(copy)->bounded = d->bounded;
    kr_deque(copy)->max = d->max;
    for (size_t i = 0; i < d->len; i++)
        if (!kr_deque_append(vm, kr_deque(copy), *kr_deque_at(d, i))) return KR_ERROR;
    return copy;
}

// ---- Methods -----------------------------------------------------------------------------------------------------------------------

#define METHOD(name) static KrValue deque_##name(KrVm *vm, KrValue self, const KrValue *arg)

METHOD(append) { return kr_deque_append(vm, kr_deque(self), arg[0]) ? KR_NONE : KR_ERROR; }
METHOD(appendleft) { return kr_deque_append_left(vm, kr_deque(self), arg[0]) ? KR_NONE : KR_ERROR; }
METHOD(extend) { return kr_deque_extend(vm, self, arg[0], false) ? KR_NONE : KR_ERROR; }
METHOD(extendleft) { return kr_deque_extend(vm, self, arg[0], true) ? KR_NONE : KR_ERROR; }
METHOD(clear) { return (void)arg, kr_deque_clear(vm, kr_deque(self)), KR_NONE; }
METHOD(copy) { return (void)arg, kr_deque_copy(vm, self); }

static KrValue empty(KrVm *vm) { return kr_raise(vm, &kr_index_error, "pop from an empty deque"); }
METHOD(pop) { return (void)arg, kr_deque(self)->len ? kr_deque_pop(vm, kr_deque(self)) : empty(vm); }
METHOD(popleft) { return (void)arg, kr_deque(self)->len ? kr_deque_pop_left(vm, kr_deque(self)) : empty(vm); }

METHOD(rotate) {
    intptr_t n;
    if (!kr_arg_size(vm, arg[0], &n)) return KR_ERROR;
    kr_deque_rotate(vm, kr_deque(self), n);
    return KR_NONE;
}

METHOD(reverse) {
    KrDeque *d = kr_deque(self);
    (void)arg;
    for (size_t i = 0; i < d->len / 2; i++) {
        KrValue *a = kr_deque_at(d, i), *b = kr_deque_at(d, d->len - 1 - i), v = *a;
        kr_store(vm, d->ring, a, *b);
        kr_store(vm, d->ring, b, v);
    }
    return KR_NONE;
}

METHOD(count) {
    KrDeque *d = kr_deque(self);
    uint32_t version = d->version;
    size_t found = 0;
    for (size_t i = 0; i < d->len; i++) {
        bool same;
        if (!kr_equal(vm, *kr_deque_at(d, i), arg[0], &same) || !kr_deque_changed(vm, d, version)) return KR_ERROR;
        found += same;
        if (!kr_poll_limits(vm, 1)) return KR_ERROR;
    }
    return kr_int_from_u64(vm, found);
}

METHOD(index) {
    KrDeque *d = kr_deque(self);
    size_t start, stop, at;
    if (!kr_search_bound(vm, arg[1], d->len, &start) || !kr_search_bound(vm, arg[2], d->len, &stop)) return KR_ERROR;
    if (!kr_deque_find(vm, d, arg[0], start, stop, &at)) return KR_ERROR;
    return at == SIZE_MAX ? kr_raise(vm, &kr_value_error, "%R is not in deque", arg[0]) : kr_int_from_u64(vm, at);
}

METHOD(remove) {
    KrDeque *d = kr_deque(self);
    uint32_t version = d->version;
    size_t at;
    if (!kr_deque_find(vm, d, arg[0], 0, SIZE_MAX, &at)) {
        if (d->version == version || !kr_raised_is(vm, &kr_runtime_error)) return KR_ERROR;
        (void)kr_take_raised(vm);
        return kr_raise(vm, &kr_index_error, "deque mutated during iteration");
    }
    if (at == SIZE_MAX) return kr_raise(vm, &kr_value_error, "%R is not in deque", arg[0]);
    kr_deque_delete(vm, d, at);
    return KR_NONE;
}

METHOD(insert) {
    KrDeque *d = kr_deque(self);
    intptr_t i;
    if (!kr_arg_size(vm, arg[0], &i)) return KR_ERROR;
    intptr_t len = (intptr_t)d->len;
    if (d->bounded && d->len >= d->max) return kr_raise(vm, &kr_index_error, "deque already at its maximum size");
    if (i >= len) return kr_deque_append(vm, d, arg[1]) ? KR_NONE : KR_ERROR;
    if (i <= -len || i == 0) return kr_deque_append_left(vm, d, arg[1]) ? KR_NONE : KR_ERROR;
    return insert(vm, d, (size_t)(i < 0 ? i + len : i), arg[1]) ? KR_NONE : KR_ERROR;
}

METHOD(reduce) {
    const KrDeque *d = kr_deque(self);
    KrValue state = kr_object_getstate(vm, self, arg), it = kr_is_error(state) ? state : kr_iter(vm, self);
    KrValue empty_tuple = kr_is_error(it) ? it : kr_tuple(vm, 0, NULL), args = empty_tuple;
    if (!kr_is_error(args) && d->bounded) {
        KrValue max = kr_int_from_u64(vm, d->max);
        args = kr_is_error(max) ? max : kr_tuple2(vm, empty_tuple, max);
    }
    return kr_is_error(args) ? args : kr_tuple(vm, 4, (KrValue[]){ kr_type_value(kr_type_of(self)), args, state, it });
}

const KrMethod kr_deque_methods[] = {
    { "append(item, /)", deque_append, KR_DOC("Add an element to the right side of the deque."), 0 },
    { "appendleft(item, /)", deque_appendleft, KR_DOC("Add an element to the left side of the deque."), 0 },
    { "clear()", deque_clear, KR_DOC("Remove all elements from the deque."), 0 },
    { "__copy__()", deque_copy, KR_DOC("Return a shallow copy of a deque."), 0 },
    { "copy()", deque_copy, KR_DOC("Return a shallow copy of a deque."), 0 },
    { "count(value, /)", deque_count, KR_DOC("Return number of occurrences of value."), 0 },
    { "extend(iterable, /)", deque_extend, KR_DOC("Extend the right side of the deque with elements from the iterable."), 0 },
    { "extendleft(iterable, /)", deque_extendleft, KR_DOC("Extend the left side of the deque with elements from the iterable."), 0 },
    { "index(value, start=0, stop=maxsize, /)", deque_index,
      KR_DOC("Return first index of value.\n\nRaises ValueError if the value is not present."), 0 },
    { "insert(index, value, /)", deque_insert, KR_DOC("Insert value before index."), 0 },
    { "pop()", deque_pop, KR_DOC("Remove and return the rightmost element."), 0 },
    { "popleft()", deque_popleft, KR_DOC("Remove and return the leftmost element."), 0 },
    { "remove(value, /)", deque_remove, KR_DOC("Remove first occurrence of value."), 0 },
    { "reverse()", deque_reverse, KR_DOC("Reverse *IN PLACE*."), 0 },
    { "rotate(n=1, /)", deque_rotate, KR_DOC("Rotate the deque n steps to the right.  If n is negative, rotates left."), 0 },
    { "__reversed__()", kr_deque_reversed, KR_DOC("Return a reverse iterator over the deque."), 0 },
    { "__reduce__()", deque_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};

// ---- The type ------------------------------------------------------------------------------------------------------------------------

METHOD(init) {
    KrDeque *d = kr_deque(self);
    intptr_t max = 0;
    bool bounded = !kr_is_none(arg[1]);
    if (bounded && !kr_is_integer(arg[1])) return kr_raise(vm, &kr_type_error, "an integer is required");
    if (bounded && !kr_arg_size(vm, arg[1], &max)) return KR_ERROR;
    if (max < 0) return kr_raise(vm, &kr_value_error, "maxlen must be non-negative");
    d->bounded = bounded;
    d->max = (size_t)max;
    if (d->len) kr_deque_clear(vm, d);
    return kr_is_unset(arg[0]) || kr_deque_extend(vm, self, arg[0], false) ? KR_NONE : KR_ERROR;
}

static KrValue deque_repr(KrVm *vm, KrValue self) {
    const KrDeque *d = kr_deque(self);
    const char *name = kr_collections_name(self);
    bool again;
    if (!kr_repr_enter(vm, self, &again)) return KR_ERROR;
    if (again) return kr_str_c(vm, "[...]");
    KrValue list = kr_deque_list(vm, d), v = list;
    if (!kr_is_error(list)) v = d->bounded ? kr_format(vm, "%s(%R, maxlen=%u)", name, list, d->max) : kr_format(vm, "%s(%R)", name, list);
    kr_repr_leave(vm, self);
    return v;
}

static bool deque_length(KrVm *vm, KrValue self, size_t *out) { return (void)vm, *out = kr_deque(self)->len, true; }
static KrValue get_maxlen(KrVm *vm, KrValue self) { return kr_deque(self)->bounded ? kr_int_from_u64(vm, kr_deque(self)->max) : KR_NONE; }
static void deque_trace(KrTracer *tracer, KrObject *o) { kr_trace_object(tracer, ((KrDeque *)o)->ring); }

static const KrGetSet deque_attributes[] = {
    { "maxlen", get_maxlen, NULL, KR_DOC("maximum size of a deque or None if unbounded") },
    { 0 },
};
static const KrMethod deque_init_row = { "deque(iterable=<unset>, maxlen=None)", deque_init, "", 0 };

const KrType kr_deque_type = {
    KR_TYPE_HEAD(kr_deque_type),
    .name = "collections.deque",
    .doc = KR_DOC("A list-like sequence optimized for data accesses near its endpoints."),
    .flags = KR_TYPE_BASE | KR_TYPE_SEQUENCE | KR_TYPE_WEAKREF,
    .size = sizeof(KrDeque),
    .methods = kr_deque_methods,
    .attributes = deque_attributes,
    .init = &deque_init_row,
    .alloc = kr_alloc_instance,
    .trace = deque_trace,
    .repr = deque_repr,
    .hash = kr_hash_unhashable,
    .length = deque_length,
    .compare = kr_deque_compare,
    .iter = kr_deque_iter,
    .getitem = kr_deque_getitem,
    .setitem = kr_deque_setitem,
    .contains = kr_deque_contains,
    .binary_ops = KR_OP(KR_ADD) | KR_OP(KR_MUL),
    .binary = kr_deque_binary,
    .more = &(const KrMoreSlots){ .inplace_ops = KR_OP(KR_ADD) | KR_OP(KR_MUL), .inplace = kr_deque_inplace },
};
