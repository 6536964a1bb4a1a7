// socket_module.c - the module _socket: names of hosts and services, addresses as numbers. socket_type.c has the sockets.
// SPDX-License-Identifier: MIT
#include "socket_part.h"

#include "socket_constants.h"
#include "vm/audit.h"

#include "../modules/modules.h"

#define FUNCTION(name) static KrValue net_##name(KrVm *vm, KrValue self, const KrValue *arg)

// ---- Resolving -------------------------------------------------------------------------------------------------------------------

typedef struct {
    const char *host, *service;
    int family, type, protocol, flags, error;
    KrPortFound *found;
    size_t count;
} Resolve;

static void resolve_now(void *context) {
    Resolve *r = context;
    r->error = kr_port_resolve(r->host, r->service, r->family, r->type, r->protocol, r->flags, &r->found, &r->count);
}

// OSError of the class that lib/socket.py has set.
KrValue kr_socket_resolve_error(KrVm *vm, int error) {
    KrValue kind = KR_UNSET;
    if (!kr_dict_find(vm, vm->state, kr_name(vm, "socket.gaierror"), &kind)) return KR_ERROR;
    KrValue item[2] = { kr_int_box(error), kr_str_c(vm, kr_port_resolve_text(error)) };
    if (kr_is_unset(kind)) kind = kr_type_value(&kr_os_error);
    KrValue e = kr_call(vm, kind, 2, item);
    return kr_is_error(e) ? e : kr_raise_value(vm, e);
}

static bool resolve(KrVm *vm, Resolve *r) {
    kr_blocking(vm, resolve_now, r);
    if (!r->error) return true;
    return kr_fail(kr_socket_resolve_error(vm, r->error));
}

bool kr_socket_find_host(KrVm *vm, const char *host, int family, KrPortAddress *out) {
    Resolve r = { .host = *host ? host : NULL, .service = *host ? NULL : "0", .family = family, .flags = *host ? 0 : 1, .type = 2 };
    if (strcmp(host, "<broadcast>") == 0) {
        memset(out->ip, 0xFF, 4);
        return out->family = family, true;
    }
    if (!resolve(vm, &r)) return false;
    *out = r.found[0].address;
    kr_port_free(r.found);
    return true;
}

static bool text_or_null(KrVm *vm, KrValue v, const char **out, char number[24]) {
    size_t len;
    if (kr_is_none(v)) return *out = NULL, true;
    int64_t n;
    if (kr_is_integer(v) && kr_int_fits(v, &n)) {
        size_t at = 23;
        uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
        number[at] = 0;
        do number[--at] = (char)('0' + u % 10), u /= 10;
        while (u);
        if (n < 0) number[--at] = '-';
        return *out = number + at, true;
    }
    if (kr_is_str(v)) *out = kr_str_text(v, &len);
    else if (kr_is_bytes(v)) *out = (const char *)kr_bytes_data(v, &len);
    else return false;
    return !memchr(*out, 0, len) || kr_fail(kr_raise(vm, &kr_value_error, "embedded null character"));
}

FUNCTION(getaddrinfo) {
    Resolve r = { 0 };
    char number[2][24];
    (void)self;
    if (!kr_access(vm, KR_ACCESS_SOCKETS, arg[0])) return KR_ERROR;
    if (!text_or_null(vm, arg[0], &r.host, number[0]))
        return kr_raised(vm) ? KR_ERROR : kr_raise(vm, &kr_type_error, "getaddrinfo() argument 1 must be string or None");
    int64_t port;
    KrValue service = kr_is_str(arg[1]) ? kr_call_method(vm, arg[1], "encode", 0, NULL)
                      : kr_is_integer(arg[1]) && !kr_int_fits(arg[1], &port) ? kr_to_str(vm, arg[1]) : arg[1];
    if (kr_is_error(service)) return service;
    if (!text_or_null(vm, service, &r.service, number[1])) return kr_raised(vm) ? KR_ERROR : kr_raise(vm, &kr_os_error, "Int or String expected");
    int *to[] = { &r.family, &r.type, &r.protocol, &r.flags };
    for (int i = 0; i < 4; i++)
        if (!kr_socket_int(vm, arg[2 + i], to[i])) return KR_ERROR;
    if (!kr_audit(vm, "socket.getaddrinfo", 5, arg) || !resolve(vm, &r)) return KR_ERROR;
    KrValue list = kr_list(vm, 0, NULL);
    for (size_t i = 0; i < r.count && !kr_is_error(list); i++) {
        KrPortFound *f = &r.found[i];
        KrValue item[5] = { kr_int_box(f->family), kr_int_box(f->type), kr_int_box(f->protocol), kr_str_c(vm, f->name), kr_socket_address_value(vm, &f->address) };
        KrValue row = kr_is_error(item[3]) || kr_is_error(item[4]) ? KR_ERROR : kr_tuple(vm, 5, item);
        if (kr_is_error(row) || !kr_list_append(vm, list, row)) list = KR_ERROR;
    }
    kr_port_free(r.found);
    return list;
}

FUNCTION(gethostbyname) {
    KrPortAddress a = { 0 };
    const char *host;
    char number[24];
    (void)self;
    if (!kr_access(vm, KR_ACCESS_SOCKETS, arg[0])) return KR_ERROR;
    if (!kr_is_str(arg[0]) || !text_or_null(vm, arg[0], &host, number)) return kr_raised(vm) ? KR_ERROR : kr_raise(vm, &kr_type_error, "str, bytes or bytearray expected, not %T", arg[0]);
    if (!kr_audit(vm, "socket.gethostbyname", 1, arg) || !kr_socket_find_host(vm, host, 2, &a)) return KR_ERROR;
    a.family = 2;
    KrValue v = kr_socket_address_value(vm, &a);
    return kr_is_error(v) ? v : kr_tuple_items(v, NULL)[0];
}

typedef struct {
    KrPortAddress *address;
    int flags, error;
    char host[1025], service[32];
} Name;

static void name_now(void *context) {
    Name *n = context;
    n->error = kr_port_name_of(n->address, n->flags, n->host, n->service);
}

FUNCTION(getnameinfo) {
    KrPortAddress a = { 0 };
    (void)self;
    size_t len = 0;
    const KrValue *item = kr_is_tuple(arg[0]) ? kr_tuple_items(arg[0], &len) : NULL;
    Name n = { .address = &a };
    if (!item) return kr_raise(vm, &kr_type_error, "getnameinfo() argument 1 must be a tuple");
    if (!kr_access(vm, KR_ACCESS_SOCKETS, KR_UNSET) || !kr_socket_int(vm, arg[1], &n.flags)) return KR_ERROR;
    int family = len > 2 || (len && kr_is_str(item[0]) && memchr(kr_str_text(item[0], &len), ':', len)) ? 10 : 2;
    if (!kr_socket_address_of(vm, family, arg[0], "getnameinfo", &a)) return KR_ERROR;
    kr_blocking(vm, name_now, &n);
    if (n.error) return kr_socket_resolve_error(vm, n.error);
    KrValue pair[2] = { kr_str_c(vm, n.host), kr_str_c(vm, n.service) };
    return kr_is_error(pair[0]) || kr_is_error(pair[1]) ? KR_ERROR : kr_tuple(vm, 2, pair);
}

FUNCTION(gethostname) {
    char name[256] = "";
    (void)self, (void)arg;
    return kr_port_host_name(name, sizeof name - 1) ? kr_str_c(vm, name) : kr_raise(vm, &kr_os_error, "the host has no name");
}

FUNCTION(sethostname) {
    KrValue told[1] = { arg[0] };
    size_t len;
    (void)self;
    if (!kr_is_str(arg[0]) && !kr_is_bytes(arg[0])) return kr_raise(vm, &kr_type_error, "sethostname() argument must be str or bytes, not %T", arg[0]);
    const char *name = kr_is_str(arg[0]) ? kr_str_text(arg[0], &len) : (const char *)kr_bytes_data(arg[0], &len);
    if (!kr_access(vm, KR_ACCESS_PROCESSES, arg[0]) || !kr_audit(vm, "socket.sethostname", 1, told)) return KR_ERROR;
    int error = kr_port_set_host_name(name, len);
    return error ? kr_raise_os(vm, error, KR_UNSET) : KR_NONE;
}

static KrValue service(KrVm *vm, KrValue name, KrValue port, KrValue protocol, bool by_name) {
    int64_t number = 0;
    char out[64];
    const char *text = NULL;
    if (by_name && !kr_is_str(name)) return kr_raise(vm, &kr_type_error, "getservbyname() argument 1 must be str, not %T", name);
    if (!by_name && !kr_to_int64(vm, port, &number)) return KR_ERROR;
    if (number < 0 || number > 65535) return kr_raise(vm, &kr_overflow_error, "getservbyport: port must be 0-65535.");
    if (!kr_is_unset(protocol) && !kr_is_str(protocol)) return kr_raise(vm, &kr_type_error, "argument 2 must be str, not %T", protocol);
    if (!kr_is_unset(protocol)) text = kr_str_text(protocol, NULL);
    int got = kr_port_service(by_name ? kr_str_text(name, NULL) : NULL, (int)number, text, out);
    if (got < 0) return kr_raise(vm, &kr_os_error, by_name ? "service/proto not found" : "port/proto not found");
    return by_name ? kr_int_box(got) : kr_str_c(vm, out);
}

FUNCTION(getservbyname) { return (void)self, service(vm, arg[0], KR_UNSET, arg[1], true); }
FUNCTION(getservbyport) { return (void)self, service(vm, KR_UNSET, arg[0], arg[1], false); }

FUNCTION(getprotobyname) {
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "getprotobyname() argument must be str, not %T", arg[0]);
    int got = kr_port_protocol(kr_str_text(arg[0], NULL));
    return got < 0 ? kr_raise(vm, &kr_os_error, "protocol not found") : kr_int_box(got);
}

FUNCTION(if_nameindex) {
    KrValue list = kr_list(vm, 0, NULL);
    char name[16];
    int number;
    (void)self, (void)arg;
    for (size_t i = 0; !kr_is_error(list) && kr_port_interface(i, &number, name); i++) {
        KrValue item[2] = { kr_int_box(number), kr_str_c(vm, name) }, pair = kr_is_error(item[1]) ? item[1] : kr_tuple(vm, 2, item);
        if (kr_is_error(pair) || !kr_list_append(vm, list, pair)) return KR_ERROR;
    }
    return list;
}

// ---- Numbers ---------------------------------------------------------------------------------------------------------------------

static KrValue swap(KrVm *vm, KrValue v, const char *what, int64_t most) {
    int64_t n;
    if (!kr_is_integer(v)) return kr_raise(vm, &kr_type_error, "'%T' object cannot be interpreted as an integer", v);
    if (!kr_int_fits(v, &n) || n > most) return kr_raise(vm, &kr_overflow_error, "%s: Python int too large to convert to C %d-bit unsigned integer", what, most > 0xFFFF ? 32 : 16);
    if (n < 0) return kr_raise(vm, &kr_overflow_error, "%s: can't convert negative Python int to C %d-bit unsigned integer", what, most > 0xFFFF ? 32 : 16);
    return kr_int(vm, most > 0xFFFF ? (int64_t)__builtin_bswap32((uint32_t)n) : (int64_t)__builtin_bswap16((uint16_t)n));
}

FUNCTION(ntohs) { return (void)self, swap(vm, arg[0], "ntohs", 0xFFFF); }
FUNCTION(ntohl) { return (void)self, swap(vm, arg[0], "ntohl", 0xFFFFFFFF); }
FUNCTION(htons) { return (void)self, swap(vm, arg[0], "htons", 0xFFFF); }
FUNCTION(htonl) { return (void)self, swap(vm, arg[0], "htonl", 0xFFFFFFFF); }

FUNCTION(inet_pton) {
    int family;
    KrPortAddress a = { 0 };
    (void)self;
    if (!kr_socket_int(vm, arg[0], &family)) return KR_ERROR;
    if (!kr_is_str(arg[1])) return kr_raise(vm, &kr_type_error, "inet_pton() argument 2 must be str, not %T", arg[1]);
    if (family != 2 && family != 10) return kr_raise_os(vm, 97, KR_UNSET); // EAFNOSUPPORT
    if (!kr_socket_ip_read(kr_str_text(arg[1], NULL), family, a.ip)) return kr_raise(vm, &kr_os_error, "illegal IP address string passed to inet_pton");
    return kr_bytes(vm, a.ip, family == 2 ? 4 : 16);
}

FUNCTION(inet_ntop) {
    int family;
    char text[64];
    KrBuffer b;
    uint8_t ip[16] = { 0 };
    (void)self;
    if (!kr_socket_int(vm, arg[0], &family) || !kr_get_buffer(vm, arg[1], &b, KR_BUFFER_READ)) return KR_ERROR;
    size_t len = b.len;
    memcpy(ip, b.data, len < 16 ? len : 16);
    kr_release_buffer(vm, &b);
    if (family != 2 && family != 10) return kr_raise(vm, &kr_value_error, "unknown address family %d", family);
    if (len != (family == 2 ? 4u : 16u)) return kr_raise(vm, &kr_value_error, "invalid length of packed IP address string");
    kr_socket_ip_write(ip, family, text);
    return kr_str_c(vm, text);
}

// As inet_aton of C: one to four numbers, the last fills what is left; also octal and hexadecimal.
FUNCTION(inet_aton) {
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "inet_aton() argument must be str, not %T", arg[0]);
    const char *p = kr_str_text(arg[0], NULL);
    uint32_t whole = 0;
    for (unsigned part = 0; part < 4; part++) {
        uint64_t n = 0;
        unsigned base = *p == '0' ? (p[1] | 32) == 'x' ? 16 : 8 : 10;
        const char *first = p += base == 16 ? 2 : 0;
        for (;; p++) {
            unsigned d = *p >= '0' && *p <= '9' ? (unsigned)(*p - '0') : (*p | 32) >= 'a' && (*p | 32) <= 'f' ? (unsigned)((*p | 32) - 'a') + 10 : 99;
            if (d >= base || n > UINT32_MAX) break;
            n = n * base + d;
        }
        bool last = *p != '.';
        uint64_t most = last ? UINT32_MAX >> (8 * part) : 255;
        if (p == first || n > most || (part == 3 && !last) || (last && *p && *p != ' ')) return kr_raise(vm, &kr_os_error, "illegal IP address string passed to inet_aton");
        whole |= (uint32_t)n << (last ? 0 : 24 - 8 * part);
        if (last) break;
        p++;
    }
    uint8_t ip[4] = { (uint8_t)(whole >> 24), (uint8_t)(whole >> 16), (uint8_t)(whole >> 8), (uint8_t)whole };
    return kr_bytes(vm, ip, 4);
}

FUNCTION(inet_ntoa) {
    KrValue two[2] = { kr_int_box(2), arg[0] };
    size_t len = 4;
    if (kr_is_bytes(arg[0])) kr_bytes_data(arg[0], &len);
    if (len != 4) return kr_raise(vm, &kr_os_error, "packed IP wrong length for inet_ntoa");
    return net_inet_ntop(vm, self, two);
}

// A length of ancillary data whose item is within what the system can be told: INT_MAX bytes, with the head of one.
static bool control_size(KrVm *vm, KrValue v, const char *what, bool last, size_t *size) {
    int64_t n, most = INT_MAX - (int64_t)(last ? kr_port_control_space(0, true) : kr_port_control_space(1, false));
    if (kr_is_integer(v) && !kr_int_fits(v, &n)) return kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C ssize_t"));
    if (!kr_to_int64(vm, v, &n)) return false;
    if (n < 0 || n > most) return kr_fail(kr_raise(vm, &kr_overflow_error, "%s() argument out of range", what));
    return *size = kr_port_control_space((size_t)n, last), true;
}

FUNCTION(cmsg_len) {
    size_t size;
    (void)self;
    return control_size(vm, arg[0], "CMSG_LEN", true, &size) ? kr_int(vm, (int64_t)size) : KR_ERROR;
}
FUNCTION(cmsg_space) {
    size_t size;
    (void)self;
    return control_size(vm, arg[0], "CMSG_SPACE", false, &size) ? kr_int(vm, (int64_t)size) : KR_ERROR;
}

// ---- Descriptors -----------------------------------------------------------------------------------------------------------------

FUNCTION(socketpair) {
    int how[3], fd[2];
    (void)self;
    for (int i = 0; i < 3; i++)
        if (!kr_socket_int(vm, arg[i], &how[i])) return KR_ERROR;
    if (!kr_access(vm, KR_ACCESS_SOCKETS, KR_UNSET)) return KR_ERROR;
    int error = kr_port_socket_pair(how[0], how[1], how[2], fd);
    if (error) return kr_raise_os(vm, error, KR_UNSET);
    KrValue pair[2] = { KR_ERROR, KR_ERROR };
    for (int i = 0; i < 2; i++)
        if (kr_fd_opened(vm, fd[i])) pair[i] = kr_socket_of(vm, fd[i], how[0], how[1], how[2]);
    return kr_is_error(pair[0]) || kr_is_error(pair[1]) ? KR_ERROR : kr_tuple(vm, 2, pair);
}

FUNCTION(dup) {
    int fd;
    (void)self;
    if (!kr_socket_int(vm, arg[0], &fd) || !kr_access_fd(vm, fd)) return KR_ERROR;
    int got = kr_port_duplicate(fd);
    if (got < 0) return kr_raise_os(vm, -got, KR_UNSET);
    return kr_fd_opened(vm, got) ? kr_int_box(got) : KR_ERROR;
}

FUNCTION(close) {
    int fd;
    (void)self;
    if (!kr_socket_int(vm, arg[0], &fd) || !kr_access_close(vm, fd)) return KR_ERROR;
    kr_fd_closed(vm, fd);
    int error = kr_port_close(fd);
    return error < 0 ? kr_raise_os(vm, -error, KR_UNSET) : KR_NONE;
}

FUNCTION(getdefaulttimeout) {
    KrValue v = KR_UNSET;
    (void)self, (void)arg;
    if (!kr_dict_find(vm, vm->state, kr_name(vm, "socket.timeout"), &v)) return KR_ERROR;
    return kr_is_unset(v) ? KR_NONE : v;
}

FUNCTION(setdefaulttimeout) {
    int64_t ns;
    (void)self;
    if (!kr_socket_timeout(vm, arg[0], &ns)) return KR_ERROR;
    return kr_dict_set_c(vm, vm->state, "socket.timeout", kr_is_none(arg[0]) ? KR_NONE : kr_float(vm, (double)ns / 1e9)) ? KR_NONE : KR_ERROR;
}

FUNCTION(set_gaierror) { return (void)self, kr_dict_set_c(vm, vm->state, "socket.gaierror", arg[0]) ? KR_NONE : KR_ERROR; }

static const KrMethod functions[] = {
    { "getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)", net_getaddrinfo, KR_DOC("Return a list of (family, type, proto, canonname, sockaddr) for a host and a service."), 0 },
    { "getnameinfo(sockaddr, flags, /)", net_getnameinfo, KR_DOC("Return (host, service) of an address."), 0 },
    { "gethostbyname(host, /)", net_gethostbyname, KR_DOC("Return the IPv4 address of a host, as text."), 0 },
    { "gethostname()", net_gethostname, KR_DOC("Return the name of this host."), 0 },
    { "sethostname(name, /)", net_sethostname, KR_DOC("Set the name of this host."), 0 },
    { "getservbyname(name, protocol=<unset>, /)", net_getservbyname, KR_DOC("Return the port of a service."), 0 },
    { "getservbyport(port, protocol=<unset>, /)", net_getservbyport, KR_DOC("Return the name of the service at a port."), 0 },
    { "getprotobyname(name, /)", net_getprotobyname, KR_DOC("Return the number of a protocol."), 0 },
    { "if_nameindex()", net_if_nameindex, KR_DOC("Return the network interfaces as a list of (number, name)."), 0 },
    { "ntohs(integer, /)", net_ntohs, KR_DOC("Convert 16 bits from network order."), 0 },
    { "ntohl(integer, /)", net_ntohl, KR_DOC("Convert 32 bits from network order."), 0 },
    { "htons(integer, /)", net_htons, KR_DOC("Convert 16 bits to network order."), 0 },
    { "htonl(integer, /)", net_htonl, KR_DOC("Convert 32 bits to network order."), 0 },
    { "inet_pton(family, address, /)", net_inet_pton, KR_DOC("Return the bytes of an IP address."), 0 },
    { "inet_ntop(family, packed, /)", net_inet_ntop, KR_DOC("Return the text of an IP address."), 0 },
    { "inet_aton(address, /)", net_inet_aton, KR_DOC("Return the four bytes of an IPv4 address."), 0 },
    { "inet_ntoa(packed, /)", net_inet_ntoa, KR_DOC("Return the text of four bytes."), 0 },
    { "CMSG_LEN(length, /)", net_cmsg_len, KR_DOC("Return the size of an item of ancillary data, without padding behind it."), 0 },
    { "CMSG_SPACE(length, /)", net_cmsg_space, KR_DOC("Return the size that an item of ancillary data takes."), 0 },
    { "socketpair(family=1, type=1, proto=0, /)", net_socketpair, KR_DOC("Return two sockets that are connected to each other."), 0 },
    { "dup(fd, /)", net_dup, KR_DOC("Return another descriptor of the same socket."), 0 },
    { "close(fd, /)", net_close, KR_DOC("Close a descriptor."), 0 },
    { "getdefaulttimeout()", net_getdefaulttimeout, KR_DOC("Return the timeout of new sockets in seconds, None: they wait for ever."), 0 },
    { "setdefaulttimeout(timeout, /)", net_setdefaulttimeout, KR_DOC("Set the timeout of new sockets in seconds, None: they wait for ever."), 0 },
    { "_set_gaierror(kind, /)", net_set_gaierror, KR_DOC("Have name resolution raise this OSError."), 0 },
    { 0 },
};

#define ROW(name, value) { #name, KR_CONST_INT, { .i = value } },
static const KrConst constants[] = { KR_SOCKET_CONSTANTS(ROW){ "socket", KR_CONST_TYPE, { .p = &kr_socket_type } },
                                     { "SocketType", KR_CONST_TYPE, { .p = &kr_socket_type } },
                                     { "error", KR_CONST_TYPE, { .p = &kr_os_error } },
                                     { "timeout", KR_CONST_TYPE, { .p = &kr_timeout_error } },
                                     { 0 } };

const KrModuleDef kr_socket_module = { "_socket", KR_DOC("Sockets of the system."), functions, constants, NULL };
