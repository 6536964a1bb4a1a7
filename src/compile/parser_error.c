// parser_error.c - where the parser's errors point, as CPython 3.13 does it.
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

KrSpan kr_span_node(const KrNode *node) {
    return (KrSpan){ (int32_t)node->line, (int32_t)node->col, (int32_t)node->end_line, (int32_t)node->end_col };
}

KrSpan kr_span_nodes(const KrNode *first, const KrNode *last) { return kr_span_join(kr_span_node(first), kr_span_node(last)); }

KrSpan kr_span_token(const KrToken *token) { return (KrSpan){ token->line, token->col, token->end_line, token->end_col }; }

KrSpan kr_span_tokens(const KrToken *first, const KrToken *last) { return kr_span_join(kr_span_token(first), kr_span_token(last)); }

KrSpan kr_span_join(KrSpan first, KrSpan last) { return (KrSpan){ first.line, first.col, last.end_line, last.end_col }; }

// CPython does not count from 1 here, hence the -1.
KrSpan kr_parse_span_from(const KrParser *p, KrSpan start) {
    return (KrSpan){ start.line, start.col, p->furthest_line, p->furthest_col - 1 };
}

// Tokens without text (INDENT, DEDENT, the end) are shown where the lexer is.
KrSpan kr_parse_span_last(const KrParser *p) {
    KrSpan span = kr_span_token(&p->furthest);
    if (p->furthest.col < 0) {
        span.col = p->options.script && p->lexer.at >= p->lexer.limit ? -1 : p->furthest_col - 1;
        span.end_col = -2;
    }
    return span;
}

static void raise_list(KrParser *p, KrSyntaxErrorKind kind, KrSpan span, const char *format, va_list args) {
    if (p->failed) return; // the first error counts
    p->failed = true;
    p->error.kind = kind;
    kr_syntax_message_list(&p->error, format, args);
    int32_t read_line = p->lexer.line > p->furthest_line ? p->lexer.line : p->furthest_line;
    kr_syntax_place(&p->error, p->options.source, p->options.source_len, read_line, span);
}

void *kr_parse_raise(KrParser *p, KrSyntaxErrorKind kind, KrSpan span, const char *format, ...) {
    va_list args;
    va_start(args, format);
    raise_list(p, kind, span, format, args);
    va_end(args);
    return NULL;
}

void *kr_parse_raise_last(KrParser *p, const char *format, ...) {
    va_list args;
    va_start(args, format);
    raise_list(p, KR_SYNTAX_ERROR, kr_parse_span_last(p), format, args);
    va_end(args);
    return NULL;
}

void *kr_parse_raise_memory(KrParser *p) {
    p->failed = true;
    p->error = (KrSyntaxError){ .kind = KR_SYNTAX_NO_MEMORY };
    kr_syntax_message(&p->error, "out of memory");
    return NULL;
}

void *kr_parse_raise_complex(KrParser *p) {
    p->failed = true;
    p->error = (KrSyntaxError){ .kind = KR_SYNTAX_TOO_COMPLEX };
    kr_syntax_message(&p->error, "Parser stack overflowed - Python source too complex to compile");
    return NULL;
}

void kr_parse_generic_error(KrParser *p) {
    const KrToken *last = &p->first_furthest;
    if (last->kind == KR_TOKEN_INDENT || last->kind == KR_TOKEN_DEDENT) {
        const char *what = last->kind == KR_TOKEN_INDENT ? "unexpected indent" : "unexpected unindent";
        kr_parse_raise(p, KR_SYNTAX_INDENTATION, kr_parse_span_last(p), "%s", what);
        return;
    }
    kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_token(last), "invalid syntax");
    kr_parse_check_rest(p);
}

void kr_parse_check_rest(KrParser *p) {
    KrSyntaxError found = p->error;
    KrToken token;
    KrBracket bracket;
    p->lexer.quiet = false; // numbers like 1if are warned about up to the end of the text
    p->lexer.soft_error = false;
    do kr_lexer_next(&p->lexer, &token);
    while (token.kind != KR_TOKEN_END && token.kind != KR_TOKEN_ERROR);
    // Inside of an f-string the first error is the better one: others are often its consequence.
    bool in_fstring = p->lexer.fstring_count > 0;
    bool clear = token.kind == KR_TOKEN_ERROR && !p->lexer.soft_error && p->error.kind != KR_SYNTAX_NO_MEMORY;
    if (clear && !in_fstring) return;
    p->error = found;
    if (clear || in_fstring || token.kind != KR_TOKEN_ERROR || !kr_lexer_open_bracket(&p->lexer, &bracket)) return;
    if (p->furthest.line > bracket.line) kr_lexer_raise_unclosed(&p->lexer);
}

// The part of an expression that makes it no target; NULL: all of it is one.
static const KrNode *invalid_target(const KrNode *node, KrTargets targets) {
    switch (node->kind) {
    case KR_NODE_LIST:
    case KR_NODE_TUPLE: {
        const KrElements *elements = kr_as_elements(node);
        for (uint32_t i = 0; i < elements->elts.count; i++) {
            const KrNode *found = invalid_target(elements->elts.item[i], targets);
            if (found != NULL) return found;
        }
        return NULL;
    }
    case KR_NODE_STARRED:
        if (targets == KR_TARGETS_DEL) return node;
        return invalid_target(kr_as_starred(node)->value, targets);
    case KR_NODE_COMPARE: // `for f() in x`: the rule takes the whole comparison for the target
        if (targets != KR_TARGETS_FOR) return node;
        if (kr_as_compare(node)->ops[0] != KR_COMPARE_IN) return NULL;
        return invalid_target(kr_as_compare(node)->left, targets);
    case KR_NODE_NAME:
    case KR_NODE_SUBSCRIPT:
    case KR_NODE_ATTRIBUTE: return NULL;
    default: return node;
    }
}

void *kr_parse_raise_target(KrParser *p, KrTargets targets, const KrNode *node) {
    const KrNode *bad = invalid_target(node, targets);
    if (bad == NULL) return NULL;
    const char *verb = targets == KR_TARGETS_DEL ? "delete" : "assign to";
    return kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_node(bad), "cannot %s %s", verb, kr_node_describe(bad));
}
