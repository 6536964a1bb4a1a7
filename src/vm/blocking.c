// blocking.c - calls of the port that may wait, made while other threads of the VM run.
// SPDX-License-Identifier: MIT
#include "vm/blocking.h"

#include "port.h"

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

bool kr_block_sleep_ns(KrVm *vm, int64_t ns) { return call(vm, sleep_ns, (Call){ .time = ns }); }
intptr_t kr_block_read(KrVm *vm, int fd, void *data, size_t len) { return call(vm, read_file, (Call){ .fd = fd, .data = data, .len = len }); }

intptr_t kr_block_write(KrVm *vm, int fd, const void *data, size_t len) {
    return call(vm, write_file, (Call){ .fd = fd, .data = (void *)(uintptr_t)data, .len = len });
}

int kr_block_wait_file(KrVm *vm, int fd, bool writes, int64_t ns) {
    return (int)call(vm, wait_file, (Call){ .fd = fd, .writes = writes, .time = ns });
}

int kr_block_wait_readable(KrVm *vm, int fd, int64_t ms) { return (int)call(vm, wait_readable, (Call){ .fd = fd, .time = ms }); }

int kr_block_open_flags(KrVm *vm, const char *path, int flags, unsigned mode) { // a fifo waits for its other end
    return (int)call(vm, open_flags, (Call){ .path = path, .fd = flags, .mode = mode });
}
