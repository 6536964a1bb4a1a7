// board.h - the STM32F405's registers that the port uses, and what its files share. Reference manual: RM0090.
//
// The same image runs on the chip and under QEMU (netduinoplus2). QEMU's RCC is a stub that reads zero, so that waits for clocks are
// bounded; its timers count at 1 GHz, and their update interrupt must never be enabled: it would hang the emulator.
// SPDX-License-Identifier: MIT
#ifndef KR_STM32_BOARD_H
#define KR_STM32_BOARD_H

#include "port.h"

#define REG(address) (*(volatile uint32_t *)(address))

#define RCC_CR      REG(0x40023800u)
#define RCC_PLLCFGR REG(0x40023804u)
#define RCC_CFGR    REG(0x40023808u)
#define RCC_AHB1ENR REG(0x40023830u)
#define RCC_AHB2ENR REG(0x40023834u)
#define RCC_APB1ENR REG(0x40023840u)
#define RCC_APB2ENR REG(0x40023844u)
#define FLASH_ACR   REG(0x40023C00u)
#define GPIOA_MODER REG(0x40020000u)
#define GPIOA_AFRH  REG(0x40020024u)
#define USART1_SR   REG(0x40011000u)
#define USART1_DR   REG(0x40011004u)
#define USART1_BRR  REG(0x40011008u)
#define USART1_CR1  REG(0x4001100Cu)
#define TIM2_CR1    REG(0x40000000u)
#define TIM2_EGR    REG(0x40000014u)
#define TIM2_CNT    REG(0x40000024u)
#define TIM2_PSC    REG(0x40000028u)
#define TIM2_ARR    REG(0x4000002Cu)
#define RNG_CR      REG(0x50060800u)
#define RNG_SR      REG(0x50060804u)
#define RNG_DR      REG(0x50060808u)
#define SYST_CSR    REG(0xE000E010u)
#define SYST_RVR    REG(0xE000E014u)
#define SYST_CVR    REG(0xE000E018u)
#define NVIC_ISER1  REG(0xE000E104u)
#define SCB_AIRCR   REG(0xE000ED0Cu)
#define SCB_CFSR    REG(0xE000ED28u)
#define SCB_HFSR    REG(0xE000ED2Cu)
#define SCB_MMFAR   REG(0xE000ED34u)
#define SCB_BFAR    REG(0xE000ED38u)
#define SCB_CPACR   REG(0xE000ED88u)

// Addresses that the linker script defines.
extern char kr_chip_stack_low[], kr_chip_stack_top[], kr_memory_start[], kr_memory_end[];

// clock.c
void kr_clock_init(void);      // 168 MHz from the 8 MHz crystal; 16 MHz where that does not start
uint32_t kr_clock_apb2(void);  // Hz, of USART1
uint64_t kr_clock_ticks(void); // of TIM2, since the start; under QEMU with -icount shift=0, executed instructions
// console.c
void kr_console_init(void);
void kr_console_attach(KrVm *vm);  // whom Ctrl-C interrupts; NULL: nobody, it is a byte like others
bool kr_console_interrupted(void); // does the VM have to be asked?
bool kr_console_ready(void);       // has something come that was not read?
enum { KR_CONSOLE_BROKEN = -1, KR_CONSOLE_SILENT = -2, KR_CTRL_A = 1, KR_CTRL_B, KR_CTRL_C, KR_CTRL_D, KR_CTRL_E };
int kr_console_get(int64_t until); // the next byte; KR_CONSOLE_BROKEN: the VM has to be asked; KR_CONSOLE_SILENT: nothing came until then
intptr_t kr_console_read(void *data, size_t len); // as kr_port_read
void kr_console_raw(bool on);                     // reading gives bytes as they come, without echo
int kr_console_key(void);                         // the key that ended input last: KR_CTRL_...
// repl.c
bool kr_repl(KrVm *vm,
             bool raw); // boot.py, main.py, the prompt, until a soft reset; raw: it began in raw mode. Whether it ended in raw mode
// host.c: a debugger or emulator that answers semihosting calls
void kr_host_exit(int status); // returns where nobody is there

#endif
