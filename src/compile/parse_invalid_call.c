// parse_invalid_call.c - well-known mistakes in the arguments of calls. Only the second pass comes here.
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

static void raise_range(KrParser *p, KrSpan span, const char *text) { kr_parse_raise(p, KR_SYNTAX_ERROR, span, "%s", text); }

static bool step(KrParser *p, KrMark mark) {
    if (p->failed) return false;
    kr_parse_reset(p, mark);
    return true;
}

static const char parenthesize[] = "Generator expression must be parenthesized";
static const char stray_equal[] = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";

// The last expression of the last for clause.
static const KrNode *last_item(const KrSeq *clauses) {
    const KrComprehension *clause = kr_as_comprehension(clauses->item[clauses->count - 1]);
    return clause->ifs.count > 0 ? clause->ifs.item[clause->ifs.count - 1] : clause->iter;
}

// name=value for …
static void keyword_genexp(KrParser *p) {
    KrSeq clauses;
    KrToken name = *kr_parse_token(p);
    if (name.kind != KR_TOKEN_NAME || kr_parse_kind_after(p) != KR_TOKEN_EQUAL) return;
    kr_parse_advance(p);
    KrToken equal = *kr_parse_token(p);
    kr_parse_advance(p);
    if (kr_parse_expression(p) == NULL || !kr_parse_for_clauses(p, &clauses)) return;
    raise_range(p, kr_span_tokens(&name, &equal), stray_equal);
}

// **a, *b
static void star_after_double_star(KrParser *p) {
    KrArgumentList list;
    if (!kr_parse_args(p, &list) || list.keywords.count == 0 || !kr_parse_at(p, KR_TOKEN_COMMA)) return;
    KrSpan comma = kr_span_token(kr_parse_token(p));
    kr_parse_advance(p);
    if (!kr_parse_at(p, KR_TOKEN_STAR)) return;
    while (kr_parse_starred_expression(p) != NULL && !kr_parse_at(p, KR_TOKEN_EQUAL)) {
        KrMark mark = kr_parse_mark(p);
        if (kr_parse_accept(p, KR_TOKEN_COMMA) && kr_parse_at(p, KR_TOKEN_STAR)) continue;
        kr_parse_reset(p, mark);
        break;
    }
    raise_range(p, kr_parse_span_from(p, comma), "iterable argument unpacking follows keyword argument unpacking");
}

// a for b in c, …
static void genexp_first(KrParser *p) {
    KrSeq clauses;
    const KrNode *elt = kr_parse_expression(p);
    if (elt == NULL || !kr_parse_for_clauses(p, &clauses) || !kr_parse_accept(p, KR_TOKEN_COMMA)) return;
    KrMark mark = kr_parse_mark(p);
    KrArgumentList list;
    (void)kr_parse_args(p, &list); // mistakes in the other arguments come first
    if (!step(p, mark)) return;
    raise_range(p, kr_span_nodes(elt, last_item(&clauses)), parenthesize);
}

// [args,] a=
static void missing_value(KrParser *p) {
    KrArgumentList list;
    KrMark mark = kr_parse_mark(p);
    bool args = kr_parse_args(p, &list) && kr_parse_accept(p, KR_TOKEN_COMMA);
    if (!args && !step(p, mark)) return;
    KrToken name = *kr_parse_token(p);
    if (name.kind != KR_TOKEN_NAME || kr_parse_kind_after(p) != KR_TOKEN_EQUAL) return;
    kr_parse_advance(p);
    KrToken equal = *kr_parse_token(p);
    kr_parse_advance(p);
    if (!kr_parse_at(p, KR_TOKEN_COMMA) && !kr_parse_at(p, KR_TOKEN_RPAR)) return;
    raise_range(p, kr_span_tokens(&name, &equal), "expected argument value expression");
}

// args for …: fine with one argument only
static void genexp_after(KrParser *p) {
    KrArgumentList list;
    KrSeq clauses;
    if (!kr_parse_args(p, &list) || !kr_parse_for_clauses(p, &clauses) || list.args.count <= 1) return;
    raise_range(p, kr_span_nodes(list.args.item[list.args.count - 1], last_item(&clauses)), parenthesize);
}

// args, a for …; args, args
static void more_arguments(KrParser *p) {
    KrArgumentList list, rest;
    KrSeq clauses;
    if (!kr_parse_args(p, &list) || !kr_parse_accept(p, KR_TOKEN_COMMA)) return;
    KrMark mark = kr_parse_mark(p);
    const KrNode *elt = kr_parse_expression(p);
    if (elt != NULL && kr_parse_for_clauses(p, &clauses)) { raise_range(p, kr_span_nodes(elt, last_item(&clauses)), parenthesize); }
    if (!step(p, mark) || !kr_parse_args(p, &rest)) return;
    bool unpacking = false;
    for (uint32_t i = 0; i < list.keywords.count; i++) unpacking |= kr_as_keyword(list.keywords.item[i])->arg == NULL;
    kr_parse_raise_last(p, "positional argument follows keyword argument%s", unpacking ? " unpacking" : "");
}

void kr_invalid_arguments(KrParser *p) {
    static void (*const rules[])(KrParser *) = {
        star_after_double_star, genexp_first, keyword_genexp, missing_value, genexp_after, more_arguments,
    };
    KrMark mark = kr_parse_mark(p);
    for (size_t i = 0; i < KR_COUNT_OF(rules); i++) {
        rules[i](p);
        if (!step(p, mark)) return;
    }
}

// True=1
static void constant_keyword(KrParser *p) {
    KrToken name = *kr_parse_token(p);
    if (name.kind != KR_TOKEN_TRUE && name.kind != KR_TOKEN_FALSE && name.kind != KR_TOKEN_NONE) return;
    kr_parse_advance(p);
    if (!kr_parse_at(p, KR_TOKEN_EQUAL)) return;
    const char *text = name.kind == KR_TOKEN_TRUE ? "True" : name.kind == KR_TOKEN_FALSE ? "False" : "None";
    kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_tokens(&name, kr_parse_token(p)), "cannot assign to %s", text);
}

// a.b=1
static void expression_keyword(KrParser *p) {
    if (kr_parse_at(p, KR_TOKEN_NAME) && kr_parse_kind_after(p) == KR_TOKEN_EQUAL) return;
    const KrNode *left = kr_parse_expression(p);
    if (left == NULL || !kr_parse_at(p, KR_TOKEN_EQUAL)) return;
    raise_range(p, kr_span_join(kr_span_node(left), kr_span_token(kr_parse_token(p))),
                "expression cannot contain assignment, perhaps you meant \"==\"?");
}

// **a=b
static void double_star_keyword(KrParser *p) {
    if (!kr_parse_at(p, KR_TOKEN_DOUBLESTAR)) return;
    KrSpan star = kr_span_token(kr_parse_token(p));
    kr_parse_advance(p);
    if (kr_parse_expression(p) == NULL || !kr_parse_accept(p, KR_TOKEN_EQUAL)) return;
    const KrNode *value = kr_parse_expression(p);
    if (value == NULL) return;
    raise_range(p, kr_span_join(star, kr_span_node(value)), "cannot assign to keyword argument unpacking");
}

void kr_invalid_keyword(KrParser *p) {
    static void (*const rules[])(KrParser *) = { constant_keyword, keyword_genexp, expression_keyword, double_star_keyword };
    KrMark mark = kr_parse_mark(p);
    for (size_t i = 0; i < KR_COUNT_OF(rules); i++) {
        rules[i](p);
        if (!step(p, mark)) return;
    }
}

// *a=b
void kr_invalid_starred(KrParser *p) {
    KrSpan star = kr_span_token(kr_parse_token(p));
    kr_parse_advance(p);
    if (kr_parse_expression(p) == NULL || !kr_parse_accept(p, KR_TOKEN_EQUAL)) return;
    const KrNode *value = kr_parse_expression(p);
    if (value == NULL) return;
    raise_range(p, kr_span_join(star, kr_span_node(value)), "cannot assign to iterable argument unpacking");
}
