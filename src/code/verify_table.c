// verify_table.c - what stands beside instructions: the line table, exception handlers, and the ranges of comprehensions' variables.
// SPDX-License-Identifier: MIT
#include "code/code_file.h"
#include "code/verify_state.h"

static bool lines_fit(const KrCode *c) {
    KrPositions p = kr_code_positions(c);
    uint64_t total = 0;
    while (kr_code_next_run(&p)) total += p.left;
    return !p.damaged && (!c->lines_len || total == c->instr_count);
}

// ---- Ranges of instructions ----------------------------------------------------------------------------------------------------

static bool is_start(const KrVerifier *v, uint32_t at) { return at < v->code->instr_count && (v->mark[at] & KR_MARK_START); }

static bool handlers_fit(KrVerifier *v) {
    const KrCode *c = v->code;
    for (uint32_t i = 0; i < c->handler_count; i++) {
        const KrHandler *h = &c->handlers[i];
        bool ends = h->end == c->instr_count || is_start(v, h->end);
        // A handler behind what it protects cannot make a loop that counts no steps.
        if (!is_start(v, h->start) || !ends || !is_start(v, h->target) || h->start >= h->end || h->target < h->end) return false;
        if (h->reg >= c->nregs || (v->namespace && !h->reg)) return false;
        v->mark[h->start] |= KR_MARK_LEADER;
        if (h->end < c->instr_count) v->mark[h->end] |= KR_MARK_LEADER;
        v->mark[h->target] |= KR_MARK_LEADER | KR_MARK_ENTERED;
    }
    return true;
}

// In the order of their starts, which the flow analysis relies on.
static bool hidden_fit(const KrVerifier *v) {
    const KrCode *c = v->code;
    for (uint32_t i = 0; i < v->hidden; i++) {
        const KrHidden *h = &c->hidden[i];
        if (h->start > h->end || h->end > c->instr_count || h->reg >= c->nregs || (h->kind & ~KR_LOCAL_CELL)) return false;
        if (i && h->start < c->hidden[i - 1].start) return false;
    }
    return true;
}

bool kr_verify_tables(KrVerifier *v) {
    v->at = 0;
    if (!lines_fit(v->code)) return kr_verify_fail(v, "damaged line table");
    if (!handlers_fit(v)) return kr_verify_fail(v, "exception handler that does not fit the instructions");
    return hidden_fit(v) || kr_verify_fail(v, "comprehension's variable that does not fit the instructions");
}
