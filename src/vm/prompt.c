// prompt.c - the prompt: reads a block of text, from a line editor or line by line from sys.stdin, runs it, and goes on until input ends.
// SPDX-License-Identifier: MIT
#include "compile/compiler.h"
#include "object/exception.h"
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "vm/access.h"
#include "vm/builtins.h"
#include "vm/main.h"

void kr_prompt_banner(KrVm *vm) {
    static const char text[] = "Krait 0.1 (Python 3.13)\n"
                               "Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n";
    kr_console_write(vm, 2, text, sizeof text - 1);
}

// sys.ps1 or sys.ps2 as text; nothing where its __str__ fails.
static KrValue prompt_text(KrVm *vm, const char *name, const char *usual) {
    KrValue key = kr_name(vm, name), v = KR_UNSET;
    if (kr_is_error(key) || !kr_find_attr(vm, vm->sys, key, &v)) return KR_ERROR;
    v = kr_is_unset(v) ? kr_str_c(vm, usual) : kr_to_str(vm, v);
    if (!kr_is_error(v) || !kr_raised_is(vm, &kr_exception)) return v;
    return (void)kr_take_raised(vm), vm->empty_str;
}

static bool make_prompts(KrVm *vm) {
    static const char *const prompt[][2] = { { "ps1", ">>> " }, { "ps2", "... " } };
    for (size_t i = 0; i < KR_COUNT_OF(prompt); i++) {
        KrValue key = kr_name(vm, prompt[i][0]), v = KR_UNSET;
        if (kr_is_error(key) || !kr_find_attr(vm, vm->sys, key, &v)) return false;
        if (!kr_is_unset(v)) continue;
        v = kr_str_c(vm, prompt[i][1]);
        if (kr_is_error(v) || !kr_setattr(vm, vm->sys, key, v)) return false;
    }
    return true;
}

// ---- Line by line --------------------------------------------------------------------------------------------------------------

static KrValue read_line(KrVm *vm, bool more) {
    size_t len;
    KrValue prompt = prompt_text(vm, more ? "ps2" : "ps1", more ? "... " : ">>> ");
    if (kr_is_error(prompt)) return prompt;
    kr_flush_stdout(vm);
    const char *text = kr_str_text(prompt, &len);
    kr_console_write(vm, 2, text, len);
    KrValue in = kr_getattr(vm, vm->sys, KR_N(stdin));
    return kr_is_error(in) ? in : kr_call_method(vm, in, "readline", 0, NULL);
}

// Does this begin a compound statement? Such goes on until an empty line.
static bool is_compound(const char *text) {
    static const char *const keyword[] = { "if", "while", "for", "try", "with", "def", "class", "async", "match" };
    size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyz");
    for (size_t i = 0; i < KR_COUNT_OF(keyword); i++) {
        if (strlen(keyword[i]) != len || strncmp(text, keyword[i], len) != 0) continue;
        const char *end = strchr(text, '\n'); // `match` may be a name as well
        return !strchr("_=.0123456789", text[len]) && (keyword[i][0] != 'm' || (end && end[-1] == ':'));
    }
    return text[0] == '@';
}

// A name of its own for each text that was typed, so that tracebacks find its lines.
static KrValue compile_typed(KrVm *vm, KrValue source, KrValue name, unsigned flags) {
    size_t len;
    const char *text = kr_str_text(source, &len);
    if (kr_is_error(name)) return name;
    if (memchr(text, 0, len)) return kr_raise(vm, &kr_syntax_error, "source code string cannot contain null bytes");
    kr_typed_keep(vm, name, source);
    return kr_compile(vm, text, len, name, KR_PARSE_SINGLE, flags | vm->compile_flags);
}

// Compiles what was typed so far; KR_UNSET: it wants more lines.
static KrValue try_compile(KrVm *vm, KrValue source, unsigned number, bool compound, bool complete) {
    unsigned flags = complete ? 0 : KR_COMPILE_INCOMPLETE_INPUT | (compound ? KR_COMPILE_DONT_IMPLY_DEDENT : 0);
    KrValue code = compile_typed(vm, source, kr_format(vm, "<stdin>-%u", (size_t)number), flags);
    if (!kr_is_error(code) && compound && !complete) return kr_typed_forget(vm), KR_UNSET; // right so far: it ends with an empty line
    if (!kr_is_error(code) || !kr_raised_is(vm, &kr_syntax_error)) return code;
    bool wants_more = kr_compile_incomplete(vm);
    kr_typed_forget(vm);
    (void)kr_take_raised(vm);
    if (wants_more) return KR_UNSET;
    return compile_typed(vm, source, kr_str_c(vm, "<stdin>"), flags); // what does not compile has no number: nobody will refer to it later
}

// The code of the next statement; None: input has ended.
static KrValue read_statement(KrVm *vm, unsigned number) {
    KrValue source = vm->empty_str;
    for (;;) {
        bool more = kr_str_length(source) > 0;
        KrValue line = read_line(vm, more);
        if (kr_is_error(line)) return line;
        if (!kr_is_str(line)) return kr_raise(vm, &kr_type_error, "sys.stdin.readline() gave %T, not str", line);
        size_t len;
        const char *text = kr_str_text(line, &len);
        bool blank = len == 1 && text[0] == '\n';
        if (!len && !more) return KR_NONE;
        if (!more && blank) continue;
        source = kr_str_concat(vm, source, line);
        if (kr_is_error(source)) return source;
        bool compound = is_compound(kr_str_text(source, NULL));
        if (!len) kr_console_write(vm, 2, "\n", 1);
        KrValue code = try_compile(vm, source, number, compound, !len || (compound && blank));
        if (!kr_is_unset(code)) return code;
    }
}

// ---- From an editor ------------------------------------------------------------------------------------------------------------

// The text of a block; None: input has ended.
static KrValue edit_block(KrVm *vm, KrValue reader) {
    KrValue arg[2] = { prompt_text(vm, "ps1", ">>> "), KR_UNSET };
    if (!kr_is_error(arg[0])) arg[1] = prompt_text(vm, "ps2", "... ");
    if (kr_is_error(arg[0]) || kr_is_error(arg[1])) return KR_ERROR;
    kr_flush_stdout(vm);
    KrValue text = kr_call_method(vm, reader, "read", 2, arg);
    if (kr_is_error(text) || kr_is_none(text) || kr_is_str(text)) return text;
    return kr_raise(vm, &kr_type_error, "the prompt's editor gave %T, not str", text);
}

// As CPython's new prompt: <python-input-N>, and several statements at once, of which the last is shown.
static KrValue compile_block(KrVm *vm, KrValue text, unsigned number) {
    return compile_typed(vm, text, kr_format(vm, "<python-input-%u>", (size_t)number), KR_COMPILE_SEVERAL);
}

// ---- The loop ------------------------------------------------------------------------------------------------------------------

// Prints what is raised. False: sys.excepthook has raised SystemExit.
static bool report(KrVm *vm) {
    KrValue e = kr_take_raised(vm);
    kr_flush_stdout(vm);
    vm->thread.raised = e;
    e = kr_print_unhandled(vm);
    if (kr_is_unset(e)) return true;
    vm->thread.raised = e;
    return false;
}

// Exceptions that end the prompt.
static bool is_end(KrVm *vm) { return kr_raised_is(vm, &kr_system_exit) || kr_raised_is(vm, &kr_limit_exceeded); }

// Ctrl-C while something is typed. The editor has gone to a new line.
static void forget_typed(KrVm *vm, bool edited) {
    static const char text[] = "\nKeyboardInterrupt\n";
    (void)kr_take_raised(vm);
    kr_flush_stdout(vm);
    kr_console_write(vm, 2, text + edited, sizeof text - 1 - edited);
}

KrValue kr_prompt(KrVm *vm, KrValue reader) {
    KrValue dict = kr_from_ptr(KR_AS(KrModuleObject, vm->main_module)->dict);
    if (!make_prompts(vm)) return KR_ERROR;
    for (unsigned number = 0;; number++) {
        bool edited = !kr_is_unset(reader);
        KrValue v = edited ? edit_block(vm, reader) : read_statement(vm, number);
        if (kr_is_none(v)) break;
        if (kr_is_error(v) && kr_raised_is(vm, &kr_keyboard_interrupt)) {
            forget_typed(vm, edited);
            continue;
        }
        if (kr_is_error(v) && edited) reader = KR_UNSET; // an editor that fails, for lack of memory perhaps: plain lines from now on
        if (!kr_is_error(v) && edited) v = compile_block(vm, v, number);
        if (!kr_is_error(v)) v = kr_run_code(vm, v, dict, dict, KR_NONE);
        if (!kr_is_error(v)) continue;
        if (is_end(vm) || !report(vm)) return v;
    }
    if (kr_is_unset(reader)) kr_console_write(vm, 2, "\n", 1);
    return KR_NONE;
}
