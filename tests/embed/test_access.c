// test_access.c - the access table: for each right what it allows, what is refused without it, and the ways around that must not work.
//
// Uses krait.h alone. Prints each check that fails; the status tells whether one did.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <krait.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int failures, checks;
static char folder[64]; // with data.txt ("secret\n"), plug.py, pack/__init__.py, pack/part.py and null -> /dev/null

static bool check(bool ok, const char *what, int line) {
    checks++;
    if (ok) return true;
    failures++;
    fprintf(stderr, "test_access.c:%d: %s\n", line, what);
    return false;
}
#define CHECK(x) check((x), #x, __LINE__)

// ---- What a program gets -----------------------------------------------------------------------------------------------------------

// Runs `source`, whose last line sets r; gives r as text, or "Type: message".
static const char *outcome(unsigned access, const char *source) {
    static char text[600];
    KrVm *vm = kr_vm_new(&(KrOptions){ .access = access });
    if (!vm) return "no vm";
    char start[200];
    snprintf(start, sizeof start, "here = %s%s%s\n", "'", folder, "'");
    KrValue v = kr_run(vm, start, strlen(start), "<start>");
    if (!kr_is_error(v)) v = kr_run(vm, source, strlen(source), "<test>");
    if (!kr_is_error(v)) v = kr_eval(vm, "r", 1);
    KrValue shown = kr_is_error(v) ? KR_UNSET : kr_to_str(vm, v);
    if (kr_is_error(v)) {
        KrValue e = kr_take_raised(vm);
        shown = kr_format(vm, "%T: %S", e, e);
    }
    snprintf(text, sizeof text, "%s", kr_is_error(shown) ? "no text" : kr_str_text(shown, NULL));
    kr_vm_free(vm);
    return text;
}

static bool gives(unsigned access, const char *source, const char *want) {
    const char *got = outcome(access, source);
    bool ok = strncmp(got, want, strlen(want)) == 0;
    if (!ok) fprintf(stderr, "    access %u: %s\n    gives %s\n    instead of %s\n", access, source, got, want);
    return ok;
}

// Allowed with the rights `with`; refused with all but any one of them, with a message that names it.
typedef struct {
    unsigned with;
    const char *source, *result;
} Case;

static const char *const right_name[] = {
    "FILES_READ", "FILES_WRITE", "SOCKETS", "DEVICES", "PROCESSES", "IMPORT", "ENVIRONMENT", "CONSOLE"
};

static void check_case(const Case *c) {
    CHECK(gives(c->with, c->source, c->result));
    CHECK(gives(KR_ACCESS_ALL, c->source, c->result));
    for (unsigned i = 0; i < 8; i++) {
        if (!(c->with & 1u << i)) continue;
        const char *got = outcome((KR_ACCESS_ALL & ~(1u << i)) | KR_ACCESS_NONE, c->source);
        char name[40];
        snprintf(name, sizeof name, "(KR_ACCESS_%s)", right_name[i]);
        bool refused = strncmp(got, "PermissionError: [Errno 13] this VM may not ", 44) == 0 && strstr(got, name);
        if (!CHECK(refused)) fprintf(stderr, "    without %s: %s\n    gives %s\n", name, c->source, got);
    }
}

enum { R = KR_ACCESS_FILES_READ, W = KR_ACCESS_FILES_WRITE, D = KR_ACCESS_DEVICES, P = KR_ACCESS_PROCESSES, C = KR_ACCESS_CONSOLE };

static const Case cases[] = {
    // Reading
    { R, "with open(here + '/data.txt') as f: r = f.read()", "secret" },
    { R, "with open(here.encode() + b'/data.txt', 'rb') as f: r = f.read()", "b'secret" },
    { R, "import os; r = os.read(os.open(here + '/data.txt', os.O_RDONLY), 6)", "b'secret'" },
    { R, "import os; r = 'data.txt' in os.listdir(here)", "True" },
    { R, "import os; r = os.stat(here + '/data.txt').st_size", "7" },
    { R, "import os; r = os.lstat(here + '/null').st_size", "9" },
    { R, "import os; r = os.readlink(here + '/null')", "/dev/null" },
    { R, "import os; r = os.getcwd()[0]", "/" },
    { R, "import io; r = io.open_code(here + '/data.txt').read(3)", "b'sec'" },
    { R, "import importlib.machinery as m; r = m.SourceFileLoader('plug', here + '/plug.py').get_code('plug') is not None", "True" },
    { R, "import runpy; r = runpy.run_path(here + '/plug.py')['value']", "41" },
    { R, "r = 0; exec(compile(open(here + '/plug.py').read(), 'x', 'exec')); r = value", "41" },
    // Writing
    { W, "with open(here + '/out', 'w') as f: r = f.write('x')", "1" },
    { W, "with open(here + '/out', 'ab') as f: r = f.write(b'x')", "1" },
    { W, "import os; os.path; open(here + '/fresh', 'x').close(); os.remove(here + '/fresh'); r = 1", "1" },
    { R | W, "with open(here + '/data.txt', 'r+') as f: r = f.read()", "secret" },
    { R | W, "with open(here + '/out', 'w+') as f: r = f.write('x')", "1" },
    { W, "import os; r = os.write(os.open(here + '/out', os.O_WRONLY | os.O_APPEND), b'ab')", "2" },
    { W, "import os; r = os.write(os.open(here + '/out', os.O_WRONLY | os.O_CREAT | os.O_TRUNC), b'ab')", "2" },
    { R | W, "import os; r = os.write(os.open(here + '/out', os.O_RDWR), b'ab')", "2" },
    { R | W, "import os; r = os.read(os.open(here + '/out', os.O_RDONLY | os.O_TRUNC), 9)", "b''" }, // it empties the file
    { R | W, "import os; r = os.read(os.open(here + '/out', os.O_RDONLY | os.O_CREAT), 0)", "b''" },
    { W, "import os; os.mkdir(here + '/d'); os.rename(here + '/d', here + '/e'); os.rmdir(here + '/e'); r = 1", "1" },
    { W, "import os; os.symlink('/etc', here + '/s'); os.unlink(here + '/s'); r = 1", "1" },
    { W, "import os; os.chmod(here + '/data.txt', 0o600); r = 1", "1" },
    // Devices, under any name
    { R | D, "with open('/dev/null') as f: r = repr(f.read())", "''" },
    { W | D, "with open('/dev/null', 'w') as f: r = f.write('x')", "1" },
    { R | D, "import os; r = os.read(os.open('/dev/zero', os.O_RDONLY), 2)", "b'\\x00\\x00'" },
    { W | D, "import os; r = os.write(os.open('//dev/../dev/null', os.O_WRONLY), b'x')", "1" },
    { R | D, "with open(here + '/null') as f: r = repr(f.read())", "''" }, // through a link
    // The process
    { P, "import os; os.chdir('/'); r = 1", "1" },
    { P, "import os; r = os.write(INHERITED, b'x')", "1" },
    { P, "with open(INHERITED, 'wb', closefd=False) as f: r = f.write(b'x')", "1" },
    { P, "import os; r = os.lseek(INHERITED, 0, 0)", "0" },
    { P, "import os; r = os.fstat(INHERITED).st_size >= 0", "True" },
    { P, "import os; r = os.isatty(INHERITED)", "False" },
    // The environment
    { KR_ACCESS_ENVIRONMENT, "import os; os.environ['KRAIT_TEST'] = 'x'; r = os.environ['KRAIT_TEST']", "x" },
    { KR_ACCESS_ENVIRONMENT, "import os; os.unsetenv('KRAIT_TEST'); r = 1", "1" },
    // The console (1 and 2 lead to a file here)
    { C, "print('out'); r = 1", "1" },
    { C, "print('out', flush=True); r = 1", "1" },
    { C, "import sys; r = sys.stdout.write('out')", "3" },
    { C, "import sys; r = sys.stderr.write('err')", "3" },
    { C, "import sys; r = sys.__stdout__.write('out')", "3" },
    { C, "import sys; sys.stdout.writelines(['a']); r = 1", "1" },
    { C, "import sys; r = repr(sys.stdin.readline())", "''" },
    { C, "import sys; r = sys.stdin.isatty()", "False" },
    { C, "import sys; r = [line for line in sys.stdin]", "[]" },
    { C, "import os; r = os.write(2, b'x')", "1" },
    { C, "import os; r = os.read(0, 1)", "b''" },
    { C, "r = open(1, 'w', closefd=False).write('x')", "1" },
    { C, "r = open(0, closefd=False).read()", "" },
};

static void test_cases(int inherited) {
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Case c = cases[i];
        char source[400], *mark = strstr(c.source, "INHERITED");
        if (mark) {
            snprintf(source, sizeof source, "%.*s%d%s", (int)(mark - c.source), c.source, inherited, mark + 9);
            c.source = source;
        }
        check_case(&c);
    }
    CHECK(gives(C, "try: input()\nexcept EOFError: r = 'end'", "end"));
    CHECK(gives(KR_ACCESS_NONE, "input()", "PermissionError: [Errno 13] this VM may not use the console"));
}

// ---- Importing -------------------------------------------------------------------------------------------------------------------

static void test_import(void) {
    static const char plug[] = "import sys; sys.path[:] = [here]; import plug; r = plug.value",
                      missing[] = "ModuleNotFoundError: No module named 'plug' (this VM may not import from files: KR_ACCESS_IMPORT)";
    unsigned rest = KR_ACCESS_ALL & ~KR_ACCESS_IMPORT;
    CHECK(gives(KR_ACCESS_IMPORT, plug, "41"));
    CHECK(gives(rest, plug, missing));
    CHECK(gives(rest, "import sys; sys.path.insert(0, here); r = __import__('plug').value", missing));
    CHECK(gives(rest, "import sys; sys.path.insert(0, here); import importlib; r = importlib.import_module('plug').value", missing));
    static const char pack[] = "import sys; sys.path.append(here); from pack import part; r = part.value";
    CHECK(gives(KR_ACCESS_IMPORT, pack, "42"));
    CHECK(gives(rest, pack, "ModuleNotFoundError: No module named 'pack'"));
    // A package in memory whose __path__ leads to files
    static const char fake[] = "import sys, types; m = types.ModuleType('fake'); m.__path__ = [here + '/pack']; sys.modules['fake'] = m\n"
                               "import fake.part; r = fake.part.value";
    CHECK(gives(KR_ACCESS_IMPORT, fake, "42"));
    CHECK(gives(rest, fake, "ModuleNotFoundError: No module named 'fake.part'"));
    CHECK(gives(KR_ACCESS_IMPORT, "import os; r = os.listdir(here)", "PermissionError"));
    // What is part of the binary needs no right
    CHECK(gives(KR_ACCESS_NONE, "import collections, os, io, traceback, weakref, time; r = os.sep", "/"));
    // With the right to read, files can be run without this one: as krait.h says
    CHECK(gives(KR_ACCESS_FILES_READ, "exec(open(here + '/plug.py').read()); r = value", "41"));
}

// ---- Lines of the source in tracebacks and warnings ----------------------------------------------------------------------------------

static void test_source_lines(void) {
    static const char *const show[] = {
        "import traceback\ntry: exec(compile('1/0', here + '/data.txt', 'exec'))\nexcept ZeroDivisionError: r = 'secret' in "
        "traceback.format_exc()",
        "import traceback\ntry: exec(compile('1/0', here + '/data.txt', 'exec'))\n"
        "except ZeroDivisionError as e: r = 'secret' in str(traceback.extract_tb(e.__traceback__)[-1].line)",
        "import warnings\nr = 'secret' in warnings.formatwarning('x', UserWarning, here + '/data.txt', 1)",
        "import io, sys\ntry: exec(compile('1/0', here + '/data.txt', 'exec'))\nexcept ZeroDivisionError as e:\n    sys.stderr = "
        "io.StringIO()\n"
        "    sys.excepthook(type(e), e, e.__traceback__)\n    r = 'secret' in sys.stderr.getvalue()",
        "import io, sys\nsys.modules['traceback'] = None # the plain form\ntry: exec(compile('1/0', here + '/data.txt', 'exec'))\n"
        "except ZeroDivisionError as e:\n    sys.stderr = io.StringIO()\n    sys.excepthook(type(e), e, e.__traceback__)\n"
        "    r = 'secret' in sys.stderr.getvalue()",
    };
    for (size_t i = 0; i < sizeof show / sizeof *show; i++) {
        CHECK(gives(KR_ACCESS_FILES_READ, show[i], "True"));
        CHECK(gives((KR_ACCESS_ALL & ~KR_ACCESS_FILES_READ), show[i], "False"));
    }
}

// ---- Descriptors -----------------------------------------------------------------------------------------------------------------

static off_t size_of(int fd) {
    struct stat st;
    return fstat(fd, &st) == 0 ? st.st_size : -1;
}

static void test_descriptors(int inherited) {
    char source[400];
    unsigned rights = R | W | C;
    // Its own, through files and numbers
    CHECK(gives(rights, "import os; f = open(here + '/data.txt', 'rb'); r = os.read(f.fileno(), 3)", "b'sec'"));
    CHECK(gives(rights, "import os; n = os.open(here + '/data.txt', 0); r = open(n).read()", "secret"));
    // Not the host's: neither opened over, nor closed, nor reached through a number that was the vm's once
    off_t before = size_of(inherited);
    snprintf(source, sizeof source, "r = open(here + '/data.txt', opener=lambda p, f: %d)", inherited);
    CHECK(gives(rights, source, "PermissionError: [Errno 13] this VM may not touch the process and its descriptors (KR_ACCESS_PROCESSES)"));
    snprintf(source, sizeof source, "import os; os.close(%d); r = 1", inherited);
    CHECK(gives(rights, source, "PermissionError"));
    CHECK(gives(rights, "import os; os.close(1); r = 1", "PermissionError"));
    CHECK(gives(rights, "f = open(1, 'w'); f.close(); r = f.closed", "True"));
    CHECK(fcntl(1, F_GETFD) >= 0 && fcntl(inherited, F_GETFD) >= 0);
    CHECK(gives(C, "r = open(0, closefd=True); r.close(); r = 1", "1"));
    CHECK(fcntl(0, F_GETFD) >= 0);
    KrVm *vm = kr_vm_new(&(KrOptions){ .access = rights });
    if (!CHECK(vm)) return;
    static const char stale[] = "import os\nhere = None\ndef start(here):\n    global f, n\n    f = open(here + '/out', 'wb'); "
                                "f.write(b'x'); n = f.fileno(); os.close(n)\n    return n\n";
    CHECK(!kr_is_error(kr_run(vm, stale, strlen(stale), "<test>")));
    snprintf(source, sizeof source, "start('%s')", folder);
    KrValue v = kr_eval(vm, source, strlen(source));
    int number = kr_is_error(v) ? -1 : (int)kr_int_value(v), again = dup(inherited); // the host's now has that number
    CHECK(number >= 0 && again == number);
    CHECK(kr_is_error(kr_eval(vm, "f.flush()", 9)) && kr_raised_is(vm, &kr_permission_error));
    (void)kr_take_raised(vm);
    CHECK(kr_is_error(kr_eval(vm, "os.write(n, b'xxxxx')", 21)) && kr_raised_is(vm, &kr_permission_error));
    (void)kr_take_raised(vm);
    kr_vm_free(vm);
    CHECK(fcntl(again, F_GETFD) >= 0 && size_of(inherited) == before);
    close(again);
}

// ---- Without any right -------------------------------------------------------------------------------------------------------------

static void test_none(void) {
    unsigned n = KR_ACCESS_NONE;
    CHECK(gives(n, "import time, os; time.sleep(0); time.time(); r = len(os.urandom(4)) + (os.getpid() > 0)", "5"));
    CHECK(gives(n, "import os; r = (dict(os.environ), os.access(here, 4), os.path.exists(here))", "({}, False, False)"));
    CHECK(gives(n, "import os; os._exit(0)", "PermissionError: [Errno 13] this VM may not touch the process"));
    CHECK(gives(n, "import io, sys; sys.stdout = o = io.StringIO(); print('x', end=''); r = o.getvalue()", "x"));
    CHECK(gives(n, "try: open('/etc/passwd')\nexcept PermissionError as e: r = (e.errno, e.filename, e.strerror)",
                "(13, '/etc/passwd', 'this VM may not read files (KR_ACCESS_FILES_READ)')"));
    KrVm *vm = kr_vm_new(&(KrOptions){ .access = n });
    if (!CHECK(vm)) return;
    off_t before = size_of(1) + size_of(2);
    static const char noise[] = "import warnings\nwarnings.warn('w')\nclass C:\n    def __del__(self): raise ValueError\n"
                                "exec('1 is 1')\nfor i in range(50): C()\nimport gc; gc.collect()\n1/0\n";
    for (int i = 0; i < 2; i++) {
        CHECK(kr_is_error(kr_run(vm, noise, strlen(noise), "<noise>")) && kr_raised_is(vm, &kr_zero_division_error));
        kr_print_raised(vm);
        CHECK(!kr_raised(vm) && size_of(1) + size_of(2) == before); // nothing came out
        CHECK(!kr_access(vm, KR_ACCESS_SOCKETS, KR_UNSET) && kr_raised_is(vm, &kr_permission_error));
        (void)kr_take_raised(vm);
        CHECK(!kr_may(vm, KR_ACCESS_SOCKETS));
        CHECK(kr_vm_reset(vm)); // the table stays
    }
    kr_vm_free(vm);
    vm = kr_vm_new(&(KrOptions){ .access = KR_ACCESS_SOCKETS });
    if (!CHECK(vm)) return;
    CHECK(kr_access(vm, KR_ACCESS_SOCKETS, KR_UNSET) && kr_may(vm, KR_ACCESS_SOCKETS) && !kr_may(vm, KR_ACCESS_SOCKETS | R));
    kr_vm_free(vm);
    CHECK(gives(0, "r = open(here + '/data.txt').read()", "secret")); // 0: everything
}

// ---- Around ------------------------------------------------------------------------------------------------------------------------

static void write_file(const char *name, const char *text) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    if (f) fputs(text, f), fclose(f);
}

static bool prepare(void) {
    char path[128];
    snprintf(folder, sizeof folder, "/tmp/krait-access-XXXXXX");
    if (!mkdtemp(folder)) return false;
    write_file("data.txt", "secret\n");
    write_file("out", "");
    write_file("plug.py", "value = 41\n");
    snprintf(path, sizeof path, "%s/pack", folder);
    if (mkdir(path, 0700) != 0) return false;
    write_file("pack/__init__.py", "");
    write_file("pack/part.py", "value = 42\n");
    snprintf(path, sizeof path, "%s/null", folder);
    return symlink("/dev/null", path) == 0;
}

static void clear(void) {
    static const char *const name[] = { "__pycache__/plug.krait-01.krc",
                                        "__pycache__",
                                        "data.txt",
                                        "out",
                                        "plug.py",
                                        "pack/__init__.py",
                                        "pack/part.py",
                                        "null",
                                        "console",
                                        "host",
                                        "pack",
                                        "" };
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", folder, name[i]);
        if (remove(path) != 0) perror(path);
    }
}

// The console is a file while the tests run, so that what comes out of it can be measured; failures go where stderr led.
int main(void) {
    char path[128];
    if (!prepare()) return perror("test_access"), 1;
    int errors = dup(2);
    snprintf(path, sizeof path, "%s/console", folder);
    int console = open(path, O_RDWR | O_CREAT, 0600), in = open("/dev/null", O_RDONLY);
    snprintf(path, sizeof path, "%s/host", folder);
    int host = open(path, O_RDWR | O_CREAT, 0600);
    stderr = fdopen(errors, "w");
    if (!stderr || console < 0 || host < 0 || dup2(in, 0) < 0 || dup2(console, 1) < 0 || dup2(console, 2) < 0) return 1;
    setvbuf(stderr, NULL, _IONBF, 0);
    test_cases(host);
    test_import();
    test_source_lines();
    test_descriptors(host);
    test_none();
    clear();
    fprintf(stderr, "%d passed, %d failed\n", checks - failures, failures);
    return failures > 0;
}
