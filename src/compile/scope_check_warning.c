// scope_check_warning.c - SyntaxWarnings about expressions that are surely mistakes.
// SPDX-License-Identifier: MIT
#include "compile/scope_check.h"

typedef const char *TypeName; // what type(x).__name__ is; NULL: not known

static TypeName constant_type(const KrNode *node) {
    static const TypeName names[] = { "NoneType", "bool", "bool", "ellipsis", "int", "float", "complex", "str", "bytes", "object" };
    return names[node->op];
}

static bool is_number(const KrNode *node) {
    return node->kind == KR_NODE_CONSTANT && node->op >= KR_CONSTANT_INT && node->op <= KR_CONSTANT_IMAGINARY;
}

// The type of what constant folding makes of an expression; NULL: it is no constant.
static TypeName folded_type(const KrNode *node) {
    if (node->kind == KR_NODE_NAME && kr_name_is(kr_as_name_expr(node)->id, "__debug__")) return "bool";
    if (node->kind == KR_NODE_CONSTANT) return node->op == KR_CONSTANT_OBJECT ? NULL : constant_type(node);
    if (node->kind == KR_NODE_UNARY_OP && node->op != KR_UNARY_NOT && is_number(kr_as_unary_op(node)->operand)) {
        return constant_type(kr_as_unary_op(node)->operand);
    }
    if (node->kind == KR_NODE_BIN_OP && is_number(kr_as_bin_op(node)->left) && is_number(kr_as_bin_op(node)->right)) {
        const KrNode *left = kr_as_bin_op(node)->left;
        const KrNode *right = kr_as_bin_op(node)->right;
        if (node->op == KR_BIN_DIV && left->op == KR_CONSTANT_INT && right->op == KR_CONSTANT_INT) return "float";
        return constant_type(left->op > right->op ? left : right);
    }
    if (node->kind != KR_NODE_TUPLE) return NULL;
    const KrSeq *elts = &kr_as_elements(node)->elts;
    for (uint32_t i = 0; i < elts->count; i++) {
        if (elts->item[i]->kind == KR_NODE_TUPLE || folded_type(elts->item[i]) == NULL) return NULL;
    }
    return "tuple";
}

// The type of an expression that is written as a display, a literal and so on.
static TypeName display_type(const KrNode *node) {
    switch (node->kind) {
    case KR_NODE_TUPLE: return "tuple";
    case KR_NODE_LIST:
    case KR_NODE_LIST_COMP: return "list";
    case KR_NODE_DICT:
    case KR_NODE_DICT_COMP: return "dict";
    case KR_NODE_SET:
    case KR_NODE_SET_COMP: return "set";
    case KR_NODE_GENERATOR_EXP: return "generator";
    case KR_NODE_LAMBDA: return "function";
    case KR_NODE_JOINED_STR:
    case KR_NODE_FORMATTED_VALUE: return "str";
    default: return folded_type(node);
    }
}

static bool is_singleton(const KrNode *node) {
    return node->kind == KR_NODE_NAME || (node->kind == KR_NODE_CONSTANT && node->op <= KR_CONSTANT_ELLIPSIS);
}

// x is 1
static bool warn_is(KrCheck *c, const KrCompare *node) {
    const KrNode *left = node->left;
    for (uint32_t i = 0; i < node->comparators.count; i++) {
        const KrNode *right = node->comparators.item[i];
        TypeName left_type = is_singleton(left) ? NULL : folded_type(left);
        TypeName right_type = is_singleton(right) ? NULL : folded_type(right);
        left = right;
        if (node->ops[i] != KR_COMPARE_IS && node->ops[i] != KR_COMPARE_IS_NOT) continue;
        TypeName type = left_type != NULL ? left_type : right_type;
        if (type == NULL) continue;
        bool denied = c->denied == &node->node && node->comparators.count == 1; // `not x is 1` has become `x is not 1`
        bool is = (node->ops[i] == KR_COMPARE_IS) != denied;
        return kr_scopes_warn(c->scopes, kr_scope_span(&node->node), "\"%s\" with '%s' literal. Did you mean \"%s\"?", is ? "is" : "is not",
                              type, is ? "==" : "!=");
    }
    return true;
}

// 1()
static bool warn_call(KrCheck *c, const KrCall *node) {
    if (node->func->kind == KR_NODE_LAMBDA) return true;
    TypeName type = display_type(node->func);
    if (type == NULL) return true;
    return kr_scopes_warn(c->scopes, kr_scope_span(node->func), "'%s' object is not callable; perhaps you missed a comma?", type);
}

// 1[2]: not of text, lists, tuples and dicts.
static bool warn_container(KrCheck *c, const KrSubscript *node, bool *warned) {
    const KrNode *value = node->value;
    TypeName type = NULL;
    if (value->kind == KR_NODE_NAME || value->kind == KR_NODE_SET || value->kind == KR_NODE_SET_COMP ||
        value->kind == KR_NODE_GENERATOR_EXP || value->kind == KR_NODE_LAMBDA) {
        type = display_type(value);
    } else if (value->kind == KR_NODE_CONSTANT && value->op < KR_CONSTANT_STR) {
        type = constant_type(value);
    }
    *warned = type != NULL;
    if (type == NULL) return true;
    return kr_scopes_warn(c->scopes, kr_scope_span(value), "'%s' object is not subscriptable; perhaps you missed a comma?", type);
}

static bool is_sequence(const KrNode *node) {
    switch (node->kind) {
    case KR_NODE_TUPLE:
    case KR_NODE_LIST:
    case KR_NODE_LIST_COMP:
    case KR_NODE_JOINED_STR: return true;
    case KR_NODE_CONSTANT: return node->op >= KR_CONSTANT_STR;
    default: return false;
    }
}

// "a"["b"]
static bool warn_index(KrCheck *c, const KrSubscript *node) {
    TypeName index = display_type(node->slice);
    if (!is_sequence(node->value) || index == NULL) return true;
    if (kr_as_constant(node->slice)->node.kind == KR_NODE_CONSTANT) {
        unsigned op = node->slice->op;
        if (op == KR_CONSTANT_INT || op == KR_CONSTANT_TRUE || op == KR_CONSTANT_FALSE) return true;
    } else if (folded_type(node->slice) != NULL && (index[0] == 'i' || node->slice->kind == KR_NODE_NAME)) { // int, __debug__
        return true;
    }
    return kr_scopes_warn(c->scopes, kr_scope_span(node->value),
                          "%s indices must be integers or slices, not %s; perhaps you missed a comma?", display_type(node->value), index);
}

bool kr_check_warnings(KrCheck *c, const KrNode *node) {
    bool warned;
    switch (node->kind) {
    case KR_NODE_UNARY_OP:
        if (node->op == KR_UNARY_NOT) c->denied = c->denied == node ? NULL : kr_as_unary_op(node)->operand;
        return true;
    case KR_NODE_COMPARE: return warn_is(c, kr_as_compare(node));
    case KR_NODE_CALL: return warn_call(c, kr_as_call(node));
    case KR_NODE_SUBSCRIPT:
        if (node->ctx != KR_CTX_LOAD) return true;
        return warn_container(c, kr_as_subscript(node), &warned) && (warned || warn_index(c, kr_as_subscript(node)));
    default: return true;
    }
}

// assert (x, "text") tests a tuple.
bool kr_check_assert(KrCheck *c, const KrAssert *node) {
    if (node->test->kind != KR_NODE_TUPLE || kr_as_elements(node->test)->elts.count == 0) return true;
    return kr_scopes_warn(c->scopes, kr_scope_span(&node->node), "assertion is always true, perhaps remove parentheses?");
}
