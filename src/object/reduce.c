// reduce.c - object.__reduce_ex__ and __getstate__: what pickle and copy ask of any object.
//
// Protocol 2 and later: (copyreg.__newobj__, (class, *arguments of __new__), state, list items, dict items). Older ones are copyreg's.
// SPDX-License-Identifier: MIT
#include "object/reduce.h"

#include "object/memoryview.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/shape.h"
#include "object/tuple.h"
#include "object/type.h"

static KrValue copyreg(KrVm *vm, const char *name) {
    KrValue module = kr_import(vm, "copyreg");
    return kr_is_error(module) ? module : kr_getattr_c(vm, module, name);
}

// ---- State ---------------------------------------------------------------------------------------------------------------------

// A dict with the values of the slots that are set; KR_NONE when the object's classes have no __slots__.
static KrValue slot_values(KrVm *vm, KrValue self, size_t *count) {
    KrValue mro = kr_type_mro(vm, kr_type_of(self)), values = KR_NONE, key, member;
    size_t len;
    *count = 0;
    if (kr_is_error(mro)) return mro;
    for (size_t i = 0; kr_tuple_items(mro, &len), i < len; i++) {
        const KrType *t = kr_as_type(kr_tuple_items(mro, NULL)[i]);
        if (!kr_is_heap_type(t)) continue;
        for (size_t at = 0; kr_dict_next(kr_from_ptr(kr_heap_type(t)->dict), &at, &key, &member);) {
            if (!kr_is_exact(member, &kr_member_type) || KR_AS(KrMemberObject, member)->owner != t) continue;
            KrValue name = KR_AS(KrMemberObject, member)->name, v;
            if (kr_is_none(values)) values = kr_dict(vm);
            if (kr_is_error(values) || !kr_find_attr(vm, self, name, &v)) return KR_ERROR;
            if (kr_is_unset(v)) continue;
            ++*count;
            if (!kr_dict_set(vm, values, name, v)) return KR_ERROR;
        }
    }
    return values;
}

static bool has_hidden_state(const KrType *type) {
    const KrType *solid = kr_is_heap_type(type) ? kr_heap_type(type)->solid : type;
    return solid->size > sizeof(KrObject);
}

// required: nothing but the state will describe the object, so there may be none that only C code sees.
static KrValue default_state(KrVm *vm, KrValue self, bool required) {
    const KrType *type = kr_type_of(self);
    KrValue state = KR_NONE;
    if (required && ((type->flags & KR_TYPE_VAR) || type == &kr_memoryview_type))
        return kr_raise(vm, &kr_type_error, "cannot pickle %N objects", type);
    if (kr_is_ptr(self) && (type->flags & (KR_TYPE_HAS_DICT | KR_TYPE_OWN_DICT))) {
        KrValue dict;
        if (!kr_find_attr(vm, self, KR_N(__dict__), &dict)) return KR_ERROR;
        if (kr_is_dict(dict) && kr_dict_len(dict)) state = dict;
    }
    if (required && has_hidden_state(type)) return kr_raise(vm, &kr_type_error, "cannot pickle '%N' object", type);
    size_t count;
    KrValue slots = slot_values(vm, self, &count);
    if (kr_is_error(slots) || !count) return kr_is_error(slots) ? slots : state;
    return kr_tuple2(vm, state, slots);
}

KrValue kr_object_getstate(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, default_state(vm, self, false); }

static KrValue get_state(KrVm *vm, KrValue self, bool required) {
    KrValue method = kr_getattr(vm, self, KR_N(__getstate__));
    if (kr_is_error(method)) return method;
    if (kr_is_exact(method, &kr_native_type) && KR_AS(KrNativeObject, method)->row->call == kr_object_getstate &&
        kr_same(KR_AS(KrNativeObject, method)->self, self))
        return default_state(vm, self, required);
    return kr_call(vm, method, 0, NULL);
}

// ---- Arguments of __new__ ------------------------------------------------------------------------------------------------------

// *args is KR_UNSET when the class does not say; *keywords likewise.
static bool new_arguments(KrVm *vm, KrValue self, KrValue *args, KrValue *keywords) {
    KrValue method;
    *args = *keywords = KR_UNSET;
    if (!kr_find_attr(vm, self, KR_N(__getnewargs_ex__), &method)) return false;
    if (!kr_is_unset(method)) {
        KrValue pair = kr_call(vm, method, 0, NULL);
        size_t count;
        if (kr_is_error(pair)) return false;
        if (!kr_is_tuple(pair)) return kr_fail(kr_raise(vm, &kr_type_error, "__getnewargs_ex__ should return a tuple, not '%T'", pair));
        const KrValue *item = kr_tuple_items(pair, &count);
        if (count != 2) return kr_fail(kr_raise(vm, &kr_value_error, "__getnewargs_ex__ should return a tuple of length 2, not %u", count));
        *args = item[0], *keywords = item[1];
        if (!kr_is_tuple(*args))
            return kr_fail(
                kr_raise(vm, &kr_type_error, "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '%T'", *args));
        if (!kr_is_dict(*keywords))
            return kr_fail(
                kr_raise(vm, &kr_type_error, "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '%T'", *keywords));
        return true;
    }
    if (!kr_find_attr(vm, self, KR_N(__getnewargs__), &method)) return false;
    if (kr_is_unset(method)) return true;
    *args = kr_call(vm, method, 0, NULL);
    if (kr_is_error(*args)) return false;
    return kr_is_tuple(*args) || kr_fail(kr_raise(vm, &kr_type_error, "__getnewargs__ should return a tuple, not '%T'", *args));
}

// (cls, *args), or (cls, args, keywords) for __newobj_ex__.
static KrValue construction(KrVm *vm, KrValue self, KrValue args, KrValue keywords) {
    KrValue cls = kr_type_value(kr_type_of(self));
    if (!kr_is_unset(keywords) && kr_dict_len(keywords)) {
        KrValue triple[3] = { cls, args, keywords };
        return kr_tuple(vm, 3, triple);
    }
    size_t count = 0;
    if (!kr_is_unset(args)) kr_tuple_items(args, &count);
    KrValue v = kr_tuple(vm, count + 1, NULL);
    if (kr_is_error(v)) return v;
    KrValue *item = kr_tuple_items(v, NULL);
    item[0] = cls;
    for (size_t i = 0; i < count; i++) item[i + 1] = kr_tuple_items(args, NULL)[i];
    return v;
}

static KrValue reduce_new(KrVm *vm, KrValue self) {
    const KrType *type = kr_type_of(self);
    KrValue args, keywords;
    if (type->flags & KR_TYPE_NO_NEW) return kr_raise(vm, &kr_type_error, "cannot pickle '%N' object", type);
    if (!new_arguments(vm, self, &args, &keywords)) return KR_ERROR;
    bool named = !kr_is_unset(keywords) && kr_dict_len(keywords), list = kr_is_list(self), dict = kr_is_dict(self);
    KrValue item[5] = { copyreg(vm, named ? "__newobj_ex__" : "__newobj__"), KR_NONE, KR_NONE, KR_NONE, KR_NONE };
    if (kr_is_error(item[0])) return KR_ERROR;
    item[1] = construction(vm, self, args, keywords);
    item[2] = kr_is_error(item[1]) ? KR_ERROR : get_state(vm, self, kr_is_unset(args) && !list && !dict);
    if (kr_is_error(item[2])) return KR_ERROR;
    if (list) item[3] = kr_iter(vm, self);
    if (kr_is_error(item[3])) return KR_ERROR;
    if (dict) {
        KrValue items = kr_call_method(vm, self, "items", 0, NULL);
        item[4] = kr_is_error(items) ? items : kr_iter(vm, items);
        if (kr_is_error(item[4])) return KR_ERROR;
    }
    return kr_tuple(vm, 5, item);
}

static KrValue reduce(KrVm *vm, KrValue self, intptr_t protocol) {
    if (protocol >= 2) return reduce_new(vm, self);
    KrValue function = copyreg(vm, "_reduce_ex"), arg[2] = { self, kr_int_box(protocol) };
    return kr_is_error(function) ? function : kr_call(vm, function, 2, arg);
}

KrValue kr_object_reduce(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, reduce(vm, self, 0); }

KrValue kr_object_reduce_ex(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t protocol;
    if (!kr_to_int64(vm, arg[0], &protocol)) return KR_ERROR;
    // A class that overrides __reduce__ means all protocols.
    KrValue own = kr_type_lookup(vm, kr_type_of(self), KR_N(__reduce__)), method;
    if (!kr_same(own, kr_type_lookup(vm, &kr_object_type, KR_N(__reduce__)))) {
        method = kr_getattr(vm, self, KR_N(__reduce__));
        return kr_is_error(method) ? method : kr_call(vm, method, 0, NULL);
    }
    return reduce(vm, self, protocol >= 2 ? 2 : protocol < 0 ? 0 : (intptr_t)protocol);
}
