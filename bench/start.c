// start.c - what it costs to start and end a command: wall time, processor time, page faults and resident size.
// SPDX-License-Identifier: MIT
//
// usage: start RUNS command [argument ...] [-- command ...]     The commands take turns; one line each, as a row of a table.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 8 };

typedef struct {
    double wall, wall_least, cpu, cpu_least; // milliseconds; sums, and the least
    long resident, faults;                   // KB, the largest; sum
    char **command;
} Cost;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double milliseconds(struct timeval t) { return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3; }

// A fork would cost the child page faults of its own.
static int run(Cost *c) {
    double begin = now();
    pid_t child = vfork();
    if (child == 0) {
        execv(c->command[0], c->command);
        _exit(127);
    }
    int status;
    struct rusage use;
    if (child < 0 || wait4(child, &status, 0, &use) < 0 || status != 0) return 0;
    double wall = now() - begin, cpu = milliseconds(use.ru_utime) + milliseconds(use.ru_stime);
    if (c->wall == 0 || wall < c->wall_least) c->wall_least = wall;
    if (c->cpu == 0 || cpu < c->cpu_least) c->cpu_least = cpu;
    if (use.ru_maxrss > c->resident) c->resident = use.ru_maxrss;
    c->wall += wall, c->cpu += cpu, c->faults += use.ru_minflt;
    return 1;
}

int main(int argc, char **argv) {
    Cost cost[MOST] = { { .command = argv + 2 } };
    int runs = argc > 2 ? atoi(argv[1]) : 0, count = 1;
    for (int i = 2; i < argc && count < MOST; i++)
        if (strcmp(argv[i], "--") == 0) argv[i] = NULL, cost[count++].command = argv + i + 1;
    if (runs <= 0) return fprintf(stderr, "usage: start RUNS command [argument ...] [-- command ...]\n"), 2;
    for (int r = 0; r < runs; r++)
        for (int i = 0; i < count; i++)
            if (!run(&cost[i])) return fprintf(stderr, "start: %s failed\n", cost[i].command[0]), 1;
    for (int i = 0; i < count; i++)
        printf("| %.3f | %.3f | %.3f | %.3f | %ld | %ld |\n", cost[i].wall_least, cost[i].wall / runs, cost[i].cpu_least,
               cost[i].cpu / runs, cost[i].faults / runs, cost[i].resident);
    return 0;
}
