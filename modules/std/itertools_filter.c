// itertools_filter.c - module itertools: the iterators that choose from, or map, the items of another one.
// SPDX-License-Identifier: MIT
#include "itertools_part.h"

#define RAISED_OR_DONE(v) KR_UNLIKELY(kr_is_error(v) || kr_is_done(v))

// (type, (function, iterator)), with the flag as state for those that change it.
static KrValue reduce_pair(KrVm *vm, KrValue self, KrValue state) {
    const KrTool *t = kr_tool(self);
    if (!kr_tool_pickled(vm)) return KR_ERROR;
    return kr_tool_reduced(vm, self, kr_tuple2(vm, t->second, t->iterator), state);
}
static KrValue reduce(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, reduce_pair(vm, self, KR_UNSET); }
static KrValue reduce_flag(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, reduce_pair(vm, self, kr_int_box(kr_tool(self)->flag));
}
static KrValue set_flag(KrVm *vm, KrValue self, const KrValue *arg) {
    return kr_tool_pickled(vm) && kr_truth(vm, arg[0], &kr_tool(self)->flag) ? KR_NONE : KR_ERROR;
}

static KrValue function_make(KrVm *vm, KrValue self, const KrValue *arg) { return kr_tool_new(vm, self, arg[1], arg[0]); }

static bool holds(KrVm *vm, KrValue function, KrValue item, bool *out) {
    KrValue v = kr_call(vm, function, 1, &item);
    return !kr_is_error(v) && kr_truth(vm, v, out);
}

static const KrMethod plain_methods[] = {
    { "__reduce__()", reduce, KR_DOC("Return state information for pickling."), 0 },
    { 0 },
};
static const KrMethod flag_methods[] = {
    { "__reduce__()", reduce_flag, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", set_flag, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};

// ---- dropwhile and takewhile: the flag tells that the predicate was false once -----------------------------------------------------

static KrValue dropwhile_next(KrVm *vm, KrValue self) {
    KrTool *t = kr_tool(self);
    for (;;) {
        KrValue item = kr_next_inline(vm, t->iterator);
        bool drop;
        if (RAISED_OR_DONE(item) || t->flag) return item;
        if (!holds(vm, t->second, item, &drop)) return KR_ERROR;
        if (!drop) return t->flag = true, item;
        if (!kr_poll(vm, 1)) return KR_ERROR;
    }
}

static KrValue takewhile_next(KrVm *vm, KrValue self) {
    KrTool *t = kr_tool(self);
    if (t->flag) return KR_DONE;
    KrValue item = kr_next_inline(vm, t->iterator);
    bool take;
    if (RAISED_OR_DONE(item)) return item;
    if (!holds(vm, t->second, item, &take)) return KR_ERROR;
    if (take) return item;
    return t->flag = true, KR_DONE;
}

static const KrMethod dropwhile_make = { "dropwhile(predicate, iterable, /)", function_make, "", 0 };
static const KrMethod takewhile_make = { "takewhile(predicate, iterable, /)", function_make, "", 0 };

KR_TOOL_TYPE(
    kr_dropwhile_type, "dropwhile",
    "Drop items from the iterable while predicate(item) is true.\n\nAfterwards, return every element until the iterable is exhausted.",
    KrTool, flag_methods, &dropwhile_make, kr_tool_trace, dropwhile_next, KR_TYPE_BASE)
KR_TOOL_TYPE(kr_takewhile_type, "takewhile",
             "Return successive entries from an iterable as long as the predicate evaluates to true for each entry.", KrTool, flag_methods,
             &takewhile_make, kr_tool_trace, takewhile_next, KR_TYPE_BASE)

// ---- filterfalse -----------------------------------------------------------------------------------------------------------------

static KrValue filterfalse_next(KrVm *vm, KrValue self) {
    const KrTool *t = kr_tool(self);
    bool own = kr_is_none(t->second) || kr_same(t->second, kr_type_value(&kr_bool_type)), drop;
    for (;;) {
        KrValue item = kr_next_inline(vm, t->iterator);
        if (RAISED_OR_DONE(item)) return item;
        if (!(own ? kr_truth(vm, item, &drop) : holds(vm, t->second, item, &drop))) return KR_ERROR;
        if (!drop) return item;
        if (!kr_poll(vm, 1)) return KR_ERROR;
    }
}

static const KrMethod filterfalse_make = { "filterfalse(function, iterable, /)", function_make, "", 0 };
KR_TOOL_TYPE(kr_filterfalse_type, "filterfalse",
             "Return those items of iterable for which function(item) is false.\n\nIf function is None, return the items that are false.",
             KrTool, plain_methods, &filterfalse_make, kr_tool_trace, filterfalse_next, KR_TYPE_BASE)

// ---- starmap -----------------------------------------------------------------------------------------------------------------------

static KrValue starmap_next(KrVm *vm, KrValue self) {
    const KrTool *t = kr_tool(self);
    KrValue args = kr_next_inline(vm, t->iterator);
    size_t count;
    if (RAISED_OR_DONE(args)) return args;
    if (!kr_is_exact(args, &kr_tuple_type)) args = kr_tuple_from(vm, args);
    if (kr_is_error(args)) return args;
    const KrValue *item = kr_tuple_items(args, &count);
    return kr_call(vm, t->second, count, item);
}

static const KrMethod starmap_make = { "starmap(function, iterable, /)", function_make, "", 0 };
KR_TOOL_TYPE(
    kr_starmap_type, "starmap",
    "Return an iterator whose values are returned from the function evaluated with an argument tuple taken from the given sequence.",
    KrTool, plain_methods, &starmap_make, kr_tool_trace, starmap_next, KR_TYPE_BASE)

// ---- compress: `second` has the selectors ------------------------------------------------------------------------------------------

static KrValue compress_make(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue data = kr_iter(vm, arg[0]), selectors = kr_is_error(data) ? data : kr_iter(vm, arg[1]);
    return kr_is_error(selectors) ? selectors : kr_tool_new(vm, self, data, selectors);
}

static KrValue compress_next(KrVm *vm, KrValue self) {
    const KrTool *t = kr_tool(self);
    for (;;) {
        KrValue item = kr_next_inline(vm, t->iterator);
        if (RAISED_OR_DONE(item)) return item;
        KrValue selector = kr_next_inline(vm, t->second);
        bool chosen;
        if (RAISED_OR_DONE(selector)) return selector;
        if (!kr_truth(vm, selector, &chosen)) return KR_ERROR;
        if (chosen) return item;
        if (!kr_poll(vm, 1)) return KR_ERROR;
    }
}

static KrValue compress_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrTool *t = kr_tool(self);
    (void)arg;
    if (!kr_tool_pickled(vm)) return KR_ERROR;
    return kr_tool_reduced(vm, self, kr_tuple2(vm, t->iterator, t->second), KR_UNSET);
}

static const KrMethod compress_methods[] = {
    { "__reduce__()", compress_reduce, KR_DOC("Return state information for pickling."), 0 },
    { 0 },
};
static const KrMethod compress_make_row = { "compress(data, selectors)", compress_make, "", 0 };
KR_TOOL_TYPE(
    kr_compress_type, "compress",
    "Return data elements corresponding to true selector elements.\n\nForms a shorter iterator from selected data elements using the "
    "selectors to\nchoose the data elements.",
    KrTool, compress_methods, &compress_make_row, kr_tool_trace, compress_next, KR_TYPE_BASE)

// ---- islice ------------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue iterator;      // KR_UNSET: it has ended
    size_t at, next, stop; // items taken so far, the number of the next one to give, the end (SIZE_MAX: none)
    size_t step;
} Slice;

// None, or an index from `least` on, clipped; what else it is, ValueError says the same.
static bool slice_bound(KrVm *vm, KrValue v, intptr_t least, size_t none, const char *message, size_t *out) {
    intptr_t i;
    if (kr_is_none(v)) return *out = none, true;
    if (!kr_to_index_clipped(vm, v, &i)) {
        (void)kr_take_raised(vm);
        i = -1;
    }
    *out = (size_t)i;
    return i >= least || kr_fail(kr_raise(vm, &kr_value_error, "%s", message));
}

#define LIMITS " must be None or an integer: 0 <= x <= sys.maxsize."

static KrValue islice_make(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count, start = 0, stop, step = 1;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    if (count < 2 || count > 4)
        return kr_raise(vm, &kr_type_error, "islice expected at %s arguments, got %u", count < 2 ? "least 2" : "most 4", count);
    const char *bad_stop = "Stop argument for islice()" LIMITS, *bad_start = "Indices for islice()" LIMITS;
    if (count > 2 && !slice_bound(vm, item[1], 0, 0, bad_start, &start)) return KR_ERROR;
    if (!slice_bound(vm, item[count > 2 ? 2 : 1], 0, SIZE_MAX, bad_stop, &stop)) return KR_ERROR;
    if (count > 3 && !slice_bound(vm, item[3], 1, 1, "Step for islice() must be a positive integer or None.", &step)) return KR_ERROR;
    KrValue it = kr_iter(vm, item[0]), v = kr_is_error(it) ? it : kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(v)) return v;
    Slice *s = KR_AS(Slice, v);
    s->iterator = it;
    s->next = start, s->stop = stop, s->step = step;
    return v;
}

static KrValue slice_ended(KrVm *vm, Slice *s) { return kr_store(vm, s, &s->iterator, KR_UNSET), KR_DONE; }

static KrValue islice_next(KrVm *vm, KrValue self) {
    Slice *s = KR_AS(Slice, self);
    for (;;) {
        bool wanted = s->at >= s->next;
        if (kr_is_unset(s->iterator)) return KR_DONE;
        if (wanted && s->at >= s->stop) return slice_ended(vm, s);
        KrValue item = kr_next_inline(vm, s->iterator);
        if (kr_is_error(item)) return item;
        if (kr_is_done(item)) return slice_ended(vm, s);
        s->at++;
        if (wanted) {
            if (__builtin_add_overflow(s->next, s->step, &s->next) || s->next > s->stop) s->next = s->stop;
            return item;
        }
        if (s->at % 32 == 0 && !kr_poll(vm, 32)) return KR_ERROR;
    }
}

static KrValue islice_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const Slice *s = KR_AS(Slice, self);
    KrValue it = kr_tool_pickled(vm) ? kr_tool_iter_of_nothing(vm, s->iterator) : KR_ERROR;
    (void)arg;
    if (kr_is_error(it)) return it;
    if (kr_is_unset(s->iterator)) return kr_tool_reduced(vm, self, kr_tuple2(vm, it, kr_int_box(0)), kr_int_box(0));
    KrValue next = kr_int_from_u64(vm, s->next), step = kr_int_from_u64(vm, s->step), at = kr_int_from_u64(vm, s->at);
    KrValue stop = s->stop == SIZE_MAX ? KR_NONE : kr_int_from_u64(vm, s->stop);
    if (kr_is_error(next) || kr_is_error(step) || kr_is_error(at) || kr_is_error(stop)) return KR_ERROR;
    return kr_tool_reduced(vm, self, kr_tuple(vm, 4, (KrValue[]){ it, next, stop, step }), at);
}

static KrValue islice_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    intptr_t at;
    if (!kr_tool_pickled(vm)) return KR_ERROR;
    if (!kr_is_integer(arg[0])) return kr_raise(vm, &kr_type_error, "an integer is required");
    if (!kr_arg_size(vm, arg[0], &at)) return KR_ERROR;
    KR_AS(Slice, self)->at = (size_t)at;
    return KR_NONE;
}

static void islice_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((Slice *)o)->iterator); }

static const KrMethod islice_methods[] = {
    { "__reduce__()", islice_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", islice_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};
static const KrMethod islice_make_row = { "islice(*args)", islice_make, "", 0 };
KR_TOOL_TYPE(
    kr_islice_type, "islice",
    "islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object\n\nReturn an iterator whose "
    "next() method returns selected values from an\niterable.  If start is specified, will skip all preceding "
    "elements;\notherwise, start defaults to zero.  Step defaults to one.  If\nspecified as another value, step determines how many "
    "values are\nskipped between successive calls.  Works like a slice() on a list\nbut returns an iterator.",
    Slice, islice_methods, &islice_make_row, islice_trace, islice_next, KR_TYPE_BASE)
