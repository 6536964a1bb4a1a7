// tuple.h - the immutable sequence.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_TUPLE_H
#define KR_OBJECT_TUPLE_H

#include "object/slots.h"

typedef struct {
    KrObject head;
    size_t len;
    KrValue item[];
} KrTupleObject;

extern const KrType kr_tuple_type;

// A tuple of len unfilled items (zero words): fill all before anything else is allocated. NULL: raised. len 0 gives the empty tuple.
KrTupleObject *kr_tuple_new(KrVm *vm, size_t len);
KrValue kr_tuple2(KrVm *vm, KrValue a, KrValue b) KR_RAISES;

#endif
