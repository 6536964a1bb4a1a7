// model_i2c.c - the I2C units with devices on their buses (RM0090 section 27): events come when the bits have gone over the bus, and what was read
// or written too early or too late does what it does on the chip.
//
// Devices are memories: the first byte written is the place, more are stored there; reads go on from it. What happens is written down as text:
// S start, R repeated start, P stop, bytes in hexadecimal with + for an acknowledgement and - for none.
// SPDX-License-Identifier: MIT
#include "model.h"

#include <stdarg.h>
#include <string.h>

#include "stm32f405/registers.h"

enum { ON = 1 << 0, START = 1 << 8, STOP = 1 << 9, ACK = 1 << 10, POS = 1 << 11, RESET = 1 << 15 };
enum { SB = 1 << 0, ADDR = 1 << 1, BTF = 1 << 2, RXNE = 1 << 6, TXE = 1 << 7, AF = 1 << 10 };
enum { MSL = 1 << 0, BUSY = 1 << 1, TRA = 1 << 2 };

typedef struct {
    Event start, bits, stop;
    bool seen, reading, shifting,
        full;      // seen: SR1 was read while ADDR stood; shifting: a byte is on the bus; full: one waits in the shift register
    bool next_ack; // with POS: decided a byte ahead
    uint8_t shift, data;
    bool addressing;
} Unit;

I2cDevice i2c_device[UNITS];
char i2c_text[TEXT];
static Unit units[4];
static int held[4];
static const uint8_t scl[] = { 0, 22, 26, 8 }, sda[] = { 0, 23, 27, 41 };

static void note(const char *format, ...) {
    size_t at = strlen(i2c_text);
    va_list list;
    va_start(list, format);
    vsnprintf(i2c_text + at, TEXT - at, format, list);
    va_end(list);
}

static uint32_t base_of(unsigned unit) { return 0x40005400u + 0x400u * (unit - 1); }
static uint32_t *reg(unsigned unit, uint32_t offset) { return model_word(base_of(unit) + offset); }
static I2cDevice *device_of(unsigned unit) { return &i2c_device[unit]; }

static int64_t bit_ns(unsigned unit) {
    uint32_t ccr = *reg(unit, I2C_CCR), mhz = *reg(unit, I2C_CR2) & 63;
    if (!(ccr & 0xFFF) || !mhz) model_fail("I2C%u has no clock rate", unit);
    return (int64_t)(ccr & 0xFFF) * (ccr >> 15 ? 3 : 2) * 1000 / mhz;
}

static bool lines_are_free(unsigned unit) {
    return pin_has_function(scl[unit], 4) && pin_has_function(sda[unit], 4) && pin_level(scl[unit]) && pin_level(sda[unit]);
}

// ---- A device that holds a line ------------------------------------------------------------------------------------------------

static void clocked(unsigned pin, bool level) {
    for (unsigned unit = 1; unit <= 3; unit++) {
        if (pin != scl[unit] || !level || held[unit] <= 0) continue;
        if (!--held[unit]) pin_pull_low(sda[unit], false);
    }
}

void i2c_hold(unsigned unit, int clocks) {
    held[unit] = clocks;
    pin_pull_low(scl[unit], false), pin_pull_low(sda[unit], false);
    pin_listener = clocked;
    if (clocks) pin_pull_low(clocks < 0 ? scl[unit] : sda[unit], true);
}

// ---- Bytes ---------------------------------------------------------------------------------------------------------------------

static void fetch(unsigned unit) { // the device sends, unless there is no room for it
    Unit *u = &units[unit];
    if (u->shifting || u->full || !u->reading) return;
    I2cDevice *d = device_of(unit);
    u->shift = d->memory[d->at++];
    u->shifting = true;
    model_at(&u->bits, 9 * bit_ns(unit));
}

static void send(unsigned unit) {
    Unit *u = &units[unit];
    u->shift = u->data;
    u->shifting = true;
    *reg(unit, I2C_SR1) = (*reg(unit, I2C_SR1) & ~(uint32_t)BTF) | TXE;
    model_at(&u->bits, 9 * bit_ns(unit));
}

static void deliver(unsigned unit) { // what was received goes to DR, or waits
    Unit *u = &units[unit];
    uint32_t *sr1 = reg(unit, I2C_SR1);
    if (*sr1 & RXNE) {
        u->full = true;
        *sr1 |= BTF;
        return;
    }
    u->data = u->shift;
    *sr1 |= RXNE;
}

static void received(unsigned unit) {
    Unit *u = &units[unit];
    bool pos = *reg(unit, I2C_CR1) & POS, now = *reg(unit, I2C_CR1) & ACK, ack = pos ? u->next_ack : now;
    u->next_ack = now;
    note("%02x%c ", u->shift, ack ? '+' : '-');
    deliver(unit);
    if (!ack) u->reading = false;
    fetch(unit);
}

static void sent(unsigned unit) {
    Unit *u = &units[unit];
    I2cDevice *d = device_of(unit);
    bool ack = d->refuse != 0;
    if (d->refuse > 0) d->refuse--;
    note("%02x%c ", u->shift, ack ? '+' : '-');
    if (!ack) {
        *reg(unit, I2C_SR1) = (*reg(unit, I2C_SR1) | AF) & ~(uint32_t)TXE;
        return;
    }
    if (d->has_pointer) d->memory[d->at++] = u->shift;
    else d->at = u->shift, d->has_pointer = true;
    if (*reg(unit, I2C_SR1) & TXE) *reg(unit, I2C_SR1) |= BTF;
    else send(unit);
}

static void addressed(unsigned unit) {
    Unit *u = &units[unit];
    I2cDevice *d = device_of(unit);
    bool there = d->address && d->address == u->shift >> 1;
    u->reading = false;
    u->addressing = false;
    note("%02x%c%c ", u->shift >> 1, u->shift & 1 ? 'r' : 'w', there ? '+' : '-');
    *reg(unit, I2C_SR1) |= there ? ADDR : AF;
    u->seen = false;
    if (!(u->shift & 1)) d->has_pointer = false;
}

static void bits_done(Event *e) {
    Unit *u = &units[e->unit];
    u->shifting = false;
    if (u->addressing) addressed(e->unit);
    else if (u->reading) received(e->unit);
    else sent(e->unit);
}

static void started(Event *e) {
    unsigned unit = e->unit;
    bool again = *reg(unit, I2C_SR2) & MSL;
    if (!again && !lines_are_free(unit)) return; // never
    note(again ? "R " : "S ");
    units[unit].reading = units[unit].full = false;
    *reg(unit, I2C_CR1) &= ~(uint32_t)START;
    *reg(unit, I2C_SR1) = SB;
    *reg(unit, I2C_SR2) = MSL | BUSY;
}

static void stopped(Event *e) {
    unsigned unit = e->unit;
    if (units[unit].shifting) { // behind the byte
        model_at(e, bit_ns(unit));
        return;
    }
    note("P ");
    units[unit].reading = false;
    *reg(unit, I2C_CR1) &= ~(uint32_t)STOP;
    *reg(unit, I2C_SR1) &= RXNE | BTF;
    *reg(unit, I2C_SR2) = 0;
}

// ---- Registers -----------------------------------------------------------------------------------------------------------------

static void clear_address(unsigned unit) {
    Unit *u = &units[unit];
    *reg(unit, I2C_SR1) &= ~(uint32_t)ADDR;
    u->reading = u->shift & 1;
    u->next_ack = *reg(unit, I2C_CR1) & ACK;
    if (u->reading) fetch(unit);
    else *reg(unit, I2C_SR2) |= TRA, *reg(unit, I2C_SR1) |= TXE;
}

static uint32_t read_data(unsigned unit) {
    Unit *u = &units[unit];
    uint32_t *sr1 = reg(unit, I2C_SR1);
    if (!(*sr1 & RXNE)) model_fail("I2C%u: DR was read with nothing in it", unit);
    uint8_t value = u->data;
    *sr1 &= ~(uint32_t)(RXNE | BTF);
    if (u->full) u->full = false, deliver(unit);
    fetch(unit);
    return value;
}

uint32_t i2c_read(uint32_t address) {
    unsigned unit = (address - 0x40005400) / 0x400 + 1;
    uint32_t offset = address & 0x3FF, value = *model_word(address);
    if (offset == I2C_DR) return read_data(unit);
    if (offset == I2C_SR1) units[unit].seen |= (value & ADDR) != 0;
    if (offset == I2C_SR2) {
        if (*reg(unit, I2C_SR1) & ADDR && units[unit].seen) clear_address(unit);
        return value | (*reg(unit, I2C_CR1) & ON && !(pin_level(scl[unit]) && pin_level(sda[unit])) ? BUSY : 0);
    }
    return value;
}

static void write_data(unsigned unit, uint8_t value) {
    Unit *u = &units[unit];
    uint32_t *sr1 = reg(unit, I2C_SR1);
    u->data = value;
    if (*sr1 & SB) {
        *sr1 &= ~(uint32_t)SB;
        u->addressing = u->shifting = true;
        u->shift = value;
        model_at(&u->bits, 9 * bit_ns(unit));
        return;
    }
    if (!(*sr1 & TXE)) model_fail("I2C%u: DR was written while it is full", unit);
    if (u->shifting) *sr1 &= ~(uint32_t)(TXE | BTF);
    else send(unit);
}

static void control(unsigned unit, uint32_t value) {
    Unit *u = &units[unit];
    u->start.fire = started, u->bits.fire = bits_done, u->stop.fire = stopped;
    u->start.unit = u->bits.unit = u->stop.unit = unit;
    *reg(unit, I2C_CR1) = value;
    if (value & RESET) {
        u->start.at = u->bits.at = u->stop.at = 0;
        u->reading = u->shifting = u->full = u->addressing = false;
        *reg(unit, I2C_SR1) = *reg(unit, I2C_SR2) = 0;
    }
    if (value & ON && value & START && !u->start.at) model_at(&u->start, bit_ns(unit));
    if (value & ON && value & STOP && !u->stop.at) model_at(&u->stop, bit_ns(unit));
}

void i2c_write(uint32_t address, uint32_t value) {
    unsigned unit = (address - 0x40005400) / 0x400 + 1;
    uint32_t offset = address & 0x3FF;
    if ((offset == I2C_CCR || offset == I2C_TRISE) && *reg(unit, I2C_CR1) & ON)
        model_fail("I2C%u: its rate was changed while it is on", unit);
    if (offset == I2C_CR1) control(unit, value);
    else if (offset == I2C_DR) write_data(unit, (uint8_t)value);
    else if (offset == I2C_SR1) *model_word(address) &= value | 0xFF; // errors are cleared with zeros
    else *model_word(address) = value;
}
