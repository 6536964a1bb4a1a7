// emit_pattern.c - match statements. A pattern is tested against a register and jumps to `fail`; names are bound to temporaries first and
// stored only when the whole pattern has matched, as CPython does.
// SPDX-License-Identifier: MIT
#include "compile/emit.h"

#include "object/tuple.h"

typedef struct {
    const KrName *name;
    unsigned reg; // from 256 on: a far one
} Capture;

typedef struct {
    Capture *item;
    unsigned count, room;
} Captures;

static void pattern(KrUnit *u, KrNode *node, unsigned subject, Captures *cap, KrLabel *fail);

static void capture(KrUnit *u, const KrName *name, unsigned reg, Captures *cap) {
    if (cap->count == cap->room) {
        unsigned room = cap->room * 2 + 8;
        Capture *item = kr_arena_array(u->arena, room, sizeof *item);
        if (!item) {
            if (!u->c->failed) (void)kr_raise_memory(u->c->vm);
            kr_emit_fail(u->c);
            return;
        }
        if (cap->count) memcpy(item, cap->item, cap->count * sizeof *item);
        cap->item = item;
        cap->room = room;
    }
    cap->item[cap->count++] = (Capture){ name, u->far && reg < 256 ? kr_far_put(u, reg) : reg };
}

static void move_capture(KrUnit *u, unsigned to, unsigned from) {
    if (!u->far) {
        kr_emit_move(u, to, from);
        return;
    }
    unsigned t = kr_reg(u, 1);
    kr_far_get(u, t, from);
    kr_emit_x(u, KR_OP_FARPUT, t, to);
    u->top = t;
}

static void store_captures(KrUnit *u, const Captures *cap) {
    for (unsigned n = 0; n < cap->count && !u->c->failed; n++) {
        unsigned top = u->top, reg = u->far ? kr_reg(u, 1) : cap->item[n].reg;
        if (u->far) kr_far_get(u, reg, cap->item[n].reg);
        kr_emit_name(u, cap->item[n].name, KR_STORE, reg);
        u->top = top;
    }
}

static void value_pattern(KrUnit *u, KrNode *node, unsigned subject, KrLabel *fail) {
    unsigned top = u->top, r = kr_operand(u, kr_as_match_value(node)->value);
    kr_place(u, node);
    if (node->kind == KR_NODE_MATCH_SINGLETON) kr_emit_branch(u, KR_OP_JIS, subject, r, 0, fail);
    else kr_emit_branch(u, KR_OP_JEQ, subject, r, 0, fail);
    u->top = top;
}

static bool is_wildcard(const KrNode *e) {
    if (e->kind == KR_NODE_MATCH_AS) return !kr_as_match_as(e)->name && !kr_as_match_as(e)->pattern;
    return e->kind == KR_NODE_MATCH_STAR && !kr_as_match_star(e)->name;
}

// Where registers are scarce, items stay in a tuple until their turn comes.
static void items_in_turn(KrUnit *u, KrSeq p, uint32_t offset, unsigned tuple, Captures *cap, KrLabel *fail) {
    for (uint32_t i = 0; i < p.count && !u->c->failed; i++) {
        if (is_wildcard(p.item[i])) continue;
        bool star = p.item[i]->kind == KR_NODE_MATCH_STAR;
        unsigned item = kr_reg(u, 1);
        kr_far_item(u, item, tuple, offset + i);
        if (!star) pattern(u, p.item[i], item, cap, fail);
        else capture(u, kr_as_match_star(p.item[i])->name, item, cap);
        u->top = item;
    }
}

// With a *_ only those items are fetched, by index, that a pattern wants to see.
static void some_items(KrUnit *u, KrSeq p, uint32_t star, unsigned subject, Captures *cap, KrLabel *fail) {
    unsigned item = kr_reg(u, u->far ? 1 : p.count), index = kr_reg(u, 2);
    for (uint32_t i = 0; i < p.count; item += !u->far, i++) {
        if (is_wildcard(p.item[i])) continue;
        kr_emit_x(u, KR_OP_LOADI, index, i < star ? i : p.count - i);
        if (i > star) {
            kr_emit(u, KR_OP_LENGTH, index + 1, subject, 0);
            kr_emit(u, KR_OP_SUB, index, index + 1, index);
        }
        kr_emit(u, KR_OP_GETITEM, item, subject, index);
        pattern(u, p.item[i], item, cap, fail);
    }
}

static void sequence_pattern(KrUnit *u, KrNode *node, unsigned subject, Captures *cap, KrLabel *fail) {
    KrSeq p = kr_as_match_sequence(node)->patterns;
    int star = -1;
    for (uint32_t i = 0; i < p.count; i++)
        if (p.item[i]->kind == KR_NODE_MATCH_STAR) star = (int)i;
    unsigned t = kr_reg(u, 2);
    kr_emit(u, KR_OP_MATCHSEQ, t, subject, 0);
    kr_emit_branch(u, KR_OP_JFALSE, t, 0, 0, fail);
    if (star < 0 || p.count > 1) {
        kr_emit(u, KR_OP_LENGTH, t, subject, 0);
        kr_emit_x(u, KR_OP_LOADI, t + 1, star < 0 ? p.count : p.count - 1);
        kr_emit_branch(u, star < 0 ? KR_OP_JEQ : KR_OP_JGE, t, t + 1, 0, fail);
    }
    bool wild = true; // nothing but wildcards: the items are not looked at
    for (uint32_t i = 0; i < p.count; i++) wild = wild && is_wildcard(p.item[i]);
    if (wild || !p.count) return;
    if (star >= 0 && is_wildcard(p.item[star])) {
        some_items(u, p, (uint32_t)star, subject, cap, fail);
        return;
    }
    if (u->far && p.count > 2) {
        u->top = t;
        unsigned tuple = kr_reg(u, 3);
        kr_emit_move(u, tuple, subject);
        kr_far_unpack(u, tuple, p.count, star);
        u->top = tuple + 1;
        items_in_turn(u, p, 0, tuple, cap, fail);
        return;
    }
    if (u->far) u->top = t;
    unsigned first = kr_reg(u, p.count);
    if (star < 0) {
        kr_emit(u, KR_OP_UNPACK, first, p.count, subject);
    } else {
        kr_emit(u, KR_OP_UNPACKEX, first, (unsigned)star, subject);
        kr_emit_word(u, p.count - 1 - (uint32_t)star);
    }
    if (u->far) memset(u->written + first, 1, p.count);
    for (uint32_t i = 0; i < p.count; i++) {
        if (p.item[i]->kind != KR_NODE_MATCH_STAR) pattern(u, p.item[i], first + i, cap, fail);
        else if (kr_as_match_star(p.item[i])->name) capture(u, kr_as_match_star(p.item[i])->name, first + i, cap);
    }
}

static void mapping_rest_in_turn(KrUnit *u, KrMatchMapping *m, unsigned subject, unsigned keys, Captures *cap) {
    unsigned rest = kr_reg(u, 2), key = rest + 1;
    kr_emit(u, KR_OP_DICT, rest, rest, 0);
    kr_emit(u, KR_OP_DICTUPDATE, rest, subject, 0);
    for (uint32_t i = 0; i < m->keys.count; i++) {
        kr_far_item(u, key, keys, i);
        kr_emit(u, KR_OP_DELITEM, rest, key, 0);
    }
    capture(u, m->rest, rest, cap);
    u->top = rest;
}

static void mapping_pattern(KrUnit *u, KrNode *node, unsigned subject, Captures *cap, KrLabel *fail) {
    KrMatchMapping *m = kr_as_match_mapping(node);
    unsigned t = kr_reg(u, 3), keys = t + 1, values = t + 2;
    kr_emit(u, KR_OP_MATCHMAP, t, subject, 0);
    kr_emit_branch(u, KR_OP_JFALSE, t, 0, 0, fail);
    if (m->keys.count) {
        kr_emit(u, KR_OP_LENGTH, t, subject, 0);
        kr_emit_x(u, KR_OP_LOADI, keys, m->keys.count);
        kr_emit_branch(u, KR_OP_JGE, t, keys, 0, fail);
    }
    kr_build_sequence(u, m->keys, KR_OP_TUPLE, keys);
    kr_place(u, node);
    kr_emit(u, KR_OP_MATCHKEYS, values, subject, keys);
    kr_emit_branch(u, KR_OP_JNONE, values, 0, 0, fail);
    if (u->far) {
        if (m->rest) mapping_rest_in_turn(u, m, subject, keys, cap);
        items_in_turn(u, m->patterns, 0, values, cap, fail);
        return;
    }
    unsigned first = kr_reg(u, m->patterns.count ? m->patterns.count : 1);
    if (m->patterns.count) kr_emit(u, KR_OP_UNPACK, first, m->patterns.count, values);
    if (m->rest) { // dict(subject) without the keys
        unsigned rest = kr_reg(u, 1);
        kr_emit(u, KR_OP_DICT, rest, rest, 0);
        kr_emit(u, KR_OP_DICTUPDATE, rest, subject, 0);
        unsigned key = kr_reg(u, m->keys.count ? m->keys.count : 1);
        if (m->keys.count) kr_emit(u, KR_OP_UNPACK, key, m->keys.count, keys);
        for (uint32_t i = 0; i < m->keys.count; i++) kr_emit(u, KR_OP_DELITEM, rest, key + i, 0);
        capture(u, m->rest, rest, cap);
    }
    for (uint32_t i = 0; i < m->patterns.count; i++) pattern(u, m->patterns.item[i], first + i, cap, fail);
}

static void class_pattern(KrUnit *u, KrNode *node, unsigned subject, Captures *cap, KrLabel *fail) {
    KrMatchClass *m = kr_as_match_class(node);
    unsigned count = m->patterns.count + m->kwd_patterns.count;
    unsigned t = kr_reg(u, 3), cls = t + 1, names = t + 2;
    KrValue tuple = u->c->failed ? KR_NONE : kr_tuple(u->c->vm, m->kwd_attrs.count, NULL);
    if (kr_is_error(tuple)) kr_emit_fail(u->c);
    for (uint32_t i = 0; i < m->kwd_attrs.count && !u->c->failed; i++) {
        KrValue name = kr_name_value(u->c, m->kwd_attrs.item[i]);
        kr_store(u->c->vm, kr_ptr(tuple), &kr_tuple_items(tuple, NULL)[i], name);
    }
    kr_expr(u, m->cls, cls);
    kr_place(u, node);
    kr_emit_load(u, tuple, names);
    kr_emit(u, KR_OP_MATCHCLASS, t, subject, cls);
    kr_emit_word(u, m->patterns.count);
    kr_emit_branch(u, KR_OP_JNONE, t, 0, 0, fail);
    if (!count) return;
    if (u->far) {
        u->top = t + 1;
        items_in_turn(u, m->patterns, 0, t, cap, fail);
        items_in_turn(u, m->kwd_patterns, m->patterns.count, t, cap, fail);
        return;
    }
    unsigned first = kr_reg(u, count);
    kr_emit(u, KR_OP_UNPACK, first, count, t);
    for (uint32_t i = 0; i < m->patterns.count; i++) pattern(u, m->patterns.item[i], first + i, cap, fail);
    for (uint32_t i = 0; i < m->kwd_patterns.count; i++) pattern(u, m->kwd_patterns.item[i], first + m->patterns.count + i, cap, fail);
}

// Alternatives bind the same names; each moves its own into the registers of the first.
static void or_pattern(KrUnit *u, KrNode *node, unsigned subject, Captures *cap, KrLabel *fail) {
    KrSeq p = kr_as_match_sequence(node)->patterns;
    KrLabel matched = KR_LABEL;
    enum { NAMES = 16 }; // registers for them; more are far
    unsigned before = cap->count, names = kr_reg(u, u->far ? 1 : NAMES);
    for (uint32_t i = 0; i < p.count; i++) {
        KrLabel next = KR_LABEL;
        unsigned top = u->top;
        Captures own = { .count = 0 };
        unsigned far_top = u->far_top;
        pattern(u, p.item[i], subject, &own, i + 1 < p.count ? &next : fail);
        if (!i) {
            if (own.count > NAMES && !u->far) {
                u->overflow = true;
                return;
            }
            for (unsigned n = 0; n < own.count; n++) capture(u, own.item[n].name, u->far ? own.item[n].reg : names + n, cap);
            far_top = u->far_top;
        }
        for (unsigned n = 0; n < own.count; n++)
            for (unsigned k = before; k < cap->count; k++)
                if (cap->item[k].name == own.item[n].name && cap->item[k].reg != own.item[n].reg)
                    move_capture(u, cap->item[k].reg, own.item[n].reg);
        u->far_top = far_top;
        if (i + 1 < p.count) kr_emit_jump(u, &matched);
        kr_emit_bind(u, &next);
        u->top = top;
    }
    kr_emit_bind(u, &matched);
}

static void pattern(KrUnit *u, KrNode *node, unsigned subject, Captures *cap, KrLabel *fail) {
    if (u->c->failed) return;
    if (kr_stack_low(u->c->scopes.stack_limit)) {
        (void)kr_raise(u->c->vm, &kr_recursion_error, "maximum recursion depth exceeded during compilation");
        kr_emit_fail(u->c);
        return;
    }
    kr_place(u, node);
    switch (node->kind) {
    case KR_NODE_MATCH_VALUE:
    case KR_NODE_MATCH_SINGLETON: value_pattern(u, node, subject, fail); break;
    case KR_NODE_MATCH_SEQUENCE: sequence_pattern(u, node, subject, cap, fail); break;
    case KR_NODE_MATCH_MAPPING: mapping_pattern(u, node, subject, cap, fail); break;
    case KR_NODE_MATCH_CLASS: class_pattern(u, node, subject, cap, fail); break;
    case KR_NODE_MATCH_OR: or_pattern(u, node, subject, cap, fail); break;
    case KR_NODE_MATCH_AS:
        if (kr_as_match_as(node)->pattern) pattern(u, kr_as_match_as(node)->pattern, subject, cap, fail);
        if (kr_as_match_as(node)->name) capture(u, kr_as_match_as(node)->name, subject, cap);
        break;
    default: break;
    }
}

void kr_emit_match(KrUnit *u, KrNode *node) {
    KrMatch *m = kr_as_match(node);
    unsigned top = u->top, far_top = u->far_top, subject = kr_reg(u, 1);
    KrLabel end = KR_LABEL;
    kr_expr(u, m->subject, subject);
    uint8_t *before = kr_bound_save(u), *joined = NULL;
    for (uint32_t i = 0; i < m->cases.count && !u->c->failed; i++) {
        KrMatchCase *k = kr_as_match_case(m->cases.item[i]);
        KrLabel fail = KR_LABEL;
        Captures cap = { .count = 0 };
        pattern(u, k->pattern, subject, &cap, &fail);
        if (k->pattern->kind == KR_NODE_MATCH_AS && !kr_as_match_as(k->pattern)->pattern) kr_mark(u, k->pattern);
        kr_place(u, k->pattern);
        store_captures(u, &cap);
        u->far_top = far_top;
        if (k->guard) kr_jump_if(u, k->guard, false, &fail);
        kr_stmts(u, k->body);
        if (joined) kr_bound_meet(u, joined);
        joined = kr_bound_save(u);
        kr_place_follow(u);
        kr_emit_jump(u, &end);
        kr_emit_bind(u, &fail);
        kr_bound_restore(u, before);
        u->top = subject + 1;
    }
    kr_bound_meet(u, joined ? joined : before);
    kr_emit_bind(u, &end);
    u->top = top;
}
