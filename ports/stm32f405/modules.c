// modules.c - the builtin modules of the STM32F405 port, and _device, which is its own.
// SPDX-License-Identifier: MIT
#include "../modules/modules.h"
#include "code/code_file.h"
#include "object/object.h"
#include "object/str.h"
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

static KrValue frozen_kind(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrFrozen *f = kr_frozen_modules;
    (void)vm, (void)self;
    while (f->name && !(kr_is_str(arg[0]) && kr_str_is(arg[0], f->name))) f++;
    return kr_int_box(!f->name ? 0 : f->package ? 2 : 1);
}

static KrValue code_load(KrVm *vm, KrValue self, const KrValue *arg) {
    KrBuffer file;
    (void)self;
    if (!kr_get_buffer(vm, arg[0], &file, KR_BUFFER_READ)) return KR_ERROR;
    KrCode *code = kr_code_load(vm, file.data, file.len, 0);
    kr_release_buffer(vm, &file);
    return code ? kr_from_ptr(code) : KR_ERROR;
}

// Of _krait, the device carries what its library needs.
static const KrMethod support_functions[] = {
    { "report_ignored(message, exception, /)", kr_hand_ignored, KR_DOC("Hand an exception that nobody can catch to sys.unraisablehook."),
      0 },
    { "code_load(data, /)", code_load, KR_DOC("The code object of a code file; ImportError if it is damaged or not safe to run."), 0 },
    { "frozen_kind(name, /)", frozen_kind, KR_DOC("0: there is no module of this name in flash, 1: a module, 2: a package."), 0 },
    { "lookup(cls, name, /)", kr_class_lookup, KR_DOC("The attribute of a class or of its bases, not bound; None: there is none."), 0 },
    { "set_importers(importers, /)", kr_set_importers, KR_DOC("Say which classes stand for the interpreter's own finders."), 0 },
    { "set_pattern_kind(cls, kind, /)", kr_set_pattern_kind,
      KR_DOC("Which patterns match instances: 1 sequence, 2 mapping, 0 neither. False: not of builtin types."), 0 },
    { 0 },
};

static const KrModuleDef support_module = { "_krait", KR_DOC("What the library needs of the core."), support_functions, NULL, NULL };

const KrModuleDef *const kr_builtin_modules[] = { &kr_builtins_module,
                                                  &device_module,
                                                  &kr_files_module,
                                                  &support_module,
                                                  &kr_sys_module,
                                                  &kr_gc_module,
                                                  &kr_time_module,
                                                  &kr_weakref_module,
                                                  &kr_async_module,
                                                  &kr_binascii_module,
                                                  &kr_bisect_module,
                                                  &kr_collections_module,
                                                  &kr_context_module,
                                                  &kr_datetime_module,
                                                  &kr_functools_module,
                                                  &kr_heapq_module,
                                                  &kr_itertools_module,
                                                  &kr_json_module,
                                                  &kr_machine_module,
                                                  &kr_math_module,
                                                  &kr_md5_module,
                                                  &kr_micropython_module,
                                                  &kr_operator_module,
                                                  &kr_posix_module,
                                                  &kr_random_module,
                                                  &kr_re_module_def,
                                                  &kr_sha1_module,
                                                  &kr_sha2_module,
                                                  &kr_struct_module,
                                                  &kr_typing_module,
                                                  NULL };

const KrBoard *const kr_boards[] = { &kr_chip_board, NULL };

// kr_interrupt was called: Ctrl-C on the console.
bool kr_interrupted(KrVm *vm) { return kr_fail(kr_raise(vm, &kr_keyboard_interrupt, "")); }
