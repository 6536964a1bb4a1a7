// hash.h - hashes: of bytes, fast or keyed, and of numbers, equal for equal numbers whatever their type.
// SPDX-License-Identifier: MIT
//
// No hash is -1: Python keeps that for errors.
#ifndef KRAIT_BASE_HASH_H
#define KRAIT_BASE_HASH_H

#include "base/limbs.h"
#include "krait_config.h"

typedef intptr_t KrHash;

// Well mixed, not keyed; the values differ between 32 and 64 bits, and not between byte orders.
KrHash kr_hash_bytes(const void *bytes, size_t len);

typedef struct {
    uint64_t k0, k1;
} KrHashKey;

// SipHash-1-3, for tables that hostile keys have met.
KrHash kr_hash_bytes_keyed(const void *bytes, size_t len, const KrHashKey *key);

// Python's numeric hash: the value modulo KR_HASH_MODULUS, a Mersenne prime, with the sign of the value.
#if UINTPTR_MAX > UINT32_MAX
#define KR_HASH_BITS 61
#else
#define KR_HASH_BITS 31
#endif
#define KR_HASH_MODULUS ((KrHash)(((uintptr_t)1 << KR_HASH_BITS) - 1))
#define KR_HASH_INF     314159
#define KR_HASH_IMAG    1000003 // hash(complex) is hash(real) + KR_HASH_IMAG * hash(imag), unsigned

KrHash kr_hash_int64(int64_t value);
KrHash kr_hash_limbs(const KrLimb *a, size_t na, bool negative);
// A NaN hashes to nan_hash: Python derives it from the object's address.
KrHash kr_hash_double(double x, KrHash nan_hash);

#endif
