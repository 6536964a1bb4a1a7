// re_program.h - a compiled regular expression: what re_compile.c writes and re_match.c runs, and the tree that re_parse.c makes of the text.
//
// A program is an array of words. An instruction is a word (operation, and a mode above bit 8) with its operands behind it; the operand
// `next` is the number of a word in the program.
// SPDX-License-Identifier: MIT
#ifndef KR_RE_PROGRAM_H
#define KR_RE_PROGRAM_H

#include "krait.h"

enum { // flags, as the re module has them
    KR_RE_IGNORECASE = 2,
    KR_RE_LOCALE = 4,
    KR_RE_MULTILINE = 8,
    KR_RE_DOTALL = 16,
    KR_RE_UNICODE = 32,
    KR_RE_VERBOSE = 64,
    KR_RE_DEBUG = 128,
    KR_RE_ASCII = 256,
};
#define KR_RE_FOREVER   UINT32_MAX        // no upper bound of a repetition
#define KR_RE_GROUP_MAX (UINT32_MAX >> 2) // more groups than fit in memory
#define KR_RE_NOWHERE   SIZE_MAX          // a position that is not set

// ---- The tree ------------------------------------------------------------------------------------------------------------------

typedef enum {
    KR_RE_LITERAL,     // a: character
    KR_RE_NOT_LITERAL, // a: character
    KR_RE_ANY,         // .
    KR_RE_IN,          // a: first word of the set in `sets`, b: words; mode 1: all but these
    KR_RE_AT,          // a: KrReAt
    KR_RE_GROUP,       // a: its number, 0: none; child
    KR_RE_BRANCH,      // child: first KR_RE_ALTERNATIVE
    KR_RE_ALTERNATIVE, // child
    KR_RE_REPEAT,      // a: least, b: most, mode: KrReGreed; child
    KR_RE_LOOK,        // mode: 1 behind, 2 negative; child
    KR_RE_ATOMIC,      // child
    KR_RE_BACK,        // a: group
    KR_RE_IF,          // a: group; child: KR_RE_ALTERNATIVE for yes, then one for no
    KR_RE_FAIL,        // (?!)
} KrReNodeType;

typedef enum { KR_RE_GREEDY, KR_RE_LAZY, KR_RE_POSSESSIVE } KrReGreed;
typedef enum { KR_RE_AT_START, KR_RE_AT_LINE, KR_RE_AT_END, KR_RE_AT_LINE_END, KR_RE_AT_VERY_END, KR_RE_AT_EDGE, KR_RE_AT_NO_EDGE } KrReAt;

typedef struct {
    uint8_t type, mode;
    uint16_t flags; // KR_RE_ flags in effect there
    uint32_t a, b;
    int32_t child, next; // the first node inside, the one behind; -1: none
} KrReNode;

// A set is a row of items: a word with the kind, then its operands. Categories: bit 0 negates.
enum { KR_RE_RANGE, KR_RE_CATEGORY }; // RANGE low high; CATEGORY which
enum { KR_RE_DIGIT = 0, KR_RE_SPACE = 2, KR_RE_WORD = 4 };

typedef struct {
    bool closed;
    uint32_t least, most; // characters that it matches
} KrReGroup;

typedef struct {
    KrVm *vm;
    KrValue module, pattern; // module: its attribute `error` is the exception
    const char *data;
    size_t len;
    bool text; // else bytes
    // The token that comes next: a character, or a backslash with the one behind it.
    size_t at, after;
    uint32_t first, second;
    KrReNode *node;
    size_t nodes, node_room;
    uint32_t *set;
    size_t sets, set_room;
    KrReGroup *group;
    size_t groups, group_room; // groups: with number 0
    KrValue names;             // dict: name -> number
    uint32_t flags;
    uint32_t behind;                     // groups when the outermost look-behind began; UINT32_MAX: not in one
    uint32_t forward[64], forward_count; // groups named by conditions before they were seen
    size_t forward_at[64];
} KrReParser;

bool kr_re_parse(KrReParser *p, int32_t *root) KR_RAISES;
// Raises re.error; the place is `back` characters before the next token. KR_RE_NOWHERE: about the pattern as a whole.
KrValue kr_re_error(KrReParser *p, size_t back, const char *format, ...);
void kr_re_width(const KrReParser *p, int32_t list, uint32_t *least, uint32_t *most);
bool kr_re_grow(KrVm *vm, void **items, size_t *room, size_t count, size_t size) KR_RAISES; // room for count + 1 items of `size`

// ---- The program ---------------------------------------------------------------------------------------------------------------

typedef enum {
    KR_RE_OP_MATCH,
    KR_RE_OP_CHAR,       // character
    KR_RE_OP_NOT_CHAR,   // character
    KR_RE_OP_CHAR_CASE,  // character in lower case; mode: KrReCase
    KR_RE_OP_ANY,        // all but a newline
    KR_RE_OP_ALL,        // any character
    KR_RE_OP_SET,        // set; mode: KrReCase
    KR_RE_OP_AT,         // KrReAt; mode: 1 with Unicode's letters
    KR_RE_OP_JUMP,       // next
    KR_RE_OP_SPLIT,      // what is tried first, what is tried then; place
    KR_RE_OP_SAVE,       // register
    KR_RE_OP_RUN,        // mode: KrReGreed; least, most, next; place; behind it the instruction for one character
    KR_RE_OP_LOOP_BEGIN, // register of the counter; behind it that of the position
    KR_RE_OP_LOOP,       // mode: KrReGreed; register, least, most, next; place; behind it the body
    KR_RE_OP_CUT,        // next: where KR_RE_OP_CUT_END is
    KR_RE_OP_LOOK,       // mode: 1 behind, 2 negative; characters to go back, next: behind KR_RE_OP_CUT_END
    KR_RE_OP_CUT_END,
    KR_RE_OP_BACK, // group; mode: KrReCase
    KR_RE_OP_IF,   // group, next: if it did not match
    KR_RE_OP_FAIL,
} KrReOp;

// A place, where a match can go on in several ways, is three words: its number and the registers of up to two counters, 0 for none.
enum { KR_RE_RUN_ITEM = 7, KR_RE_LOOP_BODY = 8 };

typedef enum { KR_RE_CASE, KR_RE_CASE_ASCII, KR_RE_CASE_UNICODE } KrReCase; // KR_RE_CASE: as it is

// A set in the program: negated (0 or 1), number of ranges, number of categories, a bit for each character below 256 (after case and
// negation), the ranges in order, the categories (bit 3: Unicode's).
enum {
    KR_RE_SET_NEGATED,
    KR_RE_SET_RANGES,
    KR_RE_SET_CATEGORIES,
    KR_RE_SET_BITS,
    KR_RE_SET_ITEMS = KR_RE_SET_BITS + 8,
    KR_RE_UNICODE_CATEGORY = 8
};

typedef struct {
    KrObject head;
    KrValue pattern;          // str, bytes or another buffer
    KrValue names, numbered;  // dict: name -> number; tuple: number -> name or None
    KrValue template, pieces; // the last replacement text, and what it means (see re_matched.c)
    uint32_t flags, groups;   // groups: without number 0
    bool text;
    bool memo; // the same place at the same position always ends alike
    uint32_t registers, places;
    uint32_t prefix_len; // bytes that every match begins with
    bool first_known;    // `first` holds what bytes a match can begin with
    uint8_t first[32];
    uint8_t prefix[32];
    KrValue program;      // bytes
    const uint32_t *code; // its words
    size_t words;
} KrRePattern;

extern const KrType kr_re_pattern_type, kr_re_match_type, kr_re_scanner_type;

bool kr_re_emit(KrReParser *p, int32_t root, KrRePattern *pattern) KR_RAISES;

// Whether a character is in a category, or in a set of a program.
bool kr_re_in_category(uint32_t category, uint32_t cp);
bool kr_re_in_set(const uint32_t *set, uint32_t cp);
uint32_t kr_re_lower(uint32_t cp, KrReCase how);
// The other small letters that have the same capital: 0 to 3 of them.
size_t kr_re_same_capital(uint32_t cp, uint32_t *out);

// ---- Matching ------------------------------------------------------------------------------------------------------------------

typedef struct { // what is searched
    const char *data;
    size_t end; // bytes; endpos
    bool text;
    KrValue object;
    KrBuffer buffer; // of bytes
    bool held;
} KrReSubject;

typedef enum { KR_RE_SEARCH, KR_RE_MATCH, KR_RE_FULLMATCH } KrReHow;

// Registers: 2 * g and 2 * g + 1 are the ends of group g in bytes, the one at 2 * (groups + 1) the number of the last group closed.
// *found is false when there is none. advance: a match at `from` must not be empty.
bool kr_re_run(KrVm *vm, const KrRePattern *p, const KrReSubject *s, size_t from, KrReHow how, bool advance, size_t *registers,
               bool *found) KR_RAISES;

#endif
