// emit_later.c - code of blocks that are read twice (parse_later.c): the second reading, one statement after the other.
// SPDX-License-Identifier: MIT
#include "compile/compiler_error.h"
#include "compile/emit.h"
#include "object/vm_state.h"

static bool refuse(KrCompiler *c, const KrSyntaxError *error) {
    if (!kr_raised(c->vm) && !kr_is_error(error ? kr_compiler_raise(c, error) : kr_raise_memory(c->vm))) return false;
    return kr_emit_fail(c), false;
}

// False: it may not stand here, which is in the state of the scopes, or the compilation has failed.
static bool emit_one(KrUnit *u, KrLaterBody *later, KrNode *node, bool skip) {
    KrScopes *scopes = &u->c->scopes;
    if (!kr_scopes_again(scopes, u->scope, node, !later->checked))
        return scopes->error.kind == KR_SYNTAX_NO_MEMORY ? refuse(u->c, &scopes->error) : false;
    if (!skip) kr_stmt(u, node);
    return !u->c->failed;
}

static bool emit_line(KrUnit *u, KrLaterBody *later, KrParser *p, bool *skip, bool *any) {
    KrCompiler *c = u->c;
    KrSeq line;
    if (!kr_parser_next_of_block(p, &line)) return refuse(c, kr_parser_error(p));
    for (uint32_t i = 0; i < line.count; i++, *skip = false) {
        *any = *any || !*skip;
        if (!emit_one(u, later, line.item[i], *skip)) return false;
    }
    kr_spend(c->vm, 4);
    if (kr_raised(c->vm) || !kr_settle(c->vm)) return refuse(c, NULL);
    if (!line.count) later->checked = true;
    return line.count > 0;
}

bool kr_emit_later(KrUnit *u, KrLaterBody *later, bool skip_doc) {
    KrCompiler *c = u->c;
    KrArena own;
    bool any = false;
    if (c->failed) return false;
    kr_arena_init(&own, &c->arena.source, 0);
    KrParser *p = kr_parser_again(c->parser, later, &own);
    if (!p) (void)refuse(c, NULL);
    kr_scopes_begin_again(u->scope);
    kr_emit_expect(u, later->size);
    for (bool more = p != NULL; more;) {
        KrArenaMark mark = kr_arena_mark(&c->arena);
        more = emit_line(u, later, p, &skip_doc, &any);
        kr_arena_rewind(&c->arena, mark);
    }
    kr_arena_free(&own);
    return any;
}
