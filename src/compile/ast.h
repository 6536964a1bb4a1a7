// ast.h - the syntax tree: CPython 3.13's abstract syntax (Parser/Python.asdl) node for node, laid out for small memories.
//
// Every node starts with the 16-byte KrNode header; node->kind says which struct it is, and kr_as_xxx gives that struct.
// Positions are CPython's: lines from 1, columns from 0 in UTF-8 bytes. Kinds without a position in CPython have zeros there.
// A KrSeq of optional items (Dict keys, kw_defaults) holds NULL where CPython holds None. Trees and names live in arenas.
// Left-leaning chains (a+b+c, a.b.c, f()()(), elif) may be as deep as the source is long: walk them with a loop.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_AST_H
#define KR_COMPILE_AST_H

#include "krait_config.h"

typedef struct KrScope KrScope; // scope.h

// An identifier; one per spelling and parse, so names are compared by pointer. Identifiers with characters outside ASCII
// are normalised (NFKC).
typedef struct KrName {
    const char *text; // UTF-8, NUL-terminated
    uint32_t len;
    uint32_t hash;
    uint32_t id; // 0, 1, 2, … in order of first use: an index for tables of the emitter
    struct KrName *chain;
} KrName;

// The identifiers of one parse: a hash table in an arena.
typedef struct KrNameTable {
    struct KrArena *arena;
    KrName **bucket;
    uint32_t bucket_count; // a power of two
    uint32_t count;
} KrNameTable;

bool kr_names_init(KrNameTable *names, struct KrArena *arena) KR_RAISES;

// The one KrName of a spelling. NULL: out of memory.
const KrName *kr_names_intern(KrNameTable *names, const char *text, size_t len);

typedef enum KrNodeKind {
    // mod
    KR_NODE_MODULE,
    KR_NODE_INTERACTIVE,
    KR_NODE_EXPRESSION,
    // stmt
    KR_NODE_FUNCTION_DEF,
    KR_NODE_ASYNC_FUNCTION_DEF,
    KR_NODE_CLASS_DEF,
    KR_NODE_RETURN,
    KR_NODE_DELETE,
    KR_NODE_ASSIGN,
    KR_NODE_TYPE_ALIAS,
    KR_NODE_AUG_ASSIGN,
    KR_NODE_ANN_ASSIGN,
    KR_NODE_FOR,
    KR_NODE_ASYNC_FOR,
    KR_NODE_WHILE,
    KR_NODE_IF,
    KR_NODE_WITH,
    KR_NODE_ASYNC_WITH,
    KR_NODE_MATCH,
    KR_NODE_RAISE,
    KR_NODE_TRY,
    KR_NODE_TRY_STAR,
    KR_NODE_ASSERT,
    KR_NODE_IMPORT,
    KR_NODE_IMPORT_FROM,
    KR_NODE_GLOBAL,
    KR_NODE_NONLOCAL,
    KR_NODE_EXPR,
    KR_NODE_PASS,
    KR_NODE_BREAK,
    KR_NODE_CONTINUE,
    // expr
    KR_NODE_BOOL_OP,
    KR_NODE_NAMED_EXPR,
    KR_NODE_BIN_OP,
    KR_NODE_UNARY_OP,
    KR_NODE_LAMBDA,
    KR_NODE_IF_EXP,
    KR_NODE_DICT,
    KR_NODE_SET,
    KR_NODE_LIST_COMP,
    KR_NODE_SET_COMP,
    KR_NODE_DICT_COMP,
    KR_NODE_GENERATOR_EXP,
    KR_NODE_AWAIT,
    KR_NODE_YIELD,
    KR_NODE_YIELD_FROM,
    KR_NODE_COMPARE,
    KR_NODE_CALL,
    KR_NODE_FORMATTED_VALUE,
    KR_NODE_JOINED_STR,
    KR_NODE_CONSTANT,
    KR_NODE_ATTRIBUTE,
    KR_NODE_SUBSCRIPT,
    KR_NODE_STARRED,
    KR_NODE_NAME,
    KR_NODE_LIST,
    KR_NODE_TUPLE,
    KR_NODE_SLICE,
    // pattern
    KR_NODE_MATCH_VALUE,
    KR_NODE_MATCH_SINGLETON,
    KR_NODE_MATCH_SEQUENCE,
    KR_NODE_MATCH_MAPPING,
    KR_NODE_MATCH_CLASS,
    KR_NODE_MATCH_STAR,
    KR_NODE_MATCH_AS,
    KR_NODE_MATCH_OR,
    // type_param
    KR_NODE_TYPE_VAR,
    KR_NODE_PARAM_SPEC,
    KR_NODE_TYPE_VAR_TUPLE,
    // the parts of other nodes
    KR_NODE_COMPREHENSION,
    KR_NODE_EXCEPT_HANDLER,
    KR_NODE_ARGUMENTS,
    KR_NODE_ARG,
    KR_NODE_KEYWORD,
    KR_NODE_ALIAS,
    KR_NODE_WITH_ITEM,
    KR_NODE_MATCH_CASE,
} KrNodeKind;

typedef enum KrExprContext { KR_CTX_LOAD, KR_CTX_STORE, KR_CTX_DEL } KrExprContext;

// node->op of BoolOp, BinOp and AugAssign, UnaryOp.
typedef enum KrBoolOperator { KR_BOOL_AND, KR_BOOL_OR } KrBoolOperator;

typedef enum KrOperator {
    KR_BIN_ADD,
    KR_BIN_SUB,
    KR_BIN_MULT,
    KR_BIN_MAT_MULT,
    KR_BIN_DIV,
    KR_BIN_MOD,
    KR_BIN_POW,
    KR_BIN_LSHIFT,
    KR_BIN_RSHIFT,
    KR_BIN_BIT_OR,
    KR_BIN_BIT_XOR,
    KR_BIN_BIT_AND,
    KR_BIN_FLOOR_DIV,
} KrOperator;

typedef enum KrUnaryOperator { KR_UNARY_INVERT, KR_UNARY_NOT, KR_UNARY_ADD, KR_UNARY_SUB } KrUnaryOperator;

typedef enum KrCompareOperator {
    KR_COMPARE_EQ,
    KR_COMPARE_NOT_EQ,
    KR_COMPARE_LT,
    KR_COMPARE_LT_E,
    KR_COMPARE_GT,
    KR_COMPARE_GT_E,
    KR_COMPARE_IS,
    KR_COMPARE_IS_NOT,
    KR_COMPARE_IN,
    KR_COMPARE_NOT_IN,
} KrCompareOperator;

// node->op of Constant.
typedef enum KrConstantKind {
    KR_CONSTANT_NONE,
    KR_CONSTANT_TRUE,
    KR_CONSTANT_FALSE,
    KR_CONSTANT_ELLIPSIS,
    KR_CONSTANT_INT,       // value fits: integer; else digits in text, see KR_CONSTANT_FITS and base
    KR_CONSTANT_FLOAT,     // text, as written without underscores
    KR_CONSTANT_IMAGINARY, // text, as written without underscores and without the j
    KR_CONSTANT_STR,       // text in generalised UTF-8: a lone surrogate is three bytes
    KR_CONSTANT_BYTES,     // text
    KR_CONSTANT_OBJECT, // of a tree that Python made, what no literal stands for: its place in the compiler's list in base, its repr in text
} KrConstantKind;

// node->flags bits. The parser uses the rest of the byte while it works.
enum {
    KR_CONSTANT_FITS = 1,      // Constant, int: the value is in as.integer, there is no text
    KR_CONSTANT_U = 2,         // Constant, str: written with prefix u (CPython's kind='u')
    KR_NODE_SIMPLE = 1,        // AnnAssign: target is a bare name not in parentheses (CPython's simple=1)
    KR_NODE_ASYNC = 1,         // comprehension: is_async
    KR_NODE_PARENTHESES = 128, // expression: stands in parentheses of its own
};

#if KR_DEVICE // no text there has more lines or columns
enum { KR_PLACE_MASK = 0xFFFF };
typedef struct KrNode {
    uint16_t line, col, end_line, end_col;
    uint8_t kind, op, flags, ctx; // as below
} KrNode;
#else
enum { KR_PLACE_MASK = 0xFFFFFF };
typedef struct KrNode {
    unsigned line : 24, kind : 8; // KrNodeKind
    unsigned col : 24, op : 8;    // operator, or KrConstantKind, or conversion of FormattedValue
    unsigned end_line : 24, flags : 8;
    unsigned end_col : 24, ctx : 8; // KrExprContext of Attribute, Subscript, Starred, Name, List, Tuple
} KrNode;
#endif

typedef struct KrSeq {
    KrNode **item;
    uint32_t count;
} KrSeq;

typedef struct KrNameSeq {
    const KrName **item;
    uint32_t count;
} KrNameSeq;

// ---- mod: Module and Interactive have body as KrModule, Expression has KrExpression ----

typedef struct KrModule {
    KrNode node;
    KrSeq body;
    KrScope *scope;
} KrModule;

typedef struct KrExpression {
    KrNode node;
    KrNode *body;
    KrScope *scope;
} KrExpression;

// ---- stmt ----

typedef struct KrArguments {
    KrNode node;
    KrSeq posonlyargs; // of KrArg
    KrSeq args;
    KrNode *vararg; // KrArg or NULL
    KrSeq kwonlyargs;
    KrSeq kw_defaults; // as long as kwonlyargs, NULL: no default
    KrNode *kwarg;
    KrSeq defaults; // of the last posonlyargs and args
} KrArguments;

typedef struct KrArg {
    KrNode node;
    const KrName *arg;
    KrNode *annotation;
} KrArg;

typedef struct KrLaterBody KrLaterBody; // parser.h

typedef struct KrFunctionDef { // FunctionDef and AsyncFunctionDef
    KrNode node;
    const KrName *name;
    KrArguments *args;
    KrSeq body;
    KrLaterBody *later; // the block is read later, and body is its docstring alone; NULL: it is all here
    KrSeq decorator_list;
    KrNode *returns;
    KrSeq type_params;
    KrScope *scope;
    KrScope *type_scope;       // scope of the type parameters, NULL without them
    KrScope *annotation_scope; // only under `from __future__ import annotations`
} KrFunctionDef;

typedef struct KrClassDef {
    KrNode node;
    const KrName *name;
    KrSeq bases;
    KrSeq keywords; // of KrKeyword
    KrSeq body;
    KrLaterBody *later; // as in KrFunctionDef
    KrSeq decorator_list;
    KrSeq type_params;
    KrScope *scope;
    KrScope *type_scope;
} KrClassDef;

typedef struct KrReturn { // Return, Expr, Await, Yield, YieldFrom: one value
    KrNode node;
    KrNode *value; // NULL possible for Return and Yield
} KrReturn;
typedef KrReturn KrExprStatement;
typedef KrReturn KrAwait;
typedef KrReturn KrYield;

typedef struct KrDelete {
    KrNode node;
    KrSeq targets;
} KrDelete;

typedef struct KrAssign {
    KrNode node;
    KrSeq targets;
    KrNode *value;
} KrAssign;

typedef struct KrTypeAlias {
    KrNode node;
    KrNode *name; // a KrNameExpr
    KrSeq type_params;
    KrNode *value;
    KrScope *scope; // of the value
    KrScope *type_scope;
} KrTypeAlias;

typedef struct KrAugAssign { // op is a KrOperator
    KrNode node;
    KrNode *target;
    KrNode *value;
} KrAugAssign;

typedef struct KrAnnAssign { // flags: KR_NODE_SIMPLE
    KrNode node;
    KrNode *target;
    KrNode *annotation;
    KrNode *value;
    KrScope *annotation_scope; // only under `from __future__ import annotations`
} KrAnnAssign;

typedef struct KrFor { // For and AsyncFor
    KrNode node;
    KrNode *target;
    KrNode *iter;
    KrSeq body;
    KrSeq orelse;
} KrFor;

typedef struct KrIf { // If and While
    KrNode node;
    KrNode *test;
    KrSeq body;
    KrSeq orelse;
} KrIf;
typedef KrIf KrWhile;

typedef struct KrWith { // With and AsyncWith
    KrNode node;
    KrSeq items; // of KrWithItem
    KrSeq body;
} KrWith;

typedef struct KrWithItem {
    KrNode node;
    KrNode *context_expr;
    KrNode *optional_vars;
} KrWithItem;

typedef struct KrMatch {
    KrNode node;
    KrNode *subject;
    KrSeq cases; // of KrMatchCase
} KrMatch;

typedef struct KrMatchCase {
    KrNode node;
    KrNode *pattern;
    KrNode *guard;
    KrSeq body;
} KrMatchCase;

typedef struct KrRaise {
    KrNode node;
    KrNode *exc;
    KrNode *cause;
} KrRaise;

typedef struct KrTry { // Try and TryStar
    KrNode node;
    KrSeq body;
    KrSeq handlers; // of KrExceptHandler
    KrSeq orelse;
    KrSeq finalbody;
} KrTry;

typedef struct KrExceptHandler {
    KrNode node;
    KrNode *type;
    const KrName *name;
    KrSeq body;
} KrExceptHandler;

typedef struct KrAssert {
    KrNode node;
    KrNode *test;
    KrNode *msg;
} KrAssert;

typedef struct KrImport {
    KrNode node;
    KrSeq names; // of KrAlias
} KrImport;

typedef struct KrImportFrom {
    KrNode node;
    const KrName *module; // NULL: from . import x
    KrSeq names;          // of KrAlias
    uint32_t level;
} KrImportFrom;

typedef struct KrAlias {
    KrNode node;
    const KrName *name; // dotted as written, or "*"
    const KrName *asname;
} KrAlias;

typedef struct KrGlobal { // Global and Nonlocal
    KrNode node;
    KrNameSeq names;
} KrGlobal;

// ---- expr ----

typedef struct KrBoolOp { // op: KrBoolOperator
    KrNode node;
    KrSeq values;
} KrBoolOp;

typedef struct KrNamedExpr {
    KrNode node;
    KrNode *target;
    KrNode *value;
} KrNamedExpr;

typedef struct KrBinOp { // op: KrOperator
    KrNode node;
    KrNode *left;
    KrNode *right;
} KrBinOp;

typedef struct KrUnaryOp { // op: KrUnaryOperator
    KrNode node;
    KrNode *operand;
} KrUnaryOp;

typedef struct KrLambda {
    KrNode node;
    KrArguments *args;
    KrNode *body;
    KrScope *scope;
} KrLambda;

typedef struct KrIfExp {
    KrNode node;
    KrNode *test;
    KrNode *body;
    KrNode *orelse;
} KrIfExp;

typedef struct KrDict {
    KrNode node;
    KrSeq keys; // NULL: **value
    KrSeq values;
} KrDict;

typedef struct KrElements { // Set, List, Tuple: elts; JoinedStr: values
    KrNode node;
    KrSeq elts;
} KrElements;
typedef KrElements KrSet;
typedef KrElements KrList;
typedef KrElements KrTuple;
typedef KrElements KrJoinedStr;

typedef struct KrComp { // ListComp, SetComp, GeneratorExp: elt; DictComp: elt is the key, value the value
    KrNode node;
    KrNode *elt;
    KrNode *value;    // NULL but for DictComp
    KrSeq generators; // of KrComprehension
    KrScope *scope;
} KrComp;

typedef struct KrComprehension { // flags: KR_NODE_ASYNC
    KrNode node;
    KrNode *target;
    KrNode *iter;
    KrSeq ifs;
} KrComprehension;

typedef struct KrCompare {
    KrNode node;
    KrNode *left;
    const uint8_t *ops; // KrCompareOperator, as many as comparators
    KrSeq comparators;
} KrCompare;

typedef struct KrCall {
    KrNode node;
    KrNode *func;
    KrSeq args;
    KrSeq keywords; // of KrKeyword
} KrCall;

typedef struct KrKeyword {
    KrNode node;
    const KrName *arg; // NULL: **value
    KrNode *value;
} KrKeyword;

typedef struct KrFormattedValue { // op: conversion 's', 'r', 'a', or 0 for none (CPython's -1)
    KrNode node;
    KrNode *value;
    KrNode *format_spec; // a JoinedStr or NULL
} KrFormattedValue;

typedef int64_t KrNodeInt __attribute__((aligned(sizeof(void *)))); // a node's alignment is that of pointers
typedef struct KrConstant {                                         // op: KrConstantKind; flags: KR_CONSTANT_FITS, KR_CONSTANT_U
    KrNode node;
    union {
        KrNodeInt integer; // int with KR_CONSTANT_FITS
        struct {
            const char *text; // len bytes, no NUL after them; may point into the source
            uint32_t len;
            uint32_t base; // int: 2, 8, 10, 16; text holds the digits alone
        } text;
    } as;
} KrConstant;

typedef struct KrAttribute {
    KrNode node;
    KrNode *value;
    const KrName *attr;
} KrAttribute;

typedef struct KrSubscript {
    KrNode node;
    KrNode *value;
    KrNode *slice;
} KrSubscript;

typedef struct KrStarred {
    KrNode node;
    KrNode *value;
} KrStarred;

typedef struct KrNameExpr { // Name
    KrNode node;
    const KrName *id;
} KrNameExpr;

typedef struct KrSlice {
    KrNode node;
    KrNode *lower;
    KrNode *upper;
    KrNode *step;
} KrSlice;

// ---- pattern ----

typedef struct KrMatchValue { // MatchValue; MatchSingleton: value is a Constant None, True or False
    KrNode node;
    KrNode *value;
} KrMatchValue;
typedef KrMatchValue KrMatchSingleton;

typedef struct KrMatchSequence { // MatchSequence and MatchOr
    KrNode node;
    KrSeq patterns;
} KrMatchSequence;
typedef KrMatchSequence KrMatchOr;

typedef struct KrMatchMapping {
    KrNode node;
    KrSeq keys; // of expressions
    KrSeq patterns;
    const KrName *rest;
} KrMatchMapping;

typedef struct KrMatchClass {
    KrNode node;
    KrNode *cls;
    KrSeq patterns;
    KrNameSeq kwd_attrs;
    KrSeq kwd_patterns;
} KrMatchClass;

typedef struct KrMatchStar {
    KrNode node;
    const KrName *name; // NULL: *_
} KrMatchStar;

typedef struct KrMatchAs {
    KrNode node;
    KrNode *pattern;
    const KrName *name; // NULL: _
} KrMatchAs;

// ---- type_param ----

typedef struct KrTypeParam { // TypeVar; ParamSpec and TypeVarTuple have no bound
    KrNode node;
    const KrName *name;
    KrNode *bound;
    KrNode *default_value;
    KrScope *bound_scope;
    KrScope *default_scope;
} KrTypeParam;

// What an error message calls an expression: "function call", "literal", "attribute" and so on.
const char *kr_node_describe(const KrNode *node);

// KrNode to the struct of its kind.
#define KR_NODE_CAST(function, Type) \
    static inline Type *function(const KrNode *node) { return (Type *)(uintptr_t)node; }
KR_NODE_CAST(kr_as_module, KrModule)
KR_NODE_CAST(kr_as_expression, KrExpression)
KR_NODE_CAST(kr_as_arguments, KrArguments)
KR_NODE_CAST(kr_as_arg, KrArg)
KR_NODE_CAST(kr_as_function_def, KrFunctionDef)
KR_NODE_CAST(kr_as_class_def, KrClassDef)
KR_NODE_CAST(kr_as_return, KrReturn)
KR_NODE_CAST(kr_as_expr_statement, KrExprStatement)
KR_NODE_CAST(kr_as_await, KrAwait)
KR_NODE_CAST(kr_as_yield, KrYield)
KR_NODE_CAST(kr_as_delete, KrDelete)
KR_NODE_CAST(kr_as_assign, KrAssign)
KR_NODE_CAST(kr_as_type_alias, KrTypeAlias)
KR_NODE_CAST(kr_as_aug_assign, KrAugAssign)
KR_NODE_CAST(kr_as_ann_assign, KrAnnAssign)
KR_NODE_CAST(kr_as_for, KrFor)
KR_NODE_CAST(kr_as_if, KrIf)
KR_NODE_CAST(kr_as_while, KrWhile)
KR_NODE_CAST(kr_as_with, KrWith)
KR_NODE_CAST(kr_as_with_item, KrWithItem)
KR_NODE_CAST(kr_as_match, KrMatch)
KR_NODE_CAST(kr_as_match_case, KrMatchCase)
KR_NODE_CAST(kr_as_raise, KrRaise)
KR_NODE_CAST(kr_as_try, KrTry)
KR_NODE_CAST(kr_as_except_handler, KrExceptHandler)
KR_NODE_CAST(kr_as_assert, KrAssert)
KR_NODE_CAST(kr_as_import, KrImport)
KR_NODE_CAST(kr_as_import_from, KrImportFrom)
KR_NODE_CAST(kr_as_alias, KrAlias)
KR_NODE_CAST(kr_as_global, KrGlobal)
KR_NODE_CAST(kr_as_bool_op, KrBoolOp)
KR_NODE_CAST(kr_as_named_expr, KrNamedExpr)
KR_NODE_CAST(kr_as_bin_op, KrBinOp)
KR_NODE_CAST(kr_as_unary_op, KrUnaryOp)
KR_NODE_CAST(kr_as_lambda, KrLambda)
KR_NODE_CAST(kr_as_if_exp, KrIfExp)
KR_NODE_CAST(kr_as_dict, KrDict)
KR_NODE_CAST(kr_as_elements, KrElements)
KR_NODE_CAST(kr_as_comp, KrComp)
KR_NODE_CAST(kr_as_comprehension, KrComprehension)
KR_NODE_CAST(kr_as_compare, KrCompare)
KR_NODE_CAST(kr_as_call, KrCall)
KR_NODE_CAST(kr_as_keyword, KrKeyword)
KR_NODE_CAST(kr_as_formatted_value, KrFormattedValue)
KR_NODE_CAST(kr_as_constant, KrConstant)
KR_NODE_CAST(kr_as_attribute, KrAttribute)
KR_NODE_CAST(kr_as_subscript, KrSubscript)
KR_NODE_CAST(kr_as_starred, KrStarred)
KR_NODE_CAST(kr_as_name_expr, KrNameExpr)
KR_NODE_CAST(kr_as_slice, KrSlice)
KR_NODE_CAST(kr_as_match_value, KrMatchValue)
KR_NODE_CAST(kr_as_match_sequence, KrMatchSequence)
KR_NODE_CAST(kr_as_match_mapping, KrMatchMapping)
KR_NODE_CAST(kr_as_match_class, KrMatchClass)
KR_NODE_CAST(kr_as_match_star, KrMatchStar)
KR_NODE_CAST(kr_as_match_as, KrMatchAs)
KR_NODE_CAST(kr_as_type_param, KrTypeParam)
#undef KR_NODE_CAST

#endif
