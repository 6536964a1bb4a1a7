// parse_target.c - what can be assigned to or deleted. Targets are parsed as expressions, checked, and marked with their context.
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

bool kr_target_is_single(const KrNode *node) {
    return node->kind == KR_NODE_NAME || node->kind == KR_NODE_ATTRIBUTE || node->kind == KR_NODE_SUBSCRIPT;
}

static bool all_targets(const KrSeq *seq, bool (*check)(const KrNode *)) {
    for (uint32_t i = 0; i < seq->count; i++) {
        if (!check(seq->item[i])) return false;
    }
    return true;
}

bool kr_target_is_star(const KrNode *node) {
    if (node->kind == KR_NODE_TUPLE || node->kind == KR_NODE_LIST) return all_targets(&kr_as_elements(node)->elts, kr_target_is_star);
    if (node->kind != KR_NODE_STARRED) return kr_target_is_single(node);
    const KrNode *value = kr_as_starred(node)->value;
    return value->kind != KR_NODE_STARRED && kr_target_is_star(value);
}

static bool is_del_target(const KrNode *node) {
    if (node->kind == KR_NODE_TUPLE || node->kind == KR_NODE_LIST) return all_targets(&kr_as_elements(node)->elts, is_del_target);
    return kr_target_is_single(node);
}

void kr_target_set(KrNode *node, KrExprContext ctx) {
    node->ctx = ctx & 0xFF;
    if (node->kind == KR_NODE_STARRED) kr_target_set(kr_as_starred(node)->value, ctx);
    if (node->kind != KR_NODE_TUPLE && node->kind != KR_NODE_LIST) return;
    const KrSeq *elts = &kr_as_elements(node)->elts;
    for (uint32_t i = 0; i < elts->count; i++) kr_target_set(elts->item[i], ctx);
}

KrNode *kr_parse_star_target(KrParser *p) {
    KrNode *node = kr_parse_at(p, KR_TOKEN_STAR) ? kr_parse_starred(p, kr_parse_primary) : kr_parse_primary(p);
    if (node == NULL || !kr_target_is_star(node)) return NULL;
    kr_target_set(node, KR_CTX_STORE);
    return node;
}

static bool starts_target(KrParser *p) { return kr_parse_starts_expression(p) || kr_parse_at(p, KR_TOKEN_STAR); }

KrNode *kr_parse_star_targets(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    uint32_t base = p->stack_count;
    KrNode *first = kr_parse_star_target(p);
    if (first == NULL || !kr_parse_at(p, KR_TOKEN_COMMA)) return first;
    if (!kr_parse_push(p, first)) return NULL;
    while (kr_parse_accept(p, KR_TOKEN_COMMA) && starts_target(p)) {
        KrMark mark = kr_parse_mark(p);
        KrNode *next = kr_parse_star_target(p);
        if (next == NULL) {
            if (!p->second || p->failed) return NULL;
            kr_parse_reset(p, mark);
            break;
        }
        if (!kr_parse_push(p, next)) return NULL;
    }
    KrNode *tuple = kr_parse_tuple(p, base, start);
    if (tuple != NULL) tuple->ctx = KR_CTX_STORE;
    return tuple;
}

bool kr_parse_del_targets(KrParser *p, KrSeq *targets) {
    uint32_t base = p->stack_count;
    do {
        if (p->stack_count > base && !kr_parse_starts_expression(p)) break;
        KrNode *node = kr_parse_primary(p);
        if (node == NULL || !is_del_target(node)) return false;
        kr_target_set(node, KR_CTX_DEL);
        if (!kr_parse_push(p, node)) return false;
    } while (kr_parse_accept(p, KR_TOKEN_COMMA));
    return kr_parse_take(p, base, targets);
}
