// set_type.c - the types set and frozenset.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/list.h"
#include "object/object.h"
#include "object/set_table.h"
#include "object/text.h"
#include "object/vm_state.h"

static KrValue set_init(KrVm *vm, KrValue self, const KrValue *arg) {
    kr_set_clear(vm, kr_set_object(self));
    return kr_is_unset(arg[0]) || kr_set_update(vm, self, arg[0]) ? KR_NONE : KR_ERROR;
}

static const KrMethod set_init_row = { "set(iterable=<()>, /)", set_init, "", 0 };

static KrValue frozenset_make(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrType *type = kr_as_type(self);
    bool exact = type == &kr_frozenset_type;
    if (exact && kr_is_exact(arg[0], &kr_frozenset_type)) return arg[0];
    KrValue s = kr_set_new(vm, type);
    if (kr_is_error(s) || (!kr_is_unset(arg[0]) && !kr_set_update(vm, s, arg[0]))) return KR_ERROR;
    if (!exact || kr_set_object(s)->used) return s;
    if (kr_is_ptr(vm->empty_frozenset) && kr_ptr(vm->empty_frozenset)) return vm->empty_frozenset;
    return vm->empty_frozenset = s;
}

static const KrMethod frozenset_make_row = { "frozenset(iterable=<()>, /)", frozenset_make, "", 0 };

// Python's: an order-independent combination of the keys' hashes, so that equal frozensets are alike on both implementations.
static bool hash_keys(KrVm *vm, KrValue self, uintptr_t *out) {
    KrValue key;
    uintptr_t hash = 0;
    for (size_t at = 0; kr_set_next(self, &at, &key);) {
        KrHash h;
        if (!kr_hash(vm, key, &h)) return false;
        uintptr_t u = (uintptr_t)h;
        hash ^= ((u ^ 89869747u) ^ (u << 16)) * 3644798167u;
    }
    hash ^= (kr_set_object(self)->used + 1) * (uintptr_t)1927868237u;
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash * 69069u + 907133923u;
    return *out = hash == (uintptr_t)-1 ? 590923713u : hash, true;
}

bool kr_frozenset_hash(KrVm *vm, KrValue self, KrHash *out) {
    KrSetObject *s = kr_set_object(self);
    uintptr_t hash;
    if (s->hashed && kr_isa(self, &kr_frozenset_type)) return *out = s->hash, true;
    if (!kr_enter(vm, " while hashing a frozenset")) return false;
    bool ok = hash_keys(vm, self, &hash);
    kr_leave(vm);
    if (!ok) return false;
    if (kr_isa(self, &kr_frozenset_type)) {
        s->hash = (KrHash)hash;
        s->hashed = true;
    }
    return *out = (KrHash)hash, true;
}

static void add_keys(KrText *t, KrValue self) {
    KrValue list = kr_list_from(t->vm, self); // a repr may change the set
    size_t len = 0;
    if (kr_is_error(list)) {
        t->failed = true;
        return;
    }
    const KrValue *key = kr_row_items(list, &len);
    for (size_t i = 0; i < len && !t->failed; i++) {
        if (i) kr_text_add(t, ", ", 2);
        kr_text_add_repr(t, key[i]);
        kr_spend(t->vm, 4);
        if (!t->failed && !kr_settle(t->vm)) t->failed = true;
    }
}

static KrValue set_repr(KrVm *vm, KrValue self) {
    bool again;
    const char *name = kr_type_name(kr_type_of(self));
    if (kr_set_object(self)->used == 0) return kr_format(vm, "%s()", name);
    if (!kr_repr_enter(vm, self, &again)) return KR_ERROR;
    if (again) return kr_format(vm, "%s(...)", name);
    bool plain = kr_is_exact(self, &kr_set_type);
    KrText t;
    kr_text_init(vm, &t);
    if (!plain) kr_text_add_format(&t, "%s(", name);
    kr_text_add_char(&t, '{');
    add_keys(&t, self);
    kr_text_add_c(&t, plain ? "}" : "})");
    kr_repr_leave(vm, self);
    return kr_text_str(&t);
}

static bool set_truth(KrVm *vm, KrValue self, bool *out) { return (void)vm, *out = kr_set_object(self)->used != 0, true; }
static bool set_length(KrVm *vm, KrValue self, size_t *out) { return (void)vm, *out = kr_set_object(self)->used, true; }
static void set_trace(KrTracer *tracer, KrObject *o) { kr_trace_object(tracer, ((KrSetObject *)o)->table); }

#define SET_OPS (KR_OP(KR_AND) | KR_OP(KR_OR) | KR_OP(KR_SUB) | KR_OP(KR_XOR))

const KrType kr_set_type = {
    KR_TYPE_HEAD(kr_set_type),
    .name = "set",
    .doc = KR_DOC("Build an unordered collection of unique elements."),
    .flags = KR_TYPE_BASE | KR_TYPE_MATCH_SELF | KR_TYPE_IS_SET | KR_TYPE_WEAKREF,
    .size = sizeof(KrSetObject),
    .methods = kr_set_methods,
    .init = &set_init_row,
    .alloc = kr_set_new,
    .trace = set_trace,
    .repr = set_repr,
    .hash = kr_hash_unhashable,
    .truth = set_truth,
    .length = set_length,
    .compare = kr_set_compare,
    .iter = kr_set_iterator,
    .contains = kr_set_contains,
    .binary_ops = SET_OPS,
    .binary = kr_set_binary,
    .more = &(const KrMoreSlots){ .inplace_ops = SET_OPS, .inplace = kr_set_inplace },
};

const KrType kr_frozenset_type = {
    KR_TYPE_HEAD(kr_frozenset_type),
    .name = "frozenset",
    .doc = KR_DOC("Build an immutable unordered collection of unique elements."),
    .flags = KR_TYPE_BASE | KR_TYPE_MATCH_SELF | KR_TYPE_IS_SET | KR_TYPE_WEAKREF,
    .size = sizeof(KrSetObject),
    .methods = kr_frozenset_methods,
    .make = &frozenset_make_row,
    .trace = set_trace,
    .repr = set_repr,
    .hash = kr_frozenset_hash,
    .truth = set_truth,
    .length = set_length,
    .compare = kr_set_compare,
    .iter = kr_set_iterator,
    .contains = kr_set_contains,
    .binary_ops = SET_OPS,
    .binary = kr_set_binary,
};
