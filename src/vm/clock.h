// clock.h - the time that programs see: the system's clocks, or a virtual one, which jumps to the next moment of interest when all threads wait.
//
// The limits of a VM count in real time, whatever the program sees. All that waits for a time works in two steps: until = kr_now_ns(vm) + length,
// then either kr_clock_wait, or its own way of waiting for at most kr_deadline_left(vm), followed by a poll.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_CLOCK_H
#define KR_VM_CLOCK_H

#include "object/vm_state.h"
#include "port.h"

static inline bool kr_clock_is_virtual(const KrVm *vm) { return KR_VIRTUAL_CLOCK && vm->virtual_clock; }
static inline int64_t kr_now_ns(const KrVm *vm) { return kr_clock_is_virtual(vm) ? vm->virtual_ns : kr_port_monotonic_ns(); }
static inline int64_t kr_wall_ns(const KrVm *vm) {
    return vm->wall_shift + (kr_clock_is_virtual(vm) ? vm->virtual_ns + vm->virtual_epoch : kr_port_clock_ns());
}

// As a program asks for the time: under the virtual clock that takes a microsecond, so that loops that look at the clock come to an end.
static inline void kr_clock_look(KrVm *vm) {
    if (!kr_clock_is_virtual(vm)) return;
    vm->virtual_ns += 1000;
    if ((vm->virtual_ns >= vm->agenda[0].next || vm->virtual_ns >= vm->agenda[1].next) && vm->fuel > 0)
        vm->fuel = 0; // what is due meanwhile happens at the next poll
}

int64_t kr_limit_left(const KrVm *vm); // ns until the deadline; INT64_MAX: there is none

// Has what a thread waits for come? Asked by any thread of the VM, without waiting.
typedef bool KrReady(void *context);
enum { KR_CLOCK_RAISED = -1, KR_CLOCK_TIME, KR_CLOCK_READY, KR_CLOCK_OUTSIDE };

#if KR_VIRTUAL_CLOCK
// From now on time is virtual: it starts at `wall` since 1970, and at 0.
void kr_clock_virtual(KrVm *vm, int64_t wall);

// Under the virtual clock: until `until` (INT64_MAX: for ever), or ready(context) is true; ready may be NULL. KR_CLOCK_OUTSIDE: no moment is ahead that
// time could jump to, and nobody else waits: the caller waits for what comes from outside, as long as kr_deadline_left allows, and asks again.
int kr_clock_wait(KrVm *vm, int64_t until, KrReady *ready, void *context);
#else
static inline void kr_clock_virtual(KrVm *vm, int64_t wall) { (void)vm, (void)wall; }
static inline int kr_clock_wait(KrVm *vm, int64_t until, KrReady *ready, void *context) {
    return (void)vm, (void)until, (void)ready, (void)context, KR_CLOCK_TIME;
}
#endif

#endif
