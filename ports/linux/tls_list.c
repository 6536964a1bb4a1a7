// tls_list.c - what the OpenSSL back end of TLS can list: the library, ciphers, trusted certificates, statistics, names of objects.
// SPDX-License-Identifier: MIT
#include "linux/tls_part.h"

#include <string.h>

enum { FIRST_STATISTIC = 20, STATISTICS = 12, STORED_CERTIFICATE = 1, STORED_LIST = 2 };

bool kr_tls_open(KrTlsLibrary *out, const char **missing) {
    if (!kr_openssl_open(missing)) return false;
    *out = (KrTlsLibrary){ .text = kr_openssl.OpenSSL_version(0),
                           .number = kr_openssl.OpenSSL_version_num(),
                           .paths = { kr_openssl.X509_get_default_cert_file_env(), kr_openssl.X509_get_default_cert_file(),
                                      kr_openssl.X509_get_default_cert_dir_env(), kr_openssl.X509_get_default_cert_dir() } };
    return true;
}

static const char *name_of(int nid) { return nid ? kr_openssl.OBJ_nid2ln(nid) : NULL; }

static bool tell_cipher(const SSL_CIPHER *c, KrTlsTell *tell, void *to) {
    char description[512];
    KrTlsFact fact;
    int bits = 0;
    kr_tls_fact_cipher(c, &fact);
    int strength = kr_openssl.SSL_CIPHER_get_bits(c, &bits);
    description[0] = 0;
    (void)kr_openssl.SSL_CIPHER_description(c, description, sizeof description);
    description[strcspn(description, "\n")] = 0;
    fact.text[2] = description;
    fact.text[3] = name_of(kr_openssl.SSL_CIPHER_get_cipher_nid(c));
    fact.text[4] = name_of(kr_openssl.SSL_CIPHER_get_digest_nid(c));
    fact.text[5] = name_of(kr_openssl.SSL_CIPHER_get_kx_nid(c));
    fact.text[6] = name_of(kr_openssl.SSL_CIPHER_get_auth_nid(c));
    fact.number[0] = kr_openssl.SSL_CIPHER_get_id(c), fact.number[1] = strength, fact.number[2] = bits;
    fact.number[3] = kr_openssl.SSL_CIPHER_is_aead(c);
    return tell(to, &fact);
}

static bool list_ciphers(SSL_CTX *ctx, KrTlsTell *tell, void *to) {
    OPENSSL_STACK *all = kr_openssl.SSL_CTX_get_ciphers(ctx);
    bool ok = true;
    for (int i = 0; all && ok && i < kr_openssl.OPENSSL_sk_num(all); i++) ok = tell_cipher(kr_openssl.OPENSSL_sk_value(all, i), tell, to);
    return ok;
}

static bool tell_stored(const X509_OBJECT *object, KrTlsTell *tell, void *to) {
    int kind = kr_openssl.X509_OBJECT_get_type(object);
    X509 *certificate = kind == STORED_CERTIFICATE ? kr_openssl.X509_OBJECT_get0_X509(object) : NULL;
    if (certificate) return kr_tls_tell_certificate(certificate, kr_openssl.X509_check_ca(certificate) != 0, tell, to);
    return kind != STORED_LIST || tell(to, &(KrTlsFact){ .number = { 2 } });
}

static bool list_authorities(SSL_CTX *ctx, KrTlsTell *tell, void *to) {
    X509_STORE *store = kr_openssl.SSL_CTX_get_cert_store(ctx);
    bool ok = true;
    if (kr_openssl.X509_STORE_lock(store) != 1) return true;
    OPENSSL_STACK *all = kr_openssl.X509_STORE_get0_objects(store);
    for (int i = 0; ok && i < kr_openssl.OPENSSL_sk_num(all); i++) ok = tell_stored(kr_openssl.OPENSSL_sk_value(all, i), tell, to);
    (void)kr_openssl.X509_STORE_unlock(store);
    return ok;
}

bool kr_tls_context_list(KrTlsContext *context, KrTlsList what, KrTlsTell *tell, void *to) {
    if (what == KR_TLS_ALL_CIPHERS) return list_ciphers(context->ctx, tell, to);
    if (what == KR_TLS_AUTHORITIES) return list_authorities(context->ctx, tell, to);
    bool ok = true;
    for (int i = 0; ok && i < STATISTICS; i++)
        ok = tell(to, &(KrTlsFact){ .number = { kr_openssl.SSL_CTX_ctrl(context->ctx, FIRST_STATISTIC + i, 0, NULL) } });
    return ok;
}

bool kr_tls_file_certificate(const char *path, KrTlsTell *tell, void *to, KrTlsError *error) {
    kr_openssl.ERR_clear_error();
    BIO *file = kr_openssl.BIO_new_file(path, "r");
    X509 *one = file ? kr_openssl.PEM_read_bio_X509(file, NULL, NULL, NULL) : NULL;
    if (!one) kr_tls_fail(error, NULL, KR_TLS_FAILED);
    bool ok = one && kr_tls_tell_certificate(one, 0, tell, to);
    if (one) kr_openssl.X509_free(one);
    if (file) (void)kr_openssl.BIO_free(file);
    return ok;
}

bool kr_tls_random(void *out, size_t len, KrTlsError *error) {
    if (!out) return kr_openssl.RAND_status() == 1;
    kr_openssl.ERR_clear_error();
    if (kr_openssl.RAND_bytes(out, (int)len) == 1) return true;
    return kr_tls_fail(error, NULL, KR_TLS_FAILED), false;
}

void kr_tls_random_add(const void *data, size_t len, double entropy) { kr_openssl.RAND_add(data, (int)len, entropy); }

bool kr_tls_object(const char *text, bool names, int number, KrTlsTell *tell, void *to) {
    ASN1_OBJECT *object = text ? kr_openssl.OBJ_txt2obj(text, !names) : kr_openssl.OBJ_nid2obj(number);
    kr_openssl.ERR_clear_error();
    if (!object) return false;
    char oid[128];
    int nid = kr_openssl.OBJ_obj2nid(object);
    if (kr_openssl.OBJ_obj2txt(oid, sizeof oid, object, 1) <= 0 || (!text && !nid)) oid[0] = 0;
    (void)tell(to,
               &(KrTlsFact){ .text = { kr_openssl.OBJ_nid2sn(nid), kr_openssl.OBJ_nid2ln(nid), *oid ? oid : NULL }, .number = { nid } });
    if (text) kr_openssl.ASN1_OBJECT_free(object);
    return true;
}
