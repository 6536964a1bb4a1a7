// uart.c - machine.UART: a stream of bytes over two wires.
// SPDX-License-Identifier: MIT
#include "machine_part.h"

#include <string.h>

#define SELF         KR_AS(KrUart, self)
#define TABLE        (kr_machine(vm)->board->uart)
#define METHOD(name) static KrValue uart_##name(KrVm *vm, KrValue self, const KrValue *arg)

enum { LINE = 256, MOST_RX = 1 << 24 };

static void uart_trace(KrTracer *tracer, KrObject *object) {
    KrUart *u = (KrUart *)object;
    KrValue value[] = { u->board, u->id, u->port, u->tx, u->rx };
    for (size_t i = 0; i < KR_COUNT_OF(value); i++) kr_trace(tracer, value[i]);
}

static void uart_finalize(KrVm *vm, KrObject *object) {
    const KrUart *o = (const KrUart *)object;
    (void)vm;
    if (o->fd >= 0) kr_port_close(o->fd);
}

// ---- Making ----------------------------------------------------------------------------------------------------------------------------

static bool take_parity(KrVm *vm, KrUart *u, KrValue v) {
    int64_t n = 2;
    if (kr_is_none(v)) return u->parity = 0, true;
    if (kr_is_int(v) && kr_int_value(v) == -1) return true;
    if (!kr_machine_number(vm, v, "parity", 0, 1, &n)) return false;
    return u->parity = n == 2 ? 0 : n ? 1 : 2, true; // 0 is even, 1 odd
}

// baudrate, bits, parity, stop, tx, rx, timeout, timeout_char, rxbuf, flow
static bool configure(KrVm *vm, KrUart *u, const KrValue *arg) {
    int64_t n[] = { u->baud, u->bits, u->stop, u->timeout_ns / 1000000, u->char_ns / 1000000, (int64_t)u->rx_size, u->flow };
    static const struct {
        uint8_t at;
        const char *name;
        int64_t least, most;
    } range[] = { { 0, "baudrate", 1, 20000000 },    { 1, "bits", 5, 8 },         { 3, "stop", 1, 2 }, { 6, "timeout", 0, 1000000000 },
                  { 7, "timeout_char", 0, 1000000 }, { 8, "rxbuf", 16, MOST_RX }, { 9, "flow", 0, 3 } };
    for (size_t i = 0; i < KR_COUNT_OF(range); i++)
        if (!kr_machine_number(vm, arg[range[i].at], range[i].name, range[i].least, range[i].most, &n[i])) return false;
    if (!take_parity(vm, u, arg[2])) return false;
    u->baud = (uint32_t)n[0], u->bits = (uint8_t)n[1], u->stop = (uint8_t)n[2], u->flow = (uint8_t)n[6];
    u->timeout_ns = n[3] * 1000000, u->char_ns = n[4] * 1000000, u->rx_size = (size_t)n[5];
    KrValue *slot[] = { &u->tx, &u->rx };
    for (size_t i = 0; i < 2; i++) {
        KrPin *pin = kr_is_none(arg[4 + i]) ? NULL : kr_pin_of(vm, arg[4 + i]);
        if (!kr_is_none(arg[4 + i]) && !pin) return false;
        if (pin) kr_store(vm, u, slot[i], kr_from_ptr(pin));
    }
    return TABLE->open(vm, u);
}

METHOD(make) {
    const KrMachine *m = kr_machine(vm);
    (void)self;
    if (!m || !m->board->uart) return m ? kr_lacks(vm, "UART") : KR_ERROR;
    KrValue v = kr_alloc_instance(vm, &kr_uart_type);
    if (kr_is_error(v)) return v;
    KrUart *u = KR_AS(KrUart, v);
    u->board = m->state, u->id = arg[0], u->port = KR_UNSET, u->tx = u->rx = KR_NONE;
    u->fd = -1, u->baud = 9600, u->bits = 8, u->stop = 1, u->rx_size = LINE;
    return configure(vm, u, arg + 1) ? v : KR_ERROR;
}
static const KrMethod uart_make_row = { "UART(id=0, baudrate=9600, bits=8, parity=None, stop=1, *, tx=None, rx=None, timeout=0, "
                                        "timeout_char=0, rxbuf=256, flow=0, txbuf=-1, invert=-1)",
                                        uart_make, KR_NO_DOC, 0 };
METHOD(init) { return configure(vm, SELF, arg) ? KR_NONE : KR_ERROR; }
METHOD(deinit) { return (void)arg, TABLE->close ? TABLE->close(vm, SELF) : (void)0, KR_NONE; }

static KrValue uart_repr(KrVm *vm, KrValue self) {
    static const char *const parities[] = { "None", "1", "0" };
    return kr_format(vm, "UART(%R, baudrate=%u, bits=%d, parity=%s, stop=%d)", SELF->id, (size_t)SELF->baud, SELF->bits,
                     parities[SELF->parity], SELF->stop);
}

// ---- Reading and writing -----------------------------------------------------------------------------------------------------------------

METHOD(any) {
    intptr_t n = TABLE->available(vm, SELF);
    return (void)arg, n < 0 ? KR_ERROR : kr_int(vm, n);
}

// Up to len bytes: waits `timeout` for the first, and `timeout_char` for each further one. What came; below zero: raised.
static intptr_t fill(KrVm *vm, KrValue self, uint8_t *out, size_t len) {
    size_t have = 0;
    while (have < len) {
        intptr_t n = TABLE->read(vm, SELF, out + have, len - have);
        if (n < 0) return -1;
        have += (size_t)n;
        int64_t patience = have ? SELF->char_ns : SELF->timeout_ns;
        if (n || have == len) continue;
        if (!patience || !TABLE->wait(vm, SELF, kr_now_ns(vm) + patience)) return kr_raised(vm) ? -1 : (intptr_t)have;
        intptr_t ready = TABLE->available(vm, SELF);
        if (ready <= 0) return ready < 0 ? -1 : (intptr_t)have;
    }
    return (intptr_t)have;
}

// Bytes as an object; None: nothing came.
static KrValue result(KrVm *vm, KrValue bytes, intptr_t n) {
    if (n < 0 || !kr_poll(vm, 10)) return KR_ERROR;
    return n ? kr_bytes(vm, kr_bytes_data(bytes, NULL), (size_t)n) : KR_NONE;
}

// read(nbytes=<unset>, /): without a number, as much as comes without a pause.
METHOD(read) {
    size_t len = LINE;
    bool all = kr_is_unset(arg[0]) || kr_is_none(arg[0]) || (kr_is_int(arg[0]) && kr_int_value(arg[0]) < 0);
    if (!all && !kr_to_size(vm, arg[0], "nbytes", &len)) return KR_ERROR;
    if (len > MOST_RX) return kr_raise(vm, &kr_value_error, "nbytes must be at most %d, not %u", MOST_RX, len);
    if (all) {
        intptr_t there = TABLE->available(vm, SELF);
        if (there < 0) return KR_ERROR;
        if ((size_t)there > len) len = (size_t)there;
    }
    KrValue bytes = kr_bytes(vm, NULL, len);
    return kr_is_error(bytes) ? bytes : result(vm, bytes, fill(vm, self, kr_bytes_data(bytes, NULL), len));
}

METHOD(readinto) {
    KrBuffer b;
    size_t len = SIZE_MAX;
    if (!kr_is_unset(arg[1]) && !kr_to_size(vm, arg[1], "nbytes", &len)) return KR_ERROR;
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_WRITE)) return KR_ERROR;
    intptr_t n = fill(vm, self, b.data, len < b.len ? len : b.len);
    kr_release_buffer(vm, &b);
    return n < 0 || !kr_poll(vm, 10) ? KR_ERROR : n ? kr_int(vm, n) : KR_NONE;
}

METHOD(readline) {
    KrValue line = kr_bytes(vm, NULL, 0);
    uint8_t piece[LINE];
    (void)arg;
    for (;;) {
        size_t n = 0;
        intptr_t got = 1;
        while (n < LINE && (got = fill(vm, self, piece + n, 1)) == 1 && piece[n++] != '\n') {}
        if (got < 0 || kr_is_error(line)) return KR_ERROR;
        KrValue more = kr_bytes(vm, piece, n);
        line = kr_is_error(more) ? more : kr_binary(vm, KR_ADD, line, more);
        if (kr_is_error(line) || !kr_poll(vm, 10)) return KR_ERROR;
        if (got == 0 || (n && piece[n - 1] == '\n')) break;
    }
    size_t len;
    (void)kr_bytes_data(line, &len);
    return len ? line : KR_NONE;
}

METHOD(write) {
    KrBuffer b;
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    size_t done = 0;
    intptr_t n = 1;
    while (n > 0 && done < b.len) {
        n = TABLE->write(vm, SELF, (const uint8_t *)b.data + done, b.len - done);
        if (n > 0) done += (size_t)n;
    }
    kr_release_buffer(vm, &b);
    return n < 0 || !kr_poll(vm, 10) ? KR_ERROR : kr_int(vm, (int64_t)done);
}

METHOD(sendbreak) { return (void)arg, TABLE->send_break(vm, SELF) ? KR_NONE : KR_ERROR; }
METHOD(flush) { return (void)arg, TABLE->flush(vm, SELF) ? KR_NONE : KR_ERROR; }
METHOD(txdone) { return uart_flush(vm, self, arg), kr_raised(vm) ? KR_ERROR : KR_TRUE; }
METHOD(fileno) {
    (void)arg;
    return SELF->fd < 0 ? kr_raise_os(vm, KR_PORT_EBADF, KR_UNSET) : kr_int_box(SELF->fd);
}

static KrValue get_rts(KrVm *vm, KrValue self) { return (void)vm, (void)self, kr_int_box(1); }
static KrValue get_cts(KrVm *vm, KrValue self) { return (void)vm, (void)self, kr_int_box(2); }
static const KrGetSet uart_attributes[] = { { "RTS", get_rts, kr_class_constant, NULL },
                                            { "CTS", get_cts, kr_class_constant, NULL },
                                            { 0 } };

static const KrMethod uart_methods[] = {
    { "init(baudrate=-1, bits=-1, parity=-1, stop=-1, *, tx=None, rx=None, timeout=-1, timeout_char=-1, rxbuf=-1, flow=-1, txbuf=-1, "
      "invert=-1)",
      uart_init,
      KR_DOC("Change the settings. parity: None, 0 (even), 1 (odd). timeout, timeout_char: milliseconds to wait for the first character, "
             "and for each "
             "further one. rxbuf: bytes that are kept until they are read. flow: UART.RTS | UART.CTS."),
      0 },
    { "deinit()", uart_deinit, KR_DOC("Let go of the line."), 0 },
    { "any()", uart_any, KR_DOC("Return how many bytes can be read without waiting."), 0 },
    { "read(nbytes=<unset>, /)", uart_read, KR_DOC("Read up to nbytes bytes, or what comes without a pause; None if nothing came in time."),
      0 },
    { "readinto(buf, nbytes=<unset>, /)", uart_readinto, KR_DOC("Read into buf; return how many bytes came, or None."), 0 },
    { "readline()", uart_readline, KR_DOC("Read up to a newline; None if nothing came in time."), 0 },
    { "write(buf, /)", uart_write, KR_DOC("Send buf; return its length."), 0 },
    { "sendbreak()", uart_sendbreak, KR_DOC("Hold the line low for longer than a character."), 0 },
    { "flush()", uart_flush, KR_DOC("Wait until all has been sent."), 0 },
    { "txdone()", uart_txdone, KR_DOC("Has all been sent?"), 0 },
    { "fileno()", uart_fileno, KR_DOC("Return the descriptor, for select; OSError where the board has none."), 0 },
    { 0 },
};

const KrType kr_uart_type = {
    KR_TYPE_HEAD(kr_uart_type), .name = "UART",         .module = "machine",       .doc = KR_DOC("A serial line."),
    .flags = KR_TYPE_WEAKREF,   .size = sizeof(KrUart), .methods = uart_methods,   .attributes = uart_attributes,
    .make = &uart_make_row,     .trace = uart_trace,    .finalize = uart_finalize, .repr = uart_repr,
};
