// range.h - range and slice objects.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_RANGE_H
#define KR_OBJECT_RANGE_H

#include "object/slots.h"

typedef struct { // start, stop, step are exact ints. When `small`, all values and the length fit the word: count and first are C integers
    KrObject head;
    KrValue start, stop, step, length;
    bool small;
    intptr_t first, stride, count;
} KrRangeObject;

typedef struct {
    KrObject head;
    KrValue start, stop, step;
} KrSliceObject;

extern const KrType kr_range_type, kr_range_iterator_type;

#endif
