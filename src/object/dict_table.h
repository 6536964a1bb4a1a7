// dict_table.h - the table of a dict, for the files of the dict type: entries as a struct, and the words that stand for hashes.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_DICT_TABLE_H
#define KR_OBJECT_DICT_TABLE_H

#include "object/dict.h"

typedef struct {              // three words of KrDictObject.entries
    KrValue hash, key, value; // a dead entry: hash is the number of dead ones known before it, key is KR_UNSET
} KrDictEntry;

static inline KrDictObject *kr_dict_object(KrValue v) { return KR_AS(KrDictObject, v); }
static inline KrDictEntry *kr_dict_entries(const KrDictObject *d) { return (KrDictEntry *)(void *)d->entries->item; }

enum { KR_NO_ENTRY = -1 };

// Entry number of a key; KR_NO_ENTRY: absent. Not for dicts with an owner. May run __eq__; the dict may be another afterwards.
bool kr_dict_lookup(KrVm *vm, KrDictObject *d, KrValue key, KrValue hash, int64_t *at) KR_RAISES;
// Adds a key that is known to be absent.
bool kr_dict_insert(KrVm *vm, KrDictObject *d, KrValue key, KrValue hash, KrValue value) KR_RAISES;
bool kr_dict_reserve(KrVm *vm, KrDictObject *d, size_t count) KR_RAISES;              // room for count live entries
void kr_dict_trim(KrDictObject *d);                                                   // dead entries at the end go
void kr_dict_remove(KrVm *vm, KrDictObject *d, size_t at);                            // a live entry
int64_t kr_dict_last(KrDictObject *d);                                                // the last live entry
int64_t kr_dict_first(KrDictObject *d);                                               // the first live entry; not of one with an owner
void kr_dict_take(KrVm *vm, KrDictObject *into, const KrDictObject *from);            // from's table, which nobody else uses
void kr_dict_changed(KrVm *vm, KrDictObject *d);                                      // a new version
bool kr_dict_clone(KrVm *vm, KrDictObject *into, const KrDictObject *from) KR_RAISES; // into is empty, neither has an owner
KrValue kr_dict_new(KrVm *vm, const KrType *type) KR_RAISES;

// Iteration from the end: *position starts at SIZE_MAX.
bool kr_dict_previous(KrDictObject *d, size_t *position, KrValue *key, KrValue *value);

#endif
