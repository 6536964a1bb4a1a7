// board.c - the board `linux`: what Linux knows of the machine it runs on. Pins, I2C, SPI, serial lines, ADCs, PWM have files of their own.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "linux/board_part.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <linux/watchdog.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "vm/main.h"

// ---- Files -----------------------------------------------------------------------------------------------------------------------------------

const char *kr_linux_path(KrVm *vm, const char *path, char out[KR_LINUX_PATH]) {
    KrValue state = kr_board_state(vm);
    snprintf(out, KR_LINUX_PATH, "%s%s", kr_is_unset(state) ? "" : KR_AS(KrLinuxBoard, state)->root, path);
    return out;
}

bool kr_linux_open(KrVm *vm, const char *name, const char *what, const char *group, int *fd) {
    char path[KR_LINUX_PATH];
    (void)kr_linux_path(vm, name, path);
    *fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (*fd >= 0) return true;
    int error = errno;
    if (error == EACCES || error == EPERM)
        return kr_board_fail(vm, error,
                             kr_format(vm, "may not use %s %s: add the user to the group %s (usermod -aG %s NAME), or run as root", what,
                                       path, group, group));
    if (error == ENOENT || error == ENODEV || error == ENXIO)
        return kr_board_fail(vm, error,
                             kr_format(vm, "there is no %s %s: is its driver loaded, and switched on in the device tree?", what, path));
    if (error == EBUSY) return kr_board_fail(vm, error, kr_format(vm, "%s %s is in use by another program or driver", what, path));
    return kr_board_fail(vm, error, kr_format(vm, "%s %s: %s", what, path, strerror(error)));
}

bool kr_linux_sysfs_read(KrVm *vm, const char *path, char *out, size_t size) {
    char at[KR_LINUX_PATH];
    int fd = open(kr_linux_path(vm, path, at), O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, out, size - 1);
    if (fd >= 0) close(fd);
    if (n < 0) return false;
    out[n] = 0;
    out[strcspn(out, "\n")] = 0;
    return true;
}

bool kr_linux_sysfs_write(KrVm *vm, const char *path, const char *text) {
    char at[KR_LINUX_PATH];
    int fd = open(kr_linux_path(vm, path, at), O_WRONLY | O_TRUNC | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : write(fd, text, strlen(text));
    int error = errno;
    if (fd >= 0) close(fd);
    return n >= 0 || kr_board_fail(vm, error, kr_format(vm, "cannot write %s to %s: %s", text, at, strerror(error)));
}

bool kr_linux_is_pi(KrVm *vm) {
    char model[128];
    return kr_linux_sysfs_read(vm, "/proc/device-tree/model", model, sizeof model) && strncmp(model, "Raspberry Pi", 12) == 0;
}

// ---- The board ---------------------------------------------------------------------------------------------------------------------------------

static bool found(void) {
    static const char *const patterns[] = { "/dev/gpiochip*", "/dev/i2c-*", "/dev/spidev*" };
    for (size_t i = 0; i < KR_COUNT_OF(patterns); i++) {
        glob_t g;
        bool any = glob(patterns[i], GLOB_NOSORT, NULL, &g) == 0;
        globfree(&g);
        if (any) return true;
    }
    return false;
}

static void board_finalize(KrVm *vm, KrObject *object) {
    KrLinuxBoard *b = (KrLinuxBoard *)object;
    vm->collect_sources = NULL;
    if (b->watch) kr_linux_watch_end(b->watch);
    b->watch = NULL;
}

static const KrType board_type = {
    KR_TYPE_HEAD(board_type), .name = "_board", .flags = KR_TYPE_NO_NEW, .size = sizeof(KrLinuxBoard), .finalize = board_finalize,
};

static bool open_board(KrVm *vm, const char *description, KrValue *state) {
    const char *root = description ? description : "";
    if (description && (strlen(root) >= KR_LINUX_ROOT || *root != '/' || access(root, X_OK) != 0))
        return kr_fail(
            kr_raise(vm, &kr_value_error, "the board linux:TREE takes the path of a folder with dev and sys, from / on, not %s", root));
    *state = kr_alloc_instance(vm, &board_type); // which has its finalizer called
    if (kr_is_error(*state)) return false;
    KrLinuxBoard *b = KR_AS(KrLinuxBoard, *state);
    b->watchdog = -1;
    strcpy(b->root, root);
    return true;
}

static KrValue unique_id(KrVm *vm, KrValue state) {
    char text[64];
    uint8_t id[32];
    size_t len = 0;
    (void)state;
    bool ok = kr_linux_sysfs_read(vm, "/proc/device-tree/serial-number", text, sizeof text) ||
              kr_linux_sysfs_read(vm, "/etc/machine-id", text, sizeof text);
    if (!ok)
        return kr_board_fail(vm, ENOENT,
                             kr_str_c(vm, "this system has no identity: neither a serial number in the device tree nor /etc/machine-id")),
               KR_ERROR;
    for (unsigned n; len < sizeof id && sscanf(text + 2 * len, "%2x", &n) == 1 && text[2 * len]; len++) id[len] = (uint8_t)n;
    return kr_bytes(vm, id, len);
}

static KrResetCause reset_cause(KrVm *vm, KrValue state) {
    const char *text = getenv("KRAIT_RESET_CAUSE");
    (void)vm, (void)state;
    return text && *text >= '1' && *text <= '6' && !text[1] ? (KrResetCause)(*text - '0') : KR_RESET_POWER_ON;
}

// The program begins again, in the same process.
static bool reset(KrVm *vm, KrValue state, KrResetCause cause) {
    char text[2] = { (char)('0' + cause) };
    (void)state;
    kr_flush_stdout(vm);
    setenv("KRAIT_RESET_CAUSE", text, 1);
    char *self = kr_port_executable();
    if (self && vm->process_argv) execv(self, (char *const *)(uintptr_t)vm->process_argv);
    kr_port_free(self);
    return kr_board_fail(vm, errno, kr_str_c(vm, "the program cannot be started again"));
}

// The kernel's watchdog, as long as there is one; it goes on when the program has ended badly.
static bool watchdog(KrVm *vm, KrValue state, int64_t ns) {
    KrLinuxBoard *b = KR_AS(KrLinuxBoard, state);
    int seconds = (int)((ns + 999999999) / 1000000000);
    if (b->watchdog < 0) {
        if (!kr_linux_open(vm, "/dev/watchdog", "watchdog", "root", &b->watchdog)) return false;
        if (ioctl(b->watchdog, WDIOC_SETTIMEOUT, &seconds) != 0)
            return kr_board_fail(vm, errno, kr_format(vm, "the watchdog cannot wait %d s", seconds));
    }
    return ioctl(b->watchdog, WDIOC_KEEPALIVE, 0) == 0 || kr_board_fail(vm, errno, kr_str_c(vm, "the watchdog cannot be fed"));
}

const KrBoard kr_linux_board = {
    .name = "linux",
    .found = found,
    .open = open_board,
    .pin = &kr_linux_pins,
    .i2c = &kr_linux_i2c,
    .spi = &kr_linux_spi,
    .uart = &kr_linux_uart,
    .adc = &kr_linux_adc,
    .pwm = &kr_linux_pwm,
    .wire = &kr_linux_wire,
    .unique_id = unique_id,
    .reset_cause = reset_cause,
    .reset = reset,
    .watchdog = watchdog,
};
