// reduce.h - object.__reduce_ex__ and __getstate__: what pickle and copy ask of any object.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_REDUCE_H
#define KR_OBJECT_REDUCE_H

#include "krait.h"

KrValue kr_object_getstate(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_object_reduce(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_object_reduce_ex(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;

#endif
