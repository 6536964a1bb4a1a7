// parse_try.c - try statements.
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

// What `except` begins; at is after its type and name.
typedef struct Handler {
    KrToken keyword;
    bool star;
    KrNode *type;
    const KrName *name;
} Handler;

static bool parse_name(KrParser *p, Handler *handler) {
    if (!kr_parse_accept(p, KR_TOKEN_AS)) return !p->failed;
    handler->name = kr_parse_name(p);
    return handler->name != NULL;
}

// Looks for `except A, B:` and for a lack of types.
static void invalid_types(KrParser *p, const Handler *handler) {
    if (handler->star && (kr_parse_at(p, KR_TOKEN_NEWLINE) || kr_parse_at(p, KR_TOKEN_COLON))) {
        kr_parse_raise_last(p, "expected one or more exception types");
        return;
    }
    const KrNode *first = kr_parse_expression(p);
    if (first == NULL || !kr_parse_accept(p, KR_TOKEN_COMMA) || kr_parse_expressions(p) == NULL) return;
    if (kr_parse_accept(p, KR_TOKEN_AS) && kr_parse_name(p) == NULL) return;
    if (!kr_parse_accept(p, KR_TOKEN_COLON)) return;
    kr_parse_raise(p, KR_SYNTAX_ERROR, kr_parse_span_from(p, kr_span_node(first)), "multiple exception types must be parenthesized");
}

static bool parse_types(KrParser *p, Handler *handler) {
    if (!handler->star && (kr_parse_at(p, KR_TOKEN_COLON) || kr_parse_at(p, KR_TOKEN_NEWLINE))) return true;
    KrMark mark = kr_parse_mark(p);
    handler->type = kr_parse_expression(p);
    bool good = handler->type != NULL && parse_name(p, handler);
    if (good && (kr_parse_at(p, KR_TOKEN_COLON) || kr_parse_at(p, KR_TOKEN_NEWLINE))) return true;
    if (!p->invalid || p->failed) return good;
    kr_parse_reset(p, mark);
    invalid_types(p, handler);
    return false;
}

static bool begin_handler(KrParser *p, Handler *handler) {
    *handler = (Handler){ .keyword = *kr_parse_token(p) };
    kr_parse_advance(p);
    handler->star = kr_parse_at(p, KR_TOKEN_STAR);
    return !p->failed;
}

static KrNode *parse_handler(KrParser *p, Handler *handler) {
    KrSeq body;
    const char *what = handler->star ? "'except*' statement" : "'except' statement";
    if (handler->star) kr_parse_advance(p);
    if (!parse_types(p, handler) || !kr_parse_suite(p, &body, what, handler->keyword.line)) return NULL;
    KrExceptHandler *node =
        kr_parse_node(p, sizeof *node, KR_NODE_EXCEPT_HANDLER, (KrPlace){ handler->keyword.line, handler->keyword.col });
    if (node == NULL) return NULL;
    node->type = handler->type;
    node->name = handler->name;
    node->body = body;
    return &node->node;
}

// A handler of the other kind than those before it. What is wrong with the handler itself comes first.
static void invalid_mixture(KrParser *p, Handler *handler) {
    KrSpan span = kr_span_token(&handler->keyword);
    KrMark mark = kr_parse_mark(p);
    if (handler->star) kr_parse_advance(p);
    if (parse_types(p, handler) && kr_parse_at(p, KR_TOKEN_NEWLINE)) kr_parse_raise_last(p, "expected ':'");
    if (p->failed) return;
    kr_parse_reset(p, mark);
    if (handler->star) {
        span = kr_span_join(span, kr_span_token(kr_parse_token(p)));
        kr_parse_advance(p);
    }
    if (handler->star || !kr_parse_at(p, KR_TOKEN_COLON)) {
        handler->type = kr_parse_expression(p);
        if (handler->type == NULL || !parse_name(p, handler)) return;
    }
    if (!kr_parse_at(p, KR_TOKEN_COLON)) return;
    kr_parse_raise(p, KR_SYNTAX_ERROR, span, "cannot have both 'except' and 'except*' on the same 'try'");
}

static bool push_handlers(KrParser *p, bool *star) {
    uint32_t base = p->stack_count;
    while (kr_parse_at(p, KR_TOKEN_EXCEPT)) {
        Handler handler;
        if (!begin_handler(p, &handler)) return false;
        if (p->stack_count > base && handler.star != *star) {
            if (!p->invalid) return false;
            invalid_mixture(p, &handler);
            return false;
        }
        *star = handler.star;
        KrNode *node = parse_handler(p, &handler);
        if (node == NULL || !kr_parse_push(p, node)) return false;
    }
    return !p->failed;
}

static bool parse_finally(KrParser *p, KrSeq *body) {
    *body = (KrSeq){ NULL, 0 };
    int32_t line = kr_parse_place(p).line;
    if (!kr_parse_accept(p, KR_TOKEN_FINALLY)) return !p->failed;
    return kr_parse_forced_suite(p, body, "'finally' statement", line);
}

KrNode *kr_parse_try(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    KrTry parts = { .body = { NULL, 0 } };
    bool star = false;
    kr_parse_advance(p);
    if (p->invalid && kr_parse_at(p, KR_TOKEN_COLON) && kr_parse_kind_after(p) == KR_TOKEN_EXCEPT) {
        kr_parse_advance(p); // no block: mistakes in the handlers are what is shown
        (void)push_handlers(p, &star);
        return NULL;
    }
    if (!kr_parse_forced_suite(p, &parts.body, "'try' statement", start.line)) return NULL;
    bool handled = kr_parse_at(p, KR_TOKEN_EXCEPT);
    if (!handled && !kr_parse_at(p, KR_TOKEN_FINALLY)) {
        return p->invalid ? kr_parse_raise_last(p, "expected 'except' or 'finally' block") : NULL;
    }
    uint32_t base = p->stack_count;
    if (!push_handlers(p, &star) || !kr_parse_take(p, base, &parts.handlers)) return NULL;
    if (handled && !kr_parse_else(p, &parts.orelse)) return NULL;
    if (!parse_finally(p, &parts.finalbody)) return NULL;
    KrTry *node = kr_parse_node(p, sizeof *node, star ? KR_NODE_TRY_STAR : KR_NODE_TRY, start);
    if (node == NULL) return NULL;
    node->body = parts.body;
    node->handlers = parts.handlers;
    node->orelse = parts.orelse;
    node->finalbody = parts.finalbody;
    return &node->node;
}
