// heap.h - memory: cells in one region, and the incremental mark-and-sweep collector over them.
//
// How cells lie in the region is a strategy, chosen by KR_BLOCK_HEAP: size-class pages (heap_page.h) where memory grows and speed counts,
// blocks of any length (heap_block.h) where a small fixed region has to be used to the last granule. Both give what stands here and the
// cell functions that collector.c uses.
//
// Marking takes a snapshot at the beginning: roots are scanned when a cycle starts, a store shades the value that it overwrites, new cells
// are born marked. Stacks are scanned conservatively and have no barrier.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_HEAP_H
#define KR_OBJECT_HEAP_H

#include "krait.h"

#define KR_BIT_WORD (sizeof(uintptr_t) * 8)

#if KR_BLOCK_HEAP
#include "object/heap_block.h"
#else
#include "object/heap_page.h"
#endif

typedef struct {
    KrObject **item, **top, **end; // top: the next free place
    bool overflow;                 // something marked could not be pushed: all marked cells are traced again
} KrMarkStack;

typedef struct { // a growing array of pointers outside the collected cells
    void **item;
    size_t len, room;
    void *inside[4]; // the first items, while there are no more
} KrPointers;

enum { KR_PAUSE_BUCKETS = 32 * 4 }; // four to an octave

typedef struct {
    int64_t clock, cpu;
} KrInstant; // both in nanoseconds; cpu: of this thread

typedef struct {
    uint64_t collections, slices;
    uint64_t allocated;                                                          // bytes handed out in runs since the start
    int64_t pause_max_ns, pause_total_ns;                                        // by the clock
    int64_t cpu_max_ns;                                                          // by the thread's processor time
    uint32_t pause_histogram[KR_PAUSE_BUCKETS], cpu_histogram[KR_PAUSE_BUCKETS]; // by kr_pause_bucket_end
} KrHeapStats;

enum { KR_GC_IDLE, KR_GC_MARK, KR_GC_SWEEP };

// How far the end of a cycle has come, within KR_GC_MARK: from KR_FINISH_FIND on, what is not marked has died; see collector.c.
enum { KR_FINISH_NOT, KR_FINISH_FIND, KR_FINISH_REVIVE, KR_FINISH_WEAK, KR_FINISH_DEAD, KR_FINISH_NAMES, KR_FINISH_CACHES, KR_FINISH_LAST };

struct KrHeap {
    uint8_t phase, finish;
    bool enabled;     // gc.disable() stops automatic cycles, not those that a full heap needs
    bool busy;        // inside the collector or a finalizer: no allocation
    KrCells cells;    // the strategy's own
    size_t external;  // bytes charged by kr_charge
    size_t live;      // bytes found by the last mark (cells), without external
    size_t debt;      // bytes taken since the last cycle ended
    size_t threshold; // debt that starts a cycle
    size_t asked;     // the most that it may be: gc.threshold(); 0: nobody has said
    uint32_t locked;  // micropython.heap_lock(): nothing is allocated until it is 0 again
    size_t marked;    // bytes marked in this cycle
    size_t taken;     // bytes of the region that are not free
    size_t cap;       // bytes, with external
    KrMarkStack stack;
    struct KrFrame *scan_cursor;   // newest frame that is still to be scanned in this cycle
    KrPointers finalizable;        // objects with __del__ or a native finalizer: see kr_finalizable
    size_t finish_at, finish_kept; // FIND, DEAD: finalizable[finish_kept..finish_at) has been moved away; REVIVE: the next of pending
    size_t finish_before;          // FIND: what waited in pending already
    KrPointers pending;            // objects whose __del__ waits for the next poll
    KrPointers roots;              // KrValue * registered by kr_root_add
    bool whole;                    // the object being allocated is written whole: a large one is not zeroed
    KrAllocHook *hook;             // every allocation takes the slow path while it is set
    void *hook_context;
    uint8_t stress; // with KR_GC_STRESS, at every allocation 1: a collection; 2: the smallest step of one
#if KR_DEBUG
    uint64_t allocations, fail_at; // failure injection: the fail_at-th allocation fails
    bool fail_sticky;
    bool (*fail)(KrVm *vm); // asked at every allocation whether it is to fail; tests/fail_alloc.c
#endif
    KrHeapStats stats;
};
typedef bool KrVisit(void *context, KrObject *object); // false: no more

struct KrTracer {
    KrVm *vm;
};

bool kr_heap_init(KrVm *vm, size_t cap);
void kr_heap_free(KrVm *vm);
void *kr_heap_alloc_slow(KrVm *vm, const KrShape *shape, size_t size);
void kr_heap_step(KrVm *vm, size_t bytes); // collector work in proportion to bytes just allocated
bool kr_heap_has_work(const KrHeap *h);    // will kr_heap_step do anything?
KrInstant kr_pause_begin(void);            // every way in which the collector can stop the program is between these two
void kr_pause_end(KrHeap *h, KrInstant begin);
int64_t kr_pause_bucket_end(unsigned bucket); // nanoseconds
void kr_heap_start_cycle(KrVm *vm);
void kr_heap_ask(KrVm *vm, size_t threshold); // 0: the collector's own pace
void kr_heap_lock(KrVm *vm, int more);        // adds to heap.locked
bool kr_heap_squeeze(KrVm *vm);               // collection has left no room: what can be made anew is freed; false: there was nothing
void kr_heap_verify(KrVm *vm);                // collects, and aborts unless every object and every table is well-formed; in heap_verify.c
void kr_heap_trace_stack(KrTracer *tracer, const void *from, const void *to);  // conservative; to is excluded
void kr_heap_trace_words(KrTracer *tracer, const KrValue *from, size_t count); // registers that may be stale
bool kr_heap_is_marked(KrVm *vm, const void *object);
bool kr_heap_contains(KrVm *vm, const void *p);
// Memory that the collector does not own: tables, stacks, lists. Zeroed; *size gets what was granted. NULL: none, nothing is raised.
void *kr_side_alloc(KrVm *vm, size_t *size);
void kr_side_free(KrVm *vm, void *p, size_t size);
bool kr_pointers_push(KrVm *vm, KrPointers *list, void *p) KR_RAISES;
// An entry of heap.finalizable. Its lowest bit is set when __del__ is not to be called: it was queued before, or never shall.
static inline KrObject *kr_finalizable(void *entry) { return (KrObject *)((uintptr_t)entry & ~(uintptr_t)1); }
void kr_heap_no_del(KrVm *vm);                // the object that was made last: see kr_finalizable
bool kr_heap_has_finalizers(const KrHeap *h); // is there an object whose __del__ has not been called?
// At the end of a program: queues __del__ of all objects, dead ones first, then what is reached from `first`, then the others.
void kr_heap_finalize_from(KrVm *vm, const void *first);
void kr_heap_finalize_native(KrVm *vm); // only what has a __del__ made in C, in the order of their making, without looking for it: files
bool kr_heap_add_finalizable(KrVm *vm, KrObject *object) KR_RAISES;
bool kr_pointers_reserve(KrVm *vm, KrPointers *list, size_t room);
void kr_pointers_free(KrVm *vm, KrPointers *list);
size_t kr_heap_cell_size(KrVm *vm, const void *object);     // bytes of the cell that holds it
void kr_heap_each(KrVm *vm, KrVisit *visit, void *context); // all objects (after a full mark)

#endif
