// board_uart.c - serial lines of Linux: terminals in raw mode, of any speed (termios2).
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "linux/board_part.h"

#include <asm/termbits.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "vm/blocking.h"

static bool configure(const KrUart *u) {
    static const tcflag_t size[] = { CS5, CS6, CS7, CS8 };
    struct termios2 t;
    if (ioctl(u->fd, TCGETS2, &t) != 0) return false;
    t.c_iflag &= ~(tcflag_t)(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON | IXOFF | INPCK);
    t.c_oflag &= ~(tcflag_t)OPOST;
    t.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    t.c_cflag &= ~(tcflag_t)(CSIZE | PARENB | PARODD | CSTOPB | CRTSCTS | CBAUD | (CBAUD << IBSHIFT));
    t.c_cflag |= size[u->bits - 5] | CREAD | CLOCAL | BOTHER | (BOTHER << IBSHIFT);
    if (u->parity) t.c_cflag |= PARENB | (u->parity == 1 ? PARODD : 0);
    if (u->stop == 2) t.c_cflag |= CSTOPB;
    if (u->flow) t.c_cflag |= CRTSCTS;
    t.c_ispeed = t.c_ospeed = u->baud;
    t.c_cc[VMIN] = 1;
    t.c_cc[VTIME] = 0;
    return ioctl(u->fd, TCSETS2, &t) == 0;
}

// Some kernels have /dev/ttyS0 to 3 whether there is hardware or not.
static bool is_real(KrVm *vm, const char *path) {
    char at[KR_LINUX_PATH], type[16];
    if (access(kr_linux_path(vm, path, at), F_OK) != 0) return false;
    snprintf(at, sizeof at, "/sys/class/tty/%s/type", strrchr(path, '/') + 1);
    return !kr_linux_sysfs_read(vm, at, type, sizeof type) || strcmp(type, "0") != 0;
}

// A path; or a number: the first of these that there is.
static void path_of(KrVm *vm, const KrUart *u, char out[64]) {
    static const char *const kinds[] = { "/dev/serial%lld", "/dev/ttyAMA%lld", "/dev/ttyS%lld",
                                         "/dev/ttymxc%lld", "/dev/ttyUSB%lld", "/dev/ttyACM%lld" };
    int64_t n = 0;
    if (kr_is_str(u->id)) {
        snprintf(out, 64, "%s", kr_str_text(u->id, NULL));
        return;
    }
    (void)kr_int_fits(u->id, &n);
    for (size_t i = 0; i < KR_COUNT_OF(kinds); i++) {
        snprintf(out, 64, kinds[i], (long long)n);
        if (is_real(vm, out)) return;
    }
    snprintf(out, 64, kinds[2], (long long)n);
}

static bool uart_open(KrVm *vm, KrUart *u) {
    char path[64];
    if (!kr_is_str(u->id) && !kr_is_integer(u->id))
        return kr_fail(kr_raise(vm, &kr_type_error, "a serial line is a number or a path, not %T", u->id));
    path_of(vm, u, path);
    if (u->fd < 0 && !kr_linux_open(vm, path, "serial line", "dialout", &u->fd)) return false;
    return configure(u) ||
           kr_board_fail(vm, errno,
                         kr_format(vm, "%s cannot be set to %u baud, %d bits: %s", path, (size_t)u->baud, u->bits, strerror(errno)));
}

static void uart_close(KrVm *vm, KrUart *u) {
    (void)vm;
    if (u->fd >= 0) close(u->fd);
    u->fd = -1;
}

static bool failed(KrVm *vm, const KrUart *u, int error) {
    return kr_board_fail(vm, error, kr_format(vm, "serial line %R: %s", u->id, error == EIO ? "it is gone" : strerror(error)));
}

static intptr_t available(KrVm *vm, KrUart *u) {
    int n = 0;
    return ioctl(u->fd, FIONREAD, &n) == 0 ? n : (failed(vm, u, errno), -1);
}

static intptr_t uart_read(KrVm *vm, KrUart *u, uint8_t *out, size_t len) {
    ssize_t n = read(u->fd, out, len);
    if (n >= 0) return n;
    return errno == EAGAIN || errno == EINTR ? 0 : (failed(vm, u, errno), -1);
}

static intptr_t uart_write(KrVm *vm, KrUart *u, const uint8_t *data, size_t len) {
    for (;;) {
        ssize_t n = write(u->fd, data, len);
        if (n > 0) return n;
        if (n < 0 && errno != EAGAIN && errno != EINTR) return failed(vm, u, errno), -1;
        if (kr_block_until(vm, u->fd, true, INT64_MAX) < 0) return -1;
    }
}

static bool uart_wait(KrVm *vm, KrUart *u, int64_t until) { return kr_block_until(vm, u->fd, false, until) >= 0; }

typedef struct {
    int fd, result;
    unsigned long call, argument;
} Call;

static void call_now(void *context) {
    Call *c = context;
    c->result = ioctl(c->fd, c->call, c->argument);
}

static bool call(KrVm *vm, KrUart *u, unsigned long which, unsigned long argument) {
    Call c = { u->fd, 0, which, argument };
    kr_blocking(vm, call_now, &c);
    return c.result == 0 || failed(vm, u, errno);
}
static bool flush(KrVm *vm, KrUart *u) { return call(vm, u, TCSBRK, 1); } // as tcdrain
static bool send_break(KrVm *vm, KrUart *u) { return call(vm, u, TCSBRK, 0); }

const KrUartTable kr_linux_uart = { .open = uart_open,
                                    .close = uart_close,
                                    .available = available,
                                    .read = uart_read,
                                    .write = uart_write,
                                    .wait = uart_wait,
                                    .flush = flush,
                                    .send_break = send_break };
