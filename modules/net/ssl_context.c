// ssl_context.c - _SSLContext: the settings, certificates and keys that TLS connections are made with.
//
// Connections use their context without the VM's lock. What changes it waits until no step of one of them runs (quiet), unless the change is made by a
// function that such a step has called.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "object/object.h"
#include "object/str.h"
#include "port.h"
#include "socket_part.h"
#include "ssl_part.h"

#include "../os/posix_part.h"

#define METHOD(name) static KrValue context_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define SELF         kr_ssl_context(self)

enum { ANY = 2, TLS_1_0 = 3, TLS_1_1 = 4, TLS_1_2 = 5, CONTEXT_BYTES = 12000, PASSWORD_ROOM = 1024, NO_PARTIAL_WILDCARDS = 4 };

static bool quiet(KrVm *vm, KrSslContext *c) {
    const void *me = vm->threads ? (const void *)vm->threads->current : vm;
    while (c->running) {
        for (const KrSslRunning *r = c->running; r; r = r->next)
            if (r->thread == me || (r->thread == vm && kr_thread_is_first(vm))) return true;
        if (kr_wait(vm, &c->quiet, INT64_MAX) < 0) return false;
    }
    return true;
}

static bool deprecated(KrVm *vm, const char *name) { return kr_warn(vm, &kr_deprecation_warning, "ssl.%s is deprecated", name); }

// ---- Life --------------------------------------------------------------------------------------------------------------------------

static bool check_protocol(KrVm *vm, int64_t protocol) {
    static const char *const names[] = { "PROTOCOL_TLS", "PROTOCOL_TLSv1", "PROTOCOL_TLSv1_1", "PROTOCOL_TLSv1_2" };
    if (protocol == KR_TLS_CLIENT || protocol == KR_TLS_SERVER) return true;
    if (protocol >= ANY && protocol <= TLS_1_2) return deprecated(vm, names[protocol - ANY]);
    return kr_fail(kr_raise(vm, &kr_value_error, "invalid or unsupported protocol version %z", (intptr_t)protocol));
}

METHOD(new) {
    int64_t protocol;
    KrTlsError error;
    if (!kr_to_int64(vm, arg[0], &protocol) || !check_protocol(vm, protocol)) return KR_ERROR;
    KrValue v = kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(v)) return v;
    KrSslContext *c = kr_ssl_context(v);
    c->vm = vm;
    c->protocol = (int)protocol;
    c->key_log_fd = -1;
    c->on_name = c->on_message = c->client_key = c->server_key = c->key_log = KR_UNSET;
    c->host_flags = NO_PARTIAL_WILDCARDS;
    if (!kr_ssl_charge(vm, &c->charged, CONTEXT_BYTES)) return KR_ERROR;
    c->tls = kr_tls_context_new((int)protocol, c, &kr_ssl_events, &error);
    if (!c->tls) return kr_ssl_raise(vm, &error);
    if (protocol == KR_TLS_CLIENT) c->mode = 2, c->check_host = true;
    return kr_tls_context_set(c->tls, KR_TLS_VERIFY_MODE, c->mode) ? v : kr_raise_memory(vm);
}

static void context_finalize(KrVm *vm, KrObject *o) {
    KrSslContext *c = (KrSslContext *)o;
    kr_uncharge(vm, c->charged);
    kr_tls_context_free(c->tls);
    if (c->tls && c->key_log_fd >= 0) (void)kr_port_close(c->key_log_fd);
    c->tls = NULL, c->charged = 0;
}

static void context_trace(KrTracer *tracer, KrObject *o) {
    const KrSslContext *c = (KrSslContext *)o;
    const KrValue held[] = { c->on_name, c->on_message, c->client_key, c->server_key, c->key_log };
    for (size_t i = 0; i < KR_COUNT_OF(held); i++) kr_trace(tracer, held[i]);
}

// ---- Files and texts ---------------------------------------------------------------------------------------------------------------

// A path; TypeError: `text`.
static bool path_of(KrVm *vm, KrValue v, const char *name, KrPosixPath *out) {
    if (kr_posix_path(vm, v, "ssl", name, KR_POSIX_PLAIN, out)) return true;
    if (!kr_raised_is(vm, &kr_type_error)) return false;
    (void)kr_take_raised(vm);
    return kr_fail(kr_raise(vm, &kr_type_error, "%s should be a valid filesystem path", name));
}

// A path, or what is taken as paths are.
static bool name_of(KrVm *vm, KrValue v, KrPosixPath *out) {
    if (kr_posix_path(vm, v, "ssl", "path", KR_POSIX_PLAIN, out)) return true;
    if (!kr_raised_is(vm, &kr_type_error)) return false;
    (void)kr_take_raised(vm);
    return kr_fail(kr_raise(vm, &kr_type_error, "expected str, bytes or os.PathLike object, not %T", v));
}

// May the VM read it, and does it exist? named: the exception names it.
static bool readable(KrVm *vm, const KrPosixPath *path, bool named) {
    if (!kr_access_open(vm, KR_ACCESS_FILES_READ, path->text, path->given)) return false;
    int fd = kr_port_open(path->text, KR_OPEN_READ);
    if (fd < 0) return kr_fail(kr_raise_os(vm, -fd, named ? path->given : KR_UNSET));
    return (void)kr_port_close(fd), true;
}

static bool load(KrVm *vm, KrSslContext *c, KrTlsText what, const char *text, size_t len) {
    KrTlsError error;
    if (!quiet(vm, c)) return false;
    return kr_tls_context_load(c->tls, what, text, len, &error) || kr_fail(kr_ssl_raise(vm, &error));
}

typedef struct {
    KrVm *vm;
    KrValue given; // a text, bytes, or a function that gives one
} Password;

// The bytes of a password: its length, -1: raised.
static int put_password(KrVm *vm, KrValue v, const char *otherwise, char *out, size_t room) {
    size_t len;
    KrBuffer b;
    bool text = kr_is_str(v);
    if (!text && !kr_is_bytes(v) && !kr_has_flag(v, KR_TYPE_IS_BYTEARRAY)) return (void)kr_raise(vm, &kr_type_error, "%s", otherwise), -1;
    if (!text && !kr_get_buffer(vm, v, &b, KR_BUFFER_READ)) return -1;
    const char *data = text ? kr_str_text(v, &len) : b.data;
    if (!text) len = b.len;
    if (out && len <= room) memcpy(out, data, len);
    if (!text) kr_release_buffer(vm, &b);
    if (len <= PASSWORD_ROOM) return (int)len;
    return (void)kr_raise(vm, &kr_value_error, "password cannot be longer than %d bytes", PASSWORD_ROOM), -1;
}

static int on_password(void *who, char *out, int room) {
    Password *p = who;
    KrValue v = p->given;
    if (kr_is_none(v) || kr_raised(p->vm)) return -1;
    if (!kr_callable(v)) return put_password(p->vm, v, "password should be a string or callable", out, (size_t)room);
    v = kr_call(p->vm, v, 0, NULL);
    return kr_is_error(v) ? -1 : put_password(p->vm, v, "password callback must return a string", out, (size_t)room);
}

METHOD(load_cert_chain) {
    KrPosixPath certificate, key;
    Password password = { vm, arg[2] };
    KrTlsError error;
    if (!path_of(vm, arg[0], "certfile", &certificate)) return KR_ERROR;
    key = certificate;
    if (!kr_is_none(arg[1]) && !path_of(vm, arg[1], "keyfile", &key)) return KR_ERROR;
    bool asks = kr_is_none(arg[2]) && kr_may(vm, KR_ACCESS_CONSOLE); // the library asks at the terminal
    if (!kr_is_none(arg[2]) && !kr_callable(arg[2]) && put_password(vm, arg[2], "password should be a string or callable", NULL, 0) < 0)
        return KR_ERROR;
    if (!readable(vm, &certificate, false) || !readable(vm, &key, false) || !quiet(vm, SELF)) return KR_ERROR;
    bool ok = kr_tls_context_chain(SELF->tls, certificate.text, key.text, asks ? NULL : on_password, &password, &error);
    if (kr_raised(vm)) return KR_ERROR;
    return ok ? KR_NONE : kr_ssl_raise(vm, &error);
}

static bool load_data(KrVm *vm, KrSslContext *c, KrValue v) {
    static const char wrong[] = "cadata should be an ASCII string or a bytes-like object";
    size_t len;
    KrBuffer b;
    if (kr_is_str(v)) {
        const char *text = kr_str_text(v, &len);
        if (len != kr_str_length(v)) return kr_fail(kr_raise(vm, &kr_type_error, wrong));
        return len ? load(vm, c, KR_TLS_CA_PEM, text, len) : kr_fail(kr_raise(vm, &kr_value_error, "Empty certificate data"));
    }
    if (!kr_get_buffer(vm, v, &b, KR_BUFFER_READ)) {
        if (!kr_raised_is(vm, &kr_type_error)) return false;
        (void)kr_take_raised(vm);
        return kr_fail(kr_raise(vm, &kr_type_error, wrong));
    }
    bool ok = b.len ? b.len <= INT_MAX && load(vm, c, KR_TLS_CA_DER, b.data, b.len)
                    : kr_fail(kr_raise(vm, &kr_value_error, "Empty certificate data"));
    kr_release_buffer(vm, &b);
    return ok;
}

METHOD(load_verify_locations) {
    KrPosixPath file, folder;
    bool has[3];
    for (int i = 0; i < 3; i++) has[i] = !kr_is_none(arg[i]);
    if (!has[0] && !has[1] && !has[2]) return kr_raise(vm, &kr_type_error, "cafile, capath and cadata cannot be all omitted");
    if (has[0] && !path_of(vm, arg[0], "cafile", &file)) return KR_ERROR;
    if (has[1] && !path_of(vm, arg[1], "capath", &folder)) return KR_ERROR;
    if (has[2] && !load_data(vm, SELF, arg[2])) return KR_ERROR;
    if (has[0] && (!readable(vm, &file, false) || !load(vm, SELF, KR_TLS_CA_FILE, file.text, 0))) return KR_ERROR;
    if (has[1] && (!kr_access_open(vm, KR_ACCESS_FILES_READ, folder.text, arg[1]) || !load(vm, SELF, KR_TLS_CA_FOLDER, folder.text, 0)))
        return KR_ERROR;
    return KR_NONE;
}

METHOD(load_dh_params) {
    KrPosixPath path;
    if (!name_of(vm, arg[0], &path) || !readable(vm, &path, true)) return KR_ERROR;
    return load(vm, SELF, KR_TLS_DH_FILE, path.text, 0) ? KR_NONE : KR_ERROR;
}

METHOD(set_default_verify_paths) {
    (void)arg;
    if (!kr_access(vm, KR_ACCESS_FILES_READ, KR_UNSET)) return KR_ERROR;
    return load(vm, SELF, KR_TLS_CA_DEFAULT, NULL, 0) ? KR_NONE : KR_ERROR;
}

METHOD(set_ciphers) {
    KrTlsError error;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "set_ciphers() argument must be str, not %T", arg[0]);
    if (!quiet(vm, SELF)) return KR_ERROR;
    if (kr_tls_context_load(SELF->tls, KR_TLS_CIPHERS, kr_str_text(arg[0], NULL), 0, &error)) return KR_NONE;
    return kr_ssl_raise_text(vm, &kr_ssl_error, -1, "No cipher can be selected.");
}

METHOD(set_ecdh_curve) {
    KrPosixPath name; // a name is taken as paths are
    KrTlsError error;
    if (!name_of(vm, arg[0], &name) || !quiet(vm, SELF)) return KR_ERROR;
    if (kr_tls_context_load(SELF->tls, KR_TLS_CURVE, name.text, 0, &error)) return KR_NONE;
    return kr_raise(vm, &kr_value_error, "unknown elliptic curve name %R", arg[0]);
}

METHOD(set_alpn) {
    KrBuffer b;
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = load(vm, SELF, KR_TLS_ALPN, b.data, b.len);
    kr_release_buffer(vm, &b);
    return ok ? KR_NONE : KR_ERROR;
}

// ---- Keys that both sides know (PSK) -----------------------------------------------------------------------------------------------

static KrValue set_key(KrVm *vm, KrSslContext *c, KrValue *slot, KrTlsSetting event, KrValue function) {
    bool none = kr_is_none(function);
    if (!none && !kr_callable(function)) return kr_raise(vm, &kr_type_error, "callback must be callable");
    if (!quiet(vm, c)) return KR_ERROR;
    kr_store(vm, c, slot, none ? KR_UNSET : function);
    (void)kr_tls_context_set(c->tls, event, !none);
    return KR_NONE;
}

METHOD(set_psk_client_callback) {
    if (SELF->protocol == KR_TLS_SERVER)
        return kr_ssl_raise_text(vm, &kr_ssl_error, 0, "Cannot add PSK client callback to a PROTOCOL_TLS_SERVER context");
    return set_key(vm, SELF, &SELF->client_key, KR_TLS_CLIENT_KEY_EVENT, arg[0]);
}

METHOD(set_psk_server_callback) {
    if (SELF->protocol == KR_TLS_CLIENT)
        return kr_ssl_raise_text(vm, &kr_ssl_error, 0, "Cannot add PSK server callback to a PROTOCOL_TLS_CLIENT context");
    if (!kr_is_none(arg[1]) && !kr_is_str(arg[1]))
        return kr_raise(vm, &kr_type_error, "set_psk_server_callback() argument 'identity_hint' must be str or None, not %T", arg[1]);
    if (!load(vm, SELF, KR_TLS_IDENTITY_HINT,
              kr_is_str(arg[1]) && kr_is_ptr(arg[0]) && !kr_is_none(arg[0]) ? kr_str_text(arg[1], NULL) : "", 0))
        return KR_ERROR;
    return set_key(vm, SELF, &SELF->server_key, KR_TLS_SERVER_KEY_EVENT, arg[0]);
}

// ---- Lists -------------------------------------------------------------------------------------------------------------------------

static KrValue list_of(KrVm *vm, KrSslContext *c, KrTlsList what, KrValue (*make)(KrVm *, const KrTlsFact *)) {
    KrSslFacts facts = { vm, kr_list(vm, 0, NULL), make };
    if (kr_is_error(facts.list)) return facts.list;
    (void)kr_tls_context_list(c->tls, what, kr_ssl_add, &facts);
    return facts.list;
}

static KrValue make_cipher(KrVm *vm, const KrTlsFact *f) {
    static const char *const texts[] = { "name", "protocol", "description" }, *const parts[] = { "symmetric", "digest", "kea", "auth" };
    static const char *const numbers[] = { "strength_bits", "alg_bits" };
    KrValue d = kr_dict(vm);
    bool ok = !kr_is_error(d) && kr_dict_set_c(vm, d, "id", kr_int(vm, f->number[0]));
    for (int i = 0; ok && i < 3; i++) {
        KrValue v = f->text[i] ? kr_str_c(vm, f->text[i]) : KR_NONE;
        ok = !kr_is_error(v) && kr_dict_set_c(vm, d, texts[i], v);
    }
    for (int i = 0; ok && i < 2; i++) ok = kr_dict_set_c(vm, d, numbers[i], kr_int(vm, f->number[1 + i]));
    ok = ok && kr_dict_set_c(vm, d, "aead", kr_bool(f->number[3] != 0));
    for (int i = 0; ok && i < 4; i++) {
        KrValue v = f->text[3 + i] ? kr_str_c(vm, f->text[3 + i]) : KR_NONE;
        ok = !kr_is_error(v) && kr_dict_set_c(vm, d, parts[i], v);
    }
    return ok ? d : KR_ERROR;
}

METHOD(get_ciphers) { return (void)arg, list_of(vm, SELF, KR_TLS_ALL_CIPHERS, make_cipher); }

static KrValue make_authority(KrVm *vm, const KrTlsFact *f) { // (kind, bytes)
    KrValue item[2] = { kr_int(vm, f->number[0]), kr_bytes(vm, f->data ? f->data : "", f->len) };
    return kr_is_error(item[1]) ? item[1] : kr_tuple(vm, 2, item);
}

METHOD(get_ca_certs) {
    bool binary;
    KrValue all = kr_truth(vm, arg[0], &binary) ? list_of(vm, SELF, KR_TLS_AUTHORITIES, make_authority) : KR_ERROR,
            out = kr_is_error(all) ? all : kr_list(vm, 0, NULL);
    if (kr_is_error(out)) return out;
    size_t len = 0;
    const KrValue *row = kr_list_items(all, &len);
    for (size_t i = 0; i < len; i++) { // nobody else has the list
        const KrValue *item = kr_tuple_items(row[i], NULL);
        if (kr_int_value(item[0]) != 1) continue;
        KrValue v = binary ? item[1] : kr_ssl_certificate_call(vm, "info", item[1]);
        if (kr_is_error(v) || !kr_list_append(vm, out, v)) return KR_ERROR;
    }
    return out;
}

static KrValue make_kind(KrVm *vm, const KrTlsFact *f) { return kr_int(vm, f->number[0]); }

METHOD(cert_store_stats) {
    (void)arg;
    int count[3] = { 0 };
    size_t len;
    KrValue kinds = list_of(vm, SELF, KR_TLS_AUTHORITIES, make_kind), d = kr_is_error(kinds) ? kinds : kr_dict(vm);
    if (kr_is_error(d)) return d;
    const KrValue *kind = kr_list_items(kinds, &len);
    for (size_t i = 0; i < len; i++) count[kr_int_value(kind[i])]++;
    bool ok = kr_dict_set_c(vm, d, "x509", kr_int_box(count[0] + count[1])) && kr_dict_set_c(vm, d, "crl", kr_int_box(count[2])) &&
              kr_dict_set_c(vm, d, "x509_ca", kr_int_box(count[1]));
    return ok ? d : KR_ERROR;
}

METHOD(session_stats) {
    static const char *const names[] = { "number", "connect",     "connect_good",       "connect_renegotiate",
                                         "accept", "accept_good", "accept_renegotiate", "hits",
                                         NULL,     "misses",      "timeouts",           "cache_full" };
    (void)arg;
    size_t len;
    KrValue numbers = list_of(vm, SELF, KR_TLS_STATISTICS, make_kind), d = kr_is_error(numbers) ? numbers : kr_dict(vm);
    if (kr_is_error(d)) return d;
    const KrValue *number = kr_list_items(numbers, &len);
    for (size_t i = 0; i < len && i < KR_COUNT_OF(names); i++)
        if (names[i] && !kr_dict_set_c(vm, d, names[i], number[i])) return KR_ERROR;
    return d;
}

// ---- Connections -------------------------------------------------------------------------------------------------------------------

METHOD(wrap_socket) { // sock, server_side, server_hostname, owner, session
    int fd;
    int64_t timeout;
    if (!kr_socket_state(arg[0], &fd, &timeout))
        return kr_raise(vm, &kr_type_error, "_wrap_socket() argument 'sock' must be _socket.socket, not %T", arg[0]);
    KrValue given[6] = { KR_UNSET, KR_UNSET, arg[1], arg[2], arg[3], arg[4] };
    return kr_ssl_connection_new(vm, self, given, arg[0]);
}

METHOD(wrap_bio) { // incoming, outgoing, server_side, server_hostname, owner, session
    static const char *const names[] = { "incoming", "outgoing" };
    for (int i = 0; i < 2; i++)
        if (!kr_is_exact(arg[i], &kr_ssl_bio_type))
            return kr_raise(vm, &kr_type_error, "_wrap_bio() argument '%s' must be _ssl.MemoryBIO, not %T", names[i], arg[i]);
    return kr_ssl_connection_new(vm, self, arg, KR_UNSET);
}

// ---- Attributes --------------------------------------------------------------------------------------------------------------------

static bool number_of(KrVm *vm, KrValue v, int64_t *out) {
    if (!kr_is_unset(v) && kr_is_integer(v)) return kr_to_int64(vm, v, out);
    if (kr_is_unset(v)) return kr_fail(kr_raise(vm, &kr_attribute_error, "cannot delete attribute"));
    return kr_fail(kr_is_none(v) ? kr_raise(vm, &kr_type_error, "argument must be int, not None")
                                 : kr_raise(vm, &kr_type_error, "argument must be int, not %T", v));
}

static bool index_of(KrVm *vm, KrValue v, int64_t *out) {
    return kr_is_unset(v) ? kr_fail(kr_raise(vm, &kr_attribute_error, "cannot delete attribute")) : kr_to_int64(vm, v, out);
}

static bool set(KrVm *vm, KrValue self, KrTlsSetting what, int64_t v) {
    return quiet(vm, SELF) && (kr_tls_context_set(SELF->tls, what, v) ||
                               kr_fail(kr_raise(vm, &kr_value_error, "the TLS library refuses the value %z", (intptr_t)v)));
}

static KrValue get(KrVm *vm, KrValue self, KrTlsSetting what) { return kr_int(vm, kr_tls_context_get(SELF->tls, what)); }

static KrValue get_protocol(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(SELF->protocol); }
static KrValue get_options(KrVm *vm, KrValue self) { return get(vm, self, KR_TLS_OPTIONS); }
static KrValue get_verify_flags(KrVm *vm, KrValue self) { return get(vm, self, KR_TLS_VERIFY_FLAGS); }
static KrValue get_verify_mode(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(SELF->mode); }
static KrValue get_check_hostname(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->check_host); }
static KrValue get_minimum(KrVm *vm, KrValue self) { return get(vm, self, KR_TLS_MINIMUM); }
static KrValue get_maximum(KrVm *vm, KrValue self) { return get(vm, self, KR_TLS_MAXIMUM); }
static KrValue get_tickets(KrVm *vm, KrValue self) { return get(vm, self, KR_TLS_TICKETS); }
static KrValue get_security(KrVm *vm, KrValue self) { return get(vm, self, KR_TLS_SECURITY); }
static KrValue get_post_handshake(KrVm *vm, KrValue self) {
    return (void)vm, kr_bool(kr_tls_context_get(SELF->tls, KR_TLS_POST_HANDSHAKE) != 0);
}
static KrValue get_host_flags(KrVm *vm, KrValue self) { return (void)vm, kr_int_box((intptr_t)SELF->host_flags); }
static KrValue or_none(KrValue v) { return kr_is_unset(v) ? KR_NONE : v; }
static KrValue get_on_name(KrVm *vm, KrValue self) { return (void)vm, or_none(SELF->on_name); }
static KrValue get_on_message(KrVm *vm, KrValue self) { return (void)vm, or_none(SELF->on_message); }
static KrValue get_key_log(KrVm *vm, KrValue self) { return (void)vm, or_none(SELF->key_log); }

static bool set_options(KrVm *vm, KrValue self, KrValue v) {
    enum { NO_VERSION = 0x3E000000 }; // OP_NO_SSLv3 to OP_NO_TLSv1_3
    int64_t wanted, now = kr_tls_context_get(SELF->tls, KR_TLS_OPTIONS);
    if (!number_of(vm, v, &wanted)) return false;
    if (wanted < 0) return kr_fail(kr_raise(vm, &kr_overflow_error, "can't convert negative int to unsigned"));
    if ((wanted & ~now & NO_VERSION) && !kr_warn(vm, &kr_deprecation_warning, "ssl.OP_NO_SSL*/ssl.OP_NO_TLS* options are deprecated"))
        return false;
    return set(vm, self, KR_TLS_OPTIONS, wanted);
}

static bool set_verify_flags(KrVm *vm, KrValue self, KrValue v) {
    int64_t flags;
    return number_of(vm, v, &flags) && set(vm, self, KR_TLS_VERIFY_FLAGS, flags);
}

static bool set_mode(KrVm *vm, KrSslContext *c, int mode) {
    return quiet(vm, c) && (c->mode = mode, kr_tls_context_set(c->tls, KR_TLS_VERIFY_MODE, mode));
}

static bool set_verify_mode(KrVm *vm, KrValue self, KrValue v) {
    int64_t mode;
    if (!index_of(vm, v, &mode)) return false;
    if (mode < 0 || mode > 2) return kr_fail(kr_raise(vm, &kr_value_error, "invalid value for verify_mode"));
    if (mode == 0 && SELF->check_host)
        return kr_fail(kr_raise(vm, &kr_value_error, "Cannot set verify_mode to CERT_NONE when check_hostname is enabled."));
    return set_mode(vm, SELF, (int)mode);
}

static bool set_check_hostname(KrVm *vm, KrValue self, KrValue v) {
    bool check;
    if (kr_is_unset(v) || !kr_truth(vm, v, &check))
        return kr_raised(vm) ? false : kr_fail(kr_raise(vm, &kr_attribute_error, "cannot delete attribute"));
    if (check && !SELF->mode && !set_mode(vm, SELF, 2)) return false;
    return SELF->check_host = check, true;
}

static bool set_version(KrVm *vm, KrValue self, KrValue v, KrTlsSetting what) {
    static const char *const old[] = { "TLSVersion.SSLv3", "TLSVersion.TLSv1", "TLSVersion.TLSv1_1" };
    enum { SSL_3 = 0x300, LAST = 0x304 };
    int64_t version;
    if (!index_of(vm, v, &version)) return false;
    if (SELF->protocol >= TLS_1_0 && SELF->protocol <= TLS_1_2)
        return kr_fail(kr_raise(vm, &kr_value_error, "The context's protocol doesn't support modification of highest and lowest version."));
    if (version != -1 && version != -2 && (version < SSL_3 || version > LAST))
        return kr_fail(kr_raise(vm, &kr_value_error, "Unsupported TLS/SSL version 0x%x", (size_t)version));
    if (version >= SSL_3 && version < SSL_3 + 3 && !deprecated(vm, old[version - SSL_3])) return false;
    if (!quiet(vm, SELF)) return false;
    return kr_tls_context_set(SELF->tls, what, version) ||
           kr_fail(kr_raise(vm, &kr_value_error, "Unsupported protocol version 0x%x", (size_t)version));
}

static bool set_minimum(KrVm *vm, KrValue self, KrValue v) { return set_version(vm, self, v, KR_TLS_MINIMUM); }
static bool set_maximum(KrVm *vm, KrValue self, KrValue v) { return set_version(vm, self, v, KR_TLS_MAXIMUM); }

static bool set_tickets(KrVm *vm, KrValue self, KrValue v) {
    int64_t n;
    if (!index_of(vm, v, &n)) return false;
    if (n < 0) return kr_fail(kr_raise(vm, &kr_value_error, "value must be non-negative"));
    if (SELF->protocol != KR_TLS_SERVER) return kr_fail(kr_raise(vm, &kr_value_error, "SSLContext is not a server context."));
    return set(vm, self, KR_TLS_TICKETS, n);
}

static bool set_post_handshake(KrVm *vm, KrValue self, KrValue v) {
    bool wanted;
    if (kr_is_unset(v) || !kr_truth(vm, v, &wanted))
        return kr_raised(vm) ? false : kr_fail(kr_raise(vm, &kr_attribute_error, "cannot delete attribute"));
    return set(vm, self, KR_TLS_POST_HANDSHAKE, wanted);
}

static bool set_host_flags(KrVm *vm, KrValue self, KrValue v) {
    int64_t flags;
    if (!number_of(vm, v, &flags)) return false;
    SELF->host_flags = (unsigned)flags;
    return set(vm, self, KR_TLS_HOST_FLAGS, flags);
}

static bool set_function(KrVm *vm, KrSslContext *c, KrValue *slot, KrTlsSetting event, KrValue v) {
    bool none = kr_is_unset(v) || kr_is_none(v);
    if (!quiet(vm, c)) return false;
    kr_store(vm, c, slot, none ? KR_UNSET : v);
    return kr_tls_context_set(c->tls, event, !none);
}

static bool set_on_name(KrVm *vm, KrValue self, KrValue v) {
    if (SELF->protocol == KR_TLS_CLIENT) return kr_fail(kr_raise(vm, &kr_value_error, "sni_callback cannot be set on TLS_CLIENT context"));
    if (!kr_is_unset(v) && !kr_is_none(v) && !kr_callable(v)) return kr_fail(kr_raise(vm, &kr_type_error, "not a callable object"));
    return set_function(vm, SELF, &SELF->on_name, KR_TLS_NAME_EVENT, v);
}

static bool set_on_message(KrVm *vm, KrValue self, KrValue v) {
    if (!kr_is_unset(v) && !kr_is_none(v) && !kr_callable(v)) return kr_fail(kr_raise(vm, &kr_type_error, "%R is not callable.", v));
    return set_function(vm, SELF, &SELF->on_message, KR_TLS_MESSAGE_EVENT, v);
}

// Appended to; a new file begins with a line that says what it is.
static int open_key_log(KrVm *vm, const KrPosixPath *path) {
    static const char head[] = "# TLS secrets log file, generated by OpenSSL / Python\n";
    KrPortStat stat;
    if (!kr_access_open(vm, KR_ACCESS_FILES_WRITE, path->text, path->given)) return -1;
    int fd = kr_port_open_flags(path->text, 1 | KR_PORT_O_CREATE | KR_PORT_O_APPEND | KR_PORT_O_CLOEXEC, 0600);
    if (fd < 0) return (void)kr_raise_os(vm, -fd, path->given), -1;
    if (kr_port_stat(NULL, fd, true, &stat) == 0 && stat.size == 0) (void)kr_port_write(fd, head, sizeof head - 1);
    return fd;
}

static bool set_key_log(KrVm *vm, KrValue self, KrValue v) {
    KrPosixPath path;
    KrSslContext *c = SELF;
    bool none = kr_is_unset(v) || kr_is_none(v);
    if (!none && !name_of(vm, v, &path)) return false;
    if (!quiet(vm, c)) return false;
    if (c->key_log_fd >= 0) (void)kr_port_close(c->key_log_fd);
    c->key_log_fd = -1;
    kr_store(vm, c, &c->key_log, KR_UNSET);
    if (!none && (c->key_log_fd = open_key_log(vm, &path)) < 0) none = true;
    (void)kr_tls_context_set(c->tls, KR_TLS_KEY_LOG_EVENT, !none);
    if (!none) kr_store(vm, c, &c->key_log, v);
    return !kr_raised(vm);
}

static const KrMethod new_row = { "_SSLContext(protocol, /)", context_new, NULL, 0 };
static const KrMethod methods[] = {
    { "load_cert_chain(certfile, keyfile=None, password=None)", context_load_cert_chain,
      KR_DOC("Load the own certificate, those up to its root, and its key (PEM files)."), 0 },
    { "load_verify_locations(cafile=None, capath=None, cadata=None)", context_load_verify_locations,
      KR_DOC("Trust the certificates of a file, of a folder, in text (PEM) or bytes (DER)."), 0 },
    { "set_default_verify_paths()", context_set_default_verify_paths,
      KR_DOC("Trust the certificates that the TLS library looks for by itself."), 0 },
    { "load_dh_params(path, /)", context_load_dh_params, KR_DOC("Load parameters for Diffie-Hellman (a PEM file)."), 0 },
    { "set_ciphers(cipherlist, /)", context_set_ciphers, KR_DOC("Choose the ciphers, in OpenSSL's notation; those of TLS 1.3 stay."), 0 },
    { "set_ecdh_curve(name, /)", context_set_ecdh_curve, KR_DOC("Choose the curve for keys."), 0 },
    { "_set_alpn_protocols(protos, /)", context_set_alpn, NULL, 0 },
    { "set_psk_client_callback(callback)", context_set_psk_client_callback,
      KR_DOC("Let callback(hint) give (identity, key) to servers; None: nothing does."), 0 },
    { "set_psk_server_callback(callback, identity_hint=None)", context_set_psk_server_callback,
      KR_DOC("Let callback(identity) give the key of a client; None: nothing does."), 0 },
    { "get_ciphers()", context_get_ciphers, KR_DOC("The ciphers, the most wanted first: a list of dicts."), 0 },
    { "get_ca_certs(binary_form=False)", context_get_ca_certs,
      KR_DOC("The authorities that are trusted and loaded: dicts, or bytes (DER)."), 0 },
    { "cert_store_stats()", context_cert_store_stats,
      KR_DOC("How many certificates, authorities among them, and revocation lists are loaded."), 0 },
    { "session_stats()", context_session_stats, KR_DOC("How often connections were made, sessions found, and so on."), 0 },
    { "_wrap_socket(sock, server_side, server_hostname=None, *, owner=None, session=None)", context_wrap_socket, NULL, 0 },
    { "_wrap_bio(incoming, outgoing, server_side, server_hostname=None, *, owner=None, session=None)", context_wrap_bio, NULL, 0 },
    { 0 },
};
static const KrGetSet attributes[] = {
    { "protocol", get_protocol, NULL, KR_DOC("What connections it is for: PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER.") },
    { "options", get_options, set_options, KR_DOC("Bits: OP_...") },
    { "verify_flags", get_verify_flags, set_verify_flags, KR_DOC("Bits: VERIFY_...") },
    { "verify_mode", get_verify_mode, set_verify_mode, KR_DOC("CERT_NONE, CERT_OPTIONAL or CERT_REQUIRED.") },
    { "check_hostname", get_check_hostname, set_check_hostname, KR_DOC("Must the certificate be for the server's name?") },
    { "minimum_version", get_minimum, set_minimum, KR_DOC("The lowest version of TLS that is spoken.") },
    { "maximum_version", get_maximum, set_maximum, KR_DOC("The highest version of TLS that is spoken.") },
    { "num_tickets", get_tickets, set_tickets, KR_DOC("How many session tickets a server gives to a client of TLS 1.3.") },
    { "security_level", get_security, NULL, KR_DOC("OpenSSL's level, 0 to 5: what keys and algorithms are too weak.") },
    { "post_handshake_auth", get_post_handshake, set_post_handshake, KR_DOC("May a server ask for the client's certificate later on?") },
    { "sni_callback", get_on_name, set_on_name,
      KR_DOC("Called with (connection, name, context) when a client has said which server it wants.") },
    { "keylog_filename", get_key_log, set_key_log, KR_DOC("A file for the keys of connections, for programs that look at traffic.") },
    { "_msg_callback", get_on_message, set_on_message, NULL },
    { "_host_flags", get_host_flags, set_host_flags, NULL },
    { 0 },
};

const KrType kr_ssl_context_type = {
    KR_TYPE_HEAD(kr_ssl_context_type),
    .name = "_ssl._SSLContext",
    .module = "_ssl",
    .doc = KR_DOC("Settings, certificates and keys of TLS connections."),
    .flags = KR_TYPE_BASE,
    .size = sizeof(KrSslContext),
    .methods = methods,
    .attributes = attributes,
    .make = &new_row,
    .trace = context_trace,
    .finalize = context_finalize,
};
