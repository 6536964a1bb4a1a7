// mqtt_packet.c - the packets as objects: fields, comparing, showing.
//
// Constructors keep what they are given; encode() checks it.
// SPDX-License-Identifier: MIT
#include "mqtt_part.h"

#define FIELD_ROW(i) \
    static KrValue get_##i(KrVm *vm, KrValue self) { return (void)vm, kr_mqtt_packet(self)->field[i]; } \
    static bool set_##i(KrVm *vm, KrValue self, KrValue v) { return set_field(vm, self, i, v); }

static bool set_field(KrVm *vm, KrValue self, size_t i, KrValue v) {
    if (kr_is_unset(v)) return kr_fail(kr_raise(vm, &kr_attribute_error, "fields of %T cannot be deleted", self));
    return kr_store(vm, kr_ptr(self), &kr_mqtt_packet(self)->field[i], v), true;
}

FIELD_ROW(0)
FIELD_ROW(1)
FIELD_ROW(2)
FIELD_ROW(3)
FIELD_ROW(4)
FIELD_ROW(5)
FIELD_ROW(6)

static size_t last_of(KrValue self) { return kr_mqtt_fields(kr_type_of(self)) - 1; } // where properties are

static KrValue get_properties(KrVm *vm, KrValue self) {
    KrValue *slot = &kr_mqtt_packet(self)->field[last_of(self)];
    if (!kr_is_none(*slot)) return *slot;
    KrValue dict = kr_dict(vm);
    if (!kr_is_error(dict)) kr_store(vm, kr_ptr(self), slot, dict);
    return dict;
}

static bool set_properties(KrVm *vm, KrValue self, KrValue v) {
    if (!kr_is_unset(v) && !kr_is_dict(v) && !kr_is_none(v))
        return kr_fail(kr_raise(vm, &kr_type_error, "properties: a dict is expected, not %T", v));
    return set_field(vm, self, last_of(self), v);
}

#define NAMED(i, name, text) \
    { name, get_##i, set_##i, KR_DOC(text) }
#define PROPERTIES \
    { "properties", get_properties, set_properties, KR_DOC("Properties of MQTT 5: a dict by their names in the standard, in snake_case.") }

// ---- What all have ---------------------------------------------------------------------------------------------------------------

static void packet_trace(KrTracer *tracer, KrObject *o) {
    const KrMqttPacket *p = (const KrMqttPacket *)o;
    for (size_t i = 0, n = kr_mqtt_fields(o->shape->type); i < n; i++) kr_trace(tracer, p->field[i]);
}

KrValue kr_mqtt_new(KrVm *vm, const KrType *type, const KrValue *field) {
    KrMqttPacket *p = kr_alloc(vm, &type->shape, type->size);
    if (!p) return KR_ERROR;
    memcpy(p->field, field, type->size - sizeof *p);
    return kr_from_ptr(p);
}

static KrValue packet_make(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrType *type = kr_as_type(self);
    size_t fields = kr_mqtt_fields(type);
    KrValue made = kr_mqtt_new(vm, type, arg);
    if (kr_is_error(made) || !fields || type->attributes[fields - 1].get != get_properties) return made;
    return set_properties(vm, made, arg[fields - 1]) ? made : KR_ERROR;
}

// The field as it is compared and shown: properties that nobody has asked for are an empty dict.
static KrValue shown(KrVm *vm, KrValue self, size_t i) { return kr_type_of(self)->attributes[i].get(vm, self); }

static KrValue packet_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    const KrType *type = kr_type_of(self);
    if ((op != KR_EQ && op != KR_NE) || kr_type_of(other) != type) return KR_NOTIMPL;
    bool equal = true;
    for (size_t i = 0, n = kr_mqtt_fields(type); i < n && equal; i++) {
        KrValue a = shown(vm, self, i), b = shown(vm, other, i);
        if (kr_is_error(a) || kr_is_error(b) || !kr_equal(vm, a, b, &equal)) return KR_ERROR;
    }
    return kr_bool(equal == (op == KR_EQ));
}

static KrValue packet_repr(KrVm *vm, KrValue self) {
    const KrType *type = kr_type_of(self);
    KrValue text = kr_str_c(vm, "");
    if (!kr_enter(vm, " while getting the repr of a packet")) return KR_ERROR;
    for (size_t i = 0, n = kr_mqtt_fields(type); i < n && !kr_is_error(text); i++) {
        KrValue v = shown(vm, self, i);
        text = kr_is_error(v) ? v : kr_format(vm, "%S%s%s=%R", text, i ? ", " : "", type->attributes[i].name, v);
    }
    kr_leave(vm);
    return kr_is_error(text) ? text : kr_format(vm, "%N(%S)", type, text);
}

static const KrMethod packet_methods[] = {
    { "encode(version)", kr_mqtt_encode,
      KR_DOC("The packet's frame, as bytes, in version 5 or 4 (MQTT 3.1.1), which has no properties and no reason codes behind packet "
             "identifiers: "
             "they are left out. ValueError or TypeError says what cannot be sent."),
      0 },
    { 0 },
};

const KrType kr_mqtt_packet_type = {
    KR_TYPE_HEAD(kr_mqtt_packet_type),
    .name = "Packet",
    .module = "mqtt.packet",
    .doc = KR_DOC("What all MQTT control packets have."),
    .flags = KR_TYPE_NO_NEW,
    .size = sizeof(KrMqttPacket),
    .trace = packet_trace,
    .compare = packet_compare,
    .hash = kr_hash_unhashable,
    .repr = packet_repr,
    .methods = packet_methods,
};

// ---- One by one ------------------------------------------------------------------------------------------------------------------

// A type with its constructor and attributes; fields: how many it has.
#define RECORD(scope, symbol, title, parent, fields, signature, text, rows) \
    static const KrMethod symbol##_make = { title "(" signature ")", packet_make, "", 0 }; \
    scope const KrType symbol = { KR_TYPE_HEAD(symbol),      .name = title, \
                                  .module = "mqtt.packet",   .base = &parent, \
                                  .doc = KR_DOC(text),       .size = sizeof(KrMqttPacket) + (fields) * sizeof(KrValue), \
                                  .trace = packet_trace,     .make = &symbol##_make, \
                                  .compare = packet_compare, .hash = kr_hash_unhashable, \
                                  .repr = packet_repr,       .attributes = rows }
#define PACKET(symbol, title, fields, signature, text, rows) \
    RECORD(static, symbol, title, kr_mqtt_packet_type, fields, signature, text, rows)
#define PART(symbol, title, fields, signature, text, rows) RECORD(, symbol, title, kr_object_type, fields, signature, text, rows)

static const KrGetSet will_rows[] = {
    NAMED(0, "topic", "Where the broker publishes the will."),
    NAMED(1, "payload", "The will's content: bytes."),
    NAMED(2, "qos", "0, 1 or 2."),
    NAMED(3, "retain", "Whether the will is retained."),
    PROPERTIES,
    { 0 },
};
PART(kr_mqtt_will_type, "Will", 5, "topic, payload, qos=0, retain=False, properties=None",
     "What the broker publishes when a client is lost (section 3.1.2.5).", will_rows);

static const KrGetSet connect_rows[] = {
    NAMED(0, "client_id", "The client's identifier; empty: the broker gives one."),
    NAMED(1, "version", "5, or 4 for MQTT 3.1.1."),
    NAMED(2, "clean_start", "Whether an earlier session is thrown away. In version 4, the new one is as well when the connection ends."),
    NAMED(3, "keep_alive", "Seconds after which a silent connection is dead (with half as much on top); 0: never."),
    NAMED(4, "username", "str, or None."),
    NAMED(5, "password", "bytes, or None."),
    NAMED(6, "will", "A Will, or None."),
    PROPERTIES,
    { 0 },
};
PACKET(connect_type, "Connect", 8,
       "client_id, version=5, clean_start=True, keep_alive=60, username=None, password=None, will=None, properties=None",
       "A client asks for a connection (section 3.1).", connect_rows);

static const KrGetSet connack_rows[] = {
    NAMED(0, "session_present", "Whether the broker goes on with an earlier session."),
    NAMED(1, "reason", "0, or why there is no connection: a reason code, in version 4 a return code from 1 to 5."),
    PROPERTIES,
    { 0 },
};
PACKET(connack_type, "ConnAck", 3, "session_present=False, reason=0, properties=None", "The answer to CONNECT (section 3.2).",
       connack_rows);

static const KrGetSet publish_rows[] = {
    NAMED(0, "topic", "Topic name: str, empty where a topic alias stands for it."),
    NAMED(1, "payload", "The message: bytes."),
    NAMED(2, "qos", "0, 1 or 2."),
    NAMED(3, "retain", "Whether the message is, or was, retained."),
    NAMED(4, "dup", "Whether it may have been sent before."),
    NAMED(5, "packet_id", "1 to 65535, None where qos is 0."),
    PROPERTIES,
    { 0 },
};
PACKET(publish_type, "Publish", 7, "topic, payload, qos=0, retain=False, dup=False, packet_id=None, properties=None",
       "A message (section 3.3).", publish_rows);

static const KrGetSet ack_rows[] = {
    NAMED(0, "packet_id", "That of the packet which is answered."),
    NAMED(1, "reason", "Reason code: 0x80 and above are failures."),
    PROPERTIES,
    { 0 },
};
#define ACK(symbol, title, text) PACKET(symbol, title, 3, "packet_id, reason=0, properties=None", text, ack_rows)
ACK(puback_type, "PubAck", "The answer to PUBLISH with QoS 1 (section 3.4).");
ACK(pubrec_type, "PubRec", "The answer to PUBLISH with QoS 2 (section 3.5).");
ACK(pubrel_type, "PubRel", "The answer to PUBREC (section 3.6).");
ACK(pubcomp_type, "PubComp", "The answer to PUBREL (section 3.7).");

static const KrGetSet subscribe_rows[] = {
    NAMED(0, "packet_id", "1 to 65535."),
    NAMED(1, "filters", "A list of Subscription."),
    PROPERTIES,
    { 0 },
};
PACKET(subscribe_type, "Subscribe", 3, "packet_id, filters, properties=None", "A client subscribes (section 3.8).", subscribe_rows);

static const KrGetSet reasons_rows[] = {
    NAMED(0, "packet_id", "That of the packet which is answered."),
    NAMED(1, "reasons", "A list of reason codes, one for each filter; empty for UNSUBACK of version 4."),
    PROPERTIES,
    { 0 },
};
PACKET(suback_type, "SubAck", 3, "packet_id, reasons, properties=None", "The answer to SUBSCRIBE (section 3.9).", reasons_rows);

static const KrGetSet unsubscribe_rows[] = {
    NAMED(0, "packet_id", "1 to 65535."),
    NAMED(1, "filters", "A list of str."),
    PROPERTIES,
    { 0 },
};
PACKET(unsubscribe_type, "Unsubscribe", 3, "packet_id, filters, properties=None", "A client unsubscribes (section 3.10).",
       unsubscribe_rows);
PACKET(unsuback_type, "UnsubAck", 3, "packet_id, reasons, properties=None", "The answer to UNSUBSCRIBE (section 3.11).", reasons_rows);

static const KrGetSet no_rows[] = { { 0 } };
PACKET(pingreq_type, "PingReq", 0, "", "A client asks for a sign of life (section 3.12).", no_rows);
PACKET(pingresp_type, "PingResp", 0, "", "The answer to PINGREQ (section 3.13).", no_rows);

static const KrGetSet end_rows[] = {
    NAMED(0, "reason", "Reason code: 0x80 and above are failures."),
    PROPERTIES,
    { 0 },
};
PACKET(disconnect_type, "Disconnect", 2, "reason=0, properties=None", "The last packet of a connection (section 3.14).", end_rows);
PACKET(auth_type, "Auth", 2, "reason=0, properties=None", "A step of authentication, version 5 (section 3.15).", end_rows);

static const KrGetSet subscription_rows[] = {
    NAMED(0, "filter", "Topic filter."),
    NAMED(1, "qos", "The highest QoS that messages come with."),
    NAMED(2, "no_local", "Version 5: no messages of the client's own."),
    NAMED(3, "retain_as_published", "Version 5: messages keep their retain flag."),
    NAMED(4, "retain_handling", "Version 5: retained messages are sent always (0), when the subscription is new (1), never (2)."),
    { 0 },
};
PART(kr_mqtt_subscription_type, "Subscription", 5, "filter, qos=0, no_local=False, retain_as_published=False, retain_handling=0",
     "A topic filter and its options (section 3.8.3).", subscription_rows);

const KrType *const kr_mqtt_types[KR_MQTT_KINDS] = {
    &kr_mqtt_will_type, &connect_type, &connack_type,     &publish_type,  &puback_type,  &pubrec_type,   &pubrel_type,     &pubcomp_type,
    &subscribe_type,    &suback_type,  &unsubscribe_type, &unsuback_type, &pingreq_type, &pingresp_type, &disconnect_type, &auth_type,
};

bool kr_mqtt_start(KrVm *vm) {
    for (int kind = KR_MQTT_CONNECT; kind < KR_MQTT_KINDS; kind++)
        if (!kr_type_constant(vm, kr_mqtt_types[kind], "kind", kr_int_box(kind))) return false;
    return true;
}
