// heap_block.c - blocks of granules in a fixed region: best fit, and sweeping. The layout is described in heap_block.h.
// SPDX-License-Identifier: MIT
#include "object/heap.h"

#if KR_BLOCK_HEAP
#include "object/collector.h"
#include "object/object.h"
#include "object/vm_state.h"
#include "port.h"

enum { SWEEP_WORDS = 32 }; // of heads, where an allocation finds nothing in what is swept
enum {
    STEP_BYTES = 256,
    LEAST_REST = 2
}; // taken between two slices of marking or sweeping; granules that a cut may leave: the smallest object

// Memory that the collector does not own is a block too: one of this type, which sweeping leaves alone.
const KrType kr_side_type = { KR_TYPE_HEAD(kr_side_type), .name = "side" };

// ---- Blocks --------------------------------------------------------------------------------------------------------------------

static uintptr_t *word_at(const KrCells *c, size_t granule) { return (uintptr_t *)(void *)(c->base + granule * KR_GRANULE); }
static bool is_free(const KrCells *c, size_t head) { return *word_at(c, head) & 1; }
static void set_head(KrCells *c, size_t granule) { c->head[granule / KR_BIT_WORD] |= (uintptr_t)1 << granule % KR_BIT_WORD; }

size_t kr_block_end(const KrCells *c, size_t granule) {
    size_t w = ++granule / KR_BIT_WORD, words = c->count / KR_BIT_WORD;
    if (w >= words) return c->count;
    uintptr_t heads = c->head[w] >> granule % KR_BIT_WORD;
    if (heads) return granule + (size_t)__builtin_ctzl(heads);
    while (++w < words)
        if (c->head[w]) return w * KR_BIT_WORD + (size_t)__builtin_ctzl(c->head[w]);
    return c->count;
}

KrObject *kr_cell_at(const KrCells *c, const char *p) {
    if (!kr_cells_contain(c, p)) return NULL;
    size_t i = (size_t)(p - c->base) / KR_GRANULE, w = i / KR_BIT_WORD;
    uintptr_t heads = c->head[w] << (KR_BIT_WORD - 1 - i % KR_BIT_WORD);
    if (heads) {
        i -= (size_t)__builtin_clzl(heads);
    } else {
        do heads = c->head[--w];
        while (!heads);
        i = w * KR_BIT_WORD + KR_BIT_WORD - 1 - (size_t)__builtin_clzl(heads);
    }
    KrObject *o = (KrObject *)(void *)word_at(c, i);
    return is_free(c, i) || o->shape == &kr_side_type.shape ? NULL : o;
}

// ---- Free runs -----------------------------------------------------------------------------------------------------------------

// Bins of runs by length: one for each up to KR_EXACT_BINS granules, then four for each doubling.
static unsigned bin_of(size_t n) {
    if (n <= KR_EXACT_BINS) return (unsigned)n;
    unsigned log = KR_BIT_WORD - 1 - (unsigned)__builtin_clzl(n), bin = KR_EXACT_BINS + 1 + (log - 5) * 4 + (unsigned)(n >> (log - 2) & 3);
    return bin < KR_BIN_COUNT ? bin : KR_BIN_COUNT - 1;
}

static uint32_t next_run(const KrCells *c, uint32_t run) { return (uint32_t)(*word_at(c, run - 1) >> 1); }
static void link_run(const KrCells *c, uint32_t run, uint32_t next) { *word_at(c, run - 1) = (uintptr_t)next << 1 | 1; }
static size_t run_length(const KrCells *c, uint32_t run, unsigned bin) { return bin <= KR_EXACT_BINS ? bin : *word_at(c, run); }

static void add_run(KrCells *c, size_t at, size_t n) {
    if (!n) return;
    unsigned bin = bin_of(n);
    set_head(c, at);
    link_run(c, (uint32_t)at + 1, c->bin[bin]);
    if (n > 1) *word_at(c, at + 1) = n;
    c->bin[bin] = (uint32_t)at + 1;
    c->filled[bin / 32] |= 1u << bin % 32;
}

static void remove_run(KrCells *c, unsigned bin, uint32_t run, uint32_t before) {
    if (before) link_run(c, before, next_run(c, run));
    else c->bin[bin] = next_run(c, run);
    if (!c->bin[bin]) c->filled[bin / 32] &= ~(1u << bin % 32);
}

static unsigned next_bin(const KrCells *c, unsigned bin) { // that is not empty; KR_BIN_COUNT: none
    for (unsigned w = bin / 32; w < KR_BIN_COUNT / 32; w++) {
        uint32_t filled = c->filled[w];
        if (w == bin / 32) filled &= ~(uint32_t)0 << bin % 32;
        if (filled) return w * 32 + (unsigned)__builtin_ctz(filled);
    }
    return KR_BIN_COUNT;
}

// Takes the shortest run of a bin that has n granules, and leaves none or `rest` at least. 0: there is none.
static uint32_t take_from_bin(KrCells *c, unsigned bin, size_t n, size_t rest) {
    uint32_t best = 0, before_best = 0;
    size_t length = SIZE_MAX;
    if (bin <= KR_EXACT_BINS) { // all are as long
        if (bin != n && bin - n < rest) return 0;
        remove_run(c, bin, best = c->bin[bin], 0);
        return best;
    }
    for (uint32_t run = c->bin[bin], before = 0; run && length != n; before = run, run = next_run(c, run)) {
        size_t have = run_length(c, run, bin);
        if (have < n || have >= length || (have != n && have - n < rest)) continue;
        best = run;
        before_best = before;
        length = have;
    }
    if (best) remove_run(c, bin, best, before_best);
    return best;
}

static size_t take_run(KrCells *c, size_t n, size_t rest) {
    for (unsigned bin = next_bin(c, bin_of(n)); bin < KR_BIN_COUNT; bin = next_bin(c, bin + 1)) {
        uint32_t run = take_from_bin(c, bin, n, rest);
        if (!run) continue;
        size_t at = run - 1;
        add_run(c, at + n, run_length(c, run, bin) - n);
        return at;
    }
    return rest ? take_run(c, n, 0) : SIZE_MAX;
}

// The longest run is for small objects while much of the heap is free; a quarter of the heap goes to the lists in the end. (With less left,
// packing matters more: `make frag`.)
static void choose_wild(KrCells *c) {
    size_t best = 0, at = 0;
    for (unsigned bin = next_bin(c, bin_of(c->count / 8 * 3)); bin < KR_BIN_COUNT; bin = next_bin(c, bin + 1))
        for (uint32_t run = c->bin[bin]; run; run = next_run(c, run))
            if (run_length(c, run, bin) > best) best = run_length(c, run, bin), at = run;
    c->wild = c->wild_end = 0;
    if (best < c->count / 8 * 3 || best <= KR_EXACT_BINS) return;
    unsigned bin = bin_of(best);
    uint32_t before = 0;
    for (uint32_t run = c->bin[bin]; run != at; run = next_run(c, run)) before = run;
    remove_run(c, bin, (uint32_t)at, before);
    c->wild = at - 1;
    c->wild_end = at - 1 + best;
}

static size_t take_wild(KrCells *c, size_t n) {
    size_t at = c->wild;
    c->wild += n;
    if (c->wild_end - c->wild > c->count / 4) {
        set_head(c, c->wild);
        link_run(c, (uint32_t)c->wild + 1, 0);
    } else {
        add_run(c, c->wild, c->wild_end - c->wild);
        c->wild = c->wild_end;
    }
    return at;
}

// ---- Taking --------------------------------------------------------------------------------------------------------------------

bool kr_cells_init(KrHeap *h, size_t cap) {
    KrCells *c = &h->cells;
    c->region_size = cap;
    c->region = kr_port_memory(&c->region_size);
    if (!c->region) return false;
    size_t pairs = c->region_size / (2 * KR_BIT_WORD * KR_GRANULE + 3 * sizeof(uintptr_t)); // of words of `head`, with one of `mark`
    c->mark = c->region;
    c->head = c->mark + pairs;
    c->base = (char *)(c->head + 2 * pairs);
    c->count = 2 * pairs * KR_BIT_WORD;
    h->cap = c->count * KR_GRANULE;
    c->step_at = KR_LEAST_THRESHOLD;
    if (c->count) add_run(c, 0, c->count);
    choose_wild(c);
    return c->count != 0;
}

void kr_cells_free(KrHeap *h) {
    if (h->cells.region) kr_port_memory_free(h->cells.region, h->cells.region_size);
    h->cells.region = NULL;
}

static size_t find_run(KrHeap *h, size_t n) {
    KrCells *c = &h->cells;
    if (h->taken + h->external + n * KR_GRANULE > h->cap) return SIZE_MAX;
    size_t at = n <= KR_EXACT_BINS && c->wild_end - c->wild > n ? take_wild(c, n) : take_run(c, n, LEAST_REST);
    if (at == SIZE_MAX && c->wild != c->wild_end) at = c->wild_end - c->wild > n ? take_wild(c, n) : SIZE_MAX;
    return at;
}

static size_t granules(size_t size) { return size <= 2 * KR_GRANULE ? 2 : (size + KR_GRANULE - 1) / KR_GRANULE; }

static KR_ALWAYS_INLINE KrObject *make(KrHeap *h, const KrShape *shape, size_t at, size_t n) {
    KrCells *c = &h->cells;
    c->last = at;
    h->taken += n * KR_GRANULE;
    h->debt += n * KR_GRANULE;
    h->stats.allocated += n * KR_GRANULE;
    KrObject *o = (KrObject *)(void *)word_at(c, at);
    if (n <= 4)
        for (size_t i = 1; i < n; i++) *word_at(c, at + i) = 0;
    else memset(o, 0, n * KR_GRANULE);
    o->shape = shape;
    if (h->phase == KR_GC_MARK) kr_cell_mark(c, o);
    return o;
}

void *kr_cells_take(KrHeap *h, const KrShape *shape, size_t size) {
    size_t n = granules(size), at;
    if (size > h->cap) return NULL;
    while ((at = find_run(h, n)) == SIZE_MAX)
        if (h->phase != KR_GC_SWEEP) return NULL;
        else kr_cells_sweep(h, SWEEP_WORDS);
    return make(h, shape, at, n);
}

bool kr_cells_clean(KrHeap *h, const void *object, size_t size, size_t *done) {
    return (void)h, (void)object, (void)size, (void)done, false;
}

void *kr_alloc(KrVm *vm, const KrShape *shape, size_t size) {
    KrHeap *h = &vm->heap;
    if (!KR_GC_STRESS && KR_LIKELY(h->debt < h->cells.step_at)) {
        size_t n = granules(size);
        bool wild = n <= KR_EXACT_BINS && h->cells.wild_end - h->cells.wild > n && h->taken + h->external + n * KR_GRANULE <= h->cap;
        void *p = KR_LIKELY(wild) ? make(h, shape, take_wild(&h->cells, n), n) : kr_cells_take(h, shape, size);
        if (KR_LIKELY(p != NULL)) return p;
    }
    return kr_heap_alloc_slow(vm, shape, size);
}

void *kr_side_alloc(KrVm *vm, size_t *size) {
    char *p = kr_cells_take(&vm->heap, &kr_side_type.shape, *size + KR_GRANULE);
    if (!p && !vm->heap.busy && vm->heap.stack.item) {
        kr_collect(vm);
        p = kr_cells_take(&vm->heap, &kr_side_type.shape, *size + KR_GRANULE);
    }
    return p ? p + KR_GRANULE : NULL;
}

static bool is_swept(const KrCells *c, size_t granule) {
    size_t words = c->count / KR_BIT_WORD;
    return (granule / KR_BIT_WORD + words - c->sweep_from) % words < c->sweep_next;
}

void kr_side_free(KrVm *vm, void *p, size_t size) {
    (void)size;
    KrCells *c = &vm->heap.cells;
    size_t at = (size_t)((char *)p - c->base) / KR_GRANULE - 1, end = kr_block_end(c, at), n = end - at;
    // What is free may be taken and cut, which must not make heads where the sweep has still to come.
    while (vm->heap.phase == KR_GC_SWEEP && is_swept(c, at) && !is_swept(c, end - 1)) kr_cells_sweep(&vm->heap, SWEEP_WORDS);
    if (vm->heap.phase == KR_GC_SWEEP && !is_swept(c, at)) {
        link_run(c, (uint32_t)at + 1, 0); // the sweep will come upon it
        return;
    }
    vm->heap.taken -= n * KR_GRANULE;
    add_run(c, at, n); // the next sweep joins it with its neighbours
}

// ---- Cycles --------------------------------------------------------------------------------------------------------------------

void kr_cells_begin_cycle(KrHeap *h) { (void)h; } // the last sweep left no marks

#define PATTERN(width) (~(uintptr_t)0 / (((uintptr_t)1 << (width)) + 1)) // the lower `width` of each 2 * width bits

// Of a word of heads, the blocks whose objects are marked. A mark bit is for a pair of granules: where both are heads, the first is a free granule.
static uintptr_t marked_heads(const KrCells *c, size_t w, uintptr_t heads) {
    uintptr_t m = c->mark[w / 2] >> w % 2 * (KR_BIT_WORD / 2) & PATTERN(KR_BIT_WORD / 2);
    if (KR_BIT_WORD == 64) m = (m | m << KR_BIT_WORD / 4) & PATTERN(KR_BIT_WORD / 4);
    m = (m | m << 8) & PATTERN(8);
    m = (m | m << 4) & PATTERN(4);
    m = (m | m << 2) & PATTERN(2);
    m = (m | m << 1) & PATTERN(1);
    return heads & (m | m << 1) & ~(heads & heads >> 1 & PATTERN(1));
}

static void free_run(KrHeap *h, size_t at, size_t end) {
    if (KR_DEBUG) memset(word_at(&h->cells, at), 0xDB, (end - at) * KR_GRANULE);
    add_run(&h->cells, at, end - at);
    h->taken -= (end - at) * KR_GRANULE;
}

// How many words of heads from w on, `most` at most, have nothing that dies.
static KR_NOINLINE size_t alive_words(const KrCells *c, size_t w, size_t most) {
    size_t at = w, end = w + most;
    while (at < end && marked_heads(c, at, c->head[at]) == c->head[at]) at++;
    return at - w;
}

// Sweeps a word of heads; run, in and out: where the free run began that reaches to here; SIZE_MAX: there is none.
static void sweep_word(KrHeap *h, size_t w, size_t *run) {
    KrCells *c = &h->cells;
    uintptr_t heads = c->head[w];
    if (!heads) return;
    uintptr_t alive = marked_heads(c, w, heads), gone = 0;
    for (uintptr_t left = heads & ~alive; left; left &= left - 1) {
        const KrObject *o = (const KrObject *)(const void *)word_at(c, w * KR_BIT_WORD + (size_t)__builtin_ctzl(left));
        if (o->shape == &kr_side_type.shape) alive |= left & -left;
    }
    for (uintptr_t dead = heads & ~alive; dead || *run != SIZE_MAX;) {
        if (*run == SIZE_MAX) {
            *run = w * KR_BIT_WORD + (size_t)__builtin_ctzl(dead);
            alive &= ~((dead & -dead) - 1);
            dead &= dead - 1;
        }
        uintptr_t before = (alive & -alive) - 1; // all bits, where nothing alive follows
        gone |= dead & before;
        dead &= ~before;
        if (!alive) break;
        free_run(h, *run, w * KR_BIT_WORD + (size_t)__builtin_ctzl(alive));
        *run = SIZE_MAX;
    }
    c->head[w] &= ~gone;
}

// What was taken last died most likely: the sweep begins there, and goes round.
void kr_cells_sweep_begin(KrHeap *h) {
    KrCells *c = &h->cells;
    memset(c->bin, 0, sizeof c->bin);
    memset(c->filled, 0, sizeof c->filled);
    c->wild = c->wild_end = c->sweep_next = 0;
    c->sweep_from = c->last / KR_BIT_WORD;
    h->taken = c->count * KR_GRANULE;
    h->phase = KR_GC_SWEEP;
    kr_cells_idle(h);
}

// Sweeps up to `count` words of heads, and on to where no free run is open; false when all are swept.
bool kr_cells_sweep(KrHeap *h, size_t count) {
    KrCells *c = &h->cells;
    if (h->phase != KR_GC_SWEEP) return false;
    size_t words = c->count / KR_BIT_WORD, next = c->sweep_next, end = count < words - next ? next + count : words, run = SIZE_MAX;
    size_t w = c->sweep_from + next < words ? c->sweep_from + next : c->sweep_from + next - words;
    while (next < end || (run != SIZE_MAX && next < words)) {
        size_t some = run == SIZE_MAX ? alive_words(c, w, end - next < words - w ? end - next : words - w) : 0;
        if (!some) sweep_word(h, w, &run), some = 1;
        next += some;
        if ((w += some) < words) continue;
        if (run != SIZE_MAX) free_run(h, run, c->count);
        run = SIZE_MAX, w = 0;
    }
    if (run != SIZE_MAX) free_run(h, run, c->sweep_from ? kr_block_end(c, c->sweep_from * KR_BIT_WORD - 1) : c->count);
    c->sweep_next = next;
    if (next < words) return true;
    memset(c->mark, 0, c->count / 2 / 8);
    choose_wild(c);
    h->phase = KR_GC_IDLE;
    kr_heap_pace(h, h->taken);
    kr_cells_idle(h);
    return false;
}

void kr_cells_slow(KrHeap *h) { h->cells.step_at = 0; }

void kr_cells_give_back(KrHeap *h) { (void)h; } // a fixed region
void kr_cells_idle(KrHeap *h) {
    h->cells.step_at = h->hook || h->locked ? 0 : h->phase != KR_GC_IDLE ? h->debt + STEP_BYTES : h->threshold;
}

size_t kr_heap_cell_size(KrVm *vm, const void *object) {
    const KrCells *c = &vm->heap.cells;
    if (!kr_cells_contain(c, object)) return 0;
    size_t at = (size_t)((const char *)object - c->base) / KR_GRANULE;
    return (kr_block_end(c, at) - at) * KR_GRANULE;
}

bool kr_cells_each(KrHeap *h, bool marked, KrVisit *visit, void *context) {
    KrCells *c = &h->cells;
    for (size_t at = 0; at < c->count; at = kr_block_end(c, at)) {
        KrObject *o = (KrObject *)(void *)word_at(c, at);
        if (is_free(c, at) || o->shape == &kr_side_type.shape || (marked && !kr_cell_is_marked(c, o))) continue;
        if (!visit(context, o)) return false;
    }
    return true;
}
#endif
