// parse_import.c - import statements.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "compile/parser_state.h"

static KrNode *alias_node(KrParser *p, const KrName *name, const KrName *asname, KrPlace start) {
    KrAlias *node = kr_parse_node(p, sizeof *node, KR_NODE_ALIAS, start);
    if (node == NULL) return NULL;
    node->name = name;
    node->asname = asname;
    return &node->node;
}

// "as NAME", if it follows. False: failed.
static bool parse_as(KrParser *p, const KrName **name) {
    *name = NULL;
    if (!kr_parse_accept(p, KR_TOKEN_AS)) return !p->failed;
    *name = kr_parse_name(p);
    return *name != NULL;
}

// a.b.c as one name. The parts are pushed, then put together, as they may have been normalised.
static const KrName *parse_dotted(KrParser *p) {
    uint32_t base = p->stack_count;
    size_t len = 0;
    do {
        const KrName *part = kr_parse_name(p);
        if (part == NULL || !kr_parse_push(p, (KrNode *)(uintptr_t)part)) return NULL;
        len += part->len + 1;
    } while (kr_parse_at(p, KR_TOKEN_DOT) && kr_parse_kind_after(p) == KR_TOKEN_NAME && kr_parse_accept(p, KR_TOKEN_DOT));
    if (p->failed) return NULL;
    const KrName *name = (const KrName *)(const void *)p->stack[base];
    if (p->stack_count > base + 1) {
        char *text = kr_arena_alloc(p->options.tree, len);
        if (text == NULL) return kr_parse_raise_memory(p);
        size_t at = 0;
        for (uint32_t i = base; i < p->stack_count; i++) {
            const KrName *part = (const KrName *)(const void *)p->stack[i];
            memcpy(text + at, part->text, part->len);
            at += part->len;
            text[at++] = '.';
        }
        name = kr_names_intern(p->names, text, len - 1);
        if (name == NULL) return kr_parse_raise_memory(p);
    }
    p->stack_count = base;
    return name;
}

// Looks for `import a from b`, and for an import of nothing.
static void invalid_import(KrParser *p, const KrToken *keyword) {
    if (kr_parse_at(p, KR_TOKEN_NEWLINE)) {
        kr_parse_raise(p, KR_SYNTAX_ERROR, kr_parse_span_from(p, kr_span_token(kr_parse_token(p))),
                       "Expected one or more names after 'import'");
        return;
    }
    do {
        if (parse_dotted(p) == NULL) return;
    } while (kr_parse_accept(p, KR_TOKEN_COMMA));
    if (!kr_parse_accept(p, KR_TOKEN_FROM) || parse_dotted(p) == NULL) return;
    kr_parse_raise(p, KR_SYNTAX_ERROR, kr_parse_span_from(p, kr_span_token(keyword)), "Did you mean to use 'from ... import ...' instead?");
}

static KrNode *parse_import_name(KrParser *p) {
    KrToken keyword = *kr_parse_token(p);
    uint32_t base = p->stack_count;
    kr_parse_advance(p);
    if (p->invalid) {
        KrMark mark = kr_parse_mark(p);
        invalid_import(p, &keyword);
        if (p->failed) return NULL;
        kr_parse_reset(p, mark);
    }
    do {
        const KrName *asname;
        KrPlace start = kr_parse_place(p);
        const KrName *name = parse_dotted(p);
        if (name == NULL || !parse_as(p, &asname)) return NULL;
        KrNode *alias = alias_node(p, name, asname, start);
        if (alias == NULL || !kr_parse_push(p, alias)) return NULL;
    } while (kr_parse_accept(p, KR_TOKEN_COMMA));
    KrImport *node = kr_parse_node(p, sizeof *node, KR_NODE_IMPORT, (KrPlace){ keyword.line, keyword.col });
    if (node == NULL || !kr_parse_take(p, base, &node->names)) return NULL;
    return &node->node;
}

static bool push_star(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    kr_parse_advance(p);
    const KrName *name = kr_names_intern(p->names, "*", 1);
    if (name == NULL) {
        kr_parse_raise_memory(p);
        return false;
    }
    KrNode *alias = alias_node(p, name, NULL, start);
    return alias != NULL && kr_parse_push(p, alias);
}

// The names after `import`; a comma at the end is for parentheses.
static bool push_names(KrParser *p, bool parenthesized) {
    do {
        const KrName *asname;
        if (parenthesized && kr_parse_at(p, KR_TOKEN_RPAR)) break;
        if (p->invalid && kr_parse_at(p, KR_TOKEN_NEWLINE)) {
            kr_parse_raise_last(p, "trailing comma not allowed without surrounding parentheses");
            return false;
        }
        KrPlace start = kr_parse_place(p);
        const KrName *name = kr_parse_name(p);
        if (name == NULL || !parse_as(p, &asname)) return false;
        KrNode *alias = alias_node(p, name, asname, start);
        if (alias == NULL || !kr_parse_push(p, alias)) return false;
    } while (kr_parse_accept(p, KR_TOKEN_COMMA));
    return !p->failed;
}

static bool push_targets(KrParser *p) {
    if (kr_parse_at(p, KR_TOKEN_STAR)) return push_star(p);
    if (kr_parse_accept(p, KR_TOKEN_LPAR)) {
        if (kr_parse_at(p, KR_TOKEN_RPAR)) return false;
        return push_names(p, true) && kr_parse_accept(p, KR_TOKEN_RPAR);
    }
    if (p->invalid && kr_parse_at(p, KR_TOKEN_NEWLINE)) {
        kr_parse_raise(p, KR_SYNTAX_ERROR, kr_parse_span_from(p, kr_span_token(kr_parse_token(p))),
                       "Expected one or more names after 'import'");
        return false;
    }
    return push_names(p, false);
}

static uint32_t take_dots(KrParser *p) {
    uint32_t level = 0;
    for (;; level++) {
        if (kr_parse_accept(p, KR_TOKEN_ELLIPSIS)) level += 2;
        else if (!kr_parse_accept(p, KR_TOKEN_DOT)) return level;
    }
}

static KrNode *parse_import_from(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    const KrName *module = NULL;
    uint32_t base = p->stack_count;
    kr_parse_advance(p);
    uint32_t level = take_dots(p);
    if (level == 0 || !kr_parse_at(p, KR_TOKEN_IMPORT)) {
        module = parse_dotted(p);
        if (module == NULL) return NULL;
    }
    if (!kr_parse_accept(p, KR_TOKEN_IMPORT) || !push_targets(p)) return NULL;
    KrImportFrom *node = kr_parse_node(p, sizeof *node, KR_NODE_IMPORT_FROM, start);
    if (node == NULL || !kr_parse_take(p, base, &node->names)) return NULL;
    node->module = module;
    node->level = level;
    return &node->node;
}

KrNode *kr_parse_import(KrParser *p) { return kr_parse_at(p, KR_TOKEN_IMPORT) ? parse_import_name(p) : parse_import_from(p); }
