// str_format.c - str.format and str.format_map: text with {} fields.
//
//     {[name][.attribute or [key]]...[!conversion][:spec]}      a spec may have fields of its own, one level deep
//
// SPDX-License-Identifier: MIT
#include "base/unicode.h"
#include "base/utf8.h"
#include "object/bulk.h"
#include "object/dict.h"
#include "object/str_method.h"
#include "object/text.h"
#include "object/tuple.h"

#define DEPTH_MAX 2

typedef enum { NUMBERS_UNKNOWN, NUMBERS_AUTOMATIC, NUMBERS_MANUAL } Numbering;

typedef struct {
    KrVm *vm;
    KrValue args;   // tuple, or KR_UNSET for format_map
    KrValue kwargs; // any mapping, or KR_UNSET
    Numbering numbering;
    intptr_t next_number;
} Formatter;

// A stretch of the format text.
typedef struct {
    const char *text;
    size_t at, end;
} Piece;

typedef struct {
    Piece name, spec;
    uint32_t conversion; // 0: none
    bool nested;         // the spec has fields
} Field;

static bool fail(Formatter *f, const char *message) { return kr_fail(kr_raise(f->vm, &kr_value_error, "%s", message)); }

static KrValue piece_str(KrVm *vm, const Piece *p) { return kr_str(vm, p->text + p->at, p->end - p->at); }

// ---- Parsing -------------------------------------------------------------------------------------------------------------------

// Moves on to the next a or b, or to the end.
static bool skip_to(Formatter *f, Piece *in, char a, char b) {
    const char *text = in->text;
    size_t at = in->at;
    for (; at < in->end && text[at] != a && text[at] != b; at++)
        if (KR_UNLIKELY(at % 65536 == 65535) && !kr_bulk_done(f->vm, KR_BULK_BYTES)) return false;
    in->at = at;
    return true;
}

// Reads the spec after ':' up to the '}' that closes the field.
static bool read_spec(Formatter *f, Piece *in, Field *field) {
    field->spec = (Piece){ in->text, in->at, in->end };
    for (size_t depth = 1; in->at < in->end; in->at++) {
        char c = in->text[in->at];
        if (c == '{') {
            field->nested = true;
            depth++;
        } else if (c == '}' && --depth == 0) {
            field->spec.end = in->at++;
            return true;
        }
        if (KR_UNLIKELY((in->at - field->spec.at) % 65536 == 65535) && !kr_bulk_done(f->vm, KR_BULK_BYTES)) return false;
    }
    return fail(f, "unmatched '{' in format spec");
}

static bool read_conversion(Formatter *f, Piece *in, Field *field) {
    if (in->at >= in->end) return fail(f, "end of string while looking for conversion specifier");
    field->conversion = kr_utf8_next(in->text, &in->at);
    if (in->at < in->end) {
        char c = in->text[in->at++];
        if (c == '}') return true;
        if (c != ':') return fail(f, "expected ':' after conversion specifier");
    }
    return read_spec(f, in, field);
}

// Reads a field, after its '{'.
static bool read_field(Formatter *f, Piece *in, Field *field) {
    *field = (Field){ .name = { in->text, in->at, in->at }, .spec = { in->text, 0, 0 } };
    while (in->at < in->end) {
        char c = in->text[in->at++];
        field->name.end = in->at - 1;
        kr_spend(f->vm, 1);
        if (!kr_settle(f->vm)) return false;
        switch (c) {
        case '{': return fail(f, "unexpected '{' in field name");
        case '[':
            if (!skip_to(f, in, ']', ']')) return false;
            break;
        case '}': return true;
        case ':': return read_spec(f, in, field);
        case '!': return read_conversion(f, in, field);
        default: break;
        }
    }
    return fail(f, "expected '}' before end of string");
}

// The number that p spells, or -1 when it spells none.
static bool read_number(Formatter *f, const Piece *p, intptr_t *number) {
    intptr_t sum = 0;
    *number = -1;
    if (p->at == p->end) return true;
    for (size_t at = p->at; at < p->end;) {
        int digit = kr_unicode_decimal_value(kr_utf8_next(p->text, &at));
        if (digit < 0) return true;
        if (KR_UNLIKELY((at - p->at) % 16384 == 16383) && !kr_bulk_done(f->vm, KR_BULK_BYTES)) return false;
        if (sum > (INTPTR_MAX - digit) / 10) return fail(f, "Too many decimal digits in format string");
        sum = sum * 10 + digit;
    }
    *number = sum;
    return true;
}

// ---- Looking up ----------------------------------------------------------------------------------------------------------------

static bool set_numbering(Formatter *f, bool automatic) {
    Numbering wanted = automatic ? NUMBERS_AUTOMATIC : NUMBERS_MANUAL;
    if (f->numbering == NUMBERS_UNKNOWN) f->numbering = wanted;
    if (f->numbering == wanted) return true;
    return fail(f, automatic ? "cannot switch from manual field specification to automatic field numbering"
                             : "cannot switch from automatic field numbering to manual field specification");
}

static KrValue first_object(Formatter *f, const Piece *name) {
    KrVm *vm = f->vm;
    intptr_t number;
    if (!read_number(f, name, &number)) return KR_ERROR;
    bool empty = name->at == name->end;
    if (empty || number >= 0) {
        if (!set_numbering(f, empty)) return KR_ERROR;
        if (empty) number = f->next_number++;
        if (kr_is_unset(f->args)) return kr_raise(vm, &kr_value_error, "Format string contains positional fields");
        const KrTupleObject *args = KR_AS(const KrTupleObject, f->args);
        if ((size_t)number < args->len) return args->item[number];
        return kr_raise(vm, &kr_index_error, "Replacement index %z out of range for positional args tuple", number);
    }
    KrValue key = kr_name_len(vm, name->text + name->at, name->end - name->at);
    if (kr_is_error(key)) return key;
    if (!kr_is_unset(f->kwargs) && !kr_is_exact(f->kwargs, &kr_dict_type)) return kr_getitem(vm, f->kwargs, key);
    KrValue value = KR_UNSET;
    if (!kr_is_unset(f->kwargs) && !kr_dict_find(vm, f->kwargs, key, &value)) return KR_ERROR;
    return kr_is_unset(value) ? kr_raise_key(vm, key) : value;
}

// Goes on from object by one ".name" or "[key]".
static KrValue next_object(Formatter *f, Piece *rest, KrValue object) {
    char kind = rest->text[rest->at++];
    Piece name = *rest;
    intptr_t number = -1;
    if (kind == '.') {
        if (!skip_to(f, rest, '.', '[')) return KR_ERROR;
        name.end = rest->at;
    } else if (kind == '[') {
        if (!skip_to(f, rest, ']', ']')) return KR_ERROR;
        if (rest->at == rest->end) return fail(f, "Missing ']' in format string"), KR_ERROR;
        name.end = rest->at++;
        if (!read_number(f, &name, &number)) return KR_ERROR;
    } else {
        return fail(f, "Only '.' or '[' may follow ']' in format field specifier"), KR_ERROR;
    }
    if (name.at == name.end) return fail(f, "Empty attribute in format string"), KR_ERROR;
    KrValue key = number >= 0 ? kr_int(f->vm, number) : kr_name_len(f->vm, name.text + name.at, name.end - name.at);
    if (kr_is_error(key)) return key;
    return kind == '.' ? kr_getattr(f->vm, object, key) : kr_getitem(f->vm, object, key);
}

static KrValue field_object(Formatter *f, const Piece *name) {
    Piece first = *name, rest = *name;
    if (!skip_to(f, &rest, '.', '[')) return KR_ERROR;
    first.end = rest.at;
    KrValue object = first_object(f, &first);
    while (!kr_is_error(object) && rest.at < rest.end) {
        object = next_object(f, &rest, object);
        kr_spend(f->vm, 1);
        if (!kr_is_error(object) && !kr_settle(f->vm)) return KR_ERROR;
    }
    return object;
}

static KrValue convert(Formatter *f, KrValue object, uint32_t conversion) {
    switch (conversion) {
    case 0: return object;
    case 'r': return kr_repr(f->vm, object);
    case 's': return kr_to_str(f->vm, object);
    case 'a': return kr_str_ascii(f->vm, object);
    default: break;
    }
    if (conversion > 32 && conversion < 127) return kr_raise(f->vm, &kr_value_error, "Unknown conversion specifier %c", conversion);
    return kr_raise(f->vm, &kr_value_error, "Unknown conversion specifier \\x%x", (size_t)conversion);
}

// ---- Output --------------------------------------------------------------------------------------------------------------------

static bool add_pieces(Formatter *f, KrText *out, Piece in, int depth);

static KrValue field_spec(Formatter *f, const Field *field, int depth) {
    if (!field->nested) return piece_str(f->vm, &field->spec);
    KrText spec;
    kr_text_init(f->vm, &spec);
    return add_pieces(f, &spec, field->spec, depth - 1) ? kr_text_str(&spec) : KR_ERROR;
}

static bool add_field(Formatter *f, KrText *out, const Field *field, int depth) {
    KrValue object = field_object(f, &field->name);
    if (!kr_is_error(object)) object = convert(f, object, field->conversion);
    if (kr_is_error(object)) return false;
    if (field->spec.at == field->spec.end && kr_is_exact(object, &kr_str_type)) return kr_text_add_str(out, object), true;
    KrValue spec = field->spec.at == field->spec.end ? KR_UNSET : field_spec(f, field, depth);
    if (kr_is_error(spec)) return false;
    KrValue text = kr_format_value(f->vm, object, spec);
    if (kr_is_error(text)) return false;
    kr_text_add_str(out, text);
    return true;
}

// Adds the literal text before the next field, doubled braces included; *more tells whether a field follows.
static bool add_literal(Formatter *f, KrText *out, Piece *in, bool *more) {
    *more = false;
    while (in->at < in->end) {
        size_t start = in->at;
        if (!skip_to(f, in, '{', '}')) return false;
        kr_text_add(out, in->text + start, in->at - start);
        kr_spend(f->vm, 1 + ((in->at - start) >> 5));
        if (in->at == in->end) return true;
        char brace = in->text[in->at++];
        bool doubled = in->at < in->end && in->text[in->at] == brace;
        if (!doubled) {
            if (brace == '}') return fail(f, "Single '}' encountered in format string");
            if (in->at == in->end) return fail(f, "Single '{' encountered in format string");
            *more = true;
            return true;
        }
        kr_text_add(out, &brace, 1);
        in->at++;
    }
    return true;
}

static bool add_pieces(Formatter *f, KrText *out, Piece in, int depth) {
    if (depth <= 0) return fail(f, "Max string recursion exceeded");
    for (;;) {
        bool more;
        Field field;
        kr_spend(f->vm, 1);
        if (!add_literal(f, out, &in, &more) || !kr_settle(f->vm)) return false;
        if (!more) return !out->failed;
        if (!read_field(f, &in, &field) || !add_field(f, out, &field, depth)) return false;
    }
}

static KrValue format_with(KrVm *vm, KrValue self, KrValue args, KrValue kwargs) {
    Formatter f = { vm, args, kwargs, NUMBERS_UNKNOWN, 0 };
    const KrStrObject *s = kr_str_of(self);
    KrText out;
    kr_text_init(vm, &out);
    return add_pieces(&f, &out, (Piece){ kr_str_data(s), 0, s->len }, DEPTH_MAX) ? kr_text_str(&out) : KR_ERROR;
}

// A text without fields is its own result, even when it is an instance of a subclass.
static bool plain(KrValue self) {
    size_t len;
    const char *text = kr_str_text(self, &len);
    return !memchr(text, '{', len) && !memchr(text, '}', len);
}

KR_STR_METHOD(format) { return plain(self) ? self : format_with(vm, self, arg[0], arg[1]); }
KR_STR_METHOD(format_map) { return plain(self) ? self : format_with(vm, self, KR_UNSET, arg[0]); }
