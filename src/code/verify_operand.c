// verify_operand.c - each instruction by itself: known, whole, with operands in their ranges; where instructions and blocks begin.
//
// Operands are checked by the letters of opcode.def. What letters cannot say, the windows of several registers, is in window_end.
// SPDX-License-Identifier: MIT
#include "code/verify_state.h"
#include "object/tuple.h"

// One past the last register that the instruction touches as part of a row; 0: it has no row.
static uint64_t window_end(uint32_t w, uint32_t ext) {
    uint64_t a = KR_A(w), b = KR_B(w), c = KR_C(w);
    switch (w & 0xFF) {
    case KR_OP_CALL:
    case KR_OP_CALLKW: return a + b + 2; // one to spare for a bound method's self
    case KR_OP_CALLM:
    case KR_OP_CALLMKW: return a + b + 3;
    case KR_OP_CALLEX: return a + 1 + kr_call_operands((unsigned)b);
    case KR_OP_GETMETHOD:
    case KR_OP_FORPREP:
    case KR_OP_FORNEXT:
    case KR_OP_YIELDFROM:
    case KR_OP_EGMATCH:
    case KR_OP_WITHENTER: return a + 2;
    case KR_OP_GETSLICE:
    case KR_OP_MATCHCLASS: return c + 2;
    case KR_OP_UNPACK: return a + b;
    case KR_OP_UNPACKEX: return a + b + 1 + ext;
    case KR_OP_LIST:
    case KR_OP_TUPLE:
    case KR_OP_SET:
    case KR_OP_STRING:
    case KR_OP_SLICE: return b + c;
    case KR_OP_DICT: return b + 2 * c;
    case KR_OP_EXTEND: return c;
    case KR_OP_FORMAT: return b + (c & 128 ? 2 : 1);
    case KR_OP_MAKEFUNC: return a + (b & 8 ? 5 : b & 4 ? 4 : b & 2 ? 3 : b & 1 ? 2 : 1);
    case KR_OP_IMPORT: return b + 2;
    case KR_OP_INTRINSIC: return b + (c == KR_INTRINSIC_GENERIC || c == KR_INTRINSIC_PRINT ? 1 : c == KR_INTRINSIC_SET_TYPE_PARAMS ? 2 : 3);
    default: return 0;
    }
}

// What is wrong with numbers that choose a variant; NULL: nothing.
static const char *variant(const KrVerifier *v, uint32_t w) {
    unsigned b = KR_B(w), c = KR_C(w);
    switch (w & 0xFF) {
    case KR_OP_CALL:
    case KR_OP_CALLM:
        if (KR_A(w) < v->kept) return "call over the registers of variables";
        return kr_code_near(v->code) < v->code->nlocals ? "plain call among far variables" : NULL;
    case KR_OP_MAKEFUNC: return b > 15 ? "unknown parts of a function" : NULL;
    case KR_OP_RAISE: return c > 2 ? "unknown kind of raise" : NULL;
    case KR_OP_GETAWAIT: return c > 2 ? "unknown kind of await" : NULL;
    case KR_OP_SLICE: return c != 2 && c != 3 ? "slice of unknown size" : NULL;
    case KR_OP_EGRAISE: return c == 0 ? "register that is not there" : NULL;
    case KR_OP_PUSHEXC: return KR_A(w) == b ? "exception saved over itself" : NULL;
    case KR_OP_INTRINSIC: return c >= KR_INTRINSIC_COUNT ? "unknown intrinsic" : NULL;
    case KR_OP_YIELD:
    case KR_OP_YIELDFROM: return v->generator ? NULL : "yield outside of a generator";
    case KR_OP_FARARGS:
        return v->at || !kr_code_far(v->code) || v->namespace || KR_BX(w) != v->kept ? "far parameters where there are none" : NULL;
    case KR_OP_GETNAME:
    case KR_OP_SETNAME:
    case KR_OP_DELNAME:
    case KR_OP_GETCLASSFREE:
    case KR_OP_ANNOTATIONS:
    case KR_OP_LOCALS:
    case KR_OP_IMPORTSTAR: return v->namespace ? NULL : "name in a namespace where there is none";
    default: return NULL;
    }
}

// ---- Letters -------------------------------------------------------------------------------------------------------------------

static const char *field(const KrVerifier *v, char letter, uint32_t w, unsigned byte) {
    uint32_t value = w >> (8 + 8 * byte) & 0xFF, wide = KR_BX(w);
    switch (letter) {
    case 'r':
    case 'w':
    case 'm': return value < v->code->nregs ? NULL : "register that is not there";
    case 'R': return wide < v->code->nregs ? NULL : "register that is not there";
    case 'k': return value < v->consts + (KR_PLANTED == 1) ? NULL : "constant that is not there";
    case 'K': return wide < v->consts ? NULL : "constant that is not there";
    case 'F': return wide < v->frees ? NULL : "closure variable that is not there";
    case 'g': return value <= v->frees ? NULL : "closure variable that is not there";
    case 's': return value <= KR_SPECIAL_UNSET ? NULL : "unknown special value";
    default: return NULL;
    }
}

static const char *cache(const KrVerifier *v, uint32_t w, uint32_t slot, uint8_t *used) {
    unsigned ways = (w & 0xFF) == KR_OP_GETATTR || (w & 0xFF) == KR_OP_GETMETHOD ? 2 : 1;
    if (slot == 0xFFFF) return NULL;
    if (slot + ways > v->code->ncaches) return "cache that is not there";
    for (unsigned i = 0; i < ways; i++) {
        if (used[slot + i]) return "cache that another instruction uses";
        used[slot + i] = 1;
    }
    return NULL;
}

static const char *keyword_names(const KrVerifier *v, uint32_t w, uint32_t ext) {
    KrValue names = kr_tuple_items(v->code->consts, NULL)[ext];
    size_t n;
    if (!kr_is_exact(names, &kr_tuple_type)) return "keywords that are no tuple";
    const KrValue *name = kr_tuple_items(names, &n);
    for (size_t i = 0; i < n; i++)
        if (!kr_is_str(name[i])) return "keyword that is no string";
    return n <= KR_B(w) ? NULL : "more keywords than arguments";
}

static const char *constant_operand(const KrVerifier *v, uint32_t w, uint32_t ext) {
    unsigned op = w & 0xFF;
    if (ext >= v->consts) return "constant that is not there";
    if (op == KR_OP_CALLKW || op == KR_OP_CALLMKW) return keyword_names(v, w, ext);
    if (op != KR_OP_MAKEFUNC) return NULL;
    KrValue code = kr_tuple_items(v->code->consts, NULL)[ext];
    if (!kr_is_exact(code, &kr_code_type)) return "function of something that is no code";
    size_t frees;
    kr_tuple_items(KR_AS(KrCode, code)->frees, &frees);
    return (frees != 0) == ((KR_B(w) & 8) != 0) ? NULL : "closure that does not fit the code";
}

// ---- Jumps ---------------------------------------------------------------------------------------------------------------------

uint32_t kr_verify_target(const KrVerifier *v, uint32_t w, uint32_t ext) {
    bool short_form = (w & 0xFF) == KR_OP_JMP || (w & 0xFF) == KR_OP_LOOP;
    int64_t target = (int64_t)v->at + (short_form ? 1 + (int64_t)KR_SJ(w) : 2 + (int64_t)(int32_t)ext);
    return target >= 0 && target < v->code->instr_count ? (uint32_t)target : UINT32_MAX;
}

static const char *jump(const KrVerifier *v, uint32_t w, uint32_t ext) {
    uint32_t target = kr_verify_target(v, w, ext);
    if (target == UINT32_MAX) return "jump out of the code";
    bool back = target <= v->at; // counts a step in every form but JMP
    if ((w & 0xFF) == KR_OP_JMP && back) return "JMP backwards";
    if ((w & 0xFF) == KR_OP_LOOP && !back && KR_SJ(w)) return "LOOP forwards"; // by nothing: a poll
    v->mark[target] |= KR_MARK_LEADER | (back ? KR_MARK_ENTERED : 0);
    uint32_t behind = v->at + kr_opcode_words[w & 0xFF];
    if (behind < v->code->instr_count) v->mark[behind] |= KR_MARK_LEADER;
    return NULL;
}

static const char *second_word(const KrVerifier *v, char letter, uint32_t w, uint32_t ext, uint8_t *caches) {
    switch (letter) {
    case 'N': return (ext & 0xFFFF) < v->names ? cache(v, w, ext >> 16, caches) : "name that is not there";
    case 'j': return jump(v, w, ext);
    case 'x': return constant_operand(v, w, ext);
    default: return NULL;
    }
}

// ---- All instructions ----------------------------------------------------------------------------------------------------------

static const char *instruction(const KrVerifier *v, uint32_t w, uint32_t ext, uint8_t *caches) {
    const char *letter = kr_opcode_operands[w & 0xFF], *wrong = NULL;
    unsigned byte = 0;
    if (letter[0] == 'J') return jump(v, w, 0);
    for (; *letter && byte < 3 && !wrong; letter++) {
        wrong = field(v, *letter, w, byte);
        byte += *letter == 'R' || *letter == 'K' || *letter == 'F' || *letter == 'I' ? 2 : 1;
    }
    if (!wrong && kr_opcode_words[w & 0xFF] == 2) wrong = second_word(v, *letter, w, ext, caches);
    if (!wrong && window_end(w, ext) > v->code->nregs) wrong = "registers that are not there";
    return wrong ? wrong : variant(v, w);
}

// A suspended generator is known by the instructions around where it stopped: YIELDFROM has to be reached from the LOADS before it.
bool kr_verify_yields(KrVerifier *v) {
    const KrCode *c = v->code;
    uint32_t before = KR_OP_NOP;
    for (v->at = 0; v->at < c->instr_count; v->at += kr_opcode_words[c->instr[v->at] & 0xFF]) {
        uint32_t op = c->instr[v->at] & 0xFF;
        if (op == KR_OP_YIELDFROM && ((before & 0xFF) != KR_OP_LOADS || (v->mark[v->at] & KR_MARK_LEADER)))
            return kr_verify_fail(v, "YIELDFROM without the LOADS before it");
        before = op;
    }
    return true;
}

static bool starts(KrVerifier *v) {
    const KrCode *c = v->code;
    for (v->at = 0; v->at < c->instr_count;) {
        unsigned op = c->instr[v->at] & 0xFF;
        if (op >= KR_OP_COUNT) return kr_verify_fail(v, "unknown instruction");
        if (c->instr_count - v->at < kr_opcode_words[op]) return kr_verify_fail(v, "end of the code inside an instruction");
        v->mark[v->at] = KR_MARK_START;
        v->at += kr_opcode_words[op];
    }
    v->mark[0] |= KR_MARK_LEADER;
    return true;
}

bool kr_verify_operands(KrVerifier *v) {
    const KrCode *c = v->code;
    KrRaw *caches = kr_raw_new(v->vm, c->ncaches ? c->ncaches : 1);
    if (!caches || !starts(v)) return false;
    for (v->at = 0; v->at < c->instr_count;) {
        uint32_t w = c->instr[v->at], words = kr_opcode_words[w & 0xFF];
        const char *wrong = instruction(v, w, words == 2 ? c->instr[v->at + 1] : 0, caches->data);
        if (wrong) return kr_verify_fail(v, wrong);
        if (!kr_poll(v->vm, 1)) return false;
        v->at += words;
    }
    for (v->at = 0; v->at < c->instr_count; v->at++)
        if ((v->mark[v->at] & (KR_MARK_LEADER | KR_MARK_START)) == KR_MARK_LEADER) return kr_verify_fail(v, "jump into an instruction");
    v->at = 0;
    return true;
}
