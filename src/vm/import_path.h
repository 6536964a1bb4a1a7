// import_path.h - finding modules by the path: folders natively, all else through sys.path_hooks.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_IMPORT_PATH_H
#define KR_VM_IMPORT_PATH_H

#include "krait.h"

// Items of vm->importlib, a tuple that lib/importlib hands over when it is imported (_krait.set_importers).
enum { KR_IMPORTER_BUILTIN, KR_IMPORTER_FROZEN, KR_IMPORTER_PATH, KR_IMPORTER_FOLDER, KR_IMPORTER_HOOKS, KR_IMPORTER_COUNT };

KrValue kr_importer(KrVm *vm, unsigned which);                           // the class; KR_UNSET before lib/importlib is there
KrValue kr_sys_slot(KrVm *vm, const char *name) KR_RAISES;               // sys.name; KR_UNSET: nobody has looked at it yet, or it is gone
KrValue kr_find_on_path(KrVm *vm, KrValue name, KrValue path) KR_RAISES; // finds and loads; KR_UNSET: not found. path None: sys.path
KrValue kr_load_spec(KrVm *vm, KrValue spec) KR_RAISES;                  // the module of a spec that a finder in Python gave

#endif
