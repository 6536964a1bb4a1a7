// intern.c - the table of interned strings: one object per text, so that names compare by pointer. Static names are in read-only memory;
// the others are in a table of the vm that does not keep them alive.
// SPDX-License-Identifier: MIT
#include "base/name_hash.h"
#include "object/collector.h"
#include "object/name_table.h"
#include "object/vm_state.h"
#include "port.h"

static bool same_text(const KrStrObject *s, const char *text, size_t len, uint32_t hash) {
    return s->hash == hash && s->len == len && memcmp(kr_str_data(s), text, len) == 0;
}

static KrObject *find_static(const char *text, size_t len, uint32_t hash) {
    for (size_t at = hash % KR_NAME_SLOTS; kr_name_slots[at]; at = (at + 1) % KR_NAME_SLOTS) {
        KrObject *name = kr_ptr(kr_static_name(kr_name_slots[at] - 1u));
        if (same_text((const KrStrObject *)name, text, len, hash)) return name;
    }
    return NULL;
}

static KrObject *find(KrVm *vm, const char *text, size_t len, uint32_t hash) {
    if (!vm->intern.item) return NULL;
    for (size_t at = hash & vm->intern.mask; vm->intern.item[at]; at = (at + 1) & vm->intern.mask)
        if (same_text((const KrStrObject *)vm->intern.item[at], text, len, hash)) return vm->intern.item[at];
    return NULL;
}

static void insert(KrObject **item, size_t mask, KrObject *o) {
    size_t at = ((const KrStrObject *)o)->hash & mask;
    while (item[at]) at = (at + 1) & mask;
    item[at] = o;
}

static bool grow(KrVm *vm) {
    size_t room = vm->intern.item ? 2 * (vm->intern.mask + 1) : 256, size = room * sizeof(KrObject *);
    KrObject **item = kr_side_alloc(vm, &size);
    if (!item || size / sizeof(KrObject *) < room) return kr_fail(kr_raise_memory(vm));
    if (vm->intern.item) {
        for (size_t i = 0; i <= vm->intern.mask; i++)
            if (vm->intern.item[i]) insert(item, room - 1, vm->intern.item[i]);
        kr_side_free(vm, vm->intern.item, (vm->intern.mask + 1) * sizeof(KrObject *));
    }
    vm->intern.item = item;
    vm->intern.mask = room - 1;
    vm->intern.swept = 0; // cells have moved
    return true;
}

static KrValue add(KrVm *vm, KrStrObject *str) {
    if ((!vm->intern.item || vm->intern.count * 4 >= vm->intern.mask * 3) && !grow(vm)) return KR_ERROR;
    str->flags |= KR_STR_INTERNED;
    insert(vm->intern.item, vm->intern.mask, &str->head);
    vm->intern.count++;
    return kr_from_ptr(str);
}

static KrValue found(KrVm *vm, KrObject *o) {
    if (vm->marking) kr_store_shade(vm, kr_from_ptr(o)); // the table is no root: what comes out of it lives on
    return kr_from_ptr(o);
}

KrValue kr_intern(KrVm *vm, KrValue str) {
    if (kr_is_interned(str)) return str;
    uint32_t hash = kr_str_hash(str);
    KrStrObject *s = KR_AS(KrStrObject, str);
    KrObject *o = find_static(kr_str_data(s), s->len, hash);
    if (o) return kr_from_ptr(o);
    o = find(vm, kr_str_data(s), s->len, hash);
    if (o) return found(vm, o);
    if (kr_is_exact(str, &kr_str_type)) return add(vm, s);
    KrValue copy = kr_str(vm, kr_str_data(s), s->len); // of a subclass: the plain text
    return kr_is_error(copy) ? copy : kr_intern(vm, copy);
}

static KrValue name_of(KrVm *vm, const char *utf8, size_t len) {
    uint32_t hash = kr_name_hash(utf8, len);
    KrObject *o = find_static(utf8, len, hash);
    if (o) return kr_from_ptr(o);
    o = find(vm, utf8, len, hash);
    if (o) return found(vm, o);
    KrValue str = kr_str(vm, utf8, len);
    return kr_is_error(str) ? str : kr_intern(vm, str);
}

KrValue kr_name(KrVm *vm, const char *utf8) { return name_of(vm, utf8, strlen(utf8)); }
KrValue kr_name_len(KrVm *vm, const char *utf8, size_t len) { return name_of(vm, utf8, len); }

// Empties a cell: those behind it move up, so that no chain has a gap.
static void remove_at(KrVm *vm, size_t gap) {
    size_t mask = vm->intern.mask;
    KrObject **item = vm->intern.item;
    for (size_t at = (gap + 1) & mask; item[at]; at = (at + 1) & mask) {
        size_t home = ((const KrStrObject *)item[at])->hash & mask;
        if (((at - home) & mask) < ((at - gap) & mask)) continue; // its chain begins behind the gap
        item[gap] = item[at];
        gap = at;
    }
    item[gap] = NULL;
    vm->intern.count--;
}

// Strings that died leave the table. What moves up into cells that were seen comes from cells behind the end, which were seen as well.
bool kr_intern_sweep(KrVm *vm, size_t count) {
    size_t room = vm->intern.item ? vm->intern.mask + 1 : 0;
    for (; count && vm->intern.swept < room; count--) {
        KrObject *o = vm->intern.item[vm->intern.swept];
        if (o && !kr_heap_is_marked(vm, o)) remove_at(vm, vm->intern.swept);
        else vm->intern.swept++;
    }
    if (vm->intern.swept < room) return false;
    vm->intern.swept = 0;
    return true;
}
