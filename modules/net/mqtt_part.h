// mqtt_part.h - what the files of module _mqtt share: packets as objects, reading and writing of frames, topics, properties, reason codes.
// Sections named in comments are those of MQTT Version 5.0, OASIS Standard, 7 March 2019; version 4 is MQTT 3.1.1, its predecessor.
// SPDX-License-Identifier: MIT
#ifndef KR_NET_MQTT_PART_H
#define KR_NET_MQTT_PART_H

#include <string.h>

#include "krait.h"

enum { // types of control packets, section 2.1.2. 0 stands for a will where properties are meant
    KR_MQTT_WILL,
    KR_MQTT_CONNECT,
    KR_MQTT_CONNACK,
    KR_MQTT_PUBLISH,
    KR_MQTT_PUBACK,
    KR_MQTT_PUBREC,
    KR_MQTT_PUBREL,
    KR_MQTT_PUBCOMP,
    KR_MQTT_SUBSCRIBE,
    KR_MQTT_SUBACK,
    KR_MQTT_UNSUBSCRIBE,
    KR_MQTT_UNSUBACK,
    KR_MQTT_PINGREQ,
    KR_MQTT_PINGRESP,
    KR_MQTT_DISCONNECT,
    KR_MQTT_AUTH,
    KR_MQTT_KINDS
};

enum { // reason codes that this module gives itself
    KR_MQTT_MALFORMED = 0x81,
    KR_MQTT_PROTOCOL_ERROR = 0x82,
    KR_MQTT_BAD_VERSION = 0x84,
    KR_MQTT_BAD_TOPIC = 0x90,
    KR_MQTT_BAD_ALIAS = 0x94,
    KR_MQTT_TOO_LARGE = 0x95,
};

#define KR_MQTT_LIMIT 268435455u // the largest remaining length
enum { KR_MQTT_TEXT_LIMIT = 65535, KR_MQTT_FIELDS = 8 };

// ---- Packets ---------------------------------------------------------------------------------------------------------------------

// The fields of each packet stand in the order of its constructor; the type tells how many there are. Where there are properties they are
// the last field: a dict, or None for an empty one that nobody has asked for.
typedef struct {
    KrObject head;
    KrValue field[];
} KrMqttPacket;

enum { KR_CONNECT_ID, KR_CONNECT_VERSION, KR_CONNECT_CLEAN, KR_CONNECT_KEEP_ALIVE, KR_CONNECT_USER, KR_CONNECT_PASSWORD, KR_CONNECT_WILL };
enum { KR_CONNECT_PROPERTIES = 7, KR_WILL_TOPIC = 0, KR_WILL_PAYLOAD, KR_WILL_QOS, KR_WILL_RETAIN, KR_WILL_PROPERTIES };
enum { KR_CONNACK_PRESENT, KR_CONNACK_REASON, KR_CONNACK_PROPERTIES };
enum { KR_PUBLISH_TOPIC, KR_PUBLISH_PAYLOAD, KR_PUBLISH_QOS, KR_PUBLISH_RETAIN, KR_PUBLISH_DUP, KR_PUBLISH_ID, KR_PUBLISH_PROPERTIES };
enum { KR_ACK_ID, KR_ACK_REASON, KR_ACK_PROPERTIES };   // PUBACK, PUBREC, PUBREL, PUBCOMP
enum { KR_LIST_ID, KR_LIST_ITEMS, KR_LIST_PROPERTIES }; // SUBSCRIBE, SUBACK, UNSUBSCRIBE, UNSUBACK
enum { KR_END_REASON, KR_END_PROPERTIES };              // DISCONNECT, AUTH
enum { KR_SUB_FILTER, KR_SUB_QOS, KR_SUB_NO_LOCAL, KR_SUB_AS_PUBLISHED, KR_SUB_HANDLING };

extern const KrType kr_mqtt_packet_type, kr_mqtt_will_type, kr_mqtt_subscription_type, kr_mqtt_decoder_type, kr_mqtt_error_type;
extern const KrType *const kr_mqtt_types[KR_MQTT_KINDS]; // by type of packet; a will's is the first

static inline KrMqttPacket *kr_mqtt_packet(KrValue v) { return (KrMqttPacket *)kr_ptr(v); }
static inline size_t kr_mqtt_fields(const KrType *type) { return (type->size - sizeof(KrMqttPacket)) / sizeof(KrValue); }
KrValue kr_mqtt_new(KrVm *vm, const KrType *type, const KrValue *field) KR_RAISES; // field[i] is none of KR_ERROR
bool kr_mqtt_start(KrVm *vm) KR_RAISES;                                            // constants of the types

// ---- Reading ---------------------------------------------------------------------------------------------------------------------

typedef struct { // what of a frame has not been read yet
    KrVm *vm;
    const uint8_t *at, *end;
    int version;
    int kind; // of the packet, for messages
} KrMqttReader;

KrValue kr_mqtt_raise(KrVm *vm, int reason, const char *format, ...); // ProtocolError
bool kr_mqtt_read_byte(KrMqttReader *r, const char *what, uint8_t *out) KR_RAISES;
bool kr_mqtt_read_u16(KrMqttReader *r, const char *what, uint32_t *out) KR_RAISES;
bool kr_mqtt_read_u32(KrMqttReader *r, const char *what, uint32_t *out) KR_RAISES;
bool kr_mqtt_read_varint(KrMqttReader *r, const char *what, uint32_t *out) KR_RAISES;
bool kr_mqtt_read_span(KrMqttReader *r, const char *what, const uint8_t **data, size_t *len) KR_RAISES; // behind 16 bits of length
KrValue kr_mqtt_read_text(KrMqttReader *r, const char *what) KR_RAISES;
KrValue kr_mqtt_read_binary(KrMqttReader *r, const char *what) KR_RAISES;
// Properties that a packet of `kind` may have; None: an empty set, or version 4.
KrValue kr_mqtt_read_properties(KrMqttReader *r, int kind) KR_RAISES;

// The packet of a frame: its first byte, and what is behind its length. *version is 0 before CONNECT, which sets it.
KrValue kr_mqtt_decode(KrVm *vm, uint8_t first, const uint8_t *data, size_t len, int *version) KR_RAISES;

// The remaining length at data[0..len): how many bytes it takes; 0: more are needed; -1: it has more than four.
int kr_mqtt_length(const uint8_t *data, size_t len, uint32_t *out);

// ---- Writing ---------------------------------------------------------------------------------------------------------------------

typedef struct { // bytes that grow: in the struct itself, then memory of the collector, which the C stack keeps alive
    uint8_t *data;
    size_t len, room;
    uint8_t few[232];
} KrMqttWriter;

static inline void kr_mqtt_writer(KrMqttWriter *w) { w->data = w->few, w->len = 0, w->room = sizeof w->few; }
bool kr_mqtt_grow(KrVm *vm, KrMqttWriter *w, size_t more) KR_RAISES;
static inline bool kr_mqtt_room(KrVm *vm, KrMqttWriter *w, size_t more) {
    return KR_LIKELY(w->room - w->len >= more) || kr_mqtt_grow(vm, w, more);
}
bool kr_mqtt_put(KrVm *vm, KrMqttWriter *w, uint32_t number, unsigned bytes) KR_RAISES; // big-endian
bool kr_mqtt_put_bytes(KrVm *vm, KrMqttWriter *w, const void *data, size_t len) KR_RAISES;
bool kr_mqtt_put_varint(KrVm *vm, KrMqttWriter *w, uint32_t number) KR_RAISES;
bool kr_mqtt_put_text(KrVm *vm, KrMqttWriter *w, KrValue text, const char *what) KR_RAISES;
bool kr_mqtt_put_binary(KrVm *vm, KrMqttWriter *w, KrValue v, const char *what) KR_RAISES; // bytes, or a str as UTF-8
bool kr_mqtt_put_properties(KrVm *vm, KrMqttWriter *w, KrValue properties, int kind) KR_RAISES;
bool kr_mqtt_number(KrVm *vm, KrValue v, const char *what, uint32_t least, uint32_t most, uint32_t *out) KR_RAISES;
// A frame of what was written, and a payload behind it.
KrValue kr_mqtt_frame(KrVm *vm, unsigned first, const KrMqttWriter *w, const void *payload, size_t len) KR_RAISES;

KrValue kr_mqtt_encode(KrVm *vm, KrValue self, const KrValue *arg);         // Packet.encode(version)
KrValue kr_mqtt_publish_frame(KrVm *vm, KrValue self, const KrValue *arg);  // publish_frame(...)
KrValue kr_mqtt_with_packet_id(KrVm *vm, KrValue self, const KrValue *arg); // with_packet_id(...)

// ---- Texts, topics, reason codes ---------------------------------------------------------------------------------------------------

// What is wrong with a text (section 1.5.4), topic name or topic filter (4.7), or NULL. Topic names and filters are texts besides.
const char *kr_mqtt_text_fault(const char *text, size_t len);
const char *kr_mqtt_topic_fault(const char *text, size_t len);
const char *kr_mqtt_filter_fault(const char *text, size_t len);
// The topic filter behind "$share/NAME/" (section 4.8.2), or all of it.
const char *kr_mqtt_unshared(const char *filter, size_t *len);
bool kr_mqtt_matches(const char *filter, size_t filter_len, const char *topic, size_t topic_len);

const char *kr_mqtt_reason(int kind, uint32_t code); // its text; NULL: a packet of this kind has no such code in version 5
extern const char *const kr_mqtt_kind_name[KR_MQTT_KINDS];

#endif
