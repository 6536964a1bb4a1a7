// dict_update.c - filling dicts from other mappings and from pairs: copy, update, and the ** of calls.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/dict_method.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/shape.h"
#include "object/tuple.h"

bool kr_is_plain_dict(KrVm *vm, KrValue v) {
    if (!kr_is_dict(v)) return false;
    if (kr_is_exact(v, &kr_dict_type)) return true;
    return kr_same(kr_type_lookup(vm, kr_type_of(v), KR_N(__iter__)), kr_type_lookup(vm, &kr_dict_type, KR_N(__iter__)));
}

static KrValue copy_owner(KrVm *vm, KrObject *owner) {
    KrValue copy = kr_dict(vm), key, value;
    if (kr_is_error(copy) || !kr_dict_reserve(vm, kr_dict_object(copy), kr_attr_count(owner))) return KR_ERROR;
    for (size_t at = 0; kr_attr_next(owner, &at, &key, &value);)
        if (!kr_is_unset(value) && !kr_dict_set_name(vm, copy, key, value)) return KR_ERROR;
    return copy;
}

KrValue kr_dict_copy(KrVm *vm, KrValue dict) {
    const KrDictObject *d = kr_dict_object(dict);
    if (d->owner) return copy_owner(vm, d->owner);
    KrValue copy = kr_dict(vm);
    if (kr_is_error(copy)) return copy;
    KrDictObject *c = kr_dict_object(copy);
    if (d->used >= d->filled / 3 * 2) return kr_dict_clone(vm, c, d) ? copy : KR_ERROR;
    if (!kr_dict_reserve(vm, c, d->used)) return KR_ERROR;
    for (uint32_t i = 0; i < d->filled; i++) {
        const KrDictEntry *e = &kr_dict_entries(d)[i];
        if (!kr_is_unset(e->key) && !kr_dict_insert(vm, c, e->key, e->hash, e->value)) return KR_ERROR;
    }
    return copy;
}

// What to do with a key that is there already.
typedef enum { REPLACE, REPORT } Existing;

// Both have tables. Searching may run __eq__, which must leave `from` as it is.
static bool merge_tables(KrVm *vm, KrDictObject *d, KrDictObject *from, Existing existing, KrValue *duplicate) {
    uint32_t version = from->version;
    for (uint32_t i = 0; i < from->filled; i++) {
        KrDictEntry e = kr_dict_entries(from)[i];
        int64_t at;
        if (kr_is_unset(e.key)) continue;
        if (i % 1024 == 1023 && !kr_poll(vm, 1024)) return false;
        if (!kr_dict_lookup(vm, d, e.key, e.hash, &at)) return false;
        if (from->version != version) return kr_fail(kr_raise(vm, &kr_runtime_error, "dict mutated during update"));
        if (at == KR_NO_ENTRY) {
            if (!kr_dict_insert(vm, d, e.key, e.hash, e.value)) return false;
        } else if (existing == REPORT) {
            return *duplicate = e.key, true;
        } else {
            kr_store(vm, d->entries, &kr_dict_entries(d)[at].value, e.value);
        }
    }
    return true;
}

static bool set_or_report(KrVm *vm, KrValue dict, KrValue key, KrValue value, Existing existing, KrValue *duplicate) {
    KrValue there = KR_UNSET;
    if (existing == REPORT && !kr_dict_find(vm, dict, key, &there)) return false;
    if (!kr_is_unset(there)) return *duplicate = key, true;
    return kr_dict_set(vm, dict, key, value);
}

static bool merge_dict(KrVm *vm, KrValue dict, KrValue other, Existing existing, KrValue *duplicate) {
    KrDictObject *d = kr_dict_object(dict), *from = kr_dict_object(other);
    KrValue key, value;
    if (d == from) return true;
    if (!d->owner && !from->owner) {
        if (!d->filled && from->used >= from->filled / 3 * 2) return kr_dict_clone(vm, d, from);
        if (!d->used && !kr_dict_reserve(vm, d, from->used)) return false;
        return merge_tables(vm, d, from, existing, duplicate);
    }
    size_t len = kr_dict_len(other);
    for (size_t at = 0; kr_is_unset(*duplicate) && kr_dict_next(other, &at, &key, &value);) {
        if (!set_or_report(vm, dict, key, value, existing, duplicate)) return false;
        if (kr_dict_len(other) != len) return kr_fail(kr_raise(vm, &kr_runtime_error, "dict mutated during update"));
    }
    return true;
}

static KrValue list_of_keys(KrVm *vm, KrValue mapping) {
    KrValue keys = kr_call_method(vm, mapping, "keys", 0, NULL);
    KrValue it = kr_is_error(keys) ? keys : kr_iter(vm, keys);
    if (!kr_is_error(it)) return kr_list_from(vm, it);
    if (kr_is_error(keys) || !kr_raised_is(vm, &kr_type_error)) return it;
    (void)kr_take_raised(vm);
    return kr_raise(vm, &kr_type_error, "%T.keys() returned a non-iterable (type %T)", mapping, keys);
}

// By keys() and __getitem__.
static bool merge_mapping(KrVm *vm, KrValue dict, KrValue mapping, Existing existing, KrValue *duplicate) {
    KrValue keys = list_of_keys(vm, mapping), there = KR_UNSET;
    if (kr_is_error(keys)) return false;
    size_t len;
    for (size_t i = 0; kr_list_items(keys, &len), i < len; i++) {
        KrValue key = kr_list_items(keys, &len)[i];
        if (existing == REPORT && !kr_dict_find(vm, dict, key, &there)) return false;
        if (!kr_is_unset(there)) return *duplicate = key, true;
        KrValue value = kr_getitem(vm, mapping, key);
        if (kr_is_error(value) || !kr_dict_set(vm, dict, key, value) || !kr_poll(vm, 1)) return false;
    }
    return true;
}

static bool merge(KrVm *vm, KrValue dict, KrValue mapping, Existing existing, KrValue *duplicate) {
    *duplicate = KR_UNSET;
    if (kr_is_plain_dict(vm, mapping)) return merge_dict(vm, dict, mapping, existing, duplicate);
    return merge_mapping(vm, dict, mapping, existing, duplicate);
}

bool kr_dict_merge_new(KrVm *vm, KrValue dict, KrValue mapping, KrValue *duplicate) { return merge(vm, dict, mapping, REPORT, duplicate); }

bool kr_dict_merge(KrVm *vm, KrValue dict, KrValue mapping) {
    KrValue unused;
    return merge(vm, dict, mapping, REPLACE, &unused);
}

static bool set_pair(KrVm *vm, KrValue dict, KrValue pair, size_t number) {
    size_t len;
    KrValue row = pair;
    if (!kr_is_exact(pair, &kr_tuple_type) && !kr_is_exact(pair, &kr_list_type)) {
        row = kr_row_of(vm, pair, "");
        if (kr_is_error(row) && kr_raised_is(vm, &kr_type_error)) {
            (void)kr_take_raised(vm);
            kr_raise(vm, &kr_type_error, "cannot convert dictionary update sequence element #%u to a sequence", number);
        }
        if (kr_is_error(row)) return false;
    }
    const KrValue *item = kr_row_items(row, &len);
    if (len != 2)
        return kr_fail(kr_raise(vm, &kr_value_error, "dictionary update sequence element #%u has length %u; 2 is required", number, len));
    return kr_dict_set(vm, dict, item[0], item[1]);
}

bool kr_dict_update(KrVm *vm, KrValue dict, KrValue other) {
    KrValue keys = KR_UNSET, unused, pair;
    if (kr_is_exact(other, &kr_dict_type)) return merge(vm, dict, other, REPLACE, &unused);
    if (!kr_find_attr(vm, other, KR_N(keys), &keys)) return false;
    if (!kr_is_unset(keys)) return merge(vm, dict, other, REPLACE, &unused);
    KrValue it = kr_iter(vm, other);
    if (kr_is_error(it)) return false;
    for (size_t n = 0; !kr_is_done(pair = kr_next(vm, it)); n++)
        if (kr_is_error(pair) || !set_pair(vm, dict, pair, n) || !kr_poll(vm, 1)) return false;
    return true;
}
