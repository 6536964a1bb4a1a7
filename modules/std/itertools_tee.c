// itertools_tee.c - tee: iterators that read from one source, each item of which is kept until the slowest of them has passed it.
//
// Items stand in a chain of blocks, each tee having its block and a position in it: a block that all have left is garbage. Only one may read
// from the source at a time.
// SPDX-License-Identifier: MIT
#include "itertools_part.h"

enum { BLOCK = 57 };

typedef struct {
    KrObject head;
    KrValue iterator;
    KrValue next; // the next block, KR_NONE: there is none yet
    uint8_t count;
    bool reading;
    KrValue item[BLOCK];
} TeeData;

typedef struct {
    KrObject head;
    KrValue data;
    size_t at;
} Tee;

static KrValue data_new(KrVm *vm, KrValue iterator) {
    KrValue v = kr_alloc_instance(vm, &kr_tee_data_type);
    if (kr_is_error(v)) return v;
    KR_AS(TeeData, v)->iterator = iterator;
    KR_AS(TeeData, v)->next = KR_NONE;
    return v;
}

static KrValue data_item(KrVm *vm, TeeData *d, size_t at) {
    if (at < d->count) return d->item[at];
    if (d->reading) return kr_raise(vm, &kr_runtime_error, "cannot re-enter the tee iterator");
    d->reading = true;
    KrValue item = kr_next_inline(vm, d->iterator);
    d->reading = false;
    if (kr_is_error(item) || kr_is_done(item)) return item;
    d->item[d->count++] = item; // a fresh slot: nothing is overwritten
    return item;
}

static KrValue data_make(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    (void)self;
    if (!kr_is_list(arg[1])) return kr_raise(vm, &kr_type_error, "teedataobject() argument 2 must be list, not %T", arg[1]);
    kr_list_items(arg[1], &count);
    bool next = !kr_is_none(arg[2]);
    if (count > BLOCK || (next && (count < BLOCK || !kr_is_exact(arg[2], &kr_tee_data_type))))
        return kr_raise(vm, &kr_value_error, "Invalid arguments");
    KrValue v = data_new(vm, arg[0]);
    if (kr_is_error(v)) return v;
    TeeData *d = KR_AS(TeeData, v);
    d->count = (uint8_t)count;
    memcpy(d->item, kr_list_items(arg[1], NULL), count * sizeof(KrValue));
    d->next = arg[2];
    return v;
}

static KrValue data_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const TeeData *d = KR_AS(TeeData, self);
    (void)arg;
    KrValue list = kr_tool_pickled(vm) ? kr_list(vm, d->count, d->item) : KR_ERROR;
    if (kr_is_error(list)) return list;
    return kr_tool_reduced(vm, self, kr_tuple(vm, 3, (KrValue[]){ d->iterator, list, d->next }), KR_UNSET);
}

static void data_trace(KrTracer *tracer, KrObject *o) {
    const TeeData *d = (const TeeData *)o;
    kr_trace(tracer, d->iterator);
    kr_trace(tracer, d->next);
    for (size_t i = 0; i < d->count; i++) kr_trace(tracer, d->item[i]);
}

static const KrMethod data_methods[] = {
    { "__reduce__()", data_reduce, KR_DOC("Return state information for pickling."), 0 },
    { 0 },
};
static const KrMethod data_make_row = { "_tee_dataobject(it, values, next, /)", data_make, "", 0 };
const KrType kr_tee_data_type = {
    KR_TYPE_HEAD(kr_tee_data_type),
    .name = "itertools._tee_dataobject",
    .doc = KR_DOC("teedataobject(iterable, values, next, /)\n--\n\nData container common to multiple tee objects."),
    .size = sizeof(TeeData),
    .methods = data_methods,
    .make = &data_make_row,
    .trace = data_trace,
};

// ---- The iterators -----------------------------------------------------------------------------------------------------------------

static KrValue tee_at(KrVm *vm, KrValue data, size_t at) {
    KrValue v = kr_alloc_instance(vm, &kr_tee_type);
    if (kr_is_error(v)) return v;
    KR_AS(Tee, v)->data = data;
    KR_AS(Tee, v)->at = at;
    return v;
}

static KrValue tee_copy(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, tee_at(vm, KR_AS(Tee, self)->data, KR_AS(Tee, self)->at);
}

static KrValue tee_of(KrVm *vm, KrValue iterable) {
    KrValue it = kr_iter(vm, iterable);
    if (kr_is_error(it)) return it;
    if (kr_is_exact(it, &kr_tee_type)) return tee_copy(vm, it, NULL);
    KrValue data = data_new(vm, it);
    return kr_is_error(data) ? data : tee_at(vm, data, 0);
}

static KrValue tee_make(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, tee_of(vm, arg[0]); }

static KrValue tee_next(KrVm *vm, KrValue self) {
    Tee *t = KR_AS(Tee, self);
    if (t->at >= BLOCK) {
        TeeData *d = KR_AS(TeeData, t->data);
        if (kr_is_none(d->next)) {
            KrValue next = data_new(vm, d->iterator);
            if (kr_is_error(next)) return next;
            kr_store(vm, d, &d->next, next);
        }
        kr_store(vm, t, &t->data, d->next);
        t->at = 0;
    }
    KrValue item = data_item(vm, KR_AS(TeeData, t->data), t->at);
    if (!kr_is_error(item) && !kr_is_done(item)) t->at++;
    return item;
}

static KrValue tee_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const Tee *t = KR_AS(Tee, self);
    (void)arg;
    KrValue empty = kr_tool_pickled(vm) ? kr_tuple(vm, 0, NULL) : KR_ERROR;
    if (kr_is_error(empty)) return empty;
    return kr_tool_reduced(vm, self, kr_tuple(vm, 1, &empty), kr_tuple2(vm, t->data, kr_int_box((intptr_t)t->at)));
}

static KrValue tee_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    Tee *t = KR_AS(Tee, self);
    const KrValue *item;
    intptr_t at;
    if (!kr_tool_pickled(vm) || !kr_tool_state(vm, arg[0], 2, &item)) return KR_ERROR;
    if (!kr_is_exact(item[0], &kr_tee_data_type))
        return kr_raise(vm, &kr_type_error, "argument 1 must be itertools._tee_dataobject, not %T", item[0]);
    if (!kr_arg_size(vm, item[1], &at)) return KR_ERROR;
    if (at < 0 || at > KR_AS(TeeData, item[0])->count) return kr_raise(vm, &kr_value_error, "Index out of range");
    kr_store(vm, t, &t->data, item[0]);
    t->at = (size_t)at;
    return KR_NONE;
}

static void tee_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((Tee *)o)->data); }

static const KrMethod tee_methods[] = {
    { "__copy__()", tee_copy, KR_DOC("Returns an independent iterator."), 0 },
    { "__reduce__()", tee_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(object, /)", tee_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};
static const KrMethod tee_make_row = { "_tee(iterable, /)", tee_make, "", 0 };
KR_TOOL_TYPE(kr_tee_type, "_tee", "Iterator wrapped to make it copyable.", Tee, tee_methods, &tee_make_row, tee_trace, tee_next,
             KR_TYPE_WEAKREF)

// What can be copied is the first itself; anything else is wrapped.
KrValue kr_tee(KrVm *vm, KrValue self, const KrValue *arg) {
    intptr_t count;
    (void)self;
    if (!kr_arg_size(vm, arg[1], &count)) return KR_ERROR;
    if (count < 0) return kr_raise(vm, &kr_value_error, "n must be >= 0");
    KrValue all = kr_tuple(vm, (size_t)count, NULL);
    if (kr_is_error(all) || count == 0) return all;
    KrValue name = kr_name(vm, "__copy__"), it = kr_is_error(name) ? name : kr_iter(vm, arg[0]), copy;
    if (kr_is_error(it) || !kr_find_attr(vm, it, name, &copy)) return KR_ERROR;
    if (kr_is_unset(copy)) it = tee_of(vm, it);
    if (kr_is_error(it) || !kr_find_attr(vm, it, name, &copy)) return KR_ERROR;
    for (intptr_t i = 0; i < count; i++) {
        KrValue v = i ? kr_call(vm, copy, 0, NULL) : it;
        if (kr_is_error(v)) return v;
        kr_store(vm, kr_ptr(all), &kr_tuple_items(all, NULL)[i], v);
    }
    return all;
}
