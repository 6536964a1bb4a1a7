// main.c - tests of the flash file system: flashfs_test [NAME [N [SHAPE]]]. Without a name: all of them, briefly.
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "world.h"

static bool asked(const char *name, int argc, char **argv) { return argc < 2 || strcmp(argv[1], name) == 0; }

int main(int argc, char **argv) {
    int n = argc > 2 ? atoi(argv[2]) : 0;
    if (asked("basics", argc, argv)) test_basics();
    if (asked("cuts", argc, argv)) test_cuts(n ? n : 61, argc > 3 ? argv[3] : NULL);
    if (asked("random", argc, argv)) test_random(n ? (uint32_t)n : 6000);
    if (asked("full", argc, argv)) test_full();
    if (asked("damage", argc, argv)) test_damage(n ? (uint32_t)n : 200);
    return 0;
}
