// thread.c - threads of the system in one VM: records, the VM's lock, blocking calls, waiting for one another.
//
// The lock is handed over in the order of asking. Whoever waits for longer than switch_ns asks the holder, who steps aside at its next
// poll. While a thread does not hold the lock it touches nothing of the VM; its registers and its C stack from stack_here on are as they
// were, and the collector, which runs in the holder, scans them. A program that never starts a thread has no records, and no lock.
// SPDX-License-Identifier: MIT
#include "vm/thread.h"

#include "object/collector.h"
#include "object/exception.h"
#include "object/list.h"
#include "object/object.h"
#include "port.h"
#include "vm/clock.h"
#include "vm/frame.h"
#include "vm/hook.h"

#if KR_THREADS

enum { END_NS = 2000000000 };

// ---- The lock ------------------------------------------------------------------------------------------------------------------

static void guard(KrThreads *t) {
    while (kr_port_event_wait(t->guard, INT64_MAX) != 1) continue;
}

static void unguard(KrThreads *t) { kr_port_event_set(t->guard); }

static void enter(KrVm *vm, KrThreadRecord *self) {
    vm->threads->current = self;
    vm->thread = self->saved;
    __atomic_store_n(&vm->lock_wanted, 0, __ATOMIC_RELAXED);
    kr_hooks_of_thread(vm);
}

static void take(KrVm *vm, KrThreadRecord *self) {
    KrThreads *t = vm->threads;
    guard(t);
    bool mine = !t->held;
    self->behind = NULL;
    if (mine) t->held = true;
    else *t->line_end = self, t->line_end = &self->behind;
    unguard(t);
    while (!mine) {
        mine = kr_port_event_wait(self->turn, vm->switch_ns) == 1;
        if (!mine) __atomic_store_n(&vm->lock_wanted, 1, __ATOMIC_RELAXED);
    }
    enter(vm, self);
}

// To the first in the line. From now on the VM belongs to others.
static void give(KrThreads *t) {
    guard(t);
    KrThreadRecord *first = t->line;
    if (first && !(t->line = first->behind)) t->line_end = &t->line;
    if (!first) t->held = false;
    void *turn = first ? first->turn : NULL;
    unguard(t);
    if (turn) kr_port_event_set(turn);
}

static KR_NOINLINE void run_unlocked(KrVm *vm, void (*run)(void *), void *context) {
    KrThreadRecord *self = vm->threads->current;
    self->stack_here = __builtin_frame_address(0);
    self->saved = vm->thread;
    if (kr_clock_is_virtual(vm)) self->outside_since = kr_port_monotonic_ns();
    self->outside = true;
    give(vm->threads);
    run(context);
    self->outside = false;
    take(vm, self);
    if (self->interrupted) vm->fuel = 0; // the next poll, however small, looks
}

// Registers are spilled into this function's frame, which stays while `run` does.
static KR_NOINLINE void unlocked(KrVm *vm, void (*run)(void *), void *context) {
    __builtin_unwind_init();
    void (*volatile go)(KrVm *, void (*)(void *), void *) = run_unlocked;
    go(vm, run, context);
    __asm__ volatile("" ::: "memory"); // not a tail call
}

// At the end of the program the first thread keeps the lock: daemon threads wait for it until the process ends.
static bool alone(const KrVm *vm) { return !vm->threads || vm->threads->count == 1 || vm->finalizing; }

void kr_blocking(KrVm *vm, void (*run)(void *), void *context) {
    if (alone(vm)) run(context);
    else unlocked(vm, run, context);
}

// The stack above stack_here holds no values again when run() has returned.
void kr_unblocking(KrVm *vm, KrThreadRecord *self, void (*run)(void *), void *context) {
    if (!self || !self->outside) {
        run(context);
        return;
    }
    const char *here = self->stack_here;
    bool returns = self->returns;
    self->outside = self->returns = false;
    take(vm, self);
    run(context);
    self->stack_here = here; // run() may have let go of the lock meanwhile
    self->saved = vm->thread;
    self->outside = true, self->returns = returns;
    give(vm->threads);
}

void kr_blocking_brief(KrVm *vm, void (*run)(void *), void *context) {
    KrThreadRecord *self = vm->threads ? vm->threads->current : NULL;
    if (self) self->returns = true;
    kr_blocking(vm, run, context);
    if (self) self->returns = false;
}

void kr_blocking_callable(KrVm *vm, KrThreadRecord **outside, void (*run)(void *), void *context) {
    *outside = alone(vm) ? NULL : vm->threads->current;
    kr_blocking_brief(vm, run, context);
}

static void step_aside(void *context) { (void)context; }

bool kr_thread_is_first(const KrVm *vm) { return !vm->threads || !vm->threads->current->body; }

// ---- Records -------------------------------------------------------------------------------------------------------------------

static void record_free(KrVm *vm, KrThreadRecord *r) {
    if (r->turn) kr_port_event_free(r->turn);
    if (r->parking) kr_port_event_free(r->parking);
    kr_side_free(vm, r, sizeof *r);
}

static KrThreadRecord *record_new(KrVm *vm) {
    size_t size = sizeof(KrThreadRecord);
    KrThreadRecord *r = kr_side_alloc(vm, &size);
    if (!r) return (void)kr_raise_memory(vm), NULL;
    *r = (KrThreadRecord){ .vm = vm, .work = KR_UNSET, .locals = KR_UNSET, .turn = kr_port_event_new(), .parking = kr_port_event_new() };
    if (r->turn && r->parking) return r;
    record_free(vm, r);
    return (void)kr_raise_memory(vm), NULL;
}

bool kr_threads_begin(KrVm *vm) {
    if (vm->threads) return true;
    size_t size = sizeof(KrThreads);
    KrThreadRecord *r = record_new(vm);
    if (!r) return false;
    KrThreads *t = kr_side_alloc(vm, &size);
    void *event = kr_port_event_new();
    if (!t || !event) {
        if (t) kr_side_free(vm, t, sizeof *t);
        if (event) kr_port_event_free(event);
        record_free(vm, r);
        return kr_fail(kr_raise_memory(vm));
    }
    *t = (KrThreads){ .guard = event, .held = true, .current = r, .all = r, .first = r, .count = 1 };
    t->line_end = &t->line;
    r->native_id = kr_port_thread_id();
    kr_port_event_set(event);
    __atomic_store_n(&vm->threads, t, __ATOMIC_RELEASE);
    return true;
}

// The thread is over: nothing of it is left when it gives the lock away for the last time.
static void record_remove(KrVm *vm, KrThreadRecord *self) {
    KrThreads *t = vm->threads;
    KrThreadRecord **link = &t->all;
    while (*link != self) link = &(*link)->next;
    *link = self->next;
    t->count--;
    kr_thread_free(vm, &vm->thread);
    memset(&vm->thread, 0, sizeof vm->thread);
    record_free(vm, self);
}

static void thread_main(void *context) {
    KrThreadRecord *self = context;
    KrVm *vm = self->vm;
    kr_thread_bounds(vm, &self->saved);
    take(vm, self);
    self->native_id = kr_port_thread_id();
    if (kr_threads_poll(vm)) self->body(vm, self);
    KR_ASSERT(!vm->thread.frame);
    record_remove(vm, self);
    give(vm->threads);
}

KrThreadRecord *kr_thread_start(KrVm *vm, KrThreadBody *body, KrValue work) {
    if (!kr_threads_begin(vm)) return NULL;
    KrThreads *t = vm->threads;
    KrThreadRecord *r = record_new(vm);
    if (!r) return NULL;
    r->body = body;
    r->work = work;
    if (!kr_thread_init(vm, &r->saved)) return record_free(vm, r), NULL;
    r->next = t->all;
    t->all = r;
    t->count++;
    r->stack_here = NULL; // it has no C stack yet
    if (kr_port_thread_start(thread_main, r, t->stack_size)) return r;
    t->all = r->next;
    t->count--;
    kr_thread_free(vm, &r->saved);
    record_free(vm, r);
    return (void)kr_raise(vm, &kr_runtime_error, "can't start new thread"), NULL;
}

void kr_threads_trace(KrTracer *tracer) {
    KrThreads *t = tracer->vm->threads;
    for (KrThreadRecord *r = t ? t->all : NULL; r; r = r->next) {
        kr_trace(tracer, r->work);
        kr_trace(tracer, r->locals);
        if (r == t->current) continue;
        if (r->stack_here) kr_heap_trace_stack(tracer, r->stack_here, r->saved.c_stack_base);
        kr_thread_trace(tracer, &r->saved);
    }
}

uint64_t kr_thread_native_id(const KrThreadRecord *at) { return at->native_id; }

bool kr_threads_next(KrVm *vm, const KrThreadRecord **at, int64_t *ident, KrThread **thread) {
    const KrThreadRecord *r = *at ? (*at)->next : vm->threads->all;
    if (!(*at = r)) return false;
    *ident = kr_thread_ident(r);
    *thread = r == vm->threads->current ? &vm->thread : (KrThread *)(uintptr_t)&r->saved;
    return true;
}

// ---- Waiting for one another ---------------------------------------------------------------------------------------------------

struct KrWaiter {
    KrWaiter *next;
    KrThreadRecord *thread;
    bool woken;
};

typedef struct {
    void *event;
    int64_t ns;
} Park;

static void park(void *context) {
    Park *p = context;
    kr_port_event_wait(p->event, p->ns); // for whatever reason it ends, kr_wait looks
}

static void stop_waiting(KrWaiters *waiters, KrWaiter *w) {
    for (KrWaiter **link = &waiters->first; *link; link = &(*link)->next)
        if (*link == w) {
            *link = w->next;
            return;
        }
}

static bool was_woken(void *context) { return ((const KrWaiter *)context)->woken; }

static bool wait_once(KrVm *vm, KrWaiter *w, int64_t until) {
    if (kr_clock_is_virtual(vm)) {
        int how = kr_clock_wait(vm, until, was_woken, w);
        if (how != KR_CLOCK_OUTSIDE) return how >= 0;
        until = INT64_MAX;
    }
    int64_t now = kr_port_monotonic_ns(), most = kr_deadline_left(vm), left = until == INT64_MAX ? INT64_MAX : until - now;
    Park p = { w->thread->parking, left < most ? left : most };
    if (left > 0) kr_blocking(vm, park, &p);
    return w->woken || kr_poll(vm, 1000000); // a signal may have come, or the deadline
}

void kr_threads_interrupt(KrVm *vm) {
    KrThreads *t = __atomic_load_n(&vm->threads, __ATOMIC_ACQUIRE);
    if (t) kr_port_event_set(t->first->parking);
}

int kr_wait(KrVm *vm, KrWaiters *waiters, int64_t until) {
    if (!kr_threads_begin(vm)) return -1;
    if (vm->finalizing && until == INT64_MAX) // no other thread runs any more
        return (void)kr_raise(vm, &kr_runtime_error, "waiting for another thread at the end of the program"), -1;
    KrWaiter w = { .thread = vm->threads->current }, **link = &waiters->first;
    while (*link) link = &(*link)->next;
    *link = &w;
    bool ok = true;
    do ok = wait_once(vm, &w, until);
    while (ok && !w.woken && (until == INT64_MAX || kr_now_ns(vm) < until));
    if (w.woken && ok) return 1;
    if (!w.woken) stop_waiting(waiters, &w);
    else kr_wake_one(vm, waiters); // it cannot use what it was woken for
    return ok ? 0 : -1;
}

void kr_wake_one(KrVm *vm, KrWaiters *waiters) {
    KrWaiter *w = waiters->first;
    (void)vm;
    if (!w) return;
    waiters->first = w->next;
    w->woken = true;
    kr_port_event_set(w->thread->parking);
}

void kr_wake_all(KrVm *vm, KrWaiters *waiters) {
    while (waiters->first) kr_wake_one(vm, waiters);
}

// ---- The end -------------------------------------------------------------------------------------------------------------------

bool kr_threads_poll(KrVm *vm) {
    if (__atomic_load_n(&vm->lock_wanted, __ATOMIC_RELAXED)) kr_blocking(vm, step_aside, NULL);
    KrThreads *t = vm->threads;
    if (t && t->current->interrupted) {
        t->current->interrupted = false;
        return kr_fail(kr_raise(vm, &kr_keyboard_interrupt, ""));
    }
    if (!t || !t->ending || !t->current->body) return true;
    vm->fuel = 0; // each step polls, until it has left
    return kr_fail(kr_raise(vm, &kr_system_exit, ""));
}

// Only this thread goes on in the child: the others are as if they had never been, except for what they hold.
void kr_threads_forked(KrVm *vm) {
    KrThreads *t = vm->threads;
    if (!t) return;
    KrThreadRecord *next;
    for (KrThreadRecord *r = t->all; r; r = next) {
        next = r->next;
        if (r == t->current) continue;
        kr_thread_free(vm, &r->saved);
        kr_side_free(vm, r, sizeof *r); // its events may be in the middle of something
    }
    t->all = t->current;
    t->current->next = NULL;
    t->current->body = NULL;
    t->first = t->current;
    t->current->native_id = kr_port_thread_id();
    t->count = 1;
    t->line = NULL;
    t->line_end = &t->line;
    void *event = kr_port_event_new();
    if (event) t->guard = event, kr_port_event_set(event); // that one likewise
}

// Out of whatever it waits for.
static void wake(const KrThreadRecord *r) {
    kr_port_event_set(r->parking);
    if (r->native_id) kr_port_thread_wake(r->native_id);
}

bool kr_thread_interrupt(KrVm *vm, int64_t ident) {
    KrThreadRecord *r = vm->threads->all;
    while (r && kr_thread_ident(r) != ident) r = r->next;
    if (!r) return false;
    r->interrupted = true;
    if (r != vm->threads->current) wake(r);
    return true;
}

static void wake_others(KrThreads *t) {
    for (KrThreadRecord *r = t->all; r; r = r->next)
        if (r != t->current) wake(r);
}

static void rest(void *context) { kr_port_event_wait(context, 1000000); }

bool kr_threads_end(KrVm *vm) {
    KrThreads *t = vm->threads;
    if (!t) return true;
    t->ending = true;
    vm->finalizing = false;
    for (int64_t until = kr_port_monotonic_ns() + END_NS; t->count > 1 && kr_port_monotonic_ns() < until;) {
        wake_others(t);
        unlocked(vm, rest, t->current->parking);
    }
    if (t->count > 1) return false;
    record_free(vm, t->current);
    kr_port_event_free(t->guard);
    kr_side_free(vm, t, sizeof *t);
    vm->threads = NULL;
    return true;
}

#endif
