// scope_check.h - what the files of the checks share.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_SCOPE_CHECK_H
#define KR_COMPILE_SCOPE_CHECK_H

#include "compile/scope_state.h"

// A set of names, to find repeated ones: a hash table in the arena.
typedef struct KrNameSet {
    const KrName **slot;
    uint32_t size, count;
} KrNameSet;

bool kr_name_set_has(const KrNameSet *set, const KrName *name);
bool kr_name_set_add(KrScopes *scopes, KrNameSet *set, const KrName *name); // false: out of memory

typedef enum KrUnitKind { // what a piece of code is compiled as
    KR_UNIT_MODULE,
    KR_UNIT_CLASS,
    KR_UNIT_FUNCTION,
    KR_UNIT_ASYNC_FUNCTION,
    KR_UNIT_LAMBDA,
    KR_UNIT_COMPREHENSION, // one with code of its own
    KR_UNIT_TYPE,          // type parameters, bounds, values of aliases
} KrUnitKind;

typedef struct KrCheck {
    KrScopes *scopes;
    KrUnitKind unit;
    const KrScope *scope; // of the unit
    bool in_loop;         // break and continue may stand here
    bool in_star_handler; // an except* handler lies between here and the loop
    bool star_around;     // … or between here and the start of the unit
    uint32_t blocks;      // loops, with and try around
    const KrNode *denied; // what an odd number of `not` before it denies
} KrCheck;

bool kr_check_node(KrCheck *c, KrNode *node);
bool kr_check_all(KrCheck *c, const KrSeq *seq);
bool kr_check_expression(KrCheck *c, KrNode *node); // scope_check_expression.c
bool kr_check_target(KrCheck *c, KrNode *node);
bool kr_check_elements(KrCheck *c, const KrSeq *seq);           // starred ones are fine
bool kr_check_keyword_names(KrCheck *c, const KrSeq *keywords); // before the function and the arguments
bool kr_check_keyword_values(KrCheck *c, const KrSeq *keywords);
bool kr_check_parameters(KrCheck *c, const KrArguments *args);
bool kr_check_name(KrCheck *c, const KrName *name, KrSpan span); // may be bound
bool kr_check_unit(KrCheck *c, KrUnitKind unit, const KrScope *scope, bool (*body)(KrCheck *, void *), void *arg);
bool kr_check_cases(KrCheck *c, const KrMatch *match);  // scope_check_pattern.c
bool kr_check_warnings(KrCheck *c, const KrNode *node); // scope_check_warning.c
bool kr_check_assert(KrCheck *c, const KrAssert *node);
bool kr_top_level_await(const KrCheck *c);

#endif
