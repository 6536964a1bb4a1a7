// modules.c - the builtin modules of the STM32F405 port, and _device, which is its own.
// SPDX-License-Identifier: MIT
#include "../modules/modules.h"
#include "object/object.h"
#include "stm32f405/board.h"
#include "vm/builtins.h"
#include "vm/import.h"

static KrValue ticks(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, (void)arg, kr_int(vm, (int64_t)kr_clock_ticks()); }

static const KrMethod functions[] = {
    { "ticks()", ticks, KR_DOC("TIM2's count since the start. Under QEMU with -icount shift=0: instructions executed."), 0 },
    { 0 },
};

static const KrModuleDef device_module = { "_device", KR_DOC("The chip."), functions, NULL, NULL };

const KrModuleDef *const kr_builtin_modules[] = { &kr_builtins_module, &device_module,  &kr_sys_module,     &kr_gc_module,
                                                  &kr_support_module,  &kr_time_module, &kr_weakref_module, NULL };

// kr_interrupt was called: Ctrl-C on the console.
bool kr_interrupted(KrVm *vm) { return kr_fail(kr_raise(vm, &kr_keyboard_interrupt, "")); }
