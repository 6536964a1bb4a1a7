// builtins.h - the builtins module, and running code objects.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_BUILTINS_H
#define KR_VM_BUILTINS_H

#include "compile/compiler.h"
#include "object/bytes.h"
#include "object/descriptor.h"
#include "object/float.h"
#include "object/range.h"
#include "object/set.h"
#include "object/type.h"
#include "vm/frame.h"

extern const KrModuleDef kr_builtins_module, kr_sys_module, kr_gc_module, kr_weakref_module, kr_typing_module;
extern const KrType kr_enumerate_type, kr_filter_type, kr_map_type, kr_reversed_type, kr_zip_type;

KrValue kr_run_code(KrVm *vm, KrValue code, KrValue globals, KrValue locals, KrValue closure) KR_RAISES;
typedef struct {
    const char *text; // UTF-8
    size_t len;
    KrValue filename;
    unsigned flags; // of kr_compile
    KrRaw **raw;    // NULL, or what holds the text, which is let go when nothing is left to compile
} KrProgram;
KrValue kr_run_pieces(KrVm *vm, KrProgram *program) KR_RAISES; // as __main__; run_pieces.c
KrValue kr_run_namespace(KrVm *vm, KrFunctionObject *function, KrValue ns) KR_RAISES;
KrValue kr_generator_new_namespace(KrVm *vm, KrFunctionObject *function, KrValue ns) KR_RAISES;
// A str, by BOM and encoding cookie; bytes that are not UTF-8 become lone surrogates. script: a program's main file.
KrValue kr_source_decode(KrVm *vm, const char *bytes, size_t len, KrValue filename, bool script) KR_RAISES;
// Text that no file has (-c, the prompt), for tracebacks: found again by this very str of its name.
void kr_typed_keep(KrVm *vm, KrValue filename, KrValue text);
void kr_typed_forget(KrVm *vm);                      // the last one
KrValue kr_typed_source(KrVm *vm, KrValue filename); // KR_UNSET: it is none
// Files, by modules/os/io_module.c or, where that is left out, file_small.c:
bool kr_file_is_own(KrValue file);                    // a text file that the next two can use directly
bool kr_file_flush(KrVm *vm, KrValue file) KR_RAISES; // one of our own, if it is open; nothing is allocated
bool kr_file_write(KrVm *vm, KrValue file, KrValue text) KR_RAISES;
KrValue kr_standard_stream(KrVm *vm, int number) KR_RAISES; // 0, 1, 2: a text file
void kr_run_finalizers(KrVm *vm);
extern const KrType kr_namespace_type;
KrValue kr_builtin_ord(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_builtin_open(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;

#endif
