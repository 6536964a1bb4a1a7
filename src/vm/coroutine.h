// coroutine.h - what generator.c and coroutine.c share.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_COROUTINE_H
#define KR_VM_COROUTINE_H

#include "vm/frame.h"

extern const KrMethod kr_async_generator_methods[];
extern const KrType kr_coroutine_wrapper_type, kr_async_send_type, kr_async_throw_type, kr_anext_awaitable_type;

KrValue kr_coroutine_wrapper(KrVm *vm, KrValue coroutine) KR_RAISES; // what coroutine.__await__() gives
KrValue kr_generator_close_value(KrVm *vm, KrGenerator *g, KrValue *returned) KR_RAISES;
KrValue kr_generator_delegate(KrGenerator *g);
KrValue kr_generator_repr(KrVm *vm, KrValue self) KR_RAISES;
bool kr_throw_warn(KrVm *vm, const KrValue *arg, const char *method) KR_RAISES;        // that more than one argument is deprecated
KrValue kr_throw_exception(KrVm *vm, const KrValue *arg) KR_RAISES;                    // arguments of throw() -> an exception
KrValue kr_throw_argument(KrVm *vm, const KrValue *arg, const char *method) KR_RAISES; // both
KrValue kr_next_value(KrVm *vm, KrValue iterator) KR_RAISES;
KrValue kr_anext_or(KrVm *vm, KrValue awaitable, KrValue fallback) KR_RAISES; // anext(it, default)

#endif
