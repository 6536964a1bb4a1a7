// codec.c - kr_encode and kr_decode: names of encodings, and UTF-8, ASCII and Latin-1.
// SPDX-License-Identifier: MIT
#include "object/codec.h"

#include "base/utf8.h"
#include "object/bulk.h"
#include "object/bytes.h"
#include "object/str_method.h"

enum { POLL_BYTES = 8192 }; // that are encoded at one time

// ---- Decoders ------------------------------------------------------------------------------------------------------------------

// Bytes from at on that are decoded at one time: no more than a poll's worth, and not ending within a code point.
static size_t utf8_piece(const KrDecoder *d) {
    size_t left = d->len - d->at, len = KR_BULK_BYTES / 4;
    if (left <= len) return left;
    for (unsigned i = 1; i < KR_UTF8_MAX && kr_utf8_is_continuation((char)d->data[d->at + len]); i++) len--;
    return len;
}

// Whether what is wrong at d->at may yet become right: also a surrogate, for errors='surrogatepass'.
static bool cut_off(const KrDecoder *d, const KrUtf8Scan *scan) {
    const uint8_t *p = d->data + d->at;
    return scan->fault == KR_UTF8_TRUNCATED || (d->len - d->at == 2 && p[0] == 0xED && (p[1] & 0xE0) == 0xA0);
}

static bool decode_utf8(KrDecoder *d) {
    while (d->at < d->len) {
        const char *rest = (const char *)d->data + d->at;
        KrUtf8Scan scan;
        size_t len = utf8_piece(d);
        bool ok = kr_utf8_scan(rest, len, false, &scan);
        kr_text_add(&d->out, rest, ok ? len : scan.start);
        if (ok) {
            d->at += len;
            if (d->at < d->len && !kr_bulk_done(d->vm, len)) return false;
            continue;
        }
        size_t at = d->at + scan.start, left = d->len - at; // what is wrong may show behind the end of the piece
        d->at = at;
        if (kr_utf8_scan((const char *)d->data + at, left < 2 * KR_UTF8_MAX ? left : 2 * KR_UTF8_MAX, false, &scan) || scan.start) continue;
        if (d->partial && cut_off(d, &scan)) return true;
        if (!kr_decode_fault(d, at, at + scan.end, kr_utf8_fault_text(scan.fault))) return false;
    }
    return true;
}

// A byte order mark is skipped; errors then count from behind it, as in CPython.
static bool decode_utf8_sig(KrDecoder *d) {
    if (d->len >= 3 && memcmp(d->data, "\xEF\xBB\xBF", 3) == 0) {
        d->data += 3;
        d->len -= 3;
    }
    return decode_utf8(d);
}

static bool decode_ascii(KrDecoder *d) {
    while (d->at < d->len) {
        const char *rest = (const char *)d->data + d->at;
        size_t run = kr_ascii_prefix(rest, d->len - d->at);
        kr_text_add(&d->out, rest, run);
        if (d->out.failed) return false;
        d->at += run;
        if (d->at < d->len && !kr_decode_fault(d, d->at, d->at + 1, "ordinal not in range(128)")) return false;
    }
    return true;
}

static bool decode_latin1(KrDecoder *d) {
    while (d->at < d->len) {
        const char *rest = (const char *)d->data + d->at;
        size_t run = kr_ascii_prefix(rest, d->len - d->at);
        kr_text_add(&d->out, rest, run);
        size_t start = d->at += run, stop = d->len - start < KR_BULK_BYTES / 8 ? d->len : start + KR_BULK_BYTES / 8;
        for (; d->at < stop && d->data[d->at] >= 0x80; d->at++) kr_text_add_char(&d->out, d->data[d->at]);
        kr_spend(d->vm, 1 + (run >> 8) + ((d->at - start) >> 3));
        if (!kr_settle(d->vm)) return false;
    }
    return true;
}

// ---- Encoders ------------------------------------------------------------------------------------------------------------------

static bool put_byte(KrEncoder *e, uint32_t cp, uint32_t limit) {
    char byte = (char)cp;
    if (cp >= limit) return false;
    kr_text_add(&e->out, &byte, 1);
    return true;
}

static bool put_ascii(KrEncoder *e, uint32_t cp) { return put_byte(e, cp, 0x80); }
static bool put_latin1(KrEncoder *e, uint32_t cp) { return put_byte(e, cp, 0x100); }

static bool put_utf8(KrEncoder *e, uint32_t cp) {
    if (kr_is_surrogate(cp)) return false;
    kr_text_add_char(&e->out, cp);
    return true;
}

// From the code point at start, which put refused, to the end of those beside it; in *end.
static bool find_refused(KrEncoder *e, const KrStrObject *s, size_t *end) {
    size_t mark = e->out.len, polled = *end = e->at;
    while (e->grouped && e->at < s->len && !e->put(e, kr_utf8_next(kr_str_data(s), &e->at))) {
        *end = e->at;
        if (KR_LIKELY(e->at - polled < POLL_BYTES)) continue;
        if (!kr_bulk_done(e->vm, 16 * POLL_BYTES)) return false;
        polled = e->at;
    }
    if (!e->out.failed) e->out.len = mark; // the one that ended the group is put again
    e->at = *end;
    return true;
}

bool kr_encode_all(KrEncoder *e) {
    const KrStrObject *s = kr_str_of(e->str);
    while (e->at < s->len && !e->out.failed) {
        size_t stop = s->len - e->at < POLL_BYTES ? s->len : e->at + POLL_BYTES;
        while (e->at < stop) {
            size_t start = e->at, end;
            if (e->put(e, kr_utf8_next(kr_str_data(s), &e->at))) continue;
            if (!find_refused(e, s, &end) || !kr_encode_fault(e, start, end)) return false;
        }
        if (e->at < s->len && !kr_bulk_done(e->vm, 16 * POLL_BYTES)) return false;
    }
    return !e->out.failed;
}

// ---- Names ---------------------------------------------------------------------------------------------------------------------

typedef struct {
    const char *name; // lower case, underscores only
    const char *shown;
    bool (*decode)(KrDecoder *d);
    bool (*put)(KrEncoder *e, uint32_t cp);
    const char *reason;
    bool grouped;
    int8_t unit;      // as in KrDecoder
    const char *mark; // written before the text
    uint8_t mark_len;
} Codec;

#define SURROGATES "surrogates not allowed"

static const Codec codec_table[] = {
    { "utf_8", "utf-8", decode_utf8, put_utf8, SURROGATES, true, 1, "", 0 },
    { "ascii", "ascii", decode_ascii, put_ascii, "ordinal not in range(128)", true, 0, "", 0 },
    { "latin_1", "latin-1", decode_latin1, put_latin1, "ordinal not in range(256)", true, 0, "", 0 },
    { "utf_8_sig", "utf-8", decode_utf8_sig, put_utf8, SURROGATES, true, 1, "\xEF\xBB\xBF", 3 },
    { "utf_16", "utf-16", kr_decode_utf16, kr_put_utf16, SURROGATES, false, 2, "\xFF\xFE", 2 },
    { "utf_16_le", "utf-16-le", kr_decode_utf16, kr_put_utf16, SURROGATES, false, 2, "", 0 },
    { "utf_16_be", "utf-16-be", kr_decode_utf16, kr_put_utf16, SURROGATES, false, -2, "", 0 },
    { "utf_32", "utf-32", kr_decode_utf32, kr_put_utf32, SURROGATES, false, 4, "\xFF\xFE\0\0", 4 },
    { "utf_32_le", "utf-32-le", kr_decode_utf32, kr_put_utf32, SURROGATES, false, 4, "", 0 },
    { "utf_32_be", "utf-32-be", kr_decode_utf32, kr_put_utf32, SURROGATES, false, -4, "", 0 },
    { "cp1252", "charmap", kr_decode_charmap, kr_put_charmap, "character maps to <undefined>", true, 0, "", 0 },
    { "unicode_escape", "unicodeescape", kr_decode_unicode_escape, kr_put_unicode_escape, "", false, 0, "", 0 },
    { "raw_unicode_escape", "rawunicodeescape", kr_decode_raw_unicode_escape, kr_put_raw_unicode_escape, "", false, 0, "", 0 },
};

static const struct {
    const char *alias, *name;
} alias_table[] = {
    { "utf8", "utf_8" },
    { "u8", "utf_8" },
    { "utf", "utf_8" },
    { "cp65001", "utf_8" },
    { "us_ascii", "ascii" },
    { "646", "ascii" },
    { "ansi_x3.4_1968", "ascii" },
    { "latin1", "latin_1" },
    { "latin", "latin_1" },
    { "l1", "latin_1" },
    { "iso_8859_1", "latin_1" },
    { "iso8859_1", "latin_1" },
    { "iso8859", "latin_1" },
    { "8859", "latin_1" },
    { "cp819", "latin_1" },
    { "utf16", "utf_16" },
    { "u16", "utf_16" },
    { "utf_16le", "utf_16_le" },
    { "utf_16be", "utf_16_be" },
    { "utf32", "utf_32" },
    { "u32", "utf_32" },
    { "utf_32le", "utf_32_le" },
    { "utf_32be", "utf_32_be" },
    { "windows_1252", "cp1252" },
    { "1252", "cp1252" },
    { "iso_8859_1_1987", "latin_1" },
};

static const Codec *codec_named(const char *name) {
    for (size_t i = 0; i < KR_COUNT_OF(codec_table); i++)
        if (strcmp(codec_table[i].name, name) == 0) return &codec_table[i];
    return NULL;
}

static bool name_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || (unsigned char)c >= 128; }

static const Codec *codec_aliased(const char *name) {
    for (size_t i = 0; i < KR_COUNT_OF(alias_table); i++)
        if (strcmp(alias_table[i].alias, name) == 0) return codec_named(alias_table[i].name);
    return NULL;
}

enum { NAME_MOST = 24 };

// False: longer than any name.
static bool normalise(const char *encoding, char *name) {
    size_t len = 0;
    bool gap = false;
    for (; *encoding; encoding++) { // a row of other ASCII characters counts as one underscore between words
        char c = *encoding >= 'A' && *encoding <= 'Z' ? (char)(*encoding + 32) : *encoding;
        gap = gap || !name_character(c);
        if (!name_character(c)) continue;
        if (len + 2 >= NAME_MOST) return false;
        if (gap && len) name[len++] = '_';
        if ((unsigned char)c < 128) name[len++] = c;
        gap = false;
    }
    name[len] = 0;
    return true;
}

static const Codec *find_codec(const char *encoding) {
    char name[NAME_MOST];
    if (strcmp(encoding, "utf-8") == 0) return codec_table; // what most calls want
    if (!normalise(encoding, name)) return NULL;
    const Codec *codec = codec_named(name);
    if (!codec) codec = codec_aliased(name);
    for (char *dot = name; !codec && (dot = strchr(dot, '.'));) *dot = '_';
    return codec ? codec : codec_aliased(name);
}

// UTF-8, ASCII and Latin-1 are the first three rows: ASCII text is its own encoding.
static bool keeps_ascii(const Codec *codec) { return codec < &codec_table[3]; }

static KrValue unknown(KrVm *vm, const char *encoding) { return kr_raise(vm, &kr_lookup_error, "unknown encoding: %s", encoding); }

// Encodings that are not here: codecs, where there is such a module, looks among those that are registered.
static KrValue ask_codecs(KrVm *vm, const char *function, KrValue object, const char *encoding, const char *errors) {
    KrValue codecs = kr_is_error(object) ? object : kr_import(vm, "codecs");
    if (kr_is_error(codecs)) {
        if (kr_is_error(object) || !kr_raised_is(vm, &kr_module_not_found_error)) return KR_ERROR;
        (void)kr_take_raised(vm);
        return unknown(vm, encoding);
    }
    KrValue arg[3] = { object, kr_str_c(vm, encoding), kr_str_c(vm, errors ? errors : "strict") };
    return kr_is_error(arg[1]) || kr_is_error(arg[2]) ? KR_ERROR : kr_call_method(vm, codecs, function, 3, arg);
}

// What is raised gets a note, as in CPython, except for the names that CPython knows without a search.
static KrValue noted(KrVm *vm, const char *what, const char *encoding) {
    static const char *const known[] = { "utf8",  "utf_8",    "utf16",  "utf_16",  "utf32",      "utf_32",
                                         "ascii", "us_ascii", "latin1", "latin_1", "iso_8859_1", "iso8859_1" };
    char name[NAME_MOST];
    if (!normalise(encoding, name) || !kr_raised_is(vm, &kr_exception) || kr_raised_is(vm, &kr_memory_error)) return KR_ERROR;
    for (size_t i = 0; i < KR_COUNT_OF(known); i++)
        if (strcmp(name, known[i]) == 0) return KR_ERROR;
    KrValue e = kr_take_raised(vm), note = kr_format(vm, "%s with '%s' codec failed", what, encoding);
    if (kr_is_error(note) || kr_is_error(kr_call_method(vm, e, "add_note", 1, &note))) (void)kr_take_raised(vm);
    vm->thread.raised = e;
    return KR_ERROR;
}

KrValue kr_decode(KrVm *vm, const uint8_t *bytes, size_t len, const char *encoding, const char *errors) {
    const Codec *codec = find_codec(encoding);
    if (!codec) return ask_codecs(vm, "_decode_text", kr_bytes(vm, bytes, len), encoding, errors);
    bool ascii = false;
    if (keeps_ascii(codec) && !kr_bulk_is_ascii(vm, (const char *)bytes, len, &ascii)) return KR_ERROR;
    if (ascii) return kr_str_from_ascii(vm, (const char *)bytes, len);
    KrDecoder d = { .vm = vm, .data = bytes, .len = len, .encoding = codec->shown, .errors = errors, .unit = codec->unit };
    d.mapping = KR_UNSET;
    kr_text_init(vm, &d.out);
    return codec->decode(&d) ? kr_text_str(&d.out) : noted(vm, "decoding", encoding);
}

KrValue kr_encode(KrVm *vm, KrValue str, const char *encoding, const char *errors) {
    const Codec *codec = find_codec(encoding);
    if (!codec) return ask_codecs(vm, "_encode_text", str, encoding, errors);
    const KrStrObject *s = kr_str_of(str);
    bool utf8 = codec == &codec_table[0] && !(s->flags & KR_STR_SURROGATES);
    if (utf8 || (keeps_ascii(codec) && (s->flags & KR_STR_ASCII))) return kr_bytes(vm, kr_str_data(s), s->len);
    KrEncoder e = { .vm = vm, .str = str, .encoding = codec->shown, .errors = errors, .unit = codec->unit, .put = codec->put };
    e.reason = codec->reason;
    e.grouped = codec->grouped;
    e.mapping = KR_UNSET;
    kr_text_init(vm, &e.out);
    kr_text_add(&e.out, codec->mark, codec->mark_len);
    return kr_encode_all(&e) ? kr_text_bytes(&e.out) : noted(vm, "encoding", encoding);
}

// ---- For _codecs ---------------------------------------------------------------------------------------------------------------

bool kr_codec_is_builtin(const char *encoding, const char **name) {
    const Codec *codec = find_codec(encoding);
    if (codec) *name = codec->name;
    return codec;
}

// UTF-16 and UTF-32 in a given order are rows of their own, two and one further for little and big.
static const Codec *ordered(const Codec *codec, int order) { return order == 0 ? codec : codec + (order < 0 ? 1 : 2); }

KrValue kr_codec_decode(KrVm *vm, const char *name, const KrBuffer *data, const char *errors, bool partial, int *order, KrValue mapping,
                        size_t *taken) {
    const Codec *codec = ordered(codec_named(name), *order);
    bool ascii = false;
    if (keeps_ascii(codec) && !kr_bulk_is_ascii(vm, data->data, data->len, &ascii)) return KR_ERROR;
    if (ascii) return *taken = data->len, kr_str_from_ascii(vm, data->data, data->len);
    KrDecoder d = { .vm = vm, .data = data->data, .len = data->len, .encoding = codec->shown, .errors = errors, .unit = codec->unit };
    d.partial = partial;
    d.mapping = mapping;
    size_t width = codec->unit > 1 ? (size_t)codec->unit : 1;
    const uint8_t *mark = (const uint8_t *)codec->mark;
    if (width > 1 && codec->mark_len && d.len >= width) {
        if (memcmp(d.data, mark, width) == 0) *order = -1;
        else if (width == 2 ? d.data[0] == mark[1] && d.data[1] == mark[0]
                            : !d.data[0] && !d.data[1] && d.data[2] == 0xFE && d.data[3] == 0xFF)
            *order = 1;
    }
    kr_text_init(vm, &d.out);
    if (!codec->decode(&d)) return KR_ERROR;
    *taken = d.at;
    return kr_text_str(&d.out);
}

KrValue kr_codec_encode(KrVm *vm, const char *name, KrValue str, const char *errors, int order, KrValue mapping) {
    const Codec *codec = ordered(codec_named(name), order);
    const KrStrObject *s = kr_str_of(str);
    bool utf8 = codec == &codec_table[0] && !(s->flags & KR_STR_SURROGATES);
    if (utf8 || (keeps_ascii(codec) && (s->flags & KR_STR_ASCII))) return kr_bytes(vm, kr_str_data(s), s->len);
    KrEncoder e = { .vm = vm, .str = str, .encoding = codec->shown, .errors = errors, .unit = codec->unit, .put = codec->put };
    e.reason = codec->reason;
    e.grouped = codec->grouped;
    e.mapping = mapping;
    kr_text_init(vm, &e.out);
    kr_text_add(&e.out, codec->mark, codec->mark_len);
    return kr_encode_all(&e) ? kr_text_bytes(&e.out) : KR_ERROR;
}

KR_STR_METHOD(encode) {
    const KrStrObject *s = kr_str_of(self);
    if (s->flags & KR_STR_ASCII && kr_is_str(arg[0]) && kr_is_str(arg[1]) && kr_str_is(arg[0], "utf-8") && kr_str_is(arg[1], "strict"))
        return kr_bytes(vm, kr_str_data(s), s->len);
    if (!kr_codec_argument(vm, "encode", "encoding", arg[0]) || !kr_codec_argument(vm, "encode", "errors", arg[1])) return KR_ERROR;
    return kr_encode(vm, self, kr_str_text(arg[0], NULL), kr_str_text(arg[1], NULL));
}
