// board_wire.c - Dallas' 1-wire bus on any pin of the STM32F405, by hand: an open drain output with a pull-up. Times of the slots: Maxim's
// application note 126, in microseconds. What must not be longer runs without interrupts, at most 70 us.
// SPDX-License-Identifier: MIT
#include "stm32f405/board_part.h"

enum {
    RESET_LOW = 480,
    RESET_LOOK = 70,
    RESET_REST = 410,
    ONE_LOW = 6,
    ONE_LOOK = 9,
    ONE_REST = 55,
    ZERO_LOW = 60,
    ZERO_REST = 10,
    ERROR_EIO = 5
};

static unsigned pin_of(const KrWire *w) { return (unsigned)KR_AS(KrPin, w->pin)->number; }

static void pause_us(uint32_t us) {
    uint32_t from = kr_count();
    kr_count_wait(from, kr_counts(us * 1000u));
}

static bool wire_open(KrVm *vm, KrWire *w) { return (void)vm, kr_gpio_write(pin_of(w), true), true; }

static int wire_reset(KrVm *vm, KrWire *w) {
    unsigned pin = pin_of(w);
    kr_gpio_write(pin, true);
    pause_us(ZERO_REST);
    if (!kr_gpio_read(pin))
        return kr_board_fail(vm, ERROR_EIO, kr_format(vm, "1-wire at %R: the line is low; is there a pull-up?", w->pin)), -1;
    kr_gpio_write(pin, false);
    pause_us(RESET_LOW);
    uint32_t masked = kr_irq_save();
    kr_gpio_write(pin, true);
    pause_us(RESET_LOOK);
    bool there = !kr_gpio_read(pin);
    kr_irq_restore(masked);
    pause_us(RESET_REST);
    return there;
}

static int wire_bit(KrVm *vm, KrWire *w, bool out) {
    unsigned pin = pin_of(w);
    (void)vm;
    uint32_t masked = kr_irq_save();
    kr_gpio_write(pin, false);
    pause_us(out ? ONE_LOW : ZERO_LOW);
    kr_gpio_write(pin, true);
    if (out) pause_us(ONE_LOOK);
    bool in = out && kr_gpio_read(pin);
    kr_irq_restore(masked);
    pause_us(out ? ONE_REST : ZERO_REST);
    return in;
}

const KrWireTable kr_chip_wire = { .open = wire_open, .reset = wire_reset, .bit = wire_bit };
