// property.c - property: an attribute computed by functions.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/descriptor.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/type.h"

#define SELF KR_AS(KrPropertyObject, self)

static KrValue none_if_unset(KrValue v) { return kr_is_unset(v) ? KR_NONE : v; }
static KrValue unset_if_none(KrValue v) { return kr_is_none(v) ? KR_UNSET : v; }

static KrValue property_alloc(KrVm *vm, const KrType *type) {
    KrValue self = kr_alloc_instance(vm, type);
    if (kr_is_error(self)) return self;
    SELF->get = SELF->set = SELF->del = SELF->doc = SELF->name = KR_UNSET;
    return self;
}

static void property_trace(KrTracer *tracer, KrObject *o) {
    const KrPropertyObject *p = (const KrPropertyObject *)o;
    kr_trace(tracer, p->get);
    kr_trace(tracer, p->set);
    kr_trace(tracer, p->del);
    kr_trace(tracer, p->doc);
    kr_trace(tracer, p->name);
}

// A subclass has a __doc__ of its own in its class dict, which would hide the field: there it becomes an attribute of the instance.
static bool set_doc(KrVm *vm, KrValue self, KrValue doc) {
    if (kr_is_exact(self, &kr_property_type)) return kr_store(vm, SELF, &SELF->doc, doc), true;
    if (kr_setattr(vm, self, KR_N(__doc__), none_if_unset(doc))) return true;
    if (SELF->doc_from_getter || !kr_raised_is(vm, &kr_attribute_error)) return false;
    (void)kr_take_raised(vm); // __slots__ without room for it
    return true;
}

static KrValue property_init(KrVm *vm, KrValue self, const KrValue *arg) {
    kr_store(vm, SELF, &SELF->get, unset_if_none(arg[0]));
    kr_store(vm, SELF, &SELF->set, unset_if_none(arg[1]));
    kr_store(vm, SELF, &SELF->del, unset_if_none(arg[2]));
    kr_store(vm, SELF, &SELF->doc, KR_UNSET);
    kr_store(vm, SELF, &SELF->name, KR_UNSET);
    SELF->doc_from_getter = false;
    KrValue doc = unset_if_none(arg[3]);
    if (kr_is_unset(doc) && !kr_is_unset(SELF->get)) {
        if (!kr_find_attr(vm, SELF->get, KR_N(__doc__), &doc)) return KR_ERROR;
        doc = unset_if_none(doc);
        SELF->doc_from_getter = !kr_is_unset(doc);
    }
    return set_doc(vm, self, doc) ? KR_NONE : KR_ERROR;
}

// ---- Access --------------------------------------------------------------------------------------------------------------------

// The name it was given, or its getter's; KR_UNSET: none.
static KrValue find_name(KrVm *vm, KrValue self) {
    KrValue v = SELF->name;
    if (!kr_is_unset(v) || kr_is_unset(SELF->get)) return v;
    return kr_find_attr(vm, SELF->get, KR_N(__name__), &v) ? v : KR_ERROR;
}

static KrValue lacks(KrVm *vm, KrValue self, KrValue object, const char *what) {
    KrValue name = find_name(vm, self), of = kr_getattr(vm, kr_type_value(kr_type_of(object)), KR_N(__qualname__));
    if (kr_is_error(name) || kr_is_error(of)) return KR_ERROR;
    if (kr_is_unset(name)) return kr_raise(vm, &kr_attribute_error, "property of %R object has no %s", of, what);
    return kr_raise(vm, &kr_attribute_error, "property %R of %R object has no %s", name, of, what);
}

static KrValue property_get(KrVm *vm, KrValue self, KrValue object, const KrType *type) {
    (void)type;
    if (kr_is_unset(object) || kr_is_none(object)) return self;
    if (kr_is_unset(SELF->get)) return lacks(vm, self, object, "getter");
    return kr_call(vm, SELF->get, 1, &object);
}

static bool property_set(KrVm *vm, KrValue self, KrValue object, KrValue value) {
    bool deletes = kr_is_unset(value);
    KrValue f = deletes ? SELF->del : SELF->set, arg[2] = { object, value };
    if (kr_is_unset(f)) return kr_fail(lacks(vm, self, object, deletes ? "deleter" : "setter"));
    return !kr_is_error(kr_call(vm, f, deletes ? 1 : 2, arg));
}

// ---- Copies with one function replaced -----------------------------------------------------------------------------------------

static KrValue copy(KrVm *vm, KrValue self, KrValue get, KrValue set, KrValue del) {
    KrValue doc = SELF->doc_from_getter && !kr_is_none(get) ? KR_NONE : none_if_unset(SELF->doc);
    KrValue arg[4] = { get, set, del, doc };
    if (kr_is_none(get)) arg[0] = none_if_unset(SELF->get);
    KrValue v = kr_call(vm, kr_type_value(kr_type_of(self)), 4, arg);
    if (!kr_is_error(v) && kr_isa(v, &kr_property_type))
        kr_store(vm, KR_AS(KrPropertyObject, v), &KR_AS(KrPropertyObject, v)->name, SELF->name);
    return v;
}

static KrValue property_getter(KrVm *vm, KrValue self, const KrValue *arg) {
    return copy(vm, self, arg[0], none_if_unset(SELF->set), none_if_unset(SELF->del));
}
static KrValue property_setter(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue set = kr_is_none(arg[0]) ? none_if_unset(SELF->set) : arg[0];
    return copy(vm, self, none_if_unset(SELF->get), set, none_if_unset(SELF->del));
}
static KrValue property_deleter(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue del = kr_is_none(arg[0]) ? none_if_unset(SELF->del) : arg[0];
    return copy(vm, self, none_if_unset(SELF->get), none_if_unset(SELF->set), del);
}

static KrValue property_set_name(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    if (count != 2) return kr_raise(vm, &kr_type_error, "__set_name__() takes 2 positional arguments but %u were given", count);
    kr_store(vm, SELF, &SELF->name, item[1]);
    return KR_NONE;
}

// ---- Attributes ----------------------------------------------------------------------------------------------------------------

static KrValue get_fget(KrVm *vm, KrValue self) { return (void)vm, none_if_unset(SELF->get); }
static KrValue get_fset(KrVm *vm, KrValue self) { return (void)vm, none_if_unset(SELF->set); }
static KrValue get_fdel(KrVm *vm, KrValue self) { return (void)vm, none_if_unset(SELF->del); }
static KrValue get_doc(KrVm *vm, KrValue self) { return (void)vm, none_if_unset(SELF->doc); }
static bool assign_doc(KrVm *vm, KrValue self, KrValue value) { return kr_store(vm, SELF, &SELF->doc, value), true; }

static KrValue get_name(KrVm *vm, KrValue self) {
    KrValue name = find_name(vm, self);
    return kr_is_unset(name) ? kr_no_attribute(vm, self, KR_N(__name__)) : name;
}
static bool assign_name(KrVm *vm, KrValue self, KrValue value) { return kr_store(vm, SELF, &SELF->name, value), true; }

static KrValue get_abstract(KrVm *vm, KrValue self) {
    KrValue part[3] = { SELF->get, SELF->set, SELF->del };
    for (size_t i = 0; i < KR_COUNT_OF(part); i++) {
        KrValue v = KR_UNSET;
        bool abstract = false;
        if (!kr_enter(vm, "")) return KR_ERROR; // a part may be the property itself
        bool found = kr_is_unset(part[i]) || kr_find_attr(vm, part[i], KR_N(__isabstractmethod__), &v);
        kr_leave(vm);
        if (!found) return KR_ERROR;
        if (!kr_is_unset(v) && !kr_truth(vm, v, &abstract)) return KR_ERROR;
        if (abstract) return KR_TRUE;
    }
    return KR_FALSE;
}

static const KrGetSet property_attributes[] = {
    { "fget", get_fget, kr_read_only, "" },
    { "fset", get_fset, kr_read_only, "" },
    { "fdel", get_fdel, kr_read_only, "" },
    { "__doc__", get_doc, assign_doc, "" },
    { "__name__", get_name, assign_name, "" },
    { "__isabstractmethod__", get_abstract, NULL, "" },
    { 0 },
};
static const KrMethod property_methods[] = {
    { "getter(object, /)", property_getter, KR_DOC("Descriptor to obtain a copy of the property with a different getter."), 0 },
    { "setter(object, /)", property_setter, KR_DOC("Descriptor to obtain a copy of the property with a different setter."), 0 },
    { "deleter(object, /)", property_deleter, KR_DOC("Descriptor to obtain a copy of the property with a different deleter."), 0 },
    { "__set_name__(*args)", property_set_name, KR_DOC("(owner, name, /)\n\nMethod to set name of a property."), 0 },
    { 0 },
};
static const KrMethod property_make = { "property(fget=None, fset=None, fdel=None, doc=None)", property_init,
                                        KR_DOC("Property attribute, computed by fget, set by fset, deleted by fdel."), 0 };

const KrType kr_property_type = {
    KR_TYPE_HEAD(kr_property_type),
    .name = "property",
    .size = sizeof(KrPropertyObject),
    .flags = KR_TYPE_BASE,
    .alloc = property_alloc,
    .doc = KR_DOC("Property attribute.\n\n  fget\n    function to be used for getting an attribute value\n  fset\n    function to be used "
                  "for setting an "
                  "attribute value\n  fdel\n    function to be used for del'ing an attribute\n  doc\n    docstring"),
    .init = &property_make,
    .trace = property_trace,
    .descr_get = property_get,
    .descr_set = property_set,
    .attributes = property_attributes,
    .methods = property_methods,
};
