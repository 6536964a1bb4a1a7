// verify_table.c - what stands beside instructions: the line table, exception handlers, and the ranges of comprehensions' variables.
// SPDX-License-Identifier: MIT
#include "code/code_file.h"
#include "code/verify_state.h"

// ---- Lines ---------------------------------------------------------------------------------------------------------------------

typedef struct {
    const uint8_t *at, *end;
} Bytes;

static bool get(Bytes *b, uint32_t *out) {
    uint64_t n = 0;
    for (unsigned shift = 0; shift < 35 && b->at < b->end; shift += 7) {
        uint8_t byte = *b->at++;
        n |= (uint64_t)(byte & 127) << shift;
        if (byte < 128) return *out = (uint32_t)n, n <= UINT32_MAX;
    }
    return false;
}

static int64_t unzigzag(uint32_t n) { return (int64_t)(n >> 1) ^ -(int64_t)(n & 1); }
static bool is_line(int64_t n) { return n >= 0 && n <= KR_CODE_LINE_MAX; }

static bool lines_fit(const KrCode *c) {
    Bytes b = { c->lines, c->lines + c->lines_len };
    uint64_t total = 0;
    int64_t line = 0;
    while (b.at < b.end) {
        uint32_t count, step, col, end_step, end_col;
        if (!get(&b, &count) || !get(&b, &step) || !get(&b, &col) || !get(&b, &end_step) || !get(&b, &end_col)) return false;
        line += unzigzag(step);
        total += count;
        if (!count || total > c->instr_count || !is_line(line) || !is_line(line + unzigzag(end_step)) || !is_line(col) || !is_line(end_col)) return false;
    }
    return !c->lines_len || total == c->instr_count;
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
