// frozen.c - the library's modules as packed code files in read-only memory. The build makes frozen.inc from lib/ with tools/freeze.c.
// SPDX-License-Identifier: MIT
#include "code/code_file.h"
#include "code/code_pack.h"
#include "vm/import.h"

#include "frozen.inc"

// The file is part of the binary and was made by the compiler of the same source: it is trusted.
KrCode *kr_frozen_load(KrVm *vm, const KrFrozen *module) {
    size_t len;
    if (!module->packed) return kr_code_load(vm, module->code, module->len, KR_LOAD_TRUSTED);
    KrRaw *file = kr_code_unpack(vm, &kr_frozen_modules_model, module->code, module->len, false, &len);
    return file ? kr_code_load(vm, file->data, len, KR_LOAD_TRUSTED) : NULL;
}
