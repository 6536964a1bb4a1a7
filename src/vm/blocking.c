// blocking.c - calls of the port that may wait, made while other threads of the VM run.
// SPDX-License-Identifier: MIT
#include "vm/blocking.h"

#include "port.h"
#include "vm/clock.h"
#include "vm/thread.h"

typedef struct {
    int fd;
    bool writes;
    unsigned mode;
    const char *path;
    void *data;
    size_t len;
    int64_t time;
    intptr_t result;
} Call;

static void sleep_ns(void *context) {
    Call *c = context;
    c->result = kr_port_sleep_ns(c->time);
}

static void read_file(void *context) {
    Call *c = context;
    c->result = kr_port_read(c->fd, c->data, c->len);
}

static void write_file(void *context) {
    Call *c = context;
    c->result = kr_port_write(c->fd, c->data, c->len);
}

static void wait_file(void *context) {
    Call *c = context;
    c->result = kr_port_wait_file(c->fd, c->writes, c->time);
}

static void wait_readable(void *context) {
    Call *c = context;
    c->result = kr_port_wait_readable(c->fd, c->time);
}

static void open_flags(void *context) {
    Call *c = context;
    c->result = kr_port_open_flags(c->path, c->fd, c->mode);
}

static intptr_t call(KrVm *vm, void (*run)(void *), Call c) {
    kr_blocking(vm, run, &c);
    return c.result;
}

// Reading or writing: files, and what is ready, come back by themselves.
static intptr_t transfer(KrVm *vm, void (*run)(void *), Call c, bool writes) {
    bool brief = kr_clock_is_virtual(vm) && kr_port_wait_file(c.fd, writes, 0) > 0;
    (brief ? kr_blocking_brief : kr_blocking)(vm, run, &c);
    return c.result;
}

bool kr_block_sleep_ns(KrVm *vm, int64_t ns) { return call(vm, sleep_ns, (Call){ .time = ns }); }
intptr_t kr_block_read(KrVm *vm, int fd, void *data, size_t len) {
    return transfer(vm, read_file, (Call){ .fd = fd, .data = data, .len = len }, false);
}

intptr_t kr_block_write(KrVm *vm, int fd, const void *data, size_t len) {
    return transfer(vm, write_file, (Call){ .fd = fd, .data = (void *)(uintptr_t)data, .len = len }, true);
}

int kr_block_wait_file(KrVm *vm, int fd, bool writes, int64_t ns) {
    Call c = { .fd = fd, .writes = writes, .time = ns };
    (ns ? kr_blocking : kr_blocking_brief)(vm, wait_file, &c);
    return (int)c.result;
}

bool kr_block_ready(KrVm *vm, int fd, bool writes) {
    for (;;) {
        int64_t left = kr_deadline_left(vm);
        if (KR_LIKELY(left == INT64_MAX) || !kr_port_blocks(fd) || kr_block_wait_file(vm, fd, writes, left) != 0) return true;
        if (!kr_poll(vm, 1000000)) return false;
    }
}

static bool is_ready(void *context) {
    wait_file(context);
    return ((const Call *)context)->result != 0;
}

int kr_block_until(KrVm *vm, int fd, bool writes, int64_t until) {
    for (;;) {
        int how = kr_clock_is_virtual(vm) ? kr_clock_wait(vm, until, is_ready, &(Call){ .fd = fd, .writes = writes }) : KR_CLOCK_TIME;
        if (how < 0) return -1;
        int64_t most = kr_deadline_left(vm), left = how == KR_CLOCK_OUTSIDE || until == INT64_MAX ? INT64_MAX : until - kr_now_ns(vm);
        if (left < 0 || how == KR_CLOCK_READY) left = 0;
        int n = kr_block_wait_file(vm, fd, writes, left < most ? left : most);
        if (n > 0) return 1;
        if (n < 0 && n != -KR_PORT_EINTR) return (void)kr_raise_os(vm, -n, KR_UNSET), -1;
        if (!kr_poll(vm, 1000000)) return -1;
        if (n == 0 && until != INT64_MAX && kr_now_ns(vm) >= until) return 0;
    }
}

int kr_block_wait_readable(KrVm *vm, int fd, int64_t ms) { return (int)call(vm, wait_readable, (Call){ .fd = fd, .time = ms }); }

int kr_block_open_flags(KrVm *vm, const char *path, int flags, unsigned mode) { // a fifo waits for its other end
    return (int)call(vm, open_flags, (Call){ .path = path, .fd = flags, .mode = mode });
}
