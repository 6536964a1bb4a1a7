// list_method.h - what the files of the list type share.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_LIST_METHOD_H
#define KR_OBJECT_LIST_METHOD_H

#include "object/list.h"

extern const KrMethod kr_list_methods[];

void kr_list_truncate(KrVm *vm, KrListObject *list, size_t len);
void kr_list_remove_at(KrVm *vm, KrListObject *list, size_t at);
bool kr_list_set_slice(KrVm *vm, KrListObject *list, KrValue slice, KrValue value) KR_RAISES; // KR_UNSET deletes

#endif
