// import_cache_small.c - where folders cannot be made or files renamed, source is compiled at each import.
// SPDX-License-Identifier: MIT
#include "vm/import_cache.h"

#include "port.h"
#include "vm/builtins.h"
#include "vm/import_load.h"

#if KR_DEVICE

KrValue kr_path_absolute(KrVm *vm, KrValue path) { return (void)vm, path; }
KrValue kr_cache_path(KrVm *vm, KrValue source, const char *level) { return (void)vm, (void)source, (void)level, KR_NONE; }

KrValue kr_cache_code(KrVm *vm, const char *path, KrValue filename) {
    char *text;
    size_t len;
    int error = kr_port_read_file(path, &text, &len);
    if (error) return kr_raise_os(vm, error, filename);
    KrValue code = kr_import_compile(vm, text, len, filename, false);
    kr_port_free(text);
    return code;
}

#endif
