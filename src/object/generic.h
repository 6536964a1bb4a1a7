// generic.h - typing.Generic.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_GENERIC_H
#define KR_OBJECT_GENERIC_H

#include "krait.h"

extern const KrType kr_generic_type, kr_generic_base_type;

KrValue kr_generic_base(KrVm *vm, KrValue parameters) KR_RAISES; // Generic[parameters], as `class C[T]` has it among its bases

#endif
