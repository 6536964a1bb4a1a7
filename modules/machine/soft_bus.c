// soft_bus.c - I2C and SPI by hand, on any pins of a board: SoftI2C and SoftSPI where the board has no way of its own.
//
// The rate is what was asked for at most; a board whose pins are files (Linux) is slower. I2C: UM10204. A device may hold the clock for `timeout`.
// SPDX-License-Identifier: MIT
#include "machine_part.h"

enum { ERROR_ENODEV = 19, ERROR_ETIMEDOUT = 110, CLOCKS = 9 };

static bool put(KrVm *vm, KrValue pin, bool on) { return kr_pin(pin)->table->write(vm, kr_pin(pin), on); }
static int get(KrVm *vm, KrValue pin) { return kr_pin(pin)->table->read(vm, kr_pin(pin)); }

static void pause_ns(int64_t ns) {
    for (int64_t end = kr_port_monotonic_ns() + ns; kr_port_monotonic_ns() < end;) {}
}

// ---- I2C -----------------------------------------------------------------------------------------------------------------------

static int64_t half_of(const KrI2c *bus) { return 500000000 / bus->hz; }

static bool i2c_open(KrVm *vm, KrI2c *bus) {
    KrValue pin[] = { bus->scl, bus->sda };
    for (size_t i = 0; i < 2; i++)
        if (!kr_pin_set(vm, kr_pin(pin[i]), KR_PIN_OPEN_DRAIN, KR_PULL_UP, 1)) return false;
    return true;
}

static bool held(KrVm *vm, const KrI2c *bus) {
    return kr_board_fail(
        vm, ERROR_ETIMEDOUT,
        kr_format(vm, "SoftI2C at %R, %R: the bus is held low; is there a pull-up, and does a device hang?", bus->scl, bus->sda));
}

// Lets go of the clock, and waits until devices have done so.
static bool clock_high(KrVm *vm, KrI2c *bus) {
    if (!put(vm, bus->scl, true)) return false;
    for (int64_t end = kr_port_monotonic_ns() + bus->timeout_ns;;) {
        int level = get(vm, bus->scl);
        if (level) return level > 0 && (pause_ns(half_of(bus)), true);
        if (kr_port_monotonic_ns() > end) return held(vm, bus);
    }
}

static bool clock_low(KrVm *vm, KrI2c *bus) { return put(vm, bus->scl, false) && (pause_ns(half_of(bus)), true); }

// A start, also a repeated one. A device that holds SDA, since it was interrupted within a byte, is clocked until it lets go.
static bool begin(KrVm *vm, KrI2c *bus) {
    if (!put(vm, bus->sda, true) || !clock_high(vm, bus)) return false;
    int level = get(vm, bus->sda);
    for (int n = 0; n < CLOCKS && level == 0; n++, level = get(vm, bus->sda))
        if (!clock_low(vm, bus) || !clock_high(vm, bus)) return false;
    if (level <= 0) return level == 0 && held(vm, bus);
    if (!put(vm, bus->sda, false)) return false;
    pause_ns(half_of(bus));
    return clock_low(vm, bus);
}

static bool end(KrVm *vm, KrI2c *bus) {
    return put(vm, bus->sda, false) && clock_high(vm, bus) && put(vm, bus->sda, true) && (pause_ns(half_of(bus)), true);
}

static int bit(KrVm *vm, KrI2c *bus, bool out) { // what the line had; below zero: raised
    if (!put(vm, bus->sda, out) || !clock_high(vm, bus)) return -1;
    int in = get(vm, bus->sda);
    return in < 0 || !clock_low(vm, bus) ? -1 : in;
}

// Out, and what came in; ack: whether it is, or was, acknowledged. below zero: raised
static int byte(KrVm *vm, KrI2c *bus, unsigned out, bool reads, bool *ack) {
    unsigned in = 0;
    for (int i = 7; i >= 0; i--) {
        int b = bit(vm, bus, out >> i & 1);
        if (b < 0) return -1;
        in = in << 1 | (unsigned)b;
    }
    int b = bit(vm, bus, reads ? !*ack : true);
    if (!reads) *ack = b == 0;
    return b < 0 ? -1 : (int)in;
}

// Below zero: raised; 0: refused
static int part(KrVm *vm, KrI2c *bus, const KrI2cPart *p, intptr_t *done) {
    for (size_t i = 0; i < p->len; i++) {
        bool ack = i + 1 < p->len;
        int n = byte(vm, bus, p->read ? 0xFF : p->data[i], p->read, &ack);
        if (n < 0) return -1;
        if (p->read) p->data[i] = (uint8_t)n;
        else if (!ack) return 0;
        else ++*done;
    }
    return 1;
}

static intptr_t i2c_transfer(KrVm *vm, KrI2c *bus, unsigned address, KrI2cPart *p, size_t count, bool stop) {
    intptr_t done = 0;
    int how = 1;
    bool ack = true;
    if (address > 0x7F) return (void)kr_raise(vm, &kr_value_error, "SoftI2C: addresses have 7 bits, not 0x%x", (size_t)address), -1;
    for (size_t i = 0; i < count && how > 0; i++) {
        bool read = p[i].read && p[i].len, starts = i == 0 || read || p[i - 1].read;
        if (starts && (!begin(vm, bus) || byte(vm, bus, address << 1 | read, false, &ack) < 0)) return -1;
        if (!ack) break;
        how = part(vm, bus, &p[i], &done);
    }
    if (how < 0 || ((stop || !ack || !how) && !end(vm, bus))) return -1;
    if (!ack)
        return (void)kr_board_fail(vm, ERROR_ENODEV, kr_format(vm, "SoftI2C: no device answers at address 0x%x", (size_t)address)), -1;
    return done;
}

const KrI2cTable kr_soft_i2c = { .open = i2c_open, .transfer = i2c_transfer };

// ---- SPI -----------------------------------------------------------------------------------------------------------------------

static bool spi_open(KrVm *vm, KrSpi *bus) {
    if (kr_is_none(bus->sck) || kr_is_none(bus->mosi) || kr_is_none(bus->miso))
        return kr_fail(kr_raise(vm, &kr_value_error, "SoftSPI needs the pins sck, mosi and miso"));
    if (bus->bits != 8) return kr_fail(kr_raise(vm, &kr_value_error, "SoftSPI: bits must be 8, not %d", bus->bits));
    return kr_pin_set(vm, kr_pin(bus->sck), KR_PIN_OUT, -1, bus->polarity) && kr_pin_set(vm, kr_pin(bus->mosi), KR_PIN_OUT, -1, 0) &&
           kr_pin_set(vm, kr_pin(bus->miso), KR_PIN_IN, -1, -1);
}

// Data is set half a clock before the edge at which it counts: the first of the two with phase 0, else the second.
static int spi_bit(KrVm *vm, KrSpi *bus, bool out, int64_t half) {
    bool idle = bus->polarity;
    if (bus->phase && !put(vm, bus->sck, !idle)) return -1;
    if (!put(vm, bus->mosi, out)) return -1;
    pause_ns(half);
    if (!put(vm, bus->sck, bus->phase ? idle : !idle)) return -1;
    int in = get(vm, bus->miso);
    pause_ns(half);
    return in < 0 || (!bus->phase && !put(vm, bus->sck, idle)) ? -1 : in;
}

static bool spi_transfer(KrVm *vm, KrSpi *bus, const uint8_t *out, uint8_t *in, size_t len) {
    int64_t half = 500000000 / bus->hz;
    for (size_t i = 0; i < len; i++) {
        unsigned got = 0, from = out[i];
        for (unsigned k = 0; k < 8; k++) {
            unsigned at = bus->lsb_first ? k : 7 - k;
            int b = spi_bit(vm, bus, from >> at & 1, half);
            if (b < 0) return false;
            got |= (unsigned)b << at;
        }
        if (in) in[i] = (uint8_t)got;
    }
    return true;
}

const KrSpiTable kr_soft_spi = { .open = spi_open, .transfer = spi_transfer };
