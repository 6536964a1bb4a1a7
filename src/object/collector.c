// collector.c - marking: snapshot at the beginning, in slices; roots, conservative scanning, finalizers.
//
// A cycle: start (roots are traced) -> slices (the mark stack is drained in proportion to what is allocated) -> finish, also in slices ->
// sweeping, in heap.c. Objects on the mark stack are marked and not traced yet; an entry with its lowest bit set is an array that has been
// traced in part, and the entry below it is the next index.
//
// The finish goes through long tables, and the program runs between two slices of it. What holds then, from the moment that the mark stack was
// empty (heap.finish is not KR_FINISH_NOT):
// - What the program can reach is marked: it was reachable when the cycle began, or was allocated marked since. What is not marked is dead, though
//   its memory stays as it is until the cycle ends. Stores still shade, and new cells are still born marked.
// - A dead object comes back in two ways only. (1) REVIVE marks from what waits for __del__. (2) The tables that keep nothing alive: a weak
//   reference of the program answers None for what is not marked; the VM's own (lists of subclasses) mark it up to REVIVE and answer None after; an
//   interned string is marked when it is found. WEAK, DEAD and NAMES therefore see marks that only strings can still gain.
// - FIND: unmarked objects with __del__ go to `pending`, which polls leave alone until REVIVE has marked from all of them: no __del__ sees
//   an object that lost its references. WEAK clears references to what stays dead (PEP 442); each table is walked by a cursor that a table which
//   grows sets back. DEAD: native finalizers. NAMES: dead strings leave the intern table. CACHES: places in
//   the code forget dead shapes, where others may be soon. LAST, at once: lists without those that died, then sweeping begins.
// SPDX-License-Identifier: MIT
#include "object/collector.h"

#include "object/shape.h"
#include "object/slots.h"
#include "object/str.h"
#include "object/vm_state.h"
#include "port.h"

// How much at a time: items of a long array (few are not worth a place on the mark stack), entries of a table, such parts in one step, bytes.
enum { KR_SLICE_ITEMS = KR_BLOCK_HEAP ? 16 : 512, KR_FEW_ITEMS = 8 };
enum { KR_SLICE_ENTRIES = KR_BLOCK_HEAP ? 16 : 1024, KR_FINISH_PARTS = KR_BLOCK_HEAP ? 24 : 1 };
enum { KR_SLICE_BYTES = KR_BLOCK_HEAP ? 4096 : 48 * 1024, KR_WORK_FACTOR = 3, KR_MOST_SLICES = KR_BLOCK_HEAP ? 1 : 4 };
static const void *const no_address = NULL;

// ---- Mark stack ----------------------------------------------------------------------------------------------------------------

bool kr_mark_stack_init(KrVm *vm) {
    size_t size = KR_MARK_STACK_BYTES;
    if (size < vm->heap.cap / 32 && !KR_BLOCK_HEAP) size = vm->heap.cap / 32;
    KrMarkStack *stack = &vm->heap.stack;
    stack->item = stack->top = kr_side_alloc(vm, &size);
    if (stack->item) stack->end = stack->item + size / sizeof(void *);
    return stack->item != NULL;
}

void kr_mark_stack_free(KrVm *vm) {
    KrMarkStack *stack = &vm->heap.stack;
    if (stack->item) kr_side_free(vm, stack->item, (size_t)(stack->end - stack->item) * sizeof(void *));
    stack->item = NULL;
}

static KR_COLD void overflow(KrHeap *h) { h->stack.overflow = true; }

static inline void push(KrHeap *h, KrObject *o) {
    if (KR_LIKELY(h->stack.top < h->stack.end)) *h->stack.top++ = o;
    else overflow(h);
}

// ---- Marking -------------------------------------------------------------------------------------------------------------------

// Objects of a type that is not in the heap, and without attributes, have no shape that is.
static inline bool has_more(const KrType *type) { return type->flags & (KR_TYPE_HEAP | KR_TYPE_HAS_DICT | KR_TYPE_ATTR_WORD); }

// Nothing is to be traced in it.
static inline bool is_leaf(const KrObject *o) {
    if (o->shape == &kr_str_type.shape) return !(((const KrStrObject *)o)->flags & KR_STR_OUTSIDE);
    return !o->shape->type->trace && !has_more(o->shape->type);
}

// An object of the heap.
static KR_ALWAYS_INLINE void mark_cell(KrHeap *h, KrObject *o) {
    size_t size = kr_cell_mark(&h->cells, o);
    if (!size) return;
    if (!KR_BLOCK_HEAP) h->marked += size; // there sweeping counts what is alive
    if (!KR_BLOCK_HEAP || !is_leaf(o)) push(h, o);
}

static KR_ALWAYS_INLINE void mark(KrVm *vm, KrObject *o) { // of the heap or not; NULL: nothing
    if (kr_cells_contain(&vm->heap.cells, o)) mark_cell(&vm->heap, o);
}

void kr_trace_slow(KrTracer *tracer, KrValue value) { mark(tracer->vm, kr_ptr(value)); }
void kr_trace_object(KrTracer *tracer, const void *object) { mark(tracer->vm, (KrObject *)(uintptr_t)object); }
void kr_store_ptr_slow(KrVm *vm, void *old) { mark(vm, old); }

void kr_store_shade(KrVm *vm, KrValue old) {
    if (kr_is_ptr(old)) mark(vm, kr_ptr(old));
}

bool kr_heap_is_marked(KrVm *vm, const void *object) { return !kr_heap_contains(vm, object) || kr_cell_is_marked(&vm->heap.cells, object); }

static void mark_address(KrVm *vm, uintptr_t word) {
    KrObject *o = kr_cell_at(&vm->heap.cells, (const char *)word);
    if (o) mark(vm, o);
}

// A pointer into a cell, or one past its end, keeps it alive. A value that says that it is a pointer is no such end: the cell before it,
// which may hold on to a whole heap, is not its business.
static void mark_word(KrVm *vm, uintptr_t word) {
    uintptr_t address = kr_word_address(word);
    if (!kr_heap_contains(vm, (void *)(address - 1))) return;
    mark_address(vm, address);
    if (address == word && word % KR_GRANULE == 0) mark_address(vm, word - 1);
}

// 8 MB of stack must pass quickly: most words are no pointers, and deep recursion has the same ones in every frame.
KR_NO_ASAN void kr_heap_trace_stack(KrTracer *tracer, const void *from, const void *to) {
    const KrCells *cells = &tracer->vm->heap.cells;
    uintptr_t at = ((uintptr_t)from + sizeof(void *) - 1) & ~(sizeof(void *) - 1), seen[64] = { 0 };
    for (; at + sizeof(void *) <= (uintptr_t)to; at += sizeof(void *)) {
        uintptr_t word = *(const volatile uintptr_t *)at, *before = &seen[word / KR_GRANULE % 64];
        if (!kr_cells_contain(cells, (void *)(kr_word_address(word) - 1)) || *before == word) continue;
        *before = word;
        mark_word(tracer->vm, word);
    }
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

// Gives what it is worth in objects beyond the first.
static KR_ALWAYS_INLINE size_t trace_part(KrHeap *h, KrObject *o, size_t from) {
    const KrSlots *slots = (const KrSlots *)o;
    size_t count = slots->cap - from, worth = 0;
    if (KR_UNLIKELY(count > KR_SLICE_ITEMS)) {
        worth = count / 8;
        if (h->stack.end - h->stack.top >= 2) {
            count = KR_SLICE_ITEMS, worth = KR_SLICE_ITEMS / 8;
            *h->stack.top++ = (KrObject *)(from + count);
            *h->stack.top++ = (KrObject *)((uintptr_t)o | 1);
        }
    }
    uintptr_t base = (uintptr_t)h->cells.base, size = kr_cells_size(&h->cells);
    for (const KrValue *v = slots->item + from, *end = v + count; v < end; v++)
        if (kr_is_ptr(*v) && (uintptr_t)kr_ptr(*v) - base < size) mark_cell(h, kr_ptr(*v));
    return worth;
}

void kr_trace_slots(KrTracer *tracer, KrSlots *slots) {
    KrHeap *h = &tracer->vm->heap;
    if (!kr_cells_contain(&h->cells, slots)) return;
    if (slots->cap > KR_FEW_ITEMS) return mark_cell(h, &slots->head);
    size_t size = kr_cell_mark(&h->cells, &slots->head);
    if (!KR_BLOCK_HEAP) h->marked += size;
    if (size) trace_part(h, &slots->head, 0);
}

// The shape, and the attributes.
static KR_NOINLINE void trace_more(KrTracer *tracer, KrObject *o) {
    mark(tracer->vm, (KrObject *)(uintptr_t)o->shape);
    if (o->shape->type->flags & (KR_TYPE_HAS_DICT | KR_TYPE_ATTR_WORD)) kr_attr_trace(tracer, o);
}

// All of an object but its items: true if it has those.
static KR_ALWAYS_INLINE bool trace_head(KrTracer *tracer, KrObject *o) {
    const KrType *type = o->shape->type;
    if (KR_UNLIKELY(has_more(type))) trace_more(tracer, o);
    if (type->trace == kr_trace_items) return true;
    if (type->trace) type->trace(tracer, o);
    return false;
}

// Something was marked and not pushed: trace every marked cell once more.
static bool trace_again(void *tracer, KrObject *o) {
    if (trace_head(tracer, o)) trace_part(&((KrTracer *)tracer)->vm->heap, o, 0);
    return true;
}
static void trace_all_marked(KrTracer *tracer) { kr_cells_each(&tracer->vm->heap, true, trace_again, tracer); }

static bool drain_stack(KrVm *vm, size_t budget) {
    KrHeap *h = &vm->heap;
    KrTracer tracer = { vm };
    size_t until = h->marked + budget < budget ? SIZE_MAX : h->marked + budget, pops = budget == SIZE_MAX ? SIZE_MAX : budget / 16;
    for (;;) {
        while (h->stack.top != h->stack.item) {
            if (!pops-- || (!KR_BLOCK_HEAP && h->marked >= until)) return false;
            KrObject *o = *--h->stack.top;
            size_t from = 0;
            if ((uintptr_t)o & 1) o = (KrObject *)((uintptr_t)o - 1), from = (size_t)(*--h->stack.top);
            else if (!trace_head(&tracer, o)) continue;
            size_t more = trace_part(h, o, from);
            if (KR_UNLIKELY(more)) pops -= more < pops ? more : pops;
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

// The collector's own frames are scanned as well: words that earlier calls left where they will be must keep nothing alive.
static KR_NOINLINE void wipe_stack(void) {
    volatile uintptr_t word[128];
    for (size_t i = 0; i < KR_COUNT_OF(word); i++) word[i] = 0;
}

static void begin_cycle(KrVm *vm) {
    KrHeap *h = &vm->heap;
    while (kr_cells_sweep(h, SIZE_MAX)) {}
    h->phase = KR_GC_MARK;
    kr_cells_begin_cycle(h);
    h->marked = 0;
    h->finish = KR_FINISH_NOT;
    h->finish_at = h->finish_kept = 0;
    memset(vm->spare, 0, sizeof vm->spare);
    vm->marking = 1;
}

static KR_NOINLINE void start_cycle(KrVm *vm) {
    begin_cycle(vm);
    trace_roots(vm);
}

void kr_heap_start_cycle(KrVm *vm) {
    wipe_stack();
    start_cycle(vm);
}

// ---- The end of a cycle ----------------------------------------------------------------------------------------------------------

// Goes through finalizable, `count` entries at a time; `keep` gives what stays of one, or NULL. True: to the end. The program may add some meanwhile.
static bool walk_finalizable(KrVm *vm, size_t count, void *(*keep)(KrVm *vm, void *entry)) {
    KrHeap *h = &vm->heap;
    KrPointers *list = &h->finalizable;
    for (; count && h->finish_at < list->len; count--) {
        void *kept = keep(vm, list->item[h->finish_at++]);
        if (kept) list->item[h->finish_kept++] = kept;
    }
    if (h->finish_at < list->len) return false;
    list->len = h->finish_kept;
    h->finish_at = h->finish_kept = 0;
    return true;
}

void kr_finish_abandon(KrHeap *h) {
    KrPointers *list = &h->finalizable;
    if (h->finish != KR_FINISH_FIND && h->finish != KR_FINISH_DEAD) return;
    while (h->finish_at < list->len) list->item[h->finish_kept++] = list->item[h->finish_at++];
    list->len = h->finish_kept;
    h->finish = KR_FINISH_LAST;
}

// An object with finalizers that was not reached: one with __del__ lives until that has run, another is finalized when the rest of the dead is known.
static void *keep_undeleted(KrVm *vm, void *entry) {
    KrHeap *h = &vm->heap;
    KrObject *o = kr_finalizable(entry);
    if (kr_heap_is_marked(vm, o) || !kr_wants_del(entry)) return entry;
    if (!kr_pointers_reserve(vm, &h->pending, h->pending.len + 1)) { // no memory to queue it: it lives until the next cycle
        kr_trace_object(&(KrTracer){ vm }, o);
        return entry;
    }
    h->pending.item[h->pending.len++] = o;
    return o->shape->type->finalize ? (void *)((uintptr_t)o | 1) : NULL;
}

static bool find_deleted(KrVm *vm, size_t count) {
    KrHeap *h = &vm->heap;
    if (!h->finish_at) h->finish_before = h->pending.len;
    if (!walk_finalizable(vm, count, keep_undeleted)) return false;
    kr_pointers_reverse(h->pending.item + h->finish_before,
                        h->pending.item + h->pending.len); // the oldest is run first: it is the last one
    return true;
}

static bool revive(KrVm *vm, size_t count, size_t work) {
    KrHeap *h = &vm->heap;
    KrTracer tracer = { vm };
    for (; count && h->finish_at < h->pending.len; count--) kr_trace_object(&tracer, h->pending.item[h->finish_at++]);
    if (!drain(vm, work) || h->finish_at < h->pending.len) return false;
    if (h->pending.len) vm->attention = 1;
    h->finish_at = 0;
    return true;
}

static void *keep_unfinalized(KrVm *vm, void *entry) {
    KrObject *o = kr_finalizable(entry);
    if (kr_heap_is_marked(vm, o)) return entry;
    if (o->shape->type->finalize) o->shape->type->finalize(vm, o);
    return NULL;
}

// What dies now must not be shaded by its own finalizer.
static bool finalize_dead(KrVm *vm, size_t count) {
    vm->marking = 0;
    bool done = walk_finalizable(vm, count, keep_unfinalized);
    vm->marking = 1;
    return done;
}

// A list that does not keep its items alive.
static void forget_dead(KrVm *vm, KrPointers *list) {
    size_t kept = 0;
    for (size_t i = 0; i < list->len; i++)
        if (kr_heap_is_marked(vm, list->item[i])) list->item[kept++] = list->item[i];
    list->len = kept;
}

// The next cycle starts when as much was allocated as is live now, or half of what there is room for; a fixed region is there to be used.
static size_t next_threshold(const KrHeap *h) {
    size_t held = h->live + h->external, room = held < h->cap ? (h->cap - held) / 2 : 0,
           threshold = held < room && !KR_BLOCK_HEAP ? held : room;
    if (threshold < KR_LEAST_THRESHOLD) threshold = KR_LEAST_THRESHOLD;
    return h->asked && h->asked < threshold ? h->asked : threshold;
}

void kr_heap_pace(KrHeap *h, size_t live) {
    h->live = live;
    h->threshold = next_threshold(h);
}

void kr_heap_ask(KrVm *vm, size_t threshold) {
    if (KR_GC_STRESS && !KR_DEBUG) vm->heap.stress = threshold <= 2 ? (uint8_t)threshold : 0;
    vm->heap.asked = threshold;
    kr_heap_pace(&vm->heap, vm->heap.live);
    kr_cells_idle(&vm->heap);
}

static void end_cycle(KrVm *vm) {
    KrHeap *h = &vm->heap;
    drain(vm, SIZE_MAX); // strings that were found in the intern table
    vm->marking = 0;
    kr_lookup_flush(vm);
    forget_dead(vm, &vm->caches);
    h->debt = 0;
    kr_heap_pace(h, KR_BLOCK_HEAP ? h->taken : h->marked);
    h->stats.collections++;
    h->finish = KR_FINISH_NOT;
    kr_cells_sweep_begin(h);
}

// A part of the cycle's rest: up to `work` bytes are marked or `count` entries of a table looked at. True: the cycle has ended.
static bool finish_part(KrVm *vm, size_t work, size_t count) {
    KrHeap *h = &vm->heap;
    bool done = false;
    h->busy = true;
    switch (h->finish) {
    case KR_FINISH_NOT: done = drain(vm, work); break;
    case KR_FINISH_FIND: done = drain(vm, work) && find_deleted(vm, count); break;
    case KR_FINISH_REVIVE: done = revive(vm, count, work); break;
    case KR_FINISH_WEAK: done = kr_weakref_sweep(vm, count); break;
    case KR_FINISH_DEAD: done = finalize_dead(vm, count); break;
    case KR_FINISH_NAMES: done = kr_intern_sweep(vm, count); break;
    case KR_FINISH_CACHES: done = kr_caches_sweep(vm, count); break;
    default: end_cycle(vm); break;
    }
    h->busy = false;
    if (done) h->finish++;
    return !done && h->finish == KR_FINISH_NOT && h->phase != KR_GC_MARK;
}

// ---- Pauses --------------------------------------------------------------------------------------------------------------------

KrInstant kr_pause_begin(void) { return (KrInstant){ kr_port_monotonic_ns(), kr_port_cpu_ns() }; }

static unsigned bucket_of(int64_t ns) {
    unsigned octave = 2;
    for (uint64_t n = ns > 4 ? (uint64_t)ns : 4; n >> (octave + 1) && octave < 31; octave++) {}
    return octave * 4 + ((unsigned)(ns >> (octave - 2)) & 3);
}

int64_t kr_pause_bucket_end(unsigned bucket) { return (int64_t)(bucket % 4 + 5) << (bucket / 4 - 2); }

void kr_pause_end(KrHeap *h, KrInstant begin) {
    KrInstant end = kr_pause_begin();
    int64_t clock = end.clock - begin.clock, cpu = end.cpu - begin.cpu;
    h->stats.pause_histogram[bucket_of(clock)]++;
    h->stats.cpu_histogram[bucket_of(cpu)]++;
    h->stats.pause_total_ns += clock;
    if (clock > h->stats.pause_max_ns) h->stats.pause_max_ns = clock;
    if (cpu > h->stats.cpu_max_ns) h->stats.cpu_max_ns = cpu;
    h->stats.slices++;
}

// ---- Steps ---------------------------------------------------------------------------------------------------------------------

static bool cycle_is_due(const KrHeap *h) { return h->phase != KR_GC_MARK && h->enabled && h->debt > h->threshold; }

bool kr_heap_has_work(const KrHeap *h) { return h->phase != KR_GC_IDLE || kr_cells_trimming(&h->cells) || cycle_is_due(h); }

// Many parts fit between two polls of a program that allocates much: what is due by the clock shall not wait for them.
static void let_events_in(KrVm *vm) {
    int64_t next = vm->agenda[0].next < vm->agenda[1].next ? vm->agenda[0].next : vm->agenda[1].next;
    if (next != INT64_MAX && !vm->virtual_clock && vm->fuel > 0 && next <= kr_port_monotonic_ns()) vm->fuel = 0;
}

// Called when `bytes` more are about to be taken in the slow path (a run, or a large object).
void kr_heap_step(KrVm *vm, size_t bytes) {
    KrHeap *h = &vm->heap;
    if (h->phase == KR_GC_MARK) {
        size_t work = bytes * KR_WORK_FACTOR > KR_SLICE_BYTES ? bytes * KR_WORK_FACTOR : KR_SLICE_BYTES;
        if (work > KR_MOST_SLICES * KR_SLICE_BYTES) work = KR_MOST_SLICES * KR_SLICE_BYTES;
        // What is allocated until the cycle ends is marked, and a fixed region has no room for much of that: many short parts at once. Marking
        // is a step for itself, and so is the last part: the allocation may have to sweep all of the heap after it.
        bool marking = h->finish == KR_FINISH_NOT;
        for (int part = 1; !finish_part(vm, work, KR_SLICE_ENTRIES) && !marking && part < KR_FINISH_PARTS && h->finish < KR_FINISH_LAST;
             part++) {}
    } else if (h->phase == KR_GC_SWEEP) {
        kr_cells_sweep(h, 64);
    }
    if (cycle_is_due(h)) kr_heap_start_cycle(vm);
    kr_cells_idle(h);
    let_events_in(vm);
}

// The limits are asked between two parts; not once one has been exceeded, since raising that may need a collection.
static bool may_go_on(KrVm *vm) {
    if (vm->limit_hit) return true;
    kr_spend(vm, KR_FUEL_SLICE);
    return kr_limits_settle(vm);
}

// A cycle that is under way is finished first, since it keeps what was alive when it began.
static bool collect(KrVm *vm, bool limited) {
    KrHeap *h = &vm->heap;
    size_t work = limited ? 4 * KR_SLICE_BYTES : SIZE_MAX, count = limited ? 4 * KR_SLICE_ENTRIES : SIZE_MAX;
    for (int cycles = h->phase == KR_GC_MARK ? 2 : 1; cycles; cycles--) {
        if (h->phase != KR_GC_MARK) kr_heap_start_cycle(vm);
        while (!finish_part(vm, work, count))
            if (limited && !may_go_on(vm)) return false;
    }
    while (kr_cells_sweep(h, limited ? 64 : SIZE_MAX))
        if (limited && !may_go_on(vm)) return false;
    return true;
}

void kr_collect(KrVm *vm) {
    if (!vm->heap.busy) (void)collect(vm, false);
}

bool kr_collect_within(KrVm *vm) {
    if (vm->heap.busy) return true;
    if (!collect(vm, true)) return false;
    kr_cells_give_back(&vm->heap);
    for (; kr_cells_trimming(&vm->heap.cells); kr_cells_idle(&vm->heap))
        if (!may_go_on(vm)) return false;
    return true;
}

void kr_collect_bit(KrVm *vm) {
    KrHeap *h = &vm->heap;
    if (h->phase == KR_GC_MARK) finish_part(vm, 64, 1);
    else if (h->phase == KR_GC_SWEEP) kr_cells_sweep(h, 1);
    else kr_heap_start_cycle(vm);
}

void kr_collect_complete(KrVm *vm) {
    while (vm->heap.phase == KR_GC_MARK) finish_part(vm, SIZE_MAX, SIZE_MAX);
}

void kr_collect_after(KrVm *vm, void (*first)(KrVm *vm, void *context), void *context) {
    kr_collect_complete(vm);
    begin_cycle(vm);
    first(vm, context);
    trace_roots(vm);
    kr_collect_complete(vm);
    while (kr_cells_sweep(&vm->heap, SIZE_MAX)) {}
}

void kr_collect_settle(KrVm *vm) {
    while (vm->heap.finish != KR_FINISH_NOT) finish_part(vm, SIZE_MAX, SIZE_MAX);
}

// ---- Lists of pointers ---------------------------------------------------------------------------------------------------------

static void free_items(KrVm *vm, KrPointers *list) {
    if (list->item != list->inside) kr_side_free(vm, list->item, list->room * sizeof(void *));
}

bool kr_pointers_reserve(KrVm *vm, KrPointers *list, size_t room) {
    if (room <= list->room) return true;
    if (room <= KR_COUNT_OF(list->inside)) return list->item = list->inside, list->room = KR_COUNT_OF(list->inside), true;
    size_t size = (room + room / 2 + (KR_DEVICE ? 4 : 32)) * sizeof(void *);
    void **item = kr_side_alloc(vm, &size);
    if (!item || size / sizeof(void *) < room) return false;
    if (list->len) memcpy(item, list->item, list->len * sizeof(void *));
    if (list->item) free_items(vm, list);
    list->item = item;
    list->room = size / sizeof(void *);
    return true;
}

void kr_pointers_reverse(void **from, void **to) {
    for (; from < to && from < --to; from++) {
        void *last = *to;
        *to = *from;
        *from = last;
    }
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

void kr_heap_no_del(KrVm *vm) {
    KrPointers *list = &vm->heap.finalizable;
    list->item[list->len - 1] = (void *)((uintptr_t)list->item[list->len - 1] | 1);
}

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
