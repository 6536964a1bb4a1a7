// wait.c - the one place where the chip waits: for a time, for input, for a handler's turn; it sleeps until the next interrupt (WFI).
//
// What asyncio watches is a small table in place of Linux's epoll. There is one, since one loop runs at a time; an entry is what kr_port_wait_file takes.
// SPDX-License-Identifier: MIT
#include "stm32f405/board.h"
#include "stm32f405/uart.h"

enum { WATCHED = 8, EPOLL = 1 << 30, READ = 1, WRITE = 4, ADD = 1, REMOVE, ENOENT_ = 2, ENOSPC_ = 28 };

static struct {
    int fd;
    uint32_t events; // 0: this entry is free
} watch[WATCHED];

static volatile bool woken;

void kr_wake(void) { woken = true; }

// Has something come that the VM, or whoever looks at a device, should see?
static bool disturbed(void) {
    bool was = woken;
    woken = false;
    return was || kr_console_interrupted();
}

int kr_port_epoll_new(void) {
    for (int i = 0; i < WATCHED; i++) watch[i].events = 0;
    return EPOLL;
}

int kr_port_epoll_control(int epoll, int how, int fd, uint32_t events) {
    int at = -1;
    (void)epoll;
    for (int i = WATCHED - 1; i >= 0; i--)
        if (watch[i].events ? watch[i].fd == fd : at < 0 && how == ADD) at = i;
    if (at < 0) return how == ADD ? ENOSPC_ : ENOENT_;
    watch[at].fd = fd;
    watch[at].events = how == REMOVE ? 0 : events;
    return 0;
}

// What is ready now.
static size_t look(KrPortEvent *out, size_t count) {
    size_t n = 0;
    for (int i = 0; i < WATCHED && n < count; i++) {
        uint32_t ready = 0;
        if (watch[i].events & READ && kr_port_wait_file(watch[i].fd, false, 0) != 0) ready |= READ;
        if (watch[i].events & WRITE && kr_port_wait_file(watch[i].fd, true, 0) != 0) ready |= WRITE;
        if (ready) out[n++] = (KrPortEvent){ watch[i].fd, ready };
    }
    return n;
}

// Every interrupt ends a wait of the processor, SysTick's after a millisecond at the latest; what an interrupt wants of the VM ends this one.
intptr_t kr_port_epoll_wait(int epoll, KrPortEvent *out, size_t count, int64_t ns) {
    int64_t end = ns == INT64_MAX ? INT64_MAX : kr_port_monotonic_ns() + ns;
    (void)epoll;
    for (;;) {
        size_t n = look(out, count);
        if (n || kr_port_monotonic_ns() >= end) return (intptr_t)n;
        if (disturbed()) return -KR_PORT_EINTR;
        __asm volatile("wfi");
    }
}

static bool is_ready(int fd, bool writes) {
    if (kr_uart_is_open(fd)) return kr_uart_is_ready(fd, writes);
    return fd != 0 || writes || kr_console_ready();
}

int kr_port_wait_file(int fd, bool writes, int64_t ns) {
    int64_t end = ns == INT64_MAX ? INT64_MAX : kr_port_monotonic_ns() + ns;
    while (!is_ready(fd, writes)) {
        if (kr_port_monotonic_ns() >= end) return 0;
        if (disturbed()) return -KR_PORT_EINTR;
        __asm volatile("wfi");
    }
    return 1;
}

bool kr_port_sleep_ns(int64_t ns) {
    int64_t end = kr_port_monotonic_ns() + ns, left;
    while ((left = end - kr_port_monotonic_ns()) > 0) {
        if (disturbed()) return false;
        if (left > 2000000) __asm volatile("wfi"); // the next tick comes within a millisecond
    }
    return true;
}
