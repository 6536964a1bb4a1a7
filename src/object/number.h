// number.h - what the files of int, float and complex share.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_NUMBER_H
#define KR_OBJECT_NUMBER_H

#include "object/float.h"
#include "object/int.h"

// ---- int -----------------------------------------------------------------------------------------------------------------------

// Limbs that a result is written to: on the C stack while they are few, so that a result that fits the word needs no object.
typedef struct {
    KrVm *vm;
    KrBigInt *big; // NULL: in small
    KrLimb *limb;
    KrLimb small[8];
} KrIntResult;

bool kr_int_result_open_big(KrIntResult *r, size_t room) KR_RAISES;
KR_RAISES static inline bool kr_int_result_open(KrVm *vm, KrIntResult *r, size_t room) {
    r->vm = vm;
    r->big = NULL;
    r->limb = r->small;
    return KR_LIKELY(room <= KR_COUNT_OF(r->small)) || kr_int_result_open_big(r, room);
}
KrValue kr_int_result_close(KrIntResult *r, size_t len, bool negative) KR_RAISES; // len: normalised
KrValue kr_int_from_limbs(KrVm *vm, const KrLimb *limb, size_t len, bool negative) KR_RAISES;

// Working memory of count limbs: in small, which has KR_INT_SCRATCH limbs, or the collector's.
#define KR_INT_SCRATCH 128
bool kr_int_scratch(KrVm *vm, size_t count, KrLimb *small, KrLimb **out) KR_RAISES;
KrPoll kr_int_poll(KrVm *vm);

// Of an int in the word or a bool.
static inline int64_t kr_int_word(KrValue v) { return kr_is_int(v) ? (int64_t)kr_int_value(v) : (int64_t)kr_is_true_value(v); }

// Sign and magnitude of an int whose magnitude fits one limb.
static inline bool kr_int_one_limb(KrValue v, KrLimb *limb, bool *negative) {
    if (KR_LIKELY(kr_is_ptr(v))) {
        const KrBigInt *big = KR_AS(const KrBigInt, v);
        if (big->len > 1) return false;
        *limb = big->len ? big->limb[0] : 0;
        *negative = big->negative;
        return true;
    }
    intptr_t i = (intptr_t)kr_int_word(v);
    *negative = i < 0;
    *limb = i < 0 ? (KrLimb)0 - (KrLimb)i : (KrLimb)i;
    return true;
}

// kr_int_view for the files that are in a hurry.
static inline void kr_int_look(KrValue v, KrIntView *view) {
    if (kr_is_ptr(v)) {
        const KrBigInt *big = KR_AS(const KrBigInt, v);
        view->limb = big->limb;
        view->len = big->len;
        view->negative = big->negative;
        return;
    }
    (void)kr_int_one_limb(v, view->small, &view->negative);
    view->len = view->small[0] != 0;
    view->limb = view->small;
}

int kr_int_order_double(KrValue v, double x); // exact; x is not a NaN
size_t kr_int_bit_length(KrValue v);
KrValue kr_int_divmod(KrVm *vm, KrValue a, KrValue b) KR_RAISES; // tuple
KrValue kr_int_power(KrVm *vm, KrValue base, KrValue exponent) KR_RAISES;
KrValue kr_int_power_modulo(KrVm *vm, KrValue base, KrValue exponent, KrValue modulus) KR_RAISES;
KrValue kr_int_shift_left(KrVm *vm, KrValue v, KrValue count) KR_RAISES;
KrValue kr_int_shift_right(KrVm *vm, KrValue v, KrValue count) KR_RAISES;
KrValue kr_int_bitwise(KrVm *vm, KrBinary op, KrValue a, KrValue b) KR_RAISES;
KrValue kr_int_from_object(KrVm *vm, KrValue v) KR_RAISES;                  // int(v)
KrValue kr_int_subclass(KrVm *vm, const KrType *type, KrValue v) KR_RAISES; // v, a plain int, as an instance of type

extern const KrMethod kr_int_methods[];
extern const KrGetSet kr_int_attributes[];

// ---- float and complex ---------------------------------------------------------------------------------------------------------

KrValue kr_float_from_object(KrVm *vm, KrValue v, const char *refusal) KR_RAISES; // float(v)
extern const KrMethod kr_float_methods[];
extern const KrGetSet kr_float_attributes[];

typedef struct {
    double real, imag;
} KrComplex;

KrComplex kr_complex_value(KrValue v); // v must be a complex
KrComplex kr_complex_multiply(KrComplex a, KrComplex b);
bool kr_complex_divide(KrComplex a, KrComplex b, KrComplex *out); // false: by zero
KrValue kr_complex_power(KrVm *vm, KrComplex a, KrComplex b) KR_RAISES;
bool kr_complex_from_text(const char *text, size_t len, KrComplex *out);
double kr_hypot(double x, double y);

// ---- text ----------------------------------------------------------------------------------------------------------------------

// The text of a number, made ready for parsing: Unicode digits and spaces become ASCII, white space around it is cut off.
typedef struct {
    const char *text;
    size_t len;
    char small[64];
} KrNumberSource;
bool kr_number_source(KrVm *vm, KrNumberSource *s, const char *text, size_t len, bool is_str) KR_RAISES;
bool kr_number_drop_underscores(KrVm *vm, KrNumberSource *s, bool *valid) KR_RAISES; // valid: they stood between digits

#endif
