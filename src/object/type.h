// type.h - types as objects: classes made at run time, method resolution, and lookup along it.
//
// A builtin type is a read-only KrType; a class is a KrHeapType. Its C slots all point to the functions of user.c, which look up the
// special method by name; builtin types show their slots as methods through special.c. `solid` is the builtin type whose struct an instance begins with.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_TYPE_H
#define KR_OBJECT_TYPE_H

#include "object/dict.h"
#include "object/function.h"
#include "object/shape.h"
#include "object/vm_state.h"

typedef struct {
    KrType type;
    KrValue name, qualname;
    KrDictObject *dict;
    KrValue bases, mro;     // tuples of types
    KrHeapShape *root;      // of the next instance; NULL until the first
    KrValue subclasses;     // list of weak references, or None
    KrValue slots;          // tuple of the names of __slots__ that are attributes, sorted, or None
    KrValue plain_init;     // __init__ to run when object.__new__ makes the instance; None: not so simple; KR_UNSET: not known yet
    uint32_t plain_version; // type.shape.version, which changes with the class, when plain_init was found
    uint16_t fixed;         // slots of __slots__, inherited ones included
    uint16_t learned;       // most slots that an instance has needed
    const KrType *solid;
    bool weakref_slot;
} KrHeapType;

typedef struct { // an attribute that __slots__ made, or a field of a builtin type's struct
    KrObject head;
    const KrType *owner;
    KrValue name;
    uint32_t index;      // UINT32_MAX for builtin types
    const KrGetSet *row; // NULL for classes
} KrMemberObject;

typedef struct {
    KrObject head;
    KrDictObject *dict;
    KrValue name;           // for messages and repr, as first given
    const KrModuleDef *def; // builtin module: names are made when they are first looked up
    KrValue state;
} KrModuleObject;

extern const KrType kr_member_type;

static inline bool kr_is_heap_type(const KrType *t) { return (t->flags & KR_TYPE_HEAP) != 0; }
static inline KrHeapType *kr_heap_type(const KrType *t) { return (KrHeapType *)(uintptr_t)t; }
static inline bool kr_of_user_class(KrValue v) { return kr_is_ptr(v) && kr_is_heap_type(kr_ptr(v)->shape->type); }
// The slot of a type, inherited along base.
static inline const KrType *kr_slot_owner(const KrType *t, size_t offset) {
    while (t && !*(void *const *)((const char *)t + offset)) t = t->base ? t->base : t == &kr_object_type ? NULL : &kr_object_type;
    return t;
}
// Usage: const KrType *o = KR_SLOT_OWNER(t, getitem); if (o) o->getitem(...)
#define KR_SLOT_OWNER(t, slot) kr_slot_owner((t), offsetof(KrType, slot))
// Likewise for the slots behind `more`: the type whose table has it.
static inline const KrType *kr_more_owner(const KrType *t, size_t offset) {
    while (t && !(t->more && *(void *const *)((const char *)t->more + offset)))
        t = t->base ? t->base : t == &kr_object_type ? NULL : &kr_object_type;
    return t;
}
#define KR_MORE_OWNER(t, slot) kr_more_owner((t), offsetof(KrMoreSlots, slot))

KrTypeState *kr_type_state(KrVm *vm, const KrType *type);        // of a static type; NULL: no memory (raised)
KrValue kr_type_own(KrVm *vm, const KrType *type, KrValue name); // in this type alone; KR_UNSET: absent
KrValue kr_type_own_all(KrVm *vm, const KrType *type) KR_RAISES; // dict with all its attributes (the class's own, not a copy, for classes)
KrValue kr_type_mro(KrVm *vm, const KrType *type) KR_RAISES;     // tuple
KrFunctionObject *kr_type_plain_init(KrVm *vm, const KrType *type); // class whose call is alloc + Python __init__; NULL: not so simple
void kr_type_changed(KrVm *vm, const KrType *type);                 // new version for it and its subclasses
void kr_flush_caches(KrVm *vm);                                     // of all code
KrValue kr_type_call(KrVm *vm, KrValue type, const KrValue *arg, size_t count, KrValue names) KR_RAISES;
// The same for a static type.
KrValue kr_static_type_call(KrVm *vm, const KrType *type, const KrValue *arg, size_t count, KrValue names) KR_RAISES;
KrValue kr_class_new(KrVm *vm, KrValue metatype, KrValue name, KrValue bases, KrValue ns, KrValue keywords) KR_RAISES; // type.__new__
KrValue kr_class_linearize(KrVm *vm, const KrType *type, KrValue bases) KR_RAISES;                                     // type.mro(): a list
KrValue kr_metaclass_of(KrVm *vm, KrValue meta, KrValue bases) KR_RAISES; // most derived metaclass
bool kr_class_set_bases(KrVm *vm, KrHeapType *h, KrValue bases) KR_RAISES;
void kr_class_hooks_changed(KrVm *vm, const KrType *type); // __getattr__ and the like were set or deleted
void kr_heap_type_trace(KrTracer *tracer, KrObject *o);
KrValue kr_calling_module_name(KrVm *vm);                                  // __name__ of the running function's globals; KR_UNSET: none
void kr_set_name_note(KrVm *vm, KrValue value, KrValue name, KrValue cls); // adds the note to the exception that is raised
KrValue kr_type_get(KrVm *vm, const KrType *type, KrValue name) KR_RAISES; // type.__getattribute__
KrValue kr_build_class_function(KrVm *vm, KrValue builtins) KR_RAISES;
KrValue kr_type_module(KrVm *vm, const KrType *type) KR_RAISES;
void kr_user_slots(KrType *type);                                    // user.c
KrValue kr_special_find(KrVm *vm, const KrType *type, KrValue name); // special.c: wrapper of a slot of a static type, or KR_UNSET
bool kr_special_each(KrVm *vm, const KrType *type, KrValue dict) KR_RAISES;
// object.__new__ or the like found as __new__: the static type that makes the instance; NULL: a Python __new__
const KrType *kr_native_new_owner(KrValue found);
KrValue kr_native_make(KrVm *vm, KrValue native_new, const KrType *type, const KrValue *arg, size_t count, KrValue names) KR_RAISES;

#endif
