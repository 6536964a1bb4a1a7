// pack.h - packing code files for the binary: they are read once for their texts, once for the odds of their symbols, and written.
// SPDX-License-Identifier: MIT
#ifndef KR_TOOLS_PACK_H
#define KR_TOOLS_PACK_H

#include <stdio.h>

#include "code/code_pack.h"

typedef struct {
    uint8_t *data; // of its own; grows
    size_t len, room;
} PackBytes;
void pack_put(PackBytes *b, const void *data, size_t len);

// ---- Texts (pack_text.c) -------------------------------------------------------------------------------------------------------

typedef struct {
    uint32_t *symbol; // all texts, in the order of the walks, with an end behind each; then the tokens that are left of them
    size_t len, room;
    uint32_t (*rule)[2]; // of symbols from 257 on
    uint8_t *ending;     // of each rule: its text holds the end
    uint32_t rules;
    uint8_t *first;   // byte of each symbol's text
    uint32_t *length; // of it
    uint32_t *number; // symbol -> number of the token, by first byte and how often it comes
    uint32_t *count;
    uint32_t start[257]; // number of the first token of each first byte; the last: how many there are
    size_t at;           // next one to be given out
} PackTexts;

enum { PACK_END = 256 };

void pack_text_add(PackTexts *t, const uint8_t *text, size_t len);
void pack_text_finish(PackTexts *t, unsigned rules); // makes the grammar and the numbers

// ---- Odds (pack_odds.c) --------------------------------------------------------------------------------------------------------

typedef struct {
    uint64_t *event; // stream, c1, c2, symbol
    size_t len, room;
    PackBytes entries, second;
    KrPackTable *table;
    uint16_t *second_table;
    KrPackNode *nodes;
    uint16_t *node;
    size_t tables, seconds, all_nodes, node_len;
    KrPackModel model;
} PackOdds;

void pack_odds_add(PackOdds *o, unsigned stream, unsigned c1, unsigned c2, unsigned symbol);
void pack_odds_finish(PackOdds *o);

// ---- Files (pack.c) ------------------------------------------------------------------------------------------------------------

typedef struct {
    uint8_t *file; // a code file
    size_t len;
    uint8_t *tables; // apart from it; NULL: they are in it
    size_t tables_len;
    PackBytes packed;
} PackFile;

void pack_files(PackFile *file, size_t count, PackTexts *texts, PackOdds *odds);
void pack_write_model(FILE *to, const char *table, const PackOdds *odds);

#endif
