// compiler_error.c - raises what the front end has found as SyntaxError, and gives its warnings.
//
// CPython checks a module when all of it has been parsed: warnings of the checks wait until then, and are lost if the text is wrong.
// SPDX-License-Identifier: MIT
#include "compile/compiler_error.h"

#include "object/bytes.h"
#include "object/exception.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/vm_state.h"

// ---- Errors --------------------------------------------------------------------------------------------------------------------

// In a module, a last line without newline gets one.
static KrValue source_line(KrCompiler *c, int32_t line, bool cut) {
    const KrParserOptions *o = kr_parser_options(c->parser);
    size_t start, end;
    if (!kr_text_line(o->source, o->source_len, line, &start, &end)) return KR_NONE;
    KrValue text = kr_str(c->vm, o->source + start, end - start);
    if (!kr_is_error(text) && kr_str_of(text)->flags & KR_STR_SURROGATES) { // bytes that are not UTF-8 are shown as U+FFFD
        KrValue bytes = kr_encode(c->vm, text, "utf-8", "surrogateescape");
        size_t len;
        const uint8_t *data = kr_is_error(bytes) ? NULL : kr_bytes_data(bytes, &len);
        text = data ? kr_decode(c->vm, data, len, "utf-8", "replace") : bytes;
    }
    bool whole = end < o->source_len || (start < end && o->mode == KR_PARSE_EXEC);
    return kr_is_error(text) || cut || !whole ? text : kr_format(c->vm, "%S\n", text);
}

static KrValue error_text(KrCompiler *c, const KrSyntaxError *e) {
    if (e->text == KR_SYNTAX_TEXT_FILE) return kr_file_line(c->vm, c->filename, e->line);
    return source_line(c, e->line, e->text == KR_SYNTAX_TEXT_CUT);
}

static const KrType *error_type(const KrSyntaxError *e) {
    if (e->kind == KR_SYNTAX_INDENTATION) return &kr_indentation_error;
    if (e->kind == KR_SYNTAX_INCOMPLETE) return &kr_incomplete_input_error;
    return e->kind == KR_SYNTAX_TAB ? &kr_tab_error : &kr_syntax_error;
}

// As CPython, which adds the place of errors about names to an exception that is made already: it is not among its arguments.
static KrValue raise_without_place(KrCompiler *c, KrValue message, const KrSyntaxError *e, const KrValue *where, size_t count) {
    KrValue raised = kr_raise_args(c->vm, error_type(e), kr_tuple(c->vm, 1, &message));
    if (!kr_raised_is(c->vm, error_type(e))) return raised;
    KrExceptionObject *exception = kr_exception_of(c->vm->thread.raised);
    for (size_t i = 0; i < count; i++) kr_store(c->vm, exception, &exception->extra[i + 1], where[i]);
    return raised;
}

KrValue kr_compiler_raise(KrCompiler *c, const KrSyntaxError *e) {
    KrVm *vm = c->vm;
    if (kr_raised(vm)) return KR_ERROR;
    if (e->kind == KR_SYNTAX_NO_MEMORY) return kr_raise_memory(vm);
    if (e->kind == KR_SYNTAX_TOO_COMPLEX) return kr_raise(vm, &kr_recursion_error, "maximum recursion depth exceeded during compilation");
    KrValue message = kr_str_c(vm, e->kind == KR_SYNTAX_INCOMPLETE ? "incomplete input" : e->message);
    if (kr_is_error(message)) return message;
    if (e->line < 0) return kr_raise_args(vm, error_type(e), kr_tuple(vm, 1, &message));
    KrValue text = error_text(c, e);
    if (kr_is_error(text)) return text;
    KrValue where[6] = { c->filename, kr_int_box(e->line),     kr_int_box(e->col),
                         text,        kr_int_box(e->end_line), e->end_col != KR_SYNTAX_NO_END ? kr_int_box(e->end_col) : KR_NONE };
    if (e == &c->scopes.error && c->scopes.phase < KR_PHASE_CHECK) return raise_without_place(c, message, e, where, KR_COUNT_OF(where));
    KrValue details = kr_tuple(vm, KR_COUNT_OF(where), where);
    if (kr_is_error(details)) return details;
    KrValue args = kr_tuple2(vm, message, details);
    if (kr_is_error(args)) return args;
    return kr_raise_args(vm, error_type(e), args);
}

bool kr_compile_incomplete(KrVm *vm) {
    KrValue message = kr_to_str(vm, kr_exception_of(vm->thread.raised)->extra[0]);
    if (kr_is_error(message)) return (void)kr_take_raised(vm), true;
    return kr_str_is(message, "incomplete input");
}

// ---- Warnings ------------------------------------------------------------------------------------------------------------------

struct KrWaitingWarning {
    struct KrWaitingWarning *next;
    KrSyntaxError warning;
};

bool kr_compiler_warn(void *context, const KrSyntaxError *w) {
    KrCompiler *c = context;
    if (kr_raised(c->vm)) return false; // a limit was hit; the lexer has not seen it yet
    if (kr_warn_at(c->vm, &kr_syntax_warning, w->message, c->filename, w->line)) return true;
    if (!kr_raised_is(c->vm, &kr_syntax_warning)) return false;
    (void)kr_take_raised(c->vm); // warnings are errors: who gave it makes one that says where
    return false;
}

bool kr_compiler_warn_later(void *context, const KrSyntaxError *w) {
    KrCompiler *c = context;
    if (kr_raised(c->vm)) return false;
    struct KrWaitingWarning *waiting = kr_arena_alloc(c->scopes.names, sizeof *waiting);
    if (waiting == NULL) return kr_fail(kr_raise_memory(c->vm));
    *waiting = (struct KrWaitingWarning){ NULL, *w };
    if (c->last_waiting != NULL) c->last_waiting->next = waiting;
    else c->waiting = waiting;
    c->last_waiting = waiting;
    return true;
}

bool kr_compiler_give_warnings(KrCompiler *c) {
    for (; c->waiting != NULL; c->waiting = c->waiting->next) {
        if (!kr_compiler_warn(c, &c->waiting->warning)) return kr_fail(kr_compiler_raise(c, &c->waiting->warning));
    }
    return true;
}
