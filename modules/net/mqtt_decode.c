// mqtt_decode.c - packets of frames. Whatever the standards forbid raises ProtocolError, whose reason code the other side may be told.
// SPDX-License-Identifier: MIT
#include "mqtt_part.h"

#include <stdarg.h>

#include "base/utf8.h"

#define NEED(r, condition, reason, ...) \
    if (!(condition)) return kr_fail(kr_mqtt_raise((r)->vm, (reason), __VA_ARGS__))

static const char *name_of(const KrMqttReader *r) { return kr_mqtt_kind_name[r->kind]; }

// ---- Parts -----------------------------------------------------------------------------------------------------------------------

static bool need(KrMqttReader *r, const char *what, size_t len) {
    size_t left = (size_t)(r->end - r->at);
    NEED(r, left >= len, KR_MQTT_MALFORMED, "%s ends in %s: %u bytes are expected, %u are there", name_of(r), what, len, left);
    return true;
}

bool kr_mqtt_read_byte(KrMqttReader *r, const char *what, uint8_t *out) { return need(r, what, 1) && (*out = *r->at++, true); }

bool kr_mqtt_read_u16(KrMqttReader *r, const char *what, uint32_t *out) {
    if (!need(r, what, 2)) return false;
    *out = (uint32_t)(r->at[0] << 8 | r->at[1]);
    return r->at += 2, true;
}

bool kr_mqtt_read_u32(KrMqttReader *r, const char *what, uint32_t *out) {
    if (!need(r, what, 4)) return false;
    *out = (uint32_t)r->at[0] << 24 | (uint32_t)r->at[1] << 16 | (uint32_t)r->at[2] << 8 | r->at[3];
    return r->at += 4, true;
}

int kr_mqtt_length(const uint8_t *data, size_t len, uint32_t *out) {
    *out = 0;
    for (unsigned i = 0; i < 4; i++) {
        if (i == len) return 0;
        *out |= (uint32_t)(data[i] & 127) << 7 * i;
        if (data[i] < 128) return (int)i + 1;
    }
    return -1;
}

bool kr_mqtt_read_varint(KrMqttReader *r, const char *what, uint32_t *out) {
    int width = kr_mqtt_length(r->at, (size_t)(r->end - r->at), out);
    NEED(r, width, KR_MQTT_MALFORMED, "%s ends in %s", name_of(r), what);
    NEED(r, width > 0, KR_MQTT_MALFORMED, "%s has %s as a number of more than four bytes", name_of(r), what);
    NEED(r, width == 1 || r->at[width - 1], KR_MQTT_MALFORMED, "%s has %s in more bytes than it takes", name_of(r), what);
    return r->at += width, true;
}

bool kr_mqtt_read_span(KrMqttReader *r, const char *what, const uint8_t **data, size_t *len) {
    uint32_t size;
    if (!kr_mqtt_read_u16(r, what, &size) || !need(r, what, size)) return false;
    *data = r->at, *len = size;
    return r->at += size, true;
}

typedef const char *Fault(const char *text, size_t len);

static KrValue read_checked(KrMqttReader *r, const char *what, Fault *check, int reason) {
    const uint8_t *data;
    size_t len;
    if (!kr_mqtt_read_span(r, what, &data, &len)) return KR_ERROR;
    const char *text = (const char *)data, *fault = check(text, len);
    return fault ? kr_mqtt_raise(r->vm, reason, "%s has %s that %s", name_of(r), what, fault) : kr_str(r->vm, text, len);
}

KrValue kr_mqtt_read_text(KrMqttReader *r, const char *what) { return read_checked(r, what, kr_mqtt_text_fault, KR_MQTT_MALFORMED); }

KrValue kr_mqtt_read_binary(KrMqttReader *r, const char *what) {
    const uint8_t *data;
    size_t len;
    return kr_mqtt_read_span(r, what, &data, &len) ? kr_bytes(r->vm, data, len) : KR_ERROR;
}

static bool read_id(KrMqttReader *r, KrValue *out) {
    uint32_t id;
    if (!kr_mqtt_read_u16(r, "the packet identifier", &id)) return false;
    NEED(r, id, KR_MQTT_PROTOCOL_ERROR, "%s has the packet identifier 0", name_of(r));
    return *out = kr_int_box((intptr_t)id), true;
}

static bool read_reason(KrMqttReader *r, KrValue *out) {
    uint8_t code;
    if (!kr_mqtt_read_byte(r, "the reason code", &code)) return false;
    NEED(r, kr_mqtt_reason(r->kind, code), KR_MQTT_MALFORMED, "%s has the reason code 0x%x, which is not for it", name_of(r), (size_t)code);
    return *out = kr_int_box(code), true;
}

// ---- CONNECT, CONNACK --------------------------------------------------------------------------------------------------------------

static bool read_protocol(KrMqttReader *r) {
    const uint8_t *name;
    size_t len;
    uint8_t version;
    if (!kr_mqtt_read_span(r, "the protocol's name", &name, &len)) return false;
    bool old = len == 6 && !memcmp(name, "MQIsdp", 6); // MQTT 3.1
    NEED(r, old || (len == 4 && !memcmp(name, "MQTT", 4)), KR_MQTT_BAD_VERSION, "CONNECT has a protocol that is not MQTT");
    if (!kr_mqtt_read_byte(r, "the protocol's version", &version)) return false;
    NEED(r, !old && (version == 4 || version == 5), KR_MQTT_BAD_VERSION,
         "CONNECT has protocol version %d; 4 (MQTT 3.1.1) and 5 are spoken here", (int)version);
    return r->version = version, true;
}

static bool read_will(KrMqttReader *r, unsigned flags, KrValue *out) {
    KrValue field[KR_MQTT_FIELDS] = { [KR_WILL_QOS] = kr_int_box((flags >> 3) & 3), [KR_WILL_RETAIN] = kr_bool(flags >> 5 & 1) };
    field[KR_WILL_PROPERTIES] = kr_mqtt_read_properties(r, KR_MQTT_WILL);
    if (kr_is_error(field[KR_WILL_PROPERTIES])) return false;
    field[KR_WILL_TOPIC] = read_checked(r, "a will topic", kr_mqtt_topic_fault, KR_MQTT_BAD_TOPIC);
    if (kr_is_error(field[KR_WILL_TOPIC])) return false;
    field[KR_WILL_PAYLOAD] = kr_mqtt_read_binary(r, "the will's payload");
    if (kr_is_error(field[KR_WILL_PAYLOAD])) return false;
    *out = kr_mqtt_new(r->vm, &kr_mqtt_will_type, field);
    return !kr_is_error(*out);
}

enum { RESERVED = 1, CLEAN = 2, HAS_WILL = 4, WILL_QOS = 24, WILL_RETAIN = 32, HAS_PASSWORD = 64, HAS_USER = 128 };

static bool check_connect(KrMqttReader *r, unsigned flags) {
    NEED(r, !(flags & RESERVED), KR_MQTT_MALFORMED, "CONNECT has the reserved flag set");
    NEED(r, (flags & WILL_QOS) != WILL_QOS, KR_MQTT_MALFORMED, "CONNECT has a will with QoS 3");
    NEED(r, flags & HAS_WILL || !(flags & (WILL_QOS | WILL_RETAIN)), KR_MQTT_MALFORMED, "CONNECT has flags of a will, and no will");
    NEED(r, r->version == 5 || flags & HAS_USER || !(flags & HAS_PASSWORD), KR_MQTT_MALFORMED,
         "CONNECT has a password without a user name");
    return true;
}

static bool read_connect(KrMqttReader *r, KrValue *field) {
    uint8_t flags;
    uint32_t keep_alive;
    if (!read_protocol(r) || !kr_mqtt_read_byte(r, "the flags", &flags) || !check_connect(r, flags)) return false;
    if (!kr_mqtt_read_u16(r, "the keep alive", &keep_alive)) return false;
    field[KR_CONNECT_VERSION] = kr_int_box(r->version);
    field[KR_CONNECT_CLEAN] = kr_bool(flags & CLEAN);
    field[KR_CONNECT_KEEP_ALIVE] = kr_int_box((intptr_t)keep_alive);
    field[KR_CONNECT_PROPERTIES] = kr_mqtt_read_properties(r, KR_MQTT_CONNECT);
    if (kr_is_error(field[KR_CONNECT_PROPERTIES])) return false;
    field[KR_CONNECT_ID] = kr_mqtt_read_text(r, "a client identifier");
    if (kr_is_error(field[KR_CONNECT_ID]) || (flags & HAS_WILL && !read_will(r, flags, &field[KR_CONNECT_WILL]))) return false;
    if (flags & HAS_USER) field[KR_CONNECT_USER] = kr_mqtt_read_text(r, "a user name");
    if (kr_is_error(field[KR_CONNECT_USER])) return false;
    if (flags & HAS_PASSWORD) field[KR_CONNECT_PASSWORD] = kr_mqtt_read_binary(r, "the password");
    return !kr_is_error(field[KR_CONNECT_PASSWORD]);
}

static bool read_connack(KrMqttReader *r, KrValue *field) {
    uint8_t flags, code = 0;
    if (!kr_mqtt_read_byte(r, "the flags", &flags)) return false;
    NEED(r, flags < 2, KR_MQTT_MALFORMED, "CONNACK has reserved flags set");
    field[KR_CONNACK_PRESENT] = kr_bool(flags);
    if (r->version == 5) {
        if (!read_reason(r, &field[KR_CONNACK_REASON])) return false;
    } else {
        if (!kr_mqtt_read_byte(r, "the return code", &code)) return false;
        NEED(r, code < 6, KR_MQTT_MALFORMED, "CONNACK has the return code %d, which there is not", (int)code);
        field[KR_CONNACK_REASON] = kr_int_box(code);
    }
    NEED(r, !flags || !kr_int_value(field[KR_CONNACK_REASON]), KR_MQTT_PROTOCOL_ERROR, "CONNACK has a session, and refuses the connection");
    field[KR_CONNACK_PROPERTIES] = kr_mqtt_read_properties(r, KR_MQTT_CONNACK);
    return !kr_is_error(field[KR_CONNACK_PROPERTIES]);
}

// ---- PUBLISH and its answers --------------------------------------------------------------------------------------------------------

static bool check_topic(KrMqttReader *r, KrValue topic, KrValue properties) {
    KrValue alias = KR_UNSET, name;
    if (kr_str_length(topic)) return true;
    if (!kr_is_none(properties)) {
        name = kr_name(r->vm, "topic_alias");
        if (kr_is_error(name) || !kr_dict_find(r->vm, properties, name, &alias)) return false;
    }
    NEED(r, !kr_is_unset(alias), KR_MQTT_PROTOCOL_ERROR, "PUBLISH has an empty topic%s", r->version == 5 ? " and no topic alias" : "");
    return true;
}

static const char *topic_fault(const char *text, size_t len) { return len ? kr_mqtt_topic_fault(text, len) : NULL; }

static bool read_publish(KrMqttReader *r, unsigned flags, KrValue *field) {
    unsigned qos = flags >> 1 & 3;
    NEED(r, qos < 3, KR_MQTT_MALFORMED, "PUBLISH has QoS 3");
    NEED(r, qos || !(flags & 8), KR_MQTT_MALFORMED, "PUBLISH with QoS 0 has the flag of a packet that was sent before");
    field[KR_PUBLISH_QOS] = kr_int_box((intptr_t)qos);
    field[KR_PUBLISH_RETAIN] = kr_bool(flags & 1);
    field[KR_PUBLISH_DUP] = kr_bool(flags & 8);
    field[KR_PUBLISH_TOPIC] = read_checked(r, "a topic", topic_fault, KR_MQTT_BAD_TOPIC);
    if (kr_is_error(field[KR_PUBLISH_TOPIC]) || (qos && !read_id(r, &field[KR_PUBLISH_ID]))) return false;
    field[KR_PUBLISH_PROPERTIES] = kr_mqtt_read_properties(r, KR_MQTT_PUBLISH);
    if (kr_is_error(field[KR_PUBLISH_PROPERTIES]) || !check_topic(r, field[KR_PUBLISH_TOPIC], field[KR_PUBLISH_PROPERTIES])) return false;
    field[KR_PUBLISH_PAYLOAD] = kr_bytes(r->vm, r->at, (size_t)(r->end - r->at));
    return r->at = r->end, !kr_is_error(field[KR_PUBLISH_PAYLOAD]);
}

// A reason and properties, which may be left out where they say nothing.
static bool read_end(KrMqttReader *r, KrValue *field) {
    field[0] = kr_int_box(0);
    if (r->version < 5 || r->at == r->end) return true;
    if (!read_reason(r, &field[0])) return false;
    if (r->at == r->end) return true;
    field[1] = kr_mqtt_read_properties(r, r->kind);
    return !kr_is_error(field[1]);
}

// ---- Lists -----------------------------------------------------------------------------------------------------------------------

static KrValue read_subscription(KrMqttReader *r) {
    uint8_t o;
    size_t len;
    KrValue field[KR_MQTT_FIELDS] = { read_checked(r, "a filter", kr_mqtt_filter_fault, KR_MQTT_MALFORMED) };
    if (kr_is_error(field[0]) || !kr_mqtt_read_byte(r, "the options", &o)) return KR_ERROR;
    if ((o & 3) == 3 || o >> 6 || (o >> 4 & 3) == 3 || (r->version < 5 && o >> 2))
        return kr_mqtt_raise(r->vm, KR_MQTT_MALFORMED, "SUBSCRIBE has the options 0x%x, which there are not", (size_t)o);
    const char *filter = kr_str_text(field[KR_SUB_FILTER], &len);
    if (o & 4 && kr_mqtt_unshared(filter, &len) != filter)
        return kr_mqtt_raise(r->vm, KR_MQTT_PROTOCOL_ERROR, "SUBSCRIBE has a shared subscription with the option no local");
    field[KR_SUB_QOS] = kr_int_box(o & 3);
    field[KR_SUB_NO_LOCAL] = kr_bool(o & 4);
    field[KR_SUB_AS_PUBLISHED] = kr_bool(o & 8);
    field[KR_SUB_HANDLING] = kr_int_box(o >> 4 & 3);
    return kr_mqtt_new(r->vm, &kr_mqtt_subscription_type, field);
}

static KrValue read_granted(KrMqttReader *r) {
    KrValue code;
    uint8_t byte;
    if (r->version == 5) return read_reason(r, &code) ? code : KR_ERROR;
    if (!kr_mqtt_read_byte(r, "the return code", &byte)) return KR_ERROR;
    return byte < 3 || byte == 0x80
               ? kr_int_box(byte)
               : kr_mqtt_raise(r->vm, KR_MQTT_MALFORMED, "SUBACK has the return code 0x%x, which there is not", (size_t)byte);
}

static KrValue read_item(KrMqttReader *r) {
    if (r->kind == KR_MQTT_SUBSCRIBE) return read_subscription(r);
    if (r->kind == KR_MQTT_UNSUBSCRIBE) return read_checked(r, "a filter", kr_mqtt_filter_fault, KR_MQTT_MALFORMED);
    return read_granted(r);
}

static bool read_list(KrMqttReader *r, KrValue *field) {
    bool empty = r->version < 5 && r->kind == KR_MQTT_UNSUBACK;
    field[KR_LIST_ITEMS] = kr_list(r->vm, 0, NULL);
    if (kr_is_error(field[KR_LIST_ITEMS]) || !read_id(r, &field[KR_LIST_ID])) return false;
    field[KR_LIST_PROPERTIES] = kr_mqtt_read_properties(r, r->kind);
    if (kr_is_error(field[KR_LIST_PROPERTIES])) return false;
    NEED(r, empty || r->at < r->end, KR_MQTT_PROTOCOL_ERROR, "%s is empty: at least one item is expected", name_of(r));
    while (!empty && r->at < r->end) {
        KrValue item = read_item(r);
        if (kr_is_error(item) || !kr_list_append(r->vm, field[KR_LIST_ITEMS], item) || !kr_poll_limits(r->vm, 1)) return false;
    }
    return true;
}

// ---- All -------------------------------------------------------------------------------------------------------------------------

static bool read_body(KrMqttReader *r, unsigned flags, KrValue *field) {
    switch (r->kind) {
    case KR_MQTT_CONNECT: return read_connect(r, field);
    case KR_MQTT_CONNACK: return read_connack(r, field);
    case KR_MQTT_PUBLISH: return read_publish(r, flags, field);
    case KR_MQTT_PUBACK:
    case KR_MQTT_PUBREC:
    case KR_MQTT_PUBREL:
    case KR_MQTT_PUBCOMP: return read_id(r, &field[KR_ACK_ID]) && read_end(r, field + KR_ACK_REASON);
    case KR_MQTT_PINGREQ:
    case KR_MQTT_PINGRESP: return true;
    case KR_MQTT_DISCONNECT:
    case KR_MQTT_AUTH: return read_end(r, field);
    default: return read_list(r, field);
    }
}

static bool check_first(KrMqttReader *r, uint8_t first) {
    bool two = r->kind == KR_MQTT_PUBREL || r->kind == KR_MQTT_SUBSCRIBE || r->kind == KR_MQTT_UNSUBSCRIBE; // section 2.1.3
    NEED(r, r->kind, KR_MQTT_MALFORMED, "a packet has the type 0, which there is not");
    NEED(r, r->version || r->kind == KR_MQTT_CONNECT, KR_MQTT_PROTOCOL_ERROR, "the first packet is %s: CONNECT is expected", name_of(r));
    NEED(r, r->kind != KR_MQTT_AUTH || r->version == 5, KR_MQTT_MALFORMED, "there is no AUTH in MQTT 3.1.1");
    NEED(r, r->kind == KR_MQTT_PUBLISH || (first & 15) == (two ? 2 : 0), KR_MQTT_MALFORMED, "%s has the flags 0x%x; 0x%x is expected",
         name_of(r), (size_t)(first & 15), (size_t)(two ? 2 : 0));
    return true;
}

KrValue kr_mqtt_decode(KrVm *vm, uint8_t first, const uint8_t *data, size_t len, int *version) {
    KrMqttReader r = { .vm = vm, .at = data, .end = data + len, .version = *version, .kind = first >> 4 };
    KrValue field[KR_MQTT_FIELDS];
    for (size_t i = 0; i < KR_MQTT_FIELDS; i++) field[i] = KR_NONE;
    if (!check_first(&r, first) || !read_body(&r, first & 15, field)) return KR_ERROR;
    if (r.at < r.end) return kr_mqtt_raise(vm, KR_MQTT_MALFORMED, "%s has %u bytes behind its end", name_of(&r), (size_t)(r.end - r.at));
    if (!*version) *version = r.version;
    return kr_mqtt_new(vm, kr_mqtt_types[r.kind], field);
}
