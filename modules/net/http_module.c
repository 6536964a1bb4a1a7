// http_module.c - the _http module: heads and chunks of HTTP/1.1, without I/O; what module web is made of.
// SPDX-License-Identifier: MIT
#include "http_part.h"

#include "object/text.h"

// ---- Writing -----------------------------------------------------------------------------------------------------------------------

// Text goes out as it came in: a byte for each character.
static bool add_text(KrText *t, KrValue v, const char *what, bool token) {
    KrVm *vm = t->vm;
    if (!kr_isa(v, &kr_str_type)) return kr_fail(kr_raise(vm, &kr_type_error, "%s must be str, not %T", what, v));
    size_t len;
    const uint8_t *s = (const uint8_t *)kr_str_text(v, &len);
    for (size_t i = 0; i < len; i++) {
        uint8_t c = s[i];
        if (c >= 0xC2 && c <= 0xC3 && i + 1 < len) c = (uint8_t)((c & 3) << 6 | (s[++i] & 0x3F));
        else if (c >= 0x80) return kr_fail(kr_raise(vm, &kr_value_error, "%s has a character that is not in ISO-8859-1: %R", what, v));
        if ((c < 32 && c != '\t') || c == 127)
            return kr_fail(kr_raise(vm, &kr_value_error, "%s has a control character in it: %R", what, v));
        if (token && !kr_http_is_token(c))
            return kr_fail(kr_raise(vm, &kr_value_error, "%s has a character that it must not have: %R", what, v));
        kr_text_add(t, (const char *)&c, 1);
    }
    return len || !token || kr_fail(kr_raise(vm, &kr_value_error, "%s is empty", what));
}

static bool add_field(KrText *t, KrValue pair) {
    size_t count;
    KrValue both = kr_tuple_from(t->vm, pair);
    if (kr_is_error(both)) return false;
    const KrValue *item = kr_tuple_items(both, &count);
    if (count != 2) return kr_fail(kr_raise(t->vm, &kr_value_error, "a field is a name and a value, not %R", pair));
    if (!add_text(t, item[0], "a field's name", true)) return false;
    kr_text_add_c(t, ": ");
    if (!add_text(t, item[1], "a field's value", false)) return false;
    kr_text_add_c(t, "\r\n");
    return true;
}

// make_head(first, fields)
static KrValue make_head(KrVm *vm, KR_UNUSED KrValue self, const KrValue *arg) {
    KrText t;
    kr_text_init(vm, &t);
    KrValue fields = kr_iter(vm, arg[1]), pair;
    if (kr_is_error(fields) || !add_text(&t, arg[0], "the first line", false)) return KR_ERROR;
    kr_text_add_c(&t, "\r\n");
    while (!kr_is_error(pair = kr_next(vm, fields)) && !kr_is_done(pair))
        if (!add_field(&t, pair)) return KR_ERROR;
    if (kr_is_error(pair)) return pair;
    kr_text_add_c(&t, "\r\n");
    return kr_text_bytes(&t);
}

// ---- The module --------------------------------------------------------------------------------------------------------------------

static const KrMethod functions[] = {
    { "read_request(data, start=0, limit=8192, /)", kr_http_read_request,
      KR_DOC("Return (end, method, target, minor version, fields, length, chunked, close) of the request head at start; None: it is not "
             "all there.\n\n"
             "end: where the body begins. fields: dict of names in lower case; a name that is there again has a list of its values.\n"
             "length: of the body in bytes, -1: not said. ValueError(status, text): the head is not what RFC 9112 allows, or longer than "
             "limit bytes."),
      0 },
    { "read_response(data, start=0, limit=65536, /)", kr_http_read_response,
      KR_DOC(
          "Return (end, status, reason, minor version, fields, length, chunked, close) of the response head at start; as read_request()."),
      0 },
    { "make_head(first, fields, /)", make_head,
      KR_DOC("Return the bytes of a head: its first line, and pairs of name and value. ValueError: a control character is in one, or a "
             "name is none."),
      0 },
    { 0 },
};

static const KrConst constants[] = { { "Chunks", KR_CONST_TYPE, { .p = &kr_http_chunks_type } }, { 0 } };

const KrModuleDef kr_http_module = {
    .name = "_http", .doc = "Heads and chunks of HTTP/1.1 messages (RFC 9112), without I/O.", .functions = functions, .constants = constants
};
