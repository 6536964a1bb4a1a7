// sim_bus.c - buses of the simulated board: each transfer is a call of a method of the object that stands for the bus.
// SPDX-License-Identifier: MIT
#include "sim_part.h"

#include <string.h>

// The board's object for a bus: board.method(id, ...)
static bool ask_board(KrVm *vm, KrValue board, const char *method, size_t count, const KrValue *arg, void *owner, KrValue *port) {
    KrValue v = kr_call_method(vm, board, method, count, arg);
    return !kr_is_error(v) && (kr_store(vm, owner, port, v), true);
}

static KrValue pin_number(KrValue pin) { return kr_is_none(pin) ? pin : kr_int_box(kr_pin(pin)->number); }

// Bytes from a method's result, exactly that many.
static bool take_bytes(KrVm *vm, KrValue v, uint8_t *out, size_t len) {
    KrBuffer b;
    if (kr_is_error(v) || !kr_get_buffer(vm, v, &b, KR_BUFFER_READ)) return false;
    bool ok = b.len == len || kr_fail(kr_raise(vm, &kr_value_error, "the simulated device gave %u bytes, %u were asked for", b.len, len));
    if (ok && len) memcpy(out, b.data, len);
    kr_release_buffer(vm, &b);
    return ok;
}

// ---- I2C: port.transfer(address, data, count, stop): data is written, then count bytes are read; the bytes read, or how many were acknowledged --------

static bool i2c_open(KrVm *vm, KrI2c *bus) {
    KrValue arg[] = { bus->id, pin_number(bus->scl), pin_number(bus->sda), kr_int(vm, bus->hz) };
    return ask_board(vm, bus->board, "_i2c", 4, arg, bus, &bus->port);
}

static KrValue join(KrVm *vm, const KrI2cPart *part, size_t count) {
    size_t len = 0;
    for (size_t i = 0; i < count; i++) len += part[i].len;
    KrValue bytes = kr_bytes(vm, NULL, len);
    if (kr_is_error(bytes)) return bytes;
    uint8_t *to = kr_bytes_data(bytes, NULL);
    for (size_t i = 0; i < count; to += part[i++].len)
        if (part[i].len) memcpy(to, part[i].data, part[i].len);
    return bytes;
}

// Writes that follow each other are one, and a read behind them belongs to them.
static intptr_t i2c_transfer(KrVm *vm, KrI2c *bus, unsigned address, KrI2cPart *part, size_t count, bool stop) {
    intptr_t acknowledged = 0;
    for (size_t i = 0; i < count;) {
        size_t from = i;
        while (i < count && !part[i].read) i++;
        KrI2cPart *in = i < count ? &part[i++] : NULL;
        KrValue data = join(vm, part + from, i - from - (in ? 1 : 0));
        if (kr_is_error(data)) return -1;
        KrValue arg[] = { kr_int_box((intptr_t)address), data, kr_int_box(in ? (intptr_t)in->len : -1), kr_bool(stop && i == count) };
        KrValue v = kr_call_method(vm, bus->port, "transfer", 4, arg);
        int64_t n = 0;
        if (kr_is_error(v) || (in ? !take_bytes(vm, v, in->data, in->len) : !kr_to_int64(vm, v, &n))) return -1;
        if (n < 0 || n > INT32_MAX) return (void)kr_raise(vm, &kr_value_error, "the simulated device took %z bytes", (intptr_t)n), -1;
        acknowledged += (intptr_t)n;
    }
    return acknowledged;
}

const KrI2cTable kr_sim_i2c = { .open = i2c_open, .transfer = i2c_transfer };

// ---- SPI: port.transfer(data), as many bytes back ------------------------------------------------------------------------------------------

static bool spi_open(KrVm *vm, KrSpi *bus) {
    KrValue mode = kr_int_box(bus->polarity << 1 | bus->phase);
    KrValue arg[] = { bus->id, pin_number(bus->sck), pin_number(bus->mosi), pin_number(bus->miso), kr_int(vm, bus->hz), mode };
    return ask_board(vm, bus->board, "_spi", 6, arg, bus, &bus->port);
}

static bool spi_transfer(KrVm *vm, KrSpi *bus, const uint8_t *out, uint8_t *in, size_t len) {
    KrValue data = kr_bytes(vm, out, len), v = kr_is_error(data) ? data : kr_call_method(vm, bus->port, "transfer", 1, &data);
    if (kr_is_error(v)) return false;
    return !in || take_bytes(vm, v, in, len);
}

const KrSpiTable kr_sim_spi = { .open = spi_open, .transfer = spi_transfer };

// ---- ADC: port() is the voltage; PWM: port(hz, duty, running) ----------------------------------------------------------------------------------

static KrValue pin_or_number(KrValue id) { return kr_isa(id, &kr_pin_type) ? kr_int_box(kr_pin(id)->number) : id; }

static bool adc_open(KrVm *vm, KrAdc *adc) {
    KrValue arg[] = { pin_or_number(adc->id), kr_bool(kr_isa(adc->id, &kr_pin_type)) };
    return ask_board(vm, adc->board, "_adc", 2, arg, adc, &adc->port);
}

static bool adc_read(KrVm *vm, KrAdc *adc, double *volts, double *full) {
    *full = 3.3;
    KrValue v = kr_call(vm, adc->port, 0, NULL);
    return !kr_is_error(v) && kr_to_double(vm, v, volts);
}

const KrAdcTable kr_sim_adc = { .open = adc_open, .read = adc_read };

static bool pwm_open(KrVm *vm, KrPwm *pwm) {
    KrPin *pin = kr_pin_of(vm, pwm->id);
    if (!pin) return false;
    KrValue number = kr_int_box(pin->number);
    return ask_board(vm, pwm->board, "_pwm", 1, &number, pwm, &pwm->port);
}

static bool pwm_set(KrVm *vm, KrPwm *p) {
    KrValue arg[] = { kr_float(vm, p->hz), kr_float(vm, p->invert ? 1 - p->duty : p->duty), kr_bool(p->running) };
    return !kr_is_error(arg[0]) && !kr_is_error(arg[1]) && !kr_is_error(kr_call(vm, p->port, 3, arg));
}

const KrPwmTable kr_sim_pwm = { .open = pwm_open, .set = pwm_set };

// ---- 1-wire: port.reset(), port.bit(out), port.byte(out) -----------------------------------------------------------------------------------------

static bool wire_open(KrVm *vm, KrWire *w) {
    KrValue number = kr_int_box(kr_pin(w->pin)->number);
    return ask_board(vm, w->board, "_wire", 1, &number, w, &w->port);
}

static int number_of(KrVm *vm, KrValue v) {
    int64_t n;
    return kr_is_error(v) || !kr_to_int64(vm, v, &n) ? -1 : (int)(n & 0xFF);
}

static int wire_reset(KrVm *vm, KrWire *w) { return number_of(vm, kr_call_method(vm, w->port, "reset", 0, NULL)); }

static int wire_bit(KrVm *vm, KrWire *w, bool out) {
    KrValue bit = kr_int_box(out);
    return number_of(vm, kr_call_method(vm, w->port, "bit", 1, &bit));
}

static int wire_byte(KrVm *vm, KrWire *w, int out) {
    KrValue byte = kr_int_box(out < 0 ? 0xFF : out);
    return number_of(vm, kr_call_method(vm, w->port, "byte", 1, &byte));
}

const KrWireTable kr_sim_wire = { .open = wire_open, .reset = wire_reset, .bit = wire_bit, .byte = wire_byte };
