// wire_module.c - the _wire module: what lib/_console needs of the line that it is on.
// SPDX-License-Identifier: MIT
#include <errno.h>

#include "linux/wire.h"
#include "object/object.h"
#include "object/vm_state.h"
#include "port.h"
#include "system_part.h"
#include "vm/access.h"
#include "vm/blocking.h"
#include "vm/main.h"

enum { READ_MOST = 4096 };

#define FUNCTION(name) static KrValue wire_##name(KR_UNUSED KrVm *vm, KR_UNUSED KrValue self, KR_UNUSED const KrValue *arg)

static bool device_of(KrVm *vm, const KrValue *arg, const char **path, unsigned *baud) {
    int64_t n;
    if (!kr_is_str(arg[0])) return kr_fail(kr_raise(vm, &kr_type_error, "a serial line's name must be str, not %T", arg[0]));
    if (!kr_to_int64(vm, arg[1], &n)) return false;
    if (n < 1 || n > 100000000) return kr_fail(kr_raise(vm, &kr_value_error, "speed of a serial line: %z baud", (intptr_t)n));
    *path = kr_str_text(arg[0], NULL);
    *baud = (unsigned)n;
    return kr_access_open(vm, KR_ACCESS_FILES_READ | KR_ACCESS_FILES_WRITE, *path, arg[0]);
}

FUNCTION(serial) {
    const char *path;
    unsigned baud;
    if (!device_of(vm, arg, &path, &baud)) return KR_ERROR;
    int fd = kr_wire_open(path, baud);
    if (fd < 0) return kr_raise_os(vm, -fd, arg[0]);
    return kr_fd_opened(vm, fd) ? kr_int_box(fd) : KR_ERROR;
}

FUNCTION(start) {
    const char *path = NULL;
    unsigned baud = KR_WIRE_BAUD;
    bool ends;
    if (!kr_access(vm, KR_ACCESS_CONSOLE, KR_UNSET)) return KR_ERROR;
    if (!kr_is_none(arg[0]) && !device_of(vm, arg, &path, &baud)) return KR_ERROR;
    if (!kr_truth(vm, arg[2], &ends)) return KR_ERROR;
    if (kr_wire_active()) return KR_FALSE;
    int error = kr_wire_start(path, baud);
    if (error) return kr_raise_os(vm, error, arg[0]);
    if (ends) kr_wire_end_with_parent();
    return KR_TRUE;
}

FUNCTION(active) { return kr_bool(kr_wire_active()); }

FUNCTION(pass_on) {
    if (!kr_access(vm, KR_ACCESS_PROCESSES, KR_UNSET)) return KR_ERROR;
    if (kr_wire_active()) kr_wire_pass_on("friendly");
    return KR_NONE;
}

FUNCTION(running) {
    bool is;
    if (!kr_truth(vm, arg[0], &is)) return KR_ERROR;
    kr_wire_running(is);
    return KR_NONE;
}

FUNCTION(interrupt) {
    int64_t c;
    if (!kr_to_int64(vm, arg[0], &c)) return KR_ERROR;
    if (c < -1 || c > 255) return kr_raise(vm, &kr_value_error, "an interrupt character is -1 to 255, not %z", (intptr_t)c);
    return kr_int_box(kr_wire_interrupt_char((int)c));
}

FUNCTION(answers) {
    bool is;
    if (!kr_truth(vm, arg[0], &is)) return KR_ERROR;
    kr_wire_answers(is);
    return KR_NONE;
}

FUNCTION(read) {
    char data[READ_MOST];
    int64_t size, stops, ms = -1;
    if (!kr_to_int64(vm, arg[0], &size) || !kr_to_int64(vm, arg[2], &stops)) return KR_ERROR;
    if (!kr_is_none(arg[1]) && !kr_to_int64(vm, arg[1], &ms)) return KR_ERROR;
    if (size < 1) return kr_raise(vm, &kr_value_error, "read() argument 1 must be above zero, not %z", (intptr_t)size);
    if (vm->deadline_ns) {
        int64_t left = kr_deadline_left(vm) / 1000000 + 1;
        if (ms < 0 || ms > left) ms = left;
    }
    int ready = kr_block_wait_readable(vm, 0, ms);
    vm->fuel = 0; // whoever waited this long asks for signals and limits
    if (!kr_poll(vm, 1)) return KR_ERROR;
    intptr_t n = ready > 0 ? kr_wire_take(data, size < READ_MOST ? (size_t)size : READ_MOST, (uint32_t)stops) : ready ? ready : -EAGAIN;
    if (n == -EAGAIN || n == -EINTR) return kr_bytes(vm, "", 0);
    if (n < 0) return kr_raise_os(vm, (int)-n, KR_UNSET);
    return n ? kr_bytes(vm, data, (size_t)n) : KR_NONE;
}

typedef struct {
    const char *data;
    size_t len;
    intptr_t done;
} Put;

static void put(void *context) {
    Put *p = context;
    p->done = kr_wire_put(p->data, p->len);
}

FUNCTION(write) {
    KrBuffer b;
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    Put p = { (const char *)b.data, b.len, 0 };
    bool ok = true;
    do {
        kr_blocking(vm, put, &p);
        if (p.done > 0) p.data += p.done, p.len -= (size_t)p.done;
        vm->fuel = 0;
        ok = kr_poll(vm, 1);
    } while (ok && p.len);
    size_t len = b.len;
    kr_release_buffer(vm, &b);
    return ok ? kr_int(vm, (int64_t)len) : KR_ERROR;
}

FUNCTION(prompt) { return kr_prompt(vm, arg[0]); }

static const KrMethod functions[] = {
    { "serial(path, baud=115200, /)", wire_serial, KR_DOC("Open a serial line, raw, 8N1, and return its descriptor, which does not block."),
      0 },
    { "start(path=None, baud=115200, ends_with_parent=False, /)", wire_start,
      KR_DOC("Connect descriptors 0, 1 and 2 with a serial line, or watch what 0 is connected with. False: it was done before."), 0 },
    { "active()", wire_active, KR_DOC("Is the console on a wire?"), 0 },
    { "pass_on()", wire_pass_on, KR_DOC("Leave the wire to the process that execv() puts in the place of this one."), 0 },
    { "running(is_so, /)", wire_running, KR_DOC("Whether a program runs, which the interrupt character interrupts."), 0 },
    { "interrupt(character, /)", wire_interrupt, KR_DOC("Set the interrupt character, -1: none. Returns the one before."), 0 },
    { "answers(is_so, /)", wire_answers, KR_DOC("Whether ENQ is answered with ACK, until the program ends, instead of being given to it."),
      0 },
    { "read(size=4096, milliseconds=None, stops=0, /)", wire_read,
      KR_DOC("Bytes that come within the time, up to the first control character whose bit is set in stops; b'' when it is over; None at "
             "the end."),
      0 },
    { "write(data, /)", wire_write, KR_DOC("Send bytes; what nobody takes within some seconds is dropped."), 0 },
    { "prompt(reader, /)", wire_prompt, KR_DOC("Run what reader.read() gives, block by block, until it gives None."), 0 },
    { 0 },
};

const KrModuleDef kr_wire_module = { "_wire", KR_DOC("The line that the console is on."), functions, NULL, NULL };
