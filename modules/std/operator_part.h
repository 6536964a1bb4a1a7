// operator_part.h - what the files of module _operator share.
// SPDX-License-Identifier: MIT
#ifndef KR_STD_OPERATOR_PART_H
#define KR_STD_OPERATOR_PART_H

#include "object/container.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str_method.h"
#include "object/tuple.h"

extern const KrType kr_attrgetter_type, kr_itemgetter_type, kr_methodcaller_type;

#endif
