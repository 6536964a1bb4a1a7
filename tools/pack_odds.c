// pack_odds.c - tables of how often each symbol comes in each context, where a table of its own pays.
//
// A table's entries are two bytes, a symbol and the number of its frequency; what it leaves out comes by the table of a shorter context. Tables of
// whole streams leave out none.
// SPDX-License-Identifier: MIT
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pack.h"

enum { TABLE_COST = 4, NODE_COST = 6, SECOND_COST = 3, SYMBOLS = 256 }; // bytes

static void *more(void *p, size_t size) {
    void *q = realloc(p, size);
    if (!q) abort();
    return q;
}

void pack_odds_add(PackOdds *o, unsigned stream, unsigned c1, unsigned c2, unsigned symbol) {
    if (o->len == o->room) o->event = more(o->event, (o->room = o->room * 2 + 65536) * sizeof *o->event);
    o->event[o->len++] = (uint64_t)stream << 24 | c1 << 16 | c2 << 8 | symbol;
}

static int by_value(const void *x, const void *y) {
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return a < b ? -1 : a > b;
}

typedef struct {
    uint32_t count[SYMBOLS], all;
} Counts;

static void count(const uint64_t *event, size_t len, Counts *c) {
    memset(c, 0, sizeof *c);
    for (size_t i = 0; i < len; i++) c->count[event[i] & 255]++;
    c->all = (uint32_t)len;
}

// ---- What a table costs --------------------------------------------------------------------------------------------------------

// Bits for the symbols of c by the odds of `by`, of which it is a part.
static double bits_by(const Counts *c, const Counts *by) {
    double bits = 0;
    for (unsigned i = 0; i < SYMBOLS; i++)
        if (c->count[i]) bits -= c->count[i] * log2((double)by->count[i] / by->all);
    return bits;
}

static bool pays(const Counts *c, const Counts *by, unsigned i) { // an entry of its own
    return c->count[i] && (c->count[i] > 3 || c->count[i] * log2((double)by->all / by->count[i]) > 24);
}

// Those of a table of its own, with what it leaves to `by`, and its bytes.
static double bits_own(const Counts *c, const Counts *by) {
    uint32_t rest = 0;
    double bits = 8.0 * TABLE_COST;
    for (unsigned i = 0; i < SYMBOLS; i++) {
        if (!c->count[i]) continue;
        if (pays(c, by, i)) {
            bits += 16 - c->count[i] * log2((double)c->count[i] / c->all);
        } else {
            rest += c->count[i];
            bits -= c->count[i] * log2((double)by->count[i] / by->all);
        }
    }
    return rest ? bits + 16 - rest * log2((double)rest / c->all) : bits;
}

// ---- Making tables -------------------------------------------------------------------------------------------------------------

typedef struct {
    uint32_t count, symbol;
} Entry;

static int by_count(const void *x, const void *y) {
    const Entry *a = x, *b = y;
    if (a->count != b->count) return a->count < b->count ? 1 : -1;
    return a->symbol < b->symbol ? -1 : a->symbol > b->symbol;
}

// Numbers of frequencies for n entries, of which the last gets what is left: rounded down first, then up as far as the last one's share allows.
static void share_out(const Entry *entry, uint32_t n, uint32_t all, uint8_t *number) {
    const double whole = 1 << KR_PACK_SCALE;
    double due = entry[n - 1].count * whole / all;
    uint32_t left = 1 << KR_PACK_SCALE;
    for (uint32_t i = 0; i + 1 < n; i++) {
        number[i] = 0;
        for (unsigned k = 1; k < KR_PACK_FREQUENCIES && kr_pack_frequency[k] * (double)all <= entry[i].count * whole; k++)
            number[i] = (uint8_t)k;
        left -= kr_pack_frequency[number[i]];
    }
    while (left > 1u << 31 || left < 1) { // many that are rare: the most likely ones pay
        for (uint32_t i = 0; i + 1 < n && (left > 1u << 31 || left < 1); i++) {
            if (number[i] < 16) continue;
            left += kr_pack_frequency[number[i]] - kr_pack_frequency[number[i] - 1];
            number[i]--;
        }
    }
    for (uint32_t i = 0; i + 1 < n; i++) {
        if (number[i] + 1 == KR_PACK_FREQUENCIES) continue;
        uint32_t step = (uint32_t)kr_pack_frequency[number[i] + 1] - kr_pack_frequency[number[i]];
        if (step && step + due < left) left -= step, number[i]++;
    }
    number[n - 1] = 0;
}

// by: NULL for a whole stream. The number of the table.
static uint16_t add_table(PackOdds *o, const Counts *c, const Counts *by) {
    Entry entry[SYMBOLS + 1];
    uint8_t number[SYMBOLS + 1];
    uint32_t n = 0, rest = 0;
    for (unsigned i = 0; i < SYMBOLS; i++) {
        if (!by ? c->count[i] : pays(c, by, i)) entry[n++] = (Entry){ c->count[i], i };
        else rest += c->count[i];
    }
    qsort(entry, n, sizeof *entry, by_count);
    unsigned complete = rest ? 0 : KR_PACK_COMPLETE;
    if (rest || !n) entry[n++] = (Entry){ rest, 0 };
    share_out(entry, n, c->all ? c->all : 1, number);
    size_t first = o->entries.len / 2;
    for (uint32_t i = 0; i < n; i++) pack_put(&o->entries, (uint8_t[]){ (uint8_t)entry[i].symbol, number[i] }, 2);
    o->table = more(o->table, (o->tables + 1) * sizeof *o->table);
    o->table[o->tables] = (KrPackTable){ (uint16_t)first, (uint16_t)(n | complete) };
    if (first > 0xFFFF) abort();
    return (uint16_t)o->tables++;
}

static size_t same(const PackOdds *o, size_t from, unsigned shift) { // how many events from there on have these bits
    size_t end = from;
    while (end < o->len && o->event[end] >> shift == o->event[from] >> shift) end++;
    return end - from;
}

// Tables of values of c2, for one of c1 whose symbols are coded by `by` otherwise.
static void add_seconds(PackOdds *o, KrPackNode *node, size_t from, size_t len, const Counts *by) {
    Counts c;
    node->first = (uint16_t)o->seconds;
    for (size_t i = from, n; i < from + len; i += n) {
        n = same(o, i, 8);
        count(o->event + i, n, &c);
        if (bits_own(&c, by) + 8 * SECOND_COST >= bits_by(&c, by)) continue;
        uint8_t value = (uint8_t)(o->event[i] >> 8);
        pack_put(&o->second, &value, 1);
        o->second_table = more(o->second_table, (o->seconds + 1) * sizeof *o->second_table);
        o->second_table[o->seconds++] = add_table(o, &c, by);
        node->count++;
    }
}

static uint16_t add_node(PackOdds *o, size_t from, size_t len, const Counts *whole) {
    Counts c;
    count(o->event + from, len, &c);
    bool own = bits_own(&c, whole) + 8 * NODE_COST < bits_by(&c, whole);
    KrPackNode node = { .table = own ? add_table(o, &c, whole) : KR_PACK_NONE };
    add_seconds(o, &node, from, len, own ? &c : whole);
    if (!own && !node.count) return KR_PACK_NONE;
    o->nodes = more(o->nodes, (o->all_nodes + 1) * sizeof *o->nodes);
    o->nodes[o->all_nodes] = node;
    return (uint16_t)o->all_nodes++;
}

static void add_stream(PackOdds *o, unsigned stream, size_t from, size_t len, const Counts *whole) {
    o->model.node_of[stream] = (uint16_t)o->node_len;
    for (size_t i = from, n; i < from + len; i += n) {
        n = same(o, i, 16);
        uint16_t node = add_node(o, i, n, whole);
        if (node == KR_PACK_NONE) continue;
        unsigned c1 = o->event[i] >> 16 & 255;
        o->node = more(o->node, (o->model.node_of[stream] + c1 + 1) * sizeof *o->node);
        while (o->node_len < o->model.node_of[stream] + c1) o->node[o->node_len++] = KR_PACK_NONE;
        o->node[o->node_len++] = node;
    }
    o->model.nodes_of[stream] = (uint16_t)(o->node_len - o->model.node_of[stream]);
}

void pack_odds_finish(PackOdds *o) {
    static Counts whole[KR_PACK_STREAMS];
    size_t from[KR_PACK_STREAMS], len[KR_PACK_STREAMS], at = 0;
    qsort(o->event, o->len, sizeof *o->event, by_value);
    for (unsigned s = 0; s < KR_PACK_STREAMS; s++) {
        from[s] = at;
        while (at < o->len && o->event[at] >> 24 == s) at++;
        len[s] = at - from[s];
        count(o->event + from[s], len[s], &whole[s]);
        (void)add_table(o, &whole[s], NULL);
    }
    for (unsigned s = 0; s < KR_PACK_STREAMS; s++) add_stream(o, s, from[s], len[s], &whole[s]);
    o->model.entry = o->entries.data;
    o->model.table = o->table;
    o->model.node = o->node;
    o->model.nodes = o->nodes;
    o->model.second = o->second.data;
    o->model.second_table = o->second_table;
}
