// itertools_combine.c - module itertools: product, permutations and combinations.
//
// Each keeps the tuple that it gave last; the next one is a copy of it, in which the items that differ are put. What has not begun has none.
// SPDX-License-Identifier: MIT
#include "itertools_part.h"

typedef struct {
    KrObject head;
    KrValue pool;   // a tuple of items; of product: of tuples
    KrValue result; // the tuple that was given last, KR_UNSET: none yet
    size_t *index;  // width positions in the pool (of permutations: one for each item), in memory of the collector
    size_t *cycle;  // of permutations: width countdowns
    size_t width;   // items of a result
    bool ended;
} Combine;

static Combine *combine_of(KrValue v) { return KR_AS(Combine, v); }
static size_t pool_len(const Combine *c) {
    size_t len;
    return kr_tuple_items(c->pool, &len), len;
}

static KrValue combine_new(KrVm *vm, KrValue type, KrValue pool, size_t width, size_t indices, size_t cycles) {
    if (width > SIZE_MAX / 64 || indices > SIZE_MAX / 64) return kr_raise_memory(vm);
    size_t *index = kr_buffer_alloc(vm, (indices + 1) * sizeof *index), *cycle = NULL;
    if (!index || (cycles && !(cycle = kr_buffer_alloc(vm, (cycles + 1) * sizeof *cycle)))) return KR_ERROR;
    memset(index, 0, (indices + 1) * sizeof *index);
    KrValue v = kr_alloc_instance(vm, kr_as_type(type));
    if (kr_is_error(v)) return v;
    *combine_of(v) = (Combine){ *kr_ptr(v), .pool = pool, .result = KR_UNSET, .index = index, .cycle = cycle, .width = width };
    return v;
}

static void combine_trace(KrTracer *tracer, KrObject *o) {
    const Combine *c = (const Combine *)o;
    kr_trace(tracer, c->pool);
    kr_trace(tracer, c->result);
    kr_trace_buffer(tracer, c->index);
    kr_trace_buffer(tracer, c->cycle);
}

static KrValue ended(KrVm *vm, Combine *c) {
    KrValue empty = kr_tuple(vm, 0, NULL);
    if (kr_is_error(empty)) return empty;
    c->ended = true;
    kr_store(vm, c, &c->pool, empty);
    kr_store(vm, c, &c->result, KR_UNSET);
    return KR_DONE;
}

// The items of the pool at the indices, as the first result.
static KrValue first(KrVm *vm, Combine *c) {
    KrValue v = kr_tuple(vm, c->width, NULL);
    if (kr_is_error(v)) return v;
    KrValue *to = kr_tuple_items(v, NULL);
    const KrValue *pool = kr_tuple_items(c->pool, NULL);
    for (size_t i = 0; i < c->width; i++) to[i] = pool[c->index[i]]; // nobody has seen it yet
    kr_store(vm, c, &c->result, v);
    return v;
}

// A copy of the last result, whose items from `from` on are those at the indices.
static KrValue following(KrVm *vm, Combine *c, size_t from) {
    const KrValue *last = kr_tuple_items(c->result, NULL), *pool = kr_tuple_items(c->pool, NULL);
    KrTupleObject *t = kr_tuple_new(vm, c->width);
    if (!t) return KR_ERROR;
    memcpy(t->item, last, from * sizeof(KrValue));
    for (size_t i = from; i < c->width; i++) t->item[i] = pool[c->index[i]];
    kr_store(vm, c, &c->result, kr_from_ptr(t));
    return kr_from_ptr(t);
}

// iterable as a tuple, r as a length.
static bool pool_and_width(KrVm *vm, const KrValue *arg, KrValue *pool, size_t *width) {
    intptr_t r;
    if (!kr_arg_size(vm, arg[1], &r)) return false;
    *pool = kr_tuple_from(vm, arg[0]);
    if (kr_is_error(*pool)) return false;
    *width = (size_t)r;
    return r >= 0 || kr_fail(kr_raise(vm, &kr_value_error, "r must be non-negative"));
}

static KrValue numbers(KrVm *vm, const size_t *number, size_t count) {
    KrValue v = kr_tuple(vm, count, NULL);
    for (size_t i = 0; i < count && !kr_is_error(v); i++)
        kr_store(vm, kr_ptr(v), &kr_tuple_items(v, NULL)[i], kr_int_box((intptr_t)number[i])); // less than the memory has words
    return v;
}

// (type, (pool, width)), and the indices as state once it has begun.
static KrValue combine_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const Combine *c = combine_of(self);
    (void)arg;
    KrValue width = kr_tool_pickled(vm) ? kr_int_from_u64(vm, c->width) : KR_ERROR;
    if (kr_is_error(width)) return width;
    bool begun = !kr_is_unset(c->result);
    return kr_tool_reduced(vm, self, kr_tuple2(vm, c->pool, width), begun ? numbers(vm, c->index, c->width) : KR_UNSET);
}

static bool state_number(KrVm *vm, KrValue v, size_t least, size_t most, size_t *out) {
    intptr_t i;
    if (!kr_is_integer(v)) return kr_fail(kr_raise(vm, &kr_type_error, "an integer is required"));
    if (!kr_arg_size(vm, v, &i)) return false;
    *out = i < (intptr_t)least ? least : (size_t)i > most ? most : (size_t)i;
    return true;
}

static KrValue invalid(KrVm *vm) { return kr_raise(vm, &kr_value_error, "invalid arguments"); }

// `spread`: index i can be no further than the i-th of the last ones.
static KrValue combine_set(KrVm *vm, KrValue self, KrValue state, bool spread) {
    Combine *c = combine_of(self);
    size_t len, pool = pool_len(c);
    if (!kr_tool_pickled(vm)) return KR_ERROR;
    if (!kr_is_tuple(state)) return invalid(vm);
    const KrValue *item = kr_tuple_items(state, &len);
    if (len != c->width || (c->width && pool < (spread ? c->width : 1))) return invalid(vm);
    for (size_t i = 0; i < len; i++)
        if (!state_number(vm, item[i], 0, spread ? i + pool - c->width : pool - 1, &c->index[i])) return KR_ERROR;
    return kr_is_error(first(vm, c)) ? KR_ERROR : KR_NONE;
}

// ---- combinations ------------------------------------------------------------------------------------------------------------------

static KrValue combinations_make(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue pool;
    size_t width, len;
    if (!pool_and_width(vm, arg, &pool, &width)) return KR_ERROR;
    kr_tuple_items(pool, &len);
    KrValue v = combine_new(vm, self, pool, width, width < len ? width : len, 0);
    if (kr_is_error(v)) return v;
    for (size_t i = 0; i < width && i < len; i++) combine_of(v)->index[i] = i;
    combine_of(v)->ended = width > len;
    return v;
}

static KrValue combinations_next(KrVm *vm, KrValue self) {
    Combine *c = combine_of(self);
    if (c->ended) return KR_DONE;
    if (kr_is_unset(c->result)) return first(vm, c);
    size_t i = c->width, room = pool_len(c) - c->width;
    while (i && c->index[i - 1] == i - 1 + room) i--;
    if (i == 0) return ended(vm, c);
    c->index[i - 1]++;
    for (size_t k = i; k < c->width; k++) c->index[k] = c->index[k - 1] + 1;
    return following(vm, c, i - 1);
}

static KrValue combinations_setstate(KrVm *vm, KrValue self, const KrValue *arg) { return combine_set(vm, self, arg[0], true); }

static const KrMethod combinations_methods[] = {
    { "__reduce__()", combine_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", combinations_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};
static const KrMethod combinations_make_row = { "combinations(iterable, r)", combinations_make, "", 0 };
KR_TOOL_TYPE(
    kr_combinations_type, "combinations",
    "Return successive r-length combinations of elements in the iterable.\n\ncombinations(range(4), 3) --> (0,1,2), (0,1,3), (0,2,3), "
    "(1,2,3)",
    Combine, combinations_methods, &combinations_make_row, combine_trace, combinations_next, KR_TYPE_BASE)

// ---- combinations_with_replacement ---------------------------------------------------------------------------------------------------

static KrValue replacement_make(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue pool;
    size_t width, len;
    if (!pool_and_width(vm, arg, &pool, &width)) return KR_ERROR;
    kr_tuple_items(pool, &len);
    KrValue v = combine_new(vm, self, pool, width, width, 0);
    if (!kr_is_error(v)) combine_of(v)->ended = len == 0 && width > 0;
    return v;
}

static KrValue replacement_next(KrVm *vm, KrValue self) {
    Combine *c = combine_of(self);
    if (c->ended) return KR_DONE;
    if (kr_is_unset(c->result)) return first(vm, c);
    size_t i = c->width, last = pool_len(c) - 1;
    while (i && c->index[i - 1] == last) i--;
    if (i == 0) return ended(vm, c);
    size_t value = c->index[i - 1] + 1;
    for (size_t k = i - 1; k < c->width; k++) c->index[k] = value;
    return following(vm, c, i - 1);
}

static KrValue replacement_setstate(KrVm *vm, KrValue self, const KrValue *arg) { return combine_set(vm, self, arg[0], false); }

static const KrMethod replacement_methods[] = {
    { "__reduce__()", combine_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", replacement_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};
static const KrMethod replacement_make_row = { "combinations_with_replacement(iterable, r)", replacement_make, "", 0 };
KR_TOOL_TYPE(kr_replacement_type, "combinations_with_replacement",
             "Return successive r-length combinations of elements in the iterable allowing individual elements to have successive "
             "repeats.\n\ncombinations_with_replacement('ABC', 2) --> ('A','A'), ('A','B'), ('A','C'), ('B','B'), ('B','C'), ('C','C')",
             Combine, replacement_methods, &replacement_make_row, combine_trace, replacement_next, KR_TYPE_BASE)

// ---- permutations --------------------------------------------------------------------------------------------------------------------

static KrValue permutations_make(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue pool = kr_tuple_from(vm, arg[0]);
    size_t len;
    intptr_t r;
    if (kr_is_error(pool)) return pool;
    kr_tuple_items(pool, &len);
    r = (intptr_t)len;
    if (!kr_is_none(arg[1])) {
        if (!kr_is_integer(arg[1])) return kr_raise(vm, &kr_type_error, "Expected int as r");
        if (!kr_arg_size(vm, arg[1], &r)) return KR_ERROR;
        if (r < 0) return kr_raise(vm, &kr_value_error, "r must be non-negative");
    }
    size_t width = (size_t)r, cycles = width < len ? width : len;
    KrValue v = combine_new(vm, self, pool, width, len, cycles + 1);
    if (kr_is_error(v)) return v;
    Combine *c = combine_of(v);
    for (size_t i = 0; i < len; i++) c->index[i] = i;
    for (size_t i = 0; i < cycles; i++) c->cycle[i] = len - i;
    c->ended = width > len;
    return v;
}

// An odometer that runs down: a place whose cycle is over has its index put last, the next place to the left goes on by one.
static KrValue permutations_next(KrVm *vm, KrValue self) {
    Combine *c = combine_of(self);
    if (c->ended) return KR_DONE;
    if (kr_is_unset(c->result)) return first(vm, c);
    size_t len = pool_len(c);
    for (size_t i = c->width; i-- > 0;) {
        size_t index = c->index[i];
        if (--c->cycle[i]) {
            size_t other = len - c->cycle[i];
            c->index[i] = c->index[other];
            c->index[other] = index;
            return following(vm, c, i);
        }
        memmove(c->index + i, c->index + i + 1, (len - 1 - i) * sizeof *c->index);
        c->index[len - 1] = index;
        c->cycle[i] = len - i;
    }
    return ended(vm, c);
}

static KrValue permutations_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const Combine *c = combine_of(self);
    if (kr_is_unset(c->result)) return combine_reduce(vm, self, arg);
    KrValue width = kr_tool_pickled(vm) ? kr_int_from_u64(vm, c->width) : KR_ERROR;
    KrValue indices = kr_is_error(width) ? width : numbers(vm, c->index, pool_len(c));
    KrValue cycles = kr_is_error(indices) ? indices : numbers(vm, c->cycle, c->width);
    if (kr_is_error(cycles)) return cycles;
    return kr_tool_reduced(vm, self, kr_tuple2(vm, c->pool, width), kr_tuple2(vm, indices, cycles));
}

static KrValue permutations_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    Combine *c = combine_of(self);
    const KrValue *state;
    size_t indices, cycles, len = pool_len(c);
    if (!kr_tool_pickled(vm) || !kr_tool_state(vm, arg[0], 2, &state)) return KR_ERROR;
    for (size_t i = 0; i < 2; i++)
        if (!kr_is_tuple(state[i])) return kr_raise(vm, &kr_type_error, "argument %u must be tuple, not %T", i + 1, state[i]);
    const KrValue *index = kr_tuple_items(state[0], &indices), *cycle = kr_tuple_items(state[1], &cycles);
    if (indices != len || cycles != c->width || c->width > len) return invalid(vm);
    for (size_t i = 0; i < len; i++)
        if (!state_number(vm, index[i], 0, len - 1, &c->index[i])) return KR_ERROR;
    for (size_t i = 0; i < c->width; i++)
        if (!state_number(vm, cycle[i], 1, len - i, &c->cycle[i])) return KR_ERROR;
    return kr_is_error(first(vm, c)) ? KR_ERROR : KR_NONE;
}

static const KrMethod permutations_methods[] = {
    { "__reduce__()", permutations_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", permutations_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};
static const KrMethod permutations_make_row = { "permutations(iterable, r=None)", permutations_make, "", 0 };
KR_TOOL_TYPE(
    kr_permutations_type, "permutations",
    "Return successive r-length permutations of elements in the iterable.\n\npermutations(range(3), 2) --> (0,1), (0,2), (1,0), (1,2), "
    "(2,0), (2,1)",
    Combine, permutations_methods, &permutations_make_row, combine_trace, permutations_next, KR_TYPE_BASE)

// ---- product -----------------------------------------------------------------------------------------------------------------------

static KrValue product_pools(KrVm *vm, KrValue iterables, size_t repeat) {
    size_t count;
    const KrValue *iterable = kr_tuple_items(iterables, &count);
    if (count && repeat > SIZE_MAX / 64 / count) return kr_raise_memory(vm);
    KrValue pools = kr_tuple(vm, count * repeat, NULL);
    for (size_t i = 0; i < count * repeat && !kr_is_error(pools); i++) {
        KrValue *to = kr_tuple_items(pools, NULL), pool = i < count ? kr_tuple_from(vm, iterable[i]) : to[i - count];
        if (kr_is_error(pool) || !kr_poll(vm, 1)) return KR_ERROR;
        kr_store(vm, kr_ptr(pools), &to[i], pool);
    }
    return pools;
}

static KrValue product_make(KrVm *vm, KrValue self, const KrValue *arg) {
    intptr_t repeat;
    size_t count;
    if (!kr_arg_size(vm, arg[1], &repeat)) return KR_ERROR;
    if (repeat < 0) return kr_raise(vm, &kr_value_error, "repeat argument cannot be negative");
    KrValue pools = repeat ? product_pools(vm, arg[0], (size_t)repeat) : kr_tuple(vm, 0, NULL);
    if (kr_is_error(pools)) return pools;
    kr_tuple_items(pools, &count);
    return combine_new(vm, self, pools, count, count, 0);
}

static KrValue product_first(KrVm *vm, Combine *c) {
    const KrValue *pool = kr_tuple_items(c->pool, NULL);
    KrValue v = kr_tuple(vm, c->width, NULL);
    if (kr_is_error(v)) return v;
    for (size_t i = 0; i < c->width; i++) {
        size_t len;
        const KrValue *item = kr_tuple_items(pool[i], &len);
        if (len == 0) return ended(vm, c);
        kr_tuple_items(v, NULL)[i] = item[c->index[i]];
    }
    kr_store(vm, c, &c->result, v);
    return v;
}

static KrValue product_next(KrVm *vm, KrValue self) {
    Combine *c = combine_of(self);
    if (c->ended) return KR_DONE;
    if (kr_is_unset(c->result)) return product_first(vm, c);
    const KrValue *pool = kr_tuple_items(c->pool, NULL), *last = kr_tuple_items(c->result, NULL);
    size_t i = c->width, len;
    for (; i; i--) { // digits from i on are 0
        kr_tuple_items(pool[i - 1], &len);
        if (++c->index[i - 1] < len) break;
        c->index[i - 1] = 0;
    }
    if (i == 0) return ended(vm, c);
    KrTupleObject *t = kr_tuple_new(vm, c->width);
    if (!t) return KR_ERROR;
    memcpy(t->item, last, (i - 1) * sizeof(KrValue));
    for (size_t k = i - 1; k < c->width; k++) t->item[k] = kr_tuple_items(pool[k], NULL)[c->index[k]];
    kr_store(vm, c, &c->result, kr_from_ptr(t));
    return kr_from_ptr(t);
}

static KrValue product_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const Combine *c = combine_of(self);
    (void)arg;
    if (!kr_tool_pickled(vm)) return KR_ERROR;
    if (c->ended) return kr_tool_reduced(vm, self, kr_tuple(vm, 1, &c->pool), KR_UNSET); // ((),)
    return kr_tool_reduced(vm, self, c->pool, kr_is_unset(c->result) ? KR_UNSET : numbers(vm, c->index, c->width));
}

static KrValue product_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    Combine *c = combine_of(self);
    size_t count, len;
    if (!kr_tool_pickled(vm)) return KR_ERROR;
    if (!kr_is_tuple(arg[0])) return invalid(vm);
    const KrValue *item = kr_tuple_items(arg[0], &count);
    if (count != c->width) return invalid(vm);
    for (size_t i = 0; i < count; i++) {
        kr_tuple_items(kr_tuple_items(c->pool, NULL)[i], &len);
        if (len == 0) return kr_is_error(ended(vm, c)) ? KR_ERROR : KR_NONE;
        if (!state_number(vm, item[i], 0, len - 1, &c->index[i])) return KR_ERROR;
    }
    return kr_is_error(product_first(vm, c)) ? KR_ERROR : KR_NONE;
}

static const KrMethod product_methods[] = {
    { "__reduce__()", product_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", product_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};
static const KrMethod product_make_row = { "product(*iterables, repeat=1)", product_make, "", 0 };
KR_TOOL_TYPE(
    kr_product_type, "product",
    "Cartesian product of input iterables.  Equivalent to nested for-loops.\n\nFor example, product(A, B) returns the same as:  ((x,y) "
    "for x in A for y in B).\nThe leftmost iterators are in the outermost for-loop, so the output tuples\ncycle in a manner similar "
    "to an odometer (with the rightmost element changing\non every iteration).\n\nTo compute the product of an iterable with itself, "
    "specify the number\nof repetitions with the optional repeat keyword argument. For example,\nproduct(A, repeat=4) means the same "
    "as product(A, A, A, A).\n\nproduct('ab', range(3)) --> ('a',0) ('a',1) ('a',2) ('b',0) ('b',1) ('b',2)\nproduct((0,1), (0,1), "
    "(0,1)) --> (0,0,0) (0,0,1) (0,1,0) (0,1,1) (1,0,0) ...",
    Combine, product_methods, &product_make_row, combine_trace, product_next, KR_TYPE_BASE)
