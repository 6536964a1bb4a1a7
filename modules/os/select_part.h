// select_part.h - waiting with epoll, for what waits without an object of module select.
// SPDX-License-Identifier: MIT
#ifndef KR_OS_SELECT_PART_H
#define KR_OS_SELECT_PART_H

#include "krait.h"
#include "port.h"

// Waits as epoll.poll() does until the time `until` (of kr_now_ns(); INT64_MAX: for ever), or enough(context), which may be NULL, is true when handlers have
// run meanwhile. How many are ready; -1: raised.
intptr_t kr_epoll_poll(KrVm *vm, int epoll, KrPortEvent *out, size_t most, int64_t until, bool (*enough)(void *context), void *context);

#endif
