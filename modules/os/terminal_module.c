// terminal_module.c - the _terminal module: what the prompt's line editor in lib/_prompt needs of a terminal.
// SPDX-License-Identifier: MIT
#include "object/object.h"
#include "object/vm_state.h"
#include "port.h"
#include "vm/access.h"
#include "vm/blocking.h"
#include "vm/op.h"

enum { KR_READ_MOST = 4096, KR_STATE_MOST = 256 };

#define FUNCTION(name) static KrValue terminal_##name(KrVm *vm, KrValue self, const KrValue *arg)

static bool fd_of(KrVm *vm, KrValue v, int *fd) {
    intptr_t n;
    if (!kr_to_index(vm, v, &n)) return false;
    if (n < 0 || n > INT32_MAX) return kr_fail(kr_raise_os(vm, KR_PORT_EBADF, KR_UNSET));
    return *fd = (int)n, kr_access_fd(vm, *fd);
}

FUNCTION(raw) {
    int fd;
    char saved[KR_STATE_MOST];
    (void)self;
    if (!fd_of(vm, arg[0], &fd)) return KR_ERROR;
    int n = kr_port_terminal_raw(fd, saved, sizeof saved);
    return n < 0 ? kr_raise_os(vm, -n, KR_UNSET) : kr_bytes(vm, saved, (size_t)n);
}

FUNCTION(restore) {
    int fd;
    size_t len;
    (void)self;
    if (!fd_of(vm, arg[0], &fd)) return KR_ERROR;
    if (!kr_is_bytes(arg[1])) return kr_raise(vm, &kr_type_error, "restore() argument 2 must be bytes, not %T", arg[1]);
    const uint8_t *saved = kr_bytes_data(arg[1], &len);
    int error = kr_port_terminal_restore(fd, saved, len);
    return error ? kr_raise_os(vm, error, KR_UNSET) : KR_NONE;
}

FUNCTION(size) {
    int fd, columns, rows;
    (void)self;
    if (!fd_of(vm, arg[0], &fd)) return KR_ERROR;
    if (!kr_port_terminal_size(fd, &columns, &rows)) columns = 80, rows = 24;
    KrValue item[2] = { kr_int_box(columns), kr_int_box(rows) };
    return kr_tuple(vm, 2, item);
}

// Bytes that are there within the time; none: it is over, or a signal came. None: the end.
FUNCTION(read) {
    int fd;
    int64_t ms = -1;
    char data[KR_READ_MOST];
    (void)self;
    if (!fd_of(vm, arg[0], &fd) || (!kr_is_none(arg[1]) && !kr_to_int64(vm, arg[1], &ms))) return KR_ERROR;
    if (vm->deadline_ns) {
        int64_t left = kr_deadline_left(vm) / 1000000 + 1;
        if (ms < 0 || ms > left) ms = left;
    }
    int ready = kr_block_wait_readable(vm, fd, ms);
    vm->fuel = 0; // whoever waited this long asks for signals and limits
    if (!kr_poll(vm, 1)) return KR_ERROR;
    if (ready == 0 || ready == -KR_PORT_EINTR) return kr_bytes(vm, "", 0);
    intptr_t n = ready < 0 ? ready : kr_block_read(vm, fd, data, sizeof data);
    if (n == -KR_PORT_EINTR) return kr_bytes(vm, "", 0);
    if (n < 0) return kr_raise_os(vm, (int)-n, KR_UNSET);
    return n ? kr_bytes(vm, data, (size_t)n) : KR_NONE;
}

FUNCTION(suspend) {
    (void)self, (void)arg;
    if (!kr_access(vm, KR_ACCESS_PROCESSES, KR_UNSET)) return KR_ERROR;
    return kr_port_suspend(), KR_NONE;
}

static const KrMethod functions[] = {
    { "raw(fd, /)", terminal_raw, KR_DOC("Keys as they are typed, without echo; returns what restore() wants to have."), 0 },
    { "restore(fd, state, /)", terminal_restore, KR_DOC("Set a terminal as it was before raw()."), 0 },
    { "size(fd, /)", terminal_size, KR_DOC("Columns and rows of the window; 80 and 24 where they are not known."), 0 },
    { "read(fd, milliseconds=None, /)", terminal_read,
      KR_DOC("Bytes that come within the time; b'' when it is over, or when the window has changed; None at the end of input."), 0 },
    { "suspend()", terminal_suspend, KR_DOC("Stop the process, as Ctrl-Z does."), 0 },
    { 0 },
};

const KrModuleDef kr_terminal_module = { "_terminal", KR_DOC("Terminals, for line editing."), functions, NULL, NULL };
