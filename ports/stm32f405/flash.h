// flash.h - the memory below the file system.
// SPDX-License-Identifier: MIT
#ifndef KR_STM32_FLASH_H
#define KR_STM32_FLASH_H

#include "block.h"

const KrBlockDevice *kr_flash_device(void);
extern const uint8_t kr_files_start[]; // the first of its bytes in the chip's flash

#endif
