// kr_value.h - the value word: everything a Python variable can hold, in one machine word. The only file that knows the encoding.
//
// NaN-boxing (64 bits). A double is stored raw; what no double's arithmetic produces, the top of the negative quiet NaNs, holds the rest:
//     0x0000.... to 0xFFF8....   a double (NaNs from outside are made canonical first, see kr_float_box)
//     0xFFFD 0000 0000 000n      None, True, False, ... and the sentinels that never reach Python
//     0xFFFE pppp pppp pppp      a pointer to a KrObject, 48 bits
//     0xFFFF iiii iiii iiii      an int, 48 bits, two's complement; all ones on top, so that one AND tests two ints
//
// Tagged words (32 bits; on 64 bits with -DKR_TAGGED=1, as a cross-check). Floats are objects.
//     ....ii1   an int, one bit shorter than a word
//     ....n10   None, True, False, ... and the sentinels
//     ....p00   a pointer to a KrObject
//
// SPDX-License-Identifier: MIT
#ifndef KR_VALUE_H
#define KR_VALUE_H

#include <string.h>

#include "krait_config.h"

typedef struct {
    uintptr_t bits;
} KrValue;

typedef struct KrVm KrVm;
typedef struct KrType KrType;
typedef struct KrShape KrShape;

// The first word of every object.
typedef struct {
    const KrShape *shape;
} KrObject;

enum { // numbers of the special values; FALSE and TRUE differ in the lowest bit
    KR_SPECIAL_FALSE,
    KR_SPECIAL_TRUE,
    KR_SPECIAL_NONE,
    KR_SPECIAL_ELLIPSIS,
    KR_SPECIAL_NOTIMPL, // NotImplemented
    KR_SPECIAL_LAST_VISIBLE = KR_SPECIAL_NOTIMPL,
    KR_SPECIAL_UNSET, // an argument or a variable without a value
    KR_SPECIAL_ERROR, // raised; the exception is in the vm
    KR_SPECIAL_DONE,  // an iteration ended, nothing raised
};

#if KR_TAGGED

#define KR_INT_BITS        ((int)(sizeof(uintptr_t) * 8 - 1))
#define KR_SPECIAL_BITS(n) ((uintptr_t)(n) << 2 | 2u)

static inline bool kr_is_double(KrValue v) { return (void)v, false; } // floats are objects
static inline double kr_double_unbox(KrValue v) { return (void)v, 0; }
static inline bool kr_is_int(KrValue v) { return (v.bits & 1) != 0; }
static inline bool kr_both_int(KrValue a, KrValue b) { return (a.bits & b.bits & 1) != 0; }
static inline intptr_t kr_int_value(KrValue v) { return (intptr_t)v.bits >> 1; }
static inline KrValue kr_int_box(intptr_t i) { return (KrValue){ (uintptr_t)i << 1 | 1 }; }
static inline bool kr_is_ptr(KrValue v) { return (v.bits & 3) == 0; }
static inline bool kr_is_special(KrValue v) { return (v.bits & 3) == 2; }
static inline unsigned kr_special_number(KrValue v) { return (unsigned)(v.bits >> 2); }
static inline KrObject *kr_ptr(KrValue v) { return (KrObject *)v.bits; }
static inline KrValue kr_from_ptr(const void *p) { return (KrValue){ (uintptr_t)p }; }
static inline uintptr_t kr_word_address(uintptr_t word) { return word; }
// Both give false where the sum or difference needs a big int.
static inline bool kr_int_add(KrValue a, KrValue b, KrValue *sum) {
    intptr_t r;
    if (__builtin_add_overflow((intptr_t)a.bits, (intptr_t)(b.bits - 1), &r)) return false;
    return sum->bits = (uintptr_t)r, true;
}
static inline bool kr_int_sub(KrValue a, KrValue b, KrValue *difference) {
    intptr_t r;
    if (__builtin_sub_overflow((intptr_t)a.bits, (intptr_t)(b.bits - 1), &r)) return false;
    return difference->bits = (uintptr_t)r, true;
}
static inline bool kr_int_mul(KrValue a, KrValue b, KrValue *product) {
    intptr_t r;
    if (__builtin_mul_overflow((intptr_t)(a.bits - 1), (intptr_t)b.bits >> 1, &r)) return false;
    return product->bits = (uintptr_t)r | 1, true;
}
static inline bool kr_int_less(KrValue a, KrValue b) { return (intptr_t)a.bits < (intptr_t)b.bits; }

#else // NaN-boxing

#define KR_INT_BITS        48
#define KR_SPECIAL_BITS(n) ((uintptr_t)0xFFFD << 48 | (uintptr_t)(n))
#define KR_FLOAT_INLINE    1 // floats are not objects

static inline bool kr_is_int(KrValue v) { return v.bits >> 48 == 0xFFFF; }
static inline bool kr_both_int(KrValue a, KrValue b) { return (a.bits & b.bits) >> 48 == 0xFFFF; }
static inline intptr_t kr_int_value(KrValue v) { return (intptr_t)(v.bits << 16) >> 16; }
static inline KrValue kr_int_box(intptr_t i) { return (KrValue){ (uintptr_t)i | (uintptr_t)0xFFFF << 48 }; }
static inline bool kr_is_ptr(KrValue v) { return v.bits >> 48 == 0xFFFE; }
static inline bool kr_is_special(KrValue v) { return v.bits >> 48 == 0xFFFD; }
static inline unsigned kr_special_number(KrValue v) { return (unsigned)(v.bits & 0xFF); }
static inline KrObject *kr_ptr(KrValue v) { return (KrObject *)(v.bits & 0x0000FFFFFFFFFFFFu); }
static inline KrValue kr_from_ptr(const void *p) { return (KrValue){ (uintptr_t)p | (uintptr_t)0xFFFE << 48 }; }
static inline uintptr_t kr_word_address(uintptr_t word) {
    return word >> 48 == 0xFFFE ? word & 0x0000FFFFFFFFFFFFu : word;
} // as if it were a pointer
static inline bool kr_is_double(KrValue v) { return v.bits >> 48 <= 0xFFF8; }
static inline double kr_double_unbox(KrValue v) {
    double d;
    return KR_COPY_FIXED(&d, &v.bits, sizeof d), d;
}
// For results of arithmetic: a processor's own NaN is 0x7FF8... or 0xFFF8..., both doubles here.
static inline KrValue kr_double_box(double d) {
    KrValue v;
    return KR_COPY_FIXED(&v.bits, &d, sizeof d), v;
}
static inline bool kr_int_add(KrValue a, KrValue b, KrValue *sum) {
    int64_t r;
    if (__builtin_add_overflow((int64_t)(a.bits << 16), (int64_t)(b.bits << 16), &r)) return false;
    return sum->bits = (uint64_t)r >> 16 | (uint64_t)0xFFFF << 48, true;
}
static inline bool kr_int_sub(KrValue a, KrValue b, KrValue *difference) {
    int64_t r;
    if (__builtin_sub_overflow((int64_t)(a.bits << 16), (int64_t)(b.bits << 16), &r)) return false;
    return difference->bits = (uint64_t)r >> 16 | (uint64_t)0xFFFF << 48, true;
}
static inline bool kr_int_mul(KrValue a, KrValue b, KrValue *product) {
    int64_t r;
    if (__builtin_mul_overflow((int64_t)(a.bits << 16), kr_int_value(b), &r)) return false;
    return product->bits = (uint64_t)r >> 16 | (uint64_t)0xFFFF << 48, true;
}
static inline bool kr_int_less(KrValue a, KrValue b) { return (int64_t)(a.bits << 16) < (int64_t)(b.bits << 16); }

#endif

#define KR_INT_MAX ((intptr_t)(((uintptr_t)1 << (KR_INT_BITS - 1)) - 1)) // the largest int that needs no object
#define KR_INT_MIN (-KR_INT_MAX - 1)

static inline bool kr_fits_int(int64_t i) { return i >= KR_INT_MIN && i <= KR_INT_MAX; }
static inline bool kr_same(KrValue a, KrValue b) { return a.bits == b.bits; } // Python's `is`

#define KR_SPECIAL(n) ((KrValue){ KR_SPECIAL_BITS(n) })
#define KR_NONE       KR_SPECIAL(KR_SPECIAL_NONE)
#define KR_TRUE       KR_SPECIAL(KR_SPECIAL_TRUE)
#define KR_FALSE      KR_SPECIAL(KR_SPECIAL_FALSE)
#define KR_ELLIPSIS   KR_SPECIAL(KR_SPECIAL_ELLIPSIS)
#define KR_NOTIMPL    KR_SPECIAL(KR_SPECIAL_NOTIMPL)
#define KR_UNSET      KR_SPECIAL(KR_SPECIAL_UNSET)
#define KR_ERROR      KR_SPECIAL(KR_SPECIAL_ERROR)
#define KR_DONE       KR_SPECIAL(KR_SPECIAL_DONE)

static inline bool kr_is_none(KrValue v) { return v.bits == KR_SPECIAL_BITS(KR_SPECIAL_NONE); }
static inline bool kr_is_true_value(KrValue v) { return v.bits == KR_SPECIAL_BITS(KR_SPECIAL_TRUE); }
static inline bool kr_is_false_value(KrValue v) { return v.bits == KR_SPECIAL_BITS(KR_SPECIAL_FALSE); }
static inline bool kr_is_bool(KrValue v) {
    return (v.bits | (KR_SPECIAL_BITS(1) ^ KR_SPECIAL_BITS(0))) == KR_SPECIAL_BITS(KR_SPECIAL_TRUE);
}
static inline bool kr_is_notimpl(KrValue v) { return v.bits == KR_SPECIAL_BITS(KR_SPECIAL_NOTIMPL); }
static inline bool kr_is_unset(KrValue v) { return v.bits == KR_SPECIAL_BITS(KR_SPECIAL_UNSET); }
static inline bool kr_is_error(KrValue v) { return v.bits == KR_SPECIAL_BITS(KR_SPECIAL_ERROR); }
static inline bool kr_is_done(KrValue v) { return v.bits == KR_SPECIAL_BITS(KR_SPECIAL_DONE); }
static inline KrValue kr_bool(bool b) {
    return (KrValue){ KR_SPECIAL_BITS(KR_SPECIAL_FALSE) ^ (b ? (KR_SPECIAL_BITS(1) ^ KR_SPECIAL_BITS(0)) : 0) };
}

#endif
