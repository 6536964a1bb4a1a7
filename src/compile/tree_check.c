// tree_check.c - is a tree that Python code has made one that a parser could give? The errors are CPython's, word for word.
//
// What every field must hold is in ast_table.h; here is what a row cannot say: contexts, lists that may not be empty, counts that must agree.
// SPDX-License-Identifier: MIT
#include "compile/ast_table.h"
#include "compile/tree.h"
#include "compile/tree_name.h"

#include <string.h>

#if !KR_DEVICE

static bool check_node(KrVm *vm, const KrNode *node, unsigned ctx);
static bool check_pattern(KrVm *vm, const KrNode *node, bool star);

static bool wrong(KrVm *vm, const char *message) { return kr_fail(kr_raise(vm, &kr_value_error, "%s", message)); }
static bool wrong_type(KrVm *vm, const char *message) { return kr_fail(kr_raise(vm, &kr_type_error, "%s", message)); }

static bool check_all(KrVm *vm, const KrSeq *seq, unsigned ctx) {
    for (uint32_t i = 0; i < seq->count; i++)
        if (seq->item[i] && !check_node(vm, seq->item[i], ctx)) return false;
    return true;
}

// ---- Names and contexts --------------------------------------------------------------------------------------------------------

static bool is_text(const KrName *name, const char *text) { return name->len == strlen(text) && memcmp(name->text, text, name->len) == 0; }

static bool check_name(KrVm *vm, const KrName *name) {
    static const char *const constants[] = { "None", "True", "False" };
    for (size_t i = 0; name && i < KR_COUNT_OF(constants); i++) {
        if (!is_text(name, constants[i])) continue;
        return kr_fail(kr_raise(vm, &kr_value_error, "identifier field can't represent '%s' constant", constants[i]));
    }
    return true;
}

static bool check_capture(KrVm *vm, const KrName *name) {
    if (name && is_text(name, "_")) return wrong(vm, "can't capture name '_' in patterns");
    return check_name(vm, name);
}

static bool has_context(unsigned kind) {
    return kind == KR_NODE_ATTRIBUTE || kind == KR_NODE_SUBSCRIPT || kind == KR_NODE_STARRED || kind == KR_NODE_NAME ||
           kind == KR_NODE_LIST || kind == KR_NODE_TUPLE;
}

static bool check_context(KrVm *vm, const KrNode *node, unsigned ctx) {
    if (!has_context(node->kind)) {
        if (ctx == KR_CTX_LOAD || kr_node_rows[node->kind].sum != KR_SUM_EXPR) return true;
        return kr_fail(kr_raise(vm, &kr_value_error, "expression which can't be assigned to in %s context", kr_context_names[ctx]));
    }
    if (node->ctx == ctx) return true;
    return kr_fail(kr_raise(vm, &kr_value_error, "expression must have %s context but has %s instead", kr_context_names[ctx],
                            kr_context_names[node->ctx]));
}

// The context that expressions in a field must have.
static unsigned context_of(const KrNode *node, const KrField *field) {
    bool first = field == kr_node_rows[node->kind].field;
    switch (node->kind) {
    case KR_NODE_DELETE: return KR_CTX_DEL;
    case KR_NODE_ASSIGN:
    case KR_NODE_AUG_ASSIGN:
    case KR_NODE_ANN_ASSIGN:
    case KR_NODE_FOR:
    case KR_NODE_ASYNC_FOR:
    case KR_NODE_COMPREHENSION:
    case KR_NODE_NAMED_EXPR:
    case KR_NODE_TYPE_ALIAS: return first ? KR_CTX_STORE : KR_CTX_LOAD;
    case KR_NODE_WITH_ITEM: return first ? KR_CTX_LOAD : KR_CTX_STORE;
    case KR_NODE_STARRED:
    case KR_NODE_LIST:
    case KR_NODE_TUPLE: return node->ctx;
    default: return KR_CTX_LOAD;
    }
}

// ---- Counts --------------------------------------------------------------------------------------------------------------------

// Lists with these names may not be empty, in statements and their parts.
static bool must_have(const KrNode *node, const char *field) {
    static const char *const names[] = { "body", "targets", "items", "names", "cases" };
    if (node->kind <= KR_NODE_EXPRESSION) return false;
    for (size_t i = 0; i < KR_COUNT_OF(names); i++)
        if (strcmp(field, names[i]) == 0) return true;
    return false;
}

static bool check_try(KrVm *vm, const KrTry *node) {
    const char *name = kr_node_rows[node->node.kind].name;
    if (!node->handlers.count && !node->finalbody.count)
        return kr_fail(kr_raise(vm, &kr_value_error, "%s has neither except handlers nor finalbody", name));
    if (!node->handlers.count && node->orelse.count)
        return kr_fail(kr_raise(vm, &kr_value_error, "%s has orelse but no except handlers", name));
    return true;
}

static bool check_arguments(KrVm *vm, const KrArguments *node) {
    if (node->defaults.count > node->posonlyargs.count + node->args.count)
        return wrong(vm, "more positional defaults than args on arguments");
    if (node->kw_defaults.count != node->kwonlyargs.count)
        return wrong(vm, "length of kwonlyargs is not the same as kw_defaults on arguments");
    return true;
}

static bool check_comp(KrVm *vm, const KrComp *node) { return node->generators.count || wrong(vm, "comprehension with no generators"); }

static bool check_statement(KrVm *vm, const KrNode *node) {
    switch (node->kind) {
    case KR_NODE_FUNCTION_DEF:
    case KR_NODE_ASYNC_FUNCTION_DEF:
    case KR_NODE_CLASS_DEF: return true;
    case KR_NODE_TRY:
    case KR_NODE_TRY_STAR: return check_try(vm, kr_as_try(node));
    case KR_NODE_RAISE: return kr_as_raise(node)->exc || !kr_as_raise(node)->cause || wrong(vm, "Raise with cause but no exception");
    case KR_NODE_ANN_ASSIGN:
        if (!(node->flags & KR_NODE_SIMPLE) || kr_as_ann_assign(node)->target->kind == KR_NODE_NAME) return true;
        return wrong_type(vm, "AnnAssign with simple non-Name target");
    case KR_NODE_AUG_ASSIGN: {
        unsigned kind = kr_as_aug_assign(node)->target->kind;
        if (kind == KR_NODE_NAME || kind == KR_NODE_ATTRIBUTE || kind == KR_NODE_SUBSCRIPT) return true;
        if (!has_context(kind)) return true; // told by its context
        return kr_fail(kr_raise(vm, &kr_system_error, "invalid node type (%d) for augmented assignment", (int)kind));
    }
    case KR_NODE_TYPE_ALIAS: return kr_as_type_alias(node)->name->kind == KR_NODE_NAME || wrong_type(vm, "TypeAlias with non-Name name");
    default: return true;
    }
}

static bool check_expression(KrVm *vm, const KrNode *node) {
    switch (node->kind) {
    case KR_NODE_BOOL_OP: return kr_as_bool_op(node)->values.count >= 2 || wrong(vm, "BoolOp with less than 2 values");
    case KR_NODE_DICT:
        if (kr_as_dict(node)->keys.count == kr_as_dict(node)->values.count) return true;
        return wrong(vm, "Dict doesn't have the same number of keys as values");
    case KR_NODE_LIST_COMP:
    case KR_NODE_SET_COMP:
    case KR_NODE_DICT_COMP:
    case KR_NODE_GENERATOR_EXP: return check_comp(vm, kr_as_comp(node));
    case KR_NODE_NAMED_EXPR:
        return kr_as_named_expr(node)->target->kind == KR_NODE_NAME || wrong_type(vm, "NamedExpr target must be a Name");
    case KR_NODE_NAME: return check_name(vm, kr_as_name_expr(node)->id);
    case KR_NODE_FORMATTED_VALUE:
        if (!node->op || node->op == 's' || node->op == 'r' || node->op == 'a') return true;
        return kr_fail(kr_raise(vm, &kr_system_error, "Unrecognized conversion character %d", (int)node->op));
    default: return true;
    }
}

static bool check_itself(KrVm *vm, const KrNode *node) {
    switch (kr_node_rows[node->kind].sum) {
    case KR_SUM_STMT: return check_statement(vm, node);
    case KR_SUM_EXPR: return check_expression(vm, node);
    case KR_SUM_TYPE_PARAM: return check_name(vm, kr_as_type_param(node)->name);
    case KR_SUM_ARGUMENTS: return check_arguments(vm, kr_as_arguments(node));
    default: return true;
    }
}

// ---- Patterns ------------------------------------------------------------------------------------------------------------------

static bool is_number(const KrNode *node, bool imaginary) {
    if (node->kind == KR_NODE_UNARY_OP && node->op == KR_UNARY_SUB && !imaginary) node = kr_as_unary_op(node)->operand;
    if (node->kind != KR_NODE_CONSTANT) return false;
    if (imaginary) return node->op == KR_CONSTANT_IMAGINARY || node->op == KR_CONSTANT_OBJECT;
    return node->op == KR_CONSTANT_INT || node->op == KR_CONSTANT_FLOAT || node->op == KR_CONSTANT_OBJECT;
}

// A constant of a tree that Python made is a number, text, a tuple or a frozenset: only the first begins like one.
static bool is_number_object(const KrNode *node) {
    char c = kr_as_constant(node)->as.text.text[0];
    return (c >= '0' && c <= '9') || c == '-' || c == 'i' || c == 'n' ||
           (c == '(' && kr_as_constant(node)->as.text.text[kr_as_constant(node)->as.text.len - 2] == 'j');
}

static bool check_value(KrVm *vm, const KrNode *node) {
    if (!check_node(vm, node, KR_CTX_LOAD)) return false;
    switch (node->kind) {
    case KR_NODE_CONSTANT:
        if (node->op > KR_CONSTANT_ELLIPSIS && (node->op != KR_CONSTANT_OBJECT || is_number_object(node))) return true;
        return wrong(vm, "unexpected constant inside of a literal pattern");
    case KR_NODE_ATTRIBUTE:
    case KR_NODE_JOINED_STR: return true; // the compiler tells of f-strings
    case KR_NODE_UNARY_OP:
        if (is_number(node, false) || (kr_as_unary_op(node)->operand->kind == KR_NODE_CONSTANT && node->op == KR_UNARY_SUB &&
                                       is_number(kr_as_unary_op(node)->operand, true)))
            return true;
        break;
    case KR_NODE_BIN_OP:
        if ((node->op == KR_BIN_ADD || node->op == KR_BIN_SUB) && is_number(kr_as_bin_op(node)->left, false) &&
            is_number(kr_as_bin_op(node)->right, true))
            return true;
        break;
    default: break;
    }
    return wrong(vm, "patterns may only match literals and attribute lookups");
}

static bool check_patterns(KrVm *vm, const KrSeq *seq, bool star) {
    for (uint32_t i = 0; i < seq->count; i++)
        if (!check_pattern(vm, seq->item[i], star)) return false;
    return true;
}

static bool check_class_pattern(KrVm *vm, const KrMatchClass *node) {
    if (node->kwd_attrs.count != node->kwd_patterns.count)
        return wrong(vm, "MatchClass doesn't have the same number of keyword attributes as patterns");
    if (!check_node(vm, node->cls, KR_CTX_LOAD)) return false;
    const KrNode *cls = node->cls;
    while (cls->kind == KR_NODE_ATTRIBUTE) cls = kr_as_attribute(cls)->value;
    if (cls->kind != KR_NODE_NAME) return wrong(vm, "MatchClass cls field can only contain Name or Attribute nodes.");
    for (uint32_t i = 0; i < node->kwd_attrs.count; i++)
        if (!check_name(vm, node->kwd_attrs.item[i])) return false;
    return check_patterns(vm, &node->patterns, false) && check_patterns(vm, &node->kwd_patterns, false);
}

static bool check_mapping(KrVm *vm, const KrMatchMapping *node) {
    if (node->keys.count != node->patterns.count) return wrong(vm, "MatchMapping doesn't have the same number of keys as patterns");
    if (!check_capture(vm, node->rest)) return false;
    for (uint32_t i = 0; i < node->keys.count; i++) {
        const KrNode *key = node->keys.item[i];
        if (key->kind == KR_NODE_CONSTANT && key->op <= KR_CONSTANT_FALSE) continue;
        if (!check_value(vm, key)) return false;
    }
    return check_patterns(vm, &node->patterns, false);
}

static bool check_as(KrVm *vm, const KrMatchAs *node) {
    if (!check_capture(vm, node->name)) return false;
    if (!node->pattern) return true;
    if (!node->name) return wrong(vm, "MatchAs must specify a target name if a pattern is given");
    return check_pattern(vm, node->pattern, false);
}

static bool pattern_itself(KrVm *vm, const KrNode *node, bool star) {
    switch (node->kind) {
    case KR_NODE_MATCH_VALUE: return check_value(vm, kr_as_match_value(node)->value);
    case KR_NODE_MATCH_SINGLETON: return true; // read_singleton
    case KR_NODE_MATCH_SEQUENCE: return check_patterns(vm, &kr_as_match_sequence(node)->patterns, true);
    case KR_NODE_MATCH_MAPPING: return check_mapping(vm, kr_as_match_mapping(node));
    case KR_NODE_MATCH_CLASS: return check_class_pattern(vm, kr_as_match_class(node));
    case KR_NODE_MATCH_STAR:
        if (!star) return wrong(vm, "can't use MatchStar here");
        return check_capture(vm, kr_as_match_star(node)->name);
    case KR_NODE_MATCH_AS: return check_as(vm, kr_as_match_as(node));
    default:
        if (kr_as_match_sequence(node)->patterns.count < 2) return wrong(vm, "MatchOr requires at least 2 patterns");
        return check_patterns(vm, &kr_as_match_sequence(node)->patterns, false);
    }
}

static bool check_pattern(KrVm *vm, const KrNode *node, bool star) {
    if (!kr_enter(vm, " during compilation")) return false;
    bool good = pattern_itself(vm, node, star);
    kr_leave(vm);
    return good;
}

// ---- Nodes ---------------------------------------------------------------------------------------------------------------------

static bool check_field(KrVm *vm, const KrNode *node, const KrNodeRow *row, const KrField *field) {
    const void *at = (const char *)node + field->offset;
    unsigned ctx = context_of(node, field);
    switch (field->kind) {
    case KR_FIELD_NODE:
    case KR_FIELD_OPTIONAL: return !*(KrNode *const *)at || check_node(vm, *(KrNode *const *)at, ctx);
    case KR_FIELD_NAMES:
        if (((const KrNameSeq *)at)->count || node->kind == KR_NODE_MATCH_CLASS) return true;
        return kr_fail(kr_raise(vm, &kr_value_error, "empty %s on %s", field->name, row->name));
    case KR_FIELD_SEQ:
        if (!((const KrSeq *)at)->count && must_have(node, field->name))
            return kr_fail(kr_raise(vm, &kr_value_error, "empty %s on %s", field->name, row->name));
        return check_all(vm, at, ctx);
    case KR_FIELD_SEQ_OPTIONAL: return check_all(vm, at, ctx);
    default: return true;
    }
}

// What is checked later than the other fields: defaults after their counts.
static bool is_late(const KrNode *node, const KrField *field) {
    return node->kind == KR_NODE_ARGUMENTS && (strcmp(field->name, "defaults") == 0 || strcmp(field->name, "kw_defaults") == 0);
}

// What is checked sooner: the clauses of a comprehension.
static bool check_clauses(KrVm *vm, const KrNode *node) {
    if (node->kind < KR_NODE_LIST_COMP || node->kind > KR_NODE_GENERATOR_EXP) return true;
    return check_all(vm, &kr_as_comp(node)->generators, KR_CTX_LOAD);
}

static bool check_inside(KrVm *vm, const KrNode *node, unsigned ctx) {
    const KrNodeRow *row = &kr_node_rows[node->kind];
    bool late = node->kind == KR_NODE_ARGUMENTS || node->kind == KR_NODE_TRY || node->kind == KR_NODE_TRY_STAR;
    if (!check_context(vm, node, ctx) || (!late && !check_itself(vm, node)) || !check_clauses(vm, node)) return false;
    for (const KrField *field = row->field; field->name; field++)
        if (!is_late(node, field) && !check_field(vm, node, row, field)) return false;
    if (late && !check_itself(vm, node)) return false;
    for (const KrField *field = row->field; late && field->name; field++)
        if (is_late(node, field) && !check_field(vm, node, row, field)) return false;
    return true;
}

static bool check_node(KrVm *vm, const KrNode *node, unsigned ctx) {
    if (kr_node_rows[node->kind].sum == KR_SUM_PATTERN) return check_pattern(vm, node, false);
    if (!kr_enter(vm, " during compilation")) return false;
    bool good = check_inside(vm, node, ctx);
    kr_leave(vm);
    return good;
}

bool kr_tree_check(KrVm *vm, const KrNode *tree) { return check_node(vm, tree, KR_CTX_LOAD); }

#endif
