// emit.c - the emitter's ground floor: instructions, constants, labels, registers, and the finished code object.
// SPDX-License-Identifier: MIT
#include "compile/emit.h"

#include "object/list.h"
#include "object/tuple.h"
#include "object/vm_state.h"

enum { KR_REGISTERS = 250 };

void kr_emit_fail(KrCompiler *c) { c->failed = true; }

static void *grow(KrUnit *u, void *old, size_t len, size_t room, size_t size) {
    void *p = kr_arena_regrow(u->arena, old, len * size, room * size);
    if (p) return p;
    if (!u->c->failed) (void)kr_raise_memory(u->c->vm);
    return kr_emit_fail(u->c), old;
}

static bool reserve(KrUnit *u, uint32_t room) {
    u->code = grow(u, u->code, u->len, room, sizeof *u->code);
    u->place = grow(u, u->place, u->len, room, sizeof *u->place);
    if (!u->c->failed) u->room = room;
    return !u->c->failed;
}

// An instruction for so many bytes of text is usual; it is no harm if there are more.
void kr_emit_expect(KrUnit *u, uint32_t text) {
    enum { TEXT = 8 };
    if (!u->len && !u->c->failed) (void)reserve(u, text / TEXT + 32);
}

uint32_t kr_emit_word(KrUnit *u, uint32_t word) {
    kr_spend(u->c->vm, 2);
    if (KR_UNLIKELY(u->c->vm->fuel < 0) && !u->c->failed && !kr_raised(u->c->vm) && !kr_settle(u->c->vm)) kr_emit_fail(u->c);
    if (u->len == u->room && !reserve(u, u->room + u->room / (KR_DEVICE ? 8 : 1) + (KR_DEVICE ? 32 : 64))) return 0;
    if (u->c->failed) return 0;
    kr_marks_settle(u);
    u->place[u->len] = kr_place_keep(u->here);
    u->code[u->len] = word;
    return u->len++;
}

// The window of a plain call may reach over the registers from 256 on. Where those are in use, calls are made as if with keywords: such
// a callee gets a window of its own.
static bool call_with_far_locals(KrUnit *u, KrOpcode op, unsigned a, unsigned b, unsigned c) {
    if ((op != KR_OP_CALL && op != KR_OP_CALLM) || u->c->failed) return false;
    if (!u->far_top && (!(u->scope->flags & KR_SCOPE_FAST) || u->scope->local_count <= u->near)) return false;
    if (!u->no_names) u->no_names = 1 + kr_emit_const(u, u->c->vm->empty_tuple);
    kr_emit(u, op == KR_OP_CALL ? KR_OP_CALLKW : KR_OP_CALLMKW, a, b, c);
    kr_emit_word(u, u->no_names - 1);
    return true;
}

void kr_emit(KrUnit *u, KrOpcode op, unsigned a, unsigned b, unsigned c) {
    if (call_with_far_locals(u, op, a, b, c)) return;
    kr_far_note(u, op, a, b, c);
    kr_emit_word(u, (uint32_t)op | (a & 0xFF) << 8 | (b & 0xFF) << 16 | (uint32_t)(c & 0xFF) << 24);
}

void kr_emit_x(KrUnit *u, KrOpcode op, unsigned a, unsigned bx) {
    kr_far_note(u, op, a, 0, 0);
    kr_emit_word(u, (uint32_t)op | (a & 0xFF) << 8 | (uint32_t)(bx & 0xFFFF) << 16);
}

// ---- Constants and names -------------------------------------------------------------------------------------------------------

KrValue kr_name_value(KrCompiler *c, const KrName *name) {
    if (c->failed) return KR_NONE;
    KrValue v = kr_name_len(c->vm, name->text, name->len);
    if (kr_is_error(v)) return kr_emit_fail(c), KR_NONE;
    return v;
}

// Position of v in list, which index remembers by equality (only exact ints, strs and bytes are given an index).
static unsigned entry(KrUnit *u, KrValue list, KrValue index, KrValue v, bool shared) {
    KrVm *vm = u->c->vm;
    KrValue at = KR_UNSET;
    if (u->c->failed) return 0;
    if (shared && !kr_dict_find(vm, index, v, &at)) return kr_emit_fail(u->c), 0;
    if (!kr_is_unset(at)) return (unsigned)kr_int_value(at);
    size_t len;
    kr_list_items(list, &len);
    if (!kr_list_append(vm, list, v)) return kr_emit_fail(u->c), 0;
    if (shared && !kr_dict_set(vm, index, v, kr_int_box((intptr_t)len))) return kr_emit_fail(u->c), 0;
    return (unsigned)len;
}

unsigned kr_emit_const(KrUnit *u, KrValue v) {
    bool shared = kr_is_int(v) || kr_is_str(v) || (kr_is_bytes(v) && !u->c->vm->flags.bytes_warning); // -b: comparing would warn
    return entry(u, u->consts, u->const_index, v, shared);
}

static unsigned name_entry(KrUnit *u, KrValue name) {
    unsigned n = entry(u, u->names, u->name_index, name, true);
    if (n > 0xFFFF && !u->c->failed) {
        (void)kr_raise(u->c->vm, &kr_overflow_error, "too many names in one code object: at most 65536");
        kr_emit_fail(u->c);
    }
    return n;
}

// Where memory counts (on a device, for one: -OO), code of modules and classes outside of loops has no caches: it runs once.
static bool wants_cache(const KrUnit *u) {
    bool runs_once = !u->loops && !(u->scope->flags & KR_SCOPE_FAST);
    return !runs_once || !(KR_DEVICE || u->c->flags & KR_COMPILE_NO_DOCSTRINGS);
}

void kr_emit_named(KrUnit *u, KrOpcode op, unsigned a, unsigned b, KrValue name, bool cache) {
    unsigned slot = 0xFFFF;
    unsigned ways = op == KR_OP_GETATTR || op == KR_OP_GETMETHOD ? 2 : 1; // places that see two shapes in turn are common
    if (cache && wants_cache(u) && u->caches < 0xFFF0) slot = u->caches, u->caches += ways;
    unsigned n = name_entry(u, name);
    kr_emit(u, op, a, b, 0);
    kr_emit_word(u, n | (uint32_t)slot << 16);
}

void kr_emit_load(KrUnit *u, KrValue v, unsigned dst) {
    if (kr_is_int(v) && kr_int_value(v) >= -32768 && kr_int_value(v) <= 32767) {
        kr_emit_x(u, KR_OP_LOADI, dst, (unsigned)kr_int_value(v) & 0xFFFF);
        return;
    }
    if (kr_is_special(v)) {
        kr_emit_special(u, kr_special_number(v), dst);
        return;
    }
    unsigned n = kr_emit_const(u, v);
    if (n <= 0xFFFF) {
        kr_emit_x(u, KR_OP_LOADK, dst, n);
    } else {
        kr_emit(u, KR_OP_LOADKX, dst, 0, 0);
        kr_emit_word(u, n);
    }
}

void kr_emit_special(KrUnit *u, unsigned number, unsigned dst) { kr_emit(u, KR_OP_LOADS, dst, number, 0); }

void kr_emit_move(KrUnit *u, unsigned dst, unsigned src) {
    if (dst != src) kr_emit(u, KR_OP_MOVE, dst, src, 0);
}

// ---- Jumps ---------------------------------------------------------------------------------------------------------------------

// A label's chain runs through the jump fields of the instructions that wait for it (index + 1; 0 ends).
static void set_jump(KrUnit *u, int64_t at, int64_t value) {
    if ((u->code[at] & 0xFF) == KR_OP_JMP || (u->code[at] & 0xFF) == KR_OP_LOOP) u->code[at] = (u->code[at] & 0xFF) | (uint32_t)value << 8;
    else u->code[at + 1] = (uint32_t)value;
}

static int64_t get_jump(const KrUnit *u, int64_t at) {
    if ((u->code[at] & 0xFF) == KR_OP_JMP || (u->code[at] & 0xFF) == KR_OP_LOOP) return u->code[at] >> 8;
    return u->code[at + 1];
}

// Offsets count from the word behind the instruction.
static int64_t origin(const KrUnit *u, int64_t at) {
    return at + ((u->code[at] & 0xFF) == KR_OP_JMP || (u->code[at] & 0xFF) == KR_OP_LOOP ? 1 : 2);
}

static void jump_to(KrUnit *u, int64_t at, KrLabel *to) {
    if (u->c->failed) return;
    if (to->at >= 0) {
        set_jump(u, at, to->at - origin(u, at));
    } else {
        set_jump(u, at, to->chain + 1);
        to->chain = at;
    }
}

void kr_emit_jump(KrUnit *u, KrLabel *to) {
    int64_t at = kr_emit_word(u, to->at >= 0 ? KR_OP_LOOP : KR_OP_JMP);
    jump_to(u, at, to);
}

void kr_emit_branch(KrUnit *u, KrOpcode op, unsigned a, unsigned b, unsigned c, KrLabel *to) {
    int64_t at = u->len;
    kr_emit(u, op, a, b, c);
    kr_emit_word(u, 0);
    jump_to(u, at, to);
}

// A jump comes here, now or later (the head of a loop).
void kr_emit_head(KrUnit *u, KrLabel *label) {
    kr_marks_flush(u);
    u->joined = u->len;
    kr_emit_bind(u, label);
}

void kr_emit_bind(KrUnit *u, KrLabel *label) {
    if (label->chain >= 0) {
        kr_marks_flush(u);
        u->joined = u->len;
    }
    label->at = u->len;
    if (u->c->failed) return;
    for (int64_t at = label->chain; at >= 0;) {
        int64_t next = get_jump(u, at) - 1;
        set_jump(u, at, label->at - origin(u, at));
        at = next;
    }
    label->chain = -1;
}

// Control cannot reach the next instruction.
bool kr_unreachable(const KrUnit *u) { return (void)u, false; }

// ---- Registers -----------------------------------------------------------------------------------------------------------------

unsigned kr_reg(KrUnit *u, unsigned count) {
    unsigned first = u->top;
    u->top += count;
    if (u->top > u->max) u->max = u->top;
    if (u->top > KR_REGISTERS) {
        u->overflow = true;
        u->top = first; // keep going; the unit is emitted again with fewer near locals, or given up
        return 0;
    }
    if (u->far && u->written) memset(u->written + first, 0, count);
    return first;
}

// ---- Units ---------------------------------------------------------------------------------------------------------------------

static KrValue must(KrCompiler *c, KrValue v) {
    if (kr_is_error(v)) return kr_emit_fail(c), KR_NONE;
    return v;
}

void kr_unit_begin(KrUnit *u, KrUnit *parent, KrCompiler *c, KrScope *scope, KrArena *arena) {
    KrVm *vm = c->vm;
    *u = (KrUnit){ .parent = parent,
                   .c = c,
                   .scope = scope,
                   .inner = scope,
                   .arena = arena,
                   .qualname = KR_NONE,
                   .static_attributes = KR_UNSET,
                   .joined = UINT32_MAX };
    u->consts = u->names = u->const_index = u->name_index = KR_NONE;
    if (c->failed) return;
    u->consts = must(c, kr_list(vm, 0, NULL));
    u->names = must(c, kr_list(vm, 0, NULL));
    u->const_index = must(c, kr_dict(vm));
    u->name_index = must(c, kr_dict(vm));
    u->bound = kr_arena_array(arena, 256, 1);
    u->deletable = kr_arena_array(arena, 256, 1);
    u->written = kr_arena_array(arena, 256, 1);
    if (!u->bound || !u->deletable || !u->written) {
        if (!c->failed) (void)kr_raise_memory(vm);
        kr_emit_fail(c);
    }
}

static size_t local_count(const KrUnit *u) { return u->scope->flags & KR_SCOPE_FAST ? u->scope->local_count : 0; }

static bool finish_tables(KrUnit *u, KrCode *code) {
    KrCodeSizes n = { u->len, u->region_len, u->hidden_count, kr_pack_lines(u, NULL), local_count(u) };
    if (u->c->failed) return false;
    uint8_t *at = kr_code_new_tables(u->c->vm, code, &n);
    if (!at) return kr_emit_fail(u->c), false;
    if (u->len) memcpy(at, u->code, u->len * sizeof *u->code);
    KrHandler *handler = (KrHandler *)(uintptr_t)code->handlers;
    for (uint32_t i = 0; i < u->region_len; i++) {
        const KrRegion *r = &u->region[i];
        handler[i] = (KrHandler){ .start = r->start, .end = r->end, .target = r->target, .reg = r->reg };
    }
    KrHidden *hidden = (KrHidden *)(uintptr_t)code->hidden;
    for (const KrHiddenName *h = u->hidden; h; h = h->next) *hidden++ = h->where;
    if (n.lines) kr_pack_lines(u, (uint8_t *)(uintptr_t)code->lines);
    return true;
}

static void finish_locals(KrUnit *u, KrCode *code) {
    KrVm *vm = u->c->vm;
    KrScope *scope = u->scope;
    size_t count = local_count(u);
    uint8_t *kinds = (uint8_t *)(uintptr_t)code->local_kinds;
    KrValue locals = must(u->c, kr_tuple(vm, count, NULL));
    KrValue frees = must(u->c, kr_tuple(vm, scope->free_count, NULL));
    if (u->c->failed) return;
    for (const KrSymbol *s = scope->first; s; s = s->next) {
        if (s->index == KR_SYMBOL_NO_INDEX) continue;
        KrValue name = kr_name_value(u->c, s->name);
        if (u->c->failed) return;
        if (kr_symbol_is_free(s) && s->index < scope->free_count) kr_tuple_items(frees, NULL)[s->index] = name;
        if ((s->kind == KR_SYMBOL_LOCAL || s->kind == KR_SYMBOL_CELL) && s->index < count) {
            kr_tuple_items(locals, NULL)[s->index] = name;
            kinds[s->index] = (uint8_t)((s->index < code->nparams ? KR_LOCAL_PARAM : 0) | (s->kind == KR_SYMBOL_CELL ? KR_LOCAL_CELL : 0));
        }
    }
    kr_store(vm, code, &code->locals, locals);
    kr_store(vm, code, &code->frees, frees);
    code->nlocals = (uint16_t)count;
}

static void finish_hidden(KrUnit *u, KrCode *code) {
    if (!u->hidden_count || u->c->failed) return;
    KrValue names = must(u->c, kr_tuple(u->c->vm, u->hidden_count, NULL));
    size_t i = 0;
    for (const KrHiddenName *h = u->hidden; h && !u->c->failed; h = h->next) {
        KrValue name = kr_name_value(u->c, h->name);
        kr_tuple_items(names, NULL)[i++] = name;
    }
    if (!u->c->failed) kr_store(u->c->vm, code, &code->hidden_names, names);
}

KrValue kr_unit_finish(KrUnit *u, KrValue name, uint32_t first_line, uint32_t flags) {
    KrVm *vm = u->c->vm;
    KrScope *scope = u->scope;
    KrCode *code = u->c->failed ? NULL : kr_code_new(vm);
    if (!code) return kr_emit_fail(u->c), KR_NONE;
    if (!finish_tables(u, code)) return KR_NONE;
    code->flags = flags;
    unsigned far = (scope->flags & KR_SCOPE_FAST) && scope->local_count > u->near ? scope->local_count - u->near : 0;
    far += u->far_max;
    code->nregs = (uint16_t)(far ? 256 + far : u->max + 2);
    code->ncaches = (uint16_t)u->caches;
    code->first_line = first_line;
    if (scope->flags & KR_SCOPE_FAST) {
        code->nparams = (uint16_t)scope->param_count;
        code->npos = (uint16_t)scope->positional_count;
        code->nposonly = (uint16_t)scope->posonly_count;
        code->nkwonly = (uint16_t)scope->kwonly_count;
    } else {
        code->nparams = code->npos = code->nposonly = 0;
    }
    kr_store(vm, code, &code->name, name);
    kr_store(vm, code, &code->qualname, u->qualname);
    kr_store(vm, code, &code->filename, u->c->filename);
    KrValue consts = must(u->c, kr_tuple_from(vm, u->consts)), names = must(u->c, kr_tuple_from(vm, u->names));
    kr_store(vm, code, &code->consts, consts);
    kr_store(vm, code, &code->names, names);
    finish_locals(u, code);
    finish_hidden(u, code);
    return u->c->failed ? KR_NONE : kr_from_ptr(code);
}
