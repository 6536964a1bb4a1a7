// sha512.h - SHA-512 (FIPS 180-4) of data in memory.
// SPDX-License-Identifier: MIT
#ifndef KRAIT_BASE_SHA512_H
#define KRAIT_BASE_SHA512_H

#include "krait_config.h"

enum { KR_SHA512_SIZE = 64, KR_SHA512_BLOCK = 128 };

typedef struct {
    uint64_t h[8], len; // len: bytes so far
    uint8_t block[KR_SHA512_BLOCK];
} KrSha512;

// Parts, for the other members of the family: the rounds over whole blocks, their constants, where it starts.
void kr_sha512_blocks(uint64_t h[8], const uint8_t *p, size_t count);
extern const uint64_t kr_sha512_constants[80], kr_sha512_start[8];

void kr_sha512_begin(KrSha512 *s);
void kr_sha512_add(KrSha512 *s, const void *data, size_t len);
void kr_sha512_end(KrSha512 *s, uint8_t digest[KR_SHA512_SIZE]);

#endif
