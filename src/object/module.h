// module.h - modules. A builtin module's names are made when they are first looked up.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_MODULE_H
#define KR_OBJECT_MODULE_H

#include "object/type.h"

extern const KrType kr_module_spec_type;

KrValue kr_module_new(KrVm *vm, KrValue name) KR_RAISES;
KrValue kr_module_from_def(KrVm *vm, const KrModuleDef *def) KR_RAISES;
KrValue kr_module_global_loader(KrVm *vm, KrValue globals) KR_RAISES;             // __loader__ of the module whose dict it is
KrValue kr_module_find(KrVm *vm, KrModuleObject *module, KrValue name) KR_RAISES; // own, or made on demand; KR_UNSET: absent
bool kr_module_fill(KrVm *vm, KrModuleObject *module) KR_RAISES;                  // makes all names

#endif
