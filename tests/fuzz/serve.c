// serve.c - compiles and runs programs that it is sent, one after the other in one process: the half of fuzz.py that may crash.
//
// A request is a line "KIND LENGTH STEPS STRESS FAIL STACK HEAP" and LENGTH bytes; the answer is a line with a length, and so many bytes.
//   e, v, s  compiles a text (exec, eval, single), E bytes: "OK", or the error with its place, then the warnings. What compiles must pass the
//            verifier, be the same when it is saved and loaded, and have a disassembly. One VM for many requests. Whole programs that compile
//            are then compiled and run for STEPS in a VM of their own; what they print is not looked at.
//   r        runs a program in a VM of its own to its end or its limit, with its finalizers, and verifies the heap: what it printed, and how it ended.
//            STRESS: a collection at every allocation (1) or the least step of one (2); FAIL: that allocation fails, negative: and all behind it;
//            STACK, HEAP: KiB of C stack, and of the heap, that it may use; 0: as much as usual.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

#include "object/vm_state.h"
#include "vm/main.h"

enum { HEAP = 48 << 20, REQUESTS = 200, SECONDS = 20, MOST_OUTPUT = 1 << 20 };

typedef struct {
    char kind;
    size_t len;
    long steps, stress, fail, stack, heap;
} Request;

typedef struct {
    FILE *out; // answers; descriptor 1 is the programs'
    int printed;
    KrVm *compiler;
    unsigned requests; // that the compiler has had
} Server;

static const char program[] =
    "import _krait, warnings\n"
    "def place(e): return '%s: %s %r' % (type(e).__name__, e.msg, (e.lineno or 0, e.offset or 0, e.end_lineno or 0, e.end_offset or 0))\n"
    "def attempt(text, mode):\n"
    "    try:\n"
    "        code = compile(text, '<fuzz>', mode, 0, True)\n"
    "    except SyntaxError as e:\n"
    "        return place(e) + ' %r' % (e.text,)\n"
    "    except (ValueError, RecursionError, OverflowError) as e:\n"
    "        return type(e).__name__ + ': ' + str(e)\n"
    "    except MemoryError: return 'MemoryError'\n"
    "    for lines in (True, False):\n"
    "        try: saved = _krait.code_save(code, lines)\n"
    "        except ValueError: return 'OK'\n" // more functions inside one another than a file may have
    "        if _krait.code_save(_krait.code_load(saved), lines) != saved: raise AssertionError('saved and loaded: other code')\n"
    "    _krait.code_text(code)\n"
    "    return 'OK'\n"
    "def check(text, mode):\n"
    "    with warnings.catch_warnings(record=True) as caught:\n"
    "        warnings.simplefilter('always')\n"
    "        result = attempt(text, mode)\n"
    "    return (result + ''.join('\\nWARNING %d: %s' % (w.lineno, w.message) for w in caught if w.category is "
    "SyntaxWarning)).encode('utf-8', 'backslashreplace')\n";

static void fail(const char *what) {
    fprintf(stderr, "serve: %s\n", what);
    abort();
}

static void answer(Server *s, const void *data, size_t len) {
    fprintf(s->out, "%zu\n", len);
    fwrite(data, 1, len, s->out);
    fflush(s->out);
}

// ---- Running -------------------------------------------------------------------------------------------------------------------

static const char *ending(KrVm *vm, KrValue v) {
    if (vm->limit_hit) return "limit";
    return !kr_is_error(v) ? "end" : kr_raised_is(vm, &kr_memory_error) ? "memory" : "raised";
}

static void set_debug(KrVm *vm, const Request *r) {
#if KR_DEBUG
    vm->heap.stress = (uint8_t)r->stress;
    vm->heap.fail_at = r->fail ? vm->heap.allocations + (uint64_t)labs(r->fail) : 0;
    vm->heap.fail_sticky = r->fail < 0;
#else
    (void)vm, (void)r;
#endif
}

static void send_printed(Server *s, const char *how) {
    off_t len = lseek(s->printed, 0, SEEK_END);
    size_t most = len > MOST_OUTPUT ? MOST_OUTPUT : (size_t)len, size = strlen(how);
    char *text = malloc(most + size + 1);
    if (!text || pread(s->printed, text, most, 0) != (ssize_t)most) fail("output lost");
    memcpy(text + most, how, size + 1);
    answer(s, text, most + size);
    free(text);
}

static void forget_printed(Server *s) {
    if (ftruncate(s->printed, 0)) fail("output stays");
    lseek(s->printed, 0, SEEK_SET);
}

static const char *run(const Request *r, const char *text) {
    KrOptions o = { .heap_cap = r->heap ? (size_t)r->heap << 10 : HEAP,
                    .steps = (uint64_t)r->steps,
                    .deadline = SECONDS / 2.0, // of programs that sleep
                    .stack_size = (size_t)r->stack << 10,
                    .access = KR_ACCESS_CONSOLE };
    KrVm *vm = kr_vm_new(&o);
    if (!vm) fail("no VM");
    set_debug(vm, r);
    KrValue v = kr_run(vm, text, r->len, "fuzz.py");
    const char *how = ending(vm, v);
    if (kr_is_error(v) != kr_raised(vm)) fail("an error without an exception, or the other way round");
    int status = kr_is_error(v) ? kr_exit_status(vm) : 0;
    kr_finish(vm, status);
    kr_vm_free(vm);
    return how;
}

// ---- Compiling -----------------------------------------------------------------------------------------------------------------

static void renew_compiler(Server *s) {
    if (s->compiler && s->requests++ < REQUESTS) return;
    kr_vm_free(s->compiler);
    s->compiler = kr_vm_new(&(KrOptions){ .heap_cap = HEAP });
    s->requests = 0;
    if (!s->compiler || kr_is_error(kr_run(s->compiler, program, sizeof program - 1, "serve"))) fail("no compiler");
}

static void compile(Server *s, const Request *r, const char *text) {
    renew_compiler(s);
    KrVm *vm = s->compiler;
    const char *mode = r->kind == 'v' ? "eval" : r->kind == 's' ? "single" : "exec";
    KrValue check = kr_eval(vm, "check", 5);
    KrValue arg[] = { r->kind == 'E' ? kr_bytes(vm, text, r->len) : kr_str(vm, text, r->len), kr_name(vm, mode) };
    if (kr_is_error(check) || kr_is_error(arg[0]) || kr_is_error(arg[1])) fail("no memory for a text");
    set_debug(vm, r);
    KrValue v = kr_call(vm, check, 2, arg);
    set_debug(vm, &(Request){ 0 });
    if (kr_is_error(v)) {
        kr_print_raised(vm);
        fail("a text that compiled is not accepted as code");
    }
    size_t len;
    const uint8_t *data = kr_bytes_data(v, &len);
    Request tried = { 'r', r->len, r->steps, 0, 0, 0, 0 };
    if (len >= 2 && memcmp(data, "OK", 2) == 0 && (r->kind == 'e' || r->kind == 'E')) (void)run(&tried, text);
    forget_printed(s);
    answer(s, data, len);
}

// ---- Requests ------------------------------------------------------------------------------------------------------------------

// Processor time for the next request; a program that takes longer hangs, and is killed.
static void wind_up(void) {
    struct itimerval limit = { { 0, 0 }, { SECONDS, 0 } };
    setitimer(ITIMER_PROF, &limit, NULL);
}

static bool next_request(Request *r, char **text) {
    char line[200];
    if (!fgets(line, sizeof line, stdin)) return false;
    if (sscanf(line, "%c %zu %ld %ld %ld %ld %ld", &r->kind, &r->len, &r->steps, &r->stress, &r->fail, &r->stack, &r->heap) != 7)
        return false;
    *text = malloc(r->len + 1); // exact, so that reading too far shows
    return *text && fread(*text, 1, r->len, stdin) == r->len;
}

int main(void) {
    Server s = { fdopen(dup(1), "w"), memfd_create("printed", 0), NULL, 0 };
    int nothing = open("/dev/null", O_RDONLY), input = dup(0);
    if (!s.out || s.printed < 0 || nothing < 0 || dup2(s.printed, 1) < 0) return 2;
    stdin = fdopen(input, "r");
    dup2(nothing, 0); // programs have no input
    Request r;
    char *text;
    while (next_request(&r, &text)) {
        wind_up();
        if (r.kind == 'r') send_printed(&s, run(&r, text)), forget_printed(&s);
        else compile(&s, &r, text);
        free(text);
    }
    kr_vm_free(s.compiler);
    return 0;
}
