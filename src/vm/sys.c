// sys.c - the sys module: what the interpreter is, its limits, its hooks.
// SPDX-License-Identifier: MIT
#include "object/exception.h"
#include "object/list.h"
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "object/str_method.h"
#include "object/struct_sequence.h"
#include "object/tuple.h"
#include "port.h"
#include "vm/builtins.h"
#include "vm/hook.h"
#include "vm/monitor.h"
#include "vm/import.h"
#include "vm/import_error.h"
#include "vm/op.h"
#include "vm/audit.h"
#include "vm/sys_inside.h"
#include "vm/thread.h"
#include "vm/traceback.h"

#define FUNCTION(name) static KrValue sys_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define UNUSED_SELF    ((void)vm, (void)self, (void)arg)

FUNCTION(exit) {
    (void)self;
    if (kr_is_tuple(arg[0])) return kr_raise_args(vm, &kr_system_exit, arg[0]);
    KrValue args = kr_tuple(vm, kr_is_unset(arg[0]) || kr_is_none(arg[0]) ? 0 : 1, arg);
    return kr_is_error(args) ? args : kr_raise_args(vm, &kr_system_exit, args);
}

FUNCTION(intern) {
    (void)self;
    if (!kr_is_exact(arg[0], &kr_str_type))
        return kr_raise(vm, &kr_type_error, kr_is_str(arg[0]) ? "can't intern %T" : "intern() argument must be str, not %T", arg[0]);
    return kr_intern(vm, arg[0]);
}

FUNCTION(getrecursionlimit) { return UNUSED_SELF, kr_int_box((intptr_t)vm->recursion_limit); }
FUNCTION(setrecursionlimit) {
    (void)self;
    intptr_t n;
    if (!kr_to_index(vm, arg[0], &n)) return KR_ERROR;
    if (n < 1) return kr_raise(vm, &kr_value_error, "recursion limit must be greater or equal than 1");
    if ((uint32_t)n <= vm->thread.depth)
        return kr_raise(vm, &kr_recursion_error, "cannot set the recursion limit to %z at the recursion depth %z: the limit is too low", n,
                        (intptr_t)vm->thread.depth);
    vm->recursion_limit = n > 100000000 ? 100000000 : (uint32_t)n;
    return KR_NONE;
}

static KrValue exc_type(KrVm *vm) { return kr_is_none(kr_handled(vm)) ? KR_NONE : kr_type_value(kr_type_of(kr_handled(vm))); }
FUNCTION(exception) { return UNUSED_SELF, kr_handled(vm); }
FUNCTION(exc_info) {
    UNUSED_SELF;
    KrValue e = kr_handled(vm), item[3] = { exc_type(vm), e, KR_NONE };
    if (!kr_is_none(e)) item[2] = kr_getattr(vm, e, KR_N(__traceback__));
    return kr_is_error(item[2]) ? KR_ERROR : kr_tuple(vm, 3, item);
}

FUNCTION(getframe) {
    (void)self;
    int depth;
    if (!kr_arg_int(vm, arg[0], &depth)) return KR_ERROR;
    KrFrame *f = vm->thread.frame;
    for (; f && depth > 0; depth--) f = f->prev;
    if (!f) return kr_raise(vm, &kr_value_error, "call stack is not deep enough");
    KrFrameObject *o = kr_frame_reify(vm, f);
    KrValue frame = o ? kr_from_ptr(o) : KR_ERROR;
    return o && kr_audit(vm, "sys._getframe", 1, &frame) ? frame : KR_ERROR;
}

FUNCTION(getframemodulename) {
    (void)self;
    intptr_t depth;
    if (!kr_to_index(vm, arg[0], &depth) || !kr_audit(vm, "sys._getframemodulename", 1, arg)) return KR_ERROR;
    KrFrame *f = vm->thread.frame;
    for (; f && depth > 0; depth--) f = f->prev;
    return f ? KR_AS(KrFunctionObject, f->base[-1])->module : KR_NONE;
}

FUNCTION(getsizeof) {
    (void)self;
    KrValue v = kr_try_special(vm, arg[0], KR_N(__sizeof__), 0, NULL);
    if (!kr_is_unset(v)) return v;
    return kr_int(vm, kr_is_ptr(arg[0]) ? (int64_t)kr_heap_cell_size(vm, kr_ptr(arg[0])) : (int64_t)sizeof(KrValue));
}

FUNCTION(getrefcount) { return UNUSED_SELF, kr_int_box(1); }
FUNCTION(getdefaultencoding) { return UNUSED_SELF, kr_str_c(vm, "utf-8"); }
FUNCTION(getfilesystemencoding) { return UNUSED_SELF, kr_str_c(vm, "utf-8"); }
FUNCTION(getfilesystemencodeerrors) { return UNUSED_SELF, kr_str_c(vm, "surrogateescape"); }
FUNCTION(is_finalizing) { return UNUSED_SELF, kr_bool(vm->finalizing); }
FUNCTION(get_int_max_str_digits) { return UNUSED_SELF, kr_int_box((intptr_t)vm->int_max_str_digits); }
FUNCTION(set_int_max_str_digits) {
    (void)self;
    intptr_t n;
    if (!kr_to_index(vm, arg[0], &n)) return KR_ERROR;
    if (n != 0 && (n < 640 || n > INT32_MAX)) return kr_raise(vm, &kr_value_error, "maxdigits must be 0 or larger than 640");
    vm->int_max_str_digits = (uint32_t)n;
    return KR_NONE;
}
FUNCTION(getswitchinterval) { return UNUSED_SELF, kr_float(vm, (double)vm->switch_ns * 1e-9); }
FUNCTION(setswitchinterval) {
    double s;
    (void)self;
    if (!kr_to_double(vm, arg[0], &s)) return KR_ERROR;
    if (!(s > 0)) return kr_raise(vm, &kr_value_error, "switch interval must be strictly positive");
    vm->switch_ns = s < 1e9 ? (int64_t)(s * 1e9) + 1 : INT64_MAX / 2;
    return KR_NONE;
}
FUNCTION(get_asyncgen_hooks) {
    UNUSED_SELF;
    return kr_tuple(vm, 2, vm->thread.async_hooks);
}
FUNCTION(set_asyncgen_hooks) {
    (void)self;
    for (int i = 0; i < 2; i++) {
        if (kr_is_unset(arg[i])) continue;
        if (!kr_is_none(arg[i]) && !kr_callable(arg[i]))
            return kr_raise(vm, &kr_type_error, "callable %s expected, got %T", i ? "finalizer" : "firstiter", arg[i]);
        vm->thread.async_hooks[i] = arg[i];
    }
    return KR_NONE;
}

FUNCTION(displayhook) {
    (void)self;
    if (kr_is_none(arg[0])) return KR_NONE;
    KrValue builtins = vm->builtins, text = kr_setattr(vm, builtins, KR_N(_), KR_NONE) ? kr_repr(vm, arg[0]) : KR_ERROR;
    KrValue out = kr_is_error(text) ? text : kr_getattr(vm, vm->sys, KR_N(stdout)), nl = kr_str(vm, "\n", 1);
    if (kr_is_error(out) || kr_is_error(nl) || !kr_file_write(vm, out, text) || !kr_file_write(vm, out, nl)) return KR_ERROR;
    return kr_setattr(vm, builtins, KR_N(_), arg[0]) ? KR_NONE : KR_ERROR;
}

FUNCTION(print_exception) { // as MicroPython has it
    (void)self;
    if (!kr_is_exception(arg[0])) return kr_raise(vm, &kr_type_error, "print_exception() argument 1 must be an exception, not %T", arg[0]);
    KrValue item[5] = { kr_type_value(kr_type_of(arg[0])), arg[0], kr_getattr(vm, arg[0], KR_N(__traceback__)), KR_NONE, arg[1] };
    if (kr_is_none(item[4])) item[4] = kr_getattr(vm, vm->sys, KR_N(stdout));
    KrValue module = kr_is_error(item[2]) || kr_is_error(item[4]) ? KR_ERROR : kr_import(vm, "traceback");
    return kr_is_error(module) ? module : kr_call_method(vm, module, "print_exception", 5, item);
}

FUNCTION(excepthook) {
    (void)self;
    if (!kr_is_exception(arg[1])) {
        KrValue text = kr_is_none(arg[1]) ? kr_str_c(vm, "NoneType: None\n")
                                          : kr_format(vm, "TypeError: print_exception(): Exception expected for value, %T found\n", arg[1]);
        if (kr_is_error(text)) return text;
        return kr_print_error_text(vm, text), KR_NONE;
    }
    KrExceptionObject *e = kr_exception_of(arg[1]);
    if (kr_is_exact(arg[2], &kr_traceback_type) && !kr_is_exact(e->traceback, &kr_traceback_type)) kr_store(vm, e, &e->traceback, arg[2]);
    vm->thread.raised = arg[1];
    kr_print_raised(vm);
    return KR_NONE;
}

FUNCTION(unraisablehook) {
    (void)self;
    KrValue e = kr_getattr_c(vm, arg[0], "exc_value"), o = kr_is_error(e) ? e : kr_getattr_c(vm, arg[0], "object");
    KrValue message = kr_is_error(o) ? o : kr_getattr_c(vm, arg[0], "err_msg");
    if (kr_is_error(message)) return message;
    kr_print_unraisable(vm, e, message, o);
    return KR_NONE;
}

FUNCTION(settrace) {
    if (!kr_audit(vm, "sys.settrace", 0, NULL)) return KR_ERROR;
    return (void)self, kr_set_hook(vm, &vm->thread.trace_hook, arg[0]), KR_NONE;
}
FUNCTION(gettrace) { return UNUSED_SELF, kr_is_unset(vm->thread.trace_hook) ? KR_NONE : vm->thread.trace_hook; }
FUNCTION(setprofile) {
    if (!kr_audit(vm, "sys.setprofile", 0, NULL)) return KR_ERROR;
    return (void)self, kr_set_hook(vm, &vm->thread.profile_hook, arg[0]), KR_NONE;
}
FUNCTION(getprofile) { return UNUSED_SELF, kr_is_unset(vm->thread.profile_hook) ? KR_NONE : vm->thread.profile_hook; }

static KrValue set_all(KrVm *vm, KrValue function, bool profile) {
    const KrThreadRecord *at = NULL;
    KrThread *t;
    if (!kr_audit(vm, profile ? "sys.setprofile" : "sys.settrace", 0, NULL) || !kr_threads_begin(vm)) return KR_ERROR;
    for (int64_t ident; kr_threads_next(vm, &at, &ident, &t);) kr_set_hook(vm, profile ? &t->profile_hook : &t->trace_hook, function);
    return KR_NONE;
}
FUNCTION(settraceallthreads) { return (void)self, set_all(vm, arg[0], false); }
FUNCTION(setprofileallthreads) { return (void)self, set_all(vm, arg[0], true); }

FUNCTION(call_tracing) {
    (void)self;
    if (!kr_is_tuple(arg[1])) return kr_raise(vm, &kr_type_error, "call_tracing() argument 2 must be tuple, not %T", arg[1]);
    bool in_hook = vm->thread.in_hook;
    vm->thread.in_hook = false;
    KrValue v = kr_call_args(vm, arg[0], arg[1], KR_UNSET);
    vm->thread.in_hook = in_hook;
    return v;
}

FUNCTION(breakpointhook) {
    UNUSED_SELF;
    return kr_raise(vm, &kr_not_implemented_error, "breakpoint(): no debugger is installed; set sys.breakpointhook");
}

static const KrMethod functions[] = {
    { "exit(status=None, /)", sys_exit, KR_DOC("Exit the interpreter by raising SystemExit(status)."), 0 },
    { "intern(string, /)", sys_intern, KR_DOC("Return the interned string with the same text."), 0 },
    { "getrecursionlimit()", sys_getrecursionlimit, KR_DOC("Return the maximum depth of Python calls."), 0 },
    { "setrecursionlimit(limit, /)", sys_setrecursionlimit, KR_DOC("Set the maximum depth of Python calls."), 0 },
    { "exception()", sys_exception, KR_DOC("Return the exception that is being handled, or None."), 0 },
    { "exc_info()", sys_exc_info, KR_DOC("Return (type, value, traceback) of the exception that is being handled."), 0 },
    { "_getframe(depth=0, /)", sys_getframe, KR_DOC("Return a frame of the call stack, `depth` calls below the top."), 0 },
    { "_getframemodulename(depth=0)", sys_getframemodulename, KR_DOC("Return the name of the module of a calling frame."), 0 },
    { "getsizeof(object, default=<unset>)", sys_getsizeof, KR_DOC("Return the size of object in bytes."), 0 },
    { "getrefcount(object, /)", sys_getrefcount, KR_DOC("Krait does not count references: always 1."), 0 },
    { "getdefaultencoding()", sys_getdefaultencoding, KR_DOC("Return the default encoding: 'utf-8'."), 0 },
    { "getfilesystemencoding()", sys_getfilesystemencoding, KR_DOC("Return the encoding of file names: 'utf-8'."), 0 },
    { "getfilesystemencodeerrors()", sys_getfilesystemencodeerrors, KR_DOC("Return the error handler for file names."), 0 },
    { "is_finalizing()", sys_is_finalizing, KR_DOC("Return whether the interpreter is shutting down."), 0 },
    { "get_int_max_str_digits()", sys_get_int_max_str_digits, KR_DOC("Return the limit on digits for conversion between int and str."), 0 },
    { "set_int_max_str_digits(maxdigits)", sys_set_int_max_str_digits,
      KR_DOC("Set the limit on digits for conversion between int and str."), 0 },
    { "getswitchinterval()", sys_getswitchinterval, KR_DOC("Return the thread switch interval in seconds."), 0 },
    { "setswitchinterval(interval, /)", sys_setswitchinterval, KR_DOC("Set for how many seconds a thread may run while others wait."), 0 },
    { "get_asyncgen_hooks()", sys_get_asyncgen_hooks, KR_DOC("Return (firstiter, finalizer) of asynchronous generators."), 0 },
    { "set_asyncgen_hooks(firstiter=<unset>, finalizer=<unset>)", sys_set_asyncgen_hooks,
      KR_DOC("Set the hooks of asynchronous generators."), 0 },
    { "displayhook(object, /)", sys_displayhook, KR_DOC("Print an object to sys.stdout and save it in builtins._"), 0 },
    { "__displayhook__(object, /)", sys_displayhook, KR_DOC("Print an object to sys.stdout and save it in builtins._"), 0 },
    { "print_exception(exc, file=None, /)", sys_print_exception,
      KR_DOC("Print an exception with its traceback to a file, sys.stdout by default: MicroPython's name of traceback.print_exception()."),
      0 },
    { "excepthook(exctype, value, traceback, /)", sys_excepthook, KR_DOC("Print an exception with its traceback."), 0 },
    { "__excepthook__(exctype, value, traceback, /)", sys_excepthook, KR_DOC("Print an exception with its traceback."), 0 },
    { "unraisablehook(unraisable, /)", sys_unraisablehook, KR_DOC("Report an exception that cannot be raised."), 0 },
    { "__unraisablehook__(unraisable, /)", sys_unraisablehook, KR_DOC("Report an exception that cannot be raised."), 0 },
    { "settrace(function, /)", sys_settrace, KR_DOC("Set the trace function: called for calls, lines, returns and exceptions."),
      KR_SETS_HOOKS },
    { "gettrace()", sys_gettrace, KR_DOC("Return the trace function."), 0 },
    { "setprofile(function, /)", sys_setprofile, KR_DOC("Set the profile function: called for calls and returns."), KR_SETS_HOOKS },
    { "call_tracing(func, args, /)", sys_call_tracing, KR_DOC("Call func(*args) inside of a trace function with tracing on."), 0 },
    { "getprofile()", sys_getprofile, KR_DOC("Return the profile function."), 0 },
    { "__breakpointhook__(*args, **kwargs)", sys_breakpointhook, KR_DOC("Called by breakpoint()."), 0 },
    { "audit(event, /, *args)", kr_sys_audit, KR_DOC("Pass an event and its arguments to the audit hooks."), 0 },
    { "addaudithook(hook)", kr_sys_addaudithook, KR_DOC("Add an audit hook: it is called with event and args, and stays."), 0 },
    { "_current_frames()", kr_sys_current_frames, KR_DOC("Return a dict of the current frame of each thread."), 0 },
    { "_current_exceptions()", kr_sys_current_exceptions, KR_DOC("Return a dict of the exception that each thread is handling."), 0 },
    { "_is_interned(string, /)", kr_sys_is_interned, KR_DOC("Return True if the string is interned."), 0 },
    { "_is_gil_enabled()", kr_sys_is_gil_enabled, KR_DOC("Return True: one thread at a time runs Python code in a VM."), 0 },
    { "_clear_type_cache()", kr_sys_clear_caches, KR_DOC("Forget where attributes of classes were found."), 0 },
    { "_clear_internal_caches()", kr_sys_clear_caches, KR_DOC("Forget where attributes of classes were found."), 0 },
    { "_get_cpu_count_config()", kr_sys_cpu_count_config, KR_DOC("Return -1: no number of CPUs was given."), 0 },
    { "_settraceallthreads(function, /)", sys_settraceallthreads, KR_DOC("Set the trace function of all threads."), KR_SETS_HOOKS },
    { "_setprofileallthreads(function, /)", sys_setprofileallthreads, KR_DOC("Set the profile function of all threads."), KR_SETS_HOOKS },
    { "getallocatedblocks()", kr_sys_getallocatedblocks, KR_DOC("Return the number of objects, after a collection."), 0 },
    { "getunicodeinternedsize(*, _only_immortal=False)", kr_sys_getunicodeinternedsize,
      KR_DOC("Return the number of interned strings that were made while the program ran."), 0 },
    { "get_coroutine_origin_tracking_depth()", kr_sys_get_origin_depth, KR_DOC("Return how many frames cr_origin tells."), 0 },
    { "set_coroutine_origin_tracking_depth(depth)", kr_sys_set_origin_depth, KR_DOC("Set how many frames cr_origin tells; 0: none."), 0 },
    { "activate_stack_trampoline(backend, /)", kr_sys_activate_trampoline, KR_DOC("ValueError: the perf tool is not supported."), 0 },
    { "deactivate_stack_trampoline()", kr_sys_deactivate_trampoline, KR_DOC("Nothing is active."), 0 },
    { "is_stack_trampoline_active()", kr_sys_is_trampoline_active, KR_DOC("Return False."), 0 },
    { "breakpointhook(*args, **kwargs)", sys_breakpointhook, KR_DOC("Called by breakpoint()."), 0 },
    { 0 },
};

// ---- Values --------------------------------------------------------------------------------------------------------------------

static KrValue make_modules(KrVm *vm) { return vm->modules; }
static KrValue make_path(KrVm *vm) { return kr_list(vm, 0, NULL); }
static KrValue make_argv(KrVm *vm) {
    KrValue empty = vm->empty_str;
    return kr_is_unset(vm->argv) ? kr_list(vm, 1, &empty) : vm->argv;
}
// What the process was started with, before anybody took options away.
static KrValue make_orig_argv(KrVm *vm) {
    if (!vm->process_argv) return make_argv(vm);
    KrValue list = kr_list(vm, 0, NULL);
    for (const char *const *p = vm->process_argv; *p && !kr_is_error(list); p++) {
        KrValue s = kr_decode(vm, (const uint8_t *)*p, strlen(*p), "utf-8", "surrogateescape");
        if (kr_is_error(s) || !kr_list_append(vm, list, s)) return KR_ERROR;
    }
    return list;
}
static KrValue make_executable(KrVm *vm) {
    char *path = vm->process_argv ? kr_port_executable() : NULL;
    if (!path) return vm->empty_str;
    KrValue v = kr_decode(vm, (const uint8_t *)path, strlen(path), "utf-8", "surrogateescape");
    kr_port_free(path);
    return v;
}

static const char *const version_fields[] = { "major", "minor", "micro", "releaselevel", "serial", NULL };
static KrValue version_tuple(KrVm *vm) {
    KrValue item[5] = { kr_int_box(3), kr_int_box(13), kr_int_box(0), kr_name(vm, "final"), kr_int_box(0) };
    return kr_is_error(item[3]) ? item[3] : kr_struct_sequence(vm, "sys.version_info", version_fields, item);
}
static KrValue make_implementation(KrVm *vm) {
    KrValue item[5] = { kr_int_box(0), kr_int_box(1), kr_int_box(0), kr_name(vm, "alpha"), kr_int_box(0) };
    if (kr_is_error(item[3])) return KR_ERROR;
    KrValue ns = kr_call(vm, kr_type_value(&kr_namespace_type), 0, NULL);
    if (kr_is_error(ns)) return ns;
    KrValue version = kr_struct_sequence(vm, "sys.version_info", version_fields, item);
    if (kr_is_error(version) || !kr_setattr_c(vm, ns, "name", kr_str_c(vm, "krait")) ||
        !kr_setattr_c(vm, ns, "cache_tag", kr_str_c(vm, "krait-01")) || !kr_setattr_c(vm, ns, "version", version) ||
        !kr_setattr_c(vm, ns, "hexversion", kr_int_box(0x000100A0)))
        return KR_ERROR;
    return ns;
}

static const char *const flag_fields[] = { "debug",
                                           "inspect",
                                           "interactive",
                                           "optimize",
                                           "dont_write_bytecode",
                                           "no_user_site",
                                           "no_site",
                                           "ignore_environment",
                                           "verbose",
                                           "bytes_warning",
                                           "quiet",
                                           "hash_randomization",
                                           "isolated",
                                           "dev_mode",
                                           "utf8_mode",
                                           "warn_default_encoding",
                                           "safe_path",
                                           "int_max_str_digits",
                                           NULL };
static KrValue make_flags(KrVm *vm) {
    const KrFlags *f = &vm->flags;
    const uint8_t number[] = { !!f->debug,      f->inspect, f->interactive,        f->optimize, f->dont_write_bytecode,
                               f->no_user_site, f->no_site, f->ignore_environment, f->verbose,  f->bytes_warning,
                               f->quiet,        0, // hash_randomization
                               f->isolated };
    KrValue item[18];
    for (size_t i = 0; i < KR_COUNT_OF(number); i++) item[i] = kr_int_box(number[i]);
    if (!f->optimize && vm->compile_flags & KR_COMPILE_NO_ASSERTS)
        item[3] = kr_int_box(vm->compile_flags & KR_COMPILE_NO_DOCSTRINGS ? 2 : 1);
    item[13] = kr_bool(f->dev_mode);
    item[14] = kr_int_box(1); // text is UTF-8 everywhere
    item[15] = kr_int_box(f->warn_default_encoding);
    item[16] = kr_bool(f->safe_path);
    item[17] = kr_int_box((intptr_t)vm->int_max_str_digits);
    return kr_struct_sequence(vm, "sys.flags", flag_fields, item);
}

static const char *const hash_fields[] = {
    "width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff", NULL
};
static KrValue make_hash_info(KrVm *vm) {
    bool wide = sizeof(uintptr_t) == 8;
    KrValue item[9] = { kr_int_box(wide ? 64 : 32),
                        kr_int(vm, wide ? ((int64_t)1 << 61) - 1 : 0x7FFFFFFF),
                        kr_int_box(314159),
                        kr_int_box(0),
                        kr_int_box(1000003),
                        kr_name(vm, "krait32"),
                        kr_int_box(32),
                        kr_int_box(0),
                        kr_int_box(0) };
    return kr_is_error(item[1]) || kr_is_error(item[5]) ? KR_ERROR : kr_struct_sequence(vm, "sys.hash_info", hash_fields, item);
}

static const char *const float_fields[] = { "max", "max_exp",  "max_10_exp", "min",   "min_exp", "min_10_exp",
                                            "dig", "mant_dig", "epsilon",    "radix", "rounds",  NULL };
static KrValue make_float_info(KrVm *vm) {
    KrValue item[11] = { kr_float(vm, 1.7976931348623157e308),
                         kr_int_box(1024),
                         kr_int_box(308),
                         kr_float(vm, 2.2250738585072014e-308),
                         kr_int_box(-1021),
                         kr_int_box(-307),
                         kr_int_box(15),
                         kr_int_box(53),
                         kr_float(vm, 2.220446049250313e-16),
                         kr_int_box(2),
                         kr_int_box(1) };
    return kr_struct_sequence(vm, "sys.float_info", float_fields, item);
}

static const char *const int_fields[] = { "bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold", NULL };
static KrValue make_int_info(KrVm *vm) {
    KrValue item[4] = { kr_int_box(sizeof(uintptr_t) * 8), kr_int_box(sizeof(uintptr_t)), kr_int_box(4300), kr_int_box(640) };
    return kr_struct_sequence(vm, "sys.int_info", int_fields, item);
}

static KrValue make_builtin_names(KrVm *vm) {
    KrValue list = kr_list(vm, 0, NULL);
    for (const KrModuleDef *const *d = kr_builtin_modules; *d && !kr_is_error(list); d++) {
        KrValue name = kr_name(vm, (*d)->name);
        if (kr_is_error(name) || !kr_list_append(vm, list, name)) return KR_ERROR;
    }
    if (kr_is_error(list) || kr_is_error(kr_call_method(vm, list, "sort", 0, NULL))) return KR_ERROR;
    return kr_tuple_from(vm, list);
}

static KrValue make_list(KrVm *vm) { return kr_list(vm, 0, NULL); }
static KrValue make_dict(KrVm *vm) { return kr_dict(vm); }

// What lib/importlib makes; on devices without it, empty.
static KrValue made_by_importlib(KrVm *vm, const char *function, KrValue (*otherwise)(KrVm *vm)) {
    KrValue library = kr_import(vm, "importlib._files");
    if (!kr_is_error(library)) return kr_call_method(vm, library, function, 0, NULL);
    if (!kr_raised_is(vm, &kr_module_not_found_error)) return library;
    return (void)kr_take_raised(vm), otherwise(vm);
}
static KrValue make_meta_path(KrVm *vm) { return made_by_importlib(vm, "_make_meta_path", make_list); }
static KrValue make_path_hooks(KrVm *vm) { return made_by_importlib(vm, "_make_path_hooks", make_list); }
static KrValue make_importer_cache(KrVm *vm) { return made_by_importlib(vm, "_make_importer_cache", make_dict); }
static KrValue make_none(KrVm *vm) { return (void)vm, KR_NONE; }
static KrValue make_stdin(KrVm *vm) { return kr_standard_stream(vm, 0); }
static KrValue make_stdout(KrVm *vm) { return kr_standard_stream(vm, 1); }
static KrValue make_stderr(KrVm *vm) { return kr_standard_stream(vm, 2); }
static KrValue make_platform(KrVm *vm) { return kr_name(vm, kr_port_platform); }
static KrValue make_dont_write(KrVm *vm) { return kr_bool(vm->flags.dont_write_bytecode); }

static KrValue make_monitoring(KrVm *vm) { return kr_module_from_def(vm, &kr_monitoring_module); }

#define MAKE(name, function) \
    { \
        name, KR_CONST_MAKE, { .make = function } \
    }
#define TEXT(name, text) \
    { \
        name, KR_CONST_STR, { .p = text } \
    }
#define INT(name, n) \
    { \
        name, KR_CONST_INT, { .i = n } \
    }
static const KrConst constants[] = {
    MAKE("modules", make_modules),
    MAKE("path", make_path),
    MAKE("argv", make_argv),
    MAKE("orig_argv", make_orig_argv),
    MAKE("executable", make_executable),
    MAKE("_base_executable", make_executable),
    MAKE("_home", make_none),
    MAKE("_stdlib_dir", make_none),
    MAKE("_git", kr_sys_git),
    MAKE("thread_info", kr_sys_thread_info),
    TEXT("_framework", ""),
    MAKE("version_info", version_tuple),
    MAKE("implementation", make_implementation),
    MAKE("flags", make_flags),
    MAKE("hash_info", make_hash_info),
    MAKE("monitoring", make_monitoring),
    MAKE("float_info", make_float_info),
    MAKE("int_info", make_int_info),
    MAKE("builtin_module_names", make_builtin_names),
    MAKE("meta_path", make_meta_path),
    MAKE("path_hooks", make_path_hooks),
    MAKE("path_importer_cache", make_importer_cache),
    MAKE("warnoptions", make_list),
    MAKE("_xoptions", make_dict),
    MAKE("stdin", make_stdin),
    MAKE("stdout", make_stdout),
    MAKE("stderr", make_stderr),
    MAKE("__stdin__", make_stdin),
    MAKE("__stdout__", make_stdout),
    MAKE("__stderr__", make_stderr),
    MAKE("dont_write_bytecode", make_dont_write),
    MAKE("pycache_prefix", make_none),
    MAKE("stdlib_module_names", kr_stdlib_names),
    TEXT("version", "3.13.0 (Krait 0.1)"),
    MAKE("platform", make_platform),
    TEXT("byteorder", "little"),
    TEXT("copyright", "Copyright (c) 2026 The Krait developers"),
    TEXT("prefix", "/usr"),
    TEXT("exec_prefix", "/usr"),
    TEXT("base_prefix", "/usr"),
    TEXT("base_exec_prefix", "/usr"),
    TEXT("platlibdir", "lib"),
    TEXT("float_repr_style", "short"),
    TEXT("abiflags", ""),
    INT("maxsize", (int64_t)(SIZE_MAX >> 1)),
    INT("maxunicode", 0x10FFFF),
    INT("hexversion", 0x030D00F0),
    INT("api_version", 1013),
    { 0 },
};

const KrModuleDef kr_sys_module = { "sys", KR_DOC("Access to objects used or maintained by the interpreter."), functions, constants, NULL };
