// model_pin.c - pins and their edges: GPIO, SYSCFG, EXTI (RM0090 sections 8, 9, 12).
// SPDX-License-Identifier: MIT
#include "model.h"

#include "stm32f405/registers.h"

static uint8_t outside[PINS], low[PINS], last[PINS];
static bool started;
void (*pin_listener)(unsigned pin, bool level);

static uint32_t field(unsigned pin, uint32_t reg, unsigned bits) {
    uint32_t per = 32 / bits, at = pin % 16;
    return *model_word(GPIO(pin / 16) + reg + at / per * 4) >> at % per * bits & ((1u << bits) - 1);
}

static void start(void) {
    if (started) return;
    started = true;
    for (unsigned i = 0; i < PINS; i++) outside[i] = FREE;
}

bool pin_has_function(unsigned pin, unsigned function) { return field(pin, GPIO_MODER, 2) == 2 && field(pin, GPIO_AFRL, 4) == function; }

bool pin_level(unsigned pin) {
    start();
    bool out = field(pin, GPIO_ODR, 1), drives = field(pin, GPIO_MODER, 2) == 1, open_drain = field(pin, GPIO_OTYPER, 1);
    if (drives && !open_drain) {
        if (low[pin] || (outside[pin] != FREE && outside[pin] != out)) model_fail("pin %u is driven by both sides", pin);
        return out;
    }
    if (low[pin] || (drives && !out)) return false;
    return outside[pin] != FREE ? outside[pin] : field(pin, GPIO_PUPDR, 2) == 1;
}

static void detect(unsigned pin, bool level) {
    unsigned line = pin % 16;
    if ((*model_word(SYSCFG_EXTICR + line / 4 * 4) >> line % 4 * 4 & 15) != pin / 16) return;
    if (!(*model_word(level ? EXTI_RTSR : EXTI_FTSR) >> line & 1)) return;
    *model_word(EXTI_PR) |= 1u << line;
    if (*model_word(EXTI_IMR) >> line & 1) model_interrupt(line < 5 ? 6 + line : line < 10 ? 23 : 40);
}

void pin_refresh(unsigned pin) {
    bool level = pin_level(pin);
    if (level == last[pin]) return;
    last[pin] = level;
    detect(pin, level);
    if (pin_listener) pin_listener(pin, level);
}

void pin_drive(unsigned pin, unsigned level) {
    start();
    outside[pin] = (uint8_t)level;
    pin_refresh(pin);
}

void pin_pull_low(unsigned pin, bool on) {
    low[pin] = on;
    pin_refresh(pin);
}

uint32_t gpio_read(uint32_t address) {
    uint32_t reg = address & 0x3FF, port = (address - GPIO(0)) / 0x400, value = 0;
    if (reg != GPIO_IDR) return *model_word(address);
    for (unsigned i = 0; i < 16 && port * 16 + i < PINS; i++) value |= (uint32_t)pin_level(port * 16 + i) << i;
    return value;
}

void gpio_write(uint32_t address, uint32_t value) {
    uint32_t reg = address & 0x3FF, port = (address - GPIO(0)) / 0x400, *odr = model_word(GPIO(port) + GPIO_ODR);
    if (reg == GPIO_BSRR) *odr = (*odr & ~(value >> 16)) | (value & 0xFFFF);
    else *model_word(address) = value;
    for (unsigned i = 0; i < 16 && port * 16 + i < PINS; i++) pin_refresh(port * 16 + i);
}

void exti_write(uint32_t address, uint32_t value) {
    if (address == EXTI_PR) *model_word(address) &= ~value;
    else *model_word(address) = value;
}
