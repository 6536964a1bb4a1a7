// heap_block.h - the heap's strategy for a small fixed region: blocks of any number of granules, side by side.
//
// Two bits a granule, in two bitmaps `head` and `body`, before the granules themselves:
//   0 0 free        0 1 (body) further granule of a block        1 0 head of a block        1 1 head of a block that is marked
// A block is taken from the lowest free run that is long enough (address-ordered first fit, which fragments least); hints spare the search
// from starting anew. A finished cycle is swept at once: that is a pass over the bitmaps, a word at a time where nothing died.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_HEAP_BLOCK_H
#define KR_OBJECT_HEAP_BLOCK_H

#include "krait.h"

#define KR_HINT_COUNT 33

typedef struct KrHeap KrHeap;

typedef struct {
    void      *region;
    size_t     region_size;
    char      *base;  // the first granule
    size_t     count; // granules
    uintptr_t *head, *body;
    size_t     step_at; // of debt: when the collector works next
    uint32_t   hint[KR_HINT_COUNT]; // [n]: no n free granules in a row begin before it
} KrCells;

static inline bool kr_cells_trimming(const KrCells *c) { return (void)c, false; }
static inline bool kr_cells_contain(const KrCells *c, const void *p) { return (uintptr_t)p - (uintptr_t)c->base < c->count * KR_GRANULE; }

static inline uintptr_t kr_block_bit(size_t granule) { return (uintptr_t)1 << granule % KR_BIT_WORD; }

size_t kr_block_end(const KrCells *c, size_t granule); // of the block whose head that is

// Marks the object's cell: its size; 0 if it was marked already, or is not in the heap.
static inline size_t kr_cell_mark(KrCells *c, const KrObject *o) {
    if (!kr_cells_contain(c, o)) return 0;
    size_t i = (size_t)((const char *)o - c->base) / KR_GRANULE;
    KR_ASSERT(c->head[i / KR_BIT_WORD] & kr_block_bit(i));
    if (c->body[i / KR_BIT_WORD] & kr_block_bit(i)) return 0;
    c->body[i / KR_BIT_WORD] |= kr_block_bit(i);
    return (kr_block_end(c, i) - i) * KR_GRANULE;
}

static inline bool kr_cell_is_marked(const KrCells *c, const void *object) {
    size_t i = (size_t)((const char *)object - c->base) / KR_GRANULE;
    return c->body[i / KR_BIT_WORD] & kr_block_bit(i);
}

KrObject *kr_cell_at(const KrCells *c, const char *p); // the object whose cell holds address p

#endif
