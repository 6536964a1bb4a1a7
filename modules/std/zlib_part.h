// zlib_part.h - what the files of module zlib share.
// SPDX-License-Identifier: MIT
#ifndef KR_STD_ZLIB_PART_H
#define KR_STD_ZLIB_PART_H

#include "base/inflate.h"
#include "krait.h"

extern const KrType kr_zlib_error, kr_zlib_compress_type, kr_zlib_decompress_type, kr_zlib_decompressor_type;

#define KR_ZLIB(name) KrValue kr_zlib_##name(KrVm *vm, KrValue self, const KrValue *arg)
KR_ZLIB(compress);
KR_ZLIB(compressobj);
KR_ZLIB(decompress);
KR_ZLIB(decompressobj);

typedef enum { KR_ZLIB_RAW, KR_ZLIB_ZLIB, KR_ZLIB_GZIP } KrZlibWrapping;

// A stream that is being decompressed: what stands around the data, the data, its checksum.
typedef struct {
    KrInflate z;
    uint8_t state, wrapping, window_bits;
    bool either;           // zlib or gzip: the first bytes tell
    uint8_t *held;         // bytes of the head or the tail, until they are all there; memory of the collector
    size_t held_len, room; // room: of held
    uint8_t *history;      // the last bytes that came out, KR_INFLATE_WINDOW at most; memory of the collector
    size_t history_len;
    uint32_t sum, total; // of what came out: its checksum, its length
    KrValue dictionary;  // bytes; KR_UNSET: none
} KrZlibIn;

enum { KR_ZLIB_HEAD, KR_ZLIB_DATA, KR_ZLIB_TAIL, KR_ZLIB_END }; // KrZlibIn.state

bool kr_zlib_in_begin(KrVm *vm, KrZlibIn *s, intptr_t wbits, KrValue dictionary) KR_RAISES; // false: nothing is raised if wbits is wrong
void kr_zlib_in_trace(KrTracer *tracer, const KrZlibIn *s);
// What can be decompressed of *in up to end, `most` bytes of it; *in moves on. owner: the object that s is in, or NULL.
KrValue kr_zlib_in(KrVm *vm, void *owner, KrZlibIn *s, const uint8_t **in, const uint8_t *end, size_t first_room, size_t most) KR_RAISES;
uint32_t kr_zlib_sum(KrVm *vm, uint32_t sum, bool crc, const uint8_t *p, size_t len); // with polls; those raise later

#endif
