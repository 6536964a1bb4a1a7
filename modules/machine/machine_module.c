// machine_module.c - the machine module: its functions, and Signal.
// SPDX-License-Identifier: MIT
#include "machine_part.h"

#include "../modules/modules.h"

#define FUNCTION(name) static KrValue machine_##name(KrVm *vm, KrValue self, const KrValue *arg)

// ---- Signal: a pin whose level may mean the opposite ------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue pin;
    bool invert;
} Signal;

#define SIGNAL KR_AS(Signal, self)

static void signal_trace(KrTracer *tracer, KrObject *object) { kr_trace(tracer, ((Signal *)object)->pin); }

// Signal(pin, *args, invert=False, **kwargs): pin is a Pin, or anything else that has value(); or all of it is for Pin().
static KrValue signal_make(KrVm *vm, KrValue self, const KrValue *arg) {
    bool invert, has_value = false;
    size_t count;
    const KrValue *more = kr_tuple_items(arg[1], &count);
    KrValue pin = arg[0], method;
    (void)self;
    if (!kr_truth(vm, arg[2], &invert) || !kr_find_attr(vm, pin, kr_name(vm, "value"), &method)) return KR_ERROR;
    has_value = !kr_is_unset(method);
    if (!has_value || count || kr_dict_len(arg[3])) {
        KrValue all = kr_tuple(vm, count + 1, NULL);
        if (kr_is_error(all)) return all;
        KrValue *item = kr_tuple_items(all, NULL);
        item[0] = arg[0];
        for (size_t i = 0; i < count; i++) item[i + 1] = more[i];
        pin = kr_call_args(vm, kr_type_value(&kr_pin_type), all, arg[3]);
    }
    KrValue v = kr_is_error(pin) ? pin : kr_alloc_instance(vm, &kr_signal_type);
    if (kr_is_error(v)) return v;
    Signal *s = KR_AS(Signal, v);
    s->pin = pin, s->invert = invert;
    return v;
}
static const KrMethod signal_make_row = { "Signal(pin, *args, invert=False, **kwargs)", signal_make, KR_NO_DOC, 0 };

static KrValue signal_value(KrVm *vm, KrValue self, const KrValue *arg) {
    bool on;
    if (!kr_is_unset(arg[0])) {
        if (!kr_truth(vm, arg[0], &on)) return KR_ERROR;
        KrValue level = kr_int_box(on != SIGNAL->invert);
        return kr_is_error(kr_call_method(vm, SIGNAL->pin, "value", 1, &level)) ? KR_ERROR : KR_NONE;
    }
    KrValue level = kr_call_method(vm, SIGNAL->pin, "value", 0, NULL);
    if (kr_is_error(level) || !kr_truth(vm, level, &on)) return KR_ERROR;
    return kr_int_box(on != SIGNAL->invert);
}
static KrValue signal_on(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, signal_value(vm, self, (KrValue[]){ KR_TRUE }); }
static KrValue signal_off(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, signal_value(vm, self, (KrValue[]){ KR_FALSE }); }

static KrValue signal_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    if (!kr_is_unset(names) || count > 1) return kr_raise(vm, &kr_type_error, "Signal() takes a value or nothing");
    return signal_value(vm, self, count ? arg : (KrValue[]){ KR_UNSET });
}

static const KrMethod signal_methods[] = {
    { "value(x=<unset>, /)", signal_value, KR_DOC("Return 1 if the signal is active, else 0; or make it active, or not."), 0 },
    { "on()", signal_on, KR_DOC("Make the signal active."), 0 },
    { "off()", signal_off, KR_DOC("Make the signal inactive."), 0 },
    { 0 },
};
const KrType kr_signal_type = {
    KR_TYPE_HEAD(kr_signal_type), .name = "Signal",
    .module = "machine",          .doc = KR_DOC("A pin as what it means: with invert=True it is active when the pin is 0."),
    .flags = KR_TYPE_WEAKREF,     .size = sizeof(Signal),
    .methods = signal_methods,    .make = &signal_make_row,
    .trace = signal_trace,        .call = signal_call,
};

// ---- The board ----------------------------------------------------------------------------------------------------------------------------

FUNCTION(unique_id) {
    const KrMachine *m = kr_machine(vm);
    (void)self, (void)arg;
    return !m ? KR_ERROR : m->board->unique_id ? m->board->unique_id(vm, m->state) : kr_lacks(vm, "identity");
}
FUNCTION(reset_cause) {
    const KrMachine *m = kr_machine(vm);
    (void)self, (void)arg;
    return !m ? KR_ERROR : kr_int_box(m->board->reset_cause ? m->board->reset_cause(vm, m->state) : KR_RESET_POWER_ON);
}

static KrValue reset_for(KrVm *vm, KrResetCause cause) {
    const KrMachine *m = kr_machine(vm);
    return m && m->board->reset(vm, m->state, cause) ? KR_NONE : KR_ERROR;
}
FUNCTION(reset) { return (void)self, (void)arg, reset_for(vm, KR_RESET_HARD); }
FUNCTION(soft_reset) { return (void)self, (void)arg, reset_for(vm, KR_RESET_SOFT); }

// Until something happens; at most that many milliseconds.
static KrValue wait_ms(KrVm *vm, KrValue v) {
    int64_t ms = -1;
    if (!kr_machine_number(vm, v, "time_ms", 0, 1000000000000, &ms)) return KR_ERROR;
    KrValue time = kr_import(vm, "time"), n = kr_int(vm, ms < 0 ? 0 : ms);
    return kr_is_error(time) ? time : kr_call_method(vm, time, "sleep_ms", 1, &n);
}
FUNCTION(lightsleep) { return (void)self, wait_ms(vm, arg[0]); }
FUNCTION(deepsleep) {
    (void)self;
    if (kr_is_error(wait_ms(vm, arg[0]))) return KR_ERROR;
    return reset_for(vm, KR_RESET_DEEP_SLEEP);
}
FUNCTION(idle) {
    KrValue ms = kr_int_box(1);
    return (void)self, (void)arg, wait_ms(vm, ms);
}
FUNCTION(freq) {
    const KrMachine *m = kr_machine(vm);
    (void)self;
    if (!m || !m->board->freq) return m ? kr_lacks(vm, "clock that can be read or set") : KR_ERROR;
    return kr_is_unset(arg[0]) ? kr_int(vm, m->board->freq()) : kr_lacks(vm, "clock that can be set");
}
FUNCTION(last_crash) {
    const KrMachine *m = kr_machine(vm);
    (void)self, (void)arg;
    return !m ? KR_ERROR : m->board->last_crash ? m->board->last_crash(vm, m->state) : KR_NONE;
}

// Handlers wait while they are off. The state before is what enable_irq takes.
FUNCTION(disable_irq) {
    bool before = vm->irq_off;
    (void)self, (void)arg;
    vm->irq_off = true;
    return kr_bool(!before);
}
FUNCTION(enable_irq) {
    bool on;
    (void)self;
    if (!kr_truth(vm, arg[0], &on)) return KR_ERROR;
    vm->irq_off = !on;
    if (on) vm->attention = 1, vm->fuel = 0;
    return KR_NONE;
}

// ---- Pulses -------------------------------------------------------------------------------------------------------------------------------

// The length of a pulse by looking at the pin again and again, where the board knows no better. -1: it did not begin, -2: it did not end in time; -3: raised.
static int64_t watch_pulse(KrVm *vm, KrPin *pin, bool level, int64_t most) {
    int64_t from = kr_now_ns(vm), start;
    int now = pin->table->read(vm, pin);
    for (; now >= 0 && now != level; now = pin->table->read(vm, pin))
        if (!kr_poll(vm, 5) || kr_now_ns(vm) - from > most) return kr_raised(vm) ? -3 : -1;
    for (start = kr_now_ns(vm); now == level; now = pin->table->read(vm, pin))
        if (!kr_poll(vm, 5) || kr_now_ns(vm) - start > most) return kr_raised(vm) ? -3 : -2;
    return now < 0 ? -3 : kr_now_ns(vm) - start;
}

FUNCTION(time_pulse_us) {
    int64_t us = 1000000;
    bool level;
    (void)self;
    KrPin *pin = kr_pin_of(vm, arg[0]);
    if (!pin || !kr_truth(vm, arg[1], &level) || !kr_machine_number(vm, arg[2], "timeout_us", 0, 1000000000000, &us)) return KR_ERROR;
    int64_t ns = pin->table->pulse ? pin->table->pulse(vm, pin, level, us * 1000) : watch_pulse(vm, pin, level, us * 1000);
    if (ns == -3) return KR_ERROR;
    return kr_int(vm, ns < 0 ? (ns == -1 ? -2 : -1) : ns / 1000); // MicroPython: -2 waiting for it, -1 during it
}

// bitstream(pin, encoding, timing, data, /): timing: ns of high and low for 0, and for 1.
FUNCTION(bitstream) {
    int64_t encoding = 0, n = 0;
    uint32_t time[4];
    size_t count;
    (void)self;
    KrPin *pin = kr_pin_of(vm, arg[0]);
    if (!pin || !kr_machine_number(vm, arg[1], "encoding", 0, 0, &encoding)) return KR_ERROR;
    KrValue timing = kr_tuple_from(vm, arg[2]);
    if (kr_is_error(timing)) return timing;
    const KrValue *item = kr_tuple_items(timing, &count);
    if (count != 4)
        return kr_raise(vm, &kr_value_error, "timing must be 4 lengths in nanoseconds (high and low of a 0, high and low of a 1), not %u",
                        count);
    for (size_t i = 0; i < 4; time[i++] = (uint32_t)n)
        if (!kr_machine_number(vm, item[i], "timing", 1, 1000000000, &n)) return KR_ERROR;
    if (!pin->table->waveform) return kr_lacks(vm, "way to make pulses that short");
    KrBuffer b;
    if (!kr_get_buffer(vm, arg[3], &b, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = pin->table->waveform(vm, pin, time, b.data, b.len);
    kr_release_buffer(vm, &b);
    return ok ? KR_NONE : KR_ERROR;
}

FUNCTION(pins) {
    (void)self, (void)arg;
    KrMachine *m = kr_machine(vm);
    KrValue list = m ? kr_list(vm, 0, NULL) : KR_ERROR, number, pin;
    if (kr_is_error(list)) return KR_ERROR;
    for (size_t at = 0; kr_dict_next(m->pins, &at, &number, &pin);)
        if (kr_pin(pin)->ready && !kr_list_append(vm, list, pin)) return KR_ERROR;
    return list;
}

// ---- The module -----------------------------------------------------------------------------------------------------------------------------

static const KrMethod functions[] = {
    { "unique_id()", machine_unique_id, KR_DOC("Return bytes that no other board has."), 0 },
    { "reset_cause()", machine_reset_cause,
      KR_DOC("Return why the board started: PWRON_RESET, HARD_RESET, WDT_RESET, DEEPSLEEP_RESET, SOFT_RESET, BROWN_OUT_RESET."), 0 },
    { "last_crash()", machine_last_crash,
      KR_DOC("Return what is known of the crash because of which the board started; None: it did not start because of one, or this board "
             "keeps no record. A dict: "
             "kind ('hard fault', 'memory fault', 'bus fault', 'usage fault', 'stack overflow', 'watchdog', 'abort'), message (of an "
             "abort), pc, lr, sp, cfsr, "
             "hfsr, address (of the access that failed), uptime_ms. (Krait's own.)"),
      0 },
    { "reset()", machine_reset, KR_DOC("Restart the board; with an operating system below, the program."), 0 },
    { "soft_reset()", machine_soft_reset, KR_DOC("Restart the program."), 0 },
    { "freq(hz=<unset>, /)", machine_freq, KR_DOC("Return, or set, the clock of the processor in Hz."), 0 },
    { "idle()", machine_idle, KR_DOC("Wait a little, so that others can work."), 0 },
    { "lightsleep(time_ms=<unset>, /)", machine_lightsleep, KR_DOC("Wait that many milliseconds with as little power as can be."), 0 },
    { "sleep(time_ms=<unset>, /)", machine_lightsleep, KR_DOC("An old name of lightsleep."), 0 },
    { "deepsleep(time_ms=<unset>, /)", machine_deepsleep, KR_DOC("Wait that many milliseconds, and restart."), 0 },
    { "disable_irq()", machine_disable_irq, KR_DOC("Keep handlers of pins and timers from being called; return the state before."), 0 },
    { "enable_irq(state=True, /)", machine_enable_irq, KR_DOC("Go back to the state that disable_irq() returned."), 0 },
    { "time_pulse_us(pin, pulse_level, timeout_us=1000000, /)", machine_time_pulse_us,
      KR_DOC("Return the length of the next pulse of that level in microseconds; -2 if it does not begin within timeout_us, -1 if it does "
             "not end."),
      0 },
    { "pins()", machine_pins, KR_DOC("Return the pins that the program has set up, in that order. (Krait's own.)"), 0 },
    { "bitstream(pin, encoding, timing, data, /)", machine_bitstream,
      KR_DOC("Send the bits of data, the highest first, as pulses on a pin. timing: (high_0, low_0, high_1, low_1) in nanoseconds; "
             "encoding: 0."),
      0 },
    { 0 },
};

static const KrConst constants[] = {
    { "Pin", KR_CONST_TYPE, { .p = &kr_pin_type } },
    { "Signal", KR_CONST_TYPE, { .p = &kr_signal_type } },
    { "ADC", KR_CONST_TYPE, { .p = &kr_adc_type } },
    { "PWM", KR_CONST_TYPE, { .p = &kr_pwm_type } },
    { "I2C", KR_CONST_TYPE, { .p = &kr_i2c_type } },
    { "SoftI2C", KR_CONST_TYPE, { .p = &kr_soft_i2c_type } },
    { "SPI", KR_CONST_TYPE, { .p = &kr_spi_type } },
    { "SoftSPI", KR_CONST_TYPE, { .p = &kr_soft_spi_type } },
    { "UART", KR_CONST_TYPE, { .p = &kr_uart_type } },
    { "OneWire", KR_CONST_TYPE, { .p = &kr_wire_type } },
    { "Timer", KR_CONST_TYPE, { .p = &kr_timer_object_type } },
    { "RTC", KR_CONST_TYPE, { .p = &kr_rtc_type } },
    { "WDT", KR_CONST_TYPE, { .p = &kr_wdt_type } },
    { "mem8", KR_CONST_MAKE, { .make = kr_memory_8 } },
    { "mem16", KR_CONST_MAKE, { .make = kr_memory_16 } },
    { "mem32", KR_CONST_MAKE, { .make = kr_memory_32 } },
    { "PWRON_RESET", KR_CONST_INT, { .i = KR_RESET_POWER_ON } },
    { "HARD_RESET", KR_CONST_INT, { .i = KR_RESET_HARD } },
    { "WDT_RESET", KR_CONST_INT, { .i = KR_RESET_WATCHDOG } },
    { "DEEPSLEEP_RESET", KR_CONST_INT, { .i = KR_RESET_DEEP_SLEEP } },
    { "SOFT_RESET", KR_CONST_INT, { .i = KR_RESET_SOFT } },
    { "BROWN_OUT_RESET", KR_CONST_INT, { .i = KR_RESET_BROWN_OUT } },
    { 0 },
};

const KrModuleDef kr_machine_module = {
    .name = "machine", .doc = "Pins and buses of the board.", .functions = functions, .constants = constants
};
