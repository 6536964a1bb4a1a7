// module_spec.c - specs: what a finder knows of a module. Those of modules that were found natively have no loader until it is asked for.
// SPDX-License-Identifier: MIT
#include "object/module.h"

#include "object/container.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/text.h"

static bool set(KrVm *vm, KrValue spec, const char *text, KrValue value) {
    KrValue name = kr_name(vm, text);
    return !kr_is_error(name) && !kr_is_error(value) && kr_attr_set(vm, kr_ptr(spec), name, value);
}

static KrValue own(KrVm *vm, KrValue spec, const char *text) { // KR_UNSET: not set
    KrValue v = KR_UNSET, name = kr_name(vm, text);
    return !kr_is_error(name) && kr_attr_get(vm, kr_ptr(spec), name, &v) ? v : KR_ERROR;
}

static bool spec_fill(KrVm *vm, KrValue spec, KrValue name, KrValue origin, KrValue state, KrValue locations, bool located) {
    return set(vm, spec, "name", name) && set(vm, spec, "origin", origin) && set(vm, spec, "loader_state", state) &&
           set(vm, spec, "submodule_search_locations", locations) && set(vm, spec, "_set_fileattr", kr_bool(located));
}

KrValue kr_module_spec(KrVm *vm, KrValue name, KrValue origin, KrValue locations, const char *loader) {
    bool located = !kr_is_none(origin);
    if (!located) origin = kr_str_c(vm, loader);
    KrValue spec = kr_is_error(origin) ? origin : kr_alloc_instance(vm, &kr_module_spec_type);
    return !kr_is_error(spec) && spec_fill(vm, spec, name, origin, KR_NONE, locations, located) ? spec : KR_ERROR;
}

static KrValue ask_library(KrVm *vm, const char *module, const char *function, KrValue arg) {
    KrValue library = kr_import(vm, module);
    return kr_is_error(library) ? library : kr_call_method(vm, library, function, 1, &arg);
}

// The loader of a module that was found natively is made when it is first asked for.
static KrValue spec_getattr(KrVm *vm, KrValue self, KrValue name) {
    KrValue v = KR_UNSET;
    if (!kr_same(name, KR_N(loader))) return kr_generic_getattr(vm, self, name);
    if (!kr_attr_get(vm, kr_ptr(self), name, &v)) return KR_ERROR;
    if (!kr_is_unset(v)) return v;
    v = ask_library(vm, "importlib._bootstrap", "_native_loader", self);
    return !kr_is_error(v) && kr_attr_set(vm, kr_ptr(self), name, v) ? v : KR_ERROR;
}

static KrValue spec_init(KrVm *vm, KrValue self, const KrValue *arg) { // name, loader, origin, loader_state, is_package
    bool package;
    if (!kr_truth(vm, arg[4], &package)) return KR_ERROR;
    KrValue locations = package ? kr_list(vm, 0, NULL) : KR_NONE, waiting = kr_list(vm, 0, NULL);
    if (kr_is_error(locations) || kr_is_error(waiting)) return KR_ERROR;
    return spec_fill(vm, self, arg[0], arg[2], arg[3], locations, false) && set(vm, self, "loader", arg[1]) &&
                   set(vm, self, "_uninitialized_submodules", waiting) && set(vm, self, "_cached", KR_NONE)
               ? KR_NONE
               : KR_ERROR;
}

// ---- What is computed ----------------------------------------------------------------------------------------------------------

static KrValue get_parent(KrVm *vm, KrValue self) {
    KrValue name, locations;
    if (!kr_find_attr(vm, self, KR_N(name), &name) || !kr_find_attr(vm, self, KR_N(submodule_search_locations), &locations))
        return KR_ERROR;
    if (kr_is_unset(name)) return kr_no_attribute(vm, self, KR_N(name));
    if ((!kr_is_none(locations) && !kr_is_unset(locations)) || !kr_is_str(name)) return name;
    size_t len;
    const char *text = kr_str_text(name, &len);
    while (len && text[len - 1] != '.') len--;
    return len ? kr_str(vm, text, len - 1) : vm->empty_str;
}

static KrValue get_has_location(KrVm *vm, KrValue self) {
    KrValue v = own(vm, self, "_set_fileattr");
    return kr_is_unset(v) ? KR_FALSE : v;
}

static bool set_has_location(KrVm *vm, KrValue self, KrValue value) {
    bool on;
    if (kr_is_unset(value))
        return kr_fail(kr_raise(vm, &kr_attribute_error, "property 'has_location' of 'ModuleSpec' object has no deleter"));
    return kr_truth(vm, value, &on) && set(vm, self, "_set_fileattr", kr_bool(on));
}

static KrValue get_cached(KrVm *vm, KrValue self) {
    KrValue v = own(vm, self, "_cached"), origin, located = get_has_location(vm, self);
    bool file;
    if (kr_is_error(v) || kr_is_error(located) || (!kr_is_unset(v) && !kr_is_none(v))) return v;
    if (!kr_find_attr(vm, self, KR_N(origin), &origin) || !kr_truth(vm, located, &file)) return KR_ERROR;
    if (!file || kr_is_unset(origin) || kr_is_none(origin)) return KR_NONE;
    v = ask_library(vm, "importlib._files", "_get_cached", origin);
    return !kr_is_error(v) && set(vm, self, "_cached", v) ? v : KR_ERROR;
}

static bool set_cached(KrVm *vm, KrValue self, KrValue value) {
    if (kr_is_unset(value)) return kr_fail(kr_raise(vm, &kr_attribute_error, "property 'cached' of 'ModuleSpec' object has no deleter"));
    return set(vm, self, "_cached", value);
}

static bool set_parent(KrVm *vm, KrValue self, KrValue value) {
    (void)self;
    return kr_fail(
        kr_raise(vm, &kr_attribute_error, "property 'parent' of 'ModuleSpec' object has no %s", kr_is_unset(value) ? "deleter" : "setter"));
}

static const KrGetSet spec_attributes[] = {
    { "parent", get_parent, set_parent, KR_DOC("The name of the module's parent.") },
    { "has_location", get_has_location, set_has_location, "" },
    { "cached", get_cached, set_cached, "" },
    { 0 },
};

// ---- repr and comparison -------------------------------------------------------------------------------------------------------

static KrValue spec_repr(KrVm *vm, KrValue self) {
    KrValue name, loader, origin, locations;
    if (!kr_find_attr(vm, self, KR_N(name), &name) || !kr_find_attr(vm, self, KR_N(loader), &loader) ||
        !kr_find_attr(vm, self, KR_N(origin), &origin) || !kr_find_attr(vm, self, KR_N(submodule_search_locations), &locations))
        return KR_ERROR;
    KrText t;
    kr_text_init(vm, &t);
    kr_text_add_c(&t, kr_type_name(kr_type_of(self)));
    kr_text_add_c(&t, "(name=");
    kr_text_add_repr(&t, kr_is_unset(name) ? KR_NONE : name);
    kr_text_add_c(&t, ", loader=");
    kr_text_add_repr(&t, kr_is_unset(loader) ? KR_NONE : loader);
    if (!kr_is_unset(origin) && !kr_is_none(origin)) kr_text_add_format(&t, ", origin=%R", origin);
    if (!kr_is_unset(locations) && !kr_is_none(locations)) kr_text_add_format(&t, ", submodule_search_locations=%R", locations);
    kr_text_add_c(&t, ")");
    return kr_text_str(&t);
}

// Two specs are equal if these are; the lists of locations may be any objects.
static KrValue spec_compare(KrVm *vm, KrValue a, KrValue b, KrCompareOp op) {
    static const char *const field[] = { "name", "loader", "origin", "submodule_search_locations", "cached", "has_location" };
    bool same = true;
    if (op != KR_EQ && op != KR_NE) return KR_NOTIMPL;
    for (size_t i = 0; same && i < KR_COUNT_OF(field); i++) {
        KrValue name = kr_name(vm, field[i]), x, y;
        if (kr_is_error(name) || !kr_find_attr(vm, a, name, &x) || !kr_find_attr(vm, b, name, &y)) return KR_ERROR;
        if (kr_is_unset(x) || kr_is_unset(y)) return KR_NOTIMPL;
        if (!kr_equal(vm, x, y, &same)) return KR_ERROR;
    }
    return kr_bool(same == (op == KR_EQ));
}

static const KrMethod spec_make = { "ModuleSpec(name, loader, *, origin=None, loader_state=None, is_package=None)", spec_init,
                                    KR_DOC("The specification for a module, used for loading."), 0 };

const KrType kr_module_spec_type = {
    KR_TYPE_HEAD(kr_module_spec_type),
    .name = "ModuleSpec",
    .module = "_frozen_importlib",
    .size = sizeof(KrObject),
    .flags = KR_TYPE_BASE | KR_TYPE_HAS_DICT | KR_TYPE_WEAKREF,
    .doc = KR_DOC("The specification for a module, used for loading."),
    .alloc = kr_alloc_instance,
    .init = &spec_make,
    .attributes = spec_attributes,
    .getattr = spec_getattr,
    .repr = spec_repr,
    .compare = spec_compare,
    .hash = kr_hash_unhashable,
};
