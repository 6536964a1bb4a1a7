// emit_far.c - far temporaries: what a deep expression holds goes beyond the registers that a byte can name, and comes back.
//
// A unit that runs out of registers is emitted again with unit->far set. There an expression inside of others may begin anew at unit->base:
// the temporaries above it that hold something (unit->written) are copied to far registers and, when its value is there, copied back.
// Nothing below the base moves: there are variables, loops and what handlers use. Plain calls put their window over far registers, so
// that there are none while far temporaries are in use (see kr_emit).
// SPDX-License-Identifier: MIT
#include "compile/emit.h"

enum {
    ENOUGH = 40,         // registers above the base before an expression begins anew
    ENOUGH_FOR_LOOP = 8, // the same, for a comprehension: what is inside of it cannot use those below
    FAR_REGISTERS = 60000
};

// ---- What is in use ------------------------------------------------------------------------------------------------------------

void kr_far_note(KrUnit *u, KrOpcode op, unsigned a, unsigned b, unsigned c) {
    if (!u->far || u->c->failed) return;
    const char *letter = kr_opcode_operands[op];
    const unsigned reg[3] = { a & 0xFF, b & 0xFF, c & 0xFF };
    for (unsigned i = 0; i < 3 && letter[i] && (i == 0 || letter[1] != 'K'); i++)
        if (letter[i] == 'w') u->written[reg[i]] = 1;
    switch (op) {
    case KR_OP_GETMETHOD:
    case KR_OP_FORPREP:
    case KR_OP_YIELDFROM:
    case KR_OP_EGMATCH:
    case KR_OP_WITHENTER: u->written[reg[0] + 1] = 1; break;
    case KR_OP_UNPACK: memset(u->written + reg[0], 1, reg[1]); break;
    default: break;
    }
}

// The far temporary number n: they stand behind the far locals.
static unsigned far_register(const KrUnit *u, unsigned n) {
    bool any = (u->scope->flags & KR_SCOPE_FAST) && u->scope->local_count > u->near;
    return 256 + (any ? u->scope->local_count - u->near : 0) + n;
}

unsigned kr_far_put(KrUnit *u, unsigned reg) {
    unsigned far = far_register(u, u->far_top++);
    if (u->far_top > u->far_max) u->far_max = u->far_top;
    if (far > FAR_REGISTERS && !u->c->failed) {
        (void)kr_raise(u->c->vm, &kr_recursion_error, "expression too complex: it needs more than %d registers", FAR_REGISTERS);
        kr_emit_fail(u->c);
    }
    kr_emit_x(u, KR_OP_FARPUT, reg, far);
    return far;
}

void kr_far_get(KrUnit *u, unsigned reg, unsigned far) { kr_emit_x(u, KR_OP_FARGET, reg, far); }

// ---- Expressions that begin anew -----------------------------------------------------------------------------------------------

bool kr_far_wanted(const KrUnit *u, const KrNode *node) {
    if (!u->far || u->c->failed || u->top < u->base) return false;
    switch (node->kind) {
    case KR_NODE_NAME:
    case KR_NODE_CONSTANT: return false;
    case KR_NODE_LIST_COMP:
    case KR_NODE_SET_COMP:
    case KR_NODE_DICT_COMP:
    case KR_NODE_GENERATOR_EXP: return u->top - u->base > ENOUGH_FOR_LOOP;
    default: return u->top - u->base > ENOUGH;
    }
}

// As kr_expr_for. What dst held is not needed any more.
void kr_far_expr(KrUnit *u, KrNode *node, unsigned dst, const KrNode *target) {
    unsigned base = u->base, top = u->top, saved = u->far_top, from = saved;
    uint8_t held[256];
    memcpy(held, u->written, sizeof held);
    held[dst] = 0;
    kr_place(u, node);
    for (unsigned reg = base; reg < top; reg++)
        if (held[reg]) (void)kr_far_put(u, reg);
    u->top = base;
    unsigned value = kr_reg(u, 1);
    kr_expr_for(u, node, value, target);
    kr_place_follow(u);
    kr_emit_move(u, dst, value);
    for (unsigned reg = base; reg < top; reg++)
        if (held[reg]) kr_far_get(u, reg, far_register(u, from++));
    memcpy(u->written + base, held + base, top - base);
    if (dst >= base) u->written[dst] = 1;
    u->top = top;
    u->far_top = saved;
}

// A statement of a module. Where registers run out it is emitted again.
void kr_far_stmt(KrUnit *u, KrNode *node) {
    KrUnit before = *u;
    kr_stmt(u, node);
    if (!u->overflow || u->c->failed) return;
    if (before.hidden_last) before.hidden_last->next = NULL;
    before.code = u->code; // these may have grown
    before.place = u->place;
    before.room = u->room;
    *u = before;
    u->far = true;
    kr_stmt(u, node);
    u->far = false;
}

// ---- Parts of tuples -----------------------------------------------------------------------------------------------------------

// Replaces a value by the tuple of the parts that UNPACK or UNPACKEX would give. Two registers behind it are free.
void kr_far_unpack(KrUnit *u, unsigned tuple, uint32_t count, int star) {
    uint32_t before = star < 0 ? count : (uint32_t)star;
    kr_emit_load(u, kr_int_box((intptr_t)before), tuple + 1);
    kr_emit_load(u, kr_int_box(star < 0 ? -1 : (intptr_t)(count - 1 - before)), tuple + 2);
    kr_emit(u, KR_OP_INTRINSIC, tuple, tuple, KR_INTRINSIC_UNPACK);
}

void kr_far_item(KrUnit *u, unsigned dst, unsigned tuple, uint32_t index) {
    kr_emit_load(u, kr_int_box((intptr_t)index), dst);
    kr_emit(u, KR_OP_GETITEM, dst, tuple, dst);
}
