// map_guard.c - files in memory that become shorter: reading what is gone gives zeros, not the end of the process.
//
// Where a page of a mapped file has no file behind it any more, the system sends SIGBUS. The handler puts an empty page there, if the place is
// in a mapping of ours; any other SIGBUS ends the process as it would have. The list of mappings only grows, so that the handler can
// read it at any moment; entries are used again. Signals are the process's, and so is this state.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "map_guard.h"

#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct Range {
    struct Range *next;
    uintptr_t start, end; // start 0: free
} Range;

static Range *ranges;
static struct sigaction before;

static bool is_ours(uintptr_t at) {
    for (Range *r = __atomic_load_n(&ranges, __ATOMIC_ACQUIRE); r; r = r->next) {
        uintptr_t start = __atomic_load_n(&r->start, __ATOMIC_ACQUIRE);
        if (start && at >= start && at < __atomic_load_n(&r->end, __ATOMIC_ACQUIRE)) return true;
    }
    return false;
}

static void on_bus_error(int number, siginfo_t *info, void *context) {
    (void)number, (void)context;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), at = (uintptr_t)info->si_addr;
    int how = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
    if (is_ours(at) && mmap((void *)(at / page * page), page, PROT_READ | PROT_WRITE, how, -1, 0) != MAP_FAILED) return;
    sigaction(SIGBUS, &before, NULL); // it comes again
}

static void install(void) {
    struct sigaction action = { .sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO }, old;
    if (sigaction(SIGBUS, NULL, &old) == 0 && old.sa_flags & SA_SIGINFO && old.sa_sigaction == on_bus_error) return;
    if (sigaction(SIGBUS, &action, &old) == 0) before = old;
}

bool kr_map_guard(void *start, size_t len) {
    uintptr_t from = (uintptr_t)start;
    install();
    for (Range *r = __atomic_load_n(&ranges, __ATOMIC_ACQUIRE); r; r = r->next) {
        uintptr_t unused = 0;
        if (!__atomic_compare_exchange_n(&r->start, &unused, 1, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) continue;
        __atomic_store_n(&r->end, from + len, __ATOMIC_RELEASE);
        __atomic_store_n(&r->start, from, __ATOMIC_RELEASE);
        return true;
    }
    Range *r = malloc(sizeof *r);
    if (!r) return false;
    *r = (Range){ __atomic_load_n(&ranges, __ATOMIC_ACQUIRE), from, from + len };
    while (!__atomic_compare_exchange_n(&ranges, &r->next, r, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {}
    return true;
}

void kr_map_unguard(void *start) {
    for (Range *r = __atomic_load_n(&ranges, __ATOMIC_ACQUIRE); r; r = r->next)
        if (r->start == (uintptr_t)start) {
            __atomic_store_n(&r->end, 0, __ATOMIC_RELEASE);
            __atomic_store_n(&r->start, 0, __ATOMIC_RELEASE);
            return;
        }
}
