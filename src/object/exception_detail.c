// exception_detail.c - exception types with attributes of their own: StopIteration, SystemExit, ImportError, OSError, SyntaxError, ...
// SPDX-License-Identifier: MIT
#include "object/exception_type.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "object/text.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/vm_state.h"

#define SELF kr_exception_of(self)

static void set_extra(KrVm *vm, KrValue self, size_t n, KrValue v) { kr_store(vm, SELF, &SELF->extra[n], v); }
static bool no_keywords(KrVm *vm, KrValue self, KrValue keywords) {
    return kr_is_unset(keywords) || !kr_dict_len(keywords) ||
           kr_fail(kr_raise(vm, &kr_type_error, "%T() takes no keyword arguments", self));
}

static bool unexpected_keyword(KrVm *vm, KrValue self, KrValue key, const char *const *names) {
    KrValue list = kr_list(vm, 0, NULL);
    for (size_t n = 0; names[n]; n++) {
        KrValue name = kr_is_error(list) ? list : kr_str_c(vm, names[n]);
        if (kr_is_error(name) || !kr_list_append(vm, list, name)) return false;
    }
    KrValue hint = kr_nearest_name(vm, list, key);
    if (kr_is_error(hint)) return false;
    if (kr_is_none(hint)) return kr_fail(kr_raise(vm, &kr_type_error, "%T() got an unexpected keyword argument '%S'", self, key));
    return kr_fail(kr_raise(vm, &kr_type_error, "%T() got an unexpected keyword argument '%S'. Did you mean '%S'?", self, key, hint));
}

// Takes the keywords named in `names` into extra[first ...], None if they are not given; others are an error.
static bool take_keywords(KrVm *vm, KrValue self, KrValue keywords, const char *const *names, size_t first) {
    KrValue key, value;
    for (size_t n = 0; names[n]; n++) set_extra(vm, self, first + n, KR_NONE);
    for (size_t at = 0; kr_dict_next(keywords, &at, &key, &value);) {
        size_t n = 0;
        while (names[n] && !kr_str_is(key, names[n])) n++;
        if (!names[n]) return unexpected_keyword(vm, self, key, names);
        set_extra(vm, self, first + n, value);
    }
    return true;
}

// What pickling keeps: a copy of the attributes, and those of the fields named that are set. None: nothing.
static KrValue state_with(KrVm *vm, KrValue self, const char *const *names, size_t first) {
    KrValue state = kr_dict(vm), own = kr_is_error(state) ? state : kr_attr_dict(vm, kr_ptr(self));
    if (kr_is_error(own) || !kr_dict_update(vm, state, own)) return KR_ERROR;
    for (size_t n = 0; names[n]; n++)
        if (!kr_is_none(SELF->extra[first + n]) && !kr_dict_set_c(vm, state, names[n], SELF->extra[first + n])) return KR_ERROR;
    return kr_dict_len(state) ? state : KR_NONE;
}

static KrValue reduce_with(KrVm *vm, KrValue self, KrValue state) {
    KrValue item[3] = { kr_type_value(kr_type_of(self)), SELF->args, state };
    return kr_is_error(state) ? state : kr_tuple(vm, kr_is_none(state) ? 2 : 3, item);
}

static void keep_args(KrVm *vm, KrValue self, KrValue args) { kr_store(vm, SELF, &SELF->args, args); }

// ---- StopIteration, SystemExit: the first argument ------------------------------------------------------------------------------

static KrValue value_init(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    if (!no_keywords(vm, self, arg[1])) return KR_ERROR;
    keep_args(vm, self, arg[0]);
    set_extra(vm, self, 0, count ? item[0] : KR_NONE);
    return KR_NONE;
}

static KrValue code_init(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    if (!no_keywords(vm, self, arg[1])) return KR_ERROR;
    keep_args(vm, self, arg[0]);
    if (count) set_extra(vm, self, 0, count == 1 ? item[0] : arg[0]);
    return KR_NONE;
}

KR_EXTRA(0, value)
KR_EXTRA(0, code)
static const KrGetSet value_attributes[] = { KR_EXTRA_ROW(value), { 0 } }, code_attributes[] = { KR_EXTRA_ROW(code), { 0 } };
static const KrMethod value_init_row = { "StopIteration(*args, **kwargs)", value_init, "", KR_NO_EMPTY_KEYWORDS },
                      code_init_row = { "SystemExit(*args, **kwargs)", code_init, "", KR_NO_EMPTY_KEYWORDS };
const KrType kr_stop_iteration = { KR_EXCEPTION_TYPE(stop_iteration, "StopIteration", exception,
                                                     "Signal the end from iterator.__next__()."),
                                   .make = &kr_exception_new, .init = &value_init_row, .attributes = value_attributes };
const KrType kr_system_exit = { KR_EXCEPTION_TYPE(system_exit, "SystemExit", base_exception, "Request to exit from the interpreter."),
                                .make = &kr_exception_new, .init = &code_init_row, .attributes = code_attributes };

// ---- KeyError ------------------------------------------------------------------------------------------------------------------

static KrValue key_str(KrVm *vm, KrValue self) {
    size_t count;
    const KrValue *item = kr_tuple_items(SELF->args, &count);
    return count == 1 ? kr_repr(vm, item[0]) : kr_exception_str(vm, self);
}
static KrValue plain_init(KrVm *vm, KrValue self, const KrValue *arg) {
    if (!no_keywords(vm, self, arg[1])) return KR_ERROR;
    return keep_args(vm, self, arg[0]), KR_NONE;
}
static const KrMethod plain_init_row = { "KeyError(*args, **kwargs)", plain_init, "", KR_NO_EMPTY_KEYWORDS };
const KrType kr_key_error = { KR_EXCEPTION_TYPE(key_error, "KeyError", lookup_error, "Mapping key not found."), .make = &kr_exception_new,
                              .init = &plain_init_row, .str = key_str };

// ---- NameError, AttributeError -------------------------------------------------------------------------------------------------

static KrValue name_init(KrVm *vm, KrValue self, const KrValue *arg) {
    static const char *const names[] = { "name", NULL };
    keep_args(vm, self, arg[0]);
    return take_keywords(vm, self, arg[1], names, 0) ? KR_NONE : KR_ERROR;
}
static KrValue attribute_init(KrVm *vm, KrValue self, const KrValue *arg) {
    static const char *const names[] = { "name", "obj", NULL };
    keep_args(vm, self, arg[0]);
    return take_keywords(vm, self, arg[1], names, 0) ? KR_NONE : KR_ERROR;
}
KR_EXTRA(0, name)
KR_EXTRA(1, obj)
static KrValue attribute_getstate(KrVm *vm, KrValue self, const KrValue *arg) { // without obj, which may be anything
    static const char *const names[] = { "name", NULL };
    (void)arg;
    KrValue state = state_with(vm, self, names, 0);
    if (kr_is_none(state)) state = kr_dict(vm);
    return !kr_is_error(state) && kr_dict_set_c(vm, state, "args", SELF->args) ? state : KR_ERROR;
}
static KrValue attribute_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    return reduce_with(vm, self, attribute_getstate(vm, self, arg));
}
static const KrMethod attribute_methods[] = { { "__getstate__()", attribute_getstate, "", 0 },
                                              { "__reduce__()", attribute_reduce, "", 0 },
                                              { 0 } };
static const KrGetSet name_attributes[] = { KR_EXTRA_ROW(name), { 0 } },
                      attribute_attributes[] = { KR_EXTRA_ROW(name), KR_EXTRA_ROW(obj), { 0 } };
static const KrMethod name_init_row = { "NameError(*args, **kwargs)", name_init, "", 0 },
                      attribute_init_row = { "AttributeError(*args, **kwargs)", attribute_init, "", 0 };
const KrType kr_name_error = { KR_EXCEPTION_TYPE(name_error, "NameError", exception, "Name not found globally."), .make = &kr_exception_new,
                               .init = &name_init_row, .attributes = name_attributes };
const KrType kr_unbound_local_error = { KR_EXCEPTION_TYPE(unbound_local_error, "UnboundLocalError", name_error,
                                                          "Local name referenced but not bound to a value."),
                                        .make = &kr_exception_new, .init = &name_init_row };
const KrType kr_attribute_error = { KR_EXCEPTION_TYPE(attribute_error, "AttributeError", exception, "Attribute not found."),
                                    .make = &kr_exception_new, .init = &attribute_init_row, .attributes = attribute_attributes,
                                    .methods = attribute_methods };

void kr_attribute_error_context(KrVm *vm, KrValue object, KrValue name) {
    KrValue e = vm->thread.raised;
    if (!kr_is_exception(e) || !kr_isa(e, &kr_attribute_error)) return;
    if (!kr_is_none(kr_exception_of(e)->extra[0]) || !kr_is_none(kr_exception_of(e)->extra[1])) return;
    set_extra(vm, e, 0, name);
    set_extra(vm, e, 1, object);
}

void kr_name_error_context(KrVm *vm, KrValue name) {
    KrValue e = vm->thread.raised;
    if (kr_is_exception(e) && kr_isa(e, &kr_name_error)) set_extra(vm, e, 0, name);
}

// ---- ImportError ---------------------------------------------------------------------------------------------------------------

static KrValue import_init(KrVm *vm, KrValue self, const KrValue *arg) { // extra: msg, name, path, name_from
    static const char *const names[] = { "name", "path", "name_from", NULL };
    size_t count;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    keep_args(vm, self, arg[0]);
    set_extra(vm, self, 0, count == 1 ? item[0] : KR_NONE);
    return take_keywords(vm, self, arg[1], names, 1) ? KR_NONE : KR_ERROR;
}
static KrValue import_str(KrVm *vm, KrValue self) {
    return kr_is_exact(SELF->extra[0], &kr_str_type) ? SELF->extra[0] : kr_exception_str(vm, self);
}
KR_EXTRA(0, msg)
static KrValue import_get_name(KrVm *vm, KrValue self) { return get_obj(vm, self); }
static bool import_set_name(KrVm *vm, KrValue self, KrValue v) { return set_obj(vm, self, v); }
KR_EXTRA(2, path)
KR_EXTRA(3, name_from)
static KrValue import_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    static const char *const names[] = { "name", "path", "name_from", NULL };
    return (void)arg, reduce_with(vm, self, state_with(vm, self, names, 1));
}
static const KrMethod import_methods[] = { { "__reduce__()", import_reduce, "", 0 }, { 0 } };
static const KrGetSet import_attributes[] = {
    KR_EXTRA_ROW(msg), { "name", import_get_name, import_set_name, "" }, KR_EXTRA_ROW(path), KR_EXTRA_ROW(name_from), { 0 }
};
static const KrMethod import_init_row = { "ImportError(*args, **kwargs)", import_init, "", 0 };
const KrType kr_import_error = { KR_EXCEPTION_TYPE(import_error, "ImportError", exception,
                                                   "Import can't find module, or can't find name in module."),
                                 .make = &kr_exception_new,
                                 .init = &import_init_row,
                                 .str = import_str,
                                 .attributes = import_attributes,
                                 .methods = import_methods };
const KrType kr_module_not_found_error = { KR_EXCEPTION_TYPE(module_not_found_error, "ModuleNotFoundError", import_error,
                                                             "Module not found."),
                                           .make = &kr_exception_new, .init = &import_init_row };

// ---- OSError -------------------------------------------------------------------------------------------------------------------

static const KrType *type_of_errno(intptr_t error) { // Linux values
    switch (error) {
    case 1:
    case 13: return &kr_permission_error;
    case 2: return &kr_file_not_found_error;
    case 3: return &kr_process_lookup_error;
    case 4: return &kr_interrupted_error;
    case 10: return &kr_child_process_error;
    case 11:
    case 114:
    case 115: return &kr_blocking_io_error;
    case 17: return &kr_file_exists_error;
    case 20: return &kr_not_a_directory_error;
    case 21: return &kr_is_a_directory_error;
    case 32:
    case 108: return &kr_broken_pipe_error;
    case 103: return &kr_connection_aborted_error;
    case 104: return &kr_connection_reset_error;
    case 110: return &kr_timeout_error;
    case 111: return &kr_connection_refused_error;
    default: return NULL;
    }
}

static void os_fill(KrVm *vm, KrValue self, KrValue args) { // errno, strerror, filename, (winerror), filename2
    size_t count;
    const KrValue *item = kr_tuple_items(args, &count);
    keep_args(vm, self, args);
    if (count < 2 || count > 5) return;
    set_extra(vm, self, 0, item[0]);
    set_extra(vm, self, 1, item[1]);
    if (count > 2) {
        KrValue two = kr_tuple(vm, 2, item);
        set_extra(vm, self, 2, item[2]);
        if (kr_is_error(two)) (void)kr_take_raised(vm);
        else keep_args(vm, self, two);
    }
    if (count > 4) set_extra(vm, self, 3, item[4]);
    if (count > 2 && kr_isa(self, &kr_blocking_io_error) && kr_is_int(item[2])) { // the third is a count there
        set_extra(vm, self, 4, item[2]);
        set_extra(vm, self, 2, KR_NONE);
        keep_args(vm, self, args);
    }
}

static bool own_init(KrVm *vm, const KrType *type) {
    return kr_is_heap_type(type) && !kr_is_slot_wrapper(kr_type_lookup(vm, type, KR_N(__init__)), KR_N(__init__));
}
static bool own_new(KrVm *vm, const KrType *type) {
    return kr_is_heap_type(type) && !kr_native_new_owner(kr_type_lookup(vm, type, KR_N(__new__)));
}

static KrValue os_make(KrVm *vm, KrValue type, const KrValue *arg) {
    size_t count;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    const KrType *t = kr_as_type(type);
    if (!own_init(vm, t) && kr_dict_len(arg[1])) return kr_raise(vm, &kr_type_error, "%N() takes no keyword arguments", t);
    if (t == &kr_os_error && count >= 2 && count <= 5 && kr_is_int(item[0])) {
        const KrType *better = type_of_errno(kr_int_value(item[0]));
        if (better) type = kr_type_value(better);
    }
    KrValue v = kr_exception_make(vm, type, arg);
    if (kr_is_error(v)) return v;
    if (!own_init(vm, t) || own_new(vm, t)) os_fill(vm, v, arg[0]);
    return v;
}

static KrValue os_init(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrType *t = kr_type_of(self);
    if (own_init(vm, t) && !own_new(vm, t)) os_fill(vm, self, arg[0]);
    return KR_NONE;
}

static KrValue os_str(KrVm *vm, KrValue self) {
    const KrValue *x = SELF->extra;
    if (!kr_is_none(x[2])) {
        if (!kr_is_none(x[3])) return kr_format(vm, "[Errno %S] %S: %R -> %R", x[0], x[1], x[2], x[3]);
        return kr_format(vm, "[Errno %S] %S: %R", x[0], x[1], x[2]);
    }
    if (!kr_is_none(x[0]) && !kr_is_none(x[1])) return kr_format(vm, "[Errno %S] %S", x[0], x[1]);
    return kr_exception_str(vm, self);
}

static KrValue os_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const KrValue *item = kr_tuple_items(SELF->args, &count), *x = SELF->extra;
    (void)arg;
    KrValue args = SELF->args;
    if (count == 2 && !kr_is_none(x[2])) {
        KrValue five[5] = { item[0], item[1], x[2], KR_NONE, x[3] };
        args = kr_tuple(vm, kr_is_none(x[3]) ? 3 : 5, five);
        if (kr_is_error(args)) return args;
    }
    KrValue out[3] = { kr_type_value(kr_type_of(self)), args, KR_NONE };
    bool dict = kr_attr_count(kr_ptr(self)) > 0;
    if (dict) out[2] = kr_attr_dict(vm, kr_ptr(self));
    return kr_is_error(out[2]) ? KR_ERROR : kr_tuple(vm, dict ? 3 : 2, out);
}

KR_EXTRA(0, errno)
KR_EXTRA(1, strerror)
KR_EXTRA(2, filename)
KR_EXTRA(3, filename2)
KR_EXTRA(4, characters_written_raw)
static KrValue get_characters_written(KrVm *vm, KrValue self) {
    KrValue v = get_characters_written_raw(vm, self);
    (void)self;
    return kr_is_none(v) ? kr_raise(vm, &kr_attribute_error, "characters_written") : v;
}
static bool set_characters_written(KrVm *vm, KrValue self, KrValue v) { return set_characters_written_raw(vm, self, v); }
static const KrGetSet os_attributes[] = { KR_EXTRA_ROW(errno),     KR_EXTRA_ROW(strerror),           KR_EXTRA_ROW(filename),
                                          KR_EXTRA_ROW(filename2), KR_EXTRA_ROW(characters_written), { 0 } };
static const KrMethod os_methods[] = { { "__reduce__()", os_reduce, "", 0 }, { 0 } };
static const KrMethod os_new_row = { "OSError(*args, **kwargs)", os_make, "", 0 },
                      os_init_row = { "OSError(*args, **kwargs)", os_init, "", 0 };
const KrType kr_os_error = { KR_EXCEPTION_TYPE(os_error, "OSError", exception, "Base class for I/O related errors."),
                             .make = &os_new_row,
                             .init = &os_init_row,
                             .str = os_str,
                             .attributes = os_attributes,
                             .methods = os_methods };
#define OS(symbol, text, parent, documentation) \
    const KrType kr_##symbol = { KR_EXCEPTION_TYPE(symbol, text, parent, documentation), .make = &os_new_row, .init = &os_init_row };
OS(blocking_io_error, "BlockingIOError", os_error, "I/O operation would block.")
OS(child_process_error, "ChildProcessError", os_error, "Child process error.")
OS(connection_error, "ConnectionError", os_error, "Connection error.")
OS(broken_pipe_error, "BrokenPipeError", connection_error, "Broken pipe.")
OS(connection_aborted_error, "ConnectionAbortedError", connection_error, "Connection aborted.")
OS(connection_refused_error, "ConnectionRefusedError", connection_error, "Connection refused.")
OS(connection_reset_error, "ConnectionResetError", connection_error, "Connection reset.")
OS(file_exists_error, "FileExistsError", os_error, "File already exists.")
OS(file_not_found_error, "FileNotFoundError", os_error, "File not found.")
OS(interrupted_error, "InterruptedError", os_error, "Interrupted by signal.")
OS(is_a_directory_error, "IsADirectoryError", os_error, "Operation doesn't work on directories.")
OS(not_a_directory_error, "NotADirectoryError", os_error, "Operation only works on directories.")
OS(permission_error, "PermissionError", os_error, "Not enough permissions.")
OS(process_lookup_error, "ProcessLookupError", os_error, "Process not found.")
OS(timeout_error, "TimeoutError", os_error, "Timeout expired.")

// ---- SyntaxError ---------------------------------------------------------------------------------------------------------------

static KrValue syntax_init(KrVm *vm, KrValue self, const KrValue *arg) { // msg, (filename, lineno, offset, text[, end_lineno, end_offset])
    size_t count, n;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    if (!no_keywords(vm, self, arg[1])) return KR_ERROR;
    keep_args(vm, self, arg[0]);
    if (count) set_extra(vm, self, 0, item[0]);
    if (count != 2) return KR_NONE;
    KrValue info = kr_tuple_from(vm, item[1]);
    if (kr_is_error(info)) return info;
    const KrValue *where = kr_tuple_items(info, &n);
    if (n < 4) return kr_raise(vm, &kr_type_error, "function takes at least 4 arguments (%u given)", n);
    if (n == 5) return kr_raise(vm, &kr_type_error, "end_offset must be provided when end_lineno is provided");
    if (n > 6) return kr_raise(vm, &kr_type_error, "function takes at most 6 arguments (%u given)", n);
    for (size_t i = 0; i < n; i++) set_extra(vm, self, i + 1, where[i]);
    return KR_NONE;
}

static KrValue syntax_str(KrVm *vm, KrValue self) {
    const KrValue *x = SELF->extra;
    KrValue message = kr_to_str(vm, x[0]);
    if (kr_is_error(message)) return message;
    bool file = kr_is_str(x[1]), line = kr_is_int(x[2]);
    const char *name = file ? kr_str_text(x[1], NULL) : "", *slash = strrchr(name, '/');
    if (slash) name = slash + 1;
    if (file && line) return kr_format(vm, "%S (%s, line %S)", message, name, x[2]);
    if (file) return kr_format(vm, "%S (%s)", message, name);
    return line ? kr_format(vm, "%S (line %S)", message, x[2]) : message;
}

static KrValue syntax_get_filename(KrVm *vm, KrValue self) { return get_obj(vm, self); }
static bool syntax_set_filename(KrVm *vm, KrValue self, KrValue v) { return set_obj(vm, self, v); }
KR_EXTRA(2, lineno)
KR_EXTRA(3, offset)
KR_EXTRA(4, text)
KR_EXTRA(5, end_lineno)
KR_EXTRA(6, end_offset)
static KrValue get_print_file(KrVm *vm, KrValue self) { return (void)vm, (void)self, KR_NONE; }
static bool set_print_file(KrVm *vm, KrValue self, KrValue v) { return (void)vm, (void)self, (void)v, true; }
static const KrGetSet syntax_attributes[] = { KR_EXTRA_ROW(msg),
                                              { "filename", syntax_get_filename, syntax_set_filename, "" },
                                              KR_EXTRA_ROW(lineno),
                                              KR_EXTRA_ROW(offset),
                                              KR_EXTRA_ROW(text),
                                              KR_EXTRA_ROW(end_lineno),
                                              KR_EXTRA_ROW(end_offset),
                                              { "print_file_and_line", get_print_file, set_print_file, "" },
                                              { 0 } };
static const KrMethod syntax_init_row = { "SyntaxError(*args, **kwargs)", syntax_init, "", KR_NO_EMPTY_KEYWORDS };
const KrType kr_syntax_error = { KR_EXCEPTION_TYPE(syntax_error, "SyntaxError", exception, "Invalid syntax."), .make = &kr_exception_new,
                                 .init = &syntax_init_row, .str = syntax_str, .attributes = syntax_attributes };
const KrType kr_indentation_error = { KR_EXCEPTION_TYPE(indentation_error, "IndentationError", syntax_error, "Improper indentation."),
                                      .make = &kr_exception_new, .init = &syntax_init_row };
const KrType kr_tab_error = { KR_EXCEPTION_TYPE(tab_error, "TabError", indentation_error, "Improper mixture of spaces and tabs."),
                              .make = &kr_exception_new, .init = &syntax_init_row };
const KrType kr_incomplete_input_error = { KR_EXCEPTION_TYPE(incomplete_input_error, "_IncompleteInputError", syntax_error,
                                                             "Input that may go on, for prompts."),
                                           .make = &kr_exception_new, .init = &syntax_init_row };

// ---- UnicodeError --------------------------------------------------------------------------------------------------------------

static KrValue unicode_init(KrVm *vm, KrValue self, const KrValue *arg) { // encoding, object, start, end, reason
    size_t count;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    bool decode = kr_isa(self, &kr_unicode_decode_error), translate = kr_isa(self, &kr_unicode_translate_error);
    size_t want = translate ? 4 : 5, first = translate ? 1 : 0;
    if (!no_keywords(vm, self, arg[1])) return KR_ERROR;
    keep_args(vm, self, arg[0]);
    if (count != want) return kr_raise(vm, &kr_type_error, "function takes exactly %u arguments (%u given)", want, count);
    for (size_t i = 0; i < count; i++) {
        size_t slot = first + i;
        bool text = slot == 0 || slot == 4 || (slot == 1 && !decode), number = slot == 2 || slot == 3;
        if (text && !kr_is_str(item[i])) return kr_raise(vm, &kr_type_error, "argument %u must be str, not %T", i + 1, item[i]);
        if (number && !kr_is_integer(item[i]))
            return kr_raise(vm, &kr_type_error, "'%T' object cannot be interpreted as an integer", item[i]);
        KrValue v = item[i];
        if (slot == 1 && decode && kr_is_str(v)) return kr_raise(vm, &kr_type_error, "a bytes-like object is required, not 'str'");
        if (slot == 1 && decode && !kr_is_bytes(v)) v = kr_call(vm, kr_type_value(kr_type_of(vm->empty_bytes)), 1, &item[i]);
        if (kr_is_error(v)) return v;
        set_extra(vm, self, slot, v);
    }
    return KR_NONE;
}

static KrValue unicode_str(KrVm *vm, KrValue self) {
    const KrValue *x =
        (KrValue[]){ kr_to_str(vm, SELF->extra[0]), SELF->extra[1], SELF->extra[2], SELF->extra[3], kr_to_str(vm, SELF->extra[4]) };
    if (kr_is_error(x[0]) || kr_is_error(x[4])) return KR_ERROR;
    bool decode = kr_isa(self, &kr_unicode_decode_error), translate = kr_isa(self, &kr_unicode_translate_error);
    if (!kr_is_int(x[2]) || !kr_is_int(x[3])) return vm->empty_str;
    intptr_t start = kr_int_value(x[2]), end = kr_int_value(x[3]);
    size_t len = 0;
    if (decode && kr_has_flag(x[1], KR_TYPE_IS_BYTES)) kr_bytes_data(x[1], &len);
    else if (!decode && kr_is_str(x[1])) len = kr_str_length(x[1]); // programs may set the attributes to anything
    if (start >= 0 && (size_t)start < len && end == start + 1) {
        if (decode) {
            size_t byte = kr_bytes_data(x[1], NULL)[start];
            return kr_format(vm, "'%S' codec can't decode byte 0x%s%x in position %z: %S", x[0], byte < 16 ? "0" : "", byte, start, x[4]);
        }
        KrValue ch = kr_str_char_at(vm, x[1], (size_t)start), shown = kr_is_error(ch) ? ch : kr_str_ascii(vm, ch);
        if (kr_is_error(shown)) return shown;
        KrValue code = kr_call_method(vm, vm->builtins, "ord", 1, &ch);
        if (!kr_is_int(code)) return code;
        size_t cp = (size_t)kr_int_value(code);
        char text[16] = "\\U00000000";
        size_t digits = cp < 0x100 ? 2 : cp < 0x10000 ? 4 : 8;
        text[1] = digits == 2 ? 'x' : digits == 4 ? 'u' : 'U';
        for (size_t i = 0; i < digits; i++) text[1 + digits - i] = "0123456789abcdef"[cp >> 4 * i & 15];
        text[2 + digits] = 0;
        if (translate) return kr_format(vm, "can't translate character '%s' in position %z: %S", text, start, x[4]);
        return kr_format(vm, "'%S' codec can't encode character '%s' in position %z: %S", x[0], text, start, x[4]);
    }
    if (decode) return kr_format(vm, "'%S' codec can't decode bytes in position %z-%z: %S", x[0], start, end - 1, x[4]);
    if (translate) return kr_format(vm, "can't translate characters in position %z-%z: %S", start, end - 1, x[4]);
    return kr_format(vm, "'%S' codec can't encode characters in position %z-%z: %S", x[0], start, end - 1, x[4]);
}

KR_EXTRA(0, encoding)
KR_EXTRA(1, object)
KR_EXTRA(2, start)
KR_EXTRA(3, end)
KR_EXTRA(4, reason)
static const KrGetSet unicode_attributes[] = { KR_EXTRA_ROW(encoding), KR_EXTRA_ROW(object), KR_EXTRA_ROW(start),
                                               KR_EXTRA_ROW(end),      KR_EXTRA_ROW(reason), { 0 } };
static const KrMethod unicode_init_row = { "UnicodeError(*args, **kwargs)", unicode_init, "", KR_NO_EMPTY_KEYWORDS };
#define UNICODE(symbol, text, documentation) \
    const KrType kr_##symbol = { KR_EXCEPTION_TYPE(symbol, text, unicode_error, documentation), .make = &kr_exception_new, \
                                 .init = &unicode_init_row, .str = unicode_str, .attributes = unicode_attributes };
UNICODE(unicode_decode_error, "UnicodeDecodeError", "Unicode decoding error.")
UNICODE(unicode_encode_error, "UnicodeEncodeError", "Unicode encoding error.")
UNICODE(unicode_translate_error, "UnicodeTranslateError", "Unicode translation error.")
