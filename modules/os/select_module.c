// select_module.c - the select module: waiting for several files at once.
// SPDX-License-Identifier: MIT
#include "object/struct_sequence.h"
#include "object/vm_state.h"
#include "port.h"
#include "vm/access.h"
#include "select_part.h"
#include "vm/clock.h"
#include "vm/thread.h"

#include "../modules/modules.h"

#define FUNCTION(name) static KrValue name(KrVm *vm, KrValue self, const KrValue *arg)

enum { LIMIT = 1024 };
enum { IN = 1, PRI = 2, OUT = 4, ERR = 8, HUP = 16, NVAL = 32 };

// The descriptor of an int or of what has fileno().
static bool fd_of(KrVm *vm, KrValue v, int *fd) {
    KrValue n = v;
    if (!kr_is_integer(v)) {
        KrValue method;
        if (!kr_find_attr(vm, v, kr_name(vm, "fileno"), &method)) return false;
        if (kr_is_unset(method)) return kr_fail(kr_raise(vm, &kr_type_error, "argument must be an int, or have a fileno() method."));
        n = kr_call(vm, method, 0, NULL);
        if (kr_is_error(n)) return false;
        if (!kr_is_integer(n)) return kr_fail(kr_raise(vm, &kr_type_error, "fileno() returned a non-integer"));
    }
    int64_t i;
    if (!kr_to_int64(vm, n, &i)) return false;
    if (i < 0) return kr_fail(kr_raise(vm, &kr_value_error, "file descriptor cannot be a negative integer (%z)", (intptr_t)i));
    if (i > INT_MAX) return kr_fail(kr_raise(vm, &kr_overflow_error, "signed integer is greater than maximum"));
    return *fd = (int)i, true;
}

// ---- Waiting -------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrPortPoll *poll;
    KrPortEvent *event;
    int epoll;
    size_t count;
    int64_t ns;
    intptr_t result;
    bool (*enough)(void *context); // or NULL: something else that ends the wait, which a handler may have brought about
    void *context;
} Wait;

static void wait_poll(void *context) {
    Wait *w = context;
    w->result = kr_port_poll(w->poll, w->count, w->ns);
}

static void wait_epoll(void *context) {
    Wait *w = context;
    w->result = kr_port_epoll_wait(w->epoll, w->event, w->count, w->ns);
}

typedef struct {
    void (*wait)(void *);
    Wait *w;
} Look;

static bool is_ready(void *context) {
    const Look *look = context;
    look->w->ns = 0;
    look->wait(look->w);
    return look->w->result != 0 || (look->w->enough && look->w->enough(look->w->context));
}

// As often as signals interrupt it, until the time `until` (INT64_MAX: for ever). How many are ready, or -1: raised.
static intptr_t wait_until(KrVm *vm, void (*wait)(void *), Wait *w, int64_t until) {
    for (;;) {
        int how = kr_clock_is_virtual(vm) && until > kr_now_ns(vm) ? kr_clock_wait(vm, until, is_ready, &(Look){ wait, w }) : KR_CLOCK_TIME;
        if (how < 0) return -1;
        if (w->enough && w->enough(w->context)) until = 0;
        int64_t most = kr_deadline_left(vm), left = how == KR_CLOCK_OUTSIDE || until == INT64_MAX ? INT64_MAX : until - kr_now_ns(vm);
        if (left < 0) left = 0;
        w->ns = left < most ? left : most;
        if (w->ns && __atomic_load_n(&vm->interrupt, __ATOMIC_RELAXED) && !kr_poll(vm, 1000000)) return -1; // it will not wake us
        bool brief = !w->ns || how == KR_CLOCK_READY;
        (brief ? kr_blocking_brief : kr_blocking)(vm, wait, w);
        if (w->result > 0 || (w->result == 0 && left <= most)) return w->result;
        if (w->result < 0 && w->result != -KR_PORT_EINTR) return (void)kr_raise_os(vm, (int)-w->result, KR_UNSET), -1;
        if (!kr_poll(vm, 1000000)) return -1;
    }
}

intptr_t kr_epoll_poll(KrVm *vm, int epoll, KrPortEvent *out, size_t most, int64_t until, bool (*enough)(void *), void *context) {
    Wait w = { .event = out, .epoll = epoll, .count = most, .enough = enough, .context = context };
    return wait_until(vm, wait_epoll, &w, until);
}

static bool until_of(KrVm *vm, KrValue timeout, double unit, int64_t *until) {
    double n;
    *until = INT64_MAX;
    if (kr_is_none(timeout)) return true;
    if (!kr_is_float(timeout) && !kr_is_integer(timeout)) return kr_fail(kr_raise(vm, &kr_type_error, "timeout must be a float or None"));
    if (!kr_to_double(vm, timeout, &n)) return false;
    if (n != n) return kr_fail(kr_raise(vm, &kr_value_error, "Invalid value NaN (not a number)"));
    if (n * unit > 9.2e18) return kr_fail(kr_raise(vm, &kr_overflow_error, "timeout is too large"));
    if (n >= 0) {
        double ns = n * unit;
        *until = (int64_t)ns + ((double)(int64_t)ns < ns) + kr_now_ns(vm);
    } else if (unit == 1e9) return *until = -1, true;
    return true;
}

// ---- select() ------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrValue seen[3]; // lists of the files that were looked at
    KrPortPoll *poll;
    size_t count, cap;
} Three;

// fileno() may change the list: what is there by then is taken.
static bool add_list(KrVm *vm, Three *t, unsigned which, KrValue list, int events) {
    for (size_t i = 0, len; (void)kr_list_items(list, &len), i < len && t->count < t->cap; i++) {
        int fd;
        KrValue v = kr_list_items(list, NULL)[i];
        if (!fd_of(vm, v, &fd)) return false;
        if (fd >= LIMIT) return kr_fail(kr_raise(vm, &kr_value_error, "filedescriptor out of range in select()"));
        if (!kr_list_append(vm, t->seen[which], v)) return false;
        t->poll[t->count++] = (KrPortPoll){ fd, events, 0 };
    }
    return true;
}

static KrValue pick(KrVm *vm, KrValue seen, const KrPortPoll *p, int events) {
    KrValue ready = kr_list(vm, 0, NULL);
    size_t len;
    const KrValue *item = kr_list_items(seen, &len);
    for (size_t i = 0; !kr_is_error(ready) && i < len; i++)
        if (p[i].ready & events && !kr_list_append(vm, ready, item[i])) return KR_ERROR;
    return ready;
}

static const int select_events[3] = { IN, OUT, PRI }, select_shows[3] = { IN | HUP | ERR, OUT | ERR, PRI };

// The files of the three sequences.
static bool read_three(KrVm *vm, const KrValue *arg, Three *t) {
    KrValue list[3];
    size_t len;
    for (unsigned k = 0; k < 3; k++) {
        KrValue iterator = kr_is_list(arg[k]) ? arg[k] : kr_iter(vm, arg[k]);
        if (kr_is_error(iterator) && kr_raised_is(vm, &kr_type_error))
            return (void)kr_take_raised(vm), kr_fail(kr_raise(vm, &kr_type_error, "arguments 1-3 must be sequences"));
        list[k] = kr_is_error(iterator) || kr_same(iterator, arg[k]) ? iterator : kr_list_from(vm, iterator);
        if (kr_is_error(list[k]) || kr_is_error(t->seen[k] = kr_list(vm, 0, NULL))) return false;
        (void)kr_list_items(list[k], &len);
        t->cap += len;
    }
    if (t->cap > (size_t)3 * LIMIT) return kr_fail(kr_raise(vm, &kr_value_error, "too many file descriptors in select()"));
    t->poll = kr_buffer_alloc(vm, (t->cap + 1) * sizeof *t->poll);
    if (!t->poll) return false;
    for (unsigned k = 0; k < 3; k++)
        if (!add_list(vm, t, k, list[k], select_events[k])) return false;
    return true;
}

FUNCTION(do_select) {
    Three t = { 0 };
    int64_t until;
    (void)self;
    if (!until_of(vm, arg[3], 1e9, &until)) return KR_ERROR;
    if (until == -1) return kr_raise(vm, &kr_value_error, "timeout must be non-negative");
    if (!read_three(vm, arg, &t)) return KR_ERROR;
    Wait w = { .poll = t.poll, .count = t.count };
    intptr_t n = wait_until(vm, wait_poll, &w, until);
    if (n < 0) return KR_ERROR;
    for (size_t i = 0; i < t.count; i++)
        if (t.poll[i].ready & NVAL) return kr_raise_os(vm, KR_PORT_EBADF, KR_UNSET);
    KrValue ready[3];
    const KrPortPoll *p = t.poll;
    for (unsigned k = 0; k < 3; k++) {
        size_t len;
        if (kr_is_error(ready[k] = pick(vm, t.seen[k], p, select_shows[k]))) return KR_ERROR;
        (void)kr_list_items(t.seen[k], &len);
        p += len;
    }
    return kr_tuple(vm, 3, ready);
}

// ---- poll() --------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue wanted; // dict: descriptor -> events
    bool polling;
} Poll;

#define POLL ((Poll *)kr_ptr(self))

FUNCTION(new_poll) {
    (void)arg, (void)self;
    extern const KrType kr_poll_type;
    KrValue made = kr_alloc_instance(vm, &kr_poll_type), dict = kr_is_error(made) ? made : kr_dict(vm);
    if (kr_is_error(dict)) return dict;
    kr_store(vm, kr_ptr(made), &((Poll *)kr_ptr(made))->wanted, dict);
    return made;
}

static bool events_of(KrVm *vm, KrValue v, int64_t *events) {
    if (!kr_to_int64(vm, v, events)) return false;
    if (*events < 0) return kr_fail(kr_raise(vm, &kr_value_error, "value must be positive"));
    return *events <= 0xFFFF || kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large for C unsigned short"));
}

FUNCTION(poll_register) {
    int fd;
    int64_t events;
    if (!fd_of(vm, arg[0], &fd) || !events_of(vm, arg[1], &events)) return KR_ERROR;
    return kr_dict_set(vm, POLL->wanted, kr_int_box(fd), kr_int_box((intptr_t)events)) ? KR_NONE : KR_ERROR;
}

static bool known(KrVm *vm, KrValue self, KrValue file, int *fd) {
    KrValue v;
    if (!fd_of(vm, file, fd) || !kr_dict_find(vm, POLL->wanted, kr_int_box(*fd), &v)) return false;
    return true;
}

FUNCTION(poll_modify) {
    int fd;
    int64_t events;
    KrValue v;
    if (!known(vm, self, arg[0], &fd) || !events_of(vm, arg[1], &events) || !kr_dict_find(vm, POLL->wanted, kr_int_box(fd), &v))
        return KR_ERROR;
    if (kr_is_unset(v)) return kr_raise_os(vm, 2, KR_UNSET); // ENOENT
    return kr_dict_set(vm, POLL->wanted, kr_int_box(fd), kr_int_box((intptr_t)events)) ? KR_NONE : KR_ERROR;
}

FUNCTION(poll_unregister) {
    int fd;
    bool found;
    if (!fd_of(vm, arg[0], &fd) || !kr_dict_delete(vm, POLL->wanted, kr_int_box(fd), &found)) return KR_ERROR;
    return found ? KR_NONE : kr_raise_key(vm, kr_int_box(fd));
}

static KrValue poll_results(KrVm *vm, const KrPortPoll *p, size_t count) {
    KrValue list = kr_list(vm, 0, NULL);
    for (size_t i = 0; !kr_is_error(list) && i < count; i++) {
        if (!p[i].ready) continue;
        KrValue item[2] = { kr_int_box(p[i].fd), kr_int_box(p[i].ready) }, pair = kr_tuple(vm, 2, item);
        if (kr_is_error(pair) || !kr_list_append(vm, list, pair)) return KR_ERROR;
    }
    return list;
}

FUNCTION(poll_poll) {
    int64_t until;
    if (!until_of(vm, arg[0], 1e6, &until)) return KR_ERROR;
    if (until != INT64_MAX && until - kr_now_ns(vm) > (int64_t)INT_MAX * 1000000)
        return kr_raise(vm, &kr_overflow_error, "timeout is too large");
    if (POLL->polling) return kr_raise(vm, &kr_runtime_error, "concurrent poll() invocation");
    size_t count = kr_dict_len(POLL->wanted), n = 0, position = 0;
    KrPortPoll *p = kr_buffer_alloc(vm, (count + 1) * sizeof *p);
    if (!p) return KR_ERROR;
    for (KrValue fd, events; n < count && kr_dict_next(POLL->wanted, &position, &fd, &events);) {
        int64_t number, wanted;
        kr_int_fits(fd, &number), kr_int_fits(events, &wanted);
        p[n++] = (KrPortPoll){ (int)number, (int)wanted, 0 };
    }
    Wait w = { .poll = p, .count = n };
    POLL->polling = true;
    intptr_t ready = wait_until(vm, wait_poll, &w, until);
    POLL->polling = false;
    return ready < 0 ? KR_ERROR : poll_results(vm, p, n);
}

static void poll_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((Poll *)o)->wanted); }

static const KrMethod poll_methods[] = {
    { "register(fd, eventmask=7, /)", poll_register, KR_DOC("Watch a file for events."), 0 },
    { "modify(fd, eventmask, /)", poll_modify, KR_DOC("Change the events that a file is watched for."), 0 },
    { "unregister(fd, /)", poll_unregister, KR_DOC("Do not watch a file any more. KeyError if it was not."), 0 },
    { "poll(timeout=None, /)", poll_poll,
      KR_DOC("Wait until files are ready, at most timeout milliseconds; return a list of (fd, events)."), 0 },
    { "ipoll(timeout=None, flags=0, /)", poll_poll, KR_DOC("MicroPython's poll(), whose result is iterated over."), 0 },
    { 0 },
};

const KrType kr_poll_type = {
    KR_TYPE_HEAD(kr_poll_type), .name = "select.poll",   .module = "select",         .flags = KR_TYPE_NO_NEW,
    .size = sizeof(Poll),       .methods = poll_methods, .alloc = kr_alloc_instance, .trace = poll_trace,
};

// ---- epoll ---------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    int fd; // -1: closed
} Epoll;

#define EPOLL ((Epoll *)kr_ptr(self))
extern const KrType kr_epoll_type;

static bool check(KrVm *vm, int error) { return !error || kr_fail(kr_raise_os(vm, error, KR_UNSET)); }
static bool check_open(KrVm *vm, KrValue self) {
    return EPOLL->fd >= 0 || kr_fail(kr_raise(vm, &kr_value_error, "I/O operation on closed epoll object"));
}

static KrValue epoll_of(KrVm *vm, int fd) {
    if (fd < 0) return kr_raised(vm) ? KR_ERROR : kr_raise_os(vm, -fd, KR_UNSET);
    KrValue made = kr_alloc_instance(vm, &kr_epoll_type);
    if (kr_is_error(made)) kr_port_close(fd);
    else ((Epoll *)kr_ptr(made))->fd = fd;
    return made;
}

FUNCTION(epoll_new) {
    int64_t size, flags;
    (void)self;
    if (!kr_to_int64(vm, arg[0], &size) || !kr_to_int64(vm, arg[1], &flags)) return KR_ERROR;
    if (size < -1 || !size) return kr_raise(vm, &kr_value_error, "negative sizehint");
    if (flags && flags != KR_PORT_O_CLOEXEC) return kr_raise_os(vm, 22, KR_UNSET);
    bool collected = false;
    int fd;
    do fd = kr_port_epoll_new();
    while (fd < 0 && kr_fd_again(vm, -fd, &collected));
    return epoll_of(vm, fd);
}

FUNCTION(epoll_fromfd) {
    int64_t fd;
    (void)self;
    if (!kr_to_int64(vm, arg[0], &fd)) return KR_ERROR;
    return epoll_of(vm, (int)fd);
}

static KrValue control(KrVm *vm, KrValue self, int how, KrValue file, KrValue events) {
    int fd;
    int64_t wanted = 0;
    if (!check_open(vm, self) || !fd_of(vm, file, &fd)) return KR_ERROR;
    if (!kr_is_unset(events) && !kr_to_int64(vm, events, &wanted)) return KR_ERROR;
    return check(vm, kr_port_epoll_control(EPOLL->fd, how, fd, (uint32_t)wanted)) ? KR_NONE : KR_ERROR;
}

FUNCTION(epoll_register) { return control(vm, self, 1, arg[0], arg[1]); }
FUNCTION(epoll_modify) { return control(vm, self, 3, arg[0], arg[1]); }
FUNCTION(epoll_unregister) { return control(vm, self, 2, arg[0], KR_UNSET); }
FUNCTION(epoll_fileno) { return (void)arg, check_open(vm, self) ? kr_int_box(EPOLL->fd) : KR_ERROR; }

static int close_epoll(Epoll *e) {
    int fd = e->fd;
    e->fd = -1;
    return fd < 0 ? 0 : kr_port_close(fd);
}

FUNCTION(epoll_close) { return (void)arg, check(vm, -close_epoll(EPOLL)) ? KR_NONE : KR_ERROR; }
FUNCTION(epoll_enter) { return (void)arg, check_open(vm, self) ? self : KR_ERROR; }
static KrValue epoll_closed(KrVm *vm, KrValue self) { return (void)vm, kr_bool(EPOLL->fd < 0); }

FUNCTION(epoll_poll) {
    int64_t until, most;
    if (!check_open(vm, self) || !until_of(vm, arg[0], 1e9, &until) || !kr_to_int64(vm, arg[1], &most)) return KR_ERROR;
    if (until == -1) until = INT64_MAX;
    if (most == -1) most = LIMIT - 1;
    if (most < 1) return kr_raise(vm, &kr_value_error, "maxevents must be greater than 0, got %z", (intptr_t)most);
    if (most > 65536) most = 65536;
    KrPortEvent *event = kr_buffer_alloc(vm, (size_t)most * sizeof *event);
    if (!event) return KR_ERROR;
    intptr_t n = kr_epoll_poll(vm, EPOLL->fd, event, (size_t)most, until, NULL, NULL);
    KrValue list = n < 0 ? KR_ERROR : kr_list(vm, 0, NULL);
    for (intptr_t i = 0; !kr_is_error(list) && i < n; i++) {
        KrValue item[2] = { kr_int_box(event[i].fd), kr_int(vm, event[i].ready) }, pair = kr_tuple(vm, 2, item);
        if (kr_is_error(pair) || !kr_list_append(vm, list, pair)) return KR_ERROR;
    }
    return list;
}

static void epoll_finalize(KrVm *vm, KrObject *o) { (void)vm, close_epoll((Epoll *)o); }

static KrValue epoll_alloc(KrVm *vm, const KrType *type) {
    KrValue made = kr_alloc_instance(vm, type);
    if (!kr_is_error(made)) ((Epoll *)kr_ptr(made))->fd = -1;
    return made;
}

static const KrMethod epoll_make = { "epoll(sizehint=-1, flags=0)", epoll_new, KR_NO_DOC, 0 };
static const KrMethod epoll_methods[] = {
    { "fromfd(fd, /)", epoll_fromfd, KR_DOC("Return an epoll object for a descriptor."), KR_CLASS_METHOD },
    { "register(fd, eventmask=7)", epoll_register, KR_DOC("Watch a file for events; OSError if it is watched already."), 0 },
    { "modify(fd, eventmask)", epoll_modify, KR_DOC("Change the events that a file is watched for."), 0 },
    { "unregister(fd)", epoll_unregister, KR_DOC("Do not watch a file any more."), 0 },
    { "fileno()", epoll_fileno, KR_DOC("Return the descriptor."), 0 },
    { "close()", epoll_close, KR_DOC("Close the descriptor."), 0 },
    { "poll(timeout=None, maxevents=-1)", epoll_poll,
      KR_DOC("Wait until files are ready, at most timeout seconds; return a list of (fd, events)."), 0 },
    { "__enter__()", epoll_enter, KR_NO_DOC, 0 },
    { "__exit__(exc_type=None, exc_value=None, exc_tb=None, /)", epoll_close, KR_NO_DOC, 0 },
    { 0 },
};
static const KrGetSet epoll_attributes[] = { { "closed", epoll_closed, NULL, KR_DOC("Whether it is closed.") }, { 0 } };

const KrType kr_epoll_type = {
    KR_TYPE_HEAD(kr_epoll_type),
    .name = "select.epoll",
    .module = "select",
    .doc = KR_DOC("Waits for many files at once, in the kernel."),
    .size = sizeof(Epoll),
    .methods = epoll_methods,
    .attributes = epoll_attributes,
    .make = &epoll_make,
    .alloc = epoll_alloc,
    .finalize = epoll_finalize,
};

// ---- The module ----------------------------------------------------------------------------------------------------------------

static const KrMethod functions[] = {
    { "select(rlist, wlist, xlist, timeout=None, /)", do_select,
      KR_DOC("Wait until files can be read, written or have something exceptional, at most timeout seconds; return three lists of those."),
      0 },
    { "poll()", new_poll, KR_DOC("Return an object that waits for files."), 0 },
    { 0 },
};

#define INT(name, value) \
    { \
        name, KR_CONST_INT, { .i = value } \
    }
static const KrConst constants[] = {
    { "error", KR_CONST_TYPE, { .p = &kr_os_error } },
    { "epoll", KR_CONST_TYPE, { .p = &kr_epoll_type } },
    INT("PIPE_BUF", 4096),
    INT("POLLIN", IN),
    INT("POLLPRI", PRI),
    INT("POLLOUT", OUT),
    INT("POLLERR", ERR),
    INT("POLLHUP", HUP),
    INT("POLLNVAL", NVAL),
    INT("POLLRDNORM", 0x40),
    INT("POLLRDBAND", 0x80),
    INT("POLLWRNORM", 0x100),
    INT("POLLWRBAND", 0x200),
    INT("POLLMSG", 0x400),
    INT("POLLRDHUP", 0x2000),
    INT("EPOLLIN", 1),
    INT("EPOLLPRI", 2),
    INT("EPOLLOUT", 4),
    INT("EPOLLERR", 8),
    INT("EPOLLHUP", 16),
    INT("EPOLLRDNORM", 0x40),
    INT("EPOLLRDBAND", 0x80),
    INT("EPOLLWRNORM", 0x100),
    INT("EPOLLWRBAND", 0x200),
    INT("EPOLLMSG", 0x400),
    INT("EPOLLRDHUP", 0x2000),
    INT("EPOLLEXCLUSIVE", 1 << 28),
    INT("EPOLLWAKEUP", 1 << 29),
    INT("EPOLLONESHOT", 1 << 30),
    INT("EPOLLET", (int64_t)1 << 31),
    INT("EPOLL_CLOEXEC", KR_PORT_O_CLOEXEC),
    { 0 },
};

const KrModuleDef kr_select_module = { "select", KR_DOC("Waiting for files."), functions, constants, NULL };
