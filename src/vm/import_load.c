// import_load.c - making modules and running their code. A module is in sys.modules before its code runs, and taken out again if that fails.
// SPDX-License-Identifier: MIT
#include "vm/import_load.h"

#include "code/code_file.h"
#include "compile/compiler.h"
#include "object/list.h"
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "object/text.h"
#include "port.h"
#include "vm/builtins.h"
#include "vm/import.h"
#include "vm/import_cache.h"

// ---- Where modules are kept ----------------------------------------------------------------------------------------------------

KrValue kr_module_loaded(KrVm *vm, KrValue name) {
    KrValue v;
    return kr_dict_find(vm, vm->modules, name, &v) ? v : KR_ERROR;
}

KrValue kr_module_add(KrVm *vm, KrValue name, KrValue module) { return kr_dict_set(vm, vm->modules, name, module) ? module : KR_ERROR; }

bool kr_module_set(KrVm *vm, KrValue module, KrValue name, KrValue v) {
    return !kr_is_error(v) && kr_dict_set(vm, kr_from_ptr(KR_AS(KrModuleObject, module)->dict), name, v);
}

KrValue kr_parent_name(KrVm *vm, KrValue name) {
    size_t len;
    const char *text = kr_str_text(name, &len);
    while (len && text[len - 1] != '.') len--;
    return len ? kr_name_len(vm, text, len - 1) : kr_name_len(vm, "", 0);
}

const char *kr_last_part(KrValue name) {
    const char *text = kr_str_text(name, NULL), *dot = strrchr(text, '.');
    return dot ? dot + 1 : text;
}

// __spec__ as an object with the attributes that programs read; lib/importlib gives it its loader when that is asked for.
bool kr_module_set_spec(KrVm *vm, KrValue module, KrValue name, KrValue origin, KrValue locations, const char *loader) {
    KrValue spec = kr_module_spec(vm, name, origin, locations, loader);
    return kr_module_set(vm, module, KR_N(__spec__), spec);
}

static bool set_initializing(KrVm *vm, KrValue module, KrValue on) {
    KrValue *spec = kr_dict_find_name(KR_AS(KrModuleObject, module)->dict, KR_N(__spec__));
    return !spec || !kr_isa(*spec, &kr_module_spec_type) || kr_setattr(vm, *spec, KR_N(_initializing), on);
}

// Of a module from a file: where its code is, or would be, cached.
static bool set_cached(KrVm *vm, KrValue module, KrValue origin) {
    size_t len;
    const char *text = kr_str_text(origin, &len);
    bool source = len > 3 && strcmp(text + len - 3, ".py") == 0;
    return kr_module_set(vm, module, KR_N(__cached__), source ? kr_cache_path(vm, origin, kr_cache_level(vm)) : origin);
}

static KrValue prepare(KrVm *vm, KrValue name, KrValue package, KrValue origin, KrValue path, const char *loader) {
    KrValue module = kr_module_new(vm, name);
    if (kr_is_error(module)) return module;
    if (!kr_module_set(vm, module, KR_N(__package__), package) || !kr_module_set(vm, module, KR_N(__builtins__), vm->builtins))
        return KR_ERROR;
    if (!kr_is_none(origin) && (!kr_module_set(vm, module, KR_N(__file__), origin) || !set_cached(vm, module, origin))) return KR_ERROR;
    if (!kr_is_none(path) && !kr_module_set(vm, module, KR_N(__path__), path)) return KR_ERROR;
    if (!kr_module_set_spec(vm, module, name, origin, path, loader)) return KR_ERROR;
    return kr_module_add(vm, name, module);
}

// ---- Running source and code ---------------------------------------------------------------------------------------------------

KrValue kr_import_run(KrVm *vm, KrValue module, KrValue code) {
    if (kr_is_error(code)) return code;
    KrValue dict = kr_from_ptr(KR_AS(KrModuleObject, module)->dict);
    if (!set_initializing(vm, module, KR_TRUE)) return KR_ERROR;
    KrValue v = kr_run_code(vm, code, dict, dict, KR_NONE);
    return kr_is_error(v) || set_initializing(vm, module, KR_FALSE) ? v : KR_ERROR;
}

KrValue kr_import_compile(KrVm *vm, const char *text, size_t len, KrValue filename, bool script) {
    KrValue source = kr_source_decode(vm, text, len, filename, script);
    if (kr_is_error(source)) return source;
    text = kr_str_text(source, &len);
    return kr_compile(vm, text, len, filename, KR_PARSE_EXEC, vm->compile_flags | (script ? KR_COMPILE_SCRIPT : 0));
}

// The module as it is in sys.modules after it ran; one that failed is taken out again.
static KrValue finish(KrVm *vm, KrValue name, KrValue result) {
    if (!kr_is_error(result)) {
        KrValue v = kr_module_loaded(vm, name);
        return kr_is_unset(v) ? kr_raise(vm, &kr_key_error, "%R", name) : v;
    }
    KrValue raised = kr_take_raised(vm);
    bool found;
    if (!kr_dict_delete(vm, vm->modules, name, &found)) (void)kr_take_raised(vm);
    vm->thread.raised = raised;
    return KR_ERROR;
}

static bool is_cache(const char *data, size_t len) { return len > KR_CACHE_HEADER && memcmp(data, KR_CACHE_MAGIC, 4) == 0; }

bool kr_import_is_code(const char *data, size_t len) { return is_cache(data, len) || kr_code_is_file(data, len); }

// A code file, or a cache file whose source does not matter here: verified, then run like source.
KrValue kr_import_run_code_file(KrVm *vm, KrValue module, const char *data, size_t len) {
    if (is_cache(data, len)) data += KR_CACHE_HEADER, len -= KR_CACHE_HEADER;
    KrCode *code = kr_code_load(vm, data, len, 0);
    return code ? kr_import_run(vm, module, kr_from_ptr(code)) : KR_ERROR;
}

static KrValue run_code_path(KrVm *vm, KrValue module, const char *path, KrValue file) {
    char *data;
    size_t len;
    int error = kr_port_read_file(path, &data, &len);
    if (error) return kr_raise_os(vm, error, file);
    KrValue v = kr_import_run_code_file(vm, module, data, len);
    kr_port_free(data);
    return v;
}

KrValue kr_load_file(KrVm *vm, KrValue name, KrValue file, KrValue locations) {
    KrValue package = kr_is_none(locations) ? kr_parent_name(vm, name) : name;
    KrValue module = kr_is_error(package) ? package : prepare(vm, name, package, file, locations, "source");
    if (kr_is_error(module)) return module;
    size_t len;
    const char *path = kr_str_text(file, &len);
    bool code_file = len > 4 && strcmp(path + len - 4, ".krc") == 0;
    KrValue v = code_file ? run_code_path(vm, module, path, file) : kr_import_run(vm, module, kr_cache_code(vm, path, file));
    return finish(vm, name, v);
}

const char *kr_cache_level(const KrVm *vm) {
    return vm->compile_flags & KR_COMPILE_NO_DOCSTRINGS ? "2" : vm->compile_flags & KR_COMPILE_NO_ASSERTS ? "1" : "";
}

void kr_code_rename(KrVm *vm, KrValue code, KrValue filename) {
    KrCode *c = KR_AS(KrCode, code);
    size_t count;
    if (kr_str_equal(c->filename, filename)) return;
    kr_store(vm, c, &c->filename, filename);
    const KrValue *item = kr_tuple_items(c->consts, &count);
    for (size_t i = 0; i < count; i++)
        if (kr_is_exact(item[i], &kr_code_type)) kr_code_rename(vm, item[i], filename);
}

uint64_t kr_source_hash(const void *data, size_t len) { // FNV-1a
    const uint8_t *p = data;
    uint64_t h = 0xCBF29CE484222325u;
    for (size_t i = 0; i < len; i++) h = (h ^ p[i]) * 0x100000001B3u;
    return h;
}

// ---- Builtin and frozen modules ------------------------------------------------------------------------------------------------

static KrValue load_def(KrVm *vm, KrValue name, const KrModuleDef *def) {
    KrValue module = kr_module_from_def(vm, def);
    if (kr_is_error(module) || kr_is_error(kr_module_add(vm, name, module))) return KR_ERROR;
    if (!kr_module_set(vm, module, KR_N(__package__), kr_parent_name(vm, name)) ||
        !kr_module_set_spec(vm, module, name, KR_NONE, KR_NONE, "built-in"))
        return KR_ERROR;
    if (def->init && !def->init(vm, module)) return finish(vm, name, KR_ERROR);
    return module;
}

KrValue kr_load_builtin(KrVm *vm, KrValue name) {
    for (const KrModuleDef *const *d = kr_builtin_modules; *d; d++)
        if (kr_str_is(name, (*d)->name)) return load_def(vm, name, *d);
    for (const KrModuleDef *const *d = vm->extra_modules; d && *d; d++)
        if (kr_str_is(name, (*d)->name)) return load_def(vm, name, *d);
    return KR_UNSET;
}

KrValue kr_frozen_code(KrVm *vm, const KrFrozen *module) {
    KrCode *code = kr_frozen_load(vm, module);
    return code ? kr_from_ptr(code) : KR_ERROR;
}

KrValue kr_load_frozen(KrVm *vm, KrValue name) {
    for (const KrFrozen *f = kr_frozen_modules; f->name; f++) {
        if (!kr_str_is(name, f->name)) continue;
        KrValue path = f->package ? kr_list(vm, 0, NULL) : KR_NONE;
        if (kr_is_error(path)) return path;
        KrValue package = f->package ? name : kr_parent_name(vm, name);
        KrValue module = kr_is_error(package) ? package : prepare(vm, name, package, KR_NONE, path, "frozen");
        if (kr_is_error(module)) return module;
        return finish(vm, name, kr_import_run(vm, module, kr_frozen_code(vm, f)));
    }
    return KR_UNSET;
}
