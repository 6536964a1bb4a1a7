// import_load.h - making modules and running their code: builtin ones, frozen ones, files.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_IMPORT_LOAD_H
#define KR_VM_IMPORT_LOAD_H

#include "krait.h"

KrValue kr_module_loaded(KrVm *vm, KrValue name) KR_RAISES;                      // in sys.modules; KR_UNSET: not there
KrValue kr_module_add(KrVm *vm, KrValue name, KrValue module) KR_RAISES;         // gives the module
bool kr_module_set(KrVm *vm, KrValue module, KrValue name, KrValue v) KR_RAISES; // a variable; v may be KR_ERROR
KrValue kr_parent_name(KrVm *vm, KrValue name) KR_RAISES;                        // "a.b" of "a.b.c", "" of "a"
const char *kr_last_part(KrValue name);
bool kr_module_set_spec(KrVm *vm, KrValue module, KrValue name, KrValue origin, KrValue locations, const char *loader) KR_RAISES;

// Bytes of a source file: a code object. script: a program's main file, or its standard input.
KrValue kr_import_compile(KrVm *vm, const char *text, size_t len, KrValue filename, bool script) KR_RAISES;
KrValue kr_import_run(KrVm *vm, KrValue module, KrValue code) KR_RAISES; // code may be KR_ERROR
bool kr_import_is_code(const char *data, size_t len);                    // a code file or a cache file, not source text
KrValue kr_import_run_code_file(KrVm *vm, KrValue module, const char *data, size_t len) KR_RAISES;

KrValue kr_load_file(KrVm *vm, KrValue name, KrValue file, KrValue locations) KR_RAISES; // locations None: not a package
KrValue kr_load_builtin(KrVm *vm, KrValue name) KR_RAISES;                               // KR_UNSET: there is none of this name
KrValue kr_load_frozen(KrVm *vm, KrValue name) KR_RAISES;                                // likewise

const char *kr_cache_level(const KrVm *vm);                    // in names of cache files: "", "1" or "2", by the optimization
void kr_code_rename(KrVm *vm, KrValue code, KrValue filename); // co_filename of a code object and of those inside it
uint64_t kr_source_hash(const void *data, size_t len);

#endif
