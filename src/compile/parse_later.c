// parse_later.c - blocks that are read twice, where memory is short: a tree is ten times as large as its text.
//
// The first reading of a long definition gives each statement of its block to a sink, which makes the scopes of it, and forgets its tree; the
// definition keeps where the block starts. When code is made of it, the block is read again, and again one statement at a time. Definitions
// that stand in such a block directly, and are long, are treated alike; in the second reading their blocks are passed over.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "compile/parser_state.h"

enum { LONG = 512 }; // bytes of a definition that is read twice

// Looks for a line that stands no deeper than the definition. What text in quotes looks like does not matter much.
bool kr_parse_is_later(KrParser *p) {
    const KrLexer *lexer = &p->lexer;
    if (!kr_parse_is_direct(p)) return false;
    uint32_t from = kr_parse_token(p)->start, at = from, outer = (uint32_t)lexer->indent[lexer->indent_count - 1].col;
    while (at < lexer->len && at - from < LONG) {
        while (at < lexer->len && lexer->source[at] != '\n') at++;
        uint32_t line = ++at;
        while (at < lexer->len && (lexer->source[at] == ' ' || lexer->source[at] == '\t')) at++;
        if (at >= lexer->len) return false;
        bool empty = lexer->source[at] == '\n' || lexer->source[at] == '\r' || lexer->source[at] == '#';
        if (!empty && at - line <= outer && lexer->source[at] != ')') return false;
    }
    return at < lexer->len;
}

KrLaterBody *kr_node_later(const KrNode *node) {
    if (node->kind == KR_NODE_CLASS_DEF) return ((const KrClassDef *)node)->later;
    bool function = node->kind == KR_NODE_FUNCTION_DEF || node->kind == KR_NODE_ASYNC_FUNCTION_DEF;
    return function ? ((const KrFunctionDef *)node)->later : NULL;
}

// ---- The first reading ----

static bool is_docstring(const KrNode *statement) {
    if (statement->kind != KR_NODE_EXPR) return false;
    const KrNode *value = ((const KrExprStatement *)statement)->value;
    return value->kind == KR_NODE_CONSTANT && value->op == KR_CONSTANT_STR;
}

static KrLaterBody *note_start(KrParser *p) {
    (void)kr_parse_token(p);
    KrStatementStart start = kr_parse_statement_start(p);
    KrLaterBody *later = kr_arena_array(p->options.tree, 1, sizeof *later);
    KrIndent *indent = kr_arena_array(p->options.tree, p->lexer.indent_count, sizeof *indent);
    if (later == NULL || indent == NULL) return kr_parse_raise_memory(p);
    memcpy(indent, p->lexer.indent, p->lexer.indent_count * sizeof *indent);
    *later = (KrLaterBody){ start.at, start.line_start, start.line, 0, p->checked, p->lexer.indent_count, indent };
    return start.replay ? later : NULL;
}

static bool at_end(KrParser *p) { return kr_parse_at(p, KR_TOKEN_DEDENT) || kr_parse_at(p, KR_TOKEN_END); }

static bool pass_over(KrParser *p) {
    for (int depth = 0; !p->failed && (depth > 0 || !at_end(p)); kr_parse_advance(p)) {
        if (kr_parse_at(p, KR_TOKEN_INDENT)) depth++;
        else if (kr_parse_at(p, KR_TOKEN_DEDENT)) depth--;
        else if (kr_parse_at(p, KR_TOKEN_END)) return true;
    }
    return !p->failed;
}

// What has been pushed since base goes to the sink.
static void give(KrParser *p, uint32_t base) {
    const KrLaterSink *sink = &p->options.later;
    for (uint32_t i = base; i < p->stack_count && !p->again; i++) {
        if (kr_node_later(p->stack[i]) == NULL) sink->statement(sink->ctx, p->stack[i]);
    }
    p->stack_count = base;
}

static bool read_block(KrParser *p, KrSeq *body) {
    uint32_t base = p->stack_count;
    if (kr_parse_at(p, KR_TOKEN_STRING)) {
        if (!kr_parse_statement(p)) return false;
        bool doc = is_docstring(p->stack[base]);
        if (doc && !kr_parse_copy(p, p->stack + base, 1, body)) return false;
        give(p, base);
    }
    if (p->again) return pass_over(p);
    while (!at_end(p)) {
        KrArenaMark mark = kr_arena_mark(p->options.tree);
        kr_parse_directly(p, true);
        if (!kr_parse_statement(p)) return false;
        give(p, base);
        kr_arena_rewind(p->options.tree, mark);
    }
    return true;
}

static bool parse_block(KrParser *p, KrNode *definition, KrSeq *body, KrLaterBody **later) {
    const KrLaterSink *sink = &p->options.later;
    *later = note_start(p);
    if (*later == NULL) return false;
    if (!p->again) sink->open(sink->ctx, definition);
    uint32_t pins = p->pins;
    p->pins = 0;
    bool good = read_block(p, body);
    p->pins = pins;
    (*later)->size = p->lexer.at - (*later)->at;
    return good && kr_parse_accept(p, KR_TOKEN_DEDENT);
}

bool kr_parse_later(KrParser *p, KrNode *definition, KrSeq *body, KrLaterBody **later) {
    const KrLaterSink *sink = &p->options.later;
    uint32_t base = p->stack_count;
    if (!kr_parse_accept(p, KR_TOKEN_COLON) || !kr_parse_enter(p)) return false;
    bool block = kr_parse_accept(p, KR_TOKEN_NEWLINE);
    if (block && (!kr_parse_accept(p, KR_TOKEN_INDENT) || !parse_block(p, definition, body, later))) return false;
    if (!block && (!kr_parse_simple_statements(p) || !kr_parse_take(p, base, body))) return false; // in the same line: all at once
    kr_parse_leave(p);
    definition->end_line = (uint32_t)p->last_line & KR_PLACE_MASK;
    definition->end_col = (uint32_t)p->last_col & KR_PLACE_MASK;
    if (block && !p->again) sink->close(sink->ctx, definition);
    return true;
}

void kr_parser_read_once(KrParser *p) { p->options.later.open = NULL; }

// ---- The second reading ----

static bool start_again(KrParser *p, const KrLaterBody *later, KrArena *arena) {
    KrLexer *lexer = &p->lexer;
    lexer->arena = arena;
    lexer->names = p->names;
    lexer->error = &p->error;
    lexer->quiet = true;
    if (!kr_lexer_init(lexer)) return false;
    kr_lexer_rewind(lexer, later->at, later->line_start, later->line, false);
    for (; lexer->indent_count < later->indent_count; lexer->indent_count++) {
        KrIndent *indent = kr_lexer_stack(lexer, lexer->indent, lexer->indent_count, &lexer->indent_cap, sizeof *indent);
        if (indent == NULL) return false;
        lexer->indent = indent;
        indent[lexer->indent_count] = later->indent[lexer->indent_count];
    }
    return true;
}

KrParser *kr_parser_again(KrParser *parser, const KrLaterBody *later, KrArena *arena) {
    KrParser *p = kr_arena_array(arena, 1, sizeof *p);
    if (p == NULL) return NULL;
    p->options = parser->options;
    p->options.names = arena;
    p->options.warnings = (KrWarningSink){ NULL, NULL };
    p->names = parser->names;
    p->lexer = parser->lexer;
    p->bad_bytes = parser->bad_bytes;
    p->again = true;
    p->checked = later->checked;
    return start_again(p, later, arena) ? p : NULL;
}

bool kr_parser_next_of_block(KrParser *p, KrSeq *statements) {
    *statements = (KrSeq){ NULL, 0 };
    p->stack_count = 0;
    if (at_end(p)) return !p->failed;
    kr_parse_directly(p, true);
    if (!kr_parse_statement(p)) return false;
    *statements = (KrSeq){ p->stack, p->stack_count };
    return true;
}
