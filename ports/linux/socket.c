// socket.c - sockets of the system, and what is known of this host.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "port.h"

_Static_assert(sizeof(struct sockaddr_storage) <= sizeof((KrPortAddress *)0)->raw, "an address has no room");

static int result(int n) { return n < 0 ? -errno : n; }
static struct sockaddr *raw_of(KrPortAddress *a) { return (struct sockaddr *)a->raw; }

// ---- Addresses -------------------------------------------------------------------------------------------------------------------

static bool write_local(KrPortAddress *a) {
    struct sockaddr_un u = { .sun_family = AF_UNIX };
    bool abstract = a->path_len && !a->path[0];
    if (a->path_len >= sizeof u.sun_path + abstract) return false;
    memcpy(u.sun_path, a->path, a->path_len);
    memcpy(a->raw, &u, sizeof u);
    a->raw_len = offsetof(struct sockaddr_un, sun_path) + a->path_len + (a->path_len && !abstract);
    return true;
}

bool kr_port_address_write(KrPortAddress *a) {
    memset(a->raw, 0, sizeof a->raw);
    if (a->family == AF_UNIX) return write_local(a);
    if (a->family == AF_INET) {
        struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(a->port) };
        memcpy(&in.sin_addr, a->ip, 4);
        memcpy(a->raw, &in, a->raw_len = sizeof in);
        return true;
    }
    struct sockaddr_in6 in = {
        .sin6_family = AF_INET6, .sin6_port = htons(a->port), .sin6_flowinfo = htonl(a->flow), .sin6_scope_id = a->scope
    };
    memcpy(&in.sin6_addr, a->ip, 16);
    memcpy(a->raw, &in, a->raw_len = sizeof in);
    return a->family == AF_INET6;
}

static void read_local(KrPortAddress *a) {
    size_t head = offsetof(struct sockaddr_un, sun_path);
    a->path_len = a->raw_len > head ? a->raw_len - head : 0;
    if (a->path_len > sizeof a->path) a->path_len = sizeof a->path;
    memcpy(a->path, a->raw + head, a->path_len);
    if (a->path_len && a->path[0]) a->path_len = strnlen(a->path, a->path_len);
}

static void read_address(KrPortAddress *a) {
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
    a->family = a->raw_len >= sizeof(sa_family_t) ? raw_of(a)->sa_family : AF_UNSPEC;
    if (a->family == AF_UNIX) read_local(a);
    if (a->family == AF_INET) {
        memcpy(&in, a->raw, sizeof in);
        memcpy(a->ip, &in.sin_addr, 4);
        a->port = ntohs(in.sin_port);
    }
    if (a->family == AF_INET6) {
        memcpy(&in6, a->raw, sizeof in6);
        memcpy(a->ip, &in6.sin6_addr, 16);
        a->port = ntohs(in6.sin6_port), a->flow = ntohl(in6.sin6_flowinfo), a->scope = in6.sin6_scope_id;
    }
}

static void read_from(KrPortAddress *a, socklen_t len) {
    a->raw_len = len < sizeof a->raw ? len : sizeof a->raw;
    read_address(a);
}

// ---- Sockets ---------------------------------------------------------------------------------------------------------------------

int kr_port_socket(int family, int type, int protocol) { return result(socket(family, type | SOCK_CLOEXEC, protocol)); }

int kr_port_socket_pair(int family, int type, int protocol, int fd[2]) {
    return socketpair(family, type | SOCK_CLOEXEC, protocol, fd) == 0 ? 0 : errno;
}

int kr_port_socket_bind(int fd, KrPortAddress *a) { return bind(fd, raw_of(a), (socklen_t)a->raw_len) == 0 ? 0 : errno; }
int kr_port_socket_connect(int fd, KrPortAddress *a) { return connect(fd, raw_of(a), (socklen_t)a->raw_len) == 0 ? 0 : errno; }
int kr_port_socket_listen(int fd, int backlog) { return listen(fd, backlog) == 0 ? 0 : errno; }
int kr_port_socket_shutdown(int fd, int how) { return shutdown(fd, how) == 0 ? 0 : errno; }

int kr_port_socket_accept(int fd, KrPortAddress *a) {
    socklen_t len = sizeof a->raw;
    int got = accept4(fd, raw_of(a), &len, SOCK_CLOEXEC);
    if (got >= 0) read_from(a, len);
    return result(got);
}

int kr_port_socket_name(int fd, bool peer, KrPortAddress *a) {
    socklen_t len = sizeof a->raw;
    if ((peer ? getpeername(fd, raw_of(a), &len) : getsockname(fd, raw_of(a), &len)) != 0) return errno;
    return read_from(a, len), 0;
}

intptr_t kr_port_socket_send(int fd, const void *data, size_t len, int flags, KrPortAddress *to) {
    ssize_t n =
        to ? sendto(fd, data, len, flags | MSG_NOSIGNAL, raw_of(to), (socklen_t)to->raw_len) : send(fd, data, len, flags | MSG_NOSIGNAL);
    return n < 0 ? -errno : n;
}

intptr_t kr_port_socket_receive(int fd, void *data, size_t len, int flags, KrPortAddress *from) {
    socklen_t size = from ? sizeof from->raw : 0;
    ssize_t n = from ? recvfrom(fd, data, len, flags, raw_of(from), &size) : recv(fd, data, len, flags);
    if (n >= 0 && from) read_from(from, size);
    return n < 0 ? -errno : n;
}

int kr_port_socket_option(int fd, int level, int option, void *data, size_t *len, bool set) {
    socklen_t size = (socklen_t)*len;
    int done = set ? setsockopt(fd, level, option, data, size) : getsockopt(fd, level, option, data, &size);
    *len = size;
    return done == 0 ? 0 : errno;
}

int kr_port_set_blocking(int fd, bool blocks) {
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0) return errno;
    int wanted = blocks ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
    return wanted == flags || fcntl(fd, F_SETFL, wanted) == 0 ? 0 : errno;
}

int kr_port_duplicate(int fd) { return result(fcntl(fd, F_DUPFD_CLOEXEC, 0)); }

_Static_assert(sizeof(struct iovec) == sizeof(KrPortPiece) && offsetof(struct iovec, iov_len) == offsetof(KrPortPiece, len),
               "pieces are not the system's");

// With ancillary data: messages of the layout that the C library's macros give them.
intptr_t kr_port_socket_message(int fd, KrPortMessage *m, int flags, bool send) {
    struct msghdr h = { .msg_iov = (struct iovec *)m->piece,
                        .msg_iovlen = m->count,
                        .msg_control = m->control_len ? m->control : NULL,
                        .msg_controllen = m->control_len };
    if (m->address && send) h.msg_name = m->address->raw, h.msg_namelen = (socklen_t)m->address->raw_len;
    if (m->address && !send) h.msg_name = m->address->raw, h.msg_namelen = sizeof m->address->raw;
    ssize_t n = send ? sendmsg(fd, &h, flags | MSG_NOSIGNAL) : recvmsg(fd, &h, flags | MSG_CMSG_CLOEXEC);
    if (n < 0) return -errno;
    if (!send) {
        m->control_len = h.msg_controllen;
        m->flags = h.msg_flags & ~MSG_CMSG_CLOEXEC;
        if (m->address) read_from(m->address, h.msg_namelen);
    }
    return n;
}

size_t kr_port_control_space(size_t len, bool last) { return last ? CMSG_LEN(len) : CMSG_SPACE(len); }

// The item at `at` of ancillary data: where its content is. False: that was all. *at becomes where the next is.
bool kr_port_control_item(void *control, size_t len, size_t *at, int *level, int *type, void **data, size_t *data_len, bool write) {
    if (*at + CMSG_LEN(0) > len) return false;
    struct cmsghdr *h = (struct cmsghdr *)((char *)control + *at);
    if (write) *h = (struct cmsghdr){ .cmsg_len = CMSG_LEN(*data_len), .cmsg_level = *level, .cmsg_type = *type };
    if (h->cmsg_len < CMSG_LEN(0)) return false;
    *level = h->cmsg_level, *type = h->cmsg_type;
    *data = CMSG_DATA(h);
    size_t content = h->cmsg_len - CMSG_LEN(0), room = len - *at - CMSG_LEN(0);
    *data_len = content < room ? content : room;
    *at += CMSG_SPACE(content);
    return true;
}

// ---- This host -----------------------------------------------------------------------------------------------------------------------

bool kr_port_host_name(char *out, size_t size) { return gethostname(out, size) == 0; }
int kr_port_set_host_name(const char *name, size_t len) { return sethostname(name, len) == 0 ? 0 : errno; }

static bool is_of_family(const struct sockaddr *a, int family) {
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
    if (!a || a->sa_family != family) return false;
    if (family == AF_INET6) return memcpy(&in6, a, sizeof in6), !IN6_IS_ADDR_LOOPBACK(&in6.sin6_addr);
    return memcpy(&in, a, sizeof in), ntohl(in.sin_addr.s_addr) >> 24 != IN_LOOPBACKNET;
}

bool kr_port_has_family(int family) {
    struct ifaddrs *all, *at;
    if (getifaddrs(&all) != 0) return true;
    for (at = all; at && !is_of_family(at->ifa_addr, family); at = at->ifa_next) continue;
    freeifaddrs(all);
    return at != NULL;
}

// The index-th network interface: its number and name. False: that was all.
bool kr_port_interface(size_t index, int *number, char name[16]) {
    struct if_nameindex *all = if_nameindex();
    bool found = false;
    for (size_t i = 0; all && all[i].if_index; i++)
        if (i == index) {
            *number = (int)all[i].if_index;
            strncpy(name, all[i].if_name, 15);
            name[15] = 0;
            found = true;
        }
    if (all) if_freenameindex(all);
    return found;
}
