// lexer.c - lines, indentation, names, operators and brackets. Literals are in lexer_number.c and lexer_string.c.
// SPDX-License-Identifier: MIT
#include "compile/lexer.h"

#include <string.h>

#include "base/unicode.h"
#include "base/unicode_normal.h"
#include "base/utf8.h"
#include "compile/bad_byte.h"

enum { MAX_INDENTS = 100, MAX_BRACKETS = 200, TAB_SIZE = 8, KEYWORD_COUNT = KR_TOKEN_YIELD - KR_TOKEN_FALSE + 1 };

// Sorted by bytes; the order is that of the KR_TOKEN_ enum.
static const char keywords[KEYWORD_COUNT][9] = {
    "False",  "None",     "True", "and",    "as",      "assert", "async",  "await",  "break", "class",  "continue", "def",
    "del",    "elif",     "else", "except", "finally", "for",    "from",   "global", "if",    "import", "in",       "is",
    "lambda", "nonlocal", "not",  "or",     "pass",    "raise",  "return", "try",    "while", "with",   "yield",
};

// One operator character: alone, followed by '=', doubled, doubled and followed by '='. 0: no such operator.
typedef struct Operator {
    char c;
    uint8_t alone, equal, twice, twice_equal;
} Operator;

static const Operator operators[] = {
    { '(', KR_TOKEN_LPAR, 0, 0, 0 },
    { ')', KR_TOKEN_RPAR, 0, 0, 0 },
    { '[', KR_TOKEN_LSQB, 0, 0, 0 },
    { ']', KR_TOKEN_RSQB, 0, 0, 0 },
    { '{', KR_TOKEN_LBRACE, 0, 0, 0 },
    { '}', KR_TOKEN_RBRACE, 0, 0, 0 },
    { ',', KR_TOKEN_COMMA, 0, 0, 0 },
    { ':', KR_TOKEN_COLON, KR_TOKEN_COLONEQUAL, 0, 0 },
    { ';', KR_TOKEN_SEMI, 0, 0, 0 },
    { '=', KR_TOKEN_EQUAL, KR_TOKEN_EQEQUAL, 0, 0 },
    { '.', KR_TOKEN_DOT, 0, 0, 0 },
    { '+', KR_TOKEN_PLUS, KR_TOKEN_PLUSEQUAL, 0, 0 },
    { '-', KR_TOKEN_MINUS, KR_TOKEN_MINEQUAL, 0, 0 },
    { '*', KR_TOKEN_STAR, KR_TOKEN_STAREQUAL, KR_TOKEN_DOUBLESTAR, KR_TOKEN_DOUBLESTAREQUAL },
    { '/', KR_TOKEN_SLASH, KR_TOKEN_SLASHEQUAL, KR_TOKEN_DOUBLESLASH, KR_TOKEN_DOUBLESLASHEQUAL },
    { '%', KR_TOKEN_PERCENT, KR_TOKEN_PERCENTEQUAL, 0, 0 },
    { '<', KR_TOKEN_LESS, KR_TOKEN_LESSEQUAL, KR_TOKEN_LEFTSHIFT, KR_TOKEN_LEFTSHIFTEQUAL },
    { '>', KR_TOKEN_GREATER, KR_TOKEN_GREATEREQUAL, KR_TOKEN_RIGHTSHIFT, KR_TOKEN_RIGHTSHIFTEQUAL },
    { '@', KR_TOKEN_AT, KR_TOKEN_ATEQUAL, 0, 0 },
    { '&', KR_TOKEN_AMPER, KR_TOKEN_AMPEREQUAL, 0, 0 },
    { '|', KR_TOKEN_VBAR, KR_TOKEN_VBAREQUAL, 0, 0 },
    { '^', KR_TOKEN_CIRCUMFLEX, KR_TOKEN_CIRCUMFLEXEQUAL, 0, 0 },
    { '~', KR_TOKEN_TILDE, 0, 0, 0 },
    { '!', KR_TOKEN_EXCLAMATION, KR_TOKEN_NOTEQUAL, 0, 0 },
};

enum { POLL_BYTES = 32768 };

void kr_lexer_poll(KrLexer *lexer) {
    lexer->poll_at = lexer->at < UINT32_MAX - POLL_BYTES ? lexer->at + POLL_BYTES : UINT32_MAX;
    if (lexer->poll.poll == NULL || lexer->poll.poll(lexer->poll.ctx, POLL_BYTES / 16)) return;
    lexer->stopped = true;
    lexer->len = lexer->limit = lexer->at;
}

bool kr_lexer_init(KrLexer *lexer) {
    lexer->indent = NULL;
    lexer->bracket = NULL;
    lexer->fstring = NULL;
    lexer->indent_cap = lexer->bracket_cap = lexer->fstring_cap = 0;
    kr_lexer_rewind(lexer, 0, 0, 1, true);
    lexer->indent = kr_lexer_stack(lexer, NULL, 0, &lexer->indent_cap, sizeof *lexer->indent);
    if (lexer->indent == NULL) return false;
    lexer->indent[0] = (KrIndent){ 0, 0 };
    return true;
}

void kr_lexer_rewind(KrLexer *lexer, uint32_t at, uint32_t line_start, int32_t line, bool at_line_start) {
    lexer->at = at;
    lexer->line_start = line_start;
    lexer->line = line;
    lexer->at_line_start = at_line_start;
    lexer->line_pending = false;
    lexer->pending = 0;
    lexer->indent_count = 1;
    lexer->level = 0;
    lexer->fstring_count = 0;
    lexer->at_end = false;
    lexer->soft_error = false;
    lexer->poll_at = at + POLL_BYTES;
    lexer->started = !at_line_start;
}

void *kr_lexer_stack(KrLexer *lexer, void *stack, uint32_t count, uint32_t *cap, size_t item_size) {
    if (count < *cap + (KR_PLANTED == 2 && *cap > 16)) return stack;
    uint32_t wish = *cap == 0 ? 4 : *cap * 2;
    void *larger = kr_arena_alloc(lexer->arena, wish * item_size);
    if (larger == NULL) return NULL;
    if (count > 0) memcpy(larger, stack, count * item_size);
    *cap = wish;
    return larger;
}

// ---- places ----

int32_t kr_lexer_column(const KrLexer *lexer) {
    uint32_t at = lexer->at;
    bool two = at >= lexer->line_start + 2 && at <= lexer->len && lexer->source[at - 2] == '\r' && lexer->source[at - 1] == '\n';
    return (int32_t)(at - lexer->line_start) - two;
}

void kr_lexer_cross_newline(KrLexer *lexer) {
    lexer->at += kr_lexer_newline_size(lexer, lexer->at);
    if (lexer->at >= lexer->limit) return; // as CPython, which counts a line when it reads its first character
    lexer->line++;
    lexer->line_start = lexer->at;
}

void kr_lexer_start_token(KrLexer *lexer) {
    lexer->token_start = lexer->at;
    lexer->token_line_start = lexer->line_start;
    lexer->token_line = lexer->line;
}

void kr_lexer_make(KrLexer *lexer, KrToken *token, KrTokenKind kind) {
    token->kind = (uint8_t)kind;
    token->start = lexer->token_start;
    token->end = lexer->at;
    token->line = lexer->token_line;
    token->col = (int32_t)(lexer->token_start - lexer->token_line_start);
    token->end_line = lexer->line;
    token->end_col = kr_lexer_column(lexer);
}

// INDENT, DEDENT, END: tokens that no text stands for.
static void make_invisible(KrLexer *lexer, KrToken *token, KrTokenKind kind) {
    token->kind = (uint8_t)kind;
    token->start = token->end = UINT32_MAX;
    token->line = token->end_line = lexer->limit == 0 ? 0 : lexer->line; // CPython counts lines when it reads them
    token->col = token->end_col = -1;
}

// ---- errors ----

static int32_t characters_to(const KrLexer *lexer, uint32_t at) {
    int32_t count = 0;
    for (uint32_t i = lexer->line_start; i < at && i < lexer->len; i++) count += !kr_utf8_is_continuation(lexer->source[i]);
    return at > lexer->len ? count + 1 : count;
}

void kr_lexer_fail(KrLexer *lexer, KrToken *token, const char *format, ...) {
    KrSyntaxError *error = lexer->error;
    token->kind = KR_TOKEN_ERROR;
    token->line = lexer->line;
    error->kind = KR_SYNTAX_ERROR;
    error->text = KR_SYNTAX_TEXT_CUT;
    error->line = error->end_line = lexer->line;
    error->col = error->end_col = characters_to(lexer, lexer->at);
    va_list args;
    va_start(args, format);
    kr_syntax_message_list(error, format, args);
    va_end(args);
}

void kr_lexer_fail_range(KrLexer *lexer, KrToken *token, int32_t col, int32_t end_col, const char *text) {
    kr_lexer_fail(lexer, token, "%s", text);
    lexer->error->col = col;
    lexer->error->end_col = end_col;
}

// An error that CPython finds between tokens; columns are as it leaves them, which is not always a place in the line.
static void fail_soft(KrLexer *lexer, KrToken *token, KrSyntaxErrorKind kind, int32_t col, int32_t end_col, const char *text) {
    token->kind = KR_TOKEN_ERROR;
    token->line = lexer->line;
    lexer->soft_error = true;
    lexer->error->kind = kind;
    kr_syntax_message(lexer->error, "%s", text);
    kr_syntax_place_raw(lexer->error, lexer->source, lexer->len, lexer->line, (KrSpan){ lexer->line, col, lexer->line, end_col });
}

void kr_lexer_fail_memory(KrLexer *lexer, KrToken *token) {
    token->kind = KR_TOKEN_ERROR;
    token->line = lexer->line;
    *lexer->error = (KrSyntaxError){ .kind = KR_SYNTAX_NO_MEMORY };
    kr_syntax_message(lexer->error, "out of memory");
}

bool kr_lexer_open_bracket(const KrLexer *lexer, KrBracket *bracket) {
    if (lexer->level == 0) return false;
    *bracket = lexer->bracket[lexer->level - 1];
    return true;
}

void kr_lexer_raise_unclosed(KrLexer *lexer) {
    KrBracket open = lexer->bracket[lexer->level - 1];
    lexer->error->kind = KR_SYNTAX_ERROR;
    kr_syntax_message(lexer->error, "'%c' was never closed", open.open);
    kr_syntax_place(lexer->error, lexer->source, lexer->len, lexer->line, (KrSpan){ open.line, open.col, open.line, -1 });
}

static void fail_end_of_text(KrLexer *lexer, KrToken *token) {
    lexer->at_end = true;
    if (lexer->level == 0) {
        fail_soft(lexer, token, KR_SYNTAX_ERROR, kr_lexer_column(lexer), -1, "unexpected EOF while parsing");
        return;
    }
    token->kind = KR_TOKEN_ERROR;
    token->line = lexer->line;
    lexer->soft_error = true;
    kr_lexer_raise_unclosed(lexer);
}

bool kr_lexer_warn(KrLexer *lexer, uint32_t at, KrSpan span, const char *format, ...) {
    if (lexer->quiet || at < lexer->warned_at || lexer->warnings.warn == NULL) return true;
    lexer->warned_at = at + 1;
    KrSyntaxError warning = { .kind = KR_SYNTAX_WARNING };
    va_list args;
    va_start(args, format);
    kr_syntax_message_list(&warning, format, args);
    va_end(args);
    kr_syntax_place(&warning, lexer->source, lexer->len, lexer->line, span);
    if (lexer->warnings.warn(lexer->warnings.ctx, &warning)) return true;
    *lexer->error = warning;
    lexer->error->kind = KR_SYNTAX_ERROR;
    return false;
}

bool kr_lexer_warn_here(KrLexer *lexer, KrToken *token, const char *format, ...) {
    KrSyntaxError text;
    va_list args;
    va_start(args, format);
    kr_syntax_message_list(&text, format, args);
    va_end(args);
    int32_t col = kr_lexer_column(lexer);
    if (kr_lexer_warn(lexer, lexer->at, (KrSpan){ lexer->line, col, lexer->line, col }, "%s", text.message)) return true;
    kr_lexer_fail(lexer, token, "%s", text.message);
    return false;
}

// ---- lines ----

// Steps over a backslash and the newline after it.
static bool continue_line(KrLexer *lexer, KrToken *token) {
    lexer->at++;
    int c = kr_lexer_peek(lexer, lexer->at);
    if (c != '\n') {
        int32_t col = kr_lexer_column(lexer) + (c != KR_END_OF_TEXT);
        fail_soft(lexer, token, KR_SYNTAX_ERROR, col, 0, "unexpected character after line continuation character");
        return false;
    }
    kr_lexer_cross_newline(lexer);
    if (kr_lexer_peek(lexer, lexer->at) != KR_END_OF_TEXT) return true;
    fail_end_of_text(lexer, token);
    return false;
}

// Measures the white space at the start of a line; at is then at its first character. The width of a line that begins with
// white space and a backslash is that of its first physical line.
static bool measure_indent(KrLexer *lexer, KrToken *token, KrIndent *indent) {
    int32_t first = 0;
    *indent = (KrIndent){ 0, 0 };
    for (;;) {
        int c = kr_lexer_peek(lexer, lexer->at);
        if (c == ' ') {
            indent->col++;
            indent->alt_col++;
        } else if (c == '\t') {
            indent->col = (indent->col / TAB_SIZE + 1) * TAB_SIZE;
            indent->alt_col++;
        } else if (c == '\f') {
            indent->col = indent->alt_col = 0;
        } else if (c == '\\') {
            if (first == 0) first = indent->col;
            if (!continue_line(lexer, token)) return false;
            continue;
        } else {
            break;
        }
        kr_lexer_go_on(lexer);
        lexer->at++;
    }
    if (first > 0) *indent = (KrIndent){ first, first };
    return true;
}

static void fail_tabs(KrLexer *lexer, KrToken *token) {
    fail_soft(lexer, token, KR_SYNTAX_TAB, 1, 0, "inconsistent use of tabs and spaces in indentation");
}

static bool push_indent(KrLexer *lexer, KrToken *token, KrIndent indent) {
    if (lexer->indent_count >= MAX_INDENTS) {
        fail_soft(lexer, token, KR_SYNTAX_INDENTATION, 1, 0, "too many levels of indentation");
        return false;
    }
    if (indent.alt_col <= lexer->indent[lexer->indent_count - 1].alt_col) {
        fail_tabs(lexer, token);
        return false;
    }
    KrIndent *stack = kr_lexer_stack(lexer, lexer->indent, lexer->indent_count, &lexer->indent_cap, sizeof *stack);
    if (stack == NULL) {
        kr_lexer_fail_memory(lexer, token);
        return false;
    }
    lexer->indent = stack;
    stack[lexer->indent_count++] = indent;
    lexer->pending++;
    return true;
}

static bool pop_indents(KrLexer *lexer, KrToken *token, KrIndent indent) {
    while (lexer->indent_count > 1 && indent.col < lexer->indent[lexer->indent_count - 1].col) {
        lexer->indent_count--;
        lexer->pending--;
    }
    KrIndent outer = lexer->indent[lexer->indent_count - 1];
    if (indent.col == outer.col && indent.alt_col == outer.alt_col) return true;
    if (indent.col == outer.col) {
        fail_tabs(lexer, token);
        return false;
    }
    while (kr_lexer_peek(lexer, lexer->at) >= 0 && kr_lexer_peek(lexer, lexer->at) != '\n') lexer->at++;
    if (kr_lexer_peek(lexer, lexer->at) == '\n') lexer->at += kr_lexer_newline_size(lexer, lexer->at);
    fail_soft(lexer, token, KR_SYNTAX_INDENTATION, kr_lexer_column(lexer), -1, "unindent does not match any outer indentation level");
    return false;
}

// Compares a line's indentation with that of the blocks around it. *blank: the line has no tokens, and means nothing.
static bool begin_line(KrLexer *lexer, KrToken *token, bool *blank) {
    KrIndent indent;
    lexer->at_line_start = false;
    if (!measure_indent(lexer, token, &indent)) return false;
    int c = kr_lexer_peek(lexer, lexer->at);
    *blank = c == '#' || c == '\n';
    if (*blank || lexer->level > 0) return true;
    KrIndent outer = lexer->indent[lexer->indent_count - 1];
    if (indent.col > outer.col) return push_indent(lexer, token, indent);
    return pop_indents(lexer, token, indent);
}

// ---- names ----

static bool is_name_byte(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 128;
}

// Binary search; KR_TOKEN_NAME when the word is none.
static KrTokenKind keyword_kind(const char *text, size_t len) {
    char word[9] = { 0 };
    if (len < 2 || len > 8) return KR_TOKEN_NAME;
    memcpy(word, text, len);
    int low = 0;
    int high = KEYWORD_COUNT;
    while (low < high) {
        int middle = (low + high) / 2;
        int order = memcmp(word, keywords[middle], sizeof word);
        if (order == 0) return (KrTokenKind)(KR_TOKEN_FALSE + middle);
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return KR_TOKEN_NAME;
}

// A name with a byte that is not UTF-8, at an offset of the source.
static void fail_bad_byte(KrLexer *lexer, KrToken *token, size_t at) {
    const char *text = lexer->source + lexer->token_start;
    KrSyntaxError error;
    kr_bad_byte_message(&error, text, lexer->at - lexer->token_start, 0, at - lexer->token_start);
    int32_t col = characters_to(lexer, (uint32_t)at) + 1;
    kr_lexer_fail_range(lexer, token, col, -1, error.message);
    lexer->error->text = KR_SYNTAX_TEXT_LINE;
}

// Every character of an identifier must be one that Unicode allows there.
static bool check_identifier(KrLexer *lexer, KrToken *token) {
    uint32_t end = lexer->at;
    size_t at = lexer->token_start;
    while (at < end) {
        size_t start = at;
        uint32_t cp = kr_utf8_next(lexer->source, &at);
        bool first = start == lexer->token_start;
        if (KR_UNLIKELY(at / POLL_BYTES != start / POLL_BYTES)) kr_lexer_poll(lexer);
        if (lexer->stopped) return false;
        if (cp == '_' || (first ? kr_unicode_is_identifier_start(cp) : kr_unicode_is_identifier_part(cp))) continue;
        if (kr_is_surrogate(cp)) {
            fail_bad_byte(lexer, token, start);
            return false;
        }
        lexer->at = (uint32_t)at;
        if (kr_unicode_is_printable(cp)) {
            kr_lexer_fail(lexer, token, "invalid character '%.*s' (%U)", (int)(at - start), lexer->source + start, (int)cp);
        } else {
            kr_lexer_fail(lexer, token, "invalid non-printable character %U", (int)cp);
        }
        return false;
    }
    return true;
}

static const KrName *intern_normalised(KrLexer *lexer, const char *text, size_t len) {
    char small[128];
    size_t need = kr_normal_identifier(text, len, small, sizeof small);
    if (need == 0) return kr_names_intern(lexer->names, text, len);
    if (need <= sizeof small) return kr_names_intern(lexer->names, small, need);
    char *large = kr_arena_alloc(lexer->arena, need);
    if (large == NULL) return NULL;
    kr_normal_identifier(text, len, large, need);
    return kr_names_intern(lexer->names, large, need);
}

static void read_name(KrLexer *lexer, KrToken *token) {
    bool ascii = true;
    int c;
    while (is_name_byte(c = kr_lexer_peek(lexer, lexer->at))) {
        kr_lexer_go_on(lexer);
        ascii = ascii && c < 128;
        lexer->at++;
    }
    const char *text = lexer->source + lexer->token_start;
    size_t len = lexer->at - lexer->token_start;
    if (!ascii && !check_identifier(lexer, token)) return;
    KrTokenKind kind = keyword_kind(text, len);
    kr_lexer_make(lexer, token, kind);
    if (kind != KR_TOKEN_NAME) return;
    token->name = ascii ? kr_names_intern(lexer->names, text, len) : intern_normalised(lexer, text, len);
    if (token->name == NULL) kr_lexer_fail_memory(lexer, token);
}

// A name, or a string whose prefix it is: any order and case of b, r, u, f that makes sense.
static void read_word(KrLexer *lexer, KrToken *token) {
    bool b = false, r = false, u = false, f = false;
    for (uint32_t at = lexer->at;; at++) {
        int c = kr_lexer_peek(lexer, at);
        if (c == '\'' || c == '"') {
            lexer->at = at;
            if (f) kr_lexer_fstring_start(lexer, token, r);
            else kr_lexer_string(lexer, token);
            return;
        }
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
        if (c == 'b' && !(b || u || f)) b = true;
        else if (c == 'u' && !(b || u || r || f)) u = true;
        else if (c == 'r' && !(r || u)) r = true;
        else if (c == 'f' && !(f || b || u)) f = true;
        else break;
    }
    read_name(lexer, token);
}

// ---- operators ----

static bool open_bracket(KrLexer *lexer, KrToken *token, int c) {
    if (lexer->level >= MAX_BRACKETS) {
        lexer->at++;
        kr_lexer_fail(lexer, token, "too many nested parentheses");
        return false;
    }
    KrBracket *stack = kr_lexer_stack(lexer, lexer->bracket, lexer->level, &lexer->bracket_cap, sizeof *stack);
    if (stack == NULL) {
        kr_lexer_fail_memory(lexer, token);
        return false;
    }
    lexer->bracket = stack;
    stack[lexer->level++] = (KrBracket){ lexer->line, (int32_t)(lexer->at - lexer->line_start), (char)c };
    if (lexer->fstring_count > 0) lexer->fstring[lexer->fstring_count - 1].bracket_depth++;
    return true;
}

static bool bracket_matches(char open, int c) {
    return (open == '(' && c == ')') || (open == '[' && c == ']') || (open == '{' && c == '}');
}

// A closing bracket that is not the one expected.
static void fail_mismatch(KrLexer *lexer, KrToken *token, const KrFstring *fstring, const KrBracket *open, int c) {
    if (fstring != NULL && open->open == '{' && fstring->bracket_depth - 1 == fstring->expression_depth) {
        kr_lexer_fail(lexer, token, "f-string: unmatched '%c'", c);
    } else if (open->line != lexer->line) {
        kr_lexer_fail(lexer, token, "closing parenthesis '%c' does not match opening parenthesis '%c' on line %d", c, open->open,
                      (int)open->line);
    } else {
        kr_lexer_fail(lexer, token, "closing parenthesis '%c' does not match opening parenthesis '%c'", c, open->open);
    }
}

static bool close_bracket(KrLexer *lexer, KrToken *token, int c) {
    KrFstring *fstring = lexer->fstring_count > 0 ? &lexer->fstring[lexer->fstring_count - 1] : NULL;
    lexer->at++; // errors point past it
    if (fstring != NULL && fstring->bracket_depth == 0 && c == '}') {
        kr_lexer_fail(lexer, token, "f-string: single '}' is not allowed");
        return false;
    }
    if (lexer->level == 0) {
        if (lexer->listing) return lexer->at--, true;
        kr_lexer_fail(lexer, token, "unmatched '%c'", c);
        return false;
    }
    const KrBracket *open = &lexer->bracket[--lexer->level];
    if (!bracket_matches(open->open, c) && !lexer->listing) {
        fail_mismatch(lexer, token, fstring, open, c);
        return false;
    }
    lexer->at--;
    if (fstring == NULL) return true;
    if (--fstring->bracket_depth < 0) {
        lexer->at++;
        kr_lexer_fail(lexer, token, "f-string: unmatched '%c'", c);
        return false;
    }
    if (c == '}' && fstring->bracket_depth == fstring->expression_depth) {
        fstring->expression_depth--;
        fstring->in_expression = false;
        fstring->in_format_spec = false;
    }
    return true;
}

static KrTokenKind operator_kind(const KrLexer *lexer, int c, uint32_t *size) {
    int second = kr_lexer_peek(lexer, lexer->at + 1);
    int third = second < 0 ? KR_END_OF_TEXT : kr_lexer_peek(lexer, lexer->at + 2);
    *size = 2;
    if (c == '-' && second == '>') return KR_TOKEN_ARROW;
    if (c == '<' && second == '>') return KR_TOKEN_BARRY;
    for (size_t i = 0; i < KR_COUNT_OF(operators); i++) {
        const Operator *op = &operators[i];
        if (op->c != c) continue;
        if (op->equal != 0 && second == '=') return (KrTokenKind)op->equal;
        if (op->twice != 0 && second == c && third == '=') {
            *size = 3;
            return (KrTokenKind)op->twice_equal;
        }
        if (op->twice != 0 && second == c) return (KrTokenKind)op->twice;
        *size = 1;
        return (KrTokenKind)op->alone;
    }
    *size = 1;
    return KR_TOKEN_UNKNOWN;
}

// A colon that ends the expression of a replacement field: what follows is a format specification.
static bool begins_format_spec(KrLexer *lexer, int c) {
    if (c != ':' || lexer->fstring_count == 0) return false;
    KrFstring *fstring = &lexer->fstring[lexer->fstring_count - 1];
    if (fstring->expression_depth < 0 || fstring->bracket_depth - 1 != fstring->expression_depth) return false;
    fstring->in_expression = false;
    fstring->in_format_spec = true;
    return true;
}

static void read_operator(KrLexer *lexer, KrToken *token, int c) {
    uint32_t size = 1;
    KrTokenKind kind = begins_format_spec(lexer, c) ? KR_TOKEN_COLON : operator_kind(lexer, c, &size);
    if (c == '.' && kr_lexer_peek(lexer, lexer->at + 1) == '.' && kr_lexer_peek(lexer, lexer->at + 2) == '.') {
        kind = KR_TOKEN_ELLIPSIS;
        size = 3;
    }
    if (kind == KR_TOKEN_LPAR || kind == KR_TOKEN_LSQB || kind == KR_TOKEN_LBRACE) {
        if (!open_bracket(lexer, token, c)) return;
    } else if (kind == KR_TOKEN_RPAR || kind == KR_TOKEN_RSQB || kind == KR_TOKEN_RBRACE) {
        if (!close_bracket(lexer, token, c)) return;
    } else if (kind == KR_TOKEN_UNKNOWN && (c < ' ' || c == 127)) {
        lexer->at++;
        kr_lexer_fail(lexer, token, "invalid non-printable character %U", c);
        return;
    }
    lexer->at += size;
    kr_lexer_make(lexer, token, kind);
}

// ---- tokens ----

static void read_newline(KrLexer *lexer, KrToken *token) {
    lexer->at += kr_lexer_newline_size(lexer, lexer->at);
    lexer->line_pending = true;
    lexer->at_line_start = true;
    kr_lexer_make(lexer, token, KR_TOKEN_NEWLINE);
}

static void read_token(KrLexer *lexer, KrToken *token, int c) {
    if (c == '\'' || c == '"') {
        kr_lexer_string(lexer, token);
    } else if ((c >= '0' && c <= '9') ||
               (c == '.' && kr_lexer_peek(lexer, lexer->at + 1) >= '0' && kr_lexer_peek(lexer, lexer->at + 1) <= '9')) {
        kr_lexer_number(lexer, token);
    } else if (is_name_byte(c)) {
        read_word(lexer, token);
    } else {
        read_operator(lexer, token, c);
    }
}

static void skip_comment(KrLexer *lexer) {
    int c;
    while ((c = kr_lexer_peek(lexer, lexer->at)) >= 0 && c != '\n') {
        kr_lexer_go_on(lexer);
        lexer->at++;
    }
}

static bool give_pending(KrLexer *lexer, KrToken *token) {
    if (lexer->pending == 0) return false;
    if (lexer->pending < 0 && kr_lexer_peek(lexer, lexer->at) == KR_END_OF_TEXT) lexer->at_end = true; // it ends all blocks at once
    make_invisible(lexer, token, lexer->pending > 0 ? KR_TOKEN_INDENT : KR_TOKEN_DEDENT);
    lexer->pending += lexer->pending > 0 ? -1 : 1;
    return true;
}

static void read_end(KrLexer *lexer, KrToken *token) {
    lexer->at_end = true;
    if (lexer->level > 0) fail_end_of_text(lexer, token);
    else make_invisible(lexer, token, KR_TOKEN_END);
}

void kr_lexer_regular(KrLexer *lexer, KrToken *token) {
    bool blank = false;
    if (lexer->line_pending) {
        lexer->line_pending = false;
        if (lexer->at < lexer->limit) lexer->line++, lexer->line_start = lexer->at;
    }
    for (;;) {
        if (lexer->at_line_start && !begin_line(lexer, token, &blank)) return;
        if (give_pending(lexer, token)) return;
        int c;
        kr_lexer_go_on(lexer);
        while ((c = kr_lexer_peek(lexer, lexer->at)) == ' ' || c == '\t' || c == '\f') {
            kr_lexer_go_on(lexer);
            lexer->at++;
        }
        kr_lexer_start_token(lexer); // a comment belongs to the NEWLINE after it
        if (c == '#') skip_comment(lexer);
        c = kr_lexer_peek(lexer, lexer->at);
        if (c == KR_END_OF_TEXT) {
            read_end(lexer, token);
            return;
        }
        if (c == '\\') {
            if (!continue_line(lexer, token)) return;
            continue;
        }
        if (c != '\n') {
            read_token(lexer, token, c);
            return;
        }
        if (!blank && lexer->level == 0) {
            read_newline(lexer, token);
            return;
        }
        kr_lexer_cross_newline(lexer);
        lexer->at_line_start = true;
    }
}

// A single statement may end without a newline; CPython then adds one and closes the blocks, once per end of the text.
static void end_single(KrLexer *lexer, KrToken *token) {
    if (token->kind != KR_TOKEN_END || !lexer->started) {
        lexer->started = true;
        return;
    }
    lexer->started = false;
    token->kind = KR_TOKEN_NEWLINE;
    if (lexer->indent_count > 1 && lexer->imply_dedent) {
        lexer->pending = 1 - (int32_t)lexer->indent_count;
        lexer->indent_count = 1;
    }
}

// Lines and columns must fit the 24 bits that a node has for them.
static void check_size(KrLexer *lexer, KrToken *token) {
    enum { LARGEST = (1 << 24) - 1 };
    if (token->kind == KR_TOKEN_ERROR || (token->end_line < LARGEST && token->end_col < LARGEST && token->col < LARGEST)) return;
    token->kind = KR_TOKEN_ERROR;
    *lexer->error = (KrSyntaxError){ .kind = KR_SYNTAX_TOO_COMPLEX };
    kr_syntax_message(lexer->error, "source too large to compile: more than 16777214 lines, or bytes in a line");
}

void kr_lexer_next(KrLexer *lexer, KrToken *token) {
    *token = (KrToken){ .kind = KR_TOKEN_ERROR };
    bool in_text = lexer->fstring_count > 0 && !lexer->fstring[lexer->fstring_count - 1].in_expression;
    if (in_text) kr_lexer_fstring_part(lexer, token);
    else kr_lexer_regular(lexer, token);
    if (lexer->single_input) end_single(lexer, token);
    token->level = (uint8_t)lexer->level;
    if (lexer->stopped) kr_lexer_fail_memory(lexer, token);
    check_size(lexer, token);
}
