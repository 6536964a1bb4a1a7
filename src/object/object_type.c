// object_type.c - object: what every object can do, and changing an object's class.
// SPDX-License-Identifier: MIT
#include "object/descriptor.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str_method.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/reduce.h"

const char *kr_type_name(const KrType *type) { return type->name; }

// A builtin type's name may begin with its module ("types.UnionType"), as messages show it.
const char *kr_type_bare_name(const KrType *type) {
    const char *dot = type->flags & KR_TYPE_HEAP ? NULL : strrchr(type->name, '.');
    return dot ? dot + 1 : type->name;
}

// ---- Text, comparison, hash ----------------------------------------------------------------------------------------------------

KrValue kr_object_repr(KrVm *vm, KrValue v) {
    const KrType *type = kr_type_of(v);
    KrValue module = kr_type_module(vm, type), qualname = kr_getattr(vm, kr_type_value(type), KR_N(__qualname__));
    size_t address = kr_is_ptr(v) ? (size_t)kr_ptr(v) : (size_t)v.bits;
    if (kr_is_error(qualname)) (void)kr_take_raised(vm);
    if (kr_is_error(module)) (void)kr_take_raised(vm);
    if (!kr_is_str(qualname) || !kr_is_str(module) || kr_str_is(module, "builtins"))
        return kr_format(vm, "<%N object at 0x%x>", type, address);
    return kr_format(vm, "<%S.%S object at 0x%x>", module, qualname, address);
}

static KrValue object_str(KrVm *vm, KrValue self) {
    KrValue v = kr_is_heap_type(kr_type_of(self)) ? kr_try_special(vm, self, KR_N(__repr__), 0, NULL) : KR_UNSET;
    if (kr_is_unset(v)) return kr_repr(vm, self);
    if (!kr_is_error(v) && !kr_is_str(v)) return kr_raise(vm, &kr_type_error, "__str__ returned non-string (type %T)", v);
    return v;
}

static bool object_hash(KrVm *vm, KrValue self, KrHash *out) {
    (void)vm;
    uintptr_t bits = kr_is_ptr(self) ? (uintptr_t)kr_ptr(self) : self.bits;
    *out = (KrHash)(bits >> 4 | bits << (sizeof bits * 8 - 4)); // the low bits of an address are all the same
    if (*out == -1) *out = -2;
    return true;
}

static KrValue object_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if (op == KR_EQ) return kr_same(self, other) ? KR_TRUE : KR_NOTIMPL;
    if (op != KR_NE) return KR_NOTIMPL;
    const KrType *owner = KR_SLOT_OWNER(kr_type_of(self), compare); // not equal is what __eq__ denies
    KrValue equal = owner->compare(vm, self, other, KR_EQ);
    bool truth;
    if (kr_is_error(equal) || kr_is_notimpl(equal)) return equal;
    return kr_truth(vm, equal, &truth) ? kr_bool(!truth) : KR_ERROR;
}

// ---- Making ----------------------------------------------------------------------------------------------------------------------

KrValue kr_object_init(KrVm *vm, KrValue self, size_t count, KrValue names) {
    const KrType *type = kr_type_of(self);
    if (!count && kr_is_unset(names)) return KR_NONE;
    if (!kr_same(kr_type_lookup(vm, type, KR_N(__init__)), kr_type_lookup(vm, &kr_object_type, KR_N(__init__))))
        return kr_raise(vm, &kr_type_error, "object.__init__() takes exactly one argument (the instance to initialize)");
    if (type->flags & KR_TYPE_NO_NEW) return KR_NONE; // it has no __new__ that could have refused the arguments
    if (kr_native_new_owner(kr_type_lookup(vm, type, KR_N(__new__))) == &kr_object_type)
        return kr_raise(vm, &kr_type_error, "%N.__init__() takes exactly one argument (the instance to initialize)", type);
    return KR_NONE;
}

// ---- __class__ -----------------------------------------------------------------------------------------------------------------

// What one class adds to the layout of its base.
enum { ADDS_DICT = 1, ADDS_WEAKREF = 2, ADDS_SLOTS = 4 };

static unsigned adds(const KrType *type) {
    if (!kr_is_heap_type(type)) return ADDS_SLOTS;
    const KrType *base = type->base;
    unsigned before = kr_is_heap_type(base) ? kr_heap_type(base)->fixed : 0, what = 0;
    if (type->flags & ~base->flags & KR_TYPE_HAS_DICT) what |= ADDS_DICT;
    if (type->flags & ~base->flags & KR_TYPE_WEAKREF) what |= ADDS_WEAKREF;
    if (kr_heap_type(type)->fixed != before) what |= ADDS_SLOTS;
    return what;
}

static const KrType *layout_core(const KrType *type) {
    while (kr_is_heap_type(type) && !adds(type)) type = type->base;
    return type;
}

static bool same_members(const KrHeapType *a, const KrHeapType *b) {
    if (a->fixed != b->fixed || kr_is_none(a->slots) != kr_is_none(b->slots)) return false;
    if (kr_is_none(a->slots)) return true;
    size_t count, others;
    const KrValue *name = kr_tuple_items(a->slots, &count), *other = kr_tuple_items(b->slots, &others);
    for (size_t i = 0; i < count && i < others; i++)
        if (!kr_same(name[i], other[i])) return false;
    return count == others;
}

static bool compatible(const KrType *from, const KrType *to) {
    if (kr_heap_type(from)->solid != kr_heap_type(to)->solid) return false;
    const KrType *a = layout_core(from), *b = layout_core(to);
    if (a == b) return true;
    if (!kr_is_heap_type(a) || !kr_is_heap_type(b) || adds(a) != adds(b)) return false;
    return layout_core(a->base) == layout_core(b->base) && same_members(kr_heap_type(a), kr_heap_type(b));
}

// A shape without attributes for instances of `type` that have `room` slots inside, as they had under another class.
static const KrShape *root_with_room(KrVm *vm, const KrType *type, unsigned room, unsigned kind) {
    KrHeapShape *root = kr_shape_root(vm, type);
    if (!root) return NULL;
    for (KrHeapShape *s = root; s; s = s->next_sibling)
        if (s->shape.room == room && s->shape.kind == kind) return &s->shape;
    KrHeapShape *s = kr_shape_bare(vm, type, root->shape.fixed, room, kind, root->shape.version);
    if (!s) return NULL;
    s->next_sibling = root->next_sibling; // among the older roots, where changes of the class reach it
    KR_STORE_PTR(vm, root, root->next_sibling, s);
    return &s->shape;
}

// The object keeps its slots where they are; only their description is made again for the new class.
static bool convert(KrVm *vm, KrObject *o, const KrType *to) {
    const KrShape *old = o->shape;
    const KrShape *shape = root_with_room(vm, to, old->room, old->kind);
    KrValue key, value;
    if (!shape) return false;
    if (old->kind == KR_SHAPE_PLAIN && (to->flags & KR_TYPE_HAS_DICT))
        for (size_t at = 0; kr_attr_next(o, &at, &key, &value);) {
            const KrHeapShape *next = kr_shape_add(vm, shape, key);
            if (!next) return false;
            shape = &next->shape;
        }
    if ((to->flags & ~old->type->flags & KR_TYPE_FINAL_DEL) && !kr_heap_add_finalizable(vm, o)) return false;
    KR_STORE_PTR(vm, o, o->shape, shape);
    return true;
}

static KrValue get_class(KrVm *vm, KrValue self) { return (void)vm, kr_type_value(kr_type_of(self)); }

static bool set_class(KrVm *vm, KrValue self, KrValue value) {
    const KrType *from = kr_type_of(self);
    if (kr_is_unset(value)) return kr_fail(kr_raise(vm, &kr_type_error, "can't delete __class__ attribute"));
    if (!kr_is_type(value)) return kr_fail(kr_raise(vm, &kr_type_error, "__class__ must be set to a class, not '%T' object", value));
    if (!kr_audit_setattr(vm, self, "__class__", value)) return false;
    const KrType *to = kr_as_type(value);
    bool modules = kr_is_subtype(from, &kr_module_type) && kr_is_subtype(to, &kr_module_type);
    if (!modules && (!kr_is_heap_type(from) || !kr_is_heap_type(to)))
        return kr_fail(kr_raise(vm, &kr_type_error, "__class__ assignment only supported for mutable types or ModuleType subclasses"));
    if (from == to) return true;
    if (!modules && !compatible(from, to))
        return kr_fail(kr_raise(vm, &kr_type_error, "__class__ assignment: '%N' object layout differs from '%N'", to, from));
    if (!modules) return convert(vm, kr_ptr(self), to);
    const KrShape *shape = kr_shape_of_new(vm, to);
    if (!shape) return false;
    kr_flush_caches(vm); // attributes of modules are remembered without their class
    KR_STORE_PTR(vm, kr_ptr(self), kr_ptr(self)->shape, shape);
    return true;
}

// ---- Methods -------------------------------------------------------------------------------------------------------------------

static KrValue object_format(KrVm *vm, KrValue self, const KrValue *arg) {
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "__format__() argument must be str, not %s", kr_shown_type(arg[0]));
    if (kr_str_length(arg[0])) return kr_raise(vm, &kr_type_error, "unsupported format string passed to %T.__format__", self);
    return kr_to_str(vm, self);
}

static KrValue object_sizeof(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const KrType *type = kr_type_of(self);
    size_t size = type->size;
    if (kr_is_ptr(self) && kr_heap_contains(vm, kr_ptr(self))) size = kr_heap_cell_size(vm, kr_ptr(self));
    return kr_int(vm, (int64_t)(size ? size : sizeof(KrValue)));
}

static KrValue object_subclasshook(KrVm *vm, KrValue self, const KrValue *arg) { return (void)vm, (void)self, (void)arg, KR_NOTIMPL; }
static KrValue object_init_subclass(KrVm *vm, KrValue self, const KrValue *arg) { return (void)vm, (void)self, (void)arg, KR_NONE; }

static bool add_keys(KrVm *vm, KrValue set, KrValue dict) {
    KrValue key, value;
    for (size_t at = 0; kr_dict_next(dict, &at, &key, &value);)
        if (!kr_dict_set(vm, set, key, KR_NONE)) return false;
    return true;
}

// The names in the dicts of a class and of its bases; something else that has __dict__ and __bases__ is taken as a class, too.
bool kr_dir_class(KrVm *vm, KrValue cls, KrValue names) {
    size_t count;
    if (kr_is_type(cls)) {
        KrValue mro = kr_type_mro(vm, kr_as_type(cls));
        if (kr_is_error(mro)) return false;
        for (size_t i = 0; kr_is_tuple(mro) && (kr_tuple_items(mro, &count), i < count); i++) {
            KrValue dict = kr_type_own_all(vm, kr_as_type(kr_tuple_items(mro, NULL)[i]));
            if (kr_is_error(dict) || !add_keys(vm, names, dict)) return false;
        }
        return true;
    }
    KrValue dict, bases;
    if (!kr_find_attr(vm, cls, KR_N(__dict__), &dict) || !kr_find_attr(vm, cls, KR_N(__bases__), &bases)) return false;
    if (!kr_is_unset(dict) && !kr_dict_update(vm, names, dict)) return false;
    if (!kr_is_tuple(bases) || !kr_enter(vm, " in dir()")) return kr_is_tuple(bases) ? false : true;
    bool ok = true;
    kr_tuple_items(bases, &count);
    for (size_t i = 0; ok && i < count; i++) ok = kr_dir_class(vm, kr_tuple_items(bases, NULL)[i], names);
    kr_leave(vm);
    return ok;
}

static KrValue object_dir(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue names = kr_dict(vm), own, cls;
    if (kr_is_error(names) || !kr_find_attr(vm, self, KR_N(__dict__), &own) || !kr_find_attr(vm, self, KR_N(__class__), &cls))
        return KR_ERROR;
    if (kr_is_dict(own) && !add_keys(vm, names, own)) return KR_ERROR;
    if (!kr_is_unset(cls) && !kr_dir_class(vm, cls, names)) return KR_ERROR;
    return kr_list_from(vm, names);
}

static const KrGetSet object_attributes[] = { { "__class__", get_class, set_class, KR_DOC("the object's class") }, { 0 } };

static const KrMethod object_methods[] = {
    { "__dir__()", object_dir, KR_DOC("Default dir() implementation."), 0 },
    { "__format__(format_spec, /)", object_format, KR_DOC("Default object formatter. Return str(self) if format_spec is empty."), 0 },
    { "__getstate__()", kr_object_getstate, KR_DOC("Helper for pickle."), 0 },
    { "__reduce__()", kr_object_reduce, KR_DOC("Helper for pickle."), 0 },
    { "__reduce_ex__(protocol, /)", kr_object_reduce_ex, KR_DOC("Helper for pickle."), 0 },
    { "__sizeof__()", object_sizeof, KR_DOC("Size of object in memory, in bytes."), 0 },
    { "__subclasshook__(object, /)", object_subclasshook, KR_DOC("Abstract classes can override this to customize issubclass()."),
      KR_CLASS_METHOD },
    { "__init_subclass__()", object_init_subclass, KR_DOC("This method is called when a class is subclassed."), KR_CLASS_METHOD },
    { 0 },
};

const KrType kr_object_type = {
    KR_TYPE_HEAD(kr_object_type),
    .name = "object",
    .size = sizeof(KrObject),
    .flags = KR_TYPE_BASE,
    .alloc = kr_alloc_instance,
    .doc = KR_DOC(
        "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that "
        "has no instance attributes and cannot be given any.\n"),
    .repr = kr_object_repr,
    .str = object_str,
    .hash = object_hash,
    .compare = object_compare,
    .methods = object_methods,
    .attributes = object_attributes,
};
