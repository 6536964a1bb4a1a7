// scratch.c - blocks from the collected heap, kept alive by a list: no system call, and what an error leaves behind goes with the rest.
// SPDX-License-Identifier: MIT
#include "compile/scratch.h"

#include "object/list.h"
#include "object/vm_state.h"

#if !KR_DEVICE

static void *grab(void *context, size_t size) {
    KrScratch *b = context;
    bool raised = kr_raised(b->vm);
    kr_spend(b->vm, size >> 5);                    // what fills a block costs about so much
    if (!raised && !kr_settle(b->vm)) return NULL; // a limit: the compilation ends as without memory, with what was raised
    KrRaw *raw = kr_raw_new(b->vm, size + 16);
    if (!raw || !kr_list_append(b->vm, b->blocks, kr_from_ptr(raw))) {
        if (!raised) (void)kr_take_raised(b->vm); // the arena asks again for less, and its users raise
        return NULL;
    }
    return (void *)(((uintptr_t)raw->data + 15) & ~(uintptr_t)15);
}

static void drop(void *context, void *block, size_t size) {
    KrScratch *b = context;
    KrListObject *list = KR_AS(KrListObject, b->blocks);
    (void)size;
    for (size_t i = list->len; i-- > 0;) {
        uint8_t *data = KR_AS(KrRaw, list->items->item[i])->data;
        if ((uint8_t *)block < data || (uint8_t *)block > data + 16) continue;
        kr_store(b->vm, list->items, &list->items->item[i], list->items->item[list->len - 1]);
        kr_store(b->vm, list->items, &list->items->item[list->len - 1], KR_NONE);
        list->len--;
        return;
    }
}

bool kr_scratch_begin(KrVm *vm, KrScratch *scratch, KrArenaSource *source) {
    *scratch = (KrScratch){ vm, kr_list(vm, 0, NULL) };
    *source = (KrArenaSource){ grab, drop, scratch };
    return !kr_is_error(scratch->blocks);
}

#endif
