// frozen.c - the library's modules as code files in read-only memory, for the build with a microcontroller's heap. The build makes
// frozen_device.inc from lib/ with tools/freeze.c.
// SPDX-License-Identifier: MIT
#include "code/code_file.h"
#include "vm/import.h"

#include "frozen_device.inc"

// The file is part of the binary and was made by the compiler of the same source: it is trusted, and used where it is.
KrCode *kr_frozen_load(KrVm *vm, const KrFrozen *module) {
    return kr_code_load(vm, module->code, module->len, KR_LOAD_PERMANENT | KR_LOAD_TRUSTED);
}
