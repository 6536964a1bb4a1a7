// parse_parameter.c - the parameters of def and lambda.
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

// Parameters while they are read; defaults and names go to the stack, in sections one after the other.
typedef struct Parameters {
    KrArguments *args;
    KrParameterStyle style;
    uint32_t names; // where the names of the section at hand begin on the stack
    KrSeq defaults; // grows in place: there are at most as many as parameters
    uint32_t default_room;
    bool has_default; // the last positional parameter has one
    bool after_star;
} Parameters;

KrNode *kr_parse_parameter(KrParser *p, KrParameterStyle style, bool star) {
    KrPlace start = kr_parse_place(p);
    const KrName *name = kr_parse_name(p);
    KrNode *annotation = NULL;
    if (name == NULL) return NULL;
    if (!style.lambda && kr_parse_accept(p, KR_TOKEN_COLON)) {
        bool starred = star && kr_parse_at(p, KR_TOKEN_STAR);
        annotation = starred ? kr_parse_starred(p, kr_parse_bitwise_or) : kr_parse_expression(p);
        if (annotation == NULL) return NULL;
    }
    KrArg *node = kr_parse_node(p, sizeof *node, KR_NODE_ARG, start);
    if (node == NULL) return NULL;
    node->arg = name;
    node->annotation = annotation;
    return &node->node;
}

// "=" and an expression, if they follow. False: failed.
bool kr_parse_default(KrParser *p, KrNode **value) {
    *value = NULL;
    if (!kr_parse_at(p, KR_TOKEN_EQUAL)) return !p->failed;
    KrToken equal = *kr_parse_token(p);
    kr_parse_advance(p);
    if (p->invalid && (kr_parse_at(p, KR_TOKEN_RPAR) || kr_parse_at(p, KR_TOKEN_COMMA))) {
        kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_token(&equal), "expected default value expression");
        return false;
    }
    *value = kr_parse_expression(p);
    return *value != NULL;
}

static bool add_default(KrParser *p, KrSeq *seq, uint32_t *room, KrNode *value) {
    if (seq->count >= *room) {
        uint32_t wish = *room == 0 ? 4 : *room * 2;
        KrSeq larger = { kr_arena_array(p->options.tree, wish, sizeof *larger.item), seq->count };
        if (larger.item == NULL) {
            kr_parse_raise_memory(p);
            return false;
        }
        for (uint32_t i = 0; i < seq->count; i++) larger.item[i] = seq->item[i];
        *seq = larger;
        *room = wish;
    }
    seq->item[seq->count++] = value;
    return true;
}

// NAME [annotation] [default], before or after the star.
static bool parse_named(KrParser *p, Parameters *ps) {
    KrNode *value;
    KrNode *arg = kr_parse_parameter(p, ps->style, false);
    if (arg == NULL || !kr_parse_push(p, arg) || !kr_parse_default(p, &value)) return false;
    if (ps->after_star) return add_default(p, &ps->args->kw_defaults, &ps->default_room, value);
    if (value == NULL) return !ps->has_default;
    ps->has_default = true;
    return add_default(p, &ps->defaults, &ps->default_room, value);
}

static bool at_end(KrParser *p, const Parameters *ps) { return kr_parse_at(p, ps->style.end); }

static bool parse_slash(KrParser *p, Parameters *ps) {
    if (ps->after_star || ps->args->posonlyargs.count > 0 || p->stack_count == ps->names) return false;
    kr_parse_advance(p);
    return kr_parse_take(p, ps->names, &ps->args->posonlyargs);
}

static bool parse_star(KrParser *p, Parameters *ps) {
    if (ps->after_star) return false;
    if (kr_hints(p)) {
        KrMark mark = kr_parse_mark(p);
        kr_invalid_star_parameter(p, ps->style);
        if (p->failed) return false;
        kr_parse_reset(p, mark);
    }
    kr_parse_advance(p);
    ps->after_star = true;
    ps->args->defaults = ps->defaults;
    ps->default_room = 0;
    if (!kr_parse_take(p, ps->names, &ps->args->args)) return false;
    if (kr_parse_at(p, KR_TOKEN_COMMA)) return kr_parse_kind_after(p) == KR_TOKEN_NAME;
    ps->args->vararg = kr_parse_parameter(p, ps->style, !ps->style.lambda);
    return ps->args->vararg != NULL && !kr_parse_at(p, KR_TOKEN_EQUAL);
}

static bool parse_double_star(KrParser *p, Parameters *ps) {
    if (kr_hints(p)) {
        KrMark mark = kr_parse_mark(p);
        kr_invalid_keyword_parameter(p, ps->style);
        if (p->failed) return false;
        kr_parse_reset(p, mark);
    }
    kr_parse_advance(p);
    ps->args->kwarg = kr_parse_parameter(p, ps->style, false);
    if (ps->args->kwarg == NULL) return false;
    kr_parse_accept(p, KR_TOKEN_COMMA);
    return at_end(p, ps);
}

static bool parse_list(KrParser *p, Parameters *ps) {
    while (!at_end(p, ps)) {
        bool good;
        switch (kr_parse_kind(p)) {
        case KR_TOKEN_SLASH: good = parse_slash(p, ps); break;
        case KR_TOKEN_STAR: good = parse_star(p, ps); break;
        case KR_TOKEN_DOUBLESTAR: return parse_double_star(p, ps);
        default: good = parse_named(p, ps); break;
        }
        if (!good) return false;
        if (!kr_parse_accept(p, KR_TOKEN_COMMA)) return at_end(p, ps);
    }
    return true;
}

// Nobody writes into it.
static const KrArguments no_parameters = { .node = { .kind = KR_NODE_ARGUMENTS } };

// The parameters up to the closing token, which is not taken; none are fine.
KrArguments *kr_parse_parameters(KrParser *p, KrParameterStyle style) {
    Parameters ps = { .style = style, .names = p->stack_count };
    KrMark mark = kr_parse_mark(p);
    if (kr_hints(p) && !kr_parse_at(p, style.end)) {
        kr_invalid_parameters(p, style);
        if (p->failed) return NULL;
        kr_parse_reset(p, mark);
    }
    if (!p->second && kr_parse_at(p, style.end)) return (KrArguments *)(uintptr_t)&no_parameters;
    ps.args = kr_parse_node(p, sizeof *ps.args, KR_NODE_ARGUMENTS, (KrPlace){ 0, 0 });
    if (ps.args == NULL) return NULL;
    ps.args->node.end_line = ps.args->node.end_col = 0;
    if (!parse_list(p, &ps)) return NULL;
    KrSeq *last = ps.after_star ? &ps.args->kwonlyargs : &ps.args->args;
    if (!ps.after_star) ps.args->defaults = ps.defaults;
    return kr_parse_take(p, ps.names, last) ? ps.args : NULL;
}

KrNode *kr_parse_lambda(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrToken keyword = *kr_parse_token(p);
    KrParameterStyle style = { KR_TOKEN_COLON, true };
    kr_parse_advance(p);
    KrArguments *args = kr_parse_parameters(p, style);
    if (args == NULL || !kr_parse_at(p, KR_TOKEN_COLON)) return NULL;
    KrToken colon = *kr_parse_token(p);
    kr_parse_advance(p);
    if (p->invalid && kr_parse_at(p, KR_TOKEN_FSTRING_MIDDLE)) {
        return kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_tokens(&keyword, &colon),
                              "f-string: lambda expressions are not allowed without parentheses");
    }
    KrNode *body = kr_parse_expression(p);
    if (body == NULL) return NULL;
    KrLambda *node = kr_parse_node(p, sizeof *node, KR_NODE_LAMBDA, start);
    if (node == NULL) return NULL;
    node->args = args;
    node->body = body;
    return &node->node;
}
