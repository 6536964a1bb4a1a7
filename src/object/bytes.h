// bytes.h - bytes and bytearray.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_BYTES_H
#define KR_OBJECT_BYTES_H

#include "object/slots.h"

typedef struct {
    KrObject head;
    size_t len;
    uint32_t hash;  // 0: not computed
    uint8_t data[]; // and a NUL
} KrBytesObject;

typedef struct {
    KrObject head;
    size_t len;
    KrRaw *raw;       // NULL while nothing was ever stored
    size_t offset;    // data starts here: cheap deletion at the front
    uint32_t exports; // buffers held by others: no resizing
} KrByteArrayObject;

extern const KrType kr_bytes_type, kr_bytearray_type, kr_memoryview_type;

KrBytesObject *kr_bytes_new(KrVm *vm, size_t len); // data to be filled, all of it; NULL: raised
KrValue kr_bytearray(KrVm *vm, const void *data, size_t len) KR_RAISES;
static inline uint8_t *kr_bytearray_data(const KrByteArrayObject *b) { return b->raw ? b->raw->data + b->offset : NULL; }

#endif
