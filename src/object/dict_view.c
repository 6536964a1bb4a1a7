// dict_view.c - keys(), values() and items() of dicts: live views, the first and the last with the operators of sets.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/dict_method.h"
#include "object/list.h"
#include "object/object.h"
#include "object/set_table.h"
#include "object/tuple.h"

static KrValue dict_of(KrValue view) { return KR_AS(KrDictView, view)->dict; }

KrValue kr_dict_view(KrVm *vm, const KrType *type, KrValue dict) {
    KrDictView *v = kr_alloc(vm, &type->shape, sizeof *v);
    if (!v) return KR_ERROR;
    v->dict = dict;
    return kr_from_ptr(v);
}

static void view_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((KrDictView *)o)->dict); }
static bool view_length(KrVm *vm, KrValue self, size_t *out) { return (void)vm, *out = kr_dict_len(dict_of(self)), true; }
static KrValue keys_iter(KrVm *vm, KrValue self) { return kr_dict_iterator(vm, &kr_dict_key_iterator_type, dict_of(self)); }
static KrValue values_iter(KrVm *vm, KrValue self) { return kr_dict_iterator(vm, &kr_dict_value_iterator_type, dict_of(self)); }
static KrValue items_iter(KrVm *vm, KrValue self) { return kr_dict_iterator(vm, &kr_dict_item_iterator_type, dict_of(self)); }

static KrValue keys_reversed(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_dict_iterator(vm, &kr_dict_reverse_key_iterator_type, dict_of(self));
}
static KrValue values_reversed(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_dict_iterator(vm, &kr_dict_reverse_value_iterator_type, dict_of(self));
}
static KrValue items_reversed(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_dict_iterator(vm, &kr_dict_reverse_item_iterator_type, dict_of(self));
}

static KrValue view_mapping(KrVm *vm, KrValue self) { return kr_mappingproxy(vm, dict_of(self)); }

static KrValue view_repr(KrVm *vm, KrValue self) {
    bool again;
    if (!kr_repr_enter(vm, self, &again)) return KR_ERROR;
    if (again) return kr_str_c(vm, "...");
    KrValue list = kr_list_from(vm, self);
    KrValue text = kr_is_error(list) ? list : kr_format(vm, "%T(%R)", self, list);
    kr_repr_leave(vm, self);
    return text;
}

static bool keys_contains(KrVm *vm, KrValue self, KrValue item, bool *out) { return kr_dict_contains(vm, dict_of(self), item, out); }

static bool items_contains(KrVm *vm, KrValue self, KrValue item, bool *out) {
    KrValue value;
    *out = false;
    if (!kr_is_tuple(item) || KR_AS(KrTupleObject, item)->len != 2) return true;
    const KrValue *pair = kr_tuple_items(item, NULL);
    if (!kr_dict_find(vm, dict_of(self), pair[0], &value)) return false;
    return kr_is_unset(value) || kr_equal(vm, pair[1], value, out);
}

// ---- As sets -------------------------------------------------------------------------------------------------------------------

static bool is_set_view(KrValue v) { return kr_is_exact(v, &kr_dict_keys_type) || kr_is_exact(v, &kr_dict_items_type); }
static bool is_set_like(KrValue v) { return kr_is_any_set(v) || is_set_view(v); }

static bool all_in(KrVm *vm, KrValue a, KrValue b, bool *out) {
    KrValue it = kr_iter(vm, a), v = KR_UNSET;
    if (kr_is_error(it)) return false;
    *out = true;
    while (*out && !kr_is_done(v = kr_next(vm, it)))
        if (kr_is_error(v) || !kr_contains(vm, b, v, out)) return false;
    return true;
}

static KrValue view_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    size_t a, b;
    bool in = false;
    if (!is_set_like(other)) return KR_NOTIMPL;
    if (!kr_len(vm, self, &a) || !kr_len(vm, other, &b)) return KR_ERROR;
    switch (op) {
    case KR_EQ:
    case KR_NE:
        if (a == b && !all_in(vm, self, other, &in)) return KR_ERROR;
        return kr_bool(in == (op == KR_EQ));
    case KR_LT:
    case KR_LE:
        if ((op == KR_LT ? a < b : a <= b) && !all_in(vm, self, other, &in)) return KR_ERROR;
        return kr_bool(in);
    default:
        if ((op == KR_GT ? a > b : a >= b) && !all_in(vm, other, self, &in)) return KR_ERROR;
        return kr_bool(in);
    }
}

static KrValue intersection(KrVm *vm, KrValue view, KrValue other) {
    size_t a, b;
    if (!is_set_view(view)) { // reflected: the other operand is the view
        KrValue v = view;
        view = other;
        other = v;
    }
    if (!kr_len(vm, view, &a)) return KR_ERROR;
    if (kr_is_exact(other, &kr_set_type) && a <= kr_set_object(other)->used) return kr_call_method(vm, other, "intersection", 1, &view);
    if (is_set_view(other)) {
        if (!kr_len(vm, other, &b)) return KR_ERROR;
        if (b > a) { // walk through the smaller one
            KrValue v = view;
            view = other;
            other = v;
        }
    }
    KrValue out = kr_set(vm, KR_UNSET), it = kr_is_error(out) ? out : kr_iter(vm, other), v;
    if (kr_is_error(it)) return it;
    while (!kr_is_done(v = kr_next(vm, it))) {
        bool there;
        if (kr_is_error(v) || !kr_contains(vm, view, v, &there)) return KR_ERROR;
        if ((there && !kr_set_add(vm, out, v)) || !kr_poll(vm, 1)) return KR_ERROR;
    }
    return out;
}

static KrValue view_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    if (op == KR_AND) return intersection(vm, left, right);
    const char *method = op == KR_OR ? "update" : op == KR_SUB ? "difference_update" : "symmetric_difference_update";
    KrValue out = kr_set(vm, left);
    KrValue done = kr_is_error(out) ? out : kr_call_method(vm, out, method, 1, &right);
    return kr_is_error(done) ? done : out;
}

static KrValue view_isdisjoint(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue view = self, other = arg[0];
    size_t a, b;
    if (is_set_like(other)) {
        if (!kr_len(vm, self, &a) || !kr_len(vm, other, &b)) return KR_ERROR;
        if (b > a) view = other, other = self;
    }
    KrValue it = kr_iter(vm, other), v;
    if (kr_is_error(it)) return it;
    while (!kr_is_done(v = kr_next(vm, it))) {
        bool there;
        if (kr_is_error(v) || !kr_contains(vm, view, v, &there) || !kr_poll(vm, 1)) return KR_ERROR;
        if (there) return KR_FALSE;
    }
    return KR_TRUE;
}

// ---- Types ---------------------------------------------------------------------------------------------------------------------

static const KrGetSet view_attributes[] = {
    { "mapping", view_mapping, NULL, KR_DOC("dictionary that this view refers to") },
    { 0 },
};

static const KrMethod keys_methods[] = {
    { "isdisjoint(object, /)", view_isdisjoint, KR_DOC("Return True if the view and the given iterable have a null intersection."), 0 },
    { "__reversed__()", keys_reversed, KR_DOC("Return a reverse iterator over the dict keys."), 0 },
    { 0 },
};

static const KrMethod values_methods[] = {
    { "__reversed__()", values_reversed, KR_DOC("Return a reverse iterator over the dict values."), 0 },
    { 0 },
};

static const KrMethod items_methods[] = {
    { "isdisjoint(object, /)", view_isdisjoint, KR_DOC("Return True if the view and the given iterable have a null intersection."), 0 },
    { "__reversed__()", items_reversed, KR_DOC("Return a reverse iterator over the dict items."), 0 },
    { 0 },
};

#define SET_OPS (KR_OP(KR_AND) | KR_OP(KR_OR) | KR_OP(KR_SUB) | KR_OP(KR_XOR))

const KrType kr_dict_keys_type = {
    KR_TYPE_HEAD(kr_dict_keys_type), .name = "dict_keys", .flags = KR_TYPE_NO_NEW,   .size = sizeof(KrDictView), .methods = keys_methods,
    .attributes = view_attributes,   .trace = view_trace, .repr = view_repr,         .hash = kr_hash_unhashable, .length = view_length,
    .compare = view_compare,         .iter = keys_iter,   .contains = keys_contains, .binary_ops = SET_OPS,      .binary = view_binary,
};

const KrType kr_dict_items_type = {
    KR_TYPE_HEAD(kr_dict_items_type), .name = "dict_items",          .flags = KR_TYPE_NO_NEW, .size = sizeof(KrDictView),
    .methods = items_methods,         .attributes = view_attributes, .trace = view_trace,     .repr = view_repr,
    .hash = kr_hash_unhashable,       .length = view_length,         .compare = view_compare, .iter = items_iter,
    .contains = items_contains,       .binary_ops = SET_OPS,         .binary = view_binary,
};

const KrType kr_dict_values_type = {
    KR_TYPE_HEAD(kr_dict_values_type),
    .name = "dict_values",
    .flags = KR_TYPE_NO_NEW,
    .size = sizeof(KrDictView),
    .methods = values_methods,
    .attributes = view_attributes,
    .trace = view_trace,
    .repr = view_repr,
    .length = view_length,
    .iter = values_iter,
};
