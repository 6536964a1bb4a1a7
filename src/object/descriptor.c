// descriptor.c - attributes that are made by C functions: getsets of static types, __dict__ and __weakref__ of instances, members of
// __slots__. SPDX-License-Identifier: MIT
#include "object/descriptor.h"

#include "object/container.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/type.h"
#include "object/weakref.h"

static KrValue not_for(KrVm *vm, const char *name, const KrType *owner, KrValue object) {
    return kr_raise(vm, &kr_type_error, "descriptor '%s' for '%N' objects doesn't apply to a '%T' object", name, owner, object);
}

// ---- Getset descriptors --------------------------------------------------------------------------------------------------------

// A field of a builtin object is what CPython calls a member.
static KrValue native_member(KrVm *vm, const KrGetSet *row, const KrType *type) {
    KrValue name = kr_name(vm, row->name), v = kr_is_error(name) ? name : kr_member_new(vm, type, name, UINT32_MAX);
    if (!kr_is_error(v)) KR_AS(KrMemberObject, v)->row = row;
    return v;
}

KrValue kr_getset_new(KrVm *vm, const KrGetSet *row, const KrType *type) {
    if (row->set == kr_read_only) return native_member(vm, row, type);
    KrGetSetObject *g = kr_alloc(vm, &kr_getset_type.shape, sizeof *g);
    if (!g) return KR_ERROR;
    g->row = row;
    g->owner = type;
    return kr_from_ptr(g);
}

static void getset_trace(KrTracer *tracer, KrObject *o) { kr_trace_object(tracer, ((KrGetSetObject *)o)->owner); }

static KrValue getset_get(KrVm *vm, KrValue self, KrValue object, const KrType *type) {
    const KrGetSetObject *g = KR_AS(KrGetSetObject, self);
    (void)type;
    if (kr_is_unset(object)) return self;
    if (!kr_isa(object, g->owner)) return not_for(vm, g->row->name, g->owner, object);
    if (!g->row->get) return kr_raise(vm, &kr_attribute_error, "attribute '%s' of '%N' objects is not readable", g->row->name, g->owner);
    return g->row->get(vm, object);
}

static bool getset_set(KrVm *vm, KrValue self, KrValue object, KrValue value) {
    const KrGetSetObject *g = KR_AS(KrGetSetObject, self);
    if (!kr_isa(object, g->owner)) return kr_fail(not_for(vm, g->row->name, g->owner, object));
    if (!g->row->set)
        return kr_fail(kr_raise(vm, &kr_attribute_error, "attribute '%s' of '%N' objects is not writable", g->row->name, g->owner));
    return g->row->set(vm, object, value);
}

static KrValue getset_repr(KrVm *vm, KrValue self) {
    const KrGetSetObject *g = KR_AS(KrGetSetObject, self);
    return kr_format(vm, "<attribute '%s' of '%N' objects>", g->row->name, g->owner);
}

static KrValue getset_name(KrVm *vm, KrValue self) { return kr_name(vm, KR_AS(KrGetSetObject, self)->row->name); }
static KrValue getset_owner(KrVm *vm, KrValue self) { return (void)vm, kr_type_value(KR_AS(KrGetSetObject, self)->owner); }
static KrValue getset_doc(KrVm *vm, KrValue self) {
    const char *doc = KR_AS(KrGetSetObject, self)->row->doc;
    return doc && *doc ? kr_str_c(vm, doc) : KR_NONE;
}
static KrValue qualified(KrVm *vm, const KrType *owner, KrValue name) {
    KrValue of = kr_getattr(vm, kr_type_value(owner), KR_N(__qualname__));
    return kr_is_error(of) || kr_is_error(name) ? KR_ERROR : kr_format(vm, "%S.%S", of, name);
}
static KrValue getset_qualname(KrVm *vm, KrValue self) { return qualified(vm, KR_AS(KrGetSetObject, self)->owner, getset_name(vm, self)); }

static const KrGetSet getset_attributes[] = {
    { "__name__", getset_name, kr_read_only, "" },
    { "__qualname__", getset_qualname, NULL, "" },
    { "__objclass__", getset_owner, kr_read_only, "" },
    { "__doc__", getset_doc, NULL, "" },
    { 0 },
};

const KrType kr_getset_type = {
    KR_TYPE_HEAD(kr_getset_type),    .name = "getset_descriptor", .doc = KR_DOC("An attribute of a builtin type that is computed."),
    .size = sizeof(KrGetSetObject),  .flags = KR_TYPE_NO_NEW,     .trace = getset_trace,
    .descr_get = getset_get,         .descr_set = getset_set,     .repr = getset_repr,
    .attributes = getset_attributes,
};

// ---- __dict__ and __weakref__ of instances -------------------------------------------------------------------------------------

static KrValue dict_get(KrVm *vm, KrValue self) {
    if (!kr_is_ptr(self) || !kr_has_attributes(kr_ptr(self))) return kr_raise(vm, &kr_attribute_error, "This object has no __dict__");
    return kr_attr_dict(vm, kr_ptr(self));
}

static bool dict_set(KrVm *vm, KrValue self, KrValue value) {
    if (!kr_is_ptr(self) || !kr_has_attributes(kr_ptr(self)))
        return kr_fail(kr_raise(vm, &kr_attribute_error, "This object has no __dict__"));
    if (kr_is_unset(value)) {
        const KrType *type = kr_type_of(self);
        if (!kr_is_heap_type(type) || kr_heap_type(type)->solid->flags & KR_TYPE_HAS_DICT)
            return kr_fail(kr_raise(vm, &kr_type_error, "cannot delete __dict__"));
        value = kr_dict(vm);
        if (kr_is_error(value)) return false;
    }
    if (!kr_is_dict(value)) return kr_fail(kr_raise(vm, &kr_type_error, "__dict__ must be set to a dictionary, not a '%T'", value));
    return kr_attr_replace_dict(vm, kr_ptr(self), value);
}

static const KrGetSet dict_row = { "__dict__", dict_get, dict_set, KR_DOC("dictionary for instance variables") };

KrValue kr_dict_getset(KrVm *vm, const KrType *type) { return kr_getset_new(vm, &dict_row, type); }

static KrValue weakref_get(KrVm *vm, KrValue self) { return kr_weakref_first(vm, self); }

static const KrGetSet weakref_row = { "__weakref__", weakref_get, NULL, KR_DOC("list of weak references to the object") };

KrValue kr_weakref_getset(KrVm *vm, const KrType *type) { return kr_getset_new(vm, &weakref_row, type); }

// ---- Members -------------------------------------------------------------------------------------------------------------------

KrValue kr_member_new(KrVm *vm, const KrType *type, KrValue name, uint32_t index) {
    KrMemberObject *m = kr_alloc(vm, &kr_member_type.shape, sizeof *m);
    if (!m) return KR_ERROR;
    m->owner = type;
    m->name = name;
    m->index = index;
    return kr_from_ptr(m);
}

static void member_trace(KrTracer *tracer, KrObject *o) {
    kr_trace_object(tracer, ((KrMemberObject *)o)->owner);
    kr_trace(tracer, ((KrMemberObject *)o)->name);
}

// The message has the full name of the class, unlike others.
static KrValue unset_member(KrVm *vm, KrValue object, KrValue name) {
    const KrType *type = kr_type_of(object);
    KrValue module = kr_type_module(vm, type), of = kr_is_error(module) ? module : kr_getattr(vm, kr_type_value(type), KR_N(__qualname__));
    if (kr_is_error(of)) return of;
    if (!kr_is_str(module) || kr_str_is(module, "builtins") || kr_str_is(module, "__main__"))
        kr_raise(vm, &kr_attribute_error, "'%S' object has no attribute '%S'", of, name);
    else kr_raise(vm, &kr_attribute_error, "'%S.%S' object has no attribute '%S'", module, of, name);
    kr_attribute_error_context(vm, object, name);
    return KR_ERROR;
}

static KrValue member_get(KrVm *vm, KrValue self, KrValue object, const KrType *type) {
    const KrMemberObject *m = KR_AS(KrMemberObject, self);
    (void)type;
    if (kr_is_unset(object)) return self;
    if (!kr_isa(object, m->owner)) return not_for(vm, kr_str_text(m->name, NULL), m->owner, object);
    if (m->row) return m->row->get(vm, object);
    const KrValue *slot = kr_slot_find(kr_ptr(object), m->index);
    return slot && !kr_is_unset(*slot) ? *slot : unset_member(vm, object, m->name);
}

static bool member_set(KrVm *vm, KrValue self, KrValue object, KrValue value) {
    const KrMemberObject *m = KR_AS(KrMemberObject, self);
    if (!kr_isa(object, m->owner)) return kr_fail(not_for(vm, kr_str_text(m->name, NULL), m->owner, object));
    if (m->row) return m->row->set(vm, object, value);
    KrObject *o = kr_ptr(object);
    KrValue *slot = kr_slot_find(o, m->index);
    if (kr_is_unset(value) && (!slot || kr_is_unset(*slot))) {
        kr_raise(vm, &kr_attribute_error, "%S", m->name);
        kr_attribute_error_context(vm, object, m->name);
        return false;
    }
    if (!slot && !kr_slot_reserve(vm, o, m->index)) return false;
    kr_store(vm, o, kr_slot_at(o, m->index), value);
    return true;
}

static KrValue member_repr(KrVm *vm, KrValue self) {
    const KrMemberObject *m = KR_AS(KrMemberObject, self);
    return kr_format(vm, "<member '%S' of '%N' objects>", m->name, m->owner);
}

static KrValue member_name(KrVm *vm, KrValue self) { return (void)vm, KR_AS(KrMemberObject, self)->name; }
static KrValue member_owner(KrVm *vm, KrValue self) { return (void)vm, kr_type_value(KR_AS(KrMemberObject, self)->owner); }
static KrValue member_doc(KrVm *vm, KrValue self) {
    const KrGetSet *row = KR_AS(KrMemberObject, self)->row;
    return row && row->doc && *row->doc ? kr_str_c(vm, row->doc) : KR_NONE;
}
static KrValue member_qualname(KrVm *vm, KrValue self) {
    return qualified(vm, KR_AS(KrMemberObject, self)->owner, KR_AS(KrMemberObject, self)->name);
}

static KrValue member_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue pair[2] = { member_owner(vm, self), KR_AS(KrMemberObject, self)->name };
    KrValue args = kr_tuple(vm, 2, pair), builtin = kr_is_error(args) ? args : kr_getattr_c(vm, vm->builtins, "getattr");
    if (kr_is_error(builtin)) return builtin;
    KrValue result[2] = { builtin, args };
    return kr_tuple(vm, 2, result);
}

static const KrGetSet member_attributes[] = {
    { "__name__", member_name, kr_read_only, "" },
    { "__qualname__", member_qualname, NULL, "" },
    { "__objclass__", member_owner, kr_read_only, "" },
    { "__doc__", member_doc, NULL, "" },
    { 0 },
};
static const KrMethod member_methods[] = { { "__reduce__()", member_reduce, "", 0 }, { 0 } };

const KrType kr_member_type = {
    KR_TYPE_HEAD(kr_member_type),    .name = "member_descriptor", .doc = KR_DOC("An attribute that has its place in the object."),
    .size = sizeof(KrMemberObject),  .flags = KR_TYPE_NO_NEW,     .trace = member_trace,
    .descr_get = member_get,         .descr_set = member_set,     .repr = member_repr,
    .attributes = member_attributes, .methods = member_methods,
};

// ---- Abstract classes ----------------------------------------------------------------------------------------------------------

KrValue kr_raise_abstract(KrVm *vm, const KrType *type) {
    KrValue names = kr_getattr(vm, kr_type_value(type), KR_N(__abstractmethods__)),
            list = kr_is_error(names) ? names : kr_list_from(vm, names);
    if (kr_is_error(list) || kr_is_error(kr_call_method(vm, list, "sort", 0, NULL))) return KR_ERROR;
    KrValue sep = kr_str_c(vm, "', '"), joined = kr_is_error(sep) ? sep : kr_call_method(vm, sep, "join", 1, &list);
    if (kr_is_error(joined)) return joined;
    size_t count;
    kr_list_items(list, &count);
    return kr_raise(vm, &kr_type_error, "Can't instantiate abstract class %N without an implementation for abstract method%s '%S'", type,
                    count == 1 ? "" : "s", joined);
}
