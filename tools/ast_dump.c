// ast_dump.c - prints the tree of a Python text as ast.dump(tree, include_attributes=True) does, or the error that it has.
// Strings are printed as ascii() does. Numbers that CPython would convert stand between \x01 and \x02: f1.5 (float), j1.5 (imaginary),
// iBASE:DIGITS (int). With --batch, texts come on standard input, each after a line "MODE LENGTH", and answers have a line "LENGTH".
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "compile/parser.h"
#include "compile/scope.h"

typedef struct Out {
    char *text;
    size_t len, cap;
} Out;

static void add(Out *out, const char *text, size_t len) {
    if (out->cap - out->len < len) {
        out->cap = (out->cap + len) * 2;
        out->text = realloc(out->text, out->cap);
        if (out->text == NULL) abort();
    }
    memcpy(out->text + out->len, text, len);
    out->len += len;
}

static void add_text(Out *out, const char *text) { add(out, text, strlen(text)); }

// What a field is and where it lies.
typedef enum FieldKind { NODE, SEQ, NAME, NAMES, COUNT, OPERATOR, CTX, CONVERSION, SIMPLE, ASYNC, OPS, VALUE, SINGLETON } FieldKind;

typedef struct Field {
    const char *name;
    FieldKind kind;
    size_t offset;
} Field;

typedef struct Kind {
    const char *name;
    bool placed; // has lineno and so on
    Field fields[9];
} Kind;

#define F(name, kind, Type, member) \
    { name, kind, offsetof(Type, member) }
#define H(name, kind) \
    { name, kind, 0 }

#define FUNCTION \
    { \
        F("name", NAME, KrFunctionDef, name), F("args", NODE, KrFunctionDef, args), F("body", SEQ, KrFunctionDef, body), \
            F("decorator_list", SEQ, KrFunctionDef, decorator_list), F("returns", NODE, KrFunctionDef, returns), \
            F("type_params", SEQ, KrFunctionDef, type_params) \
    }
#define FOR \
    { F("target", NODE, KrFor, target), F("iter", NODE, KrFor, iter), F("body", SEQ, KrFor, body), F("orelse", SEQ, KrFor, orelse) }
#define TRY \
    { \
        F("body", SEQ, KrTry, body), F("handlers", SEQ, KrTry, handlers), F("orelse", SEQ, KrTry, orelse), \
            F("finalbody", SEQ, KrTry, finalbody) \
    }
#define COMP \
    { F("elt", NODE, KrComp, elt), F("generators", SEQ, KrComp, generators) }

static const Kind kinds[] = {
    [KR_NODE_MODULE] = { "Module", false, { F("body", SEQ, KrModule, body) } },
    [KR_NODE_INTERACTIVE] = { "Interactive", false, { F("body", SEQ, KrModule, body) } },
    [KR_NODE_EXPRESSION] = { "Expression", false, { F("body", NODE, KrExpression, body) } },
    [KR_NODE_FUNCTION_DEF] = { "FunctionDef", true, FUNCTION },
    [KR_NODE_ASYNC_FUNCTION_DEF] = { "AsyncFunctionDef", true, FUNCTION },
    [KR_NODE_CLASS_DEF] = { "ClassDef",
                            true,
                            { F("name", NAME, KrClassDef, name), F("bases", SEQ, KrClassDef, bases),
                              F("keywords", SEQ, KrClassDef, keywords), F("body", SEQ, KrClassDef, body),
                              F("decorator_list", SEQ, KrClassDef, decorator_list), F("type_params", SEQ, KrClassDef, type_params) } },
    [KR_NODE_RETURN] = { "Return", true, { F("value", NODE, KrReturn, value) } },
    [KR_NODE_DELETE] = { "Delete", true, { F("targets", SEQ, KrDelete, targets) } },
    [KR_NODE_ASSIGN] = { "Assign", true, { F("targets", SEQ, KrAssign, targets), F("value", NODE, KrAssign, value) } },
    [KR_NODE_TYPE_ALIAS] = { "TypeAlias",
                             true,
                             { F("name", NODE, KrTypeAlias, name), F("type_params", SEQ, KrTypeAlias, type_params),
                               F("value", NODE, KrTypeAlias, value) } },
    [KR_NODE_AUG_ASSIGN] = { "AugAssign",
                             true,
                             { F("target", NODE, KrAugAssign, target), H("op", OPERATOR), F("value", NODE, KrAugAssign, value) } },
    [KR_NODE_ANN_ASSIGN] = { "AnnAssign",
                             true,
                             { F("target", NODE, KrAnnAssign, target), F("annotation", NODE, KrAnnAssign, annotation),
                               F("value", NODE, KrAnnAssign, value), H("simple", SIMPLE) } },
    [KR_NODE_FOR] = { "For", true, FOR },
    [KR_NODE_ASYNC_FOR] = { "AsyncFor", true, FOR },
    [KR_NODE_WHILE] = { "While", true, { F("test", NODE, KrIf, test), F("body", SEQ, KrIf, body), F("orelse", SEQ, KrIf, orelse) } },
    [KR_NODE_IF] = { "If", true, { F("test", NODE, KrIf, test), F("body", SEQ, KrIf, body), F("orelse", SEQ, KrIf, orelse) } },
    [KR_NODE_WITH] = { "With", true, { F("items", SEQ, KrWith, items), F("body", SEQ, KrWith, body) } },
    [KR_NODE_ASYNC_WITH] = { "AsyncWith", true, { F("items", SEQ, KrWith, items), F("body", SEQ, KrWith, body) } },
    [KR_NODE_MATCH] = { "Match", true, { F("subject", NODE, KrMatch, subject), F("cases", SEQ, KrMatch, cases) } },
    [KR_NODE_RAISE] = { "Raise", true, { F("exc", NODE, KrRaise, exc), F("cause", NODE, KrRaise, cause) } },
    [KR_NODE_TRY] = { "Try", true, TRY },
    [KR_NODE_TRY_STAR] = { "TryStar", true, TRY },
    [KR_NODE_ASSERT] = { "Assert", true, { F("test", NODE, KrAssert, test), F("msg", NODE, KrAssert, msg) } },
    [KR_NODE_IMPORT] = { "Import", true, { F("names", SEQ, KrImport, names) } },
    [KR_NODE_IMPORT_FROM] = { "ImportFrom",
                              true,
                              { F("module", NAME, KrImportFrom, module), F("names", SEQ, KrImportFrom, names),
                                F("level", COUNT, KrImportFrom, level) } },
    [KR_NODE_GLOBAL] = { "Global", true, { F("names", NAMES, KrGlobal, names) } },
    [KR_NODE_NONLOCAL] = { "Nonlocal", true, { F("names", NAMES, KrGlobal, names) } },
    [KR_NODE_EXPR] = { "Expr", true, { F("value", NODE, KrExprStatement, value) } },
    [KR_NODE_PASS] = { "Pass", true, { H(NULL, NODE) } },
    [KR_NODE_BREAK] = { "Break", true, { H(NULL, NODE) } },
    [KR_NODE_CONTINUE] = { "Continue", true, { H(NULL, NODE) } },
    [KR_NODE_BOOL_OP] = { "BoolOp", true, { H("op", OPERATOR), F("values", SEQ, KrBoolOp, values) } },
    [KR_NODE_NAMED_EXPR] = { "NamedExpr", true, { F("target", NODE, KrNamedExpr, target), F("value", NODE, KrNamedExpr, value) } },
    [KR_NODE_BIN_OP] = { "BinOp", true, { F("left", NODE, KrBinOp, left), H("op", OPERATOR), F("right", NODE, KrBinOp, right) } },
    [KR_NODE_UNARY_OP] = { "UnaryOp", true, { H("op", OPERATOR), F("operand", NODE, KrUnaryOp, operand) } },
    [KR_NODE_LAMBDA] = { "Lambda", true, { F("args", NODE, KrLambda, args), F("body", NODE, KrLambda, body) } },
    [KR_NODE_IF_EXP] = { "IfExp",
                         true,
                         { F("test", NODE, KrIfExp, test), F("body", NODE, KrIfExp, body), F("orelse", NODE, KrIfExp, orelse) } },
    [KR_NODE_DICT] = { "Dict", true, { F("keys", SEQ, KrDict, keys), F("values", SEQ, KrDict, values) } },
    [KR_NODE_SET] = { "Set", true, { F("elts", SEQ, KrElements, elts) } },
    [KR_NODE_LIST_COMP] = { "ListComp", true, COMP },
    [KR_NODE_SET_COMP] = { "SetComp", true, COMP },
    [KR_NODE_DICT_COMP] = { "DictComp",
                            true,
                            { F("key", NODE, KrComp, elt), F("value", NODE, KrComp, value), F("generators", SEQ, KrComp, generators) } },
    [KR_NODE_GENERATOR_EXP] = { "GeneratorExp", true, COMP },
    [KR_NODE_AWAIT] = { "Await", true, { F("value", NODE, KrAwait, value) } },
    [KR_NODE_YIELD] = { "Yield", true, { F("value", NODE, KrYield, value) } },
    [KR_NODE_YIELD_FROM] = { "YieldFrom", true, { F("value", NODE, KrYield, value) } },
    [KR_NODE_COMPARE] = { "Compare",
                          true,
                          { F("left", NODE, KrCompare, left), F("ops", OPS, KrCompare, ops),
                            F("comparators", SEQ, KrCompare, comparators) } },
    [KR_NODE_CALL] = { "Call",
                       true,
                       { F("func", NODE, KrCall, func), F("args", SEQ, KrCall, args), F("keywords", SEQ, KrCall, keywords) } },
    [KR_NODE_FORMATTED_VALUE] = { "FormattedValue",
                                  true,
                                  { F("value", NODE, KrFormattedValue, value), H("conversion", CONVERSION),
                                    F("format_spec", NODE, KrFormattedValue, format_spec) } },
    [KR_NODE_JOINED_STR] = { "JoinedStr", true, { F("values", SEQ, KrElements, elts) } },
    [KR_NODE_CONSTANT] = { "Constant", true, { H("value", VALUE) } },
    [KR_NODE_ATTRIBUTE] = { "Attribute",
                            true,
                            { F("value", NODE, KrAttribute, value), F("attr", NAME, KrAttribute, attr), H("ctx", CTX) } },
    [KR_NODE_SUBSCRIPT] = { "Subscript",
                            true,
                            { F("value", NODE, KrSubscript, value), F("slice", NODE, KrSubscript, slice), H("ctx", CTX) } },
    [KR_NODE_STARRED] = { "Starred", true, { F("value", NODE, KrStarred, value), H("ctx", CTX) } },
    [KR_NODE_NAME] = { "Name", true, { F("id", NAME, KrNameExpr, id), H("ctx", CTX) } },
    [KR_NODE_LIST] = { "List", true, { F("elts", SEQ, KrElements, elts), H("ctx", CTX) } },
    [KR_NODE_TUPLE] = { "Tuple", true, { F("elts", SEQ, KrElements, elts), H("ctx", CTX) } },
    [KR_NODE_SLICE] = { "Slice",
                        true,
                        { F("lower", NODE, KrSlice, lower), F("upper", NODE, KrSlice, upper), F("step", NODE, KrSlice, step) } },
    [KR_NODE_MATCH_VALUE] = { "MatchValue", true, { F("value", NODE, KrMatchValue, value) } },
    [KR_NODE_MATCH_SINGLETON] = { "MatchSingleton", true, { F("value", SINGLETON, KrMatchValue, value) } },
    [KR_NODE_MATCH_SEQUENCE] = { "MatchSequence", true, { F("patterns", SEQ, KrMatchSequence, patterns) } },
    [KR_NODE_MATCH_MAPPING] = { "MatchMapping",
                                true,
                                { F("keys", SEQ, KrMatchMapping, keys), F("patterns", SEQ, KrMatchMapping, patterns),
                                  F("rest", NAME, KrMatchMapping, rest) } },
    [KR_NODE_MATCH_CLASS] = { "MatchClass",
                              true,
                              { F("cls", NODE, KrMatchClass, cls), F("patterns", SEQ, KrMatchClass, patterns),
                                F("kwd_attrs", NAMES, KrMatchClass, kwd_attrs), F("kwd_patterns", SEQ, KrMatchClass, kwd_patterns) } },
    [KR_NODE_MATCH_STAR] = { "MatchStar", true, { F("name", NAME, KrMatchStar, name) } },
    [KR_NODE_MATCH_AS] = { "MatchAs", true, { F("pattern", NODE, KrMatchAs, pattern), F("name", NAME, KrMatchAs, name) } },
    [KR_NODE_MATCH_OR] = { "MatchOr", true, { F("patterns", SEQ, KrMatchSequence, patterns) } },
    [KR_NODE_TYPE_VAR] = { "TypeVar",
                           true,
                           { F("name", NAME, KrTypeParam, name), F("bound", NODE, KrTypeParam, bound),
                             F("default_value", NODE, KrTypeParam, default_value) } },
    [KR_NODE_PARAM_SPEC] = { "ParamSpec",
                             true,
                             { F("name", NAME, KrTypeParam, name), F("default_value", NODE, KrTypeParam, default_value) } },
    [KR_NODE_TYPE_VAR_TUPLE] = { "TypeVarTuple",
                                 true,
                                 { F("name", NAME, KrTypeParam, name), F("default_value", NODE, KrTypeParam, default_value) } },
    [KR_NODE_COMPREHENSION] = { "comprehension", false, { F("target", NODE, KrComprehension, target), F("iter", NODE, KrComprehension, iter), F("ifs", SEQ, KrComprehension, ifs), H("is_async", ASYNC) } },
    [KR_NODE_EXCEPT_HANDLER] = { "ExceptHandler",
                                 true,
                                 { F("type", NODE, KrExceptHandler, type), F("name", NAME, KrExceptHandler, name),
                                   F("body", SEQ, KrExceptHandler, body) } },
    [KR_NODE_ARGUMENTS] = { "arguments", false, { F("posonlyargs", SEQ, KrArguments, posonlyargs), F("args", SEQ, KrArguments, args), F("vararg", NODE, KrArguments, vararg), F("kwonlyargs", SEQ, KrArguments, kwonlyargs), F("kw_defaults", SEQ, KrArguments, kw_defaults), F("kwarg", NODE, KrArguments, kwarg), F("defaults", SEQ, KrArguments, defaults) } },
    [KR_NODE_ARG] = { "arg", true, { F("arg", NAME, KrArg, arg), F("annotation", NODE, KrArg, annotation) } },
    [KR_NODE_KEYWORD] = { "keyword", true, { F("arg", NAME, KrKeyword, arg), F("value", NODE, KrKeyword, value) } },
    [KR_NODE_ALIAS] = { "alias", true, { F("name", NAME, KrAlias, name), F("asname", NAME, KrAlias, asname) } },
    [KR_NODE_WITH_ITEM] = { "withitem",
                            false,
                            { F("context_expr", NODE, KrWithItem, context_expr), F("optional_vars", NODE, KrWithItem, optional_vars) } },
    [KR_NODE_MATCH_CASE] = { "match_case", false, { F("pattern", NODE, KrMatchCase, pattern), F("guard", NODE, KrMatchCase, guard), F("body", SEQ, KrMatchCase, body) } },
};

static const char *operator_name(const KrNode *node) {
    static const char *const binary[] = { "Add",    "Sub",    "Mult",  "MatMult", "Div",    "Mod",     "Pow",
                                          "LShift", "RShift", "BitOr", "BitXor",  "BitAnd", "FloorDiv" };
    static const char *const unary[] = { "Invert", "Not", "UAdd", "USub" };
    if (node->kind == KR_NODE_BOOL_OP) return node->op == KR_BOOL_AND ? "And" : "Or";
    if (node->kind == KR_NODE_UNARY_OP) return unary[node->op];
    return binary[node->op];
}

static void dump_string(Out *out, const char *text, size_t len, bool bytes) {
    char buffer[16];
    char quote = memchr(text, '\'', len) != NULL && memchr(text, '"', len) == NULL ? '"' : '\'';
    add(out, &quote, 1);
    for (size_t at = 0; at < len;) {
        uint32_t cp = (unsigned char)text[at];
        if (bytes) at++;
        else cp = kr_utf8_next(text, &at);
        if (cp == (uint32_t)quote || cp == '\\') snprintf(buffer, sizeof buffer, "\\%c", (int)cp);
        else if (cp == '\n') snprintf(buffer, sizeof buffer, "\\n");
        else if (cp == '\r') snprintf(buffer, sizeof buffer, "\\r");
        else if (cp == '\t') snprintf(buffer, sizeof buffer, "\\t");
        else if (cp >= ' ' && cp < 127) snprintf(buffer, sizeof buffer, "%c", (int)cp);
        else if (cp < 256) snprintf(buffer, sizeof buffer, "\\x%02x", cp);
        else if (cp < 65536) snprintf(buffer, sizeof buffer, "\\u%04x", cp);
        else snprintf(buffer, sizeof buffer, "\\U%08x", cp);
        add_text(out, buffer);
    }
    add(out, &quote, 1);
}

static void dump_value(Out *out, const KrNode *node) {
    const KrConstant *constant = kr_as_constant(node);
    static const char *const words[] = { "None", "True", "False", "Ellipsis" };
    char buffer[32];
    if (node->op <= KR_CONSTANT_ELLIPSIS) {
        add_text(out, words[node->op]);
    } else if (node->op >= KR_CONSTANT_STR) {
        if (node->op == KR_CONSTANT_BYTES) add_text(out, "b");
        dump_string(out, constant->as.text.text, constant->as.text.len, node->op == KR_CONSTANT_BYTES);
        if ((node->flags & KR_CONSTANT_U) != 0) add_text(out, ", kind='u'");
    } else if ((node->flags & KR_CONSTANT_FITS) != 0) {
        snprintf(buffer, sizeof buffer, "%lld", (long long)constant->as.integer);
        add_text(out, buffer);
    } else {
        snprintf(buffer, sizeof buffer, "i%u:", (unsigned)constant->as.text.base);
        add_text(out, "\x01");
        add_text(out, node->op == KR_CONSTANT_INT ? buffer : node->op == KR_CONSTANT_FLOAT ? "f" : "j");
        add(out, constant->as.text.text, constant->as.text.len);
        add_text(out, "\x02");
    }
}

static void dump_node(Out *out, const KrNode *node);

static void dump_seq(Out *out, const KrSeq *seq) {
    add_text(out, "[");
    for (uint32_t i = 0; i < seq->count; i++) {
        if (i > 0) add_text(out, ", ");
        dump_node(out, seq->item[i]);
    }
    add_text(out, "]");
}

static void dump_name(Out *out, const KrName *name) { dump_string(out, name->text, name->len, false); }

static void dump_names(Out *out, const KrNameSeq *names) {
    add_text(out, "[");
    for (uint32_t i = 0; i < names->count; i++) {
        if (i > 0) add_text(out, ", ");
        dump_name(out, names->item[i]);
    }
    add_text(out, "]");
}

static void dump_ops(Out *out, const KrCompare *node) {
    static const char *const names[] = { "Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "Is", "IsNot", "In", "NotIn" };
    for (uint32_t i = 0; i < node->comparators.count; i++) {
        add_text(out, i > 0 ? ", " : "[");
        add_text(out, names[node->ops[i]]);
        add_text(out, "()");
    }
    add_text(out, "]");
}

// Whether ast.dump leaves a field out: None and empty lists.
static bool is_empty(const Field *field, const char *at) {
    switch (field->kind) {
    case NODE: return *(KrNode *const *)(const void *)at == NULL;
    case NAME: return *(const KrName *const *)(const void *)at == NULL;
    case SEQ: return ((const KrSeq *)(const void *)at)->count == 0;
    case NAMES: return ((const KrNameSeq *)(const void *)at)->count == 0;
    default: return false;
    }
}

static void dump_number(Out *out, int value) {
    char buffer[16];
    snprintf(buffer, sizeof buffer, "%d", value);
    add_text(out, buffer);
}

static void dump_field(Out *out, const KrNode *node, const Field *field, const char *at) {
    static const char *const contexts[] = { "Load()", "Store()", "Del()" };
    switch (field->kind) {
    case NODE: dump_node(out, *(KrNode *const *)(const void *)at); break;
    case SEQ: dump_seq(out, (const KrSeq *)(const void *)at); break;
    case NAME: dump_name(out, *(const KrName *const *)(const void *)at); break;
    case NAMES: dump_names(out, (const KrNameSeq *)(const void *)at); break;
    case COUNT: dump_number(out, (int)*(const uint32_t *)(const void *)at); break;
    case CTX: add_text(out, contexts[node->ctx]); break;
    case CONVERSION: dump_number(out, node->op == 0 ? -1 : (int)node->op); break;
    case SIMPLE: dump_number(out, (node->flags & KR_NODE_SIMPLE) != 0); break;
    case ASYNC: dump_number(out, (node->flags & KR_NODE_ASYNC) != 0); break;
    case OPS: dump_ops(out, kr_as_compare(node)); break;
    case VALUE: dump_value(out, node); break;
    case SINGLETON: dump_value(out, *(KrNode *const *)(const void *)at); break;
    case OPERATOR:
        add_text(out, operator_name(node));
        add_text(out, "()");
        break;
    }
}

static void dump_node(Out *out, const KrNode *node) {
    if (node == NULL) {
        add_text(out, "None");
        return;
    }
    const Kind *kind = &kinds[node->kind];
    const char *separator = "";
    char buffer[96];
    add_text(out, kind->name);
    add_text(out, "(");
    for (const Field *field = kind->fields; field->name != NULL; field++) {
        const char *at = (const char *)node + field->offset;
        if (is_empty(field, at)) continue;
        add_text(out, separator);
        add_text(out, field->name);
        add_text(out, "=");
        dump_field(out, node, field, at);
        separator = ", ";
    }
    if (kind->placed) {
        snprintf(buffer, sizeof buffer, "%slineno=%d, col_offset=%d, end_lineno=%d, end_col_offset=%d", separator, (int)node->line,
                 (int)node->col, (int)node->end_line, (int)node->end_col);
        add_text(out, buffer);
    }
    add_text(out, ")");
}

// ---- scopes ----

static void add_symbols(Out *out, const KrScope *scope, KrSymbolKind kind, bool params) {
    for (const KrSymbol *symbol = scope->first; symbol != NULL; symbol = symbol->next) {
        bool free = kind == KR_SYMBOL_FREE && kr_symbol_is_free(symbol);
        bool param = kind == KR_SYMBOL_LOCAL && params && symbol->kind == KR_SYMBOL_CELL && (symbol->flags & KR_SYMBOL_DEF_PARAM) != 0;
        bool hidden = (scope->flags & KR_SCOPE_INLINED) != 0 && (symbol->flags & KR_SYMBOL_DEF_PARAM) != 0;
        if ((symbol->kind != kind && !free && !param) || hidden) continue;
        add_text(out, " ");
        add(out, symbol->name->text, symbol->name->len);
    }
}

// Those of the scope and of the comprehensions that are part of its code.
static void add_all_symbols(Out *out, const KrScope *scope, KrSymbolKind kind) {
    add_symbols(out, scope, kind, true);
    if (kind == KR_SYMBOL_FREE) return;
    for (const KrScope *child = scope->child; child != NULL; child = child->sibling) {
        if ((child->flags & KR_SCOPE_INLINED) != 0) add_all_symbols(out, child, kind);
    }
}

static void dump_scope(Out *out, const KrScope *scope) {
    char buffer[96];
    if ((scope->flags & KR_SCOPE_INLINED) == 0 && scope->kind != KR_SCOPE_ANNOTATION) {
        snprintf(buffer, sizeof buffer, "%d ", (int)scope->kind);
        add_text(out, buffer);
        add(out, scope->name->text, scope->name->len);
        add_text(out, "|");
        add_all_symbols(out, scope, KR_SYMBOL_FREE);
        add_text(out, "|");
        add_all_symbols(out, scope, KR_SYMBOL_CELL);
        if ((scope->flags & KR_SCOPE_CLASS_CELL) != 0) add_text(out, " __class__");
        if ((scope->flags & KR_SCOPE_CLASSDICT_CELL) != 0) add_text(out, " __classdict__");
        add_text(out, "|");
        add_all_symbols(out, scope, KR_SYMBOL_LOCAL);
        snprintf(buffer, sizeof buffer, "|%x %u %u %u\n", (unsigned)scope->flags, (unsigned)scope->positional_count,
                 (unsigned)scope->posonly_count, (unsigned)scope->kwonly_count);
        add_text(out, buffer);
    }
    for (const KrScope *child = scope->child; child != NULL; child = child->sibling) dump_scope(out, child);
}

// ---- running ----

static void *grab(void *ctx, size_t size) {
    (void)ctx;
    return malloc(size);
}

static void drop(void *ctx, void *block, size_t size) {
    (void)ctx, (void)size;
    free(block);
}

static bool warn(void *ctx, const KrSyntaxError *warning) {
    char buffer[KR_SYNTAX_MESSAGE_MAX + 64];
    snprintf(buffer, sizeof buffer, "WARNING %d: %s\n", (int)warning->line, warning->message);
    if (ctx != NULL) add_text(ctx, buffer);
    return true;
}

static void dump_error(Out *out, const KrSyntaxError *error) {
    static const char *const names[] = { "OK",         "SyntaxError", "IndentationError", "TabError",
                                         "Incomplete", "TooComplex",  "NoMemory",         "Warning" };
    char buffer[KR_SYNTAX_MESSAGE_MAX + 96];
    snprintf(buffer, sizeof buffer, "%s: %s (%d, %d, %d, %d)", names[error->kind], error->message, (int)error->line, (int)error->col,
             (int)error->end_line, (int)error->end_col);
    add_text(out, buffer);
}

// letters of mode: e exec, v eval, s single; w prints warnings; c runs the scope pass and the checks as well, with y
// it prints the scopes; q prints no tree.
static void answer(Out *out, const char *mode, const char *source, size_t len, const char *stack_limit) {
    KrArenaSource memory = { grab, drop, NULL };
    KrArena arena;
    kr_arena_init(&arena, &memory, 0);
    KrParserOptions options = {
        .source = source,
        .source_len = len,
        .mode = strchr(mode, 'v') != NULL   ? KR_PARSE_EVAL
                : strchr(mode, 's') != NULL ? KR_PARSE_SINGLE
                                            : KR_PARSE_EXEC,
        .names = &arena,
        .tree = &arena,
        .stack_limit = stack_limit,
        .warnings = { warn, strchr(mode, 'w') != NULL ? out : NULL },
        .max_int_digits = 4300,
        .allow_incomplete = strchr(mode, 'i') != NULL,
    };
    KrParser *parser = kr_parser_new(&options);
    KrNode *tree = parser != NULL ? kr_parser_parse(parser) : NULL;
    if (tree == NULL) {
        dump_error(out, kr_parser_error(parser));
    } else if (strchr(mode, 'c') != NULL) {
        KrScopes scopes;
        kr_scopes_init(&scopes, parser);
        if (!kr_scopes_analyse(&scopes, tree) || !kr_scopes_check(&scopes, tree)) dump_error(out, &scopes.error);
        else if (strchr(mode, 'y') != NULL) dump_scope(out, scopes.module);
        else add_text(out, "OK");
    } else if (strchr(mode, 'q') == NULL) {
        dump_node(out, tree);
    } else {
        add_text(out, "OK");
    }
    kr_arena_free(&arena);
}

static int batch(const char *stack_limit) {
    char mode[16];
    size_t len;
    while (scanf("%15s %zu", mode, &len) == 2 && getchar() == '\n') {
        char *source = malloc(len + 1);
        Out out = { NULL, 0, 0 };
        if (source == NULL || fread(source, 1, len, stdin) != len) return 1;
        char *exact = malloc(len > 0 ? len : 1); // so that a sanitizer sees reads past the end
        if (exact == NULL) return 1;
        memcpy(exact, source, len);
        free(source);
        answer(&out, mode, exact, len, stack_limit);
        printf("%zu\n", out.len);
        fwrite(out.text, 1, out.len, stdout);
        fflush(stdout);
        free(exact);
        free(out.text);
    }
    return 0;
}

int main(int argc, char **argv) {
    char here;
    const char *stack_limit = (const char *)((uintptr_t)&here - (size_t)6 * 1024 * 1024);
    if (argc == 2 && strcmp(argv[1], "--batch") == 0) return batch(stack_limit);
    FILE *file = argc >= 2 ? fopen(argv[argc - 1], "rb") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: ast_dump [MODE] FILE | ast_dump --batch\n");
        return 2;
    }
    size_t len = 0;
    size_t cap = 1 << 16;
    char *source = malloc(cap);
    size_t got;
    while (source != NULL && (got = fread(source + len, 1, cap - len, file)) > 0) {
        len += got;
        if (len == cap) source = realloc(source, cap *= 2);
    }
    fclose(file);
    if (source == NULL) return 1;
    Out out = { NULL, 0, 0 };
    answer(&out, argc > 2 ? argv[1] : "e", source, len, stack_limit);
    printf("%.*s\n", (int)out.len, out.text);
    free(out.text);
    free(source);
    return 0;
}
