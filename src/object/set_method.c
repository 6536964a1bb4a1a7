// set_method.c - methods and operators of set and frozenset. The result of an operation is an exact set or frozenset, as its left side is.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/set_table.h"
#include "object/tuple.h"

// ---- Parts of all operations ---------------------------------------------------------------------------------------------------

// An exact set or frozenset, as self is one, without keys.
static KrValue empty_like(KrVm *vm, KrValue self) {
    return kr_set_new(vm, kr_isa(self, &kr_frozenset_type) ? &kr_frozenset_type : &kr_set_type);
}

static KrValue copy_of(KrVm *vm, KrValue self) {
    if (kr_is_exact(self, &kr_frozenset_type)) return self;
    KrValue copy = empty_like(vm, self);
    return kr_is_error(copy) || !kr_set_clone(vm, kr_set_object(copy), kr_set_object(self)) ? KR_ERROR : copy;
}

// A copy that may be changed, though it may be a frozenset: nobody has seen it.
static KrValue fresh_copy(KrVm *vm, KrValue self) {
    KrValue copy = empty_like(vm, self);
    return kr_is_error(copy) || !kr_set_clone(vm, kr_set_object(copy), kr_set_object(self)) ? KR_ERROR : copy;
}

static KrValue as_set(KrVm *vm, KrValue v) { return kr_is_any_set(v) ? v : kr_set(vm, v); }

// Calls visit for each key of any iterable, with its hash; stops when it returns false.
static bool each_key(KrVm *vm, KrValue iterable, KrSetVisit visit, KrValue context, void *data) {
    KrValue key, hash;
    if (kr_is_any_set(iterable)) {
        KrSetObject *s = kr_set_object(iterable);
        for (size_t at = 0; kr_set_next_entry(s, &at, &key, &hash);)
            if (!visit(vm, context, key, hash, data) || !kr_set_work(vm)) return false;
        return true;
    }
    if (kr_set_is_plain_dict(iterable)) return kr_set_each_dict_key(vm, iterable, visit, context, data);
    KrValue it = kr_iter(vm, iterable);
    if (kr_is_error(it)) return false;
    while (!kr_is_done(key = kr_next_inline(vm, it)))
        if (kr_is_error(key) || !kr_hash_key(vm, key, &hash) || !visit(vm, context, key, hash, data) || !kr_poll(vm, 1)) return false;
    return true;
}

static bool add_if_common(KrVm *vm, KrValue into, KrValue key, KrValue hash, void *other) {
    bool there;
    if (!kr_set_has(vm, other, key, hash, &there)) return false;
    return !there || kr_set_add_hashed(vm, kr_set_object(into), key, hash);
}

static bool discard_key(KrVm *vm, KrValue from, KrValue key, KrValue hash, void *unused) {
    bool found;
    return (void)unused, kr_set_remove(vm, kr_set_object(from), key, hash, &found);
}

static KrValue intersect(KrVm *vm, KrValue self, KrValue other) {
    KrValue out = empty_like(vm, self);
    if (kr_is_error(out)) return out;
    if (kr_is_any_set(other) && kr_set_object(other)->used > kr_set_object(self)->used) { // walk through the smaller one
        KrValue smaller = self;
        self = other;
        other = smaller;
    }
    if (kr_is_any_set(other)) return each_key(vm, other, add_if_common, out, kr_set_object(self)) ? out : KR_ERROR;
    KrValue it = kr_iter(vm, other), key, hash;
    while (!kr_is_error(it) && !kr_is_done(key = kr_next(vm, it))) {
        uint32_t before = kr_set_object(out)->used;
        if (kr_is_error(key) || !kr_hash_key(vm, key, &hash) || !add_if_common(vm, out, key, hash, kr_set_object(self)) || !kr_poll(vm, 1))
            return KR_ERROR;
        uint32_t now = kr_set_object(out)->used;
        if (now > before && now >= kr_set_object(self)->used) break; // there can be no more
    }
    return kr_is_error(it) ? it : out;
}

static bool subtract(KrVm *vm, KrValue from, KrValue other) {
    if (kr_same(from, other)) return kr_set_clear(vm, kr_set_object(from)), true;
    return each_key(vm, other, discard_key, from, NULL);
}

static bool add_if_absent(KrVm *vm, KrValue into, KrValue key, KrValue hash, void *other) {
    bool there;
    if (!kr_set_has(vm, other, key, hash, &there)) return false;
    return there || kr_set_add_hashed(vm, kr_set_object(into), key, hash);
}

static KrValue difference(KrVm *vm, KrValue self, KrValue other) {
    if (kr_is_any_set(other)) { // the keys of self that are not in other
        KrValue out = empty_like(vm, self);
        return kr_is_error(out) || !each_key(vm, self, add_if_absent, out, kr_set_object(other)) ? KR_ERROR : out;
    }
    KrValue out = fresh_copy(vm, self);
    return kr_is_error(out) || !subtract(vm, out, other) ? KR_ERROR : out;
}

static bool toggle(KrVm *vm, KrValue into, KrValue key, KrValue hash, void *unused) {
    bool found;
    (void)unused;
    if (!kr_set_remove(vm, kr_set_object(into), key, hash, &found)) return false;
    return found || kr_set_add_hashed(vm, kr_set_object(into), key, hash);
}

static bool toggle_all(KrVm *vm, KrValue into, KrValue other) {
    if (kr_same(into, other)) return kr_set_clear(vm, kr_set_object(into)), true;
    KrValue keys = as_set(vm, other); // a key that comes twice counts once
    return !kr_is_error(keys) && each_key(vm, keys, toggle, into, NULL);
}

// In this order, as going through other may change self.
static KrValue without_common(KrVm *vm, KrValue self, KrValue other) {
    KrValue out = empty_like(vm, self);
    return kr_is_error(out) || !kr_set_update(vm, out, other) || !toggle_all(vm, out, self) ? KR_ERROR : out;
}

// self becomes what `from`, a set made for it, holds.
static void take_over(KrVm *vm, KrValue self, KrValue from) {
    KrSetObject *s = kr_set_object(self), *f = kr_set_object(from);
    KR_STORE_PTR(vm, s, s->table, f->table);
    s->used = f->used;
    s->filled = f->filled;
    s->keyed = f->keyed;
    s->finger = 0;
    s->version++;
    KR_STORE_PTR(vm, f, f->table, NULL);
    f->used = f->filled = 0;
}

// ---- Comparison ----------------------------------------------------------------------------------------------------------------

bool kr_set_within(KrVm *vm, KrSetObject *a, KrSetObject *b, bool *out) {
    KrValue key, hash;
    *out = a->used <= b->used;
    for (size_t at = 0; *out && kr_set_next_entry(a, &at, &key, &hash);)
        if (!kr_set_has(vm, b, key, hash, out) || !kr_set_work(vm)) return false;
    return true;
}

KrValue kr_set_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if (!kr_is_any_set(other)) return KR_NOTIMPL;
    KrSetObject *a = kr_set_object(self), *b = kr_set_object(other);
    bool in = false;
    switch (op) {
    case KR_EQ:
    case KR_NE:
        in = a->used == b->used && !(a->hashed && b->hashed && a->hash != b->hash);
        if (in && !kr_set_within(vm, a, b, &in)) return KR_ERROR;
        return kr_bool(in == (op == KR_EQ));
    case KR_LT:
        if (a->used >= b->used) return KR_FALSE;
        KR_FALLTHROUGH;
    case KR_LE: return kr_set_within(vm, a, b, &in) ? kr_bool(in) : KR_ERROR;
    case KR_GT:
        if (b->used >= a->used) return KR_FALSE;
        KR_FALLTHROUGH;
    default: return kr_set_within(vm, b, a, &in) ? kr_bool(in) : KR_ERROR;
    }
}

static KrValue set_issubset(KrVm *vm, KrValue self, const KrValue *arg) {
    if (kr_is_any_set(arg[0])) return kr_set_compare(vm, self, arg[0], KR_LE);
    KrValue common = intersect(vm, self, arg[0]); // self may change on the way
    return kr_is_error(common) ? common : kr_bool(kr_set_object(common)->used == kr_set_object(self)->used);
}

static bool is_there(KrVm *vm, KrValue unused, KrValue key, KrValue hash, void *set) {
    bool there;
    (void)unused;
    return kr_set_has(vm, set, key, hash, &there) && there;
}

static KrValue set_issuperset(KrVm *vm, KrValue self, const KrValue *arg) {
    if (kr_is_any_set(arg[0])) return kr_set_compare(vm, self, arg[0], KR_GE);
    bool all = each_key(vm, arg[0], is_there, KR_UNSET, kr_set_object(self));
    return !all && kr_raised(vm) ? KR_ERROR : kr_bool(all);
}

static bool is_absent(KrVm *vm, KrValue unused, KrValue key, KrValue hash, void *set) {
    bool there;
    (void)unused;
    return kr_set_has(vm, set, key, hash, &there) && !there;
}

static KrValue set_isdisjoint(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue other = arg[0];
    if (kr_is_any_set(other) && !kr_is_exact(other, &kr_set_type) &&
        !kr_is_exact(other, &kr_frozenset_type)) { // a class may iterate otherwise
        other = kr_iter(vm, other);
        if (kr_is_error(other)) return other;
    }
    if (kr_is_any_set(other) && kr_set_object(other)->used > kr_set_object(self)->used) {
        other = self;
        self = arg[0];
    }
    bool none = each_key(vm, other, is_absent, KR_UNSET, kr_set_object(self));
    return !none && kr_raised(vm) ? KR_ERROR : kr_bool(none);
}

// ---- Operators -----------------------------------------------------------------------------------------------------------------

KrValue kr_set_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    if (!kr_is_any_set(left) || !kr_is_any_set(right)) return KR_NOTIMPL;
    KrValue out;
    switch (op) {
    case KR_AND: return intersect(vm, left, right);
    case KR_SUB: return difference(vm, left, right);
    case KR_OR: out = fresh_copy(vm, left); return kr_is_error(out) || !kr_set_update(vm, out, right) ? KR_ERROR : out;
    case KR_XOR: return without_common(vm, left, right);
    default: return KR_NOTIMPL;
    }
}

KrValue kr_set_inplace(KrVm *vm, KrBinary op, KrValue self, KrValue other) {
    if (!kr_is_any_set(other)) return KR_NOTIMPL;
    KrValue out;
    switch (op) {
    case KR_AND: out = intersect(vm, self, other); return kr_is_error(out) ? out : (take_over(vm, self, out), self);
    case KR_SUB: return subtract(vm, self, other) ? self : KR_ERROR;
    case KR_OR: return kr_set_update(vm, self, other) ? self : KR_ERROR;
    case KR_XOR: return toggle_all(vm, self, other) ? self : KR_ERROR;
    default: return KR_NOTIMPL;
    }
}

// ---- Methods that make sets ----------------------------------------------------------------------------------------------------

static KrValue set_copy(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, copy_of(vm, self); }

static KrValue set_union(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t n;
    const KrValue *other = kr_tuple_items(arg[0], &n);
    KrValue out = fresh_copy(vm, self);
    for (size_t i = 0; i < n && !kr_is_error(out); i++)
        if (!kr_set_update(vm, out, other[i])) return KR_ERROR;
    return out;
}

static KrValue set_intersection(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t n;
    const KrValue *other = kr_tuple_items(arg[0], &n);
    KrValue out = n ? self : fresh_copy(vm, self); // another object, even of a frozenset
    for (size_t i = 0; i < n && !kr_is_error(out); i++) out = intersect(vm, out, other[i]);
    return out;
}

static KrValue set_difference(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t n;
    const KrValue *other = kr_tuple_items(arg[0], &n);
    KrValue out = n ? self : copy_of(vm, self);
    for (size_t i = 0; i < n && !kr_is_error(out); i++) out = difference(vm, out, other[i]);
    return out;
}

static KrValue set_symmetric_difference(KrVm *vm, KrValue self, const KrValue *arg) { return without_common(vm, self, arg[0]); }

// ---- Methods that change the set -----------------------------------------------------------------------------------------------

static KrValue set_update(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t n;
    const KrValue *other = kr_tuple_items(arg[0], &n);
    for (size_t i = 0; i < n; i++)
        if (!kr_set_update(vm, self, other[i])) return KR_ERROR;
    return KR_NONE;
}

static KrValue set_intersection_update(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue out = set_intersection(vm, self, arg);
    if (kr_is_error(out)) return out;
    if (!kr_same(out, self)) take_over(vm, self, out);
    return KR_NONE;
}

static KrValue set_difference_update(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t n;
    const KrValue *other = kr_tuple_items(arg[0], &n);
    for (size_t i = 0; i < n; i++)
        if (!subtract(vm, self, other[i])) return KR_ERROR;
    return KR_NONE;
}

static KrValue set_symmetric_difference_update(KrVm *vm, KrValue self, const KrValue *arg) {
    return toggle_all(vm, self, arg[0]) ? KR_NONE : KR_ERROR;
}

static KrValue set_add(KrVm *vm, KrValue self, const KrValue *arg) { return kr_set_add(vm, self, arg[0]) ? KR_NONE : KR_ERROR; }

static KrValue set_discard(KrVm *vm, KrValue self, const KrValue *arg) {
    bool found;
    return kr_set_discard(vm, self, arg[0], &found) ? KR_NONE : KR_ERROR;
}

static KrValue set_remove(KrVm *vm, KrValue self, const KrValue *arg) {
    bool found;
    if (!kr_set_discard(vm, self, arg[0], &found)) return KR_ERROR;
    return found ? KR_NONE : kr_raise_key(vm, arg[0]);
}

static KrValue set_pop(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue v = kr_set_pop(vm, kr_set_object(self));
    return kr_is_unset(v) ? kr_raise(vm, &kr_key_error, "pop from an empty set") : v;
}

static KrValue set_clear(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    kr_set_clear(vm, kr_set_object(self));
    return KR_NONE;
}

// ---- Both types ----------------------------------------------------------------------------------------------------------------

// (class, ([keys],), state)
static KrValue set_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue keys = kr_list_from(vm, self);
    KrValue args = kr_is_error(keys) ? keys : kr_tuple(vm, 1, &keys);
    KrValue state = kr_is_error(args) ? args : kr_call_method(vm, self, "__getstate__", 0, NULL);
    if (kr_is_error(state)) return state;
    return kr_tuple(vm, 3, (KrValue[]){ kr_type_value(kr_type_of(self)), args, state });
}

static KrValue set_sizeof(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const KrSetObject *s = kr_set_object(self);
    return kr_int(vm, (int64_t)(sizeof *s + (s->table ? sizeof(KrSlots) + s->table->cap * sizeof(KrValue) : 0)));
}

static KrValue set_contains_method(KrVm *vm, KrValue self, const KrValue *arg) {
    bool found;
    return kr_set_contains(vm, self, arg[0], &found) ? kr_bool(found) : KR_ERROR;
}

// clang-format off
#define SHARED_ROWS                                                                                                                        \
    { "copy()", set_copy, KR_DOC("Return a shallow copy of a set."), 0 },                                                                  \
        { "difference(*others)", set_difference, KR_DOC("Return a new set with elements in the set that are not in the others."), 0 },     \
        { "intersection(*others)", set_intersection, KR_DOC("Return a new set with elements common to the set and all others."), 0 },      \
        { "isdisjoint(other, /)", set_isdisjoint, KR_DOC("Return True if two sets have a null intersection."), 0 },                        \
        { "issubset(other, /)", set_issubset, KR_DOC("Report whether another set contains this set."), 0 },                                \
        { "issuperset(other, /)", set_issuperset, KR_DOC("Report whether this set contains another set."), 0 },                            \
        { "symmetric_difference(other, /)", set_symmetric_difference,                                                                      \
          KR_DOC("Return a new set with elements in either the set or other but not both."), 0 },                                          \
        { "union(*others)", set_union, KR_DOC("Return a new set with elements from the set and all others."), 0 },                         \
        { "__contains__(object, /)", set_contains_method, KR_DOC("x.__contains__(y) <==> y in x."), 0 },                                   \
        { "__reduce__()", set_reduce, KR_DOC("Return state information for pickling."), 0 },                                               \
        { "__sizeof__()", set_sizeof, KR_DOC("S.__sizeof__() -> size of S in memory, in bytes."), 0 }, {                                   \
        "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD                                             \
    }
// clang-format on

const KrMethod kr_set_methods[] = {
    SHARED_ROWS,
    { "add(object, /)", set_add, KR_DOC("Add an element to a set.\n\nThis has no effect if the element is already present."), 0 },
    { "clear()", set_clear, KR_DOC("Remove all elements from this set."), 0 },
    { "discard(object, /)", set_discard,
      KR_DOC(
          "Remove an element from a set if it is a member.\n\nUnlike set.remove(), the discard() method does not raise\nan exception when "
          "an element is missing from the set."),
      0 },
    { "remove(object, /)", set_remove,
      KR_DOC("Remove an element from a set; it must be a member.\n\nIf the element is not a member, raise a KeyError."), 0 },
    { "pop()", set_pop, KR_DOC("Remove and return an arbitrary set element.\n\nRaises KeyError if the set is empty."), 0 },
    { "update(*others)", set_update, KR_DOC("Update the set, adding elements from all others."), 0 },
    { "intersection_update(*others)", set_intersection_update, KR_DOC("Update the set, keeping only elements found in it and all others."),
      0 },
    { "difference_update(*others)", set_difference_update, KR_DOC("Update the set, removing elements found in others."), 0 },
    { "symmetric_difference_update(other, /)", set_symmetric_difference_update,
      KR_DOC("Update the set, keeping only elements found in either set, but not in both."), 0 },
    { 0 },
};

const KrMethod kr_frozenset_methods[] = { SHARED_ROWS, { 0 } };
