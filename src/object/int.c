// int.c - integers: making them, looking at their limbs, comparing, and conversion from and to C numbers.
//
// An exact int that fits the value word is never an object, so two exact ints are equal if their words are, or both are objects of the
// same limbs. Instances of subclasses are objects whatever their value, and end after exactly `len` limbs.
// SPDX-License-Identifier: MIT
#include "base/double_math.h"
#include "base/hash.h"
#include "object/number.h"
#include "object/object.h"
#include "object/vm_state.h"

#define FIXED   offsetof(KrBigInt, limb)
#define LEN_MAX (KR_LIMBS_MAX < UINT32_MAX ? KR_LIMBS_MAX : (size_t)UINT32_MAX)

// ---- Looking ---------------------------------------------------------------------------------------------------------------------

void kr_int_view(KrValue v, KrIntView *view) { kr_int_look(v, view); }

bool kr_int_is_zero(KrValue v) { return kr_is_ptr(v) ? KR_AS(const KrBigInt, v)->len == 0 : kr_int_word(v) == 0; }
bool kr_int_is_negative(KrValue v) { return kr_is_ptr(v) ? KR_AS(const KrBigInt, v)->negative : kr_int_word(v) < 0; }
bool kr_int_negative(KrValue v) { return kr_int_is_negative(v); }

bool kr_int_fits(KrValue v, int64_t *out) {
    if (!kr_is_ptr(v)) return *out = kr_int_word(v), true;
    const KrBigInt *big = KR_AS(const KrBigInt, v);
    return kr_limbs_to_int64(big->limb, big->len, big->negative, out);
}

size_t kr_int_bit_length(KrValue v) {
    KrIntView view;
    kr_int_view(v, &view);
    return kr_limbs_bit_length(view.limb, view.len);
}

int kr_int_order(KrValue a, KrValue b) {
    if (!kr_is_ptr(a) && !kr_is_ptr(b)) {
        int64_t x = kr_int_word(a), y = kr_int_word(b);
        return (x > y) - (x < y);
    }
    KrIntView x, y;
    kr_int_view(a, &x);
    kr_int_view(b, &y);
    if (x.negative != y.negative) return x.negative ? -1 : 1;
    int order = kr_limbs_cmp(x.limb, x.len, y.limb, y.len);
    return x.negative ? -order : order;
}

int kr_int_order_double(KrValue v, double x) {
    if (!kr_is_ptr(v)) {
        int64_t i = kr_int_word(v);
        if (i >= -((int64_t)1 << 53) && i <= (int64_t)1 << 53) return ((double)i > x) - ((double)i < x);
    }
    KrIntView view;
    kr_int_view(v, &view);
    return kr_limbs_cmp_double(view.limb, view.len, view.negative, x);
}

bool kr_int_hash(KrValue v, KrHash *out) {
    if (!kr_is_ptr(v)) return *out = kr_hash_int64(kr_int_word(v)), true;
    const KrBigInt *big = KR_AS(const KrBigInt, v);
    return *out = kr_hash_limbs(big->limb, big->len, big->negative), true;
}

// A hash method's result is the hash itself where it is in range.
bool kr_hash_of_int(KrValue v, KrHash *out) {
    int64_t i;
    if (!kr_int_fits(v, &i) || i > INTPTR_MAX || i < INTPTR_MIN) return kr_int_hash(v, out);
    *out = i == -1 ? -2 : (KrHash)i;
    return true;
}

// ---- Making ----------------------------------------------------------------------------------------------------------------------

KrBigInt *kr_bigint_new(KrVm *vm, size_t len) {
    if (len > LEN_MAX) return (void)kr_raise_memory(vm), NULL;
    KrBigInt *big = kr_alloc(vm, &kr_int_type.shape, FIXED + len * sizeof(KrLimb));
    if (big) big->len = (uint32_t)len;
    return big;
}

static inline bool fits_word(const KrLimb *limb, size_t len, bool negative, KrValue *out) {
    if (len > 1) return false;
    KrLimb m = len ? limb[0] : 0;
    if (m > (KrLimb)KR_INT_MAX + negative) return false;
    *out = kr_int_box(negative ? -(intptr_t)m : (intptr_t)m);
    return true;
}

KrValue kr_int_from_limbs(KrVm *vm, const KrLimb *limb, size_t len, bool negative) {
    KrValue v;
    if (fits_word(limb, len, negative, &v)) return v;
    KrBigInt *big = kr_bigint_new(vm, len);
    if (!big) return KR_ERROR;
    big->negative = negative;
    big->limb[0] = limb[0];
    if (len > 1) big->limb[1] = limb[1];
    if (len > 2) memcpy(big->limb + 2, limb + 2, (len - 2) * sizeof(KrLimb));
    return kr_from_ptr(big);
}

// The first len limbs of an object with perhaps more of them.
static KrValue shortened(KrVm *vm, KrBigInt *big, size_t len, bool negative) {
    KrValue v;
    if (fits_word(big->limb, len, negative, &v)) return v;
    if (big->len - len > 8 && len < big->len / 4 * 3) return kr_int_from_limbs(vm, big->limb, len, negative); // do not keep the rest
    big->len = (uint32_t)len;
    big->negative = negative;
    return kr_from_ptr(big);
}

KrValue kr_bigint_finish(KrVm *vm, KrBigInt *big) {
    size_t len = kr_limbs_trim(big->limb, big->len);
    return shortened(vm, big, len, big->negative && len);
}

bool kr_int_result_open_big(KrIntResult *r, size_t room) {
    r->big = kr_bigint_new(r->vm, room);
    if (!r->big) return false;
    r->limb = r->big->limb;
    return true;
}

KrValue kr_int_result_close(KrIntResult *r, size_t len, bool negative) {
    negative = negative && len;
    return r->big ? shortened(r->vm, r->big, len, negative) : kr_int_from_limbs(r->vm, r->small, len, negative);
}

bool kr_int_scratch(KrVm *vm, size_t count, KrLimb *small, KrLimb **out) {
    *out = small;
    if (count <= KR_INT_SCRATCH) return true;
    if (count > LEN_MAX) return kr_fail(kr_raise_memory(vm));
    *out = kr_buffer_alloc(vm, count * sizeof(KrLimb));
    return *out != NULL;
}

// A question of the limb functions comes every 100 us or less; it counts as half a slice of the step budget.
static bool poll_check(void *ctx) { return kr_poll(ctx, KR_FUEL_SLICE / 2); }
KrPoll kr_int_poll(KrVm *vm) { return (KrPoll){ poll_check, vm }; }

KrValue kr_int_big(KrVm *vm, int64_t i) {
    KrLimb limb[KR_LIMBS_INT64];
    bool negative;
    size_t len = kr_limbs_from_int64(limb, i, &negative);
    return kr_int_from_limbs(vm, limb, len, negative);
}

KrValue kr_int_from_u64(KrVm *vm, uint64_t i) {
    if (i <= (uint64_t)KR_INT_MAX) return kr_int_box((intptr_t)i);
    KrLimb limb[KR_LIMBS_INT64];
    size_t len = kr_limbs_from_uint64(limb, i);
    return kr_int_from_limbs(vm, limb, len, false);
}

KrValue kr_int_exact(KrVm *vm, KrValue v) {
    if (kr_is_int(v) || kr_is_exact(v, &kr_int_type)) return v;
    KrIntView view;
    kr_int_view(v, &view);
    return kr_int_from_limbs(vm, view.limb, view.len, view.negative);
}

KrValue kr_int_subclass(KrVm *vm, const KrType *type, KrValue v) {
    KrIntView view;
    kr_int_view(v, &view);
    KrBigInt *big = kr_alloc_var(vm, type, view.len * sizeof(KrLimb));
    if (!big) return KR_ERROR;
    big->len = view.len;
    big->negative = view.negative;
    if (view.len) memcpy(big->limb, view.limb, view.len * sizeof(KrLimb));
    return kr_from_ptr(big);
}

// ---- Doubles ---------------------------------------------------------------------------------------------------------------------

KrValue kr_int_from_double(KrVm *vm, double d) {
    if (KR_LIKELY(d > -0x1p62 && d < 0x1p62)) return kr_int(vm, (int64_t)d);
    if (kr_isnan(d)) return kr_raise(vm, &kr_value_error, "cannot convert float NaN to integer");
    if (kr_isinf(d)) return kr_raise(vm, &kr_overflow_error, "cannot convert float infinity to integer");
    KrLimb limb[KR_LIMBS_DOUBLE];
    size_t len = kr_limbs_from_double(limb, d);
    return kr_int_from_limbs(vm, limb, len, d < 0);
}

bool kr_int_to_double(KrVm *vm, KrValue v, double *out) {
    if (!kr_is_ptr(v)) return *out = (double)kr_int_word(v), true;
    const KrBigInt *big = KR_AS(const KrBigInt, v);
    double d = kr_limbs_to_double(big->limb, big->len);
    if (kr_isinf(d)) return kr_fail(kr_raise(vm, &kr_overflow_error, "int too large to convert to float"));
    *out = big->negative ? -d : d;
    return true;
}
