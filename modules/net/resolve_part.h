// resolve_part.h - the resolver: names of hosts into addresses and back, by the system's files and by DNS. It never calls the C library's.
//
// A lookup is a KrResolve, which holds all it needs. It is made with the VM's lock, and goes on without it: nothing below touches a VM or
// allocates. kr_resolve_go() waits for servers no longer than it is told, so that whoever called it can poll, and give up.
// SPDX-License-Identifier: MIT
#ifndef KR_NET_RESOLVE_PART_H
#define KR_NET_RESOLVE_PART_H

#include <stddef.h>
#include <string.h>

#include "port.h"

// Numbers of <netdb.h> of Linux, which are those of module socket.
enum {
    KR_EAI_BADFLAGS = -1,
    KR_EAI_NONAME = -2,
    KR_EAI_AGAIN = -3,
    KR_EAI_FAIL = -4,
    KR_EAI_NODATA = -5,
    KR_EAI_FAMILY = -6,
    KR_EAI_SOCKTYPE = -7,
    KR_EAI_SERVICE = -8,
    KR_EAI_ADDRFAMILY = -9,
    KR_EAI_SYSTEM = -11 // errno says why
};
enum {
    KR_AI_PASSIVE = 1,
    KR_AI_CANONNAME = 2,
    KR_AI_NUMERICHOST = 4,
    KR_AI_V4MAPPED = 8,
    KR_AI_ALL = 16,
    KR_AI_ADDRCONFIG = 32,
    KR_AI_NUMERICSERV = 1024,
    KR_AI_KNOWN = 1023 + 1024
};
enum { KR_NI_NUMERICHOST = 1, KR_NI_NUMERICSERV = 2, KR_NI_NOFQDN = 4, KR_NI_NAMEREQD = 8, KR_NI_DGRAM = 16, KR_NI_KNOWN = 63 };
enum { KR_FAMILY_ANY = 0, KR_FAMILY_4 = 2, KR_FAMILY_6 = 10 };
enum { KR_NET_STREAM = 1, KR_NET_DGRAM = 2, KR_NET_NONBLOCK = 04000 };
enum { KR_HOST_ROOM = 256, KR_HOST_ADDRESSES = 64, KR_HOST_ALIASES = 16 };

typedef struct {
    int family;
    uint8_t ip[16];
    uint32_t scope;
} KrHostAddress;

typedef struct { // what is known of a host; what is beyond the room is left out
    char name[KR_HOST_ROOM], alias[KR_HOST_ALIASES][KR_HOST_ROOM];
    KrHostAddress address[KR_HOST_ADDRESSES];
    size_t alias_count, count;
} KrHost;

void kr_host_add(KrHost *host, int family, const uint8_t *ip, uint32_t scope); // each address once
void kr_host_add_alias(KrHost *host, const char *name);
bool kr_host_same(const char *a, const char *b); // names are compared without case
bool kr_host_is_plain(const char *name);         // only letters, digits, "-", "_" and dots: what may be asked for, and told

// ---- Numeric addresses (resolve_number.c) -----------------------------------------------------------------------------------------

// As C's inet_aton(): one to four numbers, decimal, octal or hexadecimal. Where the text goes on; NULL: it is none.
const char *kr_number_read_4(const char *text, uint8_t ip[4]);
bool kr_number_read(const char *text, KrHostAddress *out,
                    bool *bad_scope);                             // also with %interface. bad_scope: an address whose scope is not there
void kr_number_write(const KrHostAddress *address, char out[96]); // with its scope

// ---- Files (resolve_file.c) -------------------------------------------------------------------------------------------------------

enum { KR_SERVERS = 3, KR_DOMAINS = 8 };
typedef struct {
    KrPortAddress server[KR_SERVERS];
    char domain[KR_DOMAINS][KR_HOST_ROOM]; // search list
    size_t servers, domains;
    unsigned dots, seconds, attempts;
    bool rotate;
} KrResolvConf;

typedef struct { // where they are; the environment may say otherwise, see kr_resolve_paths
    char hosts[KR_HOST_ROOM], conf[KR_HOST_ROOM];
} KrResolvePaths;

void kr_resolve_paths(KrResolvePaths *out);
// 1: found; 0: not; below zero: an errno, the system cannot read the file now. One that is not there, or is not for us, is empty.
int kr_hosts_find(const char *path, const char *name, int family, KrHost *out);
int kr_hosts_find_address(const char *path, const KrHostAddress *address, KrHost *out);
int kr_resolv_conf_read(const char *path, KrResolvConf *out); // 0
// By name, or by port where name is NULL. protocol NULL: any. The port, -1: there is none.
int kr_service_find(const char *name, int port, const char *protocol, char out[64]);
int kr_protocol_find(const char *name); // its number, -1: there is none

// ---- Messages (resolve_packet.c) --------------------------------------------------------------------------------------------------

enum { KR_DNS_A = 1, KR_DNS_PTR = 12, KR_DNS_AAAA = 28, KR_DNS_QUESTION = 12 + 256 + 4 };
typedef enum {
    KR_DNS_SILENT, // nothing that answers has come
    KR_DNS_FOUND,
    KR_DNS_EMPTY,   // the name is there, without what was asked for
    KR_DNS_UNKNOWN, // there is no such name
    KR_DNS_FAILED,  // the server could not find out
    KR_DNS_REFUSED, // or would not
    KR_DNS_CUT,     // it is longer than a datagram
    KR_DNS_DAMAGED,
} KrDnsAnswer;

size_t kr_dns_ask(const char *name, int type, unsigned id, uint8_t out[KR_DNS_QUESTION]); // 0: it cannot be asked for
KrDnsAnswer kr_dns_read(const uint8_t *data, size_t len, const uint8_t *question, size_t question_len, KrHost *out);

// ---- Asking servers (resolve_query.c) ---------------------------------------------------------------------------------------------

typedef struct {
    uint8_t message[2 + KR_DNS_QUESTION]; // behind its length, as TCP has it
    size_t len;
    KrDnsAnswer answer;
    enum { KR_ASK_OVER, KR_ASK_UDP, KR_ASK_TCP_LATER, KR_ASK_TCP_SEND, KR_ASK_TCP_READ } state;
    int type, fd;
    size_t done; // bytes sent or received over TCP
} KrQuestion;

typedef struct {
    KrResolvConf conf;
    KrHost *out;
    const char *name;
    size_t candidates, candidate; // names to try, with the search list
    bool as_is_first;
    KrQuestion question[2];
    size_t questions;
    unsigned attempt, server, first, rounds;
    int64_t until; // for the server that was asked
    bool asked, over;
    int error, first_error, system; // EAI_...
    bool empty, failed;             // what names before have come to
    uint8_t room[2 + 65536];
} KrQuery;

void kr_query_begin(KrQuery *q, const char *conf_path, const char *name, const int *type, size_t types, bool search, KrHost *out);
bool kr_query_go(KrQuery *q, int64_t until); // false: not yet; a signal came, or the time is over
void kr_query_end(KrQuery *q);               // closes what is open

// ---- Order (resolve_order.c) ------------------------------------------------------------------------------------------------------

void kr_host_sort(KrHost *host); // the best to connect to first

// ---- Lookups (resolve_host.c, resolve_name.c) -------------------------------------------------------------------------------------

typedef struct {
    int type, protocol, port;
} KrSocketKind;

typedef struct {
    // What is looked for. Host and service: empty, or NULL in has_...; an address for names of it.
    char host[KR_HOST_ROOM], service[64];
    bool has_host, has_service, search;
    int family, type, protocol, flags;
    KrHostAddress address;
    KrResolvePaths paths;
    // What was found.
    int error, system; // EAI_..., errno
    KrHost found;
    KrSocketKind kind[3];
    size_t kinds;
    // In between.
    enum { KR_RESOLVE_BEGIN, KR_RESOLVE_ASK, KR_RESOLVE_OVER } state;
    bool by_address;
    KrQuery query;
} KrResolve;

bool kr_resolve_set(KrResolve *r, const char *host, const char *service); // NULL: none. False: too long, r->error says so
bool kr_resolve_go(KrResolve *r, int64_t until);                          // false: not yet, see kr_query_go
void kr_resolve_end(KrResolve *r);
void kr_resolve_begin_host(KrResolve *r); // the first steps of each
void kr_resolve_begin_address(KrResolve *r);
void kr_resolve_finish_host(KrResolve *r);
void kr_resolve_ask(KrResolve *r, const char *name, const int *type, size_t types);
void kr_resolve_finish_name(KrResolve *r, int port, char host[1025], char service[64]); // getnameinfo(): texts, as r->flags wants them
const char *kr_resolve_text(int error);

#endif
