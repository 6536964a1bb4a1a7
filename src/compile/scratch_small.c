// scratch_small.c - blocks from the pages of the heap, free again as soon as the compilation ends: little memory leaves no room for garbage.
// SPDX-License-Identifier: MIT
#include "compile/scratch.h"

#include "object/heap.h"

#if KR_DEVICE

static void *grab(void *context, size_t size) {
    KrVm *vm = ((KrScratch *)context)->vm;
    void *block = kr_side_alloc(vm, &size);
    return block || !kr_heap_squeeze(vm) ? block : kr_side_alloc(vm, &size);
}
static void drop(void *context, void *block, size_t size) { kr_side_free(((KrScratch *)context)->vm, block, size); }

bool kr_scratch_begin(KrVm *vm, KrScratch *scratch, KrArenaSource *source) {
    *scratch = (KrScratch){ vm, KR_NONE };
    *source = (KrArenaSource){ grab, drop, scratch };
    return true;
}

#endif
