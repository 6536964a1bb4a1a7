// emit_line.c - where instructions come from: the place of each, lines that have no instruction, and the packed table of both.
//
// A line whose code was optimised away (`try:`, `pass`, a local as an operand) leaves a mark in front of the next instruction, which
// costs nothing when it runs: the trace functions see the line when they come to that instruction. Where a jump leads to the
// same place, so that the next instruction cannot tell whether the line was passed, the mark becomes a NOP.
// SPDX-License-Identifier: MIT
#include "compile/emit.h"

#include "code/code_table.h"
#include "object/vm_state.h"

void kr_place(KrUnit *u, const KrNode *node) { u->here = (KrPlace){ node->line, node->col, node->end_line, node->end_col }; }

// Instructions that no line of the program stands for.
void kr_place_nowhere(KrUnit *u) { u->here = (KrPlace){ 0, 0, 0, 0 }; }

// What belongs to whatever ran before; nowhere, where several ways meet.
void kr_place_follow(KrUnit *u) {
    if (u->mark_len && u->mark[u->mark_len - 1].at == u->len) u->here = kr_place_kept(u->mark[u->mark_len - 1].place);
    else if (u->len && u->joined != u->len) u->here = kr_place_kept(u->place[u->len - 1]);
    else kr_place_nowhere(u);
}

// An attribute's own line, if the expression starts on another one: tracebacks and trace functions show it.
void kr_place_attribute(KrUnit *u, const KrNode *node, const KrNode *attribute, const KrName *name) {
    kr_place(u, node);
    if (node->line == attribute->end_line) return;
    u->here.line = attribute->end_line;
    if (name->len > attribute->end_col) return;
    u->here.col = attribute->end_col - (uint32_t)name->len;
    u->here.end_col = attribute->end_col;
}

// ---- Marks ---------------------------------------------------------------------------------------------------------------------

// The node's line is passed here.
void kr_mark(KrUnit *u, const KrNode *node) {
    bool pending = u->mark_len && u->mark[u->mark_len - 1].at == u->len;
    if (u->c->failed || (pending && u->mark[u->mark_len - 1].place.line == node->line)) return;
    if (!pending && u->len && u->joined != u->len && u->place[u->len - 1].line == node->line) return;
    if (u->mark_len == u->mark_room) {
        uint32_t room = u->mark_room * 2 + 8;
        KrMark *p = kr_arena_array(u->arena, room, sizeof *p);
        if (!p) {
            (void)kr_raise_memory(u->c->vm);
            kr_emit_fail(u->c);
            return;
        }
        if (u->mark_len) memcpy(p, u->mark, u->mark_len * sizeof *p);
        u->mark = p;
        u->mark_room = room;
    }
    u->mark[u->mark_len++] = (KrMark){ u->len, kr_place_keep((KrPlace){ node->line, node->col, node->end_line, node->end_col }) };
}

// An instruction is about to be emitted: one of the same line needs no mark.
void kr_marks_settle(KrUnit *u) {
    if (u->mark_len && u->mark[u->mark_len - 1].at == u->len && u->mark[u->mark_len - 1].place.line == u->here.line) u->mark_len--;
}

void kr_marks_flush(KrUnit *u) {
    uint32_t from = u->mark_len, end = u->mark_len;
    KrPlace here = u->here;
    while (from && u->mark[from - 1].at == u->len) from--;
    u->mark_len = from;
    for (uint32_t i = from; i < end && !u->c->failed; i++) {
        u->here = kr_place_kept(u->mark[i].place);
        kr_emit(u, KR_OP_NOP, 0, 0, 0);
    }
    u->here = here;
}

// ---- The table -----------------------------------------------------------------------------------------------------------------

static void put(KrPacker *p, uint32_t n) { kr_pack_number(p, n); }

static uint32_t zigzag(int32_t n) { return (uint32_t)n << 1 ^ (uint32_t)(n >> 31); }

// One entry of the line table, see code.h. line: of the entry before.
static void pack_run(KrPacker *out, uint32_t count, KrPlace p, uint32_t line) {
    bool none = !p.line, same_line = p.end_line == p.line && p.end_col >= p.col;
    bool counted = !count || count > KR_LINE_COUNT;
    unsigned head = counted ? 0 : count;
    head |= none ? KR_LINE_NONE : p.line == line ? KR_LINE_SAME : p.line == line + 1 ? KR_LINE_NEXT : KR_LINE_OTHER;
    if (!none && !same_line) head |= KR_LINE_LONG;
    put(out, head);
    if (counted) put(out, count);
    if (none) return;
    if ((head & KR_LINE_NONE) == KR_LINE_OTHER) put(out, zigzag((int32_t)(p.line - line)));
    if (!same_line) put(out, zigzag((int32_t)(p.end_line - p.line)));
    put(out, (KrPlaceNumber)(p.col + 1)); // 0: none
    put(out, same_line ? (uint32_t)(p.end_col - p.col) : (KrPlaceNumber)(p.end_col + 1));
}

// -X no_debug_ranges: lines alone; a column of -1 is none.
static KrPlace known(const KrUnit *u, KrKeptPlace kept) {
    KrPlace p = kr_place_kept(kept);
    if ((!KR_DEBUG_RANGES || u->c->vm->flags.no_debug_ranges) && p.line)
        p = (KrPlace){ p.line, (KrPlaceNumber)-1, p.line, (KrPlaceNumber)-1 };
    return p;
}

static bool same_place(const KrUnit *u, uint32_t at, const KrPlace *p) {
    KrPlace other = known(u, u->place[at]);
    return memcmp(&other, p, sizeof *p) == 0;
}

size_t kr_pack_lines(const KrUnit *u, uint8_t *data) {
    KrPacker packer = { data, 0 }, *out = &packer;
    uint32_t line = 0;
    for (uint32_t i = 0, m = 0; i < u->len;) {
        uint32_t from = i;
        KrPlace p = known(u, u->place[i]);
        for (; m < u->mark_len && u->mark[m].at == i; m++) {
            pack_run(out, 0, known(u, u->mark[m].place), line);
            line = u->mark[m].place.line;
        }
        do i++;
        while (i < u->len && same_place(u, i, &p) && !(m < u->mark_len && u->mark[m].at == i));
        pack_run(out, i - from, p, line);
        if (p.line) line = p.line;
    }
    return packer.len;
}
