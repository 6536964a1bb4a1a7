// fail_alloc.c - runs Python files and fails every allocation in turn: each run must end in an exception or as usual, and leave a sound heap.
//
// The file runs once. At every allocation the process forks, before anything is lost: in the first child that allocation fails, in the second
// it and all that follow (a heap that stays full). A child goes on to the end of the program, checks the heap and that the VM still works,
// destroys the VM, and checks that all memory has been given back. So a sweep costs one run of the file and the rests of the others.
// The file "embed" stands for tests/embed/test_embed.c. Allocations are those of the heap, the port's memory regions, and memory charged to the heap cap.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "object/vm_state.h"
#include "vm/import.h"
#include "vm/main.h"

enum { CLEAN = 10, MEMORY, OTHER, NO_VM, OUTCOMES }; // how a child may end, as its exit status
enum { LEAK = 50, REGION, UNUSABLE, INTERNAL };      // and how it may not
enum { PARENT, ONCE, STICKY };
enum { HEAP_CAP = 32 << 20, SECONDS = 30, REGIONS = 4096 };

static struct {
    long first, step, skip; // every allocation up to `first`, then every `step`th; never more than every `skip`th
    long only;              // no forks: this one fails, in this process
    int only_role;
    long count;
    int role;
    bool armed, verbose;
    int report;               // where messages of ours go
    int want, out, seen, err; // memory files: output of a run without failures, of the parent, of a child; messages of a child
    const char *file;
    long ended[OUTCOMES], bad, runs, silent;
    struct {
        char *at;
        size_t size;
    } region[REGIONS];
    size_t regions;
} state = { .first = 10000, .step = 97, .skip = 1 };

// ---- Forking -------------------------------------------------------------------------------------------------------------------

static void copy_out(int from, int to) {
    char buffer[65536];
    ssize_t n;
    for (off_t at = 0; (n = pread(from, buffer, sizeof buffer, at)) > 0; at += n)
        if (write(to, buffer, (size_t)n) != n) abort();
}

static void become_child(int role) {
    state.role = role;
    copy_out(state.out, state.seen);
    dup2(state.seen, 1);
    dup2(state.err, 2);
    setitimer(ITIMER_PROF, &(struct itimerval){ .it_value = { .tv_sec = SECONDS } }, NULL);
}

static char *contents(int fd, size_t *len) {
    *len = (size_t)lseek(fd, 0, SEEK_END);
    char *text = calloc(1, *len + 1);
    if (!text || pread(fd, text, *len, 0) != (ssize_t)*len) abort();
    return text;
}

// A child that ended well, printed something else than the plain run, and does not speak of MemoryError: the error was caught, or lost.
static bool is_silent(void) {
    size_t len;
    char *want = contents(state.want, &len), *have = contents(state.seen, &len), *messages = contents(state.err, &len);
    bool silent = strcmp(want, have) != 0 && !strstr(have, "MemoryError") && !strstr(messages, "MemoryError");
    free(want), free(have), free(messages);
    return silent;
}

static void report(int role, const char *what, int number) {
    size_t len;
    char *text = contents(state.err, &len), *tail = text + (len > 4000 ? len - 4000 : 0);
    dprintf(state.report, "FAIL %s: allocation %ld %s: %s %d\n%s\n", state.file, state.count, role == ONCE ? "once" : "sticky", what,
            number, tail);
    free(text);
    state.bad++;
}

static void judge(int role, int status) {
    state.runs++;
    if (WIFSIGNALED(status)) {
        report(role, WTERMSIG(status) == SIGPROF ? "no end, signal" : "died of signal", WTERMSIG(status));
    } else if (WEXITSTATUS(status) < CLEAN || WEXITSTATUS(status) >= OUTCOMES) {
        static const char *const text[] = { "leak of malloc'd memory, status", "leak of a memory region, status",
                                            "the VM does not work any more, status", "SystemError, status" };
        int n = WEXITSTATUS(status) - LEAK;
        report(role, n >= 0 && n < 4 ? text[n] : "exit status", WEXITSTATUS(status));
    } else {
        state.ended[WEXITSTATUS(status)]++;
        if (WEXITSTATUS(status) != CLEAN || !is_silent()) return;
        state.silent++;
        if (state.verbose) report(role, "ended well with other output, status", (state.bad--, 0));
    }
}

// Is the allocation that is asked for to fail?
static bool fails(void) {
    if (!state.armed || state.role == ONCE) return false;
    if (state.role == STICKY) return true;
    state.count++;
    if (state.only) return state.count == state.only ? (state.role = state.only_role, true) : false;
    if (state.count % (state.count > state.first && state.step > state.skip ? state.step : state.skip)) return false;
    for (int role = ONCE; role <= STICKY; role++) {
        int status, fds[] = { state.err, state.seen };
        for (int i = 0; i < 2; i++)
            if (ftruncate(fds[i], 0) || lseek(fds[i], 0, SEEK_SET)) abort();
        pid_t pid = fork();
        if (pid == 0) return become_child(role), true;
        if (pid < 0 || waitpid(pid, &status, 0) != pid) abort();
        judge(role, status);
    }
    return false;
}

static bool heap_fails(KrVm *vm) { return (void)vm, fails(); }

// ---- What Krait calls, caught by the linker (--wrap) -----------------------------------------------------------------------------

void *__real_kr_port_memory(size_t *size);
void __real_kr_port_memory_free(void *region, size_t size);
bool __real_kr_charge(KrVm *vm, size_t bytes);
bool __real_kr_heap_init(KrVm *vm, size_t cap);
void *__wrap_kr_port_memory(size_t *size);
void __wrap_kr_port_memory_free(void *region, size_t size);
bool __wrap_kr_charge(KrVm *vm, size_t bytes);
bool __wrap_kr_heap_init(KrVm *vm, size_t cap);

void *__wrap_kr_port_memory(size_t *size) {
    if (fails()) return NULL;
    char *p = __real_kr_port_memory(size);
    if (p && state.regions == REGIONS) abort();
    if (p) state.region[state.regions].at = p, state.region[state.regions++].size = *size;
    return p;
}

void __wrap_kr_port_memory_free(void *region, size_t size) {
    size_t i = 0;
    while (i < state.regions && state.region[i].at != region) i++;
    if (i == state.regions) dprintf(2, "a region is freed that was not given\n"), abort();
    if ((state.region[i].size + 4095) / 4096 != (size + 4095) / 4096)
        dprintf(2, "a region of %zu bytes is freed as one of %zu\n", state.region[i].size, size), abort();
    state.region[i] = state.region[--state.regions];
    __real_kr_port_memory_free(region, size);
}

bool __wrap_kr_charge(KrVm *vm, size_t bytes) {
    if (fails()) return kr_fail(kr_raise_memory(vm));
    return __real_kr_charge(vm, bytes);
}

bool __wrap_kr_heap_init(KrVm *vm, size_t cap) {
    vm->heap.fail = heap_fails;
    return __real_kr_heap_init(vm, cap);
}

// ---- One run -------------------------------------------------------------------------------------------------------------------

#if defined(__SANITIZE_ADDRESS__)
size_t __sanitizer_get_current_allocated_bytes(void);
static size_t allocated(void) { return __sanitizer_get_current_allocated_bytes(); }
#else
static size_t allocated(void) { return 0; } // the C library's own figures count what it keeps for later
#endif

static int outcome(KrVm *vm, KrValue v) {
    if (!kr_is_error(v)) return CLEAN;
    if (kr_raised_is(vm, &kr_memory_error)) return MEMORY;
    if (kr_raised_is(vm, &kr_system_exit)) return CLEAN;
    return kr_raised_is(vm, &kr_system_error) ? INTERNAL : OTHER;
}

static bool works(KrVm *vm) {
    static const char text[] = "sum(len(str(i)) for i in [*range(100)] if {i: [i]}[i] == [i])";
    KrValue v = kr_eval(vm, text, sizeof text - 1);
    if (kr_is_error(v)) kr_print_raised(vm);
    return !kr_is_error(v) && kr_is_int(v) && kr_int_value(v) == 190;
}

// What stands beside the program can be imported, as with the command. None of it is kept as cached code, which only the first run would write.
static bool set_path(KrVm *vm) {
    const char *slash = strrchr(state.file, '/');
    KrValue path = kr_getattr_c(vm, vm->sys, "path");
    KrValue folder = slash ? kr_str(vm, state.file, (size_t)(slash - state.file)) : kr_str_c(vm, ".");
    vm->flags.dont_write_bytecode = true;
    return !kr_is_error(path) && !kr_is_error(folder) && kr_list_append(vm, path, folder);
}

static int run_in(KrVm *vm) {
    KrValue v = set_path(vm) ? kr_run_main_file(vm, state.file) : KR_ERROR;
    int end = outcome(vm, v);
    kr_finish(vm, kr_is_error(v) ? kr_exit_status(vm) : 0);
    state.armed = false;
    vm->finalizing = false;
    if (!works(vm)) end = UNUSABLE;
    kr_heap_verify(vm);
    return end;
}

int embed_test(bool threads); // tests/embed/test_embed.c

static int run_embedding(void) {
    size_t before = allocated();
    state.armed = true;
    embed_test(false);
    state.armed = false;
    return state.regions ? REGION : allocated() != before ? LEAK : CLEAN;
}

static int run(void) {
    if (strcmp(state.file, "embed") == 0) return run_embedding();
    size_t before = allocated();
    state.armed = true;
    KrVm *vm = kr_vm_new(&(KrOptions){ .heap_cap = HEAP_CAP });
    int end = vm ? run_in(vm) : NO_VM;
    state.armed = false;
    if (vm) kr_vm_free(vm);
    if (state.regions) {
        dprintf(2, "%zu regions are not given back, the first of %zu bytes\n", state.regions, state.region[0].size);
        return REGION;
    }
    size_t after = allocated();
    if (after != before) dprintf(2, "%zu bytes before, %zu after\n", before, after);
    return after == before ? end : LEAK;
}

static void arguments(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        bool value = i + 1 < argc;
        if (strcmp(argv[i], "-v") == 0) state.verbose = true;
        else if (value && strcmp(argv[i], "--first") == 0) state.first = atol(argv[++i]);
        else if (value && strcmp(argv[i], "--step") == 0) state.step = atol(argv[++i]);
        else if (value && strcmp(argv[i], "--skip") == 0) state.skip = atol(argv[++i]);
        else if (value && strcmp(argv[i], "--once") == 0) state.only = atol(argv[++i]), state.only_role = ONCE;
        else if (value && strcmp(argv[i], "--sticky") == 0) state.only = atol(argv[++i]), state.only_role = STICKY;
        else state.file = argv[i];
    }
    if (state.file && state.first >= 0 && state.step > 0 && state.skip > 0) return;
    dprintf(2, "usage: fail_alloc [-v] [--first 10000] [--step 97] [--skip 1] [--once N | --sticky N] FILE.py | embed\n");
    exit(2);
}

// A run without failures; its output is what the others are compared with.
static bool run_plain(void) {
    int status = -1;
    pid_t pid = fork();
    if (pid == 0) {
        dup2(state.want, 1);
        state.skip = LONG_MAX;
        _exit(run());
    }
    return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == CLEAN;
}

int main(int argc, char **argv) {
    arguments(argc, argv);
    int report_to = dup(1);
    state.report = dup(2);
    state.want = memfd_create("want", 0);
    state.out = memfd_create("out", 0);
    state.err = memfd_create("err", 0);
    state.seen = memfd_create("seen", 0);
    if (!state.only) dup2(state.out, 1), dup2(state.err, 2);
    if (!state.only && !run_plain())
        return dprintf(report_to, "%s: the run without failures FAILED\n", state.file), copy_out(state.err, state.report), 1;
    if (!state.only) dup2(open("/dev/null", O_WRONLY), 2);
    int end = run();
    if (state.role != PARENT && !state.only) _exit(end);
    dprintf(report_to,
            "%s: %ld allocations, %ld runs: %ld MemoryError, %ld as usual, %ld another exception, %ld no VM; %ld bad, %ld silent%s\n",
            state.file, state.count, state.runs, state.ended[MEMORY], state.ended[CLEAN], state.ended[OTHER], state.ended[NO_VM], state.bad,
            state.silent, end == CLEAN ? "" : "; the plain run FAILED");
    return state.only ? end : state.bad || end != CLEAN ? 1 : 0;
}
