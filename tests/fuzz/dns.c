// dns.c - damaged answers for the resolver, and damaged files: dns SEED SECONDS (of processor time). Under the sanitizers; what breaks stops it.
//
// Each round damages a message that a server could send (links, pointers, several kinds of records) and reads it as the answer to a question of
// its name; every eighth a file of hosts, resolv.conf, services or protocols instead. What is told must be sound: names that end and are plain,
// counts within their room.
// SPDX-License-Identifier: MIT
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../modules/net/resolve_part.h"

enum { ROOM = 65536, BATCH = 1000 };

static struct {
    uint64_t random;
    uint8_t *file; // what kr_port_read_file gives
    size_t file_len;
    unsigned long rounds, told[16];
} state;

static unsigned chance(unsigned most) {
    state.random ^= state.random << 13, state.random ^= state.random >> 7, state.random ^= state.random << 17;
    return (unsigned)(state.random >> 33) % most;
}

int __wrap_kr_port_read_file(const char *path, char **data, size_t *len);
int __wrap_kr_port_read_file(const char *path, char **data, size_t *len) {
    (void)path;
    *data = malloc(state.file_len ? state.file_len : 1); // as long as it is: reading beyond is seen
    if (!*data) abort();
    memcpy(*data, state.file, *len = state.file_len);
    return 0;
}

// ---- Damage ----------------------------------------------------------------------------------------------------------------------

static size_t damage(uint8_t *data, size_t len, size_t from, const char *letters) {
    for (unsigned n = chance(6); n && len > from; n--) {
        size_t at = from + chance((unsigned)(len - from));
        switch (chance(6)) {
        case 0: data[at] = (uint8_t)(letters ? letters[chance((unsigned)strlen(letters))] : (int)chance(256)); break;
        case 1: data[at] ^= (uint8_t)(1u << chance(8)); break;
        case 2: data[at] = 0xC0, data[at + (at + 1 < len)] = (uint8_t)chance((unsigned)(len < 256 ? len : 256)); break;
        case 3: len = at; break;
        case 4: memmove(data + at, data + at + 1, len - at - 1), len--; break;
        case 5:
            if (len < ROOM) memmove(data + at + 1, data + at, len - at), len++;
        }
    }
    return len;
}

static size_t put_name(uint8_t *out, size_t at, size_t question_at) {
    static const char *const label[] = { "a", "b", "www", "example", "test", "x-y_z", "arpa" };
    if (!chance(3)) return out[at] = 0xC0, out[at + 1] = (uint8_t)question_at, at + 2;
    if (!chance(4)) {
        unsigned to = chance((unsigned)at);
        return out[at] = (uint8_t)(0xC0 | to >> 8), out[at + 1] = (uint8_t)to, at + 2;
    }
    for (unsigned n = chance(4); n; n--) {
        const char *text = label[chance(7)];
        out[at++] = (uint8_t)strlen(text);
        memcpy(out + at, text, strlen(text));
        at += strlen(text);
    }
    return out[at] = 0, at + 1;
}

static size_t put_record(uint8_t *out, size_t at, int type) {
    static const uint8_t head[10] = { 0, 0, 0, 1, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0 }; // a time to live as long as there is
    int kind = chance(3) ? type : 5;
    size_t len;
    at = put_name(out, at, 12);
    memcpy(out + at, head, sizeof head);
    out[at + 1] = (uint8_t)kind;
    size_t data = at += sizeof head;
    if (kind == 1 || kind == 28) len = kind == 1 ? 4 : 16, memset(out + at, (int)chance(256), len), at += len;
    else at = put_name(out, at, 12);
    out[data - 1] = (uint8_t)(at - data);
    return at;
}

static void check_name(const char *name) {
    size_t len = strnlen(name, KR_HOST_ROOM);
    if (len == KR_HOST_ROOM || (len && !kr_host_is_plain(name))) fprintf(stderr, "crashed: a name that is none\n"), abort();
}

static void check(const KrHost *h) {
    if (h->count > KR_HOST_ADDRESSES || h->alias_count > KR_HOST_ALIASES) fprintf(stderr, "crashed: a count\n"), abort();
    check_name(h->name);
    for (size_t i = 0; i < h->alias_count; i++) check_name(h->alias[i]);
}

static void round_packet(void) {
    static const int types[] = { KR_DNS_A, KR_DNS_AAAA, KR_DNS_PTR };
    static const char *const names[] = { "www.example.test", "a.b", "4.3.2.1.in-addr.arpa", "x" };
    static uint8_t data[ROOM + 64];
    uint8_t question[KR_DNS_QUESTION];
    static KrHost host;
    int type = types[chance(3)];
    size_t len = kr_dns_ask(names[chance(4)], type, chance(65536), question), at = len;
    unsigned records = chance(8) ? chance(6) : chance(600);
    memcpy(data, question, len);
    data[2] = 0x81, data[3] = 0x80;
    for (unsigned i = 0; i < records; i++) at = put_record(data, at, type);
    data[6] = (uint8_t)(records >> 8), data[7] = (uint8_t)records;
    at = damage(data, at, chance(4) ? len : 2, NULL);
    uint8_t *exact = malloc(at ? at : 1);
    if (!exact) abort();
    memcpy(exact, data, at);
    memset(&host, 0, sizeof host);
    KrDnsAnswer answer = kr_dns_read(exact, at, question, len, &host);
    state.told[answer]++;
    if (answer == KR_DNS_FOUND) check(&host);
    free(exact);
}

static void round_file(void) {
    static const char text[] =
        "# a\n127.0.0.1\tlocalhost a.b # c\n::1 localhost ip6\nfe80::1%lo x\n0x7f.1 y\nnameserver 127.0.0.1:53\nnameserver [::1]:5353\n"
        "nameserver fe80::1%1\nsearch a b.c d\ndomain e\noptions ndots:2 timeout:1 attempts:9 rotate\nhttp 80/tcp www\nntp 123/udp\ntcp 6 "
        "TCP\n";
    static uint8_t data[ROOM];
    static KrHost host;
    KrResolvConf conf;
    KrHostAddress address = { .family = KR_FAMILY_4, .ip = { 127, 0, 0, 1 } };
    char name[64];
    memcpy(data, text, sizeof text - 1);
    state.file = data, state.file_len = damage(data, sizeof text - 1, 0, "0123456789.:%[]# \t\nabcdef/xyz");
    memset(&host, 0, sizeof host);
    (void)kr_hosts_find("", chance(2) ? "localhost" : "x", 0, &host);
    (void)kr_hosts_find_address("", &address, &host);
    (void)kr_resolv_conf_read("", &conf);
    if (conf.servers < 1 || conf.servers > KR_SERVERS || conf.domains > KR_DOMAINS || !conf.attempts || !conf.seconds)
        fprintf(stderr, "crashed: resolv.conf\n"), abort();
    for (size_t i = 0; i < conf.domains; i++)
        if (strnlen(conf.domain[i], KR_HOST_ROOM) == KR_HOST_ROOM) abort();
    (void)kr_service_find("www", 0, NULL, name);
    (void)kr_service_find(NULL, 80, "tcp", name);
    (void)kr_protocol_find("TCP");
}

int main(int argc, char **argv) {
    if (argc != 3) return fprintf(stderr, "usage: fuzz_dns SEED SECONDS\n"), 2;
    clock_t end = (clock_t)(atof(argv[2]) * CLOCKS_PER_SEC);
    state.random = 88172645463325252ull ^ (uint64_t)atoll(argv[1]) * 0x9E3779B97F4A7C15ull;
    while (clock() < end)
        for (int i = 0; i < BATCH; i++, state.rounds++) {
            if (i % 8) round_packet();
            else round_file();
        }
    printf("%lu rounds: %lu found, %lu empty, %lu unknown, %lu failed, %lu damaged, %lu not ours\n1 passed, 0 failed\n", state.rounds,
           state.told[KR_DNS_FOUND], state.told[KR_DNS_EMPTY], state.told[KR_DNS_UNKNOWN],
           state.told[KR_DNS_FAILED] + state.told[KR_DNS_REFUSED], state.told[KR_DNS_DAMAGED], state.told[KR_DNS_SILENT]);
    return 0;
}
