// gc.c - the gc module: CPython's functions over Krait's collector, and its pauses.
// SPDX-License-Identifier: MIT
#include "object/collector.h"
#include "object/list.h"
#include "object/object.h"
#include "object/tuple.h"
#include "vm/audit.h"
#include "vm/alloc_trace.h"
#include "vm/builtins.h"
#include "vm/op.h"

#define FUNCTION(name) static KrValue gc_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define UNUSED_SELF    ((void)vm, (void)self, (void)arg)

FUNCTION(collect) { // every generation is all of it
    int64_t generation;
    UNUSED_SELF;
    if (!kr_is_integer(arg[0])) return kr_raise(vm, &kr_type_error, "'%T' object cannot be interpreted as an integer", arg[0]);
    if (!kr_int_fits(arg[0], &generation) || generation < 0 || generation > 2) return kr_raise(vm, &kr_value_error, "invalid generation");
    bool again = true;
    for (int round = 0; round < 2 && again; round++) { // what finalizers let go of is found by the second
        kr_spend(vm, 1000 + (vm->heap.live >> 7));
        if (!kr_settle(vm)) return KR_ERROR;
        if (!kr_collect_within(vm)) return KR_ERROR;
        again = vm->heap.pending.len || vm->weak_callbacks.len;
        kr_run_finalizers(vm);
    }
    return kr_int_box(0);
}
FUNCTION(enable) { return UNUSED_SELF, vm->heap.enabled = true, KR_NONE; }
FUNCTION(disable) { return UNUSED_SELF, vm->heap.enabled = false, KR_NONE; }
FUNCTION(isenabled) { return UNUSED_SELF, kr_bool(vm->heap.enabled); }
FUNCTION(get_threshold) {
    UNUSED_SELF;
    KrValue item[3] = { kr_int_box(2000), kr_int_box(10), kr_int_box(0) };
    return kr_tuple(vm, 3, item);
}
FUNCTION(threshold) { // as MicroPython has it
    int64_t n;
    UNUSED_SELF;
    if (kr_is_unset(arg[0])) return vm->heap.asked ? kr_int(vm, (int64_t)vm->heap.asked) : kr_int_box(-1);
    if (!kr_to_int64(vm, arg[0], &n)) return KR_ERROR;
    kr_heap_ask(vm, n < 0 ? 0 : n > INTPTR_MAX ? (size_t)INTPTR_MAX : (size_t)n + !n);
    return KR_NONE;
}
FUNCTION(set_threshold) {
    int64_t n;
    (void)self;
    for (size_t i = 0; i < 3; i++)
        if (!kr_is_unset(arg[i]) && !kr_to_int64(vm, arg[i], &n)) return KR_ERROR;
    return KR_NONE;
}
FUNCTION(get_count) {
    UNUSED_SELF;
    KrValue item[3] = { kr_int_box(0), kr_int_box(0), kr_int_box(0) };
    return kr_tuple(vm, 3, item);
}
FUNCTION(get_debug) { return UNUSED_SELF, (void)vm, kr_int_box(0); }
FUNCTION(freeze) { return UNUSED_SELF, (void)vm, KR_NONE; }
FUNCTION(is_tracked) {
    (void)self, (void)vm;
    return kr_bool(kr_is_ptr(arg[0]) && KR_SLOT_OWNER(kr_type_of(arg[0]), trace) != NULL);
}
FUNCTION(is_finalized) { return UNUSED_SELF, (void)vm, KR_FALSE; }
FUNCTION(mem_alloc) { return UNUSED_SELF, kr_int(vm, (int64_t)(vm->heap.live + vm->heap.debt)); }
FUNCTION(mem_free) {
    UNUSED_SELF;
    size_t used = vm->heap.taken + vm->heap.external;
    return kr_int(vm, used < vm->heap.cap ? (int64_t)(vm->heap.cap - used) : 0);
}

typedef struct {
    KrVm *vm;
    KrValue list;
    bool ok;
} Visit;

static bool visible(const KrType *t) {
    static const char *const hidden[] = { "slots", "raw", "shape", "overflow", "caches", "side", "buffer" };
    for (size_t i = 0; i < KR_COUNT_OF(hidden); i++)
        if (!t->module && strcmp(t->name, hidden[i]) == 0) return false;
    return true;
}

static bool collect_object(void *context, KrObject *o) {
    Visit *v = context;
    if ((void *)o == (void *)kr_ptr(v->list) || !visible(o->shape->type) || !KR_SLOT_OWNER(o->shape->type, trace)) return true;
    v->ok = kr_list_append(v->vm, v->list, kr_from_ptr(o));
    kr_generator_shown(o);
    return v->ok;
}

FUNCTION(get_objects) {
    UNUSED_SELF;
    KrValue told = kr_is_none(arg[0]) ? kr_int_box(-1) : arg[0];
    if (!kr_audit(vm, "gc.get_objects", 1, &told)) return KR_ERROR;
    Visit v = { vm, kr_list(vm, 0, NULL), true };
    if (kr_is_error(v.list)) return v.list;
    kr_collect(vm);
    bool enabled = vm->heap.enabled;
    vm->heap.enabled = false;
    kr_heap_each(vm, collect_object, &v);
    vm->heap.enabled = enabled;
    return v.ok ? v.list : KR_ERROR;
}

FUNCTION(get_stats) {
    UNUSED_SELF;
    KrValue out = kr_list(vm, 0, NULL);
    for (int i = 0; i < 3 && !kr_is_error(out); i++) {
        KrValue d = kr_dict(vm);
        if (kr_is_error(d) ||
            !kr_dict_set_c(vm, d, "collections", i == 2 ? kr_int_box((intptr_t)vm->heap.stats.collections) : kr_int_box(0)) ||
            !kr_dict_set_c(vm, d, "collected", kr_int_box(0)) || !kr_dict_set_c(vm, d, "uncollectable", kr_int_box(0)) ||
            !kr_list_append(vm, out, d))
            return KR_ERROR;
    }
    return out;
}

// Pauses since the start or the last reset, in nanoseconds; percentiles from a histogram (its upper bounds).
static int64_t percentile(const KrHeapStats *s, const uint32_t *histogram, double part) {
    uint64_t sum = 0, need = (uint64_t)((double)s->slices * part);
    for (unsigned i = 0; i < KR_PAUSE_BUCKETS; i++) {
        sum += histogram[i];
        if (sum > need) return kr_pause_bucket_end(i);
    }
    return s->pause_max_ns;
}

FUNCTION(pause_stats) {
    (void)self;
    KrHeapStats *s = &vm->heap.stats;
    KrValue d = kr_dict(vm);
    bool reset;
    if (kr_is_error(d) || !kr_truth(vm, arg[0], &reset)) return KR_ERROR;
    const struct {
        const char *name;
        int64_t n;
    } row[] = {
        { "collections", (int64_t)s->collections },
        { "pauses", (int64_t)s->slices },
        { "max_ns", s->pause_max_ns },
        { "total_ns", s->pause_total_ns },
        { "p50_ns", percentile(s, s->pause_histogram, 0.5) },
        { "p99_ns", percentile(s, s->pause_histogram, 0.99) },
        { "p999_ns", percentile(s, s->pause_histogram, 0.999) },
        { "cpu_max_ns", s->cpu_max_ns },
        { "cpu_p999_ns", percentile(s, s->cpu_histogram, 0.999) },
    };
    for (size_t i = 0; i < KR_COUNT_OF(row); i++)
        if (!kr_dict_set_c(vm, d, row[i].name, kr_int(vm, row[i].n))) return KR_ERROR;
    if (reset) {
        uint64_t allocated = s->allocated, collections = s->collections;
        memset(s, 0, sizeof *s);
        s->allocated = allocated;
        s->collections = collections;
    }
    return d;
}

FUNCTION(start_alloc_trace) { return UNUSED_SELF, kr_alloc_trace_start(vm) ? KR_NONE : KR_ERROR; }
FUNCTION(stop_alloc_trace) { return UNUSED_SELF, kr_alloc_trace_stop(vm); }

static const KrMethod functions[] = {
    { "collect(generation=2)", gc_collect,
      KR_DOC("Run a full collection, and the finalizers that it finds. Returns 0: objects are not counted."), 0 },
    { "enable()", gc_enable, KR_DOC("Enable automatic collection."), 0 },
    { "disable()", gc_disable, KR_DOC("Disable automatic collection; a full heap still collects."), 0 },
    { "isenabled()", gc_isenabled, KR_DOC("Return whether automatic collection is enabled."), 0 },
    { "get_threshold()", gc_get_threshold, KR_DOC("Return CPython's thresholds; Krait paces itself by live size."), 0 },
    { "set_threshold(threshold0, threshold1=<unset>, threshold2=<unset>, /)", gc_set_threshold, KR_DOC("Accepted and ignored."), 0 },
    { "get_count()", gc_get_count, KR_DOC("Return zeros: Krait does not count allocations."), 0 },
    { "get_debug()", gc_get_debug, KR_DOC("Return 0."), 0 },
    { "set_debug(flags, /)", gc_freeze, KR_DOC("Accepted and ignored."), 0 },
    { "freeze()", gc_freeze, KR_DOC("Accepted and ignored."), 0 },
    { "unfreeze()", gc_freeze, KR_DOC("Accepted and ignored."), 0 },
    { "get_freeze_count()", gc_get_debug, KR_DOC("Return 0."), 0 },
    { "is_tracked(obj, /)", gc_is_tracked, KR_DOC("Return whether the collector looks inside objects of this type."), 0 },
    { "start_alloc_trace()", gc_start_alloc_trace, KR_DOC("Count allocations by line of Python code from now on."), 0 },
    { "stop_alloc_trace()", gc_stop_alloc_trace,
      KR_DOC("Stop counting. Return a list of (filename, line, objects, bytes), most bytes first."), 0 },
    { "is_finalized(obj, /)", gc_is_finalized, KR_DOC("Return False."), 0 },
    { "get_objects(generation=None)", gc_get_objects, KR_DOC("Return a list of all objects that can refer to others."), 0 },
    { "get_stats()", gc_get_stats, KR_DOC("Return a list of dictionaries of statistics."), 0 },
    { "pause_stats(reset=False)", gc_pause_stats, KR_DOC("Return the collector's pauses: count, longest, percentiles, in nanoseconds."),
      0 },
    { "threshold(amount=<unset>, /)", gc_threshold,
      KR_DOC("Collect whenever so many bytes were allocated, or sooner; -1: at the collector's own pace. Without argument: what was set."),
      0 },
    { "mem_alloc()", gc_mem_alloc, KR_DOC("Return the bytes of the heap in use (live at the last collection plus allocated since)."), 0 },
    { "mem_free()", gc_mem_free, KR_DOC("Return the bytes that may still be allocated."), 0 },
    { 0 },
};
static KrValue make_list(KrVm *vm) { return kr_list(vm, 0, NULL); }
static const KrConst constants[] = {
    { "garbage", KR_CONST_MAKE, { .make = make_list } }, { "callbacks", KR_CONST_MAKE, { .make = make_list } },
    { "DEBUG_STATS", KR_CONST_INT, { .i = 1 } },         { "DEBUG_COLLECTABLE", KR_CONST_INT, { .i = 2 } },
    { "DEBUG_UNCOLLECTABLE", KR_CONST_INT, { .i = 4 } }, { "DEBUG_SAVEALL", KR_CONST_INT, { .i = 32 } },
    { "DEBUG_LEAK", KR_CONST_INT, { .i = 38 } },         { 0 },
};

const KrModuleDef kr_gc_module = { "gc", KR_DOC("The garbage collector."), functions, constants, NULL };
