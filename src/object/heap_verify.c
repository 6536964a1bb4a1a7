// heap_verify.c - is the heap well-formed? For tests: what a bug has broken shows here, and not only where it hurts.
//
// Marking itself asserts, in debug builds, that every pointer met leads to a cell that is in use, and freed cells are poisoned. What is left to
// check here is what the collector does not look at while it marks.
// SPDX-License-Identifier: MIT
#include "object/collector.h"
#include "object/object.h"
#include "object/shape.h"
#include "object/str.h"
#include "object/vm_state.h"
#include "port.h"

typedef struct {
    KrVm *vm;
    size_t objects;
} Verifier;

static void check(bool ok, const char *what) {
    if (!ok) kr_port_abort(what);
}

// After a full collection: static, or at the start of a cell that is in use.
static bool is_live(KrVm *vm, const void *object) { return !kr_heap_contains(vm, object) || kr_cell_at(&vm->heap.cells, object) == object; }

static size_t least_size(const KrType *type, const KrObject *o) {
    size_t size = type->size;
    if ((type->flags & KR_TYPE_IS_STR) && ((const KrStrObject *)o)->flags & KR_STR_OUTSIDE) return size; // its text is in a buffer
    for (const KrType *t = type; (type->flags & KR_TYPE_VAR) && t; t = t->base)
        if (t->var_size) return t->var_size(o);
    return size;
}

static bool verify_object(void *context, KrObject *o) {
    Verifier *v = context;
    KrVm *vm = v->vm;
    v->objects++;
    check(is_live(vm, o), "heap: an object that does not start where its cell does");
    check(is_live(vm, o->shape), "heap: an object's shape is dead");
    const KrType *type = o->shape->type;
    check(type && is_live(vm, type), "heap: an object's type is dead");
    check(type->head.shape != NULL, "heap: an object's type is no object");
    check(least_size(type, o) <= kr_heap_cell_size(vm, o), "heap: an object is larger than its cell");
    return true;
}

static void verify_list(KrVm *vm, const KrPointers *list, const char *what) {
    check(list->len <= list->room, what);
    for (size_t i = 0; i < list->len; i++)
        if (list->item[i]) check(is_live(vm, kr_finalizable(list->item[i])), what);
}

static void verify_names(KrVm *vm) {
    size_t count = 0;
    for (size_t i = 0; vm->intern.item && i <= vm->intern.mask; i++) {
        if (!vm->intern.item[i]) continue;
        count++;
        check(is_live(vm, vm->intern.item[i]), "heap: a dead string among the interned ones");
    }
    check(count == vm->intern.count, "heap: wrong count of interned strings");
}

void kr_heap_verify(KrVm *vm) {
    Verifier v = { vm, 0 };
    kr_collect(vm);
    kr_heap_each(vm, verify_object, &v);
    verify_list(vm, &vm->heap.finalizable, "heap: a dead object among those with finalizers");
    verify_list(vm, &vm->heap.pending, "heap: a dead object among those that wait for __del__");
    verify_list(vm, &vm->caches, "heap: a dead code object among those with caches");
    verify_list(vm, &vm->weak_callbacks, "heap: a dead weak reference among those that wait for their callbacks");
    verify_names(vm);
    check(v.objects > 0, "heap: empty");
    check(!vm->thread.repr_stack.len, "heap: repr() of an object has not ended");
    check(!vm->heap.busy && vm->heap.stack.top == vm->heap.stack.item, "heap: the collector has not ended");
}
