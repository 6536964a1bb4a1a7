// code_walk.h - the walk over a code file, for the two files that include it: code_unpack.c and tools/pack.c. Packing reads the file and tells each
// part; unpacking is told, and writes. Each function does both: what is read is written again, unchanged.
//
// That file says which it is (the constant PACKING), and has the three functions that are declared below: unpacking is nothing but calls of them.
// SPDX-License-Identifier: MIT
#ifndef KR_CODE_CODE_WALK_H
#define KR_CODE_CODE_WALK_H

#include "code/code_file.h"
#include "code/code_pack.h"

// A symbol of a stream; it and the contexts are below 256. Packing takes v; unpacking gives it.
static unsigned kr_pack_symbol(KrPacker *p, unsigned stream, unsigned c1, unsigned c2, unsigned v);
static uint32_t kr_pack_bits(KrPacker *p, unsigned count, uint32_t v); // at most 16, each as likely as the other
// Packing takes file[at], len bytes; unpacking writes it, and gives its length.
static size_t kr_pack_text(KrPacker *p, unsigned kind, size_t at, size_t len);

// ---- Numbers -------------------------------------------------------------------------------------------------------------------

// Below 16: a symbol. Others: their length and the bit below the first are a symbol, the rest follows as it is.
static uint64_t kr_pack_value(KrPacker *p, unsigned stream, unsigned c1, unsigned c2, uint64_t v) {
    unsigned bits = 0, symbol = (unsigned)v;
    if (PACKING && v > 15) {
        while (bits < 64 && v >> bits) bits++;
        symbol = 16 + (bits - 5) * 2 + (v >> (bits - 2) & 1);
    }
    symbol = kr_pack_symbol(p, stream, c1, c2, symbol);
    if (symbol < 16) return symbol;
    uint64_t out = 2 + ((symbol - 16) & 1);
    for (unsigned left = (symbol - 16) / 2 + 3; left;) {
        unsigned n = left < 16 ? left : 16;
        left -= n;
        out = out << n | kr_pack_bits(p, n, (uint32_t)(v >> left & ((1u << n) - 1)));
    }
    return out;
}

static uint64_t zigzag(int64_t n) { return (uint64_t)n << 1 ^ (uint64_t)(n >> 63); }
static int64_t unzigzag(uint64_t n) { return (int64_t)(n >> 1 ^ -(n & 1)); }

static int64_t signed_value(KrPacker *p, unsigned stream, unsigned c1, unsigned c2, int64_t v) {
    return unzigzag(kr_pack_value(p, stream, c1, c2, zigzag(v)));
}

// ---- The file ------------------------------------------------------------------------------------------------------------------

static uint8_t peek(const KrPacker *p, size_t at) { return at < p->len ? p->file[at] : 0; }
static void put(KrPacker *p, uint64_t byte) {
    if (p->at < p->len) p->file[p->at] = (uint8_t)byte;
    p->at++;
}

static unsigned byte(KrPacker *p, unsigned stream, unsigned c1, unsigned c2) {
    unsigned v = kr_pack_symbol(p, stream, c1, c2, PACKING ? peek(p, p->at) : 0);
    return put(p, v), v;
}

static uint64_t read_number(const KrPacker *p) { // seven bits a byte, low first
    uint64_t n = 0;
    for (size_t at = p->at, shift = 0; PACKING && shift < 64; at++, shift += 7) {
        n |= (uint64_t)(peek(p, at) & 127) << shift;
        if (peek(p, at) < 128) break;
    }
    return n;
}

static void put_number(KrPacker *p, uint64_t n) {
    for (; n > 127; n >>= 7) put(p, n | 128);
    put(p, n);
}

static uint64_t number(KrPacker *p, unsigned stream, unsigned c1, unsigned c2) {
    uint64_t n = kr_pack_value(p, stream, c1, c2, read_number(p));
    return put_number(p, n), n;
}

static uint32_t read_word(const KrPacker *p) {
    if (!PACKING) return 0;
    return peek(p, p->at) | (uint32_t)peek(p, p->at + 1) << 8 | (uint32_t)peek(p, p->at + 2) << 16 | (uint32_t)peek(p, p->at + 3) << 24;
}

static void put_word(KrPacker *p, uint32_t n) {
    if (p->len - p->at >= 4)
        for (unsigned i = 0; i < 4; i++) p->file[p->at + i] = (uint8_t)(n >> i * 8);
    p->at += 4;
}

static void align(KrPacker *p) {
    while (p->at & 3) put(p, 0);
}

// ---- Strings -------------------------------------------------------------------------------------------------------------------

typedef enum { JOINED, NESTED, SAME, OTHER, OLD } Qualname; // parent.name, parent.<locals>.name, name, neither, a string that was used

static const char *const between[] = { ".", ".<locals>." };

// Composes what a qualified name would be at file[at], if there is room; its length.
static size_t compose(KrPacker *p, size_t at, const KrPackString *parent, const KrPackString *name, Qualname how) {
    size_t dots = strlen(between[how]), len = parent->len + dots + name->len;
    if (at + len > p->room) return 0;
    memcpy(p->file + at, p->file + parent->at, parent->len);
    memcpy(p->file + at + parent->len, between[how], dots);
    memcpy(p->file + at + parent->len + dots, p->file + name->at, name->len);
    return len;
}

static bool is_composed(const KrPacker *p, const KrPackString *s, const KrPackString *parent, const KrPackString *name, Qualname how) {
    size_t dots = strlen(between[how]);
    const uint8_t *text = p->file + s->at;
    return s->len == parent->len + dots + name->len && memcmp(text, p->file + parent->at, parent->len) == 0 &&
           memcmp(text + parent->len, between[how], dots) == 0 && memcmp(text + parent->len + dots, p->file + name->at, name->len) == 0;
}

// Unpacking: the text of the new string stands behind the file.
static void append(KrPacker *p, KrPackString *s, size_t len) {
    size_t place = p->at;
    p->at = p->text_end;
    put_number(p, (uint64_t)len << 1 | s->interned);
    if (p->at + len > p->len) len = 0;
    memcpy(p->file + p->at, p->file + p->len, len);
    s->at = (uint32_t)p->at;
    s->len = (uint32_t)len;
    p->text_end = p->at + len;
    p->at = place;
}

// The string at this place of the row of those used last becomes the first of them.
static void to_front(KrPacker *p, uint32_t place) {
    uint32_t i = p->string[place].recent;
    for (; place; place--) p->string[place].recent = p->string[place - 1].recent;
    p->string[0].recent = i;
}

static uint32_t new_string(KrPacker *p, unsigned kind, Qualname how, uint32_t parent, uint32_t name) {
    if (p->seen == p->all) return 0;
    KrPackString *s = &p->string[p->seen];
    s->interned = kr_pack_symbol(p, KR_PACK_INTERNED, kind, 0, s->interned);
    size_t at = PACKING ? s->at : p->len;
    size_t len = s->len;
    if (how >= SAME) len = kr_pack_text(p, kind, at, len);
    else if (!PACKING) len = compose(p, at, &p->string[parent], &p->string[name], how);
    if (!PACKING) append(p, s, len);
    p->string[p->seen].recent = p->seen;
    to_front(p, p->seen);
    return p->seen++;
}

// How many other strings were used since string i was, + 1; unpacking: the string for that.
static uint32_t old_string(KrPacker *p, unsigned context, uint32_t i) {
    uint32_t back = 0;
    while (PACKING && back < p->seen && p->string[back].recent != i) back++;
    return (uint32_t)kr_pack_value(p, KR_PACK_STRING, context, 0, PACKING && back < p->seen ? back + 1 : 0);
}

static uint32_t used_again(KrPacker *p, uint32_t back) {
    if (!back || back > p->seen) return 0;
    uint32_t i = p->string[back - 1].recent;
    to_front(p, back - 1);
    return i;
}

// A number of a string: how long ago it was used, or 0 and its text.
static uint32_t string(KrPacker *p, unsigned kind, unsigned context) {
    uint32_t back = old_string(p, context, (uint32_t)read_number(p));
    uint32_t i = back ? used_again(p, back) : new_string(p, kind, OTHER, 0, 0);
    put_number(p, i);
    return i;
}

static Qualname how_made(const KrPacker *p, uint32_t i, uint32_t parent, uint32_t name) {
    if (!PACKING || i == name) return SAME;
    if (i != p->seen) return OLD;
    const KrPackString *s = &p->string[i];
    for (Qualname how = JOINED; how < SAME; how++)
        if (is_composed(p, s, &p->string[parent], &p->string[name], how)) return how;
    return OTHER;
}

static uint32_t qualname(KrPacker *p, uint32_t parent, uint32_t name) {
    uint32_t i = (uint32_t)read_number(p);
    Qualname how = kr_pack_symbol(p, KR_PACK_QUALNAME, 0, 0, how_made(p, i, parent, name));
    if (how == SAME) i = name;
    else if (how == OLD) i = used_again(p, old_string(p, 255, i));
    else i = new_string(p, KR_PACK_NAMES, how, parent, name);
    put_number(p, i);
    return i;
}

static uint32_t filename(KrPacker *p) { // nearly always that of the module
    uint32_t i = (uint32_t)read_number(p);
    bool other = p->filename == UINT32_MAX || kr_pack_symbol(p, KR_PACK_QUALNAME, 1, 0, PACKING && i != p->filename);
    if (other) return p->filename = string(p, KR_PACK_TEXTS, 254);
    put_number(p, p->filename);
    return p->filename;
}

// ---- Instructions --------------------------------------------------------------------------------------------------------------

typedef struct {
    unsigned before, earlier;         // opcodes
    unsigned written;                 // register
    unsigned last;                    // distance of the register before, in this instruction
    unsigned cached;                  // opcode of the last cache
    int64_t constants, names, caches; // first numbers that were not used yet
} Trail;

static uint32_t counted(KrPacker *p, unsigned stream, unsigned c1, int64_t *next,
                        uint32_t v) { // mostly the next of its kind, or one before it
    int64_t n = *next - signed_value(p, stream, c1, 0, *next - (int64_t)v);
    if (n >= *next) *next = n + 1;
    return (uint32_t)n;
}

// Behind the cache of the instruction before, which may have more than one.
enum { NO_CACHE = 14, ANY_CACHE };
static uint32_t cache(KrPacker *p, unsigned op, Trail *t, uint32_t v) {
    int64_t step = (int64_t)v - t->caches;
    unsigned how = kr_pack_symbol(p, KR_PACK_CACHE, op, t->cached,
                                  step >= 0 && step < NO_CACHE ? (unsigned)step
                                  : v == 0xFFFF                ? NO_CACHE
                                                               : ANY_CACHE);
    if (how == NO_CACHE) return 0xFFFF;
    v = how < NO_CACHE ? (uint32_t)t->caches + how : (uint32_t)kr_pack_value(p, KR_PACK_CACHE_NUMBER, op, 0, v);
    t->caches = (int64_t)v + 1;
    t->cached = op;
    return v;
}

// One of the three bytes behind the opcode.
static uint32_t operand(KrPacker *p, unsigned op, char letter, unsigned place, Trail *t, uint32_t v) {
    if (letter == '.') return 0;
    if (letter != 'r' && letter != 'w' && letter != 'm') return kr_pack_symbol(p, KR_PACK_FIELD_A + place, op, 0, v);
    unsigned distance = kr_pack_symbol(p, KR_PACK_REGISTER_A + place, op, place ? t->last : t->before, (v - t->written) & 255);
    t->last = distance;
    return (distance + t->written) & 255;
}

static uint32_t second_word(KrPacker *p, unsigned op, char letter, Trail *t, uint32_t v) {
    uint32_t high;
    switch (letter) {
    case 'N': high = cache(p, op, t, v >> 16); return counted(p, KR_PACK_NAME, op, &t->names, v & 0xFFFF) | high << 16;
    case 'x': return counted(p, KR_PACK_CONSTANT, op, &t->constants, v);
    case 'j': return (uint32_t)signed_value(p, KR_PACK_JUMP, op, 0, (int32_t)v);
    default: return (uint32_t)kr_pack_value(p, KR_PACK_FIELD, op, 1, v);
    }
}

static uint32_t first_word(KrPacker *p, unsigned op, const char *letters, Trail *t, uint32_t v) {
    uint32_t out = op;
    if (*letters == 'J') return op | (uint32_t)signed_value(p, KR_PACK_JUMP, op, 0, (int32_t)v >> 8) << 8;
    for (unsigned i = 0; i < 3 && letters[i]; i++) {
        unsigned shift = 8 + i * 8;
        char c = letters[i];
        if (c == 'K') return out | counted(p, KR_PACK_CONSTANT, op, &t->constants, v >> 16) << 16;
        if (c == 'I') return out | (uint32_t)signed_value(p, KR_PACK_FIELD, op, 0, (int16_t)(v >> 16)) << 16;
        if (c == 'R' || c == 'F') return out | (uint32_t)kr_pack_value(p, KR_PACK_FIELD, op, 0, v >> 16) << 16;
        if (c == 'm' && letters[i + 1] == 'n') { // how many there are tells where they begin, counted back from the last
            t->last = kr_pack_symbol(p, KR_PACK_FIELD_A + i + 1, op, t->before, v >> (shift + 8) & 255);
            out |= (uint32_t)t->last << (shift + 8);
            unsigned distance = kr_pack_symbol(p, KR_PACK_REGISTER_A + i, op, t->last, ((v >> shift) - t->written) & 255);
            out |= ((distance + t->written) & 255) << shift;
            i++;
            continue;
        }
        out |= operand(p, op, c, i, t, v >> shift & 255) << shift;
    }
    return out;
}

static void follow(Trail *t, unsigned op, uint32_t word) {
    const char *letters = kr_opcode_operands[op];
    for (unsigned i = 0; i < 3 && letters[i]; i++) {
        if (letters[i] >= 'A' && letters[i] <= 'Z') break;
        if (letters[i] == 'w') t->written = word >> (8 + i * 8) & 255;
    }
    t->earlier = t->before;
    t->before = op;
}

static void instructions(KrPacker *p, uint64_t count) {
    Trail t = { 0 };
    for (uint64_t i = 0; i < count && p->at < p->len; i++) {
        uint32_t v = read_word(p);
        unsigned op = kr_pack_symbol(p, KR_PACK_OPCODE, t.before, t.earlier, v & 255);
        if (op >= KR_OP_COUNT) op = 0;
        const char *letters = kr_opcode_operands[op];
        t.last = 0;
        uint32_t word = first_word(p, op, letters, &t, v);
        put_word(p, word);
        follow(&t, op, word);
        if (kr_opcode_words[op] < 2) continue;
        put_word(p, second_word(p, op, letters[strlen(letters) - 1], &t, read_word(p)));
        i++;
    }
}

// ---- Other tables --------------------------------------------------------------------------------------------------------------

static void handlers(KrPacker *p, uint64_t count) { // start, end, target, register
    uint32_t n[4] = { 0 };
    for (uint64_t i = 0; i < count && p->at < p->len; i++) {
        for (unsigned k = 0; k < 4; k++) {
            uint32_t base = k == 3 ? 0 : k ? n[k - 1] : n[0];
            n[k] = (uint32_t)(base + signed_value(p, KR_PACK_HANDLER, k, 0, (int64_t)read_word(p) - base));
            put_word(p, n[k]);
        }
    }
}

static void hidden(KrPacker *p, uint64_t count) {
    for (uint64_t i = 0; i < count * 3 && p->at < p->len; i++)
        put_word(p, (uint32_t)kr_pack_value(p, KR_PACK_HIDDEN, i % 3, 0, read_word(p)));
}

// The table counts its first line from 0: it is mostly near the one that the code begins with.
static void lines(KrPacker *p, uint64_t len, int64_t first) {
    size_t end = p->at + (size_t)len;
    for (unsigned before = 0; p->at < end && p->at < p->len;) {
        unsigned head = byte(p, KR_PACK_LINE, before, 0);
        before = head;
        if (!(head & KR_LINE_COUNT)) (void)number(p, KR_PACK_LINE_COUNT, 0, 0);
        if ((head & KR_LINE_NONE) == KR_LINE_NONE) continue;
        if ((head & KR_LINE_NONE) == KR_LINE_OTHER) {
            int64_t step = signed_value(p, KR_PACK_LINE_STEP, first ? 2 : 0, 0, unzigzag(read_number(p)) - first);
            put_number(p, zigzag(step + first));
            first = 0;
        }
        if (head & KR_LINE_LONG) (void)number(p, KR_PACK_LINE_STEP, 1, 0);
        (void)number(p, KR_PACK_LINE_COLUMN, 0, 0);
        (void)number(p, KR_PACK_LINE_COLUMN, 1, 0);
    }
}

static void bytes(KrPacker *p, unsigned stream, uint64_t len) { // the one before tells most of the next
    unsigned before = 0;
    for (uint64_t i = 0; i < len && p->at < p->len; i++) before = byte(p, stream, before, 0);
}

// ---- Code objects --------------------------------------------------------------------------------------------------------------

static void code(KrPacker *p, uint32_t parent, unsigned depth);

static unsigned constant(KrPacker *p, uint32_t qual, unsigned before, unsigned where, unsigned depth) {
    unsigned tag = byte(p, KR_PACK_TAG, before, where);
    uint64_t n;
    switch (tag) {
    case KR_TAG_INT: (void)number(p, KR_PACK_INT, 0, 0); break;
    case KR_TAG_BIG_INT:
        n = number(p, KR_PACK_LENGTH, 0, 0);
        bytes(p, KR_PACK_BYTE, n >> 1);
        break;
    case KR_TAG_FLOAT: bytes(p, KR_PACK_BYTE, 8); break;
    case KR_TAG_COMPLEX: bytes(p, KR_PACK_BYTE, 16); break;
    case KR_TAG_STR: (void)string(p, where == 1 ? KR_PACK_DOCS : KR_PACK_TEXTS, 16 + where); break;
    case KR_TAG_BYTES:
        n = number(p, KR_PACK_LENGTH, 1, 0);
        bytes(p, KR_PACK_BYTE, n);
        break;
    case KR_TAG_TUPLE:
    case KR_TAG_FROZENSET:
        n = number(p, KR_PACK_LENGTH, 2, 0);
        for (unsigned last = tag; n && p->at < p->len && depth; n--) last = constant(p, qual, last, 2, depth - 1);
        break;
    case KR_TAG_CODE: code(p, qual, depth); break;
    default: break;
    }
    return tag;
}

enum { FLAGS, REGISTERS, PARAMETERS, LOCALS = 6, CACHES, FIRST, NAMES = 9, FREES, HIDDEN, CONSTANTS, WORDS, HANDLERS, LINES, HEADS };

// Which of the numbers before it tells most about each.
static const uint8_t relative[HEADS] = { 0,          0,      REGISTERS, PARAMETERS, PARAMETERS, PARAMETERS, PARAMETERS, REGISTERS,
                                         PARAMETERS, CACHES, LOCALS,    0,          NAMES,      CACHES,     HIDDEN,     WORDS };

static uint64_t flags(KrPacker *p) {
    uint64_t n = read_number(p), out = 0;
    for (unsigned i = 0; i < 4; i++) out |= (uint64_t)kr_pack_symbol(p, KR_PACK_HEAD, 16 + i, 0, n >> i * 8 & 255) << i * 8;
    return put_number(p, out), out;
}

static uint64_t first_line(KrPacker *p) { // counted from that of the code before
    p->line += signed_value(p, KR_PACK_HEAD, FIRST, 0, (int64_t)read_number(p) - p->line);
    return put_number(p, (uint64_t)p->line), (uint64_t)p->line;
}

static void code(KrPacker *p, uint32_t parent, unsigned depth) {
    uint64_t n[HEADS];
    if (!depth) return;
    n[FLAGS] = flags(p);
    for (unsigned i = REGISTERS; i < HEADS; i++) {
        uint64_t like = i == REGISTERS ? n[FLAGS] >> 4 & 15 : i == LINES ? n[WORDS] / 4 : n[(unsigned)relative[i]];
        if (i != FIRST) n[i] = number(p, KR_PACK_HEAD, i, like < 255 ? (unsigned)like : 255);
        else n[i] = first_line(p);
    }
    uint32_t name = string(p, KR_PACK_NAMES, 0), qual = qualname(p, parent, name);
    (void)filename(p);
    for (uint64_t i = 0; i < n[LOCALS] && p->at < p->len; i++) (void)string(p, KR_PACK_NAMES, 1);
    for (uint64_t i = 0; i < n[NAMES] && p->at < p->len; i++) (void)string(p, KR_PACK_NAMES, 2);
    for (uint64_t i = 0; i < n[FREES] + n[HIDDEN] && p->at < p->len; i++) (void)string(p, KR_PACK_NAMES, 3);
    bool doc = (n[FLAGS] >> 4 | n[FLAGS] << 28) & KR_CODE_DOCSTRING;
    unsigned before = 0;
    for (uint64_t i = 0; i < n[CONSTANTS] && p->at < p->len; i++) before = constant(p, qual, before, doc && !i, depth - 1);
    if (p->apart) return;
    align(p);
    instructions(p, n[WORDS]);
    handlers(p, n[HANDLERS]);
    hidden(p, n[HIDDEN]);
    lines(p, n[LINES], (int64_t)n[FIRST]);
    bytes(p, KR_PACK_KIND, n[LOCALS]);
}

// Unpacking: the file has its length, its number of strings and where the code begins. False: what is told does not fit.
static bool kr_pack_walk(KrPacker *p) {
    p->filename = UINT32_MAX;
    code(p, 0, KR_CODE_FILE_NESTING);
    return p->at == p->len && p->seen == p->all;
}

#endif
