// frozen.c - the library's modules, embedded. The build makes frozen.inc from lib/.
// SPDX-License-Identifier: MIT
#include "vm/import.h"

#include "frozen.inc"
