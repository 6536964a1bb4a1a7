// tree.h - a file system as plain as can be, in memory: what the one on flash is compared with.
// SPDX-License-Identifier: MIT
#ifndef TREE_H
#define TREE_H

#include "../../modules/os/flashfs.h"

enum { TREE_ITEMS = 80, TREE_PATH = 700 };
typedef struct {
    char path[TREE_PATH]; // without a slash at the start
    bool folder;
    uint8_t *data;
    uint32_t len;
} TreeItem;
typedef struct {
    TreeItem item[TREE_ITEMS];
    int count;
} Tree;

// One call of the file system. WRITE is a series of transactions, one for each chunk of the file that it touches.
typedef enum { DO_WRITE, DO_APPEND, DO_TRUNCATE, DO_CREATE, DO_FOLDER, DO_REMOVE, DO_REMOVE_FOLDER, DO_RENAME, DO_KINDS } DoKind;
typedef struct {
    DoKind kind;
    char path[TREE_PATH], to[TREE_PATH];
    uint32_t at, len; // WRITE, APPEND, TRUNCATE: len bytes, or the new size
    const uint8_t *data;
} Do;

TreeItem *tree_find(Tree *tree, const char *path);
void tree_free(Tree *tree);
void tree_copy(Tree *to, const Tree *from);
int tree_do(Tree *tree, const Do *what, uint32_t chunk, uint32_t steps); // as far as so many steps; an errno value
uint32_t tree_steps(Tree *tree, const Do *what, uint32_t chunk);
int flash_do(KrFlashFs *fs, const Do *what, uint32_t *done); // an errno value; *done: bytes written
bool tree_same(KrFlashFs *fs, Tree *tree, char *why);        // why: room for 400 bytes
int tree_flash_read(KrFlashFs *fs, const char *path, uint8_t *out, uint32_t len, uint32_t *got);

#endif
