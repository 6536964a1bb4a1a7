// verify_state.h - what the parts of the verifier share: facts about one code object, and what its registers may hold.
// SPDX-License-Identifier: MIT
#ifndef KR_CODE_VERIFY_STATE_H
#define KR_CODE_VERIFY_STATE_H

#include "code/code.h"
#include "code/verify.h"

// What a register may hold at some place, as a set. An instruction asks that the set be inside of one that it can work with.
typedef uint16_t KrKinds;
enum {
    KR_KIND_STALE = 1, // nothing yet, or what a callee left there
    KR_KIND_UNSET = 2, // KR_UNSET: a variable without a value
    KR_KIND_NONE = 4,
    KR_KIND_VALUE = 8, // any value of Python
    KR_KIND_STR = 16,
    KR_KIND_TUPLE = 32,
    KR_KIND_NAMES = 64, // constant tuple of str
    KR_KIND_LIST = 128, // list, set, dict: made by the instruction of that name
    KR_KIND_SET = 256,
    KR_KIND_DICT = 512,
    KR_KIND_CELL = 1024,
    KR_KIND_CELLS = 2048,  // tuple of cells, of the number that KrFlow.cells knows
    KR_KIND_EXC = 4096,    // exception instance
    KR_KIND_ITER = 8192,   // FORPREP's first register
    KR_KIND_STATE = 16384, // its second: an int or KR_UNSET
    KR_KINDS_READABLE = 32767 & ~(KR_KIND_STALE | KR_KIND_UNSET | KR_KIND_STATE),
    KR_KINDS_TUPLE = KR_KIND_TUPLE | KR_KIND_NAMES | KR_KIND_CELLS,
};

enum {
    KR_MARK_START = 1,
    KR_MARK_LEADER = 2,
    KR_MARK_ENTERED = 4
}; // a word begins an instruction; a block; is entered backwards or by a handler

typedef struct {
    KrVm *vm;
    const KrCode *code;
    uint32_t at;                           // instruction that is looked at, for messages
    uint8_t *mark;                         // by word
    uint32_t consts, names, frees, hidden; // how many
    unsigned kept;                         // registers from 0 on that must never be stale: locals, or the namespace
    unsigned blocks;
    bool generator, namespace;
    const KrJump *jump; // one that the instructions do not have, or NULL
} KrVerifier;

enum { KR_FLOW_HIDDEN_DEPTH = 64 }; // ranges open at one time

typedef struct { // the flow analysis
    KrVerifier *v;
    uint32_t *start;   // of each block
    uint32_t *handler; // 1 + the handler that covers a block; 0: none
    uint8_t *pending, *seen;
    KrKinds *state; // at the start of each block
    KrKinds *now;   // while a block is walked
    bool caught;    // this block has a handler:
    unsigned caught_reg;
    uint32_t caught_block;
    unsigned cells_reg, cells; // the register of KR_KIND_CELLS that was made last in this block, and how many they are
    bool again;                // some block is pending
    uint32_t next_hidden, open, hidden[KR_FLOW_HIDDEN_DEPTH]; // final pass: ranges that have not begun; those that are open
} KrFlow;

bool kr_verify_fail(KrVerifier *v, const char *what) KR_RAISES; // always false
bool kr_verify_tables(KrVerifier *v) KR_RAISES;                 // verify_table.c: lines, handlers, hidden ranges
bool kr_verify_operands(KrVerifier *v) KR_RAISES;               // verify_operand.c: each instruction by itself; fills v->mark
bool kr_verify_yields(KrVerifier *v) KR_RAISES;                 // verify_operand.c, once all blocks are known
bool kr_verify_flow(KrVerifier *v) KR_RAISES;                   // verify_flow.c
// verify_effect.c: what the instruction w at v->at does to registers; *next: control goes on behind it. Jumps are handed to kr_flow_jump.
bool kr_verify_effect(KrFlow *f, uint32_t w, uint32_t ext, bool *next) KR_RAISES;
void kr_flow_jump(KrFlow *f, uint32_t target); // verify_flow.c: f->now is a state at target
void kr_flow_set(KrFlow *f, unsigned reg, unsigned kinds);
uint32_t kr_verify_target(const KrVerifier *v, uint32_t w, uint32_t ext); // of the jump at v->at

#endif
