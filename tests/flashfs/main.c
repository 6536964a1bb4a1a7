// main.c - tests of the flash file system. flashfs_test NAME [N...]; without a name: all of them, briefly.
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "world.h"

int main(int argc, char **argv) {
    const char *name = argc > 1 ? argv[1] : "";
    int n = argc > 2 ? atoi(argv[2]) : 0;
    if (!*name || !strcmp(name, "cuts")) test_cuts(n ? n : 41, argc > 3 ? argv[3] : NULL);
    return 0;
}
