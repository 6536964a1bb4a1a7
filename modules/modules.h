// modules.h - the builtin modules of this folder; each port chooses from them.
// SPDX-License-Identifier: MIT
#ifndef KR_MODULES_H
#define KR_MODULES_H

#include "krait.h"

extern const KrModuleDef kr_csv_module, kr_md5_module, kr_sha1_module, kr_sha2_module, kr_sha3_module, kr_blake2_module, kr_kdf_module;
extern const KrModuleDef kr_array_module, kr_binascii_module, kr_json_module, kr_bisect_module, kr_cmath_module, kr_heapq_module,
    kr_math_module, kr_posix_module, kr_random_module, kr_re_module_def, kr_struct_module, kr_support_module, kr_terminal_module,
    kr_time_module, kr_zlib_module;

#endif
