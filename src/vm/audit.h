// audit.h - sys.audit: hooks that see what a program does, and may refuse it (PEP 578).
// SPDX-License-Identifier: MIT
#ifndef KR_VM_AUDIT_H
#define KR_VM_AUDIT_H

#include "object/vm_state.h"

bool kr_audit_code(KrVm *vm, KrValue code) KR_RAISES; // event "exec"
bool kr_audit_call(KrVm *vm, const char *event, size_t count, const KrValue *arg) KR_RAISES;

// Tells the hooks, if there are any. False: one of them raised.
KR_RAISES static inline bool kr_audit(KrVm *vm, const char *event, size_t count, const KrValue *arg) {
    return KR_LIKELY(kr_is_unset(vm->audit_hooks)) || kr_audit_call(vm, event, count, arg);
}

KrValue kr_sys_audit(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_sys_addaudithook(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;

#endif
