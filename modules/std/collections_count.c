// collections_count.c - module _collections: its table, the counting of Counter, and the descriptor of namedtuple's fields.
// SPDX-License-Identifier: MIT
#include "collections_part.h"

#include "object/dict.h"
#include "object/name_table.h"

// ---- _count_elements ------------------------------------------------------------------------------------------------------------------

// count + 1
KR_RAISES static inline KrValue next_count(KrVm *vm, KrValue count) {
    if (KR_LIKELY(kr_is_int(count) && kr_int_value(count) < KR_INT_MAX)) return kr_int_box(kr_int_value(count) + 1);
    return kr_binary(vm, KR_ADD, count, kr_int_box(1));
}

// In a dict whose class has dict's own get and __setitem__, as Counter has.
static bool count_in_dict(KrVm *vm, KrValue dict, KrValue it) {
    for (;;) {
        KrValue key = kr_next_inline(vm, it), count, next;
        KrValue *slot;
        KrHash hash;
        if (kr_is_error(key)) return false;
        if (kr_is_done(key)) return true;
        if (!kr_hash_inline(vm, key, &hash) || !kr_dict_find_slot(vm, KR_AS(KrDictObject, dict), key, hash, &slot)) return false;
        count = slot ? *slot : kr_int_box(0);
        if (slot && kr_is_int(count) && kr_int_value(count) < KR_INT_MAX) {
            kr_store(vm, KR_AS(KrDictObject, dict)->entries, slot, kr_int_box(kr_int_value(count) + 1));
        } else {
            next = next_count(vm, count);
            if (kr_is_error(next) || !kr_dict_set(vm, dict, key, next)) return false;
        }
        if (!kr_poll(vm, 1)) return false;
    }
}

static bool count_in_mapping(KrVm *vm, KrValue mapping, KrValue it) {
    KrValue get = kr_getattr_c(vm, mapping, "get");
    if (kr_is_error(get)) return false;
    for (;;) {
        KrValue key = kr_next_inline(vm, it);
        if (kr_is_error(key)) return false;
        if (kr_is_done(key)) return true;
        KrValue pair[2] = { key, kr_int_box(0) }, count = kr_call(vm, get, 2, pair);
        KrValue next = kr_is_error(count) ? count : next_count(vm, count);
        if (kr_is_error(next) || !kr_setitem(vm, mapping, key, next) || !kr_poll(vm, 1)) return false;
    }
}

KrValue kr_count_elements(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue it = kr_iter(vm, arg[1]), get = kr_name(vm, "get");
    (void)self;
    if (kr_is_error(it) || kr_is_error(get)) return KR_ERROR;
    const KrType *type = kr_type_of(arg[0]);
    bool plain = kr_is_dict(arg[0]) && !KR_AS(KrDictObject, arg[0])->owner &&
                 kr_same(kr_type_lookup(vm, type, get), kr_type_lookup(vm, &kr_dict_type, get)) &&
                 kr_same(kr_type_lookup(vm, type, KR_N(__setitem__)), kr_type_lookup(vm, &kr_dict_type, KR_N(__setitem__)));
    return (plain ? count_in_dict : count_in_mapping)(vm, arg[0], it) ? KR_NONE : KR_ERROR;
}

// ---- _tuplegetter ----------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    size_t index;
    KrValue doc;
} Getter;

static KrValue getter_make(KrVm *vm, KrValue self, const KrValue *arg) {
    intptr_t index;
    if (!kr_arg_size(vm, arg[0], &index)) return KR_ERROR;
    KrValue v = kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(v)) return v;
    KR_AS(Getter, v)->index = (size_t)index;
    KR_AS(Getter, v)->doc = arg[1];
    return v;
}

static KrValue getter_get(KrVm *vm, KrValue self, KrValue object, const KrType *type) {
    const Getter *g = KR_AS(Getter, self);
    size_t len;
    (void)type;
    if (kr_is_unset(object)) return self;
    if (!kr_is_tuple(object)) {
        if (kr_is_none(object)) return self;
        return kr_raise(vm, &kr_type_error, "descriptor for index '%u' for tuple subclasses doesn't apply to '%T' object", g->index,
                        object);
    }
    const KrValue *item = kr_tuple_items(object, &len);
    return g->index < len ? item[g->index] : kr_raise(vm, &kr_index_error, "tuple index out of range");
}

static bool getter_set(KrVm *vm, KrValue self, KrValue object, KrValue value) {
    (void)self, (void)object;
    return kr_fail(kr_raise(vm, &kr_attribute_error, "can't %s attribute", kr_is_unset(value) ? "delete" : "set"));
}

static KrValue getter_repr(KrVm *vm, KrValue self) {
    const Getter *g = KR_AS(Getter, self);
    return kr_format(vm, "%s(%u, %R)", kr_collections_name(self), g->index, g->doc);
}

static KrValue getter_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const Getter *g = KR_AS(Getter, self);
    (void)arg;
    KrValue index = kr_int_from_u64(vm, g->index), args = kr_is_error(index) ? index : kr_tuple2(vm, index, g->doc);
    return kr_is_error(args) ? args : kr_tuple2(vm, kr_type_value(kr_type_of(self)), args);
}

static KrValue get_doc(KrVm *vm, KrValue self) { return (void)vm, kr_is_unset(self) ? KR_NONE : KR_AS(Getter, self)->doc; }
static bool set_doc(KrVm *vm, KrValue self, KrValue value) {
    kr_store(vm, KR_AS(Getter, self), &KR_AS(Getter, self)->doc, kr_is_unset(value) ? KR_NONE : value);
    return true;
}
static void getter_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((Getter *)o)->doc); }

static const KrGetSet getter_attributes[] = {
    { "__doc__", get_doc, set_doc, "" },
    { 0 },
};
static const KrMethod getter_methods[] = {
    { "__reduce__()", getter_reduce, "", 0 },
    { 0 },
};
static const KrMethod getter_make_row = { "_tuplegetter(index, doc, /)", getter_make, "", 0 };

const KrType kr_tuplegetter_type = {
    KR_TYPE_HEAD(kr_tuplegetter_type),
    .name = "collections._tuplegetter",
    .size = sizeof(Getter),
    .methods = getter_methods,
    .attributes = getter_attributes,
    .make = &getter_make_row,
    .trace = getter_trace,
    .repr = getter_repr,
    .descr_get = getter_get,
    .descr_set = getter_set,
};

// ---- The module ------------------------------------------------------------------------------------------------------------------------

static const KrMethod functions[] = {
    { "_count_elements(mapping, iterable, /)", kr_count_elements, KR_DOC("Count elements in the iterable, updating the mapping"), 0 },
    { 0 },
};

static const KrConst constants[] = {
    { "OrderedDict", KR_CONST_TYPE, { .p = &kr_ordered_dict_type } },
    { "_deque_iterator", KR_CONST_TYPE, { .p = &kr_deque_iterator_type } },
    { "_deque_reverse_iterator", KR_CONST_TYPE, { .p = &kr_deque_reverse_type } },
    { "_tuplegetter", KR_CONST_TYPE, { .p = &kr_tuplegetter_type } },
    { "defaultdict", KR_CONST_TYPE, { .p = &kr_defaultdict_type } },
    { "deque", KR_CONST_TYPE, { .p = &kr_deque_type } },
    { 0 },
};

const KrModuleDef kr_collections_module = { "_collections", KR_DOC("High performance data structures."), functions, constants, NULL };
