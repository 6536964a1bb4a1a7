// board_adc.c - voltages in of the STM32F405 (RM0090 section 13): ADC 1 for most pins and for what is inside, ADC 3 for those of port F.
//
// Twelve bits of the supply, whose voltage is measured by the reference inside, with its reading from when the chip was made.
// SPDX-License-Identifier: MIT
#include "stm32f405/board_part.h"

enum { ON = 1 << 0, START = 1 << 30, FINISHED = 1 << 1, ERROR_EIO = 5 };
enum { CLOCK_BY_4 = 1 << 16, BATTERY_ON = 1 << 22, INSIDE_ON = 1 << 23 };
enum { TEMPERATURE = 16, REFERENCE = 17, BATTERY = 18, CHANNELS = 19, FULL = 4095, ROUNDS = 8, USUAL_CYCLES = 84, INSIDE_CYCLES = 480 };

typedef struct {
    KrObject head;
    uint32_t base;
    uint8_t channel, sample; // sample: the length of sampling, as SMPR has it
    double supply;           // volts
} Input;

static const KrType input_type = { KR_TYPE_HEAD(input_type), .name = "_adc", .flags = KR_TYPE_NO_NEW, .size = sizeof(Input) };

static void enable(const Input *in) {
    kr_reg_change(RCC_APB2ENR, 0, 7 << 8);
    kr_reg_change(ADC_CCR, 3 << 16, CLOCK_BY_4);
    if (in->channel >= TEMPERATURE)
        kr_reg_change(ADC_CCR, BATTERY_ON | INSIDE_ON, in->channel == BATTERY ? BATTERY_ON : INSIDE_ON); // they share an input
    kr_reg_change(in->base + ADC_CR2, 0, ON);
}

// One conversion, of at most 500 cycles of 21 MHz. Below zero: it does not end.
static int convert(const Input *in) {
    uint32_t sampling = in->base + (in->channel >= 10 ? ADC_SMPR1 : ADC_SMPR2), shift = in->channel % 10 * 3u;
    kr_reg_change(sampling, 7u << shift, (uint32_t)in->sample << shift);
    kr_reg_set(in->base + ADC_SQR1, 0);
    kr_reg_set(in->base + ADC_SQR3, in->channel);
    kr_reg_set(in->base + ADC_SR, 0);
    kr_reg_change(in->base + ADC_CR2, 0, START);
    if (!kr_reg_until(in->base + ADC_SR, FINISHED, FINISHED, kr_counts(1000000))) return -1;
    return (int)(kr_reg_get(in->base + ADC_DR) & FULL);
}

// The code of the shortest sampling that takes so many cycles.
static uint8_t sample_code(uint64_t cycles) {
    static const uint16_t has[] = { 3, 15, 28, 56, 84, 112, 144, 480 };
    uint8_t code = 0;
    while (code < KR_COUNT_OF(has) - 1 && has[code] < cycles) code++;
    return code;
}

// What the reference reads now, to what it read at 3.3 V. A chip or emulator without that number: 3.3 V it is.
static double supply(uint32_t base) {
    Input in = { .base = base, .channel = REFERENCE, .sample = sample_code(INSIDE_CYCLES) };
    double factory = kr_chip_read_or(CHIP_VREFINT & ~3u, 0) >> 16, sum = 0;
    enable(&in);
    uint32_t from = kr_count();
    kr_count_wait(from, kr_counts(10000)); // the reference's start-up time
    for (int i = 0; i < ROUNDS; i++) sum += convert(&in);
    double volts = sum > 0 ? 3.3 * factory * ROUNDS / sum : 0;
    return volts > 1.6 && volts < 4 ? volts : 3.3;
}

static int channel_of_pin(unsigned pin, uint32_t *base) {
    static const uint8_t port_f[] = { 9, 14, 15, 4, 5, 6, 7, 8 }; // PF3 to PF10, of ADC 3
    unsigned n = pin % 16;
    *base = 0x40012000;
    if (pin < 16) return n < 8 ? (int)n : -1;
    if (pin < 32) return n < 2 ? (int)n + 8 : -1;
    if (pin < 48) return n < 6 ? (int)n + 10 : -1;
    *base = 0x40012200;
    return pin / 16 == 5 && n >= 3 && n <= 10 ? port_f[n - 3] : -1;
}

// A number of a channel, a pin, or what names one.
static bool find(KrVm *vm, KrAdc *adc, Input *in) {
    int64_t n;
    in->base = 0x40012000;
    if (kr_is_integer(adc->id)) {
        if (!kr_to_int64(vm, adc->id, &n)) return false;
        if (n < 0 || n >= CHANNELS)
            return kr_fail(kr_raise(vm, &kr_value_error, "ADC %R: there are channels 0 to %d", adc->id, CHANNELS - 1));
        return in->channel = (uint8_t)n, true;
    }
    KrPin *pin = kr_pin_of(vm, adc->id);
    int channel = pin ? channel_of_pin((unsigned)pin->number, &in->base) : -1;
    if (pin && channel < 0)
        return kr_fail(
            kr_raise(vm, &kr_value_error, "ADC %R: that pin has none; PA0 to PA7, PB0, PB1, PC0 to PC5 and PF3 to PF10 have", pin->id));
    return pin && (in->channel = (uint8_t)channel, pin->pull = KR_PULL_NONE, kr_pin_set(vm, pin, KR_PIN_ANALOG, -1, -1));
}

static bool adc_open(KrVm *vm, KrAdc *adc) {
    Input *in = kr_alloc(vm, &input_type.shape, sizeof *in);
    if (!in || !find(vm, adc, in)) return false;
    uint64_t hz = kr_clock_apb2() / 4, cycles = adc->sample_ns >= 0 ? (uint64_t)adc->sample_ns * hz / 1000000000 + 1 : USUAL_CYCLES;
    in->sample = sample_code(in->channel >= TEMPERATURE ? INSIDE_CYCLES : cycles);
    in->supply = supply(0x40012000);
    enable(in);
    return kr_store(vm, adc, &adc->port, kr_from_ptr(in)), true;
}

static bool adc_read(KrVm *vm, KrAdc *adc, double *volts, double *full) {
    const Input *in = KR_AS(Input, adc->port);
    if (in->channel >= TEMPERATURE) enable(in);
    int reading = convert(in);
    if (reading < 0) return kr_board_fail(vm, ERROR_EIO, kr_format(vm, "ADC %R: the conversion does not end", adc->id));
    unsigned parts = in->channel == BATTERY ? 2 : 1; // the battery's voltage comes halved
    *full = in->supply * parts;
    *volts = *full * reading / FULL;
    return true;
}

const KrAdcTable kr_chip_adc = { .open = adc_open, .read = adc_read };
