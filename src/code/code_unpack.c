// code_unpack.c - makes a packed code file what it was: a range decoder, the odds of its symbols, and the grammar of its texts.
// SPDX-License-Identifier: MIT
#include "code/code_file.h"
#include "code/code_pack.h"

typedef struct {
    KrPacker walk; // first
    const KrPackModel *model;
    const uint8_t *in, *end;
    uint32_t range, code;
} Unpacker;

// 2 ** (n / 8), rounded down.
const uint16_t kr_pack_frequency[KR_PACK_FREQUENCIES] = {
    1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6, 7, 8, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 20, 22, 24,
    26, 29, 32, 34, 38, 41, 45, 49, 53, 58, 64, 69, 76, 82, 90, 98, 107, 117, 128, 139, 152, 165, 181, 197, 215, 234, 256, 279,
    304, 331, 362, 394, 430, 469, 512, 558, 608, 663, 724, 789, 861, 939, 1024, 1116, 1217, 1327, 1448, 1579, 1722, 1878, 2048,
    2233, 2435, 2655, 2896, 3158, 3444, 3756, 4096, 4466, 4870, 5311, 5792, 6316, 6888, 7512,
};

// ---- Symbols -------------------------------------------------------------------------------------------------------------------

static void take(Unpacker *u, uint32_t below, uint32_t size) {
    u->code -= below;
    u->range = size;
    while (u->range < 1u << 24) {
        u->range <<= 8;
        u->code = u->code << 8 | (u->in < u->end ? *u->in++ : 0);
    }
}

static uint32_t bits(KrPacker *p, unsigned count, uint32_t v) {
    Unpacker *u = (Unpacker *)(void *)p;
    uint32_t unit = u->range >> count;
    v = u->code / unit;
    if (v >> count) v = (1u << count) - 1; // in a damaged file alone
    take(u, v * unit, unit);
    return v;
}

// The place of the next symbol among those of the table.
static unsigned find(Unpacker *u, const KrPackTable *t, const uint8_t *entry) {
    uint32_t unit = u->range / t->total, target = u->code / unit, below = 0;
    unsigned i = 0;
    for (;; i++) {
        uint32_t frequency = kr_pack_frequency[entry[i * 2 + 1]];
        if (target < below + frequency || i + 1u == t->count) return take(u, below * unit, frequency * unit), i;
        below += frequency;
    }
}

// True: *out is the symbol. False: the table has no such symbol.
static bool from_table(Unpacker *u, unsigned table, bool complete, unsigned *out) {
    if (table == KR_PACK_NONE) return false;
    const KrPackTable *t = &u->model->table[table];
    const uint8_t *entry = u->model->entry + (size_t)t->first * 2;
    unsigned i = find(u, t, entry);
    return *out = entry[i * 2], complete || i + 1u < t->count;
}

static unsigned symbol(KrPacker *p, unsigned stream, unsigned c1, unsigned c2, unsigned v) {
    Unpacker *u = (Unpacker *)(void *)p;
    const KrPackModel *m = u->model;
    unsigned node = c1 < m->nodes_of[stream] ? m->node[m->node_of[stream] + c1] : (unsigned)KR_PACK_NONE;
    if (node != KR_PACK_NONE) {
        const KrPackNode *n = &m->nodes[node];
        const uint8_t *second = m->second + n->first, *at = n->count ? memchr(second, (int)c2, n->count) : NULL;
        if (at && from_table(u, m->second_table[n->first + (size_t)(at - second)], false, &v)) return v;
        if (from_table(u, n->table, false, &v)) return v;
    }
    (void)from_table(u, stream, true, &v); // the first tables are those of the streams
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

static size_t text(KrPacker *p, unsigned kind, size_t at, size_t len) {
    Unpacker *u = (Unpacker *)(void *)p;
    size_t start = at;
    (void)len;
    for (;;) {
        unsigned before = at == start ? 0 : p->file[at - 1];
        unsigned first = p->symbol(p, KR_PACK_TOKEN, before, at == start ? kind : kind + 3, 0);
        unsigned token = u->model->token[first] + (unsigned)kr_pack_value(p, KR_PACK_RANK, first, 0, 0);
        if (token >= u->model->token[256] || !expand(u, token, &at)) return at - start;
    }
}

// ---- Files ---------------------------------------------------------------------------------------------------------------------

static uint32_t number(Unpacker *u) {
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

static size_t put_number(uint8_t *to, uint32_t n) {
    size_t len = 0;
    for (; n > 127; n >>= 7) to[len++] = (uint8_t)(n | 128);
    return to[len++] = (uint8_t)n, len;
}

static void file_head(KrPacker *p, size_t start) {
    memset(p->file, 0, start);
    memcpy(p->file, KR_CODE_FILE_MAGIC, 4);
    set_word(p->file + 4, KR_CODE_FILE_VERSION);
    set_word(p->file + 12, (uint32_t)p->len);
    set_word(p->file + 20, (uint32_t)start);
    p->text_end = KR_CODE_FILE_HEADER + put_number(p->file + KR_CODE_FILE_HEADER, p->all);
    p->at = start;
}

// A packed file: its length, where the code begins, how many strings there are, the longest one's length (numbers), then what the range coder wrote.
KrRaw *kr_code_unpack(KrVm *vm, const KrPackModel *model, const uint8_t *packed, size_t len, size_t *file_len) {
    Unpacker u = { .walk = { .symbol = symbol, .bits = bits, .text = text }, .model = model, .in = packed, .end = packed + len };
    size_t size = number(&u), start = number(&u);
    u.walk.all = number(&u);
    u.walk.room = size + number(&u);
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
