// scope.c - scopes and their symbols: making them, looking them up, mangling private names.
// SPDX-License-Identifier: MIT
#include "compile/scope.h"

#include <string.h>

#include "compile/parser.h"
#include "compile/scope_state.h"

enum { FEW_SYMBOLS = KR_DEVICE ? 16 : 8, MAX_DEPTH = 4000 };

// ---- errors ----

static void place(KrSyntaxError *error, KrSpan span) {
    error->text = KR_SYNTAX_TEXT_FILE;
    error->line = span.line;
    error->col = span.col + 1;
    error->end_line = span.end_line;
    error->end_col = span.end_col + 1;
}

bool kr_scopes_raise(KrScopes *scopes, KrSpan span, const char *format, ...) {
    if (scopes->failed) return false;
    scopes->failed = true;
    scopes->error.kind = KR_SYNTAX_ERROR;
    va_list args;
    va_start(args, format);
    kr_syntax_message_list(&scopes->error, format, args);
    va_end(args);
    place(&scopes->error, span);
    return false;
}

bool kr_scopes_warn(KrScopes *scopes, KrSpan span, const char *format, ...) {
    KrSyntaxError warning = { .kind = KR_SYNTAX_WARNING };
    if (scopes->warnings.warn == NULL) return true;
    scopes->warned++;
    va_list args;
    va_start(args, format);
    kr_syntax_message_list(&warning, format, args);
    va_end(args);
    place(&warning, span);
    if (scopes->warnings.warn(scopes->warnings.ctx, &warning)) return true;
    scopes->failed = true;
    scopes->error = warning;
    scopes->error.kind = KR_SYNTAX_ERROR;
    return false;
}

bool kr_scopes_raise_memory(KrScopes *scopes) {
    scopes->failed = true;
    scopes->error = (KrSyntaxError){ .kind = KR_SYNTAX_NO_MEMORY };
    kr_syntax_message(&scopes->error, "out of memory");
    return false;
}

bool kr_scopes_enter(KrScopes *scopes) {
    if (scopes->failed) return false;
    if (scopes->depth < MAX_DEPTH && !kr_stack_low(scopes->stack_limit)) {
        scopes->depth++;
        return true;
    }
    scopes->failed = true;
    scopes->error = (KrSyntaxError){ .kind = KR_SYNTAX_TOO_COMPLEX };
    kr_syntax_message(&scopes->error, "maximum recursion depth exceeded during compilation");
    return false;
}

KrSpan kr_scope_span(const KrNode *node) {
    return (KrSpan){ (int32_t)node->line, (int32_t)node->col, (int32_t)node->end_line, (int32_t)node->end_col };
}

// ---- symbols ----

KrArena *kr_scope_arena(const KrScopes *scopes, const KrScope *scope) { return scope == scopes->module ? scopes->names : scopes->tree; }

static KrSymbol **table_slot(KrSymbol **table, uint32_t size, const KrName *name) {
    uint32_t i = name->hash & (size - 1);
    while (table[i] != NULL && table[i]->name != name) i = (i + 1) & (size - 1);
    return &table[i];
}

KrSymbol *kr_scope_symbol(const KrScope *scope, const KrName *name) {
    if (scope->table != NULL) return *table_slot(scope->table, scope->table_size, name);
    for (KrSymbol *symbol = scope->first; symbol != NULL; symbol = symbol->next) {
        if (symbol->name == name) return symbol;
    }
    return NULL;
}

// Makes the hash table, or doubles it.
static bool table_grow(KrScopes *scopes, KrScope *scope) {
    uint32_t size = scope->table_size == 0 ? 4 * FEW_SYMBOLS : scope->table_size * 2;
    KrSymbol **table = kr_arena_array(kr_scope_arena(scopes, scope), size, sizeof *table);
    if (table == NULL) return kr_scopes_raise_memory(scopes);
    for (KrSymbol *symbol = scope->first; symbol != NULL; symbol = symbol->next) *table_slot(table, size, symbol->name) = symbol;
    scope->table = table;
    scope->table_size = size;
    return true;
}

KrSymbol *kr_scope_add(KrScopes *scopes, KrScope *scope, const KrName *name) {
    KrSymbol *symbol = kr_scope_symbol(scope, name);
    if (symbol != NULL) return symbol;
    bool room = scope->symbol_count < (KrScopeCount)-1 / 4; // the table has four times as many places
    symbol = room ? kr_arena_array(kr_scope_arena(scopes, scope), 1, sizeof *symbol) : NULL;
    if (symbol == NULL) {
        kr_scopes_raise_memory(scopes);
        return NULL;
    }
    symbol->name = name;
    symbol->index = KR_SYMBOL_NO_INDEX;
    if (scope->last != NULL) scope->last->next = symbol;
    else scope->first = symbol;
    scope->last = symbol;
    scope->symbol_count++;
    if (scope->table != NULL) *table_slot(scope->table, scope->table_size, name) = symbol;
    bool full = scope->symbol_count > (scope->table != NULL ? scope->table_size / 2 : FEW_SYMBOLS);
    return !full || table_grow(scopes, scope) ? symbol : NULL;
}

// ---- names ----

bool kr_name_is(const KrName *name, const char *text) { return name->len == strlen(text) && memcmp(name->text, text, name->len) == 0; }

const KrName *kr_scopes_intern(KrScopes *scopes, const char *text) {
    const KrName *name = kr_names_intern(scopes->interned, text, strlen(text));
    if (name == NULL) kr_scopes_raise_memory(scopes);
    return name;
}

static bool is_private(const KrName *name) {
    if (name->len < 3 || name->text[0] != '_' || name->text[1] != '_') return false;
    if (name->text[name->len - 1] == '_' && name->text[name->len - 2] == '_') return false;
    for (uint32_t i = 0; i < name->len; i++) {
        if (name->text[i] == '.') return false; // import __a.__b
    }
    return true;
}

static bool is_type_parameter(const KrScope *scope, const KrName *name) {
    for (uint32_t i = 0; i < scope->mangled.count; i++) {
        if (kr_as_type_param(scope->mangled.item[i])->name == name) return true;
    }
    return false;
}

const KrName *kr_scope_mangle(KrScopes *scopes, const KrScope *scope, const KrName *name) {
    if (scope->class_name == NULL || !is_private(name)) return name;
    if (scope->mangled.count > 0 && !is_type_parameter(scope, name)) return name;
    const char *class_name = scope->class_name->text;
    size_t len = scope->class_name->len;
    while (len > 0 && *class_name == '_') class_name++, len--;
    if (len == 0) return name;
    char small[64];
    size_t need = 1 + len + name->len;
    char *text = need <= sizeof small ? small : kr_arena_alloc(scopes->tree, need);
    if (text == NULL) return NULL;
    text[0] = '_';
    memcpy(text + 1, class_name, len);
    memcpy(text + 1 + len, name->text, name->len);
    return kr_names_intern(scopes->interned, text, need);
}

KrSymbol *kr_scope_resolve(KrScope *scope, const KrName *name, KrScope **home) {
    KrSymbol *found = NULL;
    for (;; scope = scope->parent) {
        KrSymbol *symbol = kr_scope_symbol(scope, name);
        if (symbol != NULL) found = symbol;
        *home = scope;
        bool host = symbol == NULL || symbol->kind == KR_SYMBOL_HOST;
        if (!host || (scope->flags & KR_SCOPE_INLINED) == 0) break;
    }
    // The closure belongs to the code that the comprehension is part of.
    while (found != NULL && found->kind == KR_SYMBOL_FREE && ((*home)->flags & KR_SCOPE_INLINED) != 0) *home = (*home)->parent;
    return found;
}

// ---- entry points ----

void kr_scopes_init(KrScopes *scopes, KrParser *parser) {
    const KrParserOptions *options = kr_parser_options(parser);
    *scopes = (KrScopes){
        .names = options->names,
        .tree = options->tree,
        .interned = kr_parser_names(parser),
        .stack_limit = options->stack_limit,
        .warnings = options->warnings,
        .future_annotations = options->future_annotations,
        .future_allowed = true,
        .top_level_await = options->top_level_await,
    };
    scopes->module = kr_arena_array(options->names, 1, sizeof *scopes->module);
    if (scopes->module == NULL) {
        kr_scopes_raise_memory(scopes);
        return;
    }
    scopes->module->kind = KR_SCOPE_MODULE;
    scopes->module->name = kr_scopes_intern(scopes, "top");
    scopes->current = scopes->module;
}

// One phase on a statement of a module, or at its end.
static bool run_phase(KrScopes *scopes, KrNode *statement) {
    if (statement == NULL) return scopes->phase != KR_PHASE_MODULE || kr_scopes_resolve_module(scopes);
    switch (scopes->phase) {
    case KR_PHASE_FUTURE: return kr_scopes_future(scopes, statement);
    case KR_PHASE_VISIT: return kr_scopes_visit(scopes, statement);
    case KR_PHASE_RESOLVE: return kr_scopes_resolve_all(scopes);
    default: return true;
    }
}

static bool run_phases(KrScopes *scopes, KrNode *statement, KrScopePhase end) {
    if (scopes->failed) return false;
    bool opened = statement != NULL && kr_node_later(statement) != NULL;
    if (!opened) scopes->module->child = NULL; // those of the last statement may be gone
    for (scopes->phase = opened ? KR_PHASE_MODULE : KR_PHASE_FUTURE; scopes->phase < end; scopes->phase++) {
        if (!run_phase(scopes, statement)) return false;
    }
    return true;
}

void kr_scopes_open(KrScopes *scopes, KrNode *definition) {
    if (scopes->failed) return;
    if (scopes->current == scopes->module) {
        scopes->module->child = NULL;
        scopes->phase = KR_PHASE_FUTURE;
        if (!kr_scopes_future(scopes, definition)) return;
    }
    scopes->phase = KR_PHASE_VISIT;
    if (!kr_scopes_enter_definition(scopes, definition)) scopes->failed = true;
}

void kr_scopes_inside(KrScopes *scopes, KrNode *statement) {
    if (!scopes->failed && !kr_scopes_visit(scopes, statement)) scopes->failed = true;
}

void kr_scopes_close(KrScopes *scopes, const KrNode *definition) {
    if (!scopes->failed && !kr_scopes_leave_definition(scopes, definition)) scopes->failed = true;
}

void kr_scopes_begin_again(KrScope *scope) { scope->again = scope->child; }

bool kr_scopes_again(KrScopes *scopes, KrScope *scope, KrNode *statement, bool check) {
    KrScope *before = scopes->current;
    if (scopes->failed) return false;
    scopes->current = scope;
    scopes->again = true;
    bool good = kr_scopes_visit(scopes, statement);
    scopes->again = false;
    scopes->current = before;
    return good && (!check || kr_scopes_check_inside(scopes, scope, statement));
}

bool kr_scopes_statement(KrScopes *scopes, KrNode *statement) { return run_phases(scopes, statement, KR_PHASE_CHECK); }
bool kr_scopes_end(KrScopes *scopes) { return run_phases(scopes, NULL, KR_PHASE_CHECK); }

void kr_scopes_later(KrScopes *scopes, KrNode *statement) {
    KrSyntaxError found = scopes->error;
    KrScopePhase phase = scopes->phase;
    scopes->failed = false;
    scopes->depth = 0;
    if (!run_phases(scopes, statement, phase)) return;
    scopes->failed = true;
    scopes->error = found;
}

// A whole module: each phase over all of it.
bool kr_scopes_analyse(KrScopes *scopes, KrNode *mod) {
    if (scopes->failed) return false;
    scopes->module->node = mod;
    if (mod->kind == KR_NODE_EXPRESSION) {
        kr_as_expression(mod)->scope = scopes->module;
        return kr_scopes_visit(scopes, kr_as_expression(mod)->body) && kr_scopes_resolve_all(scopes);
    }
    const KrSeq *body = &kr_as_module(mod)->body;
    kr_as_module(mod)->scope = scopes->module;
    for (uint32_t i = 0; i < body->count; i++) {
        if (!kr_scopes_future(scopes, body->item[i])) return false;
    }
    return kr_scopes_visit_sequence(scopes, body) && kr_scopes_resolve_module(scopes) && kr_scopes_resolve_all(scopes);
}

// ---- left-leaning chains ----

static KrNode *left_of(const KrNode *node) {
    switch (node->kind) {
    case KR_NODE_BIN_OP: return kr_as_bin_op(node)->left;
    case KR_NODE_ATTRIBUTE: return kr_as_attribute(node)->value;
    case KR_NODE_SUBSCRIPT: return kr_as_subscript(node)->value;
    case KR_NODE_CALL: return kr_as_call(node)->func;
    default: return NULL;
    }
}

bool kr_scopes_spine(KrScopes *scopes, KrNode *node, KrSpine *spine) {
    uint32_t count = 0;
    KrNode *root = node;
    for (KrNode *left; (left = left_of(root)) != NULL; root = left) count++;
    spine->root = root;
    spine->count = count;
    spine->node = spine->few;
    if (count > KR_COUNT_OF(spine->few)) {
        spine->node = kr_arena_alloc(scopes->tree, (size_t)count * sizeof *spine->node);
        if (spine->node == NULL) return kr_scopes_raise_memory(scopes);
    }
    for (uint32_t i = 0; i < count; i++, node = left_of(node)) spine->node[i] = node;
    return true;
}
