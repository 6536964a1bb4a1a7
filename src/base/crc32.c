// crc32.c - CRC-32: eight bytes at a time with tables of 8 KB (crc32_table.c), or half a byte with a table of 64 bytes, small enough for a
// microcontroller.
// SPDX-License-Identifier: MIT
#include "base/crc32.h"

#if KR_DEVICE

uint32_t kr_crc32(uint32_t crc, const void *data, size_t len) {
    static const uint32_t table[16] = {
        // remainders of the 16 half bytes, polynomial 0xEDB88320
        0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
        0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
    };
    const uint8_t *p = data;
    crc = ~crc;
    for (size_t i = 0; i < len; i++) {
        crc = table[(crc ^ p[i]) & 15] ^ crc >> 4;
        crc = table[(crc ^ (uint32_t)(p[i] >> 4)) & 15] ^ crc >> 4;
    }
    return ~crc;
}

#else

// Four bytes, the first one lowest.
static uint32_t word(const uint8_t *p) { return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24; }

uint32_t kr_crc32(uint32_t crc, const void *data, size_t len) {
    const uint32_t(*t)[256] = kr_crc32_table;
    const uint8_t *p = data;
    crc = ~crc;
    for (; len >= 8; p += 8, len -= 8) {
        uint32_t a = crc ^ word(p), b = word(p + 4);
        crc = t[7][a & 255] ^ t[6][a >> 8 & 255] ^ t[5][a >> 16 & 255] ^ t[4][a >> 24] ^ t[3][b & 255] ^ t[2][b >> 8 & 255] ^
              t[1][b >> 16 & 255] ^ t[0][b >> 24];
    }
    while (len--) crc = t[0][(crc ^ *p++) & 255] ^ crc >> 8;
    return ~crc;
}

#endif
