// frozen.c - the library's modules as code files in read-only memory. The build makes frozen.inc from lib/ with tools/freeze.c.
// SPDX-License-Identifier: MIT
#include "vm/import.h"

#include "frozen.inc"
