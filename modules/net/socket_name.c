// socket_name.c - functions of module socket about names: of hosts, services and protocols. The lookups are in resolve_*.c.
// SPDX-License-Identifier: MIT
#include "resolve_part.h"
#include "socket_part.h"
#include "object/bytes.h"
#include "vm/audit.h"

#define FUNCTION(name) KrValue kr_net_##name(KrVm *vm, KR_UNUSED KrValue self, const KrValue *arg)

enum { NO_HOST = 1, TRY_AGAIN, NO_RECOVERY, NO_ADDRESS }; // errno of herror

// ---- Errors ----------------------------------------------------------------------------------------------------------------------

// kind(number, text), which lib/socket.py has told us of: under that name in the VM's state.
static KrValue raise_as(KrVm *vm, const char *kind, int number, const char *text) {
    KrValue type = KR_UNSET, item[2] = { kr_int_box(number), kr_str_c(vm, text) };
    if (kr_is_error(item[1]) || !kr_dict_find(vm, vm->state, kr_name(vm, kind), &type)) return KR_ERROR;
    KrValue e = kr_call(vm, kr_is_unset(type) ? kr_type_value(&kr_os_error) : type, 2, item);
    return kr_is_error(e) ? e : kr_raise_value(vm, e);
}

FUNCTION(set_errors) {
    return kr_dict_set_c(vm, vm->state, "socket.gaierror", arg[0]) && kr_dict_set_c(vm, vm->state, "socket.herror", arg[1]) ? KR_NONE
                                                                                                                            : KR_ERROR;
}

static KrValue raise_address(KrVm *vm, const KrResolve *r) {
    if (r->error == KR_EAI_SYSTEM) return kr_raise_os(vm, r->system, KR_UNSET);
    return raise_as(vm, "socket.gaierror", r->error, kr_resolve_text(r->error));
}

static KrValue raise_host(KrVm *vm, const KrResolve *r) {
    static const char *const text[] = { "", "Unknown host", "Host name lookup failure", "Unknown server error",
                                        "No address associated with name" };
    int number = r->error == KR_EAI_AGAIN    ? TRY_AGAIN
                 : r->error == KR_EAI_NODATA ? NO_ADDRESS
                 : r->error == KR_EAI_FAIL   ? NO_RECOVERY
                                             : NO_HOST;
    if (r->error == KR_EAI_SYSTEM) return kr_raise_os(vm, r->system, KR_UNSET);
    return raise_as(vm, "socket.herror", number, text[number]);
}

// ---- Lookups ---------------------------------------------------------------------------------------------------------------------

static KrResolve *resolve_new(KrVm *vm) {
    KrResolve *r = kr_buffer_alloc(vm, sizeof *r);
    if (r) memset(r, 0, offsetof(KrResolve, query) + offsetof(KrQuery, room));
    return r;
}

typedef struct {
    KrResolve *r;
    int64_t until;
    bool done;
} Go;

static void go_on(void *context) {
    Go *g = context;
    g->done = kr_resolve_go(g->r, g->until);
}

// Until it is over, whatever that came to. False: raised, the VM has something else to do.
static bool run(KrVm *vm, KrResolve *r) {
    for (Go g = { .r = r };;) {
        int64_t left = kr_deadline_left(vm);
        if (__atomic_load_n(&vm->interrupt, __ATOMIC_RELAXED) && !kr_poll(vm, 1000000))
            return kr_resolve_end(r), false; // it will not wake us
        g.until = left == INT64_MAX ? left : kr_port_monotonic_ns() + left;
        kr_blocking(vm, go_on, &g);
        if (g.done) return true;
        if (!kr_poll(vm, 1000000)) return kr_resolve_end(r), false;
    }
}

// Nothing to make a descriptor of: objects that nobody has any more may hold some.
static bool run_twice(KrVm *vm, KrResolve *r) {
    enum { ENFILE_NUMBER = 23, EMFILE_NUMBER = 24 };
    if (!run(vm, r)) return false;
    if (r->error != KR_EAI_SYSTEM || (r->system != EMFILE_NUMBER && r->system != ENFILE_NUMBER)) return true;
    kr_collect(vm);
    r->state = KR_RESOLVE_BEGIN, r->error = r->system = 0, r->kinds = 0;
    memset(&r->found, 0, sizeof r->found);
    return run(vm, r);
}

// ---- Arguments -------------------------------------------------------------------------------------------------------------------

bool kr_socket_is_text(KrValue v) { return kr_is_str(v) || kr_is_bytes(v) || kr_isa(v, &kr_bytearray_type); }

// Labels that ASCII may have; for others the codec has the words.
static bool has_good_labels(const char *name) {
    for (;;) {
        size_t len = strcspn(name, ".");
        if (len > 63 || (!len && *name)) return false;
        if (!name[len]) return true;
        name += len + 1;
    }
}

// A name as it is asked for: str in IDNA, with `strict` also what is ASCII anyway. NULL: raised.
static const char *ascii_of(KrVm *vm, KrValue v, bool strict, size_t *len) {
    const char *text = kr_is_str(v) ? kr_str_text(v, len) : (const char *)kr_bytes_data(v, len);
    if (!kr_is_str(v)) { // a copy: a bytearray may change meanwhile, and need not end with a NUL
        KrValue copy = kr_bytes(vm, text, *len);
        return kr_is_error(copy) ? NULL : (const char *)kr_bytes_data(copy, len);
    }
    bool ascii = kr_str_length(v) == *len;
    if (ascii && (!strict || has_good_labels(text))) return text;
    KrValue coding = kr_str_c(vm, "idna"), coded = kr_is_error(coding) ? coding : kr_call_method(vm, v, "encode", 1, &coding);
    if (kr_is_error(coded)) return NULL;
    return (const char *)kr_bytes_data(coded, len);
}

static const char *decimal(int64_t n, char out[24]) {
    size_t at = 23;
    uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    out[at] = 0;
    do out[--at] = (char)('0' + u % 10), u /= 10;
    while (u);
    if (n < 0) out[--at] = '-';
    return out + at;
}

// ---- Addresses of hosts ----------------------------------------------------------------------------------------------------------

static bool service_of(KrVm *vm, KrValue v, char number[24], const char **out) {
    static const char no_port[] = "-1"; // numbers and texts that are none
    size_t len = 0;
    int64_t n;
    *out = NULL;
    if (kr_is_none(v)) return true;
    if (kr_is_integer(v)) *out = kr_int_fits(v, &n) ? decimal(n, number) : no_port;
    else if (kr_is_str(v)) {
        if (kr_is_error(kr_call_method(vm, v, "encode", 0, NULL))) return false; // it cannot be sent
        *out = kr_str_text(v, &len);
    } else if (kr_is_bytes(v)) *out = (const char *)kr_bytes_data(v, &len);
    else return kr_fail(kr_raise(vm, &kr_os_error, "Int or String expected"));
    if (memchr(*out, 0, len)) *out = no_port;
    return true;
}

static KrPortAddress port_address(const KrHostAddress *a, int port) {
    KrPortAddress to = { .family = a->family, .port = (uint16_t)port, .scope = a->scope };
    return memcpy(to.ip, a->ip, sizeof to.ip), to;
}

static KrValue row_of(KrVm *vm, const KrResolve *r, size_t address, size_t kind) {
    KrPortAddress a = port_address(&r->found.address[address], r->kind[kind].port);
    const char *name = !address && !kind && r->flags & KR_AI_CANONNAME ? r->found.name : "";
    KrValue item[5] = { kr_int_box(a.family), kr_int_box(r->kind[kind].type), kr_int_box(r->kind[kind].protocol), kr_str_c(vm, name),
                        kr_socket_address_value(vm, &a) };
    return kr_is_error(item[3]) || kr_is_error(item[4]) ? KR_ERROR : kr_tuple(vm, 5, item);
}

static KrValue rows_of(KrVm *vm, const KrResolve *r) {
    KrValue list = kr_list(vm, 0, NULL);
    for (size_t i = 0; i < r->found.count * r->kinds && !kr_is_error(list); i++) {
        KrValue row = row_of(vm, r, i / r->kinds, i % r->kinds);
        if (kr_is_error(row) || !kr_list_append(vm, list, row)) return KR_ERROR;
    }
    return list;
}

FUNCTION(getaddrinfo) { // host, port, family, type, proto, flags
    char number[24];
    const char *host = NULL, *service;
    size_t len = 0;
    if (!kr_access(vm, KR_ACCESS_SOCKETS, arg[0])) return KR_ERROR;
    if (!kr_is_none(arg[0]) && !kr_is_str(arg[0]) && !kr_is_exact(arg[0], &kr_bytes_type))
        return kr_raise(vm, &kr_type_error, "getaddrinfo() argument 1 must be string or None");
    if (!kr_is_none(arg[0]) && !(host = ascii_of(vm, arg[0], true, &len))) return KR_ERROR;
    if (!service_of(vm, arg[1], number, &service)) return KR_ERROR;
    KrResolve *r = resolve_new(vm);
    if (!r) return KR_ERROR;
    int *to[] = { &r->family, &r->type, &r->protocol, &r->flags };
    for (int i = 0; i < 4; i++)
        if (!kr_socket_int(vm, arg[2 + i], to[i])) return KR_ERROR;
    if (!kr_audit(vm, "socket.getaddrinfo", 5, arg)) return KR_ERROR;
    if (kr_resolve_set(r, host, service) && host && memchr(host, 0, len)) r->error = KR_EAI_NONAME;
    if (!run_twice(vm, r)) return KR_ERROR;
    return r->error ? raise_address(vm, r) : rows_of(vm, r);
}

static bool take_first(KrVm *vm, KrResolve *r, KrPortAddress *out) {
    if (!run_twice(vm, r)) return false;
    if (r->error) return kr_fail(raise_address(vm, r));
    if (!*r->host && r->found.count > 1) return kr_fail(kr_raise(vm, &kr_os_error, "wildcard resolved to multiple address"));
    return *out = port_address(&r->found.address[0], 0), true;
}

bool kr_socket_find_host(KrVm *vm, KrValue v, int family, KrPortAddress *out) {
    size_t len;
    const char *host = ascii_of(vm, v, false, &len);
    if (!host) return false;
    if (strcmp(host, "<broadcast>") == 0 || strcmp(host, "255.255.255.255") == 0) {
        if (family == KR_FAMILY_6) return kr_fail(kr_raise(vm, &kr_os_error, "address family mismatched"));
        memset(out->ip, 0xFF, 4);
        return out->family = KR_FAMILY_4, true;
    }
    KrResolve *r = resolve_new(vm);
    if (!r) return false;
    r->family = family, r->type = KR_NET_DGRAM, r->flags = *host ? 0 : KR_AI_PASSIVE;
    (void)kr_resolve_set(r, *host ? host : NULL, *host ? NULL : "0");
    return take_first(vm, r, out);
}

// The first argument of the functions below. NULL: raised.
static bool host_arg(KrVm *vm, KrValue v, const char *function, int family, KrPortAddress *out) {
    size_t len;
    if (!kr_access(vm, KR_ACCESS_SOCKETS, v)) return false;
    if (!kr_socket_is_text(v))
        return kr_fail(kr_raise(vm, &kr_type_error, "%s() argument 1 must be str, bytes or bytearray, not %T", function, v));
    const char *host = ascii_of(vm, v, true, &len);
    if (!host) return false;
    if (memchr(host, 0, len))
        return kr_fail(kr_raise(vm, &kr_type_error, "%s() argument 1 must be encoded string without null bytes, not str", function));
    const char *event = strcmp(function, "gethostbyaddr") == 0 ? "socket.gethostbyaddr" : "socket.gethostbyname";
    return kr_audit(vm, event, 1, &v) && kr_socket_find_host(vm, v, family, out);
}

static KrValue ip_text(KrVm *vm, KrPortAddress *a) {
    KrValue v = kr_socket_address_value(vm, a);
    return kr_is_error(v) ? v : kr_tuple_items(v, NULL)[0];
}

FUNCTION(gethostbyname) {
    KrPortAddress a = { 0 };
    return host_arg(vm, arg[0], "gethostbyname", KR_FAMILY_4, &a) ? ip_text(vm, &a) : KR_ERROR;
}

// (name, aliases, addresses)
static KrValue host_value(KrVm *vm, const KrHost *host, KrValue addresses) {
    KrValue item[3] = { kr_str_c(vm, host->name), kr_list(vm, 0, NULL), addresses };
    if (kr_is_error(item[0]) || kr_is_error(item[1]) || kr_is_error(item[2])) return KR_ERROR;
    for (size_t i = 0; i < host->alias_count; i++) {
        KrValue alias = kr_str_c(vm, host->alias[i]);
        if (kr_is_error(alias) || !kr_list_append(vm, item[1], alias)) return KR_ERROR;
    }
    return kr_tuple(vm, 3, item);
}

FUNCTION(gethostbyname_ex) {
    KrPortAddress a = { 0 };
    size_t len;
    if (!host_arg(vm, arg[0], "gethostbyname_ex", KR_FAMILY_4, &a)) return KR_ERROR;
    const char *host = ascii_of(vm, arg[0], false, &len);
    KrResolve *r = host ? resolve_new(vm) : NULL;
    if (!r) return KR_ERROR;
    if (!*host || strcmp(host, "<broadcast>") == 0) return raise_as(vm, "socket.herror", NO_RECOVERY, "Unknown server error");
    r->family = KR_FAMILY_4, r->type = KR_NET_STREAM;
    (void)kr_resolve_set(r, host, NULL);
    if (!run_twice(vm, r)) return KR_ERROR;
    if (r->error) return raise_host(vm, r);
    KrValue list = kr_list(vm, 0, NULL);
    for (size_t i = 0; i < r->found.count && !kr_is_error(list); i++) {
        a = port_address(&r->found.address[i], 0);
        KrValue text = ip_text(vm, &a);
        if (kr_is_error(text) || !kr_list_append(vm, list, text)) return KR_ERROR;
    }
    return host_value(vm, &r->found, list);
}

// A lookup of the names of an address.
static KrResolve *reverse_new(KrVm *vm, const KrPortAddress *a) {
    KrResolve *r = resolve_new(vm);
    if (!r) return NULL;
    (void)kr_resolve_set(r, NULL, NULL);
    r->by_address = true;
    r->address = (KrHostAddress){ .family = a->family, .scope = a->scope };
    return memcpy(r->address.ip, a->ip, sizeof r->address.ip), r;
}

FUNCTION(gethostbyaddr) {
    KrPortAddress a = { 0 };
    if (!host_arg(vm, arg[0], "gethostbyaddr", KR_FAMILY_ANY, &a)) return KR_ERROR;
    KrResolve *r = reverse_new(vm, &a);
    if (!r || !run_twice(vm, r)) return KR_ERROR;
    if (r->error) return raise_host(vm, r);
    KrValue text = ip_text(vm, &a);
    return kr_is_error(text) ? text : host_value(vm, &r->found, kr_list(vm, 1, &text));
}

// ---- Names of addresses ----------------------------------------------------------------------------------------------------------

typedef struct {
    KrResolve *r;
    int port;
    char host[1025], service[64];
} Names;

static void name_port(void *context) {
    Names *n = context;
    kr_resolve_finish_name(n->r, n->port, n->host, n->service);
}

// The address that the tuple has, which must be numeric.
static bool numeric_arg(KrVm *vm, const KrValue *item, size_t len, KrPortAddress *out) {
    int64_t number[3] = { 0, 0, 0 };
    char text[24];
    size_t host_len;
    static const char *const what[] = { "port", "flowinfo", "scopeid" };
    static const int64_t most[] = { INT32_MAX, 1048575, UINT32_MAX };
    for (size_t i = 1; i < len; i++) {
        if (!kr_to_int64(vm, item[i], &number[i - 1])) return false;
        if (i > 1 && (number[i - 1] < 0 || number[i - 1] > most[i - 1]))
            return kr_fail(kr_raise(vm, &kr_overflow_error, "getnameinfo(): %s must be 0-%z.", what[i - 1], (intptr_t)most[i - 1]));
    }
    const char *host = kr_str_text(item[0], &host_len);
    KrResolve *r = resolve_new(vm);
    if (!r) return false;
    r->type = KR_NET_DGRAM, r->flags = KR_AI_NUMERICHOST;
    if (kr_resolve_set(r, host, decimal(number[0], text)) && memchr(host, 0, host_len)) r->error = KR_EAI_NONAME;
    if (!run(vm, r)) return false;
    if (r->error) return kr_fail(raise_address(vm, r));
    *out = port_address(&r->found.address[0], r->kind[0].port);
    if (out->family == KR_FAMILY_4 && len != 2) return kr_fail(kr_raise(vm, &kr_os_error, "IPv4 sockaddr must be 2 tuple"));
    return out->flow = (uint32_t)number[1], out->scope = (uint32_t)number[2], true;
}

FUNCTION(getnameinfo) { // sockaddr, flags
    size_t len = 0;
    KrPortAddress a = { 0 };
    const KrValue *item = kr_is_tuple(arg[0]) ? kr_tuple_items(arg[0], &len) : NULL;
    Names n;
    int flags;
    if (!item) return kr_raise(vm, &kr_type_error, "getnameinfo() argument 1 must be a tuple");
    if (!kr_access(vm, KR_ACCESS_SOCKETS, KR_UNSET) || !kr_socket_int(vm, arg[1], &flags)) return KR_ERROR;
    if (len < 2 || len > 4 || !kr_is_str(item[0])) return kr_raise(vm, &kr_type_error, "getnameinfo(): illegal sockaddr argument");
    if (!kr_audit(vm, "socket.getnameinfo", 1, arg) || !numeric_arg(vm, item, len, &a)) return KR_ERROR;
    KrResolve *r = n.r = reverse_new(vm, &a);
    if (!r) return KR_ERROR;
    r->flags = flags, n.port = a.port;
    if (flags & ~KR_NI_KNOWN) r->error = KR_EAI_BADFLAGS;
    if (flags & KR_NI_NUMERICHOST && !r->error) r->state = KR_RESOLVE_OVER;
    if (!run_twice(vm, r)) return KR_ERROR;
    kr_blocking(vm, name_port, &n);
    if (r->error) return raise_address(vm, r);
    KrValue pair[2] = { kr_str_c(vm, n.host), kr_str_c(vm, n.service) };
    return kr_is_error(pair[0]) || kr_is_error(pair[1]) ? KR_ERROR : kr_tuple(vm, 2, pair);
}

// ---- Services and protocols ------------------------------------------------------------------------------------------------------

typedef struct {
    const char *name, *protocol;
    int port, found;
    char text[64];
} Service;

static void find_service(void *context) {
    Service *s = context;
    s->found = kr_service_find(s->name, s->port, s->protocol, s->text);
}

static void find_protocol(void *context) {
    Service *s = context;
    s->found = kr_protocol_find(s->name);
}

static bool name_arg(KrVm *vm, KrValue v, const char *function, int number, const char **out) {
    size_t len;
    if (!kr_is_str(v)) return kr_fail(kr_raise(vm, &kr_type_error, "%s() argument %d must be str, not %T", function, number, v));
    *out = kr_str_text(v, &len);
    return !memchr(*out, 0, len) || kr_fail(kr_raise(vm, &kr_value_error, "embedded null character"));
}

FUNCTION(getservbyname) {
    Service s = { 0 };
    if (!name_arg(vm, arg[0], "getservbyname", 1, &s.name)) return KR_ERROR;
    if (!kr_is_unset(arg[1]) && !name_arg(vm, arg[1], "getservbyname", 2, &s.protocol)) return KR_ERROR;
    KrValue told[2] = { arg[0], s.protocol ? arg[1] : kr_str_c(vm, "") };
    if (kr_is_error(told[1]) || !kr_audit(vm, "socket.getservbyname", 2, told)) return KR_ERROR;
    kr_blocking(vm, find_service, &s);
    return s.found < 0 ? kr_raise(vm, &kr_os_error, "service/proto not found") : kr_int_box(s.found);
}

FUNCTION(getservbyport) {
    Service s = { 0 };
    if (!kr_socket_int(vm, arg[0], &s.port)) return KR_ERROR;
    if (!kr_is_unset(arg[1]) && !name_arg(vm, arg[1], "getservbyport", 2, &s.protocol)) return KR_ERROR;
    if (s.port < 0 || s.port > 65535) return kr_raise(vm, &kr_overflow_error, "getservbyport: port must be 0-65535.");
    KrValue told[2] = { arg[0], s.protocol ? arg[1] : kr_str_c(vm, "") };
    if (kr_is_error(told[1]) || !kr_audit(vm, "socket.getservbyport", 2, told)) return KR_ERROR;
    kr_blocking(vm, find_service, &s);
    return s.found < 0 ? kr_raise(vm, &kr_os_error, "port/proto not found") : kr_str_c(vm, s.text);
}

FUNCTION(getprotobyname) {
    Service s = { 0 };
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "getprotobyname() argument must be str, not %T", arg[0]);
    if (!name_arg(vm, arg[0], "getprotobyname", 1, &s.name)) return KR_ERROR;
    kr_blocking(vm, find_protocol, &s);
    return s.found < 0 ? kr_raise(vm, &kr_os_error, "protocol not found") : kr_int_box(s.found);
}
