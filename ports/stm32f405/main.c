// main.c - the firmware: runs the frozen program `main`, if there is one, then a prompt on the console; for ever.
//
// A debugger or emulator may name another frozen program in its command line ("krait NAME"); its exit status is then the program's.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "stm32f405/board.h"
#include "object/module.h"
#include "object/object.h"
#include "vm/builtins.h"
#include "vm/import.h"
#include "vm/main.h"

static const KrFrozen *find_frozen(const char *name) {
    for (const KrFrozen *f = kr_frozen_modules; f->name; f++)
        if (strcmp(f->name, name) == 0) return f;
    return NULL;
}

static int run(KrVm *vm, const KrFrozen *program) {
    KrValue v = program ? kr_frozen_code(vm, program) : kr_raise(vm, &kr_module_not_found_error, "no such program is frozen");
    KrValue dict = kr_from_ptr(KR_AS(KrModuleObject, vm->main_module)->dict);
    if (!kr_is_error(v)) v = kr_run_code(vm, v, dict, dict, KR_NONE);
    return kr_is_error(v) ? kr_exit_status(vm) : 0;
}

static void prompt(KrVm *vm) {
    kr_prompt_banner(vm);
    KrValue v = kr_prompt(vm, KR_UNSET);
    kr_host_exit(kr_finish(vm, kr_is_error(v) ? kr_exit_status(vm) : 0));
}

int main(void) {
    char command[64];
    kr_clock_init();
    kr_console_init();
    const char *name = kr_host_command(command, sizeof command) ? strchr(command, ' ') : NULL;
    KrVm *vm = kr_vm_new(NULL);
    if (!vm) kr_port_abort("not enough memory to start");
    kr_console_attach(vm);
    if (name) kr_host_exit(kr_finish(vm, run(vm, find_frozen(name + 1))));
    for (bool first = true;; first = false) {
        if (first && find_frozen("main")) (void)run(vm, find_frozen("main"));
        prompt(vm);
        if (!kr_vm_reset(vm)) kr_port_abort("not enough memory to start again");
    }
}
