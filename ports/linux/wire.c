// wire.c - the console's line. A thread of the system's reads it, so that Ctrl-C is seen whatever the program does.
//
// What comes goes through a pair of sockets to descriptor 0: programs read, poll and pass it on as any input. While a program runs, the
// interrupt character empties that queue and becomes SIGINT, as on a terminal. When the queue is full and the program has taken nothing for a
// second, further bytes are dropped, as a UART does: otherwise Ctrl-C would wait behind them. At the prompt nothing is dropped.
// A client that has been told nothing for long may ask whether its program still runs: ENQ is answered with ACK where a program wants that.
// The wire belongs to the process, as signals do, and outlives a reset of the VM: its state is static.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "linux/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "krait.h"
#include "port.h"

enum { FULL_WAIT = 1000, PATIENCE = 5000, SLICE = 256, REOPEN_WAIT = 250 }; // milliseconds, bytes, milliseconds
enum { ENQ = 5, ACK = 6 };
enum { FIRST_PTY = 136, LAST_PTY = 143 }; // major numbers

static struct {
    pthread_mutex_t guard; // of running, interrupt, and the order of what is put into the queue
    bool active, running, dropping, answers,
        passed; // answers: ENQ, while a program runs; passed: the descriptors are open, from a process before this one
    int interrupt;
    int in, out; // the wire
    int feed;    // our end of the queue; the program's is descriptor 0
    char *path;  // of a serial line, which may go away and come back; NULL: none
    unsigned baud;
    atomic_bool deaf; // nobody takes what is put
} wire = { .guard = PTHREAD_MUTEX_INITIALIZER, .interrupt = 3 };

// ---- Ctrl-C --------------------------------------------------------------------------------------------------------------------

static void interrupt_program(void) {
    int how = kr_port_signal_how(SIGINT);
    if (how == KR_SIGNAL_DEFAULT) kr_port_signal_note(SIGINT); // it would end the process
    else syscall(SYS_tgkill, getpid(), getpid(), SIGINT);
}

static void empty_queue(void) {
    char data[4096];
    while (recv(0, data, sizeof data, MSG_DONTWAIT) > 0) {}
}

// What waits in the queue may hold the character already: it came before the program ran. Whoever calls holds the guard.
static void look_in_queue(void) {
    int len = 0;
    if (wire.interrupt < 0 || ioctl(0, FIONREAD, &len) != 0 || len <= 0) return;
    char *data = malloc((size_t)len);
    ssize_t n = data ? recv(0, data, (size_t)len, MSG_PEEK | MSG_DONTWAIT) : 0;
    const char *last = n > 0 ? memrchr(data, wire.interrupt, (size_t)n) : NULL;
    if (last && recv(0, data, (size_t)(last + 1 - data), MSG_DONTWAIT) > 0) interrupt_program();
    free(data);
}

void kr_wire_running(bool running) {
    pthread_mutex_lock(&wire.guard);
    wire.running = running;
    wire.answers = wire.answers && running;
    if (running) look_in_queue();
    pthread_mutex_unlock(&wire.guard);
}

int kr_wire_interrupt_char(int c) {
    pthread_mutex_lock(&wire.guard);
    int before = wire.interrupt;
    wire.interrupt = c;
    pthread_mutex_unlock(&wire.guard);
    return before;
}

void kr_wire_answers(bool answers) {
    pthread_mutex_lock(&wire.guard);
    wire.answers = answers;
    pthread_mutex_unlock(&wire.guard);
}

// ---- What comes ----------------------------------------------------------------------------------------------------------------

// Puts some of it into the queue. How much is settled; 0: the queue is full; below zero: nobody is there any more.
static ssize_t feed_some(const uint8_t *data, size_t len) {
    ssize_t done;
    pthread_mutex_lock(&wire.guard);
    const uint8_t *last = wire.running && wire.interrupt >= 0 ? memrchr(data, wire.interrupt, len) : NULL;
    if (last) {
        empty_queue();
        interrupt_program();
        wire.dropping = false;
        done = last + 1 - data;
    } else if (wire.running && wire.answers && *data == ENQ) {
        static const uint8_t ack = ACK;
        done = write(wire.out, &ack, 1) < 0 && errno == EINTR ? 0 : 1; // where there is no room for it, what is on its way is an answer
    } else {
        done = send(wire.feed, data, len, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (done > 0) wire.dropping = false;
        else if (errno == EAGAIN) done = wire.running && wire.dropping ? (ssize_t)len : 0;
    }
    pthread_mutex_unlock(&wire.guard);
    return done;
}

static void feed(const uint8_t *data, size_t len) {
    while (len) {
        ssize_t done = feed_some(data, len);
        if (done < 0 && errno != EINTR) return;
        if (done > 0) data += done, len -= (size_t)done;
        if (done != 0) continue;
        struct pollfd p = { .fd = wire.feed, .events = POLLOUT };
        if (poll(&p, 1, FULL_WAIT) != 0) continue;
        pthread_mutex_lock(&wire.guard);
        wire.dropping = wire.running;
        pthread_mutex_unlock(&wire.guard);
    }
}

static bool is_pseudo_terminal(int fd) { // it does not come back: its name may be another's then
    struct stat s;
    return fstat(fd, &s) == 0 && S_ISCHR(s.st_mode) && major(s.st_rdev) >= FIRST_PTY && major(s.st_rdev) <= LAST_PTY;
}

static bool connect_output(void) {
    int fd = open(wire.path, O_RDWR | O_NOCTTY | O_CLOEXEC); // one that waits, for other processes' sake
    bool ok = fd >= 0 && dup2(fd, 1) == 1 && dup2(fd, 2) == 2;
    if (fd > 2) close(fd);
    return ok;
}

// A device that was pulled out: it is waited for. False: it cannot come back.
static bool reopen(void) {
    if (!wire.path || is_pseudo_terminal(wire.in)) return false;
    for (;;) {
        poll(NULL, 0, REOPEN_WAIT);
        int fd = kr_wire_open(wire.path, wire.baud);
        if (fd < 0) continue;
        bool ok = dup3(fd, wire.in, O_CLOEXEC) >= 0 && connect_output();
        close(fd);
        if (ok) return true;
    }
}

static void *pump(void *context) {
    uint8_t data[4096];
    (void)context;
    for (;;) {
        struct pollfd p = { .fd = wire.in, .events = POLLIN };
        if (poll(&p, 1, -1) < 0) continue;
        ssize_t n = read(wire.in, data, sizeof data);
        if (n > 0) feed(data, (size_t)n);
        else if ((n == 0 || (errno != EINTR && errno != EAGAIN)) && !reopen()) break;
    }
    shutdown(wire.feed, SHUT_WR);
    return NULL;
}

intptr_t kr_wire_take(void *data, size_t room, uint32_t stops) {
    uint8_t *byte = data;
    ssize_t n = recv(0, data, room, MSG_PEEK | MSG_DONTWAIT);
    if (n <= 0) return n < 0 ? -errno : 0;
    ssize_t len = 0;
    while (len < n && !(byte[len] < 32 && stops >> byte[len] & 1)) len++;
    n = recv(0, data, (size_t)(len < n ? len + 1 : n), MSG_DONTWAIT);
    return n < 0 ? -errno : n; // 0 does not happen: nobody else reads. A program that interrupts may have emptied it: EAGAIN
}

// ---- What goes -----------------------------------------------------------------------------------------------------------------

// A write that does not wait, or not for long.
static ssize_t put_some(const void *data, size_t len) {
    ssize_t n = send(wire.out, data, len, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n >= 0 || errno != ENOTSOCK) return n;
    struct pollfd p = { .fd = wire.out, .events = POLLOUT };
    if (poll(&p, 1, 0) != 1) return errno = EAGAIN, -1;
    return write(wire.out, data, len < SLICE ? len : SLICE);
}

intptr_t kr_wire_put(const void *data, size_t len) {
    const char *at = data;
    size_t left = len;
    for (int64_t until = kr_port_monotonic_ns() + (int64_t)PATIENCE * 1000000; left;) {
        ssize_t n = put_some(at, left);
        if (n > 0) {
            at += n, left -= (size_t)n;
            atomic_store(&wire.deaf, false);
            until = kr_port_monotonic_ns() + (int64_t)PATIENCE * 1000000;
            continue;
        }
        if (n < 0 && errno != EAGAIN && errno != EINTR) break; // the line is gone
        if (atomic_load(&wire.deaf) || kr_port_monotonic_ns() >= until) {
            atomic_store(&wire.deaf, true);
            break;
        }
        struct pollfd p = { .fd = wire.out, .events = POLLOUT };
        if (poll(&p, 1, 100) < 0 && errno == EINTR) return left < len ? (intptr_t)(len - left) : -EINTR;
    }
    return (intptr_t)len;
}

// ---- Another process in the place of this one ----------------------------------------------------------------------------------

void kr_wire_pass_on(const char *text) {
    char state[128];
    int fd[] = { wire.in, wire.out, wire.feed };
    for (size_t i = 0; i < KR_COUNT_OF(fd); i++) fcntl(fd[i], F_SETFD, 0);
    snprintf(state, sizeof state, "%d %d %d %s", wire.in, wire.out, wire.feed, text);
    setenv("KRAIT_WIRE", state, 1);
    kr_wire_running(false);
}

const char *kr_wire_passed_on(void) {
    const char *state = getenv("KRAIT_WIRE");
    char text[16];
    if (!state || sscanf(state, "%d %d %d %15s", &wire.in, &wire.out, &wire.feed, text) != 4) return NULL;
    unsetenv("KRAIT_WIRE");
    int fd[] = { wire.in, wire.out, wire.feed };
    for (size_t i = 0; i < KR_COUNT_OF(fd); i++)
        if (fcntl(fd[i], F_SETFD, FD_CLOEXEC) != 0) return NULL; // somebody else's variable
    wire.passed = true;
    return strcmp(text, "raw") == 0 ? "raw" : "friendly";
}

// ---- The start -----------------------------------------------------------------------------------------------------------------

bool kr_wire_active(void) { return wire.active; }
void kr_wire_end_with_parent(void) { prctl(PR_SET_PDEATHSIG, SIGTERM); }

// A terminal's or pipe's writing end may be opened once more, so that not waiting at it is our affair alone.
static int own_output(void) {
    struct stat s;
    int fd = fstat(1, &s) == 0 && !S_ISSOCK(s.st_mode) ? open("/proc/self/fd/1", O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) : -1;
    return fd >= 0 ? fd : fcntl(1, F_DUPFD_CLOEXEC, 3);
}

static int open_ends(void) {
    int queue[2];
    if (wire.path) {
        wire.in = kr_wire_open(wire.path, wire.baud);
        if (wire.in < 0) return -wire.in;
        wire.out = wire.in;
        if (!connect_output()) return errno;
    } else {
        wire.in = fcntl(0, F_DUPFD_CLOEXEC, 3);
        wire.out = own_output();
        if (wire.in < 0 || wire.out < 0) return errno;
        if (dup2(1, 2) < 0) return errno;
    }
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, queue) != 0) return errno;
    wire.feed = queue[1];
    int error = dup2(queue[0], 0) == 0 ? 0 : errno;
    close(queue[0]);
    return error;
}

int kr_wire_start(const char *path, unsigned baud) {
    pthread_t thread;
    pthread_attr_t how;
    sigset_t all, before;
    wire.path = path ? strdup(path) : NULL;
    wire.baud = baud;
    int error = path && !wire.path ? ENOMEM : wire.passed ? 0 : open_ends();
    if (error) return error;
    sigfillset(&all);
    pthread_attr_init(&how);
    pthread_attr_setdetachstate(&how, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&how, 65536);
    pthread_sigmask(SIG_SETMASK, &all, &before); // signals are for the VM's threads
    error = pthread_create(&thread, &how, pump, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&how);
    wire.active = !error;
    return error;
}
