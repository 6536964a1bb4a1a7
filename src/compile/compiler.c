// compiler.c - drives a compilation: text -> tree -> scopes -> code, one top-level statement at a time, each freed before the next is read.
// SPDX-License-Identifier: MIT
#include "compile/compiler.h"

#include "compile/compiler_error.h"
#include "compile/emit.h"
#include "compile/scratch.h"
#include "compile/tree.h"
#include "object/vm_state.h"

// ---- The three modes -----------------------------------------------------------------------------------------------------------

static void end_namespace_code(KrUnit *u) { kr_place_follow(u), kr_emit(u, KR_OP_RETNONE, 0, 0, 0); }

static KrValue name_of_unit(KrCompiler *c) {
    KrValue name = c->failed ? KR_NONE : kr_name(c->vm, "<module>");
    if (kr_is_error(name)) kr_emit_fail(c);
    return name;
}

// error: NULL if nothing is wrong.
static KrValue finish(KrUnit *u, KrCompiler *c, const KrSyntaxError *error) {
    if (c->failed || kr_raised(c->vm)) return KR_ERROR; // an arena may have been refused memory without anybody asking
    bool checked = !error || (error == &c->scopes.error && c->scopes.phase == KR_PHASE_CHECK);
    if (checked && !kr_compiler_give_warnings(c)) return KR_ERROR;
    if (error) return kr_compiler_raise(c, error);
    if (u->overflow) return kr_raise(c->vm, &kr_recursion_error, "expression too complex: it needs more than 250 registers");
    uint32_t flags = KR_CODE_NAMESPACE;
    if (c->scopes.module && (c->scopes.module->flags & KR_SCOPE_COROUTINE)) flags |= KR_CODE_COROUTINE;
    if (c->scopes.future_annotations) flags |= KR_CODE_FUTURE_ANNOTATIONS;
    KrValue code = kr_unit_finish(u, name_of_unit(c), 1, flags);
    return c->failed ? KR_ERROR : code;
}

static void begin(KrUnit *u, KrCompiler *c, KrScope *scope, KrArena *arena) {
    kr_unit_begin(u, NULL, c, scope, arena);
    u->top = u->max = u->base = 1;
    u->qualname = name_of_unit(c);
}

// The rest of a text whose scopes or checks have failed: an error that is found in an earlier phase goes first.
static const KrSyntaxError *search_rest(KrCompiler *c) {
    KrNode *statement;
    kr_parser_read_once(c->parser);
    while (c->scopes.error.kind <= KR_SYNTAX_TAB) {
        kr_arena_reset(&c->arena);
        kr_arena_reset(&c->inside);
        if (!kr_parser_next_statement(c->parser, &statement)) return kr_parser_error(c->parser);
        kr_scopes_later(&c->scopes, statement);
        if (!statement) break;
    }
    return &c->scopes.error;
}

// ---- Pieces ----

static bool piece_ends(KrCompiler *c) {
    enum { PIECE = 1024 }; // bytes of text
    KrParserPlace place;
    if (!kr_parser_place(c->parser, &place) || place.at - c->piece->next.at < PIECE) return false;
    c->piece->next = place;
    return true;
}

static void note_piece(KrCompiler *c, bool last) {
    c->piece->last = last;
    if (c->scopes.module->flags & KR_SCOPE_HAS_ANNOTATIONS) c->piece->annotated = true;
    c->piece->late = !c->scopes.future_allowed;
    if (c->scopes.future_annotations) c->piece->flags |= KR_COMPILE_FUTURE_ANNOTATIONS;
}

static KrValue compile_exec(KrCompiler *c, KrArena *names) {
    KrUnit u;
    KrNode *statement = NULL;
    const KrSyntaxError *error = NULL;
    bool first = !c->piece || !c->piece->next.at;
    begin(&u, c, c->scopes.module, names);
    kr_emit(&u, KR_OP_NOP, 0, 0, 0); // place for ANNOTATIONS: whether there are any is known at the end
    for (;;) {
        if (!kr_parser_next_statement(c->parser, &statement)) error = kr_parser_error(c->parser);
        else if (!statement) error = kr_scopes_end(&c->scopes) ? NULL : &c->scopes.error;
        else if (!kr_scopes_statement(&c->scopes, statement) || !kr_scopes_check(&c->scopes, statement)) error = search_rest(c);
        if (error || !statement || c->failed) break;
        KrSeq one = { &statement, 1 };
        KrValue doc = first ? kr_docstring(&u, one) : KR_NONE;
        if (!kr_is_none(doc)) {
            unsigned t = kr_reg(&u, 1);
            kr_place(&u, statement);
            kr_emit_load(&u, doc, t);
            kr_emit_named(&u, KR_OP_SETNAME, t, 0, KR_N(__doc__), true);
            u.top = t;
        } else {
            kr_far_stmt(&u, statement);
        }
        if (c->scopes.failed && !c->failed && !kr_raised(c->vm)) { // in a block that was read again
            error = search_rest(c);
            break;
        }
        first = false;
        kr_spend(c->vm, 4);
        if (!u.c->failed && !kr_raised(c->vm) && !kr_settle(c->vm)) kr_emit_fail(c);
        if (u.c->failed || kr_raised(c->vm)) break;
        kr_arena_reset(&c->arena);
        kr_arena_reset(&c->inside);
        if (c->piece && piece_ends(c)) break;
    }
    if (c->piece) note_piece(c, !statement);
    bool annotated = c->scopes.module->flags & KR_SCOPE_HAS_ANNOTATIONS || (c->piece && c->piece->annotated);
    if (!c->failed && u.len && annotated) u.code[0] = KR_OP_ANNOTATIONS;
    end_namespace_code(&u);
    return finish(&u, c, error);
}

static void eval_body(KrUnit *u, KrNode *mod) {
    unsigned r = kr_reg(u, 1);
    kr_expr(u, kr_as_expression(mod)->body, r);
    kr_emit(u, KR_OP_RET, r, 0, 0);
}

static void module_body(KrUnit *u, KrCompiler *c, KrSeq body) {
    KrValue doc = kr_docstring(u, body);
    if (!kr_is_none(doc)) {
        unsigned t = kr_reg(u, 1);
        kr_place(u, body.item[0]);
        kr_emit_load(u, doc, t);
        kr_emit_named(u, KR_OP_SETNAME, t, 0, KR_N(__doc__), true);
        u->top = t;
        body.item++, body.count--;
    }
    for (uint32_t i = 0; i < body.count && !c->failed; i++) kr_far_stmt(u, body.item[i]);
    end_namespace_code(u);
}

static void interactive_body(KrUnit *u, KrCompiler *c, KrSeq body) {
    KrSeq last = { NULL, 0 };
    if (c->flags & KR_COMPILE_SEVERAL && body.count) body.count--, last = (KrSeq){ body.item + body.count, 1 };
    c->interactive = !last.count;
    for (uint32_t i = 0; i < body.count && !c->failed; i++) kr_far_stmt(u, body.item[i]);
    c->interactive = true;
    if (last.count) kr_far_stmt(u, last.item[0]);
    end_namespace_code(u);
}

static KrValue compile_whole(KrCompiler *c, KrArena *names, KrNode *mod, KrParseMode mode) {
    KrUnit u;
    if (!kr_scopes_analyse(&c->scopes, mod)) return kr_compiler_raise(c, &c->scopes.error);
    bool good = kr_scopes_check(&c->scopes, mod);
    if (!kr_compiler_give_warnings(c)) return KR_ERROR;
    if (!good) return kr_compiler_raise(c, &c->scopes.error);
    begin(&u, c, c->scopes.module, names);
    if (mode == KR_PARSE_EVAL) {
        eval_body(&u, mod);
        if (u.overflow && !c->failed) {
            begin(&u, c, c->scopes.module, names);
            u.far = true;
            eval_body(&u, mod);
        }
    } else {
        if (c->scopes.module->flags & KR_SCOPE_HAS_ANNOTATIONS) kr_emit(&u, KR_OP_ANNOTATIONS, 0, 0, 0);
        if (mode == KR_PARSE_SINGLE) interactive_body(&u, c, kr_as_module(mod)->body);
        else module_body(&u, c, kr_as_module(mod)->body);
    }
    return finish(&u, c, NULL);
}

// From a text, as code or as node objects.
static KrValue compile_text(KrCompiler *c, KrArena *names, KrParseMode mode) {
    if (mode == KR_PARSE_EXEC && !(c->flags & KR_COMPILE_TREE)) return compile_exec(c, names);
    KrNode *mod = kr_parser_parse(c->parser);
    if (!mod) return kr_compiler_raise(c, kr_parser_error(c->parser));
    return c->flags & KR_COMPILE_TREE ? kr_tree_object(c->vm, mod) : compile_whole(c, names, mod, mode);
}

// From node objects.
static KrValue compile_object(KrCompiler *c, KrArena *names, KrValue tree, KrParseMode mode) {
    KrTreeReader reader = { c->vm, names, kr_parser_names(c->parser), c->constants = kr_list(c->vm, 0, NULL) };
    KrNode *mod = kr_is_error(c->constants) ? NULL : kr_tree_read(&reader, tree, mode);
    return mod ? compile_whole(c, names, mod, mode) : KR_ERROR;
}

static bool may_go_on(void *context, uint32_t steps) {
    const KrCompiler *c = context;
    kr_spend(c->vm, steps);
    return !kr_raised(c->vm) && kr_settle(c->vm);
}

// ---- Blocks that are read twice ----

static void open_later(void *context, KrNode *definition) { kr_scopes_open(&((KrCompiler *)context)->scopes, definition); }
static void give_later(void *context, KrNode *statement) { kr_scopes_inside(&((KrCompiler *)context)->scopes, statement); }
static void close_later(void *context, KrNode *definition) { kr_scopes_close(&((KrCompiler *)context)->scopes, definition); }

// tree: KR_UNSET, then the text is compiled. piece: NULL, then all of it.
static KrValue compile(KrVm *vm, KrValue tree, const char *source, size_t len, KrValue filename, KrParseMode mode, unsigned flags,
                       KrPiece *piece) {
    KrScratch scratch;
    KrArenaSource from;
    KrArena names;
    if (!kr_scratch_begin(vm, &scratch, &from)) return KR_ERROR;
    kr_spend(vm, len >> 3);
    if (!kr_settle(vm)) return KR_ERROR;
    KrCompiler c = { .vm = vm, .filename = filename, .flags = flags, .piece = piece };
    kr_arena_init(&names, &from, 0);
    kr_arena_init(&c.arena, &from, 0);
    kr_arena_init(&c.inside, &from, 0);
    bool by_statement = mode == KR_PARSE_EXEC && !(flags & KR_COMPILE_TREE);
    KrParserOptions options = {
        .source = source,
        .source_len = len,
        .filename = kr_str_text(filename, NULL),
        .mode = mode == KR_PARSE_SINGLE && flags & KR_COMPILE_SEVERAL ? KR_PARSE_EXEC : mode,
        .names = &names,
        .tree = by_statement ? &c.arena : &names,
        .stack_limit = vm->thread.c_stack_limit,
        .start = piece ? piece->next : (KrParserPlace){ 0 },
        .warnings = { flags & KR_COMPILE_QUIET ? NULL : kr_compiler_warn, &c },
        .poll = { may_go_on, &c },
        .later = { KR_READ_TWICE && by_statement ? open_later : NULL, give_later, close_later, &c },
        .max_int_digits = vm->int_max_str_digits,
        .allow_incomplete = flags & KR_COMPILE_INCOMPLETE_INPUT,
        .future_annotations = flags & KR_COMPILE_FUTURE_ANNOTATIONS,
        .top_level_await = flags & KR_COMPILE_TOP_LEVEL_AWAIT,
        .dont_imply_dedent = flags & KR_COMPILE_DONT_IMPLY_DEDENT,
        .script = flags & KR_COMPILE_SCRIPT,
    };
    c.parser = kr_parser_new(&options);
    KrValue code = KR_ERROR;
    if (c.parser) {
        kr_scopes_init(&c.scopes, c.parser);
        if (c.scopes.warnings.warn) c.scopes.warnings.warn = kr_compiler_warn_later;
        c.scopes.future_allowed = !piece || !piece->late;
        c.scopes.future_started = options.start.at != 0;
        if (by_statement) c.scopes.tree = &c.inside;
        code = kr_is_unset(tree) ? compile_text(&c, &names, mode) : compile_object(&c, &names, tree, mode);
    }
    kr_arena_free(&c.inside);
    kr_arena_free(&c.arena);
    kr_arena_free(&names);
    if (kr_is_error(code) && !kr_raised(vm)) return kr_raise_memory(vm);
    return code;
}

KrValue kr_compile(KrVm *vm, const char *source, size_t len, KrValue filename, KrParseMode mode, unsigned flags) {
    return compile(vm, KR_UNSET, source, len, filename, mode, flags, NULL);
}

KrValue kr_compile_piece(KrVm *vm, const char *source, size_t len, KrValue filename, unsigned flags, KrPiece *piece) {
    return compile(vm, KR_UNSET, source, len, filename, KR_PARSE_EXEC, flags | piece->flags, piece);
}

KrValue kr_compile_tree(KrVm *vm, KrValue tree, KrValue filename, KrParseMode mode, unsigned flags) {
    return compile(vm, tree, "", 0, filename, mode, flags, NULL);
}
