// dict.h - the compact ordered hash table, and the view of an instance's attributes as a dict: one type, two backings.
//
// entries holds three words an entry, in order of insertion: hash (as an int), key, value. A deleted entry has key KR_UNSET. index maps
// hash to entry number + 1 (0: never used; entries of deleted keys stay until the table is rebuilt) in cells of 1, 2 or 4 bytes; a dict of up to
// KR_DICT_LINEAR entries has none and is searched in order. `version` changes whenever a key is added or removed or entries move, and no
// two dicts ever have the same one, so (version, address of a value) is a valid cache.
//
// With an owner, the dict shows the attributes of that instance and has no table of its own (see shape.h).
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_DICT_H
#define KR_OBJECT_DICT_H

#include "object/slots.h"

#define KR_DICT_LINEAR 8

typedef struct {
    KrObject head;
    KrSlots *entries; // NULL while empty
    KrRaw *index;     // NULL while entries are few
    uint32_t used;    // live entries
    uint32_t filled;  // entries in use, live and deleted
    uint32_t version;
    uint8_t index_bits; // the index has 2^index_bits cells
    uint8_t keyed;      // hashes of str and bytes keys are keyed: somebody sent colliding keys
    uint8_t shared;     // is a module's globals: version changes flush nothing else (reserved)
    uint8_t mixed;      // has, or had, keys that are not interned names
    KrObject *owner;    // instance whose attributes these are, or NULL
} KrDictObject;

extern const KrType kr_dict_type, kr_dict_keys_type, kr_dict_values_type, kr_dict_items_type;
extern const KrType kr_dict_key_iterator_type, kr_dict_value_iterator_type, kr_dict_item_iterator_type;

// Address of the value of an interned str key, valid while the version is the same; NULL: absent. Not for dicts with an owner.
KrValue *kr_dict_find_name(const KrDictObject *dict, KrValue name);
// Any key; its hash is computed. *slot NULL: absent.
bool kr_dict_find_slot(KrVm *vm, KrDictObject *dict, KrValue key, KrHash hash, KrValue **slot) KR_RAISES;
// As kr_dict_set for an interned name: cannot call Python code, false only for MemoryError.
bool kr_dict_set_name(KrVm *vm, KrValue dict, KrValue name, KrValue value) KR_RAISES;
KrValue kr_dict_of_instance(KrVm *vm, KrObject *owner) KR_RAISES;     // a new dict with this owner
bool kr_dict_detach(KrVm *vm, KrDictObject *dict) KR_RAISES;          // from its owner: gets a table of its own with what the owner has
bool kr_dict_fill_from_owner(KrVm *vm, KrDictObject *dict) KR_RAISES; // what kr_attr_make_table asks: copies, and forgets the owner
KrValue kr_dict_copy(KrVm *vm, KrValue dict) KR_RAISES;
bool kr_dict_update(KrVm *vm, KrValue dict, KrValue other) KR_RAISES; // a mapping or an iterable of pairs, as dict.update
bool kr_dict_merge_new(KrVm *vm, KrValue dict, KrValue mapping, KrValue *duplicate) KR_RAISES; // f(**a, **b): a key twice is reported
bool kr_dict_merge(KrVm *vm, KrValue dict, KrValue mapping) KR_RAISES;                         // by its keys(), which it must have
// Names are exact and different strs; one is `step` words behind the other, and so are the values.
KrValue kr_dict_of_names(KrVm *vm, size_t count, const KrValue *name, const KrValue *value, size_t step) KR_RAISES;
void kr_dict_clear(KrVm *vm, KrDictObject *dict);

#endif
