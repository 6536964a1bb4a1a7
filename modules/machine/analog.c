// analog.c - machine.ADC and PWM: voltages in, and pulses whose width is a number out.
// SPDX-License-Identifier: MIT
#include "machine_part.h"

// ---- ADC -------------------------------------------------------------------------------------------------------------------------------

#define ADC KR_AS(KrAdc, self)

static void adc_trace(KrTracer *tracer, KrObject *object) {
    KrAdc *a = (KrAdc *)object;
    kr_trace(tracer, a->board);
    kr_trace(tracer, a->id);
    kr_trace(tracer, a->port);
}

static void adc_finalize(KrVm *vm, KrObject *object) {
    const KrAdc *o = (const KrAdc *)object;
    (void)vm;
    if (o->fd >= 0) kr_port_close(o->fd);
}

static bool take_sample(KrVm *vm, KrAdc *a, KrValue v) {
    int64_t ns = a->sample_ns;
    return kr_machine_number(vm, v, "sample_ns", 0, 1000000000, &ns) && (a->sample_ns = (int32_t)ns, true);
}

static KrValue adc_make(KrVm *vm, KrValue self, const KrValue *arg) {
    KrMachine *m = kr_machine(vm);
    (void)self;
    if (!m || !m->board->adc) return m ? kr_lacks(vm, "ADC") : KR_ERROR;
    KrValue v = kr_alloc_instance(vm, &kr_adc_type);
    if (kr_is_error(v)) return v;
    KrAdc *a = KR_AS(KrAdc, v);
    a->board = m->state, a->id = arg[0], a->port = KR_UNSET, a->fd = -1, a->sample_ns = -1;
    if (!take_sample(vm, a, arg[1])) return KR_ERROR;
    return m->board->adc->open(vm, a) ? v : KR_ERROR;
}
static const KrMethod adc_make_row = { "ADC(id, *, sample_ns=-1, atten=-1)", adc_make, KR_NO_DOC, 0 };

static bool adc_read(KrVm *vm, KrValue self, double *volts, double *full) {
    if (!kr_machine(vm)->board->adc->read(vm, ADC, volts, full) || !kr_poll(vm, 10)) return false;
    if (!(*volts > 0)) *volts = 0; // NaN as well
    if (*volts > *full) *volts = *full;
    return true;
}

static KrValue adc_u16(KrVm *vm, KrValue self, const KrValue *arg) {
    double volts, full;
    (void)arg;
    return adc_read(vm, self, &volts, &full) ? kr_int_box((intptr_t)(volts / full * 65535 + 0.5)) : KR_ERROR;
}
static KrValue adc_12(KrVm *vm, KrValue self, const KrValue *arg) {
    double volts, full;
    (void)arg;
    return adc_read(vm, self, &volts, &full) ? kr_int_box((intptr_t)(volts / full * 4095 + 0.5)) : KR_ERROR;
}
static KrValue adc_uv(KrVm *vm, KrValue self, const KrValue *arg) {
    double volts, full;
    (void)arg;
    return adc_read(vm, self, &volts, &full) ? kr_int(vm, (int64_t)(volts * 1e6 + 0.5)) : KR_ERROR;
}
static KrValue adc_init(KrVm *vm, KrValue self, const KrValue *arg) {
    return take_sample(vm, ADC, arg[0]) && kr_machine(vm)->board->adc->open(vm, ADC) ? KR_NONE : KR_ERROR;
}
static KrValue adc_repr(KrVm *vm, KrValue self) { return kr_format(vm, "ADC(%R)", ADC->id); }

static const KrMethod adc_methods[] = {
    { "init(*, sample_ns=-1, atten=-1)", adc_init, KR_DOC("Set it up anew."), 0 },
    { "read_u16()", adc_u16, KR_DOC("Return the voltage as a number from 0 to 65535, which is the reference."), 0 },
    { "read_uv()", adc_uv, KR_DOC("Return the voltage in microvolts."), 0 },
    { "read()", adc_12, KR_DOC("Return the voltage as a number from 0 to 4095, which is the reference."), 0 },
    { 0 },
};
const KrType kr_adc_type = {
    KR_TYPE_HEAD(kr_adc_type), .name = "ADC",
    .module = "machine",       .doc = KR_DOC("An analog input, by the number of its channel or by its pin."),
    .flags = KR_TYPE_WEAKREF,  .size = sizeof(KrAdc),
    .methods = adc_methods,    .make = &adc_make_row,
    .trace = adc_trace,        .finalize = adc_finalize,
    .repr = adc_repr,
};

// ---- PWM -------------------------------------------------------------------------------------------------------------------------------

#define PWM KR_AS(KrPwm, self)

static void pwm_trace(KrTracer *tracer, KrObject *object) {
    KrPwm *p = (KrPwm *)object;
    kr_trace(tracer, p->board);
    kr_trace(tracer, p->id);
    kr_trace(tracer, p->port);
}

static bool pwm_apply(KrVm *vm, KrPwm *p) {
    p->running = true;
    return kr_machine(vm)->board->pwm->set(vm, p) && kr_poll(vm, 10);
}

static bool take_freq(KrVm *vm, KrPwm *p, KrValue v) {
    double hz;
    if (kr_is_none(v) || (kr_is_int(v) && kr_int_value(v) == -1)) return true;
    if (!kr_to_double(vm, v, &hz)) return false;
    if (!(hz > 0) || hz > 1e9) return kr_fail(kr_raise(vm, &kr_value_error, "freq must be above 0 Hz and at most 1 GHz, not %R", v));
    return p->hz = hz, true;
}

// duty_u16 and duty_ns; the latter wins.
static bool take_duty(KrVm *vm, KrPwm *p, KrValue u16, KrValue ns) {
    int64_t n = -1, length = -1;
    if (!kr_machine_number(vm, u16, "duty_u16", 0, 65535, &n) || !kr_machine_number(vm, ns, "duty_ns", 0, INT64_MAX, &length)) return false;
    if (n >= 0) p->duty = (double)n / 65535;
    if (length < 0) return true;
    double part = (double)length * 1e-9 * p->hz;
    if (part > 1.0000001)
        return kr_fail(
            kr_raise(vm, &kr_value_error, "duty_ns must be at most the period, %z ns, not %z", (intptr_t)(1e9 / p->hz), (intptr_t)length));
    return p->duty = part < 1 ? part : 1, true;
}

// freq, duty_u16, duty_ns, invert
static bool pwm_configure(KrVm *vm, KrPwm *p, const KrValue *arg) {
    bool invert = p->invert;
    if (!take_freq(vm, p, arg[0]) || !take_duty(vm, p, arg[1], arg[2])) return false;
    if (!kr_is_none(arg[3]) && !kr_truth(vm, arg[3], &invert)) return false;
    p->invert = invert;
    return p->hz == 0 || pwm_apply(vm, p);
}

static KrValue pwm_make(KrVm *vm, KrValue self, const KrValue *arg) {
    KrMachine *m = kr_machine(vm);
    (void)self;
    if (!m || !m->board->pwm) return m ? kr_lacks(vm, "PWM") : KR_ERROR;
    KrValue v = kr_alloc_instance(vm, &kr_pwm_type);
    if (kr_is_error(v)) return v;
    KrPwm *p = KR_AS(KrPwm, v);
    p->board = m->state, p->id = arg[0], p->port = KR_UNSET, p->fd = -1;
    if (kr_isa(arg[0], &kr_pin_type)) kr_pin(arg[0])->mode = KR_PIN_ALT;
    return m->board->pwm->open(vm, p) && pwm_configure(vm, p, arg + 1) ? v : KR_ERROR;
}
static const KrMethod pwm_make_row = { "PWM(dest, *, freq=-1, duty_u16=-1, duty_ns=-1, invert=None)", pwm_make, KR_NO_DOC, 0 };

static KrValue pwm_init(KrVm *vm, KrValue self, const KrValue *arg) { return pwm_configure(vm, PWM, arg) ? KR_NONE : KR_ERROR; }

static KrValue pwm_deinit(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    PWM->running = false;
    if (!kr_machine(vm)->board->pwm->set(vm, PWM)) return KR_ERROR;
    const KrPwmTable *t = kr_machine(vm)->board->pwm;
    if (t->close) t->close(vm, PWM);
    return KR_NONE;
}

static KrValue pwm_freq(KrVm *vm, KrValue self, const KrValue *arg) {
    if (kr_is_unset(arg[0])) return kr_int(vm, (int64_t)(PWM->hz + 0.5));
    return take_freq(vm, PWM, arg[0]) && pwm_apply(vm, PWM) ? KR_NONE : KR_ERROR;
}

static KrValue set_duty(KrVm *vm, KrValue self, KrValue u16, KrValue ns) {
    return take_duty(vm, PWM, u16, ns) && (PWM->hz == 0 || pwm_apply(vm, PWM)) ? KR_NONE : KR_ERROR;
}
static KrValue pwm_u16(KrVm *vm, KrValue self, const KrValue *arg) {
    return kr_is_unset(arg[0]) ? kr_int_box((intptr_t)(PWM->duty * 65535 + 0.5)) : set_duty(vm, self, arg[0], KR_NONE);
}
static KrValue pwm_ns(KrVm *vm, KrValue self, const KrValue *arg) {
    if (kr_is_unset(arg[0])) return kr_int(vm, PWM->hz > 0 ? (int64_t)(PWM->duty / PWM->hz * 1e9 + 0.5) : 0);
    if (!(PWM->hz > 0)) return kr_raise(vm, &kr_value_error, "duty_ns needs a frequency: set freq first");
    return set_duty(vm, self, KR_NONE, arg[0]);
}
static KrValue pwm_duty(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t n = 0;
    if (kr_is_unset(arg[0])) return kr_int_box((intptr_t)(PWM->duty * 1023 + 0.5));
    if (!kr_machine_number(vm, arg[0], "duty", 0, 1023, &n)) return KR_ERROR;
    PWM->duty = (double)n / 1023;
    return PWM->hz == 0 || pwm_apply(vm, PWM) ? KR_NONE : KR_ERROR;
}
static KrValue pwm_repr(KrVm *vm, KrValue self) {
    return kr_format(vm, "PWM(%R, freq=%u, duty_u16=%u)", PWM->id, (size_t)(PWM->hz + 0.5), (size_t)(PWM->duty * 65535 + 0.5));
}

static const KrMethod pwm_methods[] = {
    { "init(*, freq=-1, duty_u16=-1, duty_ns=-1, invert=None)", pwm_init, KR_DOC("Change the settings, and start."), 0 },
    { "deinit()", pwm_deinit, KR_DOC("Stop the pulses."), 0 },
    { "freq(freq=<unset>, /)", pwm_freq, KR_DOC("Return, or set, the frequency in Hz."), 0 },
    { "duty_u16(duty=<unset>, /)", pwm_u16, KR_DOC("Return, or set, the part of the period in which the output is high, 0 to 65535."), 0 },
    { "duty_ns(duty=<unset>, /)", pwm_ns, KR_DOC("Return, or set, the time in each period in which the output is high, in nanoseconds."),
      0 },
    { "duty(duty=<unset>, /)", pwm_duty, KR_DOC("Return, or set, the part of the period in which the output is high, 0 to 1023."), 0 },
    { 0 },
};
const KrType kr_pwm_type = {
    KR_TYPE_HEAD(kr_pwm_type), .name = "PWM",         .module = "machine",    .doc = KR_DOC("Pulses on a pin, whose width is set."),
    .flags = KR_TYPE_WEAKREF,  .size = sizeof(KrPwm), .methods = pwm_methods, .make = &pwm_make_row,
    .trace = pwm_trace,        .repr = pwm_repr,
};
