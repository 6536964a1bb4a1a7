// parse_invalid_expression.c - well-known mistakes in expressions and assignments. Only the second pass comes here; each function
// looks for what CPython 3.13's grammar looks for at the same place, in the same order.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "compile/parser_state.h"

static void *raise_range(KrParser *p, KrSpan span, const char *text) { return kr_parse_raise(p, KR_SYNTAX_ERROR, span, "%s", text); }

// Goes back for the next rule; false: a mistake has been found.
static bool step(KrParser *p, KrMark mark) {
    if (p->failed) return false;
    kr_parse_reset(p, mark);
    return true;
}

bool kr_is_legacy_text(const KrName *name) {
    return (name->len == 5 && memcmp(name->text, "print", 5) == 0) || (name->len == 4 && memcmp(name->text, "exec", 4) == 0);
}

bool kr_is_legacy_name(const KrNode *node) { return node->kind == KR_NODE_NAME && kr_is_legacy_text(kr_as_name_expr(node)->id); }

// ---- expression ----

// As in CPython 3.13, the beginning of a soft keyword counts as one.
static bool is_soft_keyword(const KrToken *token) {
    static const char words[][6] = { "_", "case", "match", "type" };
    for (size_t i = 0; i < KR_COUNT_OF(words); i++) {
        if (token->name->len <= strlen(words[i]) && memcmp(token->name->text, words[i], token->name->len) == 0) return true;
    }
    return false;
}

// Two expressions in a row are no sign of a missing comma after a soft keyword, or when the first may be a wrong string prefix.
static bool may_lack_comma(KrParser *p) {
    const KrToken *token = kr_parse_token(p);
    if (token->kind != KR_TOKEN_NAME) return true;
    return !is_soft_keyword(token) && kr_parse_kind_after(p) != KR_TOKEN_STRING;
}

// The rule that only sees whether an expression follows, without looking for mistakes in it.
static KrNode *without_invalid(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrNode *node;
    p->invalid = p->lexer.quiet = false; // CPython warns about escapes when it is not looking for mistakes
    if (kr_parse_at(p, KR_TOKEN_LAMBDA)) {
        node = kr_parse_lambda(p);
    } else {
        node = kr_parse_disjunction(p);
        if (node != NULL && kr_parse_at(p, KR_TOKEN_IF)) node = kr_parse_if_else(p, node, start);
    }
    p->invalid = p->lexer.quiet = true;
    return node;
}

// "a b" inside of brackets. body has been parsed.
static void missing_comma(KrParser *p, KrNode *body) {
    if (!kr_parse_starts_expression(p)) return;
    const KrNode *next = without_invalid(p);
    if (next == NULL || kr_is_legacy_name(body) || kr_parse_last_level(p) == 0) return;
    raise_range(p, kr_span_nodes(body, next), "invalid syntax. Perhaps you forgot a comma?");
}

// print x. What follows any name is parsed, as mistakes in there come first.
static void legacy_call(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    const KrToken *token = kr_parse_token(p);
    if (token->kind != KR_TOKEN_NAME) return;
    KrNode *name = kr_parse_name_node(p, token->name, start);
    kr_parse_advance(p);
    if (name == NULL || kr_parse_at(p, KR_TOKEN_LPAR) || !(kr_parse_starts_expression(p) || kr_parse_at(p, KR_TOKEN_STAR))) return;
    const KrNode *argument = kr_parse_star_expressions(p);
    if (argument == NULL || !kr_is_legacy_name(name)) return;
    const char *text = kr_as_name_expr(name)->id->text;
    kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_join((KrSpan){ start.line, start.col, 0, 0 }, kr_span_node(argument)),
                   "Missing parentheses in call to '%s'. Did you mean %s(...)?", text, text);
}

// The rest of a conditional expression, or what is wrong with it; `if` is at hand. Without a rest, body is all there is.
static KrNode *if_else(KrParser *p, KrNode *body, KrPlace start, KrMark begin) {
    KrMark mark = kr_parse_mark(p);
    kr_parse_advance(p);
    KrNode *test = kr_parse_disjunction(p);
    KrMark after = kr_parse_mark(p);
    if (test != NULL && !kr_parse_at(p, KR_TOKEN_ELSE) && !kr_parse_at(p, KR_TOKEN_COLON)) {
        return raise_range(p, kr_span_nodes(body, test), "expected 'else' after 'if' expression");
    }
    if (!step(p, begin)) return NULL;
    legacy_call(p);
    if (!step(p, after)) return NULL;
    KrNode *orelse = test != NULL && kr_parse_accept(p, KR_TOKEN_ELSE) ? kr_parse_expression(p) : NULL;
    if (orelse == NULL) return step(p, mark) ? body : NULL;
    KrIfExp *node = kr_parse_node(p, sizeof *node, KR_NODE_IF_EXP, start);
    if (node == NULL) return NULL;
    node->test = test;
    node->body = body;
    node->orelse = orelse;
    return &node->node;
}

KrNode *kr_invalid_expression(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrMark mark = kr_parse_mark(p);
    if (kr_parse_at(p, KR_TOKEN_LAMBDA)) return kr_parse_lambda(p);
    bool comma = may_lack_comma(p);
    KrNode *body = kr_parse_disjunction(p);
    if (body == NULL) return NULL;
    KrMark end = kr_parse_mark(p);
    if (comma) missing_comma(p, body);
    if (p->failed) return NULL;
    kr_parse_reset(p, end);
    if (kr_parse_at(p, KR_TOKEN_IF)) return if_else(p, body, start, mark);
    kr_parse_reset(p, mark);
    legacy_call(p);
    if (p->failed) return NULL;
    kr_parse_reset(p, end);
    return body;
}

// ---- named expression ----

// Whether an expression begins with a list, a tuple, a generator expression or a constant name: no message for these.
static bool begins_like_target(const KrNode *node) {
    for (;;) {
        if ((node->flags & KR_NODE_PARENTHESES) != 0) return false;
        switch (node->kind) {
        case KR_NODE_BIN_OP: node = kr_as_bin_op(node)->left; break;
        case KR_NODE_ATTRIBUTE: node = kr_as_attribute(node)->value; break;
        case KR_NODE_SUBSCRIPT: node = kr_as_subscript(node)->value; break;
        case KR_NODE_CALL: node = kr_as_call(node)->func; break;
        case KR_NODE_LIST:
        case KR_NODE_TUPLE:
        case KR_NODE_GENERATOR_EXP: return true;
        case KR_NODE_CONSTANT: return node->op <= KR_CONSTANT_FALSE;
        default: return false;
        }
    }
}

// Whether an expression is a bitwise_or: nothing that binds more loosely.
static bool is_bitwise_or(const KrNode *node) {
    if ((node->flags & KR_NODE_PARENTHESES) != 0) return true;
    switch (node->kind) {
    case KR_NODE_BOOL_OP:
    case KR_NODE_COMPARE:
    case KR_NODE_IF_EXP:
    case KR_NODE_LAMBDA: return false;
    case KR_NODE_UNARY_OP: return node->op != KR_UNARY_NOT;
    default: return true;
    }
}

// "a = b" where an expression stands; '=' is at hand.
static void stray_equal(KrParser *p, const KrNode *left) {
    bool name = left->kind == KR_NODE_NAME && (left->flags & KR_NODE_PARENTHESES) == 0;
    if (!is_bitwise_or(left) || begins_like_target(left)) return;
    kr_parse_advance(p);
    const KrNode *right = kr_parse_bitwise_or(p);
    if (right == NULL || kr_parse_at(p, KR_TOKEN_EQUAL) || kr_parse_at(p, KR_TOKEN_COLONEQUAL)) return;
    if (name) {
        raise_range(p, kr_span_nodes(left, right), "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    } else {
        kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_node(left), "cannot assign to %s here. Maybe you meant '==' instead of '='?",
                       kr_node_describe(left));
    }
}

KrNode *kr_invalid_named_expression(KrParser *p) {
    KrMark mark = kr_parse_mark(p);
    if (kr_parse_at(p, KR_TOKEN_NAME) && kr_parse_kind_after(p) == KR_TOKEN_COLONEQUAL) return kr_parse_assignment_expression(p);
    KrNode *node = kr_parse_expression(p);
    if (node == NULL) {
        if (step(p, mark)) kr_parse_display_again(p);
        return NULL;
    }
    KrMark end = kr_parse_mark(p);
    if (kr_parse_accept(p, KR_TOKEN_COLONEQUAL)) {
        if (kr_parse_expression(p) != NULL) {
            kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_node(node), "cannot use assignment expressions with %s", kr_node_describe(node));
        }
        if (!p->failed) kr_parse_reset(p, mark);
        return NULL;
    }
    if (!kr_parse_at(p, KR_TOKEN_EQUAL)) return node;
    stray_equal(p, node);
    if (p->failed) return NULL;
    kr_parse_reset(p, end);
    return node;
}

// ---- assignment ----

// A list or tuple before a colon.
static bool annotated_list(KrParser *p, const KrNode *left) {
    if (left->kind != KR_NODE_LIST && left->kind != KR_NODE_TUPLE) return false;
    if (!kr_parse_accept(p, KR_TOKEN_COLON) || kr_parse_expression(p) == NULL) return false;
    kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_node(left), "only single target (not %s) can be annotated", kr_node_describe(left));
    return true;
}

// a, b: int. Parsing the items as named expressions finds most stray equal signs.
static void annotated_tuple(KrParser *p) {
    const KrNode *first = kr_parse_star_named_expression(p);
    if (first == NULL || !kr_parse_accept(p, KR_TOKEN_COMMA)) return;
    uint32_t base = p->stack_count;
    while (!p->failed && (kr_parse_starts_expression(p) || kr_parse_at(p, KR_TOKEN_STAR))) {
        KrMark mark = kr_parse_mark(p);
        if (kr_parse_star_named_expressions(p)) continue;
        if (p->failed) return;
        kr_parse_reset(p, mark);
        break;
    }
    p->stack_count = base;
    if (!kr_parse_accept(p, KR_TOKEN_COLON) || kr_parse_expression(p) == NULL) return;
    raise_range(p, kr_span_node(first), "only single target (not tuple) can be annotated");
}

// a = f() = b: the first right side that is followed by '=' and cannot be assigned to.
static void bad_target(KrParser *p) {
    for (;;) {
        bool yield = kr_parse_at(p, KR_TOKEN_YIELD);
        const KrNode *node = kr_parse_yield_or_star(p);
        if (node == NULL || !kr_parse_at(p, KR_TOKEN_EQUAL)) return;
        if (yield) {
            raise_range(p, kr_span_node(node), "assignment to yield expression not possible");
            return;
        }
        if (!kr_target_is_star(node)) {
            kr_parse_raise_target(p, KR_TARGETS_STAR, node);
            return;
        }
        kr_parse_advance(p);
    }
}

static void bad_augmented(KrParser *p) {
    const KrNode *node = kr_parse_star_expressions(p);
    if (node == NULL || kr_parse_kind(p) < KR_TOKEN_PLUSEQUAL || kr_parse_kind(p) > KR_TOKEN_DOUBLESLASHEQUAL) return;
    kr_parse_advance(p);
    if (kr_parse_yield_or_star(p) == NULL) return;
    kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_node(node), "'%s' is an illegal expression for augmented assignment",
                   kr_node_describe(node));
}

void kr_invalid_assignment(KrParser *p) {
    KrMark mark = kr_parse_mark(p);
    if (kr_parse_at(p, KR_TOKEN_LPAR) || kr_parse_at(p, KR_TOKEN_LSQB)) {
        const KrNode *left = kr_parse_atom(p);
        if (left != NULL) annotated_list(p, left);
        if (!step(p, mark)) return;
    }
    annotated_tuple(p);
    if (!step(p, mark)) return;
    const KrNode *left = kr_parse_expression(p);
    if (left != NULL && kr_parse_accept(p, KR_TOKEN_COLON) && kr_parse_expression(p) != NULL) {
        raise_range(p, kr_span_node(left), "illegal target for annotation");
    }
    if (!step(p, mark)) return;
    bad_target(p);
    if (!step(p, mark)) return;
    bad_augmented(p);
}

// ---- brackets ----

// (*a) and (**a)
void kr_invalid_group(KrParser *p) {
    kr_parse_advance(p);
    KrMark mark = kr_parse_mark(p);
    const KrNode *starred = kr_parse_starred_expression(p);
    if (starred != NULL && kr_parse_at(p, KR_TOKEN_RPAR)) { raise_range(p, kr_span_node(starred), "cannot use starred expression here"); }
    if (!step(p, mark) || !kr_parse_at(p, KR_TOKEN_DOUBLESTAR)) return;
    KrSpan span = kr_span_token(kr_parse_token(p));
    kr_parse_advance(p);
    if (kr_parse_expression(p) != NULL && kr_parse_at(p, KR_TOKEN_RPAR)) {
        raise_range(p, span, "cannot use double starred expression here");
    }
}

// [*a for …], [a, b for …]
void kr_invalid_comprehension(KrParser *p) {
    KrSeq clauses;
    bool parenthesis = kr_parse_at(p, KR_TOKEN_LPAR);
    kr_parse_advance(p);
    KrMark mark = kr_parse_mark(p);
    const KrNode *starred = kr_parse_starred_expression(p);
    if (starred != NULL && kr_parse_for_clauses(p, &clauses)) {
        raise_range(p, kr_span_node(starred), "iterable unpacking cannot be used in comprehension");
    }
    if (!step(p, mark) || parenthesis) return;
    const KrNode *first = kr_parse_star_named_expression(p);
    if (first == NULL || !kr_parse_at(p, KR_TOKEN_COMMA)) return;
    KrSpan comma = kr_span_token(kr_parse_token(p));
    kr_parse_advance(p);
    KrMark after = kr_parse_mark(p);
    static const char text[] = "did you forget parentheses around the comprehension target?";
    uint32_t base = p->stack_count;
    if (kr_parse_star_named_expressions(p)) {
        const KrNode *last = p->stack[p->stack_count - 1];
        p->stack_count = base;
        if (kr_parse_for_clauses(p, &clauses)) raise_range(p, kr_span_nodes(first, last), text);
    }
    if (!step(p, after)) return;
    if (kr_parse_for_clauses(p, &clauses)) raise_range(p, kr_span_join(kr_span_node(first), comma), text);
}

// {**a for …}
void kr_invalid_dict_comprehension(KrParser *p) {
    KrSeq clauses;
    kr_parse_advance(p);
    if (!kr_parse_at(p, KR_TOKEN_DOUBLESTAR)) return;
    KrSpan span = kr_span_token(kr_parse_token(p));
    kr_parse_advance(p);
    if (kr_parse_bitwise_or(p) == NULL || !kr_parse_for_clauses(p, &clauses) || !kr_parse_at(p, KR_TOKEN_RBRACE)) return;
    raise_range(p, span, "dict unpacking cannot be used in dict comprehension");
}

// {a: *b} and {a:}; key and colon are at hand.
static void bad_value(KrParser *p) {
    if (kr_parse_expression(p) == NULL || !kr_parse_at(p, KR_TOKEN_COLON)) return;
    KrSpan colon = kr_span_token(kr_parse_token(p));
    kr_parse_advance(p);
    if (kr_parse_at(p, KR_TOKEN_STAR)) {
        KrSpan star = kr_span_token(kr_parse_token(p));
        kr_parse_advance(p);
        if (kr_parse_bitwise_or(p) == NULL) return;
        raise_range(p, kr_parse_span_from(p, star), "cannot use a starred expression in a dictionary value");
    } else if (kr_parse_at(p, KR_TOKEN_RBRACE) || kr_parse_at(p, KR_TOKEN_COMMA)) {
        raise_range(p, colon, "expression expected after dictionary key and ':'");
    }
}

// A pair of a dict display; false: none is here.
static bool skip_pair(KrParser *p) {
    if (kr_parse_accept(p, KR_TOKEN_DOUBLESTAR)) return kr_parse_bitwise_or(p) != NULL;
    return kr_parse_expression(p) != NULL && kr_parse_accept(p, KR_TOKEN_COLON) && kr_parse_expression(p) != NULL;
}

static void bad_pair(KrParser *p) {
    KrMark mark = kr_parse_mark(p);
    const KrNode *key = kr_parse_expression(p);
    if (key != NULL && !kr_parse_at(p, KR_TOKEN_COLON)) {
        // CPython points at the key's last character, and leaves the end open.
        KrSpan span = { (int32_t)key->line, (int32_t)key->end_col - 1, (int32_t)key->end_line, -1 };
        raise_range(p, span, "':' expected after dictionary key");
    }
    if (step(p, mark)) bad_value(p);
}

// After the brace.
void kr_invalid_dict_pairs(KrParser *p) {
    KrMark start = kr_parse_mark(p);
    KrMark comma = start;
    bool pairs = skip_pair(p);
    while (pairs && kr_parse_at(p, KR_TOKEN_COMMA)) {
        comma = kr_parse_mark(p);
        kr_parse_advance(p);
        if (!skip_pair(p)) break;
    }
    if (pairs && step(p, comma) && comma.at != start.at) {
        kr_parse_advance(p);
        bad_pair(p);
    }
    if (step(p, start)) bad_value(p);
}

// ---- for clauses ----

// "for" with something else than targets, "in" and an iterable. CPython looks for a lack of "in" in its first pass already.
void kr_invalid_for_clause(KrParser *p) {
    kr_parse_accept(p, KR_TOKEN_ASYNC);
    kr_parse_advance(p);
    KrMark mark = kr_parse_mark(p);
    bool good = kr_parse_bitwise_or(p) != NULL;
    while (good && kr_parse_accept(p, KR_TOKEN_COMMA)) {
        KrMark after = kr_parse_mark(p);
        if (kr_parse_starts_expression(p) && kr_parse_bitwise_or(p) != NULL) continue;
        if (!step(p, after)) return;
        break;
    }
    if (good && !kr_parse_at(p, KR_TOKEN_IN)) kr_parse_raise_last(p, "'in' expected after for-loop variables");
    if (!p->invalid || !step(p, mark)) return;
    const KrNode *bad = kr_parse_star_expressions(p);
    if (bad != NULL) kr_parse_raise_target(p, KR_TARGETS_FOR, bad);
}
