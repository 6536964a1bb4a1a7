// system_process.c - the _linux_process module: what module os needs of processes.
//
// fork() copies a process with one thread, the one that called. Between fork and exec in C, nothing of the VM is used.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "system_part.h"

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "port.h"
#include "vm/access.h"
#include "vm/thread.h"

#define FUNCTION(name) static KrValue linux_##name(KrVm *vm, KR_UNUSED KrValue self, KR_UNUSED const KrValue *arg)

static bool allowed(KrVm *vm) { return kr_access(vm, KR_ACCESS_PROCESSES, KR_UNSET); }

static bool int_arg(KrVm *vm, KrValue v, int *out) {
    int64_t n;
    if (!kr_to_int64(vm, v, &n)) return false;
    if (n != (int)n) return kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C int"));
    return *out = (int)n, true;
}

// ---- Starting and waiting --------------------------------------------------------------------------------------------------------

FUNCTION(fork) {
    if (!allowed(vm)) return KR_ERROR;
    pid_t child = fork();
    if (!child) kr_threads_forked(vm);
    return kr_linux_number(vm, child);
}

typedef struct {
    char **item; // ends with NULL; malloc'd, as its texts are
} Texts;

static void texts_free(Texts *t) {
    for (char **p = t->item; p && *p; p++) free(*p);
    free(t->item);
}

// A list of bytes, without NULs, for exec.
static bool texts_of(KrVm *vm, KrValue list, Texts *t) {
    size_t count, len;
    t->item = NULL;
    if (!kr_is_list(list)) return kr_fail(kr_raise(vm, &kr_type_error, "a list of bytes is required, not '%T'", list));
    KrValue *item = kr_list_items(list, &count);
    if (!(t->item = calloc(count + 1, sizeof(char *)))) return kr_fail(kr_raise_memory(vm));
    for (size_t i = 0; i < count; i++) {
        const uint8_t *data = kr_is_bytes(item[i]) ? kr_bytes_data(item[i], &len) : NULL;
        if (!data || memchr(data, 0, len))
            return kr_fail(data ? kr_raise(vm, &kr_value_error, "embedded null byte") : kr_raise(vm, &kr_type_error, "bytes are required"));
        if (!(t->item[i] = malloc(len + 1))) return kr_fail(kr_raise_memory(vm));
        memcpy(t->item[i], data, len);
        t->item[i][len] = 0;
    }
    return true;
}

FUNCTION(execve) { // path, argv, env: bytes in lists; env None: this process's
    KrPosixPath p;
    Texts argv = { NULL }, env = { NULL };
    extern char **environ;
    if (!kr_posix_path(vm, arg[0], "execve", "path", KR_POSIX_NUMBERED, &p) || !allowed(vm)) return KR_ERROR;
    bool ok = texts_of(vm, arg[1], &argv) && (kr_is_none(arg[2]) || texts_of(vm, arg[2], &env));
    if (ok) execve(p.text, argv.item, kr_is_none(arg[2]) ? environ : env.item);
    int error = errno;
    texts_free(&argv);
    texts_free(&env);
    return ok ? kr_posix_done(vm, error, kr_is_none(arg[2]) ? NULL : &p) : KR_ERROR; // as CPython: execv() does not say which
}

typedef struct {
    pid_t pid, done;
    int options, status, error;
    struct rusage usage;
} Waiting;

static void wait_outside(void *context) {
    Waiting *w = context;
    w->done = wait4(w->pid, &w->status, w->options, &w->usage);
    w->error = errno;
}

// Other threads run meanwhile.
static pid_t wait_one(KrVm *vm, pid_t pid, int *status, int options, struct rusage *usage) {
    Waiting w = { .pid = pid, .options = options };
    if (options & WNOHANG) wait_outside(&w);
    else kr_blocking(vm, wait_outside, &w);
    *status = w.status;
    if (usage) *usage = w.usage; // NULL: not wanted
    errno = w.error;
    return w.done;
}

// Waits in slices while there is a deadline.
static pid_t wait_for(KrVm *vm, pid_t pid, int *status, int options, struct rusage *usage) {
    for (;;) {
        bool limited = kr_deadline_left(vm) < INT64_MAX && !(options & WNOHANG);
        pid_t done = wait_one(vm, pid, status, options | (limited ? WNOHANG : 0), usage);
        if (done < 0 && errno == EINTR && kr_poll(vm, 1000000)) continue;
        if (done || !limited) return done;
        kr_port_sleep_ns(1000000);
        if (!kr_poll(vm, 1000)) return errno = EINTR, -1;
    }
}

static KrValue usage_tuple(KrVm *vm, const struct rusage *u) {
    const long field[] = { u->ru_maxrss,  u->ru_ixrss,   u->ru_idrss,  u->ru_isrss,  u->ru_minflt,   u->ru_majflt, u->ru_nswap,
                           u->ru_inblock, u->ru_oublock, u->ru_msgsnd, u->ru_msgrcv, u->ru_nsignals, u->ru_nvcsw,  u->ru_nivcsw };
    KrValue item[16] = { kr_float(vm, (double)u->ru_utime.tv_sec + (double)u->ru_utime.tv_usec * 1e-6),
                         kr_float(vm, (double)u->ru_stime.tv_sec + (double)u->ru_stime.tv_usec * 1e-6) };
    for (size_t i = 0; i < KR_COUNT_OF(field); i++)
        if (kr_is_error(item[2 + i] = kr_int(vm, field[i]))) return KR_ERROR;
    return kr_tuple(vm, 16, item);
}

static KrValue waited(KrVm *vm, int pid, int options, bool with_usage) {
    int status = 0;
    struct rusage usage = { 0 };
    pid_t done = wait_for(vm, pid, &status, options, &usage);
    if (done < 0) return kr_raised(vm) ? KR_ERROR : kr_raise_os(vm, errno, KR_UNSET);
    KrValue item[3] = { kr_int(vm, done), kr_int(vm, status), KR_NONE };
    if (with_usage && kr_is_error(item[2] = usage_tuple(vm, &usage))) return KR_ERROR;
    return kr_tuple(vm, with_usage ? 3 : 2, item);
}

FUNCTION(waitpid) {
    int pid, options;
    if (!int_arg(vm, arg[0], &pid) || !int_arg(vm, arg[1], &options) || !allowed(vm)) return KR_ERROR;
    return waited(vm, pid, options, false);
}
FUNCTION(wait4) {
    int pid, options;
    if (!int_arg(vm, arg[0], &pid) || !int_arg(vm, arg[1], &options) || !allowed(vm)) return KR_ERROR;
    return waited(vm, pid, options, true);
}

typedef struct {
    idtype_t type;
    id_t id;
    int options, failed, error;
    siginfo_t info;
} WaitingId;

static void wait_id_outside(void *context) {
    WaitingId *w = context;
    w->failed = waitid(w->type, w->id, &w->info, w->options);
    w->error = errno;
}

FUNCTION(waitid) { // idtype, id, options: (pid, uid, signo, status, code), or None
    int type, id, options;
    siginfo_t info = { 0 };
    if (!int_arg(vm, arg[0], &type) || !int_arg(vm, arg[1], &id) || !int_arg(vm, arg[2], &options) || !allowed(vm)) return KR_ERROR;
    WaitingId w = { .type = (idtype_t)type, .id = (id_t)id, .options = options };
    do {
        kr_blocking(vm, wait_id_outside, &w);
        errno = w.error;
    } while (kr_linux_again(vm, w.failed));
    info = w.info;
    if (w.failed) return kr_raised(vm) ? KR_ERROR : kr_raise_os(vm, errno, KR_UNSET);
    if (!info.si_pid) return KR_NONE;
    KrValue item[5] = { kr_int_box(info.si_pid), kr_int_box((intptr_t)info.si_uid), kr_int_box(info.si_signo), kr_int_box(info.si_status),
                        kr_int_box(info.si_code) };
    return kr_tuple(vm, 5, item);
}

FUNCTION(kill) {
    int pid, signal;
    if (!int_arg(vm, arg[0], &pid) || !int_arg(vm, arg[1], &signal) || !allowed(vm)) return KR_ERROR;
    if (kill(pid, signal) < 0) return kr_raise_os(vm, errno, KR_UNSET);
    return kr_poll(vm, 1000000) ? KR_NONE : KR_ERROR; // a handler of this process runs now
}
FUNCTION(killpg) {
    int group, signal;
    if (!int_arg(vm, arg[0], &group) || !int_arg(vm, arg[1], &signal) || !allowed(vm)) return KR_ERROR;
    return killpg(group, signal) < 0 ? kr_raise_os(vm, errno, KR_UNSET) : kr_poll(vm, 1000000) ? KR_NONE : KR_ERROR;
}

FUNCTION(system) {
    KrPosixPath p;
    if (!kr_posix_path(vm, arg[0], "system", "command", KR_POSIX_PLAIN, &p) || !allowed(vm)) return KR_ERROR;
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", p.text, (char *)NULL);
        _exit(127);
    }
    int status = -1;
    if (child < 0) return kr_raise_os(vm, errno, KR_UNSET);
    if (wait_for(vm, child, &status, 0, NULL) < 0) return kr_raised(vm) ? KR_ERROR : kr_raise_os(vm, errno, KR_UNSET);
    return kr_int(vm, status);
}

FUNCTION(abort) { return allowed(vm) ? abort(), KR_NONE : KR_ERROR; }

// ---- Who and where ---------------------------------------------------------------------------------------------------------------

#define NUMBER_OF(name) \
    FUNCTION(name) { return kr_int(vm, (int64_t)name()); }
NUMBER_OF(getppid)
NUMBER_OF(getpgrp)
NUMBER_OF(getuid)
NUMBER_OF(geteuid)
NUMBER_OF(getgid)
NUMBER_OF(getegid)

#define OF_ONE(name) \
    FUNCTION(name) { \
        int n; \
        return int_arg(vm, arg[0], &n) && allowed(vm) ? kr_linux_number(vm, name(n)) : KR_ERROR; \
    }
OF_ONE(getpgid)
OF_ONE(getsid)
OF_ONE(sched_getscheduler)
OF_ONE(sched_get_priority_max)
OF_ONE(sched_get_priority_min)

static bool id_of(KrVm *vm, KrValue v, const char *what, unsigned *out) {
    int64_t n;
    if (!kr_is_integer(v)) return kr_fail(kr_raise(vm, &kr_type_error, "%s should be integer, not %T", what, v));
    if (!kr_int_fits(v, &n) || n > 0xFFFFFFFFll) return kr_fail(kr_raise(vm, &kr_overflow_error, "%s is greater than maximum", what));
    if (n < -1) return kr_fail(kr_raise(vm, &kr_overflow_error, "%s is less than minimum", what));
    return *out = (unsigned)n, true;
}

#define SET_ONE(name, what) \
    FUNCTION(name) { \
        unsigned n; \
        return id_of(vm, arg[0], what, &n) && allowed(vm) ? kr_linux_done(vm, name(n)) : KR_ERROR; \
    }
SET_ONE(setuid, "uid")
SET_ONE(seteuid, "uid")
SET_ONE(setgid, "gid")
SET_ONE(setegid, "gid")

#define SET_TWO(name, what) \
    FUNCTION(name) { \
        unsigned a, b; \
        return id_of(vm, arg[0], what, &a) && id_of(vm, arg[1], what, &b) && allowed(vm) ? kr_linux_done(vm, name(a, b)) : KR_ERROR; \
    }
SET_TWO(setreuid, "uid")
SET_TWO(setregid, "gid")

FUNCTION(setpgid) {
    int pid, group;
    return int_arg(vm, arg[0], &pid) && int_arg(vm, arg[1], &group) && allowed(vm) ? kr_linux_done(vm, setpgid(pid, group)) : KR_ERROR;
}
FUNCTION(setsid) { return allowed(vm) ? kr_linux_done(vm, setsid()) : KR_ERROR; }

FUNCTION(getresuid) {
    uid_t a, b, c;
    if (getresuid(&a, &b, &c) < 0) return kr_raise_os(vm, errno, KR_UNSET);
    KrValue item[3] = { kr_int(vm, a), kr_int(vm, b), kr_int(vm, c) };
    return kr_tuple(vm, 3, item);
}
FUNCTION(getresgid) {
    gid_t a, b, c;
    if (getresgid(&a, &b, &c) < 0) return kr_raise_os(vm, errno, KR_UNSET);
    KrValue item[3] = { kr_int(vm, a), kr_int(vm, b), kr_int(vm, c) };
    return kr_tuple(vm, 3, item);
}

FUNCTION(getgroups) {
    gid_t group[256];
    int n = getgroups(256, group);
    if (n < 0) return kr_raise_os(vm, errno, KR_UNSET);
    KrValue list = kr_list(vm, 0, NULL);
    for (int i = 0; i < n && !kr_is_error(list); i++)
        if (!kr_list_append(vm, list, kr_int_box((intptr_t)group[i]))) return KR_ERROR;
    return list;
}

FUNCTION(getlogin) {
    char name[256];
    int error = getlogin_r(name, sizeof name);
    return error ? kr_raise_os(vm, error, KR_UNSET) : kr_posix_from_system(vm, name, false);
}

FUNCTION(nice) {
    int n;
    if (!int_arg(vm, arg[0], &n) || !allowed(vm)) return KR_ERROR;
    errno = 0;
    n = nice(n);
    return n == -1 && errno ? kr_raise_os(vm, errno, KR_UNSET) : kr_int(vm, n);
}

FUNCTION(getpriority) {
    int which, who;
    if (!int_arg(vm, arg[0], &which) || !int_arg(vm, arg[1], &who)) return KR_ERROR;
    errno = 0;
    int n = getpriority((unsigned)which, (id_t)who);
    return n == -1 && errno ? kr_raise_os(vm, errno, KR_UNSET) : kr_int(vm, n);
}
FUNCTION(setpriority) {
    int which, who, priority;
    if (!int_arg(vm, arg[0], &which) || !int_arg(vm, arg[1], &who) || !int_arg(vm, arg[2], &priority) || !allowed(vm)) return KR_ERROR;
    return kr_linux_done(vm, setpriority((unsigned)which, (id_t)who, priority));
}

FUNCTION(times) {
    struct tms t;
    clock_t now = times(&t);
    if (now == (clock_t)-1) return kr_raise_os(vm, errno, KR_UNSET);
    double ticks = (double)sysconf(_SC_CLK_TCK);
    KrValue item[5] = { kr_float(vm, (double)t.tms_utime / ticks), kr_float(vm, (double)t.tms_stime / ticks),
                        kr_float(vm, (double)t.tms_cutime / ticks), kr_float(vm, (double)t.tms_cstime / ticks),
                        kr_float(vm, (double)now / ticks) };
    return kr_tuple(vm, 5, item);
}

FUNCTION(uname) {
    struct utsname u;
    if (uname(&u) < 0) return kr_raise_os(vm, errno, KR_UNSET);
    const char *field[] = { u.sysname, u.nodename, u.release, u.version, u.machine };
    KrValue item[5];
    for (int i = 0; i < 5; i++)
        if (kr_is_error(item[i] = kr_posix_from_system(vm, field[i], false))) return KR_ERROR;
    return kr_tuple(vm, 5, item);
}

FUNCTION(getloadavg) {
    double load[3];
    if (getloadavg(load, 3) != 3) return kr_raise(vm, &kr_os_error, "Load averages are unobtainable");
    KrValue item[3] = { kr_float(vm, load[0]), kr_float(vm, load[1]), kr_float(vm, load[2]) };
    return kr_tuple(vm, 3, item);
}

FUNCTION(sched_yield) { return kr_linux_done(vm, sched_yield()); }

FUNCTION(sched_getaffinity) {
    int pid;
    cpu_set_t set;
    if (!int_arg(vm, arg[0], &pid)) return KR_ERROR;
    if (sched_getaffinity(pid, sizeof set, &set) < 0) return kr_raise_os(vm, errno, KR_UNSET);
    KrValue v = kr_set(vm, KR_UNSET);
    for (int i = 0; i < CPU_SETSIZE && !kr_is_error(v); i++)
        if (CPU_ISSET(i, &set) && !kr_set_add(vm, v, kr_int_box(i))) return KR_ERROR;
    return v;
}

FUNCTION(sched_setaffinity) {
    int pid, cpu;
    cpu_set_t set;
    CPU_ZERO(&set);
    if (!int_arg(vm, arg[0], &pid) || !allowed(vm)) return KR_ERROR;
    KrValue it = kr_iter(vm, arg[1]), v;
    if (kr_is_error(it)) return it;
    while (!kr_is_done(v = kr_next(vm, it))) {
        if (kr_is_error(v) || !int_arg(vm, v, &cpu)) return KR_ERROR;
        if (cpu < 0) return kr_raise(vm, &kr_value_error, "negative CPU number");
        if (cpu < CPU_SETSIZE) CPU_SET(cpu, &set);
    }
    return kr_linux_done(vm, sched_setaffinity(pid, sizeof set, &set));
}

FUNCTION(tcgetpgrp) {
    int fd;
    return int_arg(vm, arg[0], &fd) && kr_access_fd(vm, fd) ? kr_linux_number(vm, tcgetpgrp(fd)) : KR_ERROR;
}
FUNCTION(tcsetpgrp) {
    int fd, group;
    if (!int_arg(vm, arg[0], &fd) || !int_arg(vm, arg[1], &group) || !kr_access_fd(vm, fd)) return KR_ERROR;
    return kr_linux_done(vm, tcsetpgrp(fd, group));
}

FUNCTION(pidfd_open) {
    int pid, flags;
    if (!int_arg(vm, arg[0], &pid) || !int_arg(vm, arg[1], &flags) || !allowed(vm)) return KR_ERROR;
    int fd = (int)syscall(SYS_pidfd_open, pid, flags);
    if (fd < 0) return kr_raise_os(vm, errno, KR_UNSET);
    return kr_fd_opened(vm, fd) ? kr_int_box(fd) : KR_ERROR;
}

static const KrMethod functions[] = {
    { "_fork()", linux_fork, "", 0 },
    { "_execve(path, argv, env)", linux_execve, "", 0 },
    { "waitpid(pid, options, /)", linux_waitpid, KR_DOC("Wait for completion of a given child process."), 0 },
    { "wait4(pid, options)", linux_wait4, "", 0 },
    { "_waitid(idtype, id, options, /)", linux_waitid, "", 0 },
    { "kill(pid, signal, /)", linux_kill, KR_DOC("Kill a process with a signal."), 0 },
    { "killpg(pgid, signal, /)", linux_killpg, "", 0 },
    { "system(command)", linux_system, KR_DOC("Execute the command in a subshell."), 0 },
    { "abort()", linux_abort, KR_DOC("Abort the interpreter immediately."), 0 },
    { "getppid()", linux_getppid, "", 0 },
    { "getpgrp()", linux_getpgrp, "", 0 },
    { "getpgid(pid)", linux_getpgid, "", 0 },
    { "getsid(pid, /)", linux_getsid, "", 0 },
    { "getuid()", linux_getuid, "", 0 },
    { "geteuid()", linux_geteuid, "", 0 },
    { "getgid()", linux_getgid, "", 0 },
    { "getegid()", linux_getegid, "", 0 },
    { "getresuid()", linux_getresuid, "", 0 },
    { "getresgid()", linux_getresgid, "", 0 },
    { "getgroups()", linux_getgroups, "", 0 },
    { "getlogin()", linux_getlogin, "", 0 },
    { "setuid(uid, /)", linux_setuid, "", 0 },
    { "seteuid(euid, /)", linux_seteuid, "", 0 },
    { "setgid(gid, /)", linux_setgid, "", 0 },
    { "setegid(egid, /)", linux_setegid, "", 0 },
    { "setreuid(ruid, euid, /)", linux_setreuid, "", 0 },
    { "setregid(rgid, egid, /)", linux_setregid, "", 0 },
    { "setpgid(pid, pgrp, /)", linux_setpgid, "", 0 },
    { "setsid()", linux_setsid, "", 0 },
    { "nice(increment, /)", linux_nice, "", 0 },
    { "getpriority(which, who)", linux_getpriority, "", 0 },
    { "setpriority(which, who, priority)", linux_setpriority, "", 0 },
    { "_times()", linux_times, "", 0 },
    { "_uname()", linux_uname, "", 0 },
    { "getloadavg()", linux_getloadavg, "", 0 },
    { "sched_yield()", linux_sched_yield, "", 0 },
    { "sched_getscheduler(pid, /)", linux_sched_getscheduler, "", 0 },
    { "sched_get_priority_max(policy)", linux_sched_get_priority_max, "", 0 },
    { "sched_get_priority_min(policy)", linux_sched_get_priority_min, "", 0 },
    { "sched_getaffinity(pid, /)", linux_sched_getaffinity, "", 0 },
    { "sched_setaffinity(pid, mask, /)", linux_sched_setaffinity, "", 0 },
    { "tcgetpgrp(fd, /)", linux_tcgetpgrp, "", 0 },
    { "tcsetpgrp(fd, pgid, /)", linux_tcsetpgrp, "", 0 },
    { "pidfd_open(pid, flags=0)", linux_pidfd_open, "", 0 },
    { 0 },
};

const KrModuleDef kr_linux_process_module = { "_linux_process", KR_DOC("Processes."), functions, NULL, NULL };
