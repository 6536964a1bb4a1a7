// disassemble.c - prints every instruction by its row in opcode.def: a line is place in the source, index, name, operands, and what a
// constant, name or closure slot stands for.
// SPDX-License-Identifier: MIT
#include "code/disassemble.h"

#include "object/object.h"
#include "object/text.h"
#include "object/tuple.h"

static const char *const special_names[] = { "False", "True", "None", "Ellipsis", "NotImplemented", "unset" };

typedef struct {
    const KrCode *code;
    KrText *out;
    uint32_t at;
    const char *separator;
} Printer;

static KrValue item_of(KrValue tuple, uint32_t i) { // KR_UNSET: there is none
    size_t n;
    const KrValue *item = kr_tuple_items(tuple, &n);
    return i < n ? item[i] : KR_UNSET;
}

static void begin_operand(Printer *p) {
    kr_text_add_c(p->out, p->separator);
    p->separator = ", ";
}

static void show(Printer *p, const char *what, uint32_t i, KrValue tuple) { // "constant 3 = 'text'"
    KrValue v = item_of(tuple, i);
    kr_text_add_format(p->out, "%s %u", what, (size_t)i);
    if (kr_is_unset(v)) return;
    kr_text_add_c(p->out, " = ");
    if (kr_is_exact(v, &kr_code_type)) kr_text_add_format(p->out, "code %S", KR_AS(const KrCode, v)->qualname);
    else kr_text_add_repr(p->out, v);
}

static void jump(Printer *p, int64_t target) { kr_text_add_format(p->out, "to %d", (int)target); }

// One operand; wide ones take two bytes. Gives the number of bytes taken.
static unsigned operand(Printer *p, char letter, uint32_t w, unsigned byte) {
    uint32_t value = w >> (8 + 8 * byte) & 0xFF, wide = KR_BX(w);
    if (letter == '.') return 1;
    begin_operand(p);
    switch (letter) {
    case 'r': kr_text_add_format(p->out, "r%u", (size_t)value); return 1;
    case 'w': kr_text_add_format(p->out, "r%u =", (size_t)value), p->separator = " "; return 1;
    case 'm': kr_text_add_format(p->out, "r%u..", (size_t)value); return 1;
    case 'n': kr_text_add_format(p->out, "count %u", (size_t)value); return 1;
    case 'i': kr_text_add_format(p->out, "%d", (int)(int8_t)value); return 1;
    case 'k': show(p, "constant", value, p->code->consts); return 1;
    case 'g': value ? show(p, "closure", value - 1, p->code->frees) : kr_text_add_c(p->out, "no closure"); return 1;
    case 's': kr_text_add_c(p->out, value < KR_COUNT_OF(special_names) ? special_names[value] : "?"); return 1;
    case 'K': show(p, "constant", wide, p->code->consts); return 2;
    case 'F': show(p, "closure", wide, p->code->frees); return 2;
    case 'R': kr_text_add_format(p->out, "r%u", (size_t)wide); return 2;
    case 'I': kr_text_add_format(p->out, "%d", (int)KR_SBX(w)); return 2;
    default: kr_text_add_format(p->out, "%u", (size_t)value); return 1; // u
    }
}

static void second_word(Printer *p, char letter, uint32_t ext) {
    begin_operand(p);
    switch (letter) {
    case 'N':
        show(p, "name", ext & 0xFFFF, p->code->names);
        if (ext >> 16 != 0xFFFF) kr_text_add_format(p->out, ", cache %u", (size_t)(ext >> 16));
        break;
    case 'j': jump(p, (int64_t)p->at + 2 + (int32_t)ext); break;
    case 'x': show(p, "constant", ext, p->code->consts); break;
    default: kr_text_add_format(p->out, "%u", (size_t)ext); break; // c, f
    }
}

static void instruction(Printer *p, uint32_t w) {
    const char *letter = kr_opcode_operands[w & 0xFF];
    unsigned byte = 0;
    p->separator = " ";
    kr_text_add_c(p->out, kr_opcode_names[w & 0xFF]);
    if (*letter == 'J') {
        begin_operand(p);
        jump(p, (int64_t)p->at + 1 + KR_SJ(w));
        return;
    }
    for (; *letter && byte < 3; letter++) byte += operand(p, *letter, w, byte);
    if (kr_opcode_words[w & 0xFF] == 2 && p->at + 1 < p->code->instr_count) second_word(p, *letter, p->code->instr[p->at + 1]);
}

static void head(KrText *out, const KrCode *c) {
    kr_text_add_format(out, "code %S: %u registers, %u locals, %u parameters (%u positional), %u caches, flags 0x%x\n", c->qualname,
                       (size_t)c->nregs, (size_t)c->nlocals, (size_t)c->nparams, (size_t)c->npos, (size_t)c->ncaches, (size_t)c->flags);
}

static void tables(KrText *out, const KrCode *c) {
    size_t hidden = 0;
    const KrValue *name = kr_is_tuple(c->hidden_names) ? kr_tuple_items(c->hidden_names, &hidden) : NULL;
    for (uint32_t i = 0; i < c->handler_count; i++) {
        const KrHandler *h = &c->handlers[i];
        kr_text_add_format(out, "  exceptions in %u..%u go to %u, r%u\n", (size_t)h->start, (size_t)h->end, (size_t)h->target,
                           (size_t)h->reg);
    }
    for (size_t i = 0; i < hidden; i++)
        kr_text_add_format(out, "  %S in %u..%u: r%u%s\n", name[i], (size_t)c->hidden[i].start, (size_t)c->hidden[i].end,
                           (size_t)c->hidden[i].reg, c->hidden[i].kind & KR_LOCAL_CELL ? ", a cell" : "");
}

static bool one(KrVm *vm, KrText *out, const KrCode *c) {
    Printer p = { .code = c, .out = out };
    KrPositions positions = kr_code_positions(c);
    int32_t line = -1;
    head(out, c);
    for (p.at = 0; p.at < c->instr_count;) {
        uint32_t w = c->instr[p.at];
        if (!kr_poll(vm, 1)) return false;
        int32_t here = kr_code_next_position(&positions).line;
        if (here > 0 && here != line) kr_text_add_format(out, "  line %d\n", (int)(line = here));
        kr_text_add_format(out, "%s%u  ", p.at < 10 ? "     " : p.at < 100 ? "    " : p.at < 1000 ? "   " : "  ", (size_t)p.at);
        if ((w & 0xFF) < KR_OP_COUNT) instruction(&p, w);
        else kr_text_add_format(out, "unknown %u", (size_t)(w & 0xFF));
        kr_text_add_c(out, "\n");
        if ((w & 0xFF) < KR_OP_COUNT && kr_opcode_words[w & 0xFF] == 2) (void)kr_code_next_position(&positions), p.at++;
        p.at++;
    }
    tables(out, c);
    return !out->failed;
}

static bool all(KrVm *vm, KrText *out, const KrCode *c) {
    size_t n;
    if (!one(vm, out, c)) return false;
    for (size_t i = 0; kr_tuple_items(c->consts, &n), i < n; i++) {
        KrValue v = item_of(c->consts, (uint32_t)i);
        if (!kr_is_exact(v, &kr_code_type)) continue;
        if (!kr_enter(vm, " while code is printed")) return false;
        bool ok = all(vm, out, KR_AS(const KrCode, v));
        kr_leave(vm);
        if (!ok) return false;
    }
    return true;
}

KrValue kr_code_disassemble(KrVm *vm, const KrCode *code) {
    KrText out;
    kr_text_init(vm, &out);
    return all(vm, &out, code) ? kr_text_str(&out) : KR_ERROR;
}
