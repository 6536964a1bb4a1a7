// emit_expression.c - expressions: values into registers, and conditions into jumps.
// SPDX-License-Identifier: MIT
#include "compile/constant.h"
#include "compile/emit.h"
#include "object/float.h"
#include "object/int.h"
#include "object/tuple.h"
#include "base/double_text.h"

static const KrOpcode binary_op[] = {
    [KR_BIN_ADD] = KR_OP_ADD,
    [KR_BIN_SUB] = KR_OP_SUB,
    [KR_BIN_MULT] = KR_OP_MUL,
    [KR_BIN_MAT_MULT] = KR_OP_MATMUL,
    [KR_BIN_DIV] = KR_OP_TRUEDIV,
    [KR_BIN_MOD] = KR_OP_MOD,
    [KR_BIN_POW] = KR_OP_POW,
    [KR_BIN_LSHIFT] = KR_OP_LSHIFT,
    [KR_BIN_RSHIFT] = KR_OP_RSHIFT,
    [KR_BIN_BIT_OR] = KR_OP_OR,
    [KR_BIN_BIT_XOR] = KR_OP_XOR,
    [KR_BIN_BIT_AND] = KR_OP_AND,
    [KR_BIN_FLOOR_DIV] = KR_OP_FLOORDIV,
};

// ---- Constants -----------------------------------------------------------------------------------------------------------------

static KrValue constant(KrUnit *u, const KrNode *node) {
    if (node->op != KR_CONSTANT_OBJECT) return kr_constant_value(u->c->vm, node);
    return kr_list_items(u->c->constants, NULL)[kr_as_constant(node)->as.text.base];
}

static bool fold_failed(KrUnit *u, KrValue v) {
    if (!kr_is_error(v)) return false;
    (void)kr_take_raised(u->c->vm); // the program will raise it, if it comes there
    return true;
}

static bool is_number(KrValue v) { return kr_is_int(v) || kr_is_float(v); }

// Small numbers only: folding must not make a program larger or slower to compile.
static bool fold_binary(KrUnit *u, const KrBinOp *b, KrValue *out) {
    static const KrBinary op[] = {
        [KR_BIN_ADD] = KR_ADD,         [KR_BIN_SUB] = KR_SUB,     [KR_BIN_MULT] = KR_MUL,      [KR_BIN_DIV] = KR_TRUEDIV,
        [KR_BIN_MOD] = KR_MOD,         [KR_BIN_POW] = KR_POW,     [KR_BIN_LSHIFT] = KR_LSHIFT, [KR_BIN_RSHIFT] = KR_RSHIFT,
        [KR_BIN_BIT_OR] = KR_OR,       [KR_BIN_BIT_XOR] = KR_XOR, [KR_BIN_BIT_AND] = KR_AND,   [KR_BIN_FLOOR_DIV] = KR_FLOORDIV,
        [KR_BIN_MAT_MULT] = KR_MATMUL,
    };
    KrValue left, right;
    if (b->left->kind == KR_NODE_BIN_OP && kr_as_bin_op(b->left)->left->kind == KR_NODE_BIN_OP)
        return false; // long chains: not worth the walk
    if (!kr_fold(u, b->left, &left) || !is_number(left) || !kr_fold(u, b->right, &right) || !is_number(right)) return false;
    if (b->node.op == KR_BIN_MAT_MULT) return false;
    if (b->node.op == KR_BIN_POW || b->node.op == KR_BIN_LSHIFT) {
        if (!kr_is_int(right) || kr_int_value(right) > 128 || kr_int_value(right) < 0) return false;
        if (b->node.op == KR_BIN_POW && kr_is_int(left) && (kr_int_value(left) > 1000 || kr_int_value(left) < -1000)) return false;
    }
    KrValue v = kr_binary(u->c->vm, op[b->node.op], left, right);
    if (fold_failed(u, v)) return false;
    *out = v;
    return true;
}

static bool fold_tuple(KrUnit *u, KrSeq elts, KrValue *out) {
    KrValue item[32];
    if (elts.count > KR_COUNT_OF(item)) return false;
    for (uint32_t i = 0; i < elts.count; i++)
        if (!kr_fold(u, elts.item[i], &item[i])) return false;
    KrValue v = kr_tuple(u->c->vm, elts.count, item);
    if (kr_is_error(v)) return kr_emit_fail(u->c), false;
    *out = v;
    return true;
}

// The value of a constant expression, if it is one.
bool kr_fold(KrUnit *u, KrNode *node, KrValue *out) {
    if (u->c->failed) return false;
    switch (node->kind) {
    case KR_NODE_CONSTANT:
        *out = constant(u, node);
        if (!kr_is_error(*out)) return true;
        kr_emit_fail(u->c);
        return false;
    case KR_NODE_UNARY_OP: {
        KrValue v;
        if (node->op == KR_UNARY_NOT || !kr_fold(u, kr_as_unary_op(node)->operand, &v)) return false;
        if (kr_is_bool(v) || (!kr_is_integer(v) && !kr_has_flag(v, KR_TYPE_IS_FLOAT | KR_TYPE_IS_COMPLEX))) return false;
        static const KrUnary op[] = { [KR_UNARY_INVERT] = KR_INVERT, [KR_UNARY_ADD] = KR_POS, [KR_UNARY_SUB] = KR_NEG };
        v = kr_unary(u->c->vm, op[node->op], v);
        if (fold_failed(u, v)) return false;
        *out = v;
        return true;
    }
    case KR_NODE_BIN_OP: return fold_binary(u, kr_as_bin_op(node), out);
    case KR_NODE_TUPLE: return fold_tuple(u, kr_as_elements(node)->elts, out);
    default: return false;
    }
}

// ---- Operands ------------------------------------------------------------------------------------------------------------------

static bool seq_has_walrus(KrSeq seq) {
    for (uint32_t i = 0; i < seq.count; i++)
        if (seq.item[i] && kr_has_walrus(seq.item[i])) return true;
    return false;
}

// Might evaluating the expression assign to a local? Anything not known to be harmless counts.
bool kr_has_walrus(const KrNode *node) {
    if (!node) return false;
    switch (node->kind) {
    case KR_NODE_NAME:
    case KR_NODE_CONSTANT:
    case KR_NODE_LAMBDA: return false;
    case KR_NODE_ATTRIBUTE: return kr_has_walrus(kr_as_attribute(node)->value);
    case KR_NODE_STARRED: return kr_has_walrus(kr_as_starred(node)->value);
    case KR_NODE_UNARY_OP: return kr_has_walrus(kr_as_unary_op(node)->operand);
    case KR_NODE_SUBSCRIPT: return kr_has_walrus(kr_as_subscript(node)->value) || kr_has_walrus(kr_as_subscript(node)->slice);
    case KR_NODE_SLICE: {
        const KrSlice *s = kr_as_slice(node);
        return kr_has_walrus(s->lower) || kr_has_walrus(s->upper) || kr_has_walrus(s->step);
    }
    case KR_NODE_BIN_OP: {
        const KrBinOp *b = kr_as_bin_op(node);
        unsigned depth = 0;
        for (; depth < 64; depth++) {
            if (kr_has_walrus(b->right)) return true;
            if (b->left->kind != KR_NODE_BIN_OP) return kr_has_walrus(b->left);
            b = kr_as_bin_op(b->left);
        }
        return true;
    }
    case KR_NODE_COMPARE: return kr_has_walrus(kr_as_compare(node)->left) || seq_has_walrus(kr_as_compare(node)->comparators);
    case KR_NODE_CALL: {
        const KrCall *call = kr_as_call(node);
        if (kr_has_walrus(call->func) || seq_has_walrus(call->args)) return true;
        for (uint32_t i = 0; i < call->keywords.count; i++)
            if (kr_has_walrus(kr_as_keyword(call->keywords.item[i])->value)) return true;
        return false;
    }
    case KR_NODE_TUPLE:
    case KR_NODE_LIST:
    case KR_NODE_SET:
    case KR_NODE_JOINED_STR: return seq_has_walrus(kr_as_elements(node)->elts);
    case KR_NODE_FORMATTED_VALUE:
        return kr_has_walrus(kr_as_formatted_value(node)->value) || kr_has_walrus(kr_as_formatted_value(node)->format_spec);
    case KR_NODE_IF_EXP:
        return kr_has_walrus(kr_as_if_exp(node)->test) || kr_has_walrus(kr_as_if_exp(node)->body) ||
               kr_has_walrus(kr_as_if_exp(node)->orelse);
    case KR_NODE_BOOL_OP: return seq_has_walrus(kr_as_bool_op(node)->values);
    default: return true;
    }
}

unsigned kr_operand(KrUnit *u, KrNode *node) {
    if (node->kind == KR_NODE_NAME) {
        kr_place(u, node);
        int reg = kr_local_operand(u, kr_as_name_expr(node)->id);
        if (reg >= 0) return kr_mark(u, node), (unsigned)reg;
    }
    unsigned t = kr_reg(u, 1);
    kr_expr(u, node, t);
    return t;
}

// Is dst a temporary with nothing above it? Then what comes before its value can stand there as well.
bool kr_topmost(const KrUnit *u, unsigned dst) { return dst + 1 == u->top && dst >= u->near && dst >= u->base; }

// The first operand of what will stand in dst.
unsigned kr_operand_in(KrUnit *u, KrNode *node, unsigned dst) {
    if (node->kind == KR_NODE_NAME || !kr_topmost(u, dst)) return kr_operand(u, node);
    kr_expr(u, node, dst);
    return dst;
}

// An operand that stays what it is while `later` is computed.
static unsigned stable_operand(KrUnit *u, KrNode *node, const KrNode *later) {
    if (node->kind != KR_NODE_NAME || !kr_has_walrus(later)) return kr_operand(u, node);
    unsigned t = kr_reg(u, 1);
    kr_expr(u, node, t);
    return t;
}

static bool small_int(KrUnit *u, KrNode *node, int *out) {
    KrValue v;
    if (node->kind != KR_NODE_CONSTANT && node->kind != KR_NODE_UNARY_OP) return false;
    if (!kr_fold(u, node, &v) || !kr_is_int(v) || kr_int_value(v) < -128 || kr_int_value(v) > 127) return false;
    *out = (int)kr_int_value(v);
    return true;
}

// ---- Operators -----------------------------------------------------------------------------------------------------------------

static KrOpcode const_form(unsigned op) {
    switch (op) {
    case KR_BIN_ADD: return KR_OP_ADDK;
    case KR_BIN_SUB: return KR_OP_SUBK;
    case KR_BIN_MULT: return KR_OP_MULK;
    case KR_BIN_DIV: return KR_OP_TRUEDIVK;
    case KR_BIN_FLOOR_DIV: return KR_OP_FLOORDIVK;
    case KR_BIN_MOD: return KR_OP_MODK;
    case KR_BIN_LSHIFT: return KR_OP_LSHIFTK;
    case KR_BIN_RSHIFT: return KR_OP_RSHIFTK;
    case KR_BIN_BIT_AND: return KR_OP_ANDK;
    default: return KR_OP_NOP;
    }
}

static void binary_one(KrUnit *u, KrNode *node, unsigned left, unsigned dst) {
    KrBinOp *b = kr_as_bin_op(node);
    unsigned top = u->top;
    int imm;
    KrValue k;
    if ((node->op == KR_BIN_ADD || node->op == KR_BIN_SUB) && small_int(u, b->right, &imm)) {
        kr_mark(u, b->right);
        kr_place(u, node);
        kr_emit(u, node->op == KR_BIN_ADD ? KR_OP_ADDI : KR_OP_SUBI, dst, left, (unsigned)imm);
        return;
    }
    if (const_form(node->op) != KR_OP_NOP && kr_fold(u, b->right, &k) && is_number(k)) {
        unsigned n = kr_emit_const(u, k);
        if (n < 256) {
            kr_mark(u, b->right);
            kr_place(u, node);
            kr_emit(u, const_form(node->op), dst, left, n);
            return;
        }
    }
    unsigned right = kr_operand(u, b->right);
    kr_place(u, node);
    kr_emit(u, binary_op[node->op], dst, left, right);
    u->top = top;
}

// a op b op c ...: the left spine is walked with a loop, through an array of its nodes.
static void binary(KrUnit *u, KrNode *node, unsigned dst) {
    size_t depth = 0;
    KrNode *n = node;
    KrValue k;
    if (kr_fold(u, node, &k)) {
        kr_place(u, node);
        kr_emit_load(u, k, dst);
        return;
    }
    for (; n->kind == KR_NODE_BIN_OP; n = kr_as_bin_op(n)->left) depth++;
    KrNode **spine = kr_arena_array(&u->c->arena, depth, sizeof *spine);
    if (!spine) {
        if (!u->c->failed) (void)kr_raise_memory(u->c->vm);
        kr_emit_fail(u->c);
        return;
    }
    n = node;
    for (size_t i = depth; i-- > 0; n = kr_as_bin_op(n)->left) spine[i] = n;
    unsigned top = u->top, left = stable_operand(u, n, kr_as_bin_op(spine[0])->right), t = 0;
    for (size_t i = 0; i < depth; i++) {
        bool last = i == depth - 1;
        unsigned to = last ? dst : left;
        if (!last && left < top) to = t = kr_reg(u, 1); // not into a variable's register
        binary_one(u, spine[i], left, to);
        left = to;
    }
    (void)t;
    u->top = top;
}

static void unary(KrUnit *u, KrNode *node, unsigned dst) {
    static const KrOpcode op[] = { KR_OP_INVERT, KR_OP_NOT, KR_OP_POS, KR_OP_NEG };
    KrValue k;
    if (kr_fold(u, node, &k)) {
        kr_place(u, node);
        kr_emit_load(u, k, dst);
        return;
    }
    unsigned top = u->top, r = kr_operand_in(u, kr_as_unary_op(node)->operand, dst);
    kr_place(u, node);
    kr_emit(u, op[node->op], dst, r, 0);
    u->top = top;
}

static const KrOpcode compare_op[] = { KR_OP_EQ, KR_OP_NE, KR_OP_LT,    KR_OP_LE, KR_OP_GT,
                                       KR_OP_GE, KR_OP_IS, KR_OP_ISNOT, KR_OP_IN, KR_OP_NOTIN };

static void compare(KrUnit *u, KrNode *node, unsigned dst) {
    KrCompare *c = kr_as_compare(node);
    unsigned top = u->top;
    KrLabel end = KR_LABEL;
    unsigned left = stable_operand(u, c->left, c->comparators.item[0]);
    for (uint32_t i = 0; i < c->comparators.count; i++) {
        bool last = i + 1 == c->comparators.count;
        unsigned right =
            last ? kr_operand(u, c->comparators.item[i]) : stable_operand(u, c->comparators.item[i], c->comparators.item[i + 1]);
        kr_place(u, node);
        kr_emit(u, compare_op[c->ops[i]], dst, left, right);
        if (!last) kr_emit_branch(u, KR_OP_JFALSE, dst, 0, 0, &end);
        left = right;
        if (last) break;
        // Keep the shared operand, forget the one before it.
        if (right >= top) {
            if (right != top) kr_emit_move(u, top, right);
            left = top;
            u->top = top + 1;
        } else {
            u->top = top;
        }
    }
    kr_emit_bind(u, &end);
    u->top = top;
}

static void bool_op(KrUnit *u, KrNode *node, unsigned dst) {
    KrSeq values = kr_as_bool_op(node)->values;
    KrLabel end = KR_LABEL;
    uint8_t *bound = NULL;
    for (uint32_t i = 0; i < values.count; i++) {
        kr_expr(u, values.item[i], dst);
        kr_place(u, node);
        if (i + 1 < values.count) kr_emit_branch(u, node->op == KR_BOOL_AND ? KR_OP_JFALSE : KR_OP_JTRUE, dst, 0, 0, &end);
        if (!i) bound = kr_bound_save(u);
    }
    kr_emit_bind(u, &end);
    kr_bound_restore(u, bound);
}

static void if_exp(KrUnit *u, KrNode *node, unsigned dst) {
    KrIfExp *e = kr_as_if_exp(node);
    KrLabel other = KR_LABEL, end = KR_LABEL;
    uint8_t written = u->written ? u->written[dst] : 0;
    kr_jump_if(u, e->test, false, &other);
    uint8_t *before = kr_bound_save(u);
    kr_expr(u, e->body, dst);
    kr_emit_jump(u, &end);
    kr_emit_bind(u, &other);
    uint8_t *after = kr_bound_save(u);
    kr_bound_restore(u, before);
    if (u->written) u->written[dst] = written;
    kr_expr(u, e->orelse, dst);
    kr_bound_meet(u, after);
    kr_emit_bind(u, &end);
}

// ---- Conditions ----------------------------------------------------------------------------------------------------------------

static void jump_bool(KrUnit *u, KrNode *node, bool sense, KrLabel *to) {
    KrSeq values = kr_as_bool_op(node)->values;
    bool stop = node->op == KR_BOOL_OR; // the truth that decides early
    KrLabel skip = KR_LABEL;
    uint8_t *bound = NULL;
    for (uint32_t i = 0; i + 1 < values.count; i++) {
        kr_jump_if(u, values.item[i], stop, sense == stop ? to : &skip);
        if (!i) bound = kr_bound_save(u);
    }
    kr_jump_if(u, values.item[values.count - 1], sense, to);
    kr_emit_bind(u, &skip);
    kr_bound_restore(u, bound);
}

static bool jump_compare_immediate(KrUnit *u, KrNode *node, unsigned op, unsigned left, KrNode *right, bool sense, KrLabel *to) {
    static const KrOpcode imm_op[] = { KR_OP_JEQI, KR_OP_JNEI, KR_OP_JLTI, KR_OP_JLEI, KR_OP_JGTI, KR_OP_JGEI };
    int imm;
    if (op > KR_COMPARE_GT_E || !small_int(u, right, &imm)) return false;
    kr_mark(u, right);
    kr_place(u, node);
    kr_emit_branch(u, imm_op[op], left, (unsigned)imm, sense, to);
    return true;
}

static void jump_compare_one(KrUnit *u, KrNode *node, unsigned op, unsigned left, unsigned right, bool sense, KrLabel *to) {
    static const KrOpcode jump_op[] = { KR_OP_JEQ, KR_OP_JNE, KR_OP_JLT, KR_OP_JLE, KR_OP_JGT,
                                        KR_OP_JGE, KR_OP_JIS, KR_OP_JIS, KR_OP_JIN, KR_OP_JIN };
    bool negative = op == KR_COMPARE_IS_NOT || op == KR_COMPARE_NOT_IN;
    kr_place(u, node);
    kr_emit_branch(u, jump_op[op], left, right, sense != negative, to);
}

static bool is_none(const KrNode *node) { return node->kind == KR_NODE_CONSTANT && node->op == KR_CONSTANT_NONE; }

static void jump_compare(KrUnit *u, KrNode *node, bool sense, KrLabel *to) {
    KrCompare *c = kr_as_compare(node);
    unsigned top = u->top;
    KrLabel skip = KR_LABEL;
    unsigned left = stable_operand(u, c->left, c->comparators.item[0]);
    for (uint32_t i = 0; i < c->comparators.count; i++) {
        bool last = i + 1 == c->comparators.count;
        KrNode *right_node = c->comparators.item[i];
        unsigned op = c->ops[i];
        if (last && (op == KR_COMPARE_IS || op == KR_COMPARE_IS_NOT) && is_none(right_node)) {
            kr_place(u, node);
            kr_emit_branch(u, (op == KR_COMPARE_IS) == sense ? KR_OP_JNONE : KR_OP_JNOTNONE, left, 0, 0, to);
            break;
        }
        if (last && jump_compare_immediate(u, node, op, left, right_node, sense, to)) break;
        unsigned right = last ? kr_operand(u, right_node) : stable_operand(u, right_node, c->comparators.item[i + 1]);
        if (last) jump_compare_one(u, node, op, left, right, sense, to);
        else jump_compare_one(u, node, op, left, right, false, sense ? &skip : to);
        left = right;
    }
    kr_emit_bind(u, &skip);
    u->top = top;
}

void kr_jump_if(KrUnit *u, KrNode *node, bool sense, KrLabel *to) {
    if (u->c->failed) return;
    while (node->kind == KR_NODE_UNARY_OP && node->op == KR_UNARY_NOT) {
        node = kr_as_unary_op(node)->operand;
        sense = !sense;
    }
    if (node->kind == KR_NODE_BOOL_OP && u->c->depth < 400) {
        u->c->depth++;
        jump_bool(u, node, sense, to);
        u->c->depth--;
        return;
    }
    if (node->kind == KR_NODE_COMPARE && kr_as_compare(node)->comparators.count < 16) {
        jump_compare(u, node, sense, to);
        return;
    }
    if (node->kind == KR_NODE_CONSTANT && (node->op == KR_CONSTANT_TRUE || node->op == KR_CONSTANT_FALSE || node->op == KR_CONSTANT_NONE)) {
        kr_mark(u, node);
        if ((node->op == KR_CONSTANT_TRUE) == sense) kr_emit_jump(u, to);
        return;
    }
    unsigned top = u->top, r = kr_operand(u, node);
    kr_place(u, node);
    kr_emit_branch(u, sense ? KR_OP_JTRUE : KR_OP_JFALSE, r, 0, 0, to);
    u->top = top;
}

// ---- Displays ------------------------------------------------------------------------------------------------------------------

void kr_exprs(KrUnit *u, KrSeq seq, unsigned first) {
    for (uint32_t i = 0; i < seq.count; i++) kr_expr(u, seq.item[i], first + i);
}

bool kr_has_star(KrSeq seq) {
    for (uint32_t i = 0; i < seq.count; i++)
        if (seq.item[i]->kind == KR_NODE_STARRED) return true;
    return false;
}

// Constants alone are one value for CPython, which stands where the display begins: u->here.
static bool constants_at(KrUnit *u, KrSeq elts, unsigned first) {
    KrValue v;
    for (uint32_t i = 0; i < elts.count; i++)
        if (!kr_fold(u, elts.item[i], &v)) return false;
    for (uint32_t i = 0; i < elts.count; i++)
        if (kr_fold(u, elts.item[i], &v)) kr_emit_load(u, v, first + i);
    return true;
}

// The items of a tuple display, without the tuple.
void kr_tuple_items_at(KrUnit *u, KrNode *node, unsigned first) {
    kr_place(u, node);
    if (!constants_at(u, kr_as_elements(node)->elts, first)) kr_exprs(u, kr_as_elements(node)->elts, first);
}

enum { KR_TOGETHER = 30 }; // items that CPython puts on its stack at once

// Items one after another into a list or set in register `into`.
void kr_add_items(KrUnit *u, KrSeq elts, unsigned into, bool set, unsigned callable) {
    KrPlace here = u->here;
    bool together = !kr_has_star(elts) && elts.count <= KR_TOGETHER; // CPython adds none of them by itself
    for (uint32_t i = 0; i < elts.count && !u->c->failed; i++) {
        unsigned top = u->top;
        KrNode *e = elts.item[i];
        if (e->kind == KR_NODE_STARRED) {
            unsigned r = kr_operand(u, kr_as_starred(e)->value);
            u->here = here;
            kr_emit(u, set ? KR_OP_SETUPDATE : KR_OP_EXTEND, into, r, set ? 0 : callable);
        } else {
            KrValue k;
            bool quiet = kr_fold(u, e, &k);
            unsigned r = quiet ? kr_reg(u, 1) : kr_operand(u, e);
            if (quiet || !together) u->here = here;
            if (quiet) kr_emit_load(u, k, r);
            kr_emit(u, set ? KR_OP_SETADD : KR_OP_APPEND, into, r, 0);
        }
        u->top = top;
    }
}

// op: KR_OP_LIST, KR_OP_TUPLE or KR_OP_SET. u->here is the display's own place.
void kr_build_sequence(KrUnit *u, KrSeq elts, KrOpcode op, unsigned dst) {
    unsigned top = u->top;
    KrPlace here = u->here;
    if (!kr_has_star(elts) && elts.count <= KR_CHUNK) {
        unsigned first = kr_reg(u, elts.count ? elts.count : 1);
        if (op == KR_OP_TUPLE || elts.count < 3 || !constants_at(u, elts, first)) kr_exprs(u, elts, first);
        u->here = here;
        kr_emit(u, op, dst, first, elts.count);
    } else {
        unsigned list = kr_reg(u, 1);
        kr_emit(u, op == KR_OP_SET ? KR_OP_SET : KR_OP_LIST, list, list, 0);
        kr_add_items(u, elts, list, op == KR_OP_SET, 0);
        u->here = here;
        if (op == KR_OP_TUPLE) kr_emit(u, KR_OP_LISTTUPLE, dst, list, 0);
        else kr_emit_move(u, dst, list);
    }
    u->top = top;
}

static void dict_display(KrUnit *u, KrNode *node, unsigned dst) {
    KrDict *d = kr_as_dict(node);
    unsigned top = u->top;
    bool plain = d->keys.count <= KR_CHUNK / 2;
    for (uint32_t i = 0; i < d->keys.count; i++) plain = plain && d->keys.item[i];
    unsigned first = kr_reg(u, plain && d->keys.count ? 2 * d->keys.count : 1);
    if (plain) {
        bool quiet = d->keys.count > 1; // CPython loads constant keys at once, at the end
        KrValue key;
        for (uint32_t i = 0; quiet && i < d->keys.count; i++) quiet = kr_fold(u, d->keys.item[i], &key);
        for (uint32_t i = 0; i < d->keys.count; i++) {
            if (quiet && kr_fold(u, d->keys.item[i], &key)) kr_place_nowhere(u), kr_emit_load(u, key, first + 2 * i);
            else kr_expr(u, d->keys.item[i], first + 2 * i);
            kr_expr(u, d->values.item[i], first + 2 * i + 1);
        }
        kr_place(u, node);
        kr_emit(u, KR_OP_DICT, dst, first, d->keys.count);
        u->top = top;
        return;
    }
    kr_place(u, node);
    kr_emit(u, KR_OP_DICT, first, first, 0);
    for (uint32_t i = 0; i < d->keys.count && !u->c->failed; i++) {
        unsigned inner = u->top, pair = kr_reg(u, 2);
        if (d->keys.item[i]) kr_expr(u, d->keys.item[i], pair);
        kr_expr(u, d->values.item[i], pair + 1);
        kr_place(u, d->keys.item[i] ? d->values.item[i] : node);
        if (d->keys.item[i]) kr_emit(u, KR_OP_DICTSET, first, pair, pair + 1);
        else kr_emit(u, KR_OP_DICTUPDATE, first, pair + 1, 0);
        u->top = inner;
    }
    kr_emit_move(u, dst, first);
    u->top = top;
}

// ---- Strings -------------------------------------------------------------------------------------------------------------------

static void formatted_value(KrUnit *u, KrNode *node, unsigned dst) {
    KrFormattedValue *f = kr_as_formatted_value(node);
    unsigned top = u->top, pair = kr_reg(u, 2);
    kr_expr(u, f->value, pair);
    if (f->format_spec) kr_expr(u, f->format_spec, pair + 1);
    kr_place(u, node);
    kr_emit(u, KR_OP_FORMAT, dst, pair, (unsigned)(node->op & 127) | (f->format_spec ? 128u : 0));
    u->top = top;
}

static void joined_str(KrUnit *u, KrNode *node, unsigned dst) {
    KrSeq parts = kr_as_elements(node)->elts;
    unsigned top = u->top;
    if (!parts.count) {
        KrValue empty = kr_str(u->c->vm, "", 0);
        kr_place(u, node);
        kr_emit_load(u, empty, dst);
        return;
    }
    if (parts.count == 1) return kr_expr(u, parts.item[0], dst);
    unsigned first = kr_reg(u, parts.count < KR_CHUNK ? parts.count : KR_CHUNK);
    unsigned n = 0;
    for (uint32_t i = 0; i < parts.count; i++) {
        kr_expr(u, parts.item[i], first + n++);
        if (n == KR_CHUNK && i + 1 < parts.count) {
            kr_place(u, node);
            kr_emit(u, KR_OP_STRING, first, first, n);
            n = 1;
        }
    }
    kr_place(u, node);
    kr_emit(u, KR_OP_STRING, dst, first, n);
    u->top = top;
}

// ---- Attributes and items --------------------------------------------------------------------------------------------------------

// As the class around mangles it.
KrValue kr_attribute_name(KrUnit *u, const KrName *name) {
    const KrName *mangled = kr_scope_mangle(&u->c->scopes, u->inner, name);
    return kr_name_value(u->c, mangled ? mangled : name);
}

static void attribute(KrUnit *u, KrNode *node, unsigned dst) {
    KrAttribute *a = kr_as_attribute(node);
    unsigned top = u->top, r = kr_operand_in(u, a->value, dst);
    kr_place_attribute(u, node, node, a->attr);
    kr_emit_named(u, KR_OP_GETATTR, dst, r, kr_attribute_name(u, a->attr), true);
    u->top = top;
}

static void slice(KrUnit *u, KrNode *node, unsigned dst) {
    KrSlice *s = kr_as_slice(node);
    unsigned top = u->top, first = kr_reg(u, 3);
    KrNode *part[3] = { s->lower, s->upper, s->step };
    unsigned count = s->step ? 3 : 2;
    for (unsigned i = 0; i < count; i++)
        if (part[i]) kr_expr(u, part[i], first + i);
        else kr_emit_special(u, KR_SPECIAL_NONE, first + i);
    kr_place(u, node);
    kr_emit(u, KR_OP_SLICE, dst, first, count);
    u->top = top;
}

static void subscript(KrUnit *u, KrNode *node, unsigned dst) {
    KrSubscript *s = kr_as_subscript(node);
    unsigned top = u->top;
    unsigned object = s->value->kind == KR_NODE_NAME ? stable_operand(u, s->value, s->slice) : kr_operand_in(u, s->value, dst);
    int imm;
    if (small_int(u, s->slice, &imm) && imm >= 0) {
        kr_mark(u, s->slice);
        kr_place(u, node);
        kr_emit(u, KR_OP_GETITEMI, dst, object, (unsigned)imm);
    } else if (s->slice->kind == KR_NODE_SLICE && !kr_as_slice(s->slice)->step) {
        KrSlice *sl = kr_as_slice(s->slice);
        unsigned first = kr_reg(u, 2);
        if (sl->lower) kr_expr(u, sl->lower, first);
        else kr_emit_special(u, KR_SPECIAL_NONE, first);
        if (sl->upper) kr_expr(u, sl->upper, first + 1);
        else kr_emit_special(u, KR_SPECIAL_NONE, first + 1);
        kr_place(u, node);
        kr_emit(u, KR_OP_GETSLICE, dst, object, first);
    } else {
        unsigned key = kr_operand(u, s->slice);
        kr_place(u, node);
        kr_emit(u, KR_OP_GETITEM, dst, object, key);
    }
    u->top = top;
}

// ---- Other expressions ---------------------------------------------------------------------------------------------------------

static void await(KrUnit *u, KrNode *value, const KrNode *node, unsigned dst) {
    unsigned top = u->top, pair = kr_reg(u, 2);
    kr_expr(u, value, pair);
    kr_place(u, node);
    kr_emit(u, KR_OP_GETAWAIT, pair, pair, 0);
    kr_emit_special(u, KR_SPECIAL_NONE, pair + 1);
    kr_emit(u, KR_OP_YIELDFROM, pair, 0, 0);
    kr_emit_move(u, dst, pair);
    u->top = top;
}

static void yield_expr(KrUnit *u, KrNode *node, unsigned dst) {
    KrYield *y = kr_as_yield(node);
    unsigned top = u->top, pair = kr_reg(u, 2);
    if (y->value) kr_expr(u, y->value, pair);
    else kr_emit_special(u, KR_SPECIAL_NONE, pair);
    kr_place(u, node);
    if (node->kind == KR_NODE_YIELD_FROM) {
        kr_emit(u, KR_OP_YIELDITER, pair, pair, 0);
        kr_emit_special(u, KR_SPECIAL_NONE, pair + 1);
        kr_emit(u, KR_OP_YIELDFROM, pair, 0, 0);
        kr_emit_move(u, dst, pair);
    } else {
        kr_emit(u, KR_OP_YIELD, dst, pair, 0);
    }
    u->top = top;
}

static void named_expr(KrUnit *u, KrNode *node, unsigned dst) {
    KrNamedExpr *n = kr_as_named_expr(node);
    kr_expr(u, n->value, dst);
    kr_place(u, node);
    kr_emit_name(u, kr_as_name_expr(n->target)->id, KR_STORE, dst);
}

static void expr(KrUnit *u, KrNode *node, unsigned dst) {
    switch (node->kind) {
    case KR_NODE_CONSTANT: {
        KrValue v;
        if (kr_fold(u, node, &v)) kr_emit_load(u, v, dst);
        break;
    }
    case KR_NODE_NAME: kr_emit_name(u, kr_as_name_expr(node)->id, KR_LOAD, dst); break;
    case KR_NODE_BIN_OP: binary(u, node, dst); break;
    case KR_NODE_UNARY_OP: unary(u, node, dst); break;
    case KR_NODE_COMPARE: compare(u, node, dst); break;
    case KR_NODE_BOOL_OP: bool_op(u, node, dst); break;
    case KR_NODE_IF_EXP: if_exp(u, node, dst); break;
    case KR_NODE_NAMED_EXPR: named_expr(u, node, dst); break;
    case KR_NODE_ATTRIBUTE: attribute(u, node, dst); break;
    case KR_NODE_SUBSCRIPT: subscript(u, node, dst); break;
    case KR_NODE_SLICE: slice(u, node, dst); break;
    case KR_NODE_CALL: kr_emit_call(u, node, dst); break;
    case KR_NODE_LIST: kr_build_sequence(u, kr_as_elements(node)->elts, KR_OP_LIST, dst); break;
    case KR_NODE_SET: kr_build_sequence(u, kr_as_elements(node)->elts, KR_OP_SET, dst); break;
    case KR_NODE_TUPLE: {
        KrValue v;
        if (kr_as_elements(node)->elts.count && kr_fold(u, node, &v)) kr_emit_load(u, v, dst);
        else kr_build_sequence(u, kr_as_elements(node)->elts, KR_OP_TUPLE, dst);
        break;
    }
    case KR_NODE_DICT: dict_display(u, node, dst); break;
    case KR_NODE_JOINED_STR: joined_str(u, node, dst); break;
    case KR_NODE_FORMATTED_VALUE: formatted_value(u, node, dst); break;
    case KR_NODE_LAMBDA: kr_emit_lambda(u, node, dst); break;
    case KR_NODE_LIST_COMP:
    case KR_NODE_SET_COMP:
    case KR_NODE_DICT_COMP:
    case KR_NODE_GENERATOR_EXP: kr_comprehension(u, node, dst); break;
    case KR_NODE_AWAIT: await(u, kr_as_await(node)->value, node, dst); break;
    case KR_NODE_YIELD:
    case KR_NODE_YIELD_FROM: yield_expr(u, node, dst); break;
    case KR_NODE_STARRED: { // x[*a]: a tuple of one starred item
        KrSeq one = { &node, 1 };
        kr_build_sequence(u, one, KR_OP_TUPLE, dst);
        break;
    }
    default: break;
    }
}

// Do several instructions write dst, so that it must not be a variable's register?
static bool writes_early(const KrNode *node) {
    switch (node->kind) {
    case KR_NODE_COMPARE: return kr_as_compare(node)->comparators.count > 1;
    case KR_NODE_BOOL_OP:
    case KR_NODE_IF_EXP:
    case KR_NODE_NAMED_EXPR:
    case KR_NODE_LAMBDA:
    case KR_NODE_LIST_COMP:
    case KR_NODE_SET_COMP:
    case KR_NODE_DICT_COMP:
    case KR_NODE_GENERATOR_EXP: return true;
    default: return false;
    }
}

void kr_expr(KrUnit *u, KrNode *node, unsigned dst) { kr_expr_for(u, node, dst, node); }

// target: what a last move into dst belongs to.
void kr_expr_for(KrUnit *u, KrNode *node, unsigned dst, const KrNode *target) {
    KrCompiler *c = u->c;
    if (c->failed) return;
    if (kr_stack_low(c->scopes.stack_limit)) {
        (void)kr_raise(c->vm, &kr_recursion_error, "maximum recursion depth exceeded during compilation");
        kr_emit_fail(c);
        return;
    }
    if (kr_far_wanted(u, node)) {
        kr_far_expr(u, node, dst, target);
        return;
    }
    unsigned top = u->top;
    kr_place(u, node);
    if (dst < u->near && writes_early(node)) {
        unsigned t = kr_reg(u, 1);
        expr(u, node, t);
        kr_place(u, target);
        kr_emit_move(u, dst, t);
    } else {
        expr(u, node, dst);
    }
    u->top = top;
}
