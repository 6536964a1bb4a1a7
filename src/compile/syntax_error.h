// syntax_error.h - how the compiler's front end reports what is wrong with a text: one error, any number of warnings.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_SYNTAX_ERROR_H
#define KR_COMPILE_SYNTAX_ERROR_H

#include <stdarg.h>

#include "krait_config.h"

typedef enum KrSyntaxErrorKind {
    KR_SYNTAX_OK,
    KR_SYNTAX_ERROR,       // SyntaxError
    KR_SYNTAX_INDENTATION, // IndentationError
    KR_SYNTAX_TAB,         // TabError
    KR_SYNTAX_INCOMPLETE,  // more input could make it right; only with KrParserOptions.allow_incomplete
    KR_SYNTAX_TOO_COMPLEX, // nesting beyond the caller's stack: MemoryError or RecursionError in CPython
    KR_SYNTAX_NO_MEMORY,   // an arena is exhausted
    KR_SYNTAX_WARNING,     // SyntaxWarning, only given to the warning callback
} KrSyntaxErrorKind;

enum { KR_SYNTAX_MESSAGE_MAX = 256, KR_SYNTAX_NO_END = -1000 };

// What the text attribute of the exception holds, which depends on who found the error.
typedef enum KrSyntaxText {
    KR_SYNTAX_TEXT_LINE, // the line that is being read: with its newline
    KR_SYNTAX_TEXT_CUT,  // a line before that, or an error inside of a token: without
    KR_SYNTAX_TEXT_FILE, // the scopes and checks have no source: the line of the file of that name, if there is one
} KrSyntaxText;

// Attributes as Python's SyntaxError has them: columns count characters from 1. line -1: the error has no position at all; 0: the text is empty.
// end_col KR_SYNTAX_NO_END: end_offset is None.
typedef struct KrSyntaxError {
    KrSyntaxErrorKind kind;
    KrSyntaxText text;
    int32_t line, col, end_line, end_col;
    char message[KR_SYNTAX_MESSAGE_MAX]; // UTF-8, NUL-terminated
} KrSyntaxError;

// Told about each warning. Returns false to make an error of it (`-W error`): it then is the result as a SyntaxError.
typedef struct KrWarningSink {
    bool (*warn)(void *ctx, const KrSyntaxError *warning);
    void *ctx;
} KrWarningSink;

// Asked now and then: may the work go on? `steps` have been done since. False ends it as a lack of memory does.
typedef struct KrPollSink {
    bool (*poll)(void *ctx, uint32_t steps);
    void *ctx;
} KrPollSink;

// A span of text in bytes: lines from 1, columns from 0.
typedef struct KrSpan {
    int32_t line, col, end_line, end_col;
} KrSpan;

// Builds error->message from a format: %s text, %.*s bytes (int, text), %d int, %c one byte, %U a code point as U+XXXX, %% itself.
// Cut at a character boundary when it is too long.
void kr_syntax_message(KrSyntaxError *error, const char *format, ...);
void kr_syntax_message_list(KrSyntaxError *error, const char *format, va_list args);

// The last step of every error: turns the span's byte columns into 1-based character columns of the source.
// read_line is the line that the lexer is in.
void kr_syntax_place(KrSyntaxError *error, const char *source, size_t len, int32_t read_line, KrSpan span);

// As kr_syntax_place, for byte columns that count from 1 already; an end_col below 1 is kept as it is.
void kr_syntax_place_raw(KrSyntaxError *error, const char *source, size_t len, int32_t read_line, KrSpan span);

// Where a line (from 1) is, without its newline: \n, \r or \r\n. False: the text has fewer lines, the last one is given.
bool kr_text_line(const char *source, size_t len, int32_t line, size_t *start, size_t *end);

// True when the C stack has grown past the caller's limit. Stacks grow down on every target of Krait.
static inline bool kr_stack_low(const char *limit) {
    char here;
    const volatile char *p = &here;
    return (uintptr_t)p < (uintptr_t)limit;
}

#endif
