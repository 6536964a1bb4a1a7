// resolve_query.c - asking DNS servers: over UDP, over TCP where an answer is too long for it; the next server, the next name.
//
// One or two questions (A and AAAA) go to one server at a time, each from a socket of its own that is connected to it, so that the kernel
// chooses a port at random and drops what comes from elsewhere; the number of a question is random as well. What does not answer our
// question is passed over.
// SPDX-License-Identifier: MIT
#include "resolve_part.h"

enum { EINTR_ = 4, EAGAIN_ = 11, ENOMEM_ = 12, ENFILE_ = 23, EMFILE_ = 24, EINPROGRESS_ = 115 };
enum { POLL_IN = 1, POLL_OUT = 4, DATAGRAM = 4096, SECOND = 1000000000 };

// ---- Names to try ----------------------------------------------------------------------------------------------------------------

static size_t dots_in(const char *name) {
    size_t n = 0;
    for (; *name; name++) n += *name == '.';
    return n;
}

// The name that stands at `which` of those to try. False: it would be too long.
static bool candidate_name(const KrQuery *q, size_t which, char out[KR_HOST_ROOM]) {
    size_t len = strlen(q->name);
    bool as_is = q->candidates == 1 || which == (q->as_is_first ? 0 : q->candidates - 1);
    strcpy(out, q->name);
    if (len && out[len - 1] == '.') out[--len] = 0;
    if (as_is) return true;
    const char *domain = q->conf.domain[which - q->as_is_first];
    if (len + 1 + strlen(domain) >= KR_HOST_ROOM) return false;
    out[len] = '.';
    return strcpy(out + len + 1, domain), true;
}

void kr_query_begin(KrQuery *q, const char *conf_path, const char *name, const int *type, size_t types, bool search, KrHost *out) {
    size_t len = strlen(name);
    uint8_t chance = 0;
    memset(q, 0, offsetof(KrQuery, room));
    q->system = -kr_resolv_conf_read(conf_path, &q->conf);
    if (q->system) q->error = KR_EAI_SYSTEM, q->over = true;
    q->name = name, q->out = out;
    q->questions = types;
    for (size_t i = 0; i < types; i++) q->question[i] = (KrQuestion){ .type = type[i], .fd = -1 };
    bool whole = !search || (len && name[len - 1] == '.');
    q->as_is_first = whole || dots_in(name) >= q->conf.dots;
    q->candidates = whole ? 1 : q->conf.domains + 1;
    if (q->conf.rotate && kr_port_entropy(&chance, 1)) q->first = chance % (unsigned)q->conf.servers;
}

// ---- One question ----------------------------------------------------------------------------------------------------------------

static void close_question(KrQuestion *a) {
    if (a->fd >= 0) (void)kr_port_close(a->fd);
    a->fd = -1;
    a->state = KR_ASK_OVER;
}

void kr_query_end(KrQuery *q) {
    for (size_t i = 0; i < q->questions; i++) close_question(&q->question[i]);
}

static KrPortAddress *server_of(KrQuery *q) { return &q->conf.server[(q->first + q->server) % q->conf.servers]; }

static bool no_resources(int error) { return error == EMFILE_ || error == ENFILE_ || error == ENOMEM_; }

// A socket that is connected, or about to be. False: there is no way to the server, or (q->system) nothing to make sockets of.
static bool connect_question(KrQuery *q, KrQuestion *a, int type) {
    KrPortAddress *to = server_of(q);
    int error;
    a->fd = kr_port_socket(to->family, type | KR_NET_NONBLOCK, 0);
    if (a->fd < 0) {
        if (no_resources(-a->fd)) q->system = -a->fd;
        return a->fd = -1, false;
    }
    do error = kr_port_socket_connect(a->fd, to);
    while (error == EINTR_ && type == KR_NET_DGRAM);
    return !error || error == EINPROGRESS_ || error == EINTR_;
}

static void fail(KrQuestion *a) {
    a->answer = KR_DNS_FAILED;
    close_question(a);
}

// A random number for each; `room` behind the length that TCP wants.
static bool write_question(KrQuestion *a, const char *name) {
    uint8_t number[2];
    if (!kr_port_entropy(number, sizeof number)) return false;
    a->len = kr_dns_ask(name, a->type, (unsigned)number[0] << 8 | number[1], a->message + 2);
    a->message[0] = (uint8_t)(a->len >> 8), a->message[1] = (uint8_t)a->len;
    return a->len > 0;
}

static void send_question(KrQuery *q, KrQuestion *a) {
    intptr_t n;
    a->answer = KR_DNS_SILENT;
    if (!connect_question(q, a, KR_NET_DGRAM)) {
        fail(a);
        return;
    }
    do n = kr_port_socket_send(a->fd, a->message + 2, a->len, 0, NULL);
    while (n == -EINTR_);
    a->state = KR_ASK_UDP;
    if (n < 0) fail(a);
}

// One connection at a time: they share the room for the answer.
static void begin_tcp(KrQuery *q, KrQuestion *a) {
    close_question(a);
    a->answer = KR_DNS_SILENT;
    for (size_t i = 0; i < q->questions; i++)
        if (q->question[i].state == KR_ASK_TCP_SEND || q->question[i].state == KR_ASK_TCP_READ) {
            a->state = KR_ASK_TCP_LATER;
            return;
        }
    a->done = 0;
    q->until = kr_port_monotonic_ns() + (int64_t)q->conf.seconds * SECOND;
    if (connect_question(q, a, KR_NET_STREAM)) a->state = KR_ASK_TCP_SEND;
    else fail(a);
}

// ---- Answers ---------------------------------------------------------------------------------------------------------------------

// Of the two answers, the first that has something says what the host is called.
static void merge(KrHost *to, const KrHost *from) {
    if (!*to->name) {
        strcpy(to->name, from->name);
        for (size_t i = 0; i < from->alias_count; i++) kr_host_add_alias(to, from->alias[i]);
    }
    for (size_t i = 0; i < from->count; i++) kr_host_add(to, from->address[i].family, from->address[i].ip, 0);
}

static void read_answer(KrQuery *q, KrQuestion *a, const uint8_t *data, size_t len, bool datagram) {
    KrHost one = { 0 };
    KrDnsAnswer answer = kr_dns_read(data, len, a->message + 2, a->len, &one);
    if (answer == KR_DNS_SILENT && datagram) return; // from somebody else, or of an earlier question
    if (answer == KR_DNS_CUT && datagram) {
        begin_tcp(q, a);
        return;
    }
    a->answer = answer == KR_DNS_SILENT || answer == KR_DNS_CUT ? KR_DNS_DAMAGED : answer;
    if (answer == KR_DNS_FOUND) merge(q->out, &one);
    close_question(a);
}

static bool again(intptr_t n) { return n == -EINTR_ || n == -EAGAIN_; }

static void go_on_udp(KrQuery *q, KrQuestion *a) {
    intptr_t n = kr_port_socket_receive(a->fd, q->room + sizeof q->room - DATAGRAM, DATAGRAM, 0, NULL);
    if (n >= 0) read_answer(q, a, q->room + sizeof q->room - DATAGRAM, (size_t)n, true);
    else if (!again(n)) fail(a); // nobody is there
}

static void go_on_send(KrQuestion *a) {
    intptr_t n = kr_port_socket_send(a->fd, a->message + a->done, 2 + a->len - a->done, 0, NULL);
    if (n < 0 && !again(n)) fail(a);
    if (n < 0) return;
    a->done += (size_t)n;
    if (a->done == 2 + a->len) a->done = 0, a->state = KR_ASK_TCP_READ;
}

static void go_on_read(KrQuery *q, KrQuestion *a) {
    size_t want = a->done < 2 ? 2 : 2 + ((size_t)q->room[0] << 8 | q->room[1]);
    intptr_t n = kr_port_socket_receive(a->fd, q->room + a->done, want - a->done, 0, NULL);
    if (n < 0 && again(n)) return;
    if (n <= 0) {
        fail(a);
        return;
    }
    a->done += (size_t)n;
    if (a->done >= 2 && a->done == 2 + ((size_t)q->room[0] << 8 | q->room[1])) read_answer(q, a, q->room + 2, a->done - 2, false);
}

static void go_on(KrQuery *q, KrQuestion *a) {
    if (a->state == KR_ASK_UDP) go_on_udp(q, a);
    else if (a->state == KR_ASK_TCP_SEND) go_on_send(a);
    else go_on_read(q, a);
}

// ---- Waiting ---------------------------------------------------------------------------------------------------------------------

// Who waits for what; a connection that had to wait for another begins.
static size_t pending(KrQuery *q, KrPortPoll poll[2], KrQuestion *who[2]) {
    size_t n = 0, open = 0;
    for (size_t i = 0; i < q->questions; i++) open += q->question[i].state == KR_ASK_TCP_SEND || q->question[i].state == KR_ASK_TCP_READ;
    for (size_t i = 0; i < q->questions; i++) {
        KrQuestion *a = &q->question[i];
        if (a->state == KR_ASK_TCP_LATER && !open++) begin_tcp(q, a);
        if (a->state == KR_ASK_OVER || a->state == KR_ASK_TCP_LATER) continue;
        poll[n] = (KrPortPoll){ .fd = a->fd, .wanted = a->state == KR_ASK_TCP_SEND ? POLL_OUT : POLL_IN };
        who[n++] = a;
    }
    return n;
}

// Until all have answered or the server's time is over: true. False: `until` has come, or a signal.
static bool wait_answers(KrQuery *q, int64_t until) {
    KrPortPoll poll[2];
    KrQuestion *who[2];
    for (size_t count; (count = pending(q, poll, who)) > 0;) {
        int64_t now = kr_port_monotonic_ns(), left = (q->until < until ? q->until : until) - now;
        if (left <= 0 && now >= q->until) return true;
        if (left <= 0) return false;
        intptr_t n = kr_port_poll(poll, count, left);
        if (n < 0 && n != -EINTR_) return true;
        if (n < 0) return false;
        for (size_t i = 0; n > 0 && i < count; i++)
            if (poll[i].ready) go_on(q, who[i]);
    }
    return true;
}

// ---- The next server, the next name ----------------------------------------------------------------------------------------------

static bool is_answer(KrDnsAnswer a) { return a == KR_DNS_FOUND || a == KR_DNS_EMPTY || a == KR_DNS_UNKNOWN; }

// Sends what has not been answered to the server that is on.
static void ask_server(KrQuery *q) {
    unsigned seconds = q->conf.seconds << q->attempt;
    if (q->attempt) seconds /= (unsigned)q->conf.servers;
    q->until = kr_port_monotonic_ns() + (int64_t)(seconds ? seconds : 1) * SECOND;
    q->asked = true;
    q->rounds++;
    for (size_t i = 0; i < q->questions; i++)
        if (!is_answer(q->question[i].answer)) send_question(q, &q->question[i]);
}

static bool next_server(KrQuery *q) {
    if (++q->server < q->conf.servers) return true;
    q->server = 0;
    return ++q->attempt < q->conf.attempts;
}

// What the name has come to: an EAI_ number, 0: addresses were found.
static int outcome(const KrQuery *q, bool *servers_failed) {
    bool empty = false, silent = false;
    *servers_failed = true;
    for (size_t i = 0; i < q->questions; i++) {
        KrDnsAnswer a = q->question[i].answer;
        if (a == KR_DNS_FOUND) return 0;
        empty |= a == KR_DNS_EMPTY;
        silent |= !is_answer(a);
        if (!is_answer(a) && a != KR_DNS_FAILED) *servers_failed = false;
    }
    return silent ? KR_EAI_AGAIN : empty ? KR_EAI_NODATA : KR_EAI_NONAME;
}

// The name that is on has its answer. True: so has the query.
static bool end_name(KrQuery *q) {
    bool servers_failed;
    int error = outcome(q, &servers_failed);
    if (!q->candidate) q->first_error = error;
    q->empty |= error == KR_EAI_NODATA;
    q->failed |= error == KR_EAI_AGAIN;
    bool last = ++q->candidate == q->candidates;
    if (error && !last && (error != KR_EAI_AGAIN || servers_failed)) return false;
    q->error = error;
    if (error && last) q->error = q->as_is_first ? q->first_error : q->empty ? KR_EAI_NODATA : q->failed ? KR_EAI_AGAIN : KR_EAI_NONAME;
    return true;
}

static bool begin_name(KrQuery *q) {
    char name[KR_HOST_ROOM];
    bool ok = candidate_name(q, q->candidate, name);
    q->attempt = q->server = q->rounds = 0;
    for (size_t i = 0; i < q->questions; i++) {
        q->question[i].answer = KR_DNS_UNKNOWN; // for one that cannot be asked for
        if (ok && write_question(&q->question[i], name)) q->question[i].answer = KR_DNS_SILENT;
    }
    return q->question[0].answer == KR_DNS_SILENT;
}

// All were asked, have answered or have had their time.
static void judge(KrQuery *q) {
    bool all = true, found = false;
    kr_query_end(q);
    for (size_t i = 0; i < q->questions; i++) {
        all &= is_answer(q->question[i].answer);
        found |= q->question[i].answer == KR_DNS_FOUND;
    }
    q->asked = false;
    // One of two datagrams may be lost; but a server that never answers for one family has to be enough.
    if (!all && !(found && q->rounds > 1) && !q->system && next_server(q)) return;
    q->over = q->system ? (q->error = KR_EAI_SYSTEM, true) : end_name(q);
    while (!q->over && !begin_name(q)) q->over = end_name(q);
}

bool kr_query_go(KrQuery *q, int64_t until) {
    if (!q->over && !q->asked && !q->attempt && !q->server && !q->question[0].len)
        while (!begin_name(q) && !(q->over = end_name(q))) continue;
    while (!q->over) {
        if (!q->asked) ask_server(q);
        if (!wait_answers(q, until)) return false;
        judge(q);
    }
    return true;
}
