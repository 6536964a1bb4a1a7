// flashfs_tree.c - the trie of live entries: finding a key or the next one, putting an entry, dropping all keys with the same beginning.
// SPDX-License-Identifier: MIT
#include "flashfs_part.h"

// The first bit in which two keys differ; fs->depth: they are equal.
static int difference(const KrFlashFs *fs, uint32_t a, uint32_t b) { return a == b ? fs->depth : __builtin_clz(a ^ b) - (32 - fs->depth); }

// ---- Finding -------------------------------------------------------------------------------------------------------------------

// Steps to an older entry, which agrees with `key` before bit `depth`.
static int step(const KrFlashFs *fs, uint16_t at, uint32_t key, int depth, KrFlashWay *way) {
    uint16_t before = way->at;
    way->at = at;
    way->depth = (uint8_t)depth;
    if (before != KR_FLASH_NONE && !kr_flash_older(fs, at, before)) return KR_FLASH_CORRUPT;
    int error = kr_flash_entry_read(fs, at, &way->entry);
    return error ? error : difference(fs, way->entry.key, key) < depth ? KR_FLASH_CORRUPT : 0;
}

int kr_flash_walk(const KrFlashFs *fs, uint32_t key, KrFlashWay *way) {
    memset(way, 0, sizeof *way);
    uint16_t next = fs->root;
    for (int depth = 0; next != KR_FLASH_NONE;) {
        int error = step(fs, next, key, depth, way);
        if (error) return error;
        int differs = difference(fs, way->entry.key, key);
        for (; depth < differs; depth++) way->alt[depth] = way->entry.alt[depth];
        way->found = differs == fs->depth;
        if (way->found) return 0;
        way->alt[differs] = way->at;
        next = way->entry.alt[differs];
        depth = differs + 1;
    }
    return 0;
}

// The least (or the greatest) key below an entry, of those that share its bits before `depth`.
static int outermost(const KrFlashFs *fs, bool least, int depth, KrFlashWay *way) {
    for (; depth < fs->depth; depth++) {
        uint16_t next = way->entry.alt[depth];
        if (next == KR_FLASH_NONE || kr_flash_bit(fs, way->entry.key, depth) != least) continue;
        int error = step(fs, next, way->entry.key ^ 1u << (fs->depth - 1 - depth), depth + 1, way);
        if (error) return error;
    }
    return 0;
}

int kr_flash_nearest(const KrFlashFs *fs, uint32_t key, bool up, KrFlashWay *way) {
    int error = kr_flash_walk(fs, key, way);
    if (error || way->found) return error;
    int depth = fs->depth - 1;
    while (depth >= 0 && (way->alt[depth] == KR_FLASH_NONE || kr_flash_bit(fs, key, depth) == up)) depth--;
    if (depth < 0) return 0;
    way->at = KR_FLASH_NONE; // what is beside the way may be newer than its end
    error = step(fs, way->alt[depth], key ^ 1u << (fs->depth - 1 - depth), depth + 1, way);
    if (!error) error = outermost(fs, up, depth + 1, way);
    way->found = !error;
    return error;
}

int kr_flash_weigh(const KrFlashFs *fs, uint32_t first, uint32_t last, uint32_t *units) {
    KrFlashWay way;
    *units = 0;
    for (uint32_t key = first;; key = way.entry.key + 1) {
        int error = kr_flash_nearest(fs, key, true, &way);
        if (error || !way.found || way.entry.key > last) return error;
        *units += kr_flash_units(fs, way.entry.length);
        if (way.entry.key == last) return 0;
    }
}

// ---- Changing ------------------------------------------------------------------------------------------------------------------

// The entry becomes the root. grows: units that live entries take more than before.
static int put(KrFlashFs *fs, KrFlashEntry *entry, const KrFlashBody *body, int32_t grows, bool moved) {
    int32_t live = fs->live + grows;
    if (live < 0) live = 0; // some of what was there could not be read when it was weighed
    if (grows > 0 && (uint32_t)live > fs->limit) return KR_PORT_ENOSPC;
    entry->live = (uint16_t)live;
    entry->length = (uint16_t)((entry->length & KR_FLASH_MORE) | KR_FLASH_MARK | body->length);
    for (int i = fs->depth; i < KR_FLASH_DEPTH; i++) entry->alt[i] = KR_FLASH_NONE;
    int error = kr_flash_append(fs, entry, body, moved, &fs->root);
    if (error) return error;
    fs->live = entry->live;
    if (entry->length & KR_FLASH_MORE) return 0;
    fs->sure_root = fs->root;
    fs->sure_live = fs->live;
    return 0;
}

// A body for the key that the way leads to. The way's neighbours stay, except those that the caller took out of it, which weighed `gone`.
int kr_flash_put(KrFlashFs *fs, uint32_t key, const KrFlashWay *way, const KrFlashBody *body, int more, uint32_t gone) {
    KrFlashEntry entry = { .key = key, .length = (uint16_t)more };
    memcpy(entry.alt, way->alt, sizeof entry.alt);
    int32_t before = way->found ? kr_flash_units(fs, way->entry.length) : 0;
    return put(fs, &entry, body, kr_flash_units(fs, body->length) - before - (int32_t)gone, false);
}

// The same entry again, in a new place. Not what the way says about others: those before `depth`, which lead to it.
static int move(KrFlashFs *fs, uint16_t at, KrFlashEntry *entry, int32_t grows) {
    uint16_t length = entry->length & KR_FLASH_LENGTH;
    return put(fs, entry, &(KrFlashBody){ .old = at, .old_length = length, .length = length }, grows, true);
}

int kr_flash_move(KrFlashFs *fs, KrFlashWay *way) {
    memcpy(way->entry.alt, way->alt, sizeof way->alt);
    way->entry.length &= KR_FLASH_LENGTH;
    return move(fs, way->at, &way->entry, 0);
}

// What begins with these bits hangs on the entry that is next to it, the newest of those that differ in the last bit where any does: that one is
// written again, without the pointer.
int kr_flash_drop(KrFlashFs *fs, uint32_t key, int bits, int more) {
    KrFlashWay way;
    KrFlashEntry beside;
    uint32_t gone, below = bits < fs->depth ? (1u << (fs->depth - bits)) - 1 : 0;
    int error = kr_flash_weigh(fs, key & ~below, key | below, &gone);
    if (!error || error == KR_FLASH_CORRUPT) error = kr_flash_walk(fs, key, &way);
    if (error && !(error == KR_FLASH_CORRUPT && way.depth >= bits)) return error; // what is damaged may go as well
    int depth = bits - 1;
    while (depth >= 0 && way.alt[depth] == KR_FLASH_NONE) depth--;
    if (depth < 0) return KR_FLASH_CORRUPT;
    uint16_t at = way.alt[depth];
    if ((error = kr_flash_entry_read(fs, at, &beside)) != 0) return error;
    if (difference(fs, beside.key, key) != depth) return KR_FLASH_CORRUPT;
    memcpy(beside.alt, way.alt, (size_t)depth * sizeof *way.alt);
    beside.alt[depth] = KR_FLASH_NONE;
    beside.length = (uint16_t)((beside.length & KR_FLASH_LENGTH) | more);
    return move(fs, at, &beside, -(int32_t)gone);
}
