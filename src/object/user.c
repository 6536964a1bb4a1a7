// user.c - the C slots of every class made at run time: look the special method up, call it, check what it returned.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/type.h"

// The special method called with arguments; KR_UNSET when the class has none.
static KrValue special(KrVm *vm, KrValue self, KrValue name, size_t count, const KrValue *arg) {
    KrValue method, bound;
    if (!kr_find_special(vm, self, name, &method, &bound)) return KR_ERROR;
    if (kr_is_unset(method)) return method;
    if (!kr_enter(vm, " while calling a Python object")) return KR_ERROR;
    KrValue v = kr_call_special(vm, method, bound, count, arg);
    kr_leave(vm);
    return v;
}

// The class says that it does not support this: `__hash__ = None`.
static bool disabled(KrVm *vm, KrValue self, KrValue name) { return kr_is_none(kr_type_lookup(vm, kr_type_of(self), name)); }

static KrValue user_alloc(KrVm *vm, const KrType *type) {
    const KrType *owner = KR_SLOT_OWNER(kr_heap_type(type)->solid, alloc);
    return owner ? owner->alloc(vm, type) : kr_alloc_instance(vm, type);
}

static KrValue user_repr(KrVm *vm, KrValue self) {
    KrValue v = special(vm, self, KR_N(__repr__), 0, NULL);
    if (kr_is_unset(v)) return kr_object_repr(vm, self);
    if (!kr_is_error(v) && !kr_is_str(v)) return kr_raise(vm, &kr_type_error, "__repr__ returned non-string (type %T)", v);
    return v;
}

static KrValue user_str(KrVm *vm, KrValue self) {
    KrValue v = special(vm, self, KR_N(__str__), 0, NULL);
    if (kr_is_unset(v)) return user_repr(vm, self);
    if (!kr_is_error(v) && !kr_is_str(v)) return kr_raise(vm, &kr_type_error, "__str__ returned non-string (type %T)", v);
    return v;
}

static bool user_hash(KrVm *vm, KrValue self, KrHash *out) {
    KrValue v = disabled(vm, self, KR_N(__hash__)) ? KR_UNSET : special(vm, self, KR_N(__hash__), 0, NULL);
    if (kr_is_unset(v)) return kr_hash_unhashable(vm, self, out);
    if (kr_is_error(v)) return false;
    if (!kr_is_integer(v)) return kr_fail(kr_raise(vm, &kr_type_error, "__hash__ method should return an integer"));
    return kr_hash_of_int(v, out);
}

static bool user_length(KrVm *vm, KrValue self, size_t *out) {
    KrValue v = special(vm, self, KR_N(__len__), 0, NULL);
    if (kr_is_unset(v)) return kr_fail(kr_raise(vm, &kr_type_error, "object of type '%T' has no len()", self));
    if (kr_is_error(v)) return false;
    v = kr_index(vm, v);
    if (kr_is_error(v)) return false;
    if (kr_is_int(v) ? kr_int_value(v) < 0 : kr_int_negative(v))
        return kr_fail(kr_raise(vm, &kr_value_error, "__len__() should return >= 0"));
    intptr_t n;
    if (kr_is_int(v)) return *out = (size_t)kr_int_value(v), true;
    if (!kr_to_index_overflow(vm, v, &n)) return false;
    return *out = (size_t)n, true;
}

static bool user_truth(KrVm *vm, KrValue self, bool *out) {
    KrValue v = special(vm, self, KR_N(__bool__), 0, NULL);
    if (kr_is_unset(v)) {
        size_t len;
        if (kr_is_unset(kr_type_lookup(vm, kr_type_of(self), KR_N(__len__)))) return *out = true, true;
        if (!user_length(vm, self, &len)) return false;
        return *out = len > 0, true;
    }
    if (kr_is_error(v)) return false;
    if (!kr_is_bool(v)) return kr_fail(kr_raise(vm, &kr_type_error, "__bool__ should return bool, returned %T", v));
    return *out = kr_is_true_value(v), true;
}

static const uint16_t compare_name[] = { [KR_LT] = KR_NAME___lt__, [KR_LE] = KR_NAME___le__, [KR_EQ] = KR_NAME___eq__,
                                         [KR_NE] = KR_NAME___ne__, [KR_GT] = KR_NAME___gt__, [KR_GE] = KR_NAME___ge__ };

KrValue kr_user_comparison(KrVm *vm, KrCompareOp op, const KrType *type) {
    return kr_type_lookup(vm, type, kr_static_name(compare_name[op]));
}

static KrValue user_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    KrValue method, bound;
    if (!kr_find_special(vm, self, kr_static_name(compare_name[op]), &method, &bound)) return (void)kr_take_raised(vm), KR_NOTIMPL;
    if (kr_is_unset(method)) return KR_NOTIMPL;
    if (!kr_enter(vm, " while calling a Python object")) return KR_ERROR;
    KrValue v = kr_call_special(vm, method, bound, 1, &other);
    kr_leave(vm);
    return v;
}

static KrValue user_iter(KrVm *vm, KrValue self) {
    bool none = disabled(vm, self, KR_N(__iter__));
    KrValue method, bound;
    if (!none && !kr_find_special(vm, self, KR_N(__iter__), &method, &bound))
        (void)kr_take_raised(vm), none = true; // as CPython: not found
    KrValue v = none ? KR_UNSET : special(vm, self, KR_N(__iter__), 0, NULL);
    if (kr_is_unset(v) && !none && !kr_is_unset(kr_type_lookup(vm, kr_type_of(self), KR_N(__getitem__)))) return kr_sequence_iter(vm, self);
    if (kr_is_unset(v)) return kr_raise(vm, &kr_type_error, "'%T' object is not iterable", self);
    if (!kr_is_error(v) && !kr_is_iterator(vm, v)) return kr_raise(vm, &kr_type_error, "iter() returned non-iterator of type '%T'", v);
    return v;
}

static KrValue user_next(KrVm *vm, KrValue self) {
    KrValue v = special(vm, self, KR_N(__next__), 0, NULL);
    if (kr_is_unset(v)) return kr_raise(vm, &kr_type_error, "'%T' object is not an iterator", self);
    if (kr_is_error(v) && !vm->hooks_on && kr_raised_is(vm, &kr_stop_iteration)) return (void)kr_take_raised(vm), KR_DONE; // hooks see it
    return v;
}

static KrValue user_getitem(KrVm *vm, KrValue self, KrValue key) {
    KrValue v = special(vm, self, KR_N(__getitem__), 1, &key);
    if (kr_is_unset(v)) return kr_raise(vm, &kr_type_error, "'%T' object is not subscriptable", self);
    return v;
}

// A class that has one method of a pair promises the other: that it is missing is an AttributeError.
static KrValue half_missing(KrVm *vm, KrValue self, KrValue there, const char *missing) {
    return kr_is_unset(kr_type_lookup(vm, kr_type_of(self), there)) ? KR_UNSET : kr_raise(vm, &kr_attribute_error, "%s", missing);
}

static bool user_setitem(KrVm *vm, KrValue self, KrValue key, KrValue value) {
    KrValue arg[2] = { key, value };
    bool deletes = kr_is_unset(value);
    KrValue v = special(vm, self, deletes ? KR_N(__delitem__) : KR_N(__setitem__), deletes ? 1 : 2, arg);
    if (kr_is_unset(v))
        v = deletes ? half_missing(vm, self, KR_N(__setitem__), "__delitem__") : half_missing(vm, self, KR_N(__delitem__), "__setitem__");
    if (kr_is_unset(v)) return kr_no_setitem(vm, self, key, value, true);
    return !kr_is_error(v);
}

static bool user_contains(KrVm *vm, KrValue self, KrValue item, bool *out) {
    if (disabled(vm, self, KR_N(__contains__))) return kr_fail(kr_raise(vm, &kr_type_error, "'%T' object is not a container", self));
    KrValue v = special(vm, self, KR_N(__contains__), 1, &item);
    if (kr_is_unset(v)) return kr_iter_contains(vm, self, item, out);
    return !kr_is_error(v) && kr_truth(vm, v, out);
}

static const struct {
    uint16_t plain, reflected, inplace;
} operator_name[KR_BINARY_COUNT] = {
#define NAMES(op, n) [op] = { KR_NAME___##n##__, KR_NAME___r##n##__, KR_NAME___i##n##__ }
    NAMES(KR_ADD, add),         NAMES(KR_SUB, sub),
    NAMES(KR_MUL, mul),         NAMES(KR_MATMUL, matmul),
    NAMES(KR_TRUEDIV, truediv), NAMES(KR_FLOORDIV, floordiv),
    NAMES(KR_MOD, mod),         NAMES(KR_POW, pow),
    NAMES(KR_LSHIFT, lshift),   NAMES(KR_RSHIFT, rshift),
    NAMES(KR_AND, and),         NAMES(KR_OR, or),
    NAMES(KR_XOR, xor),         [KR_DIVMOD] = { KR_NAME___divmod__, KR_NAME___rdivmod__, KR_NAME_END },
};

KrValue kr_user_operator(KrVm *vm, KrBinary op, const KrType *type) {
    return kr_type_lookup(vm, type, kr_static_name(operator_name[op].plain));
}

static KrValue call_operator(KrVm *vm, KrValue self, unsigned name, KrValue other) {
    if (name == KR_NAME_END) return KR_NOTIMPL;
    KrValue v = special(vm, self, kr_static_name(name), 1, &other);
    return kr_is_unset(v) ? KR_NOTIMPL : v;
}

KrValue kr_user_plain(KrVm *vm, KrBinary op, KrValue self, KrValue other) {
    return call_operator(vm, self, operator_name[op].plain, other);
}
KrValue kr_user_reflected(KrVm *vm, KrBinary op, KrValue self, KrValue other) {
    return call_operator(vm, self, operator_name[op].reflected, other);
}
// Does the class of `self` give the reflected method another meaning than type `than` does?
bool kr_user_overrides(KrVm *vm, KrBinary op, KrValue self, const KrType *than) {
    KrValue name = kr_static_name(operator_name[op].reflected);
    KrValue own = kr_type_lookup(vm, kr_type_of(self), name);
    return !kr_is_unset(own) && !kr_same(own, kr_type_lookup(vm, than, name));
}

static KrValue user_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    return kr_is_heap_type(kr_type_of(left)) ? kr_user_plain(vm, op, left, right) : kr_user_reflected(vm, op, right, left);
}

static KrValue user_inplace(KrVm *vm, KrBinary op, KrValue self, KrValue other) {
    return call_operator(vm, self, operator_name[op].inplace, other);
}

static KrValue user_unary(KrVm *vm, KrUnary op, KrValue self) {
    static const uint16_t name[] = {
        [KR_NEG] = KR_NAME___neg__,    [KR_POS] = KR_NAME___pos__,        [KR_INVERT] = KR_NAME___invert__, [KR_ABS] = KR_NAME___abs__,
        [KR_TO_INT] = KR_NAME___int__, [KR_TO_FLOAT] = KR_NAME___float__, [KR_TO_INDEX] = KR_NAME___index__
    };
    return special(vm, self, kr_static_name(name[op]), 0, NULL); // KR_UNSET: none, as NotImplemented is a result like any other
}

static KrValue user_power(KrVm *vm, KrValue base, KrValue exponent, KrValue modulus) {
    KrValue arg[2] = { exponent, modulus };
    KrValue v = special(vm, base, KR_N(__pow__), 2, arg);
    if (kr_is_unset(v)) v = half_missing(vm, base, KR_N(__rpow__), "__pow__");
    return kr_is_unset(v) ? KR_NOTIMPL : v;
}

static KrValue user_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    KrValue method, bound;
    if (!kr_find_special(vm, self, KR_N(__call__), &method, &bound)) return KR_ERROR;
    if (kr_is_unset(method)) return kr_raise(vm, &kr_type_error, "'%T' object is not callable", self);
    if (!kr_enter(vm, " while calling a Python object")) return KR_ERROR;
    KrValue v;
    if (kr_is_unset(bound)) {
        v = kr_call_names(vm, method, arg, count, names);
    } else {
        size_t named = 0;
        if (!kr_is_unset(names)) kr_tuple_items(names, &named);
        KrValue small[8], *all = small;
        if (count + named + 1 > KR_COUNT_OF(small)) {
            KrValue big = kr_tuple(vm, count + named + 1, NULL);
            all = kr_is_error(big) ? NULL : kr_tuple_items(big, NULL);
        }
        if (all) {
            all[0] = self;
            for (size_t i = 0; i < count + named; i++) all[i + 1] = arg[i];
        }
        v = all ? kr_call_names(vm, method, all, count + 1, names) : KR_ERROR;
    }
    kr_leave(vm);
    return v;
}

static KrValue user_descr_get(KrVm *vm, KrValue self, KrValue object, const KrType *type) {
    KrValue arg[2] = { kr_is_unset(object) ? KR_NONE : object, type ? kr_type_value(type) : KR_NONE };
    KrValue v = special(vm, self, KR_N(__get__), 2, arg);
    return kr_is_unset(v) ? self : v;
}

static bool user_descr_set(KrVm *vm, KrValue self, KrValue object, KrValue value) {
    KrValue arg[2] = { object, value };
    bool deletes = kr_is_unset(value);
    KrValue v = special(vm, self, deletes ? KR_N(__delete__) : KR_N(__set__), deletes ? 1 : 2, arg);
    if (kr_is_unset(v)) return kr_fail(kr_raise(vm, &kr_attribute_error, deletes ? "__delete__" : "__set__"));
    return !kr_is_error(v);
}

void kr_user_slots(KrType *t) {
    t->alloc = user_alloc;
    t->repr = user_repr;
    t->str = user_str;
    t->hash = user_hash;
    t->truth = user_truth;
    t->length = user_length;
    t->compare = user_compare;
    t->iter = user_iter;
    t->next = user_next;
    t->getitem = user_getitem;
    t->setitem = user_setitem;
    t->contains = user_contains;
    static const KrMoreSlots more = {
        .inplace_ops = KR_OP(KR_BINARY_COUNT) - 1,
        .unary_ops = KR_OP(KR_UNARY_COUNT) - 1,
        .inplace = user_inplace,
        .unary = user_unary,
        .power = user_power,
    };
    t->binary_ops = KR_OP(KR_BINARY_COUNT) - 1;
    t->binary = user_binary;
    t->more = &more;
    t->call = user_call;
    t->descr_get = user_descr_get;
    t->descr_set = user_descr_set;
}
