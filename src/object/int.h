// int.h - integers: in the value word while they fit (kr_is_int), else objects with sign and magnitude in machine-word limbs.
// An object may hold any value when its type is a subclass of int; an exact int that fits the word is never an object.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_INT_H
#define KR_OBJECT_INT_H

#include "base/int_text.h"
#include "base/limbs.h"
#include "object/slots.h"

typedef struct {
    KrObject head;
    uint32_t len; // limbs, the top one not zero; 0 for zero (subclasses only)
    bool negative;
    KrLimb limb[];
} KrBigInt;

extern const KrType kr_int_type, kr_bool_type;

// Sign and magnitude of any integer value (int, bool, subclass); small is room for the limbs of one that fits the word.
typedef struct {
    const KrLimb *limb;
    uint32_t len;
    bool negative;
    KrLimb small[2];
} KrIntView;
void kr_int_view(KrValue v, KrIntView *view);
KrBigInt *kr_bigint_new(KrVm *vm, size_t len);                                // limbs to be filled; NULL: raised (too large, or no memory)
KrValue kr_bigint_finish(KrVm *vm, KrBigInt *big) KR_RAISES;                  // drops leading zeros; gives a word if it fits
KrValue kr_int_binary(KrVm *vm, KrBinary op, KrValue a, KrValue b) KR_RAISES; // both integers; KR_NOTIMPL for an op ints lack
int kr_int_order(KrValue a, KrValue b);
bool kr_int_is_zero(KrValue v);
KrValue kr_int_exact(KrVm *vm, KrValue v) KR_RAISES; // bool or subclass -> plain int
KrValue kr_int_from_text(KrVm *vm, const char *text, size_t len, int base,
                         KrValue shown) KR_RAISES;                                        // int('..', base); shown: for the error
KrValue kr_int_from_digits(KrVm *vm, const char *digits, size_t len, int base) KR_RAISES; // compiler's literals: digits only
bool kr_int_to_double(KrVm *vm, KrValue v, double *out) KR_RAISES;                        // OverflowError
KrValue kr_int_text(KrVm *vm, KrValue v, int base, bool prefix) KR_RAISES;                // str(), hex(), ...
typedef struct { // the digits of an int, behind their minus if they have one; text may be written to, and is in `small` or the collector's
    char *text;
    size_t len;
    bool negative;
    char small[KR_INT64_TEXT_MAX];
} KrIntDigits;
bool kr_int_digits(KrVm *vm, KrValue v, int base, KrIntDigits *digits) KR_RAISES;
void kr_int_digits_upper(KrIntDigits *digits);
bool kr_int_hash(KrValue v, KrHash *out);

#endif
