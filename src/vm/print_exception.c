// print_exception.c - tracebacks as text, in CPython's form without colour.
// SPDX-License-Identifier: MIT
#include <stdarg.h>

#include "object/exception.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/text.h"
#include "object/tuple.h"
#include "object/type.h"
#include "port.h"
#include "vm/access.h"
#include "vm/builtins.h"
#include "vm/import.h"
#include "vm/traceback.h"

enum {
    KR_FOLD = 3,
    KR_GROUP_WIDTH = 15,
    KR_CHAIN = 100
}; // identical lines shown before they are counted; members shown; exceptions before one

static bool pick_line(KrVm *vm, const char *data, size_t len, int32_t line, KrValue *text, size_t *indent) {
    const char *p = data, *end = data + len;
    for (int32_t n = 1; n < line && p; n++) {
        p = memchr(p, '\n', (size_t)(end - p));
        if (p) p++;
    }
    bool ok = p && p < end;
    if (ok) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        if (!stop) stop = end;
        const char *from = p;
        while (from < stop && (*from == ' ' || *from == '\t' || *from == '\f')) from++;
        while (stop > from && (stop[-1] == ' ' || stop[-1] == '\r' || stop[-1] == '\t')) stop--;
        *indent = (size_t)(from - p);
        *text = kr_decode(vm, (const uint8_t *)from, (size_t)(stop - from), "utf-8", "replace");
        if (kr_is_error(*text)) (void)kr_take_raised(vm), ok = false;
    }
    return ok;
}

bool kr_source_line(KrVm *vm, KrValue filename, int32_t line, KrValue *text, size_t *indent) {
    char *data;
    size_t len;
    KrValue typed = kr_typed_source(vm, filename);
    if (kr_is_str(typed)) {
        const char *source = kr_str_text(typed, &len);
        return pick_line(vm, source, len, line, text, indent);
    }
    if (!kr_is_str(filename) || !kr_may(vm, KR_ACCESS_FILES_READ) || kr_port_path_kind(kr_str_text(filename, NULL)) != KR_PATH_FILE ||
        kr_port_read_file(kr_str_text(filename, NULL), &data, &len) != 0)
        return false;
    bool ok = pick_line(vm, data, len, line, text, indent);
    kr_port_free(data);
    return ok;
}

static void frame_line(KrVm *vm, KrText *t, const KrTraceback *tb) {
    KrValue text;
    size_t indent;
    int32_t line = kr_traceback_line(tb);
    kr_text_add_format(t, "  File \"%S\", line %d, in %S\n", tb->code->filename, line, tb->code->name);
    if (!kr_source_line(vm, tb->code->filename, line, &text, &indent)) return;
    kr_text_add_format(t, "    %S\n", text);
}

static void frames(KrVm *vm, KrText *t, KrValue tb) {
    const KrTraceback *last = NULL;
    size_t same = 0;
    kr_text_add_c(t, "Traceback (most recent call last):\n");
    for (; kr_is_exact(tb, &kr_traceback_type); tb = KR_AS(KrTraceback, tb)->next) {
        const KrTraceback *now = KR_AS(KrTraceback, tb);
        bool again = last && last->code == now->code && kr_traceback_line(last) == kr_traceback_line(now);
        if (!again && same > KR_FOLD)
            kr_text_add_format(t, "  [Previous line repeated %u more time%s]\n", same - KR_FOLD, same - KR_FOLD == 1 ? "" : "s");
        same = again ? same + 1 : 1;
        if (same <= KR_FOLD) frame_line(vm, t, now);
        last = now;
    }
    if (same > KR_FOLD)
        kr_text_add_format(t, "  [Previous line repeated %u more time%s]\n", same - KR_FOLD, same - KR_FOLD == 1 ? "" : "s");
}

static void type_name(KrVm *vm, KrText *t, const KrType *type) {
    KrValue module = kr_type_module(vm, type), name;
    if (kr_is_error(module)) (void)kr_take_raised(vm);
    if (kr_is_str(module) && !kr_str_is(module, "builtins") && !kr_str_is(module, "__main__")) kr_text_add_format(t, "%S.", module);
    name = kr_is_heap_type(type) ? kr_heap_type(type)->qualname : KR_NONE;
    if (kr_is_str(name)) kr_text_add_str(t, name);
    else kr_text_add_c(t, kr_type_name(type));
}

static void last_line(KrVm *vm, KrText *t, KrValue e) {
    const KrType *type = kr_type_of(e);
    bool syntax = kr_isa(e, &kr_syntax_error);
    if (syntax) kr_format_syntax_place(t, e);
    type_name(vm, t, type);
    KrValue text = syntax ? kr_syntax_message_of(vm, e) : kr_to_str(vm, e);
    if (kr_is_error(text)) {
        (void)kr_take_raised(vm);
        kr_text_add_c(t, ": <exception str() failed>");
    } else {
        size_t len;
        kr_str_text(text, &len);
        if (len) {
            kr_text_add_format(t, ": %S", text);
            KrValue hint = kr_suggest(vm, e, kr_exception_of(e)->traceback);
            if (kr_is_error(hint)) (void)kr_take_raised(vm);
            if (kr_is_str(hint)) kr_text_add_format(t, ". Did you mean: '%S'?", hint);
        }
    }
    kr_text_add(t, "\n", 1);
    KrValue notes;
    if (!kr_find_attr(vm, e, KR_N(__notes__), &notes)) (void)kr_take_raised(vm), notes = KR_UNSET;
    size_t count = 0;
    for (size_t i = 0; kr_is_list(notes) && (kr_list_items(notes, &count), i < count); i++) {
        KrValue note = kr_to_str(vm, kr_list_items(notes, NULL)[i]);
        if (kr_is_error(note)) (void)kr_take_raised(vm);
        else kr_text_add_format(t, "%S\n", note);
    }
}

// What a group's members and what they consist of are printed with: lines go to text behind a margin of 2 columns per level.
typedef struct {
    KrVm *vm;
    KrText *text;
    KrValue seen; // exceptions that were printed: stops at cycles
    unsigned level;
} Printer;

static void indent(Printer *p, char bar, const char *text, size_t len) {
    for (const char *end = text + len, *next; text < end; text = next) {
        const char *nl = memchr(text, '\n', (size_t)(end - text));
        next = nl ? nl + 1 : end;
        for (unsigned i = 0; i < p->level; i++) kr_text_add(p->text, "  ", 2);
        if (p->level) kr_text_add(p->text, &bar, 1), kr_text_add(p->text, " ", 1);
        kr_text_add(p->text, text, (size_t)(next - text));
        bar = '|';
    }
}

static void add(Printer *p, const char *text) { indent(p, '|', text, strlen(text)); }

static bool format(Printer *p, KrValue e, unsigned depth);

static void rule(Printer *p, const char *corner, size_t number) {
    for (unsigned i = 0; i < p->level; i++) kr_text_add(p->text, "  ", 2);
    kr_text_add_format(p->text, number ? "%s+---------------- %u ----------------\n" : "%s+------------------------------------\n", corner,
                       number);
}

static void members(Printer *p, KrValue group, unsigned depth) {
    size_t count;
    const KrValue *item = kr_tuple_items(kr_exception_of(group)->extra[1], &count);
    bool nested = false;
    for (size_t i = 0; i < count && i < KR_GROUP_WIDTH; i++) {
        nested = kr_isa(item[i], &kr_base_exception_group) && i + 1 == count;
        rule(p, i ? "  " : "+-", i + 1);
        p->level++;
        format(p, item[i], depth + 1);
        p->level--;
    }
    p->level++;
    if (count > KR_GROUP_WIDTH) add(p, "...\n");
    if (!nested) rule(p, "", 0);
    p->level--;
}

// One exception without what it is chained to.
static void alone(Printer *p, KrValue e, unsigned depth) {
    bool group = kr_isa(e, &kr_base_exception_group), outer = group && !p->level;
    KrText own;
    size_t len;
    kr_text_init(p->vm, &own);
    if (kr_is_exact(kr_exception_of(e)->traceback, &kr_traceback_type)) {
        if (group) kr_text_add_c(&own, "Exception Group ");
        frames(p->vm, &own, kr_exception_of(e)->traceback);
    }
    last_line(p->vm, &own, e);
    KrValue text = kr_text_str(&own);
    if (kr_is_error(text)) return (void)kr_take_raised(p->vm);
    p->level += outer;
    const char *from = kr_str_text(text, &len);
    indent(p, outer && kr_is_exact(kr_exception_of(e)->traceback, &kr_traceback_type) ? '+' : '|', from, len);
    if (group) members(p, e, depth);
    p->level -= outer;
}

// One exception with what caused it before it.
static bool format(Printer *p, KrValue e, unsigned depth) {
    KrVm *vm = p->vm;
    KrExceptionObject *x = kr_exception_of(e);
    bool again;
    if (!kr_contains(vm, p->seen, e, &again) || (!again && !kr_list_append(vm, p->seen, e))) return (void)kr_take_raised(vm), false;
    if (again || depth > KR_CHAIN) return true;
    if (kr_is_exception(x->cause)) {
        format(p, x->cause, depth + 1);
        add(p, "\nThe above exception was the direct cause of the following exception:\n\n");
    } else if (kr_is_exception(x->context) && !x->suppress_context) {
        format(p, x->context, depth + 1);
        add(p, "\nDuring handling of the above exception, another exception occurred:\n\n");
    }
    alone(p, e, depth);
    return true;
}

KrValue kr_format_exception(KrVm *vm, KrValue e) {
    KrText t;
    Printer p = { vm, &t, kr_list(vm, 0, NULL), 0 };
    if (kr_is_error(p.seen)) return p.seen;
    kr_text_init(vm, &t);
    format(&p, e, 0);
    return kr_text_str(&t);
}

static KrValue format_unchained(KrVm *vm, KrValue e) {
    KrText t;
    Printer p = { vm, &t, kr_list(vm, 0, NULL), 0 };
    if (kr_is_error(p.seen)) return p.seen;
    kr_text_init(vm, &t);
    alone(&p, e, 0);
    return kr_text_str(&t);
}

// The library's form, where it can be had: with marks below the lines, hints and colours.
static KrValue format_in_full(KrVm *vm, KrValue e) {
    KrValue module = vm->limit_hit ? KR_ERROR : kr_import(vm, "traceback");
    if (kr_is_error(module)) return module;
    return kr_call_method(vm, module, "_format_unhandled", 1, &e);
}

void kr_print_error_text(KrVm *vm, KrValue text) {
    KrValue err = KR_UNSET;
    size_t len;
    bool found = kr_find_attr(vm, vm->sys, KR_N(stderr), &err);
    if (found && (kr_is_none(err) || (kr_is_ptr(err) && kr_file_write(vm, err, text)))) return; // None: it was closed from the start
    if (kr_raised(vm)) (void)kr_take_raised(vm);
    const char *p = kr_str_text(text, &len);
    kr_console_write(vm, 2, p, len);
}

// Without memory or time for more: the type, and its text if it is one.
static void print_bare(KrVm *vm, KrValue e) {
    const char *name = kr_type_of(e)->name;
    size_t count = 0, len = 0;
    const KrValue *arg =
        kr_is_exception(e) && kr_is_tuple(kr_exception_of(e)->args) ? kr_tuple_items(kr_exception_of(e)->args, &count) : NULL;
    const char *text = count == 1 && kr_is_str(arg[0]) ? kr_str_text(arg[0], &len) : NULL;
    kr_console_write(vm, 2, name, strlen(name));
    if (text) kr_console_write(vm, 2, ": ", 2);
    if (text) kr_console_write(vm, 2, text, len);
    kr_console_write(vm, 2, "\n", 1);
}

// full: as the library prints it; else without what it is chained to.
static void print(KrVm *vm, KrValue e, bool full) {
    uint8_t hit = vm->limit_hit;
    uint64_t steps = vm->step_budget;
    int64_t deadline = vm->deadline_ns;
    KrValue text = full ? format_in_full(vm, e) : KR_NONE;
    if (hit) kr_limits_renew(vm);
    if (!kr_is_str(text)) {
        if (kr_raised(vm)) (void)kr_take_raised(vm);
        text = full ? kr_format_exception(vm, e) : format_unchained(vm, e);
    }
    if (kr_is_error(text)) {
        (void)kr_take_raised(vm);
        print_bare(vm, e);
    } else {
        kr_print_error_text(vm, text);
    }
    if (!hit) return;
    vm->limit_hit = hit, vm->step_budget = steps, vm->deadline_ns = deadline;
}

void kr_print_raised(KrVm *vm) { print(vm, kr_take_raised(vm), true); }

// "message: object" or one of the two, and the exception below it.
void kr_print_unraisable(KrVm *vm, KrValue e, KrValue message, KrValue object) {
    KrValue header = !kr_is_none(object) ? kr_repr(vm, object) : KR_NONE;
    if (kr_is_error(header)) (void)kr_take_raised(vm), header = kr_str_c(vm, "<object repr() failed>");
    if (kr_is_error(header)) (void)kr_take_raised(vm);
    else if (kr_is_none(message)) header = kr_format(vm, "Exception ignored in: %S\n", header);
    else header = kr_is_none(object) ? kr_format(vm, "%S:\n", message) : kr_format(vm, "%S: %S\n", message, header);
    if (kr_is_str(header)) kr_print_error_text(vm, header);
    else if (kr_raised(vm)) (void)kr_take_raised(vm);
    if (kr_is_exception(e)) print(vm, e, false);
}

// sys.unraisablehook, where a program has set one. message: text, or None; object: what it happened in, or None.
static bool call_unraisable_hook(KrVm *vm, KrValue e, KrValue message, KrValue object) {
    KrValue hook;
    if (!kr_find_attr(vm, vm->sys, KR_N(unraisablehook), &hook)) return (void)kr_take_raised(vm), false;
    if (!kr_is_ptr(hook)) return false;
    bool own = !kr_is_exact(hook, &kr_native_type);
    if (!own && !kr_audit_wanted(vm)) return false;
    KrValue ns = kr_call(vm, kr_type_value(&kr_namespace_type), 0, NULL);
    if (kr_is_error(ns) || !kr_setattr_c(vm, ns, "exc_type", kr_type_value(kr_type_of(e))) || !kr_setattr_c(vm, ns, "exc_value", e) ||
        !kr_setattr_c(vm, ns, "exc_traceback", kr_exception_of(e)->traceback) || !kr_setattr_c(vm, ns, "err_msg", message) ||
        !kr_setattr_c(vm, ns, "object", object))
        return (void)kr_take_raised(vm), false;
    KrValue told[2] = { hook, ns };
    if (!kr_audit_event(vm, "sys.unraisablehook", 2, told)) {
        KrValue failed = kr_take_raised(vm), where = kr_name(vm, "Exception ignored in audit hook");
        if (kr_is_error(where)) (void)kr_take_raised(vm), where = KR_NONE;
        return kr_print_unraisable(vm, failed, where, KR_NONE), true;
    }
    if (!own) return false;
    if (!kr_is_error(kr_call(vm, hook, 1, &ns))) return true;
    KrValue failed = kr_take_raised(vm), where = kr_name(vm, "Exception ignored in sys.unraisablehook");
    if (kr_is_error(where)) (void)kr_take_raised(vm), where = KR_NONE;
    kr_print_unraisable(vm, failed, where, hook);
    return true;
}

static void report(KrVm *vm, KrValue message, KrValue object) {
    KrValue e = kr_take_raised(vm);
    if (!kr_is_exception(e) || !call_unraisable_hook(vm, e, message, object)) kr_print_unraisable(vm, e, message, object);
}

void kr_report_unraisable(KrVm *vm, KrValue object) { report(vm, KR_NONE, object); }

void kr_report_ignored(KrVm *vm, const char *format, ...) {
    KrValue e = kr_take_raised(vm);
    KrText t;
    va_list list;
    kr_text_init(vm, &t);
    va_start(list, format);
    kr_text_add_vformat(&t, format, list);
    va_end(list);
    KrValue message = kr_text_str(&t);
    if (kr_is_error(message)) (void)kr_take_raised(vm), message = KR_NONE;
    vm->thread.raised = e;
    report(vm, message, KR_NONE);
}
