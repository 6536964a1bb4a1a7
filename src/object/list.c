// list.c - the growing array of values. Its items are in a KrSlots; slots beyond the length hold zero words, so that nothing is kept
// alive by them.
// SPDX-License-Identifier: MIT
#include "object/list.h"

#include "object/bulk.h"
#include "object/container.h"
#include "object/list_method.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/range.h"
#include "object/str_method.h"
#include "object/tuple.h"

static KrListObject *list_of(KrValue v) { return KR_AS(KrListObject, v); }

// ---- Memory --------------------------------------------------------------------------------------------------------------------

static bool grow(KrVm *vm, KrListObject *list, size_t cap) {
    KrSlots *slots = kr_slots_new(vm, cap);
    if (!slots || (list->len && !kr_bulk_copy(vm, slots->item, list->items->item, list->len * sizeof(KrValue)))) return false;
    KR_STORE_PTR(vm, list, list->items, slots);
    return true;
}

// What a list of len items has room for once it has grown. Growing means copying, and the collector takes back the old array only later: long
// lists grow in larger steps than those of systems that can grow a block in place.
static size_t with_spare(size_t len) {
    size_t spare = KR_DEVICE ? len / 8 : len < 512 ? len / 4 : len / 2;
    return (len + spare + 6) & ~(size_t)3;
}

bool kr_list_reserve(KrVm *vm, KrListObject *list, size_t cap) {
    if (cap == 0 || (list->items && list->items->cap >= cap)) return true;
    if (cap > PTRDIFF_MAX / sizeof(KrValue)) return kr_fail(kr_raise_memory(vm));
    return grow(vm, list, list->len && cap < with_spare(list->len) ? with_spare(list->len) : cap);
}

KR_NOINLINE bool kr_list_append_slow(KrVm *vm, KrListObject *list, KrValue item) {
    if (list->len > PTRDIFF_MAX / sizeof(KrValue) / 2) return kr_fail(kr_raise_memory(vm));
    if ((!list->items || list->len == list->items->cap) && !grow(vm, list, with_spare(list->len))) return false;
    kr_store(vm, list->items, &list->items->item[list->len], item);
    list->len++;
    return true;
}

KrListObject *kr_list_new(KrVm *vm, size_t len) {
    KrSlots *slots = NULL;
    if (len && !(slots = kr_slots_new(vm, len))) return NULL;
    KrListObject *list = kr_alloc(vm, &kr_list_type.shape, sizeof *list);
    if (!list) return NULL;
    list->len = len;
    list->items = slots;
    return list;
}

// The items from len on are gone: their slots are cleared, and a much too large array is let go.
void kr_list_truncate(KrVm *vm, KrListObject *list, size_t len) {
    KrSlots *slots = list->items;
    if (len >= list->len) return;
    if (len == 0) { // the array goes as it is
        list->len = 0;
        KR_STORE_PTR(vm, list, list->items, NULL);
        return;
    }
    kr_spend(vm, (list->len - len) >> 6);
    kr_shade_items(vm, slots->item + len, list->len - len);
    memset(slots->item + len, 0, (list->len - len) * sizeof(KrValue));
    list->len = len;
    if (slots->cap > 64 && len < slots->cap / 4 && !grow(vm, list, with_spare(len))) {
        (void)kr_take_raised(vm); // without memory for a smaller one, the larger one stays
    }
}

KrValue kr_list(KrVm *vm, size_t len, const KrValue *items) {
    KrListObject *list = kr_list_new(vm, len);
    if (!list) return KR_ERROR;
    if (items && len && !kr_bulk_copy(vm, list->items->item, items, len * sizeof(KrValue))) return KR_ERROR;
    if (!items)
        for (size_t i = 0; i < len; i++) list->items->item[i] = KR_NONE;
    return kr_from_ptr(list);
}

KrValue *kr_list_items(KrValue v, size_t *len) {
    KrListObject *list = list_of(v);
    if (len) *len = list->len;
    return list->items ? list->items->item : (KrValue *)list; // without items: any address
}

bool kr_list_append(KrVm *vm, KrValue list, KrValue item) { return kr_list_push(vm, list_of(list), item); }

// ---- Extending -----------------------------------------------------------------------------------------------------------------

static bool extend_row(KrVm *vm, KrListObject *list, KrValue row) {
    size_t count;
    kr_row_items(row, &count);
    if (!count) return true;
    if (count > PTRDIFF_MAX / sizeof(KrValue) - list->len) return kr_fail(kr_raise_memory(vm));
    if (!kr_list_reserve(vm, list, list->len + count)) return false;
    size_t n = count, most = KR_BULK_BYTES / sizeof(KrValue);
    const KrValue *from = kr_row_items(row, &n); // after the array has moved: row may be the list itself
    if (KR_LIKELY(count <= most)) {
        memcpy(list->items->item + list->len, from, count * sizeof(KrValue));
        list->len += count;
        return true;
    }
    for (size_t at = 0; at < count; at += n) {
        n = count - at < most ? count - at : most;
        memcpy(list->items->item + list->len, from + at, n * sizeof(KrValue));
        list->len += n;
        if (!kr_bulk_done(vm, n * sizeof(KrValue))) return false;
    }
    return true;
}

static bool extend_range(KrVm *vm, KrListObject *list, const KrRangeObject *range) {
    size_t count = (size_t)range->count;
    if (count > PTRDIFF_MAX / sizeof(KrValue) - list->len) return kr_fail(kr_raise_memory(vm));
    if (!kr_list_reserve(vm, list, list->len + count)) return false;
    intptr_t v = range->first;
    for (size_t i = 0; i < count; i++, v += range->stride) {
        if (i % 65536 == 65535 && !kr_poll(vm, 8192)) return false;
        if (KR_UNLIKELY(list->len == list->items->cap)) break; // a poll may have run code that changed the list
        list->items->item[list->len++] = kr_int_box(v);
    }
    return true;
}

static bool extend_iterator(KrVm *vm, KrListObject *list, KrValue iterable) {
    KrValue it = kr_iter(vm, iterable), v;
    size_t hint;
    if (kr_is_error(it) || !kr_length_hint(vm, iterable, 8, &hint)) return false;
    if (hint <= PTRDIFF_MAX / sizeof(KrValue) - list->len && !kr_list_reserve(vm, list, list->len + hint)) return false;
    for (uint32_t n = 1; !kr_is_done(v = kr_next_inline(vm, it)); n++) {
        if (kr_is_error(v) || !kr_list_push(vm, list, v)) return false;
        if (n % 4096 == 0 && !kr_poll(vm, 4096)) return false;
    }
    if (list->len == 0 && list->items) KR_STORE_PTR(vm, list, list->items, NULL);
    return true;
}

bool kr_list_extend(KrVm *vm, KrValue list, KrValue iterable) {
    if (kr_is_exact(iterable, &kr_list_type) || kr_is_exact(iterable, &kr_tuple_type) || kr_same(list, iterable))
        return extend_row(vm, list_of(list), iterable);
    if (kr_is_exact(iterable, &kr_range_type) && KR_AS(KrRangeObject, iterable)->small)
        return KR_AS(KrRangeObject, iterable)->count == 0 || extend_range(vm, list_of(list), KR_AS(KrRangeObject, iterable));
    return extend_iterator(vm, list_of(list), iterable);
}

KrValue kr_list_from(KrVm *vm, KrValue iterable) {
    KrValue list = kr_list(vm, 0, NULL);
    if (kr_is_error(list) || !kr_list_extend(vm, list, iterable)) return KR_ERROR;
    return list;
}

KrValue kr_row_of(KrVm *vm, KrValue v, const char *refusal) {
    if (kr_is_exact(v, &kr_list_type) || kr_is_exact(v, &kr_tuple_type)) return v;
    KrValue it = kr_iter(vm, v);
    if (!kr_is_error(it)) return kr_list_from(vm, it);
    if (!kr_raised_is(vm, &kr_type_error)) return it;
    (void)kr_take_raised(vm);
    return kr_raise(vm, &kr_type_error, "%s", refusal);
}

static KrValue list_init(KrVm *vm, KrValue self, const KrValue *arg) {
    kr_list_truncate(vm, list_of(self), 0);
    if (!kr_is_unset(arg[0]) && !kr_list_extend(vm, self, arg[0])) return KR_ERROR;
    return KR_NONE;
}

static const KrMethod list_init_row = { "list(iterable=<()>, /)", list_init, "", 0 };

// ---- Operators -----------------------------------------------------------------------------------------------------------------

static KrValue list_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if (!kr_is_list(other)) return KR_NOTIMPL;
    if ((op == KR_EQ || op == KR_NE) && list_of(self)->len != list_of(other)->len) return kr_bool(op == KR_NE);
    return kr_row_compare(vm, self, other, op);
}

static KrValue concat(KrVm *vm, KrValue left, KrValue right) {
    if (!kr_is_list(left)) return KR_NOTIMPL;
    if (!kr_is_list(right)) {
        if (kr_may_reflect(vm, right, KR_N(__radd__))) return KR_NOTIMPL;
        return kr_raise(vm, &kr_type_error, "can only concatenate list (not \"%T\") to list", right);
    }
    size_t la, lb;
    const KrValue *a = kr_row_items(left, &la), *b = kr_row_items(right, &lb);
    KrListObject *sum = kr_list_new(vm, la + lb); // of memory that exists: no overflow
    if (!sum) return KR_ERROR;
    if (la && !kr_bulk_copy(vm, sum->items->item, a, la * sizeof(KrValue))) return KR_ERROR;
    if (lb && !kr_bulk_copy(vm, sum->items->item + la, b, lb * sizeof(KrValue))) return KR_ERROR;
    return kr_from_ptr(sum);
}

// Fills the list's items up to `len` with copies of those it has, doubling.
static bool replicate(KrVm *vm, KrListObject *list, size_t len) {
    KrValue *item = list->items->item;
    size_t most = KR_BULK_BYTES / sizeof(KrValue), few = len < 64 ? len : 64;
    if (list->len == 1)
        while (list->len < few) item[list->len++] = item[0];
    size_t once = list->len;
    for (size_t done = once, step; done < len; list->len = done += step) { // a piece may end within a copy
        size_t from = done % once, whole = done - from;
        step = whole < len - done ? whole : len - done;
        if (step > most) step = most;
        memcpy(item + done, item + from, step * sizeof(KrValue));
        if (KR_UNLIKELY(len > most) && !kr_bulk_done(vm, step * sizeof(KrValue))) return false;
    }
    return true;
}

static KrValue repeat(KrVm *vm, KrValue self, KrValue count) {
    intptr_t times;
    bool foreign;
    size_t len;
    if (!kr_repeat_count(vm, count, &times, &foreign)) return foreign ? kr_repeat_foreign(vm, count) : KR_ERROR;
    kr_row_items(self, &len);
    if (times <= 0 || len == 0) return kr_list(vm, 0, NULL);
    if ((size_t)times > PTRDIFF_MAX / sizeof(KrValue) / len) return kr_raise_memory(vm);
    KrListObject *product = kr_list_new(vm, len * (size_t)times);
    if (!product || !kr_bulk_copy(vm, product->items->item, list_of(self)->items->item, len * sizeof(KrValue))) return KR_ERROR;
    product->len = len;
    return replicate(vm, product, len * (size_t)times) ? kr_from_ptr(product) : KR_ERROR;
}

static KrValue list_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    if (op == KR_ADD) return concat(vm, left, right);
    if (op != KR_MUL) return KR_NOTIMPL;
    return kr_is_list(left) ? repeat(vm, left, right) : repeat(vm, right, left);
}

static KrValue repeat_inplace(KrVm *vm, KrValue self, KrValue count) {
    intptr_t times;
    bool foreign;
    if (!kr_repeat_count(vm, count, &times, &foreign)) return foreign ? kr_repeat_foreign(vm, count) : KR_ERROR;
    KrListObject *list = list_of(self);
    if (times <= 0) kr_list_truncate(vm, list, 0);
    if (times <= 1 || list->len == 0) return self;
    if ((size_t)times > PTRDIFF_MAX / sizeof(KrValue) / list->len) return kr_raise_memory(vm);
    size_t len = list->len, all = len * (size_t)times;
    if (!kr_list_reserve(vm, list, all)) return KR_ERROR;
    return replicate(vm, list, all) ? self : KR_ERROR;
}

static KrValue list_inplace(KrVm *vm, KrBinary op, KrValue self, KrValue other) {
    if (op == KR_MUL) return repeat_inplace(vm, self, other);
    if (op != KR_ADD) return KR_NOTIMPL;
    return kr_list_extend(vm, self, other) ? self : KR_ERROR;
}

// ---- Items ---------------------------------------------------------------------------------------------------------------------

static KrValue get_slice(KrVm *vm, KrValue self, KrValue slice) {
    intptr_t start, stop, step;
    size_t count;
    if (!kr_slice_unpack(vm, slice, &start, &stop, &step)) return KR_ERROR;
    count = kr_slice_adjust(list_of(self)->len, &start, &stop, step);
    KrListObject *part = kr_list_new(vm, count);
    if (!part) return KR_ERROR;
    if (count == 0) return kr_from_ptr(part);
    const KrValue *from = list_of(self)->items->item + start;
    if (step == 1) return kr_bulk_copy(vm, part->items->item, from, count * sizeof(KrValue)) ? kr_from_ptr(part) : KR_ERROR;
    for (size_t i = 0; i < count; i++) {
        part->items->item[i] = from[(intptr_t)i * step];
        if (KR_UNLIKELY(i % 32768 == 32767) && !kr_bulk_done(vm, KR_BULK_BYTES)) return KR_ERROR;
    }
    return kr_from_ptr(part);
}

static KrValue list_getitem(KrVm *vm, KrValue self, KrValue key) {
    intptr_t i;
    if (kr_is_exact(key, &kr_slice_type)) return get_slice(vm, self, key);
    if (!kr_item_index(vm, key, "list", &i)) return KR_ERROR;
    const KrListObject *list = list_of(self);
    size_t at = i < 0 ? (size_t)i + list->len : (size_t)i;
    return KR_LIKELY(at < list->len) ? list->items->item[at] : kr_raise(vm, &kr_index_error, "list index out of range");
}

void kr_list_remove_at(KrVm *vm, KrListObject *list, size_t at) {
    KrValue *item = list->items->item;
    kr_spend(vm, (list->len - at) >> 6);
    kr_shade_items(vm, item + at, list->len - at);
    memmove(item + at, item + at + 1, (list->len - at - 1) * sizeof(KrValue));
    item[--list->len] = (KrValue){ 0 };
    if (list->items->cap > 64 && list->len < list->items->cap / 4 && !grow(vm, list, with_spare(list->len))) (void)kr_take_raised(vm);
}

static bool list_setitem(KrVm *vm, KrValue self, KrValue key, KrValue value) {
    intptr_t i;
    if (kr_is_exact(key, &kr_slice_type)) return kr_list_set_slice(vm, list_of(self), key, value);
    if (!kr_item_index(vm, key, "list", &i)) return false;
    KrListObject *list = list_of(self);
    size_t at = i < 0 ? (size_t)i + list->len : (size_t)i;
    if (KR_UNLIKELY(at >= list->len)) return kr_fail(kr_raise(vm, &kr_index_error, "list assignment index out of range"));
    if (kr_is_unset(value)) kr_list_remove_at(vm, list, at);
    else kr_store(vm, list->items, &list->items->item[at], value);
    return true;
}

static bool list_contains(KrVm *vm, KrValue self, KrValue item, bool *out) {
    size_t found;
    if (!kr_row_find(vm, self, item, 0, SIZE_MAX, &found)) return false;
    return *out = found != SIZE_MAX, true;
}

static bool list_truth(KrVm *vm, KrValue self, bool *out) { return (void)vm, *out = list_of(self)->len != 0, true; }
static bool list_length(KrVm *vm, KrValue self, size_t *out) { return (void)vm, *out = list_of(self)->len, true; }
static KrValue list_repr(KrVm *vm, KrValue self) { return kr_row_repr(vm, self, "[", "]"); }
static KrValue list_iter(KrVm *vm, KrValue self) { return kr_index_iterator(vm, &kr_list_iterator_type, self, 0); }
static void list_trace(KrTracer *tracer, KrObject *o) { kr_trace_slots(tracer, ((KrListObject *)o)->items); }

const KrType kr_list_type = {
    KR_TYPE_HEAD(kr_list_type),
    .name = "list",
    .doc =
        KR_DOC("Built-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.\nThe argument must be an "
               "iterable if specified."),
    .flags = KR_TYPE_BASE | KR_TYPE_SEQUENCE | KR_TYPE_MATCH_SELF | KR_TYPE_IS_LIST,
    .size = sizeof(KrListObject),
    .methods = kr_list_methods,
    .init = &list_init_row,
    .alloc = kr_alloc_instance,
    .trace = list_trace,
    .repr = list_repr,
    .hash = kr_hash_unhashable,
    .truth = list_truth,
    .length = list_length,
    .compare = list_compare,
    .iter = list_iter,
    .getitem = list_getitem,
    .setitem = list_setitem,
    .contains = list_contains,
    .binary_ops = KR_OP(KR_ADD) | KR_OP(KR_MUL),
    .binary = list_binary,
    .more = &(const KrMoreSlots){ .inplace_ops = KR_OP(KR_ADD) | KR_OP(KR_MUL), .inplace = list_inplace },
};
