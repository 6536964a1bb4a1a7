// container.h - what the files of the container types share: indices, iterators over sequences, comparison and repr of rows of items.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_CONTAINER_H
#define KR_OBJECT_CONTAINER_H

#include "base/hash.h"
#include "object/int.h"
#include "object/slots.h"
#include "object/str.h"
#include "object/vm_state.h"

typedef struct { // list, tuple, their reverse, reversed() and iteration by __getitem__
    KrObject head;
    KrValue source; // KR_UNSET at the end
    intptr_t at;
} KrIndexIterator;

extern const KrType kr_tuple_iterator_type, kr_list_reverse_iterator_type, kr_sequence_iterator_type, kr_callable_iterator_type,
    kr_reversed_type;
extern const KrType kr_dict_reverse_key_iterator_type, kr_dict_reverse_value_iterator_type, kr_dict_reverse_item_iterator_type;
extern const KrType kr_enumerate_type, kr_zip_type, kr_map_type, kr_filter_type, kr_long_range_iterator_type;

KrValue kr_index_iterator(KrVm *vm, const KrType *type, KrValue source, intptr_t at) KR_RAISES;
KrValue kr_iterator_self(KrVm *vm, KrValue self); // __iter__ of iterators
void kr_index_iterator_trace(KrTracer *tracer, KrObject *o);
KrValue kr_index_iterator_setstate(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
// (name, (source,)) or (name, (source,), at) for copy and pickle: name is a function in builtins, at may be KR_UNSET.
KrValue kr_reduced(KrVm *vm, const char *name, KrValue source, KrValue at) KR_RAISES;
KrValue kr_iterator_reduce_rest(KrVm *vm, KrValue self,
                                size_t size) KR_RAISES;             // (iter, (list of what is left,)), from a copy of the iterator
bool kr_read_only(KrVm *vm, KrValue self, KrValue value) KR_RAISES; // for KrGetSet.set: AttributeError as members raise it
KrValue kr_class_getitem(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES; // __class_getitem__ of generic containers

bool kr_has_index(KrVm *vm, KrValue v); // is an int or has __index__
// Raises what object[key] = value, or without a value its deletion, does where nothing takes it. A sequence reads the index before.
bool kr_no_setitem(KrVm *vm, KrValue object, KrValue key, KrValue value, bool sequence) KR_RAISES;
// The key of container[key]: "list indices must be integers or slices, not str".
bool kr_item_index(KrVm *vm, KrValue key, const char *what, intptr_t *out) KR_RAISES;
// A position as index() takes it: out of range is clipped, negative counts from the end.
bool kr_search_number(KrVm *vm, KrValue *v) KR_RAISES; // what index() takes for one of its ends, as an int
bool kr_search_bound(KrVm *vm, KrValue v, size_t len, size_t *out) KR_RAISES;

// The hash of a key as dicts and sets keep it: an int that fits the word. Equal keys have the same one.
static inline KrValue kr_hash_word(KrHash hash) {
    uintptr_t h = (uintptr_t)hash;
    if (KR_INT_BITS < (int)sizeof h * 8 - 2) h ^= h >> (KR_INT_BITS - 8); // else multiples of 1/2 differ only in bits that do not fit
    return kr_int_box((intptr_t)h);
}
// As kr_hash, with the most frequent kinds in line.
KR_RAISES static inline bool kr_hash_inline(KrVm *vm, KrValue v, KrHash *out) {
    if (kr_is_exact(v, &kr_str_type)) return *out = (KrHash)kr_str_hash_inline(v), true;
    if (kr_is_int(v) && kr_int_value(v) < KR_HASH_MODULUS && kr_int_value(v) > -KR_HASH_MODULUS)
        return *out = kr_int_value(v) == -1 ? -2 : kr_int_value(v), true;
    return kr_hash(vm, v, out);
}
KR_RAISES static inline bool kr_hash_key(KrVm *vm, KrValue key, KrValue *word) {
    KrHash h;
    if (!kr_hash_inline(vm, key, &h)) return false;
    return *word = kr_hash_word(h), true;
}

// As kr_next, for iterators that are asked many times: the slot of a builtin type is called without a search.
KR_RAISES static inline KrValue kr_next_inline(KrVm *vm, KrValue iterator) {
    const KrType *type = kr_type_of(iterator);
    if (type->next && !(type->flags & KR_TYPE_HEAP) && KR_LIKELY(!kr_is_deep(vm))) { // map(f, map(f, ...)): kr_next raises
        KrValue v = type->next(vm, iterator);
        if (KR_LIKELY(!kr_is_error(v) || !kr_raised_is(vm, &kr_stop_iteration))) return v;
        return (void)kr_take_raised(vm), KR_DONE;
    }
    return kr_next(vm, iterator);
}

// A search through 2^bits cells (bits > 2), which sees all of them: the four cells of a group, then another group. Ints and short strides
// fall on neighbouring cells at first; keys that meet there part at once, since the step depends on the whole hash, and the factor leads
// out of dense neighbourhoods.
static inline size_t kr_first_cell(uint64_t h, unsigned bits) {
    return (size_t)(h ^ ((h >> bits) * 0x9E3779B97F4A7C15u) >> (64 - bits)) & (((size_t)1 << bits) - 1);
}
static inline uint64_t kr_stir(uint64_t h) { return h * 0xD6E8FEB86659FD93u; }
// From cell i to the one visited next; visited counts them, from 1 on. stirred is kr_stir(h).
static inline size_t kr_next_cell(size_t i, unsigned visited, uint64_t stirred, unsigned bits) {
    size_t group = i & ~(size_t)3, mask = ((size_t)1 << bits) - 1;
    if (visited & 3) return group | ((i + 1) & 3);
    size_t step = (size_t)(stirred >> (64 - bits)) | 1; // odd: group * 5 + step takes every value
    return (group * 5 + (step << 2) + ((i + 1) & 3)) & mask;
}
enum { KR_LONG_SEARCH = 96 }; // so many cells visited mean that somebody made keys that meet: hash with the secret from now on
uint64_t kr_keyed_hash(const void *secret, KrValue key, KrValue hash); // secret: two uint64_t

// slice.indices(length), for ints of any size.
bool kr_slice_indices(KrVm *vm, KrValue slice, KrValue length, KrValue *start, KrValue *stop, KrValue *step) KR_RAISES;
KrValue kr_range(KrVm *vm, KrValue start, KrValue stop, KrValue step) KR_RAISES; // exact ints

// The hash of a tuple of items, before its finish. No hash is -1.
bool kr_hash_items(KrVm *vm, const KrValue *item, size_t count, uintptr_t *out) KR_RAISES;
enum { KR_HASH_INSTEAD_OF_MINUS_1 = 1546275796 };

// Comparison and repr of lists and tuples.
const KrValue *kr_row_items(KrValue row, size_t *len);
KrValue kr_row_compare(KrVm *vm, KrValue a, KrValue b, KrCompareOp op) KR_RAISES;
KrValue kr_row_repr(KrVm *vm, KrValue row, const char *open, const char *close) KR_RAISES;
bool kr_row_find(KrVm *vm, KrValue row, KrValue item, size_t start, size_t stop, size_t *found) KR_RAISES; // SIZE_MAX: absent
KrValue kr_row_count(KrVm *vm, KrValue row, KrValue item) KR_RAISES;

// Before items are moved inside their array: what is overwritten may be seen by nobody else until marking ends.
void kr_shade_items(KrVm *vm, const KrValue *item, size_t count);

KrValue kr_list_sort(KrVm *vm, KrValue list, KrValue key, bool reverse) KR_RAISES;

#endif
