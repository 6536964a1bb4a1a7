// dict.c - the compact ordered hash table, and the view of an instance's attributes as a dict.
//
// Entries are in order of insertion; the index maps hashes to entry numbers + 1, 0 for a cell never used. At most two thirds of the cells
// are used, so every search ends. The order in which cells are visited is that of kr_first_cell and kr_next_cell. The bits of a cell that
// entry numbers do not need hold bits of the hash, so that an entry is looked at only when it is likely to be the one.
//
// Keys that were made to meet everywhere are found out by the length of their search (KR_LONG_SEARCH); the table then becomes keyed: text
// is hashed with SipHash and the vm's secret key, which stands behind the cells, and other hashes are mixed with it.
// SPDX-License-Identifier: MIT
#include "object/dict.h"

#include "base/hash.h"
#include "object/bulk.h"
#include "object/bytes.h"
#include "object/container.h"
#include "object/dict_table.h"
#include "object/object.h"
#include "object/shape.h"
#include "object/type.h"

enum { KR_SMALLEST_INDEX = 4 };

// ---- Cells ---------------------------------------------------------------------------------------------------------------------

static size_t cell_bytes(unsigned bits) { return bits <= 8 ? 1 : bits <= 16 ? 2 : 4; }
static inline uint32_t cell_get(const uint8_t *data, unsigned bits, size_t i) {
    if (bits <= 8) return data[i];
    return bits <= 16 ? ((const uint16_t *)(const void *)data)[i] : ((const uint32_t *)(const void *)data)[i];
}
static inline void cell_set(uint8_t *data, unsigned bits, size_t i, uint32_t v) {
    if (bits <= 8) data[i] = (uint8_t)v;
    else if (bits <= 16) ((uint16_t *)(void *)data)[i] = (uint16_t)v;
    else ((uint32_t *)(void *)data)[i] = v;
}
// The upper part of a cell for a hash: all above the lowest `bits`.
static inline uint32_t cell_tag(uint64_t stirred, unsigned bits) {
    uint32_t tag = (uint32_t)(stirred >> 24) << bits;
    return bits <= 8 ? tag & 0xFF : bits <= 16 ? tag & 0xFFFF : tag;
}
static size_t usable(unsigned bits) { return (size_t)(((uint64_t)2 << bits) / 3); }

// What decides where a key is searched for. A str subclass with a hash of its own is no text here.
KR_NOINLINE uint64_t kr_keyed_hash(const void *secret, KrValue key, KrValue hash) {
    KrHashKey k;
    memcpy(&k, secret, sizeof k);
    if (kr_is_str(key) && kr_same(kr_hash_word((KrHash)kr_str_hash(key)), hash))
        return (uint64_t)kr_hash_bytes_keyed(kr_str_data(kr_str_of(key)), kr_str_of(key)->len, &k);
    if (kr_is_exact(key, &kr_bytes_type)) {
        size_t len;
        const uint8_t *data = kr_bytes_data(key, &len);
        return (uint64_t)kr_hash_bytes_keyed(data, len, &k);
    }
    int64_t h = kr_int_value(hash);
    return (uint64_t)kr_hash_bytes_keyed(&h, sizeof h, &k);
}

static uint64_t keyed_hash(const KrRaw *index, unsigned bits, KrValue key, KrValue hash) {
    return kr_keyed_hash(index->data + (cell_bytes(bits) << bits), key, hash);
}

static inline uint64_t spread(const KrDictObject *d, KrValue key, KrValue hash) {
    return KR_UNLIKELY(d->keyed) ? keyed_hash(d->index, d->index_bits, key, hash) : (uint64_t)kr_int_value(hash);
}

// Notes an entry in the first free cell on its way; returns the number of cells visited.
static unsigned index_add(KrRaw *index, unsigned bits, uint64_t h, size_t entry) {
    size_t i = kr_first_cell(h, bits);
    uint64_t stirred = kr_stir(h);
    unsigned visited = 1;
    for (; cell_get(index->data, bits, i); visited++) i = kr_next_cell(i, visited, stirred, bits);
    cell_set(index->data, bits, i, ((uint32_t)entry + 1) | cell_tag(stirred, bits));
    return visited;
}

// The least entries of a dict that grows, and of one that is made of names: memory is dear where the heap is a fixed region.
enum { LEAST_GROWN = KR_BLOCK_HEAP ? 2 : 4, LEAST_NAMED = KR_BLOCK_HEAP ? 1 : 4 };

// ---- Memory --------------------------------------------------------------------------------------------------------------------

void kr_dict_changed(KrVm *vm, KrDictObject *d) {
    if (KR_UNLIKELY(++vm->next_version == 0)) { // used up: what caches hold means nothing any more
        vm->next_version = 1 << 16;
        kr_flush_caches(vm);
    }
    d->version = vm->next_version;
}

KrValue kr_dict_new(KrVm *vm, const KrType *type) {
    KrValue v = kr_alloc_instance(vm, type);
    if (!kr_is_error(v)) kr_dict_changed(vm, kr_dict_object(v));
    return v;
}

KrValue kr_dict(KrVm *vm) {
    KrDictObject *d = kr_alloc(vm, &kr_dict_type.shape, sizeof *d);
    if (!d) return KR_ERROR;
    kr_dict_changed(vm, d);
    return kr_from_ptr(d);
}

// An empty index; keyed ones end with the secret.
static KrRaw *new_index(KrVm *vm, unsigned bits, bool keyed) {
    size_t cells = cell_bytes(bits) << bits;
    if (bits > sizeof(size_t) * 8 - 4) return (void)kr_raise_memory(vm), NULL;
    KrRaw *index = kr_raw_new(vm, cells + (keyed ? sizeof(KrHashKey) : 0));
    if (index && keyed) memcpy(index->data + cells, vm->hash_key, sizeof(KrHashKey));
    return index;
}

// Gives the dict a new table for up to `cap` entries (bits of index; 0: none), with the live entries moved together.
static bool rebuild(KrVm *vm, KrDictObject *d, size_t cap, unsigned bits) {
    if (cap > PTRDIFF_MAX / sizeof(KrDictEntry) || cap > INT32_MAX) return kr_fail(kr_raise_memory(vm));
    KrSlots *entries = kr_slots_new(vm, cap * 3);
    KrRaw *index = entries && bits ? new_index(vm, bits, d->keyed) : NULL;
    if (!entries || (bits && !index)) return false;
    KrDictEntry *to = (KrDictEntry *)(void *)entries->item;
    kr_spend(vm, d->used / 2);
    const KrDictEntry *from = d->entries ? kr_dict_entries(d) : NULL;
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->filled; i++) {
        if (KR_UNLIKELY(i % 4096 == 4095) && !kr_bulk_done(vm, KR_BULK_BYTES)) return false;
        if (kr_is_unset(from[i].key)) continue;
        if (index) {
            uint64_t h = d->keyed ? keyed_hash(index, bits, from[i].key, from[i].hash) : (uint64_t)kr_int_value(from[i].hash);
            index_add(index, bits, h, n);
        }
        to[n++] = from[i];
    }
    KR_STORE_PTR(vm, d, d->entries, entries);
    KR_STORE_PTR(vm, d, d->index, index);
    d->index_bits = (uint8_t)bits;
    d->filled = n;
    if (!index) d->keyed = 0;
    kr_dict_changed(vm, d);
    return true;
}

bool kr_dict_reserve(KrVm *vm, KrDictObject *d, size_t count) {
    size_t dead = d->filled - d->used;
    if (count == 0 || (d->entries && count + dead <= d->entries->cap / 3)) return true;
    if (count > INT32_MAX / 2) return kr_fail(kr_raise_memory(vm));
    if (count <= KR_DICT_LINEAR) return rebuild(vm, d, count <= LEAST_GROWN ? LEAST_GROWN : count <= 4 ? 4 : KR_DICT_LINEAR, 0);
    unsigned bits = KR_SMALLEST_INDEX;
    while (usable(bits) < count) bits++;
    return rebuild(vm, d, usable(bits), bits);
}

// Room for one more: twice as much as is alive, so that the price is paid by the entries added since.
static KR_NOINLINE bool make_room(KrVm *vm, KrDictObject *d) {
    if (d->used < KR_DICT_LINEAR) return kr_dict_reserve(vm, d, (size_t)d->used + 1);
    return kr_dict_reserve(vm, d, d->used + (size_t)d->used * 2 / 3 + 1);
}

// The secret is known to nobody, so keys that met in this index will not meet in the next. Without memory it stays as it is.
static KR_COLD void make_keyed(KrVm *vm, KrDictObject *d) {
    KrRaw *index = new_index(vm, d->index_bits, true);
    if (!index) {
        (void)kr_take_raised(vm);
        return;
    }
    const KrDictEntry *e = kr_dict_entries(d);
    for (uint32_t i = 0; i < d->filled; i++)
        if (!kr_is_unset(e[i].key)) index_add(index, d->index_bits, keyed_hash(index, d->index_bits, e[i].key, e[i].hash), i);
    KR_STORE_PTR(vm, d, d->index, index);
    d->keyed = 1;
}

static inline bool has_room(const KrDictObject *d) { return d->entries && (size_t)d->filled * 3 + 3 <= d->entries->cap; }

// A new last entry: its number. There is room.
static inline uint32_t append(KrVm *vm, KrDictObject *d, KrValue key, KrValue hash, KrValue value) {
    KrDictEntry *e = &kr_dict_entries(d)[d->filled];
    e->hash = hash; // entries beyond `filled` hold no pointers: nothing is overwritten
    e->key = key;
    e->value = value;
    d->used++;
    if (!d->mixed && !kr_is_interned(key)) d->mixed = 1;
    kr_dict_changed(vm, d);
    return d->filled++;
}

bool kr_dict_insert(KrVm *vm, KrDictObject *d, KrValue key, KrValue hash, KrValue value) {
    if (KR_UNLIKELY(!has_room(d)) && !make_room(vm, d)) return false;
    uint32_t at = append(vm, d, key, hash, value);
    if (d->index && index_add(d->index, d->index_bits, spread(d, key, hash), at) > KR_LONG_SEARCH && !d->keyed) make_keyed(vm, d);
    return true;
}

KrValue kr_dict_of_names(KrVm *vm, size_t count, const KrValue *name, const KrValue *value, size_t step) {
    KrValue v = kr_dict(vm);
    if (kr_is_error(v) || !count) return v;
    KrDictObject *d = kr_dict_object(v);
    if (count > KR_DICT_LINEAR) {
        if (!kr_dict_reserve(vm, d, count)) return KR_ERROR;
    } else {
        KrSlots *entries = kr_slots_new(vm, 3 * (count < LEAST_NAMED ? LEAST_NAMED : count));
        if (!entries) return KR_ERROR;
        KR_STORE_PTR(vm, d, d->entries, entries);
    }
    KrDictEntry *e = kr_dict_entries(d);
    for (uint32_t i = 0; i < count; i++, name += step, value += step) {
        e[i].hash = kr_hash_word((KrHash)kr_str_hash(*name));
        e[i].key = *name;
        e[i].value = *value;
        d->mixed |= !kr_is_interned(*name);
        if (d->index) index_add(d->index, d->index_bits, (uint64_t)kr_int_value(e[i].hash), i);
    }
    d->used = d->filled = (uint32_t)count;
    return v;
}

bool kr_dict_clone(KrVm *vm, KrDictObject *into, const KrDictObject *from) {
    if (!from->used) return true;
    size_t bytes = (size_t)from->filled * sizeof(KrDictEntry);
    KrSlots *entries = kr_slots_new(vm, from->entries->cap);
    KrRaw *index = entries && from->index ? kr_raw_new(vm, from->index->cap) : NULL;
    if (!entries || (from->index && !index)) return false;
    if (!kr_bulk_copy(vm, entries->item, from->entries->item, bytes)) return false;
    if (index && !kr_bulk_copy(vm, index->data, from->index->data, index->cap)) return false;
    KR_STORE_PTR(vm, into, into->entries, entries);
    KR_STORE_PTR(vm, into, into->index, index);
    into->used = from->used;
    into->filled = from->filled;
    into->index_bits = from->index_bits;
    into->keyed = from->keyed;
    into->mixed = from->mixed;
    kr_dict_changed(vm, into);
    return true;
}

// ---- Searching -----------------------------------------------------------------------------------------------------------------

#define NO_CELL SIZE_MAX

typedef enum { DIFFERENT, FOUND, CHANGED, RAISED } Match;

static KR_NOINLINE Match match_slow(KrVm *vm, KrDictObject *d, size_t at, KrValue key) {
    KrValue other = kr_dict_entries(d)[at].key;
    bool same;
    if (kr_is_unset(other) || kr_both_int(other, key)) return DIFFERENT;
    if (kr_is_exact(other, &kr_str_type) && kr_is_exact(key, &kr_str_type)) return kr_str_equal(other, key) ? FOUND : DIFFERENT;
    uint32_t version = d->version, filled = d->filled;
    const KrSlots *entries = d->entries;
    const KrRaw *index = d->index;
    if (!kr_equal(vm, other, key, &same)) return RAISED;
    if (d->version != version &&
        (d->entries != entries || d->index != index || d->filled < filled || !kr_same(kr_dict_entries(d)[at].key, other)))
        return CHANGED;
    return same ? FOUND : DIFFERENT;
}

static inline Match match(KrVm *vm, KrDictObject *d, size_t at, KrValue key, KrValue hash) {
    const KrDictEntry *e = &kr_dict_entries(d)[at];
    if (kr_same(e->key, key)) return FOUND;
    return KR_LIKELY(!kr_same(e->hash, hash)) ? DIFFERENT : match_slow(vm, d, at, key);
}

static Match search_entries(KrVm *vm, KrDictObject *d, KrValue key, KrValue hash, int64_t *at) {
    for (uint32_t i = 0; i < d->filled; i++) {
        Match m = match(vm, d, i, key, hash);
        if (m == DIFFERENT) continue;
        *at = i;
        return m;
    }
    return DIFFERENT;
}

static inline Match search_index(KrVm *vm, KrDictObject *d, KrValue key, KrValue hash, int64_t *at, size_t *end) {
    unsigned bits = d->index_bits, visited = 1;
    uint64_t h = spread(d, key, hash), stirred = kr_stir(h);
    const uint8_t *data = d->index->data;
    uint32_t cell, tag = cell_tag(stirred, bits), number = ((uint32_t)1 << bits) - 1;
    size_t i = kr_first_cell(h, bits);
    for (; (cell = cell_get(data, bits, i)) != 0; i = kr_next_cell(i, visited++, stirred, bits)) {
        if ((cell & ~number) != tag) continue;
        Match m = match(vm, d, (cell & number) - 1, key, hash);
        if (m != DIFFERENT) return *at = (int64_t)(cell & number) - 1, m;
    }
    *end = visited <= KR_LONG_SEARCH ? i : NO_CELL;
    // An object of a class may be equal to a text without being one: its way through a keyed index is another.
    if (KR_UNLIKELY(d->keyed) && kr_is_ptr(key) && kr_is_heap_type(kr_type_of(key))) return search_entries(vm, d, key, hash, at);
    return DIFFERENT;
}

// The cell where a search begins, which decides most of them. CHANGED: it does not decide this one.
static inline Match first_cell(KrDictObject *d, KrValue key, KrValue hash, int64_t *at, size_t *end) {
    unsigned bits = d->index_bits;
    uint64_t h = (uint64_t)kr_int_value(hash);
    size_t i = kr_first_cell(h, bits);
    uint32_t cell = cell_get(d->index->data, bits, i), number = ((uint32_t)1 << bits) - 1;
    if (!cell) return *end = i, DIFFERENT;
    if (bits > 8 && (cell & ~number) != cell_tag(kr_stir(h), bits)) return CHANGED; // entries of small tables are near anyway
    const KrDictEntry *e = &kr_dict_entries(d)[(cell & number) - 1];
    bool same = kr_same(e->key, key) || (kr_same(e->hash, hash) && kr_is_exact(e->key, &kr_str_type) && kr_is_exact(key, &kr_str_type) &&
                                         kr_str_equal(e->key, key));
    return same ? (*at = (int64_t)(cell & number) - 1, FOUND) : CHANGED;
}

// *end: the cell where the search for an absent key ended, or NO_CELL.
static inline bool lookup(KrVm *vm, KrDictObject *d, KrValue key, KrValue hash, int64_t *at, size_t *end) {
    Match m;
    uint32_t version = d->version;
    *at = KR_NO_ENTRY;
    if (KR_LIKELY(d->index && !d->keyed) && first_cell(d, key, hash, at, end) != CHANGED) return true;
    do {
        *at = KR_NO_ENTRY;
        *end = NO_CELL;
        m = d->index ? search_index(vm, d, key, hash, at, end) : search_entries(vm, d, key, hash, at);
    } while (KR_UNLIKELY(m == CHANGED)); // __eq__ has changed the table, or the key that it was asked about: once more from the start
    if (KR_UNLIKELY(d->version != version)) *end = NO_CELL;
    return m != RAISED;
}

bool kr_dict_lookup(KrVm *vm, KrDictObject *d, KrValue key, KrValue hash, int64_t *at) {
    size_t end;
    return lookup(vm, d, key, hash, at, &end);
}

static bool is_name(const KrDictEntry *e, KrValue name, KrValue hash) {
    return kr_same(e->key, name) || (kr_same(e->hash, hash) && kr_is_exact(e->key, &kr_str_type) && kr_str_equal(e->key, name));
}

// The entry of an interned name, without the possibility of running Python code.
static KrDictEntry *find_name(const KrDictObject *d, KrValue name) {
    if (!d->index) {
        KrDictEntry *e = d->entries ? kr_dict_entries(d) : NULL, *end = e ? e + d->filled : NULL;
        for (KrDictEntry *at = e; at != end; at++)
            if (kr_same(at->key, name)) return at;
        if (!d->mixed) return NULL;
        KrValue hash = kr_hash_word((KrHash)kr_str_hash(name));
        for (; e != end; e++)
            if (is_name(e, name, hash)) return e;
        return NULL;
    }
    KrValue hash = kr_hash_word((KrHash)kr_str_hash(name));
    unsigned bits = d->index_bits, visited = 1;
    uint64_t h = spread(d, name, hash), stirred = kr_stir(h);
    uint32_t cell, tag = cell_tag(stirred, bits), number = ((uint32_t)1 << bits) - 1;
    for (size_t i = kr_first_cell(h, bits); (cell = cell_get(d->index->data, bits, i)) != 0;
         i = kr_next_cell(i, visited++, stirred, bits)) {
        if ((cell & ~number) != tag) continue;
        KrDictEntry *e = &kr_dict_entries(d)[(cell & number) - 1];
        if (is_name(e, name, hash)) return e;
    }
    return NULL;
}

KrValue *kr_dict_find_name(const KrDictObject *d, KrValue name) {
    KrDictEntry *e = find_name(d, name);
    return e ? &e->value : NULL;
}

// ---- Dicts with an owner -------------------------------------------------------------------------------------------------------

KrValue kr_dict_of_instance(KrVm *vm, KrObject *owner) {
    KrValue v = kr_dict(vm);
    if (!kr_is_error(v)) kr_dict_object(v)->owner = owner;
    return v;
}

bool kr_dict_fill_from_owner(KrVm *vm, KrDictObject *d) {
    KrObject *owner = d->owner;
    KrValue key, value;
    if (!owner) return true;
    if (!kr_dict_reserve(vm, d, kr_attr_count(owner) + 1)) return false;
    for (size_t at = 0; kr_attr_next(owner, &at, &key, &value);)
        if (!kr_is_unset(value) && !kr_dict_insert(vm, d, key, kr_hash_word((KrHash)kr_str_hash(key)), value))
            return false; // there is room
    KR_STORE_PTR(vm, d, d->owner, NULL);
    return true;
}

bool kr_dict_detach(KrVm *vm, KrDictObject *d) { return !d->owner || kr_attr_make_table(vm, d->owner); }

// Whether the owner's attributes answer for this key; *name is the key interned. Any other key needs a table. False: raised.
static bool owner_name(KrVm *vm, KrDictObject *d, KrValue key, KrValue *name) {
    *name = KR_UNSET;
    if (!kr_is_exact(key, &kr_str_type)) {
        KrHash unused;
        return kr_hash(vm, key, &unused) && kr_dict_detach(vm, d);
    }
    *name = kr_intern(vm, key);
    return !kr_is_error(*name);
}

// ---- Access --------------------------------------------------------------------------------------------------------------------

bool kr_dict_find_slot(KrVm *vm, KrDictObject *d, KrValue key, KrHash hash, KrValue **slot) {
    int64_t at;
    *slot = NULL;
    if (KR_UNLIKELY(d->owner) && !kr_dict_detach(vm, d)) return false;
    if (!kr_dict_lookup(vm, d, key, kr_hash_word(hash), &at)) return false;
    if (at != KR_NO_ENTRY) *slot = &kr_dict_entries(d)[at].value;
    return true;
}

bool kr_dict_find(KrVm *vm, KrValue dict, KrValue key, KrValue *value) {
    KrDictObject *d = kr_dict_object(dict);
    KrValue hash, name = KR_UNSET;
    int64_t at;
    if (KR_UNLIKELY(d->owner) && !owner_name(vm, d, key, &name)) return false;
    if (KR_UNLIKELY(!kr_is_unset(name))) return kr_attr_get(vm, d->owner, name, value);
    if (!kr_hash_key(vm, key, &hash) || !kr_dict_lookup(vm, d, key, hash, &at)) return false;
    *value = at == KR_NO_ENTRY ? KR_UNSET : kr_dict_entries(d)[at].value;
    return true;
}

bool kr_dict_set(KrVm *vm, KrValue dict, KrValue key, KrValue value) {
    KrDictObject *d = kr_dict_object(dict);
    KrValue hash, name = KR_UNSET;
    int64_t at;
    if (KR_UNLIKELY(d->owner) && !owner_name(vm, d, key, &name)) return false;
    if (KR_UNLIKELY(!kr_is_unset(name))) return kr_attr_set(vm, d->owner, name, value);
    size_t cell;
    if (!kr_hash_key(vm, key, &hash) || !lookup(vm, d, key, hash, &at, &cell)) return false;
    if (at != KR_NO_ENTRY) return kr_store(vm, d->entries, &kr_dict_entries(d)[at].value, value), true;
    if (cell == NO_CELL || !has_room(d)) return kr_dict_insert(vm, d, key, hash, value);
    uint32_t number = append(vm, d, key, hash, value);
    uint64_t stirred = kr_stir(spread(d, key, hash));
    cell_set(d->index->data, d->index_bits, cell, (number + 1) | cell_tag(stirred, d->index_bits));
    return true;
}

bool kr_dict_set_name(KrVm *vm, KrValue dict, KrValue name, KrValue value) {
    KrDictObject *d = kr_dict_object(dict);
    if (KR_UNLIKELY(d->owner)) return kr_attr_set(vm, d->owner, name, value);
    KrDictEntry *e = find_name(d, name);
    if (!e) return kr_dict_insert(vm, d, name, kr_hash_word((KrHash)kr_str_hash(name)), value);
    return kr_store(vm, d->entries, &e->value, value), true;
}

bool kr_dict_set_c(KrVm *vm, KrValue dict, const char *key, KrValue value) {
    KrValue name = kr_is_error(value) ? value : kr_name(vm, key);
    return !kr_is_error(name) && kr_dict_set_name(vm, dict, name, value);
}

// Where a key was, none is put while entries are left: iterators see then that keys have changed. popitem() gives the place back.
void kr_dict_trim(KrDictObject *d) {
    const KrDictEntry *e = kr_dict_entries(d);
    while (!d->index && d->filled && kr_is_unset(e[d->filled - 1].key)) d->filled--;
}

// An index that is mostly in use is emptied with the last entry; the work was paid for by what filled it.
static void forget_dead(KrDictObject *d) {
    if (!d->index || d->used || !(d->filled >> (d->index_bits - 2))) return;
    memset(d->index->data, 0, cell_bytes(d->index_bits) << d->index_bits);
    d->filled = 0;
}

void kr_dict_remove(KrVm *vm, KrDictObject *d, size_t at) {
    KrDictEntry *e = &kr_dict_entries(d)[at];
    kr_store(vm, d->entries, &e->key, KR_UNSET);
    kr_store(vm, d->entries, &e->value, KR_UNSET);
    e->hash = kr_int_box(0);
    d->used--;
    forget_dead(d);
    kr_dict_changed(vm, d);
}

int64_t kr_dict_last(KrDictObject *d) {
    if (!d->used) return KR_NO_ENTRY;
    KrDictEntry *e = kr_dict_entries(d);
    size_t last = d->filled - 1, at = last;
    while (kr_is_unset(e[at].key)) at -= 1 + (size_t)kr_int_value(e[at].hash);
    if (at != last) e[last].hash = kr_int_box((intptr_t)(last - at - 1)); // the next search from the end takes one step
    return (int64_t)at;
}

// Of a dead first entry the value is the number of entries known to be dead: a queue finds its head at once. Only tables with an index are
// never filled again without being made anew, or beginning at the first entry.
int64_t kr_dict_first(KrDictObject *d) {
    if (!d->used) return KR_NO_ENTRY;
    KrDictEntry *e = kr_dict_entries(d);
    bool dead = d->index && kr_is_unset(e->key);
    size_t at = dead && kr_is_int(e->value) ? (size_t)kr_int_value(e->value) : 0;
    while (kr_is_unset(e[at].key)) at++;
    if (dead) e->value = kr_int_box((intptr_t)at); // over no object
    return (int64_t)at;
}

void kr_dict_take(KrVm *vm, KrDictObject *into, const KrDictObject *from) {
    KR_STORE_PTR(vm, into, into->entries, from->entries);
    KR_STORE_PTR(vm, into, into->index, from->index);
    into->used = from->used;
    into->filled = from->filled;
    into->index_bits = from->index_bits;
    into->keyed = from->keyed;
    into->mixed = from->mixed;
    kr_dict_changed(vm, into);
}

bool kr_dict_delete(KrVm *vm, KrValue dict, KrValue key, bool *found) {
    KrDictObject *d = kr_dict_object(dict);
    KrValue hash, name = KR_UNSET;
    int64_t at;
    if (KR_UNLIKELY(d->owner) && !owner_name(vm, d, key, &name)) return false;
    if (KR_UNLIKELY(!kr_is_unset(name))) return kr_attr_delete(vm, d->owner, name, found);
    if (!kr_hash_key(vm, key, &hash) || !kr_dict_lookup(vm, d, key, hash, &at)) return false;
    *found = at != KR_NO_ENTRY;
    if (*found) kr_dict_remove(vm, d, (size_t)at);
    return true;
}

size_t kr_dict_len(KrValue dict) {
    const KrDictObject *d = kr_dict_object(dict);
    return KR_UNLIKELY(d->owner) ? kr_attr_count(d->owner) : d->used;
}

bool kr_dict_next(KrValue dict, size_t *position, KrValue *key, KrValue *value) {
    KrDictObject *d = kr_dict_object(dict);
    if (KR_UNLIKELY(d->owner)) return kr_attr_next(d->owner, position, key, value);
    size_t at = *position;
    if (!at && d->used && kr_is_unset(kr_dict_entries(d)->key)) at = (size_t)kr_dict_first(d); // del d[next(iter(d))]: a queue
    for (; at < d->filled; at++) {
        const KrDictEntry *e = &kr_dict_entries(d)[at];
        if (kr_is_unset(e->key)) continue;
        *key = e->key;
        *value = e->value;
        *position = at + 1;
        return true;
    }
    *position = d->filled;
    return false;
}

bool kr_dict_previous(KrDictObject *d, size_t *position, KrValue *key, KrValue *value) {
    size_t at = *position, limit = d->owner ? kr_attr_count(d->owner) : d->filled;
    if (at > limit) at = limit;
    while (at-- > 0) {
        size_t next = at;
        if (d->owner) {
            if (!kr_attr_next(d->owner, &next, key, value)) break;
        } else {
            const KrDictEntry *e = &kr_dict_entries(d)[at];
            if (kr_is_unset(e->key)) continue;
            *key = e->key;
            *value = e->value;
        }
        *position = at;
        return true;
    }
    return *position = 0, false;
}

void kr_dict_clear(KrVm *vm, KrDictObject *d) {
    if (KR_UNLIKELY(d->owner) && !kr_dict_detach(vm, d)) {
        (void)kr_take_raised(vm);
        return;
    }
    KR_STORE_PTR(vm, d, d->entries, NULL);
    KR_STORE_PTR(vm, d, d->index, NULL);
    d->used = d->filled = 0;
    d->index_bits = d->keyed = d->mixed = 0;
    kr_dict_changed(vm, d);
}
