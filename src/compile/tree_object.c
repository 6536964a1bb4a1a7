// tree_object.c - trees to Python objects, by the rows of ast_table.h. The classes are those of lib/_ast.py.
// SPDX-License-Identifier: MIT
#include "compile/ast_table.h"
#include "compile/constant.h"
#include "compile/tree.h"
#include "compile/tree_name.h"

#if !KR_DEVICE

typedef struct {
    KrVm *vm;
    KrValue module;
    KrValue classes[KR_NODE_KINDS]; // KR_UNSET: not asked for yet
    KrValue simple;                 // dict: the instances of operators and contexts, by name
} Maker;

static KrValue make_node(Maker *m, const KrNode *node);

static KrValue class_of(Maker *m, unsigned kind) {
    if (kr_is_unset(m->classes[kind])) m->classes[kind] = kr_getattr_c(m->vm, m->module, kr_node_rows[kind].name);
    return m->classes[kind];
}

static KrValue simple(Maker *m, const char *name) {
    KrValue key = kr_name(m->vm, name);
    return kr_is_error(key) ? key : kr_getitem(m->vm, m->simple, key);
}

static KrValue name_of(Maker *m, const KrName *name) { return name ? kr_name_len(m->vm, name->text, name->len) : KR_NONE; }

static bool append(Maker *m, KrValue list, KrValue item) { return !kr_is_error(item) && kr_list_append(m->vm, list, item); }

static KrValue make_seq(Maker *m, const KrSeq *seq) {
    KrValue list = kr_list(m->vm, 0, NULL);
    for (uint32_t i = 0; !kr_is_error(list) && i < seq->count; i++)
        if (!append(m, list, make_node(m, seq->item[i]))) return KR_ERROR;
    return list;
}

static KrValue make_names(Maker *m, const KrNameSeq *seq) {
    KrValue list = kr_list(m->vm, 0, NULL);
    for (uint32_t i = 0; !kr_is_error(list) && i < seq->count; i++)
        if (!append(m, list, name_of(m, seq->item[i]))) return KR_ERROR;
    return list;
}

static KrValue make_operators(Maker *m, const KrCompare *node) {
    KrValue list = kr_list(m->vm, 0, NULL);
    for (uint32_t i = 0; !kr_is_error(list) && i < node->comparators.count; i++)
        if (!append(m, list, simple(m, kr_compare_names[node->ops[i]]))) return KR_ERROR;
    return list;
}

static KrValue make_field(Maker *m, const KrNode *node, const KrField *field) {
    const void *at = (const char *)node + field->offset;
    switch (field->kind) {
    case KR_FIELD_NODE:
    case KR_FIELD_OPTIONAL: return make_node(m, *(KrNode *const *)at);
    case KR_FIELD_SEQ:
    case KR_FIELD_SEQ_OPTIONAL: return make_seq(m, at);
    case KR_FIELD_NAME:
    case KR_FIELD_OPTIONAL_NAME: return name_of(m, *(const KrName *const *)at);
    case KR_FIELD_NAMES: return make_names(m, at);
    case KR_FIELD_LEVEL: return kr_int_box((intptr_t) * (const uint32_t *)at);
    case KR_FIELD_OPERATORS: return make_operators(m, kr_as_compare(node));
    case KR_FIELD_SINGLETON: return kr_constant_value(m->vm, *(KrNode *const *)at);
    case KR_FIELD_OPERATOR: return simple(m, kr_operator_names(node->kind)[node->op]);
    case KR_FIELD_CONTEXT: return simple(m, kr_context_names[node->ctx]);
    case KR_FIELD_CONVERSION: return kr_int_box(node->op ? (intptr_t)node->op : -1);
    case KR_FIELD_SIMPLE: return kr_int_box((node->flags & KR_NODE_SIMPLE) != 0);
    case KR_FIELD_ASYNC: return kr_int_box((node->flags & KR_NODE_ASYNC) != 0);
    case KR_FIELD_VALUE: return kr_constant_value(m->vm, node);
    case KR_FIELD_U: return node->op == KR_CONSTANT_STR && node->flags & KR_CONSTANT_U ? kr_name(m->vm, "u") : KR_NONE;
    case KR_FIELD_TYPE_IGNORES: return kr_list(m->vm, 0, NULL);
    default: return KR_NONE;
    }
}

static bool set(Maker *m, KrValue object, const char *name, KrValue value) {
    KrValue key = kr_name(m->vm, name);
    return !kr_is_error(value) && !kr_is_error(key) && kr_setattr(m->vm, object, key, value);
}

static bool set_place(Maker *m, KrValue object, const KrNode *node) {
    return set(m, object, "lineno", kr_int_box(node->line)) && set(m, object, "col_offset", kr_int_box(node->col)) &&
           set(m, object, "end_lineno", kr_int_box(node->end_line)) && set(m, object, "end_col_offset", kr_int_box(node->end_col));
}

static KrValue make_node(Maker *m, const KrNode *node) {
    if (node == NULL) return KR_NONE;
    const KrNodeRow *row = &kr_node_rows[node->kind];
    KrValue type = class_of(m, node->kind);
    if (kr_is_error(type) || !kr_enter(m->vm, " during ast construction")) return KR_ERROR;
    KrValue object = kr_poll(m->vm, 1) ? kr_alloc_instance(m->vm, kr_as_type(type)) : KR_ERROR;
    bool good = !kr_is_error(object);
    for (const KrField *field = row->field; good && field->name; field++) good = set(m, object, field->name, make_field(m, node, field));
    if (good && row->placed) good = set_place(m, object, node);
    kr_leave(m->vm);
    return good ? object : KR_ERROR;
}

KrValue kr_tree_object(KrVm *vm, const KrNode *tree) {
    Maker m = { .vm = vm, .module = kr_import(vm, "_ast") };
    for (size_t i = 0; i < KR_NODE_KINDS; i++) m.classes[i] = KR_UNSET;
    m.simple = kr_is_error(m.module) ? m.module : kr_getattr_c(vm, m.module, "_simple");
    return kr_is_error(m.simple) ? m.simple : make_node(&m, tree);
}

#endif
