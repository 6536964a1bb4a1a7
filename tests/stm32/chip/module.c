// module.c - the command of Krait with the board stm32f405 over a model of the chip, and module _chip, through which tests see and move what is
// around the chip. What start.c, time.c and console.c are on the chip is here for the host.
// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "../modules/machine/machine_part.h"
#include "model.h"
#include "stm32f405/board_part.h"
#include "stm32f405/crash.h"
#include "vm/builtins.h"

KrVm *chip_vm_new(const KrOptions *options);

const KrBoard *const kr_boards[] = { &kr_chip_board, NULL };
KrSurvivor kr_survivor;
static int64_t wall;

void kr_wake(void) {}
void kr_console_drain(void) {}
void kr_time_init(void) {}
void kr_time_set_wall(int64_t ns) { wall = ns; }

// ---- Functions -----------------------------------------------------------------------------------------------------------------

#define FUNCTION(name) static KrValue name(KrVm *vm, KrValue self, const KrValue *arg)

static bool numbers(KrVm *vm, const KrValue *arg, int64_t *out, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!kr_to_int64(vm, arg[i], &out[i])) return false;
    return true;
}

FUNCTION(drive) { // pin, level or None
    KrPin *pin = kr_pin_of(vm, arg[0]);
    bool on = false;
    (void)self;
    if (!pin || (!kr_is_none(arg[1]) && !kr_truth(vm, arg[1], &on))) return KR_ERROR;
    return pin_drive((unsigned)pin->number, kr_is_none(arg[1]) ? FREE : on), KR_NONE;
}
FUNCTION(level) {
    const KrPin *pin = kr_pin_of(vm, arg[0]);
    return (void)self, pin ? kr_int_box(pin_level((unsigned)pin->number)) : KR_ERROR;
}
FUNCTION(advance) {
    int64_t ns;
    (void)self;
    return numbers(vm, arg, &ns, 1) ? model_advance(ns), KR_NONE : KR_ERROR;
}
FUNCTION(pace) {
    (void)self;
    return numbers(vm, arg, &model_pace_ns, 1) ? KR_NONE : KR_ERROR;
}
FUNCTION(now) { return (void)self, (void)arg, kr_int(vm, model_ns); }

FUNCTION(i2c_attach) { // unit, address, bytes, refuse
    int64_t n[2], refuse;
    KrBuffer b;
    (void)self;
    if (!numbers(vm, arg, n, 2) || !numbers(vm, arg + 3, &refuse, 1) || !kr_get_buffer(vm, arg[2], &b, KR_BUFFER_READ)) return KR_ERROR;
    I2cDevice *d = &i2c_device[n[0]];
    *d = (I2cDevice){ .address = (uint8_t)n[1], .refuse = (int)refuse };
    memcpy(d->memory, b.data, b.len < sizeof d->memory ? b.len : sizeof d->memory);
    return kr_release_buffer(vm, &b), KR_NONE;
}
FUNCTION(i2c_trace) {
    KrValue text = kr_str_c(vm, i2c_text);
    return (void)self, (void)arg, i2c_text[0] = 0, text;
}
FUNCTION(i2c_stick) {
    int64_t n[2];
    (void)self;
    return numbers(vm, arg, n, 2) ? i2c_hold((unsigned)n[0], (int)n[1]), KR_NONE : KR_ERROR;
}

FUNCTION(i2c_hand) { // scl, sda, address, bytes
    const KrPin *scl = kr_pin_of(vm, arg[0]), *sda = kr_pin_of(vm, arg[1]);
    int64_t address;
    KrBuffer b;
    (void)self;
    if (!scl || !sda || !numbers(vm, arg + 2, &address, 1) || !kr_get_buffer(vm, arg[3], &b, KR_BUFFER_READ)) return KR_ERROR;
    I2cDevice d = { .address = (uint8_t)address };
    memcpy(d.memory, b.data, b.len < sizeof d.memory ? b.len : sizeof d.memory);
    hand_attach((unsigned)scl->number, (unsigned)sda->number, &d);
    return kr_release_buffer(vm, &b), KR_NONE;
}
FUNCTION(join) {
    const KrPin *from = kr_pin_of(vm, arg[0]), *to = kr_pin_of(vm, arg[1]);
    (void)self;
    return from && to ? hand_join((unsigned)from->number, (unsigned)to->number), KR_NONE : KR_ERROR;
}

FUNCTION(spi_answer) {
    int64_t n;
    (void)self;
    if (!numbers(vm, arg, &n, 1)) return KR_ERROR;
    return spi_silent = n < 0, spi_xor = (uint32_t)n, KR_NONE;
}
FUNCTION(spi_take) {
    KrValue v = kr_bytes(vm, spi_sent, spi_count);
    return (void)self, (void)arg, spi_count = 0, v;
}

FUNCTION(uart_give) {
    int64_t unit;
    KrBuffer b;
    (void)self;
    if (!numbers(vm, arg, &unit, 1) || !kr_get_buffer(vm, arg[1], &b, KR_BUFFER_READ)) return KR_ERROR;
    for (size_t i = 0; i < b.len; i++) uart_feed((unsigned)unit, ((const uint8_t *)b.data)[i]);
    return kr_release_buffer(vm, &b), KR_NONE;
}
FUNCTION(uart_take) {
    int64_t unit;
    (void)self;
    if (!numbers(vm, arg, &unit, 1)) return KR_ERROR;
    KrValue v = kr_bytes(vm, uart_sent[unit], uart_count[unit]);
    return uart_count[unit] = 0, v;
}

FUNCTION(analog) { // channel, volts
    int64_t channel;
    (void)self;
    return numbers(vm, arg, &channel, 1) && kr_to_double(vm, arg[1], channel < 0 ? &adc_supply : &adc_volts[channel]) ? KR_NONE : KR_ERROR;
}
FUNCTION(analog_hangs) { return (void)self, kr_truth(vm, arg[0], &adc_silent) ? KR_NONE : KR_ERROR; }

FUNCTION(wire) { // pin, ROM
    KrPin *pin = kr_pin_of(vm, arg[0]);
    KrBuffer b;
    (void)self;
    if (!pin || !kr_get_buffer(vm, arg[1], &b, KR_BUFFER_READ)) return KR_ERROR;
    wire_attach((unsigned)pin->number, b.data);
    return kr_release_buffer(vm, &b), KR_NONE;
}

// Changes of a pin, since it was asked for: (ns, level).
static struct {
    int64_t ns;
    bool level;
} trace[TEXT];
static size_t trace_count;
static unsigned traced;

static void note(unsigned pin, bool on) {
    if (pin == traced && trace_count < TEXT) trace[trace_count].ns = model_ns, trace[trace_count++].level = on;
}

FUNCTION(watch) {
    const KrPin *pin = kr_pin_of(vm, arg[0]);
    (void)self;
    if (!pin) return KR_ERROR;
    return traced = (unsigned)pin->number, trace_count = 0, pin_listener = note, KR_NONE;
}
FUNCTION(watched) {
    KrValue list = kr_list(vm, 0, NULL);
    (void)self, (void)arg;
    for (size_t i = 0; i < trace_count && !kr_is_error(list); i++) {
        KrValue item[] = { kr_int(vm, trace[i].ns), kr_int_box(trace[i].level) }, pair = kr_tuple(vm, 2, item);
        if (kr_is_error(pair) || !kr_list_append(vm, list, pair)) return KR_ERROR;
    }
    return list;
}

FUNCTION(clock_init) { // crystal, emulated; what the buses have then
    bool crystal;
    (void)self;
    if (!kr_truth(vm, arg[0], &crystal) || !kr_truth(vm, arg[1], &model_emulated)) return KR_ERROR;
    model_no_crystal = !crystal;
    kr_clock_init();
    KrValue item[] = { kr_int(vm, kr_clock_core()), kr_int(vm, kr_clock_apb1()), kr_int(vm, kr_clock_apb2()),
                       kr_int(vm, kr_clock_count()) };
    return kr_tuple(vm, 4, item);
}
FUNCTION(rtc) { // what the next start would find
    int64_t ns;
    (void)self, (void)arg;
    return kr_rtc_read(&ns) ? kr_int(vm, ns) : KR_NONE;
}
FUNCTION(bitten) { return (void)vm, (void)self, (void)arg, kr_bool(iwdg_bitten()); }
FUNCTION(is_late) { return (void)vm, (void)self, (void)arg, kr_bool(kr_watchdog_is_late()); }

// As a start after a reset with these flags in RCC_CSR. Memory is as it was, or lost.
FUNCTION(boot) {
    int64_t flags;
    bool lost;
    (void)self;
    if (!numbers(vm, arg, &flags, 1) || !kr_truth(vm, arg[1], &lost)) return KR_ERROR;
    if (lost) memset(&kr_survivor, 0x5A, sizeof kr_survivor);
    *model_word(RCC_CSR) = (uint32_t)flags;
    bool reset = model_resets;
    model_resets = false;
    return kr_crash_boot(), kr_bool(reset);
}
FUNCTION(crash) { // kind, pc, message
    int64_t n[2];
    (void)self;
    if (!numbers(vm, arg, n, 2)) return KR_ERROR;
    KrCrash c = { .kind = (uint32_t)n[0], .pc = (uint32_t)n[1], .uptime_ms = 1234 };
    strncpy(c.message, kr_str_text(arg[2], NULL), sizeof c.message - 1);
    return kr_crash_note(&c), KR_NONE;
}
FUNCTION(fault_kind) {
    int64_t cfsr;
    (void)self;
    return numbers(vm, arg, &cfsr, 1) ? kr_str_c(vm, kr_crash_name(kr_crash_kind((uint32_t)cfsr))) : KR_ERROR;
}

static const KrMethod functions[] = {
    { "drive(pin, level, /)", drive, "", 0 },
    { "level(pin, /)", level, "", 0 },
    { "advance(ns, /)", advance, "", 0 },
    { "pace(ns, /)", pace, "", 0 },
    { "now()", now, "", 0 },
    { "i2c_attach(unit, address, memory, refuse=-1, /)", i2c_attach, "", 0 },
    { "i2c_trace()", i2c_trace, "", 0 },
    { "i2c_stick(unit, clocks, /)", i2c_stick, "", 0 },
    { "i2c_hand(scl, sda, address, memory, /)", i2c_hand, "", 0 },
    { "join(from, to, /)", join, "", 0 },
    { "spi_answer(xor, /)", spi_answer, "", 0 },
    { "spi_take()", spi_take, "", 0 },
    { "uart_give(unit, data, /)", uart_give, "", 0 },
    { "uart_take(unit, /)", uart_take, "", 0 },
    { "analog(channel, volts, /)", analog, "", 0 },
    { "analog_hangs(on, /)", analog_hangs, "", 0 },
    { "wire(pin, rom, /)", wire, "", 0 },
    { "watch(pin, /)", watch, "", 0 },
    { "watched()", watched, "", 0 },
    { "clock_init(crystal, emulated, /)", clock_init, "", 0 },
    { "rtc()", rtc, "", 0 },
    { "bitten()", bitten, "", 0 },
    { "is_late()", is_late, "", 0 },
    { "boot(flags, lost=False, /)", boot, "", 0 },
    { "crash(kind, pc, message, /)", crash, "", 0 },
    { "fault_kind(cfsr, /)", fault_kind, "", 0 },
    { 0 },
};
static const KrModuleDef chip = { "_chip", NULL, functions, NULL, NULL };

KrVm *chip_vm_new(const KrOptions *options) { // kr_vm_new, for ports/linux/main.c
    static const KrModuleDef *const modules[] = { &chip, NULL };
    KrOptions with = *options;
    with.modules = modules;
    kr_clock_init();
    return kr_vm_new(&with);
}
