// import.c - finding and running modules: sys.modules first, then builtin modules, frozen ones, and sys.path; packages with and without
// __init__.py; relative imports. Each module gets a spec (types of lib/importlib when that is loaded, a plain namespace before).
// SPDX-License-Identifier: MIT
#include "vm/import.h"

#include "code/code_file.h"
#include "compile/compiler.h"
#include "object/list.h"
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "object/text.h"
#include "object/tuple.h"
#include "port.h"
#include "vm/access.h"
#include "vm/builtins.h"
#include "vm/op.h"

// ---- Where modules are kept ----------------------------------------------------------------------------------------------------

static KrValue find_loaded(KrVm *vm, KrValue name) {
    KrValue v;
    return kr_dict_find(vm, vm->modules, name, &v) ? v : KR_ERROR;
}

static KrValue add_module(KrVm *vm, KrValue name, KrValue module) { return kr_dict_set(vm, vm->modules, name, module) ? module : KR_ERROR; }

static bool set(KrVm *vm, KrValue module, KrValue name, KrValue value) {
    return !kr_is_error(value) && kr_dict_set(vm, kr_from_ptr(KR_AS(KrModuleObject, module)->dict), name, value);
}

static KrValue parent_name(KrVm *vm, KrValue name) {
    size_t len;
    const char *text = kr_str_text(name, &len);
    while (len && text[len - 1] != '.') len--;
    return len ? kr_name_len(vm, text, len - 1) : kr_name_len(vm, "", 0);
}

static const char *last_part(KrValue name) {
    const char *text = kr_str_text(name, NULL), *dot = strrchr(text, '.');
    return dot ? dot + 1 : text;
}

// __spec__ as an object with the attributes that programs read; lib/importlib gives it its class when it is imported.
static bool set_spec(KrVm *vm, KrValue module, KrValue name, KrValue origin, KrValue locations, const char *loader) {
    KrValue spec = kr_module_spec(vm, name, origin, locations, loader);
    return set(vm, module, KR_N(__spec__), spec);
}

static bool set_initializing(KrVm *vm, KrValue module, KrValue on) {
    KrValue *spec = kr_dict_find_name(KR_AS(KrModuleObject, module)->dict, KR_N(__spec__));
    return !spec || !kr_isa(*spec, &kr_module_spec_type) || kr_setattr(vm, *spec, KR_N(_initializing), on);
}

static KrValue prepare(KrVm *vm, KrValue name, KrValue package, KrValue origin, KrValue path, const char *loader) {
    KrValue module = kr_module_new(vm, name);
    if (kr_is_error(module)) return module;
    if (!set(vm, module, KR_N(__package__), package) || !set(vm, module, KR_N(__builtins__), vm->builtins)) return KR_ERROR;
    if (!kr_is_none(origin) && !set(vm, module, KR_N(__file__), origin)) return KR_ERROR;
    if (!kr_is_none(path) && !set(vm, module, KR_N(__path__), path)) return KR_ERROR;
    if (!set_spec(vm, module, name, origin, path, loader)) return KR_ERROR;
    return add_module(vm, name, module);
}

// ---- Running source and code ---------------------------------------------------------------------------------------------------

static KrValue run_code(KrVm *vm, KrValue module, KrValue code) {
    if (kr_is_error(code)) return code;
    KrValue dict = kr_from_ptr(KR_AS(KrModuleObject, module)->dict);
    if (!set_initializing(vm, module, KR_TRUE)) return KR_ERROR;
    KrValue v = kr_run_code(vm, code, dict, dict, KR_NONE);
    return kr_is_error(v) || set_initializing(vm, module, KR_FALSE) ? v : KR_ERROR;
}

// script: a program's main file, or its standard input.
static KrValue run_source(KrVm *vm, KrValue module, const char *text, size_t len, KrValue filename, bool script) {
    KrValue source = kr_source_decode(vm, text, len, filename, script);
    if (kr_is_error(source)) return source;
    text = kr_str_text(source, &len);
    unsigned flags = vm->compile_flags | (script ? KR_COMPILE_SCRIPT : 0);
    return run_code(vm, module, kr_compile(vm, text, len, filename, KR_PARSE_EXEC, flags));
}

// The module as it is in sys.modules after it ran; one that failed is taken out again.
static KrValue finish(KrVm *vm, KrValue name, KrValue result) {
    if (!kr_is_error(result)) {
        KrValue v = find_loaded(vm, name);
        return kr_is_unset(v) ? kr_raise(vm, &kr_key_error, "%R", name) : v;
    }
    KrValue raised = kr_take_raised(vm);
    bool found;
    if (!kr_dict_delete(vm, vm->modules, name, &found)) (void)kr_take_raised(vm);
    vm->thread.raised = raised;
    return KR_ERROR;
}

// A code file: verified, then run like source.
static KrValue run_code_file(KrVm *vm, KrValue module, const char *data, size_t len) {
    KrCode *code = kr_code_load(vm, data, len, 0);
    return code ? run_code(vm, module, kr_from_ptr(code)) : KR_ERROR;
}

static bool is_code_path(const char *path) {
    size_t len = strlen(path);
    return len > 4 && strcmp(path + len - 4, ".krc") == 0;
}

static KrValue load_file(KrVm *vm, KrValue name, const char *path, KrValue locations) {
    char *text;
    size_t len;
    int error = kr_port_read_file(path, &text, &len);
    KrValue origin = kr_str_c(vm, path);
    if (error) return kr_raise_os(vm, error, origin);
    KrValue package = kr_is_none(locations) ? parent_name(vm, name) : name;
    KrValue module = kr_is_error(package) || kr_is_error(origin) ? KR_ERROR : prepare(vm, name, package, origin, locations, "source");
    KrValue v = kr_is_error(module)  ? module
                : is_code_path(path) ? run_code_file(vm, module, text, len)
                                     : run_source(vm, module, text, len, origin, false);
    kr_port_free(text);
    return finish(vm, name, v);
}

// ---- Builtin and frozen modules ------------------------------------------------------------------------------------------------

static KrValue load_def(KrVm *vm, KrValue name, const KrModuleDef *def) {
    KrValue module = kr_module_from_def(vm, def);
    if (kr_is_error(module) || kr_is_error(add_module(vm, name, module))) return KR_ERROR;
    if (!set(vm, module, KR_N(__package__), parent_name(vm, name)) || !set_spec(vm, module, name, KR_NONE, KR_NONE, "built-in"))
        return KR_ERROR;
    if (def->init && !def->init(vm, module)) return finish(vm, name, KR_ERROR);
    return module;
}

// The file is part of the binary and was made by the compiler of the same source: it is trusted, and used where it is.
KrValue kr_frozen_code(KrVm *vm, const KrFrozen *module) {
    KrCode *code = kr_code_load(vm, module->code, module->len, KR_LOAD_PERMANENT | KR_LOAD_TRUSTED);
    return code ? kr_from_ptr(code) : KR_ERROR;
}

static KrValue find_builtin(KrVm *vm, KrValue name) {
    for (const KrModuleDef *const *d = kr_builtin_modules; *d; d++)
        if (kr_str_is(name, (*d)->name)) return load_def(vm, name, *d);
    for (const KrModuleDef *const *d = vm->extra_modules; d && *d; d++)
        if (kr_str_is(name, (*d)->name)) return load_def(vm, name, *d);
    for (const KrFrozen *f = kr_frozen_modules; f->name; f++) {
        if (!kr_str_is(name, f->name)) continue;
        KrValue path = f->package ? kr_list(vm, 0, NULL) : KR_NONE;
        if (kr_is_error(path)) return path;
        KrValue package = f->package ? name : parent_name(vm, name);
        KrValue module = kr_is_error(package) ? package : prepare(vm, name, package, KR_NONE, path, "frozen");
        if (kr_is_error(module)) return module;
        return finish(vm, name, run_code(vm, module, kr_frozen_code(vm, f)));
    }
    return KR_UNSET;
}

// ---- The path ------------------------------------------------------------------------------------------------------------------

static KrValue join_path(KrVm *vm, KrValue folder, const char *rest, const char *suffix) {
    size_t len;
    const char *text = kr_str_text(folder, &len);
    if (!len) return kr_format(vm, "%s%s", rest, suffix);
    return kr_format(vm, text[len - 1] == '/' ? "%S%s%s" : "%S/%s%s", folder, rest, suffix);
}

// The file base.py, or base.krc where there is no source; KR_UNSET: neither.
static KrValue find_file(KrVm *vm, KrValue base) {
    static const char *const suffixes[] = { ".py", ".krc" };
    for (size_t i = 0; i < KR_COUNT_OF(suffixes); i++) {
        KrValue file = kr_format(vm, "%S%s", base, suffixes[i]);
        if (kr_is_error(file) || kr_port_path_kind(kr_str_text(file, NULL)) == KR_PATH_FILE) return file;
    }
    return KR_UNSET;
}

static KrValue find_in_folder(KrVm *vm, KrValue name, KrValue folder, KrValue namespace_parts) {
    KrValue base = join_path(vm, folder, last_part(name), ""), file;
    if (kr_is_error(base)) return base;
    int kind = kr_port_path_kind(kr_str_text(base, NULL));
    if (kind == KR_PATH_FOLDER) {
        KrValue init = join_path(vm, base, "__init__", "");
        file = kr_is_error(init) ? init : find_file(vm, init);
        if (kr_is_error(file)) return file;
        if (!kr_is_unset(file)) {
            KrValue locations = kr_list(vm, 1, &base);
            return kr_is_error(locations) ? locations : load_file(vm, name, kr_str_text(file, NULL), locations);
        }
    }
    file = find_file(vm, base);
    if (kr_is_error(file)) return file;
    if (!kr_is_unset(file)) return load_file(vm, name, kr_str_text(file, NULL), KR_NONE);
    if (kind == KR_PATH_FOLDER && !kr_list_append(vm, namespace_parts, base)) return KR_ERROR;
    return KR_UNSET;
}

static KrValue find_on_path(KrVm *vm, KrValue name, KrValue path) {
    KrValue list = kr_list_from(vm, path), parts = kr_is_error(list) ? list : kr_list(vm, 0, NULL);
    if (kr_is_error(parts)) return parts;
    size_t count;
    for (size_t i = 0; kr_list_items(list, &count), i < count; i++) {
        KrValue folder = kr_list_items(list, NULL)[i];
        if (!kr_is_str(folder)) continue;
        KrValue v = find_in_folder(vm, name, folder, parts);
        if (!kr_is_unset(v)) return v;
    }
    kr_list_items(parts, &count);
    if (!count) return KR_UNSET;
    return prepare(vm, name, name, KR_NONE, parts, "namespace");
}

// sys.meta_path: finders that programs put there are asked first.
static KrValue find_by_finders(KrVm *vm, KrValue name, KrValue path) {
    KrValue finders;
    if (!kr_find_attr(vm, vm->sys, KR_N(meta_path), &finders)) return KR_ERROR;
    size_t count = 0;
    for (size_t i = 0; kr_is_list(finders) && (kr_list_items(finders, &count), i < count); i++) {
        KrValue find, arg[3] = { name, path, KR_NONE };
        if (!kr_find_attr(vm, kr_list_items(finders, NULL)[i], KR_N(find_spec), &find)) return KR_ERROR;
        if (kr_is_unset(find)) continue;
        KrValue spec = kr_call(vm, find, 3, arg);
        if (kr_is_error(spec)) return spec;
        if (kr_is_none(spec)) continue;
        KrValue load = kr_import(vm, "importlib._bootstrap");
        return kr_is_error(load) ? load : kr_call_method(vm, load, "_load", 1, &spec);
    }
    return KR_UNSET;
}

// Raises ModuleNotFoundError(message, name=name).
static KrValue raise_not_found(KrVm *vm, KrValue message, KrValue name) {
    if (kr_is_error(message)) return message;
    KrValue names = KR_N(name), tuple = kr_tuple(vm, 1, &names), arg[2] = { message, name };
    KrValue e = kr_is_error(tuple) ? tuple : kr_call_names(vm, kr_type_value(&kr_module_not_found_error), arg, 1, tuple);
    return kr_is_error(e) ? e : kr_raise_value(vm, e);
}

static KrValue not_found(KrVm *vm, KrValue name, KrValue parent) {
    if (kr_is_unset(parent) && !kr_may(vm, KR_ACCESS_IMPORT))
        return raise_not_found(vm, kr_format(vm, "No module named %R (this VM may not import from files: KR_ACCESS_IMPORT)", name), name);
    if (kr_is_unset(parent)) return raise_not_found(vm, kr_format(vm, "No module named %R", name), name);
    return raise_not_found(vm, kr_format(vm, "No module named %R; %R is not a package", name, parent), name);
}

static KrValue import_one(KrVm *vm, KrValue name);

static KrValue load(KrVm *vm, KrValue name) {
    KrValue parent = parent_name(vm, name), path = KR_NONE, module;
    if (kr_is_error(parent)) return parent;
    if (kr_str_length(parent)) {
        KrValue package = import_one(vm, parent);
        if (kr_is_error(package)) return package;
        module = find_loaded(vm, name); // importing the parent may have done it
        if (!kr_is_unset(module)) return module;
        if (!kr_find_attr(vm, package, KR_N(__path__), &path)) return KR_ERROR;
        if (kr_is_unset(path)) return not_found(vm, name, parent);
    }
    module = find_by_finders(vm, name, path);
    if (kr_is_unset(module)) module = find_builtin(vm, name);
    if (kr_is_unset(module)) {
        if (kr_is_none(path)) {
            path = kr_getattr(vm, vm->sys, KR_N(path));
            if (kr_is_error(path)) return path;
        }
        module = kr_may(vm, KR_ACCESS_IMPORT) ? find_on_path(vm, name, path) : KR_UNSET;
    }
    if (kr_is_unset(module)) return not_found(vm, name, KR_UNSET);
    if (!kr_is_error(module) && kr_str_length(parent)) {
        KrValue package = find_loaded(vm, parent), part = kr_name(vm, last_part(name));
        if (kr_is_error(part)) return part;
        if (!kr_is_unset(package) && !kr_setattr(vm, package, part, module)) return KR_ERROR;
    }
    return module;
}

// -v: what was imported, and where from.
static bool tell(KrVm *vm, KrValue name, KrValue module) {
    KrValue file = KR_UNSET;
    size_t len;
    if (!kr_find_attr(vm, module, KR_N(__file__), &file)) return false;
    KrValue text = kr_is_unset(file) ? kr_format(vm, "import %R # part of Krait\n", name) : kr_format(vm, "import %R # %S\n", name, file);
    if (kr_is_error(text)) return false;
    const char *p = kr_str_text(text, &len);
    return kr_console_write(vm, 2, p, len), true;
}

static KrValue import_one(KrVm *vm, KrValue name) {
    KrValue module = find_loaded(vm, name);
    if (kr_is_none(module)) return raise_not_found(vm, kr_format(vm, "import of %S halted; None in sys.modules", name), name);
    if (!kr_is_unset(module)) return module;
    if (!kr_enter(vm, " during import")) return KR_ERROR;
    module = load(vm, name);
    kr_leave(vm);
    if (vm->flags.verbose && !kr_is_error(module) && !tell(vm, name, module)) return KR_ERROR;
    return module;
}

KrValue kr_import_dotted(KrVm *vm, KrValue name) {
    name = kr_intern(vm, name);
    return kr_is_error(name) ? name : import_one(vm, name);
}

KrValue kr_import(KrVm *vm, const char *text) {
    KrValue name = kr_name(vm, text);
    return kr_is_error(name) ? name : import_one(vm, name);
}

// ---- The import statement ------------------------------------------------------------------------------------------------------

static KrValue package_of(KrVm *vm, KrValue globals) {
    KrValue package = KR_UNSET, spec = KR_UNSET, name = KR_UNSET, path = KR_UNSET;
    if (!kr_is_dict(globals)) return kr_raise(vm, &kr_type_error, "globals must be a dict");
    if (!kr_dict_find(vm, globals, KR_N(__package__), &package) || !kr_dict_find(vm, globals, KR_N(__spec__), &spec)) return KR_ERROR;
    if (!kr_is_unset(package) && !kr_is_none(package))
        return kr_is_str(package) ? package : kr_raise(vm, &kr_type_error, "package must be a string");
    if (!kr_is_unset(spec) && !kr_is_none(spec)) return kr_getattr(vm, spec, KR_N(parent));
    if (!kr_dict_find(vm, globals, KR_N(__name__), &name) || !kr_dict_find(vm, globals, KR_N(__path__), &path)) return KR_ERROR;
    if (kr_is_unset(name)) return kr_raise(vm, &kr_key_error, "'__name__' not in globals");
    return kr_is_unset(path) ? parent_name(vm, name) : name;
}

static KrValue absolute_name(KrVm *vm, KrValue name, KrValue globals, intptr_t level) {
    KrValue package = package_of(vm, globals);
    if (kr_is_error(package)) return package;
    if (!kr_str_length(package)) return kr_raise(vm, &kr_import_error, "attempted relative import with no known parent package");
    for (; level > 1; level--) {
        package = parent_name(vm, package);
        if (kr_is_error(package)) return package;
        if (!kr_str_length(package)) return kr_raise(vm, &kr_import_error, "attempted relative import beyond top-level package");
    }
    return kr_str_length(name) ? kr_format(vm, "%S.%S", package, name) : package;
}

static bool import_list(KrVm *vm, KrValue module, KrValue list, bool recursive) {
    KrValue path, names = kr_list_from(vm, list);
    size_t count;
    if (kr_is_error(names) || !kr_find_attr(vm, module, KR_N(__path__), &path)) return false;
    if (kr_is_unset(path)) return true;
    for (size_t i = 0; kr_list_items(names, &count), i < count; i++) {
        KrValue item = kr_list_items(names, NULL)[i], v;
        if (!kr_is_str(item))
            return kr_fail(kr_raise(vm, &kr_type_error, "Item in %s must be str, not %T", recursive ? "__all__" : "``from list''", item));
        if (kr_str_is(item, "*")) {
            KrValue all;
            if (recursive || !kr_find_attr(vm, module, KR_N(__all__), &all)) return !recursive ? false : true;
            if (!kr_is_unset(all) && !import_list(vm, module, all, true)) return false;
            continue;
        }
        if (!kr_find_attr(vm, module, item, &v)) return false;
        if (!kr_is_unset(v)) continue;
        KrValue name = kr_getattr(vm, module, KR_N(__name__));
        KrValue full = kr_is_error(name) ? name : kr_format(vm, "%S.%S", name, item);
        v = kr_is_error(full) ? full : kr_import_dotted(vm, full);
        if (!kr_is_error(v)) continue;
        if (!kr_raised_is(vm, &kr_module_not_found_error)) return false;
        KrValue e = vm->thread.raised, missing;
        if (!kr_find_attr(vm, e, KR_N(name), &missing)) return false;
        bool same = false;
        if (kr_is_str(missing)) same = kr_str_equal(missing, full);
        if (!same) return false;
        (void)kr_take_raised(vm); // IMPORTFROM says what is missing
    }
    return true;
}

KrValue kr_import_call(KrVm *vm, KrValue name, KrValue globals, KrValue fromlist, KrValue level_value) {
    intptr_t level;
    bool from;
    if (!kr_is_str(name)) return kr_raise(vm, &kr_type_error, "module name must be a string");
    if (!kr_to_index(vm, level_value, &level) || !kr_truth(vm, fromlist, &from)) return KR_ERROR;
    if (level < 0) return kr_raise(vm, &kr_value_error, "level must be >= 0");
    if (!level && !kr_str_length(name)) return kr_raise(vm, &kr_value_error, "Empty module name");
    KrValue full = level ? absolute_name(vm, name, globals, level) : name;
    KrValue module = kr_is_error(full) ? full : kr_import_dotted(vm, full);
    if (kr_is_error(module)) return module;
    if (from) return import_list(vm, module, fromlist, false) ? module : KR_ERROR;
    size_t len;
    const char *text = kr_str_text(name, &len), *dot = memchr(text, '.', len);
    if (!dot) return module;
    size_t full_len, cut = len - (size_t)(dot - text);
    const char *full_text = kr_str_text(full, &full_len);
    KrValue top = kr_name_len(vm, full_text, full_len - cut);
    if (kr_is_error(top)) return top;
    KrValue v = find_loaded(vm, top);
    return kr_is_unset(v) ? kr_raise(vm, &kr_key_error, "%R not in sys.modules as expected", top) : v;
}

KrValue kr_op_import(KrVm *vm, KrFrame *f, KrValue name, KrValue fromlist, KrValue level) {
    KrValue hook, globals = kr_from_ptr(f->globals);
    if (!kr_dict_find(vm, kr_from_ptr(f->builtins), KR_N(__import__), &hook)) return KR_ERROR;
    if (kr_is_unset(hook) || kr_is_exact(hook, &kr_native_type)) return kr_import_call(vm, name, globals, fromlist, level);
    KrValue locals = f->code->flags & KR_CODE_NAMESPACE ? f->base[0] : KR_NONE;
    KrValue arg[5] = { name, globals, locals, fromlist, level };
    return kr_call(vm, hook, 5, arg);
}

KrValue kr_op_import_from(KrVm *vm, KrValue module, KrValue name) {
    KrValue v, package;
    if (!kr_find_attr(vm, module, name, &v)) return KR_ERROR;
    if (!kr_is_unset(v)) return v;
    if (!kr_find_attr(vm, module, KR_N(__name__), &package)) return KR_ERROR;
    if (kr_is_str(package)) { // a submodule of a package that is half imported
        KrValue full = kr_format(vm, "%S.%S", package, name);
        if (kr_is_error(full)) return full;
        v = find_loaded(vm, full);
        if (!kr_is_unset(v)) return v;
    }
    return kr_raise_cannot_import(vm, module, package, name);
}

// The names in __all__, which are asked for one by one, as those of any sequence.
static KrValue listed_names(KrVm *vm, KrValue all) {
    if (kr_is_exact(all, &kr_list_type) || kr_is_exact(all, &kr_tuple_type)) return kr_list_from(vm, all);
    const KrType *type = kr_type_of(all);
    KrValue list = kr_list(vm, 0, NULL);
    if (kr_is_error(list)) return list;
    if (kr_is_unset(kr_type_lookup(vm, type, KR_N(__getitem__))))
        return kr_raise(vm, &kr_type_error, "'%T' object does not support indexing", all);
    if (!kr_is_heap_type(type) && (type->flags & KR_TYPE_MAPPING)) return kr_raise(vm, &kr_type_error, "%T is not a sequence", all);
    for (intptr_t i = 0;; i++) {
        KrValue name = kr_getitem(vm, all, kr_int_box(i));
        if (kr_is_error(name) && kr_raised_is(vm, &kr_index_error)) return (void)kr_take_raised(vm), list;
        if (kr_is_error(name) || !kr_list_append(vm, list, name)) return KR_ERROR;
    }
}

bool kr_op_import_star(KrVm *vm, KrFrame *f, KrValue module) {
    KrValue all, ns = f->base[0];
    if (!kr_find_attr(vm, module, KR_N(__all__), &all)) return false;
    bool skip_private = kr_is_unset(all);
    if (skip_private) {
        KrValue dict;
        if (!kr_find_attr(vm, module, KR_N(__dict__), &dict)) return false;
        if (kr_is_unset(dict)) return kr_fail(kr_raise(vm, &kr_import_error, "from-import-* object has no __dict__ and no __all__"));
        all = kr_call_method(vm, dict, "keys", 0, NULL);
        if (kr_is_error(all)) return false;
    }
    KrValue names = skip_private ? kr_list_from(vm, all) : listed_names(vm, all);
    size_t count;
    if (kr_is_error(names)) return false;
    for (size_t i = 0; kr_list_items(names, &count), i < count; i++) {
        KrValue name = kr_list_items(names, NULL)[i];
        if (!kr_is_str(name)) {
            KrValue m = kr_getattr(vm, module, KR_N(__name__));
            if (kr_is_error(m)) return false;
            return kr_fail(kr_raise(vm, &kr_type_error,
                                    skip_private ? "Key in %S.__dict__ must be str, not %T" : "Item in %S.__all__ must be str, not %T", m,
                                    name));
        }
        if (skip_private && kr_str_text(name, NULL)[0] == '_') continue;
        KrValue v = kr_getattr(vm, module, name);
        if (kr_is_error(v) || !kr_setitem(vm, ns, name, v)) return false;
    }
    return true;
}

// ---- Start and the main program ------------------------------------------------------------------------------------------------

bool kr_import_init(KrVm *vm) {
    vm->modules = kr_dict(vm);
    if (kr_is_error(vm->modules)) return false;
    KrValue name = kr_name(vm, "builtins");
    vm->builtins = kr_module_from_def(vm, &kr_builtins_module);
    if (kr_is_error(vm->builtins) || kr_is_error(add_module(vm, name, vm->builtins)) ||
        !set_spec(vm, vm->builtins, name, KR_NONE, KR_NONE, "built-in"))
        return false;
    name = kr_name(vm, "sys");
    vm->sys = kr_module_from_def(vm, &kr_sys_module);
    if (kr_is_error(vm->sys) || kr_is_error(add_module(vm, name, vm->sys)) || !set_spec(vm, vm->sys, name, KR_NONE, KR_NONE, "built-in"))
        return false;
    vm->main_module = kr_module_new(vm, KR_N(__main__));
    if (kr_is_error(vm->main_module) || kr_is_error(add_module(vm, KR_N(__main__), vm->main_module))) return false;
    if (!set(vm, vm->main_module, KR_N(__annotations__), kr_dict(vm))) return false;
    return set(vm, vm->main_module, KR_N(__builtins__), vm->builtins) && set(vm, vm->main_module, KR_N(__package__), KR_NONE) &&
           set(vm, vm->main_module, KR_N(__spec__), KR_NONE);
}

KrValue kr_main_module(KrVm *vm) { return vm->main_module; }

// A program that exceeded a limit has not ended well, whoever caught the exception.
static KrValue ended(KrVm *vm, KrValue v) { return kr_is_error(v) || kr_within_limits(vm) ? v : KR_ERROR; }

static KrValue run_main(KrVm *vm, const char *source, size_t len, const char *filename, bool script) {
    if (kr_code_is_file(source, len)) return run_code_file(vm, vm->main_module, source, len);
    KrValue name = kr_str_c(vm, filename);
    return kr_is_error(name) ? name : ended(vm, run_source(vm, vm->main_module, source, len, name, script));
}

KrValue kr_run_main_typed(KrVm *vm, const char *source, size_t len, const char *filename) {
    if (kr_code_is_file(source, len)) return run_code_file(vm, vm->main_module, source, len);
    KrValue name = kr_str_c(vm, filename), text = kr_is_error(name) ? name : kr_source_decode(vm, source, len, name, false);
    if (kr_is_error(text)) return text;
    kr_typed_keep(vm, name, text);
    source = kr_str_text(text, &len);
    return ended(vm, run_code(vm, vm->main_module, kr_compile(vm, source, len, name, KR_PARSE_EXEC, vm->compile_flags)));
}

KrValue kr_run_main_source(KrVm *vm, const char *source, size_t len, const char *filename) {
    return run_main(vm, source, len, filename, true);
}

KrValue kr_run(KrVm *vm, const char *source, size_t len, const char *filename) { return run_main(vm, source, len, filename, false); }

KrValue kr_eval(KrVm *vm, const char *source, size_t len) {
    KrValue name = kr_str_c(vm, "<eval>"), dict = kr_from_ptr(KR_AS(KrModuleObject, vm->main_module)->dict);
    KrValue code = kr_is_error(name) ? name : kr_compile(vm, source, len, name, KR_PARSE_EVAL, 0);
    return kr_is_error(code) ? code : ended(vm, kr_run_code(vm, code, dict, dict, KR_NONE));
}

KrValue kr_run_main_file(KrVm *vm, const char *path) {
    char *text;
    size_t len;
    KrValue file = kr_str_c(vm, path);
    if (kr_is_error(file)) return file;
    int error = kr_port_read_file(path, &text, &len);
    if (error) return kr_raise_os(vm, error, file);
    char *folder = path[0] == '/' ? NULL : kr_port_real_path("."); // the name is absolute, as it was given otherwise
    if (folder) file = kr_format(vm, strcmp(folder, "/") == 0 ? "%s%s" : "%s/%s", folder, path);
    kr_port_free(folder);
    KrValue v = !kr_is_error(file) && set(vm, vm->main_module, KR_N(__file__), file)
                    ? kr_run_main_source(vm, text, len, kr_str_text(file, NULL))
                    : KR_ERROR;
    kr_port_free(text);
    return v;
}

// python -m: the module (or a package's __main__) runs under the name __main__.
KrValue kr_run_main_module(KrVm *vm, const char *name) {
    KrValue module = kr_import(vm, "runpy");
    if (kr_is_error(module)) return module;
    KrValue text = kr_str_c(vm, name);
    return kr_is_error(text) ? text : kr_call_method(vm, module, "_run_module_as_main", 1, &text);
}
