// frozen.c - Python modules in flash. The build makes frozen.inc.
// SPDX-License-Identifier: MIT
#include "code/code_file.h"
#include "vm/import.h"

#include "frozen.inc"

// The file is part of the binary and was made by the compiler of the same source: it is trusted, and used where it is.
KrCode *kr_frozen_load(KrVm *vm, const KrFrozen *module) {
    return kr_code_load(vm, module->code, module->len, KR_LOAD_PERMANENT | KR_LOAD_TRUSTED);
}
