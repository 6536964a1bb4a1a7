// frame_jump.c - `frame.f_lineno = n` in a trace function: the frame goes on at another line.
//
// A jump must not bring instructions to registers that hold less than they rely on. The verifier knows what every instruction relies on: a
// jump is allowed if the code would still pass it with that jump inside. Exceptions that are handled where the jump begins, but not where
// it ends, are handled no more; a `with` block that is left is not told.
// SPDX-License-Identifier: MIT
#include "vm/frame_jump.h"

#include "code/verify.h"
#include "object/object.h"
#include "vm/op.h"

// ---- What is being handled -----------------------------------------------------------------------------------------------------

// Code that runs while an exception is handled is protected by a handler that begins with POPEXC. Is it one that saves in `reg`?
static bool handles(const KrCode *code, uint32_t at, unsigned reg) {
    for (uint32_t i = 0; i < code->handler_count; i++) {
        const KrHandler *h = &code->handlers[i];
        KrInstr w = code->instr[h->target];
        if (at >= h->start && at < h->end && (w & 0xFF) == KR_OP_POPEXC && KR_A(w) == reg) return true;
    }
    return false;
}

static unsigned handled_depth(const KrCode *code, uint32_t at) {
    unsigned n = 0;
    for (unsigned reg = 0; reg < 256; reg++) n += handles(code, at, reg);
    return n;
}

// Is all that is handled at `to` handled at `from` too?
static bool handled_there(const KrCode *code, uint32_t from, uint32_t to) {
    for (unsigned reg = 0; reg < 256; reg++)
        if (handles(code, to, reg) && !handles(code, from, reg)) return false;
    return true;
}

// The outermost block that is left knows what was handled before it.
static void leave_handlers(KrVm *vm, KrFrame *f, uint32_t from, uint32_t to) {
    for (unsigned reg = 0; reg < 256; reg++) {
        if (!handles(f->code, from, reg) || handles(f->code, to, reg)) continue;
        vm->thread.handled = kr_is_unset(f->base[reg]) ? f->generator->outer_handled : f->base[reg];
        return;
    }
}

// ---- Where a line begins -------------------------------------------------------------------------------------------------------

typedef struct {
    KrPositions p;
    uint32_t at;
    int32_t line;
} Starts;

// The next place where another line begins than that of the instruction before.
static bool next_start(Starts *s) {
    int32_t before = s->line;
    for (;;) {
        s->at += s->p.left;
        if (!kr_code_next_run(&s->p)) return false;
        s->line = s->p.position.line;
        if (s->line > 0 && s->line != before) return true;
        before = s->line;
    }
}

static int32_t line_not_before(const KrCode *code, intptr_t line) { // -1: there is none
    Starts s = { .p = kr_code_positions(code) };
    int32_t found = -1;
    while (next_start(&s))
        if (s.line >= line && (found < 0 || s.line < found)) found = s.line;
    return found;
}

// Why the frame cannot go on there, in CPython's words; `at`: the instruction that lacks something.
static const char *obstacle(const KrCode *code, uint32_t from, uint32_t to, uint32_t at) {
    if (!handled_there(code, from, to)) return "can't jump into an 'except' block as there's no exception";
    return (code->instr[at] & 0xFF) == KR_OP_FORNEXT ? "can't jump into the body of a for loop" : "incompatible stacks";
}

// What the temporaries hold that `from` does not need is left over from before: nothing may be continued with it.
static bool find_leftovers(KrVm *vm, const KrCode *code, uint32_t from, uint8_t *lost) {
    unsigned first = code->flags & KR_CODE_NAMESPACE ? 1 : kr_code_near(code), near = code->nregs - kr_code_far(code);
    for (unsigned reg = first; reg < near; reg++) {
        KrJump jump = { .from = from, .to = KR_JUMP_NOWHERE, .lost = lost };
        bool dead;
        lost[reg] = 1;
        if (!kr_verify_jump(vm, code, &jump, &dead)) return false;
        lost[reg] = dead;
    }
    return true;
}

// How many temporaries the instructions from `to` on rely on.
static bool count_needed(KrVm *vm, const KrCode *code, KrJump jump, uint8_t *lost, unsigned *count) {
    unsigned first = code->flags & KR_CODE_NAMESPACE ? 1 : kr_code_near(code), near = code->nregs - kr_code_far(code);
    *count = 0;
    for (unsigned reg = first; reg < near; reg++) {
        bool fits;
        if (lost[reg]) continue;
        lost[reg] = 1;
        if (!kr_verify_jump(vm, code, &jump, &fits)) return false;
        lost[reg] = 0;
        *count += !fits;
    }
    return true;
}

// The instruction of the line to go on with: of those that are possible, the one inside of most blocks. (Not a loop's FORNEXT: to the
// line of a loop means to begin it.)
static bool find_target(KrVm *vm, const KrCode *code, uint32_t from, int32_t line, uint8_t *lost, uint32_t *out) {
    Starts s = { .p = kr_code_positions(code) };
    const char *why = NULL;
    unsigned best = 0, needed;
    while (next_start(&s)) {
        KrJump jump = { .from = from, .to = s.at, .lost = lost };
        bool fits = s.line == line && (code->instr[s.at] & 0xFF) != KR_OP_FORNEXT && handled_there(code, from, s.at);
        if (fits && !kr_verify_jump(vm, code, &jump, &fits)) return false;
        if (s.line == line && !fits && !why) why = obstacle(code, from, s.at, jump.at);
        if (!fits) continue;
        if (!count_needed(vm, code, jump, lost, &needed)) return false;
        needed += 256 * handled_depth(code, s.at) + 1;
        if (needed > best) best = needed, *out = s.at;
    }
    return best || kr_fail(kr_raise(vm, &kr_value_error, "%s", why));
}

// ---- Setting it ----------------------------------------------------------------------------------------------------------------

// What the compiler knows of variables is not true after a jump: each gets a value.
static bool bind_variables(KrVm *vm, KrFrame *f) {
    unsigned unbound = 0;
    for (unsigned i = 0; i < f->code->nlocals; i++) unbound += kr_is_unset(f->base[kr_code_local_register(f->code, i)]);
    if (unbound && !kr_warn(vm, &kr_runtime_warning, "assigning None to %u unbound local%s", (size_t)unbound, unbound == 1 ? "" : "s"))
        return false;
    for (unsigned i = 0; i < f->code->nlocals; i++) {
        KrValue *variable = &f->base[kr_code_local_register(f->code, i)];
        if (kr_is_unset(*variable)) *variable = KR_NONE;
    }
    return true;
}

static bool check_event(KrVm *vm, const KrFrameObject *o) {
    if (!o->event || !o->live) return kr_fail(kr_raise(vm, &kr_value_error, "f_lineno can only be set in a trace function"));
    if (strcmp(o->event, "line") == 0) return true;
    if (strcmp(o->event, "call") == 0)
        return kr_fail(kr_raise(vm, &kr_value_error, "can't jump from the 'call' trace event of a new frame"));
    return kr_fail(kr_raise(vm, &kr_value_error, "can only jump from a 'line' trace event"));
}

bool kr_frame_set_line(KrVm *vm, KrValue self, KrValue v) {
    KrFrameObject *o = KR_AS(KrFrameObject, self);
    intptr_t wanted;
    if (kr_is_unset(v)) return kr_fail(kr_raise(vm, &kr_attribute_error, "cannot delete attribute"));
    if (!kr_is_integer(v) || kr_is_bool(v)) return kr_fail(kr_raise(vm, &kr_value_error, "lineno must be an integer"));
    if (!check_event(vm, o) || !kr_to_index(vm, v, &wanted)) return false;
    if (wanted < (intptr_t)o->code->first_line)
        return kr_fail(kr_raise(vm, &kr_value_error, "line %z comes before the current code block", wanted));
    int32_t line = line_not_before(o->code, wanted);
    if (line < 0) return kr_fail(kr_raise(vm, &kr_value_error, "line %z comes after the current code block", wanted));
    uint32_t from = (uint32_t)(o->live->pc - o->code->instr) - 1, to = from;
    KrRaw *lost = kr_raw_new(vm, o->code->nregs);
    if (!lost || !find_leftovers(vm, o->code, from, lost->data) || !find_target(vm, o->code, from, line, lost->data, &to) ||
        !bind_variables(vm, o->live))
        return false;
    leave_handlers(vm, o->live, from, to);
    o->live->pc = o->code->instr + to + 1;
    o->last_line = o->jumped_line = line;
    o->jump = 0;
    return true;
}
