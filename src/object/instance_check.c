// instance_check.c - isinstance and issubclass: real classes, hooks of metaclasses, tuples and unions of classes, and objects that only
// claim to be a class (__class__, __bases__).
// SPDX-License-Identifier: MIT
#include "object/generic_alias.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/type.h"
#include "object/vm_state.h"

// Something with __bases__ counts as a class; KR_UNSET: it has none.
static KrValue claimed_bases(KrVm *vm, KrValue cls) {
    KrValue bases;
    if (!kr_find_attr(vm, cls, KR_N(__bases__), &bases)) return KR_ERROR;
    return kr_is_tuple(bases) ? bases : KR_UNSET;
}

static bool check_class(KrVm *vm, KrValue cls, const char *message) {
    KrValue bases = claimed_bases(vm, cls);
    if (kr_is_unset(bases)) kr_raise(vm, &kr_type_error, "%s", message);
    return !kr_is_unset(bases) && !kr_is_error(bases);
}

// Is cls met on the way up the __bases__?
static bool claims_subclass(KrVm *vm, KrValue derived, KrValue cls, bool *out) {
    size_t count = 1;
    KrValue bases = KR_UNSET;
    while (count == 1) {
        if (kr_same(derived, cls)) return *out = true, true;
        bases = claimed_bases(vm, derived);
        if (kr_is_error(bases)) return false;
        count = 0;
        if (!kr_is_unset(bases)) kr_tuple_items(bases, &count);
        if (count == 1) derived = kr_tuple_items(bases, NULL)[0];
        if (!kr_poll(vm, 1)) return false;
    }
    *out = false;
    if (!count || !kr_enter(vm, " in __issubclass__")) return !count;
    bool ok = true;
    for (size_t i = 0; ok && !*out && i < count; i++) ok = claims_subclass(vm, kr_tuple_items(bases, NULL)[i], cls, out);
    kr_leave(vm);
    return ok;
}

// v.__class__ when it can differ from v's type; KR_UNSET otherwise.
static KrValue claimed_class(KrVm *vm, KrValue v) {
    const KrType *type = kr_type_of(v);
    KrValue cls;
    if (!kr_is_heap_type(type) && !KR_SLOT_OWNER(type, getattr)) return KR_UNSET; // no static type has a __class__ of its own
    if (!(type->flags & KR_TYPE_OWN_GETATTR) && !KR_SLOT_OWNER(type, getattr)) {
        KrValue found = kr_type_lookup(vm, type, KR_N(__class__)), plain = kr_type_lookup(vm, &kr_object_type, KR_N(__class__));
        if (kr_is_error(found) || kr_is_error(plain)) return KR_ERROR;
        if (kr_same(found, plain)) return KR_UNSET;
    }
    return kr_find_attr(vm, v, KR_N(__class__), &cls) ? cls : KR_ERROR;
}

bool kr_isinstance_plain(KrVm *vm, KrValue v, KrValue cls, bool *out) {
    *out = false;
    if (kr_is_type(cls)) {
        if (kr_isa(v, kr_as_type(cls))) return *out = true, true;
        KrValue claimed = claimed_class(vm, v);
        if (kr_is_error(claimed)) return false;
        if (kr_is_type(claimed)) *out = kr_is_subtype(kr_as_type(claimed), kr_as_type(cls));
        return true;
    }
    if (!check_class(vm, cls, "isinstance() arg 2 must be a type, a tuple of types, or a union")) return false;
    KrValue claimed;
    if (!kr_find_attr(vm, v, KR_N(__class__), &claimed)) return false;
    return kr_is_unset(claimed) || claims_subclass(vm, claimed, cls, out);
}

bool kr_issubclass_plain(KrVm *vm, KrValue derived, KrValue cls, bool *out) {
    if (kr_is_type(cls) && kr_is_type(derived)) return *out = kr_is_subtype(kr_as_type(derived), kr_as_type(cls)), true;
    if (!check_class(vm, derived, "issubclass() arg 1 must be a class")) return false;
    if (!kr_is_exact(cls, &kr_union_type) && !check_class(vm, cls, "issubclass() arg 2 must be a class, a tuple of classes, or a union"))
        return false;
    return claims_subclass(vm, derived, cls, out);
}

typedef bool (*Check)(KrVm *vm, KrValue v, KrValue cls, bool *out);

static bool any_of(KrVm *vm, KrValue v, KrValue tuple, bool *out, Check check, const char *where) {
    size_t count;
    kr_tuple_items(tuple, &count);
    *out = false;
    if (!kr_enter(vm, where)) return false;
    bool ok = true;
    for (size_t i = 0; ok && !*out && i < count; i++) {
        kr_spend(vm, 1);
        ok = check(vm, v, kr_tuple_items(tuple, NULL)[i], out) && kr_settle(vm);
    }
    kr_leave(vm);
    return ok;
}

// Asks the hook of cls's own type; KR_UNSET: it has none.
static bool ask(KrVm *vm, KrValue v, KrValue cls, KrValue hook, const char *where, bool *asked, bool *out) {
    KrValue method, self, answer;
    if (!kr_find_special(vm, cls, hook, &method, &self)) return false;
    *asked = !kr_is_unset(method);
    if (!*asked) return true;
    if (!kr_enter(vm, where)) return false;
    answer = kr_call_special(vm, method, self, 1, &v);
    kr_leave(vm);
    return !kr_is_error(answer) && kr_truth(vm, answer, out);
}

static bool has_plain_metaclass(KrValue cls) { return kr_is_ptr(cls) && kr_type_of(cls) == &kr_type_type; }

bool kr_isinstance(KrVm *vm, KrValue v, KrValue cls, bool *out) {
    bool asked;
    if (kr_same(kr_type_value(kr_type_of(v)), cls)) return *out = true, true;
    if (has_plain_metaclass(cls)) return kr_isinstance_plain(vm, v, cls, out);
    if (kr_is_exact(cls, &kr_union_type)) cls = KR_AS(KrUnion, cls)->args;
    if (kr_is_tuple(cls)) return any_of(vm, v, cls, out, kr_isinstance, " in __instancecheck__");
    if (!ask(vm, v, cls, KR_N(__instancecheck__), " in __instancecheck__", &asked, out)) return false;
    return asked || kr_isinstance_plain(vm, v, cls, out);
}

bool kr_issubclass(KrVm *vm, KrValue derived, KrValue cls, bool *out) {
    bool asked;
    if (has_plain_metaclass(cls)) {
        if (kr_same(derived, cls)) return *out = true, true;
        return kr_issubclass_plain(vm, derived, cls, out);
    }
    if (kr_is_exact(cls, &kr_union_type)) cls = KR_AS(KrUnion, cls)->args;
    if (kr_is_tuple(cls)) return any_of(vm, derived, cls, out, kr_issubclass, " in __subclasscheck__");
    if (!ask(vm, derived, cls, KR_N(__subclasscheck__), " in __subclasscheck__", &asked, out)) return false;
    return asked || kr_issubclass_plain(vm, derived, cls, out);
}
