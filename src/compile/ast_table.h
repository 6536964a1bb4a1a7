// ast_table.h - what each kind of node is called and which fields it has, in the order of CPython's ast: trees become objects, and
// objects trees, by these rows.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_AST_TABLE_H
#define KR_COMPILE_AST_TABLE_H

#include "compile/ast.h"

enum { KR_NODE_KINDS = KR_NODE_MATCH_CASE + 1 };

// What is expected in a field: the classes of CPython's ast that have subclasses, and those that stand alone.
typedef enum KrNodeSum {
    KR_SUM_NONE,
    KR_SUM_MOD,
    KR_SUM_STMT,
    KR_SUM_EXPR,
    KR_SUM_PATTERN,
    KR_SUM_TYPE_PARAM,
    KR_SUM_COMPREHENSION,
    KR_SUM_HANDLER,
    KR_SUM_ARGUMENTS,
    KR_SUM_ARG,
    KR_SUM_KEYWORD,
    KR_SUM_ALIAS,
    KR_SUM_WITH_ITEM,
    KR_SUM_MATCH_CASE,
    KR_SUM_COUNT
} KrNodeSum;

typedef enum KrFieldKind { // what is at the offset; without one it is in the head of the node, or nowhere
    KR_FIELD_NODE,
    KR_FIELD_OPTIONAL, // a node or NULL
    KR_FIELD_SEQ,
    KR_FIELD_SEQ_OPTIONAL, // whose items may be NULL
    KR_FIELD_NAME,
    KR_FIELD_OPTIONAL_NAME,
    KR_FIELD_NAMES,
    KR_FIELD_LEVEL,
    KR_FIELD_OPERATORS, // of Compare
    KR_FIELD_SINGLETON, // a node that is a Constant: its value
    KR_FIELD_OPERATOR,
    KR_FIELD_CONTEXT,
    KR_FIELD_CONVERSION,
    KR_FIELD_SIMPLE,
    KR_FIELD_ASYNC,
    KR_FIELD_VALUE,        // of Constant
    KR_FIELD_U,            // Constant.kind
    KR_FIELD_TYPE_COMMENT, // never there
    KR_FIELD_TYPE_IGNORES, // always empty
} KrFieldKind;

typedef struct KrField {
    const char *name;  // NULL: the end
    uint8_t kind, sum; // KrFieldKind, KrNodeSum
    uint16_t offset;
} KrField;

typedef struct KrNodeRow {
    const char *name;
    uint8_t sum;
    bool placed; // has lineno and so on
    uint16_t size;
    KrField field[8];
} KrNodeRow;

extern const KrNodeRow kr_node_rows[KR_NODE_KINDS];
extern const char *const kr_sum_names[KR_SUM_COUNT];

#endif
