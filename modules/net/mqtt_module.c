// mqtt_module.c - the module _mqtt: ProtocolError, the decoder of a stream of packets, and the table of the module.
//
// A decoder keeps bytes of an incomplete frame only: whole frames are read where they lie, in what feed() is given.
// SPDX-License-Identifier: MIT
#include "mqtt_part.h"

#include <stdarg.h>

#include "object/object.h"

// ---- ProtocolError ---------------------------------------------------------------------------------------------------------------

static KrValue error_init(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue args = kr_tuple(vm, 1, arg);
    return !kr_is_error(args) && kr_setattr_c(vm, self, "args", args) && kr_setattr_c(vm, self, "reason", arg[1]) ? KR_NONE : KR_ERROR;
}

static const KrMethod error_init_row = { "ProtocolError(text, reason=130)", error_init, "", 0 };

const KrType kr_mqtt_error_type = {
    KR_TYPE_HEAD(kr_mqtt_error_type),
    .name = "ProtocolError",
    .module = "mqtt.packet",
    .base = &kr_value_error,
    .doc = KR_DOC(
        "The other side has broken the protocol. reason: the reason code of MQTT 5 to say so. packets: on one that Decoder.feed raises, "
        "the packets before the wrong one."),
    .init = &error_init_row,
    KR_EXCEPTION_REST,
};

KrValue kr_mqtt_raise(KrVm *vm, int reason, const char *format, ...) {
    va_list args;
    va_start(args, format);
    (void)kr_raise_formatted(vm, &kr_mqtt_error_type, format, args);
    va_end(args);
    if (!kr_raised_is(vm, &kr_mqtt_error_type)) return KR_ERROR;
    KrValue e = kr_take_raised(vm);
    return kr_setattr_c(vm, e, "reason", kr_int_box(reason)) ? kr_raise_value(vm, e) : KR_ERROR;
}

// ---- Decoder ---------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    uint8_t *data; // an incomplete frame: memory of the collector, or NULL
    size_t len, room;
    uint32_t limit;         // the largest remaining length
    uint32_t connect_limit; // the same for CONNECT
    uint8_t version;        // 0: CONNECT is expected
    bool broken;
} Decoder;

static Decoder *decoder_of(KrValue v) { return (Decoder *)kr_ptr(v); }

static void decoder_trace(KrTracer *tracer, KrObject *o) {
    if (((Decoder *)o)->data) kr_trace_buffer(tracer, ((Decoder *)o)->data);
}

static bool set_version(KrVm *vm, KrValue self, KrValue v) {
    uint32_t version = 0;
    if (kr_is_unset(v)) return kr_fail(kr_raise(vm, &kr_attribute_error, "version cannot be deleted"));
    if (!kr_is_none(v) && !kr_mqtt_number(vm, v, "version", 4, 5, &version)) return false;
    return decoder_of(self)->version = (uint8_t)version, true;
}

static KrValue get_version(KrVm *vm, KrValue self) {
    return (void)vm, decoder_of(self)->version ? kr_int_box(decoder_of(self)->version) : KR_NONE;
}

static KrValue decoder_init(KrVm *vm, KrValue self, const KrValue *arg) {
    Decoder *d = decoder_of(self);
    if (!set_version(vm, self, arg[0]) || !kr_mqtt_number(vm, arg[1], "limit", 0, KR_MQTT_LIMIT, &d->limit)) return KR_ERROR;
    d->connect_limit = d->limit;
    if (!kr_is_none(arg[2]) && !kr_mqtt_number(vm, arg[2], "connect_limit", 0, KR_MQTT_LIMIT, &d->connect_limit)) return KR_ERROR;
    d->broken = false, d->len = 0;
    return KR_NONE;
}

static bool keep_rest(KrVm *vm, Decoder *d, const uint8_t *data, size_t len) {
    enum { FEW = 65536 };
    if (d->data && d->room > FEW && !len) kr_store_buffer(vm, d, &d->data, NULL), d->room = 0;
    if (d->room < len) {
        uint8_t *more = kr_buffer_alloc(vm, len);
        if (!more) return false;
        memcpy(more, data, len);
        kr_store_buffer(vm, d, &d->data, more);
        d->room = len;
    } else if (len) {
        memmove(d->data, data, len);
    }
    return d->len = len, true;
}

static bool join(KrVm *vm, Decoder *d, const uint8_t *data, size_t len) {
    if (d->room - d->len < len) {
        size_t room = (d->len + len) * 2;
        uint8_t *more = kr_buffer_alloc(vm, room);
        if (!more) return false;
        memcpy(more, d->data, d->len);
        kr_store_buffer(vm, d, &d->data, more);
        d->room = room;
    }
    memcpy(d->data + d->len, data, len);
    return d->len += len, true;
}

// A packet is larger than the limit. Where it is CONNECT, its first bytes still say in which version it is to be answered (section 3.1.2).
static KrValue too_large(KrVm *vm, Decoder *d, const uint8_t *body, size_t len, uint32_t size) {
    enum { NAMED = 7 };
    size_t limit = d->version ? d->limit : d->connect_limit;
    if (!d->version && size >= NAMED) {
        if (len < NAMED) return KR_DONE;
        bool spoken = !memcmp(body, "\0\4MQTT", NAMED - 1) && (body[NAMED - 1] == 4 || body[NAMED - 1] == 5);
        d->version = spoken ? body[NAMED - 1] : 0;
    }
    return kr_mqtt_raise(vm, KR_MQTT_TOO_LARGE, "a packet of %u bytes is larger than the limit, %u", (size_t)size, limit);
}

// The next packet at *at, or KR_DONE: its frame is not complete.
static KrValue next_packet(KrVm *vm, Decoder *d, const uint8_t **at, const uint8_t *end) {
    uint32_t size;
    int version = d->version, width = *at == end ? 0 : kr_mqtt_length(*at + 1, (size_t)(end - *at - 1), &size);
    if (width < 0) return kr_mqtt_raise(vm, KR_MQTT_MALFORMED, "the length of a packet has more than four bytes");
    if (!width) return KR_DONE;
    const uint8_t *body = *at + 1 + width;
    if (version == 5 && width > 1 && !body[-1])
        return kr_mqtt_raise(vm, KR_MQTT_MALFORMED, "the length of a packet has more bytes than it takes");
    if (size > (version ? d->limit : d->connect_limit)) return too_large(vm, d, body, (size_t)(end - body), size);
    if ((size_t)(end - body) < size) return KR_DONE;
    KrValue packet = kr_mqtt_decode(vm, **at, body, size, &version);
    d->version = (uint8_t)version;
    return *at = body + size, packet;
}

// All packets, to the list; what is left of the data begins at *at.
static bool read_packets(KrVm *vm, Decoder *d, KrValue list, const uint8_t **at, const uint8_t *end) {
    for (;;) {
        KrValue packet = next_packet(vm, d, at, end);
        if (kr_is_done(packet)) return true;
        if (kr_is_error(packet) || !kr_list_append(vm, list, packet) || !kr_poll_limits(vm, 4)) return false;
    }
}

// What the exception says, and what came before it.
static KrValue broken(KrVm *vm, Decoder *d, KrValue list) {
    d->broken = true;
    if (!kr_raised_is(vm, &kr_mqtt_error_type)) return KR_ERROR;
    KrValue e = kr_take_raised(vm);
    return kr_setattr_c(vm, e, "packets", list) ? kr_raise_value(vm, e) : KR_ERROR;
}

static KrValue feed(KrVm *vm, Decoder *d, const uint8_t *data, size_t len) {
    KrValue list = kr_list(vm, 0, NULL);
    bool joined = d->len != 0;
    if (kr_is_error(list) || (joined && !join(vm, d, data, len))) return KR_ERROR;
    const uint8_t *at = joined ? d->data : data, *end = joined ? d->data + d->len : data + len;
    if (!read_packets(vm, d, list, &at, end)) return broken(vm, d, list);
    return (joined && at == d->data) || keep_rest(vm, d, at, (size_t)(end - at)) ? list : KR_ERROR;
}

static KrValue decoder_feed(KrVm *vm, KrValue self, const KrValue *arg) {
    KrBuffer data;
    Decoder *d = decoder_of(self);
    if (d->broken) return kr_mqtt_raise(vm, KR_MQTT_PROTOCOL_ERROR, "this decoder has met a packet that is wrong, and reads no more");
    if (!kr_get_buffer(vm, arg[0], &data, KR_BUFFER_READ)) return KR_ERROR;
    KrValue list = feed(vm, d, data.data, data.len);
    return kr_release_buffer(vm, &data), list;
}

static const KrMethod decoder_methods[] = {
    { "feed(data, /)", decoder_feed,
      KR_DOC("Take what has been received, and return a list of the packets that are complete with it. ProtocolError: a packet is wrong, "
             "or larger "
             "than the limit; its `packets` are those before. The decoder then reads no more."),
      0 },
    { 0 },
};
static const KrGetSet decoder_rows[] = {
    { "version", get_version, set_version, KR_DOC("5, 4 (MQTT 3.1.1), or None before CONNECT, which sets it.") },
    { 0 },
};
static const KrMethod decoder_init_row = { "Decoder(version=None, limit=268435455, connect_limit=None)", decoder_init, "", 0 };

const KrType kr_mqtt_decoder_type = {
    KR_TYPE_HEAD(kr_mqtt_decoder_type),
    .name = "Decoder",
    .module = "mqtt.packet",
    .doc = KR_DOC("Packets of a stream of bytes, of which one side of a connection makes one. version: None where CONNECT is expected; "
                  "limit: the most "
                  "bytes that a packet may have behind its length; connect_limit: the same for the CONNECT."),
    .size = sizeof(Decoder),
    .alloc = kr_alloc_instance,
    .init = &decoder_init_row,
    .trace = decoder_trace,
    .methods = decoder_methods,
    .attributes = decoder_rows,
};

// ---- The module ------------------------------------------------------------------------------------------------------------------

static KrValue check(KrVm *vm, KrValue v, const char *what, const char *(*fault_of)(const char *text, size_t len)) {
    size_t len;
    if (!kr_is_str(v)) return kr_raise(vm, &kr_type_error, "%s: str is expected, not %T", what, v);
    const char *text = kr_str_text(v, &len), *fault = fault_of(text, len);
    return fault ? kr_raise(vm, &kr_value_error, "%s %s: %R", what, fault, v) : KR_NONE;
}

static KrValue check_topic(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)self, check(vm, arg[0], "topic", kr_mqtt_topic_fault);
}

static KrValue check_filter(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)self, check(vm, arg[0], "filter", kr_mqtt_filter_fault);
}

static KrValue topic_matches(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t filter_len, topic_len;
    (void)self;
    if (!kr_is_str(arg[0]) || !kr_is_str(arg[1]))
        return kr_raise(vm, &kr_type_error, "str is expected, not %T", kr_is_str(arg[0]) ? arg[1] : arg[0]);
    const char *filter = kr_str_text(arg[0], &filter_len), *topic = kr_str_text(arg[1], &topic_len);
    filter = kr_mqtt_unshared(filter, &filter_len);
    return kr_bool(kr_mqtt_matches(filter, filter_len, topic, topic_len));
}

static KrValue reason_text(KrVm *vm, KrValue self, const KrValue *arg) {
    uint32_t code, kind;
    (void)self;
    if (!kr_mqtt_number(vm, arg[0], "code", 0, 255, &code) || !kr_mqtt_number(vm, arg[1], "kind", 1, 15, &kind)) return KR_ERROR;
    const char *text = kr_mqtt_reason((int)kind, code);
    return text ? kr_str_c(vm, text) : kr_format(vm, "reason code 0x%x", (size_t)code);
}

static const KrMethod functions[] = {
    { "publish_frame(topic, payload, qos=0, retain=False, dup=False, packet_id=None, properties=None, version=5)", kr_mqtt_publish_frame,
      KR_DOC("The frame of Publish(...), as bytes, without an object in between."), 0 },
    { "with_packet_id(frame, packet_id, dup=False)", kr_mqtt_with_packet_id,
      KR_DOC("A copy of the frame of a PUBLISH with QoS 1 or 2, with another packet identifier."), 0 },
    { "check_topic(name, /)", check_topic,
      KR_DOC("ValueError if a message cannot be published under the name, with what is wrong with it."), 0 },
    { "check_filter(filter, /)", check_filter, KR_DOC("ValueError if the topic filter is none, with what is wrong with it."), 0 },
    { "topic_matches(filter, topic, /)", topic_matches,
      KR_DOC("Whether a topic filter, which may be shared, matches a topic name (section 4.7). Both are taken to be valid."), 0 },
    { "reason_text(code, kind, /)", reason_text, KR_DOC("What a reason code means in a packet of that type (1 to 15)."), 0 },
    { 0 },
};

static const KrConst constants[] = {
    { "Packet", KR_CONST_TYPE, { .p = &kr_mqtt_packet_type } },
    { "Will", KR_CONST_TYPE, { .p = &kr_mqtt_will_type } },
    { "Subscription", KR_CONST_TYPE, { .p = &kr_mqtt_subscription_type } },
    { "Decoder", KR_CONST_TYPE, { .p = &kr_mqtt_decoder_type } },
    { "ProtocolError", KR_CONST_TYPE, { .p = &kr_mqtt_error_type } },
    { 0 },
};

static bool start(KrVm *vm, KrValue module) {
    if (!kr_mqtt_start(vm)) return false;
    for (int kind = KR_MQTT_CONNECT; kind < KR_MQTT_KINDS; kind++)
        if (!kr_setattr_c(vm, module, kr_mqtt_types[kind]->name, kr_type_value(kr_mqtt_types[kind]))) return false;
    return true;
}

const KrModuleDef kr_mqtt_module = { "_mqtt", KR_DOC("Frames of MQTT 3.1.1 and 5: the core of mqtt.packet."), functions, constants, start };
