// uart.h - serial lines that machine.UART has opened, by descriptor (UART.fileno()), for whoever waits for files or moves bytes. Results below zero
// are errno values, negated.
// SPDX-License-Identifier: MIT
#ifndef KR_STM32_UART_H
#define KR_STM32_UART_H

#include "krait_config.h"

bool kr_uart_is_open(int fd);
bool kr_uart_ready(int fd, bool writes); // something can be read, or written, at once
intptr_t kr_uart_available(int fd);
intptr_t kr_uart_read(int fd, void *data, size_t len);        // what is there, without waiting
intptr_t kr_uart_write(int fd, const void *data, size_t len); // as much as there is room for: a byte or two

#endif
