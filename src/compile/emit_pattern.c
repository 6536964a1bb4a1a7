// emit_pattern.c - match statements. A pattern is tested against a register and jumps to `fail`; names are bound to temporaries first and
// stored only when the whole pattern has matched, as CPython does.
// SPDX-License-Identifier: MIT
#include "compile/emit.h"

#include "object/tuple.h"

enum { KR_CAPTURES = 64 };

typedef struct {
    const KrName *name[KR_CAPTURES];
    unsigned reg[KR_CAPTURES];
    unsigned count;
} Captures;

static void pattern(KrUnit *u, KrNode *node, unsigned subject, Captures *cap, KrLabel *fail);

static void capture(KrUnit *u, const KrName *name, unsigned reg, Captures *cap) {
    if (cap->count == KR_CAPTURES) {
        if (!u->c->failed) (void)kr_raise(u->c->vm, &kr_recursion_error, "too many names in one pattern: at most %d", KR_CAPTURES);
        kr_emit_fail(u->c);
        return;
    }
    cap->name[cap->count] = name;
    cap->reg[cap->count++] = reg;
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

// With a *_ only those items are fetched, by index, that a pattern wants to see.
static void some_items(KrUnit *u, KrSeq p, uint32_t star, unsigned subject, Captures *cap, KrLabel *fail) {
    unsigned item = kr_reg(u, p.count), index = kr_reg(u, 2);
    for (uint32_t i = 0; i < p.count; i++) {
        if (is_wildcard(p.item[i])) continue;
        kr_emit_x(u, KR_OP_LOADI, index, i < star ? i : p.count - i);
        if (i > star) {
            kr_emit(u, KR_OP_LENGTH, index + 1, subject, 0);
            kr_emit(u, KR_OP_SUB, index, index + 1, index);
        }
        kr_emit(u, KR_OP_GETITEM, item + i, subject, index);
        pattern(u, p.item[i], item + i, cap, fail);
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
    unsigned first = kr_reg(u, p.count);
    if (star < 0) {
        kr_emit(u, KR_OP_UNPACK, first, p.count, subject);
    } else {
        kr_emit(u, KR_OP_UNPACKEX, first, (unsigned)star, subject);
        kr_emit_word(u, p.count - 1 - (uint32_t)star);
    }
    for (uint32_t i = 0; i < p.count; i++) {
        if (p.item[i]->kind != KR_NODE_MATCH_STAR) pattern(u, p.item[i], first + i, cap, fail);
        else if (kr_as_match_star(p.item[i])->name) capture(u, kr_as_match_star(p.item[i])->name, first + i, cap);
    }
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
    unsigned first = kr_reg(u, count);
    kr_emit(u, KR_OP_UNPACK, first, count, t);
    for (uint32_t i = 0; i < m->patterns.count; i++) pattern(u, m->patterns.item[i], first + i, cap, fail);
    for (uint32_t i = 0; i < m->kwd_patterns.count; i++) pattern(u, m->kwd_patterns.item[i], first + m->patterns.count + i, cap, fail);
}

// Alternatives bind the same names; each moves its own into the registers of the first.
static void or_pattern(KrUnit *u, KrNode *node, unsigned subject, Captures *cap, KrLabel *fail) {
    KrSeq p = kr_as_match_sequence(node)->patterns;
    KrLabel matched = KR_LABEL;
    unsigned before = cap->count, names = kr_reg(u, 16), used = 0;
    for (uint32_t i = 0; i < p.count; i++) {
        KrLabel next = KR_LABEL;
        unsigned top = u->top;
        Captures own = { .count = 0 };
        pattern(u, p.item[i], subject, &own, i + 1 < p.count ? &next : fail);
        if (!i) {
            used = own.count;
            if (used > 16) {
                if (!u->c->failed) (void)kr_raise(u->c->vm, &kr_recursion_error, "too many names in one alternative pattern: at most 16");
                kr_emit_fail(u->c);
                return;
            }
            for (unsigned n = 0; n < used; n++) capture(u, own.name[n], names + n, cap);
        }
        for (unsigned n = 0; n < own.count; n++)
            for (unsigned k = before; k < cap->count; k++)
                if (cap->name[k] == own.name[n]) kr_emit_move(u, cap->reg[k], own.reg[n]);
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
    unsigned top = u->top, subject = kr_reg(u, 1);
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
        for (unsigned n = 0; n < cap.count; n++) kr_emit_name(u, cap.name[n], KR_STORE, cap.reg[n]);
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
