// heap.c - allocation: pages, runs, sweeping. The collector's marking half is in collector.c.
//
// A page is swept (its `alloc` bits replaced by the `mark` bits of the finished cycle) at most once a cycle, lazily, and all pages are swept
// before the next cycle starts. Bits of a page whose epoch is not the heap's are those of an older cycle: nothing was marked there.
// SPDX-License-Identifier: MIT
#include "object/heap.h"

#include "object/collector.h"
#include "object/slots.h"
#include "object/str.h"
#include "object/vm_state.h"
#include "port.h"

#if KR_DEVICE
#define KR_MIN_THRESHOLD (8 * 1024)
#define KR_PAGE_ALIGN    KR_GRANULE
#else
#define KR_MIN_THRESHOLD (4096 * 1024)
#define KR_PAGE_ALIGN    KR_PAGE_SIZE
#endif

#define G KR_GRANULE
#if KR_DEVICE
const uint16_t kr_class_size[KR_CLASS_MAX] = { 0,      G,      2 * G,  3 * G,  4 * G,  5 * G,  6 * G,  7 * G, 8 * G,
                                               9 * G, 10 * G, 11 * G, 12 * G, 13 * G, 14 * G, 15 * G, 16 * G, 21 * G, 32 * G };
#else
const uint16_t kr_class_size[KR_CLASS_MAX] = { 0,      G,      2 * G,  3 * G,  4 * G,  5 * G,  6 * G,  7 * G,  8 * G,   10 * G,  12 * G, 14 * G,
                                               16 * G, 20 * G, 24 * G, 28 * G, 32 * G, 40 * G, 48 * G, 56 * G, 64 * G, 80 * G, 102 * G,
                                               128 * G, 170 * G, 204 * G, 256 * G };
#endif
#undef G

// The smallest class that holds `granules`.
static unsigned class_of(size_t granules) {
    unsigned c = granules <= 8 ? (unsigned)granules : 8;
    while (kr_class_size[c] < granules * KR_GRANULE) c++;
    return c;
}

static size_t page_of(const KrHeap *h, const void *p) { return (size_t)((const char *)p - h->base) >> KR_PAGE_SHIFT; }
static char *page_address(const KrHeap *h, size_t n) { return h->base + (n << KR_PAGE_SHIFT); }

bool kr_heap_contains(KrVm *vm, const void *p) { return (uintptr_t)p - (uintptr_t)vm->heap.base < vm->heap.page_count << KR_PAGE_SHIFT; }

bool kr_heap_init(KrVm *vm, size_t cap) {
    KrHeap *h = &vm->heap;
    size_t size = cap + cap / 8 + 4 * KR_PAGE_SIZE;
    size += size / KR_PAGE_SIZE * sizeof(KrPage);
    h->region = kr_port_memory(&size);
    if (!h->region) return false;
    h->region_size = size;
    h->page_count = (size - KR_PAGE_ALIGN) / (KR_PAGE_SIZE + sizeof(KrPage));
    h->page = (KrPage *)h->region;
    h->base = (char *)(((uintptr_t)(h->page + h->page_count) + KR_PAGE_ALIGN - 1) & ~(uintptr_t)(KR_PAGE_ALIGN - 1));
    h->cap = cap < h->page_count << KR_PAGE_SHIFT ? cap : h->page_count << KR_PAGE_SHIFT;
    h->page_limit = h->page_count;
    h->epoch = 1;
    h->enabled = true;
    h->threshold = KR_MIN_THRESHOLD;
    for (size_t n = 0; n <= KR_SMALL_MAX / KR_GRANULE; n++) h->class_table[n] = (uint8_t)class_of(n < KR_CELL_MIN / KR_GRANULE ? KR_CELL_MIN / KR_GRANULE : n);
    return kr_mark_stack_init(vm);
}

void kr_heap_free(KrVm *vm) {
    KrHeap *h = &vm->heap;
    kr_mark_stack_free(vm);
    if (h->region) kr_port_memory_free(h->region, h->region_size);
    h->region = h->base = NULL, h->page = NULL;
}

// ---- Bits ----------------------------------------------------------------------------------------------------------------------

// First bit in [from, limit) that is `want`; limit if there is none.
static size_t find_bit(const uintptr_t *bits, size_t from, size_t limit, bool want) {
    while (from < limit) {
        uintptr_t word = bits[from / KR_BIT_WORD];
        if (!want) word = ~word;
        word >>= from % KR_BIT_WORD;
        if (word) {
            from += (size_t)__builtin_ctzl(word);
            return from < limit ? from : limit;
        }
        from += KR_BIT_WORD - from % KR_BIT_WORD;
    }
    return limit;
}

static void set_bits(uintptr_t *bits, size_t from, size_t to) {
    while (from < to) {
        size_t at = from % KR_BIT_WORD, count = KR_BIT_WORD - at;
        if (count > to - from) count = to - from;
        uintptr_t mask = count == KR_BIT_WORD ? ~(uintptr_t)0 : (((uintptr_t)1 << count) - 1) << at;
        bits[from / KR_BIT_WORD] |= mask;
        from += count;
    }
}

void kr_page_mark_cells(KrHeap *h, KrPage *page, size_t from, size_t to) {
    if (page->epoch != h->epoch) {
        memset(page->mark, 0, sizeof page->mark);
        page->epoch = h->epoch;
    }
    set_bits(page->mark, from, to);
}

// ---- Pages ---------------------------------------------------------------------------------------------------------------------

static bool page_is_free(const KrHeap *h, size_t n) { return h->page[n].kind == KR_PAGE_FREE; }

// First fit from the hint, wrapping once. Free pages beyond page_used have never been touched.
static size_t find_pages(KrHeap *h, size_t count) {
    for (int pass = 0; pass < 2; pass++) {
        size_t n = pass ? 0 : h->free_hint;
        while (n + count <= h->page_limit) {
            size_t run = 0;
            while (run < count && page_is_free(h, n + run)) run++;
            if (run == count) return n;
            n += run + 1;
        }
    }
    return SIZE_MAX;
}

static void page_claim(KrHeap *h, size_t n, uint8_t kind) {
    KrPage *page = &h->page[n];
    page->kind = kind;
    page->epoch = page->swept = h->epoch;
    page->listed = 0;
    page->next = 0;
    memset(page->mark, 0, sizeof page->mark);
    memset(page->alloc, 0, sizeof page->alloc);
}

static size_t take_pages(KrHeap *h, size_t count) {
    if (count > h->page_limit || (h->pages_taken + count) * KR_PAGE_SIZE + h->external > h->cap) return SIZE_MAX;
    size_t n = find_pages(h, count);
    if (n == SIZE_MAX) return n;
    h->pages_taken += count;
    h->free_hint = n + count;
    if (h->page_used < n + count) h->page_used = n + count;
    return n;
}

static void free_pages(KrHeap *h, size_t n, size_t count) {
    for (size_t i = n; i < n + count; i++) {
        h->page[i].kind = KR_PAGE_FREE;
        h->page[i].dirty = 1;
        h->page[i].listed = 0;
    }
    h->pages_taken -= count;
    if (n < h->free_hint) h->free_hint = n;
}

static void clean_pages(KrHeap *h, size_t n, size_t count) {
    for (size_t i = n; i < n + count; i++) {
        if (h->page[i].dirty) memset(page_address(h, i), 0, KR_PAGE_SIZE);
        h->page[i].dirty = 0;
    }
}

// Pages for a block that is not collected.
void *kr_heap_reserve(KrHeap *h, size_t count) {
    size_t n = take_pages(h, count);
    if (n == SIZE_MAX) return NULL;
    for (size_t i = n; i < n + count; i++) page_claim(h, i, KR_PAGE_RESERVED);
    clean_pages(h, n, count);
    return page_address(h, n);
}

void kr_heap_unreserve(KrHeap *h, void *from, size_t count) { free_pages(h, page_of(h, from), count); }

enum { KR_TRIM_SCAN = 256, KR_TRIM_LEAST = 16, KR_TRIM_MOST = 32, KR_TRIM_KEEP = 1024 }; // pages looked at in a step; given back at once

// Only when much more is free than the program will soon want again.
void kr_heap_trim(KrHeap *h) {
    if (h->page_used - h->pages_taken < h->pages_taken + KR_TRIM_KEEP) {
        h->trim_next = h->page_used;
        return;
    }
    size_t n = h->trim_next, end = n + KR_TRIM_SCAN < h->page_used ? n + KR_TRIM_SCAN : h->page_used;
    while (n < end) {
        size_t run = 0;
        while (n + run < h->page_used && run < KR_TRIM_MOST && page_is_free(h, n + run) && h->page[n + run].dirty) run++;
        if (run >= KR_TRIM_LEAST && kr_port_memory_idle(page_address(h, n), run << KR_PAGE_SHIFT)) {
            for (size_t i = n; i < n + run; i++) h->page[i].dirty = 0;
            h->trim_next = n + run;
            return;
        }
        n += run + 1;
    }
    h->trim_next = n;
}

// ---- Sweeping ------------------------------------------------------------------------------------------------------------------

static void list_page(KrHeap *h, size_t n) {
    KrPage *page = &h->page[n];
    if (page->listed) return;
    page->listed = 1;
    page->next = h->list[page->size_class];
    h->list[page->size_class] = (KrPageNumber)(n + 1);
}

static void poison_page(KrHeap *h, size_t n) {
#if KR_DEBUG
    KrPage *page = &h->page[n];
    for (size_t i = 0; i < page->cells; i++)
        if (!(page->mark[i / KR_BIT_WORD] >> i % KR_BIT_WORD & 1) && (page->alloc[i / KR_BIT_WORD] >> i % KR_BIT_WORD & 1))
            memset(page_address(h, n) + i * kr_page_cell_size(page), 0xDB, kr_page_cell_size(page));
#else
    (void)h, (void)n;
#endif
}

static void sweep_small(KrHeap *h, size_t n) {
    KrPage *page = &h->page[n];
    bool marked = page->epoch == h->epoch;
    if (!marked) memset(page->mark, 0, sizeof page->mark);
    poison_page(h, n);
    uintptr_t any = 0;
    size_t words = (page->cells + KR_BIT_WORD - 1) / KR_BIT_WORD, live = 0;
    for (size_t w = 0; w < words; w++) {
        any |= page->alloc[w] = page->mark[w];
        live += (size_t)__builtin_popcountl(page->mark[w]);
    }
    page->dirty = 1;
    if (page->listed) return; // it is being allocated from, or will be
    if (!any)
        free_pages(h, n, 1);
    else if (live < page->cells)
        list_page(h, n);
}

// Sweeps page n, if that is still to be done; returns how many pages it spans.
static size_t sweep_page(KrHeap *h, size_t n) {
    KrPage *page = &h->page[n];
    size_t span = page->kind == KR_PAGE_LARGE ? page->span : 1;
    if (page->kind == KR_PAGE_FREE || page->kind == KR_PAGE_RESERVED || page->swept == h->epoch) return span;
    page->swept = h->epoch;
    if (page->kind == KR_PAGE_SMALL) {
        sweep_small(h, n);
    } else if (page->kind == KR_PAGE_LARGE && (page->epoch != h->epoch || !(page->mark[0] & 1))) {
#if KR_DEBUG
        memset(page_address(h, n), 0xDB, span << KR_PAGE_SHIFT);
#endif
        free_pages(h, n, span);
    }
    return span;
}

// Sweeps up to `count` pages; false when all are swept.
bool kr_heap_sweep_some(KrHeap *h, size_t count) {
    while (count-- && h->sweep_next < h->page_used) h->sweep_next += sweep_page(h, h->sweep_next);
    if (h->sweep_next < h->page_used) return true;
    if (h->phase == KR_GC_SWEEP) h->phase = KR_GC_IDLE;
    return false;
}

void kr_heap_sweep_begin(KrHeap *h) {
    // Lists hold pages as they were: start anew, so that a page comes back on its list only once it is swept.
    for (unsigned c = 0; c < KR_CLASS_MAX; c++) {
        for (KrPageNumber link = h->list[c]; link; link = h->page[link - 1].next) h->page[link - 1].listed = 0;
        h->list[c] = 0;
    }
    h->sweep_next = h->trim_next = 0;
    h->phase = KR_GC_SWEEP;
}

// ---- Runs ----------------------------------------------------------------------------------------------------------------------

static bool run_from_page(KrHeap *h, unsigned c, size_t n) {
    KrPage *page = &h->page[n];
    size_t from = find_bit(page->alloc, 0, page->cells, false);
    if (from == page->cells) return false;
    size_t to = find_bit(page->alloc, from, page->cells, true);
    set_bits(page->alloc, from, to);
    if (h->phase == KR_GC_MARK) kr_page_mark_cells(h, page, from, to);
    size_t size = kr_page_cell_size(page);
    h->run[c].bump = page_address(h, n) + from * size;
    h->run[c].end = page_address(h, n) + to * size;
    if (page->dirty) memset(h->run[c].bump, 0, (to - from) * size);
    h->debt += (to - from) * size;
    h->stats.allocated += (to - from) * size;
    return true;
}

static bool run_from_list(KrHeap *h, unsigned c) {
    while (h->list[c]) {
        size_t n = h->list[c] - 1;
        if (run_from_page(h, c, n)) return true;
        h->list[c] = h->page[n].next;
        h->page[n].listed = 0;
    }
    return false;
}

#if KR_DEVICE
static void page_set_cell_size(KrPage *page, unsigned c) { page->size_class = (uint8_t)c; }
#else
static void page_set_cell_size(KrPage *page, unsigned c) {
    page->size_class = (uint8_t)c;
    page->cell_size = kr_class_size[c];
    page->reciprocal = (uint32_t)(((uint64_t)1 << 32) / page->cell_size + 1);
}
#endif

static bool run_from_fresh_page(KrHeap *h, unsigned c) {
    size_t n = take_pages(h, 1);
    if (n == SIZE_MAX) return false;
    page_claim(h, n, KR_PAGE_SMALL);
    KrPage *page = &h->page[n];
    page_set_cell_size(page, c);
    page->cells = (KrPageCells)(KR_PAGE_SIZE / kr_page_cell_size(page));
    list_page(h, n);
    return run_from_page(h, c, n);
}

static bool next_run(KrHeap *h, unsigned c) {
    if (run_from_list(h, c)) return true;
    if (h->phase == KR_GC_SWEEP) kr_heap_sweep_some(h, 32);
    if (run_from_list(h, c) || run_from_fresh_page(h, c)) return true;
    while (h->phase == KR_GC_SWEEP) { // the heap is full but for what is still to be swept
        kr_heap_sweep_some(h, 32);
        if (run_from_list(h, c) || run_from_fresh_page(h, c)) return true;
    }
    return false;
}

static void *alloc_large(KrHeap *h, const KrShape *shape, size_t size) {
    if (size > h->cap) return NULL;
    size_t count = (size + KR_PAGE_SIZE - 1) >> KR_PAGE_SHIFT, n = take_pages(h, count);
    if (n == SIZE_MAX) return NULL;
    for (size_t i = n; i < n + count; i++) {
        page_claim(h, i, i == n ? KR_PAGE_LARGE : KR_PAGE_TAIL);
        h->page[i].span = (KrPageNumber)(i == n ? count : i - n);
    }
    if (shape != &kr_str_type.shape) clean_pages(h, n, count); // text is written whole
    KrPage *page = &h->page[n];
    page->cells = 1;
    page->alloc[0] = 1;
    if (h->phase == KR_GC_MARK) kr_page_mark_cells(h, page, 0, 1);
    for (size_t i = n; i < n + count; i++) h->page[i].dirty = 1;
    h->debt += count << KR_PAGE_SHIFT;
    h->stats.allocated += count << KR_PAGE_SHIFT;
    KrObject *o = (KrObject *)page_address(h, n);
    o->shape = shape;
    return o;
}

static void *try_alloc(KrHeap *h, const KrShape *shape, size_t size) {
    if (size > KR_SMALL_MAX) return alloc_large(h, shape, size);
    unsigned c = h->class_table[(size + KR_GRANULE - 1) / KR_GRANULE];
    if (h->run[c].bump == h->run[c].end && !next_run(h, c)) return NULL;
    KrObject *o = (KrObject *)h->run[c].bump;
    h->run[c].bump += kr_class_size[c];
    o->shape = shape;
    return o;
}

// Out of runs, a large object, or a debug build that wants to see every allocation.
KR_NOINLINE void *kr_heap_alloc_slow(KrVm *vm, const KrShape *shape, size_t size) {
    KrHeap *h = &vm->heap;
    if (h->busy) kr_port_abort("allocation inside the collector");
#if KR_DEBUG
    h->allocations++;
    if (h->fail_at && (h->allocations == h->fail_at || (h->fail_sticky && h->allocations > h->fail_at))) return kr_raise_memory(vm), NULL;
    if (h->stress && h->enabled) kr_collect(vm);
#endif
    kr_spend(vm, size >> 9);
    kr_heap_step(vm, size);
    void *p = try_alloc(h, shape, size);
    if (!p && size <= h->cap) { // full: collect, and collect again since finalizers may have been the ones that held on
        kr_collect(vm);
        p = try_alloc(h, shape, size);
    }
    if (!p) return kr_spend(vm, 4 * KR_FUEL_SLICE), kr_raise_memory(vm), NULL;
    return p;
}

void *kr_alloc(KrVm *vm, const KrShape *shape, size_t size) {
#if !KR_DEBUG
    if (KR_LIKELY(size <= KR_SMALL_MAX)) {
        unsigned c = vm->heap.class_table[(size + KR_GRANULE - 1) / KR_GRANULE];
        KrRun *run = &vm->heap.run[c];
        char *p = run->bump;
        if (KR_LIKELY(p != run->end)) {
            run->bump = p + kr_class_size[c];
            ((KrObject *)p)->shape = shape;
            return p;
        }
    }
#endif
    return kr_heap_alloc_slow(vm, shape, size);
}

bool kr_charge(KrVm *vm, size_t bytes) {
    KrHeap *h = &vm->heap;
    if (bytes > h->cap || h->pages_taken * KR_PAGE_SIZE + h->external + bytes > h->cap) {
        kr_collect(vm);
        if (bytes > h->cap || h->pages_taken * KR_PAGE_SIZE + h->external + bytes > h->cap) return kr_fail(kr_raise_memory(vm));
    }
    h->external += bytes;
    h->debt += bytes;
    return true;
}

void kr_uncharge(KrVm *vm, size_t bytes) { vm->heap.external -= bytes < vm->heap.external ? bytes : vm->heap.external; }

size_t kr_heap_cell_size(KrVm *vm, const void *object) {
    const KrHeap *h = &vm->heap;
    if (!kr_heap_contains(vm, object)) return 0;
    const KrPage *page = &h->page[page_of(h, object)];
    return page->kind == KR_PAGE_SMALL ? kr_page_cell_size(page) : (size_t)page->span << KR_PAGE_SHIFT;
}

size_t kr_heap_free_bytes(const KrHeap *h) {
    size_t used = h->pages_taken * KR_PAGE_SIZE + h->external, bytes = used < h->cap ? h->cap - used : 0;
    for (size_t n = 0; n < h->page_used; n++) {
        const KrPage *page = &h->page[n];
        size_t taken = 0;
        if (page->kind != KR_PAGE_SMALL) continue;
        for (size_t w = 0; w < KR_PAGE_WORDS; w++) taken += (size_t)__builtin_popcountl(page->alloc[w]);
        bytes += (page->cells - taken) * kr_page_cell_size(page);
    }
    for (unsigned c = 0; c < KR_CLASS_MAX; c++) bytes += (size_t)(h->run[c].end - h->run[c].bump);
    return bytes;
}

void kr_heap_each(KrVm *vm, bool (*visit)(void *context, KrObject *object), void *context) {
    KrHeap *h = &vm->heap;
    for (size_t n = 0; n < h->page_used; n++) {
        KrPage *page = &h->page[n];
        if (page->kind != KR_PAGE_SMALL && page->kind != KR_PAGE_LARGE) continue;
        for (size_t i = find_bit(page->alloc, 0, page->cells, true); i < page->cells; i = find_bit(page->alloc, i + 1, page->cells, true)) {
            KrObject *o = (KrObject *)(page_address(h, n) + i * kr_page_cell_size(page));
            if (o->shape && !visit(context, o)) return;
        }
    }
}
