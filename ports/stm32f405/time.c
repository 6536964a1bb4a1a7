// time.c - what time it is. Time is TIM2's count, made 64 bits wide by looking at it every millisecond: ticks that a busy emulator loses do no
// harm, since the counter itself takes seconds to wrap. The date is the RTC's at the start, and goes on with TIM2.
//
// QEMU's timers count at 1 GHz; their update interrupt must never be enabled: it would hang the emulator.
// SPDX-License-Identifier: MIT
#include "stm32f405/board.h"

enum { SCALE_BITS = 26 };                           // the slowest count, 16 MHz, fits 32 bits so
static uint32_t count_hz, scale, last_count, wraps; // scale: nanoseconds in a tick, times 2^SCALE_BITS
static int64_t wall_base;                           // ns since 1970 when the chip started

void kr_time_init(void) {
    count_hz = kr_clock_count();
    scale = (uint32_t)(((uint64_t)1000000000 << SCALE_BITS) / count_hz);
    kr_reg_change(RCC_APB1ENR, 0, 1); // TIM2
    kr_reg_set(TIM2 + TIM_PSC, 0);
    kr_reg_set(TIM2 + TIM_ARR, 0xFFFFFFFF);
    kr_reg_set(TIM2 + TIM_EGR, 1); // takes PSC over
    kr_reg_set(TIM2 + TIM_CR1, 1);
    kr_reg_set(SYST_RVR, kr_clock_core() / 1000 - 1);
    kr_reg_set(SYST_CVR, 0);
    kr_reg_set(SYST_CSR, 7); // core clock, interrupt, on
    int64_t ns;
    if (kr_rtc_read(&ns)) kr_time_set_wall(ns);
}

uint64_t kr_clock_ticks(void) {
    uint32_t masked = kr_irq_save(), count = kr_reg_get(TIM2 + TIM_CNT);
    wraps += count < last_count;
    last_count = count;
    uint64_t ticks = (uint64_t)wraps << 32 | count;
    kr_irq_restore(masked);
    return ticks;
}

int64_t kr_port_monotonic_ns(void) {
    uint64_t ticks = kr_clock_ticks(); // a collector's step asks several times: no division
    return (int64_t)((((ticks >> 32) * scale) << (32 - SCALE_BITS)) + (((ticks & UINT32_MAX) * scale) >> SCALE_BITS));
}

int64_t kr_port_clock_ns(void) { return wall_base + kr_port_monotonic_ns(); }
int64_t kr_port_cpu_ns(void) { return kr_port_monotonic_ns(); }
int64_t kr_port_process_ns(void) { return kr_port_monotonic_ns(); }

void kr_time_set_wall(int64_t ns) { wall_base = ns - kr_port_monotonic_ns(); }

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

// All clocks but that of the date count the time since the start.
int kr_port_clock_read(int clock, bool resolution, int64_t *ns) {
    if (clock < KR_PORT_CLOCK_REALTIME || clock > KR_PORT_CLOCK_THREAD) return 22; // EINVAL
    *ns = resolution ? 1000000000 / count_hz : clock == KR_PORT_CLOCK_REALTIME ? kr_port_clock_ns() : kr_port_monotonic_ns();
    return 0;
}

int kr_port_clock_set(int clock, int64_t ns) {
    (void)clock, (void)ns;
    return 1; // EPERM
}

int kr_port_thread_clock(int *clock) { return *clock = KR_PORT_CLOCK_THREAD, 0; }
