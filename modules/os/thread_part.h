// thread_part.h - what the files of the module _thread share.
// SPDX-License-Identifier: MIT
#ifndef KR_OS_THREAD_PART_H
#define KR_OS_THREAD_PART_H

#include "krait.h"
#include "vm/thread.h"

extern const KrType kr_lock_type, kr_rlock_type, kr_local_type, kr_thread_handle_type;

// The time that arguments (blocking, timeout) of an acquire name; *until: INT64_MAX for ever, 0 not at all.
bool kr_lock_until(KrVm *vm, KrValue blocking, KrValue timeout, int64_t *until) KR_RAISES;
bool kr_thread_seconds(KrVm *vm, KrValue v, int64_t *ns) KR_RAISES; // not negative
void kr_local_leave(KrVm *vm, KrThreadRecord *r);                   // the thread ends: what _local objects keep for it goes

#endif
