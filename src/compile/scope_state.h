// scope_state.h - what the files of the scope pass share.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_SCOPE_STATE_H
#define KR_COMPILE_SCOPE_STATE_H

#include "compile/scope.h"

typedef struct KrDirective { // a name in a global or nonlocal statement, for errors that are found later
    const KrName *name;
    KrSpan span;
    struct KrDirective *next;
} KrDirective;

// All return false. Columns of spans count bytes from 0; CPython's errors of this pass count bytes from 1.
bool kr_scopes_raise(KrScopes *scopes, KrSpan span, const char *format, ...);
bool kr_scopes_raise_memory(KrScopes *scopes);
bool kr_scopes_warn(KrScopes *scopes, KrSpan span, const char *format, ...); // true: it is only a warning
bool kr_scopes_enter(KrScopes *scopes);                                      // before each recursion
static inline void kr_scopes_leave(KrScopes *scopes) { scopes->depth--; }

KrSpan kr_scope_span(const KrNode *node);
KrArena *kr_scope_arena(const KrScopes *scopes, const KrScope *scope);
const KrName *kr_scopes_intern(KrScopes *scopes, const char *text);
KrSymbol *kr_scope_add(KrScopes *scopes, KrScope *scope, const KrName *name); // the symbol, new if need be; NULL: out of memory
static inline bool kr_scope_is_function(const KrScope *scope) { return scope->kind >= KR_SCOPE_FUNCTION; }
bool kr_name_is(const KrName *name, const char *text);

bool kr_scopes_visit(KrScopes *scopes, KrNode *node);            // scope_visit.c: a statement or expression in scopes->current
bool kr_scopes_enter_definition(KrScopes *scopes, KrNode *node); // all of it but its block
bool kr_scopes_leave_definition(KrScopes *scopes, const KrNode *node);
bool kr_scopes_check_inside(KrScopes *scopes, const KrScope *scope, KrNode *statement); // scope_check.c: in the block of a definition
bool kr_scopes_visit_sequence(KrScopes *scopes, const KrSeq *seq);
bool kr_scopes_future(KrScopes *scopes, const KrNode *statement); // scope_future.c: a top-level statement, in order
bool kr_scopes_resolve_module(KrScopes *scopes);                  // scope_analyse.c: what is declared in the module itself
bool kr_scopes_resolve_all(KrScopes *scopes);                     // … and everything inside of it

// The chains that lean to the left: a+b+c, a.b.c, f()(). Their nodes from the outermost in, so that recursion can be avoided.
typedef struct KrSpine {
    KrNode *few[16];
    KrNode **node;
    uint32_t count;
    KrNode *root; // what stands at the left end
} KrSpine;

bool kr_scopes_spine(KrScopes *scopes, KrNode *node, KrSpine *spine);

#endif
