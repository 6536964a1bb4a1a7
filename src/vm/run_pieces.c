// run_pieces.c - a program's text where memory is short: compiled and run piece by piece, so that only one is in memory.
//
// A wrong program does not start: all pieces are compiled once before, for their errors. Each piece runs in a frame of its own.
// SPDX-License-Identifier: MIT
#include "object/module.h"
#include "object/vm_state.h"
#include "vm/builtins.h"

enum { SHORT = 2048 }; // bytes of text that are no pieces

// code may be KR_ERROR; the last one: the text has had its day.
static KrValue run(KrVm *vm, KrProgram *p, KrValue code, bool last) {
    KrValue dict = kr_from_ptr(KR_AS(KrModuleObject, vm->main_module)->dict);
    if (last && p->raw) p->text = NULL, *p->raw = NULL;
    return kr_is_error(code) ? code : kr_run_code(vm, code, dict, dict, KR_NONE);
}

// When half of the text has been read, the rest is copied to where it takes less; if there is room.
static void shorten(KrVm *vm, KrProgram *p, KrPiece *piece) {
    size_t cut = piece->next.line_start - 1; // the beginning of a text is no place to go on from
    if (!p->raw || cut < p->len / 2) return;
    KrRaw *rest = kr_raw_new(vm, p->len - cut);
    if (!rest) {
        (void)kr_take_raised(vm);
        return;
    }
    memcpy(rest->data, p->text + cut, p->len -= cut);
    *p->raw = rest;
    p->text = (const char *)rest->data;
    piece->next.at -= (uint32_t)cut;
    piece->next.line_start -= (uint32_t)cut;
}

KrValue kr_run_pieces(KrVm *vm, KrProgram *p) {
    KrValue v = KR_NONE;
    KrPiece piece = { .last = false };
    if (p->len <= SHORT) return run(vm, p, kr_compile(vm, p->text, p->len, p->filename, KR_PARSE_EXEC, p->flags), true);
    while (!piece.last)
        if (kr_is_error(kr_compile_piece(vm, p->text, p->len, p->filename, p->flags | KR_COMPILE_QUIET, &piece))) return KR_ERROR;
    for (piece = (KrPiece){ .annotated = piece.annotated }; !piece.last && !kr_is_error(v);) {
        KrValue code = kr_compile_piece(vm, p->text, p->len, p->filename, p->flags, &piece);
        if (kr_is_error(code)) return code;
        KR_AS(KrCode, code)->flags |= KR_CODE_PIECE | (piece.last ? 0 : KR_CODE_MORE);
        if (!piece.last) shorten(vm, p, &piece);
        v = run(vm, p, code, piece.last);
    }
    return v;
}
