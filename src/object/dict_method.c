// dict_method.c - the dict type: operators and methods.
// SPDX-License-Identifier: MIT
#include "object/dict_method.h"

#include "object/container.h"
#include "object/dict_table.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/set_table.h"
#include "object/text.h"
#include "object/tuple.h"
#include "object/vm_state.h"

// ---- Making --------------------------------------------------------------------------------------------------------------------

// (iterable=<unset>, /, **kwargs)
static bool update_from_arguments(KrVm *vm, KrValue self, const KrValue *arg) {
    if (!kr_is_unset(arg[0]) && !kr_dict_update(vm, self, arg[0])) return false;
    return !kr_is_dict(arg[1]) || kr_dict_len(arg[1]) == 0 || kr_dict_update(vm, self, arg[1]);
}

static KrValue dict_init(KrVm *vm, KrValue self, const KrValue *arg) { return update_from_arguments(vm, self, arg) ? KR_NONE : KR_ERROR; }
static const KrMethod dict_init_row = { "dict(iterable=<unset>, /, **kwargs)", dict_init, "", 0 };

static KrValue dict_update(KrVm *vm, KrValue self, const KrValue *arg) { return update_from_arguments(vm, self, arg) ? KR_NONE : KR_ERROR; }

static bool is_plain_set(KrValue v) { return kr_is_exact(v, &kr_set_type) || kr_is_exact(v, &kr_frozenset_type); }

// A set knows the hashes of its items.
static KrValue keys_of_set(KrVm *vm, KrValue d, KrValue set, KrValue value) {
    KrValue key, hash;
    for (size_t at = 0; kr_set_next_entry(kr_set_object(set), &at, &key, &hash);) // comparing may run Python code
        if (!kr_dict_insert(vm, kr_dict_object(d), key, hash, value) || !kr_poll(vm, 1)) return KR_ERROR;
    return d;
}

static KrValue dict_fromkeys(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue d = kr_call(vm, self, 0, NULL), key;
    KrValue it = kr_is_error(d) ? d : kr_iter(vm, arg[0]);
    if (kr_is_error(it)) return it;
    bool exact = kr_is_exact(d, &kr_dict_type);
    if (exact && is_plain_set(arg[0])) return keys_of_set(vm, d, arg[0], arg[1]);
    while (!kr_is_done(key = kr_next(vm, it))) {
        if (kr_is_error(key)) return key;
        if (!(exact ? kr_dict_set(vm, d, key, arg[1]) : kr_setitem(vm, d, key, arg[1])) || !kr_poll(vm, 1)) return KR_ERROR;
    }
    return d;
}

// ---- Items ---------------------------------------------------------------------------------------------------------------------

static KR_NOINLINE KrValue missing(KrVm *vm, KrValue self, KrValue key) {
    if (!kr_is_exact(self, &kr_dict_type)) {
        KrValue v = kr_try_special(vm, self, KR_N(__missing__), 1, &key);
        if (!kr_is_unset(v)) return v;
    }
    return kr_raise_key(vm, key);
}

static KrValue dict_getitem(KrVm *vm, KrValue self, KrValue key) {
    KrValue v;
    if (!kr_dict_find(vm, self, key, &v)) return KR_ERROR;
    return KR_LIKELY(!kr_is_unset(v)) ? v : missing(vm, self, key);
}

static KrValue dict_getitem_method(KrVm *vm, KrValue self, const KrValue *arg) { return dict_getitem(vm, self, arg[0]); }
static KrValue dict_contains_method(KrVm *vm, KrValue self, const KrValue *arg) {
    bool found;
    return kr_dict_contains(vm, self, arg[0], &found) ? kr_bool(found) : KR_ERROR;
}

static bool dict_setitem(KrVm *vm, KrValue self, KrValue key, KrValue value) {
    bool found;
    if (!kr_is_unset(value)) return kr_dict_set(vm, self, key, value);
    if (!kr_dict_delete(vm, self, key, &found)) return false;
    return found || kr_fail(kr_raise_key(vm, key));
}

bool kr_dict_contains(KrVm *vm, KrValue dict, KrValue key, bool *out) {
    KrValue v;
    if (!kr_dict_find(vm, dict, key, &v)) return false;
    return *out = !kr_is_unset(v), true;
}

static bool dict_truth(KrVm *vm, KrValue self, bool *out) { return (void)vm, *out = kr_dict_len(self) != 0, true; }
static bool dict_length(KrVm *vm, KrValue self, size_t *out) { return (void)vm, *out = kr_dict_len(self), true; }
static KrValue dict_iter(KrVm *vm, KrValue self) { return kr_dict_iterator(vm, &kr_dict_key_iterator_type, self); }

static KrValue dict_get(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue v;
    if (!kr_dict_find(vm, self, arg[0], &v)) return KR_ERROR;
    return kr_is_unset(v) ? arg[1] : v;
}

static KrValue dict_setdefault(KrVm *vm, KrValue self, const KrValue *arg) {
    KrDictObject *d = kr_dict_object(self);
    KrValue v, hash;
    int64_t at;
    if (d->owner) {
        if (!kr_dict_find(vm, self, arg[0], &v)) return KR_ERROR;
        if (!kr_is_unset(v)) return v;
        return kr_dict_set(vm, self, arg[0], arg[1]) ? arg[1] : KR_ERROR;
    }
    if (!kr_hash_key(vm, arg[0], &hash) || !kr_dict_lookup(vm, d, arg[0], hash, &at)) return KR_ERROR;
    if (at != KR_NO_ENTRY) return kr_dict_entries(d)[at].value;
    return kr_dict_insert(vm, d, arg[0], hash, arg[1]) ? arg[1] : KR_ERROR;
}

static KrValue dict_pop(KrVm *vm, KrValue self, const KrValue *arg) {
    KrDictObject *d = kr_dict_object(self);
    KrValue hash;
    int64_t at;
    if (!kr_dict_detach(vm, d)) return KR_ERROR;
    if (d->used == 0) return kr_is_unset(arg[1]) ? kr_raise_key(vm, arg[0]) : arg[1]; // the key is not even hashed
    if (!kr_hash_key(vm, arg[0], &hash) || !kr_dict_lookup(vm, d, arg[0], hash, &at)) return KR_ERROR;
    if (at == KR_NO_ENTRY) return kr_is_unset(arg[1]) ? kr_raise_key(vm, arg[0]) : arg[1];
    KrValue v = kr_dict_entries(d)[at].value;
    kr_dict_remove(vm, d, (size_t)at);
    return v;
}

static KrValue dict_popitem(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrDictObject *d = kr_dict_object(self);
    if (!kr_dict_detach(vm, d)) return KR_ERROR;
    if (d->used == 0) return kr_raise(vm, &kr_key_error, "popitem(): dictionary is empty");
    const KrDictEntry *e = &kr_dict_entries(d)[kr_dict_last(d)];
    KrValue pair = kr_tuple2(vm, e->key, e->value);
    if (kr_is_error(pair)) return pair;
    kr_dict_remove(vm, d, (size_t)(e - kr_dict_entries(d)));
    kr_dict_trim(d);
    return pair;
}

static KrValue dict_clear(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    if (!kr_dict_detach(vm, kr_dict_object(self))) return KR_ERROR;
    kr_dict_clear(vm, kr_dict_object(self));
    return KR_NONE;
}

static KrValue dict_copy(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, kr_dict_copy(vm, self); }
static KrValue dict_keys(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, kr_dict_view(vm, &kr_dict_keys_type, self); }
static KrValue dict_values(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, kr_dict_view(vm, &kr_dict_values_type, self); }
static KrValue dict_items(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, kr_dict_view(vm, &kr_dict_items_type, self); }

static KrValue dict_reversed(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_dict_iterator(vm, &kr_dict_reverse_key_iterator_type, self);
}

static KrValue dict_sizeof(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const KrDictObject *d = kr_dict_object(self);
    size_t size = sizeof *d + (d->entries ? sizeof(KrSlots) + d->entries->cap * sizeof(KrValue) : 0);
    return kr_int(vm, (int64_t)(size + (d->index ? sizeof(KrRaw) + d->index->cap : 0)));
}

// ---- Operators -----------------------------------------------------------------------------------------------------------------

static bool equal_dicts(KrVm *vm, KrValue a, KrValue b, bool *out) {
    KrValue key, value, other;
    *out = kr_dict_len(a) == kr_dict_len(b);
    for (size_t at = 0; *out && kr_dict_next(a, &at, &key, &value);) {
        if (!kr_dict_find(vm, b, key, &other)) return false;
        *out = !kr_is_unset(other);
        if (*out && !kr_equal(vm, value, other, out)) return false;
        kr_spend(vm, 1);
        if (!kr_settle(vm)) return false;
    }
    return true;
}

static KrValue dict_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    bool same;
    if (!kr_is_dict(other) || (op != KR_EQ && op != KR_NE)) return KR_NOTIMPL;
    if (!equal_dicts(vm, self, other, &same)) return KR_ERROR;
    return kr_bool(same == (op == KR_EQ));
}

static KrValue dict_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    if (op != KR_OR || !kr_is_dict(left) || !kr_is_dict(right)) return KR_NOTIMPL;
    KrValue d = kr_dict_copy(vm, left);
    return kr_is_error(d) || !kr_dict_update(vm, d, right) ? KR_ERROR : d;
}

static KrValue dict_inplace(KrVm *vm, KrBinary op, KrValue self, KrValue other) {
    if (op != KR_OR) return KR_NOTIMPL;
    return kr_dict_update(vm, self, other) ? self : KR_ERROR;
}

static KrValue dict_repr(KrVm *vm, KrValue self) {
    bool again;
    KrText t;
    KrValue key, value;
    if (kr_dict_len(self) == 0) return kr_str_c(vm, "{}");
    if (!kr_repr_enter(vm, self, &again)) return KR_ERROR;
    if (again) return kr_str_c(vm, "{...}");
    kr_text_init(vm, &t);
    kr_text_add_char(&t, '{');
    bool first = true;
    for (size_t at = 0; !t.failed && kr_dict_next(self, &at, &key, &value); first = false) {
        if (!first) kr_text_add(&t, ", ", 2);
        kr_text_add_repr(&t, key);
        kr_text_add(&t, ": ", 2);
        kr_text_add_repr(&t, value);
        kr_spend(vm, 8);
        if (!t.failed && !kr_settle(vm)) t.failed = true;
    }
    kr_repr_leave(vm, self);
    kr_text_add_char(&t, '}');
    return kr_text_str(&t);
}

static void dict_trace(KrTracer *tracer, KrObject *o) {
    const KrDictObject *d = (const KrDictObject *)o;
    kr_trace_slots(tracer, d->entries);
    if (d->index) kr_trace_object(tracer, d->index);
    if (d->owner) kr_trace_object(tracer, d->owner);
}

static const KrMethod dict_methods[] = {
    { "get(key, default=None, /)", dict_get, KR_DOC("Return the value for key if key is in the dictionary, else default."), 0 },
    { "setdefault(key, default=None, /)", dict_setdefault,
      KR_DOC("Insert key with a value of default if key is not in the dictionary.\n\nReturn the value for key if key is in the dictionary, "
             "else "
             "default."),
      0 },
    { "pop(key, default=<unrepresentable>, /)", dict_pop,
      KR_DOC("Remove the specified key and return the corresponding value.\n\nIf the key is not found, return the default if given; "
             "otherwise,\nraise a KeyError."),
      0 },
    { "popitem()", dict_popitem,
      KR_DOC(
          "Remove and return a (key, value) pair as a 2-tuple.\n\nPairs are returned in LIFO (last-in, first-out) order.\nRaises KeyError "
          "if the dict is empty."),
      0 },
    { "keys()", dict_keys, KR_DOC("Return a set-like object providing a view on the dict's keys."), 0 },
    { "items()", dict_items, KR_DOC("Return a set-like object providing a view on the dict's items."), 0 },
    { "values()", dict_values, KR_DOC("Return an object providing a view on the dict's values."), 0 },
    { "update(iterable=<unset>, /, **kwargs)", dict_update,
      KR_DOC("Update the dict from a mapping or an iterable of pairs, then from the keyword arguments."), 0 },
    { "fromkeys(iterable, value=None, /)", dict_fromkeys,
      KR_DOC("Create a new dictionary with keys from iterable and values set to value."), KR_CLASS_METHOD },
    { "clear()", dict_clear, KR_DOC("Remove all items from the dict."), 0 },
    { "copy()", dict_copy, KR_DOC("Return a shallow copy of the dict."), 0 },
    { "__getitem__(key, /)", dict_getitem_method, KR_DOC("Return self[key]."), 0 }, // plain methods, as in CPython, not slot wrappers
    { "__contains__(key, /)", dict_contains_method, KR_DOC("True if the dictionary has the specified key, else False."), 0 },
    { "__reversed__()", dict_reversed, KR_DOC("Return a reverse iterator over the dict keys."), 0 },
    { "__sizeof__()", dict_sizeof, KR_DOC("Return the size of the dict in memory."), 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};

const KrType kr_dict_type = {
    KR_TYPE_HEAD(kr_dict_type),
    .name = "dict",
    .doc = KR_DOC("dict() -> new empty dictionary\ndict(mapping) -> new dictionary initialized from a mapping object's\n    (key, value) "
                  "pairs\ndict(iterable) -> new dictionary initialized as if via:\n    d = {}\n    for k, v in iterable:\n        d[k] = "
                  "v\ndict(**kwargs) -> new dictionary initialized with the name=value pairs\n    in the keyword argument list.  For "
                  "example:  dict(one=1, two=2)"),
    .flags = KR_TYPE_BASE | KR_TYPE_MAPPING | KR_TYPE_MATCH_SELF | KR_TYPE_IS_DICT,
    .size = sizeof(KrDictObject),
    .methods = dict_methods,
    .init = &dict_init_row,
    .alloc = kr_dict_new,
    .trace = dict_trace,
    .repr = dict_repr,
    .hash = kr_hash_unhashable,
    .truth = dict_truth,
    .length = dict_length,
    .compare = dict_compare,
    .iter = dict_iter,
    .getitem = dict_getitem,
    .setitem = dict_setitem,
    .contains = kr_dict_contains,
    .binary_ops = KR_OP(KR_OR),
    .binary = dict_binary,
    .more = &(const KrMoreSlots){ .inplace_ops = KR_OP(KR_OR), .inplace = dict_inplace },
};
