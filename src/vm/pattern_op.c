// pattern_op.c - match statements: keys of mappings and attributes of classes.
// SPDX-License-Identifier: MIT
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/set.h"
#include "object/tuple.h"
#include "vm/op.h"

// get(key, marker) of the subject, so that defaultdicts do not grow.
KrValue kr_op_match_keys(KrVm *vm, KrValue subject, KrValue keys) {
    size_t count;
    const KrValue *key = kr_tuple_items(keys, &count);
    KrValue seen = kr_set(vm, KR_UNSET), values = kr_is_error(seen) ? seen : kr_tuple(vm, count, NULL);
    if (kr_is_error(values)) return values;
    KrValue get = count ? kr_getattr(vm, subject, KR_N(get)) : KR_NONE, marker = kr_list(vm, 0, NULL);
    if (kr_is_error(get) || kr_is_error(marker)) return KR_ERROR;
    for (size_t i = 0; i < count; i++) {
        bool twice;
        if (!kr_set_contains(vm, seen, key[i], &twice)) return KR_ERROR;
        if (twice) return kr_raise(vm, &kr_value_error, "mapping pattern checks duplicate key (%R)", key[i]);
        KrValue arg[2] = { key[i], marker };
        KrValue v = kr_set_add(vm, seen, key[i]) ? kr_call(vm, get, 2, arg) : KR_ERROR;
        if (kr_is_error(v)) return v;
        if (kr_same(v, marker)) return KR_NONE;
        kr_store(vm, kr_ptr(values), &kr_tuple_items(values, NULL)[i], v);
    }
    return values;
}

static bool add_attribute(KrVm *vm, KrValue subject, KrValue cls, KrValue name, KrValue seen, KrValue values, bool *found) {
    bool twice;
    *found = false;
    if (!kr_set_contains(vm, seen, name, &twice)) return false;
    if (twice) return kr_fail(kr_raise(vm, &kr_type_error, "%N() got multiple sub-patterns for attribute %R", kr_as_type(cls), name));
    KrValue v;
    if (!kr_set_add(vm, seen, name) || !kr_find_attr(vm, subject, name, &v)) return false;
    if (kr_is_unset(v)) return true;
    *found = true;
    return kr_list_append(vm, values, v);
}

static bool match_args(KrVm *vm, KrValue cls, KrValue *args, bool *self) {
    *self = false;
    if (!kr_find_attr(vm, cls, KR_N(__match_args__), args)) return false;
    if (kr_is_unset(*args)) {
        *self = kr_as_type(cls)->flags & KR_TYPE_MATCH_SELF;
        *args = vm->empty_tuple;
    } else if (!kr_is_exact(*args, &kr_tuple_type)) {
        return kr_fail(kr_raise(vm, &kr_type_error, "%N.__match_args__ must be a tuple (got %T)", kr_as_type(cls), *args));
    }
    return true;
}

KrValue kr_op_match_class(KrVm *vm, KrValue subject, KrValue cls, size_t positional, KrValue names) {
    bool is, found, self = false;
    if (!kr_is_type(cls)) return kr_raise(vm, &kr_type_error, "called match pattern must be a class");
    if (!kr_isinstance(vm, subject, cls, &is)) return KR_ERROR;
    if (!is) return KR_NONE;
    KrValue seen = kr_set(vm, KR_UNSET), values = kr_list(vm, 0, NULL), args;
    if (kr_is_error(seen) || kr_is_error(values)) return KR_ERROR;
    size_t count, allowed;
    if (positional) {
        if (!match_args(vm, cls, &args, &self)) return KR_ERROR;
        const KrValue *arg = kr_tuple_items(args, &allowed);
        if (self) allowed = 1;
        if (allowed < positional)
            return kr_raise(vm, &kr_type_error, "%N() accepts %u positional sub-pattern%s (%u given)", kr_as_type(cls), allowed,
                            allowed == 1 ? "" : "s", positional);
        if (self) {
            if (!kr_list_append(vm, values, subject)) return KR_ERROR;
        } else {
            for (size_t i = 0; i < positional; i++) {
                if (!kr_is_str(arg[i])) return kr_raise(vm, &kr_type_error, "__match_args__ elements must be strings (got %T)", arg[i]);
                if (!add_attribute(vm, subject, cls, arg[i], seen, values, &found)) return KR_ERROR;
                if (!found) return KR_NONE;
            }
        }
    }
    const KrValue *name = kr_tuple_items(names, &count);
    for (size_t i = 0; i < count; i++) {
        if (!add_attribute(vm, subject, cls, name[i], seen, values, &found)) return KR_ERROR;
        if (!found) return KR_NONE;
    }
    return kr_tuple_from(vm, values);
}
