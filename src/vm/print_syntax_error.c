// print_syntax_error.c - where a SyntaxError is: its file and line, the text, and carets below it, as CPython 3.13's traceback module.
// SPDX-License-Identifier: MIT
#include "base/unicode.h"
#include "base/utf8.h"
#include "object/exception.h"
#include "object/object.h"
#include "object/str.h"
#include "vm/traceback.h"

enum { MSG, FILENAME, LINE, OFFSET, TEXT, END_LINE, END_OFFSET }; // in KrExceptionObject.extra

typedef struct {
    const char *text; // without what it is indented by
    size_t len;
    intptr_t chars, indent; // of text and indentation together; of the indentation
} Line;

// Tabs stay: the carets are put under them.
static Line strip_line(KrValue text) {
    Line line;
    line.text = kr_str_text(text, &line.len);
    while (line.len && line.text[line.len - 1] == '\n') line.len--;
    line.chars = (intptr_t)kr_utf8_count(line.text, line.len);
    for (line.indent = 0; line.len && (*line.text == ' ' || *line.text == '\n' || *line.text == '\f'); line.indent++)
        line.text++, line.len--;
    return line;
}

// Columns from 1, end is behind the last. False: there are none to show.
static bool caret_columns(const KrValue *x, const Line *line, intptr_t *from, intptr_t *to) {
    if (!kr_is_int(x[OFFSET])) return false;
    intptr_t start = kr_int_value(x[OFFSET]), end = start;
    if (!kr_same(x[LINE], x[END_LINE])) end = line->chars + 1;
    else if (kr_is_int(x[END_OFFSET]) && kr_int_value(x[END_OFFSET]) != 0) end = kr_int_value(x[END_OFFSET]);
    intptr_t whole = (intptr_t)kr_str_length(x[TEXT]);
    if (whole > 0 && start > whole) start = line->chars + 1;
    if (whole > 0 && end > whole) end = line->chars + 1;
    if (end <= start) end = start + 1;
    *from = start - 1 - line->indent;
    *to = end - 1 - line->indent;
    return *from >= 0;
}

// What stands before the carets: white space of the line, blanks for everything else.
static void add_margin(KrText *t, const Line *line, intptr_t count) {
    kr_text_add_c(t, "    ");
    for (size_t at = 0; count > 0 && at < line->len; count--) {
        uint32_t c = kr_utf8_next(line->text, &at);
        kr_text_add_char(t, kr_unicode_is_space(c) ? c : ' ');
    }
}

void kr_format_syntax_place(KrText *t, KrValue error) {
    const KrValue *x = kr_exception_of(error)->extra;
    intptr_t from, to;
    if (kr_is_int(x[LINE]))
        kr_text_add_format(t, "  File \"%s\", line %S\n", kr_is_str(x[FILENAME]) ? kr_str_text(x[FILENAME], NULL) : "<string>", x[LINE]);
    if (!kr_is_str(x[TEXT])) return;
    Line line = strip_line(x[TEXT]);
    kr_text_add_c(t, "    ");
    kr_text_add(t, line.text, line.len);
    kr_text_add_c(t, "\n");
    if (!caret_columns(x, &line, &from, &to)) return;
    add_margin(t, &line, from);
    for (; from < to; from++) kr_text_add_c(t, "^");
    kr_text_add_c(t, "\n");
}

KrValue kr_syntax_message_of(KrVm *vm, KrValue error) {
    const KrValue *x = kr_exception_of(error)->extra;
    bool some;
    if (!kr_truth(vm, x[MSG], &some)) return KR_ERROR;
    KrValue message = some ? kr_to_str(vm, x[MSG]) : kr_str_c(vm, "<no detail available>");
    if (kr_is_error(message) || kr_is_int(x[LINE]) || !kr_is_str(x[FILENAME])) return message;
    return kr_format(vm, "%S (%S)", message, x[FILENAME]);
}
