// board_watch.c - a thread that waits for edges of pins, and wakes the VM: it marks the VM, and signals its first thread until that has looked.
//
// The thread touches nothing of the VM but the flag. Edges are read by the VM itself, at a poll: by then the kernel has given them their times.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "linux/board_part.h"

#include <errno.h>
#include <linux/gpio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "vm/thread.h"

enum { MOST_EVENTS = 16, AGAIN_US = 500 };
#define STOP UINT32_MAX // not the number of a pin

typedef struct KrLinuxWatch {
    KrVm *vm;
    uint64_t first;        // thread of the VM
    int epoll, stop, done; // done: an event of the VM: it has looked
} Watch;

static void wake(Watch *w) {
    (void)__atomic_fetch_or(&w->vm->interrupt, KR_INTERRUPT_SOURCE, __ATOMIC_RELEASE);
    kr_threads_interrupt(w->vm);
    kr_port_thread_wake(w->first);
}

// Level-triggered, and only looked at again when the VM has read what there was: so a storm costs no more than the VM can take.
static void run(void *context) {
    Watch *w = context;
    struct epoll_event e[2];
    for (bool ends = false; !ends;) {
        int n = epoll_wait(w->epoll, e, 2, -1);
        if (n < 0 && errno != EINTR) break;
        for (int i = 0; i < n; i++) ends |= e[i].data.u32 == STOP;
        if (n <= 0 || ends) continue;
        wake(w);
        for (uint64_t count; read(w->done, &count, sizeof count) < 0 && !ends;) {
            usleep(AGAIN_US); // it may have been on its way into a call of the system
            struct epoll_event now[2];
            int left = epoll_wait(w->epoll, now, 2, 0);
            for (int i = 0; i < left; i++) ends |= now[i].data.u32 == STOP;
            if (!ends && __atomic_load_n(&w->vm->interrupt, __ATOMIC_RELAXED) & KR_INTERRUPT_SOURCE) wake(w);
        }
    }
    close(w->epoll), close(w->stop), close(w->done);
    free(w);
}

void kr_linux_watch_end(Watch *w) {
    uint64_t one = 1;
    if (write(w->stop, &one, sizeof one) < 0) abort(); // an eventfd takes it
}

// ---- Collecting --------------------------------------------------------------------------------------------------------------------------------

static void take_edges(KrVm *vm, KrPin *pin) {
    struct gpio_v2_line_event event[MOST_EVENTS];
    ssize_t n = read(pin->fd, event, sizeof event);
    for (ssize_t i = 0; i < n / (ssize_t)sizeof *event; i++)
        kr_pin_edge(vm, pin, event[i].id == GPIO_V2_LINE_EVENT_RISING_EDGE, (int64_t)event[i].timestamp_ns);
}

static bool collect(KrVm *vm) {
    KrValue state = kr_board_state(vm);
    Watch *w = kr_is_unset(state) ? NULL : KR_AS(KrLinuxBoard, state)->watch;
    struct epoll_event e[MOST_EVENTS];
    uint64_t one = 1;
    int n = w ? epoll_wait(w->epoll, e, MOST_EVENTS, 0) : 0;
    for (int i = 0; i < n; i++) {
        KrPin *pin = e[i].data.u32 == STOP ? NULL : kr_pin_known(vm, (int32_t)e[i].data.u32);
        if (pin && pin->fd >= 0) take_edges(vm, pin);
    }
    if (w && write(w->done, &one, sizeof one) < 0) abort();
    return true;
}

// ---- Watching ------------------------------------------------------------------------------------------------------------------------------------

static bool begin(KrVm *vm, KrLinuxBoard *b) {
    Watch *w = calloc(1, sizeof *w);
    if (!w) return kr_fail(kr_raise_memory(vm));
    *w = (Watch){ vm, kr_port_thread_id(), epoll_create1(EPOLL_CLOEXEC), eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
                  eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK) };
    struct epoll_event stop = { .events = EPOLLIN, .data.u32 = STOP };
    bool ok = w->epoll >= 0 && w->stop >= 0 && w->done >= 0 && epoll_ctl(w->epoll, EPOLL_CTL_ADD, w->stop, &stop) == 0;
    int error = ok ? EAGAIN : errno;
    if (ok && kr_port_thread_start(run, w, 65536)) return b->watch = w, vm->collect_sources = collect, true;
    close(w->epoll), close(w->stop), close(w->done);
    free(w);
    return kr_fail(kr_raise_os(vm, error, KR_UNSET));
}

bool kr_linux_watch_add(KrVm *vm, KrPin *pin) {
    KrLinuxBoard *b = KR_AS(KrLinuxBoard, pin->board);
    if (!b->watch && !begin(vm, b)) return false;
    struct epoll_event e = { .events = EPOLLIN, .data.u32 = (uint32_t)pin->number };
    return epoll_ctl(b->watch->epoll, EPOLL_CTL_ADD, pin->fd, &e) == 0 || errno == EEXIST || kr_fail(kr_raise_os(vm, errno, KR_UNSET));
}

void kr_linux_watch_remove(KrPin *pin) {
    const Watch *w = KR_AS(KrLinuxBoard, pin->board)->watch;
    if (w) epoll_ctl(w->epoll, EPOLL_CTL_DEL, pin->fd, NULL);
}
