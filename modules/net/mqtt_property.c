// mqtt_property.c - properties of MQTT 5 (section 2.2.2): dicts by name, and their bytes.
//
// A property stands once, but for user_property (a list of pairs of str) and subscription_identifier (a list of int).
// SPDX-License-Identifier: MIT
#include "mqtt_part.h"

typedef enum { BYTE, U16, U32, VARINT, TEXT, BINARY, PAIR } Form;

typedef struct {
    const char *name;
    uint8_t id;
    uint8_t form;         // Form
    uint16_t kinds;       // mask of IN(...)
    uint32_t least, most; // of numbers
} Property;

// clang-format off
#define IN(kind) (1u << KR_MQTT_##kind)
enum {
    MESSAGE = IN(PUBLISH) | IN(WILL),
    SET_UP  = IN(CONNECT) | IN(CONNACK),
    ANSWERS = IN(CONNACK) | IN(PUBACK) | IN(PUBREC) | IN(PUBREL) | IN(PUBCOMP) | IN(SUBACK) | IN(UNSUBACK) | IN(DISCONNECT) | IN(AUTH),
};

static const Property table[] = { // in the order of section 2.2.2.2
    { "payload_format_indicator", 1, BYTE, MESSAGE, 0, 1 },
    { "message_expiry_interval", 2, U32, MESSAGE, 0, UINT32_MAX },
    { "content_type", 3, TEXT, MESSAGE, 0, 0 },
    { "response_topic", 8, TEXT, MESSAGE, 0, 0 },
    { "correlation_data", 9, BINARY, MESSAGE, 0, 0 },
    { "subscription_identifier", 11, VARINT, IN(PUBLISH) | IN(SUBSCRIBE), 1, KR_MQTT_LIMIT },
    { "session_expiry_interval", 17, U32, SET_UP | IN(DISCONNECT), 0, UINT32_MAX },
    { "assigned_client_identifier", 18, TEXT, IN(CONNACK), 0, 0 },
    { "server_keep_alive", 19, U16, IN(CONNACK), 0, UINT16_MAX },
    { "authentication_method", 21, TEXT, SET_UP | IN(AUTH), 0, 0 },
    { "authentication_data", 22, BINARY, SET_UP | IN(AUTH), 0, 0 },
    { "request_problem_information", 23, BYTE, IN(CONNECT), 0, 1 },
    { "will_delay_interval", 24, U32, IN(WILL), 0, UINT32_MAX },
    { "request_response_information", 25, BYTE, IN(CONNECT), 0, 1 },
    { "response_information", 26, TEXT, IN(CONNACK), 0, 0 },
    { "server_reference", 28, TEXT, IN(CONNACK) | IN(DISCONNECT), 0, 0 },
    { "reason_string", 31, TEXT, ANSWERS, 0, 0 },
    { "receive_maximum", 33, U16, SET_UP, 1, UINT16_MAX },
    { "topic_alias_maximum", 34, U16, SET_UP, 0, UINT16_MAX },
    { "topic_alias", 35, U16, IN(PUBLISH), 1, UINT16_MAX },
    { "maximum_qos", 36, BYTE, IN(CONNACK), 0, 1 },
    { "retain_available", 37, BYTE, IN(CONNACK), 0, 1 },
    { "user_property", 38, PAIR, ANSWERS | MESSAGE | IN(CONNECT) | IN(SUBSCRIBE) | IN(UNSUBSCRIBE), 0, 0 },
    { "maximum_packet_size", 39, U32, SET_UP, 1, UINT32_MAX },
    { "wildcard_subscription_available", 40, BYTE, IN(CONNACK), 0, 1 },
    { "subscription_identifier_available", 41, BYTE, IN(CONNACK), 0, 1 },
    { "shared_subscription_available", 42, BYTE, IN(CONNACK), 0, 1 },
};
// clang-format on
enum { USER_PROPERTY = 38, SUBSCRIPTION_IDENTIFIER = 11, RESPONSE_TOPIC = 8, TOPIC_ALIAS = 35 };

static const unsigned bytes_of[] = { [BYTE] = 1, [U16] = 2, [U32] = 4 };

static const Property *by_id(uint32_t id) {
    for (const Property *p = table; p < table + KR_COUNT_OF(table); p++)
        if (p->id == id) return p;
    return NULL;
}

static const Property *by_name(KrValue name) {
    for (const Property *p = table; p < table + KR_COUNT_OF(table); p++)
        if (kr_str_is(name, p->name)) return p;
    return NULL;
}

// ---- Reading ---------------------------------------------------------------------------------------------------------------------

static bool read_number(KrMqttReader *r, const Property *p, uint32_t *out) {
    uint8_t byte = 0;
    bool read;
    switch ((Form)p->form) {
    case BYTE: read = kr_mqtt_read_byte(r, p->name, &byte), *out = byte; break;
    case U16: read = kr_mqtt_read_u16(r, p->name, out); break;
    case U32: read = kr_mqtt_read_u32(r, p->name, out); break;
    default: read = kr_mqtt_read_varint(r, p->name, out); break;
    }
    if (!read || (*out >= p->least && *out <= p->most)) return read;
    return kr_fail(kr_mqtt_raise(r->vm, p->id == TOPIC_ALIAS ? KR_MQTT_BAD_ALIAS : KR_MQTT_PROTOCOL_ERROR,
                                 "%s has the property %s with %u; %u to %u is allowed", kr_mqtt_kind_name[r->kind], p->name, (size_t)*out,
                                 (size_t)p->least, (size_t)p->most));
}

static KrValue read_pair(KrMqttReader *r, const Property *p) {
    KrValue item[2] = { kr_mqtt_read_text(r, p->name), KR_NONE };
    if (kr_is_error(item[0])) return KR_ERROR;
    item[1] = kr_mqtt_read_text(r, p->name);
    return kr_is_error(item[1]) ? KR_ERROR : kr_tuple(r->vm, 2, item);
}

static KrValue read_value(KrMqttReader *r, const Property *p) {
    uint32_t number;
    size_t len;
    if (p->form == PAIR) return read_pair(r, p);
    if (p->form == BINARY) return kr_mqtt_read_binary(r, p->name);
    if (p->form != TEXT) return read_number(r, p, &number) ? kr_int(r->vm, number) : KR_ERROR;
    KrValue text = kr_mqtt_read_text(r, p->name);
    if (kr_is_error(text) || p->id != RESPONSE_TOPIC) return text;
    const char *name = kr_str_text(text, &len), *fault = kr_mqtt_topic_fault(name, len);
    return fault ? kr_mqtt_raise(r->vm, KR_MQTT_BAD_TOPIC, "%s has a response_topic that %s", kr_mqtt_kind_name[r->kind], fault) : text;
}

static bool keep(KrMqttReader *r, KrValue dict, const Property *p, int kind, KrValue value) {
    KrVm *vm = r->vm;
    KrValue name = kr_name(vm, p->name), old;
    if (kr_is_error(name) || !kr_dict_find(vm, dict, name, &old)) return false;
    bool lists = p->id == USER_PROPERTY || p->id == SUBSCRIPTION_IDENTIFIER;
    bool several = p->id == USER_PROPERTY || kind == KR_MQTT_PUBLISH;
    if (!kr_is_unset(old) && (!lists || !several))
        return kr_fail(kr_mqtt_raise(vm, KR_MQTT_PROTOCOL_ERROR, "%s has the property %s twice", kr_mqtt_kind_name[r->kind], p->name));
    if (!lists) return kr_dict_set(vm, dict, name, value);
    if (!kr_is_unset(old)) return kr_list_append(vm, old, value);
    KrValue list = kr_list(vm, 1, &value);
    return !kr_is_error(list) && kr_dict_set(vm, dict, name, list);
}

static bool read_property(KrMqttReader *r, KrValue dict, int kind) {
    uint32_t id;
    if (!kr_mqtt_read_varint(r, "a property", &id)) return false;
    const Property *p = by_id(id);
    if (!p)
        return kr_fail(kr_mqtt_raise(r->vm, KR_MQTT_MALFORMED, "%s has a property of number %u, which there is not",
                                     kr_mqtt_kind_name[r->kind], (size_t)id));
    if (!(p->kinds >> kind & 1))
        return kr_fail(kr_mqtt_raise(r->vm, KR_MQTT_PROTOCOL_ERROR, "%s has the property %s, which is not for %s packets",
                                     kr_mqtt_kind_name[r->kind], p->name, kr_mqtt_kind_name[kind]));
    KrValue value = read_value(r, p);
    return !kr_is_error(value) && keep(r, dict, p, kind, value);
}

KrValue kr_mqtt_read_properties(KrMqttReader *r, int kind) {
    uint32_t len;
    if (r->version < 5) return KR_NONE;
    if (!kr_mqtt_read_varint(r, "the length of the properties", &len)) return KR_ERROR;
    if (len > (size_t)(r->end - r->at))
        return kr_mqtt_raise(r->vm, KR_MQTT_MALFORMED, "%s says that properties take %u bytes; there are %u", kr_mqtt_kind_name[r->kind],
                             (size_t)len, (size_t)(r->end - r->at));
    if (!len) return KR_NONE;
    KrMqttReader inner = *r;
    r->at = inner.end = inner.at + len;
    KrValue dict = kr_dict(r->vm);
    while (!kr_is_error(dict) && inner.at < inner.end)
        if (!read_property(&inner, dict, kind)) return KR_ERROR;
    return dict;
}

// ---- Writing ---------------------------------------------------------------------------------------------------------------------

static bool put_pair(KrVm *vm, KrMqttWriter *w, const Property *p, KrValue v) {
    size_t len = 0;
    const KrValue *item = kr_is_tuple(v) ? kr_tuple_items(v, &len) : kr_is_list(v) ? kr_list_items(v, &len) : NULL;
    if (len != 2) return kr_fail(kr_raise(vm, &kr_type_error, "property %s: a pair of two strings is expected, not %R", p->name, v));
    return kr_mqtt_put(vm, w, p->id, 1) && kr_mqtt_put_text(vm, w, item[0], p->name) && kr_mqtt_put_text(vm, w, item[1], p->name);
}

static bool put_value(KrVm *vm, KrMqttWriter *w, const Property *p, KrValue v) {
    uint32_t number;
    size_t len;
    if (p->form == PAIR) return put_pair(vm, w, p, v);
    if (!kr_mqtt_put(vm, w, p->id, 1)) return false;
    if (p->form == BINARY) return kr_mqtt_put_binary(vm, w, v, p->name);
    if (p->form == TEXT) {
        size_t from = w->len;
        if (!kr_mqtt_put_text(vm, w, v, p->name)) return false;
        len = w->len - from - 2;
        const char *fault = p->id == RESPONSE_TOPIC ? kr_mqtt_topic_fault((const char *)w->data + from + 2, len) : NULL;
        return !fault || kr_fail(kr_raise(vm, &kr_value_error, "property response_topic %s: %R", fault, v));
    }
    if (!kr_mqtt_number(vm, v, p->name, p->least, p->most, &number)) return false;
    return p->form == VARINT ? kr_mqtt_put_varint(vm, w, number) : kr_mqtt_put(vm, w, number, bytes_of[p->form]);
}

static bool put_list(KrVm *vm, KrMqttWriter *w, const Property *p, KrValue v, int kind) {
    if (!kr_is_list(v) && !kr_is_tuple(v))
        return kr_fail(kr_raise(vm, &kr_type_error, "property %s: a list is expected, not %T", p->name, v));
    KrValue items = kr_tuple_from(vm, v); // nobody changes it
    size_t len;
    if (kr_is_error(items)) return false;
    const KrValue *item = kr_tuple_items(items, &len);
    if (len > 1 && p->id == SUBSCRIPTION_IDENTIFIER && kind != KR_MQTT_PUBLISH)
        return kr_fail(kr_raise(vm, &kr_value_error, "property subscription_identifier: SUBSCRIBE has one at most, not %u", len));
    for (size_t i = 0; i < len; i++)
        if (!put_value(vm, w, p, item[i])) return false;
    return true;
}

static bool put_all(KrVm *vm, KrMqttWriter *w, KrValue properties, int kind) {
    KrValue name, value;
    size_t at = 0;
    while (kr_dict_next(properties, &at, &name, &value)) {
        const Property *p = kr_is_str(name) ? by_name(name) : NULL;
        if (!p) return kr_fail(kr_raise(vm, &kr_value_error, "there is no property %R", name));
        if (!(p->kinds >> kind & 1))
            return kr_fail(kr_raise(vm, &kr_value_error, "property %s is not for %s packets", p->name, kr_mqtt_kind_name[kind]));
        bool lists = p->id == USER_PROPERTY || p->id == SUBSCRIPTION_IDENTIFIER;
        if (!(lists ? put_list(vm, w, p, value, kind) : put_value(vm, w, p, value))) return false;
    }
    return true;
}

bool kr_mqtt_put_properties(KrVm *vm, KrMqttWriter *w, KrValue properties, int kind) {
    KrMqttWriter inner;
    if (kr_is_none(properties)) return kr_mqtt_put(vm, w, 0, 1);
    if (!kr_is_dict(properties)) return kr_fail(kr_raise(vm, &kr_type_error, "properties: a dict is expected, not %T", properties));
    kr_mqtt_writer(&inner);
    return put_all(vm, &inner, properties, kind) && kr_mqtt_put_varint(vm, w, (uint32_t)inner.len) &&
           kr_mqtt_put_bytes(vm, w, inner.data, inner.len);
}
