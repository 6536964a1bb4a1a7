// set_table.h - what the files of the set types share: entries as a struct, and the table's functions.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_SET_TABLE_H
#define KR_OBJECT_SET_TABLE_H

#include "object/dict_table.h"
#include "object/set.h"
#include "object/vm_state.h"

typedef struct { // two words of KrSetObject.table
    KrValue hash, key;
} KrSetEntry;

static inline KrSetObject *kr_set_object(KrValue v) { return KR_AS(KrSetObject, v); }
static inline bool kr_is_any_set(KrValue v) { return kr_is_ptr(v) && kr_has_flag(v, KR_TYPE_IS_SET); }
static inline bool kr_is_exact_set(KrValue v) { return kr_is_exact(v, &kr_set_type) || kr_is_exact(v, &kr_frozenset_type); }

KrValue kr_set_new(KrVm *vm, const KrType *type) KR_RAISES;                            // empty
bool kr_set_reserve(KrVm *vm, KrSetObject *s, size_t count) KR_RAISES;                 // room for count keys
bool kr_set_add_hashed(KrVm *vm, KrSetObject *s, KrValue key, KrValue hash) KR_RAISES; // unless it is there
bool kr_set_has(KrVm *vm, KrSetObject *s, KrValue key, KrValue hash, bool *out) KR_RAISES;
bool kr_set_remove(KrVm *vm, KrSetObject *s, KrValue key, KrValue hash, bool *found) KR_RAISES;
KrValue kr_set_pop(KrVm *vm, KrSetObject *s); // KR_UNSET: it is empty
void kr_set_clear(KrVm *vm, KrSetObject *s);
bool kr_set_clone(KrVm *vm, KrSetObject *into, const KrSetObject *from) KR_RAISES; // into is empty
// The next entry with the hash that the table keeps.
bool kr_set_next_entry(const KrSetObject *s, size_t *position, KrValue *key, KrValue *hash);
// The hash of a key to look for: a set, which has none, is looked for as the frozenset equal to it.
bool kr_set_key_hash(KrVm *vm, KrValue key, KrValue *hash) KR_RAISES;
bool kr_frozenset_hash(KrVm *vm, KrValue self, KrHash *out) KR_RAISES;
KrValue kr_set_iterator(KrVm *vm, KrValue set) KR_RAISES;

// The keys of a dict, with the hashes that it keeps.
typedef bool (*KrSetVisit)(KrVm *vm, KrValue context, KrValue key, KrValue hash, void *data);
static inline bool kr_set_is_plain_dict(KrValue v) { return kr_is_exact(v, &kr_dict_type) && !kr_dict_object(v)->owner; }
bool kr_set_each_dict_key(KrVm *vm, KrValue dict, KrSetVisit visit, KrValue context, void *data) KR_RAISES;

// A step for each key that a loop over a set looks at.
static inline KR_RAISES bool kr_set_work(KrVm *vm) { return kr_spend(vm, 1), kr_settle(vm); }

// Subsets and comparison, for set_method.c.
bool kr_set_within(KrVm *vm, KrSetObject *a, KrSetObject *b, bool *out) KR_RAISES; // is every key of a in b?
KrValue kr_set_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op);
extern const KrMethod kr_set_methods[], kr_frozenset_methods[];
KrValue kr_set_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right);
KrValue kr_set_inplace(KrVm *vm, KrBinary op, KrValue self, KrValue other);

#endif
