// parse_definition.c - functions, classes, decorators and type parameters (PEP 695, 696).
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

// ---- type parameters ----

static bool parse_type_default(KrParser *p, bool star, KrNode **value) {
    *value = NULL;
    if (!kr_parse_accept(p, KR_TOKEN_EQUAL)) return !p->failed;
    *value = star && kr_parse_at(p, KR_TOKEN_STAR) ? kr_parse_starred(p, kr_parse_bitwise_or) : kr_parse_expression(p);
    return *value != NULL;
}

// *T: int and **P: int
static void bad_bound(KrParser *p, KrNodeKind kind) {
    KrToken colon = *kr_parse_token(p);
    kr_parse_advance(p);
    const KrNode *bound = kr_parse_expression(p);
    if (bound == NULL) return;
    kr_parse_raise(p, KR_SYNTAX_ERROR, kr_parse_span_from(p, kr_span_token(&colon)), "cannot use %s with %s",
                   bound->kind == KR_NODE_TUPLE ? "constraints" : "bound", kind == KR_NODE_PARAM_SPEC ? "ParamSpec" : "TypeVarTuple");
}

static KrNode *parse_type_param(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrNodeKind kind = KR_NODE_TYPE_VAR;
    KrNode *bound = NULL;
    KrNode *value;
    if (kr_parse_accept(p, KR_TOKEN_STAR)) kind = KR_NODE_TYPE_VAR_TUPLE;
    else if (kr_parse_accept(p, KR_TOKEN_DOUBLESTAR)) kind = KR_NODE_PARAM_SPEC;
    const KrName *name = kr_parse_name(p);
    if (name == NULL) return NULL;
    if (kr_parse_at(p, KR_TOKEN_COLON)) {
        if (kind != KR_NODE_TYPE_VAR) {
            bad_bound(p, kind);
            return NULL;
        }
        kr_parse_advance(p);
        bound = kr_parse_expression(p);
        if (bound == NULL) return NULL;
    }
    if (!parse_type_default(p, kind == KR_NODE_TYPE_VAR_TUPLE, &value)) return NULL;
    KrTypeParam *node = kr_parse_node(p, sizeof *node, kind, start);
    if (node == NULL) return NULL;
    node->name = name;
    node->bound = bound;
    node->default_value = value;
    return &node->node;
}

bool kr_parse_type_params(KrParser *p, KrSeq *params) {
    uint32_t base = p->stack_count;
    *params = (KrSeq){ NULL, 0 };
    if (!kr_parse_accept(p, KR_TOKEN_LSQB)) return !p->failed;
    if (p->invalid && kr_parse_at(p, KR_TOKEN_RSQB)) {
        KrSpan span = kr_parse_span_from(p, kr_span_token(kr_parse_token(p)));
        kr_parse_raise(p, KR_SYNTAX_ERROR, span, "Type parameter list cannot be empty");
        return false;
    }
    do {
        if (p->stack_count > base && kr_parse_at(p, KR_TOKEN_RSQB)) break;
        KrNode *param = parse_type_param(p);
        if (param == NULL || !kr_parse_push(p, param)) return false;
    } while (kr_parse_accept(p, KR_TOKEN_COMMA));
    return kr_parse_accept(p, KR_TOKEN_RSQB) && kr_parse_take(p, base, params);
}

// ---- functions ----

// What stands between def and the colon.
static bool parse_signature(KrParser *p, KrFunctionDef *parts) {
    parts->name = kr_parse_name(p);
    if (parts->name == NULL) return false;
    KrSpan after_name = kr_span_token(kr_parse_token(p));
    if (!kr_parse_type_params(p, &parts->type_params)) {
        if (p->invalid) kr_parse_raise(p, KR_SYNTAX_ERROR, after_name, "expected '('");
        return false;
    }
    if (!kr_parse_forced(p, KR_TOKEN_LPAR, "(")) return false;
    parts->args = kr_parse_parameters(p, (KrParameterStyle){ KR_TOKEN_RPAR, false });
    if (parts->args == NULL || !kr_parse_accept(p, KR_TOKEN_RPAR)) return false;
    KrSpan arrow = kr_span_token(kr_parse_token(p));
    if (!kr_parse_accept(p, KR_TOKEN_ARROW)) return !p->failed;
    parts->returns = kr_parse_expression(p);
    if (parts->returns == NULL && p->invalid) kr_parse_raise(p, KR_SYNTAX_ERROR, arrow, "expected ':'");
    return parts->returns != NULL;
}

KrNode *kr_parse_function(KrParser *p, bool is_async, KrPlace start, KrSeq decorators) {
    KrFunctionDef parts = { .decorator_list = decorators };
    int32_t line = kr_parse_place(p).line;
    bool later = kr_parse_is_later(p);
    kr_parse_advance(p);
    if (!parse_signature(p, &parts)) return NULL;
    later = later && parts.type_params.count == 0;
    if (!later && !kr_parse_forced_suite(p, &parts.body, "function definition", line)) return NULL;
    KrFunctionDef *node = kr_parse_node(p, sizeof *node, is_async ? KR_NODE_ASYNC_FUNCTION_DEF : KR_NODE_FUNCTION_DEF, start);
    if (node == NULL) return NULL;
    parts.node = node->node;
    *node = parts;
    return !later || kr_parse_later(p, &node->node, &node->body, &node->later) ? &node->node : NULL;
}

// ---- classes ----

KrNode *kr_parse_class(KrParser *p, KrSeq decorators) {
    KrPlace start = kr_parse_place(p);
    KrArgumentList list = { { NULL, 0 }, { NULL, 0 } };
    KrSeq params, body = { NULL, 0 };
    bool later = kr_parse_is_later(p);
    kr_parse_advance(p);
    const KrName *name = kr_parse_name(p);
    if (name == NULL || !kr_parse_type_params(p, &params)) return NULL;
    if (kr_parse_accept(p, KR_TOKEN_LPAR)) {
        if (!kr_parse_call_arguments(p, &list) || !kr_parse_accept(p, KR_TOKEN_RPAR)) return NULL;
    }
    later = later && params.count == 0;
    if (!later && !kr_parse_suite(p, &body, "class definition", start.line)) return NULL;
    KrClassDef *node = kr_parse_node(p, sizeof *node, KR_NODE_CLASS_DEF, start);
    if (node == NULL) return NULL;
    node->name = name;
    node->bases = list.args;
    node->keywords = list.keywords;
    node->body = body;
    node->decorator_list = decorators;
    node->type_params = params;
    return !later || kr_parse_later(p, &node->node, &node->body, &node->later) ? &node->node : NULL;
}

// ---- decorators ----

KrNode *kr_parse_decorated(KrParser *p) {
    uint32_t base = p->stack_count;
    bool direct = kr_parse_is_direct(p);
    KrSeq decorators;
    while (kr_parse_accept(p, KR_TOKEN_AT)) {
        KrNode *node = kr_parse_named_expression(p);
        if (node == NULL || !kr_parse_push(p, node) || !kr_parse_accept(p, KR_TOKEN_NEWLINE)) return NULL;
    }
    if (!kr_parse_take(p, base, &decorators)) return NULL;
    KrPlace start = kr_parse_place(p);
    kr_parse_directly(p, direct);
    if (kr_parse_at(p, KR_TOKEN_CLASS)) return kr_parse_class(p, decorators);
    if (kr_parse_at(p, KR_TOKEN_DEF)) return kr_parse_function(p, false, start, decorators);
    if (!kr_parse_accept(p, KR_TOKEN_ASYNC) || !kr_parse_at(p, KR_TOKEN_DEF)) return NULL;
    kr_parse_directly(p, direct);
    return kr_parse_function(p, true, start, decorators);
}
