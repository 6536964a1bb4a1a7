// replay.c - replays recorded allocations on the fixed-region heap until memory runs out, or a number of them was made.
//
// usage: replay NAME.trace MOST PERCENT COUNT    MOST: larger objects are left out (128, 1024)
// Two instances of the trace run side by side, out of step, round and round: an object that was alive when recording ended lives until
// the same allocation comes again. Beside them lie long-lived objects of sizes from the trace, as many as bring the requested bytes of all
// live objects to PERCENT of the region at the peak; every CHURN allocations one of them is replaced by one of its size, or by any other
// with MIX=1 in the environment, which is harder than programs are.
// Prints the allocations made, and the bytes that were live when the heap was full; exit code 1 if it was.
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object/collector.h"
#include "object/object.h"
#include "object/vm_state.h"
#include "port.h"

enum { REGION = 100 * 1024, MOST_EVENTS = 20000, INSTANCES = 2, POOL = 16384, CHURN = 64 };

typedef struct {
    uint32_t size;
    int next_dying; // another one that dies at the same event; -1: none
} Event;

typedef struct { // live objects of one instance of the trace, by event
    KrObject *object[MOST_EVENTS];
    int at;
} Instance;

static Event event[MOST_EVENTS];
static int events, dying[MOST_EVENTS]; // dying[i]: the first of those that are dead when event i comes
static Instance instance[INSTANCES];
static struct {
    KrObject *object;
    uint32_t size;
} pool[POOL];
static int pool_len;
static size_t live;
static KrVm vm;
static uint64_t seed = 88172645463325252u;
static _Alignas(16) char region[REGION];

const KrType kr_type_type = { .name = "type" }, kr_str_type = { .name = "str" };
static const KrType object_type = { KR_TYPE_HEAD(object_type), .name = "object" };

// ---- What the heap needs of the rest -------------------------------------------------------------------------------------------

void *kr_port_memory(size_t *size) { return *size = sizeof region, region; }
void kr_port_memory_free(void *p, size_t size) { (void)p, (void)size; }
int64_t kr_port_monotonic_ns(void) { return 0; }
int64_t kr_port_cpu_ns(void) { return 0; }
KR_NORETURN void kr_port_abort(const char *message) { puts(message), abort(); }
KrValue kr_raise_memory(KrVm *v) { return (void)v, KR_ERROR; }
bool kr_limits_settle(KrVm *v) { return (void)v, true; }
bool kr_within_limits(KrVm *v) { return (void)v, true; }
void kr_attr_trace(KrTracer *tracer, KrObject *object) { (void)tracer, (void)object; }
bool kr_intern_sweep(KrVm *v, size_t n) { return (void)v, (void)n, true; }
bool kr_weakref_sweep(KrVm *v, size_t n) { return (void)v, (void)n, true; }
bool kr_caches_sweep(KrVm *v, size_t n) { return (void)v, (void)n, true; }
bool kr_caches_give_up(KrVm *v) { return (void)v, false; }
void kr_lookup_flush(KrVm *v) { (void)v; }
void kr_trace_frames(KrTracer *tracer) { (void)tracer; }
void kr_scan_frames(KrVm *v) { (void)v; }

void kr_trace_vm(KrTracer *tracer) {
    for (int k = 0; k < INSTANCES; k++)
        for (int i = 0; i < events; i++) kr_trace_object(tracer, instance[k].object[i]);
    for (int i = 0; i < pool_len; i++) kr_trace_object(tracer, pool[i].object);
}

// ---- Replaying -----------------------------------------------------------------------------------------------------------------

static uint32_t random_below(uint32_t n) {
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
    return (uint32_t)(seed >> 32) % n;
}

static void drop(KrObject **where, uint32_t size) {
    if (!*where) return;
    if (vm.marking) kr_store_ptr_slow(&vm, *where);
    *where = NULL;
    live -= size;
}

static bool make(KrObject **where, uint32_t size) {
    *where = kr_alloc(&vm, &object_type.shape, size);
    if (*where) live += size;
    return *where != NULL;
}

static void die(Instance *in, int i, bool dry) {
    if (!dry) return drop(&in->object[i], event[i].size);
    if (in->object[i]) live -= event[i].size;
    in->object[i] = NULL;
}

// One allocation of the trace, and the deaths that are due. Without a heap (dry) only `live` is counted.
static bool step(Instance *in, bool dry) {
    if (in->at == events) in->at = 0;
    int at = in->at++;
    die(in, at, dry); // what outlived the trace makes room for its successor of the next round
    for (int i = dying[at]; i >= 0; i = event[i].next_dying) die(in, i, dry);
    if (!dry) return make(&in->object[at], event[at].size);
    in->object[at] = (KrObject *)region;
    return live += event[at].size, true;
}

static void start_instances(void) {
    memset(instance, 0, sizeof instance);
    for (int k = 0; k < INSTANCES; k++) instance[k].at = k * events / INSTANCES;
    live = 0;
}

static size_t find_peak(void) {
    size_t peak = 0;
    start_instances();
    for (int i = 0; i < 4 * events * INSTANCES; i++) {
        step(&instance[i % INSTANCES], true);
        if (live > peak) peak = live;
    }
    start_instances();
    return peak;
}

static bool add_long_lived(int i, uint32_t size) {
    pool[i].size = size;
    return make(&pool[i].object, size);
}

static uint32_t any_size(void) { return event[random_below((uint32_t)events)].size; }

static bool fill(size_t bytes) {
    for (; live < bytes && pool_len < POOL; pool_len++)
        if (!add_long_lived(pool_len, any_size())) return false;
    return true;
}

static bool replace_one(bool mix, size_t bytes, size_t *held) {
    int i = (int)random_below((uint32_t)pool_len);
    uint32_t size = mix ? any_size() : pool[i].size;
    *held -= pool[i].size;
    drop(&pool[i].object, pool[i].size);
    pool[i] = pool[--pool_len];
    pool[pool_len].object = NULL;
    for (; *held + size <= bytes && pool_len < POOL; size = any_size()) {
        *held += size;
        if (!add_long_lived(pool_len++, size)) return false;
    }
    return true;
}

static bool load(const char *path, unsigned most) {
    FILE *f = fopen(path, "r");
    unsigned size, life;
    for (int i = 0; i < MOST_EVENTS; i++) dying[i] = -1;
    while (f && events < MOST_EVENTS && fscanf(f, "%x:%x", &size, &life) == 2) {
        if (size > most) continue;
        event[events] = (Event){ size, -1 };
        unsigned death = (unsigned)events + life + 1;
        if (death < MOST_EVENTS) event[events].next_dying = dying[death], dying[death] = events;
        events++;
    }
    return events > 1000;
}

int main(int argc, char **argv) {
    if (argc != 5) return fprintf(stderr, "usage: replay NAME.trace MOST PERCENT COUNT\n"), 2;
    if (!load(argv[1], (unsigned)atoi(argv[2]))) return fprintf(stderr, "replay: no trace in %s\n", argv[1]), 2;
    size_t wanted = REGION / 100 * (size_t)atoi(argv[3]), peak = find_peak(), bytes = wanted > peak ? wanted - peak : 0;
    long count = atol(argv[4]), made = 0;
    if (!kr_heap_init(&vm, REGION)) return fprintf(stderr, "replay: no heap\n"), 2;
    bool ok = fill(bytes);
    size_t held = live;
    bool mix = getenv("MIX") && *getenv("MIX") == '1';
    size_t most = 0;
    for (; ok && made < count; made++) {
        if (live > most) most = live;
        ok = step(&instance[made % INSTANCES], false);
        if (ok && pool_len && made % CHURN == 0) ok = replace_one(mix, bytes, &held);
    }
    printf("%s, objects up to %s bytes, %s %% live%s: %ld allocations, %s (at most %zu of %d bytes live, %llu collections)\n", argv[1],
           argv[2], argv[3], mix ? ", mixed" : "", made, ok ? "no failure" : "FULL", most, REGION,
           (unsigned long long)vm.heap.stats.collections);
    return !ok;
}
