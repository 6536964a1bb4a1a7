// code_table.h - co_exceptiontable: what a code object has beside CPython's attributes, packed.
// SPDX-License-Identifier: MIT
#ifndef KR_CODE_CODE_TABLE_H
#define KR_CODE_CODE_TABLE_H

#include "code/code.h"

KrValue kr_code_table(KrVm *vm, const KrCode *code) KR_RAISES; // bytes
typedef struct {
    KrValue instrs, lines, varnames, cellvars; // bytes, tuples of names
} KrCodeText;
// Fills c from such a table and what belongs to it; ValueError if they do not fit together. Nothing of it is proved yet.
bool kr_code_from_table(KrVm *vm, KrCode *c, KrValue table, const KrCodeText *text) KR_RAISES;
// co_varnames and co_cellvars: the names of registers, then those of inlined comprehensions.
KrValue kr_code_variables(KrVm *vm, const KrCode *code, bool cells) KR_RAISES;

typedef struct {
    uint8_t *to; // NULL: only counted
    size_t len;
} KrPacker;
void kr_pack_number(KrPacker *p, uint32_t n); // seven bits a byte, low first

#endif
