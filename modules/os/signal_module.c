// signal_module.c - the _signal module: handlers of signals, timers, masks. lib/signal.py gives the numbers their names.
//
// The system's handler only notes a signal (ports/linux/signal.c); at the next poll of the first thread kr_signals_handle calls what the
// program has set. vm->signals is the list of that, by number.
// SPDX-License-Identifier: MIT
#include "object/object.h"
#include "object/struct_sequence.h"
#include "object/vm_state.h"
#include "port.h"
#include "vm/audit.h"
#include "vm/frame.h"
#include "vm/thread.h"

#include "../modules/modules.h"

#define FUNCTION(name) static KrValue signal_##name(KrVm *vm, KrValue self, const KrValue *arg)

enum { DFL, IGN }; // SIG_DFL, SIG_IGN
enum { SIGINT_NUMBER = 2 };

static bool check(KrVm *vm, int error) { return !error || kr_fail(kr_raise_os(vm, error, KR_UNSET)); }

static KrValue *handlers(KrVm *vm) { return kr_list_items(vm->signals, NULL); }

static bool number_of(KrVm *vm, KrValue v, int *out) {
    int64_t n;
    if (!kr_to_int64(vm, v, &n)) return false;
    if (n < 1 || n >= KR_PORT_SIGNALS) return kr_fail(kr_raise(vm, &kr_value_error, "signal number out of range"));
    return *out = (int)n, true;
}

static bool may(KrVm *vm) { return kr_access(vm, KR_ACCESS_PROCESSES, KR_UNSET); }

// ---- Handlers ------------------------------------------------------------------------------------------------------------------

static bool call_handler(KrVm *vm, int number) {
    KrValue handler = handlers(vm)[number];
    if (!kr_callable(handler)) return true;
    KrFrame *f = kr_frame_running(vm);
    KrFrameObject *o = f ? kr_frame_reify(vm, f) : NULL;
    if (f && !o) return false;
    KrValue call[2] = { kr_int_box(number), o ? kr_from_ptr(o) : KR_NONE };
    return !kr_is_error(kr_call(vm, handler, 2, call));
}

bool kr_signals_handle(KrVm *vm, uint64_t arrived) {
    for (int n = 1; n < KR_PORT_SIGNALS; n++) {
        if (!(arrived >> (n - 1) & 1)) continue;
        arrived &= arrived - 1;
        if (call_handler(vm, n)) continue;
        if (arrived) kr_interrupt(vm); // those behind it are handled at the next poll: noted again
        for (int left = n + 1; left < KR_PORT_SIGNALS; left++)
            if (arrived >> (left - 1) & 1) kr_port_signal_raise(left);
        return false;
    }
    return true;
}

static int how_of(KrVm *vm, KrValue handler) {
    bool is = false;
    (void)vm;
    if (kr_is_integer(handler)) {
        int64_t n;
        is = kr_int_fits(handler, &n) && (n == DFL || n == IGN);
        return is ? n == DFL ? KR_SIGNAL_DEFAULT : KR_SIGNAL_IGNORE : -1;
    }
    return kr_callable(handler) ? KR_SIGNAL_NOTE : -1;
}

FUNCTION(signal) {
    int number;
    (void)self;
    if (!may(vm)) return KR_ERROR;
    if (!kr_thread_is_first(vm)) return kr_raise(vm, &kr_value_error, "signal only works in main thread of the main interpreter");
    if (!number_of(vm, arg[0], &number)) return KR_ERROR;
    int how = how_of(vm, arg[1]);
    if (how < 0) return kr_raise(vm, &kr_type_error, "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
    if (!kr_poll(vm, 1000000) || !check(vm, kr_port_signal_set(number, how))) return KR_ERROR; // what came before is for the old handler
    KrValue before = handlers(vm)[number];
    kr_store(vm, kr_ptr(vm->signals), &handlers(vm)[number], how == KR_SIGNAL_NOTE ? arg[1] : kr_int_box(how == KR_SIGNAL_IGNORE));
    return before;
}

FUNCTION(getsignal) {
    int number;
    (void)self;
    return number_of(vm, arg[0], &number) ? handlers(vm)[number] : KR_ERROR;
}

FUNCTION(default_int_handler) { return (void)self, (void)arg, kr_raise(vm, &kr_keyboard_interrupt, ""); }

FUNCTION(siginterrupt) {
    int number;
    bool interrupts;
    (void)self;
    if (!may(vm) || !number_of(vm, arg[0], &number) || !kr_truth(vm, arg[1], &interrupts)) return KR_ERROR;
    return check(vm, kr_port_signal_restarts(number, !interrupts)) ? KR_NONE : KR_ERROR;
}

FUNCTION(set_wakeup_fd) {
    int64_t fd;
    (void)self;
    if (!may(vm) || !kr_to_int64(vm, arg[0], &fd)) return KR_ERROR;
    if (!kr_thread_is_first(vm)) return kr_raise(vm, &kr_value_error, "set_wakeup_fd only works in main thread of the main interpreter");
    KrPortStat about;
    if (fd != -1 && !check(vm, fd >= 0 && fd <= INT_MAX ? kr_port_stat(NULL, (int)fd, true, &about) : KR_PORT_EBADF)) return KR_ERROR;
    if (fd != -1 && kr_port_blocks((int)fd)) return kr_raise(vm, &kr_value_error, "the fd %z must be in non-blocking mode", (intptr_t)fd);
    return kr_int_box(kr_port_signal_wakeup((int)fd));
}

// ---- Sending -------------------------------------------------------------------------------------------------------------------

static KrValue sent(KrVm *vm, int error) { return check(vm, error) && kr_poll(vm, 1000000) ? KR_NONE : KR_ERROR; }

FUNCTION(raise_signal) {
    int64_t number;
    (void)self;
    if (!may(vm) || !kr_to_int64(vm, arg[0], &number)) return KR_ERROR;
    return sent(vm, kr_port_signal_raise((int)number));
}

FUNCTION(pthread_kill) {
    int64_t ident, number, id;
    const KrThreadRecord *at = NULL;
    KrThread *t;
    (void)self;
    if (!may(vm) || !kr_to_int64(vm, arg[0], &ident) || !kr_to_int64(vm, arg[1], &number) || !kr_threads_begin(vm)) return KR_ERROR;
    if (!kr_audit(vm, "signal.pthread_kill", 2, arg)) return KR_ERROR;
    while (kr_threads_next(vm, &at, &id, &t))
        if (id == ident) return sent(vm, kr_port_signal_thread(kr_thread_native_id(at), (int)number));
    return kr_raise_os(vm, 3, KR_UNSET); // ESRCH
}

// ---- Timers --------------------------------------------------------------------------------------------------------------------

FUNCTION(alarm) {
    int64_t s;
    (void)self;
    if (!may(vm) || !kr_to_int64(vm, arg[0], &s)) return KR_ERROR;
    return kr_int(vm, kr_port_alarm((unsigned)s));
}

static KrValue timer(KrVm *vm, KrValue which, const double *set) {
    int64_t n;
    double before[2];
    if (!may(vm) || !kr_to_int64(vm, which, &n)) return KR_ERROR;
    int error = kr_port_timer((int)n, set, before);
    KrValue state = vm->state, kind;
    if (error) { // an error of its own, whose class lib/signal.py has set
        if (!kr_dict_find(vm, state, kr_name(vm, "signal.itimer_error"), &kind)) return KR_ERROR;
        KrValue item[2] = { kr_int_box(error), kr_str_c(vm, kr_port_error_text(error)) };
        KrValue e = kr_is_unset(kind) ? KR_UNSET : kr_call(vm, kind, 2, item);
        return kr_is_unset(e) ? kr_raise_os(vm, error, KR_UNSET) : kr_is_error(e) ? e : kr_raise_value(vm, e);
    }
    KrValue item[2] = { kr_float(vm, before[0]), kr_float(vm, before[1]) };
    return kr_tuple(vm, 2, item);
}

FUNCTION(setitimer) {
    double set[2];
    (void)self;
    return kr_to_double(vm, arg[1], &set[0]) && kr_to_double(vm, arg[2], &set[1]) ? timer(vm, arg[0], set) : KR_ERROR;
}
FUNCTION(getitimer) { return (void)self, timer(vm, arg[0], NULL); }

static void pause_now(void *context) { (void)context, kr_port_signal_pause(); }

FUNCTION(pause) {
    (void)self, (void)arg;
    kr_blocking(vm, pause_now, NULL);
    return kr_poll(vm, 1000000) ? KR_NONE : KR_ERROR;
}

// ---- Sets ----------------------------------------------------------------------------------------------------------------------

static bool set_of(KrVm *vm, KrValue v, uint64_t *bits) {
    KrValue list = kr_list_from(vm, v);
    if (kr_is_error(list)) return false;
    *bits = 0;
    for (size_t i = 0;; i++) {
        size_t len;
        const KrValue *item = kr_list_items(list, &len);
        int64_t n;
        if (i >= len) return true;
        KrValue exact = kr_index(vm, item[i]);
        if (kr_is_error(exact)) return false;
        if (!kr_int_fits(exact, &n)) n = -1;
        if (n < 1 || n >= KR_PORT_SIGNALS)
            return kr_fail(kr_raise(vm, &kr_value_error, "signal number %z out of range [1; %d]", (intptr_t)n, KR_PORT_SIGNALS - 1));
        *bits |= (uint64_t)1 << (n - 1);
    }
}

static KrValue as_set(KrVm *vm, uint64_t bits) {
    KrValue set = kr_set(vm, KR_UNSET);
    for (int n = 1; !kr_is_error(set) && n < KR_PORT_SIGNALS; n++)
        if (bits >> (n - 1) & 1 && !kr_set_add(vm, set, kr_int_box(n))) return KR_ERROR;
    return set;
}

FUNCTION(pthread_sigmask) {
    int64_t how;
    uint64_t bits, before;
    (void)self;
    if (!may(vm) || !kr_to_int64(vm, arg[0], &how) || !set_of(vm, arg[1], &bits)) return KR_ERROR;
    if (!check(vm, kr_port_signal_mask((int)how, bits, &before)) || !kr_poll(vm, 1000000)) return KR_ERROR; // some may arrive now
    return as_set(vm, before);
}

FUNCTION(sigpending) { return (void)self, (void)arg, as_set(vm, kr_port_signals_pending()); }
FUNCTION(valid_signals) { return (void)self, (void)arg, as_set(vm, kr_port_signals_valid()); }

typedef struct {
    uint64_t bits;
    int64_t ns;
    KrPortSignal got;
    int result;
} Wait;

static void wait_now(void *context) {
    Wait *w = context;
    w->result = kr_port_signal_wait(w->bits, w->ns, &w->got);
}

// The first of the set; KR_DONE when the time is over.
static KrValue wait_for(KrVm *vm, uint64_t bits, int64_t ns, KrPortSignal *out) {
    int64_t until = ns == INT64_MAX ? ns : kr_port_monotonic_ns() + ns;
    for (;;) {
        int64_t most = kr_deadline_left(vm), left = ns == INT64_MAX ? ns : until - kr_port_monotonic_ns();
        if (left < 0) left = 0;
        Wait w = { .bits = bits, .ns = left < most ? left : most };
        kr_blocking(vm, wait_now, &w);
        if (w.result > 0) return *out = w.got, KR_NONE;
        if (w.result != -4 && w.result != -11) return kr_raise_os(vm, -w.result, KR_UNSET); // neither EINTR nor EAGAIN
        if (!kr_poll(vm, 1000000)) return KR_ERROR;
        if (ns != INT64_MAX && kr_port_monotonic_ns() >= until) return KR_DONE;
    }
}

FUNCTION(sigwait) {
    uint64_t bits;
    KrPortSignal got;
    (void)self;
    if (!may(vm) || !set_of(vm, arg[0], &bits)) return KR_ERROR;
    KrValue v = wait_for(vm, bits, INT64_MAX, &got);
    return kr_is_error(v) ? v : kr_int_box(got.number);
}

static KrValue info(KrVm *vm, const KrPortSignal *s) {
    static const char *const field[] = { "si_signo", "si_code", "si_errno", "si_pid", "si_uid", "si_status", "si_band", NULL };
    KrValue item[7] = { kr_int_box(s->number), kr_int_box(s->code),   kr_int_box(s->error), kr_int(vm, s->process),
                        kr_int(vm, s->user),   kr_int_box(s->status), kr_int(vm, s->band) };
    return kr_struct_sequence(vm, "signal.struct_siginfo", field, item);
}

FUNCTION(sigwaitinfo) {
    uint64_t bits;
    KrPortSignal got;
    (void)self;
    if (!may(vm) || !set_of(vm, arg[0], &bits)) return KR_ERROR;
    KrValue v = wait_for(vm, bits, INT64_MAX, &got);
    return kr_is_error(v) ? v : info(vm, &got);
}

FUNCTION(sigtimedwait) {
    uint64_t bits;
    double s;
    KrPortSignal got;
    (void)self;
    if (!may(vm) || !set_of(vm, arg[0], &bits) || !kr_to_double(vm, arg[1], &s)) return KR_ERROR;
    if (!(s >= 0)) return kr_raise(vm, &kr_value_error, "timeout must be non-negative");
    KrValue v = wait_for(vm, bits, s < 9e9 ? (int64_t)(s * 1e9) : INT64_MAX, &got);
    return kr_is_error(v) ? v : kr_is_done(v) ? KR_NONE : info(vm, &got);
}

FUNCTION(strsignal) {
    int number;
    (void)self;
    if (!number_of(vm, arg[0], &number)) return KR_ERROR;
    const char *text = kr_port_signal_text(number);
    return text && memcmp(text, "Unknown", 7) != 0 ? kr_str_c(vm, text) : KR_NONE;
}

FUNCTION(itimer_error) { return (void)self, kr_dict_set_c(vm, vm->state, "signal.itimer_error", arg[0]) ? KR_NONE : KR_ERROR; }

static const KrMethod functions[] = {
    { "signal(signalnum, handler, /)", signal_signal,
      KR_DOC("Set what handles a signal: SIG_DFL, SIG_IGN or function(number, frame); return what did so before."), 0 },
    { "getsignal(signalnum, /)", signal_getsignal,
      KR_DOC("Return what handles a signal: SIG_DFL, SIG_IGN, a function, or None if it is not Python code's."), 0 },
    { "default_int_handler(signalnum, frame, /)", signal_default_int_handler, KR_DOC("Raise KeyboardInterrupt."), 0 },
    { "siginterrupt(signalnum, flag, /)", signal_siginterrupt,
      KR_DOC("If flag is false, system calls go on after the signal, else they end."), 0 },
    { "set_wakeup_fd(fd, /, *, warn_on_full_buffer=True)", signal_set_wakeup_fd,
      KR_DOC("Have the number of each signal written to fd, as a byte; -1: nowhere. Return what it was."), 0 },
    { "raise_signal(signalnum, /)", signal_raise_signal, KR_DOC("Send a signal to the process itself."), 0 },
    { "pthread_kill(thread_id, signalnum, /)", signal_pthread_kill, KR_DOC("Send a signal to a thread."), 0 },
    { "alarm(seconds, /)", signal_alarm,
      KR_DOC("Have SIGALRM sent in so many seconds, 0: not at all; return what was left of the one before."), 0 },
    { "setitimer(which, seconds, interval=0.0, /)", signal_setitimer,
      KR_DOC("Start a timer: its signal comes after seconds, then every interval. Return what it was."), 0 },
    { "getitimer(which, /)", signal_getitimer, KR_DOC("Return (seconds left, interval) of a timer."), 0 },
    { "pause()", signal_pause, KR_DOC("Wait until a signal arrives."), 0 },
    { "pthread_sigmask(how, mask, /)", signal_pthread_sigmask,
      KR_DOC("Change which signals this thread does not get; return which they were."), 0 },
    { "sigpending()", signal_sigpending, KR_DOC("Return the signals that wait to be unblocked."), 0 },
    { "valid_signals()", signal_valid_signals, KR_DOC("Return the signals that there are."), 0 },
    { "sigwait(sigset, /)", signal_sigwait, KR_DOC("Wait for one of the signals, and return its number."), 0 },
    { "sigwaitinfo(sigset, /)", signal_sigwaitinfo, KR_DOC("Wait for one of the signals, and return what is known about it."), 0 },
    { "sigtimedwait(sigset, timeout, /)", signal_sigtimedwait, KR_DOC("As sigwaitinfo(), for timeout seconds at most: None then."), 0 },
    { "strsignal(signalnum, /)", signal_strsignal, KR_DOC("Return the system's description of a signal."), 0 },
    { "_set_itimer_error(kind, /)", signal_itimer_error, KR_DOC("Have timers raise this OSError."), 0 },
    { 0 },
};

// What is handled already when the module is first used. Handlers of a host that Krait is part of stay: None.
static bool init(KrVm *vm, KrValue module) {
    KrValue list = kr_list(vm, 0, NULL), interrupt = kr_getattr_c(vm, module, "default_int_handler");
    if (kr_is_error(list) || kr_is_error(interrupt)) return false;
    for (int n = 0; n < KR_PORT_SIGNALS; n++) {
        int how = n ? kr_port_signal_how(n) : -1;
        KrValue v = how == KR_SIGNAL_DEFAULT                      ? kr_int_box(DFL)
                    : how == KR_SIGNAL_IGNORE                     ? kr_int_box(IGN)
                    : how == KR_SIGNAL_NOTE && n == SIGINT_NUMBER ? interrupt
                                                                  : KR_NONE;
        if (!kr_list_append(vm, list, v)) return false;
    }
    vm->signals = list;
    return true;
}

const KrModuleDef kr_signal_module = { "_signal", KR_DOC("Signals of the system."), functions, NULL, init };
