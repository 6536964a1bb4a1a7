// tree_constant.h - values of ast.Constant as literals of the tree.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_TREE_CONSTANT_H
#define KR_COMPILE_TREE_CONSTANT_H

#include "compile/tree.h"

// Fills in a Constant. False: raised, TypeError if a value of this type cannot be one.
bool kr_tree_constant(KrTreeReader *reader, KrValue value, KrConstant *constant) KR_RAISES;

#endif
