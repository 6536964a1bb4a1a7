// files.c - files and folders by name, and the process, on Linux.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "port.h"

extern char **environ;

static int result(int r) { return r < 0 ? errno : 0; }

// ---- Files and folders ---------------------------------------------------------------------------------------------------------

static int64_t in_ns(struct timespec t) { return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec; }

int kr_port_stat(const char *path, int fd, bool follow, KrPortStat *out) {
    struct stat st;
    if ((!path ? fstat(fd, &st) : follow ? stat(path, &st) : lstat(path, &st)) != 0) return errno;
    *out = (KrPortStat){
        .mode = st.st_mode,
        .inode = (int64_t)st.st_ino,
        .device = (int64_t)st.st_dev,
        .links = (int64_t)st.st_nlink,
        .user = st.st_uid,
        .group = st.st_gid,
        .size = st.st_size,
        .block_size = st.st_blksize,
        .blocks = st.st_blocks,
        .special = (int64_t)st.st_rdev,
        .access_ns = in_ns(st.st_atim),
        .change_ns = in_ns(st.st_mtim),
        .status_ns = in_ns(st.st_ctim),
    };
    return 0;
}

int kr_port_make_folder(const char *path, unsigned mode) { return result(mkdir(path, mode)); }
int kr_port_remove_folder(const char *path) { return result(rmdir(path)); }
int kr_port_remove_file(const char *path) { return result(unlink(path)); }
int kr_port_rename(const char *from, const char *to) { return result(rename(from, to)); }
int kr_port_truncate(const char *path, int fd, int64_t size) { return result(path ? truncate(path, size) : ftruncate(fd, size)); }
int kr_port_symlink(const char *target, const char *path) { return result(symlink(target, path)); }
int kr_port_change_mode(const char *path, unsigned mode) { return result(chmod(path, mode)); }
bool kr_port_may_access(const char *path, int mode, bool effective, bool follow) {
    return faccessat(AT_FDCWD, path, mode, (effective ? AT_EACCESS : 0) | (follow ? 0 : AT_SYMLINK_NOFOLLOW)) == 0;
}

int kr_port_read_link(const char *path, char *out, size_t size) {
    ssize_t n = readlink(path, out, size);
    if (n < 0) return errno;
    if ((size_t)n >= size) return ENAMETOOLONG;
    out[n] = 0;
    return 0;
}

void *kr_port_folder_open(const char *path, int *error) {
    DIR *folder = opendir(path);
    if (!folder) *error = errno;
    return folder;
}

const char *kr_port_folder_next(void *folder, int *kind, uint64_t *inode) {
    struct dirent *entry;
    while ((entry = readdir(folder)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            if (kind) *kind = entry->d_type;
            if (inode) *inode = entry->d_ino;
            return entry->d_name;
        }
    return NULL;
}

void kr_port_folder_close(void *folder) { closedir(folder); }
int kr_port_folder_current(char *out, size_t size) { return getcwd(out, size) ? 0 : errno; }
int kr_port_folder_change(const char *path) { return result(chdir(path)); }

_Static_assert(O_CREAT == KR_PORT_O_CREATE && O_EXCL == KR_PORT_O_EXCLUSIVE && O_TRUNC == KR_PORT_O_TRUNCATE,
               "flags are handed on as they are");
_Static_assert(O_APPEND == KR_PORT_O_APPEND && O_NONBLOCK == KR_PORT_O_NONBLOCK && O_RDWR == 2, "flags are handed on as they are");

int kr_port_open_flags(const char *path, int flags, unsigned mode) {
    int fd = open(path, flags | O_CLOEXEC, mode);
    return fd < 0 ? -errno : fd;
}

// ---- The process ---------------------------------------------------------------------------------------------------------------

bool kr_port_blocks(int fd) { return !(fcntl(fd, F_GETFL) & O_NONBLOCK); }

bool kr_port_sleep_ns(int64_t ns) {
    struct timespec t = { .tv_sec = (time_t)(ns / 1000000000), .tv_nsec = (long)(ns % 1000000000) };
    return nanosleep(&t, NULL) == 0;
}

int64_t kr_port_process_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return in_ns(t);
}

int kr_port_process_id(void) { return (int)getpid(); }
int kr_port_cpu_count(void) { return (int)sysconf(_SC_NPROCESSORS_ONLN); }
void kr_port_exit(int status) { _exit(status); }

const char *kr_port_environment_entry(size_t index) {
    for (size_t i = 0; environ && environ[i]; i++)
        if (i == index) return environ[i];
    return NULL;
}

int kr_port_environment_set(const char *name, const char *value) { return result(value ? setenv(name, value, 1) : unsetenv(name)); }
