// select.c - waiting for several files at once.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <time.h>

#include "port.h"

static struct timespec in_time(int64_t ns) {
    return (struct timespec){ .tv_sec = (time_t)(ns / 1000000000), .tv_nsec = (long)(ns % 1000000000) };
}

intptr_t kr_port_poll(KrPortPoll *file, size_t count, int64_t ns) {
    struct pollfd few[16], *p = count <= 16 ? few : malloc(count * sizeof *p);
    struct timespec t = in_time(ns == INT64_MAX ? 0 : ns);
    if (!p) return -ENOMEM;
    for (size_t i = 0; i < count; i++) p[i] = (struct pollfd){ .fd = file[i].fd, .events = (short)file[i].wanted };
    int n = ppoll(p, count, ns == INT64_MAX ? NULL : &t, NULL);
    intptr_t result = n < 0 ? -errno : n;
    for (size_t i = 0; i < count; i++) file[i].ready = n < 0 ? 0 : (unsigned short)p[i].revents;
    if (p != few) free(p);
    return result;
}

int kr_port_epoll_new(void) {
    int fd = epoll_create1(EPOLL_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

int kr_port_epoll_control(int epoll, int how, int fd, uint32_t events) {
    struct epoll_event e = { .events = events, .data = { .fd = fd } };
    return epoll_ctl(epoll, how, fd, &e) == 0 ? 0 : errno;
}

intptr_t kr_port_epoll_wait(int epoll, KrPortEvent *out, size_t count, int64_t ns) {
    struct epoll_event few[64], *e = count <= 64 ? few : malloc(count * sizeof *e);
    if (!e) return -ENOMEM;
    int64_t ms = ns == INT64_MAX ? -1 : ns / 1000000 + (ns % 1000000 != 0); // not a nanosecond early
    int n = epoll_wait(epoll, e, (int)count, ms > INT_MAX ? INT_MAX : (int)ms);
    intptr_t result = n < 0 ? -errno : n;
    for (int i = 0; i < n; i++) out[i] = (KrPortEvent){ e[i].data.fd, e[i].events };
    if (e != few) free(e);
    return result;
}
