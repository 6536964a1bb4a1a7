// modules.h - the builtin modules of this folder; each port chooses from them.
// SPDX-License-Identifier: MIT
#ifndef KR_MODULES_H
#define KR_MODULES_H

#include "krait.h"

extern const KrModuleDef kr_array_module;
extern const KrModuleDef kr_async_module;
extern const KrModuleDef kr_binascii_module;
extern const KrModuleDef kr_bisect_module;
extern const KrModuleDef kr_blake2_module;
extern const KrModuleDef kr_cmath_module;
extern const KrModuleDef kr_collections_module;
extern const KrModuleDef kr_context_module;
extern const KrModuleDef kr_csv_module;
extern const KrModuleDef kr_codecs_module;
extern const KrModuleDef kr_datetime_module;
extern const KrModuleDef kr_functools_module;
extern const KrModuleDef kr_heapq_module;
extern const KrModuleDef kr_http_module;
extern const KrModuleDef kr_itertools_module;
extern const KrModuleDef kr_io_module;
extern const KrModuleDef kr_json_module;
extern const KrModuleDef kr_kdf_module;
extern const KrModuleDef kr_machine_module;
extern const KrModuleDef kr_math_module;
extern const KrModuleDef kr_md5_module;
extern const KrModuleDef kr_micropython_module;
extern const KrModuleDef kr_mqtt_module;
extern const KrModuleDef kr_operator_module;
extern const KrModuleDef kr_posix_module;
extern const KrModuleDef kr_random_module;
extern const KrModuleDef kr_re_module_def;
extern const KrModuleDef kr_queue_module;
extern const KrModuleDef kr_select_module;
extern const KrModuleDef kr_sha1_module;
extern const KrModuleDef kr_sha2_module;
extern const KrModuleDef kr_sha3_module;
extern const KrModuleDef kr_signal_module;
extern const KrModuleDef kr_sim_module;
extern const KrModuleDef kr_socket_module;
extern const KrModuleDef kr_ssl_module;
extern const KrModuleDef kr_sqlite_module;
extern const KrModuleDef kr_struct_module;
extern const KrModuleDef kr_subprocess_module;
extern const KrModuleDef kr_support_module;
extern const KrModuleDef kr_terminal_module;
extern const KrModuleDef kr_thread_module;
extern const KrModuleDef kr_time_module;
extern const KrModuleDef kr_unicodedata_module;
extern const KrModuleDef kr_websocket_module;
extern const KrModuleDef kr_zlib_module;

KrValue kr_compare_digest(KrVm *vm, KrValue self, const KrValue *arg);   // of _kdf and _operator
KrValue kr_set_pattern_kind(KrVm *vm, KrValue self, const KrValue *arg); // of _krait, as are the next
KrValue kr_hand_ignored(KrVm *vm, KrValue self, const KrValue *arg);
KrValue kr_class_lookup(KrVm *vm, KrValue self, const KrValue *arg);
KrValue kr_set_importers(KrVm *vm, KrValue self, const KrValue *arg);
bool kr_signals_handle(KrVm *vm, uint64_t arrived) KR_RAISES; // calls the handlers that signal.signal() has set

#endif
