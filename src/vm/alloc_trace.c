// alloc_trace.c - counts allocations by line of Python code: an allocation hook with a table of places.
//
// A place is a code object (kept alive by the table) and the instruction that runs. The table has a fixed size, since nothing can be
// allocated inside the hook; what finds no room is counted in its first entry, which has no code.
// SPDX-License-Identifier: MIT
#include "vm/alloc_trace.h"

#include "object/heap.h"
#include "object/list.h"
#include "object/tuple.h"
#include "vm/frame.h"

enum { PLACES = KR_DEVICE ? 64 : 4096, PROBES = 16 };

typedef struct {
    KrCode *code;
    uint32_t at; // instruction
    uint32_t count;
    uint64_t bytes;
} Place;

typedef struct KrAllocTrace {
    Place place[PLACES];
} KrAllocTrace;

static Place *find_place(KrAllocTrace *t, KrCode *code, uint32_t at) {
    size_t hash = ((uintptr_t)code >> 4) * 31 + at;
    for (size_t i = 0; code && i < PROBES; i++) {
        Place *p = &t->place[1 + (hash + i) % (PLACES - 1)];
        if (p->code == code && p->at == at) return p;
        if (p->code) continue;
        p->code = code;
        p->at = at;
        return p;
    }
    return &t->place[0];
}

static void count(KrVm *vm, void *context, const void *object, size_t size) {
    const KrFrame *f = vm->thread.frame;
    (void)object;
    Place *p = find_place(context, f ? f->code : NULL, f && f->pc > f->code->instr ? (uint32_t)(f->pc - f->code->instr) - 1 : 0);
    p->count++;
    p->bytes += size;
}

bool kr_alloc_trace_start(KrVm *vm) {
    if (vm->alloc_trace) return true;
    size_t size = sizeof(KrAllocTrace);
    vm->alloc_trace = kr_side_alloc(vm, &size);
    if (!vm->alloc_trace) return kr_fail(kr_raise_memory(vm));
    kr_alloc_hook_set(vm, count, vm->alloc_trace);
    return true;
}

void kr_alloc_trace_mark(KrTracer *tracer) {
    const KrAllocTrace *t = tracer->vm->alloc_trace;
    for (size_t i = 0; t && i < PLACES; i++) kr_trace_object(tracer, t->place[i].code);
}

void kr_alloc_trace_free(KrVm *vm) {
    if (!vm->alloc_trace) return;
    kr_alloc_hook_set(vm, NULL, NULL);
    kr_side_free(vm, vm->alloc_trace, sizeof(KrAllocTrace));
    vm->alloc_trace = NULL;
}

static void sort_places(Place *place, size_t n) { // by bytes, falling; by insertion
    for (size_t i = 1; i < n; i++) {
        Place p = place[i];
        size_t k = i;
        for (; k && place[k - 1].bytes < p.bytes; k--) place[k] = place[k - 1];
        place[k] = p;
    }
}

// Instructions of one line are one entry.
static size_t merge_lines(Place *place) {
    size_t n = 0;
    for (size_t i = 0; i < PLACES; i++) {
        Place p = place[i];
        if (!p.count) continue;
        p.at = p.code ? (uint32_t)kr_code_position(p.code, p.at).line : 0;
        size_t k = 0;
        while (k < n && (place[k].code != p.code || place[k].at != p.at)) k++;
        if (k == n) place[n++] = (Place){ p.code, p.at, 0, 0 };
        place[k].count += p.count;
        place[k].bytes += p.bytes;
    }
    return n;
}

KrValue kr_alloc_trace_stop(KrVm *vm) {
    KrValue out = kr_list(vm, 0, NULL);
    if (!vm->alloc_trace || kr_is_error(out)) return out;
    kr_alloc_hook_set(vm, NULL, NULL);
    Place *place = vm->alloc_trace->place;
    size_t n = merge_lines(place);
    sort_places(place, n);
    for (size_t i = 0; i < n; i++) {
        KrValue item[4] = { place[i].code ? place[i].code->filename : KR_NONE, kr_int_box((intptr_t)place[i].at),
                            kr_int(vm, place[i].count), kr_int(vm, (int64_t)place[i].bytes) };
        KrValue row = kr_tuple(vm, 4, item);
        if (kr_is_error(row) || !kr_list_append(vm, out, row)) return kr_alloc_trace_free(vm), KR_ERROR;
    }
    kr_alloc_trace_free(vm);
    return out;
}
