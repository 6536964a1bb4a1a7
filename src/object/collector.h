// collector.h - what heap.c and collector.c share, and what the collector asks of the rest of the VM.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_COLLECTOR_H
#define KR_OBJECT_COLLECTOR_H

#include "object/heap.h"

bool kr_mark_stack_init(KrVm *vm);
void kr_mark_stack_free(KrVm *vm);
void kr_page_mark_cells(KrHeap *h, KrPage *page, size_t from, size_t to);
void *kr_heap_reserve(KrHeap *h, size_t pages); // zeroed, not collected; NULL: none
void kr_heap_unreserve(KrHeap *h, void *from, size_t pages);
void kr_heap_sweep_begin(KrHeap *h);
void kr_heap_trim(KrHeap *h); // gives memory of a few free pages back to the system
bool kr_heap_sweep_some(KrHeap *h, size_t count);

// Roots beyond registers and C stack; in vm_state.c.
void kr_trace_vm(KrTracer *tracer);
// After marking, nothing allocated: drop what died from tables that do not keep their content alive.
void kr_intern_sweep(KrVm *vm);
void kr_weakref_sweep(KrVm *vm);
void kr_lookup_flush(KrVm *vm);
// Registers of all frames and threads; in vm/frame.c.
void kr_trace_frames(KrTracer *tracer); // the newest ones; heap.scan_cursor is where to go on
void kr_scan_frames(KrVm *vm);           // the next

#endif
