// parse_match.c - match statements. `match` and `case` are words that mean something only here, so the statement is tried first and
// given back when it turns out to be an expression.
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

static KrNode *parse_subject(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    uint32_t base = p->stack_count;
    KrNode *first = kr_parse_star_named_expression(p);
    if (first == NULL || !kr_parse_at(p, KR_TOKEN_COMMA)) return first == NULL || first->kind != KR_NODE_STARRED ? first : NULL;
    if (!kr_parse_push(p, first)) return NULL;
    kr_parse_advance(p);
    if ((kr_parse_starts_expression(p) || kr_parse_at(p, KR_TOKEN_STAR)) && !kr_parse_star_named_expressions(p)) return NULL;
    return kr_parse_tuple(p, base, start);
}

static KrNode *parse_case(KrParser *p) {
    int32_t line = kr_parse_place(p).line;
    KrNode *guard = NULL;
    KrSeq body;
    kr_parse_advance(p);
    KrNode *pattern = kr_parse_patterns(p);
    if (pattern == NULL) return NULL;
    if (kr_parse_accept(p, KR_TOKEN_IF)) {
        guard = kr_parse_named_expression(p);
        if (guard == NULL) return NULL;
    }
    if (!kr_parse_suite(p, &body, "'case' statement", line)) return NULL;
    KrMatchCase *node = kr_parse_node(p, sizeof *node, KR_NODE_MATCH_CASE, (KrPlace){ 0, 0 });
    if (node == NULL) return NULL;
    node->node.end_line = node->node.end_col = 0;
    node->pattern = pattern;
    node->guard = guard;
    node->body = body;
    return &node->node;
}

// "match" subject ":" NEWLINE INDENT, or NULL.
static KrNode *parse_head(KrParser *p) {
    KrStatementStart start = kr_parse_statement_start(p);
    int32_t line = kr_parse_place(p).line;
    kr_parse_advance(p);
    if (!kr_parse_starts_expression(p) && !kr_parse_at(p, KR_TOKEN_STAR)) return NULL;
    KrNode *subject = parse_subject(p);
    if (subject == NULL) return NULL;
    if (p->invalid && kr_parse_at(p, KR_TOKEN_NEWLINE)) return kr_parse_raise_last(p, "expected ':'");
    if (kr_parse_at(p, KR_TOKEN_NEWLINE)) kr_parse_suspect(p, start, kr_parse_match);
    if (!kr_parse_accept(p, KR_TOKEN_COLON) || !kr_parse_accept(p, KR_TOKEN_NEWLINE)) return NULL;
    if (kr_parse_accept(p, KR_TOKEN_INDENT)) return subject;
    if (!p->invalid || p->failed) return NULL;
    return kr_parse_raise(p, KR_SYNTAX_INDENTATION, kr_parse_span_last(p), "expected an indented block after 'match' statement on line %d",
                          (int)line);
}

static bool push_cases(KrParser *p) {
    uint32_t pins = p->pins;
    bool good = kr_parse_at_word(p, "case");
    while (good && kr_parse_at_word(p, "case")) {
        p->pins = p->second ? 1 : 0;
        KrNode *node = parse_case(p);
        good = node != NULL && kr_parse_push(p, node);
    }
    p->pins = pins;
    return good && kr_parse_accept(p, KR_TOKEN_DEDENT);
}

KrNode *kr_parse_match(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrMark mark = kr_parse_mark(p);
    kr_parse_pin(p);
    KrNode *subject = parse_head(p);
    if (subject == NULL && !p->failed) kr_parse_reset(p, mark);
    kr_parse_unpin(p);
    if (subject == NULL) return NULL;
    uint32_t base = p->stack_count;
    KrSeq cases;
    if (!push_cases(p) || !kr_parse_take(p, base, &cases)) return NULL;
    KrMatch *node = kr_parse_node(p, sizeof *node, KR_NODE_MATCH, start);
    if (node == NULL) return NULL;
    node->subject = subject;
    node->cases = cases;
    return &node->node;
}
