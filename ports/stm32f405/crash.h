// crash.h - what is known after a reset of why it came: a record in RAM that the start-up leaves alone, and the chip's reset flags.
// SPDX-License-Identifier: MIT
#ifndef KR_STM32_CRASH_H
#define KR_STM32_CRASH_H

#include "krait_config.h"

typedef enum {
    KR_CRASH_NONE,
    KR_CRASH_HARD, // a hard fault that is none of the next three
    KR_CRASH_MEMORY,
    KR_CRASH_BUS,
    KR_CRASH_USAGE,
    KR_CRASH_STACK, // the C stack ran over its end; pc and lr are not known
    KR_CRASH_WATCHDOG,
    KR_CRASH_ABORT, // kr_port_abort: Krait found itself broken
    KR_CRASH_KINDS
} KrCrashKind;

typedef struct {
    uint32_t kind, pc, lr, sp;
    uint32_t cfsr, hfsr, address; // SCB's; address: of the access that failed, 0 where it is not known
    uint32_t uptime_ms;
    char message[48]; // of an abort
} KrCrash;

typedef struct { // in .noinit
    KrCrash crash;
    uint32_t cause; // KrResetCause that the software has decided on; 0: none
    uint32_t row;   // of starts before this one that ended in a crash soon, while boot.py or main.py ran
    uint32_t sum;
} KrSurvivor;

extern KrSurvivor kr_survivor;

void kr_crash_boot(void);                 // first after a reset: takes over what there is, and forgets it
const KrCrash *kr_crash_last(void);       // NULL: the chip did not start because of a crash
unsigned kr_crash_cause(void);            // KrResetCause
void kr_crash_note(const KrCrash *crash); // what the next start will find
void kr_crash_forget(void);
bool kr_crash_repeats(void);              // has that happened too often for running them again?
void kr_crash_settle(void);               // they have ended
void kr_crash_reset(unsigned cause);      // resets the chip; 0: because of what was noted. Returns only in a model
KrCrashKind kr_crash_kind(uint32_t cfsr); // of a fault
const char *kr_crash_name(uint32_t kind);

#endif
