// number_bytes.h - numbers as bytes in memory: of the machine's own order, or swapped. For the modules struct and array.
// SPDX-License-Identifier: MIT
#ifndef KR_STD_NUMBER_BYTES_H
#define KR_STD_NUMBER_BYTES_H

#include "krait.h"

#define KR_HOST_LITTLE (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)

static inline uint64_t kr_load_bytes(const uint8_t *p, unsigned size, bool swap) {
    uint16_t h;
    uint32_t w;
    uint64_t d;
    switch (size) {
    case 1: return *p;
    case 2: return memcpy(&h, p, 2), swap ? __builtin_bswap16(h) : h;
    case 4: return memcpy(&w, p, 4), swap ? __builtin_bswap32(w) : w;
    default: return memcpy(&d, p, 8), swap ? __builtin_bswap64(d) : d;
    }
}

static inline int64_t kr_load_signed(const uint8_t *p, unsigned size, bool swap) {
    uint64_t v = kr_load_bytes(p, size, swap);
    switch (size) {
    case 1: return (int8_t)v;
    case 2: return (int16_t)v;
    case 4: return (int32_t)v;
    default: return (int64_t)v;
    }
}

static inline void kr_store_bytes(uint8_t *p, uint64_t v, unsigned size, bool swap) {
    uint16_t h = (uint16_t)v;
    uint32_t w = (uint32_t)v;
    switch (size) {
    case 1: *p = (uint8_t)v; break;
    case 2: h = swap ? __builtin_bswap16(h) : h, memcpy(p, &h, 2); break;
    case 4: w = swap ? __builtin_bswap32(w) : w, memcpy(p, &w, 4); break;
    default: v = swap ? __builtin_bswap64(v) : v, memcpy(p, &v, 8); break;
    }
}

static inline uint64_t kr_bits_of_double(double x) {
    uint64_t bits;
    return memcpy(&bits, &x, sizeof bits), bits;
}

static inline double kr_double_of_bits(uint64_t bits) {
    double x;
    return memcpy(&x, &bits, sizeof x), x;
}

static inline uint32_t kr_bits_of_float(float x) {
    uint32_t bits;
    return memcpy(&bits, &x, sizeof bits), bits;
}

static inline double kr_double_of_float_bits(uint32_t bits) {
    float x;
    return memcpy(&x, &bits, sizeof x), (double)x;
}

// IEEE 754 binary16. False: too large.
bool kr_half_of_double(double x, uint16_t *out);
double kr_double_of_half(uint16_t half);

#endif
