// emit_name.c - variables: which kind of place a name is, and the instruction that reads, writes or deletes it.
//
// unit->bound[r] says that a local in register r surely has a value here, so that reading it needs no CHECK. The knowledge only grows along
// a path; a variable that some statement unbinds (`del`, `except as`) is never trusted. When such a statement is met after a loop has already
// relied on the variable, the unit is emitted a second time (unit->restart).
// SPDX-License-Identifier: MIT
#include "compile/compiler.h"
#include "compile/emit.h"
#include "compile/scope_state.h"

static unsigned inlined_base(const KrUnit *u, const KrScope *home) {
    for (const KrInlined *i = u->inlined; i; i = i->outer)
        if (i->scope == home) return i->base;
    return 0;
}

// Register of a LOCAL or CELL symbol; numbers from 256 are far ones.
static unsigned register_of(const KrUnit *u, const KrScope *home, const KrSymbol *s) {
    if (home != u->scope) return inlined_base(u, home) + s->index;
    return s->index < u->near ? s->index : 256 + (s->index - u->near);
}

static bool in_registers(const KrScope *scope) { return scope->flags & (KR_SCOPE_FAST | KR_SCOPE_INLINED); }

static KrSymbol *resolve(KrUnit *u, const KrName *name, KrScope **home, const KrName **mangled) {
    *mangled = kr_scope_mangle(&u->c->scopes, u->inner, name);
    if (!*mangled) {
        if (!u->c->failed) (void)kr_raise_memory(u->c->vm);
        kr_emit_fail(u->c);
        *mangled = name;
        return NULL;
    }
    *home = u->scope;
    return kr_scope_resolve(u->inner, *mangled, home);
}

static void note_use(KrUnit *u, unsigned reg) {
    if (u->loops) u->bound[reg] |= 2;
}

static void unbind(KrUnit *u, unsigned reg) {
    if (reg >= 256 || u->c->failed) return;
    if (!u->deletable[reg] && (u->bound[reg] & 2)) u->restart = true;
    u->deletable[reg] = 1;
    u->bound[reg] = 0;
}

static void local(KrUnit *u, KrAccess access, unsigned home_reg, unsigned reg) {
    bool far = home_reg >= 256;
    switch (access) {
    case KR_LOAD:
        if (u->c->failed) return;
        if (far || !(u->bound[home_reg] & 1)) kr_emit_x(u, KR_OP_CHECK, 0, home_reg);
        else note_use(u, home_reg);
        if (far) kr_emit_x(u, KR_OP_FARGET, reg, home_reg);
        else kr_emit_move(u, reg, home_reg);
        break;
    case KR_STORE:
        if (far) kr_emit_x(u, KR_OP_FARPUT, reg, home_reg);
        else kr_emit_move(u, home_reg, reg);
        if (!far && !u->c->failed && !u->deletable[home_reg]) u->bound[home_reg] |= 1;
        break;
    case KR_DELETE:
        kr_emit_x(u, KR_OP_CHECK, 0, home_reg);
        kr_emit_x(u, KR_OP_CLEAR, 0, home_reg);
        unbind(u, home_reg);
        break;
    }
}

static void cell(KrUnit *u, KrAccess access, unsigned home_reg, unsigned reg) {
    if (access == KR_LOAD) kr_emit_x(u, KR_OP_GETCELL, reg, home_reg);
    else if (access == KR_STORE) kr_emit_x(u, KR_OP_SETCELL, reg, home_reg);
    else kr_emit_x(u, KR_OP_CLEARCELL, 0, home_reg);
}

static void by_name(KrUnit *u, KrAccess access, const KrName *name, unsigned reg, bool global) {
    static const KrOpcode op[2][3] = { { KR_OP_GETNAME, KR_OP_SETNAME, KR_OP_DELNAME },
                                       { KR_OP_GETGLOBAL, KR_OP_SETGLOBAL, KR_OP_DELGLOBAL } };
    kr_emit_named(u, op[global][access], reg, 0, kr_name_value(u->c, name), true);
}

// The register holding the class namespace, for a type scope that looks there first.
static void through_class(KrUnit *u, const KrName *name, const KrSymbol *free_symbol, unsigned reg) {
    KrScope *home = u->scope;
    const KrName *classdict = kr_parser_intern(u->c->parser, "__classdict__", 13);
    const KrSymbol *s = classdict ? kr_scope_resolve(u->scope, classdict, &home) : NULL;
    if (!s || s->kind != KR_SYMBOL_FREE) {
        if (free_symbol) kr_emit_x(u, KR_OP_GETFREE, reg, free_symbol->index);
        else by_name(u, KR_LOAD, name, reg, true);
        return;
    }
    unsigned top = u->top, mapping = kr_reg(u, 1);
    kr_emit_x(u, KR_OP_GETFREE, mapping, s->index);
    kr_emit_named(u, KR_OP_GETCLASSGLOBAL, reg, mapping, kr_name_value(u->c, name), false);
    if (free_symbol && !u->c->failed) u->code[u->len - 2] |= (uint32_t)(free_symbol->index + 1) << 24;
    u->top = top;
}

static void free_variable(KrUnit *u, KrAccess access, const KrName *name, const KrSymbol *s, unsigned reg) {
    if (access == KR_STORE) {
        kr_emit_x(u, KR_OP_SETFREE, reg, s->index);
    } else if (access == KR_DELETE) {
        kr_emit_x(u, KR_OP_CLEARFREE, 0, s->index);
    } else if (u->scope->kind == KR_SCOPE_CLASS && u->inner == u->scope) {
        kr_emit_named(u, KR_OP_GETCLASSFREE, reg, 0, kr_name_value(u->c, name), false);
        if (!u->c->failed) u->code[u->len - 2] |= (uint32_t)s->index << 16;
    } else if ((u->scope->flags & KR_SCOPE_SEES_CLASS) && u->inner == u->scope) {
        through_class(u, name, s, reg);
    } else {
        kr_emit_x(u, KR_OP_GETFREE, reg, s->index);
    }
}

void kr_emit_name(KrUnit *u, const KrName *name, KrAccess access, unsigned reg) {
    if (access == KR_LOAD && kr_name_is(name, "__debug__")) { // never a variable
        kr_emit_load(u, kr_bool(!(u->c->flags & KR_COMPILE_NO_ASSERTS)), reg);
        return;
    }
    KrScope *home;
    KrSymbol *s = resolve(u, name, &home, &name);
    if (u->c->failed) return;
    bool own = u->inner == u->scope;
    switch (s ? s->kind : KR_SYMBOL_GLOBAL_IMPLICIT) {
    case KR_SYMBOL_LOCAL:
    case KR_SYMBOL_CELL:
        if (!in_registers(home)) by_name(u, access, name, reg, false);
        else if (s->kind == KR_SYMBOL_LOCAL) local(u, access, register_of(u, home, s), reg);
        else cell(u, access, register_of(u, home, s), reg);
        break;
    case KR_SYMBOL_FREE: free_variable(u, access, name, s, reg); break;
    case KR_SYMBOL_GLOBAL_EXPLICIT: by_name(u, access, name, reg, true); break;
    default:
        if ((u->scope->flags & KR_SCOPE_SEES_CLASS) && own && access == KR_LOAD) through_class(u, name, NULL, reg);
        else
            by_name(u, access, name, reg,
                    in_registers(u->scope) || (!own && u->scope->kind == KR_SCOPE_CLASS)); // comprehensions skip a class
        break;
    }
}

int kr_local_operand(KrUnit *u, const KrName *name) {
    KrScope *home;
    KrSymbol *s = resolve(u, name, &home, &name);
    if (!s || u->c->failed || s->kind != KR_SYMBOL_LOCAL || !in_registers(home)) return -1;
    unsigned reg = register_of(u, home, s);
    if (reg >= 256) return -1;
    if (!(u->bound[reg] & 1)) kr_emit_x(u, KR_OP_CHECK, 0, reg);
    else note_use(u, reg);
    return (int)reg;
}

int kr_local_target(KrUnit *u, const KrName *name) {
    KrScope *home;
    KrSymbol *s = resolve(u, name, &home, &name);
    if (!s || u->c->failed || s->kind != KR_SYMBOL_LOCAL || !in_registers(home)) return -1;
    unsigned reg = register_of(u, home, s);
    return reg < 256 ? (int)reg : -1;
}

void kr_local_stored(KrUnit *u, unsigned reg) {
    if (!u->c->failed && !u->deletable[reg]) u->bound[reg] |= 1;
}

// dst = tuple of the cells that `inner` closes over. *any: whether there are any.
void kr_emit_closure(KrUnit *u, KrScope *inner, unsigned dst, bool *any) {
    *any = inner->free_count > 0;
    if (!*any || u->c->failed) return;
    unsigned top = u->top, first = kr_reg(u, inner->free_count);
    for (const KrSymbol *s = inner->first; s; s = s->next) {
        if (!kr_symbol_is_free(s) || s->index >= inner->free_count) continue;
        unsigned reg = first + s->index;
        KrScope *home = u->scope;
        KrSymbol *outer = kr_scope_resolve(u->inner, s->name, &home);
        if (u->scope->kind == KR_SCOPE_CLASS && u->class_cell && strcmp(s->name->text, "__class__") == 0)
            kr_emit_move(u, reg, u->class_cell);
        else if (u->scope->kind == KR_SCOPE_CLASS && u->classdict_cell && strcmp(s->name->text, "__classdict__") == 0)
            kr_emit_move(u, reg, u->classdict_cell);
        else if (outer && outer->kind == KR_SYMBOL_CELL && in_registers(home))
            register_of(u, home, outer) < 256 ? kr_emit_move(u, reg, register_of(u, home, outer))
                                              : kr_emit_x(u, KR_OP_FARGET, reg, register_of(u, home, outer));
        else if (outer && kr_symbol_is_free(outer)) kr_emit_x(u, KR_OP_LOADFREE, reg, outer->index);
        else kr_emit_special(u, KR_SPECIAL_NONE, reg);
    }
    kr_emit(u, KR_OP_TUPLE, dst, first, inner->free_count);
    u->top = top;
}
