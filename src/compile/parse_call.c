// parse_call.c - the arguments of calls and class definitions.
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

// Arguments while they are read: they lie on the stack as they come, keywords among them.
static bool split_arguments(KrParser *p, uint32_t base, KrArgumentList *list) {
    uint32_t count = p->stack_count - base;
    KrSeq all;
    *list = (KrArgumentList){ { NULL, 0 }, { NULL, 0 } };
    if (!kr_parse_take(p, base, &all)) return false;
    uint32_t keywords = 0;
    for (uint32_t i = 0; i < count; i++) keywords += all.item[i]->kind == KR_NODE_KEYWORD;
    list->args = all;
    if (keywords == 0) return true;
    list->keywords.item = kr_arena_alloc(p->options.tree, (size_t)keywords * sizeof *all.item);
    if (list->keywords.item == NULL) {
        kr_parse_raise_memory(p);
        return false;
    }
    list->args.count = 0;
    for (uint32_t i = 0; i < count; i++) {
        KrSeq *to = all.item[i]->kind == KR_NODE_KEYWORD ? &list->keywords : &list->args;
        to->item[to->count++] = all.item[i];
    }
    return true;
}

static KrNode *keyword_node(KrParser *p, const KrName *name, KrNode *value, KrPlace start) {
    KrKeyword *node = kr_parse_node(p, sizeof *node, KR_NODE_KEYWORD, start);
    if (node == NULL) return NULL;
    node->arg = name;
    node->value = value;
    return &node->node;
}

static bool at_keyword(KrParser *p) { return kr_parse_at(p, KR_TOKEN_NAME) && kr_parse_kind_after(p) == KR_TOKEN_EQUAL; }

// name=value
static KrNode *parse_keyword(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    const KrName *name = kr_parse_name(p);
    kr_parse_advance(p);
    KrNode *value = kr_parse_expression(p);
    return value != NULL ? keyword_node(p, name, value, start) : NULL;
}

// **value
static KrNode *parse_double_star(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    kr_parse_advance(p);
    KrNode *value = kr_parse_expression(p);
    return value != NULL ? keyword_node(p, NULL, value, start) : NULL;
}

KrNode *kr_parse_starred_expression(KrParser *p) {
    if (!kr_parse_at(p, KR_TOKEN_STAR)) return NULL;
    if (kr_hints(p)) {
        KrMark mark = kr_parse_mark(p);
        kr_invalid_starred(p);
        if (p->failed) return NULL;
        kr_parse_reset(p, mark);
    }
    KrNode *node = kr_parse_starred(p, kr_parse_expression);
    if (node == NULL && p->second) kr_parse_raise_last(p, "Invalid star expression");
    return node;
}

// ---- first pass ----

typedef enum Seen { SEEN_NONE, SEEN_KEYWORD, SEEN_DOUBLE_STAR } Seen;

static KrNode *parse_argument(KrParser *p, Seen *seen) {
    if (kr_parse_at(p, KR_TOKEN_DOUBLESTAR)) {
        *seen = SEEN_DOUBLE_STAR;
        return parse_double_star(p);
    }
    if (kr_parse_at(p, KR_TOKEN_STAR)) return *seen == SEEN_DOUBLE_STAR ? NULL : kr_parse_starred_expression(p);
    if (at_keyword(p)) {
        if (*seen == SEEN_NONE) *seen = SEEN_KEYWORD;
        return parse_keyword(p);
    }
    return *seen == SEEN_NONE ? kr_parse_plain_expression(p) : NULL;
}

static bool parse_arguments(KrParser *p, KrArgumentList *list) {
    Seen seen = SEEN_NONE;
    uint32_t base = p->stack_count;
    do {
        if (kr_parse_at(p, KR_TOKEN_RPAR)) break;
        KrNode *argument = parse_argument(p, &seen);
        if (argument == NULL || !kr_parse_push(p, argument)) return false;
    } while (kr_parse_accept(p, KR_TOKEN_COMMA));
    return split_arguments(p, base, list);
}

// ---- second pass ----

typedef enum ArgumentRule { RULE_POSITIONAL, RULE_KEYWORD_OR_STAR, RULE_KEYWORD_OR_DOUBLE_STAR } ArgumentRule;

static KrNode *try_argument(KrParser *p, ArgumentRule rule) {
    if (rule == RULE_POSITIONAL) {
        KrNode *node = kr_parse_at(p, KR_TOKEN_STAR) ? kr_parse_starred_expression(p) : kr_parse_plain_expression(p);
        bool plain = node != NULL && node->kind != KR_NODE_STARRED;
        return plain && kr_parse_at(p, KR_TOKEN_EQUAL) ? NULL : node;
    }
    if (kr_hints(p)) {
        KrMark mark = kr_parse_mark(p);
        kr_invalid_keyword(p);
        if (p->failed) return NULL;
        kr_parse_reset(p, mark);
    }
    if (at_keyword(p)) return parse_keyword(p);
    if (rule == RULE_KEYWORD_OR_STAR) return kr_parse_starred_expression(p);
    return kr_parse_at(p, KR_TOKEN_DOUBLESTAR) ? parse_double_star(p) : NULL;
}

// Arguments of one rule with commas between them, as many as match. False: none, or failed.
static bool push_arguments(KrParser *p, ArgumentRule rule) {
    uint32_t base = p->stack_count;
    KrMark mark = kr_parse_mark(p);
    for (;;) {
        KrNode *node = try_argument(p, rule);
        if (node == NULL) {
            if (p->failed) return false;
            kr_parse_reset(p, mark);
            break;
        }
        if (!kr_parse_push(p, node)) return false;
        mark = kr_parse_mark(p);
        if (!kr_parse_accept(p, KR_TOKEN_COMMA)) break;
    }
    return p->stack_count > base;
}

// Arguments after a comma; when there are none, the comma stays.
static bool push_after_comma(KrParser *p, bool (*rest)(KrParser *)) {
    KrMark mark = kr_parse_mark(p);
    if (kr_parse_accept(p, KR_TOKEN_COMMA) && rest(p)) return true;
    if (!p->failed) kr_parse_reset(p, mark);
    return false;
}

static bool push_double_stars(KrParser *p) { return push_arguments(p, RULE_KEYWORD_OR_DOUBLE_STAR); }

static bool push_keywords(KrParser *p) {
    if (!push_arguments(p, RULE_KEYWORD_OR_STAR)) return !p->failed && push_double_stars(p);
    push_after_comma(p, push_double_stars);
    return !p->failed;
}

bool kr_parse_args(KrParser *p, KrArgumentList *list) {
    uint32_t base = p->stack_count;
    if (push_arguments(p, RULE_POSITIONAL)) push_after_comma(p, push_keywords);
    else if (p->failed || !push_keywords(p)) return false;
    return !p->failed && split_arguments(p, base, list);
}

// The list is remembered in a Call node without a function.
static bool try_arguments(KrParser *p, KrArgumentList *list) {
    KrNode *node;
    KrPlace start = kr_parse_place(p);
    KrMark mark = kr_parse_mark(p);
    if (kr_memo_find(p, KR_MEMO_ARGUMENTS, &node)) {
        if (node == NULL) return false;
        *list = (KrArgumentList){ kr_as_call(node)->args, kr_as_call(node)->keywords };
        return true;
    }
    bool found = kr_parse_args(p, list);
    if (found) kr_parse_accept(p, KR_TOKEN_COMMA);
    if (found && !kr_parse_at(p, KR_TOKEN_RPAR)) found = false;
    if (p->failed) return false;
    KrCall *call = NULL;
    if (found) {
        call = kr_parse_node(p, sizeof *call, KR_NODE_CALL, start);
        if (call == NULL) return false;
        call->args = list->args;
        call->keywords = list->keywords;
    } else {
        kr_parse_reset(p, mark);
        if (kr_hints(p)) kr_invalid_arguments(p);
        if (p->failed) return false;
        kr_parse_reset(p, mark);
    }
    kr_memo_keep(p, KR_MEMO_ARGUMENTS, mark.at, call != NULL ? &call->node : NULL);
    return found && !p->failed;
}

bool kr_parse_call_arguments(KrParser *p, KrArgumentList *list) {
    *list = (KrArgumentList){ { NULL, 0 }, { NULL, 0 } };
    if (!p->second) return parse_arguments(p, list);
    return kr_parse_at(p, KR_TOKEN_RPAR) || try_arguments(p, list) || !p->failed;
}

// ---- calls ----

static KrNode *call_node(KrParser *p, KrNode *func, const KrArgumentList *list) {
    KrCall *node = kr_parse_node(p, sizeof *node, KR_NODE_CALL, kr_node_place(func));
    if (node == NULL) return NULL;
    node->func = func;
    node->args = list->args;
    node->keywords = list->keywords;
    return &node->node;
}

// f(x for x in y): the generator's place includes the parentheses.
static KrNode *call_with_genexp(KrParser *p, KrNode *func, KrNode *genexp) {
    KrArgumentList list = { { NULL, 0 }, { NULL, 0 } };
    if (genexp == NULL || !kr_parse_copy(p, &genexp, 1, &list.args)) return NULL;
    return call_node(p, func, &list);
}

// First pass: reads arguments until a sole argument turns out to be a generator expression.
static KrNode *parse_call(KrParser *p, KrNode *func) {
    KrPlace start = kr_parse_place(p);
    KrArgumentList list = { { NULL, 0 }, { NULL, 0 } };
    kr_parse_advance(p);
    if (!kr_parse_at(p, KR_TOKEN_RPAR)) {
        Seen seen = SEEN_NONE;
        uint32_t base = p->stack_count;
        KrNode *first = parse_argument(p, &seen);
        if (first == NULL) return NULL;
        if (seen == SEEN_NONE && first->kind != KR_NODE_STARRED && kr_parse_at_for(p)) {
            return call_with_genexp(p, func, kr_parse_comp(p, KR_NODE_GENERATOR_EXP, first, NULL, KR_TOKEN_RPAR, start));
        }
        if (!kr_parse_push(p, first)) return NULL;
        while (kr_parse_accept(p, KR_TOKEN_COMMA) && !kr_parse_at(p, KR_TOKEN_RPAR)) {
            KrNode *next = parse_argument(p, &seen);
            if (next == NULL || !kr_parse_push(p, next)) return NULL;
        }
        if (!split_arguments(p, base, &list)) return NULL;
    }
    return kr_parse_accept(p, KR_TOKEN_RPAR) ? call_node(p, func, &list) : NULL;
}

KrNode *kr_parse_call(KrParser *p, KrNode *func) {
    if (!p->second) return parse_call(p, func);
    KrArgumentList list;
    KrMark mark = kr_parse_mark(p);
    KrNode *genexp = kr_parse_genexp(p);
    if (genexp != NULL) return call_with_genexp(p, func, genexp);
    if (p->failed) return NULL;
    kr_parse_reset(p, mark);
    kr_parse_advance(p);
    if (!kr_parse_call_arguments(p, &list) || !kr_parse_accept(p, KR_TOKEN_RPAR)) return NULL;
    return call_node(p, func, &list);
}
