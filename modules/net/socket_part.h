// socket_part.h - what the files of the module _socket share.
// SPDX-License-Identifier: MIT
#ifndef KR_NET_SOCKET_PART_H
#define KR_NET_SOCKET_PART_H

#include "krait.h"
#include "object/vm_state.h"
#include "port.h"
#include "vm/access.h"

extern const KrType kr_socket_type;

bool kr_socket_int(KrVm *vm, KrValue v, int *out) KR_RAISES;
bool kr_socket_timeout(KrVm *vm, KrValue v, int64_t *ns) KR_RAISES; // -1: for ever
bool kr_socket_state(KrValue socket, int *fd, int64_t *timeout); // of a _socket.socket; fd -1: closed; timeout -1: for ever. False: it is none
KrValue kr_socket_of(KrVm *vm, int fd, int family, int type, int protocol) KR_RAISES; // owns fd, also when it fails

// Addresses (socket_address.c). As Python has them: (host, port), (host, port, flow, scope), or a path.
bool kr_socket_address_of(KrVm *vm, int family, KrValue v, const char *function, KrPortAddress *out) KR_RAISES;
KrValue kr_socket_address_value(KrVm *vm, KrPortAddress *address) KR_RAISES;
bool kr_socket_ip_read(const char *text, int family, uint8_t ip[16]);
void kr_socket_ip_write(const uint8_t *ip, int family, char out[64]);
bool kr_socket_find_host(KrVm *vm, const char *host, int family, KrPortAddress *out) KR_RAISES;
KrValue kr_socket_resolve_error(KrVm *vm, int error);

#endif
