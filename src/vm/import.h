// import.h - the import system: sys.modules, builtin and frozen modules, packages on the path.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_IMPORT_H
#define KR_VM_IMPORT_H

#include "krait.h"

typedef struct { // a module of lib/, compiled into the binary: tools/freeze.c writes these
    const char *name;
    const void *code; // a code file, 4-aligned; or packed
    uint32_t len;
    bool package, packed;
    const uint8_t *tables; // packed: NULL, or its tables apart from it (kr_code_load_apart), which are not packed
} KrFrozen;

extern const KrFrozen kr_frozen_modules[];                                 // ends with a NULL name; made by the build from lib/
struct KrCode *kr_frozen_load(KrVm *vm, const KrFrozen *module) KR_RAISES; // the port's: from where it is, or unpacked
extern const KrModuleDef *const kr_builtin_modules[];                      // ends with NULL; each port's list

bool kr_import_init(KrVm *vm) KR_RAISES;
KrValue kr_import_call(KrVm *vm, KrValue name, KrValue globals, KrValue fromlist, KrValue level) KR_RAISES; // __import__
KrValue kr_frozen_code(KrVm *vm, const KrFrozen *module) KR_RAISES;                                         // a code object
KrValue kr_import_dotted(KrVm *vm, KrValue name) KR_RAISES; // imports and gives the innermost module
KrValue kr_run_main_typed(KrVm *vm, const char *source, size_t len, const char *filename) KR_RAISES; // the same; tracebacks show its lines
KrValue kr_run_main_file(KrVm *vm, const char *path) KR_RAISES;
KrValue kr_run_main_module(KrVm *vm, const char *name) KR_RAISES;                                     // -m
KrValue kr_run_main_source(KrVm *vm, const char *source, size_t len, const char *filename) KR_RAISES; // source text or a code file

#endif
