// model_serial.c - the SPI units and serial lines (RM0090 sections 28 and 30). What an SPI device answers is what it got, with some bits turned.
// SPDX-License-Identifier: MIT
#include "model.h"

#include "stm32f405/registers.h"

// ---- SPI -----------------------------------------------------------------------------------------------------------------------

enum { RXNE = 1 << 0, TXE = 1 << 1, OVR = 1 << 6, BSY = 1 << 7, SPE = 1 << 6, DFF = 1 << 11 };

uint8_t spi_sent[TEXT];
size_t spi_count;
uint32_t spi_xor;
bool spi_silent;
static struct {
    Event bits;
    uint32_t shift, data;
} spi[4];

static unsigned spi_unit(uint32_t address) { return address >= 0x40013000 ? 1 : address < 0x40003C00 ? 2 : 3; }
static uint32_t spi_base(unsigned unit) { return unit == 1 ? 0x40013000 : unit == 2 ? 0x40003800 : 0x40003C00; }

static void spi_done(Event *e) {
    uint32_t *status = model_word(spi_base(e->unit) + SPI_SR);
    if (spi_silent) return;
    *status = (*status & ~(uint32_t)BSY) | (*status & RXNE ? OVR : RXNE);
    spi[e->unit].data = spi[e->unit].shift ^ spi_xor;
}

uint32_t spi_read(uint32_t address) {
    unsigned unit = spi_unit(address);
    uint32_t *status = model_word(spi_base(unit) + SPI_SR);
    if ((address & 0x3FF) == SPI_SR) return *status | (*status & BSY ? 0 : TXE);
    if ((address & 0x3FF) != SPI_DR) return *model_word(address);
    *status &= ~(uint32_t)(RXNE | OVR);
    return spi[unit].data;
}

static void spi_put(unsigned unit, uint32_t value) {
    uint32_t control = *model_word(spi_base(unit) + SPI_CR1);
    bool wide = control & DFF;
    if (!(control & SPE)) model_fail("SPI%u is off", unit);
    if (*model_word(spi_base(unit) + SPI_SR) & BSY) model_fail("SPI%u: DR was written while it is full", unit);
    if (wide) spi_sent[spi_count++ % TEXT] = (uint8_t)(value >> 8);
    spi_sent[spi_count++ % TEXT] = (uint8_t)value;
    spi[unit].shift = value & (wide ? 0xFFFF : 0xFF);
    spi[unit].bits.fire = spi_done, spi[unit].bits.unit = unit;
    *model_word(spi_base(unit) + SPI_SR) |= BSY;
    model_at(&spi[unit].bits, (wide ? 16 : 8) * (1000000000LL << ((control >> 3 & 7) + 1)) / (unit == 1 ? 84000000 : 42000000));
}

void spi_write(uint32_t address, uint32_t value) {
    uint32_t before = *model_word(address);
    if ((address & 0x3FF) == SPI_DR) {
        spi_put(spi_unit(address), value);
        return;
    }
    if ((address & 0x3FF) == SPI_CR1 && before & SPE && value & SPE && before != value)
        model_fail("SPI%u was changed while it is on", spi_unit(address));
    *model_word(address) = value;
}

// ---- Serial lines --------------------------------------------------------------------------------------------------------------

enum {
    ORE = 1 << 3,
    RX_READY = 1 << 5,
    TX_DONE = 1 << 6,
    TX_EMPTY = 1 << 7,
    BREAK = 1 << 0,
    RE = 1 << 2,
    TE = 1 << 3,
    RX_IRQ = 1 << 5,
    UE = 1 << 13
};

uint8_t uart_sent[UNITS][TEXT];
size_t uart_count[UNITS];
static struct {
    Event sent, broken;
    bool busy, waiting, read_status; // waiting: a byte in DR, behind the one that is sent
    uint8_t data, next;
} line[UNITS];

static uint32_t uart_base(unsigned unit) { return unit == 6 ? 0x40011400 : 0x40004400 + 0x400 * (unit - 2); }
static unsigned uart_unit(uint32_t address) { return address >= 0x40011400 ? 6 : (address - 0x40004400) / 0x400 + 2; }

static int64_t character_ns(unsigned unit) {
    uint32_t divider = *model_word(uart_base(unit) + USART_BRR);
    if (divider < 16) model_fail("UART%u: divider %u", unit, divider);
    return 10LL * divider * 1000000000 / (unit == 6 ? 84000000 : 42000000);
}

static void uart_send(unsigned unit, uint8_t c) {
    uart_sent[unit][uart_count[unit]++ % TEXT] = c;
    line[unit].busy = true;
    model_at(&line[unit].sent, character_ns(unit));
}

static void uart_was_sent(Event *e) {
    line[e->unit].busy = false;
    if (!line[e->unit].waiting) return;
    line[e->unit].waiting = false;
    uart_send(e->unit, line[e->unit].next);
}

static void uart_broken(Event *e) { *model_word(uart_base(e->unit) + USART_CR1) &= ~(uint32_t)BREAK; }

uint32_t uart_read(uint32_t address) {
    unsigned unit = uart_unit(address);
    uint32_t *status = model_word(uart_base(unit) + USART_SR);
    if ((address & 0x3FF) == USART_SR)
        return line[unit].read_status = true, *status | (line[unit].waiting ? 0 : TX_EMPTY) | (line[unit].busy ? 0 : TX_DONE);
    if ((address & 0x3FF) != USART_DR) return *model_word(address);
    *status &= ~(uint32_t)(RX_READY | (line[unit].read_status ? ORE : 0));
    line[unit].read_status = false;
    return line[unit].data;
}

void uart_write(uint32_t address, uint32_t value) {
    unsigned unit = uart_unit(address);
    line[unit].sent.fire = uart_was_sent, line[unit].broken.fire = uart_broken;
    line[unit].sent.unit = line[unit].broken.unit = unit;
    if ((address & 0x3FF) != USART_DR) {
        *model_word(address) = value;
        if ((address & 0x3FF) == USART_CR1 && value & BREAK) model_at(&line[unit].broken, character_ns(unit));
        return;
    }
    if ((*model_word(uart_base(unit) + USART_CR1) & (UE | TE)) != (UE | TE)) model_fail("UART%u does not send", unit);
    if (line[unit].waiting) model_fail("UART%u: DR was written while it is full", unit);
    if (line[unit].busy) line[unit].waiting = true, line[unit].next = (uint8_t)value;
    else uart_send(unit, (uint8_t)value);
}

void uart_feed(unsigned unit, uint8_t c) {
    uint32_t *status = model_word(uart_base(unit) + USART_SR), control = *model_word(uart_base(unit) + USART_CR1);
    static const uint8_t irq[] = { [2] = 38, 39, 52, 53, 71 };
    if ((control & (UE | RE)) != (UE | RE)) return;
    if (*status & RX_READY) *status |= ORE;
    else line[unit].data = c, *status |= RX_READY;
    if (control & RX_IRQ) model_interrupt(irq[unit]);
}
