// access.h - what a VM may touch, for what reaches the host from src and modules. krait.h has kr_access and says what each right is.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_ACCESS_H
#define KR_VM_ACCESS_H

#include "krait.h"

// Before a file is opened: `access`, and KR_ACCESS_DEVICES where path is a device (through links as well). what: for the message.
bool kr_access_open(KrVm *vm, unsigned access, const char *path, KrValue what) KR_RAISES;

// Descriptors: kr_fd_opened for each one that was opened for the program (false: raised, and it is closed again), kr_fd_closed when it is gone.
bool kr_fd_opened(KrVm *vm, int fd) KR_RAISES;
void kr_fd_closed(KrVm *vm, int fd);
// A call that makes a descriptor has failed with errno `error` (or not: 0): is it to be made again? After a signal, and once where there are no descriptors left, after a
// collection: objects that nobody has any more may hold some. false: no, or something was raised. *collected: false at first.
bool kr_fd_again(KrVm *vm, int error, bool *collected);
bool kr_access_fd(KrVm *vm, int fd) KR_RAISES;    // to read, write and ask: the VM's own, the console's, the process's
bool kr_access_close(KrVm *vm, int fd) KR_RAISES; // one that is not the VM's own takes the right to the process
bool kr_may_use_fd(KrVm *vm, int fd);             // the same two without an exception
bool kr_may_close_fd(KrVm *vm, int fd);

void kr_console_write(KrVm *vm, int stream, const char *text, size_t len); // 1: output, 2: errors; nothing without the right

#endif
