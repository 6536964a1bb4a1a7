// emit_try.c - what protects code and cleans up after it: try, with, and the way out of them for break, continue and return.
//
// A protected region is a range of instructions with a handler and the register that gets the exception. Regions are written down when
// they close, so inner ones come first, and the first that covers an instruction is the right one. The code that a jump out of
// a block runs (finally bodies, __exit__ calls) is not protected by that block: its region is closed around it and opened again.
// SPDX-License-Identifier: MIT
#include "compile/emit.h"

// ---- What is surely bound ------------------------------------------------------------------------------------------------------

// How many registers, and which are bound; it lives as long as the statement. NULL in code that keeps its names in a namespace: nothing to know.
uint8_t *kr_bound_save(KrUnit *u) {
    if (!u->near) return NULL;
    unsigned count = u->max < 255 ? u->max + 1 : 255;
    uint8_t *copy = kr_arena_alloc(&u->c->arena, count + 1);
    if (!copy || u->c->failed) {
        if (!u->c->failed) (void)kr_raise_memory(u->c->vm);
        kr_emit_fail(u->c);
        return NULL;
    }
    copy[0] = (uint8_t)count;
    memcpy(copy + 1, u->bound, count);
    return copy;
}

static uint8_t bound_in(const uint8_t *saved, unsigned reg) { return reg < saved[0] ? saved[1 + reg] : 0; }

void kr_bound_restore(KrUnit *u, const uint8_t *saved) {
    if (!saved || u->c->failed) return;
    for (unsigned i = 0; i < 256; i++) {
        uint8_t was = bound_in(saved, i);
        u->bound[i] = (uint8_t)((was & 1 & (uint8_t)~u->deletable[i]) | ((u->bound[i] | was) & 2));
    }
}

void kr_bound_meet(KrUnit *u, const uint8_t *other) {
    if (!other || u->c->failed) return;
    for (unsigned i = 0; i < 256; i++) {
        uint8_t theirs = bound_in(other, i);
        u->bound[i] = (uint8_t)((u->bound[i] & theirs & 1) | ((u->bound[i] | theirs) & 2));
    }
}

// ---- Blocks and regions --------------------------------------------------------------------------------------------------------

static void close_region(KrUnit *u, KrBlock *b) {
    if (!b->handler || b->region == u->len || u->c->failed) return;
    if (u->region_len == u->region_room) {
        uint32_t room = u->region_room * 2 + 8;
        KrRegion *p = kr_arena_array(u->arena, room, sizeof *p);
        if (!p) {
            (void)kr_raise_memory(u->c->vm);
            kr_emit_fail(u->c);
            return;
        }
        if (u->region_len) memcpy(p, u->region, u->region_len * sizeof *p);
        u->region = p;
        u->region_room = room;
    }
    u->region[u->region_len++] = (KrRegion){ .start = b->region, .end = u->len, .label = b->handler, .reg = (uint16_t)b->exc_reg };
}

static void open_region(KrUnit *u, KrBlock *b) { b->region = u->len; }

void kr_block_push(KrUnit *u, KrBlock *b, KrBlockKind kind, KrLabel *handler, unsigned exc_reg) {
    KrNode *node = b->node;
    (void)node;
    b->kind = kind;
    b->outer = u->block;
    b->handler = handler;
    b->exc_reg = exc_reg;
    b->base = u->base;
    if (handler) u->base = u->top;
    open_region(u, b);
    u->block = b;
}

void kr_block_pop(KrUnit *u, KrBlock *b) {
    close_region(u, b);
    u->block = b->outer;
    u->base = b->base;
}

// Handlers are known by their labels while code is emitted; when one is bound, its regions get their target.
static void bind_handler(KrUnit *u, KrLabel *handler) {
    kr_emit_head(u, handler);
    kr_place_nowhere(u);
    for (uint32_t i = u->region_len; i-- > 0;)
        if (u->region[i].label == handler)
            u->region[i].target = (uint32_t)handler->at, u->region[i].label = NULL; // the label's memory is used again
}

void kr_emit_bind_handler(KrUnit *u, KrLabel *handler) { bind_handler(u, handler); }

static void store_none_and_delete(KrUnit *u, const KrName *name) {
    unsigned top = u->top, t = kr_reg(u, 1);
    kr_emit_special(u, KR_SPECIAL_NONE, t);
    kr_emit_name(u, name, KR_STORE, t);
    kr_emit_name(u, name, KR_DELETE, 0);
    u->top = top;
}

static void call_exit(KrUnit *u, unsigned exit_reg, bool async, const KrNode *node) {
    unsigned top = u->top, window = kr_reg(u, 4);
    kr_place(u, node);
    kr_emit_move(u, window, exit_reg);
    for (unsigned i = 1; i <= 3; i++) kr_emit_special(u, KR_SPECIAL_NONE, window + i);
    kr_emit(u, KR_OP_CALL, window, 3, window);
    if (async) {
        kr_emit(u, KR_OP_GETAWAIT, window, window, 2);
        kr_emit_special(u, KR_SPECIAL_NONE, window + 1);
        kr_emit(u, KR_OP_YIELDFROM, window, 0, 0);
    }
    u->top = top;
}

static void leave(KrUnit *u, KrBlock *b) {
    switch (b->kind) {
    case KR_BLOCK_FINALLY:
        kr_stmts(u, b->body);
        kr_place_follow(u);
        break;
    case KR_BLOCK_WITH:
    case KR_BLOCK_ASYNC_WITH:
        call_exit(u, b->reg, b->kind == KR_BLOCK_ASYNC_WITH, b->node);
        break; // what follows is on the line of the `with`
    case KR_BLOCK_HANDLER:
        kr_emit(u, KR_OP_POPEXC, b->reg, 0, 0);
        if (b->name) store_none_and_delete(u, b->name);
        break;
    default: break;
    }
}

void kr_unwind(KrUnit *u, KrBlock *until, int keep_reg) {
    (void)keep_reg; // it is below u->top, and nothing here writes below that
    KrBlock *innermost = u->block;
    uint8_t *bound = kr_bound_save(u);
    for (KrBlock *b = innermost; b != until && !u->c->failed; b = b->outer) {
        close_region(u, b);
        u->block = b->outer;
        leave(u, b);
    }
    u->block = innermost;
    kr_bound_restore(u, bound);
}

// After the jump itself: the blocks protect what follows again.
void kr_unwind_end(KrUnit *u, KrBlock *until) {
    for (KrBlock *b = u->block; b != until; b = b->outer) open_region(u, b);
}

// ---- try -----------------------------------------------------------------------------------------------------------------------

static void handler_body(KrUnit *u, KrExceptHandler *h, unsigned exc, unsigned saved, KrLabel *end, KrLabel *fail) {
    KrBlock block = { .name = h->name, .reg = saved, .node = &h->node };
    if (h->name) {
        kr_place(u, &h->node);
        kr_emit_name(u, h->name, KR_STORE, exc);
    }
    KrLabel cleanup = KR_LABEL;
    unsigned exc2 = h->name ? kr_reg(u, 1) : 0;
    kr_block_push(u, &block, KR_BLOCK_HANDLER, h->name ? &cleanup : NULL, exc2);
    kr_stmts(u, h->body);
    kr_block_pop(u, &block);
    kr_place_follow(u);
    kr_emit(u, KR_OP_POPEXC, saved, 0, 0);
    if (h->name) store_none_and_delete(u, h->name);
    kr_emit_jump(u, end);
    if (h->name) {
        bind_handler(u, &cleanup);
        store_none_and_delete(u, h->name);
        kr_emit(u, KR_OP_RERAISE, exc2, 1, 0);
    }
    (void)fail;
}

static void handlers(KrUnit *u, KrTry *t, unsigned exc, KrLabel *end) {
    unsigned saved = kr_reg(u, 1);
    KrLabel fail = KR_LABEL;
    KrBlock guard = { 0 };
    kr_emit(u, KR_OP_PUSHEXC, exc, saved, 0);
    unsigned exc2 = kr_reg(u, 1);
    kr_block_push(u, &guard, KR_BLOCK_POP, &fail, exc2); // an exception in a handler: the old one is handled no more
    uint8_t *bound = kr_bound_save(u), *after = NULL;
    for (uint32_t i = 0; i < t->handlers.count; i++) {
        KrExceptHandler *h = kr_as_except_handler(t->handlers.item[i]);
        KrLabel next = KR_LABEL;
        unsigned top = u->top;
        kr_bound_restore(u, bound);
        if (h->type) {
            unsigned type = kr_operand(u, h->type);
            kr_place(u, &h->node);
            kr_emit_branch(u, KR_OP_JNOMATCH, exc, type, 0, &next);
            u->top = top;
        }
        kr_mark(u, &h->node);
        handler_body(u, h, exc, saved, end, &fail);
        if (after) {
            uint8_t *now = kr_bound_save(u);
            kr_bound_restore(u, after);
            kr_bound_meet(u, now);
        }
        after = kr_bound_save(u);
        kr_emit_bind(u, &next);
        u->top = top;
    }
    kr_block_pop(u, &guard);
    kr_place(u, t->handlers.item[t->handlers.count - 1]);
    kr_emit(u, KR_OP_POPEXC, saved, 0, 0);
    kr_emit(u, KR_OP_RERAISE, exc, 0, 0);
    bind_handler(u, &fail);
    kr_emit(u, KR_OP_POPEXC, saved, 0, 0);
    kr_emit(u, KR_OP_RERAISE, exc2, 1, 0);
    kr_bound_restore(u, after);
}

static void try_except(KrUnit *u, KrTry *t) {
    unsigned top = u->top, exc = kr_reg(u, 1);
    KrLabel handler = KR_LABEL, end = KR_LABEL;
    KrBlock block = { 0 };
    uint8_t *before = kr_bound_save(u);
    kr_block_push(u, &block, KR_BLOCK_POP, &handler, exc);
    kr_stmts(u, t->body);
    kr_block_pop(u, &block);
    kr_stmts(u, t->orelse);
    uint8_t *normal = kr_bound_save(u);
    kr_place_follow(u);
    kr_emit_jump(u, &end);
    bind_handler(u, &handler);
    kr_bound_restore(u, before);
    if (t->node.kind == KR_NODE_TRY_STAR) kr_emit_star_handlers(u, t, exc, &end);
    else handlers(u, t, exc, &end);
    kr_bound_meet(u, normal);
    kr_emit_bind(u, &end);
    u->top = top;
}

static void try_finally(KrUnit *u, KrTry *t) {
    unsigned top = u->top, exc = kr_reg(u, 2); // exc, saved
    KrLabel handler = KR_LABEL, end = KR_LABEL, fail = KR_LABEL;
    KrBlock block = { .body = t->finalbody, .node = &t->node }, guard = { .reg = exc + 1 };
    uint8_t *before = kr_bound_save(u);
    kr_block_push(u, &block, KR_BLOCK_FINALLY, &handler, exc);
    if (t->handlers.count) try_except(u, t);
    else kr_stmts(u, t->body);
    kr_block_pop(u, &block);
    kr_stmts(u, t->finalbody);
    uint8_t *normal = kr_bound_save(u);
    kr_place_follow(u);
    kr_emit_jump(u, &end);
    bind_handler(u, &handler);
    kr_bound_restore(u, before);
    kr_emit(u, KR_OP_PUSHEXC, exc, exc + 1, 0);
    unsigned exc2 = kr_reg(u, 1);
    kr_block_push(u, &guard, KR_BLOCK_HANDLER, &fail, exc2);
    kr_stmts(u, t->finalbody);
    kr_block_pop(u, &guard);
    kr_place_nowhere(u);
    kr_emit(u, KR_OP_POPEXC, exc + 1, 0, 0);
    kr_emit(u, KR_OP_RERAISE, exc, 0, 0);
    bind_handler(u, &fail);
    kr_emit(u, KR_OP_POPEXC, exc + 1, 0, 0);
    kr_emit(u, KR_OP_RERAISE, exc2, 1, 0);
    kr_bound_restore(u, normal);
    kr_emit_bind(u, &end);
    u->top = top;
}

void kr_emit_try(KrUnit *u, KrNode *node) {
    KrTry *t = kr_as_try(node);
    kr_mark(u, node);
    if (t->finalbody.count) try_finally(u, t);
    else try_except(u, t);
}

// except*: `rest` is what no handler took yet; `raised` a list of what handlers raised. After all of them EGRAISE puts together what is
// raised further.
void kr_emit_star_handlers(KrUnit *u, KrTry *t, unsigned exc, KrLabel *end) {
    unsigned saved = kr_reg(u, 1), match = kr_reg(u, 2), rest = match + 1, raised = kr_reg(u, 1), exc2 = kr_reg(u, 1);
    KrLabel fail = KR_LABEL;
    KrBlock guard = { .reg = saved };
    kr_emit(u, KR_OP_PUSHEXC, exc, saved, 0);
    kr_block_push(u, &guard, KR_BLOCK_HANDLER, &fail, exc2);
    kr_emit(u, KR_OP_LIST, raised, raised, 0);
    kr_emit_move(u, rest, exc);
    uint8_t *bound = kr_bound_save(u);
    for (uint32_t i = 0; i < t->handlers.count; i++) {
        KrExceptHandler *h = kr_as_except_handler(t->handlers.item[i]);
        KrLabel next = KR_LABEL, handler_failed = KR_LABEL;
        unsigned top = u->top, before = kr_reg(u, 1), inner = kr_reg(u, 1), type = kr_operand(u, h->type);
        kr_bound_restore(u, bound);
        kr_place(u, &h->node);
        kr_emit_branch(u, KR_OP_JNONE, rest, 0, 0, &next);
        kr_emit(u, KR_OP_EGMATCH, match, rest, type);
        kr_emit_branch(u, KR_OP_JNONE, match, 0, 0, &next);
        kr_emit(u, KR_OP_PUSHEXC, match, before, 0);
        if (h->name) kr_emit_name(u, h->name, KR_STORE, match);
        KrBlock block = { .name = h->name, .reg = before, .node = &h->node };
        kr_block_push(u, &block, KR_BLOCK_HANDLER, &handler_failed, inner);
        kr_stmts(u, h->body);
        kr_block_pop(u, &block);
        kr_place_follow(u);
        kr_emit(u, KR_OP_POPEXC, before, 0, 0);
        if (h->name) store_none_and_delete(u, h->name);
        kr_emit_jump(u, &next);
        bind_handler(u, &handler_failed);
        kr_emit(u, KR_OP_POPEXC, before, 0, 0);
        if (h->name) store_none_and_delete(u, h->name);
        kr_emit(u, KR_OP_APPEND, raised, inner, 0);
        kr_emit_bind(u, &next);
        u->top = top;
    }
    unsigned out = kr_reg(u, 1);
    kr_place_nowhere(u);
    kr_emit(u, KR_OP_EGRAISE, out, exc, raised); // reads raised and, before it, rest
    kr_block_pop(u, &guard);
    KrLabel quiet = KR_LABEL;
    kr_emit(u, KR_OP_POPEXC, saved, 0, 0);
    kr_emit_branch(u, KR_OP_JNONE, out, 0, 0, &quiet);
    kr_emit(u, KR_OP_RERAISE, out, 2, 0);
    bind_handler(u, &fail);
    kr_emit(u, KR_OP_POPEXC, saved, 0, 0);
    kr_emit(u, KR_OP_RERAISE, exc2, 1, 0);
    kr_emit_bind(u, &quiet);
    kr_emit_jump(u, end);
    kr_bound_restore(u, bound);
}

// ---- with ----------------------------------------------------------------------------------------------------------------------

void kr_emit_with(KrUnit *u, KrNode *node, size_t item) {
    KrWith *w = kr_as_with(node);
    KrWithItem *it = kr_as_with_item(w->items.item[item]);
    bool async = node->kind == KR_NODE_ASYNC_WITH;
    unsigned top = u->top, exit_reg = kr_reg(u, 3), exc = kr_reg(u, 3); // exit, entered, spare; exc, saved, result
    KrLabel handler = KR_LABEL, end = KR_LABEL, fail = KR_LABEL, suppressed = KR_LABEL;
    kr_expr(u, it->context_expr, exit_reg);
    kr_place(u, it->context_expr);
    kr_emit(u, KR_OP_WITHENTER, exit_reg, exit_reg, async);
    if (async) {
        kr_emit(u, KR_OP_GETAWAIT, exit_reg + 1, exit_reg + 1, 1);
        kr_emit_special(u, KR_SPECIAL_NONE, exit_reg + 2);
        kr_emit(u, KR_OP_YIELDFROM, exit_reg + 1, 0, 0);
    }
    uint8_t *before = kr_bound_save(u);
    KrBlock block = { .reg = exit_reg, .node = it->context_expr }, guard = { .reg = exc + 1 };
    kr_block_push(u, &block, async ? KR_BLOCK_ASYNC_WITH : KR_BLOCK_WITH, &handler, exc);
    if (it->optional_vars) kr_assign(u, it->optional_vars, exit_reg + 1);
    if (item + 1 < w->items.count) kr_emit_with(u, node, item + 1);
    else kr_stmts(u, w->body);
    kr_block_pop(u, &block);
    call_exit(u, exit_reg, async, it->context_expr);
    kr_emit_jump(u, &end);
    bind_handler(u, &handler);
    kr_bound_restore(u, before);
    kr_place(u, it->context_expr);
    kr_emit(u, KR_OP_PUSHEXC, exc, exc + 1, 0);
    unsigned exc2 = kr_reg(u, 2);
    kr_block_push(u, &guard, KR_BLOCK_HANDLER, &fail, exc2);
    kr_emit(u, KR_OP_WITHEXC, exc2, exit_reg, exc);
    if (async) {
        kr_emit(u, KR_OP_GETAWAIT, exc2, exc2, 2);
        kr_emit_special(u, KR_SPECIAL_NONE, exc2 + 1);
        kr_emit(u, KR_OP_YIELDFROM, exc2, 0, 0);
    }
    kr_emit_branch(u, KR_OP_JTRUE, exc2, 0, 0, &suppressed);
    kr_emit(u, KR_OP_RERAISE, exc, 1, 0);
    kr_block_pop(u, &guard);
    bind_handler(u, &fail);
    kr_emit(u, KR_OP_POPEXC, exc + 1, 0, 0);
    kr_emit(u, KR_OP_RERAISE, exc2, 1, 0);
    kr_emit_bind(u, &suppressed);
    kr_emit(u, KR_OP_POPEXC, exc + 1, 0, 0);
    kr_emit_bind(u, &end);
    u->top = top;
}
