// ssl_event.c - what a TLS connection calls back in the middle of a step: its transport, and functions of the program.
//
// A step runs without the VM's lock. The transport needs none: a socket is a number, and a MemoryBIO is the step's own by its turn. Functions of
// the program get the lock back for as long as they run (kr_unblocking).
// SPDX-License-Identifier: MIT
#include <string.h>

#include "object/object.h"
#include "object/str.h"
#include "port.h"
#include "ssl_part.h"

enum { DONTWAIT = 0x40, EINTR_NUMBER = 4, ENOMEM_NUMBER = 12, EAGAIN_NUMBER = 11, HANDSHAKE_FAILURE = 40, INTERNAL_ERROR = 80 };

// ---- The transport -----------------------------------------------------------------------------------------------------------------

static intptr_t event_receive(void *who, void *data, size_t len) {
    KrSslConnection *c = who;
    intptr_t n = -EINTR_NUMBER;
    while (kr_is_unset(c->in) && n == -EINTR_NUMBER)
        n = kr_port_socket_receive(c->fd, data, len, DONTWAIT, NULL); // a handler runs after the step
    if (kr_is_unset(c->in)) return n;
    KrSslBio *in = kr_ssl_bio(c->in);
    size_t got = kr_tls_memory_read(in->memory, data, len);
    return got ? (intptr_t)got : in->ended ? 0 : -EAGAIN_NUMBER;
}

static intptr_t event_send(void *who, const void *data, size_t len) {
    KrSslConnection *c = who;
    intptr_t n = -EINTR_NUMBER;
    while (kr_is_unset(c->out) && n == -EINTR_NUMBER) n = kr_port_socket_send(c->fd, data, len, DONTWAIT, NULL);
    if (kr_is_unset(c->out)) return n;
    return kr_tls_memory_write(kr_ssl_bio(c->out)->memory, data, len) ? (intptr_t)len : -ENOMEM_NUMBER;
}

// ---- Functions of the program ------------------------------------------------------------------------------------------------------

typedef struct {
    KrSslConnection *c;
    KrSslContext *context;
    const char *text; // a name, a hint, an identity; or NULL
    char *identity;
    size_t identity_room;
    unsigned char *key;
    size_t room;
    bool sent;
    int version, content;
    const void *data;
    size_t len;
    int answer;
} Event;

static int call_back(Event *e, void (*run)(void *)) {
    kr_unblocking(e->c->vm, e->c->record, run, e);
    return e->answer;
}

// The object that the program has for the connection.
static KrValue face_of(KrSslConnection *c) { return kr_is_unset(c->owner) || kr_is_none(c->owner) ? kr_from_ptr(c) : c->owner; }

static void run_name(void *event) {
    Event *e = event;
    KrVm *vm = e->c->vm;
    int64_t alert;
    e->answer = -1;
    if (kr_is_unset(e->context->on_name)) return;
    e->answer = HANDSHAKE_FAILURE;
    KrValue item[3] = { face_of(e->c), KR_NONE, kr_from_ptr(e->context) };
    if (e->text) item[1] = kr_decode(vm, (const uint8_t *)e->text, strlen(e->text), "ascii", "strict");
    KrValue v = kr_is_error(item[1]) ? item[1] : kr_call(vm, e->context->on_name, 3, item);
    if (kr_is_error(v)) kr_report_unraisable(vm, e->context->on_name);
    else if (kr_is_none(v)) e->answer = -1;
    else if (kr_is_integer(v) && kr_int_fits(v, &alert) && alert >= 0 && alert < 256) e->answer = (int)alert;
    else {
        e->answer = INTERNAL_ERROR;
        (void)kr_raise(vm, &kr_type_error, "'%T' object cannot be interpreted as an integer", v);
        kr_report_unraisable(vm, v);
    }
}

static int event_server_name(void *who, void *context, const char *name) {
    Event e = { .c = who, .context = context, .text = name };
    return call_back(&e, run_name);
}

// A key, as bytes, to e->key: its length, or an exception.
static int put_key(KrVm *vm, Event *e, KrValue key) {
    KrBuffer b;
    if (!kr_get_buffer(vm, key, &b, KR_BUFFER_READ)) return 0;
    size_t len = b.len;
    if (len <= e->room) memcpy(e->key, b.data, len);
    kr_release_buffer(vm, &b);
    if (len <= e->room) return (int)len;
    (void)kr_raise(vm, &kr_value_error, "psk is longer than %u bytes", e->room);
    return 0;
}

static KrValue text_or_none(KrVm *vm, const char *text) {
    return text && *text ? kr_decode(vm, (const uint8_t *)text, strlen(text), "utf-8", "strict") : KR_NONE;
}

// The function's answer is (identity, key); an identity of None is empty.
static int client_key(KrVm *vm, Event *e) {
    KrValue hint = text_or_none(vm, e->text), v = kr_is_error(hint) ? hint : kr_call(vm, e->context->client_key, 1, &hint);
    size_t count = 0, len = 0;
    const KrValue *item = !kr_is_error(v) && kr_is_tuple(v) ? kr_tuple_items(v, &count) : NULL;
    if (kr_is_error(v)) return 0;
    if (count != 2 || !(kr_is_none(item[0]) || kr_is_str(item[0])))
        return (void)kr_raise(vm, &kr_type_error, "psk client callback must return (identity, key)"), 0;
    const char *identity = kr_is_none(item[0]) ? "" : kr_str_text(item[0], &len);
    if (len + 1 > e->identity_room || memchr(identity, 0, len))
        return (void)kr_raise(vm, &kr_value_error, "psk identity is too long, or contains NUL"), 0;
    memcpy(e->identity, identity, len + 1);
    return put_key(vm, e, item[1]);
}

static void run_client_key(void *event) {
    Event *e = event;
    KrVm *vm = e->c->vm;
    if (kr_is_unset(e->context->client_key)) return;
    e->answer = client_key(vm, e);
    if (kr_raised(vm)) kr_report_unraisable(vm, e->context->client_key);
}

static unsigned event_client_key(void *who, void *context, const char *hint, char *identity, size_t identity_room, unsigned char *key,
                                 size_t room) {
    Event e = {
        .c = who, .context = context, .text = hint, .identity = identity, .identity_room = identity_room, .key = key, .room = room
    };
    return (unsigned)call_back(&e, run_client_key);
}

static void run_server_key(void *event) {
    Event *e = event;
    KrVm *vm = e->c->vm;
    if (kr_is_unset(e->context->server_key)) return;
    KrValue identity = text_or_none(vm, e->text), v = kr_is_error(identity) ? identity : kr_call(vm, e->context->server_key, 1, &identity);
    if (!kr_is_error(v)) e->answer = put_key(vm, e, v);
    if (kr_raised(vm)) kr_report_unraisable(vm, e->context->server_key);
}

static unsigned event_server_key(void *who, void *context, const char *identity, unsigned char *key, size_t room) {
    Event e = { .c = who, .context = context, .text = identity, .key = key, .room = room };
    return (unsigned)call_back(&e, run_server_key);
}

// What the function raises is raised again when the step is over.
static void run_message(void *event) {
    Event *e = event;
    KrVm *vm = e->c->vm;
    if (kr_is_unset(e->context->on_message) || !kr_is_unset(e->c->raised)) return;
    enum { CHANGE_CIPHER = 20, ALERT = 21, HANDSHAKE = 22, HEADER = 256, INNER = 257 };
    const uint8_t *p = e->data;
    int kind = -1;
    if (e->content == CHANGE_CIPHER) kind = 0x101;
    else if (e->content == ALERT && e->len > 1) kind = p[1];
    else if ((e->content == HANDSHAKE || e->content == HEADER || e->content == INNER) && e->len) kind = p[0];
    KrValue bytes = kr_bytes(vm, e->data, e->len), way = kr_name(vm, e->sent ? "write" : "read");
    KrValue item[6] = { face_of(e->c), way, kr_int_box(e->version), kr_int_box(e->content), kr_int_box(kind), bytes };
    KrValue v = kr_is_error(bytes) || kr_is_error(way) ? KR_ERROR : kr_call(vm, e->context->on_message, 6, item);
    if (kr_is_error(v)) kr_store(vm, e->c, &e->c->raised, kr_take_raised(vm));
}

static void event_message(void *who, void *context, bool sent, int version, int content, const void *data, size_t len) {
    Event e = { .c = who, .context = context, .sent = sent, .version = version, .content = content, .data = data, .len = len };
    if (kr_is_unset(e.context->on_message)) return;
    call_back(&e, run_message);
}

static void event_key_log(void *context, const char *line) {
    KrSslContext *c = context;
    char text[1024];
    size_t len = strlen(line);
    if (c->key_log_fd < 0 || len + 1 > sizeof text) return;
    memcpy(text, line, len);
    text[len] = '\n';
    (void)kr_port_write(c->key_log_fd, text, len + 1); // one call, so that lines of several connections do not mix
}

const KrTlsEvents kr_ssl_events = { .receive = event_receive,
                                    .send = event_send,
                                    .server_name = event_server_name,
                                    .client_key = event_client_key,
                                    .server_key = event_server_key,
                                    .message = event_message,
                                    .key_log = event_key_log };
