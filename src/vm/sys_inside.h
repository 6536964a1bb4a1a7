// sys_inside.h - functions of sys that look into the interpreter.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_SYS_INSIDE_H
#define KR_VM_SYS_INSIDE_H

#include "krait.h"

#define KR_SYS_INSIDE(X) \
    X(current_frames) \
    X(current_exceptions) \
    X(is_interned) \
    X(is_gil_enabled) \
    X(clear_caches) \
    X(getallocatedblocks) \
    X(getunicodeinternedsize) \
    X(get_origin_depth) X(set_origin_depth) X(cpu_count_config) X(activate_trampoline) X(deactivate_trampoline) X(is_trampoline_active)
#define X(name) KrValue kr_sys_##name(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KR_SYS_INSIDE(X)
#undef X

KrValue kr_coroutine_origin(KrVm *vm, const void *frame) KR_RAISES; // cr_origin of a coroutine that this KrFrame makes
KrValue kr_sys_thread_info(KrVm *vm) KR_RAISES;
KrValue kr_sys_git(KrVm *vm) KR_RAISES;

#endif
