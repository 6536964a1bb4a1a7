// host.c - semihosting: the command line and the exit of a program that runs under a debugger or an emulator. On a chip alone, the call
// faults, and the fault handler answers -1.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "stm32f405/board.h"

enum { SYS_GET_COMMAND_LINE = 0x15, SYS_EXIT_EXTENDED = 0x20, APPLICATION_EXIT = 0x20026 };

static int call(uint32_t operation, const void *argument) {
    register uint32_t r0 __asm("r0") = operation;
    register const void *r1 __asm("r1") = argument;
    __asm volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return (int)r0;
}

static bool runs_program; // that the command line names

bool kr_host_command(char *out, size_t size) {
    const uintptr_t block[2] = { (uintptr_t)out, size };
    bool there = call(SYS_GET_COMMAND_LINE, block) == 0;
    runs_program = there && strchr(out, ' ');
    return there;
}

void kr_host_abandon(int status) {
    if (runs_program) kr_host_exit(status);
}

void kr_host_exit(int status) {
    const uint32_t block[2] = { APPLICATION_EXIT, (uint32_t)status };
    call(SYS_EXIT_EXTENDED, block);
}
