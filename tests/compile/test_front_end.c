// test_front_end.c - the parser's interface: memory that runs out anywhere, statements one by one, incomplete input, encodings, scopes.
// What trees and errors look like is compared with CPython by front_end_oracle.py.
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compile/parser.h"
#include "compile/scope.h"

static int failures;

#define CHECK(x) \
    do { \
        if (!(x)) printf("%s:%d: %s\n", __FILE__, __LINE__, #x), failures++; \
    } while (0)

static void *grab(void *ctx, size_t size) {
    (void)ctx;
    return malloc(size);
}

static void drop(void *ctx, void *block, size_t size) {
    (void)ctx;
    memset(block, 0xDB, size); // what points into it must not be used any more
    free(block);
}

static const KrArenaSource memory = { grab, drop, NULL };

static const char *stack_limit; // set by main: one megabyte below

static KrParserOptions options_for(const char *source, KrParseMode mode, KrArena *names, KrArena *tree) {
    return (KrParserOptions){
        .source = source,
        .source_len = strlen(source),
        .mode = mode,
        .names = names,
        .tree = tree,
        .stack_limit = stack_limit,
        .max_int_digits = 4300,
    };
}

// Statement by statement, as a small device compiles. Returns how it ended.
static KrSyntaxErrorKind compile(const char *source, size_t cap, int *statements) {
    KrArena names, tree;
    KrSyntaxErrorKind result = KR_SYNTAX_NO_MEMORY;
    kr_arena_init(&names, &memory, cap);
    kr_arena_init(&tree, &memory, cap);
    KrParserOptions options = options_for(source, KR_PARSE_EXEC, &names, &tree);
    KrParser *parser = kr_parser_new(&options);
    *statements = 0;
    if (parser != NULL) {
        KrScopes scopes;
        kr_scopes_init(&scopes, parser);
        KrNode *statement;
        for (;;) {
            if (!kr_parser_next_statement(parser, &statement)) {
                result = kr_parser_error(parser)->kind;
                break;
            }
            result = KR_SYNTAX_OK;
            if (statement == NULL) break;
            ++*statements;
            if (!kr_scopes_statement(&scopes, statement) || !kr_scopes_check(&scopes, statement)) {
                result = scopes.error.kind;
                break;
            }
            kr_arena_free(&tree);
        }
    }
    kr_arena_free(&names);
    kr_arena_free(&tree);
    return result;
}

static const char good[] = "'doc'\n"
                           "import a.b as c, d; from .e import (f, g as h); x = y, *z = [1, 2.5, 0xff, 3j, 10**100, 'a' \"b\\n\", b'c']\n"
                           "class C[T: int](B, metaclass=M):\n"
                           "    def f(self, a, /, b=1, *c, d=2, **e) -> int:\n"
                           "        global g1; nonlocal_ = lambda q, *, r=1: q + r\n"
                           "        return [u for v in w if v for u in v] + [super().f(*c, k=1, **e)]\n"
                           "async def k():\n"
                           "    async with m as n, o as (p, q): await r[1:2, ::3]\n"
                           "    async for s in t: yield f'{s!r:>{w}}{s=}' if s else not s\n"
                           "match x:\n"
                           "    case [1, -2, *rest] | {'k': rest} if rest: pass\n"
                           "    case A(b, c=D.e) as g: del g\n"
                           "    case _: raise E from F\n"
                           "try: pass\n"
                           "except* G as g: assert g, 'no'\n"
                           "else: x @= 1\n"
                           "finally: type X[*Ts, **P] = {1: 2, **{}}\n"
                           "if 1: pass\nelif 2 < 3 != 4: pass\nelse: (y := 5)\n"
                           "while 1: break\n";

// With any bound of memory the answer is either the right one or that memory was short.
static void test_memory(void) {
    static const char *const bad[] = { "f(a b)\n",   "x = {1: 2, 3}\n", "def f(a, a): pass\n", "class C:\n  x = (1\n",
                                       "if x:\ny\n", "f'{a!x}'\n" };
    int statements;
    int count;
    CHECK(compile(good, 0, &count) == KR_SYNTAX_OK && count == 10);
    for (size_t cap = 64; cap < 40000; cap += 96) {
        KrSyntaxErrorKind kind = compile(good, cap, &statements);
        CHECK(kind == KR_SYNTAX_NO_MEMORY || (kind == KR_SYNTAX_OK && statements == count));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        KrSyntaxErrorKind kind = compile(bad[i], 0, &statements);
        CHECK(kind == KR_SYNTAX_ERROR || kind == KR_SYNTAX_INDENTATION);
        for (size_t cap = 64; cap < 20000; cap += 32) {
            KrSyntaxErrorKind limited = compile(bad[i], cap, &statements);
            // With little memory only the explanation may be missing: then it is plain invalid syntax.
            CHECK(limited == KR_SYNTAX_NO_MEMORY || limited == kind || limited == KR_SYNTAX_ERROR);
        }
    }
}

static void test_line_of_statements(void) {
    int statements;
    CHECK(compile("a = 1; b = 2; c = 3;\nd = 4", 0, &statements) == KR_SYNTAX_OK && statements == 4);
    CHECK(compile("a = 1; b c", 0, &statements) == KR_SYNTAX_ERROR && statements == 1);
    CHECK(compile("a; if x: pass", 0, &statements) == KR_SYNTAX_ERROR && statements == 1);
    CHECK(compile("", 0, &statements) == KR_SYNTAX_OK && statements == 0);
    CHECK(compile("# only this", 0, &statements) == KR_SYNTAX_OK && statements == 0);
}

static KrSyntaxErrorKind parse_single(const char *source) {
    KrArena arena;
    kr_arena_init(&arena, &memory, 0);
    KrParserOptions options = options_for(source, KR_PARSE_SINGLE, &arena, &arena);
    options.allow_incomplete = true;
    options.dont_imply_dedent = true;
    KrParser *parser = kr_parser_new(&options);
    KrNode *node = kr_parser_parse(parser);
    KrSyntaxErrorKind kind = node != NULL ? KR_SYNTAX_OK : kr_parser_error(parser)->kind;
    kr_arena_free(&arena);
    return kind;
}

static void test_incomplete(void) {
    CHECK(parse_single("x = 1\n") == KR_SYNTAX_OK);
    CHECK(parse_single("x = (1,\n") == KR_SYNTAX_INCOMPLETE);
    CHECK(parse_single("'''abc\n") == KR_SYNTAX_INCOMPLETE);
    CHECK(parse_single("if x:\n") == KR_SYNTAX_INCOMPLETE);
    CHECK(parse_single("x = \\\n") == KR_SYNTAX_INCOMPLETE);
    CHECK(parse_single("x y\n") == KR_SYNTAX_ERROR);
    CHECK(parse_single("x = )\n") == KR_SYNTAX_ERROR);
}

static void test_encoding(void) {
    static const struct {
        const char *text, *name;
        size_t mark;
        bool declared;
    } row[] = {
        { "x = 1\n", "utf-8", 0, false },
        { "\xEF\xBB\xBFx = 1\n", "utf-8", 3, true },
        { "# -*- coding: Latin_1 -*-\n", "iso-8859-1", 0, true },
        { "#!/bin/sh\n# vim: set fileencoding=cp1252 :\n", "cp1252", 0, true },
        { "x = 1\n# coding: cp1252\n", "utf-8", 0, false },
        { "\n\n# coding: cp1252\n", "utf-8", 0, false },
        { "# coding: UTF-8-sig", "utf-8", 0, true },
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        char name[KR_ENCODING_NAME_MAX];
        bool declared;
        CHECK(kr_source_encoding(row[i].text, strlen(row[i].text), name, &declared) == row[i].mark);
        CHECK(declared == row[i].declared);
        CHECK(strcmp(name, row[i].name) == 0);
    }
    int statements;
    CHECK(compile("x = '\xFF'\n", 0, &statements) == KR_SYNTAX_ERROR);
}

static KrSymbol *find(KrParser *parser, KrScope *scope, const char *name, KrScope **home) {
    return kr_scope_resolve(scope, kr_parser_intern(parser, name, strlen(name)), home);
}

static void test_scopes(void) {
    static const char source[] = "def f(a, b):\n"
                                 "    c = [a + x + d for x in b]\n"
                                 "    d = [lambda: (y, a) for y in b]\n"
                                 "    return c\n";
    KrArena arena;
    kr_arena_init(&arena, &memory, 0);
    KrParserOptions options = options_for(source, KR_PARSE_EXEC, &arena, &arena);
    KrParser *parser = kr_parser_new(&options);
    KrNode *module = kr_parser_parse(parser);
    KrScopes scopes;
    kr_scopes_init(&scopes, parser);
    CHECK(module != NULL && kr_scopes_analyse(&scopes, module));
    KrFunctionDef *f = kr_as_function_def(kr_as_module(module)->body.item[0]);
    KrScope *comp = f->scope->child;
    KrScope *home;
    CHECK((comp->flags & KR_SCOPE_INLINED) != 0 && comp->local_count == 1 && f->scope->local_count == 4);
    KrSymbol *x = find(parser, comp, "x", &home);
    CHECK(x->kind == KR_SYMBOL_LOCAL && x->index == 0 && home == comp);
    KrSymbol *d = find(parser, comp, "d", &home);
    CHECK(d->kind == KR_SYMBOL_LOCAL && home == f->scope);
    KrSymbol *a = find(parser, comp, "a", &home);
    CHECK(a->kind == KR_SYMBOL_CELL && a->index == 0 && home == f->scope); // the lambda closes over it
    KrSymbol *y = find(parser, comp->sibling, "y", &home);
    CHECK(y->kind == KR_SYMBOL_CELL && home == comp->sibling);
    KrScope *lambda = comp->sibling->child;
    CHECK(lambda->free_count == 2 && find(parser, lambda, "a", &home)->index == 0 && find(parser, lambda, "y", &home)->index == 1);
    kr_arena_free(&arena);
}

int main(void) {
    char here;
    stack_limit = (const char *)((uintptr_t)&here - (size_t)1024 * 1024);
    test_memory();
    test_line_of_statements();
    test_incomplete();
    test_encoding();
    test_scopes();
    if (failures > 0) return 1;
    puts("ok");
    return 0;
}
