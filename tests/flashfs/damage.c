// damage.c - bits that flip in what is stored give EIO or change nothing, and images that somebody made up neither crash nor hang anything.
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../modules/os/flashfs_part.h"
#include "base/crc32.h"
#include "world.h"

// ---- Flipped bits --------------------------------------------------------------------------------------------------------------

static void make_content(World *w) {
    char path[40];
    act(w, DO_FOLDER, "folder", NULL, 0, 0);
    act(w, DO_FOLDER, "folder/inner", NULL, 0, 0);
    for (int i = 0; i < 24; i++) {
        snprintf(path, sizeof path, "%s%d", i % 3 == 0 ? "" : i % 3 == 1 ? "folder/" : "folder/inner/", i);
        act(w, DO_WRITE, path, NULL, 0, random_below(900));
        act(w, DO_WRITE, path, NULL, random_below(500), random_below(300));
    }
    for (int i = 0; i < 12; i++) { // damage to the last entries takes back the last calls: that is not what is looked for
        snprintf(path, sizeof path, "last%d", i);
        act(w, DO_FOLDER, path, NULL, 0, 0);
    }
}

// Each file is as it was, or says that it is damaged. Gives how many are.
static int check_files(KrFlashFs *fs, Tree *tree, const char *when) {
    int damaged = 0;
    for (int i = 0; i < tree->count; i++) {
        const TreeItem *item = &tree->item[i];
        uint8_t data[2000];
        uint32_t got = 0;
        if (item->folder) continue;
        int error = tree_flash_read(fs, item->path, data, sizeof data, &got);
        CHECK(error == 0 || error == KR_PORT_EIO, "%s, %s: %d", when, item->path, error);
        CHECK(error || (got == item->len && memcmp(data, item->data, got) == 0), "%s, %s: wrong bytes", when, item->path);
        damaged += error != 0;
    }
    return damaged;
}

static void flip(Nor *nor) {
    uint32_t at = random_below(nor->size);
    nor->data[at] ^= (uint8_t)(1u << random_below(8));
    nor_looks_programmed(nor);
}

// The log goes on through the whole device, over what is damaged.
static void churn(KrFlashFs *fs) {
    KrFlashFile file;
    uint8_t data[1500];
    memset(data, 0x5A, sizeof data);
    if (kr_flashfs_open(fs, &file, "churn", KR_OPEN_WRITE | KR_OPEN_CREATE) != 0) return;
    for (uint32_t i = 0; i < fs->size / 700; i++) {
        kr_flashfs_seek(&file, 0, 0);
        if (kr_flashfs_write(&file, data, sizeof data) < 0) break;
    }
    kr_flashfs_close(&file);
}

static void flips(const Shape *shape, uint32_t rounds) {
    World w, hurt;
    uint32_t damaged = 0;
    random_seed(7);
    world_new(&w, shape);
    make_content(&w);
    nor_new(&hurt.nor, shape->run, shape->program_size);
    for (uint32_t i = 0; i < rounds; i++) {
        nor_copy(&hurt.nor, &w.nor);
        for (uint32_t n = i % 2 ? 1 : 30; n; n--) flip(&hurt.nor);
        int error = kr_flashfs_mount(&hurt.fs, &hurt.nor.device);
        CHECK(!error || i % 2 == 0, "%s: one bit, and mount gives %d", shape->name, error);
        if (error) continue;
        damaged += (uint32_t)check_files(&hurt.fs, &w.tree, "flipped");
        if (i % 8) continue;
        churn(&hurt.fs);
        error = kr_flashfs_mount(&hurt.fs, &hurt.nor.device);
        CHECK(!error, "%s: mount gives %d", shape->name, error);
        check_files(&hurt.fs, &w.tree, "flipped, and written over");
    }
    printf("  %-10s %u rounds of flipped bits, %u files said that they are damaged\n", shape->name, rounds, damaged);
    nor_free(&hurt.nor);
    world_free(&w);
}

// ---- Images that somebody made up ----------------------------------------------------------------------------------------------

enum { MOST_ENTRIES = 4096 };
typedef struct {
    uint32_t place[MOST_ENTRIES], count;
} Entries;

static void find_entries(const KrFlashFs *fs, Entries *out) {
    KrFlashEntry entry;
    out->count = 0;
    for (uint32_t at = 0; at < fs->size >> fs->unit && out->count < MOST_ENTRIES; at++)
        if (kr_flash_entry_read(fs, (uint16_t)at, &entry) == 0) out->place[out->count++] = at << fs->unit;
}

// An entry with other pointers, another key, length or body, and with checks that are right.
static void forge_entry(const KrFlashFs *fs, Nor *nor, const Entries *entries) {
    uint32_t address = entries->place[random_below(entries->count)];
    const uint32_t place[2] = { kr_flash_block_at(fs, address).sequence, address };
    KrFlashEntry *entry = (KrFlashEntry *)(nor->data + address);
    uint32_t length = entry->length & KR_FLASH_LENGTH;
    switch (random_below(7)) {
    case 0: entry->key ^= 1u << random_below(fs->depth); break;
    case 1: entry->length ^= (uint16_t)(1u << random_below(16)); break;
    case 2: entry->live = (uint16_t)random_below(65536); break;
    case 3:
        if (length) nor->data[address + fs->header + random_below(length)] = (uint8_t)random_below(256);
        entry->body_crc = kr_crc32(0, nor->data + address + fs->header, length);
        break;
    default:
        entry->alt[random_below(fs->depth)] =
            (uint16_t)(random_below(4) ? entries->place[random_below(entries->count)] >> fs->unit : random_below(65536));
    }
    entry->header_crc = kr_crc32(kr_crc32(0, place, sizeof place), &entry->body_crc, fs->header - 4u);
}

static void forge_label(const KrFlashFs *fs, Nor *nor) {
    uint8_t *label = nor->data + kr_flash_block(fs, random_below(fs->blocks)).base;
    label[4 + random_below(28)] = (uint8_t)(random_below(2) ? random_below(256) : 0xFF);
    uint32_t crc = kr_crc32(0, label + 4, 28);
    memcpy(label, &crc, 4);
    memcpy(label + 32, label, 32);
}

static void forge(const KrFlashFs *fs, Nor *nor, const Entries *entries) {
    for (uint32_t n = 1 + random_below(12); n; n--) switch (random_below(8)) {
        case 0: forge_label(fs, nor); break;
        case 1:
            for (uint32_t i = 0, at = random_below(nor->size - 600); i < 600; i++) nor->data[at + i] = (uint8_t)random_below(256);
            break;
        case 2: memmove(nor->data + random_below(nor->size - 5000), nor->data + random_below(nor->size - 5000), random_below(5000)); break;
        default: forge_entry(fs, nor, entries);
        }
    nor_looks_programmed(nor);
}

// Names in a folder, and in the folders in there. A folder may be in itself.
static void explore(KrFlashFs *fs, const char *path, int depth) {
    KrFlashFolder folder;
    KrFlashStat stat;
    if (kr_flashfs_folder_open(fs, &folder, path) != 0) return;
    for (int i = 0; i < 40 && kr_flashfs_folder_next(&folder, &stat) == 0; i++) {
        char inner[TREE_PATH * 2];
        uint8_t data[300];
        uint32_t got;
        snprintf(inner, sizeof inner, "%.600s/%s", path, folder.name);
        (void)kr_flashfs_stat(fs, inner, &stat);
        if (stat.folder && depth) explore(fs, inner, depth - 1);
        else if (!stat.folder) (void)tree_flash_read(fs, inner, data, sizeof data, &got);
    }
}

static void use(KrFlashFs *fs) {
    static const char *const path[] = { "0", "folder/1", "folder/inner/2", "folder/inner", "folder", "3", "last1", "new" };
    uint8_t data[400] = { 1 };
    for (int i = 0; i < 60; i++) {
        Do what = { .kind = (DoKind)random_below(DO_KINDS), .at = random_below(2000), .len = random_below(400), .data = data };
        uint32_t done;
        snprintf(what.path, sizeof what.path, "%s", path[random_below(8)]);
        snprintf(what.to, sizeof what.to, "%s", path[random_below(8)]);
        (void)flash_do(fs, &what, &done);
    }
}

static void forgeries(const Shape *shape, uint32_t rounds) {
    enum { MOST_READS = 3000000 };
    World w;
    Nor nor;
    Entries *entries = malloc(sizeof *entries);
    uint32_t mounted = 0;
    random_seed(rounds);
    world_new(&w, shape);
    make_content(&w);
    find_entries(&w.fs, entries);
    nor_new(&nor, shape->run, shape->program_size);
    for (uint32_t i = 0; i < rounds; i++) {
        KrFlashFs fs;
        nor_copy(&nor, &w.nor);
        forge(&w.fs, &nor, entries);
        nor.most_reads = nor.reads + MOST_READS;
        if (kr_flashfs_mount(&fs, &nor.device) != 0) continue;
        mounted++;
        explore(&fs, "", 2);
        use(&fs);
        churn(&fs);
        explore(&fs, "", 2);
        CHECK(nor.reads < nor.most_reads, "%s, round %u: it reads on and on", shape->name, i);
    }
    printf("  %-10s %u forged images, %u of them mount\n", shape->name, rounds, mounted);
    fflush(stdout);
    nor_free(&nor);
    world_free(&w);
    free(entries);
}

void test_damage(uint32_t rounds) {
    for (size_t s = 0; s < WORLD_SHAPES - 1; s++) {
        flips(&world_shapes[s], rounds);
        forgeries(&world_shapes[s], rounds / 2);
    }
}
