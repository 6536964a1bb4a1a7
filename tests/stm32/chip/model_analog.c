// model_analog.c - ADCs, timers, and devices on a 1-wire bus (RM0090 sections 13, 17; DS18B20's data sheet for the slots).
// SPDX-License-Identifier: MIT
#include "model.h"

#include <string.h>

#include "stm32f405/registers.h"

// ---- ADC -----------------------------------------------------------------------------------------------------------------------

double adc_volts[19], adc_supply = 3.3;
bool adc_silent;
static Event adc_event[3];

static uint32_t adc_base(unsigned unit) { return 0x40012000 + 0x100 * unit; }

static double voltage(unsigned unit, unsigned channel) {
    uint32_t common = *model_word(ADC_CCR);
    if (unit == 2 && channel < 16) return adc_volts[channel] / 2; // ADC 3 has other pins
    if (channel == 18) return common >> 22 & 1 ? adc_volts[18] / 2 : 0;
    if (channel >= 16 && (!(common >> 23 & 1) || common >> 22 & 1)) return 0;
    return channel == 17 ? 1.21 : adc_volts[channel];
}

static void converted(Event *e) {
    double code = voltage(e->unit, *model_word(adc_base(e->unit) + ADC_SQR3) & 31) / adc_supply * 4095;
    *model_word(adc_base(e->unit) + ADC_DR) = code > 4095 ? 4095 : (uint32_t)(code + 0.5);
    *model_word(adc_base(e->unit) + ADC_SR) |= 2;
}

uint32_t adc_read(uint32_t address) {
    if ((address & 0xFF) == ADC_DR && address < ADC_CCR) *model_word((address & ~0xFFu) + ADC_SR) &= ~2u;
    return *model_word(address);
}

void adc_write(uint32_t address, uint32_t value) {
    static const uint16_t cycles[] = { 3, 15, 28, 56, 84, 112, 144, 480 };
    unsigned unit = (address - 0x40012000) / 0x100;
    *model_word(address) = value;
    if (unit > 2 || (address & 0xFF) != ADC_CR2 || !(value >> 30 & 1)) return;
    if (!(value & 1)) model_fail("ADC%u is off", unit + 1);
    *model_word(address) = value & ~(1u << 30);
    unsigned channel = *model_word(adc_base(unit) + ADC_SQR3) & 31;
    uint32_t sampling = *model_word(adc_base(unit) + (channel >= 10 ? ADC_SMPR1 : ADC_SMPR2)) >> channel % 10 * 3 & 7;
    if (channel == 16 && cycles[sampling] < 210) model_fail("the temperature is sampled for less than 10 us");
    adc_event[unit].fire = converted, adc_event[unit].unit = unit;
    if (!adc_silent) model_at(&adc_event[unit], (cycles[sampling] + 12) * 1000 / 21);
}

// ---- Timers: registers, that is all --------------------------------------------------------------------------------------------

void timer_write(uint32_t address, uint32_t value) {
    if ((address & 0x3FF) != TIM_EGR) *model_word(address) = value;
}

// ---- 1-wire --------------------------------------------------------------------------------------------------------------------

enum { MOST = 4 };
typedef struct {
    Event let_go, present, absent;
    uint8_t rom[8];
    enum { IDLE, COMMAND, SEARCH_BIT, SEARCH_OTHER, SEARCH_CHOICE, READ_ROM } state;
    unsigned at, command;
} Wire;

static Wire wires[MOST];
static unsigned wire_count, wire_pin;
static int64_t fell;

static bool rom_bit(const Wire *w) { return w->rom[w->at / 8] >> w->at % 8 & 1; }
static void update(void) {
    bool low = false;
    for (unsigned i = 0; i < wire_count; i++) low |= wires[i].let_go.at || wires[i].absent.at;
    pin_pull_low(wire_pin, low);
}
static void let_go(Event *e) { (void)e, update(); }
static void be_present(Event *e) {
    model_at(&wires[e->unit].absent, 120000);
    update();
}

static void wrote(Wire *w, bool bit) {
    if (w->state == COMMAND) {
        w->command |= (unsigned)bit << w->at++;
        if (w->at < 8) return;
        w->state = w->command == 0xF0 ? SEARCH_BIT : w->command == 0x33 ? READ_ROM : IDLE;
        w->at = 0;
    } else if (w->state == SEARCH_CHOICE) {
        w->state = bit == rom_bit(w) && ++w->at < 64 ? SEARCH_BIT : IDLE;
    }
}

// A slot begins: who has a 0 to send holds the line.
static void slot(Wire *w) {
    if (w->state != SEARCH_BIT && w->state != SEARCH_OTHER && w->state != READ_ROM) return;
    if (rom_bit(w) == (w->state == SEARCH_OTHER)) model_at(&w->let_go, 30000);
    if (w->state == READ_ROM) w->state = ++w->at < 64 ? READ_ROM : IDLE;
    else w->state = w->state == SEARCH_BIT ? SEARCH_OTHER : SEARCH_CHOICE;
}

static void rose(Wire *w, int64_t low_ns, bool sends) {
    if (low_ns >= 480000) {
        w->state = COMMAND, w->at = w->command = 0;
        model_at(&w->present, 30000);
    } else if (!sends) {
        wrote(w, low_ns < 15000);
    }
}

static bool master_low(void) {
    return (*model_word(GPIO(wire_pin / 16) + GPIO_MODER) >> wire_pin % 16 * 2 & 3) == 1 &&
           !(*model_word(GPIO(wire_pin / 16) + GPIO_ODR) >> wire_pin % 16 & 1);
}

static void changed(unsigned pin, bool level) {
    static bool was_sending[MOST];
    if (pin != wire_pin || !wire_count) return;
    if (!level && !master_low()) return; // a device
    for (unsigned i = 0; i < wire_count; i++) {
        if (!level) was_sending[i] = wires[i].state != COMMAND && wires[i].state != SEARCH_CHOICE, slot(&wires[i]);
        else if (fell) rose(&wires[i], model_ns - fell, was_sending[i]);
    }
    fell = level ? 0 : model_ns;
    update();
}

void wire_attach(unsigned pin, const uint8_t rom[8]) {
    Wire *w = &wires[wire_count];
    if (wire_count == MOST) model_fail("at most %d devices", MOST);
    memcpy(w->rom, rom, 8);
    w->let_go.fire = w->absent.fire = let_go, w->present.fire = be_present;
    w->let_go.unit = w->absent.unit = w->present.unit = wire_count++;
    wire_pin = pin;
    pin_listener = changed;
}
