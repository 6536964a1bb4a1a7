// set.h - set and frozenset: open addressing over one array of values, two words an entry (hash as an int, key).
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_SET_H
#define KR_OBJECT_SET_H

#include "object/slots.h"

typedef struct {
    KrObject head;
    KrSlots *table; // NULL while empty; cap is 2 * 2^n. An unused entry has key KR_UNSET, a deleted one KR_DONE
    size_t used, filled;
    KrHash hash; // frozenset, once computed
    bool hashed;
    bool keyed;       // cells are found by keyed hashes: somebody sent colliding keys
    size_t finger;    // cells before it are known to be empty, for pop()
    uint32_t version; // changes with every change, for iterators
} KrSetObject;

extern const KrType kr_set_type, kr_frozenset_type, kr_set_iterator_type;

bool kr_set_contains(KrVm *vm, KrValue set, KrValue key, bool *out) KR_RAISES;
bool kr_set_discard(KrVm *vm, KrValue set, KrValue key, bool *found) KR_RAISES;
bool kr_set_update(KrVm *vm, KrValue set, KrValue iterable) KR_RAISES;
bool kr_set_next(KrValue set, size_t *position, KrValue *key);

#endif
