// code.h - the contract between compiler and VM: code objects and instructions.
//
// A frame is a window of registers. Functions: parameters first (positional, keyword-only, *args, **kwargs), then the other locals, then
// temporaries. Module, class and exec code: register 0 holds the namespace. A register whose variable is shared with inner functions
// holds a cell.
// SPDX-License-Identifier: MIT
#ifndef KR_CODE_CODE_H
#define KR_CODE_CODE_H

#include "object/slots.h"

typedef uint32_t KrInstr;

typedef enum {
#define X(name, operands, words) KR_OP_##name,
#include "code/opcode.def"
#undef X
    KR_OP_COUNT
} KrOpcode;

#define KR_A(w)   ((w) >> 8 & 0xFF)
#define KR_B(w)   ((w) >> 16 & 0xFF)
#define KR_C(w)   ((w) >> 24)
#define KR_BX(w)  ((w) >> 16)
#define KR_SBX(w) ((int16_t)((w) >> 16))
#define KR_SB(w)  ((int8_t)((w) >> 16))
#define KR_SC(w)  ((int8_t)((w) >> 24))
#define KR_SJ(w)  ((int32_t)(w) >> 8)

enum { // KrCode.flags; the low ones have CPython's values (co_flags)
    KR_CODE_OPTIMIZED = 1,
    KR_CODE_NEWLOCALS = 2,
    KR_CODE_VARARGS = 4,
    KR_CODE_VARKEYWORDS = 8,
    KR_CODE_NESTED = 16,
    KR_CODE_GENERATOR = 32,
    KR_CODE_COROUTINE = 128,
    KR_CODE_ITERABLE_COROUTINE = 256,
    KR_CODE_ASYNC_GENERATOR = 512,
    KR_CODE_FUTURE_ANNOTATIONS = 0x1000000,
    KR_CODE_ANY_GENERATOR = KR_CODE_GENERATOR | KR_CODE_COROUTINE | KR_CODE_ASYNC_GENERATOR,
    KR_CODE_PIECE = 1 << 25,     // a part of a module, for which no hook is told that code begins
    KR_CODE_DOCSTRING = 1 << 26, // the first constant is the docstring
    KR_CODE_MORE = 1 << 27,      // a part after which others come: nor that it ends
    KR_CODE_NAMESPACE = 1 << 28, // register 0 is the namespace
    KR_CODE_SIMPLE = 1 << 29,    // plain positional parameters, not a generator
    KR_CODE_CLEANUP = 1 << 30,   // has exception handlers: an unfinished generator must be closed
};

typedef struct { // of a range of instructions; the first entry that covers an instruction wins
    uint32_t start, end, target;
    uint16_t reg; // gets the exception; near registers above it hold nothing that the handler needs
    uint16_t unused;
} KrHandler;

// One place's memory: what it found last time, and how to tell that this still holds.
typedef struct {
    const void *guard; // shape, object
    uint32_t version;  // of a type or dict
    uint16_t kind, index;
    KrValue value;
} KrCache;

typedef struct {
    KrObject head;
    uint16_t count;
    bool running; // while some are given up: not these
    KrCache item[];
} KrCaches;

enum { KR_LOCAL_PARAM = 1, KR_LOCAL_CELL = 2 }; // local_kind

typedef struct { // a variable of an inlined comprehension: has a value in a range of instructions; the innermost comes last
    uint32_t start, end;
    uint16_t reg;
    uint16_t kind; // KR_LOCAL_CELL
} KrHidden;

struct KrCode {
    KrObject head;
    const KrInstr *instr;
    uint32_t instr_count;
    uint32_t flags;
    uint16_t nregs;   // registers, temporaries included; one spare for binding methods; more than 256: far ones
    uint16_t nparams; // registers of parameters: positional + keyword-only + *args + **kwargs
    uint16_t npos;    // positional parameters
    uint16_t nposonly;
    uint16_t nkwonly;
    uint16_t nlocals; // named registers
    uint16_t ncaches;
    uint32_t first_line;
    const KrHandler *handlers;
    uint32_t handler_count;
    const uint8_t *lines; // see kr_code_position
    uint32_t lines_len;
    KrCaches *caches; // made when the code first runs
    KrCache *cache;   // their items; NULL: there are none
    bool in_place;    // it may be called in the window that holds its arguments (once it was prepared)
    uint32_t quick;   // count of positional arguments with which the loop pushes the frame itself; KR_NOT_QUICK: never, or not yet
    KrValue consts;   // tuple
    KrValue names;    // tuple of interned str
    KrValue locals;   // tuple of names of registers
    const uint8_t *local_kinds;
    KrValue frees;        // tuple of names
    KrValue hidden_names; // tuple, parallel to hidden; None when there are none
    const KrHidden *hidden;
    KrValue name, qualname, filename;
    KrRaw *tables; // what the pointers above point into; NULL: read-only memory
};
typedef struct KrCode KrCode;

typedef struct {
    int32_t line, col, end_line, end_col; // -1: unknown; columns in UTF-8 bytes
} KrPosition;

enum {                    // INTRINSIC
    KR_INTRINSIC_TYPEVAR, // name, flags (1 bound, 2 constraints, 4 default) -> B: name, B+1: thunk of bound or unset, B+2: default thunk, B+3: kind
    KR_INTRINSIC_PARAMSPEC,
    KR_INTRINSIC_TYPEVARTUPLE,
    KR_INTRINSIC_TYPEALIAS,       // B: name, B+1: type params or None, B+2: thunk
    KR_INTRINSIC_GENERIC,         // Generic[*params]: B: tuple
    KR_INTRINSIC_SET_TYPE_PARAMS, // B: function, B+1: tuple; gives the function
    KR_INTRINSIC_PRINT,           // sys.displayhook(B)
    KR_INTRINSIC_CONSTRAINTS,     // TypeVar with constraints thunk: same layout as TYPEVAR
    KR_INTRINSIC_UNPACK,          // B: value, B+1: how many parts before a star, B+2: behind it, or -1: no star; a tuple of them
    KR_INTRINSIC_COUNT
};

extern const KrType kr_code_type, kr_caches_type;
extern const char *const kr_opcode_names[KR_OP_COUNT];
extern const char *const kr_opcode_operands[KR_OP_COUNT]; // letters
extern const uint8_t kr_opcode_words[KR_OP_COUNT];

enum {                       // operand B of CALLEX: what stands behind the callable
    KR_CALL_STAR = 1,        // after the plain arguments an iterable of further ones
    KR_CALL_DOUBLE_STAR = 2, // and after that a mapping of named ones
    KR_CALL_LEAD = 2,        // shift: the number of plain arguments
};
static inline unsigned kr_call_operands(unsigned how) {
    return (how >> KR_CALL_LEAD) + (how & KR_CALL_STAR ? 1 : 0) + (how & KR_CALL_DOUBLE_STAR ? 1 : 0);
}

// Locals that find no room among the near registers are far: they stand from register 256 on, behind all that a byte can name. After them
// stand temporaries of deep expressions. FARARGS, the first instruction of code with far locals, says how many are near.
static inline unsigned kr_code_far(const KrCode *code) { return code->nregs > 256 ? code->nregs - 256u : 0; } // how many registers
static inline unsigned kr_code_near(const KrCode *code) {                                                     // how many locals
    return kr_code_far(code) && (code->instr[0] & 0xFF) == KR_OP_FARARGS ? KR_BX(code->instr[0]) : code->nlocals;
}
static inline unsigned kr_code_local_register(const KrCode *code, unsigned local) { // of the local number `local`
    unsigned near = kr_code_near(code);
    return local < near ? local : 256 + (local - near);
}

// The tables of a code object lie side by side: instructions, handlers, hidden, lines, kinds of locals.
typedef struct {
    size_t instrs, handlers, hidden, lines, kinds; // how many of each
} KrCodeSizes;
size_t kr_code_tables_size(const KrCodeSizes *n);                               // in bytes
void kr_code_use_tables(KrCode *code, const KrCodeSizes *n, const uint8_t *at); // they are there
uint8_t *kr_code_new_tables(KrVm *vm, KrCode *code, const KrCodeSizes *n);      // to be filled; NULL: raised

KrCode *kr_code_new(KrVm *vm);
KrPosition kr_code_position(const KrCode *code, size_t at); // of the instruction at index `at`
// How many registers may be in use while the instruction before pc runs: a call's window is the last of them. Others: all.
// bound: the arguments have been copied to where the callee has them.
size_t kr_code_live_registers(const KrCode *code, const KrInstr *pc, const KrValue *base, bool bound);
#define KR_NOT_QUICK UINT32_MAX
bool kr_code_prepare(KrVm *vm, KrCode *code) KR_RAISES; // before it runs: makes the caches

typedef struct { // walks the line table
    const uint8_t *in, *end;
    uint32_t left; // words that position still holds for
    int32_t line;  // the next run's counts from it
    bool damaged;
    KrPosition position;
} KrPositions;
KrPositions kr_code_positions(const KrCode *code);
// The lines that are passed at the instruction: those that have none of their own, then its own line (-1: it has none). At most `room`.
size_t kr_code_lines_at(const KrCode *code, size_t at, int32_t *line, size_t room);
KrPosition kr_code_next_position(KrPositions *p); // of the next word; unknown behind the table
bool kr_code_next_run(KrPositions *p);            // to the next run, of p->left words; false: there is none, or it is damaged

// The line table has an entry for each run of words with one position: a byte, then numbers of seven bits a byte, low first. Bits of the byte:
//     0-2  words in the run; 0: their number follows. No words: a line that has no instruction is passed before the next run
//     3-4  line: as before, the next, 2: its distance from the one before follows (zigzag), 3: no position, nothing else follows
//     5    0: ends on the same line. 1: the distance to the line where it ends follows (zigzag)
// Then come the column + 1 and the end's column: its distance from the start on the same line, or the column + 1.
enum { KR_LINE_COUNT = 7, KR_LINE_SAME = 0, KR_LINE_NEXT = 8, KR_LINE_OTHER = 16, KR_LINE_NONE = 24, KR_LINE_LONG = 32 };
enum { KR_CODE_LINE_MAX = 0x3FFFFFFF }; // lines and columns fit an int of every target's value word

#endif
