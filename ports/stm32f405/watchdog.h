// watchdog.h - the watchdog that resets the chip unless it is fed.
// SPDX-License-Identifier: MIT
#ifndef KR_STM32_WATCHDOG_H
#define KR_STM32_WATCHDOG_H

#include "krait_config.h"

enum { KR_WATCHDOG_MOST_MS = 22310 };

void kr_watchdog_feed(int64_t ns);  // starts it, or changes its time as well. ns: at most that many milliseconds
bool kr_watchdog_is_late(void);     // it was not fed in time
void kr_watchdog_pause(int64_t ns); // time that does not count: the flash was busy, and nothing could run

#endif
