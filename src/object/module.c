// module.c - modules. A builtin module makes its names when they are first looked up; once all
// of them are wanted (dir(), __dict__, a deletion) they are made together, and its table is forgotten.
// SPDX-License-Identifier: MIT
#include "object/module.h"

#include "object/container.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/text.h"

#define SELF KR_AS(KrModuleObject, self)

static KrValue dict_of(const KrModuleObject *m) { return kr_from_ptr(m->dict); }

// ---- Making --------------------------------------------------------------------------------------------------------------------

static KrValue module_alloc(KrVm *vm, const KrType *type) {
    KrValue dict = kr_dict(vm), self = kr_is_error(dict) ? dict : kr_alloc_instance(vm, type);
    if (kr_is_error(self)) return self;
    SELF->dict = KR_AS(KrDictObject, dict);
    SELF->name = KR_NONE;
    SELF->state = KR_UNSET;
    return self;
}

static void module_trace(KrTracer *tracer, KrObject *o) {
    KrModuleObject *m = (KrModuleObject *)o;
    kr_trace_object(tracer, m->dict);
    kr_trace(tracer, m->name);
    kr_trace(tracer, m->state);
}

static bool fill_new(KrVm *vm, KrValue self, KrValue name, KrValue doc) {
    kr_store(vm, SELF, &SELF->name, name);
    KrValue dict = dict_of(SELF);
    return kr_dict_set_name(vm, dict, KR_N(__name__), name) && kr_dict_set_name(vm, dict, KR_N(__doc__), doc) &&
           kr_dict_set_name(vm, dict, KR_N(__package__), KR_NONE) && kr_dict_set_name(vm, dict, KR_N(__loader__), KR_NONE) &&
           kr_dict_set_name(vm, dict, KR_N(__spec__), KR_NONE);
}

static KrValue module_init(KrVm *vm, KrValue self, const KrValue *arg) {
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "module() argument 'name' must be str, not %T", arg[0]);
    return fill_new(vm, self, arg[0], arg[1]) ? KR_NONE : KR_ERROR;
}

KrValue kr_module_new(KrVm *vm, KrValue name) {
    KrValue self = module_alloc(vm, &kr_module_type);
    return !kr_is_error(self) && fill_new(vm, self, name, KR_NONE) ? self : KR_ERROR;
}

KrValue kr_module_from_def(KrVm *vm, const KrModuleDef *def) {
    KrValue name = kr_name(vm, def->name), self = kr_is_error(name) ? name : kr_module_new(vm, name);
    if (kr_is_error(self)) return self;
    KrValue doc = def->doc && *def->doc ? kr_str_c(vm, def->doc) : KR_NONE;
    if (kr_is_error(doc) || !kr_dict_set_name(vm, dict_of(SELF), KR_N(__doc__), doc)) return KR_ERROR;
    SELF->def = def;
    return self;
}

KrValue kr_module_state(KrValue module) { return KR_AS(KrModuleObject, module)->state; }

void kr_module_set_state(KrVm *vm, KrValue self, KrValue state) { kr_store(vm, SELF, &SELF->state, state); }

// ---- Names of builtin modules --------------------------------------------------------------------------------------------------

static bool is_named(const char *signature, const char *name, size_t len) {
    return strncmp(signature, name, len) == 0 && (signature[len] == '(' || !signature[len]);
}

static KrValue make_constant(KrVm *vm, const KrConst *c) {
    switch (c->kind) {
    case KR_CONST_INT: return kr_int(vm, c->i);
    case KR_CONST_FLOAT: return kr_float(vm, c->d);
    case KR_CONST_STR: return kr_str_c(vm, c->p);
    case KR_CONST_TYPE: return kr_type_value(c->p);
    case KR_CONST_MAKE: return c->make(vm);
    default: return KR_NONE;
    }
}

KrValue kr_module_find(KrVm *vm, KrModuleObject *m, KrValue name) {
    KrValue *slot = kr_dict_find_name(m->dict, name), v = KR_UNSET;
    size_t len;
    if (slot) return *slot;
    if (!m->def) return KR_UNSET;
    const char *text = kr_str_text(name, &len);
    for (const KrMethod *f = m->def->functions; f && f->signature && kr_is_unset(v); f++)
        if (is_named(f->signature, text, len)) v = kr_native(vm, f, NULL, kr_from_ptr(m));
    for (const KrConst *c = m->def->constants; c && c->name && kr_is_unset(v); c++)
        if (strcmp(c->name, text) == 0) v = make_constant(vm, c);
    if (kr_is_unset(v) || kr_is_error(v)) return v;
    return kr_dict_set_name(vm, dict_of(m), name, v) ? v : KR_ERROR;
}

static bool make_name(KrVm *vm, KrModuleObject *m, const char *text, size_t len) {
    KrValue name = kr_name_len(vm, text, len);
    return !kr_is_error(name) && !kr_is_error(kr_module_find(vm, m, name));
}

bool kr_module_fill(KrVm *vm, KrModuleObject *m) {
    const KrModuleDef *def = m->def;
    if (!def) return true;
    for (const KrMethod *f = def->functions; f && f->signature; f++) {
        const char *end = strchr(f->signature, '(');
        if (!make_name(vm, m, f->signature, end ? (size_t)(end - f->signature) : strlen(f->signature))) return false;
    }
    for (const KrConst *c = def->constants; c && c->name; c++)
        if (!make_name(vm, m, c->name, strlen(c->name))) return false;
    m->def = NULL; // from now on a name that is deleted stays deleted
    return true;
}

// ---- Attributes ----------------------------------------------------------------------------------------------------------------

// The module's name as its dict has it; KR_UNSET when that is gone or no text.
static KrValue current_name(const KrModuleObject *m) {
    KrValue *slot = kr_dict_find_name(m->dict, KR_N(__name__));
    return slot && kr_is_str(*slot) ? *slot : KR_UNSET;
}

// A module that was found natively gets its loader when that is first asked for.
static KrValue loader_of(KrVm *vm, KrValue self) {
    KrValue *spec = kr_dict_find_name(SELF->dict, KR_N(__spec__)), loader, name = KR_NONE;
    if (spec && kr_isa(*spec, &kr_module_spec_type)) {
        loader = kr_getattr(vm, *spec, KR_N(loader));
    } else if (kr_same(self, vm->main_module)) {
        KrValue *file = kr_dict_find_name(SELF->dict, KR_N(__file__)), library = kr_import(vm, "importlib._bootstrap");
        if (file && kr_is_str(*file)) name = *file;
        loader = kr_is_error(library) ? library : kr_call_method(vm, library, "_main_loader", 1, &name);
    } else {
        return KR_NONE;
    }
    return !kr_is_error(loader) && kr_dict_set_name(vm, dict_of(SELF), KR_N(__loader__), loader) ? loader : KR_ERROR;
}

KrValue kr_module_global_loader(KrVm *vm, KrValue globals) {
    KrValue *name = kr_dict_find_name(KR_AS(KrDictObject, globals), KR_N(__name__)), module = KR_UNSET;
    if (!name || !kr_is_str(*name)) return KR_NONE;
    if (!kr_dict_find(vm, vm->modules, *name, &module)) return KR_ERROR;
    if (kr_is_unset(module) || !kr_isa(module, &kr_module_type)) return KR_NONE;
    return kr_same(kr_from_ptr(KR_AS(KrModuleObject, module)->dict), globals) ? loader_of(vm, module) : KR_NONE;
}

static KrValue module_getattr(KrVm *vm, KrValue self, KrValue name) {
    const KrType *type = kr_type_of(self);
    KrValue found = kr_type_lookup(vm, type, name);
    if (!kr_is_unset(found) && kr_is_data_descriptor(vm, found)) return kr_descr_get(vm, found, self, type);
    KrValue v = kr_module_find(vm, SELF, name);
    if (kr_is_none(v) && kr_same(name, KR_N(__loader__))) return loader_of(vm, self);
    if (!kr_is_unset(v)) return v;
    if (!kr_is_unset(found)) return kr_descr_get(vm, found, self, type);
    KrValue *hook = kr_dict_find_name(SELF->dict, KR_N(__getattr__));
    if (!hook) return kr_no_attribute(vm, self, name);
    v = kr_call(vm, *hook, 1, &name);
    if (kr_is_error(v)) kr_attribute_error_context(vm, self, name);
    return v;
}

static bool module_setattr(KrVm *vm, KrValue self, KrValue name, KrValue value) {
    const KrType *type = kr_type_of(self);
    KrValue found = kr_type_lookup(vm, type, name);
    bool there;
    if (!kr_is_unset(found) && kr_is_data_descriptor(vm, found)) return kr_descr_set(vm, found, self, value);
    if (!kr_is_unset(value)) return kr_dict_set_name(vm, dict_of(SELF), name, value);
    if (!kr_module_fill(vm, SELF) || !kr_dict_delete(vm, dict_of(SELF), name, &there)) return false;
    if (there) return true;
    kr_raise(vm, &kr_attribute_error, "'%T' object has no attribute '%S'", self, name);
    kr_attribute_error_context(vm, self, name);
    return false;
}

static KrValue get_dict(KrVm *vm, KrValue self) { return kr_module_fill(vm, SELF) ? dict_of(SELF) : KR_ERROR; }

static KrValue get_annotations(KrVm *vm, KrValue self) {
    KrValue *slot = kr_dict_find_name(SELF->dict, KR_N(__annotations__));
    if (slot) return *slot;
    KrValue dict = kr_dict(vm);
    return !kr_is_error(dict) && kr_dict_set_name(vm, dict_of(SELF), KR_N(__annotations__), dict) ? dict : KR_ERROR;
}

static bool set_annotations(KrVm *vm, KrValue self, KrValue value) {
    bool there;
    if (!kr_is_unset(value)) return kr_dict_set_name(vm, dict_of(SELF), KR_N(__annotations__), value);
    if (!kr_dict_delete(vm, dict_of(SELF), KR_N(__annotations__), &there)) return false;
    return there || kr_fail(kr_raise(vm, &kr_attribute_error, "__annotations__"));
}

static KrValue module_dir(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue *hook = kr_dict_find_name(SELF->dict, KR_N(__dir__));
    if (hook) return kr_call(vm, *hook, 0, NULL);
    return kr_module_fill(vm, SELF) ? kr_list_from(vm, dict_of(SELF)) : KR_ERROR;
}

// ---- repr ----------------------------------------------------------------------------------------------------------------------

static KrValue own_or_none(KrValue self, KrValue name) {
    KrValue *slot = kr_dict_find_name(SELF->dict, name);
    return slot ? *slot : KR_NONE;
}

static KrValue repr_from_spec(KrVm *vm, KrValue spec) {
    KrValue name = kr_getattr(vm, spec, KR_N(name)), origin = kr_is_error(name) ? name : kr_getattr(vm, spec, KR_N(origin));
    KrValue located = kr_is_error(origin) ? origin : kr_getattr(vm, spec, KR_N(has_location));
    bool file;
    if (kr_is_error(located) || !kr_truth(vm, located, &file)) return KR_ERROR;
    if (kr_is_none(name)) name = kr_str_c(vm, "?");
    if (kr_is_error(name)) return name;
    if (!kr_is_none(origin))
        return file ? kr_format(vm, "<module %R from %R>", name, origin) : kr_format(vm, "<module %R (%S)>", name, origin);
    KrValue loader = kr_getattr(vm, spec, KR_N(loader)), path = KR_UNSET;
    if (kr_is_error(loader)) return loader;
    bool spread = strcmp(kr_type_of(loader)->name, "NamespaceLoader") == 0;
    if (spread && !kr_find_attr(vm, loader, kr_name(vm, "_path"), &path)) return KR_ERROR;
    if (!kr_is_unset(path)) path = kr_list_from(vm, path);
    if (kr_is_error(path)) return path;
    if (!kr_is_unset(path)) return kr_format(vm, "<module %R (namespace) from %R>", name, path);
    return kr_is_none(loader) ? kr_format(vm, "<module %R>", name) : kr_format(vm, "<module %R (%R)>", name, loader);
}

static KrValue module_repr(KrVm *vm, KrValue self) {
    KrValue spec = own_or_none(self, KR_N(__spec__)), file = own_or_none(self, KR_N(__file__)),
            loader = own_or_none(self, KR_N(__loader__));
    KrValue name = current_name(SELF);
    if (!kr_is_none(spec)) return repr_from_spec(vm, spec);
    if (kr_is_unset(name)) name = own_or_none(self, KR_N(__name__));
    if (kr_is_none(name)) name = kr_str_c(vm, "?");
    if (kr_is_error(name)) return name;
    if (!kr_is_none(file)) return kr_format(vm, "<module %R from %R>", name, file);
    return kr_is_none(loader) ? kr_format(vm, "<module %R>", name) : kr_format(vm, "<module %R (%R)>", name, loader);
}

static const KrGetSet module_attributes[] = {
    { "__dict__", get_dict, kr_read_only, "" },
    { "__annotations__", get_annotations, set_annotations, "" },
    { 0 },
};
static const KrMethod module_methods[] = { { "__dir__()", module_dir, KR_DOC("__dir__() -> list\nspecialized dir() implementation"), 0 },
                                           { 0 } };
static const KrMethod module_make = { "module(name, doc=None)", module_init, KR_DOC("Create a module object."), 0 };

const KrType kr_module_type = {
    KR_TYPE_HEAD(kr_module_type),
    .name = "module",
    .size = sizeof(KrModuleObject),
    .flags = KR_TYPE_BASE | KR_TYPE_OWN_DICT | KR_TYPE_WEAKREF,
    .doc = KR_DOC("Create a module object.\n\nThe name must be a string; the optional docstring can have any type."),
    .alloc = module_alloc,
    .init = &module_make,
    .trace = module_trace,
    .getattr = module_getattr,
    .setattr = module_setattr,
    .repr = module_repr,
    .attributes = module_attributes,
    .methods = module_methods,
};
