// set.c - the hash table of sets: open addressing over one array, two words an entry.
//
// At most three fifths of the cells are in use, so every search ends at an unused one. A deleted cell is used again by the next key that
// passes it. As in dict.c, a search that visits too many cells makes the table keyed. SPDX-License-Identifier: MIT
#include "object/set_table.h"

#include "object/bulk.h"
#include "object/container.h"
#include "object/dict.h"
#include "object/list.h"
#include "object/object.h"

enum { KR_SMALLEST_SET = 3, KR_LARGE_SET = KR_DEVICE ? 1 : 50000 }; // bits; keys from which on tables grow by two, not by four

static KrSetEntry *entries(const KrSetObject *s) { return (KrSetEntry *)(void *)s->table->item; }
static size_t cells_of(const KrSetObject *s) { return s->table ? s->table->cap / 2 : 0; }
static unsigned bits_of(const KrSetObject *s) { return (unsigned)__builtin_ctzll((uint64_t)s->table->cap) - 1; }
static bool is_free(KrValue key) { return kr_is_unset(key) || kr_is_done(key); }

static uint64_t spread(KrVm *vm, const KrSetObject *s, KrValue key, KrValue hash) {
    return KR_UNLIKELY(s->keyed) ? kr_keyed_hash(vm->hash_key, key, hash) : (uint64_t)kr_int_value(hash);
}

KrValue kr_set_new(KrVm *vm, const KrType *type) { return kr_alloc_instance(vm, type); }

static KrSlots *new_table(KrVm *vm, size_t cells) {
    if (cells > PTRDIFF_MAX / sizeof(KrSetEntry)) return (void)kr_raise_memory(vm), NULL;
    KrSlots *table = kr_slots_new(vm, cells * 2);
    for (size_t i = 0; table && i < cells; i++) table->item[2 * i + 1] = KR_UNSET;
    return table;
}

// Puts a key that is not there in the first unused cell on its way.
static void place(KrSetEntry *e, unsigned bits, uint64_t h, KrValue key, KrValue hash) {
    size_t i = kr_first_cell(h, bits);
    uint64_t stirred = kr_stir(h);
    for (unsigned visited = 1; !kr_is_unset(e[i].key); visited++) i = kr_next_cell(i, visited, stirred, bits);
    e[i].hash = hash;
    e[i].key = key;
}

static bool rebuild(KrVm *vm, KrSetObject *s, unsigned bits) {
    KrSlots *table = new_table(vm, (size_t)1 << bits);
    if (!table) return false;
    const KrSetEntry *from = s->table ? entries(s) : NULL;
    kr_spend(vm, s->used / 2);
    for (size_t i = 0, n = cells_of(s); i < n; i++) {
        if (KR_UNLIKELY(i % 4096 == 4095) && !kr_bulk_done(vm, KR_BULK_BYTES)) return false;
        if (!is_free(from[i].key))
            place((KrSetEntry *)(void *)table->item, bits, spread(vm, s, from[i].key, from[i].hash), from[i].key, from[i].hash);
    }
    KR_STORE_PTR(vm, s, s->table, table);
    s->filled = s->used;
    s->finger = 0;
    s->version++;
    return true;
}

bool kr_set_reserve(KrVm *vm, KrSetObject *s, size_t count) {
    if (s->table && (count + s->filled - s->used) * 5 <= cells_of(s) * 3) return true;
    if (count > PTRDIFF_MAX / sizeof(KrSetEntry) / 4) return kr_fail(kr_raise_memory(vm));
    unsigned bits = KR_SMALLEST_SET;
    while (count * 5 > ((size_t)3 << bits)) bits++;
    return rebuild(vm, s, bits);
}

// ---- Searching -----------------------------------------------------------------------------------------------------------------

typedef enum { DIFFERENT, FOUND, CHANGED, RAISED } Match;

static KR_NOINLINE Match match_slow(KrVm *vm, KrSetObject *s, size_t at, KrValue key) {
    KrValue other = entries(s)[at].key;
    const KrSlots *table = s->table;
    bool same;
    if (is_free(other) || kr_both_int(other, key)) return DIFFERENT;
    if (kr_is_exact(other, &kr_str_type) && kr_is_exact(key, &kr_str_type)) return kr_str_equal(other, key) ? FOUND : DIFFERENT;
    if (!kr_equal(vm, other, key, &same)) return RAISED;
    return s->table != table || !kr_same(entries(s)[at].key, other) ? CHANGED : same ? FOUND : DIFFERENT;
}

// The cell of a key, or the cell where it should go: then *free is set, to the first deleted one passed or the unused one at the end.
static Match search(KrVm *vm, KrSetObject *s, KrValue key, KrValue hash, size_t *at, unsigned *visited) {
    unsigned bits = bits_of(s);
    uint64_t h = spread(vm, s, key, hash), stirred = kr_stir(h);
    size_t i = kr_first_cell(h, bits), deleted = SIZE_MAX;
    const KrSetEntry *e = entries(s);
    uint32_t version = s->version;
    unsigned n = 1;
    for (; !kr_is_unset(e[i].key); i = kr_next_cell(i, n++, stirred, bits)) {
        if (kr_same(e[i].key, key)) return *at = i, FOUND;
        if (kr_same(e[i].hash, hash)) {
            Match m = match_slow(vm, s, i, key);
            if (m != DIFFERENT) return *at = i, m;
        }
        if (deleted == SIZE_MAX && kr_is_done(e[i].key)) deleted = i;
    }
    if (KR_UNLIKELY(s->version != version)) { // __eq__ has changed cells: where is the first free one now?
        deleted = SIZE_MAX, n = 1;
        for (i = kr_first_cell(h, bits); !is_free(e[i].key); i = kr_next_cell(i, n++, stirred, bits)) {}
    }
    *visited = n;
    return *at = deleted == SIZE_MAX ? i : deleted, DIFFERENT;
}

static bool find(KrVm *vm, KrSetObject *s, KrValue key, KrValue hash, size_t *at, bool *found) {
    unsigned visited;
    Match m = DIFFERENT;
    *at = 0;
    while (s->table && (m = search(vm, s, key, hash, at, &visited)) == CHANGED) {} // __eq__ changed the set: once more from the start
    *found = m == FOUND;
    return m != RAISED;
}

bool kr_set_has(KrVm *vm, KrSetObject *s, KrValue key, KrValue hash, bool *out) {
    size_t at;
    return find(vm, s, key, hash, &at, out);
}

static KR_COLD void make_keyed(KrVm *vm, KrSetObject *s) {
    s->keyed = true;
    if (rebuild(vm, s, bits_of(s))) return;
    s->keyed = false;
    (void)kr_take_raised(vm);
}

bool kr_set_add_hashed(KrVm *vm, KrSetObject *s, KrValue key, KrValue hash) {
    size_t at;
    unsigned visited;
    Match m;
    do {
        if (KR_UNLIKELY(!s->table || (s->filled + 1) * 5 > cells_of(s) * 3)) {
            if (!kr_set_reserve(vm, s, s->used * (s->used >= KR_LARGE_SET ? 1 : 2) + s->used / 2 + 1)) return false;
        }
        m = search(vm, s, key, hash, &at, &visited);
    } while (KR_UNLIKELY(m == CHANGED));
    if (m != DIFFERENT) return m == FOUND;
    KrSetEntry *e = &entries(s)[at];
    if (kr_is_unset(e->key)) s->filled++;
    e->hash = hash;
    e->key = key; // over a free cell, which holds no pointer
    s->used++;
    s->version++;
    if (at < s->finger) s->finger = at;
    if (KR_UNLIKELY(visited > KR_LONG_SEARCH) && !s->keyed) make_keyed(vm, s);
    return true;
}

static void remove_at(KrVm *vm, KrSetObject *s, size_t at) {
    kr_store(vm, s->table, &entries(s)[at].key, KR_DONE);
    entries(s)[at].hash = kr_int_box(0);
    s->used--;
    s->version++;
}

bool kr_set_remove(KrVm *vm, KrSetObject *s, KrValue key, KrValue hash, bool *found) {
    size_t at;
    if (!find(vm, s, key, hash, &at, found)) return false;
    if (*found) remove_at(vm, s, at);
    return true;
}

KrValue kr_set_pop(KrVm *vm, KrSetObject *s) {
    if (!s->used) return KR_UNSET;
    while (is_free(entries(s)[s->finger].key)) s->finger++;
    KrValue key = entries(s)[s->finger].key;
    remove_at(vm, s, s->finger);
    return key;
}

void kr_set_clear(KrVm *vm, KrSetObject *s) {
    KR_STORE_PTR(vm, s, s->table, NULL);
    s->used = s->filled = s->finger = 0;
    s->keyed = false;
    s->version++;
}

bool kr_set_clone(KrVm *vm, KrSetObject *into, const KrSetObject *from) {
    if (!from->used) return true;
    KrSlots *table = kr_slots_new(vm, from->table->cap);
    if (!table) return false;
    if (!kr_bulk_copy(vm, table->item, from->table->item, table->cap * sizeof(KrValue))) return false;
    KR_STORE_PTR(vm, into, into->table, table);
    into->used = from->used;
    into->filled = from->filled;
    into->keyed = from->keyed;
    into->finger = 0;
    into->version++;
    return true;
}

bool kr_set_next_entry(const KrSetObject *s, size_t *position, KrValue *key, KrValue *hash) {
    size_t n = cells_of(s);
    for (size_t i = *position; i < n; i++) {
        const KrSetEntry *e = &entries(s)[i];
        if (is_free(e->key)) continue;
        *key = e->key;
        *hash = e->hash;
        *position = i + 1;
        return true;
    }
    return *position = n, false;
}

bool kr_set_next(KrValue set, size_t *position, KrValue *key) {
    KrValue hash;
    return kr_set_next_entry(kr_set_object(set), position, key, &hash);
}

// ---- Interface -----------------------------------------------------------------------------------------------------------------

KrValue kr_set(KrVm *vm, KrValue iterable) {
    KrValue s = kr_set_new(vm, &kr_set_type);
    if (kr_is_error(s) || kr_is_unset(iterable)) return s;
    return kr_set_update(vm, s, iterable) ? s : KR_ERROR;
}

bool kr_set_add(KrVm *vm, KrValue set, KrValue item) {
    KrValue hash;
    return kr_hash_key(vm, item, &hash) && kr_set_add_hashed(vm, kr_set_object(set), item, hash);
}

bool kr_set_key_hash(KrVm *vm, KrValue key, KrValue *hash) {
    KrHash h;
    if (kr_hash_key(vm, key, hash)) return true;
    if (!kr_is_any_set(key) || !kr_raised_is(vm, &kr_type_error)) return false;
    (void)kr_take_raised(vm);
    if (!kr_frozenset_hash(vm, key, &h)) return false;
    return *hash = kr_hash_word(h), true;
}

bool kr_set_contains(KrVm *vm, KrValue set, KrValue key, bool *out) {
    KrValue hash;
    return kr_set_key_hash(vm, key, &hash) && kr_set_has(vm, kr_set_object(set), key, hash, out);
}

bool kr_set_discard(KrVm *vm, KrValue set, KrValue key, bool *found) {
    KrValue hash;
    return kr_set_key_hash(vm, key, &hash) && kr_set_remove(vm, kr_set_object(set), key, hash, found);
}

static bool add_all(KrVm *vm, KrSetObject *s, KrSetObject *from) {
    KrValue key, hash;
    if (s == from) return true;
    if (s->filled == 0 && !s->table && from->used) return kr_set_clone(vm, s, from);
    for (size_t at = 0; kr_set_next_entry(from, &at, &key, &hash);) // it may change meanwhile
        if (!kr_set_add_hashed(vm, s, key, hash) || !kr_set_work(vm)) return false;
    return true;
}

static bool add_entry(KrVm *vm, KrValue set, KrValue key, KrValue hash, void *unused) {
    (void)unused;
    return kr_set_add_hashed(vm, kr_set_object(set), key, hash);
}

bool kr_set_each_dict_key(KrVm *vm, KrValue dict, KrSetVisit visit, KrValue context, void *data) {
    for (size_t at = 0; at < kr_dict_object(dict)->filled; at++) {
        const KrDictEntry e = kr_dict_entries(kr_dict_object(dict))[at];
        if (!kr_is_unset(e.key) && !visit(vm, context, e.key, e.hash, data)) return false;
        if (at % 1024 == 1023 && !kr_poll(vm, 1024)) return false;
    }
    return true;
}

bool kr_set_update(KrVm *vm, KrValue set, KrValue iterable) {
    KrValue item;
    if (kr_is_any_set(iterable)) return add_all(vm, kr_set_object(set), kr_set_object(iterable));
    if (kr_set_is_plain_dict(iterable)) return kr_set_each_dict_key(vm, iterable, add_entry, set, NULL);
    KrValue it = kr_iter(vm, iterable);
    if (kr_is_error(it)) return false;
    for (uint32_t n = 1; !kr_is_done(item = kr_next_inline(vm, it)); n++) {
        if (kr_is_error(item) || !kr_set_add(vm, set, item)) return false;
        if (n % 1024 == 0 && !kr_poll(vm, 1024)) return false;
    }
    return true;
}

// ---- Iteration -----------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue set; // KR_UNSET at the end
    size_t position, len, left;
} SetIterator;

KrValue kr_set_iterator(KrVm *vm, KrValue set) {
    SetIterator *it = kr_alloc(vm, &kr_set_iterator_type.shape, sizeof *it);
    if (!it) return KR_ERROR;
    it->set = set;
    it->len = it->left = kr_set_object(set)->used;
    return kr_from_ptr(it);
}

static void iterator_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((SetIterator *)o)->set); }

static KrValue iterator_next(KrVm *vm, KrValue self) {
    SetIterator *it = KR_AS(SetIterator, self);
    KrValue key;
    if (kr_is_unset(it->set)) return KR_DONE;
    if (KR_UNLIKELY(it->len != kr_set_object(it->set)->used)) {
        it->len = SIZE_MAX; // it stays so
        return kr_raise(vm, &kr_runtime_error, "Set changed size during iteration");
    }
    if (kr_set_next(it->set, &it->position, &key)) {
        if (it->left) it->left--;
        return key;
    }
    kr_store(vm, it, &it->set, KR_UNSET);
    return KR_DONE;
}

static KrValue iterator_length_hint(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const SetIterator *it = KR_AS(SetIterator, self);
    if (kr_is_unset(it->set) || it->len != kr_set_object(it->set)->used) return kr_int_box(0);
    return kr_int(vm, (int64_t)it->left);
}

static KrValue iterator_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_iterator_reduce_rest(vm, self, sizeof(SetIterator));
}

static const KrMethod iterator_methods[] = {
    { "__length_hint__()", iterator_length_hint, KR_DOC("Private method returning an estimate of len(list(it))."), 0 },
    { "__reduce__()", iterator_reduce, KR_DOC("Return state information for pickling."), 0 },
    { 0 },
};

const KrType kr_set_iterator_type = {
    KR_TYPE_HEAD(kr_set_iterator_type), .name = "set_iterator",  .flags = KR_TYPE_NO_NEW,  .size = sizeof(SetIterator),
    .methods = iterator_methods,        .trace = iterator_trace, .iter = kr_iterator_self, .next = iterator_next,
};
