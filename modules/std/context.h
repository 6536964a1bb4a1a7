// context.h - contexts of module contextvars, for modules that call back in one.
// SPDX-License-Identifier: MIT
#ifndef KR_STD_CONTEXT_H
#define KR_STD_CONTEXT_H

#include "krait.h"

KrValue kr_context_copy(KrVm *vm) KR_RAISES; // of the current one
bool kr_is_context(KrValue v);
bool kr_context_enter(KrVm *vm, KrValue context) KR_RAISES; // makes it the current one until kr_context_leave
void kr_context_leave(KrVm *vm, KrValue context);

#endif
