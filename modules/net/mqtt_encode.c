// mqtt_encode.c - frames of packets. What cannot be sent raises ValueError or TypeError, and says what was expected.
// SPDX-License-Identifier: MIT
#include "mqtt_part.h"

#include "base/utf8.h"

#define NEED(condition, type, ...) \
    if (!(condition)) return kr_fail(kr_raise(vm, &kr_##type, __VA_ARGS__))

// ---- Bytes -----------------------------------------------------------------------------------------------------------------------

bool kr_mqtt_grow(KrVm *vm, KrMqttWriter *w, size_t more) {
    size_t room = w->room;
    NEED(more <= KR_MQTT_LIMIT && w->len + more <= KR_MQTT_LIMIT, value_error, "a packet takes 268435455 bytes at most");
    while (room - w->len < more) room *= 2;
    uint8_t *data = kr_buffer_alloc(vm, room);
    if (!data) return false;
    memcpy(data, w->data, w->len);
    return w->data = data, w->room = room, true;
}

bool kr_mqtt_put(KrVm *vm, KrMqttWriter *w, uint32_t number, unsigned bytes) {
    if (!kr_mqtt_room(vm, w, bytes)) return false;
    while (bytes--) w->data[w->len++] = (uint8_t)(number >> 8 * bytes);
    return true;
}

bool kr_mqtt_put_bytes(KrVm *vm, KrMqttWriter *w, const void *data, size_t len) {
    if (!kr_mqtt_room(vm, w, len)) return false;
    if (len) memcpy(w->data + w->len, data, len);
    return w->len += len, true;
}

static size_t varint(uint8_t *out, uint32_t number) {
    size_t len = 0;
    for (; number > 127; number >>= 7) out[len++] = (uint8_t)(number | 128);
    return out[len++] = (uint8_t)number, len;
}

bool kr_mqtt_put_varint(KrVm *vm, KrMqttWriter *w, uint32_t number) {
    uint8_t bytes[5];
    return kr_mqtt_put_bytes(vm, w, bytes, varint(bytes, number));
}

static bool put_span(KrVm *vm, KrMqttWriter *w, const void *data, size_t len) {
    return kr_mqtt_put(vm, w, (uint32_t)len, 2) && kr_mqtt_put_bytes(vm, w, data, len);
}

typedef const char *Fault(const char *text, size_t len);

static bool put_checked(KrVm *vm, KrMqttWriter *w, KrValue text, const char *what, Fault *check) {
    size_t len;
    NEED(kr_is_str(text), type_error, "%s: str is expected, not %T", what, text);
    const char *utf8 = kr_str_text(text, &len), *fault = check(utf8, len);
    NEED(!fault, value_error, "%s %s: %R", what, fault, text);
    return put_span(vm, w, utf8, len);
}

bool kr_mqtt_put_text(KrVm *vm, KrMqttWriter *w, KrValue text, const char *what) {
    return put_checked(vm, w, text, what, kr_mqtt_text_fault);
}

typedef struct { // the bytes of a bytes-like object or of a str
    const void *data;
    size_t len;
    bool held;
    KrBuffer buffer;
} Content;

static bool content_of(KrVm *vm, KrValue v, const char *what, Content *c) {
    c->held = false;
    if (kr_is_bytes(v)) return c->data = kr_bytes_data(v, &c->len), true;
    if (kr_is_str(v)) {
        const char *text = kr_str_text(v, &c->len);
        KrUtf8Scan scan;
        NEED(kr_utf8_scan(text, c->len, false, &scan), value_error, "%s has a lone surrogate, which is not UTF-8", what);
        return c->data = text, true;
    }
    if (!kr_get_buffer(vm, v, &c->buffer, KR_BUFFER_READ)) {
        if (!kr_raised_is(vm, &kr_type_error)) return false;
        (void)kr_take_raised(vm);
        return kr_fail(kr_raise(vm, &kr_type_error, "%s: bytes or str are expected, not %T", what, v));
    }
    return c->held = true, c->data = c->buffer.data, c->len = c->buffer.len, true;
}

static void content_done(KrVm *vm, Content *c) {
    if (c->held) kr_release_buffer(vm, &c->buffer);
}

bool kr_mqtt_put_binary(KrVm *vm, KrMqttWriter *w, KrValue v, const char *what) {
    Content c;
    if (!content_of(vm, v, what, &c)) return false;
    bool fits = c.len <= KR_MQTT_TEXT_LIMIT;
    bool put = fits ? put_span(vm, w, c.data, c.len) : kr_fail(kr_raise(vm, &kr_value_error, "%s is longer than 65535 bytes", what));
    return content_done(vm, &c), put;
}

bool kr_mqtt_number(KrVm *vm, KrValue v, const char *what, uint32_t least, uint32_t most, uint32_t *out) {
    int64_t i;
    NEED(kr_is_integer(v), type_error, "%s: an int is expected, not %T", what, v);
    NEED(kr_int_fits(v, &i) && i >= least && i <= most, value_error, "%s: %u to %u is expected, not %R", what, (size_t)least, (size_t)most,
         v);
    return *out = (uint32_t)i, true;
}

static bool put_number(KrVm *vm, KrMqttWriter *w, KrValue v, const char *what, uint32_t least, uint32_t most, unsigned bytes) {
    uint32_t number;
    return kr_mqtt_number(vm, v, what, least, most, &number) && kr_mqtt_put(vm, w, number, bytes);
}

KrValue kr_mqtt_frame(KrVm *vm, unsigned first, const KrMqttWriter *w, const void *payload, size_t len) {
    uint8_t head[6] = { (uint8_t)first };
    if (len > KR_MQTT_LIMIT || w->len + len > KR_MQTT_LIMIT)
        return kr_raise(vm, &kr_value_error, "a packet takes 268435455 bytes at most, not %u", w->len + len);
    size_t head_len = 1 + varint(head + 1, (uint32_t)(w->len + len)), total;
    KrValue frame = kr_bytes(vm, NULL, head_len + w->len + len);
    if (kr_is_error(frame)) return frame;
    uint8_t *to = kr_bytes_data(frame, &total);
    memcpy(to, head, head_len);
    memcpy(to + head_len, w->data, w->len);
    if (len) memcpy(to + head_len + w->len, payload, len);
    return frame;
}

// ---- PUBLISH ---------------------------------------------------------------------------------------------------------------------

static KrValue publish_frame(KrVm *vm, const KrValue *field, int version) {
    KrMqttWriter w;
    uint32_t qos;
    bool retain, dup;
    Content c;
    kr_mqtt_writer(&w);
    if (!kr_mqtt_number(vm, field[KR_PUBLISH_QOS], "qos", 0, 2, &qos) || !kr_truth(vm, field[KR_PUBLISH_RETAIN], &retain) ||
        !kr_truth(vm, field[KR_PUBLISH_DUP], &dup))
        return KR_ERROR;
    if (!qos && dup) return kr_raise(vm, &kr_value_error, "dup: a packet with QoS 0 is not sent twice");
    KrValue topic = field[KR_PUBLISH_TOPIC], properties = field[KR_PUBLISH_PROPERTIES], alias = KR_UNSET;
    if (version == 5 && kr_is_dict(properties) && kr_dict_len(properties)) {
        KrValue name = kr_name(vm, "topic_alias");
        if (kr_is_error(name) || !kr_dict_find(vm, properties, name, &alias)) return KR_ERROR;
    }
    bool aliased = !kr_is_unset(alias) && kr_is_str(topic) && !kr_str_length(topic);
    bool put = put_checked(vm, &w, topic, "topic", aliased ? kr_mqtt_text_fault : kr_mqtt_topic_fault);
    if (!put || (qos && !put_number(vm, &w, field[KR_PUBLISH_ID], "packet_id", 1, 65535, 2))) return KR_ERROR;
    if (version == 5 && !kr_mqtt_put_properties(vm, &w, properties, KR_MQTT_PUBLISH)) return KR_ERROR;
    if (!content_of(vm, field[KR_PUBLISH_PAYLOAD], "payload", &c)) return KR_ERROR;
    KrValue frame = kr_mqtt_frame(vm, KR_MQTT_PUBLISH << 4 | (unsigned)dup << 3 | qos << 1 | (unsigned)retain, &w, c.data, c.len);
    return content_done(vm, &c), frame;
}

static bool version_of(KrVm *vm, KrValue v, int *out) {
    uint32_t version;
    if (!kr_mqtt_number(vm, v, "version", 4, 5, &version)) return false;
    return *out = (int)version, true;
}

KrValue kr_mqtt_publish_frame(KrVm *vm, KrValue self, const KrValue *arg) {
    int version;
    (void)self;
    return version_of(vm, arg[7], &version) ? publish_frame(vm, arg, version) : KR_ERROR;
}

KrValue kr_mqtt_with_packet_id(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t len, at, topic;
    uint32_t id, remaining;
    bool dup;
    (void)self;
    if (!kr_is_bytes(arg[0])) return kr_raise(vm, &kr_type_error, "frame: bytes are expected, not %T", arg[0]);
    const uint8_t *from = kr_bytes_data(arg[0], &len);
    if (!kr_mqtt_number(vm, arg[1], "packet_id", 1, 65535, &id) || !kr_truth(vm, arg[2], &dup)) return KR_ERROR;
    int width = len ? kr_mqtt_length(from + 1, len - 1, &remaining) : 0;
    at = 1 + (size_t)(width > 0 ? width : 0);
    topic = width > 0 && len - at >= 2 ? (size_t)(from[at] << 8 | from[at + 1]) : len;
    if (topic > len - at || len - at - topic < 4 || from[0] >> 4 != KR_MQTT_PUBLISH || !(from[0] & 6))
        return kr_raise(vm, &kr_value_error, "frame: that of a PUBLISH with QoS 1 or 2 is expected, not %R", arg[0]);
    KrValue copy = kr_bytes(vm, from, len);
    if (kr_is_error(copy)) return copy;
    uint8_t *to = kr_bytes_data(copy, &len);
    to[0] = (uint8_t)((to[0] & ~8u) | (unsigned)dup << 3);
    to[at + 2 + topic] = (uint8_t)(id >> 8), to[at + 3 + topic] = (uint8_t)id;
    return copy;
}

// ---- The others ------------------------------------------------------------------------------------------------------------------

static bool put_will(KrVm *vm, KrMqttWriter *w, KrValue will, int version) {
    if (kr_is_none(will)) return true;
    const KrValue *field = kr_mqtt_packet(will)->field;
    if (version == 5 && !kr_mqtt_put_properties(vm, w, field[KR_WILL_PROPERTIES], KR_MQTT_WILL)) return false;
    return put_checked(vm, w, field[KR_WILL_TOPIC], "the will's topic", kr_mqtt_topic_fault) &&
           kr_mqtt_put_binary(vm, w, field[KR_WILL_PAYLOAD], "the will's payload");
}

static bool connect_flags(KrVm *vm, const KrValue *field, int version, uint32_t *out) {
    bool clean, retain = false;
    uint32_t qos = 0;
    KrValue will = field[KR_CONNECT_WILL];
    bool user = !kr_is_none(field[KR_CONNECT_USER]), password = !kr_is_none(field[KR_CONNECT_PASSWORD]), has_will = !kr_is_none(will);
    NEED(!has_will || kr_is_exact(will, &kr_mqtt_will_type), type_error, "will: a Will is expected, not %T", will);
    if (!kr_truth(vm, field[KR_CONNECT_CLEAN], &clean)) return false;
    if (has_will && !kr_mqtt_number(vm, kr_mqtt_packet(will)->field[KR_WILL_QOS], "the will's qos", 0, 2, &qos)) return false;
    if (has_will && !kr_truth(vm, kr_mqtt_packet(will)->field[KR_WILL_RETAIN], &retain)) return false;
    NEED(user || !password || version == 5, value_error, "password: MQTT 3.1.1 has none without a username");
    *out =
        (uint32_t)user << 7 | (uint32_t)password << 6 | (uint32_t)retain << 5 | qos << 3 | (uint32_t)has_will << 2 | (uint32_t)clean << 1;
    return true;
}

static bool put_connect(KrVm *vm, KrMqttWriter *w, const KrValue *field, int version) {
    uint32_t flags;
    KrValue user = field[KR_CONNECT_USER], password = field[KR_CONNECT_PASSWORD];
    if (!connect_flags(vm, field, version, &flags) || !put_span(vm, w, "MQTT", 4)) return false;
    if (!kr_mqtt_put(vm, w, (uint32_t)version << 8 | flags, 2)) return false;
    if (!put_number(vm, w, field[KR_CONNECT_KEEP_ALIVE], "keep_alive", 0, 65535, 2)) return false;
    if (version == 5 && !kr_mqtt_put_properties(vm, w, field[KR_CONNECT_PROPERTIES], KR_MQTT_CONNECT)) return false;
    if (!kr_mqtt_put_text(vm, w, field[KR_CONNECT_ID], "client_id") || !put_will(vm, w, field[KR_CONNECT_WILL], version)) return false;
    if (!kr_is_none(user) && !kr_mqtt_put_text(vm, w, user, "username")) return false;
    return kr_is_none(password) || kr_mqtt_put_binary(vm, w, password, "password");
}

static bool put_reason(KrVm *vm, KrMqttWriter *w, KrValue reason, int kind) {
    uint32_t code;
    if (!kr_mqtt_number(vm, reason, "reason", 0, 255, &code)) return false;
    NEED(kr_mqtt_reason(kind, code), value_error, "reason: %s has no code %d", kr_mqtt_kind_name[kind], (int)code);
    return kr_mqtt_put(vm, w, code, 1);
}

static bool put_connack(KrVm *vm, KrMqttWriter *w, const KrValue *field, int version) {
    bool present;
    uint32_t code;
    if (!kr_truth(vm, field[KR_CONNACK_PRESENT], &present) ||
        !kr_mqtt_number(vm, field[KR_CONNACK_REASON], "reason", 0, version == 5 ? 255 : 5, &code))
        return false;
    NEED(!present || !code, value_error, "session_present: there is no session where the connection is refused");
    if (!kr_mqtt_put(vm, w, present, 1)) return false;
    if (version < 5) return kr_mqtt_put(vm, w, code, 1);
    return put_reason(vm, w, field[KR_CONNACK_REASON], KR_MQTT_CONNACK) &&
           kr_mqtt_put_properties(vm, w, field[KR_CONNACK_PROPERTIES], KR_MQTT_CONNACK);
}

// A reason and properties, which are left out where they say nothing.
static bool put_end(KrVm *vm, KrMqttWriter *w, const KrValue *field, int kind, int version) {
    size_t from = w->len;
    if (version < 5) return true;
    if (!put_reason(vm, w, field[0], kind)) return false;
    KrValue properties = field[1];
    bool none = kr_is_none(properties) || (kr_is_dict(properties) && !kr_dict_len(properties));
    if (!none) return kr_mqtt_put_properties(vm, w, properties, kind);
    if (!w->data[from]) w->len = from;
    return true;
}

static bool put_subscription(KrVm *vm, KrMqttWriter *w, KrValue v, int version) {
    uint32_t qos, handling;
    bool no_local, as_published;
    NEED(kr_is_exact(v, &kr_mqtt_subscription_type), type_error, "filters: a Subscription is expected, not %T", v);
    KrValue field[KR_MQTT_FIELDS]; // as they are now: what truth() runs may change them
    memcpy(field, kr_mqtt_packet(v)->field, kr_mqtt_subscription_type.size - sizeof(KrMqttPacket));
    if (!put_checked(vm, w, field[KR_SUB_FILTER], "filter", kr_mqtt_filter_fault) ||
        !kr_mqtt_number(vm, field[KR_SUB_QOS], "qos", 0, 2, &qos))
        return false;
    if (version < 5) return kr_mqtt_put(vm, w, qos, 1);
    if (!kr_truth(vm, field[KR_SUB_NO_LOCAL], &no_local) || !kr_truth(vm, field[KR_SUB_AS_PUBLISHED], &as_published) ||
        !kr_mqtt_number(vm, field[KR_SUB_HANDLING], "retain_handling", 0, 2, &handling))
        return false;
    size_t len;
    const char *filter = kr_str_text(field[KR_SUB_FILTER], &len);
    NEED(!no_local || kr_mqtt_unshared(filter, &len) == filter, value_error, "no_local: not for shared subscriptions");
    return kr_mqtt_put(vm, w, qos | (uint32_t)no_local << 2 | (uint32_t)as_published << 3 | handling << 4, 1);
}

static bool put_item(KrVm *vm, KrMqttWriter *w, KrValue v, int kind, int version) {
    uint32_t code;
    if (kind == KR_MQTT_SUBSCRIBE) return put_subscription(vm, w, v, version);
    if (kind == KR_MQTT_UNSUBSCRIBE) return put_checked(vm, w, v, "filter", kr_mqtt_filter_fault);
    if (version == 5) return put_reason(vm, w, v, kind);
    if (!kr_mqtt_number(vm, v, "reason", 0, 255, &code)) return false;
    return kr_mqtt_put(vm, w, code < 0x80 ? code & 3 : 0x80, 1); // version 4 knows one failure
}

static bool put_list(KrVm *vm, KrMqttWriter *w, const KrValue *field, int kind, int version) {
    size_t len;
    KrValue items = field[KR_LIST_ITEMS];
    NEED(kr_is_list(items) || kr_is_tuple(items), type_error, "%s: a list is expected, not %T", kr_mqtt_kind_name[kind], items);
    items = kr_tuple_from(vm, items); // nobody changes it
    if (kr_is_error(items) || !put_number(vm, w, field[KR_LIST_ID], "packet_id", 1, 65535, 2)) return false;
    if (version == 5 && !kr_mqtt_put_properties(vm, w, field[KR_LIST_PROPERTIES], kind)) return false;
    if (version < 5 && kind == KR_MQTT_UNSUBACK) return true;
    const KrValue *item = kr_tuple_items(items, &len);
    NEED(len, value_error, "%s: at least one item is expected", kr_mqtt_kind_name[kind]);
    for (size_t i = 0; i < len; i++)
        if (!put_item(vm, w, item[i], kind, version)) return false;
    return true;
}

static bool put_body(KrVm *vm, KrMqttWriter *w, const KrValue *field, int kind, int version) {
    switch (kind) {
    case KR_MQTT_CONNECT: return put_connect(vm, w, field, version);
    case KR_MQTT_CONNACK: return put_connack(vm, w, field, version);
    case KR_MQTT_PUBACK:
    case KR_MQTT_PUBREC:
    case KR_MQTT_PUBREL:
    case KR_MQTT_PUBCOMP:
        return put_number(vm, w, field[KR_ACK_ID], "packet_id", 1, 65535, 2) && put_end(vm, w, field + KR_ACK_REASON, kind, version);
    case KR_MQTT_PINGREQ:
    case KR_MQTT_PINGRESP: return true;
    case KR_MQTT_AUTH: NEED(version == 5, value_error, "AUTH: MQTT 3.1.1 has no such packet"); return put_end(vm, w, field, kind, version);
    case KR_MQTT_DISCONNECT: return put_end(vm, w, field, kind, version);
    default: return put_list(vm, w, field, kind, version);
    }
}

KrValue kr_mqtt_encode(KrVm *vm, KrValue self, const KrValue *arg) {
    KrMqttWriter w;
    int version, kind = KR_MQTT_CONNECT;
    if (!version_of(vm, arg[0], &version)) return KR_ERROR;
    while (kr_mqtt_types[kind] != kr_type_of(self)) kind++;
    KrValue field[KR_MQTT_FIELDS]; // as they are now: what encoding runs may change them
    memcpy(field, kr_mqtt_packet(self)->field, kr_mqtt_types[kind]->size - sizeof(KrMqttPacket));
    if (kind == KR_MQTT_PUBLISH) return publish_frame(vm, field, version);
    kr_mqtt_writer(&w);
    bool flags = kind == KR_MQTT_PUBREL || kind == KR_MQTT_SUBSCRIBE || kind == KR_MQTT_UNSUBSCRIBE; // section 2.1.3
    return put_body(vm, &w, field, kind, version) ? kr_mqtt_frame(vm, (unsigned)kind << 4 | (flags ? 2 : 0), &w, NULL, 0) : KR_ERROR;
}
