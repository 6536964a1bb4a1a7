// block.c - blocks from the port, where it can give memory at any time.
// SPDX-License-Identifier: MIT
#include "object/block.h"

#include "port.h"

#if !KR_DEVICE

void *kr_block_new(KrVm *vm, size_t *size) {
    size_t want = *size;
    void *p = kr_port_memory(size);
    (void)vm;
    if (!p || *size >= want) return p;
    kr_port_memory_free(p, *size);
    return NULL;
}

void kr_block_free(KrVm *vm, void *block, size_t size) {
    (void)vm;
    kr_port_memory_free(block, size);
}

#endif
