// board_i2c.c - I2C of Linux: /dev/i2c-N, a transaction with repeated starts as one I2C_RDWR (linux/i2c-dev.h).
//
// A write without a stop is kept, and goes out in front of the next transaction. Adapters that only know SMBus do what it has: registers of bytes.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "linux/board_part.h"

#include <errno.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { MOST_PARTS = 16 };

typedef struct {
    KrObject head;
    unsigned long functions;
    unsigned address; // of what is kept
    size_t kept;
    uint8_t data[256];
} Port;

static const KrType port_type = { KR_TYPE_HEAD(port_type), .name = "_i2c", .flags = KR_TYPE_NO_NEW, .size = sizeof(Port) };

static Port *port_of(const KrI2c *bus) { return KR_AS(Port, bus->port); }

static bool i2c_open(KrVm *vm, KrI2c *bus) {
    char path[64];
    int64_t n;
    if (kr_is_str(bus->id)) snprintf(path, sizeof path, "%s", kr_str_text(bus->id, NULL));
    else if (!kr_to_int64(vm, bus->id, &n)) return false;
    else snprintf(path, sizeof path, "/dev/i2c-%lld", (long long)n);
    if (bus->fd < 0 && !kr_linux_open(vm, path, "I2C bus", "i2c", &bus->fd)) return false;
    Port *p = kr_alloc(vm, &port_type.shape, sizeof *p);
    if (!p) return false;
    kr_store(vm, bus, &bus->port, kr_from_ptr(p));
    unsigned long tens = (unsigned long)(bus->timeout_ns / 10000000);
    (void)ioctl(bus->fd, I2C_TIMEOUT, tens ? tens : 1UL);
    return ioctl(bus->fd, I2C_FUNCS, &p->functions) == 0 || kr_board_fail(vm, errno, kr_format(vm, "%s is not an I2C bus", path));
}

static void i2c_close(KrVm *vm, KrI2c *bus) {
    (void)vm;
    if (bus->fd >= 0) close(bus->fd);
    bus->fd = -1;
}

static intptr_t failed(KrVm *vm, const KrI2c *bus, unsigned address, int error) {
    if (error == ENXIO || error == EREMOTEIO || error == EIO)
        (void)kr_board_fail(vm, ENODEV, kr_format(vm, "I2C %R: no device answers at address 0x%x", bus->id, (size_t)address));
    else if (error == ETIMEDOUT || error == EAGAIN)
        (void)kr_board_fail(
            vm, ETIMEDOUT,
            kr_format(vm, "I2C %R: the bus is held low, or another controller has it; a device may hang: switch it off and on", bus->id));
    else if (error == EBUSY)
        (void)kr_board_fail(vm, error, kr_format(vm, "I2C %R: a driver of the kernel has address 0x%x", bus->id, (size_t)address));
    else (void)kr_board_fail(vm, error, kr_format(vm, "I2C %R, address 0x%x: %s", bus->id, (size_t)address, strerror(error)));
    return -1;
}

// ---- SMBus, where that is all there is -----------------------------------------------------------------------------------------------------------

static int smbus(const KrI2c *bus, uint8_t read, uint8_t command, uint32_t size, union i2c_smbus_data *data) {
    struct i2c_smbus_ioctl_data call = { read, command, size, data };
    return ioctl(bus->fd, I2C_SMBUS, &call);
}

// Registers from `first` on, a byte each.
static int smbus_read(const KrI2c *bus, uint8_t first, uint8_t *out, size_t len) {
    for (size_t i = 0; i < len; i++) {
        union i2c_smbus_data d;
        if (smbus(bus, I2C_SMBUS_READ, (uint8_t)(first + i), I2C_SMBUS_BYTE_DATA, &d) != 0) return -1;
        out[i] = d.byte;
    }
    return 0;
}

static int smbus_write(const KrI2c *bus, const uint8_t *data, size_t len) {
    union i2c_smbus_data d;
    if (len == 1) return smbus(bus, I2C_SMBUS_WRITE, data[0], I2C_SMBUS_BYTE, NULL);
    for (size_t i = 1; i < len; i++) {
        d.byte = data[i];
        if (smbus(bus, I2C_SMBUS_WRITE, (uint8_t)(data[0] + i - 1), I2C_SMBUS_BYTE_DATA, &d) != 0) return -1;
    }
    return 0;
}

static int probe(const KrI2c *bus) {
    union i2c_smbus_data d;
    if (port_of(bus)->functions & I2C_FUNC_SMBUS_QUICK) return smbus(bus, I2C_SMBUS_WRITE, 0, I2C_SMBUS_QUICK, NULL);
    return smbus(bus, I2C_SMBUS_READ, 0, I2C_SMBUS_BYTE, &d);
}

static intptr_t by_smbus(KrVm *vm, KrI2c *bus, unsigned address, const uint8_t *out, size_t out_len, KrI2cPart *in) {
    union i2c_smbus_data d;
    int result;
    if (ioctl(bus->fd, I2C_SLAVE, (unsigned long)address) != 0) return failed(vm, bus, address, errno);
    if (!out_len && !in) result = probe(bus);
    else if (!in) result = smbus_write(bus, out, out_len);
    else if (out_len == 1) result = smbus_read(bus, out[0], in->data, in->len);
    else if (!out_len && in->len == 1) {
        result = smbus(bus, I2C_SMBUS_READ, 0, I2C_SMBUS_BYTE, &d);
        if (result == 0) in->data[0] = d.byte;
    } else errno = EOPNOTSUPP, result = -1;
    return result == 0 ? (intptr_t)out_len : failed(vm, bus, address, errno);
}

// ---- Transactions --------------------------------------------------------------------------------------------------------------------------------

// Written parts that follow each other are one message: a new one would begin with a start.
static size_t messages(struct i2c_msg *m, unsigned address, KrI2cPart *part, size_t count, uint8_t *joined) {
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        bool ten = address > 0x7F;
        if (n && !part[i].read && !(m[n - 1].flags & I2C_M_RD)) {
            if (m[n - 1].buf != joined) memcpy(joined, m[n - 1].buf, m[n - 1].len), m[n - 1].buf = joined;
            memcpy(joined + m[n - 1].len, part[i].data, part[i].len);
            m[n - 1].len = (uint16_t)(m[n - 1].len + part[i].len);
            continue;
        }
        if (n) joined += m[n - 1].buf == joined ? m[n - 1].len : 0;
        m[n++] = (struct i2c_msg){ (uint16_t)address, (uint16_t)((part[i].read ? I2C_M_RD : 0) | (ten ? I2C_M_TEN : 0)),
                                   (uint16_t)part[i].len, part[i].data };
    }
    return n;
}

typedef struct {
    int fd, result, error;
    struct i2c_rdwr_ioctl_data data;
} Call;

static void call_now(void *context) {
    Call *c = context;
    c->result = ioctl(c->fd, I2C_RDWR, &c->data);
    c->error = errno;
}

static intptr_t keep(KrVm *vm, Port *p, unsigned address, const KrI2cPart *part, size_t count) {
    size_t len = 0;
    for (size_t i = 0; i < count; len += part[i++].len) {
        if (p->kept + len + part[i].len > sizeof p->data)
            return (void)kr_raise(vm, &kr_value_error, "at most %u bytes can be written without a stop", sizeof p->data), -1;
        memcpy(p->data + p->kept + len, part[i].data, part[i].len);
    }
    p->kept += len;
    p->address = address;
    return (intptr_t)len;
}

static intptr_t i2c_transfer(KrVm *vm, KrI2c *bus, unsigned address, KrI2cPart *part, size_t count, bool stop) {
    Port *p = port_of(bus);
    KrI2cPart all[MOST_PARTS + 1];
    struct i2c_msg m[MOST_PARTS + 1];
    size_t n = 0, written = 0, total = 0;
    bool only_writes = true;
    if (bus->fd < 0) return failed(vm, bus, address, EBADF);
    for (size_t i = 0; i < count; i++) only_writes &= !part[i].read, written += part[i].read ? 0 : part[i].len;
    if (!stop && only_writes && count && part[0].len) return keep(vm, p, address, part, count);
    if (p->kept && p->address == address) all[n++] = (KrI2cPart){ p->data, p->kept, false };
    p->kept = 0;
    memcpy(all + n, part, count * sizeof *part);
    n += count;
    for (size_t i = 0; i < n; i++) total += all[i].len;
    if (total > UINT16_MAX) return (void)kr_raise(vm, &kr_value_error, "a transaction has at most 65535 bytes, not %u", total), -1;
    KrI2cPart *in = n && all[n - 1].read ? &all[n - 1] : NULL;
    if (!total || !(p->functions & I2C_FUNC_I2C))
        return by_smbus(vm, bus, address, n ? all[0].data : NULL, n && !all[0].read ? all[0].len : 0, in);
    uint8_t *joined = kr_buffer_alloc(vm, total);
    if (!joined) return -1;
    Call c = { bus->fd, 0, 0, { m, (uint32_t)messages(m, address, all, n, joined) } };
    kr_blocking(vm, call_now, &c);
    return c.result < 0 ? failed(vm, bus, address, c.error) : (intptr_t)written;
}

const KrI2cTable kr_linux_i2c = { .open = i2c_open, .close = i2c_close, .transfer = i2c_transfer };
