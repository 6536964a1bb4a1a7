// code_unpack.c - makes a packed code file what it was: a range decoder, the odds of its symbols, and the grammar of its texts.
// SPDX-License-Identifier: MIT
enum { PACKING = 0 }; // for the walk
#include "code/code_walk.h"

typedef struct {
    KrPacker walk; // first
    const KrPackModel *model;
    const uint8_t *in, *end;
    uint32_t range, code;
} Unpacker;

// 2 ** (n / 16), rounded down.
const uint16_t kr_pack_frequency[KR_PACK_FREQUENCIES] = {
    1,    1,    1,    1,    1,    1,    1,    1,    1,    1,    1,    1,    1,    1,    1,    1,    2,    2,    2,    2,    2,    2,
    2,    2,    2,    2,    3,    3,    3,    3,    3,    3,    4,    4,    4,    4,    4,    4,    5,    5,    5,    5,    6,    6,
    6,    7,    7,    7,    8,    8,    8,    9,    9,    9,    10,   10,   11,   11,   12,   12,   13,   14,   14,   15,   16,   16,
    17,   18,   19,   19,   20,   21,   22,   23,   24,   25,   26,   28,   29,   30,   32,   33,   34,   36,   38,   39,   41,   43,
    45,   47,   49,   51,   53,   56,   58,   61,   64,   66,   69,   72,   76,   79,   82,   86,   90,   94,   98,   103,  107,  112,
    117,  122,  128,  133,  139,  145,  152,  158,  165,  173,  181,  189,  197,  206,  215,  224,  234,  245,  256,  267,  279,  291,
    304,  317,  331,  346,  362,  378,  394,  412,  430,  449,  469,  490,  512,  534,  558,  583,  608,  635,  663,  693,  724,  756,
    789,  824,  861,  899,  939,  980,  1024, 1069, 1116, 1166, 1217, 1271, 1327, 1386, 1448, 1512, 1579, 1649, 1722, 1798, 1878, 1961,
    2048, 2138, 2233, 2332, 2435, 2543, 2655, 2773, 2896, 3024, 3158, 3298, 3444, 3596, 3756, 3922, 4096,
};

// ---- Symbols -------------------------------------------------------------------------------------------------------------------

static inline void take(Unpacker *u, uint32_t rest, uint32_t size) { // what is left of the code in a part of this size
    while (size < 1u << 24) {
        size <<= 8;
        rest = rest << 8 | (u->in < u->end ? *u->in++ : 0);
    }
    u->code = rest;
    u->range = size;
}

static uint32_t kr_pack_bits(KrPacker *p, unsigned count, uint32_t v) {
    Unpacker *u = (Unpacker *)(void *)p;
    uint32_t unit = u->range >> count;
    v = u->code / unit;
    if (v >> count) v = (1u << count) - 1; // in a damaged file alone
    take(u, u->code - v * unit, unit);
    return v;
}

// True: *out is the symbol. False: the table has no such symbol.
static inline bool from_table(Unpacker *u, unsigned table, unsigned *out) {
    const KrPackTable *t = &u->model->table[table];
    const uint8_t *entry = u->model->entry + (size_t)t->first * 2, *last = entry + ((t->count & ~(size_t)KR_PACK_COMPLETE) - 1) * 2;
    uint32_t unit = u->range >> KR_PACK_SCALE, rest = u->code, size = 0;
    for (; entry < last; entry += 2, rest -= size) {
        size = unit * kr_pack_frequency[entry[1]];
        if (rest < size) return take(u, rest, size), *out = entry[0], true;
    }
    if (size) take(u, rest, u->range - (u->code - rest)); // otherwise there is one symbol alone
    return *out = entry[0], t->count & KR_PACK_COMPLETE;
}

static unsigned kr_pack_symbol(KrPacker *p, unsigned stream, unsigned c1, unsigned c2, unsigned v) {
    Unpacker *u = (Unpacker *)(void *)p;
    const KrPackModel *m = u->model;
    unsigned node = c1 < m->nodes_of[stream] ? m->node[m->node_of[stream] + c1] : (unsigned)KR_PACK_NONE;
    if (node != KR_PACK_NONE) {
        const KrPackNode *n = &m->nodes[node];
        unsigned at = n->first, end = at + n->count;
        while (at < end && m->second[at] != c2) at++;
        if (at < end && from_table(u, m->second_table[at], &v)) return v;
        if (n->table != KR_PACK_NONE && from_table(u, n->table, &v)) return v;
    }
    (void)from_table(u, stream, &v); // the first tables are those of the streams
    return v;
}

// ---- Texts ---------------------------------------------------------------------------------------------------------------------

enum { DEPTH = 64, END = 256 };

// Writes what a token stands for. False: the text's end was in it.
static bool expand(Unpacker *u, unsigned token, size_t *at) {
    unsigned waiting[DEPTH], n = 0;
    for (;;) {
        const uint16_t *rule = u->model->rule[token];
        if (rule[0] != KR_PACK_NONE) {
            if (n < DEPTH) waiting[n++] = rule[1];
            token = rule[0];
            continue;
        }
        if (rule[1] == END || *at >= u->walk.room) return false;
        u->walk.file[(*at)++] = (uint8_t)rule[1];
        if (!n) return true;
        token = waiting[--n];
    }
}

static size_t kr_pack_text(KrPacker *p, unsigned kind, size_t at, size_t len) {
    Unpacker *u = (Unpacker *)(void *)p;
    size_t start = at;
    (void)len;
    for (;;) {
        unsigned before = at == start ? 0 : p->file[at - 1];
        unsigned first = kr_pack_symbol(p, KR_PACK_TOKEN, before, at == start ? kind : kind + 3, 0);
        unsigned token = u->model->token[first] + (unsigned)kr_pack_value(p, KR_PACK_RANK, first, kind, 0);
        if (token >= u->model->token[256] || !expand(u, token, &at)) return at - start;
    }
}

// ---- Files ---------------------------------------------------------------------------------------------------------------------

static uint32_t head_number(Unpacker *u) {
    uint32_t n = 0;
    for (unsigned shift = 0; shift < 32 && u->in < u->end; shift += 7) {
        uint8_t byte = *u->in++;
        n |= (uint32_t)(byte & 127) << shift;
        if (byte < 128) break;
    }
    return n;
}

static void set_word(uint8_t *to, uint32_t n) {
    for (unsigned i = 0; i < 4; i++) to[i] = (uint8_t)(n >> i * 8);
}

static void file_head(KrPacker *p, size_t start) {
    memset(p->file, 0, start);
    memcpy(p->file, KR_CODE_FILE_MAGIC, 4);
    set_word(p->file + 4, KR_CODE_FILE_VERSION);
    set_word(p->file + 12, (uint32_t)p->len);
    set_word(p->file + 20, (uint32_t)start);
    p->at = KR_CODE_FILE_HEADER;
    put_number(p, p->all);
    p->text_end = p->at;
    p->at = start;
}

// A packed file: its length, where the code begins, how many strings there are, the longest one's length (numbers), then what the range coder wrote.
KrRaw *kr_code_unpack(KrVm *vm, const KrPackModel *model, const uint8_t *packed, size_t len, bool apart, size_t *file_len) {
    Unpacker u = { .walk = { .apart = apart }, .model = model, .in = packed, .end = packed + len };
    size_t size = head_number(&u), start = head_number(&u);
    u.walk.all = head_number(&u);
    u.walk.room = size + head_number(&u);
    KrRaw *file = kr_raw_new(vm, u.walk.room + 1), *strings = file ? kr_raw_new(vm, (u.walk.all + 1) * sizeof(KrPackString)) : NULL;
    if (!strings) return NULL;
    u.walk.file = file->data;
    u.walk.len = size;
    u.walk.string = (KrPackString *)(void *)strings->data;
    file_head(&u.walk, start);
    u.range = UINT32_MAX;
    for (unsigned i = 0; i < 4; i++) u.code = u.code << 8 | (u.in < u.end ? *u.in++ : 0);
    if (kr_pack_walk(&u.walk) && u.walk.text_end <= start) return *file_len = size, file;
    (void)kr_raise(vm, &kr_import_error, "a module of the library cannot be unpacked");
    return NULL;
}
