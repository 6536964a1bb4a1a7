// block.h - a device that is erased in blocks: what the flash file system asks of the memory below it.
//
// The rules are those of NOR flash: erasing makes all bits of a block ones, programming makes ones zeros, and what was programmed is
// programmed again only after an erase. Ones program nothing (flash with ECC: its driver leaves pieces out that are all ones). An operation that a power cut ends may leave anything in the bytes that it was about.
// SPDX-License-Identifier: MIT
#ifndef KR_BLOCK_H
#define KR_BLOCK_H

#include "krait_config.h"

typedef struct { // blocks of one size, one after the other
    uint32_t size, count;
} KrBlockRun;

// Addresses count from the device's first byte, through all runs. Results are errno values, 0 on success.
typedef struct KrBlockDevice KrBlockDevice;
struct KrBlockDevice {
    const KrBlockRun *run; // ends with a count of 0; sizes are multiples of 256
    uint32_t program_size; // 1, 2, 4, 8 or 16: programming begins and ends at multiples of it
    int (*read)(const KrBlockDevice *device, uint32_t address, void *out, uint32_t len);
    int (*program)(const KrBlockDevice *device, uint32_t address, const void *data, uint32_t len);
    int (*erase)(const KrBlockDevice *device, uint32_t address, uint32_t size); // one block
    int (*sync)(const KrBlockDevice *device);                                   // what was done before has reached the memory
    void *context;
};

#endif
