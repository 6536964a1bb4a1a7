// hash_part.h - what the files of the hash modules share: an algorithm as a row, a running hash as a struct.
// SPDX-License-Identifier: MIT
#ifndef KR_STD_HASH_PART_H
#define KR_STD_HASH_PART_H

#include "krait.h"

typedef struct KrHashKind KrHashKind;

typedef struct {
    union {
        uint32_t w[8];
        uint64_t q[25];
    } h;
    uint64_t len;       // bytes so far, those in `block` included
    uint8_t block[168]; // what does not fill a block yet
    uint8_t used;       // bytes in it
    uint8_t out_size;   // BLAKE2: of the digest
    bool last_node;     // BLAKE2
} KrDigest;

struct KrHashKind {
    const char *name;
    uint8_t block_size, digest_size; // bytes; digest_size 0: as many as are asked for
    uint8_t suffix;                  // SHA-3: the bits behind the data, and the first of the padding
    bool keeps_last;                 // the last block must wait until it is known to be the last
    void (*begin)(KrDigest *s, const KrHashKind *kind);
    void (*blocks)(KrDigest *s, const KrHashKind *kind, const uint8_t *p, size_t count);
    void (*end)(KrDigest *s, const KrHashKind *kind, uint8_t *out, size_t len); // s is used up
};

extern const KrHashKind kr_hash_md5, kr_hash_sha1, kr_hash_sha224, kr_hash_sha256, kr_hash_sha384, kr_hash_sha512, kr_hash_sha3_224,
    kr_hash_sha3_256, kr_hash_sha3_384, kr_hash_sha3_512, kr_hash_shake_128, kr_hash_shake_256, kr_hash_blake2b, kr_hash_blake2s;

void kr_hash_add(KrDigest *s, const KrHashKind *kind, const void *data, size_t len);
const KrHashKind *kr_hash_find(const char *name); // in any case; NULL: there is none

// BLAKE2's parameter block (RFC 7693, section 2.5, and the paper's tree parameters) into a hash that has begun.
typedef struct {
    uint8_t digest_size, key_len, fanout, depth, node_depth, inner_size;
    uint32_t leaf_size;
    uint64_t node_offset;
    uint8_t salt[16], person[16];
} KrBlake2;
void kr_blake2_begin(KrDigest *s, const KrHashKind *kind, const KrBlake2 *parameters);

static inline uint32_t kr_rotate_left(uint32_t x, unsigned by) { return x << by | x >> (32 - by); }

#endif
