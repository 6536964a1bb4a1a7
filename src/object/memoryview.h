// memoryview.h - what the files of memoryview share.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_MEMORYVIEW_H
#define KR_OBJECT_MEMORYVIEW_H

#include "object/bytes_method.h"

#define KR_BUFFER_DIMENSIONS 64 // at most

// One buffer taken from an exporter, shared by a memoryview and all that were made from it.
typedef struct {
    KrObject head;
    KrBuffer buffer;
    size_t users; // memoryviews that have not been released
} KrSharedBuffer;

typedef struct {
    KrObject head;
    KrSharedBuffer *shared; // NULL: released
    KrBuffer view;          // shape and strides point into dims
    uint32_t exports;       // buffers taken from this view
    bool hashed;
    KrHash hash;
    intptr_t dims[];
} KrMemoryView;

static inline KrMemoryView *kr_view_of(KrValue v) { return KR_AS(KrMemoryView, v); }

// A view of the bytes at data, to be written: memory that owner exports, or a bytes object that nobody has seen yet. KR_UNSET: owner has other memory
// every time.
bool kr_memoryview_release(KrVm *vm, KrValue view) KR_RAISES; // view.release()
KrValue kr_memoryview_within(KrVm *vm, KrValue owner, void *data, size_t len) KR_RAISES;

// The code of a format that this implementation reads and writes, and its size; 0: it does not.
char kr_format_code(const char *format, size_t *size);
KrValue kr_buffer_unpack(KrVm *vm, const char *format, const void *item) KR_RAISES;
bool kr_buffer_pack(KrVm *vm, const char *format, void *item, KrValue v) KR_RAISES;
KrValue kr_buffer_list(KrVm *vm, const KrBuffer *b) KR_RAISES; // tolist
bool kr_buffer_equal(KrVm *vm, const KrBuffer *a, const KrBuffer *b, bool *out) KR_RAISES;

bool kr_exports_buffer(KrVm *vm, KrValue v);    // has its type a __buffer__ of either kind?
bool kr_buffer_calls_python(const KrBuffer *b); // when it is released

// Shape and strides, also of buffers that do not give them (contiguous, one dimension).
intptr_t kr_buffer_shape(const KrBuffer *b, unsigned dimension);
intptr_t kr_buffer_stride(const KrBuffer *b, unsigned dimension);
bool kr_buffer_contiguous(const KrBuffer *b, char order);                                 // 'C', 'F', or 'A' for either
bool kr_buffer_copy_out(KrVm *vm, const KrBuffer *b, char order, uint8_t *out) KR_RAISES; // b->len bytes

#endif
