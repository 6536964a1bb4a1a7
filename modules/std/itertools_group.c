// itertools_group.c - module itertools: the iterators that put items together: pairwise, batched, zip_longest and groupby.
// SPDX-License-Identifier: MIT
#include "itertools_part.h"

#define RAISED_OR_DONE(v) KR_UNLIKELY(kr_is_error(v) || kr_is_done(v))

enum { FEW = 32 }; // so many items are gathered on the C stack

static KrValue not_pickled(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_raise(vm, &kr_type_error, "cannot pickle '%T' object", self);
}
static const KrMethod unpickled_methods[] = {
    { "__reduce__()", not_pickled, "", 0 },
    { 0 },
};

// ---- pairwise: `kept` is the first of the next pair --------------------------------------------------------------------------------

static KrValue pairwise_make(KrVm *vm, KrValue self, const KrValue *arg) { return kr_tool_new(vm, self, arg[0], KR_NONE); }

static KrValue pairwise_ended(KrVm *vm, KrTool *t) {
    kr_store(vm, t, &t->iterator, KR_UNSET);
    kr_store(vm, t, &t->kept, KR_UNSET);
    return KR_DONE;
}

static KrValue pairwise_next(KrVm *vm, KrValue self) {
    KrTool *t = kr_tool(self);
    KrValue first = t->kept;
    if (kr_is_unset(t->iterator)) return KR_DONE;
    if (KR_UNLIKELY(kr_is_unset(first))) {
        first = kr_next_inline(vm, t->iterator);
        if (kr_is_error(first)) return first;
        if (kr_is_done(first)) return pairwise_ended(vm, t);
        kr_store(vm, t, &t->kept, first);
        if (kr_is_unset(t->iterator)) return KR_DONE; // it was asked from inside, and came to its end
    }
    KrValue second = kr_next_inline(vm, t->iterator);
    if (kr_is_error(second)) return second;
    if (kr_is_done(second)) return pairwise_ended(vm, t);
    kr_store(vm, t, &t->kept, second);
    return kr_tuple2(vm, first, second);
}

static const KrMethod pairwise_make_row = { "pairwise(iterable, /)", pairwise_make, "", 0 };
KR_TOOL_TYPE(kr_pairwise_type, "pairwise",
             "Return an iterator of overlapping pairs taken from the input iterator.\n\n    s -> (s0,s1), (s1,s2), (s2, s3), ...", KrTool,
             unpickled_methods, &pairwise_make_row, kr_tool_trace, pairwise_next, KR_TYPE_BASE)

// ---- batched -----------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue iterator; // KR_UNSET: it has ended
    size_t size;
    bool strict;
} Batched;

static KrValue batched_make(KrVm *vm, KrValue self, const KrValue *arg) {
    intptr_t size;
    bool strict;
    if (!kr_arg_size(vm, arg[1], &size) || !kr_truth(vm, arg[2], &strict)) return KR_ERROR;
    if (size < 1) return kr_raise(vm, &kr_value_error, "n must be at least one");
    KrValue it = kr_iter(vm, arg[0]), v = kr_is_error(it) ? it : kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(v)) return v;
    KR_AS(Batched, v)->iterator = it;
    KR_AS(Batched, v)->size = (size_t)size;
    KR_AS(Batched, v)->strict = strict;
    return v;
}

// The items of a batch: the first ones on the C stack, all in *many if they are more.
static bool batch_gather(KrVm *vm, Batched *b, KrValue few[FEW], KrValue *many, size_t *count) {
    size_t n = 0;
    for (KrValue it = b->iterator; n < b->size; n++) {
        KrValue item = kr_next_inline(vm, it);
        if (kr_is_error(item)) return false;
        if (kr_is_done(item)) break;
        if (n < FEW) few[n] = item;
        else if (n == FEW && kr_is_error(*many = kr_list(vm, FEW, few))) return false;
        if (n >= FEW && (!kr_list_append(vm, *many, item) || !kr_poll(vm, 1))) return false;
    }
    return *count = n, true;
}

static KrValue batched_next(KrVm *vm, KrValue self) {
    Batched *b = KR_AS(Batched, self);
    KrValue few[FEW], many = KR_UNSET;
    size_t count;
    if (kr_is_unset(b->iterator)) return KR_DONE;
    if (!batch_gather(vm, b, few, &many, &count)) return kr_store(vm, b, &b->iterator, KR_UNSET), KR_ERROR;
    if (count < b->size) kr_store(vm, b, &b->iterator, KR_UNSET);
    if (count == 0) return KR_DONE;
    if (count < b->size && b->strict) return kr_raise(vm, &kr_value_error, "batched(): incomplete batch");
    return kr_is_unset(many) ? kr_tuple(vm, count, few) : kr_tuple_from(vm, many);
}

static void batched_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((Batched *)o)->iterator); }

static const KrMethod batched_make_row = { "batched(iterable, n, *, strict=False)", batched_make, "", 0 };
KR_TOOL_TYPE(
    kr_batched_type, "batched",
    "Batch data into tuples of length n. The last batch may be shorter than n.\n\nLoops over the input iterable and accumulates data "
    "into tuples\nup to size n.  The input is consumed lazily, just enough to\nfill a batch.  The result is yielded as soon as a "
    "batch is full\nor when the input iterable is exhausted.\n\n    >>> for batch in batched('ABCDEFG', 3):\n    ...     "
    "print(batch)\n    ...\n    ('A', 'B', 'C')\n    ('D', 'E', 'F')\n    ('G',)\n\nIf \"strict\" is True, raises a ValueError if "
    "the final batch is shorter\nthan n.",
    Batched, unpickled_methods, &batched_make_row, batched_trace, batched_next, KR_TYPE_BASE)

// ---- zip_longest ---------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue iterators; // a tuple that nobody else sees; None where one has ended
    KrValue fill;
    size_t active; // those that have not
} Longest;

static KrValue longest_make(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const KrValue *iterable = kr_tuple_items(arg[0], &count);
    KrValue all = kr_tuple(vm, count, NULL);
    for (size_t i = 0; i < count && !kr_is_error(all); i++) {
        KrValue it = kr_iter(vm, iterable[i]);
        if (kr_is_error(it)) return it;
        kr_store(vm, kr_ptr(all), &kr_tuple_items(all, NULL)[i], it);
    }
    KrValue v = kr_is_error(all) ? all : kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(v)) return v;
    KR_AS(Longest, v)->iterators = all;
    KR_AS(Longest, v)->fill = arg[1];
    KR_AS(Longest, v)->active = count;
    return v;
}

// The value of column i; KR_DONE: it was the last one that had not ended.
static KrValue longest_item(KrVm *vm, Longest *z, size_t i) {
    KrValue *it = &kr_tuple_items(z->iterators, NULL)[i];
    if (kr_is_none(*it)) return z->fill;
    KrValue v = kr_next_inline(vm, *it);
    if (KR_LIKELY(!kr_is_done(v) && !kr_is_error(v))) return v;
    if (kr_is_error(v)) return z->active = 0, v;
    if (kr_is_none(*it)) return z->active ? z->fill : KR_DONE; // it was asked from inside
    if (z->active <= 1) return z->active = 0, KR_DONE;
    z->active--;
    kr_store(vm, kr_ptr(z->iterators), it, KR_NONE);
    return z->fill;
}

static KrValue longest_next(KrVm *vm, KrValue self) {
    Longest *z = KR_AS(Longest, self);
    KrValue few[FEW], *item = few, out = KR_UNSET;
    size_t count;
    kr_tuple_items(z->iterators, &count);
    if (z->active == 0) return KR_DONE;
    if (count > FEW) {
        out = kr_tuple(vm, count, NULL);
        if (kr_is_error(out)) return out;
        item = kr_tuple_items(out, NULL);
    }
    for (size_t i = 0; i < count; i++) {
        KrValue v = longest_item(vm, z, i);
        if (RAISED_OR_DONE(v)) return v;
        item[i] = v; // over None, or on the stack
    }
    return count > FEW ? out : kr_tuple(vm, count, few);
}

static KrValue longest_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const Longest *z = KR_AS(Longest, self);
    size_t count;
    (void)arg;
    const KrValue *it = kr_tuple_items(z->iterators, &count);
    KrValue empty = kr_tool_pickled(vm) ? kr_tuple(vm, 0, NULL) : KR_ERROR, args = kr_is_error(empty) ? empty : kr_tuple(vm, count, it);
    for (size_t i = 0; i < count && !kr_is_error(args); i++)
        if (kr_is_none(it[i])) kr_store(vm, kr_ptr(args), &kr_tuple_items(args, NULL)[i], empty);
    return kr_tool_reduced(vm, self, args, z->fill);
}

static KrValue longest_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    Longest *z = KR_AS(Longest, self);
    if (!kr_tool_pickled(vm)) return KR_ERROR;
    kr_store(vm, z, &z->fill, arg[0]);
    return KR_NONE;
}

static void longest_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((Longest *)o)->iterators);
    kr_trace(tracer, ((Longest *)o)->fill);
}

static const KrMethod longest_methods[] = {
    { "__reduce__()", longest_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", longest_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};
static const KrMethod longest_make_row = { "zip_longest(*iterables, fillvalue=None)", longest_make, "", 0 };
KR_TOOL_TYPE(kr_zip_longest_type, "zip_longest",
             "Return a zip_longest object whose .__next__() method returns a tuple where\nthe i-th element comes from the i-th iterable "
             "argument.  The .__next__()\nmethod continues until the longest iterable in the argument sequence\nis exhausted and then it "
             "raises StopIteration.  When the shorter iterables\nare exhausted, the fillvalue is substituted in their place.  The "
             "fillvalue\ndefaults to None or can be specified by a keyword argument.\n",
             Longest, longest_methods, &longest_make_row, longest_trace, longest_next, KR_TYPE_BASE)

// ---- groupby ---------------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue iterator, function; // function None: items are their own keys
    KrValue target;             // the key of the group that was given last; KR_UNSET: none yet
    KrValue key, item;          // of the item that was read last; item KR_UNSET: it was given
    KrValue grouper;            // the iterator of the current group, which alone gives items
} GroupBy;

typedef struct {
    KrObject head;
    KrValue parent, key;
} Grouper;

static KrValue groupby_make(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue it = kr_iter(vm, arg[0]), v = kr_is_error(it) ? it : kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(v)) return v;
    GroupBy *g = KR_AS(GroupBy, v);
    g->iterator = it, g->function = arg[1];
    g->target = g->key = g->item = g->grouper = KR_UNSET;
    return v;
}

// Reads an item and computes its key: KR_NONE, KR_DONE or KR_ERROR.
static KrValue groupby_read(KrVm *vm, GroupBy *g) {
    KrValue item = kr_next_inline(vm, g->iterator);
    if (RAISED_OR_DONE(item)) return item;
    KrValue key = kr_is_none(g->function) ? item : kr_call(vm, g->function, 1, &item);
    if (kr_is_error(key)) return key;
    kr_store(vm, g, &g->item, item);
    kr_store(vm, g, &g->key, key);
    return KR_NONE;
}

static KrValue grouper_new(KrVm *vm, KrValue type, KrValue parent, KrValue key) {
    KrValue v = kr_alloc_instance(vm, kr_as_type(type));
    if (kr_is_error(v)) return v;
    KR_AS(Grouper, v)->parent = parent;
    KR_AS(Grouper, v)->key = key;
    GroupBy *g = KR_AS(GroupBy, parent);
    kr_store(vm, g, &g->grouper, v);
    return v;
}

static KrValue groupby_next(KrVm *vm, KrValue self) {
    GroupBy *g = KR_AS(GroupBy, self);
    kr_store(vm, g, &g->grouper, KR_UNSET);
    for (;;) { // past the rest of the group
        bool same = true;
        if (!kr_is_unset(g->key)) {
            if (kr_is_unset(g->target)) break;
            KrValue target = g->target, key = g->key;
            if (!kr_equal(vm, target, key, &same)) return KR_ERROR;
            if (!same) break;
        }
        KrValue v = groupby_read(vm, g);
        if (RAISED_OR_DONE(v)) return v;
        if (!kr_poll(vm, 1)) return KR_ERROR;
    }
    KrValue key = g->key;
    kr_store(vm, g, &g->target, key);
    KrValue grouper = grouper_new(vm, kr_type_value(&kr_grouper_type), self, key);
    return kr_is_error(grouper) ? grouper : kr_tuple2(vm, key, grouper);
}

static KrValue groupby_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const GroupBy *g = KR_AS(GroupBy, self);
    (void)arg;
    if (!kr_tool_pickled(vm)) return KR_ERROR;
    KrValue state = KR_UNSET;
    if (!kr_is_unset(g->target) && !kr_is_unset(g->key) && !kr_is_unset(g->item))
        state = kr_tuple(vm, 3, (KrValue[]){ g->item, g->target, g->key });
    return kr_tool_reduced(vm, self, kr_tuple2(vm, g->iterator, g->function), state);
}

static KrValue groupby_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    GroupBy *g = KR_AS(GroupBy, self);
    const KrValue *item;
    if (!kr_tool_pickled(vm) || !kr_tool_state(vm, arg[0], 3, &item)) return KR_ERROR;
    kr_store(vm, g, &g->item, item[0]);
    kr_store(vm, g, &g->target, item[1]);
    kr_store(vm, g, &g->key, item[2]);
    return KR_NONE;
}

static void groupby_trace(KrTracer *tracer, KrObject *o) {
    const GroupBy *g = (const GroupBy *)o;
    kr_trace(tracer, g->iterator);
    kr_trace(tracer, g->function);
    kr_trace(tracer, g->target);
    kr_trace(tracer, g->key);
    kr_trace(tracer, g->item);
    kr_trace(tracer, g->grouper);
}

static const KrMethod groupby_methods[] = {
    { "__reduce__()", groupby_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", groupby_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};
static const KrMethod groupby_make_row = { "groupby(iterable, key=None)", groupby_make, "", 0 };
KR_TOOL_TYPE(
    kr_groupby_type, "groupby",
    "make an iterator that returns consecutive keys and groups from the iterable\n\n  iterable\n    Elements to divide into groups "
    "according to the key function.\n  key\n    A function for computing the group category for each element.\n    If the key "
    "function is not specified or is None, the element itself\n    is used for grouping.",
    GroupBy, groupby_methods, &groupby_make_row, groupby_trace, groupby_next, KR_TYPE_BASE)

static KrValue grouper_make(KrVm *vm, KrValue self, const KrValue *arg) {
    if (!kr_isa(arg[0], &kr_groupby_type))
        return kr_raise(vm, &kr_type_error, "_grouper() argument 1 must be itertools.groupby, not %T", arg[0]);
    return grouper_new(vm, self, arg[0], arg[1]);
}

static KrValue grouper_next(KrVm *vm, KrValue self) {
    const Grouper *r = KR_AS(Grouper, self);
    GroupBy *g = KR_AS(GroupBy, r->parent);
    if (!kr_same(g->grouper, self)) return KR_DONE;
    if (kr_is_unset(g->item)) {
        KrValue v = groupby_read(vm, g);
        if (RAISED_OR_DONE(v)) return v;
    }
    KrValue key = g->key;
    bool same;
    if (!kr_equal(vm, r->key, key, &same)) return KR_ERROR;
    if (!same || kr_is_unset(g->item)) return KR_DONE;
    KrValue item = g->item;
    kr_store(vm, g, &g->item, KR_UNSET);
    return item;
}

static KrValue grouper_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const Grouper *r = KR_AS(Grouper, self);
    (void)arg;
    if (!kr_tool_pickled(vm)) return KR_ERROR;
    if (kr_same(KR_AS(GroupBy, r->parent)->grouper, self)) return kr_tool_reduced(vm, self, kr_tuple2(vm, r->parent, r->key), KR_UNSET);
    KrValue empty = kr_tuple(vm, 0, NULL);
    return kr_is_error(empty) ? empty : kr_reduced(vm, "iter", empty, KR_UNSET);
}

static void grouper_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((Grouper *)o)->parent);
    kr_trace(tracer, ((Grouper *)o)->key);
}

static const KrMethod grouper_methods[] = {
    { "__reduce__()", grouper_reduce, KR_DOC("Return state information for pickling."), 0 },
    { 0 },
};
static const KrMethod grouper_make_row = { "_grouper(parent, tgtkey, /)", grouper_make, "", 0 };
const KrType kr_grouper_type = {
    KR_TYPE_HEAD(kr_grouper_type), .name = "itertools._grouper", .size = sizeof(Grouper),  .methods = grouper_methods,
    .make = &grouper_make_row,     .trace = grouper_trace,       .iter = kr_iterator_self, .next = grouper_next,
};
