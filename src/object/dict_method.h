// dict_method.h - what the files of the dict type and its views share.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_DICT_METHOD_H
#define KR_OBJECT_DICT_METHOD_H

#include "object/dict_table.h"

typedef struct { // keys(), values(), items()
    KrObject head;
    KrValue dict;
} KrDictView;

typedef struct {
    KrObject head;
    KrValue dict;    // KR_UNSET at the end
    size_t position; // as kr_dict_next or kr_dict_previous
    size_t len;      // of the dict when it began; SIZE_MAX once it was found changed
    size_t left;     // items still to come
} KrDictIterator;

KrValue kr_dict_view(KrVm *vm, const KrType *type, KrValue dict) KR_RAISES;
KrValue kr_dict_iterator(KrVm *vm, const KrType *type, KrValue dict) KR_RAISES;
bool kr_dict_contains(KrVm *vm, KrValue dict, KrValue key, bool *out) KR_RAISES;
bool kr_is_plain_dict(KrVm *vm, KrValue v); // a dict whose class iterates as dict does
KrValue kr_mappingproxy(KrVm *vm, KrValue mapping) KR_RAISES;

#endif
