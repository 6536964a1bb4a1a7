// pin.c - machine.Pin: one object per pin of the board, whoever asks for it.
// SPDX-License-Identifier: MIT
#include "machine_part.h"

#define SELF         kr_pin(self)
#define METHOD(name) static KrValue pin_##name(KrVm *vm, KrValue self, const KrValue *arg)

static void pin_trace(KrTracer *tracer, KrObject *object) {
    KrPin *p = (KrPin *)object;
    kr_trace(tracer, p->board);
    kr_trace(tracer, p->id);
    kr_trace(tracer, p->port);
    kr_trace(tracer, p->handler);
    kr_trace(tracer, p->irq);
    kr_trace_object(tracer, p->dispatch);
    kr_trace_object(tracer, p->edges);
    kr_trace_object(tracer, p->settle);
}

static void pin_finalize(KrVm *vm, KrObject *object) {
    const KrPin *o = (const KrPin *)object;
    (void)vm;
    if (o->fd >= 0) kr_port_close(o->fd);
}

// ---- Finding -----------------------------------------------------------------------------------------------------------------------

static KrPin *make_pin(KrVm *vm, KrMachine *m) {
    KrValue v = kr_alloc_instance(vm, &kr_pin_type); // which has its finalizer called
    if (kr_is_error(v)) return NULL;
    KrPin *p = kr_pin(v);
    p->table = m->board->pin;
    p->board = m->state;
    p->id = p->port = p->handler = p->irq = KR_UNSET;
    p->fd = -1;
    return p;
}

KrPin *kr_pin_of(KrVm *vm, KrValue v) {
    if (kr_isa(v, &kr_pin_type)) return kr_pin(v);
    KrMachine *m = kr_machine(vm);
    if (!m || (!m->board->pin && kr_is_error(kr_lacks(vm, "pins")))) return NULL;
    KrPin *p = make_pin(vm, m);
    KrValue found;
    if (!p || !p->table->find(vm, m->state, v, p) || !kr_dict_find(vm, m->pins, kr_int_box(p->number), &found)) return NULL;
    if (!kr_is_unset(found)) return kr_pin(found);
    return kr_dict_set(vm, m->pins, kr_int_box(p->number), kr_from_ptr(p)) ? p : NULL;
}

bool kr_pin_set(KrVm *vm, KrPin *p, int mode, int pull, int value) {
    if (mode >= 0) p->mode = (uint8_t)mode;
    if (pull >= 0) p->pull = (uint8_t)pull;
    if (value >= 0) p->on = value;
    if (mode < 0 && pull < 0 && p->ready) return value < 0 || p->table->write(vm, p, value);
    return p->ready = p->table->setup(vm, p);
}

// ---- Settings ------------------------------------------------------------------------------------------------------------------------

// Of init(mode=-1, pull=-1, *, value=None, drive=0, alt=-1)
static bool configure(KrVm *vm, KrPin *p, const KrValue *arg) {
    int64_t mode = -1, pull = -1, drive = p->drive, alt = p->alt;
    bool value = false;
    if (!kr_machine_number(vm, arg[0], "mode", 0, KR_PIN_MODES - 1, &mode)) return false;
    if (kr_is_none(arg[1])) pull = KR_PULL_NONE;
    else if (!kr_machine_number(vm, arg[1], "pull", 0, KR_PULL_DOWN, &pull)) return false;
    if (!kr_machine_number(vm, arg[3], "drive", 0, 3, &drive) || !kr_machine_number(vm, arg[4], "alt", 0, 15, &alt)) return false;
    bool given = !kr_is_none(arg[2]);
    if (given && !kr_truth(vm, arg[2], &value)) return false;
    p->drive = (uint8_t)drive, p->alt = (uint8_t)alt;
    if (mode < 0 && pull < 0 && !given && (p->ready || p->trigger)) return true;
    return kr_pin_set(vm, p, (int)mode, (int)pull, given ? value : -1);
}

METHOD(make) {
    (void)self;
    KrPin *p = kr_pin_of(vm, arg[0]);
    return p && configure(vm, p, arg + 1) ? kr_from_ptr(p) : KR_ERROR;
}
static const KrMethod pin_make_row = { "Pin(id, mode=-1, pull=-1, *, value=None, drive=-1, alt=-1)", pin_make, KR_NO_DOC, 0 };

METHOD(init) { return configure(vm, SELF, arg) ? KR_NONE : KR_ERROR; }

static KrValue setting(KrVm *vm, KrValue self, KrValue to, uint8_t now, int64_t most, const char *what, bool mode) {
    int64_t n = -1;
    if (kr_is_unset(to)) return kr_int_box(now);
    if (kr_is_none(to)) n = 0;
    else if (!kr_machine_number(vm, to, what, 0, most, &n)) return KR_ERROR;
    return kr_pin_set(vm, SELF, mode ? (int)n : -1, mode ? -1 : (int)n, -1) ? KR_NONE : KR_ERROR;
}

METHOD(mode) { return setting(vm, self, arg[0], SELF->mode, KR_PIN_MODES - 1, "mode", true); }
METHOD(pull) { return setting(vm, self, arg[0], SELF->pull, KR_PULL_DOWN, "pull", false); }

METHOD(drive) {
    int64_t n = 0;
    if (kr_is_unset(arg[0])) return kr_int_box(SELF->drive);
    if (!kr_machine_number(vm, arg[0], "drive", 0, 3, &n)) return KR_ERROR;
    SELF->drive = (uint8_t)n;
    return SELF->table->setup(vm, SELF) ? KR_NONE : KR_ERROR;
}

METHOD(name) { return (void)arg, kr_to_str(vm, SELF->id); }

// ---- Level ---------------------------------------------------------------------------------------------------------------------------

static KrValue read_level(KrVm *vm, KrPin *p) {
    int level = p->table->read(vm, p);
    return level < 0 ? KR_ERROR : kr_int_box(level);
}

static KrValue write_level(KrVm *vm, KrPin *p, bool on) {
    p->on = on;
    return p->table->write(vm, p, on) ? KR_NONE : KR_ERROR;
}

// value(x=<unset>, /)
METHOD(value) {
    bool on;
    if (kr_is_unset(arg[0])) return read_level(vm, SELF);
    if (kr_is_int(arg[0])) on = kr_int_value(arg[0]) != 0;
    else if (!kr_truth(vm, arg[0], &on)) return KR_ERROR;
    return write_level(vm, SELF, on);
}

METHOD(on) { return (void)arg, write_level(vm, SELF, true); }
METHOD(off) { return (void)arg, write_level(vm, SELF, false); }
METHOD(toggle) { return (void)arg, write_level(vm, SELF, !SELF->on); }

static KrValue pin_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    if (!kr_is_unset(names) || count > 1) return kr_raise(vm, &kr_type_error, "Pin() takes a value or nothing");
    return pin_value(vm, self, count ? arg : (KrValue[]){ KR_UNSET });
}

static KrValue pin_repr(KrVm *vm, KrValue self) {
    static const char *const modes[] = { "IN", "OUT", "OPEN_DRAIN", "ALT", "ANALOG" }, *const pulls[] = { "", ", pull=PULL_UP",
                                                                                                          ", pull=PULL_DOWN" };
    return kr_format(vm, "Pin(%R, mode=%s%s)", SELF->id, modes[SELF->mode], pulls[SELF->pull]);
}

// ---- Edges ---------------------------------------------------------------------------------------------------------------------------

static KrPinEdge *edge_at(const KrPin *p, uint32_t i) { return (KrPinEdge *)(void *)p->edges->data + (p->first + i) % KR_PIN_EDGES; }

void kr_pin_edge(KrVm *vm, KrPin *p, bool level, int64_t ns) {
    if (!(p->trigger & (level ? KR_EDGE_RISING : KR_EDGE_FALLING)) || kr_is_unset(p->handler)) return;
    if (p->count == KR_PIN_EDGES) p->lost++;
    else *edge_at(p, p->count++) = (KrPinEdge){ ns, level };
    if (!p->dispatch->place && !kr_event_set(vm, p->dispatch, kr_now_ns(vm))) p->lost++, (void)kr_take_raised(vm);
}

// Called by the agenda: as many edges as have come so far; those that come meanwhile are for the next time.
static bool dispatch(KrVm *vm, KrValue pin) {
    KrPin *p = kr_pin(pin);
    for (uint32_t left = p->count; left && p->count; left--) {
        KrPinEdge e = *edge_at(p, 0);
        p->first = (p->first + 1) % KR_PIN_EDGES, p->count--;
        p->edge_ns = e.ns;
        p->flags = e.level ? KR_EDGE_RISING : KR_EDGE_FALLING;
        if (!kr_is_unset(p->handler) && kr_is_error(kr_call(vm, p->handler, 1, &pin))) kr_report_unraisable(vm, p->handler);
    }
    return !p->count || kr_event_set(vm, p->dispatch, kr_now_ns(vm));
}

// The level has been what it is for as long as was asked for.
static bool settle(KrVm *vm, KrValue pin) {
    KrPin *p = kr_pin(pin);
    bool changes = p->level != p->stable;
    p->stable = p->level;
    if (changes) kr_pin_edge(vm, p, p->stable, kr_now_ns(vm));
    return true;
}

bool kr_pin_changed(KrVm *vm, KrPin *p, bool level, int64_t ns) {
    p->level = level;
    if (p->trigger && p->debounce_ns) return kr_event_set(vm, p->settle, ns + p->debounce_ns);
    kr_pin_edge(vm, p, level, ns);
    return true;
}

// What watching edges takes, at the first time.
static bool make_queue(KrVm *vm, KrPin *p) {
    if (p->settle) return true;
    KrValue self = kr_from_ptr(p);
    KrEvent *e = kr_event_new(vm, KR_AGENDA_HANDLER, dispatch, self), *s = e ? kr_event_new(vm, KR_AGENDA_WORLD, settle, self) : NULL;
    KrRaw *edges = s ? kr_raw_new(vm, KR_PIN_EDGES * sizeof(KrPinEdge)) : NULL;
    if (!edges) return false;
    KR_STORE_PTR(vm, p, p->dispatch, e);
    KR_STORE_PTR(vm, p, p->edges, edges);
    KR_STORE_PTR(vm, p, p->settle, s);
    return true;
}

typedef struct {
    KrObject head;
    KrValue pin;
} Irq;

static void irq_trace(KrTracer *tracer, KrObject *object) { kr_trace(tracer, ((Irq *)object)->pin); }

static KrPin *pin_of_irq(KrValue self) { return kr_pin(KR_AS(Irq, self)->pin); }

static bool watch(KrVm *vm, KrPin *p, KrValue handler, KrValue trigger, KrValue debounce) {
    int64_t edges = p->trigger, us = p->debounce_ns / 1000;
    if (!kr_machine_number(vm, trigger, "trigger", 0, 3, &edges)) return false;
    if (!kr_machine_number(vm, debounce, "debounce_us", 0, 1000000000, &us)) return false;
    if (!kr_is_none(handler) && !kr_callable(handler))
        return kr_fail(kr_raise(vm, &kr_type_error, "handler must be callable or None, not %T", handler));
    if (!make_queue(vm, p)) return false;
    kr_store(vm, p, &p->handler, kr_is_none(handler) ? KR_UNSET : handler);
    p->trigger = kr_is_unset(p->handler) ? 0 : (uint8_t)edges;
    p->debounce_ns = us * 1000;
    kr_event_cancel(vm, p->settle);
    return p->table->watch(vm, p);
}

static const KrType irq_type;

// irq(handler=None, trigger=3, *, priority=1, wake=None, hard=False, debounce_us=0)
METHOD(irq) {
    if (!SELF->ready && !kr_pin_set(vm, SELF, KR_PIN_IN, -1, -1)) return KR_ERROR;
    if (!watch(vm, SELF, arg[0], arg[1], arg[5])) return KR_ERROR;
    if (kr_is_unset(SELF->irq)) {
        Irq *irq = kr_alloc(vm, &irq_type.shape, sizeof *irq);
        if (!irq) return KR_ERROR;
        irq->pin = self;
        kr_store(vm, SELF, &SELF->irq, kr_from_ptr(irq));
    }
    return SELF->irq;
}

static KrValue irq_init(KrVm *vm, KrValue self, const KrValue *arg) {
    return watch(vm, pin_of_irq(self), arg[0], arg[1], arg[5]) ? KR_NONE : KR_ERROR;
}

static KrValue irq_trigger(KrVm *vm, KrValue self, const KrValue *arg) {
    KrPin *p = pin_of_irq(self);
    if (kr_is_unset(arg[0])) return kr_int_box(p->trigger);
    return watch(vm, p, kr_is_unset(p->handler) ? KR_NONE : p->handler, arg[0], KR_NONE) ? KR_NONE : KR_ERROR;
}

static KrValue irq_flags(KrVm *vm, KrValue self, const KrValue *arg) { return (void)vm, (void)arg, kr_int_box(pin_of_irq(self)->flags); }

static KrValue irq_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    KrPin *p = pin_of_irq(self);
    KrValue pin = kr_from_ptr(p);
    (void)arg;
    if (count || !kr_is_unset(names)) return kr_raise(vm, &kr_type_error, "irq takes no arguments (%u given)", count);
    return kr_is_unset(p->handler) ? KR_NONE : kr_call(vm, p->handler, 1, &pin);
}

static KrValue irq_timestamp(KrVm *vm, KrValue self) { return kr_int(vm, pin_of_irq(self)->edge_ns); }
static KrValue irq_lost(KrVm *vm, KrValue self) { return kr_int_from_u64(vm, pin_of_irq(self)->lost); }

static const KrMethod irq_methods[] = {
    { "init(handler=None, trigger=3, *, priority=1, wake=None, hard=False, debounce_us=-1)", irq_init,
      KR_DOC("Watch for other edges, or call another handler; None: none."), 0 },
    { "trigger(trigger=<unset>, /)", irq_trigger, KR_DOC("Return, or set, which edges are watched."), 0 },
    { "flags()", irq_flags, KR_DOC("In a handler: the edge that called it, Pin.IRQ_RISING or Pin.IRQ_FALLING."), 0 },
    { 0 },
};
static const KrGetSet irq_attributes[] = {
    { "timestamp", irq_timestamp, NULL, KR_DOC("In a handler: when the edge came, in nanoseconds of time.monotonic_ns().") },
    { "lost", irq_lost, NULL, KR_DOC("Number of edges that came faster than their handler could be called, and were dropped.") },
    { 0 },
};
static const KrType irq_type = {
    KR_TYPE_HEAD(irq_type),  .name = "irq",       .module = "machine",    .doc = KR_DOC("What Pin.irq() returns."),
    .flags = KR_TYPE_NO_NEW, .size = sizeof(Irq), .methods = irq_methods, .attributes = irq_attributes,
    .trace = irq_trace,      .call = irq_call,
};

// ---- The type ------------------------------------------------------------------------------------------------------------------------

#define CONSTANT(name, n) \
    static KrValue get_##name(KrVm *vm, KrValue self) { return (void)vm, (void)self, kr_int_box(n); }
CONSTANT(IN, KR_PIN_IN)
CONSTANT(OUT, KR_PIN_OUT)
CONSTANT(OPEN_DRAIN, KR_PIN_OPEN_DRAIN)
CONSTANT(ALT, KR_PIN_ALT)
CONSTANT(ANALOG, KR_PIN_ANALOG)
CONSTANT(PULL_UP, KR_PULL_UP)
CONSTANT(PULL_DOWN, KR_PULL_DOWN)
CONSTANT(IRQ_RISING, KR_EDGE_RISING)
CONSTANT(IRQ_FALLING, KR_EDGE_FALLING)
CONSTANT(DRIVE_0, 0)
CONSTANT(DRIVE_1, 1)
CONSTANT(DRIVE_2, 2)
CONSTANT(DRIVE_3, 3)
#define ROW(name) \
    { #name, get_##name, kr_class_constant, NULL }

static const KrGetSet pin_attributes[] = {
    ROW(IN),         ROW(OUT),         ROW(OPEN_DRAIN), ROW(ALT),     ROW(ANALOG),  ROW(PULL_UP), ROW(PULL_DOWN),
    ROW(IRQ_RISING), ROW(IRQ_FALLING), ROW(DRIVE_0),    ROW(DRIVE_1), ROW(DRIVE_2), ROW(DRIVE_3), { 0 },
};

static const KrMethod pin_methods[] = {
    { "init(mode=-1, pull=-1, *, value=None, drive=-1, alt=-1)", pin_init, KR_DOC("Set the pin up anew; what is not given stays as it is."),
      0 },
    { "value(x=<unset>, /)", pin_value, KR_DOC("Return the level of the pin, 0 or 1; or set it, by the truth of x."), 0 },
    { "on()", pin_on, KR_DOC("Set the pin to 1."), 0 },
    { "off()", pin_off, KR_DOC("Set the pin to 0."), 0 },
    { "high()", pin_on, KR_DOC("Set the pin to 1."), 0 },
    { "low()", pin_off, KR_DOC("Set the pin to 0."), 0 },
    { "toggle()", pin_toggle, KR_DOC("Set the pin to the opposite of what it was set to last."), 0 },
    { "irq(handler=None, trigger=3, *, priority=1, wake=None, hard=False, debounce_us=-1)", pin_irq,
      KR_DOC("Have handler(pin) called soon after each edge: trigger is Pin.IRQ_RISING, Pin.IRQ_FALLING or both. debounce_us: the level "
             "must have been "
             "stable for so many microseconds. Return an object with flags(), timestamp (ns) and lost."),
      0 },
    { "mode(mode=<unset>, /)", pin_mode, KR_DOC("Return, or set, the mode: Pin.IN, OUT, OPEN_DRAIN, ALT, ANALOG."), 0 },
    { "pull(pull=<unset>, /)", pin_pull, KR_DOC("Return, or set, the pull resistor: None (0), Pin.PULL_UP, Pin.PULL_DOWN."), 0 },
    { "drive(drive=<unset>, /)", pin_drive, KR_DOC("Return, or set, the drive strength: Pin.DRIVE_0 to Pin.DRIVE_3."), 0 },
    { "name()", pin_name, KR_DOC("Return the board's name of the pin."), 0 },
    { 0 },
};

const KrType kr_pin_type = {
    KR_TYPE_HEAD(kr_pin_type),
    .name = "Pin",
    .module = "machine",
    .doc = KR_DOC("A pin of the board, by number or name. There is one object for each pin; making it again with a mode sets it up again.\n"
                  "ValueError: the board has no such pin. OSError: it is in use, or may not be used."),
    .flags = KR_TYPE_WEAKREF,
    .size = sizeof(KrPin),
    .methods = pin_methods,
    .attributes = pin_attributes,
    .make = &pin_make_row,
    .trace = pin_trace,
    .finalize = pin_finalize,
    .call = pin_call,
    .repr = pin_repr,
};
