// map_guard.h - files in memory that become shorter: reading what is gone gives zeros, not the end of the process.
// SPDX-License-Identifier: MIT
#ifndef KR_LINUX_MAP_GUARD_H
#define KR_LINUX_MAP_GUARD_H

#include <stdbool.h>
#include <stddef.h>

bool kr_map_guard(void *start, size_t len); // false: no memory
void kr_map_unguard(void *start);           // before it is unmapped or moved

#endif
