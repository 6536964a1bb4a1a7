// board_part.h - what the files of the STM32F405's board share: its peripherals, as tables for module machine.
//
// Pins have numbers: 16 times the port (A is 0) plus the pin's in it.
// SPDX-License-Identifier: MIT
#ifndef KR_STM32_BOARD_PART_H
#define KR_STM32_BOARD_PART_H

#include "../modules/machine/machine_part.h"
#include "object/object.h"
#include "object/slots.h"
#include "object/vm_state.h"
#include "stm32f405/board.h"

enum { KR_CHIP_PORTS = 9, KR_CHIP_PINS = 16 * (KR_CHIP_PORTS - 1) + 12 }; // PA0 to PI11

// What a pin can be to a peripheral.
typedef enum {
    KR_TX,
    KR_RX,
    KR_RTS,
    KR_CTS,
    KR_SCK,
    KR_MISO,
    KR_MOSI,
    KR_SCL,
    KR_SDA, // of UART, SPI, I2C
    KR_CHANNEL_1,
    KR_CHANNEL_2,
    KR_CHANNEL_3,
    KR_CHANNEL_4, // of timers
    KR_INVERTED_1,
    KR_INVERTED_2,
    KR_INVERTED_3, // the complement of a channel
} KrRole;

typedef struct {
    uint8_t pin;
    uint8_t function : 4, unit : 4; // the pin's alternate function; unit: 1 for UART1, SPI1, TIM1
    uint8_t role;
} KrPinRole;

// board_role.c: DS8626, table "Alternate function mapping"
extern const KrPinRole kr_pin_roles[];
extern const size_t kr_pin_role_count;
const KrPinRole *kr_pin_role(unsigned pin, KrRole role, unsigned unit); // NULL: it cannot be that
// The pin of a bus: what the program has given (a Pin or None), or the usual one; it is set up for it. open_drain: with a pull-up.
bool kr_pin_take(KrVm *vm, KrValue given, KrRole role, unsigned unit, const char *what, bool open_drain) KR_RAISES;

// gpio.c: pins without a VM
typedef struct {
    unsigned mode, pull, speed, function; // mode: KR_PIN_...
    bool open_drain;                      // in mode ALT
} KrGpio;
void kr_gpio_setup(unsigned pin, KrGpio how);
static inline bool kr_gpio_read(unsigned pin) { return kr_reg_get(GPIO(pin / 16) + GPIO_IDR) >> pin % 16 & 1; }
static inline void kr_gpio_write(unsigned pin, bool on) { kr_reg_set(GPIO(pin / 16) + GPIO_BSRR, 1u << (pin % 16 + (on ? 0 : 16))); }

// Waiting by TIM2, for at most some seconds.
static inline uint32_t kr_count(void) { return kr_reg_get(TIM2 + TIM_CNT); }
uint32_t kr_counts(uint64_t ns);                                                     // at least 1, at most 4 s
bool kr_reg_until(uint32_t address, uint32_t mask, uint32_t value, uint32_t counts); // false: not in time
void kr_count_wait(uint32_t from, uint32_t counts);                                  // until so many have passed since `from`

bool kr_unit_of(KrVm *vm, KrValue id, const char *what, unsigned most, unsigned *unit) KR_RAISES; // 1 to most
extern const KrPinTable kr_chip_pins;
extern const KrI2cTable kr_chip_i2c;
extern const KrSpiTable kr_chip_spi;
extern const KrUartTable kr_chip_uart;
extern const KrAdcTable kr_chip_adc;
extern const KrPwmTable kr_chip_pwm;
extern const KrWireTable kr_chip_wire;
extern const KrBoard kr_chip_board;

void kr_edges_end(void); // no pin is watched any more
bool kr_edges_collect(KrVm *vm) KR_RAISES;
void kr_uarts_end(void);
void kr_pwms_end(void);

#endif
