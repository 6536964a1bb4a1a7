// functools_module.c - the _functools module: reduce and cmp_to_key. lib/functools.py has what is not here.
// SPDX-License-Identifier: MIT
#include "functools_part.h"

// ---- reduce ------------------------------------------------------------------------------------------------------------------------

static KrValue reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue it = kr_iter(vm, arg[1]), pair[2] = { arg[2], KR_UNSET };
    (void)self;
    if (kr_is_error(it)) {
        if (!kr_raised_is(vm, &kr_type_error)) return it;
        (void)kr_take_raised(vm);
        return kr_raise(vm, &kr_type_error, "reduce() arg 2 must support iteration");
    }
    if (kr_is_unset(pair[0])) {
        pair[0] = kr_next(vm, it);
        if (kr_is_done(pair[0])) return kr_raise(vm, &kr_type_error, "reduce() of empty iterable with no initial value");
    }
    while (!kr_is_error(pair[0])) {
        pair[1] = kr_next_inline(vm, it);
        if (kr_is_done(pair[1])) return pair[0];
        if (kr_is_error(pair[1]) || !kr_poll(vm, 1)) break;
        pair[0] = kr_call(vm, arg[0], 2, pair);
    }
    return KR_ERROR;
}

// ---- cmp_to_key ----------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue compare;
    KrValue object; // KR_UNSET: this is the key function itself
} Key;

static const KrType key_type;

static KrValue key_new(KrVm *vm, KrValue compare, KrValue object) {
    Key *k = kr_alloc(vm, &key_type.shape, sizeof *k);
    if (!k) return KR_ERROR;
    k->compare = compare;
    k->object = object;
    return kr_from_ptr(k);
}

static KrValue cmp_to_key(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, key_new(vm, arg[0], KR_UNSET); }

static KrValue key_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    size_t named = 0;
    const KrValue *name = kr_is_unset(names) ? NULL : kr_tuple_items(names, &named);
    if (count + named > 1) return kr_raise(vm, &kr_type_error, "K() takes at most 1 argument (%u given)", count + named);
    if (count + named == 0 || (named && !kr_str_is(name[0], "obj")))
        return kr_raise(vm, &kr_type_error, "K() missing required argument 'obj' (pos 1)");
    return key_new(vm, KR_AS(Key, self)->compare, arg[0]);
}

static KrValue key_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if (!kr_is_exact(self, &key_type) || !kr_is_exact(other, &key_type))
        return kr_raise(vm, &kr_type_error, "other argument must be K instance");
    KrValue pair[2] = { KR_AS(Key, self)->object, KR_AS(Key, other)->object };
    if (kr_is_unset(pair[0]) || kr_is_unset(pair[1])) return kr_raise(vm, &kr_attribute_error, "object");
    KrValue order = kr_call(vm, KR_AS(Key, self)->compare, 2, pair);
    return kr_is_error(order) ? order : kr_compare(vm, order, kr_int_box(0), op);
}

static KrValue get_obj(KrVm *vm, KrValue self) {
    return (void)vm, kr_is_unset(KR_AS(Key, self)->object) ? KR_NONE : KR_AS(Key, self)->object;
}
static bool set_obj(KrVm *vm, KrValue self, KrValue value) { return kr_store(vm, kr_ptr(self), &KR_AS(Key, self)->object, value), true; }

static void key_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((Key *)o)->compare);
    kr_trace(tracer, ((Key *)o)->object);
}

static const KrGetSet key_attributes[] = {
    { "obj", get_obj, set_obj, KR_DOC("Value wrapped by a key function.") },
    { 0 },
};

static KrValue key_call_method(KrVm *vm, KrValue self, const KrValue *arg) { return key_call(vm, self, arg, 1, KR_UNSET); }

static const KrMethod key_methods[] = {
    { "__call__(obj)", key_call_method, KR_DOC("Call self as a function."), 0 },
    { 0 },
};

static const KrType key_type = {
    KR_TYPE_HEAD(key_type),     .name = "functools.KeyWrapper", .flags = KR_TYPE_NO_NEW, .size = sizeof(Key),
    .methods = key_methods,     .attributes = key_attributes,   .trace = key_trace,      .call = key_call,
    .hash = kr_hash_unhashable, .compare = key_compare,
};

// ---- The module ------------------------------------------------------------------------------------------------------------------------

static const KrMethod functions[] = {
    { "reduce(function, iterable, initial=<unset>, /)", reduce,
      KR_DOC(
          "Apply a function of two arguments cumulatively to the items of an iterable, from left to right: one value is left. initial is "
          "placed before the items, and is the result if there are none."),
      0 },
    { "cmp_to_key(mycmp)", cmp_to_key, KR_DOC("Convert a cmp= function into a key= function."), 0 },
    { 0 },
};

static const KrConst constants[] = {
    { "_lru_cache_wrapper", KR_CONST_TYPE, { .p = &kr_lru_cache_type } },
    { "partial", KR_CONST_TYPE, { .p = &kr_partial_type } },
    { 0 },
};

const KrModuleDef kr_functools_module = { "_functools", KR_DOC("Tools that operate on functions."), functions, constants, NULL };
