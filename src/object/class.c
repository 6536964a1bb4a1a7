// class.c - making classes: type.__new__ with its bases, slots and hooks, and what a type object answers.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/descriptor.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str_method.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"

// ---- C3 linearization ----------------------------------------------------------------------------------------------------------

typedef struct {
    const KrValue *item;
    size_t len, at;
} Sequence;

static bool in_tail(const Sequence *s, KrValue v) {
    for (size_t i = s->at + 1; i < s->len; i++)
        if (kr_same(s->item[i], v)) return true;
    return false;
}

static KrValue next_in_order(Sequence *s, size_t count, bool *empty) {
    *empty = true;
    for (size_t i = 0; i < count; i++) {
        if (s[i].at >= s[i].len) continue;
        *empty = false;
        KrValue candidate = s[i].item[s[i].at];
        bool good = true;
        for (size_t k = 0; good && k < count; k++) good = !in_tail(&s[k], candidate);
        if (good) return candidate;
    }
    return KR_UNSET;
}

static KrValue inconsistent(KrVm *vm, const Sequence *s, size_t count) {
    KrValue names = kr_list(vm, 0, NULL);
    for (size_t i = 0; i < count; i++) { // the classes that stand in each other's way
        if (s[i].at >= s[i].len) continue;
        KrValue name = kr_str_c(vm, kr_type_bare_name(kr_as_type(s[i].item[s[i].at])));
        bool there;
        if (kr_is_error(names) || kr_is_error(name) || !kr_contains(vm, names, name, &there) ||
            (!there && !kr_list_append(vm, names, name)))
            return KR_ERROR;
    }
    KrValue sep = kr_str_c(vm, ", ");
    KrValue joined = kr_is_error(sep) ? sep : kr_call_method(vm, sep, "join", 1, &names);
    if (kr_is_error(joined)) return joined;
    return kr_raise(vm, &kr_type_error, "Cannot create a consistent method resolution order (MRO) for bases %S", joined);
}

// type.mro(): the class, then the merge of its bases' orders and the list of bases.
KrValue kr_class_linearize(KrVm *vm, const KrType *type, KrValue bases) {
    size_t n;
    const KrValue *base = kr_tuple_items(bases, &n);
    for (size_t i = 1; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (kr_same(base[i], base[k])) {
                KrValue name = kr_getattr(vm, base[i], KR_N(__name__));
                return kr_is_error(name) ? name : kr_raise(vm, &kr_type_error, "duplicate base class %S", name);
            }
    Sequence small[16], *seq = small;
    if (n + 1 > KR_COUNT_OF(small)) {
        seq = kr_buffer_alloc(vm, (n + 1) * sizeof *seq);
        if (!seq) return KR_ERROR;
    }
    for (size_t i = 0; i < n; i++) {
        KrValue mro = kr_type_mro(vm, kr_as_type(base[i]));
        if (kr_is_error(mro)) return mro;
        if (!kr_is_tuple(mro)) return kr_raise(vm, &kr_type_error, "Cannot extend an incomplete type '%N'", kr_as_type(base[i]));
        seq[i].item = kr_tuple_items(mro, &seq[i].len);
        seq[i].at = 0;
    }
    seq[n] = (Sequence){ base, n, 0 };
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (kr_same(base[i], base[k])) {
                KrValue name = kr_getattr(vm, base[i], KR_N(__name__));
                return kr_is_error(name) ? name : kr_raise(vm, &kr_type_error, "duplicate base class %S", name);
            }
    KrValue self = kr_type_value(type), out = kr_list(vm, 1, &self);
    if (kr_is_error(out)) return out;
    if (n == 1) return kr_list_extend(vm, out, kr_type_mro(vm, kr_as_type(base[0]))) ? out : KR_ERROR;
    for (;;) {
        bool empty;
        KrValue next = next_in_order(seq, n + 1, &empty);
        if (empty) return out;
        if (kr_is_unset(next)) return inconsistent(vm, seq, n + 1);
        if (!kr_list_append(vm, out, next)) return KR_ERROR;
        for (size_t i = 0; i <= n; i++)
            if (seq[i].at < seq[i].len && kr_same(seq[i].item[seq[i].at], next)) seq[i].at++;
    }
}

static const KrType *solid_of(const KrType *t) { return kr_is_heap_type(t) ? kr_heap_type(t)->solid : t; }

// The static type whose layout includes all of t's: types that add nothing to their base's struct do not count.
static const KrType *layout_of(const KrType *t) {
    t = solid_of(t);
    while (t->base && t->base->size == t->size && t->base->trace == t->trace && !(t->flags & ~t->base->flags & KR_TYPE_IS_MASK) &&
           !((t->flags & KR_TYPE_IS_EXCEPTION) && t->attributes)) // exceptions share one struct and give its fields different meanings
        t = t->base;
    return t;
}

// Can a class with h's layout have t's attributes? What a metaclass's own mro() returns must not make C code read another struct.
static bool suitable(const KrHeapType *h, const KrType *t) {
    const KrType *struct_of = layout_of(t), *have = solid_of(&h->type);
    while (have && layout_of(have) != struct_of) have = have->base;
    if (!have && struct_of != &kr_object_type) return false;
    while (kr_is_heap_type(t) && kr_heap_type(t)->fixed == (kr_is_heap_type(t->base) ? kr_heap_type(t->base)->fixed : 0)) t = t->base;
    if (!kr_is_heap_type(t)) return true;
    for (const KrType *k = &h->type; kr_is_heap_type(k); k = k->base)
        if (k == t) return true;
    return false;
}

static bool set_mro(KrVm *vm, KrHeapType *h) {
    KrValue mro, self = kr_type_value(&h->type);
    KrValue method = kr_type_lookup(vm, kr_type_of(self), KR_N(mro));
    bool custom = !kr_is_exact(method, &kr_method_descriptor_type);
    mro = custom ? kr_call_unbound(vm, method, &self, 1, kr_type_of(self)) : kr_class_linearize(vm, &h->type, h->bases);
    if (kr_is_error(mro)) return false;
    mro = kr_tuple_from(vm, mro);
    if (kr_is_error(mro)) return false;
    size_t n;
    const KrValue *item = kr_tuple_items(mro, &n);
    for (size_t i = 0; i < n; i++)
        if (!kr_is_type(item[i])) return kr_fail(kr_raise(vm, &kr_type_error, "mro() returned a non-class ('%T')", item[i]));
        else if (custom && !suitable(h, kr_as_type(item[i])))
            return kr_fail(kr_raise(vm, &kr_type_error, "mro() returned base with unsuitable layout ('%N')", kr_as_type(item[i])));
    kr_store(vm, h, &h->mro, mro);
    return true;
}

// ---- Bases ---------------------------------------------------------------------------------------------------------------------

// The class among t and its bases that gave instances their last slot.
static const KrType *slots_of(const KrType *t) {
    while (kr_is_heap_type(t) && t->base && kr_heap_type(t)->fixed == (kr_is_heap_type(t->base) ? kr_heap_type(t->base)->fixed : 0))
        t = t->base;
    return t;
}

static bool slots_agree(const KrType *a, const KrType *b) {
    a = slots_of(a), b = slots_of(b);
    return kr_is_subtype(a, b) || kr_is_subtype(b, a);
}

// The base that the instance layout comes from.
static const KrType *best_base(KrVm *vm, KrValue bases) {
    size_t n;
    const KrValue *item = kr_tuple_items(bases, &n);
    const KrType *best = NULL;
    unsigned fixed = 0;
    for (size_t i = 0; i < n; i++) {
        if (!kr_is_type(item[i])) return kr_raise(vm, &kr_type_error, "bases must be types"), NULL;
        const KrType *t = kr_as_type(item[i]);
        if (!(t->flags & KR_TYPE_BASE)) return kr_raise(vm, &kr_type_error, "type '%N' is not an acceptable base type", t), NULL;
        unsigned slots = kr_is_heap_type(t) ? kr_heap_type(t)->fixed : 0;
        if (!best) {
            best = t, fixed = slots;
            continue;
        }
        const KrType *a = layout_of(best), *b = layout_of(t);
        if (a != b && kr_is_subtype(b, a)) {
            if (fixed && !kr_is_subtype(t, slots_of(best))) goto conflict;
            best = t, fixed = slots;
        } else if (a != b && !kr_is_subtype(a, b)) {
            goto conflict;
        } else if (slots) {
            if (fixed && !slots_agree(t, best)) goto conflict;
            if (slots > fixed) best = t, fixed = slots;
        }
    }
    return best;
conflict:
    return kr_raise(vm, &kr_type_error, "multiple bases have instance lay-out conflict"), NULL;
}

static const KrType *most_derived(KrVm *vm, const KrType *meta, KrValue bases) {
    size_t n;
    const KrValue *item = kr_tuple_items(bases, &n);
    for (size_t i = 0; i < n; i++) {
        const KrType *t = kr_type_of(item[i]);
        if (kr_is_subtype(meta, t)) continue;
        if (!kr_is_subtype(t, meta))
            return kr_raise(vm, &kr_type_error,
                            "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of "
                            "all its bases"),
                   NULL;
        meta = t;
    }
    return meta;
}

KrValue kr_metaclass_of(KrVm *vm, KrValue meta, KrValue bases) {
    const KrType *t = most_derived(vm, kr_as_type(meta), bases);
    return t ? kr_type_value(t) : KR_ERROR;
}

// ---- __slots__ -----------------------------------------------------------------------------------------------------------------

static KrValue mangle(KrVm *vm, KrValue cls, KrValue name) {
    size_t len, cls_len;
    const char *text = kr_str_text(name, &len), *owner = kr_str_text(cls, &cls_len);
    if (len < 3 || text[0] != '_' || text[1] != '_' || (text[len - 1] == '_' && text[len - 2] == '_')) return name;
    while (*owner == '_') owner++;
    return *owner ? kr_format(vm, "_%s%S", owner, name) : name;
}

// Adds what is to become an attribute to names.
static bool one_slot(KrVm *vm, KrHeapType *h, KrValue slot, KrValue names, bool *dict) {
    if (!kr_is_str(slot)) return kr_fail(kr_raise(vm, &kr_type_error, "__slots__ items must be strings, not '%T'", slot));
    bool valid;
    KrValue ok = kr_call_method(vm, slot, "isidentifier", 0, NULL);
    if (kr_is_error(ok) || !kr_truth(vm, ok, &valid)) return false;
    if (!valid) return kr_fail(kr_raise(vm, &kr_type_error, "__slots__ must be identifiers"));
    KrHash hash;
    if (!kr_is_exact(slot, &kr_str_type) && !kr_hash(vm, slot, &hash)) return false; // of a class of its own: it must be good for a key
    if (kr_str_is(slot, "__dict__")) {
        if ((h->type.flags & KR_TYPE_HAS_DICT) || *dict)
            return kr_fail(kr_raise(vm, &kr_type_error, "__dict__ slot disallowed: we already got one"));
        return *dict = true, true;
    }
    if (kr_str_is(slot, "__weakref__")) {
        if (h->type.flags & KR_TYPE_WEAKREF)
            return kr_fail(kr_raise(vm, &kr_type_error, "__weakref__ slot disallowed: we already got one"));
        h->type.flags |= KR_TYPE_WEAKREF;
        return true;
    }
    KrValue name = mangle(vm, h->name, slot);
    name = kr_is_error(name) ? name : kr_intern(vm, name);
    if (kr_is_error(name)) return false;
    return kr_list_append(vm, names, name);
}

// In the order of their names, so that classes with the same ones have the same layout.
static bool make_members(KrVm *vm, KrHeapType *h, KrValue names) {
    size_t n;
    const KrValue *name = kr_list_items(names, &n);
    for (size_t i = 0; i < n; i++)
        if (kr_dict_find_name(h->dict, name[i]))
            return kr_fail(kr_raise(vm, &kr_value_error, "%R in __slots__ conflicts with class variable", name[i]));
    if (kr_is_error(kr_list_sort(vm, names, KR_NONE, false))) return false;
    name = kr_list_items(names, &n);
    for (size_t i = 0; i < n; i++) {
        if (i && kr_same(name[i], name[i - 1])) continue;
        KrValue member = kr_member_new(vm, &h->type, name[i], h->fixed);
        if (kr_is_error(member) || !kr_dict_set_name(vm, kr_from_ptr(h->dict), name[i], member)) return false;
        h->fixed++;
    }
    KrValue all = n ? kr_tuple(vm, n, name) : KR_NONE;
    if (kr_is_error(all)) return false;
    kr_store(vm, h, &h->slots, all);
    return true;
}

// __dict__ and __weakref__ of the class that gives them to its instances first.
static bool instance_getsets(KrVm *vm, KrHeapType *h, uint32_t before) {
    static const struct {
        uint32_t flag;
        unsigned name;
        KrValue (*make)(KrVm *, const KrType *);
    } getset[] = {
        { KR_TYPE_HAS_DICT, KR_NAME___dict__, kr_dict_getset },
        { KR_TYPE_WEAKREF, KR_NAME___weakref__, kr_weakref_getset },
    };
    for (size_t i = 0; i < KR_COUNT_OF(getset); i++) {
        KrValue name = kr_static_name(getset[i].name);
        if (!(h->type.flags & ~before & getset[i].flag) || kr_dict_find_name(h->dict, name)) continue;
        KrValue v = getset[i].make(vm, &h->type);
        if (kr_is_error(v) || !kr_dict_set_name(vm, kr_from_ptr(h->dict), name, v)) return false;
    }
    return true;
}

static bool make_slots(KrVm *vm, KrHeapType *h) {
    KrValue *declared = kr_dict_find_name(h->dict, KR_N(__slots__));
    bool dict = false;
    uint32_t before = h->type.base->flags;
    bool varies = (h->type.flags & KR_TYPE_VAR) && !(h->type.flags & KR_TYPE_IS_STR);
    if (!declared) {
        if (!(h->type.flags & KR_TYPE_OWN_DICT)) h->type.flags |= KR_TYPE_HAS_DICT;
        if (!varies) h->type.flags |= KR_TYPE_WEAKREF;
        return instance_getsets(vm, h, before);
    }
    KrValue slots = *declared, list, names = kr_list(vm, 0, NULL);
    list = kr_is_error(names) ? names : kr_is_str(slots) ? kr_list(vm, 1, &slots) : kr_list_from(vm, slots);
    if (kr_is_error(list)) return false;
    size_t n;
    kr_list_items(list, &n);
    if (n && (varies || (h->type.flags & KR_TYPE_OWN_DICT)))
        return kr_fail(kr_raise(vm, &kr_type_error, "nonempty __slots__ not supported for subtype of '%N'", h->type.base));
    for (size_t i = 0; i < n; i++)
        if (!one_slot(vm, h, kr_list_items(list, NULL)[i], names, &dict)) return false;
    if (!make_members(vm, h, names)) return false;
    if (dict) h->type.flags |= KR_TYPE_HAS_DICT;
    return instance_getsets(vm, h, before);
}

// ---- The class -----------------------------------------------------------------------------------------------------------------

static KrHeapType *heap_type(KrVm *vm, const KrType *meta, const KrType *base) {
    KrValue v = kr_alloc_instance(vm, meta);
    if (kr_is_error(v)) return NULL;
    KrHeapType *h = KR_AS(KrHeapType, v);
    const KrType *solid = solid_of(base), *owner;
    h->name = h->qualname = h->bases = h->mro = h->subclasses = h->slots = KR_NONE;
    h->plain_init = KR_UNSET;
    h->type.shape.version = ++vm->next_version;
    h->solid = solid;
    KrType *t = &h->type;
    t->base = base;
    t->flags = KR_TYPE_HEAP | KR_TYPE_BASE |
               (base->flags & (KR_TYPE_IS_MASK | KR_TYPE_HAS_DICT | KR_TYPE_MATCH_SELF | KR_TYPE_WEAKREF | KR_TYPE_VAR | KR_TYPE_OWN_DICT));
    if (!(t->flags & KR_TYPE_OWN_DICT)) t->flags |= KR_TYPE_ATTR_WORD;
    t->size = solid->size;
    h->fixed = kr_is_heap_type(base) ? kr_heap_type(base)->fixed : 0;
    kr_user_slots(t);
    if ((owner = KR_SLOT_OWNER(solid, trace))) t->trace = owner->trace;
    if ((owner = KR_SLOT_OWNER(solid, finalize))) t->finalize = owner->finalize;
    if ((owner = KR_SLOT_OWNER(solid, var_size))) t->var_size = owner->var_size;
    return h;
}

void kr_heap_type_trace(KrTracer *tracer, KrObject *o) {
    KrHeapType *h = (KrHeapType *)o;
    if (!(h->type.flags & KR_TYPE_HEAP)) return;
    kr_trace(tracer, h->name);
    kr_trace(tracer, h->qualname);
    kr_trace(tracer, h->bases);
    kr_trace(tracer, h->mro);
    kr_trace(tracer, h->subclasses);
    kr_trace(tracer, h->slots);
    kr_trace(tracer, h->plain_init);
    kr_trace_object(tracer, h->dict);
    kr_trace_object(tracer, h->root);
    kr_trace_object(tracer, h->type.base);
}

// The list without the references to sub; a new one, as somebody may be going through the old one.
static KrValue list_without(KrVm *vm, KrValue list, KrValue sub) {
    KrValue out = kr_list(vm, 0, NULL);
    for (size_t i = 0, n; !kr_is_error(out) && kr_is_list(list) && (kr_list_items(list, &n), i < n); i++) {
        KrValue ref = kr_list_items(list, NULL)[i];
        if (!kr_same(kr_weakref_kept(vm, ref), sub) && !kr_list_append(vm, out, ref)) return KR_ERROR;
    }
    return out;
}

static bool set_subclasses(KrVm *vm, const KrType *t, KrValue list) {
    if (kr_is_error(list)) return false;
    if (kr_is_heap_type(t)) return kr_store(vm, kr_heap_type(t), &kr_heap_type(t)->subclasses, list), true;
    KrTypeState *s = kr_type_state(vm, t);
    if (!s) return false;
    s->subclasses = list;
    return true;
}

static KrValue subclasses_of(KrVm *vm, const KrType *t) {
    if (kr_is_heap_type(t)) return kr_heap_type(t)->subclasses;
    KrTypeState *s = kr_type_state(vm, t);
    return s ? s->subclasses : KR_ERROR;
}

static bool add_subclass(KrVm *vm, KrValue base, KrValue sub) {
    KrValue ref = kr_weakref_new(vm, &kr_weakref_type, sub, KR_NONE);
    KrValue list = kr_is_error(ref) ? KR_ERROR : subclasses_of(vm, kr_as_type(base));
    if (kr_is_error(list)) return false;
    size_t n = 0;
    if (kr_is_list(list)) kr_list_items(list, &n);
    if (n >= 8 && !(n & (n - 1))) { // before it doubles: without the dead ones
        list = list_without(vm, list, KR_NONE);
        if (!set_subclasses(vm, kr_as_type(base), list)) return false;
    }
    return n ? kr_list_append(vm, list, ref) : set_subclasses(vm, kr_as_type(base), kr_list(vm, 1, &ref));
}

static bool drop_subclass(KrVm *vm, KrValue base, KrValue sub) {
    KrValue list = subclasses_of(vm, kr_as_type(base));
    return !kr_is_list(list) || set_subclasses(vm, kr_as_type(base), list_without(vm, list, sub));
}

// Flags that say which hooks a class has, so that instances without them skip the lookup.
static void hook_flags(KrVm *vm, KrHeapType *h) {
    static const struct {
        unsigned name, flag;
    } hook[] = {
        { KR_NAME___getattr__, KR_TYPE_OWN_GETATTR }, { KR_NAME___getattribute__, KR_TYPE_OWN_GETATTR },
        { KR_NAME___setattr__, KR_TYPE_OWN_SETATTR }, { KR_NAME___delattr__, KR_TYPE_OWN_SETATTR },
        { KR_NAME___del__, KR_TYPE_FINAL_DEL },
    };
    h->type.flags &= ~(uint32_t)(KR_TYPE_OWN_GETATTR | KR_TYPE_OWN_SETATTR | KR_TYPE_FINAL_DEL);
    for (size_t i = 0; i < KR_COUNT_OF(hook); i++) {
        KrValue name = kr_static_name(hook[i].name), found = kr_type_lookup(vm, &h->type, name);
        if (!kr_is_unset(found) && !kr_is_slot_wrapper(found, name)) h->type.flags |= hook[i].flag;
    }
}

// A sequence or a mapping for patterns: what the first in the order is that is either.
static void pattern_flags(KrHeapType *h) {
    size_t n;
    const KrValue *item = kr_tuple_items(h->mro, &n);
    const uint32_t kinds = KR_TYPE_SEQUENCE | KR_TYPE_MAPPING;
    for (size_t i = 0; i < n && !(h->type.flags & kinds); i++) h->type.flags |= kr_as_type(item[i])->flags & kinds;
}

void kr_class_hooks_changed(KrVm *vm, const KrType *type) {
    KrHeapType *h = kr_heap_type(type);
    hook_flags(vm, h);
    KrValue list = h->subclasses;
    for (size_t i = 0, n; kr_is_list(list) && (kr_list_items(list, &n), i < n); i++) {
        KrValue sub = kr_weakref_kept(vm, kr_list_items(list, NULL)[i]);
        if (kr_is_type(sub)) kr_class_hooks_changed(vm, kr_as_type(sub));
    }
}

static bool wrap_implicit(KrVm *vm, KrHeapType *h, KrValue name, KrValue (*wrap)(KrVm *, KrValue)) {
    KrValue *slot = kr_dict_find_name(h->dict, name);
    if (!slot || !kr_is_exact(*slot, &kr_function_type)) return true;
    KrValue wrapped = wrap(vm, *slot);
    return !kr_is_error(wrapped) && kr_dict_set_name(vm, kr_from_ptr(h->dict), name, wrapped);
}

// The cell that `super` and `__class__` in the class's functions look into.
static bool take_cell(KrVm *vm, KrHeapType *h, KrValue cls) {
    KrValue *slot = kr_dict_find_name(h->dict, KR_N(__classcell__));
    bool found;
    if (!slot) return true;
    if (!kr_is_exact(*slot, &kr_cell_type))
        return kr_fail(kr_raise(vm, &kr_type_error, "__classcell__ must be a nonlocal cell, not %R", kr_type_value(kr_type_of(*slot))));
    KrCellObject *cell = KR_AS(KrCellObject, *slot);
    kr_store(vm, cell, &cell->value, cls);
    return kr_dict_delete(vm, kr_from_ptr(h->dict), KR_N(__classcell__), &found);
}

static bool take_qualname(KrVm *vm, KrHeapType *h) {
    KrValue *slot = kr_dict_find_name(h->dict, KR_N(__qualname__));
    bool found;
    if (!slot) return true;
    if (!kr_is_str(*slot)) return kr_fail(kr_raise(vm, &kr_type_error, "type __qualname__ must be a str, not %T", *slot));
    kr_store(vm, h, &h->qualname, *slot);
    return kr_dict_delete(vm, kr_from_ptr(h->dict), KR_N(__qualname__), &found);
}

static bool fill_class(KrVm *vm, KrHeapType *h) {
    KrValue dict = kr_from_ptr(h->dict);
    if (!kr_dict_find_name(h->dict, KR_N(__module__))) {
        KrValue module = kr_calling_module_name(vm);
        if (!kr_is_unset(module) && (kr_is_error(module) || !kr_dict_set_name(vm, dict, KR_N(__module__), module))) return false;
    }
    if (!kr_dict_find_name(h->dict, KR_N(__doc__)) && !kr_dict_set_name(vm, dict, KR_N(__doc__), KR_NONE)) return false;
    if (!wrap_implicit(vm, h, KR_N(__new__), kr_staticmethod_new) || !wrap_implicit(vm, h, KR_N(__init_subclass__), kr_classmethod_new) ||
        !wrap_implicit(vm, h, KR_N(__class_getitem__), kr_classmethod_new))
        return false;
    // A class that defines equality and no hash is unhashable.
    if (kr_dict_find_name(h->dict, KR_N(__eq__)) && !kr_dict_find_name(h->dict, KR_N(__hash__)) &&
        !kr_dict_set_name(vm, dict, KR_N(__hash__), KR_NONE))
        return false;
    bool found;
    KrValue *slot = kr_dict_find_name(h->dict, KR_N(__classdictcell__));
    if (slot) {
        if (kr_is_exact(*slot, &kr_cell_type)) kr_store(vm, KR_AS(KrCellObject, *slot), &KR_AS(KrCellObject, *slot)->value, dict);
        if (!kr_dict_delete(vm, dict, KR_N(__classdictcell__), &found)) return false;
    }
    return true;
}

// __set_name__ of everything in the class, then __init_subclass__ of the parent with the class keywords.
static bool call_hooks(KrVm *vm, KrHeapType *h, KrValue cls, KrValue keywords) {
    KrValue copy = kr_dict_copy(vm, kr_from_ptr(h->dict)), key, value;
    if (kr_is_error(copy)) return false;
    for (size_t at = 0; kr_dict_next(copy, &at, &key, &value);) {
        if (!kr_is_ptr(value)) continue;
        KrValue arg[2] = { cls, key };
        KrValue r = kr_try_special(vm, value, KR_N(__set_name__), 2, arg);
        if (kr_is_error(r)) return kr_set_name_note(vm, value, key, cls), false;
    }
    KrValue super_args[2] = { cls, cls };
    KrValue super = kr_call(vm, kr_type_value(&kr_super_type), 2, super_args);
    KrValue hook = kr_is_error(super) ? super : kr_getattr(vm, super, KR_N(__init_subclass__));
    if (kr_is_error(hook)) return false;
    return !kr_is_error(kr_call_args(vm, hook, vm->empty_tuple, keywords));
}

static bool check_name(KrVm *vm, KrValue name) {
    size_t len;
    const char *text = kr_str_text(name, &len);
    if ((kr_str_of(name)->flags & KR_STR_SURROGATES) && kr_is_error(kr_encode(vm, name, "utf-8", NULL))) return false;
    return !memchr(text, 0, len) || kr_fail(kr_raise(vm, &kr_value_error, "type name must not contain null characters"));
}

KrValue kr_class_new(KrVm *vm, KrValue metatype, KrValue name, KrValue bases, KrValue ns, KrValue keywords) {
    if (!kr_is_str(name)) return kr_raise(vm, &kr_type_error, "type.__new__() argument 1 must be str, not %s", kr_shown_type(name));
    if (!kr_is_tuple(bases)) return kr_raise(vm, &kr_type_error, "type.__new__() argument 2 must be tuple, not %s", kr_shown_type(bases));
    if (!kr_is_dict(ns)) return kr_raise(vm, &kr_type_error, "type.__new__() argument 3 must be dict, not %s", kr_shown_type(ns));
    size_t n;
    kr_tuple_items(bases, &n);
    KrValue object = kr_type_value(&kr_object_type);
    if (!n) bases = kr_tuple(vm, 1, &object);
    if (kr_is_error(bases)) return bases;
    for (size_t i = 0; i < n; i++)
        if (!kr_is_type(kr_tuple_items(bases, NULL)[i])) {
            KrValue b = kr_tuple_items(bases, NULL)[i], entries;
            if (!kr_find_attr(vm, b, KR_N(__mro_entries__), &entries)) return KR_ERROR;
            if (!kr_is_unset(entries))
                return kr_raise(vm, &kr_type_error, "type() doesn't support MRO entry resolution; use types.new_class()");
        }
    const KrType *meta = most_derived(vm, kr_as_type(metatype), bases);
    if (!meta) return KR_ERROR;
    if (meta != kr_as_type(metatype)) {
        KrValue new = kr_type_lookup(vm, meta, KR_N(__new__));
        if (kr_native_new_owner(new) != &kr_type_type) {
            KrValue arg[4] = { kr_type_value(meta), name, bases, ns };
            KrValue bound = kr_descr_get(vm, new, KR_UNSET, meta), tuple = kr_tuple(vm, 4, arg);
            return kr_is_error(bound) || kr_is_error(tuple) ? KR_ERROR : kr_call_args(vm, bound, tuple, keywords);
        }
    }
    const KrType *base = best_base(vm, bases);
    KrHeapType *h = base ? heap_type(vm, meta, base) : NULL;
    if (!h) return KR_ERROR;
    KrValue cls = kr_from_ptr(h), dict = kr_dict_copy(vm, ns);
    if (kr_is_error(dict)) return dict;
    kr_store(vm, h, &h->name, name);
    kr_store(vm, h, &h->qualname, name);
    kr_store(vm, h, &h->bases, bases);
    h->type.name = kr_str_text(name, NULL);
    KR_STORE_PTR(vm, h, h->dict, KR_AS(KrDictObject, dict));
    for (size_t i = 0; i < n; i++) { // flags may come from any base
        const KrType *b = kr_as_type(kr_tuple_items(bases, NULL)[i]);
        h->type.flags |= b->flags & (KR_TYPE_IS_MASK | KR_TYPE_MATCH_SELF | KR_TYPE_WEAKREF);
        if ((b->flags & KR_TYPE_HAS_DICT) && !(h->type.flags & KR_TYPE_OWN_DICT)) h->type.flags |= KR_TYPE_HAS_DICT;
    }
    if (!take_cell(vm, h, cls) || !take_qualname(vm, h) || !make_slots(vm, h) || !check_name(vm, name) || !fill_class(vm, h) ||
        !set_mro(vm, h))
        return KR_ERROR;
    for (size_t i = 0, count = (kr_tuple_items(bases, &count), count); i < count; i++)
        if (!add_subclass(vm, kr_tuple_items(bases, NULL)[i], cls)) return KR_ERROR;
    hook_flags(vm, h);
    pattern_flags(h);
    return call_hooks(vm, h, cls, keywords) ? cls : KR_ERROR;
}

// Its bases may have been assigned since it was entered below this one.
static bool has_base(const KrHeapType *h, const KrType *base) {
    size_t n;
    const KrValue *item = kr_tuple_items(h->bases, &n);
    for (size_t i = 0; i < n; i++)
        if (kr_as_type(item[i]) == base) return true;
    return false;
}

// The order of h and of all below it, again.
static bool set_mros(KrVm *vm, KrHeapType *h) {
    KrValue list = h->subclasses, bases = h->bases;
    if (!kr_enter(vm, "")) return false;
    bool ok = set_mro(vm, h);
    for (size_t i = 0, count; ok && kr_same(h->bases, bases) && kr_is_list(list) && (kr_list_items(list, &count), i < count); i++) {
        KrValue sub = kr_weakref_kept(vm, kr_list_items(list, NULL)[i]);
        if (kr_is_type(sub) && has_base(kr_heap_type(kr_as_type(sub)), &h->type)) ok = set_mros(vm, kr_heap_type(kr_as_type(sub)));
    }
    kr_leave(vm);
    return ok;
}

// Along the layouts' line: the order alone does not tell while an mro() runs.
static bool is_base_of(const KrType *base, const KrType *type) {
    while (type && type != base) type = type->base;
    return type != NULL;
}

// cls.__bases__ = ..., after checks: new order, and everything below is told.
bool kr_class_set_bases(KrVm *vm, KrHeapType *h, KrValue bases) {
    size_t n;
    if (!kr_is_tuple(bases)) return kr_fail(kr_raise(vm, &kr_type_error, "can only assign tuple to %N.__bases__, not %T", &h->type, bases));
    const KrValue *item = kr_tuple_items(bases, &n);
    if (!n) return kr_fail(kr_raise(vm, &kr_type_error, "can only assign non-empty tuple to %N.__bases__, not ()", &h->type));
    for (size_t i = 0; i < n; i++) {
        if (!kr_is_type(item[i]))
            return kr_fail(kr_raise(vm, &kr_type_error, "%N.__bases__ must be tuple of classes, not '%T'", &h->type, item[i]));
        if (kr_is_subtype(kr_as_type(item[i]), &h->type) || is_base_of(&h->type, kr_as_type(item[i])))
            return kr_fail(kr_raise(vm, &kr_type_error, "a __bases__ item causes an inheritance cycle"));
    }
    const KrType *base = best_base(vm, bases);
    if (!base) return false;
    if (layout_of(base) != layout_of(h->type.base) ||
        (kr_is_heap_type(base) ? kr_heap_type(base)->fixed : 0) != (kr_is_heap_type(h->type.base) ? kr_heap_type(h->type.base)->fixed : 0))
        return kr_fail(kr_raise(vm, &kr_type_error, "__bases__ assignment: '%N' object layout differs from '%N'", base, h->type.base));
    KrValue old = h->bases, old_mro = h->mro;
    const KrType *old_base = h->type.base;
    kr_store(vm, h, &h->bases, bases);
    h->type.base = base; // before mro() runs: it may be Python code that looks, and that assigns __bases__ too
    if (!set_mros(vm, h)) {
        if (!kr_same(h->bases, bases)) return false;
        kr_store(vm, h, &h->bases, old);
        kr_store(vm, h, &h->mro, old_mro);
        h->type.base = old_base;
        return false;
    }
    if (!kr_same(h->bases, bases)) return true; // mro() assigned others: they stay
    const KrValue *old_item = kr_tuple_items(old, &n);
    for (size_t i = 0; i < n; i++)
        if (!drop_subclass(vm, old_item[i], kr_from_ptr(h))) return false;
    kr_tuple_items(bases, &n);
    for (size_t i = 0; i < n; i++)
        if (!add_subclass(vm, item[i], kr_from_ptr(h))) return false;
    kr_type_changed(vm, &h->type);
    kr_class_hooks_changed(vm, &h->type);
    kr_flush_caches(vm);
    return true;
}
