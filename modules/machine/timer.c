// timer.c - machine.Timer, WDT and RTC: what happens at a time, by the VM's agenda.
// SPDX-License-Identifier: MIT
#include "machine_part.h"

#include "../std/time_part.h"

// ---- Timer -----------------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue id, callback; // callback: KR_NONE: nothing to call
    KrEvent *event;
    int64_t period_ns;
    bool periodic;
} Timer;

#define TIMER        KR_AS(Timer, self)
#define METHOD(name) static KrValue name(KrVm *vm, KrValue self, const KrValue *arg)

enum { ONE_SHOT, PERIODIC };

static void timer_trace(KrTracer *tracer, KrObject *object) {
    Timer *t = (Timer *)object;
    kr_trace(tracer, t->id);
    kr_trace(tracer, t->callback);
    kr_trace_object(tracer, t->event);
}

// The next time is reckoned from the last, so that a timer does not drift; what was missed is skipped.
static bool timer_fire(KrVm *vm, KrValue self) {
    Timer *t = TIMER;
    KrValue call = t->callback;
    if (t->periodic) {
        int64_t now = kr_now_ns(vm), next = t->event->at + t->period_ns;
        if (next <= now) next += (now - next) / t->period_ns * t->period_ns + (kr_clock_is_virtual(vm) ? 0 : t->period_ns);
        if (!kr_event_set(vm, t->event, next)) return false;
    }
    if (kr_is_none(call) || !kr_is_error(kr_call(vm, call, 1, &self))) return true;
    kr_report_unraisable(vm, call);
    return true;
}

static bool period_of(KrVm *vm, const KrValue *arg, int64_t *ns) { // period, freq, tick_hz
    double n, ticks = 1000;
    if (!kr_is_none(arg[2]) && !kr_to_double(vm, arg[2], &ticks)) return false;
    if (!(ticks > 0)) return kr_fail(kr_raise(vm, &kr_value_error, "tick_hz must be above 0, not %R", arg[2]));
    if (!kr_is_none(arg[1])) {
        if (!kr_to_double(vm, arg[1], &n)) return false;
        if (!(n > 0) || n > 1e9) return kr_fail(kr_raise(vm, &kr_value_error, "freq must be above 0 Hz and at most 1 GHz, not %R", arg[1]));
        return *ns = (int64_t)(1e9 / n), *ns += !*ns, true;
    }
    if (!kr_to_double(vm, arg[0], &n)) return false;
    if (!(n > 0) || n / ticks > 9e9)
        return kr_fail(kr_raise(vm, &kr_value_error, "period must be above 0 milliseconds, and at most 285 years, not %R", arg[0]));
    return *ns = (int64_t)(n / ticks * 1e9 + 0.5), *ns += !*ns, true;
}

// mode, period, freq, tick_hz, callback
static bool timer_start(KrVm *vm, Timer *t, const KrValue *arg) {
    int64_t mode = t->periodic ? PERIODIC : ONE_SHOT;
    if (!kr_machine_number(vm, arg[0], "mode", ONE_SHOT, PERIODIC, &mode) || !period_of(vm, arg + 1, &t->period_ns)) return false;
    if (!kr_is_none(arg[4]) && !kr_callable(arg[4]))
        return kr_fail(kr_raise(vm, &kr_type_error, "callback must be callable or None, not %T", arg[4]));
    kr_store(vm, t, &t->callback, arg[4]);
    t->periodic = mode == PERIODIC;
    return kr_event_set(vm, t->event, kr_now_ns(vm) + t->period_ns);
}

METHOD(timer_init) { return timer_start(vm, TIMER, arg) ? KR_NONE : KR_ERROR; }

METHOD(timer_make) {
    (void)self;
    int64_t id = -1;
    if (!kr_machine(vm) || !kr_machine_number(vm, arg[0], "id", -1, INT32_MAX, &id)) return KR_ERROR;
    KrValue v = kr_alloc_instance(vm, &kr_timer_object_type);
    KrEvent *event = kr_is_error(v) ? NULL : kr_event_new(vm, KR_AGENDA_HANDLER, timer_fire, v);
    if (!event) return KR_ERROR;
    Timer *t = KR_AS(Timer, v);
    t->id = arg[0], t->callback = KR_NONE, t->event = event, t->periodic = true;
    bool given = !kr_is_none(arg[2]) || !kr_is_none(arg[3]);
    if (!given && !kr_is_none(arg[5])) return kr_raise(vm, &kr_value_error, "a timer with a callback needs period or freq");
    return !given || timer_start(vm, t, arg + 1) ? v : KR_ERROR;
}
static const KrMethod timer_make_row = { "Timer(id=-1, *, mode=-1, period=None, freq=None, tick_hz=None, callback=None, hard=None)",
                                         timer_make, KR_NO_DOC, 0 };

METHOD(timer_deinit) { return (void)arg, kr_event_cancel(vm, TIMER->event), KR_NONE; }

static KrValue timer_repr(KrVm *vm, KrValue self) {
    return kr_format(vm, "Timer(%R, mode=%s, period=%z us)", TIMER->id, TIMER->periodic ? "PERIODIC" : "ONE_SHOT",
                     (intptr_t)(TIMER->period_ns / 1000));
}

static KrValue get_one_shot(KrVm *vm, KrValue self) { return (void)vm, (void)self, kr_int_box(ONE_SHOT); }
static KrValue get_periodic(KrVm *vm, KrValue self) { return (void)vm, (void)self, kr_int_box(PERIODIC); }
static const KrGetSet timer_attributes[] = { { "ONE_SHOT", get_one_shot, kr_class_constant, NULL },
                                             { "PERIODIC", get_periodic, kr_class_constant, NULL },
                                             { 0 } };

static const KrMethod timer_methods[] = {
    { "init(*, mode=-1, period=None, freq=None, tick_hz=None, callback=None, hard=None)", timer_init,
      KR_DOC("Start anew: callback(timer) is called every period milliseconds (tick_hz: units per second), or freq times a second; with "
             "Timer.ONE_SHOT once."),
      0 },
    { "deinit()", timer_deinit, KR_DOC("Stop."), 0 },
    { 0 },
};
const KrType kr_timer_object_type = {
    KR_TYPE_HEAD(kr_timer_object_type),
    .name = "Timer",
    .module = "machine",
    .doc = KR_DOC("A timer; there can be as many as one likes. Callbacks run between two instructions of the program, and one does not "
                  "interrupt another."),
    .flags = KR_TYPE_WEAKREF,
    .size = sizeof(Timer),
    .methods = timer_methods,
    .attributes = timer_attributes,
    .make = &timer_make_row,
    .trace = timer_trace,
    .repr = timer_repr,
};

// ---- WDT -------------------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrEvent *event; // bites; NULL: the board has one of its own
    int64_t ns;
} Watchdog;

#define WDT KR_AS(Watchdog, self)

static void wdt_trace(KrTracer *tracer, KrObject *object) { kr_trace_object(tracer, ((Watchdog *)object)->event); }

static bool bite(KrVm *vm, KrValue self) {
    const KrMachine *m = kr_machine(vm);
    (void)self;
    return m->board->reset(vm, m->state, KR_RESET_WATCHDOG);
}

static bool feed(KrVm *vm, Watchdog *w) {
    const KrMachine *m = kr_machine(vm);
    return w->event ? kr_event_set(vm, w->event, kr_now_ns(vm) + w->ns) : m->board->watchdog(vm, m->state, w->ns);
}

METHOD(wdt_make) {
    KrMachine *m = kr_machine(vm);
    int64_t ms = 5000, id = 0;
    if (!m || !kr_machine_number(vm, arg[0], "id", 0, 0, &id) || !kr_machine_number(vm, arg[1], "timeout", 1, 1000000000, &ms))
        return KR_ERROR;
    bool first = kr_is_unset(m->watchdog);
    self = first ? kr_alloc_instance(vm, &kr_wdt_type) : m->watchdog;
    if (kr_is_error(self)) return self;
    if (first && !m->board->watchdog && !(WDT->event = kr_event_new(vm, KR_AGENDA_WORLD, bite, self))) return KR_ERROR;
    WDT->ns = ms * 1000000;
    kr_store(vm, m, &m->watchdog, self);
    return feed(vm, WDT) ? self : KR_ERROR;
}
static const KrMethod wdt_make_row = { "WDT(id=0, timeout=5000)", wdt_make, KR_NO_DOC, 0 };
METHOD(wdt_feed) { return (void)arg, feed(vm, WDT) ? KR_NONE : KR_ERROR; }

static const KrMethod wdt_methods[] = { { "feed()", wdt_feed, KR_DOC("Say that all is well, for another timeout."), 0 }, { 0 } };
const KrType kr_wdt_type = {
    KR_TYPE_HEAD(kr_wdt_type),
    .name = "WDT",
    .module = "machine",
    .doc = KR_DOC(
        "The watchdog: it restarts the board unless feed() is called every timeout milliseconds. Once started it cannot be stopped."),
    .flags = KR_TYPE_WEAKREF,
    .size = sizeof(Watchdog),
    .methods = wdt_methods,
    .make = &wdt_make_row,
    .trace = wdt_trace,
};

// ---- RTC -------------------------------------------------------------------------------------------------------------------------------

static KrValue rtc_read(KrVm *vm) {
    int64_t ns = kr_wall_ns(vm), seconds = ns / 1000000000 - (ns % 1000000000 < 0);
    KrBrokenTime t;
    kr_broken_time(seconds, &t);
    KrValue item[] = {
        kr_int_box((intptr_t)t.year), kr_int_box(t.month),  kr_int_box(t.day),    kr_int_box(t.weekday),
        kr_int_box(t.hour),           kr_int_box(t.minute), kr_int_box(t.second), kr_int(vm, (ns - seconds * 1000000000) / 1000)
    };
    return kr_tuple(vm, KR_COUNT_OF(item), item);
}

// (year, month, day, weekday, hour, minute, second, microsecond); the weekday is reckoned.
static bool rtc_write(KrVm *vm, KrValue v) {
    static const struct {
        const char *name;
        int64_t least, most;
    } field[] = { { "year", 1970, 2200 }, { "month", 1, 12 },   { "day", 1, 31 },     { "weekday", -1, 7 },
                  { "hours", 0, 23 },     { "minutes", 0, 59 }, { "seconds", 0, 59 }, { "microseconds", 0, 999999 } };
    int64_t n[KR_COUNT_OF(field)] = { 0 };
    size_t count;
    KrValue tuple = kr_tuple_from(vm, v);
    if (kr_is_error(tuple)) return false;
    const KrValue *item = kr_tuple_items(tuple, &count);
    if (count != 8)
        return kr_fail(kr_raise(vm, &kr_value_error,
                                "a date and time has 8 items (year, month, day, weekday, hours, minutes, seconds, microseconds), not %u",
                                count));
    for (size_t i = 0; i < count; i++)
        if (!kr_machine_number(vm, item[i], field[i].name, field[i].least, field[i].most, &n[i])) return false;
    int64_t ns = (kr_days_since_1970(n[0], (int)n[1], (int)n[2]) * 86400 + n[4] * 3600 + n[5] * 60 + n[6]) * 1000000000 + n[7] * 1000;
    const KrMachine *m = kr_machine(vm);
    if (m->board->set_clock) return m->board->set_clock(vm, m->state, ns);
    return vm->wall_shift += ns - kr_wall_ns(vm), true;
}

METHOD(rtc_make) {
    (void)self, (void)arg;
    return kr_machine(vm) ? kr_alloc_instance(vm, &kr_rtc_type) : KR_ERROR;
}
static const KrMethod rtc_make_row = { "RTC(id=0)", rtc_make, KR_NO_DOC, 0 };

METHOD(rtc_datetime) {
    (void)self;
    if (kr_is_unset(arg[0])) return rtc_read(vm);
    return rtc_write(vm, arg[0]) ? KR_NONE : KR_ERROR;
}

static const KrMethod rtc_methods[] = {
    { "datetime(datetime=<unset>, /)", rtc_datetime,
      KR_DOC("Return, or set, the date and time (UTC): (year, month, day, weekday, hours, minutes, seconds, microseconds), Monday being 0. "
             "Setting it "
             "changes what this program sees; on a system with an operating system, that one's clock stays as it is."),
      0 },
    { 0 },
};
const KrType kr_rtc_type = {
    KR_TYPE_HEAD(kr_rtc_type), .name = "RTC",
    .module = "machine",       .doc = KR_DOC("The clock that knows the date."),
    .flags = KR_TYPE_WEAKREF,  .size = sizeof(KrObject),
    .methods = rtc_methods,    .make = &rtc_make_row,
};
