// parse_primary.c - atoms, and the attributes, calls and subscripts that follow them.
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

static KrNode *parse_keyword_constant(KrParser *p, KrConstantKind kind) {
    KrPlace start = kr_parse_place(p);
    kr_parse_advance(p);
    return kr_parse_constant(p, kind, start);
}

KrNode *kr_parse_atom(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    switch (kr_parse_kind(p)) {
    case KR_TOKEN_NAME: {
        const KrName *name = kr_parse_name(p);
        return kr_parse_name_node(p, name, start);
    }
    case KR_TOKEN_TRUE: return parse_keyword_constant(p, KR_CONSTANT_TRUE);
    case KR_TOKEN_FALSE: return parse_keyword_constant(p, KR_CONSTANT_FALSE);
    case KR_TOKEN_NONE: return parse_keyword_constant(p, KR_CONSTANT_NONE);
    case KR_TOKEN_ELLIPSIS: return parse_keyword_constant(p, KR_CONSTANT_ELLIPSIS);
    case KR_TOKEN_STRING:
    case KR_TOKEN_FSTRING_START: return kr_parse_strings(p);
    case KR_TOKEN_NUMBER: return kr_parse_number(p);
    case KR_TOKEN_LPAR: return kr_parse_parenthesis(p);
    case KR_TOKEN_LSQB: return kr_parse_bracket(p);
    case KR_TOKEN_LBRACE: return kr_parse_brace(p);
    default: return NULL;
    }
}

// ---- subscripts ----

// An optional part of a slice. False: failed.
static bool parse_bound(KrParser *p, KrNode **bound) {
    *bound = NULL;
    if (!kr_parse_starts_expression(p)) return !p->failed;
    KrMark mark = kr_parse_mark(p);
    *bound = kr_parse_expression(p);
    if (*bound != NULL) return true;
    if (!p->second || p->failed) return false;
    kr_parse_reset(p, mark);
    return true;
}

// From the first colon on.
static KrNode *parse_slice_rest(KrParser *p, KrNode *lower, KrPlace start) {
    KrNode *upper;
    KrNode *step = NULL;
    kr_parse_advance(p);
    if (!parse_bound(p, &upper)) return NULL;
    if (kr_parse_accept(p, KR_TOKEN_COLON) && !parse_bound(p, &step)) return NULL;
    KrSlice *node = kr_parse_node(p, sizeof *node, KR_NODE_SLICE, start);
    if (node == NULL) return NULL;
    node->lower = lower;
    node->upper = upper;
    node->step = step;
    return &node->node;
}

static KrNode *parse_slice(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrMark mark = kr_parse_mark(p);
    if (kr_parse_at(p, KR_TOKEN_COLON)) return parse_slice_rest(p, NULL, start);
    if (kr_parse_at(p, KR_TOKEN_STAR)) return kr_parse_starred_expression(p);
    if (kr_parse_at(p, KR_TOKEN_NAME) && kr_parse_kind_after(p) == KR_TOKEN_COLONEQUAL) return kr_parse_assignment_expression(p);
    KrNode *lower = kr_parse_expression(p);
    if (lower != NULL && kr_parse_at(p, KR_TOKEN_COLON)) return parse_slice_rest(p, lower, start);
    if (!p->second || p->failed) return lower != NULL && kr_parse_at(p, KR_TOKEN_COLONEQUAL) ? NULL : lower;
    kr_parse_reset(p, mark);
    return kr_parse_named_expression(p);
}

static bool starts_slice(KrParser *p) {
    return kr_parse_starts_expression(p) || kr_parse_at(p, KR_TOKEN_COLON) || kr_parse_at(p, KR_TOKEN_STAR);
}

KrNode *kr_parse_slices(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    uint32_t base = p->stack_count;
    KrNode *first = parse_slice(p);
    if (first == NULL) return NULL;
    if (first->kind != KR_NODE_STARRED && !kr_parse_at(p, KR_TOKEN_COMMA)) return first;
    if (!kr_parse_push(p, first)) return NULL;
    while (kr_parse_accept(p, KR_TOKEN_COMMA) && starts_slice(p)) {
        KrNode *next = parse_slice(p);
        if (next == NULL || !kr_parse_push(p, next)) return NULL;
    }
    return kr_parse_tuple(p, base, start);
}

static KrNode *parse_subscript(KrParser *p, KrNode *value) {
    kr_parse_advance(p);
    KrNode *slice = kr_parse_slices(p);
    if (slice == NULL || !kr_parse_accept(p, KR_TOKEN_RSQB)) return NULL;
    KrSubscript *node = kr_parse_node(p, sizeof *node, KR_NODE_SUBSCRIPT, kr_node_place(value));
    if (node == NULL) return NULL;
    node->value = value;
    node->slice = slice;
    return &node->node;
}

// ---- primary ----

static KrNode *parse_attribute(KrParser *p, KrNode *value) {
    kr_parse_advance(p);
    const KrName *attr = kr_parse_name(p);
    if (attr == NULL) return NULL;
    KrAttribute *node = kr_parse_node(p, sizeof *node, KR_NODE_ATTRIBUTE, kr_node_place(value));
    if (node == NULL) return NULL;
    node->value = value;
    node->attr = attr;
    return &node->node;
}

// One trailer; value itself when none follows. A group begins before its expression does, so positions need care.
static KR_NOINLINE KrNode *parse_trailer(KrParser *p, KrNode *value, KrPlace start) {
    KrNode *node;
    if (kr_hints(p) && (kr_parse_at(p, KR_TOKEN_LSQB) || kr_parse_at(p, KR_TOKEN_LBRACE))) {
        // CPython looks for a generator expression first, and for mistakes in one even where the bracket is another.
        KrMark mark = kr_parse_mark(p);
        kr_invalid_comprehension(p);
        if (p->failed) return NULL;
        kr_parse_reset(p, mark);
    }
    switch (kr_parse_kind(p)) {
    case KR_TOKEN_DOT: node = parse_attribute(p, value); break;
    case KR_TOKEN_LPAR: node = kr_parse_call(p, value); break;
    case KR_TOKEN_LSQB: node = parse_subscript(p, value); break;
    default: return value;
    }
    if (node == NULL) return NULL;
    node->line = (uint32_t)start.line & KR_PLACE_MASK;
    node->col = (uint32_t)start.col & KR_PLACE_MASK;
    return node;
}

static KrNode *parse_trailers(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrNode *value = kr_parse_atom(p);
    while (value != NULL) {
        KrMark mark = kr_parse_mark(p);
        KrNode *next = parse_trailer(p, value, start);
        if (next == value) break;
        if (next == NULL && (!p->second || p->failed)) return NULL;
        if (next == NULL) {
            kr_parse_reset(p, mark);
            break;
        }
        value = next;
    }
    return value;
}

KrNode *kr_parse_primary(KrParser *p) {
    KrNode *node;
    if (kr_memo_find(p, KR_MEMO_PRIMARY, &node)) return node;
    uint32_t at = p->at;
    uint32_t base = p->stack_count;
    node = parse_trailers(p);
    if (node == NULL) p->stack_count = base;
    return kr_memo_keep(p, KR_MEMO_PRIMARY, at, node);
}
