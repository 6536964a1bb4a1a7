// slots.h - the two kinds of memory that containers are made of: arrays of values, which the collector traces (a slice at a time when they
// are long), and raw bytes. A container that grows makes a new one and stores the pointer with KR_STORE_PTR.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_SLOTS_H
#define KR_OBJECT_SLOTS_H

#include "krait.h"

typedef struct { // same layout as a tuple
    KrObject head;
    size_t cap;
    KrValue item[];
} KrSlots;

typedef struct {
    KrObject head;
    size_t cap;
    uint8_t data[];
} KrRaw;

extern const KrType kr_slots_type, kr_raw_type;

#define KR_AS(Struct, value) ((Struct *)kr_ptr(value))

KrSlots *kr_slots_new(KrVm *vm, size_t cap); // items are zero words: 0.0 on 64 bits, no value on 32. NULL: MemoryError raised
KrRaw *kr_raw_new(KrVm *vm, size_t cap);
void kr_trace_slots(KrTracer *tracer, KrSlots *slots);   // as kr_trace_object, of a container's own
void kr_trace_items(KrTracer *tracer, KrObject *object); // trace function for anything with KrSlots' layout

#endif
