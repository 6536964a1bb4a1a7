// wire_serial.c - opens a serial line: raw, 8 bits, no parity, one stop bit, any speed that the hardware knows.
//
// The C library's termios knows a fixed list of speeds; the kernel's own structure, which excludes the library's headers, takes numbers.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "linux/wire.h"

int ioctl(int fd, unsigned long request, ...);

int kr_wire_open(const char *path, unsigned baud) {
    struct termios2 t;
    int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC); // without O_NONBLOCK, a line without carrier is waited for
    if (fd < 0) return -errno;
    if (ioctl(fd, TCGETS2, &t) == 0) {
        t.c_iflag = IGNBRK | IGNPAR;
        t.c_oflag = 0;
        t.c_lflag = 0;
        t.c_cflag = CS8 | CREAD | CLOCAL | BOTHER | BOTHER << IBSHIFT;
        t.c_ispeed = t.c_ospeed = baud;
        t.c_cc[VMIN] = 1;
        t.c_cc[VTIME] = 0;
        if (ioctl(fd, TCSETS2, &t) == 0) return fd;
    }
    int error = errno;
    close(fd);
    return -error;
}
