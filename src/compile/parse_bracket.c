// parse_bracket.c - what stands in ( ), [ ] and { }: groups, tuples, lists, sets, dicts, and the comprehensions of each.
// In the first pass one look at what follows the first item decides; in the second, CPython's alternatives are tried in its order.
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

static KrNode *elements_node(KrParser *p, KrNodeKind kind, uint32_t base, KrPlace start) {
    KrElements *node = kr_parse_node(p, sizeof *node, kind, start);
    if (node == NULL || !kr_parse_take(p, base, &node->elts)) return NULL;
    return &node->node;
}

static KrNode *mark_group(KrNode *node) {
    node->flags |= KR_NODE_PARENTHESES;
    return node;
}

// Goes back for the next alternative; false: an error is known already.
static bool again(KrParser *p, KrMark mark) {
    if (p->failed) return false;
    kr_parse_reset(p, mark);
    return true;
}

// ---- ( ) ----

// The rest of a tuple whose first item has been pushed; a comma is at hand.
static KrNode *tuple_rest(KrParser *p, uint32_t base, KrPlace start) {
    kr_parse_advance(p);
    if (kr_parse_starts_expression(p) || kr_parse_at(p, KR_TOKEN_STAR)) {
        KrMark mark = kr_parse_mark(p);
        if (!kr_parse_star_named_expressions(p)) {
            if (!p->second || !again(p, mark)) return NULL;
        }
    }
    if (!kr_parse_accept(p, KR_TOKEN_RPAR)) return NULL;
    return kr_parse_tuple(p, base, start);
}

static KrNode *parse_parenthesis(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    uint32_t base = p->stack_count;
    kr_parse_advance(p);
    if (kr_parse_accept(p, KR_TOKEN_RPAR)) return elements_node(p, KR_NODE_TUPLE, base, start);
    if (kr_parse_at(p, KR_TOKEN_YIELD)) {
        KrNode *yield = kr_parse_yield(p);
        return yield != NULL && kr_parse_accept(p, KR_TOKEN_RPAR) ? mark_group(yield) : NULL;
    }
    KrNode *first = kr_parse_star_named_expression(p);
    if (first == NULL) return NULL;
    if (kr_parse_at(p, KR_TOKEN_COMMA)) return kr_parse_push(p, first) ? tuple_rest(p, base, start) : NULL;
    if (first->kind == KR_NODE_STARRED) return NULL;
    if (kr_parse_accept(p, KR_TOKEN_RPAR)) return mark_group(first);
    return kr_parse_at_for(p) ? kr_parse_comp(p, KR_NODE_GENERATOR_EXP, first, NULL, KR_TOKEN_RPAR, start) : NULL;
}

static KrNode *try_tuple(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    uint32_t base = p->stack_count;
    kr_parse_advance(p);
    if (kr_parse_accept(p, KR_TOKEN_RPAR)) return elements_node(p, KR_NODE_TUPLE, base, start);
    KrNode *first = kr_parse_star_named_expression(p);
    if (first == NULL || !kr_parse_at(p, KR_TOKEN_COMMA) || !kr_parse_push(p, first)) return NULL;
    return tuple_rest(p, base, start);
}

static KrNode *try_group(KrParser *p) {
    kr_parse_advance(p);
    KrNode *node = kr_parse_at(p, KR_TOKEN_YIELD) ? kr_parse_yield(p) : kr_parse_named_expression(p);
    return node != NULL && kr_parse_accept(p, KR_TOKEN_RPAR) ? mark_group(node) : NULL;
}

KrNode *kr_parse_genexp(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrMark mark = kr_parse_mark(p);
    kr_parse_advance(p);
    KrNode *elt = kr_parse_plain_expression(p);
    KrNode *node = elt != NULL ? kr_parse_comp(p, KR_NODE_GENERATOR_EXP, elt, NULL, KR_TOKEN_RPAR, start) : NULL;
    if (node != NULL || !kr_hints(p) || !again(p, mark)) return node;
    kr_invalid_comprehension(p);
    return NULL;
}

KrNode *kr_parse_parenthesis(KrParser *p) {
    if (!p->second) return parse_parenthesis(p);
    KrMark mark = kr_parse_mark(p);
    KrNode *node = try_tuple(p);
    if (node != NULL || !again(p, mark)) return node;
    node = try_group(p);
    if (node != NULL || !again(p, mark)) return node;
    if (kr_hints(p)) kr_invalid_group(p);
    if (!again(p, mark)) return NULL;
    return kr_parse_genexp(p);
}

// ---- [ ] ----

static KrNode *list_end(KrParser *p, uint32_t base, KrPlace start) {
    return kr_parse_accept(p, KR_TOKEN_RSQB) ? elements_node(p, KR_NODE_LIST, base, start) : NULL;
}

static KrNode *parse_bracket(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    uint32_t base = p->stack_count;
    kr_parse_advance(p);
    if (kr_parse_at(p, KR_TOKEN_RSQB)) return list_end(p, base, start);
    KrNode *first = kr_parse_star_named_expression(p);
    if (first == NULL) return NULL;
    if (first->kind != KR_NODE_STARRED && kr_parse_at_for(p)) {
        return kr_parse_comp(p, KR_NODE_LIST_COMP, first, NULL, KR_TOKEN_RSQB, start);
    }
    return kr_parse_push(p, first) && kr_parse_more_named_expressions(p) ? list_end(p, base, start) : NULL;
}

static KrNode *try_list(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    uint32_t base = p->stack_count;
    kr_parse_advance(p);
    KrMark mark = kr_parse_mark(p);
    if (!kr_parse_star_named_expressions(p) && !again(p, mark)) return NULL;
    return list_end(p, base, start);
}

KrNode *kr_parse_bracket(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrMark mark = kr_parse_mark(p);
    if (!p->second) return parse_bracket(p);
    KrNode *node = try_list(p);
    if (node != NULL || !again(p, mark)) return node;
    kr_parse_advance(p);
    KrNode *elt = kr_parse_named_expression(p);
    if (elt != NULL) node = kr_parse_comp(p, KR_NODE_LIST_COMP, elt, NULL, KR_TOKEN_RSQB, start);
    if (node != NULL || !again(p, mark)) return node;
    if (kr_hints(p)) kr_invalid_comprehension(p);
    return NULL;
}

// As CPython, which looks whether a target could begin here without remembering what it knows: finds mistakes inside.
void kr_parse_display_again(KrParser *p) {
    KrMark mark = kr_parse_mark(p);
    if (kr_parse_at(p, KR_TOKEN_LSQB)) (void)try_list(p);
    if (!kr_parse_at(p, KR_TOKEN_LPAR) || try_tuple(p) != NULL || !again(p, mark)) return;
    (void)kr_parse_genexp(p);
}

// ---- { } ----

// A pair of a dict display: both are pushed, the key as NULL for **value.
static bool push_pair(KrParser *p) {
    KrNode *key = NULL;
    KrNode *value;
    if (kr_parse_accept(p, KR_TOKEN_DOUBLESTAR)) {
        value = kr_parse_bitwise_or(p);
    } else {
        key = kr_parse_expression(p);
        value = key != NULL && kr_parse_accept(p, KR_TOKEN_COLON) ? kr_parse_expression(p) : NULL;
    }
    return value != NULL && kr_parse_push(p, key) && kr_parse_push(p, value);
}

static bool push_pairs(KrParser *p) {
    do {
        KrMark mark = kr_parse_mark(p);
        if (!kr_parse_starts_expression(p) && !kr_parse_at(p, KR_TOKEN_DOUBLESTAR)) return !p->failed;
        if (!push_pair(p)) return p->second && again(p, mark);
    } while (kr_parse_accept(p, KR_TOKEN_COMMA));
    return !p->failed;
}

// The pairs lie on the stack as key, value, key, value…
static KrNode *dict_node(KrParser *p, uint32_t base, KrPlace start) {
    uint32_t count = (p->stack_count - base) / 2;
    KrDict *node = kr_parse_node(p, sizeof *node, KR_NODE_DICT, start);
    if (node == NULL) return NULL;
    for (uint32_t half = 0; half < 2; half++) {
        KrSeq *seq = half == 0 ? &node->keys : &node->values;
        seq->item = kr_arena_alloc(p->options.tree, (size_t)count * sizeof *seq->item);
        if (seq->item == NULL) return kr_parse_raise_memory(p);
        seq->count = count;
        for (uint32_t i = 0; i < count; i++) seq->item[i] = p->stack[base + 2 * i + half];
    }
    p->stack_count = base;
    return &node->node;
}

static KrNode *dict_end(KrParser *p, uint32_t base, KrPlace start) {
    return kr_parse_accept(p, KR_TOKEN_RBRACE) ? dict_node(p, base, start) : NULL;
}

// The first key and its colon have been read.
static KrNode *dict_from_key(KrParser *p, KrNode *key, KrPlace start) {
    uint32_t base = p->stack_count;
    KrNode *value = kr_parse_expression(p);
    if (value == NULL) return NULL;
    if (kr_parse_at_for(p)) return kr_parse_comp(p, KR_NODE_DICT_COMP, key, value, KR_TOKEN_RBRACE, start);
    if (!kr_parse_push(p, key) || !kr_parse_push(p, value)) return NULL;
    if (kr_parse_accept(p, KR_TOKEN_COMMA) && !push_pairs(p)) return NULL;
    return dict_end(p, base, start);
}

static KrNode *parse_brace(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    uint32_t base = p->stack_count;
    kr_parse_advance(p);
    if (kr_parse_at(p, KR_TOKEN_RBRACE)) return dict_end(p, base, start);
    if (kr_parse_at(p, KR_TOKEN_DOUBLESTAR)) return push_pairs(p) ? dict_end(p, base, start) : NULL;
    KrNode *first = kr_parse_star_named_expression(p);
    if (first == NULL) return NULL;
    if (first->kind != KR_NODE_STARRED) {
        bool key = first->kind != KR_NODE_NAMED_EXPR || (first->flags & KR_NODE_PARENTHESES) != 0;
        if (key && kr_parse_accept(p, KR_TOKEN_COLON)) return dict_from_key(p, first, start);
        if (kr_parse_at_for(p)) return kr_parse_comp(p, KR_NODE_SET_COMP, first, NULL, KR_TOKEN_RBRACE, start);
    }
    if (!kr_parse_push(p, first) || !kr_parse_more_named_expressions(p) || !kr_parse_accept(p, KR_TOKEN_RBRACE)) return NULL;
    return elements_node(p, KR_NODE_SET, base, start);
}

static KrNode *try_dict(KrParser *p, KrPlace start, KrMark mark) {
    uint32_t base = p->stack_count;
    kr_parse_advance(p);
    KrNode *node = push_pairs(p) ? dict_end(p, base, start) : NULL;
    if (node != NULL || !again(p, mark)) return node;
    kr_parse_advance(p);
    kr_invalid_dict_pairs(p); // CPython looks for these in its first pass as well
    return NULL;
}

static KrNode *try_set(KrParser *p, KrPlace start) {
    uint32_t base = p->stack_count;
    kr_parse_advance(p);
    if (!kr_parse_star_named_expressions(p) || !kr_parse_accept(p, KR_TOKEN_RBRACE)) return NULL;
    return elements_node(p, KR_NODE_SET, base, start);
}

static KrNode *try_dict_comp(KrParser *p, KrPlace start, KrMark mark) {
    kr_parse_advance(p);
    KrNode *node = NULL;
    KrNode *key = kr_parse_expression(p);
    KrNode *value = key != NULL && kr_parse_accept(p, KR_TOKEN_COLON) ? kr_parse_expression(p) : NULL;
    if (value != NULL) node = kr_parse_comp(p, KR_NODE_DICT_COMP, key, value, KR_TOKEN_RBRACE, start);
    if (node != NULL || !kr_hints(p) || !again(p, mark)) return node;
    kr_invalid_dict_comprehension(p);
    return NULL;
}

static KrNode *try_set_comp(KrParser *p, KrPlace start, KrMark mark) {
    kr_parse_advance(p);
    KrNode *elt = kr_parse_named_expression(p);
    KrNode *node = elt != NULL ? kr_parse_comp(p, KR_NODE_SET_COMP, elt, NULL, KR_TOKEN_RBRACE, start) : NULL;
    if (node != NULL || !kr_hints(p) || !again(p, mark)) return node;
    kr_invalid_comprehension(p);
    return NULL;
}

KrNode *kr_parse_brace(KrParser *p) {
    if (!p->second) return parse_brace(p);
    KrPlace start = kr_parse_place(p);
    KrMark mark = kr_parse_mark(p);
    KrNode *node = try_dict(p, start, mark);
    if (node != NULL || !again(p, mark)) return node;
    node = try_set(p, start);
    if (node != NULL || !again(p, mark)) return node;
    node = try_dict_comp(p, start, mark);
    if (node != NULL || !again(p, mark)) return node;
    return try_set_comp(p, start, mark);
}
