// parse_simple.c - statements that fit on a line.
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

static KrNode *bare_node(KrParser *p, KrNodeKind kind) {
    KrPlace start = kr_parse_place(p);
    kr_parse_advance(p);
    return kr_parse_node(p, sizeof(KrNode), kind, start);
}

static bool at_line_end(KrParser *p) { return kr_parse_at(p, KR_TOKEN_NEWLINE) || kr_parse_at(p, KR_TOKEN_SEMI); }

// ---- assignments and expressions ----

static KrNode *expression_statement(KrParser *p, KrNode *value, KrPlace start) {
    KrExprStatement *node = kr_parse_node(p, sizeof *node, KR_NODE_EXPR, start);
    if (node == NULL) return NULL;
    node->value = value;
    return &node->node;
}

static KrNode *annotated_assignment(KrParser *p, KrNode *target, KrPlace start) {
    p->legacy = false; // print[0]: int
    kr_parse_advance(p);
    KrNode *annotation = kr_parse_expression(p);
    KrNode *value = NULL;
    if (annotation == NULL) return NULL;
    KrMark mark = kr_parse_mark(p);
    if (kr_parse_accept(p, KR_TOKEN_EQUAL)) {
        value = kr_parse_yield_or_star(p);
        if (value == NULL && (!p->second || p->failed)) return NULL;
        if (value == NULL) kr_parse_reset(p, mark);
    }
    KrAnnAssign *node = kr_parse_node(p, sizeof *node, KR_NODE_ANN_ASSIGN, start);
    if (node == NULL) return NULL;
    kr_target_set(target, KR_CTX_STORE);
    bool simple = target->kind == KR_NODE_NAME && (target->flags & KR_NODE_PARENTHESES) == 0;
    node->node.flags = simple ? KR_NODE_SIMPLE : 0;
    node->target = target;
    node->annotation = annotation;
    node->value = value;
    return &node->node;
}

static KrNode *augmented_assignment(KrParser *p, KrNode *target, KrPlace start) {
    KrTokenKind op = kr_parse_kind(p);
    p->legacy = false;
    kr_parse_advance(p);
    KrNode *value = kr_parse_yield_or_star(p);
    if (value == NULL) return NULL;
    KrAugAssign *node = kr_parse_node(p, sizeof *node, KR_NODE_AUG_ASSIGN, start);
    if (node == NULL) return NULL;
    kr_target_set(target, KR_CTX_STORE);
    node->node.op = (op - KR_TOKEN_PLUSEQUAL) & 0xFF;
    node->target = target;
    node->value = value;
    return &node->node;
}

// a = b = c: the first target has been read.
static KrNode *plain_assignment(KrParser *p, KrNode *target, KrPlace start) {
    uint32_t base = p->stack_count;
    KrNode *value = target;
    p->legacy = false;
    while (kr_parse_at(p, KR_TOKEN_EQUAL)) {
        if (!kr_target_is_star(value)) return NULL;
        kr_target_set(value, KR_CTX_STORE);
        if (!kr_parse_push(p, value)) return NULL;
        kr_parse_advance(p);
        value = kr_parse_yield_or_star(p);
        if (value == NULL) return NULL;
    }
    KrAssign *node = kr_parse_node(p, sizeof *node, KR_NODE_ASSIGN, start);
    if (node == NULL || !kr_parse_take(p, base, &node->targets)) return NULL;
    node->value = value;
    return &node->node;
}

static KrNode *base_of(KrNode *n) {
    switch (n->kind) {
    case KR_NODE_ATTRIBUTE: return ((KrAttribute *)n)->value;
    case KR_NODE_SUBSCRIPT: return ((KrSubscript *)n)->value;
    case KR_NODE_CALL: return ((KrCall *)n)->func;
    default: return NULL;
    }
}

// `(x).y: int`: in the grammar, what could be the whole target, (x), is taken for it, and the colon does not follow.
static bool may_be_annotated(KrNode *target) {
    for (KrNode *n = target->flags & KR_NODE_PARENTHESES ? NULL : base_of(target); n; n = base_of(n))
        if (n->flags & KR_NODE_PARENTHESES && kr_target_is_single(n)) return false;
    return true;
}

// What follows the left side. NULL without error: no assignment.
static KrNode *assignment_from(KrParser *p, KrNode *left, KrPlace start) {
    KrTokenKind kind = kr_parse_kind(p);
    if (kind == KR_TOKEN_EQUAL) return plain_assignment(p, left, start);
    if (!kr_target_is_single(left)) return NULL;
    if (kind == KR_TOKEN_COLON && may_be_annotated(left)) return annotated_assignment(p, left, start);
    return NULL;
}

static bool at_augmented(KrParser *p) { return kr_parse_kind(p) >= KR_TOKEN_PLUSEQUAL && kr_parse_kind(p) <= KR_TOKEN_DOUBLESLASHEQUAL; }

// `type X = …`: no expression can begin like that.
static bool at_type_alias(KrParser *p) { return kr_parse_at_word(p, "type") && kr_parse_kind_after(p) == KR_TOKEN_NAME; }

// Second pass: when no assignment matches, look for what is wrong with it; then the expression alone may be meant.
static KrNode *retry_assignment(KrParser *p, KrMark mark, KrPlace start) {
    if (p->failed) return NULL;
    kr_parse_reset(p, mark);
    if (kr_hints(p)) kr_invalid_assignment(p);
    if (p->failed) return NULL;
    kr_parse_reset(p, mark);
    if (at_type_alias(p)) {
        KrNode *alias = kr_parse_type_alias(p);
        if (alias != NULL || p->failed) return alias;
        kr_parse_reset(p, mark);
    }
    KrNode *value = kr_parse_yield_or_star(p);
    return value != NULL ? expression_statement(p, value, start) : NULL;
}

static KrNode *parse_expression_statement(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrMark mark = kr_parse_mark(p);
    KrNode *left = kr_parse_yield_or_star(p);
    if (left != NULL && at_line_end(p)) return expression_statement(p, left, start);
    KrNode *node = NULL;
    if (left != NULL && at_augmented(p) && kr_target_is_single(left)) {
        node = augmented_assignment(p, left, start);
        if (node != NULL || !p->second || p->failed) return node;
        kr_parse_reset(p, mark); // after the operator, CPython tries nothing else
        left = kr_parse_yield_or_star(p);
        return left != NULL ? expression_statement(p, left, start) : NULL;
    }
    if (left != NULL) node = assignment_from(p, left, start);
    if (node != NULL || !p->second) return node;
    return retry_assignment(p, mark, start);
}

// ---- keyword statements ----

static KrNode *parse_return(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrNode *value = NULL;
    kr_parse_advance(p);
    if (kr_parse_starts_expression(p) || kr_parse_at(p, KR_TOKEN_STAR)) {
        value = kr_parse_star_expressions(p);
        if (value == NULL) return NULL;
    }
    KrReturn *node = kr_parse_node(p, sizeof *node, KR_NODE_RETURN, start);
    if (node == NULL) return NULL;
    node->value = value;
    return &node->node;
}

static KrNode *parse_raise(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrNode *exc = NULL;
    KrNode *cause = NULL;
    kr_parse_advance(p);
    if (kr_parse_starts_expression(p)) {
        exc = kr_parse_expression(p);
        if (exc == NULL) return NULL;
        if (kr_parse_accept(p, KR_TOKEN_FROM)) {
            cause = kr_parse_expression(p);
            if (cause == NULL) return NULL;
        }
    }
    KrRaise *node = kr_parse_node(p, sizeof *node, KR_NODE_RAISE, start);
    if (node == NULL) return NULL;
    node->exc = exc;
    node->cause = cause;
    return &node->node;
}

static KrNode *parse_assert(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrNode *msg = NULL;
    kr_parse_advance(p);
    KrNode *test = kr_parse_expression(p);
    if (test == NULL) return NULL;
    if (kr_parse_accept(p, KR_TOKEN_COMMA)) {
        msg = kr_parse_expression(p);
        if (msg == NULL) return NULL;
    }
    KrAssert *node = kr_parse_node(p, sizeof *node, KR_NODE_ASSERT, start);
    if (node == NULL) return NULL;
    node->test = test;
    node->msg = msg;
    return &node->node;
}

static KrNode *parse_del(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrSeq targets;
    kr_parse_advance(p);
    KrMark mark = kr_parse_mark(p);
    if (kr_parse_del_targets(p, &targets) && at_line_end(p)) {
        KrDelete *node = kr_parse_node(p, sizeof *node, KR_NODE_DELETE, start);
        if (node == NULL) return NULL;
        node->targets = targets;
        return &node->node;
    }
    if (!p->invalid || p->failed) return NULL;
    kr_parse_reset(p, mark);
    const KrNode *list = kr_parse_star_expressions(p);
    return list != NULL ? kr_parse_raise_target(p, KR_TARGETS_DEL, list) : NULL;
}

static KrNode *parse_global(KrParser *p, KrNodeKind kind) {
    KrPlace start = kr_parse_place(p);
    uint32_t base = p->stack_count;
    kr_parse_advance(p);
    do {
        const KrName *name = kr_parse_name(p);
        if (name == NULL || !kr_parse_push(p, (KrNode *)(uintptr_t)name)) return NULL;
    } while (kr_parse_accept(p, KR_TOKEN_COMMA));
    KrGlobal *node = kr_parse_node(p, sizeof *node, kind, start);
    if (node == NULL) return NULL;
    uint32_t count = p->stack_count - base;
    const KrName **names = kr_arena_alloc(p->options.tree, count * sizeof *names);
    if (names == NULL) return kr_parse_raise_memory(p);
    for (uint32_t i = 0; i < count; i++) names[i] = (const KrName *)(const void *)p->stack[base + i];
    p->stack_count = base;
    node->names = (KrNameSeq){ names, count };
    return &node->node;
}

KrNode *kr_parse_type_alias(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrSeq params = { NULL, 0 };
    KrStatementStart begin = kr_parse_statement_start(p);
    kr_parse_advance(p);
    KrPlace name_start = kr_parse_place(p);
    const KrName *name = kr_parse_name(p);
    KrNode *target = name != NULL ? kr_parse_name_node(p, name, name_start) : NULL;
    if (target == NULL || !kr_parse_type_params(p, &params) || !kr_parse_accept(p, KR_TOKEN_EQUAL)) return NULL;
    for (uint32_t i = 0; i < params.count; i++) {
        const KrTypeParam *param = kr_as_type_param(params.item[i]);
        if (param->node.kind == KR_NODE_PARAM_SPEC || (param->bound != NULL && param->default_value != NULL)) break;
        if (param->default_value != NULL) kr_parse_suspect(p, begin, kr_parse_star_expressions);
    }
    KrNode *value = kr_parse_expression(p);
    if (value == NULL) return NULL;
    KrTypeAlias *node = kr_parse_node(p, sizeof *node, KR_NODE_TYPE_ALIAS, start);
    if (node == NULL) return NULL;
    target->ctx = KR_CTX_STORE;
    node->name = target;
    node->type_params = params;
    node->value = value;
    return &node->node;
}

static KrNode *parse_simple(KrParser *p) {
    switch (kr_parse_kind(p)) {
    case KR_TOKEN_NAME: return !p->second && at_type_alias(p) ? kr_parse_type_alias(p) : parse_expression_statement(p);
    case KR_TOKEN_IMPORT:
    case KR_TOKEN_FROM: return kr_parse_import(p);
    case KR_TOKEN_RETURN: return parse_return(p);
    case KR_TOKEN_RAISE: return parse_raise(p);
    case KR_TOKEN_PASS: return bare_node(p, KR_NODE_PASS);
    case KR_TOKEN_DEL: return parse_del(p);
    case KR_TOKEN_ASSERT: return parse_assert(p);
    case KR_TOKEN_BREAK: return bare_node(p, KR_NODE_BREAK);
    case KR_TOKEN_CONTINUE: return bare_node(p, KR_NODE_CONTINUE);
    case KR_TOKEN_GLOBAL: return parse_global(p, KR_NODE_GLOBAL);
    case KR_TOKEN_NONLOCAL: return parse_global(p, KR_NODE_NONLOCAL);
    default: return parse_expression_statement(p);
    }
}

bool kr_parse_simple_statement(KrParser *p, bool *more) {
    KrNode *node = parse_simple(p);
    if (node == NULL || !kr_parse_push(p, node)) return false;
    *more = kr_parse_accept(p, KR_TOKEN_SEMI) && !kr_parse_at(p, KR_TOKEN_NEWLINE);
    return *more || kr_parse_accept(p, KR_TOKEN_NEWLINE);
}

bool kr_parse_simple_statements(KrParser *p) {
    bool more = true;
    while (more) {
        if (!kr_parse_simple_statement(p, &more)) return false;
    }
    return true;
}
