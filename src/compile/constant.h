// constant.h - the value of a literal.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_CONSTANT_H
#define KR_COMPILE_CONSTANT_H

#include "compile/ast.h"
#include "krait.h"

// Of a Constant that is a literal; not of KR_CONSTANT_OBJECT.
KrValue kr_constant_value(KrVm *vm, const KrNode *node) KR_RAISES;

#endif
