// mqtt_reason.c - reason codes (section 2.4): which packets may have each, and what it means.
// SPDX-License-Identifier: MIT
#include "mqtt_part.h"

// clang-format off
const char *const kr_mqtt_kind_name[KR_MQTT_KINDS] = { "will", "CONNECT", "CONNACK", "PUBLISH", "PUBACK", "PUBREC", "PUBREL", "PUBCOMP", "SUBSCRIBE",
                                                       "SUBACK", "UNSUBSCRIBE", "UNSUBACK", "PINGREQ", "PINGRESP", "DISCONNECT", "AUTH" };

#define IN(kind) (1u << KR_MQTT_##kind)
enum {
    CONNECTED = IN(CONNACK),
    ENDED     = IN(DISCONNECT),
    RECEIVED  = IN(PUBACK) | IN(PUBREC),
    RELEASED  = IN(PUBREL) | IN(PUBCOMP),
};

static const struct {
    uint8_t code;
    uint16_t kinds; // mask of IN(...)
    const char *text;
} reasons[] = {
    { 0x00, IN(DISCONNECT), "normal disconnection" },
    { 0x00, IN(SUBACK), "granted QoS 0" },
    { 0x00, CONNECTED | RECEIVED | RELEASED | IN(UNSUBACK) | IN(AUTH), "success" },
    { 0x01, IN(SUBACK), "granted QoS 1" },
    { 0x02, IN(SUBACK), "granted QoS 2" },
    { 0x04, ENDED, "disconnect with will message" },
    { 0x10, RECEIVED, "no matching subscribers" },
    { 0x11, IN(UNSUBACK), "no subscription existed" },
    { 0x18, IN(AUTH), "continue authentication" },
    { 0x19, IN(AUTH), "re-authenticate" },
    { 0x80, CONNECTED | RECEIVED | IN(SUBACK) | IN(UNSUBACK) | ENDED, "unspecified error" },
    { 0x81, CONNECTED | ENDED, "malformed packet" },
    { 0x82, CONNECTED | ENDED, "protocol error" },
    { 0x83, CONNECTED | RECEIVED | IN(SUBACK) | IN(UNSUBACK) | ENDED, "implementation specific error" },
    { 0x84, CONNECTED, "unsupported protocol version" },
    { 0x85, CONNECTED, "client identifier not valid" },
    { 0x86, CONNECTED, "bad user name or password" },
    { 0x87, CONNECTED | RECEIVED | IN(SUBACK) | IN(UNSUBACK) | ENDED, "not authorized" },
    { 0x88, CONNECTED, "server unavailable" },
    { 0x89, CONNECTED | ENDED, "server busy" },
    { 0x8A, CONNECTED, "banned" },
    { 0x8B, ENDED, "server shutting down" },
    { 0x8C, CONNECTED | ENDED, "bad authentication method" },
    { 0x8D, ENDED, "keep alive timeout" },
    { 0x8E, ENDED, "session taken over" },
    { 0x8F, IN(SUBACK) | IN(UNSUBACK) | ENDED, "topic filter invalid" },
    { 0x90, CONNECTED | RECEIVED | ENDED, "topic name invalid" },
    { 0x91, RECEIVED | IN(SUBACK) | IN(UNSUBACK), "packet identifier in use" },
    { 0x92, RELEASED, "packet identifier not found" },
    { 0x93, ENDED, "receive maximum exceeded" },
    { 0x94, ENDED, "topic alias invalid" },
    { 0x95, CONNECTED | ENDED, "packet too large" },
    { 0x96, ENDED, "message rate too high" },
    { 0x97, CONNECTED | RECEIVED | IN(SUBACK) | ENDED, "quota exceeded" },
    { 0x98, ENDED, "administrative action" },
    { 0x99, CONNECTED | RECEIVED | ENDED, "payload format invalid" },
    { 0x9A, CONNECTED | ENDED, "retain not supported" },
    { 0x9B, CONNECTED | ENDED, "QoS not supported" },
    { 0x9C, CONNECTED | ENDED, "use another server" },
    { 0x9D, CONNECTED | ENDED, "server moved" },
    { 0x9E, IN(SUBACK) | ENDED, "shared subscriptions not supported" },
    { 0x9F, CONNECTED | ENDED, "connection rate exceeded" },
    { 0xA0, ENDED, "maximum connect time" },
    { 0xA1, IN(SUBACK) | ENDED, "subscription identifiers not supported" },
    { 0xA2, IN(SUBACK) | ENDED, "wildcard subscriptions not supported" },
};
// clang-format on

const char *kr_mqtt_reason(int kind, uint32_t code) {
    for (size_t i = 0; i < KR_COUNT_OF(reasons); i++)
        if (reasons[i].code == code && reasons[i].kinds >> kind & 1) return reasons[i].text;
    return NULL;
}
