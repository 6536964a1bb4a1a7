// openssl.h - what Krait uses of OpenSSL 3: its functions as one table of (result, name, arguments), from its manual pages, so that
// building needs none of its headers. openssl.c fills the table: with dlopen, or with the linker where OpenSSL is linked statically.
// SPDX-License-Identifier: MIT
#ifndef KR_LINUX_OPENSSL_H
#define KR_LINUX_OPENSSL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ssl_st SSL;
typedef struct ssl_ctx_st SSL_CTX;
typedef struct ssl_method_st SSL_METHOD;
typedef struct ssl_session_st SSL_SESSION;
typedef struct ssl_cipher_st SSL_CIPHER;
typedef struct ssl_comp_st SSL_COMP;
typedef struct bio_st BIO;
typedef struct bio_method_st BIO_METHOD;
typedef struct x509_st X509;
typedef struct X509_crl_st X509_CRL;
typedef struct x509_store_st X509_STORE;
typedef struct x509_store_ctx_st X509_STORE_CTX;
typedef struct x509_object_st X509_OBJECT;
typedef struct X509_VERIFY_PARAM_st X509_VERIFY_PARAM;
typedef struct asn1_object_st ASN1_OBJECT;
typedef struct stack_st OPENSSL_STACK;
typedef struct dh_st DH;

typedef int KrSslVerify(int, X509_STORE_CTX *);
typedef int KrSslPassword(char *, int, int, void *);
typedef int KrSslAlpn(SSL *, const unsigned char **, unsigned char *, const unsigned char *, unsigned, void *);
typedef void KrSslKeyLog(const SSL *, const char *);
typedef void KrSslMessage(int, int, int, const void *, size_t, SSL *, void *);
typedef unsigned KrSslPskClient(SSL *, const char *, char *, unsigned, unsigned char *, unsigned);
typedef unsigned KrSslPskServer(SSL *, const char *, unsigned char *, unsigned);
typedef int KrSslName(SSL *, int *, void *);
typedef int KrBioRead(BIO *, char *, int);
typedef int KrBioWrite(BIO *, const char *, int);
typedef long KrBioControl(BIO *, int, long, void *);

// clang-format off
#define KR_OPENSSL_SSL(X) \
    X(const SSL_METHOD *, TLS_method, (void)) \
    X(const SSL_METHOD *, TLS_client_method, (void)) \
    X(const SSL_METHOD *, TLS_server_method, (void)) \
    X(SSL_CTX *, SSL_CTX_new, (const SSL_METHOD *)) \
    X(void, SSL_CTX_free, (SSL_CTX *)) \
    X(long, SSL_CTX_ctrl, (SSL_CTX *, int, long, void *)) \
    X(long, SSL_CTX_callback_ctrl, (SSL_CTX *, int, void (*)(void))) \
    X(uint64_t, SSL_CTX_get_options, (const SSL_CTX *)) \
    X(uint64_t, SSL_CTX_set_options, (SSL_CTX *, uint64_t)) \
    X(uint64_t, SSL_CTX_clear_options, (SSL_CTX *, uint64_t)) \
    X(int, SSL_CTX_set_cipher_list, (SSL_CTX *, const char *)) \
    X(OPENSSL_STACK *, SSL_CTX_get_ciphers, (const SSL_CTX *)) \
    X(void, SSL_CTX_set_verify, (SSL_CTX *, int, KrSslVerify *)) \
    X(X509_VERIFY_PARAM *, SSL_CTX_get0_param, (SSL_CTX *)) \
    X(int, SSL_CTX_use_certificate_chain_file, (SSL_CTX *, const char *)) \
    X(int, SSL_CTX_use_PrivateKey_file, (SSL_CTX *, const char *, int)) \
    X(int, SSL_CTX_check_private_key, (const SSL_CTX *)) \
    X(void, SSL_CTX_set_default_passwd_cb, (SSL_CTX *, KrSslPassword *)) \
    X(void, SSL_CTX_set_default_passwd_cb_userdata, (SSL_CTX *, void *)) \
    X(int, SSL_CTX_load_verify_locations, (SSL_CTX *, const char *, const char *)) \
    X(int, SSL_CTX_set_default_verify_paths, (SSL_CTX *)) \
    X(X509_STORE *, SSL_CTX_get_cert_store, (const SSL_CTX *)) \
    X(int, SSL_CTX_set_alpn_protos, (SSL_CTX *, const unsigned char *, unsigned)) \
    X(void, SSL_CTX_set_alpn_select_cb, (SSL_CTX *, KrSslAlpn *, void *)) \
    X(int, SSL_CTX_set_session_id_context, (SSL_CTX *, const unsigned char *, unsigned)) \
    X(void, SSL_CTX_set_post_handshake_auth, (SSL_CTX *, int)) \
    X(int, SSL_CTX_set_num_tickets, (SSL_CTX *, size_t)) \
    X(size_t, SSL_CTX_get_num_tickets, (const SSL_CTX *)) \
    X(int, SSL_CTX_get_security_level, (const SSL_CTX *)) \
    X(void, SSL_CTX_set_keylog_callback, (SSL_CTX *, KrSslKeyLog *)) \
    X(void, SSL_CTX_set_msg_callback, (SSL_CTX *, KrSslMessage *)) \
    X(void, SSL_CTX_set_psk_client_callback, (SSL_CTX *, KrSslPskClient *)) \
    X(void, SSL_CTX_set_psk_server_callback, (SSL_CTX *, KrSslPskServer *)) \
    X(int, SSL_CTX_use_psk_identity_hint, (SSL_CTX *, const char *)) \
    X(int, SSL_CTX_set_ex_data, (SSL_CTX *, int, void *)) \
    X(void *, SSL_CTX_get_ex_data, (const SSL_CTX *, int)) \
    X(SSL *, SSL_new, (SSL_CTX *)) \
    X(void, SSL_free, (SSL *)) \
    X(long, SSL_ctrl, (SSL *, int, long, void *)) \
    X(void, SSL_set_bio, (SSL *, BIO *, BIO *)) \
    X(void, SSL_set_connect_state, (SSL *)) \
    X(void, SSL_set_accept_state, (SSL *)) \
    X(int, SSL_do_handshake, (SSL *)) \
    X(int, SSL_read_ex, (SSL *, void *, size_t, size_t *)) \
    X(int, SSL_write_ex, (SSL *, const void *, size_t, size_t *)) \
    X(int, SSL_shutdown, (SSL *)) \
    X(int, SSL_get_shutdown, (const SSL *)) \
    X(int, SSL_get_error, (const SSL *, int)) \
    X(int, SSL_pending, (const SSL *)) \
    X(int, SSL_is_init_finished, (const SSL *)) \
    X(int, SSL_verify_client_post_handshake, (SSL *)) \
    X(void, SSL_set_verify, (SSL *, int, KrSslVerify *)) \
    X(int, SSL_get_verify_mode, (const SSL *)) \
    X(long, SSL_get_verify_result, (const SSL *)) \
    X(X509_VERIFY_PARAM *, SSL_get0_param, (SSL *)) \
    X(const char *, SSL_get_servername, (const SSL *, int)) \
    X(SSL_CTX *, SSL_get_SSL_CTX, (const SSL *)) \
    X(SSL_CTX *, SSL_set_SSL_CTX, (SSL *, SSL_CTX *)) \
    X(int, SSL_set_ex_data, (SSL *, int, void *)) \
    X(void *, SSL_get_ex_data, (const SSL *, int)) \
    X(const char *, SSL_get_version, (const SSL *)) \
    X(const SSL_CIPHER *, SSL_get_current_cipher, (const SSL *)) \
    X(OPENSSL_STACK *, SSL_get_ciphers, (const SSL *)) \
    X(OPENSSL_STACK *, SSL_get_client_ciphers, (const SSL *)) \
    X(const SSL_COMP *, SSL_get_current_compression, (const SSL *)) \
    X(const char *, SSL_COMP_get_name, (const SSL_COMP *)) \
    X(void, SSL_get0_alpn_selected, (const SSL *, const unsigned char **, unsigned *)) \
    X(int, SSL_select_next_proto, (unsigned char **, unsigned char *, const unsigned char *, unsigned, const unsigned char *, unsigned)) \
    X(size_t, SSL_get_finished, (const SSL *, void *, size_t)) \
    X(size_t, SSL_get_peer_finished, (const SSL *, void *, size_t)) \
    X(int, SSL_session_reused, (const SSL *)) \
    X(X509 *, SSL_get1_peer_certificate, (const SSL *)) \
    X(OPENSSL_STACK *, SSL_get_peer_cert_chain, (const SSL *)) \
    X(OPENSSL_STACK *, SSL_get0_verified_chain, (const SSL *)) \
    X(int, SSL_set_session, (SSL *, SSL_SESSION *)) \
    X(SSL_SESSION *, SSL_get1_session, (SSL *)) \
    X(void, SSL_SESSION_free, (SSL_SESSION *)) \
    X(const unsigned char *, SSL_SESSION_get_id, (const SSL_SESSION *, unsigned *)) \
    X(long, SSL_SESSION_get_time, (const SSL_SESSION *)) \
    X(long, SSL_SESSION_get_timeout, (const SSL_SESSION *)) \
    X(int, SSL_SESSION_has_ticket, (const SSL_SESSION *)) \
    X(unsigned long, SSL_SESSION_get_ticket_lifetime_hint, (const SSL_SESSION *)) \
    X(const char *, SSL_CIPHER_get_name, (const SSL_CIPHER *)) \
    X(const char *, SSL_CIPHER_get_version, (const SSL_CIPHER *)) \
    X(int, SSL_CIPHER_get_bits, (const SSL_CIPHER *, int *)) \
    X(uint32_t, SSL_CIPHER_get_id, (const SSL_CIPHER *)) \
    X(char *, SSL_CIPHER_description, (const SSL_CIPHER *, char *, int)) \
    X(int, SSL_CIPHER_is_aead, (const SSL_CIPHER *)) \
    X(int, SSL_CIPHER_get_cipher_nid, (const SSL_CIPHER *)) \
    X(int, SSL_CIPHER_get_digest_nid, (const SSL_CIPHER *)) \
    X(int, SSL_CIPHER_get_kx_nid, (const SSL_CIPHER *)) \
    X(int, SSL_CIPHER_get_auth_nid, (const SSL_CIPHER *))

#define KR_OPENSSL_CRYPTO(X) \
    X(const char *, OpenSSL_version, (int)) \
    X(unsigned long, OpenSSL_version_num, (void)) \
    X(unsigned long, ERR_peek_error, (void)) \
    X(unsigned long, ERR_peek_last_error, (void)) \
    X(void, ERR_clear_error, (void)) \
    X(const char *, ERR_reason_error_string, (unsigned long)) \
    X(const char *, ERR_lib_error_string, (unsigned long)) \
    X(int, RAND_bytes, (unsigned char *, int)) \
    X(void, RAND_add, (const void *, int, double)) \
    X(int, RAND_status, (void)) \
    X(BIO_METHOD *, BIO_meth_new, (int, const char *)) \
    X(int, BIO_meth_set_read, (BIO_METHOD *, KrBioRead *)) \
    X(int, BIO_meth_set_write, (BIO_METHOD *, KrBioWrite *)) \
    X(int, BIO_meth_set_ctrl, (BIO_METHOD *, KrBioControl *)) \
    X(BIO *, BIO_new, (const BIO_METHOD *)) \
    X(BIO *, BIO_new_mem_buf, (const void *, int)) \
    X(BIO *, BIO_new_file, (const char *, const char *)) \
    X(int, BIO_free, (BIO *)) \
    X(long, BIO_ctrl, (BIO *, int, long, void *)) \
    X(void, BIO_set_data, (BIO *, void *)) \
    X(void *, BIO_get_data, (BIO *)) \
    X(void, BIO_set_init, (BIO *, int)) \
    X(void, BIO_set_flags, (BIO *, int)) \
    X(void, BIO_clear_flags, (BIO *, int)) \
    X(X509 *, PEM_read_bio_X509, (BIO *, X509 **, KrSslPassword *, void *)) \
    X(DH *, PEM_read_bio_DHparams, (BIO *, DH **, KrSslPassword *, void *)) \
    X(void, DH_free, (DH *)) \
    X(X509 *, d2i_X509_bio, (BIO *, X509 **)) \
    X(int, i2d_X509, (const X509 *, unsigned char **)) \
    X(void, X509_free, (X509 *)) \
    X(int, X509_check_ca, (X509 *)) \
    X(int, X509_STORE_add_cert, (X509_STORE *, X509 *)) \
    X(int, X509_STORE_lock, (X509_STORE *)) \
    X(int, X509_STORE_unlock, (X509_STORE *)) \
    X(OPENSSL_STACK *, X509_STORE_get0_objects, (const X509_STORE *)) \
    X(int, X509_OBJECT_get_type, (const X509_OBJECT *)) \
    X(X509 *, X509_OBJECT_get0_X509, (const X509_OBJECT *)) \
    X(int, OPENSSL_sk_num, (const OPENSSL_STACK *)) \
    X(void *, OPENSSL_sk_value, (const OPENSSL_STACK *, int)) \
    X(int, OPENSSL_sk_find, (OPENSSL_STACK *, const void *)) \
    X(const char *, X509_verify_cert_error_string, (long)) \
    X(const char *, X509_get_default_cert_file, (void)) \
    X(const char *, X509_get_default_cert_file_env, (void)) \
    X(const char *, X509_get_default_cert_dir, (void)) \
    X(const char *, X509_get_default_cert_dir_env, (void)) \
    X(int, X509_VERIFY_PARAM_set1_host, (X509_VERIFY_PARAM *, const char *, size_t)) \
    X(int, X509_VERIFY_PARAM_set1_ip, (X509_VERIFY_PARAM *, const unsigned char *, size_t)) \
    X(void, X509_VERIFY_PARAM_set_hostflags, (X509_VERIFY_PARAM *, unsigned)) \
    X(int, X509_VERIFY_PARAM_set_flags, (X509_VERIFY_PARAM *, unsigned long)) \
    X(int, X509_VERIFY_PARAM_clear_flags, (X509_VERIFY_PARAM *, unsigned long)) \
    X(unsigned long, X509_VERIFY_PARAM_get_flags, (const X509_VERIFY_PARAM *)) \
    X(ASN1_OBJECT *, OBJ_nid2obj, (int)) \
    X(ASN1_OBJECT *, OBJ_txt2obj, (const char *, int)) \
    X(int, OBJ_obj2nid, (const ASN1_OBJECT *)) \
    X(int, OBJ_obj2txt, (char *, int, const ASN1_OBJECT *, int)) \
    X(const char *, OBJ_nid2sn, (int)) \
    X(const char *, OBJ_nid2ln, (int)) \
    X(void, ASN1_OBJECT_free, (ASN1_OBJECT *))
// clang-format on

typedef struct {
#define X(result, name, arguments) result(*name) arguments;
    KR_OPENSSL_SSL(X)
    KR_OPENSSL_CRYPTO(X)
#undef X
} KrOpenSsl;

extern KrOpenSsl kr_openssl; // filled by kr_openssl_open, once for all VMs
// False: *why says what is missing.
bool kr_openssl_open(const char **why);

#endif
