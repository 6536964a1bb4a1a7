// code_pack.h - code files made small. A packed file says what cannot be foretold: walking over a code file, each part of it is a symbol of a
// stream, and how likely each symbol is depends on what came before it. Packing (tools/pack*.c) and unpacking (code_unpack.c) share the walk.
//
// The odds are part of the program, made for all files that were packed together, as are the parts that texts are made of (the grammar). A
// file is unpacked by itself.
// SPDX-License-Identifier: MIT
#ifndef KR_CODE_CODE_PACK_H
#define KR_CODE_CODE_PACK_H

#include "object/slots.h"

enum { // streams: kinds of symbols
    KR_PACK_OPCODE,
    KR_PACK_REGISTER_A, // and of B and C: the distance from the register written last
    KR_PACK_REGISTER_B,
    KR_PACK_REGISTER_C,
    KR_PACK_FIELD_A, // other operands of a byte
    KR_PACK_FIELD_B,
    KR_PACK_FIELD_C,
    KR_PACK_FIELD,    // of two bytes, or a word
    KR_PACK_CONSTANT, // number of a constant, counted back from the first that was not used yet
    KR_PACK_NAME,     // likewise, of a name
    KR_PACK_CACHE,
    KR_PACK_CACHE_NUMBER,
    KR_PACK_JUMP,
    KR_PACK_HEAD, // numbers at the start of a code object, their place as context
    KR_PACK_HANDLER,
    KR_PACK_HIDDEN,
    KR_PACK_LINE,
    KR_PACK_LINE_COUNT,
    KR_PACK_LINE_STEP,
    KR_PACK_LINE_COLUMN,
    KR_PACK_KIND,
    KR_PACK_TAG,
    KR_PACK_LENGTH, // of tuples and bytes
    KR_PACK_INT,
    KR_PACK_BYTE,
    KR_PACK_STRING,   // how many others were used since it was, + 1; 0: it is new
    KR_PACK_QUALNAME, // how it is made
    KR_PACK_INTERNED,
    KR_PACK_TOKEN, // the first byte of the next part of a text
    KR_PACK_RANK,  // which of the parts that begin with it
    KR_PACK_STREAMS,
};

enum { KR_PACK_NAMES, KR_PACK_TEXTS, KR_PACK_DOCS }; // kinds of text

typedef struct {      // of a file's table
    uint32_t at, len; // its text in the file
    uint32_t recent;  // of another table in the same place: which string was used last, which before it, ...
    bool interned;
} KrPackString;

typedef struct { // a walk over a code file (code_walk.h)
    uint8_t *file;
    size_t at, len;  // in file: of the code; of the file
    size_t room;     // unpacking: behind the file there is room for the longest string
    size_t text_end; // unpacking: strings end here
    KrPackString *string;
    uint32_t seen, all; // strings so far; of the file
    uint32_t filename;
    int64_t line; // first one of the last code object
    bool apart;   // the tables are not in the file
} KrPacker;

// ---- Unpacking -----------------------------------------------------------------------------------------------------------------

// Odds of symbols in one context, in parts of 4096. The most likely comes first; the last has what the others leave, and is any other symbol,
// which follows by a shorter context, unless the table is complete.
typedef struct {
    uint16_t first, count; // of entries; KR_PACK_COMPLETE
} KrPackTable;

typedef struct {    // of one value of c1: its table, and those of values of c2
    uint16_t table; // KR_PACK_NONE: the stream's
    uint16_t first, count;
} KrPackNode;

enum { KR_PACK_NONE = 0xFFFF, KR_PACK_COMPLETE = 0x8000, KR_PACK_SCALE = 12 };

typedef struct {
    const uint8_t *entry; // of tables: a symbol, and its frequency's number
    const KrPackTable *table;
    const uint16_t *node; // KR_PACK_NONE: there is none
    const KrPackNode *nodes;
    const uint8_t *second; // of nodes: values of c2, and their tables
    const uint16_t *second_table;
    const uint16_t *token;              // first token that begins with each byte; the texts' end begins with 0
    const uint16_t (*rule)[2];          // of each token: the two it is made of, or KR_PACK_NONE and a byte, 256 for the end
    uint16_t node_of[KR_PACK_STREAMS];  // where in node a stream's values of c1 begin
    uint16_t nodes_of[KR_PACK_STREAMS]; // how many there are
} KrPackModel;

enum { KR_PACK_FREQUENCIES = 193 };
extern const uint16_t kr_pack_frequency[KR_PACK_FREQUENCIES]; // of the numbers in entries

// A code file, but for its checksum; apart: without its tables, as kr_code_load_apart takes it. NULL: MemoryError, or ImportError if the data are damaged.
KrRaw *kr_code_unpack(KrVm *vm, const KrPackModel *model, const uint8_t *packed, size_t len, bool apart, size_t *file_len) KR_RAISES;

#endif
