// socket_address.c - addresses of sockets: between Python's tuples and paths, text, and what the port takes.
// SPDX-License-Identifier: MIT
#include "object/bytes.h"
#include "socket_part.h"

enum { UNIX = 1, INET = 2, INET6 = 10 };

// ---- Text of IP addresses --------------------------------------------------------------------------------------------------------

static const char *read_four(const char *p, uint8_t ip[4]) {
    for (int i = 0; i < 4; i++) {
        unsigned n = 0;
        const char *first = p;
        for (; *p >= '0' && *p <= '9' && p - first < 4; p++) n = n * 10 + (unsigned)(*p - '0');
        if (p == first || n > 255 || (p - first > 1 && *first == '0')) return NULL;
        ip[i] = (uint8_t)n;
        if (i < 3 && *p++ != '.') return NULL;
    }
    return p;
}

static int hexadecimal(char c) { return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1; }

// Eight groups; "::" stands for as many as are missing; the last two may be an IPv4 address.
static bool read_six(const char *p, uint8_t ip[16]) {
    uint8_t part[16];
    int count = 0, gap = -1;
    if (p[0] == ':' && p[1] != ':') return false;
    if (p[0] == ':') gap = 0, p += 2;
    while (*p && count < 16) {
        const char *first = p;
        unsigned n = 0;
        for (int d; (d = hexadecimal(*p)) >= 0 && p - first < 4; p++) n = n << 4 | (unsigned)d;
        if (*p == '.' && count <= 12) {
            p = read_four(first, part + count);
            if (!p || *p) return false;
            count += 4;
            break;
        }
        if (p == first || (*p && *p != ':')) return false;
        part[count++] = (uint8_t)(n >> 8), part[count++] = (uint8_t)n;
        if (*p == ':' && p[1] == ':') {
            if (gap >= 0) return false;
            gap = count, p += 2;
        } else if (*p == ':' && !*++p) {
            return false;
        }
    }
    if (*p || (gap < 0 ? count != 16 : count > 14)) return false;
    memset(ip, 0, 16);
    int head = gap < 0 ? count : gap;
    memcpy(ip, part, (size_t)head);
    memcpy(ip + 16 - (count - head), part + head, (size_t)(count - head));
    return true;
}

bool kr_socket_ip_read(const char *text, int family, uint8_t ip[16]) {
    if (family == INET6) return read_six(text, ip);
    const char *end = read_four(text, ip);
    return end && !*end;
}

static char *put_number(char *out, unsigned n, unsigned base) {
    char digit[8];
    int len = 0;
    do digit[len++] = "0123456789abcdef"[n % base], n /= base;
    while (n);
    while (len) *out++ = digit[--len];
    return out;
}

static char *write_four(const uint8_t *ip, char *out) {
    for (int i = 0; i < 4; i++) {
        if (i) *out++ = '.';
        out = put_number(out, ip[i], 10);
    }
    return *out = 0, out;
}

// The longest run of at least two empty groups is written as "::" (RFC 5952).
void kr_socket_ip_write(const uint8_t *ip, int family, char out[64]) {
    int best = -1, best_len = 1;
    if (family == INET) {
        write_four(ip, out);
        return;
    }
    for (int i = 0, len; i < 8; i += len ? len : 1) {
        for (len = 0; i + len < 8 && !ip[2 * (i + len)] && !ip[2 * (i + len) + 1]; len++) continue;
        if (len > best_len) best = i, best_len = len;
    }
    bool mapped = best == 0 && (best_len == 6 || (best_len == 5 && ip[10] == 0xFF && ip[11] == 0xFF));
    for (int i = 0; i < 8; i++) {
        if (i == best) {
            *out++ = ':';
            if (best + best_len == 8) *out++ = ':';
            i += best_len - 1;
            continue;
        }
        if (i) *out++ = ':';
        if (mapped && i == 6) {
            write_four(ip + 12, out);
            return;
        }
        out = put_number(out, (unsigned)(ip[2 * i] << 8 | ip[2 * i + 1]), 16);
    }
    *out = 0;
}

// ---- Python's addresses ----------------------------------------------------------------------------------------------------------

// Paths are bytes for the system: what is not UTF-8 is in a str as lone surrogates.
static KrValue recode(KrVm *vm, KrValue v, const char *method) {
    KrValue how[2] = { kr_str_c(vm, "utf-8"), kr_str_c(vm, "surrogateescape") };
    return kr_is_error(how[0]) || kr_is_error(how[1]) ? KR_ERROR : kr_call_method(vm, v, method, 2, how);
}

static KrValue path_value(KrVm *vm, const char *path, size_t len) {
    size_t ascii = 0;
    while (ascii < len && !(path[ascii] & 0x80)) ascii++;
    if (ascii == len) return kr_str(vm, path, len);
    KrValue bytes = kr_bytes(vm, path, len);
    return kr_is_error(bytes) ? bytes : recode(vm, bytes, "decode");
}

KrValue kr_socket_address_value(KrVm *vm, KrPortAddress *a) {
    char text[64];
    if (a->family == UNIX) return a->path_len && !a->path[0] ? kr_bytes(vm, a->path, a->path_len) : path_value(vm, a->path, a->path_len);
    if (a->family != INET && a->family != INET6) return kr_socket_family_value(vm, a);
    kr_socket_ip_write(a->ip, a->family, text);
    KrValue item[4] = { kr_str_c(vm, text), kr_int_box(a->port), kr_int(vm, a->flow), kr_int(vm, a->scope) };
    for (size_t i = 0; i < KR_COUNT_OF(item); i++)
        if (kr_is_error(item[i])) return KR_ERROR;
    return kr_tuple(vm, a->family == INET ? 2 : 4, item);
}

static bool path_of(KrVm *vm, KrValue v, KrPortAddress *out) {
    KrBuffer b;
    if (kr_is_str(v)) v = recode(vm, v, "encode");
    if (kr_is_error(v) || !kr_get_buffer(vm, v, &b, KR_BUFFER_READ)) return false;
    bool fits = b.len < sizeof out->path + (b.len && !*(char *)b.data);
    if (fits) memcpy(out->path, b.data, out->path_len = b.len);
    kr_release_buffer(vm, &b);
    return fits || kr_fail(kr_raise(vm, &kr_os_error, "AF_UNIX path too long"));
}

static bool number_of(KrVm *vm, KrValue v, int64_t most, const char *function, const char *what, int64_t *out) {
    if (!kr_is_integer(v)) return kr_fail(kr_raise(vm, &kr_type_error, "'%T' object cannot be interpreted as an integer", v));
    if (kr_int_fits(v, out) && *out >= 0 && *out <= most) return true;
    return kr_fail(kr_raise(vm, &kr_overflow_error, "%s(): %s must be 0-%z.", function, what, (intptr_t)most));
}

static bool host_of(KrVm *vm, KrValue v, int family, KrPortAddress *out) {
    size_t len;
    KrPortAddress found = { 0 };
    if (!kr_socket_is_text(v)) return kr_fail(kr_raise(vm, &kr_type_error, "str, bytes or bytearray expected, not %T", v));
    const char *host = kr_is_str(v) ? kr_str_text(v, &len) : (const char *)kr_bytes_data(v, &len);
    if (memchr(host, 0, len)) return kr_fail(kr_raise(vm, &kr_type_error, "host name must not contain null character"));
    if (len && !kr_isa(v, &kr_bytearray_type) && kr_socket_ip_read(host, family, out->ip)) return true;
    if (!kr_socket_find_host(vm, v, family, &found)) return false;
    memcpy(out->ip, found.ip, sizeof out->ip);
    if (family == INET6) out->scope = found.scope;
    return true;
}

bool kr_socket_address_of(KrVm *vm, int family, KrValue v, const char *function, KrPortAddress *out) {
    int64_t port, flow = 0, scope = 0;
    size_t len = 0;
    *out = (KrPortAddress){ .family = family };
    if (family == UNIX)
        return path_of(vm, v, out) && (kr_port_address_write(out) || kr_fail(kr_raise(vm, &kr_os_error, "AF_UNIX path too long")));
    if (family != INET && family != INET6) return kr_socket_family_of(vm, family, v, function, out);
    if (!kr_is_tuple(v))
        return kr_fail(
            kr_raise(vm, &kr_type_error, "%s(): AF_INET%s address must be tuple, not %T", function, family == INET ? "" : "6", v));
    const KrValue *item = kr_tuple_items(v, &len);
    if (family == INET ? len != 2 : len < 2 || len > 4)
        return kr_fail(kr_raise(vm, &kr_type_error,
                                family == INET ? "AF_INET address must be a pair (host, port)"
                                               : "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])"));
    if (!number_of(vm, item[1], 65535, function, "port", &port) || !host_of(vm, item[0], family, out)) return false;
    if (len > 2 && !number_of(vm, item[2], 1048575, function, "flowinfo", &flow)) return false;
    if (len > 3 && !number_of(vm, item[3], UINT32_MAX, function, "scopeid", &scope)) return false;
    out->port = (uint16_t)port;
    out->flow = (uint32_t)flow;
    if (scope) out->scope = (uint32_t)scope;
    return kr_port_address_write(out) || kr_fail(kr_raise(vm, &kr_os_error, "%s(): bad address", function));
}
