// operator.c - what operators, len(), in, ==, hash(), repr() and iteration mean for any object: dispatch to type slots as Python defines it.
// SPDX-License-Identifier: MIT
#include "base/hash.h"
#include "object/container.h"
#include "object/float.h"
#include "object/format.h"
#include "object/int.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/sequence_operator.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/vm_state.h"

// ---- Binary operators ----------------------------------------------------------------------------------------------------------

static const struct {
    const char *sign, *name;
} operator_text[KR_BINARY_COUNT] = {
    [KR_ADD] = { "+", "+=" },      [KR_SUB] = { "-", "-=" },
    [KR_MUL] = { "*", "*=" },      [KR_MATMUL] = { "@", "@=" },
    [KR_TRUEDIV] = { "/", "/=" },  [KR_FLOORDIV] = { "//", "//=" },
    [KR_MOD] = { "%", "%=" },      [KR_POW] = { "** or pow()", "**=" },
    [KR_LSHIFT] = { "<<", "<<=" }, [KR_RSHIFT] = { ">>", ">>=" },
    [KR_AND] = { "&", "&=" },      [KR_OR] = { "|", "|=" },
    [KR_XOR] = { "^", "^=" },      [KR_DIVMOD] = { "divmod()", "divmod()" },
};

static KrValue try_plain(KrVm *vm, KrBinary op, const KrType *t, KrValue left, KrValue right) {
    if (kr_is_heap_type(t)) return kr_user_plain(vm, op, left, right);
    const KrType *owner = KR_SLOT_OWNER(t, binary);
    return owner && (owner->binary_ops & KR_OP(op)) ? owner->binary(vm, op, left, right) : KR_NOTIMPL;
}

static KrValue try_reflected(KrVm *vm, KrBinary op, const KrType *t, KrValue left, KrValue right) {
    if (kr_is_heap_type(t)) return kr_user_reflected(vm, op, right, left);
    const KrType *owner = KR_SLOT_OWNER(t, binary);
    return owner && (owner->binary_ops & KR_OP(op)) ? owner->binary(vm, op, left, right) : KR_NOTIMPL;
}

// Has a static type that derives from lt operators of its own, as defaultdict has |?
static KR_NOINLINE bool derived_operators(KrBinary op, const KrType *lt, const KrType *rt) {
    const KrType *owner = KR_SLOT_OWNER(rt, binary);
    return owner && (owner->binary_ops & KR_OP(op)) && owner != KR_SLOT_OWNER(lt, binary);
}

// left op right: the right operand goes first when its type is a subclass that reflects differently.
static KrValue binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    const KrType *lt = kr_type_of(left), *rt = kr_type_of(right);
    KrValue v;
    if (kr_is_sequence_operator(op, lt, rt)) return kr_sequence_operator(vm, op, left, right, false);
    if (lt == rt) {
        v = try_plain(vm, op, lt, left, right);
        return v;
    }
    bool right_first = kr_is_heap_type(rt) ? kr_is_subtype(rt, lt) && kr_user_overrides(vm, op, right, lt)
                                           : rt->base == lt && derived_operators(op, lt, rt);
    if (right_first) {
        v = try_reflected(vm, op, rt, left, right);
        if (!kr_is_notimpl(v)) return v;
    }
    v = try_plain(vm, op, lt, left, right);
    if (!kr_is_notimpl(v) || right_first) return v;
    return try_reflected(vm, op, rt, left, right);
}

static KrValue unsupported(KrVm *vm, const char *sign, KrValue left, KrValue right) {
    return kr_raise(vm, &kr_type_error, "unsupported operand type(s) for %s: '%T' and '%T'", sign, left, right);
}

// A sequence of a module that can be multiplied.
static bool is_array(KrValue v) {
    const KrType *type = kr_type_of(v);
    return !kr_is_heap_type(type) && (type->flags & KR_TYPE_SEQUENCE) && (type->binary_ops & KR_OP(KR_MUL));
}

static KrValue no_operator(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    // Sequences say something better than "unsupported operand".
    if (op == KR_ADD && kr_has_flag(left, KR_SEQUENCE_FLAGS)) return kr_concat_error(vm, left, right);
    if (op == KR_MUL && (kr_has_flag(left, KR_SEQUENCE_FLAGS) || is_array(left)))
        return kr_raise(vm, &kr_type_error, "can't multiply sequence by non-int of type '%T'", right);
    if (op == KR_MUL && (kr_has_flag(right, KR_SEQUENCE_FLAGS) || is_array(right)))
        return kr_raise(vm, &kr_type_error, "can't multiply sequence by non-int of type '%T'", left);
    if (op == KR_RSHIFT && kr_is_exact(left, &kr_native_type) && kr_is_print(left))
        return kr_raise(vm, &kr_type_error,
                        "unsupported operand type(s) for >>: '%T' and '%T'. Did you mean \"print(<message>, file=<output_stream>)\"?", left,
                        right);
    return unsupported(vm, operator_text[op].sign, left, right);
}

KrValue kr_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    KrValue v = binary(vm, op, left, right);
    return kr_is_notimpl(v) ? no_operator(vm, op, left, right) : v;
}

KrValue kr_binary_after(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    const KrType *lt = kr_type_of(left), *rt = kr_type_of(right);
    if (kr_is_sequence_operator(op, lt, rt)) return kr_sequence_operator(vm, op, left, right, true);
    KrValue v = lt == rt ? KR_NOTIMPL : try_reflected(vm, op, rt, left, right);
    return kr_is_notimpl(v) ? no_operator(vm, op, left, right) : v;
}

KrValue kr_inplace(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    if (op == KR_ADD && kr_is_exact(left, &kr_str_type) && kr_is_exact(right, &kr_str_type)) return kr_str_grow(vm, left, right);
    const KrType *lt = kr_type_of(left), *rt = kr_type_of(right), *owner = KR_MORE_OWNER(lt, inplace);
    if (kr_is_sequence_operator(op, lt, rt)) return kr_sequence_inplace(vm, op, left, right);
    if (owner && (owner->more->inplace_ops & KR_OP(op))) {
        KrValue v = owner->more->inplace(vm, op, left, right);
        if (!kr_is_notimpl(v)) return v;
    }
    if (op == KR_MUL && kr_has_flag(right, KR_SEQUENCE_FLAGS) && !kr_has_flag(left, KR_SEQUENCE_FLAGS) && kr_may_be_sequence(lt))
        return unsupported(vm, operator_text[op].name, left, right);
    KrValue v = binary(vm, op, left, right);
    if (!kr_is_notimpl(v)) return v;
    if (op == KR_ADD || op == KR_MUL) {
        if (kr_has_flag(left, KR_SEQUENCE_FLAGS) || (op == KR_MUL && is_array(left))) return kr_binary(vm, op, left, right);
    }
    return unsupported(vm, operator_text[op].name, left, right);
}

// The builtin type whose pow() of three a type has; NULL: none, or a class with one of its own.
static const KrType *plain_power(KrVm *vm, const KrType *t) {
    if (!kr_is_heap_type(t)) return KR_MORE_OWNER(t, power);
    KrValue name[] = { KR_N(__pow__), KR_N(__rpow__) };
    for (size_t i = 0; i < KR_COUNT_OF(name); i++) {
        KrValue found = kr_type_lookup(vm, t, name[i]);
        if (!kr_is_unset(found) && !kr_is_slot_wrapper(found, name[i])) return NULL;
    }
    return KR_MORE_OWNER(kr_heap_type(t)->solid, power);
}

KrValue kr_power(KrVm *vm, KrValue base, KrValue exponent, KrValue modulus) {
    if (kr_is_none(modulus)) return kr_binary(vm, KR_POW, base, exponent);
    const KrType *owner = KR_MORE_OWNER(kr_type_of(base), power);
    KrValue v = owner ? owner->more->power(vm, base, exponent, modulus) : KR_NOTIMPL, other[] = { exponent, modulus };
    for (size_t i = 0; kr_is_notimpl(v) && i < KR_COUNT_OF(other); i++) // those that are builtin numbers may refuse in words of their own
        if ((owner = plain_power(vm, kr_type_of(other[i])))) v = owner->more->power(vm, base, exponent, modulus);
    if (!kr_is_notimpl(v)) return v;
    return kr_raise(vm, &kr_type_error, "unsupported operand type(s) for ** or pow(): '%T', '%T', '%T'", base, exponent, modulus);
}

KrValue kr_unary(KrVm *vm, KrUnary op, KrValue v) {
    static const char *const sign[] = { [KR_NEG] = "unary -", [KR_POS] = "unary +", [KR_INVERT] = "unary ~", [KR_ABS] = "abs()" };
    const KrType *owner = KR_MORE_OWNER(kr_type_of(v), unary);
    KrValue r = owner && (owner->more->unary_ops & KR_OP(op)) ? owner->more->unary(vm, op, v) : KR_UNSET;
    if (!kr_is_unset(r)) return r;
    return kr_raise(vm, &kr_type_error, "bad operand type for %s: '%T'", sign[op], v);
}

// ---- Comparison ----------------------------------------------------------------------------------------------------------------

static KrValue try_compare(KrVm *vm, KrValue a, KrValue b, KrCompareOp op) {
    const KrType *owner = KR_SLOT_OWNER(kr_type_of(a), compare);
    if (!owner) return KR_NOTIMPL;
    return owner->compare(vm, a, b, op);
}

static const KrCompareOp swapped[] = {
    [KR_LT] = KR_GT, [KR_LE] = KR_GE, [KR_EQ] = KR_EQ, [KR_NE] = KR_NE, [KR_GT] = KR_LT, [KR_GE] = KR_LE
};

static KrValue no_comparison(KrVm *vm, KrValue a, KrValue b, KrCompareOp op) {
    static const char *const sign[] = { "<", "<=", "==", "!=", ">", ">=" };
    if (op == KR_EQ) return kr_bool(kr_same(a, b));
    if (op == KR_NE) return kr_bool(!kr_same(a, b));
    return kr_raise(vm, &kr_type_error, "'%s' not supported between instances of '%T' and '%T'", sign[op], a, b);
}

KrValue kr_compare_after(KrVm *vm, KrCompareOp op, KrValue left, KrValue right) {
    if (!kr_enter(vm, " in comparison")) return KR_ERROR;
    KrValue v = try_compare(vm, right, left, swapped[op]);
    kr_leave(vm);
    return kr_is_notimpl(v) ? no_comparison(vm, left, right, op) : v;
}

KrValue kr_compare(KrVm *vm, KrValue a, KrValue b, KrCompareOp op) {
    const KrType *ta = kr_type_of(a), *tb = kr_type_of(b);
    if (!kr_descend(vm, " in comparison")) return KR_ERROR;
    if (ta == tb && ta->compare && !kr_is_heap_type(ta)) { // no question of which goes first
        KrValue v = ta->compare(vm, a, b, op);
        if (KR_LIKELY(!kr_is_notimpl(v))) return v;
    }
    bool right_first = ta != tb && kr_is_subtype(tb, ta) && (kr_is_heap_type(tb) || ta != &kr_object_type);
    KrValue v = right_first ? try_compare(vm, b, a, swapped[op]) : KR_NOTIMPL;
    if (kr_is_notimpl(v)) v = try_compare(vm, a, b, op);
    if (kr_is_notimpl(v) && !right_first) v = try_compare(vm, b, a, swapped[op]);
    return kr_is_notimpl(v) ? no_comparison(vm, a, b, op) : v;
}

bool kr_compare_bool(KrVm *vm, KrValue a, KrValue b, KrCompareOp op, bool *out) {
    if (kr_is_exact(a, &kr_str_type) && kr_is_exact(b, &kr_str_type) && (op == KR_EQ || op == KR_NE))
        return *out = (kr_same(a, b) || kr_str_equal(a, b)) == (op == KR_EQ), true;
    if (!kr_is_ptr(a) && !kr_is_ptr(b) && kr_is_float(a) && kr_is_float(b)) {
        double x = kr_float_value(a), y = kr_float_value(b);
        return *out = x != x || y != y ? op == KR_NE : kr_order_holds((x > y) - (x < y), op), true;
    }
    if (kr_both_int(a, b))
        return *out = kr_order_holds((kr_int_value(a) > kr_int_value(b)) - (kr_int_value(a) < kr_int_value(b)), op), true;
    KrValue v = kr_compare(vm, a, b, op);
    if (KR_LIKELY(kr_is_bool(v))) return *out = kr_is_true_value(v), true;
    return !kr_is_error(v) && kr_truth(vm, v, out);
}

// Short tuples, as keys are, of texts, ints and the very same objects. False: they have other items.
static bool plain_tuples(KrValue a, KrValue b, bool *out) {
    const KrTupleObject *x = KR_AS(const KrTupleObject, a), *y = KR_AS(const KrTupleObject, b);
    if (x->len != y->len || x->len > 16) return false;
    for (size_t i = 0; i < x->len; i++) {
        KrValue v = x->item[i], w = y->item[i];
        if (kr_same(v, w)) continue;
        bool texts = kr_is_exact(v, &kr_str_type) && kr_is_exact(w, &kr_str_type);
        if (!texts && !kr_both_int(v, w)) return false;
        if (!texts || !kr_str_equal(v, w)) return *out = false, true;
    }
    return *out = true, true;
}

bool kr_equal(KrVm *vm, KrValue a, KrValue b, bool *out) {
    if (kr_same(a, b)) return *out = true, true; // identity counts, even for nan
    if (kr_both_int(a, b)) return *out = false, true;
    if (kr_is_exact(a, &kr_tuple_type) && kr_is_exact(b, &kr_tuple_type) && plain_tuples(a, b, out)) return true;
    return kr_compare_bool(vm, a, b, KR_EQ, out);
}

// ---- hash, truth, repr ---------------------------------------------------------------------------------------------------------

bool kr_hash_unhashable(KrVm *vm, KrValue v, KrHash *out) {
    *out = 0;
    return kr_fail(kr_raise(vm, &kr_type_error, "unhashable type: '%T'", v));
}

bool kr_hash(KrVm *vm, KrValue v, KrHash *out) {
    if (kr_is_exact(v, &kr_str_type)) return *out = (KrHash)kr_str_hash(v), true;
    const KrType *type = kr_type_of(v), *owner = KR_SLOT_OWNER(type, hash);
    if (owner && !kr_is_heap_type(type) && owner != type) { // equality without a hash of its own: unhashable
        const KrType *equal = KR_SLOT_OWNER(type, compare);
        if (equal && equal != owner && kr_is_subtype(equal, owner)) return kr_hash_unhashable(vm, v, out);
    }
    return owner ? owner->hash(vm, v, out) : kr_hash_unhashable(vm, v, out);
}

bool kr_truth(KrVm *vm, KrValue v, bool *out) {
    if (kr_is_bool(v)) return *out = kr_is_true_value(v), true;
    if (kr_is_int(v)) return *out = kr_int_value(v) != 0, true;
    if (kr_is_none(v)) return *out = false, true;
    const KrType *type = kr_type_of(v), *owner = KR_SLOT_OWNER(type, truth);
    if (owner) return owner->truth(vm, v, out);
    owner = KR_SLOT_OWNER(type, length);
    size_t len = 1;
    if (owner && !owner->length(vm, v, &len)) return false;
    return *out = len > 0, true;
}

KrValue kr_repr(KrVm *vm, KrValue v) {
    const KrType *owner = KR_SLOT_OWNER(kr_type_of(v), repr);
    if (!owner) return kr_object_repr(vm, v);
    return kr_descend(vm, " while getting the repr of an object") ? owner->repr(vm, v) : KR_ERROR;
}

KrValue kr_to_str(KrVm *vm, KrValue v) {
    if (kr_is_exact(v, &kr_str_type)) return v;
    if (kr_is_int(v)) return kr_int_text(vm, v, 10, false);
    const KrType *type = kr_type_of(v), *str = KR_SLOT_OWNER(type, str), *repr = KR_SLOT_OWNER(type, repr);
    // A repr defined further down the hierarchy than the str wins over it, as object.__str__ asks for repr.
    if (!str || str == &kr_object_type || (repr && repr != str && kr_is_subtype(repr, str) && !str->str)) return kr_repr(vm, v);
    return kr_descend(vm, " while getting the str of an object") ? str->str(vm, v) : KR_ERROR;
}

KrValue kr_format_value(KrVm *vm, KrValue v, KrValue spec) {
    if (kr_is_unset(spec)) spec = vm->empty_str;
    if (kr_is_exact(v, &kr_str_type)) return kr_str_format_spec(vm, v, spec);
    if (kr_is_int(v)) return kr_int_format_spec(vm, v, spec);
    if (kr_type_of(v) == &kr_float_type) return kr_float_format_spec(vm, v, spec);
    KrValue r = kr_try_special(vm, v, KR_N(__format__), 1, &spec);
    if (kr_is_unset(r)) return kr_raise(vm, &kr_type_error, "Type %T doesn't define __format__", v);
    if (!kr_is_error(r) && !kr_is_str(r)) return kr_raise(vm, &kr_type_error, "__format__ must return a str, not %T", r);
    return r;
}

// ---- Containers ----------------------------------------------------------------------------------------------------------------

bool kr_len(KrVm *vm, KrValue v, size_t *out) {
    const KrType *owner = KR_SLOT_OWNER(kr_type_of(v), length);
    if (!owner) return kr_fail(kr_raise(vm, &kr_type_error, "object of type '%T' has no len()", v));
    return owner->length(vm, v, out);
}

bool kr_length_hint(KrVm *vm, KrValue v, size_t fallback, size_t *out) {
    *out = fallback;
    const KrType *type = kr_type_of(v), *owner = KR_SLOT_OWNER(type, length);
    bool user = kr_is_heap_type(type);
    if (owner && (!user || !kr_is_unset(kr_type_lookup(vm, type, KR_N(__len__))))) {
        if (owner->length(vm, v, out)) return true;
        if (!kr_raised_is(vm, &kr_type_error)) return false;
        (void)kr_take_raised(vm);
        *out = fallback;
    }
    KrValue hint = kr_try_special(vm, v, KR_N(__length_hint__), 0, NULL);
    if (kr_is_error(hint)) {
        if (!kr_raised_is(vm, &kr_type_error)) return false;
        (void)kr_take_raised(vm);
        return true;
    }
    if (kr_is_unset(hint) || kr_is_notimpl(hint)) return true;
    if (!kr_is_integer(hint)) return kr_fail(kr_raise(vm, &kr_type_error, "__length_hint__ must be an integer, not %T", hint));
    intptr_t n;
    if (!kr_to_index_overflow(vm, hint, &n)) {
        if (!kr_raised_is(vm, &kr_overflow_error)) return false;
        return (void)kr_take_raised(vm), kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C ssize_t"));
    }
    if (n < 0) return kr_fail(kr_raise(vm, &kr_value_error, "__length_hint__() should return >= 0"));
    return *out = (size_t)n, true;
}

KrValue kr_getitem(KrVm *vm, KrValue v, KrValue key) {
    const KrType *type = kr_type_of(v), *owner = KR_SLOT_OWNER(type, getitem);
    if (owner && owner != &kr_type_type) {
        if (!kr_is_heap_type(type) || !(type->flags & KR_TYPE_IS_TYPE) || !kr_is_unset(kr_type_lookup(vm, type, KR_N(__getitem__))))
            return owner->getitem(vm, v, key);
    }
    if (kr_is_type(v)) { // C[int]
        KrValue method;
        if (kr_ptr(v) == &kr_type_type.head) return kr_generic_alias(vm, v, key);
        if (!kr_find_attr(vm, v, KR_N(__class_getitem__), &method)) return KR_ERROR;
        if (!kr_is_unset(method) && !kr_is_none(method)) return kr_call(vm, method, 1, &key);
        return kr_raise(vm, &kr_type_error, "type '%N' is not subscriptable", kr_as_type(v));
    }
    return kr_raise(vm, &kr_type_error, "'%T' object is not subscriptable", v);
}

bool kr_no_setitem(KrVm *vm, KrValue v, KrValue key, KrValue value, bool sequence) {
    bool indexed = sequence && kr_has_index(vm, key);
    intptr_t index;
    if (indexed && !kr_to_index(vm, key, &index)) return false;
    if (!kr_is_unset(value)) return kr_fail(kr_raise(vm, &kr_type_error, "'%T' object does not support item assignment", v));
    return kr_fail(kr_raise(vm, &kr_type_error, "'%T' object does%s support item deletion", v, indexed ? "n't" : " not"));
}

bool kr_setitem(KrVm *vm, KrValue v, KrValue key, KrValue value) {
    const KrType *type = kr_type_of(v), *owner = KR_SLOT_OWNER(type, setitem);
    if (owner) return owner->setitem(vm, v, key, value);
    return kr_no_setitem(vm, v, key, value, KR_SLOT_OWNER(type, contains) || KR_SLOT_OWNER(type, length));
}

bool kr_iter_contains(KrVm *vm, KrValue iterable, KrValue item, bool *out) {
    KrValue it = kr_iter(vm, iterable), v;
    if (kr_is_error(it)) {
        if (kr_raised_is(vm, &kr_type_error)) {
            (void)kr_take_raised(vm);
            kr_raise(vm, &kr_type_error, "argument of type '%T' is not iterable", iterable);
        }
        return false;
    }
    while (!kr_is_done(v = kr_next(vm, it))) {
        bool same;
        if (kr_is_error(v) || !kr_equal(vm, v, item, &same)) return false;
        if (same) return *out = true, true;
        if (!kr_poll(vm, 1)) return false;
    }
    return *out = false, true;
}

bool kr_contains(KrVm *vm, KrValue container, KrValue item, bool *out) {
    const KrType *owner = KR_SLOT_OWNER(kr_type_of(container), contains);
    return owner ? owner->contains(vm, container, item, out) : kr_iter_contains(vm, container, item, out);
}

// ---- Iteration -----------------------------------------------------------------------------------------------------------------

KrValue kr_iter(KrVm *vm, KrValue v) {
    const KrType *owner = KR_SLOT_OWNER(kr_type_of(v), iter);
    if (owner) return owner->iter(vm, v);
    if (KR_SLOT_OWNER(kr_type_of(v), getitem) && kr_has_flag(v, KR_TYPE_SEQUENCE)) return kr_sequence_iter(vm, v); // classes: user.c
    return kr_raise(vm, &kr_type_error, "'%T' object is not iterable", v);
}

KrValue kr_next(KrVm *vm, KrValue iterator) {
    const KrType *owner = KR_SLOT_OWNER(kr_type_of(iterator), next);
    if (!owner) return kr_raise(vm, &kr_type_error, "'%T' object is not an iterator", iterator);
    if (KR_UNLIKELY(kr_is_deep(vm)) && !kr_enter(vm, "")) return KR_ERROR; // iterators over iterators
    KrValue v = owner->next(vm, iterator);
    if (KR_UNLIKELY(kr_is_error(v)) && kr_raised_is(vm, &kr_stop_iteration)) return (void)kr_take_raised(vm), KR_DONE; // one with a value
    return v;
}

bool kr_is_iterator(KrVm *vm, KrValue v) {
    const KrType *type = kr_type_of(v);
    if (kr_is_heap_type(type)) return !kr_is_unset(kr_type_lookup(vm, type, KR_N(__next__)));
    return KR_SLOT_OWNER(type, next) != NULL;
}

// ---- Recursion in repr ---------------------------------------------------------------------------------------------------------

bool kr_repr_enter(KrVm *vm, KrValue v, bool *again) {
    *again = false;
    for (size_t i = 0; i < vm->thread.repr_stack.len; i++)
        if (vm->thread.repr_stack.item[i] == kr_ptr(v)) return *again = true, true;
    return kr_pointers_push(vm, &vm->thread.repr_stack, kr_ptr(v));
}

void kr_repr_leave(KrVm *vm, KrValue v) {
    for (size_t i = vm->thread.repr_stack.len; i-- > 0;)
        if (vm->thread.repr_stack.item[i] == kr_ptr(v)) {
            vm->thread.repr_stack.item[i] = vm->thread.repr_stack.item[--vm->thread.repr_stack.len];
            return;
        }
}
