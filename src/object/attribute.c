// attribute.c - attribute access: lookup along the MRO with a cache, the generic getattr and setattr, special methods.
// SPDX-License-Identifier: MIT
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/type.h"
#include "object/vm_state.h"

// ---- Lookup on types -----------------------------------------------------------------------------------------------------------

void kr_lookup_flush(KrVm *vm);
// After marking: what refers to anything dead is forgotten.
void kr_lookup_flush(KrVm *vm) {
    for (size_t i = 0; i < KR_LOOKUP_COUNT; i++) {
        KrLookup *l = &vm->lookup[i];
        if (!l->type) continue;
        bool live = kr_heap_is_marked(vm, l->type) && kr_heap_is_marked(vm, kr_ptr((KrValue){ l->name })) &&
                    (!kr_is_ptr(l->value) || kr_heap_is_marked(vm, kr_ptr(l->value)));
        if (!live) l->type = NULL;
    }
}

static KrValue lookup_slow(KrVm *vm, const KrType *type, KrValue name) {
    if (kr_is_heap_type(type) || type->bases) {
        KrValue mro = kr_is_heap_type(type) ? kr_heap_type(type)->mro : kr_type_mro(vm, type);
        if (kr_is_error(mro)) return mro;
        if (!kr_is_tuple(mro)) return KR_UNSET; // a class that is being made
        size_t len;
        const KrValue *item = kr_tuple_items(mro, &len);
        for (size_t i = 0; i < len; i++) {
            KrValue v = kr_type_own(vm, kr_as_type(item[i]), name);
            if (!kr_is_unset(v)) return v;
        }
        return KR_UNSET;
    }
    for (const KrType *t = type; t; t = t->base ? t->base : t == &kr_object_type ? NULL : &kr_object_type) {
        KrValue v = kr_type_own(vm, t, name);
        if (!kr_is_unset(v)) return v;
    }
    return KR_UNSET;
}

KrValue kr_type_lookup(KrVm *vm, const KrType *type, KrValue name) {
    uint32_t version = kr_is_heap_type(type) ? type->shape.version : 1;
    KrLookup *slot = &vm->lookup[(((uintptr_t)type >> 5) ^ (name.bits >> 4)) & (KR_LOOKUP_COUNT - 1)];
    if (KR_LIKELY(slot->type == type && slot->name == name.bits && slot->version == version)) return slot->value;
    KrValue v = lookup_slow(vm, type, name);
    if (KR_UNLIKELY(kr_is_error(v))) {
        (void)kr_take_raised(vm);
        vm->lookup_failed = true;
        kr_spend(vm, KR_FUEL_SLICE);
        return KR_UNSET;
    }
    slot->type = type;
    slot->name = name.bits;
    slot->version = version;
    slot->value = v;
    return v;
}

// ---- Descriptors ---------------------------------------------------------------------------------------------------------------

static bool is_data_descriptor(KrVm *vm, KrValue v) {
    const KrType *t = kr_type_of(v);
    if (!kr_is_heap_type(t)) return KR_SLOT_OWNER(t, descr_set) != NULL;
    return !kr_is_unset(kr_type_lookup(vm, t, KR_N(__set__))) || !kr_is_unset(kr_type_lookup(vm, t, KR_N(__delete__)));
}

bool kr_is_data_descriptor(KrVm *vm, KrValue v) { return kr_is_ptr(v) && is_data_descriptor(vm, v); }

// Has it a __get__? One with __set__ alone lets the instance's own attribute through.
bool kr_descr_can_get(KrVm *vm, KrValue v) {
    const KrType *t = kr_type_of(v);
    return !kr_is_heap_type(t) || !kr_is_unset(kr_type_lookup(vm, t, KR_N(__get__)));
}

// v was found on a class: what access through object (KR_UNSET: through the class) gives.
KrValue kr_descr_get(KrVm *vm, KrValue v, KrValue object, const KrType *type) {
    if (!kr_is_ptr(v)) return v;
    if (kr_is_exact(v, &kr_function_type)) return kr_is_unset(object) ? v : kr_bind_method(vm, v, object);
    const KrType *owner = KR_SLOT_OWNER(kr_type_of(v), descr_get);
    return owner ? owner->descr_get(vm, v, object, type) : v;
}

static KrValue no_attribute(KrVm *vm, KrValue object, KrValue name) {
    KrValue e = kr_is_module(object) ? kr_module_no_attribute(vm, object, name)
                                     : kr_raise(vm, &kr_attribute_error, "'%T' object has no attribute '%S'", object, name);
    kr_attribute_error_context(vm, object, name);
    return e;
}

KrValue kr_no_attribute(KrVm *vm, KrValue object, KrValue name) { return no_attribute(vm, object, name); }

// object.__getattribute__ without raising AttributeError itself: KR_UNSET when there is no such attribute.
static KrValue generic_find(KrVm *vm, KrValue object, KrValue name) {
    const KrType *type = kr_type_of(object);
    KrValue found = kr_type_lookup(vm, type, name);
    if (!kr_is_unset(found) && kr_is_data_descriptor(vm, found) && kr_descr_can_get(vm, found))
        return kr_descr_get(vm, found, object, type);
    if (kr_is_module(object)) {
        KrValue v = kr_module_find(vm, KR_AS(KrModuleObject, object), name);
        if (!kr_is_unset(v)) return v;
    }
    if (kr_is_ptr(object) && (type->flags & KR_TYPE_HAS_DICT)) {
        KrValue v;
        if (!kr_attr_get(vm, kr_ptr(object), name, &v)) return KR_ERROR;
        if (!kr_is_unset(v)) return v;
    }
    return kr_is_unset(found) ? found : kr_descr_get(vm, found, object, type);
}

static bool check_name(KrVm *vm, KrValue *name) {
    if (!kr_is_str(*name)) return kr_fail(kr_raise(vm, &kr_type_error, "attribute name must be string, not '%T'", *name));
    *name = kr_intern(vm, *name);
    return !kr_is_error(*name);
}

KrValue kr_generic_getattr(KrVm *vm, KrValue object, KrValue name) {
    KrValue v = generic_find(vm, object, name);
    return kr_is_unset(v) ? no_attribute(vm, object, name) : v;
}

bool kr_generic_setattr(KrVm *vm, KrValue object, KrValue name, KrValue value) {
    const KrType *type = kr_type_of(object);
    KrValue found = kr_type_lookup(vm, type, name);
    if (!kr_is_unset(found) && kr_is_data_descriptor(vm, found)) return kr_descr_set(vm, found, object, value);
    if (kr_is_module(object)) return kr_module_type.setattr(vm, object, name, value);
    if (!kr_is_ptr(object) || !(type->flags & KR_TYPE_HAS_DICT)) {
        if (kr_is_unset(found) && !kr_is_heap_type(type))
            kr_raise(vm, &kr_attribute_error, "'%T' object has no attribute '%S' and no __dict__ for setting new attributes", object, name);
        else if (kr_is_unset(found))
            kr_raise(vm, &kr_attribute_error, "'%T' object has no attribute '%S' and no __dict__ for setting new attributes", object, name);
        else kr_raise(vm, &kr_attribute_error, "'%T' object attribute '%S' is read-only", object, name);
        kr_attribute_error_context(vm, object, name);
        return false;
    }
    if (!kr_is_unset(value)) return kr_attr_set(vm, kr_ptr(object), name, value);
    bool there;
    if (!kr_attr_delete(vm, kr_ptr(object), name, &there)) return false;
    return there || kr_fail(kr_raise(vm, &kr_attribute_error, "'%T' object has no attribute '%S'", object, name));
}

bool kr_descr_set(KrVm *vm, KrValue descriptor, KrValue object, KrValue value) {
    const KrType *owner = KR_SLOT_OWNER(kr_type_of(descriptor), descr_set);
    return owner->descr_set(vm, descriptor, object, value);
}

// ---- Access --------------------------------------------------------------------------------------------------------------------

// __getattribute__ of a class, then its __getattr__.
static KrValue user_getattr(KrVm *vm, KrValue object, KrValue name, bool quiet) {
    const KrType *type = kr_type_of(object);
    KrValue method = kr_type_lookup(vm, type, KR_N(__getattribute__)), v;
    if (!kr_enter(vm, " while getting an attribute")) return KR_ERROR;
    if (!kr_is_unset(method) && !kr_is_slot_wrapper(method, KR_N(__getattribute__))) {
        KrValue arg[2] = { object, name };
        v = kr_call_unbound(vm, method, arg, 2, type);
        if (kr_is_error(v) && kr_raised_is(vm, &kr_attribute_error)) {
            KrValue fallback = kr_type_lookup(vm, type, KR_N(__getattr__));
            if (!kr_is_unset(fallback) || quiet) {
                (void)kr_take_raised(vm);
                v = KR_UNSET;
            }
        }
    } else {
        const KrType *owner = KR_SLOT_OWNER(type, getattr);
        v = owner ? owner->getattr(vm, object, name) : generic_find(vm, object, name);
        if (kr_is_error(v) && kr_raised_is(vm, &kr_attribute_error)) {
            (void)kr_take_raised(vm);
            v = KR_UNSET;
        }
    }
    if (kr_is_unset(v)) {
        KrValue fallback = kr_type_lookup(vm, type, KR_N(__getattr__));
        KrValue arg[2] = { object, name };
        if (!kr_is_unset(fallback)) v = kr_call_unbound(vm, fallback, arg, 2, type);
    }
    kr_leave(vm);
    if (kr_is_unset(v) && !quiet) return no_attribute(vm, object, name);
    if (kr_is_error(v)) kr_attribute_error_context(vm, object, name);
    if (quiet && kr_is_error(v) && kr_raised_is(vm, &kr_attribute_error)) return (void)kr_take_raised(vm), KR_UNSET;
    return v;
}

KrValue kr_getattr(KrVm *vm, KrValue object, KrValue name) {
    if (KR_UNLIKELY(!kr_is_interned(name)) && !check_name(vm, &name)) return KR_ERROR;
    const KrType *type = kr_type_of(object);
    if (KR_UNLIKELY(type->flags & KR_TYPE_OWN_GETATTR)) return user_getattr(vm, object, name, false);
    const KrType *owner = KR_SLOT_OWNER(type, getattr);
    KrValue v = owner ? owner->getattr(vm, object, name) : kr_generic_getattr(vm, object, name);
    if (KR_UNLIKELY(kr_is_error(v))) kr_attribute_error_context(vm, object, name); // one that a property raised
    return v;
}

bool kr_find_attr(KrVm *vm, KrValue object, KrValue name, KrValue *value) {
    if (KR_UNLIKELY(!kr_is_interned(name)) && !check_name(vm, &name)) return false;
    const KrType *type = kr_type_of(object);
    const KrType *owner = KR_SLOT_OWNER(type, getattr);
    if (KR_UNLIKELY(type->flags & KR_TYPE_OWN_GETATTR)) *value = user_getattr(vm, object, name, true);
    else *value = owner ? owner->getattr(vm, object, name) : generic_find(vm, object, name);
    if (kr_is_error(*value) && kr_raised_is(vm, &kr_attribute_error)) {
        (void)kr_take_raised(vm);
        *value = KR_UNSET;
    }
    return !kr_is_error(*value);
}

bool kr_setattr(KrVm *vm, KrValue object, KrValue name, KrValue value) {
    if (KR_UNLIKELY(!kr_is_interned(name)) && !check_name(vm, &name)) return false;
    const KrType *type = kr_type_of(object);
    if (KR_UNLIKELY(type->flags & KR_TYPE_OWN_SETATTR)) {
        KrValue hook = kr_is_unset(value) ? KR_N(__delattr__) : KR_N(__setattr__), method = kr_type_lookup(vm, type, hook);
        if (!kr_is_unset(method) && !kr_is_slot_wrapper(method, hook)) {
            KrValue arg[3] = { object, name, value };
            return !kr_is_error(kr_call_unbound(vm, method, arg, kr_is_unset(value) ? 2 : 3, type));
        }
    }
    const KrType *owner = KR_SLOT_OWNER(type, setattr);
    return owner ? owner->setattr(vm, object, name, value) : kr_generic_setattr(vm, object, name, value);
}

KrValue kr_getattr_c(KrVm *vm, KrValue object, const char *text) {
    KrValue name = kr_name(vm, text);
    return kr_is_error(name) ? name : kr_getattr(vm, object, name);
}

bool kr_setattr_c(KrVm *vm, KrValue object, const char *text, KrValue value) {
    KrValue name = kr_is_error(value) ? value : kr_name(vm, text);
    return !kr_is_error(name) && kr_setattr(vm, object, name, value);
}

// ---- Special methods -----------------------------------------------------------------------------------------------------------

bool kr_find_special(KrVm *vm, KrValue object, KrValue name, KrValue *method, KrValue *self) {
    const KrType *type = kr_type_of(object);
    KrValue found = kr_type_lookup(vm, type, name);
    *method = found;
    *self = KR_UNSET;
    if (kr_is_unset(found)) return true;
    if (kr_is_ptr(found) && (kr_type_of(found)->flags & KR_TYPE_DESCR_METHOD)) return *self = object, true;
    *method = kr_descr_get(vm, found, object, type);
    return !kr_is_error(*method);
}

KrValue kr_call_special(KrVm *vm, KrValue method, KrValue self, size_t count, const KrValue *arg) {
    if (kr_is_unset(self)) return kr_call(vm, method, count, arg);
    KrValue window[8] = { self };
    for (size_t i = 0; i < count; i++) window[i + 1] = arg[i];
    return kr_call(vm, method, count + 1, window);
}

KrValue kr_try_special(KrVm *vm, KrValue object, KrValue name, size_t count, const KrValue *arg) {
    KrValue method, self;
    if (!kr_find_special(vm, object, name, &method, &self)) return KR_ERROR;
    return kr_is_unset(method) ? method : kr_call_special(vm, method, self, count, arg);
}

// A class attribute called with arg[0] as the object: functions directly, other descriptors bound first.
KrValue kr_call_unbound(KrVm *vm, KrValue method, const KrValue *arg, size_t count, const KrType *type) {
    if (kr_is_ptr(method) && (kr_type_of(method)->flags & KR_TYPE_DESCR_METHOD)) return kr_call(vm, method, count, arg);
    KrValue bound = kr_descr_get(vm, method, arg[0], type);
    return kr_is_error(bound) ? bound : kr_call(vm, bound, count - 1, arg + 1);
}

KrValue kr_call_method(KrVm *vm, KrValue object, const char *text, size_t count, const KrValue *arg) {
    KrValue name = kr_name(vm, text);
    if (kr_is_error(name)) return name;
    const KrType *type = kr_type_of(object);
    if (!KR_SLOT_OWNER(type, getattr) && !(type->flags & (KR_TYPE_OWN_GETATTR | KR_TYPE_HAS_DICT)) && count < 7) {
        KrValue found = kr_type_lookup(vm, type, name);
        if (kr_is_ptr(found) && (kr_type_of(found)->flags & KR_TYPE_DESCR_METHOD)) return kr_call_special(vm, found, object, count, arg);
    }
    KrValue method = kr_getattr(vm, object, name);
    return kr_is_error(method) ? method : kr_call(vm, method, count, arg);
}

// Callable without calling: a class with __call__, or a type with the slot.
bool kr_callable_type(const KrType *type) {
    if (!kr_is_heap_type(type)) return KR_SLOT_OWNER(type, call) != NULL;
    size_t len = 0;
    const KrValue *item = kr_is_tuple(kr_heap_type(type)->mro) ? kr_tuple_items(kr_heap_type(type)->mro, &len) : NULL;
    for (size_t i = 0; i < len; i++) {
        const KrType *t = kr_as_type(item[i]);
        if (kr_is_heap_type(t) ? kr_dict_find_name(kr_heap_type(t)->dict, KR_N(__call__)) != NULL : t->call != NULL) return true;
    }
    return false;
}
