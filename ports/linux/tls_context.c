// tls_context.c - contexts of the OpenSSL back end of TLS: settings, certificates and keys, and the calls that OpenSSL makes back.
// SPDX-License-Identifier: MIT
#include "linux/tls_part.h"

#include <stdlib.h>
#include <string.h>

static const uint64_t default_options =
    0x82520050; // OP_ALL is 0x80000050; no SSL 3, no compression, the server chooses the cipher, middleboxes
enum { TRUSTED_FIRST = 0x8000, NO_PARTIAL_WILDCARDS = 4, TLS_1_0 = 0x301, TLS_1_1 = 0x302, TLS_1_2 = 0x303, TLS_1_3 = 0x304 };
enum { CTRL_SET_MIN = 123, CTRL_SET_MAX = 124, CTRL_GET_MIN = 130, CTRL_GET_MAX = 131, CTRL_GROUPS = 92, CTRL_DH = 3, CTRL_DH_AUTO = 118 };
enum { CTRL_NAME_CALLBACK = 53, FILE_PEM = 1, NAME_HOST = 0, NAME_OK = 0, NAME_FATAL = 2, NO_ANSWER = 3, NEGOTIATED = 1 };
enum { LIBRARY_PEM = 9, NO_START_LINE = 108, BIO_AT_END = 2 };

// ---- What OpenSSL calls ------------------------------------------------------------------------------------------------------------

static KrTls *tls_of(const SSL *ssl) { return kr_openssl.SSL_get_ex_data(ssl, KR_SSL_APP); }
static KrTlsContext *context_of(const SSL *ssl) { return kr_openssl.SSL_CTX_get_ex_data(kr_openssl.SSL_get_SSL_CTX(ssl), KR_SSL_APP); }

static int on_name(SSL *ssl, int *alert, void *unused) {
    KrTls *tls = tls_of(ssl);
    KrTlsContext *context = context_of(ssl);
    (void)unused;
    int told = context ? tls->events->server_name(tls->who, context->who, kr_openssl.SSL_get_servername(ssl, NAME_HOST)) : -1;
    if (told < 0) return NAME_OK;
    return *alert = told, NAME_FATAL;
}

static int on_alpn(SSL *ssl, const unsigned char **out, unsigned char *out_len, const unsigned char *in, unsigned in_len, void *unused) {
    KrTlsContext *context = context_of(ssl);
    (void)unused;
    if (!context || !context->alpn_len) return NO_ANSWER;
    int n = kr_openssl.SSL_select_next_proto((unsigned char **)(uintptr_t)out, out_len, context->alpn, context->alpn_len, in, in_len);
    return n == NEGOTIATED ? 0 : NO_ANSWER;
}

static void on_message(int sent, int version, int content, const void *data, size_t len, SSL *ssl, void *unused) {
    KrTls *tls = tls_of(ssl);
    KrTlsContext *context = context_of(ssl);
    (void)unused;
    if (tls && context) tls->events->message(tls->who, context->who, sent != 0, version, content, data, len);
}

static void on_key_log(const SSL *ssl, const char *line) {
    KrTlsContext *context = context_of(ssl);
    if (context) context->events->key_log(context->who, line);
}

static unsigned on_client_key(SSL *ssl, const char *hint, char *identity, unsigned identity_room, unsigned char *key, unsigned room) {
    KrTls *tls = tls_of(ssl);
    KrTlsContext *context = context_of(ssl);
    return context ? tls->events->client_key(tls->who, context->who, hint, identity, identity_room, key, room) : 0;
}

static unsigned on_server_key(SSL *ssl, const char *identity, unsigned char *key, unsigned room) {
    KrTls *tls = tls_of(ssl);
    KrTlsContext *context = context_of(ssl);
    return context ? tls->events->server_key(tls->who, context->who, identity, key, room) : 0;
}

// ---- Life --------------------------------------------------------------------------------------------------------------------------

static bool limit(SSL_CTX *ctx, int what, long version) { return kr_openssl.SSL_CTX_ctrl(ctx, what, version, NULL) == 1; }

static bool configure(KrTlsContext *context, int protocol) {
    static const long versions[] = { TLS_1_0, TLS_1_1, TLS_1_2 }; // of protocols 3 to 5
    static const char ciphers[] = "@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20:ECDH+AES:DHE+AES:!aNULL:!eNULL:!aDSS:!SHA1:!AESCCM";
    SSL_CTX *ctx = context->ctx;
    X509_VERIFY_PARAM *param = kr_openssl.SSL_CTX_get0_param(ctx);
    bool one = protocol >= 3 && protocol <= 5;
    (void)kr_openssl.SSL_CTX_set_ex_data(ctx, KR_SSL_APP, context);
    (void)kr_openssl.SSL_CTX_set_options(ctx, default_options);
    (void)kr_openssl.X509_VERIFY_PARAM_set_flags(param, TRUSTED_FIRST);
    kr_openssl.X509_VERIFY_PARAM_set_hostflags(param, NO_PARTIAL_WILDCARDS);
    (void)kr_openssl.SSL_CTX_ctrl(ctx, CTRL_DH_AUTO, 1, NULL);
    return kr_openssl.SSL_CTX_set_cipher_list(ctx, ciphers) == 1 && limit(ctx, CTRL_SET_MIN, one ? versions[protocol - 3] : TLS_1_2) &&
           (!one || limit(ctx, CTRL_SET_MAX, versions[protocol - 3])) &&
           (protocol == KR_TLS_CLIENT || kr_openssl.SSL_CTX_set_session_id_context(ctx, (const unsigned char *)"Krait", 5) == 1);
}

KrTlsContext *kr_tls_context_new(int protocol, void *who, const KrTlsEvents *events, KrTlsError *error) {
    KrTlsContext *context = calloc(1, sizeof *context);
    if (!context) return kr_tls_fail_text(error, NULL), NULL;
    kr_openssl.ERR_clear_error();
    context->who = who, context->events = events;
    context->ctx = kr_openssl.SSL_CTX_new(protocol == KR_TLS_CLIENT   ? kr_openssl.TLS_client_method()
                                          : protocol == KR_TLS_SERVER ? kr_openssl.TLS_server_method()
                                                                      : kr_openssl.TLS_method());
    if (context->ctx && configure(context, protocol)) return context;
    kr_tls_fail(error, NULL, KR_TLS_FAILED);
    kr_tls_context_free(context);
    return NULL;
}

void kr_tls_context_free(KrTlsContext *context) {
    if (!context) return;
    if (context->ctx) {
        (void)kr_openssl.SSL_CTX_set_ex_data(context->ctx, KR_SSL_APP, NULL);
        kr_openssl.SSL_CTX_set_alpn_select_cb(context->ctx, NULL, NULL);
        kr_openssl.SSL_CTX_free(context->ctx);
    }
    free(context->alpn);
    free(context);
}

// ---- Settings ----------------------------------------------------------------------------------------------------------------------

static void set_options(SSL_CTX *ctx, uint64_t wanted) {
    uint64_t now = kr_openssl.SSL_CTX_get_options(ctx);
    if (now & ~wanted) (void)kr_openssl.SSL_CTX_clear_options(ctx, now & ~wanted);
    if (wanted & ~now) (void)kr_openssl.SSL_CTX_set_options(ctx, wanted & ~now);
}

static bool set_verify_flags(SSL_CTX *ctx, unsigned long wanted) {
    X509_VERIFY_PARAM *param = kr_openssl.SSL_CTX_get0_param(ctx);
    unsigned long now = kr_openssl.X509_VERIFY_PARAM_get_flags(param);
    return kr_openssl.X509_VERIFY_PARAM_clear_flags(param, now & ~wanted) && kr_openssl.X509_VERIFY_PARAM_set_flags(param, wanted & ~now);
}

static void set_mode(KrTlsContext *context, int mode) {
    context->mode = mode;
    kr_openssl.SSL_CTX_set_verify(context->ctx, mode == 2 ? 3 : mode, NULL); // 1: verify, 2: without a certificate there is no connection
}

bool kr_tls_context_set(KrTlsContext *context, KrTlsSetting what, int64_t v) {
    SSL_CTX *ctx = context->ctx;
    bool ok = true;
    switch (what) {
    case KR_TLS_OPTIONS: set_options(ctx, (uint64_t)v); break;
    case KR_TLS_MINIMUM: ok = limit(ctx, CTRL_SET_MIN, v == -2 ? 0 : v == -1 ? TLS_1_3 : (long)v); break;
    case KR_TLS_MAXIMUM: ok = limit(ctx, CTRL_SET_MAX, v == -1 ? 0 : v == -2 ? TLS_1_0 : (long)v); break;
    case KR_TLS_VERIFY_FLAGS: ok = set_verify_flags(ctx, (unsigned long)v); break;
    case KR_TLS_HOST_FLAGS: kr_openssl.X509_VERIFY_PARAM_set_hostflags(kr_openssl.SSL_CTX_get0_param(ctx), (unsigned)v); break;
    case KR_TLS_VERIFY_MODE: set_mode(context, (int)v); break;
    case KR_TLS_POST_HANDSHAKE: kr_openssl.SSL_CTX_set_post_handshake_auth(ctx, context->post_handshake = v != 0); break;
    case KR_TLS_TICKETS: ok = kr_openssl.SSL_CTX_set_num_tickets(ctx, (size_t)v) == 1; break;
    case KR_TLS_NAME_EVENT: (void)kr_openssl.SSL_CTX_callback_ctrl(ctx, CTRL_NAME_CALLBACK, v ? (void (*)(void))on_name : NULL); break;
    case KR_TLS_MESSAGE_EVENT: kr_openssl.SSL_CTX_set_msg_callback(ctx, v ? on_message : NULL); break;
    case KR_TLS_KEY_LOG_EVENT: kr_openssl.SSL_CTX_set_keylog_callback(ctx, v ? on_key_log : NULL); break;
    case KR_TLS_CLIENT_KEY_EVENT: kr_openssl.SSL_CTX_set_psk_client_callback(ctx, v ? on_client_key : NULL); break;
    case KR_TLS_SERVER_KEY_EVENT: kr_openssl.SSL_CTX_set_psk_server_callback(ctx, v ? on_server_key : NULL); break;
    case KR_TLS_SECURITY: return false;
    }
    kr_openssl.ERR_clear_error();
    return ok;
}

int64_t kr_tls_context_get(KrTlsContext *context, KrTlsSetting what) {
    SSL_CTX *ctx = context->ctx;
    long version;
    switch (what) {
    case KR_TLS_OPTIONS: return (int64_t)kr_openssl.SSL_CTX_get_options(ctx);
    case KR_TLS_MINIMUM: version = kr_openssl.SSL_CTX_ctrl(ctx, CTRL_GET_MIN, 0, NULL); return version ? version : -2;
    case KR_TLS_MAXIMUM: version = kr_openssl.SSL_CTX_ctrl(ctx, CTRL_GET_MAX, 0, NULL); return version ? version : -1;
    case KR_TLS_VERIFY_FLAGS: return (int64_t)kr_openssl.X509_VERIFY_PARAM_get_flags(kr_openssl.SSL_CTX_get0_param(ctx));
    case KR_TLS_POST_HANDSHAKE: return context->post_handshake;
    case KR_TLS_TICKETS: return (int64_t)kr_openssl.SSL_CTX_get_num_tickets(ctx);
    case KR_TLS_SECURITY: return kr_openssl.SSL_CTX_get_security_level(ctx);
    default: return 0;
    }
}

// ---- Texts and files ---------------------------------------------------------------------------------------------------------------

static bool load_alpn(KrTlsContext *context, const char *names, size_t len) {
    unsigned char *copy = malloc(len + 1);
    if (!copy || kr_openssl.SSL_CTX_set_alpn_protos(context->ctx, (const unsigned char *)names, (unsigned)len) != 0)
        return free(copy), false;
    memcpy(copy, names, len);
    free(context->alpn);
    context->alpn = copy, context->alpn_len = (unsigned)len;
    kr_openssl.SSL_CTX_set_alpn_select_cb(context->ctx, on_alpn, NULL);
    return true;
}

static bool load_dh(SSL_CTX *ctx, const char *path) {
    BIO *file = kr_openssl.BIO_new_file(path, "r");
    DH *dh = file ? kr_openssl.PEM_read_bio_DHparams(file, NULL, NULL, NULL) : NULL;
    bool ok = dh && kr_openssl.SSL_CTX_ctrl(ctx, CTRL_DH, 0, dh) == 1;
    kr_openssl.DH_free(dh);
    if (file) (void)kr_openssl.BIO_free(file);
    return ok;
}

static X509 *next_certificate(BIO *in, bool pem) {
    if (pem) return kr_openssl.PEM_read_bio_X509(in, NULL, NULL, NULL);
    return kr_openssl.BIO_ctrl(in, BIO_AT_END, 0, NULL) ? NULL : kr_openssl.d2i_X509_bio(in, NULL);
}

// Certificates to trust, one behind the other; between those in PEM may stand other text.
static bool load_authorities(SSL_CTX *ctx, const char *data, size_t len, bool pem, KrTlsError *error) {
    BIO *in = kr_openssl.BIO_new_mem_buf(data, (int)len);
    X509_STORE *store = kr_openssl.SSL_CTX_get_cert_store(ctx);
    size_t count = 0;
    bool ok = in != NULL;
    for (X509 *one; ok && (one = next_certificate(in, pem)); count++) {
        ok = kr_openssl.X509_STORE_add_cert(store, one) == 1;
        kr_openssl.X509_free(one);
    }
    unsigned long code = kr_openssl.ERR_peek_last_error();
    bool over = !code || (pem && (code >> 23 & 0xFF) == LIBRARY_PEM && (code & 0x7FFFFF) == NO_START_LINE);
    if (in) (void)kr_openssl.BIO_free(in);
    if (ok && count && over) return kr_openssl.ERR_clear_error(), true;
    kr_tls_fail(error, NULL, KR_TLS_FAILED);
    if (!count && (over || !pem))
        kr_tls_fail_text(error, pem ? "no start line: cadata does not contain a certificate"
                                    : "not enough data: cadata does not contain a certificate");
    return false;
}

bool kr_tls_context_load(KrTlsContext *context, KrTlsText what, const char *text, size_t len, KrTlsError *error) {
    SSL_CTX *ctx = context->ctx;
    bool ok = false;
    kr_openssl.ERR_clear_error();
    switch (what) {
    case KR_TLS_CIPHERS: ok = kr_openssl.SSL_CTX_set_cipher_list(ctx, text) == 1; break;
    case KR_TLS_CURVE: ok = kr_openssl.SSL_CTX_ctrl(ctx, CTRL_GROUPS, 0, (void *)(uintptr_t)text) == 1; break;
    case KR_TLS_ALPN: ok = load_alpn(context, text, len); break;
    case KR_TLS_DH_FILE: ok = load_dh(ctx, text); break;
    case KR_TLS_CA_FILE: ok = kr_openssl.SSL_CTX_load_verify_locations(ctx, text, NULL) == 1; break;
    case KR_TLS_CA_FOLDER: ok = kr_openssl.SSL_CTX_load_verify_locations(ctx, NULL, text) == 1; break;
    case KR_TLS_CA_PEM: return load_authorities(ctx, text, len, true, error);
    case KR_TLS_CA_DER: return load_authorities(ctx, text, len, false, error);
    case KR_TLS_CA_DEFAULT: ok = kr_openssl.SSL_CTX_set_default_verify_paths(ctx) == 1; break;
    case KR_TLS_IDENTITY_HINT: ok = kr_openssl.SSL_CTX_use_psk_identity_hint(ctx, text) == 1; break;
    }
    if (!ok) kr_tls_fail(error, NULL, KR_TLS_FAILED);
    kr_openssl.ERR_clear_error();
    return ok;
}

typedef struct {
    KrTlsPassword *ask;
    void *who;
} Asked;

static int on_password(char *out, int room, int writes, void *asked) {
    Asked *a = asked;
    (void)writes;
    return a->ask(a->who, out, room);
}

bool kr_tls_context_chain(KrTlsContext *context, const char *certificate, const char *key, KrTlsPassword *password, void *who,
                          KrTlsError *error) {
    SSL_CTX *ctx = context->ctx;
    Asked asked = { password, who };
    kr_openssl.ERR_clear_error();
    kr_openssl.SSL_CTX_set_default_passwd_cb(ctx, password ? on_password : NULL);
    kr_openssl.SSL_CTX_set_default_passwd_cb_userdata(ctx, &asked);
    bool ok = kr_openssl.SSL_CTX_use_certificate_chain_file(ctx, certificate) == 1 &&
              kr_openssl.SSL_CTX_use_PrivateKey_file(ctx, key, FILE_PEM) == 1 && kr_openssl.SSL_CTX_check_private_key(ctx) == 1;
    if (!ok) kr_tls_fail(error, NULL, KR_TLS_FAILED);
    kr_openssl.SSL_CTX_set_default_passwd_cb(ctx, NULL);
    kr_openssl.SSL_CTX_set_default_passwd_cb_userdata(ctx, NULL);
    kr_openssl.ERR_clear_error();
    return ok;
}
