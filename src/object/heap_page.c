// heap_page.c - size-class pages: taking, sweeping, bump allocation in runs. The layout is described in heap_page.h.
// SPDX-License-Identifier: MIT
#include "object/heap.h"

#if !KR_BLOCK_HEAP
#include "object/collector.h"
#include "object/heap_asan.h"
#include "object/heap_bits.h"
#include "object/str.h"
#include "object/vm_state.h"
#include "port.h"

#define G KR_GRANULE
static const uint16_t class_size[KR_CLASS_MAX] = { 0,      G,      2 * G,  3 * G,  4 * G,   5 * G,   6 * G,   7 * G,   8 * G,
                                                   10 * G, 12 * G, 14 * G, 16 * G, 20 * G,  24 * G,  28 * G,  32 * G,  40 * G,
                                                   48 * G, 56 * G, 64 * G, 80 * G, 102 * G, 128 * G, 170 * G, 204 * G, 256 * G };
#undef G

// For each number of granules the smallest class that holds them.
static void fill_class_table(KrCells *cells) {
    cells->class_table[0] = 1;
    for (size_t c = 1, n = 1; c < KR_CLASS_MAX; c++)
        while (n <= class_size[c] / KR_GRANULE) cells->class_table[n++] = (uint8_t)c;
}

static char *page_address(const KrHeap *h, size_t n) { return h->cells.base + (n << KR_PAGE_SHIFT); }

// Addresses are for nothing on 64 bits: in four times the cap, a few pages that stay in use between large objects do not matter.
static size_t region_size(size_t cap) {
    size_t size = sizeof(size_t) == 8 && cap < SIZE_MAX / 8 ? 4 * cap : cap + cap / 8;
    return (size + 5 * KR_PAGE_SIZE - 1) & ~(KR_PAGE_SIZE - 1);
}

static size_t table_size(size_t count) { return (count * sizeof(KrPage) + KR_PAGE_SIZE - 1) & ~(KR_PAGE_SIZE - 1); }

bool kr_cells_init(KrHeap *h, size_t cap) {
    size_t count = region_size(cap) >> KR_PAGE_SHIFT, size = table_size(count) + (count << KR_PAGE_SHIFT);
    char *memory = kr_port_memory(&size);
    if (!memory) return false;
    while (table_size(count) + (count << KR_PAGE_SHIFT) > size) count--; // less was granted
    h->cells.memory_size = size;
    h->cells.page = (KrPage *)(void *)memory;
    h->cells.base = memory + table_size(count);
    h->cells.page_count = h->cells.page_limit = count;
    h->cells.epoch = 1;
    h->cells.page[0].kind = KR_PAGE_FREE; // it is that already, but reading first would have the system map the page twice
    fill_class_table(&h->cells);
    return true;
}

void kr_cells_free(KrHeap *h) {
    if (!h->cells.base) return;
    kr_show(h->cells.base, h->cells.page_used << KR_PAGE_SHIFT);
    kr_port_memory_free(h->cells.page, h->cells.memory_size);
    h->cells.base = NULL, h->cells.page = NULL;
}

// Tables from the front, stacks from the end.
static void *take_nest(KrVm *vm, size_t size) {
    size_t want = (size + KR_GRANULE - 1) & ~(KR_GRANULE - 1);
    if (size > KR_VM_MEMORY || want > (size_t)(vm->nest_end - vm->nest)) return NULL;
    if (want > KR_NEST_TABLES) return vm->nest_end -= want;
    vm->nest += want;
    return vm->nest - want;
}

void *kr_side_alloc(KrVm *vm, size_t *size) {
    size_t asked = *size;
    void *p = take_nest(vm, asked);
    if (p) return p;
    p = kr_port_memory(size);
    if (p && *size < asked) kr_port_memory_free(p, *size), p = NULL;
    return p;
}

void kr_side_free(KrVm *vm, void *p, size_t size) {
    if ((uintptr_t)p - (uintptr_t)vm >= KR_VM_MEMORY) kr_port_memory_free(p, size);
}

static void mark_cells(KrHeap *h, KrPage *page, size_t from, size_t to) {
    if (page->epoch != h->cells.epoch) kr_page_forget_marks(&h->cells, page);
    kr_bits_set(page->mark, from, to);
}

// ---- Pages ---------------------------------------------------------------------------------------------------------------------

static bool page_is_free(const KrHeap *h, size_t n) { return h->cells.page[n].kind == KR_PAGE_FREE; }

// First fit from the hint, wrapping once. Free pages beyond page_used have never been touched.
static size_t find_pages(KrHeap *h, size_t count) {
    for (int pass = 0; pass < 2; pass++) {
        size_t n = pass ? 0 : h->cells.free_hint;
        while (n + count <= h->cells.page_limit) {
            size_t run = 0;
            while (run < count && page_is_free(h, n + run)) run++;
            if (run == count) return n;
            n += run + 1;
        }
    }
    return SIZE_MAX;
}

static void page_claim(KrHeap *h, size_t n, uint8_t kind) {
    KrPage *page = &h->cells.page[n];
    page->kind = kind;
    page->epoch = page->swept = h->cells.epoch;
    page->listed = 0;
    page->next = 0;
    memset(page->mark, 0, sizeof page->mark);
    memset(page->alloc, 0, sizeof page->alloc);
}

static size_t take_pages(KrHeap *h, size_t count) {
    if (count > h->cells.page_limit || h->taken + (count << KR_PAGE_SHIFT) + h->external > h->cap) return SIZE_MAX;
    size_t n = find_pages(h, count);
    if (n == SIZE_MAX) return n;
    h->taken += count << KR_PAGE_SHIFT;
    h->cells.free_hint = n + count;
    if (h->cells.top < n + count) h->cells.top = n + count;
    if (h->cells.page_used < n + count) h->cells.page_used = n + count;
    return n;
}

static void free_pages(KrHeap *h, size_t n, size_t count) {
    for (size_t i = n; i < n + count; i++) {
        h->cells.page[i].kind = KR_PAGE_FREE;
        h->cells.page[i].dirty = 1;
        h->cells.page[i].listed = 0;
    }
    h->taken -= count << KR_PAGE_SHIFT;
    if (n < h->cells.free_hint) h->cells.free_hint = n;
}

static void clean_pages(KrHeap *h, size_t n, size_t count) {
    for (size_t i = n; i < n + count; i++) {
        if (h->cells.page[i].dirty) memset(page_address(h, i), 0, KR_PAGE_SIZE);
        h->cells.page[i].dirty = 0;
    }
}

enum { KR_CLEAN_AT_ONCE = 16 }; // pages of a large object; the rest is kr_cells_clean's

enum { KR_TRIM_SCAN = 256, KR_TRIM_LEAST = 2, KR_TRIM_MOST = 16 }; // pages looked at in a step; given back at once

// Pages are taken from the lowest address on, so that those beyond what cycles have lately needed are given back, from the highest on.
static void trim(KrHeap *h) {
    size_t n = h->cells.trim_next, low = h->cells.trim_end + KR_TRIM_SCAN < n ? n - KR_TRIM_SCAN : h->cells.trim_end;
    while (n > low) {
        size_t run = 0;
        while (run < n - low && run < KR_TRIM_MOST && page_is_free(h, n - run - 1) && h->cells.page[n - run - 1].dirty) run++;
        n -= run ? run : 1;
        if (run >= KR_TRIM_LEAST && kr_port_memory_idle(page_address(h, n), run << KR_PAGE_SHIFT)) {
            for (size_t i = n; i < n + run; i++) h->cells.page[i].dirty = 0;
            break;
        }
    }
    h->cells.trim_next = n;
}

// A cycle has ended: as far as it went is kept for those to come, and is forgotten by a quarter with each that goes less far.
static void trim_plan(KrHeap *h) {
    size_t kept = h->cells.trim_end - h->cells.trim_end / 4;
    h->cells.trim_end = h->cells.top > kept ? h->cells.top : kept;
    h->cells.top = h->cells.trim_next = 0; // trim_next: once all is swept
}

// ---- Sweeping ------------------------------------------------------------------------------------------------------------------

static void list_page(KrHeap *h, size_t n) {
    KrPage *page = &h->cells.page[n];
    if (page->listed) return;
    page->listed = 1;
    page->next = h->cells.list[page->size_class];
    h->cells.list[page->size_class] = (uint32_t)n + 1;
}

static void poison(char *cell, size_t size) {
    kr_show(cell, size);
    memset(cell, 0xDB, size);
    kr_hide(cell, size);
}

static void poison_page(KrHeap *h, size_t n) {
    KrPage *page = &h->cells.page[n];
    for (size_t i = 0; KR_DEBUG && i < page->cells; i++)
        if (!(page->mark[i / KR_BIT_WORD] >> i % KR_BIT_WORD & 1) && (page->alloc[i / KR_BIT_WORD] >> i % KR_BIT_WORD & 1))
            poison(page_address(h, n) + i * page->cell_size, page->cell_size);
}

static void sweep_small(KrHeap *h, size_t n) {
    KrPage *page = &h->cells.page[n];
    bool marked = page->epoch == h->cells.epoch;
    if (!marked) memset(page->mark, 0, sizeof page->mark);
    poison_page(h, n);
    uintptr_t any = 0;
    size_t words = (page->cells + KR_BIT_WORD - 1) / KR_BIT_WORD, live = 0;
    for (size_t w = 0; w < words; w++) {
        any |= page->alloc[w] = page->mark[w];
        live += (size_t)__builtin_popcountll(page->mark[w]);
    }
    page->dirty = 1;
    if (page->listed) return; // it is being allocated from, or will be
    if (!any) free_pages(h, n, 1);
    else if (live < page->cells) list_page(h, n);
}

// Sweeps page n, if that is still to be done; returns how many pages it spans.
static size_t sweep_page(KrHeap *h, size_t n) {
    KrPage *page = &h->cells.page[n];
    size_t span = page->kind == KR_PAGE_LARGE ? page->span : 1;
    if (page->kind == KR_PAGE_FREE || page->swept == h->cells.epoch) return span;
    page->swept = h->cells.epoch;
    if (page->kind == KR_PAGE_SMALL) {
        sweep_small(h, n);
    } else if (page->kind == KR_PAGE_LARGE && (page->epoch != h->cells.epoch || !(page->mark[0] & 1))) {
        if (KR_DEBUG) poison(page_address(h, n), span << KR_PAGE_SHIFT);
        free_pages(h, n, span);
    }
    return span;
}

// Sweeps up to `count` pages; false when all are swept.
bool kr_cells_sweep(KrHeap *h, size_t count) {
    while (count-- && h->cells.sweep_next < h->cells.page_used) h->cells.sweep_next += sweep_page(h, h->cells.sweep_next);
    if (h->cells.sweep_next < h->cells.page_used) return true;
    if (h->phase == KR_GC_SWEEP) h->phase = KR_GC_IDLE, h->cells.sweeping = false, h->cells.trim_next = h->cells.page_used;
    return false;
}

void kr_cells_sweep_begin(KrHeap *h) {
    // Lists hold pages as they were: start anew, so that a page comes back on its list only once it is swept.
    for (unsigned c = 0; c < KR_CLASS_MAX; c++) {
        for (uint32_t link = h->cells.list[c]; link; link = h->cells.page[link - 1].next) h->cells.page[link - 1].listed = 0;
        h->cells.list[c] = 0;
    }
    h->cells.sweep_next = 0;
    trim_plan(h);
    h->phase = KR_GC_SWEEP;
    h->cells.sweeping = true;
}

// ---- Runs ----------------------------------------------------------------------------------------------------------------------

static bool run_from_page(KrHeap *h, unsigned c, size_t n) {
    KrPage *page = &h->cells.page[n];
    size_t from = kr_bits_find(page->alloc, 0, page->cells, false);
    if (from == page->cells) return false;
    size_t to = kr_bits_find(page->alloc, from, page->cells, true);
    if (h->hook || h->locked) to = from + 1;
    kr_bits_set(page->alloc, from, to);
    if (h->phase == KR_GC_MARK) mark_cells(h, page, from, to);
    size_t size = page->cell_size;
    h->cells.run[c].bump = page_address(h, n) + from * size;
    h->cells.run[c].end = page_address(h, n) + to * size;
    kr_show(h->cells.run[c].bump, (to - from) * size);
    if (page->dirty) memset(h->cells.run[c].bump, 0, (to - from) * size);
    kr_hide_cells(h->cells.run[c].bump, h->cells.run[c].end, size);
    h->debt += (to - from) * size;
    h->stats.allocated += (to - from) * size;
    return true;
}

static bool run_from_list(KrHeap *h, unsigned c) {
    while (h->cells.list[c]) {
        size_t n = h->cells.list[c] - 1;
        if (run_from_page(h, c, n)) return true;
        h->cells.list[c] = h->cells.page[n].next;
        h->cells.page[n].listed = 0;
    }
    return false;
}

enum { KR_SPARING = 32 }; // the first pages: many classes have little in them

static bool run_from_fresh_page(KrHeap *h, unsigned c) {
    size_t n = take_pages(h, 1);
    if (n == SIZE_MAX) return false;
    page_claim(h, n, KR_PAGE_SMALL);
    KrPage *page = &h->cells.page[n];
    if (!page->dirty) kr_port_memory_soon(page_address(h, n), n < KR_SPARING ? KR_PAGE_SIZE / 4 : KR_PAGE_SIZE);
    page->size_class = (uint8_t)c;
    page->cell_size = class_size[c];
    page->cells = (uint16_t)(KR_PAGE_SIZE / page->cell_size);
    page->reciprocal = (uint32_t)(((uint64_t)1 << 32) / page->cell_size + 1);
    list_page(h, n);
    return run_from_page(h, c, n);
}

static bool next_run(KrHeap *h, unsigned c) {
    if (run_from_list(h, c)) return true;
    if (h->phase == KR_GC_SWEEP) kr_cells_sweep(h, 32);
    if (run_from_list(h, c) || run_from_fresh_page(h, c)) return true;
    while (h->phase == KR_GC_SWEEP) { // the heap is full but for what is still to be swept
        kr_cells_sweep(h, 32);
        if (run_from_list(h, c) || run_from_fresh_page(h, c)) return true;
    }
    return false;
}

enum { KR_LEAF_PART = 4, KR_MUCH_MEMORY = 32, KR_HUGE_FROM = 4 << 20 };

// What a large object counts for on the way to the next cycle. Bytes and texts hold nothing that a cycle would have to look at: while they are
// a small part of the memory that there may be, a cycle for every few of them would cost more than the memory is worth.
static size_t large_debt(const KrHeap *h, const KrShape *shape, size_t size) {
    return !shape->type->trace && h->taken + h->external < h->cap / KR_MUCH_MEMORY ? size / KR_LEAF_PART : size;
}

static void *alloc_large(KrHeap *h, const KrShape *shape, size_t size) {
    if (size > h->cap) return NULL;
    size_t count = (size + KR_PAGE_SIZE - 1) >> KR_PAGE_SHIFT, n = take_pages(h, count);
    if (n == SIZE_MAX) return NULL;
    for (size_t i = n; i < n + count; i++) {
        page_claim(h, i, i == n ? KR_PAGE_LARGE : KR_PAGE_TAIL);
        h->cells.page[i].span = (uint32_t)(i == n ? count : i - n);
    }
    kr_show(page_address(h, n), count << KR_PAGE_SHIFT);
    if (size >= KR_HUGE_FROM) kr_port_memory_large(page_address(h, n), size);
    bool whole = h->whole || shape == &kr_str_type.shape || shape == &kr_str_buffer_type.shape;
    size_t clean = whole ? 0 : count < KR_CLEAN_AT_ONCE ? count : KR_CLEAN_AT_ONCE;
    clean_pages(h, n, clean);
    kr_hide(page_address(h, n) + size, (count << KR_PAGE_SHIFT) - size);
    KrPage *page = &h->cells.page[n];
    page->cells = 1;
    page->alloc[0] = 1;
    if (h->phase == KR_GC_MARK) mark_cells(h, page, 0, 1);
    for (size_t i = n; i < n + (whole ? count : clean); i++) h->cells.page[i].dirty = 1;
    h->debt += large_debt(h, shape, count << KR_PAGE_SHIFT);
    h->stats.allocated += count << KR_PAGE_SHIFT;
    KrObject *o = (KrObject *)page_address(h, n);
    o->shape = shape;
    return o;
}

bool kr_cells_clean(KrHeap *h, const void *object, size_t size, size_t *done) {
    size_t n = (size_t)((const char *)object - h->cells.base) >> KR_PAGE_SHIFT, from = *done ? *done >> KR_PAGE_SHIFT : KR_CLEAN_AT_ONCE;
    const KrPage *page = &h->cells.page[n];
    if (page->kind != KR_PAGE_LARGE || from >= page->span || ((const KrObject *)object)->shape == &kr_str_type.shape ||
        ((const KrObject *)object)->shape == &kr_str_buffer_type.shape)
        return false;
    size_t to = page->span - from < KR_CLEAN_AT_ONCE ? page->span : from + KR_CLEAN_AT_ONCE;
    kr_show(page_address(h, n + from), (to - from) << KR_PAGE_SHIFT);
    clean_pages(h, n + from, to - from);
    if (to == page->span) kr_hide((const char *)object + size, ((size_t)page->span << KR_PAGE_SHIFT) - size);
    for (size_t i = n + from; i < n + to; i++) h->cells.page[i].dirty = 1;
    *done = to << KR_PAGE_SHIFT;
    return true;
}

void *kr_cells_take(KrHeap *h, const KrShape *shape, size_t size) {
    if (size + KR_GUARD > KR_SMALL_MAX) return alloc_large(h, shape, size);
    unsigned c = h->cells.class_table[(size + KR_GUARD + KR_GRANULE - 1) / KR_GRANULE];
    if (h->cells.run[c].bump == h->cells.run[c].end && !next_run(h, c)) return NULL;
    KrObject *o = (KrObject *)h->cells.run[c].bump;
    h->cells.run[c].bump += class_size[c];
    kr_show(o, size);
    o->shape = shape;
    return o;
}

// What is left of the runs that are allocated from counts as handed out: it is born marked.
void kr_cells_begin_cycle(KrHeap *h) {
    h->cells.epoch++;
    for (unsigned c = 0; c < KR_CLASS_MAX; c++) {
        KrRun *run = &h->cells.run[c];
        if (run->bump == run->end) continue;
        KrPage *page = &h->cells.page[(size_t)(run->bump - h->cells.base) >> KR_PAGE_SHIFT];
        size_t from = kr_page_index(&h->cells, page, run->bump);
        mark_cells(h, page, from, from + (size_t)(run->end - run->bump) / page->cell_size);
    }
}

void kr_cells_slow(KrHeap *h) { memset(h->cells.run, 0, sizeof h->cells.run); } // what is left in the runs comes back with the next sweep

void kr_cells_idle(KrHeap *h) {
    if (kr_cells_trimming(&h->cells)) trim(h);
}

void kr_cells_give_back(KrHeap *h) {
    h->cells.trim_end = 0;
    h->cells.trim_next = h->cells.page_used;
}

void *kr_alloc(KrVm *vm, const KrShape *shape, size_t size) {
    if (!KR_GC_STRESS && KR_LIKELY(size <= KR_SMALL_MAX)) {
        unsigned c = vm->heap.cells.class_table[(size + KR_GRANULE - 1) / KR_GRANULE];
        KrRun *run = &vm->heap.cells.run[c];
        char *p = run->bump;
        if (KR_LIKELY(p != run->end)) {
            run->bump = p + class_size[c];
            ((KrObject *)p)->shape = shape;
            return p;
        }
    }
    return kr_heap_alloc_slow(vm, shape, size);
}

size_t kr_heap_cell_size(KrVm *vm, const void *object) {
    const KrCells *c = &vm->heap.cells;
    if (!kr_cells_contain(c, object)) return 0;
    const KrPage *page = &c->page[(size_t)((const char *)object - c->base) >> KR_PAGE_SHIFT];
    return page->kind == KR_PAGE_SMALL ? page->cell_size : (size_t)page->span << KR_PAGE_SHIFT;
}

bool kr_cells_each(KrHeap *h, bool marked, KrVisit *visit, void *context) {
    for (size_t n = 0; n < h->cells.page_used; n++) {
        KrPage *page = &h->cells.page[n];
        if ((page->kind != KR_PAGE_SMALL && page->kind != KR_PAGE_LARGE) || (marked && page->epoch != h->cells.epoch)) continue;
        const uintptr_t *bits = marked ? page->mark : page->alloc;
        for (size_t i = kr_bits_find(bits, 0, page->cells, true); i < page->cells; i = kr_bits_find(bits, i + 1, page->cells, true)) {
            KrObject *o = (KrObject *)(page_address(h, n) + i * page->cell_size);
            if (o->shape && !visit(context, o)) return false;
        }
    }
    return true;
}

#endif
