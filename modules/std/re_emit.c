// re_emit.c - the tree of a regular expression -> its program, and what is known about how its matches begin.
// SPDX-License-Identifier: MIT
#include "base/search.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "re_program.h"

enum { COPY_WORDS = 600 }; // a repetition that takes no more words than this is written out

typedef struct {
    KrReParser *p;
    KrRePattern *out;
    uint32_t *code;
    size_t words, room;
    uint32_t counter[2], counters; // of the counted loops around
} Emitter;

// ---- Characters ----------------------------------------------------------------------------------------------------------------

uint32_t kr_re_lower(uint32_t cp, KrReCase how) {
    if (cp < 0x80 || how != KR_RE_CASE_UNICODE) return how != KR_RE_CASE && cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    uint32_t lower[KR_CASE_MAX];
    return kr_unicode_to_lower(cp, lower) ? lower[0] : cp;
}

// Small letters that have one capital between them, as str.upper() says: rows of two to three, 0 fills.
static const uint16_t same_capital[][3] = {
    { 0x69, 0x131, 0 },   { 0x73, 0x17F, 0 },    { 0xB5, 0x3BC, 0 },    { 0x345, 0x3B9, 0x1FBE },  { 0x390, 0x1FD3, 0 },
    { 0x3B0, 0x1FE3, 0 }, { 0x3B2, 0x3D0, 0 },   { 0x3B5, 0x3F5, 0 },   { 0x3B8, 0x3D1, 0 },       { 0x3BA, 0x3F0, 0 },
    { 0x3C0, 0x3D6, 0 },  { 0x3C1, 0x3F1, 0 },   { 0x3C2, 0x3C3, 0 },   { 0x3C6, 0x3D5, 0 },       { 0x432, 0x1C80, 0 },
    { 0x434, 0x1C81, 0 }, { 0x43E, 0x1C82, 0 },  { 0x441, 0x1C83, 0 },  { 0x442, 0x1C84, 0x1C85 }, { 0x44A, 0x1C86, 0 },
    { 0x463, 0x1C87, 0 }, { 0x1C88, 0xA64B, 0 }, { 0x1E61, 0x1E9B, 0 }, { 0xFB05, 0xFB06, 0 },
};

size_t kr_re_same_capital(uint32_t cp, uint32_t *out) {
    size_t count = 0;
    for (size_t row = 0; cp && row < KR_COUNT_OF(same_capital); row++) {
        const uint16_t *letter = same_capital[row];
        if (letter[0] != cp && letter[1] != cp && letter[2] != cp) continue;
        for (size_t i = 0; i < 3; i++)
            if (letter[i] && letter[i] != cp) out[count++] = letter[i];
    }
    return count;
}

bool kr_re_in_category(uint32_t category, uint32_t cp) {
    bool in, unicode = category & KR_RE_UNICODE_CATEGORY && cp >= 0x80;
    switch (category & 6) {
    case KR_RE_DIGIT: in = unicode ? kr_unicode_is_decimal(cp) : cp - '0' < 10; break;
    case KR_RE_SPACE: in = unicode ? kr_unicode_is_space(cp) : cp == ' ' || cp - '\t' < 5; break;
    default:
        in = unicode ? kr_unicode_is_alnum(cp) : cp < 0x80 && (kr_ascii_class[cp] & (KR_ASCII_ALPHA | KR_ASCII_DIGIT) || cp == '_');
        break;
    }
    if (category & KR_RE_UNICODE_CATEGORY && (category & 6) == KR_RE_SPACE && cp - 0x1C < 4) in = true; // U+001C to U+001F
    return in != (category & 1);
}

// ---- Words ---------------------------------------------------------------------------------------------------------------------

static bool emit(Emitter *e, uint32_t word) {
    if (e->words >= UINT32_MAX / 2) return kr_fail(kr_raise_memory(e->p->vm));
    if (!kr_re_grow(e->p->vm, (void **)&e->code, &e->room, e->words, sizeof *e->code)) return false;
    e->code[e->words++] = word;
    return true;
}
static bool emit_op(Emitter *e, KrReOp op, unsigned mode) { return emit(e, (uint32_t)op | mode << 8); }
static bool emit2(Emitter *e, KrReOp op, unsigned mode, uint32_t a) { return emit_op(e, op, mode) && emit(e, a); }
// A place that can be remembered, with the counters on which it depends how a match goes on from there (register 0: none).
static bool emit_place(Emitter *e) { return emit(e, e->out->places++) && emit(e, e->counter[0]) && emit(e, e->counter[1]); }
static uint32_t here(const Emitter *e) { return (uint32_t)e->words; }

static bool is_unicode(const Emitter *e, uint32_t flags) { return e->p->text && !(flags & KR_RE_ASCII); }
static KrReCase case_of(const Emitter *e, const KrReNode *n) {
    return !(n->flags & KR_RE_IGNORECASE) ? KR_RE_CASE : is_unicode(e, n->flags) ? KR_RE_CASE_UNICODE : KR_RE_CASE_ASCII;
}

// ---- Sets ----------------------------------------------------------------------------------------------------------------------

typedef struct {
    uint32_t low, high;
} Range;

typedef struct {
    Range *range;
    size_t count, room;
    uint32_t category[16], categories;
} Set;

static bool add_range(Emitter *e, Set *s, uint32_t low, uint32_t high) {
    if (!kr_re_grow(e->p->vm, (void **)&s->range, &s->room, s->count, sizeof *s->range)) return false;
    s->range[s->count++] = (Range){ low, high };
    return true;
}

// The small letters of what is in a range, and those that have the same capital.
static bool add_lower(Emitter *e, Set *s, uint32_t low, uint32_t high, KrReCase how) {
    uint32_t last = how == KR_RE_CASE_ASCII ? 0x7F : 0x1E943; // the last letter that has two cases
    for (uint32_t cp = low; cp <= high && cp <= last; cp++) {
        uint32_t small = kr_re_lower(cp, how), others[4];
        if (small != cp && !add_range(e, s, small, small)) return false;
        size_t n = how == KR_RE_CASE_UNICODE ? kr_re_same_capital(small, others) : 0;
        while (n--)
            if (!add_range(e, s, others[n], others[n])) return false;
        if (cp % 1024 == 0 && !kr_poll(e->p->vm, 256)) return false;
    }
    return true;
}

static void add_category(Set *s, uint32_t category) {
    for (uint32_t i = 0; i < s->categories; i++)
        if (s->category[i] == category) return;
    s->category[s->categories++] = category; // there are no more than 12
}

// Insertion sort: sets are short, or in order.
static bool merge_ranges(KrVm *vm, Set *s) {
    for (size_t i = 1; i < s->count; i++) {
        Range r = s->range[i];
        size_t j = i;
        for (; j > 0 && s->range[j - 1].low > r.low; j--) s->range[j] = s->range[j - 1];
        s->range[j] = r;
        if (!kr_poll(vm, 1 + (uint32_t)((i - j) / 16))) return false;
    }
    size_t n = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (n && s->range[i].low <= s->range[n - 1].high + 1) {
            if (s->range[i].high > s->range[n - 1].high) s->range[n - 1].high = s->range[i].high;
        } else {
            s->range[n++] = s->range[i];
        }
    }
    s->count = n;
    return true;
}

static bool in_ranges(const uint32_t *range, uint32_t count, uint32_t cp) {
    uint32_t low = 0, high = count; // the first range that ends at cp or behind
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (range[2 * middle + 1] < cp) low = middle + 1;
        else high = middle;
    }
    return low < count && range[2 * low] <= cp;
}

static bool in_items(const uint32_t *set, uint32_t cp) {
    const uint32_t *item = set + KR_RE_SET_ITEMS, ranges = set[KR_RE_SET_RANGES];
    if (in_ranges(item, ranges, cp)) return true;
    for (uint32_t i = 0; i < set[KR_RE_SET_CATEGORIES]; i++)
        if (kr_re_in_category(item[2 * ranges + i], cp)) return true;
    return false;
}

bool kr_re_in_set(const uint32_t *set, uint32_t cp) { return in_items(set, cp) != (bool)set[KR_RE_SET_NEGATED]; }

static bool emit_set(Emitter *e, Set *s, bool negated, KrReCase how) {
    if (!merge_ranges(e->p->vm, s) || !emit_op(e, KR_RE_OP_SET, how)) return false;
    size_t start = e->words;
    if (!emit(e, negated) || !emit(e, (uint32_t)s->count) || !emit(e, s->categories)) return false;
    for (unsigned i = 0; i < 8; i++)
        if (!emit(e, 0)) return false;
    for (size_t i = 0; i < s->count; i++)
        if (!emit(e, s->range[i].low) || !emit(e, s->range[i].high)) return false;
    for (uint32_t i = 0; i < s->categories; i++)
        if (!emit(e, s->category[i])) return false;
    for (uint32_t cp = 0; cp < 256; cp++) {
        bool in = in_items(e->code + start, kr_re_lower(cp, how)) != negated;
        e->code[start + KR_RE_SET_BITS + cp / 32] |= (uint32_t)in << (cp % 32);
    }
    return true;
}

static bool emit_in(Emitter *e, const KrReNode *n) {
    KrReCase how = case_of(e, n);
    Set s = { 0 };
    for (uint32_t i = n->a; i < n->a + n->b;) {
        const uint32_t *item = &e->p->set[i];
        if (item[0] == KR_RE_CATEGORY) {
            add_category(&s, item[1] | (is_unicode(e, n->flags) ? KR_RE_UNICODE_CATEGORY : 0));
            i += 2;
            continue;
        }
        uint32_t low = item[1], high = item[2];
        if (!add_range(e, &s, low, high) || (how != KR_RE_CASE && !add_lower(e, &s, low, high, how))) return false;
        i += 3;
    }
    return emit_set(e, &s, n->mode, how);
}

static bool emit_literal(Emitter *e, const KrReNode *n, bool negated) {
    KrReCase how = case_of(e, n);
    uint32_t small = kr_re_lower(n->a, how), others[4], upper[KR_CASE_MAX];
    size_t count = how == KR_RE_CASE_UNICODE ? kr_re_same_capital(small, others) : 0;
    bool cased = how == KR_RE_CASE_ASCII ? small - 'a' < 26
                 : how == KR_RE_CASE     ? false
                                         : small != n->a || kr_unicode_to_upper(small, upper) != 1 || upper[0] != small;
    if (!count && (!negated || !cased)) {
        if (cased) return emit2(e, KR_RE_OP_CHAR_CASE, how, small);
        return emit2(e, negated ? KR_RE_OP_NOT_CHAR : KR_RE_OP_CHAR, 0, n->a);
    }
    Set s = { 0 };
    if (!add_range(e, &s, small, small)) return false;
    while (count--)
        if (!add_range(e, &s, others[count], others[count])) return false;
    return emit_set(e, &s, negated, how);
}

static bool emit_at(Emitter *e, const KrReNode *n) {
    uint32_t at = n->a;
    if (at == KR_RE_AT_LINE && !(n->flags & KR_RE_MULTILINE)) at = KR_RE_AT_START;
    if (at == KR_RE_AT_LINE_END && !(n->flags & KR_RE_MULTILINE)) at = KR_RE_AT_END;
    return emit2(e, KR_RE_OP_AT, is_unicode(e, n->flags), at);
}

// ---- Structure -----------------------------------------------------------------------------------------------------------------

static bool emit_list(Emitter *e, int32_t list);

// A node for exactly one character, which a RUN can repeat; groups that only group are looked through. NULL: it is another.
static const KrReNode *single(const Emitter *e, int32_t at) {
    const KrReNode *n = &e->p->node[at];
    while (n->type == KR_RE_GROUP && !n->a && n->child >= 0 && e->p->node[n->child].next < 0) n = &e->p->node[n->child];
    return n->type == KR_RE_LITERAL || n->type == KR_RE_NOT_LITERAL || n->type == KR_RE_ANY || n->type == KR_RE_IN ? n : NULL;
}

static bool emit_char(Emitter *e, const KrReNode *n) {
    switch (n->type) {
    case KR_RE_LITERAL: return emit_literal(e, n, false);
    case KR_RE_NOT_LITERAL: return emit_literal(e, n, true);
    case KR_RE_ANY: return emit_op(e, n->flags & KR_RE_DOTALL ? KR_RE_OP_ALL : KR_RE_OP_ANY, 0);
    default: return emit_in(e, n);
    }
}

static bool emit_run(Emitter *e, const KrReNode *repeat, const KrReNode *item) {
    if (!emit_op(e, KR_RE_OP_RUN, repeat->mode) || !emit(e, repeat->a) || !emit(e, repeat->b)) return false;
    size_t next = e->words;
    if (!emit(e, 0) || !emit_place(e) || !emit_char(e, item)) return false;
    e->code[next] = here(e);
    return true;
}

// SPLIT with both ways still to be filled in.
static bool emit_split(Emitter *e, size_t *at) {
    *at = e->words;
    return emit_op(e, KR_RE_OP_SPLIT, 0) && emit(e, 0) && emit(e, 0) && emit_place(e);
}

static void fill_split(Emitter *e, size_t at, uint32_t inside, uint32_t outside, bool lazy) {
    e->code[at + 1] = lazy ? outside : inside;
    e->code[at + 2] = lazy ? inside : outside;
}

static bool emit_copies(Emitter *e, int32_t item, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        if (!emit_list(e, item)) return false;
    return true;
}

// item* for an item that is never empty.
static bool emit_star(Emitter *e, int32_t item, bool lazy) {
    size_t split;
    if (!emit_split(e, &split) || !emit_list(e, item) || !emit2(e, KR_RE_OP_JUMP, 0, (uint32_t)split)) return false;
    fill_split(e, split, (uint32_t)split + 6, here(e), lazy);
    return true;
}

// item+ for an item that is never empty.
static bool emit_plus(Emitter *e, int32_t item, bool lazy) {
    uint32_t start = here(e);
    size_t split;
    if (!emit_list(e, item) || !emit_split(e, &split)) return false;
    fill_split(e, split, start, here(e), lazy);
    return true;
}

// Up to `count` times, each only after the one before.
static bool emit_optional(Emitter *e, int32_t item, uint32_t count, bool lazy) {
    size_t first = e->words;
    for (uint32_t i = 0; i < count; i++) {
        size_t split;
        if (!emit_split(e, &split) || !emit_list(e, item)) return false;
        fill_split(e, split, (uint32_t)split + 6, (uint32_t)first, lazy); // the end is filled in below
    }
    size_t each = count ? (e->words - first) / count : 0;
    for (uint32_t i = 0; i < count; i++) fill_split(e, first + i * each, (uint32_t)(first + i * each) + 6, here(e), lazy);
    return true;
}

static bool emit_loop(Emitter *e, const KrReNode *n) {
    uint32_t counter = e->out->registers, around = e->counters;
    bool counted = n->a > 1 || n->b != KR_RE_FOREVER;
    e->out->registers += 2;
    if (!emit2(e, KR_RE_OP_LOOP_BEGIN, 0, counter)) return false;
    if (counted && around == 2) e->out->memo = false; // nobody nests them so deep
    else if (counted) e->counter[e->counters++] = counter;
    size_t loop = e->words;
    if (!emit_op(e, KR_RE_OP_LOOP, n->mode) || !emit(e, counter) || !emit(e, n->a) || !emit(e, n->b) || !emit(e, 0)) return false;
    if (!emit_place(e) || !emit_list(e, n->child) || !emit2(e, KR_RE_OP_JUMP, 0, (uint32_t)loop)) return false;
    e->code[loop + 4] = here(e);
    if (e->counters > around) e->counter[e->counters = around] = 0;
    return true;
}

// About how many words a list takes, never fewer than it does by much; more than `limit` is not counted.
static uint64_t words_of(const Emitter *e, int32_t list, uint64_t limit) {
    uint64_t sum = 0;
    for (int32_t i = list; i >= 0 && sum <= limit; i = e->p->node[i].next) {
        const KrReNode *n = &e->p->node[i];
        uint64_t inside = n->child >= 0 ? words_of(e, n->child, limit) : 0;
        uint64_t copies = n->type == KR_RE_REPEAT && (uint64_t)(n->b == KR_RE_FOREVER ? n->a + 1 : n->b) * (inside + 4) <= COPY_WORDS
                              ? n->b == KR_RE_FOREVER ? n->a + 1u : n->b
                              : 1;
        sum += copies * inside + (n->type == KR_RE_IN ? 12 + n->b : 8);
    }
    return sum;
}

static bool emit_repeat_plain(Emitter *e, const KrReNode *n) {
    uint32_t least, most;
    bool lazy = n->mode == KR_RE_LAZY;
    kr_re_width(e->p, n->child, &least, &most);
    if (n->b == 0) return true;
    if (n->a == 1 && n->b == 1) return emit_list(e, n->child);
    if (n->a == 0 && n->b == 1) return emit_optional(e, n->child, 1, lazy);
    if (least == 0) return emit_loop(e, n);
    if (n->b == KR_RE_FOREVER && n->a <= 1) return n->a ? emit_plus(e, n->child, lazy) : emit_star(e, n->child, lazy);
    uint64_t copies = n->b == KR_RE_FOREVER ? (uint64_t)n->a + 1 : n->b;
    if (copies * (words_of(e, n->child, COPY_WORDS) + 4) > COPY_WORDS) return emit_loop(e, n);
    if (!emit_copies(e, n->child, n->b == KR_RE_FOREVER ? n->a - 1 : n->a)) return false;
    return n->b == KR_RE_FOREVER ? emit_plus(e, n->child, lazy) : emit_optional(e, n->child, n->b - n->a, lazy);
}

static bool emit_cut(Emitter *e, size_t *at) { return *at = e->words, emit2(e, KR_RE_OP_CUT, 0, 0); }
static bool end_cut(Emitter *e, size_t next) {
    e->code[next] = here(e);
    return emit_op(e, KR_RE_OP_CUT_END, 0);
}

static bool emit_repeat(Emitter *e, const KrReNode *n) {
    const KrReNode *item = single(e, n->child);
    size_t cut;
    KrReNode copy = *n; // nodes do not move any more, but a greedy one is wanted
    if (item) return emit_run(e, n, item);
    if (n->mode != KR_RE_POSSESSIVE) return emit_repeat_plain(e, n);
    copy.mode = KR_RE_GREEDY;
    return emit_cut(e, &cut) && emit_repeat_plain(e, &copy) && end_cut(e, cut + 1);
}

static bool emit_branch(Emitter *e, const KrReNode *n) {
    size_t jump = 0; // the jumps to the end form a chain until it is known
    for (int32_t i = n->child; i >= 0; i = e->p->node[i].next) {
        size_t split = 0;
        bool last = e->p->node[i].next < 0;
        if (!last && !emit_split(e, &split)) return false;
        if (!emit_list(e, e->p->node[i].child)) return false;
        if (last) break;
        size_t at = e->words;
        if (!emit2(e, KR_RE_OP_JUMP, 0, (uint32_t)jump)) return false;
        jump = at;
        fill_split(e, split, (uint32_t)split + 6, here(e), false);
    }
    while (jump) {
        size_t before = e->code[jump + 1];
        e->code[jump + 1] = here(e);
        jump = before;
    }
    return true;
}

static bool emit_look(Emitter *e, const KrReNode *n) {
    uint32_t least = 0, most = 0;
    if (n->mode & 1) {
        kr_re_width(e->p, n->child, &least, &most);
        if (least == KR_RE_FOREVER) return kr_fail(kr_re_error(e->p, KR_RE_NOWHERE, "looks too much behind"));
        if (least != most) return kr_fail(kr_re_error(e->p, KR_RE_NOWHERE, "look-behind requires fixed-width pattern"));
    }
    if (!emit2(e, KR_RE_OP_LOOK, n->mode, least)) return false;
    size_t next = e->words;
    if (!emit(e, 0) || !emit_list(e, n->child) || !emit_op(e, KR_RE_OP_CUT_END, 0)) return false;
    e->code[next] = here(e);
    return true;
}

static bool emit_if(Emitter *e, const KrReNode *n) {
    const KrReNode *yes = &e->p->node[n->child], *no = &e->p->node[yes->next];
    e->out->memo = false;
    if (!emit2(e, KR_RE_OP_IF, 0, n->a)) return false;
    size_t next = e->words;
    if (!emit(e, 0) || !emit_list(e, yes->child)) return false;
    size_t jump = e->words;
    if (!emit2(e, KR_RE_OP_JUMP, 0, 0)) return false;
    e->code[next] = here(e);
    if (!emit_list(e, no->child)) return false;
    e->code[jump + 1] = here(e);
    return true;
}

static bool emit_node(Emitter *e, const KrReNode *n) {
    size_t cut;
    switch ((KrReNodeType)n->type) {
    case KR_RE_AT: return emit_at(e, n);
    case KR_RE_GROUP:
        if (!n->a) return emit_list(e, n->child);
        return emit2(e, KR_RE_OP_SAVE, 0, 2 * n->a) && emit_list(e, n->child) && emit2(e, KR_RE_OP_SAVE, 0, 2 * n->a + 1);
    case KR_RE_BRANCH: return emit_branch(e, n);
    case KR_RE_REPEAT: return emit_repeat(e, n);
    case KR_RE_LOOK: return emit_look(e, n);
    case KR_RE_ATOMIC: return emit_cut(e, &cut) && emit_list(e, n->child) && end_cut(e, cut + 1);
    case KR_RE_BACK: return e->out->memo = false, emit2(e, KR_RE_OP_BACK, case_of(e, n), n->a);
    case KR_RE_IF: return emit_if(e, n);
    case KR_RE_FAIL: return emit_op(e, KR_RE_OP_FAIL, 0);
    default: return emit_char(e, n);
    }
}

static bool emit_list(Emitter *e, int32_t list) {
    if (!kr_enter(e->p->vm, " in regular expression")) return false;
    bool ok = true;
    for (int32_t i = list; ok && i >= 0; i = e->p->node[i].next) ok = emit_node(e, &e->p->node[i]) && kr_poll(e->p->vm, 1);
    kr_leave(e->p->vm);
    return ok;
}

// ---- How a match begins --------------------------------------------------------------------------------------------------------

static size_t op_words(const uint32_t *at) {
    switch ((KrReOp)(*at & 0xFF)) {
    case KR_RE_OP_SET: return 1 + KR_RE_SET_ITEMS + 2 * at[1 + KR_RE_SET_RANGES] + at[1 + KR_RE_SET_CATEGORIES];
    case KR_RE_OP_ANY:
    case KR_RE_OP_ALL: return 1;
    default: return 2;
    }
}

static void find_prefix(Emitter *e) {
    KrRePattern *out = e->out;
    for (size_t pc = 0; pc < e->words;) {
        const uint32_t *at = e->code + pc;
        KrReOp op = (KrReOp)(*at & 0xFF);
        if (op == KR_RE_OP_CHAR) {
            char text[KR_UTF8_MAX];
            size_t n = out->text ? kr_utf8_encode(at[1], text) : 1;
            if (!out->text) text[0] = (char)at[1];
            if (out->prefix_len + n > sizeof out->prefix) return;
            memcpy(out->prefix + out->prefix_len, text, n);
            out->prefix_len += (uint32_t)n;
        } else if (op != KR_RE_OP_SAVE) {
            return;
        }
        pc += op_words(at);
    }
}

static void all_wide(uint8_t *first) { memset(first + 16, 0xFF, 16); }
static void one_byte(uint8_t *first, unsigned c) { first[c / 8] |= (uint8_t)(1u << c % 8); }

static void char_begins(const Emitter *e, uint32_t cp, uint8_t *first) {
    char text[KR_UTF8_MAX] = { (char)cp };
    if (e->out->text) kr_utf8_encode(cp, text);
    one_byte(first, (unsigned char)text[0]);
}

// The bytes that a match can begin with, from pc on. False: it may be empty, or too much would have to be looked at.
static bool find_first(const Emitter *e, size_t pc, uint8_t *first, unsigned depth) {
    for (unsigned steps = 0; steps < 64; steps++) {
        const uint32_t *at = e->code + pc;
        switch ((KrReOp)(*at & 0xFF)) {
        case KR_RE_OP_CHAR: return char_begins(e, at[1], first), true;
        case KR_RE_OP_CHAR_CASE:
            if (at[1] >= 0x80 && e->out->text) return false;
            one_byte(first, at[1]);
            if (at[1] - 'a' < 26) one_byte(first, at[1] - 32);
            if (e->out->text) all_wide(first); // U+212A is a k
            return true;
        case KR_RE_OP_SET:
            for (unsigned c = 0; c < (e->out->text ? 128u : 256u); c++)
                if (at[1 + KR_RE_SET_BITS + c / 32] >> c % 32 & 1) one_byte(first, c);
            if (e->out->text) all_wide(first);
            return true;
        case KR_RE_OP_RUN:
            if (at[1] == 0) return false;
            pc += KR_RE_RUN_ITEM;
            break;
        case KR_RE_OP_SAVE: pc += 2; break;
        case KR_RE_OP_JUMP: pc = at[1]; break;
        case KR_RE_OP_SPLIT: return depth < 12 && find_first(e, at[1], first, depth + 1) && find_first(e, at[2], first, depth + 1);
        default: return false;
        }
    }
    return false;
}

bool kr_re_emit(KrReParser *p, int32_t root, KrRePattern *out) {
    Emitter e = { .p = p, .out = out };
    out->groups = (uint32_t)p->groups - 1;
    out->registers = 2 * (uint32_t)p->groups;
    out->memo = true;
    if (!emit_list(&e, root) || !emit_op(&e, KR_RE_OP_MATCH, 0)) return false;
    find_prefix(&e);
    out->first_known = !out->prefix_len && find_first(&e, 0, out->first, 0);
    out->words = e.words;
    KrValue program = kr_bytes(p->vm, e.code, e.words * sizeof *e.code);
    if (kr_is_error(program)) return false;
    kr_store(p->vm, out, &out->program, program);
    out->code = (const uint32_t *)(const void *)kr_bytes_data(program, NULL);
    return true;
}
