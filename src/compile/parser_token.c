// parser_token.c - the parser's view of the tokens, its nodes and its memory.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "compile/parser_state.h"

enum { KEEP = 16, MAX_DEPTH = 4000, STEPS_PER_TOKEN = 2000, STEPS_FREE = 200000, POLL_TOKENS = 64 };

static const KrToken no_token = { .kind = KR_TOKEN_ERROR };

void *kr_parse_grow(KrParser *p, void *items, uint32_t count, uint32_t *cap, size_t item_size) {
    if (count < *cap) return items;
    if (*cap > UINT32_MAX / 4) return kr_parse_raise_memory(p);
    uint32_t wish = *cap == 0 ? 16 : *cap * 2;
    void *larger = kr_arena_regrow(p->options.names, items, count * item_size, wish * item_size);
    if (larger == NULL) return kr_parse_raise_memory(p);
    memset((char *)larger + count * item_size, 0, (wish - count) * item_size);
    *cap = wish;
    return larger;
}

// ---- tokens ----

// Drops tokens that nobody can come back to.
static void trim_window(KrParser *p) {
    uint32_t used = p->at - p->base;
    if (p->pins > 0 || used < KEEP) return;
    uint32_t rest = p->window_count - used;
    if (rest > 0) memmove(p->window, p->window + used, rest * sizeof *p->window);
    p->window_count = rest;
    p->base = p->at;
}

static bool read_token(KrParser *p) {
    trim_window(p);
    KrToken *window = kr_parse_grow(p, p->window, p->window_count, &p->window_cap, sizeof *window);
    if (window == NULL) return false;
    p->window = window;
    KrToken *token = &window[p->window_count];
    if (++p->read % POLL_TOKENS == 0 && p->options.poll.poll && !p->options.poll.poll(p->options.poll.ctx, POLL_TOKENS * 8))
        return kr_parse_raise_memory(p), false;
    kr_lexer_next(&p->lexer, token);
    uint32_t number = p->base + p->window_count;
    if (number >= p->furthest_number || p->furthest_number == 0) {
        p->furthest = *token;
        p->furthest_number = number;
        p->furthest_line = p->lexer.line;
        p->furthest_col = kr_lexer_column(&p->lexer);
    }
    if (token->kind == KR_TOKEN_ERROR) {
        p->failed = true;
        p->from_lexer = true;
        return false;
    }
    p->window_count++;
    return true;
}

static const KrToken *token_ahead(KrParser *p, uint32_t ahead) {
    if (p->failed) return &no_token;
    while (p->at - p->base + ahead >= p->window_count) {
        const KrToken *last = p->window_count > 0 ? &p->window[p->window_count - 1] : &no_token;
        if (last->kind == KR_TOKEN_END) return last;
        if (!read_token(p)) return &no_token;
    }
    return &p->window[p->at - p->base + ahead];
}

const KrToken *kr_parse_token(KrParser *p) {
    if (p->failed || p->at - p->base >= p->window_count) return token_ahead(p, 0);
    return &p->window[p->at - p->base];
}

KrTokenKind kr_parse_kind(KrParser *p) { return (KrTokenKind)kr_parse_token(p)->kind; }
KrTokenKind kr_parse_kind_after(KrParser *p) { return (KrTokenKind)token_ahead(p, 1)->kind; }
bool kr_parse_at(KrParser *p, KrTokenKind kind) { return kr_parse_token(p)->kind == kind; }

KrPlace kr_parse_place(KrParser *p) {
    const KrToken *token = kr_parse_token(p);
    return (KrPlace){ token->line, token->col };
}

void kr_parse_advance(KrParser *p) {
    const KrToken *token = kr_parse_token(p);
    if (p->failed) return;
    if (token->kind > KR_TOKEN_DEDENT) {
        p->last_line = token->end_line;
        p->last_col = token->end_col;
    }
    p->at++;
    if (!p->second) return;
    uint32_t bound = (p->furthest_number - p->base + 1) < UINT32_MAX / STEPS_PER_TOKEN - STEPS_FREE
                         ? (p->furthest_number - p->base + 1) * STEPS_PER_TOKEN + STEPS_FREE
                         : UINT32_MAX;
    if (++p->steps > bound) kr_parse_raise_complex(p);
}

bool kr_parse_accept(KrParser *p, KrTokenKind kind) {
    if (!kr_parse_at(p, kind)) return false;
    kr_parse_advance(p);
    return true;
}

KrMark kr_parse_mark(const KrParser *p) { return (KrMark){ p->at, p->last_line, p->last_col, p->stack_count }; }

void kr_parse_reset(KrParser *p, KrMark mark) {
    KR_ASSERT(mark.at >= p->base);
    p->at = mark.at;
    p->last_line = mark.last_line;
    p->last_col = mark.last_col;
    p->stack_count = mark.stack_count;
}

uint32_t kr_parse_last_level(const KrParser *p) { return p->at > p->base ? p->window[p->at - 1 - p->base].level : 0; }

void kr_parse_pin(KrParser *p) { p->pins++; }
void kr_parse_unpin(KrParser *p) { p->pins--; }

bool kr_parse_at_word(KrParser *p, const char *word) {
    const KrToken *token = kr_parse_token(p);
    return token->kind == KR_TOKEN_NAME && token->name->len == strlen(word) && memcmp(token->name->text, word, token->name->len) == 0;
}

const KrName *kr_parse_name(KrParser *p) {
    const KrToken *token = kr_parse_token(p);
    if (token->kind != KR_TOKEN_NAME) return NULL;
    const KrName *name = token->name;
    kr_parse_advance(p);
    return name;
}

bool kr_parse_starts_expression(KrParser *p) {
    switch (kr_parse_kind(p)) {
    case KR_TOKEN_NAME:
    case KR_TOKEN_NUMBER:
    case KR_TOKEN_STRING:
    case KR_TOKEN_FSTRING_START:
    case KR_TOKEN_LPAR:
    case KR_TOKEN_LSQB:
    case KR_TOKEN_LBRACE:
    case KR_TOKEN_ELLIPSIS:
    case KR_TOKEN_TILDE:
    case KR_TOKEN_PLUS:
    case KR_TOKEN_MINUS:
    case KR_TOKEN_NOT:
    case KR_TOKEN_LAMBDA:
    case KR_TOKEN_AWAIT:
    case KR_TOKEN_TRUE:
    case KR_TOKEN_FALSE:
    case KR_TOKEN_NONE: return true;
    default: return false;
    }
}

bool kr_parse_enter(KrParser *p) {
    if (p->failed) return false;
    if (p->depth >= MAX_DEPTH || kr_stack_low(p->options.stack_limit)) {
        kr_parse_raise_complex(p);
        return false;
    }
    p->depth++;
    return true;
}

// ---- nodes ----

void *kr_parse_node(KrParser *p, size_t size, KrNodeKind kind, KrPlace start) {
    if (p->failed) return NULL;
    KrNode *node = kr_arena_array(p->options.tree, 1, size);
    if (node == NULL) return kr_parse_raise_memory(p);
    node->kind = kind & 0xFF;
    node->line = (uint32_t)start.line & KR_PLACE_MASK;
    node->col = (uint32_t)start.col & KR_PLACE_MASK;
    node->end_line = (uint32_t)p->last_line & KR_PLACE_MASK;
    node->end_col = (uint32_t)p->last_col & KR_PLACE_MASK;
    return node;
}

KrNode *kr_parse_name_node(KrParser *p, const KrName *name, KrPlace start) {
    KrNameExpr *node = kr_parse_node(p, sizeof *node, KR_NODE_NAME, start);
    if (node == NULL) return NULL;
    node->id = name;
    return &node->node;
}

KrNode *kr_parse_constant(KrParser *p, KrConstantKind kind, KrPlace start) {
    KrConstant *node = kr_parse_node(p, sizeof *node, KR_NODE_CONSTANT, start);
    if (node == NULL) return NULL;
    node->node.op = kind & 0xFF;
    return &node->node;
}

KrNode *kr_parse_tuple(KrParser *p, uint32_t base, KrPlace start) {
    KrTuple *tuple = kr_parse_node(p, sizeof *tuple, KR_NODE_TUPLE, start);
    if (tuple == NULL || !kr_parse_take(p, base, &tuple->elts)) return NULL;
    return &tuple->node;
}

// ---- sequences ----

bool kr_parse_push(KrParser *p, KrNode *node) {
    if (p->failed) return false;
    KrNode **stack = kr_parse_grow(p, p->stack, p->stack_count, &p->stack_cap, sizeof *stack);
    if (stack == NULL) return false;
    p->stack = stack;
    stack[p->stack_count++] = node;
    return true;
}

bool kr_parse_copy(KrParser *p, KrNode *const *item, uint32_t count, KrSeq *seq) {
    *seq = (KrSeq){ NULL, 0 };
    if (p->failed) return false;
    if (count == 0) return true;
    seq->item = kr_arena_alloc(p->options.tree, (size_t)count * sizeof *seq->item);
    if (seq->item == NULL) {
        kr_parse_raise_memory(p);
        return false;
    }
    memcpy(seq->item, item, (size_t)count * sizeof *item);
    seq->count = count;
    return true;
}

bool kr_parse_take(KrParser *p, uint32_t base, KrSeq *seq) {
    uint32_t count = p->stack_count - base;
    p->stack_count = base;
    return kr_parse_copy(p, count > 0 ? p->stack + base : NULL, count, seq);
}

// ---- memory of the second pass ----

// As in CPython, what was found while nobody looked for mistakes counts for good.
static uint32_t memo_key(KrMemoRule rule, uint32_t at) { return at * KR_MEMO_COUNT + (uint32_t)rule + 1; }

// The entry of a key, or the empty one where it would go.
static KrMemo *memo_slot(KrMemo *memo, uint32_t cap, uint32_t key) {
    uint32_t i = key * 0x9E3779B1u;
    for (i = (i ^ i >> 15) & (cap - 1); memo[i].key != 0 && memo[i].key != key; i = (i + 1) & (cap - 1)) {}
    return &memo[i];
}

bool kr_memo_find(KrParser *p, KrMemoRule rule, KrNode **node) {
    if (!p->second || p->memo_count == 0) return false;
    const KrMemo *memo = memo_slot(p->memo, p->memo_cap, memo_key(rule, p->at));
    if (memo->key == 0) return false;
    *node = memo->node;
    if (memo->node != NULL) {
        p->at = memo->end.at;
        p->last_line = memo->end.last_line;
        p->last_col = memo->end.last_col;
    }
    return true;
}

static bool memo_grow(KrParser *p) {
    uint32_t cap = p->memo_cap == 0 ? 64 : p->memo_cap * 2;
    KrMemo *larger = kr_arena_array(p->options.names, cap, sizeof *larger);
    if (larger == NULL) return false;
    for (uint32_t i = 0; i < p->memo_cap; i++) {
        if (p->memo[i].key != 0) *memo_slot(larger, cap, p->memo[i].key) = p->memo[i];
    }
    p->memo = larger;
    p->memo_cap = cap;
    return true;
}

void kr_memo_clear(KrParser *p) {
    if (p->memo_cap > 0) memset(p->memo, 0, p->memo_cap * sizeof *p->memo);
    p->memo_count = 0;
}

// Keeps the result of a rule that began at token `at`, and returns it.
KrNode *kr_memo_keep(KrParser *p, KrMemoRule rule, uint32_t at, KrNode *node) {
    if (!p->second || p->failed) return node;
    if (p->memo_count >= p->memo_cap / 4 * 3 && !memo_grow(p)) return kr_parse_raise_memory(p);
    KrMemo *memo = memo_slot(p->memo, p->memo_cap, memo_key(rule, at));
    if (memo->key == 0) p->memo_count++;
    *memo = (KrMemo){ memo_key(rule, at), kr_parse_mark(p), node };
    return node;
}
