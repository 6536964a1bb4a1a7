// tree.h - trees as Python objects, the nodes of lib/_ast.py, and back.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_TREE_H
#define KR_COMPILE_TREE_H

#include "compile/ast.h"
#include "compile/compiler.h"
#include "krait.h"

// The node object of a tree: an instance of a class of _ast.
KrValue kr_tree_object(KrVm *vm, const KrNode *tree) KR_RAISES;

// What reading objects needs and leaves: constants that no literal can stand for are numbered in a list.
typedef struct {
    KrVm *vm;
    KrArena *arena;
    KrNameTable *names;
    KrValue constants; // a list
} KrTreeReader;

// The tree of a node object for this mode; NULL: raised.
KrNode *kr_tree_read(KrTreeReader *reader, KrValue object, KrParseMode mode);

// Raises ValueError where a tree is none that a parser could give.
bool kr_tree_check(KrVm *vm, const KrNode *tree) KR_RAISES;

#endif
