// resolve_packet.c - messages of DNS (RFC 1035): questions, and answers, which anybody may have sent.
//
// An answer is read with what it says about lengths checked against what is there; names may only point backwards, and not often, so
// that reading ends. Times to live are not looked at: nothing is kept.
// SPDX-License-Identifier: MIT
#include "resolve_part.h"

enum { HEADER = 12, MOST_JUMPS = 128, MOST_LINKS = 16, NAME_WIRE = 255, LABEL = 63 };
enum { TYPE_CNAME = 5, CLASS_IN = 1 };
enum { FLAG_ANSWER = 0x80, FLAG_OPERATION = 0x78, FLAG_CUT = 2 };
enum { CODE_FINE = 0, CODE_SERVER = 2, CODE_NO_NAME = 3 };

static unsigned two(const uint8_t *p) { return (unsigned)p[0] << 8 | p[1]; }

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

bool kr_host_same(const char *a, const char *b) {
    for (; *a && lower(*a) == lower(*b); a++, b++) continue;
    return !*a && !*b;
}

bool kr_host_is_plain(const char *name) {
    for (const char *p = name; *p; p++)
        if (!((lower(*p) >= 'a' && lower(*p) <= 'z') || (*p >= '0' && *p <= '9') || *p == '-' || *p == '_' || *p == '.')) return false;
    return *name && *name != '-';
}

void kr_host_add(KrHost *host, int family, const uint8_t *ip, uint32_t scope) {
    KrHostAddress a = { .family = family, .scope = scope };
    memcpy(a.ip, ip, family == KR_FAMILY_4 ? 4 : 16);
    for (size_t i = 0; i < host->count; i++)
        if (host->address[i].family == family && host->address[i].scope == scope && memcmp(host->address[i].ip, a.ip, 16) == 0) return;
    if (host->count < KR_HOST_ADDRESSES) host->address[host->count++] = a;
}

void kr_host_add_alias(KrHost *host, const char *name) {
    if (kr_host_same(host->name, name)) return;
    for (size_t i = 0; i < host->alias_count; i++)
        if (kr_host_same(host->alias[i], name)) return;
    if (host->alias_count < KR_HOST_ALIASES && strlen(name) < KR_HOST_ROOM) strcpy(host->alias[host->alias_count++], name);
}

// ---- Questions -------------------------------------------------------------------------------------------------------------------

size_t kr_dns_ask(const char *name, int type, unsigned id, uint8_t out[KR_DNS_QUESTION]) {
    uint8_t *to = out + HEADER;
    memset(out, 0, HEADER);
    out[0] = (uint8_t)(id >> 8), out[1] = (uint8_t)id;
    out[2] = 1; // recursion desired
    out[5] = 1; // one question
    while (*name) {
        size_t len = strcspn(name, ".");
        if (!len || len > LABEL || (size_t)(to - out) + len + 2 > HEADER + NAME_WIRE) return 0;
        *to++ = (uint8_t)len;
        memcpy(to, name, len);
        to += len, name += len;
        if (*name) name++;
    }
    *to++ = 0;
    *to++ = (uint8_t)(type >> 8), *to++ = (uint8_t)type;
    *to++ = 0, *to++ = CLASS_IN;
    return (size_t)(to - out);
}

// ---- Answers ---------------------------------------------------------------------------------------------------------------------

typedef struct {
    const uint8_t *data;
    size_t len;
} Packet;

typedef struct {
    char name[KR_HOST_ROOM];
    unsigned type, class;
    size_t at, len; // of its data
} Record;

// One label: its bytes may be anything, but what text cannot hold is no name for us.
static bool add_label(char out[KR_HOST_ROOM], size_t *n, const uint8_t *label, size_t len) {
    if (*n + len + 2 > NAME_WIRE) return false;
    if (*n) out[(*n)++] = '.';
    for (size_t i = 0; i < len; i++) {
        if (label[i] <= ' ' || label[i] >= 127 || label[i] == '.') return false;
        out[(*n)++] = (char)label[i];
    }
    return true;
}

// The name at *at, which becomes what is behind it.
static bool read_name(const Packet *p, size_t *at, char out[KR_HOST_ROOM]) {
    size_t here = *at, n = 0, jumps = 0, lowest = *at;
    for (;;) {
        if (here >= p->len) return false;
        size_t len = p->data[here];
        if (len >= 0xC0) {
            if (here + 2 > p->len || ++jumps > MOST_JUMPS) return false;
            size_t to = two(p->data + here) & 0x3FFF;
            if (jumps == 1) *at = here + 2;
            if (to >= lowest) return false;
            here = lowest = to;
            continue;
        }
        if (!len) break;
        if (len > LABEL || here + 1 + len > p->len || !add_label(out, &n, p->data + here + 1, len)) return false;
        here += 1 + len;
    }
    if (!jumps) *at = here + 1;
    out[n] = 0;
    return true;
}

static bool read_record(const Packet *p, size_t *at, Record *out) {
    if (!read_name(p, at, out->name) || *at + 10 > p->len) return false;
    const uint8_t *head = p->data + *at;
    out->type = two(head), out->class = two(head + 2), out->len = two(head + 8), out->at = *at + 10;
    *at = out->at + out->len;
    return *at <= p->len;
}

// Does it answer our question? The name's case may differ.
static bool is_ours(const Packet *p, const uint8_t *question, size_t len) {
    if (p->len < HEADER || p->data[0] != question[0] || p->data[1] != question[1]) return false;
    if (!(p->data[2] & FLAG_ANSWER) || p->data[2] & FLAG_OPERATION) return false;
    if (!two(p->data + 4)) return (p->data[3] & 15) != CODE_FINE && (p->data[3] & 15) != CODE_NO_NAME; // it could not even read it
    if (two(p->data + 4) != 1 || p->len < len) return false;
    for (size_t i = HEADER; i < len; i++)
        if (lower((char)p->data[i]) != lower((char)question[i])) return false;
    return true;
}

// Follows links from name; what is passed becomes an alias. False: they are damaged, or do not end.
static bool follow(const Packet *p, size_t first, unsigned records, char name[KR_HOST_ROOM], bool aliases, KrHost *out) {
    for (int links = 0;; links++) {
        size_t at = first;
        bool found = false;
        Record r;
        for (unsigned i = 0; i < records && !found; i++) {
            if (!read_record(p, &at, &r)) return false;
            found = r.type == TYPE_CNAME && r.class == CLASS_IN && kr_host_same(r.name, name);
        }
        if (!found) return true;
        if (links == MOST_LINKS || out->alias_count == KR_HOST_ALIASES) return false;
        if (aliases && kr_host_is_plain(name)) strcpy(out->alias[out->alias_count++], name);
        if (!read_name(p, &r.at, name)) return false;
    }
}

static bool take(const Packet *p, Record *r, KrHost *out) {
    char name[KR_HOST_ROOM];
    size_t ip_len = r->type == KR_DNS_A ? 4 : 16, at = r->at;
    if (r->type == KR_DNS_PTR) {
        if (!read_name(p, &at, name) || at > r->at + r->len || !kr_host_is_plain(name)) return true; // nothing that we would tell
        if (*out->name) kr_host_add_alias(out, name);
        else strcpy(out->name, name);
        return true;
    }
    if (r->len != ip_len) return false;
    return kr_host_add(out, ip_len == 4 ? KR_FAMILY_4 : KR_FAMILY_6, p->data + at, 0), true;
}

// All records of the type that was asked for, of the name that the links lead to.
static KrDnsAnswer read_records(const Packet *p, size_t first, unsigned records, unsigned type, KrHost *out) {
    char name[KR_HOST_ROOM];
    size_t at = HEADER;
    bool found = false;
    Record r;
    if (!read_name(p, &at, name) || !follow(p, first, records, name, type != KR_DNS_PTR, out)) return KR_DNS_DAMAGED;
    if (type != KR_DNS_PTR && !kr_host_is_plain(name)) return KR_DNS_DAMAGED;
    if (type != KR_DNS_PTR) strcpy(out->name, name);
    at = first;
    for (unsigned i = 0; i < records; i++) {
        if (!read_record(p, &at, &r)) return KR_DNS_DAMAGED;
        if (r.type != type || r.class != CLASS_IN || !kr_host_same(r.name, name)) continue;
        if (!take(p, &r, out)) return KR_DNS_DAMAGED;
        found = true;
    }
    return found && (type != KR_DNS_PTR || *out->name) ? KR_DNS_FOUND : KR_DNS_EMPTY;
}

KrDnsAnswer kr_dns_read(const uint8_t *data, size_t len, const uint8_t *question, size_t question_len, KrHost *out) {
    Packet p = { data, len };
    if (!is_ours(&p, question, question_len)) return KR_DNS_SILENT;
    unsigned code = data[3] & 15;
    if (code == CODE_NO_NAME) return KR_DNS_UNKNOWN;
    if (code != CODE_FINE) return code == CODE_SERVER ? KR_DNS_FAILED : KR_DNS_REFUSED;
    if (data[2] & FLAG_CUT) return KR_DNS_CUT;
    return read_records(&p, question_len, two(data + 6), two(question + question_len - 4), out);
}
