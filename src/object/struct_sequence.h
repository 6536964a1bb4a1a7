// struct_sequence.h - tuples whose items have names: sys.version_info and its like.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_STRUCT_SEQUENCE_H
#define KR_OBJECT_STRUCT_SEQUENCE_H

#include "krait.h"

// A tuple of as many items as there are field names (the list ends with NULL). Types are made once per name and kept in vm->state.
KrValue kr_struct_sequence(KrVm *vm, const char *type_name, const char *const *fields, const KrValue *item) KR_RAISES;

#endif
