// tls_error.c - what OpenSSL's error queue says, as module ssl tells it: library and reason as words, and a text.
// SPDX-License-Identifier: MIT
#include "linux/tls_part.h"

#include <string.h>

enum { LIBRARY_SSL = 20, VERIFY_FAILED = 134, UNEXPECTED_EOF = 294, SYSTEM_FLAG = 0x80000000u };

static const struct {
    unsigned char number;
    const char *name;
} libraries[] = { { 2, "SYS" },   { 3, "BN" },    { 4, "RSA" },   { 5, "DH" },     { 6, "EVP" },     { 8, "OBJ" },
                  { 9, "PEM" },   { 10, "DSA" },  { 11, "X509" }, { 13, "ASN1" },  { 14, "CONF" },   { 15, "CRYPTO" },
                  { 16, "EC" },   { 20, "SSL" },  { 32, "BIO" },  { 33, "PKCS7" }, { 34, "X509V3" }, { 35, "PKCS12" },
                  { 36, "RAND" }, { 39, "OCSP" }, { 41, "COMP" }, { 46, "CMS" },   { 57, "PROV" },   { 60, "DECODER" } };

static const char *library_name(unsigned number) {
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++)
        if (libraries[i].number == number) return libraries[i].name;
    return "";
}

// "wrong version number" as WRONG_VERSION_NUMBER. OpenSSL has renamed the alerts of SSL 3; their words here stay.
static void words(char *out, size_t room, const char *text) {
    static const char renamed[] = "ssl/tls alert ";
    size_t at = 0;
    if (strncmp(text, renamed, sizeof renamed - 1) == 0) {
        memcpy(out, "SSLV3_ALERT_", at = 12);
        text += sizeof renamed - 1;
    }
    for (; *text && at + 1 < room; text++) {
        char c = *text;
        if (c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
        out[at++] = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_';
    }
    out[at] = 0;
}

void kr_tls_fail_text(KrTlsError *error, const char *text) { *error = (KrTlsError){ .kind = KR_TLS_FAILED, .text = text }; }

static void of_queue(KrTlsError *error, KrTls *tls, unsigned long code) {
    unsigned library = (unsigned)(code >> 23) & 0xFF, reason = (unsigned)code & 0x7FFFFF;
    if (code & SYSTEM_FLAG) {
        error->kind = KR_TLS_SYSTEM;
        error->system = (int)(code & 0x7FFFFFFF);
        return;
    }
    error->kind = KR_TLS_FAILED;
    error->code = (int)reason;
    error->text = kr_openssl.ERR_reason_error_string(code);
    strcpy(error->library, library_name(library));
    if (error->text && error->text[0] >= 'a' && error->text[0] <= 'z') words(error->reason, sizeof error->reason, error->text);
    if (!error->text) error->text = kr_openssl.ERR_lib_error_string(code);
    if (library == LIBRARY_SSL && reason == UNEXPECTED_EOF) error->kind = KR_TLS_EOF, error->text = "EOF occurred in violation of protocol";
    if (tls && library == LIBRARY_SSL && reason == VERIFY_FAILED) {
        error->unverified = true;
        error->verify_code = kr_openssl.SSL_get_verify_result(tls->ssl);
        error->verify_text = kr_openssl.X509_verify_cert_error_string(error->verify_code);
    }
}

void kr_tls_fail(KrTlsError *error, KrTls *tls, int ssl_error) {
    unsigned long code = kr_openssl.ERR_peek_last_error();
    *error = (KrTlsError){ .kind = ssl_error };
    if (ssl_error == KR_TLS_FAILED || (ssl_error == KR_TLS_SYSTEM && code)) {
        if (code) of_queue(error, tls, code);
    } else if (ssl_error == KR_TLS_SYSTEM) {
        error->system = tls ? tls->system : 0;
        if (!error->system) error->kind = KR_TLS_EOF;
    }
    kr_openssl.ERR_clear_error();
}
