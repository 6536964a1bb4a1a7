// console.c - the console over USART1 (PA9, PA10; 115200 baud): input by interrupt into a ring, with echo and line editing; output polled.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "stm32f405/board.h"
#include "krait.h"

enum { RX_READY = 1 << 5, TX_DONE = 1 << 6, TX_EMPTY = 1 << 7, BAUD = 115200, EINTR_ = 4, CTRL_C = 3, CTRL_D = 4, BACKSPACE = 8, DELETE = 127 };

static volatile uint8_t ring[256]; // the indices wrap with it
static volatile uint8_t ring_in, ring_out;
static volatile bool interrupted, woken;
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

void kr_console_attach(KrVm *vm) { attached = vm; }

void USART1_IRQHandler(void) {
    while (kr_reg_get(USART1 + USART_SR) & RX_READY) {
        uint8_t c = (uint8_t)kr_reg_get(USART1 + USART_DR);
        if (c == CTRL_C && attached) {
            interrupted = true;
            ring_out = ring_in; // what was typed before is not wanted any more
            kr_interrupt(attached);
        } else if ((uint8_t)(ring_in + 1) != ring_out) {
            ring[ring_in++] = c;
        }
    }
}

// ---- Output --------------------------------------------------------------------------------------------------------------------

static void put(char c) {
    while (!(kr_reg_get(USART1 + USART_SR) & TX_EMPTY)) {}
    kr_reg_set(USART1 + USART_DR, (uint8_t)c);
}

void kr_console_drain(void) {
    while (!(kr_reg_get(USART1 + USART_SR) & TX_DONE)) {}
}

void kr_port_console_write(int stream, const char *text, size_t len) {
    static char last;
    (void)stream;
    for (size_t i = 0; i < len; last = text[i++]) {
        if (text[i] == '\n' && last != '\r') put('\r');
        put(text[i]);
    }
}

// ---- Input ---------------------------------------------------------------------------------------------------------------------

int kr_port_wait_file(int fd, bool writes, int64_t ns) {
    int64_t end = kr_port_monotonic_ns() + ns;
    if (fd != 0 || writes) return 1;
    while (ring_in == ring_out) { // a tick ends each wait within a millisecond
        if (interrupted) return -EINTR_;
        if (kr_port_monotonic_ns() >= end) return 0;
        __asm volatile("wfi");
    }
    return 1;
}

static int get(void) { // -1: Ctrl-C
    while (ring_in == ring_out) {
        if (interrupted) return interrupted = false, -1;
        __asm volatile("wfi");
    }
    return ring[ring_out++];
}

// A line with its newline, or as much of it as there is room for. 0: Ctrl-D on an empty line.
static intptr_t read_line(char *out, size_t size) {
    size_t n = 0;
    while (n < size) {
        int c = get();
        if (c < 0) return -EINTR_;
        if (c == CTRL_D && !n) return 0;
        if (c == '\r' || c == '\n') {
            kr_port_console_write(1, "\n", 1);
            out[n++] = '\n';
            break;
        }
        if (c == BACKSPACE || c == DELETE) {
            if (!n) continue;
            while (n && ((uint8_t)out[--n] & 0xC0) == 0x80) {} // a whole character
            kr_port_console_write(1, "\b \b", 3);
        } else if (c >= ' ' || c == '\t') {
            out[n++] = (char)c;
            put((char)c);
        }
    }
    return (intptr_t)n;
}

intptr_t kr_port_read(int fd, void *data, size_t len) { return fd == 0 ? read_line(data, len) : -KR_PORT_EBADF; }

intptr_t kr_port_write(int fd, const void *data, size_t len) {
    if (fd != 1 && fd != 2) return -KR_PORT_EBADF;
    kr_port_console_write(fd, data, len);
    return (intptr_t)len;
}

bool kr_port_is_terminal(int fd) { return fd >= 0 && fd <= 2; }

void kr_wake(void) { woken = true; }

bool kr_port_sleep_ns(int64_t ns) {
    int64_t end = kr_port_monotonic_ns() + ns, left;
    while ((left = end - kr_port_monotonic_ns()) > 0) {
        if (interrupted || woken) return interrupted = woken = false;
        if (left > 2000000) __asm volatile("wfi"); // the next tick comes within a millisecond
    }
    return true;
}
