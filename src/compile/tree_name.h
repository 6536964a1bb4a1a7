// tree_name.h - the names of ast's classes that are no nodes of ours: operators and contexts, in the order of their enums.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_TREE_NAME_H
#define KR_COMPILE_TREE_NAME_H

#include "compile/ast.h"

extern const char *const kr_compare_names[], *const kr_context_names[]; // end with NULL

// Of BinOp and AugAssign, BoolOp, or UnaryOp; ends with NULL.
const char *const *kr_operator_names(unsigned kind);

#endif
