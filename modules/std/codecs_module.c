// codecs_module.c - the _codecs module: the built-in encodings one by one, and error handlers by name. Module codecs of lib/ is the rest.
// SPDX-License-Identifier: MIT
#include "base/int_text.h"
#include "base/utf8.h"
#include "object/codec.h"
#include "object/object.h"
#include "object/vm_state.h"

#define FUNCTION(name) static KrValue codecs_##name(KrVm *vm, KrValue self, const KrValue *arg)

static bool error_name(KrVm *vm, KrValue v, const char *function, int position, const char **errors) {
    *errors = NULL;
    if (kr_is_none(v)) return true;
    if (!kr_is_str(v)) return kr_fail(kr_raise(vm, &kr_type_error, "%s() argument %d must be str or None, not %T", function, position, v));
    return *errors = kr_str_text(v, NULL), true;
}

static KrValue pair(KrVm *vm, KrValue v, size_t taken) {
    KrValue item[2] = { v, kr_int(vm, (int64_t)taken) };
    return kr_is_error(v) || kr_is_error(item[1]) ? KR_ERROR : kr_tuple(vm, 2, item);
}

typedef struct {
    const char *function, *codec;
    bool text; // str is taken as its UTF-8
    int order;
} Way;

static KrValue decode(KrVm *vm, const KrValue *arg, const Way *way, bool partial, int *order, KrValue mapping, size_t *taken) {
    KrBuffer b;
    const char *errors;
    KrValue data = arg[0];
    if (!error_name(vm, arg[1], way->function, 2, &errors)) return KR_ERROR;
    if (way->text && kr_is_str(data)) data = kr_encode(vm, data, "utf-8", "strict");
    if (kr_is_error(data) || !kr_get_buffer(vm, data, &b, KR_BUFFER_READ)) return KR_ERROR;
    *order = way->order;
    KrValue v = kr_codec_decode(vm, way->codec, &b, errors, partial, order, mapping, taken);
    kr_release_buffer(vm, &b);
    return v;
}

static KrValue decode_pair(KrVm *vm, const KrValue *arg, KrValue final, const Way *way) {
    bool whole = true;
    int order;
    size_t taken;
    if (!kr_truth(vm, final, &whole)) return KR_ERROR;
    KrValue v = decode(vm, arg, way, !whole, &order, KR_UNSET, &taken);
    return kr_is_error(v) ? v : pair(vm, v, taken);
}

static KrValue encode_pair(KrVm *vm, const KrValue *arg, const Way *way, KrValue mapping) {
    const char *errors;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "%s() argument 1 must be str, not %T", way->function, arg[0]);
    if (!error_name(vm, arg[1], way->function, 2, &errors)) return KR_ERROR;
    KrValue v = kr_codec_encode(vm, way->codec, arg[0], errors, way->order, mapping);
    return kr_is_error(v) ? v : pair(vm, v, kr_str_length(arg[0]));
}

// (name, codec, order, whether str can be decoded): decoders with a third argument `final`.
#define DECODERS(X) \
    X(utf_8, "utf_8", 0, false) \
    X(utf_16, "utf_16", 0, false) \
    X(utf_16_le, "utf_16", -1, false) \
    X(utf_16_be, "utf_16", 1, false) \
    X(utf_32, "utf_32", 0, false) \
    X(utf_32_le, "utf_32", -1, false) \
    X(utf_32_be, "utf_32", 1, false) X(unicode_escape, "unicode_escape", 0, true) X(raw_unicode_escape, "raw_unicode_escape", 0, true)
#define ENCODERS(X) \
    X(utf_8, "utf_8", 0) \
    X(utf_16_le, "utf_16", -1) \
    X(utf_16_be, "utf_16", 1) \
    X(utf_32_le, "utf_32", -1) \
    X(utf_32_be, "utf_32", 1) \
    X(unicode_escape, "unicode_escape", 0) X(raw_unicode_escape, "raw_unicode_escape", 0) X(ascii, "ascii", 0) X(latin_1, "latin_1", 0)

#define X(name, codec, order, text) \
    FUNCTION(name##_decode) { return (void)self, decode_pair(vm, arg, arg[2], &(const Way){ #name "_decode", codec, text, order }); }
DECODERS(X)
#undef X
#define X(name, codec, order) \
    FUNCTION(name##_encode) { return (void)self, encode_pair(vm, arg, &(const Way){ #name "_encode", codec, false, order }, KR_UNSET); }
ENCODERS(X)
#undef X

FUNCTION(ascii_decode) { return (void)self, decode_pair(vm, arg, KR_TRUE, &(const Way){ "ascii_decode", "ascii", false, 0 }); }
FUNCTION(latin_1_decode) { return (void)self, decode_pair(vm, arg, KR_TRUE, &(const Way){ "latin_1_decode", "latin_1", false, 0 }); }

// ---- With a byte order -----------------------------------------------------------------------------------------------------------

static bool order_of(KrVm *vm, KrValue v, int *order) {
    intptr_t n;
    if (!kr_to_index(vm, v, &n)) return false;
    return *order = n < 0 ? -1 : n > 0, true;
}

static KrValue ex_decode(KrVm *vm, const KrValue *arg, Way *way) { // data, errors, byteorder, final
    bool whole;
    int order;
    size_t taken;
    if (!order_of(vm, arg[2], &way->order) || !kr_truth(vm, arg[3], &whole)) return KR_ERROR;
    KrValue v = decode(vm, arg, way, !whole, &order, KR_UNSET, &taken);
    if (kr_is_error(v)) return v;
    KrValue item[3] = { v, kr_int(vm, (int64_t)taken), kr_int_box(order) };
    return kr_is_error(item[1]) ? KR_ERROR : kr_tuple(vm, 3, item);
}

static KrValue order_encode(KrVm *vm, const KrValue *arg, Way *way) {
    return order_of(vm, arg[2], &way->order) ? encode_pair(vm, arg, way, KR_UNSET) : KR_ERROR;
}

FUNCTION(utf_16_ex_decode) { return (void)self, ex_decode(vm, arg, &(Way){ "utf_16_ex_decode", "utf_16", false, 0 }); }
FUNCTION(utf_32_ex_decode) { return (void)self, ex_decode(vm, arg, &(Way){ "utf_32_ex_decode", "utf_32", false, 0 }); }
FUNCTION(utf_16_encode) { return (void)self, order_encode(vm, arg, &(Way){ "utf_16_encode", "utf_16", false, 0 }); }
FUNCTION(utf_32_encode) { return (void)self, order_encode(vm, arg, &(Way){ "utf_32_encode", "utf_32", false, 0 }); }

// ---- With a table ----------------------------------------------------------------------------------------------------------------

FUNCTION(charmap_decode) { // None: Latin-1
    (void)self;
    if (kr_is_none(arg[2])) return codecs_latin_1_decode(vm, self, arg);
    int order;
    size_t taken;
    Way way = { "charmap_decode", "cp1252", false, 0 };
    KrValue v = decode(vm, arg, &way, false, &order, arg[2], &taken);
    return kr_is_error(v) ? v : pair(vm, v, taken);
}

FUNCTION(charmap_encode) {
    if (kr_is_none(arg[2])) return codecs_latin_1_encode(vm, self, arg);
    return encode_pair(vm, arg, &(const Way){ "charmap_encode", "cp1252", false, 0 }, arg[2]);
}

// The dict for encoding that belongs to a str of characters by byte.
FUNCTION(charmap_build) {
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "charmap_build() argument must be str, not %T", arg[0]);
    const KrStrObject *s = kr_str_of(arg[0]);
    KrValue map = kr_dict(vm);
    size_t at = 0;
    for (size_t i = 0; !kr_is_error(map) && i < s->chars && i < 256; i++) {
        uint32_t cp = kr_utf8_next(kr_str_data(s), &at);
        if (cp != 0xFFFE && !kr_dict_set(vm, map, kr_int_box((intptr_t)cp), kr_int_box((intptr_t)i))) return KR_ERROR;
    }
    return map;
}

// ---- Escapes in bytes ------------------------------------------------------------------------------------------------------------

FUNCTION(escape_encode) {
    (void)self;
    if (!kr_is_bytes(arg[0])) return kr_raise(vm, &kr_type_error, "escape_encode() argument 1 must be bytes, not %T", arg[0]);
    size_t len;
    const uint8_t *data = kr_bytes_data(arg[0], &len);
    KrText t;
    kr_text_init(vm, &t);
    for (size_t i = 0; i < len && !t.failed; i++) {
        static const char plain[] = "\\'\t\n\r", escape[] = "\\'tnr";
        const char *special = data[i] ? strchr(plain, data[i]) : NULL;
        if (special) kr_text_add_format(&t, "\\%c", (uint32_t)escape[special - plain]);
        else if (data[i] < ' ' || data[i] >= 0x7F) kr_text_add_hex_escape(&t, data[i]);
        else kr_text_add(&t, (const char *)data + i, 1);
    }
    return pair(vm, kr_text_bytes(&t), len);
}

typedef struct {
    KrVm *vm;
    const uint8_t *data;
    size_t len, at;
    const char *errors;
    KrText out;
} Escapes;

static bool same(const char *a, const char *b) { return strcmp(a, b) == 0; }

static bool add_hex(Escapes *e) {
    size_t start = e->at - 2;
    unsigned high = e->at < e->len ? kr_digit_value((char)e->data[e->at]) : 99;
    unsigned low = high < 16 && e->at + 1 < e->len ? kr_digit_value((char)e->data[e->at + 1]) : 99;
    if (low < 16) {
        char c = (char)(high << 4 | low);
        e->at += 2;
        return kr_text_add(&e->out, &c, 1), true;
    }
    if (high < 16) e->at++;
    if (!e->errors || same(e->errors, "strict"))
        return kr_fail(kr_raise(e->vm, &kr_value_error, "invalid \\x escape at position %u", start));
    if (same(e->errors, "replace")) return kr_text_add(&e->out, "?", 1), true;
    if (same(e->errors, "ignore")) return true;
    return kr_fail(kr_raise(e->vm, &kr_value_error, "decoding error; unknown error handling code: %s", e->errors));
}

static bool add_octal(Escapes *e, unsigned value) {
    for (int i = 0; i < 2 && e->at < e->len && e->data[e->at] >= '0' && e->data[e->at] <= '7'; i++)
        value = value << 3 | (e->data[e->at++] - (unsigned)'0');
    char c = (char)value;
    kr_text_add(&e->out, &c, 1);
    if (value <= 0xFF) return true;
    return kr_warn(e->vm, &kr_deprecation_warning, "invalid octal escape sequence '\\%c%c%c'", (uint32_t)('0' + (value >> 6)),
                   (uint32_t)('0' + (value >> 3 & 7)), (uint32_t)('0' + (value & 7)));
}

// at is behind the backslash.
static bool add_escape(Escapes *e) {
    static const char plain[] = "\\'\"bfnrtav", meaning[] = "\\'\"\b\f\n\r\t\a\v";
    if (e->at == e->len) return kr_fail(kr_raise(e->vm, &kr_value_error, "Trailing \\ in string"));
    uint8_t c = e->data[e->at++];
    const char *known = c ? strchr(plain, c) : NULL;
    if (c == '\n') return true;
    if (known) return kr_text_add(&e->out, &meaning[known - plain], 1), true;
    if (c >= '0' && c <= '7') return add_octal(e, c - (unsigned)'0');
    if (c == 'x') return add_hex(e);
    kr_text_add(&e->out, (const char *)e->data + e->at - 2, 2);
    return kr_warn(e->vm, &kr_deprecation_warning, "invalid escape sequence '\\%c'", (uint32_t)c);
}

FUNCTION(escape_decode) {
    Escapes e = { .vm = vm };
    KrBuffer b;
    KrValue data = arg[0];
    (void)self;
    if (!error_name(vm, arg[1], "escape_decode", 2, &e.errors)) return KR_ERROR;
    if (kr_is_str(data)) data = kr_encode(vm, data, "utf-8", "strict");
    if (kr_is_error(data) || !kr_get_buffer(vm, data, &b, KR_BUFFER_READ)) return KR_ERROR;
    e.data = b.data;
    e.len = b.len;
    kr_text_init(vm, &e.out);
    bool ok = true;
    while (ok && e.at < e.len && !e.out.failed) {
        uint8_t c = e.data[e.at++];
        if (c == '\\') ok = add_escape(&e);
        else kr_text_add(&e.out, (const char *)e.data + e.at - 1, 1);
    }
    kr_release_buffer(vm, &b);
    return ok ? pair(vm, kr_text_bytes(&e.out), e.len) : KR_ERROR;
}

FUNCTION(readbuffer_encode) {
    KrBuffer b;
    KrValue data = kr_is_str(arg[0]) ? kr_encode(vm, arg[0], "utf-8", "strict") : arg[0];
    (void)self;
    if (kr_is_error(data) || !kr_get_buffer(vm, data, &b, KR_BUFFER_READ)) return KR_ERROR;
    KrValue v = kr_bytes(vm, b.data, b.len);
    kr_release_buffer(vm, &b);
    return pair(vm, v, b.len);
}

// ---- Names -----------------------------------------------------------------------------------------------------------------------

FUNCTION(register_error) {
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "register_error() argument 1 must be str, not %T", arg[0]);
    if (!kr_callable(arg[1])) return kr_raise(vm, &kr_type_error, "handler must be callable");
    return kr_error_handler_register(vm, arg[0], arg[1]) ? KR_NONE : KR_ERROR;
}

FUNCTION(find_error) {
    KrValue handler;
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "lookup_error() argument must be str, not %T", arg[0]);
    if (!kr_error_handler_find(vm, kr_str_text(arg[0], NULL), &handler)) return KR_ERROR;
    return kr_is_unset(handler) ? KR_NONE : handler;
}

FUNCTION(builtin_name) {
    const char *name;
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "expected str, not %T", arg[0]);
    return kr_codec_is_builtin(kr_str_text(arg[0], NULL), &name) ? kr_str_c(vm, name) : KR_NONE;
}

static const KrMethod functions[] = {
#define X(name, codec, order, text) \
    { #name "_decode(data, errors=None, final=" FINAL_##text ", /)", codecs_##name##_decode, \
      KR_DOC("The text and how many bytes it took."), 0 },
#define FINAL_false "False"
#define FINAL_true  "True"
    DECODERS(X)
#undef X
#define X(name, codec, order) \
    { #name "_encode(str, errors=None, /)", codecs_##name##_encode, KR_DOC("The bytes and how many characters they took."), 0 },
        ENCODERS(X)
#undef X
            { "ascii_decode(data, errors=None, /)", codecs_ascii_decode, "", 0 },
    { "latin_1_decode(data, errors=None, /)", codecs_latin_1_decode, "", 0 },
    { "utf_16_ex_decode(data, errors=None, byteorder=0, final=False, /)", codecs_utf_16_ex_decode, "", 0 },
    { "utf_32_ex_decode(data, errors=None, byteorder=0, final=False, /)", codecs_utf_32_ex_decode, "", 0 },
    { "utf_16_encode(str, errors=None, byteorder=0, /)", codecs_utf_16_encode, "", 0 },
    { "utf_32_encode(str, errors=None, byteorder=0, /)", codecs_utf_32_encode, "", 0 },
    { "charmap_decode(data, errors=None, mapping=None, /)", codecs_charmap_decode, "", 0 },
    { "charmap_encode(str, errors=None, mapping=None, /)", codecs_charmap_encode, "", 0 },
    { "charmap_build(map, /)", codecs_charmap_build, "", 0 },
    { "escape_encode(data, errors=None, /)", codecs_escape_encode, "", 0 },
    { "escape_decode(data, errors=None, /)", codecs_escape_decode, "", 0 },
    { "readbuffer_encode(data, errors=None, /)", codecs_readbuffer_encode, "", 0 },
    { "register_error(errors, handler, /)", codecs_register_error, KR_DOC("Give an error handler a name."), 0 },
    { "_find_error(name, /)", codecs_find_error, KR_DOC("A registered error handler, or None."), 0 },
    { "_builtin_name(encoding, /)", codecs_builtin_name, KR_DOC("What an encoding of the core is called, or None."), 0 },
    { 0 },
};

const KrModuleDef kr_codecs_module = { "_codecs", KR_DOC("The encodings of the core."), functions, NULL, NULL };
