// socket_type.c - _socket.socket. A socket with a timeout is non-blocking for the system: calls that cannot go on wait for it here.
// SPDX-License-Identifier: MIT
#include "socket_part.h"

#include "vm/audit.h"
#include "vm/blocking.h"
#include "vm/clock.h"
#include "vm/thread.h"

#define METHOD(name) static KrValue sock_##name(KrVm *vm, KrValue self, const KrValue *arg)

enum {
    KR_EAGAIN = 11,
    KR_EINPROGRESS = 115,
    KR_EALREADY = 114,
    KR_EISCONN = 106,
    SOL_SOCKET_LEVEL = 1,
    SO_ERROR_OPTION = 4,
    STREAM = 1,
    MSG_DONTWAIT_FLAG = 64
};
enum { VSOCK = 40, SO_TYPE_OPTION = 3, SO_PROTOCOL_OPTION = 38, SO_DOMAIN_OPTION = 39, TYPE_MASK = 0xF, NONBLOCK = 04000 };

typedef KrSocket Socket;
typedef KrSocketCall Call;

#define SELF ((Socket *)kr_ptr(self))

bool kr_socket_int(KrVm *vm, KrValue v, int *out) {
    int64_t n;
    if (!kr_to_int64(vm, v, &n)) return false;
    if (n > INT_MAX || n < INT_MIN) return kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C int"));
    return *out = (int)n, true;
}

bool kr_socket_timeout(KrVm *vm, KrValue v, int64_t *ns) {
    double s;
    if (kr_is_none(v)) return *ns = -1, true;
    if (!kr_to_double(vm, v, &s)) return false;
    if (s != s) return kr_fail(kr_raise(vm, &kr_value_error, "Invalid value NaN (not a number)"));
    if (s < 0) return kr_fail(kr_raise(vm, &kr_value_error, "Timeout value out of range"));
    if (s > 9.2e9) return kr_fail(kr_raise(vm, &kr_overflow_error, "timeout doesn't fit into C timeval"));
    *ns = (int64_t)(s * 1e9);
    *ns += (double)*ns < s * 1e9;
    return true;
}

static bool check(KrVm *vm, int error) { return !error || kr_fail(kr_raise_os(vm, error, KR_UNSET)); }
static KrValue done(KrVm *vm, int error) { return check(vm, error) ? KR_NONE : KR_ERROR; }

// ---- Making ----------------------------------------------------------------------------------------------------------------------

static KrValue sock_alloc(KrVm *vm, const KrType *type) {
    KrValue v = kr_alloc_instance(vm, type);
    if (!kr_is_error(v)) ((Socket *)kr_ptr(v))->fd = -1, ((Socket *)kr_ptr(v))->timeout = -1;
    return v;
}

static bool adopt(KrVm *vm, Socket *s, int fd, int family, int type, int protocol) {
    KrValue standard = KR_UNSET;
    s->fd = fd, s->family = family, s->type = type & ~(NONBLOCK | KR_PORT_O_CLOEXEC), s->protocol = protocol;
    if (type & NONBLOCK) return s->timeout = 0, true;
    if (!kr_dict_find(vm, vm->state, kr_name(vm, "socket.timeout"), &standard)) return false;
    if (kr_is_unset(standard) || kr_is_none(standard)) return true;
    return kr_socket_timeout(vm, standard, &s->timeout) && check(vm, kr_port_set_blocking(fd, false));
}

KrValue kr_socket_of(KrVm *vm, int fd, int family, int type, int protocol) {
    KrValue v = sock_alloc(vm, &kr_socket_type);
    if (kr_is_error(v)) return kr_port_close(fd), v;
    return adopt(vm, (Socket *)kr_ptr(v), fd, family, type, protocol) ? v : KR_ERROR;
}

static bool ask(KrVm *vm, int fd, int option, int *value) {
    size_t len = sizeof *value;
    return check(vm, kr_port_socket_option(fd, SOL_SOCKET_LEVEL, option, value, &len, false));
}

// Of a descriptor that was given: what the system knows, unless it was said.
static bool from_descriptor(KrVm *vm, Socket *s, KrValue v, int how[3]) {
    static const int option[3] = { SO_DOMAIN_OPTION, SO_TYPE_OPTION, SO_PROTOCOL_OPTION };
    int fd;
    if (kr_is_float(v)) return kr_fail(kr_raise(vm, &kr_type_error, "integer argument expected, got float"));
    if (!kr_socket_int(vm, v, &fd)) return false;
    if (fd < 0) return kr_fail(kr_raise(vm, &kr_value_error, "negative file descriptor"));
    if (!kr_access_fd(vm, fd)) return false;
    for (int i = 0; i < 3; i++)
        if (how[i] == -1 && !ask(vm, fd, option[i], &how[i])) return false;
    return adopt(vm, s, fd, how[0], how[1], how[2]);
}

METHOD(init) {
    int how[3];
    for (int i = 0; i < 3; i++)
        if (!kr_socket_int(vm, arg[i], &how[i])) return KR_ERROR;
    if (!kr_access(vm, KR_ACCESS_SOCKETS, KR_UNSET)) return KR_ERROR;
    KrValue told[4] = { self, arg[0], arg[1], arg[2] };
    if (!kr_audit(vm, "socket.__new__", 4, told)) return KR_ERROR;
    if (!kr_is_none(arg[3])) return from_descriptor(vm, SELF, arg[3], how) ? KR_NONE : KR_ERROR;
    if (how[0] == -1) how[0] = 2;
    if (how[1] == -1) how[1] = STREAM;
    if (how[2] == -1) how[2] = 0;
    bool collected = false;
    int fd;
    do fd = kr_port_socket(how[0], how[1], how[2]);
    while (fd < 0 && kr_fd_again(vm, -fd, &collected));
    if (fd < 0) return kr_raised(vm) ? KR_ERROR : kr_raise_os(vm, -fd, KR_UNSET);
    return kr_fd_opened(vm, fd) && adopt(vm, SELF, fd, how[0], how[1], how[2]) ? KR_NONE : KR_ERROR;
}

bool kr_socket_state(KrValue socket, int *fd, int64_t *timeout) {
    if (!kr_isa(socket, &kr_socket_type)) return false;
    *fd = ((Socket *)kr_ptr(socket))->fd, *timeout = ((Socket *)kr_ptr(socket))->timeout;
    return true;
}

// ---- Waiting ---------------------------------------------------------------------------------------------------------------------

enum { RECEIVED_FEW = 4096, RECEIVED_MOST = 128 * 1024 }; // bytes, see receive_stream

static void do_receive(void *c) {
    Call *call = c;
    call->result = kr_port_socket_receive(call->fd, call->data, call->len, call->flags, call->address);
}
static void do_send(void *c) {
    Call *call = c;
    call->result = kr_port_socket_send(call->fd, call->data, call->len, call->flags, call->address);
}
static void do_accept(void *c) {
    Call *call = c;
    call->result = kr_port_socket_accept(call->fd, call->address);
}
static void do_connect(void *c) {
    Call *call = c;
    call->result = -kr_port_socket_connect(call->fd, call->address);
}
// Until the socket is ready: 1; the time is over: 0, TimeoutError is raised; raised: 0.
static bool wait_ready(KrVm *vm, const Socket *s, bool writes, int64_t until) {
    int n = kr_block_until(vm, s->fd, writes, until);
    return n > 0 || (n == 0 && kr_fail(kr_raise(vm, &kr_timeout_error, "timed out")));
}

int64_t kr_socket_end(const KrVm *vm, const Socket *s) { return s->timeout < 0 ? INT64_MAX : kr_now_ns(vm) + s->timeout; }

bool kr_socket_run(KrVm *vm, Socket *s, void (*call)(void *), Call *c, bool writes, int64_t until) {
    for (bool collected = false;;) {
        if (s->fd < 0) return kr_fail(kr_raise_os(vm, KR_PORT_EBADF, KR_UNSET));
        c->fd = s->fd;
        bool waits = s->timeout > 0 || (s->timeout < 0 && (kr_deadline_left(vm) != INT64_MAX || kr_clock_is_virtual(vm)));
        if (waits && !wait_ready(vm, s, writes, until)) return false;
        (kr_clock_is_virtual(vm) ? kr_blocking_brief : kr_blocking)(vm, call, c); // it is ready, or does not wait
        if (c->result >= 0) return true;
        if (c->result == -KR_EAGAIN && s->timeout > 0) continue;
        if (kr_fd_again(vm, (int)-c->result, &collected)) continue;
        return kr_raised(vm) ? false : kr_fail(kr_raise_os(vm, (int)-c->result, KR_UNSET));
    }
}

bool kr_socket_may(KrVm *vm) { return kr_access(vm, KR_ACCESS_SOCKETS, KR_UNSET); }

// ---- Connections -----------------------------------------------------------------------------------------------------------------

METHOD(bind) {
    KrPortAddress a;
    if (!kr_socket_may(vm) || !kr_socket_address_of(vm, SELF->family, arg[0], "bind", &a)) return KR_ERROR;
    KrValue told[2] = { self, arg[0] };
    return kr_audit(vm, "socket.bind", 2, told) ? done(vm, kr_port_socket_bind(SELF->fd, &a)) : KR_ERROR;
}

METHOD(listen) {
    int backlog = 128;
    if (!kr_is_unset(arg[0]) && !kr_socket_int(vm, arg[0], &backlog)) return KR_ERROR;
    return done(vm, kr_port_socket_listen(SELF->fd, backlog < 0 ? 0 : backlog));
}

METHOD(accept) {
    KrPortAddress a = { .protocol = SELF->protocol };
    Call c = { .address = &a };
    (void)arg;
    if (!kr_socket_run(vm, SELF, do_accept, &c, false, kr_socket_end(vm, SELF))) return KR_ERROR;
    if (!kr_fd_opened(vm, (int)c.result)) return KR_ERROR;
    KrValue item[2] = { kr_int_box(c.result), kr_socket_address_value(vm, &a) };
    return kr_is_error(item[1]) ? item[1] : kr_tuple(vm, 2, item);
}

// 0, or an errno; below zero: raised.
static int connect_to(KrVm *vm, Socket *s, KrPortAddress *a) {
    Call c = { .fd = s->fd, .address = a };
    int64_t until = kr_socket_end(vm, s);
    kr_blocking(vm, do_connect, &c);
    int error = (int)-c.result;
    bool on_its_way = error == KR_PORT_EINTR || (error == KR_EINPROGRESS && s->timeout != 0);
    if (!on_its_way) return error;
    if (error == KR_PORT_EINTR && !kr_poll(vm, 1000000)) return -1;
    if (!wait_ready(vm, s, true, until)) return -1;
    return ask(vm, s->fd, SO_ERROR_OPTION, &error) ? error == KR_EISCONN ? 0 : error : -1;
}

METHOD(connect) {
    KrPortAddress a;
    KrValue told[2] = { self, arg[0] };
    if (!kr_socket_may(vm) || !kr_socket_address_of(vm, SELF->family, arg[0], "connect", &a) || !kr_audit(vm, "socket.connect", 2, told))
        return KR_ERROR;
    int error = connect_to(vm, SELF, &a);
    return error < 0 ? KR_ERROR : done(vm, error);
}

METHOD(connect_ex) {
    KrPortAddress a;
    KrValue told[2] = { self, arg[0] };
    if (!kr_socket_may(vm) || !kr_socket_address_of(vm, SELF->family, arg[0], "connect_ex", &a) || !kr_audit(vm, "socket.connect", 2, told))
        return KR_ERROR;
    int error = connect_to(vm, SELF, &a);
    if (error >= 0) return kr_int_box(error);
    if (!kr_raised_is(vm, &kr_timeout_error)) return KR_ERROR;
    return (void)kr_take_raised(vm), kr_int_box(KR_EAGAIN);
}

METHOD(shutdown) {
    int how;
    return kr_socket_int(vm, arg[0], &how) ? done(vm, kr_port_socket_shutdown(SELF->fd, how)) : KR_ERROR;
}

static KrValue name_of(KrVm *vm, const Socket *s, bool peer) {
    KrPortAddress a = { .protocol = s->protocol };
    return check(vm, kr_port_socket_name(s->fd, peer, &a)) ? kr_socket_address_value(vm, &a) : KR_ERROR;
}
METHOD(getsockname) { return (void)arg, name_of(vm, SELF, false); }
METHOD(getpeername) { return (void)arg, name_of(vm, SELF, true); }

// ---- Data ------------------------------------------------------------------------------------------------------------------------

bool kr_socket_size(KrVm *vm, KrValue v, const char *function, size_t *out) {
    intptr_t n;
    if (!kr_to_index(vm, v, &n)) return false;
    return n >= 0 ? (*out = (size_t)n, true) : kr_fail(kr_raise(vm, &kr_value_error, "negative buffersize in %s", function));
}

// Of a stream, with much room: a message is mostly short, and room for the most that could come would be work for the collector. So
// what comes is put on the C stack first; when that is full, what is there besides follows.
static KrValue receive_stream(KrVm *vm, Socket *s, Call *c) {
    char few[RECEIVED_FEW];
    size_t most = c->len < RECEIVED_MOST ? c->len : RECEIVED_MOST;
    c->data = few, c->len = sizeof few;
    if (!kr_socket_run(vm, s, do_receive, c, false, kr_socket_end(vm, s))) return KR_ERROR;
    if ((size_t)c->result < sizeof few) return kr_bytes(vm, few, (size_t)c->result);
    KrValue bytes = kr_bytes(vm, NULL, most);
    if (kr_is_error(bytes)) return (void)kr_take_raised(vm), kr_bytes(vm, few, sizeof few); // what has come is not to be lost
    char *data = memcpy(kr_bytes_data(bytes, NULL), few, sizeof few);
    *c = (Call){ .fd = s->fd, .flags = MSG_DONTWAIT_FLAG, .data = data + sizeof few, .len = most - sizeof few };
    do_receive(c);
    size_t len = sizeof few + (c->result > 0 ? (size_t)c->result : 0); // an error, or the end, is for the next call
    return len == most ? bytes : kr_bytes(vm, data, len);
}

static KrValue receive(KrVm *vm, KrValue self, const KrValue *arg, const char *function, KrPortAddress *from) {
    Call c = { .address = from };
    if (!kr_socket_size(vm, arg[0], function, &c.len) || !kr_socket_int(vm, arg[1], &c.flags)) return KR_ERROR;
    if (c.len > RECEIVED_FEW && !from && !c.flags && SELF->type == STREAM) return receive_stream(vm, SELF, &c);
    KrValue bytes = kr_bytes(vm, NULL, c.len);
    if (kr_is_error(bytes)) return bytes;
    c.data = kr_bytes_data(bytes, NULL);
    if (!c.len && !from) return bytes;
    if (!kr_socket_run(vm, SELF, do_receive, &c, false, kr_socket_end(vm, SELF))) return KR_ERROR;
    return (size_t)c.result == c.len ? bytes : kr_bytes(vm, c.data, (size_t)c.result);
}

static KrValue with_address(KrVm *vm, KrValue first, KrPortAddress *from) {
    KrValue item[2] = { first, kr_is_error(first) ? first : kr_socket_address_value(vm, from) };
    return kr_is_error(item[1]) ? item[1] : kr_tuple(vm, 2, item);
}

METHOD(recv) { return receive(vm, self, arg, "recv", NULL); }
METHOD(recvfrom) {
    KrPortAddress from = { .protocol = SELF->protocol };
    return with_address(vm, receive(vm, self, arg, "recvfrom", &from), &from);
}

static KrValue receive_into(KrVm *vm, KrValue self, const KrValue *arg, const char *function, KrPortAddress *from) {
    KrBuffer b;
    size_t len;
    Call c = { .address = from };
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_WRITE)) return KR_ERROR;
    bool ok = kr_socket_size(vm, arg[1], function, &len) && kr_socket_int(vm, arg[2], &c.flags);
    if (ok && len > b.len) ok = kr_fail(kr_raise(vm, &kr_value_error, "buffer too small for requested bytes"));
    c.data = b.data, c.len = ok && len ? len : b.len;
    if (ok && (c.len || from)) ok = kr_socket_run(vm, SELF, do_receive, &c, false, kr_socket_end(vm, SELF));
    kr_release_buffer(vm, &b);
    return ok ? kr_int(vm, c.result) : KR_ERROR;
}

METHOD(recv_into) { return receive_into(vm, self, arg, "recv_into", NULL); }
METHOD(recvfrom_into) {
    KrPortAddress from = { .protocol = SELF->protocol };
    return with_address(vm, receive_into(vm, self, arg, "recvfrom_into", &from), &from);
}

METHOD(send) {
    KrBuffer b;
    Call c = { 0 };
    if (!kr_socket_int(vm, arg[1], &c.flags) || !kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    c.data = b.data, c.len = b.len;
    bool ok = kr_socket_run(vm, SELF, do_send, &c, true, kr_socket_end(vm, SELF));
    kr_release_buffer(vm, &b);
    return ok ? kr_int(vm, c.result) : KR_ERROR;
}

METHOD(sendall) { // all of it within the one timeout
    KrBuffer b;
    Call c = { 0 };
    if (!kr_socket_int(vm, arg[1], &c.flags) || !kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    int64_t until = kr_socket_end(vm, SELF);
    bool ok = true;
    for (size_t at = 0; ok && at < b.len; at += ok ? (size_t)c.result : 0) {
        c.data = (char *)b.data + at, c.len = b.len - at;
        ok = kr_socket_run(vm, SELF, do_send, &c, true, until) && kr_poll(vm, 100);
    }
    kr_release_buffer(vm, &b);
    return ok ? KR_NONE : KR_ERROR;
}

METHOD(sendto) { // data, address or data, flags, address
    KrBuffer b;
    KrPortAddress to;
    Call c = { .address = &to };
    KrValue address = kr_is_unset(arg[2]) ? arg[1] : arg[2];
    if (!kr_is_unset(arg[2]) && !kr_socket_int(vm, arg[1], &c.flags)) return KR_ERROR;
    if (!kr_socket_may(vm) || !kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    KrValue told[2] = { self, address };
    bool ok = kr_socket_address_of(vm, SELF->family, address, "sendto", &to) && kr_audit(vm, "socket.sendto", 2, told);
    c.data = b.data, c.len = b.len;
    ok = ok && kr_socket_run(vm, SELF, do_send, &c, true, kr_socket_end(vm, SELF));
    kr_release_buffer(vm, &b);
    return ok ? kr_int(vm, c.result) : KR_ERROR;
}

// ---- Options and life ------------------------------------------------------------------------------------------------------------

static bool is_wide(const Socket *s, int level) { return s->family == VSOCK && level == VSOCK; } // its options have 64 bits

METHOD(setsockopt) {
    int level, option, number;
    KrBuffer b;
    size_t len = sizeof number;
    if (!kr_socket_int(vm, arg[0], &level) || !kr_socket_int(vm, arg[1], &option)) return KR_ERROR;
    if (!kr_is_unset(arg[3])) {
        if (!kr_is_none(arg[2]) || !kr_to_size(vm, arg[3], "optlen", &len))
            return kr_raised(vm) ? KR_ERROR : kr_raise(vm, &kr_type_error, "socket option should be None when optlen is given");
        return done(vm, kr_port_socket_option(SELF->fd, level, option, NULL, &len, true));
    }
    if (kr_is_integer(arg[2]) && is_wide(SELF, level)) {
        int64_t wide;
        len = sizeof wide;
        return kr_to_int64(vm, arg[2], &wide) ? done(vm, kr_port_socket_option(SELF->fd, level, option, &wide, &len, true)) : KR_ERROR;
    }
    int64_t whole;
    if (kr_is_integer(arg[2]) && kr_int_fits(arg[2], &whole) && whole >= INT_MIN && whole <= INT_MAX) {
        number = (int)whole;
        return done(vm, kr_port_socket_option(SELF->fd, level, option, &number, &len, true));
    }
    if (!kr_get_buffer(vm, arg[2], &b, KR_BUFFER_READ)) return KR_ERROR;
    len = b.len;
    int error = kr_port_socket_option(SELF->fd, level, option, b.data, &len, true);
    kr_release_buffer(vm, &b);
    return done(vm, error);
}

METHOD(getsockopt) {
    int level, option, number = 0;
    size_t len = sizeof number;
    char data[1024];
    if (!kr_socket_int(vm, arg[0], &level) || !kr_socket_int(vm, arg[1], &option)) return KR_ERROR;
    if (kr_is_unset(arg[2]) && is_wide(SELF, level)) {
        int64_t wide = 0;
        len = sizeof wide;
        return check(vm, kr_port_socket_option(SELF->fd, level, option, &wide, &len, false)) ? kr_int_from_u64(vm, (uint64_t)wide)
                                                                                             : KR_ERROR;
    }
    if (kr_is_unset(arg[2]))
        return check(vm, kr_port_socket_option(SELF->fd, level, option, &number, &len, false)) ? kr_int_box(number) : KR_ERROR;
    if (!kr_socket_int(vm, arg[2], &number)) return KR_ERROR;
    len = (size_t)number;
    if (number <= 0 || len > sizeof data) return kr_raise(vm, &kr_os_error, "getsockopt buflen out of range");
    return check(vm, kr_port_socket_option(SELF->fd, level, option, data, &len, false)) ? kr_bytes(vm, data, len) : KR_ERROR;
}

METHOD(settimeout) {
    int64_t ns;
    if (!kr_socket_timeout(vm, arg[0], &ns)) return KR_ERROR;
    SELF->timeout = ns;
    return done(vm, kr_port_set_blocking(SELF->fd, ns < 0));
}

METHOD(gettimeout) { return (void)arg, SELF->timeout < 0 ? KR_NONE : kr_float(vm, (double)SELF->timeout / 1e9); }

METHOD(setblocking) {
    bool blocks;
    if (!kr_truth(vm, arg[0], &blocks)) return KR_ERROR;
    SELF->timeout = blocks ? -1 : 0;
    return done(vm, kr_port_set_blocking(SELF->fd, blocks));
}

METHOD(getblocking) { return (void)vm, (void)arg, kr_bool(SELF->timeout != 0); }
METHOD(fileno) { return (void)vm, (void)arg, kr_int_box(SELF->fd); }

METHOD(close) {
    int fd = SELF->fd;
    (void)arg;
    SELF->fd = -1;
    if (fd < 0 || !kr_may_close_fd(vm, fd)) return KR_NONE;
    kr_fd_closed(vm, fd);
    int error = kr_port_close(fd);
    return error < 0 && error != -104 ? kr_raise_os(vm, -error, KR_UNSET) : KR_NONE; // ECONNRESET
}

METHOD(detach) {
    int fd = SELF->fd;
    (void)vm, (void)arg;
    SELF->fd = -1;
    return kr_int_box(fd);
}

METHOD(del) { // a ResourceWarning, as for files
    (void)arg;
    if (SELF->fd < 0) return KR_NONE;
    KrValue repr = kr_repr(vm, self);
    if (!kr_is_error(repr) && !kr_warn(vm, &kr_resource_warning, "unclosed %S", repr)) return sock_close(vm, self, NULL), KR_ERROR;
    return kr_is_error(repr) ? repr : sock_close(vm, self, NULL);
}

static void sock_finalize(KrVm *vm, KrObject *o) {
    Socket *s = (Socket *)o;
    if (s->fd >= 0 && kr_may_close_fd(vm, s->fd)) kr_fd_closed(vm, s->fd), kr_port_close(s->fd);
    s->fd = -1;
}

static KrValue sock_repr(KrVm *vm, KrValue self) {
    return kr_format(vm, "<socket object, fd=%d, family=%d, type=%d, proto=%d>", SELF->fd, SELF->family, SELF->type, SELF->protocol);
}

static KrValue get_family(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(SELF->family); }
static KrValue get_type(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(SELF->type); }
static KrValue get_proto(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(SELF->protocol); }
static KrValue get_timeout(KrVm *vm, KrValue self) { return sock_gettimeout(vm, self, NULL); }

static const KrMethod sock_init_row = { "socket(family=-1, type=-1, proto=-1, fileno=None)", sock_init, NULL, 0 };
static const KrMethod sock_methods[] = {
    { "bind(address, /)", sock_bind, KR_DOC("Give the socket an address."), 0 },
    { "listen(backlog=<unset>, /)", sock_listen, KR_DOC("Let others connect; backlog: how many may wait to be accepted."), 0 },
    { "_accept()", sock_accept, KR_DOC("Wait for a connection; return (descriptor, address)."), 0 },
    { "connect(address, /)", sock_connect, KR_DOC("Connect to an address."), 0 },
    { "connect_ex(address, /)", sock_connect_ex, KR_DOC("As connect(), but return the errno of a failure, 0 if there is none."), 0 },
    { "shutdown(how, /)", sock_shutdown, KR_DOC("Stop reading (SHUT_RD), writing (SHUT_WR) or both (SHUT_RDWR)."), 0 },
    { "getsockname()", sock_getsockname, KR_DOC("Return the socket's own address."), 0 },
    { "getpeername()", sock_getpeername, KR_DOC("Return the address that it is connected to."), 0 },
    { "recv(bufsize, flags=0, /)", sock_recv, KR_DOC("Return up to bufsize bytes, b'' at the end."), 0 },
    { "recvfrom(bufsize, flags=0, /)", sock_recvfrom, KR_DOC("Return (up to bufsize bytes, where they are from)."), 0 },
    { "recv_into(buffer, nbytes=0, flags=0)", sock_recv_into, KR_DOC("Receive into a buffer; return how many bytes."), 0 },
    { "recvfrom_into(buffer, nbytes=0, flags=0)", sock_recvfrom_into,
      KR_DOC("Receive into a buffer; return (how many bytes, where they are from)."), 0 },
    { "send(data, flags=0, /)", sock_send, KR_DOC("Send some of the data; return how many bytes."), 0 },
    { "sendall(data, flags=0, /)", sock_sendall, KR_DOC("Send all of the data."), 0 },
    { "sendto(data, flags_or_address, address=<unset>, /)", sock_sendto,
      KR_DOC("sendto(data[, flags], address): send data to an address; return how many bytes."), 0 },
    { "recvmsg(bufsize, ancbufsize=0, flags=0, /)", kr_socket_recvmsg,
      KR_DOC("Return (data, ancillary data as a list of (level, type, bytes), flags, address)."), 0 },
    { "recvmsg_into(buffers, ancbufsize=0, flags=0, /)", kr_socket_recvmsg_into,
      KR_DOC("Receive into several buffers; return (how many bytes, ancillary data, flags, address)."), 0 },
    { "sendmsg(buffers, ancdata=(), flags=0, address=None, /)", kr_socket_sendmsg,
      KR_DOC("Send buffers as one message with ancillary data; return how many bytes."), 0 },
    { "setsockopt(level, option, value, optlen=<unset>, /)", sock_setsockopt, KR_DOC("Set an option to an int or bytes."), 0 },
    { "getsockopt(level, option, buflen=<unset>, /)", sock_getsockopt, KR_DOC("Return an option as an int, or as up to buflen bytes."), 0 },
    { "settimeout(timeout, /)", sock_settimeout, KR_DOC("Let calls wait for timeout seconds at most, None: for ever, 0: not at all."), 0 },
    { "gettimeout()", sock_gettimeout, KR_DOC("Return the timeout in seconds, None: there is none."), 0 },
    { "setblocking(flag, /)", sock_setblocking, KR_DOC("Let calls wait for ever, or not at all."), 0 },
    { "getblocking()", sock_getblocking, KR_DOC("Return whether calls wait."), 0 },
    { "fileno()", sock_fileno, KR_DOC("Return the descriptor, -1 when it is closed."), 0 },
    { "close()", sock_close, KR_DOC("Close the socket."), 0 },
    { "detach()", sock_detach, KR_DOC("Treat the socket as closed and return its descriptor, which stays open."), 0 },
    { "__del__()", sock_del, NULL, 0 },
    { 0 },
};
static const KrGetSet sock_attributes[] = { { "family", get_family, NULL, KR_DOC("The address family.") },
                                            { "type", get_type, NULL, KR_DOC("The kind of socket.") },
                                            { "proto", get_proto, NULL, KR_DOC("The protocol.") },
                                            { "timeout", get_timeout, NULL, KR_DOC("The timeout in seconds, or None.") },
                                            { 0 } };

const KrType kr_socket_type = {
    KR_TYPE_HEAD(kr_socket_type), .name = "_socket.socket",
    .module = "_socket",          .doc = KR_DOC("A socket of the system: one end of a connection."),
    .flags = KR_TYPE_BASE,        .size = sizeof(Socket),
    .methods = sock_methods,      .attributes = sock_attributes,
    .init = &sock_init_row,       .alloc = sock_alloc,
    .finalize = sock_finalize,    .repr = sock_repr,
};
