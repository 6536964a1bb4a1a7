// union.c - types.UnionType: int | str. Its members are flat and without repetition; None stands for its type.
// SPDX-License-Identifier: MIT
#include "object/generic_alias.h"
#include "object/container.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/type_alias.h"

#define SELF KR_AS(KrUnion, self)

static bool is_alias(KrValue v) { return kr_isa(v, &kr_generic_alias_type); }

static bool can_be_member(KrValue v) {
    return kr_is_none(v) || kr_is_type(v) || is_alias(v) || kr_is_exact(v, &kr_union_type) || kr_is_exact(v, &kr_type_alias_type);
}

static bool add_member(KrVm *vm, KrValue list, KrValue v) {
    size_t count;
    if (kr_is_none(v)) v = kr_type_value(&kr_none_type);
    for (size_t i = 0; kr_list_items(list, &count), i < count; i++) {
        KrValue have = kr_list_items(list, NULL)[i];
        bool same = kr_same(have, v);
        if (is_alias(have) && is_alias(v) && !kr_equal(vm, have, v, &same)) return false;
        if (same) return true;
    }
    return kr_list_append(vm, list, v);
}

static bool add_members(KrVm *vm, KrValue list, KrValue v) {
    if (!kr_is_exact(v, &kr_union_type)) return add_member(vm, list, v);
    size_t count;
    kr_tuple_items(KR_AS(KrUnion, v)->args, &count);
    for (size_t i = 0; i < count; i++)
        if (!add_member(vm, list, kr_tuple_items(KR_AS(KrUnion, v)->args, NULL)[i])) return false;
    return true;
}

KrValue kr_union_or(KrVm *vm, KrValue left, KrValue right) {
    if (!can_be_member(left) || !can_be_member(right)) return KR_NOTIMPL;
    KrValue list = kr_is_exact(left, &kr_union_type) ? kr_list_from(vm, KR_AS(KrUnion, left)->args) : kr_list(vm, 0, NULL);
    size_t count;
    if (kr_is_error(list) || (!kr_is_exact(left, &kr_union_type) && !add_member(vm, list, left)) || !add_members(vm, list, right))
        return KR_ERROR;
    const KrValue *item = kr_list_items(list, &count);
    if (count == 1) return item[0];
    KrValue args = kr_tuple_from(vm, list);
    KrUnion *u = kr_is_error(args) ? NULL : kr_alloc(vm, &kr_union_type.shape, sizeof *u);
    if (!u) return KR_ERROR;
    u->args = args;
    u->parameters = KR_UNSET;
    return kr_from_ptr(u);
}

static void union_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((KrUnion *)o)->args);
    kr_trace(tracer, ((KrUnion *)o)->parameters);
}

static KrValue union_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) { return (void)op, kr_union_or(vm, left, right); }

static KrValue union_repr(KrVm *vm, KrValue self) {
    size_t count;
    KrText t;
    kr_text_init(vm, &t);
    kr_tuple_items(SELF->args, &count);
    for (size_t i = 0; i < count; i++) {
        KrValue v = kr_tuple_items(SELF->args, NULL)[i];
        kr_text_add_c(&t, i ? " | " : "");
        if (kr_same(v, kr_type_value(&kr_none_type))) kr_text_add_c(&t, "None");
        else kr_text_add_type(&t, v);
    }
    return kr_text_str(&t);
}

// Unions are equal when they have the same members, in any order.
static KrValue members(KrVm *vm, KrValue self) { return kr_set(vm, SELF->args); }

static bool union_hash(KrVm *vm, KrValue self, KrHash *out) {
    KrHash sum = 0x55D2B17, h;
    size_t count;
    kr_tuple_items(SELF->args, &count);
    for (size_t i = 0; i < count; i++) {
        if (!kr_hash(vm, kr_tuple_items(SELF->args, NULL)[i], &h)) return false;
        sum ^= (KrHash)(((uintptr_t)h ^ 89869747u ^ (uintptr_t)h << 16) * 3644798167u); // order does not count
    }
    *out = sum == -1 ? -2 : sum;
    return true;
}

static KrValue union_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if ((op != KR_EQ && op != KR_NE) || !kr_is_exact(other, &kr_union_type)) return KR_NOTIMPL;
    KrValue a = members(vm, self), b = kr_is_error(a) ? a : members(vm, other);
    return kr_is_error(b) ? b : kr_compare(vm, a, b, op);
}

static KrValue union_getattr(KrVm *vm, KrValue self, KrValue name) {
    if (kr_same(name, KR_N(__module__))) return kr_getattr(vm, kr_type_value(&kr_union_type), name);
    return kr_generic_getattr(vm, self, name);
}

static KrValue get_args(KrVm *vm, KrValue self) { return (void)vm, SELF->args; }
static KrValue get_parameters(KrVm *vm, KrValue self) { return kr_generic_lazy_parameters(vm, self, SELF->args, &SELF->parameters); }

static KrValue union_getitem(KrVm *vm, KrValue self, KrValue key) {
    KrValue parameters = get_parameters(vm, self);
    KrValue args = kr_is_error(parameters) ? parameters : kr_generic_substitute(vm, self, SELF->args, parameters, key), v;
    size_t count;
    if (kr_is_error(args)) return args;
    kr_tuple_items(args, &count);
    v = count ? kr_tuple_items(args, NULL)[0] : KR_NONE;
    for (size_t i = 1; i < count; i++) {
        v = kr_binary(vm, KR_OR, v, kr_tuple_items(args, NULL)[i]);
        if (kr_is_error(v)) return v;
    }
    return v;
}

static const KrGetSet union_attributes[] = {
    { "__args__", get_args, kr_read_only, "" },
    { "__parameters__", get_parameters, NULL, KR_DOC("Type variables in the types.UnionType.") },
    { 0 },
};

const KrType kr_union_type = {
    KR_TYPE_HEAD(kr_union_type),
    .name = "types.UnionType",
    .size = sizeof(KrUnion),
    .flags = KR_TYPE_NO_NEW,
    .doc = KR_DOC("Represent a PEP 604 union type\n\nE.g. for int | str"),
    .trace = union_trace,
    .repr = union_repr,
    .hash = union_hash,
    .compare = union_compare,
    .getattr = union_getattr,
    .getitem = union_getitem,
    .binary = union_binary,
    .binary_ops = KR_OP(KR_OR),
    .attributes = union_attributes,
};
