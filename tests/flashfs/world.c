// world.c - the file system on flash and the plain one, call by call.
// SPDX-License-Identifier: MIT
#include "world.h"

#include <stdio.h>
#include <stdlib.h>

#include "../../modules/os/flashfs_part.h"

const Shape world_shapes[WORLD_SHAPES] = {
    { "internal", { { 16384, 3 }, { 65536, 1 } }, 4 }, // sectors 1 to 4 of the STM32F405
    { "ram", { { 4096, 16 } }, 4 },                    // QEMU's 64 KB
    { "spi", { { 4096, 64 } }, 1 },                    // a small one
    { "wide", { { 8192, 12 } }, 16 },                  // flash with ECC over 16 bytes
    { "mixed", { { 32768, 1 }, { 2048, 20 } }, 8 },
    { "large", { { 4096, 512 } }, 1 }, // 2 MB: pointers count 32 bytes
};

void world_new(World *w, const Shape *shape) {
    *w = (World){ .now = NULL };
    nor_new(&w->nor, shape->run, shape->program_size);
    CHECK(kr_flashfs_mount(&w->fs, &w->nor.device) == KR_PORT_ENODEV, "%s: noise has a file system", shape->name);
    int error = kr_flashfs_format(&w->fs, &w->nor.device);
    CHECK(!error, "%s: format gives %d", shape->name, error);
}

void world_free(World *w) {
    nor_free(&w->nor);
    tree_free(&w->tree);
}

static int count_objects(const KrFlashFs *fs) {
    KrFlashWay way;
    int count = 0;
    for (uint32_t object = 0;; count++, object = kr_flash_object(fs, way.entry.key) + 1) {
        if (object >> (fs->depth - fs->index_bits)) return count;
        CHECK(!kr_flash_nearest(fs, kr_flash_key(fs, object, 0), true, &way), "object %u", object);
        if (!way.found) return count;
    }
}

// Both are the same, the count of what is live is right, and no object is there that has no name.
void world_check(KrFlashFs *fs, Tree *tree, const char *when) {
    char why[400] = "";
    uint32_t units;
    CHECK(tree_same(fs, tree, why), "%s: %s", when, why);
    CHECK(!kr_flash_weigh(fs, 0, (uint32_t)((1ull << fs->depth) - 1), &units) && units == fs->live, "%s: live %u, counted %u", when,
          fs->live, units);
    int objects = count_objects(fs);
    CHECK(objects == tree->count + 1, "%s: %d objects for %d names", when, objects, tree->count);
}

void world_remount(World *w) {
    CHECK(!w->fs.open, "%s", "a file is open");
    int error = kr_flashfs_mount(&w->fs, &w->nor.device);
    CHECK(!error, "mount gives %d", error);
    world_check(&w->fs, &w->tree, "mounted again");
}

static uint8_t *some_bytes(uint32_t len) {
    uint8_t *data = malloc(len + 1);
    for (uint32_t i = 0; i < len; i++) data[i] = (uint8_t)random_below(256);
    return data;
}

// Which steps of a write that ended early were taken: as many as bytes were written.
static uint32_t steps_done(World *w, const Do *what, uint32_t done) {
    Do part = *what;
    part.len = done;
    KrFlashStat stat;
    bool there = kr_flashfs_stat(&w->fs, what->path, &stat) == 0;
    return there ? tree_steps(&w->tree, &part, w->fs.chunk) : 0;
}

// A device that is full gives ENOSPC, and only then: within a few entries.
static void check_full(World *w, const Do *what, uint32_t done) {
    uint32_t total, left;
    kr_flashfs_space(&w->fs, &total, &left);
    CHECK(left <= 3u * w->fs.chunk, "%s: ENOSPC after %u of %u bytes, but %u are free", what->path, done, what->len, left);
    w->full++;
}

static int do_both(World *w, const Do *what) {
    uint32_t done;
    w->now = what;
    int error = flash_do(&w->fs, what, &done);
    w->now = NULL;
    w->calls++;
    if (error == KR_PORT_ENOSPC) {
        check_full(w, what, done);
        tree_do(&w->tree, what, w->fs.chunk, what->kind == DO_WRITE || what->kind == DO_APPEND ? steps_done(w, what, done) : 0);
        return error;
    }
    int expected = tree_do(&w->tree, what, w->fs.chunk, UINT32_MAX);
    CHECK(error == expected, "call %d of %s, %s (at %u, len %u): %d instead of %d", what->kind, what->path, what->to, what->at, what->len,
          error, expected);
    return error;
}

int act(World *w, DoKind kind, const char *path, const char *to, uint32_t at, uint32_t len) {
    uint8_t *data = kind == DO_WRITE || kind == DO_APPEND ? some_bytes(len) : NULL;
    Do what = { .kind = kind, .at = at, .len = len, .data = data };
    snprintf(what.path, sizeof what.path, "%s", path);
    snprintf(what.to, sizeof what.to, "%s", to ? to : "");
    int error = do_both(w, &what);
    free(data);
    return error;
}
