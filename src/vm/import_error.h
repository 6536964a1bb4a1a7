// import_error.h - exceptions of imports: what a module has not, and why; tracebacks without the import system's own frames.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_IMPORT_ERROR_H
#define KR_VM_IMPORT_ERROR_H

#include "krait.h"

KrValue kr_stdlib_names(KrVm *vm) KR_RAISES; // sys.stdlib_module_names
KrValue kr_trim_import(KrVm *vm, KrValue v); // v; if it is KR_ERROR, frames of lib/importlib have gone from the traceback

#endif
