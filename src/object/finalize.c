// finalize.c - the end of a program: every __del__ is queued, in an order.
//
// CPython finalizes what a program leaves in the order in which its collector reached it: breadth first from the variables, lists and tuples
// from their end. Here a whole cycle marks in that order, and queues each object with __del__ that it comes to.
// SPDX-License-Identifier: MIT
#include "object/collector.h"
#include "object/function.h"
#include "object/name_table.h"
#include "object/shape.h"
#include "object/slots.h"
#include "object/vm_state.h"
#include "object/weakref.h"

static size_t place_of(const void *o, size_t count) {
    uint32_t n = (uint32_t)((uintptr_t)o / KR_GRANULE) * 2654435769u; // neighbours far apart
    return (n ^ n >> 15) & (count - 1);
}

// The objects whose __del__ has not been queued: a table, hashed by address. What was taken out is 1.
static bool members_init(KrVm *vm, KrPointers *members) {
    size_t count = 8;
    while (count < vm->heap.finalizable.len * 2) count *= 2;
    if (!kr_pointers_reserve(vm, members, count)) return false;
    memset(members->item, 0, count * sizeof(void *));
    members->len = count;
    for (size_t i = 0; i < vm->heap.finalizable.len; i++) {
        void *entry = vm->heap.finalizable.item[i];
        size_t at = place_of(entry, count);
        while (members->item[at]) at = (at + 1) & (count - 1);
        if (kr_wants_del(entry)) members->item[at] = entry;
    }
    return true;
}

static bool members_take(KrPointers *members, const KrObject *o) {
    size_t at = place_of(o, members->len);
    while (members->item[at] && members->item[at] != o) at = (at + 1) & (members->len - 1);
    return members->item[at] && (members->item[at] = (void *)1);
}

static void trace_children(KrTracer *tracer, KrObject *o) {
    const KrType *type = o->shape->type;
    if (type->trace) type->trace(tracer, o);
    if (type->flags & (KR_TYPE_HAS_DICT | KR_TYPE_ATTR_WORD)) kr_attr_trace(tracer, o);
}

// What is a part of its owner here counts as the owner; but a function's attributes are in a dict in CPython.
static bool is_part(const KrObject *o, const KrObject *owner) {
    return o->shape->type == &kr_slots_type || (o->shape->type == &kr_overflow_type && owner->shape->type != &kr_function_type);
}

static void reach_one(KrTracer *tracer, KrObject *o, KrPointers *members) {
    KrHeap *h = &tracer->vm->heap;
    KrMarkStack *stack = &h->stack;
    KrObject **from = stack->top;
    trace_children(tracer, o);
    for (KrObject **at = from; at < stack->top; at++) {
        KrObject *part = *at;
        if (!is_part(part, o)) continue;
        *at = NULL;
        trace_children(tracer, part);
    }
    if (o->shape->type->flags & (KR_TYPE_IS_LIST | KR_TYPE_IS_TUPLE)) kr_pointers_reverse((void **)from, (void **)stack->top);
    for (KrObject **at = from; at < stack->top && kr_holds_frame(o); at++)
        if (members_take(members, *at)) h->pending.item[h->pending.len++] = *at; // nothing else holds it, it seems
    kr_trace_object(tracer, o->shape->type);
    kr_trace_object(tracer, o->shape);
}

typedef struct {
    const void *first;
    KrPointers *members;
    size_t before; // what was queued already
} Search;

// The mark stack is the queue. When it is full, what is left is marked in any order, and finalized in the order of its making.
static void reach(KrVm *vm, void *context) {
    const Search *search = context;
    KrHeap *h = &vm->heap;
    KrTracer tracer = { vm };
    kr_trace_object(&tracer, search->first);
    KrMarkStack *queue = &h->stack;
    for (KrObject **at = queue->item; at < queue->top;) {
        KrObject *o = *at++;
        if (o && members_take(search->members, o)) h->pending.item[h->pending.len++] = o;
        if (o) reach_one(&tracer, o, search->members);
        if (at - queue->item < (queue->end - queue->item) / 2) continue;
        memmove(queue->item, at, (size_t)(queue->top - at) * sizeof(void *));
        queue->top -= at - queue->item;
        at = queue->item;
    }
    queue->top = queue->item;
    kr_pointers_reverse(h->pending.item + search->before, h->pending.item + h->pending.len); // the last one is run first
}

// What only others refer to, the oldest first, below all that is queued; and nothing is queued twice.
static void queue_rest(KrVm *vm, KrPointers *members) {
    KrHeap *h = &vm->heap;
    size_t kept = 0, queued = h->pending.len;
    for (size_t i = 0; i < h->finalizable.len; i++) {
        void *entry = h->finalizable.item[i];
        if (kr_wants_del(entry)) {
            KrObject *o = entry;
            if (members_take(members, o)) h->pending.item[h->pending.len++] = o;
            if (!o->shape->type->finalize) continue;
            entry = (void *)((uintptr_t)o | 1);
        }
        h->finalizable.item[kept++] = entry;
    }
    h->finalizable.len = kept;
    kr_pointers_reverse(h->pending.item, h->pending.item + h->pending.len);
    kr_pointers_reverse(h->pending.item + (h->pending.len - queued), h->pending.item + h->pending.len);
}

bool kr_heap_has_finalizers(const KrHeap *h) {
    for (size_t i = 0; i < h->finalizable.len; i++)
        if (kr_wants_del(h->finalizable.item[i])) return true;
    return false;
}

void kr_heap_finalize_from(KrVm *vm, const void *first) {
    KrHeap *h = &vm->heap;
    KrPointers members = { 0 };
    if (h->busy) return;
    kr_collect_complete(vm); // it may queue some of them
    if (!kr_pointers_reserve(vm, &h->pending, h->pending.len + h->finalizable.len)) return;
    if (!members_init(vm, &members)) return kr_pointers_free(vm, &members);
    Search search = { first, &members, h->pending.len };
    kr_collect_after(vm, reach, &search);
    queue_rest(vm, &members);
    for (size_t i = search.before; i < h->pending.len; i++) kr_weakref_clear_all(vm, h->pending.item[i]); // as CPython, without callbacks
    kr_pointers_free(vm, &members);
}

void kr_heap_finalize_native(KrVm *vm) {
    KrHeap *h = &vm->heap;
    if (h->busy) return;
    kr_collect_settle(vm);
    size_t kept = 0;
    for (size_t i = 0; i < h->finalizable.len; i++) {
        void *entry = h->finalizable.item[i];
        bool native = kr_wants_del(entry) &&
                      kr_is_exact(kr_type_lookup(vm, kr_type_of(kr_from_ptr(entry)), KR_N(__del__)), &kr_method_descriptor_type);
        if (!native || !kr_pointers_reserve(vm, &h->pending, h->pending.len + 1)) {
            h->finalizable.item[kept++] = entry;
            continue;
        }
        h->pending.item[h->pending.len++] = entry;
        if (KR_AS(KrObject, kr_from_ptr(entry))->shape->type->finalize) h->finalizable.item[kept++] = (void *)((uintptr_t)entry | 1);
    }
    h->finalizable.len = kept;
}
