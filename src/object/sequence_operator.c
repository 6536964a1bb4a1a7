// sequence_operator.c - + and * where a class is involved and one side is a text, bytes, a list or a tuple.
//
// These operators have two levels: first the operands are asked as numbers, which is what __add__, __mul__ and so on of a class make of
// its instances; only then the left one is joined to the right, or one of them repeated, as a sequence. What a class inherits from
// list, say, belongs to the second level, and a class that has a __mul__ of its own has no second level for *.
// SPDX-License-Identifier: MIT
#include "object/sequence_operator.h"

#include "object/container.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/type.h"

// The name of a method, if the class of v has taken it over: not as its builtin type has it.
static bool has_own(KrVm *vm, const KrType *t, KrValue name) {
    KrValue found = kr_type_lookup(vm, t, name);
    return !kr_is_unset(found) && !kr_is_slot_wrapper(found, name);
}

static bool is_sequence(const KrType *t) { return (t->flags & KR_SEQUENCE_FLAGS) != 0; }

static bool is_number(KrVm *vm, KrBinary op, const KrType *t) {
    if (!kr_is_heap_type(t)) return !is_sequence(t);
    if (!is_sequence(t)) return true;
    return op == KR_MUL ? has_own(vm, t, KR_N(__mul__)) || has_own(vm, t, KR_N(__rmul__))
                        : has_own(vm, t, KR_N(__add__)) || has_own(vm, t, KR_N(__radd__));
}

// The builtin type whose + or * the sequence v has; NULL: its class has another, or v is none.
static const KrType *plain_sequence(KrVm *vm, KrBinary op, KrValue v) {
    const KrType *t = kr_type_of(v);
    if (!is_sequence(t)) return NULL;
    if (!kr_is_heap_type(t)) return t;
    bool own = op == KR_MUL ? is_number(vm, op, t) : has_own(vm, t, KR_N(__add__));
    return own ? NULL : kr_heap_type(t)->solid;
}

// Likewise of += and *=.
static const KrType *plain_inplace(KrVm *vm, KrBinary op, KrValue v) {
    const KrType *t = kr_type_of(v), *builtin = kr_is_heap_type(t) ? kr_heap_type(t)->solid : t;
    const KrType *owner = is_sequence(t) ? KR_MORE_OWNER(builtin, inplace) : NULL;
    if (!owner || !(owner->more->inplace_ops & KR_OP(op))) return NULL;
    return kr_is_heap_type(t) && has_own(vm, t, op == KR_MUL ? KR_N(__imul__) : KR_N(__iadd__)) ? NULL : owner;
}

static KrValue as_left(KrVm *vm, KrBinary op, const KrType *t, KrValue left, KrValue right) {
    if (kr_is_heap_type(t)) return kr_user_plain(vm, op, left, right);
    const KrType *owner = KR_SLOT_OWNER(t, binary);
    return owner && (owner->binary_ops & KR_OP(op)) ? owner->binary(vm, op, left, right) : KR_NOTIMPL;
}

static KrValue as_right(KrVm *vm, KrBinary op, const KrType *t, KrValue left, KrValue right) {
    if (kr_is_heap_type(t)) return kr_user_reflected(vm, op, right, left);
    return as_left(vm, op, t, left, right);
}

static KrValue numbers(KrVm *vm, KrBinary op, KrValue left, KrValue right, bool asked_left) {
    const KrType *lt = kr_type_of(left), *rt = kr_type_of(right);
    bool has_left = !asked_left && is_number(vm, op, lt), has_right = lt != rt && is_number(vm, op, rt);
    bool right_first = has_left && has_right && kr_is_heap_type(rt) && kr_is_subtype(rt, lt) && kr_user_overrides(vm, op, right, lt);
    KrValue v = right_first ? as_right(vm, op, rt, left, right) : KR_NOTIMPL;
    if (kr_is_notimpl(v) && has_left) v = as_left(vm, op, lt, left, right);
    if (kr_is_notimpl(v) && has_right && !right_first) v = as_right(vm, op, rt, left, right);
    return v;
}

static KrValue join(KrVm *vm, const KrType *plain, const KrType *inplace, KrValue left, KrValue right) {
    KrValue v = inplace ? inplace->more->inplace(vm, KR_ADD, left, right) : plain->binary(vm, KR_ADD, left, right);
    return kr_is_notimpl(v) ? kr_concat_error(vm, left, right) : v;
}

static KrValue repeat(KrVm *vm, const KrType *plain, const KrType *inplace, KrValue sequence, KrValue count) {
    if (!kr_has_index(vm, count)) return kr_raise(vm, &kr_type_error, "can't multiply sequence by non-int of type '%T'", count);
    intptr_t n;
    if (!kr_to_index_overflow(vm, count, &n)) return KR_ERROR;
    KrValue times = kr_int(vm, n);
    if (kr_is_error(times)) return times;
    return inplace ? inplace->more->inplace(vm, KR_MUL, sequence, times) : plain->binary(vm, KR_MUL, sequence, times);
}

static KrValue unsupported(KrVm *vm, const char *sign, KrValue left, KrValue right) {
    return kr_raise(vm, &kr_type_error, "unsupported operand type(s) for %s: '%T' and '%T'", sign, left, right);
}

KrValue kr_sequence_operator(KrVm *vm, KrBinary op, KrValue left, KrValue right, bool asked_left) {
    KrValue v = numbers(vm, op, left, right, asked_left);
    if (!kr_is_notimpl(v)) return v;
    const KrType *plain = plain_sequence(vm, op, left);
    if (plain) return op == KR_ADD ? join(vm, plain, NULL, left, right) : repeat(vm, plain, NULL, left, right);
    plain = op == KR_MUL ? plain_sequence(vm, op, right) : NULL;
    return plain ? repeat(vm, plain, NULL, right, left) : unsupported(vm, op == KR_MUL ? "*" : "+", left, right);
}

bool kr_may_be_sequence(const KrType *t) {
    return kr_is_heap_type(t) || is_sequence(t) || KR_SLOT_OWNER(t, contains) || KR_SLOT_OWNER(t, length);
}

KrValue kr_sequence_inplace(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    const KrType *lt = kr_type_of(left), *plain, *inplace;
    // The += of a builtin type counts as a number's in classes that derive from it, its *= does not: so CPython's slots have it.
    bool own = kr_is_heap_type(lt) && (op == KR_ADD || has_own(vm, lt, KR_N(__imul__)));
    KrValue v = own ? lt->more->inplace(vm, op, left, right) : KR_NOTIMPL;
    if (kr_is_notimpl(v)) v = numbers(vm, op, left, right, false);
    if (!kr_is_notimpl(v)) return v;
    inplace = plain_inplace(vm, op, left), plain = plain_sequence(vm, op, left);
    if (inplace || plain) return op == KR_ADD ? join(vm, plain, inplace, left, right) : repeat(vm, plain, inplace, left, right);
    plain = op == KR_MUL && !kr_may_be_sequence(lt) ? plain_sequence(vm, op, right) : NULL;
    return plain ? repeat(vm, plain, NULL, right, left) : unsupported(vm, op == KR_MUL ? "*=" : "+=", left, right);
}
