// alloc_trace.h - counts allocations by line of Python code, for tools.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_ALLOC_TRACE_H
#define KR_VM_ALLOC_TRACE_H

#include "krait.h"

bool kr_alloc_trace_start(KrVm *vm) KR_RAISES;
KrValue kr_alloc_trace_stop(KrVm *vm) KR_RAISES; // list of (filename, line, objects, bytes), most bytes first
void kr_alloc_trace_mark(KrTracer *tracer);
void kr_alloc_trace_free(KrVm *vm);

#endif
