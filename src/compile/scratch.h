// scratch.h - the memory of a compilation: where its arenas get their blocks from.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_SCRATCH_H
#define KR_COMPILE_SCRATCH_H

#include "compile/arena.h"
#include "krait.h"

typedef struct { // lives on the C stack while the arenas do
    KrVm *vm;
    KrValue blocks;
} KrScratch;

bool kr_scratch_begin(KrVm *vm, KrScratch *scratch, KrArenaSource *source) KR_RAISES;

#endif
