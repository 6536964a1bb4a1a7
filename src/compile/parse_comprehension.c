// parse_comprehension.c - the for and if clauses of comprehensions.
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

bool kr_parse_at_for(KrParser *p) {
    return kr_parse_at(p, KR_TOKEN_FOR) || (kr_parse_at(p, KR_TOKEN_ASYNC) && kr_parse_kind_after(p) == KR_TOKEN_FOR);
}

static bool push_conditions(KrParser *p) {
    while (kr_parse_at(p, KR_TOKEN_IF)) {
        KrMark mark = kr_parse_mark(p);
        kr_parse_advance(p);
        KrNode *test = kr_parse_disjunction(p);
        if (test == NULL) {
            if (!p->second || p->failed) return false;
            kr_parse_reset(p, mark);
            return true;
        }
        if (!kr_parse_push(p, test)) return false;
    }
    return !p->failed;
}

static KrNode *parse_clause(KrParser *p) {
    KrMark mark = kr_parse_mark(p);
    bool is_async = kr_parse_accept(p, KR_TOKEN_ASYNC);
    kr_parse_advance(p);
    KrNode *target = kr_parse_star_targets(p);
    if (target == NULL || !kr_parse_accept(p, KR_TOKEN_IN)) {
        if (!p->second || p->failed) return NULL;
        kr_parse_reset(p, mark);
        kr_invalid_for_clause(p);
        return NULL;
    }
    KrNode *iter = kr_parse_disjunction(p);
    uint32_t base = p->stack_count;
    if (iter == NULL || !push_conditions(p)) return NULL;
    KrComprehension *node = kr_parse_node(p, sizeof *node, KR_NODE_COMPREHENSION, (KrPlace){ 0, 0 });
    if (node == NULL) return NULL;
    node->node.end_line = node->node.end_col = 0;
    if (is_async) node->node.flags = KR_NODE_ASYNC;
    node->target = target;
    node->iter = iter;
    return kr_parse_take(p, base, &node->ifs) ? &node->node : NULL;
}

bool kr_parse_for_clauses(KrParser *p, KrSeq *clauses) {
    uint32_t base = p->stack_count;
    while (kr_parse_at_for(p)) {
        KrMark mark = kr_parse_mark(p);
        KrNode *clause = parse_clause(p);
        if (clause == NULL) {
            if (!p->second || p->failed) return false;
            kr_parse_reset(p, mark);
            break;
        }
        if (!kr_parse_push(p, clause)) return false;
    }
    return p->stack_count > base && kr_parse_take(p, base, clauses);
}

KrNode *kr_parse_comp(KrParser *p, KrNodeKind kind, KrNode *elt, KrNode *value, KrTokenKind close, KrPlace start) {
    KrSeq clauses;
    if (!kr_parse_for_clauses(p, &clauses) || !kr_parse_accept(p, close)) return NULL;
    KrComp *node = kr_parse_node(p, sizeof *node, kind, start);
    if (node == NULL) return NULL;
    node->elt = elt;
    node->value = value;
    node->generators = clauses;
    return &node->node;
}
