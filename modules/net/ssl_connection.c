// ssl_connection.c - _SSLSocket: a TLS connection over a socket or two MemoryBIO.
//
// A step never waits in the library: the socket is asked without waiting, and where more is needed the wait is here, without the VM's lock, with the
// socket's timeout and the VM's deadline. So one thread can read while another writes; each step has the connection for itself (KrSslTurn).
// SPDX-License-Identifier: MIT
#include <string.h>

#include "object/object.h"
#include "object/str.h"
#include "port.h"
#include "socket_part.h"
#include "ssl_part.h"
#include "vm/blocking.h"
#include "vm/clock.h"

#define METHOD(name) static KrValue connection_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define SELF         kr_ssl_connection(self)

enum { RECORD = 16384, CONNECTION_BYTES = 16384 }; // RECORD: more is not read at a time; CONNECTION_BYTES: what OpenSSL takes, about

// ---- Steps -------------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrSslConnection *c;
    KrTlsStep what;
    void *data;
    size_t len, done;
    KrTlsError error;
} Step;

static void run_step(void *step) {
    Step *s = step;
    kr_tls_step(s->c->tls, s->what, s->data, s->len, &s->done, &s->error);
}

static void swap(KrSslTurn **a, KrSslTurn **b) {
    KrSslTurn *t = *a;
    *a = *b, *b = t;
}

// The turns that a step takes: the connection's, then those of its MemoryBIO in the order of their places, so that no two threads wait for each other.
static size_t turns_of(KrSslConnection *c, KrSslTurn *turn[3]) {
    turn[0] = &c->turn;
    if (kr_is_unset(c->in)) return 1;
    turn[1] = &kr_ssl_bio(c->in)->turn, turn[2] = &kr_ssl_bio(c->out)->turn;
    if (turn[2] < turn[1]) swap(&turn[1], &turn[2]);
    return turn[1] == turn[2] ? 2 : 3;
}

static void step_in(KrSslContext *context, KrSslRunning *r, const KrVm *vm) {
    r->thread = vm->threads ? (const void *)vm->threads->current : vm;
    r->next = context->running;
    context->running = r;
}

static void step_out(KrVm *vm, KrSslContext *context, KrSslRunning *r) {
    KrSslRunning **at = &context->running;
    while (*at != r) at = &(*at)->next;
    *at = r->next;
    if (!context->running) kr_wake_all(vm, &context->quiet);
}

// One step, with its turns taken.
static void step_held(KrVm *vm, Step *s) {
    KrSslConnection *c = s->c;
    KrSslContext *context = kr_ssl_context(c->context), *first = kr_ssl_context(c->first_context);
    KrSslRunning running[2];
    c->record = vm->threads ? vm->threads->current : NULL;
    step_in(context, &running[0], vm);
    step_in(first, &running[1], vm);
    kr_blocking(vm, run_step, s);
    step_out(vm, first, &running[1]);
    step_out(vm, context, &running[0]);
}

static bool charge_bios(KrVm *vm, KrSslConnection *c) {
    if (kr_is_unset(c->in)) return true;
    KrSslBio *in = kr_ssl_bio(c->in), *out = kr_ssl_bio(c->out);
    return kr_ssl_charge(vm, &in->charged, kr_tls_memory_room(in->memory)) &&
           kr_ssl_charge(vm, &out->charged, kr_tls_memory_room(out->memory));
}

// False: raised. What it came to is in s->error.
static bool step_once(KrVm *vm, Step *s) {
    KrSslConnection *c = s->c;
    KrSslTurn *turn[3];
    size_t count = turns_of(c, turn), taken = 0;
    int64_t timeout;
    while (taken < count && kr_ssl_turn_take(vm, turn[taken])) taken++;
    bool ok = taken == count;
    if (ok && !kr_is_unset(c->socket) && (!kr_socket_state(c->socket, &c->fd, &timeout) || c->fd < 0))
        ok = kr_fail(kr_raise_os(vm, KR_PORT_EBADF, KR_UNSET));
    if (ok) step_held(vm, s);
    KrValue raised = c->raised;
    kr_store(vm, c, &c->raised, KR_UNSET);
    while (taken) kr_ssl_turn_give(vm, turn[--taken]);
    if (ok && !kr_is_unset(raised)) return kr_fail(kr_raise_value(vm, raised));
    return ok && charge_bios(vm, c);
}

// Until the socket is ready, or `until` has come.
static bool wait_for(KrVm *vm, KrSslConnection *c, bool writes, int64_t until, const char *operation) {
    int64_t timeout;
    int fd;
    if (!kr_socket_state(c->socket, &fd, &timeout) || fd < 0) return kr_fail(kr_raise_os(vm, KR_PORT_EBADF, KR_UNSET));
    int n = kr_block_until(vm, fd, writes, until);
    return n > 0 || (n == 0 && kr_fail(kr_raise(vm, &kr_timeout_error, "The %s operation timed out", operation)));
}

// Steps until it is done. False: raised.
static bool run(KrVm *vm, Step *s, const char *operation) {
    KrSslConnection *c = s->c;
    int64_t timeout = 0, until = INT64_MAX;
    int fd;
    if (!kr_is_unset(c->socket) && kr_socket_state(c->socket, &fd, &timeout) && timeout > 0) until = kr_now_ns(vm) + timeout;
    for (;;) {
        if (!step_once(vm, s)) return false;
        if (s->error.kind == KR_TLS_OK) return kr_poll(vm, 100);
        bool waits = s->error.kind == KR_TLS_WANT_READ || s->error.kind == KR_TLS_WANT_WRITE;
        if (!waits || timeout == 0) return kr_fail(kr_ssl_raise_step(vm, &s->error, c->host));
        if (!wait_for(vm, c, s->error.kind == KR_TLS_WANT_WRITE, until, operation)) return false;
    }
}

METHOD(do_handshake) {
    Step s = { .c = SELF, .what = KR_TLS_HANDSHAKE };
    (void)arg;
    return run(vm, &s, "handshake") ? KR_NONE : KR_ERROR;
}

METHOD(shutdown) {
    Step s = { .c = SELF, .what = KR_TLS_SHUTDOWN };
    (void)arg;
    if (!run(vm, &s, "read")) return KR_ERROR;
    return kr_is_unset(SELF->socket) ? KR_NONE : SELF->socket;
}

METHOD(verify_client_post_handshake) {
    Step s = { .c = SELF, .what = KR_TLS_VERIFY_CLIENT };
    (void)arg;
    if (!step_once(vm, &s)) return KR_ERROR;
    return s.error.kind == KR_TLS_OK ? KR_NONE : kr_ssl_raise(vm, &s.error);
}

static KrValue known_pending(KrVm *vm, KrValue self);

// How many bytes one step can give at most: over memory, no more than there are.
static bool most_of(KrVm *vm, KrValue self, size_t *len) {
    if (*len > RECORD) *len = RECORD;
    if (kr_is_unset(SELF->in)) return true;
    KrValue pending = known_pending(vm, self);
    if (kr_is_error(pending)) return false;
    size_t most = (size_t)kr_int_value(pending) + kr_tls_memory_len(kr_ssl_bio(SELF->in)->memory);
    if (*len > most) *len = most ? most : 1;
    return true;
}

static KrValue read_into(KrVm *vm, KrValue self, int64_t size, KrValue buffer) {
    KrBuffer b;
    if (!kr_get_buffer(vm, buffer, &b, KR_BUFFER_WRITE)) return KR_ERROR;
    size_t len = size <= 0 || (uint64_t)size > b.len ? b.len : (size_t)size;
    Step s = { .c = SELF, .what = KR_TLS_READ, .data = b.data, .len = len };
    bool ok = !len || run(vm, &s, "read");
    kr_release_buffer(vm, &b);
    return ok ? kr_int(vm, (int64_t)s.done) : KR_ERROR;
}

METHOD(read) {
    int64_t size;
    if (!kr_to_int64(vm, arg[0], &size)) return KR_ERROR;
    if (!kr_is_unset(arg[1])) return read_into(vm, self, size, arg[1]);
    if (size < 0) return kr_raise(vm, &kr_value_error, "size should not be negative");
    size_t len = size > RECORD ? RECORD : (size_t)size;
    if (!len) return kr_bytes(vm, NULL, 0);
    if (!most_of(vm, self, &len)) return KR_ERROR;
    KrValue bytes = kr_bytes(vm, NULL, len);
    if (kr_is_error(bytes)) return bytes;
    Step s = { .c = SELF, .what = KR_TLS_READ, .data = kr_bytes_data(bytes, NULL), .len = len };
    if (!run(vm, &s, "read")) return KR_ERROR;
    return s.done == len ? bytes : kr_bytes(vm, s.data, s.done);
}

METHOD(write) {
    KrBuffer b;
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    Step s = { .c = SELF, .what = KR_TLS_WRITE, .data = b.data, .len = b.len };
    bool ok = !b.len || run(vm, &s, "write");
    kr_release_buffer(vm, &b);
    return ok ? kr_int(vm, (int64_t)s.done) : KR_ERROR;
}

// ---- What is known -----------------------------------------------------------------------------------------------------------------

static KrValue text_value(KrVm *vm, const char *text) { return text ? kr_str_c(vm, text) : KR_NONE; }
static KrValue make_text(KrVm *vm, const KrTlsFact *fact) { return text_value(vm, fact->text[0]); }
static KrValue make_bytes(KrVm *vm, const KrTlsFact *fact) { return kr_bytes(vm, fact->data, fact->len); }
static KrValue make_number(KrVm *vm, const KrTlsFact *fact) { return kr_int(vm, fact->number[0]); }
static KrValue make_truth(KrVm *vm, const KrTlsFact *fact) { return (void)vm, kr_bool(fact->number[0] != 0); }
static KrValue make_name(KrVm *vm, const KrTlsFact *fact) { return kr_decode(vm, fact->data, fact->len, "ascii", "surrogateescape"); }

static KrValue make_cipher(KrVm *vm, const KrTlsFact *fact) {
    KrValue item[3] = { text_value(vm, fact->text[0]), text_value(vm, fact->text[1]), kr_int(vm, fact->number[0]) };
    return kr_is_error(item[0]) || kr_is_error(item[1]) ? KR_ERROR : kr_tuple(vm, 3, item);
}

// (bytes, verified): of the other side's own certificate.
static KrValue make_certificate(KrVm *vm, const KrTlsFact *fact) {
    KrValue item[2] = { make_bytes(vm, fact), kr_bool(fact->number[0] != 0) };
    return kr_is_error(item[0]) ? item[0] : kr_tuple(vm, 2, item);
}

// What make() says of the last thing told, None if there is nothing; with `all` a list of everything.
static KrValue ask(KrVm *vm, KrValue self, KrTlsQuestion what, KrValue (*make)(KrVm *, const KrTlsFact *), bool all) {
    KrSslConnection *c = SELF;
    KrSslFacts facts = { vm, all ? kr_list(vm, 0, NULL) : KR_NONE, make };
    bool within = kr_ssl_turn_mine(vm, &c->turn);
    if (kr_is_error(facts.list) || (!within && !kr_ssl_turn_take(vm, &c->turn))) return KR_ERROR;
    (void)kr_tls_ask(c->tls, what, all ? kr_ssl_add : kr_ssl_keep, &facts);
    if (!within) kr_ssl_turn_give(vm, &c->turn);
    return facts.list;
}

// The list, None if it is empty.
static KrValue ask_all(KrVm *vm, KrValue self, KrTlsQuestion what, KrValue (*make)(KrVm *, const KrTlsFact *)) {
    KrValue list = ask(vm, self, what, make, true);
    size_t len = 1;
    if (!kr_is_error(list)) (void)kr_list_items(list, &len);
    return len ? list : KR_NONE;
}

METHOD(cipher) { return (void)arg, ask(vm, self, KR_TLS_CIPHER, make_cipher, false); }
METHOD(version) { return (void)arg, ask(vm, self, KR_TLS_VERSION, make_text, false); }
METHOD(compression) { return (void)arg, ask(vm, self, KR_TLS_COMPRESSION, make_text, false); }
METHOD(selected_alpn_protocol) { return (void)arg, ask(vm, self, KR_TLS_PROTOCOL, make_name, false); }
static KrValue known_pending(KrVm *vm, KrValue self) { return ask(vm, self, KR_TLS_PENDING, make_number, false); }
METHOD(pending) { return (void)arg, known_pending(vm, self); }
METHOD(shared_ciphers) { return (void)arg, SELF->server ? ask_all(vm, self, KR_TLS_SHARED_CIPHERS, make_cipher) : KR_NONE; }
METHOD(get_unverified_chain) { return (void)arg, ask_all(vm, self, KR_TLS_CHAIN, kr_ssl_certificate_new); }
METHOD(get_verified_chain) { return (void)arg, ask_all(vm, self, KR_TLS_VERIFIED_CHAIN, kr_ssl_certificate_new); }

static bool ready(KrVm *vm, KrValue self, bool *out) {
    KrValue v = ask(vm, self, KR_TLS_READY, make_truth, false);
    return *out = kr_is_true_value(v), !kr_is_error(v);
}

METHOD(getpeercert) {
    bool der, done;
    if (!kr_truth(vm, arg[0], &der) || !ready(vm, self, &done)) return KR_ERROR;
    if (!done) return kr_raise(vm, &kr_value_error, "handshake not done yet");
    KrValue v = ask(vm, self, KR_TLS_CERTIFICATE, make_certificate, false);
    if (kr_is_error(v) || kr_is_none(v)) return v;
    const KrValue *item = kr_tuple_items(v, NULL);
    if (der) return item[0];
    return kr_is_true_value(item[1]) ? kr_ssl_certificate_call(vm, "info", item[0]) : kr_dict(vm);
}

METHOD(get_channel_binding) {
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "get_channel_binding() argument 'cb_type' must be str, not %T", arg[0]);
    if (!kr_str_is(arg[0], "tls-unique")) return kr_raise(vm, &kr_value_error, "'%S' channel binding type not implemented", arg[0]);
    return ask(vm, self, KR_TLS_BINDING, make_bytes, false);
}

// ---- Attributes --------------------------------------------------------------------------------------------------------------------

static KrValue or_none(KrValue v) { return kr_is_unset(v) ? KR_NONE : v; }
static KrValue get_context(KrVm *vm, KrValue self) { return (void)vm, SELF->context; }
static KrValue get_server_side(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->server); }
static KrValue get_server_hostname(KrVm *vm, KrValue self) { return (void)vm, or_none(SELF->host); }
static KrValue get_owner(KrVm *vm, KrValue self) { return (void)vm, or_none(SELF->owner); }
static KrValue get_session_reused(KrVm *vm, KrValue self) { return ask(vm, self, KR_TLS_REUSED, make_truth, false); }

static bool set_owner(KrVm *vm, KrValue self, KrValue v) { return kr_store(vm, SELF, &SELF->owner, v), true; }

static bool set_context(KrVm *vm, KrValue self, KrValue v) {
    KrSslConnection *c = SELF;
    if (kr_is_unset(v) || !kr_isa(v, &kr_ssl_context_type) || !kr_ssl_context(v)->tls)
        return kr_fail(kr_raise(vm, &kr_type_error, "The value must be a SSLContext"));
    bool within = kr_ssl_turn_mine(vm, &c->turn);
    if (!within && !kr_ssl_turn_take(vm, &c->turn)) return false;
    bool ok = kr_tls_set_context(c->tls, kr_ssl_context(v)->tls);
    if (ok) kr_store(vm, c, &c->context, v);
    if (!within) kr_ssl_turn_give(vm, &c->turn);
    return ok || kr_fail(kr_raise_memory(vm));
}

static KrValue get_session(KrVm *vm, KrValue self) {
    bool done;
    if (!ready(vm, self, &done)) return KR_ERROR;
    if (!done) return KR_NONE;
    bool within = kr_ssl_turn_mine(vm, &SELF->turn);
    if (!within && !kr_ssl_turn_take(vm, &SELF->turn)) return KR_ERROR;
    KrValue v = kr_ssl_session_of(vm, SELF);
    if (!within) kr_ssl_turn_give(vm, &SELF->turn);
    return v;
}

static bool set_session(KrVm *vm, KrValue self, KrValue v) {
    bool done;
    if (!kr_is_exact(v, &kr_ssl_session_type)) return kr_fail(kr_raise(vm, &kr_type_error, "Value is not a SSLSession."));
    if (!ready(vm, self, &done)) return false;
    if (done) return kr_fail(kr_raise(vm, &kr_value_error, "Cannot set session after handshake."));
    if (!kr_ssl_turn_take(vm, &SELF->turn)) return false;
    bool ok = kr_ssl_session_use(vm, SELF, v);
    kr_ssl_turn_give(vm, &SELF->turn);
    return ok;
}

// ---- Life --------------------------------------------------------------------------------------------------------------------------

static KrValue connection_alloc(KrVm *vm, const KrType *type) {
    KrValue v = kr_alloc_instance(vm, type);
    if (kr_is_error(v)) return v;
    KrSslConnection *c = kr_ssl_connection(v);
    c->vm = vm;
    c->context = c->first_context = c->socket = c->in = c->out = c->owner = c->host = c->raised = KR_UNSET;
    c->fd = -1;
    return v;
}

// The name is sent, and checked if the context says so; an address is only checked.
static bool use_host(KrVm *vm, KrSslConnection *c, KrValue host, bool check) {
    size_t len;
    uint8_t ip[16];
    if (!kr_is_str(host)) return kr_fail(kr_raise(vm, &kr_type_error, "server_hostname must be str or None, not %T", host));
    const char *name = kr_str_text(host, &len);
    if (memchr(name, 0, len)) return kr_fail(kr_raise(vm, &kr_type_error, "argument must be encoded string without null bytes, not str"));
    if (!len || *name == '.')
        return kr_fail(kr_raise(vm, &kr_value_error, "server_hostname cannot be an empty string or start with a leading dot."));
    size_t ip_len = kr_socket_ip_read(name, 2, ip) ? 4 : kr_socket_ip_read(name, 10, ip) ? 16 : 0;
    if (!kr_tls_set_host(c->tls, name, ip_len ? ip : NULL, ip_len, check))
        return kr_fail(kr_raise(vm, &kr_value_error, "server_hostname %R is not one", host));
    return kr_store(vm, c, &c->host, host), true;
}

static bool may_be(KrVm *vm, const KrSslContext *context, bool server) {
    static const char client[] = "Cannot create a client socket with a PROTOCOL_TLS_SERVER context",
                      serves[] = "Cannot create a server socket with a PROTOCOL_TLS_CLIENT context";
    if (context->protocol != (server ? KR_TLS_CLIENT : KR_TLS_SERVER)) return true;
    return kr_fail(kr_ssl_raise_text(vm, &kr_ssl_error, 0, server ? serves : client));
}

// arg: in, out (not looked at for a socket), server_side, server_hostname, owner, session.
KrValue kr_ssl_connection_new(KrVm *vm, KrValue context, const KrValue *arg, KrValue socket) {
    KrSslContext *of = kr_ssl_context(context);
    KrTlsError error;
    bool server;
    if (!kr_truth(vm, arg[2], &server) || !may_be(vm, of, server)) return KR_ERROR;
    KrValue self = connection_alloc(vm, &kr_ssl_connection_type);
    if (kr_is_error(self)) return self;
    kr_store(vm, SELF, &SELF->context, context);
    kr_store(vm, SELF, &SELF->first_context, context);
    kr_store(vm, SELF, &SELF->socket, socket);
    kr_store(vm, SELF, &SELF->owner, arg[4]);
    if (kr_is_unset(socket)) kr_store(vm, SELF, &SELF->in, arg[0]), kr_store(vm, SELF, &SELF->out, arg[1]);
    SELF->server = server;
    if (!kr_ssl_charge(vm, &SELF->charged, CONNECTION_BYTES)) return KR_ERROR;
    SELF->tls = kr_tls_new(of->tls, server, SELF, &error);
    if (!SELF->tls) return kr_ssl_raise(vm, &error);
    if (!kr_is_none(arg[3]) && !use_host(vm, SELF, arg[3], of->check_host)) return KR_ERROR;
    if (!kr_is_none(arg[5]) && !kr_ssl_session_use(vm, SELF, arg[5])) return KR_ERROR;
    return self;
}

static void connection_finalize(KrVm *vm, KrObject *o) {
    KrSslConnection *c = (KrSslConnection *)o;
    kr_uncharge(vm, c->charged);
    kr_tls_free(c->tls);
    c->tls = NULL, c->charged = 0;
}

static void connection_trace(KrTracer *tracer, KrObject *o) {
    const KrSslConnection *c = (KrSslConnection *)o;
    const KrValue held[] = { c->context, c->first_context, c->socket, c->in, c->out, c->owner, c->host, c->raised };
    for (size_t i = 0; i < KR_COUNT_OF(held); i++) kr_trace(tracer, held[i]);
}

static const KrMethod methods[] = {
    { "do_handshake()", connection_do_handshake, KR_DOC("Agree with the other side on keys."), 0 },
    { "read(size=1024, buffer=<unset>, /)", connection_read,
      KR_DOC("Return up to size bytes, b'' at the end; with a buffer, read into it and return how many."), 0 },
    { "write(b, /)", connection_write, KR_DOC("Send some of the bytes; return how many."), 0 },
    { "shutdown()", connection_shutdown, KR_DOC("End TLS on both sides; return the socket."), 0 },
    { "verify_client_post_handshake()", connection_verify_client_post_handshake, KR_DOC("Ask the client for its certificate, in TLS 1.3."),
      0 },
    { "getpeercert(der=False, /)", connection_getpeercert,
      KR_DOC("The other side's certificate: a dict, {} if it was not verified; with der its bytes."), 0 },
    { "get_verified_chain()", connection_get_verified_chain,
      KR_DOC("The certificates from the other side's to the root, as they were verified."), 0 },
    { "get_unverified_chain()", connection_get_unverified_chain, KR_DOC("The certificates that the other side has sent."), 0 },
    { "cipher()", connection_cipher, KR_DOC("(name, protocol, secret bits) of the cipher in use."), 0 },
    { "shared_ciphers()", connection_shared_ciphers, KR_DOC("The ciphers that client and server both have, on the server's side."), 0 },
    { "compression()", connection_compression, KR_DOC("The compression in use, or None."), 0 },
    { "version()", connection_version, KR_DOC("The version of TLS: 'TLSv1.2', 'TLSv1.3', None before the handshake."), 0 },
    { "selected_alpn_protocol()", connection_selected_alpn_protocol, KR_DOC("The protocol that was agreed on (ALPN), or None."), 0 },
    { "pending()", connection_pending, KR_DOC("How many bytes can be read without the transport."), 0 },
    { "get_channel_binding(cb_type='tls-unique')", connection_get_channel_binding,
      KR_DOC("Bytes that only this connection has (RFC 5929)."), 0 },
    { 0 },
};
static const KrGetSet attributes[] = { { "context", get_context, set_context,
                                         KR_DOC("The context; a server may choose another one for a name.") },
                                       { "server_side", get_server_side, NULL, KR_DOC("Is it the server's side?") },
                                       { "server_hostname", get_server_hostname, NULL, KR_DOC("The name that was asked for, or None.") },
                                       { "owner", get_owner, set_owner, KR_DOC("The object that call backs get for it.") },
                                       { "session", get_session, set_session, KR_DOC("The session, None before the handshake.") },
                                       { "session_reused", get_session_reused, NULL, KR_DOC("Does it go on with an earlier session?") },
                                       { 0 } };

const KrType kr_ssl_connection_type = {
    KR_TYPE_HEAD(kr_ssl_connection_type),
    .name = "_ssl._SSLSocket",
    .module = "_ssl",
    .doc = KR_DOC("A TLS connection over a socket or two MemoryBIO."),
    .flags = KR_TYPE_NO_NEW,
    .size = sizeof(KrSslConnection),
    .methods = methods,
    .attributes = attributes,
    .alloc = connection_alloc,
    .trace = connection_trace,
    .finalize = connection_finalize,
};
