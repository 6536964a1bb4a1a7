// uart.h - serial lines that machine.UART has opened, by descriptor (UART.fileno()), for whoever waits for several things.
// SPDX-License-Identifier: MIT
#ifndef KR_STM32_UART_H
#define KR_STM32_UART_H

#include "krait_config.h"

bool kr_uart_is_open(int fd);
bool kr_uart_is_ready(int fd, bool writes); // something can be read, or written, at once

#endif
