// sequence_operator.h - + and * where a class is involved and one side is a text, bytes, a list or a tuple.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_SEQUENCE_OPERATOR_H
#define KR_OBJECT_SEQUENCE_OPERATOR_H

#include "object/type.h"

#define KR_SEQUENCE_FLAGS (KR_TYPE_IS_STR | KR_TYPE_IS_LIST | KR_TYPE_IS_TUPLE | KR_TYPE_IS_BYTES | KR_TYPE_IS_BYTEARRAY)

// Is left op right a matter of this file?
static inline bool kr_is_sequence_operator(KrBinary op, const KrType *lt, const KrType *rt) {
    return ((lt->flags | rt->flags) & KR_TYPE_HEAP) && ((lt->flags | rt->flags) & KR_SEQUENCE_FLAGS) && (op == KR_ADD || op == KR_MUL);
}

// asked_left: the left operand's method has returned NotImplemented.
KrValue kr_sequence_operator(KrVm *vm, KrBinary op, KrValue left, KrValue right, bool asked_left) KR_RAISES;
KrValue kr_sequence_inplace(KrVm *vm, KrBinary op, KrValue left, KrValue right) KR_RAISES;
bool kr_may_be_sequence(const KrType *t); // `x *= sequence` does not ask the sequence if x could be one itself, as in CPython

#endif
