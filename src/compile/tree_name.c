// tree_name.c - the lists of tree_name.h.
// SPDX-License-Identifier: MIT
#include "compile/tree_name.h"

#include <stddef.h>

const char *const kr_compare_names[] = { "Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "Is", "IsNot", "In", "NotIn", NULL };
const char *const kr_context_names[] = { "Load", "Store", "Del", NULL };

const char *const *kr_operator_names(unsigned kind) {
    static const char *const binary[] = { "Add",    "Sub",    "Mult",  "MatMult", "Div",    "Mod",      "Pow",
                                          "LShift", "RShift", "BitOr", "BitXor",  "BitAnd", "FloorDiv", NULL };
    static const char *const logical[] = { "And", "Or", NULL };
    static const char *const unary[] = { "Invert", "Not", "UAdd", "USub", NULL };
    return kind == KR_NODE_BOOL_OP ? logical : kind == KR_NODE_UNARY_OP ? unary : binary;
}
