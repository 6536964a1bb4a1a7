// port.h - what Krait asks of the system it runs on: plain functions, each port implements all that its modules use.
// SPDX-License-Identifier: MIT
#ifndef KR_PORT_H
#define KR_PORT_H

#include "krait_config.h"

typedef struct KrVm KrVm;

// A region of up to *size bytes, zeroed, aligned to 16 KB; memory is used only where it is touched. *size gets what was granted.
// NULL: none.
void *kr_port_memory(size_t *size);
void kr_port_memory_free(void *region, size_t size);
bool kr_port_memory_idle(void *from, size_t size); // contents are not needed any more; true: it now reads as zeros
size_t kr_port_default_heap(void);                 // cap for VMs that ask for none
int64_t kr_port_monotonic_ns(void);
int64_t kr_port_clock_ns(void); // since 1970, UTC
int64_t kr_port_cpu_ns(void);   // of this thread
// The C stack of the calling thread: its highest address and the lowest that may be used (a reserve is already kept).
void kr_port_stack_bounds(const char **base, const char **limit);
bool kr_port_entropy(void *out, size_t size);
void kr_port_console_write(int stream, const char *text, size_t len); // 1: output, 2: errors
KR_NORETURN void kr_port_abort(const char *message);

#endif
