// signal.c - signals of the system. A handler only notes the signal; the VM looks at its next poll.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "krait.h"
#include "port.h"

static atomic_uint_fast64_t arrived; // bit n - 1: signal n
static KrVm *_Atomic receiver;       // signals belong to the process, and one VM gets them
static atomic_int wakeup_fd = -1;

static uint64_t bit(int number) { return (uint64_t)1 << (number - 1); }

void kr_port_signal_note(int number) {
    int saved = errno, fd = atomic_load(&wakeup_fd);
    KrVm *vm = atomic_load(&receiver);
    atomic_fetch_or(&arrived, bit(number));
    if (vm) kr_interrupt(vm);
    unsigned char byte = (unsigned char)number;
    while (fd >= 0 && write(fd, &byte, 1) < 0 && errno == EINTR) continue; // a full pipe has woken its reader anyway
    errno = saved;
}

void kr_port_signal_receiver(KrVm *vm) { atomic_store(&receiver, vm); }

int kr_port_signal_how(int number) {
    struct sigaction now;
    if (number < 1 || number >= KR_PORT_SIGNALS || sigaction(number, NULL, &now) != 0) return -EINVAL;
    if (now.sa_handler == SIG_DFL) return KR_SIGNAL_DEFAULT;
    return now.sa_handler == SIG_IGN ? KR_SIGNAL_IGNORE : now.sa_handler == kr_port_signal_note ? KR_SIGNAL_NOTE : KR_SIGNAL_OTHER;
}

int kr_port_signal_set(int number, int how) {
    struct sigaction action = { .sa_handler = how == KR_SIGNAL_DEFAULT  ? SIG_DFL
                                              : how == KR_SIGNAL_IGNORE ? SIG_IGN
                                                                        : kr_port_signal_note };
    if (number < 1 || number >= KR_PORT_SIGNALS) return EINVAL;
    return sigaction(number, &action, NULL) == 0 ? 0 : errno;
}

int kr_port_signal_restarts(int number, bool restarts) {
    struct sigaction action;
    if (sigaction(number, NULL, &action) != 0) return errno;
    action.sa_flags = restarts ? action.sa_flags | SA_RESTART : action.sa_flags & ~SA_RESTART;
    return sigaction(number, &action, NULL) == 0 ? 0 : errno;
}

uint64_t kr_port_signals_take(void) { return atomic_exchange(&arrived, 0); }
int kr_port_signal_wakeup(int fd) { return atomic_exchange(&wakeup_fd, fd); }

int kr_port_signal_send(int64_t process, int number) { return kill((pid_t)process, number) == 0 ? 0 : errno; }
int kr_port_signal_send_group(int64_t group, int number) { return killpg((pid_t)group, number) == 0 ? 0 : errno; }

// To the thread that calls; but others than the first block all signals (thread.c), and it would never come.
int kr_port_signal_raise(int number) { return (gettid() == getpid() ? raise(number) : kill(getpid(), number)) == 0 ? 0 : errno; }

int kr_port_signal_thread(uint64_t id, int number) { return syscall(SYS_tgkill, getpid(), (pid_t)id, number) == 0 ? 0 : errno; }
const char *kr_port_signal_text(int number) { return number >= 1 && number < KR_PORT_SIGNALS ? strsignal(number) : NULL; }

static void to_set(uint64_t bits, sigset_t *set) {
    sigemptyset(set);
    for (int n = 1; n < KR_PORT_SIGNALS; n++)
        if (bits & bit(n)) sigaddset(set, n);
}

static uint64_t from_set(const sigset_t *set) {
    uint64_t bits = 0;
    for (int n = 1; n < KR_PORT_SIGNALS; n++)
        if (sigismember(set, n) == 1) bits |= bit(n);
    return bits;
}

uint64_t kr_port_signals_valid(void) {
    sigset_t all;
    sigfillset(&all);
    return from_set(&all);
}

int kr_port_signal_mask(int how, uint64_t bits, uint64_t *before) {
    sigset_t set, old;
    to_set(bits, &set);
    int error = pthread_sigmask(how, &set, &old);
    *before = error ? 0 : from_set(&old);
    return error;
}

uint64_t kr_port_signals_pending(void) {
    sigset_t set;
    return sigpending(&set) == 0 ? from_set(&set) : 0;
}

int kr_port_signal_wait(uint64_t bits, int64_t ns, KrPortSignal *out) {
    sigset_t set;
    siginfo_t info;
    to_set(bits, &set);
    struct timespec t = { .tv_sec = (time_t)(ns / 1000000000), .tv_nsec = (long)(ns % 1000000000) };
    int n = ns == INT64_MAX ? sigwaitinfo(&set, &info) : sigtimedwait(&set, &info, &t);
    if (n < 0) return -errno;
    *out = (KrPortSignal){ n, info.si_code, info.si_errno, info.si_status, info.si_pid, info.si_uid, info.si_band };
    return n;
}

// One that was noted before is not lost: none can come between the look and the wait.
void kr_port_signal_pause(void) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    if (!atomic_load(&arrived)) sigsuspend(&before);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static double seconds(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec * 1e-6; }

static struct timeval in_time(double s) {
    struct timeval t = { .tv_sec = (time_t)s };
    t.tv_usec = (suseconds_t)((s - (double)t.tv_sec) * 1e6);
    if (s > 0 && !t.tv_sec && !t.tv_usec) t.tv_usec = 1;
    return t;
}

int kr_port_timer(int which, const double set[2], double before[2]) {
    struct itimerval now = { 0 }, old;
    if (set) now.it_value = in_time(set[0]), now.it_interval = in_time(set[1]);
    if ((set ? setitimer((__itimer_which_t)which, &now, &old) : getitimer((__itimer_which_t)which, &old)) != 0) return errno;
    before[0] = seconds(old.it_value);
    before[1] = seconds(old.it_interval);
    return 0;
}

unsigned kr_port_alarm(unsigned s) { return alarm(s); }
