// resolve_order.c - which address of a host is tried first: RFC 6724, as far as it does without knowing all addresses of this host.
//
// For each address the kernel is asked, by a socket for datagrams that is connected and sends nothing, whether there is a way there, and from
// which own address. Then: what can be reached (rule 1), what has the scope of its source (2), what has its label (5), what has precedence (6),
// the smaller scope (8), for IPv6 the longest common prefix (9), the order of the answer (10). Rules 3, 4 and 7 (addresses that are
// deprecated, home addresses, tunnels) need what the kernel does not tell this way.
// SPDX-License-Identifier: MIT
#include "resolve_part.h"

typedef struct {
    KrHostAddress address;
    uint8_t source[16];
    bool reached;
    int scope, source_scope, label, source_label, precedence;
} Ranked;

// IPv4 addresses as IPv6 has them.
static void mapped(int family, const uint8_t *ip, uint8_t out[16]) {
    static const uint8_t head[12] = { [10] = 0xFF, [11] = 0xFF };
    if (family == KR_FAMILY_6) {
        memcpy(out, ip, 16);
        return;
    }
    memcpy(out, head, sizeof head);
    memcpy(out + 12, ip, 4);
}

static const struct { // section 2.1, longest first
    uint8_t prefix[16];
    int bits, precedence, label;
} policy[] = {
    { { [15] = 1 }, 128, 50, 0 },  { { [10] = 0xFF, [11] = 0xFF }, 96, 35, 4 },
    { { 0 }, 96, 1, 3 },           { { 0x20, 0x01 }, 32, 5, 5 },
    { { 0x20, 0x02 }, 16, 30, 2 }, { { 0x3F, 0xFE }, 16, 1, 12 },
    { { 0xFE, 0xC0 }, 10, 1, 11 }, { { 0xFC }, 7, 3, 13 },
    { { 0 }, 0, 40, 1 },
};

static int common_bits(const uint8_t *a, const uint8_t *b) {
    int n = 0;
    while (n < 128 && !((a[n / 8] ^ b[n / 8]) & (0x80 >> n % 8))) n++;
    return n;
}

static void look_up(const uint8_t *ip, int *precedence, int *label) {
    size_t i = 0;
    while (policy[i].bits && common_bits(ip, policy[i].prefix) < policy[i].bits) i++;
    *precedence = policy[i].precedence, *label = policy[i].label;
}

static bool is_four(const uint8_t *ip) {
    static const uint8_t head[12] = { [10] = 0xFF, [11] = 0xFF };
    return memcmp(ip, head, sizeof head) == 0;
}

enum { LINK = 2, SITE = 5, GLOBAL = 14 };

static int scope_of(const uint8_t *ip) { // section 3.1, and 3.2 for IPv4
    static const uint8_t loopback[16] = { [15] = 1 };
    if (is_four(ip)) return ip[12] == 127 || (ip[12] == 169 && ip[13] == 254) ? LINK : GLOBAL;
    if (ip[0] == 0xFF) return ip[1] & 15;
    if (memcmp(ip, loopback, 16) == 0 || (ip[0] == 0xFE && (ip[1] & 0xC0) == 0x80)) return LINK;
    return ip[0] == 0xFE && (ip[1] & 0xC0) == 0xC0 ? SITE : GLOBAL;
}

static void rank(const KrHostAddress *a, Ranked *r) {
    enum { ANY_PORT = 53 };
    uint8_t ip[16];
    int ignored;
    KrPortAddress to = { .family = a->family, .port = ANY_PORT, .scope = a->scope }, from = { 0 };
    *r = (Ranked){ .address = *a };
    memcpy(to.ip, a->ip, sizeof to.ip);
    mapped(a->family, a->ip, ip);
    r->scope = scope_of(ip);
    look_up(ip, &r->precedence, &r->label);
    int fd = kr_port_socket(a->family, KR_NET_DGRAM | KR_NET_NONBLOCK, 0);
    if (fd < 0) return;
    r->reached = kr_port_address_write(&to) && !kr_port_socket_connect(fd, &to) && !kr_port_socket_name(fd, false, &from);
    (void)kr_port_close(fd);
    if (!r->reached) return;
    mapped(from.family, from.ip, r->source);
    r->source_scope = scope_of(r->source);
    look_up(r->source, &ignored, &r->source_label);
}

// Below 0: a goes first.
static int compare(const Ranked *a, const Ranked *b) {
    uint8_t ip[2][16];
    if (a->reached != b->reached) return a->reached ? -1 : 1;
    if (a->reached) {
        bool scopes[2] = { a->scope == a->source_scope, b->scope == b->source_scope },
             labels[2] = { a->label == a->source_label, b->label == b->source_label };
        if (scopes[0] != scopes[1]) return scopes[0] ? -1 : 1;
        if (labels[0] != labels[1]) return labels[0] ? -1 : 1;
    }
    if (a->precedence != b->precedence) return b->precedence - a->precedence;
    if (a->scope != b->scope) return a->scope - b->scope;
    mapped(a->address.family, a->address.ip, ip[0]);
    mapped(b->address.family, b->address.ip, ip[1]);
    if (!a->reached || is_four(ip[0]) || is_four(ip[1])) return 0;
    return common_bits(ip[1], b->source) - common_bits(ip[0], a->source);
}

void kr_host_sort(KrHost *host) {
    Ranked r[KR_HOST_ADDRESSES];
    if (host->count < 2) return;
    for (size_t i = 0; i < host->count; i++) {
        Ranked one;
        size_t at = i;
        rank(&host->address[i], &one);
        for (; at && compare(&one, &r[at - 1]) < 0; at--) r[at] = r[at - 1];
        r[at] = one;
    }
    for (size_t i = 0; i < host->count; i++) host->address[i] = r[i].address;
}
