// spawn.c - starting programs. Between fork and exec only calls that are safe there are made, since other threads and their locks are gone.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "port.h"

static bool inheritable(int fd) {
    int flags = fcntl(fd, F_GETFD);
    return flags >= 0 && fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC) == 0;
}

// from becomes the child's descriptor `to`.
static bool put(int from, int to) { return from < 0 || (from == to ? inheritable(from) : dup2(from, to) >= 0); }

// The child's ends of the three pipes become 0, 1 and 2; one that is in the way of another moves first.
static bool set_streams(const KrPortSpawn *s) {
    int in = s->stream[0], out = s->stream[1], error = s->stream[2];
    if (out == 0 && (out = dup(out)) < 0) return false;
    while (error == 0 || error == 1)
        if ((error = dup(error)) < 0) return false;
    return put(in, 0) && put(out, 1) && put(error, 2);
}

static void close_range_of(unsigned first, unsigned last) {
    if (first > last || syscall(SYS_close_range, first, last, 0) == 0) return;
    long most = sysconf(_SC_OPEN_MAX);
    for (unsigned fd = first; fd <= last && fd < (unsigned)(most > 0 ? most : 1024); fd++) close((int)fd);
}

static void close_others(const KrPortSpawn *s) { // keep is sorted
    unsigned first = 3;
    for (size_t i = 0; i < s->keep_count; i++) {
        unsigned fd = (unsigned)s->keep[i];
        if (fd < first) continue;
        if (fd > first) close_range_of(first, fd - 1);
        first = fd + 1;
    }
    close_range_of(first, UINT_MAX);
}

static void default_signals(void) { // those that Python programs ignore
    const int ignored[] = { SIGPIPE, SIGXFSZ };
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) signal(ignored[i], SIG_DFL);
}

static bool set_owner(const KrPortSpawn *s) {
    if (s->group_count >= 0 && syscall(SYS_setgroups, (size_t)s->group_count, s->groups) != 0) return false;
    if (s->gid >= 0 && syscall(SYS_setregid, (gid_t)s->gid, (gid_t)s->gid) != 0) return false;
    return s->uid < 0 || syscall(SYS_setreuid, (uid_t)s->uid, (uid_t)s->uid) == 0;
}

static void exec_first(const KrPortSpawn *s) { // of the places where the program may be
    int told = 0;
    for (char *const *path = s->programs; *path; path++) {
        if (s->environment) execve(*path, s->args, s->environment);
        else execv(*path, s->args);
        if (errno != ENOENT && errno != ENOTDIR && !told) told = errno;
    }
    if (told) errno = told;
}

static void tell(int fd, const char *text) {
    size_t len = strlen(text);
    while (len) {
        ssize_t n = write(fd, text, len);
        if (n <= 0) return;
        text += n, len -= (size_t)n;
    }
}

// As subprocess reads it: exception, errno in hexadecimal, which step.
static void tell_error(const KrPortSpawn *s, int error, const char *step) {
    char digits[2 * sizeof error + 1];
    size_t at = sizeof digits - 1;
    digits[at] = 0;
    do digits[--at] = "0123456789ABCDEF"[error & 15], error >>= 4;
    while (error && at);
    tell(s->error_pipe, "OSError:");
    tell(s->error_pipe, digits + at);
    tell(s->error_pipe, ":");
    tell(s->error_pipe, step);
}

static KR_NORETURN void exec_child(const KrPortSpawn *s) {
    const char *step = "noexec";
    bool ok = true;
    for (size_t i = 0; i < s->keep_count && ok; i++)
        ok = s->keep[i] == s->error_pipe || s->keep[i] == s->parent_end || inheritable(s->keep[i]);
    ok = ok && set_streams(s);
    if (ok && s->folder && chdir(s->folder) != 0) ok = false, step = "noexec:chdir";
    if (ok && s->umask >= 0) umask((mode_t)s->umask);
    if (ok && s->restore_signals) default_signals();
    if (ok && s->new_session) setsid();
    if (ok && s->process_group >= 0) ok = setpgid(0, (pid_t)s->process_group) == 0;
    ok = ok && set_owner(s);
    if (ok && s->prepare && !s->prepare(s->context)) ok = false, errno = 0;
    if (ok && s->close_others) close_others(s);
    if (ok) step = "";
    if (ok && s->mask) sigprocmask(SIG_SETMASK, s->mask, NULL);
    if (ok) exec_first(s);
    if (ok || errno) tell_error(s, errno, step);
    else tell(s->error_pipe, "SubprocessError:0:Exception occurred in preexec_fn.");
    _exit(255);
}

// The parent stands still until the child has become the program: it runs in the parent's memory, and nothing is copied. No signal may
// run a handler in it meanwhile.
int64_t kr_port_spawn(KrPortSpawn *s) {
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    s->mask = &before;
    pid_t pid = s->prepare ? fork() : vfork();
    if (!pid) exec_child(s);
    int error = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return pid < 0 ? -error : pid;
}
