// syntax_error.c - the texts and places of syntax errors.
// SPDX-License-Identifier: MIT
#include "compile/syntax_error.h"

#include <stdarg.h>
#include <string.h>

#include "base/utf8.h"

typedef struct Text {
    char *out;
    size_t len;
} Text;

// Appends whole characters only, so that a cut message is still UTF-8. One byte stays free for the NUL.
static void text_add(Text *text, const char *bytes, size_t count) {
    size_t room = KR_SYNTAX_MESSAGE_MAX - 1 - text->len;
    if (count > room) {
        count = room;
        while (count > 0 && kr_utf8_is_continuation(bytes[count])) count--;
    }
    memcpy(text->out + text->len, bytes, count);
    text->len += count;
}

static void text_add_number(Text *text, uint32_t value, uint32_t base, int least_digits) {
    char digits[12];
    int at = (int)sizeof digits;
    do {
        digits[--at] = "0123456789ABCDEF"[value % base];
        value /= base;
        least_digits--;
    } while (value > 0 || least_digits > 0);
    text_add(text, digits + at, sizeof digits - (size_t)at);
}

static void text_add_int(Text *text, int value) {
    if (value < 0) text_add(text, "-", 1);
    text_add_number(text, value < 0 ? 0u - (uint32_t)value : (uint32_t)value, 10, 1);
}

static void text_add_format(Text *text, const char *format, va_list args) {
    for (; *format != '\0'; format++) {
        if (*format != '%') {
            text_add(text, format, 1);
            continue;
        }
        format++;
        if (*format == 's') {
            const char *s = va_arg(args, const char *);
            text_add(text, s, strlen(s));
        } else if (*format == '.') { // the only precision is %.*s
            format += 2;
            int count = va_arg(args, int);
            text_add(text, va_arg(args, const char *), (size_t)count);
        } else if (*format == 'd') {
            text_add_int(text, va_arg(args, int));
        } else if (*format == 'U') {
            text_add(text, "U+", 2);
            text_add_number(text, (uint32_t)va_arg(args, int), 16, 4);
        } else if (*format == 'c') {
            char byte = (char)va_arg(args, int);
            text_add(text, &byte, 1);
        } else {
            text_add(text, format, 1);
        }
    }
}

void kr_syntax_message_list(KrSyntaxError *error, const char *format, va_list args) {
    Text text = { error->message, 0 };
    text_add_format(&text, format, args);
    error->message[text.len] = '\0';
}

void kr_syntax_message(KrSyntaxError *error, const char *format, ...) {
    va_list args;
    va_start(args, format);
    kr_syntax_message_list(error, format, args);
    va_end(args);
}

bool kr_text_line(const char *source, size_t len, int32_t line, size_t *start, size_t *end) {
    size_t at = 0;
    for (int32_t n = 1;; n++) {
        *start = at;
        while (at < len && source[at] != '\n' && source[at] != '\r') at++;
        *end = at;
        if (n >= line) return true;
        if (at >= len) return false;
        at += source[at] == '\r' && at + 1 < len && source[at + 1] == '\n' ? 2 : 1;
    }
}

// Characters that begin among the first `count` bytes of a line that ends at `end`; one more when count reaches past the end.
static int32_t characters_before(const char *source, size_t len, size_t start, size_t end, int32_t count) {
    size_t n = count > 0 ? (size_t)count : 0;
    int32_t result = 0;
    for (size_t i = 0; i < n && start + i < end; i++) result += start + i >= len || !kr_utf8_is_continuation(source[start + i]);
    return n > end - start ? result + 1 : result;
}

void kr_syntax_place_raw(KrSyntaxError *error, const char *source, size_t len, int32_t read_line, KrSpan span) {
    size_t start, end;
    kr_text_line(source, len, span.line, &start, &end);
    bool reading = span.line >= read_line;
    if (reading) end++; // the newline belongs to the line that is being read, and not to those before
    error->text = reading ? KR_SYNTAX_TEXT_LINE : KR_SYNTAX_TEXT_CUT;
    error->line = span.line;
    error->end_line = span.end_line;
    error->col = characters_before(source, len, start, end, span.col);
    // CPython measures the end on the first line as well, even when the range ends on a later one.
    error->end_col = span.end_col > 0 ? characters_before(source, len, start, end, span.end_col) : span.end_col;
}

void kr_syntax_place(KrSyntaxError *error, const char *source, size_t len, int32_t read_line, KrSpan span) {
    span.col++;
    span.end_col++;
    kr_syntax_place_raw(error, source, len, read_line, span);
}
