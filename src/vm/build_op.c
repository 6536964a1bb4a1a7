// build_op.c - unpacking, slicing, building and formatting for the loop.
// SPDX-License-Identifier: MIT
#include "object/bytes.h"
#include "object/container.h"
#include "object/dict.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/range.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "vm/op.h"

static bool is_iterable(KrVm *vm, KrValue v) {
    const KrType *t = kr_type_of(v);
    if (kr_is_heap_type(t))
        return !kr_is_unset(kr_type_lookup(vm, t, KR_N(__iter__))) || !kr_is_unset(kr_type_lookup(vm, t, KR_N(__getitem__)));
    return KR_SLOT_OWNER(t, iter) || ((t->flags & KR_TYPE_SEQUENCE) && KR_SLOT_OWNER(t, getitem));
}

enum { AT_ONCE = 4096 }; // longer slices look at the limits on their way

// An end of a slice that is a small int or None, within 0 to len; false: something else.
static bool plain_end(KrValue v, size_t len, size_t none, size_t *out) {
    if (kr_is_none(v)) return *out = none, true;
    if (!kr_is_int(v)) return false;
    intptr_t i = kr_int_value(v);
    if (i < 0) i += (intptr_t)len;
    *out = i < 0 ? 0 : (size_t)i < len ? (size_t)i : len;
    return true;
}

static bool plain_ends(KrValue start, KrValue stop, size_t len, size_t *from, size_t *count) {
    size_t to;
    if (!plain_end(start, len, 0, from) || !plain_end(stop, len, len, &to)) return false;
    *count = to > *from ? to - *from : 0;
    return *count <= AT_ONCE;
}

// o[start:stop] of the most common sequences, without a slice object; KR_UNSET: by the general way.
static KrValue plain_slice(KrVm *vm, KrValue o, KrValue start, KrValue stop) {
    const KrShape *shape = kr_is_ptr(o) ? kr_ptr(o)->shape : NULL;
    size_t len, from, count;
    if (shape == &kr_str_type.shape) {
        if (!plain_ends(start, stop, kr_str_length(o), &from, &count)) return KR_UNSET;
        return kr_str_slice(vm, o, from, from + count);
    }
    if (shape == &kr_bytes_type.shape) {
        const uint8_t *data = kr_bytes_data(o, &len);
        if (!plain_ends(start, stop, len, &from, &count)) return KR_UNSET;
        return count == len ? o : kr_bytes(vm, data + from, count);
    }
    if (shape == &kr_list_type.shape || shape == &kr_tuple_type.shape) {
        const KrValue *item = kr_row_items(o, &len);
        if (!plain_ends(start, stop, len, &from, &count)) return KR_UNSET;
        if (shape == &kr_tuple_type.shape) return count == len ? o : kr_tuple(vm, count, item + from);
        return kr_list(vm, count, count ? item + from : NULL);
    }
    return KR_UNSET;
}

KrValue kr_op_getslice(KrVm *vm, KrValue o, KrValue start, KrValue stop) {
    KrValue v = plain_slice(vm, o, start, stop);
    if (!kr_is_unset(v)) return v;
    KrValue slice = kr_slice(vm, start, stop, KR_NONE);
    return kr_is_error(slice) ? slice : kr_getitem(vm, o, slice);
}

static KrValue iterate(KrVm *vm, KrValue v) {
    KrValue it = kr_iter(vm, v);
    if (kr_is_error(it) && kr_raised_is(vm, &kr_type_error) && !is_iterable(vm, v)) {
        (void)kr_take_raised(vm);
        return kr_raise(vm, &kr_type_error, "cannot unpack non-iterable %T object", v);
    }
    return it;
}

bool kr_op_unpack(KrVm *vm, KrValue v, KrValue *into, size_t count) {
    KrValue it = iterate(vm, v), item;
    if (kr_is_error(it)) return false;
    for (size_t i = 0; i < count; i++) {
        item = kr_next(vm, it);
        if (kr_is_error(item)) return false;
        if (kr_is_done(item)) return kr_fail(kr_raise(vm, &kr_value_error, "not enough values to unpack (expected %u, got %u)", count, i));
        into[i] = item;
    }
    item = kr_next(vm, it);
    if (kr_is_done(item)) return true;
    if (kr_is_error(item)) return false;
    return kr_fail(kr_raise(vm, &kr_value_error, "too many values to unpack (expected %u)", count));
}

bool kr_op_unpack_star(KrVm *vm, KrValue v, KrValue *into, size_t before, size_t after) {
    KrValue it = iterate(vm, v), item;
    if (kr_is_error(it)) return false;
    for (size_t i = 0; i < before; i++) {
        item = kr_next(vm, it);
        if (kr_is_error(item)) return false;
        if (kr_is_done(item))
            return kr_fail(kr_raise(vm, &kr_value_error, "not enough values to unpack (expected at least %u, got %u)", before + after, i));
        into[i] = item;
    }
    KrValue rest = kr_list_from(vm, it);
    if (kr_is_error(rest)) return false;
    size_t len;
    KrValue *items = kr_list_items(rest, &len);
    if (len < after)
        return kr_fail(
            kr_raise(vm, &kr_value_error, "not enough values to unpack (expected at least %u, got %u)", before + after, before + len));
    for (size_t i = 0; i < after; i++) into[before + 1 + i] = items[len - after + i];
    if (after) {
        KrValue star = kr_list(vm, len - after, items);
        if (kr_is_error(star)) return false;
        rest = star;
    }
    into[before] = rest;
    return true;
}

// The values behind `before` parts: a list of all but `after` of them, and those, are added to parts.
static bool add_starred(KrVm *vm, KrValue parts, KrValue it, size_t before, size_t after) {
    KrValue rest = kr_list_from(vm, it);
    if (kr_is_error(rest)) return false;
    size_t len;
    const KrValue *items = kr_list_items(rest, &len);
    if (len < after)
        return kr_fail(
            kr_raise(vm, &kr_value_error, "not enough values to unpack (expected at least %u, got %u)", before + after, before + len));
    KrValue star = kr_list(vm, len - after, items);
    if (kr_is_error(star) || !kr_list_append(vm, parts, star)) return false;
    for (size_t i = len - after; i < len; i++)
        if (!kr_list_append(vm, parts, items[i])) return false;
    return true;
}

// The same where registers do not suffice: a tuple of the parts.
KrValue kr_op_unpack_tuple(KrVm *vm, KrValue v, size_t before, intptr_t after) {
    KrValue it = iterate(vm, v), parts = kr_is_error(it) ? it : kr_list(vm, 0, NULL), item;
    if (kr_is_error(parts)) return KR_ERROR;
    const char *least = after < 0 ? "" : "at least ";
    for (size_t i = 0; i < before; i++) {
        item = kr_next(vm, it);
        if (kr_is_error(item)) return KR_ERROR;
        if (kr_is_done(item))
            return kr_raise(vm, &kr_value_error, "not enough values to unpack (expected %s%u, got %u)", least,
                            before + (after < 0 ? 0 : (size_t)after), i);
        if (!kr_list_append(vm, parts, item)) return KR_ERROR;
    }
    if (after >= 0) return add_starred(vm, parts, it, before, (size_t)after) ? kr_tuple_from(vm, parts) : KR_ERROR;
    item = kr_next(vm, it);
    if (kr_is_error(item)) return KR_ERROR;
    if (!kr_is_done(item)) return kr_raise(vm, &kr_value_error, "too many values to unpack (expected %u)", before);
    return kr_tuple_from(vm, parts);
}

static KrValue callable_name(KrVm *vm, KrValue callable) {
    KrValue name;
    if (!kr_find_attr(vm, callable, KR_N(__qualname__), &name)) return KR_ERROR;
    if (!kr_is_str(name)) return kr_to_str(vm, callable);
    KrValue module;
    if (!kr_find_attr(vm, callable, KR_N(__module__), &module)) return KR_ERROR;
    if (kr_is_str(module) && !kr_str_is(module, "builtins")) return kr_format(vm, "%S.%S()", module, name);
    return kr_format(vm, "%S()", name);
}

bool kr_op_extend(KrVm *vm, KrValue list, KrValue v, KrValue callable) {
    if (!kr_has_flag(v, KR_TYPE_IS_LIST | KR_TYPE_IS_TUPLE) && !is_iterable(vm, v)) {
        if (!kr_is_unset(callable)) {
            KrValue name = callable_name(vm, callable);
            return !kr_is_error(name) && kr_fail(kr_raise(vm, &kr_type_error, "%S argument after * must be an iterable, not %T", name, v));
        }
        return kr_fail(kr_raise(vm, &kr_type_error, "Value after * must be an iterable, not %T", v));
    }
    return kr_list_extend(vm, list, v);
}

static bool different_names(const KrValue *pair, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!kr_is_interned(pair[2 * i])) return false;
        for (size_t k = 0; k < i; k++)
            if (kr_same(pair[2 * i], pair[2 * k])) return false;
    }
    return true;
}

KrValue kr_op_dict(KrVm *vm, const KrValue *pair, size_t count) {
    if (count && count <= KR_DICT_LINEAR && different_names(pair, count)) return kr_dict_of_names(vm, count, pair, pair + 1, 2);
    KrValue dict = kr_dict(vm);
    for (size_t i = 0; i < count && !kr_is_error(dict); i++)
        if (!kr_dict_set(vm, dict, pair[2 * i], pair[2 * i + 1])) return KR_ERROR;
    return dict;
}

// An AttributeError, wherever it came from, is taken for the lack of keys(), as CPython has it.
bool kr_op_dict_update(KrVm *vm, KrValue dict, KrValue v) {
    if (kr_dict_merge(vm, dict, v)) return true;
    if (!kr_raised_is(vm, &kr_attribute_error)) return false;
    (void)kr_take_raised(vm);
    return kr_fail(kr_raise(vm, &kr_type_error, "'%T' object is not a mapping", v));
}

// The key that a KeyError tells of, and takes the exception; KR_UNSET: it is not such an error, and stays.
static KrValue key_of_error(KrVm *vm) {
    if (!kr_raised_is(vm, &kr_key_error)) return KR_UNSET;
    KrValue error = kr_take_raised(vm), args = kr_getattr(vm, error, KR_N(args));
    size_t len = 0;
    const KrValue *item = kr_is_tuple(args) ? kr_tuple_items(args, &len) : NULL;
    if (len == 1) return kr_to_str(vm, item[0]);
    if (!kr_is_error(args)) vm->thread.raised = error;
    return KR_UNSET;
}

bool kr_op_dict_merge(KrVm *vm, KrValue dict, KrValue v, KrValue callable) {
    KrValue duplicate = KR_UNSET;
    bool ok = kr_dict_merge_new(vm, dict, v, &duplicate), missing = !ok && kr_raised_is(vm, &kr_attribute_error);
    if (ok && kr_is_unset(duplicate)) return true;
    if (missing) (void)kr_take_raised(vm);
    else if (!ok) duplicate = key_of_error(vm); // of the mapping's own, which CPython takes for this one
    if (!missing && (kr_is_unset(duplicate) || kr_is_error(duplicate))) return false;
    KrValue name = callable_name(vm, callable);
    if (kr_is_error(name)) return false;
    if (missing) return kr_fail(kr_raise(vm, &kr_type_error, "%S argument after ** must be a mapping, not %T", name, v));
    return kr_fail(kr_raise(vm, &kr_type_error, "%S got multiple values for keyword argument '%S'", name, duplicate));
}

static bool spread_row(KrVm *vm, KrValue *window, KrValue *row) {
    if (kr_is_exact(*row, &kr_tuple_type) || kr_is_exact(*row, &kr_list_type)) return true;
    KrValue list = kr_list(vm, 0, NULL);
    if (kr_is_error(list) || !kr_op_extend(vm, list, *row, row == window ? window[-1] : KR_UNSET)) return false;
    return *row = list, true;
}

static bool spread_mapping(KrVm *vm, const KrValue *window, KrValue *mapping) {
    if (kr_is_exact(*mapping, &kr_dict_type)) return true;
    KrValue dict = kr_dict(vm);
    if (kr_is_error(dict) || !kr_op_dict_merge(vm, dict, *mapping, window[-1])) return false;
    return *mapping = dict, true;
}

bool kr_op_spread(KrVm *vm, KrValue *window, unsigned how) {
    KrValue *row = window + (how >> KR_CALL_LEAD), *mapping = row + (how & KR_CALL_STAR);
    if (how & KR_CALL_STAR && row != window && !spread_row(vm, window, row)) return false;
    if (how & KR_CALL_DOUBLE_STAR && !spread_mapping(vm, window, mapping)) return false;
    return !(how & KR_CALL_STAR) || spread_row(vm, window, row); // a lone *row is read last, as in CPython
}

KrValue kr_op_format(KrVm *vm, KrValue v, KrValue spec, unsigned how) {
    if (how == 'r') v = kr_repr(vm, v);
    else if (how == 's') v = kr_to_str(vm, v);
    else if (how == 'a') v = kr_str_ascii(vm, v);
    if (kr_is_error(v)) return v;
    if (kr_is_unset(spec)) {
        if (kr_is_exact(v, &kr_str_type)) return v;
        spec = vm->empty_str;
    }
    return kr_format_value(vm, v, spec);
}
