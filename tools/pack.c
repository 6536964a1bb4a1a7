// pack.c - packs code files: walks over each for its texts, then for its symbols, then writes them with a range coder; and unpacks the result, which
// has to be the same again.
// SPDX-License-Identifier: MIT
#include "pack.h"

#include <stdlib.h>
#include <string.h>

enum { PACKING = 1 }; // for the walk
#include "code/code_walk.h"

typedef enum { COLLECT, COUNT, WRITE } Pass; // texts; symbols; into out

typedef struct {
    KrPacker walk; // first
    Pass pass;
    PackTexts *texts;
    PackOdds *odds;
    PackBytes *out;
    uint64_t low;
    uint32_t range;
    uint8_t held; // the byte before, and how many of 255 behind it: a carry may still change them
    size_t waiting;
    bool begun;
} Job;

// ---- The range coder -----------------------------------------------------------------------------------------------------------

static void shift(Job *j) {
    if ((uint32_t)j->low < 0xFF000000u || j->low >> 32) {
        uint8_t carry = (uint8_t)(j->low >> 32);
        for (uint8_t byte = j->held; j->waiting; j->waiting--, byte = 0xFF) {
            uint8_t value = (uint8_t)(byte + carry);
            if (j->begun) pack_put(j->out, &value, 1); // the first is always 0
            j->begun = true;
        }
        j->held = (uint8_t)(j->low >> 24);
    }
    j->waiting++;
    j->low = (j->low & 0x00FFFFFF) << 8;
}

static void give(Job *j, uint32_t below, uint32_t size) {
    j->low += below;
    j->range = size;
    for (; j->range < 1u << 24; j->range <<= 8) shift(j);
}

static void begin(Job *j) { j->low = 0, j->range = UINT32_MAX, j->held = 0, j->waiting = 1, j->begun = false; }

static void finish(Job *j) {
    for (unsigned i = 0; i < 5; i++) shift(j);
    while (j->out->len && !j->out->data[j->out->len - 1]) j->out->len--; // reading gives zeros behind the end
}

// True: the table has the symbol. False: it was said that it has not.
static bool by_table(Job *j, unsigned number, unsigned symbol) {
    if (number == KR_PACK_NONE) return false;
    const KrPackTable *t = &j->odds->model.table[number];
    const uint8_t *entry = j->odds->model.entry + (size_t)t->first * 2;
    uint32_t unit = j->range >> KR_PACK_SCALE, below = 0;
    unsigned i = 0, last = (t->count & ~(unsigned)KR_PACK_COMPLETE) - 1;
    for (; i < last && entry[i * 2] != symbol; i++) below += kr_pack_frequency[entry[i * 2 + 1]];
    if (last) give(j, below * unit, i < last ? kr_pack_frequency[entry[i * 2 + 1]] * unit : j->range - below * unit);
    if (t->count & KR_PACK_COMPLETE && entry[i * 2] != symbol) abort();
    return i < last || t->count & KR_PACK_COMPLETE;
}

// ---- Walks ---------------------------------------------------------------------------------------------------------------------

static unsigned write_symbol(Job *j, unsigned stream, unsigned c1, unsigned c2, unsigned v) {
    const KrPackModel *m = &j->odds->model;
    unsigned node = c1 < m->nodes_of[stream] ? m->node[m->node_of[stream] + c1] : (unsigned)KR_PACK_NONE;
    if (node != KR_PACK_NONE) {
        const KrPackNode *n = &m->nodes[node];
        const uint8_t *second = m->second + n->first, *at = n->count ? memchr(second, (int)c2, n->count) : NULL;
        if (at && by_table(j, m->second_table[n->first + (size_t)(at - second)], v)) return v;
        if (by_table(j, n->table, v)) return v;
    }
    (void)by_table(j, stream, v);
    return v;
}

static unsigned kr_pack_symbol(KrPacker *p, unsigned stream, unsigned c1, unsigned c2, unsigned v) {
    Job *j = (Job *)(void *)p;
    if (j->pass == COUNT) pack_odds_add(j->odds, stream, c1, c2, v);
    return j->pass == WRITE ? write_symbol(j, stream, c1, c2, v) : v;
}

static uint32_t kr_pack_bits(KrPacker *p, unsigned count, uint32_t v) {
    Job *j = (Job *)(void *)p;
    uint32_t unit = j->range >> count;
    if (j->pass == WRITE) give(j, v * unit, unit);
    return v;
}

// The tokens of the next text, as code_unpack.c reads them.
static size_t kr_pack_text(KrPacker *p, unsigned kind, size_t at, size_t len) {
    PackTexts *t = ((Job *)(void *)p)->texts;
    size_t start = at;
    if (((Job *)(void *)p)->pass == COLLECT) return pack_text_add(t, p->file + at, len), len;
    for (;;) {
        uint32_t symbol = t->symbol[t->at++];
        unsigned first = t->first[symbol], before = at == start ? 0 : p->file[at - 1];
        (void)kr_pack_symbol(p, KR_PACK_TOKEN, before, at == start ? kind : kind + 3, first);
        (void)kr_pack_value(p, KR_PACK_RANK, first, kind, t->number[symbol] - t->start[first]);
        if (symbol == PACK_END || (symbol > PACK_END && t->ending[symbol - 257])) return len;
        at += t->length[symbol];
    }
}

// ---- Files ---------------------------------------------------------------------------------------------------------------------

static uint32_t head_number(const uint8_t *file, size_t *at) {
    uint32_t n = 0;
    for (unsigned bits = 0;; bits += 7) {
        uint8_t byte = file[(*at)++];
        n |= (uint32_t)(byte & 127) << bits;
        if (byte < 128) return n;
    }
}

static void put_head(PackBytes *b, size_t n) {
    for (; n > 127; n >>= 7) pack_put(b, &(uint8_t){ (uint8_t)(n | 128) }, 1);
    pack_put(b, &(uint8_t){ (uint8_t)n }, 1);
}

static size_t walk(Job *j, PackFile *f) { // gives the length of the longest string
    KrPacker *p = &j->walk;
    size_t at = KR_CODE_FILE_HEADER, longest = 0;
    p->file = f->file;
    p->len = f->len;
    p->seen = 0;
    p->line = 0;
    p->apart = f->tables != NULL;
    p->all = head_number(f->file, &at);
    p->string = calloc(p->all, sizeof *p->string);
    for (uint32_t i = 0; i < p->all; i++) {
        uint32_t head = head_number(f->file, &at);
        p->string[i] = (KrPackString){ (uint32_t)at, head >> 1, 0, head & 1 };
        if (head >> 1 > longest) longest = head >> 1;
        at += head >> 1;
    }
    p->at = (at + 3) & ~(size_t)3;
    if (j->out) {
        size_t numbers[] = { f->len, p->at, p->all, longest };
        for (unsigned i = 0; i < 4; i++) put_head(j->out, numbers[i]);
        begin(j);
    }
    if (!kr_pack_walk(p)) fprintf(stderr, "freeze: a code file is not as its writer makes them\n"), exit(1);
    if (j->out) finish(j);
    free(p->string);
    return longest;
}

enum { RULES = 12000 };

static void set_grammar(KrPackModel *m, const PackTexts *t) {
    uint32_t all = t->start[256];
    uint16_t *start = calloc(257, sizeof *start), (*rule)[2] = calloc(all, sizeof *rule);
    for (unsigned i = 0; i < 257; i++) start[i] = (uint16_t)t->start[i];
    for (uint32_t i = 0; i < all; i++) {
        uint16_t *r = rule[t->number[i]];
        r[0] = i <= PACK_END ? (uint16_t)KR_PACK_NONE : (uint16_t)t->number[t->rule[i - 257][0]];
        r[1] = i <= PACK_END ? (uint16_t)i : (uint16_t)t->number[t->rule[i - 257][1]];
    }
    m->token = start;
    m->rule = (const uint16_t(*)[2])rule;
}

void pack_files(PackFile *file, size_t count, PackTexts *texts, PackOdds *odds) {
    Job j = { .texts = texts, .odds = odds };
    for (size_t i = 0; i < count; i++) (void)walk(&j, &file[i]);
    pack_text_finish(texts, RULES);
    j.pass = COUNT;
    for (size_t i = 0; i < count; i++) (void)walk(&j, &file[i]);
    pack_odds_finish(odds);
    set_grammar(&odds->model, texts);
    j.pass = WRITE;
    texts->at = 0;
    for (size_t i = 0; i < count; i++) {
        j.out = &file[i].packed;
        (void)walk(&j, &file[i]);
    }
}

// ---- As C ----------------------------------------------------------------------------------------------------------------------

static void write_numbers(FILE *to, const char *type, const char *name, const void *data, size_t count, unsigned size) {
    fprintf(to, "static const %s %s[] = {", type, name);
    for (size_t i = 0; i < count; i++) {
        unsigned n = size == 1 ? ((const uint8_t *)data)[i] : ((const uint16_t *)data)[i];
        fprintf(to, i % 32 ? "%u," : "\n%u,", n);
    }
    fprintf(to, "%s};\n", count ? "" : " 0 ");
}

static void write_rules(FILE *to, const uint16_t (*rule)[2], size_t count) {
    fprintf(to, "static const uint16_t pack_rule[][2] = {");
    for (size_t i = 0; i < count; i++) fprintf(to, i % 16 ? "{%u,%u}," : "\n{%u,%u},", (unsigned)rule[i][0], (unsigned)rule[i][1]);
    fprintf(to, "};\n");
}

void pack_write_model(FILE *to, const char *table, const PackOdds *o) {
    const KrPackModel *m = &o->model;
    write_numbers(to, "uint8_t", "pack_entry", m->entry, o->entries.len, 1);
    write_numbers(to, "uint16_t", "pack_node", m->node, o->node_len, 2);
    write_numbers(to, "uint8_t", "pack_second", m->second, o->seconds, 1);
    write_numbers(to, "uint16_t", "pack_second_table", m->second_table, o->seconds, 2);
    write_numbers(to, "uint16_t", "pack_token", m->token, 257, 2);
    write_rules(to, m->rule, m->token[256]);
    fprintf(to, "static const KrPackTable pack_table[] = {\n");
    for (size_t i = 0; i < o->tables; i++)
        fprintf(to, "{%u,%u},%s", (unsigned)m->table[i].first, (unsigned)m->table[i].count, i % 16 == 15 ? "\n" : "");
    fprintf(to, "};\nstatic const KrPackNode pack_nodes[] = {\n");
    for (size_t i = 0; i < o->all_nodes; i++)
        fprintf(to, "{%u,%u,%u},%s", (unsigned)m->nodes[i].table, (unsigned)m->nodes[i].first, (unsigned)m->nodes[i].count,
                i % 16 == 15 ? "\n" : "");
    fprintf(to,
            "};\nstatic const KrPackModel %s_model = { pack_entry, pack_table, pack_node, pack_nodes, pack_second, pack_second_table, "
            "pack_token, pack_rule, {",
            table);
    for (unsigned i = 0; i < KR_PACK_STREAMS; i++) fprintf(to, "%u,", (unsigned)m->node_of[i]);
    fprintf(to, "}, {");
    for (unsigned i = 0; i < KR_PACK_STREAMS; i++) fprintf(to, "%u,", (unsigned)m->nodes_of[i]);
    fprintf(to, "} };\n");
}
