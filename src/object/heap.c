// heap.c - allocation as every heap has it: collect when it is due, raise when nothing is left; memory of others that counts too.
// SPDX-License-Identifier: MIT
#include "object/heap.h"

#include "object/collector.h"
#include "object/vm_state.h"
#include "port.h"

bool kr_heap_contains(KrVm *vm, const void *p) { return kr_cells_contain(&vm->heap.cells, p); }

bool kr_heap_init(KrVm *vm, size_t cap) {
    KrHeap *h = &vm->heap;
    if (!kr_cells_init(h, cap)) return false;
    h->cap = cap;
    h->enabled = true;
    h->threshold = KR_LEAST_THRESHOLD;
    return kr_mark_stack_init(vm);
}

void kr_heap_free(KrVm *vm) {
    kr_mark_stack_free(vm);
    kr_cells_free(&vm->heap);
}

#if KR_DEBUG
static bool debug_alloc_fails(KrVm *vm) {
    KrHeap *h = &vm->heap;
    h->allocations++;
    if (h->fail_at && (h->allocations == h->fail_at || (h->fail_sticky && h->allocations > h->fail_at))) return true;
    return h->fail && h->fail(vm);
}
#else
static bool debug_alloc_fails(KrVm *vm) { return (void)vm, false; }
#endif

static void stress(KrVm *vm) {
    KrHeap *h = &vm->heap;
    if (!KR_GC_STRESS || !h->stress || !h->enabled) return;
    if (h->stress == 1) kr_collect(vm);
    else kr_collect_bit(vm);
}

enum {
    LARGE = 1 << 16,
    KR_TIMED_SIZE = 4096,
    RESERVE = 64 * 1024
}; // of an object whose own part of the allocation is timed too: finding room may mean to sweep for it

// The collector's share of an allocation is timed; clearing a large object's memory is not.
static void *step_and_take(KrVm *vm, const KrShape *shape, size_t size) {
    KrHeap *h = &vm->heap;
    bool timed = kr_heap_has_work(h);
    KrInstant begin = { 0 };
    if (timed) begin = kr_pause_begin();
    kr_heap_step(vm, size);
    if (KR_BLOCK_HEAP && h->pending.len && vm->fuel > 0)
        vm->fuel = 0; // a fixed region cannot wait for the slice's end until finalizers run
    void *p = size <= KR_TIMED_SIZE ? kr_cells_take(h, shape, size) : NULL;
    if (timed) kr_pause_end(h, begin);
    return size <= KR_TIMED_SIZE ? p : kr_cells_take(h, shape, size);
}

// For `size` bytes. After a limit was hit collections are not held to it: what is large is refused instead.
static bool collect_for(KrVm *vm, size_t size) {
    if (size >= LARGE && !kr_within_limits(vm)) return false;
    KrInstant begin = kr_pause_begin();
    bool ok = kr_collect_within(vm);
    kr_pause_end(&vm->heap, begin);
    return ok;
}

bool kr_heap_squeeze(KrVm *vm) {
    if (!KR_BLOCK_HEAP || vm->heap.busy || !kr_caches_give_up(vm)) return false;
    return kr_collect(vm), true;
}

// What is counted in an object's header is still 0 here, so that one which is zeroed in part can be traced.
static bool clear_rest(KrVm *vm, const void *object, size_t size) {
    for (size_t done = 0; kr_cells_clean(&vm->heap, object, size, &done);) {
        kr_spend(vm, KR_FUEL_SLICE);
        if (!kr_limits_settle(vm)) return false;
    }
    return true;
}

// Full, but finalizers wait for the next poll, and what they hold is free afterwards: to get there, and for what they do themselves, the cap
// is an eighth and RESERVE higher. (A fixed region has no more than its cap.)
static void *take_reserve(KrVm *vm, const KrShape *shape, size_t size) {
    KrHeap *h = &vm->heap;
    size_t cap = h->cap;
    if (!h->pending.len && !vm->finalizing_now) return NULL;
    h->cap += cap / 8 + RESERVE;
    void *p = kr_cells_take(h, shape, size);
    h->cap = cap;
    kr_spend(vm, KR_FUEL_SLICE);
    return p;
}

// Out of runs, a large object, or a debug build that wants to see every allocation.
KR_NOINLINE void *kr_heap_alloc_slow(KrVm *vm, const KrShape *shape, size_t size) {
    KrHeap *h = &vm->heap;
    if (h->busy) kr_port_abort("allocation inside the collector");
    if (KR_UNLIKELY(h->locked) || (KR_DEBUG && debug_alloc_fails(vm))) return kr_raise_memory(vm), NULL;
    stress(vm);
    kr_spend(vm, size >> 9);
    if (KR_UNLIKELY(size >= LARGE) && !kr_limits_settle(vm)) return NULL;
    void *p = step_and_take(vm, shape, size);
    if (!p && size <= h->cap) { // full: collect, and collect again since finalizers may have been the ones that held on
        if (!collect_for(vm, size)) return NULL;
        p = kr_cells_take(h, shape, size);
        if (!p && kr_heap_squeeze(vm)) p = kr_cells_take(h, shape, size);
        if (!p) p = take_reserve(vm, shape, size);
    }
    if (!p) return kr_spend(vm, 4 * KR_FUEL_SLICE), kr_raise_memory(vm), NULL;
    if (KR_UNLIKELY(size >= LARGE) && !h->whole && !clear_rest(vm, p, size)) return NULL;
    if (h->hook) h->hook(vm, h->hook_context, p, size);
    return p;
}

void kr_alloc_hook_set(KrVm *vm, KrAllocHook *hook, void *context) {
    vm->heap.hook = hook;
    vm->heap.hook_context = context;
    kr_cells_slow(&vm->heap);
}

void kr_heap_lock(KrVm *vm, int more) {
    vm->heap.locked += (uint32_t)more;
    if (more) kr_cells_slow(&vm->heap);
}

static bool has_room(const KrHeap *h, size_t bytes) { return bytes <= h->cap && h->taken + h->external + bytes <= h->cap; }

bool kr_charge(KrVm *vm, size_t bytes) {
    KrHeap *h = &vm->heap;
    if (!has_room(h, bytes)) {
        if (!collect_for(vm, bytes)) return false;
        if (!has_room(h, bytes)) return kr_fail(kr_raise_memory(vm));
    }
    h->external += bytes;
    h->debt += bytes;
    return true;
}

void kr_uncharge(KrVm *vm, size_t bytes) { vm->heap.external -= bytes < vm->heap.external ? bytes : vm->heap.external; }

void kr_heap_each(KrVm *vm, KrVisit *visit, void *context) { kr_cells_each(&vm->heap, false, visit, context); }
