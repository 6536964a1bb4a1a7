// board_i2c.c - I2C 1 to 3 of the STM32F405, as their controller (RM0090 section 27). All waits are bounded by the bus's timeout.
//
// What is not stopped is held: the next transfer begins with a repeated start. A device that holds SDA low, since it was interrupted in the middle of
// a byte, is clocked until it lets go (UM10204 section 3.1.16).
// SPDX-License-Identifier: MIT
#include "stm32f405/board_part.h"

enum { LAST = 3, STANDARD_HZ = 100000, FAST_HZ = 400000, CLOCKS = 9, ERROR_EIO = 5, ERROR_ENODEV = 19, ERROR_ETIMEDOUT = 110 };
enum { ON = 1 << 0, START = 1 << 8, STOP = 1 << 9, ACK = 1 << 10, POSITION = 1 << 11, RESET = 1 << 15 }; // CR1
enum {
    STARTED = 1 << 0,
    ADDRESSED = 1 << 1,
    FINISHED = 1 << 2,
    RX_READY = 1 << 6,
    TX_EMPTY = 1 << 7,
    BUS_ERROR = 1 << 8,
    LOST = 1 << 9,
    REFUSED = 1 << 10
};                       // SR1
enum { BUSY = 1 << 1 };  // SR2
enum { FAST = 1 << 15 }; // CCR

typedef enum { DONE, NOBODY, NAK, DISTURBED, HELD } Result;

typedef struct {
    KrObject head;
    uint32_t base, patience; // patience: counts of TIM2 for each step
    uint8_t unit, scl, sda;
    bool held; // the last transfer was not stopped
} Port;

static const KrType port_type = { KR_TYPE_HEAD(port_type), .name = "_i2c", .flags = KR_TYPE_NO_NEW, .size = sizeof(Port) };

// ---- Opening -------------------------------------------------------------------------------------------------------------------

// Sections 27.6.8 and 27.6.9: the clock's halves (in fast mode low is twice as long as high), and how fast it has to rise: 1000 ns, or 300 ns.
static void set_rate(uint32_t base, uint32_t hz) {
    uint32_t bus = kr_clock_apb1(), mhz = bus / 1000000, parts = hz > STANDARD_HZ ? 3 : 2, divider = (bus + parts * hz - 1) / (parts * hz);
    if (hz <= STANDARD_HZ && divider < 4) divider = 4;
    kr_reg_set(base + I2C_CR2, mhz);
    kr_reg_set(base + I2C_CCR, divider | (hz > STANDARD_HZ ? FAST : 0));
    kr_reg_set(base + I2C_TRISE, (hz > STANDARD_HZ ? mhz * 300 / 1000 : mhz) + 1);
}

static void restart(const Port *p, uint32_t hz) {
    kr_reg_set(p->base + I2C_CR1, RESET);
    kr_reg_set(p->base + I2C_CR1, 0);
    set_rate(p->base, hz);
    kr_reg_set(p->base + I2C_CR1, ON);
}

static bool i2c_open(KrVm *vm, KrI2c *bus) {
    unsigned unit;
    if (!kr_unit_of(vm, bus->id, "I2C", LAST, &unit)) return false;
    uint32_t least = kr_clock_apb1() / (2 * 0xFFF) + 1;
    if (bus->hz > FAST_HZ || bus->hz < least)
        return kr_fail(kr_raise(vm, &kr_value_error, "I2C %d: freq must be %u to %u, not %u", (int)unit, (size_t)least, (size_t)FAST_HZ,
                                (size_t)bus->hz));
    if (!kr_pin_take(vm, bus->scl, KR_SCL, unit, "I2C", true) || !kr_pin_take(vm, bus->sda, KR_SDA, unit, "I2C", true)) return false;
    Port *p = kr_alloc(vm, &port_type.shape, sizeof *p);
    if (!p) return false;
    p->base = 0x40005400u + 0x400u * (unit - 1), p->unit = (uint8_t)unit, p->patience = kr_counts((uint64_t)bus->timeout_ns);
    p->scl = kr_is_none(bus->scl) ? kr_pin_role(KR_CHIP_PINS, KR_SCL, unit)->pin : (uint8_t)KR_AS(KrPin, bus->scl)->number;
    p->sda = kr_is_none(bus->sda) ? kr_pin_role(KR_CHIP_PINS, KR_SDA, unit)->pin : (uint8_t)KR_AS(KrPin, bus->sda)->number;
    kr_reg_change(RCC_APB1ENR, 0, 1u << (20 + unit));
    restart(p, bus->hz);
    kr_store(vm, bus, &bus->port, kr_from_ptr(p));
    return true;
}

static void i2c_close(KrVm *vm, KrI2c *bus) {
    (void)vm;
    if (!kr_is_unset(bus->port)) kr_reg_set(KR_AS(Port, bus->port)->base + I2C_CR1, 0);
    bus->port = KR_UNSET;
}

// ---- A bus that is held --------------------------------------------------------------------------------------------------------

static void line(unsigned pin, bool high, uint32_t half) {
    uint32_t from = kr_count();
    kr_gpio_write(pin, high);
    kr_count_wait(from, half);
}

// By hand: clocks until SDA is free, then a stop. true: both lines are high.
static bool set_free(const Port *p, uint32_t hz) {
    const KrGpio by_hand = { .mode = KR_PIN_OPEN_DRAIN, .pull = KR_PULL_UP, .speed = 2 }, by_unit = { KR_PIN_ALT, KR_PULL_UP, 2, 4, true };
    uint32_t half = kr_counts(1000000000 / STANDARD_HZ / 2);
    line(p->scl, true, half), line(p->sda, true, half);
    kr_gpio_setup(p->scl, by_hand), kr_gpio_setup(p->sda, by_hand);
    for (int n = 0; n < CLOCKS && !kr_gpio_read(p->sda); n++) line(p->scl, false, half), line(p->scl, true, half);
    line(p->scl, false, half), line(p->sda, false, half);
    line(p->scl, true, half), line(p->sda, true, half);
    bool is_free = kr_gpio_read(p->scl) && kr_gpio_read(p->sda);
    kr_gpio_setup(p->scl, by_unit), kr_gpio_setup(p->sda, by_unit);
    restart(p, hz);
    return is_free;
}

// ---- Steps ---------------------------------------------------------------------------------------------------------------------

// Until one of the flags is set; what is wrong comes first.
static Result step(const Port *p, uint32_t flags) {
    for (uint32_t from = kr_count();;) {
        uint32_t status = kr_reg_get(p->base + I2C_SR1);
        if (status & (BUS_ERROR | LOST)) return kr_reg_set(p->base + I2C_SR1, 0), DISTURBED;
        if (status & REFUSED) return kr_reg_set(p->base + I2C_SR1, 0), NAK;
        if (status & flags) return DONE;
        if (kr_count() - from > p->patience) return HELD;
    }
}

static void stop(Port *p) {
    kr_reg_change(p->base + I2C_CR1, 0, STOP);
    (void)kr_reg_until(p->base + I2C_CR1, STOP, 0, p->patience);
    p->held = false;
}

static void clear_addressed(const Port *p) { // SR1 was read; now SR2
    (void)kr_reg_get(p->base + I2C_SR2);
}

static Result address_device(Port *p, unsigned address, bool read) {
    kr_reg_change(p->base + I2C_CR1, POSITION, ACK | START);
    Result r = step(p, STARTED);
    if (r != DONE) return r;
    kr_reg_set(p->base + I2C_DR, address << 1 | read);
    r = step(p, ADDRESSED);
    return r == NAK ? NOBODY : r;
}

// ---- Bytes ---------------------------------------------------------------------------------------------------------------------

static Result write_bytes(const Port *p, const uint8_t *data, size_t len, size_t *done) {
    Result r = DONE;
    for (size_t i = 0; i < len && r == DONE; i++) {
        kr_reg_set(p->base + I2C_DR, data[i]);
        r = step(p, FINISHED);
        *done += r == DONE;
    }
    return r;
}

// Section 27.3.3: the acknowledgement of a byte is decided on while the one before it comes in, or a device would send one too many. With one byte that
// is before the address is done, with two for the second (POSITION); of more, the last three wait in the unit until it is. What decides must not
// be interrupted.
static Result read_one(Port *p, uint8_t *out, bool stops) {
    kr_reg_change(p->base + I2C_CR1, ACK, 0);
    uint32_t masked = kr_irq_save();
    clear_addressed(p);
    if (stops) kr_reg_change(p->base + I2C_CR1, 0, STOP);
    kr_irq_restore(masked);
    Result r = step(p, RX_READY);
    if (r == DONE) *out = (uint8_t)kr_reg_get(p->base + I2C_DR);
    return r;
}

static Result read_two(Port *p, uint8_t *out, bool stops) {
    kr_reg_change(p->base + I2C_CR1, 0, POSITION);
    uint32_t masked = kr_irq_save();
    clear_addressed(p);
    kr_reg_change(p->base + I2C_CR1, ACK, 0);
    kr_irq_restore(masked);
    Result r = step(p, FINISHED);
    if (r != DONE) return r;
    if (stops) kr_reg_change(p->base + I2C_CR1, 0, STOP);
    out[0] = (uint8_t)kr_reg_get(p->base + I2C_DR);
    out[1] = (uint8_t)kr_reg_get(p->base + I2C_DR);
    return DONE;
}

static Result read_many(Port *p, uint8_t *out, size_t len, bool stops) {
    Result r = DONE;
    clear_addressed(p);
    for (; len > 3 && r == DONE; len--) {
        r = step(p, RX_READY);
        if (r == DONE) *out++ = (uint8_t)kr_reg_get(p->base + I2C_DR);
    }
    if (r != DONE || (r = step(p, FINISHED)) != DONE) return r;
    kr_reg_change(p->base + I2C_CR1, ACK, 0);
    *out++ = (uint8_t)kr_reg_get(p->base + I2C_DR);
    r = step(p, FINISHED);
    if (r != DONE) return r;
    if (stops) kr_reg_change(p->base + I2C_CR1, 0, STOP);
    *out++ = (uint8_t)kr_reg_get(p->base + I2C_DR);
    *out = (uint8_t)kr_reg_get(p->base + I2C_DR);
    return DONE;
}

static Result read_bytes(Port *p, uint8_t *out, size_t len, bool stops) {
    Result r = len == 1 ? read_one(p, out, stops) : len == 2 ? read_two(p, out, stops) : read_many(p, out, len, stops);
    if (r == DONE && stops) {
        (void)kr_reg_until(p->base + I2C_CR1, STOP, 0, p->patience);
        p->held = false;
    }
    return r;
}

// ---- Transfers -----------------------------------------------------------------------------------------------------------------

static Result run(Port *p, unsigned address, const KrI2cPart *part, size_t count, bool stops, size_t *done) {
    Result r = DONE;
    for (size_t i = 0; i < count && r == DONE; i++) {
        bool read = part[i].read && part[i].len;
        if (i == 0 || read || part[i - 1].read) {
            r = address_device(p, address, read);
            if (r == DONE && !read) clear_addressed(p);
            p->held = true;
        }
        if (r == DONE && read) r = read_bytes(p, part[i].data, part[i].len, stops && i + 1 == count);
        else if (r == DONE) r = write_bytes(p, part[i].data, part[i].len, done);
    }
    if (p->held && (stops || r != DONE)) stop(p);
    return r;
}

static intptr_t failed(KrVm *vm, KrI2c *bus, unsigned address, Result r) {
    Port *p = KR_AS(Port, bus->port);
    if (r == NOBODY)
        return (void)kr_board_fail(vm, ERROR_ENODEV, kr_format(vm, "I2C %R: no device answers at address 0x%x", bus->id, (size_t)address)),
               -1;
    bool is_free = set_free(p, bus->hz);
    p->held = false;
    if (r == DISTURBED || is_free) {
        const char *what =
            r == DISTURBED ? "the transfer was disturbed; another controller, or noise" : "a device took too long; the bus is free again";
        (void)kr_board_fail(vm, r == DISTURBED ? ERROR_EIO : ERROR_ETIMEDOUT,
                            kr_format(vm, "I2C %R, address 0x%x: %s", bus->id, (size_t)address, what));
    } else {
        (void)kr_board_fail(vm, ERROR_ETIMEDOUT,
                            kr_format(vm, "I2C %R: the bus is held low; is there a pull-up, and does a device hang?", bus->id));
    }
    return -1;
}

static intptr_t i2c_transfer(KrVm *vm, KrI2c *bus, unsigned address, KrI2cPart *part, size_t count, bool stops) {
    size_t done = 0;
    if (kr_is_unset(bus->port)) return (void)kr_raise_os(vm, KR_PORT_EBADF, KR_UNSET), -1;
    Port *p = KR_AS(Port, bus->port);
    if (address > 0x7F) return (void)kr_raise(vm, &kr_value_error, "I2C %R: addresses have 7 bits, not 0x%x", bus->id, (size_t)address), -1;
    if (!p->held && kr_reg_get(p->base + I2C_SR2) & BUSY && !set_free(p, bus->hz)) return failed(vm, bus, address, HELD);
    Result r = run(p, address, part, count, stops, &done);
    return r == DONE || r == NAK ? (intptr_t)done : failed(vm, bus, address, r);
}

const KrI2cTable kr_chip_i2c = { .open = i2c_open, .close = i2c_close, .transfer = i2c_transfer };
