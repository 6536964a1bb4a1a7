// type.c - types as objects: what is in them, their method resolution order, versions, and calling them.
// SPDX-License-Identifier: MIT
#include "object/type.h"

#include "object/descriptor.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "object/weakref.h"
#include "port.h"

// ---- The mutable half of static types ------------------------------------------------------------------------------------------

enum { KR_FIRST_STATES = KR_DEVICE ? 16 : 128 };

static bool grow_states(KrVm *vm) {
    size_t room = vm->type_state.item ? 2 * (vm->type_state.mask + 1) : KR_FIRST_STATES, size = room * sizeof(KrTypeState);
    KrTypeState *item = kr_side_alloc(vm, &size);
    if (!item || size < room * sizeof(KrTypeState)) return false;
    for (size_t i = 0; vm->type_state.item && i <= vm->type_state.mask; i++) {
        KrTypeState *s = &vm->type_state.item[i];
        if (!s->type) continue;
        size_t at = ((uintptr_t)s->type >> 4) * 0x9E3779B1u >> 3 & (room - 1);
        while (item[at].type) at = (at + 1) & (room - 1);
        item[at] = *s;
    }
    if (vm->type_state.item) kr_side_free(vm, vm->type_state.item, (vm->type_state.mask + 1) * sizeof(KrTypeState));
    vm->type_state.item = item;
    vm->type_state.mask = room - 1;
    return true;
}

// Its state, or the place for it.
static KrTypeState *find_state(KrVm *vm, const KrType *type) {
    size_t mask = vm->type_state.mask, at = ((uintptr_t)type >> 4) * 0x9E3779B1u >> 3 & mask;
    while (vm->type_state.item[at].type && vm->type_state.item[at].type != type) at = (at + 1) & mask;
    return &vm->type_state.item[at];
}

// What there is once is found without memory. A table that is three quarters full grows; where that fails, all but one place may be taken.
KrTypeState *kr_type_state(KrVm *vm, const KrType *type) {
    KrTypeState *s = vm->type_state.item ? find_state(vm, type) : NULL;
    if (s && s->type) return s;
    if (!s || vm->type_state.count * 4 > vm->type_state.mask * 3) {
        bool grown = grow_states(vm);
        if (!grown && (!s || vm->type_state.count == vm->type_state.mask)) return (void)kr_raise_memory(vm), NULL;
        s = find_state(vm, type);
    }
    *s = (KrTypeState){ .type = type, .descriptors = KR_UNSET, .dict_view = KR_UNSET, .subclasses = KR_UNSET, .mro = KR_UNSET };
    vm->type_state.count++;
    return s;
}

static size_t name_length(const char *signature) {
    size_t n = 0;
    while (signature[n] && signature[n] != '(') n++;
    return n;
}

static bool is_named(const char *signature, const char *name, size_t len) {
    return strncmp(signature, name, len) == 0 && (signature[len] == '(' || !signature[len]);
}

static KrValue method_object(KrVm *vm, const KrMethod *row, const KrType *type) {
    if (row->flags & KR_STATIC_METHOD) return kr_staticmethod_new(vm, kr_native(vm, row, type, kr_type_value(type)));
    if (row->flags & KR_CLASS_METHOD) return kr_class_method_descriptor(vm, row, type);
    return kr_native(vm, row, type, KR_UNSET);
}

// CPython's types of module types are static ones, whose dicts do not say where they are.
static bool has_own_module(const KrType *type) {
    if (type->module) return strcmp(type->module, "types") != 0;
    return strchr(type->name, '.') && strncmp(type->name, "types.", 6) != 0;
}

bool kr_class_constant(KrVm *vm, KrValue self, KrValue value) {
    (void)self, (void)value;
    return kr_fail(kr_raise(vm, &kr_type_error, "a constant cannot be set"));
}

// The attribute of a static type that its tables give under this name.
static KrValue make_own(KrVm *vm, const KrType *type, KrValue name) {
    size_t len;
    const char *text = kr_str_text(name, &len);
    for (const KrMethod *m = type->methods; m && m->signature; m++)
        if (is_named(m->signature, text, len)) return method_object(vm, m, type);
    for (const KrGetSet *g = type->attributes; g && g->name; g++)
        if (strcmp(g->name, text) == 0) return g->set == kr_class_constant ? g->get(vm, KR_UNSET) : kr_getset_new(vm, g, type);
    if (kr_same(name, KR_N(__doc__))) return type->doc ? kr_str_c(vm, kr_doc_body(type->doc)) : KR_NONE;
    if (kr_same(name, KR_N(__module__)) && has_own_module(type)) return kr_type_module(vm, type);
    if (kr_same(name, KR_N(__dict__)) && (type->flags & (KR_TYPE_HAS_DICT | KR_TYPE_HIDDEN_DICT)) == KR_TYPE_HAS_DICT &&
        !(type->base && (type->base->flags & KR_TYPE_HAS_DICT)))
        return kr_dict_getset(vm, type);
    if (text[0] != '_') return KR_UNSET;
    return kr_special_find(vm, type, name);
}

KrValue kr_type_own(KrVm *vm, const KrType *type, KrValue name) {
    KrValue v = KR_UNSET;
    if (kr_is_heap_type(type)) {
        KrValue *slot = kr_dict_find_name(kr_heap_type(type)->dict, name);
        return slot ? *slot : KR_UNSET;
    }
    KrTypeState *s = kr_type_state(vm, type);
    if (!s) return KR_ERROR;
    if (!kr_is_unset(s->descriptors)) {
        KrValue *slot = kr_dict_find_name(KR_AS(KrDictObject, s->descriptors), name);
        if (slot) return *slot;
        if (s->complete) return KR_UNSET;
    }
    v = make_own(vm, type, name);
    if (kr_is_unset(v) || kr_is_error(v)) return v;
    s = kr_type_state(vm, type);
    if (kr_is_unset(s->descriptors)) {
        KrValue dict = kr_dict(vm);
        if (kr_is_error(dict)) return dict;
        s = kr_type_state(vm, type);
        s->descriptors = dict;
    }
    return kr_dict_set_name(vm, s->descriptors, name, v) ? v : KR_ERROR;
}

bool kr_type_constant(KrVm *vm, const KrType *type, const char *name, KrValue value) {
    KrValue key = kr_name(vm, name), dict = kr_is_error(key) ? key : kr_dict(vm);
    KrTypeState *s = kr_is_error(dict) ? NULL : kr_type_state(vm, type);
    if (!s) return false;
    if (kr_is_unset(s->descriptors)) s->descriptors = dict;
    for (size_t i = 0; i < KR_LOOKUP_COUNT; i++) // that it is not there may have been noted
        if (vm->lookup[i].type == type) vm->lookup[i].type = NULL;
    return kr_dict_find_name(KR_AS(KrDictObject, s->descriptors), key) || kr_dict_set_name(vm, s->descriptors, key, value);
}

static bool own_name(KrVm *vm, const KrType *type, const char *text, size_t len) {
    KrValue name = kr_name_len(vm, text, len);
    return !kr_is_error(name) && !kr_is_error(kr_type_own(vm, type, name));
}

KrValue kr_type_own_all(KrVm *vm, const KrType *type) {
    if (kr_is_heap_type(type)) return kr_from_ptr(kr_heap_type(type)->dict);
    KrTypeState *s = kr_type_state(vm, type);
    if (!s) return KR_ERROR;
    if (s->complete) return s->descriptors;
    for (const KrMethod *m = type->methods; m && m->signature; m++)
        if (!own_name(vm, type, m->signature, name_length(m->signature))) return KR_ERROR;
    for (const KrGetSet *g = type->attributes; g && g->name; g++)
        if (!own_name(vm, type, g->name, strlen(g->name))) return KR_ERROR;
    if (!own_name(vm, type, "__doc__", 7) || (has_own_module(type) && !own_name(vm, type, "__module__", 10))) return KR_ERROR;
    if (!own_name(vm, type, "__dict__", 8)) return KR_ERROR;
    for (unsigned i = 0; i < KR_NAME_END; i = kr_static_name_after(i))
        if (kr_str_data(kr_str_of(kr_static_name(i)))[0] == '_' && kr_is_error(kr_type_own(vm, type, kr_static_name(i)))) return KR_ERROR;
    s = kr_type_state(vm, type);
    s->complete = true;
    return s->descriptors;
}

// ---- Method resolution order ---------------------------------------------------------------------------------------------------

bool kr_is_subtype(const KrType *type, const KrType *of) {
    if (of == &kr_object_type) return true;
    if (kr_is_heap_type(type)) {
        KrValue mro = kr_heap_type(type)->mro;
        size_t len;
        if (!kr_is_tuple(mro)) return type == of || (type->base && kr_is_subtype(type->base, of));
        const KrValue *item = kr_tuple_items(mro, &len);
        for (size_t i = 0; i < len; i++)
            if (kr_ptr(item[i]) == &of->head) return true;
        return false;
    }
    for (const KrType *t = type; t; t = t->base) {
        if (t == of) return true;
        for (const KrType *const *b = t->bases; b && *b; b++)
            if (kr_is_subtype(*b, of)) return true;
    }
    return false;
}

KrValue kr_type_mro(KrVm *vm, const KrType *type) {
    if (kr_is_heap_type(type)) return kr_heap_type(type)->mro;
    KrTypeState *s = kr_type_state(vm, type);
    if (!s) return KR_ERROR;
    if (!kr_is_unset(s->mro)) return s->mro;
    if (type->bases) {
        KrValue base[8];
        size_t count = 0;
        while (count < KR_COUNT_OF(base) && type->bases[count]) base[count] = kr_type_value(type->bases[count]), count++;
        KrValue bases = kr_tuple(vm, count, base), order = kr_is_error(bases) ? bases : kr_class_linearize(vm, type, bases);
        KrValue tuple = kr_is_error(order) ? order : kr_tuple_from(vm, order);
        if (kr_is_error(tuple)) return tuple;
        s = kr_type_state(vm, type);
        return s->mro = tuple;
    }
    KrValue item[16];
    size_t n = 0;
    for (const KrType *t = type; t && n < KR_COUNT_OF(item); t = t->base ? t->base : t == &kr_object_type ? NULL : &kr_object_type)
        item[n++] = kr_type_value(t);
    KrValue mro = kr_tuple(vm, n, item);
    if (kr_is_error(mro)) return mro;
    s = kr_type_state(vm, type);
    return s->mro = mro;
}

// ---- Versions ------------------------------------------------------------------------------------------------------------------

static void shapes_changed(KrHeapShape *shape, uint32_t version) {
    for (; shape; shape = shape->next_sibling) {
        shape->shape.version = version;
        shapes_changed(shape->children, version);
    }
}

void kr_type_changed(KrVm *vm, const KrType *type) {
    if (!kr_is_heap_type(type)) return;
    KrHeapType *h = kr_heap_type(type);
    h->type.shape.version = ++vm->next_version;
    shapes_changed(h->root, h->type.shape.version); // older roots are its siblings
    KrValue list = h->subclasses;
    for (size_t i = 0; kr_is_list(list); i++) {
        size_t len;
        KrValue *item = kr_list_items(list, &len);
        if (i >= len) break;
        KrValue sub = kr_weakref_kept(vm, item[i]);
        if (kr_is_type(sub)) kr_type_changed(vm, kr_as_type(sub));
    }
}

// ---- Instances -----------------------------------------------------------------------------------------------------------------

static size_t attribute_words(const KrType *type, const KrShape *shape) {
    return type->flags & (KR_TYPE_HAS_DICT | KR_TYPE_ATTR_WORD) ? 1u + shape->room : 0;
}

static void *alloc_sized(KrVm *vm, const KrType *type, size_t size) {
    const KrShape *shape = kr_shape_of_new(vm, type);
    if (!shape) return NULL;
    size_t words = attribute_words(type, shape);
    KrObject *o = kr_alloc(vm, shape, size + words * sizeof(KrValue));
    if (!o) return NULL;
    if (words > 1)
        for (unsigned i = 0; i < shape->room; i++) ((KrValue *)(void *)((char *)o + size + sizeof(void *)))[i] = KR_UNSET;
    if ((type->flags & KR_TYPE_FINAL_DEL) || KR_SLOT_OWNER(type, finalize))
        if (!kr_heap_add_finalizable(vm, o)) return NULL;
    return o;
}

KrValue kr_alloc_instance(KrVm *vm, const KrType *type) {
    void *o = alloc_sized(vm, type, type->size);
    return o ? kr_from_ptr(o) : KR_ERROR;
}

void *kr_alloc_var(KrVm *vm, const KrType *type, size_t extra) {
    if (extra > SIZE_MAX / 4) return (void)kr_raise_memory(vm), NULL;
    return alloc_sized(vm, type, (type->size + extra + sizeof(void *) - 1) & ~(sizeof(void *) - 1));
}

// ---- Calling a type ------------------------------------------------------------------------------------------------------------

const KrType *kr_native_new_owner(KrValue found) {
    return kr_is_exact(found, &kr_native_type) && KR_AS(KrNativeObject, found)->is_new ? KR_AS(KrNativeObject, found)->owner : NULL;
}

static KrValue excess_arguments(KrVm *vm, const KrType *type, bool own_new) {
    if (own_new) return kr_raise(vm, &kr_type_error, "object.__new__() takes exactly one argument (the type to instantiate)");
    return kr_raise(vm, &kr_type_error, "%N() takes no arguments", type);
}

static bool overrides(KrVm *vm, const KrType *type, KrValue name) {
    KrValue found = kr_type_lookup(vm, type, name), base = kr_type_lookup(vm, &kr_object_type, name);
    return !kr_same(found, base);
}

// type's instance made by the static type whose __new__ `native_new` is; arguments do not include the class.
KrValue kr_native_make(KrVm *vm, KrValue native_new, const KrType *type, const KrValue *arg, size_t count, KrValue names) {
    KrNativeObject *native = KR_AS(KrNativeObject, native_new);
    const KrType *maker = native->owner;
    if (type->flags & KR_TYPE_ABSTRACT) return kr_raise_abstract(vm, type);
    if (maker == &kr_object_type && (count || !kr_is_unset(names))) {
        if (overrides(vm, type, KR_N(__new__))) return excess_arguments(vm, type, true);
        if (!overrides(vm, type, KR_N(__init__))) return excess_arguments(vm, type, false);
    }
    if (maker->make) return kr_native_call(vm, native, kr_type_value(type), arg, count, names);
    const KrType *owner = KR_SLOT_OWNER(maker, alloc);
    if (!owner || (maker->flags & KR_TYPE_NO_NEW)) return kr_raise(vm, &kr_type_error, "cannot create '%N' instances", type);
    return owner->alloc(vm, type);
}

static KR_NOINLINE bool run_init(KrVm *vm, KrValue object, const KrValue *arg, size_t count, KrValue names) {
    const KrType *type = kr_type_of(object);
    KrValue init = kr_type_lookup(vm, type, KR_N(__init__)), result;
    if (kr_is_exact(init, &kr_slot_wrapper_type)) {
        KrNativeObject *native = KR_AS(KrNativeObject, init);
        if (native->owner == &kr_object_type) {
            if ((count || !kr_is_unset(names)) && !overrides(vm, type, KR_N(__new__))) return kr_fail(excess_arguments(vm, type, false));
            return true;
        }
        result = kr_native_call(vm, native, object, arg, count, names);
    } else if (kr_is_unset(init)) {
        return true;
    } else if (kr_is_ptr(init) && (kr_type_of(init)->flags & KR_TYPE_DESCR_METHOD)) {
        size_t named = 0;
        if (!kr_is_unset(names)) kr_tuple_items(names, &named);
        KrValue small[8], *all = small;
        if (count + named + 1 > KR_COUNT_OF(small)) {
            KrValue big = kr_tuple(vm, count + named + 1, NULL);
            if (kr_is_error(big)) return false;
            all = kr_tuple_items(big, NULL);
        }
        all[0] = object;
        for (size_t i = 0; i < count + named; i++) all[i + 1] = arg[i];
        result = kr_call_names(vm, init, all, count + 1, names);
    } else {
        KrValue bound = kr_descr_get(vm, init, object, type);
        if (kr_is_error(bound)) return false;
        result = kr_call_names(vm, bound, arg, count, names);
    }
    if (kr_is_error(result)) return false;
    return kr_is_none(result) || kr_fail(kr_raise(vm, &kr_type_error, "__init__() should return None, not '%T'", result));
}

static KR_NOINLINE KrValue call_python_new(KrVm *vm, KrValue found, const KrType *type, const KrValue *arg, size_t count, KrValue names) {
    size_t named = 0;
    if (!kr_is_unset(names)) kr_tuple_items(names, &named);
    KrValue bound = kr_descr_get(vm, found, KR_UNSET, type);
    if (kr_is_error(bound)) return bound;
    KrValue all = kr_tuple(vm, count + named + 1, NULL);
    if (kr_is_error(all)) return all;
    KrValue *item = kr_tuple_items(all, NULL);
    item[0] = kr_type_value(type);
    for (size_t i = 0; i < count + named; i++) item[i + 1] = arg[i];
    return kr_call_names(vm, bound, item, count + 1, names);
}

static KrValue call_type(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    const KrType *type = kr_as_type(self);
    if (type == &kr_type_type) {
        if (count == 1 && kr_is_unset(names)) return kr_type_value(kr_type_of(arg[0]));
        if (count != 3) return kr_raise(vm, &kr_type_error, "type() takes 1 or 3 arguments");
    }
    KrValue found = kr_type_lookup(vm, type, KR_N(__new__)), object;
    if (kr_is_unset(found) && vm->lookup_failed) return kr_raise_memory(vm); // to raise TypeError it would be called as well
    if (kr_is_unset(found)) return kr_raise(vm, &kr_type_error, "cannot create '%N' instances", type);
    const KrType *maker = kr_native_new_owner(found);
    if (type->flags & KR_TYPE_NO_NEW && !kr_is_heap_type(type)) return kr_raise(vm, &kr_type_error, "cannot create '%N' instances", type);
    if (maker == type && type->make) object = kr_native_call(vm, KR_AS(KrNativeObject, found), self, arg, count, names);
    else if (maker) object = kr_native_make(vm, found, type, arg, count, names);
    else object = call_python_new(vm, found, type, arg, count, names);
    if (kr_is_error(object)) return object;
    const KrType *made = kr_type_of(object);
    if (made != type && !kr_is_subtype(made, type)) return object;
    if (!kr_is_heap_type(made) && !KR_SLOT_OWNER(made, init)) return object; // int, str, tuple, ...
    return run_init(vm, object, arg, count, names) ? object : KR_ERROR;
}

// Notes how a static type is called, if native functions alone do it. What they are is kept alive by the type's descriptors.
static KrMaker *learn_maker(KrVm *vm, const KrType *type, KrMaker *m) {
    KrValue new = kr_type_lookup(vm, type, KR_N(__new__)), init = kr_type_lookup(vm, type, KR_N(__init__));
    const KrType *owner = kr_native_new_owner(new), *alloc = owner ? KR_SLOT_OWNER(owner, alloc) : NULL;
    bool has_init = KR_SLOT_OWNER(type, init) != NULL;
    if (!owner || owner == &kr_object_type || vm->lookup_failed || type->flags & (KR_TYPE_NO_NEW | KR_TYPE_ABSTRACT)) return NULL;
    if (!owner->make && (!alloc || owner->flags & KR_TYPE_NO_NEW)) return NULL;
    if (has_init && (!kr_is_exact(init, &kr_slot_wrapper_type) || KR_AS(KrNativeObject, init)->owner == &kr_object_type)) return NULL;
    *m = (KrMaker){ .type = type, .alloc = alloc ? alloc->alloc : NULL, .convert = type->more ? type->more->convert : NULL };
    if (owner->make) m->make = KR_AS(KrNativeObject, new);
    if (has_init) m->init = KR_AS(KrNativeObject, init);
    return m;
}

KrValue kr_static_type_call(KrVm *vm, const KrType *type, const KrValue *arg, size_t count, KrValue names) {
    KrMaker *m = &vm->maker[((uintptr_t)type >> 6) % KR_MAKER_COUNT];
    if (KR_UNLIKELY(m->type != type)) m = type == &kr_type_type ? NULL : learn_maker(vm, type, m);
    if (!m) return call_type(vm, kr_type_value(type), arg, count, names);
    if (m->convert && count == 1 && kr_is_unset(names)) return m->convert(vm, arg[0]);
    struct KrNativeObject *const init = m->init; // the cell may soon be another type's
    KrValue v = m->make ? kr_native_call(vm, m->make, kr_type_value(type), arg, count, names) : m->alloc(vm, type);
    if (kr_is_error(v) || (!init && !kr_is_ptr(v))) return v;
    const KrType *made = kr_type_of(v);
    if (made != type) {
        if (!kr_is_subtype(made, type) || (!kr_is_heap_type(made) && !KR_SLOT_OWNER(made, init))) return v;
        return run_init(vm, v, arg, count, names) ? v : KR_ERROR;
    }
    return init && kr_is_error(kr_native_call(vm, init, v, arg, count, names)) ? KR_ERROR : v;
}

KrValue kr_type_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    const KrType *type = kr_as_type(self);
    return kr_is_heap_type(type) ? call_type(vm, self, arg, count, names) : kr_static_type_call(vm, type, arg, count, names);
}

// The class's __init__ if calling the class means: allocate, run this function, nothing else. Remembered until the class changes.
KrFunctionObject *kr_type_plain_init(KrVm *vm, const KrType *type) {
    KrHeapType *h = kr_heap_type(type);
    if (h->plain_version != h->type.shape.version) {
        KrValue new = kr_type_lookup(vm, type, KR_N(__new__)), init = kr_type_lookup(vm, type, KR_N(__init__));
        bool plain = kr_native_new_owner(new) == &kr_object_type && kr_is_exact(init, &kr_function_type) &&
                     !(type->flags & KR_TYPE_ABSTRACT) && type->head.shape == &kr_type_type.shape;
        kr_store(vm, h, &h->plain_init, plain ? init : KR_NONE);
        h->plain_version = h->type.shape.version;
    }
    return kr_is_none(h->plain_init) ? NULL : KR_AS(KrFunctionObject, h->plain_init);
}
