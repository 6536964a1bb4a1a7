// emit_comprehension.c - list, set and dict comprehensions, inlined where the scopes say so (PEP 709), and generator expressions.
// SPDX-License-Identifier: MIT
#include "compile/emit.h"

typedef struct {
    KrComp *comp;
    unsigned into; // register of the result; unused for generator expressions
} Comprehension;

static void element(KrUnit *u, const Comprehension *k) {
    KrComp *comp = k->comp;
    unsigned top = u->top;
    if (comp->node.kind == KR_NODE_DICT_COMP) {
        unsigned pair = kr_reg(u, 2);
        kr_expr(u, comp->elt, pair);
        kr_expr(u, comp->value, pair + 1);
        kr_place(u, comp->elt);
        kr_emit(u, KR_OP_DICTSET, k->into, pair, pair + 1);
    } else {
        unsigned r = kr_operand(u, comp->elt);
        kr_place(u, comp->elt);
        if (comp->node.kind == KR_NODE_GENERATOR_EXP) {
            unsigned t = kr_reg(u, 1);
            kr_emit(u, KR_OP_YIELD, t, r, 0);
        } else {
            kr_emit(u, comp->node.kind == KR_NODE_LIST_COMP ? KR_OP_APPEND : KR_OP_SETADD, k->into, r, 0);
        }
    }
    u->top = top;
}

static void clauses(KrUnit *u, const Comprehension *k, uint32_t level, int iter_reg);

static void inside(KrUnit *u, const Comprehension *k, uint32_t level, KrLabel *next) {
    KrComprehension *g = kr_as_comprehension(k->comp->generators.item[level]);
    unsigned base = u->base;
    u->base = u->top;
    for (uint32_t i = 0; i < g->ifs.count; i++) kr_jump_if(u, g->ifs.item[i], false, next);
    if (level + 1 < k->comp->generators.count) clauses(u, k, level + 1, -1);
    else element(u, k);
    u->base = base;
}

static void assign_item(KrUnit *u, KrNode *target, unsigned item) {
    kr_place(u, target);
    kr_assign(u, target, item);
}

// From here on the targets of an inlined comprehension have values; the frame shows them among its variables.
static void show(KrUnit *u, const KrNode *target) {
    if (target->kind == KR_NODE_STARRED) {
        show(u, kr_as_starred(target)->value);
    } else if (target->kind == KR_NODE_TUPLE || target->kind == KR_NODE_LIST) {
        KrSeq elts = kr_as_elements(target)->elts;
        for (uint32_t i = 0; i < elts.count; i++) show(u, elts.item[i]);
    }
    if (target->kind != KR_NODE_NAME || u->c->failed) return;
    const KrName *name = kr_scope_mangle(&u->c->scopes, u->inner, kr_as_name_expr(target)->id);
    const KrSymbol *s = name ? kr_scope_symbol(u->inner, name) : NULL;
    if (!s || s->index == KR_SYMBOL_NO_INDEX || (s->kind != KR_SYMBOL_LOCAL && s->kind != KR_SYMBOL_CELL)) return;
    KrHiddenName *h = kr_arena_array(u->arena, 1, sizeof *h);
    if (!h) {
        if (!u->c->failed) (void)kr_raise_memory(u->c->vm);
        kr_emit_fail(u->c);
        return;
    }
    h->name = name;
    h->where = (KrHidden){ u->len, UINT32_MAX, (uint16_t)(u->inlined->base + s->index), s->kind == KR_SYMBOL_CELL ? KR_LOCAL_CELL : 0 };
    if (u->hidden_last) u->hidden_last->next = h;
    else u->hidden = h;
    u->hidden_last = h;
    u->hidden_count++;
}

static KrHiddenName *show_target(KrUnit *u, const KrNode *target) {
    KrHiddenName *last = u->hidden_last;
    if (u->inner != u->scope) show(u, target);
    return last;
}

// Those shown after `last` have no value any more.
static void hide_after(KrUnit *u, KrHiddenName *last) {
    for (KrHiddenName *h = last ? last->next : u->hidden; h; h = h->next)
        if (h->where.end == UINT32_MAX) h->where.end = u->len;
}

static void async_clause(KrUnit *u, const Comprehension *k, uint32_t level, int iter_reg) {
    KrComprehension *g = kr_as_comprehension(k->comp->generators.item[level]);
    unsigned top = u->top, state = kr_reg(u, 3); // iterator, awaitable / exception, value
    KrLabel next = KR_LABEL, handler = KR_LABEL, end = KR_LABEL, skip = KR_LABEL;
    if (iter_reg >= 0) {
        kr_emit_move(u, state, (unsigned)iter_reg);
    } else {
        kr_expr(u, g->iter, state);
        kr_place(u, g->iter);
        kr_emit(u, KR_OP_AITER, state, state, 0);
    }
    u->loops++;
    kr_emit_head(u, &next);
    KrBlock block = { 0 };
    kr_block_push(u, &block, KR_BLOCK_POP, &handler, state + 1);
    kr_place(u, &k->comp->node);
    kr_emit(u, KR_OP_ANEXT, state + 1, state, 0);
    kr_emit_special(u, KR_SPECIAL_NONE, state + 2);
    kr_emit(u, KR_OP_YIELDFROM, state + 1, 0, 0);
    kr_block_pop(u, &block);
    assign_item(u, g->target, state + 1);
    KrHiddenName *shown = show_target(u, g->target);
    inside(u, k, level, &skip);
    hide_after(u, shown);
    kr_emit_bind(u, &skip);
    kr_emit_jump(u, &next);
    kr_emit_bind_handler(u, &handler);
    kr_emit(u, KR_OP_ENDASYNC, state + 1, 0, 0);
    kr_emit_bind(u, &end);
    u->loops--;
    u->top = top;
}

static void clauses(KrUnit *u, const Comprehension *k, uint32_t level, int iter_reg) {
    KrComprehension *g = kr_as_comprehension(k->comp->generators.item[level]);
    if (u->c->failed) return;
    if (g->node.flags & KR_NODE_ASYNC) {
        async_clause(u, k, level, iter_reg);
        return;
    }
    unsigned top = u->top, state = kr_reg(u, 2);
    KrLabel next = KR_LABEL, again = KR_LABEL;
    if (iter_reg >= 0) {
        kr_place(u, g->iter);
        kr_emit(u, KR_OP_FORPREP, state, (unsigned)iter_reg, k->comp->scope == u->scope);
    } else {
        unsigned r = kr_operand(u, g->iter);
        kr_place(u, g->iter);
        kr_emit(u, KR_OP_FORPREP, state, r, 0);
    }
    u->loops++;
    KrLabel skip = KR_LABEL;
    KrPlace here = u->here;
    kr_emit_jump(u, &next);
    kr_emit_head(u, &again);
    int direct = g->target->kind == KR_NODE_NAME ? kr_local_target(u, kr_as_name_expr(g->target)->id) : -1;
    unsigned item = direct >= 0 ? (unsigned)direct : kr_reg(u, 1);
    uint8_t *bound = kr_bound_save(u);
    if (direct >= 0) kr_local_stored(u, item);
    if (direct >= 0 && g->target->line != g->iter->line) kr_mark(u, g->target);
    if (direct < 0) assign_item(u, g->target, item);
    KrHiddenName *shown = show_target(u, g->target);
    inside(u, k, level, &skip);
    hide_after(u, shown);
    kr_emit_bind(u, &skip);
    if (u->joined == u->len || level + 1 < k->comp->generators.count) kr_mark(u, k->comp->elt); // the loop goes on from there
    u->here = here;
    kr_emit_bind(u, &next);
    kr_emit_branch(u, KR_OP_FORNEXT, state, item, 0, &again);
    kr_bound_restore(u, bound);
    u->loops--;
    u->top = top;
}

static void new_container(KrUnit *u, const KrNode *node, unsigned reg) {
    kr_place(u, node);
    kr_emit(u, node->kind == KR_NODE_LIST_COMP ? KR_OP_LIST : node->kind == KR_NODE_SET_COMP ? KR_OP_SET : KR_OP_DICT, reg, reg, 0);
}

// Does the target, which consists of names alone, bind this one? Then it has a value before anything can ask for it.
static bool binds(const KrNode *target, const KrName *name) {
    if (target->kind == KR_NODE_NAME) return kr_as_name_expr(target)->id == name;
    if (target->kind == KR_NODE_STARRED) return binds(kr_as_starred(target)->value, name);
    if (target->kind != KR_NODE_TUPLE && target->kind != KR_NODE_LIST) return false;
    KrSeq elts = kr_as_elements(target)->elts;
    for (uint32_t i = 0; i < elts.count; i++)
        if (binds(elts.item[i], name)) return true;
    return false;
}

static bool names_only(const KrNode *target) {
    if (target->kind == KR_NODE_STARRED) return names_only(kr_as_starred(target)->value);
    if (target->kind != KR_NODE_TUPLE && target->kind != KR_NODE_LIST) return target->kind == KR_NODE_NAME;
    KrSeq elts = kr_as_elements(target)->elts;
    for (uint32_t i = 0; i < elts.count; i++)
        if (!names_only(elts.item[i])) return false;
    return true;
}

// The comprehension's own variables get registers of the host's frame for its duration.
static void inlined(KrUnit *u, KrComp *comp, unsigned dst) {
    unsigned top = u->top, iter = kr_reg(u, 1);
    KrComprehension *g = kr_as_comprehension(comp->generators.item[0]);
    kr_expr(u, g->iter, iter); // in the scope around
    if (g->node.flags & KR_NODE_ASYNC) {
        kr_place(u, g->iter);
        kr_emit(u, KR_OP_AITER, iter, iter, 0);
    }
    unsigned count = comp->scope->local_count;
    KrInlined own = { u->inlined, comp->scope, kr_reg(u, count ? count : 1) };
    KrScope *around = u->inner;
    u->inlined = &own;
    u->inner = comp->scope;
    if (own.base && !u->c->failed) memset(u->bound + own.base, 0, count), memset(u->deletable + own.base, 0, count);
    bool plain = names_only(g->target);
    for (const KrSymbol *s = comp->scope->first; s; s = s->next) {
        bool cell = s->kind == KR_SYMBOL_CELL;
        if ((!cell && s->kind != KR_SYMBOL_LOCAL) || s->index == KR_SYMBOL_NO_INDEX) continue;
        if (!cell && plain && binds(g->target, s->name)) continue;
        kr_emit_special(u, KR_SPECIAL_UNSET, own.base + s->index);
        if (cell) kr_emit_x(u, KR_OP_NEWCELL, 0, own.base + s->index);
    }
    Comprehension k = { comp, kr_reg(u, 1) };
    new_container(u, &comp->node, k.into);
    clauses(u, &k, 0, (int)iter);
    kr_place(u, &comp->node);
    kr_emit_move(u, dst, k.into);
    u->inlined = own.outer;
    u->inner = around;
    u->top = top;
}

static void function_body(KrUnit *u, void *arg) {
    Comprehension k = { arg, 0 };
    kr_place(u, &k.comp->node);
    if (k.comp->node.kind == KR_NODE_GENERATOR_EXP) {
        kr_mark(u, &k.comp->node);
        clauses(u, &k, 0, 0);
        kr_emit(u, KR_OP_RETNONE, 0, 0, 0);
        return;
    }
    k.into = kr_reg(u, 1);
    new_container(u, &k.comp->node, k.into);
    clauses(u, &k, 0, 0); // parameter 0 is the outermost iterable
    kr_emit(u, KR_OP_RET, k.into, 0, 0);
}

void kr_comprehension(KrUnit *u, KrNode *node, unsigned dst) {
    KrComp *comp = kr_as_comp(node);
    if (comp->scope->flags & KR_SCOPE_INLINED) {
        inlined(u, comp, dst);
        return;
    }
    static const char *const name[] = { "<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>" };
    KrValue v = u->c->failed ? KR_NONE : kr_name(u->c->vm, name[node->kind - KR_NODE_LIST_COMP]);
    if (kr_is_error(v)) kr_emit_fail(u->c);
    KrValue code = kr_emit_body_code(u, comp->scope, function_body, comp, v, node->line);
    unsigned top = u->top, window = kr_reg(u, 6);
    kr_emit_make_function(u, code, comp->scope, window, 0);
    KrComprehension *g = kr_as_comprehension(comp->generators.item[0]);
    kr_expr(u, g->iter, window + 1);
    kr_place(u, g->iter);
    kr_emit(u, g->node.flags & KR_NODE_ASYNC ? KR_OP_AITER : KR_OP_GETITER, window + 1, window + 1, 0);
    kr_place(u, node);
    kr_emit(u, KR_OP_CALL, window, 1, dst);
    if ((comp->scope->flags & KR_SCOPE_COROUTINE) && node->kind != KR_NODE_GENERATOR_EXP) {
        kr_emit_move(u, window, dst);
        kr_emit(u, KR_OP_GETAWAIT, window, window, 0);
        kr_emit_special(u, KR_SPECIAL_NONE, window + 1);
        kr_emit(u, KR_OP_YIELDFROM, window, 0, 0);
        kr_emit_move(u, dst, window);
    }
    u->top = top;
}
