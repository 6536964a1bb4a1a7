// type_alias.h - typing.TypeAliasType.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_TYPE_ALIAS_H
#define KR_OBJECT_TYPE_ALIAS_H

#include "krait.h"

extern const KrType kr_type_alias_type;

KrValue kr_type_alias_new(KrVm *vm, KrValue name, KrValue parameters, KrValue thunk) KR_RAISES; // parameters: a tuple, or None

#endif
