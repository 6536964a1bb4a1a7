// heap_block.h - the heap's strategy for a small fixed region: blocks of any number of granules, side by side.
//
// The region is cut into blocks, each an object's cell or a free run. A bitmap has a bit for each granule: `head`, a block begins here.
// The first word of a block tells what it is: the shape of an object (an even number), or, in a free run, the link of its list and a 1
// in the lowest bit, with its length in the next word if there is one. Objects have two granules at least, so that a mark bit for each pair of granules is enough.
//
// Free runs are on lists by length, threaded through the free memory itself; an object is cut from the shortest run that is long enough
// and leaves no useless rest. While there is a run of three eighths of the heap or more, small objects are cut from its beginning without a
// search: `wild` is what is left of it, a free run on no list. When a cycle has
// finished, the lists are empty: sweeping, from the lowest address on and a few words of heads at a time, joins what is free and makes them anew.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_HEAP_BLOCK_H
#define KR_OBJECT_HEAP_BLOCK_H

#include "krait.h"

#define KR_GRANULE sizeof(void *)

enum { KR_EXACT_BINS = 32, KR_BIN_COUNT = 96 };

typedef struct KrHeap KrHeap;

typedef struct {
    void *region;
    size_t region_size;
    char *base;   // the first granule
    size_t count; // granules
    uintptr_t *head, *mark;
    size_t wild, wild_end;               // granules; equal: there is none
    size_t last, sweep_from, sweep_next; // the granule taken last; the word of heads where the sweep began; how many are swept
    size_t step_at;                      // of debt: when the collector works next
    uint32_t filled[KR_BIN_COUNT / 32];  // bit n: bin n has runs
    uint32_t bin[KR_BIN_COUNT];          // first free run: granule + 1; 0: none
} KrCells;

static inline bool kr_cells_trimming(const KrCells *c) { return (void)c, false; }
static inline size_t kr_cells_size(const KrCells *c) { return c->count * KR_GRANULE; }
static inline bool kr_cells_contain(const KrCells *c, const void *p) { return (uintptr_t)p - (uintptr_t)c->base < kr_cells_size(c); }

size_t kr_block_end(const KrCells *c, size_t granule); // of the block whose head that is

// Marks the cell of an object of the heap: 0 if it was marked already. (Sweeping counts the bytes.)
static inline size_t kr_cell_mark(KrCells *c, const KrObject *o) {
    size_t i = (size_t)((const char *)o - c->base) / KR_GRANULE;
    KR_ASSERT(c->head[i / KR_BIT_WORD] >> i % KR_BIT_WORD & 1);
    uintptr_t *word = &c->mark[i / 2 / KR_BIT_WORD], bit = (uintptr_t)1 << i / 2 % KR_BIT_WORD;
    if (*word & bit) return 0;
    *word |= bit;
    return 1;
}

static inline bool kr_cell_is_marked(const KrCells *c, const void *object) {
    size_t i = (size_t)((const char *)object - c->base) / KR_GRANULE / 2;
    return c->mark[i / KR_BIT_WORD] >> i % KR_BIT_WORD & 1;
}

KrObject *kr_cell_at(const KrCells *c, const char *p); // the object whose cell holds address p

#endif
