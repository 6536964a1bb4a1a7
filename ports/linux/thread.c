// thread.c - threads of the system, and events that they wait for.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "port.h"

void *kr_port_event_new(void) {
    sem_t *s = malloc(sizeof *s);
    if (s && sem_init(s, 0, 0) == 0) return s;
    free(s);
    return NULL;
}

void kr_port_event_free(void *event) {
    sem_destroy(event);
    free(event);
}

void kr_port_event_set(void *event) { sem_post(event); }

int kr_port_event_wait(void *event, int64_t ns) {
    struct timespec t;
    if (ns == INT64_MAX) return sem_wait(event) == 0 ? 1 : -errno;
    clock_gettime(CLOCK_MONOTONIC, &t);
    int64_t whole = ns / 1000000000, part = t.tv_nsec + ns % 1000000000;
    if (whole > 1000000000) whole = 1000000000;
    t.tv_sec += (time_t)(whole + part / 1000000000);
    t.tv_nsec = (long)(part % 1000000000);
    if (sem_clockwait(event, CLOCK_MONOTONIC, &t) == 0) return 1;
    return errno == ETIMEDOUT ? 0 : -errno;
}

uint64_t kr_port_thread_id(void) { return (uint64_t)gettid(); }

enum { WAKE_SIGNAL = SIGURG }; // ignored unless somebody asks for it

static void woken(int number) { (void)number; }

static void accept_wake_signal(void) {
    struct sigaction now;
    if (sigaction(WAKE_SIGNAL, NULL, &now) == 0 && now.sa_handler == SIG_DFL) sigaction(WAKE_SIGNAL, &(struct sigaction){ .sa_handler = woken }, NULL);
}

void kr_port_thread_wake(uint64_t id) { syscall(SYS_tgkill, getpid(), (pid_t)id, WAKE_SIGNAL); }

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

// Signals are for the first thread: it waits, and would not be woken if another took them.
bool kr_port_thread_start(void (*run)(void *context), void *context, size_t stack) {
    pthread_attr_t attr;
    pthread_t thread;
    sigset_t all, before;
    Start *s = malloc(sizeof *s);
    if (!s || pthread_attr_init(&attr) != 0) return free(s), false;
    *s = (Start){ run, context };
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    if (stack) pthread_attr_setstacksize(&attr, stack);
    sigfillset(&all);
    sigdelset(&all, WAKE_SIGNAL);
    accept_wake_signal();
    pthread_sigmask(SIG_BLOCK, &all, &before);
    bool ok = pthread_create(&thread, &attr, begin, s) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attr);
    if (!ok) free(s);
    return ok;
}
