// parse_compound.c - blocks, and the statements if, while and for.
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

// ---- blocks ----

bool kr_parse_forced(KrParser *p, KrTokenKind kind, const char *text) {
    if (kr_parse_accept(p, kind)) return true;
    if (p->invalid && !p->failed) {
        KrSpan span = kr_span_token(kr_parse_token(p));
        kr_parse_raise(p, KR_SYNTAX_ERROR, span, "expected '%s'", text);
    }
    return false;
}

// NEWLINE and INDENT have been read. Tokens of finished statements need not be kept, even in the second pass.
static bool parse_indented(KrParser *p, KrSeq *body) {
    uint32_t base = p->stack_count;
    uint32_t pins = p->pins;
    bool good = true;
    p->pins = 0;
    do good = kr_parse_statement(p);
    while (good && !kr_parse_at(p, KR_TOKEN_DEDENT) && !kr_parse_at(p, KR_TOKEN_END));
    p->pins = pins;
    return good && kr_parse_accept(p, KR_TOKEN_DEDENT) && kr_parse_take(p, base, body);
}

// After the colon. what and line say which statement lacks its block; what may be NULL.
static bool parse_block(KrParser *p, KrSeq *body, const char *what, int32_t line) {
    uint32_t base = p->stack_count;
    if (!kr_parse_at(p, KR_TOKEN_NEWLINE)) return kr_parse_simple_statements(p) && kr_parse_take(p, base, body);
    if (!kr_parse_enter(p)) return false;
    kr_parse_advance(p);
    bool good = false;
    if (kr_parse_accept(p, KR_TOKEN_INDENT)) {
        good = parse_indented(p, body);
    } else if (p->invalid && !p->failed) {
        kr_parse_raise(p, KR_SYNTAX_INDENTATION, kr_parse_span_last(p), "expected an indented block after %s on line %d", what, (int)line);
    }
    kr_parse_leave(p);
    return good;
}

bool kr_parse_suite(KrParser *p, KrSeq *body, const char *what, int32_t line) {
    if (p->invalid && kr_parse_at(p, KR_TOKEN_NEWLINE)) {
        kr_parse_raise_last(p, "expected ':'");
        return false;
    }
    return kr_parse_accept(p, KR_TOKEN_COLON) && parse_block(p, body, what, line);
}

bool kr_parse_forced_suite(KrParser *p, KrSeq *body, const char *what, int32_t line) {
    return kr_parse_forced(p, KR_TOKEN_COLON, ":") && parse_block(p, body, what, line);
}

bool kr_parse_else(KrParser *p, KrSeq *body) {
    *body = (KrSeq){ NULL, 0 };
    int32_t line = kr_parse_place(p).line;
    if (!kr_parse_accept(p, KR_TOKEN_ELSE)) return !p->failed;
    return kr_parse_forced_suite(p, body, "'else' statement", line);
}

// ---- if, while, for ----

// `if`, `elif` or `while`, its condition and block.
static KrIf *parse_test_block(KrParser *p, KrNodeKind kind, const char *what) {
    KrPlace start = kr_parse_place(p);
    KrSeq body;
    kr_parse_advance(p);
    KrNode *test = kr_parse_named_expression(p);
    if (test == NULL || !kr_parse_suite(p, &body, what, start.line)) return NULL;
    KrIf *node = kr_parse_node(p, sizeof *node, kind, start);
    if (node == NULL) return NULL;
    node->test = test;
    node->body = body;
    return node;
}

// All nodes of an elif chain end where its last block does.
static void end_chain(KrParser *p, KrIf *node) {
    for (;;) {
        node->node.end_line = (uint32_t)p->last_line & KR_PLACE_MASK;
        node->node.end_col = (uint32_t)p->last_col & KR_PLACE_MASK;
        if (node->orelse.count != 1 || node->orelse.item[0]->kind != KR_NODE_IF || node->orelse.item[0]->flags == 0) return;
        node = kr_as_if(node->orelse.item[0]);
        node->node.flags = 0;
    }
}

// A chain of elif is a list of nodes, each the only statement in the else of the one before.
static KrNode *parse_if(KrParser *p) {
    KrIf *first = parse_test_block(p, KR_NODE_IF, "'if' statement");
    KrIf *last = first;
    if (first == NULL) return NULL;
    while (kr_parse_at(p, KR_TOKEN_ELIF)) {
        KrIf *next = parse_test_block(p, KR_NODE_IF, "'elif' statement");
        if (next == NULL) return NULL;
        KrNode *node = &next->node;
        node->flags = 1; // a link of this chain, for end_chain
        if (!kr_parse_copy(p, &node, 1, &last->orelse)) return NULL;
        last = next;
    }
    if (kr_parse_at(p, KR_TOKEN_ELSE) && !kr_parse_else(p, &last->orelse)) return NULL;
    if (p->failed) return NULL;
    end_chain(p, first);
    return &first->node;
}

static KrNode *parse_while(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrWhile *node = parse_test_block(p, KR_NODE_WHILE, "'while' statement");
    if (node == NULL || !kr_parse_else(p, &node->orelse)) return NULL;
    KrWhile *whole = kr_parse_node(p, sizeof *whole, KR_NODE_WHILE, start);
    if (whole == NULL) return NULL;
    whole->test = node->test;
    whole->body = node->body;
    whole->orelse = node->orelse;
    return &whole->node;
}

static KrNode *parse_for(KrParser *p, bool is_async, KrPlace start) {
    int32_t line = kr_parse_place(p).line;
    KrSeq body, orelse;
    kr_parse_advance(p);
    KrMark mark = kr_parse_mark(p);
    KrNode *target = kr_parse_star_targets(p);
    if (target == NULL || !kr_parse_accept(p, KR_TOKEN_IN)) {
        if (!p->invalid || p->failed) return NULL;
        kr_parse_reset(p, mark);
        const KrNode *bad = kr_parse_star_expressions(p);
        return bad != NULL ? kr_parse_raise_target(p, KR_TARGETS_FOR, bad) : NULL;
    }
    KrNode *iter = kr_parse_star_expressions(p);
    if (iter == NULL || !kr_parse_suite(p, &body, "'for' statement", line) || !kr_parse_else(p, &orelse)) return NULL;
    KrFor *node = kr_parse_node(p, sizeof *node, is_async ? KR_NODE_ASYNC_FOR : KR_NODE_FOR, start);
    if (node == NULL) return NULL;
    node->target = target;
    node->iter = iter;
    node->body = body;
    node->orelse = orelse;
    return &node->node;
}

// ---- statements ----

static KrNode *parse_async(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    bool direct = kr_parse_is_direct(p);
    kr_parse_advance(p);
    kr_parse_directly(p, direct);
    switch (kr_parse_kind(p)) {
    case KR_TOKEN_DEF: return kr_parse_function(p, true, start, (KrSeq){ NULL, 0 });
    case KR_TOKEN_WITH: return kr_parse_with(p, true, start);
    case KR_TOKEN_FOR: return parse_for(p, true, start);
    default: return NULL;
    }
}

static KrNode *parse_compound(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrSeq none = { NULL, 0 };
    switch (kr_parse_kind(p)) {
    case KR_TOKEN_DEF: return kr_parse_function(p, false, start, none);
    case KR_TOKEN_IF: return parse_if(p);
    case KR_TOKEN_CLASS: return kr_parse_class(p, none);
    case KR_TOKEN_AT: return kr_parse_decorated(p);
    case KR_TOKEN_WITH: return kr_parse_with(p, false, start);
    case KR_TOKEN_FOR: return parse_for(p, false, start);
    case KR_TOKEN_TRY: return kr_parse_try(p);
    case KR_TOKEN_WHILE: return parse_while(p);
    case KR_TOKEN_ASYNC: return parse_async(p);
    case KR_TOKEN_NAME: return kr_parse_at_word(p, "match") ? kr_parse_match(p) : NULL;
    default: return NULL;
    }
}

KrNode *kr_parse_compound(KrParser *p) {
    if (!kr_parse_enter(p)) return NULL;
    KrMark mark = kr_parse_mark(p);
    KrNode *node = parse_compound(p);
    kr_parse_leave(p);
    // Where a statement with a block fails there is nothing else it could be, and its tokens may be gone.
    if (node == NULL && !p->failed && p->at != mark.at && mark.at >= p->base && p->second) kr_parse_reset(p, mark);
    return node;
}

static bool parse_statement(KrParser *p) {
    uint32_t before = p->at;
    KrNode *node = kr_parse_compound(p);
    if (node != NULL) return kr_parse_push(p, node);
    if (p->failed || p->at != before) return false;
    return kr_parse_simple_statements(p);
}

bool kr_parse_statement(KrParser *p) {
    if (!p->second) return parse_statement(p);
    kr_parse_pin(p);
    bool good = parse_statement(p);
    kr_parse_unpin(p);
    return good;
}
