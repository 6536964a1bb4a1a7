// fault_module.c - the _fault module: what is written when the process dies of a fault.
//
// The handler writes where the VM's running thread was, from memory that may be damaged: a second fault ends the process without more. Signals
// are the process's, and so is this state.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "object/object.h"
#include "system_part.h"
#include "vm/access.h"
#include "vm/frame.h"

#define FUNCTION(name) static KrValue fault_##name(KrVm *vm, KR_UNUSED KrValue self, KR_UNUSED const KrValue *arg)

enum { FRAMES_MOST = 100, STACK = 65536 };

static const struct {
    int number;
    const char *text;
} faults[] = {
    { SIGSEGV, "Segmentation fault" }, { SIGFPE, "Floating-point exception" }, { SIGABRT, "Aborted" }, { SIGILL, "Illegal instruction" }
};

static struct {
    KrVm *vm; // NULL: it is not in effect
    int fd;
    struct sigaction before[KR_COUNT_OF(faults)];
    char stack[STACK]; // the fault may be that there is none left
} state;

static void say(const char *text) {
    if (write(state.fd, text, strlen(text)) < 0) return; // there is nobody to tell
}

static void say_number(unsigned n) {
    char text[12], *at = text + sizeof text - 1;
    *at = 0;
    do *--at = (char)('0' + n % 10);
    while (n /= 10);
    say(at);
}

static void say_frames(const KrVm *vm) {
    const KrFrame *f = vm->thread.frame;
    say("\n\nCurrent thread (most recent call first):\n");
    for (int i = 0; f && i < FRAMES_MOST; i++, f = f->prev) {
        say("  File \"");
        say(kr_str_text(f->code->filename, NULL));
        say("\", line ");
        say_number((unsigned)kr_frame_line(f));
        say(" in ");
        say(kr_str_text(f->code->name, NULL));
        say("\n");
    }
}

static void restore(void) {
    for (size_t i = 0; i < KR_COUNT_OF(faults); i++) sigaction(faults[i].number, &state.before[i], NULL);
}

static void on_fault(int number) {
    KrVm *vm = state.vm;
    restore(); // what faults from here on ends the process
    state.vm = NULL;
    for (size_t i = 0; i < KR_COUNT_OF(faults); i++)
        if (faults[i].number == number) say("Fatal Python error: "), say(faults[i].text);
    if (vm) say_frames(vm);
    raise(number);
}

FUNCTION(enable) {
    int fd;
    if (!kr_linux_int(vm, arg[0], &fd) || !kr_access(vm, KR_ACCESS_PROCESSES, KR_UNSET) || !kr_access_fd(vm, fd)) return KR_ERROR;
    bool again = state.vm != NULL;
    state.fd = fd;
    state.vm = vm;
    if (again) return KR_NONE;
    sigaltstack(&(stack_t){ .ss_sp = state.stack, .ss_size = STACK }, NULL);
    struct sigaction action = { .sa_handler = on_fault, .sa_flags = SA_ONSTACK | SA_NODEFER };
    for (size_t i = 0; i < KR_COUNT_OF(faults); i++) sigaction(faults[i].number, &action, &state.before[i]);
    return KR_NONE;
}

FUNCTION(disable) {
    if (state.vm == vm) restore(), state.vm = NULL;
    return KR_NONE;
}

static const KrMethod functions[] = {
    { "enable(fd, /)", fault_enable, KR_DOC("Write where Python code was to a descriptor when the process dies of a fault."), 0 },
    { "disable()", fault_disable, KR_DOC("Take enable() back."), 0 },
    { 0 },
};

const KrModuleDef kr_fault_module = { "_fault", KR_DOC("What module faulthandler needs of Linux."), functions, NULL, NULL };
