// resolve_file.c - what the system's files say of names: /etc/hosts, resolv.conf, services, protocols.
// SPDX-License-Identifier: MIT
#include "resolve_part.h"

enum { DNS_PORT = 53, MOST_DOTS = 15, MOST_SECONDS = 30, MOST_ATTEMPTS = 5, WORD_ROOM = KR_HOST_ROOM };

static const char services_path[] = "/etc/services", protocols_path[] = "/etc/protocols";

static void path_of(char out[KR_HOST_ROOM], const char *variable, const char *standard) {
    const char *said = kr_port_environment(variable);
    strcpy(out, said && *said && strlen(said) < KR_HOST_ROOM ? said : standard);
}

void kr_resolve_paths(KrResolvePaths *out) {
    path_of(out->hosts, "KRAIT_HOSTS", "/etc/hosts");
    path_of(out->conf, "KRAIT_RESOLV_CONF", "/etc/resolv.conf");
}

// ---- Lines and words -------------------------------------------------------------------------------------------------------------

typedef struct {
    char *data;           // of the port; NULL: there is no such file
    const char *at, *end; // the line: what of it was not read yet
    const char *next, *last;
    int error; // nothing to read it with; an errno
} File;

static bool open_file(File *f, const char *path) {
    enum { DEVICE_ERROR = 5, NO_MEMORY = 12, NO_MORE_IN_SYSTEM = 23, NO_MORE = 24 };
    size_t len = 0;
    *f = (File){ 0 };
    int error = kr_port_read_file(path, &f->data, &len);
    if (error == DEVICE_ERROR || error == NO_MEMORY || error == NO_MORE_IN_SYSTEM || error == NO_MORE) f->error = error;
    if (error) return false;
    f->next = f->data, f->last = f->data + len;
    return true;
}

static bool next_line(File *f) {
    if (f->next >= f->last) return false;
    f->at = f->next;
    const char *end = memchr(f->at, '\n', (size_t)(f->last - f->at)), *note;
    if (!end) end = f->last;
    f->next = end + 1;
    f->end = (note = memchr(f->at, '#', (size_t)(end - f->at))) ? note : end;
    return true;
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }

// False: there is none left. One that has no room is passed over.
static bool next_word(File *f, char out[WORD_ROOM]) {
    for (;;) {
        while (f->at < f->end && is_space(*f->at)) f->at++;
        const char *first = f->at;
        while (f->at < f->end && !is_space(*f->at)) f->at++;
        size_t len = (size_t)(f->at - first);
        if (!len) return false;
        if (len >= WORD_ROOM || memchr(first, 0, len)) continue;
        memcpy(out, first, len);
        return out[len] = 0, true;
    }
}

static void close_file(File *f) { kr_port_free(f->data); }

// ---- Hosts -----------------------------------------------------------------------------------------------------------------------

static void add_names(KrHost *out, File *f, const char *first) {
    char word[WORD_ROOM];
    if (!*out->name) strcpy(out->name, first);
    else kr_host_add_alias(out, first);
    while (next_word(f, word)) kr_host_add_alias(out, word);
}

static bool fits(const KrHostAddress *a, int family) { return family == KR_FAMILY_ANY || a->family == family; }

// Every line with the name counts; the first name of the first such line is the host's.
int kr_hosts_find(const char *path, const char *name, int family, KrHost *out) {
    File f;
    char word[WORD_ROOM], first[WORD_ROOM];
    if (!open_file(&f, path)) return -f.error;
    while (next_line(&f)) {
        KrHostAddress a;
        bool bad_scope, here = false;
        if (!next_word(&f, word) || !kr_number_read(word, &a, &bad_scope) || !fits(&a, family) || !next_word(&f, first)) continue;
        const char *names = f.at;
        here = kr_host_same(first, name);
        while (!here && next_word(&f, word)) here = kr_host_same(word, name);
        f.at = names;
        if (!here) continue;
        kr_host_add(out, a.family, a.ip, a.scope);
        add_names(out, &f, first);
    }
    close_file(&f);
    return out->count > 0;
}

int kr_hosts_find_address(const char *path, const KrHostAddress *address, KrHost *out) {
    File f;
    char word[WORD_ROOM];
    bool found = false, bad_scope;
    if (!open_file(&f, path)) return -f.error;
    while (!found && next_line(&f)) {
        KrHostAddress a;
        if (!next_word(&f, word) || !kr_number_read(word, &a, &bad_scope) || a.family != address->family) continue;
        if (memcmp(a.ip, address->ip, a.family == KR_FAMILY_4 ? 4 : 16) != 0 || !next_word(&f, word)) continue;
        add_names(out, &f, word);
        found = true;
    }
    close_file(&f);
    return found;
}

// ---- Servers ---------------------------------------------------------------------------------------------------------------------

static bool port_of(const char *text, uint16_t *out) {
    unsigned n = 0;
    if (!*text) return false;
    for (; *text >= '0' && *text <= '9' && n <= 65535; text++) n = n * 10 + (unsigned)(*text - '0');
    return *out = (uint16_t)n, !*text && n && n <= 65535;
}

// An address; with a port as 192.0.2.1:5353 or [2001:db8::1]:5353, which other resolvers do not know.
static void add_server(KrResolvConf *c, char *text) {
    KrHostAddress a;
    bool bad_scope;
    uint16_t port = DNS_PORT;
    char *ip = text, *colon = strrchr(text, ':');
    char *bracket = *text == '[' ? strchr(text, ']') : NULL;
    if (bracket) {
        if (bracket[1] && (bracket[1] != ':' || !port_of(bracket + 2, &port))) return;
        *bracket = 0, ip++;
    } else if (colon && strchr(text, ':') == colon) {
        if (!port_of(colon + 1, &port)) return;
        *colon = 0;
    }
    if (c->servers == KR_SERVERS || !kr_number_read(ip, &a, &bad_scope)) return;
    KrPortAddress *to = &c->server[c->servers];
    *to = (KrPortAddress){ .family = a.family, .port = port, .scope = a.scope };
    memcpy(to->ip, a.ip, a.family == KR_FAMILY_4 ? 4 : 16);
    if (kr_port_address_write(to)) c->servers++;
}

static void add_domain(KrResolvConf *c, const char *name) {
    size_t len = strlen(name);
    while (len && name[len - 1] == '.') len--;
    while (len && *name == '.') name++, len--;
    if (!len || c->domains == KR_DOMAINS) return;
    memcpy(c->domain[c->domains], name, len);
    c->domain[c->domains++][len] = 0;
}

static void number_of(const char *text, const char *option, unsigned most, unsigned *out) {
    size_t len = strlen(option);
    unsigned n = 0;
    if (strncmp(text, option, len) != 0) return;
    for (text += len; *text >= '0' && *text <= '9' && n <= most; text++) n = n * 10 + (unsigned)(*text - '0');
    if (!*text) *out = n < most ? n : most;
}

static void read_conf_line(File *f, KrResolvConf *c) {
    char word[WORD_ROOM];
    if (!next_word(f, word) || *word == ';') return;
    if (strcmp(word, "nameserver") == 0) {
        if (next_word(f, word)) add_server(c, word);
    } else if (strcmp(word, "search") == 0 || strcmp(word, "domain") == 0) { // the last one counts
        bool one = *word == 'd';
        c->domains = 0;
        while (next_word(f, word) && !(one && c->domains)) add_domain(c, word);
    } else if (strcmp(word, "options") == 0) {
        while (next_word(f, word)) {
            number_of(word, "ndots:", MOST_DOTS, &c->dots);
            number_of(word, "timeout:", MOST_SECONDS, &c->seconds);
            number_of(word, "attempts:", MOST_ATTEMPTS, &c->attempts);
            if (strcmp(word, "rotate") == 0) c->rotate = true;
        }
    }
}

// Without a list the domain that this host's own name is in.
static void own_domain(KrResolvConf *c) {
    char name[KR_HOST_ROOM] = "";
    const char *dot = kr_port_host_name(name, sizeof name - 1) ? strchr(name, '.') : NULL;
    if (dot) add_domain(c, dot + 1);
}

int kr_resolv_conf_read(const char *path, KrResolvConf *out) {
    File f;
    char local[] = "127.0.0.1";
    *out = (KrResolvConf){ .dots = 1, .seconds = 5, .attempts = 2, .domains = KR_DOMAINS + 1 };
    if (open_file(&f, path)) {
        while (next_line(&f)) read_conf_line(&f, out);
        close_file(&f);
    }
    if (out->domains > KR_DOMAINS) out->domains = 0, own_domain(out);
    if (!out->servers) add_server(out, local);
    if (!out->seconds) out->seconds = 1;
    if (!out->attempts) out->attempts = 1;
    return -f.error;
}

// ---- Services and protocols ------------------------------------------------------------------------------------------------------

// Those that systems without the files still know.
static const struct {
    char name[14], protocol[4];
    int port;
} known_service[] = {
    { "ftp", "tcp", 21 },    { "ssh", "tcp", 22 },     { "telnet", "tcp", 23 },     { "smtp", "tcp", 25 },
    { "domain", "tcp", 53 }, { "domain", "udp", 53 },  { "bootps", "udp", 67 },     { "tftp", "udp", 69 },
    { "http", "tcp", 80 },   { "pop3", "tcp", 110 },   { "ntp", "udp", 123 },       { "imap2", "tcp", 143 },
    { "snmp", "udp", 161 },  { "https", "tcp", 443 },  { "syslog", "udp", 514 },    { "submission", "tcp", 587 },
    { "imaps", "tcp", 993 }, { "pop3s", "tcp", 995 },  { "mqtt", "tcp", 1883 },     { "mdns", "udp", 5353 },
    { "coap", "udp", 5683 }, { "coaps", "udp", 5684 }, { "http-alt", "tcp", 8080 }, { "secure-mqtt", "tcp", 8883 },
};
static const struct {
    char name[10];
    int number;
} known_protocol[] = {
    { "ip", 0 },   { "icmp", 1 }, { "igmp", 2 }, { "tcp", 6 },        { "udp", 17 },   { "ipv6", 41 },
    { "gre", 47 }, { "esp", 50 }, { "ah", 51 },  { "ipv6-icmp", 58 }, { "sctp", 132 }, { "udplite", 136 },
};

static int find_known_service(const char *name, int port, const char *protocol, char out[64]) {
    for (size_t i = 0; i < sizeof known_service / sizeof *known_service; i++) {
        if (name ? strcmp(known_service[i].name, name) != 0 : known_service[i].port != port) continue;
        if (protocol && strcmp(known_service[i].protocol, protocol) != 0) continue;
        return strcpy(out, known_service[i].name), known_service[i].port;
    }
    return -1;
}

static bool names_it(File *f, const char *first, const char *name) {
    char word[WORD_ROOM];
    bool same = strcmp(first, name) == 0;
    while (!same && next_word(f, word)) same = strcmp(word, name) == 0;
    return same;
}

int kr_service_find(const char *name, int port, const char *protocol, char out[64]) {
    File f;
    char first[WORD_ROOM], word[WORD_ROOM];
    int found = -1;
    if (!open_file(&f, services_path)) return find_known_service(name, port, protocol, out);
    while (found < 0 && next_line(&f)) {
        uint16_t number;
        char *slash = next_word(&f, first) && next_word(&f, word) ? strchr(word, '/') : NULL;
        if (!slash) continue;
        *slash = 0;
        if (!port_of(word, &number) || (protocol && strcmp(slash + 1, protocol) != 0) || strlen(first) > 63) continue;
        if (name ? names_it(&f, first, name) : number == port) found = number, strcpy(out, first);
    }
    close_file(&f);
    return found;
}

static int find_known_protocol(const char *name) {
    for (size_t i = 0; i < sizeof known_protocol / sizeof *known_protocol; i++)
        if (strcmp(known_protocol[i].name, name) == 0) return known_protocol[i].number;
    return -1;
}

int kr_protocol_find(const char *name) {
    File f;
    char first[WORD_ROOM], word[WORD_ROOM];
    int found = -1;
    if (!open_file(&f, protocols_path)) return find_known_protocol(name);
    while (found < 0 && next_line(&f)) {
        unsigned n = 256;
        if (!next_word(&f, first) || !next_word(&f, word)) continue;
        number_of(word, "", 255, &n);
        if (n < 256 && names_it(&f, first, name)) found = (int)n;
    }
    close_file(&f);
    return found;
}
