// tls.h - TLS as module _ssl sees it. A port has one back end: ports/linux/tls_*.c is OpenSSL 3.
//
// A context holds certificates, keys and settings; a connection is made of one and speaks TLS over a transport that its user gives as two
// functions, which never wait. Nothing here touches a VM or raises: what failed is told in a KrTlsError. Settings, texts and numbers
// are those of Python's module ssl, which are OpenSSL's; a back end refuses what it does not have. One thread at a time uses a connection.
// SPDX-License-Identifier: MIT
#ifndef KR_NET_TLS_H
#define KR_NET_TLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct KrTlsContext KrTlsContext;
typedef struct KrTls KrTls;
typedef struct KrTlsSession KrTlsSession;

enum {
    KR_TLS_OK = 0,
    KR_TLS_FAILED = 1,
    KR_TLS_WANT_READ = 2,
    KR_TLS_WANT_WRITE = 3,
    KR_TLS_SYSTEM = 5,
    KR_TLS_CLOSED = 6,
    KR_TLS_EOF = 8
};
typedef struct {
    int kind;        // KR_TLS_...
    int code;        // the library's number of the reason
    int system;      // errno, of KR_TLS_SYSTEM
    bool unverified; // the other side's certificate was refused: verify_code says why
    long verify_code;
    const char *verify_text;
    char library[24]; // "SSL"; empty: not known
    char reason[64];  // "CERTIFICATE_VERIFY_FAILED"; empty: not known
    const char *text; // "certificate verify failed"; NULL: nothing more is known
} KrTlsError;

// What happens to connections and contexts. `who`: what kr_tls_new or kr_tls_context_new was given; `context`: of its context at that moment.
typedef struct {
    intptr_t (*receive)(void *who, void *data, size_t len);         // how many bytes; 0: the end; below zero: errno, -11 it would wait
    intptr_t (*send)(void *who, const void *data, size_t len);      // likewise
    int (*server_name)(void *who, void *context, const char *name); // the alert to send, -1: none. name: NULL: the client gave none
    // A key for a client with an identity, or for a hint of the server: bytes of the key, 0: none. Both may be NULL.
    unsigned (*client_key)(void *who, void *context, const char *hint, char *identity, size_t identity_room, unsigned char *key,
                           size_t room);
    unsigned (*server_key)(void *who, void *context, const char *identity, unsigned char *key, size_t room);
    void (*message)(void *who, void *context, bool sent, int version, int content, const void *data, size_t len);
    void (*key_log)(void *context, const char *line);
} KrTlsEvents;

typedef struct {
    const char *text; // "OpenSSL 3.0.19 27 Jan 2026"
    unsigned long number;
    const char *paths[4]; // of certificates: variable and default of the file, of the folder
} KrTlsLibrary;
bool kr_tls_open(KrTlsLibrary *out, const char **missing); // before all else. False: this system does not have it

// ---- Contexts ----------------------------------------------------------------------------------------------------------------------

enum { KR_TLS_CLIENT = 16, KR_TLS_SERVER = 17 }; // protocols as ssl.PROTOCOL_... has them; others are for both sides
KrTlsContext *kr_tls_context_new(int protocol, void *who, const KrTlsEvents *events, KrTlsError *error);
void kr_tls_context_free(KrTlsContext *context); // connections that it made go on

typedef enum {
    KR_TLS_OPTIONS,
    KR_TLS_MINIMUM, // version as in the protocol; -2 the lowest, -1 the highest that there is
    KR_TLS_MAXIMUM,
    KR_TLS_VERIFY_FLAGS,
    KR_TLS_HOST_FLAGS,  // only set
    KR_TLS_VERIFY_MODE, // 0 none, 1 optional, 2 required; only set
    KR_TLS_POST_HANDSHAKE,
    KR_TLS_TICKETS,
    KR_TLS_SECURITY,   // only got
    KR_TLS_NAME_EVENT, // events that are wanted; only set
    KR_TLS_MESSAGE_EVENT,
    KR_TLS_KEY_LOG_EVENT,
    KR_TLS_CLIENT_KEY_EVENT,
    KR_TLS_SERVER_KEY_EVENT
} KrTlsSetting;
bool kr_tls_context_set(KrTlsContext *context, KrTlsSetting what, int64_t value);
int64_t kr_tls_context_get(KrTlsContext *context, KrTlsSetting what);

typedef enum {
    KR_TLS_CIPHERS,
    KR_TLS_CURVE,
    KR_TLS_ALPN, // names, each after its length
    KR_TLS_DH_FILE,
    KR_TLS_CA_FILE,
    KR_TLS_CA_FOLDER,
    KR_TLS_CA_PEM,     // certificates as text
    KR_TLS_CA_DER,     // or as bytes
    KR_TLS_CA_DEFAULT, // the system's; no text
    KR_TLS_IDENTITY_HINT,
} KrTlsText;
bool kr_tls_context_load(KrTlsContext *context, KrTlsText what, const char *text, size_t len, KrTlsError *error);
// A certificate, those between it and the root, and its key, from files. password puts that of the key into `out`: its length, -1: there is none.
typedef int KrTlsPassword(void *who, char *out, int room);
bool kr_tls_context_chain(KrTlsContext *context, const char *certificate, const char *key, KrTlsPassword *password, void *who,
                          KrTlsError *error);

// ---- Connections -------------------------------------------------------------------------------------------------------------------

KrTls *kr_tls_new(KrTlsContext *context, bool server, void *who, KrTlsError *error);
void kr_tls_free(KrTls *tls);
bool kr_tls_set_host(KrTls *tls, const char *name, const unsigned char *ip, size_t ip_len, bool check); // ip: NULL: it is a name
bool kr_tls_set_context(KrTls *tls, KrTlsContext *context);

typedef enum { KR_TLS_HANDSHAKE, KR_TLS_READ, KR_TLS_WRITE, KR_TLS_SHUTDOWN, KR_TLS_VERIFY_CLIENT } KrTlsStep;
// One step; error->kind tells how it went. *done: bytes read or written; reading nothing is the end.
void kr_tls_step(KrTls *tls, KrTlsStep step, void *data, size_t len, size_t *done, KrTlsError *error);

// What is known: told to a function, once for each thing that there is. text and number: by what is asked.
typedef struct {
    const char *text[8];
    int64_t number[6];
    const void *data;
    size_t len;
} KrTlsFact;
typedef bool KrTlsTell(void *to, const KrTlsFact *fact); // false: enough
typedef enum {
    KR_TLS_CIPHER,         // text: name, protocol; number: bits
    KR_TLS_SHARED_CIPHERS, // likewise, each
    KR_TLS_VERSION,        // text
    KR_TLS_COMPRESSION,    // text
    KR_TLS_PROTOCOL,       // data: the one of ALPN
    KR_TLS_BINDING,        // data: tls-unique
    KR_TLS_CERTIFICATE,    // data: DER; number: was it verified?
    KR_TLS_CHAIN,          // data, each: as it came
    KR_TLS_VERIFIED_CHAIN, // data, each: as it was verified, with the root
    KR_TLS_PENDING,        // number: bytes that were received and not read
    KR_TLS_READY,          // the handshake is over
    KR_TLS_REUSED,         // number: an earlier session goes on
} KrTlsQuestion;
bool kr_tls_ask(KrTls *tls, KrTlsQuestion what, KrTlsTell *tell, void *to); // false: tell() said so

typedef enum {
    KR_TLS_ALL_CIPHERS, // text: name, protocol, description, cipher, digest, key exchange, ...; number: id, strength, bits, aead
    KR_TLS_AUTHORITIES, // data: DER; number: 0 other certificate, 1 authority, 2 revocation list (which has no data)
    KR_TLS_STATISTICS,  // number, each, in the order of OpenSSL's SSL_CTX_sess_number and those behind it
} KrTlsList;
bool kr_tls_context_list(KrTlsContext *context, KrTlsList what, KrTlsTell *tell, void *to);

// ---- Bytes in memory, as a transport -------------------------------------------------------------------------------------------------
// A queue; these functions may be called where no memory of a VM can be had.

typedef struct KrTlsMemory KrTlsMemory;
KrTlsMemory *kr_tls_memory_new(void);
void kr_tls_memory_free(KrTlsMemory *memory);
bool kr_tls_memory_write(KrTlsMemory *memory, const void *data, size_t len); // false: no memory
size_t kr_tls_memory_read(KrTlsMemory *memory, void *out, size_t len);
size_t kr_tls_memory_len(const KrTlsMemory *memory);
size_t kr_tls_memory_room(const KrTlsMemory *memory); // bytes that it takes of the system

// ---- Sessions, random bytes, names -------------------------------------------------------------------------------------------------

KrTlsSession *kr_tls_session(KrTls *tls); // NULL: there is none yet
bool kr_tls_set_session(KrTls *tls, KrTlsSession *session, KrTlsError *error);
void kr_tls_session_free(KrTlsSession *session);
void kr_tls_session_ask(KrTlsSession *session, KrTlsTell *tell, void *to); // data: id; number: time, timeout, has a ticket, its lifetime

bool kr_tls_random(void *out, size_t len, KrTlsError *error); // out NULL: is there enough entropy?
void kr_tls_random_add(const void *data, size_t len, double entropy);
// The object with an OID, with names: any of its names; text NULL: with a number. text: short name, long name, OID; number: the library's. False: unknown.
bool kr_tls_object(const char *text, bool names, int number, KrTlsTell *tell, void *to);
bool kr_tls_file_certificate(const char *path, KrTlsTell *tell, void *to, KrTlsError *error); // data: DER of the first one of a PEM file

#endif
