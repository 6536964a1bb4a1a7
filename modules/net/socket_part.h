// socket_part.h - what the files of the module _socket share.
// SPDX-License-Identifier: MIT
#ifndef KR_NET_SOCKET_PART_H
#define KR_NET_SOCKET_PART_H

#include "krait.h"
#include "object/vm_state.h"
#include "port.h"
#include "vm/access.h"

extern const KrType kr_socket_type;

typedef struct {
    KrObject head;
    int fd; // -1: closed
    int family, type, protocol;
    int64_t timeout; // ns; -1: waits for ever, 0: never
} KrSocket;

typedef struct { // a call of the system: what it is given, and what it answers (below zero: errno, negated)
    int fd, flags;
    void *data;
    size_t len;
    KrPortAddress *address;
    KrPortMessage *message;
    intptr_t result;
} KrSocketCall;

// As often as signals interrupt it, and until the socket is ready or the time `until` (of kr_socket_end()) has come. False: raised.
bool kr_socket_run(KrVm *vm, KrSocket *s, void (*call)(void *), KrSocketCall *c, bool writes, int64_t until) KR_RAISES;
int64_t kr_socket_end(const KrVm *vm, const KrSocket *s);                              // of what begins now
bool kr_socket_may(KrVm *vm) KR_RAISES;                                                // has the VM the right?
bool kr_socket_size(KrVm *vm, KrValue v, const char *function, size_t *out) KR_RAISES; // of a buffer

// Messages (socket_message.c): methods of sockets.
KrValue kr_socket_recvmsg(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_socket_recvmsg_into(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_socket_sendmsg(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;

bool kr_socket_int(KrVm *vm, KrValue v, int *out) KR_RAISES;
bool kr_socket_timeout(KrVm *vm, KrValue v, int64_t *ns) KR_RAISES; // -1: for ever
bool kr_socket_state(KrValue socket, int *fd,
                     int64_t *timeout); // of a _socket.socket; fd -1: closed; timeout -1: for ever. False: it is none
KrValue kr_socket_of(KrVm *vm, int fd, int family, int type, int protocol) KR_RAISES; // owns fd, also when it fails

// Addresses (socket_address.c). As Python has them: (host, port), (host, port, flow, scope), or a path.
bool kr_socket_address_of(KrVm *vm, int family, KrValue v, const char *function, KrPortAddress *out) KR_RAISES;
KrValue kr_socket_address_value(KrVm *vm, KrPortAddress *address) KR_RAISES;
bool kr_socket_family_of(KrVm *vm, int family, KrValue v, const char *function, KrPortAddress *out) KR_RAISES; // those of socket_family.c
KrValue kr_socket_family_value(KrVm *vm, KrPortAddress *address) KR_RAISES;
bool kr_socket_ip_read(const char *text, int family, uint8_t ip[16]);
void kr_socket_ip_write(const uint8_t *ip, int family, char out[64]);

// Names (socket_name.c).
bool kr_socket_is_text(KrValue v); // what may name a host: str, bytes, bytearray
// The address of a host: a str or bytes; "": any of this host's. family 0: whichever.
bool kr_socket_find_host(KrVm *vm, KrValue host, int family, KrPortAddress *out) KR_RAISES;
// clang-format off
#define KR_NET_NAMES(X) \
    X(getaddrinfo, "getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)", "Return a list of (family, type, proto, canonname, sockaddr) for a host and a service.") \
    X(getnameinfo, "getnameinfo(sockaddr, flags, /)", "Return (host, service) of an address.") \
    X(gethostbyname, "gethostbyname(host, /)", "Return the IPv4 address of a host, as text.") \
    X(gethostbyname_ex, "gethostbyname_ex(host, /)", "Return (name, aliases, IPv4 addresses) of a host.") \
    X(gethostbyaddr, "gethostbyaddr(host, /)", "Return (name, aliases, addresses) of the host with an address or a name.") \
    X(getservbyname, "getservbyname(name, protocol=<unset>, /)", "Return the port of a service.") \
    X(getservbyport, "getservbyport(port, protocol=<unset>, /)", "Return the name of the service at a port.") \
    X(getprotobyname, "getprotobyname(name, /)", "Return the number of a protocol.") \
    X(set_errors, "_set_errors(gaierror, herror, /)", "Have name resolution raise these.")
// clang-format on
#define KR_NET_DECLARE(name, signature, text) KrValue kr_net_##name(KrVm *vm, KrValue self, const KrValue *arg);
KR_NET_NAMES(KR_NET_DECLARE)
#undef KR_NET_DECLARE

#endif
