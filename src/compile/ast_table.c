// ast_table.c - the rows of ast_table.h.
// SPDX-License-Identifier: MIT
#include "compile/ast_table.h"

#include <stddef.h>

#define OF(Type, member) offsetof(Type, member)

// clang-format off
const KrNodeRow kr_node_rows[KR_NODE_KINDS] = {
    [KR_NODE_MODULE] = { "Module", KR_SUM_MOD, false, sizeof(KrModule), {
        { "body", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrModule, body) },
        { "type_ignores", KR_FIELD_TYPE_IGNORES, KR_SUM_NONE, 0 },
        { 0 },
    } },
    [KR_NODE_INTERACTIVE] = { "Interactive", KR_SUM_MOD, false, sizeof(KrModule), {
        { "body", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrModule, body) },
        { 0 },
    } },
    [KR_NODE_EXPRESSION] = { "Expression", KR_SUM_MOD, false, sizeof(KrExpression), {
        { "body", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrExpression, body) },
        { 0 },
    } },
    [KR_NODE_FUNCTION_DEF] = { "FunctionDef", KR_SUM_STMT, true, sizeof(KrFunctionDef), {
        { "name", KR_FIELD_NAME, KR_SUM_NONE, OF(KrFunctionDef, name) },
        { "args", KR_FIELD_NODE, KR_SUM_ARGUMENTS, OF(KrFunctionDef, args) },
        { "body", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrFunctionDef, body) },
        { "decorator_list", KR_FIELD_SEQ, KR_SUM_EXPR, OF(KrFunctionDef, decorator_list) },
        { "returns", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrFunctionDef, returns) },
        { "type_comment", KR_FIELD_TYPE_COMMENT, KR_SUM_NONE, 0 },
        { "type_params", KR_FIELD_SEQ, KR_SUM_TYPE_PARAM, OF(KrFunctionDef, type_params) },
        { 0 },
    } },
    [KR_NODE_ASYNC_FUNCTION_DEF] = { "AsyncFunctionDef", KR_SUM_STMT, true, sizeof(KrFunctionDef), {
        { "name", KR_FIELD_NAME, KR_SUM_NONE, OF(KrFunctionDef, name) },
        { "args", KR_FIELD_NODE, KR_SUM_ARGUMENTS, OF(KrFunctionDef, args) },
        { "body", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrFunctionDef, body) },
        { "decorator_list", KR_FIELD_SEQ, KR_SUM_EXPR, OF(KrFunctionDef, decorator_list) },
        { "returns", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrFunctionDef, returns) },
        { "type_comment", KR_FIELD_TYPE_COMMENT, KR_SUM_NONE, 0 },
        { "type_params", KR_FIELD_SEQ, KR_SUM_TYPE_PARAM, OF(KrFunctionDef, type_params) },
        { 0 },
    } },
    [KR_NODE_CLASS_DEF] = { "ClassDef", KR_SUM_STMT, true, sizeof(KrClassDef), {
        { "name", KR_FIELD_NAME, KR_SUM_NONE, OF(KrClassDef, name) },
        { "bases", KR_FIELD_SEQ, KR_SUM_EXPR, OF(KrClassDef, bases) },
        { "keywords", KR_FIELD_SEQ, KR_SUM_KEYWORD, OF(KrClassDef, keywords) },
        { "body", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrClassDef, body) },
        { "decorator_list", KR_FIELD_SEQ, KR_SUM_EXPR, OF(KrClassDef, decorator_list) },
        { "type_params", KR_FIELD_SEQ, KR_SUM_TYPE_PARAM, OF(KrClassDef, type_params) },
        { 0 },
    } },
    [KR_NODE_RETURN] = { "Return", KR_SUM_STMT, true, sizeof(KrReturn), {
        { "value", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrReturn, value) },
        { 0 },
    } },
    [KR_NODE_DELETE] = { "Delete", KR_SUM_STMT, true, sizeof(KrDelete), {
        { "targets", KR_FIELD_SEQ, KR_SUM_EXPR, OF(KrDelete, targets) },
        { 0 },
    } },
    [KR_NODE_ASSIGN] = { "Assign", KR_SUM_STMT, true, sizeof(KrAssign), {
        { "targets", KR_FIELD_SEQ, KR_SUM_EXPR, OF(KrAssign, targets) },
        { "value", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrAssign, value) },
        { "type_comment", KR_FIELD_TYPE_COMMENT, KR_SUM_NONE, 0 },
        { 0 },
    } },
    [KR_NODE_TYPE_ALIAS] = { "TypeAlias", KR_SUM_STMT, true, sizeof(KrTypeAlias), {
        { "name", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrTypeAlias, name) },
        { "type_params", KR_FIELD_SEQ, KR_SUM_TYPE_PARAM, OF(KrTypeAlias, type_params) },
        { "value", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrTypeAlias, value) },
        { 0 },
    } },
    [KR_NODE_AUG_ASSIGN] = { "AugAssign", KR_SUM_STMT, true, sizeof(KrAugAssign), {
        { "target", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrAugAssign, target) },
        { "op", KR_FIELD_OPERATOR, KR_SUM_NONE, 0 },
        { "value", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrAugAssign, value) },
        { 0 },
    } },
    [KR_NODE_ANN_ASSIGN] = { "AnnAssign", KR_SUM_STMT, true, sizeof(KrAnnAssign), {
        { "target", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrAnnAssign, target) },
        { "annotation", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrAnnAssign, annotation) },
        { "value", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrAnnAssign, value) },
        { "simple", KR_FIELD_SIMPLE, KR_SUM_NONE, 0 },
        { 0 },
    } },
    [KR_NODE_FOR] = { "For", KR_SUM_STMT, true, sizeof(KrFor), {
        { "target", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrFor, target) },
        { "iter", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrFor, iter) },
        { "body", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrFor, body) },
        { "orelse", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrFor, orelse) },
        { "type_comment", KR_FIELD_TYPE_COMMENT, KR_SUM_NONE, 0 },
        { 0 },
    } },
    [KR_NODE_ASYNC_FOR] = { "AsyncFor", KR_SUM_STMT, true, sizeof(KrFor), {
        { "target", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrFor, target) },
        { "iter", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrFor, iter) },
        { "body", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrFor, body) },
        { "orelse", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrFor, orelse) },
        { "type_comment", KR_FIELD_TYPE_COMMENT, KR_SUM_NONE, 0 },
        { 0 },
    } },
    [KR_NODE_WHILE] = { "While", KR_SUM_STMT, true, sizeof(KrIf), {
        { "test", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrIf, test) },
        { "body", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrIf, body) },
        { "orelse", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrIf, orelse) },
        { 0 },
    } },
    [KR_NODE_IF] = { "If", KR_SUM_STMT, true, sizeof(KrIf), {
        { "test", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrIf, test) },
        { "body", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrIf, body) },
        { "orelse", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrIf, orelse) },
        { 0 },
    } },
    [KR_NODE_WITH] = { "With", KR_SUM_STMT, true, sizeof(KrWith), {
        { "items", KR_FIELD_SEQ, KR_SUM_WITH_ITEM, OF(KrWith, items) },
        { "body", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrWith, body) },
        { "type_comment", KR_FIELD_TYPE_COMMENT, KR_SUM_NONE, 0 },
        { 0 },
    } },
    [KR_NODE_ASYNC_WITH] = { "AsyncWith", KR_SUM_STMT, true, sizeof(KrWith), {
        { "items", KR_FIELD_SEQ, KR_SUM_WITH_ITEM, OF(KrWith, items) },
        { "body", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrWith, body) },
        { "type_comment", KR_FIELD_TYPE_COMMENT, KR_SUM_NONE, 0 },
        { 0 },
    } },
    [KR_NODE_MATCH] = { "Match", KR_SUM_STMT, true, sizeof(KrMatch), {
        { "subject", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrMatch, subject) },
        { "cases", KR_FIELD_SEQ, KR_SUM_MATCH_CASE, OF(KrMatch, cases) },
        { 0 },
    } },
    [KR_NODE_RAISE] = { "Raise", KR_SUM_STMT, true, sizeof(KrRaise), {
        { "exc", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrRaise, exc) },
        { "cause", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrRaise, cause) },
        { 0 },
    } },
    [KR_NODE_TRY] = { "Try", KR_SUM_STMT, true, sizeof(KrTry), {
        { "body", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrTry, body) },
        { "handlers", KR_FIELD_SEQ, KR_SUM_HANDLER, OF(KrTry, handlers) },
        { "orelse", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrTry, orelse) },
        { "finalbody", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrTry, finalbody) },
        { 0 },
    } },
    [KR_NODE_TRY_STAR] = { "TryStar", KR_SUM_STMT, true, sizeof(KrTry), {
        { "body", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrTry, body) },
        { "handlers", KR_FIELD_SEQ, KR_SUM_HANDLER, OF(KrTry, handlers) },
        { "orelse", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrTry, orelse) },
        { "finalbody", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrTry, finalbody) },
        { 0 },
    } },
    [KR_NODE_ASSERT] = { "Assert", KR_SUM_STMT, true, sizeof(KrAssert), {
        { "test", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrAssert, test) },
        { "msg", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrAssert, msg) },
        { 0 },
    } },
    [KR_NODE_IMPORT] = { "Import", KR_SUM_STMT, true, sizeof(KrImport), {
        { "names", KR_FIELD_SEQ, KR_SUM_ALIAS, OF(KrImport, names) },
        { 0 },
    } },
    [KR_NODE_IMPORT_FROM] = { "ImportFrom", KR_SUM_STMT, true, sizeof(KrImportFrom), {
        { "module", KR_FIELD_OPTIONAL_NAME, KR_SUM_NONE, OF(KrImportFrom, module) },
        { "names", KR_FIELD_SEQ, KR_SUM_ALIAS, OF(KrImportFrom, names) },
        { "level", KR_FIELD_LEVEL, KR_SUM_NONE, OF(KrImportFrom, level) },
        { 0 },
    } },
    [KR_NODE_GLOBAL] = { "Global", KR_SUM_STMT, true, sizeof(KrGlobal), {
        { "names", KR_FIELD_NAMES, KR_SUM_NONE, OF(KrGlobal, names) },
        { 0 },
    } },
    [KR_NODE_NONLOCAL] = { "Nonlocal", KR_SUM_STMT, true, sizeof(KrGlobal), {
        { "names", KR_FIELD_NAMES, KR_SUM_NONE, OF(KrGlobal, names) },
        { 0 },
    } },
    [KR_NODE_EXPR] = { "Expr", KR_SUM_STMT, true, sizeof(KrExprStatement), {
        { "value", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrExprStatement, value) },
        { 0 },
    } },
    [KR_NODE_PASS] = { "Pass", KR_SUM_STMT, true, sizeof(KrReturn), {
        { 0 },
    } },
    [KR_NODE_BREAK] = { "Break", KR_SUM_STMT, true, sizeof(KrReturn), {
        { 0 },
    } },
    [KR_NODE_CONTINUE] = { "Continue", KR_SUM_STMT, true, sizeof(KrReturn), {
        { 0 },
    } },
    [KR_NODE_BOOL_OP] = { "BoolOp", KR_SUM_EXPR, true, sizeof(KrBoolOp), {
        { "op", KR_FIELD_OPERATOR, KR_SUM_NONE, 0 },
        { "values", KR_FIELD_SEQ, KR_SUM_EXPR, OF(KrBoolOp, values) },
        { 0 },
    } },
    [KR_NODE_NAMED_EXPR] = { "NamedExpr", KR_SUM_EXPR, true, sizeof(KrNamedExpr), {
        { "target", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrNamedExpr, target) },
        { "value", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrNamedExpr, value) },
        { 0 },
    } },
    [KR_NODE_BIN_OP] = { "BinOp", KR_SUM_EXPR, true, sizeof(KrBinOp), {
        { "left", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrBinOp, left) },
        { "op", KR_FIELD_OPERATOR, KR_SUM_NONE, 0 },
        { "right", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrBinOp, right) },
        { 0 },
    } },
    [KR_NODE_UNARY_OP] = { "UnaryOp", KR_SUM_EXPR, true, sizeof(KrUnaryOp), {
        { "op", KR_FIELD_OPERATOR, KR_SUM_NONE, 0 },
        { "operand", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrUnaryOp, operand) },
        { 0 },
    } },
    [KR_NODE_LAMBDA] = { "Lambda", KR_SUM_EXPR, true, sizeof(KrLambda), {
        { "args", KR_FIELD_NODE, KR_SUM_ARGUMENTS, OF(KrLambda, args) },
        { "body", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrLambda, body) },
        { 0 },
    } },
    [KR_NODE_IF_EXP] = { "IfExp", KR_SUM_EXPR, true, sizeof(KrIfExp), {
        { "test", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrIfExp, test) },
        { "body", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrIfExp, body) },
        { "orelse", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrIfExp, orelse) },
        { 0 },
    } },
    [KR_NODE_DICT] = { "Dict", KR_SUM_EXPR, true, sizeof(KrDict), {
        { "keys", KR_FIELD_SEQ_OPTIONAL, KR_SUM_EXPR, OF(KrDict, keys) },
        { "values", KR_FIELD_SEQ, KR_SUM_EXPR, OF(KrDict, values) },
        { 0 },
    } },
    [KR_NODE_SET] = { "Set", KR_SUM_EXPR, true, sizeof(KrElements), {
        { "elts", KR_FIELD_SEQ, KR_SUM_EXPR, OF(KrElements, elts) },
        { 0 },
    } },
    [KR_NODE_LIST_COMP] = { "ListComp", KR_SUM_EXPR, true, sizeof(KrComp), {
        { "elt", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrComp, elt) },
        { "generators", KR_FIELD_SEQ, KR_SUM_COMPREHENSION, OF(KrComp, generators) },
        { 0 },
    } },
    [KR_NODE_SET_COMP] = { "SetComp", KR_SUM_EXPR, true, sizeof(KrComp), {
        { "elt", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrComp, elt) },
        { "generators", KR_FIELD_SEQ, KR_SUM_COMPREHENSION, OF(KrComp, generators) },
        { 0 },
    } },
    [KR_NODE_DICT_COMP] = { "DictComp", KR_SUM_EXPR, true, sizeof(KrComp), {
        { "key", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrComp, elt) },
        { "value", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrComp, value) },
        { "generators", KR_FIELD_SEQ, KR_SUM_COMPREHENSION, OF(KrComp, generators) },
        { 0 },
    } },
    [KR_NODE_GENERATOR_EXP] = { "GeneratorExp", KR_SUM_EXPR, true, sizeof(KrComp), {
        { "elt", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrComp, elt) },
        { "generators", KR_FIELD_SEQ, KR_SUM_COMPREHENSION, OF(KrComp, generators) },
        { 0 },
    } },
    [KR_NODE_AWAIT] = { "Await", KR_SUM_EXPR, true, sizeof(KrAwait), {
        { "value", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrAwait, value) },
        { 0 },
    } },
    [KR_NODE_YIELD] = { "Yield", KR_SUM_EXPR, true, sizeof(KrYield), {
        { "value", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrYield, value) },
        { 0 },
    } },
    [KR_NODE_YIELD_FROM] = { "YieldFrom", KR_SUM_EXPR, true, sizeof(KrYield), {
        { "value", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrYield, value) },
        { 0 },
    } },
    [KR_NODE_COMPARE] = { "Compare", KR_SUM_EXPR, true, sizeof(KrCompare), {
        { "left", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrCompare, left) },
        { "ops", KR_FIELD_OPERATORS, KR_SUM_NONE, OF(KrCompare, ops) },
        { "comparators", KR_FIELD_SEQ, KR_SUM_EXPR, OF(KrCompare, comparators) },
        { 0 },
    } },
    [KR_NODE_CALL] = { "Call", KR_SUM_EXPR, true, sizeof(KrCall), {
        { "func", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrCall, func) },
        { "args", KR_FIELD_SEQ, KR_SUM_EXPR, OF(KrCall, args) },
        { "keywords", KR_FIELD_SEQ, KR_SUM_KEYWORD, OF(KrCall, keywords) },
        { 0 },
    } },
    [KR_NODE_FORMATTED_VALUE] = { "FormattedValue", KR_SUM_EXPR, true, sizeof(KrFormattedValue), {
        { "value", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrFormattedValue, value) },
        { "conversion", KR_FIELD_CONVERSION, KR_SUM_NONE, 0 },
        { "format_spec", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrFormattedValue, format_spec) },
        { 0 },
    } },
    [KR_NODE_JOINED_STR] = { "JoinedStr", KR_SUM_EXPR, true, sizeof(KrElements), {
        { "values", KR_FIELD_SEQ, KR_SUM_EXPR, OF(KrElements, elts) },
        { 0 },
    } },
    [KR_NODE_CONSTANT] = { "Constant", KR_SUM_EXPR, true, sizeof(KrConstant), {
        { "value", KR_FIELD_VALUE, KR_SUM_NONE, 0 },
        { "kind", KR_FIELD_U, KR_SUM_NONE, 0 },
        { 0 },
    } },
    [KR_NODE_ATTRIBUTE] = { "Attribute", KR_SUM_EXPR, true, sizeof(KrAttribute), {
        { "value", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrAttribute, value) },
        { "attr", KR_FIELD_NAME, KR_SUM_NONE, OF(KrAttribute, attr) },
        { "ctx", KR_FIELD_CONTEXT, KR_SUM_NONE, 0 },
        { 0 },
    } },
    [KR_NODE_SUBSCRIPT] = { "Subscript", KR_SUM_EXPR, true, sizeof(KrSubscript), {
        { "value", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrSubscript, value) },
        { "slice", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrSubscript, slice) },
        { "ctx", KR_FIELD_CONTEXT, KR_SUM_NONE, 0 },
        { 0 },
    } },
    [KR_NODE_STARRED] = { "Starred", KR_SUM_EXPR, true, sizeof(KrStarred), {
        { "value", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrStarred, value) },
        { "ctx", KR_FIELD_CONTEXT, KR_SUM_NONE, 0 },
        { 0 },
    } },
    [KR_NODE_NAME] = { "Name", KR_SUM_EXPR, true, sizeof(KrNameExpr), {
        { "id", KR_FIELD_NAME, KR_SUM_NONE, OF(KrNameExpr, id) },
        { "ctx", KR_FIELD_CONTEXT, KR_SUM_NONE, 0 },
        { 0 },
    } },
    [KR_NODE_LIST] = { "List", KR_SUM_EXPR, true, sizeof(KrElements), {
        { "elts", KR_FIELD_SEQ, KR_SUM_EXPR, OF(KrElements, elts) },
        { "ctx", KR_FIELD_CONTEXT, KR_SUM_NONE, 0 },
        { 0 },
    } },
    [KR_NODE_TUPLE] = { "Tuple", KR_SUM_EXPR, true, sizeof(KrElements), {
        { "elts", KR_FIELD_SEQ, KR_SUM_EXPR, OF(KrElements, elts) },
        { "ctx", KR_FIELD_CONTEXT, KR_SUM_NONE, 0 },
        { 0 },
    } },
    [KR_NODE_SLICE] = { "Slice", KR_SUM_EXPR, true, sizeof(KrSlice), {
        { "lower", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrSlice, lower) },
        { "upper", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrSlice, upper) },
        { "step", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrSlice, step) },
        { 0 },
    } },
    [KR_NODE_MATCH_VALUE] = { "MatchValue", KR_SUM_PATTERN, true, sizeof(KrMatchValue), {
        { "value", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrMatchValue, value) },
        { 0 },
    } },
    [KR_NODE_MATCH_SINGLETON] = { "MatchSingleton", KR_SUM_PATTERN, true, sizeof(KrMatchValue), {
        { "value", KR_FIELD_SINGLETON, KR_SUM_NONE, OF(KrMatchValue, value) },
        { 0 },
    } },
    [KR_NODE_MATCH_SEQUENCE] = { "MatchSequence", KR_SUM_PATTERN, true, sizeof(KrMatchSequence), {
        { "patterns", KR_FIELD_SEQ, KR_SUM_PATTERN, OF(KrMatchSequence, patterns) },
        { 0 },
    } },
    [KR_NODE_MATCH_MAPPING] = { "MatchMapping", KR_SUM_PATTERN, true, sizeof(KrMatchMapping), {
        { "keys", KR_FIELD_SEQ, KR_SUM_EXPR, OF(KrMatchMapping, keys) },
        { "patterns", KR_FIELD_SEQ, KR_SUM_PATTERN, OF(KrMatchMapping, patterns) },
        { "rest", KR_FIELD_OPTIONAL_NAME, KR_SUM_NONE, OF(KrMatchMapping, rest) },
        { 0 },
    } },
    [KR_NODE_MATCH_CLASS] = { "MatchClass", KR_SUM_PATTERN, true, sizeof(KrMatchClass), {
        { "cls", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrMatchClass, cls) },
        { "patterns", KR_FIELD_SEQ, KR_SUM_PATTERN, OF(KrMatchClass, patterns) },
        { "kwd_attrs", KR_FIELD_NAMES, KR_SUM_NONE, OF(KrMatchClass, kwd_attrs) },
        { "kwd_patterns", KR_FIELD_SEQ, KR_SUM_PATTERN, OF(KrMatchClass, kwd_patterns) },
        { 0 },
    } },
    [KR_NODE_MATCH_STAR] = { "MatchStar", KR_SUM_PATTERN, true, sizeof(KrMatchStar), {
        { "name", KR_FIELD_OPTIONAL_NAME, KR_SUM_NONE, OF(KrMatchStar, name) },
        { 0 },
    } },
    [KR_NODE_MATCH_AS] = { "MatchAs", KR_SUM_PATTERN, true, sizeof(KrMatchAs), {
        { "pattern", KR_FIELD_OPTIONAL, KR_SUM_PATTERN, OF(KrMatchAs, pattern) },
        { "name", KR_FIELD_OPTIONAL_NAME, KR_SUM_NONE, OF(KrMatchAs, name) },
        { 0 },
    } },
    [KR_NODE_MATCH_OR] = { "MatchOr", KR_SUM_PATTERN, true, sizeof(KrMatchSequence), {
        { "patterns", KR_FIELD_SEQ, KR_SUM_PATTERN, OF(KrMatchSequence, patterns) },
        { 0 },
    } },
    [KR_NODE_TYPE_VAR] = { "TypeVar", KR_SUM_TYPE_PARAM, true, sizeof(KrTypeParam), {
        { "name", KR_FIELD_NAME, KR_SUM_NONE, OF(KrTypeParam, name) },
        { "bound", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrTypeParam, bound) },
        { "default_value", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrTypeParam, default_value) },
        { 0 },
    } },
    [KR_NODE_PARAM_SPEC] = { "ParamSpec", KR_SUM_TYPE_PARAM, true, sizeof(KrTypeParam), {
        { "name", KR_FIELD_NAME, KR_SUM_NONE, OF(KrTypeParam, name) },
        { "default_value", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrTypeParam, default_value) },
        { 0 },
    } },
    [KR_NODE_TYPE_VAR_TUPLE] = { "TypeVarTuple", KR_SUM_TYPE_PARAM, true, sizeof(KrTypeParam), {
        { "name", KR_FIELD_NAME, KR_SUM_NONE, OF(KrTypeParam, name) },
        { "default_value", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrTypeParam, default_value) },
        { 0 },
    } },
    [KR_NODE_COMPREHENSION] = { "comprehension", KR_SUM_COMPREHENSION, false, sizeof(KrComprehension), {
        { "target", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrComprehension, target) },
        { "iter", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrComprehension, iter) },
        { "ifs", KR_FIELD_SEQ, KR_SUM_EXPR, OF(KrComprehension, ifs) },
        { "is_async", KR_FIELD_ASYNC, KR_SUM_NONE, 0 },
        { 0 },
    } },
    [KR_NODE_EXCEPT_HANDLER] = { "ExceptHandler", KR_SUM_HANDLER, true, sizeof(KrExceptHandler), {
        { "type", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrExceptHandler, type) },
        { "name", KR_FIELD_OPTIONAL_NAME, KR_SUM_NONE, OF(KrExceptHandler, name) },
        { "body", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrExceptHandler, body) },
        { 0 },
    } },
    [KR_NODE_ARGUMENTS] = { "arguments", KR_SUM_ARGUMENTS, false, sizeof(KrArguments), {
        { "posonlyargs", KR_FIELD_SEQ, KR_SUM_ARG, OF(KrArguments, posonlyargs) },
        { "args", KR_FIELD_SEQ, KR_SUM_ARG, OF(KrArguments, args) },
        { "vararg", KR_FIELD_OPTIONAL, KR_SUM_ARG, OF(KrArguments, vararg) },
        { "kwonlyargs", KR_FIELD_SEQ, KR_SUM_ARG, OF(KrArguments, kwonlyargs) },
        { "kw_defaults", KR_FIELD_SEQ_OPTIONAL, KR_SUM_EXPR, OF(KrArguments, kw_defaults) },
        { "kwarg", KR_FIELD_OPTIONAL, KR_SUM_ARG, OF(KrArguments, kwarg) },
        { "defaults", KR_FIELD_SEQ, KR_SUM_EXPR, OF(KrArguments, defaults) },
        { 0 },
    } },
    [KR_NODE_ARG] = { "arg", KR_SUM_ARG, true, sizeof(KrArg), {
        { "arg", KR_FIELD_NAME, KR_SUM_NONE, OF(KrArg, arg) },
        { "annotation", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrArg, annotation) },
        { "type_comment", KR_FIELD_TYPE_COMMENT, KR_SUM_NONE, 0 },
        { 0 },
    } },
    [KR_NODE_KEYWORD] = { "keyword", KR_SUM_KEYWORD, true, sizeof(KrKeyword), {
        { "arg", KR_FIELD_OPTIONAL_NAME, KR_SUM_NONE, OF(KrKeyword, arg) },
        { "value", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrKeyword, value) },
        { 0 },
    } },
    [KR_NODE_ALIAS] = { "alias", KR_SUM_ALIAS, true, sizeof(KrAlias), {
        { "name", KR_FIELD_NAME, KR_SUM_NONE, OF(KrAlias, name) },
        { "asname", KR_FIELD_OPTIONAL_NAME, KR_SUM_NONE, OF(KrAlias, asname) },
        { 0 },
    } },
    [KR_NODE_WITH_ITEM] = { "withitem", KR_SUM_WITH_ITEM, false, sizeof(KrWithItem), {
        { "context_expr", KR_FIELD_NODE, KR_SUM_EXPR, OF(KrWithItem, context_expr) },
        { "optional_vars", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrWithItem, optional_vars) },
        { 0 },
    } },
    [KR_NODE_MATCH_CASE] = { "match_case", KR_SUM_MATCH_CASE, false, sizeof(KrMatchCase), {
        { "pattern", KR_FIELD_NODE, KR_SUM_PATTERN, OF(KrMatchCase, pattern) },
        { "guard", KR_FIELD_OPTIONAL, KR_SUM_EXPR, OF(KrMatchCase, guard) },
        { "body", KR_FIELD_SEQ, KR_SUM_STMT, OF(KrMatchCase, body) },
        { 0 },
    } },
};
// clang-format on

const char *const kr_sum_names[KR_SUM_COUNT] = { "",          "mod", "stmt",    "expr",  "pattern",  "type_param", "comprehension", "excepthandler",
                                                 "arguments", "arg", "keyword", "alias", "withitem", "match_case" };
