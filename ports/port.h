// port.h - what Krait asks of the system it runs on: plain functions, each port implements all that its modules use.
// SPDX-License-Identifier: MIT
#ifndef KR_PORT_H
#define KR_PORT_H

#include "krait_config.h"

typedef struct KrVm KrVm;

extern const char kr_port_platform[]; // sys.platform

// A region of up to *size bytes, zeroed, aligned to 4 KB (devices: to 8 bytes; the heap takes what there is); memory is used only where it is touched. *size gets what was granted.
// NULL: none.
void *kr_port_memory(size_t *size);
void kr_port_memory_free(void *region, size_t size);
bool kr_port_memory_idle(void *from, size_t size);  // contents are not needed any more; true: it now reads as zeros
void kr_port_memory_soon(void *from, size_t size);  // all of it will be written at once
void kr_port_memory_large(void *from, size_t size); // one object of megabytes: may have pages to match
size_t kr_port_default_heap(void);                  // cap for VMs that ask for none
int64_t kr_port_monotonic_ns(void);
int64_t kr_port_clock_ns(void); // since 1970, UTC
int64_t kr_port_cpu_ns(void);   // of this thread
// The C stack of the calling thread: its highest address and the lowest that may be used (a reserve is already kept).
void kr_port_stack_bounds(const char **base, const char **limit);
bool kr_port_entropy(void *out, size_t size);
void kr_port_console_write(int stream, const char *text, size_t len); // 1: output, 2: errors
KR_NORETURN void kr_port_abort(const char *message);

// Files, as a whole. Errors are errno values. What read_file gives is released with kr_port_free.
int kr_port_read_file(const char *path, char **data, size_t *len);
void kr_port_free(void *data);
enum { KR_PATH_NONE, KR_PATH_FILE, KR_PATH_FOLDER, KR_PATH_DEVICE };
int kr_port_path_kind(const char *path);   // KR_PATH_..., of what a link leads to
char *kr_port_real_path(const char *path); // absolute, without links; NULL: cannot be had. kr_port_free
char *kr_port_executable(void);            // the program that runs, absolute; NULL: cannot be had. kr_port_free

// Open files by number. Results below zero are errno values, negated.
enum { KR_OPEN_READ = 1, KR_OPEN_WRITE = 2, KR_OPEN_APPEND = 4, KR_OPEN_CREATE = 8, KR_OPEN_TRUNCATE = 16, KR_OPEN_EXCLUSIVE = 32 };
int kr_port_open(const char *path, int how);
intptr_t kr_port_read(int fd, void *data, size_t len);
intptr_t kr_port_write(int fd, const void *data, size_t len);
bool kr_port_blocks(int fd);                            // does reading and writing wait?
int kr_port_wait_file(int fd, bool writes, int64_t ns); // until it can be read or written: 1; 0: time is over; below zero: errno
int64_t kr_port_seek(int fd, int64_t offset, int whence);
int kr_port_close(int fd);
bool kr_port_is_terminal(int fd);
const char *kr_port_error_text(int error);
const char *kr_port_environment(const char *name); // NULL: not set

// Files and folders by name. Results are errno values (Linux's numbers), 0 on success.
enum {
    KR_PORT_ENOENT = 2,
    KR_PORT_EINTR = 4,
    KR_PORT_EIO = 5,
    KR_PORT_EBADF = 9,
    KR_PORT_ENOMEM = 12,
    KR_PORT_EACCES = 13,
    KR_PORT_EEXIST = 17,
    KR_PORT_ENODEV = 19,
    KR_PORT_ENOTDIR = 20,
    KR_PORT_EISDIR = 21,
    KR_PORT_EINVAL = 22,
    KR_PORT_EMFILE = 24,
    KR_PORT_EFBIG = 27,
    KR_PORT_ENOSPC = 28,
    KR_PORT_ESPIPE = 29,
    KR_PORT_ENAMETOOLONG = 36,
    KR_PORT_ENOSYS = 38,
    KR_PORT_ENOTEMPTY = 39,
    KR_PORT_ESTALE = 116
};
enum {
    KR_PORT_O_CREATE = 0100,
    KR_PORT_O_EXCLUSIVE = 0200,
    KR_PORT_O_TRUNCATE = 01000,
    KR_PORT_O_APPEND = 02000,
    KR_PORT_O_NONBLOCK = 04000,
    KR_PORT_O_CLOEXEC = 02000000
};
typedef struct {
    int64_t mode, inode, device, links, user, group, size, block_size, blocks;
    int64_t special;                         // device number of a device file
    int64_t access_ns, change_ns, status_ns; // since 1970
} KrPortStat;
int kr_port_stat(const char *path, int fd, bool follow, KrPortStat *out); // path NULL: of an open file
int kr_port_make_folder(const char *path, unsigned mode);
int kr_port_remove_folder(const char *path);
int kr_port_remove_file(const char *path);
int kr_port_rename(const char *from, const char *to);         // replaces
int kr_port_truncate(const char *path, int fd, int64_t size); // path NULL: an open file
int kr_port_symlink(const char *target, const char *path);
int kr_port_read_link(const char *path, char *out, size_t size); // ends with a NUL
int kr_port_change_mode(const char *path, unsigned mode);
bool kr_port_may_access(const char *path, int mode, bool effective, bool follow); // 4 read, 2 write, 1 execute, 0 exists
void *kr_port_folder_open(const char *path, int *error);
// Without . and ..; NULL at the end. kind: of the file, as in its mode, shifted right by 12 (0: not known); both may be NULL.
const char *kr_port_folder_next(void *folder, int *kind, uint64_t *inode);
void kr_port_folder_close(void *folder);
int kr_port_folder_current(char *out, size_t size);
int kr_port_folder_change(const char *path);
int kr_port_open_flags(const char *path, int flags, unsigned mode); // flags: 0 read, 1 write, 2 both, KR_PORT_O_...; below zero: errno

// The terminal, for line editing.
int kr_port_terminal_raw(int fd, void *saved, size_t room); // bytes of `saved` that hold what was set before; below zero: errno
int kr_port_terminal_restore(int fd, const void *saved, size_t len);
bool kr_port_terminal_size(int fd, int *columns, int *rows); // false: not known
int kr_port_wait_readable(int fd,
                          int64_t ms); // 1: there is something, or the end; 0: time is over; below zero: errno. ms below 0: for ever
void kr_port_suspend(void);            // as Ctrl-Z does

// Threads. An event counts: each wait takes one set away.
void *kr_port_event_new(void); // NULL: no memory
void kr_port_event_free(void *event);
void kr_port_event_set(void *event);             // from any thread
int kr_port_event_wait(void *event, int64_t ns); // 1: it was set; 0: time is over; below zero: errno, a signal came. INT64_MAX: for ever
uint64_t kr_port_thread_id(void);                // of the calling thread, as the system's tools show it
void kr_port_thread_wake(uint64_t id);           // what it waits for in the system ends early, as if a signal had come
bool kr_port_thread_start(void (*run)(void *context), void *context, size_t stack); // stack 0: the system's default

// Several files at once. Events are Linux's bits of poll() and epoll; INT64_MAX: for ever. Results: how many are ready; below zero: errno.
typedef struct {
    int fd, wanted, ready;
} KrPortPoll;
typedef struct {
    int fd;
    uint32_t ready;
} KrPortEvent;
intptr_t kr_port_poll(KrPortPoll *file, size_t count, int64_t ns);
int kr_port_epoll_new(void);                                            // a descriptor
int kr_port_epoll_control(int epoll, int how, int fd, uint32_t events); // how: 1 add, 2 remove, 3 change. 0, or errno
intptr_t kr_port_epoll_wait(int epoll, KrPortEvent *out, size_t count, int64_t ns);

// Sockets. Families, types, levels and flags are Linux's numbers. Results are errno values, or counts and descriptors, below zero: errno, negated.
typedef struct {          // as a program sees it, and as the system does (raw)
    int family, protocol; // protocol: of the socket that has it, where that matters (CAN)
    uint8_t ip[16];       // IPv4: the first four
    uint16_t port;
    uint32_t flow, scope;
    char path[108]; // of a local one
    size_t path_len;
    unsigned char raw[128];
    size_t raw_len;
} KrPortAddress;
typedef struct {
    void *data;
    size_t len;
} KrPortPiece;
typedef struct {
    KrPortPiece *piece;
    size_t count;
    void *control;
    size_t control_len;
    int flags;
    KrPortAddress *address; // or NULL
} KrPortMessage;
bool kr_port_address_write(KrPortAddress *address); // raw, from the rest; false: it is too long
int kr_port_socket(int family, int type, int protocol);
int kr_port_socket_pair(int family, int type, int protocol, int fd[2]);
int kr_port_socket_bind(int fd, KrPortAddress *address);
int kr_port_socket_connect(int fd, KrPortAddress *address);
int kr_port_socket_listen(int fd, int backlog);
int kr_port_socket_shutdown(int fd, int how);
int kr_port_socket_accept(int fd, KrPortAddress *address);
int kr_port_socket_name(int fd, bool peer, KrPortAddress *address);
intptr_t kr_port_socket_send(int fd, const void *data, size_t len, int flags, KrPortAddress *to); // to: NULL: where it is connected to
intptr_t kr_port_socket_receive(int fd, void *data, size_t len, int flags, KrPortAddress *from);
intptr_t kr_port_socket_message(int fd, KrPortMessage *message, int flags, bool send);
size_t kr_port_control_space(size_t len, bool last); // that ancillary data of that length takes
bool kr_port_control_item(void *control, size_t len, size_t *at, int *level, int *type, void **data, size_t *data_len, bool write);
int kr_port_socket_option(int fd, int level, int option, void *data, size_t *len, bool set);
int kr_port_set_blocking(int fd, bool blocks);
int kr_port_duplicate(int fd);
bool kr_port_host_name(char *out, size_t size);
bool kr_port_has_family(int family);                     // has this host an address of the family, beside the loopback's?
int kr_port_set_host_name(const char *name, size_t len); // 0, or errno
bool kr_port_interface(size_t index, int *number, char name[16]);

// Starting a program. Numbers below zero: as it is. The child writes what failed to error_pipe: "OSError:errno in hexadecimal:step".
typedef struct {
    char *const *args, *const *programs, *const *environment; // end with NULL; programs: paths to try; environment NULL: this one's
    const char *folder;                                       // NULL: the same
    int stream[3];                                            // what becomes its descriptors 0, 1 and 2
    const int *keep;                                          // descriptors, ascending, that stay open
    size_t keep_count;
    int error_pipe, parent_end; // parent_end: the other end of error_pipe, which closes
    bool close_others, restore_signals, new_session;
    int64_t process_group, uid, gid, group_count, umask;
    const unsigned *groups;
    bool (*prepare)(void *context); // runs in the child, in a copy of this process; false: it told
    void *context;
    const void *mask; // set by kr_port_spawn
} KrPortSpawn;
int64_t kr_port_spawn(KrPortSpawn *what); // the process; below zero: errno

// Signals. Sets of them are bits: n - 1 for signal n. Results are errno values, 0 on success, unless said otherwise.
enum { KR_PORT_SIGNALS = 65 }; // numbers are below
enum { KR_SIGNAL_DEFAULT, KR_SIGNAL_IGNORE, KR_SIGNAL_NOTE, KR_SIGNAL_OTHER };
typedef struct {
    int number, code, error, status;
    int64_t process, user, band;
} KrPortSignal;
void kr_port_signal_receiver(KrVm *vm);                 // that is interrupted (kr_interrupt) when a signal is noted; NULL: none
int kr_port_signal_how(int number);                     // KR_SIGNAL_..., below zero: errno
int kr_port_signal_set(int number, int how);            // KR_SIGNAL_NOTE: kr_port_signals_take will tell
int kr_port_signal_restarts(int number, bool restarts); // do calls that it interrupts go on?
uint64_t kr_port_signals_take(void);                    // those noted since the last time
int kr_port_signal_wakeup(int fd);                      // where the numbers of noted signals are written; what it was, -1 none
int kr_port_signal_send(int64_t process, int number);
int kr_port_signal_send_group(int64_t group, int number);
int kr_port_signal_raise(int number); // to the calling thread, or the process where that blocks it
void kr_port_signal_note(int number); // as if it had come, and had been noted
int kr_port_signal_thread(uint64_t id, int number);
const char *kr_port_signal_text(int number); // NULL: there is none
uint64_t kr_port_signals_valid(void);
uint64_t kr_port_signals_pending(void);
int kr_port_signal_mask(int how, uint64_t bits, uint64_t *before);     // of the calling thread; how: 0 block, 1 unblock, 2 set
int kr_port_signal_wait(uint64_t bits, int64_t ns, KrPortSignal *out); // its number; below zero: errno. INT64_MAX: for ever
void kr_port_signal_pause(void);                                       // until one comes
int kr_port_timer(int which, const double set[2], double before[2]);   // seconds: first time, interval. set NULL: only asks
unsigned kr_port_alarm(unsigned seconds);                              // what was left of the one before

// The process and its time.
typedef struct {
    int offset;   // seconds east of UTC
    int daylight; // 1: daylight saving time
    char name[16];
} KrPortZone;
bool kr_port_zone(int64_t seconds, KrPortZone *out);  // at a time since 1970; false: out of range
bool kr_port_zone_name(bool summer, KrPortZone *out); // the name of the system's own zone, in winter or in summer
void kr_port_zone_reset(void);                        // the environment variable TZ has changed
enum {
    KR_PORT_CLOCK_REALTIME,
    KR_PORT_CLOCK_MONOTONIC,
    KR_PORT_CLOCK_PROCESS,
    KR_PORT_CLOCK_THREAD
};                                                               // Linux's numbers, as all clocks have
int kr_port_clock_read(int clock, bool resolution, int64_t *ns); // an errno value, or 0
int kr_port_clock_set(int clock, int64_t ns);                    // likewise
int kr_port_thread_clock(int *clock);                            // likewise: the clock of the calling thread
bool kr_port_sleep_ns(int64_t ns);                               // false: a signal came
int64_t kr_port_process_ns(void);                                // CPU time of all threads
int kr_port_process_id(void);
int kr_port_cpu_count(void);
KR_NORETURN void kr_port_exit(int status);
const char *kr_port_environment_entry(size_t index);              // "NAME=value"; NULL at the end
int kr_port_environment_set(const char *name, const char *value); // NULL: removes

// C's functions on doubles, for the modules math and cmath. kr_port_math_open fills the table, once for all vms; false: this system has none.
// clang-format off
#define KR_PORT_MATH_1(X) \
    X(acos) X(acosh) X(asin) X(asinh) X(atan) X(atanh) X(cbrt) X(cos) X(cosh) X(erf) X(erfc) X(exp) X(exp2) X(expm1) X(floor) X(log) X(log10) X(log1p) \
    X(log2) X(sin) X(sinh) X(tan) X(tanh) X(trunc)
#define KR_PORT_MATH_2(X) X(atan2) X(fmod) X(hypot) X(pow)
// clang-format on
typedef struct {
#define X(name) double (*name)(double);
    KR_PORT_MATH_1(X)
#undef X
#define X(name) double (*name)(double, double);
    KR_PORT_MATH_2(X)
#undef X
    double (*fma)(double, double, double);
    double (*ldexp)(double, int);
    double (*frexp)(double, int *);
} KrPortMath;
extern KrPortMath kr_port_math;
bool kr_port_math_open(void);

#endif
