// shorten.c - a filter between the C preprocessor and the compiler, for builds with KR_SHORT_TEXTS: texts that are only shown, formats of messages
// and parameters of signatures, get one byte for each phrase of base/phrase_table.h. object/text.c reads them.
//
//     shorten < file.i > short.i
//     shorten -l < file.i                the texts themselves, one a line: tools/gen_phrases.py counts their phrases
// SPDX-License-Identifier: MIT
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/phrase_table.h"

// Functions that take a format, and which argument it is.
static const struct {
    const char *name;
    unsigned argument;
} takers[] = {
    { "kr_raise", 2 }, { "kr_warn", 2 }, { "kr_format", 1 }, { "kr_text_add_format", 1 }, { "kr_report_ignored", 1 }, { "kr_re_error", 2 },
};

enum { DEPTH = 200, TEXT = 4096, NOT_A_CALL = 255 };

static const char *phrase[128];
static unsigned phrases;
static bool listing;

static void fail(const char *why, const char *what) {
    fprintf(stderr, "shorten: %s: %s\n", why, what);
    exit(1);
}

static char *read_all(void) {
    size_t len = 0, room = 1 << 20;
    char *data = malloc(room);
    for (size_t n; data && (n = fread(data + len, 1, room - len - 1, stdin)) > 0;) {
        len += n;
        if (room - len < 2) data = realloc(data, room *= 2);
    }
    if (!data) fail("out of memory", "input");
    data[len] = 0;
    return data;
}

// ---- Literals ------------------------------------------------------------------------------------------------------------------

static const char *behind_literal(const char *p) { // of "..." or '...'
    char quote = *p++;
    while (*p && *p != quote) p += *p == '\\' ? 2 : 1;
    if (!*p) fail("a literal does not end", "");
    return p + 1;
}

static const char *behind_space(const char *p) { // and line markers
    for (; isspace((unsigned char)*p) || *p == '#'; p++)
        if (*p == '#') p = strchr(p, '\n');
    return p;
}

static unsigned escaped(const char **p) { // *p is behind the backslash
    static const char letter[] = "abfnrtv", means[] = "\a\b\f\n\r\t\v";
    unsigned v = 0;
    if (**p == 'x') {
        for (++*p; isxdigit((unsigned char)**p); ++*p)
            v = v * 16 + (unsigned)(isdigit((unsigned char)**p) ? **p - '0' : (**p | 32) - 'a' + 10);
        return v;
    }
    if (**p >= '0' && **p <= '7') {
        for (unsigned i = 0; i < 3 && **p >= '0' && **p <= '7'; i++) v = v * 8 + (unsigned)(*(*p)++ - '0');
        return v;
    }
    const char *found = strchr(letter, **p);
    v = (unsigned char)(found ? means[found - letter] : **p);
    ++*p;
    return v;
}

// The text of adjoining literals, which it returns the end of. What has a zero inside is no text: it is cut there.
static const char *read_text(const char *p, char *out) {
    size_t n = 0;
    const char *end = p;
    while (*p == '"') {
        for (p++; *p != '"';) {
            unsigned c = (unsigned char)*p++;
            if (c == '\\') c = escaped(&p);
            if (n == TEXT - 1) fail("a text is too long", out);
            out[n++] = (char)c;
        }
        end = ++p;
        p = behind_space(p);
    }
    out[n] = 0;
    return end;
}

// ---- Phrases -------------------------------------------------------------------------------------------------------------------

static unsigned number_of(const char *of) {
    unsigned k = 0;
    while (phrase[k] != of) k++;
    return k;
}

// Writes the shortest form of text: best[i] is the number of bytes from i on, by[i] the phrase that begins there, NULL: a letter does.
static void write_short(const char *text) {
    size_t len = strlen(text), best[TEXT + 1];
    const char *by[TEXT];
    best[len] = 0;
    for (size_t i = len; i-- > 0;) {
        best[i] = best[i + 1] + 1;
        by[i] = NULL;
        for (unsigned k = 0; k < phrases; k++) {
            size_t n = strlen(phrase[k]);
            if (strncmp(text + i, phrase[k], n) != 0 || best[i + n] + 1 >= best[i]) continue;
            best[i] = best[i + n] + 1;
            by[i] = phrase[k];
        }
    }
    for (size_t i = 0; i < len; i += by[i] ? strlen(by[i]) : 1) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 128) fail("a format or a signature must be ASCII", text);
        if (by[i]) printf("\\%03o", 128 + number_of(by[i]));
        else if (isalnum(c) || strchr(" _(),=*/.:;'<>[]-+", c)) putchar(c);
        else printf("\\%03o", c);
    }
}

static void write_text(const char *text, size_t plain) { // the first bytes are to stay as they are
    if (listing) {
        puts(text + plain);
        return;
    }
    printf("\"%.*s", (int)plain, text);
    write_short(text + plain);
    putchar('"');
}

// ---- The source ----------------------------------------------------------------------------------------------------------------

static unsigned taker(const char *name, size_t len) {
    for (size_t i = 0; i < sizeof takers / sizeof *takers; i++)
        if (strlen(takers[i].name) == len && memcmp(takers[i].name, name, len) == 0) return takers[i].argument;
    return NOT_A_CALL;
}

// Bytes of "name(parameters)" that a lookup by name compares, with the bracket; 0: it is no signature.
static size_t name_of_signature(const char *text) {
    size_t n = 0, len = strlen(text);
    while (isalnum((unsigned char)text[n]) || text[n] == '_') n++;
    return n && text[n] == '(' && text[len - 1] == ')' ? n + 1 : 0;
}

int main(int argc, char **argv) {
    struct {
        unsigned format, argument; // of the call that this bracket is of
    } call[DEPTH] = { { NOT_A_CALL, 0 } };
    unsigned depth = 0, next = NOT_A_CALL;
    char last = 0, text[TEXT];
    listing = argc > 1 && strcmp(argv[1], "-l") == 0;
    for (const char *p = kr_phrase_table; *p; p += strlen(p) + 1) phrase[phrases++] = p;
    for (const char *p = read_all(), *end; *p; p = end) {
        end = p + 1;
        if (*p == '#') end = strchr(p, '\n'); // a line marker
        else if (*p == '\'') end = behind_literal(p);
        else if (isalpha((unsigned char)*p) || *p == '_') {
            while (isalnum((unsigned char)*end) || *end == '_') end++;
            next = taker(p, (size_t)(end - p));
        } else if (*p == '"') {
            end = read_text(p, text);
            bool format = call[depth].format != NOT_A_CALL && call[depth].format == call[depth].argument;
            size_t name = last == '{' && *behind_space(end) == ',' ? name_of_signature(text) : 0;
            if (format || name) write_text(text, format ? 0 : name);
            else if (!listing) fwrite(p, 1, (size_t)(end - p), stdout);
            last = '"';
            continue;
        } else if (strchr("([{", *p)) {
            if (++depth == DEPTH) fail("brackets are too deep", "");
            call[depth].format = *p == '(' ? next : NOT_A_CALL;
            call[depth].argument = 0;
        } else if (strchr(")]}", *p) && depth) depth--;
        else if (*p == ',') call[depth].argument++;
        if (!isspace((unsigned char)*p) && *p != '#') last = *p;
        if (strchr(")]}([{,;", *p)) next = NOT_A_CALL;
        if (!listing) fwrite(p, 1, (size_t)(end - p), stdout);
    }
    return fflush(stdout) != 0 || ferror(stdout);
}
