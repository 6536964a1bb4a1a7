// record.c - runs a program in the device build and writes its allocations: for each object its bytes, and how many allocations later it
// was dead. usage: record PROGRAM.py FROM COUNT > NAME.trace    (FROM: allocations that are not recorded, of start and warming up)
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>

#include "object/heap.h"
#include "object/vm_state.h"

enum { GRAIN = 16, MOST = 100000 }; // allocations between two looks at what has died

typedef struct {
    const void *object;
    size_t size;
    long born, died;
} Event;

static struct {
    Event event[MOST];
    long count, from, recorded, want;
    long alive[MOST]; // events whose object has not died
    long alive_count;
} r;

static void bury(KrVm *vm, const void *reused) {
    long kept = 0;
    for (long i = 0; i < r.alive_count; i++) {
        Event *e = &r.event[r.alive[i]];
        if (e->object != reused && kr_cell_at(&vm->heap.cells, (const char *)e->object) == e->object) r.alive[kept++] = r.alive[i];
        else e->died = r.count;
    }
    r.alive_count = kept;
}

static void record(KrVm *vm, void *context, const void *object, size_t size) {
    (void)context;
    if (r.count++ < r.from || r.recorded == r.want) return;
    if (r.count % GRAIN == 0) kr_collect(vm);
    bury(vm, object);
    r.alive[r.alive_count++] = r.recorded;
    r.event[r.recorded++] = (Event){ object, size, r.count, 0 };
}

int main(int argc, char **argv) {
    if (argc != 4) return fprintf(stderr, "usage: record PROGRAM.py FROM COUNT\n"), 2;
    r.from = atol(argv[2]);
    r.want = atol(argv[3]) < MOST ? atol(argv[3]) : MOST;
    FILE *f = fopen(argv[1], "rb");
    static char text[1 << 16];
    size_t len = f ? fread(text, 1, sizeof text - 1, f) : 0;
    text[len] = 0;
    KrOptions options = { .heap_cap = 256 * 1024 };
    KrVm *vm = kr_vm_new(&options);
    if (!vm || !len) return fprintf(stderr, "record: cannot start, or no program in %s\n", argv[1]), 1;
    kr_alloc_hook_set(vm, record, NULL);
    if (kr_is_error(kr_run(vm, text, len, argv[1]))) return fprintf(stderr, "record: the program failed\n"), 1;
    for (long i = 0; i < r.recorded; i++) {
        long life = r.event[i].died ? r.event[i].died - r.event[i].born : r.want;
        printf("%zx:%lx%c", r.event[i].size, (unsigned long)life, i % 16 == 15 ? '\n' : ' ');
    }
    printf("\n");
    return 0;
}
