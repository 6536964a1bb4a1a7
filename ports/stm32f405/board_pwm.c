// board_pwm.c - pulses out of the STM32F405's timers (RM0090 sections 17 to 19); not of TIM2, which is the clock.
//
// The channels of a timer share its frequency. A pin whose usual timer has another one is given the next timer that it can have.
// SPDX-License-Identifier: MIT
#include "stm32f405/board_part.h"

enum { TIMERS = 15, MOST_COUNTS = 65535, ERROR_EBUSY = 16 };
enum { COUNTING = 1 << 0, BUFFERED = 1 << 7, UPDATE = 1 << 0, MODE_1 = 6 << 4 | 1 << 3, OUTPUTS_ON = 1 << 15 }; // CR1, EGR, CCMR1, BDTR

typedef struct {
    KrObject head;
    uint8_t timer, channel, pin; // channel: 0 to 3; timer 0: none yet
    bool inverted;               // the complement
} Output;

static const KrType output_type = { KR_TYPE_HEAD(output_type), .name = "_pwm", .flags = KR_TYPE_NO_NEW, .size = sizeof(Output) };

static const struct {
    uint32_t base;
    uint8_t clock, apb2; // the bit in RCC_APB2ENR, or in RCC_APB1ENR
} timers[TIMERS] = {
    [1] = { 0x40010000, 0, 1 },  [3] = { 0x40000400, 1, 0 },  [4] = { 0x40000800, 2, 0 },   [5] = { 0x40000C00, 3, 0 },
    [8] = { 0x40010400, 1, 1 },  [9] = { 0x40014000, 16, 1 }, [10] = { 0x40014400, 17, 1 }, [11] = { 0x40014800, 18, 1 },
    [12] = { 0x40001800, 6, 0 }, [13] = { 0x40001C00, 7, 0 }, [14] = { 0x40002000, 8, 0 },
};

static struct {
    uint8_t channels; // those that run, a bit each
    uint32_t prescaler, period;
} running[TIMERS];

// Counts of the timer's clock in a period, as prescaler * period: exact where it can be, with the longest period, which is the finest duty.
static void divide(uint32_t clock, double hz, uint32_t *prescaler, uint32_t *period) {
    double exact = clock / hz;
    uint64_t counts = exact < 2 ? 2 : exact > 4294967295.0 ? 4294967295u : (uint64_t)(exact + 0.5);
    uint32_t least = (uint32_t)((counts + MOST_COUNTS - 1) / MOST_COUNTS);
    for (uint32_t p = least; p <= 2 * least && p <= 65536; p++)
        if (counts % p == 0) return *prescaler = p, *period = (uint32_t)(counts / p), (void)0;
    *prescaler = least < 65536 ? least : 65536;
    *period = (uint32_t)((counts + *prescaler / 2) / *prescaler);
}

static unsigned channel_of(const KrPinRole *r) { return r->role >= KR_INVERTED_1 ? r->role - KR_INVERTED_1 : r->role - KR_CHANNEL_1; }

static bool pwm_open(KrVm *vm, KrPwm *pwm) {
    KrPin *pin = kr_pin_of(vm, pwm->id);
    Output *o = pin ? kr_alloc(vm, &output_type.shape, sizeof *o) : NULL;
    if (!o) return false;
    o->pin = (uint8_t)pin->number;
    bool any = false;
    for (size_t i = 0; i < kr_pin_role_count; i++) any |= kr_pin_roles[i].pin == o->pin && kr_pin_roles[i].role >= KR_CHANNEL_1;
    if (!any) return kr_fail(kr_raise(vm, &kr_value_error, "PWM: %R has no timer", pin->id));
    return kr_store(vm, pwm, &pwm->port, kr_from_ptr(o)), true;
}

static void release(Output *o) {
    if (!o->timer) return;
    uint32_t base = timers[o->timer].base;
    kr_reg_change(base + TIM_CCER, 5u << 4 * o->channel, 0);
    running[o->timer].channels &= (uint8_t) ~(1u << o->channel);
    if (!running[o->timer].channels) kr_reg_set(base + TIM_CR1, 0);
    kr_gpio_setup(o->pin, (KrGpio){ .mode = KR_PIN_IN });
    o->timer = 0;
}

// A timer may be taken if nobody else uses it, or with the same frequency, on another channel.
static bool fits(const KrPinRole *r, const Output *o, uint32_t prescaler, uint32_t period) {
    unsigned others = running[r->unit].channels;
    if (r->unit == o->timer) others &= ~(1u << o->channel);
    return !others || (!(others >> channel_of(r) & 1) && running[r->unit].prescaler == prescaler && running[r->unit].period == period);
}

static const KrPinRole *choose(const Output *o, double hz, uint32_t *prescaler, uint32_t *period) {
    for (size_t i = 0; i < kr_pin_role_count; i++) {
        const KrPinRole *r = &kr_pin_roles[i];
        if (r->pin != o->pin || r->role < KR_CHANNEL_1) continue;
        divide(kr_clock_timer(timers[r->unit].apb2), hz, prescaler, period);
        if (fits(r, o, *prescaler, *period)) return r;
    }
    return NULL;
}

static void start(Output *o, const KrPinRole *r, uint32_t prescaler, uint32_t period) {
    uint32_t base = timers[r->unit].base, shift = 8 * (channel_of(r) % 2);
    bool fresh = !running[r->unit].channels;
    o->timer = r->unit, o->channel = (uint8_t)channel_of(r), o->inverted = r->role >= KR_INVERTED_1;
    running[r->unit].channels |= (uint8_t)(1u << o->channel);
    running[r->unit].prescaler = prescaler, running[r->unit].period = period;
    kr_reg_change(timers[r->unit].apb2 ? RCC_APB2ENR : RCC_APB1ENR, 0, 1u << timers[r->unit].clock);
    kr_reg_set(base + TIM_PSC, prescaler - 1);
    kr_reg_set(base + TIM_ARR, period - 1);
    kr_reg_change(base + TIM_CCMR1 + o->channel / 2 * 4, 255u << shift, (uint32_t)MODE_1 << shift);
    if (r->unit == 1 || r->unit == 8) kr_reg_set(base + TIM_BDTR, OUTPUTS_ON);
    if (fresh) kr_reg_set(base + TIM_EGR, UPDATE);
    kr_reg_set(base + TIM_CR1, BUFFERED | COUNTING);
}

static bool pwm_set(KrVm *vm, KrPwm *pwm) {
    Output *o = KR_AS(Output, pwm->port);
    uint32_t prescaler, period;
    if (!pwm->running) return release(o), true;
    if (pwm->hz < 0.02) return kr_fail(kr_raise(vm, &kr_value_error, "freq must be at least 0.02 Hz"));
    const KrPinRole *r = choose(o, pwm->hz, &prescaler, &period);
    if (!r)
        return kr_board_fail(vm, ERROR_EBUSY,
                             kr_format(vm, "PWM %R: its timer has another frequency on other pins, or the channel is taken", pwm->id));
    if (o->timer && o->timer != r->unit) release(o);
    bool fresh = !o->timer;
    start(o, r, prescaler, period);
    uint32_t base = timers[o->timer].base, width = (uint32_t)(pwm->duty * period + 0.5), at = 4 * o->channel;
    kr_reg_set(base + TIM_CCR1 + at, width);
    if (fresh) kr_reg_set(base + TIM_EGR, UPDATE); // the width with it, from the first pulse on
    uint32_t enable = o->inverted ? 4 : 1, low_active = o->inverted ? 8 : 2;
    kr_reg_change(base + TIM_CCER, 15u << at, (enable | (pwm->invert ? low_active : 0)) << at);
    kr_gpio_setup(o->pin, (KrGpio){ .mode = KR_PIN_ALT, .speed = 2, .function = r->function });
    return true;
}

static void pwm_close(KrVm *vm, KrPwm *pwm) { (void)vm, release(KR_AS(Output, pwm->port)); }

void kr_pwms_end(void) {
    for (unsigned i = 1; i < TIMERS; i++) {
        if (running[i].channels) kr_reg_set(timers[i].base + TIM_CCER, 0), kr_reg_set(timers[i].base + TIM_CR1, 0);
        running[i].channels = 0;
    }
}

const KrPwmTable kr_chip_pwm = { .open = pwm_open, .set = pwm_set, .close = pwm_close };
