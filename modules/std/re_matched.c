// re_matched.c - match objects, and replacement texts.
// SPDX-License-Identifier: MIT
#include "object/bytes_method.h"
#include "object/container.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "re_object.h"
#include "re_parse.h"

#define FAIL(...) kr_fail(kr_re_error(__VA_ARGS__))

static KrReMatch *match_of(KrValue v) { return KR_AS(KrReMatch, v); }
static const KrRePattern *pattern_of(const KrReMatch *m) { return KR_AS(KrRePattern, m->pattern); }

static bool is_set(const size_t *reg, uint32_t group) {
    return reg[2 * group] != KR_RE_NOWHERE && reg[2 * group + 1] != KR_RE_NOWHERE && reg[2 * group] <= reg[2 * group + 1];
}

static size_t chars(const KrReMatch *m, size_t offset) {
    return kr_is_str(m->string) ? kr_str_chars(kr_str_of(m->string), offset) : offset;
}

KrValue kr_re_new_match(KrVm *vm, const KrRePattern *p, const KrReSubject *s, size_t from, const size_t *reg) {
    size_t count = 2 * ((size_t)p->groups + 1);
    KrReMatch *m = kr_alloc_var(vm, &kr_re_match_type, count * sizeof *reg);
    if (!m) return KR_ERROR;
    m->pattern = kr_from_ptr(p);
    m->string = s->object;
    memcpy(m->reg, reg, count * sizeof *reg);
    m->last = reg[count] == KR_RE_NOWHERE ? 0 : reg[count];
    m->pos = chars(m, from);
    m->endpos = chars(m, s->end);
    return kr_from_ptr(m);
}

static size_t match_size(const KrObject *o) {
    const KrReMatch *m = (const KrReMatch *)o;
    return sizeof *m + 2 * ((size_t)pattern_of(m)->groups + 1) * sizeof *m->reg;
}

static void match_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((KrReMatch *)o)->pattern);
    kr_trace(tracer, ((KrReMatch *)o)->string);
}

// ---- Groups --------------------------------------------------------------------------------------------------------------------

// A piece of the subject; a bytearray may have become shorter since.
static KrValue part(KrVm *vm, const KrReMatch *m, size_t from, size_t to) {
    if (kr_is_str(m->string)) return kr_str_part(vm, m->string, from, to);
    KrBuffer b;
    if (!kr_get_buffer(vm, m->string, &b, KR_BUFFER_READ)) return KR_ERROR;
    if (to > b.len) to = b.len;
    if (from > to) from = to;
    bool whole = from == 0 && to == b.len && kr_is_exact(m->string, &kr_bytes_type);
    KrValue v = whole ? m->string : kr_bytes(vm, (const char *)b.data + from, to - from);
    kr_release_buffer(vm, &b);
    return v;
}

KrValue kr_re_group(KrVm *vm, const KrReMatch *m, uint32_t group, KrValue absent) {
    return is_set(m->reg, group) ? part(vm, m, m->reg[2 * group], m->reg[2 * group + 1]) : absent;
}

// The number that an index or a name stands for.
static bool group_number(KrVm *vm, const KrReMatch *m, KrValue v, uint32_t *out) {
    intptr_t i = -1;
    if (kr_is_integer(v) || !kr_is_unset(kr_type_lookup(vm, kr_type_of(v), KR_N(__index__)))) {
        if (!kr_to_index_clipped(vm, v, &i)) return false;
    } else {
        KrValue number;
        int64_t n;
        if (!kr_dict_find(vm, pattern_of(m)->names, v, &number)) {
            if (!kr_raised_is(vm, &kr_type_error)) return false;
            (void)kr_take_raised(vm);
        } else if (!kr_is_unset(number)) {
            if (!kr_to_int64(vm, number, &n)) return false;
            i = (intptr_t)n;
        }
    }
    if (i < 0 || (size_t)i > pattern_of(m)->groups) return kr_fail(kr_raise(vm, &kr_index_error, "no such group"));
    return *out = (uint32_t)i, true;
}

static KrValue one_group(KrVm *vm, const KrReMatch *m, KrValue which) {
    uint32_t g;
    return group_number(vm, m, which, &g) ? kr_re_group(vm, m, g, KR_NONE) : KR_ERROR;
}

static KrValue match_group(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const KrValue *which = kr_tuple_items(arg[0], &count);
    if (count == 0) return kr_re_group(vm, match_of(self), 0, KR_NONE);
    if (count == 1) return one_group(vm, match_of(self), which[0]);
    KrValue tuple = kr_tuple(vm, count, NULL);
    for (size_t i = 0; i < count && !kr_is_error(tuple); i++) {
        KrValue v = one_group(vm, match_of(self), which[i]);
        if (kr_is_error(v)) return v;
        kr_store(vm, kr_ptr(tuple), &kr_tuple_items(tuple, NULL)[i], v);
    }
    return tuple;
}

static KrValue match_getitem(KrVm *vm, KrValue self, KrValue key) { return one_group(vm, match_of(self), key); }

static KrValue match_groups(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrReMatch *m = match_of(self);
    KrValue tuple = kr_tuple(vm, pattern_of(m)->groups, NULL);
    for (uint32_t g = 1; g <= pattern_of(m)->groups && !kr_is_error(tuple); g++) {
        KrValue v = kr_re_group(vm, m, g, arg[0]);
        if (kr_is_error(v)) return v;
        kr_store(vm, kr_ptr(tuple), &kr_tuple_items(tuple, NULL)[g - 1], v);
    }
    return tuple;
}

static KrValue match_groupdict(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrReMatch *m = match_of(self);
    KrValue dict = kr_dict(vm), name, number;
    for (size_t at = 0; !kr_is_error(dict) && kr_dict_next(pattern_of(m)->names, &at, &name, &number);) {
        int64_t n;
        if (!kr_to_int64(vm, number, &n)) return KR_ERROR;
        KrValue v = kr_re_group(vm, m, (uint32_t)n, arg[0]);
        if (kr_is_error(v) || !kr_dict_set(vm, dict, name, v)) return KR_ERROR;
    }
    return dict;
}

static KrValue end_of(KrVm *vm, const KrReMatch *m, uint32_t group, unsigned end) {
    return is_set(m->reg, group) ? kr_int(vm, (int64_t)chars(m, m->reg[2 * group + end])) : kr_int_box(-1);
}

static KrValue span_of(KrVm *vm, const KrReMatch *m, uint32_t group) {
    KrValue both[2] = { end_of(vm, m, group, 0), end_of(vm, m, group, 1) };
    return kr_tuple(vm, 2, both);
}

static KrValue match_start(KrVm *vm, KrValue self, const KrValue *arg) {
    uint32_t g;
    return group_number(vm, match_of(self), arg[0], &g) ? end_of(vm, match_of(self), g, 0) : KR_ERROR;
}
static KrValue match_end(KrVm *vm, KrValue self, const KrValue *arg) {
    uint32_t g;
    return group_number(vm, match_of(self), arg[0], &g) ? end_of(vm, match_of(self), g, 1) : KR_ERROR;
}
static KrValue match_span(KrVm *vm, KrValue self, const KrValue *arg) {
    uint32_t g;
    return group_number(vm, match_of(self), arg[0], &g) ? span_of(vm, match_of(self), g) : KR_ERROR;
}

static KrValue get_regs(KrVm *vm, KrValue self) {
    const KrReMatch *m = match_of(self);
    KrValue tuple = kr_tuple(vm, (size_t)pattern_of(m)->groups + 1, NULL);
    for (uint32_t g = 0; g <= pattern_of(m)->groups && !kr_is_error(tuple); g++) {
        KrValue v = span_of(vm, m, g);
        if (kr_is_error(v)) return v;
        kr_store(vm, kr_ptr(tuple), &kr_tuple_items(tuple, NULL)[g], v);
    }
    return tuple;
}

static KrValue get_re(KrVm *vm, KrValue self) { return (void)vm, match_of(self)->pattern; }
static KrValue get_string(KrVm *vm, KrValue self) { return (void)vm, match_of(self)->string; }
static KrValue get_pos(KrVm *vm, KrValue self) { return kr_int(vm, (int64_t)match_of(self)->pos); }
static KrValue get_endpos(KrVm *vm, KrValue self) { return kr_int(vm, (int64_t)match_of(self)->endpos); }
static KrValue get_lastindex(KrVm *vm, KrValue self) {
    size_t last = match_of(self)->last;
    return last ? kr_int(vm, (int64_t)last) : KR_NONE;
}
static KrValue get_lastgroup(KrVm *vm, KrValue self) {
    const KrReMatch *m = match_of(self);
    (void)vm;
    return m->last ? kr_tuple_items(pattern_of(m)->numbered, NULL)[m->last] : KR_NONE;
}

static KrValue match_repr(KrVm *vm, KrValue self) {
    const KrReMatch *m = match_of(self);
    KrValue text = kr_re_group(vm, m, 0, KR_NONE), shown = kr_is_error(text) ? text : kr_repr(vm, text);
    if (!kr_is_error(shown) && kr_str_length(shown) > 50) shown = kr_str_slice(vm, shown, 0, 50);
    if (kr_is_error(shown)) return shown;
    return kr_format(vm, "<re.Match object; span=(%u, %u), match=%S>", chars(m, m->reg[0]), chars(m, m->reg[1]), shown);
}

static KrValue match_copy(KrVm *vm, KrValue self, const KrValue *arg) { return (void)vm, (void)arg, self; }

// ---- Replacement texts ---------------------------------------------------------------------------------------------------------

typedef struct {
    KrReParser p;
    const KrRePattern *pattern;
    KrValue list; // of pieces: a literal, a group number, a literal, ...
    KrText literal;
} Template;

static bool is_octal(uint32_t c) { return c >= '0' && c <= '7'; }
static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }

static void add_char(Template *t, uint32_t c) {
    char byte = (char)c;
    if (t->p.text) kr_text_add_char(&t->literal, c);
    else kr_text_add(&t->literal, &byte, 1);
}

static bool end_literal(Template *t) {
    KrValue v = t->p.text ? kr_text_str(&t->literal) : kr_text_bytes(&t->literal);
    kr_text_init(t->p.vm, &t->literal);
    return !kr_is_error(v) && kr_list_append(t->p.vm, t->list, v);
}

static bool add_group(Template *t, uint64_t group, size_t back) {
    if (group > t->pattern->groups) return FAIL(&t->p, back, "invalid group reference %u", (size_t)group);
    return end_literal(t) && kr_list_append(t->p.vm, t->list, kr_int(t->p.vm, (int64_t)group));
}

static bool named_group(Template *t) { // behind \g
    KrReParser *p = &t->p;
    bool taken, digits = true;
    size_t from, to;
    KrValue name, number;
    if (!kr_re_take(p, '<', &taken)) return false;
    if (!taken) return FAIL(p, 0, "missing <");
    if (!kr_re_until(p, '>', "group name", &from, &to)) return false;
    size_t back = kr_re_chars(p, from, to) + 1;
    uint64_t n = 0;
    for (size_t i = from; i < to && digits; i++) {
        digits = is_digit((unsigned char)p->data[i]);
        if (digits && n < KR_RE_GROUP_MAX) n = n * 10 + (uint64_t)(p->data[i] - '0');
    }
    if (digits && n >= KR_RE_GROUP_MAX) {
        KrValue shown = kr_re_piece(p, from, to);
        return !kr_is_error(shown) && FAIL(p, back, "invalid group reference %S", shown);
    }
    if (digits) return add_group(t, n, back);
    if (!kr_re_check_name(p, from, to, 1, &name) || !kr_dict_find(p->vm, t->pattern->names, name, &number)) return false;
    if (kr_is_unset(number)) return kr_fail(kr_raise(p->vm, &kr_index_error, "unknown group name %R", name));
    return end_literal(t) && kr_list_append(p->vm, t->list, number);
}

static bool numbered_group(Template *t, size_t from, uint32_t c) {
    KrReParser *p = &t->p;
    uint32_t n = c - '0';
    if (is_digit(p->first)) {
        uint32_t second = p->first;
        n = n * 10 + (second - '0');
        if (!kr_re_advance(p)) return false;
        if (is_octal(c) && is_octal(second) && is_octal(p->first)) {
            n = (c - '0') * 64 + (second - '0') * 8 + (p->first - '0');
            if (!kr_re_advance(p)) return false;
            if (n <= 0377) return add_char(t, n), true;
            KrValue shown = kr_re_piece(p, from, p->at);
            return !kr_is_error(shown) && FAIL(p, 4, "octal escape value %S outside of range 0-0o377", shown);
        }
    }
    return add_group(t, n, kr_re_chars(p, from, p->at) - 1);
}

static bool template_escape(Template *t) {
    static const char from[] = "abfnrtv\\", to[] = "\a\b\f\n\r\t\v\\";
    KrReParser *p = &t->p;
    size_t start = p->at;
    uint32_t c = p->second, n = 0;
    if (!kr_re_advance(p)) return false;
    if (c == 'g') return named_group(t);
    if (c == '0') {
        for (unsigned i = 0; i < 2 && is_octal(p->first); i++) {
            n = n * 8 + (p->first - '0');
            if (!kr_re_advance(p)) return false;
        }
        return add_char(t, n & 0xFF), true;
    }
    if (is_digit(c)) return numbered_group(t, start, c);
    for (size_t i = 0; from[i]; i++)
        if (c == (unsigned char)from[i]) return add_char(t, (unsigned char)to[i]), true;
    if ((c | 32) >= 'a' && (c | 32) <= 'z') return FAIL(p, 2, "bad escape \\%c", c);
    add_char(t, '\\');
    return add_char(t, c), true;
}

static bool read_template(Template *t) {
    KrReParser *p = &t->p;
    kr_text_init(p->vm, &t->literal);
    if (!kr_re_advance(p)) return false;
    while (p->first != KR_RE_NO_CHAR) {
        if (p->first == '\\') {
            if (!template_escape(t)) return false;
        } else {
            add_char(t, p->first);
            if (!kr_re_advance(p)) return false;
        }
        if (t->literal.failed || !kr_poll(p->vm, 1)) return false;
    }
    return end_literal(t);
}

KrValue kr_re_template(KrVm *vm, KrValue module, KrRePattern *p, KrValue text) {
    if (kr_same(p->template, text) && !kr_has_flag(text, KR_TYPE_IS_BYTEARRAY)) return p->pieces;
    Template t = { .p = { .vm = vm, .module = module, .pattern = text, .text = kr_is_str(text) },
                   .pattern = p,
                   .list = kr_list(vm, 0, NULL) };
    if (kr_is_error(t.list)) return t.list;
    if (t.p.text) {
        t.p.data = kr_str_data(kr_str_of(text));
        t.p.len = kr_str_of(text)->len;
    } else {
        t.p.data = (const char *)kr_bytes_data(text, &t.p.len);
    }
    KrValue pieces = read_template(&t) ? kr_tuple_from(vm, t.list) : KR_ERROR;
    if (kr_is_error(pieces)) return pieces;
    kr_store(vm, p, &p->template, text);
    kr_store(vm, p, &p->pieces, pieces);
    return pieces;
}

bool kr_re_expand(KrVm *vm, KrText *out, KrValue pieces, const KrReSubject *s, const size_t *reg) {
    size_t count;
    const KrValue *piece = kr_tuple_items(pieces, &count);
    for (size_t i = 0; i < count; i++) {
        if (kr_is_int(piece[i])) {
            uint32_t g = (uint32_t)kr_int_value(piece[i]);
            if (is_set(reg, g)) kr_text_add(out, s->data + reg[2 * g], reg[2 * g + 1] - reg[2 * g]);
        } else if (kr_is_str(piece[i]) != s->text) {
            size_t at = i;
            return kr_fail(s->text
                               ? kr_raise(vm, &kr_type_error, "sequence item %u: expected str instance, %T found", at, piece[i])
                               : kr_raise(vm, &kr_type_error, "sequence item %u: expected a bytes-like object, %T found", at, piece[i]));
        } else if (s->text) {
            kr_text_add_str(out, piece[i]);
        } else {
            size_t len;
            const uint8_t *data = kr_bytes_data(piece[i], &len);
            kr_text_add(out, (const char *)data, len);
        }
    }
    return !out->failed;
}

static KrValue match_expand(KrVm *vm, KrValue self, const KrValue *arg) {
    KrReMatch *m = match_of(self);
    KrRePattern *p = KR_AS(KrRePattern, m->pattern);
    KrReSubject s;
    size_t from;
    KrText out;
    KrValue module = kr_re_module(vm), end = kr_int(vm, PTRDIFF_MAX);
    if (!kr_is_str(arg[0]) && !kr_has_flag(arg[0], KR_TYPE_IS_BYTES | KR_TYPE_IS_BYTEARRAY))
        return kr_raise(vm, &kr_type_error, "decoding to str: need a bytes-like object, %T found", arg[0]);
    KrValue pieces = kr_is_error(module) ? module : kr_re_template(vm, module, p, arg[0]);
    if (kr_is_error(pieces) || !kr_re_open(vm, p, m->string, kr_int_box(0), end, &s, &from)) return KR_ERROR;
    kr_text_init(vm, &out);
    bool ok = kr_re_expand(vm, &out, pieces, &s, m->reg);
    kr_re_close(vm, &s);
    return !ok ? KR_ERROR : s.text ? kr_text_str(&out) : kr_text_bytes(&out);
}

// ---- The type ------------------------------------------------------------------------------------------------------------------

static const KrMethod match_methods[] = {
    { "group(*args)", match_group,
      KR_DOC(
          "group([group1, ...]) -> str or tuple.\n\nReturn subgroup(s) of the match by indices or names.\nFor 0 returns the entire match."),
      0 },
    { "groups(default=None)", match_groups,
      KR_DOC(
          "Return a tuple containing all the subgroups of the match, from 1.\n\ndefault: what is used for groups that did not take part."),
      0 },
    { "groupdict(default=None)", match_groupdict,
      KR_DOC("Return a dictionary containing all the named subgroups of the match, keyed by the subgroup name."), 0 },
    { "start(group=0, /)", match_start, KR_DOC("Return index of the start of the substring matched by group."), 0 },
    { "end(group=0, /)", match_end, KR_DOC("Return index of the end of the substring matched by group."), 0 },
    { "span(group=0, /)", match_span, KR_DOC("For match object m, return the 2-tuple (m.start(group), m.end(group))."), 0 },
    { "expand(template)", match_expand,
      KR_DOC("Return the string obtained by doing backslash substitution on the string template, as done by the sub() method."), 0 },
    { "__copy__()", match_copy, KR_DOC("The match itself."), 0 },
    { "__deepcopy__(memo, /)", match_copy, KR_DOC("The match itself."), 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};
static const KrGetSet match_attributes[] = {
    { "re", get_re, NULL, KR_DOC("The regular expression object.") },
    { "string", get_string, NULL, KR_DOC("The string passed to match() or search().") },
    { "pos", get_pos, NULL, KR_DOC("The index into the string at which the RE engine started looking for a match.") },
    { "endpos", get_endpos, NULL, KR_DOC("The index into the string beyond which the RE engine will not go.") },
    { "lastindex", get_lastindex, NULL, KR_DOC("The integer index of the last matched capturing group.") },
    { "lastgroup", get_lastgroup, NULL, KR_DOC("The name of the last matched capturing group.") },
    { "regs", get_regs, NULL, KR_DOC("(start, end) of each group, from 0") },
    { 0 },
};

const KrType kr_re_match_type = {
    KR_TYPE_HEAD(kr_re_match_type),
    .name = "Match",
    .module = "re",
    .doc = KR_DOC("The result of re.match() and re.search().\nMatch objects always have a boolean value of True."),
    .flags = KR_TYPE_NO_NEW | KR_TYPE_VAR,
    .size = sizeof(KrReMatch),
    .methods = match_methods,
    .attributes = match_attributes,
    .trace = match_trace,
    .var_size = match_size,
    .repr = match_repr,
    .getitem = match_getitem,
};
