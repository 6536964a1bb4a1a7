// type_attribute.c - type: what a class answers about itself, and how attributes of classes are found and set.
// SPDX-License-Identifier: MIT
#include "base/phrase.h"
#include "object/container.h"
#include "object/descriptor.h"
#include "object/generic_alias.h"
#include "object/list.h"
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"

#define TYPE     kr_as_type(self)
#define IS_CLASS kr_is_heap_type(kr_as_type(self))
#define HEAP     kr_heap_type(kr_as_type(self))

// ---- Access --------------------------------------------------------------------------------------------------------------------

static KrValue no_attribute(KrVm *vm, const KrType *type, KrValue name) {
    kr_raise(vm, &kr_attribute_error, "type object '%N' has no attribute '%S'", type, name);
    kr_attribute_error_context(vm, kr_type_value(type), name);
    return KR_ERROR;
}

// A data descriptor of the metaclass comes first, then the class and its bases, then what else the metaclass has.
KrValue kr_type_get(KrVm *vm, const KrType *type, KrValue name) {
    KrValue self = kr_type_value(type);
    const KrType *meta = kr_type_of(self);
    KrValue found = kr_type_lookup(vm, meta, name);
    if (!kr_is_unset(found) && kr_is_data_descriptor(vm, found) && kr_descr_can_get(vm, found)) return kr_descr_get(vm, found, self, meta);
    KrValue own = kr_type_lookup(vm, type, name);
    if (!kr_is_unset(own)) return kr_descr_get(vm, own, KR_UNSET, type);
    return kr_is_unset(found) ? no_attribute(vm, type, name) : kr_descr_get(vm, found, self, meta);
}

static KrValue type_getattr(KrVm *vm, KrValue self, KrValue name) { return kr_type_get(vm, TYPE, name); }

static bool is_hook(KrValue name) {
    return kr_same(name, KR_N(__getattribute__)) || kr_same(name, KR_N(__getattr__)) || kr_same(name, KR_N(__setattr__)) ||
           kr_same(name, KR_N(__delattr__));
}

// Tells caches that an attribute of the class is another one now. Instance attributes are remembered without looking at the class
// again, which a new data descriptor or hook makes wrong.
static void changed(KrVm *vm, const KrType *type, KrValue name, KrValue value) {
    const char *text = kr_str_text(name, NULL);
    kr_type_changed(vm, type);
    if (text[0] == '_' && text[1] == '_') kr_class_hooks_changed(vm, type);
    if (is_hook(name) || (!kr_is_unset(value) && kr_is_data_descriptor(vm, value))) kr_flush_caches(vm);
}

static bool store_own(KrVm *vm, const KrType *type, KrValue name, KrValue value) {
    KrDictObject *dict = kr_heap_type(type)->dict;
    KrValue *slot = kr_dict_find_name(dict, name);
    bool found = slot != NULL;
    if (found && kr_same(*slot, value)) return true;
    if (!kr_is_unset(value)) {
        if (!kr_dict_set_name(vm, kr_from_ptr(dict), name, value)) return false;
    } else if (!found) {
        return kr_fail(no_attribute(vm, type, name));
    } else if (!kr_dict_delete(vm, kr_from_ptr(dict), name, &found)) {
        return false;
    }
    changed(vm, type, name, value);
    return true;
}

static bool type_setattr(KrVm *vm, KrValue self, KrValue name, KrValue value) {
    if (!IS_CLASS) return kr_fail(kr_raise(vm, &kr_type_error, "cannot set %R attribute of immutable type '%N'", name, TYPE));
    KrValue found = kr_type_lookup(vm, kr_type_of(self), name);
    if (kr_is_unset(found) || !kr_is_data_descriptor(vm, found)) return store_own(vm, TYPE, name, value);
    if (!kr_descr_set(vm, found, self, value)) return false;
    changed(vm, TYPE, name, KR_UNSET);
    return true;
}

// ---- Names ---------------------------------------------------------------------------------------------------------------------

// The attributes that a class always has cannot be deleted, and those of builtin types not be set.
static bool settable(KrVm *vm, KrValue self, KrValue value, const char *name) {
    if (!IS_CLASS) return kr_fail(kr_raise(vm, &kr_type_error, "cannot set '%s' attribute of immutable type '%N'", name, TYPE));
    if (kr_is_unset(value)) return kr_fail(kr_raise(vm, &kr_type_error, "cannot delete '%s' attribute of immutable type '%N'", name, TYPE));
    return kr_audit_setattr(vm, self, name, value);
}

static KrValue get_name(KrVm *vm, KrValue self) { return IS_CLASS ? HEAP->name : kr_name(vm, kr_type_bare_name(TYPE)); }
static KrValue get_qualname(KrVm *vm, KrValue self) { return IS_CLASS ? HEAP->qualname : kr_name(vm, kr_type_bare_name(TYPE)); }

static bool set_name(KrVm *vm, KrValue self, KrValue value) {
    size_t len;
    if (!settable(vm, self, value, "__name__")) return false;
    if (!kr_is_str(value)) return kr_fail(kr_raise(vm, &kr_type_error, "can only assign string to %N.__name__, not '%T'", TYPE, value));
    const char *text = kr_str_text(value, &len);
    if ((kr_str_of(value)->flags & KR_STR_SURROGATES) && kr_is_error(kr_encode(vm, value, "utf-8", NULL))) return false;
    if (memchr(text, 0, len)) return kr_fail(kr_raise(vm, &kr_value_error, "type name must not contain null characters"));
    kr_store(vm, HEAP, &HEAP->name, value);
    HEAP->type.name = text;
    return true;
}

static bool set_qualname(KrVm *vm, KrValue self, KrValue value) {
    if (!settable(vm, self, value, "__qualname__")) return false;
    if (!kr_is_str(value)) return kr_fail(kr_raise(vm, &kr_type_error, "can only assign string to %N.__qualname__, not '%T'", TYPE, value));
    kr_store(vm, HEAP, &HEAP->qualname, value);
    return true;
}

// __module__ of a class can be anything, or be absent: None then.
KrValue kr_type_module(KrVm *vm, const KrType *type) {
    if (!kr_is_heap_type(type)) {
        const char *bare = kr_type_bare_name(type);
        if (type->module || bare == type->name) return kr_name(vm, type->module ? type->module : "builtins");
        return kr_name_len(vm, type->name, (size_t)(bare - type->name) - 1);
    }
    KrValue *slot = kr_dict_find_name(kr_heap_type(type)->dict, KR_N(__module__));
    return slot ? *slot : KR_NONE;
}

static KrValue get_module(KrVm *vm, KrValue self) {
    if (IS_CLASS && !kr_dict_find_name(HEAP->dict, KR_N(__module__))) return kr_raise(vm, &kr_attribute_error, "__module__");
    return kr_type_module(vm, TYPE);
}
static bool set_module(KrVm *vm, KrValue self, KrValue value) {
    return settable(vm, self, value, "__module__") && store_own(vm, TYPE, KR_N(__module__), value);
}

static KrValue type_repr(KrVm *vm, KrValue self) {
    KrValue module = kr_type_module(vm, TYPE);
    if (kr_is_error(module)) return module;
    if (!kr_is_str(module) || kr_str_is(module, "builtins")) return kr_format(vm, "<class '%N'>", TYPE);
    return kr_format(vm, "<class '%S.%S'>", module, get_qualname(vm, self));
}

static KrValue get_doc(KrVm *vm, KrValue self) {
    if (!IS_CLASS) return TYPE->doc && *TYPE->doc ? kr_str_c(vm, kr_doc_body(TYPE->doc)) : KR_NONE;
    KrValue *slot = kr_dict_find_name(HEAP->dict, KR_N(__doc__));
    return slot ? kr_descr_get(vm, *slot, KR_UNSET, TYPE) : KR_NONE;
}
static bool set_doc(KrVm *vm, KrValue self, KrValue value) {
    return settable(vm, self, value, "__doc__") && store_own(vm, TYPE, KR_N(__doc__), value);
}

// The arguments of a builtin type's constructor, without self.
static KrValue get_text_signature(KrVm *vm, KrValue self) {
    const KrMethod *row = TYPE->make ? TYPE->make : TYPE->init;
    const char *body = TYPE->doc ? kr_doc_body(TYPE->doc) : NULL;
    if (IS_CLASS || TYPE->flags & KR_TYPE_IS_EXCEPTION) return KR_NONE;
    if (body != TYPE->doc) return kr_str(vm, TYPE->doc, (size_t)(body - TYPE->doc) - 2);
    if (TYPE == &kr_object_type) return kr_str_c(vm, "()");
    const char *parameters = row ? strchr(row->signature, '(') : NULL;
    if (!row || (parameters && kr_short_is(parameters, "(*args, **kwargs)"))) return KR_NONE;
    KrMethod bare = *row;
    bare.flags = KR_STATIC_METHOD;
    return kr_native_text_signature(vm, &bare, true);
}

// ---- Annotations, type parameters, abstract methods ----------------------------------------------------------------------------

static KrValue get_annotations(KrVm *vm, KrValue self) {
    if (!IS_CLASS) return no_attribute(vm, TYPE, KR_N(__annotations__));
    KrValue *slot = kr_dict_find_name(HEAP->dict, KR_N(__annotations__));
    if (slot) return kr_descr_get(vm, *slot, KR_UNSET, TYPE);
    KrValue dict = kr_dict(vm);
    return !kr_is_error(dict) && store_own(vm, TYPE, KR_N(__annotations__), dict) ? dict : KR_ERROR;
}

static bool set_or_delete(KrVm *vm, KrValue self, KrValue name, KrValue value) {
    if (!IS_CLASS) return kr_fail(kr_raise(vm, &kr_type_error, "cannot set %R attribute of immutable type '%N'", name, TYPE));
    if (kr_is_unset(value) && !kr_dict_find_name(HEAP->dict, name)) return kr_fail(kr_raise(vm, &kr_attribute_error, "%S", name));
    return store_own(vm, TYPE, name, value);
}
static bool set_annotations(KrVm *vm, KrValue self, KrValue value) { return set_or_delete(vm, self, KR_N(__annotations__), value); }

static KrValue get_type_params(KrVm *vm, KrValue self) {
    KrValue *slot = IS_CLASS ? kr_dict_find_name(HEAP->dict, KR_N(__type_params__)) : NULL;
    return slot ? *slot : vm->empty_tuple;
}
static bool set_type_params(KrVm *vm, KrValue self, KrValue value) {
    return settable(vm, self, value, "__type_params__") && store_own(vm, TYPE, KR_N(__type_params__), value);
}

static KrValue get_abstract(KrVm *vm, KrValue self) {
    KrValue *slot = IS_CLASS ? kr_dict_find_name(HEAP->dict, KR_N(__abstractmethods__)) : NULL;
    return slot ? *slot : kr_raise(vm, &kr_attribute_error, "__abstractmethods__");
}
static bool set_abstract(KrVm *vm, KrValue self, KrValue value) {
    bool abstract = false;
    if (!kr_is_unset(value) && !kr_truth(vm, value, &abstract)) return false;
    if (!set_or_delete(vm, self, KR_N(__abstractmethods__), value)) return false;
    HEAP->type.flags &= ~(uint32_t)KR_TYPE_ABSTRACT;
    if (abstract) HEAP->type.flags |= KR_TYPE_ABSTRACT;
    return true;
}

// ---- Bases and layout ----------------------------------------------------------------------------------------------------------

static KrValue get_base(KrVm *vm, KrValue self) {
    (void)vm;
    if (TYPE == &kr_object_type) return KR_NONE;
    return kr_type_value(TYPE->base ? TYPE->base : &kr_object_type);
}

static KrValue get_bases(KrVm *vm, KrValue self) {
    if (IS_CLASS) return HEAP->bases;
    KrValue item[8] = { get_base(vm, self) };
    size_t count = TYPE != &kr_object_type;
    if (TYPE->bases)
        for (count = 0; count < KR_COUNT_OF(item) && TYPE->bases[count]; count++) item[count] = kr_type_value(TYPE->bases[count]);
    return kr_tuple(vm, count, item);
}
static bool set_bases(KrVm *vm, KrValue self, KrValue value) {
    return settable(vm, self, value, "__bases__") && kr_class_set_bases(vm, HEAP, value);
}

static KrValue get_mro(KrVm *vm, KrValue self) { return kr_type_mro(vm, TYPE); }

// A read-only view; that of a builtin type is made once, with all its descriptors.
static KrValue get_dict(KrVm *vm, KrValue self) {
    KrValue dict = kr_type_own_all(vm, TYPE);
    if (kr_is_error(dict) || IS_CLASS) return kr_is_error(dict) ? dict : kr_call(vm, kr_type_value(&kr_mappingproxy_type), 1, &dict);
    KrTypeState *s = kr_type_state(vm, TYPE);
    if (!s || !kr_is_unset(s->dict_view)) return s ? s->dict_view : KR_ERROR;
    KrValue view = kr_call(vm, kr_type_value(&kr_mappingproxy_type), 1, &dict);
    s = kr_is_error(view) ? NULL : kr_type_state(vm, TYPE);
    return s ? s->dict_view = view : KR_ERROR;
}

// CPython's Py_TPFLAGS, as far as programs look at them.
static KrValue get_flags(KrVm *vm, KrValue self) {
    static const struct {
        uint32_t ours;
        unsigned bit;
    } map[] = {
        { KR_TYPE_HEAP, 9 },     { KR_TYPE_BASE, 10 },         { KR_TYPE_ABSTRACT, 20 },     { KR_TYPE_SEQUENCE, 5 },
        { KR_TYPE_MAPPING, 6 },  { KR_TYPE_MATCH_SELF, 22 },   { KR_TYPE_DESCR_METHOD, 17 }, { KR_TYPE_IS_INT, 24 },
        { KR_TYPE_IS_LIST, 25 }, { KR_TYPE_IS_TUPLE, 26 },     { KR_TYPE_IS_BYTES, 27 },     { KR_TYPE_IS_STR, 28 },
        { KR_TYPE_IS_DICT, 29 }, { KR_TYPE_IS_EXCEPTION, 30 }, { KR_TYPE_IS_TYPE, 31 },
    };
    uint32_t flags = 1u << 12; // ready
    for (size_t i = 0; i < KR_COUNT_OF(map); i++)
        if (TYPE->flags & map[i].ours) flags |= (uint32_t)1 << map[i].bit;
    if (!IS_CLASS) flags |= 1u << 8;                                          // immutable
    if (TYPE->module && strcmp(TYPE->module, "types") != 0) flags |= 1u << 9; // CPython's modules make their types when they are imported
    return kr_int(vm, flags);
}

static KrValue get_basicsize(KrVm *vm, KrValue self) {
    size_t slots = IS_CLASS ? HEAP->fixed : 0;
    return kr_int(vm, (int64_t)(TYPE->size + slots * sizeof(KrValue)));
}
static KrValue get_itemsize(KrVm *vm, KrValue self) {
    if (!(TYPE->flags & KR_TYPE_VAR) || (TYPE->flags & KR_TYPE_IS_STR)) return kr_int(vm, 0);
    return kr_int(vm, TYPE->flags & KR_TYPE_IS_BYTES ? 1 : TYPE->flags & KR_TYPE_IS_INT ? 4 : (int64_t)sizeof(KrValue));
}
static KrValue get_dictoffset(KrVm *vm, KrValue self) { return kr_int(vm, TYPE->flags & (KR_TYPE_HAS_DICT | KR_TYPE_OWN_DICT) ? -1 : 0); }
static KrValue get_weakrefoffset(KrVm *vm, KrValue self) { return kr_int(vm, TYPE->flags & KR_TYPE_WEAKREF ? -32 : 0); }

// ---- Methods -------------------------------------------------------------------------------------------------------------------

static KrValue type_mro(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    if (IS_CLASS) return kr_class_linearize(vm, TYPE, HEAP->bases);
    KrValue mro = kr_type_mro(vm, TYPE);
    return kr_is_error(mro) ? mro : kr_list_from(vm, mro);
}

// The builtin types that programs can name know their bases; nobody else knows all of them.
static bool add_builtin_subclasses(KrVm *vm, KrValue self, KrValue out) {
    KrModuleObject *builtins = KR_AS(KrModuleObject, vm->builtins);
    KrValue key, value;
    bool there;
    if (!kr_module_fill(vm, builtins)) return false;
    for (size_t at = 0; kr_dict_next(kr_from_ptr(builtins->dict), &at, &key, &value);) {
        if (!kr_is_type(value) || kr_is_heap_type(kr_as_type(value))) continue;
        KrValue bases = get_bases(vm, value);
        if (kr_is_error(bases) || !kr_contains(vm, bases, self, &there)) return false;
        if (there && (!kr_contains(vm, out, value, &there) || (!there && !kr_list_append(vm, out, value)))) return false;
    }
    return true;
}

static KrValue type_subclasses(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrTypeState *s = IS_CLASS ? NULL : kr_type_state(vm, TYPE);
    KrValue refs = IS_CLASS ? HEAP->subclasses : s ? s->subclasses : KR_ERROR, out = kr_list(vm, 0, NULL);
    if (kr_is_error(refs) || kr_is_error(out) || (!IS_CLASS && !add_builtin_subclasses(vm, self, out))) return KR_ERROR;
    for (size_t i = 0, count; kr_is_list(refs) && (kr_list_items(refs, &count), i < count); i++) {
        KrValue sub = kr_weakref_kept(vm, kr_list_items(refs, NULL)[i]), bases = kr_is_type(sub) ? get_bases(vm, sub) : KR_NONE;
        bool still = false; // __bases__ may have been assigned since
        if (kr_is_error(bases)) return bases;
        size_t n = 0;
        const KrValue *base = kr_is_tuple(bases) ? kr_tuple_items(bases, &n) : NULL;
        for (size_t k = 0; k < n; k++) still = still || kr_same(base[k], self);
        if (still && !kr_list_append(vm, out, sub)) return KR_ERROR;
    }
    return out;
}

static KrValue type_dir(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue names = kr_dict(vm);
    return !kr_is_error(names) && kr_dir_class(vm, self, names) ? kr_list_from(vm, names) : KR_ERROR;
}

static KrValue type_prepare(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, (void)arg, kr_dict(vm); }

static KrValue type_instancecheck(KrVm *vm, KrValue self, const KrValue *arg) {
    bool is;
    return kr_isinstance_plain(vm, arg[0], self, &is) ? kr_bool(is) : KR_ERROR;
}
static KrValue type_subclasscheck(KrVm *vm, KrValue self, const KrValue *arg) {
    bool is;
    return kr_issubclass_plain(vm, arg[0], self, &is) ? kr_bool(is) : KR_ERROR;
}

static KrValue type_sizeof(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    return kr_int(vm, IS_CLASS ? (int64_t)sizeof(KrHeapType) : (int64_t)sizeof(KrType));
}

static KrValue type_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) { return (void)op, kr_union_or(vm, left, right); }

static KrValue type_new(KrVm *vm, KrValue self, const KrValue *arg) {
    if (kr_is_unset(arg[2]))
        return kr_raise(vm, &kr_type_error, "type.__new__() takes exactly 3 arguments (%u given)",
                        (size_t)!kr_is_unset(arg[0]) + (size_t)!kr_is_unset(arg[1]));
    return kr_class_new(vm, self, arg[0], arg[1], arg[2], arg[3]);
}

static KrValue type_init(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    (void)self;
    kr_tuple_items(arg[0], &count);
    if (count == 1 && kr_dict_len(arg[1])) return kr_raise(vm, &kr_type_error, "type.__init__() takes no keyword arguments");
    if (count != 1 && count != 3) return kr_raise(vm, &kr_type_error, "type.__init__() takes 1 or 3 arguments");
    return KR_NONE;
}

static const KrGetSet type_attributes[] = {
    { "__name__", get_name, set_name, "" },
    { "__qualname__", get_qualname, set_qualname, "" },
    { "__module__", get_module, set_module, "" },
    { "__doc__", get_doc, set_doc, "" },
    { "__bases__", get_bases, set_bases, "" },
    { "__base__", get_base, kr_read_only, "" },
    { "__mro__", get_mro, NULL, "" },
    { "__dict__", get_dict, NULL, "" },
    { "__annotations__", get_annotations, set_annotations, "" },
    { "__type_params__", get_type_params, set_type_params, "" },
    { "__abstractmethods__", get_abstract, set_abstract, "" },
    { "__text_signature__", get_text_signature, NULL, "" },
    { "__flags__", get_flags, kr_read_only, "" },
    { "__basicsize__", get_basicsize, kr_read_only, "" },
    { "__itemsize__", get_itemsize, kr_read_only, "" },
    { "__dictoffset__", get_dictoffset, kr_read_only, "" },
    { "__weakrefoffset__", get_weakrefoffset, kr_read_only, "" },
    { 0 },
};

static const KrMethod type_methods[] = {
    { "mro()", type_mro, KR_DOC("Return a type's method resolution order."), 0 },
    { "__subclasses__()", type_subclasses, KR_DOC("Return a list of immediate subclasses."), 0 },
    { "__prepare__(*args, **kwargs)", type_prepare, KR_DOC("Create the namespace for the class statement."), KR_CLASS_METHOD },
    { "__instancecheck__(instance, /)", type_instancecheck, KR_DOC("Check if an object is an instance."), 0 },
    { "__subclasscheck__(subclass, /)", type_subclasscheck, KR_DOC("Check if a class is a subclass."), 0 },
    { "__dir__()", type_dir, KR_DOC("Specialized __dir__ implementation for types."), 0 },
    { "__sizeof__()", type_sizeof, KR_DOC("Return memory consumption of the type object."), 0 },
    { 0 },
};
static const KrMethod type_make = { "type(object_or_name=<unset>, bases=<unset>, dict=<unset>, /, **kwds)", type_new,
                                    KR_DOC("Make a new type."), 0 };
static const KrMethod type_start = { "type(*args, **kwds)", type_init, KR_DOC("Checks the arguments."), 0 };

const KrType kr_type_type = {
    KR_TYPE_HEAD(kr_type_type),
    .name = "type",
    .size = sizeof(KrHeapType),
    .flags = KR_TYPE_BASE | KR_TYPE_IS_TYPE | KR_TYPE_OWN_DICT | KR_TYPE_WEAKREF,
    .doc = KR_DOC("type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type"),
    .trace = kr_heap_type_trace,
    .call = kr_type_call,
    .repr = type_repr,
    .getattr = type_getattr,
    .setattr = type_setattr,
    .make = &type_make,
    .init = &type_start,
    .binary = type_binary,
    .binary_ops = KR_OP(KR_OR),
    .attributes = type_attributes,
    .methods = type_methods,
};
