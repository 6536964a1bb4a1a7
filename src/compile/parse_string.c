// parse_string.c - string literals and f-strings; adjacent ones become one node.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "base/utf8.h"
#include "compile/bad_byte.h"
#include "compile/parser_state.h"
#include "compile/string_literal.h"

static KrConstant *text_node(KrParser *p, KrConstantKind kind, KrSpan span) {
    KrNode *node = kr_parse_constant(p, kind, (KrPlace){ span.line, span.col });
    if (node == NULL) return NULL;
    node->end_line = (uint32_t)span.end_line & KR_PLACE_MASK;
    node->end_col = (uint32_t)span.end_col & KR_PLACE_MASK;
    return kr_as_constant(node);
}

static bool needs_decoding(const KrStringLiteral *literal) {
    return memchr(literal->body, '\r', literal->len) || (!literal->raw && memchr(literal->body, '\\', literal->len));
}

// Warns about the first unknown escape of a literal.
static bool warn_escape(KrParser *p, const KrStringLiteral *literal, size_t at, KrSpan span) {
    const char *escape = literal->body + at;
    uint32_t offset = (uint32_t)(escape - p->options.source);
    bool good;
    if (escape[1] >= '4' && escape[1] <= '7') {
        good = kr_lexer_warn(&p->lexer, offset, span, "invalid octal escape sequence '%.*s'", 4, escape);
    } else {
        good = kr_lexer_warn(&p->lexer, offset, span, "invalid escape sequence '%.*s'", 2, escape);
    }
    if (!good) p->failed = true;
    return good;
}

// A byte that is not UTF-8. Columns count the bytes of the source, which were shorter.
static bool fail_bad_byte(KrParser *p, const KrStringLiteral *literal, size_t at, KrSpan span) {
    const char *source = p->options.source;
    bool escapes = !literal->raw && memchr(literal->body, '\\', literal->len) != NULL;
    size_t base = 0, end = literal->len;
    if (escapes) { // these are decoded in between, and each run of other characters on its own
        for (base = at; base > 0 && (unsigned char)literal->body[base - 1] >= 0x80; base--) {}
        for (end = at; end < literal->len && (unsigned char)literal->body[end] >= 0x80; end++) {}
    }
    KrSyntaxError error;
    kr_bad_byte_message(&error, literal->body, end, base, at);
    size_t start, stop;
    kr_text_line(source, p->options.source_len, span.line, &start, &stop);
    if (span.end_line == span.line) span.end_col -= (int32_t)kr_bad_byte_excess(source + start, (size_t)span.end_col);
    span.col -= (int32_t)kr_bad_byte_excess(source + start, (size_t)span.col);
    kr_parse_raise(p, KR_SYNTAX_ERROR, span, "%s", error.message);
    return false;
}

// Decodes a literal's text into a node.
static bool decode_text(KrParser *p, const KrStringLiteral *literal, KrConstant *node, KrSpan span) {
    node->as.text.text = literal->body;
    node->as.text.len = (uint32_t)literal->len;
    size_t bad = p->bad_bytes ? kr_bad_byte_find(literal->body, literal->len) : literal->len;
    if (bad < literal->len) return fail_bad_byte(p, literal, bad, span);
    if (!needs_decoding(literal)) return true;
    size_t len;
    size_t invalid_at;
    char *out = kr_arena_alloc(p->options.tree, literal->len);
    if (out == NULL) {
        kr_parse_raise_memory(p);
        return false;
    }
    KrSyntaxError error;
    if (!kr_string_decode(literal, &p->options.poll, out, &len, &invalid_at, &error)) {
        kr_parse_raise_last(p, "%s", error.message);
        return false;
    }
    node->as.text.text = out;
    node->as.text.len = (uint32_t)len;
    return invalid_at == SIZE_MAX || warn_escape(p, literal, invalid_at, span);
}

// ---- plain strings ----

static bool check_bytes(KrParser *p, const KrStringLiteral *literal, KrSpan span) {
    if (kr_is_ascii(literal->body, literal->len)) return true;
    kr_parse_raise(p, KR_SYNTAX_ERROR, span, "bytes can only contain ASCII literal characters");
    return false;
}

static KrNode *parse_string(KrParser *p) {
    KrToken token = *kr_parse_token(p);
    KrSpan span = kr_span_token(&token);
    KrStringLiteral literal = kr_string_literal(p->options.source + token.start, token.end - token.start);
    kr_parse_advance(p);
    if (literal.bytes && !check_bytes(p, &literal, span)) return NULL;
    KrConstant *node = text_node(p, literal.bytes ? KR_CONSTANT_BYTES : KR_CONSTANT_STR, span);
    if (node == NULL || !decode_text(p, &literal, node, span)) return NULL;
    if (literal.u) node->node.flags = KR_CONSTANT_U;
    return &node->node;
}

// ---- replacement fields of f-strings ----

// What `=` shows: the source from the brace on, without comments, with \n for newlines.
static KrNode *debug_node(KrParser *p, uint32_t start, uint32_t end, KrSpan span) {
    const char *source = p->options.source;
    KrConstant *node = text_node(p, KR_CONSTANT_STR, span);
    char *out = node != NULL ? kr_arena_alloc(p->options.tree, end - start) : NULL;
    if (out == NULL) return kr_parse_raise_memory(p);
    uint32_t len = 0;
    char quote = 0;
    for (uint32_t i = start; i < end; i++) {
        char c = source[i];
        if (quote != 0) quote = c == quote ? 0 : quote;
        else if (c == '\'' || c == '"') quote = c;
        if (c == '#' && quote == 0) {
            while (i < end && source[i] != '\n' && source[i] != '\r') i++;
            if (i >= end) break;
            c = source[i];
        }
        if (c == '\r' && i + 1 < end && source[i + 1] == '\n') continue;
        out[len++] = c == '\r' ? '\n' : c;
    }
    node->as.text.text = out;
    node->as.text.len = len;
    return &node->node;
}

static KrNode *parse_joined(KrParser *p, uint32_t base, KrPlace start);
static bool push_field(KrParser *p);

// A piece of text: raw for the f-string's own text, which is decoded when its end is known; format specifications are decoded at once.
static bool push_middle(KrParser *p, bool in_spec) {
    KrToken token = *kr_parse_token(p);
    kr_parse_advance(p);
    KrSpan span = kr_span_token(&token);
    KrConstant *node = text_node(p, KR_CONSTANT_STR, span);
    if (node == NULL) return false;
    KrStringLiteral literal = { .body = p->options.source + token.start, .len = token.end - token.start };
    node->as.text.text = literal.body;
    node->as.text.len = (uint32_t)literal.len;
    if (in_spec && !decode_text(p, &literal, node, span)) return false;
    return kr_parse_push(p, &node->node);
}

// ":" and what follows it up to the brace.
KrNode *kr_parse_format_spec(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    uint32_t base = p->stack_count;
    kr_parse_advance(p);
    for (;;) {
        if (kr_parse_at(p, KR_TOKEN_FSTRING_MIDDLE)) {
            if (!push_middle(p, true)) return NULL;
        } else if (kr_parse_at(p, KR_TOKEN_LBRACE)) {
            KrMark mark = kr_parse_mark(p);
            if (push_field(p)) continue;
            if (!p->second || p->failed) return NULL;
            kr_parse_reset(p, mark);
            break;
        } else {
            break;
        }
    }
    return parse_joined(p, base, start);
}

// "!" and a name after it.
typedef struct Conversion {
    KrToken mark, name;
} Conversion;

static bool parse_conversion(KrParser *p, Conversion *conversion) {
    conversion->mark = *kr_parse_token(p);
    kr_parse_advance(p);
    conversion->name = *kr_parse_token(p);
    if (kr_parse_name(p) == NULL) return false;
    const KrToken *mark = &conversion->mark, *name = &conversion->name;
    if (mark->end_line == name->line && mark->end_col == name->col) return true;
    kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_tokens(mark, name),
                   "f-string: conversion type must come right after the exclamanation mark");
    return false;
}

// Looked at when the whole field has been read; 0: wrong.
static uint8_t conversion_letter(KrParser *p, const Conversion *conversion) {
    const KrToken *name = &conversion->name;
    char c = name->name->text[0];
    if (name->name->len == 1 && (c == 's' || c == 'r' || c == 'a')) return (uint8_t)c;
    kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_token(name), "f-string: invalid conversion character '%s': expected 's', 'r', or 'a'",
                   name->name->text);
    return 0;
}

// "=" after the expression: pushes what it shows.
static bool push_debug(KrParser *p, const KrToken *brace) {
    kr_parse_advance(p);
    const KrToken *after = kr_parse_token(p);
    if (p->failed || after->start == UINT32_MAX) return false;
    KrNode *debug = debug_node(p, brace->end, after->start, (KrSpan){ brace->line, brace->col + 1, after->line, after->col });
    return debug != NULL && kr_parse_push(p, debug);
}

// A field; with `=`, its text comes before it as a constant.
static bool parse_field(KrParser *p) {
    KrToken brace = *kr_parse_token(p);
    Conversion conversion = { .name = { .name = NULL } };
    KrNode *spec = NULL;
    uint8_t letter = 0;
    kr_parse_advance(p);
    KrNode *value = kr_parse_yield_or_star(p);
    if (value == NULL) return false;
    bool debug = kr_parse_at(p, KR_TOKEN_EQUAL);
    if (debug && !push_debug(p, &brace)) return false;
    if (kr_parse_at(p, KR_TOKEN_EXCLAMATION) && !parse_conversion(p, &conversion)) return false;
    if (kr_parse_at(p, KR_TOKEN_COLON) && (spec = kr_parse_format_spec(p)) == NULL) return false;
    if (!kr_parse_accept(p, KR_TOKEN_RBRACE)) return false;
    if (conversion.name.name != NULL && (letter = conversion_letter(p, &conversion)) == 0) return false;
    KrFormattedValue *node = kr_parse_node(p, sizeof *node, KR_NODE_FORMATTED_VALUE, (KrPlace){ brace.line, brace.col });
    if (node == NULL) return false;
    node->node.op = debug && letter == 0 && spec == NULL ? 'r' : letter;
    node->value = value;
    node->format_spec = spec;
    return kr_parse_push(p, &node->node);
}

static bool push_field(KrParser *p) {
    KrMark mark = kr_parse_mark(p);
    if (!kr_parse_enter(p)) return false;
    bool good = parse_field(p);
    kr_parse_leave(p);
    if (good || !kr_hints(p) || p->failed) return good;
    kr_parse_reset(p, mark);
    kr_invalid_field(p);
    return false;
}

// Decodes the f-string's own pieces of text, now that all of it has been read.
static bool decode_pieces(KrParser *p, uint32_t base, bool raw, KrSpan end) {
    for (uint32_t i = base; i < p->stack_count; i++) {
        KrNode *node = p->stack[i];
        if (node->kind != KR_NODE_CONSTANT) continue;
        KrConstant *constant = kr_as_constant(node);
        const char *text = constant->as.text.text;
        size_t offset = (size_t)((uintptr_t)text - (uintptr_t)p->options.source);
        if (offset >= p->options.source_len) continue; // debug text, which is made already
        KrStringLiteral literal = { .body = text, .len = constant->as.text.len, .raw = raw };
        if (!decode_text(p, &literal, constant, end)) return false;
    }
    return true;
}

static bool push_fstring(KrParser *p) {
    KrToken token = *kr_parse_token(p);
    uint32_t base = p->stack_count;
    bool raw = (p->options.source[token.start] | 0x20) == 'r' || (p->options.source[token.start + 1] | 0x20) == 'r';
    kr_parse_advance(p);
    while (!kr_parse_at(p, KR_TOKEN_FSTRING_END)) {
        if (kr_parse_at(p, KR_TOKEN_FSTRING_MIDDLE)) {
            if (!push_middle(p, false)) return false;
        } else if (!kr_parse_at(p, KR_TOKEN_LBRACE) || !push_field(p)) {
            return false;
        }
    }
    KrSpan end = kr_span_token(kr_parse_token(p)); // where CPython says that an escape is wrong
    kr_parse_advance(p);
    return decode_pieces(p, base, raw, end);
}

// ---- concatenation ----

static bool is_text(const KrNode *node) { return node->kind == KR_NODE_CONSTANT; }

// One constant of neighbouring ones.
static KrNode *concatenate(KrParser *p, KrNode *const *item, uint32_t count) {
    if (count == 1) return item[0];
    size_t len = 0;
    for (uint32_t i = 0; i < count; i++) len += kr_as_constant(item[i])->as.text.len;
    KrConstant *node = text_node(p, (KrConstantKind)item[0]->op, kr_span_nodes(item[0], item[count - 1]));
    char *out = node != NULL ? kr_arena_alloc(p->options.tree, len) : NULL;
    if (out == NULL) return kr_parse_raise_memory(p);
    node->node.flags = item[0]->flags;
    node->as.text.text = out;
    node->as.text.len = (uint32_t)len;
    for (uint32_t i = 0; i < count; i++) {
        const KrConstant *part = kr_as_constant(item[i]);
        memcpy(out, part->as.text.text, part->as.text.len);
        out += part->as.text.len;
    }
    return &node->node;
}

// Joins neighbouring constants among the items pushed since base; empty ones go.
static bool fold_constants(KrParser *p, uint32_t base) {
    uint32_t kept = base;
    uint32_t i = base;
    while (i < p->stack_count) {
        uint32_t end = i + 1;
        KrNode *node = p->stack[i];
        if (is_text(node)) {
            while (end < p->stack_count && is_text(p->stack[end])) end++;
            node = concatenate(p, p->stack + i, end - i);
            if (node == NULL) return false;
        }
        if (!is_text(node) || kr_as_constant(node)->as.text.len > 0) p->stack[kept++] = node;
        i = end;
    }
    p->stack_count = kept;
    return true;
}

static KrNode *parse_joined(KrParser *p, uint32_t base, KrPlace start) {
    if (!fold_constants(p, base)) return NULL;
    KrJoinedStr *node = kr_parse_node(p, sizeof *node, KR_NODE_JOINED_STR, start);
    if (node == NULL || !kr_parse_take(p, base, &node->elts)) return NULL;
    return &node->node;
}

KrNode *kr_parse_strings(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    uint32_t base = p->stack_count;
    bool joined = false, bytes = false, text = false;
    for (;;) {
        if (kr_parse_at(p, KR_TOKEN_STRING)) {
            KrNode *node = parse_string(p);
            if (node == NULL || !kr_parse_push(p, node)) return NULL;
            if (node->op == KR_CONSTANT_BYTES) bytes = true;
            else text = true;
        } else if (kr_parse_at(p, KR_TOKEN_FSTRING_START)) {
            if (!push_fstring(p)) return NULL;
            joined = text = true;
        } else {
            break;
        }
    }
    if (p->failed) return NULL;
    if (bytes && text) return kr_parse_raise_last(p, "cannot mix bytes and nonbytes literals");
    if (joined) return parse_joined(p, base, start);
    KrNode *node = concatenate(p, p->stack + base, p->stack_count - base);
    p->stack_count = base;
    return node;
}
