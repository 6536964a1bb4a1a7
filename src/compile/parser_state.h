// parser_state.h - what the parser's files share: the token window, node making, errors, and the parse functions of each other.
//
// A text is parsed in one pass that knows only right programs and never looks back further than a pinned mark. When it fails, the
// statement is read again with p->second set: now every alternative is tried in the order of CPython's grammar (a failed alternative
// gives back its tokens; results are remembered, so that this stays linear). That is done twice, as CPython has two passes: once as
// its first, which finds the token that does not fit, and once with p->invalid, where the functions in parse_invalid_*.c look for
// well-known mistakes. What they find is the error; otherwise it is "invalid syntax" at that token.
// A parse function returns NULL when its rule does not match, and also when p->failed is set.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_PARSER_STATE_H
#define KR_COMPILE_PARSER_STATE_H

#include "compile/lexer.h"
#include "compile/parser.h"

typedef struct KrPlace { // where a node starts
    int32_t line, col;
} KrPlace;

typedef struct KrMark { // a place to come back to
    uint32_t at;
    int32_t last_line, last_col;
    uint32_t stack_count;
} KrMark;

typedef enum KrMemoRule {
    KR_MEMO_EXPRESSION,
    KR_MEMO_NAMED,
    KR_MEMO_DISJUNCTION,
    KR_MEMO_BITWISE_OR,
    KR_MEMO_PRIMARY,
    KR_MEMO_ARGUMENTS,
    KR_MEMO_COUNT
} KrMemoRule;

typedef struct KrMemo {
    uint32_t key; // token number * KR_MEMO_COUNT + rule + 1; 0: empty
    KrMark end;
    KrNode *node;
} KrMemo;

typedef struct KrStatementStart { // where a statement begins, to read it again
    uint32_t number;
    uint32_t at, line_start;
    int32_t line;
    bool at_line_start;
    bool replay; // false: the statement begins with a token that no text stands for
} KrStatementStart;

struct KrParser {
    KrParserOptions options;
    KrNameTable own_names, *names;
    KrLexer lexer;
    KrSyntaxError error;
    bool failed;     // error is set, nothing matches any more
    bool from_lexer; // the error is one of the lexer
    bool second;     // the text is being read again to find out what is wrong
    bool invalid;    // looking for well-known mistakes
    bool bad_bytes;  // some bytes of the text are not UTF-8: see bad_byte.h
    uint32_t depth;
    // Tokens not yet given up: window[0] has number `base`. Tokens before `at` are kept only while something is pinned.
    KrToken *window;
    uint32_t window_count, window_cap, base, at;
    uint32_t pins;
    int32_t last_line, last_col; // end of the last token of text before `at`
    KrToken first_furthest;      // of the first pass, once that has failed
    KrToken furthest;            // the last token that the lexer gave in either pass
    uint32_t furthest_number;
    int32_t furthest_line, furthest_col; // where the lexer was after it
    uint32_t read;                       // tokens so far, to poll now and then
    uint32_t steps;                      // of the second pass: a bound, in case that the memos do not help
    KrMemo *memo;
    uint32_t memo_count, memo_cap;
    KrNode **stack; // sequences that are being collected
    uint32_t stack_count, stack_cap;
    bool legacy;        // this statement has a print or exec with what may be its argument behind it
    bool in_line;       // the next statement stands after a semicolon
    uint32_t direct_at; // the token where a statement begins that stands in nothing but definitions whose blocks are read twice
    bool again;         // this is a second reading; checked: of a block that has been checked
    bool checked;
    // The first statement that is right, but in which the search for mistakes finds one; NULL: there is none yet.
    KrNode *(*suspect_rule)(KrParser *);
    KrStatementStart suspect_start;
};

// ---- tokens: parser.c ----

void kr_parse_advance(KrParser *p);
bool kr_parse_accept(KrParser *p, KrTokenKind kind); // takes the token if it is of that kind
KrMark kr_parse_mark(const KrParser *p);
void kr_parse_reset(KrParser *p, KrMark mark);
KrStatementStart kr_parse_statement_start(const KrParser *p); // if it begins at the token at hand
// CPython searches the text for mistakes from its beginning. Where that stumbles over a statement that is right, such as `match (x)`
// without a colon or `type X[T = int] = Y`, that is the error if a later one is wrong. rule: what finds it.
void kr_parse_suspect(KrParser *p, KrStatementStart start, KrNode *(*rule)(KrParser *));
void kr_parse_pin(KrParser *p);
void kr_parse_unpin(KrParser *p);

// The token at hand, and what it is and where; valid until the next call. Plain functions: they are called in hundreds of places.
const KrToken *kr_parse_token(KrParser *p);
KrTokenKind kr_parse_kind(KrParser *p);
KrTokenKind kr_parse_kind_after(KrParser *p); // of the token after it
bool kr_parse_at(KrParser *p, KrTokenKind kind);
KrPlace kr_parse_place(KrParser *p);

uint32_t kr_parse_last_level(const KrParser *p);      // open brackets after the last token taken; second pass only
bool kr_parse_at_word(KrParser *p, const char *word); // a soft keyword
const KrName *kr_parse_name(KrParser *p);             // takes a NAME; NULL: there is none
bool kr_parse_starts_expression(KrParser *p);         // some expression can begin with this token

// ---- nodes ----

// A cleared node that starts at a place and ends with the last token taken.
void *kr_parse_node(KrParser *p, size_t size, KrNodeKind kind, KrPlace start);
static inline KrPlace kr_node_place(const KrNode *node) { return (KrPlace){ (int32_t)node->line, (int32_t)node->col }; }

// Sequences: remember base = p->stack_count, push items, then take them.
bool kr_parse_push(KrParser *p, KrNode *node);
bool kr_parse_take(KrParser *p, uint32_t base, KrSeq *seq);
bool kr_parse_copy(KrParser *p, KrNode *const *item, uint32_t count, KrSeq *seq);
KrNode *kr_parse_name_node(KrParser *p, const KrName *name, KrPlace start);
KrNode *kr_parse_constant(KrParser *p, KrConstantKind kind, KrPlace start);
KrNode *kr_parse_tuple(KrParser *p, uint32_t base, KrPlace start); // of the items pushed since base

// Room for one more item in an array of the parser's own.
void *kr_parse_grow(KrParser *p, void *items, uint32_t count, uint32_t *cap, size_t item_size);

bool kr_parse_enter(KrParser *p); // before each recursion; false: too deep
static inline void kr_parse_leave(KrParser *p) { p->depth--; }

void kr_memo_clear(KrParser *p);
bool kr_memo_find(KrParser *p, KrMemoRule rule, KrNode **node);
KrNode *kr_memo_keep(KrParser *p, KrMemoRule rule, uint32_t at, KrNode *node);

// ---- errors: parser_error.c. All return NULL, so that a rule can end with them. Columns of spans count from 0 ----

void *kr_parse_raise(KrParser *p, KrSyntaxErrorKind kind, KrSpan span, const char *format, ...);
void *kr_parse_raise_last(KrParser *p, const char *format, ...); // at the furthest token
void *kr_parse_raise_memory(KrParser *p);
void *kr_parse_raise_complex(KrParser *p);
KrSpan kr_parse_span_last(const KrParser *p);
KrSpan kr_span_node(const KrNode *node);
KrSpan kr_span_nodes(const KrNode *first, const KrNode *last);
KrSpan kr_span_token(const KrToken *token);
KrSpan kr_span_tokens(const KrToken *first, const KrToken *last);
KrSpan kr_span_join(KrSpan first, KrSpan last);
KrSpan kr_parse_span_from(const KrParser *p, KrSpan start); // from there to where the lexer is
void kr_parse_generic_error(KrParser *p);                   // after both passes have failed without a message
void kr_parse_check_rest(KrParser *p);                      // an error of the lexer further on is shown instead of that of the parser

typedef enum KrTargets { KR_TARGETS_STAR, KR_TARGETS_DEL, KR_TARGETS_FOR } KrTargets;
void *kr_parse_raise_target(KrParser *p, KrTargets targets, const KrNode *node); // if some part of node is no target

// ---- expressions: parse_expression.c ----

KrNode *kr_parse_star_expressions(KrParser *p);
KrNode *kr_parse_star_named_expression(KrParser *p);
bool kr_parse_star_named_expressions(KrParser *p); // pushes them; with an optional comma at the end
bool kr_parse_more_named_expressions(KrParser *p); // what follows the first: ", item" and so on
KrNode *kr_parse_named_expression(KrParser *p);
KrNode *kr_parse_assignment_expression(KrParser *p);
KrNode *kr_parse_plain_expression(KrParser *p); // assignment_expression | expression !':='
KrNode *kr_parse_expression(KrParser *p);
KrNode *kr_parse_expressions(KrParser *p);
KrNode *kr_parse_yield(KrParser *p);
KrNode *kr_parse_yield_or_star(KrParser *p);
KrNode *kr_parse_disjunction(KrParser *p);
KrNode *kr_parse_bitwise_or(KrParser *p);
KrNode *kr_parse_if_else(KrParser *p, KrNode *body, KrPlace start);    // body has been parsed, `if` is at hand
KrNode *kr_parse_starred(KrParser *p, KrNode *(*operand)(KrParser *)); // '*' operand

// parse_primary.c, parse_bracket.c, parse_call.c, parse_comprehension.c
KrNode *kr_parse_primary(KrParser *p);
KrNode *kr_parse_atom(KrParser *p);
KrNode *kr_parse_slices(KrParser *p);
KrNode *kr_parse_parenthesis(KrParser *p);
KrNode *kr_parse_bracket(KrParser *p);
KrNode *kr_parse_brace(KrParser *p);
KrNode *kr_parse_genexp(KrParser *p);
void kr_parse_display_again(KrParser *p); // second pass
KrNode *kr_parse_starred_expression(KrParser *p);
bool kr_parse_for_clauses(KrParser *p, KrSeq *clauses);
bool kr_parse_at_for(KrParser *p); // for | async for
KrNode *kr_parse_comp(KrParser *p, KrNodeKind kind, KrNode *elt, KrNode *value, KrTokenKind close, KrPlace start);

typedef struct KrArgumentList {
    KrSeq args;
    KrSeq keywords;
} KrArgumentList;

bool kr_parse_call_arguments(KrParser *p, KrArgumentList *list); // up to the parenthesis, which is not taken
KrNode *kr_parse_call(KrParser *p, KrNode *func);                // '(' is at hand

// parse_call.c, second pass
bool kr_parse_args(KrParser *p, KrArgumentList *list);

// parse_string.c, parse_number.c
KrNode *kr_parse_strings(KrParser *p);
KrNode *kr_parse_format_spec(KrParser *p);
KrNode *kr_parse_number(KrParser *p);

// parse_parameter.c
typedef struct KrParameterStyle {
    KrTokenKind end; // ')' of def, ':' of lambda
    bool lambda;
} KrParameterStyle;

KrArguments *kr_parse_parameters(KrParser *p, KrParameterStyle style);
KrNode *kr_parse_lambda(KrParser *p);
KrNode *kr_parse_parameter(KrParser *p, KrParameterStyle style, bool star); // NAME [annotation]
bool kr_parse_default(KrParser *p, KrNode **value);

// ---- targets: parse_target.c ----

KrNode *kr_parse_star_targets(KrParser *p);
KrNode *kr_parse_star_target(KrParser *p);
bool kr_parse_del_targets(KrParser *p, KrSeq *targets);
bool kr_target_is_star(const KrNode *node);   // a star_target: what may stand left of =
bool kr_target_is_single(const KrNode *node); // name, attribute, subscript
void kr_target_set(KrNode *node, KrExprContext ctx);

// ---- statements: parse_simple.c, parse_compound.c, parse_with.c, parse_try.c, parse_definition.c, parse_match.c ----

bool kr_parse_simple_statements(KrParser *p);            // pushes those of one line
bool kr_parse_simple_statement(KrParser *p, bool *more); // pushes one; more: another one stands in the line
bool kr_parse_statement(KrParser *p);                    // pushes one compound or a line of simple statements
KrNode *kr_parse_compound(KrParser *p);
// ':' and a block. what: "'if' statement" and so on, for the message that it lacks.
bool kr_parse_suite(KrParser *p, KrSeq *body, const char *what, int32_t line);
bool kr_parse_forced(KrParser *p, KrTokenKind kind, const char *text);                // takes it or raises "expected 'text'"
bool kr_parse_forced_suite(KrParser *p, KrSeq *body, const char *what, int32_t line); // the colon must follow
// parse_later.c. Shall the block of the definition at hand be read twice? Those that stand in it follow where kr_parse_directly says so.
bool kr_parse_is_later(KrParser *p);
bool kr_parse_later(KrParser *p, KrNode *definition, KrSeq *body, KrLaterBody **later); // ':' is at hand
static inline bool kr_parse_is_direct(const KrParser *p) { return p->direct_at == p->at && !p->second; }
static inline void kr_parse_directly(KrParser *p, bool direct) { p->direct_at = direct ? p->at : UINT32_MAX; }
bool kr_parse_else(KrParser *p, KrSeq *body); // optional
KrNode *kr_parse_assignment(KrParser *p);
KrNode *kr_parse_import(KrParser *p);
KrNode *kr_parse_type_alias(KrParser *p);
bool kr_parse_type_params(KrParser *p, KrSeq *params); // optional
KrNode *kr_parse_function(KrParser *p, bool is_async, KrPlace start, KrSeq decorators);
KrNode *kr_parse_class(KrParser *p, KrSeq decorators);
KrNode *kr_parse_decorated(KrParser *p);
KrNode *kr_parse_with(KrParser *p, bool is_async, KrPlace start);
KrNode *kr_parse_try(KrParser *p);
KrNode *kr_parse_match(KrParser *p);
KrNode *kr_parse_patterns(KrParser *p); // parse_pattern.c

// ---- well-known mistakes: parse_invalid_*.c, only called with kr_hints ----

static inline bool kr_hints(const KrParser *p) { return KR_HINTS && p->invalid; }

KrNode *kr_invalid_expression(KrParser *p); // the whole of rule expression
KrNode *kr_invalid_named_expression(KrParser *p);
void kr_invalid_assignment(KrParser *p);
void kr_invalid_group(KrParser *p);
void kr_invalid_comprehension(KrParser *p);
void kr_invalid_dict_comprehension(KrParser *p);
void kr_invalid_dict_pairs(KrParser *p);
void kr_invalid_for_clause(KrParser *p);
void kr_invalid_arguments(KrParser *p);
void kr_invalid_keyword(KrParser *p);
void kr_invalid_starred(KrParser *p);
void kr_invalid_parameters(KrParser *p, KrParameterStyle style);
void kr_invalid_star_parameter(KrParser *p, KrParameterStyle style);
void kr_invalid_keyword_parameter(KrParser *p, KrParameterStyle style);
void kr_invalid_field(KrParser *p);         // replacement field of an f-string
bool kr_is_legacy_name(const KrNode *node); // print, exec
bool kr_is_legacy_text(const KrName *name);

#endif
