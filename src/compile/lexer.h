// lexer.h - text to tokens, as CPython 3.13's tokenizer: indentation, brackets, literals, f-strings token by token (PEP 701).
// Tokens point into the source; nothing is copied but names. A lexer that has reported an error must not be asked again.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_LEXER_H
#define KR_COMPILE_LEXER_H

#include "compile/arena.h"
#include "compile/ast.h"
#include "compile/syntax_error.h"

typedef enum KrTokenKind {
    KR_TOKEN_END,
    KR_TOKEN_NEWLINE,
    KR_TOKEN_INDENT,
    KR_TOKEN_DEDENT,
    KR_TOKEN_NAME,
    KR_TOKEN_NUMBER,
    KR_TOKEN_STRING,
    KR_TOKEN_FSTRING_START,
    KR_TOKEN_FSTRING_MIDDLE,
    KR_TOKEN_FSTRING_END,
    KR_TOKEN_ERROR,
    KR_TOKEN_UNKNOWN, // a character that means nothing in Python: $ ? `
    // punctuation
    KR_TOKEN_LPAR,
    KR_TOKEN_RPAR,
    KR_TOKEN_LSQB,
    KR_TOKEN_RSQB,
    KR_TOKEN_LBRACE,
    KR_TOKEN_RBRACE,
    KR_TOKEN_COLON,
    KR_TOKEN_COMMA,
    KR_TOKEN_SEMI,
    KR_TOKEN_DOT,
    KR_TOKEN_ELLIPSIS,
    KR_TOKEN_ARROW,
    KR_TOKEN_COLONEQUAL,
    KR_TOKEN_EXCLAMATION,
    KR_TOKEN_TILDE,
    KR_TOKEN_EQUAL,
    // binary operators, in the order of KrOperator
    KR_TOKEN_PLUS,
    KR_TOKEN_MINUS,
    KR_TOKEN_STAR,
    KR_TOKEN_AT,
    KR_TOKEN_SLASH,
    KR_TOKEN_PERCENT,
    KR_TOKEN_DOUBLESTAR,
    KR_TOKEN_LEFTSHIFT,
    KR_TOKEN_RIGHTSHIFT,
    KR_TOKEN_VBAR,
    KR_TOKEN_CIRCUMFLEX,
    KR_TOKEN_AMPER,
    KR_TOKEN_DOUBLESLASH,
    // their augmented assignments, in the same order
    KR_TOKEN_PLUSEQUAL,
    KR_TOKEN_MINEQUAL,
    KR_TOKEN_STAREQUAL,
    KR_TOKEN_ATEQUAL,
    KR_TOKEN_SLASHEQUAL,
    KR_TOKEN_PERCENTEQUAL,
    KR_TOKEN_DOUBLESTAREQUAL,
    KR_TOKEN_LEFTSHIFTEQUAL,
    KR_TOKEN_RIGHTSHIFTEQUAL,
    KR_TOKEN_VBAREQUAL,
    KR_TOKEN_CIRCUMFLEXEQUAL,
    KR_TOKEN_AMPEREQUAL,
    KR_TOKEN_DOUBLESLASHEQUAL,
    // comparisons, in the order of KrCompareOperator
    KR_TOKEN_EQEQUAL,
    KR_TOKEN_NOTEQUAL,
    KR_TOKEN_LESS,
    KR_TOKEN_LESSEQUAL,
    KR_TOKEN_GREATER,
    KR_TOKEN_GREATEREQUAL,
    KR_TOKEN_BARRY, // <>
    // keywords, in the order of the table in lexer.c
    KR_TOKEN_FALSE,
    KR_TOKEN_NONE,
    KR_TOKEN_TRUE,
    KR_TOKEN_AND,
    KR_TOKEN_AS,
    KR_TOKEN_ASSERT,
    KR_TOKEN_ASYNC,
    KR_TOKEN_AWAIT,
    KR_TOKEN_BREAK,
    KR_TOKEN_CLASS,
    KR_TOKEN_CONTINUE,
    KR_TOKEN_DEF,
    KR_TOKEN_DEL,
    KR_TOKEN_ELIF,
    KR_TOKEN_ELSE,
    KR_TOKEN_EXCEPT,
    KR_TOKEN_FINALLY,
    KR_TOKEN_FOR,
    KR_TOKEN_FROM,
    KR_TOKEN_GLOBAL,
    KR_TOKEN_IF,
    KR_TOKEN_IMPORT,
    KR_TOKEN_IN,
    KR_TOKEN_IS,
    KR_TOKEN_LAMBDA,
    KR_TOKEN_NONLOCAL,
    KR_TOKEN_NOT,
    KR_TOKEN_OR,
    KR_TOKEN_PASS,
    KR_TOKEN_RAISE,
    KR_TOKEN_RETURN,
    KR_TOKEN_TRY,
    KR_TOKEN_WHILE,
    KR_TOKEN_WITH,
    KR_TOKEN_YIELD,
} KrTokenKind;

typedef struct KrToken {
    uint8_t kind;        // KrTokenKind
    uint8_t level;       // open brackets after this token
    uint32_t start, end; // bytes in the source; start is UINT32_MAX for tokens without text
    int32_t line, col;   // col -1: the token has no text (INDENT, DEDENT, END)
    int32_t end_line, end_col;
    const KrName *name; // NAME
} KrToken;

typedef struct KrIndent {
    int32_t col, alt_col; // widths with tabs to 8 and to 1 column: both must agree
} KrIndent;

typedef struct KrBracket {
    int32_t line, col;
    char open;
} KrBracket;

// An f-string that is being read. Depths count braces: bracket_depth all of them, expression_depth (from -1) replacement fields.
typedef struct KrFstring {
    uint32_t start, line_start;
    int32_t line;
    int32_t bracket_depth, expression_depth;
    char quote;
    uint8_t quote_size;
    bool raw, in_expression, in_format_spec;
} KrFstring;

typedef struct KrLexer {
    const char *source;
    uint32_t len;
    uint32_t limit; // len, or len + 1 with a newline that the text's last line lacks
    uint32_t at;
    uint32_t line_start;
    int32_t line;
    uint32_t token_start, token_line_start; // of the token being read
    int32_t token_line;
    int32_t pending; // INDENT (> 0) or DEDENT (< 0) tokens owed
    bool at_line_start;
    bool line_pending; // the newline just read has not been counted yet
    bool single_input; // at the end of the text, give NEWLINE and DEDENT first
    bool imply_dedent; // with single_input: close open blocks there
    bool started;      // with single_input: some token since then
    bool at_end;       // has met the end of the text
    bool soft_error;   // the error was not a SyntaxError of a token itself: indentation, line continuation, end of text
    bool listing;      // for lists of tokens: brackets need not match, numbers may touch names and begin with zeros
    bool quiet;        // give no warnings (second reading of the same text)
    KrArena *arena;
    KrNameTable *names;
    KrWarningSink warnings;
    KrPollSink poll;    // poll may be NULL
    uint32_t warned_at; // no warning is given twice: those before this offset are out
    KrSyntaxError *error;
    KrIndent *indent;
    KrBracket *bracket;
    KrFstring *fstring;
    uint32_t indent_count, indent_cap; // indent_count includes the outermost, 0
    uint32_t level, bracket_cap;
    uint32_t fstring_count, fstring_cap;
    uint32_t poll_at; // where to ask the next time
    bool stopped;     // the answer was no: the text ends here, and the token is an error
} KrLexer;

bool kr_lexer_init(KrLexer *lexer) KR_RAISES; // fields above `indent` are set by the caller

// Reads the next token. KR_TOKEN_ERROR: lexer->error says why.
void kr_lexer_next(KrLexer *lexer, KrToken *token);

// Goes back to a place where a top-level statement starts.
void kr_lexer_rewind(KrLexer *lexer, uint32_t at, uint32_t line_start, int32_t line, bool at_line_start);

// Byte column of the place that has been read so far, as CPython's tok->cur - tok->line_start.
int32_t kr_lexer_column(const KrLexer *lexer);

// Where the innermost open bracket is; false: none is open.
bool kr_lexer_open_bracket(const KrLexer *lexer, KrBracket *bracket);

// Reports "'(' was never closed" for the innermost open bracket.
void kr_lexer_raise_unclosed(KrLexer *lexer);

// Reports an error from the token's first line; false when a sink says that a warning is no error.
bool kr_lexer_warn(KrLexer *lexer, uint32_t at, KrSpan span, const char *format, ...);

// ---- for the lexer's own files ----

enum { KR_END_OF_TEXT = -1 };

// The character at an offset: a byte, '\n' for every kind of newline, or KR_END_OF_TEXT.
static inline int kr_lexer_peek(const KrLexer *lexer, uint32_t at) {
    if (at >= lexer->len) return at < lexer->limit ? '\n' : KR_END_OF_TEXT;
    unsigned char c = (unsigned char)lexer->source[at];
    return c == '\r' ? '\n' : c;
}

static inline uint32_t kr_lexer_newline_size(const KrLexer *lexer, uint32_t at) {
    return at + 1 < lexer->len && lexer->source[at] == '\r' && lexer->source[at + 1] == '\n' ? 2 : 1;
}

KR_COLD void kr_lexer_poll(KrLexer *lexer);

// In each loop over characters, so that no token is too long.
static inline void kr_lexer_go_on(KrLexer *lexer) {
    if (KR_UNLIKELY(lexer->at >= lexer->poll_at)) kr_lexer_poll(lexer);
}

void kr_lexer_cross_newline(KrLexer *lexer); // steps over the newline at lexer->at, inside a token or between tokens
void kr_lexer_start_token(KrLexer *lexer);
void kr_lexer_make(KrLexer *lexer, KrToken *token, KrTokenKind kind);        // from token_start to at
void kr_lexer_fail(KrLexer *lexer, KrToken *token, const char *format, ...); // "…" at lexer->at
void kr_lexer_fail_range(KrLexer *lexer, KrToken *token, int32_t col, int32_t end_col, const char *text);
void kr_lexer_fail_memory(KrLexer *lexer, KrToken *token);
bool kr_lexer_warn_here(KrLexer *lexer, KrToken *token, const char *format, ...);
void *kr_lexer_stack(KrLexer *lexer, void *stack, uint32_t count, uint32_t *cap, size_t item_size); // room for one more

void kr_lexer_number(KrLexer *lexer, KrToken *token); // lexer_number.c
void kr_lexer_string(KrLexer *lexer, KrToken *token); // lexer_string.c: lexer->at is at the quote
void kr_lexer_fstring_start(KrLexer *lexer, KrToken *token, bool raw);
void kr_lexer_fstring_part(KrLexer *lexer, KrToken *token);
void kr_lexer_regular(KrLexer *lexer, KrToken *token); // lexer.c: a token outside the text of f-strings

#endif
