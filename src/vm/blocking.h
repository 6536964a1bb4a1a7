// blocking.h - calls of the port that may wait, made while other threads of the VM run (kr_blocking). As the functions of port.h.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_BLOCKING_H
#define KR_VM_BLOCKING_H

#include "krait.h"

bool kr_block_sleep_ns(KrVm *vm, int64_t ns);
intptr_t kr_block_read(KrVm *vm, int fd, void *data, size_t len); // data: of an object that nobody else can reach, or that is held
intptr_t kr_block_write(KrVm *vm, int fd, const void *data, size_t len);
int kr_block_wait_file(KrVm *vm, int fd, bool writes, int64_t ns);
// Under a deadline, or while something stands in the agenda: waits, with polls, until reading or writing will not block, so that a pipe or a
// terminal does not hold the program any longer. Files that do not block are as they are. false: raised.
bool kr_block_ready(KrVm *vm, int fd, bool writes) KR_RAISES;
// Until fd can be read or written: 1; the time `until` (kr_now_ns; INT64_MAX: for ever) has come: 0; raised: -1. Handlers run meanwhile.
int kr_block_until(KrVm *vm, int fd, bool writes, int64_t until) KR_RAISES;
int kr_block_wait_readable(KrVm *vm, int fd, int64_t ms);
int kr_block_open_flags(KrVm *vm, const char *path, int flags, unsigned mode);

#endif
