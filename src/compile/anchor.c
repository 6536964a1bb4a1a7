// anchor.c - where the parts of an expression are, for the carets of tracebacks: the parser looks at the line once more.
// SPDX-License-Identifier: MIT
#include "compile/anchor.h"

#include "compile/parser.h"
#include "compile/scratch.h"
#include "object/vm_state.h"

static void expression(const KrNode *e, KrAnchor *a) {
    const KrNode *left = NULL, *right = e;
    a->kind = KR_ANCHOR_NONE;
    if (e->kind == KR_NODE_BIN_OP) {
        left = kr_as_bin_op((KrNode *)e)->left, right = kr_as_bin_op((KrNode *)e)->right;
        a->kind = KR_ANCHOR_OPERATOR;
    } else if (e->kind == KR_NODE_SUBSCRIPT) {
        left = kr_as_subscript((KrNode *)e)->value;
        a->kind = KR_ANCHOR_SUBSCRIPT;
    } else if (e->kind == KR_NODE_CALL) {
        left = kr_as_call((KrNode *)e)->func;
        a->kind = KR_ANCHOR_CALL;
    }
    if (left) a->left = *left, a->right = *right;
}

static void statement(const KrNode *s, KrAnchor *a) {
    const KrNode *value = NULL;
    if (s->kind == KR_NODE_RETURN) {
        value = kr_as_return((KrNode *)s)->value;
        if (value && (value->kind != KR_NODE_CALL || kr_as_call((KrNode *)value)->func->kind != KR_NODE_NAME)) value = NULL;
    } else if (s->kind == KR_NODE_ASSIGN) {
        const KrAssign *assign = kr_as_assign((KrNode *)s);
        if (assign->targets.count == 1 && assign->targets.item[0]->kind == KR_NODE_NAME) value = assign->value;
    }
    a->kind = KR_ANCHOR_NONE;
    if (value && value->kind == KR_NODE_CALL) a->kind = KR_ANCHOR_RETURN, a->left = a->right = *value;
}

bool kr_anchor_find(KrVm *vm, const char *text, size_t len, bool alone, KrAnchor *anchor) {
    KrScratch scratch;
    KrArenaSource from;
    KrArena arena;
    anchor->kind = KR_ANCHOR_NONE;
    if (!kr_scratch_begin(vm, &scratch, &from)) return false;
    kr_arena_init(&arena, &from, 0);
    KrParserOptions options = {
        .source = text,
        .source_len = len,
        .filename = "<traceback>",
        .mode = KR_PARSE_EXEC,
        .names = &arena,
        .tree = &arena,
        .stack_limit = vm->thread.c_stack_limit,
        .max_int_digits = vm->int_max_str_digits,
    };
    KrParser *parser = kr_parser_new(&options);
    KrNode *mod = parser ? kr_parser_parse(parser) : NULL;
    KrSeq body = mod ? kr_as_module(mod)->body : (KrSeq){ NULL, 0 };
    if (mod && !body.count) anchor->kind = KR_ANCHOR_EMPTY;
    else if (mod && !alone) statement(body.item[0], anchor);
    else if (body.count == 1 && body.item[0]->kind == KR_NODE_EXPR) expression(kr_as_expr_statement(body.item[0])->value, anchor);
    kr_arena_free(&arena);
    return !kr_raised(vm);
}
