// collector.h - what heap.c and collector.c share, and what the collector asks of the rest of the VM.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_COLLECTOR_H
#define KR_OBJECT_COLLECTOR_H

#include "object/heap.h"

enum { // bytes to allocate before the next cycle; of the mark stack, at least
    KR_LEAST_THRESHOLD = KR_BLOCK_HEAP ? 2 * 1024 : 4096 * 1024,
    KR_MARK_STACK_BYTES = (KR_BLOCK_HEAP ? 96 : 256) * sizeof(void *),
};
bool kr_collect_within(KrVm *vm) KR_RAISES; // kr_collect, as far as the limits let it
void kr_collect_bit(KrVm *vm);              // for tests: the least that a step can do
void kr_finish_abandon(KrHeap *h);          // the list of what has finalizers is whole again; the VM ends
bool kr_mark_stack_init(KrVm *vm);
void kr_mark_stack_free(KrVm *vm);

// Has the object a __del__ that has not been queued yet? For an entry of heap.finalizable.
static inline bool kr_wants_del(void *entry) {
    const KrObject *o = kr_finalizable(entry);
    const KrType *type = o->shape->type;
    if ((uintptr_t)entry & 1 || !(type->flags & KR_TYPE_FINAL_DEL)) return false;
    return !type->more || !type->more->settled || !type->more->settled(o);
}
void kr_pointers_reverse(void **from, void **to);
void kr_collect_after(KrVm *vm, void (*first)(KrVm *vm, void *context), void *context); // a whole cycle; first marks before the roots do
void kr_collect_complete(KrVm *vm); // ends the cycle that is under way, its marking included
void kr_collect_settle(KrVm *vm);   // ends the rest of a cycle, if one is under way

// What a strategy provides beside the inline functions of its header.
bool kr_cells_init(KrHeap *h, size_t cap);
void kr_cells_free(KrHeap *h);
void *kr_cells_take(KrHeap *h, const KrShape *shape, size_t size); // NULL: no room
bool kr_cells_clean(KrHeap *h, const void *object, size_t size,
                    size_t *done);                                         // zeroes more of a new large object, from done on; false: all is
void kr_cells_begin_cycle(KrHeap *h);                                      // nothing is marked from now on
void kr_cells_sweep_begin(KrHeap *h);                                      // what is not marked is free; phase becomes SWEEP or IDLE
bool kr_cells_sweep(KrHeap *h, size_t count);                              // goes on with that, for `count` units; false: done
void kr_cells_slow(KrHeap *h);                                             // the next allocation takes the slow path; all, with a hook
void kr_cells_idle(KrHeap *h);                                             // after each step of the collector
void kr_cells_give_back(KrHeap *h);                                        // what is free now, in the steps of kr_cells_idle
void kr_heap_pace(KrHeap *h, size_t live);                                 // when the next cycle starts, with so many bytes alive
bool kr_cells_each(KrHeap *h, bool marked, KrVisit *visit, void *context); // objects, or marked ones; false: visit said so

// Roots beyond registers and C stack; in vm_state.c.
void kr_trace_vm(KrTracer *tracer);
// After marking, nothing allocated: drop what died from tables that do not keep their content alive.
// In parts of `count` cells; false: there is more. The program runs in between.
bool kr_intern_sweep(KrVm *vm, size_t count);
bool kr_weakref_sweep(KrVm *vm, size_t count);
bool kr_caches_sweep(KrVm *vm, size_t count);
bool kr_caches_give_up(KrVm *vm); // after a whole collection that has left no room; false: there was nothing. The next one frees them
void kr_lookup_flush(KrVm *vm);
// Registers of all frames and threads; in vm/frame.c.
void kr_trace_frames(KrTracer *tracer); // the newest ones; heap.scan_cursor is where to go on
void kr_scan_frames(KrVm *vm);          // the next
// A generator: closing it lets go of what its frame holds. In vm/generator.c.
bool kr_holds_frame(const KrObject *o);

#endif
