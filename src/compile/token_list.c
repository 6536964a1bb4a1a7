// token_list.c - runs the lexer over a text; brackets need not match, as in CPython's tokenize. Comments and empty lines are gaps in the list.
// SPDX-License-Identifier: MIT
#include "compile/token_list.h"

#include <string.h>

#include "compile/lexer.h"
#include "compile/scratch.h"
#include "object/vm_state.h"

enum {
    TOKEN_NAME = 1,
    TOKEN_NUMBER,
    TOKEN_STRING,
    TOKEN_NEWLINE,
    TOKEN_INDENT,
    TOKEN_DEDENT,
    TOKEN_OP = 55,
    TOKEN_FSTRING = 59
}; // token.py

static int public_kind(unsigned kind) {
    switch (kind) {
    case KR_TOKEN_END: return 0;
    case KR_TOKEN_NEWLINE: return TOKEN_NEWLINE;
    case KR_TOKEN_INDENT: return TOKEN_INDENT;
    case KR_TOKEN_DEDENT: return TOKEN_DEDENT;
    case KR_TOKEN_NUMBER: return TOKEN_NUMBER;
    case KR_TOKEN_STRING: return TOKEN_STRING;
    case KR_TOKEN_FSTRING_START: return TOKEN_FSTRING;
    case KR_TOKEN_FSTRING_MIDDLE: return TOKEN_FSTRING + 1;
    case KR_TOKEN_FSTRING_END: return TOKEN_FSTRING + 2;
    case KR_TOKEN_NAME: return TOKEN_NAME;
    default: return kind >= KR_TOKEN_FALSE ? TOKEN_NAME : TOKEN_OP;
    }
}

static bool append(KrVm *vm, KrValue list, const KrToken *t) {
    bool text = t->start != UINT32_MAX;
    KrValue item[7] = { kr_int_box(public_kind(t->kind)),
                        text ? kr_int_box((intptr_t)t->start) : KR_NONE,
                        text ? kr_int_box((intptr_t)t->end) : KR_NONE,
                        kr_int_box(t->line),
                        kr_int_box(t->col),
                        kr_int_box(t->end_line),
                        kr_int_box(t->end_col) };
    KrValue row = kr_tuple(vm, KR_COUNT_OF(item), item);
    return !kr_is_error(row) && kr_list_append(vm, list, row);
}

static KrValue error_of(KrVm *vm, const KrSyntaxError *e) {
    if (e->kind == KR_SYNTAX_NO_MEMORY) return kr_raise_memory(vm);
    const KrType *type = e->kind == KR_SYNTAX_INDENTATION ? &kr_indentation_error
                         : e->kind == KR_SYNTAX_TAB       ? &kr_tab_error
                                                          : &kr_syntax_error;
    KrValue item[4] = { kr_str_c(vm, e->message), kr_int_box(e->line), kr_int_box(e->col), kr_type_value(type) };
    return kr_is_error(item[0]) ? item[0] : kr_tuple(vm, KR_COUNT_OF(item), item);
}

static KrValue run(KrVm *vm, KrLexer *lexer) {
    KrValue pair[2] = { kr_list(vm, 0, NULL), KR_NONE };
    KrToken token;
    if (kr_is_error(pair[0])) return KR_ERROR;
    if (!kr_lexer_init(lexer)) return kr_raise_memory(vm);
    do {
        if (!kr_poll(vm, 1)) return KR_ERROR;
        kr_lexer_next(lexer, &token);
        if (token.kind == KR_TOKEN_ERROR) {
            pair[1] = error_of(vm, lexer->error);
            if (kr_is_error(pair[1])) return KR_ERROR;
        } else if (!append(vm, pair[0], &token)) {
            return KR_ERROR;
        }
    } while (token.kind != KR_TOKEN_ERROR && token.kind != KR_TOKEN_END);
    return kr_tuple(vm, 2, pair);
}

KrValue kr_token_list(KrVm *vm, KrValue text) {
    KrScratch scratch;
    KrArenaSource from;
    KrArena arena;
    KrSyntaxError error = { 0 };
    KrNameTable names;
    size_t len;
    if (!kr_is_str(text)) return kr_raise(vm, &kr_type_error, "tokens() argument 1 must be str, not %T", text);
    const char *source = kr_str_text(text, &len);
    if (len > UINT32_MAX / 2) return kr_raise(vm, &kr_overflow_error, "source too large");
    if (!kr_scratch_begin(vm, &scratch, &from)) return KR_ERROR;
    kr_arena_init(&arena, &from, 0);
    bool whole = !len || source[len - 1] == '\n' || source[len - 1] == '\r';
    KrLexer lexer = {
        .source = source, .len = (uint32_t)len, .limit = (uint32_t)len + !whole, .arena = &arena, .names = &names, .error = &error
    };
    lexer.listing = lexer.quiet = true;
    KrValue list = kr_names_init(&names, &arena) ? run(vm, &lexer) : kr_raise_memory(vm);
    kr_arena_free(&arena);
    return list;
}
