// socket_module.c - the module _socket: this host, addresses as numbers, descriptors. socket_type.c has the sockets, socket_name.c the names of others.
// SPDX-License-Identifier: MIT
#include "resolve_part.h"
#include "socket_part.h"

#include "socket_constants.h"

#include "vm/audit.h"

#include "../modules/modules.h"

#define FUNCTION(name) static KrValue net_##name(KrVm *vm, KrValue self, const KrValue *arg)

// ---- This host -------------------------------------------------------------------------------------------------------------------

FUNCTION(gethostname) {
    char name[256] = "";
    (void)self, (void)arg;
    return kr_port_host_name(name, sizeof name - 1) ? kr_str_c(vm, name) : kr_raise(vm, &kr_os_error, "the host has no name");
}

FUNCTION(sethostname) {
    KrValue told[1] = { arg[0] };
    size_t len;
    (void)self;
    if (!kr_is_str(arg[0]) && !kr_is_bytes(arg[0]))
        return kr_raise(vm, &kr_type_error, "sethostname() argument must be str or bytes, not %T", arg[0]);
    const char *name = kr_is_str(arg[0]) ? kr_str_text(arg[0], &len) : (const char *)kr_bytes_data(arg[0], &len);
    if (!kr_access(vm, KR_ACCESS_PROCESSES, arg[0]) || !kr_audit(vm, "socket.sethostname", 1, told)) return KR_ERROR;
    int error = kr_port_set_host_name(name, len);
    return error ? kr_raise_os(vm, error, KR_UNSET) : KR_NONE;
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
    if (!kr_int_fits(v, &n) || n > most)
        return kr_raise(vm, &kr_overflow_error, "%s: Python int too large to convert to C %d-bit unsigned integer", what,
                        most > 0xFFFF ? 32 : 16);
    if (n < 0)
        return kr_raise(vm, &kr_overflow_error, "%s: can't convert negative Python int to C %d-bit unsigned integer", what,
                        most > 0xFFFF ? 32 : 16);
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
    if (!kr_socket_ip_read(kr_str_text(arg[1], NULL), family, a.ip))
        return kr_raise(vm, &kr_os_error, "illegal IP address string passed to inet_pton");
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

FUNCTION(inet_aton) {
    uint8_t ip[4];
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "inet_aton() argument must be str, not %T", arg[0]);
    const char *end = kr_number_read_4(kr_str_text(arg[0], NULL), ip);
    if (!end || (*end && *end != ' ')) return kr_raise(vm, &kr_os_error, "illegal IP address string passed to inet_aton");
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
    if (kr_is_integer(v) && !kr_int_fits(v, &n))
        return kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C ssize_t"));
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
    bool collected = false;
    int error;
    do error = kr_port_socket_pair(how[0], how[1], how[2], fd);
    while (error && kr_fd_again(vm, error, &collected));
    if (error) return kr_raised(vm) ? KR_ERROR : kr_raise_os(vm, error, KR_UNSET);
    KrValue pair[2] = { KR_ERROR, KR_ERROR };
    for (int i = 0; i < 2; i++)
        if (kr_fd_opened(vm, fd[i])) pair[i] = kr_socket_of(vm, fd[i], how[0], how[1], how[2]);
    return kr_is_error(pair[0]) || kr_is_error(pair[1]) ? KR_ERROR : kr_tuple(vm, 2, pair);
}

FUNCTION(dup) {
    int fd;
    (void)self;
    if (!kr_socket_int(vm, arg[0], &fd) || !kr_access_fd(vm, fd)) return KR_ERROR;
    bool collected = false;
    int got;
    do got = kr_port_duplicate(fd);
    while (got < 0 && kr_fd_again(vm, -got, &collected));
    if (got < 0) return kr_raised(vm) ? KR_ERROR : kr_raise_os(vm, -got, KR_UNSET);
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
    return kr_dict_set_c(vm, vm->state, "socket.timeout", kr_is_none(arg[0]) ? KR_NONE : kr_float(vm, (double)ns / 1e9)) ? KR_NONE
                                                                                                                         : KR_ERROR;
}

#define NAME_ROW(name, signature, text) { signature, kr_net_##name, KR_DOC(text), 0 },
static const KrMethod functions[] = {
    KR_NET_NAMES(NAME_ROW){ "gethostname()", net_gethostname, KR_DOC("Return the name of this host."), 0 },
    { "sethostname(name, /)", net_sethostname, KR_DOC("Set the name of this host."), 0 },
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
    { "setdefaulttimeout(timeout, /)", net_setdefaulttimeout,
      KR_DOC("Set the timeout of new sockets in seconds, None: they wait for ever."), 0 },
    { 0 },
};

#define ROW(name, value) { #name, KR_CONST_INT, { .i = value } },
static const KrConst constants[] = { KR_SOCKET_CONSTANTS(ROW){ "socket", KR_CONST_TYPE, { .p = &kr_socket_type } },
                                     { "SocketType", KR_CONST_TYPE, { .p = &kr_socket_type } },
                                     { "error", KR_CONST_TYPE, { .p = &kr_os_error } },
                                     { "timeout", KR_CONST_TYPE, { .p = &kr_timeout_error } },
                                     { 0 } };

const KrModuleDef kr_socket_module = { "_socket", KR_DOC("Sockets of the system."), functions, constants, NULL };
