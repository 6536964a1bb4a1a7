// board.h - what the files of the STM32F405 port share.
//
// The same image runs on the chip and under QEMU (netduinoplus2), which has no GPIO, no clock control and no CCM RAM: see clock.c and start.c.
// SPDX-License-Identifier: MIT
#ifndef KR_STM32_BOARD_H
#define KR_STM32_BOARD_H

#include "krait.h"
#include "port.h"
#include "stm32f405/registers.h"
#include "stm32f405/watchdog.h"

#define KR_IN_RAM __attribute__((section(".ramfunc"), noinline)) // code that runs while the flash is busy

// Addresses that the linker script defines.
extern char kr_chip_stack_low[], kr_chip_stack_top[], kr_memory_start[], kr_memory_end[];

// start.c
extern char *kr_main_stack_low, *kr_main_stack_top;            // of the C stack
uint32_t kr_chip_read_or(uint32_t address, uint32_t fallback); // a word that may not be there
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
void kr_console_attach(KrVm *vm);  // whom Ctrl-C interrupts; NULL: nobody, it is a byte like others
void kr_console_drain(void);       // until all has been sent
bool kr_console_interrupted(void); // does the VM have to be asked?
bool kr_console_ready(void);       // has something come that was not read?
enum { KR_CONSOLE_BROKEN = -1, KR_CONSOLE_SILENT = -2, KR_CTRL_A = 1, KR_CTRL_B, KR_CTRL_C, KR_CTRL_D, KR_CTRL_E };
int kr_console_get(int64_t until); // the next byte; KR_CONSOLE_BROKEN: the VM has to be asked; KR_CONSOLE_SILENT: nothing came until then
intptr_t kr_console_read(void *data, size_t len); // as kr_port_read
void kr_console_raw(bool on);                     // reading gives bytes as they come, without echo
int kr_console_key(void);                         // the key that ended input last: KR_CTRL_...
void kr_console_receive(void);                    // takes what has come from the line; in RAM
// files.c: errors are errno values
int kr_files_init(void);        // mounts, or formats what never was; why there are no files, or 0
int kr_files_format(void);      // open files are closed
void kr_files_attach(KrVm *vm); // whose heap holds files that are read as a whole; files of another are closed
void kr_files_mount(bool on);   // /remote is a folder of the computer at the console's other end (host_files.h), or is not
int kr_files_sync(void);
int kr_files_space(uint32_t *total, uint32_t *free, uint32_t *chunk); // bytes
// file_module.c
extern const KrModuleDef kr_files_module;
// wait.c
void kr_wake(void); // from an interrupt: whoever sleeps looks around
// repl.c
// boot.py, main.py, the prompt, until a soft reset; raw: it began in raw mode. Gives whether it ended in raw mode.
bool kr_repl(KrVm *vm, bool raw);

#endif
