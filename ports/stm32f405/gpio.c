// gpio.c - pins and short times without a VM (RM0090 section 8).
// SPDX-License-Identifier: MIT
#include "stm32f405/board_part.h"

void kr_gpio_setup(unsigned pin, KrGpio how) {
    static const uint8_t moder[KR_PIN_MODES] = {
        [KR_PIN_IN] = 0, [KR_PIN_OUT] = 1, [KR_PIN_OPEN_DRAIN] = 1, [KR_PIN_ALT] = 2, [KR_PIN_ANALOG] = 3
    };
    uint32_t base = GPIO(pin / 16), bit = pin % 16, two = 2 * bit, function = base + GPIO_AFRL + bit / 8 * 4;
    kr_reg_change(RCC_AHB1ENR, 0, 1u << pin / 16);
    bool open_drain = how.open_drain || how.mode == KR_PIN_OPEN_DRAIN;
    kr_reg_change(base + GPIO_OTYPER, 1u << bit, (open_drain ? 1u : 0u) << bit);
    kr_reg_change(base + GPIO_OSPEEDR, 3u << two, how.speed << two);
    kr_reg_change(base + GPIO_PUPDR, 3u << two, how.pull << two); // as KR_PULL_...
    kr_reg_change(function, 15u << bit % 8 * 4, how.function << bit % 8 * 4);
    kr_reg_change(base + GPIO_MODER, 3u << two, (uint32_t)moder[how.mode] << two);
}

uint32_t kr_counts(uint64_t ns) {
    const uint64_t most = 4000000000u;
    uint64_t counts = (ns < most ? ns : most) * kr_clock_count() / 1000000000;
    return counts ? (uint32_t)counts : 1;
}

bool kr_reg_until(uint32_t address, uint32_t mask, uint32_t value, uint32_t counts) {
    for (uint32_t from = kr_count(); (kr_reg_get(address) & mask) != value;)
        if (kr_count() - from > counts) return (kr_reg_get(address) & mask) == value; // an interrupt may have taken the time
    return true;
}

void kr_count_wait(uint32_t from, uint32_t counts) {
    while (kr_count() - from < counts) {}
}
