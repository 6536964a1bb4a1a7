// queue_module.c - the _queue module: SimpleQueue, which threads, finalizers and signal handlers may put into. All happens under the VM's lock.
//
// Items from `head` on are in the queue; those before it are None.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/exception.h"
#include "object/list.h"
#include "port.h"
#include "thread_part.h"
#include "vm/clock.h"

#if KR_THREADS

enum { HEAD_MOST = 64 }; // items that went are forgotten when there are more of them, and more than of the others

const KrType kr_queue_empty = { KR_TYPE_HEAD(kr_queue_empty), .name = "Empty", .module = "_queue", .base = &kr_exception,
                                KR_EXCEPTION_REST };

typedef struct {
    KrObject head;
    KrWaiters waiters;
    KrValue items; // a list
    size_t first;
} Queue;

#define METHOD(name) static KrValue queue_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define QUEUE        ((Queue *)kr_ptr(self))

static size_t size_of(const Queue *q) {
    size_t len;
    (void)kr_list_items(q->items, &len);
    return len - q->first;
}

static KrValue make(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const char *name = kr_as_type(self)->name;
    (void)kr_tuple_items(arg[0], &count);
    if (count) return kr_raise(vm, &kr_type_error, "%s() takes no positional arguments", name);
    if (kr_dict_len(arg[1])) return kr_raise(vm, &kr_type_error, "%s() takes no keyword arguments", name);
    KrValue items = kr_list(vm, 0, NULL), made = kr_is_error(items) ? items : kr_alloc_instance(vm, kr_as_type(self));
    if (!kr_is_error(made)) ((Queue *)kr_ptr(made))->items = items;
    return made;
}

METHOD(put) {
    if (!kr_list_append(vm, QUEUE->items, arg[0])) return KR_ERROR;
    kr_wake_one(vm, &QUEUE->waiters);
    return KR_NONE;
}

// The list without what went.
static bool shorten(KrVm *vm, KrValue self) {
    size_t len, left = size_of(QUEUE);
    const KrValue *item = kr_list_items(QUEUE->items, &len);
    KrValue rest = kr_list(vm, left, item + QUEUE->first);
    if (kr_is_error(rest)) return false;
    kr_store(vm, kr_ptr(self), &QUEUE->items, rest);
    return QUEUE->first = 0, true;
}

static KrValue take(KrVm *vm, KrValue self) {
    size_t len;
    if (QUEUE->first >= HEAD_MOST && QUEUE->first >= size_of(QUEUE) && !shorten(vm, self)) return KR_ERROR;
    KrValue *slot = kr_list_items(QUEUE->items, &len) + QUEUE->first, item = *slot;
    kr_store(vm, kr_ptr(QUEUE->items), slot, KR_NONE);
    QUEUE->first++;
    return item;
}

// Somebody else may take what a thread is woken for: it waits again.
static KrValue get(KrVm *vm, KrValue self, int64_t until) {
    while (!size_of(QUEUE)) {
        int got = until ? kr_wait(vm, &QUEUE->waiters, until) : 0;
        if (got < 0) return KR_ERROR;
        if (!got && !size_of(QUEUE)) return kr_raise(vm, &kr_queue_empty, "");
    }
    return take(vm, self);
}

METHOD(get) {
    bool block;
    int64_t ns = -1;
    if (!kr_truth(vm, arg[0], &block)) return KR_ERROR;
    if (block && !kr_is_none(arg[1])) {
        if (!kr_thread_seconds(vm, arg[1], &ns)) return KR_ERROR;
        if (ns < 0) return kr_raise(vm, &kr_value_error, "'timeout' must be a non-negative number");
    }
    return get(vm, self, !block || !ns ? 0 : ns < 0 ? INT64_MAX : kr_now_ns(vm) + ns);
}

METHOD(get_nowait) { return (void)arg, get(vm, self, 0); }
METHOD(empty) { return (void)vm, (void)arg, kr_bool(!size_of(QUEUE)); }
METHOD(qsize) { return (void)vm, (void)arg, kr_int_box((intptr_t)size_of(QUEUE)); }

static void queue_trace(KrTracer *tracer, KrObject *object) { kr_trace(tracer, ((Queue *)object)->items); }

static const KrMethod queue_methods[] = {
    { "empty()", queue_empty, KR_DOC("Return True if the queue is empty, which may change at once."), 0 },
    { "get(block=True, timeout=None)", queue_get,
      KR_DOC("Remove and return an item; wait for one if block, at most timeout seconds. Empty."), 0 },
    { "get_nowait()", queue_get_nowait, KR_DOC("Remove and return an item, without waiting. Empty."), 0 },
    { "put(item, block=True, timeout=None)", queue_put, KR_DOC("Add an item. Never waits: block and timeout are for likeness with Queue."),
      0 },
    { "put_nowait(item)", queue_put, KR_DOC("Add an item."), 0 },
    { "qsize()", queue_qsize, KR_DOC("Return how many items there are, which may change at once."), 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};

static const KrMethod queue_make = { "SimpleQueue(*args, **kwargs)", make, NULL, 0 };

const KrType kr_simple_queue_type = {
    KR_TYPE_HEAD(kr_simple_queue_type),
    .name = "SimpleQueue",
    .module = "_queue",
    .doc = KR_DOC("Simple, unbounded, reentrant FIFO queue."),
    .flags = KR_TYPE_BASE | KR_TYPE_WEAKREF,
    .size = sizeof(Queue),
    .methods = queue_methods,
    .make = &queue_make,
    .trace = queue_trace,
};

static const KrConst constants[] = {
    { "SimpleQueue", KR_CONST_TYPE, { .p = &kr_simple_queue_type } },
    { "Empty", KR_CONST_TYPE, { .p = &kr_queue_empty } },
    { 0 },
};

const KrModuleDef kr_queue_module = { "_queue", KR_DOC("What queue is made of."), NULL, constants, NULL };

#endif
