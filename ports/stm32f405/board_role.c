// board_role.c - what each pin can be to the peripherals (DS8626, table "Alternate function mapping"); the usual pins of each come first.
//
// TIM2 is not here: it is the clock.
// SPDX-License-Identifier: MIT
#include "stm32f405/board_part.h"

enum { A = 0, B = 16, C = 32, D = 48, E = 64, F = 80, G = 96, H = 112, I = 128 };

// clang-format off
const KrPinRole kr_pin_roles[] = {
    // UART
    { B + 6, 7, 1, KR_TX },   { B + 7, 7, 1, KR_RX },   { A + 9, 7, 1, KR_TX },   { A + 10, 7, 1, KR_RX },  { A + 12, 7, 1, KR_RTS }, { A + 11, 7, 1, KR_CTS },
    { A + 2, 7, 2, KR_TX },   { A + 3, 7, 2, KR_RX },   { D + 5, 7, 2, KR_TX },   { D + 6, 7, 2, KR_RX },   { A + 1, 7, 2, KR_RTS },  { A + 0, 7, 2, KR_CTS },
    { D + 4, 7, 2, KR_RTS },  { D + 3, 7, 2, KR_CTS },  { B + 10, 7, 3, KR_TX },  { B + 11, 7, 3, KR_RX },  { C + 10, 7, 3, KR_TX },  { C + 11, 7, 3, KR_RX },
    { D + 8, 7, 3, KR_TX },   { D + 9, 7, 3, KR_RX },   { B + 14, 7, 3, KR_RTS }, { B + 13, 7, 3, KR_CTS }, { D + 12, 7, 3, KR_RTS }, { D + 11, 7, 3, KR_CTS },
    { A + 0, 8, 4, KR_TX },   { A + 1, 8, 4, KR_RX },   { C + 10, 8, 4, KR_TX },  { C + 11, 8, 4, KR_RX },  { C + 12, 8, 5, KR_TX },  { D + 2, 8, 5, KR_RX },
    { C + 6, 8, 6, KR_TX },   { C + 7, 8, 6, KR_RX },   { G + 14, 8, 6, KR_TX },  { G + 9, 8, 6, KR_RX },   { G + 8, 8, 6, KR_RTS },  { G + 12, 8, 6, KR_RTS },
    { G + 13, 8, 6, KR_CTS }, { G + 15, 8, 6, KR_CTS },
    // SPI
    { A + 5, 5, 1, KR_SCK },  { A + 6, 5, 1, KR_MISO }, { A + 7, 5, 1, KR_MOSI },  { B + 3, 5, 1, KR_SCK },  { B + 4, 5, 1, KR_MISO },  { B + 5, 5, 1, KR_MOSI },
    { B + 13, 5, 2, KR_SCK }, { B + 14, 5, 2, KR_MISO }, { B + 15, 5, 2, KR_MOSI }, { B + 10, 5, 2, KR_SCK }, { C + 2, 5, 2, KR_MISO },  { C + 3, 5, 2, KR_MOSI },
    { I + 1, 5, 2, KR_SCK },  { I + 2, 5, 2, KR_MISO }, { I + 3, 5, 2, KR_MOSI },  { C + 10, 6, 3, KR_SCK }, { C + 11, 6, 3, KR_MISO }, { C + 12, 6, 3, KR_MOSI },
    { B + 3, 6, 3, KR_SCK },  { B + 4, 6, 3, KR_MISO }, { B + 5, 6, 3, KR_MOSI },
    // I2C
    { B + 6, 4, 1, KR_SCL },  { B + 7, 4, 1, KR_SDA },  { B + 8, 4, 1, KR_SCL },  { B + 9, 4, 1, KR_SDA },  { B + 10, 4, 2, KR_SCL }, { B + 11, 4, 2, KR_SDA },
    { F + 1, 4, 2, KR_SCL },  { F + 0, 4, 2, KR_SDA },  { H + 4, 4, 2, KR_SCL },  { H + 5, 4, 2, KR_SDA },  { A + 8, 4, 3, KR_SCL },  { C + 9, 4, 3, KR_SDA },
    { H + 7, 4, 3, KR_SCL },  { H + 8, 4, 3, KR_SDA },
    // Timers; where a pin has several, the one that it should have first
    { A + 0, 2, 5, KR_CHANNEL_1 },  { A + 1, 2, 5, KR_CHANNEL_2 },  { A + 2, 2, 5, KR_CHANNEL_3 },  { A + 2, 3, 9, KR_CHANNEL_1 },   { A + 3, 2, 5, KR_CHANNEL_4 },
    { A + 3, 3, 9, KR_CHANNEL_2 },  { A + 5, 3, 8, KR_INVERTED_1 }, { A + 6, 2, 3, KR_CHANNEL_1 },  { A + 6, 9, 13, KR_CHANNEL_1 },  { A + 7, 2, 3, KR_CHANNEL_2 },
    { A + 7, 9, 14, KR_CHANNEL_1 }, { A + 7, 1, 1, KR_INVERTED_1 }, { A + 7, 3, 8, KR_INVERTED_1 }, { A + 8, 1, 1, KR_CHANNEL_1 },   { A + 9, 1, 1, KR_CHANNEL_2 },
    { A + 10, 1, 1, KR_CHANNEL_3 }, { A + 11, 1, 1, KR_CHANNEL_4 }, { B + 0, 2, 3, KR_CHANNEL_3 },  { B + 0, 1, 1, KR_INVERTED_2 },  { B + 0, 3, 8, KR_INVERTED_2 },
    { B + 1, 2, 3, KR_CHANNEL_4 },  { B + 1, 1, 1, KR_INVERTED_3 }, { B + 1, 3, 8, KR_INVERTED_3 }, { B + 4, 2, 3, KR_CHANNEL_1 },   { B + 5, 2, 3, KR_CHANNEL_2 },
    { B + 6, 2, 4, KR_CHANNEL_1 },  { B + 7, 2, 4, KR_CHANNEL_2 },  { B + 8, 2, 4, KR_CHANNEL_3 },  { B + 8, 3, 10, KR_CHANNEL_1 },  { B + 9, 2, 4, KR_CHANNEL_4 },
    { B + 9, 3, 11, KR_CHANNEL_1 }, { B + 13, 1, 1, KR_INVERTED_1 }, { B + 14, 9, 12, KR_CHANNEL_1 }, { B + 14, 1, 1, KR_INVERTED_2 }, { B + 14, 3, 8, KR_INVERTED_2 },
    { B + 15, 9, 12, KR_CHANNEL_2 }, { B + 15, 1, 1, KR_INVERTED_3 }, { B + 15, 3, 8, KR_INVERTED_3 }, { C + 6, 3, 8, KR_CHANNEL_1 }, { C + 6, 2, 3, KR_CHANNEL_1 },
    { C + 7, 3, 8, KR_CHANNEL_2 },  { C + 7, 2, 3, KR_CHANNEL_2 },  { C + 8, 3, 8, KR_CHANNEL_3 },  { C + 8, 2, 3, KR_CHANNEL_3 },   { C + 9, 3, 8, KR_CHANNEL_4 },
    { C + 9, 2, 3, KR_CHANNEL_4 },  { D + 12, 2, 4, KR_CHANNEL_1 }, { D + 13, 2, 4, KR_CHANNEL_2 }, { D + 14, 2, 4, KR_CHANNEL_3 },  { D + 15, 2, 4, KR_CHANNEL_4 },
    { E + 5, 3, 9, KR_CHANNEL_1 },  { E + 6, 3, 9, KR_CHANNEL_2 },  { E + 8, 1, 1, KR_INVERTED_1 }, { E + 9, 1, 1, KR_CHANNEL_1 },   { E + 10, 1, 1, KR_INVERTED_2 },
    { E + 11, 1, 1, KR_CHANNEL_2 }, { E + 12, 1, 1, KR_INVERTED_3 }, { E + 13, 1, 1, KR_CHANNEL_3 }, { E + 14, 1, 1, KR_CHANNEL_4 }, { F + 6, 3, 10, KR_CHANNEL_1 },
    { F + 7, 3, 11, KR_CHANNEL_1 }, { F + 8, 9, 13, KR_CHANNEL_1 }, { F + 9, 9, 14, KR_CHANNEL_1 }, { H + 6, 9, 12, KR_CHANNEL_1 },  { H + 9, 9, 12, KR_CHANNEL_2 },
    { H + 10, 2, 5, KR_CHANNEL_1 }, { H + 11, 2, 5, KR_CHANNEL_2 }, { H + 12, 2, 5, KR_CHANNEL_3 }, { H + 13, 3, 8, KR_INVERTED_1 }, { H + 14, 3, 8, KR_INVERTED_2 },
    { H + 15, 3, 8, KR_INVERTED_3 }, { I + 0, 2, 5, KR_CHANNEL_4 }, { I + 2, 3, 8, KR_CHANNEL_4 },  { I + 5, 3, 8, KR_CHANNEL_1 },   { I + 6, 3, 8, KR_CHANNEL_2 },
    { I + 7, 3, 8, KR_CHANNEL_3 },
};
// clang-format on
const size_t kr_pin_role_count = KR_COUNT_OF(kr_pin_roles);

const KrPinRole *kr_pin_role(unsigned pin, KrRole role, unsigned unit) {
    for (size_t i = 0; i < kr_pin_role_count; i++) {
        const KrPinRole *r = &kr_pin_roles[i];
        if (r->role == role && r->unit == unit && (pin >= KR_CHIP_PINS || r->pin == pin)) return r;
    }
    return NULL;
}

bool kr_pin_take(KrVm *vm, KrValue given, KrRole role, unsigned unit, const char *what, bool open_drain) {
    static const char *const name[] = { "TX", "RX", "RTS", "CTS", "SCK", "MISO", "MOSI", "SCL", "SDA" };
    KrPin *pin = kr_is_none(given) ? NULL : KR_AS(KrPin, given);
    const KrPinRole *r = kr_pin_role(pin ? (unsigned)pin->number : KR_CHIP_PINS, role, unit);
    if (!r && !pin) return kr_fail(kr_raise(vm, &kr_value_error, "%s %d has no pin for %s", what, (int)unit, name[role]));
    if (!r) return kr_fail(kr_raise(vm, &kr_value_error, "%s %d: %R cannot be %s", what, (int)unit, pin->id, name[role]));
    if (pin) pin->mode = KR_PIN_ALT, pin->alt = r->function;
    return kr_gpio_setup(r->pin,
                         (KrGpio){ KR_PIN_ALT, open_drain || role == KR_RX ? KR_PULL_UP : KR_PULL_NONE, 2, r->function, open_drain }),
           true;
}
