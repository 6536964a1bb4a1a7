// ssl_module.c - the module _ssl: random bytes, names of objects, constants. TLS is behind tls.h; lib/ssl.py is what programs use.
// SPDX-License-Identifier: MIT
#include "../modules/modules.h"
#include "../os/posix_part.h"
#include "port.h"
#include "ssl_constants.h"
#include "ssl_part.h"
#include "vm/access.h"

#define FUNCTION(name) static KrValue ssl_##name(KrVm *vm, KrValue self, const KrValue *arg)

FUNCTION(RAND_bytes) {
    int64_t n;
    KrTlsError error;
    (void)self;
    if (!kr_to_int64(vm, arg[0], &n)) return KR_ERROR;
    if (n < 0) return kr_raise(vm, &kr_value_error, "num must be positive");
    if (n > INT_MAX) return kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C int");
    KrValue bytes = kr_bytes(vm, NULL, (size_t)n);
    if (kr_is_error(bytes) || !n) return bytes;
    return kr_tls_random(kr_bytes_data(bytes, NULL), (size_t)n, &error) ? bytes : kr_ssl_raise(vm, &error);
}

FUNCTION(RAND_add) {
    double entropy;
    KrBuffer b;
    size_t len;
    (void)self;
    if (!kr_to_double(vm, arg[1], &entropy)) return KR_ERROR;
    if (kr_is_str(arg[0])) {
        const char *text = kr_str_text(arg[0], &len);
        return kr_tls_random_add(text, len, entropy), KR_NONE;
    }
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    kr_tls_random_add(b.data, b.len, entropy);
    kr_release_buffer(vm, &b);
    return KR_NONE;
}

FUNCTION(RAND_status) { return (void)vm, (void)self, (void)arg, kr_bool(kr_tls_random(NULL, 0, NULL)); }

static KrValue make_object(KrVm *vm, const KrTlsFact *f) { // (number, short name, long name, OID)
    if (!f->text[0] || !f->text[1]) return KR_UNSET;
    KrValue item[4] = { kr_int(vm, f->number[0]), kr_str_c(vm, f->text[0]), kr_str_c(vm, f->text[1]),
                        f->text[2] ? kr_str_c(vm, f->text[2]) : KR_NONE };
    return kr_is_error(item[1]) || kr_is_error(item[2]) || kr_is_error(item[3]) ? KR_ERROR : kr_tuple(vm, 4, item);
}

FUNCTION(txt2obj) {
    bool names;
    KrSslFacts facts = { vm, KR_UNSET, make_object };
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "txt2obj() argument 'txt' must be str, not %T", arg[0]);
    if (!kr_truth(vm, arg[1], &names)) return KR_ERROR;
    (void)kr_tls_object(kr_str_text(arg[0], NULL), names, 0, kr_ssl_keep, &facts);
    return kr_is_unset(facts.list) ? kr_raise(vm, &kr_value_error, "unknown object '%S'", arg[0]) : facts.list;
}

FUNCTION(nid2obj) {
    int64_t number;
    KrSslFacts facts = { vm, KR_UNSET, make_object };
    (void)self;
    if (!kr_to_int64(vm, arg[0], &number)) return KR_ERROR;
    if (number < 0) return kr_raise(vm, &kr_value_error, "NID must be positive.");
    if (number > INT_MAX || !kr_tls_object(NULL, false, (int)number, kr_ssl_keep, &facts))
        return kr_raise(vm, &kr_value_error, "unknown NID %z", (intptr_t)number);
    return kr_is_unset(facts.list) ? kr_raise(vm, &kr_value_error, "Unknown object") : facts.list;
}

static bool library(KrVm *vm, KrTlsLibrary *out) {
    const char *missing = NULL;
    if (kr_tls_open(out, &missing)) return true;
    return kr_fail(kr_raise(vm, &kr_import_error,
                            "module ssl needs OpenSSL 3, and %s was not found: install libssl3 (Debian, Alpine), or libopenssl3 (OpenWrt)",
                            missing));
}

FUNCTION(get_default_verify_paths) {
    KrTlsLibrary l;
    KrValue item[4];
    (void)self, (void)arg;
    if (!library(vm, &l)) return KR_ERROR;
    for (int i = 0; i < 4; i++)
        if (kr_is_error(item[i] = kr_posix_from_system(vm, l.paths[i], false))) return KR_ERROR;
    return kr_tuple(vm, 4, item);
}

static KrValue make_bytes(KrVm *vm, const KrTlsFact *fact) { return kr_bytes(vm, fact->data, fact->len); }

FUNCTION(test_decode_cert) {
    KrPosixPath path;
    KrTlsError error;
    KrSslFacts facts = { vm, KR_UNSET, make_bytes };
    (void)self;
    if (!kr_posix_path(vm, arg[0], "_test_decode_cert", "path", KR_POSIX_PLAIN, &path) ||
        !kr_access_open(vm, KR_ACCESS_FILES_READ, path.text, path.given))
        return KR_ERROR;
    int fd = kr_port_open(path.text, KR_OPEN_READ);
    if (fd < 0) return kr_ssl_raise_text(vm, &kr_ssl_error, -1, "Can't open file");
    (void)kr_port_close(fd);
    if (!kr_tls_file_certificate(path.text, kr_ssl_keep, &facts, &error))
        return kr_raised(vm) ? KR_ERROR : kr_ssl_raise_text(vm, &kr_ssl_error, -1, "Error decoding PEM-encoded file");
    return kr_is_unset(facts.list) ? kr_raise_memory(vm) : kr_ssl_certificate_call(vm, "info", facts.list);
}

static KrValue version_text(KrVm *vm) {
    KrTlsLibrary l;
    return library(vm, &l) ? kr_str_c(vm, l.text) : KR_ERROR;
}

static KrValue version_number(KrVm *vm) {
    KrTlsLibrary l;
    return library(vm, &l) ? kr_int(vm, (int64_t)l.number) : KR_ERROR;
}

static KrValue version_info(KrVm *vm) { // 0xMNNFFPPS
    KrTlsLibrary l;
    if (!library(vm, &l)) return KR_ERROR;
    KrValue item[5] = { kr_int_box((intptr_t)(l.number >> 28 & 0xF)), kr_int_box((intptr_t)(l.number >> 20 & 0xFF)),
                        kr_int_box((intptr_t)(l.number >> 12 & 0xFF)), kr_int_box((intptr_t)(l.number >> 4 & 0xFF)),
                        kr_int_box((intptr_t)(l.number & 0xF)) };
    return kr_tuple(vm, 5, item);
}

static bool init(KrVm *vm, KrValue module) {
    KrTlsLibrary l;
    (void)module;
    return library(vm, &l);
}

static const KrMethod functions[] = {
    { "RAND_bytes(n, /)", ssl_RAND_bytes, KR_DOC("Return n random bytes that nobody can foretell."), 0 },
    { "RAND_add(string, entropy, /)", ssl_RAND_add, KR_DOC("Mix bytes into the generator; entropy: how many of them nobody knows."), 0 },
    { "RAND_status()", ssl_RAND_status, KR_DOC("Has the generator enough to begin with?"), 0 },
    { "txt2obj(txt, name=False)", ssl_txt2obj, KR_DOC("(number, short name, long name, OID) of an OID, or of a name."), 0 },
    { "nid2obj(nid, /)", ssl_nid2obj, KR_DOC("(number, short name, long name, OID) of OpenSSL's number of an object."), 0 },
    { "get_default_verify_paths()", ssl_get_default_verify_paths,
      KR_DOC("(variable, default file, variable, default folder) of trusted certificates."), 0 },
    { "_test_decode_cert(path, /)", ssl_test_decode_cert, KR_DOC("What the first certificate of a PEM file says."), 0 },
    { 0 },
};

#define INT(name, value)  { #name, KR_CONST_INT, { .i = value } },
#define BOOL(name, value) { #name, KR_CONST_MAKE, { .make = make_##value } },
#define TYPE(name, type)  { #name, KR_CONST_TYPE, { .p = &type } },
static KrValue make_true(KrVm *vm) { return (void)vm, KR_TRUE; }
static KrValue make_false(KrVm *vm) { return (void)vm, KR_FALSE; }

static const KrConst constants[] = {
    KR_SSL_CONSTANTS(INT) KR_SSL_FEATURES(BOOL) TYPE(_SSLContext, kr_ssl_context_type) TYPE(_SSLSocket, kr_ssl_connection_type)
        TYPE(MemoryBIO, kr_ssl_bio_type) TYPE(SSLSession, kr_ssl_session_type) TYPE(Certificate, kr_ssl_certificate_type)
            TYPE(SSLError, kr_ssl_error) TYPE(SSLCertVerificationError, kr_ssl_verify_error) TYPE(SSLZeroReturnError, kr_ssl_closed_error)
                TYPE(SSLWantReadError, kr_ssl_want_read_error) TYPE(SSLWantWriteError, kr_ssl_want_write_error)
                    TYPE(SSLSyscallError, kr_ssl_system_error)
                        TYPE(SSLEOFError, kr_ssl_eof_error){ "OPENSSL_VERSION", KR_CONST_MAKE, { .make = version_text } },
    { "OPENSSL_VERSION_NUMBER", KR_CONST_MAKE, { .make = version_number } },
    { "OPENSSL_VERSION_INFO", KR_CONST_MAKE, { .make = version_info } },
    { "_OPENSSL_API_VERSION", KR_CONST_MAKE, { .make = version_info } },
    { "_DEFAULT_CIPHERS",
      KR_CONST_STR,
      { .p = "@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20:ECDH+AES:DHE+AES:!aNULL:!eNULL:!aDSS:!SHA1:!AESCCM" } },
    { 0 }
};

const KrModuleDef kr_ssl_module = { "_ssl", KR_DOC("TLS connections over sockets and memory."), functions, constants, init };
