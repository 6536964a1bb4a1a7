// modules.c - the builtin modules of the STM32F405 port, and _device, which is its own.
// SPDX-License-Identifier: MIT
#include "../modules/modules.h"
#include "object/object.h"
#include "stm32f405/board_part.h"
#include "vm/builtins.h"
#include "vm/import.h"

static KrValue ticks(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, (void)arg, kr_int(vm, (int64_t)kr_clock_ticks()); }

static KrValue read32(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t address;
    (void)self;
    if (!kr_to_size(vm, arg[0], "address", &address) || !kr_access(vm, KR_ACCESS_DEVICES, KR_UNSET)) return KR_ERROR;
    if (address % 4) return kr_raise(vm, &kr_value_error, "address 0x%x is not a multiple of 4", address);
    return kr_int(vm, kr_reg_get((uint32_t)address));
}

static const KrMethod functions[] = {
    { "read32(address, /)", read32, KR_DOC("The word at an address: memory or a register."), 0 },
    { "ticks()", ticks, KR_DOC("TIM2's count since the start. Under QEMU with -icount shift=0: instructions executed."), 0 },
    { 0 },
};

static const KrModuleDef device_module = { "_device", KR_DOC("The chip."), functions, NULL, NULL };

// _krait, with the disassembler and saving of code, is for libraries and tools that the device does not carry.
const KrModuleDef *const kr_builtin_modules[] = {
    &kr_builtins_module, &device_module, &kr_machine_module, &kr_sys_module, &kr_gc_module, &kr_time_module, &kr_weakref_module, NULL
};

const KrBoard *const kr_boards[] = { &kr_chip_board, NULL };

// kr_interrupt was called: Ctrl-C on the console.
bool kr_interrupted(KrVm *vm) { return kr_fail(kr_raise(vm, &kr_keyboard_interrupt, "")); }
