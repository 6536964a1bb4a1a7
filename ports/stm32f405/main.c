// main.c - the firmware: a VM on the console, started anew at each soft reset; for ever.
// SPDX-License-Identifier: MIT
#include "krait.h"
#include "stm32f405/board.h"
#include "vm/main.h"

int main(void) {
    kr_clock_init();
    kr_console_init();
    KrVm *vm = kr_vm_new(NULL);
    if (!vm) kr_port_abort("not enough memory to start");
    if (kr_files_init() != 0) kr_port_console_write(2, "krait: the file system cannot be read; _files.format() makes an empty one\n", 73);
    kr_files_attach(vm);
    for (bool raw = false;;) {
        raw = kr_repl(vm, raw);
        (void)kr_finish(vm, 0);
        kr_files_attach(vm);
        kr_console_attach(NULL);
        kr_port_console_write(1, "Krait: soft reboot\n", 19);
        if (!kr_vm_reset(vm)) kr_port_abort("not enough memory to start again");
    }
}
