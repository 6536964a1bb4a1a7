// block_small.c - blocks from the pages of the heap, where its region is all the memory that there is.
// SPDX-License-Identifier: MIT
#include "object/block.h"

#include "object/collector.h"

#if KR_DEVICE

static size_t pages_of(size_t size) { return (size + KR_PAGE_SIZE - 1) >> KR_PAGE_SHIFT; }

void *kr_block_new(KrVm *vm, size_t *size) {
    size_t count = pages_of(*size);
    *size = count << KR_PAGE_SHIFT;
    void *p = kr_heap_reserve(&vm->heap, count);
    if (p || vm->heap.busy) return p;
    kr_collect(vm);
    return kr_heap_reserve(&vm->heap, count);
}

void kr_block_free(KrVm *vm, void *block, size_t size) { kr_heap_unreserve(&vm->heap, block, pages_of(size)); }

#endif
