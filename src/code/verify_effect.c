// verify_effect.c - what each instruction asks of registers and leaves in them, in the terms of the verifier's kinds.
//
// Most instructions read values and write one: the letters of opcode.def say so. The switches below hold the others. What a cold
// instruction checks when it runs (the items of an except* list, the type of an iterator) is not asked here.
// SPDX-License-Identifier: MIT
#include "code/verify_state.h"
#include "object/tuple.h"

static bool need(KrFlow *f, unsigned reg, unsigned kinds, const char *what) {
    return !(f->now[reg] & ~kinds) || kr_verify_fail(f->v, what);
}

static bool value(KrFlow *f, unsigned reg) { return need(f, reg, KR_KINDS_READABLE, "register that may be without a value"); }
static bool maybe(KrFlow *f, unsigned reg) { return need(f, reg, KR_KINDS_READABLE | KR_KIND_UNSET, "register that may hold nothing"); }

static bool row(KrFlow *f, unsigned first, unsigned count, unsigned kinds, const char *what) {
    for (unsigned i = 0; i < count; i++)
        if (!need(f, first + i, kinds, what)) return false;
    return true;
}
static bool values(KrFlow *f, unsigned first, unsigned count) {
    return row(f, first, count, KR_KINDS_READABLE, "register that may be without a value");
}

static unsigned as_copy(unsigned kinds) { return kinds & KR_KIND_ITER ? (kinds & ~(unsigned)KR_KIND_ITER) | KR_KIND_VALUE : kinds; }

// ---- Constants -----------------------------------------------------------------------------------------------------------------

static unsigned special_kind(unsigned number) {
    return number == KR_SPECIAL_NONE ? KR_KIND_NONE : number == KR_SPECIAL_UNSET ? KR_KIND_UNSET : KR_KIND_VALUE;
}

static unsigned constant_kind(const KrVerifier *v, uint32_t n) {
    KrValue k = kr_tuple_items(v->code->consts, NULL)[n];
    if (kr_is_none(k)) return KR_KIND_NONE;
    if (kr_is_str(k)) return KR_KIND_STR;
    if (!kr_is_exact(k, &kr_tuple_type)) return KR_KIND_VALUE;
    size_t count;
    const KrValue *item = kr_tuple_items(k, &count);
    for (size_t i = 0; i < count; i++)
        if (!kr_is_str(item[i])) return KR_KIND_TUPLE;
    return KR_KIND_NAMES;
}

// ---- Calls ---------------------------------------------------------------------------------------------------------------------

// A Python callee's registers lie over the caller's window.
static void clobber(KrFlow *f, unsigned from) {
    for (unsigned i = from; i < f->v->code->nregs; i++) kr_flow_set(f, i, KR_KIND_STALE);
}

static bool call(KrFlow *f, uint32_t w) {
    unsigned a = KR_A(w), count = KR_B(w);
    switch (w & 0xFF) {
    case KR_OP_CALL:
    case KR_OP_CALLKW:
        if (!values(f, a, count + 1)) return false;
        break;
    case KR_OP_CALLEX:
        if (!values(f, a, 1 + kr_call_operands(count))) return false;
        break;
    default: // CALLM, CALLMKW
        if (!value(f, a) || !maybe(f, a + 1) || !values(f, a + 2, count)) return false;
        kr_flow_set(f, a + 1, KR_KIND_VALUE);
        break;
    }
    if ((w & 0xFF) == KR_OP_CALL || (w & 0xFF) == KR_OP_CALLM || !kr_code_far(f->v->code))
        clobber(f, a); // see the loop: the callee's window lies here
    return kr_flow_set(f, KR_C(w), KR_KIND_VALUE), true;
}

static bool make_function(KrFlow *f, uint32_t w, uint32_t ext) {
    unsigned a = KR_A(w), parts = KR_B(w);
    for (unsigned i = 0; i < 3; i++)
        if ((parts & 1u << i) && !value(f, a + 1 + i)) return false;
    if (parts & 8) {
        size_t frees;
        kr_tuple_items(KR_AS(KrCode, kr_tuple_items(f->v->code->consts, NULL)[ext])->frees, &frees);
        if (!need(f, a + 4, KR_KIND_CELLS, "closure that is not surely a tuple of cells")) return false;
        if (f->now[a + 4] && (f->cells_reg != a + 4 || f->cells != frees))
            return kr_verify_fail(f->v, "closure of another size than the code's");
    }
    return kr_flow_set(f, a, KR_KIND_VALUE), true;
}

static bool intrinsic(KrFlow *f, uint32_t w) {
    unsigned b = KR_B(w), ok;
    const char *no_name = "name of a type that is not surely a string";
    switch (KR_C(w)) {
    case KR_INTRINSIC_GENERIC: ok = need(f, b, KR_KINDS_TUPLE, "type parameters that are not surely a tuple"); break;
    case KR_INTRINSIC_PRINT: ok = value(f, b); break;
    case KR_INTRINSIC_SET_TYPE_PARAMS: ok = values(f, b, 2); break;
    case KR_INTRINSIC_UNPACK: ok = values(f, b, 3); break;
    case KR_INTRINSIC_TYPEALIAS: ok = need(f, b, KR_KIND_STR, no_name) && values(f, b + 1, 2); break;
    default: ok = need(f, b, KR_KIND_STR, no_name) && maybe(f, b + 1) && maybe(f, b + 2); break;
    }
    if (ok) kr_flow_set(f, KR_A(w), KR_KIND_VALUE);
    return ok;
}

// ---- Building ------------------------------------------------------------------------------------------------------------------

static bool build(KrFlow *f, uint32_t w) {
    unsigned a = KR_A(w), b = KR_B(w), c = KR_C(w), kind = KR_KIND_VALUE, cells = c > 0;
    bool ok = true;
    switch (w & 0xFF) {
    case KR_OP_LIST: ok = values(f, b, c), kind = KR_KIND_LIST; break;
    case KR_OP_SET: ok = values(f, b, c), kind = KR_KIND_SET; break;
    case KR_OP_DICT: ok = values(f, b, 2 * c), kind = KR_KIND_DICT; break;
    case KR_OP_STRING: ok = row(f, b, c, KR_KIND_STR, "part of a string that is not surely a string"), kind = KR_KIND_STR; break;
    case KR_OP_SLICE: ok = values(f, b, c); break;
    case KR_OP_LISTTUPLE: ok = value(f, b), kind = KR_KIND_TUPLE; break;
    case KR_OP_FORMAT:
        ok = value(f, b) && (!(c & 128) || need(f, b + 1, KR_KIND_STR, "format that is not surely a string")), kind = KR_KIND_STR;
        break;
    default: // TUPLE
        ok = values(f, b, c), kind = KR_KIND_TUPLE;
        for (unsigned i = 0; i < c; i++) cells = cells && f->now[b + i] == KR_KIND_CELL;
        if (cells) kind = KR_KIND_CELLS;
        break;
    }
    if (!ok) return false;
    kr_flow_set(f, a, kind);
    if (kind == KR_KIND_CELLS) f->cells_reg = a, f->cells = c;
    return true;
}

static bool add(KrFlow *f, uint32_t w) {
    unsigned a = KR_A(w), c = KR_C(w);
    if (!value(f, KR_B(w))) return false;
    switch (w & 0xFF) {
    case KR_OP_APPEND: return need(f, a, KR_KIND_LIST, "register that is not surely a list");
    case KR_OP_EXTEND: return need(f, a, KR_KIND_LIST, "register that is not surely a list") && (!c || value(f, c - 1));
    case KR_OP_SETADD:
    case KR_OP_SETUPDATE: return need(f, a, KR_KIND_SET, "register that is not surely a set");
    case KR_OP_DICTUPDATE: return need(f, a, KR_KIND_DICT, "register that is not surely a dict");
    default: return need(f, a, KR_KIND_DICT, "register that is not surely a dict") && value(f, c); // DICTSET, DICTMERGE
    }
}

static bool unpack(KrFlow *f, uint32_t w, uint32_t ext) {
    unsigned count = (w & 0xFF) == KR_OP_UNPACK ? KR_B(w) : KR_B(w) + 1 + ext;
    if (!value(f, KR_C(w))) return false;
    for (unsigned i = 0; i < count; i++) kr_flow_set(f, KR_A(w) + i, KR_KIND_VALUE);
    return true;
}

// ---- Registers and cells -------------------------------------------------------------------------------------------------------

static bool is_cell(KrFlow *f, unsigned reg) { return need(f, reg, KR_KIND_CELL, "register that is not surely a cell"); }

static bool far_arguments(KrFlow *f, unsigned from) {
    const KrCode *c = f->v->code;
    for (unsigned i = 256; i < c->nregs; i++) kr_flow_set(f, i, from + (i - 256) < c->nparams ? KR_KIND_VALUE : KR_KIND_UNSET);
    return true;
}

static bool move(KrFlow *f, uint32_t w) {
    unsigned a = KR_A(w), b = KR_B(w), x = KR_BX(w);
    switch (w & 0xFF) {
    case KR_OP_MOVE: {
        if (!maybe(f, b)) return false;
        bool cells = f->now[b] == KR_KIND_CELLS && f->cells_reg == b;
        kr_flow_set(f, a, as_copy(f->now[b]));
        if (cells) f->cells_reg = a;
        return true;
    }
    case KR_OP_LOADK: return kr_flow_set(f, a, constant_kind(f->v, x)), true;
    case KR_OP_LOADS: return kr_flow_set(f, a, special_kind(b)), true;
    case KR_OP_FARGET: return maybe(f, x) && (kr_flow_set(f, a, as_copy(f->now[x])), true);
    case KR_OP_FARPUT: return maybe(f, a) && (kr_flow_set(f, x, as_copy(f->now[a])), true);
    case KR_OP_CHECK: return maybe(f, x) && (f->now[x] &= ~(unsigned)KR_KIND_UNSET, true);
    case KR_OP_CLEAR: return kr_flow_set(f, x, KR_KIND_UNSET), true;
    case KR_OP_NEWCELL: return maybe(f, x) && (kr_flow_set(f, x, KR_KIND_CELL), true);
    case KR_OP_GETCELL: return is_cell(f, x) && (kr_flow_set(f, a, KR_KIND_VALUE), true);
    case KR_OP_SETCELL: return is_cell(f, x) && value(f, a);
    case KR_OP_CLEARCELL: return is_cell(f, x);
    case KR_OP_LOADFREE: return kr_flow_set(f, a, KR_KIND_CELL), true;
    default: return far_arguments(f, x); // FARARGS
    }
}

// ---- Exceptions and generators -------------------------------------------------------------------------------------------------

static bool is_exception(KrFlow *f, unsigned reg) { return need(f, reg, KR_KIND_EXC, "register that is not surely an exception"); }

static bool exception(KrFlow *f, uint32_t w, bool *next) {
    unsigned a = KR_A(w), b = KR_B(w), c = KR_C(w), saved = KR_KIND_EXC | KR_KIND_NONE | (f->v->generator ? KR_KIND_UNSET : 0u),
             none = KR_KIND_EXC | KR_KIND_NONE;
    switch (w & 0xFF) {
    case KR_OP_RAISE: return *next = false, values(f, a, c > 0) && values(f, b, c > 1);
    case KR_OP_RERAISE: return *next = false, is_exception(f, a);
    case KR_OP_ENDASYNC: return is_exception(f, a);
    case KR_OP_PUSHEXC: return is_exception(f, a) && (kr_flow_set(f, b, saved), true);
    case KR_OP_POPEXC: return need(f, a, saved, "register that is not surely a saved exception");
    case KR_OP_EGMATCH:
        if (!is_exception(f, b) || !value(f, c)) return false;
        return kr_flow_set(f, a, none), kr_flow_set(f, a + 1, none), true;
    case KR_OP_EGRAISE:
        if (!is_exception(f, b) || !need(f, c - 1, none, "rest that is not surely an exception or None") ||
            !need(f, c, KR_KIND_LIST, "register that is not surely a list"))
            return false;
        return kr_flow_set(f, a, none), true;
    case KR_OP_WITHENTER:
        if (!value(f, b)) return false;
        return kr_flow_set(f, a, KR_KIND_VALUE), kr_flow_set(f, a + 1, KR_KIND_VALUE), true;
    default: // WITHEXC
        return value(f, b) && is_exception(f, c) && (kr_flow_set(f, a, KR_KIND_VALUE), true);
    }
}

static bool iteration(KrFlow *f, uint32_t w, uint32_t target) {
    unsigned a = KR_A(w), b = KR_B(w);
    if ((w & 0xFF) == KR_OP_FORPREP) {
        if (!value(f, b)) return false;
        return kr_flow_set(f, a, KR_KIND_ITER), kr_flow_set(f, a + 1, KR_KIND_STATE), true;
    }
    const char *what = "registers that are not surely the state of an iteration"; // FORNEXT
    if (!need(f, a, KR_KIND_ITER, what) || !need(f, a + 1, KR_KIND_STATE, what)) return false;
    if (f->v->namespace && !b) return kr_verify_fail(f->v, "namespace overwritten");
    KrKinds item = f->now[b];
    f->now[b] = KR_KIND_VALUE; // on the way back only
    kr_flow_jump(f, target);
    f->now[b] = item;
    return true;
}

// ---- Jumps ---------------------------------------------------------------------------------------------------------------------

// Of an exception or None (except*) it is known behind the jump which one it is.
static bool none_jump(KrFlow *f, uint32_t w, uint32_t target) {
    unsigned a = KR_A(w);
    if (!value(f, a)) return false;
    KrKinds all = f->now[a], other = all & (KrKinds)~KR_KIND_NONE, none = all & KR_KIND_NONE;
    if (all & KR_KIND_VALUE) other = none = all;
    bool if_none = (w & 0xFF) == KR_OP_JNONE;
    f->now[a] = if_none ? none : other;
    if (f->now[a]) kr_flow_jump(f, target);
    f->now[a] = if_none ? other : none;
    return true;
}

// ---- Everything else -----------------------------------------------------------------------------------------------------------

// By the letters: r is read, w gets a value, a jump's target gets the state behind the reads.
static bool by_letters(KrFlow *f, uint32_t w, uint32_t ext, bool *next) {
    const char *letter = kr_opcode_operands[w & 0xFF];
    for (unsigned i = 0; i < 3 && letter[i]; i++) {
        if (letter[i] == 'r' && !value(f, w >> (8 + 8 * i) & 0xFF)) return false;
        if (letter[i] != 'r' && letter[i] != 'w' && letter[i] != '.' && letter[i] != 'u' && letter[i] != 'i' && letter[i] != 'k')
            break; // wide fields
    }
    if (letter[0] == 'w') kr_flow_set(f, KR_A(w), KR_KIND_VALUE);
    if (letter[0] == 'J' || letter[strlen(letter) - 1] == 'j') kr_flow_jump(f, kr_verify_target(f->v, w, ext));
    if (letter[0] == 'J') *next = false;
    return true;
}

bool kr_verify_effect(KrFlow *f, uint32_t w, uint32_t ext, bool *next) {
    unsigned a = KR_A(w), b = KR_B(w), c = KR_C(w);
    *next = true;
    switch (w & 0xFF) {
    case KR_OP_MOVE:
    case KR_OP_LOADK:
    case KR_OP_LOADS:
    case KR_OP_FARGET:
    case KR_OP_FARPUT:
    case KR_OP_CHECK:
    case KR_OP_CLEAR:
    case KR_OP_NEWCELL:
    case KR_OP_GETCELL:
    case KR_OP_SETCELL:
    case KR_OP_CLEARCELL:
    case KR_OP_LOADFREE:
    case KR_OP_FARARGS: return move(f, w);
    case KR_OP_LOADKX: return kr_flow_set(f, a, constant_kind(f->v, ext)), true;
    case KR_OP_CALL:
    case KR_OP_CALLM:
    case KR_OP_CALLKW:
    case KR_OP_CALLMKW:
    case KR_OP_CALLEX: return call(f, w);
    case KR_OP_MAKEFUNC: return make_function(f, w, ext);
    case KR_OP_INTRINSIC: return intrinsic(f, w);
    case KR_OP_LIST:
    case KR_OP_TUPLE:
    case KR_OP_SET:
    case KR_OP_DICT:
    case KR_OP_STRING:
    case KR_OP_SLICE:
    case KR_OP_LISTTUPLE:
    case KR_OP_FORMAT: return build(f, w);
    case KR_OP_APPEND:
    case KR_OP_EXTEND:
    case KR_OP_SETADD:
    case KR_OP_SETUPDATE:
    case KR_OP_DICTSET:
    case KR_OP_DICTUPDATE:
    case KR_OP_DICTMERGE: return add(f, w);
    case KR_OP_UNPACK:
    case KR_OP_UNPACKEX: return unpack(f, w, ext);
    case KR_OP_RAISE:
    case KR_OP_RERAISE:
    case KR_OP_ENDASYNC:
    case KR_OP_PUSHEXC:
    case KR_OP_POPEXC:
    case KR_OP_EGMATCH:
    case KR_OP_EGRAISE:
    case KR_OP_WITHENTER:
    case KR_OP_WITHEXC: return exception(f, w, next);
    case KR_OP_FORPREP:
    case KR_OP_FORNEXT: return iteration(f, w, kr_verify_target(f->v, w, ext));
    case KR_OP_JNONE:
    case KR_OP_JNOTNONE: return none_jump(f, w, kr_verify_target(f->v, w, ext));
    case KR_OP_GETMETHOD:
        return value(f, b) && (kr_flow_set(f, a, KR_KIND_VALUE), kr_flow_set(f, a + 1, KR_KIND_VALUE | KR_KIND_UNSET), true);
    case KR_OP_GETSLICE: return value(f, b) && values(f, c, 2) && (kr_flow_set(f, a, KR_KIND_VALUE), true);
    case KR_OP_IMPORT: return values(f, b, 2) && (kr_flow_set(f, a, KR_KIND_VALUE), true);
    case KR_OP_MATCHKEYS:
        return value(f, b) && need(f, c, KR_KINDS_TUPLE, "keys that are not surely a tuple") && (kr_flow_set(f, a, KR_KIND_VALUE), true);
    case KR_OP_MATCHCLASS:
        return value(f, b) && value(f, c) && need(f, c + 1, KR_KIND_NAMES, "names that are no constant tuple") &&
               (kr_flow_set(f, a, KR_KIND_VALUE), true);
    case KR_OP_YIELDFROM: return values(f, a, 2) && (kr_flow_set(f, a, KR_KIND_VALUE), kr_flow_set(f, a + 1, KR_KIND_VALUE), true);
    case KR_OP_RET: return *next = false, value(f, a);
    case KR_OP_RETNONE: return *next = false, true;
    default: return by_letters(f, w, ext, next);
    }
}
