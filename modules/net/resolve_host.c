// resolve_host.c - getaddrinfo(): addresses of a host and kinds of sockets for a service.
//
// In this order: numeric addresses, the file hosts, localhost (which never leaves this machine, RFC 6761), DNS.
// SPDX-License-Identifier: MIT
#include "resolve_part.h"

enum { TCP = 6, UDP = 17, DCCP = 33, SCTP = 132, UDPLITE = 136, RAW = 3, SEQPACKET = 5, DCCP_SOCKET = 6, PORT_MASK = 0xFFFF };

static const struct {
    int type, protocol;
    const char *name; // of the protocol, in the file services; NULL: it has no ports
    bool standard;    // taken where neither type nor protocol was said
} kinds[] = {
    { KR_NET_STREAM, TCP, "tcp", true },
    { KR_NET_DGRAM, UDP, "udp", true },
    { DCCP_SOCKET, DCCP, "dccp", false },
    { KR_NET_DGRAM, UDPLITE, "udplite", false },
    { KR_NET_STREAM, SCTP, "sctp", false },
    { SEQPACKET, SCTP, "sctp", false },
    { RAW, 0, NULL, true },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

// ---- Services --------------------------------------------------------------------------------------------------------------------

// As C's strtoul() reads it, but for numbers below zero. False: it is a name.
static bool read_port(const char *text, int *out, bool *negative) {
    uint64_t n = 0;
    *negative = false;
    while (*text == ' ' || (*text >= '\t' && *text <= '\r')) text++;
    bool sign = *text == '-' || *text == '+';
    *negative = *text == '-';
    text += sign;
    if (sign && !*text) return false;
    for (; *text >= '0' && *text <= '9'; text++) n = n < UINT32_MAX ? n * 10 + (unsigned)(*text - '0') : n;
    *negative |= n > INT32_MAX;
    return *out = (int)(n & PORT_MASK), !*text;
}

static void add_kind(KrResolve *r, size_t row, int port) {
    int protocol = kinds[row].type == RAW ? r->protocol : kinds[row].protocol;
    r->kind[r->kinds++] = (KrSocketKind){ kinds[row].type, protocol, port };
}

static bool is_meant(const KrResolve *r, size_t row) {
    if (r->type && r->type != kinds[row].type) return false;
    return !r->protocol || r->protocol == kinds[row].protocol || kinds[row].type == RAW;
}

// The port of the service under a protocol, -1: it has none.
static int port_of(const KrResolve *r, size_t row) {
    char name[64];
    return kinds[row].name ? kr_service_find(r->service, 0, kinds[row].name, name) : -1;
}

static int choose_kinds(KrResolve *r) {
    int port = 0;
    bool negative = false, number = !r->has_service || strcmp(r->service, "*") == 0 || read_port(r->service, &port, &negative);
    bool any = !r->type && !r->protocol, said = r->has_service && strcmp(r->service, "*") != 0;
    if (said && negative) return KR_EAI_SERVICE;
    if (!number && r->flags & KR_AI_NUMERICSERV) return KR_EAI_NONAME;
    for (size_t row = 0; row < KINDS; row++) {
        if (any ? !kinds[row].standard : !is_meant(r, row)) continue;
        if (said && !any && !kinds[row].name) return KR_EAI_SERVICE;
        int found = number ? port : port_of(r, row);
        if (found >= 0) add_kind(r, row, found);
        else if (!any) return KR_EAI_SERVICE;
        if (!any) return 0;
    }
    return r->kinds ? 0 : r->type ? KR_EAI_SOCKTYPE : KR_EAI_SERVICE;
}

// ---- Hosts without asking --------------------------------------------------------------------------------------------------------

static const uint8_t any_ip[16], loop_4[16] = { 127, 0, 0, 1 }, loop_6[16] = { [15] = 1 };

static bool wants(const KrResolve *r, int family) { return r->family == KR_FAMILY_ANY || r->family == family; }

static void take_own(KrResolve *r, bool passive) {
    if (wants(r, KR_FAMILY_6)) kr_host_add(&r->found, KR_FAMILY_6, passive ? any_ip : loop_6, 0);
    if (wants(r, KR_FAMILY_4)) kr_host_add(&r->found, KR_FAMILY_4, passive ? any_ip : loop_4, 0);
}

static bool is_localhost(const char *name) {
    char text[KR_HOST_ROOM];
    size_t len = strlen(strcpy(text, name)), tail = sizeof "localhost" - 1;
    if (len && text[len - 1] == '.') text[--len] = 0;
    return len >= tail && kr_host_same(text + len - tail, "localhost") && (len == tail || text[len - tail - 1] == '.');
}

// 1: it is a number, and taken; 0: it is none; an EAI_ number.
static int take_number(KrResolve *r) {
    KrHostAddress a;
    bool bad_scope;
    if (!kr_number_read(r->host, &a, &bad_scope)) return bad_scope ? KR_EAI_NONAME : 0;
    if (!wants(r, a.family) && !(a.family == KR_FAMILY_4 && r->flags & KR_AI_V4MAPPED)) return KR_EAI_ADDRFAMILY;
    kr_host_add(&r->found, a.family, a.ip, a.scope);
    return strcpy(r->found.name, r->host), 1;
}

// Also those that become IPv6 addresses later.
static int family_asked(const KrResolve *r) { return r->family == KR_FAMILY_6 && r->flags & KR_AI_V4MAPPED ? KR_FAMILY_ANY : r->family; }

// AI_ADDRCONFIG: families of which this host has no address but the loopback's are not asked for.
static bool narrow(KrResolve *r) {
    bool has_4 = kr_port_has_family(KR_FAMILY_4), has_6 = kr_port_has_family(KR_FAMILY_6);
    if ((r->family == KR_FAMILY_4 && !has_4) || (r->family == KR_FAMILY_6 && !has_6)) return false;
    if (r->family == KR_FAMILY_ANY && has_4 != has_6) r->family = has_4 ? KR_FAMILY_4 : KR_FAMILY_6;
    return true;
}

static int begin_name(KrResolve *r) {
    static const int both[2] = { KR_DNS_A, KR_DNS_AAAA };
    int family = family_asked(r);
    if (!kr_host_is_plain(r->host)) return KR_EAI_NONAME;
    int found = kr_hosts_find(r->paths.hosts, r->host, family, &r->found);
    if (found < 0) return r->system = -found, KR_EAI_SYSTEM;
    if (found) return 0;
    memset(&r->found, 0, sizeof r->found);
    if (is_localhost(r->host)) {
        strcpy(r->found.name, r->host);
        return take_own(r, false), 0;
    }
    kr_resolve_ask(r, r->host, family == KR_FAMILY_6 ? both + 1 : both, family == KR_FAMILY_ANY ? 2 : 1);
    return 0;
}

static int begin(KrResolve *r) {
    bool any_host = !r->has_host || strcmp(r->host, "*") == 0;
    if (any_host && (!r->has_service || strcmp(r->service, "*") == 0)) return KR_EAI_NONAME;
    if (r->flags & ~KR_AI_KNOWN) return KR_EAI_BADFLAGS;
    if (r->flags & KR_AI_CANONNAME && any_host) return KR_EAI_BADFLAGS;
    if (r->family != KR_FAMILY_ANY && r->family != KR_FAMILY_4 && r->family != KR_FAMILY_6) return KR_EAI_FAMILY;
    if (r->flags & KR_AI_ADDRCONFIG && !narrow(r)) return KR_EAI_NONAME;
    int error = choose_kinds(r);
    if (error) return error;
    if (any_host) return take_own(r, r->flags & KR_AI_PASSIVE), 0;
    int number = take_number(r);
    if (number) return number < 0 ? number : 0;
    return r->flags & KR_AI_NUMERICHOST ? KR_EAI_NONAME : begin_name(r);
}

void kr_resolve_begin_host(KrResolve *r) { r->error = begin(r); }

// ---- The end ---------------------------------------------------------------------------------------------------------------------

// IPv4 addresses become IPv6 ones where only those are wanted: all of them, or if there are no others.
static void map_addresses(KrResolve *r) {
    KrHostAddress *to = r->found.address;
    bool has_6 = false;
    size_t kept = 0;
    for (size_t i = 0; i < r->found.count; i++) has_6 |= to[i].family == KR_FAMILY_6;
    for (size_t i = 0; i < r->found.count; i++) {
        KrHostAddress a = to[i];
        if (a.family == KR_FAMILY_4 && has_6 && !(r->flags & KR_AI_ALL)) continue;
        if (a.family == KR_FAMILY_4) {
            memcpy(a.ip + 12, to[i].ip, 4);
            memset(a.ip, 0, 10);
            a.ip[10] = a.ip[11] = 0xFF;
            a.family = KR_FAMILY_6;
        }
        to[kept++] = a;
    }
    r->found.count = kept;
}

void kr_resolve_finish_host(KrResolve *r) {
    if (r->error) return;
    if (r->family == KR_FAMILY_6) map_addresses(r);
    kr_host_sort(&r->found);
    if (!r->found.count) r->error = KR_EAI_NODATA;
}
