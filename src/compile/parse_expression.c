// parse_expression.c - expressions down to the operators. Chains of one operator are loops, so that their length costs no stack.
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

// In the second pass an operator whose right side does not match is left for others; in the first that is the end.
static bool give_back(KrParser *p, KrMark mark) {
    if (!p->second || p->failed) return false;
    kr_parse_reset(p, mark);
    return true;
}

// ---- operators ----

// Binding power of operators, 0 for other tokens. `not` at hand may begin `not in`.
enum { OR = 1, AND, NOT, COMPARISON, BITWISE_OR, ARITHMETIC = 9, TERM };

static int power_of(KrTokenKind kind) {
    if (kind >= KR_TOKEN_EQEQUAL && kind <= KR_TOKEN_GREATEREQUAL) return COMPARISON;
    switch (kind) {
    case KR_TOKEN_OR: return OR;
    case KR_TOKEN_AND: return AND;
    case KR_TOKEN_NOT:
    case KR_TOKEN_IN:
    case KR_TOKEN_IS: return COMPARISON;
    case KR_TOKEN_VBAR: return BITWISE_OR;
    case KR_TOKEN_CIRCUMFLEX: return 6;
    case KR_TOKEN_AMPER: return 7;
    case KR_TOKEN_LEFTSHIFT:
    case KR_TOKEN_RIGHTSHIFT: return 8;
    case KR_TOKEN_PLUS:
    case KR_TOKEN_MINUS: return ARITHMETIC;
    case KR_TOKEN_STAR:
    case KR_TOKEN_SLASH:
    case KR_TOKEN_DOUBLESLASH:
    case KR_TOKEN_PERCENT:
    case KR_TOKEN_AT: return TERM;
    default: return 0;
    }
}

static KrNode *binary_node(KrParser *p, KrTokenKind op, KrNode *left, KrNode *right, KrPlace start) {
    KrBinOp *node = kr_parse_node(p, sizeof *node, KR_NODE_BIN_OP, start);
    if (node == NULL) return NULL;
    node->node.op = (op - KR_TOKEN_PLUS) & 0xFF;
    node->left = left;
    node->right = right;
    return &node->node;
}

static KrNode *parse_factor(KrParser *p);
static KrNode *parse_operators(KrParser *p, int least);
static KrNode *parse_inversion(KrParser *p) { return parse_operators(p, NOT); }

static KrNode *parse_await(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrMark mark = kr_parse_mark(p);
    kr_parse_advance(p);
    KrNode *value = kr_parse_primary(p);
    if (value == NULL) return give_back(p, mark) ? kr_parse_primary(p) : NULL;
    KrAwait *node = kr_parse_node(p, sizeof *node, KR_NODE_AWAIT, start);
    if (node == NULL) return NULL;
    node->value = value;
    return &node->node;
}

static KrNode *parse_power(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrNode *left = kr_parse_at(p, KR_TOKEN_AWAIT) ? parse_await(p) : kr_parse_primary(p);
    if (left == NULL || !kr_parse_at(p, KR_TOKEN_DOUBLESTAR)) return left;
    KrMark mark = kr_parse_mark(p);
    if (!kr_parse_enter(p)) return NULL;
    kr_parse_advance(p);
    KrNode *right = parse_factor(p);
    kr_parse_leave(p);
    if (right == NULL) return give_back(p, mark) ? left : NULL;
    return binary_node(p, KR_TOKEN_DOUBLESTAR, left, right, start);
}

static KrNode *unary_node(KrParser *p, KrUnaryOperator op, KrNode *operand, KrPlace start) {
    KrUnaryOp *node = kr_parse_node(p, sizeof *node, KR_NODE_UNARY_OP, start);
    if (node == NULL) return NULL;
    node->node.op = op & 0xFF;
    node->operand = operand;
    return &node->node;
}

// 1 + not x: `not` is at hand, after an operator.
static void invalid_not(KrParser *p, KrNode *(*operand)(KrParser *), bool with_not) {
    if (!kr_hints(p) || p->failed || !kr_parse_at(p, KR_TOKEN_NOT)) return;
    KrSpan start = kr_span_token(kr_parse_token(p));
    if (!with_not) kr_parse_advance(p);
    const KrNode *node = operand(p);
    if (node == NULL) return;
    if (with_not && node->kind == KR_NODE_UNARY_OP) node = kr_as_unary_op(node)->operand; // without a bracket behind it
    kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_join(start, kr_span_node(node)), "'not' after an operator must be parenthesized");
}

static KrNode *parse_factor(KrParser *p) {
    KrTokenKind kind = kr_parse_kind(p);
    if (kind != KR_TOKEN_PLUS && kind != KR_TOKEN_MINUS && kind != KR_TOKEN_TILDE) return parse_power(p);
    KrPlace start = kr_parse_place(p);
    if (!kr_parse_enter(p)) return NULL;
    kr_parse_advance(p);
    KrNode *operand = parse_factor(p);
    kr_parse_leave(p);
    if (operand == NULL) return NULL;
    KrUnaryOperator op = kind == KR_TOKEN_PLUS ? KR_UNARY_ADD : kind == KR_TOKEN_MINUS ? KR_UNARY_SUB : KR_UNARY_INVERT;
    return unary_node(p, op, operand, start);
}

// ---- comparisons ----

// Takes a comparison operator of one or two tokens; -1: there is none.
static int take_comparison(KrParser *p) {
    KrTokenKind kind = kr_parse_kind(p);
    if (kind >= KR_TOKEN_EQEQUAL && kind <= KR_TOKEN_GREATEREQUAL) {
        kr_parse_advance(p);
        return KR_COMPARE_EQ + (int)(kind - KR_TOKEN_EQEQUAL);
    }
    if (kind == KR_TOKEN_IN) {
        kr_parse_advance(p);
        return KR_COMPARE_IN;
    }
    if (kind == KR_TOKEN_IS) {
        kr_parse_advance(p);
        return kr_parse_accept(p, KR_TOKEN_NOT) ? KR_COMPARE_IS_NOT : KR_COMPARE_IS;
    }
    if (kind != KR_TOKEN_NOT || kr_parse_kind_after(p) != KR_TOKEN_IN) return -1;
    kr_parse_advance(p);
    kr_parse_advance(p);
    return KR_COMPARE_NOT_IN;
}

// The operators were pushed as numbers between the operands: op, operand, op, operand…
static KrNode *compare_node(KrParser *p, KrNode *left, uint32_t base, KrPlace start) {
    uint32_t count = (p->stack_count - base) / 2;
    KrCompare *node = kr_parse_node(p, sizeof *node, KR_NODE_COMPARE, start);
    if (node == NULL) return NULL;
    uint8_t *ops = kr_arena_alloc(p->options.tree, count);
    if (ops == NULL) return kr_parse_raise_memory(p);
    for (uint32_t i = 0; i < count; i++) {
        ops[i] = (uint8_t)(uintptr_t)p->stack[base + 2 * i];
        p->stack[base + i] = p->stack[base + 2 * i + 1];
    }
    p->stack_count = base + count;
    node->left = left;
    node->ops = ops;
    return kr_parse_take(p, base, &node->comparators) ? &node->node : NULL;
}

static KrNode *comparison_rest(KrParser *p, KrNode *left, KrPlace start) {
    uint32_t base = p->stack_count;
    for (;;) {
        KrMark mark = kr_parse_mark(p);
        int op = take_comparison(p);
        if (op < 0) break;
        KrNode *right = kr_parse_bitwise_or(p);
        if (right == NULL) {
            if (give_back(p, mark)) break;
            return NULL;
        }
        if (!kr_parse_push(p, (KrNode *)(uintptr_t)op) || !kr_parse_push(p, right)) return NULL;
    }
    return p->stack_count == base ? left : compare_node(p, left, base, start);
}

// ---- not, and, or ----

static KrNode *parse_not(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    if (!kr_parse_enter(p)) return NULL;
    kr_parse_advance(p);
    KrNode *operand = parse_inversion(p);
    kr_parse_leave(p);
    return operand != NULL ? unary_node(p, KR_UNARY_NOT, operand, start) : NULL;
}

static KrNode *bool_rest(KrParser *p, KrNode *first, KrTokenKind keyword, KrPlace start) {
    uint32_t base = p->stack_count;
    if (!kr_parse_push(p, first)) return NULL;
    while (kr_parse_at(p, keyword)) {
        KrMark mark = kr_parse_mark(p);
        kr_parse_advance(p);
        KrNode *next = parse_operators(p, power_of(keyword) + 1);
        if (next == NULL) {
            if (give_back(p, mark)) break;
            return NULL;
        }
        if (!kr_parse_push(p, next)) return NULL;
    }
    if (p->stack_count == base + 1) {
        p->stack_count = base;
        return first;
    }
    KrBoolOp *node = kr_parse_node(p, sizeof *node, KR_NODE_BOOL_OP, start);
    if (node == NULL) return NULL;
    node->node.op = keyword == KR_TOKEN_AND ? KR_BOOL_AND : KR_BOOL_OR;
    return kr_parse_take(p, base, &node->values) ? &node->node : NULL;
}

// ---- precedence climbing ----

// Stays at hand when the right side does not match and is given back.
static KrNode *binary_rest(KrParser *p, KrNode *left, int power, KrPlace start) {
    KrTokenKind op = kr_parse_kind(p);
    KrMark mark = kr_parse_mark(p);
    kr_parse_advance(p);
    uint32_t at = p->at;
    KrNode *right = parse_operators(p, power + 1);
    if (right == NULL && power >= ARITHMETIC && p->at == at) invalid_not(p, parse_inversion, true);
    if (right == NULL) return give_back(p, mark) ? left : NULL;
    return binary_node(p, op, left, right, start);
}

// A factor at the beginning of a term: only there CPython looks for -not x.
static KrNode *parse_first_factor(KrParser *p) {
    KrMark mark = kr_parse_mark(p);
    KrNode *node = parse_factor(p);
    if (node != NULL || p->failed) return node;
    kr_parse_reset(p, mark);
    if (kr_parse_accept(p, KR_TOKEN_PLUS) || kr_parse_accept(p, KR_TOKEN_MINUS) || kr_parse_accept(p, KR_TOKEN_TILDE))
        invalid_not(p, parse_factor, false);
    return NULL;
}

// Operators of at least the given power. What follows an operator is weaker than it, or was given back: then it is left for others.
static KrNode *parse_operators(KrParser *p, int least) {
    KrPlace start = kr_parse_place(p);
    bool is_not = least <= NOT && kr_parse_at(p, KR_TOKEN_NOT);
    KrNode *left = is_not ? parse_not(p) : kr_hints(p) && least <= TERM ? parse_first_factor(p) : parse_factor(p);
    int most = is_not ? AND : INT_MAX;
    while (left != NULL) {
        KrNode *before = left;
        KrTokenKind op = kr_parse_kind(p);
        int power = power_of(op);
        if (power < least || power > most || power == 0) break;
        if (power <= AND) left = bool_rest(p, left, op, start);
        else if (power == COMPARISON) left = comparison_rest(p, left, start);
        else left = binary_rest(p, left, power, start);
        most = power < BITWISE_OR || left == before ? power - 1 : power;
    }
    return left;
}

KrNode *kr_parse_bitwise_or(KrParser *p) {
    KrNode *node;
    if (kr_memo_find(p, KR_MEMO_BITWISE_OR, &node)) return node;
    if (!kr_parse_enter(p)) return NULL;
    uint32_t at = p->at;
    node = parse_operators(p, BITWISE_OR);
    kr_parse_leave(p);
    return kr_memo_keep(p, KR_MEMO_BITWISE_OR, at, node);
}

KrNode *kr_parse_disjunction(KrParser *p) {
    KrNode *node;
    if (kr_memo_find(p, KR_MEMO_DISJUNCTION, &node)) return node;
    uint32_t at = p->at;
    node = parse_operators(p, OR);
    return kr_memo_keep(p, KR_MEMO_DISJUNCTION, at, node);
}

// ---- expression ----

KrNode *kr_parse_if_else(KrParser *p, KrNode *body, KrPlace start) {
    KrMark mark = kr_parse_mark(p);
    kr_parse_advance(p);
    KrNode *test = kr_parse_disjunction(p);
    KrNode *orelse = test != NULL && kr_parse_accept(p, KR_TOKEN_ELSE) ? kr_parse_expression(p) : NULL;
    if (orelse == NULL) return give_back(p, mark) ? body : NULL;
    KrIfExp *node = kr_parse_node(p, sizeof *node, KR_NODE_IF_EXP, start);
    if (node == NULL) return NULL;
    node->test = test;
    node->body = body;
    node->orelse = orelse;
    return &node->node;
}

static KrNode *parse_plain(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    if (kr_parse_at(p, KR_TOKEN_LAMBDA)) return kr_parse_lambda(p);
    KrNode *body = kr_parse_disjunction(p);
    return body != NULL && kr_parse_at(p, KR_TOKEN_IF) ? kr_parse_if_else(p, body, start) : body;
}

// print -x: right today, but what CPython names where a later statement is wrong.
static void notice_legacy(KrParser *p) {
    const KrToken *token = kr_parse_token(p);
    if (p->second || token->kind != KR_TOKEN_NAME || !kr_is_legacy_text(token->name)) return;
    KrTokenKind next = kr_parse_kind_after(p);
    if (next == KR_TOKEN_PLUS || next == KR_TOKEN_MINUS || next == KR_TOKEN_LSQB || next == KR_TOKEN_STAR) p->legacy = true;
}

KrNode *kr_parse_expression(KrParser *p) {
    KrNode *node;
    if (KR_HINTS) notice_legacy(p);
    if (kr_memo_find(p, KR_MEMO_EXPRESSION, &node)) return node;
    if (!kr_parse_enter(p)) return NULL;
    uint32_t at = p->at;
    uint32_t base = p->stack_count;
    node = kr_hints(p) ? kr_invalid_expression(p) : parse_plain(p);
    if (node == NULL) p->stack_count = base;
    kr_parse_leave(p);
    return kr_memo_keep(p, KR_MEMO_EXPRESSION, at, node);
}

KrNode *kr_parse_assignment_expression(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    if (!kr_parse_at(p, KR_TOKEN_NAME) || kr_parse_kind_after(p) != KR_TOKEN_COLONEQUAL) return NULL;
    const KrName *name = kr_parse_name(p);
    KrNode *target = kr_parse_name_node(p, name, start);
    if (target == NULL) return NULL;
    target->ctx = KR_CTX_STORE;
    kr_parse_advance(p);
    KrNode *value = kr_parse_expression(p);
    if (value == NULL) return NULL;
    KrNamedExpr *node = kr_parse_node(p, sizeof *node, KR_NODE_NAMED_EXPR, start);
    if (node == NULL) return NULL;
    node->target = target;
    node->value = value;
    return &node->node;
}

KrNode *kr_parse_plain_expression(KrParser *p) {
    if (kr_parse_at(p, KR_TOKEN_NAME) && kr_parse_kind_after(p) == KR_TOKEN_COLONEQUAL) return kr_parse_assignment_expression(p);
    KrNode *node = kr_parse_expression(p);
    return node != NULL && kr_parse_at(p, KR_TOKEN_COLONEQUAL) ? NULL : node;
}

KrNode *kr_parse_named_expression(KrParser *p) {
    KrNode *node;
    if (!kr_hints(p)) return kr_parse_plain_expression(p);
    if (kr_memo_find(p, KR_MEMO_NAMED, &node)) return node;
    uint32_t at = p->at;
    return kr_memo_keep(p, KR_MEMO_NAMED, at, kr_invalid_named_expression(p));
}

// ---- lists of expressions ----

KrNode *kr_parse_starred(KrParser *p, KrNode *(*operand)(KrParser *)) {
    KrPlace start = kr_parse_place(p);
    kr_parse_advance(p);
    KrNode *value = operand(p);
    if (value == NULL) return NULL;
    KrStarred *node = kr_parse_node(p, sizeof *node, KR_NODE_STARRED, start);
    if (node == NULL) return NULL;
    node->value = value;
    return &node->node;
}

static KrNode *parse_star_expression(KrParser *p) {
    return kr_parse_at(p, KR_TOKEN_STAR) ? kr_parse_starred(p, kr_parse_bitwise_or) : kr_parse_expression(p);
}

KrNode *kr_parse_star_named_expression(KrParser *p) {
    return kr_parse_at(p, KR_TOKEN_STAR) ? kr_parse_starred(p, kr_parse_bitwise_or) : kr_parse_named_expression(p);
}

// What follows the first item: ", item" as often as it goes, and a comma at the end.
static bool push_rest(KrParser *p, KrNode *(*item)(KrParser *)) {
    while (kr_parse_at(p, KR_TOKEN_COMMA)) {
        kr_parse_advance(p);
        if (!kr_parse_starts_expression(p) && !(item != kr_parse_expression && kr_parse_at(p, KR_TOKEN_STAR))) return !p->failed;
        KrMark mark = kr_parse_mark(p);
        KrNode *node = item(p);
        if (node == NULL) return give_back(p, mark);
        if (!kr_parse_push(p, node)) return false;
    }
    return !p->failed;
}

bool kr_parse_more_named_expressions(KrParser *p) { return push_rest(p, kr_parse_star_named_expression); }

bool kr_parse_star_named_expressions(KrParser *p) {
    KrNode *first = kr_parse_star_named_expression(p);
    return first != NULL && kr_parse_push(p, first) && push_rest(p, kr_parse_star_named_expression);
}

// One expression, or a tuple of several without parentheses.
static KrNode *parse_tuple_or_one(KrParser *p, KrNode *(*item)(KrParser *)) {
    KrPlace start = kr_parse_place(p);
    uint32_t base = p->stack_count;
    KrNode *first = item(p);
    if (first == NULL || !kr_parse_at(p, KR_TOKEN_COMMA)) return first;
    if (!kr_parse_push(p, first) || !push_rest(p, item)) return NULL;
    return kr_parse_tuple(p, base, start);
}

KrNode *kr_parse_star_expressions(KrParser *p) { return parse_tuple_or_one(p, parse_star_expression); }

KrNode *kr_parse_expressions(KrParser *p) { return parse_tuple_or_one(p, kr_parse_expression); }

KrNode *kr_parse_yield(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrNode *value = NULL;
    kr_parse_advance(p);
    bool from = kr_parse_accept(p, KR_TOKEN_FROM);
    if (from) {
        value = kr_parse_expression(p);
        if (value == NULL) return NULL;
    } else if (kr_parse_starts_expression(p) || kr_parse_at(p, KR_TOKEN_STAR)) {
        KrMark mark = kr_parse_mark(p);
        value = kr_parse_star_expressions(p);
        if (value == NULL && !give_back(p, mark)) return NULL;
    }
    KrYield *node = kr_parse_node(p, sizeof *node, from ? KR_NODE_YIELD_FROM : KR_NODE_YIELD, start);
    if (node == NULL) return NULL;
    node->value = value;
    return &node->node;
}

KrNode *kr_parse_yield_or_star(KrParser *p) { return kr_parse_at(p, KR_TOKEN_YIELD) ? kr_parse_yield(p) : kr_parse_star_expressions(p); }
