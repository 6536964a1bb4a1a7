// shape.c - hidden classes: finding attributes, adding them through transitions, and falling back to a table.
// SPDX-License-Identifier: MIT
#include "object/shape.h"

#include "object/dict.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "object/type.h"

enum { KR_CHAIN_MAX = 8 }; // longer chains get a table: slots of (name, index)

static void shape_trace(KrTracer *tracer, KrObject *o) {
    KrHeapShape *s = (KrHeapShape *)o;
    kr_trace_object(tracer, s->shape.type);
    kr_trace_object(tracer, s->parent);
    kr_trace(tracer, s->key);
    kr_trace_object(tracer, s->children);
    kr_trace_object(tracer, s->table);
    kr_trace_object(tracer, s->next_sibling);
}

const KrType kr_shape_type = { KR_TYPE_HEAD(kr_shape_type), .name = "shape", .size = sizeof(KrHeapShape), .trace = shape_trace };

static void overflow_trace(KrTracer *tracer, KrObject *o) {
    KrOverflow *v = (KrOverflow *)o;
    kr_trace(tracer, v->dict);
    for (size_t i = 0; i < v->cap; i++) kr_trace(tracer, v->slot[i]);
}

const KrType kr_overflow_type = { KR_TYPE_HEAD(kr_overflow_type), .name = "overflow", .trace = overflow_trace };

void kr_attr_trace(KrTracer *tracer, KrObject *o) {
    const KrShape *shape = o->shape;
    kr_trace_object(tracer, *kr_overflow_at(o));
    KrValue *inside = kr_slots_inside(o);
    for (unsigned i = 0; i < shape->room; i++) kr_trace(tracer, inside[i]);
}

// ---- Lookup --------------------------------------------------------------------------------------------------------------------

static size_t table_find(const KrHeapShape *shape, KrValue name) {
    const KrSlots *t = (const KrSlots *)shape->table;
    size_t mask = t->cap / 2 - 1;
    for (size_t at = (size_t)(name.bits >> 4) * 0x9E3779B1u >> 7 & mask; !kr_is_unset(t->item[2 * at]); at = (at + 1) & mask)
        if (kr_same(t->item[2 * at], name)) return (size_t)kr_int_value(t->item[2 * at + 1]);
    return KR_NO_SLOT;
}

size_t kr_shape_find(const KrShape *shape, KrValue name) {
    unsigned steps = 0;
    if (kr_shape_is_bare(shape)) return KR_NO_SLOT;
    for (const KrHeapShape *s = kr_heap_shape(shape); s->parent; s = s->parent) {
        if (s->table) return table_find(s, name);
        if (kr_same(s->key, name)) return s->index;
        if (++steps > 1000) break;
    }
    return KR_NO_SLOT;
}

// The table is only a short cut: without memory for it, lookup goes along the chain.
static void build_table(KrVm *vm, KrHeapShape *shape) {
    size_t cells = 16, count = (size_t)(shape->shape.count - shape->shape.fixed);
    while (cells < count * 2) cells *= 2;
    KrSlots *t = kr_slots_new(vm, cells * 2);
    if (!t) {
        (void)kr_take_raised(vm);
        return;
    }
    for (size_t i = 0; i < cells * 2; i++) t->item[i] = KR_UNSET;
    for (const KrHeapShape *s = shape; s->parent; s = s->parent) {
        size_t at = (size_t)(s->key.bits >> 4) * 0x9E3779B1u >> 7 & (cells - 1);
        while (!kr_is_unset(t->item[2 * at])) at = (at + 1) & (cells - 1);
        t->item[2 * at] = s->key;
        t->item[2 * at + 1] = kr_int_box((intptr_t)s->index);
    }
    KR_STORE_PTR(vm, shape, shape->table, &t->head);
}

// ---- Roots and transitions -----------------------------------------------------------------------------------------------------

// Without attributes: of another kind, or with room for another number of them.
KrHeapShape *kr_shape_bare(KrVm *vm, const KrType *type, unsigned fixed, unsigned room, unsigned kind, uint32_t version) {
    KrHeapShape *s = kr_alloc(vm, &kr_shape_type.shape, sizeof *s);
    if (!s) return NULL;
    s->shape.type = type;
    s->shape.fixed = s->shape.count = (uint16_t)fixed;
    s->shape.room = (uint16_t)room;
    s->shape.kind = (uint8_t)kind;
    s->shape.version = version;
    s->key = KR_UNSET;
    return s;
}

static const KrValue *static_attributes(KrValue class, size_t *len) {
    const KrType *type = kr_as_type(class);
    const KrValue *t = kr_is_heap_type(type) ? kr_dict_find_name(kr_heap_type(type)->dict, KR_N(__static_attributes__)) : NULL;
    return t && kr_is_exact(*t, &kr_tuple_type) ? kr_tuple_items(*t, len) : (*len = 0, NULL);
}

static bool assigned_by_earlier(const KrValue *class, size_t count, KrValue name) {
    for (size_t i = 0, len; i < count; i++) {
        const KrValue *other = static_attributes(class[i], &len);
        for (size_t k = 0; k < len; k++)
            if (kr_same(other[k], name)) return true;
    }
    return false;
}

// How many attributes the methods of the class and its bases assign to self, so that the first instances are laid out like the later ones.
static unsigned expected_attributes(KrVm *vm, const KrHeapType *h) {
    size_t classes, len;
    const KrValue *class = kr_is_tuple(h->mro) ? kr_tuple_items(h->mro, &classes) : (classes = 0, NULL);
    unsigned count = 0;
    if (!(h->type.flags & KR_TYPE_HAS_DICT)) return 0;
    for (size_t i = 0; i < classes; i++) {
        const KrValue *name = static_attributes(class[i], &len);
        for (size_t k = 0; k < len && count < KR_SHAPE_LIMIT; k++) {
            if (!kr_is_interned(name[k])) continue; // not made by the compiler
            KrValue found = kr_type_lookup(vm, &h->type, name[k]);
            if (kr_is_unset(found) || !kr_is_data_descriptor(vm, found)) count += !assigned_by_earlier(class, i, name[k]);
        }
    }
    return count;
}

KrHeapShape *kr_shape_root(KrVm *vm, const KrType *type) {
    if (!kr_is_heap_type(type)) {
        KrTypeState *state = kr_type_state(vm, type);
        if (!state) return NULL;
        if (!state->root) {
            KrHeapShape *root = kr_shape_bare(vm, type, 0, 0, KR_SHAPE_PLAIN, 0);
            state = kr_type_state(vm, type);
            if (!root || !state) return NULL;
            state->root = root;
        }
        return state->root;
    }
    KrHeapType *h = kr_heap_type(type);
    if (!h->root && !h->learned) h->learned = (uint16_t)(h->fixed + expected_attributes(vm, h));
    unsigned want = h->learned < h->fixed ? h->fixed : h->learned;
    if (type->flags & KR_TYPE_VAR) want = 0;
    else if (want > KR_SHAPE_LIMIT + (unsigned)h->fixed) want = KR_SHAPE_LIMIT + (unsigned)h->fixed;
    if (!h->root || h->root->shape.room < want) {
        KrHeapShape *root = kr_shape_bare(vm, type, h->fixed, want, KR_SHAPE_PLAIN, h->type.shape.version);
        if (!root) return NULL;
        root->next_sibling = h->root; // instances with the older one live on
        KR_STORE_PTR(vm, h, h->root, root);
    }
    return h->root;
}

const KrShape *kr_shape_of_new(KrVm *vm, const KrType *type) {
    if (!kr_is_heap_type(type)) return &type->shape;
    KrHeapShape *root = kr_shape_root(vm, type);
    return root ? &root->shape : NULL;
}

static KrHeapShape *find_child(const KrHeapShape *shape, KrValue name) {
    for (KrHeapShape *c = shape->children; c; c = c->next_sibling)
        if (kr_same(c->key, name)) return c;
    return NULL;
}

static void add_child(KrVm *vm, KrHeapShape *from, KrHeapShape *child) {
    child->next_sibling = from->children;
    KR_STORE_PTR(vm, from, from->children, child);
}

// Shapes inside types lead to none: those of the vm, or of the class, stand for them.
static KrHeapShape *in_heap(KrVm *vm, const KrShape *shape) {
    return kr_heap_contains(vm, shape) ? (KrHeapShape *)(uintptr_t)shape : kr_shape_root(vm, shape->type);
}

KrHeapShape *kr_shape_add(KrVm *vm, const KrShape *shape, KrValue name) {
    KrHeapShape *from = in_heap(vm, shape), *c = from ? find_child(from, name) : NULL;
    if (c || !from) return c;
    c = kr_alloc(vm, &kr_shape_type.shape, sizeof *c);
    if (!c) return NULL;
    KrObject head = c->shape.head;
    c->shape = from->shape;
    c->shape.head = head;
    c->parent = from;
    c->key = name;
    c->index = c->shape.count++;
    add_child(vm, from, c);
    unsigned attributes = (unsigned)(c->shape.count - c->shape.fixed);
    if (attributes > KR_CHAIN_MAX && attributes % 4 == 0) build_table(vm, c);
    return c;
}

// ---- Overflow ------------------------------------------------------------------------------------------------------------------

static bool grow_overflow(KrVm *vm, KrObject *o, size_t need) {
    KrOverflow **at = kr_overflow_at(o), *old = *at;
    if (old && old->cap >= need) return true;
    size_t cap = need < 4 ? need : need + need / 2;
    KrOverflow *v = kr_alloc(vm, &kr_overflow_type.shape, sizeof *v + cap * sizeof(KrValue));
    if (!v) return false;
    v->cap = cap;
    v->dict = old ? old->dict : KR_UNSET;
    for (size_t i = 0; i < cap; i++) v->slot[i] = old && i < old->cap ? old->slot[i] : KR_UNSET;
    KR_STORE_PTR(vm, o, *at, v);
    return true;
}

bool kr_slot_reserve(KrVm *vm, KrObject *o, size_t index) {
    return index < o->shape->room || grow_overflow(vm, o, index - o->shape->room + 1);
}

static bool has_table(const KrObject *o) { return o->shape->kind == KR_SHAPE_TABLE; }
static KrValue own_table(KrObject *o) { return (*kr_overflow_at(o))->dict; }

// ---- Attributes of an instance -------------------------------------------------------------------------------------------------

bool kr_attr_get(KrVm *vm, KrObject *o, KrValue name, KrValue *value) {
    if (KR_UNLIKELY(has_table(o))) return kr_dict_find(vm, own_table(o), name, value);
    size_t i = kr_shape_find(o->shape, name);
    *value = i == KR_NO_SLOT ? KR_UNSET : *kr_slot_at(o, i);
    return true;
}

static void learn(KrHeapType *h, unsigned count) {
    if (h->learned < count) h->learned = (uint16_t)count;
}

bool kr_attr_set(KrVm *vm, KrObject *o, KrValue name, KrValue value) {
    if (KR_UNLIKELY(has_table(o))) return kr_dict_set(vm, own_table(o), name, value);
    size_t i = kr_shape_find(o->shape, name);
    if (i != KR_NO_SLOT) return kr_store(vm, o, kr_slot_at(o, i), value), true;
    const KrShape *shape = o->shape;
    if (shape->count - shape->fixed >= KR_SHAPE_LIMIT) return kr_attr_make_table(vm, o) && kr_dict_set(vm, own_table(o), name, value);
    KrHeapShape *next = kr_shape_add(vm, shape, name);
    if (!next || (next->index >= next->shape.room && !grow_overflow(vm, o, next->index - next->shape.room + 1))) return false;
    if (kr_is_heap_type(shape->type)) learn(kr_heap_type(shape->type), next->shape.count);
    KR_STORE_PTR(vm, o, o->shape, &next->shape);
    kr_store(vm, o, kr_slot_at(o, next->index), value);
    return true;
}

bool kr_attr_delete(KrVm *vm, KrObject *o, KrValue name, bool *found) {
    if (!has_table(o)) {
        *found = kr_shape_find(o->shape, name) != KR_NO_SLOT;
        if (!*found) return true;
        if (!kr_attr_make_table(vm, o)) return false;
    }
    return kr_dict_delete(vm, own_table(o), name, found);
}

bool kr_attr_next(KrObject *o, size_t *position, KrValue *key, KrValue *value) {
    size_t i = *position + o->shape->fixed;
    if (i >= o->shape->count) return false;
    const KrHeapShape *s = kr_heap_shape(o->shape);
    while (s->index != i) s = s->parent;
    *key = s->key;
    *value = *kr_slot_at(o, i);
    ++*position;
    return true;
}

size_t kr_attr_count(KrObject *o) { return (size_t)(o->shape->count - o->shape->fixed); }

static const KrShape *table_shape(KrVm *vm, const KrShape *shape) {
    const KrHeapShape *old = in_heap(vm, shape);
    if (!old) return NULL;
    while (old->parent) old = old->parent;
    KrHeapShape *root = (KrHeapShape *)(uintptr_t)old;
    for (KrHeapShape *c = root->children; c; c = c->next_sibling)
        if (c->shape.kind == KR_SHAPE_TABLE) return &c->shape;
    const KrShape *like = &root->shape;
    KrHeapShape *c = kr_shape_bare(vm, like->type, like->fixed, like->room, KR_SHAPE_TABLE, like->version);
    if (!c) return NULL;
    add_child(vm, root, c);
    return &c->shape;
}

// From here on the attributes are in a dict. A dict that showed them before is that dict.
bool kr_attr_make_table(KrVm *vm, KrObject *o) {
    if (has_table(o)) return true;
    const KrShape *shape = table_shape(vm, o->shape);
    if (!shape || !grow_overflow(vm, o, 1)) return false;
    KrOverflow *v = *kr_overflow_at(o);
    KrValue dict = v->dict;
    bool fresh = kr_is_unset(dict);
    if (fresh) {
        dict = kr_dict(vm);
        if (kr_is_error(dict)) return false;
        KrValue key, value;
        for (size_t at = 0; kr_attr_next(o, &at, &key, &value);)
            if (!kr_dict_set(vm, dict, key, value)) return false;
    } else if (!kr_dict_fill_from_owner(vm, KR_AS(KrDictObject, dict))) {
        return false;
    }
    v = *kr_overflow_at(o);
    kr_store(vm, v, &v->dict, dict);
    unsigned fixed = o->shape->fixed, count = o->shape->count, room = o->shape->room;
    for (unsigned i = fixed; i < count; i++) kr_store(vm, o, kr_slot_at(o, i), KR_UNSET);
    (void)room;
    KR_STORE_PTR(vm, o, o->shape, shape);
    return true;
}

KrValue kr_attr_dict(KrVm *vm, KrObject *o) {
    KrOverflow *v = *kr_overflow_at(o);
    if (v && !kr_is_unset(v->dict)) return v->dict;
    if (!grow_overflow(vm, o, 1)) return KR_ERROR;
    KrValue dict = kr_dict_of_instance(vm, o);
    if (kr_is_error(dict)) return dict;
    v = *kr_overflow_at(o);
    kr_store(vm, v, &v->dict, dict);
    return dict;
}

bool kr_attr_replace_dict(KrVm *vm, KrObject *o, KrValue dict) {
    KrOverflow *v = *kr_overflow_at(o);
    if (v && !kr_is_unset(v->dict) && KR_AS(KrDictObject, v->dict)->owner && !kr_dict_detach(vm, KR_AS(KrDictObject, v->dict)))
        return false;
    if (KR_AS(KrDictObject, dict)->owner && !kr_dict_detach(vm, KR_AS(KrDictObject, dict))) return false;
    const KrShape *shape = table_shape(vm, o->shape);
    if (!shape || !grow_overflow(vm, o, 1)) return false;
    v = *kr_overflow_at(o);
    unsigned fixed = o->shape->fixed, count = o->shape->count;
    for (unsigned i = fixed; i < count; i++) kr_store(vm, o, kr_slot_at(o, i), KR_UNSET);
    kr_store(vm, v, &v->dict, dict);
    KR_STORE_PTR(vm, o, o->shape, shape);
    return true;
}
