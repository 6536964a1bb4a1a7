// main.c - the command: krait [options] [-c cmd | -m mod | file | -] [args]
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compile/compiler.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "object/vm_state.h"
#include "port.h"
#include "vm/builtins.h"
#include "vm/import.h"
#include "vm/main.h"

typedef struct {
    KrOptions vm;
    const char *command, *module, *file, *value; // value: a wrong one of an option
    int rest;                                    // index of the first argument of the program
    bool interactive, version, help, quiet, isolated, bad;
    unsigned compile_flags;
    bool no_bytecode;
} Args;

static const char usage[] = "usage: krait [option] ... [-c cmd | -m mod | file | -] [arg] ...\n"
                            "  -c cmd         run cmd\n"
                            "  -m mod         run a module as a program\n"
                            "  -i             prompt after running\n"
                            "  -O, -OO        leave out asserts; and docstrings\n"
                            "  -V, --version  print the version\n"
                            "  --heap BYTES   cap on the heap (k, M, G behind the number)\n"
                            "  --steps N      step budget: a step is a call or a jump backwards\n"
                            "  --deadline S   seconds of run time\n";

// A number above zero, with a unit behind it where `units` are allowed; false: it is none, or more than `most`.
static bool number_argument(const char *text, bool units, double most, double *out) {
    char *end;
    double n = strtod(text, &end);
    if (end == text) return false;
    if (units && *end && strchr("kKMG", *end)) n *= *end == 'M' ? 1048576.0 : *end == 'G' ? 1073741824.0 : 1024.0, end++;
    *out = n;
    return !*end && n > 0 && n <= most;
}

// Long options that take a value; true when this was one.
static bool long_option(Args *a, int argc, char **argv, int *i) {
    static const char *const names[] = { "--heap", "--steps", "--deadline" };
    for (int n = 0; n < 3; n++) {
        size_t len = strlen(names[n]);
        const char *value = NULL;
        if (strncmp(argv[*i], names[n], len) != 0) continue;
        if (argv[*i][len] == '=') value = argv[*i] + len + 1;
        else if (!argv[*i][len] && *i + 1 < argc) value = argv[++*i];
        if (!value) return false;
        double number;
        if (!number_argument(value, n == 0, n == 2 ? 1e9 : 9e18, &number) || (n == 1 && number != (double)(uint64_t)number))
            return a->value = value, false;
        if (n == 0) a->vm.heap_cap = (size_t)number;
        if (n == 1) a->vm.steps = (uint64_t)number;
        if (n == 2) a->vm.deadline = number;
        return true;
    }
    return false;
}

static void parse(Args *a, int argc, char **argv) {
    int i = 1;
    for (; i < argc; i++) {
        const char *s = argv[i];
        if (s[0] != '-' || !s[1]) break;
        if (strcmp(s, "--") == 0) {
            i++;
            break;
        }
        if (strcmp(s, "--version") == 0) a->version = true;
        else if (strcmp(s, "--help") == 0) a->help = true;
        else if (s[1] == '-') {
            if (!long_option(a, argc, argv, &i)) a->bad = true, a->file = s;
        } else if (s[1] == 'c') {
            a->command = s[2] ? s + 2 : i + 1 < argc ? argv[++i] : NULL;
            if (!a->command) a->bad = true, a->file = s;
            i++;
            break;
        } else if (s[1] == 'm') {
            a->module = s[2] ? s + 2 : i + 1 < argc ? argv[++i] : NULL;
            if (!a->module) a->bad = true, a->file = s;
            i++;
            break;
        } else {
            for (const char *p = s + 1; *p; p++) {
                if (*p == 'i') a->interactive = true;
                else if (*p == 'V') a->version = true;
                else if (*p == 'h') a->help = true;
                else if (*p == 'q') a->quiet = true;
                else if (*p == 'B') a->no_bytecode = true;
                else if (*p == 'O')
                    a->compile_flags = a->compile_flags ? KR_COMPILE_NO_ASSERTS | KR_COMPILE_NO_DOCSTRINGS : KR_COMPILE_NO_ASSERTS;
                else if (*p == 'I' || *p == 'E' || *p == 's' || *p == 'S' || *p == 'u' || *p == 'P' || *p == 'b') a->isolated |= *p == 'I';
                else a->bad = true, a->file = s;
            }
        }
    }
    a->rest = i;
    if (!a->bad && !a->command && !a->module && i < argc) a->file = argv[a->rest++];
}

static KrVm *running;
static void on_interrupt(int signal_number) {
    (void)signal_number;
    if (running) kr_interrupt(running);
}

// sys.argv and sys.path[0].
static bool set_arguments(KrVm *vm, const Args *a, int argc, char **argv) {
    KrValue list = kr_list(vm, 0, NULL), first = kr_str_c(vm, a->command ? "-c" : a->module ? "-m" : a->file ? a->file : "");
    if (kr_is_error(list) || kr_is_error(first) || !kr_list_append(vm, list, first)) return false;
    for (int i = a->rest; i < argc; i++) {
        KrValue s = kr_decode(vm, (const uint8_t *)argv[i], strlen(argv[i]), "utf-8", "surrogateescape");
        if (kr_is_error(s) || !kr_list_append(vm, list, s)) return false;
    }
    vm->argv = list;
    char exe[4096];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe);
    if (n > 0) vm->executable = kr_str(vm, exe, (size_t)n);
    if (kr_is_error(vm->executable)) return false;
    KrValue path = kr_getattr(vm, vm->sys, KR_N(path)), folder = kr_str_c(vm, "");
    if (a->file && strcmp(a->file, "-") != 0) {
        char *real = kr_port_real_path(a->file);
        const char *slash = real ? strrchr(real, '/') : NULL;
        folder = slash ? kr_str(vm, real, slash == real ? 1 : (size_t)(slash - real)) : kr_str_c(vm, "");
        kr_port_free(real);
    } else if (a->module) {
        char *here = getcwd(NULL, 0);
        folder = kr_str_c(vm, here ? here : "");
        free(here);
    }
    if (kr_is_error(path) || kr_is_error(folder)) return false;
    if (!a->isolated && !kr_list_append(vm, path, folder)) return false;
    if (!a->isolated) vm->path_first = folder;
    if (a->no_bytecode && !kr_setattr_c(vm, vm->sys, "dont_write_bytecode", KR_TRUE)) return false;
    const char *extra = a->isolated ? NULL : getenv("KRAITPATH");
    while (extra && *extra) {
        const char *end = strchrnul(extra, ':');
        KrValue s = kr_str(vm, extra, (size_t)(end - extra));
        if (kr_is_error(s) || (end > extra && !kr_list_append(vm, path, s))) return false;
        extra = *end ? end + 1 : end;
    }
    return true;
}

static KrValue run_stream(KrVm *vm) { // a program on standard input
    char *text = NULL;
    size_t len = 0, room = 0;
    for (;;) {
        if (len + 4096 > room) {
            char *larger = realloc(text, room = room * 2 + 8192);
            if (!larger) return free(text), kr_raise_memory(vm);
            text = larger;
        }
        ssize_t n = read(0, text + len, room - len);
        if (n <= 0) break;
        len += (size_t)n;
    }
    KrValue v = kr_run_main_source(vm, text, len, "<stdin>");
    free(text);
    return v;
}

static KrValue run(KrVm *vm, const Args *a) {
    if (a->command) return kr_run_main_source(vm, a->command, strlen(a->command), "<string>");
    if (a->module) return kr_run_main_module(vm, a->module);
    if (a->file && strcmp(a->file, "-") != 0) return kr_run_main_file(vm, a->file);
    if (!a->file && isatty(0)) return kr_prompt(vm, a->quiet);
    return run_stream(vm);
}

int main(int argc, char **argv) {
    Args a = { .rest = argc };
    parse(&a, argc, argv);
    if (a.value)
        return fprintf(stderr, "krait: %s: not a number above zero that fits%s\n%s", a.value,
                       strncmp(a.file, "--heap", 6) == 0 ? ", with k, M or G behind it or not" : "", usage),
               2;
    if (a.bad) return fprintf(stderr, "krait: unknown or incomplete option%s%s\n%s", a.file ? " " : "", a.file ? a.file : "", usage), 2;
    if (a.help) return fputs(usage, stdout), 0;
    if (a.version) return puts("Krait 0.1 (Python 3.13)"), 0;
    if (a.file && strcmp(a.file, "-") != 0 && access(a.file, R_OK) != 0)
        return fprintf(stderr, "krait: can't open file '%s': [Errno %d] %s\n", a.file, errno, strerror(errno)), 2;
    signal(SIGPIPE, SIG_IGN);
    KrVm *vm = kr_vm_new(&a.vm);
    if (!vm) return fputs("krait: not enough memory to start\n", stderr), 1;
    running = vm;
    vm->compile_flags = a.compile_flags;
    kr_debug_settings(vm);
    struct sigaction action = { .sa_handler = on_interrupt };
    sigaction(SIGINT, &action, NULL);
    KrValue v = set_arguments(vm, &a, argc, argv) ? run(vm, &a) : KR_ERROR;
    int status = kr_is_error(v) ? kr_exit_status(vm) : 0;
    if (a.interactive && !kr_is_error(kr_prompt(vm, true))) status = 0;
    status = kr_finish(vm, status);
    running = NULL;
    kr_vm_free(vm);
    if (status == 130 && kr_interrupted_exit) { // as the shell expects of a program that Ctrl-C ended
        signal(SIGINT, SIG_DFL);
        raise(SIGINT);
    }
    return status;
}
