// port.c - what Krait asks of Linux: memory, clocks, stack bounds, entropy, console.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "port.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <time.h>
#include <unistd.h>

const char kr_port_platform[] = "linux";

enum { PAGE = 4096, KR_STACK_RESERVE = 96 * 1024, STACK_MOST = 64 << 20, STACK_LEAST = 32 << 10 };

static size_t whole(size_t size) { return (size + PAGE - 1) & ~(size_t)(PAGE - 1); }

// Small requests come from one mapping each as well; they are few.
void *kr_port_memory(size_t *size) {
    for (size_t want = whole(*size);;) {
        void *p = mmap(NULL, want, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (p != MAP_FAILED) return p;
        if (want < (size_t)64 << 20) return NULL; // a large region may be had smaller
        *size = want = whole(want / 2);
    }
}

void kr_port_memory_free(void *region, size_t size) { munmap(region, whole(size)); }

void kr_port_memory_soon(void *from, size_t size) {
    uintptr_t first = (uintptr_t)from & ~(uintptr_t)(PAGE - 1), end = ((uintptr_t)from + size + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
    (void)madvise((void *)first, end - first, MADV_POPULATE_WRITE); // older kernels do not know it, and it is only for speed
}

// A fault for 2 MB instead of 512 of them.
void kr_port_memory_large(void *from, size_t size) {
    uintptr_t huge = (uintptr_t)2 << 20, first = ((uintptr_t)from + huge - 1) & ~(huge - 1), end = ((uintptr_t)from + size) & ~(huge - 1);
    if (first < end) (void)madvise((void *)first, end - first, MADV_HUGEPAGE);
}

bool kr_port_memory_idle(void *from, size_t size) { return madvise(from, size, MADV_DONTNEED) == 0; }

// Where the address space is limited, half of it is for the stacks of threads and for libraries.
size_t kr_port_default_heap(void) {
    struct sysinfo info;
    struct rlimit space;
    size_t most = sizeof(size_t) == 4 ? (size_t)512 << 20 : (size_t)1 << 36;
    if (getrlimit(RLIMIT_AS, &space) == 0 && space.rlim_cur != RLIM_INFINITY && space.rlim_cur / 2 < most)
        most = (size_t)space.rlim_cur / 2;
    if (sysinfo(&info) != 0 || !info.totalram || !info.mem_unit || info.totalram > most / info.mem_unit) return most;
    size_t share = (size_t)info.totalram * info.mem_unit / 4 * 3;
    return share < most ? share : most;
}

static int64_t clock_ns(clockid_t id) {
    struct timespec t;
    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t kr_port_monotonic_ns(void) { return clock_ns(CLOCK_MONOTONIC); }
int64_t kr_port_clock_ns(void) { return clock_ns(CLOCK_REALTIME); }
int64_t kr_port_cpu_ns(void) { return clock_ns(CLOCK_THREAD_CPUTIME_ID); }

// The kernel puts 16 random bytes above the main thread's frames. (pthread_getattr_np would read /proc/self/maps for it.)
static void main_stack(const char **base, size_t *size) {
    struct rlimit r; // the stack grows up to the limit
    *base = (const char *)getauxval(AT_RANDOM);
    *size = getrlimit(RLIMIT_STACK, &r) != 0 || r.rlim_cur == RLIM_INFINITY || r.rlim_cur > STACK_MOST ? STACK_MOST : (size_t)r.rlim_cur;
    const char *last = *base; // arguments and environment lie above the base, and count
    for (char **e = environ; e && *e; e++) last = *e;
    size_t above = last > *base ? (size_t)(last - *base) + strlen(last) : 0;
    *size -= above < *size / 4 ? above : *size / 4;
}

static void thread_stack(const char **base, size_t *size) {
    pthread_attr_t attr;
    void *low = NULL;
    if (pthread_getattr_np(pthread_self(), &attr) != 0) { // there is no memory: the least that a thread has is surely there
        *base = (const char *)(((uintptr_t)__builtin_frame_address(0) | (PAGE - 1)) + 1);
        *size = STACK_LEAST - PAGE;
        return;
    }
    pthread_attr_getstack(&attr, &low, size);
    pthread_attr_destroy(&attr);
    *base = (const char *)low + *size;
}

// (The stacks of threads are further below the main thread's than its limit.)
void kr_port_stack_bounds(const char **base, const char **limit) {
    size_t size;
    main_stack(base, &size);
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    if ((uintptr_t)*base - here >= size) thread_stack(base, &size);
    size_t reserve = size / 4 < KR_STACK_RESERVE ? size / 4 : KR_STACK_RESERVE;
    *limit = *base - size + reserve;
}

bool kr_port_entropy(void *out, size_t size) { return getrandom(out, size, 0) == (ssize_t)size; }

void kr_port_console_write(int stream, const char *text, size_t len) {
    while (len) {
        ssize_t n = write(stream, text, len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return;
        text += n;
        len -= (size_t)n;
    }
}

void kr_port_abort(const char *message) {
    kr_port_console_write(2, "krait: fatal: ", 14);
    kr_port_console_write(2, message, strlen(message));
    kr_port_console_write(2, "\n", 1);
    abort();
}

#if KR_DEBUG
void kr_assert_failed(const char *what, const char *file, int line) {
    fprintf(stderr, "krait: %s:%d: assertion failed: %s\n", file, line, what);
    abort();
}
#endif

// ---- Files ---------------------------------------------------------------------------------------------------------------------

// What is opened here does not wait: a signal only means once more.
static int open_now(const char *path, int flags, mode_t mode) {
    int fd;
    do fd = open(path, flags | O_CLOEXEC, mode);
    while (fd < 0 && errno == EINTR);
    return fd;
}

int kr_port_read_file(const char *path, char **data, size_t *len) {
    int fd = open_now(path, O_RDONLY, 0);
    if (fd < 0) return errno;
    struct stat st;
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) return close(fd), EISDIR;
    size_t room = 4096, n = 0;
    char *buffer = malloc(room);
    for (;;) {
        if (!buffer) return close(fd), ENOMEM;
        ssize_t got = read(fd, buffer + n, room - n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            int error = errno;
            free(buffer);
            return close(fd), error;
        }
        if (!got) break;
        n += (size_t)got;
        if (n == room) {
            char *larger = realloc(buffer, room *= 2);
            if (!larger) free(buffer);
            buffer = larger;
        }
    }
    close(fd);
    *data = buffer;
    *len = n;
    return 0;
}

void kr_port_free(void *data) { free(data); }

int kr_port_path_kind(const char *path) {
    struct stat st;
    if (stat(path, &st) != 0) return KR_PATH_NONE;
    if (S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode)) return KR_PATH_DEVICE;
    return S_ISDIR(st.st_mode) ? KR_PATH_FOLDER : KR_PATH_FILE;
}

char *kr_port_real_path(const char *path) { return realpath(path, NULL); }

// Where the file was when it was started: the kernel says so behind the path once it was replaced or removed.
char *kr_port_executable(void) {
    static const char gone[] = " (deleted)";
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n <= 0) return NULL;
    path[n] = 0;
    size_t len = (size_t)n, tail = sizeof gone - 1;
    if (len > tail && strcmp(path + len - tail, gone) == 0 && access(path, F_OK) != 0) path[len - tail] = 0;
    return strdup(path);
}

int kr_port_open(const char *path, int how) {
    int flags = how & KR_OPEN_READ && how & (KR_OPEN_WRITE | KR_OPEN_APPEND) ? O_RDWR
                : how & (KR_OPEN_WRITE | KR_OPEN_APPEND)                     ? O_WRONLY
                                                                             : O_RDONLY;
    if (how & KR_OPEN_APPEND) flags |= O_APPEND;
    if (how & KR_OPEN_CREATE) flags |= O_CREAT;
    if (how & KR_OPEN_TRUNCATE) flags |= O_TRUNC;
    if (how & KR_OPEN_EXCLUSIVE) flags |= O_EXCL;
    int fd = open_now(path, flags, 0666);
    if (fd < 0) return -errno;
    struct stat st;
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) return close(fd), -EISDIR;
    return fd;
}

intptr_t kr_port_read(int fd, void *data, size_t len) {
    ssize_t n = read(fd, data, len);
    return n < 0 ? -errno : n;
}

intptr_t kr_port_write(int fd, const void *data, size_t len) {
    ssize_t n = write(fd, data, len);
    return n < 0 ? -errno : n;
}

int kr_port_wait_file(int fd, bool writes, int64_t ns) {
    struct pollfd file = { .fd = fd, .events = writes ? POLLOUT : POLLIN };
    struct timespec time = { (time_t)(ns / 1000000000), (long)(ns % 1000000000) };
    int n = ppoll(&file, 1, &time, NULL);
    return n < 0 ? -errno : n > 0;
}

int64_t kr_port_seek(int fd, int64_t offset, int whence) {
    off_t at = lseek(fd, (off_t)offset, whence);
    return at < 0 ? -errno : at;
}

// The descriptor is gone also where a signal has interrupted that.
int kr_port_close(int fd) { return close(fd) < 0 && errno != EINTR ? -errno : 0; }
bool kr_port_is_terminal(int fd) { return isatty(fd) == 1; }
const char *kr_port_error_text(int error) { return strerrordesc_np(error) ? strerrordesc_np(error) : "Unknown error"; }
const char *kr_port_environment(const char *name) { return getenv(name); }
