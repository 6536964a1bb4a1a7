// list_method.c - list's methods, and assignment to slices.
// SPDX-License-Identifier: MIT
#include "object/list_method.h"

#include "object/bulk.h"
#include "object/container.h"
#include "object/object.h"
#include "object/range.h"
#include "object/str_method.h"
#include "object/tuple.h"

static KrListObject *list_of(KrValue v) { return KR_AS(KrListObject, v); }

// ---- Slices --------------------------------------------------------------------------------------------------------------------

// As replace below, for many items that need a new array: what is copied can then be left, and the list is as it was.
static bool replace_in_new(KrVm *vm, KrListObject *list, size_t start, size_t count, const KrValue *from, size_t n) {
    size_t tail = list->len - start - count, len = start + n + tail;
    KrSlots *slots = kr_slots_new(vm, len + len / 8);
    const KrValue *old = list->items ? list->items->item : NULL;
    if (!slots || (start && !kr_bulk_copy(vm, slots->item, old, start * sizeof(KrValue)))) return false;
    if (!kr_bulk_copy(vm, slots->item + start, from, n * sizeof(KrValue))) return false;
    if (tail && !kr_bulk_copy(vm, slots->item + start + n, old + start + count, tail * sizeof(KrValue))) return false;
    KR_STORE_PTR(vm, list, list->items, slots);
    list->len = len;
    return true;
}

// list[start:start+count] = from[0..n). Everything that can fail comes before the first change.
static bool replace(KrVm *vm, KrListObject *list, size_t start, size_t count, const KrValue *from, size_t n) {
    size_t tail = list->len - start - count, len = start + n + tail;
    if (n > PTRDIFF_MAX / sizeof(KrValue) - list->len) return kr_fail(kr_raise_memory(vm));
    bool grows = n > count && len > (list->items ? list->items->cap : 0);
    if (grows && n > KR_BULK_BYTES / sizeof(KrValue)) return replace_in_new(vm, list, start, count, from, n);
    if (grows && !kr_list_reserve(vm, list, len)) return false;
    if (!list->items) return true;
    KrValue *item = list->items->item + start;
    kr_spend(vm, (n + tail) >> 6);
    kr_shade_items(vm, item, list->len - start);
    if (n != count && tail) memmove(item + n, item + count, tail * sizeof(KrValue));
    if (n) memcpy(item, from, n * sizeof(KrValue));
    if (len >= list->len) {
        list->len = len;
    } else {
        kr_list_truncate(vm, list, len);
    }
    return true;
}

// del list[start::step], count times: the items in between move down, each once.
static void delete_stepped(KrVm *vm, KrListObject *list, intptr_t start, intptr_t step, size_t count) {
    if (step < 0) {
        start += step * (intptr_t)(count - 1);
        step = -step;
    }
    if (count == list->len) {
        kr_list_truncate(vm, list, 0);
        return;
    }
    KrValue *item = list->items->item;
    size_t to = (size_t)start, gap = (size_t)step - 1;
    kr_spend(vm, (list->len - to) >> 4);
    kr_shade_items(vm, item + to, list->len - to);
    for (size_t i = 0; i < count; i++) {
        size_t from = (size_t)start + i * (size_t)step + 1, n = i + 1 < count ? gap : list->len - from;
        if (n > 4) memmove(item + to, item + from, n * sizeof(KrValue));
        else
            for (size_t j = 0; j < n; j++) item[to + j] = item[from + j];
        to += n;
    }
    kr_list_truncate(vm, list, to);
}

// The new items as a row that nothing else changes; KR_ERROR: raised.
static KrValue row_of(KrVm *vm, const KrListObject *list, KrValue value) {
    if (kr_is_list(value) && list_of(value) == list) return kr_list(vm, list->len, kr_list_items(value, NULL));
    if (kr_is_exact(value, &kr_range_type)) return kr_list_from(vm, value);
    return kr_row_of(vm, value, "must assign iterable to extended slice");
}

static bool set_stepped(KrVm *vm, KrListObject *list, intptr_t start, intptr_t step, size_t count, KrValue row) {
    size_t n;
    const KrValue *from = kr_row_items(row, &n);
    if (n != count)
        return kr_fail(kr_raise(vm, &kr_value_error, "attempt to assign sequence of size %u to extended slice of size %u", n, count));
    kr_spend(vm, count >> 4);
    for (size_t i = 0; i < count; i++) kr_store(vm, list->items, &list->items->item[start + (intptr_t)i * step], from[i]);
    return true;
}

bool kr_list_set_slice(KrVm *vm, KrListObject *list, KrValue slice, KrValue value) {
    intptr_t start, stop, step;
    size_t n;
    if (!kr_slice_unpack(vm, slice, &start, &stop, &step)) return false;
    KrValue row = kr_is_unset(value) ? value : row_of(vm, list, value);
    if (kr_is_error(row)) return false;
    size_t count = kr_slice_adjust(list->len, &start, &stop, step); // now that no more Python code runs
    if (kr_is_unset(value)) {
        if (count == 0) return true;
        if (step == 1) return replace(vm, list, (size_t)start, count, NULL, 0);
        return delete_stepped(vm, list, start, step, count), true;
    }
    if (step != 1) return set_stepped(vm, list, start, step, count, row);
    const KrValue *from = kr_row_items(row, &n);
    return replace(vm, list, (size_t)start, count, from, n);
}

// ---- Methods -------------------------------------------------------------------------------------------------------------------

static KrValue list_append(KrVm *vm, KrValue self, const KrValue *arg) {
    return kr_list_push(vm, list_of(self), arg[0]) ? KR_NONE : KR_ERROR;
}

static KrValue list_extend(KrVm *vm, KrValue self, const KrValue *arg) { return kr_list_extend(vm, self, arg[0]) ? KR_NONE : KR_ERROR; }

static KrValue list_insert(KrVm *vm, KrValue self, const KrValue *arg) {
    intptr_t i;
    if (!kr_arg_size(vm, arg[0], &i)) return KR_ERROR;
    KrListObject *list = list_of(self);
    size_t at = i < 0 ? (0 - (size_t)i > list->len ? 0 : list->len + (size_t)i) : (size_t)i;
    if (at >= list->len) return kr_list_push(vm, list, arg[1]) ? KR_NONE : KR_ERROR;
    if (!kr_list_push(vm, list, arg[1])) return KR_ERROR; // makes room
    KrValue *item = list->items->item + at;
    size_t tail = list->len - 1 - at;
    kr_spend(vm, tail >> 6);
    kr_shade_items(vm, item, tail);
    memmove(item + 1, item, tail * sizeof(KrValue));
    *item = arg[1];
    return KR_NONE;
}

static KrValue list_pop(KrVm *vm, KrValue self, const KrValue *arg) {
    intptr_t i;
    KrListObject *list = list_of(self);
    if (!kr_arg_size(vm, arg[0], &i)) return KR_ERROR;
    if (list->len == 0) return kr_raise(vm, &kr_index_error, "pop from empty list");
    size_t at = i < 0 ? (size_t)i + list->len : (size_t)i;
    if (at >= list->len) return kr_raise(vm, &kr_index_error, "pop index out of range");
    KrValue v = list->items->item[at];
    kr_list_remove_at(vm, list, at);
    return v;
}

KrValue kr_list_pop(KrVm *vm, KrValue list) {
    KrValue last = kr_int_box(-1);
    return list_pop(vm, list, &last);
}

static KrValue list_remove(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t found;
    if (!kr_row_find(vm, self, arg[0], 0, SIZE_MAX, &found)) return KR_ERROR;
    if (found == SIZE_MAX) return kr_raise(vm, &kr_value_error, "list.remove(x): x not in list");
    if (found < list_of(self)->len) kr_list_remove_at(vm, list_of(self), found);
    return KR_NONE;
}

static KrValue list_clear(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    kr_list_truncate(vm, list_of(self), 0);
    return KR_NONE;
}

static KrValue list_copy(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    return kr_list(vm, list_of(self)->len, kr_list_items(self, NULL));
}

static KrValue list_count(KrVm *vm, KrValue self, const KrValue *arg) { return kr_row_count(vm, self, arg[0]); }

static KrValue list_index(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t start, stop, found;
    KrValue end[2] = { arg[1], arg[2] };
    for (size_t i = 0; i < 2; i++) // both first: either may change the list
        if (KR_UNLIKELY(!kr_is_int(end[i])) && !kr_search_number(vm, &end[i])) return KR_ERROR;
    size_t len = list_of(self)->len;
    if (!kr_search_bound(vm, end[0], len, &start) || !kr_search_bound(vm, end[1], len, &stop)) return KR_ERROR;
    if (!kr_row_find(vm, self, arg[0], start, stop, &found)) return KR_ERROR;
    if (found == SIZE_MAX) return kr_raise(vm, &kr_value_error, "%R is not in list", arg[0]);
    return kr_int(vm, (int64_t)found);
}

static KrValue list_reverse(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    size_t len = list_of(self)->len;
    KrValue *item = kr_list_items(self, NULL);
    kr_spend(vm, len >> 5);
    kr_shade_items(vm, item, len);
    for (size_t i = 0; i < len / 2; i++) {
        KrValue v = item[i];
        item[i] = item[len - 1 - i];
        item[len - 1 - i] = v;
    }
    return KR_NONE;
}

static KrValue list_sort(KrVm *vm, KrValue self, const KrValue *arg) {
    bool reverse;
    if (!kr_truth(vm, arg[1], &reverse)) return KR_ERROR;
    return kr_list_sort(vm, self, arg[0], reverse);
}

static KrValue list_reversed(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    return kr_index_iterator(vm, &kr_list_reverse_iterator_type, self, (intptr_t)list_of(self)->len - 1);
}

static KrValue list_sizeof(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const KrListObject *list = list_of(self);
    return kr_int(vm, (int64_t)(sizeof *list + (list->items ? sizeof(KrSlots) + list->items->cap * sizeof(KrValue) : 0)));
}

static KrValue list_getitem_method(KrVm *vm, KrValue self, const KrValue *arg) { return kr_list_type.getitem(vm, self, arg[0]); }

const KrMethod kr_list_methods[] = {
    { "append(object, /)", list_append, KR_DOC("Append object to the end of the list."), 0 },
    { "clear()", list_clear, KR_DOC("Remove all items from list."), 0 },
    { "copy()", list_copy, KR_DOC("Return a shallow copy of the list."), 0 },
    { "count(value, /)", list_count, KR_DOC("Return number of occurrences of value."), 0 },
    { "extend(iterable, /)", list_extend, KR_DOC("Extend list by appending elements from the iterable."), 0 },
    { "index(value, start=0, stop=maxsize, /)", list_index,
      KR_DOC("Return first index of value.\n\nRaises ValueError if the value is not present."), 0 },
    { "insert(index, object, /)", list_insert, KR_DOC("Insert object before index."), 0 },
    { "pop(index=-1, /)", list_pop,
      KR_DOC("Remove and return item at index (default last).\n\nRaises IndexError if list is empty or index is out of range."), 0 },
    { "remove(value, /)", list_remove, KR_DOC("Remove first occurrence of value.\n\nRaises ValueError if the value is not present."), 0 },
    { "reverse()", list_reverse, KR_DOC("Reverse *IN PLACE*."), 0 },
    { "sort(*, key=None, reverse=False)", list_sort,
      KR_DOC("Sort the list in ascending order and return None.\n\nThe sort is in-place and stable. A key function is called once for each "
             "item;\nreverse sorts in descending order."),
      0 },
    { "__getitem__(index, /)", list_getitem_method, KR_DOC("Return self[index]."), 0 },
    { "__reversed__()", list_reversed, KR_DOC("Return a reverse iterator over the list."), 0 },
    { "__sizeof__()", list_sizeof, KR_DOC("Return the size of the list in memory, in bytes."), 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};
