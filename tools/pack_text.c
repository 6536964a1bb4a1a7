// pack_text.c - the grammar of texts: what stands side by side most often becomes one symbol, again and again.
// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "pack.h"

enum { LEAST = 4 }; // a rule costs four bytes

static void *more(void *p, size_t size) {
    void *q = realloc(p, size);
    if (!q) abort();
    return q;
}

void pack_put(PackBytes *b, const void *data, size_t len) {
    if (b->len + len > b->room) b->data = more(b->data, b->room = (b->len + len) * 2);
    if (len) memcpy(b->data + b->len, data, len);
    b->len += len;
}

static void put(PackTexts *t, uint32_t symbol) {
    if (t->len == t->room) t->symbol = more(t->symbol, (t->room = t->room * 2 + 65536) * sizeof *t->symbol);
    t->symbol[t->len++] = symbol;
}

void pack_text_add(PackTexts *t, const uint8_t *text, size_t len) {
    for (size_t i = 0; i < len; i++) put(t, text[i]);
    put(t, PACK_END);
}

// ---- Pairs ---------------------------------------------------------------------------------------------------------------------

typedef struct {
    uint64_t pair; // + 1
    uint32_t count, rule;
} Pair;

typedef struct {
    Pair *pair; // by hash
    size_t size;
} Pairs;

static Pair *find(Pairs *pairs, uint32_t a, uint32_t b) {
    uint64_t key = ((uint64_t)a << 32 | b) + 1;
    size_t i = (size_t)(key * 0x9E3779B97F4A7C15u >> 20) & (pairs->size - 1);
    while (pairs->pair[i].pair && pairs->pair[i].pair != key) i = (i + 1) & (pairs->size - 1);
    pairs->pair[i].pair = key;
    return &pairs->pair[i];
}

static bool ends(const PackTexts *t, uint32_t symbol) { // a rule does not reach over the end of a text
    return symbol == PACK_END || (symbol > PACK_END && t->ending[symbol - 257]);
}

static void count_pairs(const PackTexts *t, Pairs *pairs) {
    memset(pairs->pair, 0, pairs->size * sizeof *pairs->pair);
    for (size_t i = 0; i + 1 < t->len; i++) {
        uint32_t a = t->symbol[i], b = t->symbol[i + 1];
        if (ends(t, a)) continue;
        find(pairs, a, b)->count++;
        if (a == b && i + 2 < t->len && t->symbol[i + 2] == a) i++; // "aaa" holds one pair
    }
}

static int by_count(const void *x, const void *y) { // then by the pair, so that builds are the same
    const Pair *a = x, *b = y;
    if (a->count != b->count) return a->count < b->count ? 1 : -1;
    return a->pair < b->pair ? -1 : a->pair > b->pair;
}

static void replace(PackTexts *t, Pairs *pairs) {
    size_t out = 0;
    for (size_t i = 0; i < t->len; i++) {
        uint32_t symbol = t->symbol[i];
        if (i + 1 < t->len && !ends(t, symbol)) {
            Pair *p = find(pairs, symbol, t->symbol[i + 1]);
            if (p->rule) symbol = p->rule, i++;
        }
        t->symbol[out++] = symbol;
    }
    t->len = out;
}

// One round: the most frequent pairs that do not run into each other become rules.
static bool round_of_rules(PackTexts *t, Pairs *pairs, unsigned rules) {
    Pair *best = more(NULL, pairs->size * sizeof *best);
    uint8_t *used = calloc(257 + rules, 1);
    size_t n = 0, made = 0;
    count_pairs(t, pairs);
    for (size_t i = 0; i < pairs->size; i++)
        if (pairs->pair[i].count >= LEAST) best[n++] = pairs->pair[i];
    qsort(best, n, sizeof *best, by_count);
    for (size_t i = 0; i < n && t->rules < rules && best[i].count * 4 > best[0].count * 3; i++) {
        uint32_t a = (uint32_t)((best[i].pair - 1) >> 32), b = (uint32_t)(best[i].pair - 1);
        if (used[a] & 2 || used[b] & 1) continue;
        used[a] |= 1, used[b] |= 2;
        t->rule[t->rules][0] = a;
        t->rule[t->rules][1] = b;
        t->ending[t->rules] = ends(t, b);
        find(pairs, a, b)->rule = 257 + t->rules++;
        made++;
    }
    if (made) replace(t, pairs);
    free(best);
    free(used);
    return made > 0;
}

// ---- Numbers -------------------------------------------------------------------------------------------------------------------

static const PackTexts *sorted; // qsort takes no argument for its comparison

static int by_first(const void *x, const void *y) { // the end comes first of all
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    if (sorted->first[a] != sorted->first[b]) return sorted->first[a] < sorted->first[b] ? -1 : 1;
    if (sorted->count[a] != sorted->count[b]) return sorted->count[a] < sorted->count[b] ? 1 : -1;
    return a < b ? -1 : a > b;
}

static void give_numbers(PackTexts *t) {
    uint32_t all = 257 + t->rules, *order = more(NULL, all * sizeof *order);
    t->first = calloc(all, 1);
    t->count = calloc(all, sizeof *t->count);
    t->number = calloc(all, sizeof *t->number);
    t->length = calloc(all, sizeof *t->length);
    for (uint32_t i = 0; i < 256; i++) t->first[i] = (uint8_t)i, t->length[i] = 1;
    for (uint32_t i = 257; i < all; i++) {
        t->first[i] = t->first[t->rule[i - 257][0]];
        t->length[i] = t->length[t->rule[i - 257][0]] + t->length[t->rule[i - 257][1]];
    }
    for (size_t i = 0; i < t->len; i++) t->count[t->symbol[i]]++;
    for (uint32_t i = 0; i < all; i++) order[i] = i;
    sorted = t;
    qsort(order, all, sizeof *order, by_first);
    for (uint32_t i = all; i--;) {
        t->number[order[i]] = i;
        t->start[t->first[order[i]]] = i;
    }
    t->start[256] = all;
    free(order);
}

void pack_text_finish(PackTexts *t, unsigned rules) {
    Pairs pairs = { .size = 1 << 20 };
    pairs.pair = more(NULL, pairs.size * sizeof *pairs.pair);
    t->rule = more(NULL, rules * sizeof *t->rule);
    t->ending = more(NULL, rules);
    while (t->rules < rules && round_of_rules(t, &pairs, rules)) {}
    give_numbers(t);
    free(pairs.pair);
}
