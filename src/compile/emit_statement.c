// emit_statement.c - statements, and assignment to every kind of target.
// SPDX-License-Identifier: MIT
#include "compile/emit.h"

#include "compile/compiler.h"
#include "object/tuple.h"

// ---- Targets -------------------------------------------------------------------------------------------------------------------

static KrValue mangled(KrUnit *u, const KrName *name) {
    const KrName *m = kr_scope_mangle(&u->c->scopes, u->inner, name);
    return kr_name_value(u->c, m ? m : name);
}

// self.x = ... in a method: the class lists x in __static_attributes__.
static void note_static_attribute(KrUnit *u, const KrAttribute *a, KrValue name) {
    if (a->value->kind != KR_NODE_NAME || strcmp(kr_as_name_expr(a->value)->id->text, "self") != 0) return;
    for (KrUnit *p = u->parent; p; p = p->parent) {
        if (p->scope->kind != KR_SCOPE_CLASS) continue;
        bool there = false;
        if (u->c->failed || kr_is_unset(p->static_attributes)) return;
        if (!kr_contains(u->c->vm, p->static_attributes, name, &there) || (!there && !kr_list_append(u->c->vm, p->static_attributes, name)))
            kr_emit_fail(u->c);
        return;
    }
}

// More targets than registers: the parts stay in a tuple.
static void unpack_many(KrUnit *u, KrNode *target, int star, unsigned src) {
    KrSeq elts = kr_as_elements(target)->elts;
    unsigned top = u->top, tuple = kr_reg(u, 3);
    if (!u->far) {
        u->overflow = true;
        return;
    }
    kr_place(u, target);
    kr_emit_move(u, tuple, src);
    kr_far_unpack(u, tuple, elts.count, star);
    u->top = tuple + 1;
    for (uint32_t i = 0; i < elts.count && !u->c->failed; i++) {
        unsigned item = kr_reg(u, 1);
        kr_place(u, target);
        kr_far_item(u, item, tuple, i);
        kr_assign(u, elts.item[i], item);
        u->top = item;
    }
    u->top = top;
}

static void unpack(KrUnit *u, KrNode *target, unsigned src) {
    KrSeq elts = kr_as_elements(target)->elts;
    unsigned top = u->top;
    int star = -1;
    for (uint32_t i = 0; i < elts.count; i++)
        if (elts.item[i]->kind == KR_NODE_STARRED) star = (int)i;
    if (elts.count > (u->far ? 48 : 200)) {
        unpack_many(u, target, star, src);
        return;
    }
    unsigned first = kr_reg(u, elts.count ? elts.count : 1);
    kr_place(u, target);
    if (star < 0) {
        kr_emit(u, KR_OP_UNPACK, first, elts.count, src);
    } else {
        kr_emit(u, KR_OP_UNPACKEX, first, (unsigned)star, src);
        kr_emit_word(u, elts.count - 1 - (uint32_t)star);
    }
    if (u->far) memset(u->written + first, 1, elts.count);
    for (uint32_t i = 0; i < elts.count; i++) {
        KrNode *e = elts.item[i];
        kr_assign(u, e->kind == KR_NODE_STARRED ? kr_as_starred(e)->value : e, first + i);
    }
    u->top = top;
}

void kr_assign(KrUnit *u, KrNode *target, unsigned src) {
    unsigned top = u->top, base = u->base;
    if (u->c->failed) return;
    u->base = top;
    kr_place(u, target);
    switch (target->kind) {
    case KR_NODE_NAME: kr_emit_name(u, kr_as_name_expr(target)->id, KR_STORE, src); break;
    case KR_NODE_ATTRIBUTE: {
        KrAttribute *a = kr_as_attribute(target);
        KrValue name = mangled(u, a->attr);
        unsigned object = kr_operand(u, a->value);
        kr_place_attribute(u, target, target, a->attr);
        note_static_attribute(u, a, name);
        kr_emit_named(u, KR_OP_SETATTR, object, src, name, true);
        break;
    }
    case KR_NODE_SUBSCRIPT: {
        KrSubscript *s = kr_as_subscript(target);
        unsigned object = kr_operand(u, s->value);
        if (kr_has_walrus(s->slice) && object < top) {
            unsigned t = kr_reg(u, 1);
            kr_emit_move(u, t, object);
            object = t;
        }
        unsigned key = kr_operand(u, s->slice);
        kr_place(u, target);
        kr_emit(u, KR_OP_SETITEM, object, key, src);
        break;
    }
    case KR_NODE_STARRED: kr_assign(u, kr_as_starred(target)->value, src); break;
    default: unpack(u, target, src); break;
    }
    u->top = top;
    u->base = base;
}

static void delete (KrUnit *u, KrNode *target) {
    unsigned top = u->top;
    kr_place(u, target);
    if (target->kind == KR_NODE_NAME) {
        kr_emit_name(u, kr_as_name_expr(target)->id, KR_DELETE, 0);
    } else if (target->kind == KR_NODE_ATTRIBUTE) {
        unsigned object = kr_operand(u, kr_as_attribute(target)->value);
        kr_place_attribute(u, target, target, kr_as_attribute(target)->attr);
        kr_emit_named(u, KR_OP_DELATTR, object, 0, mangled(u, kr_as_attribute(target)->attr), false);
    } else if (target->kind == KR_NODE_SUBSCRIPT) {
        KrSubscript *s = kr_as_subscript(target);
        unsigned object = kr_operand(u, s->value), key = kr_operand(u, s->slice);
        kr_place(u, target);
        kr_emit(u, KR_OP_DELITEM, object, key, 0);
    } else {
        KrSeq elts = kr_as_elements(target)->elts;
        for (uint32_t i = 0; i < elts.count; i++) delete (u, elts.item[i]);
    }
    u->top = top;
}

// ---- Assignment ----------------------------------------------------------------------------------------------------------------

// May the value be computed straight into the variable's register?
static int direct_target(KrUnit *u, KrNode *target) {
    return target->kind == KR_NODE_NAME ? kr_local_target(u, kr_as_name_expr(target)->id) : -1;
}

static void assign(KrUnit *u, KrAssign *a) {
    unsigned top = u->top;
    int direct = a->targets.count == 1 ? direct_target(u, a->targets.item[0]) : -1;
    if (direct >= 0) {
        kr_expr_for(u, a->value, (unsigned)direct, a->targets.item[0]);
        kr_local_stored(u, (unsigned)direct);
        kr_mark(u, a->targets.item[0]);
        return;
    }
    bool simple = a->targets.count == 1 && a->targets.item[0]->kind == KR_NODE_NAME;
    KrElements *left = a->targets.count == 1 && a->targets.item[0]->kind == KR_NODE_TUPLE ? kr_as_elements(a->targets.item[0]) : NULL;
    if (left && a->value->kind == KR_NODE_TUPLE && left->elts.count == kr_as_elements(a->value)->elts.count && left->elts.count <= 4) {
        // a, b = b, a: no tuple in between
        KrSeq right = kr_as_elements(a->value)->elts;
        bool star = false;
        for (uint32_t i = 0; i < right.count; i++)
            star = star || right.item[i]->kind == KR_NODE_STARRED || left->elts.item[i]->kind == KR_NODE_STARRED;
        if (!star) {
            unsigned first = kr_reg(u, right.count ? right.count : 1);
            kr_tuple_items_at(u, a->value, first);
            for (uint32_t i = 0; i < right.count; i++) kr_assign(u, left->elts.item[i], first + i);
            u->top = top;
            return;
        }
    }
    unsigned value = simple || a->targets.count > 1 || !kr_has_walrus(a->value) ? kr_operand(u, a->value) : kr_reg(u, 1);
    if (!(simple || a->targets.count > 1 || !kr_has_walrus(a->value))) kr_expr(u, a->value, value);
    if (value < top && !simple) { // a variable: the targets may change it
        unsigned t = kr_reg(u, 1);
        kr_emit_move(u, t, value);
        value = t;
    }
    for (uint32_t i = 0; i < a->targets.count; i++) kr_assign(u, a->targets.item[i], value);
    u->top = top;
}

static const KrOpcode inplace_op[] = {
    [KR_BIN_ADD] = KR_OP_IADD,
    [KR_BIN_SUB] = KR_OP_ISUB,
    [KR_BIN_MULT] = KR_OP_IMUL,
    [KR_BIN_MAT_MULT] = KR_OP_IMATMUL,
    [KR_BIN_DIV] = KR_OP_ITRUEDIV,
    [KR_BIN_MOD] = KR_OP_IMOD,
    [KR_BIN_POW] = KR_OP_IPOW,
    [KR_BIN_LSHIFT] = KR_OP_ILSHIFT,
    [KR_BIN_RSHIFT] = KR_OP_IRSHIFT,
    [KR_BIN_BIT_OR] = KR_OP_IOR,
    [KR_BIN_BIT_XOR] = KR_OP_IXOR,
    [KR_BIN_BIT_AND] = KR_OP_IAND,
    [KR_BIN_FLOOR_DIV] = KR_OP_IFLOORDIV,
};

static void inplace(KrUnit *u, KrAugAssign *a, unsigned dst, unsigned left) {
    unsigned top = u->top;
    KrValue k;
    if ((a->node.op == KR_BIN_ADD || a->node.op == KR_BIN_SUB) && kr_fold(u, a->value, &k) && kr_is_int(k) && kr_int_value(k) >= -128 &&
        kr_int_value(k) < 128) {
        kr_mark(u, a->value);
        kr_place(u, &a->node);
        kr_emit(u, a->node.op == KR_BIN_ADD ? KR_OP_IADDI : KR_OP_ISUBI, dst, left, (unsigned)kr_int_value(k));
        return;
    }
    unsigned right = kr_operand(u, a->value);
    kr_place(u, &a->node);
    kr_emit(u, inplace_op[a->node.op], dst, left, right);
    u->top = top;
}

static void aug_assign(KrUnit *u, KrAugAssign *a) {
    unsigned top = u->top;
    KrNode *t = a->target;
    kr_place(u, t);
    if (t->kind == KR_NODE_NAME) {
        int reg = kr_has_walrus(a->value) ? -1 : kr_local_target(u, kr_as_name_expr(t)->id);
        if (reg >= 0) {
            kr_local_operand(u, kr_as_name_expr(t)->id);
            kr_mark(u, t);
            inplace(u, a, (unsigned)reg, (unsigned)reg);
        } else {
            unsigned r = kr_reg(u, 1);
            kr_emit_name(u, kr_as_name_expr(t)->id, KR_LOAD, r);
            inplace(u, a, r, r);
            kr_place(u, t);
            kr_emit_name(u, kr_as_name_expr(t)->id, KR_STORE, r);
        }
    } else if (t->kind == KR_NODE_ATTRIBUTE) {
        KrValue name = mangled(u, kr_as_attribute(t)->attr);
        unsigned object = kr_reg(u, 2), r = object + 1;
        kr_expr(u, kr_as_attribute(t)->value, object);
        kr_place_attribute(u, t, t, kr_as_attribute(t)->attr);
        kr_emit_named(u, KR_OP_GETATTR, r, object, name, true);
        inplace(u, a, r, r);
        kr_place_attribute(u, t, t, kr_as_attribute(t)->attr);
        note_static_attribute(u, kr_as_attribute(t), name);
        kr_emit_named(u, KR_OP_SETATTR, object, r, name, true);
    } else {
        unsigned object = kr_reg(u, 3), key = object + 1, r = object + 2;
        kr_expr(u, kr_as_subscript(t)->value, object);
        kr_expr(u, kr_as_subscript(t)->slice, key);
        kr_place(u, t);
        kr_emit(u, KR_OP_GETITEM, r, object, key);
        inplace(u, a, r, r);
        kr_place(u, t);
        kr_emit(u, KR_OP_SETITEM, object, key, r);
    }
    u->top = top;
}

static void ann_assign(KrUnit *u, KrAnnAssign *a) {
    unsigned top = u->top;
    bool function = u->scope->flags & KR_SCOPE_FAST;
    if (a->value) {
        unsigned r = kr_operand(u, a->value);
        if (r < top && a->target->kind != KR_NODE_NAME) {
            unsigned t = kr_reg(u, 1);
            kr_emit_move(u, t, r);
            r = t;
        }
        kr_assign(u, a->target, r);
        u->top = top;
    }
    if (a->target->kind == KR_NODE_NAME && (a->node.flags & KR_NODE_SIMPLE)) {
        if (function) return;
        unsigned r = kr_reg(u, 3);
        if (u->c->scopes.future_annotations) kr_emit_load(u, kr_annotation_text(u, a->annotation), r + 2);
        else kr_expr(u, a->annotation, r + 2);
        kr_place(u, &a->node);
        kr_emit_named(u, KR_OP_GETNAME, r, 0, KR_N(__annotations__), true);
        kr_emit_load(u, mangled(u, kr_as_name_expr(a->target)->id), r + 1);
        kr_emit(u, KR_OP_SETITEM, r, r + 1, r + 2);
    } else if (!function) {
        if (!a->value && a->target->kind == KR_NODE_ATTRIBUTE) (void)kr_operand(u, kr_as_attribute(a->target)->value);
        if (!a->value && a->target->kind == KR_NODE_SUBSCRIPT) {
            (void)kr_operand(u, kr_as_subscript(a->target)->value);
            (void)kr_operand(u, kr_as_subscript(a->target)->slice);
        }
        if (!u->c->scopes.future_annotations) (void)kr_operand(u, a->annotation);
    } else if (!a->value && a->target->kind != KR_NODE_NAME) {
        if (a->target->kind == KR_NODE_ATTRIBUTE) (void)kr_operand(u, kr_as_attribute(a->target)->value);
        if (a->target->kind == KR_NODE_SUBSCRIPT) {
            (void)kr_operand(u, kr_as_subscript(a->target)->value);
            (void)kr_operand(u, kr_as_subscript(a->target)->slice);
        }
    }
    u->top = top;
}

// ---- Control flow --------------------------------------------------------------------------------------------------------------

static void if_stmt(KrUnit *u, KrNode *node) {
    KrLabel end = KR_LABEL;
    uint8_t *joined = NULL;
    for (;;) { // elif chains nest in orelse
        KrIf *s = kr_as_if(node);
        KrLabel other = KR_LABEL;
        kr_jump_if(u, s->test, false, &other);
        uint8_t *before = kr_bound_save(u);
        kr_stmts(u, s->body);
        if (joined) kr_bound_meet(u, joined);
        joined = kr_bound_save(u);
        bool more = s->orelse.count > 0;
        kr_place_follow(u);
        if (more) kr_emit_jump(u, &end);
        kr_emit_bind(u, &other);
        kr_bound_restore(u, before);
        if (!more) break;
        if (s->orelse.count == 1 && s->orelse.item[0]->kind == KR_NODE_IF) {
            node = s->orelse.item[0];
            kr_place(u, node);
            continue;
        }
        kr_stmts(u, s->orelse);
        break;
    }
    kr_bound_meet(u, joined);
    kr_emit_bind(u, &end);
}

static bool always_true(const KrNode *test) {
    if (test->kind != KR_NODE_CONSTANT) return false;
    return test->op == KR_CONSTANT_TRUE ||
           (test->op == KR_CONSTANT_INT && (test->flags & KR_CONSTANT_FITS) && kr_as_constant(test)->as.integer != 0);
}

static void while_stmt(KrUnit *u, KrNode *node) {
    KrWhile *s = kr_as_if(node);
    KrLabel top = KR_LABEL, test = KR_LABEL, orelse = KR_LABEL, end = KR_LABEL;
    bool endless = always_true(s->test);
    uint8_t *before = kr_bound_save(u);
    u->loops++;
    if (!endless) kr_jump_if(u, s->test, false, &orelse);
    else kr_mark(u, node);
    KrBlock block = { .next = &test, .exit = &end, .node = node };
    kr_emit_head(u, &top);
    kr_block_push(u, &block, KR_BLOCK_LOOP, NULL, 0);
    kr_stmts(u, s->body);
    kr_block_pop(u, &block);
    kr_emit_bind(u, &test);
    kr_place(u, s->test);
    // The test stands at the bottom as well, so that an iteration takes one jump; jumps backwards count steps.
    if (endless) {
        kr_emit_jump(u, &top);
    } else {
        kr_bound_restore(u, before);
        kr_jump_if(u, s->test, true, &top);
    }
    u->loops--;
    kr_bound_restore(u, before);
    kr_emit_bind(u, &orelse);
    kr_stmts(u, s->orelse);
    kr_bound_restore(u, before);
    kr_emit_bind(u, &end);
}

static void for_stmt(KrUnit *u, KrNode *node) {
    KrFor *s = kr_as_for(node);
    unsigned top = u->top, state = kr_reg(u, 2), r = kr_operand(u, s->iter);
    KrLabel next = KR_LABEL, again = KR_LABEL, end = KR_LABEL;
    kr_place(u, s->iter);
    kr_emit(u, KR_OP_FORPREP, state, r, 0);
    u->top = state + 2;
    uint8_t *before = kr_bound_save(u);
    u->loops++;
    kr_emit_jump(u, &next);
    kr_emit_head(u, &again);
    int direct = direct_target(u, s->target);
    unsigned item = direct >= 0 ? (unsigned)direct : kr_reg(u, 1);
    if (direct >= 0) kr_local_stored(u, item);
    if (direct >= 0 && s->target->line != s->iter->line) kr_mark(u, s->target);
    if (direct < 0) kr_assign(u, s->target, item);
    KrBlock block = { .next = &next, .exit = &end, .node = node };
    kr_block_push(u, &block, KR_BLOCK_LOOP, NULL, 0);
    kr_stmts(u, s->body);
    kr_block_pop(u, &block);
    kr_place(u, s->iter);
    kr_emit_bind(u, &next);
    kr_emit_branch(u, KR_OP_FORNEXT, state, item, 0, &again);
    u->loops--;
    kr_bound_restore(u, before);
    kr_stmts(u, s->orelse);
    kr_bound_restore(u, before);
    kr_emit_bind(u, &end);
    u->top = top;
}

static void async_for(KrUnit *u, KrNode *node) {
    KrFor *s = kr_as_for(node);
    unsigned top = u->top, state = kr_reg(u, 3);
    KrLabel next = KR_LABEL, handler = KR_LABEL, end = KR_LABEL;
    kr_expr(u, s->iter, state);
    kr_place(u, s->iter);
    kr_emit(u, KR_OP_AITER, state, state, 0);
    uint8_t *before = kr_bound_save(u);
    u->loops++;
    kr_emit_head(u, &next);
    KrBlock guard = { 0 };
    kr_block_push(u, &guard, KR_BLOCK_POP, &handler, state + 1);
    kr_place(u, node);
    kr_emit(u, KR_OP_ANEXT, state + 1, state, 0);
    kr_emit_special(u, KR_SPECIAL_NONE, state + 2);
    kr_emit(u, KR_OP_YIELDFROM, state + 1, 0, 0);
    kr_block_pop(u, &guard);
    kr_assign(u, s->target, state + 1);
    KrBlock block = { .next = &next, .exit = &end, .node = node };
    kr_block_push(u, &block, KR_BLOCK_LOOP, NULL, 0);
    kr_stmts(u, s->body);
    kr_block_pop(u, &block);
    kr_place_follow(u);
    kr_emit_jump(u, &next);
    u->loops--;
    kr_emit_bind_handler(u, &handler);
    kr_bound_restore(u, before);
    kr_place(u, s->iter);
    kr_emit(u, KR_OP_ENDASYNC, state + 1, 0, 0);
    kr_stmts(u, s->orelse);
    kr_bound_restore(u, before);
    kr_emit_bind(u, &end);
    u->top = top;
}

static KrBlock *innermost_loop(KrUnit *u) {
    KrBlock *b = u->block;
    while (b && b->kind != KR_BLOCK_LOOP) b = b->outer;
    return b;
}

static void break_or_continue(KrUnit *u, KrNode *node) {
    KrBlock *loop = innermost_loop(u);
    if (!loop) return;
    kr_mark(u, node);
    kr_unwind(u, loop, -1);
    kr_emit_jump(u, node->kind == KR_NODE_BREAK ? loop->exit : loop->next);
    kr_unwind_end(u, loop);
}

static void return_stmt(KrUnit *u, KrNode *node) {
    KrReturn *r = kr_as_return(node);
    unsigned top = u->top;
    if (!r->value) {
        kr_mark(u, node);
        kr_unwind(u, NULL, -1);
        kr_emit(u, KR_OP_RETNONE, 0, 0, 0);
    } else {
        unsigned reg = kr_operand(u, r->value);
        if (u->block && reg < top) { // a finally body may change the variable
            unsigned t = kr_reg(u, 1);
            kr_emit_move(u, t, reg);
            reg = t;
        }
        kr_place(u, r->value);
        if (r->value->line != node->line) kr_mark(u, node);
        if (r->value->line != node->line || !u->block) kr_place(u, node);
        kr_unwind(u, NULL, (int)reg);
        kr_emit(u, KR_OP_RET, reg, 0, 0);
    }
    kr_unwind_end(u, NULL);
    u->top = top;
}

static void raise_stmt(KrUnit *u, KrNode *node) {
    KrRaise *r = kr_as_raise(node);
    unsigned top = u->top, exc = 0, cause = 0;
    if (r->exc) exc = kr_operand(u, r->exc);
    if (r->cause) cause = kr_operand(u, r->cause);
    kr_place(u, node);
    kr_emit(u, KR_OP_RAISE, exc, cause, r->cause ? 2 : r->exc ? 1 : 0);
    u->top = top;
}

static void assert_stmt(KrUnit *u, KrNode *node) {
    KrAssert *a = kr_as_assert(node);
    unsigned top = u->top, w = kr_reg(u, 2);
    KrLabel ok = KR_LABEL;
    if (u->c->flags & KR_COMPILE_NO_ASSERTS) return;
    kr_jump_if(u, a->test, true, &ok);
    uint8_t *bound = kr_bound_save(u);
    kr_place(u, a->test);
    kr_emit(u, KR_OP_ASSERTERR, w, 0, 0);
    if (a->msg) {
        kr_expr(u, a->msg, w + 1);
        kr_place(u, a->test);
        kr_emit(u, KR_OP_CALL, w, 1, w);
    }
    kr_emit(u, KR_OP_RAISE, w, 0, 1);
    kr_bound_restore(u, bound);
    kr_emit_bind(u, &ok);
    u->top = top;
}

// ---- Imports -------------------------------------------------------------------------------------------------------------------

static const KrName *part(KrUnit *u, const char *text, size_t len) {
    const KrName *n = kr_parser_intern(u->c->parser, text, len);
    if (!n && !u->c->failed) {
        (void)kr_raise_memory(u->c->vm);
        kr_emit_fail(u->c);
    }
    return n;
}

static void import_alias(KrUnit *u, KrAlias *a, const KrNode *node) {
    unsigned top = u->top, module = kr_reg(u, 2);
    kr_place(u, node);
    kr_emit_special(u, KR_SPECIAL_NONE, module);
    kr_emit_x(u, KR_OP_LOADI, module + 1, 0);
    kr_emit_named(u, KR_OP_IMPORT, module, module, kr_name_value(u->c, a->name), false);
    const char *text = a->name->text, *dot = strchr(text, '.');
    const KrName *target = a->asname ? a->asname : dot ? part(u, text, (size_t)(dot - text)) : a->name;
    if (a->asname && dot) { // import a.b.c as x: the submodule, through attributes
        while (dot) {
            const char *from = dot + 1;
            dot = strchr(from, '.');
            const KrName *n = part(u, from, dot ? (size_t)(dot - from) : strlen(from));
            if (n) kr_emit_named(u, KR_OP_IMPORTFROM, module, module, kr_name_value(u->c, n), false);
        }
    }
    if (target) kr_emit_name(u, target, KR_STORE, module);
    u->top = top;
}

static void import_from(KrUnit *u, KrNode *node) {
    KrImportFrom *f = kr_as_import_from(node);
    unsigned top = u->top, module = kr_reg(u, 3);
    KrValue names = u->c->failed ? KR_NONE : kr_tuple(u->c->vm, f->names.count, NULL);
    if (kr_is_error(names)) kr_emit_fail(u->c);
    for (uint32_t i = 0; i < f->names.count && !u->c->failed; i++) {
        KrValue name = kr_name_value(u->c, kr_as_alias(f->names.item[i])->name);
        kr_store(u->c->vm, kr_ptr(names), &kr_tuple_items(names, NULL)[i], name);
    }
    kr_place(u, node);
    kr_emit_load(u, names, module);
    kr_emit_x(u, KR_OP_LOADI, module + 1, f->level);
    const KrName *empty = f->module ? f->module : part(u, "", 0);
    if (empty) kr_emit_named(u, KR_OP_IMPORT, module, module, kr_name_value(u->c, empty), false);
    if (f->names.count == 1 && kr_as_alias(f->names.item[0])->name->text[0] == '*') {
        kr_emit(u, KR_OP_IMPORTSTAR, module, 0, 0);
        u->top = top;
        return;
    }
    for (uint32_t i = 0; i < f->names.count; i++) {
        KrAlias *a = kr_as_alias(f->names.item[i]);
        kr_place(u, node);
        kr_emit_named(u, KR_OP_IMPORTFROM, module + 1, module, kr_name_value(u->c, a->name), false);
        kr_emit_name(u, a->asname ? a->asname : a->name, KR_STORE, module + 1);
    }
    u->top = top;
}

// ---- Statements ----------------------------------------------------------------------------------------------------------------

static void expr_stmt(KrUnit *u, KrNode *node) {
    KrNode *value = kr_as_expr_statement(node)->value;
    unsigned top = u->top;
    if (u->c->interactive && !u->parent) {
        unsigned r = kr_reg(u, 1);
        kr_expr(u, value, r);
        kr_emit(u, KR_OP_INTRINSIC, r, r, KR_INTRINSIC_PRINT);
    } else if (value->kind == KR_NODE_CONSTANT) {
        kr_mark(u, node);
    } else {
        (void)kr_operand(u, value);
    }
    u->top = top;
}

static void stmt(KrUnit *u, KrNode *node) {
    switch (node->kind) {
    case KR_NODE_EXPR: expr_stmt(u, node); break;
    case KR_NODE_ASSIGN: assign(u, kr_as_assign(node)); break;
    case KR_NODE_AUG_ASSIGN: aug_assign(u, kr_as_aug_assign(node)); break;
    case KR_NODE_ANN_ASSIGN: ann_assign(u, kr_as_ann_assign(node)); break;
    case KR_NODE_IF: if_stmt(u, node); break;
    case KR_NODE_WHILE: while_stmt(u, node); break;
    case KR_NODE_FOR: for_stmt(u, node); break;
    case KR_NODE_ASYNC_FOR: async_for(u, node); break;
    case KR_NODE_RETURN: return_stmt(u, node); break;
    case KR_NODE_BREAK:
    case KR_NODE_CONTINUE: break_or_continue(u, node); break;
    case KR_NODE_FUNCTION_DEF:
    case KR_NODE_ASYNC_FUNCTION_DEF: kr_emit_function_def(u, node); break;
    case KR_NODE_CLASS_DEF: kr_emit_class_def(u, node); break;
    case KR_NODE_TRY:
    case KR_NODE_TRY_STAR: kr_emit_try(u, node); break;
    case KR_NODE_WITH:
    case KR_NODE_ASYNC_WITH: kr_emit_with(u, node, 0); break;
    case KR_NODE_MATCH: kr_emit_match(u, node); break;
    case KR_NODE_RAISE: raise_stmt(u, node); break;
    case KR_NODE_ASSERT: assert_stmt(u, node); break;
    case KR_NODE_DELETE:
        for (uint32_t i = 0; i < kr_as_delete(node)->targets.count; i++) delete (u, kr_as_delete(node)->targets.item[i]);
        break;
    case KR_NODE_IMPORT:
        for (uint32_t i = 0; i < kr_as_import(node)->names.count; i++)
            import_alias(u, kr_as_alias(kr_as_import(node)->names.item[i]), node);
        break;
    case KR_NODE_IMPORT_FROM: import_from(u, node); break;
    case KR_NODE_TYPE_ALIAS: kr_emit_type_alias(u, node); break;
    case KR_NODE_PASS: kr_mark(u, node); break;
    default: break; // global, nonlocal
    }
}

// Long code without a jump polls now and then, so that a loop around it, or calls of it, end at a limit: LOOP by nothing.
static void poll_in_long_code(KrUnit *u) {
    enum { STRAIGHT = 256 }; // words
    if (u->len - u->polled < STRAIGHT) return;
    kr_emit_word(u, KR_OP_LOOP);
    u->polled = u->len;
}

void kr_stmt(KrUnit *u, KrNode *node) {
    KrCompiler *c = u->c;
    unsigned top = u->top, base = u->base;
    if (c->failed) return;
    if (kr_stack_low(c->scopes.stack_limit)) {
        (void)kr_raise(c->vm, &kr_recursion_error, "maximum recursion depth exceeded during compilation");
        kr_emit_fail(c);
        return;
    }
    poll_in_long_code(u);
    kr_place(u, node);
    u->base = top;
    stmt(u, node);
    u->top = top;
    u->base = base;
}

void kr_stmts(KrUnit *u, KrSeq body) {
    for (uint32_t i = 0; i < body.count && !u->c->failed; i++) kr_stmt(u, body.item[i]);
}

// The docstring of a body, cleaned of indentation as CPython 3.13's compiler does; None if it has none.
KrValue kr_docstring(KrUnit *u, KrSeq body) {
    if (!body.count || body.item[0]->kind != KR_NODE_EXPR || (u->c->flags & KR_COMPILE_NO_DOCSTRINGS)) return KR_NONE;
    KrNode *value = kr_as_expr_statement(body.item[0])->value;
    if (value->kind != KR_NODE_CONSTANT || value->op != KR_CONSTANT_STR) return KR_NONE;
    return kr_clean_doc(u->c, kr_as_constant(value)->as.text.text, kr_as_constant(value)->as.text.len);
}

bool kr_emit_body(KrUnit *u, KrSeq body, KrLaterBody *later, bool skip_doc) {
    if (later) return kr_emit_later(u, later, skip_doc);
    if (skip_doc) body.item++, body.count--;
    kr_stmts(u, body);
    return body.count > 0;
}
