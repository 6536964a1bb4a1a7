// namespace.h - types.SimpleNamespace.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_NAMESPACE_H
#define KR_OBJECT_NAMESPACE_H

#include "krait.h"

extern const KrType kr_namespace_type;

KrValue kr_namespace(KrVm *vm) KR_RAISES; // an empty one, to be filled with kr_setattr

#endif
