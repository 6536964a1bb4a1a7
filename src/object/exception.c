// exception.c - BaseException and the plain exception types.
// SPDX-License-Identifier: MIT
#include "object/exception.h"

#include "object/exception_type.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "object/text.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/vm_state.h"

#define SELF kr_exception_of(self)

void kr_exception_trace(KrTracer *tracer, KrObject *o) {
    KrExceptionObject *e = (KrExceptionObject *)o;
    kr_trace(tracer, e->args);
    kr_trace(tracer, e->traceback);
    kr_trace(tracer, e->context);
    kr_trace(tracer, e->cause);
    for (size_t i = 0; i < KR_EXCEPTION_EXTRA; i++) kr_trace(tracer, e->extra[i]);
}

// __new__(cls, *args, **kwargs): args are kept before __init__ sees them.
KrValue kr_exception_make(KrVm *vm, KrValue type, const KrValue *arg) {
    KrValue v = kr_alloc_instance(vm, kr_as_type(type));
    if (kr_is_error(v)) return v;
    KrExceptionObject *e = kr_exception_of(v);
    e->args = arg[0];
    e->traceback = e->context = e->cause = KR_NONE;
    for (size_t i = 0; i < KR_EXCEPTION_EXTRA; i++) e->extra[i] = KR_NONE;
    return v;
}

static KrValue base_init(KrVm *vm, KrValue self, const KrValue *arg) {
    if (!kr_is_unset(arg[1]) && kr_dict_len(arg[1])) return kr_raise(vm, &kr_type_error, "%T() takes no keyword arguments", self);
    kr_store(vm, SELF, &SELF->args, arg[0]);
    return KR_NONE;
}

KrValue kr_exception_str(KrVm *vm, KrValue self) {
    size_t count;
    const KrValue *item = kr_tuple_items(SELF->args, &count);
    if (!count) return vm->empty_str;
    return count == 1 ? kr_to_str(vm, item[0]) : kr_to_str(vm, SELF->args);
}

static KrValue base_repr(KrVm *vm, KrValue self) {
    size_t count;
    const KrValue *item = kr_tuple_items(SELF->args, &count);
    if (count == 1) return kr_format(vm, "%T(%R)", self, item[0]);
    KrValue args = kr_repr(vm, SELF->args);
    return kr_is_error(args) ? args : kr_format(vm, "%T%S", self, args);
}

// ---- Attributes ----------------------------------------------------------------------------------------------------------------

static KrValue get_args(KrVm *vm, KrValue self) { return (void)vm, SELF->args; }
static bool set_args(KrVm *vm, KrValue self, KrValue v) {
    if (kr_is_unset(v)) return kr_fail(kr_raise(vm, &kr_type_error, "args may not be deleted"));
    v = kr_tuple_from(vm, v);
    if (kr_is_error(v)) return false;
    return kr_store(vm, SELF, &SELF->args, v), true;
}
static KrValue get_traceback(KrVm *vm, KrValue self) { return (void)vm, SELF->traceback; }
static bool set_traceback(KrVm *vm, KrValue self, KrValue v) {
    if (kr_is_unset(v)) return kr_fail(kr_raise(vm, &kr_type_error, "__traceback__ may not be deleted"));
    if (!kr_is_none(v) && strcmp(kr_type_of(v)->name, "traceback") != 0)
        return kr_fail(kr_raise(vm, &kr_type_error, "__traceback__ must be a traceback or None"));
    return kr_store(vm, SELF, &SELF->traceback, v), true;
}
static KrValue get_context(KrVm *vm, KrValue self) { return (void)vm, SELF->context; }
static KrValue get_cause(KrVm *vm, KrValue self) { return (void)vm, SELF->cause; }
static bool check_link(KrVm *vm, KrValue v, const char *what) {
    if (kr_is_unset(v)) return kr_fail(kr_raise(vm, &kr_type_error, "__%s__ may not be deleted", what));
    if (kr_is_none(v) || kr_is_exception(v)) return true;
    return kr_fail(kr_raise(vm, &kr_type_error, "exception %s must be None or derive from BaseException", what));
}
static bool set_context(KrVm *vm, KrValue self, KrValue v) {
    return check_link(vm, v, "context") && (kr_store(vm, SELF, &SELF->context, v), true);
}
static bool set_cause(KrVm *vm, KrValue self, KrValue v) {
    if (!check_link(vm, v, "cause")) return false;
    kr_store(vm, SELF, &SELF->cause, v);
    SELF->suppress_context = true;
    return true;
}
static KrValue get_suppress(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->suppress_context); }
static bool set_suppress(KrVm *vm, KrValue self, KrValue v) {
    if (kr_is_unset(v)) return kr_fail(kr_raise(vm, &kr_type_error, "can't delete numeric/char attribute"));
    if (!kr_is_bool(v)) return kr_fail(kr_raise(vm, &kr_type_error, "attribute value type must be bool"));
    return SELF->suppress_context = kr_is_true_value(v), true;
}

static const KrGetSet base_attributes[] = {
    { "args", get_args, set_args, "" },
    { "__traceback__", get_traceback, set_traceback, "" },
    { "__context__", get_context, set_context, "" },
    { "__cause__", get_cause, set_cause, "" },
    { "__suppress_context__", get_suppress, set_suppress, "" },
    { 0 },
};

// ---- Methods -------------------------------------------------------------------------------------------------------------------

static KrValue with_traceback(KrVm *vm, KrValue self, const KrValue *arg) { return set_traceback(vm, self, arg[0]) ? self : KR_ERROR; }

static KrValue add_note(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue notes;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "note must be a str, not '%T'", arg[0]);
    if (!kr_find_attr(vm, self, KR_N(__notes__), &notes)) return KR_ERROR;
    if (kr_is_unset(notes)) {
        notes = kr_list(vm, 0, NULL);
        if (kr_is_error(notes) || !kr_setattr(vm, self, KR_N(__notes__), notes)) return KR_ERROR;
    }
    if (!kr_is_list(notes)) return kr_raise(vm, &kr_type_error, "Cannot add note: __notes__ is not a list");
    return kr_list_append(vm, notes, arg[0]) ? KR_NONE : KR_ERROR;
}

static KrValue base_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue dict = kr_attr_count(kr_ptr(self)) || self.bits == 0 ? kr_attr_dict(vm, kr_ptr(self)) : KR_NONE;
    KrValue item[3] = { kr_type_value(kr_type_of(self)), SELF->args, dict };
    return kr_is_error(dict) ? dict : kr_tuple(vm, kr_is_none(dict) ? 2 : 3, item);
}

static KrValue base_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue key, value;
    if (kr_is_none(arg[0])) return KR_NONE;
    if (!kr_is_dict(arg[0])) return kr_raise(vm, &kr_type_error, "state is not a dictionary");
    for (size_t at = 0; kr_dict_next(arg[0], &at, &key, &value);)
        if (!kr_setattr(vm, self, key, value)) return KR_ERROR;
    return KR_NONE;
}

static const KrMethod base_methods[] = {
    { "with_traceback(object, /)", with_traceback, KR_DOC("Set self.__traceback__ and return self."), 0 },
    { "add_note(object, /)", add_note, KR_DOC("Add a note to the exception: a line that tracebacks show."), 0 },
    { "__reduce__()", base_reduce, "", 0 },
    { "__setstate__(object, /)", base_setstate, "", 0 },
    { 0 },
};

const KrMethod kr_exception_new = { "BaseException(*args, **kwargs)", kr_exception_make, "", KR_NO_EMPTY_KEYWORDS };
static const KrMethod base_init_row = { "BaseException(*args, **kwargs)", base_init, KR_DOC("Common base class for all exceptions"),
                                        KR_NO_EMPTY_KEYWORDS };

const KrType kr_base_exception = {
    KR_TYPE_HEAD(kr_base_exception),   .name = "BaseException",     .doc = KR_DOC("Common base class for all exceptions"),
    .size = sizeof(KrExceptionObject), .flags = KR_EXCEPTION_FLAGS, .trace = kr_exception_trace,
    .make = &kr_exception_new,         .init = &base_init_row,      .repr = base_repr,
    .str = kr_exception_str,           .methods = base_methods,     .attributes = base_attributes,
};

// ---- Types that add nothing ----------------------------------------------------------------------------------------------------

#define PLAIN(symbol, text, parent, documentation) \
    const KrType kr_##symbol = { KR_TYPE_HEAD(kr_##symbol), \
                                 .name = text, \
                                 .base = &kr_##parent, \
                                 .doc = KR_DOC(documentation), \
                                 .size = sizeof(KrExceptionObject), \
                                 .flags = KR_EXCEPTION_FLAGS, \
                                 .trace = kr_exception_trace, \
                                 .make = &kr_exception_new, \
                                 .init = &base_init_row };
PLAIN(exception, "Exception", base_exception, "Common base class for all non-exit exceptions.")
PLAIN(generator_exit, "GeneratorExit", base_exception, "Request that a generator exit.")
PLAIN(keyboard_interrupt, "KeyboardInterrupt", base_exception, "Program interrupted by user.")
PLAIN(arithmetic_error, "ArithmeticError", exception, "Base class for arithmetic errors.")
PLAIN(floating_point_error, "FloatingPointError", arithmetic_error, "Floating-point operation failed.")
PLAIN(overflow_error, "OverflowError", arithmetic_error, "Result too large to be represented.")
PLAIN(zero_division_error, "ZeroDivisionError", arithmetic_error, "Second argument to a division or modulo operation was zero.")
PLAIN(assertion_error, "AssertionError", exception, "Assertion failed.")
PLAIN(buffer_error, "BufferError", exception, "Buffer error.")
PLAIN(eof_error, "EOFError", exception, "Read beyond end of file.")
PLAIN(lookup_error, "LookupError", exception, "Base class for lookup errors.")
PLAIN(index_error, "IndexError", lookup_error, "Sequence index out of range.")
PLAIN(memory_error, "MemoryError", exception, "Out of memory.")
PLAIN(reference_error, "ReferenceError", exception, "Weak ref proxy used after referent went away.")
PLAIN(runtime_error, "RuntimeError", exception, "Unspecified run-time error.")
PLAIN(not_implemented_error, "NotImplementedError", runtime_error, "Method or function hasn't been implemented yet.")
PLAIN(python_finalization_error, "PythonFinalizationError", runtime_error, "Operation blocked during Python finalization.")
PLAIN(recursion_error, "RecursionError", runtime_error, "Recursion limit exceeded.")
PLAIN(stop_async_iteration, "StopAsyncIteration", exception, "Signal the end from iterator.__anext__().")
PLAIN(system_error, "SystemError", exception, "Internal error in the Python interpreter.")
PLAIN(type_error, "TypeError", exception, "Inappropriate argument type.")
PLAIN(value_error, "ValueError", exception, "Inappropriate argument value (of correct type).")
PLAIN(unicode_error, "UnicodeError", value_error, "Unicode related error.")
PLAIN(warning, "Warning", exception, "Base class for warning categories.")
PLAIN(bytes_warning, "BytesWarning", warning, "Base class for warnings about bytes and buffer related problems.")
PLAIN(deprecation_warning, "DeprecationWarning", warning, "Base class for warnings about deprecated features.")
PLAIN(encoding_warning, "EncodingWarning", warning, "Base class for warnings about encodings.")
PLAIN(future_warning, "FutureWarning", warning, "Base class for warnings about constructs that will change semantically in the future.")
PLAIN(import_warning, "ImportWarning", warning, "Base class for warnings about probable mistakes in module imports")
PLAIN(pending_deprecation_warning, "PendingDeprecationWarning", warning,
      "Base class for warnings about features which will be deprecated in the future.")
PLAIN(resource_warning, "ResourceWarning", warning, "Base class for warnings about resource usage.")
PLAIN(runtime_warning, "RuntimeWarning", warning, "Base class for warnings about dubious runtime behavior.")
PLAIN(syntax_warning, "SyntaxWarning", warning, "Base class for warnings about dubious syntax.")
PLAIN(unicode_warning, "UnicodeWarning", warning, "Base class for warnings about Unicode related problems.")
PLAIN(user_warning, "UserWarning", warning, "Base class for warnings generated by user code.")

const KrType kr_limit_exceeded = {
    KR_TYPE_HEAD(kr_limit_exceeded),
    .name = "LimitExceeded",
    .module = "krait",
    .base = &kr_base_exception,
    .doc = KR_DOC("A limit of the VM was exceeded: steps, deadline or heap."),
    .size = sizeof(KrExceptionObject),
    .flags = KR_EXCEPTION_FLAGS,
    .trace = kr_exception_trace,
    .make = &kr_exception_new,
    .init = &base_init_row,
};

bool kr_exceptions_init(KrVm *vm) {
    KrValue e = kr_call(vm, kr_type_value(&kr_memory_error), 0, NULL);
    if (kr_is_error(e)) return false;
    vm->memory_error = e;
    return true;
}
