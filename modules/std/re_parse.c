// re_parse.c - the text of a regular expression -> its tree, with the messages and positions of CPython 3.13's errors.
// SPDX-License-Identifier: MIT
#include "re_parse.h"

#include "base/unicode.h"
#include "base/unicode_name.h"
#include "base/utf8.h"
#include "object/object.h"
#include "object/str.h"
#include "object/vm_state.h"
#include "vm/frame.h"

// ---- Memory and errors ---------------------------------------------------------------------------------------------------------

bool kr_re_grow(KrVm *vm, void **items, size_t *room, size_t count, size_t size) {
    if (count < *room) return true;
    size_t more = *room ? *room * 2 : 32;
    if (more > PTRDIFF_MAX / size) return kr_fail(kr_raise_memory(vm));
    void *larger = kr_buffer_alloc(vm, more * size);
    if (!larger) return false;
    if (count) memcpy(larger, *items, count * size);
    *items = larger;
    *room = more;
    return true;
}

KrValue kr_re_error(KrReParser *p, size_t back, const char *format, ...) {
    KrText t;
    va_list args;
    kr_text_init(p->vm, &t);
    va_start(args, format);
    kr_text_add_vformat(&t, format, args);
    va_end(args);
    size_t here = p->text ? kr_utf8_count(p->data, p->at) : p->at;
    KrValue arg[3] = { kr_text_str(&t), KR_NONE, KR_NONE };
    if (back != KR_RE_NOWHERE) arg[1] = p->pattern, arg[2] = kr_int(p->vm, (int64_t)(here - back));
    KrValue type = kr_is_error(arg[0]) ? arg[0] : kr_getattr_c(p->vm, p->module, "error");
    KrValue error = kr_is_error(type) ? type : kr_call(p->vm, type, 3, arg);
    return kr_is_error(error) ? error : kr_raise_value(p->vm, error);
}
#define FAIL(...) kr_fail(kr_re_error(__VA_ARGS__))

// ---- Tokens --------------------------------------------------------------------------------------------------------------------

static uint32_t next_char(const KrReParser *p, size_t *at) { return p->text ? kr_utf8_next(p->data, at) : (unsigned char)p->data[(*at)++]; }

// Reads the token at p->after, so that it is the next.
bool kr_re_advance(KrReParser *p) {
    p->at = p->after;
    p->first = KR_RE_NO_CHAR;
    if (p->at >= p->len) return true;
    p->first = next_char(p, &p->after);
    if (p->first != '\\') return true;
    if (p->after < p->len) return p->second = next_char(p, &p->after), true;
    p->first = KR_RE_NO_CHAR;
    return FAIL(p, 0, "bad escape (end of pattern)");
}

// Takes the next token if it is this character.
bool kr_re_take(KrReParser *p, uint32_t c, bool *taken) {
    *taken = p->first == c;
    return !*taken || kr_re_advance(p);
}

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }
static bool is_octal(uint32_t c) { return c >= '0' && c <= '7'; }
static bool is_letter(uint32_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

size_t kr_re_chars(const KrReParser *p, size_t from, size_t to) { return p->text ? kr_utf8_count(p->data + from, to - from) : to - from; }

KrValue kr_re_piece(KrReParser *p, size_t from, size_t to) {
    if (p->text) return kr_str(p->vm, p->data + from, to - from);
    KrText t;
    kr_text_init(p->vm, &t);
    for (size_t i = from; i < to; i++) { // as ASCII with backslashreplace
        unsigned char c = (unsigned char)p->data[i];
        if (c < 0x80) kr_text_add_char(&t, c);
        else kr_text_add_format(&t, "\\x%x", (size_t)c);
    }
    return kr_text_str(&t);
}

// Takes all up to a character, which is taken as well: a name of something.
bool kr_re_until(KrReParser *p, uint32_t end, const char *what, size_t *from, size_t *to) {
    *from = p->at;
    while (p->first != KR_RE_NO_CHAR && p->first != end)
        if (!kr_re_advance(p)) return false;
    *to = p->at;
    if (p->first == KR_RE_NO_CHAR) {
        if (*from == *to) return FAIL(p, 0, "missing %s", what);
        return FAIL(p, kr_re_chars(p, *from, *to), "missing %c, unterminated name", end);
    }
    if (!kr_re_advance(p)) return false;
    return *from < *to || FAIL(p, 1, "missing %s", what);
}

// A name of a bytes pattern that is not ASCII.
static KrValue latin_repr(KrReParser *p, size_t from, size_t to) {
    KrText t;
    kr_text_init(p->vm, &t);
    for (size_t i = from; i < to; i++) kr_text_add_char(&t, (unsigned char)p->data[i]);
    KrValue name = kr_text_str(&t);
    return kr_is_error(name) ? name : kr_str_ascii(p->vm, name);
}

// An identifier, as an interned str.
bool kr_re_check_name(KrReParser *p, size_t from, size_t to, size_t extra, KrValue *name) {
    const char *text = p->data + from;
    size_t len = to - from, at = 0, chars = kr_re_chars(p, from, to);
    bool fine = p->text || kr_is_ascii(text, len);
    if (!fine) {
        KrValue shown = latin_repr(p, from, to);
        return !kr_is_error(shown) && FAIL(p, chars + extra, "bad character in group name %S", shown);
    }
    for (bool start = true; fine && at < len; start = false) {
        uint32_t cp = kr_utf8_next(text, &at);
        fine = start ? kr_unicode_is_identifier_start(cp) : kr_unicode_is_identifier_part(cp);
    }
    *name = kr_name_len(p->vm, text, len);
    if (kr_is_error(*name)) return false;
    if (fine) return true;
    KrValue shown = kr_repr(p->vm, *name);
    return !kr_is_error(shown) && FAIL(p, chars + extra, "bad character in group name %S", shown);
}

// ---- Nodes ---------------------------------------------------------------------------------------------------------------------

typedef struct { // a list of nodes that grows
    int32_t first, last;
} List;

int32_t kr_re_new_node(KrReParser *p, KrReNodeType type, uint32_t a) {
    if (p->nodes >= INT32_MAX || !kr_re_grow(p->vm, (void **)&p->node, &p->node_room, p->nodes, sizeof *p->node)) return -1;
    p->node[p->nodes] = (KrReNode){ .type = (uint8_t)type, .flags = (uint16_t)p->flags, .a = a, .child = -1, .next = -1 };
    return (int32_t)p->nodes++;
}

static bool append(KrReParser *p, List *list, int32_t node) {
    if (node < 0) return false;
    if (list->first < 0) list->first = node;
    else p->node[list->last].next = node;
    list->last = node;
    return true;
}

static bool set_word(KrReParser *p, uint32_t word) {
    if (p->sets >= UINT32_MAX || !kr_re_grow(p->vm, (void **)&p->set, &p->set_room, p->sets, sizeof *p->set)) return false;
    p->set[p->sets++] = word;
    return true;
}
static bool set_range(KrReParser *p, uint32_t low, uint32_t high) {
    return set_word(p, KR_RE_RANGE) && set_word(p, low) && set_word(p, high);
}
static bool set_category(KrReParser *p, uint32_t category) { return set_word(p, KR_RE_CATEGORY) && set_word(p, category); }

// ---- Groups --------------------------------------------------------------------------------------------------------------------

static bool is_closed(const KrReParser *p, uint32_t group) { return group < p->groups && p->group[group].closed; }

bool kr_re_check_behind(KrReParser *p, uint32_t group) {
    if (p->behind == UINT32_MAX) return true;
    if (!is_closed(p, group)) return FAIL(p, 0, "cannot refer to an open group");
    return group < p->behind || FAIL(p, 0, "cannot refer to group defined in the same lookbehind subpattern");
}

bool kr_re_open_group(KrReParser *p, KrValue name, size_t back, uint32_t *number) {
    if (p->groups >= KR_RE_GROUP_MAX) return FAIL(p, back, "too many groups");
    if (!kr_re_grow(p->vm, (void **)&p->group, &p->group_room, p->groups, sizeof *p->group)) return false;
    *number = (uint32_t)p->groups;
    p->group[p->groups++] = (KrReGroup){ 0 };
    if (kr_is_unset(name)) return true;
    KrValue other;
    if (!kr_dict_find(p->vm, p->names, name, &other)) return false;
    if (kr_is_unset(other)) return kr_dict_set(p->vm, p->names, name, kr_int(p->vm, *number));
    return FAIL(p, back, "redefinition of group name %R as group %u; was group %R", name, (size_t)*number, other);
}

// The number of the group with this name.
bool kr_re_find_group(KrReParser *p, KrValue name, size_t back, uint32_t *number) {
    KrValue v;
    int64_t n;
    if (!kr_dict_find(p->vm, p->names, name, &v)) return false;
    if (kr_is_unset(v)) return FAIL(p, back, "unknown group name %R", name);
    return kr_to_int64(p->vm, v, &n) && (*number = (uint32_t)n, true);
}

// ---- Escapes -------------------------------------------------------------------------------------------------------------------

typedef struct { // an escape that was read, or some other character of a set
    bool literal;
    uint32_t c; // the character; else a category
} Escape;

static bool simple_escape(uint32_t c, uint32_t *out) {
    static const char from[] = "abfnrtv\\", to[] = "\a\b\f\n\r\t\v\\";
    for (size_t i = 0; from[i]; i++)
        if (c == (unsigned char)from[i]) return *out = (unsigned char)to[i], true;
    return false;
}

static bool category(uint32_t c, uint32_t *out) {
    static const char letter[] = "dDsSwW";
    for (uint32_t i = 0; letter[i]; i++)
        if (c == (unsigned char)letter[i]) return *out = i, true;
    return false;
}

static bool bad_escape(KrReParser *p, size_t from) {
    KrValue shown = kr_re_piece(p, from, p->at);
    return !kr_is_error(shown) && FAIL(p, kr_re_chars(p, from, p->at), "bad escape %S", shown);
}

// `digits` digits of base 16 behind \x, \u or \U, which began at from.
static bool hex_escape(KrReParser *p, size_t from, unsigned digits, uint32_t *out) {
    uint32_t value = 0;
    unsigned n = 0;
    for (; n < digits; n++) {
        uint32_t c = p->first, low = c | 32;
        if (c == KR_RE_NO_CHAR || !(is_digit(c) || (low >= 'a' && low <= 'f' && c < 128))) break;
        value = value * 16 + (is_digit(c) ? c - '0' : low - 'a' + 10);
        if (!kr_re_advance(p)) return false;
    }
    if (n < digits) {
        KrValue shown = kr_re_piece(p, from, p->at);
        return !kr_is_error(shown) && FAIL(p, kr_re_chars(p, from, p->at), "incomplete escape %S", shown);
    }
    if (value > KR_CODE_POINT_MAX) return bad_escape(p, from);
    return *out = value, true;
}

static bool named_escape(KrReParser *p, uint32_t *out) {
    bool taken;
    size_t from, to;
    if (!kr_re_take(p, '{', &taken)) return false;
    if (!taken) return FAIL(p, 0, "missing {");
    if (!kr_re_until(p, '}', "character name", &from, &to)) return false;
    if (kr_unicode_name_lookup(p->data + from, to - from, out)) return true;
    KrValue name = kr_re_piece(p, from, to);
    return !kr_is_error(name) && FAIL(p, kr_re_chars(p, from, to) + 4, "undefined character name %R", name);
}

// Up to two more octal digits.
static bool octal_escape(KrReParser *p, size_t from, uint32_t value, unsigned more, bool limited, uint32_t *out) {
    for (; more && is_octal(p->first); more--) {
        value = value * 8 + (p->first - '0');
        if (!kr_re_advance(p)) return false;
    }
    if (limited && value > 0377) {
        KrValue shown = kr_re_piece(p, from, p->at);
        return !kr_is_error(shown) && FAIL(p, kr_re_chars(p, from, p->at), "octal escape value %S outside of range 0-0o377", shown);
    }
    return *out = value, true;
}

// \x, \u, \U, \N: *known is false for others.
static bool code_escape(KrReParser *p, size_t from, uint32_t c, bool *known, uint32_t *out) {
    *known = c == 'x' || (p->text && (c == 'u' || c == 'U' || c == 'N'));
    if (!*known) return true;
    return c == 'N' ? named_escape(p, out) : hex_escape(p, from, c == 'x' ? 2 : c == 'u' ? 4 : 8, out);
}

// A token that begins with a backslash, inside [].
static bool class_escape(KrReParser *p, Escape *e) {
    size_t from = p->at;
    uint32_t c = p->second;
    bool known;
    e->literal = true;
    if (!kr_re_advance(p)) return false;
    if (simple_escape(c, &e->c)) return true;
    if (category(c, &e->c)) return e->literal = false, true;
    if (!code_escape(p, from, c, &known, &e->c)) return false;
    if (known) return true;
    if (is_octal(c)) return octal_escape(p, from, c - '0', 2, true, &e->c);
    if (is_digit(c) || is_letter(c)) return bad_escape(p, from);
    return e->c = c, true;
}

static bool number_escape(KrReParser *p, size_t from, uint32_t c, List *list) {
    uint32_t group = c - '0', value;
    if (c == '0') return octal_escape(p, from, 0, 2, false, &value) && append(p, list, kr_re_new_node(p, KR_RE_LITERAL, value));
    if (is_digit(p->first)) {
        uint32_t second = p->first;
        group = group * 10 + (second - '0');
        if (!kr_re_advance(p)) return false;
        if (is_octal(c) && is_octal(second) && is_octal(p->first))
            return octal_escape(p, from, (c - '0') * 8 + (second - '0'), 1, true, &value) &&
                   append(p, list, kr_re_new_node(p, KR_RE_LITERAL, value));
    }
    size_t back = kr_re_chars(p, from, p->at);
    if (group >= p->groups) return FAIL(p, back - 1, "invalid group reference %u", (size_t)group);
    if (!is_closed(p, group)) return FAIL(p, back, "cannot refer to an open group");
    return kr_re_check_behind(p, group) && append(p, list, kr_re_new_node(p, KR_RE_BACK, group));
}

static bool one_category(KrReParser *p, uint32_t which, List *list) {
    size_t start = p->sets;
    int32_t n = set_category(p, which) ? kr_re_new_node(p, KR_RE_IN, (uint32_t)start) : -1;
    if (n >= 0) p->node[n].b = (uint32_t)(p->sets - start);
    return append(p, list, n);
}

static bool parse_escape(KrReParser *p, List *list) {
    size_t from = p->at;
    uint32_t c = p->second, value;
    bool known;
    if (!kr_re_advance(p)) return false;
    if (category(c, &value)) return one_category(p, value, list);
    switch (c) {
    case 'A': return append(p, list, kr_re_new_node(p, KR_RE_AT, KR_RE_AT_START));
    case 'Z': return append(p, list, kr_re_new_node(p, KR_RE_AT, KR_RE_AT_VERY_END));
    case 'b': return append(p, list, kr_re_new_node(p, KR_RE_AT, KR_RE_AT_EDGE));
    case 'B': return append(p, list, kr_re_new_node(p, KR_RE_AT, KR_RE_AT_NO_EDGE));
    default: break;
    }
    if (is_digit(c)) return number_escape(p, from, c, list);
    if (!simple_escape(c, &value)) {
        if (!code_escape(p, from, c, &known, &value)) return false;
        if (!known && is_letter(c)) return bad_escape(p, from);
        if (!known) value = c;
    }
    return append(p, list, kr_re_new_node(p, KR_RE_LITERAL, value));
}

// ---- Sets ----------------------------------------------------------------------------------------------------------------------

// Behind module re stands who has written the pattern.
static const KrFrame *user_of_re(KrVm *vm) {
    const KrFrame *f = vm->thread.frame;
    while (f && f->prev && kr_str_is(f->code->filename, "<frozen re>")) f = f->prev;
    return f;
}

static bool warn_of_set(KrReParser *p, const char *what, size_t back) {
    const KrFrame *f = user_of_re(p->vm);
    KrValue text = kr_format(p->vm, "Possible %s at position %u", what, kr_re_chars(p, 0, p->at) - back);
    KrValue filename = f ? f->code->filename : kr_str_c(p->vm, "sys"), globals = f ? kr_from_ptr(f->globals) : KR_UNSET;
    if (kr_is_error(text) || kr_is_error(filename)) return false;
    return kr_warn_in(p->vm, &kr_future_warning, text, filename, f ? (int)kr_frame_line(f) : 1, globals);
}

static const char *set_operation(uint32_t c) {
    switch (c) {
    case '-': return "set difference";
    case '&': return "set intersection";
    case '~': return "set symmetric difference";
    case '|': return "set union";
    default: return NULL;
    }
}

static bool no_end(KrReParser *p, size_t here) { return FAIL(p, kr_re_chars(p, here, p->at), "unterminated character set"); }

// One character or escape of a set; not the end of the pattern.
static bool set_member(KrReParser *p, Escape *e) {
    if (p->first == '\\') return class_escape(p, e);
    *e = (Escape){ true, p->first };
    return kr_re_advance(p);
}

static bool add_member(KrReParser *p, Escape e) { return e.literal ? set_range(p, e.c, e.c) : set_category(p, e.c); }

// Behind the `-` of a range that begins with low; from: where that stood. *end: the set ends there.
static bool parse_range(KrReParser *p, size_t here, size_t from, Escape low, bool *end) {
    Escape high;
    *end = p->first == ']';
    if (p->first == KR_RE_NO_CHAR) return no_end(p, here);
    if (*end) return kr_re_advance(p) && add_member(p, low) && set_range(p, '-', '-');
    size_t to = p->at;
    bool dash = p->first == '-';
    if (!set_member(p, &high)) return false;
    if (dash && !warn_of_set(p, "set difference", 2)) return false;
    if (low.literal && high.literal && low.c <= high.c) return set_range(p, low.c, high.c);
    KrValue a = kr_re_piece(p, from, to - 1), b = kr_is_error(a) ? a : kr_re_piece(p, to, p->at);
    return !kr_is_error(b) && FAIL(p, kr_re_chars(p, from, p->at), "bad character range %S-%S", a, b);
}

static bool parse_members(KrReParser *p, size_t here) {
    bool taken, end = false;
    for (bool first = true; !end; first = false) {
        Escape e;
        size_t from = p->at;
        if (p->first == KR_RE_NO_CHAR) return no_end(p, here);
        if (p->first == ']' && !first) return kr_re_advance(p);
        uint32_t c = p->first;
        if (!set_member(p, &e)) return false;
        if (!first && c == p->first && set_operation(c) && !warn_of_set(p, set_operation(c), 1)) return false;
        if (!kr_re_take(p, '-', &taken)) return false;
        if (!(taken ? parse_range(p, here, from, e, &end) : add_member(p, e)) || !kr_poll(p->vm, 1)) return false;
    }
    return true;
}

static bool parse_set(KrReParser *p, List *list) { // behind the bracket
    size_t here = p->at - 1, start = p->sets;
    bool negated;
    if (p->first == '[' && !warn_of_set(p, "nested set", 0)) return false;
    if (!kr_re_take(p, '^', &negated) || !parse_members(p, here)) return false;
    size_t words = p->sets - start;
    const uint32_t *set = &p->set[start];
    if (words == 3 && set[0] == KR_RE_RANGE && set[1] == set[2]) {
        p->sets = start;
        return append(p, list, kr_re_new_node(p, negated ? KR_RE_NOT_LITERAL : KR_RE_LITERAL, set[1]));
    }
    int32_t n = kr_re_new_node(p, KR_RE_IN, (uint32_t)start);
    if (n < 0) return false;
    p->node[n].b = (uint32_t)words;
    p->node[n].mode = negated;
    return append(p, list, n);
}

// ---- Repetition ----------------------------------------------------------------------------------------------------------------

static bool parse_count(KrReParser *p, bool *given, uint32_t *out) {
    uint64_t n = 0;
    *given = is_digit(p->first);
    while (is_digit(p->first)) {
        if (n <= KR_RE_FOREVER) n = n * 10 + (p->first - '0');
        if (!kr_re_advance(p)) return false;
    }
    return *out = n < KR_RE_FOREVER ? (uint32_t)n : KR_RE_FOREVER, true;
}

// Behind the brace. *literal: it is no repetition, and all is as it was behind the brace.
static bool parse_braces(KrReParser *p, bool *literal, uint32_t *least, uint32_t *most) {
    size_t here = p->at;
    bool low, high, taken;
    *literal = p->first == '}';
    if (*literal) return true;
    if (!parse_count(p, &low, least) || !kr_re_take(p, ',', &taken)) return false;
    *most = *least;
    high = low;
    if (taken && !parse_count(p, &high, most)) return false;
    bool closed, beyond = (low && *least == KR_RE_FOREVER) || (high && *most == KR_RE_FOREVER);
    if (!high) *most = KR_RE_FOREVER;
    if (!kr_re_take(p, '}', &closed)) return false;
    if (!closed) {
        *literal = true;
        p->after = here;
        return kr_re_advance(p);
    }
    if (beyond) return kr_fail(kr_raise(p->vm, &kr_overflow_error, "the repetition number is too large"));
    if (*most < *least) return FAIL(p, kr_re_chars(p, here, p->at), "min repeat greater than max repeat");
    return true;
}

static bool parse_repeat(KrReParser *p, List *list, int32_t before) {
    size_t here = p->at;
    uint32_t c = p->first, least = c == '+', most = c == '?' ? 1 : KR_RE_FOREVER;
    bool literal = false, lazy, greedy = true;
    if (!kr_re_advance(p)) return false;
    if (c == '{' && !parse_braces(p, &literal, &least, &most)) return false;
    if (literal) return append(p, list, kr_re_new_node(p, KR_RE_LITERAL, '{'));
    int32_t item = list->last;
    size_t back = kr_re_chars(p, here, p->at);
    if (list->first < 0 || p->node[item].type == KR_RE_AT) return FAIL(p, back, "nothing to repeat");
    if (p->node[item].type == KR_RE_REPEAT) return FAIL(p, back, "multiple repeat");
    if (!kr_re_take(p, '?', &lazy) || (!lazy && !kr_re_take(p, '+', &greedy))) return false;
    int32_t n = kr_re_new_node(p, KR_RE_REPEAT, least);
    if (n < 0) return false;
    p->node[n].b = most;
    p->node[n].mode = lazy ? KR_RE_LAZY : greedy ? KR_RE_POSSESSIVE : KR_RE_GREEDY;
    p->node[n].child = item;
    if (before < 0) list->first = n;
    else p->node[before].next = n;
    list->last = n;
    return true;
}

// ---- Lists ---------------------------------------------------------------------------------------------------------------------

static bool skip_comment(KrReParser *p) {
    while (p->first != KR_RE_NO_CHAR && p->first != '\n')
        if (!kr_re_advance(p)) return false;
    return p->first == KR_RE_NO_CHAR || kr_re_advance(p);
}

static bool is_verbose_space(uint32_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// One item. *before: the node before the last one of the list.
static bool parse_item(KrReParser *p, List *list, int32_t before, bool *verbose, unsigned depth, bool first) {
    uint32_t c = p->first;
    if (*verbose && is_verbose_space(c)) return kr_re_advance(p);
    if (*verbose && c == '#') return skip_comment(p);
    switch (c) {
    case '\\': return parse_escape(p, list);
    case '*':
    case '+':
    case '?':
    case '{': return parse_repeat(p, list, before);
    default: break;
    }
    if (!kr_re_advance(p)) return false;
    switch (c) {
    case '[': return parse_set(p, list);
    case '.': return append(p, list, kr_re_new_node(p, KR_RE_ANY, 0));
    case '^': return append(p, list, kr_re_new_node(p, KR_RE_AT, KR_RE_AT_LINE));
    case '$': return append(p, list, kr_re_new_node(p, KR_RE_AT, KR_RE_AT_LINE_END));
    case '(': {
        int32_t node = -1;
        if (!kr_re_parse_group(p, verbose, depth, first && list->first < 0, &node)) return false;
        return node < 0 || append(p, list, node);
    }
    default: return append(p, list, kr_re_new_node(p, KR_RE_LITERAL, c));
    }
}

bool kr_re_parse_list(KrReParser *p, bool verbose, unsigned depth, bool first, int32_t *out) {
    List list = { -1, -1 };
    int32_t before = -1;
    while (p->first != KR_RE_NO_CHAR && p->first != '|' && p->first != ')') {
        int32_t last = list.last;
        if (!parse_item(p, &list, before, &verbose, depth, first) || !kr_poll(p->vm, 1)) return false;
        if (list.last != last && last >= 0 && p->node[last].next == list.last) before = last; // else the last one was replaced
    }
    *out = list.first;
    return true;
}

static bool parse_branches(KrReParser *p, bool verbose, unsigned depth, int32_t *out) {
    List branches = { -1, -1 };
    bool taken = true;
    for (bool first = true; taken; first = false) {
        int32_t list, n;
        if (!kr_re_parse_list(p, verbose, depth + 1, !depth && first, &list) || !kr_re_take(p, '|', &taken)) return false;
        if (!depth) verbose = p->flags & KR_RE_VERBOSE;
        if (first && !taken) return *out = list, true;
        n = kr_re_new_node(p, KR_RE_ALTERNATIVE, 0);
        if (n < 0) return false;
        p->node[n].child = list;
        if (!append(p, &branches, n)) return false;
    }
    *out = kr_re_new_node(p, KR_RE_BRANCH, 0);
    if (*out < 0) return false;
    p->node[*out].child = branches.first;
    return true;
}

bool kr_re_parse_branches(KrReParser *p, bool verbose, unsigned depth, int32_t *out) {
    if (!kr_enter(p->vm, " in regular expression")) return false;
    bool ok = parse_branches(p, verbose, depth, out);
    kr_leave(p->vm);
    return ok;
}

// ---- The whole -----------------------------------------------------------------------------------------------------------------

static bool check_flags(KrReParser *p) {
    const char *wrong = NULL;
    if (p->text) {
        if (p->flags & KR_RE_LOCALE) wrong = "cannot use LOCALE flag with a str pattern";
        else if ((p->flags & KR_RE_ASCII) && (p->flags & KR_RE_UNICODE)) wrong = "ASCII and UNICODE flags are incompatible";
        if (!(p->flags & KR_RE_ASCII)) p->flags |= KR_RE_UNICODE;
    } else if (p->flags & KR_RE_UNICODE) {
        wrong = "cannot use UNICODE flag with a bytes pattern";
    } else if ((p->flags & KR_RE_LOCALE) && (p->flags & KR_RE_ASCII)) {
        wrong = "ASCII and LOCALE flags are incompatible";
    }
    return !wrong || kr_fail(kr_raise(p->vm, &kr_value_error, "%s", wrong));
}

static bool check_forward(KrReParser *p) {
    for (uint32_t i = 0; i < p->forward_count; i++) {
        if (p->forward[i] < p->groups) continue;
        p->at = p->forward_at[i];
        return FAIL(p, 0, "invalid group reference %u", (size_t)p->forward[i]);
    }
    return true;
}

bool kr_re_parse(KrReParser *p, int32_t *root) {
    p->after = 0;
    p->behind = UINT32_MAX;
    p->names = kr_dict(p->vm);
    if (kr_is_error(p->names) || !kr_re_grow(p->vm, (void **)&p->group, &p->group_room, 0, sizeof *p->group)) return false;
    p->group[p->groups++] = (KrReGroup){ 0 };
    if (!kr_re_advance(p) || !kr_re_parse_branches(p, p->flags & KR_RE_VERBOSE, 0, root) || !check_flags(p)) return false;
    if (p->first != KR_RE_NO_CHAR) return FAIL(p, 0, "unbalanced parenthesis");
    return check_forward(p);
}
