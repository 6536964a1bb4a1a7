// parse_invalid_parameter.c - well-known mistakes in the parameters of def and lambda. Only the second pass comes here.
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

typedef KrParameterStyle Style;

static void raise_at(KrParser *p, const KrToken *token, const char *text) {
    kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_token(token), "%s", text);
}

static bool step(KrParser *p, KrMark mark) {
    if (p->failed) return false;
    kr_parse_reset(p, mark);
    return true;
}

// A comma, or the end of the parameters, which stays.
static bool take_separator(KrParser *p, Style style) { return kr_parse_accept(p, KR_TOKEN_COMMA) || kr_parse_at(p, style.end); }

typedef enum Default { WITHOUT, WITH, MAYBE } Default;

// One parameter and its separator; what does not match is given back.
static KrNode *skip_one(KrParser *p, Style style, Default wanted) {
    KrNode *value = NULL;
    KrMark mark = kr_parse_mark(p);
    KrNode *node = kr_parse_parameter(p, style, false);
    bool good = node != NULL;
    if (good && wanted != WITHOUT) good = kr_parse_default(p, &value) && (value != NULL || wanted == MAYBE);
    if (good && take_separator(p, style)) return node;
    step(p, mark);
    return NULL;
}

static uint32_t skip_all(KrParser *p, Style style, Default wanted) {
    uint32_t count = 0;
    while (skip_one(p, style, wanted) != NULL) count++;
    return count;
}

static bool take_slash(KrParser *p, Style style) { return kr_parse_accept(p, KR_TOKEN_SLASH) && take_separator(p, style); }

static bool skip_slash_no_default(KrParser *p, Style style) {
    KrMark mark = kr_parse_mark(p);
    if (skip_all(p, style, WITHOUT) > 0 && take_slash(p, style)) return true;
    step(p, mark);
    return false;
}

static bool skip_slash_with_default(KrParser *p, Style style) {
    KrMark mark = kr_parse_mark(p);
    skip_all(p, style, WITHOUT);
    if (skip_all(p, style, WITH) > 0 && take_slash(p, style)) return true;
    step(p, mark);
    return false;
}

static bool skip_slash(KrParser *p, Style style) { return skip_slash_no_default(p, style) || skip_slash_with_default(p, style); }

// ---- rules ----

static void slash_first(KrParser *p, Style style) {
    (void)style;
    KrToken slash = *kr_parse_token(p);
    if (kr_parse_accept(p, KR_TOKEN_SLASH) && kr_parse_at(p, KR_TOKEN_COMMA)) raise_at(p, &slash, "at least one argument must precede /");
}

static void slash_twice(KrParser *p, Style style) {
    if (!skip_slash(p, style)) return;
    skip_all(p, style, MAYBE);
    if (kr_parse_at(p, KR_TOKEN_SLASH)) raise_at(p, kr_parse_token(p), "/ may appear only once");
}

static void default_first(KrParser *p, Style style) {
    skip_slash_no_default(p, style);
    skip_all(p, style, WITHOUT);
    if (!skip_slash_with_default(p, style) && skip_all(p, style, WITH) == 0) return;
    const KrNode *node = skip_one(p, style, WITHOUT);
    if (node == NULL) return;
    kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_node(node), "parameter without a default follows parameter with a default");
}

// (a, b) among the parameters.
static void parenthesized(KrParser *p, Style style) {
    skip_all(p, style, WITHOUT);
    KrToken open = *kr_parse_token(p);
    if (!kr_parse_accept(p, KR_TOKEN_LPAR)) return;
    if (style.lambda) {
        if (kr_parse_name(p) == NULL) return;
        while (kr_parse_accept(p, KR_TOKEN_COMMA) && kr_parse_name(p) != NULL) {}
    } else if (skip_all(p, style, WITHOUT) == 0) {
        return;
    }
    kr_parse_accept(p, KR_TOKEN_COMMA);
    if (!kr_parse_at(p, KR_TOKEN_RPAR)) return;
    kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_tokens(&open, kr_parse_token(p)), "%s parameters cannot be parenthesized",
                   style.lambda ? "Lambda expression" : "Function");
}

static void slash_after_star(KrParser *p, Style style) {
    skip_slash(p, style);
    skip_all(p, style, MAYBE);
    if (!kr_parse_accept(p, KR_TOKEN_STAR)) return;
    if (!kr_parse_accept(p, KR_TOKEN_COMMA) && skip_one(p, style, WITHOUT) == NULL) return;
    skip_all(p, style, MAYBE);
    if (kr_parse_at(p, KR_TOKEN_SLASH)) raise_at(p, kr_parse_token(p), "/ must be ahead of *");
}

static void slash_star(KrParser *p, Style style) {
    if (skip_all(p, style, MAYBE) == 0 || !kr_parse_accept(p, KR_TOKEN_SLASH)) return;
    if (kr_parse_at(p, KR_TOKEN_STAR)) raise_at(p, kr_parse_token(p), "expected comma between / and *");
}

void kr_invalid_parameters(KrParser *p, Style style) {
    static void (*const rules[])(KrParser *, Style) = {
        slash_first, slash_twice, default_first, parenthesized, slash_after_star, slash_star,
    };
    KrMark mark = kr_parse_mark(p);
    for (size_t i = 0; i < KR_COUNT_OF(rules); i++) {
        rules[i](p, style);
        if (!step(p, mark)) return;
    }
}

// "*" with nothing to follow it.
static void bare_star(KrParser *p, Style style, const KrToken *star) {
    bool wrong = kr_parse_at(p, style.end);
    if (kr_parse_accept(p, KR_TOKEN_COMMA)) wrong = kr_parse_at(p, style.end) || kr_parse_at(p, KR_TOKEN_DOUBLESTAR);
    if (!wrong) return;
    if (style.lambda) kr_parse_raise_last(p, "named arguments must follow bare *");
    else raise_at(p, star, "named arguments must follow bare *");
}

static void star_default(KrParser *p, Style style) {
    if (kr_parse_parameter(p, style, false) == NULL || !kr_parse_at(p, KR_TOKEN_EQUAL)) return;
    raise_at(p, kr_parse_token(p), "var-positional argument cannot have default value");
}

static void star_twice(KrParser *p, Style style) {
    if (skip_one(p, style, WITHOUT) == NULL && !kr_parse_accept(p, KR_TOKEN_COMMA)) return;
    skip_all(p, style, MAYBE);
    KrToken star = *kr_parse_token(p);
    if (!kr_parse_accept(p, KR_TOKEN_STAR)) return;
    if (skip_one(p, style, WITHOUT) == NULL && !kr_parse_at(p, KR_TOKEN_COMMA)) return;
    raise_at(p, &star, "* argument may appear only once");
}

void kr_invalid_star_parameter(KrParser *p, Style style) {
    KrToken star = *kr_parse_token(p);
    kr_parse_advance(p);
    KrMark mark = kr_parse_mark(p);
    bare_star(p, style, &star);
    if (!step(p, mark)) return;
    star_default(p, style);
    if (!step(p, mark)) return;
    star_twice(p, style);
}

void kr_invalid_keyword_parameter(KrParser *p, Style style) {
    kr_parse_advance(p);
    if (kr_parse_parameter(p, style, false) == NULL) return;
    if (kr_parse_at(p, KR_TOKEN_EQUAL)) raise_at(p, kr_parse_token(p), "var-keyword argument cannot have default value");
    if (!kr_parse_accept(p, KR_TOKEN_COMMA)) return;
    static const char text[] = "arguments cannot follow var-keyword argument";
    if (kr_parse_at(p, KR_TOKEN_STAR) || kr_parse_at(p, KR_TOKEN_DOUBLESTAR) || kr_parse_at(p, KR_TOKEN_SLASH)) {
        raise_at(p, kr_parse_token(p), text);
        return;
    }
    const KrNode *node = kr_parse_parameter(p, style, false);
    if (node != NULL) kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_node(node), "%s", text);
}
