// collections_dict.c - collections.defaultdict and OrderedDict: dicts that make what is missing, and whose entries can be moved to the ends.
//
// A class that derives from OrderedDict may have its own __setitem__ and __getitem__: those are called then, as Python code would.
// SPDX-License-Identifier: MIT
#include "collections_part.h"

#include "object/dict_method.h"
#include "object/name_table.h"

static KrValue class_of(KrValue v) { return kr_type_value(kr_type_of(v)); }
static KrValue fill(KrVm *vm, KrValue self, const KrValue *arg) { return kr_dict_type.init->call(vm, self, arg); } // (iterable, kwargs)

// items() as the class has it, iterated over: the last part of what __reduce__ gives.
static KrValue iterator_of_items(KrVm *vm, KrValue self) {
    KrValue items = kr_call_method(vm, self, "items", 0, NULL);
    return kr_is_error(items) ? items : kr_iter(vm, items);
}

// ---- defaultdict -------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrDictObject dict;
    KrValue factory; // None: there is none
} DefaultDict;

static KrValue default_alloc(KrVm *vm, const KrType *type) {
    KrValue v = kr_dict_new(vm, type);
    if (!kr_is_error(v)) KR_AS(DefaultDict, v)->factory = KR_NONE;
    return v;
}

static KrValue default_init(KrVm *vm, KrValue self, const KrValue *arg) {
    if (!kr_is_none(arg[0]) && !kr_callable(arg[0])) return kr_raise(vm, &kr_type_error, "first argument must be callable or None");
    kr_store(vm, kr_ptr(self), &KR_AS(DefaultDict, self)->factory, arg[0]);
    return fill(vm, self, arg + 1);
}

static KrValue default_missing(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue factory = KR_AS(DefaultDict, self)->factory;
    if (kr_is_none(factory)) return kr_raise_key(vm, arg[0]);
    KrValue v = kr_call(vm, factory, 0, NULL);
    if (kr_is_error(v)) return v;
    bool plain = kr_is_exact(self, &kr_defaultdict_type);
    return (plain ? kr_dict_set(vm, self, arg[0], v) : kr_setitem(vm, self, arg[0], v)) ? v : KR_ERROR;
}

static KrValue default_getitem(KrVm *vm, KrValue self, KrValue key) {
    KrValue v;
    if (!kr_dict_find(vm, self, key, &v)) return KR_ERROR;
    if (KR_LIKELY(!kr_is_unset(v))) return v;
    return kr_is_exact(self, &kr_defaultdict_type) ? default_missing(vm, self, &key) : kr_try_special(vm, self, KR_N(__missing__), 1, &key);
}

static KrValue default_of(KrVm *vm, KrValue self, KrValue content) {
    KrValue arg[2] = { KR_AS(DefaultDict, self)->factory, content };
    return kr_call(vm, class_of(self), 2, arg);
}
static KrValue default_copy(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, default_of(vm, self, self); }

static KrValue default_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    (void)op;
    if (!kr_is_dict(left) || !kr_is_dict(right)) return KR_NOTIMPL;
    KrValue v = default_of(vm, kr_isa(left, &kr_defaultdict_type) ? left : right, left);
    return kr_is_error(v) || !kr_dict_update(vm, v, right) ? KR_ERROR : v;
}

static KrValue default_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue factory = KR_AS(DefaultDict, self)->factory, args = kr_tuple(vm, kr_is_none(factory) ? 0 : 1, &factory);
    KrValue it = kr_is_error(args) ? args : iterator_of_items(vm, self);
    (void)arg;
    return kr_is_error(it) ? it : kr_tuple(vm, 5, (KrValue[]){ class_of(self), args, KR_NONE, KR_NONE, it });
}

static KrValue default_repr(KrVm *vm, KrValue self) {
    KrValue factory = KR_AS(DefaultDict, self)->factory, items = kr_dict_type.repr(vm, self), shown;
    bool again;
    if (kr_is_error(items) || !kr_repr_enter(vm, factory, &again)) return KR_ERROR;
    shown = again ? kr_str_c(vm, "...") : kr_repr(vm, factory);
    if (!again) kr_repr_leave(vm, factory);
    return kr_is_error(shown) ? shown : kr_format(vm, "%s(%S, %S)", kr_collections_name(self), shown, items);
}

static KrValue get_factory(KrVm *vm, KrValue self) { return (void)vm, KR_AS(DefaultDict, self)->factory; }
static bool set_factory(KrVm *vm, KrValue self, KrValue value) {
    kr_store(vm, kr_ptr(self), &KR_AS(DefaultDict, self)->factory, kr_is_unset(value) ? KR_NONE : value);
    return true;
}

static void default_trace(KrTracer *tracer, KrObject *o) {
    kr_dict_type.trace(tracer, o);
    kr_trace(tracer, ((DefaultDict *)o)->factory);
}

static const KrGetSet default_attributes[] = {
    { "default_factory", get_factory, set_factory, KR_DOC("Factory for default value called by __missing__().") },
    { 0 },
};
static const KrMethod default_methods[] = {
    { "__missing__(key, /)", default_missing,
      KR_DOC("__missing__(key) # Called by __getitem__ for missing key; pseudo-code:\n  if self.default_factory is None: raise "
             "KeyError((key,))\n  self[key] = value = self.default_factory()\n  return value\n"),
      0 },
    { "copy()", default_copy, KR_DOC("D.copy() -> a shallow copy of D."), 0 },
    { "__copy__()", default_copy, KR_DOC("D.copy() -> a shallow copy of D."), 0 },
    { "__reduce__()", default_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};
static const KrMethod default_init_row = { "defaultdict(default_factory=None, iterable=<unset>, /, **kwargs)", default_init, "", 0 };

const KrType kr_defaultdict_type = {
    KR_TYPE_HEAD(kr_defaultdict_type),
    .name = "collections.defaultdict",
    .doc =
        KR_DOC("defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\nThe default factory is called without "
               "arguments to produce\na new value when a key is not present, in __getitem__ only.\nA defaultdict compares equal to a dict "
               "with the same items.\nAll remaining arguments are treated the same as if they were\npassed to the dict constructor, "
               "including keyword arguments.\n"),
    .base = &kr_dict_type,
    .flags = KR_TYPE_BASE | KR_TYPE_MAPPING | KR_TYPE_MATCH_SELF | KR_TYPE_IS_DICT | KR_TYPE_WEAKREF,
    .size = sizeof(DefaultDict),
    .methods = default_methods,
    .attributes = default_attributes,
    .init = &default_init_row,
    .alloc = default_alloc,
    .trace = default_trace,
    .repr = default_repr,
    .getitem = default_getitem,
    .binary_ops = KR_OP(KR_OR),
    .binary = default_binary,
};

// ---- OrderedDict: filling it -----------------------------------------------------------------------------------------------------------

static bool is_plain(KrValue v) { return kr_is_exact(v, &kr_ordered_dict_type) || kr_is_exact(v, &kr_dict_type); }

// The two items of a pair, in the words of an assignment to two names.
static bool unpack_pair(KrVm *vm, KrValue pair, KrValue out[2]) {
    KrValue it = kr_iter(vm, pair), more;
    for (size_t i = 0; i < 2; i++) {
        out[i] = kr_is_error(it) ? it : kr_next(vm, it);
        if (kr_is_error(out[i])) return false;
        if (kr_is_done(out[i])) return kr_fail(kr_raise(vm, &kr_value_error, "need more than %u value%s to unpack", i, i == 1 ? "" : "s"));
    }
    more = kr_next(vm, it);
    if (!kr_is_error(more) && !kr_is_done(more)) kr_raise(vm, &kr_value_error, "too many values to unpack (expected 2)");
    return kr_is_done(more);
}

static bool set_pairs(KrVm *vm, KrValue self, KrValue pairs) {
    KrValue it = kr_iter(vm, pairs), part[2];
    if (kr_is_error(it)) return false;
    for (;;) {
        KrValue pair = kr_next(vm, it);
        if (kr_is_error(pair)) return false;
        if (kr_is_done(pair)) return true;
        if (!unpack_pair(vm, pair, part) || !kr_setitem(vm, self, part[0], part[1]) || !kr_poll(vm, 1)) return false;
    }
}

static bool set_keys(KrVm *vm, KrValue self, KrValue mapping, KrValue keys) {
    KrValue all = kr_call(vm, keys, 0, NULL), it = kr_is_error(all) ? all : kr_iter(vm, all);
    if (kr_is_error(it)) return false;
    for (;;) {
        KrValue key = kr_next(vm, it);
        if (kr_is_error(key)) return false;
        if (kr_is_done(key)) return true;
        KrValue v = kr_getitem(vm, mapping, key);
        if (kr_is_error(v) || !kr_setitem(vm, self, key, v) || !kr_poll(vm, 1)) return false;
    }
}

// update(other): a mapping, what has items(), or pairs.
static bool merge(KrVm *vm, KrValue self, KrValue other) {
    KrValue keys, items, name = kr_name(vm, "keys"), more = kr_name(vm, "items");
    if (is_plain(self) && is_plain(other)) return kr_dict_update(vm, self, other);
    if (kr_is_error(name) || kr_is_error(more) || !kr_find_attr(vm, other, name, &keys)) return false;
    if (!kr_is_unset(keys)) return set_keys(vm, self, other, keys);
    if (!kr_find_attr(vm, other, more, &items)) return false;
    if (kr_is_unset(items)) return set_pairs(vm, self, other);
    KrValue pairs = kr_call(vm, items, 0, NULL);
    return !kr_is_error(pairs) && set_pairs(vm, self, pairs);
}

static KrValue ordered_update(KrVm *vm, KrValue self, const KrValue *arg) {
    if (!kr_is_unset(arg[0]) && !merge(vm, self, arg[0])) return KR_ERROR;
    return kr_is_unset(arg[1]) || kr_dict_len(arg[1]) == 0 || merge(vm, self, arg[1]) ? KR_NONE : KR_ERROR;
}

static KrValue ordered_init(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    if (count > 1) return kr_raise(vm, &kr_type_error, "expected at most 1 arguments, got %u", count);
    return ordered_update(vm, self, (KrValue[]){ count ? item[0] : KR_UNSET, arg[1] });
}

static KrValue ordered_fromkeys(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue v = kr_call(vm, self, 0, NULL), it = kr_is_error(v) ? v : kr_iter(vm, arg[0]);
    bool plain = !kr_is_error(it) && is_plain(v);
    if (kr_is_error(it)) return it;
    for (;;) {
        KrValue key = kr_next_inline(vm, it);
        if (kr_is_error(key)) return key;
        if (kr_is_done(key)) return v;
        if (!(plain ? kr_dict_set(vm, v, key, arg[1]) : kr_setitem(vm, v, key, arg[1])) || !kr_poll(vm, 1)) return KR_ERROR;
    }
}

// ---- OrderedDict: entries at the ends --------------------------------------------------------------------------------------------------

static bool entry_of(KrVm *vm, KrValue self, KrValue key, int64_t *at) {
    KrDictObject *d = kr_dict_object(self);
    KrValue hash;
    return kr_dict_detach(vm, d) && kr_hash_key(vm, key, &hash) && kr_dict_lookup(vm, d, key, hash, at);
}

// A table with entry `at` in front takes the place of the old one.
static bool move_to_front(KrVm *vm, KrDictObject *d, size_t at) {
    KrValue other = kr_dict(vm);
    if (kr_is_error(other) || !kr_dict_reserve(vm, kr_dict_object(other), (size_t)d->used + 1)) return false;
    const KrDictEntry *e = kr_dict_entries(d);
    if (!kr_dict_insert(vm, kr_dict_object(other), e[at].key, e[at].hash, e[at].value)) return false;
    for (size_t i = 0; i < d->filled; i++)
        if (i != at && !kr_is_unset(e[i].key) && !kr_dict_insert(vm, kr_dict_object(other), e[i].key, e[i].hash, e[i].value)) return false;
    kr_dict_object(other)->mixed = d->mixed;
    kr_dict_take(vm, d, kr_dict_object(other));
    return true;
}

// There must be room before the entry goes; making it moves entries together.
static bool move_to_back(KrVm *vm, KrDictObject *d, size_t at) {
    KrDictEntry e = kr_dict_entries(d)[at];
    if ((size_t)d->filled * 3 + 3 > d->entries->cap) {
        if (!kr_dict_reserve(vm, d, (size_t)d->used * 2 + 1)) return false;
        for (at = 0; !kr_same(kr_dict_entries(d)[at].key, e.key);) at++;
    }
    kr_dict_remove(vm, d, at);
    return kr_dict_insert(vm, d, e.key, e.hash, e.value);
}

static KrValue ordered_move_to_end(KrVm *vm, KrValue self, const KrValue *arg) {
    KrDictObject *d = kr_dict_object(self);
    bool last;
    int64_t at;
    if (!kr_truth(vm, arg[1], &last) || !entry_of(vm, self, arg[0], &at)) return KR_ERROR;
    if (at == KR_NO_ENTRY) return kr_raise_key(vm, arg[0]);
    if (at == (last ? kr_dict_last(d) : kr_dict_first(d))) return KR_NONE;
    if (!last) return move_to_front(vm, d, (size_t)at) ? KR_NONE : KR_ERROR;
    return move_to_back(vm, d, (size_t)at) ? KR_NONE : KR_ERROR;
}

static KrValue ordered_popitem(KrVm *vm, KrValue self, const KrValue *arg) {
    KrDictObject *d = kr_dict_object(self);
    bool last;
    if (!kr_truth(vm, arg[0], &last) || !kr_dict_detach(vm, d)) return KR_ERROR;
    if (d->used == 0) return kr_raise(vm, &kr_key_error, "dictionary is empty");
    int64_t at = last ? kr_dict_last(d) : kr_dict_first(d);
    KrValue pair = kr_tuple2(vm, kr_dict_entries(d)[at].key, kr_dict_entries(d)[at].value);
    if (kr_is_error(pair)) return pair;
    kr_dict_remove(vm, d, (size_t)at);
    kr_dict_trim(d);
    return pair;
}

static KrValue ordered_pop(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t at;
    if (!entry_of(vm, self, arg[0], &at)) return KR_ERROR;
    if (at == KR_NO_ENTRY) return kr_is_unset(arg[1]) ? kr_raise_key(vm, arg[0]) : arg[1];
    KrValue v = kr_dict_entries(kr_dict_object(self))[at].value;
    kr_dict_remove(vm, kr_dict_object(self), (size_t)at);
    return v;
}

static KrValue ordered_setdefault(KrVm *vm, KrValue self, const KrValue *arg) {
    bool found;
    if (!kr_contains(vm, self, arg[0], &found)) return KR_ERROR;
    if (found) return kr_getitem(vm, self, arg[0]);
    return kr_setitem(vm, self, arg[0], arg[1]) ? arg[1] : KR_ERROR;
}

// ---- OrderedDict: the rest -------------------------------------------------------------------------------------------------------------

static KrValue ordered_copy(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, kr_call(vm, class_of(self), 1, &self); }

static KrValue ordered_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue state = kr_object_getstate(vm, self, arg), args = kr_is_error(state) ? state : kr_tuple(vm, 0, NULL);
    KrValue it = kr_is_error(args) ? args : iterator_of_items(vm, self);
    return kr_is_error(it) ? it : kr_tuple(vm, 5, (KrValue[]){ class_of(self), args, state, KR_NONE, it });
}

static KrValue ordered_repr(KrVm *vm, KrValue self) {
    const char *name = kr_collections_name(self);
    bool again;
    if (kr_dict_len(self) == 0) return kr_format(vm, "%s()", name);
    if (!kr_repr_enter(vm, self, &again)) return KR_ERROR;
    if (again) return kr_str_c(vm, "...");
    KrValue items = kr_call_method(vm, self, "items", 0, NULL), d = kr_is_error(items) ? items : kr_dict(vm);
    KrValue v = kr_is_error(d) || !kr_dict_update(vm, d, items) ? KR_ERROR : kr_format(vm, "%s(%R)", name, d);
    kr_repr_leave(vm, self);
    return v;
}

static bool same_order(KrVm *vm, KrValue a, KrValue b, bool *out) {
    KrValue key, other, value;
    uint32_t version_a = kr_dict_object(a)->version, version_b = kr_dict_object(b)->version;
    *out = true;
    for (size_t i = 0, k = 0; *out && kr_dict_next(a, &i, &key, &value) && kr_dict_next(b, &k, &other, &value);) {
        if (!kr_equal(vm, key, other, out) || !kr_poll_limits(vm, 1)) return false;
        if (kr_dict_object(a)->version != version_a || kr_dict_object(b)->version != version_b)
            return kr_fail(kr_raise(vm, &kr_runtime_error, "OrderedDict mutated during iteration"));
    }
    return true;
}

static KrValue ordered_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    KrValue v = kr_dict_type.compare(vm, self, other, op);
    bool same, equal = kr_is_true_value(v) == (op == KR_EQ);
    if (!kr_is_bool(v) || !equal || !kr_isa(other, &kr_ordered_dict_type) || !kr_isa(self, &kr_ordered_dict_type)) return v;
    return same_order(vm, self, other, &same) ? kr_bool(same == (op == KR_EQ)) : KR_ERROR;
}

static KrValue ordered_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    (void)op;
    if (!kr_is_dict(left) || !kr_is_dict(right)) return KR_NOTIMPL;
    KrValue type = class_of(kr_isa(left, &kr_ordered_dict_type) ? left : right), v = kr_call(vm, type, 1, &left);
    return kr_is_error(v) || !merge(vm, v, right) ? KR_ERROR : v;
}

static KrValue ordered_inplace(KrVm *vm, KrBinary op, KrValue self, KrValue other) {
    return (void)op, merge(vm, self, other) ? self : KR_ERROR;
}

static void ordered_trace(KrTracer *tracer, KrObject *o) { kr_dict_type.trace(tracer, o); }

static const KrMethod ordered_methods[] = {
    { "fromkeys(iterable, value=None)", ordered_fromkeys,
      KR_DOC("Create a new ordered dictionary with keys from iterable and values set to value."), KR_CLASS_METHOD },
    { "move_to_end(key, last=True)", ordered_move_to_end,
      KR_DOC("Move an existing element to the end (or beginning if last is false).\n\nRaise KeyError if the element does not exist."), 0 },
    { "popitem(last=True)", ordered_popitem,
      KR_DOC(
          "Remove and return a (key, value) pair from the dictionary.\n\nPairs are returned in LIFO order if last is true or FIFO order if "
          "false."),
      0 },
    { "pop(key, default=<unrepresentable>)", ordered_pop,
      KR_DOC("od.pop(key[,default]) -> v, remove specified key and return the corresponding value.\n\nIf the key is not found, return the "
             "default if given; otherwise,\nraise a KeyError."),
      0 },
    { "setdefault(key, default=None)", ordered_setdefault,
      KR_DOC("Insert key with a value of default if key is not in the dictionary.\n\nReturn the value for key if key is in the dictionary, "
             "else default."),
      0 },
    { "update(other=<unset>, /, **kwargs)", ordered_update, KR_DOC("Set items from a mapping or an iterable of pairs, and from keywords."),
      0 },
    { "copy()", ordered_copy, KR_DOC("od.copy() -> a shallow copy of od"), 0 },
    { "__reduce__()", ordered_reduce, KR_DOC("Return state information for pickling"), 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};
static const KrMethod ordered_init_row = { "OrderedDict(*args, **kwargs)", ordered_init, "", 0 };

const KrType kr_ordered_dict_type = {
    KR_TYPE_HEAD(kr_ordered_dict_type),
    .name = "collections.OrderedDict",
    .doc = KR_DOC("Dictionary that remembers insertion order"),
    .base = &kr_dict_type,
    .flags = KR_TYPE_BASE | KR_TYPE_MAPPING | KR_TYPE_MATCH_SELF | KR_TYPE_IS_DICT | KR_TYPE_WEAKREF | KR_TYPE_HAS_DICT,
    .size = sizeof(KrDictObject),
    .methods = ordered_methods,
    .init = &ordered_init_row,
    .alloc = kr_dict_new,
    .trace = ordered_trace,
    .repr = ordered_repr,
    .hash = kr_hash_unhashable,
    .compare = ordered_compare,
    .binary_ops = KR_OP(KR_OR),
    .binary = ordered_binary,
    .more = &(const KrMoreSlots){ .inplace_ops = KR_OP(KR_OR), .inplace = ordered_inplace },
};
