// verify_flow.c - follows control through a code object until it is known what every register may hold at the start of every block.
//
// A block runs from a leader to the next. States only grow, so this ends; passes in the order of the code end it soon. An exception may
// come from any instruction, before or after it has written: the state of a handler's block takes in all states of the blocks it covers.
// SPDX-License-Identifier: MIT
#include "code/verify_state.h"
#include "object/object.h"

enum {
    KR_FLOW_PASSES = 400,    // code whose loops nest this deep was not made by a compiler
    KR_FLOW_CELLS = 1 << 24, // registers times blocks
};

static KrKinds *state_of(const KrFlow *f, uint32_t block) { return f->state + (size_t)block * f->v->code->nregs; }

static uint32_t block_at(const KrFlow *f, uint32_t at) { // of a leader
    uint32_t low = 0, high = f->v->blocks;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (f->start[middle] <= at) low = middle;
        else high = middle;
    }
    return low;
}

// Frames show named locals, and f_locals writes any value to them whenever Python code runs: such a register can be relied on for nothing
// but that it holds a value, or a cell where the table of kinds says so (what is written then goes into the cell).
static unsigned shown(const KrVerifier *v, unsigned reg, unsigned kinds) {
    const KrCode *c = v->code;
    if (v->namespace || (reg >= v->kept && (reg < 256 || !kr_code_far(c)))) return kinds;
    unsigned local = reg < v->kept ? reg : v->kept + (reg - 256);
    if (local >= c->nlocals) return kinds;
    unsigned cell = c->local_kinds[local] & KR_LOCAL_CELL ? KR_KIND_CELL : 0;
    unsigned out = kinds & (KR_KIND_STALE | KR_KIND_UNSET | cell);
    if (kinds & KR_KIND_STATE) out |= KR_KIND_UNSET;
    return out == kinds && !(out & KR_KIND_UNSET) ? out : out | KR_KIND_VALUE;
}

static void mark_pending(KrFlow *f, uint32_t block) {
    f->seen[block] = f->pending[block] = 1;
    f->again = true;
}

// One register of a block may hold more than was known.
static void widen(KrFlow *f, uint32_t block, unsigned reg, unsigned kinds) {
    KrKinds *k = &state_of(f, block)[reg], all = *k | (KrKinds)kinds;
    if (all & KR_KIND_CELLS) all = (all & (KrKinds)~KR_KIND_CELLS) | KR_KIND_TUPLE; // their number is known inside of a block only
    if (all == *k) return;
    *k = all;
    if (f->seen[block]) mark_pending(f, block);
}

static void merge(KrFlow *f, uint32_t block) {
    for (unsigned i = 0; i < f->v->code->nregs; i++) widen(f, block, i, f->now[i]);
    if (!f->seen[block]) mark_pending(f, block);
}

// A register of the handler's block, which an exception enters with what f->now holds. Registers above the one that gets the exception may
// be cleared on the way: kr_frame_forget_above.
static void widen_caught(KrFlow *f, unsigned reg, unsigned kinds) {
    const KrCode *c = f->v->code;
    if (reg == f->caught_reg) return;
    bool cleared = reg > f->caught_reg && reg < c->nregs - kr_code_far(c);
    widen(f, f->caught_block, reg, cleared ? shown(f->v, reg, kinds | KR_KIND_UNSET) : kinds);
}

void kr_flow_jump(KrFlow *f, uint32_t target) { merge(f, block_at(f, target)); }

void kr_flow_set(KrFlow *f, unsigned reg, unsigned kinds) {
    kinds = shown(f->v, reg, kinds);
    f->now[reg] = f->v->namespace && !reg ? KR_KIND_STALE : (KrKinds)kinds; // walk() refuses that
    if (reg == f->cells_reg) f->cells_reg = UINT32_MAX;
    if (f->caught) widen_caught(f, reg, kinds);
}

// ---- Blocks --------------------------------------------------------------------------------------------------------------------

static void *take(KrVm *vm, size_t count, size_t size) {
    KrRaw *raw = kr_raw_new(vm, count * size + 1);
    return raw ? raw->data : NULL;
}

// The first handler that covers a block wins: each paints the blocks that no one before it has painted. next[b] leads to such a block.
static bool paint_handlers(KrFlow *f) {
    const KrCode *c = f->v->code;
    uint32_t *next = take(f->v->vm, f->v->blocks + 1, sizeof *next);
    if (!next) return false;
    for (uint32_t b = 0; b <= f->v->blocks; b++) next[b] = b;
    for (uint32_t i = 0; i < c->handler_count; i++) {
        uint32_t b = block_at(f, c->handlers[i].start), end = c->handlers[i].end;
        for (;;) {
            while (next[b] != b) b = next[b] = next[next[b]];
            if (b == f->v->blocks || f->start[b] >= end) break;
            f->handler[b] = i + 1;
            next[b] = b + 1;
        }
        if (!kr_poll(f->v->vm, 1)) return false;
    }
    return true;
}

static bool begin(KrFlow *f, KrVerifier *v) {
    const KrCode *c = v->code;
    KrVm *vm = v->vm;
    *f = (KrFlow){ .v = v, .cells_reg = UINT32_MAX };
    for (uint32_t i = 0; i < c->instr_count; i++) v->blocks += (v->mark[i] & KR_MARK_LEADER) != 0;
    if ((uint64_t)v->blocks * c->nregs > KR_FLOW_CELLS) return kr_verify_fail(v, "code too large to be verified");
    if (!(f->start = take(vm, v->blocks, sizeof *f->start)) || !(f->handler = take(vm, v->blocks, sizeof *f->handler)) ||
        !(f->pending = take(vm, v->blocks, 1)) || !(f->seen = take(vm, v->blocks, 1)) || !(f->now = take(vm, c->nregs, sizeof *f->now)) ||
        !(f->state = take(vm, (size_t)v->blocks * c->nregs, sizeof *f->state)))
        return false;
    for (uint32_t i = 0, b = 0; i < c->instr_count; i++)
        if (v->mark[i] & KR_MARK_LEADER) f->start[b++] = i;
    KrKinds *first = state_of(f, 0);
    for (unsigned i = 0; i < c->nregs; i++)
        first[i] = i < c->nparams ? KR_KIND_VALUE : i < c->nlocals ? KR_KIND_UNSET | KR_KIND_VALUE : KR_KIND_STALE;
    if (v->namespace) first[0] = KR_KIND_VALUE;
    mark_pending(f, 0);
    return paint_handlers(f);
}

// ---- Variables of comprehensions -----------------------------------------------------------------------------------------------

// While a frame is in such a range, locals() reads the register and f_locals writes it. The final pass looks at each instruction in a range; a poll behind a jump
// backwards sees the frame at the instruction before its target.
static bool check_hidden(KrFlow *f, uint32_t w, uint32_t words) {
    KrVerifier *v = f->v;
    const KrHidden *h = v->code->hidden;
    uint32_t from = v->at && (v->mark[v->at] & KR_MARK_ENTERED) ? v->at - 1 : v->at, kept = 0;
    for (; f->next_hidden < v->hidden && h[f->next_hidden].start < v->at + words; f->next_hidden++) {
        if (f->open == KR_FLOW_HIDDEN_DEPTH) return kr_verify_fail(v, "too many comprehensions inside one another");
        f->hidden[f->open++] = f->next_hidden;
    }
    for (uint32_t i = 0; i < f->open; i++) {
        const KrHidden *o = &h[f->hidden[i]];
        if (o->end <= from) continue;
        f->hidden[kept++] = f->hidden[i];
        bool over = ((w & 0xFF) == KR_OP_CALL || (w & 0xFF) == KR_OP_CALLM) && o->reg >= KR_A(w);
        unsigned kinds = f->now[o->reg], plain = KR_KIND_VALUE | KR_KIND_UNSET;
        bool fits = !(kinds & ~plain) || (kinds == KR_KIND_CELL && (o->kind & KR_LOCAL_CELL));
        if (over || !fits) return kr_verify_fail(v, "comprehension's variable that is not surely a variable");
    }
    f->open = kept;
    return true;
}

// ---- Following control ---------------------------------------------------------------------------------------------------------

static void enter_block(KrFlow *f, uint32_t block) {
    const KrCode *c = f->v->code;
    memcpy(f->now, state_of(f, block), c->nregs * sizeof *f->now);
    f->cells_reg = UINT32_MAX;
    f->caught = false;
    if (!f->handler[block]) return;
    const KrHandler *h = &c->handlers[f->handler[block] - 1];
    f->caught_block = block_at(f, h->target);
    f->caught_reg = h->reg;
    for (unsigned i = 0; i < c->nregs; i++) widen_caught(f, i, f->now[i]);
    widen(f, f->caught_block, h->reg, shown(f->v, h->reg, KR_KIND_EXC));
    if (!f->seen[f->caught_block]) mark_pending(f, f->caught_block);
    f->caught = true;
}

// The jump that is tried; before it, all variables get values.
static void try_jump(KrFlow *f) {
    const KrCode *c = f->v->code;
    const KrJump *jump = f->v->jump;
    for (unsigned i = 0; i < c->nregs; i++)
        if (jump->lost[i]) f->now[i] = KR_KIND_STALE;
    if (jump->to == KR_JUMP_NOWHERE) return;
    for (unsigned i = 0; i < c->nlocals; i++) {
        KrKinds *k = &f->now[kr_code_local_register(c, i)];
        if (*k & (KR_KIND_UNSET | KR_KIND_STALE)) *k = (KrKinds)((*k & ~(KR_KIND_UNSET | KR_KIND_STALE)) | KR_KIND_VALUE);
    }
    kr_flow_jump(f, jump->to);
}

static bool walk(KrFlow *f, uint32_t block, bool final) {
    KrVerifier *v = f->v;
    const KrCode *c = v->code;
    uint32_t end = block + 1 < v->blocks ? f->start[block + 1] : c->instr_count;
    bool next = true;
    enter_block(f, block);
    if (v->jump && f->start[block] == v->jump->from) {
        try_jump(f);
        if (v->jump->to != KR_JUMP_NOWHERE) enter_block(f, block);
    }
    for (v->at = f->start[block]; v->at < end && next;) {
        uint32_t w = c->instr[v->at], words = kr_opcode_words[w & 0xFF];
        if (final && v->hidden && !check_hidden(f, w, words)) return false;
        if (!kr_verify_effect(f, w, words == 2 ? c->instr[v->at + 1] : 0, &next)) return false;
        if (v->namespace && (f->now[0] & KR_KIND_STALE)) return kr_verify_fail(v, "namespace overwritten");
        v->at += words;
    }
    if (!next) return true;
    if (block + 1 == v->blocks) return kr_verify_fail(v, "control that runs over the end of the code");
    merge(f, block + 1);
    return true;
}

bool kr_verify_flow(KrVerifier *v) {
    KrFlow f;
    if (!begin(&f, v)) return false;
    for (unsigned pass = 0; f.again; pass++) {
        if (pass == KR_FLOW_PASSES) return kr_verify_fail(v, "control too intricate to be verified");
        f.again = false;
        for (uint32_t b = 0; b < v->blocks; b++) {
            if (!f.pending[b]) continue;
            f.pending[b] = 0;
            if (!walk(&f, b, false) || !kr_poll(v->vm, 1 + v->code->nregs / 64)) return false;
        }
    }
    for (uint32_t b = 0; v->hidden && b < v->blocks; b++)
        if (f.seen[b] && !walk(&f, b, true)) return false;
    return true;
}
