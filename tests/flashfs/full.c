// full.c - a full device: what is free is told truly, overwriting and removing always work, and writing costs a bounded number of bytes.
// SPDX-License-Identifier: MIT
#include <stdio.h>

#include "port.h"
#include "world.h"

static uint32_t free_bytes(const World *w) {
    uint32_t total, left;
    kr_flashfs_space(&w->fs, &total, &left);
    return left;
}

// One large file takes what was told to be free, but for the folder's entry and its own first one.
static void fill_with_one(World *w) {
    uint32_t total, left;
    kr_flashfs_space(&w->fs, &total, &left);
    CHECK(total - left < 1000, "%u of %u bytes are free on an empty device", left, total);
    uint32_t len = left - 2u * w->fs.chunk;
    CHECK(act(w, DO_WRITE, "one", NULL, 0, len) == 0, "%u bytes do not fit, and %u were free", len, left);
    CHECK(act(w, DO_APPEND, "one", NULL, 0, 4096) == KR_PORT_ENOSPC, "%s", "there is no end");
}

static void overwrite(World *w, uint32_t rounds) {
    const TreeItem *one = tree_find(&w->tree, "one");
    uint64_t programmed = w->nor.bytes_programmed, written = 0;
    for (uint32_t i = 0; i < rounds; i++) {
        uint32_t at = random_below(one->len - 2000), len = 1 + random_below(2000);
        CHECK(act(w, DO_WRITE, "one", NULL, at, len) == 0, "%u bytes at %u", len, at);
        written += len;
    }
    printf("  %u bytes in one file; full: %.1f bytes programmed for one\n", one->len,
           (double)(w->nor.bytes_programmed - programmed) / (double)written);
}

static void small_ones(World *w) {
    char path[20];
    int count = 0;
    for (; count < 70; count++) {
        snprintf(path, sizeof path, "f%d", count);
        if (act(w, DO_WRITE, path, NULL, 0, free_bytes(w) / 50 + 300) != 0) break;
    }
    CHECK(act(w, DO_RENAME, "f0", "f0.old", 0, 0) == 0, "%s", "a full device renames");
    CHECK(act(w, DO_RENAME, "f0.old", "f1", 0, 0) == 0, "%s", "a full device replaces");
    for (int i = 1; i <= count; i++) {
        snprintf(path, sizeof path, "f%d", i);
        if (tree_find(&w->tree, path)) CHECK(act(w, DO_REMOVE, path, NULL, 0, 0) == 0, "%s", path);
    }
    CHECK(w->tree.count == 0, "%d items are left", w->tree.count);
}

// As many files as there may be, and then some; numbers are given anew.
static void many(World *w) {
    char path[20];
    int made = 0;
    KrFlashFile file;
    for (;; made++) {
        snprintf(path, sizeof path, "n%d", made);
        int error = kr_flashfs_open(&w->fs, &file, path, 2 | 8);
        if (error == KR_PORT_ENOSPC) break;
        CHECK(!error, "file %d: %d", made, error);
        kr_flashfs_close(&file);
    }
    for (int i = 0; i < made; i++) {
        snprintf(path, sizeof path, "n%d", i);
        int error = kr_flashfs_remove(&w->fs, path, false);
        CHECK(!error, "remove %s: %d", path, error);
    }
    printf("  %d empty files\n", made);
    world_remount(w);
}

void test_full(void) {
    for (size_t s = 0; s < WORLD_SHAPES; s++) {
        World w;
        random_seed(s + 1);
        world_new(&w, &world_shapes[s]);
        printf("  %s: ", world_shapes[s].name);
        fill_with_one(&w);
        overwrite(&w, 3000);
        world_remount(&w);
        CHECK(act(&w, DO_REMOVE, "one", NULL, 0, 0) == 0, "%s", "remove");
        small_ones(&w);
        many(&w);
        fflush(stdout);
        world_free(&w);
    }
}
