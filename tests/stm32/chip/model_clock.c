// model_clock.c - RCC and PWR, the calendar, and the watchdog (RM0090 sections 7, 5, 26, 21).
// SPDX-License-Identifier: MIT
#include "model.h"

#include "stm32f405/registers.h"

bool model_no_crystal, model_emulated;

// ---- Clocks: an oscillator that is switched on is ready some time later --------------------------------------------------------

static int64_t ready_at[4];
enum { HSE, PLL, LSE, LSI };

static void switch_on(unsigned which, bool on, int64_t takes) {
    if (on && !ready_at[which]) ready_at[which] = model_ns + takes;
    if (!on) ready_at[which] = 0;
}
static bool is_ready(unsigned which) {
    return ready_at[which] && model_ns >= ready_at[which] && !(model_no_crystal && (which == HSE || which == LSE));
}

uint32_t clock_read(uint32_t address) {
    uint32_t value = *model_word(address);
    if (model_emulated && address >= RCC_CR && address < RCC_CR + 0x400) return 0;
    if (address == RCC_CR) return value | 2 | (is_ready(HSE) ? 1u << 17 : 0) | (is_ready(PLL) ? 1u << 25 : 0);
    if (address == RCC_CFGR) return value | (value & 3) << 2;
    if (address == RCC_BDCR) return value | (is_ready(LSE) ? 2 : 0);
    if (address == RCC_CSR) return value | (is_ready(LSI) ? 2 : 0);
    return value;
}

static void check_switch(uint32_t value) {
    bool pll = (value & 3) == 2;
    if (pll && !is_ready(PLL)) model_fail("the core was switched to a PLL that does not run");
    if (pll && (*model_word(FLASH_ACR) & 7) < 5) model_fail("168 MHz with too few wait states");
    if (pll && ((value >> 10 & 7) < 5 || (value >> 13 & 7) < 4)) model_fail("a peripheral bus is too fast");
}

void clock_write(uint32_t address, uint32_t value) {
    bool backup = *model_word(PWR_CR) >> 8 & 1;
    if (address == RCC_BDCR && !backup) return;
    if (address == RCC_CR) switch_on(HSE, value >> 16 & 1, 2000000), switch_on(PLL, value >> 24 & 1, 300000);
    if (address == RCC_PLLCFGR && is_ready(PLL)) model_fail("the PLL was set while it runs");
    if (address == RCC_BDCR) switch_on(LSE, value & 1, 300000000);
    if (address == RCC_CSR) switch_on(LSI, value & 1, 40000);
    if (address == RCC_CSR && value >> 24 & 1) value &= 0xFFFFFF;
    if (address == RCC_CFGR) check_switch(value);
    uint32_t reports = address == RCC_CR                           ? 1u << 17 | 1u << 25 | 2
                       : address == RCC_CFGR                       ? 12
                       : address == RCC_BDCR || address == RCC_CSR ? 2
                                                                   : 0;
    *model_word(address) = value & ~reports;
}

// ---- Calendar ------------------------------------------------------------------------------------------------------------------

static bool unlocked, half;
static int64_t set_ns; // when INIT ended

static uint32_t binary(uint32_t bits) { return (bits >> 4) * 10 + (bits & 15); }
static uint32_t decimal(uint32_t n) { return n / 10 << 4 | n % 10; }

// Seconds within a day: tests do not go over midnight.
static uint32_t time_now(uint32_t tr, int64_t ns) {
    uint32_t s = binary(tr >> 16 & 0x3F) * 3600 + binary(tr >> 8 & 0x7F) * 60 + binary(tr & 0x7F) + (uint32_t)(ns / 1000000000);
    return decimal(s / 3600) << 16 | decimal(s / 60 % 60) << 8 | decimal(s % 60);
}

uint32_t rtc_read(uint32_t address) {
    int64_t ns = model_ns - set_ns;
    uint32_t value = *model_word(address), slow = (*model_word(RTC_PRER) & 0x7FFF) + 1;
    if (!(*model_word(RCC_BDCR) >> 15 & 1)) return 0;
    if (address == RTC_TR) return time_now(value, ns);
    if (address == RTC_SSR) return slow - 1 - (uint32_t)(ns % 1000000000 * slow / 1000000000);
    if (address == RTC_ISR) return value | 1 << 5 | (value >> 7 & 1) << 6 | (*model_word(RTC_DR) >> 16 & 0xFF ? 1u << 4 : 0);
    return value;
}

void rtc_write(uint32_t address, uint32_t value) {
    if (!(*model_word(PWR_CR) >> 8 & 1)) return;
    if (address == RTC_WPR) {
        unlocked = half && value == 0x53;
        half = value == 0xCA;
        return;
    }
    bool setting = *model_word(RTC_ISR) >> 7 & 1;
    if (!unlocked || (!setting && address != RTC_ISR)) return;
    if (address == RTC_ISR && setting && !(value >> 7 & 1)) set_ns = model_ns;
    *model_word(address) = value;
}

// ---- Watchdog ------------------------------------------------------------------------------------------------------------------

static int64_t fed_ns;
static bool runs, open_;

void iwdg_write(uint32_t address, uint32_t value) {
    if (address == IWDG_KR) {
        open_ = value == 0x5555;
        if (value == 0xCCCC || value == 0xAAAA) fed_ns = model_ns;
        runs |= value == 0xCCCC;
        if (value == 0xCCCC && !*model_word(IWDG_RLR)) *model_word(IWDG_RLR) = 0xFFF;
    } else if (open_) {
        *model_word(address) = value;
    }
}

bool iwdg_bitten(void) { // with its usual 32 kHz
    int64_t counts = (int64_t)(*model_word(IWDG_RLR) + 1) * (4 << *model_word(IWDG_PR));
    return runs && model_ns - fed_ns > counts * 1000000 / 32;
}
