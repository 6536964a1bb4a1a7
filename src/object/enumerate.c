// enumerate.c - the builtin iterators over other iterators: enumerate, zip, map, filter and reversed.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str_method.h"
#include "object/tuple.h"
#include "object/type.h"

enum { KR_FEW = 8 }; // so many values are gathered on the C stack

static KrValue class_of(KrValue v) { return kr_type_value(kr_type_of(v)); }

// ---- enumerate -----------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue iterator, index; // index: an int of any size
} Enumerate;

static KrValue enumerate_make(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue index = kr_index(vm, arg[1]);
    KrValue it = kr_is_error(index) ? index : kr_iter(vm, arg[0]);
    KrValue v = kr_is_error(it) ? it : kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(v)) return v;
    KR_AS(Enumerate, v)->iterator = it;
    KR_AS(Enumerate, v)->index = index;
    return v;
}

KrValue kr_enumerate_next_pair(KrVm *vm, KrValue self, KrValue pair[2]) {
    Enumerate *e = KR_AS(Enumerate, self);
    KrValue item = kr_next_inline(vm, e->iterator), index = e->index, next;
    if (kr_is_error(item) || kr_is_done(item)) return item;
    if (KR_LIKELY(kr_is_int(index) && kr_int_value(index) < KR_INT_MAX)) next = kr_int_box(kr_int_value(index) + 1);
    else next = kr_int_binary(vm, KR_ADD, index, kr_int_box(1));
    if (kr_is_error(next)) return next;
    kr_store(vm, e, &e->index, next);
    pair[0] = index, pair[1] = item;
    return KR_NONE;
}

static KrValue enumerate_next(KrVm *vm, KrValue self) {
    KrValue pair[2], v = kr_enumerate_next_pair(vm, self, pair);
    return kr_is_none(v) ? kr_tuple2(vm, pair[0], pair[1]) : v;
}

static KrValue enumerate_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue args = kr_tuple2(vm, KR_AS(Enumerate, self)->iterator, KR_AS(Enumerate, self)->index);
    return kr_is_error(args) ? args : kr_tuple2(vm, class_of(self), args);
}

static void enumerate_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((Enumerate *)o)->iterator);
    kr_trace(tracer, ((Enumerate *)o)->index);
}

static const KrMethod enumerate_make_row = { "enumerate(iterable, start=0)", enumerate_make, "", KR_LIKE_ENUMERATE };
static const KrMethod enumerate_methods[] = {
    { "__reduce__()", enumerate_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};

const KrType kr_enumerate_type = {
    KR_TYPE_HEAD(kr_enumerate_type),
    .name = "enumerate",
    .doc = KR_DOC("Return an enumerate object.\n\n  iterable\n    an object supporting iteration\n\nThe enumerate object yields pairs "
                  "containing a count (from start, which\ndefaults to zero) and a value yielded by the iterable argument.\n\nenumerate is "
                  "useful for obtaining an indexed list:\n    (0, seq[0]), (1, seq[1]), (2, seq[2]), ..."),
    .flags = KR_TYPE_BASE,
    .size = sizeof(Enumerate),
    .methods = enumerate_methods,
    .make = &enumerate_make_row,
    .trace = enumerate_trace,
    .iter = kr_iterator_self,
    .next = enumerate_next,
};

// ---- zip and map ---------------------------------------------------------------------------------------------------------------

typedef struct { // zip and map
    KrObject head;
    KrValue function;  // of map
    KrValue iterators; // a tuple
    bool strict;       // zip: all must end together
} Parallel;

static void parallel_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((Parallel *)o)->function);
    kr_trace(tracer, ((Parallel *)o)->iterators);
}

static KrValue iterators_of(KrVm *vm, const KrValue *iterable, size_t count) {
    KrValue all = kr_tuple(vm, count, NULL);
    for (size_t i = 0; i < count && !kr_is_error(all); i++) {
        KrValue it = kr_iter(vm, iterable[i]);
        if (kr_is_error(it)) return it;
        kr_store(vm, kr_ptr(all), &kr_tuple_items(all, NULL)[i], it);
    }
    return all;
}

static KrValue parallel_new(KrVm *vm, KrValue type, KrValue function, const KrValue *iterable, size_t count) {
    KrValue iterators = iterators_of(vm, iterable, count);
    KrValue v = kr_is_error(iterators) ? iterators : kr_alloc_instance(vm, kr_as_type(type));
    if (kr_is_error(v)) return v;
    KR_AS(Parallel, v)->function = function;
    KR_AS(Parallel, v)->iterators = iterators;
    return v;
}

static KrValue zip_make(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    bool strict;
    const KrValue *iterable = kr_tuple_items(arg[0], &count);
    if (!kr_truth(vm, arg[1], &strict)) return KR_ERROR;
    KrValue v = parallel_new(vm, self, KR_NONE, iterable, count);
    if (!kr_is_error(v)) KR_AS(Parallel, v)->strict = strict;
    return v;
}

// Iterator number `ended` came to its end. Strict: none before it may have given a value, none behind it may have one left.
static KrValue zip_end(KrVm *vm, const Parallel *z, size_t ended) {
    size_t count;
    const KrValue *it = kr_tuple_items(z->iterators, &count);
    if (!z->strict) return KR_DONE;
    if (ended)
        return kr_raise(vm, &kr_value_error, "zip() argument %u is shorter than argument%s%u", ended + 1, ended == 1 ? " " : "s 1-", ended);
    for (size_t i = 1; i < count; i++) {
        KrValue v = kr_next_inline(vm, it[i]);
        if (kr_is_error(v)) return v;
        if (!kr_is_done(v))
            return kr_raise(vm, &kr_value_error, "zip() argument %u is longer than argument%s%u", i + 1, i == 1 ? " " : "s 1-", i);
    }
    return KR_DONE;
}

KrValue kr_zip_next_pair(KrVm *vm, KrValue self, KrValue pair[2]) {
    const Parallel *z = KR_AS(Parallel, self);
    size_t count;
    const KrValue *it = kr_tuple_items(z->iterators, &count);
    if (count != 2) return KR_UNSET;
    for (size_t i = 0; i < 2; i++) {
        pair[i] = kr_next_inline(vm, it[i]);
        if (KR_UNLIKELY(kr_is_error(pair[i]) || kr_is_done(pair[i]))) return kr_is_error(pair[i]) ? KR_ERROR : zip_end(vm, z, i);
    }
    return KR_NONE;
}

static KrValue zip_next(KrVm *vm, KrValue self) {
    const Parallel *z = KR_AS(Parallel, self);
    size_t count;
    const KrValue *it = kr_tuple_items(z->iterators, &count);
    KrValue few[KR_FEW], out = KR_UNSET, *item = few;
    if (count == 0) return KR_DONE;
    if (count > KR_FEW) {
        out = kr_tuple(vm, count, NULL);
        if (kr_is_error(out)) return out;
        item = kr_tuple_items(out, NULL);
    }
    for (size_t i = 0; i < count; i++) {
        KrValue v = kr_next_inline(vm, it[i]);
        if (KR_UNLIKELY(kr_is_error(v) || kr_is_done(v))) return kr_is_error(v) ? v : zip_end(vm, z, i);
        item[i] = v; // over None, or on the stack
    }
    return count > KR_FEW ? out : kr_tuple(vm, count, few);
}

static KrValue zip_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const Parallel *z = KR_AS(Parallel, self);
    return kr_tuple(vm, z->strict ? 3 : 2, (KrValue[]){ class_of(self), z->iterators, KR_TRUE });
}

static KrValue zip_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    return kr_truth(vm, arg[0], &KR_AS(Parallel, self)->strict) ? KR_NONE : KR_ERROR;
}

static const KrMethod zip_make_row = { "zip(*iterables, strict=False)", zip_make, "", 0 };
static const KrMethod zip_methods[] = {
    { "__reduce__()", zip_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", zip_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};

const KrType kr_zip_type = {
    KR_TYPE_HEAD(kr_zip_type),
    .name = "zip",
    .doc = KR_DOC(
        "The zip object yields n-length tuples, where n is the number of iterables\npassed as positional arguments to zip().  The i-th "
        "element in every tuple\ncomes from the i-th iterable argument to zip().  This continues until the\nshortest argument is "
        "exhausted.\n\nIf strict is true and one of the arguments is exhausted before the others,\nraise a ValueError."),
    .flags = KR_TYPE_BASE,
    .size = sizeof(Parallel),
    .methods = zip_methods,
    .make = &zip_make_row,
    .trace = parallel_trace,
    .iter = kr_iterator_self,
    .next = zip_next,
};

static KrValue map_make(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    if (count < 2) return kr_raise(vm, &kr_type_error, "map() must have at least two arguments.");
    return parallel_new(vm, self, item[0], item + 1, count - 1);
}

static KrValue map_next(KrVm *vm, KrValue self) {
    const Parallel *m = KR_AS(Parallel, self);
    size_t count;
    const KrValue *it = kr_tuple_items(m->iterators, &count);
    KrValue few[KR_FEW], *item = few;
    if (count > KR_FEW) {
        KrValue many = kr_tuple(vm, count, NULL);
        if (kr_is_error(many)) return many;
        item = kr_tuple_items(many, NULL);
    }
    for (size_t i = 0; i < count; i++) {
        item[i] = kr_next_inline(vm, it[i]);
        if (kr_is_error(item[i]) || kr_is_done(item[i])) return item[i];
    }
    return kr_call(vm, m->function, count, item);
}

static KrValue map_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const Parallel *m = KR_AS(Parallel, self);
    size_t count;
    kr_tuple_items(m->iterators, &count);
    KrTupleObject *args = kr_tuple_new(vm, count + 1);
    if (!args) return KR_ERROR;
    args->item[0] = m->function;
    memcpy(args->item + 1, kr_tuple_items(m->iterators, NULL), count * sizeof(KrValue));
    return kr_tuple2(vm, class_of(self), kr_from_ptr(args));
}

static const KrMethod map_make_row = { "map(*args)", map_make, "", 0 };
static const KrMethod map_methods[] = {
    { "__reduce__()", map_reduce, KR_DOC("Return state information for pickling."), 0 },
    { 0 },
};

const KrType kr_map_type = {
    KR_TYPE_HEAD(kr_map_type),
    .name = "map",
    .doc = KR_DOC("(function, iterable, /, *iterables)\n\nMake an iterator that computes the function using arguments from\neach of the "
                  "iterables.  Stops when the shortest iterable is "
                  "exhausted."),
    .flags = KR_TYPE_BASE,
    .size = sizeof(Parallel),
    .methods = map_methods,
    .make = &map_make_row,
    .trace = parallel_trace,
    .iter = kr_iterator_self,
    .next = map_next,
};

// ---- filter --------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue function, iterator; // function None: the items' own truth
} Filter;

static KrValue filter_make(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue it = kr_iter(vm, arg[1]);
    KrValue v = kr_is_error(it) ? it : kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(v)) return v;
    KR_AS(Filter, v)->function = arg[0];
    KR_AS(Filter, v)->iterator = it;
    return v;
}

static KrValue filter_next(KrVm *vm, KrValue self) {
    const Filter *f = KR_AS(Filter, self);
    bool own = kr_is_none(f->function) || kr_same(f->function, kr_type_value(&kr_bool_type));
    for (;;) {
        KrValue item = kr_next_inline(vm, f->iterator);
        if (kr_is_error(item) || kr_is_done(item)) return item;
        KrValue verdict = own ? item : kr_call(vm, f->function, 1, &item);
        bool wanted;
        if (kr_is_error(verdict) || !kr_truth(vm, verdict, &wanted)) return KR_ERROR;
        if (wanted) return item;
        if (!kr_poll(vm, 1)) return KR_ERROR;
    }
}

static KrValue filter_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue args = kr_tuple2(vm, KR_AS(Filter, self)->function, KR_AS(Filter, self)->iterator);
    return kr_is_error(args) ? args : kr_tuple2(vm, class_of(self), args);
}

static void filter_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((Filter *)o)->function);
    kr_trace(tracer, ((Filter *)o)->iterator);
}

static const KrMethod filter_make_row = { "filter(function, iterable, /)", filter_make, "", 0 };
static const KrMethod filter_methods[] = {
    { "__reduce__()", filter_reduce, KR_DOC("Return state information for pickling."), 0 },
    { 0 },
};

const KrType kr_filter_type = {
    KR_TYPE_HEAD(kr_filter_type),
    .name = "filter",
    .doc = KR_DOC(
        "Return an iterator yielding those items of iterable for which function(item)\nis true. If function is None, return the items "
        "that are true."),
    .flags = KR_TYPE_BASE,
    .size = sizeof(Filter),
    .methods = filter_methods,
    .make = &filter_make_row,
    .trace = filter_trace,
    .iter = kr_iterator_self,
    .next = filter_next,
};

// ---- reversed ------------------------------------------------------------------------------------------------------------------

static KrValue reversed_make(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrType *type = kr_type_of(arg[0]);
    size_t len;
    KrValue method = kr_type_lookup(vm, type, KR_N(__reversed__));
    bool sequence = !kr_is_dict(arg[0]) && !kr_is_unset(kr_type_lookup(vm, type, KR_N(__getitem__)));
    if (!kr_is_heap_type(type) && !KR_SLOT_OWNER(type, length)) sequence = false; // list[int] and the like
    if (kr_is_none(method) || (kr_is_unset(method) && !sequence))
        return kr_raise(vm, &kr_type_error, "'%T' object is not reversible", arg[0]);
    if (!kr_is_unset(method)) return kr_try_special(vm, arg[0], KR_N(__reversed__), 0, NULL);
    if (!kr_len(vm, arg[0], &len)) return KR_ERROR;
    KrValue v = kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(v)) return v;
    KR_AS(KrIndexIterator, v)->source = arg[0];
    KR_AS(KrIndexIterator, v)->at = (intptr_t)len - 1;
    return v;
}

static KrValue reversed_next(KrVm *vm, KrValue self) {
    KrIndexIterator *it = KR_AS(KrIndexIterator, self);
    if (it->at >= 0 && !kr_is_unset(it->source)) {
        KrValue at = kr_int(vm, it->at), v = kr_is_error(at) ? at : kr_getitem(vm, it->source, at);
        if (!kr_is_error(v)) return it->at--, v;
        if (!kr_raised_is(vm, &kr_index_error) && !kr_raised_is(vm, &kr_stop_iteration)) return v;
        (void)kr_take_raised(vm);
    }
    it->at = -1;
    kr_store(vm, it, &it->source, KR_UNSET);
    return KR_DONE;
}

static KrValue reversed_length_hint(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const KrIndexIterator *it = KR_AS(KrIndexIterator, self);
    size_t len;
    if (kr_is_unset(it->source)) return kr_int_box(0);
    if (!kr_len(vm, it->source, &len)) return KR_ERROR;
    return kr_int(vm, it->at + 1 > (intptr_t)len ? 0 : it->at + 1);
}

static KrValue reversed_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const KrIndexIterator *it = KR_AS(KrIndexIterator, self);
    bool ended = kr_is_unset(it->source);
    KrValue source = ended ? kr_tuple(vm, 0, NULL) : it->source;
    KrValue args = kr_is_error(source) ? source : kr_tuple(vm, 1, &source), at = kr_int(vm, it->at);
    if (kr_is_error(args) || kr_is_error(at)) return KR_ERROR;
    return kr_tuple(vm, ended ? 2 : 3, (KrValue[]){ class_of(self), args, at });
}

static KrValue reversed_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    KrIndexIterator *it = KR_AS(KrIndexIterator, self);
    intptr_t at;
    size_t len;
    if (!kr_arg_size(vm, arg[0], &at)) return KR_ERROR;
    if (kr_is_unset(it->source)) return KR_NONE;
    if (!kr_len(vm, it->source, &len)) return KR_ERROR;
    it->at = at < -1 ? -1 : at > (intptr_t)len - 1 ? (intptr_t)len - 1 : at;
    return KR_NONE;
}

static const KrMethod reversed_make_row = { "reversed(sequence, /)", reversed_make, "", 0 };
static const KrMethod reversed_methods[] = {
    { "__length_hint__()", reversed_length_hint, KR_DOC("Private method returning an estimate of len(list(it))."), 0 },
    { "__reduce__()", reversed_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", reversed_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};

const KrType kr_reversed_type = {
    KR_TYPE_HEAD(kr_reversed_type),
    .name = "reversed",
    .doc = KR_DOC("Return a reverse iterator over the values of the given sequence."),
    .flags = KR_TYPE_BASE,
    .size = sizeof(KrIndexIterator),
    .methods = reversed_methods,
    .make = &reversed_make_row,
    .trace = kr_index_iterator_trace,
    .iter = kr_iterator_self,
    .next = reversed_next,
};
