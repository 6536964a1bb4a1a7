// mqtt_topic.c - texts, topic names and topic filters: what is allowed in them, and which filter matches which name.
// SPDX-License-Identifier: MIT
#include "mqtt_part.h"

#include "base/utf8.h"

const char *kr_mqtt_text_fault(const char *text, size_t len) {
    KrUtf8Scan scan;
    if (len > KR_MQTT_TEXT_LIMIT) return "is longer than 65535 bytes";
    if (len && memchr(text, 0, len)) return "has a character U+0000";
    return kr_utf8_scan(text, len, false, &scan) ? NULL : "is not UTF-8";
}

const char *kr_mqtt_topic_fault(const char *text, size_t len) {
    if (!len) return "is empty";
    if (memchr(text, '#', len) || memchr(text, '+', len)) return "has a wildcard (+ or #)";
    return kr_mqtt_text_fault(text, len);
}

// Wildcards stand alone in their levels, and # in the last one.
static const char *wildcard_fault(const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (text[i] != '+' && text[i] != '#') continue;
        bool alone = (i == 0 || text[i - 1] == '/') && (i + 1 == len || text[i + 1] == '/');
        if (!alone) return text[i] == '+' ? "has a + that is not a whole level" : "has a # that is not a whole level";
        if (text[i] == '#' && i + 1 < len) return "has levels after #";
    }
    return NULL;
}

static const char share[] = "$share/";
enum { SHARE = sizeof share - 1 };

static bool is_shared(const char *text, size_t len) { return len >= SHARE && !memcmp(text, share, SHARE); }

const char *kr_mqtt_filter_fault(const char *text, size_t len) {
    if (!len) return "is empty";
    const char *fault = kr_mqtt_text_fault(text, len);
    if (fault) return fault;
    if (!is_shared(text, len)) return wildcard_fault(text, len);
    const char *name = text + SHARE, *end = text + len, *slash = memchr(name, '/', (size_t)(end - name));
    size_t name_len = slash ? (size_t)(slash - name) : (size_t)(end - name);
    if (!name_len) return "is shared, and names no group: $share/GROUP/FILTER is expected";
    if (memchr(name, '+', name_len) || memchr(name, '#', name_len)) return "has a wildcard (+ or #) in the name of its group";
    if (!slash || slash + 1 == end) return "is shared, and has no filter behind the group: $share/GROUP/FILTER is expected";
    return wildcard_fault(slash + 1, (size_t)(end - slash - 1));
}

const char *kr_mqtt_unshared(const char *filter, size_t *len) {
    if (!is_shared(filter, *len)) return filter;
    const char *end = filter + *len, *slash = memchr(filter + SHARE, '/', *len - SHARE);
    if (!slash) return filter;
    *len = (size_t)(end - slash - 1);
    return slash + 1;
}

bool kr_mqtt_matches(const char *filter, size_t filter_len, const char *topic, size_t topic_len) {
    const char *f = filter, *f_end = filter + filter_len, *t = topic, *t_end = topic + topic_len;
    // Names that begin with $ are not for wildcards in the first level (section 4.7.2).
    if (topic_len && *t == '$' && filter_len && (*f == '+' || *f == '#')) return false;
    while (f < f_end) {
        if (*f == '#') return true;
        if (*f == '+') {
            f++;
            while (t < t_end && *t != '/') t++;
        } else {
            while (f < f_end && *f != '/' && t < t_end && *f == *t) f++, t++;
            if ((f < f_end && *f != '/') || (t < t_end && *t != '/')) return false;
        }
        if (f == f_end) return t == t_end;
        f++; // a level of the filter follows; "a/#" matches "a" as well
        if (t == t_end) return f_end - f == 1 && *f == '#';
        t++;
    }
    return t == t_end && topic_len && t[-1] == '/' && filter_len; // the last level of both is empty
}
