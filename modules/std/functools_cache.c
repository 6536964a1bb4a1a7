// functools_cache.c - functools.lru_cache: a function that keeps its results, in a dict whose entries are in the order of their use.
//
// A key is the argument itself if it is the only one and an int or a str; otherwise a tuple of the arguments, a mark before the keywords,
// their names and values, and the types of all of them if those count.
// SPDX-License-Identifier: MIT
#include "functools_part.h"

#include "object/dict_table.h"

typedef struct {
    KrObject head;
    KrValue function, info; // info: what cache_info() calls with hits, misses, maxsize and the present size
    KrValue results;        // a dict
    size_t max;             // SIZE_MAX: no limit
    size_t hits, misses;
    bool typed;
} Cache;

static Cache *cache_of(KrValue v) { return KR_AS(Cache, v); }

static KrValue cache_make(KrVm *vm, KrValue self, const KrValue *arg) {
    intptr_t max = 0;
    bool typed;
    if (!kr_callable(arg[0])) return kr_raise(vm, &kr_type_error, "the first argument must be callable");
    if (!kr_is_none(arg[1]) && !kr_is_integer(arg[1])) return kr_raise(vm, &kr_type_error, "maxsize should be integer or None");
    if (!kr_is_none(arg[1]) && !kr_arg_size(vm, arg[1], &max)) return KR_ERROR;
    if (!kr_truth(vm, arg[2], &typed)) return KR_ERROR;
    KrValue results = kr_dict(vm), v = kr_is_error(results) ? results : kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(v)) return v;
    Cache *c = cache_of(v);
    c->function = arg[0], c->info = arg[3], c->results = results, c->typed = typed;
    c->max = kr_is_none(arg[1]) ? SIZE_MAX : max < 0 ? 0 : (size_t)max;
    return v;
}

// ---- Keys ----------------------------------------------------------------------------------------------------------------------------

static inline bool is_own_key(KrValue v) { return kr_is_int(v) || kr_is_exact(v, &kr_str_type); }

static KR_NOINLINE KrValue long_key(KrVm *vm, const Cache *c, const KrValue *arg, size_t count, KrValue names) {
    size_t named = 0, n = count;
    const KrValue *name = kr_is_unset(names) ? NULL : kr_tuple_items(names, &named);
    size_t len = count + (named ? 1 + 2 * named : 0) + (c->typed ? count + named : 0);
    KrTupleObject *t = kr_tuple_new(vm, len);
    if (!t) return KR_ERROR;
    if (len == 0) return kr_from_ptr(t);
    memcpy(t->item, arg, count * sizeof(KrValue));
    if (named) t->item[n++] = kr_type_value(&kr_lru_cache_type); // the mark: nobody hands that over by chance
    for (size_t i = 0; i < named; i++) {
        t->item[n++] = name[i];
        t->item[n++] = arg[count + i];
    }
    if (c->typed)
        for (size_t i = 0; i < count + named; i++) t->item[n++] = kr_type_value(kr_type_of(arg[i]));
    return kr_from_ptr(t);
}

// ---- Calls ---------------------------------------------------------------------------------------------------------------------------

static KrValue call_function(KrVm *vm, const Cache *c, const KrValue *arg, size_t count, KrValue names) {
    return kr_is_unset(names) ? kr_call(vm, c->function, count, arg) : kr_call_names(vm, c->function, arg, count, names);
}

// Entry `at` becomes the last one. Without memory for it the order stays as it is.
static bool move_last(KrVm *vm, KrDictObject *d, size_t at) {
    KrDictEntry e = kr_dict_entries(d)[at];
    if (at + 1 == d->filled) return true;
    if ((size_t)d->filled * 3 + 3 > d->entries->cap) {
        if (!kr_dict_reserve(vm, d, (size_t)d->used * 2 + 1)) return false;
        for (at = 0; !kr_same(kr_dict_entries(d)[at].key, e.key);) at++;
    }
    kr_dict_remove(vm, d, at);
    return kr_dict_insert(vm, d, e.key, e.hash, e.value);
}

// Keeps a result, unless a call inside has done so; the entry not used for longest goes.
static bool keep(KrVm *vm, Cache *c, KrValue key, KrValue hash, KrValue result) {
    KrDictObject *d = kr_dict_object(c->results);
    int64_t at;
    if (!kr_dict_lookup(vm, d, key, hash, &at)) return false;
    if (at != KR_NO_ENTRY) return true;
    if (d->used >= c->max) {
        kr_dict_remove(vm, d, (size_t)kr_dict_first(d));
        kr_dict_trim(d);
    }
    return kr_dict_insert(vm, d, key, hash, result);
}

static KrValue cache_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    Cache *c = cache_of(self);
    KrValue key, hash;
    int64_t at;
    if (c->max == 0) return c->misses++, call_function(vm, c, arg, count, names);
    if (count == 1 && kr_is_unset(names) && !c->typed && is_own_key(arg[0])) key = arg[0];
    else key = long_key(vm, c, arg, count, names);
    if (kr_is_error(key) || !kr_hash_key(vm, key, &hash)) return KR_ERROR;
    KrDictObject *d = kr_dict_object(c->results);
    if (!kr_dict_lookup(vm, d, key, hash, &at)) return KR_ERROR;
    if (at != KR_NO_ENTRY) {
        KrValue result = kr_dict_entries(d)[at].value;
        c->hits++;
        return c->max == SIZE_MAX || move_last(vm, d, (size_t)at) ? result : KR_ERROR;
    }
    c->misses++;
    KrValue result = call_function(vm, c, arg, count, names);
    return kr_is_error(result) || !keep(vm, c, key, hash, result) ? KR_ERROR : result;
}

static KrValue cache_get(KrVm *vm, KrValue self, KrValue object, const KrType *type) {
    (void)type;
    return kr_is_unset(object) || kr_is_none(object) ? self : kr_bind_method(vm, self, object);
}

// ---- Methods -------------------------------------------------------------------------------------------------------------------------

static KrValue cache_info(KrVm *vm, KrValue self, const KrValue *arg) {
    const Cache *c = cache_of(self);
    (void)arg;
    KrValue figure[4] = { kr_int_from_u64(vm, c->hits), kr_int_from_u64(vm, c->misses),
                          c->max == SIZE_MAX ? KR_NONE : kr_int_from_u64(vm, c->max), kr_int_from_u64(vm, kr_dict_len(c->results)) };
    for (size_t i = 0; i < 4; i++)
        if (kr_is_error(figure[i])) return KR_ERROR;
    return kr_call(vm, c->info, 4, figure);
}

static KrValue cache_clear(KrVm *vm, KrValue self, const KrValue *arg) {
    Cache *c = cache_of(self);
    (void)arg;
    c->hits = c->misses = 0;
    kr_dict_clear(vm, kr_dict_object(c->results));
    return KR_NONE;
}

static KrValue cache_reduce(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, kr_getattr_c(vm, self, "__qualname__"); }
static KrValue cache_self(KrVm *vm, KrValue self, const KrValue *arg) { return (void)vm, (void)arg, self; }

static void cache_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((Cache *)o)->function);
    kr_trace(tracer, ((Cache *)o)->info);
    kr_trace(tracer, ((Cache *)o)->results);
}

static const KrMethod cache_methods[] = {
    { "cache_info()", cache_info, KR_DOC("Report cache statistics"), 0 },
    { "cache_clear()", cache_clear, KR_DOC("Clear the cache and cache statistics"), 0 },
    { "__reduce__()", cache_reduce, "", 0 },
    { "__copy__()", cache_self, "", 0 },
    { "__deepcopy__(memo, /)", cache_self, "", 0 },
    { 0 },
};
static const KrMethod cache_make_row = { "lru_cache(user_function, maxsize, typed, cache_info_type)", cache_make, "", 0 };

const KrType kr_lru_cache_type = {
    KR_TYPE_HEAD(kr_lru_cache_type),
    .name = "functools._lru_cache_wrapper",
    .doc = KR_DOC(
        "Create a cached callable that wraps another function.\n\nuser_function:      the function being cached\n\nmaxsize:  0         "
        "for no caching\n          None      for unlimited cache size\n          n         for a bounded cache\n\ntyped:    False     "
        "cache f(3) and f(3.0) as identical calls\n          True      cache f(3) and f(3.0) as distinct "
        "calls\n\ncache_info_type:    namedtuple class with the fields:\n                        hits misses currsize maxsize\n"),
    .flags = KR_TYPE_BASE | KR_TYPE_WEAKREF | KR_TYPE_HAS_DICT | KR_TYPE_DESCR_METHOD,
    .size = sizeof(Cache),
    .methods = cache_methods,
    .make = &cache_make_row,
    .trace = cache_trace,
    .call = cache_call,
    .descr_get = cache_get,
};
