// tree_read.c - Python objects to trees, by the rows of ast_table.h; errors in CPython's words.
//
// Objects can change while they are read (attributes may be properties): every value is looked at once, and what the tree needs of it is
// copied into the arena. Constants that no literal stands for go into the reader's list.
// SPDX-License-Identifier: MIT
#include "compile/ast_table.h"
#include "compile/tree.h"
#include "compile/tree_constant.h"
#include "compile/tree_name.h"

#include <string.h>

#if !KR_DEVICE

typedef struct {
    KrTreeReader *to;
    KrVm *vm;
    KrValue module;
    KrValue classes[KR_NODE_KINDS]; // by kind; KR_UNSET: not asked for yet
} Reader;

static bool read_node(Reader *r, KrValue object, unsigned sum, KrNode **out);

static bool no_memory(Reader *r) { return kr_fail(kr_raise_memory(r->vm)); }

static KrValue class_named(Reader *r, KrValue *cache, const char *name) {
    if (kr_is_unset(*cache)) *cache = kr_getattr_c(r->vm, r->module, name);
    return *cache;
}

// ---- Small things --------------------------------------------------------------------------------------------------------------

static bool read_int(Reader *r, KrValue v, int64_t *out) {
    if (!kr_is_integer(v)) return kr_fail(kr_raise(r->vm, &kr_value_error, "invalid integer value: %R", v));
    if (!kr_to_int64(r->vm, v, out) || *out > INT32_MAX || *out < INT32_MIN) {
        if (kr_raised(r->vm)) (void)kr_take_raised(r->vm);
        return kr_fail(kr_raise(r->vm, &kr_overflow_error, "Python int too large to convert to C int"));
    }
    return true;
}

static bool read_name(Reader *r, KrValue v, const KrName **out) {
    size_t len;
    *out = NULL;
    if (kr_is_none(v)) return true;
    if (!kr_is_str(v)) return kr_fail(kr_raise(r->vm, &kr_type_error, "AST identifier must be of type str"));
    const char *text = kr_str_text(v, &len);
    *out = kr_names_intern(r->to->names, text, len);
    return *out || no_memory(r);
}

// Which of the classes with these names it is an instance of.
static bool read_choice(Reader *r, KrValue v, const char *const *names, const char *sum, uint8_t *out) {
    for (unsigned i = 0; names[i]; i++) {
        KrValue type = kr_getattr_c(r->vm, r->module, names[i]);
        if (kr_is_error(type)) return false;
        if (kr_is_type(type) && kr_isa(v, kr_as_type(type))) return *out = (uint8_t)i, true;
    }
    return kr_fail(kr_raise(r->vm, &kr_type_error, "expected some sort of %s, but got %R", sum, v));
}

static bool read_operator(Reader *r, KrValue v, KrNode *node) {
    uint8_t op;
    const char *sum = node->kind == KR_NODE_BOOL_OP ? "boolop" : node->kind == KR_NODE_UNARY_OP ? "unaryop" : "operator";
    if (!read_choice(r, v, kr_operator_names(node->kind), sum, &op)) return false;
    return node->op = op, true;
}

static bool read_context(Reader *r, KrValue v, KrNode *node) {
    uint8_t ctx;
    if (!read_choice(r, v, kr_context_names, "expr_context", &ctx)) return false;
    return node->ctx = ctx, true;
}

// ---- Lists ---------------------------------------------------------------------------------------------------------------------

// The items of a list, copied: what reading them runs may change it.
static bool items_of(Reader *r, KrValue v, const KrNodeRow *row, const KrField *field, KrValue *items, size_t *count) {
    *count = 0;
    if (kr_is_unset(v)) return true;
    if (!kr_is_list(v))
        return kr_fail(kr_raise(r->vm, &kr_type_error, "%s field \"%s\" must be a list, not a %T", row->name, field->name, v));
    const KrValue *from = kr_list_items(v, count);
    *items = kr_tuple(r->vm, *count, from);
    return !kr_is_error(*items);
}

static bool read_seq(Reader *r, KrValue v, const KrNodeRow *row, const KrField *field, KrSeq *out) {
    KrValue items = KR_NONE;
    size_t n;
    if (!items_of(r, v, row, field, &items, &n)) return false;
    KrNode **item = n ? kr_arena_array(r->to->arena, n, sizeof *item) : NULL;
    if (n && !item) return no_memory(r);
    for (size_t i = 0; i < n; i++) {
        if (!read_node(r, kr_tuple_items(items, NULL)[i], field->sum, &item[i])) return false;
        if (item[i] || field->kind == KR_FIELD_SEQ_OPTIONAL) continue;
        const char *what = field->sum == KR_SUM_STMT ? "statement" : field->sum == KR_SUM_PATTERN ? "pattern" : "expression";
        return kr_fail(kr_raise(r->vm, &kr_value_error, "None disallowed in %s list", what));
    }
    *out = (KrSeq){ item, (uint32_t)n };
    return true;
}

static bool read_names(Reader *r, KrValue v, const KrNodeRow *row, const KrField *field, KrNameSeq *out) {
    KrValue items = KR_NONE;
    size_t n;
    if (!items_of(r, v, row, field, &items, &n)) return false;
    const KrName **item = n ? kr_arena_array(r->to->arena, n, sizeof *item) : NULL;
    if (n && !item) return no_memory(r);
    for (size_t i = 0; i < n; i++) {
        if (!read_name(r, kr_tuple_items(items, NULL)[i], &item[i])) return false;
        if (!item[i]) return kr_fail(kr_raise(r->vm, &kr_value_error, "field '%s' is required for %s", field->name, row->name));
    }
    *out = (KrNameSeq){ item, (uint32_t)n };
    return true;
}

// As many as comparators follow; the check compares the counts, so a wrong one is told by the caller.
static bool read_operators(Reader *r, KrValue v, const KrNodeRow *row, const KrField *field, const uint8_t **out, size_t *count) {
    KrValue items = KR_NONE;
    if (!items_of(r, v, row, field, &items, count)) return false;
    uint8_t *ops = kr_arena_array(r->to->arena, *count + 1, 1);
    if (!ops) return no_memory(r);
    for (size_t i = 0; i < *count; i++)
        if (!read_choice(r, kr_tuple_items(items, NULL)[i], kr_compare_names, "cmpop", &ops[i])) return false;
    *out = ops;
    return true;
}

// ---- Fields --------------------------------------------------------------------------------------------------------------------

static bool read_level(Reader *r, KrValue v, uint32_t *out) {
    int64_t level = 0;
    if (!kr_is_unset(v) && !kr_is_none(v) && !read_int(r, v, &level)) return false;
    if (level < 0) return kr_fail(kr_raise(r->vm, &kr_value_error, "Negative ImportFrom level"));
    return *out = (uint32_t)level, true;
}

static bool read_number(Reader *r, KrValue v, KrNode *node, unsigned kind) {
    int64_t n;
    if (!read_int(r, v, &n)) return false;
    if (kind == KR_FIELD_CONVERSION) node->op = n < 0 ? 0 : (uint8_t)n;
    else if (n) node->flags |= kind == KR_FIELD_SIMPLE ? KR_NODE_SIMPLE : KR_NODE_ASYNC;
    return true;
}

static bool read_text(Reader *r, KrValue v, KrNode *node, bool is_kind) {
    if (kr_is_unset(v) || kr_is_none(v)) return true;
    if (!kr_is_str(v)) return kr_fail(kr_raise(r->vm, &kr_type_error, "AST string must be of type str"));
    if (is_kind && node->op == KR_CONSTANT_STR && kr_str_is(v, "u")) node->flags |= KR_CONSTANT_U;
    return true;
}

static bool read_singleton(Reader *r, KrValue v, KrNode **out) {
    KrConstant *constant = kr_arena_array(r->to->arena, 1, sizeof *constant);
    if (!constant) return no_memory(r);
    constant->node.kind = KR_NODE_CONSTANT;
    *out = &constant->node;
    if (!kr_is_none(v) && !kr_is_bool(v))
        return kr_fail(kr_raise(r->vm, &kr_value_error, "MatchSingleton can only contain True, False and None"));
    return kr_tree_constant(r->to, v, constant);
}

static bool read_field(Reader *r, KrNode *node, const KrNodeRow *row, const KrField *field, KrValue v) {
    void *at = (char *)node + field->offset;
    switch (field->kind) {
    case KR_FIELD_NODE:
    case KR_FIELD_OPTIONAL: return kr_is_unset(v) || read_node(r, v, field->sum, at);
    case KR_FIELD_SEQ:
    case KR_FIELD_SEQ_OPTIONAL: return read_seq(r, v, row, field, at);
    case KR_FIELD_NAME:
    case KR_FIELD_OPTIONAL_NAME: return kr_is_unset(v) || read_name(r, v, at);
    case KR_FIELD_NAMES: return read_names(r, v, row, field, at);
    case KR_FIELD_LEVEL: return read_level(r, v, at);
    case KR_FIELD_SINGLETON: return read_singleton(r, v, at);
    case KR_FIELD_OPERATOR: return read_operator(r, v, node);
    case KR_FIELD_CONTEXT: return read_context(r, v, node);
    case KR_FIELD_CONVERSION:
    case KR_FIELD_SIMPLE:
    case KR_FIELD_ASYNC: return read_number(r, v, node, field->kind);
    case KR_FIELD_VALUE: return kr_tree_constant(r->to, v, kr_as_constant(node));
    case KR_FIELD_U:
    case KR_FIELD_TYPE_COMMENT: return read_text(r, v, node, field->kind == KR_FIELD_U);
    default: return true;
    }
}

static bool is_required(unsigned kind) {
    return kind == KR_FIELD_NODE || kind == KR_FIELD_NAME || (kind >= KR_FIELD_SINGLETON && kind <= KR_FIELD_VALUE);
}

static bool find(Reader *r, KrValue object, const char *name, KrValue *out) {
    KrValue key = kr_name(r->vm, name);
    return !kr_is_error(key) && kr_find_attr(r->vm, object, key, out);
}

static bool missing(Reader *r, const char *field, const char *where) {
    return kr_fail(kr_raise(r->vm, &kr_type_error, "required field \"%s\" missing from %s", field, where));
}

static bool read_ops(Reader *r, KrNode *node, const KrNodeRow *row, const KrField *field, KrValue v, size_t *count) {
    return read_operators(r, v, row, field, &kr_as_compare(node)->ops, count);
}

static bool check_compare(Reader *r, const KrCompare *node, size_t ops) {
    if (!node->comparators.count) return kr_fail(kr_raise(r->vm, &kr_value_error, "Compare with no comparators"));
    if (node->comparators.count == ops) return true;
    return kr_fail(kr_raise(r->vm, &kr_value_error, "Compare has a different number of comparators and operands"));
}

static bool read_fields(Reader *r, KrValue object, KrNode *node) {
    const KrNodeRow *row = &kr_node_rows[node->kind];
    size_t ops = 0;
    for (const KrField *field = row->field; field->name; field++) {
        KrValue v;
        if (!find(r, object, field->name, &v)) return false;
        if (kr_is_unset(v) && is_required(field->kind)) return missing(r, field->name, row->name);
        if (field->kind == KR_FIELD_OPERATORS ? !read_ops(r, node, row, field, v, &ops) : !read_field(r, node, row, field, v)) return false;
        bool pointer = field->kind == KR_FIELD_NODE || field->kind == KR_FIELD_NAME;
        const void *at = (const char *)node + field->offset;
        if (pointer && *(void *const *)at == NULL)
            return kr_fail(kr_raise(r->vm, &kr_value_error, "field '%s' is required for %s", field->name, row->name));
    }
    return node->kind != KR_NODE_COMPARE || check_compare(r, kr_as_compare(node), ops);
}

// ---- Places --------------------------------------------------------------------------------------------------------------------

static bool check_place(Reader *r, int64_t line, int64_t col, int64_t end_line, int64_t end_col) {
    if (line > end_line)
        return kr_fail(kr_raise(r->vm, &kr_value_error, "AST node line range (%d, %d) is not valid", (int)line, (int)end_line));
    if ((line < 0 && end_line != line) || (col < 0 && col != end_col))
        return kr_fail(kr_raise(r->vm, &kr_value_error, "AST node column range (%d, %d) for line range (%d, %d) is not valid", (int)col,
                                (int)end_col, (int)line, (int)end_line));
    if (line == end_line && col > end_col)
        return kr_fail(kr_raise(r->vm, &kr_value_error, "line %d, column %d-%d is not a valid range", (int)line, (int)col, (int)end_col));
    return true;
}

static unsigned clipped(int64_t n) { return n < 0 ? 0 : n > KR_PLACE_MASK ? KR_PLACE_MASK : (unsigned)n; }

static bool read_place(Reader *r, KrValue object, const char *where, KrNode *place) {
    static const char *const names[] = { "lineno", "col_offset", "end_lineno", "end_col_offset" };
    int64_t n[4] = { 0 };
    for (int i = 0; i < 4; i++) {
        KrValue v;
        if (!find(r, object, names[i], &v)) return false;
        if (i < 2 && kr_is_unset(v)) return missing(r, names[i], where);
        if (i >= 2 && (kr_is_unset(v) || kr_is_none(v))) n[i] = n[i - 2];
        else if (!read_int(r, v, &n[i])) return false;
    }
    if (!check_place(r, n[0], n[1], n[2], n[3])) return false;
    place->line = clipped(n[0]), place->col = clipped(n[1]);
    place->end_line = clipped(n[2]), place->end_col = clipped(n[3]);
    return true;
}

// ---- Nodes ---------------------------------------------------------------------------------------------------------------------

// The kind of an object among those of a sum.
static bool find_kind(Reader *r, KrValue object, unsigned sum, unsigned *kind) {
    for (unsigned i = 0; i < KR_NODE_KINDS; i++) {
        if (kr_node_rows[i].sum != sum) continue;
        KrValue type = class_named(r, &r->classes[i], kr_node_rows[i].name);
        if (kr_is_error(type)) return false;
        if (kr_is_type(type) && kr_isa(object, kr_as_type(type))) return *kind = i, true;
    }
    return kr_fail(kr_raise(r->vm, &kr_type_error, "expected some sort of %s, but got %R", kr_sum_names[sum], object));
}

static bool sum_has_place(unsigned sum) {
    return sum == KR_SUM_STMT || sum == KR_SUM_EXPR || sum == KR_SUM_PATTERN || sum == KR_SUM_TYPE_PARAM || sum == KR_SUM_HANDLER ||
           sum == KR_SUM_ARG || sum == KR_SUM_KEYWORD || sum == KR_SUM_ALIAS;
}

static bool read_node(Reader *r, KrValue object, unsigned sum, KrNode **out) {
    KrNode place = { 0 };
    unsigned kind;
    *out = NULL;
    if (kr_is_none(object)) return true;
    if (!kr_poll(r->vm, 1) || !kr_enter(r->vm, " during compilation")) return false;
    bool good = !sum_has_place(sum) || read_place(r, object, kr_sum_names[sum], &place);
    if (good && (good = find_kind(r, object, sum, &kind))) {
        KrNode *node = kr_arena_array(r->to->arena, 1, kr_node_rows[kind].size);
        if ((good = node != NULL)) {
            *node = place;
            node->kind = kind;
            good = read_fields(r, object, node);
            *out = node;
        } else {
            good = no_memory(r);
        }
    }
    kr_leave(r->vm);
    return good;
}

KrNode *kr_tree_read(KrTreeReader *to, KrValue object, KrParseMode mode) {
    static const char *const names[] = { [KR_PARSE_EXEC] = "Module", [KR_PARSE_EVAL] = "Expression", [KR_PARSE_SINGLE] = "Interactive" };
    Reader r = { .to = to, .vm = to->vm, .module = kr_import(to->vm, "_ast") };
    KrNode *node;
    if (kr_is_error(r.module)) return NULL;
    for (size_t i = 0; i < KR_NODE_KINDS; i++) r.classes[i] = KR_UNSET;
    KrValue type = kr_getattr_c(to->vm, r.module, names[mode]);
    if (kr_is_error(type)) return NULL;
    if (!kr_isa(object, kr_as_type(type))) {
        (void)kr_raise(to->vm, &kr_type_error, "expected %s node, got %T", names[mode], object);
        return NULL;
    }
    return read_node(&r, object, KR_SUM_MOD, &node) && kr_tree_check(to->vm, node) ? node : NULL;
}

bool kr_tree_is(KrVm *vm, KrValue object, bool *out) {
    *out = false;
    if (!(kr_type_of(object)->flags & KR_TYPE_HEAP)) return true;
    KrValue module = kr_import(vm, "_ast"), type = kr_is_error(module) ? module : kr_getattr_c(vm, module, "AST");
    if (kr_is_error(type)) return false;
    *out = kr_is_type(type) && kr_isa(object, kr_as_type(type));
    return true;
}

#endif
