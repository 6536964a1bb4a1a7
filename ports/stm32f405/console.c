// console.c - the console over USART1 (PA9, PA10; 115200 baud): input by interrupt into a ring, as lines with echo and editing or as it comes;
// output polled.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "stm32f405/board.h"
#include "object/vm_state.h"

enum { RX_READY = 1 << 5, TX_DONE = 1 << 6, TX_EMPTY = 1 << 7, BAUD = 115200, ESCAPE = 27, BACKSPACE = 8, DELETE = 127, HISTORY = 256 };

static volatile uint8_t ring[256]; // the indices wrap with it
static volatile uint8_t ring_in, ring_out;
static KrVm *volatile attached;

void kr_console_init(void) {
    kr_reg_change(RCC_AHB1ENR, 0, 1);      // GPIOA
    kr_reg_change(RCC_APB2ENR, 0, 1 << 4); // USART1
    kr_reg_change(GPIO(0) + GPIO_MODER, 15u << 18, 10u << 18);
    kr_reg_change(GPIO(0) + GPIO_AFRL + 4, 255u << 4, 0x77u << 4);
    kr_reg_set(USART1 + USART_BRR, (kr_clock_apb2() + BAUD / 2) / BAUD);
    kr_reg_set(USART1 + USART_CR1, 1 << 13 | 1 << 5 | 1 << 3 | 1 << 2); // on, receive interrupt, transmitter, receiver
    kr_irq_enable(37);
}

// A Ctrl-C that came too late for what has ended is forgotten; one that came after the program that begins now interrupts it.
void kr_console_attach(KrVm *vm) {
    if (vm) (void)__atomic_fetch_and(&vm->interrupt, ~KR_INTERRUPT_SIGNAL, __ATOMIC_RELAXED);
    attached = vm;
    for (uint8_t at = ring_out; vm && at != ring_in; at++) {
        if (ring[at] != KR_CTRL_C) continue;
        ring_out = (uint8_t)(at + 1);
        kr_interrupt(vm);
    }
}

KR_IN_RAM void kr_console_receive(void) {
    while (kr_reg_get(USART1 + USART_SR) & RX_READY) {
        uint8_t c = (uint8_t)kr_reg_get(USART1 + USART_DR);
        if (c == KR_CTRL_C && attached) {
            ring_out = ring_in; // what was typed before is not wanted any more
            (void)__atomic_fetch_or(&attached->interrupt, KR_INTERRUPT_SIGNAL, __ATOMIC_RELAXED); // as kr_interrupt, which is in flash
        } else if ((uint8_t)(ring_in + 1) != ring_out) {
            ring[ring_in++] = c;
        }
    }
}

void USART1_IRQHandler(void) { kr_console_receive(); }

// ---- Output --------------------------------------------------------------------------------------------------------------------

// Bounded: what goes wrong before the line is set up is to reset the chip, not to hang it. A byte takes 87 us, 3,000 looks at the most.
static void wait_for(uint32_t flag) {
    for (int n = 0; n < 30000 && !(kr_reg_get(USART1 + USART_SR) & flag); n++) {}
}

static void put(char c) {
    wait_for(TX_EMPTY);
    kr_reg_set(USART1 + USART_DR, (uint8_t)c);
}

void kr_console_drain(void) { wait_for(TX_DONE); }

void kr_port_console_write(int stream, const char *text, size_t len) {
    static char last;
    (void)stream;
    for (size_t i = 0; i < len; last = text[i++]) {
        if (text[i] == '\n' && last != '\r') put('\r');
        put(text[i]);
    }
}

// ---- Input ---------------------------------------------------------------------------------------------------------------------

bool kr_console_interrupted(void) { return attached && __atomic_load_n(&attached->interrupt, __ATOMIC_RELAXED); }
bool kr_console_ready(void) { return ring_in != ring_out; }

int kr_console_get(int64_t until) {
    while (ring_in == ring_out) { // a tick ends each wait within a millisecond
        if (kr_console_interrupted()) return KR_CONSOLE_BROKEN;
        if (kr_port_monotonic_ns() >= until) return KR_CONSOLE_SILENT;
        __asm volatile("wfi");
    }
    return ring[ring_out++];
}

// ---- Lines ---------------------------------------------------------------------------------------------------------------------

typedef struct {
    char *text;
    size_t len, room, at, recall; // at: of the cursor; recall: which line of the history is shown, 0: none
} Line;

static char history[HISTORY]; // lines, each with a NUL behind it, the latest first
static bool raw_input;
static int last_key;

void kr_console_raw(bool on) { raw_input = on; }
int kr_console_key(void) { return last_key; }

static size_t columns(const char *text, size_t len) {
    size_t n = 0;
    for (size_t i = 0; i < len; i++) n += ((uint8_t)text[i] & 0xC0) != 0x80;
    return n;
}

static void left(size_t n) {
    while (n--) put('\b');
}

static void show(const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) put(text[i]);
}

// What stands behind the cursor is new; `blanks` columns behind it are to be cleared.
static void show_rest(const Line *l, size_t blanks) {
    show(l->text + l->at, l->len - l->at);
    for (size_t i = 0; i < blanks; i++) put(' ');
    left(columns(l->text + l->at, l->len - l->at) + blanks);
}

static void move(Line *l, bool right) { // by a whole character
    if (right ? l->at == l->len : !l->at) return;
    size_t from = l->at;
    do l->at += right ? 1 : -(size_t)1;
    while (l->at > 0 && l->at < l->len && ((uint8_t)l->text[l->at] & 0xC0) == 0x80);
    if (right) show(l->text + from, l->at - from);
    else put('\b');
}

static void insert(Line *l, char c) {
    if (l->len + 1 >= l->room) return; // the newline has to fit
    memmove(l->text + l->at + 1, l->text + l->at, l->len++ - l->at);
    l->text[l->at++] = c;
    put(c);
    if (l->at < l->len) show_rest(l, 0);
}

static void erase(Line *l) { // the character under the cursor
    size_t n = 1;
    if (l->at == l->len) return;
    while (l->at + n < l->len && ((uint8_t)l->text[l->at + n] & 0xC0) == 0x80) n++;
    l->len -= n;
    memmove(l->text + l->at, l->text + l->at + n, l->len - l->at);
    show_rest(l, 1);
}

static void recall(Line *l, bool older) {
    const char *line = history;
    size_t wanted = l->recall + (older ? 1 : -(size_t)1);
    if (!older && !l->recall) return;
    for (size_t i = 1; i < wanted; i++) line += strlen(line) + 1;
    if (wanted && (line >= history + HISTORY || !*line)) return;
    size_t len = wanted ? strlen(line) : 0, before = columns(l->text, l->len);
    if (len + 1 >= l->room) return;
    left(columns(l->text, l->at));
    memcpy(l->text, line, len);
    l->at = 0, l->len = len, l->recall = wanted;
    show_rest(l, before);
    show(l->text, len);
    l->at = len;
}

static void remember(const char *text, size_t len) {
    if (!len || len + 2 > HISTORY || (strncmp(history, text, len) == 0 && !history[len])) return;
    memmove(history + len + 1, history, HISTORY - len - 1);
    memcpy(history, text, len);
    history[len] = 0;
    history[HISTORY - 2] = history[HISTORY - 1] = 0; // an old line may have been cut there
}

// What a terminal sends for a key: ESC [ A and the like, ESC [ 3 ~.
static void escape(Line *l) {
    int64_t until = kr_port_monotonic_ns() + 20000000;
    int c = kr_console_get(until), number = 0;
    if (c != '[' && c != 'O') return;
    while ((c = kr_console_get(until)) >= '0' && c <= '9') number = c;
    if (c == 'A' || c == 'B') recall(l, c == 'A');
    else if (c == 'C' || c == 'D') move(l, c == 'C');
    else if (c == 'H' || (c == '~' && number == '1'))
        while (l->at) move(l, false);
    else if (c == 'F' || (c == '~' && number == '4'))
        while (l->at < l->len) move(l, true);
    else if (c == '~' && number == '3') erase(l);
}

// A line with its newline. 0: one of Ctrl-A to Ctrl-E on an empty line, which kr_console_key() tells.
static intptr_t read_line(char *out, size_t size) {
    Line l = { .text = out, .room = size };
    for (;;) {
        int c = kr_console_get(INT64_MAX);
        if (c < 0) return -KR_PORT_EINTR;
        if (c >= KR_CTRL_A && c <= KR_CTRL_E && !l.len) return last_key = c, 0;
        if (c == '\r' || c == '\n') break;
        if (c == ESCAPE) escape(&l);
        else if (c == BACKSPACE || c == DELETE) {
            if (l.at) move(&l, false), erase(&l);
        } else if (c >= ' ' || c == '\t') insert(&l, (char)c);
    }
    kr_port_console_write(1, "\n", 1);
    remember(out, l.len);
    out[l.len++] = '\n';
    return (intptr_t)l.len;
}

intptr_t kr_console_read(void *data, size_t len) {
    char *out = data;
    size_t n = 0;
    if (!len) return 0;
    if (!raw_input) return read_line(out, len);
    int c = kr_console_get(INT64_MAX);
    if (c < 0) return -KR_PORT_EINTR;
    for (out[n++] = (char)c; n < len && kr_console_ready(); n++) out[n] = (char)kr_console_get(0);
    return (intptr_t)n;
}
