// verify.h - proves that code which was not compiled in this process does only what the loop expects of instructions.
// SPDX-License-Identifier: MIT
#ifndef KR_CODE_VERIFY_H
#define KR_CODE_VERIFY_H

#include "code/code.h"

// A code object and those among its constants. top: it will run as a module, not as the body of a function. False: ImportError raised.
bool kr_code_verify(KrVm *vm, const KrCode *code, bool top) KR_RAISES;

enum { KR_JUMP_NOWHERE = UINT32_MAX };
typedef struct {         // a jump that is tried in front of the instruction `from`, where all variables have values
    uint32_t from, to;   // to: KR_JUMP_NOWHERE: none; code goes on at `from`
    const uint8_t *lost; // by register: what it holds is lost on the way
    uint32_t at;         // out: what would fail
} KrJump;
// Would the code pass with that jump?
bool kr_verify_jump(KrVm *vm, const KrCode *code, KrJump *jump, bool *fits) KR_RAISES;

#endif
