// slots.c - the memory of containers, and what lists and tuples have in common: finding, comparing and printing a row of items.
// SPDX-License-Identifier: MIT
#include "object/slots.h"

#include "object/container.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/text.h"
#include "object/tuple.h"
#include "object/vm_state.h"

const KrType kr_slots_type = { KR_TYPE_HEAD(kr_slots_type), .name = "slots", .size = sizeof(KrSlots), .trace = kr_trace_items };
const KrType kr_raw_type = { KR_TYPE_HEAD(kr_raw_type), .name = "raw", .size = sizeof(KrRaw) };

KrSlots *kr_slots_new(KrVm *vm, size_t cap) {
    if (KR_UNLIKELY(cap > (PTRDIFF_MAX - sizeof(KrSlots)) / sizeof(KrValue))) {
        (void)kr_raise_memory(vm);
        return NULL;
    }
    KrSlots *slots = kr_alloc(vm, &kr_slots_type.shape, sizeof *slots + cap * sizeof(KrValue));
    if (slots) slots->cap = cap;
    return slots;
}

KrRaw *kr_raw_new(KrVm *vm, size_t cap) {
    if (KR_UNLIKELY(cap > PTRDIFF_MAX - sizeof(KrRaw))) {
        (void)kr_raise_memory(vm);
        return NULL;
    }
    KrRaw *raw = kr_alloc(vm, &kr_raw_type.shape, sizeof *raw + cap);
    if (raw) raw->cap = cap;
    return raw;
}

void kr_shade_items(KrVm *vm, const KrValue *item, size_t count) {
    if (!kr_marking(vm)) return;
    for (size_t i = 0; i < count; i++) kr_store_shade(vm, item[i]);
}

bool kr_read_only(KrVm *vm, KrValue self, KrValue value) {
    (void)self, (void)value;
    return kr_fail(kr_raise(vm, &kr_attribute_error, "readonly attribute"));
}

// ---- Indices -------------------------------------------------------------------------------------------------------------------

bool kr_has_index(KrVm *vm, KrValue v) { return kr_is_integer(v) || !kr_is_unset(kr_type_lookup(vm, kr_type_of(v), KR_N(__index__))); }

bool kr_item_index(KrVm *vm, KrValue key, const char *what, intptr_t *out) {
    if (KR_LIKELY(kr_is_int(key))) return *out = kr_int_value(key), true;
    if (!kr_has_index(vm, key)) return kr_fail(kr_raise(vm, &kr_type_error, "%s indices must be integers or slices, not %T", what, key));
    return kr_to_index(vm, key, out);
}

bool kr_search_number(KrVm *vm, KrValue *v) {
    if (!kr_has_index(vm, *v)) return kr_fail(kr_raise(vm, &kr_type_error, "slice indices must be integers or have an __index__ method"));
    *v = kr_index(vm, *v);
    return !kr_is_error(*v);
}

bool kr_search_bound(KrVm *vm, KrValue v, size_t len, size_t *out) {
    intptr_t i;
    if (!kr_search_number(vm, &v) || !kr_to_index_clipped(vm, v, &i)) return false;
    if (i < 0) *out = 0 - (size_t)i > len ? 0 : len - (0 - (size_t)i);
    else *out = (size_t)i;
    return true;
}

// ---- Rows ----------------------------------------------------------------------------------------------------------------------

static inline const KrValue *row_items(KrValue row, size_t *len) {
    if (kr_has_flag(row, KR_TYPE_IS_TUPLE)) {
        const KrTupleObject *t = KR_AS(const KrTupleObject, row);
        return *len = t->len, t->item;
    }
    const KrListObject *l = KR_AS(const KrListObject, row);
    return *len = l->len, l->len ? l->items->item : NULL;
}

const KrValue *kr_row_items(KrValue row, size_t *len) { return row_items(row, len); }

bool kr_row_find(KrVm *vm, KrValue row, KrValue item, size_t start, size_t stop, size_t *found) {
    size_t len;
    const KrValue *at = row_items(row, &len);
    for (size_t i = start; i < len && i < stop; i++) {
        KrValue v = at[i];
        bool same = kr_same(v, item);
        if (!same && !kr_both_int(v, item)) {
            kr_spend(vm, 1);
            if (!kr_equal(vm, v, item, &same) || !kr_settle(vm)) return false;
            size_t now; // __eq__ may have changed it
            at = row_items(row, &now);
            if (KR_PLANTED != 3) len = now;
        }
        if (same) return *found = i, true;
        if (KR_UNLIKELY(i % 4096 == 4095)) {
            if (!kr_poll(vm, 512)) return false;
            at = row_items(row, &len);
        }
    }
    return *found = SIZE_MAX, true;
}

KrValue kr_row_count(KrVm *vm, KrValue row, KrValue item) {
    size_t count = 0, from = 0, found;
    for (;; from = found + 1, count++) {
        if (!kr_row_find(vm, row, item, from, SIZE_MAX, &found)) return KR_ERROR;
        if (found == SIZE_MAX) return kr_int(vm, (int64_t)count);
        if (KR_UNLIKELY(count % 4096 == 4095) && !kr_poll(vm, 512)) return KR_ERROR;
    }
}

static bool order_holds(size_t a, size_t b, KrCompareOp op) {
    switch (op) {
    case KR_LT: return a < b;
    case KR_LE: return a <= b;
    case KR_EQ: return a == b;
    case KR_NE: return a != b;
    case KR_GT: return a > b;
    default: return a >= b;
    }
}

// The first items that differ decide; if there are none, the lengths do.
KrValue kr_row_compare(KrVm *vm, KrValue a, KrValue b, KrCompareOp op) {
    size_t la, lb;
    const KrValue *x = row_items(a, &la), *y = row_items(b, &lb);
    for (size_t i = 0; i < la && i < lb; i++) {
        KrValue v = x[i], w = y[i];
        if (KR_UNLIKELY(i % 4096 == 4095)) {
            if (!kr_poll(vm, 512)) return KR_ERROR;
            x = row_items(a, &la), y = row_items(b, &lb);
            if (i >= la || i >= lb) break;
            v = x[i], w = y[i];
        }
        if (kr_same(v, w)) continue;
        bool same = false;
        if (!kr_both_int(v, w)) {
            kr_spend(vm, 1);
            if (!kr_equal(vm, v, w, &same) || !kr_settle(vm)) return KR_ERROR;
            x = row_items(a, &la), y = row_items(b, &lb);
        }
        if (same) continue;
        if (i >= la || i >= lb) break; // they have become shorter
        if (op == KR_EQ || op == KR_NE) return kr_bool(op == KR_NE);
        return kr_compare(vm, v, w, op);
    }
    return kr_bool(order_holds(la, lb, op));
}

KrValue kr_row_repr(KrVm *vm, KrValue row, const char *open, const char *close) {
    size_t len;
    bool again;
    KrText t;
    const KrValue *item = row_items(row, &len);
    kr_text_init(vm, &t);
    kr_text_add_c(&t, open);
    if (len == 0) {
        kr_text_add_c(&t, close);
        return kr_text_str(&t);
    }
    if (!kr_repr_enter(vm, row, &again)) return KR_ERROR;
    if (again) {
        kr_text_add_c(&t, "...");
        kr_text_add_c(&t, close);
        return kr_text_str(&t);
    }
    for (size_t i = 0; i < len && !t.failed; i++) {
        if (i) kr_text_add(&t, ", ", 2);
        kr_text_add_repr(&t, item[i]);
        kr_spend(vm, 4);
        if (!t.failed && !kr_settle(vm)) t.failed = true;
        item = row_items(row, &len);
    }
    kr_repr_leave(vm, row);
    if (*open == '(' && len == 1) kr_text_add_char(&t, ',');
    kr_text_add_c(&t, close);
    return kr_text_str(&t);
}
