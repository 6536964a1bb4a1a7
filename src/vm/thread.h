// thread.h - the threads of a VM. One at a time runs in it: the one that holds the VM's lock. See thread.c; ports without threads have
// thread_alone.c instead.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_THREAD_H
#define KR_VM_THREAD_H

#include "object/vm_state.h"

typedef struct KrThreadRecord KrThreadRecord;
typedef void KrThreadBody(KrVm *vm, KrThreadRecord *self);

struct KrThreadRecord {     // a thread of the system that runs in the VM
    KrThreadRecord *next;   // of the VM's
    KrThreadRecord *behind; // in the line for the lock
    KrVm *vm;
    KrThread saved;             // what vm->thread was when it last held the lock
    const char *stack_here;     // its C stack is in use from here to its base, while it does not hold the lock
    void *turn, *parking;       // events: the lock is its own; something that it waits for in kr_wait has come
    uint64_t native_id;         // the system's number
    KrThreadBody *body;         // NULL: the thread that made the VM
    struct KrImporting *import; // the module that it waits for
    KrValue work, locals;       // what body works on; _thread._local objects that have something for this thread: list, or KR_UNSET
    size_t stack_size;
    bool outside;          // it runs without the lock, in kr_blocking
    bool returns;          // ... what it calls there comes back by itself: virtual time waits for it
    int64_t outside_since; // real time, under the virtual clock
    bool interrupted;      // kr_thread_interrupt: KeyboardInterrupt at its next poll
};

typedef struct KrWaiter KrWaiter;
typedef struct { // threads that wait for an object to change. It lives in the object, which they hold
    KrWaiter *first;
} KrWaiters;

typedef struct KrThreads {
    void *guard; // event, set while nobody looks at what follows
    KrThreadRecord *line, **line_end;
    bool held;
    // Belongs to the holder of the lock:
    KrThreadRecord *current, *all;
    KrThreadRecord *first; // the one that made the VM: signals are its
    size_t count;
    size_t stack_size; // of threads to come; 0: the system's
    bool ending;
} KrThreads;

// Before anything below: vm->threads with a record of the thread that runs.
bool kr_threads_begin(KrVm *vm) KR_RAISES;
// A thread that runs body(vm, record) with record->work = work, holding the lock.
KrThreadRecord *kr_thread_start(KrVm *vm, KrThreadBody *body, KrValue work) KR_RAISES;
bool kr_thread_is_first(const KrVm *vm);  // does the thread run that made the VM, to which signals go?
bool kr_threads_poll(KrVm *vm) KR_RAISES; // part of each poll: others that want the lock get it
void kr_threads_trace(KrTracer *tracer);  // all but the running one
void kr_threads_forked(KrVm *vm);         // in the child of a fork, where only this thread is left
bool kr_threads_end(KrVm *vm);            // ends all others and frees what belongs to threads; false: one does not end

// As kr_blocking, for what comes back by itself: virtual time waits for it, however long it takes.
void kr_blocking_brief(KrVm *vm, void (*run)(void *), void *context);
// For libraries that call back. As kr_blocking_brief: *outside is this thread while it runs without the lock, NULL where it has kept it.
void kr_blocking_callable(KrVm *vm, KrThreadRecord **outside, void (*run)(void *), void *context);

// Each thread in turn, starting with *at NULL: its number and state. False: that was all.
bool kr_threads_next(KrVm *vm, const KrThreadRecord **at, int64_t *ident, KrThread **thread);
uint64_t kr_thread_native_id(const KrThreadRecord *at);
static inline int64_t kr_thread_ident(const KrThreadRecord *r) { return (int64_t)(uintptr_t)r; }

// Waits, without the lock, until kr_wake_... names this thread: 1; the time `until` (kr_port_monotonic_ns) comes: 0; raised: -1.
void kr_threads_interrupt(KrVm *vm);               // from any thread or signal handler: the first thread looks up, if it waits in kr_wait
bool kr_thread_interrupt(KrVm *vm, int64_t ident); // KeyboardInterrupt in that thread, also where it waits; false: there is none
int kr_wait(KrVm *vm, KrWaiters *waiters, int64_t until);
void kr_wake_one(KrVm *vm, KrWaiters *waiters);
void kr_wake_all(KrVm *vm, KrWaiters *waiters);

// What run() of kr_blocking calls back: run(context) has the lock, and may touch the VM. self: vm->threads->current before kr_blocking, or
// NULL if there were no threads.
void kr_unblocking(KrVm *vm, KrThreadRecord *self, void (*run)(void *context), void *context);

#endif
