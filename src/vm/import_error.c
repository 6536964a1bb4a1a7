// import_error.c - exceptions of imports. A name may be missing because the module is still running (a circular import), or because a file of
// the program has the name of a module of the library; messages say so.
// SPDX-License-Identifier: MIT
#include "vm/import_error.h"

#include "object/exception.h"
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/set.h"
#include "object/str.h"
#include "vm/import_cache.h"
#include "vm/import_load.h"
#include "vm/traceback.h"

// ---- Why a name may be missing -------------------------------------------------------------------------------------------------

typedef struct {
    KrValue name, origin; // of the module; KR_UNSET: not a text, not from a file
    bool initializing;    // its code is being run
    bool hides;           // it lies beside the program, where it comes before modules of the same name
    bool hides_library;   // and the library has one
} Cause;

static KrValue own(KrValue module, KrValue name) {
    KrValue *slot = kr_is_module(module) ? kr_dict_find_name(KR_AS(KrModuleObject, module)->dict, name) : NULL;
    return slot ? *slot : KR_UNSET;
}

static bool is_initializing(KrVm *vm, KrValue module, bool *out) {
    KrValue spec = own(module, KR_N(__spec__)), v;
    *out = false;
    if (kr_is_unset(spec) || kr_is_none(spec)) return true;
    if (!kr_find_attr(vm, spec, KR_N(_initializing), &v)) return false;
    return kr_is_unset(v) || kr_truth(vm, v, out);
}

static bool find_origin(KrVm *vm, KrValue spec, KrValue *out) {
    KrValue located;
    bool file = false;
    *out = KR_UNSET;
    if (kr_is_unset(spec) || kr_is_none(spec)) return true;
    if (!kr_find_attr(vm, spec, KR_N(has_location), &located) || (!kr_is_unset(located) && !kr_truth(vm, located, &file))) return false;
    if (file && !kr_find_attr(vm, spec, KR_N(origin), out)) return false;
    if (!kr_is_str(*out)) *out = KR_UNSET;
    return true;
}

// Is the file (or the package whose __init__.py it is) in the folder that sys.path began with?
static bool is_beside_program(KrVm *vm, KrValue origin, bool *out) {
    size_t len, count;
    KrValue first = kr_is_str(vm->path_first) ? kr_path_absolute(vm, vm->path_first) : KR_UNSET;
    *out = false;
    if (kr_is_unset(first) || kr_is_unset(origin)) return true;
    if (kr_is_error(first)) return false;
    const char *text = kr_str_text(origin, &len), *folder = kr_str_text(first, &count);
    if (len > 12 && strcmp(text + len - 12, "/__init__.py") == 0) len -= 12;
    while (len && text[len - 1] != '/') len--;
    *out = len > 1 && len - 1 == count && memcmp(text, folder, count) == 0;
    return true;
}

static bool find_cause(KrVm *vm, KrValue module, KrValue name, Cause *c) {
    *c = (Cause){ .name = name };
    KrValue spec = own(module, KR_N(__spec__)), names;
    if (!find_origin(vm, spec, &c->origin) || !is_beside_program(vm, c->origin, &c->hides) ||
        !is_initializing(vm, module, &c->initializing))
        return false;
    if (!c->hides || !kr_is_str(name)) return true;
    if (!kr_find_attr(vm, vm->sys, kr_name(vm, "stdlib_module_names"), &names)) return false;
    return !kr_isa(names, &kr_frozenset_type) || kr_contains(vm, names, name, &c->hides_library);
}

// ---- Messages ------------------------------------------------------------------------------------------------------------------

// Is module.name a module whose code is being run?
static bool is_running_submodule(KrVm *vm, KrValue module, KrValue name, bool *out) {
    KrValue full = kr_format(vm, "%S.%S", module, name), v = kr_is_error(full) ? full : kr_module_loaded(vm, full);
    *out = false;
    return !kr_is_error(v) && (!kr_is_module(v) || is_initializing(vm, v, out));
}

KrValue kr_module_no_attribute(KrVm *vm, KrValue self, KrValue name) {
    const KrType *e = &kr_attribute_error;
    KrValue module = own(self, KR_N(__name__));
    bool running;
    Cause c;
    if (!kr_is_str(module)) return kr_raise(vm, e, "module has no attribute '%S'", name);
    if (!find_cause(vm, self, module, &c)) return KR_ERROR;
    if (c.hides_library)
        return kr_raise(vm, e,
                        "module '%S' has no attribute '%S' (consider renaming '%S' since it has the same name as the standard library "
                        "module named '%S' and the import system gives it precedence)",
                        module, name, c.origin, module);
    if (c.initializing && c.hides)
        return kr_raise(vm, e,
                        "module '%S' has no attribute '%S' (consider renaming '%S' if it has the same name as a third-party module you "
                        "intended to import)",
                        module, name, c.origin);
    if (c.initializing && !kr_is_unset(c.origin))
        return kr_raise(vm, e, "partially initialized module '%S' from '%S' has no attribute '%S' (most likely due to a circular import)",
                        module, c.origin, name);
    if (c.initializing)
        return kr_raise(vm, e, "partially initialized module '%S' has no attribute '%S' (most likely due to a circular import)", module,
                        name);
    if (!is_running_submodule(vm, module, name, &running)) return KR_ERROR;
    if (running) return kr_raise(vm, e, "cannot access submodule '%S' of module '%S' (most likely due to a circular import)", name, module);
    return kr_raise(vm, e, "module '%S' has no attribute '%S'", module, name);
}

static KrValue cannot_import(KrVm *vm, const Cause *c, KrValue name, KrValue file) {
    const char *format = c->initializing
                             ? "cannot import name %R from partially initialized module %R (most likely due to a circular import) (%S)"
                             : "cannot import name %R from %R (%S)";
    KrValue where = kr_is_str(file) ? file : kr_str_c(vm, "unknown location");
    return kr_is_error(where) ? where : kr_format(vm, format, name, c->name, where);
}

KrValue kr_raise_cannot_import(KrVm *vm, KrValue module, KrValue package, KrValue name) {
    KrValue file, path;
    Cause c;
    bool known = kr_is_str(package);
    if (!known) package = kr_str_c(vm, "<unknown module name>");
    if (kr_is_error(package) || !find_cause(vm, module, package, &c)) return KR_ERROR;
    if (!kr_find_attr(vm, module, KR_N(__file__), &path)) return KR_ERROR;
    file = kr_is_unset(c.origin) ? path : c.origin;
    KrValue message = cannot_import(vm, &c, name, file), names[3] = { KR_N(name), KR_N(path), KR_N(name_from) };
    KrValue tuple = kr_tuple(vm, 3, names), arg[4] = { message, known ? package : KR_NONE, kr_is_unset(file) ? KR_NONE : file, name };
    KrValue e = kr_is_error(message) || kr_is_error(tuple) ? KR_ERROR : kr_call_names(vm, kr_type_value(&kr_import_error), arg, 1, tuple);
    return kr_is_error(e) ? e : kr_raise_value(vm, e);
}

// ---- Tracebacks ----------------------------------------------------------------------------------------------------------------

static bool is_importer_frame(const KrTraceback *t) {
    static const char *const file[] = { "<frozen importlib._bootstrap>", "<frozen importlib._files>", "<frozen importlib._cache>" };
    for (size_t i = 0; i < KR_COUNT_OF(file); i++)
        if (kr_str_is(t->code->filename, file[i])) return true;
    return false;
}

// Rows of the import system's frames go if they led to what the module itself did, or if the import is what failed.
KrValue kr_trim_import(KrVm *vm, KrValue v) {
    KrValue e = vm->thread.raised;
    if (!kr_is_error(v) || !kr_is_exception(e)) return v;
    KrExceptionObject *x = kr_exception_of(e);
    bool always = kr_isa(e, &kr_import_error), inside = false;
    void *owner = x, *row_owner = x;
    KrValue *link = &x->traceback, *row = link;
    for (KrValue at = *link; kr_is_ptr(at) && !kr_is_none(at);) {
        KrTraceback *t = KR_AS(KrTraceback, at);
        bool now = is_importer_frame(t);
        if (now && !inside) row = link, row_owner = owner;
        inside = now;
        at = t->next;
        if (now && (always || kr_str_is(t->code->name, "_call_with_frames_removed"))) {
            kr_store(vm, row_owner, row, at);
            link = row, owner = row_owner;
        } else link = &t->next, owner = t;
    }
    return v;
}
