// sqlite_row.c - sqlite3.Row: a tuple whose items have the names of their columns as well.
// SPDX-License-Identifier: MIT
#include "object/object.h"
#include "sqlite_part.h"

typedef struct {
    KrObject head;
    KrValue data, description;
} Row;

#define SELF ((Row *)kr_ptr(self))

KrValue kr_sql_row(KrVm *vm, KrValue description, KrValue tuple) {
    KrValue made = kr_alloc_instance(vm, &kr_sql_row_type);
    if (!kr_is_error(made)) *(Row *)kr_ptr(made) = (Row){ *kr_ptr(made), tuple, description };
    return made;
}

static KrValue make(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const KrValue *given = kr_tuple_items(arg[0], &count);
    if (count != 2) return kr_raise(vm, &kr_type_error, "Row expected 2 arguments, got %u", count);
    if (!kr_isa(given[0], &kr_sql_cursor_type))
        return kr_raise(vm, &kr_type_error, "Row() argument 1 must be sqlite3.Cursor, not %T", given[0]);
    if (!kr_is_tuple(given[1])) return kr_raise(vm, &kr_type_error, "Row() argument 2 must be tuple, not %T", given[1]);
    KrValue made = kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(made)) return made;
    ((Row *)kr_ptr(made))->data = given[1];
    ((Row *)kr_ptr(made))->description = kr_sql_cursor(given[0])->description;
    return made;
}

static void trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((Row *)o)->data);
    kr_trace(tracer, ((Row *)o)->description);
}

static size_t column_count(const Row *r) {
    size_t count = 0;
    if (kr_is_tuple(r->description)) (void)kr_tuple_items(r->description, &count);
    return count;
}

static KrValue name_at(const Row *r, size_t i) { return kr_tuple_items(kr_tuple_items(r->description, NULL)[i], NULL)[0]; }

// Letters of ASCII are the same in either case.
static bool same_name(const char *a, size_t a_len, const char *b, size_t b_len) {
    if (a_len != b_len) return false;
    for (size_t i = 0; i < a_len; i++) {
        if (a[i] == b[i]) continue;
        char low = a[i] | 0x20;
        if (low != (b[i] | 0x20) || low < 'a' || low > 'z') return false;
    }
    return true;
}

static KrValue by_name(KrVm *vm, const Row *r, KrValue key) {
    size_t len, other, items;
    const char *text = kr_str_text(key, &len);
    const KrValue *data = kr_tuple_items(r->data, &items);
    for (size_t i = 0; i < column_count(r) && i < items; i++) {
        KrValue name = name_at(r, i);
        const char *own = kr_str_text(name, &other);
        if (kr_same(name, key) || same_name(text, len, own, other)) return data[i];
    }
    return kr_raise(vm, &kr_index_error, "No item with that key");
}

static KrValue getitem(KrVm *vm, KrValue self, KrValue key) {
    if (kr_is_integer(key)) {
        intptr_t i;
        size_t len;
        const KrValue *data = kr_tuple_items(SELF->data, &len);
        if (!kr_to_index(vm, key, &i)) return KR_ERROR;
        if (i < 0) i += (intptr_t)len;
        if (i < 0 || (size_t)i >= len) return kr_raise(vm, &kr_index_error, "tuple index out of range");
        return data[i];
    }
    if (kr_is_str(key)) return by_name(vm, SELF, key);
    if (kr_is_exact(key, &kr_slice_type)) return kr_getitem(vm, SELF->data, key);
    return kr_raise(vm, &kr_index_error, "Index must be int or string");
}

static bool length(KrVm *vm, KrValue self, size_t *out) { return (void)vm, (void)kr_tuple_items(SELF->data, out), true; }
static KrValue iterate(KrVm *vm, KrValue self) { return kr_iter(vm, SELF->data); }

static bool hash(KrVm *vm, KrValue self, KrHash *out) {
    KrHash other;
    if (!kr_hash(vm, SELF->description, &other) || !kr_hash(vm, SELF->data, out)) return false;
    return *out ^= other, true;
}

static KrValue compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    bool same;
    if ((op != KR_EQ && op != KR_NE) || !kr_isa(other, &kr_sql_row_type)) return KR_NOTIMPL;
    const Row *r = (Row *)kr_ptr(other);
    if (!kr_equal(vm, SELF->description, r->description, &same)) return KR_ERROR;
    if (!same) return kr_bool(op == KR_NE);
    return kr_compare(vm, SELF->data, r->data, op);
}

static KrValue keys(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue list = kr_list(vm, 0, NULL);
    (void)arg;
    for (size_t i = 0; !kr_is_error(list) && i < column_count(SELF); i++)
        if (!kr_list_append(vm, list, name_at(SELF, i))) return KR_ERROR;
    return list;
}

static const KrMethod methods[] = { { "keys()", keys, KR_DOC("A list of the names of the columns."), 0 }, { 0 } };
static const KrMethod make_row = { "Row(*args)", make, "", 0 };

const KrType kr_sql_row_type = {
    KR_TYPE_HEAD(kr_sql_row_type),
    .name = "sqlite3.Row",
    .module = "sqlite3",
    .doc = KR_DOC("Row(cursor, tuple): a row as a row_factory; items by number, and by the names of columns in either case."),
    .flags = KR_TYPE_BASE,
    .size = sizeof(Row),
    .methods = methods,
    .make = &make_row,
    .trace = trace,
    .hash = hash,
    .compare = compare,
    .length = length,
    .iter = iterate,
    .getitem = getitem,
};
