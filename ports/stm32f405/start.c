// start.c - from reset to main(), and what happens at a fault: the registers go to the console, and the chip stops.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "stm32f405/board.h"

extern char kr_data_start[], kr_data_end[], kr_data_image[], kr_bss_start[], kr_bss_end[];
int main(void);

void Reset_Handler(void) {
    SCB_CPACR |= 0xFu << 20; // the FPU may be used
    __asm volatile("dsb\n isb");
    memcpy(kr_data_start, kr_data_image, (size_t)(kr_data_end - kr_data_start));
    memset(kr_bss_start, 0, (size_t)(kr_bss_end - kr_bss_start));
    main();
    for (;;) __asm volatile("wfi");
}

// ---- Faults --------------------------------------------------------------------------------------------------------------------

static void print_register(const char *name, uint32_t value) {
    char text[] = " 00000000";
    for (int i = 8; i > 0; i--, value >>= 4) text[i] = "0123456789ABCDEF"[value & 15];
    kr_port_console_write(2, name, strlen(name));
    kr_port_console_write(2, text, 9);
}

enum { BKPT_SEMIHOST = 0xBEAB };

// frame: r0-r3, r12, lr, pc, xpsr as they were. A semihosting call that nobody answers ends here too: it gives -1 and goes on.
static KR_UNUSED void fault(uint32_t *frame) {
    static const char *const name[] = { " r0", " r1", " r2", " r3", "\r\nr12", " lr", " pc", " xpsr" };
    bool readable = (char *)frame >= kr_chip_stack_low && (char *)(frame + 8) <= kr_chip_stack_top;
    if (readable && !SCB_CFSR && *(const uint16_t *)frame[6] == BKPT_SEMIHOST) {
        SCB_HFSR = SCB_HFSR; // ones clear
        frame[0] = UINT32_MAX;
        frame[6] += 2;
        return;
    }
    kr_port_console_write(2, "\r\nkrait: fault:", 15);
    if (!readable) kr_port_console_write(2, " stack", 6);
    for (int i = 0; readable && i < 8; i++) print_register(name[i], frame[i]);
    print_register("\r\ncfsr", SCB_CFSR);
    print_register(" hfsr", SCB_HFSR);
    print_register(" mmfar", SCB_MMFAR);
    print_register(" bfar", SCB_BFAR);
    kr_port_console_write(2, "\r\n", 2);
    for (;;) __asm volatile("wfi");
}

// A stack that ran over its end is left; the handler starts on a new one.
__attribute__((naked)) static void Fault_Handler(void) {
    __asm volatile("mrs r0, msp\n"
                   "movw r1, #:lower16:kr_chip_stack_low\n"
                   "movt r1, #:upper16:kr_chip_stack_low\n"
                   "cmp r0, r1\n"
                   "ittt lo\n"
                   "movwlo r1, #:lower16:kr_chip_stack_top\n"
                   "movtlo r1, #:upper16:kr_chip_stack_top\n"
                   "msrlo msp, r1\n"
                   "push {r4, lr}\n"
                   "bl %c0\n"
                   "pop {r4, pc}\n" ::"i"(fault));
}

static void Default_Handler(void) {}
void SysTick_Handler(void);
void USART1_IRQHandler(void);

typedef void (*Handler)(void);
__attribute__((section(".vectors"), used)) static const Handler vectors[16 + 82] = {
    [0] = (Handler)(uintptr_t)kr_chip_stack_top,
    [1] = Reset_Handler,
    [2] = Default_Handler, // NMI
    [3] = Fault_Handler,   // HardFault, and what is not enabled by itself: MemManage, BusFault, UsageFault
    [4] = Fault_Handler,
    [5] = Fault_Handler,
    [6] = Fault_Handler,
    [11] = Default_Handler, // SVC
    [12] = Fault_Handler,   // debug monitor
    [14] = Default_Handler, // PendSV
    [15] = SysTick_Handler,
    [16 + 37] = USART1_IRQHandler,
};
