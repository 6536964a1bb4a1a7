// compiler.c - drives a compilation: text -> tree -> scopes -> code, one top-level statement at a time, each freed before the next is read.
// SPDX-License-Identifier: MIT
#include "compile/compiler.h"

#include "compile/emit.h"
#include "compile/scratch.h"
#include "object/exception.h"
#include "object/tuple.h"
#include "object/vm_state.h"

// ---- Errors --------------------------------------------------------------------------------------------------------------------

static KrValue source_line(KrVm *vm, const char *source, size_t len, int32_t line, bool exec) {
    const char *end = source + len, *from = source;
    for (int32_t n = 1; n < line && from < end; n++) {
        const char *nl = memchr(from, '\n', (size_t)(end - from));
        if (!nl) return KR_NONE;
        from = nl + 1;
    }
    const char *nl = memchr(from, '\n', (size_t)(end - from));
    if (nl || from == end || !exec) return kr_str(vm, from, (size_t)((nl ? nl + 1 : end) - from));
    KrValue text = kr_str(vm, from, (size_t)(end - from)); // the last line, as if it ended
    return kr_is_error(text) ? text : kr_format(vm, "%S\n", text);
}

static KrValue raise_syntax(KrCompiler *c, const KrSyntaxError *e, const char *source, size_t len) {
    KrVm *vm = c->vm;
    const KrType *type = e->kind == KR_SYNTAX_INDENTATION  ? &kr_indentation_error
                         : e->kind == KR_SYNTAX_TAB        ? &kr_tab_error
                         : e->kind == KR_SYNTAX_INCOMPLETE ? &kr_incomplete_input_error
                                                           : &kr_syntax_error;
    if (kr_raised(vm)) return KR_ERROR;
    if (e->kind == KR_SYNTAX_NO_MEMORY) return kr_raise_memory(vm);
    if (e->kind == KR_SYNTAX_TOO_COMPLEX) return kr_raise(vm, &kr_recursion_error, "maximum recursion depth exceeded during compilation");
    KrValue message = kr_str_c(vm, e->kind == KR_SYNTAX_INCOMPLETE ? "incomplete input" : e->message);
    if (kr_is_error(message)) return message;
    if (!e->line) return kr_raise_args(vm, type, kr_tuple(vm, 1, &message));
    KrValue text = source_line(vm, source, len, e->line, kr_parser_options(c->parser)->mode == KR_PARSE_EXEC);
    if (kr_is_error(text)) return text;
    KrValue where[6] = { c->filename,
                         kr_int_box(e->line),
                         kr_int_box(e->col),
                         text,
                         e->end_line ? kr_int_box(e->end_line) : KR_NONE,
                         e->end_line ? kr_int_box(e->end_col) : KR_NONE };
    KrValue details = kr_tuple(vm, 6, where);
    if (kr_is_error(details)) return details;
    KrValue args = kr_tuple2(vm, message, details);
    if (kr_is_error(args)) return args;
    return kr_raise_args(vm, type, args);
}

bool kr_compile_incomplete(KrVm *vm) {
    KrValue message = kr_to_str(vm, kr_exception_of(vm->thread.raised)->extra[0]);
    if (kr_is_error(message)) return (void)kr_take_raised(vm), true;
    return kr_str_is(message, "incomplete input");
}

void kr_emit_syntax_error(KrUnit *u, const KrNode *node, const char *message) {
    KrSyntaxError e = { .kind = KR_SYNTAX_ERROR };
    const KrParserOptions *o = kr_parser_options(u->c->parser);
    if (u->c->failed) return;
    kr_syntax_message(&e, "%s", message);
    kr_syntax_place(&e, o->source, o->source_len, (int32_t)node->line,
                    (KrSpan){ (int32_t)node->line, (int32_t)node->col, (int32_t)node->end_line, (int32_t)node->end_col });
    raise_syntax(u->c, &e, o->source, o->source_len);
    kr_emit_fail(u->c);
}

// ---- Warnings ------------------------------------------------------------------------------------------------------------------

static bool warn(void *context, const KrSyntaxError *w) {
    KrCompiler *c = context;
    if (kr_warn_at(c->vm, &kr_syntax_warning, w->message, c->filename, w->line)) return true;
    if (!kr_raised_is(c->vm, &kr_syntax_warning)) return false;
    (void)kr_take_raised(c->vm); // warnings are errors: one that says where
    const KrParserOptions *o = kr_parser_options(c->parser);
    return kr_fail(raise_syntax(c, w, o->source, o->source_len));
}

// ---- The three modes -----------------------------------------------------------------------------------------------------------

static void end_namespace_code(KrUnit *u) { kr_place_follow(u), kr_emit(u, KR_OP_RETNONE, 0, 0, 0); }

static KrValue name_of_unit(KrCompiler *c) {
    KrValue name = c->failed ? KR_NONE : kr_name(c->vm, "<module>");
    if (kr_is_error(name)) kr_emit_fail(c);
    return name;
}

static KrValue finish(KrUnit *u, KrCompiler *c, const char *source, size_t len, bool ok, const KrSyntaxError *error) {
    if (!ok && !c->failed) return raise_syntax(c, error, source, len);
    if (c->failed || kr_raised(c->vm)) return KR_ERROR; // an arena may have been refused memory without anybody asking
    if (u->overflow) return kr_raise(c->vm, &kr_recursion_error, "expression too complex: it needs more than 250 registers");
    uint32_t flags = KR_CODE_NAMESPACE;
    if (c->scopes.module && (c->scopes.module->flags & KR_SCOPE_COROUTINE)) flags |= KR_CODE_COROUTINE;
    if (c->scopes.future_annotations) flags |= KR_CODE_FUTURE_ANNOTATIONS;
    KrValue code = kr_unit_finish(u, name_of_unit(c), 1, flags);
    return c->failed ? KR_ERROR : code;
}

static void begin(KrUnit *u, KrCompiler *c, KrScope *scope, KrArena *arena) {
    kr_unit_begin(u, NULL, c, scope, arena);
    u->top = u->max = 1;
    u->qualname = name_of_unit(c);
}

static KrValue compile_exec(KrCompiler *c, KrArena *names, const char *source, size_t len) {
    KrUnit u;
    KrNode *statement = NULL;
    const KrSyntaxError *error = kr_parser_error(c->parser);
    bool ok, first = true;
    begin(&u, c, c->scopes.module, names);
    kr_emit(&u, KR_OP_NOP, 0, 0, 0); // place for ANNOTATIONS: whether there are any is known at the end
    while ((ok = kr_parser_next_statement(c->parser, &statement)) && statement && !c->failed) {
        error = &c->scopes.error;
        if (!(ok = kr_scopes_statement(&c->scopes, statement)) || !(ok = kr_scopes_check(&c->scopes, statement))) break;
        KrSeq one = { &statement, 1 };
        KrValue doc = first ? kr_docstring(&u, one) : KR_NONE;
        if (!kr_is_none(doc)) {
            unsigned t = kr_reg(&u, 1);
            kr_place(&u, statement);
            kr_emit_load(&u, doc, t);
            kr_emit_named(&u, KR_OP_SETNAME, t, 0, KR_N(__doc__), true);
            u.top = t;
        } else {
            kr_stmt(&u, statement);
        }
        first = false;
        kr_spend(c->vm, 4);
        if (!u.c->failed && !kr_raised(c->vm) && !kr_settle(c->vm)) kr_emit_fail(c);
        if (u.c->failed || kr_raised(c->vm)) break;
        kr_arena_reset(&c->arena);
        error = kr_parser_error(c->parser);
    }
    if (!c->failed && u.len && (c->scopes.module->flags & KR_SCOPE_HAS_ANNOTATIONS)) u.code[0] = KR_OP_ANNOTATIONS;
    end_namespace_code(&u);
    return finish(&u, c, source, len, ok, error);
}

static KrValue compile_whole(KrCompiler *c, KrArena *names, const char *source, size_t len, KrParseMode mode) {
    KrUnit u;
    KrNode *mod = kr_parser_parse(c->parser);
    if (!mod) return raise_syntax(c, kr_parser_error(c->parser), source, len);
    if (!kr_scopes_analyse(&c->scopes, mod) || !kr_scopes_check(&c->scopes, mod)) return raise_syntax(c, &c->scopes.error, source, len);
    begin(&u, c, c->scopes.module, names);
    if (mode == KR_PARSE_EVAL) {
        unsigned r = kr_reg(&u, 1);
        kr_expr(&u, kr_as_expression(mod)->body, r);
        kr_emit(&u, KR_OP_RET, r, 0, 0);
    } else {
        c->interactive = true;
        if (c->scopes.module->flags & KR_SCOPE_HAS_ANNOTATIONS) kr_emit(&u, KR_OP_ANNOTATIONS, 0, 0, 0);
        kr_stmts(&u, kr_as_module(mod)->body);
        end_namespace_code(&u);
    }
    return finish(&u, c, source, len, true, &c->scopes.error);
}

static bool may_go_on(void *context, uint32_t steps) {
    const KrCompiler *c = context;
    kr_spend(c->vm, steps);
    return !kr_raised(c->vm) && kr_settle(c->vm);
}

KrValue kr_compile(KrVm *vm, const char *source, size_t len, KrValue filename, KrParseMode mode, unsigned flags) {
    KrScratch scratch;
    KrArenaSource from;
    KrArena names;
    if (!kr_scratch_begin(vm, &scratch, &from)) return KR_ERROR;
    kr_spend(vm, len >> 3);
    if (!kr_settle(vm)) return KR_ERROR;
    KrCompiler c = { .vm = vm, .filename = filename, .flags = flags };
    kr_arena_init(&names, &from, 0);
    kr_arena_init(&c.arena, &from, 0);
    KrParserOptions options = {
        .source = source,
        .source_len = len,
        .filename = kr_str_text(filename, NULL),
        .mode = mode,
        .names = &names,
        .tree = mode == KR_PARSE_EXEC ? &c.arena : &names,
        .stack_limit = vm->thread.c_stack_limit,
        .warnings = { warn, &c },
        .poll = { may_go_on, &c },
        .max_int_digits = vm->int_max_str_digits,
        .allow_incomplete = flags & KR_COMPILE_INCOMPLETE_INPUT,
        .future_annotations = flags & KR_COMPILE_FUTURE_ANNOTATIONS,
        .top_level_await = flags & KR_COMPILE_TOP_LEVEL_AWAIT,
        .dont_imply_dedent = flags & KR_COMPILE_DONT_IMPLY_DEDENT,
    };
    c.parser = kr_parser_new(&options);
    KrValue code = KR_ERROR;
    if (c.parser) {
        kr_scopes_init(&c.scopes, c.parser);
        code = mode == KR_PARSE_EXEC ? compile_exec(&c, &names, source, len) : compile_whole(&c, &names, source, len, mode);
    }
    kr_arena_free(&c.arena);
    kr_arena_free(&names);
    if (kr_is_error(code) && !kr_raised(vm)) return kr_raise_memory(vm);
    return code;
}
