// itertools_series.c - module itertools: the iterators that make a series: count, repeat, cycle, chain and accumulate.
// SPDX-License-Identifier: MIT
#include "itertools_part.h"

#define RAISED_OR_DONE(v) KR_UNLIKELY(kr_is_error(v) || kr_is_done(v))

// a + b, the most frequent kinds at once.
KR_RAISES static inline KrValue sum(KrVm *vm, KrValue a, KrValue b) {
    KrValue v;
    if (kr_both_int(a, b) && kr_int_add(a, b, &v)) return v;
    if (kr_is_double(a) && kr_is_double(b)) return kr_float(vm, kr_double_unbox(a) + kr_double_unbox(b));
    return kr_binary(vm, KR_ADD, a, b);
}

// ---- count: `kept` is the next number, `second` the step -----------------------------------------------------------------------------

static bool is_number(KrVm *vm, KrValue v) {
    static const char *const method[] = { "__index__", "__float__", "__int__" };
    if (kr_is_integer(v) || kr_is_float(v) || kr_has_flag(v, KR_TYPE_IS_COMPLEX)) return true;
    for (size_t i = 0; i < KR_COUNT_OF(method); i++) {
        KrValue name = kr_name(vm, method[i]);
        if (!kr_is_error(name) && !kr_is_unset(kr_type_lookup(vm, kr_type_of(v), name))) return true;
    }
    return false;
}

static KrValue count_make(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue start = arg[0], step = arg[1];
    if (!is_number(vm, start) || !is_number(vm, step)) return kr_raise(vm, &kr_type_error, "a number is required");
    if (kr_is_bool(start)) start = kr_int_box(kr_is_true_value(start));
    if (kr_is_bool(step) && kr_is_int(start)) step = kr_int_box(kr_is_true_value(step));
    KrValue v = kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(v)) return v;
    kr_tool(v)->kept = start;
    kr_tool(v)->second = step;
    kr_tool(v)->iterator = KR_UNSET;
    return v;
}

static KrValue count_next(KrVm *vm, KrValue self) {
    KrTool *t = kr_tool(self);
    KrValue now = t->kept, next = sum(vm, now, t->second);
    if (kr_is_error(next)) return next;
    kr_store(vm, t, &t->kept, next);
    return now;
}

static bool step_is_one(const KrTool *t) { return kr_is_int(t->second) && kr_int_value(t->second) == 1; }

static KrValue count_repr(KrVm *vm, KrValue self) {
    const KrTool *t = kr_tool(self);
    const char *name = kr_tool_name(self);
    if (step_is_one(t)) return kr_format(vm, "%s(%R)", name, t->kept);
    return kr_format(vm, "%s(%R, %R)", name, t->kept, t->second);
}

static KrValue count_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrTool *t = kr_tool(self);
    (void)arg;
    if (!kr_tool_pickled(vm)) return KR_ERROR;
    size_t given = step_is_one(t) && kr_is_int(t->kept) ? 1 : 2;
    return kr_tool_reduced(vm, self, kr_tuple(vm, given, (KrValue[]){ t->kept, t->second }), KR_UNSET);
}

static const KrMethod count_methods[] = {
    { "__reduce__()", count_reduce, KR_DOC("Return state information for pickling."), 0 },
    { 0 },
};
static const KrMethod count_make_row = { "count(start=0, step=1)", count_make, "", 0 };

const KrType kr_count_type = {
    KR_TYPE_HEAD(kr_count_type),
    .name = "itertools.count",
    .doc = KR_DOC("Return a count object whose .__next__() method returns consecutive values.\n\nEquivalent to:\n    def "
                  "count(firstval=0, step=1):\n        x = firstval\n        while 1:\n            yield x\n            x += step"),
    .flags = KR_TYPE_BASE,
    .size = sizeof(KrTool),
    .methods = count_methods,
    .make = &count_make_row,
    .trace = kr_tool_trace,
    .repr = count_repr,
    .iter = kr_iterator_self,
    .next = count_next,
};

// ---- repeat --------------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue value;
    intptr_t left; // -1: for ever
} Repeat;

static KrValue repeat_make(KrVm *vm, KrValue self, const KrValue *arg) {
    intptr_t times = -1;
    if (!kr_is_unset(arg[1]) && !kr_arg_size(vm, arg[1], &times)) return KR_ERROR;
    KrValue v = kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(v)) return v;
    KR_AS(Repeat, v)->value = arg[0];
    KR_AS(Repeat, v)->left = kr_is_unset(arg[1]) ? -1 : times < 0 ? 0 : times;
    return v;
}

static KrValue repeat_next(KrVm *vm, KrValue self) {
    Repeat *r = KR_AS(Repeat, self);
    (void)vm;
    if (r->left == 0) return KR_DONE;
    if (r->left > 0) r->left--;
    return r->value;
}

static KrValue repeat_repr(KrVm *vm, KrValue self) {
    const Repeat *r = KR_AS(Repeat, self);
    const char *name = kr_tool_name(self);
    return r->left < 0 ? kr_format(vm, "%s(%R)", name, r->value) : kr_format(vm, "%s(%R, %z)", name, r->value, r->left);
}

static KrValue repeat_length_hint(KrVm *vm, KrValue self, const KrValue *arg) {
    const Repeat *r = KR_AS(Repeat, self);
    (void)arg;
    return r->left < 0 ? kr_raise(vm, &kr_type_error, "len() of unsized object") : kr_int(vm, r->left);
}

static KrValue repeat_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const Repeat *r = KR_AS(Repeat, self);
    (void)arg;
    KrValue left = kr_tool_pickled(vm) ? kr_int(vm, r->left) : KR_ERROR;
    if (kr_is_error(left)) return left;
    return kr_tool_reduced(vm, self, kr_tuple(vm, r->left < 0 ? 1 : 2, (KrValue[]){ r->value, left }), KR_UNSET);
}

static void repeat_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((Repeat *)o)->value); }

static const KrMethod repeat_methods[] = {
    { "__length_hint__()", repeat_length_hint, KR_DOC("Private method returning an estimate of len(list(it))."), 0 },
    { "__reduce__()", repeat_reduce, KR_DOC("Return state information for pickling."), 0 },
    { 0 },
};
static const KrMethod repeat_make_row = { "repeat(object, times=<unset>)", repeat_make, "", 0 };

const KrType kr_repeat_type = {
    KR_TYPE_HEAD(kr_repeat_type),
    .name = "itertools.repeat",
    .doc = KR_DOC("repeat(object [,times]) -> create an iterator which returns the object\nfor the specified number of times.  If not "
                  "specified, returns the object\nendlessly."),
    .flags = KR_TYPE_BASE,
    .size = sizeof(Repeat),
    .methods = repeat_methods,
    .make = &repeat_make_row,
    .trace = repeat_trace,
    .repr = repeat_repr,
    .iter = kr_iterator_self,
    .next = repeat_next,
};

// ---- cycle: the flag tells that the items of `iterator` are in `saved` already ---------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue iterator; // KR_UNSET: it has ended
    KrValue saved;    // a list
    size_t at;        // the next one of those
    bool again;       // items of the iterator need not be saved
} Cycle;

static KrValue cycle_make(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue it = kr_iter(vm, arg[0]), saved = kr_is_error(it) ? it : kr_list(vm, 0, NULL);
    KrValue v = kr_is_error(saved) ? saved : kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(v)) return v;
    KR_AS(Cycle, v)->iterator = it;
    KR_AS(Cycle, v)->saved = saved;
    return v;
}

static KrValue cycle_next(KrVm *vm, KrValue self) {
    Cycle *c = KR_AS(Cycle, self);
    if (!kr_is_unset(c->iterator)) {
        KrValue item = kr_next_inline(vm, c->iterator);
        if (kr_is_error(item)) return item;
        if (!kr_is_done(item)) return c->again || kr_list_append(vm, c->saved, item) ? item : KR_ERROR;
        kr_store(vm, c, &c->iterator, KR_UNSET);
    }
    size_t len;
    const KrValue *item = kr_list_items(c->saved, &len);
    if (len == 0) return KR_DONE;
    if (c->at >= len) c->at = 0;
    return item[c->at++];
}

// What follows comes from an iterator over the saved items, once the first one has ended.
static KrValue cycle_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const Cycle *c = KR_AS(Cycle, self);
    (void)arg;
    if (!kr_tool_pickled(vm)) return KR_ERROR;
    KrValue it = c->iterator, again = kr_bool(c->again || kr_is_unset(it));
    if (kr_is_unset(it)) {
        it = kr_iter(vm, c->saved);
        KrValue at = kr_int_from_u64(vm, c->at);
        if (kr_is_error(it) || kr_is_error(at) || kr_is_error(kr_call_method(vm, it, "__setstate__", 1, &at))) return KR_ERROR;
    }
    return kr_tool_reduced(vm, self, kr_tuple(vm, 1, &it), kr_tuple2(vm, c->saved, again));
}

static KrValue cycle_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    Cycle *c = KR_AS(Cycle, self);
    const KrValue *item;
    intptr_t again;
    if (!kr_tool_pickled(vm) || !kr_tool_state(vm, arg[0], 2, &item)) return KR_ERROR;
    if (!kr_is_list(item[0])) return kr_raise(vm, &kr_type_error, "argument 1 must be list, not %T", item[0]);
    if (!kr_arg_size(vm, item[1], &again)) return KR_ERROR;
    kr_store(vm, c, &c->saved, item[0]);
    c->again = again != 0;
    c->at = 0;
    return KR_NONE;
}

static void cycle_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((Cycle *)o)->iterator);
    kr_trace(tracer, ((Cycle *)o)->saved);
}

static const KrMethod cycle_methods[] = {
    { "__reduce__()", cycle_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", cycle_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};
static const KrMethod cycle_make_row = { "cycle(iterable, /)", cycle_make, "", 0 };
KR_TOOL_TYPE(kr_cycle_type, "cycle", "Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.",
             Cycle, cycle_methods, &cycle_make_row, cycle_trace, cycle_next, KR_TYPE_BASE)

// ---- chain: `iterator` gives the iterables, `kept` is the iterator of the one that is in turn --------------------------------------------

static KrValue chain_make(KrVm *vm, KrValue self, const KrValue *arg) { return kr_tool_new(vm, self, arg[0], KR_NONE); }

static KrValue chain_next(KrVm *vm, KrValue self) {
    KrTool *t = kr_tool(self);
    for (;;) {
        if (!kr_is_unset(t->kept)) {
            KrValue item = kr_next_inline(vm, t->kept);
            if (KR_LIKELY(!kr_is_done(item))) return item;
            kr_store(vm, t, &t->kept, KR_UNSET);
        }
        if (kr_is_unset(t->iterator)) return KR_DONE;
        KrValue iterable = kr_next_inline(vm, t->iterator);
        KrValue it = RAISED_OR_DONE(iterable) ? iterable : kr_iter(vm, iterable);
        if (RAISED_OR_DONE(it)) return kr_store(vm, t, &t->iterator, KR_UNSET), it;
        kr_store(vm, t, &t->kept, it);
        if (!kr_poll(vm, 1)) return KR_ERROR;
    }
}

static KrValue chain_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrTool *t = kr_tool(self);
    (void)arg;
    if (!kr_tool_pickled(vm)) return KR_ERROR;
    KrValue state = KR_UNSET;
    if (!kr_is_unset(t->iterator)) state = kr_tuple(vm, kr_is_unset(t->kept) ? 1 : 2, (KrValue[]){ t->iterator, t->kept });
    return kr_tool_reduced(vm, self, kr_tuple(vm, 0, NULL), state);
}

static KrValue chain_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    KrTool *t = kr_tool(self);
    size_t count;
    if (!kr_tool_pickled(vm)) return KR_ERROR;
    if (!kr_is_tuple(arg[0])) return kr_raise(vm, &kr_type_error, "state is not a tuple");
    const KrValue *item = kr_tuple_items(arg[0], &count);
    if (count < 1 || count > 2)
        return kr_raise(vm, &kr_type_error, "function takes at %s (%u given)", count ? "most 2 arguments" : "least 1 argument", count);
    if (!kr_is_iterator(vm, item[0]) || (count > 1 && !kr_is_iterator(vm, item[1])))
        return kr_raise(vm, &kr_type_error, "Arguments must be iterators.");
    kr_store(vm, t, &t->iterator, item[0]);
    kr_store(vm, t, &t->kept, count > 1 ? item[1] : KR_UNSET);
    return KR_NONE;
}

static const KrMethod chain_methods[] = {
    { "from_iterable(iterable, /)", chain_make,
      KR_DOC("Alternative chain() constructor taking a single iterable argument that evaluates lazily."), KR_CLASS_METHOD },
    { "__reduce__()", chain_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", chain_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};
static const KrMethod chain_make_row = { "chain(*iterables)", chain_make, "", 0 };
KR_TOOL_TYPE(
    kr_chain_type, "chain",
    "Return a chain object whose .__next__() method returns elements from the\nfirst iterable until it is exhausted, then elements "
    "from the next\niterable, until all of the iterables are exhausted.",
    KrTool, chain_methods, &chain_make_row, kr_tool_trace, chain_next, KR_TYPE_BASE)

// ---- accumulate ------------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue iterator, function; // function None: addition
    KrValue total;              // KR_UNSET: nothing yet
    KrValue initial;            // None once it was given
} Accumulate;

static KrValue accumulate_make(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue it = kr_iter(vm, arg[0]), v = kr_is_error(it) ? it : kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(v)) return v;
    *KR_AS(Accumulate, v) = (Accumulate){ .head = *kr_ptr(v), .iterator = it, .function = arg[1], .total = KR_UNSET, .initial = arg[2] };
    return v;
}

static KrValue accumulate_next(KrVm *vm, KrValue self) {
    Accumulate *a = KR_AS(Accumulate, self);
    KrValue v = a->initial;
    if (KR_UNLIKELY(!kr_is_none(v))) {
        kr_store(vm, a, &a->initial, KR_NONE);
    } else {
        v = kr_next_inline(vm, a->iterator);
        if (RAISED_OR_DONE(v)) return v;
        KrValue pair[2] = { a->total, v };
        if (!kr_is_unset(pair[0])) v = kr_is_none(a->function) ? sum(vm, pair[0], v) : kr_call(vm, a->function, 2, pair);
        if (kr_is_error(v)) return v;
    }
    kr_store(vm, a, &a->total, v);
    return v;
}

// accumulate(chain([first], iterator), function): what a total that stands for "none yet" cannot say is said by one more item in front.
static KrValue preceded(KrVm *vm, KrValue self, KrValue first) {
    const Accumulate *a = KR_AS(Accumulate, self);
    KrValue list = kr_list(vm, 1, &first);
    KrValue both = kr_is_error(list) ? list : kr_tuple2(vm, list, a->iterator);
    return kr_is_error(both) ? both : kr_tool_new(vm, kr_type_value(&kr_chain_type), both, KR_NONE);
}

static KrValue accumulate_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const Accumulate *a = KR_AS(Accumulate, self);
    KrValue type = kr_type_value(kr_type_of(self));
    (void)arg;
    if (!kr_tool_pickled(vm)) return KR_ERROR;
    if (!kr_is_none(a->initial)) {
        KrValue chain = preceded(vm, self, a->initial);
        return kr_is_error(chain) ? chain : kr_tool_reduced(vm, self, kr_tuple2(vm, chain, a->function), KR_NONE);
    }
    if (kr_is_none(a->total)) { // as a state, None means that there is none
        KrValue chain = preceded(vm, self, KR_NONE), pair[2] = { chain, a->function };
        KrValue copy = kr_is_error(chain) ? chain : kr_call(vm, type, 2, pair);
        KrValue args = kr_is_error(copy) ? copy : kr_tuple(vm, 3, (KrValue[]){ copy, kr_int_box(1), KR_NONE });
        return kr_is_error(args) ? args : kr_tuple2(vm, kr_type_value(&kr_islice_type), args);
    }
    return kr_tool_reduced(vm, self, kr_tuple2(vm, a->iterator, a->function), kr_is_unset(a->total) ? KR_NONE : a->total);
}

static KrValue accumulate_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    Accumulate *a = KR_AS(Accumulate, self);
    if (!kr_tool_pickled(vm)) return KR_ERROR;
    kr_store(vm, a, &a->total, arg[0]);
    return KR_NONE;
}

static void accumulate_trace(KrTracer *tracer, KrObject *o) {
    const Accumulate *a = (const Accumulate *)o;
    kr_trace(tracer, a->iterator);
    kr_trace(tracer, a->function);
    kr_trace(tracer, a->total);
    kr_trace(tracer, a->initial);
}

static const KrMethod accumulate_methods[] = {
    { "__reduce__()", accumulate_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", accumulate_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};
static const KrMethod accumulate_make_row = { "accumulate(iterable, func=None, *, initial=None)", accumulate_make, "", 0 };
KR_TOOL_TYPE(kr_accumulate_type, "accumulate", "Return series of accumulated sums (or other binary function results).", Accumulate,
             accumulate_methods, &accumulate_make_row, accumulate_trace, accumulate_next, KR_TYPE_BASE)
