// schedule.h - functions that are called between two instructions, soon.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_SCHEDULE_H
#define KR_VM_SCHEDULE_H

#include "krait.h"

bool kr_schedule(KrVm *vm, KrValue function, KrValue argument) KR_RAISES; // RuntimeError: too many wait
void kr_schedule_run(KrVm *vm);                                           // at a poll: calls those that wait

#endif
