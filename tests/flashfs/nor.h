// nor.h - NOR flash in memory, for tests: it asserts its rules, counts, and can be left as a power cut would leave it.
// SPDX-License-Identifier: MIT
#ifndef NOR_H
#define NOR_H

#include "block.h"

typedef struct Nor Nor;
typedef struct { // that is about to happen
    bool erase;
    uint32_t address, len;
    const uint8_t *data;
} NorOperation;

struct Nor {
    KrBlockDevice device;
    uint32_t size;
    uint8_t *data;
    uint8_t *programmed; // since the last erase, for each smallest piece that can be
    uint8_t *weak;       // left half programmed: it looks erased, and does not take what is programmed
    uint32_t erases[64]; // of each block
    uint64_t reads, programs, bytes_programmed;
    uint64_t most_reads; // then reads fail: somebody loops
    void (*before)(Nor *nor, const NorOperation *operation);
    void *context;
};

enum { NOR_PATTERNS = 8 };

void nor_new(Nor *nor, const KrBlockRun *run, uint32_t program_size);
void nor_free(Nor *nor);
void nor_copy(Nor *to, const Nor *from);                             // of the same shape; counts and hooks stay as they are
void nor_looks_programmed(Nor *nor);                                 // what is not all ones was programmed, and nothing else
void nor_tear(Nor *nor, const NorOperation *operation, int pattern); // does part of it

uint32_t random_below(uint32_t n);
void random_seed(uint64_t seed);

#define CHECK(condition, ...) ((condition) ? (void)0 : check_failed(__FILE__, __LINE__, #condition, __VA_ARGS__))
KR_NORETURN void check_failed(const char *file, int line, const char *what, const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
