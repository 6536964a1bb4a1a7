// powercut.c - remembers how to undo what programs write below a folder, until it is synced: loaded into them with LD_PRELOAD.
//
// POWERCUT_FOLDER is the folder, POWERCUT_LOG another one on the same file system, for the log. After the programs were killed, undo.py takes back
// what a power cut would have lost. The log has
//     INODE.undo  what was written to a file since its last fsync or fdatasync: Entry, old bytes, new bytes, and so on
//     names       what was done to names: lines of words with tabs between, "sync" lines where a folder was synced
//     kept.INODE  a second name of files whose name was taken away, so that they can come back
// An entry is written before the change, so that a kill between the two does no harm. All that changes or syncs holds one lock, over all processes:
// no write can slip between a sync and the end of its file's log. Syncs are not passed on: the kernel survives the test. SQLite's shared memory (-shm),
// which it makes anew, is left out; writes through stdio and mmap are not seen.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

typedef struct {
    uint64_t offset, old_size, old_len,
        new_len; // a write: bytes at offset; a truncation to offset: new_len is UINT64_MAX, the old bytes are the tail
} Entry;

#define TRUNCATION UINT64_MAX

static char folder[PATH_MAX], journal[PATH_MAX];
static size_t folder_len;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int lock_file = -1;
static pid_t lock_owner;

// The function of the C library that ours hides. (POSIX lets dlsym's result be a function.)
#define REAL(name) ((__typeof__(&(name)))real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static void give_up(const char *what) {
    fprintf(stderr, "powercut: %s: %s\n", what, strerror(errno));
    abort();
}

__attribute__((constructor)) static void begin(void) {
    const char *where = getenv("POWERCUT_FOLDER"), *log = getenv("POWERCUT_LOG");
    if (!where || !log) return;
    if (!realpath(where, folder) || !realpath(log, journal)) give_up("POWERCUT_FOLDER or POWERCUT_LOG");
    folder_len = strlen(folder);
}

static bool is_below(const char *path) {
    size_t len = strlen(path);
    if (!folder_len || strncmp(path, folder, folder_len) || (path[folder_len] && path[folder_len] != '/')) return false;
    return len < 4 || strcmp(path + len - 4, "-shm");
}

// The path of an open file, if that is below the folder and still has a name.
static bool path_of(int fd, char path[PATH_MAX]) {
    char link[40];
    if (!folder_len) return false;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, path, PATH_MAX - 1);
    if (len < 0) return false;
    path[len] = 0;
    return is_below(path) && !(len > 10 && !strcmp(path + len - 10, " (deleted)"));
}

// Makes a name absolute, links in its folder resolved, its last part as it is.
static bool locate(int dir, const char *name, char path[PATH_MAX]) {
    char whole[PATH_MAX * 2] = "", start[40];
    if (!folder_len || !name) return false;
    if (name[0] != '/' && dir != AT_FDCWD) {
        snprintf(start, sizeof start, "/proc/self/fd/%d", dir);
        ssize_t len = readlink(start, whole, PATH_MAX - 1);
        if (len < 0) return false;
        whole[len] = 0;
        strcat(whole, "/");
    }
    strncat(whole, name, PATH_MAX - 1);
    char *last = strrchr(whole, '/');
    char resolved[PATH_MAX];
    if (last) *last = 0;
    if (!realpath(last ? (*whole ? whole : "/") : ".", resolved)) return false;
    return snprintf(path, PATH_MAX, "%s/%s", resolved, last ? last + 1 : whole) < PATH_MAX && is_below(path);
}

static int log_open(const char *name, int flags) {
    char path[PATH_MAX * 2];
    snprintf(path, sizeof path, "%s/%s", journal, name);
    int fd = REAL(open)(path, flags | O_CLOEXEC, 0644);
    if (fd < 0) give_up(path);
    return fd;
}

static void lock(void) {
    pthread_mutex_lock(&mutex);
    if (lock_owner != getpid()) { // a lock belongs to what was opened, which a child shares with its parent
        if (lock_file >= 0) close(lock_file);
        lock_file = log_open("lock", O_CREAT | O_RDWR);
        lock_owner = getpid();
    }
    while (flock(lock_file, LOCK_EX))
        if (errno != EINTR) give_up("flock");
}

static void unlock(void) {
    int saved = errno;
    flock(lock_file, LOCK_UN);
    pthread_mutex_unlock(&mutex);
    errno = saved;
}

static void put(int fd, const void *data, size_t len) {
    if (REAL(write)(fd, data, len) != (ssize_t)len) give_up("the log");
}

static void *allocate(size_t size) {
    void *memory = malloc(size ? size : 1);
    if (!memory) give_up("memory");
    return memory;
}

// The old bytes of a file from offset on, at most max.
static char *old_bytes(const char *path, uint64_t offset, uint64_t max, uint64_t size, uint64_t *len) {
    *len = offset >= size ? 0 : size - offset < max ? size - offset : max;
    char *bytes = allocate(*len);
    int fd = REAL(open)(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || pread(fd, bytes, *len, (off_t)offset) != (ssize_t)*len) give_up(path);
    close(fd);
    return bytes;
}

// Notes what is about to happen to a file's content. bytes is NULL for a truncation to offset.
static void note_content(const char *path, uint64_t offset, const void *bytes, uint64_t len) {
    struct stat is;
    if (stat(path, &is) || !S_ISREG(is.st_mode)) return;
    Entry entry = { offset, (uint64_t)is.st_size, 0, bytes ? len : TRUNCATION };
    char *old = old_bytes(path, offset, bytes ? len : UINT64_MAX, entry.old_size, &entry.old_len);
    char name[40];
    snprintf(name, sizeof name, "%ju.undo", (uintmax_t)is.st_ino);
    int fd = log_open(name, O_CREAT | O_WRONLY | O_APPEND);
    char *all = allocate(sizeof entry + entry.old_len + len);
    memcpy(all, &entry, sizeof entry);
    memcpy(all + sizeof entry, old, entry.old_len);
    if (bytes) memcpy(all + sizeof entry + entry.old_len, bytes, len);
    put(fd, all, sizeof entry + entry.old_len + (bytes ? len : 0)); // in one piece, as far as a kill is concerned
    free(all);
    free(old);
    close(fd);
}

// The folder that holds a name, as its inode.
static uintmax_t folder_of(const char *path) {
    char parent[PATH_MAX];
    struct stat is;
    strcpy(parent, path);
    *strrchr(parent, '/') = 0;
    return stat(parent, &is) ? 0 : (uintmax_t)is.st_ino;
}

__attribute__((format(printf, 1, 2))) static void note_name(const char *format, ...) {
    char line[4 * PATH_MAX];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    int fd = log_open("names", O_CREAT | O_WRONLY | O_APPEND);
    put(fd, line, (size_t)len);
    close(fd);
}

// Gives a file that is about to lose its name a second one in the log. False: there is no such file.
static bool keep(const char *path, char kept[64]) {
    struct stat is;
    if (lstat(path, &is) || !S_ISREG(is.st_mode)) return false;
    snprintf(kept, 64, "kept.%ju", (uintmax_t)is.st_ino);
    char name[PATH_MAX * 2];
    snprintf(name, sizeof name, "%s/%s", journal, kept);
    if (link(path, name) && errno != EEXIST) give_up(name);
    return true;
}

// What is about to happen to a file that is opened or made.
static bool note_open(int dir, const char *name, int flags, char path[PATH_MAX]) {
    if (!(flags & (O_CREAT | O_TRUNC)) || (flags & O_TMPFILE) == O_TMPFILE || !locate(dir, name, path)) return false;
    lock();
    bool exists = !access(path, F_OK);
    if (exists && (flags & O_TRUNC) && !((flags & O_CREAT) && (flags & O_EXCL))) note_content(path, 0, NULL, 0);
    if (!exists && (flags & O_CREAT)) note_name("create\t%ju\t%s\n", folder_of(path), path);
    return true;
}

static int open_noted(int dir, const char *name, int flags, mode_t mode) {
    char path[PATH_MAX];
    bool noted = note_open(dir, name, flags, path);
    int fd = REAL(openat)(dir, name, flags, mode);
    if (noted) unlock();
    return fd;
}

static mode_t mode_of(int flags, va_list args) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0; }

#define OPEN(name, parameters, dir) \
    int name parameters { \
        va_list args; \
        va_start(args, flags); \
        mode_t mode = mode_of(flags, args); \
        va_end(args); \
        return open_noted(dir, path, flags, mode); \
    }
OPEN(open, (const char *path, int flags, ...), AT_FDCWD)
OPEN(open64, (const char *path, int flags, ...), AT_FDCWD)
OPEN(openat, (int dir, const char *path, int flags, ...), dir)
OPEN(openat64, (int dir, const char *path, int flags, ...), dir)
int creat(const char *path, mode_t mode) { return open_noted(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return creat(path, mode); }

// Where the next write without an offset goes.
static uint64_t position(int fd) {
    struct stat is;
    int flags = fcntl(fd, F_GETFL);
    return flags & O_APPEND && !fstat(fd, &is) ? (uint64_t)is.st_size : (uint64_t)lseek(fd, 0, SEEK_CUR);
}

static bool note_write(int fd, const void *data, size_t len, int64_t offset) {
    char path[PATH_MAX];
    if (!len || !path_of(fd, path)) return false;
    lock();
    note_content(path, offset < 0 ? position(fd) : (uint64_t)offset, data, len);
    return true;
}

static bool note_vector(int fd, const struct iovec *part, int count, int64_t offset) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return false;
    size_t len = 0;
    for (int i = 0; i < count; i++) len += part[i].iov_len;
    char *all = allocate(len), *at = all;
    for (int i = 0; i < count; at += part[i++].iov_len) memcpy(at, part[i].iov_base, part[i].iov_len);
    bool noted = note_write(fd, all, len, offset);
    free(all);
    return noted;
}

#define WRITES(result, name, parameters, note, call) \
    result name parameters { \
        bool noted = note; \
        result done = REAL(name) call; \
        if (noted) unlock(); \
        return done; \
    }
WRITES(ssize_t, write, (int fd, const void *data, size_t len), note_write(fd, data, len, -1), (fd, data, len))
WRITES(ssize_t, pwrite, (int fd, const void *data, size_t len, off_t at), note_write(fd, data, len, at), (fd, data, len, at))
WRITES(ssize_t, pwrite64, (int fd, const void *data, size_t len, off64_t at), note_write(fd, data, len, at), (fd, data, len, at))
WRITES(ssize_t, writev, (int fd, const struct iovec *part, int count), note_vector(fd, part, count, -1), (fd, part, count))
WRITES(ssize_t, pwritev, (int fd, const struct iovec *part, int count, off_t at), note_vector(fd, part, count, at), (fd, part, count, at))
WRITES(ssize_t, pwritev64, (int fd, const struct iovec *part, int count, off64_t at), note_vector(fd, part, count, at),
       (fd, part, count, at))
WRITES(ssize_t, pwritev2, (int fd, const struct iovec *part, int count, off_t at, int flags), note_vector(fd, part, count, at),
       (fd, part, count, at, flags))

static bool note_truncate(const char *path, uint64_t size) {
    lock();
    note_content(path, size, NULL, 0);
    return true;
}

static bool note_ftruncate(int fd, uint64_t size) {
    char path[PATH_MAX];
    return path_of(fd, path) && note_truncate(path, size);
}

static bool note_truncate_named(const char *name, uint64_t size) {
    char path[PATH_MAX];
    return locate(AT_FDCWD, name, path) && note_truncate(path, size);
}
WRITES(int, ftruncate, (int fd, off_t size), note_ftruncate(fd, (uint64_t)size), (fd, size))
WRITES(int, ftruncate64, (int fd, off64_t size), note_ftruncate(fd, (uint64_t)size), (fd, size))
WRITES(int, truncate, (const char *path, off_t size), note_truncate_named(path, (uint64_t)size), (path, size))
WRITES(int, truncate64, (const char *path, off64_t size), note_truncate_named(path, (uint64_t)size), (path, size))

static bool note_unlink(int dir, const char *name) {
    char path[PATH_MAX], kept[64];
    if (!locate(dir, name, path)) return false;
    lock();
    if (keep(path, kept)) note_name("unlink\t%ju\t%s\t%s\n", folder_of(path), path, kept);
    return true;
}
WRITES(int, unlink, (const char *path), note_unlink(AT_FDCWD, path), (path))

static bool note_folder(const char *name, const char *what) {
    char path[PATH_MAX];
    if (!locate(AT_FDCWD, name, path)) return false;
    lock();
    if (access(path, F_OK) == !strcmp(what, "rmdir")) return true; // it will fail
    note_name("%s\t%ju\t%s\n", what, folder_of(path), path);
    return true;
}
WRITES(int, mkdir, (const char *path, mode_t mode), note_folder(path, "mkdir"), (path, mode))
WRITES(int, rmdir, (const char *path), note_folder(path, "rmdir"), (path))

static bool note_rename(int from_dir, const char *from_name, int to_dir, const char *to_name) {
    char from[PATH_MAX], to[PATH_MAX], kept[64];
    bool leaves = locate(from_dir, from_name, from), comes = locate(to_dir, to_name, to);
    if (!leaves && !comes) return false;
    if (leaves != comes) {
        errno = EXDEV;
        give_up("a rename across the edge of POWERCUT_FOLDER");
    }
    lock();
    if (!access(from, F_OK))
        note_name("rename\t%ju\t%ju\t%s\t%s\t%s\n", folder_of(from), folder_of(to), from, to, keep(to, kept) ? kept : "-");
    return true;
}
WRITES(int, rename, (const char *from, const char *to), note_rename(AT_FDCWD, from, AT_FDCWD, to), (from, to))
WRITES(int, renameat, (int from_dir, const char *from, int to_dir, const char *to), note_rename(from_dir, from, to_dir, to),
       (from_dir, from, to_dir, to))

int unlinkat(int dir, const char *name, int flags) {
    bool noted = !(flags & AT_REMOVEDIR) && note_unlink(dir, name);
    int done = REAL(unlinkat)(dir, name, flags);
    if (noted) unlock();
    return done;
}

static int sync_noted(int fd) {
    char path[PATH_MAX], name[40];
    struct stat is;
    if (fstat(fd, &is)) return -1;
    if (!path_of(fd, path)) return 0;
    lock();
    snprintf(name, sizeof name, "%ju.undo", (uintmax_t)is.st_ino);
    if (S_ISDIR(is.st_mode)) note_name("sync\t%ju\n", (uintmax_t)is.st_ino);
    else close(log_open(name, O_CREAT | O_WRONLY | O_TRUNC));
    unlock();
    return 0;
}
int fsync(int fd) { return sync_noted(fd); }
int fdatasync(int fd) { return sync_noted(fd); }

// What no test needs is not followed, and must not pass unseen.
#define REFUSED(result, name, parameters, fd, call) \
    result name parameters { \
        char path[PATH_MAX]; \
        errno = ENOSYS; \
        if (path_of(fd, path)) give_up("not followed: " #name); \
        return REAL(name) call; \
    }
REFUSED(ssize_t, copy_file_range, (int in, off64_t *from, int out, off64_t *to, size_t len, unsigned flags), out,
        (in, from, out, to, len, flags))
REFUSED(int, posix_fallocate, (int fd, off_t offset, off_t len), fd, (fd, offset, len))
REFUSED(int, fallocate, (int fd, int mode, off_t offset, off_t len), fd, (fd, mode, offset, len))
