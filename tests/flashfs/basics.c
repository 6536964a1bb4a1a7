// basics.c - each call once: what it gives, and which errors.
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <string.h>

#include "../../modules/os/flashfs_part.h"
#include "world.h"

#define GIVES(call, expected) \
    do { \
        long long given = (call); \
        CHECK(given == (expected), "%s gives %lld", #call, given); \
    } while (0)

enum { READ = KR_OPEN_READ, WRITE = KR_OPEN_WRITE, BOTH = KR_OPEN_READ | KR_OPEN_WRITE, CREATE = KR_OPEN_CREATE };

static void files(KrFlashFs *fs) {
    KrFlashFile f, g;
    uint32_t size;
    char text[64] = "";
    GIVES(kr_flashfs_open(fs, &f, "none", READ), KR_PORT_ENOENT);
    GIVES(kr_flashfs_open(fs, &f, "", READ), KR_PORT_EISDIR);
    GIVES(kr_flashfs_open(fs, &f, "/a", BOTH | CREATE | KR_OPEN_EXCLUSIVE), 0);
    GIVES(kr_flashfs_open(fs, &g, "//a", WRITE | CREATE | KR_OPEN_EXCLUSIVE), KR_PORT_EEXIST);
    GIVES(kr_flashfs_write(&f, "hello", 5), 5);
    GIVES(kr_flashfs_seek(&f, -4, 1), 1);
    GIVES(kr_flashfs_read(&f, text, 3), 3);
    CHECK(!memcmp(text, "ell", 3), "%s", text);
    GIVES(kr_flashfs_seek(&f, 1000, 0), 1000);
    GIVES(kr_flashfs_read(&f, text, 3), 0);
    GIVES(kr_flashfs_write(&f, "x", 1), 1); // a hole before it
    GIVES(kr_flashfs_seek(&f, -3, 2), 998);
    GIVES(kr_flashfs_read(&f, text, 9), 3);
    CHECK(!memcmp(text, "\0\0x", 3), "%s", "a hole has zeros");
    GIVES(kr_flashfs_seek(&f, -1, 0), -KR_PORT_EINVAL);
    GIVES(kr_flashfs_seek(&f, 0, 3), -KR_PORT_EINVAL);
    GIVES(kr_flashfs_truncate(&f, 3), 0);
    GIVES(kr_flashfs_truncate(&f, 600), 0);
    GIVES(kr_flashfs_seek(&f, 0, 0), 0);
    GIVES(kr_flashfs_read(&f, text, 10), 10);
    CHECK(!memcmp(text, "hel\0\0\0\0\0\0\0", 10), "%s", "what was cut off came back");
    GIVES(kr_flashfs_truncate(&f, (int64_t)1 << 40), KR_PORT_EFBIG);
    GIVES(kr_flashfs_truncate(&f, -1), KR_PORT_EINVAL);
    GIVES(kr_flashfs_open(fs, &g, "a", KR_OPEN_APPEND), 0);
    GIVES(kr_flashfs_write(&g, "end", 3), 3);
    GIVES(kr_flashfs_size(&f, &size), 0);
    CHECK(size == 603, "%u", size);
    GIVES(kr_flashfs_read(&g, text, 1), -KR_PORT_EBADF);
    kr_flashfs_close(&g);
    GIVES(kr_flashfs_remove(fs, "a", false), 0); // while it is open
    GIVES(kr_flashfs_open(fs, &g, "b", WRITE | CREATE), 0);
    GIVES(kr_flashfs_read(&f, text, 1), -KR_PORT_ESTALE);
    GIVES(kr_flashfs_write(&f, "x", 1), -KR_PORT_ESTALE);
    kr_flashfs_close(&f);
    kr_flashfs_close(&g);
    CHECK(!fs->open, "%s", "all are closed");
}

static void folders(KrFlashFs *fs) {
    KrFlashFile f;
    KrFlashStat stat;
    KrFlashFolder folder;
    char name[KR_FLASHFS_NAME + 2];
    memset(name, 'n', sizeof name);
    name[sizeof name - 1] = 0;
    GIVES(kr_flashfs_make_folder(fs, "/"), KR_PORT_EEXIST);
    GIVES(kr_flashfs_make_folder(fs, "x/y"), KR_PORT_ENOENT);
    GIVES(kr_flashfs_make_folder(fs, "x/"), 0);
    GIVES(kr_flashfs_make_folder(fs, "x/y"), 0);
    GIVES(kr_flashfs_make_folder(fs, "x/y"), KR_PORT_EEXIST);
    GIVES(kr_flashfs_make_folder(fs, "b/z"), KR_PORT_ENOTDIR);
    GIVES(kr_flashfs_make_folder(fs, "x/.."), KR_PORT_EINVAL);
    GIVES(kr_flashfs_make_folder(fs, name), KR_PORT_ENAMETOOLONG);
    GIVES(kr_flashfs_make_folder(fs, name + 1), 0);
    GIVES(kr_flashfs_open(fs, &f, "b/", READ), KR_PORT_ENOTDIR);
    GIVES(kr_flashfs_stat(fs, "x/y/", &stat), 0);
    CHECK(stat.folder, "%s", "x/y is a folder");
    GIVES(kr_flashfs_remove(fs, "x", true), KR_PORT_ENOTEMPTY);
    GIVES(kr_flashfs_remove(fs, "x", false), KR_PORT_EISDIR);
    GIVES(kr_flashfs_remove(fs, "b", true), KR_PORT_ENOTDIR);
    GIVES(kr_flashfs_remove(fs, "/", true), 16);
    GIVES(kr_flashfs_rename(fs, "x", "x/y/z"), KR_PORT_EINVAL);
    GIVES(kr_flashfs_rename(fs, "b", "x"), KR_PORT_EISDIR);
    GIVES(kr_flashfs_rename(fs, "x", "b"), KR_PORT_ENOTDIR);
    GIVES(kr_flashfs_rename(fs, "x/y", "y"), 0);
    GIVES(kr_flashfs_rename(fs, "b", "y/b"), 0);
    GIVES(kr_flashfs_rename(fs, "x", "y"), KR_PORT_ENOTEMPTY);
    GIVES(kr_flashfs_rename(fs, "y", "x"), 0);
    GIVES(kr_flashfs_stat(fs, "x/b", &stat), 0);
    GIVES(kr_flashfs_folder_open(fs, &folder, "x/b"), KR_PORT_ENOTDIR);
    GIVES(kr_flashfs_folder_open(fs, &folder, "x"), 0);
    GIVES(kr_flashfs_folder_next(&folder, &stat), 0);
    CHECK(!strcmp(folder.name, "b") && !stat.folder, "%s", folder.name);
    GIVES(kr_flashfs_folder_next(&folder, &stat), KR_PORT_ENOENT);
}

// Formatted anew, it is empty, also in another shape; erases are counted on.
static void formatting(World *w) {
    static const KrBlockRun other[] = { { 8192, 8 }, { 0, 0 } };
    KrFlashFolder folder;
    KrFlashStat stat;
    uint32_t erases = kr_flashfs_erases(&w->fs);
    for (int i = 0; i < 300; i++) act(w, DO_WRITE, "c", NULL, 0, 2000);
    CHECK(kr_flashfs_erases(&w->fs) > erases, "%u", erases);
    erases = kr_flashfs_erases(&w->fs);
    GIVES(kr_flashfs_format(&w->fs, &w->nor.device), 0);
    CHECK(kr_flashfs_erases(&w->fs) >= erases, "%u", erases);
    GIVES(kr_flashfs_mount(&w->fs, &w->nor.device), 0);
    GIVES(kr_flashfs_folder_open(&w->fs, &folder, ""), 0);
    GIVES(kr_flashfs_folder_next(&folder, &stat), KR_PORT_ENOENT);
    const KrBlockRun *run = w->nor.device.run;
    w->nor.device.run = other; // of which the first blocks begin where others did
    GIVES(kr_flashfs_format(&w->fs, &w->nor.device), 0);
    GIVES(kr_flashfs_mount(&w->fs, &w->nor.device), 0);
    w->nor.device.run = run;
    GIVES(kr_flashfs_mount(&w->fs, &w->nor.device), KR_PORT_EINVAL);
    GIVES(kr_flashfs_format(&w->fs, &w->nor.device), 0);
    GIVES(kr_flashfs_mount(&w->fs, &w->nor.device), 0);
}

// Cells that a power cut spoiled look erased and take nothing: behind those of three cuts, entries of any size find a place.
static void spoiled(DoKind kind, uint32_t begin, int cuts) {
    World w;
    world_new(&w, &world_shapes[1]);
    act(&w, DO_WRITE, "a", NULL, 0, 700);
    act(&w, DO_CREATE, "b", NULL, 0, 0);
    uint32_t piece = w.fs.header + KR_FLASH_PIECE, at = w.fs.position + begin;
    for (int i = 0; i < cuts; i++) memset(w.nor.weak + at + (uint32_t)i * piece, 1, KR_FLASH_PIECE);
    int error = act(&w, kind, "b", NULL, 0, kind == DO_APPEND ? 700 : 0);
    CHECK(!error, "kind %d, cells at %u: %d", kind, begin, error);
    world_remount(&w);
    world_free(&w);
}

void test_basics(void) {
    World w;
    for (uint32_t begin = 0; begin <= 400; begin += 4)
        for (int cuts = 1; cuts <= 3; cuts++) spoiled(DO_REMOVE, begin, cuts), spoiled(DO_APPEND, begin, cuts);
    world_new(&w, &world_shapes[1]);
    files(&w.fs);
    folders(&w.fs);
    GIVES(kr_flashfs_format(&w.fs, &w.nor.device), 0);
    formatting(&w);
    printf("  each call once\n");
    world_free(&w);
}
