// thread_alone.c - a VM on a port that has no threads: what thread.c does, where there is one.
// SPDX-License-Identifier: MIT
#include "object/collector.h"
#include "port.h"
#include "vm/thread.h"

#if !KR_THREADS

void kr_blocking(KrVm *vm, void (*run)(void *), void *context) {
    (void)vm;
    run(context);
}

void kr_unblocking(KrVm *vm, KrThreadRecord *self, void (*run)(void *), void *context) {
    (void)vm, (void)self;
    run(context);
}

void kr_blocking_brief(KrVm *vm, void (*run)(void *), void *context) { kr_blocking(vm, run, context); }

void kr_blocking_callable(KrVm *vm, KrThreadRecord **outside, void (*run)(void *), void *context) {
    *outside = NULL;
    kr_blocking(vm, run, context);
}

bool kr_threads_poll(KrVm *vm) { return (void)vm, true; }
void kr_threads_interrupt(KrVm *vm) { (void)vm; }
bool kr_thread_is_first(const KrVm *vm) { return (void)vm, true; }
void kr_threads_trace(KrTracer *tracer) { (void)tracer; }
int kr_wait(KrVm *vm, KrWaiters *waiters, int64_t until) { // nobody else could wake it
    (void)waiters, (void)until;
    return (void)kr_raise(vm, &kr_runtime_error, "waiting for ever: there are no threads"), -1;
}
void kr_wake_one(KrVm *vm, KrWaiters *waiters) { (void)vm, (void)waiters; }
void kr_wake_all(KrVm *vm, KrWaiters *waiters) { (void)vm, (void)waiters; }
bool kr_threads_begin(KrVm *vm) { return (void)vm, true; }

uint64_t kr_thread_native_id(const KrThreadRecord *at) { return (void)at, kr_port_process_id(); }

bool kr_threads_next(KrVm *vm, const KrThreadRecord **at, int64_t *ident, KrThread **thread) {
    static const KrThreadRecord only;
    if (*at) return false;
    *at = &only;
    *ident = 1;
    *thread = &vm->thread;
    return true;
}

void kr_threads_forked(KrVm *vm) { (void)vm; }
bool kr_threads_end(KrVm *vm) { return (void)vm, true; }

#endif
