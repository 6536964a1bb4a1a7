// lexer_string.c - where string literals end, and the parts of f-strings (PEP 701). Escapes are decoded by string_literal.c.
// SPDX-License-Identifier: MIT
#include "compile/lexer.h"

enum { MAX_FSTRINGS = 150, MAX_NESTED_FIELDS = 3 };

static int here(const KrLexer *lexer) { return kr_lexer_peek(lexer, lexer->at); }

// Steps over one character of a string's text.
static void step(KrLexer *lexer) {
    int c = here(lexer);
    if (c == '\n') kr_lexer_cross_newline(lexer);
    else if (c >= 0) lexer->at++;
}

static KrFstring *current(KrLexer *lexer) { return lexer->fstring_count > 0 ? &lexer->fstring[lexer->fstring_count - 1] : NULL; }

// Errors about a string without an end point at its beginning.
static void go_back(KrLexer *lexer, uint32_t start, uint32_t line_start, int32_t line) {
    lexer->at = start + 1;
    lexer->line_start = line_start;
    lexer->line = line;
}

static void fail_unterminated(KrLexer *lexer, KrToken *token, int quote, int size, bool escaped_quote) {
    const KrFstring *outer = current(lexer);
    int detected = lexer->line;
    if (here(lexer) == KR_END_OF_TEXT) lexer->at_end = true;
    go_back(lexer, lexer->token_start, lexer->token_line_start, lexer->token_line);
    if (outer != NULL && outer->quote == quote && outer->quote_size == size) {
        kr_lexer_fail(lexer, token, "f-string: expecting '}'"); // the quote was meant to end the f-string around it
    } else if (size == 3) {
        kr_lexer_fail(lexer, token, "unterminated triple-quoted string literal (detected at line %d)", detected);
    } else if (escaped_quote) {
        kr_lexer_fail(lexer, token, "unterminated string literal (detected at line %d); perhaps you escaped the end quote?", detected);
    } else {
        kr_lexer_fail(lexer, token, "unterminated string literal (detected at line %d)", detected);
    }
}

void kr_lexer_string(KrLexer *lexer, KrToken *token) {
    int quote = here(lexer);
    int size = 1;
    int closing = 0;
    bool escaped_quote = false;
    lexer->at++;
    if (here(lexer) == quote) {
        lexer->at++;
        if (here(lexer) == quote) lexer->at++, size = 3;
        else closing = 1;
    }
    while (closing != size) {
        kr_lexer_go_on(lexer);
        int c = here(lexer);
        if (c == KR_END_OF_TEXT || (size == 1 && c == '\n')) {
            fail_unterminated(lexer, token, quote, size, escaped_quote);
            return;
        }
        step(lexer);
        closing = c == quote ? closing + 1 : 0;
        if (c == '\\') {
            if (here(lexer) == quote) escaped_quote = true;
            step(lexer);
        }
    }
    kr_lexer_make(lexer, token, KR_TOKEN_STRING);
}

void kr_lexer_fstring_start(KrLexer *lexer, KrToken *token, bool raw) {
    int quote = here(lexer);
    int size = 1;
    lexer->at++;
    if (here(lexer) == quote && kr_lexer_peek(lexer, lexer->at + 1) == quote) lexer->at += 2, size = 3;
    if (lexer->fstring_count + 1 >= MAX_FSTRINGS) {
        kr_lexer_fail(lexer, token, "too many nested f-strings");
        return;
    }
    KrFstring *stack = kr_lexer_stack(lexer, lexer->fstring, lexer->fstring_count, &lexer->fstring_cap, sizeof *stack);
    if (stack == NULL) {
        kr_lexer_fail_memory(lexer, token);
        return;
    }
    lexer->fstring = stack;
    stack[lexer->fstring_count++] = (KrFstring){
        .start = lexer->token_start,
        .line_start = lexer->line_start,
        .line = lexer->line,
        .expression_depth = -1,
        .quote = (char)quote,
        .quote_size = (uint8_t)size,
        .raw = raw,
    };
    kr_lexer_make(lexer, token, KR_TOKEN_FSTRING_START);
}

// Switches to the expression of a replacement field; at is at its brace.
static bool enter_field(KrLexer *lexer, KrToken *token, KrFstring *fstring) {
    if (++fstring->expression_depth >= MAX_NESTED_FIELDS) {
        kr_lexer_fail(lexer, token, "f-string: expressions nested too deeply");
        return false;
    }
    fstring->in_expression = true;
    return true;
}

static bool at_closing_quote(const KrLexer *lexer, const KrFstring *fstring) {
    for (uint32_t i = 0; i < fstring->quote_size; i++) {
        if (kr_lexer_peek(lexer, lexer->at + i) != fstring->quote) return false;
    }
    return true;
}

static void fail_unterminated_fstring(KrLexer *lexer, KrToken *token, const KrFstring *fstring) {
    int detected = lexer->line;
    if (here(lexer) == KR_END_OF_TEXT) lexer->at_end = true;
    go_back(lexer, fstring->start, fstring->line_start, fstring->line);
    kr_lexer_fail(lexer, token, "unterminated %sf-string literal (detected at line %d)", fstring->quote_size == 3 ? "triple-quoted " : "",
                  detected);
}

// A brace ends the piece of text. A doubled one gives its first half to the text and is skipped.
static void end_at_brace(KrLexer *lexer, KrToken *token, KrFstring *fstring, int c, bool in_spec) {
    bool doubled = kr_lexer_peek(lexer, lexer->at + 1) == c && !in_spec && (c == '{' || fstring->bracket_depth == 0);
    if (doubled) {
        lexer->at++;
        kr_lexer_make(lexer, token, KR_TOKEN_FSTRING_MIDDLE);
        lexer->at++;
        token->end_col++; // the place of the token includes both
        return;
    }
    if (c == '{') {
        if (!enter_field(lexer, token, fstring)) return;
    } else {
        fstring->in_expression = true;
    }
    kr_lexer_make(lexer, token, KR_TOKEN_FSTRING_MIDDLE);
}

// Steps over a backslash and what it escapes. *named: that was \N{. A brace is never escaped.
static bool step_escape(KrLexer *lexer, KrToken *token, const KrFstring *fstring, bool *named) {
    lexer->at++;
    int c = here(lexer);
    if (c == '{' || c == '}') {
        if (fstring->raw) return true;
        lexer->at++;
        bool good = kr_lexer_warn_here(lexer, token, "invalid escape sequence '\\%c'", c);
        lexer->at--;
        return good;
    }
    step(lexer);
    if (!fstring->raw && c == 'N' && here(lexer) == '{') {
        lexer->at++;
        *named = true;
    }
    return true;
}

static void read_middle(KrLexer *lexer, KrToken *token, KrFstring *fstring) {
    bool named = false;
    bool in_spec = fstring->in_format_spec && fstring->expression_depth >= 0;
    while (!at_closing_quote(lexer, fstring)) {
        kr_lexer_go_on(lexer);
        int c = here(lexer);
        if (in_spec && c == '\n' && fstring->quote_size == 1) { // a specification may end with the line
            fstring->in_expression = true;
            fstring->in_format_spec = false;
            break;
        }
        if (c == KR_END_OF_TEXT || (c == '\n' && fstring->quote_size == 1)) {
            fail_unterminated_fstring(lexer, token, fstring);
            return;
        }
        if (c == '}' && named) {
            lexer->at++;
            break;
        }
        if (c == '{' || c == '}') {
            end_at_brace(lexer, token, fstring, c, in_spec);
            return;
        }
        if (c != '\\') step(lexer);
        else if (!step_escape(lexer, token, fstring, &named)) return;
    }
    kr_lexer_make(lexer, token, KR_TOKEN_FSTRING_MIDDLE);
}

void kr_lexer_fstring_part(KrLexer *lexer, KrToken *token) {
    KrFstring *fstring = current(lexer);
    kr_lexer_start_token(lexer);
    if (here(lexer) == '{' && kr_lexer_peek(lexer, lexer->at + 1) != '{') {
        if (!enter_field(lexer, token, fstring)) return;
        kr_lexer_regular(lexer, token);
        return;
    }
    if (!at_closing_quote(lexer, fstring)) {
        read_middle(lexer, token, fstring);
        return;
    }
    lexer->at += fstring->quote_size;
    lexer->fstring_count--;
    kr_lexer_make(lexer, token, KR_TOKEN_FSTRING_END);
}
