// random.c - calls by chance on the file system and the plain one, with names, sizes and places that make all paths of the code likely.
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <string.h>

#include "world.h"

enum { PARTS = 9 };
static const char *const part[PARTS] = {
    "a",       "b",        "c",
    "main.py", "data.txt", "log",
    "d",       "e",        "a-long-name-that-fills-a-bucket-with-only-a-few-of-its-kind-in-it-since-it-goes-on-and-on"
};

static void random_path(char out[TREE_PATH]) {
    size_t len = 0;
    for (uint32_t depth = 1 + random_below(3); depth; depth--)
        len += (size_t)snprintf(out + len, TREE_PATH - len, "%s%s", len ? "/" : "", part[random_below(PARTS)]);
}

static const TreeItem *random_item(World *w) { return &w->tree.item[random_below((uint32_t)w->tree.count)]; }

// Half of the time something that is there.
static void some_path(World *w, char out[TREE_PATH]) {
    if (w->tree.count && random_below(2)) snprintf(out, TREE_PATH, "%s", random_item(w)->path);
    else random_path(out);
}

// What is there goes, one by one, until little is left.
static void clear(World *w) {
    while (w->tree.count > 8) {
        const TreeItem *item = random_item(w);
        bool folder = item->folder;
        char path[TREE_PATH];
        memcpy(path, item->path, sizeof path);
        act(w, folder ? DO_REMOVE_FOLDER : DO_REMOVE, path, NULL, 0, 0);
    }
}

static size_t longest_path(const World *w) {
    size_t longest = 0;
    for (int i = 0; i < w->tree.count; i++)
        if (strlen(w->tree.item[i].path) > longest) longest = strlen(w->tree.item[i].path);
    return longest;
}

static uint32_t random_length(const World *w) {
    uint32_t most = w->fs.capacity << w->fs.unit > 400000 ? 20000 : 12000;
    switch (random_below(4)) {
    case 0: return random_below(40);
    case 1: return random_below(w->fs.chunk + 2u);
    case 2: return w->fs.chunk * (1 + random_below(4)); // ends with a chunk
    default: return random_below(most);
    }
}

static void random_call(World *w) {
    static const DoKind kinds[] = { DO_WRITE,  DO_WRITE,  DO_APPEND, DO_APPEND,        DO_TRUNCATE, DO_CREATE, DO_FOLDER,
                                    DO_FOLDER, DO_REMOVE, DO_REMOVE, DO_REMOVE_FOLDER, DO_RENAME,   DO_RENAME };
    DoKind kind = kinds[random_below(KR_COUNT_OF(kinds))];
    char path[TREE_PATH], to[TREE_PATH];
    some_path(w, path);
    some_path(w, to);
    if (strlen(to) + longest_path(w) >= TREE_PATH) random_path(to);
    if (w->tree.count > TREE_ITEMS - 2 || random_below(1500) == 0) clear(w);
    uint32_t len = random_length(w);
    act(w, kind, path, to, random_below(4) ? 0 : random_length(w), len);
}

static void run(const Shape *shape, uint32_t calls) {
    World w;
    random_seed(calls);
    world_new(&w, shape);
    for (uint32_t i = 0; i < calls; i++) {
        random_call(&w);
        if (random_below(200) == 0) world_remount(&w);
    }
    world_remount(&w);
    uint32_t most = 0, least = UINT32_MAX;
    for (uint32_t i = 0; i < w.fs.blocks && i < KR_COUNT_OF(w.nor.erases); i++) {
        if (w.nor.erases[i] > most) most = w.nor.erases[i];
        if (w.nor.erases[i] < least) least = w.nor.erases[i];
    }
    CHECK(most - least <= 1, "blocks were erased %u to %u times", least, most);
    CHECK(kr_flashfs_erases(&w.fs) >= most && kr_flashfs_erases(&w.fs) <= most + 2, "%u erases are told, %u were", kr_flashfs_erases(&w.fs),
          most);
    printf("  %-10s %8llu calls, %6llu of them found it full, %u erases of each block\n", shape->name, (unsigned long long)w.calls,
           (unsigned long long)w.full, most);
    fflush(stdout);
    world_free(&w);
}

void test_random(uint32_t calls) {
    for (size_t s = 0; s < WORLD_SHAPES; s++) run(&world_shapes[s], calls);
}
