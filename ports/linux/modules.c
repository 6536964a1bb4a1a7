// modules.c - the builtin modules of the Linux port.
// SPDX-License-Identifier: MIT
#include "linux/board_part.h"
#include "../modules/modules.h"
#include "linux/board_part.h"
#include "linux/system_part.h"
#include "object/object.h"
#include "object/vm_state.h"
#include "port.h"
#include "vm/builtins.h"
#include "vm/import.h"

// clang-format off
const KrModuleDef *const kr_builtin_modules[] = { &kr_builtins_module,
                                                  &kr_array_module,
                                                  &kr_async_module,
                                                  &kr_binascii_module,
                                                  &kr_bisect_module,
                                                  &kr_collections_module,
                                                  &kr_functools_module,
                                                  &kr_heapq_module,
                                                  &kr_itertools_module,
                                                  &kr_md5_module,
                                                  &kr_sha1_module,
                                                  &kr_sha2_module,
                                                  &kr_sha3_module,
                                                  &kr_blake2_module,
                                                  &kr_kdf_module,
                                                  &kr_json_module,
                                                  &kr_io_module,
                                                  &kr_fault_module,
                                                  &kr_fcntl_module,
                                                  &kr_linux_module,
                                                  &kr_linux_process_module,
                                                  &kr_mmap_module,
                                                  &kr_resource_module,
                                                  &kr_syslog_module,
                                                  &kr_termios_module,
                                                  &kr_random_module,
                                                  &kr_cmath_module,
                                                  &kr_context_module,
                                                  &kr_csv_module,
                                                  &kr_codecs_module,
                                                  &kr_datetime_module,
                                                  &kr_sys_module,
                                                  &kr_gc_module,
                                                  &kr_machine_module,
                                                  &kr_math_module,
                                                  &kr_micropython_module,
                                                  &kr_mqtt_module,
                                                  &kr_operator_module,
                                                  &kr_posix_module,
                                                  &kr_re_module_def,
                                                  &kr_sqlite_module,
                                                  &kr_struct_module,
                                                  &kr_http_module,
                                                  &kr_select_module,
                                                  &kr_signal_module,
                                                  &kr_sim_module,
                                                  &kr_socket_module,
                                                  &kr_ssl_module,
                                                  &kr_subprocess_module,
                                                  &kr_support_module,
                                                  &kr_terminal_module,
#if KR_THREADS
                                                  &kr_queue_module,
                                                  &kr_thread_module,
#endif
                                                  &kr_time_module,
                                                  &kr_weakref_module,
                                                  &kr_websocket_module,
                                                  &kr_wire_module,
                                                  &kr_typing_module,
                                                  &kr_unicodedata_module,
                                                  &kr_zlib_module,
                                                  NULL };

const KrBoard *const kr_boards[] = { &kr_linux_board, &kr_sim_board, NULL };

// kr_interrupt was called: a signal was noted, or the program that Krait is part of wants to stop this one.
bool kr_interrupted(KrVm *vm) {
    uint64_t arrived = kr_port_signals_take();
    if (kr_is_unset(vm->signals) || !arrived) return kr_fail(kr_raise(vm, &kr_keyboard_interrupt, ""));
    return kr_signals_handle(vm, arrived);
}
