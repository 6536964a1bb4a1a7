// model.h - the registers of an STM32F405 as a program: what drivers in ports/stm32f405 write has the effects that RM0090 says, in a time of its
// own, which passes with each access. Who uses a peripheral in a way that the chip does not allow ends the test, with a message.
// SPDX-License-Identifier: MIT
#ifndef KR_CHIP_MODEL_H
#define KR_CHIP_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { PINS = 140, FREE = 2, UNITS = 7, TEXT = 4096 };

// ---- model.c -------------------------------------------------------------------------------------------------------------------

extern int64_t model_ns;      // model time
extern int64_t model_pace_ns; // that an access takes
extern bool model_resets;     // a reset was asked for
extern bool model_no_crystal; // neither of the crystals starts
extern bool model_emulated;   // as in QEMU, RCC reads zero

uint32_t *model_word(uint32_t address); // what is kept of a register, without effects
void model_fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
void model_advance(int64_t ns);
void model_interrupt(unsigned irq); // it is asked for; served where it is enabled and not masked

typedef struct Event Event; // something that happens once, at a time
struct Event {
    int64_t at; // 0: it is not set
    void (*fire)(Event *event);
    unsigned unit;
};
void model_at(Event *event, int64_t ns); // from now

// ---- model_pin.c ---------------------------------------------------------------------------------------------------------------

bool pin_level(unsigned pin);
void pin_drive(unsigned pin, unsigned level); // from outside; FREE: not at all
void pin_pull_low(unsigned pin, bool low);    // by a device on an open drain
void pin_refresh(unsigned pin);               // its level may have changed
bool pin_has_function(unsigned pin, unsigned function);
extern void (*pin_listener)(unsigned pin, bool level);
uint32_t gpio_read(uint32_t address);
void gpio_write(uint32_t address, uint32_t value);
void exti_write(uint32_t address, uint32_t value);

// ---- The others: each reads and writes its registers ---------------------------------------------------------------------------

uint32_t clock_read(uint32_t address); // RCC, PWR, FLASH
void clock_write(uint32_t address, uint32_t value);
uint32_t rtc_read(uint32_t address);
void rtc_write(uint32_t address, uint32_t value);
void iwdg_write(uint32_t address, uint32_t value);
bool iwdg_bitten(void);
uint32_t i2c_read(uint32_t address);
void i2c_write(uint32_t address, uint32_t value);
uint32_t spi_read(uint32_t address);
void spi_write(uint32_t address, uint32_t value);
uint32_t uart_read(uint32_t address);
void uart_write(uint32_t address, uint32_t value);
uint32_t adc_read(uint32_t address);
void adc_write(uint32_t address, uint32_t value);
void timer_write(uint32_t address, uint32_t value);

// What tests attach and look at.
typedef struct {
    uint8_t address, at;
    bool has_pointer;
    int refuse; // bytes that it takes; -1: all
    uint8_t memory[256];
} I2cDevice;
extern I2cDevice i2c_device[UNITS];
extern char i2c_text[TEXT];               // what went over the buses
void i2c_hold(unsigned unit, int clocks); // a device holds SDA until so many clocks have come; -1: SCL, for ever; 0: nothing any more

extern uint8_t spi_sent[TEXT];
extern size_t spi_count;
extern uint32_t spi_xor; // what the device answers: the byte, with these bits turned
extern bool spi_silent;  // nothing comes back: the unit hangs

extern uint8_t uart_sent[UNITS][TEXT];
extern size_t uart_count[UNITS];
void uart_feed(unsigned unit, uint8_t c);

extern double adc_volts[19], adc_supply;
extern bool adc_silent;

void hand_attach(unsigned scl, unsigned sda, const I2cDevice *device); // to plain pins
void hand_join(unsigned from, unsigned to);
void wire_attach(unsigned pin, const uint8_t rom[8]);

#endif
