// heap_page.h - the heap's strategy where memory grows: size-class pages.
//
// The region is cut into pages. A page holds cells of one size class, or is part of a large cell, or is free. Two bits a cell, beside the
// page: `mark` (reached in this cycle) and `alloc` (in use as of the last sweep, or in a run handed out since). The allocator bumps through
// runs of free cells; a run is zeroed when it is taken, so a cell whose first word is zero was never handed out.
//
// A page is swept (its `alloc` bits replaced by the `mark` bits of the finished cycle) at most once a cycle, lazily, and all pages are swept
// before the next cycle starts. Bits of a page whose epoch is not the heap's are those of an older cycle: nothing was marked there.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_HEAP_PAGE_H
#define KR_OBJECT_HEAP_PAGE_H

#include <string.h>

#include "krait.h"

#define KR_GRANULE    (2 * sizeof(void *))
#define KR_PAGE_SHIFT 14
#define KR_SMALL_MAX  (256 * KR_GRANULE) // the largest class
#define KR_PAGE_SIZE  ((size_t)1 << KR_PAGE_SHIFT)
#define KR_PAGE_CELLS (KR_PAGE_SIZE / KR_GRANULE) // most cells in a page
#define KR_PAGE_WORDS (KR_PAGE_CELLS / KR_BIT_WORD)
#define KR_CLASS_MAX  27

typedef struct KrHeap KrHeap;

enum { KR_PAGE_FREE, KR_PAGE_SMALL, KR_PAGE_LARGE, KR_PAGE_TAIL };

typedef struct {
    uint8_t kind;
    uint8_t size_class;
    uint8_t epoch;  // of the cycle that `mark` belongs to
    uint8_t swept;  // epoch whose result was swept into `alloc`
    uint8_t listed; // on its class's list of pages with room
    uint8_t dirty;  // memory may be non-zero
    uint16_t cells;
    uint32_t reciprocal; // 2^32 / cell size, rounded up
    uint32_t cell_size;  // LARGE: bytes asked for, unused (see span)
    uint32_t span;       // LARGE: pages; TAIL: pages back to the head
    uint32_t next;       // list link: page number + 1, 0 ends
    uintptr_t mark[KR_PAGE_WORDS];
    uintptr_t alloc[KR_PAGE_WORDS];
} KrPage;

typedef struct { // the run that a size class allocates from
    char *bump, *end;
} KrRun;

typedef struct {
    char *base;                   // the region
    size_t page_count, page_used; // page_used: pages below it have been used at some time
    size_t page_limit;            // cap
    size_t free_hint;
    KrPage *page;       // their table, before the region in the same piece of memory
    size_t memory_size; // of both
    KrRun run[KR_CLASS_MAX];
    uint8_t class_table[KR_SMALL_MAX / KR_GRANULE + 1]; // granules -> size class
    uint32_t list[KR_CLASS_MAX];                        // pages with room
    size_t sweep_next, top;                             // top: pages were taken below it since the last cycle ended
    size_t trim_next, trim_end;                         // free pages from trim_next on have been given back; those below trim_end are kept
    uint8_t epoch;
    bool sweeping;
} KrCells;

static inline size_t kr_cells_size(const KrCells *c) { return c->page_count << KR_PAGE_SHIFT; }
static inline bool kr_cells_contain(const KrCells *c, const void *p) { return (uintptr_t)p - (uintptr_t)c->base < kr_cells_size(c); }

static inline bool kr_cells_trimming(const KrCells *c) {
    return c->trim_next > c->trim_end;
} // will kr_cells_idle do anything that takes time?

static inline size_t kr_page_index(const KrCells *c, const KrPage *page, const void *p) {
    size_t offset = (size_t)((const char *)p - c->base) & (KR_PAGE_SIZE - 1);
    return page->kind == KR_PAGE_SMALL ? (size_t)((uint64_t)offset * page->reciprocal >> 32) : 0;
}

static inline void kr_page_forget_marks(const KrCells *c, KrPage *page) {
    memset(page->mark, 0, sizeof page->mark);
    page->epoch = c->epoch;
}

// Marks the cell of an object of the heap: its size; 0 if it was marked already.
static inline size_t kr_cell_mark(KrCells *c, const KrObject *o) {
    KrPage *page = &c->page[(size_t)((const char *)o - c->base) >> KR_PAGE_SHIFT];
    size_t i = kr_page_index(c, page, o);
    KR_ASSERT(page->kind == KR_PAGE_SMALL || page->kind == KR_PAGE_LARGE);
    KR_ASSERT(page->alloc[i / KR_BIT_WORD] >> i % KR_BIT_WORD & 1);
    if (KR_UNLIKELY(page->epoch != c->epoch)) kr_page_forget_marks(c, page);
    uintptr_t bit = (uintptr_t)1 << i % KR_BIT_WORD, *word = &page->mark[i / KR_BIT_WORD];
    if (*word & bit) return 0;
    *word |= bit;
    return page->kind == KR_PAGE_SMALL ? page->cell_size : (size_t)page->span << KR_PAGE_SHIFT;
}

static inline bool kr_cell_is_marked(const KrCells *c, const void *object) {
    const KrPage *page = &c->page[(size_t)((const char *)object - c->base) >> KR_PAGE_SHIFT];
    size_t i = kr_page_index(c, page, object);
    return page->epoch == c->epoch && (page->mark[i / KR_BIT_WORD] >> i % KR_BIT_WORD & 1);
}

// The object whose cell holds address p, if the cell was handed out.
static inline KrObject *kr_cell_at(const KrCells *c, const char *p) {
    size_t offset = (size_t)(p - c->base);
    if (offset >= c->page_used << KR_PAGE_SHIFT) return NULL;
    size_t n = offset >> KR_PAGE_SHIFT;
    if (c->page[n].kind == KR_PAGE_TAIL) n -= c->page[n].span;
    const KrPage *page = &c->page[n];
    if (page->kind == KR_PAGE_FREE) return NULL;
    size_t i = kr_page_index(c, page, p);
    if (i >= page->cells) return NULL;
    const uintptr_t *live = page->alloc;
    // Not swept since the last cycle: what that cycle did not reach is gone already, though its bit is still set.
    if (page->swept != c->epoch && c->sweeping) {
        if (page->epoch != c->epoch) return NULL;
        live = page->mark;
    }
    if (!(live[i / KR_BIT_WORD] >> i % KR_BIT_WORD & 1)) return NULL;
    KrObject *o = (KrObject *)(c->base + (n << KR_PAGE_SHIFT) + (page->kind == KR_PAGE_SMALL ? i * page->cell_size : 0));
    return o->shape ? o : NULL;
}

#endif
