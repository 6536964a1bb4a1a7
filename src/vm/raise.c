// raise.c - raising from C: the formatted message, the instance, its context; and warnings.
// SPDX-License-Identifier: MIT
#include <stdarg.h>

#include "object/exception.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "object/text.h"
#include "object/tuple.h"
#include "object/vm_state.h"
#include "port.h"
#include "object/type.h"
#include "vm/access.h"
#include "vm/op.h"
#include "vm/traceback.h"

bool kr_raised(KrVm *vm) { return !kr_is_unset(vm->thread.raised); }
bool kr_raised_is(KrVm *vm, const KrType *type) { return kr_raised(vm) && kr_isa(vm->thread.raised, type); }

KrValue kr_take_raised(KrVm *vm) {
    KrValue e = vm->thread.raised;
    vm->thread.raised = KR_UNSET;
    return e;
}

// What is being handled becomes the context, unless it is the exception itself; a cycle that this would close is cut.
static void set_context(KrVm *vm, KrValue exception) {
    KrValue handled = kr_handled(vm);
    if (!kr_is_exception(handled) || kr_same(handled, exception)) return;
    if (kr_is_exact(exception, &kr_limit_exceeded)) return; // must come through quickly, however long the chain is
    KrValue v = handled, slow = handled;
    for (bool step = false;; step = !step) {
        if (step) kr_spend(vm, 1);
        KrValue next = kr_exception_of(v)->context;
        if (!kr_is_exception(next)) break;
        if (kr_same(next, exception)) {
            kr_store(vm, kr_ptr(v), &kr_exception_of(v)->context, KR_NONE);
            break;
        }
        v = next;
        if (kr_same(v, slow)) break; // a cycle that was there before
        if (step) slow = kr_exception_of(slow)->context;
    }
    kr_store(vm, kr_ptr(exception), &kr_exception_of(exception)->context, handled);
}

static KrValue raise(KrVm *vm, KrValue exception) {
    if (vm->lookup_failed) return kr_raise_memory(vm);
    set_context(vm, exception);
    vm->thread.raised = exception;
    return KR_ERROR;
}

KrValue kr_raise_value(KrVm *vm, KrValue exception) {
    if (kr_is_type(exception)) exception = kr_call(vm, exception, 0, NULL);
    if (kr_is_error(exception)) return exception;
    if (!kr_is_exception(exception)) return kr_raise(vm, &kr_type_error, "exceptions must derive from BaseException");
    return raise(vm, exception);
}

KrValue kr_raise_args(KrVm *vm, const KrType *type, KrValue args) {
    if (kr_is_error(args) || kr_raised(vm)) return KR_ERROR; // what failed while the arguments were made comes first
    KrValue e = kr_call_args(vm, kr_type_value(type), args, KR_UNSET);
    return kr_is_error(e) ? e : kr_raise_value(vm, e);
}

KrValue kr_raise_formatted(KrVm *vm, const KrType *type, const char *format, va_list list) {
    KrText t;
    KrValue message;
    if (kr_raised(vm)) return KR_ERROR;
    kr_text_init(vm, &t);
    kr_text_add_vformat(&t, format, list);
    message = kr_text_str(&t);
    if (kr_is_error(message)) return message;
    KrValue args = kr_tuple(vm, kr_str_length(message) ? 1 : 0, &message);
    return kr_raise_args(vm, type, args);
}

KrValue kr_raise(KrVm *vm, const KrType *type, const char *format, ...) {
    va_list list;
    va_start(list, format);
    KrValue v = kr_raise_formatted(vm, type, format, list);
    va_end(list);
    return v;
}

KrValue kr_raise_key(KrVm *vm, KrValue key) { return kr_raise_args(vm, &kr_key_error, kr_tuple(vm, 1, &key)); }

KrValue kr_raise_stop(KrVm *vm, KrValue value) {
    return kr_raise_args(vm, &kr_stop_iteration, kr_tuple(vm, kr_is_none(value) ? 0 : 1, &value));
}

// The instance was made at the start: raising it takes no memory.
KrValue kr_raise_memory(KrVm *vm) {
    KrValue e = vm->memory_error;
    vm->lookup_failed = false;
    if (kr_is_exception(e)) {
        KrExceptionObject *x = kr_exception_of(e);
        kr_store(vm, x, &x->traceback, KR_NONE);
        kr_store(vm, x, &x->context, KR_NONE);
        kr_store(vm, x, &x->cause, KR_NONE);
    }
    vm->thread.raised = kr_is_unset(e) ? KR_NONE : e; // None: the VM is still being made, and will not be
    return KR_ERROR;
}

KrValue kr_raise_os(KrVm *vm, int error, KrValue path) {
    KrValue item[3] = { kr_int_box(error), kr_str_c(vm, kr_port_error_text(error)), path };
    if (kr_is_error(item[1])) return KR_ERROR;
    return kr_raise_args(vm, &kr_os_error, kr_tuple(vm, kr_is_unset(path) ? 2 : 3, item));
}

KrValue kr_raise_unexpected_keyword(KrVm *vm, KrFunctionObject *f, KrValue name) {
    KrValue hint = kr_suggest_keyword(vm, f, name);
    if (kr_is_error(hint)) return hint;
    if (kr_is_str(hint))
        return kr_raise(vm, &kr_type_error, "%S() got an unexpected keyword argument '%S'. Did you mean '%S'?", f->qualname, name, hint);
    return kr_raise(vm, &kr_type_error, "%S() got an unexpected keyword argument '%S'", f->qualname, name);
}

void kr_set_name_note(KrVm *vm, KrValue value, KrValue name, KrValue cls) {
    KrValue e = kr_take_raised(vm),
            note = kr_format(vm, "Error calling __set_name__ on '%T' instance %R in '%N'", value, name, kr_as_type(cls));
    if (!kr_is_error(note) && kr_is_error(kr_call_method(vm, e, "add_note", 1, &note))) (void)kr_take_raised(vm);
    if (kr_raised(vm)) (void)kr_take_raised(vm);
    vm->thread.raised = e;
}

// ---- Warnings ------------------------------------------------------------------------------------------------------------------

static bool is_hidden(const KrType *category, KrValue module) {
    if (category == &kr_deprecation_warning) return !kr_str_is(module, "__main__");
    return category == &kr_pending_deprecation_warning || category == &kr_import_warning || category == &kr_resource_warning;
}

// Without module warnings: the default filter, and the form of its formatwarning().
static bool print_warning(KrVm *vm, const KrType *category, KrValue message, KrValue filename, int line) {
    KrValue source;
    size_t indent, len;
    bool found = kr_source_line(vm, filename, line, &source, &indent) && kr_str_length(source);
    KrValue out = kr_format(vm, "%S:%d: %N: %S\n", filename, line, category, message);
    if (found && !kr_is_error(out)) out = kr_format(vm, "%S  %S\n", out, source);
    if (kr_is_error(out)) return false;
    const char *p = kr_str_text(out, &len);
    kr_console_write(vm, 2, p, len);
    return true;
}

// The registry of a module: what was shown already. KR_NONE: there is none.
static KrValue registry_of(KrVm *vm, KrValue globals) {
    if (kr_is_unset(globals)) return KR_NONE;
    KrValue name = kr_name(vm, "__warningregistry__"), registry;
    if (kr_is_error(name) || !kr_dict_find(vm, globals, name, &registry)) return KR_ERROR;
    if (!kr_is_unset(registry)) return registry;
    registry = kr_dict(vm);
    return kr_is_error(registry) || !kr_dict_set(vm, globals, name, registry) ? KR_ERROR : registry;
}

// Has it been shown? Without module warnings the registry is the same, but for its version.
static bool shown_before(KrVm *vm, const KrType *category, KrValue message, int line, KrValue registry, bool *shown) {
    KrValue item[3] = { message, kr_type_value(category), kr_int_box(line) }, key, before;
    *shown = false;
    if (!kr_is_dict(registry)) return true;
    key = kr_tuple(vm, 3, item);
    if (kr_is_error(key) || !kr_dict_find(vm, registry, key, &before)) return false;
    *shown = !kr_is_unset(before);
    return *shown || kr_dict_set(vm, registry, key, kr_int_box(1));
}

// Through module warnings once that is loaded; before, the default filter: DeprecationWarning only in __main__, once a place.
bool kr_warn_in(KrVm *vm, const KrType *category, KrValue message, KrValue filename, int line, KrValue globals) {
    KrValue module = KR_UNSET, owner = KR_UNSET, key = kr_name(vm, "warnings"),
            registry = kr_is_error(key) ? key : registry_of(vm, globals);
    if (kr_is_error(registry) || !kr_dict_find(vm, vm->modules, key, &module)) return false;
    if (!kr_is_unset(globals) && !kr_dict_find(vm, globals, KR_N(__name__), &owner)) return false;
    if (kr_is_module(module)) {
        KrValue arg[6] = { message, kr_type_value(category), filename, kr_int_box(line), kr_is_str(owner) ? owner : KR_NONE, registry };
        if (!kr_is_error(kr_call_method(vm, module, "warn_explicit", 6, arg))) return true;
        KrExceptionObject *e = kr_exception_of(vm->thread.raised); // a warning as an error comes from where it is about
        if (kr_raised_is(vm, category)) kr_store(vm, e, &e->traceback, KR_NONE);
        return false;
    }
    bool shown;
    if (is_hidden(category, owner)) return true;
    if (!shown_before(vm, category, message, line, registry, &shown)) return false;
    return shown || print_warning(vm, category, message, filename, line);
}

bool kr_warn_at(KrVm *vm, const KrType *category, const char *text, KrValue filename, int line) {
    KrValue message = kr_str_c(vm, text);
    return !kr_is_error(message) && kr_warn_in(vm, category, message, filename, line, KR_UNSET);
}

bool kr_warn(KrVm *vm, const KrType *category, const char *format, ...) {
    KrText t;
    va_list list;
    kr_text_init(vm, &t);
    va_start(list, format);
    kr_text_add_vformat(&t, format, list);
    va_end(list);
    KrValue message = kr_text_str(&t);
    if (kr_is_error(message)) return false;
    KrFrame *f = vm->thread.frame;
    KrValue filename = f ? f->code->filename : kr_str_c(vm, "sys");
    return !kr_is_error(filename) &&
           kr_warn_in(vm, category, message, filename, f ? (int)kr_frame_line(f) : 1, f ? kr_from_ptr(f->globals) : KR_UNSET);
}
