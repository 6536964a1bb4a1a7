// shadow.c - does the file of a module hide another module? Messages about what a module lacks then say so.
// SPDX-License-Identifier: MIT
#include "object/list.h"
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "object/vm_state.h"
#include "port.h"

// Where a module came from: __spec__.origin, if that is a file. KR_NONE: from no file.
static KrValue origin_of(KrVm *vm, KrValue module) {
    KrValue spec, origin, located, name[] = { kr_name(vm, "has_location"), kr_name(vm, "origin") };
    bool file = false;
    if (kr_is_error(name[0]) || kr_is_error(name[1])) return KR_ERROR;
    if (!kr_find_attr(vm, module, KR_N(__spec__), &spec)) return KR_ERROR;
    if (kr_is_unset(spec) || kr_is_none(spec)) return KR_NONE;
    if (!kr_find_attr(vm, spec, name[0], &located) || !kr_find_attr(vm, spec, name[1], &origin)) return KR_ERROR;
    if (kr_is_unset(located) || !kr_is_str(origin)) return KR_NONE;
    return !kr_truth(vm, located, &file) ? KR_ERROR : file ? origin : KR_NONE;
}

// Is this the folder of the program, which is searched first?
static bool is_first_folder(KrVm *vm, const char *folder, size_t len) {
    KrValue *path = kr_dict_find_name(KR_AS(KrModuleObject, vm->sys)->dict, KR_N(path));
    size_t count = 0, first_len;
    const KrValue *item = path && kr_is_list(*path) ? kr_list_items(*path, &count) : NULL;
    if (!count || !kr_is_str(item[0])) return false;
    const char *first = kr_str_text(item[0], &first_len);
    char *here = first_len ? NULL : kr_port_real_path(".");
    if (here) first = here, first_len = strlen(here);
    bool same = first_len == len && memcmp(first, folder, len) == 0;
    kr_port_free(here);
    return same;
}

KrShadow kr_shadows(KrVm *vm, KrValue module, KrValue name, KrValue *file) {
    static const char init[] = "/__init__.py";
    size_t len;
    bool library = false;
    *file = KR_NONE;
    if (!KR_HINTS) return KR_SHADOW_NO;
    *file = origin_of(vm, module);
    if (kr_is_error(*file)) return KR_SHADOW_ERROR;
    if (!kr_is_str(*file)) return KR_SHADOW_NO;
    const char *path = kr_str_text(*file, &len);
    if (len >= sizeof init && memcmp(path + len - (sizeof init - 1), init, sizeof init - 1) == 0) len -= sizeof init - 1;
    while (len && path[len - 1] != '/') len--;
    if (!len || !is_first_folder(vm, path, len - 1)) return KR_SHADOW_NO;
    KrValue names = kr_getattr_c(vm, vm->sys, "stdlib_module_names");
    if (kr_is_error(names) || !kr_contains(vm, names, name, &library)) return (void)kr_take_raised(vm), KR_SHADOW_MAYBE;
    return library ? KR_SHADOW_LIBRARY : KR_SHADOW_MAYBE;
}
