// mmap_part.h - what the files of module mmap share: the object.
// SPDX-License-Identifier: MIT
#ifndef KR_LINUX_MMAP_PART_H
#define KR_LINUX_MMAP_PART_H

#include "system_part.h"

typedef enum { KR_MMAP_DEFAULT, KR_MMAP_READ, KR_MMAP_WRITE, KR_MMAP_COPY } KrMmapAccess;

// Memory that is a file's, or nobody's. While somebody holds a buffer (exports), it stays where it is.
typedef struct {
    KrObject head;
    uint8_t *data; // NULL: closed
    size_t len, at, charged;
    int64_t offset;
    int fd, flags, protection;
    bool tracks; // has a descriptor of its own, unless the memory is nobody's
    uint8_t access;
    uint32_t exports;
} KrMmap;

extern const KrType kr_mmap_type;
extern const KrMethod kr_mmap_methods[];
static inline KrMmap *kr_mmap_of(KrValue v) { return (KrMmap *)kr_ptr(v); }

bool kr_mmap_open(KrVm *vm, const KrMmap *m) KR_RAISES;     // ValueError: it is closed
bool kr_mmap_writable(KrVm *vm, const KrMmap *m) KR_RAISES; // and may be written to
void kr_mmap_unmap(KrVm *vm, KrMmap *m);

#endif
