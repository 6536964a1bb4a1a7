// re_module.c - the module _re: compiled patterns, searching, splitting, and iterators over matches. lib/re.py is the module re.
// SPDX-License-Identifier: MIT
#include "object/bytes_method.h"
#include "object/container.h"
#include "object/dict_method.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "re_object.h"
#include "re_parse.h"

static KrRePattern *pattern_of(KrValue v) { return KR_AS(KrRePattern, v); }

// ---- Subjects ------------------------------------------------------------------------------------------------------------------

static bool clip(KrVm *vm, KrValue v, size_t len, size_t *out) {
    intptr_t i;
    if (!kr_to_index_clipped(vm, v, &i)) return false;
    return *out = i < 0 ? 0 : (size_t)i > len ? len : (size_t)i, true;
}

bool kr_re_open(KrVm *vm, const KrRePattern *p, KrValue string, KrValue pos, KrValue endpos, KrReSubject *s, size_t *from) {
    size_t start, end;
    *s = (KrReSubject){ .text = p->text, .object = string };
    if (!kr_is_str(string)) {
        if (!kr_get_buffer(vm, string, &s->buffer, KR_BUFFER_READ)) {
            if (!kr_raised_is(vm, &kr_type_error)) return false;
            (void)kr_take_raised(vm);
            return kr_fail(kr_raise(vm, &kr_type_error, "expected string or bytes-like object, got '%T'", string));
        }
        s->held = true;
        if (p->text) kr_raise(vm, &kr_type_error, "cannot use a string pattern on a bytes-like object");
    } else if (!p->text) {
        kr_raise(vm, &kr_type_error, "cannot use a bytes pattern on a string-like object");
    }
    size_t len = s->held ? s->buffer.len : kr_is_str(string) ? kr_str_of(string)->chars : 0;
    if (kr_raised(vm) || !clip(vm, pos, len, &start) || !clip(vm, endpos, len, &end)) return kr_re_close(vm, s), false;
    s->data = s->held ? s->buffer.data : kr_str_data(kr_str_of(string));
    s->end = s->held ? end : kr_str_offset(kr_str_of(string), end);
    *from = s->held ? start : kr_str_offset(kr_str_of(string), start);
    return true;
}

void kr_re_close(KrVm *vm, KrReSubject *s) {
    if (s->held) kr_release_buffer(vm, &s->buffer);
    s->held = false;
}

KrValue kr_re_slice(KrVm *vm, const KrReSubject *s, size_t from, size_t to) {
    if (s->text) return kr_str_part(vm, s->object, from, to);
    if (from == 0 && to == s->buffer.len && kr_is_exact(s->object, &kr_bytes_type)) return s->object;
    return kr_bytes(vm, s->data + from, to - from);
}

size_t *kr_re_registers(KrVm *vm, const KrRePattern *p, size_t few[KR_RE_FEW]) {
    size_t count = 2 * ((size_t)p->groups + 1) + 1;
    return count <= KR_RE_FEW ? few : kr_buffer_alloc(vm, count * sizeof *few);
}

// ---- One match -----------------------------------------------------------------------------------------------------------------

static KrValue find(KrVm *vm, KrValue self, const KrValue *arg, KrReHow how) {
    KrRePattern *p = pattern_of(self);
    KrReSubject s;
    size_t from, few[KR_RE_FEW], *reg = kr_re_registers(vm, p, few);
    bool found;
    if (!reg || !kr_re_open(vm, p, arg[0], arg[1], arg[2], &s, &from)) return KR_ERROR;
    KrValue v = KR_NONE;
    if (from > s.end) found = false;
    else if (!kr_re_run(vm, p, &s, from, how, false, reg, &found)) v = KR_ERROR;
    if (!kr_is_error(v) && found) v = kr_re_new_match(vm, p, &s, from, reg);
    kr_re_close(vm, &s);
    return v;
}

static KrValue pattern_match(KrVm *vm, KrValue self, const KrValue *arg) { return find(vm, self, arg, KR_RE_MATCH); }
static KrValue pattern_fullmatch(KrVm *vm, KrValue self, const KrValue *arg) { return find(vm, self, arg, KR_RE_FULLMATCH); }
static KrValue pattern_search(KrVm *vm, KrValue self, const KrValue *arg) { return find(vm, self, arg, KR_RE_SEARCH); }

// ---- All matches ---------------------------------------------------------------------------------------------------------------

static KrValue found_text(KrVm *vm, const KrRePattern *p, const KrReSubject *s, const size_t *reg, uint32_t group) {
    size_t from = reg[2 * group], to = reg[2 * group + 1];
    (void)p;
    if (from == KR_RE_NOWHERE || to == KR_RE_NOWHERE || to < from) return s->text ? vm->empty_str : kr_bytes(vm, NULL, 0);
    return kr_re_slice(vm, s, from, to);
}

static KrValue found_item(KrVm *vm, const KrRePattern *p, const KrReSubject *s, const size_t *reg) {
    if (p->groups <= 1) return found_text(vm, p, s, reg, p->groups);
    KrValue tuple = kr_tuple(vm, p->groups, NULL);
    for (uint32_t g = 1; g <= p->groups && !kr_is_error(tuple); g++) {
        KrValue text = found_text(vm, p, s, reg, g);
        if (kr_is_error(text)) return text;
        kr_store(vm, kr_ptr(tuple), &kr_tuple_items(tuple, NULL)[g - 1], text);
    }
    return tuple;
}

static KrValue pattern_findall(KrVm *vm, KrValue self, const KrValue *arg) {
    KrRePattern *p = pattern_of(self);
    KrReSubject s;
    size_t from, few[KR_RE_FEW], *reg = kr_re_registers(vm, p, few);
    bool found = true, advance = false;
    if (!reg || !kr_re_open(vm, p, arg[0], arg[1], arg[2], &s, &from)) return KR_ERROR;
    KrValue list = kr_list(vm, 0, NULL);
    while (!kr_is_error(list) && from <= s.end) {
        if (!kr_re_run(vm, p, &s, from, KR_RE_SEARCH, advance, reg, &found)) list = KR_ERROR;
        if (kr_is_error(list) || !found) break;
        KrValue item = found_item(vm, p, &s, reg);
        if (kr_is_error(item) || !kr_list_append(vm, list, item) || !kr_poll(vm, 1)) list = KR_ERROR;
        advance = reg[0] == reg[1];
        from = reg[1];
    }
    kr_re_close(vm, &s);
    return list;
}

static bool split_groups(KrVm *vm, const KrRePattern *p, const KrReSubject *s, const size_t *reg, KrValue list) {
    for (uint32_t g = 1; g <= p->groups; g++) {
        bool absent = reg[2 * g] == KR_RE_NOWHERE || reg[2 * g + 1] == KR_RE_NOWHERE;
        KrValue text = absent ? KR_NONE : found_text(vm, p, s, reg, g);
        if (kr_is_error(text) || !kr_list_append(vm, list, text)) return false;
    }
    return true;
}

static KrValue pattern_split(KrVm *vm, KrValue self, const KrValue *arg) {
    KrRePattern *p = pattern_of(self);
    KrReSubject s;
    intptr_t most;
    size_t from, last = 0, few[KR_RE_FEW], *reg = kr_re_registers(vm, p, few);
    bool found = true, advance = false;
    KrValue limits[2] = { kr_int_box(0), kr_int(vm, PTRDIFF_MAX) };
    if (!reg || !kr_to_index(vm, arg[1], &most) || !kr_re_open(vm, p, arg[0], limits[0], limits[1], &s, &from)) return KR_ERROR;
    KrValue list = kr_list(vm, 0, NULL);
    for (intptr_t n = 0; !kr_is_error(list) && (most <= 0 ? most == 0 : n < most); n++) {
        if (!kr_re_run(vm, p, &s, from, KR_RE_SEARCH, advance, reg, &found)) list = KR_ERROR;
        if (kr_is_error(list) || !found) break;
        KrValue part = kr_re_slice(vm, &s, last, reg[0]);
        if (kr_is_error(part) || !kr_list_append(vm, list, part) || !split_groups(vm, p, &s, reg, list) || !kr_poll(vm, 1)) list = KR_ERROR;
        advance = reg[0] == reg[1];
        from = last = reg[1];
    }
    KrValue rest = kr_is_error(list) ? list : kr_re_slice(vm, &s, last, s.end);
    if (kr_is_error(rest) || !kr_list_append(vm, list, rest)) list = KR_ERROR;
    kr_re_close(vm, &s);
    return list;
}

// ---- sub -----------------------------------------------------------------------------------------------------------------------

typedef struct {     // what a match is replaced by
    KrValue call;    // a function of the match, or KR_UNSET
    KrValue pieces;  // see kr_re_template, or KR_UNSET
    KrBuffer buffer; // of a plain bytes-like replacement
    const char *text;
    size_t len;
} Replacement;

static bool read_replacement(KrVm *vm, KrRePattern *p, KrValue v, Replacement *r) {
    r->call = r->pieces = KR_UNSET;
    if (kr_callable(v)) return r->call = v, true;
    if (kr_is_str(v)) {
        r->text = kr_str_data(kr_str_of(v));
        r->len = kr_str_of(v)->len;
    } else {
        KrValue bytes = kr_is_bytes(v) ? v : KR_UNSET;
        if (kr_is_unset(bytes)) {
            if (!kr_get_buffer(vm, v, &r->buffer, KR_BUFFER_READ)) {
                if (!kr_raised_is(vm, &kr_type_error)) return false;
                (void)kr_take_raised(vm);
                return kr_fail(kr_raise(vm, &kr_type_error, "decoding to str: need a bytes-like object, %T found", v));
            }
            bytes = v = kr_bytes(vm, r->buffer.data, r->buffer.len);
            kr_release_buffer(vm, &r->buffer);
            if (kr_is_error(v)) return false;
        }
        r->text = (const char *)kr_bytes_data(bytes, &r->len);
    }
    if (!memchr(r->text, '\\', r->len) && kr_is_str(v) == p->text) return r->pieces = kr_tuple(vm, 1, &v), !kr_is_error(r->pieces);
    KrValue module = kr_re_module(vm);
    if (kr_is_error(module)) return false;
    r->pieces = kr_re_template(vm, module, p, v);
    return !kr_is_error(r->pieces);
}

// What a function gave for a match: text, or None for nothing. item: how many parts there are before, for the message.
static bool add_result(KrVm *vm, KrText *out, KrValue v, bool text, size_t item) {
    if (kr_is_none(v)) return true;
    if (text) {
        if (!kr_is_str(v)) return kr_fail(kr_raise(vm, &kr_type_error, "sequence item %u: expected str instance, %T found", item, v));
        return kr_text_add_str(out, v), !out->failed;
    }
    KrBuffer b;
    if (!kr_get_buffer(vm, v, &b, KR_BUFFER_READ)) {
        if (!kr_raised_is(vm, &kr_type_error)) return false;
        (void)kr_take_raised(vm);
        return kr_fail(kr_raise(vm, &kr_type_error, "sequence item %u: expected a bytes-like object, %T found", item, v));
    }
    kr_text_add(out, b.data, b.len);
    kr_release_buffer(vm, &b);
    return !out->failed;
}

static bool replace(KrVm *vm, const KrRePattern *p, const Replacement *r, const KrReSubject *s, const size_t *reg, KrText *out,
                    size_t item) {
    if (kr_is_unset(r->call)) return kr_re_expand(vm, out, r->pieces, s, reg);
    KrValue match = kr_re_new_match(vm, p, s, 0, reg);
    KrValue v = kr_is_error(match) ? match : kr_call(vm, r->call, 1, &match);
    return !kr_is_error(v) && add_result(vm, out, v, p->text, item);
}

static bool replace_all(KrVm *vm, const KrRePattern *p, const Replacement *r, const KrReSubject *s, size_t most, KrText *out, size_t *n) {
    size_t from = 0, last = 0, items = 0, few[KR_RE_FEW], *reg = kr_re_registers(vm, p, few);
    bool found, advance = false;
    for (*n = 0; reg && (!most || *n < most); ++*n) {
        if (!kr_re_run(vm, p, s, from, KR_RE_SEARCH, advance, reg, &found)) return false;
        if (!found) break;
        if (reg[0] > last) kr_text_add(out, s->data + last, reg[0] - last), items++;
        if (!replace(vm, p, r, s, reg, out, items++) || !kr_poll(vm, 1)) return false;
        advance = reg[0] == reg[1];
        from = last = reg[1];
    }
    if (last < s->end) kr_text_add(out, s->data + last, s->end - last);
    return reg && !out->failed;
}

KrValue kr_re_sub(KrVm *vm, KrRePattern *p, const KrValue *arg, bool count) {
    intptr_t most;
    size_t from, n = 0;
    KrReSubject s;
    Replacement r = { 0 };
    KrText out;
    KrValue end = kr_int(vm, PTRDIFF_MAX);
    if (!kr_to_index(vm, arg[2], &most) || !read_replacement(vm, p, arg[0], &r)) return KR_ERROR;
    if (!kr_re_open(vm, p, arg[1], kr_int_box(0), end, &s, &from)) return KR_ERROR;
    kr_text_init(vm, &out);
    bool ok = most < 0 || replace_all(vm, p, &r, &s, (size_t)most, &out, &n);
    KrValue v = !ok ? KR_ERROR : n == 0 ? kr_re_slice(vm, &s, 0, s.end) : s.text ? kr_text_str(&out) : kr_text_bytes(&out);
    kr_re_close(vm, &s);
    if (kr_is_error(v) || !count) return v;
    KrValue both[2] = { v, kr_int(vm, (int64_t)n) };
    return kr_tuple(vm, 2, both);
}

static KrValue pattern_sub(KrVm *vm, KrValue self, const KrValue *arg) { return kr_re_sub(vm, pattern_of(self), arg, false); }
static KrValue pattern_subn(KrVm *vm, KrValue self, const KrValue *arg) { return kr_re_sub(vm, pattern_of(self), arg, true); }

// ---- Scanners ------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue pattern, string;
    KrValue pos, endpos;
    size_t from; // in bytes, where the next search begins; KR_RE_NOWHERE: at the end
    bool advance, started, running;
} Scanner;

static void scanner_trace(KrTracer *tracer, KrObject *o) {
    Scanner *s = (Scanner *)o;
    kr_trace(tracer, s->pattern);
    kr_trace(tracer, s->string);
    kr_trace(tracer, s->pos);
    kr_trace(tracer, s->endpos);
}

static KrValue new_scanner(KrVm *vm, const KrType *type, KrValue self, const KrValue *arg) {
    KrReSubject s;
    size_t from;
    if (!kr_re_open(vm, pattern_of(self), arg[0], arg[1], arg[2], &s, &from)) return KR_ERROR;
    kr_re_close(vm, &s);
    Scanner *scanner = kr_alloc(vm, &type->shape, sizeof *scanner);
    if (!scanner) return KR_ERROR;
    scanner->pattern = self;
    scanner->string = arg[0];
    scanner->pos = arg[1];
    scanner->endpos = arg[2];
    scanner->from = from;
    return kr_from_ptr(scanner);
}

static KrValue scan(KrVm *vm, Scanner *scanner, KrReHow how) {
    KrRePattern *p = pattern_of(scanner->pattern);
    KrReSubject s;
    size_t start, few[KR_RE_FEW], *reg = kr_re_registers(vm, p, few);
    bool found = false;
    if (scanner->running) return kr_raise(vm, &kr_value_error, "regular expression scanner already executing");
    if (!reg || scanner->from == KR_RE_NOWHERE) return reg ? KR_NONE : KR_ERROR;
    if (!kr_re_open(vm, p, scanner->string, scanner->pos, scanner->endpos, &s, &start)) return KR_ERROR;
    KrValue v = KR_NONE;
    scanner->running = true;
    if (scanner->from <= s.end && !kr_re_run(vm, p, &s, scanner->from, how, scanner->advance, reg, &found)) v = KR_ERROR;
    scanner->running = false;
    if (!kr_is_error(v) && found) v = kr_re_new_match(vm, p, &s, start, reg);
    scanner->from = found ? reg[1] : KR_RE_NOWHERE;
    scanner->advance = found && reg[0] == reg[1];
    kr_re_close(vm, &s);
    return v;
}

static KrValue scanner_match(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, scan(vm, KR_AS(Scanner, self), KR_RE_MATCH); }
static KrValue scanner_search(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, scan(vm, KR_AS(Scanner, self), KR_RE_SEARCH);
}
static KrValue scanner_pattern(KrVm *vm, KrValue self) { return (void)vm, KR_AS(Scanner, self)->pattern; }

static const KrMethod scanner_methods[] = {
    { "match()", scanner_match, KR_DOC("The match at the place where the last one ended, or None."), 0 },
    { "search()", scanner_search, KR_DOC("The next match, or None."), 0 },
    { 0 },
};
static const KrGetSet scanner_attributes[] = { { "pattern", scanner_pattern, NULL, KR_DOC("the compiled pattern") }, { 0 } };

const KrType kr_re_scanner_type = {
    KR_TYPE_HEAD(kr_re_scanner_type), .name = "SRE_Scanner",   .module = "_sre",
    .flags = KR_TYPE_NO_NEW,          .size = sizeof(Scanner), .methods = scanner_methods,
    .attributes = scanner_attributes, .trace = scanner_trace,
};

static KrValue iterator_self(KrVm *vm, KrValue self) { return (void)vm, self; }
static KrValue iterator_next(KrVm *vm, KrValue self) {
    KrValue v = scan(vm, KR_AS(Scanner, self), KR_RE_SEARCH);
    return kr_is_none(v) ? KR_DONE : v;
}

static const KrType iterator_type = {
    KR_TYPE_HEAD(iterator_type), .name = "callable_iterator", .flags = KR_TYPE_NO_NEW, .size = sizeof(Scanner),
    .trace = scanner_trace,      .iter = iterator_self,       .next = iterator_next,
};

static KrValue pattern_scanner(KrVm *vm, KrValue self, const KrValue *arg) { return new_scanner(vm, &kr_re_scanner_type, self, arg); }
static KrValue pattern_finditer(KrVm *vm, KrValue self, const KrValue *arg) { return new_scanner(vm, &iterator_type, self, arg); }

// ---- Patterns ------------------------------------------------------------------------------------------------------------------

static void pattern_trace(KrTracer *tracer, KrObject *o) {
    KrRePattern *p = (KrRePattern *)o;
    kr_trace(tracer, p->pattern);
    kr_trace(tracer, p->names);
    kr_trace(tracer, p->numbered);
    kr_trace(tracer, p->template);
    kr_trace(tracer, p->pieces);
    kr_trace(tracer, p->program);
}

static void add_flags(KrText *t, const KrRePattern *p) {
    static const struct {
        uint32_t flag;
        const char *name;
    } row[] = {
        { KR_RE_IGNORECASE, "re.IGNORECASE" }, { KR_RE_LOCALE, "re.LOCALE" },   { KR_RE_MULTILINE, "re.MULTILINE" },
        { KR_RE_DOTALL, "re.DOTALL" },         { KR_RE_UNICODE, "re.UNICODE" }, { KR_RE_VERBOSE, "re.VERBOSE" },
        { KR_RE_DEBUG, "re.DEBUG" },           { KR_RE_ASCII, "re.ASCII" },
    };
    uint32_t flags = p->flags;
    const char *between = ", ";
    if (p->text && (flags & (KR_RE_LOCALE | KR_RE_UNICODE | KR_RE_ASCII)) == KR_RE_UNICODE) flags &= ~(uint32_t)KR_RE_UNICODE;
    for (size_t i = 0; i < KR_COUNT_OF(row); i++) {
        if (!(flags & row[i].flag)) continue;
        kr_text_add_format(t, "%s%s", between, row[i].name);
        flags &= ~row[i].flag;
        between = "|";
    }
    if (flags) kr_text_add_format(t, "%s0x%x", between, (size_t)flags);
}

static KrValue pattern_repr(KrVm *vm, KrValue self) {
    KrText t;
    KrValue shown = kr_repr(vm, pattern_of(self)->pattern);
    if (!kr_is_error(shown) && kr_str_length(shown) > 200) shown = kr_str_slice(vm, shown, 0, 200);
    if (kr_is_error(shown)) return shown;
    kr_text_init(vm, &t);
    kr_text_add_format(&t, "re.compile(%S", shown);
    add_flags(&t, pattern_of(self));
    kr_text_add_c(&t, ")");
    return kr_text_str(&t);
}

static bool pattern_hash(KrVm *vm, KrValue self, KrHash *out) {
    const KrRePattern *p = pattern_of(self);
    if (!kr_hash(vm, p->pattern, out)) return false;
    *out ^= (KrHash)p->flags << 8 ^ (KrHash)p->groups;
    if (*out == -1) *out = -2;
    return true;
}

static KrValue pattern_compare(KrVm *vm, KrValue a, KrValue b, KrCompareOp op) {
    bool same = true;
    if ((op != KR_EQ && op != KR_NE) || !kr_is_exact(b, &kr_re_pattern_type)) return KR_NOTIMPL;
    if (!kr_same(a, b)) {
        const KrRePattern *p = pattern_of(a), *q = pattern_of(b);
        same =
            p->flags == q->flags && p->text == q->text && p->words == q->words && memcmp(p->code, q->code, p->words * sizeof *p->code) == 0;
        if (same && !kr_equal(vm, p->pattern, q->pattern, &same)) return KR_ERROR;
    }
    return kr_bool(same == (op == KR_EQ));
}

static KrValue pattern_copy(KrVm *vm, KrValue self, const KrValue *arg) { return (void)vm, (void)arg, self; }
static KrValue get_pattern(KrVm *vm, KrValue self) { return (void)vm, pattern_of(self)->pattern; }
static KrValue get_flags(KrVm *vm, KrValue self) { return kr_int(vm, pattern_of(self)->flags); }
static KrValue get_groups(KrVm *vm, KrValue self) { return kr_int(vm, pattern_of(self)->groups); }
static KrValue get_groupindex(KrVm *vm, KrValue self) { return kr_mappingproxy(vm, pattern_of(self)->names); }

static const KrMethod pattern_methods[] = {
    { "match(string, pos=0, endpos=maxsize)", pattern_match, KR_DOC("Matches zero or more characters at the beginning of the string."), 0 },
    { "fullmatch(string, pos=0, endpos=maxsize)", pattern_fullmatch, KR_DOC("Matches against all of the string."), 0 },
    { "search(string, pos=0, endpos=maxsize)", pattern_search,
      KR_DOC("Scan through string looking for a match, and return a corresponding match object instance.\n\nReturn None if no position in "
             "the string "
             "matches."),
      0 },
    { "sub(repl, string, count=0)", pattern_sub,
      KR_DOC(
          "Return the string obtained by replacing the leftmost non-overlapping occurrences of pattern in string by the replacement repl."),
      0 },
    { "subn(repl, string, count=0)", pattern_subn,
      KR_DOC("Return the tuple (new_string, number_of_subs_made) found by replacing the leftmost non-overlapping occurrences of pattern "
             "with the "
             "replacement repl."),
      0 },
    { "findall(string, pos=0, endpos=maxsize)", pattern_findall,
      KR_DOC("Return a list of all non-overlapping matches of pattern in string."), 0 },
    { "split(string, maxsplit=0)", pattern_split, KR_DOC("Split string by the occurrences of pattern."), 0 },
    { "finditer(string, pos=0, endpos=maxsize)", pattern_finditer,
      KR_DOC("Return an iterator over all non-overlapping matches for the RE pattern in string.\n\nFor each match, the iterator returns a "
             "match object."),
      0 },
    { "scanner(string, pos=0, endpos=maxsize)", pattern_scanner, KR_DOC("An object that finds one match after the other."), 0 },
    { "__copy__()", pattern_copy, KR_DOC("The pattern itself."), 0 },
    { "__deepcopy__(memo, /)", pattern_copy, KR_DOC("The pattern itself."), 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};
static const KrGetSet pattern_attributes[] = {
    { "pattern", get_pattern, NULL, KR_DOC("The pattern string from which the RE object was compiled.") },
    { "flags", get_flags, NULL, KR_DOC("The regex matching flags.") },
    { "groups", get_groups, NULL, KR_DOC("The number of capturing groups in the pattern.") },
    { "groupindex", get_groupindex, NULL, KR_DOC("A dictionary mapping group names to group numbers.") },
    { 0 },
};

const KrType kr_re_pattern_type = {
    KR_TYPE_HEAD(kr_re_pattern_type),
    .name = "Pattern",
    .module = "re",
    .doc = KR_DOC("Compiled regular expression object."),
    .flags = KR_TYPE_NO_NEW | KR_TYPE_WEAKREF,
    .size = sizeof(KrRePattern),
    .methods = pattern_methods,
    .attributes = pattern_attributes,
    .trace = pattern_trace,
    .repr = pattern_repr,
    .hash = pattern_hash,
    .compare = pattern_compare,
};

// ---- The module ----------------------------------------------------------------------------------------------------------------

KrValue kr_re_module(KrVm *vm) {
    KrValue name = kr_name(vm, "_re");
    return kr_is_error(name) ? name : kr_getitem(vm, vm->modules, name);
}

// names: dict name -> number; the tuple number -> name, None without a name.
static KrValue number_names(KrVm *vm, KrValue names, uint32_t groups) {
    KrValue tuple = kr_tuple(vm, (size_t)groups + 1, NULL), key, value;
    size_t at = 0;
    if (kr_is_error(tuple)) return tuple;
    while (kr_dict_next(names, &at, &key, &value)) {
        int64_t n;
        if (!kr_to_int64(vm, value, &n)) return KR_ERROR;
        kr_store(vm, kr_ptr(tuple), &kr_tuple_items(tuple, NULL)[n], key);
    }
    return tuple;
}

static bool compile_into(KrVm *vm, KrReParser *parser, KrRePattern *p) {
    int32_t root;
    if (!kr_re_parse(parser, &root)) return false;
    kr_store(vm, p, &p->names, parser->names);
    p->flags = parser->flags;
    if (!kr_re_emit(parser, root, p)) return false;
    KrValue numbered = number_names(vm, p->names, p->groups);
    if (kr_is_error(numbered)) return false;
    kr_store(vm, p, &p->numbered, numbered);
    return true;
}

static KrValue re_compile(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t flags;
    KrBuffer b = { 0 };
    KrValue source = arg[0];
    if (!kr_to_int64(vm, arg[1], &flags)) return KR_ERROR;
    bool text = kr_is_str(source);
    if (!text && !kr_get_buffer(vm, source, &b, KR_BUFFER_READ)) {
        if (!kr_raised_is(vm, &kr_type_error)) return KR_ERROR;
        (void)kr_take_raised(vm);
        return kr_raise(vm, &kr_type_error, "first argument must be string or compiled pattern");
    }
    if (!text) { // a copy, since a bytearray may change
        source = kr_bytes(vm, b.data, b.len);
        kr_release_buffer(vm, &b);
        if (kr_is_error(source)) return source;
    }
    KrRePattern *p = kr_alloc(vm, &kr_re_pattern_type.shape, sizeof *p);
    if (!p) return KR_ERROR;
    p->pattern = arg[0];
    p->names = p->numbered = p->template = p->pieces = p->program = KR_UNSET;
    p->text = text;
    KrReParser parser = { .vm = vm, .module = self, .pattern = arg[0], .text = text, .flags = (uint32_t)flags };
    if (text) {
        parser.data = kr_str_data(kr_str_of(source));
        parser.len = kr_str_of(source)->len;
    } else {
        parser.data = (const char *)kr_bytes_data(source, &parser.len);
    }
    return compile_into(vm, &parser, p) ? kr_from_ptr(p) : KR_ERROR;
}

static KrValue re_template(KrVm *vm, KrValue self, const KrValue *arg) {
    if (!kr_is_exact(arg[0], &kr_re_pattern_type)) return kr_raise(vm, &kr_type_error, "expected a compiled pattern, got %T", arg[0]);
    return kr_re_template(vm, self, pattern_of(arg[0]), arg[1]);
}

static const KrMethod functions[] = {
    { "compile(pattern, flags=0, /)", re_compile, KR_DOC("A compiled pattern; flags as an int."), 0 },
    { "template(pattern, text, /)", re_template, KR_DOC("The pieces of a replacement text: literals and group numbers in turn."), 0 },
    { 0 },
};
static const KrConst constants[] = {
    { "Pattern", KR_CONST_TYPE, { .p = &kr_re_pattern_type } },
    { "Match", KR_CONST_TYPE, { .p = &kr_re_match_type } },
    { 0 },
};
const KrModuleDef kr_re_module_def = { "_re", KR_DOC("Regular expressions: what the module re is made of."), functions, constants, NULL };
