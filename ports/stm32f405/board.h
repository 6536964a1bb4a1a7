// board.h - what the files of the STM32F405 port share.
//
// The same image runs on the chip and under QEMU (netduinoplus2), which has no GPIO, no clock control and no CCM RAM: see clock.c and start.c.
// SPDX-License-Identifier: MIT
#ifndef KR_STM32_BOARD_H
#define KR_STM32_BOARD_H

#include "port.h"
#include "stm32f405/registers.h"
#include "stm32f405/watchdog.h"

// Addresses that the linker script defines.
extern char kr_chip_stack_low[], kr_chip_stack_top[], kr_memory_start[], kr_memory_end[];

// start.c
extern char *kr_main_stack_low, *kr_main_stack_top;                         // of the C stack
uint32_t kr_chip_read_or(uint32_t address, uint32_t fallback);    // a word that may not be there
// clock.c
void kr_clock_init(void);
bool kr_clock_emulated(void);
uint32_t kr_clock_core(void), kr_clock_apb1(void), kr_clock_apb2(void); // Hz
uint32_t kr_clock_timer(bool apb2);                                     // of timers on that bus
uint32_t kr_clock_count(void);                                          // of TIM2
// time.c
void kr_time_init(void);
void kr_time_set_wall(int64_t ns); // since 1970
uint64_t kr_clock_ticks(void);     // of TIM2, since the start; under QEMU with -icount shift=0, executed instructions
// rtc.c: the date while the chip is off
bool kr_rtc_read(int64_t *ns); // since 1970; false: it was never set
bool kr_rtc_write(int64_t ns); // false: it does not run
// console.c
void kr_console_init(void);
void kr_console_attach(KrVm *vm); // whom Ctrl-C interrupts; NULL: nobody
void kr_console_drain(void);      // until all has been sent
void kr_wake(void);               // from an interrupt: whoever sleeps looks around
// host.c: a debugger or emulator that answers semihosting calls
bool kr_host_command(char *out, size_t size); // its command line; false: nobody is there
void kr_host_exit(int status);                // returns where nobody is there
void kr_host_abandon(int status);             // likewise, if it has named a program to run; else returns

#endif
