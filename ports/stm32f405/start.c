// start.c - from reset to main(), and what happens at a fault: a record for the next start, the registers to the console, a reset.
//
// The C stack is at the bottom of main RAM, or where the chip has it (QEMU does not) in CCM RAM, all of it: what overruns it faults there as well.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "stm32f405/board.h"
#include "stm32f405/crash.h"

extern char kr_data_start[], kr_data_end[], kr_data_image[], kr_bss_start[], kr_bss_end[], kr_ccm_start[], kr_ccm_end[];
int main(void);

char *kr_main_stack_low, *kr_main_stack_top;

// ---- Probing -------------------------------------------------------------------------------------------------------------------

// Its first instruction may fault: the fault's handler then goes on behind it, with the fallback.
__attribute__((naked, noipa)) static uint32_t probe(KR_UNUSED uint32_t address, KR_UNUSED uint32_t fallback) {
    __asm volatile("ldr r0, [r0]\n bx lr");
}

uint32_t kr_chip_read_or(uint32_t address, uint32_t fallback) { return probe(address, fallback); }

static bool is_probe(uint32_t pc) { return pc == ((uint32_t)(uintptr_t)probe & ~1u); }

static bool has_ccm(void) {
    const uint32_t pattern = 0xA5C33C5Au, address = (uint32_t)(uintptr_t)kr_ccm_start;
    if (kr_chip_read_or(address, 0) == kr_chip_read_or(address, 1)) kr_reg_set(address, pattern);
    return kr_chip_read_or(address, 0) == pattern;
}

// ---- Reset ---------------------------------------------------------------------------------------------------------------------

static void run(void) {
    kr_crash_boot();
    main();
    for (;;) kr_chip_wait();
}

void Reset_Handler(void) {
    memcpy(kr_data_start, kr_data_image, (size_t)(kr_data_end - kr_data_start));
    memset(kr_bss_start, 0, (size_t)(kr_bss_end - kr_bss_start));
    bool ccm = has_ccm();
    kr_main_stack_low = ccm ? kr_ccm_start : kr_chip_stack_low;
    kr_main_stack_top = ccm ? kr_ccm_end : kr_chip_stack_top;
    __asm volatile("msr msp, %0\n bx %1" ::"r"(kr_main_stack_top), "r"(run) : "memory");
    __builtin_unreachable();
}

// ---- The end -------------------------------------------------------------------------------------------------------------------

static KR_NORETURN void end(void) {
    kr_console_drain();
    kr_crash_reset(0);
    for (;;) {}
}

static uint32_t uptime_ms(void) { return (uint32_t)(kr_port_monotonic_ns() / 1000000); }

void kr_port_abort(const char *message) {
    KrCrash crash = { .kind = KR_CRASH_ABORT, .lr = (uint32_t)(uintptr_t)__builtin_return_address(0), .uptime_ms = uptime_ms() };
    crash.sp = (uint32_t)(uintptr_t)__builtin_frame_address(0);
    strncpy(crash.message, message, sizeof crash.message - 1);
    kr_crash_note(&crash);
    kr_port_console_write(2, "krait: fatal: ", 14);
    kr_port_console_write(2, message, strlen(message));
    kr_port_console_write(2, "\n", 1);
    end();
}

// ---- Faults --------------------------------------------------------------------------------------------------------------------

static void print_register(const char *name, uint32_t value) {
    char text[] = " 00000000";
    for (int i = 8; i > 0; i--, value >>= 4) text[i] = "0123456789ABCDEF"[value & 15];
    kr_port_console_write(2, name, strlen(name));
    kr_port_console_write(2, text, 9);
}

enum { R0, R1, LR = 5, PC, XPSR, FRAME_WORDS = 8, FPU_WORDS = 18 }; // of what the processor stacks
enum { NO_FPU_FRAME = 1 << 4, PADDED = 1 << 9, ADDRESS_VALID = 1 << 7 };

static bool on_stack(const uint32_t *frame) {
    const char *low = (const char *)frame;
    return low >= kr_main_stack_low && low + FRAME_WORDS * sizeof *frame <= kr_main_stack_top;
}

static void print_fault(const KrCrash *crash, const uint32_t *frame) {
    static const char *const name[] = { " r0", " r1", " r2", " r3", "\r\nr12", " lr", " pc", " xpsr" };
    kr_port_console_write(2, "\r\nkrait: fault:", 15);
    if (!frame) kr_port_console_write(2, " stack", 6);
    for (int i = 0; frame && i < FRAME_WORDS; i++) print_register(name[i], frame[i]);
    print_register("\r\ncfsr", crash->cfsr);
    print_register(" hfsr", crash->hfsr);
    print_register(" sp", crash->sp);
    print_register(" address", crash->address);
    kr_port_console_write(2, "\r\n", 2);
}

// Of a fault, or of a moment at which the watchdog was not fed. frame: NULL: the stack is used up.
static void note(KrCrash *crash, const uint32_t *frame, uint32_t sp, uint32_t exc_return) {
    crash->sp = sp;
    if (frame) {
        crash->pc = frame[PC], crash->lr = frame[LR];
        crash->sp += 4 * (FRAME_WORDS + (exc_return & NO_FPU_FRAME ? 0 : FPU_WORDS) + (frame[XPSR] & PADDED ? 1 : 0));
    }
    crash->uptime_ms = uptime_ms();
    kr_crash_note(crash);
}

static bool goes_on(uint32_t *frame) { // a probe
    if (!is_probe(frame[PC])) return false;
    frame[R0] = frame[R1];
    frame[PC] += 2;
    kr_reg_set(SCB_CFSR, kr_reg_get(SCB_CFSR)); // ones clear
    kr_reg_set(SCB_HFSR, kr_reg_get(SCB_HFSR));
    return true;
}

static KR_UNUSED void fault(uint32_t *frame, uint32_t exc_return) {
    bool readable = !kr_main_stack_low || on_stack(frame);
    if (readable && goes_on(frame)) return;
    KrCrash crash = { .cfsr = kr_reg_get(SCB_CFSR), .hfsr = kr_reg_get(SCB_HFSR) };
    crash.kind = readable ? kr_crash_kind(crash.cfsr) : KR_CRASH_STACK;
    crash.address = crash.cfsr >> 8 & ADDRESS_VALID ? kr_reg_get(SCB_BFAR) : crash.cfsr & ADDRESS_VALID ? kr_reg_get(SCB_MMFAR) : 0;
    note(&crash, readable ? frame : NULL, (uint32_t)(uintptr_t)frame, exc_return);
    print_fault(&crash, readable ? frame : NULL);
    end();
}

// A stack that ran over its end is left: the handler starts on the one in main RAM.
__attribute__((naked)) static void Fault_Handler(void) {
    __asm volatile("mrs r0, msp\n"
                   "mov r1, lr\n"
                   "movw r2, #:lower16:kr_main_stack_low\n"
                   "movt r2, #:upper16:kr_main_stack_low\n"
                   "ldr r2, [r2]\n"
                   "cmp r0, r2\n"
                   "ittt lo\n"
                   "movwlo r2, #:lower16:kr_chip_stack_top\n"
                   "movtlo r2, #:upper16:kr_chip_stack_top\n"
                   "msrlo msp, r2\n"
                   "push {r4, lr}\n"
                   "bl %c0\n"
                   "pop {r4, pc}\n" ::"i"(fault));
}

// ---- Each millisecond ----------------------------------------------------------------------------------------------------------

static KR_UNUSED void tick(const uint32_t *frame, uint32_t exc_return) {
    (void)kr_clock_ticks(); // before the counter wraps
    if (!kr_watchdog_is_late()) return;
    KrCrash crash = { .kind = KR_CRASH_WATCHDOG };
    note(&crash, on_stack(frame) ? frame : NULL, (uint32_t)(uintptr_t)frame, exc_return);
    kr_port_console_write(2, "\r\nkrait: watchdog\r\n", 19);
    print_register("pc", crash.pc);
    print_register(" lr", crash.lr);
    kr_port_console_write(2, "\r\n", 2);
    end();
}

__attribute__((naked)) static void SysTick_Handler(void) {
    __asm volatile("mrs r0, msp\n"
                   "mov r1, lr\n"
                   "b %c0\n" ::"i"(tick));
}

static void Default_Handler(void) {}
void USART1_IRQHandler(void), UART_IRQHandler(void), EXTI_IRQHandler(void);

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
    [16 + 6] = EXTI_IRQHandler, // lines 0 to 4
    [16 + 7] = EXTI_IRQHandler,
    [16 + 8] = EXTI_IRQHandler,
    [16 + 9] = EXTI_IRQHandler,
    [16 + 10] = EXTI_IRQHandler,
    [16 + 23] = EXTI_IRQHandler, // 5 to 9
    [16 + 37] = USART1_IRQHandler,
    [16 + 38] = UART_IRQHandler, // 2, 3
    [16 + 39] = UART_IRQHandler,
    [16 + 40] = EXTI_IRQHandler, // lines 10 to 15
    [16 + 52] = UART_IRQHandler, // 4, 5
    [16 + 53] = UART_IRQHandler,
    [16 + 71] = UART_IRQHandler, // 6
};
