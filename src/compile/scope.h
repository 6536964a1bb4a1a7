// scope.h - what every name means: the symbol table pass over a tree (CPython 3.13's symtable, plus what an emitter wants to know).
//
// The pass sets the scope fields of the tree's nodes, so that node -> scope is one load. A scope owns a list of symbols in order of first
// appearance (parameters first, in co_varnames order) with a hash lookup. It also finds every error that depends on names and on where a
// statement stands, including those that CPython raises while it generates code (see kr_scope_check).
//
// Registers: in a scope that keeps names in registers (KR_SCOPE_FAST), each symbol of kind LOCAL or CELL has its own index, 0 to
// scope->local_count - 1, parameters first; a CELL's register holds the cell. A FREE symbol's index is its place in the closure.
// An inlined comprehension (KR_SCOPE_INLINED, PEP 709) has such a list of its own: the emitter adds a base register of the host frame. Its
// other names are those of the host: use kr_scope_resolve, which says in which scope a name's register or closure slot is found.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_SCOPE_H
#define KR_COMPILE_SCOPE_H

#include "compile/arena.h"
#include "compile/ast.h"
#include "compile/syntax_error.h"

typedef enum KrScopeKind {
    KR_SCOPE_MODULE,
    KR_SCOPE_CLASS,
    KR_SCOPE_FUNCTION, // def and async def
    KR_SCOPE_LAMBDA,
    KR_SCOPE_LIST_COMP,
    KR_SCOPE_SET_COMP,
    KR_SCOPE_DICT_COMP,
    KR_SCOPE_GENERATOR_EXP,
    KR_SCOPE_TYPE_PARAMETERS, // def f[T], class C[T], type X[T]
    KR_SCOPE_TYPE_ALIAS,      // the value of a type statement
    KR_SCOPE_TYPE_VARIABLE,   // a bound, constraint tuple or default
    KR_SCOPE_ANNOTATION,      // annotations under `from __future__ import annotations`: checked, never run
} KrScopeKind;

typedef enum KrSymbolKind {
    KR_SYMBOL_LOCAL = 1,       // function: register; class and module: by name in the namespace
    KR_SYMBOL_GLOBAL_EXPLICIT, // `global x`
    KR_SYMBOL_GLOBAL_IMPLICIT, // function: global or builtin; class and module: namespace first
    KR_SYMBOL_FREE,            // from an enclosing function's cell
    KR_SYMBOL_CELL,            // local, and used by an inner function
    KR_SYMBOL_HOST,            // inlined comprehension: whatever the name means in the scope around it; see kr_scope_resolve
} KrSymbolKind;

// How a name is used in its scope; the values are CPython's DEF_ and USE bits.
enum {
    KR_SYMBOL_DEF_GLOBAL = 1,
    KR_SYMBOL_DEF_LOCAL = 1 << 1,
    KR_SYMBOL_DEF_PARAM = 1 << 2,
    KR_SYMBOL_DEF_NONLOCAL = 1 << 3,
    KR_SYMBOL_USE = 1 << 4,
    KR_SYMBOL_DEF_FREE_CLASS = 1 << 6, // class: also free, for a method; the class itself looks in its namespace first
    KR_SYMBOL_DEF_IMPORT = 1 << 7,
    KR_SYMBOL_DEF_ANNOT = 1 << 8,
    KR_SYMBOL_DEF_COMP_ITER = 1 << 9,
    KR_SYMBOL_DEF_TYPE_PARAM = 1 << 10,
    KR_SYMBOL_DEF_COMP_CELL = 1 << 11, // host scope: only a comprehension inlined here makes a cell of the name
    KR_SYMBOL_DEF_BOUND = KR_SYMBOL_DEF_LOCAL | KR_SYMBOL_DEF_PARAM | KR_SYMBOL_DEF_IMPORT | KR_SYMBOL_DEF_TYPE_PARAM,
};

typedef struct KrSymbol {
    const KrName *name; // mangled
    struct KrSymbol *next;
    uint32_t index; // see the head of this file; KR_SYMBOL_NO_INDEX for names that have none
    uint16_t flags;
    uint8_t kind; // KrSymbolKind
} KrSymbol;

#define KR_SYMBOL_NO_INDEX UINT32_MAX

enum {
    KR_SCOPE_FAST = 1 << 0,      // names live in registers (functions, comprehensions, type scopes), not in a namespace
    KR_SCOPE_NESTED = 1 << 1,    // a function is among the enclosing scopes
    KR_SCOPE_GENERATOR = 1 << 2, // has yield (or is a generator expression)
    KR_SCOPE_COROUTINE = 1 << 3, // async def, or a comprehension with await or async for
    KR_SCOPE_VARARGS = 1 << 4,
    KR_SCOPE_VARKEYWORDS = 1 << 5,
    KR_SCOPE_INLINED = 1 << 6,        // comprehension that is part of its parent's code (PEP 709)
    KR_SCOPE_CLASS_CELL = 1 << 7,     // class: make a cell __class__ and put it into the namespace as __classcell__
    KR_SCOPE_CLASSDICT_CELL = 1 << 8, // class: make a cell __classdict__ that holds the namespace
    KR_SCOPE_SEES_CLASS = 1 << 9,     // type scope directly in a class: names go through __classdict__ first (can_see_class_scope)
    KR_SCOPE_FREE_INSIDE = 1 << 10,   // some name in it or in a scope inside it is free (CPython's ste_free, ste_child_free)
    KR_SCOPE_USES_SUPER = 1 << 11,    // names `super` (a function then has a free __class__ when it is in a class)
    KR_SCOPE_RETURNS_VALUE = 1 << 12,
    KR_SCOPE_HAS_ANNOTATIONS = 1 << 13, // module or class: some annotated assignment stands directly in it (make __annotations__)
    KR_SCOPE_IMPORT_STAR = 1 << 14,
    KR_SCOPE_ASYNC_COMP = 1 << 15,      // comprehension with an `async for` clause or an await inside
    KR_SCOPE_YIELD = 1 << 16,           // has yield or yield from
    KR_SCOPE_AWAIT = 1 << 17,           // has await, async for, async with
    KR_SCOPE_ASYNC_GENERATOR = 1 << 18, // both a coroutine and a generator (then GENERATOR and COROUTINE are set as well)
};

#if KR_DEVICE
typedef uint16_t KrScopeCount; // of symbols; kr_scope_add keeps to it
#else
typedef uint32_t KrScopeCount;
#endif

struct KrScope {
    unsigned flags : 24, kind : 8; // KrScopeKind
    const KrName *name;            // function's or class's name; "lambda", "listcomp", "genexpr", "top" and so on as CPython's symtable
    KrNode *node;
    KrScope *parent;
    KrScope *child; // first of the scopes directly inside, in order of appearance
    KrScope *last_child;
    KrScope *sibling;
    KrScope *again;  // when its block is read again: the next of the scopes inside
    KrSymbol *first; // symbols in order, linked by next
    KrSymbol *last;
    KrSymbol **table; // hash table, NULL while there are few symbols
    KrScopeCount symbol_count;
    KrScopeCount table_size;
    KrScopeCount param_count;                                   // positional, keyword-only, *args, **kwargs together
    KrScopeCount posonly_count, positional_count, kwonly_count; // positional includes positional-only
    KrScopeCount local_count;                                   // registers for LOCAL and CELL symbols
    KrScopeCount free_count;                                    // length of the closure
    const KrName *class_name;                                   // innermost class around, for the mangling of __names; NULL outside classes
    KrScopeCount line, col;                                     // as those of nodes
    // Used while the scopes are built.
    KrSeq mangled;                  // around a generic class: only these type parameters are mangled
    struct KrDirective *directives; // where names were declared global or nonlocal
    const char *info;               // type variable scopes: "a TypeVar bound" and so on
    KrScopeCount iterables;         // depth of comprehension iterables around
    bool in_target;                 // inside the target of a comprehension's for
};

// CPython runs each of these over the whole module before the next, so the error of an earlier one is shown before those of later ones.
typedef enum KrScopePhase {
    KR_PHASE_FUTURE,
    KR_PHASE_VISIT,   // scopes and symbols are made
    KR_PHASE_MODULE,  // what is declared in the module itself
    KR_PHASE_RESOLVE, // what the names of the scopes inside mean
    KR_PHASE_CHECK,
} KrScopePhase;

// State for one module; init once, then give it one tree, or its statements one at a time.
typedef struct KrScopes {
    KrArena *names; // module scope and names: must live until the last statement is emitted (may be the same as tree)
    KrArena *tree;  // scopes inside a statement
    KrScope *module;
    KrScope *current;
    struct KrNameTable *interned; // the parser's, to intern mangled names
    const char *stack_limit;
    KrWarningSink warnings;
    bool future_annotations; // from __future__ import annotations, seen or inherited
    bool top_level_await;    // compile flag PyCF_ALLOW_TOP_LEVEL_AWAIT
    bool future_allowed;     // only __future__ imports and a docstring have come so far
    bool future_started;     // some statement has come
    int32_t future_line;     // of the last __future__ import in its place
    int32_t future_col;
    bool failed;
    bool again;         // nodes that are read again get the scopes that were made for them
    KrScopePhase phase; // the one that runs, or has failed
    uint32_t depth;
    uint32_t warned; // warnings so far
    KrSyntaxError error;
} KrScopes;

struct KrParser;

// The scopes of what parser gives. Flags and stack limit come from the parser's options.
void kr_scopes_init(KrScopes *scopes, struct KrParser *parser);

// Analyses a whole Module, Interactive or Expression. False: scopes->error says why.
bool kr_scopes_analyse(KrScopes *scopes, KrNode *mod) KR_RAISES;

// One top-level statement of a module; those before it have been given. What a later statement says cannot change what an earlier one
// means, save for errors (`global x` after use), which are found as well.
bool kr_scopes_statement(KrScopes *scopes, KrNode *statement) KR_RAISES;

// The parts of a definition whose block is read twice: all but the block, then its statements; after the last one. Errors are kept for
// kr_scopes_statement.
void kr_scopes_open(KrScopes *scopes, KrNode *definition);
void kr_scopes_inside(KrScopes *scopes, KrNode *statement);
void kr_scopes_close(KrScopes *scopes, const KrNode *definition);

// The second reading of scope's block begins; each of its statements then gets its scopes, and is checked if that is wanted.
void kr_scopes_begin_again(KrScope *scope);
bool kr_scopes_again(KrScopes *scopes, KrScope *scope, KrNode *statement, bool check) KR_RAISES;

// After the last of them.
bool kr_scopes_end(KrScopes *scopes) KR_RAISES;

// After an error, for each later statement in turn: if it has an error of an earlier phase, that one is the error from now on.
void kr_scopes_later(KrScopes *scopes, KrNode *statement); // NULL: there are no more

// The errors and warnings that CPython's code generator raises: break, continue, return, await, yield in wrong places, star targets,
// patterns that make others unreachable, `default 'except:' must be last`, __debug__ as a target, __future__ imports,
// `"is" with 'int' literal` and so on. Runs after analysis of the same tree. The emitter need not check any of these again.
bool kr_scopes_check(KrScopes *scopes, KrNode *mod_or_statement) KR_RAISES;

// The name as the scope sees it: __x in class C becomes _C__x. NULL: out of memory.
const KrName *kr_scope_mangle(KrScopes *scopes, const KrScope *scope, const KrName *name);

// The symbol of an already mangled name in this very scope; NULL: the scope does not mention it.
KrSymbol *kr_scope_symbol(const KrScope *scope, const KrName *name);

// What a mangled name means in a scope, seen through inlined comprehensions. *home is the scope whose list of registers (LOCAL, CELL) or
// whose closure (FREE) the index of the symbol counts in. In a comprehension inlined into a class body, kind GLOBAL_IMPLICIT
// skips the class's namespace, as names in comprehensions do.
KrSymbol *kr_scope_resolve(KrScope *scope, const KrName *name, KrScope **home);

// The closure of a scope: its FREE symbols in order of index are those with kind FREE (in a class: also DEF_FREE_CLASS).
static inline bool kr_symbol_is_free(const KrSymbol *symbol) {
    return symbol->kind == KR_SYMBOL_FREE || (symbol->flags & KR_SYMBOL_DEF_FREE_CLASS) != 0;
}

static inline bool kr_scope_is_comprehension(const KrScope *scope) {
    return scope->kind >= KR_SCOPE_LIST_COMP && scope->kind <= KR_SCOPE_GENERATOR_EXP;
}

#endif
