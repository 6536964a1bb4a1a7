// frozen.c - Python modules in flash. The build makes stm32_frozen.inc.
// SPDX-License-Identifier: MIT
#include "vm/import.h"

#include "stm32_frozen.inc"
