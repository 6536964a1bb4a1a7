// parse_with.c - with statements, whose items may stand in parentheses that could also belong to the first expression.
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

static KrNode *item_node(KrParser *p, KrNode *expr, KrNode *vars) {
    KrWithItem *node = kr_parse_node(p, sizeof *node, KR_NODE_WITH_ITEM, (KrPlace){ 0, 0 });
    if (node == NULL) return NULL;
    node->node.end_line = node->node.end_col = 0;
    node->context_expr = expr;
    node->optional_vars = vars;
    return &node->node;
}

static bool at_item_end(KrParser *p) {
    return kr_parse_at(p, KR_TOKEN_COMMA) || kr_parse_at(p, KR_TOKEN_RPAR) || kr_parse_at(p, KR_TOKEN_COLON);
}

// expression ["as" target]
static KrNode *parse_item(KrParser *p) {
    KrNode *expr = kr_parse_expression(p);
    if (expr == NULL || !kr_parse_at(p, KR_TOKEN_AS)) return expr != NULL ? item_node(p, expr, NULL) : NULL;
    KrMark mark = kr_parse_mark(p);
    kr_parse_advance(p);
    KrMark target_mark = kr_parse_mark(p);
    KrNode *target = kr_parse_star_target(p);
    if (target != NULL && at_item_end(p)) return item_node(p, expr, target);
    if (!p->second || p->failed) return NULL;
    kr_parse_reset(p, target_mark);
    if (p->invalid) {
        const KrNode *bad = kr_parse_expression(p);
        if (bad != NULL && at_item_end(p)) kr_parse_raise_target(p, KR_TARGETS_STAR, bad);
        if (p->failed) return NULL;
    }
    kr_parse_reset(p, mark);
    return item_node(p, expr, NULL);
}

// Items with commas between them, pushed. With parentheses, a comma may end them.
static bool push_items(KrParser *p, bool parenthesized) {
    do {
        if (parenthesized && kr_parse_at(p, KR_TOKEN_RPAR)) return true;
        KrMark mark = kr_parse_mark(p);
        KrNode *item = parse_item(p);
        if (item == NULL) {
            if (p->second && !p->failed) kr_parse_reset(p, mark);
            return false;
        }
        if (!kr_parse_push(p, item)) return false;
    } while (kr_parse_accept(p, KR_TOKEN_COMMA));
    return true;
}

static bool parenthesized_items(KrParser *p) {
    kr_parse_advance(p);
    if (kr_parse_at(p, KR_TOKEN_RPAR) || !push_items(p, true)) return false;
    return kr_parse_accept(p, KR_TOKEN_RPAR);
}

// A line that ends after the items: the colon is missing. Here, what follows an item does not matter.
static void missing_colon(KrParser *p, bool parenthesized) {
    if (parenthesized && !kr_parse_accept(p, KR_TOKEN_LPAR)) return;
    do {
        if (parenthesized && kr_parse_at(p, KR_TOKEN_RPAR)) break;
        if ((parenthesized ? kr_parse_expressions(p) : kr_parse_expression(p)) == NULL) return;
        KrMark mark = kr_parse_mark(p);
        if (kr_parse_accept(p, KR_TOKEN_AS) && kr_parse_star_target(p) == NULL) {
            if (p->failed) return;
            kr_parse_reset(p, mark);
        }
    } while (kr_parse_accept(p, KR_TOKEN_COMMA));
    if (parenthesized && !kr_parse_accept(p, KR_TOKEN_RPAR)) return;
    if (kr_parse_at(p, KR_TOKEN_NEWLINE)) kr_parse_raise_last(p, "expected ':'");
}

// The items up to the colon, which is not taken.
static bool parse_items(KrParser *p) {
    KrMark mark = kr_parse_mark(p);
    bool good = false;
    kr_parse_pin(p);
    if (kr_parse_at(p, KR_TOKEN_LPAR)) {
        good = parenthesized_items(p) && kr_parse_at(p, KR_TOKEN_COLON);
        if (!good && !p->failed) kr_parse_reset(p, mark);
    }
    if (!good && !p->failed) good = push_items(p, false) && (!p->invalid || kr_parse_at(p, KR_TOKEN_COLON));
    for (int form = 0; form < 2 && !good && p->invalid && !p->failed; form++) {
        kr_parse_reset(p, mark);
        missing_colon(p, form == 1);
    }
    kr_parse_unpin(p);
    return good;
}

KrNode *kr_parse_with(KrParser *p, bool is_async, KrPlace start) {
    int32_t line = kr_parse_place(p).line;
    uint32_t base = p->stack_count;
    KrSeq items, body;
    kr_parse_advance(p);
    if (!parse_items(p) || !kr_parse_take(p, base, &items)) return NULL;
    if (!kr_parse_suite(p, &body, "'with' statement", line)) return NULL;
    KrWith *node = kr_parse_node(p, sizeof *node, is_async ? KR_NODE_ASYNC_WITH : KR_NODE_WITH, start);
    if (node == NULL) return NULL;
    node->items = items;
    node->body = body;
    return &node->node;
}
