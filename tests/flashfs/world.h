// world.h - a flash with a file system and the plain one beside it: each call is made on both, and has to do the same.
// SPDX-License-Identifier: MIT
#ifndef WORLD_H
#define WORLD_H

#include "nor.h"
#include "tree.h"

enum { WORLD_SHAPES = 6 };

typedef struct {
    const char *name;
    KrBlockRun run[3];
    uint32_t program_size;
} Shape;
extern const Shape world_shapes[WORLD_SHAPES];

typedef struct World World;
struct World {
    Nor nor;
    KrFlashFs fs;
    Tree tree;
    const Do *now; // what is being done; NULL: nothing that changes anything
    uint64_t calls, full, cuts;
};

void world_new(World *w, const Shape *shape);
void world_free(World *w);
void world_check(KrFlashFs *fs, Tree *tree, const char *when);
void world_remount(World *w);
int act(World *w, DoKind kind, const char *path, const char *to, uint32_t at, uint32_t len); // an errno value

void test_cuts(int stride, const char *shape);
void test_random(uint32_t calls);
void test_full(void);
void test_basics(void);
void test_damage(uint32_t rounds);

#endif
