// fault.c - lets the n-th call of the system fail: part of debug and sanitizer builds of the command, caught by the linker (--wrap).
//
// KRAIT_FAULT="KIND N" lets the N-th call that can fail this way do so, "KIND N+" all from the N-th on. Kinds: those of `names` below; SHORT reads
// and writes a single byte. Calls are counted between os.stat("/faults/on") and os.stat("/faults/off"), and with KRAIT_FAULT_START from the start.
// KRAIT_FAULT_REPORT names a file for the counts, one word for each kind, and how many have failed; it is mapped, so that it is right
// whatever becomes of the process. The calls of SQLite are caught as well (its VFS can be told which functions to call).
// What a kernel does not do is not done here: only descriptors that do not block have EAGAIN, datagrams are never cut, connect() is not interrupted.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef enum { INTR, AGAIN, RESET, NO_PIPE, MFILE, NFILE, NO_SPACE, NO_MEMORY, SHORT, KINDS } Kind;
static const char *const names[KINDS] = { "EINTR", "EAGAIN", "ECONNRESET", "EPIPE", "EMFILE", "ENFILE", "ENOSPC", "ENOMEM", "SHORT" };
static const int numbers[KINDS] = { EINTR, EAGAIN, ECONNRESET, EPIPE, EMFILE, ENFILE, ENOSPC, ENOMEM, 0 };

static struct {
    Kind kind; // KINDS: none
    long first;
    bool on, all;
    struct {
        _Atomic long count[KINDS], failed;
    } * told, own;
} state = { .kind = KINDS };

__attribute__((constructor)) static void begin(void) {
    const char *said = getenv("KRAIT_FAULT"), *path = getenv("KRAIT_FAULT_REPORT"), *end = said ? strchr(said, ' ') : NULL;
    state.told = (void *)&state.own;
    for (int i = 0; end && i < KINDS; i++)
        if (strncmp(said, names[i], (size_t)(end - said)) == 0 && !names[i][end - said]) state.kind = (Kind)i;
    if (end) state.first = atol(end + 1), state.all = strchr(end, '+') != NULL;
    int fd = path ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    void *at = MAP_FAILED;
    if (fd >= 0 && ftruncate(fd, sizeof state.own) == 0) at = mmap(NULL, sizeof state.own, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (at != MAP_FAILED) state.told = at;
    if (fd >= 0) close(fd);
    state.on = getenv("KRAIT_FAULT_START") != NULL;
}

// Does this call fail in that way?
static bool fails(Kind kind) {
    if (!state.on) return false;
    long n = atomic_fetch_add(&state.told->count[kind], 1) + 1;
    if (kind != state.kind || (state.all ? n < state.first : n != state.first)) return false;
    atomic_fetch_add(&state.told->failed, 1);
    return errno = numbers[kind], true;
}

// The first of several ways, which end with KINDS.
static bool fails_of(Kind kind, ...) {
    bool failed = false;
    va_list rest;
    va_start(rest, kind);
    for (; kind != KINDS && !failed; kind = (Kind)va_arg(rest, int)) failed = fails(kind);
    va_end(rest);
    return failed;
}

// ---- What is it? -----------------------------------------------------------------------------------------------------------------

enum { FILE_KIND = 1, PIPE_KIND, STREAM_KIND, DATAGRAM_KIND, OTHER_KIND };

int __real_fstat(int fd, struct stat *out);
int __real_fcntl(int fd, int what, ...);
int __real_getsockopt(int fd, int level, int option, void *data, socklen_t *len);

static int kind_of(int fd) {
    struct stat st;
    int type = 0, saved = errno;
    socklen_t len = sizeof type;
    int kind = __real_fstat(fd, &st) != 0 ? OTHER_KIND : S_ISREG(st.st_mode) ? FILE_KIND : S_ISFIFO(st.st_mode) ? PIPE_KIND : OTHER_KIND;
    if (kind == OTHER_KIND && __real_getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) == 0)
        kind = type == SOCK_STREAM ? STREAM_KIND : DATAGRAM_KIND;
    return errno = saved, kind;
}

static bool waits_not(int fd, int flags) {
    int saved = errno, mode = __real_fcntl(fd, F_GETFL);
    return errno = saved, flags & MSG_DONTWAIT || (mode >= 0 && mode & O_NONBLOCK);
}

static bool reading_fails(int fd, int flags) {
    if (!state.on) return false;
    int kind = kind_of(fd);
    if (kind == OTHER_KIND || flags & MSG_PEEK) return false; // terminals, events
    if (fails(INTR) || (waits_not(fd, flags) && kind != FILE_KIND && fails(AGAIN))) return true;
    return kind == STREAM_KIND && fails(RESET);
}

static bool writing_fails(int fd, size_t len, int flags) {
    if (!state.on) return false;
    if (len == 1 && waits_not(fd, flags)) return fails(INTR); // it wakes a loop of this process: only behind others there is no room
    int kind = kind_of(fd);
    if (kind == OTHER_KIND) return false;
    if (fails(INTR) || (waits_not(fd, flags) && kind != FILE_KIND && fails(AGAIN))) return true;
    if (kind == FILE_KIND) return fails(NO_SPACE);
    return (kind == STREAM_KIND && fails(RESET)) || (kind != DATAGRAM_KIND && fails(NO_PIPE)) || (kind != PIPE_KIND && fails(NO_MEMORY));
}

static size_t short_of(int fd, size_t len) { return state.on && len > 1 && kind_of(fd) < DATAGRAM_KIND && fails(SHORT) ? 1 : len; }

// ---- Calls -----------------------------------------------------------------------------------------------------------------------

// A call that fails with -1 before anything is done.
#define WRAP(type, name, parameters, arguments, condition) \
    type __real_##name parameters; \
    type __wrap_##name parameters; \
    type __wrap_##name parameters { \
        if (condition) return (type)-1; \
        return __real_##name arguments; \
    }
#define NEW_FD fails_of(MFILE, NFILE, NO_MEMORY, KINDS)

WRAP(ssize_t, read, (int fd, void *data, size_t len), (fd, data, short_of(fd, len)), reading_fails(fd, 0))
WRAP(ssize_t, pread, (int fd, void *data, size_t len, off_t at), (fd, data, short_of(fd, len), at), reading_fails(fd, 0))
WRAP(ssize_t, write, (int fd, const void *data, size_t len), (fd, data, short_of(fd, len)), writing_fails(fd, len, 0))
WRAP(ssize_t, pwrite, (int fd, const void *data, size_t len, off_t at), (fd, data, short_of(fd, len), at), writing_fails(fd, len, 0))
WRAP(ssize_t, preadv2, (int fd, const struct iovec *v, int count, off_t at, int flags), (fd, v, count, at, flags), reading_fails(fd, 0))
WRAP(ssize_t, pwritev2, (int fd, const struct iovec *v, int count, off_t at, int flags), (fd, v, count, at, flags), writing_fails(fd, 2, 0))
WRAP(ssize_t, recv, (int fd, void *data, size_t len, int flags), (fd, data, short_of(fd, len), flags), reading_fails(fd, flags))
WRAP(ssize_t, recvfrom, (int fd, void *data, size_t len, int flags, struct sockaddr *from, socklen_t *size),
     (fd, data, short_of(fd, len), flags, from, size), reading_fails(fd, flags))
WRAP(ssize_t, recvmsg, (int fd, struct msghdr *m, int flags), (fd, m, flags), reading_fails(fd, flags))
WRAP(ssize_t, send, (int fd, const void *data, size_t len, int flags), (fd, data, short_of(fd, len), flags), writing_fails(fd, len, flags))
WRAP(ssize_t, sendto, (int fd, const void *data, size_t len, int flags, const struct sockaddr *to, socklen_t size),
     (fd, data, short_of(fd, len), flags, to, size), writing_fails(fd, len, flags))
WRAP(ssize_t, sendmsg, (int fd, const struct msghdr *m, int flags), (fd, m, flags), writing_fails(fd, 2, flags))
WRAP(ssize_t, sendfile, (int to, int from, off_t *at, size_t len), (to, from, at, short_of(to, len)), writing_fails(to, len, 0))
WRAP(ssize_t, copy_file_range, (int from, off_t *a, int to, off_t *b, size_t len, unsigned flags),
     (from, a, to, b, short_of(to, len), flags), writing_fails(to, len, 0))
WRAP(int, socket, (int family, int type, int protocol), (family, type, protocol), NEW_FD)
WRAP(int, socketpair, (int family, int type, int protocol, int fd[2]), (family, type, protocol, fd), NEW_FD)
WRAP(int, pipe2, (int fd[2], int flags), (fd, flags), NEW_FD)
WRAP(int, dup, (int fd), (fd), fails(MFILE))
WRAP(int, dup3, (int from, int to, int flags), (from, to, flags), fails(INTR))
WRAP(int, epoll_create1, (int flags), (flags), NEW_FD)
WRAP(int, eventfd, (unsigned value, int flags), (value, flags), NEW_FD)
WRAP(int, memfd_create, (const char *name, unsigned flags), (name, flags), NEW_FD)
WRAP(int, bind, (int fd, const struct sockaddr *to, socklen_t len), (fd, to, len), fails(NO_MEMORY))
WRAP(int, connect, (int fd, const struct sockaddr *to, socklen_t len), (fd, to, len), kind_of(fd) == STREAM_KIND && fails(RESET))
WRAP(int, setsockopt, (int fd, int level, int option, const void *data, socklen_t len), (fd, level, option, data, len), fails(NO_MEMORY))
WRAP(int, getsockopt, (int fd, int level, int option, void *data, socklen_t *len), (fd, level, option, data, len), fails(NO_MEMORY))
WRAP(int, fsync, (int fd), (fd), fails_of(INTR, NO_SPACE, KINDS))
WRAP(int, fdatasync, (int fd), (fd), fails_of(INTR, NO_SPACE, KINDS))
WRAP(int, ftruncate, (int fd, off_t len), (fd, len), fails_of(INTR, NO_SPACE, KINDS))
WRAP(int, truncate, (const char *path, off_t len), (path, len), fails_of(INTR, NO_SPACE, KINDS))
WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode), fails_of(NO_SPACE, NO_MEMORY, KINDS))
WRAP(int, rename, (const char *from, const char *to), (from, to), fails_of(NO_SPACE, NO_MEMORY, KINDS))
WRAP(int, symlink, (const char *to, const char *path), (to, path), fails_of(NO_SPACE, NO_MEMORY, KINDS))
WRAP(int, unlink, (const char *path), (path), fails(NO_MEMORY))
WRAP(int, rmdir, (const char *path), (path), fails(NO_MEMORY))
WRAP(int, fstat, (int fd, struct stat *out), (fd, out), fails(NO_MEMORY))
WRAP(int, poll, (struct pollfd * p, nfds_t count, int ms), (p, count, ms), fails_of(INTR, NO_MEMORY, KINDS))
WRAP(int, ppoll, (struct pollfd * p, nfds_t count, const struct timespec *t, const sigset_t *mask), (p, count, t, mask),
     fails_of(INTR, NO_MEMORY, KINDS))
WRAP(int, epoll_wait, (int fd, struct epoll_event *e, int count, int ms), (fd, e, count, ms), fails(INTR))
WRAP(int, epoll_ctl, (int epoll, int how, int fd, struct epoll_event *e), (epoll, how, fd, e),
     how == EPOLL_CTL_ADD && fails_of(NO_SPACE, NO_MEMORY, KINDS))
WRAP(int, nanosleep, (const struct timespec *t, struct timespec *left), (t, left), fails(INTR))
WRAP(pid_t, fork, (void), (), fails(NO_MEMORY))
WRAP(pid_t, wait4, (pid_t pid, int *status, int options, struct rusage *usage), (pid, status, options, usage), fails(INTR))
WRAP(int, waitid, (idtype_t type, id_t id, siginfo_t *info, int options), (type, id, info, options), fails(INTR))

DIR *__real_opendir(const char *path);
DIR *__wrap_opendir(const char *path);
DIR *__wrap_opendir(const char *path) { return NEW_FD ? NULL : __real_opendir(path); }

int __real_accept4(int fd, struct sockaddr *from, socklen_t *len, int flags);
int __wrap_accept4(int fd, struct sockaddr *from, socklen_t *len, int flags);
int __wrap_accept4(int fd, struct sockaddr *from, socklen_t *len, int flags) {
    if (fails_of(INTR, MFILE, NFILE, NO_MEMORY, KINDS) || (waits_not(fd, 0) && fails(AGAIN))) return -1;
    int got = __real_accept4(fd, from, len, flags);
    if (got < 0 || !fails(RESET)) return got;
    close(got); // it was gone while it waited
    return errno = ECONNABORTED, -1;
}

// The descriptor is gone, whatever comes.
int __real_close(int fd);
int __wrap_close(int fd);
int __wrap_close(int fd) {
    int kind = state.on ? kind_of(fd) : 0, mode = state.on ? __real_fcntl(fd, F_GETFL) : 0, done = __real_close(fd);
    if (done < 0 || !state.on) return done;
    return fails(INTR) || (kind == FILE_KIND && (mode & O_ACCMODE) != O_RDONLY && fails(NO_SPACE)) ? -1 : 0;
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    unsigned mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, unsigned) : 0;
    va_end(rest);
    if (fails(INTR) || NEW_FD || (flags & O_CREAT && fails(NO_SPACE))) return -1;
    return __real_open(path, flags, mode);
}

int __wrap_fcntl(int fd, int what, ...);
int __wrap_fcntl(int fd, int what, ...) {
    va_list rest;
    va_start(rest, what);
    long value = va_arg(rest, long);
    va_end(rest);
    return (what == F_DUPFD || what == F_DUPFD_CLOEXEC) && fails(MFILE) ? -1 : __real_fcntl(fd, what, value);
}

int __real_stat(const char *path, struct stat *out);
int __wrap_stat(const char *path, struct stat *out);
int __wrap_stat(const char *path, struct stat *out) {
    if (strcmp(path, "/faults/on") == 0) state.on = true;
    if (strcmp(path, "/faults/off") == 0) state.on = false;
    return fails(NO_MEMORY) ? -1 : __real_stat(path, out);
}

// A function that returns twice cannot be wrapped: what calls vfork() is.
struct KrPortSpawn;
int64_t __real_kr_port_spawn(struct KrPortSpawn *what);
int64_t __wrap_kr_port_spawn(struct KrPortSpawn *what);
int64_t __wrap_kr_port_spawn(struct KrPortSpawn *what) { return fails(NO_MEMORY) ? -errno : __real_kr_port_spawn(what); }

// ---- SQLite ----------------------------------------------------------------------------------------------------------------------

typedef struct Vfs { // <sqlite3.h>, version 3
    int version, size, path_most;
    struct Vfs *next;
    const char *name;
    void *data;
    void *function[12], *time_of, *set, *get, *following;
} Vfs;

void *__real_dlsym(void *library, const char *name);
void *__wrap_dlsym(void *library, const char *name);
void *__wrap_dlsym(void *library, const char *name) {
    if (strcmp(name, "sqlite3_open_v2") == 0) {
        Vfs *(*find)(const char *) = (Vfs * (*)(const char *)) __real_dlsym(library, "sqlite3_vfs_find");
        Vfs *vfs = find ? find(NULL) : NULL;
        int (*set)(Vfs *, const char *, void (*)(void)) =
            vfs && vfs->version >= 3 ? (int (*)(Vfs *, const char *, void (*)(void)))vfs->set : NULL;
        if (set) {
            set(vfs, "open", (void (*)(void))__wrap_open), set(vfs, "close", (void (*)(void))__wrap_close);
            set(vfs, "read", (void (*)(void))__wrap_read), set(vfs, "write", (void (*)(void))__wrap_write);
            set(vfs, "pread", (void (*)(void))__wrap_pread), set(vfs, "pread64", (void (*)(void))__wrap_pread);
            set(vfs, "pwrite", (void (*)(void))__wrap_pwrite), set(vfs, "pwrite64", (void (*)(void))__wrap_pwrite);
            set(vfs, "ftruncate", (void (*)(void))__wrap_ftruncate), set(vfs, "unlink", (void (*)(void))__wrap_unlink);
        }
    }
    return __real_dlsym(library, name);
}
