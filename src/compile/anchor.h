// anchor.h - where the parts of an expression are, for the carets of tracebacks.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_ANCHOR_H
#define KR_COMPILE_ANCHOR_H

#include "compile/ast.h"
#include "krait.h"

typedef enum {
    KR_ANCHOR_NONE,      // not Python, or nothing of the below
    KR_ANCHOR_EMPTY,     // no statement at all
    KR_ANCHOR_OPERATOR,  // an expression with a binary operator: left and right operand
    KR_ANCHOR_SUBSCRIPT, // a subscript: what is subscripted, and the whole
    KR_ANCHOR_CALL,      // a call: what is called, and the whole
    KR_ANCHOR_RETURN,    // the first statement returns the call of a name, or gives one name the value of a call: the call, twice
} KrAnchorKind;

typedef struct {
    KrAnchorKind kind;
    KrNode left, right; // positions only
} KrAnchor;

// alone: text is one expression; else its first statement is looked at. False: raised (what is no Python is not an error).
bool kr_anchor_find(KrVm *vm, const char *text, size_t len, bool alone, KrAnchor *anchor) KR_RAISES;

#endif
