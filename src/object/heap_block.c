// heap_block.c - blocks of granules in a fixed region: first fit, and sweeping. The layout is described in heap_block.h.
// SPDX-License-Identifier: MIT
#include "object/heap.h"

#if KR_BLOCK_HEAP
#include "object/collector.h"
#include "object/object.h"
#include "object/str.h"
#include "object/vm_state.h"
#include "port.h"

enum { STEP_BYTES = 512 }; // taken between two slices of marking

// Memory that the collector does not own is a block too: one of this type, which sweeping leaves alone.
const KrType kr_side_type = { KR_TYPE_HEAD(kr_side_type), .name = "side" };

bool kr_cells_init(KrHeap *h, size_t cap) {
    KrCells *c = &h->cells;
    c->region_size = cap;
    c->region = kr_port_memory(&c->region_size);
    if (!c->region) return false;
    size_t words = c->region_size / (KR_BIT_WORD * KR_GRANULE + 2 * sizeof(uintptr_t));
    c->head = c->region;
    c->body = c->head + words;
    c->base = (char *)(c->body + words);
    c->base += -(uintptr_t)c->base % KR_GRANULE;
    c->count = words * KR_BIT_WORD;
    if (c->base + c->count * KR_GRANULE > (char *)c->region + c->region_size) c->count -= KR_BIT_WORD;
    h->cap = c->count * KR_GRANULE;
    c->step_at = KR_LEAST_THRESHOLD;
    return true;
}

void kr_cells_free(KrHeap *h) {
    if (h->cells.region) kr_port_memory_free(h->cells.region, h->cells.region_size);
    h->cells.region = NULL;
}

// ---- Bitmaps -------------------------------------------------------------------------------------------------------------------

static uintptr_t used_word(const KrCells *c, size_t w) { return c->head[w] | c->body[w]; }
static uintptr_t tail_word(const KrCells *c, size_t w) { return c->body[w] & ~c->head[w]; }

// The first granule in [from, limit) whose bit in `word` (xor flip) is set; limit if there is none.
static KR_ALWAYS_INLINE size_t find(const KrCells *c, uintptr_t (*word)(const KrCells *c, size_t w), uintptr_t flip, size_t from, size_t limit) {
    while (from < limit) {
        uintptr_t bits = (word(c, from / KR_BIT_WORD) ^ flip) >> from % KR_BIT_WORD;
        if (bits) {
            from += (size_t)__builtin_ctzll(bits);
            return from < limit ? from : limit;
        }
        from += KR_BIT_WORD - from % KR_BIT_WORD;
    }
    return limit;
}

size_t kr_block_end(const KrCells *c, size_t granule) { return find(c, tail_word, ~(uintptr_t)0, granule + 1, c->count); }

static void set_body(KrCells *c, size_t from, size_t to, bool on) {
    while (from < to) {
        size_t at = from % KR_BIT_WORD, n = KR_BIT_WORD - at < to - from ? KR_BIT_WORD - at : to - from;
        uintptr_t mask = (n == KR_BIT_WORD ? ~(uintptr_t)0 : ((uintptr_t)1 << n) - 1) << at;
        if (on)
            c->body[from / KR_BIT_WORD] |= mask;
        else
            c->body[from / KR_BIT_WORD] &= ~mask;
        from += n;
    }
}

KrObject *kr_cell_at(const KrCells *c, const char *p) {
    if (!kr_cells_contain(c, p)) return NULL;
    size_t i = (size_t)(p - c->base) / KR_GRANULE, w = i / KR_BIT_WORD;
    if (!(used_word(c, w) & kr_block_bit(i))) return NULL;
    uintptr_t heads = c->head[w] & (kr_block_bit(i) | (kr_block_bit(i) - 1));
    while (!heads) heads = c->head[--w];
    i = w * KR_BIT_WORD + (KR_BIT_WORD - 1 - (size_t)__builtin_clzll(heads) % KR_BIT_WORD);
    KrObject *o = (KrObject *)(c->base + i * KR_GRANULE);
    return o->shape && o->shape != &kr_side_type.shape ? o : NULL;
}

// ---- Taking --------------------------------------------------------------------------------------------------------------------

static size_t find_room(const KrCells *c, size_t from, size_t n) {
    for (;;) {
        size_t at = find(c, used_word, ~(uintptr_t)0, from, c->count);
        if (n > c->count - at) return SIZE_MAX;
        from = find(c, used_word, 0, at, at + n);
        if (from == at + n) return at;
    }
}

void *kr_cells_take(KrHeap *h, const KrShape *shape, size_t size) {
    KrCells *c = &h->cells;
    size_t n = (size + KR_GRANULE - 1) / KR_GRANULE;
    if (size > h->cap || h->taken + h->external + n * KR_GRANULE > h->cap) return NULL;
    uint32_t *hint = &c->hint[n < KR_HINT_COUNT ? n : KR_HINT_COUNT - 1];
    size_t at = find_room(c, *hint, n);
    if (n < KR_HINT_COUNT) *hint = (uint32_t)(at == SIZE_MAX ? c->count : at + n);
    if (at == SIZE_MAX) return NULL;
    c->head[at / KR_BIT_WORD] |= kr_block_bit(at);
    set_body(c, h->phase == KR_GC_MARK ? at : at + 1, at + n, true);
    h->taken += n * KR_GRANULE;
    h->debt += n * KR_GRANULE;
    h->stats.allocated += n * KR_GRANULE;
    KrObject *o = (KrObject *)(c->base + at * KR_GRANULE);
    memset(o, 0, n * KR_GRANULE);
    o->shape = shape;
    return o;
}

void *kr_alloc(KrVm *vm, const KrShape *shape, size_t size) {
    if (!KR_DEBUG && KR_LIKELY(vm->heap.debt < vm->heap.cells.step_at)) {
        void *p = kr_cells_take(&vm->heap, shape, size);
        if (KR_LIKELY(p != NULL)) return p;
    }
    return kr_heap_alloc_slow(vm, shape, size);
}

static void release(KrHeap *h, size_t at, size_t end) {
    KrCells *c = &h->cells;
    c->head[at / KR_BIT_WORD] &= ~kr_block_bit(at);
    set_body(c, at, end, false);
    h->taken -= (end - at) * KR_GRANULE;
    if (KR_DEBUG) memset(c->base + at * KR_GRANULE, 0xDB, (end - at) * KR_GRANULE);
}

static void lower_hints(KrCells *c, size_t at) {
    for (size_t n = 0; n < KR_HINT_COUNT; n++)
        if (c->hint[n] > at) c->hint[n] = (uint32_t)at;
}

void *kr_side_alloc(KrVm *vm, size_t *size) {
    char *p = kr_cells_take(&vm->heap, &kr_side_type.shape, *size + KR_GRANULE);
    if (!p && !vm->heap.busy && vm->heap.stack.item) {
        kr_collect(vm);
        p = kr_cells_take(&vm->heap, &kr_side_type.shape, *size + KR_GRANULE);
    }
    return p ? p + KR_GRANULE : NULL;
}

void kr_side_free(KrVm *vm, void *p, size_t size) {
    (void)size;
    KrCells *c = &vm->heap.cells;
    size_t at = (size_t)((char *)p - c->base) / KR_GRANULE - 1;
    release(&vm->heap, at, kr_block_end(c, at));
    size_t run = at; // free granules before it belong to the same run
    while (run && !(used_word(c, (run - 1) / KR_BIT_WORD) & kr_block_bit(run - 1))) run--;
    lower_hints(c, run);
}

// ---- Cycles --------------------------------------------------------------------------------------------------------------------

void kr_cells_begin_cycle(KrHeap *h) { (void)h; } // the last sweep left no marks

static void sweep_block(KrHeap *h, size_t at) {
    KrCells *c = &h->cells;
    const KrObject *o = (const KrObject *)(c->base + at * KR_GRANULE);
    if (c->body[at / KR_BIT_WORD] & kr_block_bit(at))
        c->body[at / KR_BIT_WORD] &= ~kr_block_bit(at);
    else if (o->shape != &kr_side_type.shape)
        release(h, at, kr_block_end(c, at));
}

void kr_cells_sweep_begin(KrHeap *h) {
    KrCells *c = &h->cells;
    for (size_t w = 0; w < c->count / KR_BIT_WORD; w++) {
        if (!(c->head[w] & ~c->body[w])) {
            c->body[w] &= ~c->head[w];
            continue;
        }
        for (uintptr_t left = c->head[w]; left; left &= left - 1) sweep_block(h, w * KR_BIT_WORD + (size_t)__builtin_ctzll(left));
    }
    memset(c->hint, 0, sizeof c->hint);
    h->phase = KR_GC_IDLE;
    c->step_at = h->threshold;
}

bool kr_cells_sweep(KrHeap *h, size_t count) { return (void)h, (void)count, false; }

void kr_cells_idle(KrHeap *h) { h->cells.step_at = h->phase == KR_GC_MARK ? h->debt + STEP_BYTES : h->threshold; }

size_t kr_heap_cell_size(KrVm *vm, const void *object) {
    const KrCells *c = &vm->heap.cells;
    if (!kr_cells_contain(c, object)) return 0;
    size_t at = (size_t)((const char *)object - c->base) / KR_GRANULE;
    return (kr_block_end(c, at) - at) * KR_GRANULE;
}

bool kr_cells_each(KrHeap *h, bool marked, KrVisit *visit, void *context) {
    KrCells *c = &h->cells;
    for (size_t at = 0; at < c->count; at++) {
        uintptr_t heads = c->head[at / KR_BIT_WORD] & (marked ? c->body[at / KR_BIT_WORD] : ~(uintptr_t)0);
        if (!(heads & kr_block_bit(at))) continue;
        KrObject *o = (KrObject *)(c->base + at * KR_GRANULE);
        if (o->shape && o->shape != &kr_side_type.shape && !visit(context, o)) return false;
    }
    return true;
}
#endif
