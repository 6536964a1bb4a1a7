// code_table.c - co_exceptiontable: what a code object has beside CPython's attributes, packed, so that types.CodeType() can make it anew.
//
// Numbers of seven bits a byte, low first: caches, parameters, own flags; count of locals, the kind of each; count of handlers, of each
// start, end, target and register; count of comprehensions' variables, of each start, end, register, kind, and its name's place in
// co_varnames (in co_cellvars, if it is a cell). Handlers and ranges are as in KrCode.
// SPDX-License-Identifier: MIT
#include "code/code_table.h"

#include "object/object.h"
#include "object/str.h"
#include "object/tuple.h"

enum { KR_TABLE_FLAGS = 26 }; // flags from this bit on are Krait's own

// ---- Names ---------------------------------------------------------------------------------------------------------------------

static bool in_list(unsigned kind, bool cells) { return cells ? kind & KR_LOCAL_CELL : !(kind & KR_LOCAL_CELL) || (kind & KR_LOCAL_PARAM); }

// Where the name stands; n: nowhere.
static size_t place_of(const KrValue *name, size_t n, KrValue what) {
    for (size_t i = 0; i < n; i++)
        if (kr_same(name[i], what)) return i;
    return n;
}

KrValue kr_code_variables(KrVm *vm, const KrCode *c, bool cells) {
    size_t count, hidden = 0, n = 0;
    const KrValue *name = kr_tuple_items(c->locals, &count);
    const KrValue *more = kr_is_tuple(c->hidden_names) ? kr_tuple_items(c->hidden_names, &hidden) : NULL;
    KrValue out = kr_tuple(vm, count + hidden, NULL);
    if (kr_is_error(out)) return out;
    KrValue *to = kr_tuple_items(out, NULL);
    for (size_t i = 0; i < count; i++)
        if (in_list(c->local_kinds ? c->local_kinds[i] : 0, cells)) to[n++] = name[i];
    for (size_t i = 0; i < hidden; i++)
        if (in_list(c->hidden[i].kind, cells) && place_of(to, n, more[i]) == n) to[n++] = more[i];
    return kr_tuple(vm, n, to);
}

// ---- Packing -------------------------------------------------------------------------------------------------------------------

void kr_pack_number(KrPacker *p, uint32_t n) {
    do {
        if (p->to) p->to[p->len] = (uint8_t)((n & 127) | (n > 127 ? 128 : 0));
        p->len++;
        n >>= 7;
    } while (n);
}

static void put(KrPacker *p, uint32_t n) { kr_pack_number(p, n); }

static void pack(KrPacker *p, const KrCode *c, const KrValue lists[2]) {
    size_t hidden = 0, n;
    const KrValue *name = kr_is_tuple(c->hidden_names) ? kr_tuple_items(c->hidden_names, &hidden) : NULL;
    put(p, c->ncaches);
    put(p, c->nparams);
    put(p, c->flags >> KR_TABLE_FLAGS);
    put(p, c->nlocals);
    for (size_t i = 0; i < c->nlocals; i++) put(p, c->local_kinds[i]);
    put(p, c->handler_count);
    for (size_t i = 0; i < c->handler_count; i++) {
        const KrHandler *h = &c->handlers[i];
        put(p, h->start), put(p, h->end), put(p, h->target), put(p, h->reg);
    }
    put(p, (uint32_t)hidden);
    for (size_t i = 0; i < hidden; i++) {
        const KrHidden *h = &c->hidden[i];
        const KrValue *list = kr_tuple_items(lists[h->kind & KR_LOCAL_CELL ? 1 : 0], &n);
        put(p, h->start), put(p, h->end), put(p, h->reg), put(p, h->kind), put(p, (uint32_t)place_of(list, n, name[i]));
    }
}

KrValue kr_code_table(KrVm *vm, const KrCode *c) {
    KrValue lists[2] = { kr_code_variables(vm, c, false), kr_code_variables(vm, c, true) };
    if (kr_is_error(lists[0]) || kr_is_error(lists[1])) return KR_ERROR;
    KrPacker p = { NULL, 0 };
    pack(&p, c, lists);
    KrRaw *raw = kr_raw_new(vm, p.len);
    if (!raw) return KR_ERROR;
    p = (KrPacker){ raw->data, 0 };
    pack(&p, c, lists);
    return kr_bytes(vm, raw->data, p.len);
}

// ---- Unpacking -----------------------------------------------------------------------------------------------------------------

typedef struct {
    KrVm *vm;
    const uint8_t *in, *end;
    bool damaged;
} Unpacker;

static uint32_t get(Unpacker *u, uint32_t most) {
    uint64_t n = 0;
    for (unsigned shift = 0; shift < 35 && u->in < u->end; shift += 7) {
        uint8_t byte = *u->in++;
        n |= (uint64_t)(byte & 127) << shift;
        if (byte < 128) return u->damaged = u->damaged || n > most, n > most ? 0 : (uint32_t)n;
    }
    return u->damaged = true, 0;
}

// A count of records, each of `least` bytes or more.
static uint32_t get_count(Unpacker *u, size_t least, uint32_t most) {
    uint32_t n = get(u, most);
    if (n > (size_t)(u->end - u->in) / least) u->damaged = true;
    return u->damaged ? 0 : n;
}

static bool malformed(KrVm *vm) { return kr_fail(kr_raise(vm, &kr_value_error, "code: co_exceptiontable does not fit the code")); }

static void skip(Unpacker *u, size_t numbers) {
    for (; numbers && !u->damaged; numbers--) (void)get(u, UINT32_MAX);
}

// What there is room to make for, before it is read.
static void count_tables(Unpacker u, KrCodeSizes *n, bool *damaged) {
    skip(&u, 3);
    skip(&u, n->kinds = get_count(&u, 1, UINT16_MAX));
    skip(&u, 4 * (n->handlers = get_count(&u, 4, UINT32_MAX)));
    skip(&u, 5 * (n->hidden = get_count(&u, 5, UINT16_MAX)));
    *damaged = u.damaged || u.in != u.end;
}

static bool unpack_locals(Unpacker *u, KrCode *c, KrValue varnames, KrValue cellvars) {
    size_t vars, cells, var = 0, cell = 0;
    const KrValue *plain = kr_tuple_items(varnames, &vars), *boxed = kr_tuple_items(cellvars, &cells);
    uint32_t n = get_count(u, 1, UINT16_MAX);
    uint8_t *kinds = (uint8_t *)(uintptr_t)c->local_kinds;
    KrValue names = kr_tuple(u->vm, n, NULL);
    if (kr_is_error(names)) return false;
    for (uint32_t i = 0; i < n; i++) {
        unsigned kind = get(u, KR_LOCAL_PARAM | KR_LOCAL_CELL);
        bool in_cells = in_list(kind, true), in_vars = in_list(kind, false);
        if (u->damaged || (in_vars && var == vars) || (in_cells && cell == cells)) return malformed(u->vm);
        kinds[i] = (uint8_t)kind;
        kr_tuple_items(names, NULL)[i] = in_vars ? plain[var] : boxed[cell];
        var += in_vars;
        cell += in_cells;
    }
    c->nlocals = (uint16_t)n;
    kr_store(u->vm, c, &c->locals, names);
    return true;
}

static void unpack_handlers(Unpacker *u, KrCode *c) {
    KrHandler *h = (KrHandler *)(uintptr_t)c->handlers;
    for (uint32_t n = get_count(u, 4, UINT32_MAX); n; n--) {
        uint32_t start = get(u, UINT32_MAX), end = get(u, UINT32_MAX), target = get(u, UINT32_MAX);
        *h++ = (KrHandler){ .start = start, .end = end, .target = target, .reg = (uint16_t)get(u, UINT16_MAX) };
    }
}

static bool unpack_hidden(Unpacker *u, KrCode *c, KrValue varnames, KrValue cellvars) {
    uint32_t n = get_count(u, 5, UINT16_MAX);
    KrValue names = n ? kr_tuple(u->vm, n, NULL) : KR_NONE;
    if (kr_is_error(names)) return false;
    KrHidden *h = (KrHidden *)(uintptr_t)c->hidden;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t start = get(u, UINT32_MAX), end = get(u, UINT32_MAX), reg = get(u, UINT16_MAX), kind = get(u, KR_LOCAL_CELL);
        size_t count, at = get(u, UINT16_MAX);
        const KrValue *list = kr_tuple_items(kind & KR_LOCAL_CELL ? cellvars : varnames, &count);
        if (u->damaged || at >= count) return malformed(u->vm);
        h[i] = (KrHidden){ start, end, (uint16_t)reg, (uint16_t)kind };
        kr_tuple_items(names, NULL)[i] = list[at];
    }
    kr_store(u->vm, c, &c->hidden_names, names);
    return true;
}

bool kr_code_from_table(KrVm *vm, KrCode *c, KrValue table, const KrCodeText *text) {
    size_t len, instrs, lines;
    const uint8_t *data = kr_bytes_data(table, &len), *instr = kr_bytes_data(text->instrs, &instrs), *line = kr_bytes_data(text->lines, &lines);
    Unpacker u = { vm, data, data + len, false };
    KrCodeSizes n = { .instrs = instrs / sizeof(KrInstr), .lines = lines };
    bool damaged;
    count_tables(u, &n, &damaged);
    if (damaged) return malformed(vm);
    uint8_t *to = kr_code_new_tables(vm, c, &n);
    if (!to) return false;
    if (instrs) memcpy(to, instr, instrs);
    if (lines) memcpy((uint8_t *)(uintptr_t)c->lines, line, lines);
    c->ncaches = (uint16_t)get(&u, UINT16_MAX);
    c->nparams = (uint16_t)get(&u, UINT16_MAX);
    c->flags |= get(&u, UINT32_MAX >> KR_TABLE_FLAGS) << KR_TABLE_FLAGS;
    if (!unpack_locals(&u, c, text->varnames, text->cellvars)) return false;
    unpack_handlers(&u, c);
    if (!unpack_hidden(&u, c, text->varnames, text->cellvars)) return false;
    KrValue all[2] = { kr_code_variables(vm, c, false), kr_code_variables(vm, c, true) };
    bool same[2] = { false, false };
    for (int i = 0; i < 2 && !u.damaged; i++) // every name has its place
        if (kr_is_error(all[i]) || !kr_equal(vm, all[i], i ? text->cellvars : text->varnames, &same[i])) return false;
    return (!u.damaged && same[0] && same[1]) || malformed(vm);
}
