// re_group.c - what stands in the brackets of a regular expression: groups, flags, conditions, looking around; and how wide a match can be.
// SPDX-License-Identifier: MIT
#include "re_parse.h"

#define FAIL(...) kr_fail(kr_re_error(__VA_ARGS__))

// ---- Flags ---------------------------------------------------------------------------------------------------------------------

static uint32_t flag_of(uint32_t c) {
    switch (c) {
    case 'i': return KR_RE_IGNORECASE;
    case 'L': return KR_RE_LOCALE;
    case 'm': return KR_RE_MULTILINE;
    case 's': return KR_RE_DOTALL;
    case 'x': return KR_RE_VERBOSE;
    case 'a': return KR_RE_ASCII;
    case 'u': return KR_RE_UNICODE;
    default: return 0;
    }
}

enum { KINDS = KR_RE_ASCII | KR_RE_LOCALE | KR_RE_UNICODE };

static bool is_alpha(uint32_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

// A character that is no flag, where `expected` should stand; the token has been taken.
static bool no_flag(KrReParser *p, uint32_t c, const char *expected) {
    if (c == KR_RE_NO_CHAR) return FAIL(p, 0, "%s", expected);
    return FAIL(p, c == '\\' ? 2 : 1, "%s", is_alpha(c) ? "unknown flag" : expected);
}

static bool take_any(KrReParser *p, uint32_t *c) { return *c = p->first, kr_re_advance(p); }

// The flags to be turned on, from c on; *c is then the `)`, `:` or `-` behind them.
static bool flags_on(KrReParser *p, uint32_t *c, uint32_t *on) {
    for (;;) {
        uint32_t flag = flag_of(*c);
        if (p->text && *c == 'L') return FAIL(p, 0, "bad inline flags: cannot use 'L' flag with a str pattern");
        if (!p->text && *c == 'u') return FAIL(p, 0, "bad inline flags: cannot use 'u' flag with a bytes pattern");
        *on |= flag;
        if (flag & KINDS && (*on & KINDS) != flag) return FAIL(p, 0, "bad inline flags: flags 'a', 'u' and 'L' are incompatible");
        if (!take_any(p, c)) return false;
        if (*c == ')' || *c == '-' || *c == ':') return true;
        if (!flag_of(*c)) return no_flag(p, *c, "missing -, : or )");
    }
}

static bool flags_off(KrReParser *p, uint32_t *off) {
    uint32_t c;
    if (!take_any(p, &c)) return false;
    if (!flag_of(c)) return no_flag(p, c, "missing flag");
    for (;;) {
        if (flag_of(c) & KINDS) return FAIL(p, 0, "bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
        *off |= flag_of(c);
        if (!take_any(p, &c)) return false;
        if (c == ':') return true;
        if (!flag_of(c)) return no_flag(p, c, "missing :");
    }
}

// (?flags) with *global, or (?flags-flags: of a group.
static bool parse_flags(KrReParser *p, uint32_t c, uint32_t *on, uint32_t *off, bool *global) {
    *on = *off = 0;
    *global = false;
    if (c != '-') {
        if (!flags_on(p, &c, on)) return false;
        *global = c == ')';
        if (*global) return p->flags |= *on, true;
    }
    if (c == '-' && !flags_off(p, off)) return false;
    return !(*on & *off) || FAIL(p, 1, "bad inline flags: flag turned on and off");
}

// ---- Groups --------------------------------------------------------------------------------------------------------------------

typedef struct {      // what is being read
    size_t start;     // of the bracket
    uint32_t on, off; // flags
    bool capture, atomic;
    KrValue name;
    size_t name_len;
} Group;

static bool expect_end(KrReParser *p, size_t start) {
    bool taken;
    if (!kr_re_take(p, ')', &taken)) return false;
    return taken || FAIL(p, kr_re_chars(p, start, p->at), "missing ), unterminated subpattern");
}

// Behind (?P=
static bool parse_named_back(KrReParser *p, int32_t *out) {
    size_t from, to;
    KrValue name;
    uint32_t number;
    if (!kr_re_until(p, ')', "group name", &from, &to) || !kr_re_check_name(p, from, to, 1, &name)) return false;
    size_t back = kr_re_chars(p, from, to) + 1;
    if (!kr_re_find_group(p, name, back, &number)) return false;
    if (!p->group[number].closed) return FAIL(p, back, "cannot refer to an open group");
    if (!kr_re_check_behind(p, number)) return false;
    *out = kr_re_new_node(p, KR_RE_BACK, number);
    return *out >= 0;
}

static bool parse_look(KrReParser *p, size_t start, bool behind, bool negative, int32_t *out) {
    uint32_t outer = p->behind;
    int32_t list;
    if (behind && outer == UINT32_MAX) p->behind = (uint32_t)p->groups;
    if (!kr_re_parse_branches(p, p->flags & KR_RE_VERBOSE, 1, &list)) return false;
    p->behind = outer;
    if (!expect_end(p, start)) return false;
    bool never = negative && list < 0;
    *out = kr_re_new_node(p, never ? KR_RE_FAIL : KR_RE_LOOK, 0);
    if (*out < 0) return false;
    p->node[*out].mode = (uint8_t)(behind | negative << 1);
    p->node[*out].child = list;
    return true;
}

static bool condition_group(KrReParser *p, uint32_t *number) {
    size_t from, to;
    KrValue name;
    if (!kr_re_until(p, ')', "group name", &from, &to)) return false;
    size_t back = kr_re_chars(p, from, to) + 1;
    uint64_t n = 0;
    bool digits = true;
    for (size_t i = from; i < to && digits; i++) {
        digits = p->data[i] >= '0' && p->data[i] <= '9';
        if (digits && n < KR_RE_GROUP_MAX) n = n * 10 + (uint64_t)(p->data[i] - '0');
    }
    if (!digits) return kr_re_check_name(p, from, to, 1, &name) && kr_re_find_group(p, name, back, number);
    if (n == 0) return FAIL(p, back, "bad group number");
    if (n >= KR_RE_GROUP_MAX) {
        KrValue shown = kr_re_piece(p, from, to);
        return !kr_is_error(shown) && FAIL(p, back, "invalid group reference %S", shown);
    }
    *number = (uint32_t)n;
    bool known = false;
    for (uint32_t i = 0; i < p->forward_count; i++) known = known || p->forward[i] == n;
    if (*number < p->groups || known) return true;
    if (p->forward_count == KR_COUNT_OF(p->forward)) // more conditions before their groups than anybody writes
        return FAIL(p, back, "invalid group reference %u", (size_t)n);
    p->forward[p->forward_count] = *number;
    p->forward_at[p->forward_count++] = from;
    return true;
}

static int32_t alternative(KrReParser *p, int32_t list) {
    int32_t n = kr_re_new_node(p, KR_RE_ALTERNATIVE, 0);
    if (n >= 0) p->node[n].child = list;
    return n;
}

static bool parse_condition(KrReParser *p, size_t start, bool verbose, unsigned depth, int32_t *out) {
    uint32_t group;
    int32_t yes, no = -1;
    bool taken;
    if (!condition_group(p, &group) || !kr_re_check_behind(p, group) || !kr_re_parse_list(p, verbose, depth + 1, false, &yes) ||
        !kr_re_take(p, '|', &taken))
        return false;
    if (taken && !kr_re_parse_list(p, verbose, depth + 1, false, &no)) return false;
    if (taken && p->first == '|') return FAIL(p, 0, "conditional backref with more than two branches");
    if (!expect_end(p, start)) return false;
    int32_t a = alternative(p, yes), b = a < 0 ? a : alternative(p, no);
    *out = b < 0 ? b : kr_re_new_node(p, KR_RE_IF, group);
    if (*out < 0) return false;
    p->node[a].next = b;
    p->node[*out].child = a;
    return true;
}

static bool unknown(KrReParser *p, const char *before, uint32_t c) {
    if (c >= 0x80 && !p->text) return FAIL(p, strlen(before) + 2, "unknown extension ?%s\\x%x", before, (size_t)c);
    if (c != '\\') return FAIL(p, strlen(before) + 2, "unknown extension ?%s%c", before, c);
    return FAIL(p, strlen(before) + 3, "unknown extension ?%s\\%c", before, p->second);
}

// Behind (?P
static bool parse_python(KrReParser *p, Group *g, bool *done, int32_t *out) {
    bool taken;
    size_t from, to;
    if (!kr_re_take(p, '<', &taken)) return false;
    if (taken) {
        if (!kr_re_until(p, '>', "group name", &from, &to) || !kr_re_check_name(p, from, to, 1, &g->name)) return false;
        g->name_len = kr_re_chars(p, from, to);
        return true;
    }
    if (!kr_re_take(p, '=', &taken)) return false;
    *done = true;
    if (taken) return parse_named_back(p, out);
    uint32_t c = p->first;
    if (c == KR_RE_NO_CHAR) return FAIL(p, 0, "unexpected end of pattern");
    uint32_t second = p->second;
    if (!kr_re_advance(p)) return false;
    p->second = second;
    return unknown(p, "P", c);
}

static bool skip_comment(KrReParser *p, size_t start) {
    for (;;) {
        uint32_t c = p->first;
        if (c == KR_RE_NO_CHAR) return FAIL(p, kr_re_chars(p, start, p->at), "missing ), unterminated comment");
        if (!kr_re_advance(p)) return false;
        if (c == ')') return true;
    }
}

// Behind (?. *done: nothing else follows but what *out says.
static bool parse_extension(KrReParser *p, Group *g, bool *verbose, unsigned depth, bool first, bool *done, int32_t *out) {
    uint32_t c = p->first, second = p->second;
    if (c == KR_RE_NO_CHAR) return FAIL(p, 0, "unexpected end of pattern");
    if (!kr_re_advance(p)) return false;
    switch (c) {
    case 'P': return parse_python(p, g, done, out);
    case ':': return g->capture = false, true;
    case '>': return g->capture = false, g->atomic = true;
    case '#': return *done = true, skip_comment(p, g->start);
    case '(': return *done = true, parse_condition(p, g->start, *verbose, depth, out);
    case '=':
    case '!': return *done = true, parse_look(p, g->start, false, c == '!', out);
    case '<':
        c = p->first, second = p->second;
        *done = true;
        if (c == KR_RE_NO_CHAR) return FAIL(p, 0, "unexpected end of pattern");
        if (!kr_re_advance(p)) return false;
        if (c == '=' || c == '!') return parse_look(p, g->start, true, c == '!', out);
        p->second = second;
        return unknown(p, "<", c);
    default: break;
    }
    if (!flag_of(c) && c != '-') {
        p->second = second;
        return unknown(p, "", c);
    }
    if (!parse_flags(p, c, &g->on, &g->off, done)) return false;
    g->capture = false;
    if (!*done) return true;
    if (!first) return FAIL(p, kr_re_chars(p, g->start, p->at), "global flags not at the start of the expression");
    *verbose = p->flags & KR_RE_VERBOSE;
    return true;
}

// Flags turned on here replace those of the same kind.
static uint32_t changed(uint32_t flags, const Group *g) {
    if (g->on & KINDS) flags &= ~(uint32_t)KINDS;
    return (flags | g->on) & ~g->off;
}

bool kr_re_parse_group(KrReParser *p, bool *verbose, unsigned depth, bool first, int32_t *out) {
    Group g = { .start = p->at - 1, .capture = true, .name = KR_UNSET };
    uint32_t number = 0, outer;
    bool taken, done = false;
    int32_t list;
    if (!kr_re_take(p, '?', &taken)) return false;
    if (taken && (!parse_extension(p, &g, verbose, depth, first, &done, out) || done)) return done && !kr_raised(p->vm);
    if (g.capture && !kr_re_open_group(p, g.name, g.name_len + 1, &number)) return false;
    outer = p->flags;
    p->flags = changed(outer, &g);
    bool inside = (*verbose || g.on & KR_RE_VERBOSE) && !(g.off & KR_RE_VERBOSE);
    if (!kr_re_parse_branches(p, inside, depth + 1, &list)) return false;
    p->flags = outer;
    if (!expect_end(p, g.start)) return false;
    if (g.capture) {
        KrReGroup *group = &p->group[number];
        kr_re_width(p, list, &group->least, &group->most);
        p->group[number].closed = true;
    }
    *out = kr_re_new_node(p, g.atomic ? KR_RE_ATOMIC : KR_RE_GROUP, number);
    if (*out < 0) return false;
    p->node[*out].child = list;
    return true;
}

// ---- Widths --------------------------------------------------------------------------------------------------------------------

static uint32_t sum(uint32_t a, uint32_t b) { return a > KR_RE_FOREVER - b ? KR_RE_FOREVER : a + b; }
static uint32_t product(uint32_t a, uint32_t b) { return (uint64_t)a * b > KR_RE_FOREVER ? KR_RE_FOREVER : a * b; }

static void node_width(const KrReParser *p, const KrReNode *n, uint32_t *least, uint32_t *most) {
    *least = *most = 0;
    switch ((KrReNodeType)n->type) {
    case KR_RE_LITERAL:
    case KR_RE_NOT_LITERAL:
    case KR_RE_ANY:
    case KR_RE_IN: *least = *most = 1; break;
    case KR_RE_GROUP:
    case KR_RE_ATOMIC: kr_re_width(p, n->child, least, most); break;
    case KR_RE_BRANCH:
    case KR_RE_IF:
        *least = KR_RE_FOREVER;
        for (int32_t i = n->child; i >= 0; i = p->node[i].next) {
            uint32_t low, high;
            kr_re_width(p, p->node[i].child, &low, &high);
            if (low < *least) *least = low;
            if (high > *most) *most = high;
        }
        break;
    case KR_RE_REPEAT:
        kr_re_width(p, n->child, least, most);
        *least = product(*least, n->a);
        *most = product(*most, n->b);
        break;
    case KR_RE_BACK:
        *least = p->group[n->a].least;
        *most = p->group[n->a].most;
        break;
    default: break;
    }
}

// The depth of the tree was limited when it was made.
void kr_re_width(const KrReParser *p, int32_t list, uint32_t *least, uint32_t *most) {
    uint32_t low = 0, high = 0;
    for (int32_t i = list; i >= 0; i = p->node[i].next) {
        uint32_t a, b;
        node_width(p, &p->node[i], &a, &b);
        low = sum(low, a);
        high = sum(high, b);
    }
    *least = low;
    *most = high;
}
