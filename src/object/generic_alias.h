// generic_alias.h - list[int] and int | str.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_GENERIC_ALIAS_H
#define KR_OBJECT_GENERIC_ALIAS_H

#include "object/slots.h"
#include "object/text.h"

typedef struct { // types.GenericAlias
    KrObject head;
    KrValue origin, args, parameters; // parameters: tuple, or KR_UNSET until it is asked for
    bool starred;                     // *tuple[int]
} KrGenericAlias;

typedef struct { // types.UnionType
    KrObject head;
    KrValue args, parameters;
} KrUnion;

extern const KrType kr_generic_alias_type, kr_generic_alias_iterator_type, kr_union_type;

KrValue kr_union_or(KrVm *vm, KrValue left, KrValue right) KR_RAISES; // left | right; KR_NOTIMPL unless both can be in a union
// Type variables in args, in order of appearance, each once.
KrValue kr_generic_parameters(KrVm *vm, KrValue args) KR_RAISES;
KrValue kr_generic_lazy_parameters(KrVm *vm, KrValue self, KrValue args, KrValue *slot) KR_RAISES; // kept in *slot, a field of self
// args with the type variables replaced by item (one, or a tuple), for self[item].
KrValue kr_generic_substitute(KrVm *vm, KrValue self, KrValue args, KrValue parameters, KrValue item) KR_RAISES;
void kr_text_add_type(KrText *t, KrValue v); // as it stands in the repr of an alias: int, m.C, ...

#endif
