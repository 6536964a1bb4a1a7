// disassemble.h - code objects as text, for people.
// SPDX-License-Identifier: MIT
#ifndef KR_CODE_DISASSEMBLE_H
#define KR_CODE_DISASSEMBLE_H

#include "code/code.h"

// One line an instruction, with its tables, and the code objects among the constants behind it. Reads nothing outside of the code, even
// if that was never verified.
KrValue kr_code_disassemble(KrVm *vm, const KrCode *code) KR_RAISES;

#endif
