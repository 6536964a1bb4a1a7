// docstring.c - docstrings without the indentation that the source gave them, as CPython 3.13's compiler stores them.
// SPDX-License-Identifier: MIT
#include "compile/emit.h"
#include "object/str.h"
#include "object/text.h"

static size_t line_end(const char *text, size_t from, size_t len) {
    while (from < len && text[from] != '\n') from++;
    return from;
}

static size_t spaces(const char *text, size_t from, size_t end) {
    size_t n = 0;
    while (from + n < end && text[from + n] == ' ') n++;
    return n;
}

// The least indentation of the lines after the first that are not blank.
static size_t margin(const char *text, size_t len) {
    size_t least = SIZE_MAX;
    for (size_t at = line_end(text, 0, len); at < len;) {
        size_t from = at + 1, end = line_end(text, from, len), n = spaces(text, from, end);
        if (from + n < end && n < least) least = n;
        at = end;
    }
    return least == SIZE_MAX ? 0 : least;
}

KrValue kr_clean_doc(KrCompiler *c, const char *text, size_t len) {
    KrText t;
    if (c->failed || kr_raised(c->vm)) return KR_NONE; // a limit may have been hit in between
    if (memchr(text, '\t', len)) {
        KrValue plain = kr_str(c->vm, text, len);
        if (!kr_is_error(plain)) plain = kr_call_method(c->vm, plain, "expandtabs", 0, NULL);
        if (kr_is_error(plain)) return kr_emit_fail(c), KR_NONE;
        text = kr_str_text(plain, &len);
        return kr_clean_doc(c, text, len);
    }
    size_t cut = margin(text, len), first = spaces(text, 0, line_end(text, 0, len)), at = line_end(text, 0, len);
    kr_text_init(c->vm, &t);
    kr_text_add(&t, text + first, at - first);
    while (at < len) {
        size_t from = at + 1, end = line_end(text, from, len), n = spaces(text, from, end);
        kr_text_add(&t, "\n", 1);
        if (n > cut) n = cut;
        kr_text_add(&t, text + from + n, end - from - n);
        at = end;
    }
    KrValue v = kr_text_str(&t);
    bool good = !kr_is_error(v);
    if (good && kr_str_of(v)->flags & KR_STR_SURROGATES)
        good = !kr_is_error(kr_encode(c->vm, v, "utf-8", NULL)); // CPython needs it in UTF-8
    if (!good) return kr_emit_fail(c), KR_NONE;
    return v;
}
