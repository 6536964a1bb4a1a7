// board_pin.c - pins of the STM32F405, and their edges (RM0090 sections 8, 9 and 12).
//
// A pin is called by its port and number, "PA5" or "A5", or as the PyBoard does ("X6", "LED_BLUE"). There is one edge detector for each number: PA5
// and PB5 cannot be watched at once. Edges go from the interrupt into a ring, and at the next poll to their pins.
// SPDX-License-Identifier: MIT
#include "stm32f405/board_part.h"

#include <string.h>

#include "vm/clock.h"

// ---- Names ---------------------------------------------------------------------------------------------------------------------

typedef struct {
    char name[11];
    uint8_t pin;
} Name;

// Of the PyBoard 1.1, by its schematic.
static const Name names[] = {
    { "LED_RED", 13 }, { "LED_GREEN", 14 },   { "LED_YELLOW", 15 },   { "LED_BLUE", 16 + 4 },
    { "SW", 16 + 3 },  { "MMA_INT", 16 + 2 }, { "MMA_AVDD", 16 + 5 },
};

// X1 to X22 and Y1 to Y12; NONE: power, ground or reset.
enum { NONE = 255, B = 16, C = 32 };
static const uint8_t left[] = { 0,     1,    2,    3,    4,    5,     6,      7, B + 6, B + 7, C + 4,
                                C + 5, NONE, NONE, NONE, NONE, B + 3, C + 13, C, C + 1, C + 2, C + 3 },
                     right[] = { C + 6, C + 7, B + 8, B + 9, B + 12, B + 13, B + 14, B + 15, B + 10, B + 11, B, B + 1 };

static int number_at(const char *text, int most) { // -1: it is none, or too large
    int n = 0;
    if (!*text || (*text == '0' && text[1])) return -1;
    for (; *text >= '0' && *text <= '9' && n <= most; text++) n = 10 * n + *text - '0';
    return *text || n > most ? -1 : n;
}

static int pin_at(const uint8_t *side, int n) { return n < 1 || side[n - 1] == NONE ? -1 : side[n - 1]; }

static int pin_named(const char *text) {
    for (size_t i = 0; i < KR_COUNT_OF(names); i++)
        if (strcmp(names[i].name, text) == 0) return names[i].pin;
    if (*text == 'X') return pin_at(left, number_at(text + 1, sizeof left));
    if (*text == 'Y') return pin_at(right, number_at(text + 1, sizeof right));
    text += *text == 'P';
    int port = *text - 'A', n = port >= 0 && port < KR_CHIP_PORTS ? number_at(text + 1, 15) : -1;
    return n < 0 || 16 * port + n >= KR_CHIP_PINS ? -1 : 16 * port + n;
}

static bool find(KrVm *vm, KrValue board, KrValue id, KrPin *pin) {
    (void)board;
    if (!kr_is_str(id)) return kr_fail(kr_raise(vm, &kr_type_error, "a pin is called by a name such as \"PA5\", not by %T", id));
    pin->number = pin_named(kr_str_text(id, NULL));
    if (pin->number < 0)
        return kr_fail(kr_raise(vm, &kr_value_error, "Pin %R: this board has pins PA0 to PI11, and the PyBoard's names of them", id));
    pin->id = kr_format(vm, "P%c%d", 'A' + pin->number / 16, (int)pin->number % 16);
    return !kr_is_error(pin->id);
}

// ---- Levels --------------------------------------------------------------------------------------------------------------------

static bool setup(KrVm *vm, KrPin *p) {
    (void)vm;
    if (p->mode == KR_PIN_OUT || p->mode == KR_PIN_OPEN_DRAIN) {
        kr_reg_change(RCC_AHB1ENR, 0, 1u << p->number / 16);
        kr_gpio_write((unsigned)p->number, p->on); // before it drives
    }
    kr_gpio_setup((unsigned)p->number, (KrGpio){ p->mode, p->pull, p->drive, p->alt, false });
    return true;
}

static int read_pin(KrVm *vm, KrPin *p) { return (void)vm, kr_gpio_read((unsigned)p->number); }
static bool write_pin(KrVm *vm, KrPin *p, bool on) { return (void)vm, kr_gpio_write((unsigned)p->number, on), true; }

// ---- Edges ---------------------------------------------------------------------------------------------------------------------

enum { LINES = 16, RING = 32 };

typedef struct {
    int64_t ns;
    uint8_t line;
    bool level;
} Edge;

static Edge ring[RING];
static volatile uint8_t ring_in, ring_out; // wrap with a byte; RING divides 256
static volatile uint32_t ring_lost;
static struct {
    KrVm *vm;
    int16_t pin; // + 1; 0: not watched
    uint8_t trigger;
} watched[LINES];

static uint32_t irq_of(unsigned line) { return line < 5 ? 6 + line : line < 10 ? 23 : 40; }

static void note(unsigned line) {
    uint8_t trigger = watched[line].trigger;
    unsigned pin = (unsigned)watched[line].pin - 1;
    bool level = trigger == KR_EDGE_RISING || (trigger != KR_EDGE_FALLING && kr_gpio_read(pin));
    if ((uint8_t)(ring_in - ring_out) == RING) ring_lost++;
    else ring[ring_in % RING] = (Edge){ kr_port_monotonic_ns(), (uint8_t)line, level }, ring_in++;
    KrVm *vm = watched[line].vm;
    (void)__atomic_fetch_or(&vm->interrupt, KR_INTERRUPT_SOURCE, __ATOMIC_RELEASE);
    if (vm->fuel > 0)
        vm->fuel = 0; // a poll soon; where the loop is just counting, this is lost, and the poll comes when it would have come
}

void EXTI_IRQHandler(void) {
    uint32_t pending = kr_reg_get(EXTI_PR) & kr_reg_get(EXTI_IMR) & 0xFFFF;
    kr_reg_set(EXTI_PR, pending); // ones clear; before the level is read: what comes after counts again
    for (unsigned line = 0; line < LINES; line++)
        if (pending >> line & 1 && watched[line].pin) note(line);
    if (pending) kr_wake();
}

bool kr_edges_collect(KrVm *vm) {
    for (; ring_out != ring_in; ring_out++) {
        const Edge *e = &ring[ring_out % RING];
        KrPin *pin = watched[e->line].pin ? kr_pin_known(vm, watched[e->line].pin - 1) : NULL;
        if (pin && !kr_pin_changed(vm, pin, e->level, e->ns)) return false;
    }
    return true;
}

static void unwatch(unsigned line) {
    kr_reg_change(EXTI_IMR, 1u << line, 0);
    watched[line].pin = 0;
}

void kr_edges_end(void) {
    for (unsigned line = 0; line < LINES; line++)
        if (watched[line].pin) unwatch(line);
    ring_out = ring_in;
}

static void detect(unsigned line, unsigned port, unsigned edges) {
    uint32_t bit = 1u << line, select = SYSCFG_EXTICR + line / 4 * 4;
    kr_reg_change(RCC_APB2ENR, 0, 1 << 14); // SYSCFG
    kr_reg_change(EXTI_IMR, bit, 0);
    kr_reg_change(select, 15u << line % 4 * 4, port << line % 4 * 4);
    kr_reg_change(EXTI_RTSR, bit, edges & KR_EDGE_RISING ? bit : 0);
    kr_reg_change(EXTI_FTSR, bit, edges & KR_EDGE_FALLING ? bit : 0);
    kr_reg_set(EXTI_PR, bit);
    kr_reg_change(EXTI_IMR, 0, bit);
    kr_irq_enable(irq_of(line));
}

// To tell when a level has lasted, both edges are looked at.
static bool watch(KrVm *vm, KrPin *p) {
    unsigned line = (unsigned)p->number % LINES;
    int other = watched[line].pin - 1;
    if (other >= 0 && other != p->number) {
        if (!p->trigger) return true;
        return kr_board_fail(vm, 16,
                             kr_format(vm, "Pin %R: edges of P%c%d are watched, and there is one detector for all pins of that number",
                                       p->id, 'A' + other / 16,
                                       other % 16)); // EBUSY
    }
    if (other >= 0) unwatch(line);
    if (!p->trigger) return true;
    p->stable = kr_gpio_read((unsigned)p->number);
    watched[line].vm = vm;
    watched[line].trigger = p->debounce_ns ? KR_EDGE_RISING | KR_EDGE_FALLING : p->trigger;
    watched[line].pin = (int16_t)(p->number + 1);
    vm->collect_sources = kr_edges_collect;
    detect(line, (unsigned)p->number / 16, watched[line].trigger);
    return true;
}

// ---- Pulses --------------------------------------------------------------------------------------------------------------------

enum { LOOKS = 200 }; // at the pin, between two polls: about 20 us

// Until the pin has a level: true. Else: time is over, or raised.
static bool until_level(KrVm *vm, unsigned pin, bool level, int64_t most) {
    for (int64_t from = kr_port_monotonic_ns(); kr_port_monotonic_ns() - from <= most;) {
        for (int n = 0; n < LOOKS; n++)
            if (kr_gpio_read(pin) == level) return true;
        if (!kr_poll(vm, 5)) return false;
    }
    return false;
}

static int64_t pulse(KrVm *vm, KrPin *p, bool level, int64_t most) {
    if (!until_level(vm, (unsigned)p->number, level, most)) return kr_raised(vm) ? -3 : -1;
    int64_t start = kr_port_monotonic_ns();
    if (!until_level(vm, (unsigned)p->number, !level, most)) return kr_raised(vm) ? -3 : -2;
    return kr_port_monotonic_ns() - start;
}

// Interrupts are served between two bytes, when the line is low.
static bool waveform(KrVm *vm, KrPin *p, const uint32_t time[4], const uint8_t *data, size_t len) {
    uint32_t counts[4], set = GPIO((unsigned)p->number / 16) + GPIO_BSRR, bit = 1u << p->number % 16;
    for (int i = 0; i < 4; i++) counts[i] = kr_counts(time[i]);
    if (p->mode != KR_PIN_OUT && (p->mode = KR_PIN_OUT, !setup(vm, p))) return false;
    for (size_t i = 0; i < len; i++) {
        uint32_t masked = kr_irq_save(), from = kr_count();
        for (unsigned mask = 0x80; mask; mask >>= 1) {
            const uint32_t *c = data[i] & mask ? counts + 2 : counts;
            kr_reg_set(set, bit);
            kr_count_wait(from, c[0]);
            from += c[0];
            kr_reg_set(set, bit << 16);
            kr_count_wait(from, c[1]);
            from += c[1];
        }
        kr_irq_restore(masked);
    }
    p->on = false;
    return true;
}

const KrPinTable kr_chip_pins = {
    .find = find, .setup = setup, .read = read_pin, .write = write_pin, .watch = watch, .pulse = pulse, .waveform = waveform
};
