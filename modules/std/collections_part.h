// collections_part.h - what the files of module _collections share: the deque, and the types of its table.
//
// The items of a deque stand in a ring whose length is a power of two: item i is at (first + i) modulo it. Slots in between are no values or
// None. `version` changes with every change of the items' number or order; what runs Python code in between compares it.
// SPDX-License-Identifier: MIT
#ifndef KR_STD_COLLECTIONS_PART_H
#define KR_STD_COLLECTIONS_PART_H

#include "object/container.h"
#include "object/object.h"
#include "object/reduce.h"
#include "object/str_method.h"
#include "object/tuple.h"

typedef struct {
    KrObject head;
    KrSlots *ring; // NULL while nothing was ever stored
    size_t first, len;
    size_t max; // with `bounded`
    uint32_t version;
    bool bounded;
} KrDeque;

extern const KrType kr_deque_type, kr_deque_iterator_type, kr_deque_reverse_type, kr_defaultdict_type, kr_ordered_dict_type,
    kr_tuplegetter_type;
extern const KrMethod kr_deque_methods[];

static inline KrDeque *kr_deque(KrValue v) { return KR_AS(KrDeque, v); }
static inline KrValue *kr_deque_at(const KrDeque *d, size_t i) { return &d->ring->item[(d->first + i) & (d->ring->cap - 1)]; }

// collections_deque.c
bool kr_deque_append(KrVm *vm, KrDeque *d, KrValue item) KR_RAISES;
bool kr_deque_append_left(KrVm *vm, KrDeque *d, KrValue item) KR_RAISES;
KrValue kr_deque_pop(KrVm *vm, KrDeque *d);      // of one that is not empty
KrValue kr_deque_pop_left(KrVm *vm, KrDeque *d); // likewise
bool kr_deque_extend(KrVm *vm, KrValue self, KrValue iterable, bool left) KR_RAISES;
void kr_deque_delete(KrVm *vm, KrDeque *d, size_t at);
void kr_deque_rotate(KrVm *vm, KrDeque *d, intptr_t n);
void kr_deque_clear(KrVm *vm, KrDeque *d);
KrValue kr_deque_list(KrVm *vm, const KrDeque *d) KR_RAISES; // of its items
KrValue kr_deque_copy(KrVm *vm, KrValue self) KR_RAISES;     // of the same class, by its constructor unless it is deque itself
bool kr_deque_changed(KrVm *vm, const KrDeque *d, uint32_t version) KR_RAISES; // false: raised
const char *kr_collections_name(KrValue v);                                    // of its type, without the module

// collections_deque_sequence.c
KrValue kr_deque_iter(KrVm *vm, KrValue self) KR_RAISES;
KrValue kr_deque_reversed(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_deque_getitem(KrVm *vm, KrValue self, KrValue key) KR_RAISES;
bool kr_deque_setitem(KrVm *vm, KrValue self, KrValue key, KrValue value) KR_RAISES;
bool kr_deque_contains(KrVm *vm, KrValue self, KrValue item, bool *out) KR_RAISES;
bool kr_deque_find(KrVm *vm, KrDeque *d, KrValue value, size_t from, size_t stop, size_t *at) KR_RAISES; // SIZE_MAX: absent
KrValue kr_deque_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) KR_RAISES;
KrValue kr_deque_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) KR_RAISES;
KrValue kr_deque_inplace(KrVm *vm, KrBinary op, KrValue self, KrValue other) KR_RAISES;

KrValue kr_count_elements(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES; // collections_count.c

#endif
