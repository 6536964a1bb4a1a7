// operator_module.c - the _operator module: the operators of the language as functions. operator_getter.c has its classes.
// SPDX-License-Identifier: MIT
#include "operator_part.h"

#include "../modules.h"

#define FUNCTION(name) static KrValue operator_##name(KrVm *vm, KrValue self, const KrValue *arg)

// ---- Comparison, arithmetic --------------------------------------------------------------------------------------------------------

// Small ints at once.
KR_RAISES static inline KrValue compare(KrVm *vm, KrValue a, KrValue b, KrCompareOp op) {
    if (!kr_both_int(a, b)) return kr_compare(vm, a, b, op);
    bool less = kr_int_less(a, b), same = kr_same(a, b);
    switch (op) {
    case KR_LT: return kr_bool(less);
    case KR_LE: return kr_bool(less || same);
    case KR_EQ: return kr_bool(same);
    case KR_NE: return kr_bool(!same);
    case KR_GE: return kr_bool(!less);
    default: return kr_bool(!less && !same);
    }
}

#define COMPARISON(name, op) \
    FUNCTION(name) { return (void)self, compare(vm, arg[0], arg[1], op); }
#define BINARY(name, op) \
    FUNCTION(name) { return (void)self, kr_binary(vm, op, arg[0], arg[1]); } \
    FUNCTION(i##name) { return (void)self, kr_inplace(vm, op, arg[0], arg[1]); }
#define UNARY(name, op) \
    FUNCTION(name) { return (void)self, kr_unary(vm, op, arg[0]); }

// clang-format off
COMPARISON(lt, KR_LT) COMPARISON(le, KR_LE) COMPARISON(eq, KR_EQ) COMPARISON(ne, KR_NE) COMPARISON(ge, KR_GE) COMPARISON(gt, KR_GT)
BINARY(and, KR_AND) BINARY(floordiv, KR_FLOORDIV) BINARY(lshift, KR_LSHIFT) BINARY(matmul, KR_MATMUL)
BINARY(mod, KR_MOD) BINARY(or, KR_OR) BINARY(pow, KR_POW) BINARY(rshift, KR_RSHIFT)
BINARY(truediv, KR_TRUEDIV) BINARY(xor, KR_XOR)
UNARY(neg, KR_NEG) UNARY(pos, KR_POS) UNARY(invert, KR_INVERT) UNARY(abs, KR_ABS)
    // clang-format on

    // The three that programs hand to map() and reduce(): small ints at once.
    FUNCTION(add) {
    KrValue v;
    (void)self;
    return kr_both_int(arg[0], arg[1]) && kr_int_add(arg[0], arg[1], &v) ? v : kr_binary(vm, KR_ADD, arg[0], arg[1]);
}
FUNCTION(sub) {
    KrValue v;
    (void)self;
    return kr_both_int(arg[0], arg[1]) && kr_int_sub(arg[0], arg[1], &v) ? v : kr_binary(vm, KR_SUB, arg[0], arg[1]);
}
FUNCTION(mul) {
    KrValue v;
    (void)self;
    return kr_both_int(arg[0], arg[1]) && kr_int_mul(arg[0], arg[1], &v) ? v : kr_binary(vm, KR_MUL, arg[0], arg[1]);
}
FUNCTION(iadd) { return (void)self, kr_inplace(vm, KR_ADD, arg[0], arg[1]); }
FUNCTION(isub) { return (void)self, kr_inplace(vm, KR_SUB, arg[0], arg[1]); }
FUNCTION(imul) { return (void)self, kr_inplace(vm, KR_MUL, arg[0], arg[1]); }

FUNCTION(index) { return (void)self, kr_index(vm, arg[0]); }
FUNCTION(is) { return (void)self, (void)vm, kr_bool(kr_same(arg[0], arg[1])); }
FUNCTION(is_not) { return (void)self, (void)vm, kr_bool(!kr_same(arg[0], arg[1])); }
FUNCTION(truth) {
    bool yes;
    return (void)self, kr_truth(vm, arg[0], &yes) ? kr_bool(yes) : KR_ERROR;
}
FUNCTION(not ) {
    bool yes;
    return (void)self, kr_truth(vm, arg[0], &yes) ? kr_bool(!yes) : KR_ERROR;
}

// ---- Containers ------------------------------------------------------------------------------------------------------------------------

static bool is_sequence(KrVm *vm, KrValue v) {
    return !kr_is_unset(kr_type_lookup(vm, kr_type_of(v), KR_N(__getitem__))) ||
           kr_fail(kr_raise(vm, &kr_type_error, "'%T' object can't be concatenated", v));
}
FUNCTION(concat) { return (void)self, is_sequence(vm, arg[0]) ? kr_binary(vm, KR_ADD, arg[0], arg[1]) : KR_ERROR; }
FUNCTION(iconcat) { return (void)self, is_sequence(vm, arg[0]) ? kr_inplace(vm, KR_ADD, arg[0], arg[1]) : KR_ERROR; }

FUNCTION(contains) {
    bool found;
    return (void)self, kr_contains(vm, arg[0], arg[1], &found) ? kr_bool(found) : KR_ERROR;
}
FUNCTION(getitem) { return (void)self, kr_getitem(vm, arg[0], arg[1]); }
FUNCTION(setitem) { return (void)self, kr_setitem(vm, arg[0], arg[1], arg[2]) ? KR_NONE : KR_ERROR; }
FUNCTION(delitem) { return (void)self, kr_setitem(vm, arg[0], arg[1], KR_UNSET) ? KR_NONE : KR_ERROR; }

// Iterates; the number of items equal to arg[1], or the position of the first one (SIZE_MAX: there is none).
static bool search(KrVm *vm, const KrValue *arg, bool first, size_t *out) {
    KrValue it = kr_iter(vm, arg[0]), item;
    if (kr_is_error(it)) {
        if (!kr_raised_is(vm, &kr_type_error)) return false;
        (void)kr_take_raised(vm);
        return kr_fail(kr_raise(vm, &kr_type_error, "argument of type '%T' is not iterable", arg[0]));
    }
    size_t count = 0;
    for (size_t i = 0; !kr_is_done(item = kr_next_inline(vm, it)); i++) {
        bool same;
        if (kr_is_error(item) || !kr_equal(vm, item, arg[1], &same) || !kr_poll(vm, 1)) return false;
        if (same && first) return *out = i, true;
        count += same;
    }
    return *out = first ? SIZE_MAX : count, true;
}
FUNCTION(countOf) {
    size_t n;
    return (void)self, search(vm, arg, false, &n) ? kr_int_from_u64(vm, n) : KR_ERROR;
}
FUNCTION(indexOf) {
    size_t at;
    (void)self;
    if (!search(vm, arg, true, &at)) return KR_ERROR;
    return at == SIZE_MAX ? kr_raise(vm, &kr_value_error, "sequence.index(x): x not in sequence") : kr_int_from_u64(vm, at);
}

FUNCTION(length_hint) {
    intptr_t fallback;
    size_t hint;
    (void)self;
    if (!kr_is_integer(arg[1])) return kr_raise(vm, &kr_type_error, "'%T' object cannot be interpreted as an integer", arg[1]);
    if (!kr_arg_size(vm, arg[1], &fallback)) return KR_ERROR;
    if (!kr_length_hint(vm, arg[0], SIZE_MAX, &hint)) return KR_ERROR;
    return hint == SIZE_MAX ? kr_int(vm, fallback) : kr_int_from_u64(vm, hint);
}

FUNCTION(call) { return (void)self, kr_call_args(vm, arg[0], arg[1], arg[2]); }

// ---- The module ------------------------------------------------------------------------------------------------------------------------

// clang-format off
static const KrMethod functions[] = {
    { "_compare_digest(a, b, /)", kr_compare_digest, KR_DOC("Return 'a == b', in a time that does not tell where they differ."), 0 },
    { "abs(a, /)", operator_abs, KR_DOC("Same as abs(a)."), 0 },
    { "add(a, b, /)", operator_add, KR_DOC("Same as a + b."), 0 },
    { "and_(a, b, /)", operator_and, KR_DOC("Same as a & b."), 0 },
    { "call(obj, /, *args, **kwargs)", operator_call, KR_DOC("Same as obj(*args, **kwargs)."), 0 },
    { "concat(a, b, /)", operator_concat, KR_DOC("Same as a + b, for a and b sequences."), 0 },
    { "contains(a, b, /)", operator_contains, KR_DOC("Same as b in a (note reversed operands)."), 0 },
    { "countOf(a, b, /)", operator_countOf, KR_DOC("Return the number of items in a which are, or which equal, b."), 0 },
    { "delitem(a, b, /)", operator_delitem, KR_DOC("Same as del a[b]."), 0 },
    { "eq(a, b, /)", operator_eq, KR_DOC("Same as a == b."), 0 },
    { "floordiv(a, b, /)", operator_floordiv, KR_DOC("Same as a // b."), 0 },
    { "ge(a, b, /)", operator_ge, KR_DOC("Same as a >= b."), 0 },
    { "getitem(a, b, /)", operator_getitem, KR_DOC("Same as a[b]."), 0 },
    { "gt(a, b, /)", operator_gt, KR_DOC("Same as a > b."), 0 },
    { "iadd(a, b, /)", operator_iadd, KR_DOC("Same as a += b."), 0 },
    { "iand(a, b, /)", operator_iand, KR_DOC("Same as a &= b."), 0 },
    { "iconcat(a, b, /)", operator_iconcat, KR_DOC("Same as a += b, for a and b sequences."), 0 },
    { "ifloordiv(a, b, /)", operator_ifloordiv, KR_DOC("Same as a //= b."), 0 },
    { "ilshift(a, b, /)", operator_ilshift, KR_DOC("Same as a <<= b."), 0 },
    { "imatmul(a, b, /)", operator_imatmul, KR_DOC("Same as a @= b."), 0 },
    { "imod(a, b, /)", operator_imod, KR_DOC("Same as a %= b."), 0 },
    { "imul(a, b, /)", operator_imul, KR_DOC("Same as a *= b."), 0 },
    { "index(a, /)", operator_index, KR_DOC("Same as a.__index__()"), 0 },
    { "indexOf(a, b, /)", operator_indexOf, KR_DOC("Return the first index of b in a."), 0 },
    { "inv(a, /)", operator_invert, KR_DOC("Same as ~a."), 0 },
    { "invert(a, /)", operator_invert, KR_DOC("Same as ~a."), 0 },
    { "ior(a, b, /)", operator_ior, KR_DOC("Same as a |= b."), 0 },
    { "ipow(a, b, /)", operator_ipow, KR_DOC("Same as a **= b."), 0 },
    { "irshift(a, b, /)", operator_irshift, KR_DOC("Same as a >>= b."), 0 },
    { "is_(a, b, /)", operator_is, KR_DOC("Same as a is b."), 0 },
    { "is_not(a, b, /)", operator_is_not, KR_DOC("Same as a is not b."), 0 },
    { "isub(a, b, /)", operator_isub, KR_DOC("Same as a -= b."), 0 },
    { "itruediv(a, b, /)", operator_itruediv, KR_DOC("Same as a /= b."), 0 },
    { "ixor(a, b, /)", operator_ixor, KR_DOC("Same as a ^= b."), 0 },
    { "le(a, b, /)", operator_le, KR_DOC("Same as a <= b."), 0 },
    { "length_hint(obj, default=0, /)", operator_length_hint, KR_DOC("Return an estimate of the number of items in obj.\n\nThis is useful for presizing containers when building from an iterable.\n\nIf the object supports len(), the result will be exact.\nOtherwise, it may over- or under-estimate by an arbitrary amount.\nThe result will be an integer >= 0."), 0 },
    { "lshift(a, b, /)", operator_lshift, KR_DOC("Same as a << b."), 0 },
    { "lt(a, b, /)", operator_lt, KR_DOC("Same as a < b."), 0 },
    { "matmul(a, b, /)", operator_matmul, KR_DOC("Same as a @ b."), 0 },
    { "mod(a, b, /)", operator_mod, KR_DOC("Same as a % b."), 0 },
    { "mul(a, b, /)", operator_mul, KR_DOC("Same as a * b."), 0 },
    { "ne(a, b, /)", operator_ne, KR_DOC("Same as a != b."), 0 },
    { "neg(a, /)", operator_neg, KR_DOC("Same as -a."), 0 },
    { "not_(a, /)", operator_not, KR_DOC("Same as not a."), 0 },
    { "or_(a, b, /)", operator_or, KR_DOC("Same as a | b."), 0 },
    { "pos(a, /)", operator_pos, KR_DOC("Same as +a."), 0 },
    { "pow(a, b, /)", operator_pow, KR_DOC("Same as a ** b."), 0 },
    { "rshift(a, b, /)", operator_rshift, KR_DOC("Same as a >> b."), 0 },
    { "setitem(a, b, c, /)", operator_setitem, KR_DOC("Same as a[b] = c."), 0 },
    { "sub(a, b, /)", operator_sub, KR_DOC("Same as a - b."), 0 },
    { "truediv(a, b, /)", operator_truediv, KR_DOC("Same as a / b."), 0 },
    { "truth(a, /)", operator_truth, KR_DOC("Return True if a is true, False otherwise."), 0 },
    { "xor(a, b, /)", operator_xor, KR_DOC("Same as a ^ b."), 0 },
    { 0 },
};
// clang-format on

static const KrConst constants[] = {
    { "attrgetter", KR_CONST_TYPE, { .p = &kr_attrgetter_type } },
    { "itemgetter", KR_CONST_TYPE, { .p = &kr_itemgetter_type } },
    { "methodcaller", KR_CONST_TYPE, { .p = &kr_methodcaller_type } },
    { 0 },
};

const KrModuleDef kr_operator_module = { "_operator", KR_DOC("The operators of the language as functions."), functions, constants, NULL };
