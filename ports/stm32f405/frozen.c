// frozen.c - Python modules in flash: packed, but for the instructions of those that run where they are. The build makes frozen.inc (build.mk).
// SPDX-License-Identifier: MIT
#include "code/code_file.h"
#include "code/code_pack.h"
#include "vm/import.h"

#include "frozen.inc"

// The file is part of the binary and was made by the compiler of the same source: it is trusted.
KrCode *kr_frozen_load(KrVm *vm, const KrFrozen *module) {
    size_t len;
    KrRaw *file = kr_code_unpack(vm, &kr_frozen_modules_model, module->code, module->len, module->tables != NULL, &len);
    if (!file) return NULL;
    return module->tables ? kr_code_load_apart(vm, file->data, len, module->tables) : kr_code_load(vm, file->data, len, KR_LOAD_TRUSTED);
}
