// modules.c - the builtin modules of the Linux port.
// SPDX-License-Identifier: MIT
#include "../modules/modules.h"
#include "object/object.h"
#include "vm/builtins.h"
#include "vm/import.h"

const KrModuleDef *const kr_builtin_modules[] = { &kr_builtins_module, &kr_array_module,   &kr_binascii_module, &kr_bisect_module,
                                                  &kr_heapq_module,    &kr_md5_module,     &kr_sha1_module,     &kr_sha2_module,
                                                  &kr_sha3_module,     &kr_blake2_module,  &kr_kdf_module,      &kr_json_module,
                                                  &kr_random_module,   &kr_cmath_module,   &kr_csv_module,      &kr_sys_module,
                                                  &kr_gc_module,       &kr_math_module,    &kr_posix_module,    &kr_re_module_def,
                                                  &kr_struct_module,   &kr_support_module, &kr_terminal_module, &kr_time_module,
                                                  &kr_weakref_module,  &kr_typing_module,  &kr_zlib_module,     NULL };

// kr_interrupt was called: by the command's handler of SIGINT, or by the program that Krait is part of.
bool kr_interrupted(KrVm *vm) { return kr_fail(kr_raise(vm, &kr_keyboard_interrupt, "")); }
