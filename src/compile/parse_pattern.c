// parse_pattern.c - the patterns of match statements (PEP 634).
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

static KrNode *parse_pattern(KrParser *p);

// ---- names ----

static bool follows_name(KrParser *p) {
    return kr_parse_at(p, KR_TOKEN_DOT) || kr_parse_at(p, KR_TOKEN_LPAR) || kr_parse_at(p, KR_TOKEN_EQUAL);
}

// The name that a pattern binds; never _.
static const KrName *parse_capture(KrParser *p) {
    if (kr_parse_at_word(p, "_")) return NULL;
    const KrName *name = kr_parse_name(p);
    return name != NULL && !follows_name(p) ? name : NULL;
}

static KrNode *as_node(KrParser *p, KrNode *pattern, const KrName *name, KrPlace start) {
    KrMatchAs *node = kr_parse_node(p, sizeof *node, KR_NODE_MATCH_AS, start);
    if (node == NULL) return NULL;
    node->pattern = pattern;
    node->name = name;
    return &node->node;
}

static KrNode *value_node(KrParser *p, KrNodeKind kind, KrNode *value, KrPlace start) {
    if (value == NULL) return NULL;
    KrMatchValue *node = kr_parse_node(p, sizeof *node, kind, start);
    if (node == NULL) return NULL;
    node->value = value;
    return &node->node;
}

// NAME ("." NAME)*
static KrNode *parse_dotted(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    const KrName *name = kr_parse_name(p);
    KrNode *node = kr_parse_name_node(p, name, start);
    while (node != NULL && kr_parse_accept(p, KR_TOKEN_DOT)) {
        name = kr_parse_name(p);
        if (name == NULL) return NULL;
        KrAttribute *attribute = kr_parse_node(p, sizeof *attribute, KR_NODE_ATTRIBUTE, start);
        if (attribute == NULL) return NULL;
        attribute->value = node;
        attribute->attr = name;
        node = &attribute->node;
    }
    return node;
}

// ---- literals ----

static KrNode *parse_signed(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    bool minus = kr_parse_accept(p, KR_TOKEN_MINUS);
    if (!kr_parse_at(p, KR_TOKEN_NUMBER)) return NULL;
    KrNode *number = kr_parse_number(p);
    if (number == NULL || !minus) return number;
    KrUnaryOp *node = kr_parse_node(p, sizeof *node, KR_NODE_UNARY_OP, start);
    if (node == NULL) return NULL;
    node->node.op = KR_UNARY_SUB;
    node->operand = number;
    return &node->node;
}

// A number, with a sign; or real ± imaginary.
static KrNode *parse_number(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrNode *real = parse_signed(p);
    if (real == NULL || (!kr_parse_at(p, KR_TOKEN_PLUS) && !kr_parse_at(p, KR_TOKEN_MINUS))) return real;
    const KrNode *digits = real->kind == KR_NODE_UNARY_OP ? kr_as_unary_op(real)->operand : real;
    if (digits->op == KR_CONSTANT_IMAGINARY) {
        return kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_node(digits), "real number required in complex literal");
    }
    bool minus = kr_parse_at(p, KR_TOKEN_MINUS);
    kr_parse_advance(p);
    if (!kr_parse_at(p, KR_TOKEN_NUMBER)) return NULL;
    KrNode *imaginary = kr_parse_number(p);
    if (imaginary == NULL) return NULL;
    if (imaginary->op != KR_CONSTANT_IMAGINARY) {
        return kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_node(imaginary), "imaginary number required in complex literal");
    }
    KrBinOp *node = kr_parse_node(p, sizeof *node, KR_NODE_BIN_OP, start);
    if (node == NULL) return NULL;
    node->node.op = minus ? KR_BIN_SUB : KR_BIN_ADD;
    node->left = real;
    node->right = imaginary;
    return &node->node;
}

// A literal as an expression; NULL if there is none.
static KrNode *parse_literal(KrParser *p) {
    switch (kr_parse_kind(p)) {
    case KR_TOKEN_NUMBER:
    case KR_TOKEN_MINUS: return parse_number(p);
    case KR_TOKEN_STRING:
    case KR_TOKEN_FSTRING_START: return kr_parse_strings(p);
    case KR_TOKEN_NONE:
    case KR_TOKEN_TRUE:
    case KR_TOKEN_FALSE: return kr_parse_atom(p);
    default: return NULL;
    }
}

// ---- sequences ----

static KrNode *parse_star(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    kr_parse_advance(p);
    const KrName *name = NULL;
    if (kr_parse_at_word(p, "_")) {
        kr_parse_advance(p);
    } else {
        name = parse_capture(p);
        if (name == NULL) return NULL;
    }
    KrMatchStar *node = kr_parse_node(p, sizeof *node, KR_NODE_MATCH_STAR, start);
    if (node == NULL) return NULL;
    node->name = name;
    return &node->node;
}

static KrNode *parse_maybe_star(KrParser *p) { return kr_parse_at(p, KR_TOKEN_STAR) ? parse_star(p) : parse_pattern(p); }

static bool ends_patterns(KrParser *p) {
    switch (kr_parse_kind(p)) {
    case KR_TOKEN_RPAR:
    case KR_TOKEN_RSQB:
    case KR_TOKEN_RBRACE:
    case KR_TOKEN_COLON:
    case KR_TOKEN_NEWLINE:
    case KR_TOKEN_IF: return true;
    default: return false;
    }
}

// Patterns with commas between them, as items of a sequence. Pushes them.
static bool push_patterns(KrParser *p) {
    do {
        if (ends_patterns(p)) return true;
        KrNode *node = parse_maybe_star(p);
        if (node == NULL || !kr_parse_push(p, node)) return false;
    } while (kr_parse_accept(p, KR_TOKEN_COMMA));
    return !p->failed;
}

static KrNode *sequence_node(KrParser *p, KrNodeKind kind, uint32_t base, KrPlace start) {
    KrMatchSequence *node = kr_parse_node(p, sizeof *node, kind, start);
    if (node == NULL || !kr_parse_take(p, base, &node->patterns)) return NULL;
    return &node->node;
}

static KrNode *parse_list(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    uint32_t base = p->stack_count;
    kr_parse_advance(p);
    if (!push_patterns(p) || !kr_parse_accept(p, KR_TOKEN_RSQB)) return NULL;
    return sequence_node(p, KR_NODE_MATCH_SEQUENCE, base, start);
}

// A group, or a sequence when there is a comma, a star or nothing.
static KrNode *parse_parenthesis(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    uint32_t base = p->stack_count;
    kr_parse_advance(p);
    if (!kr_parse_at(p, KR_TOKEN_RPAR)) {
        KrNode *first = parse_maybe_star(p);
        if (first == NULL) return NULL;
        if (first->kind != KR_NODE_MATCH_STAR && kr_parse_accept(p, KR_TOKEN_RPAR)) return first;
        if (!kr_parse_push(p, first) || !kr_parse_accept(p, KR_TOKEN_COMMA) || !push_patterns(p)) return NULL;
    }
    return kr_parse_accept(p, KR_TOKEN_RPAR) ? sequence_node(p, KR_NODE_MATCH_SEQUENCE, base, start) : NULL;
}

// ---- mappings ----

// key: pattern; both are pushed.
static bool push_item(KrParser *p) {
    KrNode *key = NULL;
    if (kr_parse_at(p, KR_TOKEN_NAME)) {
        key = parse_dotted(p);
        if (key != NULL && key->kind == KR_NODE_NAME) return false;
    } else {
        key = parse_literal(p);
    }
    if (key == NULL || !kr_parse_accept(p, KR_TOKEN_COLON)) return false;
    KrNode *pattern = parse_pattern(p);
    return pattern != NULL && kr_parse_push(p, key) && kr_parse_push(p, pattern);
}

static KrNode *mapping_node(KrParser *p, uint32_t base, const KrName *rest, KrPlace start) {
    uint32_t count = (p->stack_count - base) / 2;
    KrMatchMapping *node = kr_parse_node(p, sizeof *node, KR_NODE_MATCH_MAPPING, start);
    if (node == NULL) return NULL;
    for (uint32_t half = 0; half < 2; half++) {
        KrSeq *seq = half == 0 ? &node->keys : &node->patterns;
        seq->item = kr_arena_alloc(p->options.tree, (size_t)count * sizeof *seq->item);
        if (seq->item == NULL) return kr_parse_raise_memory(p);
        seq->count = count;
        for (uint32_t i = 0; i < count; i++) seq->item[i] = p->stack[base + 2 * i + half];
    }
    p->stack_count = base;
    node->rest = rest;
    return &node->node;
}

static KrNode *parse_mapping(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    uint32_t base = p->stack_count;
    const KrName *rest = NULL;
    kr_parse_advance(p);
    do {
        if (kr_parse_at(p, KR_TOKEN_RBRACE)) break;
        if (kr_parse_accept(p, KR_TOKEN_DOUBLESTAR)) {
            rest = parse_capture(p);
            if (rest == NULL) return NULL;
            kr_parse_accept(p, KR_TOKEN_COMMA);
            break;
        }
        if (!push_item(p)) return NULL;
    } while (kr_parse_accept(p, KR_TOKEN_COMMA));
    return kr_parse_accept(p, KR_TOKEN_RBRACE) ? mapping_node(p, base, rest, start) : NULL;
}

// ---- classes ----

// Keyword patterns lie on the stack as name, pattern, name, pattern…
static bool take_keywords(KrParser *p, uint32_t base, KrMatchClass *node) {
    uint32_t count = (p->stack_count - base) / 2;
    const KrName **names = kr_arena_alloc(p->options.tree, (size_t)count * sizeof *names);
    if (names == NULL) {
        kr_parse_raise_memory(p);
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        names[i] = (const KrName *)(const void *)p->stack[base + 2 * i];
        p->stack[base + i] = p->stack[base + 2 * i + 1];
    }
    p->stack_count = base + count;
    node->kwd_attrs = (KrNameSeq){ names, count };
    return kr_parse_take(p, base, &node->kwd_patterns);
}

static bool at_keyword(KrParser *p) { return kr_parse_at(p, KR_TOKEN_NAME) && kr_parse_kind_after(p) == KR_TOKEN_EQUAL; }

// A(b=1, 2): the positional patterns are at hand.
static void invalid_positional(KrParser *p) {
    const KrNode *first = NULL;
    const KrNode *last = NULL;
    do {
        KrMark mark = kr_parse_mark(p);
        KrNode *node = at_keyword(p) ? NULL : parse_pattern(p);
        if (node == NULL) {
            if (p->failed) return;
            kr_parse_reset(p, mark);
            break;
        }
        if (first == NULL) first = node;
        last = node;
    } while (kr_parse_accept(p, KR_TOKEN_COMMA));
    if (first == NULL) return;
    kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_nodes(first, last), "positional patterns follow keyword patterns");
}

static bool push_keyword_pattern(KrParser *p) {
    const KrName *name = kr_parse_name(p);
    kr_parse_advance(p);
    KrNode *pattern = parse_pattern(p);
    return pattern != NULL && kr_parse_push(p, (KrNode *)(uintptr_t)name) && kr_parse_push(p, pattern);
}

static bool parse_class_arguments(KrParser *p, KrMatchClass *node) {
    uint32_t base = p->stack_count;
    bool keywords = false, positional = false;
    kr_parse_advance(p);
    do {
        if (kr_parse_at(p, KR_TOKEN_RPAR)) break;
        if (at_keyword(p)) {
            if (!keywords && positional && kr_parse_at_word(p, "_")) { // taken for a wildcard
                kr_parse_advance(p);
                return false;
            }
            if (!keywords && !kr_parse_take(p, base, &node->patterns)) return false;
            keywords = true;
            if (!push_keyword_pattern(p)) return false;
        } else {
            if (keywords && p->invalid) invalid_positional(p);
            KrNode *pattern = keywords ? NULL : parse_pattern(p);
            if (pattern == NULL || !kr_parse_push(p, pattern)) return false;
            positional = true;
        }
    } while (kr_parse_accept(p, KR_TOKEN_COMMA));
    if (!kr_parse_accept(p, KR_TOKEN_RPAR)) return false;
    return keywords ? take_keywords(p, base, node) : kr_parse_take(p, base, &node->patterns);
}

static KrNode *parse_class(KrParser *p, KrNode *cls, KrPlace start) {
    KrMatchClass parts = { .cls = cls };
    if (!parse_class_arguments(p, &parts)) return NULL;
    KrMatchClass *node = kr_parse_node(p, sizeof *node, KR_NODE_MATCH_CLASS, start);
    if (node == NULL) return NULL;
    parts.node = node->node;
    *node = parts;
    return &node->node;
}

// ---- patterns ----

// A capture, the wildcard, a dotted value or a class.
static KrNode *parse_name_pattern(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    if (kr_parse_at_word(p, "_")) {
        kr_parse_advance(p);
        return as_node(p, NULL, NULL, start);
    }
    KrNode *node = parse_dotted(p);
    if (node == NULL) return NULL;
    if (kr_parse_at(p, KR_TOKEN_LPAR)) return parse_class(p, node, start);
    if (kr_parse_at(p, KR_TOKEN_EQUAL)) return NULL;
    if (node->kind == KR_NODE_NAME) return as_node(p, NULL, kr_as_name_expr(node)->id, start);
    return value_node(p, KR_NODE_MATCH_VALUE, node, start);
}

static KrNode *parse_closed(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    switch (kr_parse_kind(p)) {
    case KR_TOKEN_NAME: return parse_name_pattern(p);
    case KR_TOKEN_LPAR: return parse_parenthesis(p);
    case KR_TOKEN_LSQB: return parse_list(p);
    case KR_TOKEN_LBRACE: return parse_mapping(p);
    case KR_TOKEN_NONE:
    case KR_TOKEN_TRUE:
    case KR_TOKEN_FALSE: return value_node(p, KR_NODE_MATCH_SINGLETON, parse_literal(p), start);
    default: return value_node(p, KR_NODE_MATCH_VALUE, parse_literal(p), start);
    }
}

static KrNode *parse_or(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    uint32_t base = p->stack_count;
    KrNode *first = parse_closed(p);
    if (first == NULL || !kr_parse_at(p, KR_TOKEN_VBAR)) return first;
    if (!kr_parse_push(p, first)) return NULL;
    while (kr_parse_accept(p, KR_TOKEN_VBAR)) {
        KrNode *next = parse_closed(p);
        if (next == NULL || !kr_parse_push(p, next)) return NULL;
    }
    return sequence_node(p, KR_NODE_MATCH_OR, base, start);
}

// or_pattern "as" something that cannot be bound.
static void invalid_as(KrParser *p) {
    if (kr_parse_at_word(p, "_")) {
        kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_token(kr_parse_token(p)), "cannot use '_' as a target");
    } else if (!kr_parse_at(p, KR_TOKEN_NAME)) {
        const KrNode *node = kr_parse_expression(p);
        if (node != NULL) kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_node(node), "invalid pattern target");
    }
}

static KrNode *parse_as(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrNode *pattern = parse_or(p);
    if (pattern == NULL || !kr_parse_accept(p, KR_TOKEN_AS)) return pattern;
    KrMark mark = kr_parse_mark(p);
    const KrName *name = parse_capture(p);
    if (name != NULL) return as_node(p, pattern, name, start);
    if (p->invalid && !p->failed) {
        kr_parse_reset(p, mark);
        invalid_as(p);
    }
    return NULL;
}

static KrNode *parse_pattern(KrParser *p) {
    if (!kr_parse_enter(p)) return NULL;
    KrNode *node = parse_as(p);
    kr_parse_leave(p);
    return node;
}

// The pattern of a case: also a sequence without brackets.
KrNode *kr_parse_patterns(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    uint32_t base = p->stack_count;
    KrNode *first = parse_maybe_star(p);
    if (first == NULL) return NULL;
    if (!kr_parse_at(p, KR_TOKEN_COMMA)) return first->kind != KR_NODE_MATCH_STAR ? first : NULL;
    if (!kr_parse_push(p, first)) return NULL;
    kr_parse_advance(p);
    if (!push_patterns(p)) return NULL;
    return sequence_node(p, KR_NODE_MATCH_SEQUENCE, base, start);
}
