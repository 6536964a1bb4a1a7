// heap.h - memory: size-class pages in one region, and the incremental mark-and-sweep collector over them.
//
// The region is cut into pages. A page holds cells of one size class, or is part of a large cell, or is free. Two bits a cell, beside the
// page: `mark` (reached in this cycle) and `alloc` (in use as of the last sweep, or in a run handed out since). The allocator bumps through
// runs of free cells; a run is zeroed when it is taken, so a cell whose first word is zero was never handed out.
//
// Marking takes a snapshot at the beginning: roots are scanned when a cycle starts, a store shades the value that it overwrites, new cells
// are born marked. Stacks are scanned conservatively and have no barrier.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_HEAP_H
#define KR_OBJECT_HEAP_H

#include "krait.h"

#define KR_GRANULE (2 * sizeof(void *))
#if KR_DEVICE
#define KR_PAGE_SHIFT 9
#define KR_SMALL_MAX  256
#define KR_CELL_MIN   (2 * KR_GRANULE)
#define KR_CLASS_MAX  20
#else
#define KR_PAGE_SHIFT 14
#define KR_SMALL_MAX  (256 * KR_GRANULE) // the largest of kr_class_size
#define KR_CELL_MIN   KR_GRANULE
#define KR_CLASS_MAX  40
#endif
#define KR_PAGE_SIZE  ((size_t)1 << KR_PAGE_SHIFT)
#define KR_PAGE_CELLS (KR_PAGE_SIZE / KR_CELL_MIN) // most cells in a page
#define KR_BIT_WORD   (sizeof(uintptr_t) * 8)
#define KR_PAGE_WORDS (KR_PAGE_CELLS / KR_BIT_WORD)

enum { KR_PAGE_FREE, KR_PAGE_SMALL, KR_PAGE_LARGE, KR_PAGE_TAIL, KR_PAGE_RESERVED };

#if KR_DEVICE
typedef uint8_t  KrPageCells;
typedef uint16_t KrPageNumber;
#else
typedef uint16_t KrPageCells;
typedef uint32_t KrPageNumber;
#endif

typedef struct {
    uint8_t kind : 4;
    uint8_t listed : 1; // on its class's list of pages with room
    uint8_t dirty : 1;  // memory may be non-zero
    uint8_t size_class;
    uint8_t epoch; // of the cycle that `mark` belongs to
    uint8_t swept; // epoch whose result was swept into `alloc`
    KrPageCells cells;
#if !KR_DEVICE
    uint32_t reciprocal; // 2^32 / cell size, rounded up
    uint32_t cell_size;
#endif
    union {
        KrPageNumber span; // LARGE: pages; TAIL: pages back to the head
        KrPageNumber next; // SMALL: list link, page number + 1, 0 ends
    };
    uintptr_t mark[KR_PAGE_WORDS];
    uintptr_t alloc[KR_PAGE_WORDS];
} KrPage;

extern const uint16_t kr_class_size[KR_CLASS_MAX];

#if KR_DEVICE
static inline size_t kr_page_cell_size(const KrPage *page) { return kr_class_size[page->size_class]; }
static inline size_t kr_page_cell(const KrPage *page, size_t offset) { return offset / kr_page_cell_size(page); }
#else
static inline size_t kr_page_cell_size(const KrPage *page) { return page->cell_size; }
static inline size_t kr_page_cell(const KrPage *page, size_t offset) { return (size_t)((uint64_t)offset * page->reciprocal >> 32); }
#endif

typedef struct { // the run that a size class allocates from
    char *bump, *end;
} KrRun;

typedef struct {
    KrObject **item;
    size_t     len, room;
    bool       overflow; // something marked could not be pushed: all marked cells are traced again
} KrMarkStack;

typedef struct { // a growing array of pointers outside the collected cells
    void **item;
    size_t len, room;
    void *inside[4]; // the first items, while there are no more
} KrPointers;

typedef struct {
    uint64_t collections, slices;
    uint64_t allocated; // bytes handed out in runs since the start
    int64_t  pause_max_ns, pause_total_ns; // by the clock
    int64_t  cpu_max_ns;                   // by the thread's processor time
    uint32_t pause_histogram[32], cpu_histogram[32]; // [n]: pauses of 2^n..2^(n+1) ns
} KrHeapStats;

enum { KR_GC_IDLE, KR_GC_MARK, KR_GC_SWEEP };

typedef struct {
    uint8_t  phase;
    uint8_t  epoch;
    bool     enabled;  // gc.disable() stops automatic cycles, not those that a full heap needs
    bool     busy;     // inside the collector or a finalizer: no allocation
    char    *region;   // what the port gave: the table of pages, then the pages
    size_t   region_size;
    char    *base;     // of the first page
    size_t   page_count, page_used; // page_used: pages below it have been used at some time
    size_t   pages_taken;           // not free now
    size_t   page_limit;            // cap
    size_t   free_hint;
    KrPage  *page;
    KrRun    run[KR_CLASS_MAX];
    uint8_t  class_table[KR_SMALL_MAX / KR_GRANULE + 1]; // granules -> size class
    KrPageNumber list[KR_CLASS_MAX]; // pages with room
    size_t   sweep_next;
    size_t   external;    // bytes charged by kr_charge
    size_t   live;        // bytes found by the last mark (cells), without external
    size_t   debt;        // bytes taken since the last cycle ended
    size_t   threshold;   // debt that starts a cycle
    size_t   marked;      // bytes marked in this cycle
    size_t   cap;         // bytes, with external
    KrMarkStack stack;
    struct KrFrame *scan_cursor; // newest frame that is still to be scanned in this cycle
    size_t   trim_next;          // free pages below it have been given back
    KrPointers  finalizable; // objects with __del__ or a native finalizer
    KrPointers  pending;     // objects whose __del__ waits for the next poll
    KrPointers  roots;       // KrValue * registered by kr_root_add
#if KR_DEBUG
    uint64_t allocations, fail_at; // failure injection: the fail_at-th allocation fails
    bool     fail_sticky, stress;
#endif
    KrHeapStats stats;
} KrHeap;

struct KrTracer {
    KrVm *vm;
};

bool kr_heap_init(KrVm *vm, size_t cap);
void kr_heap_free(KrVm *vm);
void *kr_heap_alloc_slow(KrVm *vm, const KrShape *shape, size_t size);
void kr_heap_step(KrVm *vm, size_t bytes); // collector work in proportion to bytes just allocated
void kr_heap_start_cycle(KrVm *vm);
void kr_heap_verify(KrVm *vm);             // debug: asserts that every reachable object is well-formed
void kr_heap_trace_stack(KrTracer *tracer, const void *from, const void *to); // conservative; to is excluded
void kr_heap_trace_words(KrTracer *tracer, const KrValue *from, size_t count);  // registers that may be stale
bool kr_heap_is_marked(KrVm *vm, const void *object);
bool kr_heap_contains(KrVm *vm, const void *p);
bool kr_pointers_push(KrVm *vm, KrPointers *list, void *p) KR_RAISES;
bool kr_heap_add_finalizable(KrVm *vm, KrObject *object) KR_RAISES;
bool kr_pointers_reserve(KrVm *vm, KrPointers *list, size_t room);
void kr_pointers_free(KrVm *vm, KrPointers *list);
size_t kr_heap_free_bytes(const KrHeap *h); // in free pages and in free cells of others
size_t kr_heap_cell_size(KrVm *vm, const void *object); // bytes of the cell that holds it
void kr_heap_each(KrVm *vm, bool (*visit)(void *context, KrObject *object), void *context); // all objects (after a full mark)

#endif
