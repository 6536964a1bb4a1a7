// generic_parameter.c - type variables in the arguments of an alias or union: finding them, putting something in their place, and how
// an argument is written.
// SPDX-License-Identifier: MIT
#include "object/generic_alias.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"

// ---- Text ----------------------------------------------------------------------------------------------------------------------

static bool add_qualified(KrText *t, KrValue v, bool *done) {
    KrVm *vm = t->vm;
    KrValue origin, args = KR_UNSET, qualname, module = KR_UNSET;
    *done = false;
    if (!kr_find_attr(vm, v, KR_N(__origin__), &origin) || (!kr_is_unset(origin) && !kr_find_attr(vm, v, KR_N(__args__), &args)))
        return false;
    if (!kr_is_unset(args)) return true; // an alias writes itself
    if (!kr_find_attr(vm, v, KR_N(__qualname__), &qualname) || kr_is_unset(qualname)) return !kr_is_error(qualname);
    if (!kr_find_attr(vm, v, KR_N(__module__), &module)) return false;
    if (kr_is_unset(module) || kr_is_none(module)) return true;
    if (!kr_str_is(module, "builtins")) kr_text_add_format(t, "%S.", module);
    kr_text_add_to_str(t, qualname);
    return *done = true, true;
}

void kr_text_add_type(KrText *t, KrValue v) {
    bool done = false;
    if (t->failed) return;
    if (kr_same(v, KR_ELLIPSIS)) {
        kr_text_add_c(t, "...");
    } else if (kr_is_list(v)) { // the arguments of a Callable; lists in it are shown plainly
        size_t count;
        kr_text_add_c(t, "[");
        for (size_t i = 0; !t->failed && (kr_list_items(v, &count), i < count); i++) {
            KrValue item = kr_list_items(v, NULL)[i];
            kr_text_add_c(t, i ? ", " : "");
            if (kr_is_list(item)) kr_text_add_repr(t, item);
            else kr_text_add_type(t, item);
        }
        kr_text_add_c(t, "]");
    } else if (!add_qualified(t, v, &done)) {
        t->failed = true;
    } else if (!done) {
        kr_text_add_repr(t, v);
    }
}

// ---- Parameters ----------------------------------------------------------------------------------------------------------------

static size_t position(KrValue tuple, KrValue v) {
    size_t count;
    const KrValue *item = kr_tuple_items(tuple, &count);
    for (size_t i = 0; i < count; i++)
        if (kr_same(item[i], v)) return i;
    return SIZE_MAX;
}

static bool add_once(KrVm *vm, KrValue list, KrValue v) {
    size_t count;
    const KrValue *item = kr_list_items(list, &count);
    for (size_t i = 0; i < count; i++)
        if (kr_same(item[i], v)) return true;
    return kr_list_append(vm, list, v);
}

KrValue kr_generic_parameters(KrVm *vm, KrValue args) {
    KrValue list = kr_list(vm, 0, NULL), subst, inner;
    size_t count, n;
    if (kr_is_error(list)) return list;
    kr_tuple_items(args, &count);
    for (size_t i = 0; i < count; i++) {
        KrValue v = kr_tuple_items(args, NULL)[i];
        if (kr_is_type(v)) continue; // __parameters__ of a class are those of its own definition
        if (!kr_find_attr(vm, v, KR_N(__typing_subst__), &subst)) return KR_ERROR;
        if (!kr_is_unset(subst)) {
            if (!add_once(vm, list, v)) return KR_ERROR;
            continue;
        }
        if (!kr_find_attr(vm, v, KR_N(__parameters__), &inner)) return KR_ERROR;
        if (!kr_is_tuple(inner)) continue;
        kr_tuple_items(inner, &n);
        for (size_t k = 0; k < n; k++)
            if (!add_once(vm, list, kr_tuple_items(inner, NULL)[k])) return KR_ERROR;
    }
    return kr_tuple_from(vm, list);
}

KrValue kr_generic_lazy_parameters(KrVm *vm, KrValue self, KrValue args, KrValue *slot) {
    if (!kr_is_unset(*slot)) return *slot;
    KrValue v = kr_generic_parameters(vm, args);
    if (!kr_is_error(v)) kr_store(vm, kr_ptr(self), slot, v);
    return v;
}

// ---- Substitution --------------------------------------------------------------------------------------------------------------

// What stands between the brackets, as a list, with *tuple[a, b] taken apart.
static KrValue unpack(KrVm *vm, KrValue item) {
    KrValue tuple = kr_is_tuple(item) ? item : kr_tuple(vm, 1, &item), list = kr_list(vm, 0, NULL), inner;
    size_t count, n;
    if (kr_is_error(tuple) || kr_is_error(list)) return KR_ERROR;
    kr_tuple_items(tuple, &count);
    for (size_t i = 0; i < count; i++) {
        KrValue v = kr_tuple_items(tuple, NULL)[i];
        inner = KR_UNSET;
        if (!kr_is_type(v) && !kr_find_attr(vm, v, KR_N(__typing_unpacked_tuple_args__), &inner)) return KR_ERROR;
        const KrValue *part = kr_is_tuple(inner) ? kr_tuple_items(inner, &n) : NULL;
        bool open = part && n && kr_same(part[n - 1], KR_ELLIPSIS);
        if (!(part && !open ? kr_list_extend(vm, list, inner) : kr_list_append(vm, list, v))) return KR_ERROR;
    }
    return kr_tuple_from(vm, list);
}

// Parameters that take more or less than one argument (TypeVarTuple, ParamSpec, defaults) regroup the arguments.
static KrValue regroup(KrVm *vm, KrValue self, KrValue parameters, KrValue item) {
    size_t count;
    kr_tuple_items(parameters, &count);
    for (size_t i = 0; i < count; i++) {
        KrValue prepare;
        if (!kr_find_attr(vm, kr_tuple_items(parameters, NULL)[i], KR_N(__typing_prepare_subst__), &prepare)) return KR_ERROR;
        if (kr_is_unset(prepare) || kr_is_none(prepare)) continue;
        KrValue arg[2] = { self, kr_is_tuple(item) ? item : kr_tuple(vm, 1, &item) };
        item = kr_is_error(arg[1]) ? KR_ERROR : kr_call(vm, prepare, 2, arg);
        if (kr_is_error(item)) return item;
    }
    return kr_is_tuple(item) ? item : kr_tuple(vm, 1, &item);
}

static bool is_unpacked(KrVm *vm, KrValue v, bool *out) {
    KrValue name = kr_name(vm, "__typing_is_unpacked_typevartuple__"), is = KR_UNSET;
    *out = false;
    if (kr_is_type(v)) return true;
    if (kr_is_error(name) || !kr_find_attr(vm, v, name, &is)) return false;
    return kr_is_unset(is) || kr_truth(vm, is, out);
}

static bool is_iterable(KrVm *vm, KrValue v) { return !kr_is_unset(kr_type_lookup(vm, kr_type_of(v), KR_N(__iter__))); }

// An alias inside: indexed with what its own parameters become.
static KrValue substitute_inner(KrVm *vm, KrValue v, KrValue parameters, KrValue items) {
    KrValue inner, list;
    size_t count = 0;
    if (!kr_find_attr(vm, v, KR_N(__parameters__), &inner)) return KR_ERROR;
    if (kr_is_tuple(inner)) kr_tuple_items(inner, &count);
    if (!count) return v;
    list = kr_list(vm, 0, NULL);
    if (kr_is_error(list)) return list;
    for (size_t i = 0; i < count; i++) {
        KrValue parameter = kr_tuple_items(inner, NULL)[i];
        size_t at = position(parameters, parameter);
        KrValue by = at == SIZE_MAX ? parameter : kr_tuple_items(items, NULL)[at];
        bool several = at != SIZE_MAX && kr_is_tuple(by) && is_iterable(vm, parameter);
        if (!(several ? kr_list_extend(vm, list, by) : kr_list_append(vm, list, by))) return KR_ERROR;
    }
    KrValue key = kr_tuple_from(vm, list);
    return kr_is_error(key) ? key : kr_getitem(vm, v, key);
}

static bool substitute_one(KrVm *vm, KrValue out, KrValue v, KrValue parameters, KrValue items) {
    KrValue subst;
    bool several;
    if (kr_is_type(v)) return kr_list_append(vm, out, v);
    if (!is_unpacked(vm, v, &several) || !kr_find_attr(vm, v, KR_N(__typing_subst__), &subst)) return false;
    if (kr_is_unset(subst)) {
        v = substitute_inner(vm, v, parameters, items);
    } else {
        size_t at = position(parameters, v);
        v = at == SIZE_MAX ? v : kr_call(vm, subst, 1, &kr_tuple_items(items, NULL)[at]);
    }
    if (kr_is_error(v)) return false;
    if (!several) return kr_list_append(vm, out, v);
    return kr_is_tuple(v) ? kr_list_extend(vm, out, v) : kr_fail(kr_raise(vm, &kr_type_error, "expected a tuple, not %T", v));
}

KrValue kr_generic_substitute(KrVm *vm, KrValue self, KrValue args, KrValue parameters, KrValue item) {
    size_t want, have, count;
    kr_tuple_items(parameters, &want);
    if (!want) return kr_raise(vm, &kr_type_error, "%R is not a generic class", self);
    item = unpack(vm, item);
    item = kr_is_error(item) ? item : regroup(vm, self, parameters, item);
    if (kr_is_error(item)) return item;
    kr_tuple_items(item, &have);
    if (have != want)
        return kr_raise(vm, &kr_type_error, "Too %s arguments for %R; actual %u, expected %u", have > want ? "many" : "few", self, have,
                        want);
    KrValue out = kr_list(vm, 0, NULL);
    if (kr_is_error(out)) return out;
    kr_tuple_items(args, &count);
    for (size_t i = 0; i < count; i++)
        if (!substitute_one(vm, out, kr_tuple_items(args, NULL)[i], parameters, item)) return KR_ERROR;
    return kr_tuple_from(vm, out);
}
