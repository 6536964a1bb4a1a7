// compiler.h - text to code object: the one door into src/compile.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_COMPILER_H
#define KR_COMPILE_COMPILER_H

#include "compile/parser.h"
#include "krait.h"

enum { // flags of kr_compile
    KR_COMPILE_FUTURE_ANNOTATIONS = 1,
    KR_COMPILE_TOP_LEVEL_AWAIT = 2,
    KR_COMPILE_INCOMPLETE_INPUT = 4, // raise _IncompleteInputError-like SyntaxError where more lines could help
    KR_COMPILE_NO_ASSERTS = 8,       // -O
    KR_COMPILE_NO_DOCSTRINGS = 16,   // -OO
    KR_COMPILE_DONT_IMPLY_DEDENT = 32,
    KR_COMPILE_SCRIPT = 64,   // a program's main file: CPython reads it by lines, and knows less about its end
    KR_COMPILE_TREE = 256,    // give a tree as node objects of ast, no code
    KR_COMPILE_SEVERAL = 128, // KR_PARSE_SINGLE: any number of statements, of which the last shows what it gives
    KR_COMPILE_QUIET = 512,   // no warnings
};

// A code object, or KR_ERROR with SyntaxError (and its kin), MemoryError or RecursionError raised. source is UTF-8.
KrValue kr_compile(KrVm *vm, const char *source, size_t len, KrValue filename, KrParseMode mode, unsigned flags) KR_RAISES;

// A module in pieces, each code of its own, for those whose memory is short: one can be run and forgotten before the next is made.
typedef struct {
    KrParserPlace next; // where the next piece begins
    unsigned flags;     // of from __future__ imports in those before
    bool late;          // no more of them may come
    bool annotated;     // some variable is annotated
    bool last;          // the text ends with the piece that was made
} KrPiece;

// The code of the next piece: statements of about a thousand bytes of text. *piece is zero at first.
KrValue kr_compile_piece(KrVm *vm, const char *source, size_t len, KrValue filename, unsigned flags, KrPiece *piece) KR_RAISES;

// Is it a node object: an instance of a class of _ast?
bool kr_tree_is(KrVm *vm, KrValue object, bool *out) KR_RAISES;

// The code of a tree of node objects (kr_tree_is).
KrValue kr_compile_tree(KrVm *vm, KrValue tree, KrValue filename, KrParseMode mode, unsigned flags) KR_RAISES;

// Was the SyntaxError that is raised one that more lines could mend? (KR_COMPILE_INCOMPLETE_INPUT)
bool kr_compile_incomplete(KrVm *vm);

#endif
