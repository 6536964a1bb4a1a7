// attribute_op.c - attribute instructions behind their caches: do the access in full, and remember how to do it faster.
// SPDX-License-Identifier: MIT
#include "object/descriptor.h"
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/shape.h"
#include "object/tuple.h"
#include "object/type.h"
#include "vm/op.h"

#define KR_AS_OP(f) ((f)->pc[-2] & 0xFF) // the instruction that is being executed: two words long

static KrValue name_at(const KrFrame *f, uint32_t ext) { return KR_AS(KrTupleObject, f->code->names)->item[ext & 0xFFFF]; }
static KrCache *cache_at(KrFrame *f, uint32_t ext) { return ext >> 16 == 0xFFFF || !f->caches ? NULL : &f->caches[ext >> 16]; }

// The second way of a place gets what the first one held.
static void make_room(KrVm *vm, KrFrame *f, KrCache *cache, const void *guard) {
    if (!cache->guard || cache->guard == guard) return;
    kr_store(vm, f->code->caches, &cache[1].value, cache->value);
    cache[1].guard = cache->guard;
    cache[1].version = cache->version;
    cache[1].kind = cache->kind;
    cache[1].index = cache->index;
}

static void set_cache(KrVm *vm, KrFrame *f, KrCache *cache, const void *guard, uint32_t version, unsigned kind, size_t index,
                      KrValue value) {
    if (vm->lookup_failed) return; // what was not found may be there
    if (index > 0xFFFF) return;
    if (KR_AS_OP(f) == KR_OP_GETATTR || KR_AS_OP(f) == KR_OP_GETMETHOD) make_room(vm, f, cache, guard);
    kr_store(vm, f->code->caches, &cache->value, value);
    cache->guard = guard;
    cache->version = version;
    cache->kind = (uint16_t)kind;
    cache->index = (uint16_t)index;
}

static bool plain_getattr(const KrType *t) { return !(t->flags & KR_TYPE_OWN_GETATTR) && !KR_SLOT_OWNER(t, getattr); }
static bool plain_setattr(const KrType *t) { return !(t->flags & KR_TYPE_OWN_SETATTR) && !KR_SLOT_OWNER(t, setattr); }
static size_t byte_offset(KrObject *o, size_t slot) { return (size_t)((char *)&kr_slots_inside(o)[slot] - (char *)o); }

static void remember_module(KrVm *vm, KrFrame *f, KrCache *cache, KrValue o, KrValue name) {
    if (kr_type_of(o) != &kr_module_type) return;
    KrDictObject *dict = KR_AS(KrModuleObject, o)->dict;
    KrValue *slot = dict->owner ? NULL : kr_dict_find_name(dict, name);
    if (!slot) return;
    set_cache(vm, f, cache, kr_ptr(o), dict->version, KR_CACHE_MODULE, 0, kr_address_box(slot));
}

// An attribute of the instance itself: true when one was found (and remembered, if its place is the same in all instances of the shape).
static bool remember_slot(KrVm *vm, KrFrame *f, KrCache *cache, KrObject *o, KrValue name) {
    const KrShape *shape = o->shape;
    if (shape->kind == KR_SHAPE_TABLE || !(shape->type->flags & KR_TYPE_HAS_DICT)) return false;
    size_t i = kr_shape_find(shape, name);
    if (i == KR_NO_SLOT) return false;
    if (shape->type->flags & KR_TYPE_VAR) return true;
    if (i < shape->room) set_cache(vm, f, cache, shape, 0, KR_CACHE_SLOT, byte_offset(o, i), KR_UNSET);
    else set_cache(vm, f, cache, shape, 0, KR_CACHE_OVERFLOW, i - shape->room, KR_UNSET);
    return true;
}

// Instances of these types have attributes of their own, and so shapes of their own.
static bool is_type(KrValue v, const KrType *type) { return kr_is_ptr(v) && kr_type_of(v) == type; }
static KrValue wrapped(KrValue method) { return KR_AS(KrWrappedObject, method)->callable; }

// What a class has, as C.name gives it: plain values and functions are given as they are. KR_UNSET: by other rules.
static KrValue class_value(KrVm *vm, KrValue c, KrValue name, bool *bound) {
    *bound = false;
    if (kr_type_of(c) != &kr_type_type) return KR_UNSET;
    KrValue meta = kr_type_lookup(vm, &kr_type_type, name), found = kr_type_lookup(vm, kr_as_type(c), name);
    if (kr_is_unset(found) || kr_is_error(found) || (!kr_is_unset(meta) && kr_is_data_descriptor(vm, meta))) return KR_UNSET;
    if (!kr_is_ptr(found) || kr_is_exact(found, &kr_function_type) || kr_is_exact(found, &kr_method_descriptor_type)) return found;
    if (kr_is_exact(found, &kr_class_method_descriptor_type)) {
        KrValue native = kr_descr_get(vm, found, KR_UNSET, kr_as_type(c));
        return kr_is_error(native) ? ((void)kr_take_raised(vm), KR_UNSET) : native;
    }
    if (is_type(found, &kr_staticmethod_type)) return wrapped(found);
    *bound = is_type(found, &kr_classmethod_type) && kr_is_exact(wrapped(found), &kr_function_type);
    if (*bound) return wrapped(found);
    return kr_is_heap_type(kr_type_of(found)) || KR_SLOT_OWNER(kr_type_of(found), descr_get) ? KR_UNSET : found;
}

static void remember_class(KrVm *vm, KrFrame *f, KrCache *cache, KrValue c, KrValue name) {
    bool bound;
    KrValue v = class_value(vm, c, name, &bound);
    if (!kr_is_unset(v) && !bound) set_cache(vm, f, cache, kr_ptr(c), kr_as_type(c)->shape.version, KR_CACHE_CLASS, 0, v);
}

static void remember_get(KrVm *vm, KrFrame *f, KrCache *cache, KrValue v, KrValue name) {
    const KrType *type = kr_type_of(v);
    KrObject *o = kr_ptr(v);
    if (kr_is_module(v)) {
        remember_module(vm, f, cache, v, name);
        return;
    }
    if (type == &kr_type_type) {
        remember_class(vm, f, cache, v, name);
        return;
    }
    if (!plain_getattr(type)) return;
    KrValue found = kr_type_lookup(vm, type, name);
    bool data = !kr_is_unset(found) && kr_is_data_descriptor(vm, found);
    if (!data && remember_slot(vm, f, cache, o, name)) return;
    if (kr_is_unset(found) || o->shape->kind == KR_SHAPE_TABLE) return;
    if (kr_is_exact(found, &kr_member_type)) {
        KrMemberObject *m = KR_AS(KrMemberObject, found);
        if (m->index < o->shape->room && !(type->flags & KR_TYPE_VAR))
            set_cache(vm, f, cache, o->shape, o->shape->version, KR_CACHE_MEMBER, byte_offset(o, m->index), KR_UNSET);
    } else if (is_type(found, &kr_property_type)) {
        set_cache(vm, f, cache, o->shape, o->shape->version, KR_CACHE_PROPERTY, 0, found);
    } else if (data && !kr_is_heap_type(kr_type_of(found)) && kr_type_of(found)->descr_get) {
        set_cache(vm, f, cache, o->shape, o->shape->version, KR_CACHE_GETTER, 0, found);
    } else if (!data && (!kr_is_ptr(found) || (!(kr_is_heap_type(kr_type_of(found))) && !KR_SLOT_OWNER(kr_type_of(found), descr_get)))) {
        set_cache(vm, f, cache, o->shape, o->shape->version, KR_CACHE_VALUE, 0, found);
    }
}

KrValue kr_op_getattr(KrVm *vm, KrFrame *f, KrValue o, uint32_t ext) {
    KrValue name = name_at(f, ext), v = kr_getattr(vm, o, name);
    KrCache *cache = cache_at(f, ext);
    if (cache && kr_is_ptr(o) && !kr_is_error(v)) remember_get(vm, f, cache, o, name);
    return v;
}

static void remember_set(KrVm *vm, KrFrame *f, KrCache *cache, KrObject *o, const KrShape *before, KrValue name) {
    const KrType *type = before->type;
    if (!plain_setattr(type) || (type->flags & KR_TYPE_VAR) || before->kind == KR_SHAPE_TABLE || !(type->flags & KR_TYPE_HAS_DICT)) return;
    KrValue found = kr_type_lookup(vm, type, name);
    if (!kr_is_unset(found) && kr_is_data_descriptor(vm, found)) return;
    if (o->shape == before) {
        remember_slot(vm, f, cache, o, name);
    } else if (!kr_shape_is_bare(o->shape)) {
        const KrHeapShape *now = kr_heap_shape(o->shape);
        if (&now->parent->shape == before && now->index < now->shape.room && kr_same(now->key, name))
            set_cache(vm, f, cache, before, 0, KR_CACHE_ADD, byte_offset(o, now->index), kr_from_ptr(now));
    }
}

bool kr_op_setattr(KrVm *vm, KrFrame *f, KrValue o, KrValue v, uint32_t ext) {
    KrValue name = name_at(f, ext);
    KrCache *cache = cache_at(f, ext);
    const KrShape *before = kr_is_ptr(o) ? kr_ptr(o)->shape : NULL;
    if (!kr_setattr(vm, o, name, v)) return false;
    if (cache && before && kr_heap_contains(vm, before)) remember_set(vm, f, cache, kr_ptr(o), before, name);
    return true;
}

// Can the class attribute be called as f(self, ...), without a bound method in between?
static bool is_method(KrValue found) { return kr_is_ptr(found) && (kr_type_of(found)->flags & KR_TYPE_DESCR_METHOD); }

static bool give(KrValue *window, KrValue function, KrValue self) {
    window[0] = function;
    window[1] = self;
    return true;
}

// Methods of an instance that need no bound method: window gets the function and what it is called with. *how: KR_CACHE_NONE, by other rules.
static bool find_method(KrVm *vm, KrValue o, KrValue name, KrValue *window, unsigned *how) {
    const KrType *type = kr_type_of(o);
    KrValue found = kr_type_lookup(vm, type, name), own = KR_UNSET;
    *how = KR_CACHE_NONE;
    bool fixed = is_type(found, &kr_staticmethod_type),
         of_class = is_type(found, &kr_classmethod_type) && kr_is_exact(wrapped(found), &kr_function_type);
    if (!is_method(found) && !fixed && !of_class) return true;
    if (kr_is_ptr(o) && (type->flags & KR_TYPE_HAS_DICT) && !kr_attr_get(vm, kr_ptr(o), name, &own)) return false;
    if (!kr_is_unset(own)) return true;
    *how = fixed ? KR_CACHE_VALUE : of_class ? KR_CACHE_FOR_CLASS : KR_CACHE_METHOD;
    return give(window, fixed || of_class ? wrapped(found) : found, fixed ? KR_UNSET : of_class ? kr_type_value(type) : o);
}

bool kr_op_getmethod(KrVm *vm, KrFrame *f, KrValue o, uint32_t ext, KrValue *window) {
    KrValue name = name_at(f, ext);
    const KrType *type = kr_type_of(o);
    KrCache *cache = cache_at(f, ext);
    unsigned how = KR_CACHE_NONE;
    if (type == &kr_super_type && kr_super_method(vm, o, name, &window[0], &window[1])) return true;
    if (kr_raised(vm)) return false;
    if (plain_getattr(type) && !find_method(vm, o, name, window, &how)) return false;
    if (how != KR_CACHE_NONE) {
        const KrShape *shape = kr_is_ptr(o) ? kr_ptr(o)->shape : &type->shape;
        if (cache && shape->kind != KR_SHAPE_TABLE) set_cache(vm, f, cache, shape, shape->version, how, 0, window[0]);
        return true;
    }
    bool bound;
    KrValue own = class_value(vm, o, name, &bound);
    if (!kr_is_unset(own)) {
        if (cache) set_cache(vm, f, cache, kr_ptr(o), kr_as_type(o)->shape.version, bound ? KR_CACHE_CLASS_BOUND : KR_CACHE_CLASS, 0, own);
        return give(window, own, bound ? o : KR_UNSET);
    }
    KrValue v = kr_getattr(vm, o, name);
    if (kr_is_error(v)) return false;
    if (cache && kr_is_ptr(o)) remember_module(vm, f, cache, o, name);
    return give(window, v, KR_UNSET);
}
