// parser.c - the parser's entry points: one statement or the whole text, and the second pass that finds out what is wrong.
// SPDX-License-Identifier: MIT
#include "compile/parser.h"

#include <string.h>

#include "base/utf8.h"
#include "compile/parser_state.h"

// ---- set-up ----

// What CPython says of a text that is not UTF-8 and names no other encoding.
static void fail_encoding(KrParser *p, size_t at) {
    const KrParserOptions *o = &p->options;
    int32_t line = 1;
    for (size_t i = 0; i < at; i++) line += o->source[i] == '\n' || (o->source[i] == '\r' && o->source[i + 1] != '\n');
    unsigned char byte = (unsigned char)o->source[at];
    p->failed = true;
    p->from_lexer = true;
    p->error.kind = KR_SYNTAX_ERROR;
    kr_syntax_message(&p->error,
                      "Non-UTF-8 code starting with '\\x%c%c'%s%s on line %d, but no encoding declared; "
                      "see https://peps.python.org/pep-0263/ for details",
                      "0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15], o -> filename != NULL ? " in file " : "",
                      o->filename != NULL ? o->filename : "", (int)line);
    p->error.line = p->error.end_line = line;
    p->error.col = p->error.end_col = 1;
}

// Bytes from `at` on to look through at one time, not ending within a code point.
static size_t piece(const KrParserOptions *o, size_t at) {
    size_t left = o->source_len - at, len = 64 * 1024;
    if (left <= len) return left;
    for (unsigned i = 1; i < KR_UTF8_MAX && kr_utf8_is_continuation(o->source[at + len]); i++) len--;
    return kr_utf8_is_continuation(o->source[at + len]) ? left : len; // so many in a row are an error, which is found where it is
}

static void check_encoding(KrParser *p) {
    const KrParserOptions *o = &p->options;
    KrUtf8Scan scan;
    for (size_t at = 0, len; at < o->source_len; at += len) {
        len = piece(o, at);
        bool good = kr_utf8_scan(o->source + at, len, true, &scan);
        p->bad_bytes = p->bad_bytes || scan.surrogates;
        if (!good) {
            fail_encoding(p, at + scan.start);
            return;
        }
        if (at + len < o->source_len && o->poll.poll && !o->poll.poll(o->poll.ctx, (uint32_t)(len / 64))) {
            (void)kr_parse_raise_memory(p);
            return;
        }
    }
}

static void check_source(KrParser *p) {
    const KrParserOptions *o = &p->options;
    if (o->source_len >= UINT32_MAX - 1) {
        kr_parse_raise_complex(p);
        return;
    }
    if (o->source_len && memchr(o->source, '\0', o->source_len)) {
        p->failed = true;
        p->from_lexer = true;
        p->error.kind = KR_SYNTAX_ERROR;
        p->error.line = -1; // without a place, as in CPython
        kr_syntax_message(&p->error, "source code string cannot contain null bytes");
        return;
    }
    check_encoding(p);
}

static bool start_lexer(KrParser *p) {
    const KrParserOptions *o = &p->options;
    KrLexer *lexer = &p->lexer;
    char last = o->source_len > 0 ? o->source[o->source_len - 1] : '\n';
    lexer->source = o->source;
    lexer->len = (uint32_t)o->source_len;
    lexer->limit = lexer->len + (o->mode == KR_PARSE_EXEC && last != '\n' && last != '\r');
    lexer->single_input = o->mode == KR_PARSE_SINGLE;
    lexer->imply_dedent = !o->dont_imply_dedent;
    lexer->arena = o->names;
    lexer->names = p->names;
    lexer->warnings = o->warnings;
    lexer->poll = o->poll;
    lexer->error = &p->error;
    if (!kr_lexer_init(lexer)) return false;
    if (o->start.at) kr_lexer_rewind(lexer, o->start.at, o->start.line_start, o->start.line, o->start.at_line_start);
    return true;
}

KrParser *kr_parser_new(const KrParserOptions *options) {
    KrParser *p = kr_arena_array(options->names, 1, sizeof *p);
    if (p == NULL) return NULL;
    p->options = *options;
    p->names = &p->own_names;
    p->direct_at = UINT32_MAX;
    if (!kr_names_init(p->names, options->names)) return NULL;
    check_source(p);
    return p->failed || start_lexer(p) ? p : NULL;
}

const KrSyntaxError *kr_parser_error(const KrParser *parser) { return &parser->error; }
const KrParserOptions *kr_parser_options(const KrParser *parser) { return &parser->options; }
KrNameTable *kr_parser_names(KrParser *parser) { return parser->names; }

const KrName *kr_parser_intern(KrParser *parser, const char *text, size_t len) { return kr_names_intern(parser->names, text, len); }

// ---- two passes ----

// The token at hand may have been read already, then the lexer is past it.
KrStatementStart kr_parse_statement_start(const KrParser *p) {
    const KrLexer *lexer = &p->lexer;
    KrStatementStart start = { p->at, lexer->at, lexer->line_start, lexer->line, lexer->at_line_start, true };
    if (lexer->line_pending && lexer->at < lexer->limit) {
        start.line++;
        start.line_start = lexer->at;
    }
    if (p->at - p->base >= p->window_count) return start;
    const KrToken *token = &p->window[p->at - p->base];
    start.replay = token->start != UINT32_MAX;
    if (!start.replay) return start;
    start.at = token->start;
    start.line = token->line;
    start.line_start = token->start - (uint32_t)token->col;
    start.at_line_start = false;
    return start;
}

static void read_again(KrParser *p, KrStatementStart start, bool invalid) {
    p->second = true;
    p->invalid = invalid;
    p->base = p->at = start.number;
    p->window_count = 0;
    p->pins = 0;
    p->depth = 0;
    p->stack_count = 0;
    p->steps = 0;
    p->lexer.quiet = true;
    kr_memo_clear(p);
    kr_lexer_rewind(&p->lexer, start.at, start.line_start, start.line, start.at_line_start);
}

static bool wants_more(const KrParser *p) { return p->options.allow_incomplete && p->lexer.at_end && p->error.kind <= KR_SYNTAX_TAB; }

// What only the passes for messages lack, memory or depth, must not hide that the text is wrong.
static void forget_limits(KrParser *p) {
    if (p->failed && p->error.kind >= KR_SYNTAX_TOO_COMPLEX) p->failed = p->from_lexer = false;
}

void kr_parse_suspect(KrParser *p, KrStatementStart start, KrNode *(*rule)(KrParser *)) {
    if (p->suspect_rule != NULL || !start.replay || p->second) return;
    p->suspect_rule = rule;
    p->suspect_start = start;
}

static void explain_suspect(KrParser *p, KrStatementStart start) {
    if (p->suspect_rule == NULL || p->suspect_start.number >= start.number || p->failed) return;
    read_again(p, p->suspect_start, true);
    kr_parse_pin(p);
    (void)p->suspect_rule(p);
    forget_limits(p);
}

static void explain(KrParser *p, KrStatementStart start, bool (*rule)(KrParser *)) {
    for (int pass = 0; pass < 2 && !p->failed && start.replay; pass++) {
        if (pass == 1) explain_suspect(p, start);
        if (p->failed) break;
        read_again(p, start, pass == 1);
        kr_parse_pin(p);
        (void)rule(p);
        forget_limits(p);
        if (pass == 0) p->first_furthest = p->furthest;
    }
    if (!p->failed) kr_parse_generic_error(p);
    else if (!p->from_lexer && !p->lexer.at_end) kr_parse_check_rest(p);
}

// A pass has failed: find the message that fits best.
static void diagnose(KrParser *p, KrStatementStart start, bool (*rule)(KrParser *)) {
    bool incomplete = wants_more(p);
    p->first_furthest = p->furthest;
    if (!p->failed || p->error.kind < KR_SYNTAX_INCOMPLETE) explain(p, start, rule);
    p->failed = true;
    if (!incomplete) return;
    p->error.kind = KR_SYNTAX_INCOMPLETE;
    kr_syntax_message(&p->error, "incomplete input");
}

// ---- one statement at a time ----

// Pushes one statement; nothing at the end of the text. `a; b` is two: the caller may free the tree of a before it asks for b.
static bool rule_statement(KrParser *p) {
    if (!p->in_line) {
        if (kr_parse_at(p, KR_TOKEN_END)) return true;
        uint32_t before = p->at;
        kr_parse_directly(p, p->options.later.open != NULL);
        KrNode *node = kr_parse_compound(p);
        if (node != NULL) return kr_parse_push(p, node);
        if (p->failed || p->at != before) return false;
    }
    bool more;
    if (!kr_parse_simple_statement(p, &more)) return false;
    p->in_line = more;
    return true;
}

// For the search for mistakes: whether the statement stands behind a semicolon makes no difference.
static KrNode *statement_again(KrParser *p) {
    bool in_line = p->in_line;
    p->in_line = false;
    (void)rule_statement(p);
    p->in_line = in_line;
    return NULL;
}

static bool run(KrParser *p, bool (*rule)(KrParser *)) {
    if (p->failed) return false;
    KrStatementStart start = kr_parse_statement_start(p);
    p->stack_count = 0;
    p->depth = 0;
    p->legacy = false;
    if (rule(p) && !p->failed) {
        if (p->legacy && rule == rule_statement) kr_parse_suspect(p, start, statement_again);
        return true;
    }
    diagnose(p, start, rule);
    return false;
}

bool kr_parser_next_statement(KrParser *p, KrNode **statement) {
    *statement = NULL;
    if (!run(p, rule_statement)) return false;
    if (p->stack_count > 0) *statement = p->stack[0];
    return true;
}

bool kr_parser_place(const KrParser *p, KrParserPlace *place) {
    KrStatementStart start = kr_parse_statement_start(p);
    *place = (KrParserPlace){ start.at, start.line_start, start.line, start.at_line_start };
    return start.replay && !p->in_line;
}

// ---- the whole text ----

// interactive: one statement, or the simple ones of a line.
static bool rule_single(KrParser *p) {
    KrPlace start = kr_parse_place(p);
    if (kr_parse_at(p, KR_TOKEN_NEWLINE)) {
        kr_parse_advance(p);
        return kr_parse_push(p, kr_parse_node(p, sizeof(KrNode), KR_NODE_PASS, start));
    }
    uint32_t before = p->at;
    KrNode *node = kr_parse_compound(p);
    if (node != NULL) return kr_parse_push(p, node) && kr_parse_accept(p, KR_TOKEN_NEWLINE);
    if (p->failed || p->at != before) return false;
    return kr_parse_simple_statements(p);
}

static bool rule_eval(KrParser *p) {
    KrNode *body = kr_parse_expressions(p);
    if (body == NULL) return false;
    while (kr_parse_accept(p, KR_TOKEN_NEWLINE)) {}
    return kr_parse_at(p, KR_TOKEN_END) && kr_parse_push(p, body);
}

// A single statement must be all there is, but for comments and empty lines.
static bool check_single_end(KrParser *p) {
    uint32_t at = p->lexer.at;
    const char *source = p->options.source;
    for (; at < p->lexer.len; at++) {
        char c = source[at];
        if (c == '#') {
            while (at < p->lexer.len && source[at] != '\n') at++;
        } else if (c != ' ' && c != '\t' && c != '\n' && c != '\f' && c != '\r') {
            kr_parse_raise(p, KR_SYNTAX_ERROR, kr_parse_span_last(p), "multiple statements found while compiling a single statement");
            return false;
        }
    }
    return true;
}

static KrNode *module_node(KrParser *p, KrNodeKind kind, const KrSeq *body) {
    KrModule *module = kr_arena_array(p->options.tree, 1, sizeof *module);
    if (module == NULL) return kr_parse_raise_memory(p);
    module->node.kind = kind & 0xFF;
    module->body = *body;
    return &module->node;
}

static KrNode *parse_exec(KrParser *p) {
    KrSeq body;
    uint32_t cap = 0;
    KrNode **all = NULL;
    uint32_t count = 0;
    KrNode *statement;
    for (;;) {
        if (!kr_parser_next_statement(p, &statement)) return NULL;
        if (statement == NULL) break;
        all = kr_parse_grow(p, all, count, &cap, sizeof *all);
        if (all == NULL) return NULL;
        all[count++] = statement;
    }
    return kr_parse_copy(p, all, count, &body) ? module_node(p, KR_NODE_MODULE, &body) : NULL;
}

static KrNode *parse_eval(KrParser *p) {
    if (!run(p, rule_eval)) return NULL;
    KrExpression *expression = kr_arena_array(p->options.tree, 1, sizeof *expression);
    if (expression == NULL) return kr_parse_raise_memory(p);
    expression->node.kind = KR_NODE_EXPRESSION;
    expression->body = p->stack[0];
    return &expression->node;
}

static KrNode *parse_single(KrParser *p) {
    KrSeq body;
    if (!run(p, rule_single) || !check_single_end(p) || !kr_parse_take(p, 0, &body)) return NULL;
    return module_node(p, KR_NODE_INTERACTIVE, &body);
}

KrNode *kr_parser_parse(KrParser *p) {
    if (p->failed) return NULL;
    switch (p->options.mode) {
    case KR_PARSE_EXEC: return parse_exec(p);
    case KR_PARSE_EVAL: return parse_eval(p);
    default: return parse_single(p);
    }
}

// ---- PEP 263 ----

static bool encoding_byte(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
}

// utf-8 and latin-1 in all their spellings become one; other names are kept as they are.
static void normalise_encoding(char *name, size_t len) {
    static const char utf8[] = "utf-8";
    static const char latin1[] = "iso-8859-1";
    static const char *const latin[] = { "latin-1", "iso-8859-1", "iso-latin-1" };
    char lower[KR_ENCODING_NAME_MAX] = { 0 };
    for (size_t i = 0; i < len; i++) {
        lower[i] = name[i] == '_' ? '-' : name[i];
        if (name[i] >= 'A' && name[i] <= 'Z') lower[i] = (char)(name[i] + 'a' - 'A');
    }
    if (memcmp(lower, utf8, 5) == 0 && (lower[5] == '\0' || lower[5] == '-')) memcpy(name, utf8, sizeof utf8);
    for (size_t i = 0; i < KR_COUNT_OF(latin); i++) {
        size_t n = strlen(latin[i]);
        if (memcmp(lower, latin[i], n) == 0 && (lower[n] == '\0' || lower[n] == '-')) memcpy(name, latin1, sizeof latin1);
    }
}

// A comment line with coding: or coding= and a name. True: the search goes on with the next line.
static bool find_cookie(const char *line, size_t len, char name[KR_ENCODING_NAME_MAX], bool *found) {
    size_t at = 0;
    while (at < len && (line[at] == ' ' || line[at] == '\t' || line[at] == '\f')) at++;
    if (at == len) return true;
    if (line[at] != '#') return false;
    for (; len - at > 7; at++) {
        if (memcmp(line + at, "coding", 6) != 0 || (line[at + 6] != ':' && line[at + 6] != '=')) continue;
        size_t start = at + 7;
        while (start < len && (line[start] == ' ' || line[start] == '\t')) start++;
        size_t n = 0;
        while (start + n < len && n < KR_ENCODING_NAME_MAX - 1 && encoding_byte(line[start + n])) n++;
        if (n == 0) continue;
        memset(name, 0, KR_ENCODING_NAME_MAX);
        memcpy(name, line + start, n);
        normalise_encoding(name, n);
        *found = true;
        return false;
    }
    return true;
}

size_t kr_source_encoding(const char *bytes, size_t len, char name[KR_ENCODING_NAME_MAX], bool *declared) {
    bool found = false;
    size_t mark = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    size_t at = mark;
    memset(name, 0, KR_ENCODING_NAME_MAX);
    memcpy(name, "utf-8", 6);
    for (int line = 0; line < 2 && at < len; line++) {
        size_t end = at;
        while (end < len && bytes[end] != '\n' && bytes[end] != '\r') end++;
        if (!find_cookie(bytes + at, end - at, name, &found) || found) break;
        at = end + 1 < len && bytes[end] == '\r' && bytes[end + 1] == '\n' ? end + 2 : end + 1;
    }
    *declared = found || mark > 0;
    return mark;
}
