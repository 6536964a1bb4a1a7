// crc32.h - the CRC-32 of IEEE 802.3, zlib and PNG.
// SPDX-License-Identifier: MIT
#ifndef KRAIT_BASE_CRC32_H
#define KRAIT_BASE_CRC32_H

#include "krait_config.h"

uint32_t kr_crc32(uint32_t crc, const void *data, size_t len); // start with 0; goes on from an earlier result

extern const uint32_t kr_crc32_table[8][256]; // not on devices

#endif
