// heapq_module.c - the _heapq module: lists as heaps, whose item k is at most as large as items 2k+1 and 2k+2. lib/heapq.py has the rest.
//
// Comparisons can be Python code, which may change the list: its length is compared after each, and items are read anew. No other Python code
// runs in between.
// SPDX-License-Identifier: MIT
#include "krait.h"

#define FUNCTION(name) static KrValue heapq_##name(KrVm *vm, KrValue self, const KrValue *arg)

typedef struct {
    KrVm *vm;
    KrValue list;
    KrValue *item; // of the list, as long as no Python code runs
    size_t len;    // as it must stay
    bool max;      // the largest first
} Heap;

static bool open_heap(KrVm *vm, const char *what, KrValue list, bool max, Heap *h) {
    *h = (Heap){ .vm = vm, .list = list, .max = max };
    if (!kr_is_list(list)) return kr_fail(kr_raise(vm, &kr_type_error, "%s must be list, not %T", what, list));
    h->item = kr_list_items(list, &h->len);
    return true;
}

static KR_NOINLINE bool compare(Heap *h, KrValue a, KrValue b, bool *out) {
    size_t len;
    if (!kr_compare_bool(h->vm, a, b, KR_LT, out)) return false;
    h->item = kr_list_items(h->list, &len);
    return len == h->len || kr_fail(kr_raise(h->vm, &kr_runtime_error, "list changed size during iteration"));
}

// Whether item a comes before item b.
static inline bool before(Heap *h, size_t a, size_t b, bool *out) {
    KrValue x = h->item[h->max ? b : a], y = h->item[h->max ? a : b];
    if (kr_both_int(x, y)) return *out = kr_int_less(x, y), true;
    if (kr_is_double(x) && kr_is_double(y)) return *out = kr_double_unbox(x) < kr_double_unbox(y), true;
    return compare(h, x, y, out);
}

static inline void swap(const Heap *h, size_t i, size_t k) {
    KrValue v = h->item[i];
    kr_store(h->vm, kr_ptr(h->list), h->item + i, h->item[k]);
    kr_store(h->vm, kr_ptr(h->list), h->item + k, v);
}

// The item at `at` moves towards `top`, until its parent comes before it.
static bool move_up(Heap *h, size_t top, size_t at) {
    bool first;
    while (at > top) {
        size_t parent = (at - 1) / 2;
        if (!before(h, at, parent, &first)) return false;
        if (!first) break;
        swap(h, parent, at);
        at = parent;
    }
    return true;
}

// The item at `top` goes down to the end, children coming up, and from there to its place: it mostly belongs far down.
static bool move_down(Heap *h, size_t top) {
    size_t at = top;
    bool left;
    while (2 * at + 1 < h->len) {
        size_t child = 2 * at + 1;
        if (child + 1 < h->len) {
            if (!before(h, child, child + 1, &left)) return false;
            child += !left;
        }
        swap(h, child, at);
        at = child;
    }
    return move_up(h, top, at);
}

// Takes the last item off; the first one goes down from the top if that is another one.
static KrValue pop(KrVm *vm, const char *what, KrValue list, bool max) {
    Heap h;
    if (!open_heap(vm, what, list, max, &h)) return KR_ERROR;
    if (h.len == 0) return kr_raise(vm, &kr_index_error, "index out of range");
    KrValue last = kr_list_pop(vm, list);
    if (kr_is_error(last) || --h.len == 0) return last;
    h.item = kr_list_items(list, NULL);
    KrValue first = h.item[0];
    kr_store(vm, kr_ptr(list), h.item, last);
    return move_down(&h, 0) ? first : KR_ERROR;
}

static KrValue replace(KrVm *vm, const char *what, const KrValue *arg, bool max) {
    Heap h;
    if (!open_heap(vm, what, arg[0], max, &h)) return KR_ERROR;
    if (h.len == 0) return kr_raise(vm, &kr_index_error, "index out of range");
    KrValue first = h.item[0];
    kr_store(vm, kr_ptr(arg[0]), h.item, arg[1]);
    return move_down(&h, 0) ? first : KR_ERROR;
}

static KrValue heapify(KrVm *vm, const char *what, KrValue list, bool max) {
    Heap h;
    if (!open_heap(vm, what, list, max, &h)) return KR_ERROR;
    for (size_t i = h.len / 2; i-- > 0;)
        if (!move_down(&h, i) || !kr_poll_limits(vm, 1)) return KR_ERROR;
    return KR_NONE;
}

FUNCTION(heappush) {
    Heap h;
    (void)self;
    if (!open_heap(vm, "heappush() argument 1", arg[0], false, &h) || !kr_list_append(vm, arg[0], arg[1])) return KR_ERROR;
    h.item = kr_list_items(arg[0], &h.len);
    return move_up(&h, 0, h.len - 1) ? KR_NONE : KR_ERROR;
}

FUNCTION(heappushpop) {
    Heap h;
    bool first;
    (void)self;
    if (!open_heap(vm, "heappushpop() argument 1", arg[0], false, &h)) return KR_ERROR;
    if (h.len == 0) return arg[1];
    if (!kr_compare_bool(vm, h.item[0], arg[1], KR_LT, &first)) return KR_ERROR;
    return first ? replace(vm, "", arg, false) : arg[1];
}

FUNCTION(heappop) { return (void)self, pop(vm, "heappop() argument", arg[0], false); }
FUNCTION(heapreplace) { return (void)self, replace(vm, "heapreplace() argument 1", arg, false); }
FUNCTION(heapify) { return (void)self, heapify(vm, "heapify() argument", arg[0], false); }
FUNCTION(heappop_max) { return (void)self, pop(vm, "_heappop_max() argument", arg[0], true); }
FUNCTION(heapreplace_max) { return (void)self, replace(vm, "_heapreplace_max() argument 1", arg, true); }
FUNCTION(heapify_max) { return (void)self, heapify(vm, "_heapify_max() argument", arg[0], true); }

static const KrMethod functions[] = {
    { "heappush(heap, item, /)", heapq_heappush, KR_DOC("Push item onto heap."), 0 },
    { "heappushpop(heap, item, /)", heapq_heappushpop,
      KR_DOC("Push item, then pop and return the smallest; faster than one after the other."), 0 },
    { "heappop(heap, /)", heapq_heappop, KR_DOC("Pop the smallest item off the heap."), 0 },
    { "heapreplace(heap, item, /)", heapq_heapreplace,
      KR_DOC("Pop and return the smallest item, then push item. IndexError if the heap is empty."), 0 },
    { "heapify(heap, /)", heapq_heapify, KR_DOC("Make a list a heap, in place, in linear time."), 0 },
    { "_heappop_max(heap, /)", heapq_heappop_max, KR_DOC("heappop() of a heap whose largest item is first."), 0 },
    { "_heapreplace_max(heap, item, /)", heapq_heapreplace_max, KR_DOC("heapreplace() of a heap whose largest item is first."), 0 },
    { "_heapify_max(heap, /)", heapq_heapify_max, KR_DOC("heapify() with the largest item first."), 0 },
    { 0 },
};

const KrModuleDef kr_heapq_module = { "_heapq", KR_DOC("Lists as heaps."), functions, NULL, NULL };
