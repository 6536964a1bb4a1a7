// re_match.c - runs the program of a regular expression over a text: backtracking with a stack of its own, so that the C stack is not used.
//
// A match that goes back often begins to remember the places of the program (at a position) from which it has gone on in vain; it never
// goes on from there again, so that the time is bounded by places times positions (times the counts of counted loops). Inside of (?=...) and (?>...) the memory holds for one visit.
// SPDX-License-Identifier: MIT
#include "base/search.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "object/vm_state.h"
#include "re_program.h"

typedef enum { ALT, UNDO, RUN, LAZY_RUN, CUT } EntryKind;

typedef struct {       // what to do on the way back
    uint32_t kind, pc; // UNDO: pc is the register
    size_t pos;        // UNDO: the old content
    size_t other;      // RUN: the first position; LAZY_RUN: how many more; CUT: the CUT before, + 1
    size_t visit;      // CUT: the visit around it
} Entry;

typedef struct {
    uint32_t place;
    uint32_t visit;    // + 1; 0: a free cell
    uint32_t count[2]; // of the counters that matter there
    size_t pos;
} Seen;

typedef struct {
    KrVm *vm;
    const KrRePattern *p;
    const uint32_t *code;
    const char *s;
    size_t end;
    bool text, full, advance;
    size_t from; // of this attempt
    size_t *reg;
    size_t registers;
    Entry *stack;
    size_t top, room;
    size_t cut;             // the innermost CUT or LOOK on the stack, + 1
    uint32_t visit, visits; // the one that is going on, and how many there were
    size_t backs;           // how often it went back
    Seen *seen;
    size_t seen_count, seen_mask;
} Matcher;

enum { SEEN_FROM = 2000, SEEN_MOST = 1 << 22 };

// ---- Characters ----------------------------------------------------------------------------------------------------------------

static inline uint32_t char_at(const Matcher *m, size_t *pos) {
    unsigned char c = (unsigned char)m->s[*pos];
    if (KR_LIKELY(c < 0x80 || !m->text)) return ++*pos, c;
    return kr_utf8_next_wide(m->s, pos);
}

static inline size_t back_one(const Matcher *m, size_t pos) {
    do pos--;
    while (m->text && pos > 0 && kr_utf8_is_continuation(m->s[pos]));
    return pos;
}

static inline bool in_set(const uint32_t *at, uint32_t cp) {
    if (KR_LIKELY(cp < 256)) return at[1 + KR_RE_SET_BITS + cp / 32] >> cp % 32 & 1;
    return kr_re_in_set(at + 1, kr_re_lower(cp, (KrReCase)(*at >> 8)));
}

// Does the instruction for one character match there? It moves on if so.
static inline bool one(const Matcher *m, const uint32_t *at, size_t *pos) {
    if (*pos >= m->end) return false;
    size_t next = *pos;
    uint32_t cp = char_at(m, &next);
    bool ok;
    switch ((KrReOp)(*at & 0xFF)) {
    case KR_RE_OP_CHAR: ok = cp == at[1]; break;
    case KR_RE_OP_NOT_CHAR: ok = cp != at[1]; break;
    case KR_RE_OP_CHAR_CASE: ok = cp == at[1] || kr_re_lower(cp, (KrReCase)(*at >> 8)) == at[1]; break;
    case KR_RE_OP_ANY: ok = cp != '\n'; break;
    case KR_RE_OP_ALL: ok = true; break;
    default: ok = in_set(at, cp); break;
    }
    if (ok) *pos = next;
    return ok;
}

static inline size_t item_words(const uint32_t *at) {
    switch ((KrReOp)(*at & 0xFF)) {
    case KR_RE_OP_SET: return 1 + KR_RE_SET_ITEMS + 2 * at[1 + KR_RE_SET_RANGES] + at[1 + KR_RE_SET_CATEGORIES];
    case KR_RE_OP_ANY:
    case KR_RE_OP_ALL: return 1;
    default: return 2;
    }
}

// As many as there are, up to `most`, from *pos on. In pieces between which the limits are looked at. *count: how many.
static bool run_forward(Matcher *m, const uint32_t *at, size_t most, size_t *pos, size_t *count) {
    enum { PIECE = 16384 };
    size_t n = 0, here = *pos;
    KrReOp op = (KrReOp)(*at & 0xFF);
    while (n < most) {
        size_t stop = most - n < PIECE ? most : n + PIECE, before = n;
        if (!m->text && op == KR_RE_OP_ALL) {
            n = m->end - here < stop - n ? n + (m->end - here) : stop;
            here += n - before;
        } else if (op == KR_RE_OP_SET) {
            while (n < stop && here < m->end && (unsigned char)m->s[here] < 0x80 && in_set(at, (unsigned char)m->s[here])) n++, here++;
        } else if (op == KR_RE_OP_ANY) {
            while (n < stop && here < m->end && (unsigned char)m->s[here] < 0x80 && m->s[here] != '\n') n++, here++;
        }
        while (n < stop && one(m, at, &here)) n++;
        if (n < stop) break;
        if (n < most && !kr_poll(m->vm, PIECE / 16)) return false;
    }
    *pos = here;
    *count = n;
    return true;
}

static bool is_word(const Matcher *m, size_t pos, bool unicode) {
    uint32_t cp = char_at(m, &pos);
    return kr_re_in_category(KR_RE_WORD | (unicode ? KR_RE_UNICODE_CATEGORY : 0), cp);
}

static bool at_place(const Matcher *m, KrReAt at, bool unicode, size_t pos) {
    switch (at) {
    case KR_RE_AT_START: return pos == 0;
    case KR_RE_AT_LINE: return pos == 0 || m->s[pos - 1] == '\n';
    case KR_RE_AT_END: return pos == m->end || (pos + 1 == m->end && m->s[pos] == '\n');
    case KR_RE_AT_LINE_END: return pos == m->end || m->s[pos] == '\n';
    case KR_RE_AT_VERY_END: return pos == m->end;
    default: break;
    }
    if (m->end == 0) return false; // an empty text has no edges, and no places without (as in CPython before 3.14)
    bool before = pos > 0 && is_word(m, back_one(m, pos), unicode), behind = pos < m->end && is_word(m, pos, unicode);
    return (before != behind) == (at == KR_RE_AT_EDGE);
}

static bool back_matches(const Matcher *m, uint32_t group, KrReCase how, size_t *pos) {
    size_t from = m->reg[2 * group], to = m->reg[2 * group + 1], here = *pos;
    if (from == KR_RE_NOWHERE || to == KR_RE_NOWHERE || to < from) return false;
    if (how == KR_RE_CASE) {
        if (m->end - here < to - from || memcmp(m->s + from, m->s + here, to - from) != 0) return false;
        return *pos = here + (to - from), true;
    }
    while (from < to) {
        if (here >= m->end) return false;
        uint32_t a = char_at(m, &from), b = char_at(m, &here);
        if (a != b && kr_re_lower(a, how) != kr_re_lower(b, how)) return false;
    }
    return *pos = here, true;
}

// ---- The way back --------------------------------------------------------------------------------------------------------------

static bool grow(Matcher *m) {
    size_t more = m->room * 2;
    Entry *larger = kr_buffer_alloc(m->vm, more * sizeof *larger);
    if (!larger) return false;
    memcpy(larger, m->stack, m->top * sizeof *larger);
    m->stack = larger;
    m->room = more;
    return kr_poll(m->vm, (uint32_t)(more >> 6));
}

KR_RAISES static inline bool push(Matcher *m, EntryKind kind, uint32_t pc, size_t pos, size_t other) {
    if (KR_UNLIKELY(m->top == m->room) && !grow(m)) return false;
    m->stack[m->top++] = (Entry){ kind, pc, pos, other, 0 };
    return true;
}

KR_RAISES static inline bool set_register(Matcher *m, uint32_t reg, size_t value) {
    if (!push(m, UNDO, reg, m->reg[reg], 0)) return false;
    m->reg[reg] = value;
    return true;
}

static bool begin_cut(Matcher *m, uint32_t pc, size_t pos) {
    if (!push(m, CUT, pc, pos, m->cut)) return false;
    m->stack[m->top - 1].visit = m->visit;
    m->cut = m->top;
    m->visit = m->visits < UINT32_MAX - 2 ? ++m->visits : m->visits;
    return true;
}

// The inside of a CUT or LOOK matched: what it could have tried else is forgotten, what it changed can still be undone. Gives its entry.
static Entry end_cut(Matcher *m, bool undo) {
    Entry cut = m->stack[m->cut - 1];
    size_t kept = m->cut - 1;
    if (undo) {
        while (m->top > m->cut) {
            Entry e = m->stack[--m->top];
            if (e.kind == UNDO) m->reg[e.pc] = e.pos;
        }
    } else {
        for (size_t i = m->cut; i < m->top; i++)
            if (m->stack[i].kind == UNDO) m->stack[kept++] = m->stack[i];
    }
    m->top = kept;
    m->cut = cut.other;
    m->visit = (uint32_t)cut.visit;
    return cut;
}

// ---- What was in vain ----------------------------------------------------------------------------------------------------------

static size_t seen_cell(const Matcher *m, const Seen *s) {
    uint64_t h =
        ((uint64_t)s->pos * 0x9E3779B97F4A7C15u) ^ ((uint64_t)(s->place + 1) * 0xD6E8FEB86659FD93u) ^ s->visit * 0xC2B2AE3D27D4EB4Fu;
    h ^= (s->count[0] * 0xA24BAED4963EE407u) ^ (s->count[1] * 0x9FB21C651E98DF25u);
    size_t i = (size_t)(h >> 20) & m->seen_mask;
    for (; m->seen[i].visit; i = (i + 1) & m->seen_mask)
        if (memcmp(&m->seen[i], s, sizeof *s) == 0) break;
    return i;
}

static bool seen_grow(Matcher *m) {
    size_t cells = m->seen ? (m->seen_mask + 1) * 2 : 4096;
    Seen *old = m->seen;
    size_t count = m->seen ? m->seen_mask + 1 : 0;
    Seen *larger = kr_buffer_alloc(m->vm, cells * sizeof *larger);
    if (!larger) return false;
    memset(larger, 0, cells * sizeof *larger);
    m->seen = larger;
    m->seen_mask = cells - 1;
    for (size_t i = 0; i < count; i++)
        if (old[i].visit) m->seen[seen_cell(m, &old[i])] = old[i];
    return kr_poll(m->vm, (uint32_t)(cells >> 6));
}

// Was this place reached at this position before? Only asked once going back has become frequent.
static bool seen_before(Matcher *m, const uint32_t *place, size_t pos, bool *seen) {
    *seen = false;
    if (m->seen_count * 2 >= m->seen_mask && (m->seen_count >= SEEN_MOST || !seen_grow(m))) return !kr_raised(m->vm);
    Seen s = { .place = place[0], .visit = m->visit + 1, .pos = pos };
    for (unsigned i = 0; i < 2; i++) s.count[i] = place[i + 1] ? (uint32_t)m->reg[place[i + 1]] : 0;
    size_t i = seen_cell(m, &s);
    *seen = m->seen[i].visit != 0;
    if (*seen) return true;
    m->seen[i] = s;
    m->seen_count++;
    return true;
}

static inline bool remembers(const Matcher *m) { return KR_UNLIKELY(m->backs > SEEN_FROM) && m->p->memo; }

// ---- The loop ------------------------------------------------------------------------------------------------------------------

typedef enum { GO_ON, GO_BACK, RAISED } Step;

static Step run_item(Matcher *m, const uint32_t *at, uint32_t *pc, size_t *pos) {
    size_t least = at[1], most = at[2] == KR_RE_FOREVER ? SIZE_MAX : at[2], first = *pos, count;
    uint32_t next = at[3];
    bool seen = false;
    if (remembers(m) && !seen_before(m, at + 4, *pos, &seen)) return RAISED;
    if (seen) return GO_BACK;
    const uint32_t *item = at + KR_RE_RUN_ITEM;
    if (!run_forward(m, item, least, &first, &count)) return RAISED;
    if (count < least) return GO_BACK;
    *pc = next;
    *pos = first; // with the fewest
    if (least == most) return GO_ON;
    if ((*at >> 8) == KR_RE_LAZY)
        return push(m, LAZY_RUN, (uint32_t)(at - m->code), first, most == SIZE_MAX ? SIZE_MAX : most - least) ? GO_ON : RAISED;
    if (!run_forward(m, item, most == SIZE_MAX ? SIZE_MAX : most - least, pos, &count)) return RAISED;
    if ((*at >> 8) == KR_RE_POSSESSIVE || *pos == first) return GO_ON;
    return push(m, RUN, (uint32_t)(at - m->code), *pos, first) ? GO_ON : RAISED;
}

static Step loop(Matcher *m, const uint32_t *at, uint32_t *pc, size_t pos) {
    uint32_t counter = at[1], inside = *pc + KR_RE_LOOP_BODY;
    size_t count = m->reg[counter], least = at[2], most = at[3];
    bool greedy = (*at >> 8) == KR_RE_GREEDY, seen = false;
    if (count < least) {
        if (!set_register(m, counter, count + 1)) return RAISED; // an empty one among these does not end the loop
        return *pc = inside, GO_ON;
    }
    if (remembers(m) && !seen_before(m, at + 5, pos, &seen)) return RAISED;
    if (seen) return GO_BACK;
    bool again = (most == KR_RE_FOREVER || count < most) && m->reg[counter + 1] != pos; // not after an empty round
    if (!again) return *pc = at[4], GO_ON;
    if (!greedy) {
        if (!push(m, ALT, *pc, pos, 1)) return RAISED; // 1: goes into the loop
        return *pc = at[4], GO_ON;
    }
    if (!push(m, ALT, at[4], pos, 0) || !set_register(m, counter, count + 1) || !set_register(m, counter + 1, pos)) return RAISED;
    return *pc = inside, GO_ON;
}

static Step look(Matcher *m, const uint32_t *at, uint32_t *pc, size_t *pos) {
    size_t here = *pos;
    uint32_t n = at[1];
    if (!m->text && n <= here) here -= n, n = 0;
    while (n && n <= here) here = back_one(m, here), n--; // a character is at least a byte
    if (n) {                                              // there is not enough before
        *pc = at[2];
        return (*at >> 8) & 2 ? GO_ON : GO_BACK;
    }
    if (!begin_cut(m, *pc, *pos)) return RAISED;
    *pos = here;
    *pc += 3;
    return GO_ON;
}

static Step cut_end(Matcher *m, uint32_t *pc, size_t *pos) {
    const uint32_t *at = m->code + m->stack[m->cut - 1].pc;
    bool is_look = (*at & 0xFF) == KR_RE_OP_LOOK, negative = is_look && (*at >> 8) & 2;
    Entry e = end_cut(m, negative);
    if (negative) return GO_BACK;
    if (is_look) *pos = e.pos;
    return ++*pc, GO_ON;
}

static Step matched(Matcher *m, size_t pos) {
    bool wrong = (m->full && pos != m->end) || (m->advance && pos == m->from);
    return wrong ? GO_BACK : GO_ON;
}

// The end of a run that is a character shorter, or more where that one is not what has to follow.
static inline size_t shorter_run(const Matcher *m, uint32_t next, size_t pos, size_t first) {
    const uint32_t *at = m->code + next;
    while ((*at & 0xFF) == KR_RE_OP_SAVE) at += 2;
    pos = back_one(m, pos);
    if ((*at & 0xFF) == KR_RE_OP_CHAR && at[1] < 0x80)
        while (pos > first && (unsigned char)m->s[pos] != at[1]) pos = back_one(m, pos);
    return pos;
}

// Takes the next way off the stack. *none: there is no other.
static Step go_back(Matcher *m, uint32_t *pc, size_t *pos, bool *none) {
    if (KR_UNLIKELY(++m->backs % 256 == 0) && !kr_poll(m->vm, 256)) return RAISED;
    for (;;) {
        if (m->top == 0) return *none = true, GO_BACK;
        Entry *e = &m->stack[m->top - 1];
        switch ((EntryKind)e->kind) {
        case UNDO: m->reg[e->pc] = e->pos; break;
        case CUT: {
            const uint32_t *at = m->code + e->pc;
            m->cut = e->other;
            m->visit = (uint32_t)e->visit;
            if ((*at & 0xFF) == KR_RE_OP_LOOK && (*at >> 8) & 2) return *pc = at[2], *pos = e->pos, m->top--, GO_ON;
            break;
        }
        case ALT:
            *pc = e->pc;
            *pos = e->pos;
            m->top--;
            if (!e->other) return GO_ON;
            { // once more through a lazy loop
                uint32_t counter = m->code[*pc + 1];
                if (!set_register(m, counter, m->reg[counter] + 1) || !set_register(m, counter + 1, *pos)) return RAISED;
                *pc += KR_RE_LOOP_BODY;
                return GO_ON;
            }
        case RUN:
            *pc = m->code[e->pc + 3];
            *pos = e->pos = shorter_run(m, *pc, e->pos, e->other);
            if (e->pos <= e->other) m->top--;
            return GO_ON;
        case LAZY_RUN: {
            size_t next = e->pos;
            if (e->other == 0 || !one(m, m->code + e->pc + KR_RE_RUN_ITEM, &next)) break;
            e->pos = *pos = next;
            *pc = m->code[e->pc + 3];
            if (e->other != SIZE_MAX) e->other--;
            return GO_ON;
        }
        }
        m->top--;
    }
}

static Step step(Matcher *m, uint32_t *pc, size_t *pos, bool *done) {
    const uint32_t *at = m->code + *pc;
    bool seen = false;
    switch ((KrReOp)(*at & 0xFF)) {
    case KR_RE_OP_MATCH: return *done = matched(m, *pos) == GO_ON, *done ? GO_ON : GO_BACK;
    case KR_RE_OP_JUMP: return *pc = at[1], GO_ON;
    case KR_RE_OP_SPLIT:
        if (remembers(m) && !seen_before(m, at + 3, *pos, &seen)) return RAISED;
        if (seen) return GO_BACK;
        return push(m, ALT, at[2], *pos, 0) ? (*pc = at[1], GO_ON) : RAISED;
    case KR_RE_OP_SAVE:
        *pc += 2;
        if (!set_register(m, at[1], *pos)) return RAISED;
        return !(at[1] & 1) || set_register(m, (uint32_t)m->registers, at[1] / 2) ? GO_ON : RAISED;
    case KR_RE_OP_RUN: return run_item(m, at, pc, pos);
    case KR_RE_OP_LOOP_BEGIN: *pc += 2; return set_register(m, at[1], 0) && set_register(m, at[1] + 1, KR_RE_NOWHERE) ? GO_ON : RAISED;
    case KR_RE_OP_LOOP: return loop(m, at, pc, *pos);
    case KR_RE_OP_AT: return *pc += 2, at_place(m, (KrReAt)at[1], *at >> 8, *pos) ? GO_ON : GO_BACK;
    case KR_RE_OP_CUT: return begin_cut(m, *pc, *pos) ? (*pc += 2, GO_ON) : RAISED;
    case KR_RE_OP_LOOK: return look(m, at, pc, pos);
    case KR_RE_OP_CUT_END: return cut_end(m, pc, pos);
    case KR_RE_OP_BACK: return *pc += 2, back_matches(m, at[1], (KrReCase)(*at >> 8), pos) ? GO_ON : GO_BACK;
    case KR_RE_OP_IF: *pc = m->reg[2 * at[1] + 1] != KR_RE_NOWHERE ? *pc + 3 : at[2]; return GO_ON;
    case KR_RE_OP_FAIL: return GO_BACK;
    default: *pc += (uint32_t)item_words(at); return one(m, at, pos) ? GO_ON : GO_BACK;
    }
}

// One attempt, at m->from.
static bool attempt(Matcher *m, bool *found) {
    uint32_t pc = 0;
    size_t pos = m->from;
    m->top = m->cut = 0;
    for (size_t i = 0; i <= m->registers; i++) m->reg[i] = KR_RE_NOWHERE;
    m->reg[0] = pos;
    bool done = false, none = false;
    for (uint32_t steps = 0;; steps++) {
        if (KR_UNLIKELY(steps % 1024 == 1023) && !kr_poll(m->vm, 512)) return false;
        Step s = step(m, &pc, &pos, &done);
        if (KR_LIKELY(s == GO_ON)) {
            if (KR_LIKELY(!done)) continue;
            m->reg[1] = pos;
            return *found = true, true;
        }
        if (s == GO_BACK) s = go_back(m, &pc, &pos, &none);
        if (s == RAISED) return false;
        if (none) return *found = false, true;
    }
}

// ---- Where to begin ------------------------------------------------------------------------------------------------------------

// The next position from `at` on where a match can begin; *none: nowhere.
static bool next_start(Matcher *m, size_t *at, bool *none) {
    const KrRePattern *p = m->p;
    *none = *at > m->end;
    if (*none) return true;
    if (p->prefix_len) {
        while (m->end - *at >= p->prefix_len) {
            size_t piece = m->end - *at < 65536 ? m->end - *at : 65536, gap = kr_bytes_find(m->s + *at, piece, p->prefix, p->prefix_len);
            if (gap != KR_NOT_FOUND) return *at += gap, true;
            *at += piece - p->prefix_len + 1;
            if (!kr_poll(m->vm, 128)) return false;
        }
        return *none = true, true;
    }
    if (!p->first_known) return true;
    for (size_t i = *at; i < m->end; i++) {
        unsigned char c = (unsigned char)m->s[i];
        if (p->first[c / 8] >> c % 8 & 1 && !(m->text && kr_utf8_is_continuation((char)c))) return *at = i, true;
        if (KR_UNLIKELY(i % 16384 == 16383) && !kr_poll(m->vm, 256)) return false;
    }
    return *none = true, true;
}

static bool search(Matcher *m, size_t from, bool advance, bool *found) {
    for (size_t at = from;; at++) {
        bool none;
        if (m->text && at > from)
            while (at < m->end && kr_utf8_is_continuation(m->s[at])) at++;
        if (!next_start(m, &at, &none)) return false;
        if (none) return *found = false, true;
        m->from = at;
        m->advance = advance && at == from;
        if (!attempt(m, found)) return false;
        if (*found) return true;
    }
}

bool kr_re_run(KrVm *vm, const KrRePattern *p, const KrReSubject *s, size_t from, KrReHow how, bool advance, size_t *registers,
               bool *found) {
    Entry small[32];
    size_t reg[64];
    Matcher m = {
        .vm = vm,
        .p = p,
        .code = p->code,
        .s = s->data,
        .end = s->end,
        .text = s->text,
        .full = how == KR_RE_FULLMATCH,
        .registers = p->registers,
    };
    m.stack = small;
    m.room = KR_COUNT_OF(small);
    m.reg = p->registers < KR_COUNT_OF(reg) ? reg : kr_buffer_alloc(vm, (p->registers + 1) * sizeof *reg);
    if (!m.reg) return false;
    if (how == KR_RE_SEARCH) {
        if (!search(&m, from, advance, found)) return false;
    } else {
        m.from = from;
        m.advance = advance;
        if (!attempt(&m, found)) return false;
    }
    if (*found) {
        memcpy(registers, m.reg, 2 * (p->groups + 1) * sizeof *registers);
        registers[2 * (p->groups + 1)] = m.reg[m.registers];
    }
    return true;
}
