// verify.h - proves that code which was not compiled in this process does only what the loop expects of instructions.
// SPDX-License-Identifier: MIT
#ifndef KR_CODE_VERIFY_H
#define KR_CODE_VERIFY_H

#include "code/code.h"

// A code object and those among its constants. top: it will run as a module, not as the body of a function. False: ImportError raised.
bool kr_code_verify(KrVm *vm, const KrCode *code, bool top) KR_RAISES;

#endif
