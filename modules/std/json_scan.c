// json_scan.c - JSON text to values (RFC 8259, and NaN, Infinity, -Infinity as Python has them).
//
// Inside, places are byte offsets in the str's UTF-8; outside, and in messages, they are code points. Keys that were seen lately are used again,
// so that the dicts of a long list share them.
// SPDX-License-Identifier: MIT
#include "base/double_text.h"
#include "base/utf8.h"
#include "json_part.h"
#include "object/float.h"
#include "object/int.h"

typedef struct {
    KrObject head;
    bool strict;
    KrValue object_hook, pairs_hook, parse_float, parse_int, parse_constant;
} Scanner;

enum { KEYS = 64, KEY_MAX = 24 };

typedef struct {
    KrVm *vm;
    const Scanner *scanner; // NULL: scanstring alone
    KrValue str;
    const char *text; // ends with a NUL
    size_t len;
    bool ascii, strict;
    unsigned count; // values since the last poll
    KrValue key[KEYS];
} Reader;

static size_t skip_space(const Reader *r, size_t at) {
    while (r->text[at] == ' ' || r->text[at] == '\n' || r->text[at] == '\t' || r->text[at] == '\r') at++;
    return at;
}

static KrValue place(const Reader *r, size_t at) { return kr_int(r->vm, (int64_t)(r->ascii ? at : kr_utf8_count(r->text, at))); }

static bool place_of(KrVm *vm, KrValue v, intptr_t *out) {
    if (kr_to_index(vm, v, out)) return true;
    if (!kr_raised_is(vm, &kr_index_error)) return false;
    (void)kr_take_raised(vm);
    return kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C ssize_t"));
}

static bool reader_begin(KrVm *vm, Reader *r, const Scanner *scanner, KrValue str, bool strict) {
    if (!kr_is_str(str)) return kr_fail(kr_raise(vm, &kr_type_error, "first argument must be a string, not %T", str));
    *r = (Reader){ .vm = vm, .scanner = scanner, .str = str, .strict = strict };
    for (size_t i = 0; i < KEYS; i++) r->key[i] = KR_UNSET;
    r->text = kr_str_text(str, &r->len);
    r->ascii = kr_str_length(str) == r->len;
    return true;
}

// JSONDecodeError(what, text, at)
static KrValue fail(const Reader *r, const char *what, size_t at) {
    KrVm *vm = r->vm;
    KrValue module = kr_import(vm, "json.decoder"), type = kr_is_error(module) ? module : kr_getattr_c(vm, module, "JSONDecodeError");
    KrValue arg[3] = { kr_is_error(type) ? type : kr_str_c(vm, what), r->str, place(r, at) };
    if (kr_is_error(arg[0]) || kr_is_error(arg[2])) return KR_ERROR;
    KrValue error = kr_call(vm, type, 3, arg);
    return kr_is_error(error) ? error : kr_raise_value(vm, error);
}

static KrValue fail_value(const Reader *r, size_t at) { // the caller says what was expected
    KrValue index = place(r, at);
    return kr_is_error(index) ? index : kr_raise_stop(r->vm, index);
}

// ---- Strings ---------------------------------------------------------------------------------------------------------------------

static bool read_hex4(const Reader *r, size_t at, unsigned *out) {
    *out = 0;
    for (size_t i = at; i < at + 4; i++) {
        unsigned c = (uint8_t)r->text[i], digit = c - '0';
        if (digit > 9) digit = (c | 32) - 'a' < 6 ? (c | 32) - 'a' + 10 : 16;
        if (digit > 15) return false;
        *out = *out << 4 | digit;
    }
    return true;
}

// The escape at text[*at], a backslash; *at goes behind it.
static bool read_escape(const Reader *r, size_t start, size_t *at, char **to) {
    static const char letter[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    size_t i = *at + 1;
    unsigned unit, low;
    if (i >= r->len) return kr_fail(fail(r, "Unterminated string starting at", start));
    if (r->text[i] != 'u') {
        const char *found = r->text[i] ? strchr(letter, r->text[i]) : NULL;
        if (!found) return kr_fail(fail(r, "Invalid \\escape", *at));
        *(*to)++ = meant[found - letter];
        return *at = i + 1, true;
    }
    if (r->len - i <= 5 || !read_hex4(r, i + 1, &unit)) return kr_fail(fail(r, "Invalid \\uXXXX escape", i));
    i += 5;
    uint32_t cp = unit;
    if (unit >> 10 == 0x36 && i + 6 < r->len && r->text[i] == '\\' && r->text[i + 1] == 'u') {
        if (!read_hex4(r, i + 2, &low)) return kr_fail(fail(r, "Invalid \\uXXXX escape", i + 1));
        if (low >> 10 == 0x37) cp = 0x10000 + (unit - 0xD800) * 1024 + (low - 0xDC00), i += 6;
    }
    *to += kr_utf8_encode(cp, *to);
    return *at = i, true;
}

// A string with escapes or control characters; it is no longer than its text up to `stop`, where the quote is, or the end of all.
static KrValue read_escaped(Reader *r, size_t begin, size_t stop, size_t *end) {
    KrVm *vm = r->vm;
    char *data = kr_buffer_alloc(vm, stop - begin + 1), *to = data;
    if (!data) return KR_ERROR;
    size_t at = begin, poll = begin + 16384, start = kr_utf8_offset_back(r->text, begin, 1);
    while (at < stop) {
        uint8_t c = (uint8_t)r->text[at];
        if (c == '\\') {
            if (!read_escape(r, start, &at, &to)) return KR_ERROR;
        } else if (c < ' ' && r->strict) {
            return fail(r, "Invalid control character at", at);
        } else {
            *to++ = (char)c;
            at++;
        }
        if (at >= poll && (poll += 16384, !kr_poll(vm, 256))) return KR_ERROR;
    }
    if (stop >= r->len) return fail(r, "Unterminated string starting at", start);
    *end = stop + 1;
    return kr_str(vm, data, (size_t)(to - data));
}

// Eight bytes that neither end a string nor mean something else in it.
static bool eight_plain(const char *p) {
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
    uint64_t w;
    memcpy(&w, p, 8);
    uint64_t quote = w ^ ones * '"', back = w ^ ones * '\\';
    return (((w - ones * ' ') | (quote - ones) | (back - ones) | w) & high) == 0;
}

static size_t plain_run(const Reader *r, size_t at) { // to the first quote, backslash or control character
    const char *p = r->text;
    for (;; at++) {
        while (r->len - at >= 8 && eight_plain(p + at)) at += 8;
        if ((uint8_t)p[at] < ' ' || p[at] == '"' || p[at] == '\\') return at; // the NUL at the end of all, too
    }
}

static KrValue share_key(Reader *r, const char *text, size_t len) {
    if (len == 0 || len > KEY_MAX) return kr_str(r->vm, text, len);
    size_t hash = len, n;
    for (size_t i = 0; i < len; i++) hash = hash * 31 + (uint8_t)text[i];
    KrValue *slot = &r->key[(hash ^ hash >> 6) % KEYS];
    if (!kr_is_unset(*slot)) {
        const char *known = kr_str_text(*slot, &n);
        if (n == len && memcmp(known, text, len) == 0) return *slot;
    }
    return *slot = kr_str(r->vm, text, len);
}

// begin: behind the quote. *end: behind the other one.
static KrValue read_string(Reader *r, size_t begin, bool key, size_t *end) {
    size_t at = plain_run(r, begin);
    if (KR_LIKELY(r->text[at] == '"')) {
        *end = at + 1;
        return key ? share_key(r, r->text + begin, at - begin) : kr_str(r->vm, r->text + begin, at - begin);
    }
    while (at < r->len && r->text[at] != '"') at += r->text[at] == '\\' ? 2 : 1;
    return read_escaped(r, begin, at < r->len ? at : r->len, end);
}

// ---- Numbers and constants -------------------------------------------------------------------------------------------------------

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static KrValue convert(const Reader *r, KrValue hook, const char *text, size_t len) {
    KrValue str = kr_str(r->vm, text, len);
    return kr_is_error(str) ? str : kr_call(r->vm, hook, 1, &str);
}

static KrValue read_number(const Reader *r, size_t begin, size_t *end) {
    const char *p = r->text + begin;
    bool negative = *p == '-', whole = true;
    p += negative;
    if (!is_digit(*p)) return fail_value(r, begin);
    uint64_t value = 0;
    const char *digits = p;
    if (*p == '0') p++;
    else
        for (; is_digit(*p); p++) value = value * 10 + (uint64_t)(*p - '0');
    size_t count = (size_t)(p - digits);
    if (*p == '.' && is_digit(p[1])) {
        for (p += 2; is_digit(*p); p++) {}
        whole = false;
    }
    if (*p == 'e' || *p == 'E') {
        const char *e = p + 1 + (p[1] == '+' || p[1] == '-');
        if (is_digit(*e)) {
            for (p = e; is_digit(*p); p++) {}
            whole = false;
        }
    }
    const char *from = r->text + begin;
    size_t len = (size_t)(p - from);
    *end = begin + len;
    if (whole) {
        if (!kr_same(r->scanner->parse_int, kr_type_value(&kr_int_type))) return convert(r, r->scanner->parse_int, from, len);
        if (count <= 18) return kr_int(r->vm, negative ? -(int64_t)value : (int64_t)value);
        return convert(r, r->scanner->parse_int, from, len);
    }
    double d;
    if (!kr_same(r->scanner->parse_float, kr_type_value(&kr_float_type))) return convert(r, r->scanner->parse_float, from, len);
    return kr_double_from_text(from, len, &d) ? kr_float(r->vm, d) : convert(r, r->scanner->parse_float, from, len);
}

static bool starts(const Reader *r, size_t at, const char *word, size_t *end) {
    size_t len = strlen(word);
    return r->len - at >= len && memcmp(r->text + at, word, len) == 0 && (*end = at + len, true);
}

static KrValue read_constant(const Reader *r, size_t at, size_t *end) {
    static const char *const name[] = { "NaN", "Infinity", "-Infinity" };
    for (size_t i = 0; i < KR_COUNT_OF(name); i++)
        if (starts(r, at, name[i], end)) return convert(r, r->scanner->parse_constant, name[i], strlen(name[i]));
    return r->text[at] == '-' ? read_number(r, at, end) : fail_value(r, at);
}

// ---- Containers ------------------------------------------------------------------------------------------------------------------

static KrValue read_value(Reader *r, size_t at, size_t *end);

static bool read_pair(Reader *r, size_t *at, KrValue *key, KrValue *value) {
    if (r->text[*at] != '"') return kr_fail(fail(r, "Expecting property name enclosed in double quotes", *at));
    *key = read_string(r, *at + 1, true, at);
    if (kr_is_error(*key)) return false;
    *at = skip_space(r, *at);
    if (r->text[*at] != ':') return kr_fail(fail(r, "Expecting ':' delimiter", *at));
    *value = read_value(r, skip_space(r, *at + 1), at);
    return !kr_is_error(*value);
}

// Behind an item: `close` (*more false), or a comma and another item.
static bool next_item(Reader *r, size_t *at, char close, bool *more) {
    *at = skip_space(r, *at);
    *more = r->text[*at] != close;
    if (!*more) return true;
    size_t comma = *at;
    if (r->text[comma] != ',') return kr_fail(fail(r, "Expecting ',' delimiter", comma));
    *at = skip_space(r, comma + 1);
    if (r->text[*at] != close) return true;
    return kr_fail(
        fail(r, close == '}' ? "Illegal trailing comma before end of object" : "Illegal trailing comma before end of array", comma));
}

static bool add_pair(KrVm *vm, bool list, KrValue into, KrValue key, KrValue value) {
    if (!list) return kr_dict_set(vm, into, key, value);
    KrValue pair = kr_tuple(vm, 2, (KrValue[]){ key, value });
    return !kr_is_error(pair) && kr_list_append(vm, into, pair);
}

static KrValue read_object(Reader *r, size_t at, size_t *end) {
    KrVm *vm = r->vm;
    bool pairs = !kr_is_none(r->scanner->pairs_hook), more;
    KrValue made = pairs ? kr_list(vm, 0, NULL) : kr_dict(vm), key, value;
    if (kr_is_error(made)) return made;
    at = skip_space(r, at);
    for (more = r->text[at] != '}'; more;)
        if (!read_pair(r, &at, &key, &value) || !add_pair(vm, pairs, made, key, value) || !next_item(r, &at, '}', &more)) return KR_ERROR;
    *end = at + 1;
    if (pairs) return kr_call(vm, r->scanner->pairs_hook, 1, &made);
    return kr_is_none(r->scanner->object_hook) ? made : kr_call(vm, r->scanner->object_hook, 1, &made);
}

static KrValue read_array(Reader *r, size_t at, size_t *end) {
    KrVm *vm = r->vm;
    bool more;
    KrValue list = kr_list(vm, 0, NULL), item;
    if (kr_is_error(list)) return list;
    at = skip_space(r, at);
    for (more = r->text[at] != ']'; more;) {
        item = read_value(r, at, &at);
        if (kr_is_error(item) || !kr_list_append(vm, list, item) || !next_item(r, &at, ']', &more)) return KR_ERROR;
    }
    return *end = at + 1, list;
}

static KrValue read_nested(Reader *r, size_t at, size_t *end) {
    bool object = r->text[at] == '{';
    if (!kr_enter(r->vm,
                  object ? " while decoding a JSON object from a unicode string" : " while decoding a JSON array from a unicode string"))
        return KR_ERROR;
    KrValue v = object ? read_object(r, at + 1, end) : read_array(r, at + 1, end);
    kr_leave(r->vm);
    return v;
}

static KrValue read_value(Reader *r, size_t at, size_t *end) {
    if (++r->count >= 64 && (r->count = 0, !kr_poll(r->vm, 64))) return KR_ERROR;
    switch (r->text[at]) {
    case '"': return read_string(r, at + 1, false, end);
    case '{':
    case '[': return read_nested(r, at, end);
    case 'n': return starts(r, at, "null", end) ? KR_NONE : fail_value(r, at);
    case 't': return starts(r, at, "true", end) ? KR_TRUE : fail_value(r, at);
    case 'f': return starts(r, at, "false", end) ? KR_FALSE : fail_value(r, at);
    case '-':
    case 'N':
    case 'I': return is_digit(r->text[at + 1]) ? read_number(r, at, end) : read_constant(r, at, end);
    default: return is_digit(r->text[at]) ? read_number(r, at, end) : fail_value(r, at);
    }
}

// ---- make_scanner and scanstring -------------------------------------------------------------------------------------------------

static Scanner *scanner_of(KrValue v) { return (Scanner *)kr_ptr(v); }

static void scanner_trace(KrTracer *tracer, KrObject *o) {
    const Scanner *s = (const Scanner *)o;
    kr_trace(tracer, s->object_hook);
    kr_trace(tracer, s->pairs_hook);
    kr_trace(tracer, s->parse_float);
    kr_trace(tracer, s->parse_int);
    kr_trace(tracer, s->parse_constant);
}

static KrValue scanner_make(KrVm *vm, KrValue self, const KrValue *arg) {
    static const char *const name[] = { "object_hook", "object_pairs_hook", "parse_float", "parse_int", "parse_constant" };
    KrValue v = kr_getattr_c(vm, arg[0], "strict"), got[5];
    bool strict;
    if (kr_is_error(v) || !kr_truth(vm, v, &strict)) return KR_ERROR;
    for (size_t i = 0; i < 5; i++)
        if (kr_is_error(got[i] = kr_getattr_c(vm, arg[0], name[i]))) return KR_ERROR;
    KrValue made = kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(made)) return made;
    Scanner *s = scanner_of(made);
    s->strict = strict;
    s->object_hook = got[0], s->pairs_hook = got[1], s->parse_float = got[2], s->parse_int = got[3], s->parse_constant = got[4];
    return made;
}

static KrValue scan_once(KrVm *vm, KrValue self, KrValue str, KrValue index) {
    intptr_t at;
    Reader r;
    if (!kr_is_str(str)) return kr_raise(vm, &kr_type_error, "first argument must be a string, not %T", str);
    if (!place_of(vm, index, &at) || !reader_begin(vm, &r, scanner_of(self), str, scanner_of(self)->strict)) return KR_ERROR;
    if (at < 0) return kr_raise(vm, &kr_value_error, "idx cannot be negative");
    if ((size_t)at >= kr_str_length(str)) return kr_raise_stop(vm, index);
    size_t end = 0;
    KrValue pair[2] = { read_value(&r, r.ascii ? (size_t)at : kr_utf8_offset(r.text, r.len, 0, (size_t)at), &end), KR_NONE };
    if (kr_is_error(pair[0])) return KR_ERROR;
    pair[1] = place(&r, end);
    return kr_is_error(pair[1]) ? KR_ERROR : kr_tuple(vm, 2, pair);
}

static KrValue scanner_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    static const char *const name[] = { "string", "idx" };
    KrValue bound[2] = { KR_UNSET, KR_UNSET };
    size_t named = 0;
    KrValue *key = kr_is_unset(names) ? NULL : kr_tuple_items(names, &named);
    if (count + named > 2) return kr_raise(vm, &kr_type_error, "scan_once() takes at most 2 arguments (%u given)", count + named);
    for (size_t i = 0; i < count; i++) bound[i] = arg[i];
    for (size_t i = 0; i < named; i++) {
        size_t which = kr_str_is(key[i], name[0]) ? 0 : kr_str_is(key[i], name[1]) ? 1 : 2;
        if (which == 2) return kr_raise(vm, &kr_type_error, "scan_once() got an unexpected keyword argument '%S'", key[i]);
        if (which < count)
            return kr_raise(vm, &kr_type_error, "argument for scan_once() given by name ('%s') and position (%u)", name[which], which + 1);
        bound[which] = arg[count + i];
    }
    for (int i = 0; i < 2; i++)
        if (kr_is_unset(bound[i]))
            return kr_raise(vm, &kr_type_error, "scan_once() missing required argument '%s' (pos %d)", name[i], i + 1);
    return scan_once(vm, self, bound[0], bound[1]);
}

KrValue kr_json_scanstring(KrVm *vm, KrValue self, const KrValue *arg) {
    intptr_t begin;
    bool strict;
    Reader r;
    (void)self;
    if (!place_of(vm, arg[1], &begin) || !kr_truth(vm, arg[2], &strict) || !reader_begin(vm, &r, NULL, arg[0], strict)) return KR_ERROR;
    if (begin < 0 || (size_t)begin > kr_str_length(arg[0])) return kr_raise(vm, &kr_value_error, "end is out of bounds");
    size_t end = 0, at = r.ascii ? (size_t)begin : kr_utf8_offset(r.text, r.len, 0, (size_t)begin);
    KrValue pair[2] = { read_string(&r, at, false, &end), KR_NONE };
    if (kr_is_error(pair[0])) return KR_ERROR;
    pair[1] = place(&r, end);
    return kr_is_error(pair[1]) ? KR_ERROR : kr_tuple(vm, 2, pair);
}

#define FIELD(name) \
    static KrValue get_##name(KrVm *vm, KrValue self) { return (void)vm, scanner_of(self)->name; }
FIELD(object_hook)
FIELD(pairs_hook)
FIELD(parse_float)
FIELD(parse_int)
FIELD(parse_constant)
static KrValue get_strict(KrVm *vm, KrValue self) { return (void)vm, kr_bool(scanner_of(self)->strict); }

static const KrGetSet attributes[] = {
    { "strict", get_strict, NULL, "strict" },
    { "object_hook", get_object_hook, NULL, "object_hook" },
    { "object_pairs_hook", get_pairs_hook, NULL, NULL },
    { "parse_float", get_parse_float, NULL, "parse_float" },
    { "parse_int", get_parse_int, NULL, "parse_int" },
    { "parse_constant", get_parse_constant, NULL, "parse_constant" },
    { 0 },
};

static const KrMethod make_row = { "make_scanner(context)", scanner_make, "", 0 };

const KrType kr_json_scanner_type = {
    KR_TYPE_HEAD(kr_json_scanner_type),
    .name = "Scanner",
    .module = "_json",
    .doc = KR_DOC("JSON scanner object"),
    .flags = KR_TYPE_BASE,
    .size = sizeof(Scanner),
    .make = &make_row,
    .trace = scanner_trace,
    .call = scanner_call,
    .attributes = attributes,
};
