// watchdog.c - the watchdog, twice: a look at the clock each millisecond, which is exact and can say where the program is, and behind it the
// chip's own (IWDG; RM0090 section 21), which bites where not even interrupts are served any more.
//
// IWDG counts an oscillator of 17 to 47 kHz (DS8626, table "LSI oscillator characteristics"): it is set as for the fastest one, so that it never
// bites too early. Once started it cannot be stopped.
// SPDX-License-Identifier: MIT
#include "stm32f405/watchdog.h"

#include "port.h"
#include "stm32f405/registers.h"

enum { LSI_HZ = 47000, RELOAD_MOST = 4096, LEAST_DIVIDER = 4, START = 0xCCCC, UNLOCK = 0x5555, FEED = 0xAAAA, UPDATES = 3, WAIT = 1000000 };
_Static_assert((int64_t)KR_WATCHDOG_MOST_MS *LSI_HZ / 1000 <= 256 * RELOAD_MOST, "IWDG counts so far");

static int64_t length_ns, last_ns; // length 0: not started

static void set_counter(int64_t ns) {
    uint32_t counts = (uint32_t)((ns * (LSI_HZ / 1000) + 999999) / 1000000), prescaler = 0;
    while (prescaler < 6 && counts > (uint32_t)(LEAST_DIVIDER << prescaler) * RELOAD_MOST) prescaler++;
    uint32_t divider = LEAST_DIVIDER << prescaler, reload = (counts + divider - 1) / divider;
    kr_reg_set(IWDG_KR, START); // the oscillator with it, which takes settings over
    kr_reg_set(IWDG_KR, UNLOCK);
    kr_reg_set(IWDG_PR, prescaler);
    kr_reg_set(IWDG_RLR, reload - 1);
    for (int n = 0; n < WAIT && kr_reg_get(IWDG_SR) & UPDATES; n++) {}
}

void kr_watchdog_feed(int64_t ns) {
    uint32_t masked = kr_irq_save();
    last_ns = kr_port_monotonic_ns();
    bool changes = ns != length_ns;
    length_ns = ns;
    kr_irq_restore(masked);
    if (changes) set_counter(ns);
    kr_reg_set(IWDG_KR, FEED);
}

void kr_watchdog_pause(int64_t ns) { last_ns += ns; }

bool kr_watchdog_is_late(void) { return length_ns && kr_port_monotonic_ns() - last_ns > length_ns; }
