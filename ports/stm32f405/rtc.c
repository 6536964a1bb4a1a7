// rtc.c - the clock that knows the date while the chip is off, with a battery (RM0090 section 26). It counts a crystal of 32,768 Hz, or where that
// does not start the internal oscillator of about 32 kHz, which is some percent off.
//
// The calendar has the years 2000 to 2099. Everything in it is binary coded decimals.
// SPDX-License-Identifier: MIT
#include "../modules/std/time_part.h"
#include "stm32f405/board_part.h"

enum { WRITABLE = 1 << 8 };                                                                                            // PWR_CR
enum { LSE_ON = 1 << 0, LSE_READY = 1 << 1, FROM_LSE = 1 << 8, FROM_LSI = 2 << 8, SOURCE = 3 << 8, RTC_ON = 1 << 15 }; // RCC_BDCR
enum { LSI_ON = 1 << 0, LSI_READY = 1 << 1 };                                                                          // RCC_CSR
enum { IS_SET = 1 << 4, SYNCED = 1 << 5, MAY_SET = 1 << 6, SET = 1 << 7 };                                             // RTC_ISR
enum { LSE_NS = 2000000000, STEP_NS = 100000000, FAST_PART = 128, LSE_SLOW_PART = 256, LSI_SLOW_PART = 250, FIRST_YEAR = 2000 };

static uint32_t decimal(unsigned n) { return n / 10 << 4 | n % 10; }
static unsigned binary(uint32_t bits) { return (bits >> 4) * 10 + (bits & 15); }

static void unlock(void) {
    kr_reg_change(RCC_APB1ENR, 0, 1 << 28); // PWR
    kr_reg_change(PWR_CR, 0, WRITABLE);
}

// Once until the battery is empty. false: no oscillator starts.
static bool start_clock(void) {
    if (kr_reg_get(RCC_BDCR) & RTC_ON) return true;
    kr_reg_change(RCC_BDCR, 0, LSE_ON);
    bool crystal = kr_reg_until(RCC_BDCR, LSE_READY, LSE_READY, kr_counts(LSE_NS));
    if (!crystal) {
        kr_reg_change(RCC_BDCR, LSE_ON, 0);
        kr_reg_change(RCC_CSR, 0, LSI_ON);
        if (!kr_reg_until(RCC_CSR, LSI_READY, LSI_READY, kr_counts(STEP_NS))) return false;
    }
    kr_reg_change(RCC_BDCR, SOURCE, (crystal ? FROM_LSE : FROM_LSI) | RTC_ON);
    return true;
}

static void write_calendar(const KrBrokenTime *t, bool crystal) {
    kr_reg_set(RTC_PRER, (FAST_PART - 1) << 16 | ((crystal ? LSE_SLOW_PART : LSI_SLOW_PART) - 1));
    kr_reg_set(RTC_TR, decimal((unsigned)t->hour) << 16 | decimal((unsigned)t->minute) << 8 | decimal((unsigned)t->second));
    kr_reg_set(RTC_DR, decimal((unsigned)(t->year - FIRST_YEAR)) << 16 | (uint32_t)(t->weekday + 1) << 13 |
                           decimal((unsigned)t->month) << 8 | decimal((unsigned)t->day));
}

// The parts of a second begin anew with a setting.
bool kr_rtc_write(int64_t ns) {
    KrBrokenTime t;
    if (kr_clock_emulated()) return false;
    unlock();
    if (!start_clock()) return false;
    kr_broken_time((ns + 500000000) / 1000000000, &t);
    if (t.year < FIRST_YEAR || t.year > FIRST_YEAR + 99) return false;
    kr_reg_set(RTC_WPR, 0xCA), kr_reg_set(RTC_WPR, 0x53);
    kr_reg_change(RTC_ISR, 0, SET);
    bool ok = kr_reg_until(RTC_ISR, MAY_SET, MAY_SET, kr_counts(STEP_NS));
    if (ok) write_calendar(&t, (kr_reg_get(RCC_BDCR) & SOURCE) == FROM_LSE);
    kr_reg_change(RTC_ISR, SET, 0);
    kr_reg_set(RTC_WPR, 0xFF);
    return ok;
}

// The shadow registers are copied every two cycles; reading SSR holds TR and DR until DR is read.
bool kr_rtc_read(int64_t *ns) {
    if (kr_clock_emulated()) return false;
    unlock();
    if (!(kr_reg_get(RCC_BDCR) & RTC_ON) || !(kr_reg_get(RTC_ISR) & IS_SET)) return false;
    kr_reg_set(RTC_WPR, 0xCA), kr_reg_set(RTC_WPR, 0x53);
    kr_reg_change(RTC_ISR, SYNCED, 0);
    kr_reg_set(RTC_WPR, 0xFF);
    (void)kr_reg_until(RTC_ISR, SYNCED, SYNCED, kr_counts(STEP_NS));
    uint32_t parts = kr_reg_get(RTC_SSR), time = kr_reg_get(RTC_TR), date = kr_reg_get(RTC_DR), slow = (kr_reg_get(RTC_PRER) & 0x7FFF) + 1;
    int64_t days =
        kr_days_since_1970(FIRST_YEAR + (int64_t)binary(date >> 16 & 0xFF), (int)binary(date >> 8 & 0x1F), (int)binary(date & 0x3F));
    int64_t seconds = days * 86400 + binary(time >> 16 & 0x3F) * 3600 + binary(time >> 8 & 0x7F) * 60 + binary(time & 0x7F);
    *ns = seconds * 1000000000 + (parts < slow ? (int64_t)(slow - 1 - parts) * 1000000000 / slow : 0);
    return true;
}
