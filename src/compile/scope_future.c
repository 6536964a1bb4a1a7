// scope_future.c - from __future__ imports: which there are, and where they may stand.
// SPDX-License-Identifier: MIT
#include "compile/scope_state.h"

// CPython gives these errors a start only.
static bool fail(KrScopes *scopes, const KrNode *statement, const char *format, int len, const char *text) {
    kr_scopes_raise(scopes, kr_scope_span(statement), format, len, text);
    scopes->error.end_line = scopes->error.line;
    scopes->error.end_col = KR_SYNTAX_NO_END;
    return false;
}

static bool check_feature(KrScopes *scopes, const KrNode *statement, const KrAlias *alias) {
    static const char *const known[] = {
        "nested_scopes",  "generators",       "division",       "absolute_import", "with_statement",
        "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop",  "annotations",
    };
    for (size_t i = 0; i < KR_COUNT_OF(known); i++) {
        if (!kr_name_is(alias->name, known[i])) continue;
        if (i == KR_COUNT_OF(known) - 1) scopes->future_annotations = true;
        return true;
    }
    if (kr_name_is(alias->name, "braces")) return fail(scopes, statement, "not a chance", 0, "");
    int len = alias->name->len > 100 ? 100 : (int)alias->name->len;
    return fail(scopes, statement, "future feature %.*s is not defined", len, alias->name->text);
}

static bool is_docstring(const KrNode *statement) {
    if (statement->kind != KR_NODE_EXPR) return false;
    const KrNode *value = kr_as_expr_statement(statement)->value;
    return value->kind == KR_NODE_CONSTANT && value->op == KR_CONSTANT_STR;
}

// Called for each statement of a module in turn. Before future imports only a docstring may stand.
bool kr_scopes_future(KrScopes *scopes, const KrNode *statement) {
    if (!scopes->future_allowed) return true;
    bool first = !scopes->future_started;
    scopes->future_started = true;
    if (first && is_docstring(statement)) return true;
    const KrImportFrom *import = kr_as_import_from(statement);
    bool future = statement->kind == KR_NODE_IMPORT_FROM && import->level == 0 && import->module != NULL;
    if (!future || !kr_name_is(import->module, "__future__")) {
        scopes->future_allowed = false;
        return true;
    }
    scopes->future_line = (int32_t)statement->line;
    scopes->future_col = (int32_t)statement->col;
    for (uint32_t i = 0; i < import->names.count; i++) {
        if (!check_feature(scopes, statement, kr_as_alias(import->names.item[i]))) return false;
    }
    return true;
}
