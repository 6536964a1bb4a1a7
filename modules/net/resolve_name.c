// resolve_name.c - lookups step by step; names of addresses, by the file hosts and by DNS (PTR).
// SPDX-License-Identifier: MIT
#include "resolve_part.h"

const char *kr_resolve_text(int error) {
    static const char *const text[] = { "Unknown error",
                                        "Bad value for ai_flags",
                                        "Name or service not known",
                                        "Temporary failure in name resolution",
                                        "Non-recoverable failure in name resolution",
                                        "No address associated with hostname",
                                        "ai_family not supported",
                                        "ai_socktype not supported",
                                        "Servname not supported for ai_socktype",
                                        "Address family for hostname not supported",
                                        "Memory allocation failure",
                                        "System error" };
    size_t n = error <= 0 ? (size_t)-error : 0;
    return text[n < sizeof text / sizeof *text ? n : 0];
}

bool kr_resolve_set(KrResolve *r, const char *host, const char *service) {
    size_t len = host ? strlen(host) : 0;
    r->has_host = host, r->has_service = service;
    r->search = true;
    if (len >= sizeof r->host) return r->error = KR_EAI_NONAME, false;
    if (service && strlen(service) >= sizeof r->service) return r->error = KR_EAI_SERVICE, false;
    if (host) strcpy(r->host, host);
    if (service) strcpy(r->service, service);
    kr_resolve_paths(&r->paths);
    return true;
}

void kr_resolve_ask(KrResolve *r, const char *name, const int *type, size_t types) {
    kr_query_begin(&r->query, r->paths.conf, name, type, types, r->search, &r->found);
    r->state = KR_RESOLVE_ASK;
}

bool kr_resolve_go(KrResolve *r, int64_t until) {
    if (r->state == KR_RESOLVE_BEGIN) {
        if (!r->error) (r->by_address ? kr_resolve_begin_address : kr_resolve_begin_host)(r);
        if (r->state == KR_RESOLVE_BEGIN) r->state = KR_RESOLVE_OVER;
    }
    if (r->state == KR_RESOLVE_ASK) {
        if (!kr_query_go(&r->query, until)) return false;
        r->error = r->query.error, r->system = r->query.system;
        r->state = KR_RESOLVE_OVER;
    }
    if (!r->by_address) kr_resolve_finish_host(r);
    else if (r->error == KR_EAI_NODATA) r->error = KR_EAI_NONAME;
    return true;
}

void kr_resolve_end(KrResolve *r) {
    if (r->state == KR_RESOLVE_ASK) kr_query_end(&r->query);
    r->state = KR_RESOLVE_OVER;
}

// ---- Names of addresses ----------------------------------------------------------------------------------------------------------

static bool is_mapped(const KrHostAddress *a) {
    static const uint8_t head[12] = { [10] = 0xFF, [11] = 0xFF };
    return a->family == KR_FAMILY_6 && memcmp(a->ip, head, sizeof head) == 0;
}

static char *put(char *out, const char *text) {
    size_t len = strlen(text);
    memcpy(out, text, len + 1);
    return out + len;
}

// RFC 1035, 3.5: 4.3.2.1.in-addr.arpa; RFC 3596, 2.5: its nibbles, last first, under ip6.arpa.
static void reverse_name(const KrHostAddress *a, char *out) {
    const uint8_t *ip = is_mapped(a) ? a->ip + 12 : a->ip;
    if (a->family == KR_FAMILY_4 || is_mapped(a)) {
        for (int i = 3; i >= 0; i--) {
            KrHostAddress one = { .family = KR_FAMILY_4 };
            char text[96];
            one.ip[3] = ip[i];
            kr_number_write(&one, text);
            out = put(put(out, strrchr(text, '.') + 1), ".");
        }
        put(out, "in-addr.arpa");
        return;
    }
    for (int i = 31; i >= 0; i--) {
        *out++ = "0123456789abcdef"[ip[i / 2] >> (i % 2 ? 0 : 4) & 15];
        *out++ = '.';
    }
    put(out, "ip6.arpa");
}

// r->found gets the names.
void kr_resolve_begin_address(KrResolve *r) {
    static const int pointer = KR_DNS_PTR;
    int found = kr_hosts_find_address(r->paths.hosts, &r->address, &r->found);
    if (found < 0) r->system = -found, r->error = KR_EAI_SYSTEM;
    if (found) return;
    reverse_name(&r->address, r->host);
    r->search = false;
    kr_resolve_ask(r, r->host, &pointer, 1);
}

// Without the domain of this host, if it is in it.
static void cut_domain(char *host) {
    char own[KR_HOST_ROOM] = "";
    const char *dot = kr_port_host_name(own, sizeof own - 1) ? strchr(own, '.') : NULL;
    size_t len = strlen(host), tail = dot ? strlen(dot) : 0;
    if (dot && len > tail && kr_host_same(host + len - tail, dot)) host[len - tail] = 0;
}

static void write_port(int port, char out[64]) {
    char digit[8];
    int len = 0;
    do digit[len++] = (char)('0' + port % 10), port /= 10;
    while (port);
    while (len) *out++ = digit[--len];
    *out = 0;
}

void kr_resolve_finish_name(KrResolve *r, int port, char host[1025], char service[64]) {
    bool found = !(r->flags & KR_NI_NUMERICHOST) && !r->error && *r->found.name;
    if (r->error == KR_EAI_NONAME || r->error == KR_EAI_NODATA) r->error = 0;
    if (r->error) return;
    if (!found && r->flags & KR_NI_NAMEREQD) {
        r->error = KR_EAI_NONAME;
        return;
    }
    if (found) strcpy(host, r->found.name);
    else kr_number_write(&r->address, host);
    if (found && r->flags & KR_NI_NOFQDN) cut_domain(host);
    bool named = !(r->flags & KR_NI_NUMERICSERV) && kr_service_find(NULL, port, r->flags & KR_NI_DGRAM ? "udp" : "tcp", service) >= 0;
    if (!named) write_port(port, service);
}
