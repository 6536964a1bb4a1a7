// deflate_part.h - what the files of DEFLATE compression share.
// SPDX-License-Identifier: MIT
#ifndef KRAIT_BASE_DEFLATE_PART_H
#define KRAIT_BASE_DEFLATE_PART_H

#include "base/deflate.h"

unsigned kr_deflate_length_code(unsigned length);     // 257 to 285
unsigned kr_deflate_distance_code(unsigned distance); // 0 to 29
void kr_deflate_put(KrDeflate *z, KrDeflateIo *io, uint32_t bits, unsigned count);
void kr_deflate_align(KrDeflate *z, KrDeflateIo *io); // to a byte
// Writes the block's symbols in the shortest way, and begins a new one. raw: its bytes, or NULL.
void kr_deflate_block(KrDeflate *z, KrDeflateIo *io, const uint8_t *raw, size_t raw_len, bool last);
void kr_deflate_stored(KrDeflate *z, KrDeflateIo *io, const uint8_t *raw, size_t len, bool last); // len may be 0

#endif
