// hook.h - tracing and profiling: the functions that sys.settrace and sys.setprofile set, and the events of sys.monitoring.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_HOOK_H
#define KR_VM_HOOK_H

#include "krait.h"

void kr_set_hook(KrVm *vm, KrValue *hook, KrValue function); // None: none
void kr_hooks_changed(KrVm *vm);                             // somebody wants events, or no longer: the loop looks at its next poll
void kr_hooks_of_thread(KrVm *vm);                           // another thread runs from now on

#endif
