// board_spi.c - SPI 1 to 3 of the STM32F405, as their controller (RM0090 section 28).
// SPDX-License-Identifier: MIT
#include "stm32f405/board_part.h"

enum { RX_READY = 1 << 0, TX_EMPTY = 1 << 1, BUSY = 1 << 7, LAST = 3, ERROR_EIO = 5 };
enum {
    PHASE = 1 << 0,
    POLARITY = 1 << 1,
    CONTROLLER = 1 << 2,
    ON = 1 << 6,
    LSB_FIRST = 1 << 7,
    SELECTED = 3 << 8,
    SIXTEEN = 1 << 11
}; // CR1

static const struct {
    uint32_t base;
    uint8_t clock; // the bit in RCC_APB1ENR; of SPI 1 in RCC_APB2ENR
} units[LAST + 1] = { [1] = { 0x40013000, 12 }, [2] = { 0x40003800, 14 }, [3] = { 0x40003C00, 15 } };

static uint32_t base_of(const KrSpi *bus) { return kr_is_int(bus->port) ? units[kr_int_value(bus->port)].base : 0; } // 0: it is closed

// The highest rate of its clock divided by 2 to 256 that is not above what was asked for.
static bool find_rate(KrVm *vm, KrSpi *bus, unsigned unit, unsigned *divider) {
    uint32_t hz = unit == 1 ? kr_clock_apb2() : kr_clock_apb1();
    for (*divider = 0; *divider < 8 && hz >> (*divider + 1) > bus->hz;) ++*divider;
    if (*divider == 8)
        return kr_fail(
            kr_raise(vm, &kr_value_error, "SPI %d: baudrate must be at least %u, not %u", (int)unit, (size_t)hz / 256, (size_t)bus->hz));
    return bus->hz = hz >> (*divider + 1), true;
}

static bool spi_open(KrVm *vm, KrSpi *bus) {
    unsigned unit, divider;
    if (!kr_unit_of(vm, bus->id, "SPI", LAST, &unit)) return false;
    if (bus->bits != 8 && bus->bits != 16)
        return kr_fail(kr_raise(vm, &kr_value_error, "SPI %d: bits must be 8 or 16, not %d", (int)unit, bus->bits));
    if (!find_rate(vm, bus, unit, &divider)) return false;
    if (!kr_pin_take(vm, bus->sck, KR_SCK, unit, "SPI", false) || !kr_pin_take(vm, bus->mosi, KR_MOSI, unit, "SPI", false) ||
        !kr_pin_take(vm, bus->miso, KR_MISO, unit, "SPI", false))
        return false;
    kr_reg_change(unit == 1 ? RCC_APB2ENR : RCC_APB1ENR, 0, 1u << units[unit].clock);
    uint32_t control = CONTROLLER | SELECTED | divider << 3 | (bus->polarity ? POLARITY : 0) | (bus->phase ? PHASE : 0) |
                       (bus->lsb_first ? LSB_FIRST : 0) | (bus->bits == 16 ? SIXTEEN : 0);
    kr_reg_set(units[unit].base + SPI_CR1, control); // off while it changes
    kr_reg_set(units[unit].base + SPI_CR1, control | ON);
    bus->port = kr_int_box((intptr_t)unit);
    return true;
}

static void spi_close(KrVm *vm, KrSpi *bus) {
    (void)vm;
    if (base_of(bus)) kr_reg_set(base_of(bus) + SPI_CR1, 0);
    bus->port = KR_UNSET;
}

// Sixteen bits are two bytes, the first of them the higher one.
static bool exchange(uint32_t base, const uint8_t *out, uint8_t *in, bool wide, uint32_t patience) {
    if (!kr_reg_until(base + SPI_SR, TX_EMPTY, TX_EMPTY, patience)) return false;
    kr_reg_set(base + SPI_DR, wide ? (uint32_t)out[0] << 8 | out[1] : out[0]);
    if (!kr_reg_until(base + SPI_SR, RX_READY, RX_READY, patience)) return false;
    uint32_t got = kr_reg_get(base + SPI_DR);
    if (in && wide) in[0] = (uint8_t)(got >> 8), in[1] = (uint8_t)got;
    else if (in) in[0] = (uint8_t)got;
    return true;
}

static bool spi_transfer(KrVm *vm, KrSpi *bus, const uint8_t *out, uint8_t *in, size_t len) {
    uint32_t base = base_of(bus), patience = kr_counts(UINT64_C(100000000000) / bus->hz); // a hundred bits
    bool wide = bus->bits == 16;
    if (!base) return kr_fail(kr_raise_os(vm, KR_PORT_EBADF, KR_UNSET));
    if (wide && len % 2)
        return kr_fail(kr_raise(vm, &kr_value_error, "SPI %R: with 16 bits the length must be even, not %u", bus->id, len));
    for (size_t i = 0; i < len; i += wide ? 2 : 1)
        if (!exchange(base, out + i, in ? in + i : NULL, wide, patience))
            return kr_board_fail(vm, ERROR_EIO, kr_format(vm, "SPI %R: the transfer does not end", bus->id));
    (void)kr_reg_until(base + SPI_SR, BUSY, 0, patience); // the device is deselected next
    return true;
}

const KrSpiTable kr_chip_spi = { .open = spi_open, .close = spi_close, .transfer = spi_transfer };
