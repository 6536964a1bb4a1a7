// crash.c - what is known after a reset of why it came.
//
// RAM keeps its contents over a reset of the chip (not over a loss of power), so that the record has a sum: garbage is not taken for a crash.
// SPDX-License-Identifier: MIT
#include "stm32f405/crash.h"

#include "../modules/machine/board.h"
#include "stm32f405/registers.h"

enum { MOST_IN_ROW = 2, SOON_MS = 10000 }; // what crashes later leaves time for Ctrl-C
enum {                                     // RCC_CSR
    CLEAR_FLAGS = 1 << 24,
    BY_BROWN_OUT = 1 << 25,
    BY_POWER = 1 << 27,
    BY_SOFTWARE = 1 << 28,
    BY_WATCHDOG = 3 << 29, // IWDG or WWDG
};
#define BY_LOW_POWER  (1u << 31)
#define SUM_SEED      0x4B724372u
#define RESET_REQUEST (0x05FAu << 16 | 1 << 2) // SCB_AIRCR

_Static_assert(sizeof(KrSurvivor) <= 96, "kr_survivor_size of stm32f405.ld");

static KrSurvivor last;
static unsigned cause;

// FNV-1a over the words before the sum.
static uint32_t sum_of(const KrSurvivor *s) {
    const uint32_t *word = (const uint32_t *)s;
    uint32_t sum = SUM_SEED;
    for (size_t i = 0; i < offsetof(KrSurvivor, sum) / sizeof *word; i++) sum = (sum ^ word[i]) * 16777619u;
    return sum;
}

static void keep(const KrCrash *crash, unsigned why) {
    kr_survivor.crash = crash ? *crash : (KrCrash){ 0 };
    kr_survivor.cause = why;
    kr_survivor.sum = sum_of(&kr_survivor);
}

// A brown-out's flag is set by switching on as well. QEMU has no flags: there the software's word counts, as it does for resets by software.
static unsigned cause_of(uint32_t flags) {
    if (flags & BY_WATCHDOG) return KR_RESET_WATCHDOG;
    if (flags & BY_LOW_POWER) return KR_RESET_DEEP_SLEEP;
    if (flags & BY_POWER) return KR_RESET_POWER_ON;
    if (flags & BY_BROWN_OUT) return KR_RESET_BROWN_OUT;
    if (last.cause) return last.cause;
    return flags ? KR_RESET_HARD : KR_RESET_POWER_ON;
}

void kr_crash_boot(void) {
    uint32_t flags = kr_reg_get(RCC_CSR);
    bool kept = kr_survivor.sum == sum_of(&kr_survivor) && kr_survivor.crash.kind < KR_CRASH_KINDS && !(flags & BY_POWER);
    last = kept ? kr_survivor : (KrSurvivor){ 0 };
    last.crash.message[sizeof last.crash.message - 1] = 0;
    cause = cause_of(flags);
    if (cause == KR_RESET_WATCHDOG && last.crash.kind == KR_CRASH_NONE) last.crash.kind = KR_CRASH_WATCHDOG; // nothing could be noted
    kr_reg_change(RCC_CSR, 0, CLEAR_FLAGS);
    bool crashed = last.crash.kind != KR_CRASH_NONE && last.crash.kind != KR_CRASH_WATCHDOG; // the watchdog is the program's own wish
    kr_survivor.row = crashed && last.crash.uptime_ms < SOON_MS ? last.row + 1 : 0;
    kr_crash_forget();
}

const KrCrash *kr_crash_last(void) { return last.crash.kind == KR_CRASH_NONE ? NULL : &last.crash; }
unsigned kr_crash_cause(void) { return cause; }
void kr_crash_note(const KrCrash *crash) { keep(crash, crash->kind == KR_CRASH_WATCHDOG ? KR_RESET_WATCHDOG : KR_RESET_HARD); }
void kr_crash_forget(void) { keep(NULL, 0); }
bool kr_crash_repeats(void) { return kr_survivor.row >= MOST_IN_ROW; }

void kr_crash_settle(void) {
    kr_survivor.row = 0;
    kr_survivor.sum = sum_of(&kr_survivor);
}

void kr_crash_reset(unsigned why) {
    KrCrash crash = kr_survivor.crash;
    keep(&crash, why ? why : kr_survivor.cause);
    kr_reg_set(SCB_AIRCR, RESET_REQUEST);
}

KrCrashKind kr_crash_kind(uint32_t cfsr) {
    return cfsr >> 16 ? KR_CRASH_USAGE : cfsr >> 8 ? KR_CRASH_BUS : cfsr ? KR_CRASH_MEMORY : KR_CRASH_HARD;
}

const char *kr_crash_name(uint32_t kind) {
    static const char *const name[KR_CRASH_KINDS] = { "none",        "hard fault",     "memory fault", "bus fault",
                                                      "usage fault", "stack overflow", "watchdog",     "abort" };
    return name[kind < KR_CRASH_KINDS ? kind : KR_CRASH_NONE];
}
