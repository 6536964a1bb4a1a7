// tree.c - a file system in memory, the same calls on the one on flash, and whether both hold the same.
// SPDX-License-Identifier: MIT
#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nor.h"
#include "port.h"

// ---- In memory -----------------------------------------------------------------------------------------------------------------

TreeItem *tree_find(Tree *tree, const char *path) {
    for (int i = 0; i < tree->count; i++)
        if (strcmp(tree->item[i].path, path) == 0) return &tree->item[i];
    return NULL;
}

void tree_free(Tree *tree) {
    for (int i = 0; i < tree->count; i++) free(tree->item[i].data);
    tree->count = 0;
}

void tree_copy(Tree *to, const Tree *from) {
    to->count = from->count;
    for (int i = 0; i < from->count; i++) {
        to->item[i] = from->item[i];
        to->item[i].data = malloc(from->item[i].len + 1);
        memcpy(to->item[i].data, from->item[i].data, from->item[i].len);
    }
}

static bool is_in(const char *path, const char *folder) {
    size_t len = strlen(folder);
    return strncmp(path, folder, len) == 0 && path[len] == '/';
}

static bool has_items(const Tree *tree, const char *folder) {
    for (int i = 0; i < tree->count; i++)
        if (is_in(tree->item[i].path, folder)) return true;
    return false;
}

// The folder that the path is in: 0, ENOENT or ENOTDIR.
static int check_parents(Tree *tree, const char *path) {
    char part[TREE_PATH];
    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        snprintf(part, sizeof part, "%.*s", (int)(slash - path), path);
        const TreeItem *item = tree_find(tree, part);
        if (!item) return KR_PORT_ENOENT;
        if (!item->folder) return KR_PORT_ENOTDIR;
    }
    return 0;
}

static void set_size(TreeItem *item, uint32_t size) {
    item->data = realloc(item->data, size + 1);
    if (size > item->len) memset(item->data + item->len, 0, size - item->len);
    item->len = size;
}

static TreeItem *add(Tree *tree, const char *path, bool folder) {
    CHECK(tree->count < TREE_ITEMS, "%d items", tree->count);
    TreeItem *item = &tree->item[tree->count++];
    *item = (TreeItem){ .folder = folder, .data = malloc(1) };
    snprintf(item->path, sizeof item->path, "%s", path);
    return item;
}

static void drop(Tree *tree, TreeItem *item) {
    free(item->data);
    *item = tree->item[--tree->count];
}

static uint32_t start(const Do *what, const TreeItem *item) { return what->kind == DO_APPEND ? (item ? item->len : 0) : what->at; }

// The first step of a write makes the file, if it is not there.
uint32_t tree_steps(Tree *tree, const Do *what, uint32_t chunk) {
    if (what->kind != DO_WRITE && what->kind != DO_APPEND) return 1;
    uint32_t at = start(what, tree_find(tree, what->path));
    return (what->len ? (at + what->len - 1) / chunk - at / chunk + 1 : 0) + !tree_find(tree, what->path);
}

static int do_write(Tree *tree, const Do *what, uint32_t chunk, uint32_t steps) {
    TreeItem *item = tree_find(tree, what->path);
    if (item && item->folder) return KR_PORT_EISDIR;
    if (!item && !steps) return 0;
    if (!item) item = add(tree, what->path, false), steps--;
    uint32_t at = start(what, item);
    for (uint32_t done = 0, n; done < what->len && steps; done += n, steps--) {
        n = chunk - (at + done) % chunk;
        if (n > what->len - done) n = what->len - done;
        if (at + done + n > item->len) set_size(item, at + done + n);
        memcpy(item->data + at + done, what->data + done, n);
    }
    return 0;
}

static int do_rename(Tree *tree, const Do *what) {
    TreeItem *from = tree_find(tree, what->path), *to = tree_find(tree, what->to);
    if (from && from->folder && is_in(what->to, what->path)) return KR_PORT_EINVAL;
    int error = check_parents(tree, what->to);
    if (error) return error;
    if (!from) return KR_PORT_ENOENT;
    if (from == to) return 0;
    if (to && from->folder != to->folder) return from->folder ? KR_PORT_ENOTDIR : KR_PORT_EISDIR;
    if (to && to->folder && has_items(tree, what->to)) return KR_PORT_ENOTEMPTY;
    if (to) drop(tree, to);
    size_t len = strlen(what->path);
    for (int i = 0; i < tree->count; i++) {
        char *path = tree->item[i].path, renamed[2 * TREE_PATH];
        if (strcmp(path, what->path) != 0 && !is_in(path, what->path)) continue;
        snprintf(renamed, sizeof renamed, "%s%s", what->to, path + len);
        CHECK(strlen(renamed) < TREE_PATH, "%s", renamed);
        memcpy(path, renamed, strlen(renamed) + 1);
    }
    return 0;
}

int tree_do(Tree *tree, const Do *what, uint32_t chunk, uint32_t steps) {
    int error = check_parents(tree, what->path);
    if (error) return error;
    TreeItem *item = tree_find(tree, what->path);
    if (what->kind == DO_WRITE || what->kind == DO_APPEND) return do_write(tree, what, chunk, steps);
    if (!steps) return 0;
    switch (what->kind) {
    case DO_RENAME: return do_rename(tree, what);
    case DO_CREATE:
    case DO_FOLDER:
        if (item) return KR_PORT_EEXIST;
        add(tree, what->path, what->kind == DO_FOLDER);
        return 0;
    default: break;
    }
    if (!item) return KR_PORT_ENOENT;
    if (item->folder != (what->kind == DO_REMOVE_FOLDER)) return item->folder ? KR_PORT_EISDIR : KR_PORT_ENOTDIR;
    if (what->kind == DO_TRUNCATE) return set_size(item, what->len), 0;
    if (item->folder && has_items(tree, what->path)) return KR_PORT_ENOTEMPTY;
    drop(tree, item);
    return 0;
}

// ---- On flash ------------------------------------------------------------------------------------------------------------------

static int flash_write(KrFlashFs *fs, const Do *what, uint32_t *done) {
    KrFlashFile file;
    bool appends = what->kind == DO_APPEND;
    int error = kr_flashfs_open(fs, &file, what->path, KR_OPEN_WRITE | KR_OPEN_CREATE | (appends ? KR_OPEN_APPEND : 0));
    if (error) return error;
    if (!appends) kr_flashfs_seek(&file, what->at, 0);
    intptr_t n = kr_flashfs_write(&file, what->data, what->len);
    kr_flashfs_close(&file);
    if (n >= 0) *done = (uint32_t)n;
    return n < 0 ? (int)-n : *done < what->len ? KR_PORT_ENOSPC : 0;
}

static int flash_open_and(KrFlashFs *fs, const Do *what, int how) {
    KrFlashFile file;
    int error = kr_flashfs_open(fs, &file, what->path, how);
    if (error) return error;
    if (what->kind == DO_TRUNCATE) error = kr_flashfs_truncate(&file, what->len);
    kr_flashfs_close(&file);
    return error;
}

int flash_do(KrFlashFs *fs, const Do *what, uint32_t *done) {
    *done = 0;
    switch (what->kind) {
    case DO_WRITE:
    case DO_APPEND: return flash_write(fs, what, done);
    case DO_TRUNCATE: return flash_open_and(fs, what, KR_OPEN_WRITE);
    case DO_CREATE: return flash_open_and(fs, what, KR_OPEN_WRITE | KR_OPEN_CREATE | KR_OPEN_EXCLUSIVE);
    case DO_FOLDER: return kr_flashfs_make_folder(fs, what->path);
    case DO_REMOVE: return kr_flashfs_remove(fs, what->path, false);
    case DO_REMOVE_FOLDER: return kr_flashfs_remove(fs, what->path, true);
    default: return kr_flashfs_rename(fs, what->path, what->to);
    }
}

int tree_flash_read(KrFlashFs *fs, const char *path, uint8_t *out, uint32_t len, uint32_t *got) {
    KrFlashFile file;
    int error = kr_flashfs_open(fs, &file, path, KR_OPEN_READ);
    if (error) return error;
    *got = 0;
    for (intptr_t n = 1; n && *got < len; *got += (uint32_t)n)
        if ((n = kr_flashfs_read(&file, out + *got, len - *got)) < 0) {
            error = (int)-n;
            break;
        }
    kr_flashfs_close(&file);
    return error;
}

// ---- Comparing -----------------------------------------------------------------------------------------------------------------

static bool same_file(KrFlashFs *fs, const TreeItem *item, char *why) {
    uint8_t *data = malloc(item->len + 2);
    uint32_t got = 0;
    int error = tree_flash_read(fs, item->path, data, item->len + 1, &got);
    bool same = !error && got == item->len && memcmp(data, item->data, got) == 0;
    if (!same) snprintf(why, 400, "%s: error %d, %u bytes of %u, or other ones", item->path, error, got, item->len);
    free(data);
    return same;
}

static int count_names(KrFlashFs *fs, const char *path) {
    KrFlashFolder folder;
    KrFlashStat stat;
    int count = 0, error = kr_flashfs_folder_open(fs, &folder, path);
    while (!error && (error = kr_flashfs_folder_next(&folder, &stat)) == 0) count++;
    return error == KR_PORT_ENOENT ? count : -error;
}

bool tree_same(KrFlashFs *fs, Tree *tree, char *why) {
    int names = count_names(fs, "");
    for (int i = 0; i < tree->count; i++) {
        const TreeItem *item = &tree->item[i];
        KrFlashStat stat;
        int error = kr_flashfs_stat(fs, item->path, &stat);
        if (error || stat.folder != item->folder || stat.size != item->len) {
            snprintf(why, 400, "%s: stat gives %d, folder %d, size %u, not %u", item->path, error, stat.folder, stat.size, item->len);
            return false;
        }
        if (item->folder) names += count_names(fs, item->path);
        else if (!same_file(fs, item, why)) return false;
    }
    if (names != tree->count) snprintf(why, 400, "%d names instead of %d", names, tree->count);
    return names == tree->count;
}
