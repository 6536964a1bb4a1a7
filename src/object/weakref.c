// weakref.c - weak references: the table from objects to the references to them, and what the collector and polls do with it.
//
// vm->weakrefs is an open-addressing table, keyed by address: each cell is NULL, GONE, or the first of a chain of KrWeakRef with the same
// target, newest first. Neither the table nor a reference keeps anything alive, so what is taken out of them while marking is shaded.
// vm->weakref_count counts the references with callbacks; vm->weak_callbacks always has room for all of them, since the collector queues
// them where nothing can be allocated.
// SPDX-License-Identifier: MIT
#include "object/weakref.h"

#include "object/collector.h"
#include "object/container.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "object/vm_state.h"
#include "port.h"

#define GONE ((KrWeakRef *)(uintptr_t)1) // a cell whose chain was removed
#define SELF KR_AS(KrWeakRef, self)

// ---- Table ---------------------------------------------------------------------------------------------------------------------

static size_t home(const KrVm *vm, const KrObject *target) { return ((uintptr_t)target >> 4) * 0x9E3779B1u & (vm->weakrefs.room - 1); }

// The cell of the target's chain; NULL: there is none.
static KrWeakRef **find(KrVm *vm, const KrObject *target) {
    KrWeakRef **cell = (KrWeakRef **)vm->weakrefs.item;
    if (!cell) return NULL;
    for (size_t at = home(vm, target); cell[at]; at = (at + 1) & (vm->weakrefs.room - 1))
        if (cell[at] != GONE && kr_ptr(cell[at]->target) == target) return &cell[at];
    return NULL;
}

static void insert(KrVm *vm, KrWeakRef *first) {
    KrWeakRef **cell = (KrWeakRef **)vm->weakrefs.item;
    size_t at = home(vm, kr_ptr(first->target));
    while (cell[at]) at = (at + 1) & (vm->weakrefs.room - 1);
    cell[at] = first;
    vm->weakrefs.len++;
}

// Room for one chain more. Cells whose chains were removed are dropped on the way.
static bool reserve(KrVm *vm) {
    KrPointers old = vm->weakrefs;
    if (old.room && (old.len + 1) * 4 <= old.room * 3) return true;
    size_t live = 0, room = 32;
    for (size_t i = 0; i < old.room; i++) live += old.item[i] && old.item[i] != (void *)GONE;
    while (room < live * 2 + 2) room *= 2;
    size_t size = room * sizeof(void *);
    void **item = kr_side_alloc(vm, &size);
    if (!item || size < room * sizeof(void *)) return kr_fail(kr_raise_memory(vm));
    vm->weakrefs = (KrPointers){ .item = item, .room = room };
    vm->weakref_swept = 0; // cells have moved
    for (size_t i = 0; i < old.room; i++)
        if (old.item[i] && old.item[i] != (void *)GONE) insert(vm, old.item[i]);
    kr_pointers_free(vm, &old);
    return true;
}

// ---- References ----------------------------------------------------------------------------------------------------------------

// At the end of a cycle, what is not marked is dead, though its cells are not cleared yet.
static bool is_dying(KrVm *vm, const void *object) {
    return KR_UNLIKELY(vm->heap.finish != KR_FINISH_NOT) && !kr_heap_is_marked(vm, object);
}

bool kr_weakref_is_dead(KrVm *vm, KrValue self) { return kr_is_unset(SELF->target) || is_dying(vm, kr_ptr(SELF->target)); }

static KrValue shaded(KrVm *vm, KrValue v) {
    if (kr_marking(vm)) kr_store_shade(vm, v);
    return v;
}

static bool is_plain(KrVm *vm, const KrWeakRef *ref, const KrType *type) {
    return ref->head.shape == &type->shape && kr_is_none(ref->callback) && !is_dying(vm, ref);
}

static KrWeakRef *chain(KrVm *vm, KrValue target) {
    KrWeakRef **cell = kr_is_ptr(target) ? find(vm, kr_ptr(target)) : NULL;
    return cell ? *cell : NULL;
}

KrValue kr_weakref_new(KrVm *vm, const KrType *type, KrValue target, KrValue callback) {
    if (!kr_is_ptr(target) || !(kr_type_of(target)->flags & KR_TYPE_WEAKREF))
        return kr_raise(vm, &kr_type_error, "cannot create weak reference to '%T' object", target);
    return kr_weakref_new_any(vm, type, target, callback);
}

KrValue kr_weakref_new_any(KrVm *vm, const KrType *type, KrValue target, KrValue callback) {
    if (kr_is_none(callback) && type->shape.type == type)
        for (KrWeakRef *r = chain(vm, target); r; r = r->next)
            if (is_plain(vm, r, type)) return shaded(vm, kr_from_ptr(r));
    if (!kr_is_none(callback) && !kr_pointers_reserve(vm, &vm->weak_callbacks, vm->weak_callbacks.len + vm->weakref_count + 1))
        return kr_raise_memory(vm);
    KrValue self = kr_alloc_instance(vm, type);
    if (kr_is_error(self)) return self;
    SELF->target = SELF->hash = KR_UNSET;
    SELF->callback = callback;
    if (!reserve(vm)) return KR_ERROR;
    SELF->target = target;
    if (!kr_is_none(callback)) vm->weakref_count++;
    KrWeakRef **cell = find(vm, kr_ptr(target)); // only now: allocation may have swept the table
    if (cell) {
        SELF->next = *cell;
        *cell = SELF;
    } else {
        insert(vm, SELF);
    }
    return self;
}

KrValue kr_weakref_target(KrVm *vm, KrValue self) { return kr_weakref_is_dead(vm, self) ? KR_NONE : shaded(vm, SELF->target); }

KrValue kr_weakref_kept(KrVm *vm, KrValue self) {
    if (kr_is_unset(SELF->target) || (vm->heap.finish > KR_FINISH_REVIVE && kr_weakref_is_dead(vm, self))) return KR_NONE;
    return shaded(vm, SELF->target);
}

KrValue kr_weakref_first(KrVm *vm, KrValue target) {
    KrWeakRef *first = NULL;
    for (KrWeakRef *r = chain(vm, target); r; r = r->next) {
        if (is_plain(vm, r, &kr_weakref_type)) return shaded(vm, kr_from_ptr(r));
        if (!first && !is_dying(vm, r)) first = r;
    }
    return first ? shaded(vm, kr_from_ptr(first)) : KR_NONE;
}

size_t kr_weakref_count(KrVm *vm, KrValue target) {
    size_t count = 0;
    for (KrWeakRef *r = chain(vm, target); r; r = r->next) count += !is_dying(vm, r);
    return count;
}

KrValue kr_weakref_all(KrVm *vm, KrValue target) {
    // Into a tuple first: nothing is allocated, and so nothing swept, while it is filled.
    size_t count = kr_weakref_count(vm, target), n = 0;
    KrValue tuple = kr_tuple(vm, count, NULL);
    if (kr_is_error(tuple)) return tuple;
    KrValue *item = kr_tuple_items(tuple, NULL);
    for (KrWeakRef *r = chain(vm, target); r && n < count; r = r->next)
        if (!is_dying(vm, r)) item[n++] = shaded(vm, kr_from_ptr(r));
    return kr_list(vm, n, item);
}

// ---- The collector -------------------------------------------------------------------------------------------------------------

static void forget_callback(KrVm *vm, const KrWeakRef *r) {
    if (!kr_is_none(r->callback)) vm->weakref_count--;
}

// The target is dead: its references know, and their callbacks wait for a poll.
static void clear_chain(KrVm *vm, KrWeakRef *first, bool queue) {
    for (KrWeakRef *r = first, *next; r; r = next) {
        next = r->next;
        r->next = NULL;
        r->target = KR_UNSET;
        forget_callback(vm, r);
        if (!queue || kr_is_none(r->callback) || !kr_heap_is_marked(vm, r)) continue;
        vm->weak_callbacks.item[vm->weak_callbacks.len++] = r;
        vm->attention = 1;
    }
}

static void sweep_cell(KrVm *vm, KrWeakRef **cell) {
    if (!*cell || *cell == GONE) return;
    if (!kr_heap_is_marked(vm, kr_ptr((*cell)->target))) {
        clear_chain(vm, *cell, true);
        *cell = GONE;
        return;
    }
    KrWeakRef **link = cell;
    while (*link) {
        if (kr_heap_is_marked(vm, *link)) {
            link = &(*link)->next;
        } else {
            forget_callback(vm, *link);
            *link = (*link)->next;
        }
    }
    if (!*cell) *cell = GONE;
}

bool kr_weakref_sweep(KrVm *vm, size_t count) {
    for (; count && vm->weakref_swept < vm->weakrefs.room; count--) sweep_cell(vm, (KrWeakRef **)vm->weakrefs.item + vm->weakref_swept++);
    if (vm->weakref_swept < vm->weakrefs.room) return false;
    vm->weakref_swept = 0;
    return true;
}

void kr_weakref_clear_all(KrVm *vm, KrObject *target) {
    KrWeakRef **cell = find(vm, target);
    if (!cell) return;
    clear_chain(vm, *cell, false);
    *cell = GONE;
}

// A callback may run polls itself and come here again: each reference is taken out before its callback runs.
void kr_weakref_run_callbacks(KrVm *vm) {
    for (size_t i = 0; i < vm->weak_callbacks.len; i++) {
        KrWeakRef *r = vm->weak_callbacks.item[i];
        if (!r) continue;
        vm->weak_callbacks.item[i] = NULL;
        if (vm->limit_hit && vm->grace <= 0) continue; // a limit is stopping the program
        KrValue self = kr_from_ptr(r), callback = r->callback;
        kr_store(vm, r, &r->callback, KR_NONE);
        if (!kr_is_error(kr_call(vm, callback, 1, &self))) continue;
        kr_report_unraisable(vm, callback);
    }
    vm->weak_callbacks.len = 0;
}

// ---- weakref.ref ---------------------------------------------------------------------------------------------------------------

static void ref_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((KrWeakRef *)o)->callback);
    kr_trace(tracer, ((KrWeakRef *)o)->hash);
}

static bool ref_arguments(KrVm *vm, const KrValue *arg, const char *what, KrValue *target, KrValue *callback) {
    size_t count;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    if (count < 1) return kr_fail(kr_raise(vm, &kr_type_error, "%s expected at least 1 argument, got 0", what));
    if (count > 2) return kr_fail(kr_raise(vm, &kr_type_error, "%s expected at most 2 arguments, got %u", what, count));
    *target = item[0];
    *callback = count > 1 ? item[1] : KR_NONE;
    return true;
}

// A subclass may take keywords of its own in __init__.
static KrValue ref_new(KrVm *vm, KrValue type, const KrValue *arg) {
    KrValue target, callback;
    if (kr_as_type(type) == &kr_weakref_type && kr_dict_len(arg[1]))
        return kr_raise(vm, &kr_type_error, "ref() takes no keyword arguments");
    return ref_arguments(vm, arg, "__new__", &target, &callback) ? kr_weakref_new(vm, kr_as_type(type), target, callback) : KR_ERROR;
}

static KrValue ref_init(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue target, callback;
    (void)self;
    return ref_arguments(vm, arg, "__init__", &target, &callback) ? KR_NONE : KR_ERROR;
}

static KrValue ref_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    size_t named = 0;
    (void)arg;
    if (!kr_is_unset(names)) kr_tuple_items(names, &named);
    if (named) return kr_raise(vm, &kr_type_error, "weakref() takes no keyword arguments");
    if (count) return kr_raise(vm, &kr_type_error, "weakref expected 0 arguments, got %u", count);
    return kr_weakref_target(vm, self);
}

static bool ref_hash(KrVm *vm, KrValue self, KrHash *out) {
    int64_t h;
    if (!kr_is_unset(SELF->hash)) {
        if (!kr_to_int64(vm, SELF->hash, &h)) return false;
        return *out = (KrHash)h, true;
    }
    KrValue target = kr_weakref_target(vm, self);
    if (kr_weakref_is_dead(vm, self)) return kr_fail(kr_raise(vm, &kr_type_error, "weak object has gone away"));
    if (!kr_hash(vm, target, out)) return false;
    KrValue kept = kr_int(vm, *out);
    if (kr_is_error(kept)) return false;
    return kr_store(vm, SELF, &SELF->hash, kept), true;
}

static KrValue ref_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if ((op != KR_EQ && op != KR_NE) || !kr_isa(other, &kr_weakref_type)) return KR_NOTIMPL;
    if (kr_weakref_is_dead(vm, self) || kr_weakref_is_dead(vm, other)) return kr_bool(kr_same(self, other) == (op == KR_EQ));
    KrValue a = kr_weakref_target(vm, self), b = kr_weakref_target(vm, other);
    return kr_compare(vm, a, b, op);
}

static KrValue describe(KrVm *vm, KrValue self, const char *what) {
    size_t at = (size_t)kr_ptr(self);
    if (kr_weakref_is_dead(vm, self)) return kr_format(vm, "<%s at 0x%x; dead>", what, at);
    KrValue target = kr_weakref_target(vm, self), name;
    size_t target_at = (size_t)kr_ptr(target);
    if (!kr_find_attr(vm, target, KR_N(__name__), &name)) (void)kr_take_raised(vm), name = KR_NONE;
    if (!kr_is_str(name)) return kr_format(vm, "<%s at 0x%x; to '%T' at 0x%x>", what, at, target, target_at);
    return kr_format(vm, "<%s at 0x%x; to '%T' at 0x%x (%S)>", what, at, target, target_at, name);
}

static KrValue ref_repr(KrVm *vm, KrValue self) { return describe(vm, self, "weakref"); }

static KrValue get_callback(KrVm *vm, KrValue self) { return kr_weakref_is_dead(vm, self) ? KR_NONE : SELF->callback; }

static const KrGetSet ref_attributes[] = { { "__callback__", get_callback, kr_read_only, "" }, { 0 } };
static const KrMethod ref_methods[] = {
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};
static const KrMethod ref_make = { "__new__(*args, **kwargs)", ref_new, KR_DOC("A weak reference to object."), 0 };
static const KrMethod ref_start = { "__init__(*args, **kwargs)", ref_init, KR_DOC("Does nothing."), 0 };

const KrType kr_weakref_type = {
    KR_TYPE_HEAD(kr_weakref_type),
    .name = "weakref.ReferenceType",
    .size = sizeof(KrWeakRef),
    .flags = KR_TYPE_BASE,
    .make = &ref_make,
    .init = &ref_start,
    .trace = ref_trace,
    .call = ref_call,
    .hash = ref_hash,
    .compare = ref_compare,
    .repr = ref_repr,
    .attributes = ref_attributes,
    .methods = ref_methods,
};
