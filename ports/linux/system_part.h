// system_part.h - what the modules that only Linux has share.
// SPDX-License-Identifier: MIT
#ifndef KR_LINUX_SYSTEM_PART_H
#define KR_LINUX_SYSTEM_PART_H

#include <errno.h>

#include "../modules/os/posix_part.h"
#include "krait.h"

extern const KrConst kr_linux_constants[];
extern const KrModuleDef kr_linux_module, kr_linux_process_module, kr_fcntl_module, kr_termios_module, kr_resource_module, kr_syslog_module,
    kr_mmap_module, kr_fault_module, kr_wire_module;

bool kr_linux_int(KrVm *vm, KrValue v, int *out) KR_RAISES;
bool kr_linux_file(KrVm *vm, KrValue v, int *fd) KR_RAISES; // a descriptor that the VM may use, or what has a fileno()

// None, or OSError by errno where result is below zero.
static inline KR_RAISES KrValue kr_linux_done(KrVm *vm, long result) { return result < 0 ? kr_raise_os(vm, errno, KR_UNSET) : KR_NONE; }
static inline KR_RAISES KrValue kr_linux_number(KrVm *vm, int64_t result) {
    return result < 0 ? kr_raise_os(vm, errno, KR_UNSET) : kr_int(vm, result);
}
// Whether a call that was interrupted is made again.
static inline bool kr_linux_again(KrVm *vm, long result) { return result < 0 && errno == EINTR && kr_poll(vm, 1); }
// As kr_linux_done, but that a handler may have raised.
KR_RAISES static inline KrValue kr_linux_ended(KrVm *vm, long result) {
    return kr_raised(vm) ? KR_ERROR : result < 0 ? kr_raise_os(vm, errno, KR_UNSET) : KR_NONE;
}

#endif
