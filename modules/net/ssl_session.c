// ssl_session.c - SSLSession: what a later connection needs to go on where one has left off.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "object/object.h"
#include "ssl_part.h"

typedef struct {
    KrObject head;
    KrTlsSession *session;
    KrValue context; // of the connection that it is of: only that one's others can use it
} Session;

#define SELF ((Session *)kr_ptr(self))

KrValue kr_ssl_session_of(KrVm *vm, KrSslConnection *c) {
    KrTlsSession *session = kr_tls_session(c->tls);
    if (!session) return KR_NONE;
    KrValue v = kr_alloc_instance(vm, &kr_ssl_session_type);
    if (kr_is_error(v)) return kr_tls_session_free(session), v;
    Session *s = (Session *)kr_ptr(v);
    s->session = session;
    kr_store(vm, s, &s->context, c->first_context);
    return v;
}

bool kr_ssl_session_use(KrVm *vm, KrSslConnection *c, KrValue session) {
    KrTlsError error;
    if (!kr_is_exact(session, &kr_ssl_session_type)) return kr_fail(kr_raise(vm, &kr_type_error, "Value is not a SSLSession."));
    const Session *s = (const Session *)kr_ptr(session);
    if (kr_ptr(s->context) != kr_ptr(c->first_context))
        return kr_fail(kr_raise(vm, &kr_value_error, "Session refers to a different SSLContext."));
    if (c->server) return kr_fail(kr_raise(vm, &kr_value_error, "Cannot set session for server-side SSLSocket."));
    return kr_tls_set_session(c->tls, s->session, &error) || kr_fail(kr_ssl_raise(vm, &error));
}

static void session_finalize(KrVm *vm, KrObject *o) {
    (void)vm;
    if (((Session *)o)->session) kr_tls_session_free(((Session *)o)->session);
    ((Session *)o)->session = NULL;
}

static KrValue session_alloc(KrVm *vm, const KrType *type) {
    return kr_alloc_instance(vm, type);
} // an own one: object.__new__ cannot make these

static void session_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((Session *)o)->context); }

static KrValue make_id(KrVm *vm, const KrTlsFact *fact) { return kr_bytes(vm, fact->data, fact->len); }
static KrValue make_time(KrVm *vm, const KrTlsFact *fact) { return kr_int(vm, fact->number[0]); }
static KrValue make_timeout(KrVm *vm, const KrTlsFact *fact) { return kr_int(vm, fact->number[1]); }
static KrValue make_has_ticket(KrVm *vm, const KrTlsFact *fact) { return (void)vm, kr_bool(fact->number[2] != 0); }
static KrValue make_lifetime(KrVm *vm, const KrTlsFact *fact) { return kr_int(vm, fact->number[3]); }

static KrValue ask(KrVm *vm, KrValue self, KrValue (*make)(KrVm *, const KrTlsFact *)) {
    KrSslFacts facts = { vm, KR_NONE, make };
    kr_tls_session_ask(SELF->session, kr_ssl_keep, &facts);
    return facts.list;
}

static KrValue get_id(KrVm *vm, KrValue self) { return ask(vm, self, make_id); }
static KrValue get_time(KrVm *vm, KrValue self) { return ask(vm, self, make_time); }
static KrValue get_timeout(KrVm *vm, KrValue self) { return ask(vm, self, make_timeout); }
static KrValue get_has_ticket(KrVm *vm, KrValue self) { return ask(vm, self, make_has_ticket); }
static KrValue get_lifetime(KrVm *vm, KrValue self) { return ask(vm, self, make_lifetime); }

static KrValue session_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if (!kr_is_exact(other, &kr_ssl_session_type) || (op != KR_EQ && op != KR_NE)) return KR_NOTIMPL;
    KrValue a = get_id(vm, self), b = kr_is_error(a) ? a : get_id(vm, other);
    return kr_is_error(b) ? b : kr_compare(vm, a, b, op);
}

static const KrGetSet attributes[] = { { "id", get_id, NULL, KR_DOC("Bytes that name the session.") },
                                       { "time", get_time, NULL, KR_DOC("When it began, in seconds since 1970.") },
                                       { "timeout", get_timeout, NULL, KR_DOC("How many seconds it can be used.") },
                                       { "has_ticket", get_has_ticket, NULL, KR_DOC("Does the client hold what the server needs for it?") },
                                       { "ticket_lifetime_hint", get_lifetime, NULL,
                                         KR_DOC("How many seconds the server means to take the ticket.") },
                                       { 0 } };

const KrType kr_ssl_session_type = {
    KR_TYPE_HEAD(kr_ssl_session_type),
    .name = "_ssl.SSLSession",
    .module = "_ssl",
    .doc = KR_DOC("A session of TLS, which later connections of the same context can go on with."),
    .flags = KR_TYPE_NO_NEW,
    .size = sizeof(Session),
    .attributes = attributes,
    .alloc = session_alloc,
    .trace = session_trace,
    .finalize = session_finalize,
    .hash = kr_hash_unhashable,
    .compare = session_compare,
};
