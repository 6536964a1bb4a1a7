// tls_connection.c - connections of the OpenSSL back end of TLS: steps, what is known of them, sessions.
// SPDX-License-Identifier: MIT
#include "linux/tls_part.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { RELEASE_BUFFERS = 0x10, MOVING_WRITE_BUFFER = 2, AUTO_RETRY = 4 }; // SSL_MODE_...
enum { CTRL_MODE = 33, CTRL_HOST_NAME = 55, RECEIVED_SHUTDOWN = 2, BINDING_ROOM = 128 };
enum { BIO_READS = 1, BIO_WRITES = 2, BIO_RETRY = 8, BIO_AT_END = 2, BIO_FLUSH = 11, BIO_SOURCE = 0x400 | 0x100, WOULD_WAIT = -11 };
enum { VERIFY_PEER = 1, VERIFY_FAIL_IF_NONE = 2, VERIFY_POST_HANDSHAKE = 8 };

// ---- The transport -----------------------------------------------------------------------------------------------------------------

// The answer of a function of KrTlsEvents, as a BIO gives it.
static int answered(BIO *bio, KrTls *tls, intptr_t n, int direction) {
    kr_openssl.BIO_clear_flags(bio, BIO_READS | BIO_WRITES | BIO_RETRY);
    if (n > 0) return (int)n;
    if (n == 0) return tls->at_end = true, 0;
    if (n == WOULD_WAIT) kr_openssl.BIO_set_flags(bio, direction | BIO_RETRY);
    else tls->system = (int)-n;
    return -1;
}

static int transport_read(BIO *bio, char *data, int len) {
    KrTls *tls = kr_openssl.BIO_get_data(bio);
    return answered(bio, tls, tls->events->receive(tls->who, data, (size_t)len), BIO_READS);
}

static int transport_write(BIO *bio, const char *data, int len) {
    KrTls *tls = kr_openssl.BIO_get_data(bio);
    return answered(bio, tls, tls->events->send(tls->who, data, (size_t)len), BIO_WRITES);
}

static long transport_control(BIO *bio, int what, long number, void *pointer) {
    (void)number, (void)pointer;
    if (what == BIO_FLUSH) return 1;
    return what == BIO_AT_END && ((KrTls *)kr_openssl.BIO_get_data(bio))->at_end;
}

static BIO_METHOD *transport; // one for all

static void make_transport(void) {
    transport = kr_openssl.BIO_meth_new(BIO_SOURCE | 0x7F, "Krait");
    if (!transport) return;
    (void)kr_openssl.BIO_meth_set_read(transport, transport_read);
    (void)kr_openssl.BIO_meth_set_write(transport, transport_write);
    (void)kr_openssl.BIO_meth_set_ctrl(transport, transport_control);
}

static BIO *transport_of(KrTls *tls) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    BIO *bio = pthread_once(&once, make_transport) == 0 && transport ? kr_openssl.BIO_new(transport) : NULL;
    if (!bio) return NULL;
    kr_openssl.BIO_set_data(bio, tls);
    kr_openssl.BIO_set_init(bio, 1);
    return bio;
}

// ---- Life --------------------------------------------------------------------------------------------------------------------------

KrTls *kr_tls_new(KrTlsContext *context, bool server, void *who, KrTlsError *error) {
    KrTls *tls = calloc(1, sizeof *tls);
    if (!tls) return kr_tls_fail_text(error, NULL), NULL;
    kr_openssl.ERR_clear_error();
    tls->ssl = kr_openssl.SSL_new(context->ctx);
    BIO *bio = tls->ssl ? transport_of(tls) : NULL;
    if (!bio) {
        kr_tls_fail(error, NULL, KR_TLS_FAILED);
        kr_tls_free(tls);
        return NULL;
    }
    tls->who = who, tls->events = context->events, tls->server = server;
    kr_openssl.SSL_set_bio(tls->ssl, bio, bio);
    (void)kr_openssl.SSL_set_ex_data(tls->ssl, KR_SSL_APP, tls);
    (void)kr_openssl.SSL_ctrl(tls->ssl, CTRL_MODE, MOVING_WRITE_BUFFER | AUTO_RETRY | RELEASE_BUFFERS, NULL);
    if (server && context->post_handshake && context->mode) // the certificate is asked for when the program wants it
        kr_openssl.SSL_set_verify(tls->ssl, VERIFY_PEER | VERIFY_POST_HANDSHAKE | (context->mode == 2 ? VERIFY_FAIL_IF_NONE : 0), NULL);
    if (server) kr_openssl.SSL_set_accept_state(tls->ssl);
    else kr_openssl.SSL_set_connect_state(tls->ssl);
    return tls;
}

void kr_tls_free(KrTls *tls) {
    if (!tls) return;
    if (tls->ssl) kr_openssl.SSL_free(tls->ssl); // and its transport
    free(tls);
}

bool kr_tls_set_host(KrTls *tls, const char *name, const unsigned char *ip, size_t ip_len, bool check) {
    X509_VERIFY_PARAM *param = kr_openssl.SSL_get0_param(tls->ssl);
    bool ok = ip || kr_openssl.SSL_ctrl(tls->ssl, CTRL_HOST_NAME, 0, (void *)(uintptr_t)name) == 1; // an address is not sent: RFC 6066
    if (ok && check)
        ok = ip ? kr_openssl.X509_VERIFY_PARAM_set1_ip(param, ip, ip_len) == 1
                : kr_openssl.X509_VERIFY_PARAM_set1_host(param, name, strlen(name)) == 1;
    kr_openssl.ERR_clear_error();
    return ok;
}

bool kr_tls_set_context(KrTls *tls, KrTlsContext *context) {
    bool ok = kr_openssl.SSL_set_SSL_CTX(tls->ssl, context->ctx) != NULL;
    kr_openssl.ERR_clear_error();
    return ok;
}

// ---- Steps -------------------------------------------------------------------------------------------------------------------------

// Tells the other side; what it may still send is looked through once for its own word of the end.
static int shut_down(SSL *ssl) {
    int n = kr_openssl.SSL_shutdown(ssl);
    if (n == 0) n = kr_openssl.SSL_shutdown(ssl);
    return n == 0 ? 1 : n;
}

void kr_tls_step(KrTls *tls, KrTlsStep step, void *data, size_t len, size_t *done, KrTlsError *error) {
    int n = 0;
    SSL *ssl = tls->ssl;
    *done = 0;
    tls->system = 0;
    kr_openssl.ERR_clear_error();
    switch (step) {
    case KR_TLS_HANDSHAKE: n = kr_openssl.SSL_do_handshake(ssl); break;
    case KR_TLS_READ: n = kr_openssl.SSL_read_ex(ssl, data, len, done); break;
    case KR_TLS_WRITE: n = kr_openssl.SSL_write_ex(ssl, data, len, done); break;
    case KR_TLS_SHUTDOWN: n = shut_down(ssl); break;
    case KR_TLS_VERIFY_CLIENT: n = kr_openssl.SSL_verify_client_post_handshake(ssl) == 1 ? 1 : -1; break;
    }
    int kind = n > 0 ? KR_TLS_OK : step == KR_TLS_VERIFY_CLIENT ? KR_TLS_FAILED : kr_openssl.SSL_get_error(ssl, n);
    if (kind == KR_TLS_CLOSED && step == KR_TLS_READ && kr_openssl.SSL_get_shutdown(ssl) == RECEIVED_SHUTDOWN) kind = KR_TLS_OK;
    if (kind == KR_TLS_OK) *error = (KrTlsError){ .kind = KR_TLS_OK };
    else kr_tls_fail(error, tls, kind);
}

// ---- What is known -----------------------------------------------------------------------------------------------------------------

bool kr_tls_tell_certificate(const X509 *certificate, int64_t number, KrTlsTell *tell, void *to) {
    unsigned char *der = NULL, *at;
    int len = kr_openssl.i2d_X509(certificate, NULL);
    if (len > 0) der = malloc((size_t)len);
    at = der;
    if (der) len = kr_openssl.i2d_X509(certificate, &at);
    bool ok = !der || tell(to, &(KrTlsFact){ .data = der, .len = (size_t)len, .number = { number } });
    free(der);
    kr_openssl.ERR_clear_error();
    return ok;
}

void kr_tls_fact_cipher(const SSL_CIPHER *cipher, KrTlsFact *fact) {
    int bits = kr_openssl.SSL_CIPHER_get_bits(cipher, NULL);
    *fact =
        (KrTlsFact){ .text = { kr_openssl.SSL_CIPHER_get_name(cipher), kr_openssl.SSL_CIPHER_get_version(cipher) }, .number = { bits } };
}

static bool tell_chain(OPENSSL_STACK *chain, KrTlsTell *tell, void *to) {
    bool ok = true;
    for (int i = 0; chain && ok && i < kr_openssl.OPENSSL_sk_num(chain); i++)
        ok = kr_tls_tell_certificate(kr_openssl.OPENSSL_sk_value(chain, i), 0, tell, to);
    return ok;
}

// As it came. A server's stack is without the client's own certificate, which stands first here.
static bool tell_peer_chain(KrTls *tls, KrTlsTell *tell, void *to) {
    X509 *own = tls->server ? kr_openssl.SSL_get1_peer_certificate(tls->ssl) : NULL;
    bool ok = !own || kr_tls_tell_certificate(own, 0, tell, to);
    if (own) kr_openssl.X509_free(own);
    return ok && tell_chain(kr_openssl.SSL_get_peer_cert_chain(tls->ssl), tell, to);
}

static bool tell_shared_ciphers(KrTls *tls, KrTlsTell *tell, void *to) {
    OPENSSL_STACK *mine = kr_openssl.SSL_get_ciphers(tls->ssl), *theirs = kr_openssl.SSL_get_client_ciphers(tls->ssl);
    for (int i = 0; mine && theirs && i < kr_openssl.OPENSSL_sk_num(theirs); i++) {
        const SSL_CIPHER *cipher = kr_openssl.OPENSSL_sk_value(theirs, i);
        KrTlsFact fact;
        if (kr_openssl.OPENSSL_sk_find(mine, cipher) < 0) continue;
        kr_tls_fact_cipher(cipher, &fact);
        if (!tell(to, &fact)) return false;
    }
    return true;
}

// RFC 5929: the first Finished message of the last handshake.
static bool tell_binding(KrTls *tls, KrTlsTell *tell, void *to) {
    unsigned char data[BINDING_ROOM];
    bool ours = (kr_openssl.SSL_session_reused(tls->ssl) != 0) == tls->server;
    size_t len =
        ours ? kr_openssl.SSL_get_finished(tls->ssl, data, sizeof data) : kr_openssl.SSL_get_peer_finished(tls->ssl, data, sizeof data);
    return !len || tell(to, &(KrTlsFact){ .data = data, .len = len < sizeof data ? len : sizeof data });
}

static bool tell_certificate(KrTls *tls, KrTlsTell *tell, void *to) {
    X509 *own = kr_openssl.SSL_get1_peer_certificate(tls->ssl);
    bool ok = !own || kr_tls_tell_certificate(own, kr_openssl.SSL_get_verify_mode(tls->ssl) & VERIFY_PEER, tell, to);
    if (own) kr_openssl.X509_free(own);
    return ok;
}

static bool tell_text(const char *text, KrTlsTell *tell, void *to) { return !text || tell(to, &(KrTlsFact){ .text = { text } }); }
static bool tell_number(int64_t number, KrTlsTell *tell, void *to) { return tell(to, &(KrTlsFact){ .number = { number } }); }

static bool tell_cipher(KrTls *tls, KrTlsTell *tell, void *to) {
    const SSL_CIPHER *cipher = kr_openssl.SSL_get_current_cipher(tls->ssl);
    KrTlsFact fact;
    if (!cipher) return true;
    kr_tls_fact_cipher(cipher, &fact);
    return tell(to, &fact);
}

static bool tell_compression(KrTls *tls, KrTlsTell *tell, void *to) {
    const SSL_COMP *method = kr_openssl.SSL_get_current_compression(tls->ssl);
    return !method || tell_text(kr_openssl.SSL_COMP_get_name(method), tell, to);
}

static bool tell_protocol(KrTls *tls, KrTlsTell *tell, void *to) {
    const unsigned char *name;
    unsigned len;
    kr_openssl.SSL_get0_alpn_selected(tls->ssl, &name, &len);
    return !name || tell(to, &(KrTlsFact){ .data = name, .len = len });
}

bool kr_tls_ask(KrTls *tls, KrTlsQuestion what, KrTlsTell *tell, void *to) {
    bool ready = kr_openssl.SSL_is_init_finished(tls->ssl) != 0;
    switch (what) {
    case KR_TLS_CIPHER: return tell_cipher(tls, tell, to);
    case KR_TLS_SHARED_CIPHERS: return tell_shared_ciphers(tls, tell, to);
    case KR_TLS_VERSION: return !ready || tell_text(kr_openssl.SSL_get_version(tls->ssl), tell, to);
    case KR_TLS_COMPRESSION: return tell_compression(tls, tell, to);
    case KR_TLS_PROTOCOL: return tell_protocol(tls, tell, to);
    case KR_TLS_BINDING: return tell_binding(tls, tell, to);
    case KR_TLS_CERTIFICATE: return tell_certificate(tls, tell, to);
    case KR_TLS_CHAIN: return tell_peer_chain(tls, tell, to);
    case KR_TLS_VERIFIED_CHAIN: return tell_chain(kr_openssl.SSL_get0_verified_chain(tls->ssl), tell, to);
    case KR_TLS_PENDING: return tell_number(kr_openssl.SSL_pending(tls->ssl), tell, to);
    case KR_TLS_READY: return tell_number(ready, tell, to);
    case KR_TLS_REUSED: return tell_number(kr_openssl.SSL_session_reused(tls->ssl), tell, to);
    }
    return true;
}

// ---- Sessions ----------------------------------------------------------------------------------------------------------------------

KrTlsSession *kr_tls_session(KrTls *tls) { return (KrTlsSession *)kr_openssl.SSL_get1_session(tls->ssl); }
void kr_tls_session_free(KrTlsSession *session) { kr_openssl.SSL_SESSION_free((SSL_SESSION *)session); }

bool kr_tls_set_session(KrTls *tls, KrTlsSession *session, KrTlsError *error) {
    kr_openssl.ERR_clear_error();
    if (kr_openssl.SSL_set_session(tls->ssl, (SSL_SESSION *)session) == 1) return true;
    return kr_tls_fail(error, tls, KR_TLS_FAILED), false;
}

void kr_tls_session_ask(KrTlsSession *session, KrTlsTell *tell, void *to) {
    const SSL_SESSION *s = (const SSL_SESSION *)session;
    unsigned len;
    const unsigned char *id = kr_openssl.SSL_SESSION_get_id(s, &len);
    KrTlsFact fact = { .data = id,
                       .len = len,
                       .number = { kr_openssl.SSL_SESSION_get_time(s), kr_openssl.SSL_SESSION_get_timeout(s),
                                   kr_openssl.SSL_SESSION_has_ticket(s), (int64_t)kr_openssl.SSL_SESSION_get_ticket_lifetime_hint(s) } };
    (void)tell(to, &fact);
}
