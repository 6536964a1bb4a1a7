// system_file.c - the _linux module: what module os needs of files and descriptors beyond module posix.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "system_part.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "vm/access.h"
#include "vm/blocking.h"
#include "vm/thread.h"

#define FUNCTION(name) static KrValue linux_##name(KrVm *vm, KR_UNUSED KrValue self, KR_UNUSED const KrValue *arg)

typedef KrPosixPath Path;

// ---- Arguments -------------------------------------------------------------------------------------------------------------------

static bool path_arg(KrVm *vm, KrValue v, const char *function, const char *name, unsigned access, Path *p) {
    return kr_posix_path(vm, v, function, name, KR_POSIX_PLAIN, p) && kr_access(vm, access, v);
}

static bool any_arg(KrVm *vm, KrValue v, const char *function, unsigned access, Path *p) { // a path or a descriptor
    return kr_posix_path(vm, v, function, "path", KR_POSIX_NUMBERED, p) && (kr_is_integer(v) || kr_access(vm, access, v));
}

bool kr_linux_int(KrVm *vm, KrValue v, int *out) {
    int64_t n;
    if (!kr_to_int64(vm, v, &n)) return false;
    if (n != (int)n) return kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C int"));
    return *out = (int)n, true;
}

static bool id_arg(KrVm *vm, KrValue v, const char *what, unsigned *out) { // a user or group; -1: as it is
    int64_t n;
    if (!kr_to_int64(vm, v, &n)) return false;
    if (n < -1) return kr_fail(kr_raise(vm, &kr_overflow_error, "%s is less than minimum", what));
    if (n > 0xFFFFFFFFll) return kr_fail(kr_raise(vm, &kr_overflow_error, "%s is greater than maximum", what));
    return *out = (unsigned)n, true;
}

static bool any_fd(KrVm *vm, KrValue v, int *out) { // EBADF comes from the system
    return kr_linux_int(vm, v, out) && (*out < 0 || kr_access_fd(vm, *out));
}

static KrValue new_fd(KrVm *vm, int fd) {
    if (fd < 0) return kr_raised(vm) ? KR_ERROR : kr_raise_os(vm, errno, KR_UNSET);
    return kr_fd_opened(vm, fd) ? kr_int_box(fd) : KR_ERROR;
}

// ---- Descriptors -----------------------------------------------------------------------------------------------------------------

static KrValue pipe_of(KrVm *vm, int flags) {
    int fd[2], failed;
    bool collected = false;
    do failed = pipe2(fd, flags);
    while (failed && kr_fd_again(vm, errno, &collected));
    if (failed) return kr_raised(vm) ? KR_ERROR : kr_raise_os(vm, errno, KR_UNSET);
    if (!kr_fd_opened(vm, fd[0])) return close(fd[1]), KR_ERROR;
    if (!kr_fd_opened(vm, fd[1])) return KR_ERROR;
    KrValue item[2] = { kr_int_box(fd[0]), kr_int_box(fd[1]) };
    return kr_tuple(vm, 2, item);
}

FUNCTION(pipe) { return pipe_of(vm, O_CLOEXEC); }
FUNCTION(pipe2) {
    int flags;
    return kr_linux_int(vm, arg[0], &flags) ? pipe_of(vm, flags) : KR_ERROR;
}

FUNCTION(dup) {
    int fd, got;
    bool collected = false;
    if (!any_fd(vm, arg[0], &fd)) return KR_ERROR;
    do got = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    while (got < 0 && kr_fd_again(vm, errno, &collected));
    return new_fd(vm, got);
}

FUNCTION(dup2) { // fd, fd2, inheritable
    int from, to;
    bool inheritable;
    if (!any_fd(vm, arg[0], &from) || !kr_linux_int(vm, arg[1], &to) || !kr_truth(vm, arg[2], &inheritable)) return KR_ERROR;
    if (from < 0 || to < 0) return kr_raise_os(vm, EBADF, KR_UNSET);
    if (!kr_may_close_fd(vm, to) && !kr_access_close(vm, to)) return KR_ERROR;
    int got;
    do got = from == to || inheritable ? dup2(from, to) : dup3(from, to, O_CLOEXEC);
    while (kr_linux_again(vm, got));
    return new_fd(vm, got);
}

FUNCTION(closerange) {
    int from, to;
    if (!kr_linux_int(vm, arg[0], &from) || !kr_linux_int(vm, arg[1], &to)) return KR_ERROR;
    for (int fd = from < 0 ? 0 : from; fd < to && fd < 1 << 20; fd++) {
        if (!kr_may_close_fd(vm, fd)) continue;
        kr_fd_closed(vm, fd);
        close(fd);
        if (fd % 256 == 255 && !kr_poll(vm, 16)) return KR_ERROR;
    }
    return KR_NONE;
}

FUNCTION(get_inheritable) {
    int fd, flags;
    if (!any_fd(vm, arg[0], &fd)) return KR_ERROR;
    return (flags = fcntl(fd, F_GETFD)) < 0 ? kr_raise_os(vm, errno, KR_UNSET) : kr_bool(!(flags & FD_CLOEXEC));
}

FUNCTION(set_inheritable) {
    int fd, flags;
    bool on;
    if (!any_fd(vm, arg[0], &fd) || !kr_truth(vm, arg[1], &on)) return KR_ERROR;
    if ((flags = fcntl(fd, F_GETFD)) < 0) return kr_raise_os(vm, errno, KR_UNSET);
    return kr_linux_done(vm, fcntl(fd, F_SETFD, on ? flags & ~FD_CLOEXEC : flags | FD_CLOEXEC));
}

FUNCTION(get_blocking) {
    int fd, flags;
    if (!any_fd(vm, arg[0], &fd)) return KR_ERROR;
    return (flags = fcntl(fd, F_GETFL)) < 0 ? kr_raise_os(vm, errno, KR_UNSET) : kr_bool(!(flags & O_NONBLOCK));
}

FUNCTION(set_blocking) {
    int fd, flags;
    bool on;
    if (!any_fd(vm, arg[0], &fd) || !kr_truth(vm, arg[1], &on)) return KR_ERROR;
    if ((flags = fcntl(fd, F_GETFL)) < 0) return kr_raise_os(vm, errno, KR_UNSET);
    return kr_linux_done(vm, fcntl(fd, F_SETFL, on ? flags & ~O_NONBLOCK : flags | O_NONBLOCK));
}

bool kr_linux_file(KrVm *vm, KrValue v, int *fd) { // or what has a fileno()
    if (kr_is_bool(v) && !kr_warn(vm, &kr_runtime_warning, "bool is used as a file descriptor")) return false;
    if (!kr_is_integer(v)) {
        KrValue fileno, name = kr_name(vm, "fileno");
        if (kr_is_error(name) || !kr_find_attr(vm, v, name, &fileno)) return false;
        if (kr_is_unset(fileno)) return kr_fail(kr_raise(vm, &kr_type_error, "argument must be an int, or have a fileno() method."));
        if (kr_is_error(v = kr_call(vm, fileno, 0, NULL))) return false;
        if (!kr_is_integer(v)) return kr_fail(kr_raise(vm, &kr_type_error, "fileno() returned a non-integer"));
    }
    if (!any_fd(vm, v, fd)) return false;
    return *fd >= 0 || kr_fail(kr_raise(vm, &kr_value_error, "file descriptor cannot be a negative integer (%d)", *fd));
}

typedef struct {
    int fd, failed;
} Sync;

static void fsync_now(void *context) {
    Sync *s = context;
    s->failed = fsync(s->fd);
}
static void fdatasync_now(void *context) {
    Sync *s = context;
    s->failed = fdatasync(s->fd);
}

static KrValue synced(KrVm *vm, void (*now)(void *), int fd) {
    Sync s = { .fd = fd };
    do kr_blocking_brief(vm, now, &s);
    while (kr_linux_again(vm, s.failed));
    return kr_linux_ended(vm, s.failed);
}

FUNCTION(fsync) {
    int fd;
    return kr_linux_file(vm, arg[0], &fd) ? synced(vm, fsync_now, fd) : KR_ERROR;
}
FUNCTION(fdatasync) {
    int fd;
    return kr_linux_file(vm, arg[0], &fd) ? synced(vm, fdatasync_now, fd) : KR_ERROR;
}
FUNCTION(sync) { return kr_access(vm, KR_ACCESS_FILES_WRITE, KR_UNSET) ? sync(), KR_NONE : KR_ERROR; }

FUNCTION(fchdir) {
    int fd;
    if (!kr_linux_file(vm, arg[0], &fd) || !kr_access(vm, KR_ACCESS_PROCESSES, KR_UNSET)) return KR_ERROR;
    return kr_linux_done(vm, fchdir(fd));
}

FUNCTION(ftruncate) {
    int fd;
    int64_t size;
    int failed;
    if (!any_fd(vm, arg[0], &fd) || !kr_to_int64(vm, arg[1], &size)) return KR_ERROR;
    do failed = ftruncate(fd, size);
    while (kr_linux_again(vm, failed));
    return kr_linux_ended(vm, failed);
}

FUNCTION(truncate) {
    Path p;
    int64_t size;
    if (!any_arg(vm, arg[0], "truncate", KR_ACCESS_FILES_WRITE, &p) || !kr_to_int64(vm, arg[1], &size)) return KR_ERROR;
    int fd = -1, failed;
    if (kr_is_integer(arg[0]) && !any_fd(vm, arg[0], &fd)) return KR_ERROR;
    do failed = kr_is_integer(arg[0]) ? ftruncate(fd, size) : truncate(p.text, size);
    while (kr_linux_again(vm, failed));
    return kr_raised(vm) ? KR_ERROR : kr_posix_done(vm, failed ? errno : 0, &p);
}

FUNCTION(pread) {
    int fd;
    size_t len;
    int64_t at;
    if (!any_fd(vm, arg[0], &fd) || !kr_to_size(vm, arg[1], "length", &len) || !kr_to_int64(vm, arg[2], &at)) return KR_ERROR;
    KrValue bytes = kr_bytes(vm, NULL, len);
    if (kr_is_error(bytes)) return bytes;
    ssize_t n;
    do n = pread(fd, kr_bytes_data(bytes, NULL), len, at);
    while (kr_linux_again(vm, n));
    if (n < 0) return kr_raised(vm) ? KR_ERROR : kr_raise_os(vm, errno, KR_UNSET);
    return (size_t)n == len ? bytes : kr_bytes(vm, kr_bytes_data(bytes, NULL), (size_t)n);
}

FUNCTION(pwrite) {
    int fd;
    int64_t at;
    KrBuffer b;
    if (!any_fd(vm, arg[0], &fd) || !kr_to_int64(vm, arg[2], &at) || !kr_get_buffer(vm, arg[1], &b, KR_BUFFER_READ)) return KR_ERROR;
    ssize_t n;
    do n = pwrite(fd, b.data, b.len, at);
    while (kr_linux_again(vm, n));
    int error = errno;
    kr_release_buffer(vm, &b);
    if (n < 0) return kr_raised(vm) ? KR_ERROR : kr_raise_os(vm, error, KR_UNSET);
    return kr_int(vm, n);
}

enum { VECTORS = 64 };

typedef struct {
    int fd, count, flags, error;
    bool writes;
    int64_t at;
    ssize_t result;
    struct iovec part[VECTORS];
} Vectored;

static void do_vectored(void *context) { // a pipe may have no room for long, or nothing to read
    Vectored *v = context;
    v->result = v->writes ? pwritev2(v->fd, v->part, v->count, v->at, v->flags) : preadv2(v->fd, v->part, v->count, v->at, v->flags);
    v->error = errno;
}

// All buffers of a sequence at once; writes says what they are for. at below 0: at the file's position.
static KrValue vectored(KrVm *vm, int fd, KrValue buffers, bool writes, int64_t at, int flags) {
    KrValue list = kr_list_from(vm, buffers);
    if (kr_is_error(list)) return list;
    KrBuffer b[VECTORS];
    Vectored v = { .fd = fd, .writes = writes, .at = at, .flags = flags };
    size_t count, held = 0;
    KrValue *item = kr_list_items(list, &count);
    if (count > VECTORS) return kr_raise_os(vm, EINVAL, KR_UNSET);
    while (held < count && kr_get_buffer(vm, item[held], &b[held], writes ? KR_BUFFER_READ : KR_BUFFER_WRITE)) {
        v.part[held] = (struct iovec){ b[held].data, b[held].len };
        held++;
    }
    bool ok = held == count;
    v.count = (int)count;
    if (ok) {
        do {
            kr_blocking(vm, do_vectored, &v);
            errno = v.error;
        } while (kr_linux_again(vm, v.result));
    }
    ok = ok && !kr_raised(vm);
    for (size_t i = 0; i < held; i++) kr_release_buffer(vm, &b[i]);
    if (!ok) return KR_ERROR;
    return v.result < 0 ? kr_raise_os(vm, v.error, KR_UNSET) : kr_int(vm, v.result);
}

static bool is_sequence(KrVm *vm, KrValue v, const char *function) {
    return kr_is_list(v) || kr_is_tuple(v) || kr_has_flag(v, KR_TYPE_SEQUENCE) ||
           kr_fail(kr_raise(vm, &kr_type_error, "%s() arg 2 must be a sequence", function));
}

FUNCTION(readv) {
    int fd;
    return any_fd(vm, arg[0], &fd) && is_sequence(vm, arg[1], "readv") ? vectored(vm, fd, arg[1], false, -1, 0) : KR_ERROR;
}
FUNCTION(writev) {
    int fd;
    return any_fd(vm, arg[0], &fd) && is_sequence(vm, arg[1], "writev") ? vectored(vm, fd, arg[1], true, -1, 0) : KR_ERROR;
}

static KrValue positioned(KrVm *vm, const KrValue *arg, bool writes) {
    int fd, flags;
    int64_t at;
    if (!any_fd(vm, arg[0], &fd) || !is_sequence(vm, arg[1], writes ? "pwritev" : "preadv")) return KR_ERROR;
    if (!kr_to_int64(vm, arg[2], &at) || !kr_linux_int(vm, arg[3], &flags)) return KR_ERROR;
    return at < 0 ? kr_raise_os(vm, EINVAL, KR_UNSET) : vectored(vm, fd, arg[1], writes, at, flags);
}
FUNCTION(preadv) { return positioned(vm, arg, false); }
FUNCTION(pwritev) { return positioned(vm, arg, true); }

typedef struct {
    int out, in;
    off_t at, *offset; // offset NULL: where the file stands
    size_t count;
    ssize_t result;
    int error;
} Sendfile;

static void do_sendfile(void *context) { // a socket may have no room for long
    Sendfile *s = context;
    s->result = sendfile(s->out, s->in, s->offset, s->count);
    s->error = errno;
}

FUNCTION(sendfile) { // out_fd, in_fd, offset, count
    Sendfile s = { 0 };
    int64_t offset = 0;
    if (!any_fd(vm, arg[0], &s.out) || !any_fd(vm, arg[1], &s.in) || !kr_to_size(vm, arg[3], "count", &s.count)) return KR_ERROR;
    if (!kr_is_none(arg[2]) && !kr_to_int64(vm, arg[2], &offset)) return KR_ERROR;
    s.at = offset;
    if (!kr_is_none(arg[2])) s.offset = &s.at;
    do {
        kr_blocking(vm, do_sendfile, &s);
        errno = s.error;
    } while (kr_linux_again(vm, s.result));
    return s.result < 0 && kr_raised(vm) ? KR_ERROR : kr_linux_number(vm, s.result);
}

FUNCTION(copy_file_range) { // src, dst, count, offset_src, offset_dst
    int from, to;
    int64_t offset[2] = { 0, 0 }, count;
    if (!any_fd(vm, arg[0], &from) || !any_fd(vm, arg[1], &to) || !kr_to_int64(vm, arg[2], &count)) return KR_ERROR;
    if (count < 0) return kr_raise(vm, &kr_value_error, "negative value for 'count' not allowed");
    for (int i = 0; i < 2; i++)
        if (!kr_is_none(arg[3 + i]) && !kr_to_int64(vm, arg[3 + i], &offset[i])) return KR_ERROR;
    off64_t at[2] = { offset[0], offset[1] };
    ssize_t n;
    do n = copy_file_range(from, kr_is_none(arg[3]) ? NULL : &at[0], to, kr_is_none(arg[4]) ? NULL : &at[1], (size_t)count, 0);
    while (kr_linux_again(vm, n));
    return n < 0 && kr_raised(vm) ? KR_ERROR : kr_linux_number(vm, n);
}

FUNCTION(posix_fallocate) {
    int fd;
    int64_t at, len;
    if (!any_fd(vm, arg[0], &fd) || !kr_to_int64(vm, arg[1], &at) || !kr_to_int64(vm, arg[2], &len)) return KR_ERROR;
    int error;
    do error = posix_fallocate(fd, at, len);
    while (error == EINTR && kr_poll(vm, 1));
    return kr_raised(vm) ? KR_ERROR : kr_posix_done(vm, error, NULL);
}

FUNCTION(posix_fadvise) {
    int fd, advice;
    int64_t at, len;
    if (!any_fd(vm, arg[0], &fd) || !kr_to_int64(vm, arg[1], &at) || !kr_to_int64(vm, arg[2], &len) || !kr_linux_int(vm, arg[3], &advice))
        return KR_ERROR;
    return kr_posix_done(vm, posix_fadvise(fd, at, len, advice), NULL);
}

FUNCTION(lockf) {
    int fd, command;
    int64_t len;
    if (!any_fd(vm, arg[0], &fd) || !kr_linux_int(vm, arg[1], &command) || !kr_to_int64(vm, arg[2], &len)) return KR_ERROR;
    int failed;
    do failed = lockf(fd, command, len);
    while (kr_linux_again(vm, failed));
    return kr_linux_ended(vm, failed);
}

FUNCTION(eventfd) {
    int64_t initial;
    int flags;
    if (!kr_to_int64(vm, arg[0], &initial) || !kr_linux_int(vm, arg[1], &flags)) return KR_ERROR;
    if (initial < 0 || initial > UINT32_MAX) return kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C unsigned int");
    bool collected = false;
    int fd;
    do fd = eventfd((unsigned)initial, flags);
    while (fd < 0 && kr_fd_again(vm, errno, &collected));
    return new_fd(vm, fd);
}
FUNCTION(eventfd_read) {
    int fd;
    uint64_t v;
    intptr_t n;
    if (!any_fd(vm, arg[0], &fd)) return KR_ERROR;
    do n = kr_block_read(vm, fd, &v, sizeof v);
    while (n == -EINTR && kr_poll(vm, 1));
    if (n < 0) return kr_raised(vm) ? KR_ERROR : kr_raise_os(vm, (int)-n, KR_UNSET);
    return n == sizeof v ? kr_int_from_u64(vm, v) : kr_raise_os(vm, EIO, KR_UNSET);
}
FUNCTION(eventfd_write) {
    int fd;
    uint64_t v;
    if (!any_fd(vm, arg[0], &fd)) return KR_ERROR;
    if (!kr_is_integer(arg[1]) || !kr_int_fits_u64(arg[1], &v)) return kr_raise(vm, &kr_overflow_error, "int too big to convert");
    intptr_t n;
    do n = kr_block_write(vm, fd, &v, sizeof v);
    while (n == -EINTR && kr_poll(vm, 1));
    if (n < 0) return kr_raised(vm) ? KR_ERROR : kr_raise_os(vm, (int)-n, KR_UNSET);
    return n == sizeof v ? KR_NONE : kr_raise_os(vm, EIO, KR_UNSET);
}

FUNCTION(memfd_create) {
    Path p;
    int flags;
    if (!kr_posix_path(vm, arg[0], "memfd_create", "name", KR_POSIX_PLAIN, &p) || !kr_linux_int(vm, arg[1], &flags)) return KR_ERROR;
    bool collected = false;
    int fd;
    do fd = memfd_create(p.text, (unsigned)flags);
    while (fd < 0 && kr_fd_again(vm, errno, &collected));
    return new_fd(vm, fd);
}

FUNCTION(getrandom) {
    size_t size;
    int flags;
    if (!kr_to_index(vm, arg[0], (intptr_t *)&size) || !kr_linux_int(vm, arg[1], &flags)) return KR_ERROR;
    if ((intptr_t)size < 0) return kr_raise_os(vm, EINVAL, KR_UNSET);
    KrValue bytes = kr_bytes(vm, NULL, size);
    if (kr_is_error(bytes)) return bytes;
    ssize_t n = getrandom(kr_bytes_data(bytes, NULL), size, (unsigned)flags);
    if (n < 0) return kr_raise_os(vm, errno, KR_UNSET);
    return (size_t)n == size ? bytes : kr_bytes(vm, kr_bytes_data(bytes, NULL), (size_t)n);
}

FUNCTION(get_terminal_size) {
    int fd;
    struct winsize size;
    if (!any_fd(vm, arg[0], &fd)) return KR_ERROR;
    if (ioctl(fd, TIOCGWINSZ, &size) < 0) return kr_raise_os(vm, errno, KR_UNSET);
    KrValue item[2] = { kr_int_box(size.ws_col), kr_int_box(size.ws_row) };
    return kr_tuple(vm, 2, item);
}

FUNCTION(ttyname) {
    int fd;
    char name[256];
    if (!any_fd(vm, arg[0], &fd)) return KR_ERROR;
    int error = ttyname_r(fd, name, sizeof name);
    return error ? kr_raise_os(vm, error, KR_UNSET) : kr_posix_from_system(vm, name, false);
}

FUNCTION(openpty) {
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), slave;
    char name[64];
    if (!kr_access(vm, KR_ACCESS_DEVICES, KR_UNSET)) return close(master), KR_ERROR;
    if (master < 0) return kr_raise_os(vm, errno, KR_UNSET);
    if (grantpt(master) < 0 || unlockpt(master) < 0 || ptsname_r(master, name, sizeof name) ||
        (slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)) < 0) {
        int error = errno;
        close(master);
        return kr_raise_os(vm, error, KR_UNSET);
    }
    if (!kr_fd_opened(vm, master)) return close(slave), KR_ERROR;
    if (!kr_fd_opened(vm, slave)) return KR_ERROR;
    KrValue item[2] = { kr_int_box(master), kr_int_box(slave) };
    return kr_tuple(vm, 2, item);
}

// ---- Names -----------------------------------------------------------------------------------------------------------------------

FUNCTION(link) { // src, dst, src_dir_fd, dst_dir_fd, follow_symlinks
    Path from, to;
    bool follow;
    if (!path_arg(vm, arg[0], "link", "src", KR_ACCESS_FILES_READ, &from) ||
        !path_arg(vm, arg[1], "link", "dst", KR_ACCESS_FILES_WRITE, &to))
        return KR_ERROR;
    if (!kr_posix_under(vm, arg[2], &from) || !kr_posix_under(vm, arg[3], &to) || !kr_truth(vm, arg[4], &follow)) return KR_ERROR;
    int failed = linkat(AT_FDCWD, from.text, AT_FDCWD, to.text, follow ? AT_SYMLINK_FOLLOW : 0);
    return kr_posix_done2(vm, failed ? errno : 0, &from, &to);
}

FUNCTION(mkfifo) { // path, mode, dir_fd
    Path p;
    int mode;
    if (!path_arg(vm, arg[0], "mkfifo", "path", KR_ACCESS_FILES_WRITE, &p) || !kr_linux_int(vm, arg[1], &mode) ||
        !kr_posix_under(vm, arg[2], &p))
        return KR_ERROR;
    return kr_posix_done(vm, mkfifo(p.text, (mode_t)mode) ? errno : 0, NULL);
}

FUNCTION(mknod) { // path, mode, device, dir_fd
    Path p;
    int mode;
    int64_t device;
    if (!path_arg(vm, arg[0], "mknod", "path", KR_ACCESS_FILES_WRITE | KR_ACCESS_DEVICES, &p) || !kr_linux_int(vm, arg[1], &mode))
        return KR_ERROR;
    if (!kr_to_int64(vm, arg[2], &device) || !kr_posix_under(vm, arg[3], &p)) return KR_ERROR;
    return kr_posix_done(vm, mknod(p.text, (mode_t)mode, (dev_t)device) ? errno : 0, NULL);
}

FUNCTION(chown) { // path, uid, gid, dir_fd, follow_symlinks
    Path p;
    unsigned user, group;
    bool follow;
    if (!any_arg(vm, arg[0], "chown", KR_ACCESS_FILES_WRITE, &p) || !id_arg(vm, arg[1], "uid", &user) || !id_arg(vm, arg[2], "gid", &group))
        return KR_ERROR;
    if (!kr_posix_under(vm, arg[3], &p) || !kr_truth(vm, arg[4], &follow)) return KR_ERROR;
    return kr_posix_done(vm, fchownat(AT_FDCWD, p.text, user, group, follow ? 0 : AT_SYMLINK_NOFOLLOW) ? errno : 0, &p);
}

FUNCTION(fchown) {
    int fd;
    unsigned user, group;
    if (!any_fd(vm, arg[0], &fd) || !id_arg(vm, arg[1], "uid", &user) || !id_arg(vm, arg[2], "gid", &group)) return KR_ERROR;
    return kr_linux_done(vm, fchown(fd, user, group));
}

FUNCTION(fchmod) {
    int fd, mode;
    if (!any_fd(vm, arg[0], &fd) || !kr_linux_int(vm, arg[1], &mode)) return KR_ERROR;
    return kr_linux_done(vm, fchmod(fd, (mode_t)mode));
}

FUNCTION(utime) { // path, access_ns, change_ns (both None: now), dir_fd, follow_symlinks; in seconds and nanoseconds: two pairs
    Path p;
    bool follow;
    struct timespec t[2] = { { 0, UTIME_NOW }, { 0, UTIME_NOW } };
    if (!any_arg(vm, arg[0], "utime", KR_ACCESS_FILES_WRITE, &p)) return KR_ERROR;
    for (int i = 0; i < 2 && !kr_is_none(arg[1]); i++) {
        KrValue *part = kr_tuple_items(arg[1 + i], NULL);
        int64_t s, ns;
        if (!kr_to_int64(vm, part[0], &s) || !kr_to_int64(vm, part[1], &ns)) return KR_ERROR;
        t[i] = (struct timespec){ s, ns };
    }
    if (!kr_posix_under(vm, arg[3], &p) || !kr_truth(vm, arg[4], &follow)) return KR_ERROR;
    return kr_posix_done(vm, utimensat(AT_FDCWD, p.text, t, follow ? 0 : AT_SYMLINK_NOFOLLOW) ? errno : 0, &p);
}

FUNCTION(statvfs) {
    Path p;
    struct statvfs s;
    if (!any_arg(vm, arg[0], "statvfs", KR_ACCESS_FILES_READ, &p)) return KR_ERROR;
    if (statvfs(p.text, &s) < 0) return kr_posix_done(vm, errno, &p);
    const uint64_t field[] = { s.f_bsize, s.f_frsize, s.f_blocks, s.f_bfree,   s.f_bavail, s.f_files,
                               s.f_ffree, s.f_favail, s.f_flag,   s.f_namemax, s.f_fsid };
    KrValue item[KR_COUNT_OF(field)];
    for (size_t i = 0; i < KR_COUNT_OF(field); i++)
        if (kr_is_error(item[i] = kr_int_from_u64(vm, field[i]))) return KR_ERROR;
    return kr_tuple(vm, KR_COUNT_OF(field), item);
}

FUNCTION(umask) {
    int mask;
    if (!kr_linux_int(vm, arg[0], &mask) || !kr_access(vm, KR_ACCESS_PROCESSES, KR_UNSET)) return KR_ERROR;
    return kr_int_box((intptr_t)umask((mode_t)mask));
}

FUNCTION(chroot) {
    Path p;
    if (!path_arg(vm, arg[0], "chroot", "path", KR_ACCESS_PROCESSES, &p)) return KR_ERROR;
    return kr_posix_done(vm, chroot(p.text) ? errno : 0, &p);
}

FUNCTION(pathconf) {
    Path p;
    int name;
    if (!any_arg(vm, arg[0], "pathconf", KR_ACCESS_FILES_READ, &p) || !kr_linux_int(vm, arg[1], &name)) return KR_ERROR;
    errno = 0;
    long n = pathconf(p.text, name);
    return n < 0 && errno ? kr_posix_done(vm, errno, &p) : kr_int(vm, n);
}

FUNCTION(sysconf) {
    int name;
    if (!kr_linux_int(vm, arg[0], &name)) return KR_ERROR;
    errno = 0;
    long n = sysconf(name);
    return n < 0 && errno ? kr_raise_os(vm, errno, KR_UNSET) : kr_int(vm, n);
}

FUNCTION(makedev) {
    int64_t high, low;
    if (!kr_to_int64(vm, arg[0], &high) || !kr_to_int64(vm, arg[1], &low)) return KR_ERROR;
    return kr_int_from_u64(vm, makedev((unsigned)high, (unsigned)low));
}
FUNCTION(major) {
    int64_t device;
    return kr_to_int64(vm, arg[0], &device) ? kr_int(vm, major((dev_t)device)) : KR_ERROR;
}
FUNCTION(minor) {
    int64_t device;
    return kr_to_int64(vm, arg[0], &device) ? kr_int(vm, minor((dev_t)device)) : KR_ERROR;
}

// ---- Extended attributes -----------------------------------------------------------------------------------------------------------

enum { ATTRIBUTE_MOST = 65536 };

static bool attribute_args(KrVm *vm, const KrValue *arg, const char *function, unsigned access, Path *p, Path *name) {
    return any_arg(vm, arg[0], function, access, p) && kr_posix_path(vm, arg[1], function, "attribute", KR_POSIX_PLAIN, name);
}

FUNCTION(getxattr) { // path, attribute, follow
    Path p, name;
    bool follow;
    char *data = malloc(ATTRIBUTE_MOST);
    if (!data) return kr_raise_memory(vm);
    bool ok = attribute_args(vm, arg, "getxattr", KR_ACCESS_FILES_READ, &p, &name) && kr_truth(vm, arg[2], &follow);
    ssize_t n = !ok ? 0 : follow ? getxattr(p.text, name.text, data, ATTRIBUTE_MOST) : lgetxattr(p.text, name.text, data, ATTRIBUTE_MOST);
    KrValue v = !ok ? KR_ERROR : n < 0 ? kr_posix_done(vm, errno, &p) : kr_bytes(vm, data, (size_t)n);
    free(data);
    return v;
}

FUNCTION(setxattr) { // path, attribute, value, flags, follow
    Path p, name;
    KrBuffer b;
    int flags;
    bool follow;
    if (!attribute_args(vm, arg, "setxattr", KR_ACCESS_FILES_WRITE, &p, &name) || !kr_linux_int(vm, arg[3], &flags)) return KR_ERROR;
    if (!kr_truth(vm, arg[4], &follow) || !kr_get_buffer(vm, arg[2], &b, KR_BUFFER_READ)) return KR_ERROR;
    int failed = follow ? setxattr(p.text, name.text, b.data, b.len, flags) : lsetxattr(p.text, name.text, b.data, b.len, flags),
        error = errno;
    kr_release_buffer(vm, &b);
    return kr_posix_done(vm, failed ? error : 0, &p);
}

FUNCTION(removexattr) { // path, attribute, follow
    Path p, name;
    bool follow;
    if (!attribute_args(vm, arg, "removexattr", KR_ACCESS_FILES_WRITE, &p, &name) || !kr_truth(vm, arg[2], &follow)) return KR_ERROR;
    return kr_posix_done(vm, (follow ? removexattr(p.text, name.text) : lremovexattr(p.text, name.text)) ? errno : 0, &p);
}

FUNCTION(listxattr) { // path, follow
    Path p;
    bool follow;
    if (!any_arg(vm, arg[0], "listxattr", KR_ACCESS_FILES_READ, &p) || !kr_truth(vm, arg[1], &follow)) return KR_ERROR;
    char *data = malloc(ATTRIBUTE_MOST);
    if (!data) return kr_raise_memory(vm);
    ssize_t n = follow ? listxattr(p.text, data, ATTRIBUTE_MOST) : llistxattr(p.text, data, ATTRIBUTE_MOST);
    KrValue list = n < 0 ? kr_posix_done(vm, errno, &p) : kr_list(vm, 0, NULL);
    for (ssize_t at = 0; at < n && !kr_is_error(list); at += (ssize_t)strlen(data + at) + 1) {
        KrValue name = kr_posix_from_system(vm, data + at, false);
        if (kr_is_error(name) || !kr_list_append(vm, list, name)) list = KR_ERROR;
    }
    free(data);
    return list;
}

static const KrMethod functions[] = {
    { "pipe()", linux_pipe, KR_DOC("Create a pipe: (read_fd, write_fd)."), 0 },
    { "pipe2(flags, /)", linux_pipe2, "", 0 },
    { "dup(fd, /)", linux_dup, KR_DOC("Return a duplicate of a file descriptor."), 0 },
    { "dup2(fd, fd2, inheritable=True)", linux_dup2, KR_DOC("Duplicate file descriptor."), 0 },
    { "closerange(fd_low, fd_high, /)", linux_closerange, "", 0 },
    { "get_inheritable(fd, /)", linux_get_inheritable, "", 0 },
    { "set_inheritable(fd, inheritable, /)", linux_set_inheritable, "", 0 },
    { "get_blocking(fd, /)", linux_get_blocking, "", 0 },
    { "set_blocking(fd, blocking, /)", linux_set_blocking, "", 0 },
    { "fsync(fd)", linux_fsync, "", 0 },
    { "fdatasync(fd)", linux_fdatasync, "", 0 },
    { "sync()", linux_sync, "", 0 },
    { "fchdir(fd)", linux_fchdir, "", 0 },
    { "ftruncate(fd, length, /)", linux_ftruncate, "", 0 },
    { "truncate(path, length)", linux_truncate, "", 0 },
    { "pread(fd, length, offset, /)", linux_pread, "", 0 },
    { "pwrite(fd, buffer, offset, /)", linux_pwrite, "", 0 },
    { "readv(fd, buffers, /)", linux_readv, "", 0 },
    { "writev(fd, buffers, /)", linux_writev, "", 0 },
    { "preadv(fd, buffers, offset, flags=0, /)", linux_preadv, "", 0 },
    { "pwritev(fd, buffers, offset, flags=0, /)", linux_pwritev, "", 0 },
    { "sendfile(out_fd, in_fd, offset, count)", linux_sendfile, "", 0 },
    { "copy_file_range(src, dst, count, offset_src=None, offset_dst=None)", linux_copy_file_range, "", 0 },
    { "posix_fallocate(fd, offset, length, /)", linux_posix_fallocate, "", 0 },
    { "posix_fadvise(fd, offset, length, advice, /)", linux_posix_fadvise, "", 0 },
    { "lockf(fd, command, length, /)", linux_lockf, "", 0 },
    { "eventfd(initval, flags=524288)", linux_eventfd, "", 0 },
    { "eventfd_read(fd)", linux_eventfd_read, "", 0 },
    { "eventfd_write(fd, value)", linux_eventfd_write, "", 0 },
    { "memfd_create(name, flags=1)", linux_memfd_create, "", 0 },
    { "getrandom(size, flags=0)", linux_getrandom, "", 0 },
    { "_terminal_size(fd)", linux_get_terminal_size, "", 0 },
    { "ttyname(fd, /)", linux_ttyname, "", 0 },
    { "openpty()", linux_openpty, "", 0 },
    { "link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)", linux_link, "", 0 },
    { "mkfifo(path, mode=438, *, dir_fd=None)", linux_mkfifo, "", 0 },
    { "mknod(path, mode=384, device=0, *, dir_fd=None)", linux_mknod, "", 0 },
    { "chown(path, uid, gid, *, dir_fd=None, follow_symlinks=True)", linux_chown, "", 0 },
    { "fchown(fd, uid, gid)", linux_fchown, "", 0 },
    { "fchmod(fd, mode)", linux_fchmod, "", 0 },
    { "_utime(path, access, change, dir_fd, follow_symlinks)", linux_utime, "", 0 },
    { "_statvfs(path)", linux_statvfs, "", 0 },
    { "umask(mask, /)", linux_umask, "", 0 },
    { "chroot(path)", linux_chroot, "", 0 },
    { "_pathconf(path, name)", linux_pathconf, "", 0 },
    { "_sysconf(name)", linux_sysconf, "", 0 },
    { "makedev(major, minor, /)", linux_makedev, "", 0 },
    { "major(device, /)", linux_major, "", 0 },
    { "minor(device, /)", linux_minor, "", 0 },
    { "getxattr(path, attribute, *, follow_symlinks=True)", linux_getxattr, "", 0 },
    { "setxattr(path, attribute, value, flags=0, *, follow_symlinks=True)", linux_setxattr, "", 0 },
    { "removexattr(path, attribute, *, follow_symlinks=True)", linux_removexattr, "", 0 },
    { "_listxattr(path, follow_symlinks)", linux_listxattr, "", 0 },
    { 0 },
};

const KrModuleDef kr_linux_module = { "_linux", KR_DOC("What module os needs of Linux."), functions, kr_linux_constants, NULL };
