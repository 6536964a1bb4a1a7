// http_head.c - reading heads of HTTP/1.1 messages (RFC 9112).
//
// A head is read where it lies, once it is all there. Of requests, whatever two servers on their way could understand differently is refused:
// that is how requests are smuggled (RFC 9112, 11.2). Of responses, what RFC 9112 lets a client forgive is forgiven.
// SPDX-License-Identifier: MIT
#include "http_part.h"

#include <string.h>

#include "object/list.h"
#include "object/text.h"

typedef struct {
    const uint8_t *at, *end; // without CR and LF
} Line;

typedef struct {
    KrVm *vm;
    const uint8_t *at, *end; // what is left of the head
    bool request;
    KrValue fields; // name in lower case -> value, or list of values
    int64_t length; // of the body; -1: not said
    bool chunked, other_coding;
    bool close, keep;
    int hosts;
    int minor;
} Head;

#define IS_DIGIT(c) ((uint8_t)((c) - '0') < 10)

bool kr_http_is_token(uint8_t c) {
    if (IS_DIGIT(c) || (uint8_t)((c | 32) - 'a') < 26) return true;
    return c && c < 128 && strchr("!#$%&'*+-.^_`|~", c);
}

KrValue kr_http_refuse(KrVm *vm, int status, const char *format, ...) {
    KrText t;
    va_list args;
    kr_text_init(vm, &t);
    va_start(args, format);
    kr_text_add_vformat(&t, format, args);
    va_end(args);
    KrValue item[2] = { kr_int_box(status), kr_text_str(&t) }, both = kr_is_error(item[1]) ? item[1] : kr_tuple(vm, 2, item);
    return kr_is_error(both) ? both : kr_raise_args(vm, &kr_value_error, both);
}

static bool refuse(Head *h, const char *text) { return kr_fail(kr_http_refuse(h->vm, KR_HTTP_BAD, "%s", text)); }

KrValue kr_http_text(KrVm *vm, const uint8_t *data, size_t len) {
    size_t wide = 0;
    for (size_t i = 0; i < len; i++) wide += data[i] >> 7;
    if (!wide) return kr_str(vm, (const char *)data, len);
    KrText t;
    kr_text_init(vm, &t);
    for (size_t i = 0; i < len; i++) kr_text_add_char(&t, data[i]);
    return kr_text_str(&t);
}

// ---- Lines -----------------------------------------------------------------------------------------------------------------------

// Where the head ends: behind its empty line; NULL: not yet.
static const uint8_t *end_of_head(const uint8_t *data, const uint8_t *end) {
    for (const uint8_t *at = data; (at = memchr(at, '\n', (size_t)(end - at))); at++) {
        const uint8_t *after = at + 1;
        if (after < end && *after == '\r') after++;
        if (after < end && *after == '\n') return after + 1;
    }
    return NULL;
}

static bool next_line(Head *h, Line *l) {
    const uint8_t *lf = memchr(h->at, '\n', (size_t)(h->end - h->at));
    if (!lf) return refuse(h, "a line has no end");
    l->at = h->at;
    l->end = lf > h->at && lf[-1] == '\r' ? lf - 1 : lf;
    h->at = lf + 1;
    if (h->request && l->end == lf) return refuse(h, "a line ends without CR");
    for (const uint8_t *c = l->at; c < l->end; c++)
        if ((*c < 32 && *c != '\t') || *c == 127) return refuse(h, "a line has a control character in it");
    return true;
}

static const uint8_t *find(const Line *l, uint8_t c) {
    const uint8_t *p = memchr(l->at, c, (size_t)(l->end - l->at));
    return p ? p : l->end;
}

static bool version(Head *h, const uint8_t *at, size_t len) {
    if (len != 8 || memcmp(at, "HTTP/", 5) != 0 || at[6] != '.' || !IS_DIGIT(at[5]) || !IS_DIGIT(at[7]))
        return refuse(h, "a version is HTTP/1.1");
    if (at[5] != '1') return kr_fail(kr_http_refuse(h->vm, KR_HTTP_VERSION, "HTTP/%c.%c is not spoken here", at[5], at[7]));
    return h->minor = at[7] - '0', true;
}

// ---- Fields ----------------------------------------------------------------------------------------------------------------------

static bool same(const uint8_t *at, size_t len, const char *lower) {
    if (strlen(lower) != len) return false;
    for (size_t i = 0; i < len; i++)
        if ((at[i] | ((uint8_t)(at[i] - 'A') < 26 ? 32 : 0)) != (uint8_t)lower[i]) return false;
    return true;
}

static bool length_field(Head *h, const uint8_t *at, size_t len) {
    int64_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (!IS_DIGIT(at[i]) || i >= 18) return refuse(h, "Content-Length is a number of bytes");
        n = n * 10 + (at[i] - '0');
    }
    if (!len) return refuse(h, "Content-Length is empty");
    if (h->length >= 0 && h->length != n) return refuse(h, "Content-Length is there twice");
    return h->length = n, true;
}

// The words of a list, one by one: false at its end.
static bool next_word(const uint8_t **at, const uint8_t *end, const uint8_t **word, size_t *len) {
    const uint8_t *p = *at;
    while (p < end && (*p == ',' || *p == ' ' || *p == '\t')) p++;
    *word = p;
    while (p < end && *p != ',') p++;
    *at = p;
    while (p > *word && (p[-1] == ' ' || p[-1] == '\t')) p--;
    *len = (size_t)(p - *word);
    return *len != 0;
}

static void connection_field(Head *h, const uint8_t *at, const uint8_t *end) {
    const uint8_t *word;
    for (size_t len; next_word(&at, end, &word, &len);) {
        h->close = h->close || same(word, len, "close");
        h->keep = h->keep || same(word, len, "keep-alive");
    }
}

static void coding_field(Head *h, const uint8_t *at, const uint8_t *end) {
    const uint8_t *word;
    for (size_t len; next_word(&at, end, &word, &len);) {
        h->other_coding = h->other_coding || h->chunked || !same(word, len, "chunked");
        h->chunked = h->chunked || same(word, len, "chunked");
    }
    h->other_coding = h->other_coding || !h->chunked;
}

static bool framing(Head *h, const uint8_t *name, size_t name_len, const uint8_t *value, const uint8_t *end) {
    switch (name_len) {
    case 4: h->hosts += same(name, 4, "host"); return true;
    case 10:
        if (same(name, 10, "connection")) connection_field(h, value, end);
        return true;
    case 14: return !same(name, 14, "content-length") || length_field(h, value, (size_t)(end - value));
    case 17:
        if (same(name, 17, "transfer-encoding")) coding_field(h, value, end);
        return true;
    default: return true;
    }
}

static KrValue name_of(KrVm *vm, const uint8_t *at, size_t len) {
    char lower[64];
    if (len > sizeof lower) return kr_call_method(vm, kr_http_text(vm, at, len), "lower", 0, NULL);
    for (size_t i = 0; i < len; i++) lower[i] = (char)(at[i] | ((uint8_t)(at[i] - 'A') < 26 ? 32 : 0));
    return kr_name_len(vm, lower, len);
}

// One more value of a name makes a list of them.
static bool add_field(Head *h, KrValue name, KrValue value) {
    KrValue before;
    if (kr_is_error(name) || kr_is_error(value) || !kr_dict_find(h->vm, h->fields, name, &before)) return false;
    if (kr_is_unset(before)) return kr_dict_set(h->vm, h->fields, name, value);
    if (kr_is_exact(before, &kr_list_type)) return kr_list_append(h->vm, before, value);
    KrValue both[2] = { before, value }, list = kr_list(h->vm, 2, both);
    return !kr_is_error(list) && kr_dict_set(h->vm, h->fields, name, list);
}

static bool field(Head *h, const Line *l) {
    const uint8_t *colon = find(l, ':'), *value = colon + 1, *end = l->end;
    if (colon == l->end || colon == l->at) return refuse(h, "a field has no name, or no colon");
    for (const uint8_t *c = l->at; c < colon; c++)
        if (!kr_http_is_token(*c)) return refuse(h, "a field's name has a character that it must not have");
    while (value < end && (*value == ' ' || *value == '\t')) value++;
    while (end > value && (end[-1] == ' ' || end[-1] == '\t')) end--;
    size_t len = (size_t)(colon - l->at);
    if (!framing(h, l->at, len, value, end)) return false;
    return add_field(h, name_of(h->vm, l->at, len), kr_http_text(h->vm, value, (size_t)(end - value)));
}

// A line that begins with a space goes on with the one before it: what once was allowed. Of a response it is left out.
static bool read_fields(Head *h) {
    Line l;
    for (int count = 0; next_line(h, &l); count++) {
        if (l.at == l.end) return true;
        if (count == KR_HTTP_FIELDS)
            return kr_fail(kr_http_refuse(h->vm, KR_HTTP_LARGE_HEAD, "a head has at most %d fields", KR_HTTP_FIELDS));
        bool folded = *l.at == ' ' || *l.at == '\t';
        if (folded && h->request) return refuse(h, "a field goes on in the next line");
        if (!folded && !field(h, &l)) return false;
    }
    return false;
}

static bool check_request(Head *h) {
    if (h->hosts != 1 && (h->minor || h->hosts)) return refuse(h, h->hosts ? "Host is there more than once" : "Host is missing");
    if ((h->chunked || h->other_coding) && h->length >= 0) return refuse(h, "Content-Length and Transfer-Encoding are both there");
    if (h->other_coding)
        return kr_fail(kr_http_refuse(h->vm, KR_HTTP_UNKNOWN_CODING, "the one Transfer-Encoding that is known here is chunked"));
    return !h->chunked || h->minor || refuse(h, "HTTP/1.0 has no Transfer-Encoding");
}

// ---- Heads -----------------------------------------------------------------------------------------------------------------------

// (data, start, limit): the head at start; *found false: there is more to come.
static bool begin(Head *h, const KrValue *arg, KrBuffer *view, const uint8_t **data, bool *found) {
    KrVm *vm = h->vm;
    intptr_t start, limit;
    if (!kr_to_index(vm, arg[1], &start) || !kr_to_index(vm, arg[2], &limit)) return false;
    if (!kr_get_buffer(vm, arg[0], view, KR_BUFFER_READ)) return false;
    *data = view->data;
    size_t len = view->len;
    if (start < 0 || (size_t)start > len)
        return kr_release_buffer(vm, view), kr_fail(kr_raise(vm, &kr_value_error, "start is outside of the data"));
    const uint8_t *from = *data + start, *end = *data + len;
    while (end - from >= 2 && from[0] == '\r' && from[1] == '\n') from += 2; // RFC 9112, 2.2
    size_t most = limit < 0 ? 0 : (size_t)limit;
    const uint8_t *stop = (size_t)(end - from) > most ? from + most : end;
    h->at = from;
    h->end = end_of_head(from, stop);
    *found = h->end != NULL;
    if (*found || stop == end) return true;
    kr_release_buffer(vm, view);
    bool target = h->request && !memchr(from, '\n', most);
    return kr_fail(kr_http_refuse(vm, target ? KR_HTTP_LONG_TARGET : KR_HTTP_LARGE_HEAD, "a head has at most %u bytes", most));
}

static bool request_line(Head *h, KrValue *method, KrValue *target) {
    Line l;
    if (!next_line(h, &l)) return false;
    const uint8_t *first = find(&l, ' ');
    for (const uint8_t *c = l.at; c < first; c++)
        if (!kr_http_is_token(*c)) return refuse(h, "a method has a character that it must not have");
    Line rest = { first < l.end ? first + 1 : l.end, l.end };
    const uint8_t *second = find(&rest, ' ');
    if (first == l.at || second == rest.at || second == l.end)
        return refuse(h, "a request begins with: method, space, target, space, HTTP/1.1");
    for (const uint8_t *c = rest.at; c < second; c++)
        if (*c >= 127 || *c <= 32) return refuse(h, "a target has a character that it must not have");
    *method = kr_name_len(h->vm, (const char *)l.at, (size_t)(first - l.at));
    *target = kr_str(h->vm, (const char *)rest.at, (size_t)(second - rest.at));
    return !kr_is_error(*method) && !kr_is_error(*target) && version(h, second + 1, (size_t)(l.end - second - 1));
}

static bool status_line(Head *h, KrValue *status, KrValue *reason) {
    Line l;
    if (!next_line(h, &l)) return false;
    const uint8_t *space = find(&l, ' '), *code = space + 1;
    if (!version(h, l.at, (size_t)(space - l.at))) return false;
    if (l.end - space < 4 || !IS_DIGIT(code[0]) || !IS_DIGIT(code[1]) || !IS_DIGIT(code[2]) || (l.end > code + 3 && code[3] != ' '))
        return refuse(h, "a response begins with: HTTP/1.1, space, three digits");
    *status = kr_int_box((code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0'));
    const uint8_t *text = code + 3 < l.end ? code + 4 : l.end;
    return !kr_is_error(*reason = kr_http_text(h->vm, text, (size_t)(l.end - text)));
}

static KrValue read_head(KrVm *vm, const KrValue *arg, bool request) {
    Head h = { .vm = vm, .request = request, .length = -1, .fields = kr_dict(vm) };
    KrBuffer view;
    const uint8_t *data;
    bool found;
    KrValue first = KR_NONE, second = KR_NONE;
    if (kr_is_error(h.fields) || !begin(&h, arg, &view, &data, &found)) return KR_ERROR;
    if (!found) return kr_release_buffer(vm, &view), KR_NONE;
    bool ok = (request ? request_line(&h, &first, &second) : status_line(&h, &first, &second)) && read_fields(&h) &&
              (!request || check_request(&h));
    intptr_t end = h.end - data;
    kr_release_buffer(vm, &view);
    if (!ok) return KR_ERROR;
    KrValue item[] = { kr_int_box(end),
                       first,
                       second,
                       kr_int_box(h.minor),
                       h.fields,
                       kr_int(vm, h.chunked ? -1 : h.length),
                       kr_bool(h.chunked),
                       kr_bool(h.close || (!h.minor && !h.keep)) };
    return kr_tuple(vm, KR_COUNT_OF(item), item);
}

KrValue kr_http_read_request(KrVm *vm, KR_UNUSED KrValue self, const KrValue *arg) { return read_head(vm, arg, true); }
KrValue kr_http_read_response(KrVm *vm, KR_UNUSED KrValue self, const KrValue *arg) { return read_head(vm, arg, false); }
