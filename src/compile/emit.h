// emit.h - inside the emitter: tree with scopes -> register code. One KrUnit a code object.
//
// expr() computes a node into a given register; operand() gives a register that already holds it where it can (a local that is known to be
// bound), else a new temporary. Temporaries are a stack: who allocates restores unit->top. After a failure (compiler->failed, an exception
// is set) everything goes on harmlessly and the result is dropped.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_EMIT_H
#define KR_COMPILE_EMIT_H

#include "code/code.h"
#include "compile/compiler.h"
#include "compile/scope.h"
#include "krait.h"
#include "object/name_table.h"

typedef struct KrUnit KrUnit;

typedef struct {
    KrVm *vm;
    KrParser *parser;
    KrScopes scopes;
    KrArena arena;  // of the trees of a statement
    KrArena inside; // of its scopes
    KrValue filename;
    unsigned flags;
    KrPiece *piece; // NULL: all of the text becomes one code object
    bool failed;
    bool interactive;                                // expression statements print
    struct KrWaitingWarning *waiting, *last_waiting; // warnings of the checks, not given yet
    uint32_t depth;
    KrValue constants; // a list: KR_CONSTANT_OBJECT of a tree that Python made
} KrCompiler;

typedef struct { // a place to jump to; `chain` links the jumps that wait for it
    int64_t at;
    int64_t chain;
} KrLabel;
#define KR_LABEL \
    { -1, -1 }

typedef enum {
    KR_BLOCK_LOOP,
    KR_BLOCK_FINALLY,
    KR_BLOCK_WITH,
    KR_BLOCK_ASYNC_WITH,
    KR_BLOCK_HANDLER,
    KR_BLOCK_FINALLY_END,
    KR_BLOCK_POP
} KrBlockKind;

typedef struct KrBlock { // what break, continue and return have to leave
    KrBlockKind kind;
    struct KrBlock *outer;
    KrLabel *next, *exit; // LOOP: targets of continue and break
    KrSeq body;           // FINALLY
    KrNode *node;
    unsigned reg;       // WITH: bound __exit__; HANDLER: the previous handled exception
    const KrName *name; // HANDLER: `as name`
    uint32_t region;    // first instruction of the open protected region
    KrLabel *handler;   // protected: where exceptions go
    unsigned exc_reg;
    uint32_t region_slot; // handlers of inner blocks come before: see close_region
    unsigned base;        // KrUnit.base outside of it
} KrBlock;

#if KR_DEVICE
typedef uint16_t KrPlaceNumber; // what fits into its memory has fewer lines, and columns
#else
typedef uint32_t KrPlaceNumber;
#endif
typedef struct {
    KrPlaceNumber line, col, end_line, end_col;
} KrPlace;

#if KR_DEBUG_RANGES
typedef KrPlace KrKeptPlace; // what is kept of an instruction's place
static inline KrKeptPlace kr_place_keep(KrPlace place) { return place; }
static inline KrPlace kr_place_kept(KrKeptPlace place) { return place; }
#else
typedef struct {
    KrPlaceNumber line;
} KrKeptPlace;
static inline KrKeptPlace kr_place_keep(KrPlace place) { return (KrKeptPlace){ place.line }; }
static inline KrPlace kr_place_kept(KrKeptPlace place) { return (KrPlace){ place.line, 0, place.line, 0 }; }
#endif

typedef struct { // a line that has no instruction of its own, passed before the one at `at`
    uint32_t at;
    KrKeptPlace place;
} KrMark;

typedef struct KrInlined { // an inlined comprehension that is being emitted: where its own registers start
    struct KrInlined *outer;
    KrScope *scope;
    unsigned base;
} KrInlined;

typedef struct KrHiddenName { // a variable of an inlined comprehension, where it has a value
    struct KrHiddenName *next;
    const KrName *name; // mangled
    KrHidden where;
} KrHiddenName;

typedef struct {
    uint32_t start, end;
    KrLabel *label;
    uint32_t target;
    uint16_t reg;
    uint16_t depth;
} KrRegion;

struct KrUnit {
    KrUnit *parent;
    KrCompiler *c;
    KrScope *scope;
    KrArena *arena;
    KrInstr *code;
    KrKeptPlace *place; // parallel to code
    uint32_t len, room;
    uint32_t polled; // where the last poll between two statements is
    KrRegion *region;
    uint32_t region_len, region_room;
    KrPlace here;
    KrMark *mark; // by place
    uint32_t mark_len, mark_room;
    uint32_t joined; // where a jump leads last
    KrBlock *block;
    KrInlined *inlined;
    KrHiddenName *hidden, *hidden_last;
    uint32_t hidden_count;
    KrScope *inner;                                 // innermost scope: the unit's, or that of an inlined comprehension
    KrValue consts, const_index, names, name_index; // lists and dicts
    KrValue qualname;
    KrValue static_attributes; // class: list of names, or unset
    unsigned top, max;
    unsigned near; // locals with an own byte-sized register; the others are far
    // emit_far.c:
    bool far;                  // temporaries may go to far registers
    unsigned base;             // those below stay where they are: a handler, a loop or a comprehension relies on them
    unsigned far_top, far_max; // far temporaries in use, and the most that ever were
    uint8_t *written;          // by register: a temporary that holds something
    unsigned caches;
    unsigned no_names;                   // 1 + the constant that is an empty tuple, once there is one
    unsigned loops;                      // open loops
    uint8_t *bound;                      // by register: 1 surely bound here; 2: was used unchecked inside a loop
    uint8_t *deletable;                  // by register: some `del` or handler name unbinds it
    bool restart;                        // a register turned out to be deletable too late
    bool overflow;                       // ran out of registers
    unsigned class_cell, classdict_cell; // class: registers
};

// emit.c: instructions, constants, registers
void kr_emit_fail(KrCompiler *c);
uint32_t kr_emit_word(KrUnit *u, uint32_t word);
void kr_emit_expect(KrUnit *u, uint32_t text); // code for so many bytes of text is to come
void kr_emit(KrUnit *u, KrOpcode op, unsigned a, unsigned b, unsigned c);
void kr_emit_x(KrUnit *u, KrOpcode op, unsigned a, unsigned bx);
void kr_emit_named(KrUnit *u, KrOpcode op, unsigned a, unsigned b, KrValue name, bool cache);
void kr_emit_jump(KrUnit *u, KrLabel *to); // JMP, or LOOP when backwards
void kr_emit_branch(KrUnit *u, KrOpcode op, unsigned a, unsigned b, unsigned c, KrLabel *to);
void kr_emit_bind(KrUnit *u, KrLabel *label);
void kr_emit_head(KrUnit *u, KrLabel *label); // the same, for jumps that are yet to come
void kr_emit_load(KrUnit *u, KrValue constant, unsigned dst);
void kr_emit_special(KrUnit *u, unsigned number, unsigned dst);
void kr_emit_move(KrUnit *u, unsigned dst, unsigned src);
unsigned kr_emit_const(KrUnit *u, KrValue v);
unsigned kr_reg(KrUnit *u, unsigned count);
KrValue kr_name_value(KrCompiler *c, const KrName *name);
void kr_unit_begin(KrUnit *u, KrUnit *parent, KrCompiler *c, KrScope *scope, KrArena *arena);
KrValue kr_unit_finish(KrUnit *u, KrValue name, uint32_t first_line, uint32_t flags);
bool kr_unreachable(const KrUnit *u);

// emit_far.c: temporaries beyond what a byte can name
unsigned kr_far_put(KrUnit *u, unsigned reg); // into a new far register, whose number it gives; u->far_top frees it
void kr_far_get(KrUnit *u, unsigned reg, unsigned far);
void kr_far_note(KrUnit *u, KrOpcode op, unsigned a, unsigned b, unsigned c);
bool kr_far_wanted(const KrUnit *u, const KrNode *node);
void kr_far_expr(KrUnit *u, KrNode *node, unsigned dst, const KrNode *target);
void kr_far_stmt(KrUnit *u, KrNode *node);
void kr_far_unpack(KrUnit *u, unsigned tuple, uint32_t count, int star);
void kr_far_item(KrUnit *u, unsigned dst, unsigned tuple, uint32_t index);

// emit_line.c
void kr_place(KrUnit *u, const KrNode *node);
void kr_place_nowhere(KrUnit *u);
void kr_place_follow(KrUnit *u);
void kr_place_attribute(KrUnit *u, const KrNode *node, const KrNode *attribute, const KrName *name);
void kr_mark(KrUnit *u, const KrNode *node);
void kr_marks_settle(KrUnit *u);
void kr_marks_flush(KrUnit *u);
size_t kr_pack_lines(const KrUnit *u, uint8_t *data); // the line table, into data (NULL: nowhere); its length

// emit_name.c: variables
typedef enum { KR_LOAD, KR_STORE, KR_DELETE } KrAccess;
void kr_emit_name(KrUnit *u, const KrName *name, KrAccess access, unsigned reg); // mangles
int kr_local_operand(KrUnit *u, const KrName *name);                             // register that holds the name's value now, or -1
int kr_local_target(KrUnit *u, const KrName *name);                              // register to compute a new value into, or -1; then:
void kr_local_stored(KrUnit *u, unsigned reg);
void kr_emit_closure(KrUnit *u, KrScope *inner, unsigned dst, bool *any); // tuple of cells for inner's free variables

// emit_expression.c
void kr_expr(KrUnit *u, KrNode *node, unsigned dst);
void kr_expr_for(KrUnit *u, KrNode *node, unsigned dst, const KrNode *target);
void kr_tuple_items_at(KrUnit *u, KrNode *node, unsigned first);
unsigned kr_operand(KrUnit *u, KrNode *node);
void kr_jump_if(KrUnit *u, KrNode *node, bool sense, KrLabel *to);
bool kr_fold(KrUnit *u, KrNode *node, KrValue *out);
bool kr_has_walrus(const KrNode *node);
void kr_exprs(KrUnit *u, KrSeq seq, unsigned first);
void kr_build_sequence(KrUnit *u, KrSeq elts, KrOpcode op, unsigned dst);

bool kr_topmost(const KrUnit *u, unsigned dst);
unsigned kr_operand_in(KrUnit *u, KrNode *node, unsigned dst);
KrValue kr_attribute_name(KrUnit *u, const KrName *name);
bool kr_has_star(KrSeq seq);
void kr_add_items(KrUnit *u, KrSeq elts, unsigned into, bool set, unsigned callable);
enum { KR_CHUNK = 24 }; // items that a display puts into registers at once

// emit_call.c
void kr_emit_call(KrUnit *u, KrNode *node, unsigned dst);
void kr_emit_args(KrUnit *u, unsigned window, KrSeq args, KrSeq keywords, unsigned dst, bool method, unsigned extra);

// emit_comprehension.c
void kr_comprehension(KrUnit *u, KrNode *node, unsigned dst);

// emit_function.c
void kr_emit_function_def(KrUnit *u, KrNode *node);
void kr_emit_class_def(KrUnit *u, KrNode *node);
void kr_emit_lambda(KrUnit *u, KrNode *node, unsigned dst);
void kr_emit_type_alias(KrUnit *u, KrNode *node);
void kr_emit_make_function(KrUnit *u, KrValue code, KrScope *inner, unsigned window, unsigned flags);
KrValue kr_emit_body_code(KrUnit *u, KrScope *scope, void (*body)(KrUnit *, void *), void *arg, KrValue name, uint32_t line);

// emit_statement.c
void kr_stmt(KrUnit *u, KrNode *node);
void kr_stmts(KrUnit *u, KrSeq body);
void kr_assign(KrUnit *u, KrNode *target, unsigned src);
KrValue kr_docstring(KrUnit *u, KrSeq body);
KrValue kr_clean_doc(KrCompiler *c, const char *text, size_t len); // docstring.c
// The block of a definition, but for a docstring; later: its block is read again. Gives whether there is any statement.
bool kr_emit_body(KrUnit *u, KrSeq body, KrLaterBody *later, bool skip_doc);
bool kr_emit_later(KrUnit *u, KrLaterBody *later, bool skip_doc); // emit_later.c

// emit_try.c
void kr_emit_try(KrUnit *u, KrNode *node);
void kr_emit_star_handlers(KrUnit *u, KrTry *t, unsigned exc, KrLabel *end);
void kr_emit_bind_handler(KrUnit *u, KrLabel *handler);
void kr_unwind_end(KrUnit *u, KrBlock *until);
void kr_emit_with(KrUnit *u, KrNode *node, size_t item);
void kr_unwind(KrUnit *u, KrBlock *until, int keep_reg); // code that leaves the blocks up to `until`; a value in keep_reg survives
void kr_block_push(KrUnit *u, KrBlock *b, KrBlockKind kind, KrLabel *handler, unsigned exc_reg);
void kr_block_pop(KrUnit *u, KrBlock *b);
uint8_t *kr_bound_save(KrUnit *u);
void kr_bound_restore(KrUnit *u, const uint8_t *saved);
void kr_bound_meet(KrUnit *u, const uint8_t *other); // bound in both

// unparse.c
KrValue kr_annotation_text(KrUnit *u, const KrNode *node); // a str, for `from __future__ import annotations`

// emit_pattern.c
void kr_emit_match(KrUnit *u, KrNode *node);

#endif
