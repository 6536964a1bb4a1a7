// cuts.c - the power goes at every program and erase operation of ten workloads, and leaves what NOR flash may leave: then it mounts, and all that
// was written before is there; of the call that was interrupted, all or nothing (of a write: its first chunks).
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../modules/os/flashfs_part.h"
#include "world.h"

typedef struct {
    int stride; // 1: every operation with every pattern; n: one in n with one pattern, by chance
    Nor copy[2];
    int depth;
} Cuts;

static Cuts cuts;

// ---- After a cut ---------------------------------------------------------------------------------------------------------------

// The tree as it is after so many steps of the call that was interrupted.
static void tree_after(World *w, uint32_t steps, Tree *out) {
    tree_copy(out, &w->tree);
    if (w->now) tree_do(out, w->now, w->fs.chunk, steps);
}

// Cheap: does the file that was written look like after this step?
static bool may_be(KrFlashFs *fs, Tree *tree, const Do *now) {
    if (!now || (now->kind != DO_WRITE && now->kind != DO_APPEND)) return true;
    const TreeItem *item = tree_find(tree, now->path);
    uint32_t got = 0, len = item ? item->len : 0;
    uint8_t *data = malloc(len + 1);
    int error = tree_flash_read(fs, now->path, data, len + 1, &got);
    bool same = item ? !error && got == len && memcmp(data, item->data, got) == 0 : error == KR_PORT_ENOENT;
    free(data);
    return same;
}

static void find_state(World *w, KrFlashFs *fs, Tree *out, int pattern) {
    char why[400] = "";
    uint32_t steps = w->now ? tree_steps(&w->tree, w->now, w->fs.chunk) : 0;
    for (uint32_t i = 0; i <= steps; i++) {
        tree_after(w, i, out);
        if (may_be(fs, out, w->now) && tree_same(fs, out, why)) return;
        tree_free(out);
    }
    CHECK(false, "cut %llu, pattern %d, call %d %s: neither before nor after: %s", (unsigned long long)w->cuts, pattern,
          w->now ? (int)w->now->kind : -1, w->now ? w->now->path : "", why);
}

static void cut(Nor *nor, const NorOperation *operation);

// Life goes on: files are written over, which a full device allows as well, one is removed, and the power goes again now and then.
static void go_on(World *w) {
    w->nor.before = cuts.depth < 2 ? cut : NULL;
    w->nor.context = w;
    for (int i = 0; i < 6 && w->tree.count; i++) {
        const TreeItem *item = &w->tree.item[random_below((uint32_t)w->tree.count)];
        char path[TREE_PATH];
        memcpy(path, item->path, sizeof path);
        if (item->folder || !item->len) continue;
        uint32_t at = random_below(item->len), len = item->len - at < 2000 ? item->len - at : 2000;
        int error = i < 5 ? act(w, DO_WRITE, path, NULL, at, len) : act(w, DO_REMOVE, path, NULL, 0, 0);
        CHECK(!error, "%s after a cut: %d", path, error);
    }
    w->nor.before = NULL;
    world_remount(w);
}

static void check_cut(World *w, const NorOperation *operation, int pattern) {
    World after = { .cuts = w->cuts };
    after.nor = cuts.copy[cuts.depth];
    nor_copy(&after.nor, &w->nor);
    after.nor.device.context = &after.nor;
    nor_tear(&after.nor, operation, pattern);
    int error = kr_flashfs_mount(&after.fs, &after.nor.device);
    CHECK(!error, "cut %llu, pattern %d: mount gives %d", (unsigned long long)w->cuts, pattern, error);
    find_state(w, &after.fs, &after.tree, pattern);
    world_check(&after.fs, &after.tree, "after a cut");
    cuts.depth++;
    if (random_below(cuts.depth == 1 ? 6 : 2) == 0) go_on(&after);
    cuts.depth--;
    tree_free(&after.tree);
}

static void cut(Nor *nor, const NorOperation *operation) {
    World *w = nor->context;
    int stride = cuts.depth ? 61 : cuts.stride;
    w->cuts++;
    if (stride > 1 && random_below((uint32_t)stride) != 0) return;
    int first = stride == 1 ? 0 : (int)random_below(NOR_PATTERNS), last = stride == 1 ? NOR_PATTERNS - 1 : first;
    for (int pattern = first; pattern <= last; pattern++) check_cut(w, operation, pattern);
}

// ---- Workloads -----------------------------------------------------------------------------------------------------------------

static uint32_t free_bytes(World *w) {
    uint32_t total, left;
    kr_flashfs_space(&w->fs, &total, &left);
    return left;
}

// Fills the device but for so many bytes; this is not what is tested.
static void fill(World *w, uint32_t leave) {
    char path[40];
    w->nor.before = NULL;
    for (uint32_t i = 0, left; (left = free_bytes(w)) > leave + w->fs.chunk; i++) {
        snprintf(path, sizeof path, "cold%u", i);
        uint32_t len = left - leave < 20000 ? left - leave : 20000;
        if (act(w, DO_WRITE, path, NULL, 0, len) != 0) break;
    }
    w->nor.before = cut;
}

static void small_files(World *w) {
    char path[40];
    for (int i = 0; i < 20; i++) {
        snprintf(path, sizeof path, "file%d.txt", i);
        act(w, DO_WRITE, path, NULL, 0, 1 + random_below(700));
    }
}

static void logging(World *w) { // lines, and the log is turned over
    for (int i = 0; i < 240; i++) {
        act(w, DO_APPEND, "log", NULL, 0, 20 + random_below(60));
        if (i % 80 == 79) act(w, DO_RENAME, "log", "log.old", 0, 0);
    }
}

static void overwriting(World *w) {
    act(w, DO_WRITE, "data", NULL, 0, 9000);
    for (int i = 0; i < 80; i++) act(w, DO_WRITE, "data", NULL, random_below(8000), 1 + random_below(900));
}

static void replacing(World *w) { // as configurations are saved
    for (int i = 0; i < 60; i++) {
        act(w, DO_WRITE, "config.tmp", NULL, 0, 100 + random_below(1500));
        act(w, DO_RENAME, "config.tmp", "config", 0, 0);
    }
}

static void folders(World *w) {
    static const char *const name[] = { "a", "a/b", "a/b/c", "d", "d/e", "a/b/f" };
    for (int i = 0; i < 150; i++) {
        const char *one = name[random_below(6)], *other = name[random_below(6)];
        uint32_t chance = random_below(6);
        if (chance < 3) act(w, DO_FOLDER, one, NULL, 0, 0);
        else if (chance == 3) act(w, DO_REMOVE_FOLDER, one, NULL, 0, 0);
        else act(w, DO_RENAME, one, other, 0, 0);
    }
}

static void truncating(World *w) {
    act(w, DO_WRITE, "t", NULL, 0, 6000);
    for (int i = 0; i < 80; i++) {
        act(w, DO_TRUNCATE, "t", NULL, 0, random_below(9000));
        if (i % 3 == 0) act(w, DO_APPEND, "t", NULL, 0, random_below(900));
    }
}

static void full_disk(World *w) {
    char path[40];
    fill(w, 8000);
    for (int i = 0; i < 60; i++) {
        snprintf(path, sizeof path, "full%u", random_below(9));
        act(w, DO_APPEND, path, NULL, 0, 3000);
        if (i > 10 && i % 3 == 0) act(w, DO_REMOVE, path, NULL, 0, 0);
    }
}

static void many_names(World *w) {
    char path[200];
    act(w, DO_FOLDER, "folder", NULL, 0, 0);
    for (int i = 0; i < 110; i++) {
        uint32_t n = random_below(55);
        int len = snprintf(path, sizeof path, "folder/%u", n);
        for (uint32_t k = 0; k < n * 2; k++) path[len++] = (char)('a' + k % 26);
        path[len] = 0;
        if (random_below(3)) act(w, DO_CREATE, path, NULL, 0, 0);
        else act(w, DO_REMOVE, path, NULL, 0, 0);
    }
}

static void collecting(World *w) { // nearly full, and one file is written over and over
    act(w, DO_WRITE, "hot", NULL, 0, 3000);
    fill(w, 3000);
    for (int i = 0; i < 50; i++) act(w, DO_WRITE, "hot", NULL, 0, 3000);
}

static void mixture(World *w) {
    static const char *const name[] = { "x", "y", "z", "s/x", "s/y" };
    act(w, DO_FOLDER, "s", NULL, 0, 0);
    for (int i = 0; i < 160; i++) {
        const char *one = name[random_below(5)];
        switch (random_below(6)) {
        case 0: act(w, DO_REMOVE, one, NULL, 0, 0); break;
        case 1: act(w, DO_RENAME, one, name[random_below(5)], 0, 0); break;
        case 2: act(w, DO_TRUNCATE, one, NULL, 0, random_below(2500)); break;
        default: act(w, DO_WRITE, one, NULL, random_below(2000), random_below(1500));
        }
    }
}

static const struct {
    const char *name;
    void (*run)(World *w);
} workloads[] = { { "small files", small_files }, { "logging", logging },       { "overwriting", overwriting },
                  { "replacing", replacing },     { "folders", folders },       { "truncating", truncating },
                  { "full disk", full_disk },     { "many names", many_names }, { "collecting", collecting },
                  { "mixture", mixture } };

static void run_workload(const Shape *shape, size_t i) {
    World w;
    random_seed(i + 1);
    world_new(&w, shape);
    for (int k = 0; k < 2; k++) nor_new(&cuts.copy[k], shape->run, shape->program_size);
    cuts.depth = 0;
    w.nor.before = cut;
    w.nor.context = &w;
    workloads[i].run(&w);
    w.nor.before = NULL;
    world_remount(&w);
    printf("  %-10s %-12s %5llu calls, %6llu operations cut\n", shape->name, workloads[i].name, (unsigned long long)w.calls,
           (unsigned long long)w.cuts);
    fflush(stdout);
    for (int k = 0; k < 2; k++) nor_free(&cuts.copy[k]);
    world_free(&w);
}

void test_cuts(int stride, const char *only) {
    cuts.stride = stride;
    for (size_t s = 0; s < WORLD_SHAPES - 1; s++) // the large one takes too long
        for (size_t i = 0; i < KR_COUNT_OF(workloads); i++)
            if (!only || strcmp(only, world_shapes[s].name) == 0) run_workload(&world_shapes[s], i);
}
