// model.c - the registers' memory, time, interrupts, and which program answers for an address.
// SPDX-License-Identifier: MIT
#include "model.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "stm32f405/registers.h"

int64_t model_ns, model_pace_ns = 50;
bool model_resets;

void model_fail(const char *format, ...) {
    va_list list;
    va_start(list, format);
    fflush(stdout);
    fputs("chip: ", stderr);
    vfprintf(stderr, format, list);
    fputs("\n", stderr);
    va_end(list);
    exit(99);
}

// ---- Memory --------------------------------------------------------------------------------------------------------------------

enum { RAM = 0x20000000, RAM_SIZE = 1024 };
static uint32_t peripheral[0x24000 / 4], core[0x1000 / 4], ram[RAM_SIZE / 4];

uint32_t *model_word(uint32_t address) {
    if (address % 4) model_fail("address 0x%08x is not a word's", address);
    if (address >= 0x40000000 && address < 0x40024000) return &peripheral[(address - 0x40000000) / 4];
    if (address >= 0xE000E000 && address < 0xE000F000) return &core[(address - 0xE000E000) / 4];
    if (address >= RAM && address < RAM + RAM_SIZE) return &ram[(address - RAM) / 4];
    model_fail("bus fault at 0x%08x", address);
}

// ---- Time ----------------------------------------------------------------------------------------------------------------------

enum { MOST_EVENTS = 64 };
static Event *events[MOST_EVENTS];

void model_at(Event *event, int64_t ns) {
    event->at = model_ns + (ns > 0 ? ns : 1);
    for (int i = 0; i < MOST_EVENTS; i++)
        if (events[i] == event) return;
    for (int i = 0; i < MOST_EVENTS; i++) {
        if (events[i]) continue;
        events[i] = event;
        return;
    }
    model_fail("too many events");
}

static Event *next_event(int64_t until) {
    Event *best = NULL;
    for (int i = 0; i < MOST_EVENTS; i++)
        if (events[i] && events[i]->at && events[i]->at <= until && (!best || events[i]->at < best->at)) best = events[i];
    return best;
}

void model_advance(int64_t ns) {
    int64_t until = model_ns + ns;
    for (Event *e; (e = next_event(until));) {
        model_ns = e->at;
        e->at = 0;
        e->fire(e);
    }
    model_ns = until;
}

// ---- Interrupts ----------------------------------------------------------------------------------------------------------------

void EXTI_IRQHandler(void), UART_IRQHandler(void);

static uint32_t enabled[3], pending[3];
static bool masked, serving;

static void serve(void) {
    if (masked || serving) return;
    serving = true;
    for (unsigned irq = 0; irq < 96; irq++) {
        uint32_t bit = 1u << irq % 32;
        if (!(pending[irq / 32] & enabled[irq / 32] & bit)) continue;
        pending[irq / 32] &= ~bit;
        if (irq == 23 || irq == 40 || (irq >= 6 && irq <= 10)) EXTI_IRQHandler();
        else UART_IRQHandler();
    }
    serving = false;
}

void model_interrupt(unsigned irq) {
    pending[irq / 32] |= 1u << irq % 32;
    serve();
}

uint32_t kr_irq_save(void) {
    bool before = masked;
    masked = true;
    return before;
}

void kr_irq_restore(uint32_t before) {
    masked = before;
    serve();
}

void kr_chip_wait(void) { model_advance(1000000); }

// ---- Access --------------------------------------------------------------------------------------------------------------------

typedef struct {
    const char *name;
    uint32_t first, last, enable; // enable: the register with the clock's bit; 0: it always has one
    unsigned bit;
    uint32_t (*read)(uint32_t address);
    void (*write)(uint32_t address, uint32_t value);
} Block;

static uint32_t count_read(uint32_t address) {
    return address == TIM2 + TIM_CNT ? (uint32_t)((uint64_t)model_ns * 84 / 1000) : *model_word(address); // 84 MHz
}

static void core_write(uint32_t address, uint32_t value) {
    if (address >= NVIC_ISER(0) && address < NVIC_ISER(96)) enabled[(address - NVIC_ISER(0)) / 4] |= value, serve();
    else if (address >= NVIC_ICER(0) && address < NVIC_ICER(96)) enabled[(address - NVIC_ICER(0)) / 4] &= ~value;
    else if (address == SCB_AIRCR) model_resets = value == (0x05FAu << 16 | 4);
    else *model_word(address) = value;
}

static const Block blocks[] = {
    { "TIM2", TIM2, TIM2 + 0x3FF, 0, 0, count_read, NULL },
    { "TIM3", 0x40000400, 0x400007FF, RCC_APB1ENR, 1, NULL, timer_write },
    { "TIM4", 0x40000800, 0x40000BFF, RCC_APB1ENR, 2, NULL, timer_write },
    { "TIM5", 0x40000C00, 0x40000FFF, RCC_APB1ENR, 3, NULL, timer_write },
    { "TIM12", 0x40001800, 0x40001BFF, RCC_APB1ENR, 6, NULL, timer_write },
    { "TIM13", 0x40001C00, 0x40001FFF, RCC_APB1ENR, 7, NULL, timer_write },
    { "TIM14", 0x40002000, 0x400023FF, RCC_APB1ENR, 8, NULL, timer_write },
    { "RTC", 0x40002800, 0x40002BFF, RCC_APB1ENR, 28, rtc_read, rtc_write },
    { "IWDG", 0x40003000, 0x400033FF, 0, 0, NULL, iwdg_write },
    { "SPI2", 0x40003800, 0x40003BFF, RCC_APB1ENR, 14, spi_read, spi_write },
    { "SPI3", 0x40003C00, 0x40003FFF, RCC_APB1ENR, 15, spi_read, spi_write },
    { "USART2", 0x40004400, 0x400047FF, RCC_APB1ENR, 17, uart_read, uart_write },
    { "USART3", 0x40004800, 0x40004BFF, RCC_APB1ENR, 18, uart_read, uart_write },
    { "UART4", 0x40004C00, 0x40004FFF, RCC_APB1ENR, 19, uart_read, uart_write },
    { "UART5", 0x40005000, 0x400053FF, RCC_APB1ENR, 20, uart_read, uart_write },
    { "I2C1", 0x40005400, 0x400057FF, RCC_APB1ENR, 21, i2c_read, i2c_write },
    { "I2C2", 0x40005800, 0x40005BFF, RCC_APB1ENR, 22, i2c_read, i2c_write },
    { "I2C3", 0x40005C00, 0x40005FFF, RCC_APB1ENR, 23, i2c_read, i2c_write },
    { "PWR", 0x40007000, 0x400073FF, RCC_APB1ENR, 28, clock_read, clock_write },
    { "TIM1", 0x40010000, 0x400103FF, RCC_APB2ENR, 0, NULL, timer_write },
    { "TIM8", 0x40010400, 0x400107FF, RCC_APB2ENR, 1, NULL, timer_write },
    { "USART6", 0x40011400, 0x400117FF, RCC_APB2ENR, 5, uart_read, uart_write },
    { "ADC", 0x40012000, 0x400123FF, RCC_APB2ENR, 8, adc_read, adc_write },
    { "SPI1", 0x40013000, 0x400133FF, RCC_APB2ENR, 12, spi_read, spi_write },
    { "SYSCFG", 0x40013800, 0x40013BFF, RCC_APB2ENR, 14, NULL, NULL },
    { "EXTI", 0x40013C00, 0x40013FFF, 0, 0, NULL, exti_write },
    { "TIM9", 0x40014000, 0x400143FF, RCC_APB2ENR, 16, NULL, timer_write },
    { "TIM10", 0x40014400, 0x400147FF, RCC_APB2ENR, 17, NULL, timer_write },
    { "TIM11", 0x40014800, 0x40014BFF, RCC_APB2ENR, 18, NULL, timer_write },
    { "RCC", 0x40023800, 0x40023BFF, 0, 0, clock_read, clock_write },
    { "FLASH", 0x40023C00, 0x40023FFF, 0, 0, NULL, NULL },
    { "core", 0xE000E000, 0xE000EFFF, 0, 0, NULL, core_write },
    { "RAM", RAM, RAM + RAM_SIZE - 1, 0, 0, NULL, NULL },
};
static const Block gpio = { "GPIO", GPIO(0), GPIO(9) - 1, RCC_AHB1ENR, 0, gpio_read, gpio_write };

static const Block *block_of(uint32_t address) {
    const Block *b = &gpio;
    if (address < b->first || address > b->last)
        for (b = blocks; b < blocks + sizeof blocks / sizeof *blocks && (address < b->first || address > b->last); b++) {}
    if (b == blocks + sizeof blocks / sizeof *blocks) model_fail("bus fault at 0x%08x", address);
    unsigned bit = b == &gpio ? (address - GPIO(0)) / 0x400 : b->bit;
    if (b->enable && !(*model_word(b->enable) >> bit & 1)) model_fail("%s at 0x%08x has no clock", b->name, address);
    return b;
}

uint32_t kr_reg_get(uint32_t address) {
    model_advance(model_pace_ns);
    const Block *b = block_of(address);
    return b->read ? b->read(address) : *model_word(address);
}

void kr_reg_set(uint32_t address, uint32_t value) {
    model_advance(model_pace_ns);
    const Block *b = block_of(address);
    if (b->write) b->write(address, value);
    else *model_word(address) = value;
}

uint16_t kr_reg_get_16(uint32_t address) { return (uint16_t)(kr_reg_get(address & ~3u) >> (address & 2) * 8); }
uint8_t kr_reg_get_8(uint32_t address) { return (uint8_t)(kr_reg_get(address & ~3u) >> (address & 3) * 8); }
void kr_reg_set_16(uint32_t address, uint16_t value) {
    kr_reg_change(address & ~3u, 0xFFFFu << (address & 2) * 8, (uint32_t)value << (address & 2) * 8);
}
void kr_reg_set_8(uint32_t address, uint8_t value) {
    kr_reg_change(address & ~3u, 0xFFu << (address & 3) * 8, (uint32_t)value << (address & 3) * 8);
}

// The chip's number, and the reference's reading at 3.3 V: 1.21 V.
uint32_t kr_chip_read_or(uint32_t address, uint32_t fallback) {
    if (address >= 0x1FFF7A10 && address < 0x1FFF7A1C) return 0x31323334 + (address - 0x1FFF7A10) / 4 * 0x04040404;
    if (address == 0x1FFF7A28) return 1502u << 16 | 0x7A28;
    return fallback;
}
