// socket_family.c - addresses of the kernel's own families: netlink, packets of an interface, CAN, crypto, virtual machines, Qualcomm's router.
//
// They are written as the system has them (linux/*.h say how), in the byte order of the machine.
// SPDX-License-Identifier: MIT
#include "socket_part.h"

enum { NETLINK = 16, PACKET = 17, CAN = 29, ALG = 38, VSOCK = 40, QIPCRTR = 42 };
enum { CAN_ISOTP = 6, CAN_J1939 = 7 };
enum { MOST_HARDWARE = 8, ALG_TYPE = 14, ALG_NAME = 64 }; // bytes

typedef struct {
    uint16_t family, pad;
    uint32_t word[4];
} Words; // netlink: pid, groups; virtual machines: port, cid, flags and zero; Qualcomm's: node, port

typedef struct {
    uint16_t family, protocol; // protocol: in network order
    int32_t interface;
    uint16_t hardware;
    uint8_t type, len, address[MOST_HARDWARE];
} Packet;

typedef struct {
    uint16_t family, pad;
    int32_t interface;
    uint32_t word[4]; // ISO-TP: rx, tx; J1939: name (64 bits), pgn, address (8 bits)
} Can;

typedef struct {
    uint16_t family;
    char type[ALG_TYPE];
    uint32_t feature, mask;
    char name[ALG_NAME];
} Alg;

static void put(KrPortAddress *out, const void *raw, size_t len) { memcpy(out->raw, raw, out->raw_len = len); }

// ---- From Python -----------------------------------------------------------------------------------------------------------------

// Items of a tuple, from `least` to `most` of them.
static const KrValue *items_of(KrVm *vm, KrValue v, const char *function, const char *family, size_t least, size_t most, const char *shape,
                               size_t *len) {
    if (!kr_is_tuple(v)) return (void)kr_raise(vm, &kr_type_error, "%s(): AF_%s address must be tuple, not %T", function, family, v), NULL;
    const KrValue *item = kr_tuple_items(v, len);
    if (*len >= least && *len <= most) return item;
    return (void)kr_raise(vm, &kr_type_error, "AF_%s address must be a %s", family, shape), NULL;
}

static bool number(KrVm *vm, KrValue v, const char *function, const char *what, uint64_t most, uint64_t *out) {
    int64_t n;
    if (!kr_is_integer(v)) return kr_fail(kr_raise(vm, &kr_type_error, "'%T' object cannot be interpreted as an integer", v));
    if (!kr_to_int64(vm, v, &n)) return false;
    if (n == -1 && most == UINT32_MAX) n = UINT32_MAX; // any
    if (n < 0 || (uint64_t)n > most)
        return kr_fail(kr_raise(vm, &kr_overflow_error, "%s(): %s must be 0-%z.", function, what, (intptr_t)most));
    return *out = (uint64_t)n, true;
}

static bool two_words(KrVm *vm, const KrValue *item, const char *function, const char *a, const char *b, uint32_t *first,
                      uint32_t *second) {
    uint64_t n[2];
    if (!number(vm, item[0], function, a, UINT32_MAX, &n[0]) || !number(vm, item[1], function, b, UINT32_MAX, &n[1])) return false;
    return *first = (uint32_t)n[0], *second = (uint32_t)n[1], true;
}

// The number of an interface by its name; "" is any.
static bool interface_of(KrVm *vm, KrValue v, int32_t *out) {
    char known[16];
    int found;
    if (!kr_is_str(v)) return kr_fail(kr_raise(vm, &kr_type_error, "the name of an interface must be str, not %T", v));
    size_t len;
    const char *name = kr_str_text(v, &len);
    *out = 0;
    if (!len) return true;
    for (size_t i = 0; kr_port_interface(i, &found, known); i++)
        if (strlen(known) == len && memcmp(known, name, len) == 0) return *out = found, true;
    return kr_fail(kr_raise_os(vm, 19, KR_UNSET)); // ENODEV
}

static bool packet_of(KrVm *vm, KrValue v, const char *function, KrPortAddress *out) {
    size_t len;
    Packet p = { .family = PACKET };
    uint64_t n[3] = { 0 };
    const KrValue *item = items_of(vm, v, function, "PACKET", 2, 5, "tuple of two to five elements", &len);
    if (!item || !interface_of(vm, item[0], &p.interface) || !number(vm, item[1], function, "proto", 0xFFFF, &n[0])) return false;
    if (len > 2 && !number(vm, item[2], function, "pkttype", 0xFF, &n[1])) return false;
    if (len > 3 && !number(vm, item[3], function, "hatype", 0xFFFF, &n[2])) return false;
    if (len > 4) {
        KrBuffer b;
        if (!kr_get_buffer(vm, item[4], &b, KR_BUFFER_READ)) return false;
        bool fits = b.len <= MOST_HARDWARE;
        if (fits) memcpy(p.address, b.data, p.len = (uint8_t)b.len);
        kr_release_buffer(vm, &b);
        if (!fits) return kr_fail(kr_raise(vm, &kr_value_error, "hardware address must be 8 bytes or less"));
    }
    const uint8_t order[2] = { (uint8_t)(n[0] >> 8), (uint8_t)n[0] };
    memcpy(&p.protocol, order, 2);
    p.type = (uint8_t)n[1], p.hardware = (uint16_t)n[2];
    return put(out, &p, sizeof p), true;
}

static bool can_of(KrVm *vm, KrValue v, const char *function, KrPortAddress *out) {
    size_t len;
    Can c = { .family = CAN };
    uint64_t n[3] = { 0 };
    const KrValue *item =
        items_of(vm, v, function, "CAN", 1, 4, "tuple (interface[, rx_addr, tx_addr]) or (interface, name, pgn, addr)", &len);
    if (!item || !interface_of(vm, item[0], &c.interface)) return false;
    if (len == 4) {
        if (!number(vm, item[1], function, "name", INT64_MAX, &n[0]) || !number(vm, item[2], function, "pgn", UINT32_MAX, &n[1]) ||
            !number(vm, item[3], function, "addr", 0xFF, &n[2]))
            return false;
        memcpy(c.word, &n[0], 8);
        c.word[2] = (uint32_t)n[1];
        memcpy(&c.word[3], &(uint8_t){ (uint8_t)n[2] }, 1);
    } else if (len > 1) {
        if (len != 3) return kr_fail(kr_raise(vm, &kr_type_error, "AF_CAN address must be a tuple (interface, rx_addr, tx_addr)"));
        if (!two_words(vm, item + 1, function, "rx_addr", "tx_addr", &c.word[0], &c.word[1])) return false;
    }
    return put(out, &c, sizeof c), true;
}

static bool text_in(KrVm *vm, KrValue v, const char *what, char *out, size_t size) {
    size_t len;
    if (!kr_is_str(v)) return kr_fail(kr_raise(vm, &kr_type_error, "AF_ALG %s must be str, not %T", what, v));
    const char *text = kr_str_text(v, &len);
    if (len >= size) return kr_fail(kr_raise(vm, &kr_value_error, "AF_ALG %s too long.", what));
    return memcpy(out, text, len), true;
}

static bool alg_of(KrVm *vm, KrValue v, const char *function, KrPortAddress *out) {
    size_t len;
    Alg a = { .family = ALG };
    uint64_t n[2] = { 0 };
    const KrValue *item = items_of(vm, v, function, "ALG", 2, 4, "tuple (type, name[, feat[, mask]])", &len);
    if (!item || !text_in(vm, item[0], "type", a.type, sizeof a.type) || !text_in(vm, item[1], "name", a.name, sizeof a.name)) return false;
    for (size_t i = 2; i < len; i++)
        if (!number(vm, item[i], function, i == 2 ? "feat" : "mask", UINT32_MAX, &n[i - 2])) return false;
    a.feature = (uint32_t)n[0], a.mask = (uint32_t)n[1];
    return put(out, &a, sizeof a), true;
}

static bool words_of(KrVm *vm, int family, KrValue v, const char *function, KrPortAddress *out) {
    static const char *const name[3] = { "NETLINK", "VSOCK", "QIPCRTR" }, *const shape[3] = { "(pid, groups)", "(cid, port)",
                                                                                              "(node, port)" };
    unsigned which = family == NETLINK ? 0 : family == VSOCK ? 1 : 2;
    size_t len;
    Words w = { .family = (uint16_t)family };
    char pair[32] = "pair ";
    memcpy(pair + 5, shape[which], strlen(shape[which]) + 1);
    const KrValue *item = items_of(vm, v, function, name[which], 2, 2, pair, &len);
    uint32_t first, second;
    if (!item || !two_words(vm, item, function, which ? which == 1 ? "cid" : "node" : "pid", which ? "port" : "groups", &first, &second))
        return false;
    w.word[0] = which == 1 ? second : first, w.word[1] = which == 1 ? first : second;
    return put(out, &w, which == 1 ? 16 : 12), true;
}

bool kr_socket_family_of(KrVm *vm, int family, KrValue v, const char *function, KrPortAddress *out) {
    switch (family) {
    case PACKET: return packet_of(vm, v, function, out);
    case CAN: return can_of(vm, v, function, out);
    case ALG: return alg_of(vm, v, function, out);
    case NETLINK:
    case VSOCK:
    case QIPCRTR: return words_of(vm, family, v, function, out);
    default: return kr_fail(kr_raise(vm, &kr_os_error, "%s(): bad family", function));
    }
}

// ---- To Python -------------------------------------------------------------------------------------------------------------------

static KrValue name_of(KrVm *vm, int32_t interface) {
    char known[16];
    int found;
    for (size_t i = 0; interface && kr_port_interface(i, &found, known); i++)
        if (found == interface) return kr_str_c(vm, known);
    return kr_str_c(vm, "");
}

static KrValue packet_value(KrVm *vm, const KrPortAddress *a) {
    Packet p;
    uint8_t order[2];
    memcpy(&p, a->raw, sizeof p);
    memcpy(order, &p.protocol, 2);
    KrValue item[5] = { name_of(vm, p.interface), kr_int_box(order[0] << 8 | order[1]), kr_int_box(p.type), kr_int_box(p.hardware),
                        kr_bytes(vm, p.address, p.len < MOST_HARDWARE ? p.len : MOST_HARDWARE) };
    return kr_is_error(item[0]) || kr_is_error(item[4]) ? KR_ERROR : kr_tuple(vm, 5, item);
}

// protocol: that of the socket, which says what stands behind the interface.
static KrValue can_value(KrVm *vm, const KrPortAddress *a, int protocol) {
    Can c;
    uint64_t name;
    memcpy(&c, a->raw, sizeof c);
    memcpy(&name, c.word, 8);
    KrValue item[4] = { name_of(vm, c.interface), kr_int(vm, (int64_t)c.word[0]), kr_int(vm, (int64_t)c.word[1]), KR_NONE };
    size_t count = protocol == CAN_ISOTP ? 3 : protocol == CAN_J1939 ? 4 : 1;
    if (count == 4)
        item[1] = kr_int_from_u64(vm, name), item[2] = kr_int(vm, (int64_t)c.word[2]), item[3] = kr_int_box(*(uint8_t *)&c.word[3]);
    for (size_t i = 0; i < count; i++)
        if (kr_is_error(item[i])) return KR_ERROR;
    return kr_tuple(vm, count, item);
}

KrValue kr_socket_family_value(KrVm *vm, KrPortAddress *a) {
    if (a->family == PACKET) return packet_value(vm, a);
    if (a->family == CAN) return can_value(vm, a, a->protocol);
    if (a->family != NETLINK && a->family != VSOCK && a->family != QIPCRTR) return KR_NONE;
    Words w;
    memcpy(&w, a->raw, sizeof w);
    bool swapped = a->family == VSOCK;
    KrValue pair[2] = { kr_int(vm, (int64_t)w.word[swapped]), kr_int(vm, (int64_t)w.word[!swapped]) };
    return kr_is_error(pair[0]) || kr_is_error(pair[1]) ? KR_ERROR : kr_tuple(vm, 2, pair);
}
