// functools_part.h - what the files of module _functools share.
// SPDX-License-Identifier: MIT
#ifndef KR_STD_FUNCTOOLS_PART_H
#define KR_STD_FUNCTOOLS_PART_H

#include "object/container.h"
#include "object/function.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str_method.h"
#include "object/tuple.h"

extern const KrType kr_partial_type, kr_lru_cache_type;

#endif
