// sim_module.c - the module _sim and the simulated board itself.
// SPDX-License-Identifier: MIT
#include "sim_part.h"

#include "../../modules.h"

#define METHOD(name) static KrValue board_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define SELF         kr_sim(self)

enum { MOST_PINS = 4096 };

// ---- Pins, from outside ---------------------------------------------------------------------------------------------------------------------

static void pin_trace(KrTracer *tracer, KrObject *object) {
    KrSimPin *s = (KrSimPin *)object;
    kr_trace(tracer, s->name);
    kr_trace(tracer, s->listeners);
    kr_trace_object(tracer, s->pin);
}

const KrType kr_sim_pin_type = {
    KR_TYPE_HEAD(kr_sim_pin_type), .name = "_pin", .module = "_sim", .flags = KR_TYPE_NO_NEW, .size = sizeof(KrSimPin), .trace = pin_trace,
};

static void board_trace(KrTracer *tracer, KrObject *object) {
    KrSimBoard *b = (KrSimBoard *)object;
    kr_trace_object(tracer, b->pins);
    kr_trace(tracer, b->names);
    kr_trace_object(tracer, b->trace);
}

static KrValue board_alloc(KrVm *vm, const KrType *type) {
    KrValue names = kr_dict(vm), v = kr_is_error(names) ? names : kr_alloc_instance(vm, type);
    if (!kr_is_error(v)) kr_sim(v)->names = names;
    return v;
}

static KrSimPin *new_pin(KrVm *vm, size_t number) {
    KrSimPin *s = kr_alloc(vm, &kr_sim_pin_type.shape, sizeof *s);
    if (!s) return NULL;
    s->name = s->listeners = KR_UNSET;
    s->number = (int32_t)number;
    s->outside = KR_SIM_FREE;
    return s;
}

// _set_pins(count, names): anew.
METHOD(set_pins) {
    int64_t count = 0;
    if (!kr_machine_number(vm, arg[0], "count", 1, MOST_PINS, &count)) return KR_ERROR;
    if (!kr_is_dict(arg[1])) return kr_raise(vm, &kr_type_error, "names must be a dict, not %T", arg[1]);
    KrSlots *pins = kr_slots_new(vm, (size_t)count);
    if (!pins) return KR_ERROR;
    for (size_t i = 0; i < pins->cap; i++) pins->item[i] = KR_NONE;
    KR_STORE_PTR(vm, SELF, SELF->pins, pins);
    kr_store(vm, SELF, &SELF->names, arg[1]);
    for (size_t i = 0; i < pins->cap; i++) {
        KrSimPin *s = new_pin(vm, i);
        if (!s) return KR_ERROR;
        kr_store(vm, pins, &pins->item[i], kr_from_ptr(s));
    }
    return KR_NONE;
}

METHOD(drive) {
    KrSimPin *s = kr_sim_pin_at(vm, SELF, arg[0]);
    bool level = false;
    if (!s || (!kr_is_none(arg[1]) && !kr_truth(vm, arg[1], &level))) return KR_ERROR;
    s->outside = kr_is_none(arg[1]) ? KR_SIM_FREE : level;
    return kr_sim_refresh(vm, SELF, s) ? KR_NONE : KR_ERROR;
}

METHOD(level) {
    const KrSimPin *s = kr_sim_pin_at(vm, SELF, arg[0]);
    return s ? kr_int_box(s->level) : KR_ERROR;
}

METHOD(state) {
    const KrSimPin *s = kr_sim_pin_at(vm, SELF, arg[0]);
    if (!s) return KR_ERROR;
    bool used = s->pin && s->pin->ready;
    KrValue item[] = { used ? kr_int_box(s->pin->mode) : KR_NONE, kr_int_box(used ? s->pin->pull : 0), kr_int_box(s->level),
                       s->outside == KR_SIM_FREE ? KR_NONE : kr_int_box(s->outside), kr_int_from_u64(vm, s->conflicts) };
    return kr_tuple(vm, KR_COUNT_OF(item), item);
}

METHOD(number) {
    const KrSimPin *s = kr_sim_pin_at(vm, SELF, arg[0]);
    return s ? kr_int_box(s->number) : KR_ERROR;
}

METHOD(listen) {
    KrSimPin *s = kr_sim_pin_at(vm, SELF, arg[0]);
    if (!s) return KR_ERROR;
    if (!kr_callable(arg[1])) return kr_raise(vm, &kr_type_error, "a listener must be callable, not %T", arg[1]);
    if (kr_is_unset(s->listeners)) {
        KrValue list = kr_list(vm, 0, NULL);
        if (kr_is_error(list)) return list;
        kr_store(vm, s, &s->listeners, list);
    }
    return kr_list_append(vm, s->listeners, arg[1]) ? KR_NONE : KR_ERROR;
}

// ---- Time -----------------------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue function, arguments;
    KrEvent *event;
} Call;

#define CALL(v) KR_AS(Call, v)

static void call_trace(KrTracer *tracer, KrObject *object) {
    Call *c = (Call *)object;
    kr_trace(tracer, c->function);
    kr_trace(tracer, c->arguments);
    kr_trace_object(tracer, c->event);
}

static bool call_fire(KrVm *vm, KrValue self) {
    Call *c = CALL(self);
    if (kr_is_error(kr_call_args(vm, c->function, c->arguments, KR_UNSET))) kr_report_unraisable(vm, c->function);
    return true;
}

static KrValue call_cancel(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_event_cancel(vm, CALL(self)->event), KR_NONE;
}

static const KrMethod call_methods[] = { { "cancel()", call_cancel, KR_DOC("The call will not be made."), 0 }, { 0 } };
static const KrType call_type = {
    KR_TYPE_HEAD(call_type), .name = "call",          .module = "_sim",    .flags = KR_TYPE_NO_NEW,
    .size = sizeof(Call),    .methods = call_methods, .trace = call_trace,
};

// at_ns(when, function, *arguments)
static KrValue sim_at(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t at;
    (void)self;
    if (!kr_to_int64(vm, arg[0], &at)) return KR_ERROR;
    if (!kr_callable(arg[1])) return kr_raise(vm, &kr_type_error, "what is to be called must be callable, not %T", arg[1]);
    Call *c = kr_alloc(vm, &call_type.shape, sizeof *c);
    if (!c) return KR_ERROR;
    c->function = arg[1], c->arguments = arg[2];
    KrEvent *event = kr_event_new(vm, KR_AGENDA_WORLD, call_fire, kr_from_ptr(c));
    if (!event) return KR_ERROR;
    KR_STORE_PTR(vm, c, c->event, event);
    return kr_event_set(vm, event, at) ? kr_from_ptr(c) : KR_ERROR;
}

static KrValue sim_now(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, (void)arg, kr_int(vm, kr_now_ns(vm)); }
static KrValue sim_wall(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, (void)arg, kr_int(vm, kr_wall_ns(vm)); }
static KrValue sim_is_virtual(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)self, (void)arg, kr_bool(kr_clock_is_virtual(vm));
}

static KrValue sim_virtual(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t wall;
    (void)self;
    if (!kr_to_int64(vm, arg[0], &wall)) return KR_ERROR;
    return kr_clock_virtual(vm, wall), KR_NONE;
}

static KrValue sim_board(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrMachine *m = kr_machine(vm);
    (void)self, (void)arg;
    if (m && m->board != &kr_sim_board)
        return kr_raise(vm, &kr_runtime_error, "the board is %s, not a simulated one: --board sim", m->board->name);
    return m ? m->state : KR_ERROR;
}

// ---- The trace --------------------------------------------------------------------------------------------------------------------------------

METHOD(trace_on) {
    bool on;
    return kr_truth(vm, arg[0], &on) ? SELF->tracing = on, KR_NONE : KR_ERROR;
}

// What was recorded so far, as a list of (ns, pin, level); it is forgotten.
METHOD(trace_take) {
    (void)arg;
    KrValue list = kr_list(vm, 0, NULL);
    for (size_t i = 0; i < SELF->trace_count && !kr_is_error(list); i++) {
        KrSimChange c;
        memcpy(&c, SELF->trace->data + i * sizeof c, sizeof c);
        KrValue item[] = { kr_int(vm, c.ns), kr_int_box(c.pin), kr_int_box(c.level) }, change = kr_tuple(vm, 3, item);
        if (kr_is_error(change) || !kr_list_append(vm, list, change) || !kr_poll(vm, 1)) return KR_ERROR;
    }
    SELF->trace_count = 0;
    return list;
}

static const KrMethod board_methods[] = {
    { "_set_pins(count, names, /)", board_set_pins, KR_DOC("Make the pins 0 to count - 1; names: dict of names to numbers."), 0 },
    { "drive(pin, level, /)", board_drive, KR_DOC("Drive a pin from outside, to 0 or 1; None: let go of it."), 0 },
    { "level(pin, /)", board_level, KR_DOC("Return the level of a pin, 0 or 1."), 0 },
    { "pin_number(pin, /)", board_number, KR_DOC("Return the number of a pin by number or name."), 0 },
    { "pin_state(pin, /)", board_state, KR_DOC("Return (mode or None if unused, pull, level, level from outside or None, conflicts)."), 0 },
    { "listen(pin, function, /)", board_listen, KR_DOC("Have function(number, level) called at once when the level of a pin changes."), 0 },
    { "_trace(on, /)", board_trace_on, KR_DOC("Record changes of pins, or stop."), 0 },
    { "_take_trace()", board_trace_take, KR_DOC("Return what was recorded, a list of (ns, pin, level), and forget it."), 0 },
    { 0 },
};
const KrType kr_sim_board_type = {
    KR_TYPE_HEAD(kr_sim_board_type),
    .name = "Board",
    .module = "_sim",
    .doc = KR_DOC("The pins of a simulated board."),
    .flags = KR_TYPE_BASE | KR_TYPE_WEAKREF,
    .size = sizeof(KrSimBoard),
    .methods = board_methods,
    .alloc = board_alloc,
    .trace = board_trace,
};

static const KrMethod functions[] = {
    { "at_ns(when, function, /, *arguments)", sim_at,
      KR_DOC("Have function(*arguments) called at a time of now_ns(); return an object with cancel()."), 0 },
    { "now_ns()", sim_now, KR_DOC("Return the time in nanoseconds, of time.monotonic_ns(); asking takes no time."), 0 },
    { "wall_ns()", sim_wall, KR_DOC("Return the time in nanoseconds since 1970, UTC; asking takes no time."), 0 },
    { "is_virtual()", sim_is_virtual, KR_DOC("Is the clock virtual?"), 0 },
    { "go_virtual(wall_ns, /)", sim_virtual, KR_DOC("From now on time is virtual, and starts at wall_ns since 1970."), 0 },
    { "board()", sim_board, KR_DOC("Return the board. RuntimeError: it is not a simulated one."), 0 },
    { 0 },
};
static const KrConst constants[] = {
    { "Board", KR_CONST_TYPE, { .p = &kr_sim_board_type } },
    { "Line", KR_CONST_TYPE, { .p = &kr_sim_line_type } },
    { 0 },
};
const KrModuleDef kr_sim_module = { .name = "_sim", .doc = "The core of module sim.", .functions = functions, .constants = constants };

// ---- The board --------------------------------------------------------------------------------------------------------------------------------

static bool open_board(KrVm *vm, const char *description, KrValue *state) {
    KrValue sim = kr_import(vm, "sim"), what = description ? kr_str_c(vm, description) : KR_NONE;
    if (kr_is_error(sim) || kr_is_error(what)) return false;
    *state = kr_call_method(vm, sim, "_open", 1, &what);
    if (kr_is_error(*state)) return false;
    if (kr_isa(*state, &kr_sim_board_type)) return true;
    return kr_fail(kr_raise(vm, &kr_type_error, "a simulated board must be a sim.Board, not %T", *state));
}

static KrValue unique_id(KrVm *vm, KrValue state) { return kr_getattr_c(vm, state, "unique_id"); }

static KrResetCause reset_cause(KrVm *vm, KrValue state) {
    KrValue v = kr_getattr_c(vm, state, "reset_cause");
    if (kr_is_int(v)) return (KrResetCause)kr_int_value(v);
    return (void)kr_take_raised(vm), KR_RESET_POWER_ON;
}

static bool reset(KrVm *vm, KrValue state, KrResetCause cause) {
    KrValue v = kr_int_box(cause);
    return !kr_is_error(kr_call_method(vm, state, "_reset", 1, &v));
}

const KrBoard kr_sim_board = {
    .name = "sim",
    .from_file = true,
    .open = open_board,
    .pin = &kr_sim_pins,
    .i2c = &kr_sim_i2c,
    .soft_i2c = &kr_sim_i2c,
    .spi = &kr_sim_spi,
    .soft_spi = &kr_sim_spi,
    .uart = &kr_sim_uart,
    .adc = &kr_sim_adc,
    .pwm = &kr_sim_pwm,
    .wire = &kr_sim_wire,
    .unique_id = unique_id,
    .reset_cause = reset_cause,
    .reset = reset,
};
