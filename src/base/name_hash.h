// name_hash.h - the hash of text and bytes: 32 bits, the same on every target, so that names in read-only memory carry theirs.
// Four bytes at a time, multiply and fold, with a final avalanche (the constants are odd numbers from the golden ratio family).
// SPDX-License-Identifier: MIT
#ifndef KR_BASE_NAME_HASH_H
#define KR_BASE_NAME_HASH_H

#include <string.h>

#include "krait_config.h"

static inline uint32_t kr_name_hash(const void *bytes, size_t len) {
    const unsigned char *p = bytes;
    uint32_t h = 0x9E3779B9u ^ (uint32_t)len;
    while (len >= 4) {
        uint32_t word;
        word = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
        h = (h ^ word) * 0x85EBCA6Bu;
        h ^= h >> 15;
        p += 4, len -= 4;
    }
    uint32_t tail = 0;
    for (size_t i = 0; i < len; i++) tail |= (uint32_t)p[i] << 8 * i;
    h = (h ^ tail) * 0xC2B2AE35u;
    h ^= h >> 13;
    h *= 0x9E3779B1u;
    return h ^ h >> 16;
}

#endif
