// board_uart.c - serial lines UART 2 to 6 of the STM32F405 (RM0090 section 30): what comes in is put into a ring by the interrupt; sending looks at
// the transmitter. UART 1 is the console's.
//
// A line that is open has a descriptor, FIRST_FD and its number, for those who wait for several files.
// SPDX-License-Identifier: MIT
#include "stm32f405/board_part.h"

#include "stm32f405/uart.h"
#include "vm/blocking.h"
#include "vm/clock.h"

enum { FIRST_FD = 32, FIRST = 2, LAST = 6, ERROR_ETIMEDOUT = 110 };
enum { OVERRUN = 1 << 3, RX_READY = 1 << 5, TX_DONE = 1 << 6, TX_EMPTY = 1 << 7 }; // SR
enum {
    BREAK = 1 << 0,
    ON = 1 << 13,
    RX_INTERRUPT = 1 << 5,
    RX = 1 << 2,
    TX = 1 << 3,
    ODD = 1 << 9,
    PARITY = 1 << 10,
    NINE = 1 << 12
}; // CR1

typedef struct {
    KrObject head;
    uint32_t base;
    uint8_t unit, mask; // mask: of the bits of a character
    volatile size_t in, out;
    volatile uint32_t lost;
    KrRaw *ring; // full with one byte less than it has
} Port;

static Port *port_at[LAST + 1]; // whom the interrupt serves; NULL: the line is closed

static const struct {
    uint32_t base;
    uint8_t irq, clock; // clock: the bit in RCC_APB1ENR; of UART 6 in RCC_APB2ENR
} units[LAST + 1] = {
    [2] = { 0x40004400, 38, 17 }, [3] = { 0x40004800, 39, 18 }, [4] = { 0x40004C00, 52, 19 },
    [5] = { 0x40005000, 53, 20 }, [6] = { 0x40011400, 71, 5 },
};

static void close_unit(unsigned unit) {
    if (!port_at[unit]) return;
    kr_irq_disable(units[unit].irq);
    kr_reg_set(units[unit].base + USART_CR1, 0);
    port_at[unit] = NULL;
}

void kr_uarts_end(void) {
    for (unsigned unit = FIRST; unit <= LAST; unit++) close_unit(unit);
}

static void port_finalize(KrVm *vm, KrObject *object) {
    const Port *p = (const Port *)object;
    (void)vm;
    if (port_at[p->unit] == p) close_unit(p->unit);
}

static void port_trace(KrTracer *tracer, KrObject *object) { kr_trace_object(tracer, ((Port *)object)->ring); }

static const KrType port_type = { KR_TYPE_HEAD(port_type), .name = "_uart",     .flags = KR_TYPE_NO_NEW,
                                  .size = sizeof(Port),    .trace = port_trace, .finalize = port_finalize };

// ---- The interrupt -------------------------------------------------------------------------------------------------------------

static void receive(Port *p) {
    for (uint32_t status; (status = kr_reg_get(p->base + USART_SR)) & (RX_READY | OVERRUN);) {
        uint8_t c = (uint8_t)(kr_reg_get(p->base + USART_DR) & p->mask); // clears the flags too
        size_t next = p->in + 1 == p->ring->cap ? 0 : p->in + 1;
        p->lost += (status & OVERRUN ? 1 : 0) + (next == p->out && status & RX_READY ? 1 : 0);
        if (next == p->out || !(status & RX_READY)) continue;
        p->ring->data[p->in] = c;
        p->in = next;
    }
}

void UART_IRQHandler(void) {
    for (unsigned unit = FIRST; unit <= LAST; unit++)
        if (port_at[unit]) receive(port_at[unit]);
    kr_wake();
}

// ---- Opening -------------------------------------------------------------------------------------------------------------------

static uint32_t bus_hz(unsigned unit) { return unit == 6 ? kr_clock_apb2() : kr_clock_apb1(); }

// Sixteen samples a bit; the divider's lowest four bits are its fraction.
static bool check(KrVm *vm, const KrUart *u, unsigned unit, uint32_t *divider) {
    uint32_t hz = bus_hz(unit);
    *divider = (hz + u->baud / 2) / u->baud;
    if (*divider < 16 || *divider > 0xFFFF)
        return kr_fail(kr_raise(vm, &kr_value_error, "UART %d: baudrate must be %u to %u, not %u", (int)unit, (size_t)hz / 0xFFFF + 1,
                                (size_t)hz / 16, (size_t)u->baud));
    if (u->bits + (u->parity ? 1 : 0) < 8 || u->bits < 7)
        return kr_fail(kr_raise(vm, &kr_value_error, "UART %d: bits must be 8, or 7 with parity, not %d", (int)unit, u->bits));
    return true;
}

static bool take_pins(KrVm *vm, const KrUart *u, unsigned unit) {
    return kr_pin_take(vm, u->tx, KR_TX, unit, "UART", false) && kr_pin_take(vm, u->rx, KR_RX, unit, "UART", false) &&
           (!(u->flow & 1) || kr_pin_take(vm, KR_NONE, KR_RTS, unit, "UART", false)) &&
           (!(u->flow & 2) || kr_pin_take(vm, KR_NONE, KR_CTS, unit, "UART", false));
}

static void start(Port *p, const KrUart *u, uint32_t divider) {
    uint32_t control =
        ON | RX_INTERRUPT | RX | TX | (u->parity ? PARITY : 0) | (u->parity == 1 ? ODD : 0) | (u->parity && u->bits == 8 ? NINE : 0);
    kr_reg_change(p->unit == 6 ? RCC_APB2ENR : RCC_APB1ENR, 0, 1u << units[p->unit].clock);
    kr_reg_set(p->base + USART_CR1, 0);
    kr_reg_set(p->base + USART_BRR, divider);
    kr_reg_set(p->base + USART_CR2, u->stop == 2 ? 2 << 12 : 0);
    kr_reg_set(p->base + USART_CR3, (u->flow & 1 ? 1 << 8 : 0) | (u->flow & 2 ? 1 << 9 : 0));
    port_at[p->unit] = p;
    kr_reg_set(p->base + USART_CR1, control);
    kr_irq_enable(units[p->unit].irq);
}

static bool uart_open(KrVm *vm, KrUart *u) {
    unsigned unit;
    uint32_t divider;
    if (!kr_unit_of(vm, u->id, "UART", LAST, &unit)) return false;
    if (unit < FIRST) return kr_fail(kr_raise(vm, &kr_value_error, "UART 1 is the console; there are UART 2 to 6"));
    if (!check(vm, u, unit, &divider) || !take_pins(vm, u, unit)) return false;
    KrValue port = kr_alloc_instance(vm, &port_type); // which has its finalizer called
    KrRaw *data = kr_is_error(port) ? NULL : kr_raw_new(vm, u->rx_size + 1);
    if (!data) return false;
    Port *p = KR_AS(Port, port);
    KR_STORE_PTR(vm, p, p->ring, data);
    p->base = units[unit].base, p->unit = (uint8_t)unit, p->mask = u->bits == 7 ? 0x7F : 0xFF;
    close_unit(unit);
    kr_store(vm, u, &u->port, port);
    u->fd = FIRST_FD + (int)unit;
    start(p, u, divider);
    return true;
}

static void uart_close(KrVm *vm, KrUart *u) {
    (void)vm;
    if (u->fd >= 0) close_unit((unsigned)u->fd - FIRST_FD);
    u->fd = -1;
}

// ---- Bytes ---------------------------------------------------------------------------------------------------------------------

static Port *port_of(int fd) { return fd >= FIRST_FD + FIRST && fd <= FIRST_FD + LAST ? port_at[fd - FIRST_FD] : NULL; }

bool kr_uart_is_open(int fd) { return port_of(fd); }

// NULL: it is closed: raised
static Port *checked(KrVm *vm, const KrUart *u) {
    Port *p = port_of(u->fd);
    if (!p) (void)kr_raise_os(vm, KR_PORT_EBADF, KR_UNSET);
    return p;
}

bool kr_uart_is_ready(int fd, bool writes) {
    const Port *p = port_of(fd);
    return p && (writes ? kr_reg_get(p->base + USART_SR) & TX_EMPTY : p->in != p->out);
}

static intptr_t available(KrVm *vm, KrUart *u) {
    const Port *p = checked(vm, u);
    if (!p) return -1;
    size_t in = p->in;
    return (intptr_t)(in >= p->out ? in - p->out : in + p->ring->cap - p->out);
}

static intptr_t uart_read(KrVm *vm, KrUart *u, uint8_t *out, size_t len) {
    Port *p = checked(vm, u);
    size_t n = 0;
    if (!p) return -1;
    for (; n < len && p->out != p->in; n++) {
        out[n] = p->ring->data[p->out];
        p->out = p->out + 1 == p->ring->cap ? 0 : p->out + 1;
    }
    return (intptr_t)n;
}

// Until a bit of the status is set; with flow control that may take for ever, so that Ctrl-C ends it.
static const Port *until(KrVm *vm, const KrUart *u, uint32_t flag) {
    const Port *p;
    while ((p = checked(vm, u)) && !(kr_reg_get(p->base + USART_SR) & flag))
        if (!kr_poll(vm, 50)) return NULL;
    return p;
}

// A byte, and one more where the first has left for the wire.
static intptr_t uart_write(KrVm *vm, KrUart *u, const uint8_t *data, size_t len) {
    const Port *p = until(vm, u, TX_EMPTY);
    size_t n = 0;
    if (!p) return -1;
    for (; n < len && kr_reg_get(p->base + USART_SR) & TX_EMPTY; n++) kr_reg_set(p->base + USART_DR, data[n]);
    return (intptr_t)n;
}

static bool uart_wait(KrVm *vm, KrUart *u, int64_t end) {
    while (port_of(u->fd) && !kr_uart_is_ready(u->fd, false)) {
        int64_t left = end - kr_now_ns(vm), most = kr_deadline_left(vm);
        if (left <= 0) return true;
        (void)kr_block_sleep_ns(vm, left < most ? left : most);
        if (!kr_poll(vm, 1000000)) return false;
    }
    return true;
}

static bool flush(KrVm *vm, KrUart *u) { return until(vm, u, TX_DONE) != NULL; }

static bool send_break(KrVm *vm, KrUart *u) {
    const Port *p = until(vm, u, TX_DONE);
    if (!p) return false;
    kr_reg_change(p->base + USART_CR1, 0, BREAK);
    uint32_t from = kr_count(), most = kr_counts(UINT64_C(30000000000) / u->baud);
    while (kr_reg_get(p->base + USART_CR1) & BREAK)
        if (kr_count() - from > most) return kr_board_fail(vm, ERROR_ETIMEDOUT, kr_format(vm, "UART %R: the break was not sent", u->id));
    return true;
}

const KrUartTable kr_chip_uart = { .open = uart_open,
                                   .close = uart_close,
                                   .available = available,
                                   .read = uart_read,
                                   .write = uart_write,
                                   .wait = uart_wait,
                                   .flush = flush,
                                   .send_break = send_break };
