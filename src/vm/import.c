// import.c - importing by name: sys.modules first, then the finders; the import statement; the main program.
//
// sys.meta_path is made when a program first looks at it. Until then its three finders are three calls of C, and they stay that where they
// stand in the list: see import_load.c (builtin and frozen modules) and import_path.c.
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
#include "vm/audit.h"
#include "vm/builtins.h"
#include "vm/import_alias.h"
#include "vm/import_error.h"
#include "vm/import_load.h"
#include "vm/import_path.h"
#include "vm/import_turn.h"
#include "vm/op.h"

// ---- Finders -------------------------------------------------------------------------------------------------------------------

// The three finders of sys.meta_path as it begins, without a list or the Python classes that stand in it.
static KrValue find_builtin(KrVm *vm, KrValue name) {
    KrValue module = kr_load_builtin(vm, name);
    return kr_is_unset(module) ? kr_load_frozen(vm, name) : module;
}

static KrValue find_natively(KrVm *vm, KrValue name, KrValue path) {
    KrValue module = find_builtin(vm, name);
    if (!kr_is_unset(module) || !kr_may(vm, KR_ACCESS_IMPORT)) return module;
    return kr_find_on_path(vm, name, path);
}

static KrValue ask_finder(KrVm *vm, KrValue finder, KrValue name, KrValue path) {
    KrValue find, arg[3] = { name, path, KR_NONE };
    if (kr_same(finder, kr_importer(vm, KR_IMPORTER_BUILTIN))) return kr_load_builtin(vm, name);
    if (kr_same(finder, kr_importer(vm, KR_IMPORTER_FROZEN))) return kr_load_frozen(vm, name);
    if (kr_same(finder, kr_importer(vm, KR_IMPORTER_PATH)))
        return kr_may(vm, KR_ACCESS_IMPORT) ? kr_find_on_path(vm, name, path) : KR_UNSET;
    if (!kr_find_attr(vm, finder, KR_N(find_spec), &find)) return KR_ERROR;
    KrValue spec = kr_is_unset(find) ? KR_NONE : kr_call(vm, find, 3, arg);
    if (kr_is_error(spec)) return spec;
    return kr_is_none(spec) ? KR_UNSET : kr_load_spec(vm, spec);
}

// For audit hooks: (name, filename, sys.path, sys.meta_path, sys.path_hooks).
static bool audit_import(KrVm *vm, KrValue name) {
    static const char *const shown[] = { "path", "meta_path", "path_hooks" };
    KrValue arg[5] = { name, KR_NONE };
    for (size_t i = 0; i < KR_COUNT_OF(shown); i++)
        if (kr_is_error(arg[i + 2] = kr_sys_slot(vm, shown[i]))) return false;
    for (size_t i = 2; i < KR_COUNT_OF(arg); i++)
        if (kr_is_unset(arg[i])) arg[i] = KR_NONE; // it is gone
    return kr_audit(vm, "import", 5, arg);
}

// sys.meta_path once a program has looked at it: its finders in their order.
static KrValue find_module(KrVm *vm, KrValue name, KrValue path) {
    KrValue finders = kr_sys_slot(vm, "meta_path");
    if (kr_is_error(finders)) return finders;
    if (kr_is_unset(finders) && KR_AS(KrModuleObject, vm->sys)->def) return find_natively(vm, name, path);
    if (!kr_is_list(finders) && !kr_is_tuple(finders))
        return kr_raise(vm, &kr_import_error, "sys.meta_path is None, Python is likely shutting down");
    KrValue list = kr_list_from(vm, finders);
    if (kr_is_error(list)) return list;
    size_t count = 0;
    kr_list_items(list, &count);
    if (!count && !kr_warn(vm, &kr_import_warning, "sys.meta_path is empty")) return KR_ERROR;
    for (size_t i = 0; i < count; i++) {
        KrValue v = ask_finder(vm, kr_list_items(list, NULL)[i], name, path);
        if (!kr_is_unset(v)) return v;
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

#define LACKED \
    "No module named %R: it is part of the standard library that Krait does not carry; --stdlib auto takes it from an installed CPython"

// A public module of the standard library, and no library of CPython's is used?
static bool lacks(KrVm *vm, KrValue name) {
    size_t len;
    bool yes = false;
    if (!kr_is_str(name) || *kr_str_text(name, &len) == '_') return false;
    KrValue ours = kr_name(vm, "_stdlib"), names = kr_is_error(ours) ? ours : kr_stdlib_names(vm);
    if (!kr_is_error(names) && kr_is_ptr(kr_module_loaded(vm, ours))) return false;
    if (kr_is_error(names) || !kr_contains(vm, names, name, &yes)) (void)kr_take_raised(vm);
    return yes;
}

static KrValue not_found(KrVm *vm, KrValue name, KrValue parent) {
    if (kr_is_unset(parent) && !kr_may(vm, KR_ACCESS_IMPORT))
        return raise_not_found(vm, kr_format(vm, "No module named %R (this VM may not import from files: KR_ACCESS_IMPORT)", name), name);
    if (kr_is_unset(parent)) return raise_not_found(vm, kr_format(vm, lacks(vm, name) ? LACKED : "No module named %R", name), name);
    return raise_not_found(vm, kr_format(vm, "No module named %R; %R is not a package", name, parent), name);
}

static KrValue import_one(KrVm *vm, KrValue name);

// Under another name, the same module. KR_UNSET: it is none.
static KrValue load_alias(KrVm *vm, KrValue name) {
    KrValue real = kr_import_alias(vm, name);
    if (kr_is_unset(real) || kr_is_error(real)) return real;
    KrValue module = import_one(vm, real);
    return kr_is_error(module) ? module : kr_module_add(vm, name, module);
}

// Is the package the one of the same place under its real name? Then what is inside comes from there as well.
static bool is_alias(KrVm *vm, KrValue parent, KrValue package) {
    KrValue real = kr_import_alias(vm, parent);
    return kr_is_ptr(real) && kr_same(package, kr_module_loaded(vm, real));
}

static KrValue load(KrVm *vm, KrValue name) {
    KrValue parent = kr_parent_name(vm, name), path = KR_NONE, module;
    if (kr_is_error(parent)) return parent;
    if (kr_str_length(parent)) {
        KrValue package = kr_module_loaded(vm, parent);
        if (kr_is_unset(package)) package = import_one(vm, parent);
        if (kr_is_error(package)) return package;
        module = kr_module_loaded(vm, name); // importing the parent may have done it
        if (!kr_is_unset(module)) return module;
        if (is_alias(vm, parent, package)) return load_alias(vm, name);
        if (!kr_find_attr(vm, package, KR_N(__path__), &path)) return KR_ERROR;
        if (kr_is_unset(path)) return not_found(vm, name, parent);
    }
    if (!kr_is_unset(vm->audit_hooks) && !audit_import(vm, name)) return KR_ERROR;
    module = find_module(vm, name, path);
    if (kr_is_unset(module)) module = load_alias(vm, name);
    if (kr_is_unset(module)) return not_found(vm, name, KR_UNSET);
    if (!kr_is_error(module) && kr_str_length(parent)) {
        KrValue package = kr_module_loaded(vm, parent), part = kr_name(vm, kr_last_part(name));
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

// -X importtime: a line when a module is there, in microseconds.
static void add_padded(KrText *t, int64_t number, int width) {
    char digit[24];
    int n = (int)sizeof digit;
    do digit[--n] = (char)('0' + number % 10), number /= 10;
    while (number && n);
    for (int i = (int)sizeof digit - n; i < width; i++) kr_text_add(t, " ", 1);
    kr_text_add(t, digit + n, sizeof digit - (size_t)n);
}

static bool tell_time(KrVm *vm, KrValue name, int64_t own, int64_t all) {
    KrText t;
    kr_text_init(vm, &t);
    if (vm->flags.import_time == 1) kr_text_add_c(&t, "import time: self [us] | cumulative | imported package\n");
    vm->flags.import_time = 2;
    kr_text_add_c(&t, "import time: ");
    add_padded(&t, own / 1000, 9);
    kr_text_add_c(&t, " | ");
    add_padded(&t, all / 1000, 10);
    kr_text_add_c(&t, " | ");
    for (unsigned i = 0; i < vm->import_level; i++) kr_text_add(&t, "  ", 2);
    kr_text_add_format(&t, "%S\n", name);
    KrValue text = kr_text_str(&t);
    size_t len;
    if (kr_is_error(text)) return false;
    const char *p = kr_str_text(text, &len);
    return kr_console_write(vm, 2, p, len), true;
}

static KrValue load_timed(KrVm *vm, KrValue name) {
    int64_t start = kr_port_monotonic_ns(), outer = vm->import_nested;
    vm->import_nested = 0;
    vm->import_level++;
    KrValue module = load(vm, name);
    vm->import_level--;
    int64_t all = kr_port_monotonic_ns() - start, own = all - vm->import_nested;
    vm->import_nested = outer + all;
    KrValue raised = kr_is_error(module) ? kr_take_raised(vm) : KR_UNSET;
    if (!tell_time(vm, name, own, all) && !kr_is_error(module)) return KR_ERROR;
    if (kr_is_error(module)) vm->thread.raised = raised;
    return module;
}

static KrValue import_one(KrVm *vm, KrValue name) {
    KrImporting turn;
    if (!kr_import_wait(vm, name)) return KR_ERROR;
    KrValue module = kr_module_loaded(vm, name);
    if (kr_is_none(module)) return raise_not_found(vm, kr_format(vm, "import of %S halted; None in sys.modules", name), name);
    if (!kr_is_unset(module)) return module;
    if (!kr_enter(vm, " during import")) return KR_ERROR;
    kr_import_begin(vm, &turn, name);
    module = vm->flags.import_time ? load_timed(vm, name) : load(vm, name);
    kr_import_end(vm, &turn);
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

static bool is_given(KrValue v) { return !kr_is_unset(v) && !kr_is_none(v); }

// __package__ decides; a spec with another parent is worth a warning.
static KrValue check_package(KrVm *vm, KrValue package, KrValue spec) {
    bool same = true;
    if (!kr_is_str(package)) return kr_raise(vm, &kr_type_error, "package must be a string");
    KrValue parent = is_given(spec) ? kr_getattr(vm, spec, KR_N(parent)) : package;
    if (kr_is_error(parent) || !kr_equal(vm, package, parent, &same)) return KR_ERROR;
    return same || kr_warn(vm, &kr_deprecation_warning, "__package__ != __spec__.parent") ? package : KR_ERROR;
}

static KrValue package_by_name(KrVm *vm, KrValue globals) {
    KrValue name = KR_UNSET, path = KR_UNSET;
    if (!kr_warn(vm, &kr_import_warning, "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__"))
        return KR_ERROR;
    if (!kr_dict_find(vm, globals, KR_N(__name__), &name) || !kr_dict_find(vm, globals, KR_N(__path__), &path)) return KR_ERROR;
    if (kr_is_unset(name)) return kr_raise(vm, &kr_key_error, "'__name__' not in globals");
    if (!kr_is_str(name)) return kr_raise(vm, &kr_type_error, "__name__ must be a string");
    return kr_is_unset(path) ? kr_parent_name(vm, name) : name;
}

static KrValue package_of(KrVm *vm, KrValue globals) {
    KrValue package = KR_UNSET, spec = KR_UNSET;
    if (!kr_is_dict(globals)) return kr_raise(vm, &kr_type_error, "globals must be a dict");
    if (!kr_dict_find(vm, globals, KR_N(__package__), &package) || !kr_dict_find(vm, globals, KR_N(__spec__), &spec)) return KR_ERROR;
    if (is_given(package)) return check_package(vm, package, spec);
    if (!is_given(spec)) return package_by_name(vm, globals);
    KrValue parent = kr_getattr(vm, spec, KR_N(parent));
    if (kr_is_error(parent) || kr_is_str(parent)) return parent;
    return kr_raise(vm, &kr_type_error, "__spec__.parent must be a string");
}

static KrValue absolute_name(KrVm *vm, KrValue name, KrValue globals, intptr_t level) {
    KrValue package = package_of(vm, globals);
    if (kr_is_error(package)) return package;
    if (!kr_str_length(package)) return kr_raise(vm, &kr_import_error, "attempted relative import with no known parent package");
    for (; level > 1; level--) {
        package = kr_parent_name(vm, package);
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
    if (kr_is_error(module)) return kr_trim_import(vm, module);
    if (from) return import_list(vm, module, fromlist, false) ? module : kr_trim_import(vm, KR_ERROR);
    size_t len;
    const char *text = kr_str_text(name, &len), *dot = memchr(text, '.', len);
    if (!dot) return module;
    size_t full_len, cut = len - (size_t)(dot - text);
    const char *full_text = kr_str_text(full, &full_len);
    KrValue top = kr_name_len(vm, full_text, full_len - cut);
    if (kr_is_error(top)) return top;
    KrValue v = kr_module_loaded(vm, top);
    return kr_is_unset(v) ? kr_raise(vm, &kr_key_error, "%R not in sys.modules as expected", top) : v;
}

KrValue kr_op_import(KrVm *vm, KrFrame *f, KrValue name, KrValue fromlist, KrValue level) {
    KrValue hook, globals = kr_from_ptr(f->globals);
    if (!kr_dict_find(vm, kr_from_ptr(f->builtins), KR_N(__import__), &hook)) return KR_ERROR;
    bool other = f->builtins != KR_AS(KrModuleObject, vm->builtins)->dict; // names of the usual ones are made when they are looked up
    if (kr_is_unset(hook) && other) return kr_raise(vm, &kr_import_error, "__import__ not found");
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
        v = kr_module_loaded(vm, full);
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
    if (kr_is_error(vm->builtins) || kr_is_error(kr_module_add(vm, name, vm->builtins)) ||
        !kr_module_set_spec(vm, vm->builtins, name, KR_NONE, KR_NONE, "built-in"))
        return false;
    name = kr_name(vm, "sys");
    vm->sys = kr_module_from_def(vm, &kr_sys_module);
    if (kr_is_error(vm->sys) || kr_is_error(kr_module_add(vm, name, vm->sys)) ||
        !kr_module_set_spec(vm, vm->sys, name, KR_NONE, KR_NONE, "built-in"))
        return false;
    vm->main_module = kr_module_new(vm, KR_N(__main__));
    if (kr_is_error(vm->main_module) || kr_is_error(kr_module_add(vm, KR_N(__main__), vm->main_module))) return false;
    if (!kr_module_set(vm, vm->main_module, KR_N(__annotations__), kr_dict(vm))) return false;
    return kr_module_set(vm, vm->main_module, KR_N(__builtins__), vm->builtins) &&
           kr_module_set(vm, vm->main_module, KR_N(__package__), KR_NONE) && kr_module_set(vm, vm->main_module, KR_N(__spec__), KR_NONE);
}

KrValue kr_main_module(KrVm *vm) { return vm->main_module; }

// A program that exceeded a limit has not ended well, whoever caught the exception.
static KrValue ended(KrVm *vm, KrValue v) { return kr_is_error(v) || kr_within_limits(vm) ? v : KR_ERROR; }

static KrValue run_pieces(KrVm *vm, const char *source, size_t len, KrValue name, bool script) {
    KrValue text = kr_source_decode(vm, source, len, name, script);
    if (kr_is_error(text)) return text;
    KrProgram p = { .filename = name, .flags = vm->compile_flags | (script ? KR_COMPILE_SCRIPT : 0) };
    p.text = kr_str_text(text, &p.len);
    return kr_run_pieces(vm, &p);
}

static KrValue run_main(KrVm *vm, const char *source, size_t len, const char *filename, bool script) {
    if (kr_import_is_code(source, len)) return kr_import_run_code_file(vm, vm->main_module, source, len);
    KrValue name = kr_str_c(vm, filename);
    if (KR_DEVICE && !kr_is_error(name)) return ended(vm, run_pieces(vm, source, len, name, script));
    return kr_is_error(name) ? name : ended(vm, kr_import_run(vm, vm->main_module, kr_import_compile(vm, source, len, name, script)));
}

KrValue kr_run_main_typed(KrVm *vm, const char *source, size_t len, const char *filename) {
    if (kr_import_is_code(source, len)) return kr_import_run_code_file(vm, vm->main_module, source, len);
    KrValue name = kr_str_c(vm, filename), text = kr_is_error(name) ? name : kr_source_decode(vm, source, len, name, false);
    if (kr_is_error(text)) return text;
    kr_typed_keep(vm, name, text);
    source = kr_str_text(text, &len);
    return ended(vm, kr_import_run(vm, vm->main_module, kr_compile(vm, source, len, name, KR_PARSE_EXEC, vm->compile_flags)));
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
    KrValue v = !kr_is_error(file) && kr_module_set(vm, vm->main_module, KR_N(__file__), file)
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
