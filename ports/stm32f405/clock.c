// clock.c - the clock tree: 168 MHz by the PLL, from a crystal of 8 MHz, or from the internal oscillator where that does not start.
//
// All waits are bounded: QEMU's RCC is a stub that reads zero, which is also how the emulator is told from a chip.
// SPDX-License-Identifier: MIT
#include "stm32f405/board.h"

enum {
    HSI_READY = 1 << 1,
    HSE_ON = 1 << 16,
    HSE_READY = 1 << 17,
    PLL_ON = 1 << 24,
    PLL_READY = 1 << 25,
    FROM_HSE = 1 << 22,
    HSI_MHZ = 16,
    HSE_MHZ = 8,
    FAST = 168000000,
    SLOW = HSI_MHZ * 1000000,
    WAIT = 100000, // looks at a register; a crystal takes 2 ms, the PLL 0.3 ms
};

static uint32_t core_hz;
static bool emulated;

static bool wait_for(uint32_t address, uint32_t mask, uint32_t value) {
    for (int n = 0; n < WAIT; n++)
        if ((kr_reg_get(address) & mask) == value) return true;
    return false;
}

// A boot loader may leave the PLL running, and then it cannot be set.
static void stop_pll(void) {
    kr_reg_change(RCC_CFGR, 3, 0);
    (void)wait_for(RCC_CFGR, 3 << 2, 0);
    kr_reg_change(RCC_CR, PLL_ON, 0);
    (void)wait_for(RCC_CR, PLL_READY, 0);
}

// Input / M = 1 MHz, * 336 / 2 = 168 MHz, / 7 = 48 MHz for the RNG; APB1 42 MHz (its timers 84), APB2 84 MHz (168); flash with five wait states,
// which have to be there before the core is that fast.
static bool start_pll(void) {
    stop_pll();
    kr_reg_change(RCC_CR, 0, HSE_ON);
    bool crystal = wait_for(RCC_CR, HSE_READY, HSE_READY);
    if (!crystal) kr_reg_change(RCC_CR, HSE_ON, 0);
    kr_reg_set(RCC_PLLCFGR, (crystal ? HSE_MHZ | FROM_HSE : HSI_MHZ) | 336 << 6 | 0 << 16 | 7 << 24);
    kr_reg_change(RCC_CR, 0, PLL_ON);
    if (!wait_for(RCC_CR, PLL_READY, PLL_READY)) return false;
    kr_reg_set(FLASH_ACR, 1 << 8 | 1 << 9 | 1 << 10 | 5); // prefetch, both caches
    if (!wait_for(FLASH_ACR, 7, 5)) return false;
    kr_reg_set(RCC_CFGR, 5 << 10 | 4 << 13 | 2);
    return wait_for(RCC_CFGR, 3 << 2, 2 << 2);
}

void kr_clock_init(void) {
    emulated = !(kr_reg_get(RCC_CR) & HSI_READY); // on a chip this oscillator runs after reset
    core_hz = emulated || start_pll() ? FAST : SLOW;
    kr_time_init();
}

bool kr_clock_emulated(void) { return emulated; }
uint32_t kr_clock_core(void) { return core_hz; }
uint32_t kr_clock_apb1(void) { return core_hz == FAST ? core_hz / 4 : core_hz; }
uint32_t kr_clock_apb2(void) { return core_hz == FAST ? core_hz / 2 : core_hz; }
uint32_t kr_clock_timer(bool apb2) { return core_hz == FAST ? core_hz / (apb2 ? 1 : 2) : core_hz; } // twice its bus's where that is divided
uint32_t kr_clock_count(void) { return emulated ? 1000000000 : kr_clock_timer(false); }
