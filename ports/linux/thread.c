// thread.c - threads of the system, and events that they wait for.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <errno.h>
#include <linux/futex.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "port.h"

// A counter that threads sleep on in the kernel; not a semaphore of the C library, since this ends when a signal comes and is understood by
// ThreadSanitizer.
typedef _Atomic uint32_t Event;

void *kr_port_event_new(void) { return calloc(1, sizeof(Event)); }
void kr_port_event_free(void *event) { free(event); }

void kr_port_event_set(void *event) {
    atomic_fetch_add((Event *)event, 1);
    syscall(SYS_futex, event, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0); // whoever it wakes may have freed it already: that is allowed
}

int kr_port_event_wait(void *event, int64_t ns) {
    Event *e = event;
    int64_t until = ns == INT64_MAX ? INT64_MAX : kr_port_monotonic_ns() + ns;
    for (;;) {
        for (uint32_t count = atomic_load(e); count;)
            if (atomic_compare_exchange_weak(e, &count, count - 1)) return 1;
        int64_t left = ns == INT64_MAX ? INT32_MAX * (int64_t)1000000000 : until - kr_port_monotonic_ns();
        if (left <= 0) return 0;
        if (left > INT32_MAX * (int64_t)1000000000) left = INT32_MAX * (int64_t)1000000000;
        struct timespec t = { .tv_sec = (time_t)(left / 1000000000), .tv_nsec = (long)(left % 1000000000) };
        if (syscall(SYS_futex, event, FUTEX_WAIT_PRIVATE, 0, &t, NULL, 0) != 0 && errno == EINTR) return -EINTR;
    }
}

uint64_t kr_port_thread_id(void) { return (uint64_t)gettid(); }

enum { WAKE_SIGNAL = SIGURG }; // ignored unless somebody asks for it

static void woken(int number) { (void)number; }

static void accept_wake_signal(void) {
    struct sigaction now;
    if (sigaction(WAKE_SIGNAL, NULL, &now) == 0 && now.sa_handler == SIG_DFL)
        sigaction(WAKE_SIGNAL, &(struct sigaction){ .sa_handler = woken }, NULL);
}

void kr_port_thread_wake(uint64_t id) { syscall(SYS_tgkill, getpid(), (pid_t)id, WAKE_SIGNAL); }

// Under the VM's lock one arena serves all threads; by itself the C library takes 64 MB of address space for each.
#ifdef M_ARENA_MAX
static void share_arena(void) { mallopt(M_ARENA_MAX, 1); }
#else
static void share_arena(void) {}
#endif

typedef struct {
    void (*run)(void *);
    void *context;
} Start;

static void *begin(void *start) {
    Start s = *(Start *)start;
    free(start);
    s.run(s.context);
    return NULL;
}

// (The system gives a signal for the process to its first thread, if that does not block it.)
bool kr_port_thread_start(void (*run)(void *context), void *context, size_t stack) {
    pthread_attr_t attr;
    pthread_t thread;
    Start *s = malloc(sizeof *s);
    if (!s || pthread_attr_init(&attr) != 0) return free(s), false;
    *s = (Start){ run, context };
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    if (stack) pthread_attr_setstacksize(&attr, stack);
    accept_wake_signal();
    share_arena();
    bool ok = pthread_create(&thread, &attr, begin, s) == 0;
    pthread_attr_destroy(&attr);
    if (!ok) free(s);
    return ok;
}
