// list.h - the growing array of values.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_LIST_H
#define KR_OBJECT_LIST_H

#include "object/slots.h"

typedef struct {
    KrObject head;
    size_t len;
    KrSlots *items; // NULL while empty; cap >= len
} KrListObject;

extern const KrType kr_list_type, kr_list_iterator_type;

// A list of len unfilled items (zero words): fill all before anything else is allocated.
KrListObject *kr_list_new(KrVm *vm, size_t len);
bool kr_list_reserve(KrVm *vm, KrListObject *list, size_t cap) KR_RAISES;
KrValue kr_row_of(KrVm *vm, KrValue v, const char *refusal) KR_RAISES; // itself if it is exactly a list or tuple, else its items in a list
bool kr_list_append_slow(KrVm *vm, KrListObject *list, KrValue item) KR_RAISES;

KR_RAISES static inline bool kr_list_push(KrVm *vm, KrListObject *list, KrValue item) {
    if (KR_UNLIKELY(!list->items || list->len == list->items->cap)) return kr_list_append_slow(vm, list, item);
    kr_store(vm, list->items, &list->items->item[list->len], item);
    list->len++;
    return true;
}

#endif
