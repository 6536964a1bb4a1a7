// code_make.h - code objects that programs make.
// SPDX-License-Identifier: MIT
#ifndef KR_CODE_CODE_MAKE_H
#define KR_CODE_CODE_MAKE_H

#include "krait.h"

KrValue kr_code_replace(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_code_make(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;

#endif
