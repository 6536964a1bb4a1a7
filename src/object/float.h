// float.h - double-precision numbers: in the value word on 64 bits, objects on 32; subclasses are objects everywhere. And complex.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_FLOAT_H
#define KR_OBJECT_FLOAT_H

#include "krait.h"

typedef struct {
    KrObject head;
    double value;
} KrFloatObject;

typedef struct {
    KrObject head;
    double real, imag;
} KrComplexObject;

extern const KrType kr_float_type, kr_complex_type;

KrValue kr_float_binary(KrVm *vm, KrBinary op, double a, double b) KR_RAISES;

#endif
