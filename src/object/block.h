// block.h - memory of a VM beside the collected cells: tables, register stacks, frames.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_BLOCK_H
#define KR_OBJECT_BLOCK_H

#include "object/vm_state.h"

// At least *size bytes, zeroed; *size gets what there is to use. NULL: none, nothing raised. May collect.
void *kr_block_new(KrVm *vm, size_t *size);
void kr_block_free(KrVm *vm, void *block, size_t size); // size: as kr_block_new gave it

#endif
