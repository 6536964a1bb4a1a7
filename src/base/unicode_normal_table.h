// unicode_normal_table.h - layout of the generated tables (tools/gen_unicode_normal.py); only unicode_normal.c reads them.
// SPDX-License-Identifier: MIT
#ifndef KRAIT_BASE_UNICODE_NORMAL_TABLE_H
#define KRAIT_BASE_UNICODE_NORMAL_TABLE_H

#include "krait_config.h"

// Neighbouring code points whose decompositions (one step, not the full one) have the same length: sorted. The decomposition of
// first + i is at pool[pool_at + i * length]; that of a shared run is the one code point at pool[pool_at], plus i.
typedef struct {
    uint32_t key; // first << 8, and the bits below
    uint16_t count;
    uint16_t pool_at;
} KrDecompositionRun;

enum {
    KR_DECOMPOSITION_COMPAT = 1 << 7, // for NFKC and NFKD only
    KR_DECOMPOSITION_SHARED = 1 << 6,
    KR_DECOMPOSITION_LENGTH = (1 << 6) - 1,
};

#define KR_DECOMPOSITION_ASTRAL 0xE000 // a unit of the pool from here on is an index of the astral table
#define KR_DECOMPOSITION_MAX    18     // code points that one becomes at most

extern const KrDecompositionRun kr_decomposition_run[];
extern const uint16_t kr_decomposition_run_count;
extern const uint16_t kr_decomposition_pool[];
extern const uint16_t kr_decomposition_pool_count;
extern const uint32_t kr_decomposition_astral[];
extern const uint16_t kr_decomposition_astral_count;

// Where in the pool the pairs are that compose, sorted by what they hold; and all that occur as the second of a pair, sorted.
extern const uint16_t kr_composition_pair[];
extern const uint16_t kr_composition_pair_count;
extern const uint32_t kr_composition_second[];
extern const uint16_t kr_composition_second_count;

// Runs of code points with the same canonical combining class: first << 8 | class, sorted, and how many they are.
extern const uint32_t kr_combining_run[];
extern const uint16_t kr_combining_run_count;
extern const uint8_t kr_combining_length[];
extern const uint16_t kr_combining_length_count;

#endif
