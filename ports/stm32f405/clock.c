// clock.c - clocks and time. Time is TIM2's count, made 64 bits wide by looking at it every millisecond: ticks that a busy emulator loses
// do no harm, since the counter itself takes seconds to wrap.
// SPDX-License-Identifier: MIT
#include "stm32f405/board.h"

enum { HSE_ON = 1 << 16, HSE_READY = 1 << 17, PLL_ON = 1 << 24, PLL_READY = 1 << 25, HSI_READY = 1 << 1, WAIT = 100000 };

static uint32_t core_hz, timer_hz, last_count, wraps;

static bool wait_for(volatile uint32_t *reg, uint32_t mask, uint32_t value) {
    for (int n = 0; n < WAIT; n++)
        if ((*reg & mask) == value) return true;
    return false;
}

// HSE 8 MHz / 8 * 336 / 2 = 168 MHz, / 7 = 48 MHz for the RNG; APB1 42 MHz (its timers 84), APB2 84 MHz; flash with five wait states.
static bool start_pll(void) {
    RCC_CR |= HSE_ON;
    if (!wait_for(&RCC_CR, HSE_READY, HSE_READY)) return false;
    RCC_PLLCFGR = 8 | 336 << 6 | 0 << 16 | 1 << 22 | 7 << 24;
    RCC_CR |= PLL_ON;
    if (!wait_for(&RCC_CR, PLL_READY, PLL_READY)) return false;
    FLASH_ACR = 1 << 8 | 1 << 9 | 1 << 10 | 5; // prefetch, both caches
    RCC_CFGR = 5 << 10 | 4 << 13 | 2;
    return wait_for(&RCC_CFGR, 3 << 2, 2 << 2);
}

void kr_clock_init(void) {
    bool emulated = !(RCC_CR & HSI_READY); // on a chip this oscillator runs after reset
    bool fast = emulated || start_pll();
    core_hz = fast ? 168000000 : 16000000;
    timer_hz = emulated ? 1000000000 : fast ? 84000000 : 16000000;
    RCC_APB1ENR |= 1; // TIM2
    TIM2_PSC = 0;
    TIM2_ARR = 0xFFFFFFFF;
    TIM2_EGR = 1; // takes PSC over
    TIM2_CR1 = 1;
    SYST_RVR = core_hz / 1000 - 1;
    SYST_CVR = 0;
    SYST_CSR = 7; // core clock, interrupt, on
}

uint32_t kr_clock_apb2(void) { return core_hz == 16000000 ? core_hz : core_hz / 2; }

uint64_t kr_clock_ticks(void) {
    uint32_t masked;
    __asm volatile("mrs %0, primask\n cpsid i" : "=r"(masked)::"memory");
    uint32_t count = TIM2_CNT;
    wraps += count < last_count;
    last_count = count;
    uint64_t ticks = (uint64_t)wraps << 32 | count;
    __asm volatile("msr primask, %0" ::"r"(masked) : "memory");
    return ticks;
}

void SysTick_Handler(void) { kr_clock_ticks(); }

int64_t kr_port_monotonic_ns(void) {
    uint64_t ticks = kr_clock_ticks();
    return (int64_t)(ticks / timer_hz * 1000000000 + ticks % timer_hz * 1000000000 / timer_hz);
}

int64_t kr_port_clock_ns(void) { return kr_port_monotonic_ns(); } // nothing here knows the date yet
int64_t kr_port_cpu_ns(void) { return kr_port_monotonic_ns(); }
int64_t kr_port_process_ns(void) { return kr_port_monotonic_ns(); }

bool kr_port_zone(int64_t seconds, KrPortZone *out) {
    (void)seconds;
    *out = (KrPortZone){ .name = "UTC" };
    return true;
}

bool kr_port_zone_name(bool daylight, KrPortZone *out) {
    (void)daylight;
    return kr_port_zone(0, out);
}

void kr_port_zone_reset(void) {}

// All clocks count the time since the start.
int kr_port_clock_read(int clock, bool resolution, int64_t *ns) {
    if (clock < KR_PORT_CLOCK_REALTIME || clock > KR_PORT_CLOCK_THREAD) return 22; // EINVAL
    *ns = resolution ? 1000000000 / timer_hz : kr_port_monotonic_ns();
    return 0;
}

int kr_port_clock_set(int clock, int64_t ns) {
    (void)clock, (void)ns;
    return 1; // EPERM
}

int kr_port_thread_clock(int *clock) { return *clock = KR_PORT_CLOCK_THREAD, 0; }
