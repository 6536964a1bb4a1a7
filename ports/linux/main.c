// main.c - the command: krait [options] [-c cmd | -m mod | file | -] [args]
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "compile/compiler.h"
#include "linux/command_line.h"
#include "linux/wire.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "port.h"
#include "vm/builtins.h"
#include "vm/clock.h"
#include "vm/import.h"
#include "vm/main.h"
#include "vm/traceback.h"

static bool is_stream(const KrCommandLine *c) { return !c->command && !c->module && (!c->file || strcmp(c->file, "-") == 0); }

static KrValue from_system(KrVm *vm, const char *text) {
    size_t len = strlen(text);
    if (kr_is_ascii(text, len)) return kr_str(vm, text, len);
    return kr_decode(vm, (const uint8_t *)text, len, "utf-8", "surrogateescape");
}

// ---- What the program finds in sys ---------------------------------------------------------------------------------------------

// A path as seen from the root, otherwise as it was given. To be freed; NULL: no memory.
static char *absolute_path(const char *path) {
    char *here = path[0] == '/' ? NULL : getcwd(NULL, 0), *out = NULL;
    int n = path[0] == '/' || !here ? asprintf(&out, "%s", path) : asprintf(&out, "%s%s%s", here, here[1] ? "/" : "", path);
    free(here);
    return n < 0 ? NULL : out;
}

static bool add_folder(KrVm *vm, KrValue path, const char *text, size_t len) {
    char name[4096];
    if (len >= sizeof name) return true; // longer than the system allows
    memcpy(name, text, len);
    name[len] = 0;
    char *full = absolute_path(name);
    if (!full) return kr_fail(kr_raise_memory(vm));
    size_t end = strlen(full);
    if (!len && end > 1) full[end - 1] = 0; // an empty entry is the current folder
    KrValue folder = from_system(vm, full);
    free(full);
    bool again;
    if (kr_is_error(folder) || !kr_contains(vm, path, folder, &again)) return false;
    return again || kr_list_append(vm, path, folder);
}

// sys.path[0]: where the script really is; the current folder for -m; "" for -c and the prompt.
static KrValue first_folder(KrVm *vm, const KrCommandLine *c) {
    char *real = NULL;
    KrValue folder = vm->empty_str;
    if (c->module) {
        real = getcwd(NULL, 0);
        if (real) folder = from_system(vm, real);
    } else if (!is_stream(c) && c->file) {
        real = realpath(c->file, NULL);
        char *slash = real ? strrchr(real, '/') : NULL;
        if (slash) slash[slash == real] = 0, folder = from_system(vm, real);
    }
    free(real);
    return folder;
}

static bool set_path(KrVm *vm, const KrCommandLine *c) {
    KrValue path = kr_getattr(vm, vm->sys, KR_N(path));
    if (kr_is_error(path)) return false;
    if (!c->flags.safe_path && (!c->file || is_stream(c) || kr_port_path_kind(c->file) != KR_PATH_FOLDER)) {
        KrValue folder = first_folder(vm, c);
        if (kr_is_error(folder) || !kr_list_append(vm, path, folder)) return false;
        vm->path_first = folder;
    }
    for (size_t i = 0; i < KR_COUNT_OF(c->path_env); i++)
        for (const char *entry = c->path_env[i]; entry;) {
            const char *end = strchrnul(entry, ':');
            if (!add_folder(vm, path, entry, (size_t)(end - entry))) return false;
            entry = *end ? end + 1 : NULL;
        }
    return true;
}

// The library of an installed CPython, behind all other folders.
static bool set_stdlib(KrVm *vm, const KrCommandLine *c) {
    if (!c->stdlib || strcmp(c->stdlib, "none") == 0) return true;
    KrValue module = kr_import(vm, "_stdlib"), where = from_system(vm, c->stdlib);
    return !kr_is_error(module) && !kr_is_error(where) && !kr_is_error(kr_call_method(vm, module, "use", 1, &where));
}

static bool set_arguments(KrVm *vm, const KrCommandLine *c, int argc, char **argv) {
    KrValue list = kr_list(vm, 0, NULL);
    KrValue first = from_system(vm, c->command ? "-c" : c->module ? "-m" : c->file ? c->file : "");
    if (kr_is_error(list) || kr_is_error(first) || !kr_list_append(vm, list, first)) return false;
    for (int i = c->rest; i < argc; i++) {
        KrValue s = from_system(vm, argv[i]);
        if (kr_is_error(s) || !kr_list_append(vm, list, s)) return false;
    }
    vm->argv = list;
    vm->process_argv = (const char *const *)argv;
    return true;
}

static bool add_option(KrVm *vm, KrValue list, const char *text) {
    KrValue v = from_system(vm, text);
    return !kr_is_error(v) && kr_list_append(vm, list, v);
}

// sys.warnoptions: -X dev, PYTHONWARNINGS, -W, -b. Module warnings reads it, now, so that what is wrong is said.
static bool set_warnings(KrVm *vm, const KrCommandLine *c) {
    if (!c->flags.dev_mode && !c->warnings_env && !c->warn_options.count && !c->flags.bytes_warning) return true;
    KrValue list = kr_list(vm, 0, NULL);
    bool ok = !kr_is_error(list) && (!c->flags.dev_mode || add_option(vm, list, "default"));
    for (const char *at = c->warnings_env; ok && at;) {
        const char *end = strchrnul(at, ',');
        KrValue v = kr_decode(vm, (const uint8_t *)at, (size_t)(end - at), "utf-8", "surrogateescape");
        ok = !kr_is_error(v) && kr_list_append(vm, list, v);
        at = *end ? end + 1 : NULL;
    }
    for (size_t i = 0; ok && i < c->warn_options.count; i++) ok = add_option(vm, list, c->warn_options.item[i]);
    if (ok && c->flags.bytes_warning)
        ok = add_option(vm, list, c->flags.bytes_warning > 1 ? "error::BytesWarning" : "default::BytesWarning");
    return ok && kr_setattr_c(vm, vm->sys, "warnoptions", list) && !kr_is_error(kr_import(vm, "warnings"));
}

// sys._xoptions: name to True, or to what stands behind the =.
static bool set_x_options(KrVm *vm, const KrCommandLine *c) {
    if (!c->x_options.count) return true;
    KrValue dict = kr_dict(vm);
    for (size_t i = 0; i < c->x_options.count; i++) {
        const char *text = c->x_options.item[i], *equals = strchr(text, '=');
        size_t len = equals ? (size_t)(equals - text) : strlen(text);
        KrValue key = kr_is_error(dict) ? dict : kr_decode(vm, (const uint8_t *)text, len, "utf-8", "surrogateescape");
        KrValue value = equals ? from_system(vm, equals + 1) : KR_TRUE;
        if (kr_is_error(key) || kr_is_error(value) || !kr_dict_set(vm, dict, key, value)) return false;
    }
    return !kr_is_error(dict) && kr_setattr_c(vm, vm->sys, "_xoptions", dict);
}

static bool set_up(KrVm *vm, const KrCommandLine *c, int argc, char **argv) {
    vm->flags = c->flags;
    vm->board_name = c->board;
    if (c->clock_start >= 0) kr_clock_virtual(vm, c->clock_start * 1000000000);
    vm->compile_flags = c->flags.optimize > 1 ? KR_COMPILE_NO_ASSERTS | KR_COMPILE_NO_DOCSTRINGS
                        : c->flags.optimize   ? KR_COMPILE_NO_ASSERTS
                                              : 0;
    if (c->max_digits) vm->int_max_str_digits = (uint32_t)strtoul(c->max_digits, NULL, 10);
    return set_arguments(vm, c, argc, argv) && set_path(vm, c) && set_stdlib(vm, c) && set_x_options(vm, c) && set_warnings(vm, c);
}

// __file__, and that there is no cached code.
static bool set_file(KrVm *vm, KrValue name) {
    return kr_setattr_c(vm, vm->main_module, "__file__", name) && kr_setattr_c(vm, vm->main_module, "__cached__", KR_NONE);
}

// ---- The prompt ----------------------------------------------------------------------------------------------------------------

static KrValue make_editor(KrVm *vm, const KrCommandLine *c) {
    KrValue module = kr_import(vm, "_prompt"), arg[2] = { kr_bool(!c->flags.ignore_environment), KR_NONE };
    if (kr_is_error(module)) return module;
    arg[1] = kr_main_module(vm);
    return kr_is_error(arg[1]) ? KR_ERROR : kr_call_method(vm, module, "make", 2, arg);
}

// The line editor of lib/_prompt, where there is a terminal that can do it. KR_UNSET: plain lines.
static KrValue editor(KrVm *vm, const KrCommandLine *c) {
    const char *term = getenv("TERM");
    if (!term || !*term || strcmp(term, "dumb") == 0 || !isatty(0) || !isatty(1) || kr_command_env(c, "PYTHON_BASIC_REPL")) return KR_UNSET;
    KrValue made = make_editor(vm, c);
    for (int i = 0; i < 100 && kr_is_error(made) && kr_raised_is(vm, &kr_keyboard_interrupt); i++) { // Ctrl-C before there is a prompt
        (void)kr_take_raised(vm);
        made = make_editor(vm, c);
    }
    if (!kr_is_error(made)) return kr_is_none(made) ? KR_UNSET : made;
    kr_print_raised(vm);
    return KR_UNSET;
}

static KrValue prompt(KrVm *vm, const KrCommandLine *c) { return kr_prompt(vm, editor(vm, c)); }

// PYTHONSTARTUP: a file that runs before the prompt, in its namespace.
static bool run_startup(KrVm *vm, const KrCommandLine *c) {
    char *text;
    size_t len;
    if (!c->startup) return true;
    KrValue name = from_system(vm, c->startup);
    if (kr_is_error(name)) return false;
    int error = kr_port_read_file(c->startup, &text, &len);
    KrValue v = KR_NONE;
    if (error) {
        kr_flush_stdout(vm);
        fputs("Could not open PYTHONSTARTUP\n", stderr);
        v = kr_raise_os(vm, error, name);
    } else {
        v = set_file(vm, name) ? kr_run_main_source(vm, text, len, c->startup) : KR_ERROR;
        kr_port_free(text);
        KrValue raised = kr_is_error(v) ? kr_take_raised(vm) : KR_UNSET;
        if (!kr_setattr_c(vm, vm->main_module, "__file__", KR_UNSET)) (void)kr_take_raised(vm);
        if (!kr_setattr_c(vm, vm->main_module, "__cached__", KR_UNSET)) (void)kr_take_raised(vm);
        vm->thread.raised = raised;
    }
    if (!kr_is_error(v)) return true;
    if (kr_raised_is(vm, &kr_system_exit) || kr_raised_is(vm, &kr_limit_exceeded)) return false;
    kr_flush_stdout(vm);
    kr_print_unhandled(vm);
    return true;
}

// ---- The console on a wire -----------------------------------------------------------------------------------------------------

// lib/_console says how the console begins after a reset, or gives None when it is over.
static KrValue run_console(KrVm *vm, KrCommandLine *c) {
    const char *text[] = { c->serial, c->listen, c->root, c->cert, c->key, c->token_file, c->again };
    KrValue arg[KR_COUNT_OF(text) + 1], module = kr_import(vm, "_console");
    if (kr_is_error(module)) return module;
    for (size_t i = 0; i < KR_COUNT_OF(text); i++) {
        arg[i] = text[i] ? from_system(vm, text[i]) : KR_NONE;
        if (kr_is_error(arg[i])) return KR_ERROR;
    }
    arg[KR_COUNT_OF(text)] = kr_bool(!c->no_token);
    KrValue next = kr_call_method(vm, module, "start", KR_COUNT_OF(arg), arg);
    if (kr_is_error(next)) return next;
    c->again = !kr_is_str(next) ? NULL : strcmp(kr_str_text(next, NULL), "raw") == 0 ? "raw" : "friendly";
    return KR_NONE;
}

// A soft reset: another VM in the place of this one. Where a thread of the program does not end: another process in the place of this one.
static void begin_again(KrVm *vm, const KrCommandLine *c, char **argv) {
    kr_port_signal_receiver(NULL);
    if (kr_vm_reset(vm)) {
        (void)kr_port_signals_take(); // they were for the one before
        kr_port_signal_receiver(vm);
        kr_port_signal_set(SIGINT, KR_SIGNAL_NOTE);
        return;
    }
    kr_wire_pass_on(c->again);
    execv("/proc/self/exe", argv);
    _exit(1);
}

// A Ctrl-C that hits the console itself, or what a program has broken in it, does not end it: a board has nobody to start it again.
static bool begins_again(KrVm *vm, KrCommandLine *c, KrValue v) {
    if (!c->serial || !kr_wire_active()) return false;
    if (!kr_is_error(v)) return c->again != NULL;
    if (kr_raised_is(vm, &kr_limit_exceeded)) return false;
    if (kr_raised_is(vm, &kr_keyboard_interrupt) || kr_raised_is(vm, &kr_system_exit)) {
        (void)kr_take_raised(vm);
    } else {
        kr_print_raised(vm);
        kr_port_sleep_ns(100000000); // one that fails at once shall not fill the wire
    }
    return c->again = "friendly", true;
}

static KrValue run(KrVm *vm, KrCommandLine *c, const char *program);

static KrValue run_until_end(KrVm *vm, KrCommandLine *c, int argc, char **argv) {
    KrValue v = set_up(vm, c, argc, argv) ? run(vm, c, argv[0]) : KR_ERROR;
    while (begins_again(vm, c, v)) {
        begin_again(vm, c, argv);
        v = set_up(vm, c, argc, argv) ? run(vm, c, argv[0]) : KR_ERROR;
    }
    return v;
}

// ---- The program ---------------------------------------------------------------------------------------------------------------

static KrValue run_stream(KrVm *vm, KrCommandLine *c) { // standard input
    if (isatty(0) || c->flags.interactive) {
        if (!c->flags.quiet) kr_prompt_banner(vm);
        vm->flags.inspect = 0; // nothing is left to be looked at after this
        return run_startup(vm, c) ? prompt(vm, c) : KR_ERROR;
    }
    char *text = NULL;
    size_t len = 0, room = 0;
    ssize_t n = 1;
    while (n > 0) {
        if (len + 4096 > room) {
            char *larger = realloc(text, room = room * 2 + 8192);
            if (!larger) return free(text), kr_raise_memory(vm);
            text = larger;
        }
        n = read(0, text + len, room - len);
        if (n > 0) len += (size_t)n;
        if (n < 0 && errno == EINTR) n = 1;
    }
    if (n < 0) {
        fprintf(stderr, "krait: cannot read the program from standard input: %s\n", strerror(errno));
        return free(text), c->status = 1, KR_NONE;
    }
    KrValue name = kr_str_c(vm, "<stdin>");
    bool ok = !kr_is_error(name) && set_file(vm, name);
    KrValue v = ok ? kr_run_main_source(vm, text, len, "<stdin>") : KR_ERROR;
    free(text);
    return v;
}

// A folder or zip file with __main__.py in it: it is where the program imports from. alone: sys.path has nothing for a script before it.
static KrValue run_folder(KrVm *vm, const char *path, bool alone) {
    KrValue folder = from_system(vm, path), list = kr_getattr(vm, vm->sys, KR_N(path));
    KrValue arg[2] = { kr_int_box(0), folder };
    if (kr_is_error(folder) || kr_is_error(list)) return KR_ERROR;
    if (!alone && !kr_setitem(vm, list, arg[0], folder)) return KR_ERROR;
    if (alone && kr_is_error(kr_call_method(vm, list, "insert", 2, arg))) return KR_ERROR;
    KrValue module = kr_import(vm, "runpy"), main[2] = { kr_name(vm, "__main__"), KR_FALSE };
    return kr_is_error(module) ? module : kr_call_method(vm, module, "_run_module_as_main", 2, main);
}

// Can the program be imported from there? The hooks of sys.path_hooks know.
static bool importable(KrVm *vm, const char *path, bool *yes) {
    KrValue runpy = kr_import(vm, "runpy"), name = from_system(vm, path);
    if (kr_is_error(runpy) || kr_is_error(name)) return false;
    KrValue v = kr_call_method(vm, runpy, "_is_importable", 1, &name);
    return !kr_is_error(v) && kr_truth(vm, v, yes);
}

// A zip file ends with the record of its directory, behind which there may be a comment.
static bool is_zip(KrVm *vm, const char *path, const char *text, size_t len, bool *yes) {
    enum { END = 22, COMMENT = 65535 };
    size_t from = len > END + COMMENT ? len - END - COMMENT : 0;
    *yes = len >= END && memmem(text + from, len - from, "PK\5\6", 4);
    return !*yes || importable(vm, path, yes);
}

static KrValue run_text(KrVm *vm, KrCommandLine *c, const char *path, const char *text, size_t len) {
    bool zip;
    if (!is_zip(vm, path, text, len, &zip)) return KR_ERROR;
    if (zip) return run_folder(vm, path, c->flags.safe_path);
    KrValue name = from_system(vm, path);
    if (kr_is_error(name) || !set_file(vm, name)) return KR_ERROR;
    const char *newline = c->skip_first_line ? memchr(text, '\n', len) : NULL; // which stays: lines keep their numbers
    size_t skip = newline ? (size_t)(newline - text) : c->skip_first_line ? len : 0;
    return kr_run_main_source(vm, text + skip, len - skip, path);
}

static KrValue run_file(KrVm *vm, KrCommandLine *c, const char *program) {
    char *path = absolute_path(strcmp(c->file, ".") == 0 ? "" : c->file), *text;
    size_t len, end = path ? strlen(path) : 0;
    if (!path) return kr_raise_memory(vm);
    if (end > 1 && path[end - 1] == '/' && (!*c->file || strcmp(c->file, ".") == 0)) path[end - 1] = 0;
    KrValue v;
    if (kr_port_path_kind(path) == KR_PATH_FOLDER) {
        v = run_folder(vm, path, true);
    } else {
        int error = kr_port_read_file(path, &text, &len);
        bool inside = false; // a folder in a zip file
        if (error == ENOTDIR && !importable(vm, path, &inside)) {
            v = KR_ERROR;
        } else if (inside) {
            v = run_folder(vm, path, c->flags.safe_path);
        } else if (error) {
            fprintf(stderr, "%s: can't open file '%s': [Errno %d] %s\n", program, path, error, strerror(error));
            c->status = 2, v = KR_NONE;
        } else {
            v = run_text(vm, c, path, text, len);
            kr_port_free(text);
        }
    }
    free(path);
    return v;
}

static KrValue run(KrVm *vm, KrCommandLine *c, const char *program) {
    if (c->serial || c->listen) return run_console(vm, c);
    if (c->command) return kr_run_main_typed(vm, c->command, strlen(c->command), "<string>");
    if (c->module) return kr_run_main_module(vm, c->module);
    return is_stream(c) ? run_stream(vm, c) : run_file(vm, c, program);
}

// -i and PYTHONINSPECT, which the program may have set: a prompt after the program, whatever became of it.
static int inspect(KrVm *vm, const KrCommandLine *c, KrValue v) {
    int status = c->status;
    bool wanted = (vm->flags.inspect || (kr_command_env(c, "PYTHONINSPECT") && !is_stream(c))) && (isatty(0) || c->flags.interactive);
    if (kr_is_error(v) && wanted && kr_raised_is(vm, &kr_system_exit)) {
        kr_flush_stdout(vm);
        kr_print_raised(vm);
    } else if (kr_is_error(v)) {
        status = kr_exit_status(vm);
    }
    if (!wanted || vm->limit_hit) return status;
    vm->flags.inspect = 0;
    return kr_is_error(prompt(vm, c)) ? kr_exit_status(vm) : 0;
}

int main(int argc, char **argv) {
    KrCommandLine c;
    int status;
    if (!kr_command_line(&c, argc, argv, &status)) return status;
    if (c.show) return kr_command_show(c.show, argv[0]), 0;
    sigaction(SIGPIPE, &(struct sigaction){ .sa_handler = SIG_IGN }, NULL);
    sigaction(SIGXFSZ, &(struct sigaction){ .sa_handler = SIG_IGN }, NULL); // as writing into a file beyond RLIMIT_FSIZE: an error
    KrVm *vm = kr_vm_new(&c.vm);
    if (!vm) return fputs("krait: not enough memory to start\n", stderr), 1;
    kr_port_signal_receiver(vm);
    kr_debug_settings(vm);
    // One that is ignored belongs to a job in the background of a script. On a wire it is Ctrl-C that comes from there.
    if (kr_port_signal_how(SIGINT) == KR_SIGNAL_DEFAULT || c.serial) kr_port_signal_set(SIGINT, KR_SIGNAL_NOTE);
    c.again = c.serial ? kr_wire_passed_on() : NULL;
    KrValue v = run_until_end(vm, &c, argc, argv);
    status = kr_finish(vm, inspect(vm, &c, v));
    kr_port_signal_receiver(NULL);
    kr_vm_leave(vm);
    if (c.warn_options.count) free(c.warn_options.item);
    if (c.x_options.count) free(c.x_options.item);
    if (status == 130 && kr_interrupted_exit) { // as the shell expects of a program that Ctrl-C ended
        signal(SIGINT, SIG_DFL);
        raise(SIGINT);
    }
    return status;
}
