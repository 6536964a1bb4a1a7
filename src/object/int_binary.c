// int_binary.c - arithmetic of ints: sums, products, quotients. Two ints of the word go through C's int64_t, others through base/limbs.
// SPDX-License-Identifier: MIT
#include "base/double_math.h"
#include "object/number.h"
#include "object/tuple.h"

// ---- Sums and products -----------------------------------------------------------------------------------------------------------

// Two magnitudes of one limb.
static KrValue add_limbs(KrVm *vm, KrLimb a, bool a_negative, KrLimb b, bool b_negative) {
    KrLimb r[2];
    if (a_negative == b_negative) {
        r[0] = a + b;
        r[1] = r[0] < a;
        return kr_int_from_limbs(vm, r, r[1] ? 2 : r[0] != 0, a_negative);
    }
    r[0] = a > b ? a - b : b - a;
    return kr_int_from_limbs(vm, r, r[0] != 0, a > b ? a_negative : b > a && b_negative);
}

// a + b, where b counts with the sign given.
static KrValue add(KrVm *vm, const KrIntView *a, const KrIntView *b, bool b_negative) {
    bool a_negative = a->negative, same = a_negative == b_negative;
    if (a->len < b->len || (!same && a->len == b->len && kr_limbs_cmp(a->limb, a->len, b->limb, b->len) < 0)) {
        const KrIntView *t = a;
        a = b;
        b = t;
        a_negative = b_negative;
    }
    KrIntResult r;
    if (!kr_int_result_open(vm, &r, (size_t)a->len + same)) return KR_ERROR;
    size_t n = same ? kr_limbs_add(r.limb, a->limb, a->len, b->limb, b->len) : kr_limbs_sub(r.limb, a->limb, a->len, b->limb, b->len);
    return kr_int_result_close(&r, n, a_negative);
}

static KrValue multiply(KrVm *vm, const KrIntView *a, const KrIntView *b) {
    if (a->len < b->len) {
        const KrIntView *t = a;
        a = b;
        b = t;
    }
    if (!b->len) return kr_int_box(0);
    KrIntResult r;
    if (!kr_int_result_open(vm, &r, (size_t)a->len + b->len)) return KR_ERROR;
    bool negative = a->negative != b->negative;
    if (b->len == 1) return kr_int_result_close(&r, kr_limbs_mul_1(r.limb, a->limb, a->len, b->limb[0], 0), negative);
    KrLimb small[KR_INT_SCRATCH], *scratch;
    KrPoll poll = kr_int_poll(vm);
    if (!kr_int_scratch(vm, kr_limbs_mul_scratch(a->len, b->len), small, &scratch)) return KR_ERROR;
    if (!kr_limbs_mul(r.limb, a->limb, a->len, b->limb, b->len, scratch, &poll)) return KR_ERROR;
    return kr_int_result_close(&r, kr_limbs_trim(r.limb, (size_t)a->len + b->len), negative);
}

// ---- Quotients -------------------------------------------------------------------------------------------------------------------

static KrValue by_zero(KrVm *vm) { return kr_raise(vm, &kr_zero_division_error, "integer division or modulo by zero"); }

// Floored quotient and remainder. Either may be NULL when it is not asked for: then it goes to working memory.
static bool divide(KrVm *vm, const KrIntView *a, const KrIntView *b, KrValue *quotient, KrValue *remainder) {
    KrIntResult q, r;
    KrLimb small[KR_INT_SCRATCH], *scratch;
    KrPoll poll = kr_int_poll(vm);
    KrLimbsDivmod result;
    size_t q_room = (a->len > b->len ? a->len - b->len : 0) + (size_t)2, r_room = a->len > b->len ? a->len : b->len;
    size_t work = kr_limbs_divmod_scratch(a->len, b->len), extra = !quotient ? q_room : !remainder ? r_room : 0;
    if (!kr_int_scratch(vm, work > SIZE_MAX - extra ? SIZE_MAX : work + extra, small, &scratch)) return false;
    q.limb = r.limb = scratch + work;
    if (quotient && !kr_int_result_open(vm, &q, q_room)) return false;
    if (remainder && !kr_int_result_open(vm, &r, r_room)) return false;
    if (!kr_limbs_divmod(q.limb, r.limb, &result, a->limb, a->len, a->negative, b->limb, b->len, b->negative, scratch, &poll)) return false;
    if (quotient && kr_is_error(*quotient = kr_int_result_close(&q, result.nq, result.q_negative))) return false;
    return !remainder || !kr_is_error(*remainder = kr_int_result_close(&r, result.nrem, result.rem_negative));
}

static int64_t floor_quotient(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

static int64_t floor_remainder(int64_t a, int64_t b) {
    int64_t r = a % b;
    return r != 0 && (r < 0) != (b < 0) ? r + b : r;
}

KrValue kr_int_divmod(KrVm *vm, KrValue a, KrValue b) {
    if (kr_int_is_zero(b)) return by_zero(vm);
    KrValue q, r;
    if (!kr_is_ptr(a) && !kr_is_ptr(b)) {
        q = kr_int(vm, floor_quotient(kr_int_word(a), kr_int_word(b)));
        r = kr_int(vm, floor_remainder(kr_int_word(a), kr_int_word(b)));
        return kr_is_error(q) || kr_is_error(r) ? KR_ERROR : kr_tuple2(vm, q, r);
    }
    KrIntView x, y;
    kr_int_look(a, &x);
    kr_int_look(b, &y);
    return divide(vm, &x, &y, &q, &r) ? kr_tuple2(vm, q, r) : KR_ERROR;
}

static bool exact_in_double(int64_t i) { return i >= -((int64_t)1 << 53) && i <= (int64_t)1 << 53; }

// a / b, correctly rounded.
static KrValue true_divide(KrVm *vm, KrValue a, KrValue b) {
    if (kr_int_is_zero(b)) return kr_raise(vm, &kr_zero_division_error, "division by zero");
    if (!kr_is_ptr(a) && !kr_is_ptr(b)) {
        int64_t i = kr_int_word(a), j = kr_int_word(b);
        if (exact_in_double(i) && exact_in_double(j)) return kr_float(vm, (double)i / (double)j);
    }
    KrIntView x, y;
    kr_int_look(a, &x);
    kr_int_look(b, &y);
    KrLimb small[KR_INT_SCRATCH], *scratch;
    KrPoll poll = kr_int_poll(vm);
    double d;
    if (!kr_int_scratch(vm, kr_limbs_true_divide_scratch(x.len, y.len), small, &scratch)) return KR_ERROR;
    if (!kr_limbs_true_divide(&d, x.limb, x.len, y.limb, y.len, scratch, &poll)) return KR_ERROR;
    if (kr_isinf(d)) return kr_raise(vm, &kr_overflow_error, "integer division result too large for a float");
    return kr_float(vm, x.negative != y.negative ? -d : d);
}

// ---- Dispatch --------------------------------------------------------------------------------------------------------------------

static KrValue limbs_binary(KrVm *vm, KrBinary op, KrValue a, KrValue b) {
    KrIntView x, y;
    KrValue v = KR_ERROR;
    if (op == KR_ADD || op == KR_SUB) {
        KrLimb i, j;
        bool i_negative, j_negative;
        if (kr_int_one_limb(a, &i, &i_negative) && kr_int_one_limb(b, &j, &j_negative))
            return add_limbs(vm, i, i_negative, j, j_negative != (op == KR_SUB));
    }
    kr_int_look(a, &x);
    kr_int_look(b, &y);
    switch (op) {
    case KR_ADD: return add(vm, &x, &y, y.negative);
    case KR_SUB: return add(vm, &x, &y, !y.negative);
    case KR_MUL: return multiply(vm, &x, &y);
    case KR_FLOORDIV:
        if (!y.len) return by_zero(vm);
        return divide(vm, &x, &y, &v, NULL) ? v : KR_ERROR;
    case KR_MOD:
        if (!y.len) return kr_raise(vm, &kr_zero_division_error, "integer modulo by zero");
        return divide(vm, &x, &y, NULL, &v) ? v : KR_ERROR;
    default: return KR_NOTIMPL;
    }
}

// Two ints of the word, in whose products alone int64_t can be too small.
static KrValue word_binary(KrVm *vm, KrBinary op, KrValue a, KrValue b) {
    int64_t x = kr_int_word(a), y = kr_int_word(b);
    KrValue v;
    switch (op) {
    case KR_ADD: return kr_int(vm, x + y);
    case KR_SUB: return kr_int(vm, x - y);
    case KR_MUL: return kr_int_mul(kr_int_box((intptr_t)x), kr_int_box((intptr_t)y), &v) ? v : limbs_binary(vm, op, a, b);
    case KR_FLOORDIV: return y ? kr_int(vm, floor_quotient(x, y)) : by_zero(vm);
    case KR_MOD: return y ? kr_int(vm, floor_remainder(x, y)) : kr_raise(vm, &kr_zero_division_error, "integer modulo by zero");
    case KR_AND: return kr_int_box((intptr_t)(x & y));
    case KR_OR: return kr_int_box((intptr_t)(x | y));
    case KR_XOR: return kr_int_box((intptr_t)(x ^ y));
    default: return KR_NOTIMPL;
    }
}

KrValue kr_int_binary(KrVm *vm, KrBinary op, KrValue a, KrValue b) {
    switch (op) {
    case KR_TRUEDIV: return true_divide(vm, a, b);
    case KR_POW: return kr_int_power(vm, a, b);
    case KR_LSHIFT: return kr_int_shift_left(vm, a, b);
    case KR_RSHIFT: return kr_int_shift_right(vm, a, b);
    case KR_DIVMOD: return kr_int_divmod(vm, a, b);
    case KR_AND:
    case KR_OR:
    case KR_XOR:
        if (kr_is_ptr(a) || kr_is_ptr(b)) return kr_int_bitwise(vm, op, a, b);
        return word_binary(vm, op, a, b);
    default: return kr_is_ptr(a) || kr_is_ptr(b) ? limbs_binary(vm, op, a, b) : word_binary(vm, op, a, b);
    }
}
