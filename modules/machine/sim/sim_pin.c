// sim_pin.c - pins of the simulated board: the program on one side, what is connected on the other.
//
// Under the virtual clock each look at a pin, and each write, takes a microsecond: loops that wait for a pin come to an end, and a trace shows the order.
// SPDX-License-Identifier: MIT
#include "sim_part.h"

#include "object/container.h"

enum { FIRST_TRACE = 1024 };

static KrSimPin *sim_of(const KrPin *pin) { return KR_AS(KrSimPin, pin->port); }

// ---- Level ----------------------------------------------------------------------------------------------------------------------------

static uint8_t resolve(KrSimPin *s) {
    const KrPin *p = s->pin;
    bool drives = p && p->ready && (p->mode == KR_PIN_OUT || (p->mode == KR_PIN_OPEN_DRAIN && !p->on));
    if (drives) {
        s->conflicts += s->outside != KR_SIM_FREE && s->outside != p->on;
        return p->on;
    }
    if (s->outside != KR_SIM_FREE) return s->outside;
    return p && p->pull == KR_PULL_UP;
}

static bool note(KrVm *vm, KrSimBoard *b, const KrSimPin *s) {
    size_t cap = b->trace ? b->trace->cap / sizeof(KrSimChange) : 0;
    if (b->trace_count == cap) {
        KrRaw *more = kr_raw_new(vm, (cap ? 2 * cap : FIRST_TRACE) * sizeof(KrSimChange));
        if (!more) return false;
        if (cap) memcpy(more->data, b->trace->data, cap * sizeof(KrSimChange));
        KR_STORE_PTR(vm, b, b->trace, more);
    }
    KrSimChange change = { kr_now_ns(vm), s->number, s->level };
    memcpy(b->trace->data + b->trace_count++ * sizeof change, &change, sizeof change);
    return true;
}

static bool tell(KrVm *vm, const KrSimPin *s) {
    size_t count;
    KrValue list = s->listeners, arg[] = { kr_int_box(s->number), kr_int_box(s->level) };
    if (kr_is_unset(list)) return true;
    (void)kr_list_items(list, &count);
    for (size_t i = 0; i < count; i++) {
        const KrValue *item = kr_list_items(list, &count);
        if (i < count && kr_is_error(kr_call(vm, item[i], 2, arg))) return false;
    }
    return true;
}

bool kr_sim_refresh(KrVm *vm, KrSimBoard *b, KrSimPin *s) {
    uint8_t level = resolve(s);
    if (level == s->level) return true;
    s->level = level;
    if (b->tracing && !note(vm, b, s)) return false;
    if (s->pin && s->pin->trigger && !kr_pin_changed(vm, s->pin, level, kr_now_ns(vm))) return false;
    return tell(vm, s);
}

// ---- The table ---------------------------------------------------------------------------------------------------------------------------

static KrSimPin *pin_number(KrVm *vm, KrSimBoard *b, int64_t n) {
    size_t count = b->pins ? b->pins->cap : 0;
    if (n >= 0 && (uint64_t)n < count && !kr_is_none(b->pins->item[n])) return KR_AS(KrSimPin, b->pins->item[n]);
    (void)kr_raise(vm, &kr_value_error, "Pin %z: this board has pins 0 to %z", (intptr_t)n, (intptr_t)count - 1);
    return NULL;
}

KrSimPin *kr_sim_pin_at(KrVm *vm, KrSimBoard *b, KrValue v) {
    int64_t n = -1;
    KrValue found = v;
    if (kr_is_str(v)) {
        if (!kr_dict_find(vm, b->names, v, &found)) return NULL;
        if (kr_is_unset(found)) return (void)kr_raise(vm, &kr_value_error, "Pin %R: this board has no pin of that name", v), NULL;
    } else if (!kr_is_integer(v)) {
        return (void)kr_raise(vm, &kr_type_error, "a pin is a number or a name, not %T", v), NULL;
    }
    return kr_to_int64(vm, found, &n) ? pin_number(vm, b, n) : NULL;
}

static bool find(KrVm *vm, KrValue board, KrValue id, KrPin *pin) {
    KrSimPin *s = kr_sim_pin_at(vm, kr_sim(board), id);
    if (!s) return false;
    pin->number = s->number;
    pin->id = kr_int_box(s->number);
    if (!s->pin) {
        pin->port = kr_from_ptr(s);
        KR_STORE_PTR(vm, s, s->pin, pin);
    }
    return true;
}

static bool setup(KrVm *vm, KrPin *p) {
    p->ready = true;
    return kr_sim_refresh(vm, kr_sim(p->board), sim_of(p));
}

static int read_pin(KrVm *vm, KrPin *p) {
    kr_clock_look(vm);
    return kr_clock_is_virtual(vm) && !kr_poll(vm, 1) ? -1 : sim_of(p)->level; // what is due meanwhile happens
}

static bool write_pin(KrVm *vm, KrPin *p, bool on) {
    p->on = on;
    kr_clock_look(vm);
    return kr_sim_refresh(vm, kr_sim(p->board), sim_of(p));
}

static bool watch(KrVm *vm, KrPin *p) { return (void)vm, p->stable = sim_of(p)->level, true; }

typedef struct {
    const KrSimPin *pin;
    int level;
} Wanted;

static bool has_level(void *context) {
    const Wanted *w = context;
    return w->pin->level == w->level;
}

// As fast as the pin allows: under the virtual clock by waiting, else by looking again and again.
static int64_t until_level(KrVm *vm, KrPin *p, int level, int64_t most) {
    int64_t from = kr_now_ns(vm);
    Wanted wanted = { sim_of(p), level };
    while (!has_level(&wanted)) {
        int how = kr_clock_is_virtual(vm) ? kr_clock_wait(vm, from + most, has_level, &wanted) : KR_CLOCK_OUTSIDE;
        if (how < 0 || (how == KR_CLOCK_OUTSIDE && !kr_poll(vm, 5))) return -3;
        if (how == KR_CLOCK_TIME || kr_now_ns(vm) - from > most) return -1;
    }
    return kr_now_ns(vm) - from;
}

static int64_t pulse(KrVm *vm, KrPin *p, bool level, int64_t most) {
    int64_t start = until_level(vm, p, level, most);
    if (start < 0) return start;
    int64_t length = until_level(vm, p, !level, most);
    return length == -1 ? -2 : length;
}

// A strip of lights and the like: the bits go to an object that listens for them, since its pulses are shorter than any program could see.
static bool waveform(KrVm *vm, KrPin *p, const uint32_t time[4], const uint8_t *data, size_t len) {
    KrValue arg[] = { kr_int_box(p->number), kr_bytes(vm, data, len), KR_NONE }, item[4];
    for (int i = 0; i < 4; i++) item[i] = kr_int_box((intptr_t)time[i]);
    arg[2] = kr_tuple(vm, 4, item);
    if (kr_is_error(arg[1]) || kr_is_error(arg[2])) return false;
    return !kr_is_error(kr_call_method(vm, p->board, "_bits", 3, arg));
}

const KrPinTable kr_sim_pins = {
    .find = find, .setup = setup, .read = read_pin, .write = write_pin, .watch = watch, .pulse = pulse, .waveform = waveform
};
