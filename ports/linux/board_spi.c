// board_spi.c - SPI of Linux: /dev/spidevB.C (linux/spi/spidev.h).
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "linux/board_part.h"

#include <errno.h>
#include <linux/spi/spidev.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { DEFAULT_PIECE = 4096 };

static size_t piece_size(KrVm *vm) { // what the driver takes at a time
    char text[32];
    unsigned long n = 0;
    if (kr_linux_sysfs_read(vm, "/sys/module/spidev/parameters/bufsiz", text, sizeof text)) (void)sscanf(text, "%lu", &n);
    return n ? n : DEFAULT_PIECE;
}

// Where only a bus was named, the kernel's select line stays where it is, if the driver can do that: the program selects by a pin of its own.
static bool settings(const KrSpi *bus) {
    uint32_t mode = (bus->polarity ? SPI_CPOL : 0) | (bus->phase ? SPI_CPHA : 0) | (bus->lsb_first ? SPI_LSB_FIRST : 0);
    uint32_t quiet = kr_is_str(bus->id) ? mode : mode | SPI_NO_CS;
    uint8_t bits = bus->bits;
    if (ioctl(bus->fd, SPI_IOC_WR_MODE32, &quiet) != 0 && ioctl(bus->fd, SPI_IOC_WR_MODE32, &mode) != 0) return false;
    return ioctl(bus->fd, SPI_IOC_WR_BITS_PER_WORD, &bits) == 0 && ioctl(bus->fd, SPI_IOC_WR_MAX_SPEED_HZ, &bus->hz) == 0;
}

// 0: bus 0; "1.2": bus 1, and chip 2 is selected for each transfer; or a path.
static bool spi_open(KrVm *vm, KrSpi *bus) {
    char path[64];
    int64_t n;
    if (kr_is_str(bus->id)) {
        const char *text = kr_str_text(bus->id, NULL);
        snprintf(path, sizeof path, *text == '/' ? "%s" : "/dev/spidev%s", text);
    } else if (!kr_to_int64(vm, bus->id, &n)) return false;
    else snprintf(path, sizeof path, "/dev/spidev%lld.0", (long long)n);
    if (bus->fd < 0 && !kr_linux_open(vm, path, "SPI bus", "spi", &bus->fd)) return false;
    if (settings(bus)) return true;
    return kr_board_fail(vm, errno,
                         kr_format(vm, "%s does not take these settings (%u Hz, %d bits, polarity %d, phase %d): %s", path, (size_t)bus->hz,
                                   bus->bits, bus->polarity, bus->phase, strerror(errno)));
}

static void spi_close(KrVm *vm, KrSpi *bus) {
    (void)vm;
    if (bus->fd >= 0) close(bus->fd);
    bus->fd = -1;
}

typedef struct {
    int fd, result, error;
    struct spi_ioc_transfer transfer;
} Call;

static void call_now(void *context) {
    Call *c = context;
    c->result = ioctl(c->fd, SPI_IOC_MESSAGE(1), &c->transfer);
    c->error = errno;
}

static bool spi_transfer(KrVm *vm, KrSpi *bus, const uint8_t *out, uint8_t *in, size_t len) {
    size_t most = piece_size(vm);
    if (bus->fd < 0) return kr_fail(kr_raise_os(vm, KR_PORT_EBADF, KR_UNSET));
    for (size_t at = 0; at < len; at += most) {
        size_t n = len - at < most ? len - at : most;
        Call c = { bus->fd,
                   0,
                   0,
                   { .tx_buf = (uintptr_t)(out + at),
                     .rx_buf = in ? (uintptr_t)(in + at) : 0,
                     .len = (uint32_t)n,
                     .speed_hz = bus->hz,
                     .bits_per_word = bus->bits } };
        kr_blocking(vm, call_now, &c);
        if (c.result < 0) return kr_board_fail(vm, c.error, kr_format(vm, "SPI %R: %s", bus->id, strerror(c.error)));
    }
    return true;
}

const KrSpiTable kr_linux_spi = { .open = spi_open, .close = spi_close, .transfer = spi_transfer };
