// sim_uart.c - serial lines of the simulated board: what comes in waits in a ring; what goes out is told to the line's object.
//
// A class in Python derives from _sim.Line: its feed(data) puts bytes into the ring, its sent(data) gets those that the program writes.
// SPDX-License-Identifier: MIT
#include "sim_part.h"

#include "vm/blocking.h"

enum { LOOK_NS = 10000000 }; // other threads may feed a line

typedef struct {
    KrObject head;
    KrRaw *ring; // NULL: nothing came yet
    size_t first, count, lost;
    size_t most; // bytes that wait for the program; more are lost
} Line;

#define LINE(v) KR_AS(Line, v)

static void line_trace(KrTracer *tracer, KrObject *object) { kr_trace_object(tracer, ((Line *)object)->ring); }

static bool make_room(KrVm *vm, Line *line) {
    if (line->ring && line->ring->cap >= line->most) return true;
    KrRaw *ring = kr_raw_new(vm, line->most);
    if (!ring) return false;
    for (size_t i = 0; i < line->count; i++) ring->data[i] = line->ring->data[(line->first + i) % line->ring->cap];
    line->first = 0;
    KR_STORE_PTR(vm, line, line->ring, ring);
    return true;
}

static KrValue line_feed(KrVm *vm, KrValue self, const KrValue *arg) {
    Line *line = LINE(self);
    KrBuffer b;
    if (!line->most) line->most = 256;
    if (!make_room(vm, line) || !kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    size_t room = line->ring->cap - line->count, taken = b.len < room ? b.len : room;
    for (size_t i = 0; i < taken; i++) line->ring->data[(line->first + line->count++) % line->ring->cap] = ((const uint8_t *)b.data)[i];
    line->lost += b.len - taken;
    kr_release_buffer(vm, &b);
    return kr_int(vm, (int64_t)taken);
}

static KrValue line_lost(KrVm *vm, KrValue self) { return kr_int(vm, (int64_t)LINE(self)->lost); }
static KrValue line_waiting(KrVm *vm, KrValue self) { return kr_int(vm, (int64_t)LINE(self)->count); }

static const KrMethod line_methods[] = {
    { "feed(data, /)", line_feed, KR_DOC("Put bytes where the program will read them; return how many found room."), 0 },
    { 0 },
};
static const KrGetSet line_attributes[] = {
    { "lost", line_lost, NULL, KR_DOC("Number of bytes that found no room.") },
    { "waiting", line_waiting, NULL, KR_DOC("Number of bytes that the program has not read yet.") },
    { 0 },
};
const KrType kr_sim_line_type = {
    KR_TYPE_HEAD(kr_sim_line_type),
    .name = "Line",
    .module = "_sim",
    .doc = KR_DOC("A serial line. Derived classes have sent(data)."),
    .flags = KR_TYPE_BASE | KR_TYPE_WEAKREF,
    .size = sizeof(Line),
    .methods = line_methods,
    .attributes = line_attributes,
    .trace = line_trace,
};

// ---- The table ---------------------------------------------------------------------------------------------------------------------------

static bool uart_open(KrVm *vm, KrUart *u) {
    KrValue arg[] = { u->id, kr_int(vm, u->baud), kr_int_box(u->bits), kr_int_box(u->parity), kr_int_box(u->stop) };
    KrValue v = kr_call_method(vm, u->board, "_uart", 5, arg);
    if (kr_is_error(v)) return false;
    if (!kr_isa(v, &kr_sim_line_type))
        return kr_fail(kr_raise(vm, &kr_type_error, "a simulated serial line must be a _sim.Line, not %T", v));
    LINE(v)->most = u->rx_size > LINE(v)->count ? u->rx_size : LINE(v)->count;
    kr_store(vm, u, &u->port, v);
    return true;
}

static intptr_t available(KrVm *vm, KrUart *u) { return (void)vm, (intptr_t)LINE(u->port)->count; }

static intptr_t read_line(KrVm *vm, KrUart *u, uint8_t *out, size_t len) {
    Line *line = LINE(u->port);
    size_t n = len < line->count ? len : line->count;
    (void)vm;
    for (size_t i = 0; i < n; i++) out[i] = line->ring->data[(line->first + i) % line->ring->cap];
    if (n) line->first = (line->first + n) % line->ring->cap;
    line->count -= n;
    return (intptr_t)n;
}

static intptr_t write_line(KrVm *vm, KrUart *u, const uint8_t *data, size_t len) {
    KrValue bytes = kr_bytes(vm, data, len);
    return kr_is_error(bytes) || kr_is_error(kr_call_method(vm, u->port, "sent", 1, &bytes)) ? -1 : (intptr_t)len;
}

static bool has_some(void *context) { return ((const Line *)context)->count; }

static bool wait_line(KrVm *vm, KrUart *u, int64_t until) {
    Line *line = LINE(u->port);
    while (!line->count && kr_now_ns(vm) < until) {
        int how = kr_clock_is_virtual(vm) ? kr_clock_wait(vm, until, has_some, line) : KR_CLOCK_OUTSIDE;
        if (how < 0) return false;
        if (how != KR_CLOCK_OUTSIDE) continue;
        int64_t left = kr_clock_is_virtual(vm) ? LOOK_NS : until - kr_now_ns(vm), most = kr_deadline_left(vm);
        if (most > LOOK_NS) most = LOOK_NS;
        (void)kr_block_sleep_ns(vm, left < most ? left : most);
        if (!kr_poll(vm, 1000000)) return false;
    }
    return true;
}

static bool flush(KrVm *vm, KrUart *u) { return (void)vm, (void)u, true; }

static bool send_break(KrVm *vm, KrUart *u) { return !kr_is_error(kr_call_method(vm, u->port, "sent_break", 0, NULL)); }

const KrUartTable kr_sim_uart = { .open = uart_open,
                                  .available = available,
                                  .read = read_line,
                                  .write = write_line,
                                  .wait = wait_line,
                                  .flush = flush,
                                  .send_break = send_break };
