// shape.h - where the attributes of an instance are.
//
// An object whose type keeps attributes has a word for them: at type->size for fixed-size types, behind the items for KR_TYPE_VAR. The word
// points to a KrOverflow or is zero. Behind it follow shape->room slots inside the object (none for KR_TYPE_VAR). The shape is a linked
// list from the last attribute to the first; slot numbers below `room` are inside, the others in the overflow. __slots__ take the first
// `fixed` slots of every instance. An object with a table of its own (after deletions, or more than KR_SHAPE_LIMIT attributes) has a shape of kind
// KR_SHAPE_TABLE, and its overflow's dict has no owner.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_SHAPE_H
#define KR_OBJECT_SHAPE_H

#include "object/dict.h"

#define KR_SHAPE_LIMIT 64

enum { KR_SHAPE_PLAIN, KR_SHAPE_TABLE }; // KrShape.kind

// Shapes that lead to others, and others than roots, are made at run time. Those inside types are for instances without attributes.
typedef struct KrHeapShape KrHeapShape;
struct KrHeapShape {
    KrShape shape;
    const KrHeapShape *parent; // the layout without the last attribute, NULL for a root
    KrValue key;               // name of the last attribute
    size_t index;              // its slot
    KrHeapShape *children;     // transitions: the first; the others are its siblings
    KrHeapShape *next_sibling;
    KrObject *table; // name -> index for long chains, built on demand
};

// Shapes with attributes are in the heap.
static inline bool kr_shape_is_bare(const KrShape *shape) { return shape->count == shape->fixed; }
static inline const KrHeapShape *kr_heap_shape(const KrShape *shape) { return (const KrHeapShape *)shape; }

typedef struct {
    KrObject head;
    size_t cap;
    KrValue dict; // o.__dict__ once asked for, or KR_UNSET
    KrValue slot[];
} KrOverflow;

extern const KrType kr_shape_type, kr_overflow_type;

static inline KrOverflow **kr_overflow_at(KrObject *o) {
    const KrType *type = o->shape->type;
    size_t at = KR_UNLIKELY(type->flags & KR_TYPE_VAR) ? type->var_size(o) : type->size;
    return (KrOverflow **)((char *)o + at);
}
static inline KrValue *kr_slots_inside(KrObject *o) { return (KrValue *)(kr_overflow_at(o) + 1); }
static inline KrValue *kr_slot_at(KrObject *o, size_t index) {
    const KrShape *shape = o->shape;
    return index < shape->room ? kr_slots_inside(o) + index : &(*kr_overflow_at(o))->slot[index - shape->room];
}
// The same of a slot of __slots__, which instances of KR_TYPE_VAR types may have no place for yet: NULL.
static inline KrValue *kr_slot_find(KrObject *o, size_t index) {
    const KrShape *shape = o->shape;
    if (index < shape->room) return kr_slots_inside(o) + index;
    KrOverflow *more = *kr_overflow_at(o);
    return more && index - shape->room < more->cap ? &more->slot[index - shape->room] : NULL;
}
static inline bool kr_has_attributes(const KrObject *o) { return (o->shape->type->flags & KR_TYPE_HAS_DICT) != 0; }

#define KR_NO_SLOT ((size_t)-1)
bool kr_slot_reserve(KrVm *vm, KrObject *o, size_t index) KR_RAISES; // makes that place
size_t kr_shape_find(const KrShape *shape, KrValue name);            // slot number, or KR_NO_SLOT. Interned names only
const KrShape *kr_shape_of_new(KrVm *vm, const KrType *type);        // of new instances; NULL: raised
KrHeapShape *kr_shape_root(KrVm *vm, const KrType *type);            // what they begin with when they get attributes; NULL: raised
KrHeapShape *kr_shape_bare(KrVm *vm, const KrType *type, unsigned fixed, unsigned room, unsigned kind, uint32_t version); // NULL: raised
KrHeapShape *kr_shape_add(KrVm *vm, const KrShape *shape, KrValue name); // with one attribute more; NULL: raised
// Attributes of an instance whose type has KR_TYPE_HAS_DICT. Absent: *value is KR_UNSET.
bool kr_attr_get(KrVm *vm, KrObject *o, KrValue name, KrValue *value) KR_RAISES;
bool kr_attr_set(KrVm *vm, KrObject *o, KrValue name, KrValue value) KR_RAISES;
bool kr_attr_delete(KrVm *vm, KrObject *o, KrValue name, bool *found) KR_RAISES;
bool kr_attr_make_table(KrVm *vm, KrObject *o) KR_RAISES;                 // from now on in a dict of its own
KrValue kr_attr_dict(KrVm *vm, KrObject *o) KR_RAISES;                    // o.__dict__
bool kr_attr_replace_dict(KrVm *vm, KrObject *o, KrValue dict) KR_RAISES; // o.__dict__ = dict
// For dict.c: the attributes in order. position starts at 0 and is opaque; false at the end.
bool kr_attr_next(KrObject *o, size_t *position, KrValue *key, KrValue *value);
size_t kr_attr_count(KrObject *o);
void kr_attr_trace(KrTracer *tracer, KrObject *o); // for trace functions of types that have attributes

#endif
