// wire.h - the line that the console is on: a serial line, or the socket or pipe of whoever started this process.
// SPDX-License-Identifier: MIT
#ifndef KR_LINUX_WIRE_H
#define KR_LINUX_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KR_WIRE_BAUD = 115200 };

int kr_wire_open(const char *path, unsigned baud); // a serial line, raw, 8N1; the descriptor, or below zero: errno

// From now on descriptor 0 is what comes on the wire, 1 and 2 lead to it. path NULL: the wire is what 0 and 1 were. 0, or errno.
int kr_wire_start(const char *path, unsigned baud);
bool kr_wire_active(void);
void kr_wire_end_with_parent(void);
// For a process that replaces itself: the one after it finds the wire as it was, and gets the text. NULL: there was none before.
void kr_wire_pass_on(const char *text);
const char *kr_wire_passed_on(void);

// A program runs: the interrupt character interrupts it. Otherwise it is a byte like any other.
void kr_wire_running(bool running);
int kr_wire_interrupt_char(int c);  // -1: none. The one before
void kr_wire_answers(bool answers); // ENQ with ACK, until the program ends

// Bytes that have come, up to and including the first control character (below 32) whose bit is set in `stops`. 0: the wire has ended;
// below zero: errno, EAGAIN: there is nothing.
intptr_t kr_wire_take(void *data, size_t room, uint32_t stops);
// All of it, unless nobody takes it: what is not taken within `KR_WIRE_PATIENCE` is dropped, as by a line that nobody listens at.
// How much of it is settled; below zero: -EINTR.
intptr_t kr_wire_put(const void *data, size_t len);

#endif
