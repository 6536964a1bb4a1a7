// ssl_part.h - what the files of the module _ssl share. Below it is tls.h.
// SPDX-License-Identifier: MIT
#ifndef KR_NET_SSL_PART_H
#define KR_NET_SSL_PART_H

#include "krait.h"
#include "tls.h"
#include "vm/thread.h"

extern const KrType kr_ssl_context_type, kr_ssl_connection_type, kr_ssl_bio_type, kr_ssl_session_type, kr_ssl_certificate_type;

// ---- Errors (ssl_error.c) ----------------------------------------------------------------------------------------------------------

extern const KrType kr_ssl_error, kr_ssl_verify_error, kr_ssl_closed_error, kr_ssl_want_read_error, kr_ssl_want_write_error,
    kr_ssl_system_error, kr_ssl_eof_error;
KrValue kr_ssl_raise(KrVm *vm, const KrTlsError *error);                               // of a context; errno is the library's number
KrValue kr_ssl_raise_step(KrVm *vm, const KrTlsError *error, KrValue host);            // of a connection; errno is SSL_ERROR_...
KrValue kr_ssl_raise_text(KrVm *vm, const KrType *type, int number, const char *text); // type(number, text); number below zero: type(text)

// ---- Turns -------------------------------------------------------------------------------------------------------------------------

typedef struct {        // of threads that want to use a connection or a MemoryBIO
    const void *holder; // its record, or the vm where there are no threads; NULL: nobody
    KrWaiters waiters;
} KrSslTurn;
bool kr_ssl_turn_take(KrVm *vm, KrSslTurn *turn) KR_RAISES; // also false, with RuntimeError, within a call back of the same step
void kr_ssl_turn_give(KrVm *vm, KrSslTurn *turn);
bool kr_ssl_turn_mine(KrVm *vm, const KrSslTurn *turn); // this thread is within a step

typedef struct KrSslRunning KrSslRunning;
struct KrSslRunning { // a step of a connection, for its context. It lives on the C stack of its thread
    KrSslRunning *next;
    const void *thread;
};

// ---- Objects -----------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrVm *vm;
    KrTlsContext *tls; // NULL: __init__ has not been called
    int protocol, mode;
    unsigned host_flags;
    bool check_host;
    int key_log_fd;                                               // -1: none
    KrValue on_name, on_message, client_key, server_key, key_log; // functions and a path; KR_UNSET: none
    KrSslRunning *running;
    KrWaiters quiet; // threads that want to change it while steps run
    size_t charged;
} KrSslContext;

typedef struct {
    KrObject head;
    KrTlsMemory *memory;
    size_t charged;
    bool ended; // write_eof() was called
    KrSslTurn turn;
} KrSslBio;

typedef struct {
    KrObject head;
    KrVm *vm;
    KrTls *tls;
    KrValue context, first_context; // first: of the connection's making, which OpenSSL goes on using
    KrValue socket, in, out;        // a _socket.socket, or two MemoryBIO
    KrValue owner, host, raised;    // raised: by a call back, for the end of the step
    KrThreadRecord *record;         // during a step: who makes it
    int fd;                         // likewise: of the socket
    bool server;
    size_t charged;
    KrSslTurn turn;
} KrSslConnection;

static inline KrSslContext *kr_ssl_context(KrValue v) { return (KrSslContext *)kr_ptr(v); }
static inline KrSslConnection *kr_ssl_connection(KrValue v) { return (KrSslConnection *)kr_ptr(v); }
static inline KrSslBio *kr_ssl_bio(KrValue v) { return (KrSslBio *)kr_ptr(v); }

extern const KrTlsEvents kr_ssl_events;                                                                 // ssl_event.c
KrValue kr_ssl_connection_new(KrVm *vm, KrValue context, const KrValue *arg, KrValue socket) KR_RAISES; // ssl_connection.c
KrValue kr_ssl_certificate_new(KrVm *vm, const KrTlsFact *fact) KR_RAISES;                              // ssl_certificate.c
KrValue kr_ssl_certificate_call(KrVm *vm, const char *function, KrValue der) KR_RAISES;                 // lib/_ssl_certificate.py
KrValue kr_ssl_session_of(KrVm *vm, KrSslConnection *c) KR_RAISES;                                      // ssl_session.c
bool kr_ssl_session_use(KrVm *vm, KrSslConnection *c, KrValue session) KR_RAISES;
bool kr_ssl_charge(KrVm *vm, size_t *charged, size_t now) KR_RAISES;

// A list or one value of the facts that are told. kr_ssl_raised: a function of these raised.
typedef struct {
    KrVm *vm;
    KrValue list; // or what was made last
    KrValue (*make)(KrVm *vm, const KrTlsFact *fact);
} KrSslFacts;
bool kr_ssl_add(void *facts, const KrTlsFact *fact);  // list.append(make(fact))
bool kr_ssl_keep(void *facts, const KrTlsFact *fact); // list = make(fact)

#endif
