// collector.c - marking: snapshot at the beginning, in slices; roots, conservative scanning, finalizers.
//
// A cycle: start (roots are traced) -> slices (the mark stack is drained in proportion to what is allocated) -> finish (finalizers, weak
// references, tables) -> sweeping, in heap.c. Objects on the mark stack are marked and not traced yet; an entry with its lowest bit set
// is an array that has been traced in part, and the entry below it is the next index.
// SPDX-License-Identifier: MIT
#include "object/collector.h"

#include "object/block.h"
#include "object/shape.h"
#include "object/slots.h"
#include "object/vm_state.h"
#include "port.h"

enum { KR_SLICE_ITEMS = KR_DEVICE ? 32 : 512 }; // of a long array, at one time
enum { KR_STACK_LEAST = KR_DEVICE ? 128 : 256 };
enum { KR_SLICE_BYTES = 48 * 1024, KR_WORK_FACTOR = 3 };
static const void *const no_address = NULL;

enum { LEAST_THRESHOLD = KR_DEVICE ? 4 * 1024 : 4096 * 1024 }; // bytes to allocate before the next cycle

// ---- Mark stack ----------------------------------------------------------------------------------------------------------------

bool kr_mark_stack_init(KrVm *vm) {
    KrHeap *h = &vm->heap;
    size_t size = KR_DEVICE ? KR_PAGE_SIZE : h->page_count * KR_PAGE_SIZE / 32;
    if (size < KR_STACK_LEAST * sizeof(void *)) size = KR_STACK_LEAST * sizeof(void *);
    h->stack.item = kr_block_new(vm, &size);
    h->stack.room = size / sizeof(void *);
    return h->stack.item != NULL;
}

void kr_mark_stack_free(KrVm *vm) {
    KrHeap *h = &vm->heap;
    if (h->stack.item) kr_block_free(vm, h->stack.item, h->stack.room * sizeof(void *));
    h->stack.item = NULL;
}

static void push(KrHeap *h, KrObject *o) {
    if (h->stack.len < h->stack.room)
        h->stack.item[h->stack.len++] = o;
    else
        h->stack.overflow = true;
}

// ---- Marking -------------------------------------------------------------------------------------------------------------------

static bool mark_cell(KrHeap *h, KrPage *page, size_t i) {
    if (KR_UNLIKELY(page->epoch != h->epoch)) kr_page_mark_cells(h, page, 0, 0);
    uintptr_t bit = (uintptr_t)1 << i % KR_BIT_WORD, *word = &page->mark[i / KR_BIT_WORD];
    if (*word & bit) return false;
    *word |= bit;
    return true;
}

static size_t cell_index(const KrHeap *h, const KrPage *page, const void *p) {
    size_t offset = (size_t)((const char *)p - h->base) & (KR_PAGE_SIZE - 1);
    return kr_page_cell(page, offset);
}

static void mark(KrVm *vm, KrObject *o) {
    KrHeap *h = &vm->heap;
    size_t offset = (size_t)((const char *)o - h->base);
    if (offset >= h->page_count << KR_PAGE_SHIFT) return; // static
    KrPage *page = &h->page[offset >> KR_PAGE_SHIFT];
    KR_ASSERT(page->kind == KR_PAGE_SMALL || page->kind == KR_PAGE_LARGE);
    size_t i = page->kind == KR_PAGE_SMALL ? cell_index(h, page, o) : 0;
    KR_ASSERT(page->kind == KR_PAGE_LARGE || h->base + (offset & ~(KR_PAGE_SIZE - 1)) + i * kr_page_cell_size(page) == (char *)o);
    KR_ASSERT(page->alloc[i / KR_BIT_WORD] >> i % KR_BIT_WORD & 1);
    if (!mark_cell(h, page, i)) return;
    h->marked += page->kind == KR_PAGE_SMALL ? kr_page_cell_size(page) : (size_t)page->span << KR_PAGE_SHIFT;
    push(h, o);
}

void kr_trace_slow(KrTracer *tracer, KrValue value) {
    if (kr_ptr(value)) mark(tracer->vm, kr_ptr(value));
}

void kr_trace_object(KrTracer *tracer, const void *object) {
    if (object) mark(tracer->vm, (KrObject *)(uintptr_t)object);
}

void kr_store_shade(KrVm *vm, KrValue old) {
    if (kr_is_ptr(old) && kr_ptr(old)) mark(vm, kr_ptr(old));
}

void kr_store_ptr_slow(KrVm *vm, void *old) {
    if (old) mark(vm, old);
}

bool kr_heap_is_marked(KrVm *vm, const void *object) {
    const KrHeap *h = &vm->heap;
    if (!kr_heap_contains(vm, object)) return true;
    const KrPage *page = &h->page[(size_t)((const char *)object - h->base) >> KR_PAGE_SHIFT];
    size_t i = page->kind == KR_PAGE_SMALL ? cell_index(h, page, object) : 0;
    return page->epoch == h->epoch && (page->mark[i / KR_BIT_WORD] >> i % KR_BIT_WORD & 1);
}

// The object whose cell holds address p, if the cell was handed out.
static KrObject *object_at(KrHeap *h, const char *p) {
    size_t offset = (size_t)(p - h->base);
    if (offset >= h->page_used << KR_PAGE_SHIFT) return NULL;
    size_t n = offset >> KR_PAGE_SHIFT;
    if (h->page[n].kind == KR_PAGE_TAIL) n -= h->page[n].span;
    KrPage *page = &h->page[n];
    if (page->kind != KR_PAGE_SMALL && page->kind != KR_PAGE_LARGE) return NULL;
    size_t i = page->kind == KR_PAGE_SMALL ? cell_index(h, page, p) : 0;
    if (i >= page->cells) return NULL;
    const uintptr_t *live = page->alloc;
    // Not swept since the last cycle: what that cycle did not reach is gone already, though its bit is still set.
    if (page->swept != h->epoch && h->phase == KR_GC_SWEEP) {
        if (page->epoch != h->epoch) return NULL;
        live = page->mark;
    }
    if (!(live[i / KR_BIT_WORD] >> i % KR_BIT_WORD & 1)) return NULL;
    KrObject *o = (KrObject *)(h->base + (n << KR_PAGE_SHIFT) + (page->kind == KR_PAGE_SMALL ? i * kr_page_cell_size(page) : 0));
    return o->shape ? o : NULL;
}

static void mark_address(KrVm *vm, uintptr_t word) {
    KrObject *o = object_at(&vm->heap, (const char *)word);
    if (o) mark(vm, o);
}

// A pointer into a cell, or one past its end, keeps it alive.
static void mark_word(KrVm *vm, uintptr_t word) {
#if !KR_TAGGED
    if (word >> 48 == 0xFFFE) word &= 0x0000FFFFFFFFFFFFu;
#endif
    if (word - (uintptr_t)vm->heap.base > vm->heap.page_used << KR_PAGE_SHIFT) return;
    mark_address(vm, word);
    if (word % KR_GRANULE == 0) mark_address(vm, word - 1);
}

KR_NO_ASAN void kr_heap_trace_stack(KrTracer *tracer, const void *from, const void *to) {
    uintptr_t at = ((uintptr_t)from + sizeof(void *) - 1) & ~(sizeof(void *) - 1);
    for (; at + sizeof(void *) <= (uintptr_t)to; at += sizeof(void *)) mark_word(tracer->vm, *(const volatile uintptr_t *)at);
}

void kr_heap_trace_words(KrTracer *tracer, const KrValue *from, size_t count) {
    KrVm *vm = tracer->vm;
    for (size_t i = 0; i < count; i++)
        if (kr_is_ptr(from[i])) mark_address(vm, (uintptr_t)kr_ptr(from[i]));
}

// ---- Tracing -------------------------------------------------------------------------------------------------------------------

void kr_trace_items(KrTracer *tracer, KrObject *object) {
    const KrSlots *slots = (const KrSlots *)object;
    for (size_t i = 0; i < slots->cap; i++) kr_trace(tracer, slots->item[i]);
}

// Gives the number of items looked at.
static size_t trace_part(KrTracer *tracer, KrObject *o, size_t from) {
    KrHeap *h = &tracer->vm->heap;
    const KrSlots *slots = (const KrSlots *)o;
    size_t to = slots->cap - from > KR_SLICE_ITEMS ? from + KR_SLICE_ITEMS : slots->cap;
    if (to < slots->cap && h->stack.len + 2 <= h->stack.room) {
        h->stack.item[h->stack.len++] = (KrObject *)to;
        h->stack.item[h->stack.len++] = (KrObject *)((uintptr_t)o | 1);
    } else {
        to = slots->cap;
    }
    for (size_t i = from; i < to; i++) kr_trace(tracer, slots->item[i]);
    return to - from;
}

static void trace_one(KrTracer *tracer, KrObject *o) {
    const KrType *type = o->shape->type;
    mark(tracer->vm, (KrObject *)(uintptr_t)o->shape);
    if (type->trace == kr_trace_items)
        trace_part(tracer, o, 0);
    else if (type->trace)
        type->trace(tracer, o);
    if (type->flags & (KR_TYPE_HAS_DICT | KR_TYPE_ATTR_WORD)) kr_attr_trace(tracer, o);
}

// Something was marked and not pushed: trace every marked cell once more.
static void trace_all_marked(KrTracer *tracer) {
    KrHeap *h = &tracer->vm->heap;
    for (size_t n = 0; n < h->page_used; n++) {
        KrPage *page = &h->page[n];
        if ((page->kind != KR_PAGE_SMALL && page->kind != KR_PAGE_LARGE) || page->epoch != h->epoch) continue;
        for (size_t i = 0; i < page->cells; i++) {
            if (!(page->mark[i / KR_BIT_WORD] >> i % KR_BIT_WORD & 1)) continue;
            KrObject *o = (KrObject *)(h->base + (n << KR_PAGE_SHIFT) + (page->kind == KR_PAGE_SMALL ? i * kr_page_cell_size(page) : 0));
            if (o->shape) trace_one(tracer, o);
        }
    }
}

static bool drain_stack(KrVm *vm, size_t budget) {
    KrHeap *h = &vm->heap;
    KrTracer tracer = { vm };
    size_t until = h->marked + budget < budget ? SIZE_MAX : h->marked + budget, pops = 0;
    for (;;) {
        while (h->stack.len) {
            if (h->marked >= until || (budget != SIZE_MAX && ++pops > budget / 16)) return false;
            KrObject *o = h->stack.item[--h->stack.len];
            if ((uintptr_t)o & 1)
                pops += trace_part(&tracer, (KrObject *)((uintptr_t)o - 1), (size_t)h->stack.item[--h->stack.len]) / 8;
            else
                trace_one(&tracer, o);
        }
        if (!h->stack.overflow) return true;
        h->stack.overflow = false;
        trace_all_marked(&tracer);
    }
}

// Drains the mark stack; stops early when `budget` bytes have been marked or many entries were popped. True: everything is marked.
static bool drain(KrVm *vm, size_t budget) {
    for (;;) {
        if (!drain_stack(vm, budget)) return false;
        if (!vm->heap.scan_cursor) return true;
        kr_scan_frames(vm);
        if (budget != SIZE_MAX) return false;
    }
}

// ---- A cycle -------------------------------------------------------------------------------------------------------------------

static void scan_c_stack(KrTracer *tracer) {
    const char *here = __builtin_frame_address(0);
    if (tracer->vm->thread.c_stack_base) kr_heap_trace_stack(tracer, here, tracer->vm->thread.c_stack_base);
}

// Registers are spilled into this function's frame, which therefore must stay below.
static KR_NOINLINE void scan_machine(KrTracer *tracer) {
    __builtin_unwind_init();
    void (*volatile scan)(KrTracer *) = scan_c_stack;
    scan(tracer);
    *(const void *volatile *)&no_address; // not a tail call
}

static void trace_roots(KrVm *vm) {
    KrTracer tracer = { vm };
    KrHeap *h = &vm->heap;
    scan_machine(&tracer);
    kr_trace_frames(&tracer);
    kr_trace_vm(&tracer);
    for (size_t i = 0; i < h->roots.len; i++) kr_trace(&tracer, *(KrValue *)h->roots.item[i]);
    for (size_t i = 0; i < h->pending.len; i++) kr_trace_object(&tracer, h->pending.item[i]);
}

void kr_heap_start_cycle(KrVm *vm) {
    KrHeap *h = &vm->heap;
    while (kr_heap_sweep_some(h, SIZE_MAX)) {}
    h->phase = KR_GC_MARK;
    h->epoch++;
    h->marked = 0;
    vm->marking = 1;
    for (unsigned c = 0; c < KR_CLASS_MAX; c++) {
        KrRun *run = &h->run[c];
        if (run->bump == run->end) continue;
        KrPage *page = &h->page[(size_t)(run->bump - h->base) >> KR_PAGE_SHIFT];
        size_t from = cell_index(h, page, run->bump);
        kr_page_mark_cells(h, page, from, from + (size_t)(run->end - run->bump) / kr_page_cell_size(page));
    }
    trace_roots(vm);
}

// Objects with finalizers that were not reached: those with __del__ live until it has run, the others are finalized now.
static void find_finalizers(KrVm *vm) {
    KrHeap *h = &vm->heap;
    KrTracer tracer = { vm };
    size_t kept = 0;
    for (size_t i = 0; i < h->finalizable.len; i++) {
        KrObject *o = h->finalizable.item[i];
        bool python = o->shape->type->flags & KR_TYPE_FINAL_DEL;
        if (!kr_heap_is_marked(vm, o) && python && kr_pointers_reserve(vm, &h->pending, h->pending.len + 1)) {
            h->pending.item[h->pending.len++] = o;
            vm->attention = 1;
            if (!o->shape->type->finalize) continue;
        }
        h->finalizable.item[kept++] = o;
    }
    h->finalizable.len = kept;
    for (size_t i = 0; i < h->pending.len; i++) kr_trace_object(&tracer, h->pending.item[i]);
    drain(vm, SIZE_MAX);
}

static void finalize_dead(KrVm *vm) {
    KrHeap *h = &vm->heap;
    size_t kept = 0;
    for (size_t i = 0; i < h->finalizable.len; i++) {
        KrObject *o = h->finalizable.item[i];
        if (kr_heap_is_marked(vm, o))
            h->finalizable.item[kept++] = o;
        else if (o->shape->type->finalize)
            o->shape->type->finalize(vm, o);
    }
    h->finalizable.len = kept;
}

// A list that does not keep its items alive.
static void forget_dead(KrVm *vm, KrPointers *list) {
    size_t kept = 0;
    for (size_t i = 0; i < list->len; i++)
        if (kr_heap_is_marked(vm, list->item[i])) list->item[kept++] = list->item[i];
    list->len = kept;
}

static void finish_cycle(KrVm *vm) {
    KrHeap *h = &vm->heap;
    h->busy = true;
    find_finalizers(vm);
    vm->marking = 0; // what dies now must not be shaded by its own finalizer
    kr_weakref_sweep(vm);
    finalize_dead(vm);
    kr_intern_sweep(vm);
    kr_lookup_flush(vm);
    forget_dead(vm, &vm->caches);
    h->busy = false;
    h->live = h->marked;
    h->debt = 0;
    size_t held = h->live + h->external;
    h->threshold = held > LEAST_THRESHOLD ? held : LEAST_THRESHOLD;
    h->stats.collections++;
    kr_heap_sweep_begin(h);
}

typedef struct { int64_t clock, cpu; } Moment;
static Moment now(void) { return (Moment){ kr_port_monotonic_ns(), kr_port_cpu_ns() }; }

static unsigned bucket_of(int64_t ns) {
    unsigned bucket = 0;
    for (; ns > 1 && bucket < 31; ns >>= 1) bucket++;
    return bucket;
}

static void record_pause(KrHeap *h, Moment start) {
    Moment end = now();
    int64_t clock = end.clock - start.clock, cpu = end.cpu - start.cpu;
    h->stats.pause_histogram[bucket_of(clock)]++;
    h->stats.cpu_histogram[bucket_of(cpu)]++;
    h->stats.pause_total_ns += clock;
    if (clock > h->stats.pause_max_ns) h->stats.pause_max_ns = clock;
    if (cpu > h->stats.cpu_max_ns) h->stats.cpu_max_ns = cpu;
    h->stats.slices++;
}

// Called when `bytes` more are about to be taken in the slow path (a run, or a large object).
void kr_heap_step(KrVm *vm, size_t bytes) {
    KrHeap *h = &vm->heap;
    if (h->phase == KR_GC_MARK) {
        Moment start = now();
        size_t work = bytes * KR_WORK_FACTOR > KR_SLICE_BYTES ? bytes * KR_WORK_FACTOR : KR_SLICE_BYTES;
        if (work > 4 * KR_SLICE_BYTES) work = 4 * KR_SLICE_BYTES;
        if (drain(vm, work)) finish_cycle(vm);
        record_pause(h, start);
    } else if (h->phase == KR_GC_SWEEP) {
        kr_heap_sweep_some(h, 64);
    } else if (h->trim_next < h->page_used) {
        kr_heap_trim(h);
    }
    if (h->phase != KR_GC_MARK && h->enabled && h->debt > h->threshold) {
        Moment start = now();
        kr_heap_start_cycle(vm);
        record_pause(h, start);
    }
}

// A whole cycle at once. One that is under way is finished first, since it keeps what was alive when it began.
void kr_collect(KrVm *vm) {
    KrHeap *h = &vm->heap;
    if (h->busy) return;
    if (h->phase == KR_GC_MARK && drain(vm, SIZE_MAX)) finish_cycle(vm);
    kr_heap_start_cycle(vm);
    drain(vm, SIZE_MAX);
    finish_cycle(vm);
    while (kr_heap_sweep_some(h, SIZE_MAX)) {}
}

// ---- Lists of pointers ---------------------------------------------------------------------------------------------------------

static void free_items(KrVm *vm, KrPointers *list) {
    if (list->item != list->inside) kr_block_free(vm, list->item, list->room * sizeof(void *));
}

bool kr_pointers_reserve(KrVm *vm, KrPointers *list, size_t room) {
    if (room <= list->room) return true;
    if (room <= KR_COUNT_OF(list->inside)) return list->item = list->inside, list->room = KR_COUNT_OF(list->inside), true;
    size_t size = (room + room / 2 + 32) * sizeof(void *);
    void **item = kr_block_new(vm, &size);
    if (!item) return false;
    if (list->len) memcpy(item, list->item, list->len * sizeof(void *));
    if (list->item) free_items(vm, list);
    list->item = item;
    list->room = size / sizeof(void *);
    return true;
}

void kr_pointers_free(KrVm *vm, KrPointers *list) {
    if (list->item) free_items(vm, list);
    list->item = NULL;
    list->len = list->room = 0;
}

bool kr_pointers_push(KrVm *vm, KrPointers *list, void *p) {
    if (!kr_pointers_reserve(vm, list, list->len + 1)) return kr_fail(kr_raise_memory(vm));
    list->item[list->len++] = p;
    return true;
}

bool kr_heap_add_finalizable(KrVm *vm, KrObject *object) { return kr_pointers_push(vm, &vm->heap.finalizable, object); }

bool kr_root_add(KrVm *vm, KrValue *where) { return kr_pointers_push(vm, &vm->heap.roots, where); }

void kr_root_remove(KrVm *vm, KrValue *where) {
    KrPointers *roots = &vm->heap.roots;
    for (size_t i = roots->len; i-- > 0;) {
        if (roots->item[i] != (void *)where) continue;
        if (vm->marking) kr_store_shade(vm, *where);
        roots->item[i] = roots->item[--roots->len];
        return;
    }
}
