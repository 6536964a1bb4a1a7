// import_path.c - finding modules by the path. Folders are searched here, as long as no program has put another hook or finder in their place;
// what is no folder (a zip file), and what programs have placed in sys.path_hooks or sys.path_importer_cache, is asked through lib/importlib.
// SPDX-License-Identifier: MIT
#include "vm/import_path.h"

#include "object/list.h"
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "port.h"
#include "vm/import_cache.h"
#include "vm/import_load.h"

// ---- What programs may have changed --------------------------------------------------------------------------------------------

KrValue kr_importer(KrVm *vm, unsigned which) { return kr_is_tuple(vm->importlib) ? kr_tuple_items(vm->importlib, NULL)[which] : KR_UNSET; }

KrValue kr_sys_slot(KrVm *vm, const char *text) {
    KrValue name = kr_name(vm, text);
    if (kr_is_error(name)) return name;
    KrValue *slot = kr_dict_find_name(KR_AS(KrModuleObject, vm->sys)->dict, name);
    return slot ? *slot : KR_UNSET;
}

// Are sys.path_hooks as they were made, and nobody has seen the cache? The first hook is zipimporter, the second that of folders.
static bool hooks_are_own(KrVm *vm, KrValue hooks) {
    size_t count, own_count;
    if (kr_is_unset(hooks)) return true;
    KrValue own = kr_importer(vm, KR_IMPORTER_HOOKS);
    if (!kr_is_list(hooks) || !kr_is_tuple(own)) return false;
    const KrValue *item = kr_list_items(hooks, &count), *own_item = kr_tuple_items(own, &own_count);
    for (size_t i = 0; i < count && i < own_count; i++)
        if (!kr_same(item[i], own_item[i])) return false;
    return count == own_count;
}

// Is it a FileFinder that looks for the usual files?
static bool is_folder_finder(KrVm *vm, KrValue finder) {
    KrValue class = kr_importer(vm, KR_IMPORTER_FOLDER), usual;
    bool yes = false;
    if (!kr_is_type(class) || kr_type_of(finder) != kr_as_type(class)) return false;
    if (!kr_find_attr(vm, finder, kr_name(vm, "_usual"), &usual)) return (void)kr_take_raised(vm), false;
    return !kr_is_unset(usual) && kr_truth(vm, usual, &yes) && yes;
}

enum { ASK_FOLDER, ASK_FINDER, ASK_NOBODY };

static bool who_looks(KrVm *vm, KrValue entry, int *who) {
    KrValue cache = kr_sys_slot(vm, "path_importer_cache"), hooks = kr_sys_slot(vm, "path_hooks"), finder = KR_UNSET;
    if (kr_is_error(cache) || kr_is_error(hooks) || (kr_is_dict(cache) && !kr_dict_find(vm, cache, entry, &finder))) return false;
    if (kr_is_none(finder)) *who = ASK_NOBODY;
    else if (kr_is_unset(finder)) *who = kr_is_unset(cache) && hooks_are_own(vm, hooks) ? ASK_FOLDER : ASK_FINDER;
    else *who = is_folder_finder(vm, finder) ? ASK_FOLDER : ASK_FINDER;
    return true;
}

// ---- Folders -------------------------------------------------------------------------------------------------------------------

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
    folder = kr_path_absolute(vm, folder);
    KrValue base = kr_is_error(folder) ? folder : join_path(vm, folder, kr_last_part(name), ""), file;
    if (kr_is_error(base)) return base;
    int kind = kr_port_path_kind(kr_str_text(base, NULL));
    if (kind == KR_PATH_FOLDER) {
        KrValue init = join_path(vm, base, "__init__", "");
        file = kr_is_error(init) ? init : find_file(vm, init);
        if (kr_is_error(file)) return file;
        if (!kr_is_unset(file)) {
            KrValue locations = kr_list(vm, 1, &base);
            return kr_is_error(locations) ? locations : kr_load_file(vm, name, file, locations);
        }
    }
    file = find_file(vm, base);
    if (kr_is_error(file)) return file;
    if (!kr_is_unset(file)) return kr_load_file(vm, name, file, KR_NONE);
    if (kind == KR_PATH_FOLDER && !kr_list_append(vm, namespace_parts, base)) return KR_ERROR;
    return KR_UNSET;
}

// Is the entry, or what it lies in, a file? Then a hook may know it: zipfile.zip/folder.
static bool lies_in_file(KrVm *vm, KrValue entry) {
    size_t len;
    const char *text = kr_str_text(entry, &len);
    int kind = kr_port_path_kind(text);
    while (kind == KR_PATH_NONE && len > 1) {
        while (len && text[len - 1] != '/') len--;
        if (len < 2) return false;
        KrValue part = kr_str(vm, text, --len);
        if (kr_is_error(part)) return (void)kr_take_raised(vm), false;
        kind = kr_port_path_kind(kr_str_text(part, NULL));
    }
    return kind == KR_PATH_FILE;
}

// ---- Finders -------------------------------------------------------------------------------------------------------------------

KrValue kr_load_spec(KrVm *vm, KrValue spec) {
    KrValue library = kr_import(vm, "importlib._bootstrap");
    return kr_is_error(library) ? library : kr_call_method(vm, library, "_load", 1, &spec);
}

static KrValue find_by_finder(KrVm *vm, KrValue name, KrValue entry, KrValue namespace_parts) {
    KrValue library = kr_import(vm, "importlib._files"), find, locations;
    KrValue class = kr_is_error(library) ? library : kr_getattr_c(vm, library, "PathFinder");
    KrValue finder = kr_is_error(class) ? class : kr_call_method(vm, class, "_path_importer_cache", 1, &entry);
    if (kr_is_error(finder)) return finder;
    if (kr_is_none(finder)) return KR_UNSET;
    if (!kr_find_attr(vm, finder, KR_N(find_spec), &find)) return KR_ERROR;
    KrValue spec = kr_is_unset(find) ? KR_NONE : kr_call(vm, find, 1, &name);
    if (kr_is_error(spec)) return spec;
    if (kr_is_none(spec)) return KR_UNSET;
    KrValue loader = kr_getattr(vm, spec, KR_N(loader));
    if (kr_is_error(loader)) return loader;
    if (!kr_is_none(loader)) return kr_load_spec(vm, spec);
    if (!kr_find_attr(vm, spec, KR_N(submodule_search_locations), &locations)) return KR_ERROR;
    if (kr_is_unset(locations) || kr_is_none(locations)) return kr_raise(vm, &kr_import_error, "spec missing loader");
    return kr_list_extend(vm, namespace_parts, locations) ? KR_UNSET : KR_ERROR;
}

static KrValue find_in_entry(KrVm *vm, KrValue name, KrValue entry, KrValue parts) {
    int who;
    if (!who_looks(vm, entry, &who)) return KR_ERROR;
    if (who == ASK_NOBODY) return KR_UNSET;
    if (who == ASK_FINDER) return find_by_finder(vm, name, entry, parts);
    size_t before, after;
    kr_list_items(parts, &before);
    KrValue v = find_in_folder(vm, name, entry, parts);
    kr_list_items(parts, &after);
    if (!kr_is_unset(v) || after > before || !lies_in_file(vm, entry)) return v;
    return find_by_finder(vm, name, entry, parts);
}

KrValue kr_find_on_path(KrVm *vm, KrValue name, KrValue path) {
    size_t len;
    if (kr_str_text(name, &len) && memchr(kr_str_text(name, NULL), 0, len)) return KR_UNSET; // no file is called like that
    KrValue own = kr_is_none(path) ? kr_getattr(vm, vm->sys, KR_N(path)) : path;
    KrValue list = kr_is_error(own) ? own : kr_list_from(vm, own), parts = kr_is_error(list) ? list : kr_list(vm, 0, NULL);
    if (kr_is_error(parts)) return parts;
    size_t count;
    for (size_t i = 0; kr_list_items(list, &count), i < count; i++) {
        KrValue folder = kr_list_items(list, NULL)[i];
        if (!kr_is_str(folder)) continue;
        KrValue v = find_in_entry(vm, name, folder, parts);
        if (!kr_is_unset(v)) return v;
    }
    kr_list_items(parts, &count);
    if (!count) return KR_UNSET;
    KrValue library = kr_import(vm, "importlib._files"), arg[2] = { name, parts };
    KrValue spec = kr_is_error(library) ? library : kr_call_method(vm, library, "_namespace_spec", 2, arg);
    return kr_is_error(spec) ? spec : kr_load_spec(vm, spec);
}
