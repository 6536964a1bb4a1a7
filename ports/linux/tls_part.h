// tls_part.h - what the files of the OpenSSL back end of TLS share.
// SPDX-License-Identifier: MIT
#ifndef KR_LINUX_TLS_PART_H
#define KR_LINUX_TLS_PART_H

#include "../modules/net/tls.h"
#include "linux/openssl.h"

struct KrTlsContext {
    SSL_CTX *ctx;
    void *who;
    const KrTlsEvents *events;
    unsigned char *alpn; // names, each after its length
    unsigned alpn_len;
    int mode; // 0, 1, 2 as ssl.CERT_...
    bool post_handshake;
};

struct KrTls {
    SSL *ssl;
    void *who;
    const KrTlsEvents *events;
    int system;  // errno of the last failure of the transport
    bool at_end; // the transport has come to its end
    bool server;
};

enum { KR_SSL_APP = 0 }; // ex_data of SSL: KrTls; of SSL_CTX: KrTlsContext

// What went wrong, from OpenSSL's queue, which is empty then. tls may be NULL; ssl_error: of SSL_get_error, 1 for other calls.
void kr_tls_fail(KrTlsError *error, KrTls *tls, int ssl_error);
void kr_tls_fail_text(KrTlsError *error, const char *text); // a failure of ours
bool kr_tls_tell_certificate(const X509 *certificate, int64_t number, KrTlsTell *tell, void *to);
void kr_tls_fact_cipher(const SSL_CIPHER *cipher, KrTlsFact *fact);

#endif
